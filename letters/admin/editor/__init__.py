"""The pages on which a letter is written: one for each stage, each saves only what it asks for."""
