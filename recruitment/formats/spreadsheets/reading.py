"""Spreadsheets: a branch's own list, XLSX or CSV, as the entries of a dossier.

One row is a file, one column the day of a procedure, headed by its code (`apply`), its number (`1`, `01`, `第1项`) or
its Chinese name; a name that two procedures share needs the number before it. The facts have columns of their own:
id (编号), name (姓名), born (出生日期), branch (党支部), mobile (流动), edition (版本). What a cell leaves open is
named with sheet, row and column, and never guessed; a row is taken as a whole or not at all.

Only days stand in such a list, so a file is not `complete`, and every act is the success of that act. That holds for
`conversion_meeting` as well, whose outcome a dossier has to state: a day in its column says that the meeting decided
to convert.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.formats.dossier.documents import unreadable
from recruitment.formats.spreadsheets.cells import Worksheet, printable_name
from recruitment.formats.spreadsheets.headings import read_headings
from recruitment.formats.spreadsheets.rows import SheetRow, read_rows
from recruitment.formats.spreadsheets.separated import open_separated
from recruitment.law.editions import Editions

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xls", ".csv", ".tsv")
_HEAD: Final = 4096


def is_spreadsheet(path: str | Path) -> bool:
    """Whether a file is for `read_spreadsheet`, by what it holds; its name counts only where that says nothing.

    Text that begins with a brace or a bracket is a dossier. A file that cannot be opened is no spreadsheet.
    """
    try:
        with Path(path).open("rb") as source:
            head = source.read(_HEAD)
    except (OSError, ValueError):
        return False
    if head.startswith((*_ZIP, _OLE)):
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not head.decode("utf-16", "ignore").lstrip().startswith(("{", "["))
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return False
    first = text.partition(b"\n")[0]
    return Path(path).suffix.lower() in _SUFFIXES or any(delimiter in first for delimiter in (b",", b";", b"\t"))


def read_spreadsheet(path: str | Path, editions: Editions, *, sheet: str | None = None) -> Iterator[SheetRow]:
    """Each row of a list as it is read, in little memory: the file it holds, or every fault for which it holds none.

    The acts of a file are ordered by date, then by number. `sheet` names the sheet of a workbook; left out, it is the
    only one that is shown and holds something. Empty rows are passed over. Where an id stands twice, the first row
    keeps it. Nothing is opened before the first row is asked for; the rows end, and the file is closed, with the list.

    Raises:
        BadInput: the file is no spreadsheet, could harm the reader, or its headings cannot be read; with every fault.
    """
    where = printable_name(str(path))
    try:
        source = Path(path).open("rb")  # noqa: SIM115 - closed below, whatever happens
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    with source:
        try:
            found = _open(source, where, sheet)
        except OSError as error:
            raise unreadable(path, error) from None
        with closing(found.lines):
            headings = next(found.lines, None)
            if headings is None:
                raise BadInput.of(
                    found.place.rstrip(": !"),
                    Label(zh="没有内容，首行应为列名", en="nothing stands here; begin with a row of headings"),
                )
            yield from read_rows(found, read_headings(headings, found, editions), editions)


def _open(source: BinaryIO, where: str, sheet: str | None) -> Worksheet:
    """The sheet, by what the file begins with."""
    head = source.read(_HEAD)
    source.seek(0)
    if head.startswith(_ZIP):
        from recruitment.formats.spreadsheets.workbook import open_workbook  # noqa: PLC0415 - the library takes long to load

        return open_workbook(source, where, sheet)
    if head.startswith(_OLE):
        raise BadInput.of(
            where,
            Label(
                zh="这是旧式 .xls 工作簿，或设有密码；请另存为不设密码的 .xlsx",
                en="this is a workbook of the old .xls form, or one with a password; save it as .xlsx without a "
                "password",
            ),
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if start.startswith((b"<", b"%pdf", b"{\\rtf")):
        raise BadInput.of(
            where,
            Label(
                zh="这是网页或其他文档，并非表格，请另存为 .xlsx 或 CSV",
                en="this is a web page or another document under the name of a spreadsheet; save it as .xlsx or CSV",
            ),
        )
    if sheet is not None:
        raise BadInput.of(where, Label(zh="CSV 文件没有工作表，请勿指定", en="a CSV file has no sheets; name none"))
    return open_separated(source, where)
