"""The command as its users meet it: what is printed, which exit code, and that bad input writes nothing."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from strategies import BALLOT, BRANCH_COMMITTEE, evidence

from recruitment.cli.main import COMMANDS, cli
from recruitment.rulebooks.locate import dossiers_folder

REGULAR = dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8")
WORKED = dossiers_folder().joinpath("worked-2026.json").read_text(encoding="utf-8")
FINDING = {
    "rule",
    "act",
    "index",
    "on",
    "force",
    "value",
    "article",
    "edition",
    "compared",
    "first_day",
    "last_day",
    "reason",
    "on_trust",
    "as_it_was",
    "policies",
    "provisional",
    "zh",
    "en",
}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on a ledger of its own, in English, on 2026-11-22 unless it says otherwise."""
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str, given: str | None = None) -> Result:
        result = CliRunner().invoke(cli, list(arguments), input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


def answer(result: Result) -> Any:
    """The JSON of an answer."""
    return json.loads(result.stdout)


@pytest.fixture
def opened(run: Run) -> Run:
    """A ledger with one file, opened on 2026-09-01."""
    result = run(
        "open", "f-1", "--born", "2001-05-04", "--branch", "name=示例第一党支部", "--on", "2026-09-01",
        "--tie", "study", "--unit", "with_organization", "--papers", "application_letter",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return run


@pytest.fixture
def regular(run: Run, tmp_path: Path) -> Run:
    """A ledger with the regular dossier."""
    (tmp_path / "regular.json").write_text(REGULAR, encoding="utf-8")
    result = run("import", str(tmp_path / "regular.json"))
    assert result.exit_code == 0, result.output
    return run


# ------------------------------------------------------------------------------------------- done


def test_the_regular_dossier_reaches_full_member(regular: Run) -> None:
    """Imported through the ledger, the regular file is a full member with no unmet rule and no unknown bar."""
    shown = answer(regular("show", "2022-0007", "--json"))
    assert shown["standing"] == "full"
    assert shown["end"] is None
    assert [p["number"] for p in shown["procedures"] if p["done"]] == list(range(1, 26))
    assert shown["dates"] == {
        "activist": "2022-12-05",
        "candidate": "2023-12-20",
        "admission": "2024-05-20",
        "end_of_probation": "2025-05-19",
        "conversion_counts_from": "2025-05-20",
        "extended_to": None,
    }
    assert shown["next"] == []
    assert shown["overdue"] == []
    history = answer(regular("history", "2022-0007", "--json"))
    findings = [finding for act in history["acts"] for finding in act["findings"]]
    assert len(history["acts"]) == 27
    assert all(set(finding) == FINDING for finding in findings)
    assert not [f for f in findings if f["value"] == "unmet"]
    assert not [f for f in findings if f["value"] == "unknown" and f["force"] == "bar"]


def test_the_worked_example_is_refused_where_it_should_be(run: Run, tmp_path: Path) -> None:
    """The worked example is refused as a whole, with every fault it is known for, and nothing is written."""
    (tmp_path / "worked.json").write_text(WORKED, encoding="utf-8")
    result = run("import", str(tmp_path / "worked.json"), "--today", "2028-12-31", "--json")
    assert result.exit_code == 1
    report = answer(result)
    assert report["written"] is False
    unmet = {(f["act"], f["rule"]) for file in report["files"] for f in file["findings"] if f["value"] == "unmet"}
    assert unmet == {
        ("activist", "order"),
        ("talk", "talk-within-1-month"),
        ("candidate", "cultivation-1-year"),
        ("candidate_filing", "publicity-5-workdays"),
        ("training", "training-length"),
        ("admission_meeting", "meeting-within-1-month"),
        ("admission_approval", "approval-within-3-months"),
        ("admission_approval", "approval-within-6-months"),
        ("conversion_approval", "conversion-approval-within-3-months"),
    }
    assert answer(run("list", "--json"))["files"] == []


def test_open_advance_and_what_comes_next(opened: Run) -> None:
    """An act that is recorded says what became possible and what falls due."""
    result = opened(
        "advance", "f-1", "talk", "--on", "2026-09-20", "--json", "--talkers", "role=branch_secretary",
        "--topics", "history,view,motive,law,family,introduced",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    said = answer(result)
    assert (said["recorded"], said["index"], said["edition"]) == (True, 1, "2026")
    assert [item["code"] for item in said["possible"]] == ["activist"]
    assert said["possible"][0]["papers"] == ["nomination_form", "minutes"]


def test_a_refusal_names_every_condition_and_the_first_day(opened: Run) -> None:
    """A refused act writes nothing and names each condition with its article, its days and its own first day."""
    opened("advance", "f-1", "talk", "--on", "2026-09-20")
    meeting = json.dumps(BRANCH_COMMITTEE)
    opened("advance", "f-1", "activist", "--on", "2026-10-07", "--nominated-by", "members", "--meeting", meeting)
    before = answer(opened("show", "f-1", "--json"))["acts"]
    result = opened("advance", "f-1", "candidate", "--on", "2026-11-01", "--json")
    assert result.exit_code == 1
    said = answer(result)
    assert said["recorded"] is False
    assert said["first_day"] is None, "no day alone would do while others are missing"
    unmet = {f["rule"]: f for f in said["findings"] if f["value"] == "unmet"}
    assert set(unmet) == {"order", "cultivation-1-year"}
    one_year = unmet["cultivation-1-year"]
    assert one_year["article"] == "12, 13"
    assert one_year["compared"] == {"anchor": "2026-10-07", "limit": "2027-10-07", "actual": "2026-11-01"}
    assert one_year["first_day"] == "2027-10-07"
    assert answer(opened("show", "f-1", "--json"))["acts"] == before == 3
    told = opened("advance", "f-1", "candidate", "--on", "2026-11-01")
    assert "Refused" in told.output
    assert "Counted from 2026-10-07 (start of cultivation), so lawful from 2027-10-07" in " ".join(told.output.split())
    assert "Another day alone is not enough: the other conditions above come first." in told.output


def test_why_writes_nothing_and_says_by_its_exit_code(opened: Run, tmp_path: Path) -> None:
    """`why` lists met and unmet alike, exits 1 where the act would be refused, and leaves the ledger as it was."""
    before = (tmp_path / "ledger.db").read_bytes()
    refused = opened("why", "f-1", "talk", "--on", "2026-08-30", "--json")
    assert refused.exit_code == 1
    assert answer(refused)["first_day"] == "2026-09-01"
    admitted = opened("why", "f-1", "2", "--on", "2026-09-20", "--json")
    assert admitted.exit_code == 0
    assert {f["value"] for f in answer(admitted)["findings"]} == {"met", "unknown"}
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_a_late_duty_is_recorded_and_shown(opened: Run) -> None:
    """A duty that is late is recorded with its breach, which `show` and `history` keep."""
    result = opened("advance", "f-1", "talk", "--on", "2026-10-02", "--json")
    assert result.exit_code == 0
    late = [f for f in answer(result)["findings"] if f["rule"] == "talk-within-1-month"]
    assert [(f["value"], f["last_day"]) for f in late] == [("unmet", "2026-10-01")]
    assert [f["rule"] for f in answer(opened("show", "f-1", "--json"))["breaches"]] == ["talk-within-1-month"]


def test_what_is_overdue_is_said(opened: Run) -> None:
    """A talk that was not held in time is overdue in `show` and counted in `list`."""
    shown = answer(opened("show", "f-1", "--json", "--today", "2026-10-02"))
    assert [(due["rule"], due["last_day"]) for due in shown["overdue"]] == [("talk-within-1-month", "2026-10-01")]
    on_time = answer(opened("show", "f-1", "--json", "--today", "2026-10-01"))
    assert on_time["overdue"] == []
    assert [due["rule"] for due in on_time["due"]] == ["talk-within-1-month"]
    assert "talk-within-1-month" in opened("list", "--today", "2026-10-02").output


def test_the_moved_file_is_a_conflict(opened: Run) -> None:
    """`--expected` with another number of acts is exit code 3 and writes nothing."""
    result = opened("advance", "f-1", "talk", "--on", "2026-09-20", "--expected", "5")
    assert result.exit_code == 3
    assert "try again" in result.output
    assert answer(opened("show", "f-1", "--json"))["acts"] == 1


def test_the_same_act_twice_is_refused_by_once(opened: Run) -> None:
    """The same act a second time is refused, with `once`."""
    assert opened("advance", "f-1", "talk", "--on", "2026-09-20").exit_code == 0
    again = opened("advance", "f-1", "talk", "--on", "2026-09-20", "--json")
    assert again.exit_code == 1
    assert "once" in [f["rule"] for f in answer(again)["findings"] if f["value"] == "unmet"]


def test_both_languages(opened: Run) -> None:
    """`--lang` and the locale choose the language of everything that is said."""
    assert "入党申请人" in opened("show", "f-1", "--lang", "zh").output
    assert "Standing: applicant" in opened("show", "f-1", "--lang", "en").output
    assert "没有" in opened("show", "f-2", "--lang", "zh").output


def test_a_language_is_asked_for_one_command_line(opened: Run) -> None:
    """What one command line asks for by --lang the next one does not speak, and no variable of the process keeps it."""
    before = dict(os.environ)
    assert "申请人" in opened("show", "f-1", "--lang", "zh").output
    assert "applicant" in opened("show", "f-1").output
    assert "用法" in opened("show", "--help", "--lang", "zh").output
    assert "Usage" in opened("show", "--help").output
    assert {name for name, value in os.environ.items() if before.get(name) != value} <= {"LANGUAGE"}


def test_evidence_from_json_and_from_standard_input(opened: Run, tmp_path: Path) -> None:
    """Evidence may come as one JSON object, from a file or from standard input; options stand over it."""
    data = {"topics": ["history"], "talkers": [{"role": "member"}]}
    (tmp_path / "evidence.json").write_text(json.dumps(data), encoding="utf-8")
    topics = "history,view,motive,law,family,introduced"
    result = opened(
        "advance", "f-1", "talk", "--on", "2026-09-20", "--evidence", str(tmp_path / "evidence.json"),
        "--topics", topics, "--json",
    )  # fmt: skip
    assert [f["value"] for f in answer(result)["findings"] if f["rule"] == "talk-topics"] == ["met"]
    piped = json.dumps({"on": "2026-10-07", "nominated_by": ["members"], "meeting": BRANCH_COMMITTEE})
    assert opened("advance", "f-1", "activist", "--evidence", "-", given=piped).exit_code == 0


def test_round_trip_through_the_command(regular: Run, tmp_path: Path) -> None:
    """Export, import into another ledger, export again: the same bytes."""
    first = regular("export").stdout
    (tmp_path / "out.json").write_text(first, encoding="utf-8")
    other = str(tmp_path / "other.db")
    assert regular("import", str(tmp_path / "out.json"), "--db", other).exit_code == 0
    assert regular("export", "--db", other).stdout == first
    again = regular("import", str(tmp_path / "out.json"), "--json")
    assert (again.exit_code, answer(again)["added"]) == (0, 0)


def test_names_are_shown_only_where_asked(regular: Run) -> None:
    """The name of an applicant stands in no listing, table or picture unless somebody asks for it."""
    for command in (
        ["show", "2022-0007"],
        ["list"],
        ["history", "2022-0007"],
        ["diagram", "2022-0007", "--format", "dot"],
    ):
        assert "申请人甲" not in regular(*command).output, command
    assert "申请人甲" in regular("show", "2022-0007", "--names").output
    history = regular("history", "2022-0007", "--json").output
    assert "党员乙" not in history
    assert "示例第一党支部" in history
    assert "党员乙" in regular("history", "2022-0007", "--json", "--names").output
    assert regular("correct", "2022-0007", "--fact", "name=申请人丙", "--why", "笔误").exit_code == 0
    assert "申请人丙" not in regular("history", "2022-0007", "--json").output


def test_a_terminal_shows_the_names_of_its_own_branch(regular: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name comes first in the branch's own tables; --no-names takes it away; neither JSON nor pictures have it."""
    own: tuple[list[str], ...] = (["show", "2022-0007"], ["list"], ["due"], ["agenda"])

    def at_terminal(*words: str) -> str:
        """What a person at a terminal reads: the runner's own stream says that it is one."""
        with monkeypatch.context() as patch:
            patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
            return regular(*words).output

    assert "申请人甲 2022-0007" in at_terminal("show", "2022-0007").splitlines()[0]
    assert re.search(r"申请人甲 +2022-0007 ", at_terminal("list"))
    for command in own:
        assert "申请人甲" not in at_terminal(*command, "--no-names"), command
        assert "申请人甲" not in at_terminal(*command, "--json"), command
    assert "申请人甲" not in at_terminal("diagram", "2022-0007", "--format", "dot")


def test_on_trust(run: Run, tmp_path: Path) -> None:
    """A file that is not complete is taken only on trust; its unknown bars stay unknown and say so."""
    file = {
        "id": "old-1",
        "complete": False,
        "acts": [{"act": "apply", "on": "2019-03-01"}, {"act": "activist", "on": "2019-06-01"}],
    }
    document = {"format": "member-development/dossier/1", "files": [file]}
    (tmp_path / "old.json").write_text(json.dumps(document), encoding="utf-8")
    assert run("import", str(tmp_path / "old.json")).exit_code == 1
    result = run("import", str(tmp_path / "old.json"), "--on-trust", "2019年纸质档案")
    assert result.exit_code == 0, result.output
    shown = answer(run("show", "old-1", "--json"))
    assert shown["standing"] == "activist"
    assert [p["code"] for p in shown["procedures"] if p["done"] is None] == ["talk"]
    assert {f["value"] for f in shown["on_trust"]} == {"unknown"}
    assert {f["on_trust"] for f in shown["on_trust"]} == {"2019年纸质档案"}


def test_a_dry_run_makes_no_ledger(run: Run, tmp_path: Path) -> None:
    """`import --dry-run` judges and writes nothing, not even an empty ledger."""
    (tmp_path / "regular.json").write_text(REGULAR, encoding="utf-8")
    result = run("import", str(tmp_path / "regular.json"), "--dry-run")
    assert result.exit_code == 0
    assert not (tmp_path / "ledger.db").exists()


def test_rules_can_be_looked_up(run: Run) -> None:
    """`rules` gives each rule with its document, article, clause, and when it was checked."""
    found = answer(run("rules", "cultivation-1-year", "--json"))["rules"]
    assert [(rule["edition"], rule["article"]) for rule in found] == [("2014", "12, 13"), ("2026", "12, 13")]
    assert all(rule["checked_on"] and rule["checked_against"] for rule in found)
    assert "did you mean cultivation-1-year?" in run("rules", "cultivation-1-yaer").output
    assert run("rules", "--check").exit_code == 0


def test_demo_never_touches_the_ledger(run: Run, tmp_path: Path) -> None:
    """The demo walks to full member in a folder of its own, shows one refusal, and draws a picture beside it."""
    result = run("demo", "--into", str(tmp_path / "demo"), "--json")
    assert result.exit_code == 0, result.output
    said = answer(result)
    assert said["standing"] == "full"
    assert said["refusal"]["admitted"] is False
    assert Path(said["picture"]).exists()
    assert not (tmp_path / "ledger.db").exists()
    assert run("demo", "--into", str(tmp_path / "demo")).exit_code == 2


def test_files_are_written_for_their_owner_only(regular: Run, tmp_path: Path) -> None:
    """Ledger, export and picture can be read by nobody else."""
    regular("export", "-o", str(tmp_path / "out.json"))
    regular("diagram", "2022-0007", "-o", str(tmp_path / "out.dot"))
    for name in ("ledger.db", "out.json", "out.dot"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


# ------------------------------------------------------------------------------------------- bad input

BAD: list[tuple[list[str], str]] = [
    (["advance", "f-1", "tlak", "--on", "2026-09-20"], "did you mean talk?"),
    (["advance", "f-2", "talk", "--on", "2026-09-20"], "did you mean f-1?"),
    (["advance", "f-1", "talk"], "say the day on which the act was done"),
    (["advance", "f-1", "talk", "--on", "2023-02-30"], "'2023-02-30' is not a day of the calendar"),
    (["advance", "f-1", "talk", "--on", "0001-01-01"], "0001-01-01 is outside 1921-01-01 to 2199-12-31"),
    (["advance", "f-1", "talk", "--on", "9999-12-31"], "9999-12-31 is outside"),
    (["advance", "f-1", "talk", "--on", "２０２６-09"], "gives a year and a month without a day"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--topics", "histroy"], "did you mean history?"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--ballot", "for=1"], "this key is not known here"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--outcome", "passed"], "outcome"),
    (["advance", "f-1", "conversion_meeting", "--on", "2026-09-20"], "outcome"),
    (["advance", "f-1", "admission_meeting", "--on", "2026-09-20", "--ballot", "for=-1"], "'-1' is not a whole number"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--reason-for", "late"], "write it as RULE=TEXT"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--reason-for", "talk-topic=x"], "did you mean talk-topics?"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--evidence", "nowhere.json"], "it cannot be read"),
    (["list", "--db", ""], "the path is empty"),
    (["advance", "f-1", "talk", "--on", "2026-09-20", "--ballott", "for=1"], "--ballot"),
    (["show", "f-1", "--today", "tomorrow"], "--today: 'tomorrow' is not a date"),
    (["shwo", "f-1"], "did you mean show?"),
    (["show"], "Missing argument"),
    (["import", "nowhere.json"], "nowhere.json"),
    (["diagram", "--edition", "1990"], "there is no edition 1990"),
    (["open", "f-3", "--edition", "2015", "--on", "2026-09-01"], "there is no edition 2015"),
    (["open", "", "--on", "2026-09-01"], "id"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(arguments)[:60] for arguments, _ in BAD])
def test_bad_input_is_one_clear_sentence(opened: Run, arguments: list[str], message: str) -> None:
    """Bad input exits 2, says what and where, and changes nothing."""
    before = opened("export").stdout
    result = opened(*arguments)
    assert result.exit_code == 2, result.output
    assert message in result.output
    assert opened("export").stdout == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[" * 100_000, "deep"),
        ('{"format": "member-development/dossier/2", "files": []}', "member-development/dossier/1"),
        ('{"format": "member-development/dossier/1", "files": [{"id": "a", "acts": [], "colour": 1}]}', "colour"),
        ('{"format": "member-development/dossier/1", "files": [{"id": "a", "acts": [{"act": "aply"}]}]}', "apply"),
        ("\x00\x01\x02", "JSON"),
    ],
)
def test_a_bad_document_is_named(run: Run, tmp_path: Path, content: str, message: str) -> None:
    """A document that cannot be read is exit code 2, with the place of the fault."""
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    result = run("import", str(tmp_path / "bad.json"))
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output) < 2_000


def test_a_foreign_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A file that is no ledger is named, and not one byte of it is changed."""
    (tmp_path / "foreign.db").write_bytes(b"this is a letter, not a database" * 40)
    before = (tmp_path / "foreign.db").read_bytes()
    for command in (["list"], ["open", "f-1", "--on", "2026-09-01"]):
        result = run(*command, "--db", str(tmp_path / "foreign.db"))
        assert result.exit_code == 2
        assert "foreign.db" in result.output
    assert (tmp_path / "foreign.db").read_bytes() == before


def test_an_inconsistent_ballot_is_refused(regular: Run, tmp_path: Path) -> None:
    """Votes that do not add up are a refusal with `ballot-adds-up`, not a crash and not a success."""
    document = json.loads(REGULAR)
    document["files"][0]["id"] = "other"
    for act in document["files"][0]["acts"]:
        if act["act"] == "admission_meeting":
            act["ballot"] = {**BALLOT, "against": 3}
    (tmp_path / "other.json").write_text(json.dumps(document), encoding="utf-8")
    result = regular("import", str(tmp_path / "other.json"), "--json")
    assert result.exit_code == 1
    unmet = [f["rule"] for f in answer(result)["files"][0]["findings"] if f["value"] == "unmet"]
    assert unmet == ["ballot-adds-up"]


def test_an_act_beside_the_main_line_has_its_place_or_is_refused_in_one_sentence(opened: Run) -> None:
    """An applicant does not transfer with a file; withdrawing ends it, and after that there is only correction."""
    result = opened("advance", "f-1", "transfer_out", "--on", "2026-09-20", "--json")
    assert result.exit_code == 1
    (finding,) = [f for f in answer(result)["findings"] if f["value"] == "unmet"]
    assert (finding["rule"], "入党申请人" in finding["zh"]) == ("order", True)
    done = opened(
        "advance", "f-1", "withdraw", "--on", "2026-09-20", "--decided-by", "本人", "--reason", "出国", "--json"
    )
    assert done.exit_code == 0
    shown = opened("show", "f-1", "--lang", "zh").output
    assert "本人已撤回 2026-09-20" in shown
    assert "出国" in shown
    again = opened("advance", "f-1", "talk", "--on", "2026-09-21", "--json")
    assert again.exit_code == 1
    struck = opened("correct", "f-1", "1", "--strike", "--why", "误记", "--yes", "--json")
    assert (struck.exit_code, answer(struck)["recorded"]) == (0, True)
    assert answer(opened("show", "f-1", "--json"))["end"] is None


def test_a_correction_shows_what_comes_out_otherwise_before_it_is_written(regular: Run) -> None:
    """Without --yes nothing is written away from a terminal; with it the old entry stays in the history, marked."""
    words = ("correct", "2022-0007", "1", "--on", "2022-11-25", "--why", "笔误", "--lang", "zh")
    shown = regular(*words)
    assert shown.exit_code == 0
    assert "talk-within-1-month" in shown.output
    assert "未写入任何内容" in shown.output
    assert len(answer(regular("history", "2022-0007", "--json"))["acts"]) == 27
    assert regular(*words, "--yes").exit_code == 0
    acts = answer(regular("history", "2022-0007", "--json"))["acts"]
    assert (acts[1]["on"], acts[1]["corrected_by"]) == ("2022-09-20", 27)
    assert [f["rule"] for f in answer(regular("show", "2022-0007", "--json"))["breaches"]] == ["talk-within-1-month"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1",), "correct: say what the entry should be"),
        ((), "INDEX: say which entry is wrong"),
        (("1", "--strike", "--on", "2022-09-21"), "--strike: strike an entry out or correct it, not both"),
        (("99", "--strike"), "correct: index: the file has no entry 99; its entries are 0 to 26"),
        (("0", "--strike"), "the file would be left without its first act"),
        (("--fact", "height=2"), "--fact: write it as KEY=VALUE with one of name, born, branch, mobile"),
        (("1", "--unset", "tie"), "--unset tie: the entry does not say it"),
        (("1", "--fact", "mobile=yes"), "correct an entry or a fact of the file, not both at once"),
    ],
)
def test_a_correction_that_cannot_be_made_is_one_sentence(regular: Run, words: tuple[str, ...], sentence: str) -> None:
    """What, where, what to do; exit code 2, nothing written."""
    result = regular("correct", "2022-0007", *words, "--why", "x", "--yes", "--lang", "en")
    assert result.exit_code == 2
    assert sentence in result.output
    assert len(answer(regular("history", "2022-0007", "--json"))["acts"]) == 27


def probationary(run: Run, tmp_path: Path) -> None:
    """Bring the regular file to its first year of probation, ready to be decided on."""
    document = json.loads(REGULAR)
    acts = document["files"][0]["acts"]
    document["files"][0]["acts"] = acts[: [act["act"] for act in acts].index("conversion_application")]
    (tmp_path / "probation.json").write_text(json.dumps(document), encoding="utf-8")
    assert run("import", str(tmp_path / "probation.json")).exit_code == 0


def test_a_cancellation_is_told_as_one_and_counts_for_nothing(run: Run, tmp_path: Path) -> None:
    """A case of discipline is cancelled at any time; history says so, and no standing counts from any day."""
    probationary(run, tmp_path)
    ballot = json.dumps(BALLOT)
    decided = run(
        "advance", "2022-0007", "23", "--on", "2024-09-20", "--outcome", "cancel", "--ground", "discipline",
        "--ballot", ballot,
    )  # fmt: skip
    assert decided.exit_code == 0, decided.output
    approved = run(
        "advance", "2022-0007", "24", "--on", "2024-10-20", "--told", "branch,secretary_talked,announced",
        "--committee", "kind=primary_committee,approves=yes",
    )  # fmt: skip
    assert approved.exit_code == 0, approved.output
    shown = answer(run("show", "2022-0007", "--json"))
    assert (shown["standing"], shown["end"]) == ("ended", {"code": "cancelled", "on": "2024-10-20"})
    assert shown["dates"]["conversion_counts_from"] is None
    assert shown["next"] == []
    heads = [line for line in run("history", "2022-0007").output.splitlines() if line.startswith("[")]
    assert "cancel" in heads[-2].lower()


def test_advice_is_shown_only_where_asked(regular: Run) -> None:
    """Practice without rule force stays out of every answer unless `--advice` asks for it."""
    plain = answer(regular("history", "2022-0007", "--json"))
    asked = answer(regular("history", "2022-0007", "--json", "--advice"))
    forces = [{f["force"] for act in said["acts"] for f in act["findings"]} for said in (plain, asked)]
    assert "advice" not in forces[0]
    assert "advice" in forces[1]


def test_a_refusal_says_what_would_let_the_act_through(run: Run, tmp_path: Path) -> None:
    """A deviation names the option for a reason, and with a reason it is recorded; an unknown names the evidence."""
    document = json.loads(REGULAR)
    acts = document["files"][0]["acts"]
    document["files"][0]["acts"] = acts[: [act["act"] for act in acts].index("training")]
    (tmp_path / "untrained.json").write_text(json.dumps(document), encoding="utf-8")
    run("import", str(tmp_path / "untrained.json"))
    training = ["advance", "2022-0007", "training", "--on", "2024-03-17", "--from", "2024-03-16", "--days", "2"]
    refused = run(*training, "--hours", "12")
    assert refused.exit_code == 1
    assert "--reason-for training-length=" in refused.output
    assert "--organizer" in refused.output
    done = run(
        *training, "--hours", "12", "--organizer", "primary_committee", "--reason-for", "training-length=特殊安排"
    )
    assert done.exit_code == 0, done.output


def test_what_contradicts_itself_is_not_taken(opened: Run, tmp_path: Path) -> None:
    """Evidence that names another day, another act, or a key twice is refused, and nothing is recorded."""
    for text in ('{"on": "2026-09-05"}', '{"act": "activist"}', '{"note": "a", "note": "b"}'):
        (tmp_path / "evidence.json").write_text(text, encoding="utf-8")
        result = opened("advance", "f-1", "talk", "--on", "2026-09-20", "--evidence", str(tmp_path / "evidence.json"))
        assert result.exit_code == 2, text
    assert answer(opened("show", "f-1", "--json"))["acts"] == 1


@pytest.mark.parametrize("name", ["a\tb", "a\nb", "a\x1b[31mb", "x" * 201])
def test_an_id_that_would_garble_a_terminal_is_refused(run: Run, name: str) -> None:
    """Control characters and endless ids are bad input."""
    result = run("open", name, "--on", "2026-09-01")
    assert result.exit_code == 2
    assert "\x1b" not in result.output


def command(*arguments: str, env: dict[str, str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    call = [sys.executable, "-c", "from recruitment.cli.main import main; main()", *arguments]
    return subprocess.run(call, env={**os.environ, **env}, check=False, **how)


def test_what_was_done_stands_whatever_becomes_of_the_answer(tmp_path: Path) -> None:
    """A reader that goes away, or a terminal that cannot write Chinese, changes neither deed nor exit code."""
    env = {"RECRUITMENT_DB": str(tmp_path / "l.db"), "RECRUITMENT_TODAY": "2026-11-22", "PYTHONIOENCODING": "ascii"}
    opening = [
        "open", "f-1", "--born", "2001-05-04", "--on", "2026-09-01", "--tie", "study", "--unit", "with_organization",
        "--papers", "application_letter", "--lang", "zh",
    ]  # fmt: skip
    assert command(*opening, env=env, stdout=subprocess.PIPE).returncode == 0
    read, write = os.pipe()
    os.close(read)
    talk = command("advance", "f-1", "talk", "--on", "2026-09-20", env=env, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (talk.returncode, talk.stderr) == (0, b"")
    shown = command("show", "f-1", "--json", env=env, stdout=subprocess.PIPE)
    assert json.loads(shown.stdout)["acts"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is had on POSIX systems only")
def test_a_terminal_is_asked_for_day_outcome_and_evidence(tmp_path: Path) -> None:
    """At a terminal the command asks: what cannot be read again, the outcome always, and what the rules miss."""
    import pty

    env = {"RECRUITMENT_DB": str(tmp_path / "l.db"), "RECRUITMENT_TODAY": "2026-11-22", "LC_ALL": "C.UTF-8"}
    opening = ["open", "f-1", "--born", "2001-05-04", "--tie", "study", "--unit", "with_organization"]
    command(*opening, "--papers", "application_letter", "--on", "2026-09-01", env=env, stdout=subprocess.DEVNULL)
    command("advance", "f-1", "talk", "--on", "2026-09-20", env=env, stdout=subprocess.DEVNULL)
    ours, theirs = pty.openpty()
    typed = "2026-02-30\n2026-10-07\nnot_chosen\nbody=nobody\nbody=branch_committee,members=5,present=4\n"
    os.write(ours, typed.encode())
    done = command("advance", "f-1", "activist", env=env, stdin=theirs, stdout=theirs, stderr=theirs, timeout=60)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    shown = command("show", "f-1", "--json", env=env, stdout=subprocess.PIPE)
    assert json.loads(shown.stdout)["standing"] == "applicant"
    assert json.loads(shown.stdout)["acts"] == 3


# ------------------------------------------------------------------------------------------- the whole


def test_every_command_has_help_and_the_common_options(run: Run) -> None:
    """Each command has a line of help in both languages, and takes the options that all take."""
    for name, (_, line) in COMMANDS.items():
        helped = run(name, "--help")
        assert helped.exit_code == 0
        assert any("\u4e00" <= c <= "\u9fff" for c in line), name
        if name != "completion":
            for option in ("--json", "--lang", "--db", "--today"):
                assert option in helped.output, (name, option)


def test_shell_completion(run: Run) -> None:
    """`completion` prints a script for each shell."""
    for shell in ("bash", "zsh", "fish"):
        assert "_RECRUITMENT_COMPLETE" in run("completion", shell).output


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("adv", ["advance"]),
        ("audit --form", ["--format"]),
        ("audit --format x", ["xlsx"]),
        ("advance f-1 tal", ["talk"]),
        ("why f-1 指定", ["指定培养联系人"]),
    ],
)
def test_a_word_at_a_prompt_is_completed(words: str, offered: list[str], tmp_path: Path) -> None:
    """The script asks the command itself, which answers through a pipe like any other."""
    line = f"recruitment {words}"
    env = {
        "_RECRUITMENT_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
        "RECRUITMENT_DB": str(tmp_path / "l.db"),
        "PYTHONUTF8": "1",
    }
    done = command(env=env, stdout=subprocess.PIPE)
    assert [row.partition(",")[2] for row in done.stdout.decode().splitlines()] == offered


def loaded_by(code: str, env: dict[str, str]) -> set[str]:
    """The modules that are loaded after running `code` in a new process."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    return set(done.stderr.split())


@pytest.mark.usefixtures("regular")
def test_start_up_loads_little(tmp_path: Path) -> None:
    """`--help` and `show` start fast because they leave alone what they do not need."""
    env = {"RECRUITMENT_DB": str(tmp_path / "ledger.db"), "RECRUITMENT_TODAY": "2026-11-22"}
    call = "from recruitment.cli.main import main\ntry:\n    main({})\nexcept SystemExit: pass"
    helped = loaded_by(call.format(["--help"]), env)
    assert "click" in helped
    for module in (
        "attrs",
        "transitions",
        "sqlite3",
        "sqlite_utils",
        "rich",
        "graphviz",
        "jinja2",
        "recruitment.record.acts",
    ):
        assert module not in helped, module
    shown = loaded_by(call.format(["show", "2022-0007", "--json"]), env)
    assert "recruitment.forecast.status" in shown
    for module in (
        "transitions",
        "sqlite_utils",
        "graphviz",
        "pygraphviz",
        "rich",
        "jinja2",
        "numpy",
        "chinese_calendar",
    ):
        assert module not in shown, module


def test_evidence_of_every_procedure_can_be_typed(opened: Run) -> None:
    """Each key of each procedure's evidence has its option, and what is typed reads like the JSON."""
    from datetime import date

    from recruitment.cli.evidence_options import KEYS, option_of, parse_option

    for code in ("talk", "activist", "mentors", "political_review", "training", "admission_meeting", "committee_talk"):
        for key, value in evidence(code, "passed", date(2026, 9, 20)).items():
            if key in ("act", "on"):
                continue
            assert option_of(key) in opened("advance", "--help").output
            assert parse_option(json.dumps(value, ensure_ascii=False), KEYS[key]) == value or isinstance(
                value, str | bool | int
            )


# ------------------------------------------------------------------------------------------- several files at once

MEETING = (
    "--on", "2024-05-20", "--leaving", "none", "--agenda", "candidate,sponsors,committee,discussion",
    "--resolution", "conduct,should_attend,attended,result,date,signature", "--papers", "minutes,resolution",
    "--ballot", "should_attend=12,attended=11,written=0,secret=yes,one_by_one=yes",
)  # fmt: skip
AGREED = ("--each", "A:ballot=for=10,against=1,abstain=0", "--each", "B:ballot=for=9,against=1,abstain=1")


@pytest.fixture
def meeting(run: Run, tmp_path: Path) -> Run:
    """A ledger with three files, A, B and C, that wait for the general meeting."""
    document = json.loads(REGULAR)
    (file,) = document["files"]
    codes = [act["act"] for act in file["acts"]]
    file["acts"] = file["acts"][: codes.index("admission_meeting")]
    document["files"] = [{**file, "id": name} for name in ("A", "B", "C")]
    (tmp_path / "waiting.json").write_text(json.dumps(document), encoding="utf-8")
    result = run("import", str(tmp_path / "waiting.json"))
    assert result.exit_code == 0, result.output
    return run


def held(run: Run) -> list[str]:
    """The last act of each file."""
    return [row["last"]["act"] for row in answer(run("list", "--json"))["files"]]


def test_one_meeting_is_recorded_with_a_ballot_for_each(meeting: Run) -> None:
    """What all share is given once, and each file has its own vote over it; each gets the usual answer."""
    result = meeting("advance", "A", "B", "admission_meeting", *MEETING, *AGREED, "--json")
    assert result.exit_code == 0, result.output
    found = answer(result)
    assert found["recorded"] is True
    assert [(file["file"], file["standing"]) for file in found["files"]] == [("A", "candidate"), ("B", "candidate")]
    own = ("--each", "C:ballot=for=8,against=3,abstain=0")
    alone = answer(meeting("advance", "C", "admission_meeting", *MEETING, *own, "--json"))
    assert set(alone) == set(found["files"][0])
    ballots = [answer(meeting("history", name, "--json"))["acts"][-1]["evidence"]["ballot"] for name in "AB"]
    assert [(ballot["should_attend"], ballot["for"], ballot["secret"]) for ballot in ballots] == [
        (12, 10, True),
        (12, 9, True),
    ]


def test_a_vote_that_fails_is_refused_on_that_file_alone(meeting: Run) -> None:
    """One line a file with the vote and how many were needed; what was refused is told in full below."""
    few = ("--each", "C:ballot=for=6,against=5,abstain=0")
    result = meeting("advance", "A", "B", "C", "admission_meeting", *MEETING, *AGREED, *few)
    assert result.exit_code == 1
    assert "2 of 3 files recorded" in result.output
    assert "10 of 12, needs 7" in result.output
    (line,) = [line for line in result.output.splitlines() if "6 of 12, needs 7" in line]
    assert "refused" in line
    assert "majority-of-all" in line
    assert "Refused: general meeting votes" in result.output
    assert held(meeting) == ["admission_meeting", "admission_meeting", "application_form"]


def test_together_records_all_or_none_and_an_outcome_may_differ(meeting: Run) -> None:
    """With --together one refusal keeps all back; with the outcome that it was, all are recorded."""
    few = ("--each", "C:ballot=for=6,against=5,abstain=0")
    result = meeting("advance", "A", "B", "C", "admission_meeting", *MEETING, *AGREED, *few, "--together", "--json")
    assert result.exit_code == 1
    found = answer(result)
    assert found["recorded"] is False
    assert [(file["recorded"], file["admitted"]) for file in found["files"]] == [
        (False, True),
        (False, True),
        (False, False),
    ]
    assert "nothing was written" in meeting(
        "advance", "A", "B", "C", "admission_meeting", *MEETING, *AGREED, *few, "--together"
    ).output  # fmt: skip
    assert held(meeting) == ["application_form"] * 3
    failed = (*few, "--each", "C:outcome=failed")
    result = meeting("advance", "A", "B", "C", "admission_meeting", *MEETING, *AGREED, *failed, "--together")
    assert result.exit_code == 0, result.output
    assert held(meeting) == ["admission_meeting"] * 3


def test_json_evidence_has_an_object_for_each_file(meeting: Run) -> None:
    """`each` in the JSON is merged over what all share, and options go over both."""
    given = {
        "on": "2024-05-20",
        "leaving": None,
        "agenda": ["candidate", "sponsors", "committee", "discussion"],
        "resolution": ["conduct", "should_attend", "attended", "result", "date", "signature"],
        "ballot": {**BALLOT, "written": 0},
        "each": {"A": {"ballot": {"for": 10, "against": 1, "abstain": 0}}, "B": {"ballot": {"for": 2}}},
    }
    own = ("--each", "B:ballot=for=7,against=4", "--each", "B:ballot=abstain=0")
    result = meeting(
        "advance", "A", "B", "admission_meeting", "--evidence", "-", *own, "--json", given=json.dumps(given)
    )
    assert result.exit_code == 0, result.output
    ballot = answer(meeting("history", "B", "--json"))["acts"][-1]["evidence"]["ballot"]
    assert (ballot["for"], ballot["against"], ballot["abstain"], ballot["one_by_one"]) == (7, 4, 0, True)


TOGETHER = [
    (["A", "B", "A", "admission_meeting"], "A: the file is named twice"),
    (["A", "X", "admission_meeting"], "X: there is no such file"),
    (["A", "B", "admission_meeting", "--each", "C:ballot=for=1"], "C is not among the files named"),
    (["A", "B", "admission_meeting", "--each", "A:balot=for=1"], "did you mean ballot?"),
    (["A", "B", "admission_meeting", "--each", "A:on=2024-05-21"], "share the act and its day"),
    (["A", "B", "admission_meeting", "--each", "for=1"], "write it as FILE:KEY=VALUE"),
    (["A", "B", "admission_meeting", "--each", "A:ballot=for=x"], "A: ballot.for"),
    (["A", "B", "admission_meeting", "--expected", "3"], "--expected: it speaks of one file"),
    (["A", "B", "admision_meeting"], "did you mean admission_meeting?"),
    (["A"], "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "said"), TOGETHER)
def test_a_slip_with_several_files_is_one_sentence_and_writes_nothing(
    meeting: Run, arguments: list[str], said: str
) -> None:
    """What is wrong with the files named, or with what is given for one, is told before anything is written."""
    for more in ([], ["--together"]):
        result = meeting("advance", *arguments, *MEETING, *more)
        assert result.exit_code == 2, result.output
        assert said in result.stderr
    assert held(meeting) == ["application_form"] * 3


def test_with_several_files_nothing_is_asked(meeting: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal one file is asked for its day; several are not, and say that it is missing, once."""
    monkeypatch.setattr("recruitment.cli.commands.advance.interactive", lambda: True)
    result = meeting("advance", "A", "B", "admission_meeting", given="2024-05-20\n")
    assert result.exit_code == 2
    assert result.stderr.count("say the day on which the act was done") == 1


# ------------------------------------------------------------------------------------------- other rulebooks


def test_rejudge_shows_what_another_edition_would_find_and_writes_nothing(regular: Run, tmp_path: Path) -> None:
    """Value and article then and now, what would be refused, and the ledger as it was."""
    before = (tmp_path / "ledger.db").read_bytes()
    assert answer(regular("rejudge", "2022-0007", "--json"))["same"] is True
    assert "Nothing would change" in regular("rejudge", "2022-0007").output
    result = regular("rejudge", "2022-0007", "--edition", "2026")
    assert result.exit_code == 1
    assert "✓ met (art. 16 of the 2014 edition) → ✗ unmet (art. 16 of the 2026 edition)" in result.output
    assert "Acts that would be refused" in result.output
    assert "mentor-fit" not in result.output
    found = answer(regular("rejudge", "2022-0007", "--edition", "2026", "--json", "--advice"))
    (changed,) = [change for change in found["changes"] if change["rule"] == "archive-complete"]
    assert (changed["before"]["article"], changed["after"]["article"]) == ("37", "36")
    assert (changed["before"]["value"], changed["after"]["value"]) == ("met", "unmet")
    assert "mentor-fit" in {change["rule"] for change in found["changes"]}
    assert found["acts"][0]["then"]["edition"] == "2014"
    assert found["refused"]
    assert "did you mean 2014?" in regular("rejudge", "2022-0007", "--edition", "2015").stderr
    assert regular("rejudge", "2022-0007", "--overlay", "nowhere").exit_code == 2
    assert (tmp_path / "ledger.db").read_bytes() == before
