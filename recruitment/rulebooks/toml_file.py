"""Rows of rulebook files as they are written, and one TOML file read with every fault of it.

Editions (`recruitment.rulebooks.load`) and local editions (`recruitment.rulebooks.overlays`) are both made of these.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from attrs import field, frozen

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import Place, missing_key, read_table, shown, spell
from recruitment.base.structure.values import closed
from recruitment.law.comparisons import KINDS, Comparison, Test
from recruitment.law.rulebook import Citation, Force, Rule

T = TypeVar("T")
LARGEST_FILE = 1_000_000


def _read_comparisons(value: object, place: Place, faults: list[Fault]) -> tuple[Comparison, ...] | None:
    """The `compare` of a rule: tables told apart by `kind`."""
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


@frozen(kw_only=True)
class RuleRow:
    """A rule as a rulebook file writes it."""

    code: str
    acts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    force: Force
    document: str | None = None
    articles: tuple[str, ...] = ()
    zh: str
    en: str
    word: str | None = None
    since: date | None = None
    when: tuple[Test, ...] = ()
    compare: tuple[Any, ...] = field(metadata={"reader": _read_comparisons})
    excused_by_reason: bool = False
    checked_on: date | None = None
    checked_against: str | None = None


def read_toml_file(
    folder: Traversable,
    cls: type[T],
    faults: list[Fault],
    file: str,
    *,
    named: bool = False,
    first: Callable[[Mapping[str, Any]], Iterable[Fault]] | None = None,
) -> T | None:
    """One TOML file as a value of `cls`; every fault of it is added to `faults`, prefixed with its name.

    `named` puts the folder before the name of the file. `first` looks at the tables before their keys are read: what
    it finds is told instead.
    """
    name = f"{folder.name}/{file}" if named else file
    try:
        with (folder / file).open("rb") as stream:
            text = stream.read(LARGEST_FILE + 1)
    except OSError:
        faults.append(Fault(name, Label(zh="文件无法读取，请放回原处", en="the file cannot be read; put it back")))
        return None
    if len(text) > LARGEST_FILE:
        faults.append(
            Fault(name, Label(zh=f"文件超过 {LARGEST_FILE} 字节", en=f"the file is larger than {LARGEST_FILE} bytes"))
        )
        return None
    try:
        data = tomllib.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        faults.append(
            Fault(name, Label(zh="文件不是 UTF-8 编码，请另存为 UTF-8", en="the file is not UTF-8; save it as UTF-8"))
        )
        return None
    except ValueError as error:  # TOMLDecodeError, or a number that Python refuses to read
        faults.append(Fault(name, Label(zh=f"不是有效的 TOML：{error}", en=f"this is not TOML: {error}")))
        return None
    except RecursionError:
        faults.append(_too_deep(name))
        return None
    found: list[Fault] = [] if first is None else list(first(data))
    if found:
        faults.extend(fault.within(name) for fault in found)
        return None
    try:
        value = closed(cls)(data, None, found)
    except RecursionError:
        faults.append(_too_deep(name))
        return None
    faults.extend(fault.within(name) for fault in found)
    return value  # type: ignore[no-any-return]


def _too_deep(name: str) -> Fault:
    return Fault(name, Label(zh="文件嵌套过深", en="the file is nested too deeply"))


def note_doubles(file: str, codes: Iterable[str], faults: list[Fault]) -> None:
    """Note each code of a file that stands more than once, since the last would silently win."""
    for code, count in Counter(codes).items():
        if count > 1:
            faults.append(
                Fault(
                    file,
                    Label(
                        zh=f"代码 {code} 出现 {count} 次，只留一个",
                        en=f"the code {code} stands {count} times; keep one",
                    ),
                )
            )


def rule_from_row(row: RuleRow, document: str, checked_on: date, checked_against: str) -> Rule:
    """The rule that a row writes, in a file that was so checked; without a document of its own it cites this one."""
    return Rule(
        code=row.code,
        acts=row.acts,
        outcomes=row.outcomes,
        force=row.force,
        citation=Citation(document=row.document or document, articles=row.articles),
        clause=Label(zh=row.zh, en=row.en),
        word=row.word,
        since=row.since,
        when=row.when,
        compare=row.compare,
        excused_by_reason=row.excused_by_reason,
        checked_on=row.checked_on or checked_on,
        checked_against=row.checked_against or checked_against,
    )
