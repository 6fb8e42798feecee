"""The marks of the proof: how faults that many checks find are worded, always alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from recruitment.base.errors import Fault, nearest
from recruitment.base.structure.scalars import shown

Faults = Iterator[Fault]

FEW = 12
"""So many known names a message lists where none is near."""


def hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The nearest known name, or all of them where none is near and they are few."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return f"; did you mean {near}?", f"；是否指 {near}？"
    if not names or len(names) > FEW:
        return "", ""
    return f"; known are {', '.join(names)}", f"；可用：{'、'.join(names)}"


def unknown(where: str, name: str, known: Iterable[str], en: str, zh: str) -> Fault:
    """A name that does not exist, with the nearest that does."""
    hint_en, hint_zh = hint(name, known)
    return Fault(where, f"{shown(name)} is no {en}{hint_en}", f"{shown(name)} 不是{zh}{hint_zh}")


def blank_text(where: str, pairs: Iterable[tuple[str, str]]) -> Faults:
    """A fault for each key whose text is empty or blank."""
    for key, text in pairs:
        if not text.strip():
            yield Fault(f"{where}.{key}", "the text is blank; write it", "文字为空，请写明")


def others(names: list[str]) -> tuple[str, str]:
    """How many more there are beside the first."""
    more = len(names) - 1
    return (f" (and {more} more)", f"（另有 {more} 处）") if more else ("", "")


def doubled(where: str, names: Iterable[str], en: str, zh: str) -> Faults:
    """A fault for each name that stands more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(where, f"{en} {name} stands {count} times; keep one", f"{zh} {name} 出现 {count} 次，只留一个")
