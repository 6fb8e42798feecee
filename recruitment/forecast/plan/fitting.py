"""Limits that an early start would miss: the act that a limit counts from, moved to the first day that keeps it.

What cannot come before a certain day, a meeting or the end of probation, may miss a limit that an act before it has
started too early. That act is not done yet, so it may wait. The day is searched with the same way forward.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from attrs import evolve

from recruitment.forecast.plan.forward import StepPlace
from recruitment.forecast.plan.steps import PlanNote, PlanStep

LATE: Final = frozenset(("late", "meeting-late"))
"""Notes that say that a limit is missed."""
_DAY: Final = timedelta(days=1)

Walker = Callable[[Mapping[StepPlace, date], str | None], list[PlanStep]]
"""A way forward: wishes of not before when, and the act to stop at."""


def places(steps: Iterable[PlanStep]) -> dict[StepPlace, PlanStep]:
    """The steps by their acts, and which of its entries in the plan each is."""
    count: Counter[str] = Counter()
    found: dict[StepPlace, PlanStep] = {}
    for step in steps:
        code = step.procedure.code
        found[StepPlace(code, count[code])] = step
        count[code] += 1
    return found


def last_day(good: date, end: date, holds: Callable[[date], bool], guess: date | None = None) -> date:
    """The last day from `good` to `end` for which it holds; it holds for `good`, and once it fails it fails on.

    The search begins round `guess`, where it is given.
    """
    low, high = good, end
    probe, reach = guess or low, 1
    while low < probe <= high:
        if holds(probe):
            low, probe = probe, probe + timedelta(days=reach)
        else:
            high, probe = probe - _DAY, probe - timedelta(days=reach)
        reach *= 4
    while low < high:
        middle = low + timedelta(days=((high - low).days + 1) // 2)
        if holds(middle):
            low = middle
        else:
            high = middle - _DAY
    return low


class _Clash(NamedTuple):
    """A limit missed by the act at `place`, under a rule, and the place of the act of the plan that starts it."""

    place: StepPlace
    rule: str
    cause: StepPlace


def fit(walk: Walker, until: str | None) -> tuple[tuple[PlanStep, ...], Mapping[StepPlace, date]]:
    """The steps with every such limit kept where it can be, and the acts that were moved for it, with their days."""
    moved: dict[StepPlace, date] = {}
    steps = walk(moved, until)
    tried: set[_Clash] = set()
    while (clash := next((c for c in _clashes(steps) if c not in tried), None)) is not None:
        tried.add(clash)
        day = _first_kept_day(walk, steps, moved, clash, until)
        if day is not None:
            moved[clash.cause] = day
            steps = walk(moved, until)
    return tuple(_mark_moved(steps, moved)), moved


def _clashes(steps: Sequence[PlanStep]) -> Iterable[_Clash]:
    found = places(steps)
    order = list(found)
    for n, place in enumerate(order):
        step = found[place]
        for limit in step.limits:
            causes = [other for other in order[:n] if other.act == limit.anchor_act]
            if causes and _is_late(step, limit.rule.code):
                yield _Clash(place, limit.rule.code, causes[-1])


def _is_late(step: PlanStep | None, rule: str) -> bool:
    return step is None or any(note.code in LATE and note.rule and note.rule.code == rule for note in step.notes)


def _first_kept_day(
    walk: Walker, steps: Sequence[PlanStep], moved: Mapping[StepPlace, date], clash: _Clash, until: str | None
) -> date | None:
    """The first day of the cause from which the limit is kept; None where none up to the act itself does."""
    low, high = places(steps)[clash.cause].earliest, places(steps)[clash.place].earliest
    assert low is not None
    assert high is not None

    def late(day: date) -> bool:
        return _is_late(places(walk({**moved, clash.cause: day}, until)).get(clash.place), clash.rule)

    day = last_day(low, high, late) + _DAY
    return None if day > high or late(day) else day


def _mark_moved(steps: Sequence[PlanStep], moved: Mapping[StepPlace, date]) -> Iterable[PlanStep]:
    for place, step in places(steps).items():
        yield evolve(step, notes=(*step.notes, PlanNote("moved", day=step.earliest))) if place in moved else step
