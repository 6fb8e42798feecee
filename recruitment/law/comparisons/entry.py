"""Comparisons of an entry with the day it is made, with the editions, and with what a record can hold."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

EntryNote = Literal["future", "evidence-ahead", "edition", "not-recorded"]
"""What a check of an entry can say."""


@frozen(kw_only=True)
class NotInFuture(ComparisonKind):
    """The act is not dated after the day of its entry."""

    kind: ClassVar[str] = "not_in_future"
    notes: ClassVar[frozenset[EntryNote]] = frozenset(("future", "evidence-ahead"))
    structural: ClassVar[bool] = True


@frozen(kw_only=True)
class EditionKnown(ComparisonKind):
    """The day of the act is under an edition that is available."""

    kind: ClassVar[str] = "edition_known"
    notes: ClassVar[frozenset[EntryNote]] = frozenset(("edition",))
    structural: ClassVar[bool] = True


@frozen(kw_only=True)
class NotRecorded(ComparisonKind):
    """The record has no place for what the clause asks; always unknown."""

    kind: ClassVar[str] = "not_recorded"
    notes: ClassVar[frozenset[EntryNote]] = frozenset(("not-recorded",))
