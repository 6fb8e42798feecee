"""Copies of a SQLite ledger: one file that only its owner can read, with everything of one moment.

A copy is named after its ledger, with the day and what it is a copy of behind the ending. So `audit FOLDER`, which goes
by the endings of names, does not take it for one ledger more.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps next to a database, by the endings of the names."""


def is_taken(path: Path) -> bool:
    """Whether there is a file of that name, or one that SQLite would take for a part of it."""
    return any(os.path.lexists(f"{path}{ending}") for ending in ("", *BESIDE))


def free_name(ledger: Path, *notes: str) -> Path:
    """The first free name for a copy next to a ledger: its own with the notes behind it, and a number where needed."""
    name = ".".join((ledger.name, *notes))
    names = (ledger.with_name(name if number == 1 else f"{name}.{number}") for number in count(1))
    return next(path for path in names if not is_taken(path))


@contextmanager
def hidden_draft(path: Path) -> Iterator[Path]:
    """An empty file next to `path` that only its owner can read, removed in the end unless it was renamed."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield draft
    finally:
        for ending in ("", *BESIDE):
            Path(f"{draft}{ending}").unlink(missing_ok=True)


def give_name(draft: Path, path: Path) -> None:
    """Give a file that is complete its name.

    Raises:
        FileExistsError: there is a file of that name.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names of a file
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        draft.replace(path)
    with suppress(OSError):  # not every system lets a folder be opened for that
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def copy_database(source: sqlite3.Connection, target: Path) -> bool:
    """Copy everything as it is at one moment into an empty file; whether SQLite finds the copy whole.

    Others go on writing meanwhile.
    """
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        return bool(copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
