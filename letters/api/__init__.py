"""The journalists' API, read-only. A view parses, makes one call, and answers."""
