"""Rule on an act: every finding, each met, unmet or unknown. Pure: no clock, no file, no database.

The machine moves a case and nothing else does. A `Petition` is the bare model that the shared machine moves: it carries
the state, and its `judge` is the one condition on every edge. It judges in three modes: *strict* makes the ruling and
says whether the act is admitted; *lenient* makes the ruling and admits, having presumed what is missing; *recorded*
admits what an earlier ruling has admitted, for verdicts are frozen, and *settled* does so over what a correction has
taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from attrs import evolve, frozen

from recruitment.case import Case
from recruitment.chart import Edge, chart_of
from recruitment.differences import Change
from recruitment.errors import BadInput, nearest
from recruitment.facts import ACTS, Act, Correct, File
from recruitment.findings import Asked, Check, Finding, Value, made
from recruitment.guards import compile_book, compile_rule
from recruitment.guards.asking import Judge
from recruitment.machine import Course, course_of
from recruitment.rulebook import (
    After,
    Books,
    Comparison,
    DateLimit,
    Detour,
    EditionKnown,
    Elapsed,
    Once,
    Order,
    Periods,
    Rule,
    Rulebook,
    Workdays,
)

Mode = Literal["strict", "lenient", "recorded", "settled"]


class Bench:
    """A rulebook ready to judge: its course and its compiled rules, shared by all files and threads."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.course: Course = course_of(book)
        compiled = compile_book(book)
        self.codes = frozenset(rule.code for rule in book.rules)
        # Acts that have no place in the course, and days before the first edition, are judged by these alone.
        first = next(iter(compiled.values()))
        self.every_stage: tuple[tuple[Rule, Judge], ...] = tuple(pair for pair in first if not pair[0].acts)
        # Whether a day has an edition at all is asked of those days only.
        self.rules: dict[tuple[str, str], tuple[tuple[Rule, Judge], ...]] = {
            key: tuple(pair for pair in pairs if not isinstance(pair[0].compare[0], EditionKnown))
            for key, pairs in compiled.items()
        }
        # The outcome of an act by its code and the outcome it records; where that is none, the default.
        self.outcomes: dict[tuple[str, str | None], str] = {}
        for procedure in book.by_code.values():
            for outcome in procedure.outcomes:
                self.outcomes[procedure.code, outcome.code] = outcome.code
                if outcome.default:
                    self.outcomes.setdefault((procedure.code, None), outcome.code)
        # Of an act whether earlier entries stand beside a new one, and whether it is beside the main line.
        self.ways = {code: (bool(act.again), isinstance(act, Detour)) for code, act in book.by_code.items()}
        # The acts and outcomes that undo something, with which another round begins.
        self.reopening = frozenset(
            (procedure.code, outcome.code)
            for procedure in book.by_code.values()
            for outcome in procedure.outcomes
            if outcome.reopens
        )
        # Of the rules on an act those that say until when it may come.
        self.limits: dict[tuple[str, str], tuple[tuple[Rule, Judge], ...]] = {
            key: tuple(pair for pair in pairs if _falls_due(pair[0])) for key, pairs in self.rules.items()
        }

    @cached_property
    def timely(self) -> dict[tuple[str, str], tuple[tuple[Rule, Comparison, Judge], ...]]:
        """For each act and outcome the comparisons of days and of order, each compiled alone; made when first asked."""
        alone = {
            id(rule): tuple(
                (rule, comparison, compile_rule(evolve(rule, compare=(comparison,)), self.book))
                for comparison in rule.compare
                if isinstance(comparison, TIMELY)
            )
            for rule in self.book.rules
        }
        return {key: tuple(c for rule, _ in pairs for c in alone[id(rule)]) for key, pairs in self.rules.items()}


def _falls_due(rule: Rule) -> bool:
    limit = rule.compare[0]
    return bool(rule.acts) and isinstance(limit, DateLimit) and limit.must_be == "not_after" and limit.value == "on"


TIMELY = (DateLimit, Workdays, Periods, Elapsed, After, Order, Once)
"""The comparisons that ask when, and after what, an act may come; all others ask what its record holds."""

STANDS_STILL = frozenset(("twice", "no-more", "not-lapsed", "ended", "no-place", "not-now"))
"""Notes of findings after which not even an audit moves a case."""

_BENCHES: dict[str, Bench] = {}


def bench_of(book: Rulebook) -> Bench:
    """The shared bench of a rulebook, made once for each content."""
    found = _BENCHES.get(book.content_hash)
    if found is None:
        found = _BENCHES.setdefault(book.content_hash, Bench(book))
    return found


class Petition:
    """An act asked for on a case: the bare model that the shared machine moves, and what the guards read."""

    __slots__ = (
        "act",
        "admitted",
        "ahead",
        "bench",
        "case",
        "code",
        "course",
        "early",
        "findings",
        "mode",
        "on",
        "on_trust",
        "outcome",
        "recorded",
        "starts",
        "state",
    )

    def __init__(
        self,
        case: Case,
        act: Act,
        outcome: str,
        bench: Bench,
        recorded: date,
        early: bool = False,
        starts: date | None = None,
        mode: Mode = "strict",
        on_trust: str | None = None,
        ahead: Callable[[str], Act | None] | None = None,
    ) -> None:
        self.case = case
        self.act = act
        self.code = act.code
        self.on = act.on
        self.outcome = outcome
        self.bench = bench
        self.course = bench.course
        self.recorded = recorded
        self.early = early
        self.starts = starts
        self.mode = mode
        self.on_trust = on_trust
        self.ahead = ahead
        self.admitted = True
        self.findings: tuple[Finding, ...] = ()
        # The machine's own attribute: it is read and moved by `transitions`, and by nothing else.
        self.state = case.state.name

    def standing(self, code: str) -> Act | None:
        """The act of that code that stands in the round; in an audit one that is entered only later in it, too."""
        case = self.case
        places = case.current.get(code)
        if places:
            return case.acts[places[-1]]
        return self.ahead(code) if self.ahead is not None else None

    def judge(self) -> bool:
        """The condition on every edge: make the whole ruling, keep it, and say whether the machine may move."""
        if self.mode in ("recorded", "settled"):
            return True
        bench, code = self.bench, self.code
        asked = Asked(bench.book.code, code, len(self.case.acts), self.on)
        rules = bench.every_stage if self.early else bench.rules.get((code, self.outcome), bench.every_stage)
        findings: list[Finding] = []
        admitted = True
        for rule, judge in rules:
            for check in judge(self):
                force = check.force or rule.force
                if check.truth:
                    findings.append(made(Finding, (rule, asked, force, "met", check, None, None)))
                    continue
                value: Value = "unknown" if check.truth is None else "unmet"
                reason = trusted = None
                if value == "unmet" and (force == "usual" or rule.excused_by_reason):
                    reason = reason_for(self.act, rule.code)
                elif value == "unknown" and force == "bar":
                    trusted = self.on_trust
                finding = Finding(rule, asked, force, value, check, reason, trusted)
                if finding.bars:
                    admitted = False
                findings.append(finding)
        self.findings = tuple(findings)
        self.admitted = admitted
        # An audit goes on after a fault; but of two records of one act the first stands, and nothing follows an end.
        return admitted or (
            self.mode == "lenient" and not any(f.value == "unmet" and f.check.note in STANDS_STILL for f in findings)
        )


def reason_for(act: Act, code: str) -> str | None:
    """The recorded reason that counts for a rule: the one of its own, else the act's."""
    own = (act.reasons or {}).get(code, "")
    if own.strip():
        return own
    return act.reason if isinstance(act.reason, str) and act.reason.strip() else None


@frozen(slots=False)  # one is made for each act asked, and without slots that is faster
class Ruling:
    """The answer to an act: every finding, whether it is admitted, by which edition, and the case that would follow."""

    case: Case
    act: Act
    outcome: str
    edition: str
    book_hash: str
    findings: tuple[Finding, ...]
    admitted: bool
    edge: Edge | None
    stands: bool
    changes: tuple[Change, ...] = ()
    """Of a correction: the findings on other acts that come out otherwise."""
    recast: Case | None = None
    """Of a correction: the case as it leaves it."""

    @cached_property
    def unmet(self) -> tuple[Finding, ...]:
        """The findings that are unmet."""
        return tuple(finding for finding in self.findings if finding.value == "unmet")

    @cached_property
    def unknown(self) -> tuple[Finding, ...]:
        """The findings that are unknown."""
        return tuple(finding for finding in self.findings if finding.value == "unknown")

    @cached_property
    def barring(self) -> tuple[Finding, ...]:
        """The findings that refuse the act."""
        return tuple(finding for finding in self.findings if finding.bars)

    def following(self, books: Books) -> Case:
        """The case with the act in it.

        Raises:
            ValueError: the act was refused.
        """
        if not self.admitted:
            raise ValueError(f"{self.act.code} was refused; a refused act has no following case")
        return self.entered(books)

    def entered(self, books: Books) -> Case:
        """The case with the act entered, whether lawful or not: what an audit goes on with."""
        if self.recast is not None:
            return self.recast
        return follow(books.named(self.edition), self.case, self.act, self.outcome, self.edge, stands=self.stands)


def follow(book: Rulebook, case: Case, act: Act, outcome: str, edge: Edge | None, *, stands: bool = False) -> Case:
    """The case one act further, over the edge the machine took; without an edge `stands` enters what was presumed."""
    again, beside = bench_of(book).ways.get(act.code, (False, False))
    state = case.state if edge is None else chart_of(book).states[edge.target]
    return case.after(act, outcome, edge, state, again=again, stands=stands, beside=beside)


def edition_of(books: Books, case: Case, act: Act) -> Rulebook:
    """The edition that an act of a file is judged by, with the file's local editions laid on it (`edition_on`)."""
    return edition_on(books, case, act.on)


def edition_on(books: Books, case: Case, day: date) -> Rulebook:
    """The edition for a day of a file, the pinned one or else the one in force, with its local editions laid on it.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    return _edition(books, case.file, day if case.file.edition else deciding_day(books, case, day))


def _edition(books: Books, file: File, day: date) -> Rulebook:
    """The edition for a file: the one it pins, or else the one of the day that decides."""
    if file.edition is None:
        book = books.on(day)
    else:
        found = [book for book in books.editions if book.code == file.edition]
        if not found:
            names = [book.code for book in books.editions]
            near = nearest(file.edition, names) or names[-1]
            raise BadInput.of(
                f"{file.id}: edition",
                f"there is no edition {file.edition}; did you mean {near}? known are {', '.join(names)}",
                f"没有“{file.edition}”版；是否指 {near}？已知版本：{'、'.join(names)}",
            )
        book = found[0]
    if not file.overlays:
        return book
    try:
        return books.composed(book, file.overlays)
    except KeyError as error:
        raise _no_overlay(books, book, file, error.args[0]) from None


def deciding_day(books: Books, case: Case, day: date) -> date:
    """The day that decides which edition is in force for a day of a file: that day itself.

    Under the policy `edition-of-act` "pinned" it is the day of the file's first act, for all of its acts.
    """
    return case.acts[0].on if books.pinned and case.acts else day


def _no_overlay(books: Books, book: Rulebook, file: File, code: str) -> BadInput:
    """What is wrong with a local edition that a file names."""
    where, known = f"{file.id}: overlays", [overlay.code for overlay in books.overlays]
    if code not in known:
        near = nearest(code, known)
        return BadInput.of(
            where,
            f"the local edition {code} is not known; {f'did you mean {near}?' if near else 'remove it from the file'}",
            f"没有“{code}”这一地方规定，{f'是否指 {near}？' if near else '请从档案中去掉'}",
        )
    if file.overlays.count(code) > 1:
        return BadInput.of(
            where, f"the local edition {code} is named twice; name it once", f"“{code}”写了两次，只留一个"
        )
    return BadInput.of(
        where,
        f"the local edition {code} does not lie on the edition {book.code}; remove it, or pin an edition it lies on",
        f"地方规定“{code}”不能用于{book.code}版，请去掉，或者指定它适用的版本",
    )


def outcome_of(book: Rulebook, case: Case, act: Act) -> str:  # noqa: ARG001 - what is known so far may come to matter
    """The outcome of an act: the one recorded, else the success of that act.

    Raises:
        BadInput: the act needs an outcome and has none, or has one that is not among its own.
    """
    outcome = bench_of(book).outcomes.get((act.code, act.outcome))
    if outcome is not None:
        return outcome
    procedure = book.by_code.get(act.code)
    if procedure is None:
        return act.outcome or "done"
    codes = list(dict.fromkeys(outcome.code for outcome in procedure.outcomes))
    if act.outcome is not None:
        near = nearest(act.outcome, codes)
        raise BadInput.of(
            f"{act.code}: outcome",
            f"{act.outcome} is no outcome of this act; known are {', '.join(codes)}"
            + (f"; did you mean {near}?" if near else ""),
            f"“{act.outcome}”不是此项的结果；可用：{'、'.join(codes)}" + (f"；是否指 {near}？" if near else ""),
        )
    raise BadInput.of(
        f"{act.code}: outcome",
        f"say the outcome; it is one of {', '.join(codes)}",
        f"请写明结果：{'、'.join(codes)}",
    )


def open_case(books: Books, file: File) -> Case:
    """A file without acts."""
    return Case.opened(file, chart_of(books.editions[-1]))


def rule(
    books: Books,
    case: Case,
    act: Act,
    *,
    today: date,
    on_trust: str | None = None,
    mode: Mode = "strict",
    ahead: Callable[[str], Act | None] | None = None,
) -> Ruling:
    """Judge an act on a case as of `today`, without doing it.

    Every rule that speaks of the act is judged, whatever the others say; each finding carries what was compared and,
    for a limit of time, the first or last day on which it would be met. The edition is the one in force on the day of
    the act, or the one the file pins (`edition_on`). `on_trust` is the reason for which unknown bars are let through.
    `mode` and `ahead` serve `review`.

    Raises:
        BadInput: the act cannot be read as one of the edition's: an outcome or an edition that does not exist.
    """
    petition = _petition(books, case, act, today, on_trust, mode, ahead)
    edge, stands = moved(petition)
    book = petition.bench.book
    return Ruling(
        case,
        act,
        petition.outcome,
        book.code,
        book.content_hash,
        petition.findings,
        petition.admitted,
        edge,
        stands,
    )


def assess(books: Books, case: Case, act: Act, *, today: date) -> tuple[Finding, ...]:
    """The findings on an act as of `today`, without asking the machine to move: for plans and questions of time.

    Raises:
        BadInput: as `rule` does.
    """
    petition = _petition(books, case, act, today)
    petition.judge()
    return petition.findings


def limits(books: Books, case: Case, act: Act, *, today: date) -> Iterator[tuple[Rule, Check]]:
    """What the rules that give the act a last day say of it as of `today`; nothing else is judged.

    Raises:
        BadInput: as `rule` does.
    """
    bench = bench_of(edition_of(books, case, act))
    limiting = bench.limits.get((act.code, bench.outcomes.get((act.code, act.outcome), "")))
    petition = _petition(books, case, act, today) if limiting else None
    if not limiting or petition is None or petition.early:
        return
    for rule, judge in limiting:
        for check in judge(petition):
            yield rule, check


def times(books: Books, case: Case, act: Act, *, today: date) -> Iterator[tuple[Comparison, Finding]]:
    """What the rules say as of `today` of the day and the place of an act, comparison by comparison: for plans.

    A rule that asks for papers as well is judged by its days alone, so that what the record does not hold yet hides
    no limit.

    Raises:
        BadInput: as `rule` does.
    """
    petition = _petition(books, case, act, today)
    bench = petition.bench
    asked = Asked(bench.book.code, act.code, len(case.acts), act.on)
    for rule, comparison, judge in bench.timely.get((act.code, petition.outcome), ()):
        if petition.early and rule.acts:
            continue
        for check in judge(petition):
            value: Value = "met" if check.truth else "unknown" if check.truth is None else "unmet"
            force = check.force or rule.force
            excused = value == "unmet" and (force == "usual" or rule.excused_by_reason)
            reason = reason_for(act, rule.code) if excused else None
            yield comparison, made(Finding, (rule, asked, force, value, check, reason, None))


def _petition(
    books: Books,
    case: Case,
    act: Act,
    today: date,
    on_trust: str | None = None,
    mode: Mode = "strict",
    ahead: Callable[[str], Act | None] | None = None,
) -> Petition:
    if act.code not in ACTS:
        raise BadInput.of("act", f"{act.code} is no act", f"没有“{act.code}”这一行为")
    pinned = case.file.edition is not None
    day = act.on if pinned else deciding_day(books, case, act.on)
    book = _edition(books, case.file, day)
    bench = bench_of(book)
    for code in act.reasons or ():
        if code not in bench.codes:
            near = nearest(code, bench.codes)
            raise BadInput.of(
                f"{act.code}: reasons.{code}",
                f"there is no rule {code}" + (f"; did you mean {near}?" if near else "; see recruitment rules"),
                f"没有“{code}”这条规则" + (f"；是否指 {near}？" if near else "，请用 recruitment rules 查看"),
            )
    outcome = bench.outcomes.get((act.code, act.outcome)) or outcome_of(book, case, act)
    entry = act.recorded
    return Petition(
        case,
        act,
        outcome,
        bench,
        today if entry is None or entry > today else entry,
        not pinned and not books.covers(day),
        None if pinned else book.in_force,
        mode,
        on_trust,
        ahead,
    )


def moved(petition: Petition) -> tuple[Edge | None, bool]:
    """Let the machine move the petition if its judge admits: the edge it took, and whether the act stands without one.

    Where the machine has no edge the ruling alone answers, by `order` or `once`. Only a record that is not whole, or
    an audit, presumes what is missing: then the petition is first set to the nearest state that has the edge, and an
    act that was so presumed earlier is entered where it stands.
    """
    case, course, code, outcome = petition.case, petition.course, petition.code, petition.outcome
    edge = course.chart.edge(petition.state, code, outcome)
    if edge is None and (petition.mode in ("lenient", "settled") or not case.file.complete):
        if code in case.state.done and code not in case.current and _succeeds(course.book, code, outcome):
            return None, petition.judge()
        presumed = course.presume(petition.state, code, outcome) if code not in case.current else None
        if presumed is not None:
            petition.state = presumed
            edge = course.chart.edge(presumed, code, outcome)
    if edge is None:
        petition.judge()
        petition.admitted = False
        return None, False
    return (edge, True) if course.trigger(petition, code, outcome) else (None, False)


def _succeeds(book: Rulebook, code: str, outcome: str) -> bool:
    return any(row.code == outcome and row.done and not row.reopens for row in book.by_code[code].outcomes)


def first_day(books: Books, case: Case, act: Act, *, today: date) -> date | None:
    """The first day on which no limit of time would stand in the way of the act, or None where there is none.

    Papers, ballots, and what is still to be done before the act, are taken as they are: this answers when, not
    whether. There is no such day where the file has ended, a limit has passed, the act is done already, or the day
    from which the time would count is not known. The answer may lie before the act's own day, and under another
    edition.
    """
    # No rule of time speaks of a day before everything the file already holds.
    day = min((entry.on for entry in case.happened), default=act.on)
    day = min(day, act.on)
    while True:
        findings = assess(books, case, evolve(act, on=day, recorded=None), today=max(today, day))
        barring = [finding for finding in findings if finding.bars]
        if any(_never(finding, day) for finding in barring):
            return None
        ahead = [f.check.first_day for f in barring if f.value == "unmet" and f.check.first_day]
        later = max((first for first in ahead if first > day), default=day)
        if later == day:
            return day
        day = later


def lawful_from(books: Books, ruling: Ruling, *, today: date) -> date | None:
    """The first day on which an act that was asked for would be lawful, as far as days go; else None.

    None where no day would do, and where it is not the day that stands in the way.
    """
    if isinstance(ruling.act, Correct):
        return None
    days = any(f.value == "unmet" and (f.check.first_day or f.check.last_day) for f in ruling.barring)
    if not ruling.admitted and not days:
        return None
    return first_day(books, ruling.case, ruling.act, today=today)


def _never(finding: Finding, day: date) -> bool:
    """Whether no later day would do either, by this finding."""
    check = finding.check
    if finding.value == "unmet":
        passed = check.last_day is not None and check.last_day < day
        return passed or (check.note in STANDS_STILL and check.first_day is None)
    anchors = {
        anchor
        for c in finding.rule.compare
        if isinstance(c, DateLimit) and c.value == "on"
        for anchor in (c.anchor, *(c.anchors or {}).values())
    }
    return check.anchor is None and not anchors.isdisjoint(check.lacks)
