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
    """A day against an anchor plus a span."""

    kind: ClassVar[str] = "date"
    notes: ClassVar[frozenset[DayNote | None]] = frozenset(
        (None, "none", "not-yet", "new-limit", "extended", "clamped", "next-day", "memorial-day")
    )
    timely: ClassVar[bool] = True
    value: str = "on"
    """The path of the day that is compared."""
    must_be: Literal["not_before", "after", "not_after", "same_day", "last_day"]
    """How the day lies to the limit; `last_day` is the limit or the day before it, since both are written."""
    anchor: str | None = None
    """The path of the day that the limit counts from."""
    anchor_policy: str | None = None
    """The policy on which the anchor depends."""
    anchors: Mapping[str, str] | None = None
    """The path of the anchor under each value of that policy."""
    span: Span = Span(0, "day")
    back: bool = False
    """The span, which is then in days, is counted back from the anchor."""
    rounding: Rounding | None = None
    rounding_policy: str | None = None
    """The policy that says how months are rounded, in place of `rounding`."""
    extension: bool = False
    """The extensions of probation that were approved are added."""
    new: bool = False
    """The limit is new in this edition (policy `new-limit-start`).

    It never starts before the edition is in force, or before the day from which its rule judges where that has one.
    """
    none_meets: bool = False
    """A value known to be none meets the limit: nothing is there to be early or late. Without it, none is unmet."""
    met_on: tuple[str, ...] = ()
    """Days of the year ("07-01") on which the limit is met where the test `met_when` holds."""
    met_when: Test | None = None
    silent_before: str | None = None
    """The path of a day before which nothing is compared: another rule speaks of that."""


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
