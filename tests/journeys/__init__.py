"""Stories of people, end to end."""
