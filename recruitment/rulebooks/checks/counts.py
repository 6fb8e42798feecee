"""Checks on comparisons of counts: shares and sums."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.counts import Balance, Share
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import comparison_faults, reads_of
from recruitment.rulebooks.checks.faults import Faults, unknown
from recruitment.rulebooks.checks.values import NUMBER, Read, acts_of, outcomes_of


@reads_of.register(Share)
def share_reads(share: Share) -> Iterator[Read]:
    """The part and the whole."""
    yield from (Read("part", share.part, NUMBER), Read("whole", share.whole, NUMBER))


@comparison_faults.register(Share)
def share_faults(share: Share, where: str, rule: Rule, _: Rulebook) -> Faults:
    """The outcomes that miss the share are outcomes of its acts."""
    known = dict.fromkeys(outcome for act in acts_of(rule) for outcome in outcomes_of(act))
    for code in share.missed_on:
        if code not in known:
            yield unknown(f"{where}.missed_on", code, known, Label(zh="所属程序的结果", en="outcome of its acts"))


@reads_of.register(Balance)
def balance_reads(balance: Balance) -> Iterator[Read]:
    """Every summand of the two sides."""
    for key, paths in (("sum", balance.sum), ("equals", balance.equals), ("at_most", balance.at_most)):
        yield from (Read(key, path, NUMBER) for path in paths or ())


@comparison_faults.register(Balance)
def balance_faults(balance: Balance, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """A sum, and one other side."""
    if bool(balance.equals) == bool(balance.at_most) or not balance.sum:
        yield Fault(
            where,
            Label(
                zh="须有 sum，且 equals 与 at_most 有且只有一个",
                en="`sum` and exactly one of equals, at_most are needed",
            ),
        )
