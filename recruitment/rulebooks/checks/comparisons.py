"""What a rulebook may write in a comparison: each family registers the checks of its classes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.values import key_of
from recruitment.law.comparisons import Comparison, Test
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.faults import Faults, unknown
from recruitment.rulebooks.checks.values import JUDGED, Read


@singledispatch
def reads_of(comparison: Comparison) -> Iterator[Read]:
    """Every path that a comparison reads.

    Raises:
        TypeError: nothing is registered for that kind.
    """
    raise TypeError(f"it is not known what a comparison of the kind {comparison.kind} reads")


@singledispatch
def comparison_faults(comparison: Comparison, where: str, rule: Rule, rulebook: Rulebook) -> Faults:
    """Every fault of a comparison by itself, in its rule and its rulebook.

    Raises:
        TypeError: nothing is registered for that kind.
    """
    raise TypeError(f"{where} of {rule.code} in {rulebook.code}: nothing checks the kind {comparison.kind}")


def answer_faults(where: str, test: Test, *, reads_where: bool = True) -> Faults:
    """Check that a test gives one answer, and has a `where` only where one is read."""
    keys = ", ".join(key_of(name) for name in Test.ANSWERS)
    if sum(getattr(test, name) is not None for name in Test.ANSWERS) != 1:
        yield Fault(where, Label(zh=f"须有且只有一个判断：{keys}", en=f"exactly one answer is needed: {keys}"))
    if test.where is not None:
        if not reads_where:
            en = "`where` is not read here; take it out"
            yield Fault(f"{where}.where", Label(zh="此处不读 where，请去掉", en=en))
        yield from answer_faults(f"{where}.where", test.where, reads_where=False)


def act_faults(where: str, code: str) -> Faults:
    """Check that a code names an act that a rule may speak of."""
    if code not in JUDGED:
        yield unknown(where, code, JUDGED, Label(zh="程序", en="procedure"))


def none(*_: object) -> Iterator[Any]:
    """Nothing to find: a comparison without keys of its own."""
    return iter(())
