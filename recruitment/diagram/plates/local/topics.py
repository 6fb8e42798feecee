"""Which values of a record a rule looks at: two rules of one act that look at the same speak of the same matter."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.law.comparisons import (
    Among,
    Comparison,
    DateLimit,
    Each,
    Evidence,
    Held,
    Periods,
    Share,
    Table,
    Test,
    Workdays,
)
from recruitment.law.rulebook import Rule, Rulebook


def matters(rule: Rule) -> frozenset[tuple[str, ...]]:
    """The values that a rule compares; of papers each one, of days the limit with what it counts from."""
    return frozenset(matter for comparison in rule.compare for matter in _of(comparison))


def also_by(rule: Rule, act: str, rulebook: Rulebook) -> tuple[Rule, ...]:
    """The rules of a book that speak of an act and look at a value of its record that this rule looks at too."""
    own = matters(rule)
    return tuple(other for other in rulebook.rules if act in other.acts and own & matters(other))


def _of(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    match comparison:
        case Evidence():
            for test in (*comparison.all, *comparison.any):
                yield from _tested_values(test)
        case Each():
            yield comparison.of, comparison.test.value
        case Among():
            yield comparison.value, comparison.among
        case DateLimit():
            for anchor in [comparison.anchor] if comparison.anchor else (comparison.anchors or {}).values():
                yield comparison.value, anchor
        case Workdays():
            yield comparison.since, comparison.until
        case Periods() if comparison.days:
            yield comparison.of, comparison.days
        case Periods() | Held():
            yield comparison.of, ""
        case Share():
            yield comparison.part, comparison.whole
        case Table():
            for row in comparison.rows:
                for path in row:
                    yield (path,)
        case _:
            return


def _tested_values(test: Test) -> Iterator[tuple[str, ...]]:
    """The value that a test asks for; of a list of papers each paper is a matter of its own."""
    wanted = test.all_of or test.any_of
    if test.value == "papers" and wanted:
        for paper in wanted:
            yield "papers", paper
    else:
        yield (test.value,)
