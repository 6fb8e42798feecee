"""A text without what could command a terminal or break a document, and signs that an old encoding has not."""

from __future__ import annotations

import codecs
from typing import Final

from recruitment.base.identity import masked

SIGNS_KEPT: Final = "recruitment-signs"
"""The name under which text streams write another sign where their encoding lacks one."""
_INSTEAD: Final = {
    "✓": ("√", "+"),
    "✗": ("×", "x"),
    "…": ("...",),
    "→": ("->",),
    "·": ("-",),
    "≠": ("!=",),
    "—": ("-",),
}


def printable(text: object) -> str:
    """The text with a space for every other space or line end, and � for control and bidirectional characters.

    An identity number in it is masked.
    """
    whole = masked(str(text))
    if whole.isprintable():
        return whole
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in whole)


def _other_sign(error: UnicodeError) -> tuple[str, int]:
    """For what cannot be encoded another sign of the same meaning, so that yes and no still differ; else ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_substitute(char, error.encoding) for char in lacking), error.end


def _substitute(char: str, encoding: str) -> str:
    for sign in _INSTEAD.get(char, ()):
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        return sign
    return "?"


codecs.register_error(SIGNS_KEPT, _other_sign)
