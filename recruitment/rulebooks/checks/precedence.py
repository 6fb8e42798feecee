"""Checks on comparisons of order: the acts that come before."""

from __future__ import annotations

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.precedence import After, Once, Order
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import act_faults, comparison_faults, none, reads_of
from recruitment.rulebooks.checks.faults import Faults

for kind in (After, Order, Once):
    reads_of.register(kind)(none)
for kind in (Order, Once):
    comparison_faults.register(kind)(none)


@comparison_faults.register(After)
def after_faults(after: After, where: str, rule: Rule, _: Rulebook) -> Faults:
    """It names at least one act, and none that comes before itself."""
    if not after.acts:
        yield Fault(f"{where}.acts", Label(zh="至少写一项程序", en="name at least one act"))
    for code in after.acts:
        yield from act_faults(f"{where}.acts", code)
        if code in rule.acts:
            yield Fault(f"{where}.acts", Label(zh=f"{code} 不能先于自身", en=f"{code} does not come before itself"))
