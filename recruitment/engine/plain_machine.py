"""The classes of `transitions` reduced to what a rulebook needs: one condition an edge, and the move.

Importing this module imports `transitions`, so `recruitment.engine.machine` imports it only when something moves.
"""

from __future__ import annotations

from typing import Any

import transitions


class PlainState(transitions.State):
    """A state where nothing is done on the way in or out, so that no callbacks are looked for."""

    def enter(self, event_data: transitions.EventData) -> None:
        """Do nothing."""

    def exit(self, event_data: transitions.EventData) -> None:
        """Do nothing."""


class PlainTransition(transitions.Transition):
    """A transition that is its condition and the move: there are no callbacks to call or to log."""

    def taken(self, model: Any) -> bool:
        """Move the model if the conditions hold."""
        for condition in self.conditions:
            asked: Any = condition.func
            if getattr(model, asked)() is not condition.target:
                return False
        model.state = self.dest
        return True


class PlainEvent(transitions.Event):
    """An event whose transitions are tried, and nothing else; where none leaves the state it is the library's own."""

    def trigger(self, model: Any) -> bool:
        """Try the transitions that leave the model's state; where there is none the library refuses."""
        leaving: Any = self.transitions.get(model.state)
        if not leaving:
            refused: bool = super().trigger(model)
            return refused
        for transition in leaving:  # noqa: SIM110 - there is one as a rule, and a generator would cost as much as it
            if transition.taken(model):
                return True
        return False


class PlainMachine(transitions.Machine):
    """A machine of such states, transitions and events."""

    state_cls = PlainState
    transition_cls = PlainTransition
    event_cls = PlainEvent
