"""Acts beside the main line, each asked wherever a file can stand; and after an end, where nothing happens any more.

Both editions, with library and articles side by side; what is expected here is written by hand from the articles.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from oracle import ACTS, BESIDE
from strategies import OUTCOMES, evidence
from test_against_oracle import EDITIONS, Walk, upto

from recruitment.engine.bound import BoundCase
from recruitment.engine.machine import machine_of
from recruitment.formats.dossier.documents import read_act
from recruitment.law.states import state_graph

TODAY = date(2199, 12, 31)
STARTS = {"2014": date(2019, 1, 31), "2026": date(2029, 1, 31)}
STANDINGS = {
    "nothing": None,
    "applicant": "talk",
    "activist": "mentors",
    "candidate": "training",
    "voted on": "committee_talk",
    "probationary": "oath",
    "decided on": "conversion_meeting",
    "full": "conversion_approval",
    "archived": "archive",
}
"""Where a file can stand, and the last act of the course that brings it there."""
ACTIVIST_ON = {"activist", "candidate", "voted on", "probationary", "decided on"}
BEFORE_ADMISSION = {"nothing", "applicant", "activist", "candidate", "voted on"}
BEGUN = {*STANDINGS} - {"nothing"}
PLACES: dict[str, set[str]] = {
    # 12, 35 | 12, 34: activists and probationary members move with their papers, and candidates between them.
    "transfer_out": ACTIVIST_ON,
    "transfer_in": ACTIVIST_ON,
    # 36 | 35
    "postpone_conversion": {"probationary", "decided on"},
    # Ends: whoever is not a full member may withdraw, nobody is stopped who was admitted, and everybody dies.
    "withdraw": BEGUN - {"full", "archived"},
    "stop": BEGUN & BEFORE_ADMISSION,
    "died": BEGUN,
    # 35, 41 | 34, 41: what was admitted may turn out to be none.
    "not_recognized": {"probationary", "decided on", "full", "archived"},
    # 27, 28 | 26, 27: doors beside the course, open to whoever did not come in by it.
    "admit_directly": BEFORE_ADMISSION,
    "recognize_posthumously": BEFORE_ADMISSION,
}


def standing(edition: str, where: str) -> tuple[Walk, date]:
    """A lawful file that stands there, and a day after its last act."""
    last = STANDINGS[where]
    if last is None:
        return Walk({"id": "f-1", "name": "申请人甲", "born": "1990-02-28"}), STARTS[edition]
    walk, days = upto(STARTS[edition], last)
    return walk, max(days) + timedelta(days=7)


@pytest.mark.parametrize("edition", sorted(STARTS))
@pytest.mark.parametrize("where", STANDINGS)
@pytest.mark.parametrize("code", PLACES)
def test_an_act_beside_the_main_line_has_its_place(code: str, where: str, edition: str) -> None:
    """It is let in where it has its place, leaving the file where it was or ending it; elsewhere `order` refuses it."""
    walk, on = standing(edition, where)
    if code == "postpone_conversion" and where in PLACES[code]:
        assert walk.take(evidence("transfer_in", "done", on))
    before = walk.case
    ruling = walk.ask(evidence(code, "done", on))
    (order,) = (finding for finding in ruling.findings if finding.rule.code == "order")
    assert ruling.edition == edition
    if where not in PLACES[code]:
        assert (ruling.admitted, order.value, order.check.note) == (False, "unmet", "not-now")
        return
    assert (ruling.admitted, order.value) == (True, "met")
    walk.take(evidence(code, "done", on))
    end = BESIDE[code][1]
    assert walk.case.state.ended == end
    if end is None and (code, where) == ("transfer_in", "voted on"):
        # The committee of the new branch approves what its own branch resolved: 12 and what rests on it come again.
        assert walk.case.standing == before.standing
        assert set(before.current) - set(walk.case.current) == {
            "committee_review", "pre_review", "application_form", "admission_meeting", "committee_talk",
        }  # fmt: skip
    elif end is None:
        assert walk.case.state == before.state
        held = {act: places for act, places in walk.case.current.items() if act != code}
        assert held == {act: places for act, places in before.current.items() if act != code}
        assert walk.case.reopened == before.reopened


@pytest.mark.parametrize("edition", sorted(STARTS))
@pytest.mark.parametrize("code", [code for code, (_, end) in BESIDE.items() if end])
def test_an_end_comes_after_everything_that_the_file_holds(code: str, edition: str) -> None:
    """Not the day before the last act, whichever was entered last; on its day it does."""
    for where in sorted(PLACES[code] - {"nothing"}):
        walk, _ = standing(edition, where)
        latest = max(act.on for act in walk.case.acts)
        early = walk.ask(evidence(code, "done", latest - timedelta(days=1)))
        (order,) = (finding for finding in early.findings if finding.rule.code == "order")
        assert (early.admitted, order.value, order.check.first_day) == (False, "unmet", latest)
        assert walk.ask(evidence(code, "done", latest)).admitted


@pytest.mark.parametrize("edition", sorted(STARTS))
@pytest.mark.parametrize("code", [code for code, (_, end) in BESIDE.items() if not end])
def test_a_move_comes_not_before_the_person_was_what_he_is(code: str, edition: str) -> None:
    """Not the day before the act that made him so; on its day it does, although later acts are in the file."""
    gained = {"activist": "activist", "candidate": "candidate_filing", "probationary": "admission_approval"}
    for where in sorted(PLACES[code] & {*gained}):
        walk, _ = standing(edition, where)
        since = walk.case.day(gained[where])
        assert since is not None
        assert since < max(act.on for act in walk.case.acts)
        for day, value in ((since - timedelta(days=1), "unmet"), (since, "met")):
            ruling = walk.ask(evidence(code, "done", day))
            (order,) = (finding for finding in ruling.findings if finding.rule.code == "order")
            assert order.value == value


# ------------------------------------------------------------------------------------------- after an end

EVENTS = [(code, outcome) for code in (*ACTS, *BESIDE) for outcome in OUTCOMES.get(code, ("done",))]
ENDINGS = [(code, where) for code, (_, end) in BESIDE.items() if end for where in sorted(PLACES[code])]
ENDINGS.append(("conversion_approval", "decided on"))


def ended(edition: str, code: str, where: str) -> tuple[Walk, date]:
    """A file that was ended lawfully by that act, and the day after."""
    walk, on = standing(edition, "probationary" if code == "conversion_approval" else where)
    if code == "conversion_approval":
        assert walk.take(evidence("conversion_meeting", "cancel", on) | {"ground": "discipline"})
    assert walk.take(evidence(code, "approved" if code in OUTCOMES else "done", on))
    return walk, on + timedelta(days=1)


@pytest.mark.parametrize("edition", sorted(STARTS))
@pytest.mark.parametrize(("code", "where"), ENDINGS)
def test_after_an_end_every_act_is_refused_as_ended(code: str, where: str, edition: str) -> None:
    """Each act with each outcome, of the 25 and beside them: `order` says that the file has ended, and how."""
    walk, on = ended(edition, code, where)
    end = BESIDE[code][1] if code in BESIDE else "cancelled"
    assert walk.case.state.name == walk.case.state.ended == end
    assert walk.case.standing == "ended"
    for act, outcome in EVENTS:
        for day in (on, on + timedelta(days=800)):
            ruling = walk.ask(evidence(act, outcome, day))
            (order,) = (finding for finding in ruling.findings if finding.rule.code == "order")
            assert (ruling.admitted, ruling.edge, ruling.stands) == (False, None, False)
            assert (order.value, order.check.note, order.check.about) == ("unmet", "ended", end)
            assert order.check.anchor == walk.case.acts[-1].on
            assert order.bars
    assert walk.possible() == walk.oracle.possible() == set()


@pytest.mark.parametrize("edition", sorted(STARTS))
@pytest.mark.parametrize(("code", "where"), ENDINGS)
def test_not_even_an_audit_goes_on_after_an_end(code: str, where: str, edition: str) -> None:
    """Judged as in an audit, what comes after an end is noted and moves nothing; nor does a reason, or trust, help."""
    walk, on = ended(edition, code, where)
    for act, outcome in EVENTS:
        asked = read_act(evidence(act, outcome, on) | {"reason": "特殊情况"})
        for presumed in (False, True):
            ruling = BoundCase(EDITIONS, walk.case).ruling_on(asked, today=TODAY, on_trust="旧档案", presumed=presumed)
            assert not ruling.admitted
            after = ruling.entered(EDITIONS)
            assert (after.state, after.current) == (walk.case.state, walk.case.current)


@pytest.mark.parametrize("edition", sorted(STARTS))
def test_no_event_of_the_machine_leaves_an_end(edition: str) -> None:
    """Neither chart nor machine holds a way out of any end, and there are seven of them."""
    rulebook = EDITIONS.named(edition)
    ends = {"cancelled", *(end for _, end in BESIDE.values() if end)}
    assert len(ends) == 7
    chart, machine = state_graph(rulebook), machine_of(rulebook).machine
    assert {name for name, state in chart.states.items() if state.ended} == ends
    for end in ends:
        assert chart.edges[end] == {}
        assert machine.get_triggers(end) == []
