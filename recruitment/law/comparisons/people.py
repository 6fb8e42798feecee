"""Comparisons of who serves: how many people, and whether they are among others."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

PeopleNote = Literal["people", "himself", "among"]
"""What a check of people can say."""


@frozen(kw_only=True)
class People(ComparisonKind):
    """How many people serve after this act: those before, less the replaced, plus the new ones.

    Distinct names count; `not_` names somebody who may not be among them.
    """

    kind: ClassVar[str] = "people"
    notes: ClassVar[frozenset[PeopleNote]] = frozenset(("people", "himself"))
    value: str = "people"
    at_least: int
    at_most: int
    not_: str | None = None


@frozen(kw_only=True)
class Among(ComparisonKind):
    """The people of this act are among those of another."""

    kind: ClassVar[str] = "among"
    notes: ClassVar[frozenset[PeopleNote]] = frozenset(("among",))
    value: str
    among: str
