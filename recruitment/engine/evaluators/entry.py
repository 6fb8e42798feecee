"""The comparisons of an entry with the day it is made, with the editions, and with what a record can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from recruitment.base.structure.values import fields_of
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Judge, Origin, compile_comparison, field_at
from recruitment.engine.findings import Check
from recruitment.law.comparisons.entry import EditionKnown, NotInFuture, NotRecorded
from recruitment.record.acts import ACTS, Act

HAPPENED: Final = (
    "reported",
    "deliberated",
    "concluded",
    "inquiries",
    "from",
    "publicity.agreed",
    "publicity.from",
)
"""Keys of days on which something has happened that the act rests on: they lie no more ahead than the act itself."""


_CARRIED: Final[Mapping[type[Act], tuple[tuple[str, Callable[[Any], Any]], ...]]] = {
    kind: tuple((path, field_at(path)) for path in HAPPENED if path.partition(".")[0] in fields_of(kind))
    for kind in ACTS.values()
}
"""Those keys that the acts of a class carry, with how to read them."""


@compile_comparison.register(NotInFuture)
def judge_entry(_: NotInFuture, origin: Origin) -> Judge:
    """The act, and what it says has happened, is not dated after the day of its entry."""
    comparison = origin.comparison

    def judge(attempt: Attempt) -> tuple[Check]:
        day, on = attempt.recorded, attempt.on
        carried = _CARRIED.get(type(attempt.act))
        if carried and on <= day:
            for path, read in carried:
                value = read(attempt.act)
                latest = max(value) if type(value) is tuple and value else value
                if isinstance(latest, date) and latest > day:
                    return (Check(False, None, day, latest, note="evidence-ahead", about=path, comparison=comparison),)
        return (Check(on <= day, None, day, on, None, day, note="future", comparison=comparison),)

    return judge


@compile_comparison.register(EditionKnown)
def judge_edition(_: EditionKnown, origin: Origin) -> Judge:
    """The day of the act lies under an edition that is encoded; where not, it is said once a file."""
    comparison = origin.comparison

    def judge(attempt: Attempt) -> tuple[Check, ...]:
        if not attempt.early:
            return ()
        encoded = attempt.machine.rulebook.in_force
        if any(act.on < encoded for act in attempt.case.happened):
            return ()
        return (Check(None, actual=attempt.on, note="edition", comparison=comparison),)

    return judge


@compile_comparison.register(NotRecorded)
def judge_not_recorded(_: NotRecorded, origin: Origin) -> Judge:
    """Always unknown: the record has no place for what the clause asks."""
    unknown = (Check(None, note="not-recorded", comparison=origin.comparison),)
    return lambda _: unknown
