"""What a branch owes its files: limits that have passed, that come soon, that run, and what is to be done promptly.

The limits are those of the outlook; here they are grouped by the days that are left, and what the articles want
promptly, without a number, is added with the day since which it may be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal

from attrs import frozen

from recruitment.engine.bound import BoundCase
from recruitment.forecast.milestones import Milestone, milestones_of
from recruitment.forecast.status import Due, body_of, running_limits, waiting_duties
from recruitment.law.comparisons import Note
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Procedure, Rule
from recruitment.record.case import Case

Urgency = Literal["overdue", "due", "waiting", "coming"]
URGENCIES: Final[tuple[Urgency, ...]] = ("overdue", "due", "waiting", "coming")
"""From the most to the least pressing."""
Grouping = Literal["person", "body", "week"]


@frozen(kw_only=True)
class Deadline:
    """Something owed to a file: the rule, the act that meets it, who acts, and until when.

    `last_day` is None where the articles say promptly and give no number; `anchor` is then the day since which it may
    be done and waits for so many `days`, else the day that the limit counts from.
    """

    file: str
    name: str | None
    rule: Rule
    edition: str
    procedure: Procedure
    body: str
    anchor: date
    last_day: date | None
    urgency: Urgency
    note: Note | None = None
    days: int | None = None


@frozen(kw_only=True)
class EndOfPeriod:
    """A milestone of a file among those of others: the file, and its person's name where it is known."""

    file: str
    name: str | None
    milestone: Milestone


def deadlines(editions: Editions, case: Case, *, today: date, within: timedelta) -> tuple[Deadline, ...]:
    """What is owed to a file as of `today`; `due` is what ends within that time, `coming` what ends later.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    bound = BoundCase(editions, case)
    owed = [_duty(case, due, today, within) for due in running_limits(bound, today=today)]
    return tuple(sorted((*owed, *_waiting_deadlines(bound, today)), key=_order))


def ends_of_periods(editions: Editions, case: Case, *, today: date, within: timedelta) -> Iterator[EndOfPeriod]:
    """The periods of a file that have ended or end within that time, and after which something is to be done.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    rulebook = BoundCase(editions, case).edition_on(today)
    for milestone in milestones_of(case, rulebook, today=today):
        if milestone.on <= today + within:
            yield EndOfPeriod(file=case.file.id, name=_name(case), milestone=milestone)


def _duty(case: Case, due: Due, today: date, within: timedelta) -> Deadline:
    urgency: Urgency = "overdue" if due.overdue else "due" if due.last_day <= today + within else "coming"
    return Deadline(
        file=case.file.id,
        name=_name(case),
        rule=due.rule,
        edition=due.edition,
        procedure=due.procedure,
        body=body_of(due.procedure, case),
        anchor=due.anchor,
        last_day=due.last_day,
        urgency=urgency,
        note=due.check.note,
    )


def _name(case: Case) -> str | None:
    return case.file.name if isinstance(case.file.name, str) else None


def _order(duty: Deadline) -> tuple[int, date, str, int]:
    return URGENCIES.index(duty.urgency), duty.last_day or duty.anchor, duty.file, duty.procedure.number


def _waiting_deadlines(bound: BoundCase, today: date) -> Iterator[Deadline]:
    """What is owed promptly and waits."""
    case = bound.case
    for owed in waiting_duties(bound, today=today):
        yield Deadline(
            file=case.file.id,
            name=_name(case),
            rule=owed.rule,
            edition=owed.edition,
            procedure=owed.procedure,
            body=body_of(owed.procedure, case),
            anchor=owed.since,
            last_day=None,
            urgency="waiting",
            days=owed.days,
        )


def group_by_person(found: Iterable[Deadline], by: Grouping | None) -> dict[str, list[Deadline]]:
    """The duties of many files, the most pressing first: by file, by the body that acts, or by week.

    A week is named as ISO 8601 does (2026-W48); what has no last day is under "waiting". Without `by`, they are
    grouped by urgency.
    """
    groups: dict[str, list[Deadline]] = {}
    for duty in sorted(found, key=_order):
        groups.setdefault(_key(duty, by), []).append(duty)
    if by is None:
        return {urgency: groups[urgency] for urgency in URGENCIES if urgency in groups}
    return dict(sorted(groups.items()))


def _key(duty: Deadline, by: Grouping | None) -> str:
    if by == "person":
        return duty.file
    if by == "body":
        return duty.body
    if by == "week":
        if duty.last_day is None:
            return "waiting"
        year, week, _ = duty.last_day.isocalendar()
        return f"{year}-W{week:02}"
    return duty.urgency
