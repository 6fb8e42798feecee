"""The schema of the SQLite ledger: tables to which things are only ever added, made and migrated by sqlite-utils.

The database itself moves the heads of the chains on, in triggers, so that they are of the same transaction as the rows,
and takes no row that does not carry the digests before it.
"""

# ruff: noqa: S608 - the only names put into statements are the tables of this module
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from recruitment.ledger.rows import LEDGER, NOTHING, SETTINGS, ActRow, FileRow, Head, SettingsRow, file_scope, sealed
from recruitment.ledger.stores.chained import began, now, system_user
from recruitment.ledger.stores.guards import Guard
from recruitment.ledger.stores.views import view_statements

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


def _guard(name: str, when: str, condition: str | None = None) -> str:
    """A trigger that refuses."""
    return f"CREATE TRIGGER {name} {when}" + (f" WHEN {condition} " if condition else " ") + _ADDED


_TRIGGERS: Final[dict[str, str]] = {
    **{
        f"{table}_no_{verb.lower()}": _guard(f"{table}_no_{verb.lower()}", f"BEFORE {verb} ON {table}")
        for table in ("files", "acts", "settings")
        for verb in ("UPDATE", "DELETE")
    },
    # INSERT OR REPLACE deletes without asking the triggers above, unless recursive triggers are on.
    "files_once": _guard("files_once", "BEFORE INSERT ON files", "EXISTS (SELECT 1 FROM files WHERE id = NEW.id)"),
    "files_head": """CREATE TRIGGER files_head AFTER INSERT ON files BEGIN
        INSERT INTO heads (scope, count, digest) VALUES ('file:' || NEW.id, 0, NEW.digest); END""",
    "acts_in_order": _guard(
        "acts_in_order",
        "BEFORE INSERT ON acts",
        """NOT EXISTS (SELECT 1 FROM heads WHERE scope = 'ledger' AND count + 1 = NEW.seq AND digest = NEW.previous)
        OR NOT EXISTS (SELECT 1 FROM heads
            WHERE scope = 'file:' || NEW.file AND count = NEW.number AND digest = NEW.file_previous)""",
    ),
    "acts_head": """CREATE TRIGGER acts_head AFTER INSERT ON acts BEGIN
        UPDATE heads SET count = NEW.seq, digest = NEW.digest WHERE scope = 'ledger';
        UPDATE heads SET count = NEW.number + 1, digest = NEW.digest WHERE scope = 'file:' || NEW.file; END""",
    "settings_in_order": _guard(
        "settings_in_order",
        "BEFORE INSERT ON settings",
        """NOT EXISTS (SELECT 1 FROM heads
            WHERE scope = 'settings' AND count = NEW.number AND digest = NEW.previous)""",
    ),
    "settings_head": """CREATE TRIGGER settings_head AFTER INSERT ON settings BEGIN
        UPDATE heads SET count = NEW.number + 1, digest = NEW.digest WHERE scope = 'settings'; END""",
    "heads_once": _guard(
        "heads_once", "BEFORE INSERT ON heads", "EXISTS (SELECT 1 FROM heads WHERE scope = NEW.scope)"
    ),
    "heads_forward": _guard(
        "heads_forward", "BEFORE UPDATE ON heads", "NEW.scope <> OLD.scope OR NEW.count <> OLD.count + 1"
    ),
    "heads_no_delete": _guard("heads_no_delete", "BEFORE DELETE ON heads"),
}
_SECOND: Final = (
    "ALTER TABLE files ADD COLUMN host TEXT",
    "ALTER TABLE files ADD COLUMN digest TEXT NOT NULL DEFAULT ''",
    *(f"ALTER TABLE acts ADD COLUMN {column} TEXT" for column in ("moment", "system_user")),
    "ALTER TABLE acts ADD COLUMN settings INTEGER NOT NULL DEFAULT 0",
    *(f"ALTER TABLE acts ADD COLUMN {column} TEXT" for column in ("readings", "host")),
    *(
        f"ALTER TABLE acts ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        for column in ("file_previous", "previous", "digest")
    ),
    """CREATE TABLE settings (
        number INTEGER PRIMARY KEY,
        content TEXT NOT NULL,
        acts INTEGER NOT NULL,
        after TEXT NOT NULL,
        moment TEXT NOT NULL,
        set_by TEXT,
        system_user TEXT,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE heads (
        scope TEXT PRIMARY KEY,
        count INTEGER NOT NULL,
        digest TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)


def seal_rows(db: Database) -> tuple[dict[str, Head], set[str]]:
    """Seal every file and act as it is, in their order: how far each chain comes, and the rulebooks that were met."""
    heads: dict[str, Head] = {LEDGER: NOTHING}
    for row in db.execute(f"SELECT {', '.join(FileRow._fields)} FROM files").fetchall():
        file = sealed(FileRow(*row))
        heads[file_scope(file.id)] = Head(0, file.digest)
        db.execute("UPDATE files SET digest = ? WHERE id = ?", [file.digest, file.id])
    books = set()
    # The rows are changed while they are read: they are read by their place, each only once.
    for (seq,) in db.execute("SELECT seq FROM acts ORDER BY seq").fetchall():
        (found,) = db.execute(f"SELECT {', '.join(ActRow._fields)} FROM acts WHERE seq = ?", [seq]).fetchall()
        scope = file_scope(found[1])
        head, whole = heads.get(scope, NOTHING), heads[LEDGER]
        row = sealed(ActRow(*found)._replace(file_previous=head.digest, previous=whole.digest))
        db.execute(
            "UPDATE acts SET file_previous = ?, previous = ?, digest = ? WHERE seq = ?",
            [row.file_previous, row.previous, row.digest, seq],
        )
        heads[scope], heads[LEDGER] = Head(head.size + 1, row.digest), Head(whole.size + 1, row.digest)
        books.add(row.book)
    return heads, books


def _seal(db: Database) -> None:
    """Add the chain and the settings, and seal what was recorded before them.

    The first entry of the settings says how many acts were sealed, and by which rulebooks they were ruled.
    """
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if name in _OLD_TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
    for statement in _SECOND:
        db.execute(statement)
    heads, books = seal_rows(db)
    before = {"sealed": {"acts": heads[LEDGER].size, "rulebooks": sorted(books)}} if len(heads) > 1 else {}
    whole = heads[LEDGER]
    first = sealed(SettingsRow(0, began(**before), *whole, now(), None, system_user()))
    heads[SETTINGS] = Head(1, first.digest)
    marks = ", ".join("?" * len(first))
    db.execute(f"INSERT INTO settings ({', '.join(SettingsRow._fields)}) VALUES ({marks})", list(first))
    for scope, (size, digest) in heads.items():
        db.execute("INSERT INTO heads (scope, count, digest) VALUES (?, ?, ?)", [scope, size, digest])
    for statement in _TRIGGERS.values():
        db.execute(statement)


def _views(db: Database) -> None:
    """Add the views for people who ask by SQL."""
    for statement in view_statements("sqlite"):
        db.execute(statement)


_OLD_TRIGGERS: Final = frozenset(
    {"files_no_update", "files_no_delete", "acts_no_update", "acts_no_delete", "files_once", "acts_in_order"}
)
MIGRATIONS: Final[tuple[tuple[str, Callable[[Database], None]], ...]] = (
    ("m001_files_and_acts", _first),
    ("m002_chain_and_settings", _seal),
    ("m003_views", _views),
)
"""Every migration in its order, by the name under which the ledger remembers it."""
UNREAD: Final = frozenset({"m003_views"})
"""The migrations that no reader of this package waits for."""


def migrations() -> Migrations:
    """The migrations of the ledger, for sqlite-utils."""
    from sqlite_utils import Migrations  # noqa: PLC0415 - see the head of the package

    known = Migrations(MIGRATION_SET)
    for name, step in MIGRATIONS:
        known(name=name)(step)
    return known


GUARDS: Final = {name: Guard(text.split(" ON ")[1].split()[0], text) for name, text in _TRIGGERS.items()}
"""The triggers that guard a ledger, by their names."""
