"""Writing next to the bars of a plate: broken where a reader would, which a paragraph (`canvas.setting`) is not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import fsum
from typing import Final

from recruitment.base.label import Lang
from recruitment.diagram.canvas.lettering import breadth, wrap
from recruitment.diagram.canvas.plate import LineLook, TextLine
from recruitment.diagram.canvas.styles import LETTERS

MARGIN: Final = 20.0
"""What a place for words needs in addition to them."""
_CLOSING: Final = "，。；：、）”》！？"
_OPENING: Final = "（“《"


def paragraph(text: str, lang: Lang, look: LineLook, wide: float) -> tuple[TextLine, ...]:
    """A text in lines of one look, none broader than `wide` points."""
    broad = wide / _each(look, lang)
    first, comma, last = text.partition("，")
    two = [first + comma, last]
    if lang == "zh" and last and breadth(text, lang) > broad >= max(breadth(half, lang) for half in two):
        lines = two
    else:
        lines = _hang(wrap(text, lang, broad - (1.0 if lang == "zh" else 0.0)))
    return tuple(TextLine(line, look) for line in lines)


def broad_of(lines: Iterable[TextLine], lang: Lang) -> float:
    """How broad lines are, in points, with what their place needs in addition."""
    # An engine sets a short line broader than the average of a long one.
    return MARGIN + max((_letters(line.text, lang) * _each(line.look, lang) * 1.07 for line in lines), default=0.0)


def _letters(text: str, lang: Lang) -> float:
    """How broad a text is in characters (zh) or letters (en), a sign or a Chinese character being two of these."""
    if lang == "zh":
        return breadth(text, lang)
    return fsum(2.0 if unicodedata.east_asian_width(c) in "WFA" else 1.0 for c in text)


def _each(look: LineLook, lang: Lang) -> float:
    """How broad a character (zh) or a letter (en) of a look is at most on average."""
    size, bold, _ = LETTERS[look]
    return size * (1.04 if lang == "zh" else 0.57 if bold else 0.51)


def _hang(lines: Iterable[str]) -> list[str]:
    """Lines of which none begins with a closing mark, and none ends with an opening one."""
    hung: list[str] = []
    for line in lines:
        text = line
        while hung and text and text[0] in _CLOSING:
            hung[-1] += text[0]
            text = text[1:].lstrip()
        if hung and hung[-1][-1:] and hung[-1][-1] in _OPENING:
            text = hung[-1][-1] + text
            hung[-1] = hung[-1][:-1].rstrip()
        if text:
            hung.append(text)
    return [line for line in hung if line]
