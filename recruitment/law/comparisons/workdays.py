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
    """A public notice: at least `at_least` working days from `since` to `until`, both counted.

    It begins not before `not_before`, and its last working day is not after `by`.
    """

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
    until: str
    at_least: int
    not_before: str | None = None
    by: str = "on"
