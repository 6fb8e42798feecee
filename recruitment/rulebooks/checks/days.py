"""Checks on comparisons of days: anchors, spans, and the rounding of months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.base.dates import ROUNDINGS
from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.days import DateLimit, Elapsed
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import answer_faults, comparison_faults, none, reads_of
from recruitment.rulebooks.checks.faults import Faults, unknown
from recruitment.rulebooks.checks.policies import POLICIES
from recruitment.rulebooks.checks.values import DAY, DAYS, TABLES, Read, asks


@reads_of.register(DateLimit)
def limit_reads(limit: DateLimit) -> Iterator[Read]:
    """The day, and each day that it can count from."""
    yield Read("value", limit.value, DAY)
    if limit.anchor is not None:
        yield Read("anchor", limit.anchor, DAYS)
    for name, path in (limit.anchors or {}).items():
        yield Read(f"anchors.{name}", path, DAYS)
    if limit.silent_before is not None:
        yield Read("silent_before", limit.silent_before, DAY)
    if limit.met_when is not None:
        yield from asks("met_when", limit.met_when)


@reads_of.register(Elapsed)
def elapsed_reads(elapsed: Elapsed) -> Iterator[Read]:
    """The two days, of which the first may be one of each entry of a list."""
    if elapsed.of is not None:
        yield Read("of", elapsed.of, TABLES)
    yield Read("since", elapsed.since, DAY, of=elapsed.of or "")
    yield Read("until", elapsed.until, DAY)


@comparison_faults.register(DateLimit)
def limit_faults(limit: DateLimit, where: str, _: Rule, rulebook: Rulebook) -> Faults:
    """The anchor, the rounding and the span of a limit."""
    yield from _anchors(limit, where, rulebook)
    yield from _roundings(limit, where, rulebook)
    yield from _spans(limit, where)
    yield from _memorial_days(limit, where)


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


def _memorial_days(limit: DateLimit, where: str) -> Faults:
    """Days of the year on which the limit is met are written with the test under which they apply."""
    if bool(limit.met_on) != (limit.met_when is not None):
        yield Fault(
            f"{where}.met_on", Label(zh="met_on 与 met_when 须同时写出", en="`met_on` and `met_when` go together")
        )
    if limit.met_when is not None:
        yield from answer_faults(f"{where}.met_when", limit.met_when, reads_where=False)
    for day in limit.met_on:
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", day, re.ASCII):
            yield Fault(
                f"{where}.met_on",
                Label(zh=f"“{day}”不是月和日，请写成 07-01", en=f"{day} is no day of the year; write it as 07-01"),
            )
