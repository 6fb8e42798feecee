"""The comparisons of days: a day against a limit, and days that are only counted."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from recruitment.base.dates import ROUNDINGS, Rounding, Span, add, add_months
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    Behind,
    Getter,
    Judge,
    Origin,
    compile_comparison,
    getter,
    readings_behind,
)
from recruitment.engine.findings import Check
from recruitment.law.comparisons.days import DateLimit, DayNote, Elapsed
from recruitment.law.rulebook import Rulebook
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


def _latest(anchor: Any) -> Any:
    """Take of several days the last; of no day none."""
    if isinstance(anchor, tuple):
        return max(anchor) if anchor else None
    return anchor


def _by_policy(rule: DateLimit, policy: str, rulebook: Rulebook) -> tuple[Getter, Behind]:
    """Compile an anchor that depends on a policy, and whether another value of it would give another one."""
    anchors, chosen = rule.anchors or {}, rulebook.policies[policy]
    reads = {value: getter(path, rulebook) for value, path in anchors.items()}
    fallback = getter(anchors.get("meeting", anchors[chosen]), rulebook)

    def day(attempt: Attempt, value: str) -> Any:
        found = reads[value](attempt)
        return _latest(fallback(attempt) if found is UNKNOWN or found is None else found)

    def behind(attempt: Attempt) -> tuple[str, ...]:
        own = day(attempt, chosen)
        return (policy,) if any(day(attempt, value) != own for value in reads) else ()

    return lambda attempt: day(attempt, chosen), behind


@compile_comparison.register(DateLimit)
def judge_date(rule: DateLimit, origin: Origin) -> Judge:
    """A day against an anchor plus a span; a new limit starts on the day from which its rule judges, if it has one."""
    rulebook, comparison, since = origin
    policies = rulebook.policies
    value_of = getter(rule.value, rulebook)
    anchors = rule.anchors or {}
    anchor_path = anchors[policies[rule.anchor_policy]] if rule.anchor_policy else rule.anchor or ""
    anchor_of, behind = getter(anchor_path, rulebook), readings_behind(anchor_path)
    if rule.anchor_policy:
        anchor_of, behind = _by_policy(rule, rule.anchor_policy, rulebook)
    anchor_act = anchor_path.partition(".")[0]
    rounding: Any = policies[rule.rounding_policy] if rule.rounding_policy else rule.rounding or "clamp"
    reach = _counting_back(rule.span) if rule.back else _adding(rule.span, rounding)
    reaches = [_adding(rule.span, each) for each in ROUNDINGS] if rule.rounding_policy else []
    sums = {value: _extending(rule.span, rounding, once=value == "once") for value in ("once", "in-steps")}
    extend = sums[policies.get("extension-sum", "once")]
    floored = policies.get("new-limit-start", "in-force") == "in-force"
    waits = rule.must_be == "not_after" and anchor_act in rulebook.by_code
    months, must_be, holds, by_extension = rule.span.months, rule.must_be, _HOLDS[rule.must_be], rule.extension
    own, new = rule.value == "on", rule.new

    def judge(attempt: Attempt) -> tuple[Check]:
        anchor, value = _latest(anchor_of(attempt)), value_of(attempt)
        if value is None or anchor is None:
            days = [None if day is UNKNOWN else day for day in (anchor, value)]
            return (Check(rule.none_meets, days[0], None, days[1], note="none", comparison=comparison),)
        if anchor is UNKNOWN:
            actual = None if value is UNKNOWN else value
            if waits and _comes_later(attempt, anchor_act):
                return (Check(True, actual=actual, note="not-yet", comparison=comparison),)
            lacks = (anchor_path,) if value is not UNKNOWN else (anchor_path, rule.value)
            return (Check(None, actual=actual, lacks=lacks, comparison=comparison),)
        decided = behind(attempt) if behind is not None else ()
        why: DayNote | None = None
        start = anchor
        if new:
            floor = since or attempt.starts
            if floor is not None and floor > anchor:
                if reach(floor) != reach(anchor):
                    decided += ("new-limit-start",)
                if floored:
                    start, why = floor, "new-limit"
        if by_extension and attempt.case.extensions:
            why = "extended"
            limit = extend(start, attempt.case.extensions)
            if any(other(start, attempt.case.extensions) != limit for other in sums.values()):
                decided += ("extension-sum",)
        else:
            limit = reach(start)
            if rule.rounding_policy and any(other(start) != limit for other in reaches):
                decided += (rule.rounding_policy,)
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
        known = value is not UNKNOWN
        return (
            Check(
                holds(value, limit) if known else None,
                anchor,
                limit,
                value if known else None,
                first,
                last,
                () if known else (rule.value,),
                why,
                comparison=comparison,
                policies=decided,
            ),
        )

    return judge


@compile_comparison.register(Elapsed)
def judge_elapsed(rule: Elapsed, origin: Origin) -> Judge:
    """Days between two days, which no article limits."""
    rulebook, comparison, _ = origin
    since_of, until_of = getter(rule.since, rulebook), getter(rule.until, rulebook)
    behind = readings_behind(rule.since)

    def judge(attempt: Attempt) -> tuple[Check]:
        since, until = since_of(attempt), until_of(attempt)
        lacks = tuple(p for p, v in ((rule.since, since), (rule.until, until)) if v is UNKNOWN or v is None)
        if lacks:
            return (Check(None, lacks=lacks, note="elapsed", comparison=comparison),)
        decided = behind(attempt) if behind is not None else ()
        days = (until - since).days
        return (Check(True, since, None, days, note="elapsed", comparison=comparison, policies=decided),)

    return judge
