"""The tests: a mirror of letters/, and journeys that read like a person's story."""
