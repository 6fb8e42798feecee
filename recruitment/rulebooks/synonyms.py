"""The words that people use for codes, and the headings of their lists, from TOML: read as strictly as the rules.

A word for a code that nothing has, or one that is written twice, is a fault. No rulebook's content hash knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Final

from attrs import evolve, field, frozen

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.values import fields_of
from recruitment.law.rulebook import Overlay, Rulebook
from recruitment.law.synonyms import (
    YES_NO,
    ColumnGroup,
    ListWords,
    SharedEvidence,
    Synonyms,
    Unclear,
    plain_word,
    synonyms_of,
)
from recruitment.record.acts import ACTS
from recruitment.rulebooks.checks.faults import unknown
from recruitment.rulebooks.toml_file import read_toml_file

SYNONYMS: Final = "synonyms.toml"
HEADINGS: Final = "headings.toml"
FACTS: Final = ("id", "name", "born", "branch", "mobile", "edition")
PEOPLE: Final = ("mentors", "sponsors")


@frozen(kw_only=True)
class SynonymsFile:
    """synonyms.toml: what people write for a value, a key or an outcome, an act, a command and its options."""

    word: Mapping[str, tuple[str, ...]]
    act: Mapping[str, tuple[str, ...]]
    command: Mapping[str, tuple[str, ...]] = field(factory=dict)
    option: Mapping[str, tuple[str, ...]] = field(factory=dict)
    choice: Mapping[str, tuple[str, ...]] = field(factory=dict)
    part: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Numbers:
    """What serves as the id of a list that has no column for it."""

    kinds: tuple[str, ...]


@frozen(kw_only=True)
class LineWords:
    """How rows begin that are no person."""

    totals: tuple[str, ...]
    notes: tuple[str, ...]
    signed: tuple[str, ...]


@frozen(kw_only=True)
class HeadingsFile:
    """headings.toml: how people head the columns of their own lists."""

    procedure: Mapping[str, tuple[str, ...]]
    fact: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]
    number: Numbers
    evidence: tuple[SharedEvidence, ...] = field(default=())
    group: tuple[ColumnGroup, ...] = field(default=())
    unclear: tuple[Unclear, ...] = field(default=())
    line: LineWords


def read_synonyms(root: Traversable, faults: list[Fault]) -> SynonymsFile | None:
    """The words of synonyms.toml; None where they cannot be read."""
    return read_toml_file(root, SynonymsFile, faults, SYNONYMS)


def known_names(rulebooks: Sequence[Rulebook], overlays: Sequence[Overlay], file: SynonymsFile | None) -> Synonyms:
    """The names of all codes: those of the editions and local editions, and what people use for them."""
    if file is None:
        return Synonyms()
    named = synonyms_of(rulebooks, overlays, file.word, file.act)
    return evolve(named, commands=file.command, options=file.option, choices=file.choice, parts=file.part)


def check_synonyms(vocabulary: Iterable[str], file: SynonymsFile) -> Iterator[Fault]:
    """A fault for each word of a code that nothing has, and for each that a code has twice."""
    words = {*vocabulary, *YES_NO}
    for table, known, given in (("word", words, file.word), ("act", set(ACTS), file.act)):
        kind = Label(zh="词汇表中的词", en="word of vocabulary.toml") if table == "word" else Label(zh="行为", en="act")
        yield from _codes(f"{SYNONYMS}: {table}", given, known, kind)
    for place, name in file.part.items():
        key, _, code = place.partition(".")
        yield from _codes(
            f"{SYNONYMS}: part",
            {key: (), code: ()},
            words | set(ACTS),
            Label(zh="词汇表中的词", en="word of vocabulary.toml"),
        )
        if plain_word(name) not in map(plain_word, file.word.get(code, ())):
            yield Fault(
                f"{SYNONYMS}: part.{place}",
                Label(zh=f"“{name}”不在 word.{code} 之内，请补上", en=f"{name} is not among word.{code}; add it there"),
            )
    # Which commands and options there are, the command line knows alone; here a word must not stand twice.
    for table, given in (("command", file.command), ("option", file.option), ("choice", file.choice)):
        yield from _codes(f"{SYNONYMS}: {table}", given, set(given), Label(zh="命令", en="command"))


def read_list_words(root: Traversable, faults: list[Fault]) -> ListWords:
    """How people head the columns of their lists; empty where the file cannot be read."""
    file = read_toml_file(root, HeadingsFile, faults, HEADINGS)
    if file is None:
        return ListWords()
    act, key = Label(zh="行为", en="act"), Label(zh="档案的栏目", en="fact of a file")
    faults += _codes(f"{HEADINGS}: procedure", file.procedure, set(ACTS), act)
    faults += _codes(f"{HEADINGS}: fact", file.fact, set(FACTS), key)
    faults += _codes(f"{HEADINGS}: people", file.people, set(PEOPLE), act)
    for unclear in file.unclear:
        faults += _codes(f"{HEADINGS}: unclear", dict.fromkeys(unclear.procedures, ()), set(ACTS), act)
    for shared in file.evidence:
        having = {code for code, kind in ACTS.items() if shared.key.partition(".")[0] in fields_of(kind)}
        faults += _codes(f"{HEADINGS}: evidence", dict.fromkeys(shared.procedures, ()), having, act)
    return ListWords(
        procedure=file.procedure,
        fact=file.fact,
        people=file.people,
        number=file.number.kinds,
        evidence=file.evidence,
        groups=file.group,
        unclear=file.unclear,
        totals=file.line.totals,
        notes=file.line.notes,
        signed=file.line.signed,
    )


def _codes(where: str, given: Mapping[str, Sequence[str]], known: set[str], kind: Label) -> Iterator[Fault]:
    for code, words in given.items():
        if code not in known:
            yield unknown(where, code, sorted(known), kind)
        same = [plain_word(word) for word in words]
        for word in dict.fromkeys(word for word, form in zip(words, same, strict=True) if same.count(form) > 1):
            yield Fault(
                f"{where}.{code}", Label(zh=f"“{word}”写了两次，只留一个", en=f"{word} is written twice; keep one")
            )
