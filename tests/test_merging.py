"""Taking in the files of another ledger: what is kept, what conflicts, and that all of it or nothing is written."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, begin, content, place_of
from tampering import tamper
from test_settings import UNIT, until_refused

from recruitment.base.errors import BadInput, Conflict, LedgerError
from recruitment.base.structure.values import dump
from recruitment.cli.main import cli
from recruitment.ledger.backup import back_up
from recruitment.ledger.merging import MergeReport, merge
from recruitment.ledger.office import Office
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.rows import ActRow
from recruitment.ledger.settings import LedgerSettings, change_settings, settings_in_force
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.stores.sqlite_schema import APPLICATION_ID
from recruitment.ledger.verification import rulebooks_of_record, verify
from recruitment.ledger.verified_acts import VerifiedActs
from recruitment.rulebooks.kept_folder import keep_folder

KNOWN = rulebooks_of_record(EDITIONS, frozenset())


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where each kind of store is kept for a test."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


def merged(store: Any, other: Any, **how: Any) -> MergeReport:
    """What merging another store into one finds."""
    return merge(LedgerReader(store), LedgerReader(other), of_record=KNOWN, **how)


def kept(row: ActRow) -> ActRow:
    """All that an act keeps when it is taken in."""
    return row._replace(seq=0, settings=0, file_previous="", previous="", digest="")


def acts(store: Any) -> dict[str, list[ActRow]]:
    """What a store holds of each file."""
    return {file: [kept(row) for row in store.rows(file)] for file in store.ids()}


def is_sound(store: Any) -> bool:
    """Whether everything in a store is what was recorded, each file replayed."""
    found = verify(LedgerReader(store), of_record=KNOWN)
    assert not found.faults
    return found.sound


def advanced(store: Any, name: str, *numbers: int, recorded_by: str | None = None) -> None:
    """Record acts of the regular file under that id."""
    office = Office(store, EDITIONS)
    for number in numbers:
        assert office.advance(name, ACTS[number], today=TODAY, recorded_by=recorded_by).recorded


@contextmanager
def parted(folder: Path) -> Iterator[tuple[Ledger, Ledger]]:
    """Two ledgers that share a beginning: a with three acts and b with one."""
    with Ledger.open(folder / "one.db", create=True) as ledger:
        begin(ledger, "a", 3)
        begin(ledger, "b", 1)
        back_up(ledger, folder / "other.db")
        with Ledger.open(folder / "other.db") as other:
            yield ledger, other


# ------------------------------------------------------------------------------------------- what is taken in


def test_files_of_another_ledger_are_kept_as_they_were_recorded(place: Place) -> None:
    """Rulebook, findings, days, moment, clerk and account of each act are those of the source; the chain holds."""
    source = MemoryLedger()
    office = begin(source, "theirs", 3)
    assert office.advance("theirs", ACTS[3], today=TODAY, recorded_by="录入员丁").recorded
    begin(source, "too", 2)
    with place.opened() as store:
        begin(store, "ours", 2)
        before = acts(store)
        report = merged(store, source)
        assert (report.new, report.added, report.conflicts) == (6, 6, ())
        assert acts(store) == before | acts(source)
        assert store.file("theirs") == source.file("theirs")
        assert [(row.file, row.number) for row in store.rows_since(2)] == [
            (row.file, row.number) for row in source.rows_since(0)
        ]
        assert is_sound(store)
        assert LedgerReader(store, EDITIONS).history("theirs")[3].recorded_by == "录入员丁"
        advanced(store, "theirs", 4)
        assert is_sound(store)


def test_the_entry_of_a_merger_names_where_the_acts_come_from(place: Place) -> None:
    """It is in the chain: the other ledger's own id and anchor, its settings, and the digest each file ended with."""
    source = MemoryLedger()
    begin(source, "theirs", 3)
    anchor = verify(LedgerReader(source, EDITIONS)).anchor
    with place.opened() as store:
        begin(store, "ours", 2)
        report = merged(store, source, set_by="书记甲")
        _, entry = store.settings()
        assert (entry.number, entry.acts, entry.set_by) == (1, 2, "书记甲")
        assert {row.settings for row in store.rows("theirs")} == {1}
        said = json.loads(entry.content)
        assert (said["rulebooks"], said["settings"]) == ([], dump(LedgerSettings()))
        assert said["merged"] == {
            "ledger": report.ledger,
            "anchor": anchor,
            "files": {"theirs": [0, 3, source.rows("theirs")[-1].digest]},
            "settings": [list(row) for row in source.settings()],
        }
        assert report.ledger == json.loads(source.settings()[0].content)["ledger"]


def test_merging_twice_changes_nothing(place: Place) -> None:
    """Nor does merging back what was taken in: it brings nothing new, and not even an entry is written."""
    source = MemoryLedger()
    begin(source, "theirs", 3)
    with place.opened() as store:
        begin(store, "ours", 2)
        merged(store, source)
        before = content(store)
        report = merged(store, source)
        assert (report.new, report.added, report.files[0].existing) == (0, 0, 3)
        assert content(store) == before
        assert merged(source, store).added == 2
        again = content(source)
        assert merged(source, store).added == 0
        with pytest.raises(BadInput, match="this is the ledger itself"):
            merged(store, store)
        assert (content(source), content(store)) == (again, before)
        assert acts(source) == acts(store)


def test_a_longer_file_continues_the_shorter_one(tmp_path: Path) -> None:
    """Where both begin alike, what only the other holds is appended; what only this one holds stays."""
    with parted(tmp_path) as (ledger, other):
        advanced(other, "a", 3, 4)
        advanced(ledger, "b", 1, 2)
        report = merged(ledger, other)
        assert [(file.id, file.existing, file.new) for file in report.files] == [("a", 3, 2), ("b", 1, 0)]
        assert (len(ledger.rows("a")), len(ledger.rows("b"))) == (5, 3)
        assert is_sound(ledger)
        assert merged(other, ledger).added == 2
        assert acts(other) == acts(ledger)


def test_what_was_sealed_or_ruled_by_a_book_of_before_is_taken_in(tmp_path: Path) -> None:
    """Rows of the first form, sealed when they were migrated, by rulebooks that only their settings name."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "ledgers" / "1.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with Ledger.open(path) as old, Ledger.open(tmp_path / "new.db", create=True) as ledger:
        begin(ledger, "ours", 2)
        assert merged(ledger, old).added == len(list(old.rows_since(0)))
        assert is_sound(ledger)
        assert json.loads(ledger.settings()[1].content)["rulebooks"] != []
        with Ledger.open(tmp_path / "third.db", create=True) as third:
            assert merged(third, ledger).added == len(list(ledger.rows_since(0)))
            assert is_sound(third)


# ------------------------------------------------------------------------------------------- settings


def test_the_settings_of_each_ledger_stay_what_they_were(place: Place) -> None:
    """Acts are replayed by the readings of their own ledger, and the next ones judged by those of this one."""
    source = MemoryLedger()
    change_settings(source, LedgerSettings(policies={"after-refused-approval": "activist"}), set_by=None)
    until_refused(Office(source))
    with place.opened() as store:
        kept_by = LedgerSettings(policies={"quarter": "rolling"})
        change_settings(store, kept_by, set_by=None)
        office = Office(store)
        assert office.open(evolve(FILE, id="ours"), ACTS[0], today=TODAY).recorded
        assert merged(store, source).conflicts == ()
        entry = settings_in_force(store)
        assert entry is not None
        assert (entry.number, entry.settings) == (2, kept_by)
        assert Office(store).case(FILE.id).state == Office(source).case(FILE.id).state
        with pytest.raises(Conflict, match="open the ledger again"):
            office.advance("ours", ACTS[1], today=TODAY)
        again = Office(store)
        assert again.editions.rulebooks[-1].policies["quarter"] == "rolling"
        assert again.advance("ours", ACTS[1], today=TODAY).recorded
        assert is_sound(store)


def test_an_act_by_a_local_edition_needs_that_edition_here(place: Place) -> None:
    """Without it the file is a conflict that names the edition; once it is set the file is taken in and replayed."""
    folder = keep_folder(UNIT, "--local")
    unit = LedgerSettings(local={folder.name: dict(folder.files)})
    source = MemoryLedger()
    change_settings(source, unit, set_by=None)
    assert Office(source).open(evolve(FILE, id="a", overlays=("unit-9",)), ACTS[0], today=TODAY).recorded
    begin(source, "b", 2)
    with place.opened() as store:
        (conflict,) = merged(store, source, dry_run=True).conflicts
        assert conflict.conflict is not None
        assert conflict.conflict.en == (
            "act 0 was judged by the edition 2014+unit-9, which the settings of this ledger do not have; set it first "
            "with recruitment settings --local"
        )
        assert merged(store, source, skip_conflicts=True).added == 2
        change_settings(store, unit, set_by=None)
        assert merged(store, source).added == 1
        assert is_sound(store)


def test_a_local_edition_of_one_name_and_another_text_is_a_conflict(place: Place) -> None:
    """The folder may have another name; a clause may not have another rule."""
    folder = keep_folder(UNIT, "--local")
    files = dict(folder.files)
    source = MemoryLedger()
    change_settings(source, LedgerSettings(local={folder.name: files}), set_by=None)
    assert Office(source).open(evolve(FILE, id="a", overlays=("unit-9",)), ACTS[0], today=TODAY).recorded
    changed = {name: text.replace("at_least_two_thirds", "more_than_half") for name, text in files.items()}
    assert changed != files
    with place.opened() as store:
        change_settings(store, LedgerSettings(local={"elsewhere": changed}), set_by=None)
        (conflict,) = merged(store, source, dry_run=True).conflicts
        assert conflict.conflict is not None
        assert "that local edition is not the same in the two ledgers" in conflict.conflict.en
        change_settings(store, LedgerSettings(local={"elsewhere": files}), set_by=None)
        assert merged(store, source).added == 1


def test_ledgers_that_are_merged_again_and_again_do_not_swell() -> None:
    """The entry of a merger does not hold those of earlier mergers over and over."""
    one, two = MemoryLedger(), MemoryLedger()
    sizes = []
    for n in range(8):
        begin(one if n % 2 else two, f"f{n}", 1)
        here, there = (two, one) if n % 2 else (one, two)
        assert merged(here, there).added == 1
        sizes.append(len(here.settings()[-1].content))
    assert sizes[-1] < 8 * sizes[0]


def test_no_ledger_is_made_for_one_that_cannot_be_merged(tmp_path: Path) -> None:
    """The other ledger is verified before one is made to take it in."""
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        begin(other, "a", 2)
    tamper(tmp_path / "other.db", "UPDATE acts SET recorded_by = 'x' WHERE seq = 2")
    refused = run(tmp_path / "none.db", "merge", str(tmp_path / "other.db"))
    assert (refused.exit_code, "is not what was recorded in it" in refused.output) == (2, True)
    assert not (tmp_path / "none.db").exists()


# ------------------------------------------------------------------------------------------- conflicts


def test_files_that_part_are_conflicts_and_nothing_is_written(tmp_path: Path) -> None:
    """Each is named with the act from which on it differs; the files that could be merged are not merged either."""
    with parted(tmp_path) as (ledger, other):
        begin(other, "new", 2)
        for store, on in ((ledger, date(2022, 12, 12)), (other, date(2022, 12, 13))):
            assert Office(store, EDITIONS).advance("a", evolve(ACTS[3], on=on), today=TODAY).recorded
        advanced(ledger, "b", 1)
        advanced(other, "b", 1, recorded_by="another")
        before = content(ledger)
        report = merged(ledger, other)
        assert report.added == 0
        assert {file.id: file.conflict.en for file in report.conflicts if file.conflict} == {
            "a": "act 3 is activist_filing of 2022-12-12 here and activist_filing of 2022-12-13 there, with other "
            "content; decide which ledger is to be kept",
            "b": "act 1 (talk of 2022-09-20) was entered in each ledger separately, by another clerk, at another "
            "moment or with other findings; decide which ledger is to be kept",
        }
        assert all(file.conflict and "请选定以哪个台账为准" in file.conflict.zh for file in report.conflicts)
        assert content(ledger) == before
        some = merged(ledger, other, skip_conflicts=True)
        assert (some.added, [file.id for file in some.conflicts]) == (2, ["a", "b"])
        assert set(ledger.ids()) == {"a", "b", "new"}
        assert is_sound(ledger)


def test_other_facts_of_one_id_are_a_conflict() -> None:
    """Two people under one id are not one file; the fact is named, its values are not."""
    here, there = MemoryLedger(), MemoryLedger()
    begin(here, "a", 2)
    assert Office(there, EDITIONS).open(evolve(FILE, id="a", name="申请人乙"), ACTS[0], today=TODAY).recorded
    (conflict,) = merged(here, there).conflicts
    assert conflict.conflict is not None
    assert conflict.conflict.en == "name differs between the two ledgers; see whether it is the same file"
    assert "申请人" not in conflict.conflict.zh
    later = MemoryLedger()
    assert Office(later, EDITIONS).open(evolve(FILE, id="a"), ACTS[0], today=date(2026, 11, 23)).recorded
    (conflict,) = merged(here, later).conflicts
    assert conflict.conflict is not None
    assert "opened in each ledger separately, on 2026-11-22 and 2026-11-23" in conflict.conflict.en


def test_a_source_that_does_not_verify_is_refused(tmp_path: Path) -> None:
    """The place is named and nothing is written; so it is where a rulebook is neither of record nor named."""
    with parted(tmp_path) as (ledger, other):
        begin(other, "new", 2)
        other.close()
        before = content(ledger)
        tamper(tmp_path / "other.db", "UPDATE acts SET recorded_by = 'x' WHERE seq = 5")
        with Ledger.open(tmp_path / "other.db", read_only=True) as altered, pytest.raises(LedgerError) as caught:
            merged(ledger, altered)
        assert caught.value.kind == "altered"
        assert "act 5 (file new, 0): it is not what was recorded" in caught.value.en
        assert content(ledger) == before


def test_a_merger_that_fails_midway_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault after the first page takes the entry of the merger and every act back."""
    monkeypatch.setattr("recruitment.ledger.verified_acts.PAGE", 2)
    with parted(tmp_path) as (ledger, other):
        begin(other, "new", 5)
        before = content(ledger)
        ledger.database.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON main.acts WHEN NEW.file = 'new' AND NEW.number = 4 "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        with pytest.raises(LedgerError, match="no room"):
            merged(ledger, other)
        assert content(ledger) == before
        ledger.database.execute("DROP TRIGGER full")
        assert merged(ledger, other).added == 5


def test_only_a_merger_makes_what_a_store_takes_in() -> None:
    """Acts that were not verified are refused by their class and by the store."""
    store = MemoryLedger()
    with pytest.raises(TypeError, match="made by merge"):
        VerifiedActs(object(), iter(()), iter(()), "{}")
    with pytest.raises(TypeError, match="VerifiedActs only"):
        store.take_in(object(), set_by=None)  # type: ignore[arg-type]  # what a host might try


# ------------------------------------------------------------------------------------------- any two ledgers

LENGTHS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4), max_size=4)


@settings(max_examples=25)
@given(shared=LENGTHS, here=LENGTHS, there=LENGTHS)
def test_two_ledgers_of_one_beginning_merge_or_are_named(
    shared: dict[str, int], here: dict[str, int], there: dict[str, int]
) -> None:
    """A file parts exactly where both have gone on; else the result holds the longer of the two, both ways alike."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.db", Path(folder) / "other.db"
        with Ledger.open(one, create=True) as ledger:
            grow(ledger, shared, "both")
        shutil.copy(one, other)
        with Ledger.open(one) as ledger, Ledger.open(other) as source:
            grow(ledger, here, "here")
            grow(source, there, "there")
            ours, theirs = acts(ledger), acts(source)
            clash = sorted(name for name in "abcd" if here.get(name) and there.get(name))
            before = content(ledger)
            report = merged(ledger, source)
            assert [file.id for file in report.conflicts] == clash
            if clash:
                assert content(ledger) == before
                report = merged(ledger, source, skip_conflicts=True)
            longer = {
                name: ours.get(name, []) if name in clash else max(ours.get(name, []), theirs.get(name, []), key=len)
                for name in {*ours, *theirs}
            }
            assert acts(ledger) == longer
            assert report.added == sum(map(len, longer.values())) - sum(map(len, ours.values()))
            assert is_sound(ledger)
            after = content(ledger)
            assert merged(ledger, source, skip_conflicts=True).added == 0
            assert content(ledger) == after


def grow(ledger: Ledger, by: dict[str, int], clerk: str) -> None:
    """Record so many acts more of each file, which is opened where it is not there; another clerk is another record."""
    office = Office(ledger, EDITIONS)
    for name, many in by.items():
        held = len(ledger.rows(name))
        for number in range(held, held + many):
            if number:
                decision = office.advance(name, ACTS[number], today=TODAY, recorded_by=clerk)
            else:
                decision = office.open(evolve(FILE, id=name), ACTS[0], today=TODAY, recorded_by=clerk)
            assert decision.recorded


# ------------------------------------------------------------------------------------------- the command


def run(path: Path, *words: str, lang: str = "en") -> Result:
    """A command on the ledger."""
    env = {"RECRUITMENT_DB": str(path), "RECRUITMENT_TODAY": "2026-11-30", "COLUMNS": "200"}
    return CliRunner().invoke(cli, [*words, "--lang", lang], env=env)


def test_the_command_says_what_it_brings_and_what_differs(tmp_path: Path) -> None:
    """Tried first, then done, then nothing new; a conflict is exit code 1 and named, in either language."""
    with parted(tmp_path) as (_, other):
        advanced(other, "a", 3)
        begin(other, "new", 2)
    one, two = tmp_path / "one.db", str(tmp_path / "other.db")
    tried = run(one, "merge", two, "--dry-run")
    assert tried.output.splitlines() == [
        "a: new acts 1, already there 3",
        "new: new acts 2, already there 0",
        "it can be merged; nothing was written, as asked",
    ]
    done = run(one, "merge", two, "--by", "甲")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "merged: 2 files, 3 acts")
    assert run(one, "verify").exit_code == 0
    for same in (two, str(one)):
        assert run(one, "merge", same).output == "the other ledger brings nothing new; nothing was written\n"
    for path, on in ((one, "2023-06-01"), (Path(two), "2023-06-02")):
        words = ("advance", "b", "talk", "--on", on, "--talkers", "role=branch_secretary", "--papers", "talk_record")
        assert run(path, *words).exit_code == 0
    refused = run(one, "合并", two, lang="zh")
    assert refused.exit_code == 1
    assert (
        "✗ b：第 1 项在此为“党组织派人谈话”（2023-06-01），在另一台账为“党组织派人谈话”（2023-06-02）" in refused.output
    )
    assert refused.output.splitlines()[-1] == "未并入任何内容：1 份档案不同"
    data = json.loads(run(one, "merge", two, "--json").output)
    assert (data["written"], data["new"], data["added"]) == (False, 0, 0)
    assert {file["id"]: file["conflict"] is None for file in data["files"]} == {"a": True, "b": False, "new": True}


def test_what_cannot_be_merged_is_one_sentence(tmp_path: Path) -> None:
    """No ledger, an empty path, bytes that are none, an older form; the ledger stays as it is."""
    with parted(tmp_path):
        pass
    (tmp_path / "notes").write_bytes(b"not a database, but long enough to be looked at\n" * 100)
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.executescript((Path(__file__).parent / "ledgers" / "1.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    before = (tmp_path / "one.db").read_bytes()
    for other, sentence in {
        str(tmp_path / "nowhere"): "there is no ledger",
        "": "OTHER: the path is empty",
        str(tmp_path / "notes"): "this is not a ledger",
        str(tmp_path / "old.db"): "of an older version; open it once for writing",
    }.items():
        result = run(tmp_path / "one.db", "merge", other)
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert sentence in result.output
    assert (tmp_path / "one.db").read_bytes() == before
    assert not (tmp_path / "none.db").exists()
    assert run(tmp_path / "none.db", "merge", str(tmp_path / "other.db"), "--dry-run").exit_code == 2
    assert not (tmp_path / "none.db").exists()
    assert run(tmp_path / "none.db", "merge", str(tmp_path / "other.db")).exit_code == 0
    assert run(tmp_path / "none.db", "verify").exit_code == 0
