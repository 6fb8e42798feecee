"""The ledger: files and their acts in one SQLite database to which things are only ever added.

sqlite-utils makes the schema, migrates it, and writes an import. It is loaded only for that, and for
`database`, by which hosts may query: to load it takes some nine times as long as `python -c pass`, and
to show a file may take fifteen times in all. Reading files and adding one act are plain SQL beside it.

Every write begins with BEGIN IMMEDIATE, before anything is read, and waits its turn for up to a minute. A
ledger may be shared between threads, each with a connection of its own, and it may be carried over a fork.

What is newest may stand in `ledger.db-wal` beside the file. Closing a ledger that may be written moves it into the
file, unless somebody else is reading just then. To take a copy: `sqlite3 ledger.db ".backup copy.db"` at any time, or
copy the file with the -wal beside it while no program has it open. Reading alone may leave a -wal and a -shm behind.
"""

# ruff: noqa: S608 - the only names put into statements are the columns and numbers of this module
from __future__ import annotations

import os
import random
import secrets
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from recruitment.base.errors import BadInput, Fault, LedgerError
from recruitment.base.label import Label
from recruitment.ledger import schema
from recruitment.ledger.faults import (
    BY_CODE,
    CLOSED,
    DAMAGED,
    FOREIGN,
    MISSING,
    NEWER,
    NO_FILE,
    NOT_MADE,
    OLDER,
    UNWRITABLE,
    WAITING,
    code_of,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
PATIENCE: Final = 60.0
"""Seconds that a step waits for its turn before it gives up."""
PAGE: Final = 500
"""Rows read at once where there may be many: no read holds a snapshot while the caller thinks."""


class ActRow(NamedTuple):
    """An act as it is stored: its place, its canonical JSON, and what the ruling of its day made of it."""

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


_ALL: Final = ", ".join(ActRow._fields)
_KEPT: Final = ActRow._fields[1:]
_ADD_ACT: Final = f"INSERT INTO acts ({', '.join(_KEPT)}) VALUES ({', '.join('?' * len(_KEPT))})"
_ADD_FILE: Final = "INSERT INTO files (id, facts, opened) VALUES (?, ?, ?)"


def default_path() -> Path:
    """Where the ledger stands if nobody says otherwise: the folder for this user's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed where no path is given

    return user_data_path("member-development", appauthor=False) / "ledger.db"


class _Connection(sqlite3.Connection):
    """A connection that is closed with the thread that made it."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()


# ------------------------------------------------------------------------------------------- the ledger


class Ledger:
    """An open ledger: text in, text out. What the text means is `recruitment.ledger.office`'s business."""

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path).absolute()
        self.read_only = read_only
        self._own = threading.local()
        self._pid = os.getpid()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._closed = False
        self._written = False

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False) -> Ledger:
        """The ledger at `path`; with `create` it is made where there is none, for this user's eyes only.

        Raises:
            LedgerError: it is missing, not permitted, no ledger of ours, newer, or damaged.
        """
        ledger = cls(path, read_only=read_only)
        try:
            ledger._found(create=create and not read_only)
            ledger._check(create=create and not read_only)
        except (OSError, ValueError) as error:
            ledger.close()
            raise ledger.fault(NOT_MADE if create else BY_CODE[sqlite3.SQLITE_CANTOPEN]) from error
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads. No thread may be at work on the ledger.

        What was written is moved from the log into the file, as far as nobody else is at work on it.
        """
        if self._written and self._pid == os.getpid() and not self._closed:
            with suppress(sqlite3.Error, LedgerError):
                self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._closed = True
        for connection in list(self._connections):
            with suppress(sqlite3.Error):
                connection.close()

    def fault(self, fault: Fault) -> LedgerError:
        """The error for a fault of this ledger, its path said first."""
        return LedgerError(Label(zh=f"{self.path}：{fault.label.zh}", en=f"{self.path}: {fault.label.en}"))

    @property
    def database(self) -> Database:
        """This thread's connection as a sqlite-utils database, to query by it."""
        return self._database(self._connection())

    @staticmethod
    def _database(connection: sqlite3.Connection) -> Database:
        from sqlite_utils import Database  # noqa: PLC0415 - see the head of this module

        return Database(connection, execute_plugins=False, strict=True)

    # ------------------------------------------------------------------------------ opening

    def _found(self, *, create: bool) -> None:
        """See that a file stands there, or make a ledger that only this user can read; an empty file becomes his."""
        if self.path.exists():
            if not self.path.is_file():
                raise self.fault(NO_FILE)
            if create and self.path.stat().st_size == 0:
                self.path.chmod(0o600)
            return
        if not create:
            raise self.fault(MISSING)
        if not self.path.parent.exists():
            self.path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        self._made()

    def _made(self) -> None:
        """Make the ledger whole under another name and put it in its place in one step.

        So nobody ever meets one that is half made, and of several who begin at once the first one's stands.
        """
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            ledger = Ledger(draft)
            try:
                ledger._check(create=True)
            finally:
                ledger.close()
            try:
                os.link(draft, self.path)
            except FileExistsError:  # another was first, and made the same
                pass
            except OSError:  # a disk that knows no second names: an empty file, which its first writer lays out
                with suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        finally:
            draft.unlink()

    def _check(self, *, create: bool) -> None:
        """See that this is a ledger of a known version; make or migrate its schema in one transaction."""
        connection = self._connection()
        try:
            if self._ready(connection, empty=create):
                return
            if self.read_only:
                raise self.fault(OLDER)
            self._patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        except sqlite3.Error as error:
            raise self._translated(error) from error
        with self.writing():
            if not self._ready(connection, empty=create):
                connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                schema.migrations().apply(self._database(connection))

    def _ready(self, connection: sqlite3.Connection, *, empty: bool) -> bool:
        """Whether every migration is applied; an `empty` database may still become a ledger."""
        (application,), (tables,) = self._patiently(
            lambda: [
                *connection.execute("PRAGMA application_id"),
                *connection.execute("SELECT count(*) FROM sqlite_master"),
            ]
        )
        if application != schema.APPLICATION_ID:
            if application or tables:
                raise self.fault(FOREIGN)
            if not empty:
                raise self.fault(MISSING)
            return False
        query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
        found = self._patiently(lambda: connection.execute(query, [schema.MIGRATION_SET]).fetchall())
        applied = {name for (name,) in found}
        known = {name for name, _ in schema.MIGRATIONS}
        if applied - known:
            raise self.fault(NEWER)
        return applied == known

    def _connection(self) -> _Connection:
        """This thread's connection. A child process leaves its parent's alone, as SQLite asks."""
        connection: _Connection | None = getattr(self._own, "connection", None)
        if self._closed:
            raise self.fault(CLOSED)
        if connection is not None and self._own.pid == os.getpid():
            return connection
        if connection is not None:
            _LEFT_ALONE.append(connection)
        if self._pid != os.getpid():
            _LEFT_ALONE.extend(self._connections)
            self._pid, self._connections = os.getpid(), weakref.WeakSet()
        self._own.connection, self._own.pid = self._connected(), os.getpid()
        self._connections.add(self._own.connection)
        return self._own.connection  # type: ignore[no-any-return]

    def _connected(self) -> _Connection:
        try:
            return self._connect("mode=ro" if self.read_only else "mode=rw")
        except sqlite3.Error as error:
            # A read-only disk has no room for WAL's shared memory; with no log beside it the file is whole.
            effective = os.access in os.supports_effective_ids
            fixed = not os.access(self.path.parent, os.W_OK, effective_ids=effective)
            lone = fixed and not Path(f"{self.path}-wal").exists()
            if not (self.read_only and lone):
                raise self._translated(error) from error
        try:
            return self._connect("mode=ro&immutable=1")
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _connect(self, how: str) -> _Connection:
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?{how}",
            uri=True,
            timeout=0,  # SQLite's own waiting is unfair; see `_patiently`
            isolation_level=None,
            check_same_thread=False,  # `close` closes the connections of all threads
            factory=_Connection,
        )
        for name, value in _PRAGMAS:
            self._patiently(lambda pragma=f"PRAGMA {name} = {value}": connection.execute(pragma))  # type: ignore[misc]
        self._patiently(lambda: connection.execute("SELECT count(*) FROM sqlite_master").fetchall())
        return connection

    # ------------------------------------------------------------------------------ waiting and writing

    @staticmethod
    def _patiently(ask: Callable[[], T]) -> T:
        """Ask until SQLite has time, at random moments so that nobody is always second."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return ask()
            except sqlite3.OperationalError as error:
                if code_of(error) not in WAITING or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(0.0002, 0.003))  # noqa: S311 - no secret hangs on it

    def _translated(self, error: sqlite3.Error) -> LedgerError:
        return self.fault(BY_CODE.get(code_of(error), DAMAGED))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of this thread: what it reads stands until it ends; it is kept whole or not at all.

        Raises:
            LedgerError: it cannot be written; nothing was.
            BadInput: a text cannot be stored; nothing was.
        """
        connection = self._connection()
        try:
            self._patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            yield
            self._patiently(lambda: connection.execute("COMMIT"))
            self._written = True
        except sqlite3.Error as error:
            raise self._translated(error) from error
        except UnicodeEncodeError as error:
            raise BadInput(UNWRITABLE) from error
        finally:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

    def add_file(self, file: str, facts: str, opened: str) -> None:
        """Add a file, within `writing`."""
        self._connection().execute(_ADD_FILE, (file, facts, opened))

    def add_act(self, row: ActRow) -> int:
        """Add an act, within `writing`, and give its place in the whole ledger; `row.seq` is not read."""
        return self._connection().execute(_ADD_ACT, row[1:]).lastrowid or 0

    def add_all(self, files: Sequence[tuple[str, str, str]], rows: Sequence[ActRow]) -> None:
        """Add many files and acts in batches, within `writing`."""
        database = self.database
        database.table("files").insert_all([("id", "facts", "opened"), *files] if files else [])
        database.table("acts").insert_all([_KEPT, *(row[1:] for row in rows)] if rows else [])

    # ------------------------------------------------------------------------------ reading

    def _read(self, query: str, *values: object) -> list[Any]:
        connection = self._connection()
        try:
            return self._patiently(lambda: connection.execute(query, values).fetchall())
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def facts(self, file: str) -> str | None:
        """The facts of a file, or None where there is no such file."""
        try:
            found = self._read("SELECT facts FROM files WHERE id = ?", file)
        except UnicodeEncodeError:  # a name that no text can hold stands in no ledger
            return None
        return found[0][0] if found else None

    def steps(self, file: str) -> list[tuple[str, str, str, int]]:
        """Act, state after it, edition and number of each act of a file in their order: what its case is made of."""
        return self._read("SELECT act, state, edition, number FROM acts WHERE file = ? ORDER BY number", file)

    def rows(self, file: str) -> list[ActRow]:
        """Every act of a file in its order, whole."""
        query = f"SELECT {_ALL} FROM acts WHERE file = ? ORDER BY number"
        return [ActRow(*row) for row in self._read(query, file)]

    def rows_since(self, seq: int) -> Iterator[ActRow]:
        """Every act of the ledger after `seq`, in the order in which they were recorded."""
        query = f"SELECT {_ALL} FROM acts WHERE seq > ? ORDER BY seq LIMIT {PAGE}"
        while page := self._read(query, seq):
            yield from (ActRow(*row) for row in page)
            seq = page[-1][0]

    def ids(self) -> Iterator[str]:
        """Every file's id, sorted."""
        page = self._read(f"SELECT id FROM files ORDER BY id LIMIT {PAGE}")
        while page:
            yield from (file for (file,) in page)
            page = self._read(f"SELECT id FROM files WHERE id > ? ORDER BY id LIMIT {PAGE}", page[-1][0])

    def ids_near(self, file: str) -> list[str]:
        """The ids that sort next to one that is not there."""
        before = self._read(f"SELECT id FROM files WHERE id < ? ORDER BY id DESC LIMIT {PAGE}", file)
        after = self._read(f"SELECT id FROM files WHERE id > ? ORDER BY id LIMIT {PAGE}", file)
        return [near for (near,) in (*before, *after)]


_PRAGMAS: Final = (
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
    ("trusted_schema", "OFF"),
)
_LEFT_ALONE: Final[list[_Connection]] = []
"""Connections that a forked child has inherited. To close them would disturb the parent's."""
