"""The threats of the trust table (docs: T1 to T22), each with its test."""
