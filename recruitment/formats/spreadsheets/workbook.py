"""Workbook: the lines of a sheet of an XLSX file, as a stream."""

from __future__ import annotations

import re
import warnings
from collections.abc import Generator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.datetime import MAC_EPOCH

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.formats.spreadsheets.cells import (
    MAC_ZERO,
    MOST_COLUMNS,
    WINDOWS_ZERO,
    Cell,
    Flaw,
    SheetLine,
    Worksheet,
    check_cell,
    empty,
    letters,
    printable_name,
)
from recruitment.formats.spreadsheets.survey import Survey
from recruitment.formats.spreadsheets.zip_safety import look_through, open_parcel

_AT_ONCE = 256
"""Rows fetched at a time, so that the library's warnings are silenced once for all of them."""
_WITHOUT_RESULT = Flaw(
    Label(
        zh="公式没有保存计算结果，请用表格软件打开并保存，或直接填写数值",
        en="the formula has no stored result; save the workbook in a spreadsheet program, or write the value",
    ),
)


def open_workbook(source: BinaryIO, where: str, sheet: str | None) -> list[Worksheet]:
    """The sheets of a workbook that hold something and are shown, or the one that is named.

    The system of dates is the workbook's own. All texts of the workbook are held in memory, its rows are not.

    Raises:
        BadInput: the workbook cannot be read, or has no sheet of that name.
    """
    with open_parcel(source, where) as parcel:
        surveys = look_through(parcel, where)
    workbook = _load(source, where)
    zero = MAC_ZERO if workbook.epoch == MAC_EPOCH else WINDOWS_ZERO
    found = []
    for chosen in _choose(workbook.worksheets, surveys, where, sheet):
        survey = surveys[_part(chosen)]
        place = f"{where}: {printable_name(chosen.title)}!"
        if survey.last_column >= MOST_COLUMNS:
            raise BadInput.of(
                f"{place}{letters(survey.last_column)}",
                Label(
                    zh=f"工作表超过 {MOST_COLUMNS} 列，请删去与名册无关的列",
                    en=f"the sheet has more than {MOST_COLUMNS} columns; take out what does not belong to the list",
                ),
            )
        found.append(Worksheet(place, zero, _lines(chosen, survey, where), chosen.title))
    return found


def _part(sheet: Any) -> str:
    part: str = sheet._worksheet_path  # noqa: SLF001 - the library says nowhere else in which part a sheet is
    return part


def _unreadable(where: str) -> BadInput:
    return BadInput.of(
        where,
        Label(
            zh="无法作为工作簿读取，请用表格软件打开后另存为 .xlsx",
            en="this is not a workbook that can be read; open it in a spreadsheet program and save it as .xlsx",
        ),
    )


def _load(source: BinaryIO, where: str) -> Any:
    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(source, read_only=True, data_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - the library raises many kinds of errors
        raise _unreadable(where) from None


def _choose(sheets: Sequence[Any], surveys: dict[str, Survey], where: str, name: str | None) -> list[Any]:
    known = [sheet for sheet in sheets if _part(sheet) in surveys]
    if name is not None:
        for sheet in known:
            if sheet.title.strip() == name.strip():
                return [sheet]
        titles = [printable_name(sheet.title) for sheet in known]
        near = nearest(name, titles)
        raise BadInput.of(
            where,
            Label(
                zh=f"没有工作表 {shown(name)}；" + (f"是否指“{near}”？" if near else f"现有：{'、'.join(titles)}"),
                en=f"there is no sheet {shown(name)}; "
                + (f"did you mean {near}?" if near else f"it has {', '.join(titles)}"),
            ),
        )
    if not known:
        raise _unreadable(where)
    return [s for s in known if surveys[_part(s)].last_row and s.sheet_state == "visible"] or known[:1]


def _lines(sheet: Any, survey: Survey, where: str) -> Generator[SheetLine, None, None]:
    if not survey.last_row:
        return
    padded = _pads(sheet, survey)
    rows = sheet.iter_rows(max_row=survey.last_row, max_col=survey.last_column + 1, values_only=not padded)
    merged = _Merged(survey.merged)
    number = 0
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, _AT_ONCE))
        except Exception:  # noqa: BLE001 - the library raises many kinds of errors
            raise _unreadable(where) from None
        if not batch:
            return
        for row in batch:
            number += 1
            values = tuple(map(_shown_value, row)) if padded else row
            without_result = survey.without_result.get(number, ())
            if not without_result and all(map(empty, values)):
                continue
            cells: list[Cell] = [*map(check_cell, values)]
            for column in without_result:
                cells[column] = _WITHOUT_RESULT
            yield SheetLine(number, tuple(cells), merged=merged.of(number))


class _Merged:
    """The merged ranges of a sheet, met row by row from above."""

    def __init__(self, ranges: list[tuple[int, int, int, int]]) -> None:
        self.ahead = sorted(ranges, reverse=True)
        self.here: list[tuple[int, int, int, int]] = []

    def of(self, row: int) -> tuple[tuple[int, int, int, int], ...]:
        """The ranges that meet the row."""
        while self.ahead and self.ahead[-1][0] <= row:
            self.here.append(self.ahead.pop())
        if not self.here:
            return ()
        self.here = [span for span in self.here if span[2] >= row]
        return tuple(self.here)


_ZEROS = re.compile("0{2,}")


def _pads(sheet: Any, survey: Survey) -> bool:
    """Whether a number of the sheet is shown with zeros before it, as 020201109 is."""
    styles, formats = sheet.parent._cell_styles, sheet.parent._number_formats  # noqa: SLF001 - said nowhere else
    for index in survey.styles:
        if index.isdigit() and int(index) < len(styles):
            own = styles[int(index)].numFmtId - 164
            if 0 <= own < len(formats) and _ZEROS.fullmatch(formats[own]):
                return True
    return False


def _shown_value(cell: Any) -> Any:
    """The value of a cell; a number that is shown with zeros before it is the text that is shown."""
    value = cell.value
    if type(value) is int and value >= 0 and _ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))
    return value
