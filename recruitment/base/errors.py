"""What the library raises: one base and its few children, each one sentence in both languages with a way out.

A refusal is not an error: it is a value (`recruitment.engine.ruling.Ruling`). An error is raised for input that cannot
be read, for a ledger that cannot be used, and for a caller who saw another state than the one that stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RecruitmentError(Exception):
    """Base of everything that this library raises on purpose; `en` and `zh` hold the same sentence twice."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def words(self, lang: str) -> str:
        """The sentence in `lang` ("zh" or "en")."""
        return self.zh if lang == "zh" else self.en


class Fault:
    """One fault of an input: where it stands and what is wrong, in both languages."""

    __slots__ = ("en", "where", "zh")

    def __init__(self, where: str, en: str, zh: str) -> None:
        self.where = where
        self.en = en
        self.zh = zh

    def words(self, lang: str) -> str:
        """`where: what is wrong` in `lang`."""
        text = self.zh if lang == "zh" else self.en
        return f"{self.where}: {text}" if self.where else text

    def within(self, source: str) -> Fault:
        """The same fault, its place prefixed with the file it stands in."""
        return Fault(f"{source}: {self.where}" if self.where else source, self.en, self.zh)

    def __repr__(self) -> str:
        return f"Fault({self.words('en')!r})"


class BadInput(RecruitmentError):
    """Input that cannot be read; `faults` holds every fault that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f.words("en") for f in self.faults), "；".join(f.words("zh") for f in self.faults))

    @classmethod
    def of(cls, where: str, en: str, zh: str) -> BadInput:
        """The error for a single fault."""
        return cls([Fault(where, en, zh)])


class RulebookError(BadInput):
    """A rulebook that cannot be trusted: unreadable, incomplete or contradictory. Nothing is judged by it."""


class LedgerError(RecruitmentError):
    """A ledger that cannot be used: missing, read-only, foreign, corrupt or of a newer version."""


class UnknownFile(RecruitmentError):
    """No file of that id stands in the ledger."""


class Conflict(RecruitmentError):
    """The file has moved since the caller looked; nothing was written, look again and try again."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to `name`, or None where none is near."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
