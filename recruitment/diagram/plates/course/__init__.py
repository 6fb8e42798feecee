"""The plate of the whole course."""
