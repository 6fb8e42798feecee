"""The dossier: the file format that other applications write, read strictly and written back exactly.

One JSON document holds any number of files; JSON Lines holds one file a line after a first line with `format`. Every
fault is reported at once, with its place, in both languages. The classes of `recruitment.facts` are the format, so the
reader, the writer and the published JSON Schema cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

from recruitment.errors import BadInput, Fault, nearest
from recruitment.facts import (
    ACTS,
    Act,
    AdmissionApproval,
    Assigned,
    Ballot,
    Branch,
    CandidateFiling,
    Committee,
    ConversionApproval,
    ConversionMeeting,
    Correct,
    File,
    Meeting,
    Person,
    Probation,
    Publicity,
    Replaced,
    Talker,
    Training,
)
from recruitment.shapes import (
    Place,
    Reader,
    choice,
    dump,
    fields_of,
    missing_key,
    or_null,
    read_date,
    read_int,
    read_table,
    read_text,
    reader,
    schema,
    schema_of,
    shown,
    spell,
    table_reader,
    unknown_key,
)

Entry = tuple[File, tuple[Act, ...]]
"""A file of a dossier: its facts, and its acts in the order of their entry."""

FORMAT: Final = "member-development/dossier/1"
LARGEST_DOCUMENT: Final = 512 * 1024 * 1024
MOST_FAULTS: Final = 200

# ------------------------------------------------------------------------------------------- one act, one file


def _outcome(kind: type[Act]) -> Reader:
    """A reader of the outcomes of an act; left out or null is the success of the act, save where none is assumed."""
    if not kind.outcomes:

        def none(value: object, place: Place, faults: list[Fault]) -> object:
            if value is not None:
                faults.append(
                    Fault(
                        spell(place),
                        "this act has no outcome; leave the key out",
                        "此项没有结果，请去掉这个键",
                    )
                )
            return None

        return none
    one_of = choice(kind.outcomes)
    if kind is ConversionMeeting:
        return one_of

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return None if value is None else one_of(value, place, faults)

    return read


_PLAIN: Final[dict[str, Reader]] = {}


def _plain_reader(kind: type[Act]) -> Reader:
    found = _PLAIN.get(kind.code)
    if found is None:
        needed = ("outcome",) if kind is ConversionMeeting else ()
        found = table_reader(kind, ("act",), {"outcome": _outcome(kind)}, needed)
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
        "outcome": _outcome(Correct),
        "index": read_int,
        "field": choice(_CORRECTED),
        "with": what,
    }
    return table_reader(Correct, ("act",), own, ("with",))


def _read_correction(table: Mapping[str, Any], place: Place, faults: list[Fault]) -> object:
    both = "index" in table, "field" in table
    if both[0] is both[1]:
        en = "name either the act (index) or the fact of the file (field)" + (", not both" if both[0] else "")
        faults.append(Fault(spell(place), en, "index（哪一项）与 field（档案的哪一栏）须填且只填一个"))
        return _correction_reader("")(table, place, faults)
    field = table.get("field")
    if both[0]:
        return _correction_reader(None)(table, place, faults)
    return _correction_reader(field if field in _CORRECTED else "")(table, place, faults)


_CORRECTED: Final = ("name", "born", "branch", "mobile")
_RANGES: Final[Mapping[str, str]] = {
    Training.code: "",
    CandidateFiling.code: "publicity",
    ConversionApproval.code: "publicity",
    AdmissionApproval.code: "probation",
}
"""The acts that hold a first and a last day, and under which key."""


def _check_range(table: Mapping[str, Any], key: str, place: Place, faults: list[Fault]) -> None:
    """Note a last day that lies before the first one; days that cannot be read are noted elsewhere."""
    held = table.get(key) if key else table
    if isinstance(held, dict) and "from" in held and "to" in held:
        start, end = read_date(held["from"], None, []), read_date(held["to"], None, [])
        if start is not None and end is not None and start > end:
            where = spell((place, key) if key else place)
            faults.append(
                Fault(
                    where,
                    f"from {start} lies after to {end}; exchange or correct them",
                    f"起日 {start} 晚于止日 {end}，请对调或更正",
                )
            )


def _read_act(value: object, place: Place, faults: list[Fault]) -> object:
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
                f"{shown(code)} is not an act" + (f"; did you mean {near}?" if near else ""),
                f"没有 {shown(code)} 这一行为" + (f"；是否指 {near}？" if near else ""),
            )
        )
        return None
    if kind is Correct:
        return _read_correction(table, place, faults)
    act = _plain_reader(kind)(table, place, faults)
    key = _RANGES.get(kind.code)
    if key is not None:
        _check_range(table, key, place, faults)
    return act


def _read_act_or_null(value: object, place: Place, faults: list[Fault]) -> object:
    return None if value is None else _read_act(value, place, faults)


def _read_id(value: object, place: Place, faults: list[Fault]) -> str | None:
    text = read_text(value, place, faults)
    if text is not None and not text.strip():
        faults.append(
            Fault(spell(place), "the id is empty; give the file a key of its own", "编号为空，请给档案一个编号")
        )
    return text


@cache
def _file_reader() -> Reader:
    return table_reader(File, ("acts",), {"id": _read_id})


def _read_file(value: object, place: Place, faults: list[Fault]) -> Entry | None:
    table = read_table(value, place, faults)
    if table is None:
        return None
    before = len(faults)
    file = _file_reader()(table, place, faults)
    acts: list[object] = []
    given = table.get("acts")
    if isinstance(given, list):
        acts = [_read_act(entry, ((place, "acts"), f"[{n}]"), faults) for n, entry in enumerate(given)]
    elif "acts" in table:
        _not_a_list(given, (place, "acts"), faults)
    else:
        missing_key("acts", place, faults)
    return None if len(faults) > before else (cast(File, file), cast("tuple[Act, ...]", tuple(acts)))


def _not_a_list(value: object, place: Place, faults: list[Fault]) -> None:
    faults.append(Fault(spell(place), f"{shown(value)} is not a list", f"{shown(value)} 不是列表"))


def _bad(faults: list[Fault], more: int = 0) -> BadInput:
    """The error for these faults, the first `MOST_FAULTS` of them named and the rest counted."""
    more += max(0, len(faults) - MOST_FAULTS)
    faults = faults[:MOST_FAULTS]
    if more:
        faults.append(Fault("", f"and {more} more", f"另有 {more} 处"))
    return BadInput(faults)


def read_act(data: object, where: str = "") -> Act:
    """One act from plain data, such as `json.loads` gives it; `where` names its place in messages.

    Raises:
        BadInput: with every fault.
    """
    return _alone(_read_act, data, where)  # type: ignore[no-any-return]


def read_file(data: object, where: str = "") -> Entry:
    """One file with its acts from plain data; `where` names its place in messages.

    Raises:
        BadInput: with every fault.
    """
    return _alone(_read_file, data, where)  # type: ignore[no-any-return]


def _alone(read: Reader, data: object, where: str) -> Any:
    faults: list[Fault] = []
    try:
        value = read(data, (None, where) if where else None, faults)
    except RecursionError:
        raise _too_deep(where) from None
    if faults:
        raise _bad(faults)
    return value


# ------------------------------------------------------------------------------------------- JSON


class _Doubled(dict[str, Any]):
    """An object in which a key stood twice; `twice` names them."""

    twice: tuple[str, ...] = ()


class _Odd:
    """A number that no record holds: NaN, an infinity, or one of hundreds of digits."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _too_deep(where: str) -> BadInput:
    return BadInput.of(
        where, "the document is nested too deeply; write it as the format says", "文档嵌套过深，请按格式书写"
    )


def _parse(text: str, where: str, faults: list[Fault]) -> Any:
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
        raise BadInput.of(at, f"this is not JSON: {error.msg}", "从这里起不是有效的 JSON，请检查标点与引号") from None
    except RecursionError:
        raise _too_deep(where) from None
    if doubled:
        _note_doubled(data, faults)
    return data


def _note_doubled(data: object, faults: list[Fault]) -> None:
    """Note every key that stands twice, with its place. A list of things to do stands in for recursion."""
    ahead: list[tuple[object, Place]] = [(data, None)]
    while ahead:
        value, place = ahead.pop()
        if isinstance(value, _Doubled):
            faults += [
                Fault(
                    spell((place, shown(key).strip("'"))),
                    "this key stands here twice; keep one",
                    "这个键在此出现两次，请只留一个",
                )
                for key in value.twice
            ]
        if isinstance(value, dict):
            ahead += [(entry, (place, shown(key).strip("'"))) for key, entry in reversed(value.items())]
        elif isinstance(value, list):
            ahead += [(entry, (place, f"[{n}]")) for n, entry in reversed(list(enumerate(value)))]


def _decode(raw: bytes, where: str = "") -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput.of(
            where,
            f"byte {error.start + 1} is not UTF-8; save the file as UTF-8",
            f"第 {error.start + 1} 字节不是 UTF-8 编码，请另存为 UTF-8",
        ) from None


def _check_format(table: Mapping[str, Any], faults: list[Fault]) -> bool:
    """Note a format that this library does not read; False where what follows must not be read as this one."""
    if "format" not in table:
        missing_key("format", None, faults)
        return True
    found = table["format"]
    if found == FORMAT:
        return True
    stem, _, version = found.rpartition("/") if isinstance(found, str) else ("", "", "")
    if stem == FORMAT.rpartition("/")[0] and version:
        faults.append(
            Fault(
                "format",
                f"this is {shown(found)}; this library reads {FORMAT}, so export it as that version",
                f"这是 {shown(found)}，本库读取 {FORMAT}，请按该版本导出",
            )
        )
    else:
        faults.append(
            Fault(
                "format",
                f"{shown(found)} is not a dossier; write {FORMAT}",
                f"{shown(found)} 不是档案格式，请写 {FORMAT}",
            )
        )
    return False


def _same_id(entry: Entry | None, where: str, ids: dict[str, str]) -> Iterator[Fault]:
    """A fault where another file already has the id; `ids` remembers who has it."""
    if entry is not None:
        first = ids.setdefault(entry[0].id, where)
        if first != where:
            name = shown(entry[0].id)
            yield Fault(
                "id",
                f"{name} is already the id of {first}; give each file its own",
                f"{name} 已是 {first} 的编号，请各用各的编号",
            )


def _read_document(text: str) -> tuple[Entry, ...]:
    faults: list[Fault] = []
    data = _parse(text, "", faults)
    table = read_table(data, None, faults)
    if table is None or not _check_format(table, faults):
        raise _bad(faults)
    for key in table:
        if key not in ("format", "files"):
            unknown_key(key, ("format", "files"), None, faults)
    files = table.get("files")
    if not isinstance(files, list):
        if "files" in table:
            _not_a_list(files, (None, "files"), faults)
        else:
            missing_key("files", None, faults)
        raise _bad(faults)
    entries: list[Entry] = []
    ids: dict[str, str] = {}
    for n, value in enumerate(files):
        where = f"files[{n}]"
        entry = _read_file(value, (None, where), faults)
        faults.extend(Fault(f"{where}.{f.where}", f.en, f.zh) for f in _same_id(entry, where, ids))
        if entry is not None:
            entries.append(entry)
    if faults:
        raise _bad(faults)
    return tuple(entries)


def _is_lines(first: str, more: bool) -> bool:
    """Whether a text is JSON Lines: more follows a first line that is whole in itself and holds no files."""
    first = first.strip()
    if not more or not (first.startswith("{") and first.endswith("}")):
        return False
    try:
        table = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return "files" not in table


def read_lines(lines: Iterable[str | bytes]) -> Iterator[Entry]:
    """Each file of a JSON Lines stream as it is read, in little memory.

    Faults are raised when the stream has ended, all at once: whoever acts on a file before must be able to undo it.

    Raises:
        BadInput: with every fault, each place beginning with its line.
    """
    kept: list[Fault] = []
    more = 0
    ids: dict[str, str] = {}
    head = False
    for number, raw in enumerate(lines, 1):
        where = f"line {number}"
        faults: list[Fault] = []
        entry, readable = None, True
        try:
            line = (raw if isinstance(raw, str) else _decode(raw, where)).removeprefix("\ufeff")
            if line.isspace() or not line:
                continue
            data = _parse(line, where, faults)
            if head:
                entry = _read_file(data, None, faults)
                faults.extend(_same_id(entry, where, ids))
            else:
                table = read_table(data, None, faults)
                readable = table is None or _check_format(table, faults)
                for key in table or ():
                    if key != "format":
                        unknown_key(key, ("format",), None, faults)
            faults = [fault.within(where) for fault in faults]
        except RecursionError:
            faults = [*_too_deep(where).faults]
        except BadInput as error:
            faults = [*error.faults]
        head = True
        room = MOST_FAULTS - len(kept)
        kept += faults[:room]
        more += max(0, len(faults) - room)
        if not readable:
            break
        if entry is not None and not faults:
            yield entry
    if not head:
        missing_key("format", None, kept)
    if kept:
        raise _bad(kept, more)


def read(text: str | bytes) -> tuple[Entry, ...]:
    """Every file of a dossier, a JSON document or JSON Lines.

    Raises:
        BadInput: with every fault of every file.
    """
    decoded = (text if isinstance(text, str) else _decode(text)).removeprefix("\ufeff")
    first, _, rest = decoded.lstrip().partition("\n")
    if _is_lines(first, bool(rest.strip())):
        return tuple(read_lines(decoded.split("\n")))
    try:
        return _read_document(decoded)
    except RecursionError:
        raise _too_deep("") from None


def read_path(path: str | Path) -> tuple[Entry, ...]:
    """Every file of a dossier on disk, of at most `LARGEST_DOCUMENT` bytes.

    Raises:
        BadInput: with every fault of every file, each place beginning with the path.
    """
    try:
        with Path(path).open("rb") as source:
            raw = source.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        en, zh = _UNREADABLE.get(type(error), ("it cannot be read; look at its rights", "无法读取，请检查权限"))
        raise BadInput.of("".join(c if c.isprintable() else "?" for c in str(path)), en, zh) from None
    if len(raw) > LARGEST_DOCUMENT:
        raise BadInput.of(
            str(path),
            f"the file is larger than {LARGEST_DOCUMENT >> 20} MiB; split it, or read it as a stream of JSON Lines",
            f"文件超过 {LARGEST_DOCUMENT >> 20} MiB，请拆分，或以 JSON Lines 逐行读取",
        )
    try:
        return read(raw)
    except BadInput as error:
        raise BadInput(fault.within(str(path)) for fault in error.faults) from None


_UNREADABLE: Final[Mapping[type[Exception], tuple[str, str]]] = {
    FileNotFoundError: ("there is no such file; look at the path", "没有这个文件，请检查路径"),
    IsADirectoryError: ("this is a folder; name a file in it", "这是文件夹，请指定其中的文件"),
}

# ------------------------------------------------------------------------------------------- writing


def act_data(act: Act) -> dict[str, Any]:
    """An act as plain data: `act` first, then `on`, then the rest in the order of its class; defaults left out."""
    data = {"act": act.code, **dump(act)}
    if isinstance(act, Correct) and isinstance(act.with_, Act):
        data["with"] = act_data(act.with_)
    return data


def file_data(file: File) -> dict[str, Any]:
    """The facts of a file as plain data, without its acts; defaults left out."""
    return dump(file)  # type: ignore[no-any-return]


def _entry_data(entry: Entry) -> dict[str, Any]:
    file, acts = entry
    return {**file_data(file), "acts": [act_data(act) for act in acts]}


def write(files: Iterable[Entry]) -> dict[str, Any]:
    """The document that holds these files, as plain data."""
    return {"format": FORMAT, "files": [_entry_data(entry) for entry in files]}


def write_text(files: Iterable[Entry]) -> str:
    """The document that holds these files, as text: reading it gives the same files, writing those the same text."""
    return json.dumps(write(files), indent=1, ensure_ascii=False) + "\n"


def write_lines(files: Iterable[Entry]) -> Iterator[str]:
    """The same as JSON Lines, one line at a time."""
    head: dict[str, Any] = {"format": FORMAT}
    for data in chain([head], map(_entry_data, files)):
        yield json.dumps(data, ensure_ascii=False) + "\n"


# ------------------------------------------------------------------------------------------- schema

_EVIDENCE: Final = (
    Assigned,
    Ballot,
    Branch,
    Committee,
    Meeting,
    Person,
    Probation,
    Publicity,
    Replaced,
    Talker,
)


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _case(key: str, value: object, then: dict[str, Any]) -> dict[str, Any]:
    """What holds where a key has a value."""
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _act_schema(kind: type[Act]) -> dict[str, Any]:
    found = schema_of(kind)
    keys = found["properties"]
    outcomes: dict[str, Any] = {"enum": list(kind.outcomes)}
    if kind is ConversionMeeting:
        found["required"].append("outcome")
    else:
        outcomes = or_null(outcomes) if kind.outcomes else {"type": "null"}
    found["properties"] = {"act": {"const": kind.code}, **keys, "outcome": outcomes}
    found["required"].insert(0, "act")
    if kind is Correct:
        keys = found["properties"]
        keys["index"], keys["field"] = schema(int), {"enum": list(_CORRECTED)}
        keys["with"] = {"description": "a whole act or null for an index; else the new value of the field"}
        found["required"].append("with")
        found["oneOf"] = [{"required": ["index"]}, {"required": ["field"]}]
        values = {name: schema(fields_of(File)[name][1]) for name in _CORRECTED}
        found["allOf"] = [
            {"if": {"required": ["index"]}, "then": {"properties": {"with": or_null(_ref("Act"))}}},
            *(_case("field", name, {"properties": {"with": value}}) for name, value in values.items()),
        ]
    return found


def json_schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of a dossier as one document.

    The reader asks more in four places that a schema cannot say: ids are unique, days exist in the calendar, a first
    day is not after its last, and texts can be written to a file.
    """
    file = schema_of(File)
    file["properties"]["id"] = {"type": "string", "minLength": 1, "pattern": "\\S", "maxLength": 10_000}
    file["properties"]["acts"] = {
        "type": "array",
        "description": "The acts in the order of their entry.",
        "items": _ref("Act"),
    }
    file["required"].append("acts")
    kinds = {kind.__name__: kind for kind in ACTS.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FORMAT,
        "title": "Dossier",
        "description": "Files of applicants and their acts. A key that is left out is unknown; null or [] is none.",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "files": {"type": "array", "items": _ref("File")}},
        "required": ["format", "files"],
        "additionalProperties": False,
        "$defs": {
            "File": file,
            "Act": {
                "type": "object",
                "properties": {"act": {"enum": list(ACTS)}},
                "required": ["act"],
                "allOf": [_case("act", kind.code, _ref(name)) for name, kind in kinds.items()],
            },
            **{name: _act_schema(kind) for name, kind in kinds.items()},
            **{kind.__name__: schema_of(kind) for kind in _EVIDENCE},
        },
    }


def schema_text() -> str:
    """The published JSON Schema as the text that is kept in `docs/dossier.schema.json`."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
