"""The rulebook as one `transitions` machine, shared by all files that are judged by it.

One event per act and outcome, one edge per state and event, and on each edge the one condition `may_move`, which the
attempt itself answers by making the whole ruling. The machine is built from the state graph of the rulebook when
something is first to be moved: a command that only reads needs the graph and no machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from recruitment.law.content import once_per_content
from recruitment.law.rulebook import Rulebook
from recruitment.law.states import START, Edge, State, event_name, resting_on, state_graph

if TYPE_CHECKING:
    import transitions


class RulebookMachine:
    """A rulebook's machine: one for all files, safe to share between threads; a file's state is in the attempt."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.graph = state_graph(rulebook)
        self._presumed: dict[tuple[str, str], str | None] = {}

    @cached_property
    def machine(self) -> transitions.Machine:
        """The machine itself, built when something is first to be moved."""
        # Imported late: what only reads a file should not pay for `transitions`.
        from recruitment.engine.plain_machine import PlainMachine  # noqa: PLC0415

        machine = PlainMachine(
            model=None,
            states=list(self.graph.states),
            initial=START,
            auto_transitions=False,
            send_event=False,
        )
        for state, edge in self.graph:
            event = event_name(edge.act, edge.outcome.code)
            machine.add_transition(event, state.name, edge.target, conditions=["may_move"])
        machine.built = True
        return machine

    @cached_property
    def _events(self) -> Mapping[tuple[str, str], transitions.Event]:
        return {
            (edge.act, edge.outcome.code): self.machine.events[event_name(edge.act, edge.outcome.code)]
            for _, edge in self.graph
        }

    def presume(self, state: str, act: str, outcome: str) -> str | None:
        """The nearest state from which the act is possible, what is missing before it presumed to have succeeded.

        For records that are not whole, and for an audit, which goes on after a fault. A decision that is on record and
        pending stays what it is; one that is missing is presumed to be its success, and never ends the file. None where
        no state that keeps what is done allows the act.
        """
        key = (state, event_name(act, outcome))
        if key not in self._presumed:
            here = self.graph.states[state]
            kept = here.done - resting_on(frozenset((act,)), here.done, self.graph.below)
            fitting = [
                other
                for name, other in self.graph.states.items()
                if key[1] in self.graph.edges[name]
                and kept <= other.done
                and self._may_presume(here, kept, other, self.graph.edges[name][key[1]])
            ]
            fitting.sort(key=lambda other: (len(other.done), other.pending != here.pending, other.name))
            self._presumed[key] = fitting[0].name if fitting else None
        return self._presumed[key]

    @cached_property
    def _decisions(self) -> Mapping[str, tuple[str, bool]]:
        """Each outcome that is pending until another act settles it: the act that decides it, and whether it succeeds.

        Of several such outcomes the success is the default, or else the one that the rulebook names first.
        """
        found: dict[str, tuple[str, bool]] = {}
        for procedure in self.rulebook.procedures:
            success = next((each for each in procedure.outcomes if each.default), procedure.outcomes[0])
            found.update({each.code: (procedure.code, each is success) for each in procedure.outcomes if each.decides})
        return found

    def _may_presume(self, here: State, kept: frozenset[str], other: State, edge: Edge) -> bool:
        """Whether a state's pending decision allows presuming it to go on over an edge; `kept` is what is done."""
        on_record = here.pending is not None and self._decisions[here.pending][0] in kept
        if self.graph.states[edge.target].ended and edge.outcome.of is not None and not on_record:
            return False
        if other.pending is None:
            return True
        return other.pending == here.pending if on_record else self._decisions[other.pending][1]

    def trigger(self, attempt: Any, act: str, outcome: str) -> bool:
        """Fire the event on an attempt, whose `state` the machine moves if its `judge` says so.

        The caller has looked whether there is an edge; without one `transitions` raises its MachineError.
        """
        moved: bool = self._events[act, outcome].trigger(attempt)
        return moved


@once_per_content
def machine_of(rulebook: Rulebook) -> RulebookMachine:
    """The shared machine of a rulebook, built once for each content."""
    return RulebookMachine(rulebook)
