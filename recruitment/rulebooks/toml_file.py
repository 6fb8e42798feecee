"""One TOML file read with every fault of it, and what its rules have from the file."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import EARLIEST
from recruitment.base.structure.values import closed

T = TypeVar("T")
LARGEST_FILE = 1_000_000


def read_toml_file(
    folder: Traversable,
    cls: type[T],
    faults: list[Fault],
    file: str,
    *,
    named: bool = False,
    cites: str | None = None,
    first: Callable[[Mapping[str, Any]], Iterable[Fault]] | None = None,
) -> T | None:
    """One TOML file as a value of `cls`; every fault of it is added to `faults`, prefixed with its name.

    `named` puts the folder before the name of the file. `cites` is the document that its rules cite where they name
    none; where they do not say when and against what they were checked, that was as the file was. `first` looks at the
    tables before their keys are read: what it finds is reported instead.
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
    if cites is not None:
        _hand_down(data, cites)
    try:
        value = closed(cls)(data, None, found)
    except RecursionError:
        faults.append(_too_deep(name))
        return None
    faults.extend(fault.within(name) for fault in found)
    return value  # type: ignore[no-any-return]


def _hand_down(data: dict[str, Any], document: str) -> None:
    """Write into each rule of a file what it has from the file.

    What the file itself lacks, or has wrong, is a fault of the file and not of each of its rules.
    """
    day, against = data.get("checked_on"), data.get("checked_against")
    shared = {
        "document": document,
        "checked_on": day if type(day) is date else EARLIEST,
        "checked_against": against if isinstance(against, str) else "",
    }
    rules = data.get("rule")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict):
            for key, value in shared.items():
                rule.setdefault(key, value)


def _too_deep(name: str) -> Fault:
    return Fault(name, Label(zh="文件嵌套过深", en="the file is nested too deeply"))


def note_doubles(file: str, codes: Iterable[str], faults: list[Fault]) -> None:
    """Note each code of a file that is written more than once, since the last would silently win."""
    for code, count in Counter(codes).items():
        if count > 1:
            faults.append(
                Fault(
                    file,
                    Label(
                        zh=f"代码 {code} 出现 {count} 次，只留一个",
                        en=f"the code {code} is written {count} times; keep one",
                    ),
                )
            )
