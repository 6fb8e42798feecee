"""The structure of a rulebook: every state a file can be in and every edge between them, as plain values.

A state is the set of the acts done in the present round, closed under the hard edges of `after`, together with the
decision of the conversion meeting that is still pending, or the end of the file. It is named by its topmost acts, the
same in every edition, so that a file passes from one edition's machine to the next. The machine is built from this
graph, and checks and pictures use it as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from attrs import frozen

from recruitment.law.content import once_per_content
from recruitment.law.rulebook import Detour, Outcome, Procedure, Rulebook, Standing

START: Final = "start"


@frozen
class State:
    """How far a file has come: acts done in this round, decision pending, how it ended, and what the person is."""

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
class StateGraph:
    """All states of a rulebook and the edges between them, as plain values."""

    states: Mapping[str, State]
    edges: Mapping[str, Mapping[str, Edge]]
    """state name -> event name -> edge"""
    below: Mapping[str, frozenset[str]]
    """act -> every act that its hard edges put before it"""

    def edge(self, state: str, act: str, outcome: str) -> Edge | None:
        """The edge for an act and outcome in a state, or None where the structure has none."""
        return self.edges[state].get(f"{act}.{outcome}")  # as `event_name` does, without a call

    def __iter__(self) -> Iterator[tuple[State, Edge]]:
        """Every edge with the state it leaves, in a fixed order."""
        for name, edges in self.edges.items():
            for edge in edges.values():
                yield self.states[name], edge


def _below(rulebook: Rulebook) -> dict[str, frozenset[str]]:
    """For each act what its hard edges put before it, at any distance. The book is proofed: there is no circle."""
    found: dict[str, frozenset[str]] = {}

    def visit(code: str) -> frozenset[str]:
        if code not in found:
            after = rulebook.procedure(code).after
            found[code] = frozenset(after).union(*(visit(other) for other in after))
        return found[code]

    for procedure in rulebook.procedures:
        visit(procedure.code)
    return found


def resting_on(undone: frozenset[str], done: frozenset[str], below: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The acts of `done` that are undone with `undone`: those themselves and all that rest on them."""
    return frozenset(code for code in done if code in undone or below[code] & undone)


def _name(done: frozenset[str], pending: str | None, decider: str | None, below: Mapping[str, frozenset[str]]) -> str:
    if not done:
        return START
    covered = frozenset().union(*(below[code] for code in done))
    topmost = sorted(done - covered)
    return "+".join(f"{code}.{pending}" if code == decider and pending else code for code in topmost)


def possible_outcomes(procedure: Procedure, state: State) -> Iterator[Outcome]:
    """The outcomes of a procedure that speak of the state's pending decision, or of any."""
    for outcome in procedure.outcomes:
        if outcome.of is None or outcome.of == state.pending:
            yield outcome


def may_come(procedure: Procedure, state: State) -> bool:
    """Whether the act is open in this round: not yet done, or one that comes again, or one that may have lapsed."""
    if procedure.again:
        return procedure.until not in state.done
    if procedure.code not in state.done:
        return True
    return procedure.lapse is not None and procedure.lapse.unless not in state.done


def fits(detour: Detour, state: State) -> bool:
    """Whether an act beside the main line may come in a state."""
    return state.standing in detour.standings and (detour.first or state.name != START)


def explore(rulebook: Rulebook) -> StateGraph:
    """Every state that can be reached from an empty file, and every edge between them."""
    below = _below(rulebook)
    deciders = {o.code: p.code for p in rulebook.procedures for o in p.outcomes if o.decides}
    standings = [(p.code, p.standing) for p in rulebook.procedures if p.standing]

    @cache
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
        for procedure in rulebook.procedures:
            if not (may_come(procedure, here) and here.done.issuperset(procedure.after)):
                continue
            for outcome in possible_outcomes(procedure, here):
                if not here.done.issuperset(outcome.after):
                    continue
                done, undone = here.done, frozenset[str]()
                if procedure.lapse and procedure.code in done:
                    undone = resting_on(frozenset(procedure.lapse.reopens), done, below)
                    done -= undone
                if outcome.done:
                    done |= {procedure.code}
                if outcome.reopens:
                    reopened = resting_on(frozenset(outcome.reopens), done, below)
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
        for detour in rulebook.detours:
            if fits(detour, here):
                (outcome,) = detour.outcomes
                undone = frozenset[str]()
                if outcome.reopens and here.standing in (outcome.reopens_standings or detour.standings):
                    undone = resting_on(frozenset(outcome.reopens), here.done, below)
                there = here
                if outcome.ends:
                    there = State(outcome.ends, here.done, None, outcome.ends, "ended")
                elif undone:
                    there = state(here.done - undone, here.pending)
                if there.name not in states:
                    states[there.name] = there
                    queue.append(there)
                edges[here.name][event_name(detour.code, outcome.code)] = Edge(detour.code, outcome, there.name, undone)
    return StateGraph(states, edges, below)


@once_per_content
def state_graph(rulebook: Rulebook) -> StateGraph:
    """The state graph of a rulebook, explored once for each content."""
    return explore(rulebook)
