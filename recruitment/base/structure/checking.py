"""The values of attrs instances checked by the classes' own annotations, as the reader checks plain data.

A value may be built freely, in Python, of anything. What is put to a decision is checked by the same description that
reads documents: the same words of a closed set, the same limits of numbers and texts, and only the containers differ: a
tuple where a document has a list, an instance where it has an object, a day where it has a text.
"""

from __future__ import annotations

import types
from collections.abc import Container, Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import (
    Place,
    Reader,
    choice,
    read_bool,
    read_date,
    read_int,
    read_text,
    shown,
    spell,
    wrong,
)
from recruitment.base.structure.values import fields_of, members_of


def check_date(value: object, place: Place, faults: list[Fault]) -> None:
    """Note what is no day, or a day that no document could hold; a text is none, however it is written."""
    if isinstance(value, date):
        read_date(value, place, faults)
        return
    day = read_date(value, None, [])
    meant = date(2026, 9, 1) if day is None else day
    given = f"date({meant.year}, {meant.month}, {meant.day})"
    faults.append(
        Fault(
            spell(place),
            Label(
                zh=f"{shown(value)} 不是 date 类型的日期，请写成" + (f"如 {given}" if day is None else f" {given}"),
                en=f"{shown(value)} is not a date; give {'one such as ' if day is None else ''}{given}",
            ),
        )
    )


_PLAIN: dict[Any, Reader] = {date: check_date, bool: read_bool, int: read_int, str: read_text}


def _sequence(item: Reader) -> Reader:
    def check(value: object, place: Place, faults: list[Fault]) -> None:
        if type(value) is not tuple:
            wrong(place, faults, value, Label(zh="元组（tuple）", en="a tuple"))
            return
        for n, entry in enumerate(value):
            item(entry, (place, f"[{n}]"), faults)

    return check


def _table(item: Reader) -> Reader:
    def check(value: object, place: Place, faults: list[Fault]) -> None:
        if not isinstance(value, Mapping):
            wrong(place, faults, value, Label(zh="映射（dict）", en="a mapping"))
            return
        for key, entry in value.items():
            read_text(key, (place, shown(key)), faults)
            item(entry, (place, str(key)), faults)

    return check


def _instance(cls: type[Any]) -> Reader:
    check_fields = fields_checker(cls)

    def check(value: object, place: Place, faults: list[Fault]) -> None:
        # Of a class derived from it, what it has of its own would be lost.
        if type(value) is not cls:
            wrong(place, faults, value, Label(zh=f" {cls.__name__} 的值", en=f"a {cls.__name__}"))
            return
        check_fields(value, place, faults)

    return check


def _union(args: tuple[Any, ...]) -> Reader:
    members = members_of(args)
    free = frozenset(arg for arg in args if arg not in members)  # the types of None and of UNKNOWN
    by_type = {str if get_origin(member) is Literal else member: checker(member) for member in members}
    first = checker(members[0])

    def check(value: object, place: Place, faults: list[Fault]) -> None:
        if type(value) not in free:
            by_type.get(type(value), first)(value, place, faults)

    return check


def checker(hint: Any) -> Reader:
    """What notes the faults of a value by a type annotation; it gives nothing back.

    Raises:
        TypeError: for an annotation that no document can hold (a mistake in the class, not in the input).
    """
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return choice(args)
    if origin is tuple:
        return _sequence(checker(args[0]))
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is not None and issubclass(origin, Mapping):
        return _table(checker(args[1]))
    if attrs.has(hint):
        return _instance(hint)
    raise TypeError(f"no check for {hint!r}")


def fields_checker(cls: type[Any], own: Mapping[str, Reader] | None = None) -> Reader:
    """What notes the faults of the fields of an instance; what has its default is right.

    `own` holds readers that serve instead of those of the annotations, by their keys.
    """
    own = own or {}
    fields = []
    for key, (attribute, hint) in fields_of(cls).items():
        special = own.get(key) or attribute.metadata.get("reader")
        kind, right = (None, ()) if special else _right_at_once(hint)
        fields.append((attribute.name, attribute.default, kind, right, key, special or checker(hint)))

    def check(value: object, place: Place, faults: list[Fault]) -> None:
        for name, default, kind, right, key, check_entry in fields:
            entry = getattr(value, name)
            if entry is default or (type(entry) is kind and entry in right):
                continue
            check_entry(entry, (place, key), faults)

    return check


def check_instance(value: object, cls: type[Any], where: str) -> None:
    """See that a value is an instance of a class, and each of its fields what the class says.

    Raises:
        BadInput: with every fault.
    """
    faults: list[Fault] = []
    _instance(cls)(value, (None, where), faults)
    if faults:
        raise BadInput(faults)


def _right_at_once(hint: Any) -> tuple[type | None, Container[Any]]:
    """What values of an annotation are right without a call, and their type: words, small numbers, yes and no."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is bool:
        return bool, (True, False)
    if hint is int:
        return int, range(1000)
    if origin is Literal:
        return str, frozenset(args)
    if origin in (Union, types.UnionType):
        members = members_of(args)
        return _right_at_once(members[0]) if len(members) == 1 else (None, ())
    return None, ()
