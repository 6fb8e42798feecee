"""Comparisons of acts held over a time: one in each period, or so many in all."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.base.dates import Rounding, Span
from recruitment.law.comparisons.kind import ComparisonKind

PeriodNote = Literal["period", "held"]
"""What a check of acts over a time can say."""


@frozen(kw_only=True)
class Periods(ComparisonKind):
    """Each period since an anchor that has ended holds at least one act of a code. One finding a period.

    A period runs from the day after its start to its end, so that its last day belongs to it.
    """

    kind: ClassVar[str] = "periods"
    notes: ClassVar[frozenset[PeriodNote | None]] = frozenset((None, "period"))
    timely: ClassVar[bool] = True
    each: Span
    """The length of a period."""
    rounding: Rounding
    since: str
    """The path of the anchor."""
    until: str = "on"
    """The path of the day by which a period must have ended to be judged."""
    of: str
    """The code of the act."""
    days: str | None = None
    """The key of the days that count in place of the act's own day."""
    cut_policy: str | None = None
    """The policy that says how the time is cut.

    Under `calendar` it is cut into the quarters of the calendar that begin after the anchor, else into lengths of
    `each` from the anchor on.
    """
    new: bool = False
    """A period that began before the day from which the rule judges is left out."""


@frozen(kw_only=True)
class Held(ComparisonKind):
    """At least `at_least` acts of that code are recorded, dated from `since` to `until` where these are named."""

    kind: ClassVar[str] = "held"
    notes: ClassVar[frozenset[PeriodNote | None]] = frozenset((None, "held"))
    of: str
    at_least: int = 1
    since: str | None = None
    until: str = "on"
