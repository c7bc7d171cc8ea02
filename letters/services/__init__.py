"""What may be done. Every function is one durable transaction: all of it, or nothing."""
