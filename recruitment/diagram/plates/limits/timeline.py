"""Where everything on the plate of limits is placed: the axis above, lanes of bars below it, and the key at the foot.

The rows of a lane are packed by `packing`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from recruitment.diagram.canvas.plate import Align, Node, Panel, Plate, TextLine, Words
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO, Box, Frame, Route, Sheet
from recruitment.diagram.canvas.typeset import high as height_of
from recruitment.diagram.plates.course.layout import HEAD
from recruitment.diagram.plates.limits.content import Sort
from recruitment.diagram.plates.limits.layout import BARS, REACH, ROW, LimitLane, Packing, PlacedLimit, tall_of
from recruitment.diagram.plates.limits.writing import MARGIN, broad_of, paragraph

WIDTHS: Final = (1900.0, *(float(width) for width in range(2000, 3601, 80)))
"""The breadths of sheet that are tried, until what is on it is not too high for its proportion."""
PAD: Final = 36.0
HEADS: Final = {"zh": 150.0, "en": 170.0}
"""How broad the column of the heads of the lanes is."""
DASH: Final = (30.0, 8.0)
"""How long the pieces of a bar of what recurs are at most, and how far apart."""
NUMBER: Final = (40.0, 32.0)
SAMPLE: Final = 38.0


class _Builder:
    """Works out one sheet of a given breadth."""

    def __init__(
        self, plate: Plate, lanes: Sequence[LimitLane], small_print: Sequence[str], before: str, width: float
    ) -> None:
        self.plate, self.lanes, self.small_print, self.before = plate, lanes, small_print, before
        self.lang = plate.lang
        self.width = width
        self.steps = [node for group in plate.groups for node in group.nodes if node.number is not None]
        self.first = 0 if before else 1
        self.last = max((node.number or 0 for node in self.steps), default=1)
        self.left = PAD + HEADS[self.lang]
        self.column = (width - PAD - self.left) / (self.last - self.first + 1)
        self.boxes: dict[str, Box] = {}
        self.frames: dict[str, Frame] = {}
        self.words: list[Words] = []
        self.panels: list[Panel] = []
        self.routes: list[Route] = []
        self.details: dict[str, tuple[tuple[TextLine, ...], Align]] = {}
        self.packing = Packing(self.lang, self.left, width - PAD, self.x)
        self.rows = [self.packing.rows(lane) for lane in lanes]
        self.y = HEAD
        self._axis()
        self.needed = self.y + math.fsum(map(tall_of, self.rows)) + self._foot_tall() + PAD

    def x(self, place: float) -> float:
        """Where a place on the axis is on the sheet."""
        return self.left + (place - self.first + 0.5) * self.column

    def _say(self, code: str, box: Box, lines: Sequence[TextLine], align: str = "left") -> None:
        self.boxes[code] = box
        self.words.append(Words(code=code, lines=tuple(lines), align=align))  # type: ignore[arg-type]

    def _panel(self, code: str, look: str, box: Box, tooltip: str = "") -> None:
        self.boxes[code] = box
        self.panels.append(Panel(code=code, look=look, tooltip=tooltip))  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------------- the axis

    def _axis(self) -> None:
        """Names in two storeys, the numbers on their line, and the stages below it."""
        wide = 2 * self.column - 12
        named = []
        for node in self.steps:
            x = self.x(node.number or 0)
            room = min(wide, 2 * (self.width - 6 - x))
            gains = (line for text in node.lines for line in paragraph(text, self.lang, "warning", room - 10))
            lines = (*paragraph(node.name, self.lang, "small", room - MARGIN + 4), *gains)
            named.append((node, lines))
        storeys = [
            max((height_of(lines) + 8 for node, lines in named if (node.number or 0) % 2 == odd), default=0.0)
            for odd in (1, 0)
        ]
        if self.before:
            named.append(
                (
                    Node(code="before", number=0, name=self.before, lines=(), look="mark"),
                    (TextLine(self.before, "small"),),
                )
            )
        top, lower = self.y, self.y + storeys[0] + 8
        line = lower + storeys[1] + 12 + NUMBER[1] / 2
        for node, lines in named:
            number = node.number or 0
            bottom = (top + storeys[0]) if number % 2 else (lower + storeys[1])
            tall = height_of(lines) + 8
            x = self.x(number)
            # The last and the first name may extend over their columns.
            room = min(wide, 2 * (self.width - 6 - x))
            self._say(f"name.{node.code}", Box(x, bottom - tall / 2, room, tall), lines, "centre")
            if node.code == "before":
                continue
            self.boxes[node.code] = Box(x, line, *NUMBER)
            points = ((x, line - NUMBER[1] / 2), (x, bottom))
            self.routes.append(Route(node.code, f"name.{node.code}", "line", points, arrow=False))
        ordered = sorted(self.steps, key=lambda node: node.number or 0)
        for one, other in pairwise(ordered):
            a, b = self.boxes[one.code], self.boxes[other.code]
            self.routes.append(Route(one.code, other.code, "hard", ((a.right, line), (b.left, line)), arrow=False))
        self.y = line + NUMBER[1] / 2 + 12
        self._stages()

    def _stages(self) -> None:
        """The names of the stages under the numbers."""
        titled = []
        for group in self.plate.groups:
            numbers = [node.number for node in group.nodes if node.number is not None]
            if numbers:
                left, right = self.x(min(numbers) - 0.5) + 3, self.x(max(numbers) + 0.5) - 3
                title, wide = group.title.replace("\u3000", " "), right - left - MARGIN
                lines = paragraph(title, self.lang, "strong", wide)
                titled.append(
                    (group, left, right, lines if len(lines) < 3 else paragraph(title, self.lang, "small", wide))
                )
        tall = max((height_of(lines) for *_, lines in titled), default=0.0) + 10
        for group, left, right, lines in titled:
            box = Box((left + right) / 2, self.y + tall / 2, right - left, tall)
            self._panel(f"panel.{group.code}", "bar", box)
            inner = height_of(lines) + 6
            self._say(
                f"title.{group.code}",
                Box(box.x, box.y, min(box.width - 4, broad_of(lines, self.lang)), inner),
                lines,
                "centre",
            )
        self.stage_edges = [left - 3 for _, left, _, _ in titled] + ([titled[-1][2] + 3] if titled else [])
        self.y += tall + 14

    # ------------------------------------------------------------------------------------- lanes

    def draw(self, total: float) -> None:
        """Puts the lanes between the axis and the foot, with what is left of the height shared out."""
        spare = max(0.0, total - self.needed)
        more = min(spare / max(1, sum(map(len, self.rows)) + len(self.rows)), 40.0)
        for n, (lane, rows) in enumerate(zip(self.lanes, self.rows, strict=True)):
            tall = tall_of(rows) + more * (len(rows) + 1)
            box = Box(self.width / 2, self.y + tall / 2, self.width - 2 * PAD + 16, tall)
            self._panel(f"lane.{lane.code}", "lane" if n % 2 == 0 else "lane_other", box)
            self._grid(lane.code, box)
            self._head(lane, box)
            y = self.y + ROW + more
            for row in rows:
                for placed in row:
                    self._draw(placed, y)
                y += max(placed.tall for placed in row) + ROW + more
            self.y += tall
        self._foot(total)

    def _grid(self, code: str, box: Box) -> None:
        """A fine line between two stages."""
        for n, x in enumerate(self.stage_edges):
            self._panel(f"grid.{code}.{n}", "grid", Box(x, box.y, 1.4, box.height))

    def _head(self, lane: LimitLane, box: Box) -> None:
        wide = HEADS[self.lang] - 12
        lines = (
            *paragraph(lane.title, self.lang, "head", wide - MARGIN),
            *paragraph(lane.about, self.lang, "small", wide - MARGIN),
        )
        tall = height_of(lines) + 8
        self._say(f"head.{lane.code}", Box(PAD + wide / 2, box.top + ROW + tall / 2, wide, tall), lines)

    def _draw(self, placed: PlacedLimit, y: float) -> None:
        item = placed.item
        for n, (stretch, bar) in enumerate(zip(item.stretches, placed.bars, strict=True), 1):
            box = evolve(bar, y=bar.y + y)
            code = f"bar.{item.node.code}.{n}"
            self._bar(code, item.sort, box, item.node.tooltip)
            if item.sort == "wait" and not stretch.open:
                self._panel(f"stop.{code}", "stop", Box(box.right, box.y, 7, REACH["wait"]))
        self.boxes[item.node.code] = evolve(placed.words, y=placed.words.y + y)
        self.details[item.node.code] = (placed.lines, placed.side)

    def _bar(self, code: str, sort: Sort, box: Box, tooltip: str) -> None:
        """A bar as its sort is drawn: whole, or in pieces where something recurs."""
        if sort != "every":
            self._panel(code, "rule" if sort == "order" else sort, box, tooltip)
            for end in (box.left + 2.5, box.right - 2.5) if sort == "order" else ():
                self._panel(f"{code}.{end:.0f}", "rule", Box(end, box.y, 5, REACH["order"]))
            return
        piece, gap = DASH
        count = max(2, round((box.width + gap) / (piece + gap)))
        piece = (box.width + gap) / count - gap
        for n in range(count):
            x = box.left + n * (piece + gap) + piece / 2
            self._panel(f"{code}.{n}", "every", Box(x, box.y, piece, box.height), tooltip)

    # ------------------------------------------------------------------------------------- the foot

    def _foot_signs(self) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
        """What the signs mean, in two columns."""
        *signs, _ = self.small_print
        half = -(-len(signs) // 2)
        wide = self.width * 0.24 - MARGIN
        one, other = (
            tuple(line for text in some for line in paragraph(text, self.lang, "small", wide))
            for some in (signs[:half], signs[half:])
        )
        return one, other

    def _foot_tall(self) -> float:
        tall = max(*(height_of(lines) + 8 for lines in self._foot_signs()), 2 * SAMPLE)
        return tall + height_of(self._foot_axis()) + 8 + 28

    def _foot_axis(self) -> tuple[TextLine, ...]:
        return paragraph(self.small_print[-1], self.lang, "small", self.width - 2 * PAD - 120)

    def _foot(self, total: float) -> None:
        """The key: a sample of every bar, what the signs of force mean, and what the axis is."""
        tall = self._foot_tall() - 8
        box = Box(self.width / 2, total - PAD / 2 - tall / 2, self.width - 2 * PAD + 16, tall)
        self.frames["key"] = Frame(box, (self.plate.key_title,), (box.left + 40, box.top + 24))
        self.boxes["key_notes"] = Box(box.left + 40, box.bottom - 12, 20, 8)
        left, top = box.left + 90, box.top + 8
        slot = (box.width - 90 - self.width * 0.48 - 8) / 3
        for n, node in enumerate(self.plate.key):
            x, y = left + (n % 3) * slot, top + (n // 3) * SAMPLE + SAMPLE / 2
            sort: Sort = node.code.removeprefix("key_")  # type: ignore[assignment]
            bar = Box(x + 32, y, 56, BARS[sort])
            self._bar(f"sample.{sort}", sort, bar, "")
            if sort == "wait":
                self._panel("stop.sample", "stop", Box(bar.right, y, 7, REACH["wait"]))
            sample = (TextLine(node.name, "small"),)
            self.boxes[node.code] = Box(x + 72 + (slot - 80) / 2, y, slot - 80, height_of(sample) + 8)
            self.details[node.code] = (sample, "left")
        wide = self.width * 0.24
        for n, lines in enumerate(self._foot_signs()):
            high = height_of(lines) + 8
            self._say(f"signs.{n}", Box(box.right - 8 - (1.5 - n) * wide, top + high / 2, wide - 8, high), lines)
        axis = self._foot_axis()
        high = height_of(axis) + 8
        wide = self.width - 2 * PAD - 100
        self._say("says.axis", Box(left + wide / 2, box.bottom - 4 - high / 2, wide, high), axis)

    def sheet(self, total: float) -> Plate:
        """The plate with its places, and its boxes with their lines."""
        self.draw(total)

        def written(node: Node) -> Node:
            if node.code not in self.details:
                return node
            lines, side = self.details[node.code]
            return evolve(node, details=lines, align=side)

        sheet = Sheet(
            boxes=self.boxes, frames=self.frames, routes=tuple(self.routes), joins={}, width=self.width, height=total
        )
        return evolve(
            self.plate,
            groups=tuple(evolve(group, nodes=tuple(map(written, group.nodes))) for group in self.plate.groups),
            key=tuple(map(written, self.plate.key)),
            panels=tuple(self.panels),
            words=tuple(self.words),
            sheet=sheet,
        )


def sheet_of_limits(plate: Plate, lanes: Sequence[LimitLane], small_print: Sequence[str], before: str) -> Plate:
    """The plate with the places of everything on it, across a sheet of A3."""
    build = None
    for width in WIDTHS:
        build = _Builder(plate, lanes, small_print, before, width)
        if build.needed <= width / ROOT_OF_TWO:
            break
    assert build is not None
    return build.sheet(max(build.needed, build.width / ROOT_OF_TWO))
