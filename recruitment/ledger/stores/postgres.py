"""A ledger in PostgreSQL, by psycopg 3: for offices that share one server. It takes the extra `postgres`.

The tables are those of the SQLite ledger, in the schema that the address leads to
(`?options=-csearch_path%3Dname`), and triggers refuse what is no addition. Writers queue for a lock on the table of
heads, in the order in which they come. The owner of the tables can drop the triggers; that, and what is done then, only
`verify` shows.
"""

# ruff: noqa: S608 - the only names put into statements are the columns of the tables
from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Self

import psycopg

from recruitment.base.errors import BadInput, Fault, LedgerError
from recruitment.base.label import Label
from recruitment.ledger.faults import (
    BROKEN,
    BUSY,
    CLOSED,
    DAMAGED,
    ENDED,
    FOREIGN,
    MISSING,
    NEWER,
    NOT_THE_HOSTS,
    OLDER,
    READ_ONLY,
    SWALLOWED,
    UNREACHABLE,
    UNWRITABLE,
    Trouble,
    refused,
)
from recruitment.ledger.rows import ActRow, FileRow, SettingsRow
from recruitment.ledger.store import PATIENCE
from recruitment.ledger.stores.addresses import shown_address
from recruitment.ledger.stores.chained import began, now
from recruitment.ledger.stores.guards import compare_guards, guard_faults
from recruitment.ledger.stores.postgres_schema import GUARDS, GUARDS_QUERY, MIGRATIONS, UNREAD
from recruitment.ledger.stores.tables import ACT_COLUMNS, FILE_COLUMNS, SETTINGS_COLUMNS, TableStore

_ADD_ACT: Final = f"INSERT INTO acts ({ACT_COLUMNS}) VALUES ({', '.join(['%s'] * len(ActRow._fields))})"
_ADD_FILE: Final = f"INSERT INTO files ({FILE_COLUMNS}) VALUES ({', '.join(['%s'] * len(FileRow._fields))})"
_ADD_SETTINGS: Final = (
    f"INSERT INTO settings ({SETTINGS_COLUMNS}) VALUES ({', '.join(['%s'] * len(SettingsRow._fields))})"
)
_LAYING: Final = 0x4D44_4C32
"""The server's lock under which a ledger is made or migrated."""


class _Connection(psycopg.Connection[Any]):
    """A connection that is closed with the thread that made it, and whose transactions only the ledger ends.

    A forked child leaves it to its parent.
    """

    pid: int
    held = False
    """Whether a transaction of the ledger is open."""

    def _own_transaction(self) -> None:
        if self.held:
            raise psycopg.ProgrammingError(NOT_THE_HOSTS)

    def commit(self) -> None:
        """Keep a transaction of the host's own; that of the ledger ends with `writing`."""
        self._own_transaction()
        super().commit()

    def rollback(self) -> None:
        """Take back a transaction of the host's own; that of the ledger ends with `writing`."""
        self._own_transaction()
        super().rollback()

    def __del__(self, *_: object) -> None:
        if self.pid == os.getpid():
            self.close()


class PostgresLedger(TableStore):
    """A ledger in a PostgreSQL database. It may be shared between threads, each with a connection of its own."""

    def __init__(self, address: str, *, read_only: bool = False, patience: float = PATIENCE) -> None:
        super().__init__()
        self.address = address
        self.name = shown_address(address)
        self.read_only = read_only
        self.patience = patience
        self._own = threading.local()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._closed = False

    @classmethod
    def open(
        cls, address: str, *, create: bool = False, read_only: bool = False, patience: float = PATIENCE
    ) -> PostgresLedger:
        """The ledger at `postgresql://…`; with `create` its tables are made where there are none.

        Raises:
            LedgerError: the server cannot be reached, there is no ledger, or it is a newer one.
        """
        ledger = cls(address, read_only=read_only, patience=patience)
        try:
            ledger._check(create=create and not read_only)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads. No thread may be at work on the ledger."""
        self._closed = True
        for connection in list(self._connections):
            if connection.pid == os.getpid():
                connection.close()

    @property
    def connection(self) -> psycopg.Connection[Any]:
        """This thread's connection, for a host's own tables in the same database.

        What is written by it within `writing` is of the ledger's transaction, which it cannot end.
        """
        return self._connection()

    # ------------------------------------------------------------------------------ opening

    def _check(self, *, create: bool) -> None:
        """See that this is a ledger of a known version; make or migrate its tables in one transaction."""
        if self._ready(create=create):
            return
        if self.read_only:
            raise self.fault(OLDER if self._applied() else MISSING)
        connection = self._connection()
        with self._translated():
            # The session takes the lock before the transaction begins, which then sees what others have made.
            connection.execute("SELECT pg_advisory_lock(%s)", [_LAYING])
            try:
                with connection.transaction():
                    applied = self._applied()
                    for name, statements in MIGRATIONS:
                        if name not in applied:
                            for statement in statements:
                                connection.execute(statement)
                            connection.execute("INSERT INTO migrations VALUES (%s, %s)", [name, now()])
            finally:
                if not connection.closed:
                    connection.execute("SELECT pg_advisory_unlock(%s)", [_LAYING])
        # Of several who begin at once, one writes the first entry.
        with self.writing():
            if not self._read("SELECT 1 FROM settings"):
                self.add_settings(began(), set_by=None)

    def _ready(self, *, create: bool) -> bool:
        applied = self._applied()
        known = {name for name, _ in MIGRATIONS}
        if applied - known:
            raise self.fault(NEWER)
        if applied >= (known - UNREAD if self.read_only else known):
            return bool(self._read("SELECT 1 FROM settings"))
        if not applied:
            (foreign,) = self._read("SELECT to_regclass('files') IS NOT NULL OR to_regclass('acts') IS NOT NULL")[0]
            if foreign:
                raise self.fault(FOREIGN)
            if not create:
                raise self.fault(MISSING)
        return False

    def _applied(self) -> set[str]:
        """The migrations that were applied."""
        if self._read("SELECT to_regclass('migrations') IS NULL")[0][0]:
            return set()
        return {name for (name,) in self._read("SELECT name FROM migrations")}

    def _connection(self) -> _Connection:
        """This thread's connection; a new one where the last was cut, and in a child process."""
        if self._closed:
            raise self.fault(CLOSED)
        connection: _Connection | None = getattr(self._own, "connection", None)
        if connection is not None and connection.pid == os.getpid() and not connection.closed:
            return connection
        if connection is not None and connection.pid != os.getpid():
            _LEFT_ALONE.append(connection)
        self._own.connection = connection = self._connected()
        self._connections.add(connection)
        return connection

    def _connected(self) -> _Connection:
        try:
            wait = max(int(min(self.patience, 10)), 2)
            connection = _Connection.connect(self.address, autocommit=True, connect_timeout=wait)
        except (psycopg.Error, UnicodeError) as error:
            raise self.fault(_unreachable(error)) from error
        connection.pid = os.getpid()
        with self._translated():
            connection.execute("SET client_min_messages = error")
            if self.read_only:
                connection.execute("SET default_transaction_read_only = on")
        return connection

    # ------------------------------------------------------------------------------ transactions

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.DataError, UnicodeEncodeError) as error:  # a NUL in a text, half a surrogate pair
            raise BadInput(UNWRITABLE) from error
        except psycopg.Error as error:
            raise self._error(error) from error

    def _error(self, error: psycopg.Error) -> LedgerError:
        state = error.sqlstate or ""
        if state in {"55P03", "57014", "40P01", "40001"}:  # no lock in time, cancelled, deadlock, serialization
            return self.fault(BUSY)
        if state == "25006":
            return self.fault(READ_ONLY)
        if not state and isinstance(error, psycopg.ProgrammingError):  # said by psycopg itself, of what was asked of it
            return self.fault(refused(_first_line(error)))
        if state[:2] in {"08", "57", "53"} or not state:  # the connection, the operator, resources
            return self.fault(_unreachable(error))
        if state[:2] in {"XX", "58"}:
            return self.fault(
                Trouble(
                    "damaged",
                    Label(
                        zh=f"{DAMAGED.label.zh}（{_first_line(error)}）",
                        en=f"{DAMAGED.label.en} ({_first_line(error)})",
                    ),
                )
            )
        return self.fault(refused(_first_line(error)))

    def _begin(self) -> None:
        connection = self._connection()
        connection.execute("BEGIN")
        connection.held = True
        connection.execute(f"SET LOCAL lock_timeout = {max(int(self.patience * 1000), 1)}")
        if self.read_only:
            raise self.fault(READ_ONLY)
        connection.execute("LOCK TABLE heads IN EXCLUSIVE MODE")

    def _commit(self) -> None:
        connection = self._connection()
        if not connection.info.transaction_status:
            raise self.fault(ENDED)
        # The server answers a commit of what has failed with a rollback, and without an error.
        if connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
            raise self.fault(BROKEN)
        connection.execute("COMMIT")
        connection.held = False

    def _rollback(self) -> None:
        connection: _Connection | None = getattr(self._own, "connection", None)
        if connection is not None and not connection.closed:
            connection.held = False
            connection.execute("ROLLBACK")

    def _mark(self, depth: int) -> None:
        self._connection().execute(f"SAVEPOINT inner_{depth}")

    def _return(self, depth: int) -> None:
        self._connection().execute(f"ROLLBACK TO inner_{depth}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What this thread reads within it is of one moment."""
        connection = self._connection()
        if connection.info.transaction_status:
            yield
            return
        with self._translated():
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield
            finally:
                with suppress(Exception):
                    connection.execute("ROLLBACK")

    # ------------------------------------------------------------------------------ writing and reading

    def _insert(self, files: Sequence[FileRow], rows: Sequence[ActRow]) -> None:
        with self._connection().cursor() as cursor:
            for statement, many in ((_ADD_FILE, files), (_ADD_ACT, rows)):
                if len(many) == 1:
                    cursor.execute(statement, many[0])
                elif many:
                    cursor.executemany(statement, many)
                if many and cursor.rowcount != len(many):
                    raise self.fault(SWALLOWED)

    def _insert_settings(self, row: SettingsRow) -> None:
        if self._connection().execute(_ADD_SETTINGS, row).rowcount != 1:
            raise self.fault(SWALLOWED)

    def _read(self, query: str, *values: object) -> list[Any]:
        with self._translated():
            return self._connection().execute(query.replace("?", "%s"), values or None).fetchall()

    def file(self, file: str) -> FileRow | None:
        """A file as it was opened, or None where there is no such file."""
        try:
            return super().file(file)
        except BadInput:  # a name that no text can hold is in no ledger
            return None

    def flaws(self) -> list[Fault]:
        """Triggers that are missing, switched off, changed or foreign."""
        return guard_faults(compare_guards(self._read(GUARDS_QUERY), GUARDS))


def _unreachable(error: psycopg.Error | UnicodeError) -> Trouble:
    said = _first_line(error)
    return Trouble("unreachable", Label(zh=f"{UNREACHABLE.label.zh}（{said}）", en=f"{UNREACHABLE.label.en} ({said})"))


def _first_line(error: Exception) -> str:
    """What the server says, in one line."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


_LEFT_ALONE: Final[list[_Connection]] = []
"""Connections that a forked child has inherited; they are the parent's."""
