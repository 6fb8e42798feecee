"""What a branch owes its files: limits that have passed, that come soon, that run, and what is to be done promptly.

The limits are those of the outlook; here they are told apart by the days that are left, and what the articles want
promptly, without a number, is added with the day since which it may be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal

from attrs import frozen

from recruitment.engine.bound import BoundCase
from recruitment.forecast.status import Due, body_of, imagine, running_limits
from recruitment.law.comparisons import Elapsed, Note, Order
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Procedure, Rule
from recruitment.record.case import Case

Urgency = Literal["overdue", "due", "promptly", "coming"]
URGENCIES: Final[tuple[Urgency, ...]] = ("overdue", "due", "promptly", "coming")
"""From the most to the least pressing."""
Grouping = Literal["person", "body", "week"]

_PROMPTLY: Final = "及时"
"""The word of the text for promptly; a rule keeps the word that gives it its force."""


@frozen(kw_only=True)
class Deadline:
    """Something owed to a file: the rule, the act that meets it, who acts, and until when.

    `last_day` is None where the articles say promptly and give no number; `anchor` is then the day since which it may
    be done, else the day that the limit counts from.
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


def deadlines(editions: Editions, case: Case, *, today: date, within: timedelta) -> tuple[Deadline, ...]:
    """What is owed to a file as of `today`; `due` is what ends within that time, `coming` what ends later.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    bound = BoundCase(editions, case)
    owed = [_duty(case, due, today, within) for due in running_limits(bound, today=today)]
    return tuple(sorted((*owed, *_promptly(bound, today)), key=_order))


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


def _promptly(bound: BoundCase, today: date) -> Iterator[Deadline]:
    """What may be done and is wanted promptly, of the acts to which no rule gives a last day."""
    case, rulebook = bound.case, bound.edition_on(today)
    if case.state.ended:
        return
    for procedure in rulebook.procedures:
        done = case.state.done
        if procedure.code in done or procedure.again or not done.issuperset(procedure.after):
            continue
        found = list(bound.judge_times(imagine(procedure, today), today=today))
        since = max(
            (f.check.first_day for f in found if isinstance(f.comparison, Order) and f.check.first_day), default=None
        )
        wanted: list[tuple[Rule, date]] = [
            (finding.rule, finding.check.anchor)
            for finding in found
            if isinstance(finding.comparison, Elapsed) and isinstance(finding.check.anchor, date)
        ]
        limited = any(finding.check.last_day is not None for finding in found)
        if not wanted and not limited and since is not None:
            wanted = [
                (rule, since)
                for rule in rulebook.rules
                if procedure.code in rule.acts and rule.force == "duty" and _PROMPTLY in (rule.word or "")
            ]
        for rule, anchor in wanted:
            if anchor <= today:
                yield Deadline(
                    file=case.file.id,
                    name=_name(case),
                    rule=rule,
                    edition=rulebook.code,
                    procedure=procedure,
                    body=body_of(procedure, case),
                    anchor=anchor,
                    last_day=None,
                    urgency="promptly",
                )


def group_by_person(found: Iterable[Deadline], by: Grouping | None) -> dict[str, list[Deadline]]:
    """The duties of many files, the most pressing first: by file, by the body that acts, or by week.

    A week is named as ISO 8601 does (2026-W48); what has no last day stands under "promptly". Without `by`, they are
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
            return "promptly"
        year, week, _ = duty.last_day.isocalendar()
        return f"{year}-W{week:02}"
    return duty.urgency
