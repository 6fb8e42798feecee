"""The comparison of the days inside a record: with each other, with the act, and with the day of entry."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from attrs import evolve, frozen

from recruitment.law.comparisons.kind import ComparisonKind
from recruitment.law.comparisons.value_tests import Test

RecordNote = Literal["days-agree", "day-too-early", "day-too-late", "days-too-many", "evidence-ahead", "reports"]
"""What a check of the days of a record can say; of reports that follow each other too soon an audit's advice."""


@frozen(kw_only=True)
class DayRow:
    """One day of a record and the days that limit it, when one of these `acts` is judged."""

    acts: tuple[str, ...]
    of: str | None = None
    """The path of a list; `day` is then a key of each entry of it."""
    day: str
    """The path of the day."""
    not_before: tuple[str, ...] = ()
    """Paths of days of the act, of the file or of other acts: the first of them that is recorded counts."""
    not_after: tuple[str, ...] = ()
    """Likewise, of the days that it must not come after."""
    by_entry: bool = False
    """It is not after the day of entry."""
    number: str | None = None
    """The path of a number of days that must fit between the day and `until`, both counted."""
    until: str | None = None
    where: Test | None = None
    """The row is held only where this test holds."""


@frozen(kw_only=True)
class RecordDays(ComparisonKind):
    """The days inside an act agree with each other, with the act and with the acts that they answer."""

    kind: ClassVar[str] = "days"
    notes: ClassVar[frozenset[RecordNote]] = frozenset(
        ("days-agree", "day-too-early", "day-too-late", "days-too-many", "evidence-ahead")
    )
    structural: ClassVar[bool] = True
    rows: tuple[DayRow, ...]

    def apart_from(self, other: ComparisonKind) -> Self:
        """The rows that the other table has not."""
        if not isinstance(other, RecordDays) or other.rows == self.rows:
            return self
        return evolve(self, rows=tuple(row for row in self.rows if row not in other.rows))
