"""Copies of a ledger, and the way back to one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stores import ACTS, EDITIONS, TODAY, begin, content
from tampering import tamper, unguarded

from recruitment.base.errors import BadInput, LedgerError
from recruitment.cli.main import cli
from recruitment.ledger.backup import back_up, restore
from recruitment.ledger.office import Office
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.stores.sqlite_schema import APPLICATION_ID
from recruitment.ledger.verification import verify

DAY = date(2026, 11, 30)
LEDGERS = Path(__file__).parent / "ledgers"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger that holds one file with two acts."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        begin(ledger)
    return path


def of_dump(path: Path, form: int) -> Path:
    """A ledger of an earlier form."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((LEDGERS / f"{form}.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return path


def rows(path: Path) -> list[object]:
    """All that a ledger holds."""
    with Ledger.open(path, read_only=True) as ledger:
        return content(ledger)


def copied(path: Path, to: Path) -> Path:
    """A copy of a ledger."""
    with Ledger.open(path, read_only=True) as ledger:
        back_up(ledger, to)
    return to


def names(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def advanced(path: Path, number: int = 2) -> None:
    """Record one act more."""
    with Ledger.open(path) as ledger:
        assert Office(ledger, EDITIONS).advance("a", ACTS[number], today=TODAY).recorded


def run(path: Path, *words: str, lang: str = "en") -> Result:
    """A command on the ledger."""
    env = {"RECRUITMENT_DB": str(path), "RECRUITMENT_TODAY": "2026-11-30", "COLUMNS": "200"}
    return CliRunner().invoke(cli, [*words, "--lang", lang], env=env)


# ------------------------------------------------------------------------------------------- copying


def test_a_copy_is_one_file_that_only_its_owner_can_read(path: Path, tmp_path: Path) -> None:
    """It holds what the ledger holds, the newest acts in the -wal too, and nothing is left next to it."""
    with Ledger.open(path) as ledger:
        assert Office(ledger, EDITIONS).advance("a", ACTS[2], today=TODAY).recorded
        assert Path(f"{path}-wal").stat().st_size > 0
        (tmp_path / "copies").mkdir()
        made = back_up(ledger, tmp_path / "copies" / "copy")
        assert (made.files, made.acts) == (1, 3)
    assert names(tmp_path / "copies") == ["copy"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert rows(made.path) == rows(path)


def test_a_copy_is_of_one_moment_while_others_write(path: Path, tmp_path: Path) -> None:
    """What is recorded meanwhile is in a copy whole or not at all: each is sound and holds so many first acts."""
    stopped = threading.Event()

    def write() -> None:
        with Ledger.open(path) as ledger:
            for n in range(200):
                if stopped.is_set():
                    return
                begin(ledger, f"f{n}", 2)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for n in range(6):
            copied(path, tmp_path / f"copy{n}")
    finally:
        stopped.set()
        thread.join()
    every = [row for row in rows(path) if hasattr(row, "seq")]
    for n in range(6):
        held = [row for row in rows(tmp_path / f"copy{n}") if hasattr(row, "seq")]
        assert held == every[: len(held)]
        with Ledger.open(tmp_path / f"copy{n}", read_only=True) as ledger:
            assert verify(LedgerReader(ledger, EDITIONS)).sound


def test_a_ledger_that_is_not_what_was_recorded_is_not_copied(path: Path, tmp_path: Path) -> None:
    """The place is named, and there is no copy that somebody could rely on."""
    tamper(path, "UPDATE acts SET recorded_by = 'another' WHERE seq = 2")
    with Ledger.open(path, read_only=True) as ledger, pytest.raises(LedgerError) as caught:
        back_up(ledger, tmp_path / "copy")
    assert caught.value.kind == "altered"
    assert "is not what was recorded in it (act 2 (file a, 1): it is not what was recorded), so no copy" in str(
        caught.value
    )
    assert "未作备份" in caught.value.zh
    assert not [name for name in names(tmp_path) if "copy" in name]


def test_a_copy_replaces_nothing(path: Path, tmp_path: Path) -> None:
    """Where there is a file of the name, or one that SQLite would take for its log, the copy is refused."""
    for name in ("copy", "copy-wal", "copy-journal"):
        (tmp_path / name).write_text("kept")
        with pytest.raises(BadInput, match="choose another name"):
            copied(path, tmp_path / "copy")
        assert (tmp_path / name).read_text() == "kept"
        (tmp_path / name).unlink()


def test_a_copy_is_named_also_where_files_have_one_name_only(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk without hard links takes a copy as well, and replaces nothing either."""

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    copied(path, tmp_path / "copy")
    assert rows(tmp_path / "copy") == rows(path)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert restore(tmp_path / "copy", path, today=DAY).acts == 2


def test_the_command_names_the_copy_by_the_day(path: Path, tmp_path: Path) -> None:
    """Without a name it is next to the ledger, a second one with a number; an audit of the folder passes it by."""
    before = rows(path)
    first = run(path, "backup")
    assert first.exit_code == 0, first.output
    said, anchor = first.output.splitlines()
    assert said == f"copied to {path}.2026-11-30 and checked: 1 files, 2 acts"
    assert json.loads(run(path, "backup", "--json").output) == {
        "output": f"{path}.2026-11-30.2",
        "files": 1,
        "acts": 2,
        "anchor": anchor,
    }
    assert rows(Path(f"{path}.2026-11-30.2")) == before
    assert run(path, "verify", "--anchor", anchor).exit_code == 0
    assert len(json.loads(run(path, "audit", str(tmp_path), "--json").output)["files"]) == 1


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("nowhere/copy", "there is no folder"),
        ("ledger.db", "it is the ledger or one of its own files"),
        ("ledger.db-wal", "it is the ledger or one of its own files"),
        ("other.db", "it is a database or one of its own files"),
        ("notes.txt", "there is such a file, or one of its own (-wal, -shm, -journal), and it was not changed"),
        ("folder", "it is a folder"),
        ("", "the path is empty"),
    ],
)
def test_a_place_that_a_copy_cannot_have_is_one_sentence(
    path: Path, tmp_path: Path, output: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and nothing is changed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("kept")
    with closing(sqlite3.connect("other.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = names(tmp_path)
    result = run(path, "backup", "-o", output)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert sentence in result.output
    assert [name for name in names(tmp_path) if not name.endswith(("-wal", "-shm"))] == before


def test_a_ledger_on_a_server_is_left_to_its_own_tools(path: Path) -> None:
    """Backup and restore name the tool of PostgreSQL, and ask no server."""
    for command, tool in ((["backup"], "pg_dump"), (["restore", str(path)], "pg_restore")):
        result = run(Path("x"), *command, "--db", "postgresql://nowhere.invalid/x")
        assert (result.exit_code, result.output) == (2, f"--db: this ledger is on a PostgreSQL server; use {tool}\n")


# ------------------------------------------------------------------------------------------- before a migration


@pytest.mark.parametrize("form", [1, 2])
def test_a_migration_keeps_the_ledger_as_it_was_and_says_so_once(tmp_path: Path, form: int) -> None:
    """The copy has the day and the form in its name and holds every byte of the rows; the second command is silent."""
    path = of_dump(tmp_path / "ledger.db", form)
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    words = ("open", "2026-9", "--on", "2026-11-02", "--papers", "application_letter", "--name", "甲")
    first = run(path, *words, "--born", "2000-01-01")
    (kept,) = tmp_path.glob(f"ledger.db.*.form-{form}")
    assert kept.name == f"ledger.db.{date.today().isoformat()}.form-{form}"  # noqa: DTZ011 - as it was named
    assert f"as it was before it is kept in {kept}" in first.output
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with closing(sqlite3.connect(f"{kept.as_uri()}?immutable=1", uri=True)) as connection:
        assert list(connection.iterdump()) == before
    again = run(path, *words, "--born", "2000-01-01")
    assert "kept in" not in again.output
    assert len(list(tmp_path.glob("ledger.db.*form*"))) == 1


def test_a_migration_that_cannot_be_copied_first_does_not_begin(tmp_path: Path) -> None:
    """With no room for the copy the ledger stays in its form, and no half of a copy is left."""
    path = of_dump(tmp_path / "ledger.db", 2)
    code = (
        "import resource, signal, sys\n"
        "from recruitment import Ledger\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))\n"
        "Ledger.open(sys.argv[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)
    assert "LedgerError" in done.stderr
    assert not list(tmp_path.glob("*form*"))
    assert not list(tmp_path.glob(".*"))
    with closing(sqlite3.connect(path)) as connection:
        assert len(connection.execute("SELECT name FROM _sqlite_migrations").fetchall()) == 2


# ------------------------------------------------------------------------------------------- restoring


def test_a_restored_ledger_is_the_copy_and_the_other_is_put_aside(path: Path, tmp_path: Path) -> None:
    """All that was there, its -wal included, has a new name; the copy stays as it is; the ledger goes on."""
    copied(path, tmp_path / "copy")
    kept = (tmp_path / "copy").read_bytes()
    with Ledger.open(path) as open_ledger:  # somebody has it open, and its newest act is in the -wal
        office = Office(open_ledger, EDITIONS)
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        made = restore(tmp_path / "copy", path, today=DAY)
        assert made.aside == tmp_path / "ledger.db.2026-11-30.replaced"
        with pytest.raises(LedgerError, match="moved, deleted or replaced") as caught:
            office.advance("a", ACTS[3], today=TODAY)
        assert caught.value.kind == "gone"
    assert len(rows(made.aside)) == len(rows(path)) + 1
    assert (tmp_path / "copy").read_bytes() == kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert rows(path) == rows(tmp_path / "copy")
    advanced(path)
    with Ledger.open(path) as ledger:
        assert ledger.database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert verify(LedgerReader(ledger, EDITIONS)).sound


def test_a_log_without_its_ledger_is_put_aside_too(path: Path, tmp_path: Path) -> None:
    """A -wal that a lost ledger has left would be read into the restored one; it is renamed."""
    copied(path, tmp_path / "copy")
    with Ledger.open(path) as ledger:
        begin(ledger, "b", 5)
        log = Path(f"{path}-wal").read_bytes()
    assert log
    path.unlink()
    Path(f"{path}-wal").write_bytes(log)
    made = restore(tmp_path / "copy", path, today=DAY)
    assert made.acts == 2
    assert rows(path) == rows(tmp_path / "copy")
    assert Path(f"{path}.2026-11-30.replaced-wal").read_bytes() == log


def test_a_damaged_ledger_can_be_restored(path: Path, tmp_path: Path) -> None:
    """What is no database any more is put aside like any other, its bytes as they are."""
    copied(path, tmp_path / "copy")
    path.write_bytes(b"rubbish" * 1000)
    made = restore(tmp_path / "copy", path, today=DAY)
    assert made.aside is not None
    assert made.aside.read_bytes() == b"rubbish" * 1000
    advanced(path)


def test_a_copy_that_does_not_verify_is_refused_with_the_place(path: Path, tmp_path: Path) -> None:
    """The ledger stays as it is, and nothing is left beside it."""
    copied(path, tmp_path / "copy")
    tamper(tmp_path / "copy", "UPDATE acts SET act = replace(act, '2022', '2021') WHERE seq = 1")
    before, there = path.read_bytes(), names(tmp_path)
    with pytest.raises(LedgerError) as caught:
        restore(tmp_path / "copy", path, today=DAY)
    assert caught.value.kind == "altered"
    assert str(tmp_path / "copy") in caught.value.en
    assert "act 1 (file a, 0): it is not what was recorded" in caught.value.en
    assert "nothing was restored or changed" in caught.value.en
    assert "未作恢复" in caught.value.zh
    assert path.read_bytes() == before
    assert names(tmp_path) == there


def test_a_copy_with_an_act_cut_off_is_refused(path: Path, tmp_path: Path) -> None:
    """The heads of the chains still say how many acts were recorded."""
    copied(path, tmp_path / "copy")
    with unguarded(tmp_path / "copy") as connection:
        connection.execute("DELETE FROM acts WHERE seq = 2")
    with pytest.raises(LedgerError, match="1 entries are there and 2 were recorded"):
        restore(tmp_path / "copy", path, today=DAY)


@pytest.mark.parametrize("form", [1, 2])
def test_a_copy_of_an_earlier_form_is_brought_to_the_present_one(tmp_path: Path, form: int) -> None:
    """What was kept before a migration can be restored: the copy stays in its form, the ledger has the present one."""
    copy, path = of_dump(tmp_path / "copy", form), tmp_path / "new" / "ledger.db"
    before = copy.read_bytes()
    made = restore(copy, path, today=DAY)
    assert made.aside is None
    assert copy.read_bytes() == before
    assert names(path.parent) == ["ledger.db"]
    with Ledger.open(path) as ledger:
        assert ledger.kept is None
        assert verify(LedgerReader(ledger, EDITIONS)).sound


def test_a_writer_that_is_at_it_is_waited_for(path: Path, tmp_path: Path) -> None:
    """Nothing is put aside while somebody is recording: his act is in the ledger that is put aside."""
    copied(path, tmp_path / "copy")
    done = threading.Event()

    def put_back() -> None:
        restore(tmp_path / "copy", path, today=DAY)
        done.set()

    with Ledger.open(path) as ledger:
        office = Office(ledger, EDITIONS)
        with ledger.writing():
            thread = threading.Thread(target=put_back)
            thread.start()
            assert not done.wait(0.3)
            assert office.advance("a", ACTS[2], today=TODAY).recorded
        thread.join()
    assert len([row for row in rows(Path(f"{path}.2026-11-30.replaced")) if hasattr(row, "seq")]) == 3


def test_the_command_asks_before_it_puts_a_ledger_aside(path: Path, tmp_path: Path) -> None:
    """Without a terminal --yes must be said; with it both names are printed, in either language."""
    copied(path, tmp_path / "copy")
    advanced(path)
    refused = run(path, "restore", str(tmp_path / "copy"))
    assert (refused.exit_code, refused.output) == (
        2,
        f"restore: there is a ledger at {path}, and nothing was restored; with --yes it is put aside first\n",
    )
    done = run(path, "restore", str(tmp_path / "copy"), "--yes")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"the ledger that was there is now {path}.2026-11-30.replaced",
        f"restored from {tmp_path / 'copy'}: 1 files, 2 acts",
    ]
    chinese = run(path, "恢复", str(tmp_path / "copy"), "--确认写入", lang="zh")
    assert f"原台账改存为 {path}.2026-11-30.replaced.2" in chinese.output
    data = json.loads(run(tmp_path / "other" / "ledger.db", "restore", str(tmp_path / "copy"), "--json").output)
    assert (data["aside"], data["files"], data["acts"]) == (None, 1, 2)


def test_what_cannot_be_restored_is_one_sentence(path: Path, tmp_path: Path) -> None:
    """The ledger itself, no file, a folder, another application's database, bytes that are none."""
    shutil.copy(path, tmp_path / "foreign")
    with closing(sqlite3.connect(tmp_path / "foreign")) as connection:
        connection.execute("PRAGMA application_id = 7")
    (tmp_path / "notes").write_bytes(b"not a database, but long enough to be looked at\n" * 100)
    (tmp_path / "folder").mkdir()
    before = path.read_bytes()
    for name, sentence in {
        "ledger.db": "this is the ledger itself; name a copy of it",
        "nowhere": "there is no such file; name the copy",
        "folder": "there is no such file; name the copy",
        "foreign": "belongs to another application",
        "notes": "this is not a ledger",
    }.items():
        result = run(path, "restore", str(tmp_path / name), "--yes")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert sentence in result.output
    assert path.read_bytes() == before
    assert not [name for name in names(tmp_path) if "replaced" in name]
