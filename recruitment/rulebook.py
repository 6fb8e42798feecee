"""What a rulebook is: frozen values, a closed family of comparisons, each rule with its citation and its words.

A rulebook is data and says *what* is compared, never how: `recruitment.guards` judges one act by it, and other readers
may compile the same values to something else. The attributes are the keys of the TOML files in `workflows/`, whose
README explains them to people who do not program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal, TypeVar, Union

from attrs import Factory, evolve, field, frozen

from recruitment.shapes import dump
from recruitment.spans import OFFICIAL, Days, Rounding, Span
from recruitment.wording import Label

Force = Literal["bar", "duty", "usual", "advice"]
Standing = Literal["applicant", "activist", "candidate", "probationary", "full", "ended"]
P = TypeVar("P", bound="Procedure")

# ------------------------------------------------------------------------------------------- tests


@frozen(kw_only=True)
class Test:
    """One question to one value of the record, answered yes, no or unknown. Exactly one answer key is given.

    `given` asks whether the record holds something there (a key that is left out is unknown); `stated` asks the same
    and takes a key that is left out for no. With `where`, the question is only put where that other test holds.
    """

    value: str
    is_: bool | None = None
    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    any_of: tuple[str, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None
    given: bool | None = None
    stated: bool | None = None
    where: Test | None = None

    ANSWERS: ClassVar[tuple[str, ...]] = (
        "is_",
        "one_of",
        "none_of",
        "all_of",
        "any_of",
        "at_least",
        "at_most",
        "given",
        "stated",
    )


# ------------------------------------------------------------------------------------------- comparisons


@frozen(kw_only=True)
class DateLimit:
    """A day against an anchor plus a span.

    `must_be`: `not_before`, `after`, `not_after` that limit, the `same_day`, or its `last_day` (the limit or the day
    before it, since both are written).
    `back` counts the span, which is then in days, back from the anchor. `extension` adds the extensions of probation
    that were approved. `new` marks a limit that is new in this edition: it never starts before the edition is in
    force, or before the day from which its rule judges where that has one (policy `new-limit-start`). Where the anchor
    depends on a policy, `anchors` names one for each of its values. `none_meets`: a value known to be none meets the
    limit, because then nothing is there to be early or late; without it, none is unmet.
    """

    kind: ClassVar[str] = "date"
    value: str = "on"
    must_be: Literal["not_before", "after", "not_after", "same_day", "last_day"]
    anchor: str | None = None
    anchor_policy: str | None = None
    anchors: Mapping[str, str] | None = None
    span: Span = Span(0, "day")
    back: bool = False
    rounding: Rounding | None = None
    rounding_policy: str | None = None
    extension: bool = False
    new: bool = False
    none_meets: bool = False


@frozen(kw_only=True)
class Workdays:
    """A public notice: at least `at_least` working days from `since` to `until`, both counted.

    It begins not before `not_before`, and its last working day is not after `by`.
    """

    kind: ClassVar[str] = "workdays"
    since: str
    until: str
    at_least: int
    not_before: str | None = None
    by: str = "on"


@frozen(kw_only=True)
class Periods:
    """Each period of length `each` since an anchor that has ended by `until` holds at least one `of` that act.

    A period runs from the day after its start to its end, so that its last day belongs to it. One finding a period.
    With `days`, it is not the act's own day that counts but the days that the act holds under that key. With
    `cut_policy`, that policy says how the time is cut: under `calendar` into the quarters of the calendar that begin
    after the anchor, else into lengths of `each` from the anchor on. With `new`, a period that began before the day
    from which the rule judges is left out.
    """

    kind: ClassVar[str] = "periods"
    each: Span
    rounding: Rounding
    since: str
    until: str = "on"
    of: str
    days: str | None = None
    cut_policy: str | None = None
    new: bool = False


@frozen(kw_only=True)
class Share:
    """A count against half of a whole: `more_than` half, or `at_least` half.

    Under the outcomes in `missed_on` the share must not be reached: those outcomes say that it was not.
    """

    kind: ClassVar[str] = "share"
    part: str
    whole: str
    must_be: Literal["more_than_half", "at_least_half"]
    missed_on: tuple[str, ...] = ()


@frozen(kw_only=True)
class Balance:
    """Counts that must agree: the sum of `sum` equals the sum of `equals`, or is at most the sum of `at_most`."""

    kind: ClassVar[str] = "balance"
    sum: tuple[str, ...]
    equals: tuple[str, ...] | None = None
    at_most: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Evidence:
    """What the record must hold: every test of `all`, or at least one of `any`."""

    kind: ClassVar[str] = "evidence"
    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()


@frozen(kw_only=True)
class Table:
    """Some row fits: in it, each named value is one of those listed."""

    kind: ClassVar[str] = "table"
    rows: tuple[Mapping[str, tuple[str | bool, ...]], ...]


@frozen(kw_only=True)
class People:
    """How many people serve after this act: those before, less the replaced, plus the new ones.

    Distinct names count; `not_` names somebody who may not be among them.
    """

    kind: ClassVar[str] = "people"
    value: str = "people"
    at_least: int
    at_most: int
    not_: str | None = None


@frozen(kw_only=True)
class Each:
    """Every entry of a list passes the test, whose value is a key of the entry; or one does, where that is enough.

    Where the test `or_when` of the act, the file or the branch holds, an entry passes as well by all tests of `or_all`.
    """

    kind: ClassVar[str] = "each"
    of: str
    test: Test
    one_is_enough: bool = False
    or_all: tuple[Test, ...] = ()
    or_when: Test | None = None


@frozen(kw_only=True)
class Held:
    """At least `at_least` acts of that code stand, dated from `since` to `until` where these are named."""

    kind: ClassVar[str] = "held"
    of: str
    at_least: int = 1
    since: str | None = None
    until: str = "on"


@frozen(kw_only=True)
class Elapsed:
    """Days between two days, reported and not judged: the articles give no number."""

    kind: ClassVar[str] = "elapsed"
    since: str
    until: str = "on"


@frozen(kw_only=True)
class Among:
    """The people of this act are among those of another."""

    kind: ClassVar[str] = "among"
    value: str
    among: str


@frozen(kw_only=True)
class After:
    """Those acts are done, with success, and not dated later: an order beside that of the procedures."""

    kind: ClassVar[str] = "after"
    acts: tuple[str, ...]


@frozen(kw_only=True)
class Order:
    """What the act comes after is done, with success, and not dated later: the edges of the procedures."""

    kind: ClassVar[str] = "order"


@frozen(kw_only=True)
class Once:
    """The act is not yet done in its round, or may be done again."""

    kind: ClassVar[str] = "once"


@frozen(kw_only=True)
class NotInFuture:
    """The act is not dated after the day of its entry."""

    kind: ClassVar[str] = "not_in_future"


@frozen(kw_only=True)
class EditionKnown:
    """The day of the act lies under an edition that is encoded."""

    kind: ClassVar[str] = "edition_known"


@frozen(kw_only=True)
class NotRecorded:
    """The record has no place for what the clause asks; always unknown."""

    kind: ClassVar[str] = "not_recorded"


Comparison = Union[  # noqa: UP007 - read at run time by the grammar's reader
    DateLimit,
    Workdays,
    Periods,
    Share,
    Balance,
    Evidence,
    Table,
    People,
    Each,
    Held,
    Elapsed,
    Among,
    After,
    Order,
    Once,
    NotInFuture,
    EditionKnown,
    NotRecorded,
]
KINDS: Mapping[str, type] = {
    kind.kind: kind
    for kind in (
        DateLimit,
        Workdays,
        Periods,
        Share,
        Balance,
        Evidence,
        Table,
        People,
        Each,
        Held,
        Elapsed,
        Among,
        After,
        Order,
        Once,
        NotInFuture,
        EditionKnown,
        NotRecorded,
    )
}
"""The closed family of comparisons, by the word that names them in a rulebook."""


# ------------------------------------------------------------------------------------------- rules


@frozen(kw_only=True)
class Citation:
    """Where a rule stands: a document of the index, and its articles (none where it is our own reading)."""

    document: str
    articles: tuple[str, ...] = ()


@frozen(kw_only=True)
class Rule:
    """One rule: for which acts and outcomes, with what force, what is compared, and where it is written.

    `acts` empty means every act; `outcomes` empty means every outcome. All `compare` must hold. `when` names the
    conditions under which the rule speaks at all. `word` is the word of the text that gives it its force.
    """

    code: str
    acts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    force: Force
    citation: Citation
    clause: Label
    word: str | None = None
    since: date | None = None
    when: tuple[Test, ...] = ()
    compare: tuple[Comparison, ...]
    excused_by_reason: bool = False
    checked_on: date
    checked_against: str


@frozen(kw_only=True)
class Outcome:
    """How an act can end. `done` acts count as done; `reopens` undoes acts and all that rests on them.

    `of` restricts the outcome to one pending decision; `after` adds to what the act comes after; `decides` makes the
    outcome a decision that is pending until another act settles it; `ends` closes the file under that name. Where what
    is undone depends on the policy `reopens_policy`, `reopens_for` names the acts for each of its values, and the
    rulebook puts those of its own value into `reopens`.
    """

    code: str
    zh: str
    en: str
    done: bool = True
    default: bool = False
    of: str | None = None
    after: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    reopens_policy: str | None = None
    reopens_for: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)
    decides: bool = False
    extends: bool = False
    ends: str | None = None


@frozen(kw_only=True)
class Lapse:
    """An act may be held again once its result has lapsed: `span` after it, unless `unless` was done in time."""

    span: Span
    rounding: Rounding
    unless: str
    reopens: tuple[str, ...]


@frozen(kw_only=True)
class Procedure:
    """One of the 25: what it comes after (hard edges), what the chart alone puts before it, how it can end.

    `chart_when` is the condition under which the chart speaks. `again` says whether it is recorded several times
    (`repeats`) or anew on replacement or renewal (`renews`), as long as `until` is not done. `standing` is what the
    person is once it is done.
    """

    code: str
    number: int
    stage: int
    zh: str
    en: str
    body: str
    after: tuple[str, ...] = ()
    chart: tuple[str, ...] = ()
    chart_when: Test | None = None
    papers: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...]
    again: Literal["repeats", "renews"] | None = None
    until: str | None = None
    standing: Standing | None = None
    lapse: Lapse | None = None

    @property
    def label(self) -> Label:
        """The name of the procedure."""
        return Label(self.zh, self.en)


@frozen(kw_only=True)
class Detour(Procedure):
    """An act beside the main line, which may come whenever the person has one of the `standings`.

    It undoes nothing and stands beside what is done, or ends the file (`ends`). With `first` a file may begin with
    it. It has no number among the 25, and comes as often as it happens.
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
    """That a local rule gives way to an edition which orders the matter otherwise, and how that one orders it."""

    edition: str
    zh: str
    en: str


@frozen(kw_only=True)
class LocalRule:
    """A rule of a local edition, the editions that it gives way to, and the file it stands in."""

    rule: Rule
    yields: tuple[Yield, ...] = ()
    file: str


@frozen(kw_only=True)
class Papers:
    """Papers that an act leaves beside those of its edition, and the file that says so."""

    act: str
    papers: tuple[str, ...]
    file: str


@frozen(kw_only=True)
class Overlay:
    """A local edition: what it adds to the editions that it may lie on (`on`), judged from `in_force`.

    It holds rules under codes of its own, papers, and the documents that it cites. There is nothing in it by which
    anything national could be changed, so that it can make stricter and never relax.
    """

    code: str
    zh: str
    en: str
    in_force: date
    on: tuple[str, ...]
    documents: tuple[Document, ...]
    rules: tuple[LocalRule, ...]
    papers: tuple[Papers, ...] = ()
    source: str
    checked_on: date


def national(edition: str) -> str:
    """The edition that a name speaks of, without the local editions laid on it: 2014 of 2014+guizhou-2015."""
    return edition.partition("+")[0]


def laid(edition: str) -> list[str]:
    """The local editions that a name lays on its edition, in their order."""
    return edition.split("+")[1:]


@frozen(kw_only=True)
class Rulebook:
    """An edition whole: its days in force, its procedures and rules, its policies, and the hash of its content.

    With local editions laid on it (`compose`) its code names them as well; `local` are the documents that came with
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
    local: tuple[str, ...] = ()
    yielded: tuple[tuple[str, Label], ...] = ()
    days: Days = OFFICIAL
    by_code: Mapping[str, Procedure] = field(init=False, repr=False, eq=False)
    content_hash: str = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if any(outcome.reopens_policy for procedure in self.procedures for outcome in procedure.outcomes):
            object.__setattr__(self, "procedures", tuple(self._read_by_policy(each) for each in self.procedures))
        object.__setattr__(self, "by_code", {p.code: p for p in (*self.procedures, *self.detours)})
        object.__setattr__(self, "content_hash", self._hash())

    def _read_by_policy(self, procedure: Procedure) -> Procedure:
        """The procedure with what its outcomes undo under the policies of this book; proofing looks at the rest."""
        outcomes = []
        for outcome in procedure.outcomes:
            acts, named = outcome.reopens, outcome.reopens_for
            if outcome.reopens_policy is not None and named and (not acts or acts in named.values()):
                acts = named.get(self.policies.get(outcome.reopens_policy, ""), ())
            outcomes.append(outcome if acts == outcome.reopens else evolve(outcome, reopens=acts))
        return procedure if procedure.outcomes == tuple(outcomes) else evolve(procedure, outcomes=tuple(outcomes))

    def _hash(self) -> str:
        """Sixteen hexadecimal digits over everything the book says; the vocabulary decides nothing and is left out."""
        rules = [(dump(rule), [comparison.kind for comparison in rule.compare]) for rule in self.rules]
        said = [self.code, self.in_force, dump(self.procedures), dump(self.detours), rules, dump(self.policies)]
        if self.days:
            said += [sorted(self.days.off), sorted(self.days.working), sorted(self.days.years)]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]

    def procedure(self, code: str) -> Procedure:
        """The procedure of that code, or the act beside the main line.

        Raises:
            KeyError: no such procedure.
        """
        return self.by_code[code]

    def word(self, code: str, lang: str) -> str:
        """The name of a body, paper, outcome or field value; the code itself where the vocabulary has none."""
        label = self.words.get(code)
        return label.words(lang) if label else code


def compose(book: Rulebook, overlays: Sequence[Overlay]) -> Rulebook:
    """An edition with local editions laid on it, in that order.

    The national rules stand first and unchanged, and the structure is the edition's own. A local rule judges from
    the day of its overlay, or from its own where that is later; one that gives way to the edition is left out and
    kept in `yielded`.
    """
    rules, yielded = list(book.rules), list(book.yielded)
    papers: dict[str, tuple[str, ...]] = {}
    for overlay in overlays:
        for local in overlay.rules:
            way = next((way for way in local.yields if way.edition == book.code), None)
            if way is not None:
                yielded.append((local.rule.code, Label(way.zh, way.en)))
                continue
            since = overlay.in_force if local.rule.since is None else max(local.rule.since, overlay.in_force)
            rules.append(evolve(local.rule, since=since))
        for more in overlay.papers:
            papers[more.act] = (*papers.get(more.act, ()), *more.papers)

    def with_papers(act: P) -> P:
        return evolve(act, papers=tuple(dict.fromkeys((*act.papers, *papers.get(act.code, ())))))

    documents = {document.code: document for overlay in overlays for document in overlay.documents}
    return evolve(
        book,
        code="+".join((book.code, *(overlay.code for overlay in overlays))),
        documents={**documents, **book.documents},
        procedures=tuple(with_papers(act) for act in book.procedures),
        detours=tuple(with_papers(act) for act in book.detours),
        rules=tuple(rules),
        local=(*book.local, *documents),
        yielded=tuple(yielded),
    )


@frozen(kw_only=True)
class Books:
    """The editions that are known, oldest first; each in force until the next begins. `overlays` may lie on them.

    `readings` are the policies with all that they can be; which value each has stands in the editions.
    """

    editions: tuple[Rulebook, ...]
    overlays: tuple[Overlay, ...] = ()
    readings: tuple[Policy, ...] = ()
    _composed: dict[tuple[str, ...], Rulebook] = field(factory=dict, init=False, eq=False, repr=False)
    """The compositions that were asked for, by edition and local editions."""

    def named(self, code: str) -> Rulebook:
        """The edition of that name; `2014+guizhou-2015` is the one of 2014 with that local edition laid on it.

        Raises:
            KeyError: no such edition, no such local edition, one that is named twice or may not lie on the edition.
        """
        name = national(code)
        for book in self.editions:
            if book.code == name:
                return book if name == code else self.composed(book, laid(code))
        raise KeyError(code)

    def composed(self, book: Rulebook, codes: Sequence[str]) -> Rulebook:
        """An edition with the local editions of those codes laid on it, composed once.

        Raises:
            KeyError: with the first code that is not known, stands twice, or may not lie on the edition.
        """
        if not codes:
            return book
        known = {overlay.code: overlay for overlay in self.overlays}
        for n, code in enumerate(codes):
            if code in codes[:n] or code not in known or book.code not in known[code].on:
                raise KeyError(code)
        overlays = tuple(known[code] for code in codes)
        key = (book.content_hash, *codes)
        found = self._composed.get(key)
        return found if found is not None else self._composed.setdefault(key, compose(book, overlays))

    def on(self, day: date) -> Rulebook:
        """The edition in force on that day; the first one for days before it (see `covers`)."""
        chosen = self.editions[0]
        for book in self.editions:
            if book.in_force <= day:
                chosen = book
        return chosen

    def covers(self, day: date) -> bool:
        """Whether an edition was in force on that day."""
        return day >= self.editions[0].in_force
