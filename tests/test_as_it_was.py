"""What was unlawful is recorded as it was: the breach stays, marked, for ever; and nothing else is let through."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

from recruitment import load_rulebooks
from recruitment.base.errors import BadInput
from recruitment.cli.main import cli
from recruitment.formats.dossier.documents import read_act, read_path, write_text
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.record.acts import Act, Candidate, File
from recruitment.record.evidence import UNKNOWN

EDITIONS = load_rulebooks()
((FILE, ACTS),) = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")
TODAY = date(2026, 11, 29)
EARLY = tuple(evolve(act, on=date(2023, 11, 30)) if act.code == "candidate" else act for act in ACTS)
"""The candidate was decided on five days before the year of cultivation was over."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office on an empty ledger."""
    return Office(Ledger.open(tmp_path / "l.db", create=True), EDITIONS)


def marks(office: Office, file: str = FILE.id) -> dict[str, str]:
    """The breaches of a file that were recorded as they were, with the reason."""
    return {f.rule.code: f.as_it_was for f in office.current_findings(file) if f.as_it_was}


def test_an_import_records_the_breach_and_never_calls_it_lawful(office: Office) -> None:
    """Without the reason the file is refused; with it the bar stays unmet, marked, in the ledger and on export."""
    files = [(FILE, EARLY)]
    assert not office.import_files(files, today=TODAY).written
    report = office.import_files(files, today=TODAY, as_it_was="接收旧档案")
    assert report.written
    assert marks(office) == {"cultivation-1-year": "接收旧档案"}
    unmet = [f for f in office.current_findings(FILE.id) if f.rule.code == "cultivation-1-year"]
    assert [(f.value, f.force) for f in unmet] == [("unmet", "bar")]
    assert office.case(FILE.id).standing == "full"
    kept = {act.code: act.as_it_was for act in office.case(FILE.id).acts if isinstance(act.as_it_was, str)}
    assert kept == {"candidate": "接收旧档案"}
    assert office.verify(FILE.id).standing == "full"


def test_what_came_without_its_prerequisite_is_recorded_and_replayed(office: Office) -> None:
    """A missing talk is presumed from there on, the file reads back, and the talk may be entered later."""
    acts = tuple(act for act in ACTS if act.code != "talk")
    assert not office.import_files([(FILE, acts)], today=TODAY).written
    assert office.import_files([(FILE, acts)], today=TODAY, as_it_was="当时没有谈话").written
    assert marks(office) == {"order": "当时没有谈话"}
    assert office.case(FILE.id).standing == "full"
    assert office.verify(FILE.id).standing == "full"


def test_only_acts_from_before_the_file_was_opened(office: Office) -> None:
    """In a file that stands, what is dated on the day of its first entry or later is judged as ever."""
    office.import_files([(FILE, ACTS[:6])], today=date(2023, 6, 10))
    early = evolve(ACTS[7], on=date(2023, 11, 30))
    report = office.import_files([(FILE, (*ACTS[:7], early))], today=TODAY, as_it_was="如实")
    assert not report.admitted
    older = evolve(ACTS[7], on=date(2023, 6, 5))
    taken = office.import_files([(FILE, (*ACTS[:6], older))], today=TODAY, as_it_was="如实")
    assert taken.written
    assert "cultivation-1-year" in marks(office)


def test_an_act_cannot_bring_its_own_leave(office: Office) -> None:
    """The reason in the document alone lets nothing through, and at the door it is bad input."""
    own = tuple(evolve(act, as_it_was="自带理由") if act.code == "candidate" else act for act in EARLY)
    assert not office.import_files([(FILE, own)], today=TODAY).admitted
    with pytest.raises(BadInput, match="only an import or a correction"):
        office.open(FILE, evolve(ACTS[0], as_it_was="自带理由"), today=TODAY)
    assert office.import_files([(FILE, own)], today=TODAY, as_it_was="导入理由").written
    assert marks(office) == {"cultivation-1-year": "自带理由"}


def test_unknown_bars_still_need_trust(office: Office) -> None:
    """What is not known is not let through as what was unlawful is."""
    silent = tuple(evolve(act, heard=UNKNOWN) if isinstance(act, Candidate) else act for act in ACTS)
    assert not office.import_files([(FILE, silent)], today=TODAY, as_it_was="如实").admitted
    assert office.import_files([(FILE, silent)], today=TODAY, on_trust="旧档案").written


@pytest.mark.parametrize("more", [{"act": "talk", "on": "2022-09-21"}, {"act": "archive", "on": "2026-01-01"}])
def test_what_has_no_place_is_refused_as_ever(office: Office, more: dict[str, Any]) -> None:
    """A second record within a round is a correction of the first, however it was."""
    acts: tuple[Act, ...] = (*ACTS, read_act(more))
    assert not office.import_files([(FILE, acts)], today=TODAY, as_it_was="如实").admitted


def test_a_host_can_forbid_it(tmp_path: Path) -> None:
    """Then neither an import nor a correction does it, in one sentence."""
    office = Office(Ledger.open(tmp_path / "l.db", create=True), EDITIONS, as_it_was=False)
    with pytest.raises(BadInput, match="the host forbids it"):
        office.import_files([(FILE, ACTS)], today=TODAY, as_it_was="如实")
    office.import_files([(FILE, ACTS)], today=TODAY)
    with pytest.raises(BadInput, match="the host forbids it"):
        office.advance(FILE.id, correction(as_it_was="如实"), today=TODAY)


def correction(**more: Any) -> Act:
    """The true day of the activist decision is found: the year of cultivation is then too short."""
    true = {"act": "activist", "on": "2023-01-20", "nominated_by": ["youth_league"],
            "meeting": {"body": "branch_committee", "members": 5, "present": 5}}  # fmt: skip
    return read_act({"act": "correct", "on": "2026-11-29", "reason": "查明真实日期", "index": 2, "with": true, **more})


def test_a_correction_that_breaks_what_follows(office: Office) -> None:
    """Refused without the reason, written with it; each breach is marked, and a later correction keeps the mark."""
    office.import_files([(FILE, ACTS)], today=TODAY)
    assert not office.advance(FILE.id, correction(), today=TODAY).recorded
    assert office.advance(FILE.id, correction(as_it_was="查实如此"), today=TODAY).recorded
    assert marks(office)["cultivation-1-year"] == "查实如此"
    again = read_act({"act": "correct", "on": "2026-11-29", "reason": "姓名", "field": "name", "with": "申请人乙"})
    assert office.advance(FILE.id, again, today=TODAY).recorded
    assert marks(office)["cultivation-1-year"] == "查实如此"
    assert office.verify(FILE.id).standing == "full"


# ------------------------------------------------------------------------------------------- the command


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of a command."""
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def test_the_last_line_names_who_was_refused_and_the_others_can_be_imported(tmp_path: Path) -> None:
    """All or nothing as ever; with --skip-refused the others are written, and who was left out is named last."""
    dossier, db = tmp_path / "d.json", str(tmp_path / "l.db")
    files: list[tuple[File, tuple[Act, ...]]] = [(FILE, ACTS), (evolve(FILE, id="b-2"), EARLY)]
    dossier.write_text(write_text(files), encoding="utf-8")
    code, text = run("import", str(dossier), "--db", db, "--today", "2026-11-29", "--lang", "zh")
    last = "".join(text.strip().split("\n")[-2:])
    assert code == 1
    assert "b-2" in last
    assert "全部未写入" in last
    code, text = run("import", str(dossier), "--db", db, "--today", "2026-11-29", "--skip-refused", "--json")
    answer = json.loads(text)
    assert (code, answer["written"], answer["refused"]) == (1, True, ["b-2"])
    assert json.loads(run("list", "--db", db, "--json")[1])["files"][0]["id"] == FILE.id
    code, _ = run("import", str(dossier), "--db", db, "--today", "2026-11-29", "--as-it-was", "旧档案")
    assert code == 0
    report = json.loads(run("audit", db, "--today", "2026-11-29", "--json")[1])
    findings = {file["id"]: file["findings"] for file in report["files"]}["b-2"]
    unmet = {f["rule"]: f["as_it_was"] for f in findings if f["value"] == "unmet" and f["force"] == "bar"}
    assert (unmet, report["totals"]["clean"]) == ({"cultivation-1-year": "旧档案"}, 1)


def test_a_refused_correction_names_what_would_record_it(tmp_path: Path) -> None:
    """Both ways are named: the reason, and the policy."""
    dossier, db = tmp_path / "d.json", str(tmp_path / "l.db")
    dossier.write_text(write_text([(FILE, ACTS)]), encoding="utf-8")
    run("import", str(dossier), "--db", db, "--today", "2026-11-29")
    asked = ("correct", FILE.id, "2", "--on", "2023-01-20", "--why", "查明", "--db", db, "--today", "2026-11-29")
    code, text = run(*asked, "--yes", "--lang", "zh")
    assert code == 1
    assert "--如实补录" in text
    assert "correction-breaks-later=record" in text
    assert run(*asked, "--yes", "--as-it-was", "查实如此")[0] == 0


# ------------------------------------------------------------------------------------------- a dead end


def test_a_dead_end_has_a_way_out(tmp_path: Path) -> None:
    """Past the six months no day would do: the answer names the new meeting, and gives no first day."""
    dossier, db = tmp_path / "d.json", str(tmp_path / "l.db")
    dossier.write_text(write_text([(FILE, ACTS[:17])]), encoding="utf-8")
    run("import", str(dossier), "--db", db, "--today", "2024-12-01")
    approval = json.dumps({"kind": "primary_committee", "approves": True})
    asked = ("why", FILE.id, "admission_approval", "--on", "2024-12-01", "--committee", approval, "--db", db,
             "--today", "2024-12-01")  # fmt: skip
    answer = json.loads(run(*asked, "--json")[1])
    assert answer["first_day"] is None
    assert "general meeting votes on admission" in answer["way_out"]["en"]
    assert "支部大会" in run(*asked, "--lang", "zh")[1].split("没有哪一天可以办理")[1]


def test_a_first_day_is_given_only_where_the_act_would_be_admitted_on_it(tmp_path: Path) -> None:
    """A candidate too early: with all evidence the day is named, with a paper missing it is not."""
    dossier, db = tmp_path / "d.json", str(tmp_path / "l.db")
    dossier.write_text(write_text([(FILE, ACTS[:7])]), encoding="utf-8")
    run("import", str(dossier), "--db", db, "--today", "2023-12-02")
    whole = ("--heard", "party_group,mentors,members,masses", "--meeting", "body=branch_committee,members=5,present=4")
    asked = ("why", FILE.id, "candidate", "--on", "2023-12-01", "--db", db, "--today", "2023-12-02", "--json")
    assert json.loads(run(*asked, *whole)[1])["first_day"] == "2023-12-05"
    assert json.loads(run(*asked, *whole[2:])[1])["first_day"] is None
