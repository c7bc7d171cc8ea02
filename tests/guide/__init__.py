"""The guide of the API, as a reporter follows it."""
