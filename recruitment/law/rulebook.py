"""What a rulebook is: frozen values, a closed family of comparisons, each rule with its citation and its words.

A rulebook is data and says *what* is compared, never how: `recruitment.engine.evaluators` judges one act by it, and
other readers may compile the same values to something else. The attributes are the keys of the TOML files in
`workflows/`, whose README explains them to people who do not program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from attrs import Factory, field, frozen

from recruitment.base.dates import OFFICIAL, Days, Rounding, Span
from recruitment.base.label import Label, Lang
from recruitment.base.structure.values import dump
from recruitment.law.comparison_tables import read_comparisons
from recruitment.law.comparisons import (
    Comparison,
    Test,
)

Force = Literal["bar", "duty", "usual", "advice"]
Standing = Literal["applicant", "activist", "candidate", "probationary", "full", "ended"]

# ------------------------------------------------------------------------------------------- rules


@frozen(kw_only=True)
class Citation:
    """Where a rule is written: a document of the index, and its articles (none where it is our own reading)."""

    document: str
    articles: tuple[str, ...] = ()


@frozen(kw_only=True)
class Rule:
    """One rule: for which acts and outcomes, with what force, what is compared, and where it is written."""

    code: str
    acts: tuple[str, ...] = ()
    """Empty means every act."""
    outcomes: tuple[str, ...] = ()
    """Empty means every outcome."""
    force: Force
    citation: Citation = field(metadata={"flat": True})
    clause: Label = field(metadata={"flat": True})
    """What the text says, in our own words."""
    word: str | None = None
    """The word of the text that gives it its force."""
    read_as: tuple[str, ...] = ()
    """The readings of `workflows/readings.md` that it rests on."""
    since: date | None = None
    """The day from which it judges, where that is later than the edition."""
    when: tuple[Test, ...] = ()
    """The conditions under which it speaks at all."""
    compare: tuple[Comparison, ...] = field(metadata={"reader": read_comparisons})
    """What is compared; all of it must hold."""
    excused_by_reason: bool = False
    """A recorded reason counts for a deviation from it, though its force is not `usual`."""
    checked_on: date
    """The day on which it was last compared with the text."""
    checked_against: str
    """The text that it was compared with."""


@frozen(kw_only=True)
class Ground:
    """Where it is written that one act comes after another, and the clause in our own words."""

    act: str
    articles: tuple[str, ...]
    zh: str
    en: str

    @property
    def clause(self) -> Label:
        """The clause in both languages."""
        return Label(zh=self.zh, en=self.en)


@frozen(kw_only=True)
class Outcome:
    """How an act can end: whether it is then done, and what that undoes."""

    code: str
    zh: str
    en: str
    done: bool = True
    """The act then counts as done."""
    default: bool = False
    """It is meant where the record names no outcome."""
    of: str | None = None
    """The pending decision that it settles, where it can settle one only."""
    after: tuple[str, ...] = ()
    """What it comes after, besides what the act itself comes after."""
    grounds: tuple[Ground, ...] = ()
    """Where it is written what it comes after."""
    reopens: tuple[str, ...] = ()
    """The acts that it undoes, with all that rests on them; under a policy, those of its chosen value."""
    reopens_standings: tuple[Standing, ...] = ()
    """Only of a person of such a standing is anything undone; of everybody where there is none."""
    reopens_policy: str | None = None
    """The policy on which it depends what is undone."""
    reopens_for: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)
    """What is undone under each value of that policy."""
    decides: bool = False
    """It is a decision, pending until another act settles it."""
    extends: bool = False
    """It prolongs the probation."""
    ends: str | None = None
    """The state by whose name the file is closed."""


@frozen(kw_only=True)
class Lapse:
    """An act may be held again once its result has lapsed: `span` after it, unless `unless` was done in time."""

    span: Span
    rounding: Rounding
    unless: str
    reopens: tuple[str, ...]


@frozen(kw_only=True)
class Procedure:
    """One of the 25: whose act it is, what comes before it, and how it can end."""

    code: str
    number: int
    """Its number on the chart, 1 to 25."""
    stage: int
    zh: str
    """Its name on the chart, which has one name for two of them."""
    zh_alone: str | None = None
    """What it is called wherever the two would be confused."""
    en: str
    body: str
    """The code of the body whose act it is."""
    after: tuple[str, ...] = ()
    """What must be done before it."""
    grounds: tuple[Ground, ...] = ()
    """Where it is written what it comes after."""
    chart: tuple[str, ...] = ()
    """What the chart alone puts before it, and no article."""
    chart_when: Test | None = None
    """The condition under which the chart puts it so."""
    papers: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...]
    again: Literal["repeats", "renews"] | None = None
    """Whether it is recorded several times, or once more on replacement or renewal."""
    until: str | None = None
    """The act after which it is not recorded again."""
    standing: Standing | None = None
    """What the person is once it is done."""
    stands_from: Literal["replied"] | None = None
    """The key of the day from which its result counts; the day of the act where there is none."""
    lapse: Lapse | None = None

    @property
    def label(self) -> Label:
        """The name of the procedure, by which it is told apart from every other."""
        return Label(zh=self.zh_alone or self.zh, en=self.en)

    @property
    def chart_label(self) -> Label:
        """Its name on the official chart."""
        return Label(zh=self.zh, en=self.en)


@frozen(kw_only=True)
class Detour(Procedure):
    """An act beside the main line, which may come whenever the person has one of the `standings`.

    It changes nothing that is done, and undoes only what its outcome says, or it ends the file (`ends`). With `first` a
    file may begin with it. It has no number among the 25, and comes as often as it happens.
    """

    number: int = 0
    stage: int = 0
    again: Literal["repeats", "renews"] | None = "repeats"
    standings: tuple[Standing, ...]
    first: bool = False
    ends: str | None = None
    outcomes: tuple[Outcome, ...] = field(
        default=Factory(
            lambda self: (Outcome(code="done", zh=self.zh, en=self.en, default=True, ends=self.ends),),
            takes_self=True,
        )
    )


@frozen(kw_only=True)
class Stage:
    """One of the five stages."""

    number: int
    zh: str
    en: str


@frozen(kw_only=True)
class Policy:
    """A named reading where the text leaves room: its default, its other values, in words."""

    code: str
    default: str
    others: tuple[str, ...]
    zh: str
    en: str
    source: Literal["our reading", "practice", "text"] = "our reading"

    @property
    def values(self) -> tuple[str, ...]:
        """Every value that it can have, the default first."""
        return (self.default, *self.others)


@frozen(kw_only=True)
class Document:
    """A document that rules cite."""

    code: str
    zh: str
    en: str
    number: str | None = None


@frozen(kw_only=True)
class Yield:
    """That a local rule gives way to an edition with another rule on the matter, and what that rule is."""

    edition: str
    zh: str
    en: str


@frozen(kw_only=True)
class TextChange:
    """What an edition says in other words than the one before, without asking anything else of a record.

    `old` and `new` are the articles, none where there is no such article; `rules` are those whose text it concerns.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    rules: tuple[str, ...] = ()
    zh: str
    en: str


@frozen(kw_only=True)
class LocalRule:
    """A rule of a local edition, the editions that it gives way to, and the file it is in."""

    rule: Rule = field(metadata={"flat": True})
    yields: tuple[Yield, ...] = ()
    file: str = field(default="", metadata={"unwritten": True})


@frozen(kw_only=True)
class Papers:
    """Papers that an act leaves in addition to those of its edition, and the file that says so."""

    act: str
    papers: tuple[str, ...]
    file: str = field(default="", metadata={"unwritten": True})


@frozen(kw_only=True)
class Overlay:
    """A local edition: what it adds to the editions that it may lie on (`on`), judged from `in_force`.

    It holds rules under codes of its own, their titles, papers, and the documents that it cites. There is nothing in it
    by which anything national could be changed, so that it can make stricter and never relax.
    """

    code: str
    zh: str
    en: str
    in_force: date
    on: tuple[str, ...]
    documents: tuple[Document, ...]
    rules: tuple[LocalRule, ...]
    papers: tuple[Papers, ...] = ()
    titles: Mapping[str, Label] = field(factory=dict, hash=False)
    source: str
    checked_on: date


def national(edition: str) -> str:
    """The edition that a name speaks of, without the local editions added to it: 2014 of 2014+guizhou-2015."""
    return edition.partition("+")[0]


def laid(edition: str) -> list[str]:
    """The local editions that a name lays on its edition, in their order."""
    return edition.split("+")[1:]


_WORDS: Final = frozenset(("zh", "zh_alone", "en", "clause", "read_as", "checked_on", "checked_against"))
"""Keys of what people read: what they say may be said better, and no verdict changes by it."""


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(entry) for key, entry in value.items() if key not in _WORDS}
    if isinstance(value, list | tuple):
        return [_without_words(entry) for entry in value]
    return value


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


@frozen(kw_only=True)
class Rulebook:
    """An edition whole: its days in force, its procedures and rules, its policies, and the hash of its content.

    With local editions added to it (`compose`) its code names them as well; `local` are the documents that came with
    them, `yielded` the local rules that give way to the edition, each with the reason. `days` is what a caller knows
    of the calendar of working days beyond the built-in one.
    """

    code: str
    zh: str
    en: str
    in_force: date
    until: date | None
    documents: Mapping[str, Document]
    stages: tuple[Stage, ...]
    procedures: tuple[Procedure, ...]
    detours: tuple[Detour, ...] = ()
    rules: tuple[Rule, ...]
    policies: Mapping[str, str]
    words: Mapping[str, Label]
    titles: Mapping[str, Label] = field(factory=dict)
    """What each rule is called in a few words, by its code."""
    local: tuple[str, ...] = ()
    yielded: tuple[tuple[str, Label], ...] = ()
    text_since: str | None = None
    text_changes: tuple[TextChange, ...] = ()
    """What changed in the text alone since the edition `text_since`; nothing is judged by it."""
    days: Days = OFFICIAL

    @cached_property
    def by_code(self) -> Mapping[str, Procedure]:
        """The procedures and the acts beside the main line by their codes."""
        return {procedure.code: procedure for procedure in (*self.procedures, *self.detours)}

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits over everything that decides; titles, sentences and the vocabulary do not."""
        return _digest(_without_words(self._content))

    @cached_property
    def wording_hash(self) -> str:
        """The same over the words as well: what is made of a rulebook and shows them is kept by it."""
        return _digest([self._content, dump(self.documents), dump(self.words), dump(self.titles)])

    @property
    def _content(self) -> list[Any]:
        rules = [(dump(rule), [comparison.kind for comparison in rule.compare]) for rule in self.rules]
        said = [self.code, self.in_force, dump(self.procedures), dump(self.detours), rules, dump(self.policies)]
        if self.days:
            said += [sorted(self.days.off), sorted(self.days.working), sorted(self.days.years)]
        return said

    def ground(self, act: str, before: str) -> Ground | None:
        """Where it is written that an act comes after another; None where no article says so."""
        procedure = self.by_code.get(act)
        if procedure is None:
            return None
        grounds = (*procedure.grounds, *(ground for outcome in procedure.outcomes for ground in outcome.grounds))
        return next((ground for ground in grounds if ground.act == before), None)

    def procedure(self, code: str) -> Procedure:
        """The procedure of that code, or the act beside the main line.

        Raises:
            KeyError: no such procedure.
        """
        return self.by_code[code]

    def word(self, code: str, lang: Lang) -> str:
        """The name of a body, paper, outcome or field value; the code itself where the vocabulary has none."""
        label = self.words.get(code)
        return label.words(lang) if label else code

    def title(self, rule: str, lang: Lang) -> str:
        """What a rule is called in a few words; its code where it has no title."""
        title = self.titles.get(rule)
        return title.words(lang) if title else rule
