"""A ledger of before, as a dump: it opens, it is replayed, and what it found is still told."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from recruitment import Ledger, Office, load_rulebooks
from recruitment.base.label import Lang
from recruitment.cli.main import cli
from recruitment.engine.findings import Finding
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_path
from recruitment.ledger.findings_codec import read_findings, write_findings
from recruitment.ledger.stores.sqlite_schema import APPLICATION_ID
from recruitment.presentation.findings.sentences import sentence

DUMP = Path(__file__).parent / "ledgers" / "1.sql"
FILES = ("2022-0007", "2023-001", "2026-0001", "2026-0002")
COLUMNS = "seq, file, number, act, state, edition, book, findings, recorded, recorded_by"
EDITIONS = load_rulebooks()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The dump as a ledger; the mark by which a ledger is known does not stand in a dump."""
    made = tmp_path / "ledger.db"
    connection = sqlite3.connect(made)
    connection.executescript(DUMP.read_text("utf-8"))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    return made


def told(path: Path) -> dict[tuple[str, int], Finding]:
    """The findings of the regular file, by rule and entry; of several the last."""
    with Ledger.open(path) as ledger:
        return {
            (finding.rule.code, entry.index): finding
            for entry in Office(ledger, EDITIONS).history("2022-0007")
            for finding in entry.findings
        }


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("file", FILES)
def test_the_history_of_an_old_ledger_is_told(file: str, lang: Lang, path: Path) -> None:
    """Every entry with its findings, in both languages, for people and as JSON, once it was opened for writing."""
    Ledger.open(path).close()
    usual = {"RECRUITMENT_DB": str(path), "COLUMNS": "200", "RECRUITMENT_TODAY": "2026-11-29"}
    for form in ([], ["--json"]):
        result = CliRunner().invoke(cli, ["history", file, "--lang", lang, *form], env=usual)
        assert result.exit_code == 0, result.output
    said = [finding[lang] for entry in json.loads(result.stdout)["acts"] for finding in entry["findings"]]
    assert said
    assert not any(odd in sentence for sentence in said for odd in ("{", "}", "None", "UNKNOWN"))


def test_an_old_ledger_is_replayed_and_not_rewritten(path: Path) -> None:
    """Opened for writing and read, its rows hold what they held; the migration adds columns and changes none."""

    def rows() -> list[tuple[object, ...]]:
        connection = sqlite3.connect(path)
        found = connection.execute(f"SELECT {COLUMNS} FROM acts ORDER BY seq").fetchall()
        connection.close()
        return found

    before = rows()
    with Ledger.open(path) as ledger:
        office = Office(ledger, EDITIONS)
        assert [office.case(file).standing for file in FILES] == ["full", "candidate", "activist", "ended"]
        assert {act.host for file in FILES for act in office.case(file).acts} == {None}
    assert rows() == before


def test_an_old_finding_names_its_comparison_where_only_one_can_have_made_it(path: Path) -> None:
    """Of a rule with three comparisons the note is that of the share; the number of entries tells the words."""
    quorum = told(path)["branch-committee-quorum", 2]
    assert (len(quorum.rule.compare), quorum.check.comparison) == (3, 0)
    words = sentence(quorum, EDITIONS.named("2014"), "en")
    assert words.endswith("Present: 5 of 5 (members); half is at least 3.")


def test_an_old_finding_that_may_come_from_two_claims_no_reading(path: Path) -> None:
    """Of two limits of one rule the row does not say which: the days are told, and nothing of what they count from."""
    dates = told(path)["probation-dates", 17]
    assert (dates.check.comparison, dates.check.policies) == (None, ())
    sentences: dict[Lang, str] = {
        "en": "Counted from 2024-05-20, limit 2025-05-20; dated 2025-05-19.",
        "zh": "起算日2024年5月20日，期限2025年5月20日，记为2025年5月19日。",
    }
    for lang, words in sentences.items():
        assert sentence(dates, EDITIONS.named("2014"), lang).endswith(words)


def test_a_new_row_says_what_an_old_one_does_not() -> None:
    """Judged today, the same rule says which of its two limits it was, and the row keeps it."""
    ((file, acts),) = read_path(DUMP.parent.parent.parent / "examples" / "dossiers" / "regular.json")
    rulings = review(EDITIONS, file, acts, today=date(2026, 11, 29))
    (found,) = [f for ruling in rulings for f in ruling.findings if f.rule.code == "probation-dates"]
    (row,) = write_findings([found])
    (again,) = read_findings([row], EDITIONS.named("2014"), found.asked)
    assert (row["comparison"], again.check) == (1, found.check)
