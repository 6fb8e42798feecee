"""Checks on comparisons of days: anchors, spans, and the rounding of months."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.dates import ROUNDINGS
from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.days import DateLimit, Elapsed
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import comparison_faults, none, reads_of
from recruitment.rulebooks.checks.faults import Faults, unknown
from recruitment.rulebooks.checks.policies import POLICIES
from recruitment.rulebooks.checks.values import DAY, DAYS, Read


@reads_of.register(DateLimit)
def limit_reads(limit: DateLimit) -> Iterator[Read]:
    """The day, and each day that it can count from."""
    yield Read("value", limit.value, DAY)
    if limit.anchor is not None:
        yield Read("anchor", limit.anchor, DAYS)
    for name, path in (limit.anchors or {}).items():
        yield Read(f"anchors.{name}", path, DAYS)


@reads_of.register(Elapsed)
def elapsed_reads(elapsed: Elapsed) -> Iterator[Read]:
    """The two days."""
    yield from (Read("since", elapsed.since, DAY), Read("until", elapsed.until, DAY))


@comparison_faults.register(DateLimit)
def limit_faults(limit: DateLimit, where: str, _: Rule, rulebook: Rulebook) -> Faults:
    """The anchor, the rounding and the span of a limit."""
    yield from _anchors(limit, where, rulebook)
    yield from _roundings(limit, where, rulebook)
    yield from _spans(limit, where)


comparison_faults.register(Elapsed)(none)


def _anchors(limit: DateLimit, where: str, rulebook: Rulebook) -> Faults:
    """Either an anchor, or one for every value of a policy."""
    if (limit.anchor is None) == (limit.anchor_policy is None) or bool(limit.anchors) != bool(limit.anchor_policy):
        yield Fault(
            where,
            Label(
                zh="只写 anchor，或者同时写 anchor_policy 与 anchors",
                en="either `anchor`, or `anchor_policy` with `anchors`",
            ),
        )
    if limit.anchor_policy is not None:
        default = rulebook.policies.get(limit.anchor_policy)
        if default is None:
            yield unknown(
                f"{where}.anchor_policy",
                limit.anchor_policy,
                rulebook.policies,
                Label(zh="口径", en="policy"),
            )
        elif default not in (limit.anchors or {}):
            yield Fault(f"{where}.anchors", Label(zh=f"缺少默认值 {default}", en=f"the default {default} is missing"))
        for value in POLICIES.get(limit.anchor_policy, ()):
            if value != default and value not in (limit.anchors or {}):
                yield Fault(f"{where}.anchors", Label(zh=f"缺少取值 {value}", en=f"the value {value} is missing"))


def _roundings(limit: DateLimit, where: str, rulebook: Rulebook) -> Faults:
    """The rounding is said exactly where months or years are added, once."""
    said = (limit.rounding is not None) + (limit.rounding_policy is not None)
    if said != (limit.span.unit in ("month", "year")):
        yield Fault(
            f"{where}.rounding",
            Label(
                zh=f"加月或加年须写明一种取整方式，其余不写；此处期限为 {limit.span}",
                en=f"one rounding is said where months or years are added, else none; the span is {limit.span}",
            ),
        )
    policy = limit.rounding_policy
    if policy is not None and policy not in rulebook.policies:
        yield unknown(f"{where}.rounding_policy", policy, rulebook.policies, Label(zh="口径", en="policy"))
    elif policy is not None and rulebook.policies[policy] not in ROUNDINGS:
        yield Fault(
            f"{where}.rounding_policy", Label(zh=f"{policy} 不是取整口径", en=f"{policy} is no policy of rounding")
        )


def _spans(limit: DateLimit, where: str) -> Faults:
    """A span is one that the comparison can add."""
    if limit.span.unit == "workday":
        yield Fault(
            f"{where}.span", Label(zh="工作日请用 workdays 计算", en="working days are counted by kind workdays")
        )
    if limit.back and (limit.span.unit != "day" or not limit.span.number or limit.extension or limit.new):
        yield Fault(f"{where}.back", Label(zh="只有天数可以往前数", en="only a number of days is counted back"))
    if limit.extension and not limit.span.months:
        yield Fault(
            f"{where}.extension", Label(zh="延长只能加在月或年上", en="an extension is added to months or years")
        )
    if limit.new and limit.must_be != "not_after":
        yield Fault(
            f"{where}.new",
            Label(zh="只有 not_after 的期限可标 new", en="only a limit that must_be not_after can be new"),
        )
