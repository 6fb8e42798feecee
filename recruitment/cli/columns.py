"""Text in lines and columns, where a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_LEFT: Final = 36
"""Columns that the names of options have; longer ones stand on a line of their own."""
_OPTION_NAME: Final = re.compile(r"(--[^\s，。；、（）]+)")
_NOT_LAST: Final = "（《“"
"""Signs that end no line."""
_NOT_FIRST: Final = "，。；：、！？）》”,.;:!?)…"
"""Signs that begin no line."""


def width_of(text: str) -> int:
    """The columns that a text takes at a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped_lines(text: str, width: int) -> list[str]:
    """The lines of a text: broken between Chinese characters and at blanks, never within a number or a word."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width and piece[0] not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """What a line may be broken between: a Chinese character, a word with the blank after it, an option as a whole."""
    for part in _OPTION_NAME.split(text):
        if part.startswith("--"):
            yield part
        else:
            yield from _signs_and_words(part)


def _signs_and_words(text: str) -> Iterator[str]:
    word = ""
    for sign in text:
        if sign in _NOT_LAST:
            if word:
                yield word
            word = sign
        elif unicodedata.east_asian_width(sign) in "WF" or sign == "…":
            if word and word not in _NOT_LAST:
                yield word
                word = ""
            yield word + sign
            word = ""
        elif sign == " ":
            yield word + sign
            word = ""
        else:
            word += sign
    if word:
        yield word


def paragraphs(text: str, width: int, indent: str = "  ") -> Iterator[str]:
    """Paragraphs that are parted by an empty line, as lines."""
    for paragraph in text.split("\n\n"):
        yield from (indent + line for line in wrapped_lines(paragraph, width - len(indent)))
        yield ""


def name_table(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Names on the left and what they mean on the right."""
    rows = list(rows)
    left = min(max((width_of(name) for name, _ in rows), default=0), _LEFT) + 2
    for name, text in rows:
        lines = wrapped_lines(text, width - left - 2) if text else [""]
        if width_of(name) > left - 2 and text:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (left - width_of(name))}{lines.pop(0)}".rstrip()
        yield from (" " * (left + 2) + line for line in lines)
