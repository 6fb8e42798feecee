"""What sets two editions apart, as a page."""
