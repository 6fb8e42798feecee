"""How a rulebook writes the comparisons of a rule: tables that differ by their `kind`."""

from __future__ import annotations

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import Place, missing_key, read_table, shown, spell
from recruitment.base.structure.values import closed
from recruitment.law.comparisons import KINDS, Comparison


def read_comparisons(value: object, place: Place, faults: list[Fault]) -> tuple[Comparison, ...] | None:
    """The `compare` of a rule: tables that differ by `kind`."""
    if not isinstance(value, list) or not value:
        faults.append(
            Fault(spell(place), Label(zh="至少需要一个 [[rule.compare]]", en="at least one [[rule.compare]] is needed"))
        )
        return None
    read = []
    for n, entry in enumerate(value):
        here: Place = (place, f"[{n}]")
        table = read_table(entry, here, faults)
        if table is None:
            continue
        kind = table.get("kind")
        if kind is None:
            missing_key("kind", here, faults)
        elif not isinstance(kind, str) or kind not in KINDS:
            near = nearest(str(kind), KINDS)
            faults.append(
                Fault(
                    spell((here, "kind")),
                    Label(
                        zh=f"没有 {shown(kind)} 这种比较" + (f"；是否指 {near}？" if near else ""),
                        en=f"{shown(kind)} is no kind of comparison" + (f"; did you mean {near}?" if near else ""),
                    ),
                )
            )
        else:
            rest = {key: entry for key, entry in table.items() if key != "kind"}
            read.append(closed(KINDS[kind])(rest, here, faults))
    return tuple(read)
