"""What is due over many files: overdue, soon, waiting and coming; by file, by body, by week; no names unasked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_planning import EDITIONS, USUAL, act, course, day, entered, run

from recruitment import Case
from recruitment.forecast.deadlines import Deadline, deadlines, group_by_person
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger

MONTH = timedelta(days=30)


def owed(case: Case, today: str, within: timedelta = MONTH) -> list[tuple[str, str, date | None, str]]:
    """Act, rule, last day and urgency of what a file is owed."""
    found = deadlines(EDITIONS, case, today=day(today), within=within)
    return [(one.procedure.code, one.rule.code, one.last_day, one.urgency) for one in found]


@pytest.mark.parametrize(
    ("today", "urgency"),
    [("2026-08-02", "coming"), ("2026-08-03", "due"), ("2026-09-02", "due"), ("2026-09-03", "overdue")],
)
def test_a_talk_is_due_within_a_month(today: str, urgency: str) -> None:
    """Its last day is still in time, the day after it is overdue; what is soon is a matter of the days ahead."""
    case = course("apply", {"apply": "2026-08-02"})
    assert owed(case, today) == [("talk", "talk-within-1-month", day("2026-09-02"), urgency)]


def test_each_half_year_is_due_until_it_holds_an_inspection() -> None:
    """Those that have passed without one, and the one that runs; one that holds an inspection is done with."""
    case = course("mentors", {"apply": "2023-08-31"})
    case = entered(case, act(case, "inspection", day("2024-03-01")))
    assert owed(case, "2024-09-01") == [
        ("inspection", "inspection-every-half-year", day("2024-02-29"), "overdue"),
        ("inspection", "inspection-every-half-year", day("2025-02-28"), "coming"),
    ]


def test_a_half_year_that_has_not_begun_is_not_due() -> None:
    """The third one begins after 2024-08-31, though six months from the day before are its last day already."""
    case = course("mentors", {"apply": "2023-08-31"})
    assert [last for _, _, last, _ in owed(case, "2024-08-30")] == [day("2024-02-29"), day("2024-08-31")]
    assert [last for _, _, last, _ in owed(case, "2024-08-31")][-1] == day("2025-02-28")


def test_the_limits_of_the_edition_of_2026_are_due() -> None:
    """A meeting within a month of the pre-review, an oath within a month of the reply."""
    case = course("application_form", {**USUAL, "pre_review": "2026-06-30"})
    assert ("admission_meeting", "meeting-within-1-month", day("2026-07-30"), "due") in owed(case, "2026-07-01")
    case = course("superior_filing", {**USUAL, "admission_meeting": "2026-09-10"})
    assert ("oath", "oath-within-1-month", day("2026-10-10"), "due") in owed(case, "2026-09-11")


def test_an_approval_is_due_by_both_its_limits() -> None:
    """Three months, and never more than six; the approval of a conversion has the three alone."""
    case = course("committee_talk", {**USUAL, "admission_meeting": "2025-11-30"})
    assert owed(case, "2025-12-01") == [
        ("admission_approval", "approval-within-3-months", day("2026-02-28"), "coming"),
        ("admission_approval", "approval-within-6-months", day("2026-05-30"), "coming"),
    ]
    case = course(
        "conversion_meeting", {**USUAL, "admission_meeting": "2024-03-10", "conversion_meeting": "2025-03-10"}
    )
    assert owed(case, "2025-06-11")[0] == (
        "conversion_approval",
        "conversion-approval-within-3-months",
        day("2025-06-10"),
        "overdue",
    )


def test_what_has_no_number_waits_from_what_it_follows() -> None:
    """The conversion from the end of probation, the report up, the assignment, the oath, the archive from approval."""
    case = course("committee_talk", {**USUAL, "admission_meeting": "2024-03-10"})
    case = entered(case, act(case, "admission_approval", day("2024-04-10")))
    found = deadlines(EDITIONS, case, today=day("2024-05-01"), within=MONTH)
    owed_since = day("2024-04-10")
    assert sorted((one.rule.code, one.anchor, one.last_day, one.days, one.urgency) for one in found) == [
        (code, owed_since, None, 21, "waiting") for code in ("assigned", "filed-one-level-up", "oath-taken")
    ]
    late = deadlines(EDITIONS, case, today=day("2025-03-10"), within=MONTH)
    assert ("conversion-in-time", day("2025-03-10")) in [(one.rule.code, one.anchor) for one in late]
    assert "conversion-in-time" not in [
        one.rule.code for one in deadlines(EDITIONS, case, today=day("2025-03-09"), within=MONTH)
    ]
    case = course(
        "conversion_approval", {**USUAL, "admission_meeting": "2024-03-10", "conversion_meeting": "2025-03-10"}
    )
    assert [
        (one.rule.code, one.urgency) for one in deadlines(EDITIONS, case, today=day("2025-04-01"), within=MONTH)
    ] == [("archive-complete", "waiting")]


def test_a_postponed_conversion_is_due_in_six_months() -> None:
    """Counted from the end of probation."""
    case = course("conversion_application", {**USUAL, "admission_meeting": "2024-03-10"})
    for code, on in (("transfer_in", "2024-09-01"), ("postpone_conversion", "2025-03-10")):
        case = entered(case, act(case, code, day(on)))
    assert ("conversion_meeting", "postponed-meeting-in-time", day("2025-09-10"), "due") in owed(case, "2025-09-01")


def test_the_half_years_of_probation_end_with_it() -> None:
    """The local edition counts them up to the end of probation and asks for none after it."""
    facts: dict[str, Any] = {"overlays": ["guizhou-2015"], "edition": "2014"}
    days = {
        "apply": "2022-01-10",
        "activist": "2022-05-01",
        "candidate": "2023-06-01",
        "candidate_filing": "2023-07-10",
    }
    case = course("oath", {**days, "admission_meeting": "2023-08-10"}, **facts)
    ends = [last for _, rule, last, _ in owed(case, "2025-06-01") if rule == "gz-probation-inspection-half-yearly"]
    assert ends == [day("2024-02-10"), day("2024-08-10")]


def test_an_ended_file_is_owed_nothing() -> None:
    """Whatever ran before."""
    case = course("apply", {"apply": "2026-08-02"})
    assert owed(entered(case, act(case, "withdraw", day("2026-08-05"))), "2026-12-01") == []


def test_what_is_owed_is_grouped_as_it_is_asked_for() -> None:
    """By the body that acts, by file, by week as ISO 8601 names it, else by urgency."""
    case = course("committee_talk", {**USUAL, "admission_meeting": "2025-11-30"})
    found: list[Deadline] = [*deadlines(EDITIONS, case, today=day("2025-12-01"), within=MONTH)]
    assert list(group_by_person(found, "body")) == ["primary_committee"]
    assert list(group_by_person(found, "person")) == ["f-1"]
    assert list(group_by_person(found, "week")) == ["2026-W09", "2026-W22"]
    assert list(group_by_person(found, None)) == ["coming"]


def test_the_command_lists_what_all_files_are_owed(tmp_path: Path) -> None:
    """Tables and JSON; exit code 0 also where something is overdue; a name only where it is asked for."""
    db = tmp_path / "ledger.db"
    office = Office(Ledger.open(db, create=True), EDITIONS)
    for number, begun in (("a", "2026-10-01"), ("b", "2026-11-20")):
        case = course("apply", {"apply": begun}, id=number)
        office.open(case.file, case.acts[0], today=day("2026-11-23"))
    office.ledger.close()
    data = json.loads(run("due", "--json", db=db))
    assert [(group["key"], [one["id"] for one in group["due"]]) for group in data["groups"]] == [
        ("overdue", ["a"]),
        ("due", ["b"]),
    ]
    assert data["groups"][0]["due"][0]["last_day"] == "2026-11-01"
    assert data["groups"][0]["due"][0]["article"] == "7"
    assert "name" not in data["groups"][0]["due"][0]
    assert "申请人甲" not in run("due", "--lang", "zh", db=db)
    assert "申请人甲" in run("due", "--lang", "zh", "--names", "--by", "person", db=db)
    assert "2026-W51" in run("due", "--by", "week", db=db)
    coming = json.loads(run("due", "--json", "--within", "1w", db=db))
    assert [group["key"] for group in coming["groups"]] == ["overdue", "coming"]
    run("due", "--within", "soon", db=db, code=2)
