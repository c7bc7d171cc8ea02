"""What is written along with a change, inside its transaction. Only services call it."""
