"""What the text wants promptly and gives no number for, once it can be done and is not: it waits, day by day. Pure.

It waits up to the last day that the policy `promptly-at-most` gives, and is an unmet duty from the day after. Only of a
file whose record is meant to be whole, that has not ended, and whose person is not with another unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from recruitment.base.dates import add_months
from recruitment.engine.bound import BoundCase
from recruitment.engine.evaluators.days import promptly_at_most
from recruitment.engine.findings import Check
from recruitment.law.comparisons import Elapsed
from recruitment.law.rulebook import Procedure, Rule
from recruitment.record.acts import ACTS, Act
from recruitment.record.checking import mark_checked


@frozen(kw_only=True)
class Waiting:
    """A duty that is still to be done: the rule, the act that does it, since when, and for how many days.

    `last_day` is the last one on which it waits by the policy; None where it waits for ever.
    """

    rule: Rule
    edition: str
    procedure: Procedure
    check: Check
    """What the comparison of the days finds today."""
    since: date
    days: int
    last_day: date | None
    yields_to: str | None = None
    """The rule that goes before where it already speaks of the missing act as unmet."""


def imagine(procedure: Procedure, on: date) -> Act:
    """The act with its success and nothing else, to ask what the limits of time say."""
    kind = ACTS[procedure.code]
    success = next((outcome for outcome in procedure.outcomes if outcome.default), procedure.outcomes[0])
    return mark_checked(kind(on=on, outcome=success.code if kind.outcomes else None))


def owed_promptly(bound: BoundCase, *, today: date) -> Iterator[Waiting]:
    """Everything that is owed promptly and not done, also past the last day of the policy, in the order of the course.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    case = bound.case
    if case.state.ended or not case.file.complete or case.away is not None:
        return
    rulebook = bound.edition_on(today)
    months, done = promptly_at_most(rulebook), case.state.done
    for procedure in rulebook.procedures:
        if procedure.code in done or procedure.again or not done.issuperset(procedure.after):
            continue
        for finding in bound.judge_times(imagine(procedure, today), today=today):
            compared, since = finding.comparison, finding.check.anchor
            waits = isinstance(compared, Elapsed) and compared.of is None and finding.rule.force == "duty"
            if waits and isinstance(compared, Elapsed) and isinstance(since, date) and since <= today:
                yield Waiting(
                    rule=finding.rule,
                    edition=rulebook.code,
                    procedure=procedure,
                    check=finding.check,
                    since=since,
                    days=(today - since).days,
                    last_day=None if months is None else add_months(since, months),
                    yields_to=compared.yields_to,
                )
