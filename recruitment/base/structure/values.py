"""Plain data to attrs values and back, by the classes' own annotations.

Strict on purpose: closed keys, no coercion, every fault of a document at once with its place and the nearest known
name, in both languages. One description serves the reader, the writer and the published JSON Schema
(`recruitment.base.structure.schemas`), so the three cannot drift apart. Rulebooks (TOML) and dossiers (JSON) are read
by the same means.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from recruitment.base.dates import Span
from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import (
    DAYS,
    Place,
    Reader,
    choice,
    missing_key,
    read_bool,
    read_date,
    read_int,
    read_span,
    read_table,
    read_text,
    shown,
    unknown_key,
    wrong,
)


def key_of(name: str) -> str:
    """The key under which an attribute is written: `from_` is `from`."""
    return name.removesuffix("_")


def _listing(item: Reader, ready: Mapping[Any, Any]) -> Reader:
    find = ready.__getitem__

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        if not isinstance(value, list):
            wrong(place, faults, value, Label(zh="列表", en="a list"))
            return None
        try:
            return tuple(map(find, value))
        except (KeyError, TypeError):  # a value not met before, or a fault
            pass
        return tuple(item(entry, (place, f"[{n}]"), faults) for n, entry in enumerate(value))

    return read


def _mapping(item: Reader) -> Reader:
    def read(value: object, place: Place, faults: list[Fault]) -> object:
        table = read_table(value, place, faults)
        if table is None:
            return None
        for key in table:
            read_text(key, (place, shown(key)), faults)
        return {str(key): item(entry, (place, str(key)), faults) for key, entry in table.items()}

    return read


def _nullable(inner: Reader) -> Reader:
    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return None if value is None else inner(value, place, faults)

    return read


_PLAIN: dict[Any, Reader] = {
    date: read_date,
    bool: read_bool,
    int: read_int,
    str: read_text,
    Span: read_span,
}


def _either(hints: list[Any]) -> Reader:
    """A reader of one of several plain types, chosen by what was written."""
    readers = {hint: _PLAIN[hint] for hint in hints}
    first = _PLAIN[hints[0]]

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return readers.get(type(value), first)(value, place, faults)

    return read


def _word_or_table(words: Any, cls: type[Any]) -> Reader:
    """A reader of one of some words, or of a table that says more."""
    word, table = choice(get_args(words)), _nested(cls)

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return table(value, place, faults) if isinstance(value, dict) else word(value, place, faults)

    return read


def _nested(cls: type[Any]) -> Reader:
    """A reader of a nested class; of one that holds its own kind it is found when it is first needed."""
    if cls not in _UNDER_WAY:
        return closed(cls)
    found: Reader | None = None

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        nonlocal found
        if found is None:
            found = closed(cls)
        return found(value, place, faults)

    return read


def members_of(args: tuple[Any, ...]) -> list[Any]:
    """The members of a union that a document writes: not null, and not Unknown, which is a key that is left out."""
    return [arg for arg in args if arg is not type(None) and getattr(arg, "__name__", "") != "Unknown"]


def reader(hint: Any) -> Reader:
    """The reader for a type annotation.

    Raises:
        TypeError: for an annotation that no document can hold (a mistake in the class, not in the input).
    """
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return choice(args)
    if origin is tuple:
        ready_type, ready = _ready(args[0])
        return _listing(reader(args[0]), ready if ready_type is str else {})
    if origin in (Union, types.UnionType):
        inner = members_of(args)
        if len(inner) == 1:
            read = reader(inner[0])
        else:
            read = _word_or_table(*inner) if get_origin(inner[0]) is Literal else _either(inner)
        return _nullable(read) if type(None) in args else read
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(reader(args[1]))
    if attrs.has(hint):
        return _nested(hint)
    raise TypeError(f"no reader for {hint!r}")


# Plain tables instead of functools.cache: a class with an `__eq__` of its own is no Hashable to the type checker.
_FIELDS: dict[Any, dict[str, tuple[attrs.Attribute[Any], Any]]] = {}
_CLOSED: dict[Any, Reader] = {}
_UNDER_WAY: set[Any] = set()


def fields_of(cls: type[Any]) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    """The keys of a class as written, each with its attribute and its annotation.

    An attribute with `unwritten` in its metadata has no key: the reader fills it in.
    """
    found = _FIELDS.get(cls)
    if found is None:
        hints = get_type_hints(cls)
        written = [a for a in attrs.fields(cls) if a.init and not a.metadata.get("unwritten")]
        found = _FIELDS[cls] = {key_of(a.name): (a, hints[a.name]) for a in written}
    return found


def flat_fields(cls: type[Any]) -> dict[str, type[Any]]:
    """The attributes of a class that a table does not nest, with their classes: `flat` in their metadata.

    Their keys are written among those of the class itself, so that a table is as plain as people write it.
    """
    return {attribute.name: hint for attribute, hint in fields_of(cls).values() if attribute.metadata.get("flat")}


def keys_of(cls: type[Any]) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    """The keys of a table for a class: its own, and in place of each flat attribute those of its class.

    Raises:
        TypeError: two attributes would have one key (a mistake in the class, not in the input).
    """
    found: dict[str, tuple[attrs.Attribute[Any], Any]] = {}
    flat = flat_fields(cls)
    for key, (attribute, hint) in fields_of(cls).items():
        more = keys_of(hint) if attribute.name in flat else {key: (attribute, hint)}
        twice = sorted(found.keys() & more.keys())
        if twice:
            raise TypeError(f"{cls.__name__} has the key {twice[0]} twice")
        found |= more
    return found


def closed(cls: type[Any]) -> Reader:
    """A reader of a closed table: the keys of `cls` and no others, those without a default required."""
    found = _CLOSED.get(cls)
    if found is None:
        _UNDER_WAY.add(cls)
        try:
            found = _CLOSED[cls] = table_reader(cls)
        finally:
            _UNDER_WAY.discard(cls)
    return found


_SMALL = {n: n for n in range(1000)}


def _ready(hint: Any) -> tuple[type | None, Mapping[Any, Any]]:
    """What values of an annotation are found without a call, and their type: days read before, words, small numbers."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is date:
        return str, DAYS
    if hint is int:
        return int, _SMALL
    if hint is bool:
        return bool, {True: True, False: False}
    if origin is Literal:
        return str, {word: word for word in args}
    if origin in (Union, types.UnionType):
        inner = members_of(args)
        return _ready(inner[0]) if len(inner) == 1 else (None, {})
    return None, {}


def _maker(cls: type[Any]) -> Callable[[dict[str, Any]], Any]:
    """How an instance is made of what was read.

    A class of plain attributes, which checks and converts nothing, is filled in with its defaults: that is what its
    `__init__` comes to, at half the time, and most of a dossier is such classes.
    """
    flat = {name: (frozenset(_aliases(hint)), _maker(hint)) for name, hint in flat_fields(cls).items()}
    if flat:

        def nest(given: dict[str, Any]) -> Any:
            for name, (aliases, make_part) in flat.items():
                given[name] = make_part({alias: given.pop(alias) for alias in aliases & given.keys()})
            return cls(**given)

        return nest
    attributes = attrs.fields(cls)
    plain = all(
        a.init
        and a.alias == a.name
        and a.validator is None
        and a.converter is None
        and not hasattr(a.default, "takes_self")  # a default that is made for each instance
        for a in attributes
    )
    if not plain or hasattr(cls, "__slots__") or hasattr(cls, "__attrs_post_init__"):
        return lambda given: cls(**given)
    defaults = {a.name: a.default for a in attributes if a.default is not attrs.NOTHING}

    def make(given: dict[str, Any]) -> Any:
        made = object.__new__(cls)
        held = made.__dict__
        held.update(defaults)
        held.update(given)
        return made

    return make


def _aliases(cls: type[Any]) -> list[str]:
    return [attribute.alias or attribute.name for attribute, _ in keys_of(cls).values()]


def table_reader(
    cls: type[Any],
    apart: Collection[str] = (),
    own: Mapping[str, Reader] | None = None,
    needed: Collection[str] = (),
) -> Reader:
    """A reader of a closed table for `cls`.

    The keys in `apart` may be in the table and are read elsewhere; `own` holds readers that serve instead
    of those of the annotations; `needed` adds keys that have to be there.
    """
    own = own or {}
    fields = keys_of(cls)
    known: dict[str, tuple[str | None, type | None, Mapping[Any, Any], Reader | None]] = {}
    known.update(dict.fromkeys(apart, (None, None, {}, None)))
    for key, (attribute, hint) in fields.items():
        special = own.get(key) or attribute.metadata.get("reader")
        kind, ready = (None, {}) if special else _ready(hint)
        known[key] = (attribute.alias, kind, ready, special or reader(hint))
    names, make = tuple(known), _maker(cls)
    required = tuple(k for k, (a, _) in fields.items() if a.default is attrs.NOTHING or k in needed)

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        table = read_table(value, place, faults)
        if table is None:
            return None
        before = len(faults)
        given: dict[str, Any] = {}
        for key, entry in table.items():
            found = known.get(key)
            if found is None:
                unknown_key(str(key), names, place, faults)
                continue
            alias, kind, ready, read_entry = found
            if alias is None:
                continue
            if type(entry) is kind and (value_found := ready.get(entry)) is not None:
                given[alias] = value_found
            elif read_entry is not None:
                given[alias] = read_entry(entry, (place, key), faults)
        for key in required:
            if key not in table:
                missing_key(key, place, faults)
        return make(given) if len(faults) == before else None

    return read


# ------------------------------------------------------------------------------------------- writing


def dump(value: Any) -> Any:
    """A value as plain JSON data; what has its default is left out, so that a round trip is exact.

    A flat attribute is nested here as in the value: the content hash of a rulebook depends on it.
    """
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is date:
        return value.isoformat()
    if kind is tuple or kind is list:
        return [dump(entry) for entry in value]
    if kind is Span:
        return str(value)
    if isinstance(value, str):  # a word of an enumeration of the host's
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {key: dump(entry) for key, entry in value.items()}
    written = {}
    for key, name, default in _written(type(value)):
        entry = getattr(value, name)
        if entry is not default and entry != default:
            written[key] = dump(entry)
    return written


_AS_IT_IS = frozenset((str, int, bool, float, type(None)))


_WRITTEN: dict[type[Any], tuple[tuple[str, str, Any], ...]] = {}


def _written(cls: type[Any]) -> tuple[tuple[str, str, Any], ...]:
    """Each key of a class with its attribute and the default at which it is left out; looked up once a class."""
    found = _WRITTEN.get(cls)
    if found is None:
        found = tuple((key, attribute.name, attribute.default) for key, (attribute, _) in fields_of(cls).items())
        _WRITTEN[cls] = found
    return found
