"""The schema of the ledger in PostgreSQL: the tables of the SQLite one, triggers that refuse what is no addition."""

# ruff: noqa: S608 - the only names put into statements are those of this module

from __future__ import annotations

from typing import Final

from recruitment.ledger.stores.guards import Guard
from recruitment.ledger.stores.views import view_statements

_REFUSE: Final = (
    "RAISE EXCEPTION 'files and acts are only ever added' USING ERRCODE = 'integrity_constraint_violation';"
)
_FUNCTIONS: Final = {
    "ledger_refuse": f"BEGIN {_REFUSE} END",
    "ledger_files_head": """BEGIN
        INSERT INTO heads (scope, count, digest) VALUES ('file:' || NEW.id, 0, NEW.digest);
        RETURN NULL; END""",
    "ledger_acts_in_order": f"""BEGIN
        IF NOT EXISTS (SELECT 1 FROM heads WHERE scope = 'ledger' AND count + 1 = NEW.seq AND digest = NEW.previous)
        OR NOT EXISTS (SELECT 1 FROM heads
            WHERE scope = 'file:' || NEW.file AND count = NEW.number AND digest = NEW.file_previous)
        THEN {_REFUSE} END IF;
        RETURN NEW; END""",
    "ledger_acts_head": """BEGIN
        UPDATE heads SET count = NEW.seq, digest = NEW.digest WHERE scope = 'ledger';
        UPDATE heads SET count = NEW.number + 1, digest = NEW.digest WHERE scope = 'file:' || NEW.file;
        RETURN NULL; END""",
    "ledger_settings_in_order": f"""BEGIN
        IF NOT EXISTS (SELECT 1 FROM heads
            WHERE scope = 'settings' AND count = NEW.number AND digest = NEW.previous)
        THEN {_REFUSE} END IF;
        RETURN NEW; END""",
    "ledger_settings_head": """BEGIN
        UPDATE heads SET count = NEW.number + 1, digest = NEW.digest WHERE scope = 'settings';
        RETURN NULL; END""",
    "ledger_heads_forward": f"""BEGIN
        IF NEW.scope <> OLD.scope OR NEW.count <> OLD.count + 1 THEN {_REFUSE} END IF;
        RETURN NEW; END""",
}
# name: (table, when, each row, function)
_TRIGGERS: Final[dict[str, tuple[str, str, bool, str]]] = {
    **{
        f"{table}_no_change": (table, "BEFORE UPDATE OR DELETE", True, "ledger_refuse")
        for table in ("files", "acts", "settings")
    },
    **{
        f"{table}_no_truncate": (table, "BEFORE TRUNCATE", False, "ledger_refuse")
        for table in ("files", "acts", "settings", "heads")
    },
    "files_head": ("files", "AFTER INSERT", True, "ledger_files_head"),
    "acts_in_order": ("acts", "BEFORE INSERT", True, "ledger_acts_in_order"),
    "acts_head": ("acts", "AFTER INSERT", True, "ledger_acts_head"),
    "settings_in_order": ("settings", "BEFORE INSERT", True, "ledger_settings_in_order"),
    "settings_head": ("settings", "AFTER INSERT", True, "ledger_settings_head"),
    "heads_forward": ("heads", "BEFORE UPDATE", True, "ledger_heads_forward"),
    "heads_no_delete": ("heads", "BEFORE DELETE", True, "ledger_refuse"),
}
_TABLES: Final = (
    "CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)",
    """CREATE TABLE files (
        id TEXT COLLATE "C" PRIMARY KEY,
        facts TEXT NOT NULL,
        opened TEXT NOT NULL,
        host TEXT,
        digest TEXT NOT NULL
    )""",
    """CREATE TABLE acts (
        seq BIGINT PRIMARY KEY,
        file TEXT COLLATE "C" NOT NULL REFERENCES files(id),
        number INTEGER NOT NULL,
        act TEXT NOT NULL,
        state TEXT NOT NULL,
        edition TEXT NOT NULL,
        book TEXT NOT NULL,
        findings TEXT NOT NULL,
        recorded TEXT NOT NULL,
        recorded_by TEXT,
        moment TEXT,
        system_user TEXT,
        settings INTEGER NOT NULL,
        readings TEXT,
        host TEXT,
        file_previous TEXT NOT NULL,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL,
        UNIQUE (file, number)
    )""",
    """CREATE TABLE settings (
        number INTEGER PRIMARY KEY,
        content TEXT NOT NULL,
        acts BIGINT NOT NULL,
        after TEXT NOT NULL,
        moment TEXT NOT NULL,
        set_by TEXT,
        system_user TEXT,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL
    )""",
    'CREATE TABLE heads (scope TEXT COLLATE "C" PRIMARY KEY, count BIGINT NOT NULL, digest TEXT NOT NULL)',
    "INSERT INTO heads VALUES ('ledger', 0, ''), ('settings', 0, '')",
)
MIGRATIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "p001_ledger",
        (
            *_TABLES,
            *(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
                for name, body in _FUNCTIONS.items()
            ),
            *(
                f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {'ROW' if each else 'STATEMENT'} "
                f"EXECUTE FUNCTION {function}()"
                for name, (table, when, each, function) in _TRIGGERS.items()
            ),
        ),
    ),
    ("p002_views", view_statements("postgres")),
)
"""Every migration in its order, by the name under which the ledger remembers it."""
UNREAD: Final = frozenset({"p002_views"})
"""The migrations that no reader of this package waits for."""

_BITS: Final = {"BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
"""How PostgreSQL writes in `pg_trigger.tgtype` when a trigger is called; 1 means for each row."""
GUARDS: Final = {
    name: Guard(
        table,
        f"{int(each) + sum(bit for word, bit in _BITS.items() if word in when.split())} O {_FUNCTIONS[function]}",
    )
    for name, (table, when, each, function) in _TRIGGERS.items()
}
GUARDS_QUERY: Final = """
    SELECT tgname::text, relname::text, tgtype::text || ' ' || tgenabled::text || ' ' || prosrc
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgrelid IN
        (to_regclass('files'), to_regclass('acts'), to_regclass('settings'), to_regclass('heads'))
    UNION ALL
    SELECT rulename::text, relname::text, ev_type::text
    FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
    WHERE ev_class IN (to_regclass('files'), to_regclass('acts'), to_regclass('settings'), to_regclass('heads'))
"""
"""The triggers on the tables of a ledger, and the rules by which a statement would be rewritten."""
