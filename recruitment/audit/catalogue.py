"""`workflows/practice.toml` read strictly: what auditors look for, with its words and its source."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from recruitment.audit.practice import Kind, Pattern, Practice
from recruitment.base.errors import Fault, RulebookError
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Citation, Rule
from recruitment.rulebooks.locate import rulebooks_folder
from recruitment.rulebooks.toml_file import read_toml_file

DOCUMENT = "practice"


@frozen(kw_only=True)
class PatternRow:
    """A pattern as the file writes it."""

    code: str
    kind: Kind
    at_least: int = 1
    zh: str
    en: str


@frozen(kw_only=True)
class PracticeFile:
    """practice.toml."""

    checked_on: date
    checked_against: str
    rule: tuple[Rule, ...] = ()
    pattern: tuple[PatternRow, ...] = ()


def load_practice(editions: Editions) -> Practice:
    """What auditors look for beyond the rules of these books.

    Raises:
        RulebookError: with every fault of the file.
    """
    faults: list[Fault] = []
    read = read_toml_file(rulebooks_folder(), PracticeFile, faults, "practice.toml", cites=DOCUMENT)
    if read is None or faults:
        raise RulebookError(faults)
    return Practice(
        editions=editions,
        rules=read.rule,
        patterns=tuple(Pattern(rule=_rule(row, read), kind=row.kind, at_least=row.at_least) for row in read.pattern),
    )


def _rule(row: PatternRow, read: PracticeFile) -> Rule:
    return Rule(
        code=row.code,
        force="advice",
        citation=Citation(document=DOCUMENT),
        clause=Label(zh=row.zh, en=row.en),
        compare=(),
        checked_on=read.checked_on,
        checked_against=read.checked_against,
    )
