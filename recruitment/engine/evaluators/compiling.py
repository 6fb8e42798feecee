"""One evaluator per kind of comparison: met, unmet or unknown, what was compared, the first or last day that would do.

`compile_rule` turns a rule into a function of a petition that yields its checks. It is pure: no clock, no file, no
database. The evaluators stand in `deadlines`, `evidence` and `precedence`; here is which one a comparison gets, and
what a rule makes of its comparisons and conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from recruitment.engine.evaluators.asking import Judge, Petition, question
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
from recruitment.engine.findings import Asked as Asked
from recruitment.engine.findings import Check as Check
from recruitment.engine.findings import Finding as Finding
from recruitment.engine.findings import Value as Value
from recruitment.law.rulebook import (
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
    Rule,
    Rulebook,
    Share,
    Table,
    Workdays,
)

_NOT_RECORDED = (Check(None, note="not-recorded"),)


def compile_comparison(comparison: Comparison, book: Rulebook, since: date | None = None) -> Judge:
    """Compile one comparison to its evaluator; `since` is the day from which its rule judges."""
    match comparison:
        case DateLimit():
            return judge_date(comparison, book, since)
        case Workdays():
            return judge_workdays(comparison, book)
        case Periods():
            return judge_periods(comparison, book, since)
        case Elapsed():
            return judge_elapsed(comparison, book)
        case Evidence():
            return judge_evidence(comparison, book)
        case Table():
            return judge_table(comparison, book)
        case Each():
            return judge_each(comparison, book)
        case Share():
            return judge_share(comparison, book)
        case Balance():
            return judge_balance(comparison, book)
        case People():
            return judge_people(comparison, book)
        case Held():
            return judge_held(comparison, book)
        case Among():
            return judge_among(comparison, book)
        case After():
            return judge_after(comparison)
        case Order():
            return judge_order(book)
        case Once():
            return judge_once(book)
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


def compile_rule(rule: Rule, book: Rulebook) -> Judge:
    """Compile a rule to a function of a petition: its checks, one a finding; none where its conditions do not hold."""
    judges = [compile_comparison(comparison, book, rule.since) for comparison in rule.compare]
    conditions = [question(test, book) for test in rule.when]
    since = rule.since
    if len(judges) == 1:
        judged = judges[0]
    else:

        def judged(petition: Petition) -> Iterable[Check]:
            return (_worst([check for judge in judges for check in judge(petition)]),)

    if not conditions and since is None:
        return judged

    def conditional(petition: Petition) -> Iterable[Check]:
        if since is not None and petition.on < since:
            return ()
        lacks: list[str] = []
        for path, _, read, answer, where in conditions:
            if where is not None and where(petition) is False:
                continue
            truth = answer(read(petition))
            if truth is False:
                return ()
            if truth is None:
                lacks.append(path)
        checks = judged(petition)
        if not lacks:
            return checks
        # Whether the rule speaks at all is not known: what fails it is then not known to be a breach.
        return [
            check if check.truth is True else check._replace(truth=None, lacks=(*lacks, *check.lacks))
            for check in checks
        ]

    return conditional


def compile_book(book: Rulebook) -> Mapping[tuple[str, str], tuple[tuple[Rule, Judge], ...]]:
    """Compile for each act and outcome the rules that speak of it, those of every act first."""
    compiled_rules = [(rule, compile_rule(rule, book)) for rule in book.rules]
    compiled = {}
    for procedure in book.by_code.values():
        for outcome in procedure.outcomes:
            compiled[procedure.code, outcome.code] = tuple(
                (rule, judge)
                for rule, judge in compiled_rules
                if (not rule.acts or procedure.code in rule.acts)
                and (not rule.outcomes or outcome.code in rule.outcomes)
            )
    return compiled
