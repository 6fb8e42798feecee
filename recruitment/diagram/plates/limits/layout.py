"""How the limits of a lane are packed into rows, each with its bars and with what is written next to or below them.

A limit takes the first row in which there is room for both. How broad the writing is, is tried out: the breadth that
makes the lane lowest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from attrs import frozen

from recruitment.base.label import Lang
from recruitment.diagram.canvas.plate import Align, LineLook, Node, TextLine
from recruitment.diagram.canvas.sheets import Box
from recruitment.diagram.canvas.styles import LETTERS
from recruitment.diagram.canvas.typeset import high as height_of
from recruitment.diagram.plates.limits.axis import Stretch
from recruitment.diagram.plates.limits.content import Sort
from recruitment.diagram.plates.limits.writing import MARGIN, broad_of, paragraph

BROAD: Final = (130.0, 160.0, 200.0, 240.0, 290.0, 350.0, 430.0, 520.0)
"""How broad the writing below a bar may be."""
BARS: Final[Mapping[Sort, float]] = {"wait": 20.0, "by": 16.0, "lapse": 18.0, "every": 12.0, "order": 5.0}
"""How high a bar is."""
REACH: Final[Mapping[Sort, float]] = {**BARS, "wait": 28.0, "order": 15.0}
"""How high a bar is with the stop at its end."""
AXLE: Final = 14.0
"""How far below the top of its row the middle of a bar is."""
NEAR: Final = 3.0
ROW: Final = 9.0
APART: Final = 24.0

Row = tuple[tuple[str, ...], LineLook]
"""Texts that are in one line if there is room, else each begins a line of its own."""


@frozen(kw_only=True)
class LimitItem:
    """What is below the bars of a limit, line by line and not yet broken, and from where to where they run."""

    node: Node
    sort: Sort
    stretches: tuple[Stretch, ...]
    rows: tuple[Row, ...]


@frozen
class LimitLane:
    """The limits of one sort, and what the lane is called."""

    code: str
    title: str
    about: str
    items: tuple[LimitItem, ...]


@frozen(kw_only=True)
class PlacedLimit:
    """An item in a row: the places of its bars and of its words, as if the row began at the top of the sheet."""

    item: LimitItem
    bars: tuple[Box, ...]
    words: Box
    lines: tuple[TextLine, ...]
    side: Align

    @property
    def tall(self) -> float:
        """How far down it reaches."""
        return max(self.words.bottom, *(bar.bottom for bar in self.bars))

    def beside(self, other: PlacedLimit) -> bool:
        """Whether both have room in one row."""
        return all(
            # Bars may follow one another as links of a chain do.
            _distance(a, b) >= (0 if a is not self.words and b is not other.words else APART)
            for a in (*self.bars, self.words)
            for b in (*other.bars, other.words)
        )


def _distance(one: Box, other: Box) -> float:
    """How far two boxes are from each other, from side to side."""
    return max(one.left - other.right, other.left - one.right)


def _ways_within(ways: Sequence[PlacedLimit], cap: float) -> Sequence[PlacedLimit]:
    """The ways whose words are no broader than that or than the bar over them; all where none is."""
    return [placed for placed in ways if placed.words.width <= max(cap, placed.bars[0].width)] or ways


def tall_of(rows: Sequence[Sequence[PlacedLimit]]) -> float:
    """How high a lane of those rows is, in points."""
    return math.fsum(max(placed.tall for placed in row) + ROW for row in rows) + ROW


@frozen
class Packing:
    """Packs lanes between two edges of a sheet; `x` says where on it a place of the axis is."""

    lang: Lang
    left: float
    right: float
    x: Callable[[float], float]

    def _places(self, item: LimitItem) -> list[PlacedLimit]:
        """The ways to place an item: its words below its bars, to the right or to the left; narrow or broad."""
        right = self.right
        bars = []
        for stretch in item.stretches:
            start, end = self.x(stretch.start) + 5, min(self.x(stretch.end) - 5, right)
            bars.append(Box((start + end) / 2, AXLE, end - start, BARS[item.sort]))
        start, end = bars[0].left, bars[-1].right
        broadest = max(*BROAD, min(bars[0].width, 460.0))
        found: dict[tuple[float, float], PlacedLimit] = {}
        for wide in sorted({*BROAD, broadest}):
            lines = tuple(line for texts, look in item.rows for line in self._set(texts, look, wide))
            broad, high = broad_of(lines, self.lang), height_of(lines) + 8
            below = AXLE + REACH[item.sort] / 2 + NEAR + high / 2
            level = AXLE - LETTERS[lines[0].look][0] * 0.75 - 4 + high / 2
            ways: list[tuple[float, float, Align]] = [
                (start - MARGIN / 2 + broad / 2, below, "left"),
                (end + MARGIN / 2 - broad / 2, below, "right"),
            ]
            if item.sort != "wait":
                # Next to a bar, words keep to its side. What must wait is the chain that is read first: words below it.
                ways.append((bars[0].right + NEAR + broad / 2, level, "left"))
                ways.append((end + NEAR + broad / 2, level, "left"))
                ways.append((start - NEAR - broad / 2, level, "right"))
            for x, y, side in ways:
                words = Box(x, y, broad, high)
                clear = y == below or not any(words.left < bar.right and bar.left < words.right for bar in bars)
                if self.left <= words.left and words.right <= right + MARGIN / 2 and clear:
                    placed = PlacedLimit(item=item, bars=tuple(bars), words=words, lines=lines, side=side)
                    found.setdefault((x, high), placed)
        return list(found.values())

    def _set(self, texts: Sequence[str], look: LineLook, wide: float) -> Sequence[TextLine]:
        """Texts in one line where there is room for them, else one below the other."""
        whole = paragraph(" · ".join(texts), self.lang, look, wide)
        return whole if len(whole) == 1 else [line for text in texts for line in paragraph(text, self.lang, look, wide)]

    def rows(self, lane: LimitLane) -> list[list[PlacedLimit]]:
        """The items in rows: of several orders in which to place them, the one that makes the lane lowest."""
        ways: list[Sequence[PlacedLimit]] = [self._places(item) for item in lane.items]
        orders = [
            ways,
            ways[::-1],
            sorted(ways, key=lambda some: -min(placed.tall for placed in some)),
            sorted(ways, key=lambda some: some[0].bars[0].left - some[0].bars[-1].right),
            sorted(ways, key=lambda some: some[0].bars[-1].right),
        ]
        if any(item.sort == "wait" for item in lane.items):
            # The chain in as few rows as may be, even with narrow words, and in its order.
            narrow: list[list[Sequence[PlacedLimit]]] = [
                [_ways_within(some, cap + MARGIN) for some in ways] for cap in BROAD
            ]
            packed = [self._pack(some) for some in [ways, *narrow]]
            return min(packed, key=lambda rows: (len(rows), tall_of(rows)))
        rows = min((self._pack(some) for some in orders), key=tall_of)
        return sorted(rows, key=lambda row: min(placed.bars[0].left for placed in row))

    def _pack(self, items: Sequence[Sequence[PlacedLimit]]) -> list[list[PlacedLimit]]:
        """Each item where, and with its words as, the lane grows least by it."""
        rows: list[list[PlacedLimit]] = []
        for ways in items:
            best: tuple[float, int, int] = (math.inf, 0, 0)
            for n, row in enumerate([*rows, []]):
                tall = max((placed.tall for placed in row), default=-ROW)
                for way, placed in enumerate(ways):
                    more = max(0.0, placed.tall - tall)
                    if (more, n, way) < best and all(placed.beside(other) for other in row):
                        best = (more, n, way)
            _, n, way = best
            if n == len(rows):
                rows.append([])
            rows[n].append(ways[way])
        return rows
