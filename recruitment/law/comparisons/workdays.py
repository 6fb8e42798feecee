"""The comparison of working days: how long a public notice stands."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind


@frozen(kw_only=True)
class Workdays(ComparisonKind):
    """A public notice: at least `at_least` working days from `since` to `until`, both counted.

    It begins not before `not_before`, and its last working day is not after `by`.
    """

    kind: ClassVar[str] = "workdays"
    timely: ClassVar[bool] = True
    since: str
    until: str
    at_least: int
    not_before: str | None = None
    by: str = "on"
