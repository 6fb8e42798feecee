"""Where everything on the plate of detours is placed: strips in three columns, and bars in a band.

As on the course's plate every place is worked out here. In a strip the middle is the main line; what leads back is to
the left of it, what stays at the act or ends the file to the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum
from typing import Final

from attrs import evolve, frozen

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.lettering import breadth, lines_of
from recruitment.diagram.canvas.plate import Node, Plate
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO, Box, Frame, Route, Sheet
from recruitment.diagram.plates.course.layout import COLUMNS, HEAD, LANE, LINE, PAD, TITLE_LINE
from recruitment.diagram.plates.detours.content import APART, Places, routes_of

CELL: Final = {"zh": 184.0, "en": 200.0}
A_CHARACTER: Final = {"zh": 18.2, "en": 8.6}
A_SMALL_ONE: Final = {"zh": 14.4, "en": 7.6}
MIDDLE: Final = 1.12
"""How much broader the middle of a strip is than its sides."""
LANES: Final = 3 * LANE
STACK: Final = 10.0
GAP: Final = 22.0
TREE: Final = 50.0
BETWEEN: Final = 18.0
BAR: Final = 44.0
ENDS: Final = {"zh": 250.0, "en": 300.0}
KEY_LINE: Final = 60.0


@frozen
class Strip:
    """Boxes side by side: those to the left, those on the main line, those to the right, each from the top down."""

    left: tuple[Node, ...]
    middle: tuple[Node, ...]
    right: tuple[Node, ...]

    @property
    def cells(self) -> tuple[tuple[Node, ...], ...]:
        """Left, middle, right."""
        return self.left, self.middle, self.right


@frozen
class DetourSection:
    """The strips of a stage."""

    code: str
    strips: tuple[Strip, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every box of it."""
        return tuple(node for strip in self.strips for cell in (strip.middle, strip.left, strip.right) for node in cell)


@frozen
class Bar:
    """An act beside the main line: its boxes, from which head to which each spans, and what it leads to."""

    boxes: tuple[Node, ...]
    spans: tuple[tuple[int, int], ...]
    to: Node


@frozen
class Band:
    """The bars under their heads."""

    code: str
    heads: tuple[Node, ...]
    bars: tuple[Bar, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every box of it."""
        return (*self.heads, *(node for bar in self.bars for node in (*bar.boxes, bar.to)))


def wide_of(lang: Lang, *, small: bool = False) -> float:
    """How broad a line in a box of a strip is; small ones are on the main line alone."""
    key = Label(zh="zh", en="en").words(lang)
    return CELL[key] * MIDDLE / A_SMALL_ONE[key] if small else CELL[key] / A_CHARACTER[key]


class _Builder:
    """Works the plate out, once: columns, then band and key, then routes."""

    def __init__(self, plate: Plate, sections: Sequence[DetourSection], band: Band) -> None:
        self.plate = plate
        self.lang = plate.lang
        self.title = {group.code: group.title for group in plate.groups}
        self.cell = CELL[self.lang]
        self.column = 2 * PAD + LANES + self.cell * (2 + MIDDLE) + 2 * APART
        self.tree = {(link.source, link.target) for link in plate.links if link.look == "hard"}
        self.boxes: dict[str, Box] = {}
        self.frames: dict[str, Frame] = {}
        self.above: dict[str, float] = {}
        """The channel over each box, in which a link may run from side to side."""
        self.side: dict[str, int] = {}
        self.filled: set[str] = set()
        """The boxes of the main line with something to their left."""
        self.spine: list[Route] = []
        named = {f"stage_{stage}": n for n, (stages, _) in enumerate(COLUMNS) for stage in stages}
        last = len(COLUMNS) - 1
        self.columns = [[s for s in sections if named.get(s.code, last) == n] for n in range(len(COLUMNS))]
        self._place(band)

    def _height(self, node: Node) -> float:
        lines = len(lines_of(node, self.lang))
        return lines * 19 + 12 if node.look == "mark" else lines * LINE + 16

    def _tall(self, nodes: Sequence[Node]) -> float:
        return fsum(self._height(node) for node in nodes) + STACK * max(0, len(nodes) - 1)

    def _gap(self, before: Strip | None, strip: Strip) -> float:
        """More room over a strip into which links come down."""
        above = {node.code for cell in before.cells for node in cell} if before else set()
        here = {node.code for cell in strip.cells for node in cell}
        return TREE if any(a in above and b in here for a, b in self.tree) else GAP

    def _natural(self, n: int) -> tuple[float, int]:
        """How tall a column is at least, and over how many strips more room would be shared out."""
        tall, strips = 0.0, 0
        for section in self.columns[n]:
            tall += TITLE_LINE + GAP + BETWEEN
            for before, strip in pairwise((None, *section.strips)):
                assert strip is not None
                tall += (self._gap(before, strip) if before else 0) + max(map(self._tall, strip.cells))
                strips += before is not None
        return tall - BETWEEN, strips

    def _place(self, band: Band) -> None:
        natural = [self._natural(n) for n in range(len(self.columns))]
        key = TITLE_LINE + -(-len(self.plate.key) // 2) * KEY_LINE + len(self.plate.notes) * LINE * 1.2 + 30
        beside = TITLE_LINE + 66 + len(band.bars) * (BAR + STACK) + PAD
        width = 2 * PAD + 3 * self.column + 2 * BETWEEN
        # As high as a sheet of A3 that is so broad, unless what is on it needs more.
        lower = max(HEAD + natural[0][0] + key, HEAD + max(tall for tall, _ in natural[1:]) + beside)
        bottom = max(lower + BETWEEN, width / ROOT_OF_TWO - PAD)
        x = PAD
        for n in range(len(self.columns)):
            end = bottom - BETWEEN - (beside if n else key)
            tall, strips = natural[n]
            self._fill(n, x, (end - HEAD - tall) / max(1, strips))
            x += self.column + BETWEEN
        self._band(band, PAD + self.column + BETWEEN, bottom - beside, 2 * self.column + BETWEEN, beside)
        self._key(PAD, bottom - key, self.column, key)
        self.width, self.height = width, bottom + PAD

    def _frame(self, code: str, box: Box, title: str) -> None:
        """A frame with its title at the upper left."""
        half = breadth(title, self.lang) * (19.5 if self.lang == "zh" else 9.0) / 2
        self.frames[code] = Frame(box, (title,), (box.left + 14 + half, box.top + TITLE_LINE / 2 + 3))

    def _fill(self, n: int, x: float, more: float) -> None:
        cell, broad = self.cell, self.cell * MIDDLE
        at = x + PAD + LANES + cell / 2
        xs = (at, at + cell / 2 + APART + broad / 2, at + cell + 2 * APART + broad)
        y = HEAD
        for section in self.columns[n]:
            top = y
            y += TITLE_LINE + 4
            for before, strip in pairwise((None, *section.strips)):
                assert strip is not None
                gap = self._gap(before, strip) + more if before else 0
                y += gap
                tall = max(map(self._tall, strip.cells))
                for middle, nodes, wide in zip(xs, strip.cells, (cell, broad, cell), strict=True):
                    start = y + (tall - self._tall(nodes)) / 2
                    for node in nodes:
                        height = self._height(node)
                        self.boxes[node.code] = Box(middle, start + height / 2, wide, height)
                        self.above[node.code], self.side[node.code] = y - (gap / 2 if before else TITLE_LINE / 2), n
                        start += height + STACK
                self.filled |= {node.code for node in strip.middle if strip.left}
                if before and before.middle and strip.middle:
                    self._down(before.middle[-1], strip.middle[0])
                y += tall
            y += GAP - 4
            self._frame(section.code, Box(x + self.column / 2, (top + y) / 2, self.column, y - top),
                        self.title[section.code])  # fmt: skip
            y += BETWEEN

    def _down(self, one: Node, other: Node) -> None:
        """The quiet line of the main line, where no link runs."""
        if (one.code, other.code) not in self.tree:
            a, b = self.boxes[one.code], self.boxes[other.code]
            self.spine.append(Route(one.code, other.code, "line", ((a.x, a.bottom), (b.x, b.top)), arrow=False))

    # ------------------------------------------------------------------------------------- band and key

    def _band(self, band: Band, x: float, top: float, width: float, height: float) -> None:
        self._frame(band.code, Box(x + width / 2, top + height / 2, width, height), self.title[band.code])
        ends = ENDS[self.lang]
        slot = (width - 2 * PAD - ends - APART) / len(band.heads)
        y = top + TITLE_LINE + 6
        for n, head in enumerate(band.heads):
            self.boxes[head.code] = Box(x + PAD + (n + 0.5) * slot, y + 25, slot - 10, 50)
        y += 60
        covered: list[set[int]] = []
        for bar in band.bars:
            for node, (first, last) in zip(bar.boxes, bar.spans, strict=True):
                left, right = x + PAD + first * slot + 5, x + PAD + (last + 1) * slot - 5
                self.boxes[node.code] = Box((left + right) / 2, y + BAR / 2, right - left, BAR)
            to = Box(x + width - PAD - ends / 2, y + BAR / 2, ends, BAR)
            self.boxes[bar.to.code] = to
            start = (self.boxes[bar.boxes[-1].code].right, to.y)
            self.spine.append(Route(bar.boxes[-1].code, bar.to.code, "line", (start, (to.left, to.y))))
            covered.append({n for first, last in bar.spans for n in range(first + 1, last + 1)})
            y += BAR + STACK
        for n in range(1, len(band.heads)):
            self._guide(x + PAD + n * slot, top + TITLE_LINE + 66 - STACK / 2, [n in row for row in covered], band)

    def _guide(self, x: float, top: float, covered: Sequence[bool], band: Band) -> None:
        """The line between two standings, broken where a bar runs over it."""
        name = (band.heads[0].code, band.heads[1].code)
        begin: float | None = None
        for n, hidden in enumerate((*covered, True)):
            y = top + n * (BAR + STACK)
            if hidden and begin is not None:
                self.spine.append(Route(*name, "line", ((x, begin), (x, y)), arrow=False))
                begin = None
            elif not hidden and begin is None:
                begin = y

    def _key(self, x: float, top: float, width: float, height: float) -> None:
        box = Box(x + width / 2, top + height / 2, width, height)
        self._frame("key", box, self.plate.key_title)
        y, half = top + TITLE_LINE + 4, width / 2 - PAD / 2
        for n, node in enumerate(self.plate.key):
            line, place = divmod(n, 2)
            at = x + PAD / 2 + (place + 0.5) * half
            self.boxes[node.code] = Box(at, y + line * KEY_LINE + 24, half - PAD, 48)
        y += -(-len(self.plate.key) // 2) * KEY_LINE
        notes = len(self.plate.notes) * LINE * 1.2 + 8
        self.boxes["key_notes"] = Box(box.x, y + notes / 2, width - 2 * PAD, notes)


def sheet_of_detours(plate: Plate, sections: Sequence[DetourSection], band: Band) -> Plate:
    """The plate with the places of everything on it."""
    build = _Builder(plate, sections, band)
    edges = [PAD + n * (build.column + BETWEEN) for n in range(len(build.columns))]
    places = Places(
        boxes=build.boxes,
        above=build.above,
        side=build.side,
        filled=frozenset(build.filled),
        lanes=tuple(edge + PAD + LANES for edge in edges),
        gutters=tuple(edge - BETWEEN / 2 for edge in edges),
    )
    sheet = Sheet(
        boxes=build.boxes,
        frames=build.frames,
        routes=(*build.spine, *routes_of(plate.links, places)),
        joins={},
        width=build.width,
        height=build.height,
    )
    return evolve(plate, sheet=sheet)
