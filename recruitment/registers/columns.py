"""The columns of the register: facts, the 25 days, and evidence, each under a heading that a list is read by.

Every heading is looked up as the reader of lists does, and taken only where it means that column and no other: what
the register writes is what a list may say. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from recruitment.formats.spreadsheets.columns import Column, EvidenceColumn, FactColumn, Path
from recruitment.formats.spreadsheets.heading_names import HeadingNames, evidence_paths, fact_paths
from recruitment.law.editions import Editions
from recruitment.law.synonyms import Synonyms

FACTS: Final[tuple[Path, ...]] = (("id",), ("name",), ("born",), ("branch", "name"))
EVIDENCE: Final[tuple[tuple[str, Path], ...]] = (
    ("mentors", ("people",)),
    ("sponsors", ("people",)),
    ("training", ("hours",)),
    *(("admission_meeting", ("ballot", key)) for key in ("should_attend", "attended", "for", "against", "abstain")),
    *(("conversion_meeting", ("ballot", key)) for key in ("should_attend", "attended", "for", "against", "abstain")),
    ("conversion_meeting", ("outcome",)),
)
"""The facts and the evidence that the register always has a column for; others have one where a file holds them."""


@frozen
class RegisterColumn:
    """A column: its heading, and what it holds; None for what is only shown, and not read back."""

    heading: str
    holds: Column | None

    @property
    def code(self) -> str | None:
        """The act that it speaks of, where it does."""
        return getattr(self.holds, "code", None)


class Headings:
    """The headings of a register under these rulebooks."""

    def __init__(self, editions: Editions) -> None:
        self.editions = editions
        self.names = HeadingNames(editions)
        self.synonyms: Synonyms = editions.synonyms

    def columns(self, facts: Iterable[Path], evidence: Iterable[tuple[str, Path]]) -> list[RegisterColumn]:
        """The columns for these facts and this evidence, and for the acts that they need, in the order of the acts."""
        wanted = set(facts) | set(FACTS)
        held = set(evidence) | set(EVIDENCE)
        found = [self.fact(path) for path in (*FACTS, *sorted(wanted - set(FACTS)))]
        procedures = self.editions.rulebooks[-1].procedures
        beside = sorted({code for code, _ in held} - {act.code for act in procedures})
        for act in (*procedures, *(self.editions.rulebooks[-1].by_code[code] for code in beside)):
            heading = f"{act.number} {act.label.zh}" if act.number else act.label.zh
            found.append(RegisterColumn(heading, self.names.by_code[act.code]))
            paths = [path for path in evidence_paths(act.code) if (act.code, path) in held]
            found += [self.evidence(act.code, path) for path in paths]
        return found

    def fact(self, path: Path) -> RegisterColumn:
        """The column of a fact."""
        column = FactColumn(path, fact_paths()[path])
        key = "branch" if path == ("branch", "name") else path[0]
        names = [*self.editions.list_words.fact.get(key, ())] if len(path) == 1 or key == "branch" else []
        return RegisterColumn(self._heading("", names, path, column), column)

    def evidence(self, code: str, path: Path) -> RegisterColumn:
        """The column of a piece of evidence."""
        column = EvidenceColumn(code, path, evidence_paths(code)[path])
        act = self.editions.rulebooks[-1].by_code[code]
        prefix = f"{act.number} " if act.number else f"{act.zh} "
        names = [self.editions.list_words.people[code][0]] if path == ("people",) else []
        return RegisterColumn(self._heading(prefix, names, path, column), column)

    def _heading(self, prefix: str, names: list[str], path: Path, column: Column) -> str:
        """The shortest Chinese name that is read as that column, else its keys in full."""
        own = [*self.synonyms.words.get(path[-1], ()), path[-1]]
        chinese = sorted((name for name in own if not name.isascii() and len(name) > 1), key=len)
        place = ".".join(path[-2:] if len(path) > 1 else (getattr(column, "code", ""), *path))
        chinese = [self.synonyms.parts[place], *chinese] if place in self.synonyms.parts else chinese
        first = self.synonyms.name(path[0]).zh
        whole = [f"{first}{name}" for name in chinese] if len(path) == 2 else []
        for name in (*names, *chinese, *whole, "".join(path), path[-1]):
            if self.names.read(f"{prefix}{name}") == (column,):
                return f"{prefix}{name}"
        raise AssertionError(f"no heading means {column}")


def paths_of(value: Any, paths: Mapping[Path, Any]) -> dict[Path, Any]:
    """What plain data holds at these keys, by the keys that reach it."""
    found: dict[Path, Any] = {}
    for path in paths:
        inner = value
        for key in path:
            inner = inner.get(key, _ABSENT) if isinstance(inner, dict) else _ABSENT
            if inner is _ABSENT:
                break
        if inner is not _ABSENT:
            found[path] = inner
    return found


_ABSENT: Final = object()
