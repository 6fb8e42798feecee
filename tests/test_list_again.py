"""A list that is imported over files which stand: what it says more is entered, and what it says otherwise is named.

A list says a part of what a file holds, so that what it leaves out is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from recruitment import Ledger, Office, load_rulebooks
from recruitment.formats.dossier.documents import act_data, read_act, read_path
from recruitment.ledger.importing import FileReport
from recruitment.record.acts import Act, Correct, File
from recruitment.record.evidence import UNKNOWN, Branch

EDITIONS = load_rulebooks()
REGULAR, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
FILE = evolve(REGULAR, name=UNKNOWN)
"""The regular file, which does not say the name."""
BY_CODE = {act.code: act for act in ACTS}
STANDING = ACTS[:6]
"""What stands: up to the first inspection."""
TODAY = date(2026, 11, 22)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose ledger holds the file."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        assert office.import_files([(FILE, STANDING)], today=TODAY).written
        yield office


def listed(office: Office, *acts: Act, file: File = FILE) -> FileReport:
    """What becomes of the file in a list that says these acts."""
    (report,) = office.import_files([(file, acts)], today=TODAY, on_trust="支部名册", partial={file.id}).files
    return report


def changed(code: str, **keys: Any) -> Act:
    """An act of the file with other keys."""
    return read_act({**act_data(BY_CODE[code]), **keys})


def last(office: Office) -> Act:
    """The last entry of the file."""
    return office.case(FILE.id).entries[-1]


def test_what_a_list_leaves_out_is_no_difference(office: Office) -> None:
    """A row with two days of what stands brings nothing in."""
    bare = [read_act({"act": code, "on": BY_CODE[code].on.isoformat()}) for code in ("apply", "activist")]
    report = listed(office, *bare)
    assert (report.refusals, report.added) == ((), 0)
    assert len(office.case(FILE.id).acts) == len(STANDING)


def test_an_act_that_is_new_is_entered(office: Office) -> None:
    """An inspection on another day than the one that stands is a second one, for it comes again."""
    report = listed(office, BY_CODE["apply"], BY_CODE["inspection"])
    assert (report.refusals, report.added) == ((), 1)
    assert (last(office).code, last(office).on) == ("inspection", date(2023, 12, 1))


def test_what_a_list_says_more_of_an_act_is_a_correction(office: Office) -> None:
    """A note is added to what stands, and everything else of the act is kept."""
    report = listed(office, changed("activist", note="群众推荐"))
    assert (report.refusals, report.added) == ((), 1)
    entry = last(office)
    assert isinstance(entry, Correct)
    assert (entry.index, entry.reason) == (2, "支部名册")
    stands = office.case(FILE.id).counting_act("activist")
    assert stands is not None
    assert act_data(stands) == {**act_data(BY_CODE["activist"]), "note": "群众推荐"}


def test_a_fact_that_the_file_lacks_is_a_correction(office: Office) -> None:
    """The name, which the file did not say."""
    report = listed(office, BY_CODE["apply"], file=evolve(FILE, name="申请人甲"))
    assert (report.refusals, report.added) == ((), 1)
    entry = last(office)
    assert isinstance(entry, Correct)
    assert (entry.field, entry.with_) == ("name", "申请人甲")
    assert office.case(FILE.id).file.name == "申请人甲"


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (changed("talk", on="2022-09-21"), "talk differs from the ledger's of 2022-09-20 (on 2022-09-21)"),
        (
            changed("activist_filing", outcome="returned"),
            "activist_filing differs from the ledger's of 2022-12-12 (outcome)",
        ),
        (changed("talk", papers=["minutes"]), "talk differs from the ledger's of 2022-09-20 (papers)"),
    ],
)
def test_what_a_list_says_otherwise_refuses_the_file(office: Office, act: Act, what: str) -> None:
    """Another day of an act that comes once, another outcome, other evidence: named, and nothing is entered."""
    report = listed(office, BY_CODE["apply"], act)
    assert [label.en for label in report.refusals] == [f"{FILE.id}: {what}; compare the two"]
    assert len(office.case(FILE.id).acts) == len(STANDING)


def test_a_fact_that_is_said_otherwise_refuses_the_file(office: Office) -> None:
    """Another day of birth: a list does not correct what stands."""
    report = listed(office, BY_CODE["apply"], file=evolve(FILE, born=date(2001, 5, 5)))
    assert [label.en for label in report.refusals] == [f"{FILE.id}: born differs from the ledger; compare the two"]
    assert len(office.case(FILE.id).acts) == len(STANDING)


def test_a_table_that_a_list_says_more_of_is_filled_in(office: Office) -> None:
    """How many were in favour is added to what the record says of its meeting; another body is refused."""
    report = listed(office, read_act({"act": "activist", "on": "2022-12-05", "meeting": {"for": 4}}))
    assert (report.refusals, report.added) == ((), 1)
    stands = office.case(FILE.id).counting_act("activist")
    assert stands is not None
    assert act_data(stands)["meeting"] == {**act_data(BY_CODE["activist"])["meeting"], "for": 4}
    report = listed(office, read_act({"act": "activist", "on": "2022-12-05", "meeting": {"body": "general_meeting"}}))
    assert [label.en for label in report.refusals] == [
        f"{FILE.id}: activist differs from the ledger's of 2022-12-05 (meeting); compare the two"
    ]


def test_a_branch_is_the_same_by_what_the_list_says_of_it(office: Office) -> None:
    """Its name alone is no difference; another name is."""
    report = listed(office, BY_CODE["apply"], file=evolve(FILE, branch=Branch(name="示例第一党支部")))
    assert (report.refusals, report.added) == ((), 0)
    report = listed(office, BY_CODE["apply"], file=evolve(FILE, branch=Branch(name="示例第二党支部")))
    assert [label.en for label in report.refusals] == [f"{FILE.id}: branch differs from the ledger; compare the two"]
