"""The ledger on disk: who may see it, what it refuses, and what becomes of it when the disk or a fork interferes."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from stores import ACTS, EDITIONS, FILE, TODAY, begin

from recruitment.base.errors import LedgerError
from recruitment.ledger.office import Office
from recruitment.ledger.rows import ActRow, digest_of, is_sealed
from recruitment.ledger.stores import sqlite_schema as schema
from recruitment.ledger.stores.sqlite import Ledger, default_path
from recruitment.ledger.stores.sqlite_schema import APPLICATION_ID, MIGRATION_SET, MIGRATIONS, migrations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test keeps its ledger."""
    return tmp_path / "new" / "ledger.db"


def begun(path: Path) -> None:
    """Make a ledger that holds one file with two acts."""
    with Ledger.open(path, create=True) as ledger:
        begin(ledger)


def go_on(ledger: Ledger, number: int = 2) -> int | None:
    """Record a further act of the file; its place."""
    decision = Office(ledger, EDITIONS).advance("a", ACTS[number], today=TODAY)
    assert decision.recorded
    return decision.seq


def refusal(path: Path, **how: bool) -> LedgerError:
    """The error of opening a ledger; it speaks both languages and names the path."""
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path, **how)
    assert str(path) in caught.value.en
    assert str(path) in caught.value.zh
    assert "\n" not in caught.value.en
    assert not caught.value.zh.isascii()
    return caught.value


@pytest.fixture
def guest():
    """A folder outside of the user's own, and a way to be somebody without rights to it."""
    folder = Path(tempfile.mkdtemp())

    class Guest:
        path = folder / "ledger.db"

        def __enter__(self) -> None:
            folder.chmod(0o555)
            if os.geteuid() == 0:
                os.seteuid(65534)

        def __exit__(self, *_: object) -> None:
            if os.getuid() == 0:
                os.seteuid(0)
            folder.chmod(0o755)

    yield Guest()
    shutil.rmtree(folder)


# -------------------------------------------------------------------------------- making and keeping


def test_only_its_user_may_read_a_new_ledger(path: Path) -> None:
    """The file and what SQLite keeps beside it are 0600, the folder made for it 0700."""
    with Ledger.open(path, create=True) as ledger:
        begin(ledger)
        assert {p.name for p in path.parent.iterdir()} == {"ledger.db", "ledger.db-wal", "ledger.db-shm"}
        assert {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()} == {0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_ledger_is_durable_and_names_itself(path: Path) -> None:
    """WAL, synchronous FULL, foreign keys, and our application id are in force on the connection."""
    with Ledger.open(path, create=True) as ledger:
        ask = ledger.database.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)
        assert ask("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert ledger.database.table("acts").strict
        assert ledger.database.table("files").strict


def test_what_was_written_stands_after_reopening(path: Path) -> None:
    """A second opening finds the same rows, and applies no migration twice."""
    begun(path)
    with Ledger.open(path, create=True) as ledger:
        assert [kept.number for kept in ledger.rows("a")] == [0, 1]
        assert len(migrations().applied(ledger.database)) == len(MIGRATIONS)
        assert migrations().pending(ledger.database) == []


def test_an_empty_file_may_become_a_ledger(tmp_path: Path) -> None:
    """What a creation that was cut short leaves behind is no ledger, and can be made one."""
    path = tmp_path / "empty.db"
    path.touch()
    assert "there is no ledger" in refusal(path).en
    Ledger.open(path, create=True).close()
    Ledger.open(path).close()


def test_a_ledger_is_made_also_where_files_have_one_name_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without hard links takes a ledger as well, and no draft stays beside it."""

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    begun(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["ledger.db"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_opening_waits_for_whoever_is_laying_out_the_ledger(tmp_path: Path) -> None:
    """While another holds an empty file for itself, opening waits its turn like every write."""
    path = tmp_path / "empty.db"
    path.touch()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    release.start()
    begun(path)
    release.join()
    other.close()
    with Ledger.open(path) as ledger:
        assert len(ledger.rows("a")) == 2


def test_the_file_alone_is_whole_after_closing(path: Path, tmp_path: Path) -> None:
    """Also while another program has the ledger open, closing moves what was written out of the log."""
    begun(path)
    with Ledger.open(path, read_only=True) as idle:
        idle.rows("a")
        with Ledger.open(path) as ledger:
            go_on(ledger)
        assert path.with_name("ledger.db-wal").stat().st_size == 0
        copy = tmp_path / "copy.db"
        shutil.copy(path, copy)
        with Ledger.open(copy) as other:
            assert len(other.rows("a")) == 3
        assert len(idle.rows("a")) == 3


def test_closing_does_not_wait_for_a_reader(path: Path) -> None:
    """Where somebody is reading just then, the log stays, and nothing is lost or said."""
    begun(path)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM acts").fetchone()
    with Ledger.open(path) as ledger:
        go_on(ledger)
    reader.close()
    with Ledger.open(path) as ledger:
        assert len(ledger.rows("a")) == 3


def test_the_default_place_is_the_folder_for_the_users_data() -> None:
    """The ledger has a file name of its own in a folder of this application's name."""
    assert default_path().name == "ledger.db"
    assert "member-development" in str(default_path())


def test_reading_an_existing_ledger_does_not_load_sqlite_utils(path: Path) -> None:
    """What `show` needs starts fast: sqlite-utils is loaded for making, migrating and importing only."""
    begun(path)
    code = (
        "import sys; from recruitment.ledger.stores.sqlite import Ledger\n"
        f"assert len(Ledger.open({str(path)!r}).rows('a')) == 2\n"
        "assert 'sqlite_utils' not in sys.modules and 'platformdirs' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


# ------------------------------------------------------------------------------------------- writing


def test_replacing_a_row_is_refused_too(path: Path) -> None:
    """INSERT OR REPLACE deletes without asking the triggers against deletion; others refuse it."""
    begun(path)
    with closing(sqlite3.connect(path)) as connection:
        for table, seq in (("acts", 1), ("files", 1), ("heads", 1), ("settings", 0)):
            query = f"SELECT * FROM {table} ORDER BY 1 LIMIT 1 OFFSET {seq if table == 'acts' else 0}"
            (kept,) = connection.execute(query).fetchall()
            marks = ", ".join("?" * len(kept))
            with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
                connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", kept)
    with Ledger.open(path) as ledger:
        assert [kept.state for kept in ledger.rows("a")] == ["apply", "talk"]


def test_a_file_that_is_gone_or_another_is_noticed_before_it_is_said_to_be_recorded(path: Path) -> None:
    """An office whose ledger was deleted, moved or replaced says so and records nothing."""
    begun(path)
    kept = path.read_bytes()
    for change in (
        path.unlink,
        lambda: path.rename(path.with_name("moved.db")),
        lambda: path.with_name("other.db").write_bytes(kept) and path.with_name("other.db").replace(path),
    ):
        path.write_bytes(kept)
        with Ledger.open(path) as ledger:
            change()
            with pytest.raises(LedgerError, match="moved, deleted or replaced") as caught:
                go_on(ledger)
            assert caught.value.kind == "gone"
            assert len(ledger.rows("a")) == 2


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_goes_while_the_act_is_written_is_never_said_to_be_recorded(path: Path, replaced: bool) -> None:
    """Deleted or replaced between the last look and the end of the commit, the act is not said to be recorded."""
    begun(path)
    called: list[str] = []

    def change(statement: str) -> None:
        if statement == "COMMIT":
            path.rename(path.with_name("moved.db"))
            if replaced:
                shutil.copy(path.with_name("moved.db"), path)

    def recorded() -> None:
        with ledger.writing():
            ledger.after_commit(lambda: called.append("recorded"))
            go_on(ledger)

    with Ledger.open(path) as ledger:
        connection = ledger.database.conn
        assert connection is not None
        connection.set_trace_callback(change)
        with pytest.raises(LedgerError, match="look whether the act was recorded") as caught:
            recorded()
        connection.set_trace_callback(None)
        assert (caught.value.kind, called) == ("gone", [])


def test_a_statement_that_the_database_refuses_is_not_called_damage(path: Path) -> None:
    """What a host does wrong in a transaction is said in SQLite's own words, and nobody is told to restore a copy."""
    begun(path)
    with Ledger.open(path) as ledger:
        with (
            pytest.raises(LedgerError, match=r"the database refused it.*no such table: nowhere") as caught,
            ledger.writing(),
        ):
            ledger.database.execute("INSERT INTO nowhere VALUES (1)")
        assert caught.value.kind == "misuse"
        go_on(ledger)


def test_a_hosts_own_row_is_kept_with_the_act_or_not_at_all(path: Path) -> None:
    """A host's table in the same file is written in the transaction of the act."""
    begun(path)
    with Ledger.open(path) as ledger:
        ledger.database.execute("CREATE TABLE attachments (seq INTEGER, name TEXT)")
        with ledger.writing():
            seq = go_on(ledger)
            ledger.database.execute("INSERT INTO attachments VALUES (?, 'scan')", [seq])
        with pytest.raises(RuntimeError), ledger.writing():  # noqa: PT012 - the fault comes after both rows
            ledger.database.execute("INSERT INTO attachments VALUES (4, 'lost')")
            go_on(ledger, 3)
            raise RuntimeError
        assert [*ledger.database.query("SELECT * FROM attachments")] == [{"seq": 3, "name": "scan"}]
        assert len(ledger.rows("a")) == 3


# ------------------------------------------------------------------------------------------- faults


def test_a_missing_ledger_is_not_made_unasked(path: Path) -> None:
    """Opening without `create` says that there is none, and leaves no trace."""
    assert "there is no ledger; open a file to begin one" in refusal(path).en
    assert "there is no ledger" in refusal(path, create=True, read_only=True).en
    assert not path.parent.exists()


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    """A folder in place of the file is named as such."""
    assert refusal(tmp_path, create=True).en.endswith("this is not a file; name the file of a ledger")


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """A path through a file cannot be made."""
    (tmp_path / "file").write_text("")
    assert "the ledger cannot be made there" in refusal(tmp_path / "file" / "ledger.db", create=True).en


def test_foreign_bytes_are_no_ledger(tmp_path: Path) -> None:
    """A file that is not SQLite at all is refused and left as it is."""
    path = tmp_path / "notes.db"
    path.write_bytes(b"not a database, but long enough to be looked at\n" * 100)
    before = path.read_bytes()
    assert refusal(path, create=True).en.endswith("this is not a ledger; name another path")
    assert path.read_bytes() == before


def test_a_database_of_another_application_is_refused(tmp_path: Path) -> None:
    """Tables without our mark, or another mark, belong to somebody else; nothing is written there."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE acts (id)")
    connection.close()
    before = path.read_bytes()
    assert "belongs to another application" in refusal(path, create=True).en
    assert path.read_bytes() == before
    marked = tmp_path / "marked.db"
    connection = sqlite3.connect(marked)
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    assert "belongs to another application" in refusal(marked, create=True).en


def test_a_newer_ledger_is_refused(path: Path) -> None:
    """A migration that this version does not know means that a newer one has written."""
    begun(path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, 'm999', '')",
            [MIGRATION_SET],
        )
    connection.close()
    assert "written by a newer version; update member-development" in refusal(path).en


def test_an_older_ledger_is_migrated_only_where_it_may_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pending migration is refused to a reader and applied for a writer, what was there still there."""
    begun(path)
    later = ("m002_test", lambda db: db.execute("CREATE TABLE more (x TEXT) STRICT"))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, later))
    assert "of an older version; open it once for writing" in refusal(path, read_only=True).en
    with Ledger.open(path) as ledger:
        assert ledger.database["more"].exists()
        assert len(ledger.rows("a")) == 2


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_truncated_ledger_is_refused(path: Path, share: float) -> None:
    """A ledger cut short is said to be damaged, whether that shows at opening or at reading."""
    begun(path)
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(LedgerError, match="the ledger is damaged; restore it from a copy"):
        list(Ledger.open(path).rows_since(0))


def test_an_overwritten_page_is_refused(path: Path) -> None:
    """Rubbish in the middle of the file is said to be damage."""
    begun(path)
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    with pytest.raises(LedgerError, match="the ledger is damaged; restore it from a copy"):
        list(Ledger.open(path).rows_since(0))


def test_our_mark_without_our_tables_is_damage(tmp_path: Path) -> None:
    """A database that claims to be a ledger and lacks the tables is not repaired in silence."""
    path = tmp_path / "ledger.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    assert "the ledger is damaged" in refusal(path, create=True).en


def test_a_ledger_opened_for_reading_is_not_written(path: Path) -> None:
    """Writing to a ledger that was opened for reading says so, and writes nothing."""
    begun(path)
    with Ledger.open(path, read_only=True) as ledger:
        assert len(ledger.rows("a")) == 2
        with pytest.raises(LedgerError, match="can only be read, nothing was written") as caught:
            go_on(ledger)
        assert caught.value.kind == "read-only"
        assert len(ledger.rows("a")) == 2


def test_a_read_only_file_is_read_and_not_written(guest: Any) -> None:
    """Somebody with the right to read only reads, from a folder without room for SQLite's own files."""
    begun(guest.path)
    guest.path.chmod(0o444)
    with guest, Ledger.open(guest.path, read_only=True) as ledger:
        assert len(ledger.rows("a")) == 2
    with (
        guest,
        pytest.raises(LedgerError, match="its permissions") as caught,
        Ledger.open(guest.path) as ledger,
    ):
        ledger.writing().__enter__()
    assert "权限" in caught.value.zh


def test_no_permission_is_said(guest: Any) -> None:
    """A ledger that may not be read, and a folder in which none may be made, are named with what to do."""
    begun(guest.path)
    guest.path.chmod(0o000)
    with guest:
        assert "cannot be opened; look at its permissions" in refusal(guest.path).en
        assert "cannot be made there" in refusal(guest.path.with_name("other.db"), create=True).en
    guest.path.chmod(0o600)


def test_a_disk_that_fails_midway_leaves_the_ledger_whole(path: Path) -> None:
    """A write that the disk refuses is one sentence; the acts before it stand and the ledger goes on."""
    files = [(evolve(FILE, id=f"f{n}"), ACTS) for n in range(20)]
    begun(path)
    with Ledger.open(path) as ledger:
        ledger.rows("a")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))
        try:
            with pytest.raises(LedgerError, match=r"disk.*nothing was written"):
                Office(ledger, EDITIONS).import_files(files, today=TODAY)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert [kept.number for kept in ledger.rows("a")] == [0, 1]
        go_on(ledger)
        assert [kept.number for kept in ledger.rows("a")] == [0, 1, 2]


# ------------------------------------------------------------------------------------------- many at once


def test_a_forked_child_has_a_connection_of_its_own(path: Path) -> None:
    """A child writes and closes, and the parent, which had the ledger open, goes on."""
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[2]); from stores import ACTS, EDITIONS, TODAY, Ledger, Office\n"
        "ledger = Ledger.open(sys.argv[1]); ledger.rows('a')\n"
        "before = ledger.database.conn; child = os.fork()\n"
        "assert (ledger.database.conn is before) == bool(child)\n"
        "act = ACTS[4 if child else 3]\n"
        "office = Office(ledger, EDITIONS)\n"
        "if child: assert os.waitpid(child, 0)[1] == 0\n"
        "assert office.advance('a', act, today=TODAY).recorded\n"
        "if child: assert len(ledger.rows('a')) == 5\n"
        "ledger.close()\n"
    )
    with Ledger.open(path, create=True) as ledger:
        begin(ledger, acts=3)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    tests = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", code, str(path), tests], check=True, env=environment)
    with Ledger.open(path) as ledger:
        assert len(ledger.rows("a")) == 5
        assert ledger.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@given(st.text(), st.text(), st.integers(min_value=0, max_value=2**53), st.none() | st.text())
def test_a_row_is_sealed_over_its_canonical_json(act: str, findings: str, seq: int, host: str | None) -> None:
    """The digest is that of the canonical JSON of all other columns, as anybody can compute it anew."""
    row = ActRow(seq, "甲", 0, act, "apply", "2026", "b", findings, "2026-11-22", None, host=host)
    data = {key: value for key, value in row._asdict().items() if key != "digest"}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert digest_of(row) == sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    assert not is_sealed(row._replace(digest=digest_of(row), act=b"x"))  # type: ignore[arg-type] # a damaged file
