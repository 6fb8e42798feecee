"""The values of a plan: a step for each act that is still to come, its first and last day, and what sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from attrs import frozen

from recruitment.forecast.status import Ending
from recruitment.law.rulebook import Force, Procedure, Rule
from recruitment.record.case import Case

Meetings = Mapping[str, Sequence[date]]
"""The days on which a body meets, by its code; by the code of an act where only some meetings decide on that act."""

NoteCode = Literal[
    "again",
    "each-period",
    "ends",
    "extends",
    "late",
    "meeting",
    "meeting-late",
    "missed",
    "moved",
    "no-meeting",
    "not-cured",
    "notice",
    "passed",
    "promptly",
    "rest-day",
    "unknown",
]
WARNINGS: Final = frozenset(("late", "meeting-late", "missed", "no-meeting", "not-cured", "passed", "unknown"))
"""Notes that say that something cannot be had, or is not known."""


class PlanNote(NamedTuple):
    """What else is to be said of a step; a rule with its edition, days and another act as the code needs them."""

    code: NoteCode
    rule: Rule | None = None
    edition: str | None = None
    day: date | None = None
    until: date | None = None
    act: str | None = None


@frozen(kw_only=True)
class Bound:
    """What sets a first or a last day: a rule of an edition, its force there, and the day that it counts from.

    `act` is the act that comes before, where it is the order that binds; `anchor_act` the act that a limit counts from.
    """

    day: date
    rule: Rule
    edition: str
    force: Force
    anchor: date | None = None
    act: str | None = None
    anchor_act: str | None = None
    provisional: bool = False


@frozen(kw_only=True)
class PlanStep:
    """An act that is still to come, with the days on which it may be done."""

    procedure: Procedure
    edition: str
    """The edition that judges it on its earliest day."""
    earliest: date | None
    """The first lawful day not before the day of the plan; None where no day is lawful any more."""
    first: Bound | None = None
    """What sets the earliest day; None where that is only today, a meeting's day or a wish."""
    limits: tuple[Bound, ...] = ()
    """The last days by every rule that has one, the nearest first, if each act before comes on its earliest day."""
    needed_by: date | None = None
    """The last day that serves the wish of a plan (`Goal`)."""
    conditional: Literal["decided", "satisfactory"] | None = None
    """It succeeds by a decision or a judgement: the plan does not promise it."""
    provisional: bool = False
    """Working days were counted through a year whose holidays are not announced."""
    period: tuple[date, date] | None = None
    """The first and last day of the time that an inspection serves."""
    notes: tuple[PlanNote, ...] = ()

    @property
    def earliest_by(self) -> str | None:
        """The code of the rule that sets the earliest day; the act before it, where that is the order."""
        if self.first is None:
            return None
        return self.first.act or self.first.rule.code

    @property
    def latest(self) -> date | None:
        """The nearest of the last days; None where the rules give none."""
        return self.limits[0].day if self.limits else None

    @property
    def latest_by(self) -> str | None:
        """The code of the rule that sets the last day."""
        return self.limits[0].rule.code if self.limits else None

    @property
    def depends_on_meeting(self) -> bool:
        """Whether a meeting or a committee decides on it."""
        return self.conditional == "decided"

    @property
    def warnings(self) -> tuple[PlanNote, ...]:
        """The notes that say that something cannot be had, or is not known."""
        return tuple(note for note in self.notes if note.code in WARNINGS)


@frozen(kw_only=True)
class Goal:
    """An act wished for on a day, and whether it can be had then; `earliest` is the first day on which it can."""

    act: str
    on: date
    earliest: date | None
    possible: bool


class SupposedAct(NamedTuple):
    """An act that was taken as done though it is not recorded."""

    code: str
    outcome: str
    on: date


@frozen(kw_only=True)
class Plan:
    """What is still to come of a file as of a day. It counts on success at every step, and promises none."""

    case: Case
    today: date
    steps: tuple[PlanStep, ...]
    ended: Ending | None = None
    goal: Goal | None = None
    supposed: tuple[SupposedAct, ...] = ()

    def step(self, code: str) -> PlanStep | None:
        """The first step of that code, or None."""
        return next((step for step in self.steps if step.procedure.code == code), None)

    @property
    def warnings(self) -> tuple[tuple[PlanStep, PlanNote], ...]:
        """Every warning with its step."""
        return tuple((step, note) for step in self.steps for note in step.warnings)
