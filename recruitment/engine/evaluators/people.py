"""The comparisons of who serves: how many people, and whether they are among others."""

from __future__ import annotations

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator, Origin, compile_comparison, every, getter
from recruitment.engine.findings import Check
from recruitment.law.comparisons.people import Among, People
from recruitment.record.case import serving
from recruitment.record.evidence import UNKNOWN


@compile_comparison.register(People)
def people_evaluator(rule: People, origin: Origin) -> Evaluator:
    """How many serve after the act, and that the person is not among them."""
    rulebook, comparison, _ = origin
    barred_of = getter(rule.not_, rulebook) if rule.not_ else None
    limit = [rule.at_least, rule.at_most]

    def evaluate(attempt: Attempt) -> tuple[Check]:
        act = attempt.act
        people = serving((*attempt.case.counting_acts(act.code), act))
        if people is None:
            return (Check(None, None, limit, None, lacks=(rule.value,), note="people", comparison=comparison),)
        names = [person.name for person in people]
        known = [name for name in names if isinstance(name, str)]
        count = len(set(known)) if len(known) == len(names) else len(names)
        barred = barred_of(attempt) if barred_of else UNKNOWN
        himself = isinstance(barred, str) and barred in known
        truth = rule.at_least <= count <= rule.at_most and not himself
        return (Check(truth, None, limit, count, note="himself" if himself else "people", comparison=comparison),)

    return evaluate


@compile_comparison.register(Among)
def among_evaluator(rule: Among, origin: Origin) -> Evaluator:
    """The people of this act are among those of another."""
    rulebook, comparison, _ = origin
    value_of, among_of = getter(rule.value, rulebook), getter(rule.among, rulebook)

    def evaluate(attempt: Attempt) -> tuple[Check]:
        people, others = value_of(attempt), among_of(attempt)
        lacks = tuple(p for p, v in ((rule.value, people), (rule.among, others)) if v is UNKNOWN)
        if lacks:
            return (Check(None, lacks=lacks, note="among", comparison=comparison),)
        known = {person.name for person in others or ()}
        truth = every(None if p.name is UNKNOWN else p.name in known for p in people or ())
        return (Check(truth, None, rule.among, note="among", comparison=comparison),)

    return evaluate
