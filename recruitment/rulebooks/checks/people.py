"""Checks on comparisons of people: how many, and among whom."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.people import Among, People
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import comparison_faults, none, reads_of
from recruitment.rulebooks.checks.faults import Faults
from recruitment.rulebooks.checks.values import PEOPLE, TEXT, Read


@reads_of.register(People)
def people_reads(people: People) -> Iterator[Read]:
    """The people, and who is not among them."""
    yield Read("value", people.value, PEOPLE)
    if people.not_ is not None:
        yield Read("not", people.not_, TEXT)


@comparison_faults.register(People)
def people_faults(people: People, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """The least is no more than the most."""
    if people.at_least > people.at_most:
        yield Fault(where, Label(zh="at_least 大于 at_most", en="at_least is more than at_most"))


@reads_of.register(Among)
def among_reads(among: Among) -> Iterator[Read]:
    """The people of both acts."""
    yield from (Read("value", among.value, PEOPLE), Read("among", among.among, PEOPLE))


comparison_faults.register(Among)(none)
