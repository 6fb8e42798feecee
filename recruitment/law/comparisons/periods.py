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
    """Each period of length `each` since an anchor that has ended by `until` holds at least one `of` that act.

    A period runs from the day after its start to its end, so that its last day belongs to it. One finding a period.
    With `days`, it is not the act's own day that counts but the days that the act holds under that key. With
    `cut_policy`, that policy says how the time is cut: under `calendar` into the quarters of the calendar that begin
    after the anchor, else into lengths of `each` from the anchor on. With `new`, a period that began before the day
    from which the rule judges is left out.
    """

    kind: ClassVar[str] = "periods"
    notes: ClassVar[frozenset[PeriodNote | None]] = frozenset((None, "period"))
    timely: ClassVar[bool] = True
    each: Span
    rounding: Rounding
    since: str
    until: str = "on"
    of: str
    days: str | None = None
    cut_policy: str | None = None
    new: bool = False


@frozen(kw_only=True)
class Held(ComparisonKind):
    """At least `at_least` acts of that code are recorded, dated from `since` to `until` where these are named."""

    kind: ClassVar[str] = "held"
    notes: ClassVar[frozenset[PeriodNote | None]] = frozenset((None, "held"))
    of: str
    at_least: int = 1
    since: str | None = None
    until: str = "on"
