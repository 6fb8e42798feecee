"""Questions with exactly one planted fault each."""
