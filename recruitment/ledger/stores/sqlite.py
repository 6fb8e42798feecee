"""The ledger: files and their acts in one SQLite database to which things are only ever added.

sqlite-utils makes the schema and migrates it. It is loaded only for that, and for `database`, by which hosts may query:
to load it takes some nine times as long as `python -c pass`, and to show a file may take fifteen times in all. Reading
and adding are plain SQL.

Every write begins with BEGIN IMMEDIATE, before anything is read, and waits its turn for up to a minute; the threads of
one process wait for each other before they ask SQLite. A ledger may be shared between threads, each with a connection
of its own, and it may be carried over a fork.

The newest rows may be in `ledger.db-wal` next to the file. Closing a ledger that may be written moves it into the file,
unless another program is reading just then. To take a copy at any time: `recruitment.ledger.backup`; or copy the file
with its -wal while no program has it open. Reading alone may leave a -wal and a -shm behind.
"""

# ruff: noqa: S608 - the only names put into statements are the columns and numbers of this module
from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from recruitment.base.errors import BadInput, Fault, LedgerError
from recruitment.base.label import Label
from recruitment.ledger.faults import (
    BY_CODE,
    CLOSED,
    DAMAGED,
    ENDED,
    FOREIGN,
    GONE,
    LOST,
    MISSING,
    NEWER,
    NO_FILE,
    NOT_MADE,
    NOT_THE_HOSTS,
    OLDER,
    SWALLOWED,
    UNGUARDED,
    UNWRITABLE,
    WAITING,
    Trouble,
    code_of,
    refused,
)
from recruitment.ledger.rows import ActRow, FileRow, SettingsRow
from recruitment.ledger.store import PATIENCE
from recruitment.ledger.stores import sqlite_schema as schema
from recruitment.ledger.stores.copying import copy_database, free_name, give_name, hidden_draft
from recruitment.ledger.stores.guards import GuardFlaws, compare_guards, guard_faults
from recruitment.ledger.stores.tables import ACT_COLUMNS, FILE_COLUMNS, SETTINGS_COLUMNS, TableStore

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


_ADD_ACT: Final = f"INSERT INTO acts ({ACT_COLUMNS}) VALUES ({', '.join('?' * len(ActRow._fields))})"
_ADD_FILE: Final = f"INSERT INTO files ({FILE_COLUMNS}) VALUES ({', '.join('?' * len(FileRow._fields))})"
_ADD_SETTINGS: Final = f"INSERT INTO settings ({SETTINGS_COLUMNS}) VALUES ({', '.join('?' * len(SettingsRow._fields))})"


def default_path() -> Path:
    """Where the ledger is by default: the folder for this user's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed where no path is given

    return user_data_path("member-development", appauthor=False) / "ledger.db"


class _Connection(sqlite3.Connection):
    """A connection that is closed with the thread that made it, and whose transactions only the ledger ends."""

    held = False
    """Whether a transaction of the ledger is open."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()

    def _own_transaction(self) -> None:
        if self.held:
            raise sqlite3.ProgrammingError(NOT_THE_HOSTS)

    def commit(self) -> None:
        """Keep a transaction of the host's own; that of the ledger ends with `writing`."""
        self._own_transaction()
        super().commit()

    def rollback(self) -> None:
        """Take back a transaction of the host's own; that of the ledger ends with `writing`."""
        self._own_transaction()
        super().rollback()

    def __exit__(self, *error: object) -> Any:
        self._own_transaction()
        return super().__exit__(*error)  # type: ignore[arg-type] # as they were handed over


# ------------------------------------------------------------------------------------------- the ledger


class Ledger(TableStore):
    """A ledger in a SQLite file: the store that needs nothing else.

    A file that nobody writes to may be opened `immutable`: then reading leaves nothing next to it. `kept` is where the
    ledger was copied to before this opening of it has migrated it.
    """

    def __init__(
        self, path: str | Path, *, read_only: bool = False, immutable: bool = False, patience: float = PATIENCE
    ) -> None:
        super().__init__()
        self.path = Path(path).absolute()
        self.name = str(self.path)
        self.read_only = read_only or immutable
        self.immutable = immutable
        self.patience = patience
        self.kept: Path | None = None
        self._turn = threading.Lock()
        self._own = threading.local()
        self._pid = os.getpid()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._closed = False
        self._written = False

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        read_only: bool = False,
        immutable: bool = False,
        patience: float = PATIENCE,
    ) -> Ledger:
        """The ledger at `path`; with `create` it is made where there is none, for this user's eyes only.

        A writer waits for his turn for up to `patience` seconds.

        Raises:
            LedgerError: it is missing, not permitted, no ledger of ours, newer, or damaged.
        """
        ledger = cls(path, read_only=read_only, immutable=immutable, patience=patience)
        create = create and not ledger.read_only
        try:
            ledger._ensure_file(create=create)
            ledger._check(create=create)
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

        What was written is moved from the log into the file, as far as no other program is using it.
        """
        if self._written and self._pid == os.getpid() and not self._closed:
            with suppress(sqlite3.Error, LedgerError):
                self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._closed = True
        for connection in list(self._connections):
            with suppress(sqlite3.Error):
                connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for a host's own tables in the same file.

        What is written by it within `writing` is of the ledger's transaction, which it cannot end.
        """
        return self._connection()

    @property
    def database(self) -> Database:
        """This thread's connection as a sqlite-utils database, to query by it."""
        return self._database(self._connection())

    @staticmethod
    def _database(connection: sqlite3.Connection) -> Database:
        from sqlite_utils import Database  # noqa: PLC0415 - see the head of this module

        return Database(connection, execute_plugins=False, strict=True)

    # ------------------------------------------------------------------------------ opening

    def _ensure_file(self, *, create: bool) -> None:
        """Make sure that the file is there, or make a ledger that only this user can read, also of an empty file."""
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
        self._create_atomically()

    def _create_atomically(self) -> None:
        """Make the ledger whole under another name and put it in its place in one step.

        So nobody ever meets one that is half made, and of several who begin at once the first one's is kept.
        """
        with hidden_draft(self.path) as draft:
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

    def _check(self, *, create: bool) -> None:
        """See that this is a ledger of a known version; make or migrate its schema in one transaction."""
        connection = self._connection()
        try:
            if self._ready(connection, empty=create):
                if not self.read_only and any(self._guards()):
                    raise self.fault(UNGUARDED)
                return
            if self.read_only:
                raise self.fault(OLDER)
            self._patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        except sqlite3.Error as error:
            raise self._error(error) from error
        with self.writing():
            if not self._ready(connection, empty=create):
                self._copy_before_migration(connection)
                connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                schema.migrations().apply(self._database(connection))

    def _copy_before_migration(self, connection: sqlite3.Connection) -> None:
        """Copy the ledger as it is to a file next to it, named with the day and its form; a new one needs no copy."""
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        form = len(self._applied(connection))
        day = date.today().isoformat()  # noqa: DTZ011 - the day where the machine is, for people to find the copy
        while self.kept is None:
            kept = free_name(self.path, day, f"form-{form}")
            with hidden_draft(self.path) as draft, suppress(FileExistsError):
                self.copy_to(draft)
                give_name(draft, kept)
                self.kept = kept

    def copy_to(self, target: Path) -> None:
        """Copy everything as it is at one moment into an empty file, while others go on writing.

        Raises:
            LedgerError: it cannot be read or written, or the copy is damaged.
        """
        with self._translated(), closing(self._connected()) as source:
            if not copy_database(source, target):
                raise self.fault(DAMAGED)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within it nobody writes, here or elsewhere.

        Raises:
            LedgerError: the ledger cannot be written, or others have it too long.
        """
        with self._translated():
            self._begin()
            try:
                yield
            finally:
                self._rollback()

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
        try:
            applied = self._patiently(lambda: self._applied(connection))
        except sqlite3.OperationalError as error:
            if code_of(error) == sqlite3.SQLITE_ERROR:  # our mark without our tables
                raise self.fault(DAMAGED) from error
            raise
        known = {name for name, _ in schema.MIGRATIONS}
        if applied - known:
            raise self.fault(NEWER)
        return applied >= (known - schema.UNREAD if self.read_only else known)

    @staticmethod
    def _applied(connection: sqlite3.Connection) -> set[str]:
        """The migrations that were applied."""
        query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
        return {name for (name,) in connection.execute(query, [schema.MIGRATION_SET])}

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
            self._turn = threading.Lock()  # another thread of the parent may have held it
        self._own.connection, self._own.pid, self._own.holds = self._connected(), os.getpid(), False
        found = self.path.stat()
        self._own.inode = found.st_dev, found.st_ino
        self._connections.add(self._own.connection)
        return self._own.connection  # type: ignore[no-any-return]

    def _connected(self) -> _Connection:
        try:
            if not self.immutable:
                return self._connect("mode=ro" if self.read_only else "mode=rw")
        except sqlite3.Error as error:
            # A read-only disk has no room for WAL's shared memory; without a log the file is complete.
            effective = os.access in os.supports_effective_ids
            fixed = not os.access(self.path.parent, os.W_OK, effective_ids=effective)
            lone = fixed and not Path(f"{self.path}-wal").exists()
            if not (self.read_only and lone):
                raise self._error(error) from error
        try:
            return self._connect("mode=ro&immutable=1")
        except sqlite3.Error as error:
            raise self._error(error) from error

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

    def _patiently(self, ask: Callable[[], T]) -> T:
        """Ask until SQLite has time, at random moments so that nobody is always second."""
        until = time.monotonic() + self.patience
        while True:
            try:
                return ask()
            except sqlite3.OperationalError as error:
                if code_of(error) not in WAITING or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(0.0002, 0.003))  # noqa: S311 - no secret depends on it

    def _error(self, error: sqlite3.Error) -> LedgerError:
        """What the database says, as an error of ours; what it says of its own is handed on in its words."""
        trouble = BY_CODE.get(code_of(error))
        if trouble is None:
            trouble = DAMAGED if str(error).startswith("Could not decode") else refused(str(error))
        return self.fault(trouble)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._error(error) from error
        except UnicodeEncodeError as error:
            raise BadInput(UNWRITABLE) from error

    def _begin(self) -> None:
        connection = self._connection()
        # The threads of a process wait for each other here, asleep, and do not all poll SQLite's lock.
        if not self._turn.acquire(timeout=self.patience):
            raise self.fault(BY_CODE[sqlite3.SQLITE_BUSY])
        self._own.holds = True
        self._patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
        connection.held = True

    def _commit(self) -> None:
        connection = self._connection()
        self._require_same_file(GONE)
        if not connection.in_transaction:
            raise self.fault(ENDED)
        self._patiently(lambda: connection.execute("COMMIT"))
        self._written = True
        self._done()
        self._require_same_file(LOST)

    def _rollback(self) -> None:
        try:
            connection = self._connection()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        finally:
            self._done()

    def _done(self) -> None:
        """Let the next thread have its turn."""
        connection: _Connection | None = getattr(self._own, "connection", None)
        if connection is not None:
            connection.held = False
        if getattr(self._own, "holds", False):
            self._own.holds = False
            self._turn.release()

    def _mark(self, depth: int) -> None:
        self._connection().execute(f"SAVEPOINT inner_{depth}")

    def _return(self, depth: int) -> None:
        self._connection().execute(f"ROLLBACK TO inner_{depth}")

    def _require_same_file(self, trouble: Trouble) -> None:
        """See that the path still names the file that is open: what is written to another is lost."""
        try:
            found = self.path.stat()
        except OSError:
            raise self.fault(trouble) from None
        if (found.st_dev, found.st_ino) != self._own.inode:
            raise self.fault(trouble)

    def _insert(self, files: Sequence[FileRow], rows: Sequence[ActRow]) -> None:
        connection = self._connection()
        for statement, many in ((_ADD_FILE, files), (_ADD_ACT, rows)):
            # A trigger can swallow a row in silence.
            if many and connection.executemany(statement, many).rowcount != len(many):
                raise self.fault(SWALLOWED)

    def _insert_settings(self, row: SettingsRow) -> None:
        if self._connection().execute(_ADD_SETTINGS, row).rowcount != 1:
            raise self.fault(SWALLOWED)

    # ------------------------------------------------------------------------------ reading

    def _read(self, query: str, *values: object) -> list[Any]:
        connection = self._connection()
        try:
            return self._patiently(lambda: connection.execute(query, values).fetchall())
        except sqlite3.Error as error:
            raise self._error(error) from error

    def file(self, file: str) -> FileRow | None:
        """A file as it was opened, or None where there is no such file."""
        try:
            return super().file(file)
        except UnicodeEncodeError:  # a name that no text can hold is in no ledger
            return None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What this thread reads within it is of one moment; what is no UTF-8 is read byte by byte."""
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        with self._translated():
            connection.execute("BEGIN")
            connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
            try:
                yield
            finally:
                connection.text_factory = str
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def flaws(self) -> list[Fault]:
        """Triggers that are missing or foreign, and what SQLite finds wrong with its pages."""
        faults = guard_faults(self._guards())
        for (said,) in self._read("PRAGMA integrity_check(20)"):
            if said != "ok":
                text = " ".join(said.split())
                faults.append(
                    Fault(
                        "",
                        Label(zh=f"SQLite：{text}，请用备份恢复", en=f"SQLite: {text}; restore the ledger from a copy"),
                    )
                )
        return faults

    def _guards(self) -> GuardFlaws:
        query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        return compare_guards(self._read(query), schema.GUARDS)


_PRAGMAS: Final = (
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
    ("trusted_schema", "OFF"),
)
_LEFT_ALONE: Final[list[_Connection]] = []
"""Connections that a forked child has inherited. To close them would disturb the parent's."""
