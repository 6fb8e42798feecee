"""One evaluator per kind of comparison: met, unmet or unknown, what was compared, the first or last lawful day.

`compile_rule` turns a rule into a function of an attempt that yields its checks. It is pure: no clock, no file, no
database. The evaluators are in the modules of their families; here is what a rule makes of its comparisons and
conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator, Origin, compile_comparison, compile_test
from recruitment.engine.findings import Check
from recruitment.law.rulebook import Rule, Rulebook


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
        return replace(unknown, lacks=lacks)
    assert last is not None
    return last


def compile_rule(rule: Rule, rulebook: Rulebook, alone: int | None = None) -> Evaluator:
    """Compile a rule to a function of an attempt: its checks, one a finding; none where its conditions do not hold.

    `alone` is the place of the one comparison that is asked for; without it all of them are.
    """
    evaluators = [
        compile_comparison(comparison, Origin(rulebook, index, rule.since))
        for index, comparison in enumerate(rule.compare)
        if alone is None or index == alone
    ]
    conditions = [compile_test(test, rulebook) for test in rule.when]
    since = rule.since
    if len(evaluators) == 1:
        evaluate = evaluators[0]
    else:

        def evaluate(attempt: Attempt) -> Iterable[Check]:
            checks = [check for one in evaluators for check in one(attempt)]
            return (_worst(checks),) if checks else ()

    if not conditions and since is None:
        return evaluate

    def conditional(attempt: Attempt) -> Iterable[Check]:
        if since is not None and attempt.on < since:
            return ()
        lacks: list[str] = []
        policies: tuple[str, ...] = ()
        for path, _, read, answer, where, _, _, behind in conditions:
            if where is not None and where(attempt) is False:
                continue
            truth = answer(read(attempt))
            if behind is not None:
                policies += behind(attempt)
            if truth is False:
                return ()
            if truth is None:
                lacks.append(path)
        checks = evaluate(attempt)
        if policies:
            checks = [replace(check, policies=(*policies, *check.policies)) for check in checks]
        if not lacks:
            return checks
        # Whether the rule speaks at all is not known: what fails it is then not known to be a breach.
        return [
            check if check.truth is True else replace(check, truth=None, lacks=(*lacks, *check.lacks))
            for check in checks
        ]

    return conditional


def compile_book(rulebook: Rulebook) -> Mapping[tuple[str, str], tuple[tuple[Rule, Evaluator], ...]]:
    """Compile for each act and outcome the rules that speak of it, those of every act first."""
    compiled_rules = [(rule, compile_rule(rule, rulebook)) for rule in rulebook.rules]
    compiled = {}
    for procedure in rulebook.by_code.values():
        for outcome in procedure.outcomes:
            compiled[procedure.code, outcome.code] = tuple(
                (rule, evaluate)
                for rule, evaluate in compiled_rules
                if (not rule.acts or procedure.code in rule.acts)
                and (not rule.outcomes or outcome.code in rule.outcomes)
            )
    return compiled
