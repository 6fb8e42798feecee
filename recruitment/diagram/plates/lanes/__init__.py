"""The plate of who acts when."""
