"""Decides: judges an act on a case by the rules of its edition. Pure."""
