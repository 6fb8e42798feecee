"""Comparisons of days: a day against a limit, and the days between two days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from attrs import frozen

from recruitment.base.dates import Rounding, Span
from recruitment.law.comparisons.kind import ComparisonKind
from recruitment.law.comparisons.value_tests import Test

DayNote = Literal[
    "none", "not-yet", "new-limit", "extended", "clamped", "next-day", "memorial-day", "elapsed", "elapsed-late"
]
"""What a check of days can add to them."""


@frozen(kw_only=True)
class DateLimit(ComparisonKind):
    """A day against an anchor plus a span.

    `must_be`: `not_before`, `after`, `not_after` that limit, the `same_day`, or its `last_day` (the limit or the day
    before it, since both are written).
    `back` counts the span, which is then in days, back from the anchor. `extension` adds the extensions of probation
    that were approved. `new` marks a limit that is new in this edition: it never starts before the edition is in
    force, or before the day from which its rule judges where that has one (policy `new-limit-start`). Where the anchor
    depends on a policy, `anchors` names one for each of its values. `none_meets`: a value known to be none meets the
    limit, because then nothing is there to be early or late; without it, none is unmet. `met_on` are days of the year
    ("07-01") on which the limit is met where the test `met_when` holds. Before the day `silent_before` nothing is
    compared: another rule speaks of that.
    """

    kind: ClassVar[str] = "date"
    notes: ClassVar[frozenset[DayNote | None]] = frozenset(
        (None, "none", "not-yet", "new-limit", "extended", "clamped", "next-day", "memorial-day")
    )
    timely: ClassVar[bool] = True
    value: str = "on"
    must_be: Literal["not_before", "after", "not_after", "same_day", "last_day"]
    anchor: str | None = None
    anchor_policy: str | None = None
    anchors: Mapping[str, str] | None = None
    span: Span = Span(0, "day")
    back: bool = False
    rounding: Rounding | None = None
    rounding_policy: str | None = None
    extension: bool = False
    new: bool = False
    none_meets: bool = False
    met_on: tuple[str, ...] = ()
    met_when: Test | None = None
    silent_before: str | None = None


@frozen(kw_only=True)
class Elapsed(ComparisonKind):
    """Days between two days where the text says promptly and gives no number: reported.

    Only the policy `promptly-at-most` judges them. With `of`, `since` is a key of each entry of that list. Of an act
    that is still to come, the rule waits from `since` on; it is silent where the rule `yields_to` already speaks of the
    missing act.
    """

    kind: ClassVar[str] = "elapsed"
    notes: ClassVar[frozenset[DayNote]] = frozenset(("none", "elapsed", "elapsed-late"))
    timely: ClassVar[bool] = True
    since: str
    until: str = "on"
    of: str | None = None
    yields_to: str | None = None
