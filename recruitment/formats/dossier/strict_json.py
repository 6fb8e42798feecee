"""JSON read strictly: UTF-8, no key twice, no NaN, no number of hundreds of digits, no depth without end."""

from __future__ import annotations

import json
from typing import Any

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import Place, shown, spell


class _Doubled(dict[str, Any]):
    """An object in which a key was written twice; `twice` names them."""

    twice: tuple[str, ...] = ()


class _Odd:
    """A number that no record holds: NaN, an infinity, or one of hundreds of digits."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def too_deep(where: str) -> BadInput:
    """The error for lists in lists without end."""
    return BadInput.of(
        where,
        Label(zh="文档嵌套过深，请按格式书写", en="the document is nested too deeply; write it as the format says"),
    )


def parse_json(text: str, where: str, faults: list[Fault]) -> Any:
    """JSON text as plain data, doubled keys noted. Text that is not JSON at all raises."""
    doubled: list[_Doubled] = []

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) == len(pairs):
            return table
        seen: set[str] = set()
        odd = _Doubled(table)
        odd.twice = tuple(dict.fromkeys(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
        doubled.append(odd)
        return odd

    try:
        try:
            data = json.loads(text, object_pairs_hook=build, parse_constant=_Odd)
        except json.JSONDecodeError:
            raise
        except ValueError:  # Python refuses numbers of thousands of digits
            doubled.clear()
            data = json.loads(
                text,
                object_pairs_hook=build,
                parse_constant=_Odd,
                parse_int=lambda digits: int(digits) if len(digits) < 20 else _Odd(digits),
            )
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if not where else f"{where}, column {error.colno}"
        raise BadInput.of(
            at, Label(zh="从这里起不是有效的 JSON，请检查标点与引号", en=f"this is not JSON: {error.msg}")
        ) from None
    except RecursionError:
        raise too_deep(where) from None
    if doubled:
        _note_doubled(data, faults)
    return data


def _note_doubled(data: object, faults: list[Fault]) -> None:
    """Note every key that is written twice, with its place. A list of what is left to do replaces recursion."""
    ahead: list[tuple[object, Place]] = [(data, None)]
    while ahead:
        value, place = ahead.pop()
        if isinstance(value, _Doubled):
            faults += [
                Fault(
                    spell((place, shown(key).strip("'"))),
                    Label(zh="这个键在此出现两次，请只留一个", en="this key is written twice; keep one"),
                )
                for key in value.twice
            ]
        if isinstance(value, dict):
            ahead += [(entry, (place, shown(key).strip("'"))) for key, entry in reversed(value.items())]
        elif isinstance(value, list):
            ahead += [(entry, (place, f"[{n}]")) for n, entry in reversed(list(enumerate(value)))]


def decode(raw: bytes, where: str = "") -> str:
    """Bytes as text, a byte order mark dropped. Bytes that are not UTF-8 raise."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput.of(
            where,
            Label(
                zh=f"第 {error.start + 1} 字节不是 UTF-8 编码，请另存为 UTF-8",
                en=f"byte {error.start + 1} is not UTF-8; save the file as UTF-8",
            ),
        ) from None
