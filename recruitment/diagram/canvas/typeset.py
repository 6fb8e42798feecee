"""Texts set in lines that are filled to a measure, as a paragraph is, with the breadth of each kind of letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import fsum
from typing import Final

from recruitment.diagram.canvas.plate import LineLook, TextLine
from recruitment.diagram.canvas.styles import LETTERS

_NO_LINE_BEGINS_WITH: Final = frozenset("，。；：、）》〕”’！？）】·…—)]},.;:!?%")
_NO_LINE_ENDS_WITH: Final = frozenset("（《〔“‘【([{")
_NUMERALS: Final = frozenset("〇零一二三四五六七八九十百条")
_ARTICLE: Final = re.compile("第[〇零一二三四五六七八九十百]*$")
_NARROW: Final = frozenset("iljtfrI.,;:'|!()[]-")
_BROAD: Final = frozenset("mwMW@—")
_SPACE: Final = 0.24
_BOLD: Final = 1.05
_LEADING: Final = 1.5
_AIR: Final = 2.0
_ENOUGH: Final = 4
_ALONE: Final = 2


@cache
def _of_letter(letter: str) -> float:
    """The breadth of a letter in sizes of it, a little more than CJK sans-serif fonts have."""
    if letter == " ":
        return _SPACE
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.02
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD:
        return 0.92
    return 0.67 if letter.isupper() else 0.57


def broad(text: str, look: LineLook) -> float:
    """How broad a line of a look is, in points."""
    size, bold, _ = LETTERS[look]
    return fsum(map(_of_letter, text)) * size * (_BOLD if bold else 1.0)


def high(lines: Iterable[TextLine]) -> float:
    """The height of lines, one below the other, in points."""
    return fsum(LETTERS[line.look][0] * _LEADING + _AIR for line in lines)


def _pieces(text: str) -> list[str]:
    """What may not be broken apart: words of letters with their space, characters with the marks that cling to them."""
    pieces: list[str] = []
    for letter in text:
        before = pieces[-1][-1] if pieces else ""
        wide = unicodedata.east_asian_width(letter) in "WF"
        clings = letter in _NO_LINE_BEGINS_WITH or before in _NO_LINE_ENDS_WITH or _is_bound(pieces, letter)
        word = not wide and before not in ("", " ") and unicodedata.east_asian_width(before) not in "WF"
        if pieces and (clings or word or letter == " "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _is_bound(pieces: Sequence[str], letter: str) -> bool:
    """Whether a letter belongs to what it follows, as in art. 13, ≥ 24, and 第十三条."""
    end = pieces[-1].rstrip() if pieces else ""
    if letter in _NUMERALS and _ARTICLE.search(end):
        return True
    return letter in "≥≤" or end.endswith(("≥", "≤")) or (end.endswith(".") and letter.isdecimal())


@cache
def break_name(text: str, words: frozenset[str], look: LineLook, wide: float) -> tuple[TextLine, ...]:
    """A Chinese name in few lines, broken inside one of the words only where that saves a line; early lines fuller."""
    inside = {
        at + n for word in words for at in range(len(text)) if text.startswith(word, at) for n in range(1, len(word))
    }
    best: dict[int, tuple[int, int, tuple[int, ...]]] = {len(text): (0, 0, ())}
    for start in range(len(text) - 1, -1, -1):
        options = []
        for end in range(start + 1, len(text) + 1):
            if end > start + 1 and broad(text[start:end], look) > wide:
                break
            lines, cuts, ends = best[end]
            options.append((lines + 1, cuts + (end in inside), (-end, *ends)))
        best[start] = min(options)
    corners = [0, *(-end for end in best[0][2])]
    return tuple(TextLine(text[a:b].strip(), look) for a, b in pairwise(corners))


@cache
def fill_lines(text: str, look: LineLook, wide: float) -> tuple[TextLine, ...]:
    """A text in lines of one look, each as full as `wide` points allow; what is longer than a line is cut.

    A single Chinese character is not left alone in the last line.
    """
    lines: list[list[str]] = [[]]
    for whole in _pieces(" ".join(text.split())):
        piece = whole
        if lines[-1] and broad("".join((*lines[-1], piece)).rstrip(), look) > wide:
            lines.append([])
        while broad(piece.rstrip(), look) > wide and len(piece) > 1:
            cut = max(1, next((n for n in range(len(piece), 0, -1) if broad(piece[:n], look) <= wide), 1))
            lines[-1:] = [[piece[:cut]], []]
            piece = piece[cut:]
        lines[-1].append(piece)
    alone = len(lines[-1]) == 1 and len(lines[-1][0]) <= _ALONE and _of_letter(lines[-1][0][0]) > 1
    if alone and len(lines) > 1 and len(lines[-2]) > _ENOUGH:
        lines[-1].insert(0, lines[-2].pop())
    said = ("".join(line).strip() for line in lines)
    return tuple(TextLine(words, look) for words in said if words)
