"""A text without what could command a terminal or break a document."""

from __future__ import annotations


def printable(text: object) -> str:
    """The text with a space for every other space or line end, and � for control and bidirectional characters."""
    whole = str(text)
    if whole.isprintable():
        return whole
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in whole)
