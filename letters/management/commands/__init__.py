"""Each module is one command: it reads its words, makes one call, and prints."""
