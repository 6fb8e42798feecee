"""The comparisons of counted votes and people: a share of a whole, and sums that agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator, Origin, compile_comparison, getter
from recruitment.engine.findings import Check
from recruitment.law.comparisons.counts import Balance, Share
from recruitment.record.evidence import UNKNOWN

_LEAST: Final[Mapping[str, Callable[[int], int]]] = {
    "more_than_half": lambda whole: whole // 2 + 1,
    "at_least_half": lambda whole: (whole + 1) // 2,
    "at_least_two_thirds": lambda whole: (2 * whole + 2) // 3,
}
"""How many are needed of a whole; a fraction of a head counts as one."""


@compile_comparison.register(Share)
def share_evaluator(rule: Share, origin: Origin) -> Evaluator:
    """A count against a share of a whole; under some outcomes the share must have been missed."""
    rulebook, comparison, _ = origin
    part_of, whole_of = getter(rule.part, rulebook), getter(rule.whole, rulebook)
    least = _LEAST[rule.must_be]

    def evaluate(attempt: Attempt) -> tuple[Check, ...]:
        if rule.only_on and attempt.outcome not in rule.only_on:
            return ()
        part, whole = part_of(attempt), whole_of(attempt)
        if part is None or whole is None:
            return (Check(False, note="none", comparison=comparison),)
        if whole is UNKNOWN:
            lacks = (rule.part, rule.whole) if part is UNKNOWN else (rule.whole,)
            return (Check(None, None, None, None if part is UNKNOWN else part, lacks=lacks, comparison=comparison),)
        threshold = least(whole)
        if part is UNKNOWN:
            return (Check(None, whole, threshold, None, lacks=(rule.part,), comparison=comparison),)
        missed = attempt.outcome in rule.missed_on
        truth = (part >= threshold) is not missed
        return (Check(truth, whole, threshold, part, note="must-miss" if missed else "share", comparison=comparison),)

    return evaluate


@compile_comparison.register(Balance)
def balance_evaluator(rule: Balance, origin: Origin) -> Evaluator:
    """Counts whose sums agree, or of which one sum is at most the other."""
    rulebook, comparison, _ = origin
    others = rule.equals or rule.at_most or ()
    equal = rule.equals is not None
    left, right = [getter(path, rulebook) for path in rule.sum], [getter(path, rulebook) for path in others]
    paths = (*rule.sum, *others)
    about = "+".join(rule.sum) + ("=" if equal else "≤") + "+".join(others)

    def evaluate(attempt: Attempt) -> tuple[Check]:
        lefts, rights = [read(attempt) for read in left], [read(attempt) for read in right]
        try:
            one, other = sum(lefts), sum(rights)
        except TypeError:  # one of them is none or unknown
            if None in lefts or None in rights:
                return (Check(False, note="none", about=about, comparison=comparison),)
            lacks = tuple(path for path, value in zip(paths, lefts + rights, strict=True) if value is UNKNOWN)
            return (Check(None, lacks=lacks, about=about, comparison=comparison),)
        truth = one == other if equal else one <= other
        return (Check(truth, None, other, one, note="balance", about=about, comparison=comparison),)

    return evaluate
