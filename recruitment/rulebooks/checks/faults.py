"""The marks of the proof: how faults that many checks find are worded, always alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown

Faults = Iterator[Fault]

NOTHING = Label(zh="", en="")

FEW = 12
"""So many known names a message lists where none is near."""


def hint(name: str, known: Iterable[str]) -> Label:
    """The nearest known name, or all of them where none is near and they are few."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return Label(zh=f"；是否指 {near}？", en=f"; did you mean {near}?")
    if not names or len(names) > FEW:
        return NOTHING
    return Label(zh=f"；可用：{'、'.join(names)}", en=f"; known are {', '.join(names)}")


def unknown(where: str, name: str, known: Iterable[str], kind: Label) -> Fault:
    """A name that does not exist, with the nearest that does."""
    near = hint(name, known)
    return Fault(where, Label(zh=f"{shown(name)} 不是{kind.zh}{near.zh}", en=f"{shown(name)} is no {kind.en}{near.en}"))


def blank_text(where: str, pairs: Iterable[tuple[str, str]]) -> Faults:
    """A fault for each key whose text is empty or blank."""
    for key, text in pairs:
        if not text.strip():
            yield Fault(f"{where}.{key}", Label(zh="文字为空，请写明", en="the text is blank; write it"))


def others(names: list[str]) -> Label:
    """How many more there are after the first."""
    more = len(names) - 1
    return Label(zh=f"（另有 {more} 处）", en=f" (and {more} more)") if more else NOTHING


def doubled(where: str, names: Iterable[str], kind: Label) -> Faults:
    """A fault for each name that is written more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(
                where,
                Label(
                    zh=f"{kind.zh} {name} 出现 {count} 次，只留一个",
                    en=f"{kind.en} {name} is written {count} times; keep one",
                ),
            )
