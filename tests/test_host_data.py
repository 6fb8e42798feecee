"""What a host keeps with files and acts: a JSON object of its own, kept in the chain, exported and read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from click.testing import CliRunner
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, place_of
from tampering import tamper

from recruitment import BadInput, Conflict, LedgerError, Office, judge, judge_correction, open_case, review
from recruitment.cli.main import cli
from recruitment.formats.dossier.documents import act_data, read, read_act, write_text
from recruitment.formats.dossier.schema import dossier_schema
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.record.acts import Act, Correct

HOST: dict[str, Any] = {
    "文号": "示例〔2026〕5号",
    "task": 17,
    "signed": True,
    "share": 0.5,
    "scans": ["a", None, {"p": 1}],
}
OPENED = evolve(FILE, host={"owner": "unit-3"})


def kept(act: Act, **more: Any) -> Act:
    """The act with what the host keeps with it."""
    return evolve(act, host={**HOST, **more})


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where each kind of store is kept for a test."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


def test_it_is_kept_and_read_back_and_in_the_chain(place: Place) -> None:
    """On every store, with the file and with each act; rows without it read as none; the digest is over it, too."""
    with place.opened() as store:
        office = Office(store, EDITIONS)
        assert office.open(OPENED, kept(ACTS[0], n=0), today=TODAY).case.file.host == {"owner": "unit-3"}
        assert office.advance(FILE.id, ACTS[1], today=TODAY).recorded
        decision = office.advance(FILE.id, kept(ACTS[2], n=2), today=TODAY)
        assert decision.case.acts[2].host == {**HOST, "n": 2}
        assert office.verify(FILE.id) == office.case(FILE.id)
        other = Office(place.opened(), EDITIONS)
        assert [entry.act.host for entry in other.history(FILE.id)] == [{**HOST, "n": 0}, None, {**HOST, "n": 2}]
        assert [entry.act.host for entry in other.acts(since=2)] == [{**HOST, "n": 2}]
        assert other.case(FILE.id).file.host == {"owner": "unit-3"}
        assert [act.host for act in other.case(FILE.id).acts] == [{**HOST, "n": 0}, None, {**HOST, "n": 2}]
        columns = [row.host for row in store.rows(FILE.id)]
        assert columns[1] is None
        assert json.loads(columns[0]) == {**HOST, "n": 0}
        assert "文号" in columns[0]
        assert "host" not in json.loads(store.rows(FILE.id)[0].act)
        assert "owner" not in store.file(FILE.id).facts


def test_an_altered_one_is_found(tmp_path: Path) -> None:
    """Somebody who changes it in the database is found by the chain, in a file and in an act."""
    for table in ("files", "acts"):
        path = place_of("sqlite", tmp_path / table)
        (tmp_path / table).mkdir()
        with path.opened() as store:
            Office(store, EDITIONS).open(OPENED, kept(ACTS[0]), today=TODAY)
        tamper(Path(path.address), f"UPDATE {table} SET host = '{{}}'")
        with path.opened() as store, pytest.raises(LedgerError, match="not what was recorded") as caught:
            Office(store, EDITIONS).case(FILE.id)
        assert caught.value.kind == "altered"


def test_it_is_exported_and_taken_in_again(tmp_path: Path) -> None:
    """A dossier holds it with the file and with each act; what is imported from it is the same, and so is its text."""
    office, other = Office(MemoryLedger(), EDITIONS), Office(MemoryLedger(), EDITIONS)
    office.import_files([(OPENED, [kept(act, n=n) for n, act in enumerate(ACTS)])], today=TODAY)
    text = write_text(office.export([FILE.id]))
    jsonschema.validate(json.loads(text), dossier_schema())
    taken = read(text)
    assert taken[0][0].host == {"owner": "unit-3"}
    assert [act.host for act in taken[0][1]] == [{**HOST, "n": n} for n in range(len(ACTS))]
    assert other.import_files(taken, today=TODAY).written
    assert write_text(other.export([FILE.id])) == text
    usual = {"RECRUITMENT_DB": str(tmp_path / "l.db"), "RECRUITMENT_TODAY": "2026-11-29"}
    (tmp_path / "d.json").write_text(text, "utf-8")
    for command in (["import", str(tmp_path / "d.json")], ["export", "-o", str(tmp_path / "e.json")]):
        assert CliRunner().invoke(cli, command, env=usual).exit_code == 0
    assert (tmp_path / "e.json").read_text("utf-8") == text
    shown = [
        CliRunner().invoke(cli, ["history", FILE.id, "--json", *more], env=usual).stdout for more in ([], ["--names"])
    ]
    assert ["文号" in each for each in shown] == [False, True]


def test_it_is_no_part_of_what_an_act_says() -> None:
    """No ruling reads it; a retry with other data of the host's is a repeat still, and no import differs by it."""
    ruling = judge(EDITIONS, open_case(EDITIONS, OPENED), kept(ACTS[0]), today=TODAY)
    assert ruling == judge(EDITIONS, open_case(EDITIONS, FILE), ACTS[0], today=TODAY)
    assert ruling.act.host == HOST
    assert (act_data(kept(ACTS[0])), hash(kept(ACTS[0]))) == (act_data(ACTS[0]), hash(ACTS[0]))
    assert "文号" not in repr(kept(ACTS[0]))
    office = Office(MemoryLedger(), EDITIONS)
    office.open(OPENED, kept(ACTS[0]), today=TODAY)
    for act in ACTS[1:6]:
        office.advance(FILE.id, kept(act), today=TODAY)
    again = next(act for act in ACTS[1:6] if act.code in ("mentors", "inspection"))
    with pytest.raises(Conflict) as caught:
        office.advance(FILE.id, kept(again, request="a retry"), today=TODAY)
    assert caught.value.kind == "repeat"
    report = office.import_files([(FILE, ACTS[:7])], today=TODAY)
    assert (report.written, report.existing, report.added) == (True, 6, 1)


def test_a_correction_keeps_what_the_host_has_with_it() -> None:
    """What is set right was entered with it, the correction has its own, and the act that it puts there has none."""
    office = Office(MemoryLedger(), EDITIONS)
    office.import_files([(OPENED, [kept(act, n=n) for n, act in enumerate(ACTS)])], today=TODAY)
    correct = Correct(on=TODAY, index=1, with_=evolve(ACTS[1], note="补记"), reason="笔误", host={"task": 18})
    assert office.advance(FILE.id, correct, today=TODAY).recorded
    case = office.case(FILE.id)
    assert (case.entries[1].host, case.acts[1].host, case.entries[-1].host) == ({**HOST, "n": 1}, None, {"task": 18})
    assert case.as_opened.host == {"owner": "unit-3"}
    whole = review(EDITIONS, FILE, ACTS, today=TODAY)[-1].entered(EDITIONS)
    within = evolve(correct, with_=kept(ACTS[1]))
    for door in (
        lambda: judge_correction(EDITIONS, whole, within, today=TODAY),
        lambda: read_act({**act_data(correct), "with": {**act_data(ACTS[1]), "host": HOST}}),
    ):
        with pytest.raises(BadInput, match=r"with\.host: keep this with the correction itself"):
            door()


@pytest.mark.parametrize(
    "value",
    [
        "text",
        5,
        True,
        [],
        ("a", 1),
        {"a": (1, 2)},
        {"a": {1, 2}},
        {"a": TODAY},
        {1: "a"},
        {"a": float("nan")},
        {"a": "\ud800"},
        {"\ud800": 1},
        {"a": "x" * 10_001},
    ],
)
def test_what_is_no_json_object_is_bad_input(value: Any) -> None:
    """With an act and with a file, as a value and in a dossier; also where it became so after it was checked."""
    office = Office(MemoryLedger(), EDITIONS)
    changing: dict[str, Any] = {"a": 1}
    act = evolve(ACTS[0], host=changing)
    assert judge(EDITIONS, open_case(EDITIONS, FILE), act, today=TODAY).admitted
    changing["b"] = value
    doors = [
        lambda: office.open(evolve(FILE, host=value), ACTS[0], today=TODAY),
        lambda: office.open(FILE, evolve(ACTS[0], host=value), today=TODAY),
        lambda: office.import_files([(FILE, [evolve(ACTS[0], host=value)])], today=TODAY),
        lambda: read_act({**act_data(ACTS[0]), "host": value}),
    ]
    if value not in ("text", 5, True, []):
        doors.append(lambda: office.open(FILE, act, today=TODAY))
    for door in doors:
        with pytest.raises(BadInput, match="host: "):
            door()
    assert list(office.ids()) == []


def test_lists_in_lists_without_end_are_bad_input() -> None:
    """What no JSON can hold is told so, and not by a fault of the interpreter's."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadInput, match="is no JSON object"):
        Office(MemoryLedger(), EDITIONS).open(FILE, evolve(ACTS[0], host={"a": deep}), today=TODAY)
