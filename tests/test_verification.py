"""What somebody has changed in a ledger is named, with its place, by `verify`."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from stores import ACTS, EDITIONS, FILE, TODAY, begin
from tampering import reseal, unguarded

from recruitment.base.errors import BadInput, LedgerError
from recruitment.ledger.office import Office
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.verification import Verified, rulebooks_of_record, verify

CODES = [act.code for act in ACTS]
KNOWN = rulebooks_of_record(EDITIONS, frozenset())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with a whole file and two that stand midway; the clerk is named."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        office = Office(ledger, EDITIONS)
        files = [("a", 27), ("b", 12), ("c", 6)]
        for name, many in files:
            report = office.import_files([(evolve(FILE, id=name), ACTS[:many])], today=TODAY, recorded_by="clerk")
            assert report.written
    return path


def look(path: Path, **how: Any) -> Verified:
    """What a verification of the ledger finds."""
    with Ledger.open(path, read_only=True) as ledger:
        return verify(LedgerReader(ledger, EDITIONS), of_record=KNOWN, **how)


def seq_of(code: str, file: str = "a") -> int:
    """The place in the ledger of the first act of that code in a file."""
    return {"a": 0, "b": 27, "c": 39}[file] + CODES.index(code) + 1


def changed(code: str, change: Callable[[dict[str, Any]], None], column: str = "act") -> Callable[[Any], None]:
    """An alteration of one act's text."""

    def alter(connection: sqlite3.Connection) -> None:
        query = f"SELECT {column} FROM acts WHERE seq = ?"
        ((text,),) = connection.execute(query, [seq_of(code)]).fetchall()
        data = json.loads(text)
        change(data)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        connection.execute(f"UPDATE acts SET {column} = ? WHERE seq = ?", [text, seq_of(code)])

    return alter


def sql(*statements: str) -> Callable[[Any], None]:
    """An alteration by statements."""

    def alter(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return alter


def finding(value: str, other: str) -> Callable[[Any], None]:
    """The first finding of the ledger with that value gets another."""
    return sql(
        f"""UPDATE acts SET findings = replace(findings, '"value":"{value}"', '"value":"{other}"')
        WHERE seq = {seq_of("activist")}"""
    )


COLUMNS = (
    "act, state, edition, book, findings, recorded, recorded_by, moment, system_user, settings, readings, host, "
    "file_previous, previous, digest"
)
CLOSE_UP = "UPDATE acts SET seq = -(SELECT count(*) FROM acts AS o WHERE o.seq <= acts.seq)"
SWAP = "UPDATE acts SET {0} = -{0} WHERE {0} < 0"
TALK, ACTIVIST = seq_of("talk"), seq_of("activist")
ALTERATIONS: dict[str, tuple[Callable[[Any], None], str]] = {
    "an outcome": (
        changed("candidate_filing", lambda act: act.update(outcome="not_filed")),
        f"act {seq_of('candidate_filing')} ",
    ),
    "an act out of the middle": (sql(f"DELETE FROM acts WHERE seq = {ACTIVIST}"), f"act {ACTIVIST}"),
    "an act out of the middle, numbers closed up": (
        sql(
            f"DELETE FROM acts WHERE seq = {ACTIVIST}",
            "UPDATE acts SET number = -number + 1 WHERE file = 'a' AND number > 2",
            SWAP.format("number"),
            CLOSE_UP,
            SWAP.format("seq"),
        ),
        f"act {ACTIVIST} ",
    ),
    "two acts of a file in the other order": (
        sql(
            f"UPDATE acts SET number = -1 WHERE seq = {TALK}",
            f"UPDATE acts SET number = 1 WHERE seq = {ACTIVIST}",
            f"UPDATE acts SET number = 2 WHERE seq = {TALK}",
        ),
        f"act {TALK} ",
    ),
    "a state": (sql(f"UPDATE acts SET state = 'start' WHERE seq = {TALK}"), f"act {TALK} "),
    "votes": (
        changed("admission_meeting", lambda act: act["ballot"].update({"for": 1})),
        f"act {seq_of('admission_meeting')} ",
    ),
    "the day of a meeting": (
        changed("admission_meeting", lambda act: act.update(on="2024-05-19")),
        f"act {seq_of('admission_meeting')} ",
    ),
    "the day of a talk": (changed("talk", lambda act: act.update(on="2022-09-19")), f"act {TALK} "),
    "a date of birth": (sql("UPDATE files SET facts = replace(facts, '2001', '2011') WHERE id = 'b'"), "file b"),
    "an act exchanged between two persons": (
        sql(
            f"UPDATE acts SET act = (SELECT act FROM acts WHERE seq = {seq_of('talk')}) "
            f"WHERE seq = {seq_of('activist', 'b')}"
        ),
        f"act {seq_of('activist', 'b')} ",
    ),
    "an end cut off": (sql("DELETE FROM acts WHERE file = 'b' AND number >= 7"), "act 35"),
    "a whole file": (sql("DELETE FROM acts WHERE file = 'b'", "DELETE FROM files WHERE id = 'b'"), "act 28"),
    "a whole file, places closed up": (
        sql("DELETE FROM acts WHERE file = 'b'", "DELETE FROM files WHERE id = 'b'", CLOSE_UP, SWAP.format("seq")),
        "act 28 ",
    ),
    "the last file": (sql("DELETE FROM acts WHERE file = 'c'", "DELETE FROM files WHERE id = 'c'"), "file:c"),
    "the last act of a file": (sql("DELETE FROM acts WHERE seq = 45"), "file:c"),
    "the name of the person": (
        sql("UPDATE files SET facts = replace(facts, '\"name\":\"', '\"name\":\"某') WHERE id = 'a'"),
        "file a",
    ),
    "the names of mentors": (
        changed("mentors", lambda act: act["people"][0].update(name="某人")),
        f"act {seq_of('mentors')} ",
    ),
    "a day of entry": (sql(f"UPDATE acts SET recorded = '2022-09-21' WHERE seq = {TALK}"), f"act {TALK} "),
    "a clerk": (sql(f"UPDATE acts SET recorded_by = 'another' WHERE seq = {TALK}"), f"act {TALK} "),
    "a moment of entry": (sql(f"UPDATE acts SET moment = NULL WHERE seq = {TALK}"), f"act {TALK} "),
    "a verdict to unmet": (finding("met", "unmet"), f"act {ACTIVIST} "),
    "verdicts emptied": (sql(f"UPDATE acts SET findings = '[]' WHERE seq = {TALK}"), f"act {TALK} "),
    "the hash of a rulebook": (sql(f"UPDATE acts SET book = 'deadbeef' WHERE seq = {TALK}"), f"act {TALK} "),
    "an edition": (sql(f"UPDATE acts SET edition = '2026' WHERE seq = {TALK}"), f"act {TALK} "),
    "places of two files' acts exchanged": (
        sql(
            "UPDATE acts SET seq = -28 WHERE seq = 27",
            "UPDATE acts SET seq = 27 WHERE seq = 28",
            SWAP.format("seq"),
        ),
        "act 27 ",
    ),
    "an act put in by hand": (
        sql(f"INSERT INTO acts SELECT 46, 'c', 6, {COLUMNS} FROM acts WHERE seq = 34"),
        "act 46 ",
    ),
    "a file put in by hand": (
        sql(
            "INSERT INTO files SELECT 'd', replace(facts, '\"c\"', '\"d\"'), opened, host, digest FROM files "
            "WHERE id = 'c'",
            f"INSERT INTO acts SELECT 46, 'd', 0, {COLUMNS} FROM acts WHERE seq = 40",
        ),
        "file d",
    ),
    "a head": (sql("UPDATE heads SET count = 44 WHERE scope = 'ledger'"), "ledger"),
    "the settings": (sql("UPDATE settings SET content = '{}'"), "settings 0"),
    "the settings taken away": (sql("DELETE FROM settings"), "settings"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_each_alteration_is_named_with_its_place(path: Path, name: str) -> None:
    """Whatever is changed with the triggers taken off and put back: its place is among those that are named."""
    alter, place = ALTERATIONS[name]
    before = used(path)
    with unguarded(path) as connection:
        alter(connection)
    assert used(path) != before
    found = look(path)
    assert not found.sound
    places = [f"{fault.where} {fault.label.en}" for fault in found.faults]
    assert any(said.startswith(place) for said in places), places
    assert all(fault.label.zh and not fault.label.zh.isascii() for fault in found.faults)


def test_a_ledger_that_nobody_has_changed_is_sound(path: Path) -> None:
    """Nothing is found, and everything was counted."""
    found = look(path)
    assert found.faults == ()
    assert (found.files, found.acts, found.settings, found.sealed, found.since) == (3, 45, 1, 0, None)


def test_triggers_that_are_missing_changed_or_foreign_are_named(path: Path) -> None:
    """Each is named; with them nothing is written to the ledger any more."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER acts_no_update")
        connection.execute("DROP TRIGGER files_once")
        connection.execute("CREATE TRIGGER files_once BEFORE INSERT ON files BEGIN SELECT 1; END")
        connection.execute("CREATE TRIGGER mine BEFORE INSERT ON acts BEGIN SELECT RAISE(IGNORE); END")
        connection.execute("CREATE TABLE host (x)")
        connection.execute("CREATE TRIGGER of_the_host BEFORE INSERT ON host BEGIN SELECT 1; END")
    assert [fault.where for fault in look(path).faults] == ["acts_no_update", "files_once", "mine"]
    with pytest.raises(LedgerError, match="see recruitment verify") as caught:
        Ledger.open(path)
    assert caught.value.kind == "altered"


def test_a_trigger_that_swallows_acts_is_noticed_by_whoever_records(path: Path) -> None:
    """Where a trigger takes an act away in silence, an office that is at work says so, and nothing stands half."""
    with Ledger.open(path) as ledger:
        office = Office(ledger, EDITIONS)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE TRIGGER mine BEFORE INSERT ON acts BEGIN SELECT RAISE(IGNORE); END")
        with pytest.raises(LedgerError, match="the database did not take the row"):
            office.advance("c", ACTS[6], today=TODAY)
        with pytest.raises(LedgerError, match="the database did not take the row"):
            office.import_files([(evolve(FILE, id=f"z{n}"), ACTS) for n in range(3)], today=TODAY)
        assert len(office.case("c").acts) == 6
        assert list(office.ids()) == ["a", "b", "c"]


def test_a_rulebook_of_ones_own_is_named(path: Path) -> None:
    """Acts that were ruled by a rulebook which was never published are named, also where everything else fits."""
    lenient = evolve(
        EDITIONS,
        rulebooks=tuple(
            evolve(book, rules=tuple(evolve(rule, force="advice") for rule in book.rules))
            for book in EDITIONS.rulebooks
        ),
    )
    with Ledger.open(path) as ledger:
        assert Office(ledger, lenient).advance("c", ACTS[6], today=TODAY).recorded
    (fault,) = look(path).faults
    assert fault.where == "act 46"
    assert "neither of record nor named in the settings" in fault.label.en


# ------------------------------------------------------------------------------------------- the anchor


def test_an_anchor_holds_while_the_ledger_grows(path: Path) -> None:
    """A ledger contains what it held when the line was printed, however much was added since."""
    anchor = look(path).anchor
    with Ledger.open(path) as ledger:
        assert Office(ledger, EDITIONS).advance("c", ACTS[6], today=TODAY).recorded
    assert look(path, anchor=anchor).sound
    assert look(path).anchor != anchor


def test_a_chain_that_was_made_again_is_found_by_the_anchor(path: Path) -> None:
    """Who changes a name and makes the chain and its heads again is found out by the anchor alone."""
    anchor = look(path).anchor
    with unguarded(path) as connection:
        connection.execute(f"UPDATE acts SET recorded_by = 'another' WHERE seq = {TALK}")
        reseal(connection)
    assert look(path).sound is False or look(path, anchor=anchor).sound is False
    (*_, fault) = look(path, anchor=anchor).faults
    assert fault.where == "anchor"
    assert "the chain was made again" in fault.label.en


def test_an_older_copy_is_found_by_the_anchor(path: Path, tmp_path: Path) -> None:
    """An older copy is sound in itself, and does not hold what the anchor says."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    with Ledger.open(path) as ledger:
        assert Office(ledger, EDITIONS).advance("c", ACTS[6], today=TODAY).recorded
    anchor = look(path).anchor
    assert look(copy).sound
    (fault,) = look(copy, anchor=anchor).faults
    assert fault.label.en == "the ledger held 46 acts and 1 settings then, and holds 45 and 1 now"


@pytest.mark.parametrize("line", ["", "45", "45-1-xyz", "45-1-" + "g" * 64, "٤-1-" + "0" * 64])
def test_a_line_that_is_no_anchor_is_bad_input(path: Path, line: str) -> None:
    """What cannot be an anchor is not checked against."""
    with pytest.raises(BadInput, match="this is no anchor"):
        look(path, anchor=line)


# ------------------------------------------------------------------------------------------- the file itself


def used(path: Path) -> list[Any]:
    """Everything that can be read from the ledger's tables, as bytes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("files", "acts", "settings", "heads")
        ]


@pytest.mark.parametrize("seed", range(4))
def test_random_flips_of_bytes_are_noticed(path: Path, seed: int) -> None:
    """Of 75 flips each either something is named, or all that was recorded reads as before; there is no traceback."""
    chance = random.Random(seed)
    whole, before, noticed = path.read_bytes(), used(path), 0
    for _ in range(75):
        flipped = bytearray(whole)
        start, many = chance.randrange(len(whole)), chance.choice((1, 1, 2, 8, 64))
        for place in range(start, min(start + many, len(whole))):
            flipped[place] ^= chance.randrange(1, 256)
        path.write_bytes(flipped)
        try:
            sound = look(path).sound
        except LedgerError:  # it does not even open
            sound = False
        if sound:
            assert used(path) == before
        noticed += not sound
    assert noticed > 30


# ------------------------------------------------------------------------------------------- the command


def command(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What `recruitment verify` answers in English."""
    line = [sys.executable, "-c", "from recruitment.cli.main import main; main()", "verify", "--db", str(path)]
    return subprocess.run([*line, "--lang", "en", *words], capture_output=True, text=True, check=False)


def test_the_command_says_what_it_found(path: Path) -> None:
    """Exit code 0 and the counts; the anchor on asking; 1 and the place where something was changed."""
    sound = command(path, "--anchor")
    assert (sound.returncode, sound.stderr) == (0, "")
    said, anchor = sound.stdout.splitlines()
    assert said == "the ledger is what was recorded in it: 3 files, 45 acts"
    assert command(path, "--anchor", anchor).returncode == 0
    assert json.loads(command(path, "--json").stdout)["anchor"] == anchor
    with unguarded(path) as connection:
        connection.execute("DELETE FROM acts WHERE seq = 45")
    altered = command(path)
    assert altered.returncode == 1
    assert "file:c: 5 entries are there and 6 were recorded" in altered.stdout
    assert json.loads(command(path, "--json").stdout)["sound"] is False
    older = command(path, "--anchor", anchor)
    assert older.returncode == 1
    assert "anchor: the ledger held 45 acts" in older.stdout
    assert command(path, "--anchor", "yesterday").returncode == 2


@pytest.fixture(scope="session")
def first_form() -> str:
    """The dump of a ledger as the first form wrote it."""
    return (Path(__file__).parent / "ledgers" / "1.sql").read_text(encoding="utf-8")


def load(path: Path, dump: str) -> None:
    """Make a SQLite file of a dump."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
        connection.execute("PRAGMA application_id = 0x4D444C31")
    path.chmod(0o600)


def test_a_ledger_of_the_first_form_is_sealed_as_it_is(tmp_path: Path, first_form: str) -> None:
    """Its acts stay byte for byte, a copy from before stands beside it, and `verify` says from when it is sealed."""
    path = tmp_path / "ledger.db"
    load(path, first_form)
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("SELECT * FROM acts ORDER BY seq").fetchall()
    with pytest.raises(LedgerError, match="open it once for writing") as caught:
        Ledger.open(path, read_only=True)
    assert caught.value.kind == "older"
    with Ledger.open(path) as ledger:
        assert [row[:10] for row in ledger.rows_since(0)] == before
        office = Office(ledger, EDITIONS)
        held = {file: office.verify(file).standing for file in office.ids()}
        begin(ledger, "new", 2)
    (aside,) = tmp_path.glob("ledger.db.*.form-1")
    assert re.fullmatch(r"ledger\.db\.[0-9]{4}-[0-9]{2}-[0-9]{2}\.form-1", aside.name)
    assert aside.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT * FROM acts ORDER BY seq").fetchall() == before
    found = look(path)
    assert found.faults == ()
    assert (found.sealed, found.acts) == (len(before), len(before) + 2)
    assert set(held) == {row[1] for row in before}
    said = command(path).stdout
    assert found.since is not None
    assert f"the first {len(before)} were recorded earlier and sealed on {found.since[:10]}" in said
    with unguarded(path) as connection:
        connection.execute("UPDATE acts SET recorded_by = 'another' WHERE seq = 1")
    assert not look(path).sound


def test_a_ledger_of_the_second_form_is_read_as_it_is(tmp_path: Path) -> None:
    """A dump of it is sound as it is and left so by a reader; a writer adds the views, keeps a copy, and goes on."""
    path = tmp_path / "ledger.db"
    load(path, (Path(__file__).parent / "ledgers" / "2.sql").read_text(encoding="utf-8"))
    found = look(path)
    assert found.faults == ()
    assert (found.sealed, found.acts, found.since) == (37, 40, "2026-11-29T12:00:00.000+00:00")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall() == []
    with Ledger.open(path) as ledger:
        assert ledger.kept is not None
        begin(ledger, "new", 2)
    assert look(path).acts == 42
    assert look(ledger.kept).acts == 40
    assert ledger.kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT entries FROM v_files WHERE file = '2022-0007'").fetchone() == (27,)
    with Ledger.open(path) as ledger:
        assert ledger.kept is None
