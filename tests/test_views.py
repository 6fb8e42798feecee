"""The views of a ledger for people who ask by SQL: what they say, what they leave out, and that their examples run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, PostgresPlace, begin, place_of

from recruitment.base.identity import masked
from recruitment.ledger.office import Office
from recruitment.ledger.stores.views import view_statements
from recruitment.record.acts import Correct

DOCUMENT = Path(__file__).parents[1] / "docs" / "queries.md"
VIEWS = ("v_files", "v_entries", "v_findings")
NUMBER = "11010120010504123X"


@pytest.fixture(params=[kind for kind in KINDS if kind != "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A ledger with a whole file under an identity number, one midway, and a correction, on each kind of database."""
    found = place_of(request.param, tmp_path)
    with found.opened() as store:
        begin(store, NUMBER, len(ACTS))
        office = begin(store, "b", 3)
        entry = evolve(ACTS[1], on=date(2022, 11, 20), recorded=None, reason="事由戊")
        fix = Correct(on=date(2022, 12, 6), index=1, reason="笔误", with_=entry)
        assert office.advance("b", fix, today=TODAY, recorded_by="录入员丁").recorded
    yield found
    found.close()


def asked(place: Place, query: str) -> list[tuple[Any, ...]]:
    """What a plain connection is answered."""
    if isinstance(place, PostgresPlace):
        return place.connection.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(f"file:{place.address}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def test_the_views_say_what_the_office_says(place: Place) -> None:
    """Files, entries and findings are those of `history`, row by row, and join by the number of the file."""
    with place.opened() as store:
        office = Office(store, EDITIONS)
        history = {"b": office.history("b"), NUMBER: office.history(NUMBER)}
        state = {name: office.case(name).state.name for name in history}
    files = asked(place, "SELECT file_number, file, opened_on, branch, complete, entries, state, last_act FROM v_files")
    assert sorted(files) == [
        (1, masked(NUMBER), "2026-11-22", "示例第一党支部", 1, len(ACTS), state[NUMBER], "archive"),
        (len(ACTS) + 1, "b", "2026-11-22", "示例第一党支部", 1, 4, state["b"], "correct"),
    ]
    every = sorted((entry for each in history.values() for entry in each), key=lambda entry: entry.seq)
    query = (
        "SELECT entry, act_index, act, act_on, state_after, edition, rulebook_hash, entered_on, rules_unmet, "
        "rules_unknown FROM v_entries ORDER BY entry"
    )
    assert asked(place, query) == [
        (
            entry.seq,
            entry.index,
            entry.act.code,
            entry.act.on.isoformat(),
            entry.state,
            entry.edition,
            entry.rulebook_hash,
            entry.recorded.isoformat(),
            sum(finding.value == "unmet" for finding in entry.findings),
            sum(finding.value == "unknown" for finding in entry.findings),
        )
        for entry in every
    ]
    assert any(finding.index == 1 for finding in history["b"][3].findings)
    query = "SELECT entry, act_index, act, act_on, edition, rule, value FROM v_findings"
    assert sorted(asked(place, query)) == sorted(
        (
            entry.seq,
            entry.index if finding.index is None else finding.index,
            finding.act,
            finding.asked.on.isoformat(),
            finding.edition,
            finding.rule.code,
            finding.value,
        )
        for entry in every
        for finding in entry.findings
    )
    joined = asked(
        place, "SELECT count(*) FROM v_files f JOIN v_entries e USING (file_number) JOIN v_findings USING (entry)"
    )
    assert joined == asked(place, "SELECT count(*) FROM v_findings")


def test_a_ledger_without_views_is_read_and_gets_them_from_a_writer(place: Place) -> None:
    """One that was made before there were views: a reader leaves it as it is, a writer adds them."""
    table = "migrations" if isinstance(place, PostgresPlace) else "_sqlite_migrations"
    place.execute(f"DELETE FROM {table} WHERE name IN ('p002_views', 'm003_views')")
    for view in VIEWS:
        place.execute(f"DROP VIEW {view}")
    with place.opened(read_only=True) as store:
        assert Office(store, EDITIONS).verify("b").acts
    with pytest.raises(Exception, match="v_files"):
        asked(place, "SELECT * FROM v_files")
    place.opened().close()
    assert len(asked(place, "SELECT * FROM v_files")) == 2


def test_no_view_has_a_name_or_a_whole_identity_number(place: Place) -> None:
    """Neither people's names nor days of birth, clerks or reasons are in any column."""
    said = " ".join(str(value) for view in VIEWS for row in asked(place, f"SELECT * FROM {view}") for value in row)
    assert masked(NUMBER) in said
    assert str(FILE.name) == "申请人甲"
    for private in (NUMBER, "申请人甲", "2001-05-04", "党员乙", "录入员丁", "笔误", "事由戊"):
        assert private not in said


def test_the_examples_of_the_document_run(place: Place) -> None:
    """Each query of docs/queries.md is answered; PostgreSQL writes the half year before today otherwise."""
    text = DOCUMENT.read_text("utf-8")
    queries = re.findall(r"^```sql\n(.*?)```$", text, re.MULTILINE | re.DOTALL)
    assert [view for query in queries for view in VIEWS if view in query] == list(VIEWS)
    _, entries, findings = queries
    assert ("2022", "apply", 2) in asked(place, entries)
    assert asked(place, findings) == asked(place, findings.replace("rule, force, count(*)", "rule, force, sum(1)"))
    if not isinstance(place, PostgresPlace):
        assert asked(place, queries[0]) == []
        assert [row[0] for row in asked(place, queries[0].replace("'now'", "'2027-12-01'"))] == ["b"]


def test_the_document_names_every_column(place: Place) -> None:
    """The tables of the document are the columns of the views, in their order."""
    sections = DOCUMENT.read_text("utf-8").split("\n## ")[1:]
    for view, section in zip(VIEWS, sections, strict=True):
        named = [
            name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
        ]
        if isinstance(place, PostgresPlace):
            columns = [column.name for column in place.connection.execute(f"SELECT * FROM {view}").description or ()]
        else:
            with closing(sqlite3.connect(place.address)) as connection:
                columns = [column[0] for column in connection.execute(f"SELECT * FROM {view}").description]
        assert columns == named


def test_the_python_of_the_document_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """It prints the branches of the ledger in the folder."""
    monkeypatch.chdir(tmp_path)
    with place_of("sqlite", tmp_path).opened() as store:
        begin(store)
    (code,) = re.findall(r"^```python\n(.*?)```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out == "示例第一党支部 1\n"


@given(
    st.one_of(
        st.from_regex(r"\A[0-9]{14,19}[Xx]?\Z"),
        st.text("0123456789Xx１٣", min_size=14, max_size=19),
        st.text(max_size=20).filter(lambda text: "\0" not in text),
    )
)
@example("110101200105041234")
@example("11010120010504123X")
@example("110101200105041")
def test_a_view_masks_what_the_library_masks(file: str) -> None:
    """Of an identity number the view shows what `masked` leaves of it; of an id with one in it, never the number."""
    statement = view_statements("sqlite")[1]
    column = statement.split(" AS file,")[0].split("AS file_number,")[1].replace("a.file", ":file")
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            ((shown,),) = connection.execute(f"SELECT {column}", {"file": file}).fetchall()
        except UnicodeEncodeError:
            return
    assert not re.search("[0-9]{15}", shown)
    if re.fullmatch("[0-9]{15}|[0-9]{17}[0-9Xx]", file):
        assert shown == masked(file) != file
        assert len(shown) == len(file)
    elif not re.search("[0-9]{15}", file):
        assert shown == masked(file) == file
