"""Checks on whole rulebooks, each a small function of its own."""
