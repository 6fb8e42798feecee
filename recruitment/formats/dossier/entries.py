"""The entries of a dossier: one act, or one file with its acts, read from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from attrs import evolve

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import (
    Place,
    Reader,
    choice,
    missing_key,
    read_date,
    read_int,
    read_table,
    shown,
    spell,
)
from recruitment.base.structure.values import fields_of, reader, table_reader
from recruitment.record.acts import ACTS, Act, ConversionMeeting, Correct, File
from recruitment.record.checking import mark_checked
from recruitment.record.field_readers import (
    CORRECTED,
    RANGES,
    note_correction,
    note_host_within,
    note_range,
    outcome_reader,
    read_host,
    read_id,
)

Entry = tuple[File, tuple[Act, ...]]
"""A file of a dossier: its facts, and its acts in the order of their entry."""


_PLAIN: Final[dict[str, Reader]] = {}


def _plain_reader(kind: type[Act]) -> Reader:
    found = _PLAIN.get(kind.code)
    if found is None:
        needed = ("outcome",) if kind is ConversionMeeting else ()
        found = table_reader(kind, ("act", "host"), {"outcome": outcome_reader(kind)}, needed)
        _PLAIN[kind.code] = found
    return found


def _skip(value: object, _place: Place, _faults: list[Fault]) -> object:
    return value


@cache
def _correction_reader(field: str | None) -> Reader:
    """The reader of a correction of one field of the file, or of an act where `field` is None ("" leaves it unread)."""
    what: Reader = _read_act_or_null
    if field is not None:
        what = reader(fields_of(File)[field][1]) if field else _skip
    own = {
        "outcome": outcome_reader(Correct),
        "index": read_int,
        "field": choice(CORRECTED),
        "with": what,
    }
    return table_reader(Correct, ("act", "host"), own, ("with",))


def _read_correction(table: Mapping[str, Any], place: Place, faults: list[Fault]) -> object:
    both = "index" in table, "field" in table
    note_correction(both, place, faults)
    if both[0] is both[1]:
        return _correction_reader("")(table, place, faults)
    field = table.get("field")
    if both[0]:
        return _correction_reader(None)(table, place, faults)
    return _correction_reader(field if field in CORRECTED else "")(table, place, faults)


def _check_range(table: Mapping[str, Any], key: str, place: Place, faults: list[Fault]) -> None:
    """Note a last day that is before the first one; days that cannot be read are noted elsewhere."""
    held = table.get(key) if key else table
    if isinstance(held, dict) and "from" in held and "to" in held:
        start, end = read_date(held["from"], None, []), read_date(held["to"], None, [])
        if start is not None and end is not None:
            note_range(start, end, (place, key) if key else place, faults)


def read_one_act(value: object, place: Place, faults: list[Fault]) -> object:
    """An act, of the class that its code names."""
    table = value if type(value) is dict else read_table(value, place, faults)
    if table is None:
        return None
    code = table.get("act")
    kind = ACTS.get(code) if isinstance(code, str) else None
    if kind is None:
        if "act" not in table:
            missing_key("act", place, faults)
            return None
        near = nearest(code, ACTS) if isinstance(code, str) else None
        faults.append(
            Fault(
                spell((place, "act")),
                Label(
                    zh=f"没有 {shown(code)} 这一行为" + (f"；是否指 {near}？" if near else ""),
                    en=f"{shown(code)} is not an act" + (f"; did you mean {near}?" if near else ""),
                ),
            )
        )
        return None
    before = len(faults)
    if kind is Correct:
        act = _read_correction(table, place, faults)
    else:
        act = _plain_reader(kind)(table, place, faults)
        for key in RANGES.get(kind.code, ()):
            _check_range(table, key, place, faults)
    host = read_host(table["host"], (place, "host"), faults) if "host" in table else None
    if len(faults) > before:
        return act
    return mark_checked(cast(Act, act) if host is None else evolve(cast(Act, act), host=host))


def _read_act_or_null(value: object, place: Place, faults: list[Fault]) -> object:
    act = None if value is None else read_one_act(value, place, faults)
    if isinstance(act, Act):
        note_host_within(act, place, faults)
    return act


@cache
def _file_reader() -> Reader:
    return table_reader(File, ("acts", "host"), {"id": read_id})


def read_entry(value: object, place: Place, faults: list[Fault]) -> Entry | None:
    """A file with its acts."""
    table = read_table(value, place, faults)
    if table is None:
        return None
    before = len(faults)
    file = _file_reader()(table, place, faults)
    host = read_host(table.get("host"), (place, "host"), faults)
    acts: list[object] = []
    given = table.get("acts")
    if isinstance(given, list):
        acts = [read_one_act(entry, ((place, "acts"), f"[{n}]"), faults) for n, entry in enumerate(given)]
    elif "acts" in table:
        not_a_list(given, (place, "acts"), faults)
    else:
        missing_key("acts", place, faults)
    if len(faults) > before:
        return None
    whole = mark_checked(cast(File, file) if host is None else evolve(cast(File, file), host=host))
    return whole, cast("tuple[Act, ...]", tuple(acts))


def not_a_list(value: object, place: Place, faults: list[Fault]) -> None:
    """Note what is no list and should be one."""
    faults.append(Fault(spell(place), Label(zh=f"{shown(value)} 不是列表", en=f"{shown(value)} is not a list")))
