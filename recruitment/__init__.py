"""Member development: 5 stages and 25 procedures as rulebooks, a state machine that says why, and a ledger.

The public names. They are loaded when they are first used, so that a command that needs few of them starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recruitment.books import Books as Books
    from recruitment.case import Case as Case
    from recruitment.diagram.output.showing import Picture as Picture
    from recruitment.drawings import picture as picture
    from recruitment.errors import BadInput as BadInput
    from recruitment.errors import Conflict as Conflict
    from recruitment.errors import LedgerError as LedgerError
    from recruitment.errors import RecruitmentError as RecruitmentError
    from recruitment.errors import RulebookError as RulebookError
    from recruitment.errors import UnknownFile as UnknownFile
    from recruitment.facts import UNKNOWN as UNKNOWN
    from recruitment.facts import Act as Act
    from recruitment.facts import File as File
    from recruitment.findings import Finding as Finding
    from recruitment.ledger import Ledger as Ledger
    from recruitment.office import Decision as Decision
    from recruitment.office import Office as Office
    from recruitment.reading import load as load
    from recruitment.register import Entry as Entry
    from recruitment.review import rule as rule
    from recruitment.rulebook import Rulebook as Rulebook
    from recruitment.ruling import Ruling as Ruling
    from recruitment.ruling import first_day as first_day
    from recruitment.ruling import open_case as open_case

_HOMES = {
    "Case": "case",
    "Picture": "diagram.output.showing",
    "picture": "drawings",
    "BadInput": "errors",
    "Conflict": "errors",
    "LedgerError": "errors",
    "RecruitmentError": "errors",
    "RulebookError": "errors",
    "UnknownFile": "errors",
    "UNKNOWN": "facts",
    "Act": "facts",
    "File": "facts",
    "Finding": "findings",
    "Ledger": "ledger",
    "Decision": "office",
    "Entry": "register",
    "Office": "office",
    "load": "reading",
    "Books": "books",
    "Rulebook": "rulebook",
    "Ruling": "ruling",
    "first_day": "ruling",
    "open_case": "ruling",
    "rule": "review",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - names only, each with its home above


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'recruitment' has no attribute {name!r}")
    return getattr(import_module(f"recruitment.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
