"""An act asked for on a case, as the evaluators read it: the act, the case, and the days that matter. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from recruitment.engine.machine import RulebookMachine
from recruitment.record.acts import Act
from recruitment.record.case import Case


class Attempt(Struct, kw_only=True):  # one is made for each act asked: a Struct in a fifth of the time of a class
    """An act asked for on a case."""

    case: Case
    act: Act
    code: str
    """The code of the act, which evaluators read more often than anything else of it."""
    on: date
    """The day of the act, likewise."""
    outcome: str
    machine: RulebookMachine
    recorded: date
    """The day of its entry."""
    early: bool = False
    """No edition was in force yet on the day that decides."""
    starts: date | None = None
    """The day from which the edition judges; None where the file pins it."""
    ahead: Callable[[str], Act | None] | None = None
    """It finds an act that is entered only later in the round, where an audit looks."""

    def counting_act(self, code: str) -> Act | None:
        """The act of that code that counts in the round; an audit also finds one that is entered later in the round."""
        case = self.case
        places = case.current.get(code)
        if places:
            return case.acts[places[-1]]
        return self.ahead(code) if self.ahead is not None else None
