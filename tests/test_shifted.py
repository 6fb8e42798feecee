"""The regular file with one act shifted across its limit; and the worked example of 2026, judged as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from recruitment import judge, load_rulebooks, open_case
from recruitment.engine.judging import review
from recruitment.engine.ruling import Ruling
from recruitment.formats.dossier import documents as dossier
from recruitment.formats.dossier.documents import act_data, read_act
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.record.acts import Act

EDITIONS = load_rulebooks()
TODAY = date(2026, 11, 22)
DOSSIERS = Path(__file__).parents[1] / "examples" / "dossiers"
FILE, ACTS = dossier.read_path(DOSSIERS / "regular.json")[0]
CODES = [act.code for act in ACTS]


class Shift(NamedTuple):
    """One act of the regular file with another day or other evidence, and what comes of it at which act.

    `act` is a code, with #2 for the second of two. `then` is "refused", "late" (recorded, with the duty unmet) or
    "shown" (recorded, advice).
    """

    act: str
    to: dict[str, Any]
    at: str
    code: str
    then: str
    why: str


# The regular file: applied 2022-09-01 (received 09-02), talk 09-20, activist 12-05, filed and mentors 12-12, inspected
# 2023-06-01 and 12-01, candidate 12-06, filed 12-20, sponsors 12-22, training 2024-03-15 to 17, review 04-02, committee
# 04-10, pre-review 05-06, form 05-10, meeting 05-20, talk 06-03, approval 06-18, assigned 06-24, filed 06-25, oath
# 07-01, inspected 11-20 and 2025-05-12, applied 05-12, conversion 05-21, approved 06-10, archived 06-20.
TABLE = [
    Shift("apply", {"on": "2019-05-03", "received": None}, "apply", "age-18", "refused", "eighteen on 2019-05-04"),
    Shift("apply", {"on": "2022-09-21", "received": "2022-09-21"}, "talk", "order", "refused", "the talk was on 09-20"),
    Shift(
        "apply", {"tie": "residence"}, "apply", "right-organization", "refused", "there is an organization at school"
    ),
    Shift("apply", {"papers": []}, "apply", "application-in-writing", "refused", "no letter"),
    Shift(
        "apply", {"on": "2022-08-19", "received": "2022-08-19"}, "talk", "talk-within-1-month", "late", "due by 09-19"
    ),
    Shift("talk", {"on": "2022-10-03"}, "talk", "talk-within-1-month", "late", "received 09-02, due by 10-02"),
    Shift("talk", {"on": "2022-08-31"}, "talk", "order", "refused", "before the application"),
    Shift("activist", {"on": "2022-09-19"}, "activist", "order", "refused", "before the talk"),
    Shift("activist", {"on": "2022-12-13"}, "activist_filing", "order", "refused", "filed on 12-12"),
    Shift("activist", {"on": "2022-12-07"}, "candidate", "cultivation-1-year", "refused", "a year ends on 2023-12-07"),
    Shift("activist", {"on": "2022-11-30"}, "candidate", "inspection-every-half-year", "late", "ends on 05-30, 11-30"),
    Shift("activist_filing", {"on": "2022-12-04"}, "activist_filing", "order", "refused", "before the decision"),
    Shift("activist_filing", {"on": "2023-12-07"}, "candidate", "order", "refused", "the candidate is of 12-06"),
    Shift("mentors", {"on": "2022-12-04"}, "mentors", "order", "refused", "before the decision"),
    Shift("mentors", {"on": "2023-12-07"}, "candidate", "order", "refused", "the candidate is of 12-06"),
    Shift("inspection", {"on": "2022-12-04"}, "inspection", "order", "refused", "before there was an activist"),
    Shift("inspection", {"on": "2023-06-06"}, "candidate", "inspection-every-half-year", "late", "ended on 06-05"),
    Shift("inspection#2", {"on": "2023-12-06"}, "candidate", "inspection-every-half-year", "late", "ended on 12-05"),
    Shift("candidate", {"on": "2023-12-04"}, "candidate", "cultivation-1-year", "refused", "a year ends on 12-05"),
    Shift("candidate", {"on": "2023-12-21"}, "candidate_filing", "order", "refused", "filed on 12-20"),
    Shift("candidate_filing", {"on": "2023-12-05"}, "candidate_filing", "order", "refused", "before the decision"),
    Shift("candidate_filing", {"on": "2023-12-23"}, "sponsors", "order", "refused", "sponsors of 12-22"),
    Shift("sponsors", {"on": "2023-12-19"}, "sponsors", "order", "refused", "before the person is a candidate"),
    Shift("sponsors", {"on": "2024-04-11"}, "committee_review", "order", "refused", "the chart puts it before 04-10"),
    Shift(
        "training", {"on": "2023-12-19", "from": None, "to": None}, "training", "order", "refused", "not a candidate"
    ),
    Shift("training", {"from": "2023-12-19"}, "training", "training-of-a-candidate", "refused", "began on 12-19"),
    Shift("training", {"days": 2, "hours": 23}, "training", "training-length", "refused", "an hour short"),
    Shift("training", {"on": "2024-04-11"}, "committee_review", "order", "refused", "the chart puts it before 04-10"),
    Shift("political_review", {"on": "2023-12-19"}, "political_review", "order", "refused", "not a candidate"),
    Shift("political_review", {"on": "2024-04-11"}, "committee_review", "order", "refused", "the chart's order"),
    Shift(
        "political_review",
        {"concluded": "2024-03-27"},
        "political_review",
        "conclusion-after-replies",
        "shown",
        "the last reply is of 03-28",
    ),
    Shift("political_review", {"subjects": 3}, "political_review", "review-subjects", "late", "four subjects"),
    Shift("committee_review", {"on": "2023-12-19"}, "committee_review", "order", "refused", "not a candidate"),
    Shift("committee_review", {"on": "2024-05-07"}, "pre_review", "order", "refused", "pre-review of 05-06"),
    Shift("pre_review", {"on": "2024-04-09"}, "pre_review", "order", "refused", "before the committee examined"),
    Shift(
        "pre_review", {"leaving": "2024-08-06"}, "pre_review", "not-leaving-within-3-months", "refused", "on the day"
    ),
    Shift("pre_review", {"on": "2024-05-11"}, "application_form", "form-after-pre-review", "refused", "form of 05-10"),
    Shift("application_form", {"on": "2024-05-05"}, "application_form", "form-after-pre-review", "refused", "05-06"),
    Shift("application_form", {"on": "2024-05-21"}, "admission_meeting", "order", "refused", "meeting of 05-20"),
    Shift("admission_meeting", {"on": "2024-05-09"}, "admission_meeting", "order", "refused", "the form is of 05-10"),
    Shift("admission_meeting", {"on": "2024-06-04"}, "committee_talk", "order", "refused", "the chart's order"),
    Shift(
        "admission_meeting",
        {"leaving": "2024-08-20"},
        "admission_meeting",
        "not-leaving-within-3-months",
        "refused",
        "three months from 05-20 end on that day",
    ),
    Shift("committee_talk", {"on": "2024-05-19"}, "committee_talk", "order", "refused", "the chart: after the meeting"),
    Shift("committee_talk", {"on": "2024-06-19"}, "admission_approval", "order", "refused", "approval of 06-18"),
    Shift("admission_approval", {"on": "2024-06-02"}, "admission_approval", "order", "refused", "the talk is of 06-03"),
    Shift(
        "admission_approval", {"on": "2024-08-21"}, "admission_approval", "approval-within-3-months", "late", "08-20"
    ),
    Shift(
        "admission_approval",
        {"on": "2024-11-21"},
        "admission_approval",
        "approval-within-6-months",
        "refused",
        "six months from 05-20 end on 11-20",
    ),
    Shift("admission_approval", {"on": "2024-06-26"}, "superior_filing", "order", "refused", "filed on 06-25"),
    Shift(
        "admission_approval",
        {"probation": {"from": "2024-05-20", "to": "2025-05-18"}},
        "admission_approval",
        "probation-dates",
        "late",
        "the last day is 05-19",
    ),
    Shift(
        "admission_approval",
        {"probation": {"from": "2024-05-21", "to": "2025-05-20"}},
        "admission_approval",
        "probation-dates",
        "late",
        "from the meeting of 05-20",
    ),
    Shift("superior_filing", {"on": "2024-06-17"}, "superior_filing", "order", "refused", "before the approval"),
    Shift("superior_filing", {"on": "2025-06-21"}, "archive", "order", "refused", "the chart puts it before 06-20"),
    Shift("assignment", {"on": "2024-06-17"}, "assignment", "order", "refused", "before the approval"),
    Shift("assignment", {"on": "2025-05-22"}, "conversion_meeting", "order", "refused", "the chart's order"),
    Shift("oath", {"on": "2024-06-17"}, "oath", "oath-after-approval", "refused", "before the approval"),
    Shift("oath", {"on": "2025-06-11"}, "conversion_approval", "order", "refused", "not sworn in by 06-10"),
    Shift("probation_inspection", {"on": "2024-06-17"}, "probation_inspection", "order", "refused", "not yet approved"),
    Shift("probation_inspection#2", {"on": "2024-06-17"}, "probation_inspection", "order", "refused", "likewise"),
    Shift("conversion_application", {"on": "2024-06-17"}, "conversion_application", "order", "refused", "not approved"),
    Shift(
        "conversion_application",
        {"on": "2025-05-22"},
        "conversion_meeting",
        "conversion-applied",
        "refused",
        "the meeting is of 05-21",
    ),
    Shift(
        "conversion_meeting", {"on": "2025-05-19"}, "conversion_meeting", "probation-1-year", "refused", "from 05-20"
    ),
    Shift("conversion_meeting", {"on": "2025-05-11"}, "conversion_meeting", "conversion-applied", "refused", "05-12"),
    Shift("conversion_meeting", {"on": "2025-06-11"}, "conversion_approval", "order", "refused", "approval of 06-10"),
    Shift("conversion_approval", {"on": "2025-05-20"}, "conversion_approval", "order", "refused", "before the meeting"),
    Shift(
        "conversion_approval",
        {"on": "2025-08-22"},
        "conversion_approval",
        "conversion-approval-within-3-months",
        "late",
        "three months from 05-21 end on 08-21",
    ),
    Shift("archive", {"on": "2025-06-09"}, "archive", "order", "refused", "before the approval"),
    Shift("archive", {"on": "2026-11-23"}, "archive", "not-in-future", "refused", "that is tomorrow"),
    Shift("archive", {"papers": ["application_form"]}, "archive", "archive-complete", "late", "five papers"),
]

WITHIN = [
    ("apply", {"on": "2019-05-04", "received": "2022-09-02"}),
    ("talk", {"on": "2022-10-02"}),
    ("activist", {"on": "2022-12-06"}),
    ("inspection", {"on": "2023-06-05"}),
    ("inspection#2", {"on": "2023-12-05"}),
    ("candidate", {"on": "2023-12-05"}),
    ("candidate_filing", {"on": "2023-12-22"}),
    ("training", {"from": "2023-12-20"}),
    ("political_review", {"on": "2024-04-10"}),
    ("pre_review", {"leaving": "2024-08-07"}),
    ("pre_review", {"on": "2024-05-10"}),
    ("application_form", {"on": "2024-05-20"}),
    ("admission_meeting", {"on": "2024-05-21"}),
    ("committee_talk", {"on": "2024-06-18"}),
    ("admission_approval", {"probation": {"from": "2024-05-20", "to": "2025-05-20"}}),
    ("oath", {"on": "2025-06-10"}),
    ("conversion_application", {"on": "2025-05-21"}),
    ("conversion_meeting", {"on": "2025-05-20"}),
    ("conversion_approval", {"on": "2025-06-20"}),
    ("archive", {"on": "2025-06-10"}),
]
"""The same on the near side of the limit: nothing of it is unmet."""
WITHIN_BUT_FOR_THE_DATES = {"admission_meeting": {"probation-dates"}, "oath": {"oath-taken"}}
"""A meeting on another day makes the dates of probation in the approval wrong; an oath a year on is no prompt one."""
NOT_PROMPTLY = {"superior_filing": {"filed-one-level-up"}, "assignment": {"assigned"}, "oath": {"oath-taken"}}
"""What is late as well where an act follows the approval by more than six months."""


def place(name: str) -> int:
    """Where an act of the regular file stands; with #2 the second of its code."""
    code, _, number = name.partition("#")
    places = [n for n, found in enumerate(CODES) if found == code]
    return places[int(number or 1) - 1]


def shifted(name: str, to: dict[str, Any]) -> list[Act]:
    """The acts of the regular file with one of them changed; None takes a key away."""
    acts = list(ACTS)
    data = {**act_data(acts[place(name)]), **to}
    acts[place(name)] = read_act({key: value for key, value in data.items() if value is not None or key not in to})
    return acts


def walked(acts: Sequence[Act]) -> list[Ruling]:
    """The rulings on the acts, one on the other, up to the first refusal."""
    case, rulings = open_case(EDITIONS, FILE), []
    for act in acts:
        rulings.append(judge(EDITIONS, case, act, today=TODAY))
        if not rulings[-1].admitted:
            break
        case = rulings[-1].following(EDITIONS)
    return rulings


def names(table: Sequence[Any]) -> list[str]:
    """A name for each row."""
    return [f"{row[0]} {' '.join(f'{key} {value}' for key, value in row[1].items())[:60]}" for row in table]


@pytest.mark.parametrize("shift", TABLE, ids=names(TABLE))
def test_a_shift_across_the_limit_is_found_on_values(shift: Shift) -> None:
    """The rule that the shift breaks is unmet at the act it speaks of, which is refused or recorded by its force."""
    rulings = walked(shifted(shift.act, shift.to))
    found = [f for ruling in rulings for f in ruling.unmet if (f.act, f.rule.code) == (shift.at, shift.code)]
    assert found, [(f.act, f.rule.code) for ruling in rulings for f in ruling.unmet]
    if shift.then == "refused":
        assert not rulings[-1].admitted
        assert rulings[-1].act.code == shift.at
        assert shift.code in {finding.rule.code for finding in rulings[-1].barring}
        long_after = shift.act != shift.at and str(shift.to.get("on", "")) > "2024-12-18"
        late = NOT_PROMPTLY.get(shift.act, set()) if long_after else set()
        assert {f.rule.code for ruling in rulings[:-1] for f in ruling.unmet} == late
    else:
        assert {finding.force for finding in found} == {"duty" if shift.then == "late" else "advice"}
        assert next(ruling for ruling in rulings if ruling.act.code == shift.at).admitted


@pytest.mark.parametrize("shift", TABLE, ids=names(TABLE))
def test_a_shift_across_the_limit_is_found_by_an_import(shift: Shift, tmp_path: Path) -> None:
    """Imported into a ledger on disk the shifted file is refused whole and named, or recorded with its breach."""
    acts = shifted(shift.act, shift.to)
    if shift.then != "refused":
        # What comes after a late act may itself be in the way of it; that is another row.
        acts = acts[: max(place(shift.act), place(shift.at)) + 1]
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        report = Office(ledger, EDITIONS).import_files([(FILE, acts)], today=TODAY)
    with Ledger.open(path, read_only=True) as ledger:
        office = Office(ledger, EDITIONS)
        if shift.then == "refused":
            assert not report.written
            assert list(office.ids()) == []
            barring = {(f.act, f.rule.code) for ruling in report.files[0].rulings for f in ruling.barring}
            assert (shift.at, shift.code) in barring
            said = [sentence.en for sentence in report.files[0].refusals if f"({shift.at})" in sentence.en]
            assert [sentence for sentence in said if shift.code in sentence]
            return
        assert report.written
        history = office.history(FILE.id)
        assert len(history) == len(acts)
        kept = {(f.act, f.rule.code) for entry in history for f in entry.findings if f.value == "unmet"}
        assert kept == {(shift.at, shift.code)}


@pytest.mark.parametrize(("name", "to"), WITHIN, ids=names(WITHIN))
def test_on_the_near_side_of_the_limit_nothing_is_unmet(name: str, to: dict[str, Any]) -> None:
    """Shifted up to its limit and not across it, the act and the whole file are lawful."""
    rulings = walked(shifted(name, to))
    unmet = {finding.rule.code for ruling in rulings for finding in ruling.unmet}
    assert unmet == WITHIN_BUT_FOR_THE_DATES.get(name, set())
    assert len(rulings) == len(ACTS)
    assert rulings[-1].admitted


def test_every_act_of_the_regular_file_is_shifted() -> None:
    """No procedure is left out of the table."""
    assert {row.act.partition("#")[0] for row in TABLE} == set(CODES)


def test_the_regular_file_is_lawful() -> None:
    """Unshifted the file has no unmet rule and no unknown bar, judged act by act and as a whole."""
    whole = review(EDITIONS, FILE, ACTS, today=TODAY)
    for rulings in (walked(ACTS), whole):
        assert [ruling.act.code for ruling in rulings if ruling.unmet or not ruling.admitted] == []
        assert [f.rule.code for ruling in rulings for f in ruling.unknown if f.force == "bar"] == []
    assert whole[-1].entered(EDITIONS).standing == "full"


# ------------------------------------------------------------------------------------------- the worked example

AUDITED = date(2028, 12, 31)
WORKED, WORKED_ACTS = dossier.read_path(DOSSIERS / "worked-2026.json")[0]
ANSWERS = [
    ("activist", "order", "first_day", date(2026, 3, 5)),
    ("talk", "talk-within-1-month", "last_day", date(2026, 2, 28)),
    ("candidate", "cultivation-1-year", "first_day", date(2027, 3, 1)),
    ("candidate_filing", "publicity-5-workdays", "first_day", date(2027, 2, 26)),
    ("training", "training-length", "actual", 2),
    ("admission_meeting", "meeting-within-1-month", "last_day", date(2027, 4, 30)),
    ("admission_approval", "approval-within-3-months", "last_day", date(2027, 8, 2)),
    ("admission_approval", "approval-within-6-months", "last_day", date(2027, 11, 2)),
    ("conversion_approval", "conversion-approval-within-3-months", "last_day", date(2028, 8, 3)),
]
"""What the example states, by hand: act, rule, and the day or number that it names."""


def test_the_worked_example_has_exactly_its_stated_faults() -> None:
    """The audit of the example finds the faults it states, each with its day, and no other."""
    rulings = review(EDITIONS, WORKED, WORKED_ACTS, today=AUDITED)
    assert len(rulings) == len(WORKED_ACTS)
    found = sorted((f.act, f.rule.code) for ruling in rulings for f in ruling.unmet)
    assert found == sorted((act, code) for act, code, _, _ in ANSWERS)
    for act, code, what, answer in ANSWERS:
        finding = next(f for ruling in rulings for f in ruling.unmet if (f.act, f.rule.code) == (act, code))
        assert getattr(finding.check, what) == answer, code
        assert finding.edition == "2026"


def test_the_worked_example_ends_as_stated() -> None:
    """Probation ends on 2028-05-02 (the anniversary), and the person is a full member in the record."""
    case = review(EDITIONS, WORKED, WORKED_ACTS, today=AUDITED)[-1].entered(EDITIONS)
    assert case.end_of_probation("once") == date(2028, 5, 2)
    assert case.standing == "full"


def test_what_the_worked_example_does_not_hold_is_unknown() -> None:
    """A record that is not whole is silent about much: that is unknown, and an act not in it is not a breach."""
    rulings = review(EDITIONS, WORKED, WORKED_ACTS, today=AUDITED)
    unknown = {(f.act, f.rule.code) for ruling in rulings for f in ruling.unknown}
    assert {
        ("apply", "age-18"),
        ("apply", "right-organization"),
        ("activist", "activist-nominated"),
        ("talk", "talk-topics"),
        ("candidate", "order"),
        ("candidate", "inspection-every-half-year"),
        ("candidate_filing", "candidate-agreed"),
        ("training", "training-of-a-candidate"),
        ("pre_review", "pre-review-competent"),
        ("admission_meeting", "meeting-quorum"),
        ("admission_meeting", "secret-ballot"),
        ("admission_approval", "submission-complete"),
        ("conversion_meeting", "probation-inspected"),
        ("conversion_approval", "approver-competent"),
    } <= unknown
    assert not unknown & {(act, code) for act, code, _, _ in ANSWERS}


def test_the_worked_example_is_refused_at_the_door(tmp_path: Path) -> None:
    """Even on trust the file is refused for its unmet bars and the deviation without a reason."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, EDITIONS)
        report = office.import_files([(WORKED, WORKED_ACTS)], today=AUDITED, on_trust="录入旧档")
        assert not report.written
        assert sorted((f.act, f.rule.code) for ruling in report.files[0].rulings for f in ruling.barring) == [
            ("activist", "order"),
            ("admission_approval", "approval-within-6-months"),
            ("candidate", "cultivation-1-year"),
            ("candidate_filing", "publicity-5-workdays"),
            ("training", "training-length"),
        ]
        assert list(office.ids()) == []
