"""The days on which a period of a person's course ends: a year of cultivation, probation, an extension of it. Pure.

The articles give no last day for what then follows, only that it be done promptly; so none of these days is a limit.
Each is told before it comes, and until what follows is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, get_args

from attrs import frozen

from recruitment.base.dates import Span, add
from recruitment.law.rulebook import Procedure, Rulebook
from recruitment.record.case import Case

MilestoneKind = Literal["cultivated-for-a-year", "probation-ends", "extension-ends"]
KINDS: Final[tuple[MilestoneKind, ...]] = get_args(MilestoneKind)
AHEAD: Final = timedelta(days=60)
"""How long before its day a milestone is spoken of."""
_DAY: Final = timedelta(days=1)
_YEAR: Final = Span(1, "year")


@frozen(kw_only=True)
class Milestone:
    """A day on which a period ends, and the act that is then to come."""

    kind: MilestoneKind
    on: date
    """The last day of probation as the policy `probation-end-shown` says it, or the day on which the year is full."""
    days: int
    """How many days are left until then; negative once it has passed."""
    procedure: Procedure
    """The act that is to come, the first of those that are not done."""

    @property
    def near(self) -> bool:
        """Whether it has come, or comes soon."""
        return self.days <= AHEAD.days


def milestones_of(case: Case, rulebook: Rulebook, *, today: date) -> tuple[Milestone, ...]:
    """The milestones of a file whose following act is not done, in the order of their days.

    None of a file that has ended, or of a person who is with another unit.
    """
    if case.state.ended or case.away is not None:
        return ()
    found = (
        Milestone(kind=kind, on=day, days=(day - today).days, procedure=rulebook.by_code[act])
        for kind, day, act in _ends(case, rulebook)
    )
    return tuple(sorted(found, key=lambda milestone: (milestone.on, milestone.kind)))


def _ends(case: Case, rulebook: Rulebook) -> Iterator[tuple[MilestoneKind, date, str]]:
    done = case.state.done
    since = case.cultivated_since
    if case.standing == "activist" and isinstance(since, date) and "candidate" not in done:
        yield "cultivated-for-a-year", add(since, _YEAR), "candidate"
    if case.standing != "probationary" or "conversion_meeting" in done:
        return
    end = case.end_of_probation(rulebook.policies.get("extension-sum", "once"))
    if end is not None:
        shown = _DAY if rulebook.policies.get("probation-end-shown", "last-day") == "last-day" else timedelta(0)
        applied = "conversion_application" in done
        act = "conversion_meeting" if applied or case.extensions else "conversion_application"
        yield ("extension-ends" if case.extensions else "probation-ends"), end - shown, act
