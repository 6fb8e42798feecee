"""One error of each class, and a worker that raises it: a module that a spawned process imports by its name."""

from __future__ import annotations

from recruitment.base.errors import BadInput, Conflict, Fault, LedgerError, RecruitmentError, RulebookError, UnknownFile
from recruitment.base.label import Label

WORDS = Label(zh="一句话", en="one sentence")
FAULTS = [Fault("acts[0].on", WORDS), Fault("born", WORDS)]
ERRORS = [
    RecruitmentError(WORDS),
    BadInput(FAULTS),
    RulebookError(FAULTS),
    LedgerError(WORDS, "busy"),
    UnknownFile(WORDS, file="a", nearest="b"),
    Conflict(WORDS, "moved", file="a", held=3, expected=2),
]


def raised(number: int) -> None:
    """What a worker does that meets an error."""
    raise ERRORS[number]
