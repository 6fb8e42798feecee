"""A host's own work with an act: rows of its own in the transaction, calls in it and after it, on every store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, begin, content, place_of

from recruitment import Conflict, Label, LedgerEntry, LedgerError, Office


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where each kind of store is kept for a test."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


@pytest.fixture(params=[kind for kind in KINDS if kind != "memory"])
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An open store with a file of two acts and a table of the host's; one in memory has no tables."""
    found = place_of(request.param, tmp_path)
    with found.opened() as opened:
        begin(opened)
        opened.connection.execute("CREATE TABLE attachments (seq INTEGER PRIMARY KEY, name TEXT)")
        yield opened
    found.close()


@pytest.fixture
def store(place: Place) -> Iterator[Any]:
    """An open store with a file of two acts."""
    with place.opened() as opened:
        begin(opened)
        yield opened


def attach(store: Any, seq: int, name: str) -> None:
    """Write a row of the host's."""
    store.connection.execute(f"INSERT INTO attachments VALUES ({seq}, '{name}')")


def attached(store: Any) -> list[tuple[int, str]]:
    """The rows of the host's."""
    return [tuple(row) for row in store.connection.execute("SELECT seq, name FROM attachments ORDER BY seq")]


# ------------------------------------------------------------------------------------------- the host's rows


def test_a_hosts_row_is_kept_with_the_act_or_not_at_all(tables: Any) -> None:
    """What the host writes within `writing` is of the act's transaction, before the act and after it."""
    store, office = tables, Office(tables, EDITIONS)
    with store.writing():
        attach(store, 0, "before")
        decision = office.advance("a", ACTS[2], today=TODAY)
        attach(store, decision.seq or 0, "scan")
    with pytest.raises(RuntimeError), store.writing():  # noqa: PT012 - the fault comes after both rows
        attach(store, 4, "lost")
        assert office.advance("a", ACTS[3], today=TODAY).recorded
        raise RuntimeError
    assert attached(store) == [(0, "before"), (3, "scan")]
    assert len(office.case("a").acts) == 3
    assert office.verify("a")


def test_a_row_that_the_database_refuses_takes_the_act_back(tables: Any) -> None:
    """The host's own error is the cause of ours, nothing is kept, and the next writer finds the store free."""
    store, office = tables, Office(tables, EDITIONS)
    attach(store, 3, "taken")
    before = content(store)
    with pytest.raises(LedgerError) as caught, store.writing():  # noqa: PT012 - the fault comes after the act
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        attach(store, 3, "twice")
    assert caught.value.kind == "misuse"
    assert "unique" in str(caught.value.__cause__).lower()
    assert content(store) == before
    assert office.advance("a", ACTS[2], today=TODAY).recorded


def test_an_error_of_the_hosts_that_it_swallows_is_no_act_that_is_lost(tables: Any) -> None:
    """Where the database then refuses the whole transaction nobody is told that the act is recorded."""
    store, office = tables, Office(tables, EDITIONS)
    attach(store, 3, "taken")
    error: LedgerError | None = None
    try:
        with store.writing():
            assert office.advance("a", ACTS[2], today=TODAY).recorded
            with suppress(Exception):
                attach(store, 3, "twice")
    except LedgerError as raised:
        error = raised
    assert len(office.case("a").acts) == (3 if error is None else 2)
    assert error is None or (error.kind == "misuse" and "nothing was written" in error.en)


@pytest.mark.parametrize("how", ["commit", "rollback"])
def test_a_host_cannot_end_the_transaction_of_the_ledger(how: str, tables: Any) -> None:
    """A commit or rollback within `writing` is refused, and the act is not half kept; outside of it is no harm."""
    store, office = tables, Office(tables, EDITIONS)
    before = content(store)
    with pytest.raises(LedgerError, match="leave the commit or rollback out") as caught, store.writing():  # noqa: PT012
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        getattr(store.connection, how)()
    assert caught.value.kind == "misuse"
    assert content(store) == before
    getattr(store.connection, how)()
    with pytest.raises(LedgerError, match="itself ended the transaction") as caught, store.writing():
        store.connection.execute(how.upper())
    assert caught.value.kind == "misuse"
    assert office.advance("a", ACTS[2], today=TODAY).recorded


# ------------------------------------------------------------------------------------------- hooks


class Failing(Exception):
    """A fault of the host's own."""


def test_the_hooks_are_given_every_entry_however_it_was_recorded(store: Any) -> None:
    """By opening, advancing, a meeting for several, and an import: each act once, in its order, in it and after it."""
    during: list[LedgerEntry] = []
    after: list[LedgerEntry] = []
    office = Office(store, EDITIONS, on_recording=during.append, on_recorded=after.append)
    office.open(evolve(FILE, id="b"), ACTS[0], today=TODAY)
    office.advance("b", ACTS[1], today=TODAY, recorded_by="clerk")
    office.advance_together([("a", ACTS[2]), ("b", ACTS[2])], today=TODAY)
    assert not office.advance("a", ACTS[20], today=TODAY).recorded
    assert office.import_files([(evolve(FILE, id="c"), ACTS)], today=TODAY).written
    assert not office.import_files([(evolve(FILE, id="d"), ACTS)], today=TODAY, dry_run=True).written
    assert [(entry.file, entry.index) for entry in during[:4]] == [("b", 0), ("b", 1), ("a", 2), ("b", 2)]
    assert during == after == list(office.acts(since=2))
    assert during[1].recorded_by == "clerk"
    assert during[1].findings


def test_a_hook_that_raises_in_the_transaction_takes_the_act_back(store: Any) -> None:
    """The error is passed on as it is, none of several acts is recorded, and nothing that waited is called."""
    after: list[LedgerEntry] = []

    def fail(entry: LedgerEntry) -> None:
        if entry.file == "b" or entry.index == 3:
            raise Failing(entry.file)

    begin(store, "b")
    before = content(store)
    office = Office(store, EDITIONS, on_recording=fail, on_recorded=after.append)
    with pytest.raises(Failing, match="b"):
        office.advance_together([("a", ACTS[2]), ("b", ACTS[2])], today=TODAY)
    with pytest.raises(Failing, match="c"):
        office.import_files([(evolve(FILE, id="c"), ACTS)], today=TODAY)
    assert (content(store), after) == (before, [])
    assert office.advance("a", ACTS[2], today=TODAY).recorded
    with pytest.raises(Failing, match="a"):
        office.advance("a", ACTS[3], today=TODAY)
    assert [entry.index for entry in after] == [2]
    assert len(office.case("a").acts) == 3


def test_a_hook_writes_its_row_in_the_transaction(tables: Any) -> None:
    """A row that is written by a hook is there with the act, and goes with it where something later fails."""
    store = tables
    office = Office(store, EDITIONS, on_recording=lambda entry: attach(store, entry.seq, entry.act.code))
    assert office.advance("a", ACTS[2], today=TODAY).recorded
    with pytest.raises(Failing), store.writing():  # noqa: PT012 - the fault comes after the act
        assert office.advance("a", ACTS[3], today=TODAY).recorded
        raise Failing
    assert attached(store) == [(3, ACTS[2].code)]


def test_a_hook_that_raises_after_the_commit_leaves_the_act_recorded(place: Place, store: Any) -> None:
    """Each entry is handed over, whichever fails; then the errors come in one group, and the acts are there."""
    seen: list[str] = []

    def fail(entry: LedgerEntry) -> None:
        seen.append(entry.file)
        if entry.file != "b":
            raise Failing(entry.file)

    for name in ("b", "c"):
        begin(store, name)
    office = Office(store, EDITIONS, on_recorded=fail)
    with pytest.raises(ExceptionGroup, match="it is recorded") as caught:
        office.advance_together([(name, ACTS[2]) for name in "abc"], today=TODAY)
    assert [str(error) for error in caught.value.exceptions] == ["a", "c"]
    assert seen == ["a", "b", "c"]
    assert [len(Office(place.opened(), EDITIONS).case(name).acts) for name in "abc"] == [3, 3, 3]
    assert office.advance("b", ACTS[3], today=TODAY).index == 3


def test_an_act_is_not_recorded_once_more_for_an_error_after_the_commit(store: Any) -> None:
    """A hook may raise what an office takes for a file that has moved; the act was recorded, and is not tried again."""

    def conflict(entry: LedgerEntry) -> None:
        raise Conflict(Label(zh=entry.file, en=entry.file), "moved")

    office = Office(store, EDITIONS, on_recorded=conflict)
    with pytest.raises(ExceptionGroup):
        office.advance("a", ACTS[2], today=TODAY)
    assert len(office.case("a").acts) == 3


def test_a_hook_is_called_once_the_hosts_own_transaction_has_ended(place: Place, store: Any) -> None:
    """Within the host's `writing` nothing is called that others could not see yet; then each entry, seen by all."""
    seen: list[int] = []

    def look(_: LedgerEntry) -> None:
        thread = threading.Thread(target=lambda: seen.append(len(place.opened().rows("a"))))
        thread.start()
        thread.join()

    office = Office(store, EDITIONS, on_recorded=look)
    with store.writing():
        assert office.advance("a", ACTS[2], today=TODAY).recorded
        assert office.advance("a", ACTS[3], today=TODAY).recorded
        assert seen == []
    assert seen == [4, 4]


def test_a_hook_may_record_something_itself(store: Any) -> None:
    """In the transaction it is of it, and goes with it; after it, it is a transaction of its own."""
    office = Office(store, EDITIONS)

    def open_another(entry: LedgerEntry) -> None:
        begin(store, f"of-{entry.file}-{entry.index}", 1)

    both = Office(store, EDITIONS, on_recording=open_another, on_recorded=lambda _: begin(store, "z", 1))
    assert both.advance("a", ACTS[2], today=TODAY).recorded
    assert list(office.ids()) == ["a", "of-a-2", "z"]
    assert [entry.file for entry in office.acts(since=2)] == ["a", "of-a-2", "z"]
