"""The layout of the plate of changes: the old edition to the left of each procedure, the new to its right.

The stages are in two columns, folded where both are most alike in height. The letters are as large as what is said
allows on the sheet; what does not fit even in small ones is counted at its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import fsum
from typing import Final

from attrs import evolve

from recruitment.diagram.canvas.builder import height, rectangle
from recruitment.diagram.canvas.plate import Group, Node, Plate
from recruitment.diagram.canvas.sheets import Box, Frame
from recruitment.diagram.plates.changes.columns import (
    GAP,
    GUTTER,
    HIDDEN,
    MARGIN,
    NOTHING,
    PAD,
    PLACE,
    TITLE,
    Block,
    ChangeSection,
    Sides,
)
from recruitment.diagram.plates.changes.entries import SIGNS, Said
from recruitment.diagram.plates.course.layout import HEAD

WIDTHS: Final = tuple(float(width) for width in range(1900, 3001, 100))
"""How broad the sheet may be, in points: the letters keep their size."""
SHARES: Final = (0.5, 0.51, 0.52, 0.53, 0.55)
"""How much of the breadth the first column may take, which has the more to say."""
SMALL: Final = ((), ("advice",), ("advice", "usual"), ("advice", "usual", "duty", "bar"))
"""The rules of which force are lettered small, in the order in which room is sought."""


class _Builder(Sides):
    """Puts everything in its place on a sheet of one breadth."""

    def place(self) -> None:
        """Everything in its place: what is left of the height is shared among the rows of a column."""
        for n, part in enumerate((slice(0, self.fold), slice(self.fold, None))):
            members = list(zip(self.sections[part], self.blocks[n][part], strict=True))
            half, bottom = self.halves[n], self.height - MARGIN
            x = MARGIN + n * (self.halves[0] + GUTTER)
            for code, at, wide, lines in self.column_heads(n):
                self.easel.say(code, lines, x + at, HEAD, wide)
            if n:
                top = bottom - height(self.key) - 2 * PAD
                self.easel.put("key_card", "card", rectangle(x, top, x + half, bottom))
                self.easel.say("key_words", self.key, x + PAD, top + PAD, half - 2 * PAD)
                bottom = top - GAP
            rows = sum(len(blocks) for _, blocks in members)
            used = fsum(self.tall(blocks) + GAP for _, blocks in members) - GAP
            spare = max(0.0, (bottom - self.top - used) / rows) if rows else 0.0
            y = self.top
            for section, blocks in members:
                tall = self.tall(blocks) + spare * len(blocks)
                box = rectangle(x, y, x + half, y + tall)
                self.frames[section.code] = Frame(box, (section.title,), (box.x, y + TITLE / 2))
                self.section(blocks, n, x, y + TITLE, spare)
                y += tall + GAP

    def section(self, blocks: Sequence[Block], n: int, x: float, y: float, spare: float) -> None:
        """The rows of a stage from the top down."""
        columns = self.columns[n]
        for block in blocks:
            row, tall = block.row, block.height + spare
            at, wide = columns["box"]
            middle, least = y + tall / 2, block.height
            if row.sort != "same":
                left, right, edge = x + PAD / 2, x + self.halves[n] - PAD / 2, x + columns["sign"][0] - GAP
                self.easel.put(f"{row.code}.card", "card", rectangle(left, y, right, y + tall))
                self.easel.put(f"{row.code}.now", "bar", rectangle(edge, y, right, y + tall))
                least = tall
            self.easel.boxes[row.code] = Box(x + at + wide / 2, middle, wide, least)
            self.nodes[row.code] = self.node(block)
            for cell in block.cells:
                at, wide = columns[cell.column]
                wide += PLACE[self.lang] if cell.code.endswith(".same.new") else 0.0
                self.easel.say(cell.code, cell.lines, x + at, y + spare / 2 + cell.down, wide)
            y += tall + GAP

    def node(self, block: Block) -> Node:
        """The box of a row."""
        row = block.row
        lines = tuple(f"{SIGNS[each.sort]} {said.text}" for each in row.entries for said in (each.new or each.old)[:1])
        lines += (HIDDEN.words(self.lang).format(row.hidden),) if row.hidden else ()
        return Node(
            code=row.code,
            number=row.number,
            name=row.name,
            lines=lines or (f"{SIGNS['same']} {NOTHING.words(self.lang)}",),
            look="mark" if row.sort == "same" else "step",
            tooltip=" · ".join(part for part in (row.name, row.body, *lines) if part),
            details=block.name,
        )

    def draw(self) -> Plate:
        """The plate with every place."""
        self.place()
        groups = (
            Group(code=section.code, title=section.title, nodes=tuple(self.nodes[row.code] for row in section.rows))
            for section in self.sections
        )
        return self.easel.draw(self.plate, groups, self.frames, self.width, self.height)


def facing(plate: Plate, sections: Sequence[ChangeSection], heads: tuple[str, str], key: Sequence[Said]) -> Plate:
    """The plate with its places: in letters as large as go on a sheet, and what still does not fit counted."""
    for small in SMALL:
        for width, share in product(WIDTHS, SHARES):
            found = _Builder(plate, sections, heads, key, width, share, small)
            if found.fits:
                return found.draw()
    while not found.fits and any(entry.weight for section in sections for row in section.rows for entry in row.entries):
        sections = _without_the_least(sections, found.fuller)
        tried = (_Builder(plate, sections, heads, key, WIDTHS[-1], share, SMALL[-1]) for share in SHARES)
        found = min(tried, key=lambda each: each.needed)
    return found.draw()


def _without_the_least(sections: Sequence[ChangeSection], within: slice) -> list[ChangeSection]:
    """The sections without the last of the least weighty entries within some of them; its row then counts it."""
    there = [e.weight for section in sections[within] for row in section.rows for e in row.entries if e.weight]
    if not there:
        return _without_the_least(sections, slice(None))
    least = min(there)
    found = list(sections)
    for n, section in reversed(list(enumerate(found))[within]):
        for m, row in reversed(list(enumerate(section.rows))):
            light = [k for k, entry in enumerate(row.entries) if entry.weight == least]
            if light:
                entries = (*row.entries[: light[-1]], *row.entries[light[-1] + 1 :])
                fewer = evolve(row, entries=entries, hidden=row.hidden + 1)
                found[n] = evolve(section, rows=(*section.rows[:m], fewer, *section.rows[m + 1 :]))
                return found
    return found
