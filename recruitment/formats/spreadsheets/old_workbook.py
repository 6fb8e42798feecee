"""Old workbook: the lines of the sheets of an XLS file, read by python-calamine."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

from python_calamine import CalamineError, CalamineWorkbook

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.formats.spreadsheets.cells import (
    MOST_COLUMNS,
    WINDOWS_ZERO,
    Cell,
    SheetLine,
    Worksheet,
    check_cell,
    empty,
    letters,
    printable_name,
)

LARGEST: Final = 64 << 20
"""Bytes of an XLS file that are read; it is held in memory as a whole."""


def open_old_workbook(source: BinaryIO, where: str, sheet: str | None) -> list[Worksheet]:
    """The sheets of a workbook of the old form that hold something and are shown, or the one that is named.

    Raises:
        BadInput: it cannot be read, as with a password, is too large, or has no sheet of that name.
    """
    source.seek(0, 2)
    if source.tell() > LARGEST:
        raise BadInput.of(
            where,
            Label(
                zh=f"旧式 .xls 工作簿超过 {LARGEST >> 20} MiB，请另存为 .xlsx",
                en=f"the workbook of the old .xls form is larger than {LARGEST >> 20} MiB; save it as .xlsx",
            ),
        )
    source.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source)
        seen = [
            meta.name
            for meta in book.sheets_metadata
            if "Visible" in str(meta.visible) and "WorkSheet" in str(meta.typ)
        ]
        chosen = [name for name in book.sheet_names if name.strip() == sheet.strip()] if sheet is not None else seen
        found = [_sheet(book.get_sheet_by_name(name), name, where) for name in chosen]
    except CalamineError:
        raise _unreadable(where) from None
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, BadInput | KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise _unreadable(where) from None
    if sheet is not None and not chosen:
        raise _no_sheet(where, sheet, book.sheet_names)
    return [each for each in found if each is not None] or [Worksheet(f"{where}: ", WINDOWS_ZERO, _none())]


def _unreadable(where: str) -> BadInput:
    return BadInput.of(
        where,
        Label(
            zh="这是旧式 .xls 工作簿，无法读取，或设有密码；请另存为不设密码的 .xlsx",
            en="this is a workbook of the old .xls form that cannot be read, or one with a password; save it as .xlsx "
            "without a password",
        ),
    )


def _no_sheet(where: str, name: str, names: list[str]) -> BadInput:
    titles = [printable_name(title) for title in names]
    near = nearest(name, titles)
    return BadInput.of(
        where,
        Label(
            zh=f"没有工作表 {shown(name)}；" + (f"是否指“{near}”？" if near else f"现有：{'、'.join(titles)}"),
            en=f"there is no sheet {shown(name)}; "
            + (f"did you mean {near}?" if near else f"it has {', '.join(titles)}"),
        ),
    )


def _none() -> Generator[SheetLine, None, None]:
    yield from ()


def _sheet(sheet: Any, name: str, where: str) -> Worksheet | None:
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    place = f"{where}: {printable_name(name)}!"
    if not any(not empty(_cell(cell)) for row in rows for cell in row):
        return None
    width = max((n for row in rows for n, cell in enumerate(row) if not empty(_cell(cell))), default=0)
    if width >= MOST_COLUMNS:
        raise BadInput.of(
            f"{place}{letters(width)}",
            Label(
                zh=f"工作表超过 {MOST_COLUMNS} 列，请删去与名册无关的列",
                en=f"the sheet has more than {MOST_COLUMNS} columns; take out what does not belong to the list",
            ),
        )
    spans = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Worksheet(place, WINDOWS_ZERO, _lines(rows, width, spans), name)


def _lines(
    rows: list[list[Any]], width: int, spans: tuple[tuple[int, int, int, int], ...]
) -> Generator[SheetLine, None, None]:
    for number, row in enumerate(rows, 1):
        cells = tuple(check_cell(_cell(cell)) for cell in row[: width + 1])
        if not all(map(empty, cells)):
            yield SheetLine(number, cells, merged=tuple(span for span in spans if span[0] <= number <= span[2]))


def _cell(value: Any) -> Cell:
    """A cell as the other readers give it: a whole number as such, a day without a time as a day."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | bool | int | float | datetime | date | time | timedelta) or value is None:
        return value
    return str(value)
