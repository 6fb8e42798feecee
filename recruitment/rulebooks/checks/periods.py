"""Checks on comparisons of acts held over a time: which act, counted from which, and how the time is cut."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.periods import Held, Periods
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import act_faults, comparison_faults, reads_of
from recruitment.rulebooks.checks.faults import Faults, unknown
from recruitment.rulebooks.checks.values import ALL_DAYS, DAY, JUDGED, Read

CUTS = ("quarter",)
"""The policies that say how the time is cut into periods."""


@reads_of.register(Periods)
@reads_of.register(Held)
def time_reads(comparison: Periods | Held) -> Iterator[Read]:
    """The days between which is counted, and the list of days that count."""
    if comparison.since is not None:
        yield Read("since", comparison.since, DAY)
    yield Read("until", comparison.until, DAY)
    if isinstance(comparison, Periods) and comparison.days is not None and comparison.of in JUDGED:
        yield Read("days", f"{comparison.of}.{comparison.days}", ALL_DAYS)


@comparison_faults.register(Held)
def held_faults(held: Held, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """What is counted names the act, and the act whose day it counts from."""
    yield from act_faults(f"{where}.of", held.of)
    if held.since is not None:
        yield from act_faults(f"{where}.since", held.since.partition(".")[0])


@comparison_faults.register(Periods)
def periods_faults(periods: Periods, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """A length in months or years, a policy that cuts the time, and the acts that it names."""
    if not periods.each.months:
        yield Fault(
            f"{where}.each",
            Label(zh=f"{periods.each} 不是以月或年计的期限", en=f"{periods.each} is not in months or years"),
        )
    policy = periods.cut_policy
    if policy is not None and policy not in CUTS:
        yield unknown(
            f"{where}.cut_policy",
            policy,
            CUTS,
            Label(zh="划分时间的口径", en="policy that cuts the time"),
        )
    elif policy is not None and periods.each.months != 3:
        yield Fault(
            f"{where}.cut_policy",
            Label(zh=f"季度为三个月，不是 {periods.each}", en=f"a quarter is 3 months, not {periods.each}"),
        )
    yield from act_faults(f"{where}.of", periods.of)
    yield from act_faults(f"{where}.since", periods.since.partition(".")[0])
