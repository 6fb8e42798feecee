"""Cards: a head and notes below it, the notes set in one text column or in several side by side."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import fsum
from typing import Final

from attrs import frozen

from recruitment.diagram.canvas.plate import LineLook, TextLine
from recruitment.diagram.canvas.typeset import fill_lines, high

SIGN: Final = 37.0
"""From the edge of a note to its words."""
SIGN_PLACE: Final = 24.0
"""How broad the place of a sign is."""
INSET: Final = 12.0
"""How far the words of a card are from its edges."""
BELOW_HEAD: Final = 9.0
APART: Final = 8.0
"""How far a note is from the next."""
SIDES: Final = 10.0
"""What is kept free at each side of lettered lines (`recruitment.diagram.output.drawing`)."""

_FEW: Final = 4

Part = tuple[str, LineLook]
"""A paragraph and its look."""


@frozen(kw_only=True)
class CardNote:
    """What is said under a sign, paragraph by paragraph."""

    code: str
    sign: str
    sign_look: LineLook
    parts: tuple[Part, ...]


@frozen(kw_only=True)
class Card:
    """A name, what is said of it, and the notes below in their order.

    On a card of one column what is said is under the name; on a broader one next to it.
    """

    code: str
    name: tuple[Part, ...]
    said: tuple[Part, ...]
    notes: tuple[CardNote, ...]


@frozen
class CardSetting:
    """The grid of a sheet: how broad a column is, and how far one is from the next."""

    column: float
    gutter: float

    def breadth(self, columns: int) -> float:
        """How broad a card over so many columns is."""
        return columns * self.column + (columns - 1) * self.gutter


@cache
def lines_in(parts: tuple[Part, ...], wide: float) -> tuple[TextLine, ...]:
    """Paragraphs as lines no broader than `wide`."""
    return tuple(line for text, look in parts for line in fill_lines(text, look, wide))


def head_lines(card: Card, setting: CardSetting, columns: int) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
    """The lines in the box of a name, and those next to it."""
    wide = setting.column - 2 * SIDES - 6
    if columns == 1 or not card.said:
        return lines_in((*card.name, *card.said), wide), ()
    return lines_in(card.name, wide), lines_in(card.said, setting.breadth(columns - 1) - SIDES)


def head_height(card: Card, setting: CardSetting, columns: int) -> float:
    """How high a head is."""
    return max(map(high, head_lines(card, setting, columns))) + 12


def note_breadth(setting: CardSetting) -> float:
    """How broad the words of a note are."""
    return setting.column - INSET - SIGN - SIDES - 4


def note_lines(note: CardNote, setting: CardSetting) -> tuple[TextLine, ...]:
    """The lines of a note."""
    return lines_in(note.parts, note_breadth(setting))


def note_height(note: CardNote, setting: CardSetting) -> float:
    """How high a note is."""
    return high(note_lines(note, setting)) + 4


@cache
def card_columns(heights: tuple[float, ...], number: int) -> tuple[tuple[int, ...], ...]:
    """The places of notes in columns, in their order, so that the highest column is as low as can be."""
    if len(heights) <= _FEW:
        return _arrange(heights, number)
    low, top = max(heights), fsum(heights) + APART * len(heights)
    while top - low > 1:
        middle = (low + top) / 2
        if len(_pour(heights, middle)) <= number:
            top = middle
        else:
            low = middle
    columns = _pour(heights, top)
    return (*columns, *((),) * (number - len(columns)))


def _arrange(heights: tuple[float, ...], number: int) -> tuple[tuple[int, ...], ...]:
    """The best of all ways to arrange a few notes: as low as can be, then as near to their order as can be."""

    def worth(places: tuple[int, ...]) -> tuple[float, int]:
        columns = [[n for n, place in enumerate(places) if place == column] for column in range(number)]
        low = max(fsum(heights[n] for n in some) + APART * (len(some) - 1) for some in columns)
        return round(low / 6), sum(a > b for n, a in enumerate(places) for b in places[n + 1 :])

    best = min(product(range(number), repeat=len(heights)), key=worth)
    return tuple(tuple(n for n, place in enumerate(best) if place == column) for column in range(number))


def _pour(heights: tuple[float, ...], top: float) -> tuple[tuple[int, ...], ...]:
    """Notes in columns of which none is higher than `top`, unless one note is."""
    columns: list[tuple[int, ...]] = [()]
    used = 0.0
    for n, height in enumerate(heights):
        more = height + (APART if columns[-1] else 0.0)
        if columns[-1] and used + more > top:
            columns.append(())
            used, more = 0.0, height
        columns[-1] = (*columns[-1], n)
        used += more
    return tuple(columns)


def tall(heights: tuple[float, ...], columns: tuple[tuple[int, ...], ...]) -> float:
    """How high the highest column is."""
    return max((fsum(heights[n] for n in some) + APART * (len(some) - 1) for some in columns if some), default=0.0)


def card_height(card: Card, setting: CardSetting, columns: int) -> float:
    """How high a card over so many columns is."""
    heights = tuple(note_height(note, setting) for note in card.notes)
    notes = tall(heights, card_columns(heights, columns))
    return head_height(card, setting, columns) + (notes + 2 * BELOW_HEAD if notes else 0.0)
