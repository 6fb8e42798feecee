"""Comparisons of counted votes and people: a share of a whole, and sums that agree."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

CountNote = Literal["none", "share", "must-miss", "balance"]
"""What a check of counts can say."""


@frozen(kw_only=True)
class Share(ComparisonKind):
    """A count against a share of a whole: `more_than_half`, `at_least_half` or `at_least_two_thirds`.

    Under the outcomes in `missed_on` the share must not be reached: those outcomes say that it was not. With `only_on`
    it is asked under those outcomes alone.
    """

    kind: ClassVar[str] = "share"
    notes: ClassVar[frozenset[CountNote | None]] = frozenset((None, "none", "share", "must-miss"))
    part: str
    whole: str
    must_be: Literal["more_than_half", "at_least_half", "at_least_two_thirds"]
    missed_on: tuple[str, ...] = ()
    only_on: tuple[str, ...] = ()


@frozen(kw_only=True)
class Balance(ComparisonKind):
    """Counts that must agree: the sum of `sum` equals the sum of `equals`, or is at most the sum of `at_most`."""

    kind: ClassVar[str] = "balance"
    notes: ClassVar[frozenset[CountNote | None]] = frozenset((None, "none", "balance"))
    sum: tuple[str, ...]
    equals: tuple[str, ...] | None = None
    at_most: tuple[str, ...] | None = None
