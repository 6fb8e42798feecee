"""What somebody can do to a ledger who has the file and knows SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from recruitment.ledger.stores.sqlite_schema import seal_rows


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the ledger without its triggers, which are put back afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _, text in triggers:
            connection.execute(text)


def tamper(path: Path, statement: str, *values: object) -> None:
    """Change stored rows as nobody should be able to."""
    with unguarded(path) as connection:
        connection.execute(statement, values)


def forge(path: Path, statement: str, *values: object) -> None:
    """Change stored rows, and make the whole chain and its heads again so that they fit."""
    with unguarded(path) as connection:
        connection.execute(statement, values)
        reseal(connection)


def reseal(connection: sqlite3.Connection) -> None:
    """Make the whole chain and its heads again, over the rows as they are."""
    heads, _ = seal_rows(Database(connection, execute_plugins=False))
    connection.execute("DELETE FROM heads WHERE scope <> 'settings'")
    connection.executemany("INSERT INTO heads VALUES (?, ?, ?)", [(scope, *head) for scope, head in heads.items()])
