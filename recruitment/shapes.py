"""Plain data to attrs values and back, by the classes' own annotations.

Strict on purpose: closed keys, no coercion, every fault of a document at once with its place and the nearest known
name, in both languages. One description serves the reader, the writer and the published JSON Schema, so the three
cannot drift apart. Rulebooks (TOML) and dossiers (JSON) are read by the same means.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from recruitment.errors import BadInput, Fault, nearest
from recruitment.spans import Span

EARLIEST = date(1921, 1, 1)
LATEST = date(2199, 12, 31)
LARGEST = 1_000_000
LONGEST = 10_000

Place = tuple["Place", str] | None
"""Where a value stands: the place it stands in, and its own key or index."""
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
    """A value as a message shows it: short, on one line; null, true and false as documents write them."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    try:
        text = f"'{value}'" if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists without end
        text = f"this {type(value).__name__}"
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 60 else f"{text[:57]}…"


def key_of(name: str) -> str:
    """The key under which an attribute is written: `from_` is `from`."""
    return name.removesuffix("_")


# ------------------------------------------------------------------------------------------- reading


_DAYS: dict[str, date] = {}
"""Days read before, by their text; bounded by the days there are from `EARLIEST` to `LATEST`."""


def read_date(value: object, place: Place, faults: list[Fault]) -> date | None:
    """A day written as YYYY-MM-DD between 1921 and 2199; a TOML date is taken as it is."""
    if type(value) is str and (read := _DAYS.get(value)) is not None:
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
                        f"{value} is not a day of the calendar; write one that exists",
                        f"{value} 不是历法上的日期，请改为真实日期",
                    )
                )
                return None
    if day is None:
        faults.append(
            Fault(
                spell(place),
                f"{shown(value)} is not a date; write it as YYYY-MM-DD with ordinary digits",
                f"{shown(value)} 不是日期，请用半角数字写成 YYYY-MM-DD",
            )
        )
        return None
    if not EARLIEST <= day <= LATEST:
        faults.append(
            Fault(
                spell(place),
                f"{day} lies outside {EARLIEST} to {LATEST}; correct the year",
                f"{day} 不在 {EARLIEST} 至 {LATEST} 之间，请更正年份",
            )
        )
        return None
    if type(value) is str:
        _DAYS[value] = day
    return day


def _wrong(place: Place, faults: list[Fault], value: object, en: str, zh: str) -> None:
    faults.append(Fault(spell(place), f"{shown(value)} is not {en}", f"{shown(value)} 不是{zh}"))


def read_bool(value: object, place: Place, faults: list[Fault]) -> bool | None:
    """Only true or false, nothing that merely looks like it."""
    if value is True or value is False:
        return value
    _wrong(place, faults, value, "true or false", " true 或 false")
    return None


def read_int(value: object, place: Place, faults: list[Fault]) -> int | None:
    """A whole number that is not negative; true is not 1."""
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    _wrong(place, faults, value, f"a whole number from 0 to {LARGEST}", f" 0 至 {LARGEST} 的整数")
    return None


def read_text(value: object, place: Place, faults: list[Fault]) -> str | None:
    """A text of at most `LONGEST` characters that can be written to a file."""
    if not isinstance(value, str):
        _wrong(place, faults, value, "a text", "文本")
    elif len(value) > LONGEST:
        faults.append(
            Fault(
                spell(place),
                f"the text has {len(value)} characters; at most {LONGEST} are read",
                f"文本有 {len(value)} 字，最多 {LONGEST} 字",
            )
        )
    elif (not value.isascii() and _UNWRITABLE.search(value)) or "\x00" in value:
        faults.append(
            Fault(
                spell(place),
                "the text holds a character that no file can hold; write it anew",
                "文本含有无法写入文件的字符，请重写",
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
                f"{shown(value)} is not one of {', '.join(words)}" + (f"; did you mean {near}?" if near else ""),
                f"{shown(value)} 不在可用值之内（{'、'.join(words)}）" + (f"；是否指 {near}？" if near else ""),
            )
        )
        return None

    return read


def read_table(value: object, place: Place, faults: list[Fault]) -> Mapping[str, Any] | None:
    """A JSON object or TOML table with text keys."""
    if isinstance(value, dict):
        return value
    _wrong(place, faults, value, "an object with named keys", "带键名的对象")
    return None


def unknown_key(key: str, known: tuple[str, ...], place: Place, faults: list[Fault]) -> None:
    """Note a key that does not belong there, with the nearest that does."""
    near = nearest(key, known)
    faults.append(
        Fault(
            spell((place, key if key.isprintable() and len(key) <= 60 else shown(key))),
            "this key is not known here"
            + (f"; did you mean {near}?" if near else f"; known are {', '.join(sorted(known))}"),
            "此处没有这个键" + (f"；是否指 {near}？" if near else f"；可用的键：{'、'.join(sorted(known))}"),
        )
    )


def missing_key(key: str, place: Place, faults: list[Fault]) -> None:
    """Note a key that has to be there."""
    faults.append(Fault(spell(place), f"the key {key} is missing; add it", f"缺少键 {key}，请补上"))


def _listing(item: Reader, ready: Mapping[Any, Any]) -> Reader:
    find = ready.__getitem__

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        if not isinstance(value, list):
            _wrong(place, faults, value, "a list", "列表")
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


def read_span(value: object, place: Place, faults: list[Fault]) -> Span | None:
    """A span of time, such as "1 month"."""
    try:
        return Span.parse(value if isinstance(value, str) else repr(value))
    except BadInput as error:
        faults.extend(fault.within(spell(place)) for fault in error.faults)
        return None


_PLAIN: dict[Any, Reader] = {
    date: read_date,
    bool: read_bool,
    int: read_int,
    str: read_text,
    Span: read_span,
}


def _either(hints: list[Any]) -> Reader:
    """A reader of one of several plain types, told apart by what was written."""
    readers = {hint: _PLAIN[hint] for hint in hints}
    first = _PLAIN[hints[0]]

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return readers.get(type(value), first)(value, place, faults)

    return read


def _late(cls: type[Any]) -> Reader:
    """A reader of a nested class, found when it is first needed: a class may hold its own kind."""
    found: Reader | None = None

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        nonlocal found
        if found is None:
            found = closed(cls)
        return found(value, place, faults)

    return read


def _inner(args: tuple[Any, ...]) -> list[Any]:
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
        inner = _inner(args)
        read = reader(inner[0]) if len(inner) == 1 else _either(inner)
        return _nullable(read) if type(None) in args else read
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(reader(args[1]))
    if attrs.has(hint):
        return _late(hint)
    raise TypeError(f"no reader for {hint!r}")


# Plain tables instead of functools.cache: a class with an `__eq__` of its own is no Hashable to the type checker.
_FIELDS: dict[Any, dict[str, tuple[attrs.Attribute[Any], Any]]] = {}
_CLOSED: dict[Any, Reader] = {}


def fields_of(cls: type[Any]) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    """The keys of a class as written, each with its attribute and its annotation."""
    found = _FIELDS.get(cls)
    if found is None:
        hints = get_type_hints(cls)
        found = _FIELDS[cls] = {key_of(a.name): (a, hints[a.name]) for a in attrs.fields(cls) if a.init}
    return found


def closed(cls: type[Any]) -> Reader:
    """A reader of a closed table: the keys of `cls` and no others, those without a default required."""
    found = _CLOSED.get(cls)
    if found is None:
        found = _CLOSED[cls] = table_reader(cls)
    return found


_SMALL = {n: n for n in range(1000)}


def _ready(hint: Any) -> tuple[type | None, Mapping[Any, Any]]:
    """What values of an annotation are found without a call, and their type: days read before, words, small numbers."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is date:
        return str, _DAYS
    if hint is int:
        return int, _SMALL
    if hint is bool:
        return bool, {True: True, False: False}
    if origin is Literal:
        return str, {word: word for word in args}
    if origin in (Union, types.UnionType):
        inner = _inner(args)
        return _ready(inner[0]) if len(inner) == 1 else (None, {})
    return None, {}


def table_reader(
    cls: type[Any],
    apart: Collection[str] = (),
    own: Mapping[str, Reader] | None = None,
    needed: Collection[str] = (),
) -> Reader:
    """A reader of a closed table for `cls`.

    The keys in `apart` may stand in the table and are read by somebody else; `own` holds readers that serve instead
    of those of the annotations; `needed` adds keys that have to be there.
    """
    own = own or {}
    fields = fields_of(cls)
    known: dict[str, tuple[str | None, type | None, Mapping[Any, Any], Reader | None]] = {}
    known.update(dict.fromkeys(apart, (None, None, {}, None)))
    for key, (attribute, hint) in fields.items():
        special = own.get(key) or attribute.metadata.get("reader")
        kind, ready = (None, {}) if special else _ready(hint)
        known[key] = (attribute.alias, kind, ready, special or reader(hint))
    names = tuple(known)
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
        return cls(**given) if len(faults) == before else None

    return read


# ------------------------------------------------------------------------------------------- writing


def dump(value: Any) -> Any:
    """A value as plain JSON data; what stands at its default is left out, so that a round trip is exact."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, tuple | list):
        return [dump(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: dump(entry) for key, entry in value.items()}
    if attrs.has(type(value)):
        written = {}
        for key, (attribute, _) in fields_of(type(value)).items():
            entry = getattr(value, attribute.name)
            if attribute.default is attrs.NOTHING or (entry is not attribute.default and entry != attribute.default):
                written[key] = dump(entry)
        return written
    return value


# ------------------------------------------------------------------------------------------- schema


_YEARS = "^(19(2[1-9]|[3-9][0-9])|2[01][0-9]{2})"


def or_null(found: dict[str, Any]) -> dict[str, Any]:
    """A schema that allows null as well, in the form whose errors read best."""
    if "type" in found:
        return {**found, "type": [found["type"], "null"]}
    if "enum" in found:
        return {"enum": [*found["enum"], None]}
    return {"anyOf": [found, {"type": "null"}]}


def schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema of an annotation, as `reader` reads it; classes become references to `$defs`."""
    plain: dict[Any, dict[str, Any]] = {
        date: {
            "type": "string",
            "format": "date",
            "pattern": _YEARS + "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        },
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": 0, "maximum": LARGEST},
        str: {"type": "string", "maxLength": LONGEST},
    }
    if hint in plain:
        return dict(plain[hint])
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": schema(args[0])}
    if origin in (Union, types.UnionType):
        found = schema(_inner(args)[0])
        return or_null(found) if type(None) in args else found
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(args[1])}
    if attrs.has(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no schema for {hint!r}")


def schema_of(cls: type[Any]) -> dict[str, Any]:
    """The JSON Schema of one class: its keys and no others."""
    pairs = fields_of(cls).items()
    return {
        "type": "object",
        "description": (cls.__doc__ or "").strip().split("\n")[0],
        "properties": {key: schema(hint) for key, (_, hint) in pairs},
        "required": [key for key, (attribute, _) in pairs if attribute.default is attrs.NOTHING],
        "additionalProperties": False,
    }
