"""The classes of `transitions` reduced to what a rulebook needs: one condition an edge, and the move.

There are no callbacks to call, so none can be given, and once it is built nothing can be added to a machine that all
files share. Importing this module imports `transitions`, so `recruitment.engine.machine` imports it only when something
moves.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

import transitions

_REFUSED: Final = (
    "the machine of a rulebook is shared by all files and calls nothing; give an Office on_recording or on_recorded, "
    "or follow its acts(since=...)"
)
_CALLBACKS: Final = frozenset(
    ("prepare_event", "before_state_change", "after_state_change", "finalize_event", "on_exception", "on_final")
)


class _Silent:
    """What takes no callback."""

    def add_callback(self, trigger: str, func: object) -> NoReturn:  # noqa: ARG002 - the library's own signature
        """Refuse: it would never be called.

        Raises:
            TypeError: always.
        """
        raise TypeError(_REFUSED)


class PlainState(_Silent, transitions.State):
    """A state where nothing is done on the way in or out, so that no callbacks are looked for."""

    def enter(self, event_data: transitions.EventData) -> None:
        """Do nothing."""

    def exit(self, event_data: transitions.EventData) -> None:
        """Do nothing."""


class PlainTransition(_Silent, transitions.Transition):
    """An edge with its condition."""


class PlainEvent(_Silent, transitions.Event):
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
    """A machine of such states and events, to which nothing is added once it is built."""

    state_cls = PlainState
    event_cls = PlainEvent
    transition_cls = PlainTransition
    built = False

    def __setattr__(self, name: str, value: object) -> None:
        if value and name in _CALLBACKS:
            raise TypeError(_REFUSED)
        super().__setattr__(name, value)

    def add_states(self, *args: Any, **options: Any) -> None:
        """Add states while the machine is built.

        Raises:
            TypeError: it is built already.
        """
        self._only_while_built()
        super().add_states(*args, **options)

    def add_transition(self, *args: Any, **options: Any) -> Any:
        """Add an edge while the machine is built.

        Raises:
            TypeError: it is built already.
        """
        self._only_while_built()
        return super().add_transition(*args, **options)

    def remove_transition(self, *args: Any, **options: Any) -> None:
        """Remove an edge while the machine is built.

        Raises:
            TypeError: it is built already.
        """
        self._only_while_built()
        super().remove_transition(*args, **options)

    def _only_while_built(self) -> None:
        if self.built:
            raise TypeError(_REFUSED)
