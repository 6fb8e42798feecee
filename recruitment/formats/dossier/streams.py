"""A dossier of any size as a stream: the text of one file after the other, cut out before any of it is read.

A document is cut by the standard library's own scanner, and each file is then read as strictly as ever (`read_piece`):
keys that are written twice, unknown keys and odd numbers are named with their place, and a file that is wrong does not
stop the next. Memory holds one file and what was read ahead.
"""

from __future__ import annotations

import codecs
import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from attrs import frozen

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import missing_key, read_table, shown, unknown_key
from recruitment.formats.dossier.documents import check_format, is_lines
from recruitment.formats.dossier.entries import Entry, not_a_list, read_entry
from recruitment.formats.dossier.strict_json import decode, parse_json, too_deep

CHUNK: Final = 1 << 20
HEAD: Final = 1 << 20
LARGEST_FILE: Final = 64 << 20
"""How much is read at once, how much at most to see which form it is, and how long one file, or line, may be."""

_BLANK: Final = re.compile(r"[ \t\n\r]*")
# Whole numbers are cut as they are written, however long; the reading that follows is exact.
_SCAN: Final = json.JSONDecoder(parse_int=float).raw_decode
_LONGEST_TOKEN: Final = 12
"""No name or escape of JSON is longer, so an error further from the end of what was read is no cut in a token."""


@frozen
class Piece:
    """The text of one file and its place, or the faults of a document that no file has."""

    where: str
    text: str | None = None
    faults: tuple[Fault, ...] = ()


def pieces(source: BinaryIO) -> Iterator[Piece]:
    """Each file of a dossier, a JSON document or JSON Lines, as a piece of text; faults of the whole as they are met.

    What cannot be read any further ends the stream with its fault; nothing is raised for what is written there.
    """
    first, ended = b"", False
    while not ended and len(first) < HEAD and (not first.strip() or not first.lstrip().partition(b"\n")[2].strip()):
        more = source.read(CHUNK)
        first, ended = first + more, not more
    line, _, rest = first.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    try:
        lines = is_lines(line.decode(), bool(rest.strip()))
    except UnicodeDecodeError:
        lines = False
    yield from _lines(first, source) if lines else _document(first, source)


def read_piece(piece: Piece) -> tuple[Entry | None, tuple[Fault, ...]]:
    """The file that a piece holds, or every fault of it."""
    if piece.text is None:
        return None, piece.faults
    found: list[Fault] = []
    entry = None
    try:
        if piece.where.startswith("line "):
            entry = read_entry(parse_json(piece.text, piece.where, found), None, found)
            faults = [fault.within(piece.where) for fault in found]
        else:
            data = parse_json(piece.text, piece.where, found)
            faults = [Fault(f"{piece.where}.{fault.where}", fault.label) for fault in found]
            entry = read_entry(data, (None, piece.where), faults)
    except RecursionError:
        faults = [*too_deep(piece.where).faults]
    except BadInput as error:
        faults = [*error.faults]
    return (None, tuple(faults)) if faults else (entry, ())


class Ids:
    """The ids met in each document, on disk, so that memory does not grow with them."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("CREATE TABLE ids (document INT, id TEXT, place TEXT, PRIMARY KEY (document, id))")
        self._store.execute("BEGIN")

    def doubled(self, document: int, file: str, where: str) -> Fault | None:
        """The fault where another file of the document has the id already; else it is remembered."""
        insert = "INSERT OR IGNORE INTO ids VALUES (?, ?, ?)"
        if self._store.execute(insert, (document, file, where)).rowcount:
            return None
        query = "SELECT place FROM ids WHERE document = ? AND id = ?"
        first = self._store.execute(query, (document, file)).fetchone()[0]
        return Fault(
            f"{where}: id" if where.startswith("line ") else f"{where}.id",
            Label(
                zh=f"{shown(file)} 已是 {first} 的编号，请各用各的编号",
                en=f"{shown(file)} is already the id of {first}; give each file its own",
            ),
        )

    def close(self) -> None:
        """Throw it away."""
        self._store.close()


# ------------------------------------------------------------------------------------------- JSON Lines


def _raw_lines(first: bytes, source: BinaryIO) -> Iterator[bytes]:
    rest = first
    while True:
        *whole, rest = rest.split(b"\n")
        yield from whole
        more = source.read(CHUNK)
        if not more or len(rest) > LARGEST_FILE:
            yield rest
            return
        rest += more


def _lines(first: bytes, source: BinaryIO) -> Iterator[Piece]:
    head = False
    for number, raw in enumerate(_raw_lines(first, source), 1):
        where = f"line {number}"
        if not raw.strip() or raw.strip() == codecs.BOM_UTF8:
            continue
        if len(raw) > LARGEST_FILE:
            yield _too_long(where)
            return
        try:
            text = decode(raw, where)
            if head:
                yield Piece(where, text)
                continue
            faults: list[Fault] = []
            table = read_table(parse_json(text, where, faults), None, faults)
            readable = table is None or check_format(table, faults)
            for key in table or ():
                if key != "format":
                    unknown_key(key, ("format",), None, faults)
            if faults:
                yield Piece(where, faults=tuple(fault.within(where) for fault in faults))
            if not readable:
                return
        except BadInput as error:
            yield Piece(where, faults=error.faults)
        head = True


def _too_long(where: str) -> Piece:
    size = LARGEST_FILE >> 20
    fault = Fault(
        where, Label(zh=f"一份档案超过 {size} MiB，请更正", en=f"one file is longer than {size} MiB; correct it")
    )
    return Piece(where, faults=(fault,))


# ------------------------------------------------------------------------------------------- one document


class _Text:
    """The text of a document as it is read: what is behind is forgotten, and only its lines are counted."""

    def __init__(self, first: bytes, source: BinaryIO) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._read = 0
        self._line, self._column = 1, 1
        self.text, self.at, self.ended = "", 0, False
        self._take(first)

    def _take(self, raw: bytes) -> None:
        pending = len(self._decoder.getstate()[0])
        try:
            new = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            byte = self._read - pending + error.start + 1
            raise BadInput.of(
                "",
                Label(
                    zh=f"第 {byte} 字节不是 UTF-8 编码，请另存为 UTF-8",
                    en=f"byte {byte} is not UTF-8; save the file as UTF-8",
                ),
            ) from None
        self._read += len(raw)
        self.ended = not raw
        self._line, self._column = self._place(self.at)
        self.text, self.at = self.text[self.at :] + new, 0

    def more(self) -> None:
        """Read on: the more, the more is already waiting, so that a long file is not scanned again and again."""
        self._take(self._source.read(max(CHUNK, len(self.text) - self.at)))

    def _place(self, at: int) -> tuple[int, int]:
        lines = self.text.count("\n", 0, at)
        if not lines:
            return self._line, self._column + at
        return self._line + lines, at - self.text.rindex("\n", 0, at)

    def wrong(self, at: int, message: str) -> BadInput:
        """The error for what is not JSON."""
        line, column = self._place(at)
        return BadInput.of(
            f"line {line}, column {column}",
            Label(zh="从这里起不是有效的 JSON，请检查标点与引号", en=f"this is not JSON: {message}"),
        )

    def next(self) -> str:
        """The next character that is not blank, which is not consumed; empty at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self.more()

    def consume(self, wanted: str) -> None:
        """Pass over a character that has to be here."""
        if self.next() != wanted:
            raise self.wrong(self.at, f"Expecting '{wanted}'")
        self.at += 1

    def value(self, where: str) -> tuple[Any, str]:
        """The value that begins here, and its text."""
        self.next()
        while True:
            try:
                data, end = _SCAN(self.text, self.at)
                if end < len(self.text) or self.ended:
                    text, self.at = self.text[self.at : end], end
                    return data, text
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos > len(self.text) - _LONGEST_TOKEN
                if self.ended or not cut:
                    raise self.wrong(error.pos, error.msg) from None
            except RecursionError:
                raise too_deep(where) from None
            if len(self.text) - self.at > LARGEST_FILE:
                raise BadInput(_too_long(where).faults)
            self.more()


def _document(first: bytes, source: BinaryIO) -> Iterator[Piece]:
    faults: list[Fault] = []
    try:
        yield from _members(_Text(first, source), faults)
    except BadInput as error:
        faults += error.faults
    if faults:
        yield Piece("", faults=tuple(faults))


def _members(text: _Text, faults: list[Fault]) -> Iterator[Piece]:
    """The files of a document, and in `faults` what is wrong with the document itself."""
    if text.next() != "{":
        read_table(text.value("")[0], None, faults)
        return
    text.consume("{")
    seen: list[str] = []
    while text.next() != "}":
        if seen:
            text.consume(",")
        if text.next() != '"':
            raise text.wrong(text.at, "Expecting property name enclosed in double quotes")
        key = text.value("")[0]
        text.consume(":")
        if key in seen:
            faults.append(
                Fault(
                    shown(key).strip("'"),
                    Label(zh="这个键在此出现两次，请只留一个", en="this key is written twice; keep one"),
                )
            )
        seen.append(key)
        if key == "files" and text.next() == "[":
            yield from _files(text)
        else:
            value = text.value(key)[0]
            if key == "format" and not check_format({"format": value}, faults):
                return
            if key == "files":
                not_a_list(value, (None, "files"), faults)
    text.consume("}")
    if text.next():
        raise text.wrong(text.at, "Extra data")
    for key in dict.fromkeys(seen):
        if key not in ("format", "files"):
            unknown_key(key, ("format", "files"), None, faults)
    for key in ("format", "files"):
        if key not in seen:
            missing_key(key, None, faults)


def _files(text: _Text) -> Iterator[Piece]:
    text.consume("[")
    number = 0
    while text.next() != "]":
        if number:
            text.consume(",")
        where = f"files[{number}]"
        yield Piece(where, text.value(where)[1])
        number += 1
    text.consume("]")
