"""The three stores under test, each at a place of its own, and the regular file to fill them with."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from recruitment import load_rulebooks
from recruitment.formats.dossier import documents as dossier
from recruitment.ledger.office import Office
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.ledger.stores.sqlite import Ledger

SERVER = "RECRUITMENT_TEST_POSTGRES"
"""The variable that names a PostgreSQL server for the tests, as an address without a search path."""
KINDS = ("sqlite", "memory", "postgres")
TODAY = date(2026, 11, 22)
EDITIONS = load_rulebooks()
FILE, ACTS = dossier.read_path(Path(__file__).parents[1] / "examples" / "dossiers" / "regular.json")[0]


class Place:
    """Where a store is kept for one test. `opened` gives it, a second time the same content again."""

    address: str
    """By which another process finds it; one in memory has none."""

    def opened(self, **how: Any) -> Any:
        """The store, made where there is none."""
        raise NotImplementedError

    def execute(self, statement: str, *values: object) -> None:
        """What somebody does with a plain connection."""
        raise NotImplementedError

    def close(self) -> None:
        """Take it away."""


class SqlitePlace(Place):
    """A file of the test's own folder."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "ledger.db")

    def opened(self, **how: Any) -> Ledger:
        """The ledger in the file."""
        return Ledger.open(self.address, create=not how.get("read_only", False), **how)

    def execute(self, statement: str, *values: object) -> None:
        """By sqlite3."""
        with closing(sqlite3.connect(self.address, isolation_level=None)) as connection:
            connection.execute(statement, values)


class MemoryPlace(Place):
    """One ledger in memory, which every opening gives."""

    def __init__(self) -> None:
        self.store = MemoryLedger()

    def opened(self, **how: Any) -> MemoryLedger:
        """The same ledger each time."""
        self.store.patience = how.get("patience", 60.0)
        return self.store


class PostgresPlace(Place):
    """A schema of its own on the server of the tests."""

    def __init__(self) -> None:
        import psycopg

        self.server = os.environ[SERVER]
        self.schema = f"t_{secrets.token_hex(6)}"
        self.address = f"{self.server}{'&' if '?' in self.server else '?'}options=-csearch_path%3D{self.schema}"
        self.connection = psycopg.connect(self.server, autocommit=True)
        self.connection.execute(f"CREATE SCHEMA {self.schema}")
        self.connection.execute(f"SET search_path = {self.schema}")

    def opened(self, **how: Any) -> Any:
        """The ledger in the schema."""
        from recruitment.ledger.stores.postgres import PostgresLedger

        return PostgresLedger.open(self.address, create=not how.get("read_only", False), **how)

    def execute(self, statement: str, *values: object) -> None:
        """By psycopg."""
        self.connection.execute(statement.replace("?", "%s"), values or None)

    def close(self) -> None:
        """The schema goes."""
        self.connection.execute(f"DROP SCHEMA {self.schema} CASCADE")
        self.connection.close()


def place_of(kind: str, folder: Path) -> Place:
    """Where a store of that kind is kept; without a server the test is skipped by name."""
    if kind == "sqlite":
        return SqlitePlace(folder)
    if kind == "memory":
        return MemoryPlace()
    pytest.importorskip("psycopg", reason="psycopg is not installed: no ledger in PostgreSQL was tried")
    if not os.environ.get(SERVER):
        pytest.skip(f"{SERVER} names no server: no ledger in PostgreSQL was tried")
    return PostgresPlace()


def begin(store: Any, name: str = "a", acts: int = 2) -> Office:
    """An office on the store, with the first acts of the regular file under that id."""
    office = Office(store, EDITIONS)
    assert office.open(evolve(FILE, id=name), ACTS[0], today=TODAY).recorded
    for act in ACTS[1:acts]:
        assert office.advance(name, act, today=TODAY).recorded
    return office


def content(store: Any) -> list[Any]:
    """Everything that a store holds."""
    with store.snapshot():
        return [*store.files(), *store.rows_since(0), *store.settings(), *store.heads()]
