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
    """One day of a record and the days that limit it, when one of these `acts` is judged.

    `not_before` and `not_after` name days of the act, of the file or of other acts: the first of them that is recorded
    counts. With `of`, `day` is a key of each entry of that list. `by_entry` holds it to the day of entry. With
    `number`, that many days fit between the day and `until`, both counted. The row is held only where the test `where`
    holds.
    """

    acts: tuple[str, ...]
    of: str | None = None
    day: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    by_entry: bool = False
    number: str | None = None
    until: str | None = None
    where: Test | None = None


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
