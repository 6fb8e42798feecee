"""A walk over every state of each edition's machine, held against expectations that are written by hand here.

Nothing here is read from the rulebooks: what must come before what, which acts lead to full standing, and
what is reopened, is the table of the procedures copied by hand. The walk covers all states and all edges.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from transitions import MachineError

from recruitment.engine.machine import RulebookMachine, machine_of
from recruitment.law.states import START, Edge, State, StateGraph, event_name
from recruitment.rulebooks.load import load_rulebooks

EDITIONS = ("2014", "2026")

# What must be done, with success, before the act: the column "after" of the table, chart edges left out.
NEEDS: dict[str, set[str]] = {
    "apply": set(),
    "talk": {"apply"},
    "activist": {"talk"},
    "activist_filing": {"activist"},
    "mentors": {"activist"},
    "inspection": {"activist"},
    "candidate": {"activist_filing", "mentors", "inspection"},
    "candidate_filing": {"candidate"},
    "sponsors": {"candidate_filing"},
    "political_review": {"candidate_filing"},
    "training": {"candidate_filing"},
    "committee_review": {"candidate_filing"},
    "pre_review": {"committee_review"},
    "application_form": {"pre_review"},
    "admission_meeting": {"sponsors", "political_review", "training", "application_form"},
    "committee_talk": {"application_form"},
    "admission_approval": {"admission_meeting", "committee_talk"},
    "superior_filing": {"admission_approval"},
    "assignment": {"admission_approval"},
    "oath": {"admission_approval"},
    "probation_inspection": {"admission_approval"},
    "conversion_application": {"admission_approval"},
    "conversion_meeting": {"admission_approval"},
    "conversion_approval": {"conversion_meeting"},
    "archive": {"conversion_approval"},
}
# What an outcome needs beside that: a conversion needs the application, and its approval the oath.
NEEDS_TOO = {"conversion_meeting.convert": {"conversion_application"}}
CONVERSION_NEEDS = {"conversion_meeting", "conversion_application", "oath"}

# The acts that nobody becomes a full member without; the other five may follow or be left out.
INDISPENSABLE = {
    "apply",
    "talk",
    "activist",
    "activist_filing",
    "mentors",
    "inspection",
    "candidate",
    "candidate_filing",
    "sponsors",
    "political_review",
    "training",
    "committee_review",
    "pre_review",
    "application_form",
    "admission_meeting",
    "committee_talk",
    "admission_approval",
    "oath",
    "conversion_application",
    "conversion_meeting",
    "conversion_approval",
}
DISPENSABLE = {"superior_filing", "assignment", "probation_inspection", "archive"}

OUTCOMES = {
    "activist": {"chosen", "not_chosen"},
    "activist_filing": {"filed", "returned"},
    "inspection": {"satisfactory", "unsatisfactory"},
    "candidate": {"agreed", "not_agreed", "postponed"},
    "candidate_filing": {"filed", "agreed", "returned", "postponed", "refused"},
    "political_review": {"passed", "failed"},
    "committee_review": {"passed", "failed"},
    "pre_review": {"passed", "failed"},
    "admission_meeting": {"passed", "failed", "no_quorum"},
    "admission_approval": {"approved", "refused"},
    "probation_inspection": {"satisfactory", "unsatisfactory"},
    "conversion_meeting": {"convert", "extend", "cancel", "failed", "no_quorum"},
    "conversion_approval": {"approved", "refused"},
}
MOVING = ("activist", "candidate", "probationary")
COMING = ("applicant", "activist", "candidate")
# The acts beside the main line: what the person may be when they come, and the end that they lead to.
BESIDE: dict[str, tuple[tuple[str, ...], str | None]] = {
    "transfer_out": (MOVING, None),
    "transfer_in": (MOVING, None),
    "postpone_conversion": (("probationary",), None),
    "withdraw": ((*COMING, "probationary"), "withdrew"),
    "stop": (COMING, "stopped"),
    "died": ((*COMING, "probationary", "full"), "died"),
    "not_recognized": (("probationary", "full"), "not_recognized"),
    "admit_directly": (COMING, "admitted_directly"),
    "recognize_posthumously": (COMING, "recognized_posthumously"),
}
# With these a file may begin, as with the application.
DOORS = {"admit_directly", "recognize_posthumously"}
ENDS = {"cancelled", *(end for _, end in BESIDE.values() if end)}
EVENTS = {f"{act}.{outcome}" for act in NEEDS for outcome in OUTCOMES.get(act, {"done"})}
EVENTS |= {f"{act}.done" for act in BESIDE}


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> RulebookMachine:
    """The machine of each edition in turn."""
    return machine_of(load_rulebooks().named(request.param))


class Model:
    """A bare model, as the machine moves it: a state, and the answer to the one condition on every edge."""

    def __init__(self, state: str, *, admits: Any = True) -> None:
        self.state = state
        self.admits = admits

    def may_move(self) -> Any:
        """The condition on every edge."""
        return self.admits


def reached(chart: StateGraph, without: Iterable[str] = ()) -> set[str]:
    """The states reached from an empty file when the events of some acts never fire."""
    barred = set(without)
    seen, queue = {START}, deque([START])
    while queue:
        for edge in chart.edges[queue.popleft()].values():
            if edge.act not in barred and edge.target not in seen:
                seen.add(edge.target)
                queue.append(edge.target)
    return seen


def course_edges(chart: StateGraph) -> list[tuple[State, Edge]]:
    """The edges of the 25, those of the acts beside the main line left out."""
    return [(state, edge) for state, edge in chart if edge.act not in BESIDE]


def full(chart: StateGraph) -> set[str]:
    """The states of full standing."""
    return {name for name, state in chart.states.items() if state.standing == "full"}


def closure(acts: Iterable[str]) -> set[str]:
    """The acts with all that comes before them, by the table above."""
    found: set[str] = set()
    queue = list(acts)
    while queue:
        act = queue.pop()
        if act not in found:
            found.add(act)
            queue += NEEDS[act]
    return found


def at(machine: RulebookMachine, topmost: str, pending: str | None = None) -> State:
    """The state in which the topmost acts are done, and what comes before them, and nothing else."""
    done = closure(topmost.split())
    found = [
        state
        for state in machine.graph.states.values()
        if state.done == done and state.pending == pending and not state.ended
    ]
    assert len(found) == 1, (topmost, pending, found)
    return found[0]


# ------------------------------------------------------------------------------- the walk


def test_the_size_of_the_machine(machine: RulebookMachine) -> None:
    """The machine is as large as is stated: 189 states, 2337 edges, 55 events; 1264 edges are those of the 25."""
    chart = machine.graph
    assert len(chart.states) == 189
    assert sum(len(edges) for edges in chart.edges.values()) == 2337
    assert len(course_edges(chart)) == 1264
    assert {event for edges in chart.edges.values() for event in edges} == EVENTS
    assert len(EVENTS) == 55


def test_the_machine_holds_the_chart_and_nothing_more(machine: RulebookMachine) -> None:
    """The machine that moves a case has the very states and edges that the walk covers, one edge an event."""
    moving, chart = machine.machine, machine.graph
    assert set(moving.states) == set(chart.states)
    built = {
        (transition.source, event, transition.dest)
        for event, held in moving.events.items()
        for transitions in held.transitions.values()
        for transition in transitions
    }
    walked = [(state.name, event_name(edge.act, edge.outcome.code), edge.target) for state, edge in chart]
    assert built == set(walked)
    assert (
        len(built)
        == len(walked)
        == sum(len(transitions) for held in moving.events.values() for transitions in held.transitions.values())
    )
    for held in moving.events.values():
        for transitions in held.transitions.values():
            for transition in transitions:
                assert [condition.func for condition in transition.conditions] == ["may_move"]


def test_every_state_is_reached_from_an_empty_file(machine: RulebookMachine) -> None:
    """There is no state that a file cannot come into."""
    assert reached(machine.graph) == set(machine.graph.states)


def test_both_editions_have_the_same_states() -> None:
    """A file may pass from one edition's machine to the next: same names, same acts done, same standing."""
    old, new = (machine_of(load_rulebooks().named(code)).graph for code in EDITIONS)
    assert old.states == new.states
    assert {name: set(edges) for name, edges in old.edges.items()} == {
        name: set(edges) for name, edges in new.edges.items()
    }


def test_no_two_states_hold_the_same(machine: RulebookMachine) -> None:
    """A name says exactly what is done, pending and ended, so that no two states are one and none is two."""
    held = [(state.done, state.pending, state.ended) for state in machine.graph.states.values() if not state.ended]
    assert len(held) == len(set(held)) == 182
    for state, edge in machine.graph:
        target = machine.graph.states[edge.target]
        if target.ended:
            continue
        beside = (state.done - edge.undone) - {edge.act}
        assert target.done - {edge.act} == beside, (state.name, edge.act, edge.outcome.code)


def test_the_machine_starts_with_nothing_done(machine: RulebookMachine) -> None:
    """An empty file is an applicant's, with nothing done."""
    assert machine.graph.states[START] == State("start", frozenset(), None, None, "applicant")
    assert machine.machine.initial == "start"


# ------------------------------------------------------------------------------- what the law puts first


@pytest.mark.parametrize("act", sorted(INDISPENSABLE))
def test_without_this_act_nobody_becomes_a_full_member(machine: RulebookMachine, act: str) -> None:
    """Take the act's events away, and full standing is out of reach on every way there is."""
    assert full(machine.graph)
    assert not full(machine.graph) & reached(machine.graph, [act])


@pytest.mark.parametrize("act", sorted(DISPENSABLE))
def test_without_this_act_full_standing_is_still_reached(machine: RulebookMachine, act: str) -> None:
    """These four are duties or the chart's order: they may follow, or be missing."""
    assert full(machine.graph) & reached(machine.graph, [act])


def test_the_25_are_indispensable_or_not() -> None:
    """The two lists above are the 25 acts, and each stands in one of them."""
    assert len(NEEDS) == 25
    assert set(NEEDS) == INDISPENSABLE | DISPENSABLE
    assert not INDISPENSABLE & DISPENSABLE


def test_no_act_is_possible_before_what_it_needs(machine: RulebookMachine) -> None:
    """On every edge of every state, what the act needs is done."""
    for state, edge in course_edges(machine.graph):
        event = event_name(edge.act, edge.outcome.code)
        needs = NEEDS[edge.act] | NEEDS_TOO.get(event, set())
        if event == "conversion_approval.approved" and state.pending == "convert":
            needs = needs | CONVERSION_NEEDS
        assert needs <= state.done, (state.name, event, needs - state.done)


def test_an_act_whose_needs_are_met_is_possible(machine: RulebookMachine) -> None:
    """In every open state, an act that is not yet done and has what it needs can come, unless its time is over."""
    for state in machine.graph.states.values():
        if state.ended:
            continue
        for act, needs in NEEDS.items():
            over = act == "probation_inspection" and "conversion_approval" in state.done
            if act not in state.done and needs <= state.done and not over:
                assert any(edge.act == act for edge in machine.graph.edges[state.name].values()), (
                    state.name,
                    act,
                )


def test_every_state_is_closed_under_what_comes_first(machine: RulebookMachine) -> None:
    """Nothing is ever done while what it rests on is undone."""
    for state in machine.graph.states.values():
        assert state.done == closure(state.done), state.name


def test_full_standing_rests_on_every_act_before_it(machine: RulebookMachine) -> None:
    """In each state of full standing all 21 indispensable acts are done; in no other state 24 is."""
    for state in machine.graph.states.values():
        if state.standing == "full":
            assert state.done >= INDISPENSABLE
        elif not state.ended:
            assert "conversion_approval" not in state.done


STANDINGS = [
    ("conversion_approval", "full"),
    ("admission_approval", "probationary"),
    ("candidate_filing", "candidate"),
    ("activist", "activist"),
]


def test_the_standing_in_every_state(machine: RulebookMachine) -> None:
    """What the person is follows from the last of 3, 8, 17 and 24 that is done."""
    for state in machine.graph.states.values():
        expected = next((standing for act, standing in STANDINGS if act in state.done), "applicant")
        assert state.standing == ("ended" if state.ended else expected)


def test_every_state_can_still_end_or_become_full(machine: RulebookMachine) -> None:
    """From every state a state of full standing, or an end, can be reached."""
    chart = machine.graph
    saved = full(chart) | {name for name, state in chart.states.items() if state.ended}
    while True:
        more = {state.name for state, edge in course_edges(chart) if edge.target in saved} - saved
        if not more:
            break
        saved |= more
    assert saved == set(chart.states)


def test_before_full_standing_every_open_state_can_still_become_full(machine: RulebookMachine) -> None:
    """A refusal, a return or an extension closes no way for ever; only an end does."""
    chart = machine.graph
    saved = full(chart)
    while True:
        more = {state.name for state, edge in course_edges(chart) if edge.target in saved} - saved
        if not more:
            break
        saved |= more
    assert set(chart.states) - saved == ENDS


def test_the_only_end_on_the_main_line_is_a_cancellation(machine: RulebookMachine) -> None:
    """A file of the 25 ends by the approval of a cancellation alone; every other end has its own act beside them."""
    chart = machine.graph
    assert {name for name, state in chart.states.items() if state.ended} == ENDS
    assert all(state.ended == name for name, state in chart.states.items() if state.ended)
    ways = {(edge.act, edge.outcome.code, edge.target) for _, edge in chart if edge.target in ENDS}
    assert ways == {
        ("conversion_approval", "approved", "cancelled"),
        *((act, "done", end) for act, (_, end) in BESIDE.items() if end),
    }
    assert {state.pending for state, edge in chart if edge.target == "cancelled"} == {"cancel"}


@pytest.mark.parametrize("end", sorted(ENDS))
def test_after_an_end_nothing_moves(machine: RulebookMachine, end: str) -> None:
    """No event leaves the state of an end, in the chart nor in the machine."""
    assert machine.graph.edges[end] == {}
    for event in machine.machine.events.values():
        assert end not in event.transitions


def test_an_act_beside_the_main_line_comes_in_its_standings_and_nowhere_else(machine: RulebookMachine) -> None:
    """In every state: where the person is one of those who may; it leaves the file where it was, or ends it.

    A candidate who moves is examined by the new branch: what rests on the committee's examination is undone.
    """
    for state in machine.graph.states.values():
        for act, (standings, end) in BESIDE.items():
            edge = machine.graph.edge(state.name, act, "done")
            may = state.standing in standings and (state.name != START or act in DOORS)
            assert (edge is not None) is may, (state.name, act)
            if edge is not None:
                anew = act == "transfer_in" and state.standing == "candidate" and "committee_review" in state.done
                if anew:
                    left = state.done - machine.graph.states[edge.target].done
                    assert edge.undone == left
                    assert "committee_review" in left
                    assert not left & {"candidate_filing", "sponsors", "political_review", "training"}
                else:
                    assert edge.target == (end or state.name)
                    assert not edge.undone


def test_full_standing_comes_with_the_approval_of_a_conversion_alone(machine: RulebookMachine) -> None:
    """The only edge into full standing is 24 approved on a conversion, and none leads out of it."""
    chart = machine.graph
    goals = full(chart)
    ways = {
        (edge.act, edge.outcome.code, state.pending)
        for state, edge in chart
        if edge.target in goals and state.name not in goals
    }
    assert ways == {("conversion_approval", "approved", "convert")}
    assert all(edge.target in goals for state, edge in course_edges(chart) if state.name in goals)


def test_a_decision_is_pending_as_long_as_its_meeting_stands(machine: RulebookMachine) -> None:
    """Between 23 and 24 exactly one decision is pending; before 23 and after 24 none is."""
    for state in machine.graph.states.values():
        waits = "conversion_meeting" in state.done and "conversion_approval" not in state.done
        if not state.ended:
            assert (state.pending in ("convert", "extend", "cancel")) is waits, state.name
            assert waits or state.pending is None, state.name


# ------------------------------------------------------------------------------- the machine itself


def test_there_is_no_way_round_the_guards(machine: RulebookMachine) -> None:
    """No `to_…` trigger exists, and a model gets no method from the machine."""
    assert not [name for name in machine.machine.events if name.startswith("to_")]
    assert set(machine.machine.events) == EVENTS
    assert machine.machine.models == []


def test_a_misspelt_event_raises(machine: RulebookMachine) -> None:
    """An event that does not exist is an error and moves nothing."""
    model = Model(START)
    with pytest.raises(KeyError):
        machine.trigger(model, "aply", "done")
    with pytest.raises(KeyError):
        machine.trigger(model, "apply", "doen")
    assert model.state == START


def test_an_event_without_an_edge_raises(machine: RulebookMachine) -> None:
    """An act that the structure does not allow in a state is an error of the machine and moves nothing."""
    model = Model(START)
    with pytest.raises(MachineError):
        machine.trigger(model, "oath", "done")
    assert model.state == START
    assert machine.graph.edge(START, "oath", "done") is None


@pytest.mark.parametrize("answer", [False, None, 0, "yes", 2])
def test_what_is_not_plainly_true_refuses(machine: RulebookMachine, answer: object) -> None:
    """A condition that answers anything but True admits nothing and leaves the state as it is."""
    model = Model(START, admits=answer)
    assert machine.trigger(model, "apply", "done") is False
    assert model.state == START


def test_every_edge_moves_a_model_as_the_chart_says(machine: RulebookMachine) -> None:
    """Each of the 2223 edges is fired once, admitted and refused."""
    for state, edge in machine.graph:
        model = Model(state.name)
        assert machine.trigger(model, edge.act, edge.outcome.code) is True
        assert model.state == edge.target
        model = Model(state.name, admits=False)
        assert machine.trigger(model, edge.act, edge.outcome.code) is False
        assert model.state == state.name


def test_one_machine_serves_all_files(machine: RulebookMachine) -> None:
    """The machine of a book is built once, by its content."""
    assert machine_of(machine.rulebook) is machine


# ------------------------------------------------------------------------------- rounds

# The table of rounds, row by row: the topmost acts done before (what comes before them is done too), the
# decision that is pending, the act and its outcome, and the topmost acts done after.
UNDONE = [
    ("talk", None, "activist.not_chosen", "talk"),
    (
        "activist_filing mentors inspection",
        None,
        "candidate.not_agreed",
        "activist_filing mentors inspection",
    ),
    ("activist_filing mentors inspection", None, "candidate.postponed", "activist_filing mentors inspection"),
    ("sponsors", None, "committee_review.failed", "sponsors"),
    (
        "sponsors political_review training committee_talk",
        None,
        "admission_meeting.no_quorum",
        "sponsors political_review training committee_talk",
    ),
    ("oath conversion_application", None, "conversion_meeting.no_quorum", "oath conversion_application"),
    ("oath conversion_application", None, "conversion_meeting.failed", "oath conversion_application"),
]
REOPENED = [
    # A returned filing makes an applicant again, and takes what rests on the activist decision along.
    ("activist", None, "activist_filing.returned", "talk"),
    ("mentors inspection", None, "activist_filing.returned", "talk"),
    # An unsatisfactory inspection reopens the inspection, until a satisfactory one.
    ("activist", None, "inspection.unsatisfactory", "activist"),
    ("activist_filing mentors inspection", None, "inspection.unsatisfactory", "activist_filing mentors"),
    # A filing that fails makes an activist again.
    ("candidate", None, "candidate_filing.returned", "activist_filing mentors inspection"),
    ("candidate", None, "candidate_filing.postponed", "activist_filing mentors inspection"),
    ("candidate", None, "candidate_filing.refused", "activist_filing mentors inspection"),
    # A failed political review does too, and takes all that came since along.
    ("candidate_filing", None, "political_review.failed", "activist_filing mentors inspection"),
    (
        "sponsors political_review training committee_talk",
        None,
        "political_review.failed",
        "activist_filing mentors inspection",
    ),
    # From the pre-review to the approval a failure leads back before 12; 1 to 11 stand.
    (
        "sponsors political_review training committee_review",
        None,
        "pre_review.failed",
        "sponsors political_review training",
    ),
    (
        "sponsors political_review training committee_talk",
        None,
        "admission_meeting.failed",
        "sponsors political_review training",
    ),
    (
        "admission_meeting committee_talk",
        None,
        "admission_approval.refused",
        "sponsors political_review training",
    ),
    # A meeting after the old resolution has lapsed: 15 anew, and the talk is to be held again.
    ("admission_meeting", None, "admission_meeting.passed", "admission_meeting"),
    ("admission_meeting committee_talk", None, "admission_meeting.passed", "admission_meeting"),
    (
        "admission_meeting committee_talk",
        None,
        "admission_meeting.no_quorum",
        "sponsors political_review training application_form",
    ),
    # An extension reopens inspection, application and meeting; the oath stands.
    (
        "oath probation_inspection conversion_application conversion_meeting",
        "extend",
        "conversion_approval.approved",
        "oath",
    ),
    ("conversion_meeting", "extend", "conversion_approval.approved", "admission_approval"),
    # A refused approval reopens the meeting, whatever it decided.
    (
        "oath conversion_application conversion_meeting",
        "convert",
        "conversion_approval.refused",
        "oath conversion_application",
    ),
    ("conversion_meeting", "extend", "conversion_approval.refused", "admission_approval"),
    ("conversion_meeting", "cancel", "conversion_approval.refused", "admission_approval"),
]
AGAIN = [
    # Repeats and renewals: the act comes again and nothing moves, until 15 has passed (21: until 24).
    ("mentors", None, "mentors.done", "mentors"),
    ("inspection", None, "inspection.satisfactory", "inspection"),
    ("sponsors committee_talk", None, "sponsors.done", "sponsors committee_talk"),
    ("admission_approval", None, "sponsors.done", "admission_approval"),
    ("political_review", None, "political_review.passed", "political_review"),
    ("training", None, "training.done", "training"),
    ("probation_inspection", None, "probation_inspection.unsatisfactory", "probation_inspection"),
    ("admission_approval", None, "probation_inspection.unsatisfactory", "probation_inspection"),
]


@pytest.mark.parametrize(
    ("before", "pending", "event", "after"),
    [*UNDONE, *REOPENED, *AGAIN],
    ids=[f"{before.replace(' ', '+')}:{event}" for before, _, event, _ in (*UNDONE, *REOPENED, *AGAIN)],
)
def test_where_a_file_goes(machine: RulebookMachine, before: str, pending: str | None, event: str, after: str) -> None:
    """Each row of the table of rounds: the acts done before, the act, and the acts done after."""
    state = at(machine, before, pending)
    act, outcome = event.split(".")
    edge = machine.graph.edge(state.name, act, outcome)
    assert edge is not None
    assert machine.graph.states[edge.target].done == closure(after.split())


@pytest.mark.parametrize(("before", "pending", "event"), [row[:3] for row in UNDONE])
def test_what_is_not_done_may_come_again(
    machine: RulebookMachine, before: str, pending: str | None, event: str
) -> None:
    """An act that was not done reopens nothing, and may come again from where the file stands."""
    state = at(machine, before, pending)
    edge = machine.graph.edge(state.name, *event.split("."))
    assert edge is not None
    assert not edge.undone
    assert edge.target == state.name


CLOSED = [
    # Nothing of the admission comes again once the meeting has passed, 9 and 21 not after 24.
    ("admission_meeting", None, {"mentors", "inspection", "political_review", "training"}),
    (
        "admission_approval",
        None,
        {"mentors", "training", "admission_meeting", "admission_approval"},
    ),
    (
        "oath conversion_application probation_inspection conversion_approval",
        None,
        {"probation_inspection", "sponsors"},
    ),
    ("talk", None, {"apply", "talk"}),
    ("candidate", None, {"activist", "activist_filing", "candidate"}),
    ("committee_talk", None, {"committee_review", "pre_review", "application_form", "committee_talk"}),
    ("oath", None, {"oath"}),
    ("conversion_meeting", "extend", {"conversion_meeting"}),
    ("oath conversion_application archive", None, {"archive", "conversion_approval", "conversion_meeting"}),
]


@pytest.mark.parametrize(("before", "pending", "acts"), CLOSED, ids=[row[0] for row in CLOSED])
def test_what_is_done_does_not_come_twice(
    machine: RulebookMachine, before: str, pending: str | None, acts: set[str]
) -> None:
    """An act that does not repeat has no edge once it is done, nor one whose time of repeating is over."""
    state = at(machine, before, pending)
    possible = {edge.act for edge in machine.graph.edges[state.name].values()}
    assert not possible & acts


def test_an_approved_cancellation_ends_the_file(machine: RulebookMachine) -> None:
    """24 approved on a cancellation closes the file under that word."""
    edge = machine.graph.edge(at(machine, "conversion_meeting", "cancel").name, "conversion_approval", "approved")
    assert edge is not None
    assert edge.target == "cancelled"
    assert machine.graph.states["cancelled"].ended == "cancelled"


def test_a_pending_conversion_waits_for_the_oath(machine: RulebookMachine) -> None:
    """24 approved on a conversion has no edge before the oath; extension and cancellation do not wait."""
    for decision, waits in (("convert", True), ("extend", False), ("cancel", False)):
        acts = "conversion_application conversion_meeting"
        state = at(machine, acts, decision)
        assert (machine.graph.edge(state.name, "conversion_approval", "approved") is None) is waits
        sworn = at(machine, f"oath {acts}", decision)
        assert machine.graph.edge(sworn.name, "conversion_approval", "approved") is not None


def test_an_extension_is_counted_on_its_approval_alone(machine: RulebookMachine) -> None:
    """The only edge that extends probation is 24 approved while an extension is pending."""
    ways = {(state.pending, edge.act, edge.outcome.code) for state, edge in machine.graph if edge.outcome.extends}
    assert ways == {("extend", "conversion_approval", "approved")}


@pytest.mark.parametrize(
    "add",
    [
        lambda machine: next(iter(machine.events.values())).add_callback("after", print),
        lambda machine: machine.get_state("start").add_callback("enter", print),
        lambda machine: machine.get_transitions()[0].add_callback("before", print),
        lambda machine: machine.on_enter_start(print),
        lambda machine: getattr(machine, f"after_{next(iter(machine.events))}")(print),
        lambda machine: setattr(machine, "after_state_change", print),
        lambda machine: setattr(machine, "prepare_event", [print]),
        lambda machine: machine.add_transition("back", "apply", "start"),
        lambda machine: machine.add_states("nowhere"),
        lambda machine: machine.remove_transition(next(iter(machine.events))),
    ],
)
def test_a_machine_takes_no_callback_that_it_would_never_call(add: Callable[[Any], object]) -> None:
    """Whoever adds one, or another edge, is told where to turn instead, and the shared machine is as it was."""
    machine = machine_of(load_rulebooks().named("2026"))
    shared = machine.machine
    before = len(shared.states), len(shared.events), len(shared.get_transitions())
    with pytest.raises(TypeError, match="on_recorded"):
        add(shared)
    assert (len(shared.states), len(shared.events), len(shared.get_transitions())) == before
    assert shared.after_state_change == []
