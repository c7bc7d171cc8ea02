"""The guide of the API. Its examples are files, so that a test runs what the page shows."""
