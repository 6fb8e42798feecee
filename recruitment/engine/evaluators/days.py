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
    Evaluator,
    Getter,
    Origin,
    compile_comparison,
    compile_test,
    field_at,
    getter,
    readings_behind,
)
from recruitment.engine.findings import Check, Truth
from recruitment.law.comparisons.days import DateLimit, DayNote, Elapsed
from recruitment.law.rulebook import Rulebook
from recruitment.record.evidence import UNKNOWN

_DAY: Final = timedelta(days=1)
_PROMPTLY: Final = "promptly-at-most"
_HOLDS: Final[Mapping[str, Callable[[date, date], bool]]] = {
    "not_before": operator.ge,
    "after": operator.gt,
    "not_after": operator.le,
    "same_day": operator.eq,
    "last_day": lambda day, limit: day in (limit, limit - _DAY),
}


def _span_adder(span: Span, rounding: Rounding) -> Callable[[date], date]:
    """Compile the addition of a span, which is the same for every anchor."""
    if not span.number:
        return lambda day: day
    months = span.months
    if months:
        return lambda day: add_months(day, months, rounding)
    return lambda day: add(day, span, rounding)


def _span_subtracter(span: Span) -> Callable[[date], date]:
    """Compile the days before an anchor."""
    days = timedelta(days=span.number)
    return lambda day: day - days


def _span_extender(span: Span, rounding: Rounding, *, once: bool) -> Callable[[date, tuple[int, ...]], date]:
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


def _policy_anchor(rule: DateLimit, policy: str, rulebook: Rulebook) -> tuple[Getter, Behind]:
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
def date_evaluator(rule: DateLimit, origin: Origin) -> Evaluator:
    """A day against an anchor plus a span; a new limit starts on the day from which its rule judges, if it has one."""
    rulebook, comparison, since = origin
    policies = rulebook.policies
    value_of = getter(rule.value, rulebook)
    anchors = rule.anchors or {}
    anchor_path = anchors[policies[rule.anchor_policy]] if rule.anchor_policy else rule.anchor or ""
    anchor_of, behind = getter(anchor_path, rulebook), readings_behind(anchor_path)
    if rule.anchor_policy:
        anchor_of, behind = _policy_anchor(rule, rule.anchor_policy, rulebook)
    anchor_act = anchor_path.partition(".")[0]
    rounding: Any = policies[rule.rounding_policy] if rule.rounding_policy else rule.rounding or "clamp"
    reach = _span_subtracter(rule.span) if rule.back else _span_adder(rule.span, rounding)
    reaches = [_span_adder(rule.span, each) for each in ROUNDINGS] if rule.rounding_policy else []
    sums = {value: _span_extender(rule.span, rounding, once=value == "once") for value in ("once", "in-steps")}
    extend = sums[policies.get("extension-sum", "once")]
    floored = policies.get("new-limit-start", "in-force") == "in-force"
    waits = rule.must_be == "not_after" and anchor_act in rulebook.by_code
    months, must_be, holds, by_extension = rule.span.months, rule.must_be, _HOLDS[rule.must_be], rule.extension
    own, new = rule.value == "on", rule.new
    silent_before = getter(rule.silent_before, rulebook) if rule.silent_before else None
    met_when = compile_test(rule.met_when, rulebook) if rule.met_when is not None else None

    def evaluate(attempt: Attempt) -> tuple[Check, ...]:
        anchor, value = _latest(anchor_of(attempt)), value_of(attempt)
        if silent_before is not None:
            spoken = silent_before(attempt)
            if isinstance(spoken, date) and isinstance(value, date) and value < spoken:
                return ()
        if value is None or anchor is None:
            days = [None if day is UNKNOWN else day for day in (anchor, value)]
            return (Check(rule.none_meets, days[0], None, days[1], note="none", comparison=comparison),)
        if anchor is UNKNOWN:
            actual = None if value is UNKNOWN else value
            if waits and _comes_later(attempt, anchor_act):
                return (Check(True, actual=actual, note="not-yet", comparison=comparison),)
            missing = (anchor_path,) if value is not UNKNOWN else (anchor_path, rule.value)
            return (Check(None, actual=actual, lacks=missing, comparison=comparison),)
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
        truth: Truth = holds(value, limit) if known else None
        lacks: tuple[str, ...] = () if known else (rule.value,)
        if truth is False and met_when is not None and f"{value:%m-%d}" in rule.met_on:
            truth = met_when.answer(met_when.read(attempt))
            why = "memorial-day" if truth else why
            lacks = (met_when.path,) if truth is None else ()
        return (
            Check(
                truth,
                anchor,
                limit,
                value if known else None,
                first,
                last,
                lacks,
                why,
                comparison=comparison,
                policies=decided,
            ),
        )

    return evaluate


def promptly_at_most(rulebook: Rulebook) -> int | None:
    """The months after which what is owed promptly is late, by the policy `promptly-at-most`; None for never."""
    value = rulebook.policies.get(_PROMPTLY, "never")
    return None if value == "never" else int(value.partition("-")[0])


@compile_comparison.register(Elapsed)
def elapsed_evaluator(rule: Elapsed, origin: Origin) -> Evaluator:
    """Days between two days, which no article limits: met up to the last day that the policy gives, then unmet."""
    rulebook, comparison, _ = origin
    until_of = getter(rule.until, rulebook)
    months = promptly_at_most(rulebook)
    since_of = getter(rule.since, rulebook) if rule.of is None else _first_entry(rule.of, rule.since, months, rulebook)
    path = f"{rule.of}.{rule.since}" if rule.of else rule.since
    behind = readings_behind(rule.since)

    def evaluate(attempt: Attempt) -> tuple[Check]:
        until = until_of(attempt)
        since = since_of(attempt)
        if until is None:
            anchor = since if isinstance(since, date) else None
            return (Check(False, anchor, note="none", comparison=comparison),)
        lacks = tuple(p for p, v in ((path, since), (rule.until, until)) if v is UNKNOWN or v is None)
        if lacks:
            return (Check(None, lacks=lacks, note="elapsed", comparison=comparison),)
        decided = behind(attempt) if behind is not None else ()
        passed = (until - since).days
        limit = None if months is None else add_months(since, months)
        if limit is None or until <= limit:
            decided += (_PROMPTLY,) if until > add_months(since, 1) else ()
            return (Check(True, since, None, passed, note="elapsed", comparison=comparison, policies=decided),)
        last = limit if rule.until == "on" else None
        return (
            Check(
                False,
                since,
                limit,
                passed,
                last_day=last,
                note="elapsed-late",
                comparison=comparison,
                policies=(*decided, _PROMPTLY),
            ),
        )

    return evaluate


def _first_entry(of: str, key: str, months: int | None, rulebook: Rulebook) -> Getter:
    """Compile the first of the days of the entries of a list; where one is not known, it is unless it is late anyhow.

    An entry without its day may be the earlier one, which would make what is late only later.
    """
    entries_of, read = getter(of, rulebook), field_at(key)

    def first(attempt: Attempt) -> Any:
        entries = entries_of(attempt)
        days = [read(entry) for entry in entries] if isinstance(entries, tuple) else []
        known = [day for day in days if isinstance(day, date)]
        if not known:
            return UNKNOWN
        late = months is not None and attempt.on > add_months(min(known), months)
        return min(known) if late or UNKNOWN not in days else UNKNOWN

    return first
