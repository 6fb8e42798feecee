"""Where cards are placed: in rows on a grid of columns, between what comes in above and what goes out below.

The sheet is as small as its content allows, so that the letters are as large as they can be; its proportion is that of
A3 in landscape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final

from attrs import frozen

from recruitment.diagram.canvas.plate import Link
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO
from recruitment.diagram.canvas.typeset import broad, high
from recruitment.diagram.plates.course.layout import HEAD
from recruitment.diagram.plates.stages.cards import Card, CardSetting, card_height, lines_in
from recruitment.diagram.plates.stages.layout import Composer, PlacedCard, Slot
from recruitment.diagram.plates.stages.routing import Passages, RouteStop

MARGIN: Final = 54.0
GUTTER: Final = 34.0
CHIP: Final = 0.3
"""How broad the words of what comes in or goes out may be, as a share of the sheet."""
CHIPS_APART: Final = 28.0
BEFORE_FOOT: Final = 22.0
BOTTOM: Final = 26.0
AIR: Final = 22.0
"""The most that the room between two rows grows where the sheet has room left."""
NARROWEST: Final = 1240
STEP: Final = 20
_FEWEST_POINTS: Final = 250.0
_MOST_POINTS: Final = 640.0
_MOST_COLUMNS: Final = 7


@frozen(kw_only=True)
class Grid:
    """What is on the sheet: rows of cards, cards at the foot, what comes in and goes out, and the links."""

    rows: Sequence[Sequence[Card]]
    foot: Sequence[Card]
    entering: tuple[Card, ...]
    leaving: tuple[Card, ...]
    links: tuple[Link, ...]


def grid_of(grids: Iterable[tuple[float, Grid]]) -> PlacedCard:
    """The first that fits on a sheet as broad as it may be, with its places; the last on what it needs."""
    for broadest, grid in grids:
        found = _smallest(grid, broadest)
        if found is not None:
            return found.place()
    found = _smallest(grid, 4 * broadest) or _Layout(grid, broadest, _columns(grid)[-1])
    return found.place()


def _columns(grid: Grid) -> list[int]:
    """How many columns there may be: at least as many as the fullest row has cards."""
    least = max(2, *(len(row) for row in (*grid.rows, grid.foot)))
    return list(range(least, max(_MOST_COLUMNS, least) + 1))


def _smallest(grid: Grid, broadest: float) -> _Layout | None:
    """The smallest sheet on which everything fits; None where that is broader than `broadest`."""
    widths = range(NARROWEST, int(broadest) + 1, STEP)
    low, top = 0, len(widths)
    best = None
    while low < top:  # what fits on a sheet fits on a broader one, but for a few points
        middle = (low + top) // 2 if best else len(widths) - 1
        found = _find_fitting(grid, widths[middle])
        if found is None and best is None:
            return None
        best = found or best
        low, top = (low, middle) if found else (middle + 1, top)
    return best


def _find_fitting(grid: Grid, width: float) -> _Layout | None:
    """The grid of the fewest columns with which everything fits on a sheet of that breadth."""
    for columns in _columns(grid):
        column = (width - 2 * MARGIN - (columns - 1) * GUTTER) / columns
        if _FEWEST_POINTS <= column <= _MOST_POINTS:
            layout = _Layout(grid, width, columns)
            if layout.natural <= width / ROOT_OF_TWO:
                return layout
    return None


class _Layout:
    """A grid on a sheet of a given breadth with so many columns."""

    def __init__(self, grid: Grid, width: float, columns: int) -> None:
        self.grid = grid
        self.width = width
        column = (width - 2 * MARGIN - (columns - 1) * GUTTER) / columns
        self.setting = CardSetting(column, GUTTER)
        self.rows = [self._slots(row, columns) for row in grid.rows]
        self.foot = self._slots(grid.foot, columns)
        self.chips = {card.code: lines_in(card.name, CHIP * width) for card in (*grid.entering, *grid.leaving)}
        stops = {
            slot.card.code: RouteStop(n, slot.left, slot.left + slot.breadth)
            for n, row in enumerate(self.rows)
            for slot in row
        }
        stops |= self._chip_stops(grid.entering, -1, stops)
        stops |= self._chip_stops(grid.leaving, len(self.rows), stops)
        self.stops = stops
        self.passages = Passages(grid.links, stops, rows=len(self.rows), width=width, margin=MARGIN)
        self.heights = [max(card_height(s.card, self.setting, s.columns) for s in row) for row in self.rows]
        self.foot_height = max(card_height(s.card, self.setting, s.columns) for s in self.foot)
        self.natural = self._down(0.0, 0.0)[-1]

    # ----------------------------------------------------------------------------------- across

    def _slots(self, row: Sequence[Card], columns: int) -> list[Slot]:
        """The cards of a row: one column each, and every further one to the card that is the highest."""
        share = [1] * len(row)
        for _ in range(columns - len(row)):
            heights = [card_height(card, self.setting, n) for card, n in zip(row, share, strict=True)]
            share[heights.index(max(heights))] += 1
        slots, x = [], MARGIN
        for card, n in zip(row, share, strict=True):
            slots.append(Slot(card, n, x, self.setting.breadth(n)))
            x += slots[-1].breadth + GUTTER
        return slots

    def _chip_stops(self, chips: Sequence[Card], row: int, stops: dict[str, RouteStop]) -> dict[str, RouteStop]:
        """What comes in over what it leads to, what goes out under what it comes from, without touching."""
        beside = 0 if row < 0 else row - 1
        wanted = []
        for chip in chips:
            ends = [
                link.target if row < 0 else link.source
                for link in self.grid.links
                if chip.code in (link.source, link.target)
            ]
            near = [stops[end] for end in ends if stops[end].row == beside]
            middle = fsum(stop.middle for stop in near) / len(near) if near else stops[ends[0]].middle
            wide = max(broad(line.text, line.look) for line in self.chips[chip.code]) + 36
            wanted.append((middle, wide, chip.code))
        wanted.sort(key=lambda each: each[0])
        return {
            code: RouteStop(row, left, left + wide)
            for (_, wide, code), left in zip(wanted, _spread(wanted, self.width), strict=True)
        }

    # ----------------------------------------------------------------------------------- down

    def _down(self, air: float, more: float) -> list[float]:
        """The upper edges of what comes in, of the rows, of what goes out and of the foot, and the height of all."""
        y = HEAD
        tops = [y]
        y += self._chip_height(self.grid.entering)
        for n, height in enumerate(self.heights):
            first = n == 0 and not self.grid.entering
            y += 8.0 if first else self.passages.depth(n) + air
            tops.append(y)
            y += height + more
        y += self.passages.depth(len(self.rows)) + air if self.grid.leaving else 0.0
        tops.append(y)
        y += self._chip_height(self.grid.leaving) + BEFORE_FOOT + air
        tops.append(y)
        return [*tops, y + self.foot_height + BOTTOM]

    def _chip_height(self, chips: Sequence[Card]) -> float:
        return max((high(self.chips[chip.code]) + 12 for chip in chips), default=0.0)

    def place(self) -> PlacedCard:
        """Everything in its place; room that is left goes between the rows, then into them."""
        height = max(self.natural, self.width / ROOT_OF_TWO)
        gaps = len(self.rows) + 1
        air = min(AIR, (height - self.natural) / gaps)
        more = max(0.0, (height - self.natural - air * gaps) / len(self.rows))
        tops = self._down(air, more)
        writer = Composer(self.setting)
        entering, *rows, leaving, foot, bottom = tops
        for chips, top in ((self.grid.entering, entering), (self.grid.leaving, leaving)):
            deep = self._chip_height(chips)
            for chip in chips:
                low = top if self.stops[chip.code].row >= 0 else top + deep - high(self.chips[chip.code]) - 12
                writer.chip(chip, self.stops[chip.code], self.chips[chip.code], low)
        for row, top, natural in zip(self.rows, rows, self.heights, strict=True):
            for slot in row:
                writer.card(slot, top, natural + more, own=True)
        for slot in self.foot:
            writer.card(slot, foot, self.foot_height, own=False)
        routes = self.passages.routes(writer.edges, [*rows, leaving])
        return writer.place(routes, self.width, max(bottom, height))


def _spread(wanted: Sequence[tuple[float, float, str]], width: float) -> list[float]:
    """The left edges of boxes, each as near to its middle as the others and the margins allow."""
    lefts: list[float] = []
    for middle, wide, _ in wanted:
        least = lefts[-1] + wanted[len(lefts) - 1][1] + CHIPS_APART if lefts else MARGIN
        lefts.append(max(least, middle - wide / 2))
    # Those that crowd each other move back together by half of what they were pushed.
    for _ in range(8):
        for n in range(len(lefts) - 1, -1, -1):
            wide = wanted[n][1]
            most = (lefts[n + 1] - CHIPS_APART if n + 1 < len(lefts) else width - MARGIN) - wide
            lefts[n] = min(lefts[n], most)
        for n, (middle, _, _) in enumerate(wanted):
            least = lefts[n - 1] + wanted[n - 1][1] + CHIPS_APART if n else MARGIN
            here = [m for m, (other, _, _) in enumerate(wanted) if abs(other - middle) < 1]
            shift = fsum(lefts[m] + wanted[m][1] / 2 - middle for m in here) / len(here)
            lefts[n] = max(least, lefts[n] - shift / 2)
    return lefts
