"""Checks on comparisons of what the record holds: tests, tables, and the entries of a list."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.evidence import Each, Effects, Evidence, Table
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import answer_faults, comparison_faults, none, reads_of
from recruitment.rulebooks.checks.faults import Faults
from recruitment.rulebooks.checks.values import TABLES, TRUTH, WORD, Read, asks


@reads_of.register(Evidence)
def evidence_reads(evidence: Evidence) -> Iterator[Read]:
    """What every test reads."""
    for key, tests in (("all", evidence.all), ("any", evidence.any)):
        for n, test in enumerate(tests):
            yield from asks(f"{key}[{n}]", test)


@comparison_faults.register(Evidence)
def evidence_faults(evidence: Evidence, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """One of two lists, not empty, and one answer to each test."""
    for key, tests in (("all", evidence.all), ("any", evidence.any)):
        for n, test in enumerate(tests):
            yield from answer_faults(f"{where}.{key}[{n}]", test)
    if bool(evidence.all) == bool(evidence.any):
        yield Fault(
            where, Label(zh="all 与 any 须有且只有一个，且不为空", en="exactly one of all, any is needed, not empty")
        )


@reads_of.register(Table)
def table_reads(table: Table) -> Iterator[Read]:
    """Every value that a row names."""
    for n, row in enumerate(table.rows):
        for path, values in row.items():
            truths = all(isinstance(value, bool) for value in values)
            words = () if truths else tuple(str(value) for value in values)
            yield Read(f"rows[{n}]", path, TRUTH if truths else WORD, words)


@comparison_faults.register(Table)
def table_faults(table: Table, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """No row is empty."""
    if not table.rows or not all(row and all(row.values()) for row in table.rows):
        yield Fault(
            f"{where}.rows", Label(zh="有空行，空行无从比较", en="a row is empty, so that it fits all or nothing")
        )


@reads_of.register(Each)
def each_reads(each: Each) -> Iterator[Read]:
    """The list, what the tests read of its entries, and the condition."""
    yield Read("of", each.of, TABLES)
    yield from asks("test", each.test, each.of)
    for n, other in enumerate(each.or_all):
        yield from asks(f"or_all[{n}]", other, each.of)
    if each.or_when is not None:
        yield from asks("or_when", each.or_when)


@comparison_faults.register(Each)
def each_faults(each: Each, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """One answer to each test, none of which reads a `where`; the other way to pass is whole."""
    yield from answer_faults(f"{where}.test", each.test, reads_where=False)
    for n, test in enumerate(each.or_all):
        yield from answer_faults(f"{where}.or_all[{n}]", test, reads_where=False)
    if each.or_when is not None:
        yield from answer_faults(f"{where}.or_when", each.or_when, reads_where=False)
    if bool(each.or_all) != (each.or_when is not None):
        yield Fault(where, Label(zh="or_all 与 or_when 须同时写出", en="`or_all` and `or_when` go together"))


@reads_of.register(Effects)
def effects_reads(effects: Effects) -> Iterator[Read]:
    """The list, and what of its entries has the effect."""
    yield Read("of", effects.of, TABLES)
    yield Read("value", effects.value, WORD, (effects.word,), of=effects.of)


comparison_faults.register(Effects)(none)
