"""Merged cells: a value that stands once for several rows of its column is read in each of them."""

from __future__ import annotations

from collections.abc import Mapping

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.formats.spreadsheets.cells import Cell, Flaw, SheetLine, Worksheet, empty, letters
from recruitment.formats.spreadsheets.columns import Column

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


class MergedCells:
    """The merged cells of a sheet below its headings, met row by row from above."""

    def __init__(self, sheet: Worksheet, columns: Mapping[int, Column], last_heading: int) -> None:
        self.sheet = sheet
        self.columns = columns
        self.last_heading = last_heading
        self._values: dict[Span, Cell] = {}
        self._read: dict[Span, None] = {}

    def filled(self, line: SheetLine) -> SheetLine:
        """The row with the values of the cells merged over it; what is merged over several columns stays as it is."""
        downwards = [span for span in line.merged if span[1] == span[3] and span[0] > self.last_heading]
        if not downwards:
            return line
        cells = list(line.cells)
        for span in downwards:
            top, column, _, _ = span
            if line.number == top:
                self._values[span] = cells[column] if column < len(cells) else None
                continue
            value = self._values.get(span)
            if empty(value):
                continue
            cells += [None] * (column + 1 - len(cells))
            cells[column] = value
            if self.columns.get(column, "aside") != "aside":
                self._read[span] = None
        return line._replace(cells=tuple(cells))

    def notice(self) -> Fault | None:
        """What is said once of a sheet with values that were read for several rows."""
        if not self._read:
            return None
        (top, column, bottom, _), more = next(iter(self._read)), len(self._read) - 1
        span = f"{letters(column)}{top}:{letters(column)}{bottom}"
        return Fault(
            self.sheet.where(top, column),
            Label(
                zh=f"合并单元格 {span} 的内容，所跨各行都照此读取"
                + (f"；另有 {more} 处合并单元格同此" if more else ""),
                en=f"what the merged cells {span} hold is read in each of their rows"
                + (f", and {more} more likewise" if more else ""),
            ),
        )


def across_columns(line: SheetLine, last_heading: int) -> list[Cell]:
    """The cells of a row; what is merged over several columns is a flaw, since it is open which of them it is for."""
    cells = list(line.cells)
    for top, left, bottom, right in line.merged:
        if left >= len(cells) or (left == right and top > last_heading) or (top == line.number and empty(cells[left])):
            continue
        span = f"{letters(left)}{top}:{letters(right)}{bottom}"
        flaw = Flaw(
            Label(
                zh=f"单元格 {span} 已合并，请取消合并并逐格填写",
                en=f"the cells {span} are merged; unmerge them and write each value into its own cell",
            ),
        )
        cells[left : right + 1] = [flaw] * (min(right, len(cells) - 1) - left + 1)
    return cells
