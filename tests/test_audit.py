"""The audit: whole files judged as they stand, however wrong, from every source and in every form."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_against_oracle import journeys
from test_shifted import ANSWERS

from recruitment import Ledger, Office, judge, load_rulebooks, open_case
from recruitment.audit import report_data as audit_lines
from recruitment.audit import schema
from recruitment.audit.catalogue import load_practice
from recruitment.audit.file_audit import audit_file
from recruitment.audit.practice import Repeats
from recruitment.audit.report_data import ReportLine, Scope, Teller, Totals, Unread, line_of
from recruitment.audit.running import audit
from recruitment.audit.xlsx_report import FORMULA_SIGNS
from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.cli.main import cli
from recruitment.engine.findings import Asked, Check, Finding
from recruitment.formats.dossier import documents as dossier
from recruitment.formats.dossier import streams
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.formats.dossier.streams import Ids, pieces, read_piece
from recruitment.presentation.findings import remedies
from recruitment.presentation.findings.sentences import NOTES
from recruitment.record.acts import Act, File
from recruitment.rulebooks.locate import dossiers_folder

ROOT = Path(__file__).parents[1]
EDITIONS = load_rulebooks()
TODAY = date(2026, 11, 22)
AUDITED = date(2028, 12, 31)
FILE, ACTS = dossier.read_path(str(dossiers_folder().joinpath("regular.json")))[0]
WORKED, WORKED_ACTS = dossier.read_path(str(dossiers_folder().joinpath("worked-2026.json")))[0]
REGULAR = json.loads(dossiers_folder().joinpath("regular.json").read_text("utf-8"))
FORMAT = REGULAR["format"]
KEYS = {
    "rule", "act", "index", "on", "force", "value", "article", "edition", "compared", "first_day", "last_day",
    "reason", "on_trust", "as_it_was", "policies", "provisional", "zh", "en", "remedy",
}  # fmt: skip
SCHEMA = jsonschema.Draft202012Validator(schema.audit_schema(), format_checker=jsonschema.FormatChecker())


def acts_of(*data: dict[str, Any]) -> list[Act]:
    """Acts from plain data."""
    return [read_act(one) for one in data]


def unmet(file: File, acts: list[Act] | tuple[Act, ...], today: date = TODAY) -> list[tuple[int | None, str]]:
    """What an audit finds unmet, by place and rule."""
    return [
        (f.index, f.rule.code) for f in audit_file(EDITIONS, file, acts, today=today).findings if f.value == "unmet"
    ]


# ------------------------------------------------------------------------------------------- the examples


def test_the_regular_file_audits_clean() -> None:
    """No unmet rule and no unknown bar; the standing is that of a full member."""
    found = audit_file(EDITIONS, FILE, ACTS, today=TODAY)
    assert (found.clean, found.standing, found.end, found.acts, found.branch) == (
        True,
        "full",
        None,
        27,
        "示例第一党支部",
    )
    assert [f.rule.code for f in found.findings if f.value == "unmet"] == []
    assert [f.rule.code for f in found.findings if f.value == "unknown" and f.force == "bar"] == []


def test_the_worked_example_has_its_nine_faults_and_the_rest_is_unknown() -> None:
    """Exactly the nine faults that the example states, each with its day; whatever else is not met is unknown."""
    found = audit_file(EDITIONS, WORKED, WORKED_ACTS, today=AUDITED)
    told = [f for f in found.findings if f.value == "unmet"]
    assert sorted((f.act, f.rule.code) for f in told) == sorted((act, code) for act, code, _, _ in ANSWERS)
    for act, code, what, answer in ANSWERS:
        (finding,) = [f for f in told if (f.act, f.rule.code) == (act, code)]
        assert getattr(finding.check, what) == answer
    assert len([f for f in found.findings if f.value == "unknown"]) > 50
    assert not found.clean


# ------------------------------------------------------------------------------------------- whole wrong files


def test_the_acts_of_a_file_backwards_are_judged_to_the_end() -> None:
    """Entered from last to first, every act is judged, most for its order, and nothing is raised."""
    backwards = tuple(reversed(ACTS))
    found = audit_file(EDITIONS, FILE, backwards, today=TODAY)
    assert {f.index for f in found.findings if f.index is not None} == set(range(27))
    assert len([f for f in found.findings if f.rule.code == "order" and f.value == "unmet"]) > 20
    assert found.acts == 27


@given(st.permutations(list(ACTS)), st.integers(1, 27))
@settings(max_examples=40, deadline=None)
def test_any_order_of_acts_is_judged_and_told_in_order(acts: list[Act], number: int) -> None:
    """However the acts stand, every one has its findings, act by act, the same each time; every one has a remedy."""
    found = audit_file(EDITIONS, FILE, acts[:number], today=TODAY)
    places = [f.index for f in found.findings if f.index is not None]
    assert places == sorted(places)
    assert set(places) == set(range(number))
    assert [f.index for f in found.findings[len(places) :]] == [None] * (len(found.findings) - len(places))
    assert audit_file(EDITIONS, FILE, acts[:number], today=TODAY) == found
    for finding in found.findings:
        words = remedies.remedy(finding, EDITIONS.named(finding.edition))
        assert words.zh.endswith("。")
        assert words.en.endswith(".")


def test_a_second_record_of_an_act_is_once() -> None:
    """Of two talks the first stands, and the second is found."""
    talk = {"act": "talk", "on": "2022-09-21"}
    acts = [*ACTS[:2], *acts_of(talk), *ACTS[2:]]
    assert unmet(FILE, acts) == [(2, "once")]


def test_an_act_after_the_end_is_found_and_the_file_stays_ended() -> None:
    """What comes after a withdrawal has no place; nothing falls due in a file that has ended."""
    acts = [*ACTS[:3], *acts_of({"act": "withdraw", "on": "2022-12-10"}), *ACTS[3:5]]
    found = audit_file(EDITIONS, FILE, acts, today=TODAY)
    assert (found.standing, found.end) == ("ended", "withdrew")
    assert [(f.index, f.rule.code) for f in found.findings if f.value == "unmet"] == [(4, "order"), (5, "order")]


def test_acts_before_the_first_edition_are_said_to_be_so_once() -> None:
    """Of several acts before 2014 one unknown advice is told, and it is told without being asked for."""
    acts = acts_of({"act": "apply", "on": "2010-01-04"}, {"act": "talk", "on": "2010-01-05"})
    found = audit_file(EDITIONS, File(id="f-1", born=date(1980, 1, 1)), acts, today=TODAY)
    line = line_of(found, Scope(today=TODAY), Teller(EDITIONS))
    assert [(f["rule"], f["value"], f["force"]) for f in line.findings] == [("edition-unknown", "unknown", "advice")]
    assert found.clean


def test_a_file_that_names_no_edition_cannot_be_judged() -> None:
    """An edition that does not exist is bad input, in one sentence."""
    with pytest.raises(BadInput, match="there is no edition 2025"):
        audit_file(EDITIONS, File(id="f-1", edition="2025"), ACTS, today=TODAY)


# ------------------------------------------------------------------------------------------- limits that have passed


@pytest.mark.parametrize(
    ("acts", "today", "passed"),
    [
        (1, date(2022, 10, 2), []),
        (1, date(2022, 10, 3), [("talk", "talk-within-1-month", date(2022, 10, 2))]),
        (5, date(2023, 6, 5), []),
        (5, date(2023, 6, 6), [("inspection", "inspection-every-half-year", date(2023, 6, 5))]),
        (17, date(2024, 8, 20), []),
        (17, date(2024, 8, 21), [("admission_approval", "approval-within-3-months", date(2024, 8, 20))]),
        (17, date(2024, 11, 20), [("admission_approval", "approval-within-3-months", date(2024, 8, 20))]),
        (
            17,
            date(2024, 11, 21),
            [
                ("admission_approval", "approval-within-3-months", date(2024, 8, 20)),
                ("admission_approval", "approval-within-6-months", date(2024, 11, 20)),
            ],
        ),
        (26, date(2025, 8, 21), []),
    ],
)
def test_a_limit_that_has_passed_is_found(acts: int, today: date, passed: list[tuple[str, str, date]]) -> None:
    """A duty whose last day is over and whose act is not there is unmet, without an index; no bar is broken by that."""
    found = audit_file(EDITIONS, FILE, ACTS[:acts], today=today)
    without = [f for f in found.findings if f.index is None]
    assert [(f.act, f.rule.code, f.check.last_day) for f in without] == passed
    assert {f.value for f in without} <= {"unmet"}
    assert all(f.on == today for f in without)


def test_what_a_record_that_is_not_whole_does_not_hold_is_unknown() -> None:
    """The same limit is unknown where the record does not claim to be whole."""
    file = File(id="f-1", complete=False)
    found = audit_file(EDITIONS, file, acts_of({"act": "apply", "on": "2024-01-02"}), today=TODAY)
    (talk,) = [f for f in found.findings if f.index is None]
    assert (talk.rule.code, talk.value, talk.check.lacks) == ("talk-within-1-month", "unknown", ("talk",))
    assert "talk with the applicant" in remedies.remedy(talk, EDITIONS.rulebooks[-1]).en


# ------------------------------------------------------------------------------------------- corrections


def test_a_corrected_file_is_judged_as_it_stands() -> None:
    """A late talk set right leaves no fault; each entry keeps its number; the correction itself is judged too."""
    acts = [*ACTS, *acts_of({"act": "correct", "on": "2026-01-05", "index": 1, "with": None, "reason": "重复"})]
    late = read_act({"act": "talk", "on": "2022-11-25"})
    acts[1] = late
    assert (1, "talk-within-1-month") in unmet(FILE, acts[:-1])
    right = {"act": "talk", "on": "2022-09-20"}
    corrected = [
        *acts[:-1],
        *acts_of({"act": "correct", "on": "2026-01-05", "index": 1, "with": right, "reason": "笔误"}),
    ]
    assert unmet(FILE, corrected) == []
    found = audit_file(EDITIONS, FILE, corrected, today=TODAY)
    assert {f.rule.code for f in found.findings if f.index == 27} >= {"not-in-future"}
    assert found.acts == 27


def test_what_was_struck_out_is_not_judged() -> None:
    """A second talk that was struck out has no finding, and the places after it stay."""
    twice = [*ACTS[:2], *acts_of({"act": "talk", "on": "2022-09-21"}), *ACTS[2:]]
    strike = acts_of({"act": "correct", "on": "2026-01-05", "index": 2, "with": None, "reason": "重复"})
    found = audit_file(EDITIONS, FILE, [*twice, *strike], today=TODAY)
    assert [f.rule.code for f in found.findings if f.value == "unmet"] == []
    assert {f.index for f in found.findings if f.index is not None} == set(range(29)) - {2}


def test_a_corrected_fact_counts_from_the_start() -> None:
    """A date of birth set right makes the application lawful."""
    young = File(id="f-1", born=date(2006, 9, 2))
    acts = acts_of({"act": "apply", "on": "2024-09-01"})
    assert (0, "age-18") in unmet(young, acts, date(2024, 9, 3))
    fact = {"act": "correct", "on": "2024-09-03", "field": "born", "with": "2006-08-02", "reason": "身份证"}
    assert unmet(young, [*acts, *acts_of(fact)], date(2024, 9, 3)) == []


def test_the_audit_of_a_corrected_ledger_is_what_the_ledger_says(tmp_path: Path) -> None:
    """After a correction the audit finds what the office holds against the file as it stands."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        assert office.import_files([(FILE, ACTS)], today=TODAY).written
        late = {"act": "talk", "on": "2022-11-25"}
        act = read_act({"act": "correct", "on": "2026-11-22", "index": 1, "with": late, "reason": "笔误"})
        assert office.advance(FILE.id, act, today=TODAY).recorded
        held = {(f.index, f.rule.code) for f in office.current_findings(FILE.id) if f.value == "unmet"}
        case = office.case(FILE.id)
        assert set(unmet(case.as_opened, case.entries)) == held == {(1, "talk-within-1-month")}


def test_a_correction_of_nothing_cannot_be_judged() -> None:
    """A correction that names no entry is bad input."""
    wrong = acts_of({"act": "correct", "on": "2026-01-05", "index": 40, "with": None, "reason": "重复"})
    with pytest.raises(BadInput, match="no entry 40"):
        audit_file(EDITIONS, FILE, [*ACTS, *wrong], today=TODAY)


# ------------------------------------------------------------------------------------------- audit and door


def told(finding: Finding, *, whole: bool) -> tuple[Any, ...]:
    """What a finding says, but for how it came about.

    What a record that is not whole lacks at the door, the audit may find entered later: unknown there, unmet here.
    """
    value = "not met" if not whole and finding.rule.code == "order" and finding.value != "met" else finding.value
    return finding.index, finding.rule.code, finding.check.about, value, finding.force, finding.reason


@pytest.mark.slow
@given(journeys())
@settings(
    max_examples=150,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a journey is long to make shorter, and is readable as it is
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_audit_and_door_agree(journey: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    """What the door accepted the audit finds as it was recorded, no bar unmet or unknown; what it refused is named."""
    today = date(2199, 12, 31)
    facts, asked = journey
    file, _ = read_file({**facts, "acts": []})
    case, accepted, recorded = open_case(EDITIONS, file), list[Act](), list[Finding]()
    for data in asked:
        act = read_act(data)
        ruling = judge(EDITIONS, case, act, today=today)
        if ruling.admitted:
            recorded += ruling.findings
            accepted.append(act)
            case = ruling.following(EDITIONS)
            continue
        found = audit_file(EDITIONS, file, [*accepted, act], today=today)
        named = {(f.rule.code, f.value) for f in found.findings if f.index == len(accepted)}
        assert {(f.rule.code, f.value) for f in ruling.barring} <= named, data
    found = audit_file(EDITIONS, file, accepted, today=today)
    on_acts = [f for f in found.findings if f.index is not None]
    assert [told(f, whole=file.complete) for f in on_acts] == [told(f, whole=file.complete) for f in recorded]
    # Of the acts that are missing by the end of time, a lapsed result is said; of those that are there none bars.
    assert [f.rule.code for f in on_acts if f.bars and f.force == "bar"] == []
    assert found.case == case


# ------------------------------------------------------------------------------------------- practice


def practised(*files: dict[str, Any], tmp_path: Path) -> list[list[tuple[int | None, str]]]:
    """What practice finds in each file of a document."""
    path = tmp_path / "files.json"
    path.write_text(json.dumps({"format": FORMAT, "files": files}), encoding="utf-8")
    lines = audit([str(path)], Scope(today=TODAY, practice=True))
    return [
        [(f["index"], f["rule"]) for f in line.findings if f["rule"].startswith("practice-")]
        for line in lines
        if isinstance(line, ReportLine)
    ]


def test_practice_is_found_only_on_request(tmp_path: Path) -> None:
    """Several steps on one day, a day of rest, a talk on the day of the application: advice, and only with practice."""
    acts = [{"act": "apply", "on": "2024-01-07"}, {"act": "talk", "on": "2024-01-07"}]
    file = {"id": "f-1", "acts": acts}
    assert practised(file, tmp_path=tmp_path) == [
        [
            (0, "practice-rest-day"),
            (1, "practice-same-day-talk"),
            (1, "practice-same-day-steps"),
            (1, "practice-rest-day"),
        ]
    ]
    (plain,) = audit([str(tmp_path / "files.json")], Scope(today=TODAY))
    assert isinstance(plain, ReportLine)
    assert not [f for f in plain.findings if f["force"] == "advice"]
    later = {"id": "f-2", "acts": [acts[0], {"act": "talk", "on": "2024-01-08"}]}
    assert practised(later, tmp_path=tmp_path) == [[(0, "practice-rest-day")]]


def test_advice_of_the_rulebooks_is_told_with_practice_alone(tmp_path: Path) -> None:
    """A conclusion older than the replies it rests on is no breach: the file is clean, and practice tells it."""
    file = json.loads(json.dumps(REGULAR["files"][0]))
    review = next(act for act in file["acts"] if act["act"] == "political_review")
    review |= {"concluded": "2024-03-27"}
    path = tmp_path / "files.json"
    path.write_text(json.dumps({"format": FORMAT, "files": [file]}), encoding="utf-8")
    for practice in (False, True):
        (line,) = audit([str(path)], Scope(today=TODAY, practice=practice))
        assert isinstance(line, ReportLine)
        assert line.clean
        assert ("conclusion-after-replies" in [f["rule"] for f in line.findings]) is practice


def test_intervals_that_repeat_themselves_in_a_branch_are_found(tmp_path: Path) -> None:
    """The second file of a branch with the same days between its acts is found; one of another branch is not."""
    file = REGULAR["files"][0]
    other = {**file, "id": "3", "branch": {"name": "示例第九党支部"}}
    found = practised(file, {**file, "id": "2"}, other, tmp_path=tmp_path)
    same = [[code for _, code in one if code == "practice-identical-intervals"] for one in found]
    assert same == [[], ["practice-identical-intervals"], []]


def test_the_memory_of_intervals_is_bounded() -> None:
    """Only the latest branches and the latest patterns of a branch are remembered."""
    repeats = Repeats(branches=2, patterns=2)
    assert repeats.first("a", b"1", "f-1") is None
    assert repeats.first("a", b"1", "f-2") == "f-1"
    assert [repeats.first("a", pattern, "f-3") for pattern in (b"2", b"3")] == [None, None]
    assert repeats.first("a", b"1", "f-4") is None
    assert [repeats.first(branch, b"1", "f-5") for branch in ("b", "c")] == [None, None]
    assert repeats.first("a", b"1", "f-6") is None
    assert repeats.first(None, b"1", "f-7") is None


BY_THE_BRANCH_REGULATIONS = {
    "branch-under-three-members": "2",
    "committee-missing": "6",
    "committee-not-needed": "6",
    "committee-size": "6",
}


def test_practice_is_data_with_words_and_source() -> None:
    """Every rule of practice is advice, cites practice or what a branch must be, and says itself in both languages."""
    practice = load_practice(EDITIONS)
    found = [*practice.rules, *(pattern.rule for pattern in practice.patterns)]
    assert sorted(rule.code for rule in found) == [
        "applied-long-before",
        "branch-under-three-members",
        "committee-missing",
        "committee-not-needed",
        "committee-size",
        "inspection-on-decision-day",
        "practice-identical-intervals",
        "practice-rest-day",
        "practice-same-day-steps",
        "practice-same-day-talk",
        "reports-a-day-apart",
        "same-person-twice",
        "talk-by-a-secretary",
    ]
    for one in found:
        chapter = BY_THE_BRANCH_REGULATIONS.get(one.code)
        cited = ("branch-2018", (f"chapter {chapter}",)) if chapter else ("practice", ())
        assert (one.force, one.citation.document, one.citation.articles) == ("advice", *cited)
        assert one.clause.zh
        assert one.clause.en


# ------------------------------------------------------------------------------------------- remedies


def test_every_note_has_a_remedy() -> None:
    """Whatever a check leaves as a note, and whatever the force, there is a sentence for it in both languages."""
    rulebook = EDITIONS.rulebooks[-1]
    one = next(r for r in rulebook.rules if r.code == "order")
    told = set()
    for note in (None, *NOTES):
        for value in ("unmet", "unknown", "met"):
            for force in ("bar", "duty", "usual", "advice"):
                for index in (3, None):
                    check = Check(
                        None, TODAY, TODAY, TODAY, None, TODAY if force == "duty" else None, ("talk",), note, "talk"
                    )
                    asked = Asked(rulebook.code, "activist", index, AUDITED)
                    finding = Finding(one, asked, force, value, check)
                    told.add(remedies.fault_kind(finding))
                    words = remedies.remedy(finding, rulebook)
                    assert "{" not in words.zh + words.en
    assert told <= set(remedies.REMEDIES)


# ------------------------------------------------------------------------------------------- streams


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
def test_a_document_in_pieces_is_what_it_is_as_a_whole(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the bytes come, the files are those that the reader of whole documents gives."""
    monkeypatch.setattr(streams, "CHUNK", chunk)
    files = [{**REGULAR["files"][0], "id": f"f-{n}", "name": '{"[\\'} for n in range(3)]
    document = {"format": FORMAT, "files": files}
    texts = [json.dumps(document, indent=1).encode(), json.dumps(document, ensure_ascii=False).encode()]
    texts.append(b"\xef\xbb\xbf" + texts[0].replace(b"\n", b"\r\n"))
    lines = "\n".join(json.dumps(part, ensure_ascii=False) for part in ({"format": FORMAT}, *files)).encode()
    for text in (*texts, lines, lines + b"\n\n"):
        got = [read_piece(piece) for piece in pieces(io.BytesIO(text))]
        assert [faults for _, faults in got if faults] == []
        assert tuple(entry for entry, _ in got) == dossier.read(text)


@pytest.mark.parametrize(
    ("text", "good", "said"),
    [
        ("", 0, ["this is not JSON"]),
        ("[]", 0, ["is not an object"]),
        ("{}", 0, ["the key format is missing", "the key files is missing"]),
        ('{"format": "x", "files": []}', 0, ["is not a dossier"]),
        ('{"format": "FORMAT", "files": {}}', 0, ["is not a list"]),
        ('{"format": "FORMAT", "files": [{"id": "a", "id": "b", "acts": []}]}', 0, ["files[0].id: this key is writ"]),
        ('{"format": "FORMAT", "files": [{"id": "a", "act": []}]}', 0, ["files[0].act", "files[0]: the key acts"]),
        ('{"format": "FORMAT", "files": [], "files": []}', 0, ["files: this key is written twice"]),
        ('{"format": "FORMAT", "file": 1, "files": []}', 0, ["file: this key is not known here"]),
        ('{"format": "FORMAT", "files": [{"id": "a", "acts": []}, {"id": "b",}]}', 1, ["line 1, column"]),
        ('{"format": "FORMAT",\n "files": [{"id": "a", "acts": []}', 1, ["line 2, column 35"]),
        ('{"format": "FORMAT", "files": [{"id": "a", "acts": []}]} {}', 1, ["Extra data"]),
        ('{"format": "FORMAT", "files": [3, {"id": "a", "acts": []}]}', 1, ["files[0]: 3 is not an object"]),
        ('{"format": "FORMAT", "files": [{"id": "a", "acts": [], "born": NaN}]}', 0, ["files[0].born: NaN"]),
        ('{"format": "FORMAT", "files": [' + "[" * 90_000, 0, ["nested too deeply"]),
        ('{"format": "FORMAT"}\n{"id": "a", "acts": []}\n{\n{"id": "b", "acts": []}', 2, ["line 3, column"]),
        ('{"format": "FORMAT"}\n{"id": "a", "acts": [], "bron": 1}\n', 0, ["line 2: bron: this key is not known"]),
        ('{"format": "y"}\n{"id": "a", "acts": []}\n', 0, ["line 1: format"]),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(text: str, good: int, said: list[str]) -> None:
    """Each fault has its place, and good files before it, after it and between are read."""
    got = [read_piece(piece) for piece in pieces(io.BytesIO(text.replace("FORMAT", FORMAT).encode()))]
    assert len([entry for entry, _ in got if entry]) == good
    faults = [fault.words("en") for _, found in got for fault in found]
    for part in said:
        assert [fault for fault in faults if part in fault], faults


def test_bytes_that_are_no_text_are_named() -> None:
    """A byte that is not UTF-8 is named by its place, in a document and in a line."""
    document = b'{"format": "' + FORMAT.encode() + b'", "files": [{"id": "\xff", "acts": []}]}'
    ((_, faults),) = [read_piece(piece) for piece in pieces(io.BytesIO(document))]
    assert f"byte {document.index(0xFF) + 1} is not UTF-8" in faults[0].label.en
    lines = b'{"format": "' + FORMAT.encode() + b'"}\n{"id": "\xff", "acts": []}\n{"id": "a", "acts": []}\n'
    got = [read_piece(piece) for piece in pieces(io.BytesIO(lines))]
    assert [bool(entry) for entry, _ in got] == [False, True]


def test_a_file_without_end_is_not_taken_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, or a line, longer than a file may be ends the reading with a sentence."""
    monkeypatch.setattr(streams, "LARGEST_FILE", 1000)
    monkeypatch.setattr(streams, "CHUNK", 100)
    long = f'{{"format": "{FORMAT}", "files": [{{"id": "{"x" * 5000}'
    for text in (long, f'{{"format": "{FORMAT}"}}\n{{"id": "{"x" * 5000}"}}\n'):
        got = [read_piece(piece) for piece in pieces(io.BytesIO(text.encode()))]
        assert "longer than" in got[-1][1][0].label.en


def test_ids_are_unique_in_a_document() -> None:
    """The second file of an id is named with the place of the first; another document may have it, too."""
    ids = Ids()
    assert ids.doubled(0, "a", "files[0]") is None
    fault = ids.doubled(0, "a", "files[3]")
    assert fault is not None
    assert fault.words("en") == "files[3].id: 'a' is already the id of files[0]; give each file its own"
    assert ids.doubled(1, "a", "files[0]") is None
    ids.close()


# ------------------------------------------------------------------------------------------- the command

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in English on 2026-11-22 unless it says otherwise."""
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "regular.json").write_text(json.dumps(REGULAR), encoding="utf-8")

    def invoke(*arguments: str, given: str | None = None) -> Result:
        result = CliRunner().invoke(cli, ["audit", *arguments], input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def answer(result: Result) -> Any:
    """The JSON of an answer, held against the published schema."""
    found = json.loads(result.stdout)
    SCHEMA.validate(found)
    return found


def test_the_published_schema_is_todays() -> None:
    """docs/audit.schema.json is what the library says today, and a schema of its draft."""
    assert (ROOT / "docs" / "audit.schema.json").read_text("utf-8") == schema.audit_schema_text()
    jsonschema.Draft202012Validator.check_schema(schema.audit_schema())


def test_a_clean_file_is_exit_code_0(run: Run, tmp_path: Path) -> None:
    """The regular file: format, file, no unmet finding, totals, and exit code 0."""
    result = run(str(tmp_path / "regular.json"), "--json")
    found = answer(result)
    assert result.exit_code == 0
    assert list(found) == ["format", "files", "totals"]
    assert found["format"] == "member-development/audit/2"
    (file,) = found["files"]
    assert list(file) == ["id", "standing", "findings", "waiting"]
    assert file["waiting"] == []
    assert [(f["rule"], f["value"]) for f in file["findings"]] == [("deliberated-below", "unknown")]
    assert set(file["findings"][0]) == KEYS
    assert {key: found["totals"][key] for key in ("files", "clean", "unreadable", "unmet", "reasoned", "unknown")} == {
        "files": 1, "clean": 1, "unreadable": 0, "unmet": 0, "reasoned": 0, "unknown": 1,
    }  # fmt: skip


def test_the_worked_example_by_the_command(run: Run) -> None:
    """Nine unmet findings and the rest unknown, exit code 1; met ones only with --all."""
    path = str(dossiers_folder().joinpath("worked-2026.json"))
    result = run(path, "--today", "2028-12-31", "--format", "json")
    assert result.exit_code == 1
    found = answer(result)
    (file,) = found["files"]
    told = sorted((f["act"], f["rule"]) for f in file["findings"] if f["value"] == "unmet")
    assert told == sorted((act, code) for act, code, _, _ in ANSWERS)
    assert {f["value"] for f in file["findings"]} == {"unmet", "unknown"}
    everything = answer(run(path, "--today", "2028-12-31", "--json", "--all"))["files"][0]["findings"]
    assert {f["value"] for f in everything} == {"met", "unmet", "unknown"}
    rules = {row["rule"]: row for row in found["totals"]["rules"]}
    assert rules["talk-within-1-month"] == {
        "rule": "talk-within-1-month",
        "unmet": 1,
        "reasoned": 0,
        "waiting": 0,
        "unknown": 0,
    }
    assert found["totals"]["branches"] == [
        {
            "branch": "示例第二党支部",
            "files": 1,
            "clean": 0,
            "unmet": 9,
            "reasoned": 0,
            "waiting": 0,
            "unknown": found["totals"]["unknown"],
        }
    ]


def test_a_deviation_with_its_reason_stands_apart_and_is_clean(run: Run, tmp_path: Path) -> None:
    """Training a day short with a recorded reason: reasoned, not unmet, and the file is clean."""
    file = json.loads(json.dumps(REGULAR["files"][0]))
    training = next(act for act in file["acts"] if act["act"] == "training")
    training |= {"days": 2, "hours": 20, "reasons": {"training-length": "集中安排"}}
    (tmp_path / "one.json").write_text(json.dumps({"format": FORMAT, "files": [file]}), encoding="utf-8")
    result = run(str(tmp_path / "one.json"), "--json")
    assert result.exit_code == 0
    found = answer(result)
    assert [(f["rule"], f["reason"]) for f in found["files"][0]["findings"] if f["value"] == "unmet"] == [
        ("training-length", "集中安排")
    ]
    assert (found["totals"]["unmet"], found["totals"]["reasoned"]) == (0, 1)
    assert "Deviations from what is usual (1)" in run(str(tmp_path / "one.json")).stdout


def test_what_is_wrong_is_reported_before_what_is_not_known(run: Run) -> None:
    """The totals first, then each file: bars, duties, deviations, and what is not known as one line or listed."""
    path = str(dossiers_folder().joinpath("worked-2026.json"))
    text = run(path, "--today", "2028-12-31").stdout
    heads = ["Files: 1;", "Not met: what bars the act (4)", "time limits and duties (4)", "what is usual (1)"]
    places = [text.index(part) for part in (*heads, "not known: 58")]
    assert places == sorted(places)
    assert "Not known (58)" not in text
    assert text.splitlines()[-1].strip() == "? not known: 58 (the record does not say; --unknown lists them)"
    listed = run(path, "--today", "2028-12-31", "--unknown").stdout
    assert "Not known (58)" in listed
    assert listed.count("Not known: ") == 58
    page = run(path, "--today", "2028-12-31", "--format", "html").stdout
    assert page.index("what is usual (1)") < page.index("<details>\n<summary>Not known (58)</summary>")


@pytest.mark.parametrize(
    ("row", "code", "clean"),
    [
        ("a,2022-09-01,2022-09-20,2022-12-05", 0, 1),
        ("a,2022-09-01,2022-10-20,2022-12-05", 1, 0),
        ("a,2022-09-01,2022-09-20,2022-09-19", 1, 0),
        ("a,2022-09-01,2022-09-20,2022-13-05", 1, 0),
    ],
)
def test_a_list_of_days_alone_is_judged_on_its_days(run: Run, tmp_path: Path, row: str, code: int, clean: int) -> None:
    """What a list does not hold is not known and no fault; a late day, a wrong order, a cell not read are faults."""
    path = tmp_path / "l.csv"
    path.write_text(f"编号,1,2,3\n{row}\n", encoding="utf-8")
    result = run(str(path), "--json", "--today", "2023-01-01")
    totals = answer(result)["totals"]
    assert (result.exit_code, totals["clean"], totals["waiting"], totals["days-alone"]) == (code, clean, 0, 1)
    assert totals["unknown"] > 3
    assert "1 of them come from a list of days alone" in " ".join(
        run(str(path), "--today", "2023-01-01").stdout.split()
    )


def test_a_folder_without_anything_to_audit_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """Empty, or with files of other kinds alone: it says so, and never that a file in it is to be named."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "a.txt").write_text("a", encoding="utf-8")
    result = run(str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "none: the folder holds no dossier, list or ledger; look at the path" in " ".join(result.stdout.split())


def test_a_folder_stands_for_what_is_in_it(run: Run, tmp_path: Path) -> None:
    """Files of its folders by their names, 第二 before 第十; hidden and half-written ones and other kinds are left."""
    row = "编号,党支部,1\n{},{},2022-09-01\n"
    for number, branch in enumerate(("第十党支部", "第二党支部", "第一党支部", "2支部", "10支部")):
        (tmp_path / branch).mkdir()
        (tmp_path / branch / "l.csv").write_text(row.format(f"f{number}", branch), encoding="utf-8")
    (tmp_path / "第一党支部" / "~$l.csv").write_text("编号,1\nx,1\n", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "l.csv").write_text("编号,1\nx,1\n", encoding="utf-8")
    (tmp_path / "说明.txt").write_text("说明", encoding="utf-8")
    (tmp_path / "regular.json").unlink()
    found = answer(run(str(tmp_path), "--json", "--today", "2022-09-10"))
    branches = [row["branch"] for row in found["totals"]["branches"]]
    assert branches == ["2支部", "10支部", "第一党支部", "第二党支部", "第十党支部"]
    assert [file["id"] for file in found["files"]] == ["f3", "f4", "f2", "f1", "f0"]
    out = tmp_path / "10支部" / "l.csv"
    refused = run(str(tmp_path), "--format", "html", "-o", str(out), "--force")
    assert refused.exit_code == 2
    assert out.read_text(encoding="utf-8").startswith("编号")


def test_a_list_with_evidence_is_judged_on_all_of_it(run: Run, tmp_path: Path) -> None:
    """One piece of evidence in a row, and what bars an act must be known there as anywhere."""
    path = tmp_path / "l.csv"
    path.write_text("编号,1,申请书收到日期,1:材料,2\na,2022-09-01,2022-09-01,入党申请书,2022-09-20\n", encoding="utf-8")
    result = run(str(path), "--json", "--today", "2023-01-01")
    totals = answer(result)["totals"]
    assert (result.exit_code, totals["clean"], totals["days-alone"]) == (1, 0, 0)


@pytest.mark.parametrize(("encoding", "good", "bad"), [("gbk", "√", "×"), ("ascii", "+", "x"), ("utf-8", "✓", "✗")])
def test_the_signs_of_right_and_wrong_differ_in_every_encoding(
    tmp_path: Path, encoding: str, good: str, bad: str
) -> None:
    """Where ✓ and ✗ cannot be written another sign of the same meaning stands, never the ? of what is not known."""
    path = tmp_path / "l.csv"
    path.write_text("编号,1,2\na,2022-09-01,2022-09-20\nb,2022-09-01,2022-10-20\n", encoding="utf-8")
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "recruitment", "audit", str(path), "--today", "2023-01-01", "--lang", "en"]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    lines = done.stdout.decode(encoding).splitlines()
    assert [line[:4] for line in lines if line[2:4] in ("a ", "b ")] == [f"{good} a ", f"{bad} b "]


BAD = [
    {"id": "a", "acts": [{"act": "apply", "on": "2024-01-02"}]},
    {"id": "b", "bron": 1, "acts": []},
    {"id": "a", "acts": []},
    {"id": "c", "edition": "2025", "acts": [{"act": "apply", "on": "2024-01-02"}]},
    {"id": "d", "acts": []},
]


@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_files_that_cannot_be_read_are_listed_and_the_others_judged(
    run: Run, tmp_path: Path, lines: bool, jobs: str
) -> None:
    """Bad files beside good ones, a path that is not there: exit code 2, each named, the good ones judged in order."""
    path = tmp_path / ("bad.jsonl" if lines else "bad.json")
    if lines:
        path.write_text("\n".join(json.dumps(part) for part in ({"format": FORMAT}, *BAD)), encoding="utf-8")
    else:
        path.write_text(json.dumps({"format": FORMAT, "files": BAD}), encoding="utf-8")
    paths = [str(path), str(tmp_path / "none.json"), str(tmp_path / "regular.json")]
    result = run(*paths, "--json", "--jobs", jobs)
    assert result.exit_code == 2
    found = answer(result)
    assert [file["id"] for file in found["files"]] == ["a", "d", "2022-0007"]
    totals = found["totals"]
    assert (totals["files"], totals["unreadable"]) == (3, 4)
    said = [f"{fault['where']}: {fault['en']}" for fault in totals["faults"]]
    for part, place in (
        ("bron", 3),
        ("is already the id of", 4),
        ("there is no edition 2025", 5),
        ("no such file", None),
    ):
        (one,) = [fault for fault in said if part in fault]
        where = "" if place is None else f"line {place}" if lines else f"files[{place - 2}]"
        assert where in one
        assert str(tmp_path) in one
    table = run(*paths, "--jobs", jobs, "--lang", "zh")
    assert table.exit_code == 2
    assert "没有这个文件" in table.stdout


def test_processes_give_what_one_gives(tmp_path: Path) -> None:
    """The lines of several processes are those of one, in the order of reading, over several chunks."""
    files = [{**REGULAR["files"][0], "id": f"f-{n}"} for n in range(120)]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"format": FORMAT, "files": files}), encoding="utf-8")
    scope = Scope(today=TODAY, practice=True)
    alone = list(audit([str(path)], scope))
    assert list(audit([str(path)], scope, jobs=2)) == alone
    assert [line.id for line in alone if isinstance(line, ReportLine)] == [file["id"] for file in files]


def test_a_ledger_is_audited_with_what_came_in_on_trust(run: Run, tmp_path: Path) -> None:
    """A ledger's files are judged; an unknown bar that was let through stays unknown and shows on whose word."""
    db = tmp_path / "ledger.db"
    with Ledger.open(db, create=True) as ledger:
        office = Office(ledger, EDITIONS)
        old = (File(id="old", complete=False), tuple(acts_of({"act": "apply", "on": "2024-01-02"})))
        assert office.import_files([(FILE, ACTS)], today=TODAY).written
        assert office.import_files([old], today=TODAY, on_trust="旧档").written
    before = db.read_bytes()
    result = run(str(db), "--json")
    found = answer(result)
    assert result.exit_code == 1
    assert [file["id"] for file in found["files"]] == ["2022-0007", "old"]
    trusted = {f["rule"]: f["on_trust"] for f in found["files"][1]["findings"] if f["force"] == "bar"}
    assert set(trusted) >= {"age-18", "right-organization", "application-in-writing"}
    assert {"旧档" in (reason or "") for reason in trusted.values()} == {True}
    assert answer(run("--json")) == found
    assert db.read_bytes() == before


def test_a_list_of_a_branch_is_audited(run: Run, tmp_path: Path) -> None:
    """A CSV by dates alone: what is not there is unknown, what contradicts itself is unmet; a bad row is named."""
    path = tmp_path / "list.csv"
    path.write_text("编号,1,2\nf-1,2024-01-02,2024-03-05\nf-2,2024-13-02,\n", encoding="utf-8")
    result = run(str(path), "--json")
    assert result.exit_code == 2
    found = answer(result)
    assert [file["id"] for file in found["files"]] == ["f-1"]
    assert [f["rule"] for f in found["files"][0]["findings"] if f["value"] == "unmet"] == ["talk-within-1-month"]
    assert len(found["totals"]["faults"]) == 1


def test_standard_input_is_read(run: Run) -> None:
    """A hyphen is a dossier on standard input."""
    result = run("-", "--json", given=json.dumps(REGULAR))
    assert [file["id"] for file in answer(result)["files"]] == ["2022-0007"]


def test_names_only_where_asked(run: Run, tmp_path: Path) -> None:
    """No form tells the name unless asked; then all do."""
    path = str(tmp_path / "regular.json")
    for form in ("table", "json", "html"):
        assert "申请人甲" not in run(path, "--format", form, "--all").stdout
        assert "申请人甲" in run(path, "--format", form, "--names").stdout
    for more in ((), ("--names",)):
        run(path, "--format", "xlsx", "-o", str(tmp_path / "out.xlsx"), "--force", *more)
        cells = [c.value for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx") for row in sheet.rows for c in row]
        assert ("申请人甲" in cells) is bool(more)


# ------------------------------------------------------------------------------------------- workbook and page

EVIL = {
    "id": "=1+1",
    "name": "@SUM(A1)",
    "branch": {"name": "+cmd|' /C calc'!A0"},
    "acts": [
        {"act": "apply", "on": "2024-01-02"},
        {"act": "training", "on": "2024-03-05", "days": 1, "hours": 1, "reason": "-2+3 <script>alert(1)</script>"},
    ],
}


@pytest.fixture
def evil(tmp_path: Path) -> str:
    """A file whose texts would be formulas, or markup."""
    path = tmp_path / "evil.json"
    path.write_text(json.dumps({"format": FORMAT, "files": [EVIL, {"id": "b", "bron": 1}]}), encoding="utf-8")
    return str(path)


def test_the_workbook_has_three_sheets_and_no_formula(run: Run, tmp_path: Path, evil: str) -> None:
    """Totals, files, findings, Chinese headings that stay in sight and filter; no text is a formula, days are days."""
    out = tmp_path / "out.xlsx"
    result = run(evil, "--format", "xlsx", "-o", str(out), "--names", "--lang", "zh")
    assert result.exit_code == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    rulebook = openpyxl.load_workbook(out)
    assert rulebook.sheetnames == ["总计", "档案", "审查发现"]
    totals, files, findings = rulebook.worksheets
    assert [cell.value for cell in totals[1]][1:4] == ["档案数", "合格", "待办"]
    assert isinstance(totals["B2"].value, int)
    day = [cell.value for cell in findings[1]].index("日期")
    days = [row[day] for row in findings.iter_rows(min_row=2)]
    assert {type(cell.value) for cell in days} == {datetime}
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}
    assert [cell.value for cell in files[1]][:4] == ["档案编号", "姓名", "党支部", "身份"]
    assert [cell.value for cell in files[2]][:3] == ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0"]
    assert files.cell(1, files.max_column).value == "无法读取"
    assert "bron" in files.cell(3, files.max_column).value
    texts = [cell for sheet in rulebook for row in sheet.rows for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} <= {"s", "inlineStr"}
    risky = [cell for cell in texts if cell.value.startswith(FORMULA_SIGNS)]
    assert len(risky) > 3
    assert {cell.quotePrefix for cell in risky} == {True}
    column = [cell.value for cell in findings[1]].index("记录的理由")
    assert "-2+3 <script>alert(1)</script>" in [row[column].value for row in findings.iter_rows(min_row=2)]
    for sheet in (files, findings):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert sheet.column_dimensions["A"].width >= 15


def test_the_page_is_whole_in_itself_and_escapes_every_text(run: Run, tmp_path: Path, evil: str) -> None:
    """One document without script, link or image; what a file holds is text in it; only its owner can read it."""
    out = tmp_path / "out.html"
    result = run(evil, "--format", "html", "-o", str(out), "--names", "--lang", "zh", "--all")
    assert result.exit_code == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    for part in ("<script", "<link", "<img", "<a ", "http://", "https://", "url(", "@import", " src=", "onload"):
        assert part not in page.lower(), part
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "@SUM(A1)" in page
    assert "@media print" in page


def test_what_stood_there_stays_until_the_report_is_whole(run: Run, tmp_path: Path) -> None:
    """A folder that is not there is one sentence and exit code 2; nothing half written is left behind."""
    result = run(str(tmp_path / "regular.json"), "--format", "html", "-o", str(tmp_path / "no" / "out.html"))
    assert result.exit_code == 2
    assert "there is no folder" in result.output
    assert run(str(tmp_path / "regular.json"), "--format", "xlsx").exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["regular.json"]


def test_the_totals_name_only_so_many_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults beyond the limit are counted and not kept."""
    monkeypatch.setattr(audit_lines, "MOST_FAULTS", 2)
    totals = Totals()
    for n in range(5):
        totals.unread(Unread((Fault(f"f{n}", Label(zh="zh", en="en")),)))
    assert (totals.unreadable, len(totals.faults), totals.code) == (5, 2, 2)


# ------------------------------------------------------------------------------------------- a process of its own

COMMAND = [sys.executable, "-c", "from recruitment.cli.main import main; main()", "audit"]


def test_an_answer_in_a_pipe_is_plain_and_a_reader_may_go(tmp_path: Path) -> None:
    """In a pipe there is no bar; where the reader goes away there is no complaint."""
    files = [{**REGULAR["files"][0], "id": f"f-{n}"} for n in range(60)]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"format": FORMAT, "files": files}), encoding="utf-8")
    environment = {**os.environ, "RECRUITMENT_TODAY": "2026-11-22", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([*COMMAND, str(path)], capture_output=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    with subprocess.Popen(
        [*COMMAND, str(path), "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1  # what was not told to its end is not known to be clean


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "html"])
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path, form: str) -> None:
    """Ten times the files take no more memory, but for what the allocator keeps."""
    code = (
        "import resource, sys; from recruitment.cli.main import cli; "
        "cli.main(['audit', sys.argv[1], '--format', sys.argv[2], '-o', sys.argv[3]], standalone_mode=False); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for count in (200, 2000):
        path = tmp_path / f"{count}.json"
        files = [{"id": f"f-{n}", "acts": REGULAR["files"][0]["acts"][:4]} for n in range(count)]
        path.write_text(json.dumps({"format": FORMAT, "files": files}), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), form, str(tmp_path / "out")],
            capture_output=True,
            check=True,
            env={**os.environ, "RECRUITMENT_TODAY": "2026-11-22"},
        )
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < peaks[0] * 1.15
