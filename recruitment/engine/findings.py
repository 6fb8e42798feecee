"""What a ruling finds: one rule judged for one act, its value, what was compared, the first lawful day.

Findings are values and hold no words; those are made when a finding is shown (`recruitment.presentation.findings`),
from what the check says and nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

from recruitment.law.comparisons import Comparison, Note
from recruitment.law.rulebook import Force, Rule

Value = Literal["met", "unmet", "unknown"]
Truth = bool | None

PROVISIONAL: Final[frozenset[Note]] = frozenset(
    ("provisional", "before-agreement-provisional", "begun-early-provisional")
)
"""Notes of checks that counted working days through a year whose holidays are not announced."""
FINAL: Final[frozenset[Note]] = frozenset(
    ("twice", "no-more", "not-lapsed", "same-move", "ended", "no-place", "not-now")
)
"""Notes of checks that no later day changes, and after which not even an audit moves a case."""


class Check(Struct, frozen=True, gc=False):  # a ruling makes many: a Struct is made in a third of the time of a class
    """What one comparison found, and where it comes from."""

    truth: Truth
    """None for unknown."""
    anchor: Any = None
    """The day, or the value, that was counted from."""
    limit: Any = None
    """The first or last day, the least or greatest number, or the value that the rule asks for."""
    actual: Any = None
    """What the record holds: a day, a number, a code, or what it lists."""
    first_day: date | None = None
    """The first day on which it would be met."""
    last_day: date | None = None
    """The last day on which it would be met."""
    lacks: tuple[str, ...] = ()
    """What the record does not hold, where the truth is unknown."""
    note: Note | None = None
    """Why it is so, where the numbers alone do not say it."""
    about: str | None = None
    """The act, outcome or value that the check speaks of, where it is not the rule's own."""
    force: Force | None = None
    """The force of the check, where it is not the rule's own."""
    comparison: int | None = None
    """The place of the comparison that made it among those of the rule, counted from 0.

    None where no comparison made it, or where an earlier ledger does not say which.
    """
    places: tuple[int, ...] = ()
    """Where the comparison goes through several tests or entries of a list, the places of those shown, from 0."""
    policies: tuple[str, ...] = ()
    """The codes of the policies of which another value would have given other days or another truth."""

    @property
    def provisional(self) -> bool:
        """Whether working days were counted through a year whose holidays are not announced."""
        return self.note in PROVISIONAL


class FindingPlace(Struct, frozen=True, gc=False):
    """Where a finding belongs in a file; the findings of two judgements of one file are compared by it."""

    index: int | None
    """The place of the act in the file, from 0; None for what has no act."""
    rule: str
    about: str | None
    """What else the check speaks of."""


class Asked(Struct, frozen=True, gc=False):  # one is made for each ruling
    """What the findings of one ruling have in common: edition, act, its place in the file from 0, and its day."""

    edition: str
    act: str
    index: int | None
    on: date


class Finding(Struct, frozen=True, gc=False):
    """One rule judged for one act: its value, what was compared, and the first or last lawful day."""

    rule: Rule
    asked: Asked
    force: Force
    """The force of the rule in this finding; a check may have another than its rule."""
    value: Value
    check: Check
    reason: str | None = None
    """The recorded reason for a deviation."""
    on_trust: str | None = None
    """The reason for which an unknown bar was let through."""
    as_it_was: str | None = None
    """The reason for which an unmet bar was recorded as it was; it stays unmet."""

    @property
    def edition(self) -> str:
        """The edition that the act was judged by."""
        return self.asked.edition

    @property
    def act(self) -> str:
        """The code of the act."""
        return self.asked.act

    @property
    def index(self) -> int | None:
        """The place of the act in the file from 0; None for what has no act."""
        return self.asked.index

    @property
    def place(self) -> FindingPlace:
        """The place of its act, its rule, and what else its check speaks of."""
        return FindingPlace(self.asked.index, self.rule.code, self.check.about)

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.asked.on

    @property
    def comparison(self) -> Comparison | None:
        """The comparison that the check comes from; None where it is not known, or the rule no longer has it."""
        place, compared = self.check.comparison, self.rule.compare
        return compared[place] if place is not None and place < len(compared) else None

    @property
    def bars(self) -> bool:
        """Whether this finding alone refuses the act: a bar not met, or a deviation without a reason."""
        if self.force == "bar" and self.value == "unknown":
            return self.on_trust is None
        return self.stands_against and self.as_it_was is None

    @property
    def stands_against(self) -> bool:
        """Whether the act should not have been done so: a bar that is unmet, or a deviation without a reason."""
        return self.value == "unmet" and (self.force == "bar" or (self.force == "usual" and self.reason is None))
