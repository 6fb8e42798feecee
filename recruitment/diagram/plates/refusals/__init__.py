"""The plate of one refusal."""
