"""What the library raises: one base and its few children, each one sentence in both languages with a way out.

A refusal is not an error: it is a value (`recruitment.engine.ruling.Ruling`). An error is raised for input that cannot
be read, for a ledger that cannot be used, and for a caller who saw another state than the one that stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen

from recruitment.base.label import Label, Lang


class RecruitmentError(Exception):
    """Base of everything that this library raises on purpose: one sentence in both languages, `label`."""

    def __init__(self, label: Label) -> None:
        super().__init__(label.en)
        self.label = label

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


@frozen
class Fault:
    """One fault of an input: where it stands and what is wrong, in both languages."""

    where: str
    label: Label

    def words(self, lang: Lang) -> str:
        """`where: what is wrong` in one language."""
        text = self.label.words(lang)
        return f"{self.where}: {text}" if self.where else text

    def within(self, source: str) -> Fault:
        """The same fault, its place prefixed with the file it stands in."""
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
