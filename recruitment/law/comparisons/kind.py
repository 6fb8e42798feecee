"""What all kinds of comparison have in common."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Self


class ComparisonKind:
    """A kind of comparison: the word that names it in a rulebook, and what it asks about."""

    __slots__ = ()
    kind: ClassVar[str]
    notes: ClassVar[Collection[str | None]]
    """What a check can add to what was compared; None where it adds nothing."""
    timely: ClassVar[bool] = False
    """Whether it asks when, and after what, an act may come; the others ask what the record of the act holds."""
    structural: ClassVar[bool] = False
    """Whether it belongs to the structure of the editions, which no local edition touches."""

    def apart_from(self, other: ComparisonKind) -> Self:  # noqa: ARG002 - one value differs as a whole
        """What of it the other edition does not have: a table narrows itself to the rows that differ."""
        return self
