"""What people call the things that have a code, and how a typed word becomes the code that it means.

A word is looked for among the names of the choices that a place has: the code, its Chinese and English name, and its
synonyms. Full-width forms, capitals and blanks make no difference. Where no name is the word exactly, a name without
情况, 单位 or 党, and then the beginning of a name, serve if they fit one choice only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.law.rulebook import Overlay, Rulebook

YES_NO: Final = ("yes", "no")
"""The codes of the two words for a value that is true or false."""
_QUOTES: Final = str.maketrans("", "", "《》“”\"'「」")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SHORT: Final = re.compile("情况|单位|党")
_LEAST: Final = 2
"""Characters that a beginning, or what is left of a name, must have."""


@lru_cache(maxsize=16_384)
def plain_word(word: str) -> str:
    """A word as words are compared: half-width, without blanks, capitals, and marks of quotation."""
    return "".join(unicodedata.normalize("NFKC", word).translate(_QUOTES).split()).casefold().replace("_", "-")


@lru_cache(maxsize=16_384)
def _short(word: str) -> str:
    return _SHORT.sub("", word)


@frozen(kw_only=True)
class Synonyms:
    """The names of everything that has a code; none is part of a rulebook, and nothing is judged by a name."""

    words: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The names of every code of a value, key or outcome, the printed one first."""
    acts: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The names of every act, the printed one first."""
    labels: Mapping[str, Label] = field(factory=dict)
    """The printed names of the words."""
    parts: Mapping[str, str] = field(factory=dict)
    """The Chinese names of a word in one place alone, as `key.word`."""
    titles: Mapping[str, Label] = field(factory=dict)
    """The printed names of the rules, under every edition and local edition."""
    commands: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The Chinese names of the commands, the printed one first."""
    options: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Those of the options; that of one command alone is under `command.option`."""
    choices: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Those of the values of options, likewise."""

    def codes(self, typed: str, choices: Iterable[str]) -> tuple[str, ...]:
        """The choices that a typed word can mean: one where it is understood, several where it is ambiguous."""
        return codes_named(typed, [(code, (code, *self.words.get(code, ()))) for code in choices])

    def act_codes(self, typed: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """The acts that a typed name can mean, among all or among some."""
        return codes_named(typed, [(code, (code, *self.acts.get(code, ()))) for code in choices or self.acts])

    def rule_codes(self, typed: str, rules: Iterable[str]) -> tuple[str, ...]:
        """The rules among these that a typed title can mean: one where it is understood."""
        named = ((code, self.titles[code]) for code in rules if code in self.titles)
        return codes_named(typed, [(code, (title.zh, title.en)) for code, title in named])

    def rule_fault(self, typed: str, rules: Sequence[str], where: str) -> Fault:
        """What is said of a word that is the code or title of none of the rules, or can mean several of them."""
        found = self.rule_codes(typed, rules)
        if found:
            return Fault(
                where,
                Label(
                    zh=f"“{typed}”可以指{'、'.join(self.title(code).zh for code in found)}，请写明是哪一条",
                    en=f"{typed} can mean {', '.join(found)}; say which",
                ),
            )
        titles = {self.title(code).zh: code for code in rules}
        near = nearest(typed, (*titles, *rules))
        code = titles.get(near or "", near)
        zh = f"；是否指{self.title(code).zh}？" if code else ""
        return Fault(
            where,
            Label(
                zh=f"没有“{typed}”这条规则{zh}",
                en=f"there is no rule {typed}" + (f"; did you mean {code}?" if code else ""),
            ),
        )

    def title(self, code: str) -> Label:
        """What a rule is called; its code where it has no title."""
        return self.titles.get(code) or Label(zh=code, en=code)

    def name(self, code: str) -> Label:
        """The printed name of a word; the code itself where it has none."""
        return self.labels.get(code) or Label(zh=code, en=code)

    def name_in(self, key: str, code: str) -> str:
        """What a word is called in Chinese within a key or as its value."""
        return self.parts.get(f"{key}.{code}") or self.name(code).zh

    def fault(self, typed: str, choices: Sequence[str], where: str) -> Fault:
        """What is said of a word that means none of the choices, or several of them."""
        found = self.codes(typed, choices)
        key = where.rpartition(".")[2].partition("[")[0]
        zh = "、".join(dict.fromkeys(self.name_in(key, code) for code in found or choices))
        if found:
            return Fault(
                where,
                Label(
                    zh=f"{shown(typed)} 可以指{zh}，请写明是哪一个",
                    en=f"{shown(typed)} can mean {', '.join(found)}; say which",
                ),
            )
        near = nearest(typed, choices)
        return Fault(
            where,
            Label(
                zh=f"{shown(typed)} 不在可用值之内（{zh}）" + (f"；是否指{self.name_in(key, near)}？" if near else ""),
                en=f"{shown(typed)} is not one of {', '.join(choices)}" + (f"; did you mean {near}?" if near else ""),
            ),
        )


@frozen(kw_only=True)
class Unclear:
    """Headings that can be the day of several procedures or another day, and the readings in words."""

    headings: tuple[str, ...]
    procedures: tuple[str, ...]
    zh: str
    en: str


@frozen(kw_only=True)
class SharedEvidence:
    """Headings of a key of evidence that several procedures have, or of a part of it as `key.part`, and those."""

    key: str
    headings: tuple[str, ...]
    procedures: tuple[str, ...]


@frozen(kw_only=True)
class ColumnGroup:
    """What people call several columns or a sheet, and the numbers of the procedures that it speaks of."""

    names: tuple[str, ...]
    first: int
    last: int


@frozen(kw_only=True)
class ListWords:
    """How people head the columns of their lists, and the words of rows that are no person."""

    procedure: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The headings of each procedure, by its code."""
    fact: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The headings of each fact of a file, by its key."""
    people: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """The headings of the names of people, by the code of their act."""
    number: tuple[str, ...] = ()
    """What serves as the id where no column is headed by one, the first first."""
    evidence: tuple[SharedEvidence, ...] = ()
    """The headings of a key that several acts have."""
    groups: tuple[ColumnGroup, ...] = ()
    """The words that narrow the headings of `evidence` and `unclear`."""
    unclear: tuple[Unclear, ...] = ()
    """Headings that can be read in more than one way."""
    totals: tuple[str, ...] = ()
    """How rows of sums begin."""
    notes: tuple[str, ...] = ()
    """How rows of remarks begin."""
    signed: tuple[str, ...] = ()
    """How rows begin that say who filled the list in."""


def codes_named(typed: str, named: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The codes that a typed word can mean, among codes with their names: those named so, else those that begin so."""
    word = plain_word(typed)
    if not word:
        return ()
    sought = [(code, [_forms(name) for name in names]) for code, names in named]
    exact = tuple(code for code, names in sought if any(word in forms for forms in names))
    if exact:
        return exact
    short = _short(word)
    if len(short) >= _LEAST:
        bare = tuple(code for code, names in sought if any(short in map(_short, forms) for forms in names))
        if bare:
            return bare
    if len(word) < _LEAST:
        return ()
    return tuple(code for code, names in sought if any(f.startswith(word) for forms in names for f in forms))


@lru_cache(maxsize=16_384)
def _forms(name: str) -> tuple[str, ...]:
    """A name as it is compared, and without what is in brackets."""
    whole = plain_word(name)
    without = _BRACKETS.sub("", whole)
    return (whole,) if without in ("", whole) else (whole, without)


def synonyms_of(
    rulebooks: Sequence[Rulebook],
    overlays: Sequence[Overlay],
    words: Mapping[str, Sequence[str]],
    acts: Mapping[str, Sequence[str]],
) -> Synonyms:
    """The names of all codes: those of the editions and their vocabulary, and these.

    What an outcome is called in its own procedure is a name of the outcome as well.
    """
    if not rulebooks:
        return Synonyms()
    labels = {"yes": Label(zh="是", en="yes"), "no": Label(zh="否", en="no"), **rulebooks[-1].words}
    called = {code: [label.zh, label.en] for code, label in labels.items()}
    named: dict[str, list[str]] = {}
    for rulebook in reversed(rulebooks):
        for act in rulebook.by_code.values():
            number = [str(act.number)] if act.number else []
            named.setdefault(act.code, []).extend([act.label.zh, act.zh, act.en, *number])
            for outcome in act.outcomes:
                called.setdefault(outcome.code, []).extend([outcome.zh, outcome.en])
    for code, more in words.items():
        called.setdefault(code, []).extend(more)
    for code, more in acts.items():
        named.setdefault(code, []).extend(more)
    all_titles = [*(overlay.titles for overlay in overlays), *(rulebook.titles for rulebook in rulebooks)]
    return Synonyms(
        words={code: tuple(dict.fromkeys(names)) for code, names in called.items()},
        acts={code: tuple(dict.fromkeys(names)) for code, names in named.items()},
        labels=labels,
        titles={code: title for titles in all_titles for code, title in titles.items()},
    )
