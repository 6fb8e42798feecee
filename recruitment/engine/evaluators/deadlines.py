"""The comparisons of days: limits, public notices in working days, periods, and days that only are counted."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from recruitment.base.dates import (
    Rounding,
    Span,
    add,
    add_months,
    announced,
    last_workday,
    nth_workday,
    workdays_between,
)
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Judge, absent, every, getter, key_attribute
from recruitment.engine.findings import Check, Truth, made
from recruitment.law.comparisons import DateLimit, Elapsed, Periods, Workdays
from recruitment.law.rulebook import Rulebook
from recruitment.record.case import Case
from recruitment.record.evidence import UNKNOWN

_DAY: Final = timedelta(days=1)
_HOLDS: Final[Mapping[str, Callable[[date, date], bool]]] = {
    "not_before": operator.ge,
    "after": operator.gt,
    "not_after": operator.le,
    "same_day": operator.eq,
    "last_day": lambda day, limit: day in (limit, limit - _DAY),
}


def _adding(span: Span, rounding: Rounding) -> Callable[[date], date]:
    """Compile the addition of a span, which is the same for every anchor."""
    if not span.number:
        return lambda day: day
    months = span.months
    if months:
        return lambda day: add_months(day, months, rounding)
    return lambda day: add(day, span, rounding)


def _counting_back(span: Span) -> Callable[[date], date]:
    """Compile the days before an anchor."""
    days = timedelta(days=span.number)
    return lambda day: day - days


def _extending(span: Span, rounding: Rounding, *, once: bool) -> Callable[[date, tuple[int, ...]], date]:
    """Compile the addition of a span and of the extensions of probation: in one go, or step by step."""
    months = span.months
    if once:
        return lambda day, extensions: add_months(day, months + sum(extensions), rounding)

    def in_steps(day: date, extensions: tuple[int, ...]) -> date:
        limit = add(day, span, rounding)
        for more in extensions:
            limit = add_months(limit, more, rounding)
        return limit

    return in_steps


def _comes_later(attempt: Attempt, other: str) -> bool:
    """Say whether the structure puts the other act, or a success of it, after this one: it cannot be done yet."""
    machine = attempt.machine
    if attempt.code in machine.graph.below.get(other, ()):
        return True
    return any(attempt.code in outcome.after for outcome in machine.rulebook.by_code[other].outcomes)


def judge_date(rule: DateLimit, rulebook: Rulebook, since: date | None = None) -> Judge:
    """A day against an anchor plus a span; a new limit starts on `since` where its rule judges only from that day."""
    value_of = getter(rule.value, rulebook)
    anchors = rule.anchors or {}
    anchor_path = anchors[rulebook.policies[rule.anchor_policy]] if rule.anchor_policy else rule.anchor or ""
    anchor_act = anchor_path.partition(".")[0]
    anchor_of, fallback = getter(anchor_path, rulebook), getter(anchors.get("meeting", anchor_path), rulebook)
    rounding: Any = rulebook.policies[rule.rounding_policy] if rule.rounding_policy else rule.rounding or "clamp"
    reach = _counting_back(rule.span) if rule.back else _adding(rule.span, rounding)
    extend = _extending(rule.span, rounding, once=rulebook.policies.get("extension-sum", "once") == "once")
    floored = rule.new and rulebook.policies.get("new-limit-start", "in-force") == "in-force"
    waits = rule.must_be == "not_after" and anchor_act in rulebook.by_code
    months, must_be, holds, by_extension = rule.span.months, rule.must_be, _HOLDS[rule.must_be], rule.extension
    own = rule.value == "on"

    def judge(attempt: Attempt) -> tuple[Check]:
        anchor, value = anchor_of(attempt), value_of(attempt)
        if anchor is UNKNOWN or (anchor is None and rule.anchor_policy):
            anchor = fallback(attempt)
        if isinstance(anchor, tuple):
            anchor = max(anchor) if anchor else None
        if value is None or anchor is None:
            return (Check(rule.none_meets, anchor=anchor, actual=value, note="none"),)
        if anchor is UNKNOWN:
            if waits and _comes_later(attempt, anchor_act):
                return (Check(True, actual=value, note="not-yet"),)
            lacks = (anchor_path,) if value is not UNKNOWN else (anchor_path, rule.value)
            return (Check(None, actual=None if value is UNKNOWN else value, lacks=lacks),)
        why = None
        start = anchor
        if floored:
            starts = since or attempt.starts
            if starts is not None and starts > anchor:
                start, why = starts, "new-limit"
        if by_extension and attempt.case.extensions:
            why = "extended"
            limit = extend(start, attempt.case.extensions)
        else:
            limit = reach(start)
        if months and why is None and limit.day != start.day:
            why = "clamped" if limit.month == (start.month - 1 + months) % 12 + 1 else "next-day"
        first = last = None
        if own:
            if must_be == "not_before":
                first = limit
            elif must_be == "not_after":
                last = limit
            elif must_be == "after":
                first = limit + _DAY
        if value is UNKNOWN:
            return (Check(None, anchor, limit, None, first, last, (rule.value,), why),)
        return (made(Check, (holds(value, limit), anchor, limit, value, first, last, (), why, None, None)),)

    return judge


def judge_workdays(rule: Workdays, rulebook: Rulebook) -> Judge:
    """A public notice that stands for so many working days."""
    since_of, until_of, by_of = getter(rule.since, rulebook), getter(rule.until, rulebook), getter(rule.by, rulebook)
    before_of = getter(rule.not_before, rulebook) if rule.not_before else None
    first_counts = rulebook.policies.get("first-publicity-day", "counts") == "counts"
    number, days = rule.at_least, rulebook.days
    agreement = rule.not_before == "publicity.agreed"

    def judge(attempt: Attempt) -> tuple[Check]:
        since, until, by = since_of(attempt), until_of(attempt), by_of(attempt)
        begun = before_of(attempt) if before_of else None
        lacks = tuple(
            path
            for path, value in ((rule.since, since), (rule.until, until), (rule.not_before or "", begun))
            if value is UNKNOWN
        )
        if since is None or until is None or (before_of is not None and begun is None):
            return (Check(False, anchor=since if since is not UNKNOWN else None, note="none"),)
        if since is UNKNOWN:
            return (Check(None, lacks=lacks),)
        enough = nth_workday(since, number, days, first_counts=first_counts)
        note = None if announced(since.year, days) and announced(enough.year, days) else "provisional"
        truths: list[Truth] = []
        first_day = enough
        if until is UNKNOWN:
            truths.append(False if by < enough else None)
            actual = None
        else:
            start = since if first_counts else since + _DAY
            actual = workdays_between(start, until, days) if until >= start else 0
            last = last_workday(since, until, days)
            truths += [actual >= number, last is not None and last <= by]
            if last is not None and not announced(last.year, days):
                note = "provisional"
            if last is not None and last > first_day:
                first_day = last
        if before_of is not None:
            truths.append(None if begun is UNKNOWN else since >= begun)
            if begun is not UNKNOWN and since < begun:
                note = "before-agreement" if agreement else "begun-early"
        about = rule.not_before if note == "begun-early" else None
        return (Check(every(truths), since, enough, actual, first_day, None, lacks, note, about),)

    return judge


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
    floor = since if rule.new else None
    calendar = rule.cut_policy is not None and rulebook.policies.get(rule.cut_policy) == "calendar"

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


def judge_periods(rule: Periods, rulebook: Rulebook, judging: date | None = None) -> Judge:
    """An act in each period since an anchor; one check a period. `judging` is the day from which its rule judges."""
    since_of, until_of = getter(rule.since, rulebook), getter(rule.until, rulebook)
    cut_into, about = cut_periods(rule, rulebook, judging), rule.of if rule.days is None else f"{rule.of}.{rule.days}"

    def judge(attempt: Attempt) -> list[Check]:
        since, until = since_of(attempt), until_of(attempt)
        if since is UNKNOWN or until is UNKNOWN or since is None or until is None:
            return [Check(None, lacks=(rule.since,))]
        days, more = count_in_periods(rule, attempt.case)
        checks = []
        for start, end in cut_into(since, until):
            held = next((day for day in days if start < day <= end), None)
            truth: Truth = True if held else None if more else absent(attempt)
            checks.append(
                Check(truth, start, end, held, None, end, () if truth is not None else (about,), "period", about)
            )
        return checks

    return judge


def judge_elapsed(rule: Elapsed, rulebook: Rulebook) -> Judge:
    """Days between two days, which no article limits."""
    since_of, until_of = getter(rule.since, rulebook), getter(rule.until, rulebook)

    def judge(attempt: Attempt) -> tuple[Check]:
        since, until = since_of(attempt), until_of(attempt)
        lacks = tuple(p for p, v in ((rule.since, since), (rule.until, until)) if v is UNKNOWN or v is None)
        if lacks:
            return (Check(None, lacks=lacks, note="elapsed"),)
        return (Check(True, since, None, (until - since).days, note="elapsed"),)

    return judge
