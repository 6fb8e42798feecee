"""What a record that is not whole leaves out is presumed to have succeeded, and entered where it stands once it comes.

An audit presumes the same of any record, for it goes on after a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from recruitment import Case, Ruling, judge, load_rulebooks
from recruitment.audit.file_audit import audit_file
from recruitment.engine.judging import review
from recruitment.engine.machine import machine_of
from recruitment.formats.dossier.documents import read_path
from recruitment.record.acts import ACTS as KINDS
from recruitment.record.acts import Act, ConversionMeeting

EDITIONS = load_rulebooks()
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
PART = evolve(FILE, complete=False)
"""The regular file, of which not everything is on record."""
BY_CODE = {act.code: act for act in ACTS}
TODAY = date(2026, 11, 22)
TRUST = "旧档案，缺页"


def without(*codes: str) -> tuple[Act, ...]:
    """The acts of the regular file, those left out."""
    return tuple(act for act in ACTS if act.code not in codes)


@pytest.mark.parametrize(
    ("missing", "standing"),
    [
        # Each row: what the record of a full member does not hold, and what an audit takes the person for.
        (("conversion_meeting",), "full"),
        (("conversion_meeting", "conversion_application"), "full"),
        (("conversion_meeting", "oath"), "full"),
        (("admission_meeting",), "full"),
        (("admission_approval",), "full"),
        (("candidate_filing",), "full"),
        (("activist", "activist_filing"), "full"),
        (tuple(kind for kind in KINDS if kind not in ("apply", "conversion_approval")), "full"),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_a_missing_act_is_presumed_to_have_succeeded(missing: tuple[str, ...], standing: str, complete: bool) -> None:
    """A conversion approved without its meeting on record is a conversion, never a cancellation; so with the others."""
    found = audit_file(EDITIONS, evolve(FILE, complete=complete), without(*missing), today=TODAY)
    assert (found.standing, found.end) == (standing, None)
    assert any(finding.rule.code == "order" and finding.value != "met" for finding in found.findings)


def test_a_cancellation_on_record_ends_the_file() -> None:
    """What the record itself decides is not presumed otherwise: the meeting that cancels, once approved, ends it."""
    cancel = tuple(
        evolve(act, outcome="cancel", ground="discipline") if isinstance(act, ConversionMeeting) else act
        for act in without("archive")
    )
    assert audit_file(EDITIONS, FILE, cancel, today=TODAY).end == "cancelled"
    # Something else that is missing changes nothing about it.
    fewer = tuple(act for act in cancel if act.code not in ("oath", "assignment", "superior_filing"))
    assert audit_file(EDITIONS, FILE, fewer, today=TODAY).end == "cancelled"


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_nothing_that_is_presumed_ends_a_file(edition: str) -> None:
    """From every state, for every event that it lacks: a file ends by what is recorded, not by a decision presumed."""
    machine = machine_of(EDITIONS.named(edition))
    graph = machine.graph
    events = {name: edge for edges in graph.edges.values() for name, edge in edges.items()}
    asked = 0
    for state in graph.states.values():
        for event, example in events.items():
            outcome = event.removeprefix(f"{example.act}.")
            if state.ended or event in graph.edges[state.name]:
                continue
            presumed = machine.presume(state.name, example.act, outcome)
            if presumed is None:
                continue
            asked += 1
            edge = graph.edge(presumed, example.act, outcome)
            assert edge is not None
            assert not graph.states[presumed].ended
            if graph.states[edge.target].ended:
                # Only an act that says so itself, a withdrawal or a death, or a decision that is on record.
                assert edge.outcome.of is None or edge.outcome.of == state.pending, (state.name, event)
    assert asked > 1000


# ------------------------------------------------------------------------------------------- entered late


def upto(last: str, *, missing: str) -> Case:
    """A file of which not everything is on record, up to an act, with one act before it missing."""
    end = next(n for n, act in enumerate(ACTS) if act.code == last) + 1
    return after([act for act in ACTS[:end] if act.code != missing])


def after(acts: Sequence[Act]) -> Case:
    """The case of such a file after these acts, which are all let in."""
    rulings = review(EDITIONS, PART, acts, today=TODAY, on_trust=TRUST)
    assert all(ruling.admitted for ruling in rulings)
    return rulings[-1].entered(EDITIONS)


def entered_late(case: Case, act: Act) -> Ruling:
    """The ruling on an act that is found and entered after what rests on it."""
    return judge(EDITIONS, case, act, today=TODAY, on_trust=TRUST)


@pytest.mark.parametrize(
    ("missing", "last", "standing"),
    [
        ("talk", "mentors", "activist"),
        ("conversion_application", "conversion_meeting", "probationary"),
        ("application_form", "committee_talk", "candidate"),
        ("oath", "conversion_approval", "full"),
    ],
)
def test_what_was_presumed_is_entered_late_and_moves_nothing(missing: str, last: str, standing: str) -> None:
    """The late entry stands as the act of its round, and the file stays where it was."""
    case = upto(last, missing=missing)
    assert missing in case.state.done
    assert missing not in case.current
    ruling = entered_late(case, BY_CODE[missing])
    assert ruling.admitted
    found = ruling.following(EDITIONS)
    assert found.state == case.state
    assert found.standing == standing
    assert found.current == {**case.current, missing: (len(case.acts),)}


@pytest.mark.parametrize(
    ("missing", "last"),
    [
        ("activist", "candidate"),
        ("committee_review", "application_form"),
        ("admission_approval", "oath"),
        ("conversion_meeting", "conversion_approval"),
    ],
)
def test_a_late_decision_is_entered_though_it_might_have_failed(missing: str, last: str) -> None:
    """Of an act with several outcomes the one that succeeded is what was presumed: it does not throw the file back."""
    case = upto(last, missing=missing)
    ruling = entered_late(case, BY_CODE[missing])
    assert ruling.admitted
    assert ruling.following(EDITIONS).state == case.state
    assert missing in ruling.following(EDITIONS).current


@pytest.mark.parametrize(
    ("missing", "last", "outcome"),
    [
        ("activist", "candidate", "not_chosen"),
        ("candidate", "training", "postponed"),
        ("committee_review", "application_form", "failed"),
    ],
)
def test_a_late_failure_is_not_what_was_presumed(missing: str, last: str, outcome: str) -> None:
    """A decision that did not succeed is let in late, and never stands as the act that was presumed done."""
    case = upto(last, missing=missing)
    ruling = entered_late(case, evolve(BY_CODE[missing], outcome=outcome))
    assert ruling.admitted
    found = ruling.following(EDITIONS)
    assert missing not in found.current
    assert missing not in found.state.done


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_nothing_is_presumed_where_an_act_is_possible(edition: str) -> None:
    """Asked for an act that is open in a state, what stands there is enough: no state that holds more is taken."""
    machine = machine_of(EDITIONS.named(edition))
    asked = 0
    for state, edge in machine.graph:
        if edge.act in state.done or edge.act not in machine.graph.below:
            continue
        asked += 1
        assert machine.presume(state.name, edge.act, edge.outcome.code) == state.name
    assert asked > 500
