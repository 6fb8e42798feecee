"""The layout of a plate: boxes in rows by what comes first, stages as frames, links as routes.

The places are worked out here and not left to the layout of an engine: so a plate looks the same with every
version of Graphviz, what runs parallel is side by side, and no link runs through a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Final, Literal

from recruitment.diagram.canvas.lettering import lines_of, wrap
from recruitment.diagram.canvas.plate import Group, Link, Node, Plate
from recruitment.diagram.canvas.sheets import Box, Frame, LinkLook, Point, Route, Sheet

Align = Literal["left", "centre", "right"]

BOX_WIDTH: Final = {"zh": 164.0, "en": 188.0}
LINE: Final = 24.0
BETWEEN: Final = 18.0
ROW_GAP: Final = 58.0
PAD: Final = 18.0
GUTTER: Final = 104.0
LANE: Final = 22.0
FRAME_LINE: Final = 28.0
TITLE_LINE: Final = 34.0
HEAD: Final = 96.0
KEY_BOX: Final = 206.0
KEY_GAP: Final = 14.0
COLUMNS: Final[tuple[tuple[tuple[int, ...], Align], ...]] = (
    ((1, 2, 3), "centre"),
    ((4,), "left"),
    ((5,), "right"),
)
"""Which stages are in which column, and to which side a short row of it keeps.

The course is folded once, between the first column and the second; the third goes on where the second leads.
"""

_WIDE_TITLE: Final = {"zh": 7.0, "en": 17.0}


def rows_of(groups: Sequence[Group], links: Sequence[Link]) -> dict[str, int]:
    """The row of each box: one below all that the rules put before it among these stages."""
    codes = [node.code for group in groups for node in group.nodes]
    before: dict[str, list[str]] = {code: [] for code in codes}
    for link in links:
        if link.look == "hard" and link.source in before and link.target in before:
            before[link.target].append(link.source)
    rows: dict[str, int] = {}

    def visit(code: str) -> int:
        if code not in rows:
            rows[code] = 0
            rows[code] = max((visit(other) + 1 for other in before[code]), default=0)
        return rows[code]

    for code in codes:
        visit(code)
    return rows


def _columns(plate: Plate) -> list[tuple[list[Group], Align]]:
    """The stages by column; a stage that no column names is in the last."""
    named = {f"stage_{stage}": n for n, (stages, _) in enumerate(COLUMNS) for stage in stages}
    columns: list[tuple[list[Group], Align]] = [([], align) for _, align in COLUMNS]
    for group in plate.groups:
        columns[named.get(group.code, len(COLUMNS) - 1)][0].append(group)
    return columns


class _Builder:
    """Works a plate out, once: rows, then columns, then frames, then routes."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate
        self.lang = plate.lang
        self.slot = BOX_WIDTH[self.lang] + BETWEEN
        self.columns = _columns(plate)
        first, rest = self.columns[0][0], [group for groups, _ in self.columns[1:] for group in groups]
        self.row = {**rows_of(first, plate.links), **rows_of(rest, plate.links)}
        self.side = {node.code: int(group in rest) for group in plate.groups for node in group.nodes}
        self.group = {node.code: group.code for group in plate.groups for node in group.nodes}
        self.boxes: dict[str, Box] = {}
        self.frames: dict[str, Frame] = {}
        self.routes: list[Route] = []
        self.joins: dict[str, Point] = {}
        self.width = 0.0
        self.above = self._titles_above()
        self._place()
        self.height = max(frame.box.bottom for frame in self.frames.values()) + PAD

    def _members(self, group: Group, row: int) -> list[Node]:
        return [node for node in group.nodes if self.row[node.code] == row]

    def _slots(self, groups: Iterable[Group]) -> int:
        found = [len(self._members(group, row)) for group in groups for row in set(self.row.values())]
        return max(found, default=1) or 1

    def _titles_above(self) -> dict[str, bool]:
        """Whether a stage's title needs a place above its first row, since that row is full."""
        found = {}
        for groups, _ in self.columns:
            slots = self._slots(groups)
            for group in groups:
                first = min((self.row[node.code] for node in group.nodes), default=0)
                found[group.code] = len(self._members(group, first)) == slots
        return found

    def _place(self) -> None:
        x = PAD
        middles = [self._middles(0), self._middles(1)]
        for n, (groups, align) in enumerate(self.columns):
            slots = self._slots(groups)
            for group in groups:
                self._place_group(group, align, x + PAD, slots, middles[min(n, 1)])
            x += slots * self.slot + 2 * PAD + (GUTTER if n == 0 else PAD)
        self.width = x

    def _middles(self, side: int) -> dict[int, tuple[float, float]]:
        """The middle and the height of each row on one side of the fold, from the top down."""
        nodes = [node for node in self.plate.nodes if self.side[node.code] == side]
        above = {(group.code, self._first(group)) for group in self.plate.groups if self.above[group.code]}
        found = {}
        y = HEAD + PAD
        for row in sorted({self.row[node.code] for node in nodes}):
            here = [node for node in nodes if self.row[node.code] == row]
            height = max(62.0, max(len(lines_of(node, self.lang)) for node in here) * LINE + 20)
            y += TITLE_LINE if any((self.group[node.code], row) in above for node in here) else 0
            found[row] = (y + height / 2, height)
            y += height + ROW_GAP
        return found

    def _first(self, group: Group) -> int:
        return min(self.row[node.code] for node in group.nodes)

    def _place_group(
        self, group: Group, align: Align, x: float, slots: int, middles: Mapping[int, tuple[float, float]]
    ) -> None:
        rows = sorted({self.row[node.code] for node in group.nodes})
        for row in rows:
            members = self._members(group, row)
            free = slots - len(members)
            shift = {"left": 0.0, "centre": free / 2, "right": float(free)}[align]
            for n, node in enumerate(members):
                y, height = middles[row]
                self.boxes[node.code] = Box(x + (shift + n + 0.5) * self.slot, y, BOX_WIDTH[self.lang], height)
        above = self.above[group.code]
        y, height = middles[rows[0]]
        top = y - height / 2 - PAD - (TITLE_LINE + 10 if above else 0)
        bottom = middles[rows[-1]][0] + middles[rows[-1]][1] / 2 + PAD
        box = Box(x + slots * self.slot / 2, (top + bottom) / 2, slots * self.slot + PAD, bottom - top)
        wide = _WIDE_TITLE[self.lang]
        if above:
            self.frames[group.code] = Frame(box, (group.title,), (box.x, top + TITLE_LINE / 2 + 4))
            return
        title = tuple(part for line in re.split("　|: ", group.title, maxsplit=1)
                      for part in wrap(line, self.lang, wide))  # fmt: skip
        slot = slots - 0.5 if align == "left" else 0.5
        middle = top + 10 + len(title) * FRAME_LINE / 2
        self.frames[group.code] = Frame(box, title, (x + slot * self.slot, middle))

    # --------------------------------------------------------------------------------------- routes

    def route(self) -> None:
        """Lay every link: down to the next row, down past rows, across, or over the fold."""
        over = [link for link in self.plate.links if self.side[link.source] != self.side[link.target]]
        for link in self.plate.links:
            if link in over:
                continue
            gap = self.row[link.target] - self.row[link.source]
            points = self._next(link) if gap == 1 else self._past(link) if gap > 1 else self._across(link)
            self.routes.append(Route(link.source, link.target, link.look, points))
        self._fold(over)

    def _next(self, link: Link) -> tuple[Point, ...]:
        """To the row below: down, along the channel above that row, down."""
        source, target = self.boxes[link.source], self.boxes[link.target]
        chart = link.look == "chart"
        x = target.x - (26 if chart and source.x != target.x else 0)
        y = target.top - (32 if chart else 24)
        if source.x == x:
            return (source.x, source.bottom), (x, target.top)
        return (source.x, source.bottom), (source.x, y), (x, y), (x, target.top)

    def _past(self, link: Link) -> tuple[Point, ...]:
        """Past a row: straight down next to the boxes there, then into the side of the target."""
        source, target = self.boxes[link.source], self.boxes[link.target]
        between = [box for box in self.boxes.values() if source.bottom < box.y < target.top - 1]
        x = source.x
        while any(box.left - 4 < x < box.right + 4 for box in between):
            x += self.slot / 2
        start: tuple[Point, ...] = ((source.x, source.bottom),)
        if x != source.x:
            start = (*start, (source.x, source.bottom + 20), (x, source.bottom + 20))
        side = target.left if x < target.x else target.right
        if x == target.x:
            return (*start, (x, target.top))
        return (*start, (x, target.y), (side, target.y))

    def _across(self, link: Link) -> tuple[Point, ...]:
        """To a box of the same row, or above: from side to side, around the boxes between them."""
        source, target = self.boxes[link.source], self.boxes[link.target]
        if abs(source.x - target.x) <= self.slot and source.y == target.y:
            right = source.x < target.x
            return (source.right if right else source.left, source.y), (
                target.left if right else target.right,
                target.y,
            )
        y, x = source.bottom + 20, max(source.right, target.right) + 10
        return (source.x, source.bottom), (source.x, y), (x, y), (x, target.y), (target.right, target.y)

    def _fold(self, links: Sequence[Link]) -> None:
        """Over the fold: along the gutter between the columns, each link on a lane of its own."""
        onward: dict[str, list[Link]] = {}
        for link in links:
            onward.setdefault(link.source, []).append(link)
        alike: dict[tuple[tuple[str, LinkLook], ...], list[str]] = {}
        for source, some in onward.items():
            alike.setdefault(tuple((link.target, link.look) for link in some), []).append(source)
        wires: list[tuple[str, tuple[Point, ...], str, LinkLook]] = []
        for n, (targets, sources) in enumerate(alike.items(), 1):
            start = sources[0]
            if len(sources) > 1:
                start = f"join_{n}"
                boxes = [self.boxes[source] for source in sources]
                at = (fsum(box.x for box in boxes) / len(boxes), max(box.bottom for box in boxes) + PAD + 24)
                self.joins[start] = at
                for source, box in zip(sources, boxes, strict=True):
                    down = (box.x, box.bottom)
                    points = (down, at) if box.x == at[0] else (down, (box.x, at[1]), at)
                    self.routes.append(Route(source, start, "hard", points, arrow=False))
                lead: tuple[Point, ...] = (at,)
            else:
                lead = self._leave(start)
            wires += [(start, lead, target, look) for target, look in targets]
        wires.sort(key=lambda wire: (wire[1][-1][1], self.row[wire[2]], wire[2]))
        edge = max(box.right for code, box in self.boxes.items() if not self.side[code]) + PAD
        entries: dict[str, int] = {}
        for n, (start, lead, code, look) in enumerate(wires):
            x, target = edge + LANE * (n + 0.8), self.boxes[code]
            shared = sum(1 for wire in wires if wire[2] == code)
            y = target.y + 20 * (entries.get(code, 0) - (shared - 1) / 2)
            entries[code] = entries.get(code, 0) + 1
            corners = (*lead, (x, lead[-1][1]), (x, y), (target.left, y))
            self.routes.append(Route(start, code, look, corners))

    def _leave(self, code: str) -> tuple[Point, ...]:
        """How a link leaves a box for the gutter: to the right where there is room, else below."""
        box = self.boxes[code]
        row = self.row[code]
        if any(b.x > box.x and self.row[c] == row and not self.side[c] for c, b in self.boxes.items()):
            return (box.x, box.bottom), (box.x, box.bottom + 20)
        return ((box.right, box.y),)

    # --------------------------------------------------------------------------------------- key

    def key(self) -> None:
        """The key, in the free corner at the top right: three looks a row, and the notes below them."""
        wide = 3 * (KEY_BOX + KEY_GAP)
        x, y = self.width - 2 * PAD - wide, HEAD + TITLE_LINE + 8
        for n, node in enumerate(self.plate.key):
            line, place = divmod(n, 3)
            self.boxes[node.code] = Box(x + (place + 0.5) * wide / 3, y + line * 60 + 26, KEY_BOX, 48)
        y += -(-len(self.plate.key) // 3) * 60
        height = len(self.plate.notes) * LINE * 1.2 + 16
        self.boxes["key_notes"] = Box(x + wide / 2, y + height / 2, wide - KEY_GAP, height)
        top, bottom = HEAD, y + height + 8
        box = Box(x + wide / 2, (top + bottom) / 2, wide + PAD, bottom - top)
        self.frames["key"] = Frame(box, (self.plate.key_title,), (box.x, top + TITLE_LINE / 2 + 2))
        for n, node in enumerate(self.plate.standing_alone):
            self.boxes[node.code] = Box(box.x, bottom + 46 + n * 60, wide - 60, 48)


def sheet_of(plate: Plate) -> Sheet:
    """The places of everything on a plate."""
    build = _Builder(plate)
    build.route()
    build.key()
    return Sheet(
        boxes=build.boxes,
        frames=build.frames,
        routes=tuple(build.routes),
        joins=build.joins,
        width=build.width,
        height=build.height,
    )
