"""What a store keeps, as text: files, acts, settings, and how far each chain has come. The same on every store.

Each row carries a digest: SHA-256 over the canonical JSON of all its other columns. Among them are the digest of the
act before it in its file, and of the act before it in the ledger, so that no row can be changed, moved or taken out
without all later ones not fitting any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import defstruct
from msgspec.json import Encoder

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)


def canonical(data: Any) -> str:
    """Plain data as the one JSON text it has: keys sorted, no blanks, Chinese as it is."""
    return _JSON.encode(data)


class FileRow(NamedTuple):
    """A file as it was opened: its facts as canonical JSON, the day, what a host keeps with it."""

    id: str
    facts: str
    opened: str
    host: str | None = None
    digest: str = ""


class ActRow(NamedTuple):
    """An act as it is stored: its place, its canonical JSON, and what the ruling of its day made of it.

    `recorded` is the day of entry that was said, `moment` the machine's own (UTC); `recorded_by` is the clerk as named,
    `system_user` the account that the program ran under. `settings` is the number of the settings in force, `readings`
    what of them is not the default, as JSON; of an act that was taken in from another ledger, `settings` is the number
    of the entry that says where it comes from. `file_previous` and `previous` are the digests before this one.
    """

    seq: int
    file: str
    number: int
    act: str
    state: str
    edition: str
    book: str
    findings: str
    recorded: str
    recorded_by: str | None
    moment: str | None = None
    system_user: str | None = None
    settings: int = 0
    readings: str | None = None
    host: str | None = None
    file_previous: str = ""
    previous: str = ""
    digest: str = ""


class SettingsRow(NamedTuple):
    """An entry about the ledger itself: its beginning, then each change of its settings.

    `acts` and `after` are the number and the digest of the acts recorded before it.
    """

    number: int
    content: str
    acts: int
    after: str
    moment: str
    set_by: str | None
    system_user: str | None
    previous: str = ""
    digest: str = ""


class Head(NamedTuple):
    """How far a chain has come: how many rows, and the digest of the last."""

    size: int
    digest: str


LEDGER: Final = "ledger"
"""The scope of the chain of all acts."""
SETTINGS: Final = "settings"
"""The scope of the chain of settings."""
NOTHING: Final = Head(0, "")
"""Where a chain begins."""
ANY_SETTINGS: Final = -1
"""In an act that is to be recorded: it was not judged by the ledger's settings, and holds whatever they are."""
PAGE: Final = 500
"""Rows read at once where there may be many: no read holds a snapshot while the caller thinks."""
FORM: Final = 2
"""The form in which rows are kept; those of the first carried no digest."""

R = TypeVar("R", FileRow, ActRow, SettingsRow)


def file_scope(file: str) -> str:
    """The scope of the chain of a file."""
    return f"file:{file}"


def _canonical_form(row: type[FileRow | ActRow | SettingsRow]) -> tuple[Callable[[Any], Any], Callable[..., Any]]:
    """What takes the columns of a row in the order of their names, without the digest, and what has them as keys."""
    columns = sorted(column for column in row._fields if column != "digest")
    return itemgetter(*(row._fields.index(column) for column in columns)), defstruct(row.__name__, columns)


_FORMS: Final = {row: _canonical_form(row) for row in (FileRow, ActRow, SettingsRow)}
_ROW_JSON: Final = Encoder()


def row_bytes(row: FileRow | ActRow | SettingsRow) -> bytes:
    """A row without its digest as canonical JSON, in UTF-8: what `canonical` gives, in a fraction of the time.

    A text that is not UTF-8, as only a damaged file gives one, stands byte by byte.

    Raises:
        TypeError: a value is of a type that no column has.
    """
    if not _COLUMN_TYPES.issuperset(map(type, row)):
        raise TypeError("a column holds neither text nor a number")
    columns, form = _FORMS[type(row)]
    try:
        return _ROW_JSON.encode(form(*columns(row)))
    except UnicodeEncodeError:
        data = row._asdict()
        del data["digest"]
        return canonical(data).encode("utf-8", "surrogateescape")


_COLUMN_TYPES: Final = frozenset({str, int, type(None)})


def digest_of(row: FileRow | ActRow | SettingsRow) -> str:
    """The digest of a row: over all its columns except the digest itself."""
    return sha256(row_bytes(row)).hexdigest()


def sealed(row: R) -> R:
    """The row with its digest."""
    return row._replace(digest=digest_of(row))


_NUMBERS: Final = frozenset({"seq", "number", "settings", "acts"})
_MAY_BE_NONE: Final = frozenset({"recorded_by", "moment", "system_user", "readings", "host", "set_by"})


def is_typed(row: FileRow | ActRow | SettingsRow) -> bool:
    """Whether every column holds what it can hold: a damaged file may give anything."""
    return all(
        type(value) is (int if column in _NUMBERS else str) or (value is None and column in _MAY_BE_NONE)
        for column, value in zip(row._fields, row, strict=True)
    )


def is_sealed(row: FileRow | ActRow | SettingsRow) -> bool:
    """Whether the row is what its digest says."""
    try:
        return digest_of(row) == row.digest
    except (TypeError, ValueError):  # bytes, or half a surrogate pair
        return False
