"""What every store guarantees: SQLite, memory and PostgreSQL are held to the same tests."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from msgspec.structs import replace
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, begin, content, place_of

from recruitment.base.errors import BadInput, Conflict, LedgerError
from recruitment.formats.dossier.documents import write_text
from recruitment.ledger import store as module
from recruitment.ledger.admission import Admission, admit
from recruitment.ledger.codec import NewEntry, entering
from recruitment.ledger.office import Office
from recruitment.ledger.rows import LEDGER, SETTINGS, Head, canonical, digest_of, file_scope
from recruitment.ledger.store import Store

OTHERS = (
    "act, state, edition, book, findings, recorded, recorded_by, moment, system_user, settings, readings, host, "
    "file_previous, previous, digest FROM acts WHERE number = 2"
)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where each kind of store is kept for a test."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


@pytest.fixture(params=[kind for kind in KINDS if kind != "memory"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where those stores are kept that several processes can open; memory is open to one alone."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


@pytest.fixture
def store(place: Place) -> Iterator[Any]:
    """An open store without files."""
    with place.opened() as opened:
        yield opened


def admission(store: Any, name: str, number: int) -> Admission:
    """The act of that number of the regular file, admitted to a file as it stands."""
    standing = Office(store, EDITIONS).snapshot(name)
    entry = NewEntry(*entering(ACTS[number], TODAY))
    found = admit(EDITIONS, standing.case, entry, head=standing.head, today=TODAY)[2]
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------- keeping


def test_a_store_is_what_the_interface_says(store: Any) -> None:
    """Each has every method of the interface."""
    assert isinstance(store, Store)


def test_the_whole_course_is_kept_and_read_back(place: Place, store: Any) -> None:
    """The regular file is recorded act by act, and an office that opens the store later sees the same case."""
    office = begin(store, acts=len(ACTS))
    assert [row.seq for row in store.rows_since(0)] == list(range(1, len(ACTS) + 1))
    other = Office(place.opened(), EDITIONS)
    assert other.verify("a") == office.case("a")
    assert other.case("a").standing == "full"


def test_an_import_is_kept_like_acts_one_by_one(store: Any) -> None:
    """Many files at once stand as if they had been entered one by one."""
    office = Office(store, EDITIONS)
    report = office.import_files([(evolve(FILE, id=f"f{n}"), ACTS) for n in range(5)], today=TODAY)
    assert report.written
    assert list(store.ids()) == [f"f{n}" for n in range(5)]
    begin(store, "z", len(ACTS))
    assert office.case("f3").acts == office.case("z").acts
    assert [office.verify(f"f{n}").standing for n in range(5)] == ["full"] * 5


def test_every_row_carries_those_before_it(store: Any) -> None:
    """Each act holds its own digest and those before it, in its file and in the ledger; heads name the last."""
    begin(store, "a", 3)
    begin(store, "b", 2)
    begin(store, "c", 1)
    files, rows = {file.id: file for file in store.files()}, list(store.rows_since(0))
    last = {name: file.digest for name, file in files.items()}
    before = ""
    for row in rows:
        assert row.digest == digest_of(row)
        assert (row.previous, row.file_previous) == (before, last[row.file])
        before = last[row.file] = row.digest
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", row.moment)
        assert row.system_user
    (first,) = store.settings()
    assert first.digest == digest_of(first)
    assert dict(store.heads()) == {
        LEDGER: Head(6, before),
        SETTINGS: Head(1, first.digest),
        **{file_scope(name): Head(n, last[name]) for name, n in (("a", 3), ("b", 2), ("c", 1))},
    }


def test_the_text_of_a_row_is_its_canonical_json(store: Any) -> None:
    """What a digest is made over is what any JSON library writes of the row, its keys sorted and no blank between."""
    clerk = '党员 "甲"\\\n\u2028\x01\U00020000'
    assert begin(store).advance("a", ACTS[2], today=TODAY, recorded_by=clerk).recorded
    for row in (*store.files(), *store.rows_since(0), *store.settings()):
        data = row._asdict()
        assert data.pop("digest") == hashlib.sha256(canonical(data).encode()).hexdigest()


def test_the_digests_of_two_stores_are_the_same(store: Any, tmp_path: Path) -> None:
    """The same act at the same moment has the same digest whatever it is kept in: copied row by row it fits."""
    begin(store, "a", 3)
    copied = [row._replace(digest="") for row in store.rows("a")]
    (tmp_path / "other").mkdir()
    with place_of("sqlite", tmp_path / "other").opened() as other:
        begin(other, "a", 3)
        again = [
            row._replace(moment=ours.moment, file_previous=ours.file_previous, previous=ours.previous, digest="")
            for row, ours in zip(other.rows("a"), copied, strict=True)
        ]
    assert [digest_of(row) for row in again] == [row.digest for row in store.rows("a")]


def test_pages_are_read_without_a_gap(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in pages gives every file and act once, in order, also those added between two pages."""
    for name in ("recruitment.ledger.stores.tables", "recruitment.ledger.stores.memory"):
        monkeypatch.setattr(sys.modules[name], "PAGE", 2)
    names = [f"f{n}" for n in range(5)]
    for name in names:
        begin(store, name, 1)
    rows = store.rows_since(1)
    assert next(rows).seq == 2
    assert Office(store, EDITIONS).advance("f0", ACTS[1], today=TODAY).recorded
    assert [row.seq for row in rows] == [3, 4, 5, 6]
    assert list(store.ids()) == [file.id for file in store.files()] == names
    assert store.ids_near("f2x") == ["f2", "f1", "f3", "f4"]
    assert len(list(store.heads())) == 7


def test_ids_are_sorted_by_their_code_points(store: Any) -> None:
    """Capitals, Chinese and what lies beyond the first plane come in the same order everywhere."""
    names = ["A", "a", "Z", "z-1", "z1", "é", "党", "党2", "\U00020000"]
    for name in reversed(names):
        begin(store, name, 1)
    assert list(store.ids()) == sorted(names)


def test_a_text_that_nothing_can_hold_is_bad_input(store: Any) -> None:
    """A half of a surrogate pair is refused, nothing is written, and the store goes on."""
    office = begin(store)
    before = content(store)
    with pytest.raises(BadInput, match="no file can hold"):
        office.advance("a", ACTS[2], today=TODAY, recorded_by="\ud800")
    assert content(store) == before
    assert store.file("\udcff") is None
    assert office.advance("a", ACTS[2], today=TODAY).recorded


# ------------------------------------------------------------------------------------------- transactions


def test_a_transaction_is_kept_whole_or_not_at_all(store: Any) -> None:
    """What was recorded before a fault is not there afterwards, and the next writer finds the store free."""
    office = begin(store)
    before = content(store)
    with pytest.raises(RuntimeError), store.writing():  # noqa: PT012 - the fault comes after two acts
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        begin(store, "b", 1)
        assert len(list(store.rows_since(0))) == 4
        raise RuntimeError
    assert content(store) == before
    assert office.advance("a", ACTS[2], today=TODAY).seq == 3


def test_a_transaction_within_another_fails_alone(store: Any) -> None:
    """The inner one takes back its own part; what the outer one did before and after it is kept."""
    office = begin(store)
    with store.writing():
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        with pytest.raises(RuntimeError), store.writing():  # noqa: PT012 - the fault comes after an act
            assert office.advance("a", ACTS[3], today=TODAY).recorded
            raise RuntimeError
        assert len(store.rows("a")) == 3
        begin(store, "b", 1)
    assert [row.file for row in store.rows_since(0)] == ["a", "a", "a", "b"]
    assert office.verify("a")


def test_what_waits_for_the_commit_is_called_once_it_is_kept(store: Any) -> None:
    """A call is made after the outermost transaction, at once without one, and not where its part was taken back."""
    seen: list[str] = []
    with store.writing():
        store.after_commit(lambda: seen.append("outer"))
        with store.writing():
            store.after_commit(lambda: seen.append("inner"))
        with pytest.raises(RuntimeError), store.writing():  # noqa: PT012 - the call is asked for before the fault
            store.after_commit(lambda: seen.append("failed"))
            raise RuntimeError
        assert seen == []
    assert seen == ["outer", "inner"]
    with pytest.raises(RuntimeError), store.writing():  # noqa: PT012 - the call is asked for before the fault
        store.after_commit(lambda: seen.append("failed"))
        raise RuntimeError
    store.after_commit(lambda: seen.append("at once"))
    assert seen == ["outer", "inner", "at once"]


def test_a_snapshot_is_of_one_moment(place: Place, store: Any) -> None:
    """What another records meanwhile is not seen within it, and is afterwards."""
    begin(store)
    other = Office(place.opened(), EDITIONS)
    faults: list[BaseException] = []

    def record() -> None:
        try:
            assert other.advance("a", ACTS[2], today=TODAY).recorded
        except BaseException as error:  # noqa: BLE001 - a thread's fault must reach the test
            faults.append(error)

    with store.snapshot():
        assert len(store.rows("a")) == 2
        thread = threading.Thread(target=record)
        thread.start()
        thread.join()
        assert faults == []
        assert len(store.rows("a")) == 2
        assert store.head(LEDGER).size == 2
    assert len(store.rows("a")) == 3


def test_readers_do_not_wait_for_a_writer(place: Place, store: Any) -> None:
    """While a transaction is open another thread reads what was there before it."""
    begin(store)
    seen: list[int] = []
    with store.writing():
        assert Office(store, EDITIONS).advance("a", ACTS[2], today=TODAY).recorded
        reader = threading.Thread(target=lambda: seen.append(len(place.opened().rows("a"))))
        reader.start()
        reader.join(timeout=30)
    assert seen == [2]


def test_a_store_that_stays_busy_is_said_after_a_while(place: Place, store: Any) -> None:
    """Who waits longer than his patience is told so by the kind `busy`; nothing was written, and he may try again."""
    begin(store)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with store.writing():
            held.set()
            release.wait(timeout=30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=30)
    other = Office(place.opened(patience=0.2), EDITIONS)
    with pytest.raises(LedgerError, match="busy too long; try again") as caught:
        other.advance("a", ACTS[2], today=TODAY)
    release.set()
    holder.join()
    assert caught.value.kind == "busy"
    assert other.advance("a", ACTS[2], today=TODAY).recorded


def test_a_closed_store_says_so(store: Any) -> None:
    """After closing nothing is read and nothing is written."""
    begin(store)
    store.close()
    for ask in (lambda: store.file("a"), lambda: store.add([]), lambda: list(store.ids())):
        with pytest.raises(LedgerError, match="the ledger is closed; open it again") as caught:
            ask()
        assert caught.value.kind == "closed"


# ------------------------------------------------------------------------------------------- only admitted acts


def test_a_store_takes_nothing_but_an_admission(store: Any) -> None:
    """A row, a ruling and an admission of one's own making are refused; nothing is written."""
    office = begin(store)
    before = content(store)
    row = store.rows("a")[1]
    with pytest.raises(TypeError, match="takes an Admission only"):
        store.add([row._replace(number=2, seq=3)])
    with pytest.raises(TypeError, match="takes an Admission only"):
        store.add([replace(office.why("a", ACTS[0], today=TODAY), admitted=True)])
    with pytest.raises(TypeError, match="made by the machine's ruling only"):
        Admission(object(), "a", store.head(file_scope("a")), None, (row,), lambda: (row,))
    assert content(store) == before


def test_an_admission_is_ruled_again_when_it_is_recorded(store: Any) -> None:
    """Rows that were exchanged in an admission are not what the machine admits; nothing is written."""
    begin(store)
    before = content(store)
    forged = admission(store, "a", 2)
    forged.rows = (forged.rows[0]._replace(state="full"),)
    with pytest.raises(Conflict, match="the machine's ruling differs"):
        store.add([forged])
    assert content(store) == before


def test_an_admission_holds_for_the_file_that_it_was_ruled_on(store: Any) -> None:
    """After another act, and a second time, it is a conflict that says how far the file has come."""
    begin(store)
    first, second = admission(store, "a", 2), admission(store, "a", 2)
    store.add([first])
    before = content(store)
    for late in (first, second):
        with pytest.raises(Conflict, match="holds 3 acts and 2 were expected") as caught:
            store.add([late])
        assert (caught.value.kind, caught.value.values) == ("moved", {"file": "a", "held": 3, "expected": 2})
    assert content(store) == before


def test_a_plain_connection_changes_nothing(shared: Place) -> None:
    """Also another program is refused every statement that is no addition in its order."""
    store = shared.opened()
    begin(store, "a", 3)
    before = content(store)
    columns = "(id, facts, opened, host, digest)"
    for statement in (
        "UPDATE acts SET state = 'full'",
        "DELETE FROM acts",
        "UPDATE files SET facts = '{}'",
        "DELETE FROM files",
        "UPDATE settings SET content = '{}'",
        "DELETE FROM settings",
        "DELETE FROM heads",
        "UPDATE heads SET count = 0",
        "UPDATE heads SET digest = ''",
        f"INSERT INTO files {columns} VALUES ('a', '{{}}', '2026-01-01', NULL, '')",
        "INSERT INTO acts SELECT 9, file, number, " + OTHERS,
        "INSERT INTO acts SELECT seq + 1, file, number + 1, " + OTHERS,
    ):
        with pytest.raises(Exception, match=r"only ever added|UNIQUE|unique|duplicate"):
            shared.execute(statement)
    assert content(store) == before
    store.close()


# ------------------------------------------------------------------------------------------- many at once


def test_threads_share_a_store_and_lose_nothing(store: Any) -> None:
    """Eight threads write through one store; every act is there, the whole order without a gap."""
    faults: list[BaseException] = []

    def write(name: str) -> None:
        try:
            begin(store, name, 20)
        except BaseException as error:  # noqa: BLE001 - a thread's fault must reach the test
            faults.append(error)

    threads = [threading.Thread(target=write, args=[f"t{n}"]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [row.seq for row in store.rows_since(0)] == list(range(1, 161))
    assert [Office(store, EDITIONS).verify(f"t{n}").standing for n in range(8)] == ["probationary"] * 8


WRITER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
import stores
place = object.__new__({kind})
place.address = {address!r}
print("ready", flush=True)
sys.stdin.readline()
with place.opened() as store:
    for n in range({files}):
        stores.begin(store, "{name}-%d" % n, 5)
        print(n, flush=True)
"""


def writer(place: Place, name: str, files: int) -> subprocess.Popen[str]:
    """A process that records five acts each of that many files, and says after each that it is recorded."""
    kind = type(place).__name__
    text = WRITER.format(
        tests=str(Path(__file__).parent), kind=f"stores.{kind}", address=place.address, name=name, files=files
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", text],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )


def test_eight_processes_begin_and_write_one_store(shared: Place) -> None:
    """Eight processes that begin the same store at once all write; none sees a lock, none loses an act."""
    children = [writer(shared, f"p{n}", 4) for n in range(8)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [child.communicate(timeout=120)[1] for child in children] == [""] * 8
    with shared.opened() as store:
        assert [row.seq for row in store.rows_since(0)] == list(range(1, 8 * 4 * 5 + 1))
        assert len(store.settings()) == 1
        office = Office(store, EDITIONS)
        assert {office.verify(file).standing for file in office.ids()} == {"activist"}


def test_what_was_said_to_be_recorded_survives_a_killed_writer(shared: Place) -> None:
    """A writer killed in mid-work has lost nothing that it had said; what stands is whole, and others go on."""
    shared.opened().close()
    for turn in range(3):
        child = writer(shared, f"k{turn}", 1000)
        assert child.stdout is not None
        assert child.stdin is not None
        child.stdout.readline()
        child.stdin.write("go\n")
        child.stdin.flush()
        said = [int(child.stdout.readline()) for _ in range(3)]
        child.kill()
        said += [int(line) for line in child.stdout.read().split()]
        child.communicate()
        with shared.opened() as store:
            office = Office(store, EDITIONS)
            assert {f"k{turn}-{n}" for n in said} <= set(office.ids())
            for file in office.ids():
                assert len(office.verify(file).acts) in range(1, 6)
            begin(store, f"after-{turn}", 1)


def test_the_patience_that_is_not_named_is_a_minute() -> None:
    """Who says nothing waits a minute."""
    assert module.PATIENCE == 60


def test_writers_in_one_process_all_get_their_turn(store: Any) -> None:
    """Of several threads that write without a pause none is left behind while the others come again and again."""
    counts = dict.fromkeys(range(4), 0)
    stop = time.monotonic() + 1.0

    def write(n: int) -> None:
        while time.monotonic() < stop:
            begin(store, f"w{n}-{counts[n]}", 1)
            counts[n] += 1

    threads = [threading.Thread(target=write, args=[n]) for n in counts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(counts.values()) > 0


# ------------------------------------------------------------------------------------------- on a server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Place]:
    """A place on the server of the tests."""
    found = place_of("postgres", tmp_path)
    yield found
    found.close()


def test_a_cut_connection_is_said_and_the_next_try_succeeds(server: Any) -> None:
    """A connection that the server ends within a transaction: one error of its kind, nothing half-written."""
    with server.opened() as store:
        office = begin(store)
        before = content(store)
        said = "look whether the act was recorded, and try again"
        with pytest.raises(LedgerError, match=said) as caught:  # noqa: PT012, SIM117 - cut between two acts
            with store.writing():
                assert office.advance("a", ACTS[2], today=TODAY).recorded
                ((own,),) = store._read("SELECT pg_backend_pid()")
                server.execute("SELECT pg_terminate_backend(?)", own)
                office.advance("a", ACTS[3], today=TODAY)
        assert caught.value.kind == "unreachable"
        assert content(store) == before
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        assert Office(store, EDITIONS).verify("a")


def test_a_server_that_is_not_there_is_said() -> None:
    """Without a server there is one sentence that names the database, and neither account nor password."""
    postgres = pytest.importorskip("recruitment.ledger.stores.postgres", reason="psycopg is not installed")
    with pytest.raises(
        LedgerError, match=r"postgresql://localhost/party: the database server does not answer"
    ) as caught:
        postgres.PostgresLedger.open("postgresql://clerk:secret@localhost:1/party", patience=2)
    assert caught.value.kind == "unreachable"
    assert "secret" not in caught.value.en + caught.value.zh
    assert "数据库服务器没有响应" in caught.value.zh


def test_what_is_missing_foreign_or_newer_on_a_server_is_told_apart(server: Any) -> None:
    """No tables, another application's tables, and a migration that is not known are three kinds."""
    for statement, kind in (
        ("SELECT 1", "missing"),
        ("CREATE TABLE files (id TEXT)", "foreign"),
        ("CREATE TABLE migrations (name TEXT); INSERT INTO migrations VALUES ('p999')", "newer"),
    ):
        server.execute(statement)
        with pytest.raises(LedgerError) as caught:
            server.opened(read_only=True)
        assert caught.value.kind == kind


def test_a_reader_on_a_server_writes_nothing(server: Any) -> None:
    """A ledger opened for reading is read, and what would write is refused."""
    server.opened().close()
    with server.opened() as store:
        begin(store)
    with server.opened(read_only=True) as store:
        assert len(store.rows("a")) == 2
        with pytest.raises(LedgerError, match="can only be read, nothing was written") as caught:
            Office(store, EDITIONS).advance("a", ACTS[2], today=TODAY)
        assert caught.value.kind == "read-only"


def test_guards_that_are_missing_changed_or_foreign_on_a_server_are_named(server: Any) -> None:
    """A trigger that is dropped, switched off or hollowed out, one of somebody else's, and a rewriting rule."""
    with server.opened() as store:
        assert store.flaws() == []
        server.execute("DROP TRIGGER acts_head ON acts")
        server.execute("ALTER TABLE files DISABLE TRIGGER files_no_change")
        server.execute(
            "CREATE OR REPLACE FUNCTION ledger_heads_forward() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN NEW; END'"
        )
        server.execute("CREATE RULE nothing AS ON INSERT TO acts DO INSTEAD NOTHING")
        assert [fault.where for fault in store.flaws()] == ["acts_head", "files_no_change", "heads_forward", "nothing"]


def test_every_command_takes_a_ledger_on_a_server(server: Any, tmp_path: Path) -> None:
    """From the first act to the audit: the commands answer as they do with a file, and `verify` finds it sound."""
    line = [sys.executable, "-c", "from recruitment.cli.main import main; main()"]
    environment = {**os.environ, "RECRUITMENT_DB": server.address, "RECRUITMENT_TODAY": TODAY.isoformat()}
    dossier = tmp_path / "regular.json"
    dossier.write_text(write_text([(FILE, ACTS[:9])]), encoding="utf-8")
    for code, words in (
        (2, ["list"]),
        (2, ["import", str(dossier), "--dry-run"]),
        (0, ["import", str(dossier)]),
        (0, ["show", FILE.id]),
        (0, ["list"]),
        (0, ["history", FILE.id]),
        (0, ["plan", FILE.id]),
        (0, ["due"]),
        (0, ["figures"]),
        (0, ["agenda"]),
        (0, ["calendar"]),
        (0, ["rejudge", FILE.id]),
        (0, ["export"]),
        (0, ["audit"]),
        (1, ["advance", FILE.id, "talk", "--on", "2026-01-01", "--no-input"]),
        (0, ["verify"]),
    ):
        done = subprocess.run([*line, *words], env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, words) == (code, words), done.stderr + done.stdout
        assert "Traceback" not in done.stderr
    with server.opened(read_only=True) as store:
        assert len(store.rows(FILE.id)) == 9
