"""The comparisons of an entry with the day it is made, with the editions, and with what a record can hold."""

from __future__ import annotations

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator, Origin, compile_comparison
from recruitment.engine.findings import Check
from recruitment.law.comparisons.entry import EditionKnown, NotInFuture, NotRecorded


@compile_comparison.register(NotInFuture)
def entry_evaluator(_: NotInFuture, origin: Origin) -> Evaluator:
    """The act is not dated after the day of its entry."""
    comparison = origin.comparison

    def evaluate(attempt: Attempt) -> tuple[Check]:
        day, on = attempt.recorded, attempt.on
        return (Check(on <= day, None, day, on, None, day, note="future", comparison=comparison),)

    return evaluate


@compile_comparison.register(EditionKnown)
def edition_evaluator(_: EditionKnown, origin: Origin) -> Evaluator:
    """The day of the act is under an edition that is available; where it is not, this is reported once a file."""
    comparison = origin.comparison

    def evaluate(attempt: Attempt) -> tuple[Check, ...]:
        if not attempt.early:
            return ()
        encoded = attempt.machine.rulebook.in_force
        if any(act.on < encoded for act in attempt.case.happened):
            return ()
        return (Check(None, actual=attempt.on, note="edition", comparison=comparison),)

    return evaluate


@compile_comparison.register(NotRecorded)
def not_recorded_evaluator(_: NotRecorded, origin: Origin) -> Evaluator:
    """Always unknown: the record has no place for what the clause asks."""
    unknown = (Check(None, note="not-recorded", comparison=origin.comparison),)
    return lambda _: unknown
