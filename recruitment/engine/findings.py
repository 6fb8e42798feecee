"""What a ruling finds: one rule judged for one act, its value, what was compared, the day that would do.

Findings are values and hold no words; those are made when a finding is shown (`recruitment.presentation.findings`).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal, NamedTuple

from attrs import frozen

from recruitment.law.rulebook import Force, Rule

Value = Literal["met", "unmet", "unknown"]
Truth = bool | None


made: Final = tuple.__new__
"""Make a `Check` or a `Finding` from a tuple of all its parts, in order: for where most of them are made.

Calling the class does the same at four times the time, which is half of the time of a ruling.
"""


class Check(NamedTuple):
    """What one comparison found. `truth` is None for unknown, and `lacks` then names what the record does not hold."""

    truth: Truth
    anchor: Any = None
    limit: Any = None
    actual: Any = None
    first_day: date | None = None
    last_day: date | None = None
    lacks: tuple[str, ...] = ()
    note: str | None = None
    """A word for the messages: why, where the numbers alone do not say it."""
    about: str | None = None
    """The act, outcome or value that the check speaks of, where it is not the rule's own."""
    force: Force | None = None


@frozen(slots=False)  # one is made for each ruling, and without slots that is faster
class Asked:
    """What the findings of one ruling have in common: edition, act, its place in the file from 0, and its day."""

    edition: str
    act: str
    index: int | None
    on: date


class Finding(NamedTuple):
    """One rule judged for one act: its value, what was compared, and the day that would do.

    `reason` is the recorded reason for a deviation, `on_trust` the reason for which an unknown bar was let through.
    """

    rule: Rule
    asked: Asked
    force: Force
    value: Value
    check: Check
    reason: str | None = None
    on_trust: str | None = None

    @property
    def edition(self) -> str:
        """The edition that the act was judged by."""
        return self.asked.edition

    @property
    def act(self) -> str:
        """The code of the act."""
        return self.asked.act

    @property
    def index(self) -> int | None:  # type: ignore[override]  # nobody looks for the place of a value in a finding
        """The place of the act in the file from 0; None for what has no act."""
        return self.asked.index

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.asked.on

    @property
    def bars(self) -> bool:
        """Whether this finding alone refuses the act: a bar not met, or a deviation without a reason."""
        if self.force == "bar":
            return self.value == "unmet" or (self.value == "unknown" and self.on_trust is None)
        return self.force == "usual" and self.value == "unmet" and self.reason is None
