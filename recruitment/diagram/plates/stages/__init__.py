"""The plate of one stage."""
