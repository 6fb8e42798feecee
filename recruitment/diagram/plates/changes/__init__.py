"""The plate of two editions side by side."""
