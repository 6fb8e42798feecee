"""Particulars: the single values of a document, read strictly, and the words of what is wrong with them.

Nothing is coerced. A reader takes a value with its place, notes every fault in both languages, and gives the value or
None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from recruitment.base.dates import Span
from recruitment.base.errors import BadInput, Fault, nearest
from recruitment.base.label import Label

EARLIEST = date(1921, 1, 1)
LATEST = date(2199, 12, 31)
LARGEST = 1_000_000
LONGEST = 10_000

Place = tuple["Place", str] | None
"""Where a value is: the place that holds it, and its own key or index."""
Reader = Callable[[Any, Place, list[Fault]], Any]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# A lone surrogate cannot be written to any file, and a NUL ends a text for half of the tools there are.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def spell(place: Place) -> str:
    """A place as people write it: `files[0].acts[3].ballot.for`."""
    keys: list[str] = []
    while place is not None:
        place, key = place
        keys.append(key)
    text = ""
    for key in reversed(keys):
        text += key if key.startswith("[") or not text else f".{key}"
    return text


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line; null, true, false, days and times as documents write them."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        text = f"'{value}'" if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists without end
        text = f"this {type(value).__name__}"
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 60 else f"{text[:57]}…"


DAYS: dict[str, date] = {}
"""Days read before, by their text; bounded by the days there are from `EARLIEST` to `LATEST`."""


def read_date(value: object, place: Place, faults: list[Fault]) -> date | None:
    """A day written as YYYY-MM-DD between 1921 and 2199; a TOML date is taken as it is."""
    if type(value) is str and (read := DAYS.get(value)) is not None:
        return read
    if type(value) is date:
        day: date | None = value
    else:
        day = None
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                faults.append(
                    Fault(
                        spell(place),
                        Label(
                            zh=f"{value} 不是历法上的日期，请改为真实日期",
                            en=f"{value} is not a day of the calendar; write one that exists",
                        ),
                    )
                )
                return None
    if isinstance(value, datetime):
        en, zh = "a day with a time of day; write the day alone", "带时刻的日期，请只写日期"
        faults.append(Fault(spell(place), Label(zh=f"{shown(value)} 是{zh}", en=f"{shown(value)} is {en}")))
        return None
    if day is None:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"{shown(value)} 不是日期，请用半角数字写成 YYYY-MM-DD",
                    en=f"{shown(value)} is not a date; write it as YYYY-MM-DD with ordinary digits",
                ),
            )
        )
        return None
    if not EARLIEST <= day <= LATEST:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"{day} 不在 {EARLIEST} 至 {LATEST} 之间，请更正年份",
                    en=f"{day} is outside {EARLIEST} to {LATEST}; correct the year",
                ),
            )
        )
        return None
    if type(value) is str:
        DAYS[value] = day
    return day


def wrong(place: Place, faults: list[Fault], value: object, wanted: Label) -> None:
    """Note a value that does not fit its place."""
    faults.append(
        Fault(spell(place), Label(zh=f"{shown(value)} 不是{wanted.zh}", en=f"{shown(value)} is not {wanted.en}"))
    )


def read_bool(value: object, place: Place, faults: list[Fault]) -> bool | None:
    """Only true or false, nothing that merely looks like it."""
    if value is True or value is False:
        return value
    wrong(place, faults, value, Label(zh=" true 或 false", en="true or false"))
    return None


def read_int(value: object, place: Place, faults: list[Fault]) -> int | None:
    """A whole number that is not negative; true is not 1."""
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    wrong(place, faults, value, Label(zh=f" 0 至 {LARGEST} 的整数", en=f"a whole number from 0 to {LARGEST}"))
    return None


def read_text(value: object, place: Place, faults: list[Fault]) -> str | None:
    """A text of at most `LONGEST` characters that can be written to a file."""
    if not isinstance(value, str):
        wrong(place, faults, value, Label(zh="文本", en="a text"))
    elif len(value) > LONGEST:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"文本有 {len(value)} 字，最多 {LONGEST} 字",
                    en=f"the text has {len(value)} characters; at most {LONGEST} are read",
                ),
            )
        )
    elif (not value.isascii() and _UNWRITABLE.search(value)) or "\x00" in value:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh="文本含有无法写入文件的字符，请重写",
                    en="the text holds a character that no file can hold; write it again",
                ),
            )
        )
    else:
        return value
    return None


def choice(words: tuple[str, ...]) -> Reader:
    """A reader of one of a closed set of words."""
    known = frozenset(words)

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(value, words) if isinstance(value, str) else None
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"{shown(value)} 不在可用值之内（{'、'.join(words)}）" + (f"；是否指 {near}？" if near else ""),
                    en=f"{shown(value)} is not one of {', '.join(words)}" + (f"; did you mean {near}?" if near else ""),
                ),
            )
        )
        return None

    return read


def read_table(value: object, place: Place, faults: list[Fault]) -> Mapping[str, Any] | None:
    """A JSON object or TOML table with text keys."""
    if isinstance(value, dict):
        return value
    wrong(place, faults, value, Label(zh="带键名的对象", en="an object with named keys"))
    return None


def unknown_key(key: str, known: tuple[str, ...], place: Place, faults: list[Fault]) -> None:
    """Note a key that does not belong there, with the nearest that does."""
    near = nearest(key, known)
    others = sorted(known)
    if near:
        en, zh = f"did you mean {near}?", f"是否指 {near}？"
    elif others:
        en, zh = f"known are {', '.join(others)}", f"可用的键：{'、'.join(others)}"
    else:
        en, zh = "no key is, so take it out", "这里不写任何键，请去掉"
    where = spell((place, key if key.isprintable() and len(key) <= 60 else shown(key)))
    faults.append(Fault(where, Label(zh=f"此处没有这个键；{zh}", en=f"this key is not known here; {en}")))


def missing_key(key: str, place: Place, faults: list[Fault]) -> None:
    """Note a key that has to be there."""
    faults.append(Fault(spell(place), Label(zh=f"缺少键 {key}，请补上", en=f"the key {key} is missing; add it")))


def read_span(value: object, place: Place, faults: list[Fault]) -> Span | None:
    """A span of time, such as "1 month"."""
    try:
        return Span.parse(value if isinstance(value, str) else repr(value))
    except BadInput as error:
        faults.extend(fault.within(spell(place)) for fault in error.faults)
        return None
