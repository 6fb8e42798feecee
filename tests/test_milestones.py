"""The ends of periods: told sixty days ahead and until what follows is done, in every view of a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from stores import ACTS, EDITIONS, FILE

from recruitment import Case, open_case, review
from recruitment.cli.main import cli
from recruitment.forecast.milestones import Milestone
from recruitment.forecast.status import status_of
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.presentation.icalendar import ics, of_file, sent
from recruitment.presentation.milestone_words import milestone_words
from recruitment.record.acts import ConversionApproval, ConversionMeeting, TransferOut

CODES = [act.code for act in ACTS]
ENDS = date(2025, 5, 19)
"""The last day of the probation of the regular file: the meeting was on 2024-05-20."""


def after(code: str) -> Case:
    """The regular file up to the first act of that code."""
    acts = ACTS[: CODES.index(code) + 1]
    return review(EDITIONS, open_case(EDITIONS, FILE), acts, today=date(2026, 11, 22))[-1].following(EDITIONS)


def told(case: Case, today: date) -> list[tuple[str, date, int, str, bool]]:
    """The milestones of a file on a day."""
    found: tuple[Milestone, ...] = status_of(EDITIONS, case, today=today).milestones
    return [(each.kind, each.on, each.days, each.procedure.code, each.near) for each in found]


@pytest.mark.parametrize(
    ("today", "days", "near"),
    [(date(2025, 3, 19), 61, False), (date(2025, 3, 20), 60, True), (ENDS, 0, True), (date(2025, 9, 1), -105, True)],
)
def test_the_end_of_probation_is_told(today: date, days: int, near: bool) -> None:
    """From sixty days before its last day, and after it, as long as nobody has applied; then the meeting is due."""
    assert told(after("oath"), today) == [("probation-ends", ENDS, days, "conversion_application", near)]
    assert told(after("conversion_application"), today) == [("probation-ends", ENDS, days, "conversion_meeting", near)]
    assert told(after("conversion_meeting"), today) == []


def test_a_year_of_cultivation_is_told_to_an_activist_alone() -> None:
    """A year after the decision on the activist; once the candidate is determined there is nothing to tell."""
    assert told(after("mentors"), date(2023, 12, 1)) == [
        ("cultivated-for-a-year", date(2023, 12, 5), 4, "candidate", True)
    ]
    assert told(after("talk"), date(2023, 12, 1)) == []
    assert told(after("candidate"), date(2023, 12, 6)) == []


def test_an_extension_has_an_end_of_its_own() -> None:
    """Half a year more: the old end is told no longer, the new one is."""
    case = after("conversion_application")
    meeting = next(act for act in ACTS if isinstance(act, ConversionMeeting))
    approval = next(act for act in ACTS if isinstance(act, ConversionApproval))
    acts = [
        evolve(meeting, outcome="extend", months=6),
        approval,
    ]
    extended = review(EDITIONS, case, acts, today=date(2026, 11, 22))[-1].entered(EDITIONS)
    assert [found[:2] for found in told(extended, date(2025, 10, 1))] == [("extension-ends", date(2025, 11, 19))]


def test_nobody_is_reminded_of_a_person_elsewhere() -> None:
    """Who was transferred to another unit is that unit's to remind; a file that has ended has no periods."""
    away = review(EDITIONS, after("oath"), [TransferOut(on=date(2025, 1, 6), to="外单位")], today=date(2026, 11, 22))
    assert told(away[-1].entered(EDITIONS), date(2025, 5, 1)) == []
    assert told(after("archive"), date(2025, 9, 1)) == []


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2025, 5, 5), "2025-05-19 预备期满（还有14天），请提醒本人提出转正申请", "(in 14 days); remind"),
        (date(2025, 5, 18), "2025-05-19 预备期满（还有1天），请提醒本人提出转正申请", "(in 1 day); remind"),
        (ENDS, "2025-05-19 预备期满（就是今天），请提醒本人提出转正申请", "(today); remind"),
        (date(2025, 5, 29), "2025-05-19 预备期满（已过10天），请提醒本人提出转正申请", "(10 days ago); remind"),
    ],
)  # fmt: skip
def test_what_is_said(today: date, zh: str, en: str) -> None:
    """The day, how far off it is, and what is to be done."""
    (milestone,) = status_of(EDITIONS, after("oath"), today=today).milestones
    assert milestone_words(milestone, "zh") == zh
    assert en in milestone_words(milestone, "en")


def test_a_calendar_rings_for_it_and_takes_it_back() -> None:
    """However far ahead the day is; when the meeting has decided, the entry of the earlier export is cancelled."""
    today = date(2024, 8, 1)
    first = ics(
        of_file(status_of(EDITIONS, after("oath"), today=today), EDITIONS.on(today), "zh"), today=today, remind=[7]
    )
    assert f"SUMMARY:{FILE.id} 预备期满\r\n".encode() in first
    assert b"DTSTART;VALUE=DATE:20250519\r\n" in first
    later = date(2025, 6, 1)
    view = status_of(EDITIONS, after("conversion_meeting"), today=later)
    second = ics(of_file(view, EDITIONS.on(later), "zh"), today=later, earlier=sent(first)).decode()
    event = next(part for part in second.split("BEGIN:VEVENT") if "预备期满（已办）" in part)
    assert "STATUS:CANCELLED" in event


def test_every_view_tells_it(tmp_path: Path) -> None:
    """due, show, list and figures, in words and as data: a month before its day, and a month after it."""
    db = str(tmp_path / "ledger.db")
    with Ledger.open(db, create=True) as ledger:
        office = Office(ledger, EDITIONS)
        for n, act in enumerate(ACTS[: CODES.index("oath") + 1]):
            today = date(2026, 11, 22)
            done = office.advance(FILE.id, act, today=today) if n else office.open(FILE, act, today=today)
            assert done.recorded

    def run(today: date, *words: str) -> str:
        result = CliRunner().invoke(cli, [*words, "--db", db, "--lang", "zh", "--today", today.isoformat()])
        assert result.exit_code == 0, result.output
        return result.output

    before, past = ENDS - timedelta(days=30), ENDS + timedelta(days=30)
    for command in (["due"], ["show", FILE.id]):
        assert "2025-05-19 预备期满（还有30天），请提醒本人提出转正申请" in run(before, *command)
        assert "2025-05-19 预备期满（已过30天）" in run(past, *command)
        (found,) = json.loads(run(past, *command, "--json"))["milestones"]
        assert (found["kind"], found["on"], found["days"]) == ("probation-ends", "2025-05-19", -30)
    assert run(before, "due").splitlines()[0].strip() == "期满"
    assert "预备期满" in run(past, "list")
    assert "预备期满" not in run(date(2024, 9, 1), "due")
    assert json.loads(run(before, "figures", "--json"))["ending"] == {"probation-ends": 1}
    assert json.loads(run(past, "figures", "--json"))["ended"] == {"probation-ends": 1}
    assert "已期满、尚未办理" in run(past, "figures")
