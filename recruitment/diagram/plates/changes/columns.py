"""The old side and the new side of each procedure, measured: in which columns, in which lines, how high they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve, frozen

from recruitment.base.label import Label
from recruitment.diagram.canvas.builder import Easel, height
from recruitment.diagram.canvas.plate import LineLook, Node, Plate, TextLine
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO, Frame
from recruitment.diagram.canvas.typeset import broad
from recruitment.diagram.plates.changes.entries import SIGNS, ChangeEntry, ChangeRow, Said
from recruitment.diagram.plates.course.layout import HEAD

MARGIN: Final = 26.0
GUTTER: Final = 30.0
PAD: Final = 8.0
GAP: Final = 6.0
TITLE: Final = 31.0
HEADS: Final = 46.0
SIGN: Final = 40.0
BOX: Final = {"zh": 204.0, "en": 262.0}
PLACE: Final = {"zh": 132.0, "en": 90.0}
OLD: Final = {"zh": 0.36, "en": 0.44}
"""How much of the text of a row the old side takes."""
ROW: Final = 34.0

_NOT_ASKED: Final = Label(zh="原无此项", en="not asked before")
_SAME: Final = Label(zh="{} 条不变", en="{} as before")
NOTHING: Final = Label(zh="不变", en="as before")
_SAME_ASKED: Final = Label(zh="{} 条要求不变，{} 条文字有改动", en="{} ask the same, {} in other words")
_MOVED: Final = Label(zh="，条号改为{}", en=", now in {}")
_SOME_MOVED: Final = Label(zh="，其中 {} 条改为{}", en=", {} of them now in {}")
_REST: Final = Label(zh="另有 {} 条不变", en="{} more as before")
HIDDEN: Final = Label(zh="另有 {} 处改动，此处写不下", en="{} more changes that have no room here")


@frozen
class ChangeSection:
    """A stage with its rows."""

    code: str
    title: str
    rows: tuple[ChangeRow, ...]


@frozen
class Cell:
    """Lines of a row in one of its columns, with how far below the top of the row they begin."""

    code: str
    column: str
    lines: tuple[TextLine, ...]
    down: float


@frozen
class Block:
    """A row measured: its cells, the lines of its box, and the least height that it needs."""

    row: ChangeRow
    cells: tuple[Cell, ...]
    name: tuple[TextLine, ...]
    height: float


class Sides:
    """Everything measured for one breadth of the sheet: rows in lines, their columns, the fold."""

    def __init__(
        self,
        plate: Plate,
        sections: Sequence[ChangeSection],
        heads: tuple[str, str],
        key: Sequence[Said],
        width: float,
        share: float,
        small: Iterable[str],
    ) -> None:
        self.plate, self.heads, self.width, self.small = plate, heads, width, frozenset(small)
        self.lang = plate.lang
        self.easel = Easel(self.lang)
        self.frames: dict[str, Frame] = {}
        self.nodes: dict[str, Node] = {}
        whole = width - 2 * MARGIN - GUTTER
        self.halves = (whole * share, whole * (1 - share))
        self.columns = tuple(self.columns_of(half) for half in self.halves)
        """For each half its columns: from the left edge of its frame, where each begins and how broad it is."""
        self.key = tuple(
            line for said in key for line in self.easel.lines(said.text, said.look, self.halves[1] - 2 * PAD)
        )
        self.sections = sections
        self.blocks = [[[self.block(row, half) for row in section.rows] for section in sections] for half in (0, 1)]
        self.fold = min(range(1, len(sections) + 1), key=self.needed_at)
        self.top = HEAD + max(HEADS, *(height(lines) + GAP for n in (0, 1) for *_, lines in self.column_heads(n)))
        self.needed = self.top + self.needed_at(self.fold) + MARGIN
        self.height = max(width / ROOT_OF_TWO, self.needed)

    @property
    def fits(self) -> bool:
        """Whether everything fits on a sheet of the proportions of A3 in landscape."""
        return self.needed <= self.width / ROOT_OF_TWO

    # ----------------------------------------------------------------------------------- measures

    def columns_of(self, half: float) -> dict[str, tuple[float, float]]:
        """The columns of a row in so broad a half."""
        inner = half - 2 * PAD
        box, place = BOX[self.lang], PLACE[self.lang]
        text = inner - box - SIGN - place
        old = text * OLD[self.lang]
        return {
            "old": (PAD, old - GAP),
            "box": (PAD + old, box),
            "sign": (PAD + old + box + GAP, SIGN - GAP),
            "new": (PAD + old + box + SIGN + GAP, text - old - 2 * GAP),
            "place": (PAD + inner - place, place - GAP),
        }

    def lines(self, half: int, column: str, said: Iterable[Said], more: float = 0.0) -> tuple[TextLine, ...]:
        """Texts in the lines of a column."""
        wide = self.columns[half][column][1] + more
        return tuple(line for each in said for line in self.easel.lines(each.text, each.look, wide))

    def block(self, row: ChangeRow, half: int) -> Block:
        """A row with its texts broken into lines: what was and is begin at one height."""
        cells: list[Cell] = []
        ends = {"old": GAP / 2, "new": GAP / 2}

        def put(code: str, sides: Iterable[str], **columns: tuple[TextLine, ...]) -> None:
            down = max(ends[side] for side in sides)
            shown = {column: lines for column, lines in columns.items() if lines}
            cells.extend(Cell(f"{row.code}.{code}.{column}", column, lines, down) for column, lines in shown.items())
            for side in sides:
                ends[side] = max(down + height(lines) + 4.5 for lines in shown.values())

        if row.sort != "same" and not row.hidden and not any(entry.old for entry in row.entries):
            put("none", ("old",), old=self.lines(half, "old", [Said(_NOT_ASKED.words(self.lang), "quiet")]))
        for n, entry in enumerate(row.entries):
            sides = [side for side, said in (("old", entry.old), ("new", entry.new)) if said]
            if sides:
                put(f"{n}", sides, **self.entry(entry, half))
        if row.hidden:
            said = Said(HIDDEN.words(self.lang).format(row.hidden), "warning")
            put("hidden", ("new",), new=self.lines(half, "new", [said]))
        if row.sort == "same" and not row.entries:
            put("same", ("old", "new"), **self.same(row, half))
        name = self.name(row, half)
        return Block(row, tuple(cells), name, max(*ends.values(), height(name), ROW) + 2)

    def entry(self, entry: ChangeEntry, half: int) -> dict[str, tuple[TextLine, ...]]:
        """The lines of one entry by column; what went has its sign before its words, since nothing faces it."""
        old = entry.old
        if old and entry.old_place and entry.old_place != entry.new_place:
            old = (*old, Said(" · ".join(entry.old_place), "quiet"))
        if not entry.new:
            old = (evolve(old[0], text=f"{SIGNS[entry.sort]} {old[0].text}"), *old[1:])
            return {"old": self.lines(half, "old", old)}
        place = entry.new_place
        cited = math.fsum(broad(part, "quiet") for part in place) > 2 * PLACE[self.lang]
        new = tuple(
            evolve(s, look="small") if s.look == "plain" and entry.force in self.small else s for s in entry.new
        )
        return {
            "old": self.lines(half, "old", old),
            "sign": (TextLine(SIGNS[entry.sort], "strong" if entry.weight else "quiet"),),
            "new": self.lines(half, "new", (*new, Said(" · ".join(place), "quiet")) if cited else new),
            "place": () if cited else self.lines(half, "place", (Said(part, "quiet") for part in place)),
        }

    def same(self, row: ChangeRow, half: int) -> dict[str, tuple[TextLine, ...]]:
        """The lines of a procedure at which nothing differs, with the articles where those do."""
        words = _SAME.words(self.lang).format(row.same) if row.same else NOTHING.words(self.lang)
        if row.reworded:
            words = _SAME_ASKED.words(self.lang).format(row.same, row.reworded)
        if row.moved == row.same and row.moved_to:
            words += _MOVED.words(self.lang).format(row.moved_to)
        elif row.moved_to:
            words += _SOME_MOVED.words(self.lang).format(row.moved, row.moved_to)
        return {
            "old": self.lines(half, "old", [Said(row.moved_from, "quiet")]),
            "sign": (TextLine(SIGNS["same"], "quiet"),),
            "new": self.lines(half, "new", [Said(words, "quiet")], more=PLACE[self.lang]),
        }

    def column_heads(self, n: int) -> list[tuple[str, float, float, tuple[TextLine, ...]]]:
        """The names of the editions over the columns of a half: code, where each begins, how broad, its lines."""
        found = []
        for side, name, beside in zip(("old", "new"), self.heads, ("box", "place"), strict=True):
            at, wide = self.columns[n][side]
            wide += self.columns[n][beside][1]
            looks: tuple[LineLook, ...] = ("head", "strong", "small")
            tried = [self.easel.lines(name, look, wide) for look in looks]
            found.append((f"head_{side}_{n}", at, wide, next((lines for lines in tried if len(lines) == 1), tried[-1])))
        return found

    def name(self, row: ChangeRow, half: int) -> tuple[TextLine, ...]:
        """The lines in the box of a row: its number and name, and how many of its rules are as before."""
        name = row.name if row.number is None else f"{row.number} {row.name}"
        if row.sort == "same":
            return self.lines(half, "box", [Said(name, "small")])
        rest = [Said(_REST.words(self.lang).format(row.same), "quiet")] if row.same else []
        return self.lines(half, "box", [Said(name, "strong"), *rest])

    def tall(self, blocks: Sequence[Block]) -> float:
        """How high a frame is."""
        return TITLE + math.fsum(block.height + GAP for block in blocks) + 2

    def heights_at(self, fold: int) -> tuple[float, float]:
        """How high both columns are, folded before that section; the key is below the second."""
        blocks = self.blocks[0][:fold], self.blocks[1][fold:]
        left, right = (math.fsum(self.tall(each) + GAP for each in some) for some in blocks)
        return left, right + height(self.key) + 2 * PAD

    def needed_at(self, fold: int) -> float:
        """How high the higher column is, folded before that section."""
        return max(self.heights_at(fold))

    @property
    def fuller(self) -> slice:
        """The sections of the column that needs the more height."""
        left, right = self.heights_at(self.fold)
        return slice(0, self.fold) if left >= right else slice(self.fold, None)
