"""The plate of a local edition."""
