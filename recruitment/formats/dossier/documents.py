"""The dossier: the file format that other applications write, read strictly and written back exactly.

One JSON document holds any number of files; JSON Lines holds one file a line after a first line with `format`. Every
fault is reported at once, with its place, in both languages. The classes of `recruitment.record.acts` are the format,
so the reader, the writer and the published JSON Schema (`recruitment.formats.dossier.schema`) cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import Reader, missing_key, read_table, shown, unknown_key
from recruitment.base.structure.values import dump
from recruitment.formats.dossier.entries import Entry, not_a_list, read_entry, read_one_act
from recruitment.formats.dossier.strict_json import decode, parse_json, too_deep
from recruitment.record.acts import Act, Correct, File

FORMAT: Final = "member-development/dossier/1"
LARGEST_DOCUMENT: Final = 512 * 1024 * 1024
MOST_FAULTS: Final = 200


# ------------------------------------------------------------------------------------------- reading


def _bad(faults: list[Fault], more: int = 0) -> BadInput:
    """The error for these faults, the first `MOST_FAULTS` of them named and the rest counted."""
    more += max(0, len(faults) - MOST_FAULTS)
    faults = faults[:MOST_FAULTS]
    if more:
        faults.append(Fault("", Label(zh=f"另有 {more} 处", en=f"and {more} more")))
    return BadInput(faults)


def read_act(data: object, where: str = "") -> Act:
    """One act from plain data, such as `json.loads` gives it; `where` names its place in messages.

    Raises:
        BadInput: with every fault.
    """
    return _read_alone(read_one_act, data, where)  # type: ignore[no-any-return]


def read_file(data: object, where: str = "") -> Entry:
    """One file with its acts from plain data; `where` names its place in messages.

    Raises:
        BadInput: with every fault.
    """
    return _read_alone(read_entry, data, where)  # type: ignore[no-any-return]


def read_facts(data: object, where: str = "") -> File:
    """The facts of a file from plain data, such as `file_data` gives; `where` names its place in messages.

    Raises:
        BadInput: with every fault.
    """
    if isinstance(data, Mapping) and "acts" in data:
        raise BadInput.of(
            f"{where}.acts" if where else "acts",
            Label(
                zh="这里只写档案本身的情况，请去掉 acts，或改用 read_file",
                en="these are the facts of a file alone; leave the acts out, or call read_file",
            ),
        )
    return read_file({**data, "acts": []} if isinstance(data, Mapping) else data, where)[0]


def _read_alone(read: Reader, data: object, where: str) -> Any:
    faults: list[Fault] = []
    try:
        value = read(data, (None, where) if where else None, faults)
    except RecursionError:
        raise too_deep(where) from None
    if faults:
        raise _bad(faults)
    return value


def check_format(table: Mapping[str, Any], faults: list[Fault]) -> bool:
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
                Label(
                    zh=f"这是 {shown(found)}，本库读取 {FORMAT}，请按该版本导出",
                    en=f"this is {shown(found)}; this library reads {FORMAT}, so export it as that version",
                ),
            )
        )
    else:
        faults.append(
            Fault(
                "format",
                Label(
                    zh=f"{shown(found)} 不是档案格式，请写 {FORMAT}",
                    en=f"{shown(found)} is not a dossier; write {FORMAT}",
                ),
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
                Label(
                    zh=f"{name} 已是 {first} 的编号，请各用各的编号",
                    en=f"{name} is already the id of {first}; give each file its own",
                ),
            )


def _read_document(text: str) -> tuple[Entry, ...]:
    faults: list[Fault] = []
    data = parse_json(text, "", faults)
    table = read_table(data, None, faults)
    if table is None or not check_format(table, faults):
        raise _bad(faults)
    for key in table:
        if key not in ("format", "files"):
            unknown_key(key, ("format", "files"), None, faults)
    files = table.get("files")
    if not isinstance(files, list):
        if "files" in table:
            not_a_list(files, (None, "files"), faults)
        else:
            missing_key("files", None, faults)
        raise _bad(faults)
    entries: list[Entry] = []
    ids: dict[str, str] = {}
    for n, value in enumerate(files):
        where = f"files[{n}]"
        entry = read_entry(value, (None, where), faults)
        faults.extend(Fault(f"{where}.{f.where}", f.label) for f in _same_id(entry, where, ids))
        if entry is not None:
            entries.append(entry)
    if faults:
        raise _bad(faults)
    return tuple(entries)


def is_lines(first: str, more: bool) -> bool:
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

    Faults are raised when the stream has ended, all at once: a caller that acts on a file before must be able to undo
    it.

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
            line = (raw if isinstance(raw, str) else decode(raw, where)).removeprefix("\ufeff")
            if line.isspace() or not line:
                continue
            data = parse_json(line, where, faults)
            if head:
                entry = read_entry(data, None, faults)
                faults.extend(_same_id(entry, where, ids))
            else:
                table = read_table(data, None, faults)
                readable = table is None or check_format(table, faults)
                for key in table or ():
                    if key != "format":
                        unknown_key(key, ("format",), None, faults)
            faults = [fault.within(where) for fault in faults]
        except RecursionError:
            faults = [*too_deep(where).faults]
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
    decoded = (text if isinstance(text, str) else decode(text)).removeprefix("\ufeff")
    first, _, rest = decoded.lstrip().partition("\n")
    if is_lines(first, bool(rest.strip())):
        return tuple(read_lines(decoded.split("\n")))
    try:
        return _read_document(decoded)
    except RecursionError:
        raise too_deep("") from None


def read_path(path: str | Path) -> tuple[Entry, ...]:
    """Every file of a dossier on disk, of at most `LARGEST_DOCUMENT` bytes.

    Raises:
        BadInput: with every fault of every file, each place beginning with the path.
    """
    try:
        with Path(path).open("rb") as source:
            raw = source.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if len(raw) > LARGEST_DOCUMENT:
        raise BadInput.of(
            str(path),
            Label(
                zh=f"文件超过 {LARGEST_DOCUMENT >> 20} MiB，请拆分，或以 JSON Lines 逐行读取",
                en=f"the file is larger than {LARGEST_DOCUMENT >> 20} MiB; split it, or read it as a stream of "
                "JSON Lines",
            ),
        )
    try:
        return read(raw)
    except BadInput as error:
        raise BadInput(fault.within(str(path)) for fault in error.faults) from None


def unreadable(path: str | Path, error: Exception) -> BadInput:
    """What to say of a file that cannot be opened."""
    en, zh = _UNREADABLE.get(type(error), ("it cannot be read; look at its rights", "无法读取，请检查权限"))
    return BadInput.of("".join(c if c.isprintable() else "?" for c in str(path)), Label(zh=zh, en=en))


_UNREADABLE: Final[Mapping[type[Exception], tuple[str, str]]] = {
    FileNotFoundError: ("there is no such file; look at the path", "没有这个文件，请检查路径"),
    IsADirectoryError: ("this is a folder; name a file in it", "这是文件夹，请指定其中的文件"),
}


# ------------------------------------------------------------------------------------------- writing


def act_data(act: Act) -> dict[str, Any]:
    """An act as plain data: `act` first, then `on`, then the rest in the order of its class; defaults left out.

    What a host keeps with it (`host`) is no part of what it says, and is not among them.
    """
    data = {"act": act.code, **dump(act)}
    if isinstance(act, Correct) and isinstance(act.with_, Act):
        data["with"] = act_data(act.with_)
    return data


def file_data(file: File) -> dict[str, Any]:
    """The facts of a file as plain data, without its acts and what a host keeps with it; defaults left out."""
    return dump(file)  # type: ignore[no-any-return]


def _entry_data(entry: Entry) -> dict[str, Any]:
    file, acts = entry
    return {**file_data(file), **_host_data(file), "acts": [{**act_data(act), **_host_data(act)} for act in acts]}


def _host_data(kept: Act | File) -> dict[str, Any]:
    return {} if kept.host is None else {"host": kept.host}


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
