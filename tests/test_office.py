"""The office: each act judged on what then stands, and recorded whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import evolve
from tampering import forge, tamper

from recruitment import load_rulebooks
from recruitment.base.dates import Days
from recruitment.base.errors import BadInput, Conflict, LedgerError, UnknownFile
from recruitment.formats.dossier import documents as dossier
from recruitment.ledger import codec as records
from recruitment.ledger.office import Office
from recruitment.ledger.rows import canonical
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.record.acts import Act, File, Sponsors
from recruitment.record.evidence import UNKNOWN

TODAY = date(2026, 11, 22)
REGULAR = Path(__file__).parents[1] / "examples" / "dossiers" / "regular.json"
FILE, ACTS = dossier.read_path(REGULAR)[0]
CODES = [act.code for act in ACTS]
SPONSORS, REVIEW, APPROVAL = (
    CODES.index("sponsors"),
    CODES.index("political_review"),
    CODES.index("admission_approval"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test keeps its ledger."""
    return tmp_path / "ledger.db"


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    """An office with an empty ledger."""
    with Ledger.open(path, create=True) as ledger:
        yield Office(ledger, load_rulebooks())


def walk(office: Office, acts: int = len(ACTS), name: str = FILE.id) -> None:
    """Record the first acts of the regular file one by one."""
    assert office.open(evolve(FILE, id=name), ACTS[0], today=TODAY).recorded
    for act in ACTS[1:acts]:
        assert office.advance(name, act, today=TODAY).recorded


def database(office: Office) -> Any:
    """The plain database under an office."""
    assert isinstance(office.ledger, Ledger)
    return office.ledger.database


def stored(office: Office) -> list[tuple[object, ...]]:
    """Everything that the ledger holds."""
    ask = database(office).query
    return [*map(tuple, (row.values() for table in ("files", "acts") for row in ask(f"SELECT * FROM {table}")))]


def rules(office: Office, name: str, act: Act) -> list[str]:
    """The rules by which an act would be refused."""
    return [finding.rule.code for finding in office.why(name, act, today=TODAY).barring]


# ------------------------------------------------------------------------------------------- one by one


def test_the_regular_file_reaches_full_member(office: Office) -> None:
    """All acts of the regular file are recorded in their order, and the person is a full member."""
    opened = office.open(FILE, ACTS[0], today=TODAY, recorded_by="clerk")
    assert (opened.recorded, opened.index, opened.seq, opened.case.standing) == (True, 0, 1, "applicant")
    for n, act in enumerate(ACTS[1:], 1):
        decision = office.advance(FILE.id, act, today=TODAY, expected=n)
        assert (decision.recorded, decision.index, decision.seq) == (True, n, n + 1)
        assert decision.case == office.case(FILE.id)
    assert office.case(FILE.id).standing == "full"
    assert office.verify(FILE.id) == office.case(FILE.id)


def test_reopening_and_replaying_gives_the_same_case(office: Office, path: Path) -> None:
    """After every act a second office on the file, and a replay by the machine, see the same case."""
    walk(office, 1)
    for act in ACTS[1:]:
        case = office.advance(FILE.id, act, today=TODAY).case
        with Ledger.open(path, read_only=True) as ledger:
            records.read_act_text.cache_clear()
            assert Office(ledger, load_rulebooks()).verify(FILE.id) == case


def test_a_refused_act_writes_nothing(office: Office) -> None:
    """A refusal comes back with its ruling and the case as it stands; not a row is added."""
    walk(office, SPONSORS)
    before = stored(office)
    decision = office.advance(FILE.id, ACTS[APPROVAL], today=TODAY)
    assert not decision.recorded
    assert (decision.index, decision.seq) == (None, None)
    assert "order" in [finding.rule.code for finding in decision.ruling.barring]
    assert decision.case == office.case(FILE.id)
    assert stored(office) == before


def test_a_refused_first_act_leaves_no_file(office: Office) -> None:
    """Where the application is refused there is no file either."""
    young = evolve(FILE, born=date(2010, 1, 1))
    decision = office.open(young, ACTS[0], today=TODAY)
    assert not decision.recorded
    assert "age-18" in [finding.rule.code for finding in decision.ruling.barring]
    assert stored(office) == []


def test_a_file_is_opened_once(office: Office) -> None:
    """A second file of the same id is a conflict, and the first stands."""
    walk(office, 2)
    before = stored(office)
    with pytest.raises(Conflict, match="the ledger has a file of this id already") as caught:
        office.open(FILE, ACTS[0], today=TODAY)
    assert "已有此编号" in caught.value.zh
    assert stored(office) == before


def test_a_file_that_has_moved_is_a_conflict(office: Office) -> None:
    """A caller who saw another number of acts is told so, whatever the act; nothing is written."""
    walk(office, 2)
    before = stored(office)
    for seen in (0, 1, 3):
        with pytest.raises(Conflict, match=f"holds 2 acts and {seen} were expected; nothing was written"):
            office.advance(FILE.id, ACTS[2], today=TODAY, expected=seen)
    assert stored(office) == before
    assert office.advance(FILE.id, ACTS[2], today=TODAY, expected=2).recorded


@pytest.mark.parametrize("expected", ["2", 2.0, True])
def test_what_was_expected_is_an_integer(office: Office, expected: Any) -> None:
    """A number of acts that came as a text, from JSON or a form, is bad input and no conflict."""
    walk(office, 2)
    with pytest.raises(BadInput, match=r"expected: .* is no integer"):
        office.advance(FILE.id, ACTS[2], today=TODAY, expected=expected)
    assert len(office.case(FILE.id).acts) == 2


@pytest.mark.parametrize("name", [17, {"id": 17}, b"clerk"])
def test_who_records_is_named_by_a_text(office: Office, name: Any) -> None:
    """Anything else is bad input, and nobody is told that the ledger is damaged."""
    walk(office, 2)
    with pytest.raises(BadInput, match=r"recorded_by: .* is not a text"):
        office.advance(FILE.id, ACTS[2], today=TODAY, recorded_by=name)
    assert len(office.case(FILE.id).acts) == 2


def test_who_follows_beyond_the_end_is_told(office: Office) -> None:
    """A ledger that was restored from an older copy does not answer nothing for ever."""
    walk(office, 2)
    assert list(office.acts(since=2)) == []
    with pytest.raises(Conflict, match="holds 2 acts and was followed up to 3") as caught:
        next(office.acts(since=3))
    assert (caught.value.kind, caught.value.values) == ("beyond", {"held": 2, "expected": 3})


def test_an_office_that_has_not_seen_the_latest_acts_reads_on(office: Office, path: Path) -> None:
    """Two offices that take turns on a file each judge on what the other has recorded."""
    with Ledger.open(path) as ledger:
        other = Office(ledger, office.editions)
        assert office.open(FILE, ACTS[0], today=TODAY).recorded
        for n, act in enumerate(ACTS[1:], 1):
            decision = (other if n % 3 else office).advance(FILE.id, act, today=TODAY)
            assert (decision.recorded, decision.index) == (True, n)
    assert office.verify(FILE.id).standing == "full"


def test_the_same_act_of_the_same_day_and_content_is_recorded_once_unless_meant(office: Office) -> None:
    """A retry or a double click is a conflict and leaves no double record; `again` or another note records it."""
    at = CODES.index("inspection")
    walk(office, at + 1)
    before = stored(office)
    with pytest.raises(Conflict, match=rf"the same inspection of .* is entry {at} already") as caught:
        office.advance(FILE.id, ACTS[at], today=TODAY)
    assert (caught.value.kind, caught.value.values) == ("repeat", {"file": FILE.id, "held": at})
    with pytest.raises(Conflict, match="already"):
        office.advance_together([(FILE.id, ACTS[at])], today=TODAY)
    assert stored(office) == before
    assert office.advance(FILE.id, evolve(ACTS[at], note="another"), today=TODAY).recorded
    assert office.advance(FILE.id, ACTS[at], today=TODAY, again=True).recorded
    assert office.advance_together([(FILE.id, ACTS[at])], today=TODAY, again=True)[0].recorded
    assert office.import_files(office.export([FILE.id]), today=TODAY).added == 0


def test_why_writes_nothing_and_agrees_with_advance(office: Office) -> None:
    """What is asked beforehand is what is answered then, for an act admitted and for one refused."""
    walk(office, 2)
    before = stored(office)
    assert rules(office, FILE.id, ACTS[2]) == []
    assert rules(office, FILE.id, ACTS[0]) == ["once"]
    assert stored(office) == before
    asked = office.why(FILE.id, ACTS[2], today=TODAY)
    assert office.advance(FILE.id, ACTS[2], today=TODAY).ruling == asked


def test_an_unknown_file_is_named_with_the_nearest(office: Office) -> None:
    """A slip in an id is answered with the id that was meant."""
    walk(office, 1)
    with pytest.raises(UnknownFile, match="did you mean 2022-0007") as caught:
        office.case("2022-007")
    assert "是否指 2022-0007" in caught.value.zh
    for ask in (office.history, office.verify, lambda name: office.export([name])):
        with pytest.raises(UnknownFile):
            ask("\udcff")
    with pytest.raises(UnknownFile, match="list the files"):
        office.advance("zzz", ACTS[1], today=TODAY)


def test_the_day_of_entry_is_kept_or_today(office: Office) -> None:
    """An act carries the day it was entered: its own where it gives one, else today."""
    office.open(FILE, ACTS[0], today=TODAY)
    office.advance(FILE.id, evolve(ACTS[1], recorded=date(2022, 9, 21)), today=TODAY, recorded_by="clerk")
    first, second = office.history(FILE.id)
    assert (first.recorded, first.act.recorded, first.recorded_by) == (TODAY, TODAY, None)
    assert (second.recorded, second.act.recorded, second.recorded_by) == (date(2022, 9, 21),) * 2 + ("clerk",)


def test_nothing_is_stored_that_cannot_be_read_back(office: Office) -> None:
    """An act or a file that a host has put together wrongly is bad input before it reaches the ledger."""
    walk(office, 1)
    before = stored(office)
    with pytest.raises(BadInput):
        office.advance(FILE.id, evolve(ACTS[1], papers=cast("Any", ("no_such_paper",))), today=TODAY)
    with pytest.raises(BadInput):
        office.advance(FILE.id, evolve(ACTS[1], note="\ud800"), today=TODAY)
    with pytest.raises(BadInput, match="no file can hold"):
        office.advance(FILE.id, ACTS[1], today=TODAY, recorded_by="\ud800")
    with pytest.raises(BadInput):
        office.import_files([(evolve(FILE, id="\ud800"), ACTS)], today=TODAY)
    with pytest.raises(BadInput):
        office.open(evolve(FILE, id="b", born=date(1900, 1, 1)), ACTS[0], today=TODAY)
    assert stored(office) == before


def test_an_incomplete_file_is_opened_on_trust_only(office: Office) -> None:
    """A record that is not whole needs somebody's word, and unknown bars then pass marked as such."""
    file, bare = evolve(FILE, complete=False), evolve(ACTS[0], papers=UNKNOWN)
    with pytest.raises(BadInput, match="say on whose word it is taken"):
        office.open(file, bare, today=TODAY)
    assert stored(office) == []
    assert office.open(file, bare, today=TODAY, on_trust="old archive").recorded
    assert {f.on_trust for f in office.history(FILE.id)[0].findings if f.value == "unknown" and f.force == "bar"} == {
        "old archive"
    }


# ------------------------------------------------------------------------------------------- reading


def test_history_keeps_the_findings_of_the_day(office: Office) -> None:
    """Each entry has its outcome, state, edition and book, and the findings that its ruling made."""
    rulings = [office.open(FILE, ACTS[0], today=TODAY).ruling]
    rulings += [office.advance(FILE.id, act, today=TODAY).ruling for act in ACTS[1:]]
    entries = office.history(FILE.id)
    assert [entry.index for entry in entries] == list(range(len(ACTS)))
    for entry, ruling in zip(entries, rulings, strict=True):
        assert (entry.file, entry.act, entry.outcome) == (FILE.id, ruling.act, ruling.outcome)
        assert (entry.edition, entry.rulebook_hash) == (ruling.edition, ruling.rulebook_hash)
        assert [(f.rule, f.value) for f in entry.findings] == [(f.rule, f.value) for f in ruling.findings]
    assert entries[-1].state == office.case(FILE.id).state.name


def test_hosts_follow_the_acts_of_all_files(office: Office) -> None:
    """`acts(since)` gives every act once, in the order of recording, across files."""
    walk(office, 3)
    walk(office, 2, name="b")
    assert office.advance(FILE.id, ACTS[3], today=TODAY).seq == 6
    seen = [(entry.seq, entry.file, entry.act.code) for entry in office.acts()]
    assert seen == [
        (1, FILE.id, "apply"),
        (2, FILE.id, "talk"),
        (3, FILE.id, "activist"),
        (4, "b", "apply"),
        (5, "b", "talk"),
        (6, FILE.id, "activist_filing"),
    ]
    assert [entry.seq for entry in office.acts(since=4)] == [5, 6]
    assert list(office.acts(since=6)) == []
    assert list(office.ids()) == [FILE.id, "b"]
    assert [case.file.id for case in office.cases()] == [FILE.id, "b"]


def test_an_export_imports_again_to_the_same(office: Office, tmp_path: Path) -> None:
    """Import, export, import into another ledger, export: the same bytes."""
    office.import_files([(FILE, ACTS)], today=TODAY)
    text = dossier.write_text(office.export([FILE.id]))
    with Ledger.open(tmp_path / "second.db", create=True) as ledger:
        second = Office(ledger, load_rulebooks())
        assert second.import_files(dossier.read(text), today=date(2030, 1, 1)).written
        assert dossier.write_text(second.export([FILE.id])) == text


@pytest.mark.parametrize(
    ("statement", "values", "words"),
    [
        (
            "UPDATE acts SET state = 'start' WHERE number = 2",
            (),
            r"act 2 \(activist\): the record does not fit",
        ),
        ("UPDATE acts SET act = 'rubbish' WHERE number = 1", (), "the record cannot be read"),
        (
            "UPDATE acts SET act = ? WHERE number = 1",
            ('{"act":"dance","on":"2022-09-20"}',),
            "cannot be read",
        ),
        ("UPDATE acts SET act = ? WHERE number = 1", ("[" * 100_000,), "the record cannot be read"),
        ("UPDATE acts SET number = 9 WHERE number = 2", (), "the record does not fit"),
        ("UPDATE files SET facts = '[]'", (), "the record cannot be read"),
        ("UPDATE files SET facts = replace(facts, '2022-0007', 'other')", (), "the record cannot be read"),
    ],
)
def test_a_record_that_does_not_fit_is_said(
    office: Office, path: Path, statement: str, values: tuple[str, ...], words: str
) -> None:
    """A changed row whose chain was made again is found all the same when the file is read; nothing is added to it."""
    walk(office, 3)
    forge(path, statement, *values)
    office = Office(office.ledger, office.editions)
    before = stored(office)
    for ask in (
        office.case,
        office.verify,
        office.history,
        lambda name: office.export([name]),
        lambda name: office.advance(name, ACTS[3], today=TODAY),
        lambda _: list(office.cases()),
        lambda _: list(office.acts()),
        lambda _: list(office.acts(since=2)),
    ):
        with pytest.raises(LedgerError, match=words) as caught:
            ask(FILE.id)
        assert "备份" in caught.value.zh
        assert caught.value.kind == "altered"
    assert stored(office) == before


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"UPDATE acts SET {column} = 'x' WHERE number = 1"
            for column in (
                "act",
                "state",
                "edition",
                "book",
                "findings",
                "recorded",
                "recorded_by",
                "moment",
                "system_user",
                "readings",
                "host",
                "file_previous",
                "previous",
                "digest",
            )
        ),
        "UPDATE acts SET settings = 1 WHERE number = 1",
        "UPDATE acts SET seq = 9 WHERE number = 1",
        "UPDATE files SET facts = replace(facts, '2001', '2011')",
        "UPDATE files SET opened = '2001-01-01'",
        "UPDATE files SET host = '{}'",
    ],
)
def test_a_row_that_was_changed_is_said_where_it_is_read(office: Office, path: Path, statement: str) -> None:
    """Whatever column is changed, every reading of the file says so, and nothing is added to it."""
    walk(office, 3)
    tamper(path, statement)
    office = Office(office.ledger, office.editions)
    for ask in (
        office.case,
        office.history,
        office.verify,
        lambda name: office.export([name]),
        lambda name: office.advance(name, ACTS[3], today=TODAY),
    ):
        with pytest.raises(
            LedgerError, match="the record is not what was recorded; restore the ledger from a copy"
        ) as caught:
            ask(FILE.id)
        assert "与登记时不同" in caught.value.zh
        assert caught.value.kind == "altered"


def test_acts_cut_off_the_end_are_noticed_where_the_file_is_read(office: Office, path: Path) -> None:
    """The last act taken out, or added by hand, leaves a file that does not have as many acts as its head says."""
    walk(office, 3)
    tamper(path, "DELETE FROM acts WHERE number = 2")
    with pytest.raises(LedgerError, match="2 acts are there and 3 were recorded; restore the ledger"):
        office.case(FILE.id)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("findings", "rubbish"),
        ("findings", "null"),
        ("findings", "[1]"),
        ("findings", "[{}]"),
        ("findings", '[{"rule":"once","value":"perhaps"}]'),
        ("recorded", "2023-02-30"),
    ],
)
def test_findings_that_cannot_be_read_are_said_by_what_reads_them(
    office: Office, path: Path, column: str, value: str
) -> None:
    """History, `verify` and `acts` say in one sentence that it cannot be read; the case hangs on no finding."""
    walk(office, 3)
    forge(path, f"UPDATE acts SET {column} = ? WHERE number = 1", value)
    for ask in (office.history, office.verify, lambda _: list(office.acts())):
        with pytest.raises(LedgerError, match="the record cannot be read; restore the ledger from a copy"):
            ask(FILE.id)
    assert len(office.case(FILE.id).acts) == 3


def test_who_follows_the_acts_is_told_of_one_that_is_missing(office: Office, path: Path) -> None:
    """A place cut out of the order of the whole ledger is named, a file's last act too; so are acts without a file."""
    walk(office, 2)
    walk(office, 2, name="b")
    forge(path, "DELETE FROM acts WHERE seq = 2")
    acts = office.acts()
    assert next(acts).seq == 1
    with pytest.raises(LedgerError, match="place 2 of the ledger: the act is missing; restore the ledger") as caught:
        next(acts)
    assert "第 2 条" in caught.value.zh
    assert [entry.seq for entry in office.acts(since=2)] == [3, 4]
    tamper(path, "DELETE FROM files WHERE id = 'b'")
    with pytest.raises(LedgerError, match="file b: the record cannot be read"):
        list(office.acts(since=2))


def test_an_edition_that_is_gone_is_said_in_the_history(office: Office, path: Path) -> None:
    """Acts judged by an edition that this installation does not have are not shown as if by another."""
    walk(office, 2)
    forge(path, "UPDATE acts SET edition = '2031' WHERE number = 1")
    with pytest.raises(LedgerError, match="judged by the edition 2031, which is not known here; update the rulebooks"):
        office.history(FILE.id)


# ------------------------------------------------------------------------------------------- two at once


RACER = """
import json, sys
from datetime import date
from recruitment import load_rulebooks
from recruitment.formats.dossier import documents as dossier
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.office import Office
path, id, act = sys.argv[1:]
with Ledger.open(path) as ledger:
    office = Office(ledger, load_rulebooks())
    act = dossier.read_act(json.loads(act))
    office.why(id, act, today=date(2026, 11, 22))
    print("ready", flush=True)
    sys.stdin.readline()
    decision = office.advance(id, act, today=date(2026, 11, 22))
print(json.dumps([decision.recorded, [f.rule.code for f in decision.ruling.barring]]))
"""


def race(path: Path, *acts: Act) -> list[list[object]]:
    """What processes answer who ask for these acts at the same moment."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(path), FILE.id, json.dumps(dossier.act_data(act))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for act in acts
    ]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=100) for child in children]
    assert [error for _, error in answers] == [""] * len(acts)
    return [json.loads(answer) for answer, _ in answers]


def test_the_same_act_from_two_processes_is_recorded_once(office: Office, path: Path) -> None:
    """Of two writers with the same act one is recorded and the other refused by `once`."""
    act = CODES.index("committee_review")
    walk(office, act)
    assert sorted(race(path, ACTS[act], ACTS[act])) == [[False, ["once"]], [True, []]]
    assert len(office.case(FILE.id).acts) == act + 1


def test_parallel_acts_from_two_processes_are_both_recorded(office: Office, path: Path) -> None:
    """Sponsors and political review do not wait for each other: both are recorded, in either order."""
    walk(office, SPONSORS)
    assert race(path, ACTS[SPONSORS], ACTS[REVIEW]) == [[True, []], [True, []]]
    case = office.verify(FILE.id)
    assert {case.acts[-2].code, case.acts[-1].code} == {"sponsors", "political_review"}


def test_an_office_is_shared_between_threads(office: Office) -> None:
    """Eight threads of one office: each its own file, and all at once the same act of a common one."""
    walk(office, 1, name="common")
    faults: list[BaseException] = []
    common: list[bool] = []
    barrier = threading.Barrier(8)

    def work(n: int) -> None:
        try:
            barrier.wait()
            common.append(office.advance("common", ACTS[1], today=TODAY).recorded)
            walk(office, 9, name=f"own-{n}")
            assert office.verify(f"own-{n}").standing == "candidate"
        except BaseException as error:  # noqa: BLE001 - a thread's fault must reach the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(common) == [False] * 7 + [True]
    assert [entry.seq for entry in office.acts()] == list(range(1, 2 + 1 + 8 * 9))


# ------------------------------------------------------------------------------------------- import


def files(*ids: str) -> list[tuple[File, tuple[Act, ...]]]:
    """The regular file under several ids."""
    return [(evolve(FILE, id=name), ACTS) for name in ids]


def late(acts: tuple[Act, ...], code: str) -> tuple[Act, ...]:
    """The acts with one of them dated after the day of entry."""
    return tuple(evolve(act, on=date(2026, 12, 24)) if act.code == code else act for act in acts)


def verdicts(office: Office, name: str) -> list[list[tuple[str, str]]]:
    """The rules judged of each act, and their values. An import compares more: it knows what comes later."""
    return [[(f.rule.code, f.value) for f in entry.findings] for entry in office.history(name)]


def test_an_import_records_every_file(office: Office) -> None:
    """Two whole files come in at once, each act with its ruling; each stands as if advanced one by one."""
    report = office.import_files(files("a", "b"), today=TODAY, recorded_by="clerk")
    assert (report.written, report.admitted, report.added, report.existing) == (True, True, 54, 0)
    assert [len(file.rulings) for file in report.files] == [27, 27]
    walk(office, name="c")
    assert office.verify("a").acts == office.case("c").acts
    assert verdicts(office, "a") == verdicts(office, "c")
    assert {entry.recorded_by for entry in office.history("a")} == {"clerk"}


def test_a_dry_run_writes_nothing(office: Office) -> None:
    """A dry run reports what would be added."""
    report = office.import_files(files("a"), today=TODAY, dry_run=True)
    assert (report.written, report.admitted, report.added, report.new) == (False, True, 0, 27)
    assert (report.files[0].added, report.files[0].new) == (0, 27)
    assert stored(office) == []


def test_one_refusal_and_nothing_is_written(office: Office) -> None:
    """Of three files one is refused at an act: every act of all is judged and reported, none is written."""
    some = files("a", "b", "c")
    some[1] = (some[1][0], late(ACTS, "talk"))
    report = office.import_files(some, today=TODAY)
    assert not report.written
    assert [file.admitted for file in report.files] == [True, False, True]
    assert [len(file.rulings) for file in report.files] == [27, 27, 27]
    assert [n for n, ruling in enumerate(report.files[1].rulings) if not ruling.admitted] == [1, 2]
    refusal, following = report.files[1].refusals
    assert following.en == "b: acts[2] (activist) is refused: order"
    assert refusal.en == "b: acts[1] (talk) is refused: not-in-future"
    assert refusal.zh == "b: acts[1]（党组织派人谈话）不予登记：日期不晚于登记日"
    assert stored(office) == []


def test_a_disk_that_fails_midway_writes_nothing_of_an_import(office: Office) -> None:
    """When the space ends within the writing, no file of the import stands."""
    walk(office, 2)
    before = stored(office)
    pages = database(office).execute("PRAGMA page_count").fetchone()[0]
    database(office).execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(LedgerError, match="the disk is full, nothing was written"):
        office.import_files(files(*(f"f{n}" for n in range(20))), today=TODAY)
    assert stored(office) == before


def test_new_acts_of_a_known_file_are_appended(office: Office) -> None:
    """A file that stands with the same acts so far takes the new ones; a repeated import adds nothing."""
    walk(office, 10)
    report = office.import_files([(FILE, ACTS)], today=TODAY)
    assert (report.written, report.files[0].existing, report.files[0].added) == (True, 10, 17)
    assert len(report.files[0].rulings) == 17
    again = office.import_files([(FILE, ACTS)], today=date(2030, 1, 1))
    assert (again.written, again.existing, again.added, again.new) == (True, 27, 0, 0)
    assert office.verify(FILE.id).standing == "full"


def test_the_first_differing_act_is_named(office: Office) -> None:
    """A document that tells another story than the ledger is refused with the place and code of the act."""
    walk(office, 10)
    before = stored(office)
    other = (*ACTS[:4], evolve(ACTS[4], on=date(2022, 12, 13)), *ACTS[5:])
    report = office.import_files([(FILE, other), *files("z")], today=TODAY)
    assert report.files[0].refusals[0].en == (
        f"{FILE.id}: acts[4] (mentors) differs from the ledger's mentors of 2022-12-12; compare the two"
    )
    assert report.files[1].admitted
    report = office.import_files([(FILE, ACTS[:6])], today=TODAY)
    assert "acts[6] (inspection) is in the ledger and is missing here" in report.files[0].refusals[0].en
    report = office.import_files([(evolve(FILE, mobile=True), ACTS)], today=TODAY)
    assert report.files[0].refusals[0].en == f"{FILE.id}: mobile differs from the ledger; compare the two"
    assert stored(office) == before


def test_incomplete_files_are_taken_on_trust_only(office: Office) -> None:
    """A record that is not whole is refused in one sentence, or comes in on somebody's word."""
    sparse = (evolve(FILE, complete=False), (ACTS[0], ACTS[1], ACTS[2]))
    report = office.import_files([sparse], today=TODAY)
    assert not report.written
    assert "the record is not complete; say on whose word it is taken" in report.files[0].refusals[0].en
    assert "on trust" in report.files[0].refusals[0].zh
    assert stored(office) == []
    assert office.import_files([sparse], today=TODAY, on_trust="old archive").written
    assert not office.verify(FILE.id).file.complete


def test_an_incomplete_file_that_skips_acts_reads_back(office: Office) -> None:
    """What the machine presumed for a record with gaps when it came in, it presumes again when it is read."""
    sparse = (evolve(FILE, complete=False), (ACTS[0], ACTS[2], ACTS[CODES.index("candidate_filing")]))
    report = office.import_files([sparse], today=TODAY, on_trust="old archive")
    assert report.files[0].refusals == ()
    assert office.verify(FILE.id) == office.case(FILE.id)
    assert office.case(FILE.id).standing == "candidate"


def test_a_file_without_acts_is_refused(office: Office) -> None:
    """No file is without its first act, an imported one no more than another."""
    report = office.import_files([(FILE, ())], today=TODAY)
    assert not report.written
    assert "begin it with its first one (apply)" in report.files[0].refusals[0].en


def test_what_cannot_be_judged_is_bad_input_of_all_files(office: Office) -> None:
    """Faults of several files are raised together, each with its file; an id that stands twice is one."""
    some = [
        (evolve(FILE, id="a", edition="1066"), ACTS),
        (evolve(FILE, id="b", overlays=("atlantis",)), ACTS),
        *files("c", "c"),
    ]
    with pytest.raises(BadInput) as caught:
        office.import_files(some, today=TODAY)
    places = [fault.where for fault in caught.value.faults]
    assert places == ["a: edition", "b: overlays", "c"]
    assert stored(office) == []


def test_a_file_that_moves_during_an_import_is_judged_again(office: Office, path: Path) -> None:
    """An act that another writer records between the judging and the writing is seen, not overwritten."""
    walk(office, 2)
    writing = office.ledger.writing

    def interrupted():
        office.ledger.writing = writing  # type: ignore[method-assign]
        with Ledger.open(path) as other:
            assert (
                Office(other, load_rulebooks()).advance(FILE.id, evolve(ACTS[2], note="theirs"), today=TODAY).recorded
            )
        return writing()

    office.ledger.writing = interrupted  # type: ignore[method-assign]
    report = office.import_files([(FILE, ACTS)], today=TODAY)
    assert not report.written
    assert "acts[2] (activist) differs" in report.files[0].refusals[0].en
    assert len(office.case(FILE.id).acts) == 3


def test_the_text_of_an_act_is_canonical(office: Office) -> None:
    """Keys are sorted, nothing is escaped: the same act is the same text."""
    assert canonical({"b": "党", "a": [1, None]}) == '{"a":[1,null],"b":"党"}'
    walk(office, 2)
    text = office.ledger.rows(FILE.id)[0].act
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def test_a_gap_in_the_record_is_noticed_by_whatever_reads_it(office: Office, path: Path) -> None:
    """An act that somebody has cut out of the middle is named by case, history and export alike."""
    walk(office, 4)
    tamper(path, "DELETE FROM acts WHERE number = 1")
    for read in (office.case, office.history, lambda name: office.export([name])):
        with pytest.raises(LedgerError, match="the record does not fit; restore the ledger from a copy"):
            read(FILE.id)


def test_those_who_begin_a_ledger_at_once_all_find_it_whole(tmp_path: Path) -> None:
    """Eight processes open a file each in a ledger that is not there yet: none fails, none is lost."""
    path = tmp_path / "new" / "ledger.db"
    script = (
        "import sys; from datetime import date; from attrs import evolve; from pathlib import Path\n"
        "from recruitment import Ledger, Office, load_rulebooks\n"
        "from recruitment.formats.dossier import documents as dossier\n"
        "path, example, name = sys.argv[1:]\n"
        "file, acts = dossier.read_path(example)[0]; books = load_rulebooks()\n"
        "office = Office(Ledger.open(path, create=True), books)\n"
        "assert office.open(evolve(file, id=name), acts[0], today=date(2026, 11, 22)).recorded\n"
    )
    names = [f"f{n}" for n in range(8)]
    begun = [subprocess.Popen([sys.executable, "-c", script, str(path), str(REGULAR), name]) for name in names]
    assert [process.wait(timeout=120) for process in begun] == [0] * 8
    with Ledger.open(path, read_only=True) as ledger:
        assert list(Office(ledger, load_rulebooks()).ids()) == names
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


def test_an_empty_file_becomes_a_ledger_for_its_owner_only(tmp_path: Path) -> None:
    """A file that stood there empty, open to everybody, is closed to others when it becomes a ledger."""
    path = tmp_path / "empty.db"
    path.touch()
    path.chmod(0o666)
    Ledger.open(path, create=True).close()
    assert path.stat().st_mode & 0o777 == 0o600


# ------------------------------------------------------------------------------------------- together


def three(office: Office, acts: int) -> list[str]:
    """Three files that stand at the same act of the regular file."""
    names = ["2022-0001", "2022-0002", "2022-0003"]
    for name in names:
        walk(office, acts, name)
    return names


def test_one_meeting_is_recorded_on_several_files_at_once(office: Office) -> None:
    """The same act on three files is three entries in a row, each with its own number and its own case."""
    names = three(office, SPONSORS)
    decisions = office.advance_together([(name, ACTS[SPONSORS]) for name in names], today=TODAY, recorded_by="clerk")
    assert [(d.recorded, d.index, d.case.file.id) for d in decisions] == [(True, SPONSORS, name) for name in names]
    assert [d.seq for d in decisions] == [3 * SPONSORS + n for n in (1, 2, 3)]
    for name in names:
        assert office.verify(name).counting_act("sponsors") is not None
        assert office.history(name)[-1].recorded_by == "clerk"


def one_sponsor() -> Act:
    """The sponsors of the regular file, less one of the two."""
    act = ACTS[SPONSORS]
    assert isinstance(act, Sponsors)
    assert isinstance(act.people, tuple)
    return evolve(act, people=act.people[:1])


def test_together_is_all_or_nothing(office: Office) -> None:
    """Where one file refuses the act nothing is written, and what was admitted says that it was not recorded."""
    names = three(office, SPONSORS)
    bad = one_sponsor()
    before = stored(office)
    requests = [(names[0], ACTS[SPONSORS]), (names[1], bad), (names[2], ACTS[SPONSORS])]
    decisions = office.advance_together(requests, today=TODAY)
    assert stored(office) == before
    assert [d.recorded for d in decisions] == [False, False, False]
    assert [d.ruling.admitted for d in decisions] == [True, False, True]
    assert [f.rule.code for f in decisions[1].ruling.barring] == ["sponsors-two"]


def test_each_for_itself_records_what_is_admitted(office: Office) -> None:
    """Without `whole` a refusal on one file keeps nobody else back."""
    names = three(office, SPONSORS)
    bad = one_sponsor()
    requests = [(names[0], ACTS[SPONSORS]), (names[1], bad), (names[2], ACTS[SPONSORS])]
    decisions = office.advance_together(requests, today=TODAY, whole=False)
    assert [d.recorded for d in decisions] == [True, False, True]
    assert [len(office.case(name).acts) - SPONSORS for name in names] == [1, 0, 1]


@pytest.mark.parametrize("whole", [True, False])
def test_what_cannot_be_answered_on_one_file_is_written_on_none(office: Office, whole: bool) -> None:
    """A file named twice, none at all, one that is not there, and an act that cannot be read write nothing."""
    names = three(office, SPONSORS)
    act = ACTS[SPONSORS]
    before = stored(office)
    for requests, error in (
        ([(names[0], act), (names[1], act), (names[0], act)], "2022-0001: the file is named twice"),
        ([], "name at least one file"),
        ([(names[0], act), (names[1], evolve(act, outcome="lost"))], "this act has no outcome"),
    ):
        with pytest.raises(BadInput, match=error):
            office.advance_together(requests, today=TODAY, whole=whole)
    with pytest.raises(UnknownFile, match="2022-0009"):
        office.advance_together([(names[0], act), ("2022-0009", act)], today=TODAY, whole=whole)
    assert stored(office) == before


def test_a_day_of_entry_that_is_yet_to_come_is_bad_input(office: Office) -> None:
    """Nobody has entered an act tomorrow."""
    walk(office, 1)
    with pytest.raises(BadInput, match=r"talk: recorded: 2026-11-23 is after today, 2026-11-22"):
        office.advance(FILE.id, evolve(ACTS[1], recorded=date(2026, 11, 23)), today=TODAY)
    assert len(office.case(FILE.id).acts) == 1


def test_a_reason_is_kept_with_the_finding_that_it_excuses(office: Office) -> None:
    """A talk of the higher committee before the vote, for which there was a reason: read back as it was found."""
    walk(office, CODES.index("admission_meeting"))
    early = evolve(ACTS[CODES.index("committee_talk")], on=date(2024, 5, 15), reason="会议改期")
    assert office.advance(FILE.id, early, today=TODAY).recorded
    (found,) = [f for f in office.history(FILE.id)[-1].findings if f.check.about == "admission_meeting"]
    assert (found.rule.code, found.value, found.reason) == ("order", "unmet", "会议改期")


def test_an_act_says_by_which_readings_it_was_ruled(path: Path) -> None:
    """Policies that have not their default value, and a calendar beyond the built-in one by its hash; else nothing."""
    off = Days(off=frozenset((date(2027, 1, 4),)), years=frozenset((2027,)))
    other = Days(off=frozenset((date(2027, 1, 5),)), years=frozenset((2027,)))
    ways = [
        load_rulebooks(),
        load_rulebooks(policies={"approval-anchor": "reported"}),
        load_rulebooks(days=off),
        load_rulebooks(days=other, policies={"approval-anchor": "reported"}),
    ]
    with Ledger.open(path, create=True) as ledger:
        for n, editions in enumerate(ways):
            assert Office(ledger, editions).open(evolve(FILE, id=f"f{n}"), ACTS[0], today=TODAY).recorded
        texts = [ledger.rows(f"f{n}")[0].readings for n in range(len(ways))]
    plain, chosen, days, both = [json.loads(text or "null") for text in texts]
    assert plain is None
    assert chosen == {"policies": {"approval-anchor": "reported"}}
    assert set(days) == {"calendar"}
    assert both["policies"] == chosen["policies"]
    assert both["calendar"] != days["calendar"]
