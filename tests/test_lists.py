"""Lists as branches keep them: three workbooks of different templates, read, audited and imported in one round."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from test_spreadsheets import EDITIONS, acts, filed, noticed, rows, said, table, workbook

from recruitment.audit.file_audit import FileAudit
from recruitment.audit.months import audit_with_months
from recruitment.base.written_days import Month
from recruitment.cli.main import cli
from recruitment.record.acts import Act, Candidate, Mentors, Sponsors, Stop, Training, TransferOut
from recruitment.record.evidence import UNKNOWN, Person, Probation, Publicity

TODAY = "2026-11-29"
STEPS = {1: 0, 2: 20, 3: 95, 4: 100, 5: 102, 7: 470, 8: 480, 9: 485}
"""Days after the application on which the first procedures of a lawful file were done."""


def day(start: date, number: int) -> date:
    """The day of a procedure of a file that began at `start`."""
    return start + timedelta(days=STEPS[number])


def starts(count: int) -> list[date]:
    """The first days of so many files."""
    return [date(2023, 3, 1) + timedelta(days=9 * n) for n in range(count)]


def college(folder: Path) -> Path:
    """The summary of a college: two title rows over all columns, student numbers, birth months, mixed days."""
    made = Workbook()
    sheet = made.active
    sheet.title = "发展对象"
    sheet.append(["某学院2024年发展对象情况汇总表"])
    sheet.append(["填报单位（盖章）：某学院党委", *[None] * 6, "填报时间：2026年11月"])
    sheet.append(
        [
            "序号",
            "姓 名",
            "学号",
            "性别",
            "民族",
            "出生年月",
            "所在支部",
            "申请入党时间",
            "谈话时间",
            "列为积极分子\n时间",
            "积极分子备案时间",
            "指定培养联系人时间",
            "培养联系人",
            "确定发展对象时间",
            "联系电话",
            "备注",
        ]
    )
    for n, start in enumerate(starts(20)):
        forms = [
            lambda d: datetime.combine(d, time()),
            lambda d: f"{d.year}.{d.month}.{d.day}",
            lambda d: f"{d.year}年{d.month}月{d.day}日",
            lambda d: f"{d:%Y%m%d}",
            lambda d: f"{d.year}/{d.month}/{d.day}。",
        ]
        form = forms[n % len(forms)]
        sheet.append(
            [
                n + 1,
                f"示例{n}",
                20230001 + n,
                "男",
                "汉族",
                "2003.05" if n % 2 else 200306,
                "第一党支部",
                form(day(start, 1)),
                form(day(start, 2)),
                form(day(start, 3)),
                form(day(start, 4)),
                form(day(start, 5)),
                "张甲、王乙" if n % 3 else "张甲",
                form(day(start, 7)) if n % 4 else "培养中",
                "无",
                None,
            ]
        )
    sheet.append(["合计", 20])
    sheet.append(["注：本表一式两份。"])
    sheet.append(["填表人：李丙", None, None, "审核人：赵丁"])
    sheet.merge_cells("A1:P1")
    sheet.merge_cells("A2:G2")
    made.create_sheet("填表说明").append(["时间一律写到日"])
    made.save(folder / "学院.xlsx")
    return folder / "学院.xlsx"


def township(folder: Path) -> Path:
    """The account book of a township: headings in two lines under one title, a sheet for each kind of person."""
    made = Workbook()
    made.remove(made.active)
    for title, first in (("积极分子", 0), ("发展对象", 10)):
        sheet = made.create_sheet(title)
        sheet.append([f"{title}台账"])
        sheet.append(["编号", "姓名", "出生日期", "申请入党", None, "入党积极分子", None, "发展对象", None, "备注"])
        sheet.append(
            [None, None, None, "递交申请书时间", "谈话时间", "确定时间", "备案时间", "确定时间", "备案时间", None]
        )
        for span in ("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2", "J2:J3"):
            sheet.merge_cells(span)
        for cell in sheet[1]:
            cell.alignment = Alignment(horizontal="center")
        for n, start in list(enumerate(starts(20)))[first : first + 10]:
            later = (day(start, 7), day(start, 8)) if title == "发展对象" else ("—", "/")
            sheet.append(
                [
                    f"XZ-{n:03}",
                    f"示例{n}",
                    "1999-05-06",
                    day(start, 1),
                    day(start, 2),
                    day(start, 3),
                    day(start, 4),
                    *later,
                    "转自台账",
                ]
            )
        sheet.append([None, "小计", 10])
    made.save(folder / "乡镇.xlsx")
    return folder / "乡镇.xlsx"


def office(folder: Path) -> Path:
    """The export of an office system: no titles, codes of its own, columns of everything, one sheet."""
    head = [
        "人员编号",
        "姓名",
        "身份证号",
        "政治面貌",
        "提交书面申请书时间",
        "派人谈话时间",
        "确定为入党积极分子时间",
        "上级党委备案",
        "确定培养联系人时间",
        "培养联系人",
        "确定为发展对象时间",
        "停止培养时间",
        "转出时间",
    ]
    body = [
        [
            f"00{n:02}",
            f"示例{n}",
            "1" * 18,
            "共青团员",
            day(start, 1),
            day(start, 2),
            day(start, 3),
            day(start, 4),
            day(start, 5),
            "张甲 王乙",
            None if n < 5 else day(start, 7),
            "2024-09-01" if n == 3 else "无",
            "2024年9月2日" if n == 4 else None,
        ]
        for n, start in enumerate(starts(20))
    ]
    return workbook(folder, head, *body, name="系统.xlsx")


def county(folder: Path) -> Path:
    """A county form: two lines of headings, a branch merged over ten people, shared headings, names in two columns."""
    made = Workbook()
    sheet = made.active
    sheet.title = "发展对象"
    sheet.append(["某县2024年发展对象信息登记表"])
    sheet.append(["序号", "编号", "姓名", "所在党支部", "入党积极分子阶段", *[None] * 6, "发展对象阶段", None])
    heads = [
        "递交申请书时间",
        "支部谈话时间",
        "被列为入党积极分子时间",
        "备案时间",
        "确定联系人时间",
        "联系人1",
        "联系人2",
    ]
    sheet.append([None, None, None, None, *heads, "列入时间", "备案时间"])
    sheet["L3"] = "确定为发展对象的时间"
    for first, last in (("E", "K"), ("L", "M")):
        sheet.merge_cells(f"{first}2:{last}2")
    for column in "ABCD":
        sheet.merge_cells(f"{column}2:{column}3")
    for n, start in enumerate(starts(20)):
        days = {number: day(start, number) for number in (1, 2, 3, 4, 5, 7, 8)}
        written = [
            f"{d.year}。{d.month}。{d.day}" if n % 2 else f"{d.year}年{d.month}月{d.day}日上午" for d in days.values()
        ]
        branch = ["第一党支部", "第二党支部"][n // 10] if n % 10 == 0 else None
        sheet.append([n + 1, f"C{n:03}", f"示例{n}", branch, *written[:5], "张甲", "王乙", *written[5:]])
    for top in (4, 14):
        sheet.merge_cells(f"D{top}:D{top + 9}")
    sheet.append(["合计", None, "20人"])
    made.save(folder / "县.xlsx")
    return folder / "县.xlsx"


def run(folder: Path, *words: str) -> tuple[int, str]:
    """A command on a ledger of its own."""
    result = CliRunner().invoke(cli, [*words, "--db", str(folder / "l.db"), "--today", TODAY, "--lang", "zh"])
    return result.exit_code, result.stdout


@pytest.mark.parametrize("template", [college, township, office, county], ids=lambda f: f.__name__)
def test_twenty_running_files_are_audited_and_imported_in_one_round(
    template: Callable[[Path], Path], tmp_path: Path
) -> None:
    """No cell has to be changed first: every row is a file, nothing is unmet, and the ledger takes all twenty."""
    path = template(tmp_path)
    assert said(path) == []
    code, text = run(tmp_path, "audit", str(path), "--json")
    told = json.loads(text)
    assert (len(told["files"]), told["totals"]["unmet"], told["totals"]["faults"]) == (20, 0, [])
    assert (code, told["totals"]["clean"], told["totals"]["days-alone"]) == (0, 20, 20)
    assert run(tmp_path, "import", str(path), "--on-trust", "据支部台账补录")[0] == 0
    assert len(json.loads(run(tmp_path, "list", "--away", "--json")[1])["files"]) == 20
    code, text = run(tmp_path, "import", str(path), "--on-trust", "据支部台账补录", "--json")
    assert (code, json.loads(text)["new"]) == (0, 0)


def test_every_form_of_an_audit_says_what_was_not_read_of_a_list(tmp_path: Path) -> None:
    """The table, JSON, the page and the workbook hold every notice; the ending of the path says which of them it is."""
    path = college(tmp_path)
    told = noticed(path, "zh")
    assert len(told) > 5
    assert [n["where"] for n in json.loads(run(tmp_path, "audit", str(path), "--json")[1])["totals"]["notices"]]
    for form in ("table", "html"):
        text = run(tmp_path, "audit", str(path), "--format", form)[1]
        assert [notice for notice in told if "".join(notice.split()) not in "".join(text.split())] == [], form
    assert "<h3>名册的读取情况</h3>" in text
    assert "无法读取</h3>" not in text
    for name in ("report.xlsx", "report.HTML", "report.json", "report.txt"):
        run(tmp_path, "audit", str(path), "-o", str(tmp_path / name))
    assert (tmp_path / "report.HTML").read_text("utf-8") == text
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["files"]
    assert (tmp_path / "report.txt").read_text("utf-8").startswith("档案20份")
    heads, *rows = load_workbook(tmp_path / "report.xlsx")["档案"].iter_rows(values_only=True)
    found = [row[heads.index("名册的读取情况")] or "" for row in rows]
    assert [notice for notice in told if notice not in "".join(found)] == []
    assert {row[heads.index("无法读取")] for row in rows} == {None}


def test_what_is_passed_over_is_named_once(tmp_path: Path) -> None:
    """Titles, columns that are not needed, totals, notes and signatures, and the sheet of instructions: a line each."""
    place = "学院.xlsx: 发展对象!"
    assert noticed(college(tmp_path), "zh") == [
        f"{place}1: 列名在第 3 行，其上第 1–2 行未读取",
        "学院.xlsx: 填表说明: 这张工作表不是名册，未读取",
        f"{place}3: 以下各列不需要，未读取：性别、民族、联系电话",
        f"{place}3: 没有“编号”列，以“学号”作编号",
        f"{place}24: 第 24 行是合计，未作为档案",
        f"{place}25: 第 25 行是说明，未作为档案",
        f"{place}26: 第 26 行是填表、签章，未作为档案",
    ]


def test_names_become_people_and_ends_are_read(tmp_path: Path) -> None:
    """培养联系人 gives the mentors of the appointment; 停止 and 转出 are acts; 无 is no day."""
    found = {filed(row)[0].id: filed(row)[1] for row in rows(office(tmp_path))}
    (mentors,) = [act for act in found["0003"] if isinstance(act, Mentors)]
    assert mentors.people == (Person(name="张甲"), Person(name="王乙"))
    assert [type(act) for acts_ in (found["0003"], found["0004"], found["0005"]) for act in acts_[5:]] == [
        Stop,
        TransferOut,
        Candidate,
    ]


def test_names_without_a_day_are_said_and_left_out(tmp_path: Path) -> None:
    """Without the day of the appointment there is no act that could hold its people."""
    path = table(
        tmp_path, "编号,1,3,培养联系人,介绍人\nA,2022-09-01,2022-12-05,张甲、王乙,张甲\nB,2022-09-01,2022-12-05,无,—\n"
    )
    assert [len(acts(row)) for row in rows(path)] == [2, 2]
    assert noticed(path, "zh")[-1].endswith(
        "有2处写有姓名而没有相应的日期（指定培养联系人、确定入党介绍人），姓名未读入"
    )
    path = table(tmp_path, "编号,1,确定入党介绍人,9 人员\nA,2022-09-01,2022-12-05,张甲、王乙\n")
    (row,) = rows(path)
    assert filed(row)[1][1] == Sponsors(on=date(2022, 12, 5), people=(Person(name="张甲"), Person(name="王乙")))


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        (
            ["支部大会时间", "审批时间", "宣誓时间", "转正申请时间", "转正大会时间", "转正审批时间"],
            [
                "admission_meeting",
                "admission_approval",
                "oath",
                "conversion_application",
                "conversion_meeting",
                "conversion_approval",
            ],
        ),
        (
            ["15", "党委审批", "20", "22", "支部大会讨论", "24"],
            [
                "admission_meeting",
                "admission_approval",
                "oath",
                "conversion_application",
                "conversion_meeting",
                "conversion_approval",
            ],
        ),
        (
            ["入党时间", "上级党委审批", "宣誓", "22", "转正讨论", "上级党委审批转正时间"],
            [
                "admission_meeting",
                "admission_approval",
                "oath",
                "conversion_application",
                "conversion_meeting",
                "conversion_approval",
            ],
        ),
        (["3", "备案时间", "7", "发展对象备案时间"], ["activist", "activist_filing", "candidate", "candidate_filing"]),
    ],
)
def test_a_shared_name_is_decided_by_its_place_alone(tmp_path: Path, heads: list[str], codes: list[str]) -> None:
    """审批 between the meeting and the oath is the approval of the admission; alone it would be named as ambiguous."""
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(len(heads))]
    path = workbook(tmp_path, ["编号", "1", *heads], ["A", "2021-01-01", *days])
    assert (said(path), [code for code, _ in acts(rows(path)[0])]) == ([], ["apply", *codes])


@pytest.mark.parametrize("head", ["审批时间", "转正时间", "备案", "谈话", "公示时间"])
def test_a_name_that_its_place_does_not_decide_is_named(tmp_path: Path, head: str) -> None:
    """Nothing is guessed across procedures: the column is named with its readings, and the others are read."""
    path = workbook(
        tmp_path, ["编号", head, "姓名", "1" if head != "谈话" else "17"], ["A", "2022-09-01", "甲", "2021-01-01"]
    )
    assert len(said(path, "zh")) == 1
    assert len(acts(rows(path)[0])) == 1


NOTICE = "2024.3.1-3.8"
PLACED = [
    # what is written in the heading itself
    (["8", "公示时间（发展对象）"], "名册", ["candidate_filing+"]),
    (["8", "公示时间(8)"], "名册", ["candidate_filing+"]),
    (["8", "第8项公示时间"], "名册", ["candidate_filing+"]),
    (["8", "拟发展对象公示情况"], "名册", ["candidate_filing+"]),
    (["24", "公示时间（上级党委审批转正）"], "名册", ["conversion_approval+"]),
    (["24", "转正前公示时间"], "名册", ["conversion_approval+"]),
    (["转正时间（支部大会）", "转正时间（上级党委审批）"], "名册", ["conversion_meeting", "conversion_approval"]),
    (["23 转正时间", "24 转正时间"], "名册", ["conversion_meeting", "conversion_approval"]),
    (["备案时间（发展对象）", "备案（入党积极分子）"], "名册", ["candidate_filing", "activist_filing"]),
    (["支部大会时间（接收预备党员）", "审批（转正）"], "名册", ["admission_meeting", "conversion_approval"]),
    # the columns around it
    (["7", "公示时间", "8", "9"], "名册", ["candidate", "candidate_filing+", "sponsors"]),
    (["7", "8", "公示时间", "9"], "名册", ["candidate", "candidate_filing+", "sponsors"]),
    (["23", "公示时间", "24"], "名册", ["conversion_meeting", "conversion_approval+"]),
    # the name of the sheet, as far as the other columns are about the same stage
    (["公示时间", "备案时间"], "发展对象", ["candidate_filing+"]),
    (["3", "7", "公示时间", "备案时间"], "2024年发展对象名册", ["activist", "candidate", "candidate_filing+"]),
    (["3", "备案时间"], "入党积极分子", ["activist", "activist_filing"]),
    (["17", "考察时间"], "预备党员", ["admission_approval", "probation_inspection"]),
]


def act_of(act: Act) -> str:
    """The code of an act, with a sign where it has a public notice of the days that the tests write."""
    publicity = getattr(act, "publicity", UNKNOWN)
    noticed_ = publicity == Publicity(from_=date(2024, 3, 1), to=date(2024, 3, 8))
    return f"{act.code}{'+' * noticed_}"


@pytest.mark.parametrize(("heads", "sheet", "codes"), PLACED)
def test_a_shared_heading_is_decided_where_it_is_certain(
    tmp_path: Path, heads: list[str], sheet: str, codes: list[str]
) -> None:
    """By its brackets, its number, the word before it, the columns around it, or a sheet on people of one stage."""

    def named(made: Workbook) -> None:
        made.active.title = sheet

    cells = [NOTICE if "公示" in head else date(2024, 3, 9) for head in heads]
    path = workbook(tmp_path, ["编号", *heads], ["A", *cells], change=named)
    assert said(path) == []
    assert sorted(map(act_of, filed(rows(path)[0])[1])) == sorted(codes)


@pytest.mark.parametrize(
    ("heads", "sheet", "named", "hint"),
    [
        (["1", "公示时间"], "名册", ["第 3 项", "第 8 项", "第 15 项", "第 17 项", "第 24 项"], "3 公示时间"),
        (["1", "公示时间", "9"], "名册", ["第 3 项", "第 8 项"], "公示时间（入党积极分子）"),
        (["1", "公示时间", "9"], "发展对象", ["第 3 项", "第 8 项"], "公示时间（入党积极分子）"),
        (["15", "公示时间"], "预备党员", ["第 15 项", "第 17 项", "第 24 项"], "公示时间（支部大会讨论接收）"),
        (["1", "审批时间"], "预备党员", ["第 17 项", "第 24 项"], "审批时间（接收预备党员）"),
        (["22", "转正时间"], "预备党员", ["第 23 项", "第 24 项", "预备期满"], "23 转正时间"),
        (["23", "转正时间"], "名册", ["第 23 项", "第 24 项", "预备期满"], "转正时间（上级党委审批转正）"),
        (["3", "备案时间"], "名册", ["第 4 项", "第 8 项", "第 18 项"], "备案时间（入党积极分子）"),
        (["3", "备案时间（预审）"], "名册", ["第 4 项", "第 8 项", "第 18 项"], "4 备案时间"),
    ],
)
def test_a_shared_heading_that_stays_open_names_the_procedures_and_how_to_choose(
    tmp_path: Path, heads: list[str], sheet: str, named: list[str], hint: str
) -> None:
    """The column costs its days alone; the sentence names each procedure that is left and a heading that is read."""

    def titled(made: Workbook) -> None:
        made.active.title = sheet

    cells = [NOTICE if "公示" in head else date(2024, 3, 9) for head in heads]
    path = workbook(tmp_path, ["编号", *heads], ["A", *cells], change=titled)
    (fault,) = said(path, "zh")
    assert [name for name in named if name not in fault] == []
    assert set(re.findall("第 [0-9]+ 项", fault)) <= {*named}
    assert f"“{hint}”" in fault
    heads[1] = hint
    path = workbook(tmp_path, ["编号", *heads], ["A", *cells], change=titled)
    if "公示" not in hint:
        assert said(path, "zh") == [] or "已在" in said(path, "zh")[0]
    else:  # the notice of a procedure that has no day
        assert all("没有日期，请先填写日期" in one for one in said(path, "zh"))


def test_a_title_over_several_columns_says_which_procedures_they_are(tmp_path: Path) -> None:
    """In headings of two lines 备案 and 谈话 below 发展对象 and 预备党员的接收 are those of these stages."""

    def two_lines(made: Workbook) -> None:
        sheet = made.active
        sheet.insert_rows(1)
        for first, last, title in ((2, 3, "三、发展对象阶段"), (4, 5, "预备党员的接收"), (6, 7, "转正情况")):
            sheet.cell(1, first, title)
            sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=last)
        sheet.cell(1, 1, "编号")
        sheet.merge_cells("A1:A2")

    heads = [None, "备案时间", "公示时间", "谈话时间", "审批时间", "支部大会时间", "审批时间"]
    day_ = date(2024, 3, 9)
    path = workbook(tmp_path, heads, ["A", day_, NOTICE, day_, day_, day_, day_], change=two_lines)
    assert said(path, "zh") == []
    assert [act_of(act) for act in filed(rows(path)[0])[1]] == [
        "candidate_filing+",
        "committee_talk",
        "admission_approval",
        "conversion_meeting",
        "conversion_approval",
    ]


def test_a_heading_is_not_needed_where_each_of_its_days_has_a_column(tmp_path: Path) -> None:
    """转正时间 beside the meeting and the approval is passed over and named."""
    path = workbook(tmp_path, ["编号", "23", "24", "转正时间"], ["A", "2024-3-1", "2024-3-5", "2024-3-5"])
    assert said(path) == []
    assert noticed(path, "zh") == ["成员.xlsx: 名册!1: 以下各列不需要，未读取：转正时间"]


def test_one_day_of_a_notice_is_named(tmp_path: Path) -> None:
    """Whether it is the first or the last day is not guessed."""
    path = workbook(tmp_path, ["编号", "8", "8 公示时间"], ["A", "2024-3-9", "2024-3-1"])
    assert said(path, "zh") == ["成员.xlsx: 名册!C2: '2024-3-1' 只有一个日期，请写明起止，如 2023.3.1-3.8"]
    assert acts(rows(path)[0]) == [("candidate_filing", "2024-03-09")]
    path = workbook(
        tmp_path, ["编号", "8", "公示开始时间（8）", "公示结束时间（8）"], ["A", "2024-3-9", "2024-3-1", "2024.3.8"]
    )
    assert [act_of(act) for act in filed(rows(path)[0])[1]] == ["candidate_filing+"]


@pytest.mark.parametrize("head", ["递交转正申请书时间", "提交转正申请时间"])
def test_an_application_for_conversion_is_not_the_application(tmp_path: Path, head: str) -> None:
    """The heading that names procedure 22 is read as it, and never as procedure 1."""
    path = workbook(tmp_path, ["编号", "1", head], ["A", "2022-09-01", "2025-05-12"])
    assert acts(rows(path)[0]) == [("apply", "2022-09-01"), ("conversion_application", "2025-05-12")]


def test_two_days_of_the_training_are_its_first_and_last(tmp_path: Path) -> None:
    """A range in column 11 is from and to; the act is dated with the last day."""
    (row,) = rows(workbook(tmp_path, ["编号", "1", "集中培训时间"], ["A", "2022-09-01", "2024.11.5-11.8"]))
    assert filed(row)[1][1] == Training(on=date(2024, 11, 8), from_=date(2024, 11, 5), to=date(2024, 11, 8))


def test_a_bad_cell_costs_that_cell(tmp_path: Path) -> None:
    """The rest of the row is judged, the cell is named, and the file does not pass for clean."""
    path = table(tmp_path, "编号,1,2,3,7\na,2022-09-01,2022-10-20,昨天,2023-12-05\n")
    code, text = run(tmp_path, "audit", str(path), "--json")
    told = json.loads(text)
    (file,) = told["files"]
    assert any(f["rule"] == "talk-within-1-month" and f["value"] == "unmet" for f in file["findings"])
    assert (code, told["totals"]["unreadable"], told["totals"]["clean"]) == (1, 0, 0)
    assert told["totals"]["faults"][0]["where"].endswith("D2")
    assert run(tmp_path, "import", str(path), "--on-trust", "x")[0] == 2


def test_an_id_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """Zeros that a format shows stay; a .0 that a program has added goes, and is said."""

    def padded(made: Workbook) -> None:
        made.active["A2"].number_format = "000000000"

    path = workbook(tmp_path, ["编号", "1"], [20201109, "2022-09-01"], ["007", "2022-09-01"], change=padded)
    assert [filed(row)[0].id for row in rows(path)] == ["020201109", "007"]
    path = table(tmp_path, "编号,1\n2020001.0,2022-09-01\n2020001,2022-09-01\n")
    assert [filed(row)[0].id for row in rows(path)] == ["2020001"]
    assert noticed(path, "zh") == ["成员.csv: 1: 编号 2020001.0 读作 2020001"]


def test_numbers_of_rows_do_not_mix_two_sheets(tmp_path: Path) -> None:
    """Where only 序号 can serve as the id, the first of one sheet is not the first of another."""

    def more(made: Workbook) -> None:
        made.create_sheet("二支部").append(["序号", "1"])
        made["二支部"].append([1, 45001])

    path = workbook(tmp_path, ["序号", "1"], [1, 45000], change=more)
    assert [filed(row)[0].id for row in rows(path)] == ["名册-1", "二支部-1"]


# ------------------------------------------------------------------------------------------- months


def value(found: FileAudit, rule: str) -> str:
    """What was found of a rule."""
    (one,) = [f for f in found.findings if f.rule.code == rule]
    return one.value


@pytest.mark.parametrize(
    ("activist", "month", "expected"),
    [
        ("2022-12-05", Month(2023, 11), "unmet"),
        ("2022-12-05", Month(2023, 12), "unknown"),
        ("2022-12-05", Month(2024, 1), "met"),
        ("2022-12-01", Month(2023, 12), "met"),
    ],
)
def test_a_month_is_judged_as_far_as_it_decides(tmp_path: Path, activist: str, month: Month, expected: str) -> None:
    """A year of cultivation is kept, or broken, on every day of the month, or it is not known; by our own counting."""
    path = table(tmp_path, f"编号,1,3,7\na,2022-09-01,{activist},{month.year}年{month.month}月\n")
    (row,) = rows(path)
    months = [(n, found) for n, found, _ in row.months]
    assert months == [(2, month)]
    entry = row.entry
    assert entry is not None
    found = audit_with_months(EDITIONS, *entry, months=months, born=None, today=date(2026, 11, 29))
    assert value(found, "cultivation-1-year") == expected
    limit = date.fromisoformat(activist).replace(year=date.fromisoformat(activist).year + 1)
    every = {month.first + timedelta(days=n) >= limit for n in range((month.last - month.first).days + 1)}
    assert expected == ("met" if every == {True} else "unmet" if every == {False} else "unknown")


def test_two_months_are_compared_at_both_ends(tmp_path: Path) -> None:
    """Of two acts that are dated by the month, the nearest and the farthest days decide."""
    path = table(tmp_path, "编号,1,3,7\na,2021.12,2022.9,2023.8\nb,2021.12,2022.9,2023.9\nc,2021.12,2022.9,2023.11\n")
    told = json.loads(run(tmp_path, "audit", str(path), "--json", "--all")[1])
    found = {
        file["id"]: next(f["value"] for f in file["findings"] if f["rule"] == "cultivation-1-year")
        for file in told["files"]
    }
    assert found == {"a": "unmet", "b": "unknown", "c": "met"}


def test_a_month_of_birth_decides_where_it_can(tmp_path: Path) -> None:
    """Who was born in a month is eighteen for certain, or not, or not known on the day of the application."""
    path = table(
        tmp_path,
        "编号,出生年月,1,2\na,2001-03,2022-09-01,2022-09-09\nb,200409,2022-09-15,2022-09-16\nc,2005.3,2022-09-01,2022-09-02\n",
    )
    told = json.loads(run(tmp_path, "audit", str(path), "--json", "--all")[1])
    found = {file["id"]: next(f["value"] for f in file["findings"] if f["rule"] == "age-18") for file in told["files"]}
    assert found == {"a": "met", "b": "unknown", "c": "unmet"}


def test_a_workbook_of_the_old_form_is_read_alike(tmp_path: Path) -> None:
    """The same list saved as .xls gives the same files, and the same is passed over."""
    old = Path(__file__).parent / "lists" / "college.xls"
    new = college(tmp_path)
    assert [row.entry for row in rows(old)] == [row.entry for row in rows(new)]
    assert [line.partition(": ")[2] for line in noticed(old)] == [line.partition(": ")[2] for line in noticed(new)]
    assert [row.entry for row in rows(old, sheet="发展对象")] == [row.entry for row in rows(new)]


COUNTY = [
    ("与申请人谈话时间", "talk"),
    ("被列为入党积极分子日期", "activist"),
    ("确立入党积极分子时间", "activist"),
    ("支委会研究确定积极分子时间", "activist"),
    ("报党委备案时间（积极分子）", "activist_filing"),
    ("拟定为发展对象时间", "candidate"),
    ("列入发展对象时间", "candidate"),
    ("政审材料形成时间", "political_review"),
    ("综合性政审报告时间", "political_review"),
    ("参加县委党校培训时间", "training"),
    ("培训结业时间", "training"),
    ("上级党委预审批复时间", "pre_review"),
    ("支部大会讨论通过时间（接收）", "admission_meeting"),
    ("吸收为中共预备党员时间", "admission_meeting"),
    ("列为中共预备党员时间", "admission_meeting"),
    ("县委组织部备案时间", "superior_filing"),
    ("转正申请书提交时间", "conversion_application"),
    ("调离时间", "transfer_out"),
]


@pytest.mark.parametrize(("heading", "code"), COUNTY)
def test_headings_of_county_templates(tmp_path: Path, heading: str, code: str) -> None:
    """Words that change nothing, and others for the same step, lead to the procedure that is meant."""
    path = workbook(tmp_path, ["编号", "姓名", heading], ["A", "甲", "2024.3.9"])
    assert said(path, "zh") == []
    assert acts(rows(path)[0]) == [(code, "2024-03-09")]


@pytest.mark.parametrize(
    "heads",
    [
        ["培养联系人一", "培养联系人二"],
        ["第一培养联系人", "第二培养联系人"],
        ["联系人1", "联系人2"],
        ["培养联系人（1）", "培养联系人（2）"],
    ],
)
def test_several_columns_of_names_are_read_together(tmp_path: Path, heads: list[str]) -> None:
    """Each person has a column of his own; together they are those of the appointment."""
    path = workbook(
        tmp_path, ["编号", "5", *heads], ["A", "2024-03-09", "张甲", "王乙"], ["B", "2024-03-09", "张甲", "无"]
    )
    assert said(path, "zh") == []
    people = [filed(row)[1][0] for row in rows(path)]
    assert [act.people for act in people if isinstance(act, Mentors)] == [
        (Person(name="张甲"), Person(name="王乙")),
        (Person(name="张甲"),),
    ]


def test_evidence_of_one_procedure_goes_by_its_own_heading(tmp_path: Path) -> None:
    """Hours and days of the training, the number of the form, and the probation that the approval states."""
    heads = ["编号", "11", "培训学时", "培训天数", "14", "入党志愿书编号", "17", "预备期起止时间"]
    cells = ["A", "2024-03-03", "24学时", "3天", "2024-03-09", "2024000123", "2024-06-01", "2024.5.20-2025.5.19"]
    path = workbook(tmp_path, heads, cells)
    assert said(path, "zh") == []
    training, form, approval = filed(rows(path)[0])[1]
    assert isinstance(training, Training)
    assert (training.hours, training.days) == (24, 3)
    assert getattr(form, "form_number", None) == "2024000123"
    assert getattr(approval, "probation", None) == Probation(from_=date(2024, 5, 20), to=date(2025, 5, 19))


@pytest.mark.parametrize(
    "text",
    [
        "2024.3.9日", "2024。3。9", "2024、3、9", "2024,3,9", "2024·3·9", "2024–3–9", "2024 3 9", "2024.3.9（补）",
        "2024年3月9日上午", "2024/3/9 下午", "2024.3.9（周六）", "2024年3月9号（补录）",
    ],
)  # fmt: skip
def test_days_as_county_lists_hold_them(tmp_path: Path, text: str) -> None:
    """Other signs between the numbers, and what stands behind a day and changes nothing about it."""
    path = workbook(tmp_path, ["编号", "1"], ["A", text])
    assert said(path, "zh") == []
    assert acts(rows(path)[0]) == [("apply", "2024-03-09")]


@pytest.mark.parametrize("text", ["2024.3.9（未通过）", "2024.3.9（农历）", "2024,3.9", "2024.3.9、3.10", "同上"])
def test_what_changes_a_day_is_not_passed_over(tmp_path: Path, text: str) -> None:
    """A remark that can mean something, and signs that do not agree, are named."""
    path = workbook(tmp_path, ["编号", "1"], ["A", text])
    assert len(said(path)) == 1
