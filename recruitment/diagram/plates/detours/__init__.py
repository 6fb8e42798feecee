"""The plate of what leads off the main line."""
