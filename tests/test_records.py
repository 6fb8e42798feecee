"""Records: acts kept in tables of an application's own, as plain data, and the case that is made of them again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from stores import ACTS, EDITIONS, FILE, TODAY

from recruitment import (
    BadInput,
    Case,
    LedgerError,
    Office,
    Record,
    file_data,
    judge,
    judge_correction,
    open_case,
    read_act,
    read_facts,
    replay,
    sentence,
)
from recruitment.formats.dossier.documents import act_data
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.record.acts import Act, Correct, File

CORRECTION = Correct(on=TODAY, index=1, with_=evolve(ACTS[1], note="补记"), reason="笔误")


class Application:
    """An application that keeps files and acts as texts of its own, and nothing else of this library's."""

    def __init__(self, file: File) -> None:
        self.facts = json.dumps(file_data(file))
        self.rows: list[str] = []

    def records(self) -> list[Record]:
        """The records as they are read from its rows."""
        return [Record(**json.loads(row)) for row in self.rows]

    def case(self) -> Case:
        """The file as it is now."""
        return replay(EDITIONS, read_facts(json.loads(self.facts)), self.records())

    def enter(self, act: Act) -> None:
        """Judge an act, which is admitted, and keep it."""
        case = self.case()
        ruled = judge_correction if isinstance(act, Correct) else judge
        ruling = ruled(EDITIONS, case, act, today=TODAY)  # type: ignore[arg-type] # the one that takes it
        self.rows.append(json.dumps(Record.of(EDITIONS, ruling, today=TODAY).data()))


@pytest.fixture(scope="module")
def application() -> Application:
    """One that holds the whole regular file, and a correction."""
    found = Application(FILE)
    for act in (*ACTS, CORRECTION):
        found.enter(act)
    return found


@pytest.fixture(scope="module")
def office() -> Office:
    """A ledger of the same, entered act by act."""
    found = Office(MemoryLedger(), EDITIONS)
    assert found.open(FILE, ACTS[0], today=TODAY).recorded
    assert all(found.advance(FILE.id, act, today=TODAY).recorded for act in (*ACTS[1:], CORRECTION))
    return found


def test_an_application_restores_the_case_that_a_ledger_holds(application: Application, office: Office) -> None:
    """The whole course and a correction, kept as JSON in its own rows, make the same case as the ledger's."""
    assert application.case() == office.case(FILE.id)
    assert application.case().standing == "full"


def test_a_record_is_what_a_ledger_keeps(application: Application, office: Office) -> None:
    """Act, edition, hash, state and findings are those of the ledger's own rows, and are told in the same words."""
    entries = office.history(FILE.id)
    for record, row in zip(application.records(), office.ledger.rows(FILE.id), strict=True):
        assert record.act == json.loads(row.act)
        assert record.findings == json.loads(row.findings)
        assert (record.edition, record.rulebook_hash, record.state) == (row.edition, row.book, row.state)
    for record, entry in zip(application.records(), entries, strict=True):
        found = record.read_findings(EDITIONS)
        assert found == entry.findings
        rulebook = EDITIONS.named(record.edition)
        assert all(sentence(finding, rulebook, "zh") for finding in found)


def test_the_day_of_entry_is_filled_in_and_what_the_host_keeps_is_kept() -> None:
    """Of an act without a day of entry it is today; with one of its own, that; and no day that is to come."""
    case = open_case(EDITIONS, FILE)

    def of(act: Act) -> Record:
        return Record.of(EDITIONS, judge(EDITIONS, case, act, today=TODAY), today=TODAY)

    assert read_act(of(ACTS[0]).act).recorded == TODAY
    assert read_act(of(evolve(ACTS[0], recorded=date(2022, 9, 2))).act).recorded == date(2022, 9, 2)
    assert read_act(of(evolve(ACTS[0], host={"task": 17})).act).host == {"task": 17}
    with pytest.raises(BadInput, match="recorded: 2027-01-01 is after today"):
        of(evolve(ACTS[0], recorded=date(2027, 1, 1)))


def test_there_is_no_record_of_a_refused_act() -> None:
    """What was refused is nothing to keep."""
    ruling = judge(EDITIONS, open_case(EDITIONS, FILE), ACTS[5], today=TODAY)
    with pytest.raises(ValueError, match="was refused"):
        Record.of(EDITIONS, ruling, today=TODAY)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda records: records.pop(3), "altered"),
        (lambda records: records.append(records[-2]), "altered"),
        (lambda records: records.reverse(), "altered"),
        (lambda records: records.__setitem__(2, evolve(records[2], state=records[9].state)), "altered"),
        (lambda records: records.__setitem__(2, evolve(records[2], act=act_data(ACTS[9]))), "altered"),
        (lambda records: records.__setitem__(2, evolve(records[2], edition="2041")), "rulebooks-differ"),
        (lambda records: records.__setitem__(2, evolve(records[2], edition="2014+nope")), "rulebooks-differ"),
    ],
)
def test_records_that_do_not_fit_are_told(change: Any, kind: str, application: Application) -> None:
    """A record that is missing, there twice, of another act or of an unknown edition is named, in both languages."""
    records = application.records()
    change(records)
    with pytest.raises(LedgerError, match=r"file 2022-0007, act \d+") as caught:
        replay(EDITIONS, FILE, records)
    assert (caught.value.kind, caught.value.values) == (kind, {"file": FILE.id})
    assert "档案 2022-0007 第" in caught.value.zh


def test_no_record_can_be_missing(application: Application) -> None:
    """Without any one of them the others do not fit, also where the file stands as it would with it."""
    records = application.records()
    for n in range(len(records) - 1):
        with pytest.raises(LedgerError, match="does not fit"):
            replay(EDITIONS, FILE, records[:n] + records[n + 1 :])


def test_what_cannot_be_read_is_bad_input(application: Application) -> None:
    """An act or a fact that was changed into no act or fact is named with its place."""
    records = application.records()
    records[2] = evolve(records[2], act={**records[2].act, "on": "2022-09-31"})
    with pytest.raises(BadInput, match=r"records\[2\]\.on: 2022-09-31 is not a day of the calendar"):
        replay(EDITIONS, FILE, records)
    with pytest.raises(BadInput, match=r"born: '2001' is not a date"):
        read_facts({"id": "a", "born": "2001"})
    with pytest.raises(BadInput, match=r"x\.acts: these are the facts of a file alone"):
        read_facts({"id": "a", "acts": []}, "x")
    with pytest.raises(BadInput, match="not an object"):
        read_facts(["a"])
    odd = evolve(records[0], edition="2041")
    with pytest.raises(LedgerError, match="judged by the edition 2041") as caught:
        odd.read_findings(EDITIONS)
    assert caught.value.kind == "rulebooks-differ"
