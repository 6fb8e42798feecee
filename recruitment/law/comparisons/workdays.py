"""The comparison of working days: how long a public notice is up."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

NoticeNote = Literal[
    "none", "provisional", "before-agreement", "before-agreement-provisional", "begun-early", "begun-early-provisional"
]
"""What a check of a public notice can add to its days."""


@frozen(kw_only=True)
class Workdays(ComparisonKind):
    """A public notice that is up for a number of working days."""

    kind: ClassVar[str] = "workdays"
    notes: ClassVar[frozenset[NoticeNote | None]] = frozenset(
        (
            None,
            "none",
            "provisional",
            "before-agreement",
            "before-agreement-provisional",
            "begun-early",
            "begun-early-provisional",
        )
    )
    timely: ClassVar[bool] = True
    since: str
    """The path of its first day, which is counted."""
    until: str
    """The path of its last day, which is counted."""
    at_least: int
    """The least number of working days."""
    not_before: str | None = None
    """The path of the day before which it does not begin."""
    by: str = "on"
    """The path of the day after which its last working day does not come."""
