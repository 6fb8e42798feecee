"""Words that people type: each one that is printed is understood, short forms where they fit one choice only."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import attrs
import pytest
from broken import breaking
from click.testing import CliRunner

import recruitment
from recruitment.base.errors import BadInput
from recruitment.base.structure.values import fields_of
from recruitment.base.written_days import DayRange, Month, read_written_day
from recruitment.cli.choices import read_code
from recruitment.cli.evidence_options import collect, merged, parse_option
from recruitment.cli.main import cli
from recruitment.formats.dossier.documents import act_data, read_act
from recruitment.formats.written import core
from recruitment.record.acts import ACTS, Correct, File
from recruitment.record.evidence import Ballot

EDITIONS = recruitment.load_rulebooks()
WORDS = EDITIONS.synonyms


def choices(cls: type[Any], seen: set[Any] | None = None) -> list[tuple[str, ...]]:
    """Every set of words that may stand in one place of a class, and of the classes in it; keys are such a set, too."""
    seen = set() if seen is None else seen
    if cls in seen:
        return []
    seen.add(cls)
    found = (
        [tuple(fields_of(cls))]
        if cls is not File and cls.__name__ not in {kind.__name__ for kind in ACTS.values()}
        else []
    )
    for _, hint in fields_of(cls).values():
        inner = core(hint)
        if get_origin(inner) is tuple:
            inner = core(get_args(inner)[0])
        if get_origin(inner) is Literal:
            found.append(get_args(inner))
        elif isinstance(inner, type) and attrs.has(inner):
            found += choices(inner, seen)
    return found


KINDS: tuple[Any, ...] = (File, *ACTS.values())
PLACES = sorted(
    {
        words
        for kind in KINDS
        if kind is not Correct
        for words in (*choices(kind), *([kind.outcomes] if getattr(kind, "outcomes", ()) else []))
    }
)


@pytest.mark.parametrize("place", PLACES, ids=["-".join(place)[:60] for place in PLACES])
def test_each_printed_word_is_accepted_back(place: tuple[str, ...]) -> None:
    """The Chinese and the English name of every code means that code and no other, wherever it may stand."""
    for code in place:
        for printed in (WORDS.name(code).zh, WORDS.name(code).en, code, code.upper()):
            assert WORDS.codes(printed, place) == (code,), (printed, place)


@pytest.mark.parametrize("place", PLACES, ids=["-".join(place)[:60] for place in PLACES])
def test_no_synonym_means_two_things_in_one_place(place: tuple[str, ...]) -> None:
    """What people use for a code is not used for another that may stand in the same place."""
    for code in place:
        for word in WORDS.words.get(code, ()):
            assert WORDS.codes(word, place) == (code,), (word, WORDS.codes(word, place))


def test_each_act_is_accepted_by_every_name_of_its_own() -> None:
    """Code, number, name and synonyms of an act mean that act; a name of two acts is asked back with their numbers."""
    for rulebook in EDITIONS.rulebooks:
        for act in rulebook.by_code.values():
            assert read_code(act.code) == act.code
            if act.number:
                assert read_code(str(act.number)) == act.code
            shared = [other.code for other in rulebook.by_code.values() if other.zh == act.zh]
            assert WORDS.act_codes(act.zh) == tuple(code for code in WORDS.acts if code in shared)
            assert WORDS.act_codes(act.label.zh) == (act.code,)
    for name, numbers in (("支部大会讨论", "15 支部大会讨论接收、23 支部大会讨论转正"), ("备案", "4 上级党委备案")):
        with pytest.raises(BadInput) as found:
            read_code(name)
        assert numbers in found.value.zh


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("谈话", "talk"),
        ("确定为入党积极分子", "activist"),
        ("确定为发展对象", "candidate"),
        ("转正", "conversion_meeting"),
        ("延长预备期", "conversion_meeting"),
        ("死亡", "died"),
        ("去世", "died"),
        ("调出", "transfer_out"),
        ("转出", "transfer_out"),
        ("退出", "withdraw"),
        ("第１５项", "admission_meeting"),
        ("政审", "political_review"),
        ("指定培养", "mentors"),
    ],
)
def test_acts_go_by_the_names_that_people_use(typed: str, code: str) -> None:
    """An act is found by its synonym, its number in full-width digits, and the beginning of its name."""
    assert read_code(typed) == code


TYPED = [
    (
        "talk",
        "topics",
        "学习工作经历，对党的认识、入党动机,遵纪守法；家庭 、介绍",
        ["history", "view", "motive", "law", "family", "introduced"],
    ),
    ("apply", "tie", "学习", "study"),
    ("apply", "tie", "工作", "work"),
    ("apply", "tie", "居住地", "residence"),
    ("apply", "unit", "有党组织", "with_organization"),
    ("apply", "unit", "无党组织", "without_organization"),
    ("apply", "unit", "无单位", "none"),
    ("apply", "papers", "入党申请书", ["application_letter"]),
    ("apply", "received", "2026年9月1日（星期二）", "2026-09-01"),
    ("activist", "nominated_by", "党员推荐，群团推优", ["members", "youth_league"]),
    ("activist", "outcome", "通过", "chosen"),
    (
        "activist",
        "meeting",
        "会议=支委会，应到人数=5，到会人数=4，赞成=4",
        {"body": "branch_committee", "members": 5, "present": 4, "for": 4},
    ),
    ("activist", "meeting", "body=支部大会", {"body": "general_meeting"}),
    ("talk", "talkers", "姓名=甲，职务=支部书记", [{"name": "甲", "role": "branch_secretary"}]),
    ("talk", "talkers", "role=组织委员", [{"role": "organization_commissioner"}]),
    ("committee_talk", "talkers", "role=组织员", [{"role": "organizer"}]),
    ("mentors", "people", "张甲、王乙", [{"name": "张甲"}, {"name": "王乙"}]),
    (
        "mentors",
        "people",
        "name=张甲，身份=正式党员，本支部=是",
        [{"name": "张甲", "standing": "full", "own_branch": True}],
    ),
    ("oath", "organizer", "县级以上党委", "county_or_above"),
    ("training", "organizer", "基层党委", "primary_committee"),
    ("pre_review", "committee", "类别＝基层党委；审批权限＝有", {"kind": "primary_committee", "approves": True}),
    ("pre_review", "outcome", "合格", "passed"),
    ("pre_review", "outcome", "未通过", "failed"),
    ("candidate", "outcome", "同意", "agreed"),
    ("conversion_meeting", "outcome", "按期转正", "convert"),
    ("conversion_meeting", "outcome", "延长", "extend"),
    (
        "admission_meeting",
        "ballot",
        "应到＝１２，实到=11，赞成=10，反对=1，弃权=0，无记名",
        {"should_attend": 12, "attended": 11, "for": 10, "against": 1, "abstain": 0, "secret": True},
    ),
    ("candidate_filing", "publicity", "2026.9.1-2026.9.7", {"from": "2026-09-01", "to": "2026-09-07"}),
    ("committee_talk", "written", "有", True),
    ("committee_talk", "written", "无", False),
]


@pytest.mark.parametrize(
    ("act", "key", "text", "data"), TYPED, ids=[f"{act}-{key}-{text}"[:50] for act, key, text, _ in TYPED]
)
def test_evidence_is_typed_in_the_words_of_the_forms(act: str, key: str, text: str, data: object) -> None:
    """Keys and values may be Chinese, punctuation full-width; the result is what the dossier format holds."""
    assert merged(key, (text,), act) == data
    given = {key: data} if act != "conversion_meeting" else {"outcome": "convert", key: data}
    read_act({"act": act, "on": "2026-09-20", **given})


def test_json_given_at_the_command_may_hold_words(tmp_path: Path) -> None:
    """In JSON, too, keys, words and days are understood, also in parts of parts."""
    path = tmp_path / "e.json"
    path.write_text(
        '{"表决": {"应到": 12, "无记名": "是"}, "结果": "通过", "材料": ["会议记录"], "on": "2026.9.1"}',
        encoding="utf-8",
    )
    data = collect({"evidence": str(path)}, EDITIONS, "admission_meeting")
    assert data == {
        "ballot": {"should_attend": 12, "secret": True},
        "outcome": "passed",
        "papers": ["minutes"],
        "on": "2026-09-01",
    }
    assert act_data(read_act({"act": "admission_meeting", **data}))["ballot"]["should_attend"] == 12


def test_a_word_that_is_not_understood_names_the_choices() -> None:
    """A word of no choice, and one of several, are bad input that says what can be written, in Chinese by name."""
    with pytest.raises(BadInput) as found:
        merged("tie", ("隔壁",), "apply")
    assert found.value.zh.startswith("tie: '隔壁' 不在可用值之内（工作单位、学习单位、居住地、")
    with pytest.raises(BadInput) as found:
        merged("unit", ("单位",), "apply")
    assert found.value.zh == "unit: '单位' 可以指单位有党组织、单位没有党组织，请写明是哪一个"


@pytest.mark.parametrize("text", ["name=示例第一党支部，foo=yes", "name=示例,设备=有", "name=甲；x＝1"])
def test_a_text_that_holds_a_further_key_is_refused(text: str) -> None:
    """A comma and an equals sign in a name are a mistake at the keyboard, and never go into the record."""
    with pytest.raises(BadInput, match="what looks like another key"):
        merged("branch", (text,))
    assert merged("branch", ("name=示例，has_committee=是",)) == {"name": "示例", "has_committee": True}
    assert merged("branch", ("name=示例，第一党支部",)) == {"name": "示例，第一党支部"}


def test_filters_and_first_acts_are_named_in_chinese(tmp_path: Path) -> None:
    """A file is opened, advanced and listed by options without one English word of a value."""

    def run(*words: str) -> tuple[int, str]:
        call = [*words, "--db", str(tmp_path / "l.db"), "--today", "2026-11-01", "--lang", "zh"]
        result = CliRunner().invoke(cli, call)
        return result.exit_code, result.output

    opened = run(
        "open",
        "甲",
        "--born",
        "2001年5月4日",
        "--branch",
        "名称=示例，有支委会=是",
        "--on",
        "2026/9/1",
        "--tie",
        "学习",
        "--unit",
        "有党组织",
        "--papers",
        "入党申请书",
        "--student",
        "是",
        "--member-of",
        "共青团",
    )
    assert opened[0] == 0, opened
    assert "--日期: 2026/9/1 → 2026-09-01" in opened[1]
    assert run("advance", "甲", "谈话", "--on", "2026.9.20", "--talkers", "职务=支部书记")[0] == 0
    assert "甲" in run("list", "--standing", "入党申请人")[1]
    assert run("list", "--standing", "党")[0] == 2
    assert run("advance", "甲", "支部大会讨论", "--on", "2026-10-01") == (
        2,
        "程序: “支部大会讨论”可以指15 支部大会讨论接收、23 支部大会讨论转正，请用序号指明\n",
    )


def test_synonyms_are_no_part_of_a_rulebook(tmp_path: Path) -> None:
    """Another word for a code changes no content hash; a code that nothing has is a fault with the file's name."""
    before = [book.content_hash for book in EDITIONS.rulebooks]
    change = [
        {"file": "synonyms.toml", "find": "[act]", "write": "[act]\n"},
        {"file": "synonyms.toml", "find": '"申请人"', "write": '"申请者"'},
    ]
    shelf = breaking.changed(breaking.copied(tmp_path), change)
    after = recruitment.load_rulebooks(shelf)
    assert [book.content_hash for book in after.rulebooks] == before
    assert after.synonyms.codes("申请者", ("applicant", "activist")) == ("applicant",)
    breaking.changed(shelf, [{"file": "synonyms.toml", "find": "activist =", "write": "activst ="}])
    assert breaking.faults(shelf)[0] == [
        "synonyms.toml: word: 'activst' is no word of vocabulary.toml; did you mean activist?"
    ]


# ------------------------------------------------------------------------------------------- days

DAYS = [
    ("2026-9-1", date(2026, 9, 1)),
    ("2026.9.1", date(2026, 9, 1)),
    ("2026/9/1", date(2026, 9, 1)),
    ("20260901", date(2026, 9, 1)),
    ("2026年9月1日（星期二）", date(2026, 9, 1)),
    ("2026年9月1日 周二", date(2026, 9, 1)),
    ("２０２６年９月１日", date(2026, 9, 1)),
    ("2026.9.1.", date(2026, 9, 1)),
    ("2026-09-01。", date(2026, 9, 1)),
    ("2026-09-01 00:00", date(2026, 9, 1)),
    ("二〇二六年九月一日", date(2026, 9, 1)),
    ("2026.9", Month(2026, 9)),
    ("2026年9月份", Month(2026, 9)),
    ("2026年9月上旬", Month(2026, 9)),
    ("202609", Month(2026, 9)),
    ("2023.12.6-2023.12.10", DayRange(date(2023, 12, 6), date(2023, 12, 10))),
    ("2023-12-06 ~ 2023-12-10", DayRange(date(2023, 12, 6), date(2023, 12, 10))),
    ("2024.11.5-11.8", DayRange(date(2024, 11, 5), date(2024, 11, 8))),
    ("2024.11.5—8", DayRange(date(2024, 11, 5), date(2024, 11, 8))),
    ("2024年11月5日至8日", DayRange(date(2024, 11, 5), date(2024, 11, 8))),
    ("2024年12月30日至2025年1月2日", DayRange(date(2024, 12, 30), date(2025, 1, 2))),
    ("20241105-20241108", DayRange(date(2024, 11, 5), date(2024, 11, 8))),
    *(
        (text, None)
        for text in ("无", "—", "——", "-", "/", "未", "未到期", "正在培养", "暂无", "待定", "拟2026年6月", "N/A", "×")
    ),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[text for text, _ in DAYS])
def test_a_day_is_read_as_people_write_it(text: str, day: object) -> None:
    """Every way of writing a day, a month, two days, or that there is none, is understood as it is meant."""
    assert read_written_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "26.9.1",
        "2026-02-30",
        "2026",
        "2026-09-01 08:30",
        "昨天",
        "2026-03-01-08",
        "2026.1",
        "2026.9.8-2026.9.1",
    ],
)
def test_what_is_no_day_for_certain_is_refused_with_a_reason(text: str) -> None:
    """What can be read in two ways, or in none, is answered with a sentence."""
    with pytest.raises(BadInput) as found:
        parse_option(text, date, "--on")
    assert text in found.value.zh


def test_a_ballot_keeps_its_numbers() -> None:
    """Counts may carry 人 or 票; what is no number is left for the reader to refuse."""
    assert merged("ballot", ("应到=12人，赞成=10票",), "admission_meeting") == {"should_attend": 12, "for": 10}
    assert set(merged("ballot", ("应到=十二",), "admission_meeting")) <= set(fields_of(Ballot))
