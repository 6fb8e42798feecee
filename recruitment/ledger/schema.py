"""The schema of the ledger: two tables to which things are only ever added, made and migrated by sqlite-utils."""

# ruff: noqa: S608 - the only names put into statements are the tables of this module
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x4D44_4C31  # "MDL1", as `file` and `PRAGMA application_id` show it
MIGRATION_SET: Final = "member-development"

_ADDED: Final = "BEGIN SELECT RAISE(ABORT, 'files and acts are only ever added'); END"
_SCHEMA: Final = (
    "CREATE TABLE files (id TEXT PRIMARY KEY, facts TEXT NOT NULL, opened TEXT NOT NULL) STRICT",
    """CREATE TABLE acts (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL REFERENCES files(id),
        number INTEGER NOT NULL,
        act TEXT NOT NULL,
        state TEXT NOT NULL,
        edition TEXT NOT NULL,
        book TEXT NOT NULL,
        findings TEXT NOT NULL,
        recorded TEXT NOT NULL,
        recorded_by TEXT,
        UNIQUE (file, number)
    ) STRICT""",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {_ADDED}"
        for table in ("files", "acts")
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes without asking the triggers above, unless recursive triggers are on.
    f"""CREATE TRIGGER files_once BEFORE INSERT ON files
        WHEN EXISTS (SELECT 1 FROM files WHERE id = NEW.id) {_ADDED}""",
    f"""CREATE TRIGGER acts_in_order BEFORE INSERT ON acts
        WHEN NEW.seq IN (SELECT seq FROM acts)
        OR NEW.number <> (SELECT coalesce(max(number) + 1, 0) FROM acts WHERE file = NEW.file) {_ADDED}""",
)


def _first(db: Database) -> None:
    """Lay out files and acts, and the triggers by which neither is ever changed or taken away."""
    for statement in _SCHEMA:
        db.execute(statement)


MIGRATIONS: Final[tuple[tuple[str, Callable[[Database], None]], ...]] = (("m001_files_and_acts", _first),)
"""Every migration in its order, by the name under which the ledger remembers it."""


def migrations() -> Migrations:
    """The migrations of the ledger, for sqlite-utils."""
    from sqlite_utils import Migrations  # noqa: PLC0415 - see the head of the package

    known = Migrations(MIGRATION_SET)
    for name, step in MIGRATIONS:
        known(name=name)(step)
    return known
