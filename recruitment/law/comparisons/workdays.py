"""The comparison of working days: how long a public notice stands."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

NoticeNote = Literal[
    "none", "provisional", "before-agreement", "before-agreement-provisional", "begun-early", "begun-early-provisional"
]
"""What a check of a public notice can say beside its days."""


@frozen(kw_only=True)
class Workdays(ComparisonKind):
    """A public notice: at least `at_least` working days from `since` to `until`, both counted.

    It begins not before `not_before`, and its last working day is not after `by`.
    """

    kind: ClassVar[str] = "workdays"
    notes: ClassVar[frozenset[str]] = frozenset(get_args(NoticeNote))
    timely: ClassVar[bool] = True
    since: str
    until: str
    at_least: int
    not_before: str | None = None
    by: str = "on"
