"""The comparisons of acts held over a time: one in each period, or so many in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from recruitment.base.dates import Rounding, Span, add, add_months
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    Evaluator,
    Origin,
    absent,
    compile_comparison,
    getter,
    key_attribute,
)
from recruitment.engine.findings import Check, Truth
from recruitment.law.comparisons.periods import Held, Periods
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act
from recruitment.record.case import Case
from recruitment.record.evidence import UNKNOWN

_DAY: Final = timedelta(days=1)


def periods(start: date, length: Span, rounding: Rounding, until: date) -> Iterator[tuple[date, date]]:
    """Yield the periods since `start` that have ended by `until`, each added to the start in one go."""
    before, n, months = start, 1, length.months
    while True:
        times = months * n
        end = (
            add_months(start, times, rounding) if months else add(start, Span(length.number * n, length.unit), rounding)
        )
        if end > until:
            return
        yield before, end
        before, n = end, n + 1


def quarters(start: date, until: date) -> Iterator[tuple[date, date]]:
    """Yield the quarters of the calendar that begin after `start` and have ended by `until`.

    Each as the day before it and its last day, as `periods` does.
    """
    year, month = start.year, (start.month - 1) // 3 * 3 + 4
    while (begin := date(year + month // 12, month % 12, 1)) <= until:
        month += 3
        end = date(year + month // 12, month % 12, 1) - _DAY
        if end <= until:
            yield begin - _DAY, end


def cut_periods(
    rule: Periods, rulebook: Rulebook, since: date | None
) -> Callable[[date, date], Iterable[tuple[date, date]]]:
    """Compile how a rule that judges from `since` cuts the time between two days into periods."""
    return _period_cutter(
        rule, since, calendar=rule.cut_policy is not None and rulebook.policies.get(rule.cut_policy) == "calendar"
    )


def _period_cutter(
    rule: Periods, since: date | None, *, calendar: bool
) -> Callable[[date, date], Iterable[tuple[date, date]]]:
    floor = since if rule.new else None

    def into(start: date, until: date) -> Iterable[tuple[date, date]]:
        whole = quarters(start, until) if calendar else periods(start, rule.each, rule.rounding, until)
        return whole if floor is None else ((begun, end) for begun, end in whole if begun + _DAY >= floor)

    return into


def count_in_periods(rule: Periods, case: Case) -> tuple[list[date], bool]:
    """Give the days that count since the anchor, and whether the record may hold more of them than it says."""
    acts = [act for _, act in case.since(rule.since.partition(".")[0], rule.of)]
    if rule.days is None:
        return [act.on for act in acts], False
    held = [getattr(act, key_attribute(rule.days), UNKNOWN) for act in acts]
    known = [day for days in held if days is not UNKNOWN for day in days or ()]
    return sorted(known), UNKNOWN in held


@compile_comparison.register(Periods)
def periods_evaluator(rule: Periods, origin: Origin) -> Evaluator:
    """An act in each period since an anchor; one check a period."""
    rulebook, comparison, judging = origin
    since_of, until_of = getter(rule.since, rulebook), getter(rule.until, rulebook)
    cut_into, about = cut_periods(rule, rulebook, judging), rule.of if rule.days is None else f"{rule.of}.{rule.days}"
    cuts = [_period_cutter(rule, judging, calendar=calendar) for calendar in (True, False)] if rule.cut_policy else []

    def evaluate(attempt: Attempt) -> list[Check]:
        since, until = since_of(attempt), until_of(attempt)
        if since is UNKNOWN or until is UNKNOWN or since is None or until is None:
            return [Check(None, lacks=(rule.since,), comparison=comparison)]
        days, more = count_in_periods(rule, attempt.case)
        alike = set.intersection(*({*cut(since, until)} for cut in cuts)) if cuts else set()
        checks = []
        for start, end in cut_into(since, until):
            held = next((day for day in days if start < day <= end), None)
            truth: Truth = True if held else None if more else absent(attempt)
            checks.append(
                Check(
                    truth,
                    start,
                    end,
                    held,
                    start + _DAY,
                    end,
                    () if truth is not None else (about,),
                    "period",
                    about,
                    comparison=comparison,
                    policies=(rule.cut_policy,) if rule.cut_policy and (start, end) not in alike else (),
                )
            )
        return checks

    return evaluate


@compile_comparison.register(Held)
def held_evaluator(rule: Held, origin: Origin) -> Evaluator:
    """A number of acts of a code that are recorded between two days."""
    rulebook, comparison, _ = origin
    since_of = getter(rule.since, rulebook) if rule.since else None
    until_of = getter(rule.until, rulebook)
    anchor_act = (rule.since or "").partition(".")[0]

    def evaluate(attempt: Attempt) -> tuple[Check]:
        until = until_of(attempt)
        since = None
        if since_of is None:
            acts: list[Act] = list(attempt.case.counting_acts(rule.of))
        else:
            since = since_of(attempt)
            if since is UNKNOWN or since is None:
                return (Check(None, lacks=(rule.since or "",), about=rule.of, comparison=comparison),)
            acts = [act for _, act in attempt.case.since(anchor_act, rule.of) if act.on >= since]
        count = sum(act.on <= until for act in acts)
        truth: Truth = True if count >= rule.at_least else absent(attempt)
        lacks = (rule.of,) if truth is None else ()
        return (
            Check(truth, since, rule.at_least, count, lacks=lacks, note="held", about=rule.of, comparison=comparison),
        )

    return evaluate
