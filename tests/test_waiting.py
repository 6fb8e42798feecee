"""What is owed promptly and not done: it waits, is shown everywhere with its days, and is late past the policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import PROMPTLY_AT_MOST, Oracle
from oracle import add_months as months_later
from strategies import evidence
from test_against_oracle import STARTS, STEPS, Walk

from recruitment import load_rulebooks
from recruitment.audit.file_audit import FileAudit, audit_file
from recruitment.cli.main import cli
from recruitment.engine.bound import BoundCase
from recruitment.forecast.status import running_limits, waiting_duties
from recruitment.formats.dossier.documents import FORMAT, act_data, file_data, read_path, write_text
from recruitment.record.acts import Act, File

EDITIONS = load_rulebooks()
EXAMPLE = Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json"
((FILE, ACTS),) = read_path(EXAMPLE)
APPROVED = 18
"""So many acts of the example up to the approval of 2024-06-18, its meeting on 2024-05-20."""


def audited(acts: tuple[Act, ...], today: date, policies: dict[str, str] | None = None) -> FileAudit:
    """The audit of the example's acts, pinned to the edition of 2014."""
    file = File(id="f-1", born=date(2001, 5, 4), branch=FILE.branch, edition="2014")
    return audit_file(load_rulebooks(policies=policies), file, acts, today=today)


def waits(found: FileAudit) -> dict[str, tuple[date, int]]:
    """What waits, with the day since which and the days."""
    return {owed.rule.code: (owed.since, owed.days) for owed in found.waiting}


def late(found: FileAudit) -> set[str]:
    """The unmet duties without an act that are owed promptly."""
    return {f.rule.code for f in found.findings if f.index is None and f.check.note == "elapsed-late"}


@pytest.mark.parametrize(
    ("today", "policy", "waiting", "past"),
    [
        (date(2024, 6, 17), None, {}, set()),
        (date(2024, 6, 18), None, {"filed-one-level-up": 0, "assigned": 0, "oath-taken": 0}, set()),
        (date(2024, 12, 18), None, {"filed-one-level-up": 183, "assigned": 183, "oath-taken": 183}, set()),
        (date(2024, 12, 19), None, {}, {"filed-one-level-up", "assigned", "oath-taken"}),
        (date(2025, 5, 20), None, {"conversion-in-time": 0}, {"filed-one-level-up", "assigned", "oath-taken"}),
        (date(2025, 11, 20), None, {"conversion-in-time": 184}, {"filed-one-level-up", "assigned", "oath-taken"}),
        (
            date(2025, 11, 21),
            None,
            {},
            {"filed-one-level-up", "assigned", "oath-taken", "conversion-in-time"},
        ),
        (date(2025, 8, 20), "3-months", {"conversion-in-time": 92}, {"filed-one-level-up", "assigned", "oath-taken"}),
        (
            date(2025, 8, 21),
            "3-months",
            {},
            {"filed-one-level-up", "assigned", "oath-taken", "conversion-in-time"},
        ),
        (
            date(2029, 5, 1),
            "never",
            {"filed-one-level-up": 1778, "assigned": 1778, "oath-taken": 1778, "conversion-in-time": 1442},
            set(),
        ),
    ],
)
def test_after_the_approval_and_the_end_of_probation(
    today: date, policy: str | None, waiting: dict[str, int], past: set[str]
) -> None:
    """It waits from the first day on which it can be done, to the last of the policy; then it is an unmet duty."""
    found = audited(
        ACTS[:APPROVED] if today >= date(2024, 6, 18) else ACTS[: APPROVED - 1],
        today,
        {"promptly-at-most": policy} if policy else None,
    )
    assert {code: days for code, (_, days) in waits(found).items()} == waiting
    assert late(found) == past
    assert found.clean is (not waiting and not past and found.settled)


def test_a_limit_that_is_clamped_still_waits_on_its_last_day() -> None:
    """Six months from the end of probation of 2025-08-31 end on 2026-02-28."""
    moved = {
        "admission_meeting": date(2024, 8, 31),
        "committee_talk": date(2024, 9, 2),
        "admission_approval": date(2024, 9, 18),
    }
    walk = [act for act in ACTS[:APPROVED] if act.code not in moved]
    data = [{**act_data(act), "on": moved[act.code].isoformat()} for act in ACTS[:APPROVED] if act.code in moved]
    from recruitment.formats.dossier.documents import read_act

    acts = (*walk, *(read_act({k: v for k, v in row.items() if k != "probation"}) for row in data))
    assert waits(audited(acts, date(2026, 2, 28)))["conversion-in-time"] == (date(2025, 8, 31), 181)
    assert "conversion-in-time" in late(audited(acts, date(2026, 3, 1)))


def test_what_has_ended_or_is_not_whole_waits_for_nothing() -> None:
    """Of such a file it is unknown, or nothing."""
    today = date(2024, 7, 1)
    ended = (*ACTS[:APPROVED], type_of("died")(on=date(2024, 6, 20)))
    assert not audited(ended, today).waiting
    file = File(id="f-1", branch=FILE.branch, complete=False)
    assert not audit_file(EDITIONS, file, ACTS[:APPROVED], today=today).waiting
    away = (*ACTS[:APPROVED], type_of("transfer_out")(on=date(2024, 6, 20), reported=date(2024, 6, 20)))
    assert not audited(away, today).waiting


def type_of(code: str) -> Callable[..., Act]:
    """The class of an act."""
    from recruitment.record.acts import ACTS as KINDS

    return KINDS[code]


def test_a_missing_oath_is_told_once_under_2026() -> None:
    """Once the month of the reply has passed, its rule speaks of it, and the one without a number does not."""
    file = File(id="f-1", born=date(2001, 5, 4), branch=FILE.branch, edition="2026")
    in_month = audit_file(EDITIONS, file, ACTS[:APPROVED], today=date(2024, 7, 18))
    assert "oath-taken" in waits(in_month)
    after = audit_file(EDITIONS, file, ACTS[:APPROVED], today=date(2024, 7, 19))
    assert "oath-taken" not in waits(after)
    assert "oath-within-1-month" in {f.rule.code for f in after.findings if f.index is None and f.value == "unmet"}
    years = audit_file(EDITIONS, file, ACTS[:APPROVED], today=date(2026, 7, 19))
    assert [f.rule.code for f in years.findings if f.rule.code == "oath-taken"] == []


def test_an_approval_that_is_missing_for_six_months_needs_a_new_meeting() -> None:
    """The three months are late, the six are broken, and what is left is the meeting once more."""
    acts = ACTS[: APPROVED - 1]
    found = audited(acts, date(2024, 11, 21))
    passed = {f.rule.code: f for f in found.findings if f.index is None}
    assert passed["approval-within-6-months"].force == "bar"
    from recruitment.presentation.findings.remedies import fault_kind

    assert {fault_kind(f) for f in passed.values()} == {"new-meeting"}
    from recruitment.forecast.status import status_of

    codes = [item.procedure.code for item in status_of(EDITIONS, found.case, today=date(2024, 11, 21)).next]
    assert "admission_meeting" in codes
    assert "admission_approval" not in codes


@given(
    start=st.sampled_from(STARTS),
    upto=st.integers(17, len(STEPS)),
    later=st.integers(0, 1200),
    missing=st.sets(st.sampled_from(("superior_filing", "assignment", "oath", "archive"))),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_waits_agrees_with_the_articles(start: date, upto: int, later: int, missing: set[str]) -> None:
    """Library and oracle name the same duties since the same days, whatever is left out and whenever it is asked."""
    walk = Walk({"id": "f-1", "name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}})
    for code, offset in STEPS[:upto]:
        on = start + timedelta(days=offset)
        agreed = code == "candidate_filing" and on >= date(2026, 5, 11)
        if code not in missing:
            walk.take(evidence(code, "agreed" if agreed else outcome_of(code), on) | {"reason": "集中办理"})
    today = start + timedelta(days=STEPS[upto - 1][1] + later)
    bound = BoundCase(EDITIONS, walk.case)
    found = {owed.rule.code: owed.since for owed in waiting_duties(bound, today=today)}
    past = {due.rule.code: due.anchor for due in running_limits(bound, today=today) if due.check.note == "elapsed-late"}
    expected = walk.oracle.waiting(today)
    assert {**found, **past} == expected
    assert {*past} == {code for code, since in expected.items() if months_later(since, PROMPTLY_AT_MOST) < today}


def outcome_of(code: str) -> str:
    """The success of an act."""
    from strategies import OUTCOMES

    return OUTCOMES.get(code, ("done",))[0]


# ------------------------------------------------------------------------------------------- where it is shown


def run(*arguments: str, ledger: Path, today: str) -> dict[str, Any]:
    """What a command answers, as JSON."""
    result = CliRunner().invoke(cli, [*arguments, "--db", str(ledger), "--today", today, "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return {"code": result.exit_code, **json.loads(result.stdout)}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with the example up to its approval."""
    dossier = tmp_path / "d.json"
    dossier.write_text(write_text([(FILE, ACTS[:APPROVED])]), encoding="utf-8")
    db = tmp_path / "l.db"
    run("import", str(dossier), ledger=db, today="2024-06-20")
    return db


def test_every_surface_shows_it(ledger: Path) -> None:
    """Show, list, due, figures, calendar and audit name the rule with its days; the exit code of the audit stays 0."""
    at: dict[str, Any] = {"ledger": ledger, "today": "2024-07-08"}
    expected = {"filed-one-level-up": 20, "assigned": 20, "oath-taken": 20}
    shown = run("show", FILE.id, **at)
    assert {owed["rule"]: owed["days"] for owed in shown["waiting"]} == expected
    assert {*shown["waiting"][0]} >= {"rule", "act", "since", "days", "article"}
    (row,) = run("list", "--waiting", **at)["files"]
    assert {owed["rule"]: owed["days"] for owed in row["waiting"]} == expected
    groups = {group["key"]: group["due"] for group in run("due", **at)["groups"]}
    assert {duty["rule"]: duty["days"] for duty in groups["waiting"]} == expected
    assert run("figures", **at)["waiting"] == dict.fromkeys(sorted(expected), 1)
    report = run("audit", str(ledger), **at)
    assert report["format"] == "member-development/audit/2"
    assert (report["code"], report["totals"]["clean"], report["totals"]["waiting"]) == (0, 0, 1)
    assert {owed["rule"]: owed["days"] for owed in report["files"][0]["waiting"]} == expected
    text = CliRunner().invoke(cli, ["audit", str(ledger), "--today", "2024-07-08", "--lang", "zh"]).stdout
    assert "待办（应当及时办理） (3)" in text
    assert "20天" in text


def test_an_exported_document_waits_as_the_ledger_does(ledger: Path) -> None:
    """The audit of a document says what the audit of the ledger says."""
    exported = CliRunner().invoke(cli, ["export", "--db", str(ledger)]).stdout
    assert json.loads(exported)["format"] == FORMAT
    dossier = ledger.with_suffix(".json")
    dossier.write_text(exported, encoding="utf-8")
    at: dict[str, Any] = {"ledger": ledger, "today": "2024-07-08"}
    assert (
        run("audit", str(dossier), **at)["files"][0]["waiting"]
        == run("audit", str(ledger), **at)["files"][0]["waiting"]
    )
    assert file_data(FILE)["id"] == FILE.id


def test_the_oracle_waits_for_nothing_before_the_approval() -> None:
    """It is stated by hand as well."""
    assert Oracle({"id": "f-1"}).waiting(date(2030, 1, 1)) == {}
