"""A branch's own list, XLSX or CSV: what is read, what is named, and that nothing is guessed."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._reader import WorkSheetParser

import recruitment
from recruitment.base.errors import BadInput
from recruitment.base.label import Lang
from recruitment.cli.main import cli
from recruitment.formats.spreadsheets import separated, survey, zip_safety
from recruitment.formats.spreadsheets.cells import MAC_ZERO, WINDOWS_ZERO, Flaw, letters
from recruitment.formats.spreadsheets.days import read_cell_day, read_cell_days
from recruitment.formats.spreadsheets.files import SheetRow
from recruitment.formats.spreadsheets.headings import template
from recruitment.formats.spreadsheets.merged_cells import MergedCells
from recruitment.formats.spreadsheets.old_workbook import open_old_workbook
from recruitment.formats.spreadsheets.reading import is_spreadsheet, read_spreadsheet
from recruitment.record.acts import PROCEDURES, Act, ConversionMeeting, File
from recruitment.record.evidence import UNKNOWN, Branch

EDITIONS = recruitment.load_rulebooks()
HEAD = ["编号", "apply", "6"]
Cells = Sequence[object]


def workbook(
    folder: Path, *rows: Cells, name: str = "成员.xlsx", change: Callable[[Workbook], object] = lambda _: None
) -> Path:
    """A workbook of one sheet, as openpyxl writes it; texts that begin with = stay texts."""
    made = Workbook()
    sheet = made.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(row)
    change(made)
    made.save(folder / name)
    return folder / name


def table(folder: Path, text: str | bytes, encoding: str = "utf-8", name: str = "成员.csv") -> Path:
    """A CSV file of these bytes."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return folder / name


def rows(path: Path, **sheet: str) -> list[SheetRow]:
    """Every file of a list, or what keeps its row from being one."""
    return [row for row in read_spreadsheet(path, EDITIONS, **sheet) if not row.of_list]


def said(path: Path, lang: Lang = "en", **sheet: str) -> list[str]:
    """Every fault of a list, without the folder it stands in."""
    found = read_spreadsheet(path, EDITIONS, **sheet)
    return [fault.words(lang).removeprefix(f"{path.parent}/") for row in found for fault in row.faults]


def noticed(path: Path, lang: Lang = "en", **sheet: str) -> list[str]:
    """Everything that was noticed of a list, without the folder it stands in."""
    found = read_spreadsheet(path, EDITIONS, **sheet)
    return [notice.words(lang).removeprefix(f"{path.parent}/") for row in found for notice in row.notices]


def refused(path: Path, lang: Lang = "en", **sheet: str) -> list[str]:
    """Every fault for which a list is not read at all."""
    with pytest.raises(BadInput) as found:
        rows(path, **sheet)
    return [fault.words(lang).removeprefix(f"{path.parent}/") for fault in found.value.faults]


def filed(row: SheetRow) -> tuple[File, tuple[Act, ...]]:
    """The file of a row and its acts; the row has to be one."""
    assert row.entry is not None, row.faults
    return row.entry


def acts(row: SheetRow) -> list[tuple[str, str]]:
    """The acts of a row, code and day."""
    return [(act.code, act.on.isoformat()) for act in filed(row)[1]]


# ------------------------------------------------------------------------------------------- what is read


def test_a_row_is_a_file_with_its_acts(tmp_path: Path) -> None:
    """Facts and days of a row become a file that is not complete, its acts ordered by day, then by number."""
    path = workbook(
        tmp_path,
        [
            "编号",
            "姓名",
            "出生日期",
            "党支部",
            "流动",
            "版本",
            "第6项",
            "2",
            "递交入党申请书",
            "23 支部大会讨论",
            "备注",
        ],
        [
            "A-1",
            "甲",
            date(2000, 1, 2),
            "一支部",
            "是",
            "2014",
            "2024.1.5、2023.3.1",
            "2023/3/1",
            44986,
            "2025年3月1日",
            9,
        ],
    )
    (row,) = rows(path)
    assert row.where == f"{path}: 名册!2"
    file, done = filed(row)
    assert file == File(
        id="A-1",
        name="甲",
        born=date(2000, 1, 2),
        branch=Branch(name="一支部"),
        mobile=True,
        edition="2014",
        complete=False,
    )
    assert acts(row) == [
        ("apply", "2023-03-01"),
        ("talk", "2023-03-01"),
        ("inspection", "2023-03-01"),
        ("inspection", "2024-01-05"),
        ("conversion_meeting", "2025-03-01"),
    ]
    assert done[-1] == ConversionMeeting(on=date(2025, 3, 1), outcome="convert")
    assert [act.outcome for act in done[:-1]] == [None] * 4


def test_every_procedure_is_found_by_code_number_and_name(tmp_path: Path) -> None:
    """Each of the 25 may be headed by its code, by its number in four spellings, or by number and name."""
    names = {procedure.number: procedure.zh for procedure in EDITIONS.on(date(2026, 9, 1)).procedures}
    spellings = [
        lambda n: PROCEDURES[n - 1].code,
        lambda n: n,
        lambda n: f"{n:02}",
        lambda n: f"第 {n} 项",
        lambda n: f"第{n}步",
        lambda n: f"{n}、{names[n]}",
        lambda n: f"{n}.\n{names[n]}时间",
    ]
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(25)]
    expected = [(kind.code, day.isoformat()) for kind, day in zip(PROCEDURES, days, strict=True)]
    for spell in spellings:
        path = workbook(tmp_path, ["id", *(spell(n) for n in range(1, 26))], ["A", *days])
        assert acts(rows(path)[0]) == expected
    alone = [n for n in names if list(names.values()).count(names[n]) == 1]
    path = workbook(tmp_path, ["id", *(names[n] for n in alone)], ["A", *days[: len(alone)]])
    assert [code for code, _ in acts(rows(path)[0])] == [PROCEDURES[n - 1].code for n in alone]


def test_what_a_row_leaves_out_is_unknown(tmp_path: Path) -> None:
    """Empty cells say nothing; a row that is empty as a whole is passed over and still counted."""
    path = workbook(
        tmp_path, ["id", "name", "born", "apply"], ["A", " ", None, 45000], [None, "  "], [7, None, None, 45000]
    )
    first, second = rows(path)
    assert filed(first)[0] == File(id="A", name=UNKNOWN, born=UNKNOWN, complete=False)
    assert (second.where, filed(second)[0].id, acts(second)) == (f"{path}: 名册!4", "7", [("apply", "2023-03-15")])


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@甲", '=cmd|" /C calc"!A0'])
def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path, name: str) -> None:
    """A text that begins with = + - or @ is read as it stands, from both forms."""

    def as_text(made: Workbook) -> None:
        made.active["B2"].data_type = "s"

    path = workbook(tmp_path, ["id", "name", "1"], ["A", name, 45000], change=as_text)
    assert filed(rows(path)[0])[0].name == name
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name", "1"], ["A", name, "2023-03-15"]])
    assert filed(rows(table(tmp_path, out.getvalue()))[0])[0].name == name


def test_the_system_of_dates_is_the_workbooks_own(tmp_path: Path) -> None:
    """Dates and serial numbers of a workbook of 1904 are its own days, not those of 1900."""

    def mac(made: Workbook) -> None:
        made.epoch = MAC_EPOCH

    cells = ["A", date(2023, 3, 15), None]
    assert acts(rows(workbook(tmp_path, HEAD, cells, change=mac))[0]) == [("apply", "2023-03-15")]
    serial = ["A", 43538, "43539"]
    assert acts(rows(workbook(tmp_path, HEAD, serial, change=mac))[0]) == [
        ("apply", "2023-03-15"),
        ("inspection", "2023-03-16"),
    ]
    assert acts(rows(workbook(tmp_path, HEAD, serial))[0]) == [("apply", "2019-03-14"), ("inspection", "2019-03-15")]


def test_a_list_that_is_left_closes_its_file(tmp_path: Path) -> None:
    """Whoever asks for the first file alone leaves nothing open."""
    path = table(tmp_path, "id,1\n" + "".join(f"A{n},2023-03-01\n" for n in range(10_000)))
    stream = read_spreadsheet(path, EDITIONS)
    assert isinstance(stream, Generator)
    assert filed(next(stream))[0].id == "A0"
    stream.close()
    stream = read_spreadsheet(workbook(tmp_path, HEAD, *([n, 45000] for n in range(600))), EDITIONS)
    assert isinstance(stream, Generator)
    assert filed(next(stream))[0].id == "0"
    stream.close()


# ------------------------------------------------------------------------------------------- days

CHINESE = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A month or a day in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (CHINESE[ones] if ones else "")


FORMS: dict[str, Callable[[date], Any]] = {
    "iso": date.isoformat,
    "date": lambda d: d,
    "midnight": lambda d: datetime.fromisoformat(f"{d}T00:00"),
    "serial": lambda d: (d - WINDOWS_ZERO).days,
    "serial float": lambda d: float((d - WINDOWS_ZERO).days),
    "serial text": lambda d: str((d - WINDOWS_ZERO).days),
    "compact": lambda d: d.strftime("%Y%m%d"),
    "compact number": lambda d: int(d.strftime("%Y%m%d")),
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "padded": lambda d: f"{d.year}/{d.month:02}/{d.day:02} ",
    "midnight text": lambda d: f"{d} 00:00:00",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "spaced": lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: f"{d.year}年{d.month}月{d.day}号".translate({n + 48: n + 0xFF10 for n in range(10)}),
    "numerals": lambda d: f"{''.join(CHINESE[int(c)] for c in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日",
    "short tens": lambda d: f"{d.year}年{d.month}月{chinese(d.day).replace('二十', '廿').replace('三十', '卅')}日",
    "zeros": lambda d: f"{''.join(CHINESE[int(c)] for c in str(d.year))}年{chinese(d.month)}月{d.day}日".replace(
        "〇", "零"
    ),
}
LAWFUL = st.dates(date(1921, 1, 1), date(2199, 12, 31))


@given(LAWFUL, st.sampled_from(sorted(FORMS)))
def test_a_day_is_read_back_from_every_form(day: date, form: str) -> None:
    """Whatever form a day is written in, it is the same day."""
    assert read_cell_day(FORMS[form](day), WINDOWS_ZERO) == day


@given(LAWFUL)
def test_a_serial_number_of_1904_is_read_back(day: date) -> None:
    """Serial numbers count from the day that the workbook says."""
    if (day - MAC_ZERO).days not in range(1921, 2200):
        assert read_cell_day((day - MAC_ZERO).days, MAC_ZERO) == day


@given(
    st.lists(LAWFUL, min_size=1, max_size=6, unique=True),
    st.data(),
)
def test_days_of_one_cell_are_read_back(days: list[date], data: st.DataObject) -> None:
    """Any days in any forms, with any separators between them, are read back in the order of the calendar."""
    text = ""
    for day in days:
        form = data.draw(st.sampled_from([f for f in sorted(FORMS) if isinstance(FORMS[f](day), str)]))
        text += f"{FORMS[form](day)}" + data.draw(
            st.sampled_from(["、", ";", "；", ",", "，", "\n", "\r\n", " 、\n", "_x000D_\n"])
        )
    assert read_cell_days(text, WINDOWS_ZERO) == tuple(sorted(days))


@given(st.lists(st.tuples(LAWFUL, st.sampled_from(sorted(FORMS))), min_size=1, max_size=5))
def test_a_table_of_days_is_read_back(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[date, str]]) -> None:
    """A workbook with days in any forms gives the same days."""
    folder = tmp_path_factory.mktemp("days")
    path = workbook(folder, HEAD, *([n, FORMS[form](day)] for n, (day, form) in enumerate(cells)))
    assert [acts(row) for row in rows(path)] == [[("apply", day.isoformat())] for day, _ in cells]


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times()))
def test_a_cell_is_a_day_or_a_flaw(cell: Any) -> None:
    """Nothing that a cell may hold raises: it is a day that a dossier can hold, or is named."""
    day = read_cell_day(cell, WINDOWS_ZERO)
    ends = () if day is None or isinstance(day, Flaw) else (day.first, day.last) if isinstance(day, tuple) else (day,)
    assert all(date(1921, 1, 1) <= end <= date(2199, 12, 31) for end in ends)
    assert isinstance(read_cell_days(cell, WINDOWS_ZERO), Flaw | tuple)


WRONG_DAYS: dict[str, tuple[str, str]] = {
    "either first": (
        "{} can be read with the day first or the month first; write the year first, as 2023-03-01",
        "{} 分不清日在前还是月在前，请把年写在前面，如 2023-03-01",
    ),
    "two digits": (
        "{} has a year of two digits; write all four, as 2023-03-01",
        "{} 的年份只有两位，请写四位，如 2023-03-01",
    ),
    "no month": (
        "{} gives a year alone; write the month and the day as well",
        "{} 只有年份，请写明月、日",
    ),
    "clock": ("{} has a time of day; write the day alone", "{} 带有时刻，请只写日期"),
    "clock alone": ("{} is a time of day without a day; write the day", "{} 只有时刻，没有日期，请填写日期"),
    "implausible": (
        "{} is no date between 1921-01-01 and 2199-12-31, as a serial number either; write it as 2023-03-01",
        "{} 按序列号也不是 1921-01-01 至 2199-12-31 之间的日期，请写成 2023-03-01",
    ),
    "no such day": (
        "{} is not a day of the calendar; write one that exists",
        "{} 不是历法上的日期，请改为真实日期",
    ),
    "too early": (
        "{} is outside 1921-01-01 to 2199-12-31; correct the year",
        "{} 不在 1921-01-01 至 2199-12-31 之间，请更正年份",
    ),
    "no date": (
        "{} is not a date; write it as 2023-03-01, and leave it out where there is none",
        "{} 不是日期，请写成 2023-03-01，没有则留空",
    ),
    "several": (
        "{} dates are in one cell, where apply (1) has one; keep one, and enter the others by themselves",
        "一格内有 {} 个日期，第 1 项（递交入党申请书）只写一个，请只留一个，其余另行登记",
    ),
    "lost zero": (
        "{} can be January or October, since a number loses its last zero; write it as 2023-03-01",
        "{} 分不清是 1 月还是 10 月（数字末尾的 0 已丢失），请写成 2023-03-01",
    ),
    "not beside": (
        "{} cannot be in one cell with other days; write them apart",
        "{} 不能与其他日期同在一格，请分开填写",
    ),
    "two days": (
        "{} gives two days where this column has one; keep one",
        "{} 是起止两个日期，此列只写一个",
    ),
    "backwards": (
        "{} begins after it ends; exchange or correct the days",
        "{} 的起日晚于止日，请对调或更正",
    ),
    "twice": ("{} is in the cell twice; leave one out", "{} 在同一格内出现两次，请去掉一个"),
}
NOT_DAYS: list[tuple[object, str, str]] = [
    ("03/04/2023", "'03/04/2023'", "either first"),
    ("25-12-2023", "'25-12-2023'", "either first"),
    ("23.3.1", "'23.3.1'", "two digits"),
    ("03/04/23", "'03/04/23'", "two digits"),
    ("二三年三月一日", "'二三年三月一日'", "two digits"),
    (2023, "2023", "no month"),
    ("2023年", "'2023年'", "no month"),
    (45000.5, "45000.5", "clock"),
    (datetime.fromisoformat("2023-03-01T09:30"), "2023-03-01T09:30:00", "clock"),
    ("2023-03-01 09:30", "'2023-03-01 09:30'", "clock"),
    (time(9, 30), "09:30:00", "clock alone"),
    (60, "60", "implausible"),
    (-3, "-3", "implausible"),
    (109575, "109575", "implausible"),
    ("2023-02-30", "'2023-02-30'", "no such day"),
    (20231301, "20231301", "no such day"),
    (date(1920, 12, 31), "1920-12-31", "too early"),
    ("2023-03/01", "'2023-03/01'", "no date"),
    ("二〇二三年十十月一日", "'二〇二三年十十月一日'", "no date"),
    (True, "true", "no date"),
    ("2023.3.1、2024.3.1", "2", "several"),
    ("2023.3.1、2023-3-1", "2023-03-01", "twice"),
    ("2023.3.1、不详", "'不详'", "not beside"),
    (2023.1, "2023.1", "lost zero"),
    ("2023.1", "'2023.1'", "lost zero"),
    ("2023.12.6-2023.12.10", "'2023.12.6-2023.12.10'", "two days"),
    ("2023.12.10-2023.12.6", "'2023.12.10-2023.12.6'", "backwards"),
    ("2023-03-01-08", "'2023-03-01-08'", "no date"),
]


@pytest.mark.parametrize(("cell", "shown", "kind"), NOT_DAYS, ids=[str(cell) for cell, _, _ in NOT_DAYS])
def test_a_cell_that_is_no_day_for_certain_is_named(tmp_path: Path, cell: object, shown: str, kind: str) -> None:
    """A cell that can be read in two ways, or in none, is named with its place, and the other rows are taken."""
    en, zh = (words.format(shown) for words in WRONG_DAYS[kind])
    path = workbook(tmp_path, HEAD, ["A", "2023-03-01"], ["B", cell], ["C", 45000])
    assert said(path) == [f"成员.xlsx: 名册!B3: {en}"]
    assert said(path, "zh") == [f"成员.xlsx: 名册!B3: {zh}"]
    assert [row.entry is not None for row in rows(path)] == [True, False, True]


# ------------------------------------------------------------------------------------------- headings

HEADINGS = [
    (
        ["编号", "1", "apply"],
        "C1: procedure 1 is in column B already; keep one of the two",
        "C1: 第 1 项已在 B 列，请只留一列",
    ),
    (["编号", "1", "id"], "C1: id is in column A already; keep one of the two", "C1: “id”已在 A 列，请只留一列"),
    (
        ["编号", "1", "支部大会讨论"],
        (
            "C1: the heading '支部大会讨论' can be 15 (支部大会讨论接收) or 23 (支部大会讨论转正); say which, such as "
            "15 支部大会讨论 or 支部大会讨论（接收预备党员）"
        ),
        (
            "C1: 列名 '支部大会讨论' 可以是第 15 项“支部大会讨论接收”、第 23 项“支部大会讨论转正”，"
            "请写明，如“15 支部大会讨论”或“支部大会讨论（接收预备党员）”"
        ),
    ),
    (
        ["编号", "1", "15 上级党委审批"],
        "C1: '15 上级党委审批': number 15 is 支部大会讨论接收; correct the number or the name",
        "C1: '15 上级党委审批'：第 15 项是“支部大会讨论接收”，请更正序号或名称",
    ),
    (["编号", "1", 26], "C1: '26' is no procedure; they are numbered 1 to 25", "C1: 没有 '26' 这一项，序号为 1 至 25"),
    (
        ["编号", "1", "转正时间"],
        (
            "C1: the heading '转正时间' can be the day of the meeting on conversion (23), the end of probation, or the "
            "approval of the conversion (24); say which, such as 23 转正时间 or 转正时间（支部大会讨论转正）"
        ),
        (
            "C1: 列名 '转正时间' 既可以是第 23 项支部大会讨论转正的日期，也可以是预备期满的日期，"
            "还可以是第 24 项上级党委审批转正的日期，请写明，如“23 转正时间”或“转正时间（支部大会讨论转正）”"
        ),
    ),
]
NO_LISTS = [
    (["姓名", "1"], "1: no column holds the id; head one with id or 编号", "1: 没有编号列，请将其列名写为“编号”"),
    (
        ["编号", "姓名"],
        "1: no column is headed by a procedure; head them with code, number or Chinese name",
        "1: 没有程序列，请以程序的代码、序号或名称作列名",
    ),
]


@pytest.mark.parametrize(("head", "en", "zh"), HEADINGS)
def test_a_heading_that_cannot_be_told_costs_its_column(tmp_path: Path, head: Cells, en: str, zh: str) -> None:
    """A column of which it is open what it holds is named, and the others are read."""
    path = workbook(tmp_path, head, ["A", "2023-03-01", "2023-03-01"])
    assert said(path) == [f"成员.xlsx: 名册!{en}"]
    assert said(path, "zh") == [f"成员.xlsx: 名册!{zh}"]
    assert acts(rows(path)[0]) == [("apply", "2023-03-01")]


@pytest.mark.parametrize(("head", "en", "zh"), NO_LISTS)
def test_a_sheet_without_ids_or_procedures_is_no_list(tmp_path: Path, head: Cells, en: str, zh: str) -> None:
    """What holds neither people nor days is refused, and says what it lacks."""
    path = workbook(tmp_path, head, ["A", "2023-03-01"])
    assert refused(path) == [f"成员.xlsx: 名册!{en}"]
    assert refused(path, "zh") == [f"成员.xlsx: 名册!{zh}"]


def test_all_faults_of_the_headings_are_named_at_once(tmp_path: Path) -> None:
    """One reading names every heading that has to be put right."""
    path = workbook(tmp_path, ["姓名", "26", "2", "02"], ["甲"])
    assert [fault.split(": ")[1] for fault in refused(path)] == ["名册!B1", "名册!D1", "名册!1"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_holds_every_heading(tmp_path: Path, lang: Lang) -> None:
    """An empty list as we write it is read, and each column of it is what it says."""
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(25)]
    filled = ["A", "甲", "2000-01-02", "一支部", "是", "2026", *(day.isoformat() for day in days), "无"]
    path = table(tmp_path, template(EDITIONS, lang) + ",".join(filled) + "\r\n")
    (row,) = rows(path)
    assert filed(row)[0] == File(
        id="A",
        name="甲",
        born=date(2000, 1, 2),
        branch=Branch(name="一支部"),
        mobile=True,
        edition="2026",
        complete=False,
    )
    assert acts(row) == [(kind.code, day.isoformat()) for kind, day in zip(PROCEDURES, days, strict=True)]
    assert rows(table(tmp_path, template(EDITIONS, lang))) == []


@pytest.mark.parametrize("aside", ["备注", "说明", "note", "Note ", "序号"])
def test_remarks_are_not_read(tmp_path: Path, aside: str) -> None:
    """A column of remarks may hold anything, errors as well."""
    path = workbook(tmp_path, [aside, *HEAD], ["#REF!", "A", 45000])
    assert acts(rows(path)[0]) == [("apply", "2023-03-15")]


# ------------------------------------------------------------------------------------------- rows

BAD_ROWS = [
    (
        ["编号", "1"],
        [None, 45000],
        "A2: the id is empty; give the file a key of its own",
        "A2: 编号为空，请给档案一个编号",
    ),
    (
        ["编号", "1"],
        ["x" * 201, 45000],
        "A2: an id has at most 200 characters, and no line breaks or control characters",
        "A2: 编号最多 200 字，不能含换行或控制字符",
    ),
    (
        ["编号", "1"],
        [1.5],
        "A2: 1.5 is not a text; format the cell as text and write it again",
        "A2: 1.5 不是文本，请设为文本后重新填写",
    ),
    (
        ["编号", "1"],
        [date(2023, 3, 1)],
        "A2: 2023-03-01T00:00:00 is not a text; format the cell as text and write it again",
        "A2: 2023-03-01T00:00:00 不是文本，请设为文本后重新填写",
    ),
    (
        ["编号", "1"],
        [110101200001011234],
        "A2: a number of more than 15 digits has lost the last of them; format the cell as text and write it again",
        "A2: 超过 15 位的数字已丢失末位，请将单元格设为文本后重新填写",
    ),
    (
        ["编号", "1", "流动"],
        ["A", 45000, "也许"],
        "C2: '也许' is neither yes nor no; write yes or no",
        "C2: '也许' 不是“是”或“否”，请改写",
    ),
    (
        ["编号", "1", "版本"],
        ["A", 45000, 1990],
        "C2: '1990' is no edition; known are 2014, 2026",
        "C2: 没有 '1990' 这一版本；可用：2014、2026",
    ),
    (
        ["编号", "1", "born"],
        ["A", 45000, "2000年"],
        "C2: '2000年' gives a year alone; write the month and the day as well",
        "C2: '2000年' 只有年份，请写明月、日",
    ),
    (
        ["编号", "1"],
        ["A", 45000, "多"],
        "C2: '多' has no heading; head the column, or take it out",
        "C2: '多' 所在列没有列名，请补上列名或删除",
    ),
    (
        ["编号", "1"],
        ["A", "#REF!"],
        "B2: the cell shows #REF!; correct the formula, or write the value",
        "B2: 单元格显示 #REF!，请更正公式，或直接填写数值",
    ),
    (
        ["编号", "1", "name"],
        ["A", 45000, "#VALUE!"],
        "C2: the cell shows #VALUE!; correct the formula, or write the value",
        "C2: 单元格显示 #VALUE!，请更正公式，或直接填写数值",
    ),
    (
        ["编号", "1"],
        ["A", "=TODAY()"],
        "B2: the formula has no stored result; save the workbook in a spreadsheet program, or write the value",
        "B2: 公式没有保存计算结果，请用表格软件打开并保存，或直接填写数值",
    ),
]


@pytest.mark.parametrize(("head", "cells", "en", "zh"), BAD_ROWS)
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, head: Cells, cells: Cells, en: str, zh: str) -> None:
    """A cell at fault costs that cell, and is named in one sentence."""
    path = workbook(tmp_path, head, cells, ["后", 45000])
    assert said(path) == [f"成员.xlsx: 名册!{en}"]
    assert said(path, "zh") == [f"成员.xlsx: 名册!{zh}"]
    assert filed(rows(path)[-1])[0].id == "后"


def test_every_fault_of_a_row_is_named(tmp_path: Path) -> None:
    """One reading names all cells of a row that have to be put right."""
    path = workbook(tmp_path, HEAD, [None, "23.3.1", "多"])
    assert [fault.split(": ")[1] for fault in said(path)] == ["名册!B2", "名册!C2", "名册!A2"]


def test_rows_of_one_id_are_one_file(tmp_path: Path) -> None:
    """What two rows say of a person is one file; a day that they say differently is named with both cells."""
    path = workbook(tmp_path, HEAD, ["A", 45000], ["B", 45000], [" A ", None, 45001], ["A", 45000])
    assert [(filed(row)[0].id, acts(row)) for row in rows(path)] == [
        ("A", [("apply", "2023-03-15"), ("inspection", "2023-03-16")]),
        ("B", [("apply", "2023-03-15")]),
    ]
    path = workbook(tmp_path, [*HEAD, "2"], ["A", 45000, None, 45002], ["A", 45001])
    (row,) = rows(path)
    assert acts(row) == [("talk", "2023-03-17")]
    assert said(path) == [
        (
            f"成员.xlsx: 名册!B3: 2023-03-16 differs from 2023-03-15 in {path}: 名册!B2 (apply of the same id); "
            "compare them and keep one"
        )
    ]
    assert said(path, "zh") == [
        f"成员.xlsx: 名册!B3: 2023-03-16 与 {path}: 名册!B2 的 2023-03-15 不同（同一编号的 apply），请核对后只留一个"
    ]


def test_a_value_merged_over_several_rows_is_read_in_each_of_them(tmp_path: Path) -> None:
    """A branch or a day that stands once for several people is theirs; that it was so is said once of the sheet."""

    def merge(made: Workbook) -> None:
        for cells in ("C2:C4", "E2:E4", "F2:F5", "B6:B7"):
            made.active.merge_cells(cells)

    path = workbook(
        tmp_path,
        ["编号", "1", "支部", "姓名", "2", "性别"],
        ["A", "2023-03-01", "一支部", "甲", "2023-03-20", "男"],
        ["B", "2023-03-02", None, "乙"],
        ["C", "2023-03-03", None, "丙"],
        ["D", "2023-03-04", "二支部", "丁"],
        ["E", None, None, "戊"],
        ["F", None, None, "己"],
        change=merge,
    )
    assert said(path) == []
    found = [filed(row) for row in rows(path)[:4]]
    assert [file.branch.name for file, _ in found if file.branch] == ["一支部"] * 3 + ["二支部"]
    assert [[act.on.day for act in done] for _, done in found] == [[1, 20], [2, 20], [3, 20], [4]]
    assert [notice for notice in noticed(path, "zh") if "合并" in notice] == [
        "成员.xlsx: 名册!C2: 合并单元格 C2:C4 的内容，所跨各行都照此读取；另有 1 处合并单元格同此"
    ]
    assert any("C2:C4 hold is read in each of their rows, and 1 more likewise" in notice for notice in noticed(path))


def test_an_id_merged_over_several_rows_makes_them_one_file(tmp_path: Path) -> None:
    """A person with a row for each inspection has the id once; rows without anything of their own stay apart."""

    def merge(made: Workbook) -> None:
        for cells in ("A2:A3", "B2:B3", "D2:D4"):
            made.active.merge_cells(cells)

    path = workbook(
        tmp_path,
        ["编号", "姓名", "6", "支部"],
        ["A", "甲", "2023-06-01", "一支部"],
        [None, None, "2023-12-01"],
        ["B", "乙", "2023-06-01"],
        change=merge,
    )
    assert said(path) == []
    assert [(filed(row)[0].id, len(acts(row))) for row in rows(path)] == [("A", 2), ("B", 1)]


def test_a_value_merged_over_several_columns_is_named(tmp_path: Path) -> None:
    """It is open which of them it is for; the other cells of the row are taken. Empty merged cells hold nothing."""

    def merge(made: Workbook) -> None:
        made.active.merge_cells("B3:C3")
        made.active.merge_cells("B4:C4")

    path = workbook(
        tmp_path, ["编号", "1", "2", "姓名"], ["A", 45000], ["B", 45000, None, "乙"], ["C", None], change=merge
    )
    en = "the cells B3:C3 are merged; unmerge them and write each value into its own cell"
    assert said(path) == [f"成员.xlsx: 名册!B3: {en}", f"成员.xlsx: 名册!C3: {en}"]
    assert said(path, "zh")[0] == "成员.xlsx: 名册!B3: 单元格 B3:C3 已合并，请取消合并并逐格填写"


def test_merged_cells_of_an_old_workbook_are_read_likewise(tmp_path: Path) -> None:
    """The reader of .xls gives the same ranges, so that the rows below hold the value as well."""
    path = workbook(tmp_path, HEAD, ["A", 45000], ["B", None], change=lambda made: made.active.merge_cells("B2:B3"))
    with path.open("rb") as source:
        (sheet,) = open_old_workbook(source, "成员.xls", None)
    merged = MergedCells(sheet, {1: "aside"}, 1)
    assert [merged.filled(line).cells[1] for line in sheet.lines][1:] == [45000, 45000]


# ------------------------------------------------------------------------------------------- workbooks


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_as_other_programs_write_it(tmp_path: Path) -> None:
    """Shared texts in pieces, phonetic guides, a namespace prefix, cells without places, dates of their own type."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    path = workbook(tmp_path, HEAD)
    texts = (
        f'<sst xmlns="{main}"><si><t>编号</t></si><si><r><t>姓</t></r><r><t>名</t></r></si>'
        '<si><t>递交入党申请书</t><rPh sb="0" eb="2"><t>di jiao</t></rPh></si><si><t>=甲</t></si></sst>'
    )
    cells = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData>'
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>'
        '<x:row r="3"><x:c r="A3"><x:v>12</x:v></x:c><x:c t="s"><x:v>3</x:v></x:c>'
        '<x:c t="d"><x:v>2023-03-01T00:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    rewritten(path, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", more.encode()))
    rewritten(path, SHEET, lambda _: cells.encode())
    rewritten(path, "xl/sharedStrings.xml", lambda _: texts.encode())
    (row,) = rows(path)
    assert (row.where[-1], filed(row)[0].id, filed(row)[0].name) == ("3", "12", "=甲")
    assert acts(row) == [("apply", "2023-03-01")]
    rewritten(path, SHEET, lambda xml: xml.replace(b"<x:v>3<", b"<x:v>9<"))
    assert refused(path) == [NO_WORKBOOK]


NO_WORKBOOK = (
    "成员.xlsx: this is not a workbook that can be read; open it in a spreadsheet program and save it as .xlsx"
)


def test_a_formula_counts_by_its_stored_result(tmp_path: Path) -> None:
    """A stored result is read; an empty text that a formula gives is an empty cell; an error is named."""
    path = workbook(tmp_path, ["编号", "1", "name", "2"], ["A", 1, 2, 3])
    cells = (
        b'<c r="B2"><f>TODAY()</f><v>45000</v></c><c r="C2" t="str"><f>""</f><v></v></c>'
        b'<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    rewritten(path, SHEET, lambda xml: re.sub(rb'<c r="B2".*?</row>', cells, xml))
    assert said(path) == ["成员.xlsx: 名册!D2: the cell shows #DIV/0!; correct the formula, or write the value"]
    rewritten(path, SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', b"", xml))
    assert (filed(rows(path)[0])[0].name, acts(rows(path)[0])) == (UNKNOWN, [("apply", "2023-03-15")])


def stating(size: bytes) -> Callable[[bytes], bytes]:
    """A change of a sheet: it states that size."""
    return lambda xml: re.sub(rb'dimension ref="[^"]*"', b'dimension ref="%b"' % size, xml)


def test_the_size_that_a_sheet_states_is_not_believed(tmp_path: Path) -> None:
    """Rows beyond the stated size are read, and a stated size beyond the rows costs nothing."""
    for stated in (b"A1:B2", b"A1:XFD1048576"):
        path = workbook(tmp_path, HEAD, ["A", 45000], ["B", 45000], ["C", 45000])
        rewritten(path, SHEET, stating(stated))
        assert [filed(row)[0].id for row in rows(path)] == ["A", "B", "C"]


@pytest.mark.slow
def test_a_million_empty_rows_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows after the last that holds something are passed over unread, however many are formatted."""
    empties = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, 1_000_001))
    path = workbook(tmp_path, HEAD, ["A", 45000], ["B", 45000])
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", empties + b"</sheetData>"))
    read = 0
    parse_row = WorkSheetParser.parse_row

    def counted(self: WorkSheetParser, row: object) -> object:
        nonlocal read
        read += 1
        return parse_row(self, row)

    monkeypatch.setattr(WorkSheetParser, "parse_row", counted)
    assert [filed(row)[0].id for row in rows(path)] == ["A", "B"]
    assert read <= 4


def test_a_row_after_many_empty_ones_is_read(tmp_path: Path) -> None:
    """Nothing is lost: the row at the very end of a sheet is read after a million that are not there."""
    path = workbook(tmp_path, HEAD, ["A", 45000])
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Z</t></is></c></row></sheetData>'
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", last))
    assert [row.where.rpartition("!")[2] for row in rows(path)] == ["2", "1048576"]


@pytest.mark.parametrize(
    "wrong",
    [
        b'<row r="2"><c r="A2"/></row><row r="2"/>',
        b'<row r="1048577"/>',
        b'<row r="-1"/>',
        b'<row r="9"><c r="A8"><v>1</v></c></row>',
        b'<row r="9"><c r="XFE9"><v>1</v></c></row>',
        b'<row r="9"><c r="9A"><v>1</v></c></row>',
        b"<row>",
    ],
)
def test_rows_that_are_not_where_they_say_refuse_the_list(tmp_path: Path, wrong: bytes) -> None:
    """A sheet whose rows are out of order would lose some of them in silence: it is not read."""
    path = workbook(tmp_path, HEAD, ["A", 45000])
    rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", wrong + b"</sheetData>"))
    assert refused(path) == [
        "成员.xlsx: the rows of a sheet are out of order or not well formed; save the workbook again as .xlsx"
    ]
    assert refused(path, "zh") == ["成员.xlsx: 工作表的行次序混乱或格式不正确，请重新另存为 .xlsx"]


def test_the_sheets_of_a_workbook_are_read_together(tmp_path: Path) -> None:
    """Each sheet that holds a list is read, or the one that is named; those that are no list are named."""

    def more(made: Workbook) -> None:
        made.create_sheet("空")
        hidden = made.create_sheet("隐藏")
        hidden["A1"], hidden.sheet_state = "x", "hidden"
        made.create_sheet("填表说明").append(["请逐格填写"])
        made.create_sheet("二支部").append(HEAD)
        made["二支部"].append(["B", 45000])
        made["二支部"].append(["A", None, 45001])

    path = workbook(tmp_path, HEAD, ["A", 45000], change=more)
    assert [(filed(row)[0].id, len(acts(row))) for row in rows(path)] == [("A", 2), ("B", 1)]
    assert noticed(path) == ["成员.xlsx: 填表说明: the sheet is no list, and is not read"]
    assert [filed(row)[0].id for row in rows(path, sheet="二支部")] == ["B", "A"]
    assert refused(path, sheet="三支部") == ["成员.xlsx: there is no sheet '三支部'; did you mean 二支部?"]
    assert refused(path, "zh", sheet="x") == ["成员.xlsx: 没有工作表 'x'；现有：名册、空、隐藏、填表说明、二支部"]


def test_a_sheet_without_anything_is_named(tmp_path: Path) -> None:
    """An empty sheet, an empty file: one sentence each."""
    en = "there is nothing here; begin with a row of headings"
    assert refused(workbook(tmp_path)) == [f"成员.xlsx: 名册: {en}"]
    assert refused(table(tmp_path, "\n\n,,\n")) == [f"成员.csv: {en}"]
    assert refused(table(tmp_path, ""), "zh") == ["成员.csv: 没有内容，首行应为列名"]


def test_too_many_columns_and_merged_cells_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that is no list of people is refused before it costs anything."""
    path = workbook(tmp_path, [*HEAD, *[None] * 300, "x"])
    assert refused(path) == [
        "成员.xlsx: 名册!KR: the sheet has more than 256 columns; take out what does not belong to the list"
    ]

    def merge(made: Workbook) -> None:
        for row in range(2, 5):
            made.active.merge_cells(f"A{row}:B{row}")

    monkeypatch.setattr(survey, "MOST_MERGED", 2)
    path = workbook(tmp_path, HEAD, change=merge)
    assert refused(path) == ["成员.xlsx: a sheet has more than 2 merged cells; unmerge them"]


# ------------------------------------------------------------------------------------------- harm

RATIO = (
    "成员.xlsx: a part of the workbook unpacks to more than 100 times its size, as no list does; "
    "copy the rows to a new workbook"
)
DAMAGED = (
    "成员.xlsx: the workbook is damaged and cannot be unpacked; "
    "open it in a spreadsheet program and save it again as .xlsx"
)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a high ratio, too many bytes and too many parts are refused by the directory alone."""
    path = tmp_path / "成员.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(SHEET, b" " * 20_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was unpacked"))
    assert refused(path) == [RATIO]
    assert refused(path, "zh") == [
        "成员.xlsx: 工作簿有部件解包后超过原大小的 100 倍，不像是名册，请将各行复制到新工作簿"
    ]
    monkeypatch.setattr(zip_safety, "LARGEST_UNPACKED", 16 << 20)
    assert refused(path) == [
        "成员.xlsx: the workbook unpacks to more than 16 MiB; delete empty rows and pictures, or split it"
    ]
    monkeypatch.setattr(zip_safety, "MOST_PARTS", 0)
    assert refused(path) == ["成员.xlsx: the workbook holds 1 parts; at most 0 are read"]


def test_a_directory_that_lies_is_found_out(tmp_path: Path) -> None:
    """A part that is larger than the directory says is read no further than that, and refused."""
    path = workbook(tmp_path, HEAD, ["A", 45000])
    rewritten(path, "xl/theme/theme1.xml", lambda _: b"<a>" + b" " * 1_000_000 + b"</a>")
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"xl/theme/theme1.xml") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = (500).to_bytes(4, "little")
    path.write_bytes(raw)
    assert refused(path) == [DAMAGED]


def test_parts_that_overlap_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory that names the same bytes many times, as bombs do, is not followed."""
    path = tmp_path / "成员.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a", bytes(range(256)) * 40)
    raw = path.read_bytes()
    at = raw.index(b"PK\x01\x02")
    entry, end = raw[at : raw.index(b"PK\x05\x06")], bytearray(raw[raw.index(b"PK\x05\x06") :])
    entries = b"".join(entry[:46] + bytes([97 + n]) + entry[47:] for n in range(3))
    end[8:10] = end[10:12] = (3).to_bytes(2, "little")
    end[12:16] = len(entries).to_bytes(4, "little")
    path.write_bytes(raw[:at] + entries + end)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was unpacked"))
    assert refused(path) == [DAMAGED]


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, part: str, encoding: str) -> None:
    """No part may declare entities, so that none can be expanded, whatever its encoding."""
    laughs = '<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;">]>'
    path = workbook(tmp_path, HEAD, ["A", 45000])
    head = f'<?xml version="1.0" encoding="{encoding}"?>{laughs}'
    rewritten(path, part, lambda xml: (head + re.sub(r"<\?xml.*?\?>", "", xml.decode())).encode(encoding))
    assert refused(path) == [
        "成员.xlsx: the workbook declares a document type, as no spreadsheet program writes; save it again as .xlsx"
    ]
    assert refused(path, "zh") == [
        "成员.xlsx: 工作簿含有文档类型声明（DTD），表格软件不会写出这种内容，请重新另存为 .xlsx"
    ]


def test_a_zip_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    """A zip of other things, a workbook cut off, one locked by zip's own means."""
    path = tmp_path / "成员.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.txt", "x")
    assert refused(path) == [NO_WORKBOOK]
    assert refused(path, "zh") == ["成员.xlsx: 无法作为工作簿读取，请用表格软件打开后另存为 .xlsx"]
    path.write_bytes(workbook(tmp_path, HEAD).read_bytes()[:-200])
    assert refused(path) == [DAMAGED]
    raw = bytearray(workbook(tmp_path, HEAD).read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert refused(path) == ["成员.xlsx: the workbook is locked with a password; save it without one"]


def test_old_locked_and_foreign_files_are_named(tmp_path: Path) -> None:
    """What is no XLSX and no text is told by what it holds, whatever its name."""
    old = (
        "this is a workbook of the old .xls form that cannot be read, or one with a password; save it as .xlsx "
        "without a password"
    )
    web = "this is a web page or another document under the name of a spreadsheet; save it as .xlsx or CSV"
    for raw, en in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), old),
        (b"<html><table></table></html>", web),
        (b"\xef\xbb\xbf <?xml version='1.0'?><Workbook/>", web),
        (b"%PDF-1.7", web),
    ):
        for name in ("成员.xlsx", "成员.xls", "成员.csv"):
            assert refused(table(tmp_path, raw, name=name)) == [f"{name}: {en}"]
            assert is_spreadsheet(tmp_path / name)


def test_a_file_is_read_by_what_it_holds(tmp_path: Path) -> None:
    """A workbook named .csv and a CSV file named .xlsx are read all the same."""
    assert filed(rows(workbook(tmp_path, HEAD, ["A", 45000], name="a.csv"))[0])[0].id == "A"
    assert filed(rows(table(tmp_path, "id,1\nB,2023-03-01\n", name="a.xlsx"))[0])[0].id == "B"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No file, or a folder: one sentence."""
    assert refused(tmp_path / "x.csv") == ["x.csv: there is no such file; look at the path"]
    (tmp_path / "y.csv").mkdir()
    assert refused(tmp_path / "y.csv") == ["y.csv: this is a folder; name a file in it"]
    assert not is_spreadsheet(tmp_path / "x.csv")


# ------------------------------------------------------------------------------------------- CSV

LIST = "编号,姓名,递交入党申请书\nA,张三,2023年3月1日\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    """Encoding, delimiter and line ends are found from the file."""
    (row,) = rows(table(tmp_path, LIST.replace(",", delimiter).replace("\n", end), encoding))
    assert row.where == f"{tmp_path}/成员.csv: 2"
    assert (filed(row)[0].id, filed(row)[0].name, acts(row)) == ("A", "张三", [("apply", "2023-03-01")])
    big = codecs.BOM_UTF16_BE + LIST.encode("utf-16-be")
    assert rows(table(tmp_path, big))[0].entry == row.entry


def test_gb18030_is_read_beyond_its_first_plane(tmp_path: Path) -> None:
    """Rare characters of four bytes are names like others."""
    assert filed(rows(table(tmp_path, LIST.replace("张三", "𬀩㐂"), "gb18030"))[0])[0].name == "𬀩㐂"


def test_an_encoding_is_never_guessed(tmp_path: Path) -> None:
    """Bytes that are no known encoding, or could be either of two, are named."""
    neither = "成员.csv: the text is not UTF-8, UTF-16 or GB18030; save it as CSV UTF-8, or as .xlsx"
    assert refused(table(tmp_path, b"id,name,1\nA,\xff\xff,2023-03-01\n")) == [neither]
    assert refused(table(tmp_path, b"id,name,1\nA,Jos\xe9,2023-03-01\n")) == [neither]
    assert refused(table(tmp_path, "id,name,1\nA,\ue000,\n", "gb18030")) == [neither]
    assert refused(table(tmp_path, b"id,name,1\nA,\xff\xff,2023-03-01\n"), "zh") == [
        "成员.csv: 文本不是 UTF-8、UTF-16 或 GB18030 编码，请另存为 UTF-8 CSV 或 .xlsx"
    ]
    either = (
        "成员.csv: the text can be read as UTF-8 and as GB18030; "
        "save it as CSV UTF-8 with a byte order mark, or as .xlsx"
    )
    assert refused(table(tmp_path, "id,name,1\nA,José,\n")) == [either]
    assert refused(table(tmp_path, "id,name,1\nA,José,\n"), "zh") == [
        "成员.csv: 文本既可按 UTF-8 也可按 GB18030 读取，请另存为带 BOM 的 UTF-8 CSV 或 .xlsx"
    ]
    assert filed(rows(table(tmp_path, "id,name,1\nA,José,2023-03-01\n", "utf-8-sig"))[0])[0].name == "José"
    assert refused(table(tmp_path, codecs.BOM_UTF8 + LIST.encode("gb18030"))) == [
        "成员.csv: the text is not UTF-8, as its mark says; save it as CSV UTF-8, or as .xlsx"
    ]
    assert refused(table(tmp_path, LIST.encode("utf-16-le"))) == [
        "成员.csv: the text holds NUL bytes, as UTF-16 without its mark does; save it as CSV UTF-8, or as .xlsx"
    ] or refused(table(tmp_path, LIST.encode("utf-16-le"))) == [neither]
    assert refused(table(tmp_path, "id,1\nA,2023-03-01\n".encode("utf-16-le")), "zh") == [
        "成员.csv: 文本含有空字节（NUL），可能是没有标记的 UTF-16，请另存为 UTF-8 CSV 或 .xlsx"
    ]


def test_a_nul_in_a_cell_is_named(tmp_path: Path) -> None:
    """A NUL byte spoils its own row and no other."""
    filler = "".join(f"F{n},,\n" for n in range(400))
    path = table(tmp_path, f"id,name,1\n{filler}A,x\x00y,\nB,乙,2023-03-01\n")
    assert said(path) == ["成员.csv: B402: the cell holds a NUL byte; write it again"]
    assert said(path, "zh") == ["成员.csv: B402: 单元格含有空字节（NUL），请重新填写"]
    assert filed(rows(path)[-1])[0].id == "B"


def test_quoted_cells_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    """A record over several lines is one row, counted as spreadsheet programs count it."""
    path = table(tmp_path, 'id,"6"\n"A,""1""","2023-03-01\n2023-09-01"\n\nB,bad\n')
    first, second = rows(path)
    assert (filed(first)[0].id, acts(first)) == ('A,"1"', [("inspection", "2023-03-01"), ("inspection", "2023-09-01")])
    assert second.faults[0].where == f"{path}: B4"


def test_quotes_that_do_not_match_are_named(tmp_path: Path) -> None:
    """A stray quote spoils its row; one left open spoils all that follows, and says so."""
    path = table(tmp_path, 'id,1\n"A"x,2023-03-01\nB,2023-03-01\n"C,2023-03-01\nD,2023-03-01\n')
    assert [row.entry and filed(row)[0].id for row in rows(path)] == [None, "B", None]
    assert said(path) == [
        (
            '成员.csv: 2: after a closing quotation mark (") there is something other than a delimiter; '
            "write inner quotation marks twice"
        ),
        '成员.csv: 4: a quotation mark (") is opened here and not closed; nothing after it can be read',
    ]
    assert said(path, "zh") == [
        '成员.csv: 2: 引号（"）闭合后不是分隔符，字段内的引号请写两次',
        '成员.csv: 4: 此处的引号（"）没有闭合，其后内容无法读取',
    ]
    long = table(tmp_path, 'id,1\n"A,' + "x\n" * 100_000)
    assert said(long) == [
        '成员.csv: 2: a quotation mark (") is opened here and not closed; nothing after it can be read'
    ]
    assert refused(table(tmp_path, '"id,1\n'))[0].startswith('成员.csv: 1: a quotation mark (") is opened here')


def test_a_line_without_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is read up to a limit, and nothing after it."""
    monkeypatch.setattr(separated, "LONGEST_LINE", 100)
    path = table(tmp_path, "id,1\nA,2023-03-01\n" + "x" * 500 + "\nB,2023-03-01\n")
    assert said(path)[0].startswith("成员.csv: 3: the line is longer than")
    assert len(rows(path)) == 2


def test_a_delimiter_is_never_guessed(tmp_path: Path) -> None:
    """Headings that hold two delimiters outside quotes are named."""
    path = table(tmp_path, "id,1;2\nA,2023-03-01\n")
    assert refused(path) == [
        "成员.csv: the headings hold , and ;, so it is unclear what separates them; use one of them"
    ]
    assert refused(path, "zh") == ["成员.csv: 首行同时含有 ,、;，无法确定分隔符，请只用一种"]
    assert refused(table(tmp_path, "id,1\n"), sheet="x") == ["成员.csv: a CSV file has no sheets; name none"]


def test_a_million_empty_lines_are_passed_over(tmp_path: Path) -> None:
    """Lines of delimiters alone are no rows; what comes after them is read, with its own number."""
    path = table(tmp_path, "id,1,2\nA,2023-03-01,\n" + ",,\n" * 1_000_000 + "B,2023-03-01,\n")
    assert [row.where.rpartition(" ")[2] for row in rows(path)] == ["2", "1000003"]


@given(st.binary(max_size=200), st.sampled_from(["", "id,1\n", "编号,1\n"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes, head: str) -> None:
    """No file raises anything but a sentence."""
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(head.encode() + raw)
    with suppress(BadInput):
        rows(path)


# ------------------------------------------------------------------------------------------- places and commands


def test_columns_are_named_as_programs_name_them() -> None:
    """A to Z, then AA."""
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_what_is_a_spreadsheet_is_told_by_content(tmp_path: Path) -> None:
    """A dossier stays one under any name; a text with delimiters is a list."""
    assert not is_spreadsheet(table(tmp_path, '{"format": "x, y"}', name="a.csv"))
    assert not is_spreadsheet(table(tmp_path, '{"format": "x, y"}', "utf-16"))
    assert not is_spreadsheet(table(tmp_path, "hello\n", name="a.json"))
    assert is_spreadsheet(table(tmp_path, LIST, name="a.json"))
    assert is_spreadsheet(table(tmp_path, LIST, "utf-16", name="a"))
    assert is_spreadsheet(table(tmp_path, "", name="a.csv"))
    assert is_spreadsheet(workbook(tmp_path, HEAD, name="a"))


def test_import_takes_a_list_on_trust(tmp_path: Path) -> None:
    """A list enters the ledger for a reason that is given; without one, and with one bad row, nothing does."""

    def run(*words: str) -> tuple[int, str]:
        call = [*words, "--db", str(tmp_path / "l.db"), "--today", "2026-11-01", "--lang", "zh"]
        result = CliRunner().invoke(cli, call)
        return result.exit_code, result.output

    path = str(workbook(tmp_path, ["编号", "出生日期", "1", "2"], ["A", "2000-01-02", "2026.9.1", "2026年9月20日"]))
    assert run("import", path)[0] == 1
    assert run("import", path, "--on-trust", "2026年纸质名册")[0] == 0
    code, text = run("export")
    assert (code, '"complete": false' in text, '"on": "2026-09-20"' in text) == (0, True, True)
    bad = str(table(tmp_path, "编号,1\nB,2026-09-01\nC,2026.9\n"))
    code, text = run("import", bad, "--on-trust", "2026年纸质名册")
    assert (code, text) == (2, f"{bad}: B3: '2026-09' 只有年月，没有日，请写明日期\n")
    assert '"B"' not in run("export")[1]
    assert run("import", path, "--sheet", "无", "--on-trust", "x")[0] == 2
