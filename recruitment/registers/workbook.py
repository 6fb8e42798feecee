"""The register and its template as a workbook: headings, drop-downs, date formats, print set up for A3 across.

Nothing that looks like a formula becomes one: every text is written as text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xlsxwriter import Workbook

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.formats.spreadsheets.cells import MOST_COLUMNS
from recruitment.formats.spreadsheets.columns import EvidenceColumn, FactColumn, ProcedureColumn
from recruitment.law.editions import Editions
from recruitment.registers.choices import choices
from recruitment.registers.columns import Headings, RegisterColumn
from recruitment.registers.register import NEXT, Register

TITLE: Final = "发展党员全程纪实表"
SHEET: Final = "全程纪实表"
GUIDE: Final = "填表说明"
_SPARE: Final = 300
"""Empty rows of a template that have drop-downs and date formats."""
_LONGEST: Final = 32_767
_TITLE_OVER: Final = 15
"""The column up to which the title reaches, so that it is on the first page."""
_PAGE: Final = 230
"""Characters of width that a page of A3 across holds at a readable size."""
_EXAMPLE: Final[Mapping[object, str | date]] = {
    ("id",): "2026-001",
    ("name",): "示例甲",
    ("born",): date(2005, 5, 4),
    ("branch", "name"): "示例第一党支部",
    "apply": date(2026, 3, 2),
    "talk": date(2026, 3, 20),
    "activist": date(2026, 6, 12),
    "activist_filing": date(2026, 6, 18),
    "mentors": date(2026, 6, 22),
    ("people",): "张甲、王乙",
}
_GUIDANCE: Final = (
    "一、每人一行，编号不能空；同一编号写在几行或者几张表上，视为同一份档案。",
    "二、带序号的各列是 25 个程序的办理日期，写到日，如 2026-03-01、2026.3.1、2026年3月1日；没有办理的留空。",
    "三、同一程序办过几次的（如第 6 项培养教育考察），在同一格内每行写一个日期；其后各列也每行写一个，次序相同。",
    "四、集中培训写起止日期，如 2026.3.1-3.3。",
    "五、表决各列只写数字。人员写姓名，两人之间用顿号；需要写明身份的，如“姓名=张甲，身份=正式党员”。",
    "六、下拉框中没有的内容、不需要的列，可以删去；另加的列（如民族、联系电话）不读取。",
    "七、示例一行请删去后填写。填好后先审查：recruitment audit 台账.xlsx",
    "    再导入：recruitment import 台账.xlsx --on-trust 理由",
    "八、已在台账中的档案，再次导入时只登记新的程序；补填的内容登记为更正；与台账不同的，指出后不写入。",
)


def register_workbook(found: Register, editions: Editions, *, title: str = TITLE) -> bytes:
    """The register as a workbook.

    Raises:
        BadInput: it has more columns than a list may have, or a cell longer than a workbook can hold.
    """
    if len(found.columns) >= MOST_COLUMNS:
        raise BadInput.of(
            title,
            Label(
                zh=f"内容超过 {MOST_COLUMNS} 列，请分开导出",
                en=f"there is more than {MOST_COLUMNS} columns can hold; export fewer files at once",
            ),
        )
    target = io.BytesIO()
    book = _book(target)
    _register_sheet(book, found, editions, title, spare=0)
    _guide(book)
    book.close()
    return target.getvalue()


def template_workbook(editions: Editions) -> bytes:
    """The same table with one invented example, empty rows with drop-downs, and a sheet of instructions."""
    columns = Headings(editions).columns((), ())
    row = [_example(column) for column in columns]
    found = Register(columns=tuple(columns), rows=(row,))
    target = io.BytesIO()
    book = _book(target)
    _register_sheet(book, found, editions, TITLE, spare=_SPARE)
    _guide(book)
    book.close()
    return target.getvalue()


def _example(column: RegisterColumn) -> str | date | None:
    holds = column.holds
    if isinstance(holds, FactColumn):
        return _EXAMPLE.get(holds.path)
    if isinstance(holds, ProcedureColumn):
        return _EXAMPLE.get(holds.code)
    if isinstance(holds, EvidenceColumn) and holds.code == "mentors":
        return _EXAMPLE.get(holds.path)
    return None


def _book(target: io.BytesIO) -> Any:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    return Workbook(target, options)


def _register_sheet(book: Any, found: Register, editions: Editions, title: str, *, spare: int) -> None:
    sheet = book.add_worksheet(SHEET)
    look = {"text_wrap": True, "valign": "vcenter", "border": 1, "font_size": 9}
    head = book.add_format({**look, "bold": True, "bg_color": "#F2DCDB", "align": "center"})
    cell = book.add_format(look)
    number = book.add_format({**look, "align": "center"})
    day = book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "center"})
    top = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    last = len(found.columns) - 1
    sheet.merge_range(0, 0, 0, min(last, _TITLE_OVER), title, top)
    sheet.set_row(0, 30)
    sheet.set_row(1, 66)
    for n, column in enumerate(found.columns):
        sheet.write_string(1, n, column.heading, head)
        dated = isinstance(column.holds, ProcedureColumn) or _is_born(column)
        sheet.set_column(n, n, _width(column), None)
        options = choices(column, editions)
        if spare and (options or dated):
            _validate(sheet, n, spare, options, dated=dated)
        for row in range(2 + len(found.rows), 2 + len(found.rows) + spare):
            sheet.write_blank(row, n, None, day if dated else cell)
    for row, cells in enumerate(found.rows, 2):
        sheet.set_row(row, _height(cells, found.columns))
        for n, value in enumerate(cells):
            if value is None:
                sheet.write_blank(row, n, None, cell)
            elif isinstance(value, date):
                sheet.write_datetime(row, n, value, day)
            else:
                _text(sheet, row, n, value, number if value.isdigit() else cell)
    sheet.freeze_panes(2, 2)
    sheet.autofilter(1, 0, 1 + max(1, len(found.rows)), last)
    _print(sheet, sum(_width(column) for column in found.columns))


def _height(cells: Sequence[str | date | None], columns: Sequence[RegisterColumn]) -> float:
    """The height in points at which the longest text of a row is seen whole, within reason."""
    lines = 1
    for value, column in zip(cells, columns, strict=True):
        if isinstance(value, str):
            room = max(2, _width(column) / 2)  # a Chinese sign is as wide as two digits
            lines = max(lines, sum(1 + int(len(part) / room) for part in value.split("\n")))
    return min(18 + 12 * (lines - 1), 160)


def _text(sheet: Any, row: int, column: int, value: str, form: Any) -> None:
    if len(value) > _LONGEST:
        raise BadInput.of(
            SHEET,
            Label(
                zh=f"第 {row + 1} 行有一格超过 {_LONGEST} 字，工作簿容纳不下",
                en=f"a cell of row {row + 1} is longer than the {_LONGEST} characters that a workbook can hold",
            ),
        )
    sheet.write_string(row, column, value, form)


def _validate(sheet: Any, column: int, spare: int, options: Sequence[str], *, dated: bool) -> None:
    """Drop-downs and a hint of the form of a day; neither keeps anything else from being written."""
    rule: dict[str, Any] = {"ignore_blank": True, "error_type": "information"}
    if options:
        rule |= {"validate": "list", "source": list(options)}
    else:
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1921, 1, 1),
            "maximum": date(2199, 12, 31),
            "error_title": "日期",
            "error_message": "请写成 2026-03-01；几个日期或起止日期可以保留。",
        }
    if dated or options:
        sheet.data_validation(2, column, 2 + spare, column, rule)


def _is_born(column: RegisterColumn) -> bool:
    return isinstance(column.holds, FactColumn) and column.holds.path == ("born",)


def _width(column: RegisterColumn) -> float:
    if column.heading == NEXT.zh:
        return 40
    if isinstance(column.holds, ProcedureColumn) or _is_born(column):
        return 10.5
    if isinstance(column.holds, FactColumn):
        return 16 if column.holds.path in (("branch", "name"), ("id",)) else 9
    return 12 if isinstance(column.holds, EvidenceColumn) and len(column.holds.path) == 1 else 6


def _print(sheet: Any, width: float) -> None:
    """A3 across, the headings and the names on every page, as many pages wide as keep the letters readable."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(max(1, round(width / _PAGE)), 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _guide(book: Any) -> None:
    sheet = book.add_worksheet(GUIDE)
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11})
    sheet.set_column(0, 0, 110)
    for n, line in enumerate(_GUIDANCE):
        sheet.write_string(n, 0, line, wrapped)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
