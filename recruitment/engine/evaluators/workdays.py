"""The comparison of working days: a public notice that is up for a number of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from recruitment.base.dates import announced, is_workday, last_workday, nth_workday, workdays_between
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator, Origin, compile_comparison, every, getter
from recruitment.engine.findings import Check, Truth
from recruitment.law.comparisons.workdays import NoticeNote, Workdays
from recruitment.record.evidence import UNKNOWN

_DAY: Final = timedelta(days=1)


@compile_comparison.register(Workdays)
def workdays_evaluator(rule: Workdays, origin: Origin) -> Evaluator:
    """A public notice that is up for a number of working days."""
    rulebook, comparison, _ = origin
    since_of, until_of, by_of = getter(rule.since, rulebook), getter(rule.until, rulebook), getter(rule.by, rulebook)
    before_of = getter(rule.not_before, rulebook) if rule.not_before else None
    first_counts = rulebook.policies.get("first-publicity-day", "counts") == "counts"
    number, days = rule.at_least, rulebook.days
    agreement = rule.not_before == "publicity.agreed"

    def evaluate(attempt: Attempt) -> tuple[Check]:
        since, until, by = since_of(attempt), until_of(attempt), by_of(attempt)
        begun = before_of(attempt) if before_of else None
        lacks = tuple(
            path
            for path, value in ((rule.since, since), (rule.until, until), (rule.not_before or "", begun))
            if value is UNKNOWN
        )
        if since is None or until is None or (before_of is not None and begun is None):
            return (Check(False, None if since is UNKNOWN else since, note="none", comparison=comparison),)
        if since is UNKNOWN:
            return (Check(None, lacks=lacks, comparison=comparison),)
        enough = nth_workday(since, number, days, first_counts=first_counts)
        counted = [since, enough]
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
            if last is not None:
                counted.append(last)
                first_day = max(first_day, last)
        sure = all(announced(day.year, days) for day in counted)
        note: NoticeNote | None = None if sure else "provisional"
        about = None
        if before_of is not None:
            truths.append(None if begun is UNKNOWN else since >= begun)
            if begun is not UNKNOWN and since < begun:
                if agreement:
                    note = "before-agreement" if sure else "before-agreement-provisional"
                else:
                    note, about = "begun-early" if sure else "begun-early-provisional", rule.not_before
        return (
            Check(
                every(truths),
                since,
                enough,
                actual,
                first_day,
                None,
                lacks,
                note,
                about,
                comparison=comparison,
                # A first day that is off counts under neither reading.
                policies=("first-publicity-day",) if is_workday(since, days) else (),
            ),
        )

    return evaluate
