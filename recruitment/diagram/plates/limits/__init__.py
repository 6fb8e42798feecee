"""The plate of every limit of time."""
