"""The groups in which findings are reported: what is wrong before what waits, before what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recruitment.base.label import Label
from recruitment.engine.findings import Finding

GROUPS: Final = {
    "bar": Label(zh="未满足：硬性规定", en="Not met: what bars the act"),
    "duty": Label(zh="未满足：时限和应办事项", en="Not met: time limits and duties"),
    "deviation": Label(zh="与一般做法不一致", en="Deviations from what is usual"),
    "waiting": Label(zh="待办（应当及时办理）", en="Waiting (to be done promptly)"),
    "unknown": Label(zh="无法判断", en="Not known"),
    "practice": Label(zh="实务提示", en="Practice"),
    "met": Label(zh="已满足", en="Met"),
}
"""The groups in their order. What waits is no finding, and has its place among them."""
_ORDER: Final = {code: place for place, code in enumerate(GROUPS)}


def group_of(value: str, force: str) -> str:
    """In which group a finding of that value and force is reported."""
    if value == "met":
        return "met"
    if force == "advice":
        return "practice"
    if value == "unknown":
        return "unknown"
    return "deviation" if force == "usual" else force


def in_groups(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of their groups, each group in the order in which it was judged."""
    return sorted(findings, key=lambda finding: _ORDER[group_of(finding.value, finding.force)])


def folded(number: int) -> Label:
    """How much is not known, in one line, and how to see it."""
    return Label(
        zh=f"无法判断 {number} 项（记录没有写明，用 --列出不明 逐项列出）",
        en=f"not known: {number} (the record does not say; --unknown lists them)",
    )
