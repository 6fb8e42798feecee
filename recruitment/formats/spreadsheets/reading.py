"""Spreadsheets: a branch's own list, XLSX, XLS or CSV, as the entries of a dossier.

One row is a file, or a part of one; a column is the day of a procedure, headed by its code (`apply`), its number (`1`,
`01`, `第1项`), its name or what people call it (`headings.toml`), a fact of the file, a column of names, or a piece of
evidence (`15 应到`). Titles, totals and notes are recognized and named once. What a cell leaves open is named with
sheet, row and column, and never guessed; a cell that cannot be read costs that cell, and the rest of the row is read.

A list holds what somebody has written down, so a file is not `complete` unless a column says so, and every act is the
success of that act. That holds for `conversion_meeting` as well, whose outcome a dossier has to state: a day in its
column says that the meeting decided to convert.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.formats.dossier.documents import unreadable
from recruitment.formats.spreadsheets.cells import SheetLine, Worksheet, printable_name
from recruitment.formats.spreadsheets.columns import Columns
from recruitment.formats.spreadsheets.files import RowStore, SheetRow, one_file
from recruitment.formats.spreadsheets.heading_names import HeadingNames
from recruitment.formats.spreadsheets.headings import promising, read_headings
from recruitment.formats.spreadsheets.rows import read_rows, repeating
from recruitment.formats.spreadsheets.separated import open_separated
from recruitment.law.editions import Editions

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xls", ".csv", ".tsv")
_HEAD: Final = 4096
_SOUGHT: Final = 30
"""Lines, empty ones not counted, among which the headings are looked for."""
_FEW: Final = 8
"""Rows of a kind that are named one by one."""


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
    """Each file of a list, with what could not be read of it, and what was noticed of the list itself.

    The rows of one id, on one sheet or several, are one file; the acts of a file are ordered by date, then by number.
    `sheet` names the sheet of a workbook; left out, all that are shown and hold a list are read. Lines of totals, notes
    and signatures, and columns that the library has no use for, are passed over and named once. All rows are read
    before the first file is there, on disk where they are many; the file is closed when the rows end.

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
            sheets = _open(source, where, sheet)
        except OSError as error:
            raise unreadable(path, error) from None
        store = RowStore()
        try:
            yield from _files(sheets, where, editions, store)
        finally:
            store.close()
            for each in sheets:
                each.lines.close()


def _files(sheets: list[Worksheet], where: str, editions: Editions, store: RowStore) -> Iterator[SheetRow]:
    names = HeadingNames(editions)
    lists: list[tuple[Worksheet, Columns]] = []
    notices: list[Fault] = []
    refusals: list[BadInput] = []
    for each in sheets:
        try:
            found = _headings(each, names, notices)
        except BadInput as error:
            refusals.append(error)
            continue
        lists.append((found[0], found[1]))
    if not lists:
        raise BadInput(fault for error in refusals for fault in error.faults)
    read = {held.place for held, _ in lists}
    notices += [
        Fault(
            each.place.rstrip(": !"),
            Label(zh="这张工作表不是名册，未读取", en="the sheet is no list, and is not read"),
        )
        for each in sheets
        if each.place not in read
    ]
    faults: list[Fault] = []
    for held, columns in lists:
        faults += columns.faults
        notices += _gather_rows(held, columns, editions, store, several=len(lists) > 1)
    repeats = repeating(editions)
    undated = 0
    born = 0
    if faults or notices:
        yield SheetRow(where, None, tuple(faults), tuple(notices), of_list=True)
    for rows in store.groups():
        undated += sum(len(row.undated) for row in rows)
        file = one_file(rows, repeats)
        born += file.born is not None
        yield file
    if undated:
        label = Label(
            zh=f"有{undated}处写有姓名而没有相应的日期（指定培养联系人、确定入党介绍人），姓名未读入",
            en=f"{undated} cells hold names of mentors or sponsors without the day of their appointment; "
            "the names are not read",
        )
        yield SheetRow(where, None, (), (Fault(where, label),), of_list=True)


def _headings(sheet: Worksheet, names: HeadingNames, notices: list[Fault]) -> tuple[Worksheet, Columns]:
    """The sheet as it goes on after its headings, and what these say; titles above them are passed over.

    Raises:
        BadInput: no line can head a list.
    """
    held = list(islice(sheet.lines, _SOUGHT))
    if not held:
        raise BadInput.of(
            sheet.place.rstrip(": !"),
            Label(zh="没有内容，首行应为列名", en="there is nothing here; begin with a row of headings"),
        )
    best, chosen = -1, 0
    for n, line in enumerate(held):
        if line.broken:
            continue
        below = held[n + 1] if n + 1 < len(held) else None
        known, heads = promising(line, below, names)
        if heads and not promising(line, None, names)[1] and below is not None and promising(below, None, names)[1]:
            continue  # a title over the headings
        if heads:
            chosen = n
            break
        if known > max(best, 1):
            best, chosen = known, n
    below = held[chosen + 1] if chosen + 1 < len(held) else None
    columns = read_headings(held[chosen], below, sheet, names)
    if chosen:
        first, last = held[0].number, held[chosen - 1].number
        rows = str(first) if first == last else f"{first}–{last}"
        notices.append(
            Fault(
                sheet.where(first),
                Label(
                    zh=f"列名在第 {held[chosen].number} 行，其上第 {rows} 行未读取",
                    en=f"the headings are in row {held[chosen].number}; above them, row {rows} is not read",
                ),
            )
        )

    def lines() -> Generator[SheetLine, None, None]:
        yield from held[chosen + 1 :]
        yield from sheet.lines

    return sheet._replace(lines=lines()), columns


_KINDS: Final = {
    "totals": Label(zh="合计", en="totals"),
    "note": Label(zh="说明", en="notes"),
    "signed": Label(zh="填表、签章", en="who filled it in"),
    "headings": Label(zh="重复的列名", en="headings once more"),
    "title": Label(zh="标题", en="titles"),
}


def _gather_rows(
    sheet: Worksheet, columns: Columns, editions: Editions, store: RowStore, *, several: bool
) -> list[Fault]:
    """Put the rows of a sheet into the store; what was passed over, each kind named once."""
    notices: list[Fault] = []
    aside: dict[str, list[int]] = {}
    changed: list[tuple[str, str]] = []
    serial = columns.id_heading == "序号"
    for line, kind, row in read_rows(sheet, columns, editions, notices):
        if kind is not None:
            aside.setdefault(kind, []).append(line.number)
            continue
        if serial and several and row.id:
            row.id = f"{sheet.title}-{row.id}"
        if row.changed:
            changed.append((row.changed, row.id))
        store.add(row)
    place = sheet.where(columns.line)
    if columns.passed:
        told = "、".join(dict.fromkeys(text.strip() for _, text in columns.passed))
        notices.append(
            Fault(
                place,
                Label(zh=f"以下各列不需要，未读取：{told}", en=f"columns that are not needed and not read: {told}"),
            )
        )
    if columns.id_heading != "编号":
        notices.append(
            Fault(
                place,
                Label(
                    zh=f"没有“编号”列，以“{columns.id_heading}”作编号",
                    en=f"no column is headed 编号 (id); {columns.id_heading} serves as the id",
                ),
            )
        )
    for kind, numbers in aside.items():
        rows = "、".join(map(str, numbers[:_FEW])) + ("…" if len(numbers) > _FEW else "")
        label = _KINDS[kind]
        notices.append(
            Fault(
                sheet.where(numbers[0]),
                Label(zh=f"第 {rows} 行是{label.zh}，未作为档案", en=f"row {rows}: {label.en}, no file"),
            )
        )
    if changed:
        was, now = changed[0]
        more = len(changed) - 1
        notices.append(
            Fault(
                place,
                Label(
                    zh=f"编号 {was} 读作 {now}" + (f"，另有{more}处" if more else ""),
                    en=f"the id {was} is read as {now}" + (f", and {more} more" if more else ""),
                ),
            )
        )
    return notices


def _open(source: BinaryIO, where: str, sheet: str | None) -> list[Worksheet]:
    """The sheets, by what the file begins with."""
    head = source.read(_HEAD)
    source.seek(0)
    if head.startswith(_ZIP):
        from recruitment.formats.spreadsheets.workbook import open_workbook  # noqa: PLC0415 - the library takes long to load

        return open_workbook(source, where, sheet)
    if head.startswith(_OLE):
        from recruitment.formats.spreadsheets.old_workbook import open_old_workbook  # noqa: PLC0415 - likewise

        return open_old_workbook(source, where, sheet)
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
    return [open_separated(source, where)]
