"""What may be asked. Nothing here writes."""
