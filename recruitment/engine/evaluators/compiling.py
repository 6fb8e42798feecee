"""One evaluator per kind of comparison: met, unmet or unknown, what was compared, the first or last day that would do.

`compile_rule` turns a rule into a function of an attempt that yields its checks. It is pure: no clock, no file, no
database. The evaluators stand in `deadlines`, `evidence` and `precedence`; here is which one a comparison gets, and
what a rule makes of its comparisons and conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Judge, compile_test
from recruitment.engine.evaluators.deadlines import judge_date, judge_elapsed, judge_periods, judge_workdays
from recruitment.engine.evaluators.evidence import (
    judge_among,
    judge_balance,
    judge_each,
    judge_evidence,
    judge_held,
    judge_people,
    judge_share,
    judge_table,
)
from recruitment.engine.evaluators.precedence import judge_after, judge_edition, judge_entry, judge_once, judge_order
from recruitment.engine.findings import Check
from recruitment.law.comparisons import (
    After,
    Among,
    Balance,
    Comparison,
    DateLimit,
    Each,
    EditionKnown,
    Elapsed,
    Evidence,
    Held,
    NotInFuture,
    NotRecorded,
    Once,
    Order,
    People,
    Periods,
    Share,
    Table,
    Workdays,
)
from recruitment.law.rulebook import Rule, Rulebook

_NOT_RECORDED = (Check(None, note="not-recorded"),)


def compile_comparison(comparison: Comparison, rulebook: Rulebook, since: date | None = None) -> Judge:
    """Compile one comparison to its evaluator; `since` is the day from which its rule judges."""
    match comparison:
        case DateLimit():
            return judge_date(comparison, rulebook, since)
        case Workdays():
            return judge_workdays(comparison, rulebook)
        case Periods():
            return judge_periods(comparison, rulebook, since)
        case Elapsed():
            return judge_elapsed(comparison, rulebook)
        case Evidence():
            return judge_evidence(comparison, rulebook)
        case Table():
            return judge_table(comparison, rulebook)
        case Each():
            return judge_each(comparison, rulebook)
        case Share():
            return judge_share(comparison, rulebook)
        case Balance():
            return judge_balance(comparison, rulebook)
        case People():
            return judge_people(comparison, rulebook)
        case Held():
            return judge_held(comparison, rulebook)
        case Among():
            return judge_among(comparison, rulebook)
        case After():
            return judge_after(comparison)
        case Order():
            return judge_order(rulebook)
        case Once():
            return judge_once(rulebook)
        case NotInFuture():
            return judge_entry
        case EditionKnown():
            return judge_edition
        case NotRecorded():
            return lambda _: _NOT_RECORDED


def _worst(checks: Iterable[Check]) -> Check:
    """Choose of the comparisons of one rule the one to show: a failed one, else an unknown one, else the last."""
    unknown = last = None
    lacks: tuple[str, ...] = ()
    for check in checks:
        if check.truth is False:
            return check
        if check.truth is None:
            unknown = unknown or check
            lacks += check.lacks
        last = check if last is None or check.first_day or check.last_day or check.anchor else last
    if unknown is not None:
        return unknown._replace(lacks=lacks)
    assert last is not None
    return last


def compile_rule(rule: Rule, rulebook: Rulebook) -> Judge:
    """Compile a rule to a function of an attempt: its checks, one a finding; none where its conditions do not hold."""
    judges = [compile_comparison(comparison, rulebook, rule.since) for comparison in rule.compare]
    conditions = [compile_test(test, rulebook) for test in rule.when]
    since = rule.since
    if len(judges) == 1:
        judged = judges[0]
    else:

        def judged(attempt: Attempt) -> Iterable[Check]:
            return (_worst([check for judge in judges for check in judge(attempt)]),)

    if not conditions and since is None:
        return judged

    def conditional(attempt: Attempt) -> Iterable[Check]:
        if since is not None and attempt.on < since:
            return ()
        lacks: list[str] = []
        for path, _, read, answer, where in conditions:
            if where is not None and where(attempt) is False:
                continue
            truth = answer(read(attempt))
            if truth is False:
                return ()
            if truth is None:
                lacks.append(path)
        checks = judged(attempt)
        if not lacks:
            return checks
        # Whether the rule speaks at all is not known: what fails it is then not known to be a breach.
        return [
            check if check.truth is True else check._replace(truth=None, lacks=(*lacks, *check.lacks))
            for check in checks
        ]

    return conditional


def compile_book(rulebook: Rulebook) -> Mapping[tuple[str, str], tuple[tuple[Rule, Judge], ...]]:
    """Compile for each act and outcome the rules that speak of it, those of every act first."""
    compiled_rules = [(rule, compile_rule(rule, rulebook)) for rule in rulebook.rules]
    compiled = {}
    for procedure in rulebook.by_code.values():
        for outcome in procedure.outcomes:
            compiled[procedure.code, outcome.code] = tuple(
                (rule, judge)
                for rule, judge in compiled_rules
                if (not rule.acts or procedure.code in rule.acts)
                and (not rule.outcomes or outcome.code in rule.outcomes)
            )
    return compiled
