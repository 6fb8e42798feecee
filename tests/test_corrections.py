"""Corrections: a wrong entry set right by a later one, everything after it judged again, nothing ever deleted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from recruitment import BadInput, Ledger, Office, judge, judge_correction, load_rulebooks, open_case
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import act_data, read_act, read_path, write_text
from recruitment.formats.dossier.documents import read as read_dossier
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, File

EDITIONS = load_rulebooks()
TODAY = date(2026, 11, 1)
REGULAR = Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json"
FILE, ACTS = read_path(REGULAR)[0]
WRONGLY_DATED = evolve(ACTS[1], on="2022-11-21")  # type: ignore[arg-type] # which a host that checks no types can do
PLACE = {act.code: n for n, act in enumerate(ACTS)}


def correction(**keys: Any) -> Correct:
    """A correction of today with a reason, unless the keys say otherwise."""
    act = read_act({"act": "correct", "on": TODAY.isoformat(), "reason": "笔误"} | keys)
    assert isinstance(act, Correct)
    return act


def instead(code: str, **keys: Any) -> dict[str, Any]:
    """The act of that code of the regular file, with other keys."""
    return act_data(ACTS[PLACE[code]]) | keys


def whole() -> Any:
    """The case of the regular file, every act of it entered."""
    return review(EDITIONS, FILE, ACTS, today=TODAY)[-1].entered(EDITIONS)


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """An office whose ledger holds the regular file."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        assert office.import_files([(FILE, ACTS)], today=TODAY).written
        yield office


def test_a_correction_that_breaks_nothing_is_accepted() -> None:
    """A talk two days later is lawful still, and nothing comes out otherwise."""
    ruling = judge_correction(
        EDITIONS, whole(), correction(index=1, **{"with": instead("talk", on="2022-09-22")}), today=TODAY
    )
    assert ruling.admitted
    assert ruling.changes == ()
    assert ruling.following(EDITIONS).day("talk") == date(2022, 9, 22)


def test_a_breach_of_a_duty_is_recorded_with_the_correction() -> None:
    """A talk that was late after all: the duty is unmet, and the correction stands and says so."""
    ruling = judge_correction(
        EDITIONS, whole(), correction(index=1, **{"with": instead("talk", on="2022-11-25")}), today=TODAY
    )
    assert ruling.admitted
    (change,) = ruling.changes
    assert (change.index, change.rule) == (1, "talk-within-1-month")
    assert (change.before.value, change.after.value) == ("met", "unmet")  # type: ignore[union-attr]
    assert ("talk-within-1-month", 1) in {(f.rule.code, f.index) for f in ruling.unmet}


def test_a_correction_that_makes_a_later_act_unlawful_is_refused_with_that_act_named() -> None:
    """The decision on the activist a day later leaves the candidate a year short, and names his act and the day."""
    moved = correction(index=2, **{"with": instead("activist", on="2022-12-07")})
    ruling = judge_correction(EDITIONS, whole(), moved, today=TODAY)
    assert not ruling.admitted
    (finding,) = [f for f in ruling.barring if f.rule.code == "cultivation-1-year"]
    assert (finding.act, finding.index) == ("candidate", PLACE["candidate"])
    assert finding.check.first_day == date(2023, 12, 7)


def test_the_policy_accepts_it_with_the_breach_recorded() -> None:
    """`correction-breaks-later` = record: the same correction stands, its breach among its findings."""
    editions = Editions(
        rulebooks=tuple(
            evolve(b, policies={**b.policies, "correction-breaks-later": "record"}) for b in EDITIONS.rulebooks
        )
    )
    moved = correction(index=2, **{"with": instead("activist", on="2022-12-07")})
    ruling = judge_correction(
        editions, review(editions, FILE, ACTS, today=TODAY)[-1].entered(editions), moved, today=TODAY
    )
    assert ruling.admitted
    assert "cultivation-1-year" in {finding.rule.code for finding in ruling.unmet}
    assert ruling.following(editions).standing == "full"


def test_an_entry_is_struck_out_and_keeps_its_place() -> None:
    """The first of two half-year inspections in probation goes; every other entry keeps its number."""
    place = next(n for n, act in enumerate(ACTS) if act.code == "probation_inspection")
    case = judge_correction(EDITIONS, whole(), correction(index=place, **{"with": None}), today=TODAY).following(
        EDITIONS
    )
    assert [act.on for act in case.counting_acts("probation_inspection")] == [date(2025, 5, 12)]
    assert case.entries[:-1] == ACTS
    assert case.acts[place].code == "struck"
    assert case.current["archive"] == (PLACE["archive"],)


def test_what_was_struck_out_no_longer_serves() -> None:
    """Without its filing nobody is a candidate: the correction is refused by the order of a later act."""
    ruling = judge_correction(
        EDITIONS, whole(), correction(index=PLACE["activist_filing"], **{"with": None}), today=TODAY
    )
    assert not ruling.admitted
    assert {(f.rule.code, f.act) for f in ruling.barring} == {("order", "candidate")}


def test_a_fact_of_the_file_is_corrected_and_every_act_judged_again() -> None:
    """A later day of birth makes the application come before the age of 18."""
    young = correction(field="born", **{"with": "2004-09-02"})
    ruling = judge_correction(EDITIONS, whole(), young, today=TODAY)
    assert [(f.rule.code, f.act) for f in ruling.barring] == [("age-18", "apply")]
    lawful = judge_correction(
        EDITIONS, whole(), correction(field="born", **{"with": "2004-09-01"}), today=TODAY
    ).following(EDITIONS)
    assert lawful.file.born == date(2004, 9, 1)
    assert lawful.as_opened == FILE


def test_a_corrected_entry_may_be_corrected_once_more() -> None:
    """The entry is named again, not its correction; the last one stands, and the first stays visible."""
    case = judge_correction(
        EDITIONS, whole(), correction(index=1, **{"with": instead("talk", on="2022-09-22")}), today=TODAY
    ).following(EDITIONS)
    again = judge_correction(
        EDITIONS, case, correction(index=1, **{"with": instead("talk", on="2022-09-23")}), today=TODAY
    ).following(EDITIONS)
    assert again.day("talk") == date(2022, 9, 23)
    assert again.entries[1] == ACTS[1]


def test_after_an_end_only_a_correction_is_possible(office: Office) -> None:
    """A file that ended by mistake goes on once the end is struck out."""
    acts = ACTS[: PLACE["candidate"]]
    file = evolve(FILE, id="ended")
    withdrawn = read_act({"act": "withdraw", "on": "2024-01-10", "decided_by": "本人"})
    assert office.import_files([(file, (*acts, withdrawn))], today=TODAY).written
    assert office.case("ended").state.ended == "withdrew"
    refused = office.advance("ended", ACTS[PLACE["candidate"]], today=TODAY)
    assert [f.check.note for f in refused.ruling.barring if f.rule.code == "order"] == ["ended"]
    struck = office.advance("ended", correction(index=len(acts), **{"with": None}), today=TODAY)
    assert struck.recorded
    assert struck.case.standing == "activist"
    assert office.advance("ended", ACTS[PLACE["candidate"]], today=TODAY).recorded


# ------------------------------------------------------------------------------------------- in the ledger


def test_nothing_is_deleted_and_the_file_reads_as_corrected(office: Office) -> None:
    """The old entry stays in the history, marked; the case, `verify` and the findings follow the correction."""
    assert office.advance(
        FILE.id, correction(index=1, **{"with": instead("talk", on="2022-11-25")}), today=TODAY
    ).recorded
    entries = office.history(FILE.id)
    assert [entry.act.on for entry in entries[:2]] == [ACTS[0].on, ACTS[1].on]
    assert entries[1].corrected_by == len(ACTS)
    assert office.case(FILE.id).day("talk") == date(2022, 11, 25)
    assert office.verify(FILE.id) == office.case(FILE.id)
    standing = office.current_findings(FILE.id)
    assert [(f.rule.code, f.index, f.edition) for f in standing if f.value == "unmet"] == [
        ("talk-within-1-month", 1, "2014")
    ]
    back = office.advance(FILE.id, correction(index=1, **{"with": instead("talk")}), today=TODAY)
    assert [(c.before.value, c.after.value) for c in back.ruling.changes] == [("unmet", "met")]  # type: ignore[union-attr]
    assert not [f for f in office.current_findings(FILE.id) if f.value == "unmet"]


def test_a_corrected_file_is_exported_and_imported_as_it_was_entered(office: Office, tmp_path: Path) -> None:
    """The dossier holds the old entries and the corrections; a second ledger comes to the same case."""
    for act in (
        correction(index=1, **{"with": instead("talk", on="2022-09-22")}),
        correction(field="name", **{"with": "申请人乙"}),
    ):
        assert office.advance(FILE.id, act, today=TODAY).recorded
    text = write_text(office.export([FILE.id]))
    with Ledger.open(tmp_path / "other.db", create=True) as ledger:
        other = Office(ledger, EDITIONS)
        assert other.import_files(read_dossier(text), today=TODAY).written
        assert write_text(other.export([FILE.id])) == text
        assert other.case(FILE.id) == office.case(FILE.id)
        assert other.case(FILE.id).file.name == "申请人乙"


# ------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"index": 99, "with": None}, "the file has no entry 99; its entries are 0 to 27"),
        ({"index": 0, "with": None}, "the file would be left without its first act"),
        ({"index": 0, "with": instead("talk")}, "the file would be left without its first act"),
        ({"index": 27, "with": None}, "entry 27 is a correction itself"),
        ({"index": 1, "with": None, "reason": " "}, "say why the entry is corrected"),
        (
            {"index": 1, "with": {"act": "correct", "on": "2026-10-01", "reason": "x", "index": 2, "with": None}},
            "an act cannot be replaced by a correction",
        ),
    ],
)
def test_what_cannot_be_corrected_is_said_in_one_sentence(office: Office, keys: dict[str, Any], sentence: str) -> None:
    """A correction of a correction, of nothing, of everything, or without a reason: one sentence, nothing written."""
    assert office.advance(
        FILE.id, correction(index=1, **{"with": instead("talk", on="2022-09-22")}), today=TODAY
    ).recorded
    with pytest.raises(BadInput) as caught:
        office.advance(FILE.id, correction(**keys), today=TODAY)
    assert sentence in caught.value.en
    assert len(office.case(FILE.id).acts) == 28


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({}, "name either the act (index) or the fact of the file (field); the key with is missing; add it"),
        (
            {"index": 1, "field": "born", "with_": None},
            "name either the act (index) or the fact of the file (field), not",
        ),
        ({"index": 1}, "the key with is missing; add it"),
        ({"index": True, "with_": None}, "index: true is not a whole number"),
        ({"index": 1, "with_": TODAY}, "with: 2026-11-01 is no act"),
        ({"index": 1, "with_": WRONGLY_DATED}, "with.on: '2022-11-21' is not a date; give"),
        (
            {"field": "brn", "with_": None},
            "field: 'brn' is not one of name, born, branch, mobile, expelled_on; did you",
        ),
        ({"field": "born", "with_": "2001-05-04"}, "with: '2001-05-04' is not a date; give date(2001, 5, 4)"),
        ({"field": "branch", "with_": None}, "this is no value of branch of the file 2022-0007"),
        ({"field": "mobile", "with_": None}, "with: null is not true or false"),
    ],
)
def test_a_correction_that_a_host_has_made_wrongly_is_bad_input(keys: dict[str, Any], sentence: str) -> None:
    """A dossier cannot hold such a one, but a value can be made so."""
    with pytest.raises(BadInput) as caught:
        judge_correction(EDITIONS, whole(), Correct(on=TODAY, reason="笔误", **keys), today=TODAY)
    assert sentence in caught.value.en


# ------------------------------------------------------------------------------------------- the property


def strictly(file: File, acts: tuple[Act, ...]) -> Any:
    """The case to which the door leads if the file had said so from the start; None where an act is refused."""
    case = open_case(EDITIONS, file)
    for act in acts:
        ruling = judge(EDITIONS, case, act, today=TODAY)
        if not ruling.admitted:
            return None
        case = ruling.following(EDITIONS)
    return case


@given(place=st.integers(0, len(ACTS) - 1), days=st.integers(-40, 40), struck=st.booleans())
def test_a_correction_is_accepted_where_the_file_could_have_said_so_from_the_start(
    place: int, days: int, struck: bool
) -> None:
    """Any entry of a lawful file moved by some days or struck out: accepted exactly where every act is admitted so."""
    if struck and place == 0:
        return
    act = None if struck else evolve(ACTS[place], on=ACTS[place].on + timedelta(days=days))
    named = correction(index=place, **{"with": None if act is None else act_data(act)})
    ruling = judge_correction(EDITIONS, whole(), named, today=TODAY)
    plain = strictly(FILE, (*ACTS[:place], *([] if act is None else [act]), *ACTS[place + 1 :]))
    assert ruling.admitted is (plain is not None)
    if plain is not None:
        case = ruling.following(EDITIONS)
        assert case.state == plain.state
        assert case.happened == plain.acts
