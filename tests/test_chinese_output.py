"""What is printed in Chinese of a whole file: words of the forms, no key with an equals sign, no code alone."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import recruitment
from recruitment.base.structure.values import fields_of
from recruitment.formats.dossier.documents import act_data, read_act
from recruitment.formats.written import Writing
from recruitment.presentation.act_contents import act_contents
from recruitment.record.acts import ACTS
from recruitment.registers.cells import cell_words
from recruitment.rulebooks.locate import dossiers_folder

Run = Callable[..., tuple[int, str]]
EDITIONS = recruitment.load_rulebooks()
WORDS = EDITIONS.synonyms
RULES = {rule.code for rulebook in EDITIONS.rulebooks for rule in rulebook.rules}


@pytest.fixture
def whole(chinese: Run, tmp_path: Path) -> Run:
    """The command on a ledger with three files: a full member, one before the meeting, one before the conversion."""
    document = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))
    (file,) = document["files"]
    codes = [act["act"] for act in file["acts"]]
    kept = {"甲": len(codes), "乙": codes.index("admission_meeting"), "丙": codes.index("conversion_meeting")}
    document["files"] = [{**file, "id": name, "acts": file["acts"][:count]} for name, count in kept.items()]
    (tmp_path / "files.json").write_text(json.dumps(document), encoding="utf-8")
    code, said = chinese("导入", str(tmp_path / "files.json"))
    assert code == 0, said
    return chinese


@pytest.mark.parametrize(
    "words",
    [
        ["查看", "甲"],
        ["历史", "甲", "--显示姓名"],
        ["查看", "丙", "--显示姓名"],
        ["名册"],
        ["到期"],
        ["计划", "丙"],
        ["能否办理", "乙", "15"],
        ["能否办理", "丙", "23", "--结果", "转正"],
        ["登记", "乙", "15", "--日期", "2024-05-20"],
        ["换版复查", "甲", "--适用版本", "2026版"],
        ["年度安排"],
        ["统计"],
    ],
)
def test_no_key_and_no_code_stands_alone(whole: Run, words: list[str]) -> None:
    """Latin letters are those of options, of rules behind their titles, and of who made the entry."""
    code, said = whole(*words)
    assert code in (0, 1), said
    known = "|".join(sorted(map(re.escape, RULES), key=len, reverse=True))
    without = re.sub(rf"{known}|--[a-z][a-z-]*|{re.escape(getpass.getuser())}", " ", said)
    assert not re.search(r"[a-z_]{3,}", without), re.findall(r"[^\n]*[a-z_]{3,}[^\n]*", without)
    assert not re.search(r"[\u4e00-\u9fff]=", without.replace("=…", "")), said


def test_a_history_says_what_each_entry_holds(whole: Run) -> None:
    """Papers, meetings and people are there, names where they are asked for, and counts have what they count."""
    said = "".join(whole("历史", "甲", "--显示姓名")[1].split())
    for part in (
        "材料：谈话记录；谈话人：党员乙（职务党支部书记）",
        "推荐方式：共青团组织；会议：会议名称支部委员会，应到人数5人，实到人数5人",
        "培养联系人：党员乙（身份正式党员，处分无，是否直系亲属否）、党员丙（",
        "天数：3天；学时：24学时；举办单位：基层党委",
        "应到12人，实到11人，书面意见1份，赞成11票，反对0票，弃权1票",
    ):
        assert part in said, part
    nameless = whole("历史", "甲")[1]
    assert "党员乙" not in nameless
    assert "谈话人：（职务 党支部书记）" in nameless


def test_show_says_the_branch_and_on_which_act_a_breach_is(chinese: Run, tmp_path: Path) -> None:
    """A finding on record stands behind its procedure; the date of birth is shown with the name alone."""
    document = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))
    (file,) = document["files"]
    talk = next(act for act in file["acts"] if act["act"] == "talk")
    talk["on"] = "2022-11-20"
    (tmp_path / "late.json").write_text(json.dumps(document), encoding="utf-8")
    assert chinese("导入", str(tmp_path / "late.json"))[0] == 0
    said = chinese("查看", file["id"])[1]
    assert "党支部：示例第一党支部" in said
    assert "出生日期" not in said
    assert re.search("✗ 2 党组织派人谈话  一个月内谈话", said)
    assert "出生日期：2001-05-04" in chinese("查看", file["id"], "--显示姓名")[1]


def test_what_is_not_stated_is_not_called_a_breach(whole: Run) -> None:
    """The count of what stands in the way is split; a meeting on conversion has to say how it ended."""
    said = whole("能否办理", "乙", "15", "--日期", "2024-05-20")[1]
    assert said.startswith("支部大会讨论接收（2024-05-20，2014 版）：不能办理，有 6 项没有写明\n")
    assert whole("能否办理", "丙", "23", "--日期", "2025-05-21") == (
        2,
        "--结果: 请写明结果：转为正式党员、延长预备期、取消预备党员资格、未通过（不合格）、到会人数不足\n",
    )


def test_the_register_has_no_equals_sign(whole: Run, tmp_path: Path) -> None:
    """People are names with what is known of them in brackets, and each heading is the word of its place."""
    path = tmp_path / "register.xlsx"
    assert whole("全程纪实表", "--输出", str(path))[0] == 0
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row]
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert [text for text in texts if "=" in text or "{" in text] == []
    assert "党员乙（职务：党支部书记）" in texts
    assert {"3 应到人数", "3 实到人数", "11 举办单位", "20 举办单位", "13 党委类别", "17 逐个表决"} <= set(texts)


PEOPLE = [
    [{"name": "甲", "role": "branch_secretary"}],
    [{"name": "甲", "role": "organizer"}, {"name": "乙"}],
    [{"name": "甲"}, {"name": "乙", "role": "member"}],
    [{"role": "member"}],
    [{"name": "甲"}, {"name": "乙"}],
]


@pytest.mark.parametrize("people", PEOPLE)
def test_people_with_brackets_are_read_back(people: list[dict[str, str]]) -> None:
    """What a cell says of people is understood where it is typed, too."""
    hint = _hint("talk", "talkers")
    text = cell_words(people, hint, WORDS, "talkers")
    assert "{" not in text
    writing = Writing(WORDS)
    assert writing.value(text, hint, "") == people
    assert writing.faults == []


def _hint(code: str, key: str) -> object:
    """The type of a key of an act."""
    return fields_of(ACTS[code])[key][1]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("张甲（职务：书记）、李乙", [{"name": "张甲", "role": "branch_secretary"}, {"name": "李乙"}]),
        (
            "张甲(职务=组织员);李乙（职务：党员）",
            [{"name": "张甲", "role": "organizer"}, {"name": "李乙", "role": "member"}],
        ),
        ("张甲（兼）、李乙", [{"name": "张甲（兼）"}, {"name": "李乙"}]),
    ],
)
def test_people_are_typed_with_brackets(typed: str, means: list[dict[str, str]]) -> None:
    """Half-width and full-width signs; brackets without a key belong to the name."""
    assert Writing(WORDS).value(typed, _hint("talk", "talkers"), "") == means


def test_evidence_in_words_in_both_languages() -> None:
    """A number says what it counts in Chinese, reasons go by the titles of their rules, and nothing is no 无."""
    act = read_act(
        {
            "act": "postpone_conversion",
            "on": "2026-03-01",
            "months": 6,
            "reasons": {"oath-after-approval": "另有安排"},
        }
    )
    said = act_contents(act_data(act), EDITIONS.rulebooks[-1], WORDS, "zh")
    assert "延长的月数：6个月" in said
    assert f"{WORDS.title('oath-after-approval').zh} 另有安排" in said
    assert "months: 6" in act_contents(act_data(act), EDITIONS.rulebooks[-1], WORDS, "en")
    bare = read_act({"act": "talk", "on": date(2026, 3, 1).isoformat()})
    assert act_contents(act_data(bare), EDITIONS.rulebooks[-1], WORDS, "zh") == ""


def test_a_part_that_there_is_not_is_bad_input_with_those_there_are(chinese: Run) -> None:
    """The parts are named as they are typed, and so is the option of an act that calls it otherwise."""
    assert chinese("建档", "甲", "--出生日期", "2001-05-04", "--日期", "2026-09-01", "--组织关系", "学习",
                   "--单位", "有党组织", "--材料", "入党申请书", "--党支部", "名称：甲支部")[0] == 0  # fmt: skip
    code, said = chinese("登记", "甲", "5", "--日期", "2026-10-03", "--培养联系人", "张甲（身高：180）")
    assert code == 2
    assert said.startswith("--人员: 没有“身高”这一栏，可以写：")
    assert "身份" in said
    assert not re.search("[a-z]{3,}", said)
    assert chinese("登记", "甲", "15", "--日期", "2026-10-03", "--表决", "12")[1].startswith(
        "--表决: '12' 没有写明是哪一栏，请写成 应到=…，可以写：应到、实到、书面意见数"
    )
    assert "→ 请补充：--培养联系人" in chinese("能否办理", "甲", "5", "--日期", "2026-10-03", "--培养联系人", "张甲")[1]
    assert "--培养联系人, --people" in chinese("手续", "5")[1]
    assert "--举办单位, --organizer" in chinese("手续", "11")[1]


def test_the_settings_of_a_ledger_are_words(chinese: Run) -> None:
    """The branch is shown with the words of its parts."""
    said = chinese("设置", "--党支部", "名称=示例第一党支部，有支部委员会=是")[1]
    assert "党支部：名称 示例第一党支部；是否设有支部委员会 是" in said
