"""The ledger on disk: who may see it, what it refuses, and that it is only ever added to."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from recruitment.base.errors import LedgerError
from recruitment.ledger import schema
from recruitment.ledger import store as module
from recruitment.ledger.schema import APPLICATION_ID, MIGRATION_SET, migrations
from recruitment.ledger.store import ActRow, Ledger, default_path


def row(file: str, number: int, act: str = "{}") -> ActRow:
    """An act that means nothing to the ledger."""
    return ActRow(0, file, number, act, "start", "2014", "0" * 16, "[]", "2026-01-01", None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test keeps its ledger."""
    return tmp_path / "new" / "ledger.db"


def begun(path: Path) -> None:
    """Make a ledger that holds one file with two acts."""
    with Ledger.open(path, create=True) as ledger, ledger.writing():
        ledger.add_file("a", "{}", "2026-01-01")
        ledger.add_act(row("a", 0))
        ledger.add_act(row("a", 1))


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
        with ledger.writing():
            ledger.add_file("a", "{}", "2026-01-01")
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
        assert ledger.database["acts"].strict
        assert ledger.database["files"].strict


def test_what_was_written_stands_after_reopening(path: Path) -> None:
    """A second opening finds the same rows, and applies no migration twice."""
    begun(path)
    with Ledger.open(path, create=True) as ledger:
        assert [kept.number for kept in ledger.rows("a")] == [0, 1]
        assert len(migrations().applied(ledger.database)) == 1
        assert migrations().pending(ledger.database) == []


def test_an_empty_file_may_become_a_ledger(tmp_path: Path) -> None:
    """What a creation that was cut short leaves behind is no ledger, and can be made one."""
    path = tmp_path / "empty.db"
    path.touch()
    assert "no ledger stands there" in refusal(path).en
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
        assert len(ledger.steps("a")) == 2


def test_the_file_alone_is_whole_after_closing(path: Path, tmp_path: Path) -> None:
    """Also while another program has the ledger open, closing moves what was written out of the log."""
    begun(path)
    with Ledger.open(path, read_only=True) as idle:
        idle.steps("a")
        with Ledger.open(path) as ledger, ledger.writing():
            ledger.add_act(row("a", 2))
        assert path.with_name("ledger.db-wal").stat().st_size == 0
        copy = tmp_path / "copy.db"
        shutil.copy(path, copy)
        with Ledger.open(copy) as other:
            assert len(other.steps("a")) == 3
        assert len(idle.steps("a")) == 3


def test_closing_does_not_wait_for_a_reader(path: Path) -> None:
    """Where somebody is reading just then, the log stays, and nothing is lost or said."""
    begun(path)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM acts").fetchone()
    with Ledger.open(path) as ledger, ledger.writing():
        ledger.add_act(row("a", 2))
    reader.close()
    with Ledger.open(path) as ledger:
        assert len(ledger.steps("a")) == 3


def test_the_default_place_is_the_folder_for_the_users_data() -> None:
    """The ledger has a file name of its own in a folder of this application's name."""
    assert default_path().name == "ledger.db"
    assert "member-development" in str(default_path())


def test_reading_an_existing_ledger_does_not_load_sqlite_utils(path: Path) -> None:
    """What `show` needs starts fast: sqlite-utils is loaded for making, migrating and importing only."""
    begun(path)
    code = (
        "import sys; from recruitment.ledger.store import Ledger\n"
        f"assert len(Ledger.open({str(path)!r}).steps('a')) == 2\n"
        "assert 'sqlite_utils' not in sys.modules and 'platformdirs' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


# ------------------------------------------------------------------------------------------- only added


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET state = 'full'",
        "DELETE FROM acts",
        "UPDATE files SET facts = '{}'",
        "DELETE FROM files",
        "INSERT OR REPLACE INTO files VALUES ('a', '{\"id\":\"b\"}', '2026-01-01')",
        "INSERT OR REPLACE INTO acts VALUES (1, 'a', 0, '{}', 'full', '2014', '', '[]', '2026-01-01', NULL)",
        "INSERT OR REPLACE INTO acts VALUES (9, 'a', 1, '{}', 'full', '2014', '', '[]', '2026-01-01', NULL)",
        "INSERT OR REPLACE INTO acts VALUES (1, 'a', 2, '{}', 'full', '2014', '', '[]', '2026-01-01', NULL)",
        "INSERT INTO acts VALUES (NULL, 'a', 7, '{}', 'full', '2014', '', '[]', '2026-01-01', NULL)",
    ],
)
def test_nothing_is_changed_or_taken_away(path: Path, statement: str) -> None:
    """Even another program with a plain connection is refused every statement that is not an addition."""
    begun(path)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        connection.execute(statement)
    connection.close()
    with Ledger.open(path) as ledger:
        assert [kept.state for kept in ledger.rows("a")] == ["start", "start"]


def test_an_act_needs_its_file(path: Path) -> None:
    """Foreign keys are on: an act of no file is not written."""
    with Ledger.open(path, create=True) as ledger:
        with pytest.raises(LedgerError), ledger.writing():
            ledger.add_act(row("nobody", 0))
        assert list(ledger.rows_since(0)) == []


def test_a_fault_within_a_transaction_takes_back_all_of_it(path: Path) -> None:
    """What was added before a fault is not there afterwards, and the connection is free again."""
    with Ledger.open(path, create=True) as ledger:
        with pytest.raises(LedgerError), ledger.writing():  # noqa: PT012 - the second addition is the fault
            ledger.add_file("a", "{}", "2026-01-01")
            ledger.add_file("a", "{}", "2026-01-01")
        assert ledger.facts("a") is None
        with ledger.writing():
            ledger.add_file("a", "{}", "2026-01-01")
        assert ledger.facts("a") == "{}"


# ------------------------------------------------------------------------------------------- faults


def test_a_missing_ledger_is_not_made_unasked(path: Path) -> None:
    """Opening without `create` says that there is none, and leaves no trace."""
    assert "no ledger stands there; open a file to begin one" in refusal(path).en
    assert "no ledger stands there" in refusal(path, create=True, read_only=True).en
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
        assert len(ledger.steps("a")) == 2
        with pytest.raises(LedgerError, match="can only be read, nothing was written"), ledger.writing():
            ledger.add_act(row("a", 2))
        assert len(ledger.steps("a")) == 2


def test_a_read_only_file_is_read_and_not_written(guest) -> None:
    """Somebody with the right to read only reads, from a folder without room for SQLite's own files."""
    begun(guest.path)
    guest.path.chmod(0o444)
    with guest, Ledger.open(guest.path, read_only=True) as ledger:
        assert len(ledger.steps("a")) == 2
    with (
        guest,
        pytest.raises(LedgerError, match="its permissions") as caught,
        Ledger.open(guest.path) as ledger,
    ):
        ledger.writing().__enter__()
    assert "权限" in caught.value.zh


def test_no_permission_is_said(guest) -> None:
    """A ledger that may not be read, and a folder in which none may be made, are named with what to do."""
    begun(guest.path)
    guest.path.chmod(0o000)
    with guest:
        assert "cannot be opened; look at its permissions" in refusal(guest.path).en
        assert "cannot be made there" in refusal(guest.path.with_name("other.db"), create=True).en
    guest.path.chmod(0o600)


def test_a_disk_that_fails_midway_leaves_the_ledger_whole(path: Path) -> None:
    """A write that the disk refuses is one sentence; the acts before it stand and the ledger goes on."""
    begun(path)
    with Ledger.open(path) as ledger:
        ledger.steps("a")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))
        try:
            with pytest.raises(LedgerError, match=r"disk.*nothing was written"), ledger.writing():
                ledger.add_act(row("a", 2, "x" * 1_000_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert [kept.number for kept in ledger.rows("a")] == [0, 1]
        with ledger.writing():
            ledger.add_act(row("a", 2))
        assert [kept.number for kept in ledger.rows("a")] == [0, 1, 2]


def test_a_ledger_that_stays_busy_is_said_after_a_while(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits longer than the bound is told so; nothing was written."""
    begun(path)
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path) as ledger:
        with pytest.raises(LedgerError, match="busy for a minute; try again"), ledger.writing():
            pass
        other.execute("ROLLBACK")
        with ledger.writing():
            ledger.add_act(row("a", 2))
    other.close()


def test_a_closed_ledger_says_so(path: Path) -> None:
    """After closing nothing is read and nothing crashes."""
    begun(path)
    ledger = Ledger.open(path)
    ledger.close()
    with pytest.raises(LedgerError, match="the ledger is closed; open it again"):
        ledger.facts("a")


# ------------------------------------------------------------------------------------------- many at once


def test_threads_share_a_ledger_and_lose_nothing(path: Path) -> None:
    """Eight threads write through one ledger; every act is there, the whole order without a gap."""
    faults: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(20):
                with ledger.writing():
                    if number == 0:
                        ledger.add_file(name, "{}", "2026-01-01")
                    ledger.add_act(row(name, number))
        except BaseException as error:  # noqa: BLE001 - a thread's fault must reach the test
            faults.append(error)

    with Ledger.open(path, create=True) as ledger:
        threads = [threading.Thread(target=write, args=[f"t{n}"]) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert [kept.seq for kept in ledger.rows_since(0)] == list(range(1, 161))
        assert list(ledger.ids()) == [f"t{n}" for n in range(8)]


def test_eight_processes_make_and_write_one_ledger(path: Path) -> None:
    """Eight processes that begin the same ledger at once all write; none sees a lock, none loses an act."""
    code = (
        "import sys; from recruitment.ledger.store import ActRow, Ledger\n"
        "name, path = sys.argv[1:]; print('ready', flush=True); sys.stdin.readline()\n"
        "with Ledger.open(path, create=True) as ledger:\n"
        "    for n in range(25):\n"
        "        with ledger.writing():\n"
        "            if n == 0: ledger.add_file(name, '{}', '2026-01-01')\n"
        "            ledger.add_act(ActRow(0, name, n, '{}', 's', 'e', 'b', '[]', '2026-01-01', None))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"p{n}", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for n in range(8)
    ]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    faults = [child.communicate("go\n", timeout=100)[1] for child in children]
    assert faults == [""] * 8
    with Ledger.open(path) as ledger:
        assert len(list(ledger.rows_since(0))) == 200


def test_a_forked_child_has_a_connection_of_its_own(path: Path) -> None:
    """A child writes and closes, and the parent, which had the ledger open, goes on."""
    code = (
        "import os, sys; from recruitment.ledger.store import ActRow, Ledger\n"
        "ledger = Ledger.open(sys.argv[1]); ledger.steps('a')\n"
        "before = ledger.database.conn; child = os.fork()\n"
        "assert (ledger.database.conn is before) == bool(child)\n"
        "with ledger.writing():\n"
        "    n = len(ledger.steps('a'))\n"
        "    ledger.add_act(ActRow(0, 'a', n, '{}', 's', 'e', 'b', '[]', '2026-01-01', None))\n"
        "if child: assert os.waitpid(child, 0)[1] == 0; assert len(ledger.steps('a')) == 4\n"
        "ledger.close()\n"
    )
    begun(path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=environment)
    with Ledger.open(path) as ledger:
        assert len(ledger.rows("a")) == 4
        assert ledger.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_pages_are_read_without_a_gap(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in pages gives every file and act once, in order, also those added between two pages."""
    monkeypatch.setattr(module, "PAGE", 2)
    names = [f"f{n}" for n in range(5)]
    with Ledger.open(path, create=True) as ledger:
        with ledger.writing():
            ledger.add_all([(name, "{}", "2026-01-01") for name in names], [row(name, 0) for name in names])
        rows = ledger.rows_since(1)
        assert next(rows).seq == 2
        with ledger.writing():
            ledger.add_act(row("f0", 1))
        assert [kept.seq for kept in rows] == [3, 4, 5, 6]
        assert list(ledger.ids()) == names
        assert ledger.ids_near("f2x") == ["f2", "f1", "f3", "f4"]
