"""What the library raises: one base and its few children, each one sentence in both languages with a way out.

A refusal is not an error: it is a value (`recruitment.engine.ruling.Ruling`). An error is raised for input that cannot
be read, for a ledger that cannot be used, and for a caller who saw an older state than the current one.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final, Literal, TypeVar

from attrs import frozen

from recruitment.base.identity import masked
from recruitment.base.label import Label, Lang

E = TypeVar("E", bound="RecruitmentError")
Kind = Literal[
    "input",
    "rulebook",
    "unknown-file",
    # of a conflict
    "exists",
    "moved",
    "repeat",
    "beyond",
    "settings",
    # of a ledger
    "altered",
    "busy",
    "closed",
    "damaged",
    "disk",
    "foreign",
    "full",
    "gone",
    "memory",
    "missing",
    "misuse",
    "newer",
    "older",
    "permission",
    "read-only",
    "rulebooks-differ",
    "unmade",
    "unreachable",
]
"""What an error is, in a word for programs; the set is closed.

`busy`, `unreachable` and `full` may be tried again. `damaged` is said only where the database itself says so; `altered`
is a record that can be read and is not what was recorded; `misuse` is a mistake of the program that called.
"""


class RecruitmentError(Exception):
    """Base of everything that this library raises on purpose: one sentence in both languages, `label`.

    An identity number in the sentence is masked. `kind` says for programs what it is, `values` what it is about:
    `file`, `held`, `expected`, `nearest`, as far as the error has them. An error can be copied and pickled.
    """

    kind: Kind = "input"

    def __init__(self, label: Label, kind: Kind | None = None, **values: Any) -> None:
        self.label = Label(zh=masked(label.zh), en=masked(label.en))
        super().__init__(self.label.en)
        self.values: Final = values
        if kind is not None:
            self.kind = kind

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.label.zh

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.label.en

    def words(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.label.words(lang)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(error: type[E], arguments: tuple[Any, ...], state: dict[str, Any]) -> E:
    """An error as it was before it was pickled or copied."""
    made = error.__new__(error)
    made.args = arguments
    made.__dict__.update(state)
    return made


@frozen
class Fault:
    """One fault of an input: where it is and what is wrong, in both languages."""

    where: str
    label: Label

    def words(self, lang: Lang) -> str:
        """`where: what is wrong` in one language, without identity numbers."""
        text = self.label.words(lang)
        return masked(f"{self.where}: {text}" if self.where else text)

    def within(self, source: str) -> Fault:
        """The same fault, its place prefixed with the file it is in."""
        return Fault(f"{source}: {self.where}" if self.where else source, self.label)


class BadInput(RecruitmentError):
    """Input that cannot be read; `faults` holds every fault that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        en, zh = ([fault.words(lang) for fault in self.faults] for lang in ("en", "zh"))
        super().__init__(Label(zh="；".join(zh), en="; ".join(en)))

    @classmethod
    def of(cls, where: str, label: Label) -> BadInput:
        """The error for a single fault."""
        return cls([Fault(where, label)])


class RulebookError(BadInput):
    """A rulebook that cannot be trusted: unreadable, incomplete or contradictory. Nothing is judged by it."""

    kind: Kind = "rulebook"


class LedgerError(RecruitmentError):
    """A ledger that cannot be used; `kind` says whether it is busy, missing, read-only, newer, damaged or else."""

    kind: Kind = "misuse"


class NotWritten(RecruitmentError):
    """A file that was asked for could not be written; what was there before is there still.

    `kind` is `full`, `permission`, `read-only`, or `disk` for anything else that the system says.
    """

    kind: Kind = "disk"


class UnknownFile(RecruitmentError):
    """No file of that id is in the ledger; `values` has `file`, and `nearest` or None."""

    kind: Kind = "unknown-file"


class Conflict(RecruitmentError):
    """The ledger holds something else than the caller assumed; nothing was written, look again and try again.

    `kind` is `exists` (there is a file of that id), `moved` (the file has more or fewer acts than expected, or an act
    is ruled otherwise when it is recorded than when it was admitted), `repeat` (the same act of the same day and
    content is recorded already) or `beyond` (a place that the ledger has not reached).
    """

    kind: Kind = "moved"


def nearest(name: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The known name closest to `name`, or None where none is near: `alike` is the share of it that must agree."""
    found = get_close_matches(name, list(known), n=1, cutoff=alike)
    return found[0] if found else None
