"""What happened, as values: what is not known is no answer, and stays unknown in what is made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recruitment import Case, Ledger, Office, load_rulebooks
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_act, read_path
from recruitment.record.acts import Act
from recruitment.record.case import serving
from recruitment.record.evidence import UNKNOWN, Person

EDITIONS = load_rulebooks()
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
TODAY = date(2026, 11, 22)
ONE, TWO, THREE = (Person(name=name) for name in ("党员乙", "党员丙", "党员丁"))


def after(*more: Act) -> Case:
    """The regular file up to the application for conversion, and more."""
    end = next(n for n, act in enumerate(ACTS) if act.code == "conversion_application") + 1
    return review(EDITIONS, FILE, [*ACTS[:end], *more], today=TODAY)[-1].entered(EDITIONS)


def appointed(*appointments: dict[str, Any]) -> tuple[Person, ...] | None:
    """Who serves after these appointments of mentors."""
    return serving([read_act({"act": "mentors", "on": "2022-12-12", **said}) for said in appointments])


def test_unknown_is_neither_true_nor_false() -> None:
    """Asked for its truth it raises: a condition on what is not known would be an answer."""
    assert repr(UNKNOWN) == "UNKNOWN"
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)


@pytest.mark.parametrize(
    ("months", "due"),
    [({"months": 6}, date(2025, 11, 20)), ({"months": 0}, date(2025, 5, 20)), ({}, UNKNOWN)],
)
def test_a_postponement_of_unknown_length_ends_on_no_known_day(months: dict[str, int], due: object) -> None:
    """The months count from the end of probation; where they are not said, no day is."""
    case = after(read_act({"act": "postpone_conversion", "on": "2025-05-15", **months}))
    assert case.conversion_due_since("once") == due


def test_who_serves_is_known_from_the_last_appointment_that_says_all() -> None:
    """Who is replaced goes and the others stay, but of people who are not known nobody can be replaced."""
    two = {"people": [{"name": "党员乙"}, {"name": "党员丙"}]}
    instead = {"people": [{"name": "党员丁"}], "replaces": [{"name": "党员乙"}]}
    assert appointed(two) == (ONE, TWO)
    assert appointed(two, instead) == (TWO, THREE)
    assert appointed(two, {}) is None
    assert appointed({}, instead) is None
    assert appointed({}, two, instead) == (TWO, THREE)


def test_nothing_has_come_since_an_act_that_does_not_stand() -> None:
    """Entries are counted from an act of the present round; where there is none, there are none."""
    case = after()
    assert [act.code for _, act in case.since("admission_approval", "probation_inspection")] == [
        "probation_inspection",
        "probation_inspection",
    ]
    assert list(case.since("conversion_meeting", "probation_inspection")) == []


def test_no_repr_names_a_person(tmp_path: Path) -> None:
    """A log, a notebook or a traceback shows what happened and to which file, and nobody's name or day of birth."""
    file, acts = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
    named = {str(file.name), *(person.name for act in acts for person in getattr(act, "people", ()) or ())}
    ruling = review(EDITIONS, file, acts, today=TODAY)[-1]
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        decision = office.open(file, acts[0], today=TODAY)
        shown = [repr(value) for value in (file, ruling.case, ruling, decision, *acts)]
    assert len(named) > 2
    for text in shown:
        assert not [name for name in (*named, "2001, 5, 4", "2001-05-04") if str(name) in text], text
    assert all("\n" not in text and len(text) < 160 for text in shown[1:4])
    assert repr(ruling) == "<Ruling 2022-0007 archive 2025-06-20 (2014) admitted>"
