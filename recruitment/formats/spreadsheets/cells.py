"""Cells: what a line of a spreadsheet holds, whichever form it was kept in, and how its place is written."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown


class Flaw(NamedTuple):
    """A cell that cannot be read, and why, in both languages; it takes the place of the value."""

    label: Label

    def at(self, where: str) -> Fault:
        """The same as a fault with its place."""
        return Fault(where, self.label)


Cell = str | bool | int | float | datetime | date | time | timedelta | Flaw | None


class SheetLine(NamedTuple):
    """A row of a sheet as it was kept; `number` counts from 1 as spreadsheet programs do.

    `broken` says why the row has no cells, where they cannot be separated. `merged` are the ranges of merged cells
    that meet the row: first row, first column, last row, last column.
    """

    number: int
    cells: tuple[Cell, ...]
    broken: Flaw | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Worksheet(NamedTuple):
    """The lines of one sheet that hold something.

    `place` begins every place, up to the column; `zero` is the day of serial number 0. `title` is what the
    sheet is called, where it has a name.
    """

    place: str
    zero: date
    lines: Generator[SheetLine, None, None]
    title: str = ""

    def where(self, row: int, column: int | None = None) -> str:
        """The place of a row, or of a cell in it; columns count from 0."""
        return f"{self.place}{letters(column) if column is not None else ''}{row}"


WINDOWS_ZERO = date(1899, 12, 30)
"""Day 0 of the system of 1900, for days from 1900-03-01: it counts a 29 February 1900 that there never was."""
MAC_ZERO = date(1904, 1, 1)

MOST_COLUMNS = 256
"""Columns that a sheet may have; there are 25 procedures and a few facts."""


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def empty(cell: Cell) -> bool:
    """Whether a cell holds nothing, or blanks alone."""
    return cell is None or (type(cell) is str and not cell.strip())


_SHOWN_ERRORS = (
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#N/A",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)


def check_cell(cell: Cell) -> Cell:
    """The cell, or the flaw where it shows the error of a formula or holds what no text may hold."""
    if type(cell) is str and cell:
        if cell[0] == "#" and cell.strip() in _SHOWN_ERRORS:
            return Flaw(
                Label(
                    zh=f"单元格显示 {cell.strip()}，请更正公式，或直接填写数值",
                    en=f"the cell shows {cell.strip()}; correct the formula, or write the value",
                ),
            )
        if "\x00" in cell:
            return Flaw(Label(zh="单元格含有空字节（NUL），请重新填写", en="the cell holds a NUL byte; write it again"))
    return cell


def printable_name(text: str) -> str:
    """A name from outside as a message shows it: what cannot be printed is a question mark."""
    return "".join(c if c.isprintable() else "?" for c in text)


def cell_text(cell: Cell) -> str:
    """A cell as a message shows it."""
    return str(cell) if isinstance(cell, time | timedelta) else shown(cell)
