"""The rulebook as one `transitions` machine, shared by all files that are judged by it.

A state is the set of the acts done in the present round, closed under the hard edges of `after`, together with the
decision of the conversion meeting that is still pending, or the end of the file. It is named by its topmost acts, the
same in every edition, so that a file passes from one edition's machine to the next. One event per act and outcome,
one edge per state and event, and on each edge the one condition `judge`, which the petition itself answers by making
the whole ruling. `explore` derives the edges as a plain value, which proofing and pictures walk over as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final

import transitions
from attrs import frozen

from recruitment.rulebook import Outcome, Procedure, Rulebook, Standing

START: Final = "start"


@frozen
class State:
    """Where a file stands: acts done in this round, decision pending, how it ended, and what the person is."""

    name: str
    done: frozenset[str]
    pending: str | None = None
    ended: str | None = None
    standing: Standing = "applicant"


@frozen
class Edge:
    """An act with an outcome that the structure allows in a state, the state it leads to, and what it undoes."""

    act: str
    outcome: Outcome
    target: str
    undone: frozenset[str]


def event_name(act: str, outcome: str) -> str:
    """The name of the machine's event for an act and its outcome."""
    return f"{act}.{outcome}"


@frozen(eq=False)
class Chart:
    """All states of a rulebook and the edges between them, as plain values."""

    states: Mapping[str, State]
    edges: Mapping[str, Mapping[str, Edge]]
    """state name -> event name -> edge"""
    below: Mapping[str, frozenset[str]]
    """act -> every act that its hard edges put before it"""

    def __iter__(self) -> Iterator[tuple[State, Edge]]:
        """Every edge with the state it leaves, in a fixed order."""
        for name, edges in self.edges.items():
            for edge in edges.values():
                yield self.states[name], edge


def _below(book: Rulebook) -> dict[str, frozenset[str]]:
    """For each act what its hard edges put before it, at any distance. The book is proofed: there is no circle."""
    found: dict[str, frozenset[str]] = {}

    def visit(code: str) -> frozenset[str]:
        if code not in found:
            after = book.procedure(code).after
            found[code] = frozenset(after).union(*(visit(other) for other in after))
        return found[code]

    for procedure in book.procedures:
        visit(procedure.code)
    return found


def _resting_on(undone: frozenset[str], done: frozenset[str], below: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The acts of `done` that are undone with `undone`: those themselves and all that rest on them."""
    return frozenset(code for code in done if code in undone or below[code] & undone)


def _name(done: frozenset[str], pending: str | None, decider: str | None, below: Mapping[str, frozenset[str]]) -> str:
    if not done:
        return START
    covered = frozenset().union(*(below[code] for code in done))
    topmost = sorted(done - covered)
    return "+".join(f"{code}.{pending}" if code == decider and pending else code for code in topmost)


def rows(procedure: Procedure, state: State) -> Iterator[Outcome]:
    """The outcomes of a procedure that speak of the state's pending decision, or of any."""
    for outcome in procedure.outcomes:
        if outcome.of is None or outcome.of == state.pending:
            yield outcome


def may_come(procedure: Procedure, state: State) -> bool:
    """Whether the act is open in this round: not yet done, or one that comes again, or one that may have lapsed."""
    if procedure.code not in state.done:
        return True
    if procedure.again:
        return procedure.until not in state.done
    return procedure.lapse is not None and procedure.lapse.unless not in state.done


def explore(book: Rulebook) -> Chart:
    """Every state that can be reached from an empty file, and every edge between them."""
    below = _below(book)
    deciders = {o.code: p.code for p in book.procedures for o in p.outcomes if o.decides}
    standings = [(p.code, p.standing) for p in book.procedures if p.standing]

    def state(done: frozenset[str], pending: str | None) -> State:
        standing: Standing = "applicant"
        for code, gained in standings:
            if code in done:
                standing = gained
        decider = deciders.get(pending or "")
        return State(_name(done, pending, decider, below), done, pending, None, standing)

    start = state(frozenset(), None)
    states = {start.name: start}
    edges: dict[str, dict[str, Edge]] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        edges[here.name] = {}
        if here.ended:
            continue
        for procedure in book.procedures:
            if not (may_come(procedure, here) and here.done.issuperset(procedure.after)):
                continue
            for outcome in rows(procedure, here):
                if not here.done.issuperset(outcome.after):
                    continue
                done, undone = here.done, frozenset[str]()
                if procedure.lapse and procedure.code in done:
                    undone = _resting_on(frozenset(procedure.lapse.reopens), done, below)
                    done -= undone
                if outcome.done:
                    done |= {procedure.code}
                if outcome.reopens:
                    reopened = _resting_on(frozenset(outcome.reopens), done, below)
                    undone |= reopened
                    done -= reopened
                pending = outcome.code if outcome.decides else None if outcome.of else here.pending
                if deciders.get(pending or "") not in done:
                    pending = None
                there = State(outcome.ends, done, None, outcome.ends, "ended") if outcome.ends else state(done, pending)
                if there.name not in states:
                    states[there.name] = there
                    queue.append(there)
                edges[here.name][event_name(procedure.code, outcome.code)] = Edge(
                    procedure.code, outcome, there.name, undone
                )
    return Chart(states, edges, below)


class _Place(transitions.State):
    """A state where nothing is to be done on the way in or out, so that no callbacks are looked for."""

    def enter(self, event_data: transitions.EventData) -> None:
        """Do nothing."""

    def exit(self, event_data: transitions.EventData) -> None:
        """Do nothing."""


class _Machine(transitions.Machine):
    """The machine of a rulebook."""

    state_cls = _Place


class Course:
    """A rulebook's machine: one for all files, safe to share between threads; a file's state is in the petition."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.chart = explore(book)
        self._presumed: dict[tuple[str, str], str | None] = {}
        self.machine = _Machine(
            model=None,
            states=list(self.chart.states),
            initial=START,
            auto_transitions=False,
            send_event=False,
        )
        for state, edge in self.chart:
            self.machine.add_transition(
                event_name(edge.act, edge.outcome.code), state.name, edge.target, conditions=["judge"]
            )
        self._events = {
            (edge.act, edge.outcome.code): self.machine.events[event_name(edge.act, edge.outcome.code)]
            for _, edge in self.chart
        }

    @property
    def start(self) -> State:
        """The state of a file without acts."""
        return self.chart.states[START]

    def edge(self, state: str, act: str, outcome: str) -> Edge | None:
        """The edge for an act and outcome in a state, or None where the structure has none."""
        return self.chart.edges[state].get(event_name(act, outcome))

    def presume(self, state: str, act: str, outcome: str) -> str | None:
        """The nearest state from which the act is possible, what is missing before it being presumed done.

        For records that are not whole, and for an audit, which goes on after a fault. None where the act is possible
        from no state that keeps what stands.
        """
        key = (state, event_name(act, outcome))
        if key not in self._presumed:
            here = self.chart.states[state]
            rest = _resting_on(frozenset((act,)), here.done, self.chart.below)
            kept = here.done - rest
            fitting = [
                other
                for name, other in self.chart.states.items()
                if key[1] in self.chart.edges[name]
                and kept <= other.done
                and (here.pending is None or act in rest or other.pending in (here.pending, None))
            ]
            fitting.sort(key=lambda other: (len(other.done), other.pending != here.pending, other.name))
            self._presumed[key] = fitting[0].name if fitting else None
        return self._presumed[key]

    def trigger(self, petition: Any, act: str, outcome: str) -> bool:
        """Fire the event on a petition, whose `state` the machine moves if its `judge` says so.

        The caller has looked whether there is an edge; without one `transitions` raises its MachineError.
        """
        moved: bool = self._events[act, outcome].trigger(petition)
        return moved


_COURSES: dict[str, Course] = {}


def course_of(book: Rulebook) -> Course:
    """The shared course of a rulebook, built once for each content."""
    found = _COURSES.get(book.content_hash)
    if found is None:
        found = _COURSES.setdefault(book.content_hash, Course(book))
    return found
