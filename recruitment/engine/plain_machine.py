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


class PlainEvent(transitions.Event):
    """An event whose transitions are their conditions and the move: there are no callbacks to call or to log."""

    def trigger(self, model: Any) -> bool:
        """Try the transitions that leave the model's state; where there is none the library refuses."""
        leaving: Any = self.transitions.get(model.state)
        if not leaving:
            refused: bool = super().trigger(model)
            return refused
        for transition in leaving:
            for condition in transition.conditions:
                if getattr(model, condition.func)() is not condition.target:
                    break
            else:
                model.state = transition.dest
                return True
        return False


class PlainMachine(transitions.Machine):
    """A machine of such states and events."""

    state_cls = PlainState
    event_cls = PlainEvent
