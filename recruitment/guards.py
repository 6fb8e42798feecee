"""One evaluator per kind of comparison: met, unmet or unknown, what was compared, the first or last day that would do.

`compile_rule` turns a rule into a function of a petition that yields its findings. It is pure: no clock, no file, no
database. Truth is three-valued throughout, with None for unknown; what the record does not hold never counts as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, Protocol

from attrs import frozen

from recruitment.case import Case, serving
from recruitment.facts import UNKNOWN, Act, Branch
from recruitment.machine import Course, may_come
from recruitment.rulebook import (
    Among,
    Balance,
    Comparison,
    DateLimit,
    Each,
    EditionKnown,
    Elapsed,
    Evidence,
    Force,
    Held,
    NotInFuture,
    NotRecorded,
    Once,
    Order,
    People,
    Periods,
    Rule,
    Rulebook,
    Share,
    Table,
    Test,
    Workdays,
)
from recruitment.spans import add, announced, last_workday, nth_workday, workdays_between

Value = Literal["met", "unmet", "unknown"]
Truth = bool | None
_DAY = timedelta(days=1)


class Petition(Protocol):
    """What a guard reads: the act asked for, the case it would join, and the days that matter."""

    case: Case
    act: Act
    outcome: str
    index: int
    recorded: date
    course: Course
    early: bool
    starts: date | None
    ahead: Callable[[str], Act | None] | None

    def standing(self, code: str) -> Act | None:
        """The act of that code that stands in the round."""


class Check(NamedTuple):
    """What one comparison found. `truth` is None for unknown, and `lacks` then names what the record does not hold."""

    truth: Truth
    anchor: Any = None
    limit: Any = None
    actual: Any = None
    first_day: date | None = None
    last_day: date | None = None
    lacks: tuple[str, ...] = ()
    note: str | None = None
    """A word for the messages: why, where the numbers alone do not say it."""
    about: str | None = None
    """The act, outcome or value that the check speaks of, where it is not the rule's own."""
    force: Force | None = None


@frozen
class Asked:
    """What the findings of one ruling have in common: edition, act, its place in the file from 0, and its day."""

    edition: str
    act: str
    index: int | None
    on: date


@frozen
class Finding:
    """One rule judged for one act: its value, what was compared, and the day that would do.

    It holds values; its words are made when it is shown (`recruitment.telling`). `reason` is the recorded reason for a
    deviation, `on_trust` the reason for which an unknown bar was let through.
    """

    rule: Rule
    asked: Asked
    force: Force
    value: Value
    check: Check
    reason: str | None = None
    on_trust: str | None = None

    @property
    def edition(self) -> str:
        """The edition that the act was judged by."""
        return self.asked.edition

    @property
    def act(self) -> str:
        """The code of the act."""
        return self.asked.act

    @property
    def index(self) -> int | None:
        """The place of the act in the file from 0; None for what has no act."""
        return self.asked.index

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.asked.on

    @property
    def bars(self) -> bool:
        """Whether this finding alone refuses the act: a bar not met, or a deviation without a reason."""
        if self.force == "bar":
            return self.value == "unmet" or (self.value == "unknown" and self.on_trust is None)
        return self.force == "usual" and self.value == "unmet" and self.reason is None


Getter = Callable[[Petition], Any]
Judge = Callable[[Petition], Iterable[Check]]


# ------------------------------------------------------------------------------------------- values


def key_attribute(key: str) -> str:
    """The attribute behind a key: the three that are words of Python carry an underscore."""
    return f"{key}_" if key in ("from", "for", "with", "is", "not") else key


def _field(names: list[str]) -> Callable[[Any], Any]:
    """The value at a dotted key; none or unknown on the way is none or unknown at its end."""
    attributes = [key_attribute(name) for name in names]
    if len(attributes) == 1:
        only = attributes[0]
        own_day = only in ("received", "replied")

        def read(act: Any) -> Any:
            value = getattr(act, only, UNKNOWN)
            return act.on if own_day and value is UNKNOWN else value

        return read

    def follow(value: Any) -> Any:
        for attribute in attributes:
            if value is UNKNOWN or value is None:
                return value
            value = getattr(value, attribute, UNKNOWN)
        return value

    return follow


def getter(path: str, book: Rulebook) -> Getter:
    """The function that reads a path of the grammar off a petition (workflows/README.md, "Values")."""
    head, *rest = path.split(".")
    if path == "outcome":
        return lambda petition: petition.outcome
    if path == "on":
        return lambda petition: petition.act.on
    if head == "file":
        read = _field(rest)
        return lambda petition: read(petition.case.file)
    if head == "branch":
        read = _field(rest)
        return lambda petition: read(petition.act.branch or petition.case.branch)
    if path == "case.leaving":
        return _leaving
    if path == "case.extensions":
        return lambda petition: len(petition.case.extensions)
    if path == "case.end_of_probation":
        policy = book.policies.get("extension-sum", "once")
        return lambda petition: petition.case.end_of_probation(policy) or UNKNOWN
    if rest and head in book.by_code:
        read = _field(rest)

        def other(petition: Petition) -> Any:
            act = petition.standing(head)
            return UNKNOWN if act is None else read(act)

        return other
    read = _field([head, *rest])
    return lambda petition: read(petition.act)


def _leaving(petition: Petition) -> Any:
    own = getattr(petition.act, "leaving", UNKNOWN)
    return petition.case.leaving if own is UNKNOWN else own


def branch_of(petition: Petition) -> Branch:
    """The branch as it holds on the act."""
    return petition.act.branch or petition.case.branch


# ------------------------------------------------------------------------------------------- tests


def every(truths: Iterable[Truth]) -> Truth:
    """Three-valued and: one no decides; else one unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def some(truths: Iterable[Truth]) -> Truth:
    """Three-valued or: one yes decides; else one unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def _answer(test: Test) -> Callable[[Any], Truth]:
    """The question of a test, put to a value that is known (none included)."""
    if test.is_ is not None:
        wanted = test.is_
        return lambda value: value is wanted
    if test.one_of is not None:
        words = frozenset(test.one_of)
        return lambda value: value in words
    if test.none_of is not None:
        refused = frozenset(test.none_of)
        return lambda value: value not in refused
    if test.all_of is not None:
        needed = frozenset(test.all_of)
        return lambda value: needed.issubset(value or ())
    if test.any_of is not None:
        useful = frozenset(test.any_of)
        return lambda value: not useful.isdisjoint(value or ())
    if test.at_least is not None:
        least = test.at_least
        return lambda value: value is not None and value >= least
    if test.at_most is not None:
        most = test.at_most
        return lambda value: value is not None and value <= most
    given = test.given
    return lambda value: (value is not None and value not in ("", ())) is given


def ask(test: Test, read: Callable[[Any], Any]) -> Callable[[Any], Truth]:
    """A test as a function of whatever `read` reads from. `where` is left to the caller."""
    if test.stated is not None:
        stated = test.stated
        return lambda source: (read(source) not in (UNKNOWN, None, "", ())) is stated
    answer = _answer(test)

    def put(source: Any) -> Truth:
        value = read(source)
        return None if value is UNKNOWN else answer(value)

    return put


Question = tuple[Test, Getter, Callable[[Petition], Truth], Callable[[Petition], Truth] | None]


def _question(test: Test, book: Rulebook) -> Question:
    read = getter(test.value, book)
    where = None
    if test.where is not None:
        where = ask(test.where, getter(test.where.value, book))
    return test, read, ask(test, read), where


def _expected(test: Test) -> Any:
    for name in Test.ANSWERS:
        wanted = getattr(test, name)
        if wanted is not None:
            return list(wanted) if isinstance(wanted, tuple) else wanted
    return None


# ------------------------------------------------------------------------------------------- comparisons


def _date(rule: DateLimit, book: Rulebook, acts: tuple[str, ...]) -> Judge:
    value_of = getter(rule.value, book)
    anchor_path = rule.anchor or ""
    if rule.anchor_policy:
        anchor_path = (rule.anchors or {})[book.policies[rule.anchor_policy]]
    anchor_of = getter(anchor_path, book)
    fallback = getter((rule.anchors or {}).get("meeting", anchor_path), book)
    span, must_be = rule.span, rule.must_be
    rounding: Any = rule.rounding or "clamp"
    if rule.rounding_policy:
        rounding = book.policies[rule.rounding_policy]
    summed = book.policies.get("extension-sum", "once") == "once"
    floored = rule.new and book.policies.get("new-limit-start", "in-force") == "in-force"
    own = rule.value == "on"
    note = "new-limit" if floored else None
    plain = span.months

    def judge(petition: Petition) -> tuple[Check]:
        anchor = anchor_of(petition)
        if anchor is UNKNOWN or anchor is None and rule.anchor_policy:
            anchor = fallback(petition)
        value = value_of(petition)
        if isinstance(anchor, tuple):
            anchor = max(anchor) if anchor else None
        if value is None or anchor is None:
            return (Check(rule.none_meets, anchor=anchor, actual=value, note="none"),)
        if anchor is UNKNOWN:
            head = anchor_path.partition(".")[0]
            if must_be == "not_after" and head in book.by_code and _comes_later(petition, head):
                return (Check(True, actual=value, note="not-yet"),)
            lacks = (anchor_path,) if value is not UNKNOWN else (anchor_path, rule.value)
            return (Check(None, actual=None if value is UNKNOWN else value, lacks=lacks),)
        why = None
        start = anchor
        if floored and petition.starts is not None and petition.starts > anchor:
            start, why = petition.starts, note
        if rule.extension and petition.case.extensions:
            why = "extended"
            if summed:
                limit = add(start, type(span)(plain + sum(petition.case.extensions), "month"), rounding)
            else:
                limit = add(start, span, rounding)
                for months in petition.case.extensions:
                    limit = add(limit, type(span)(months, "month"), rounding)
        else:
            limit = add(start, span, rounding) if span.number else start
        if plain and why is None and limit.day != start.day:
            why = "clamped" if limit.month == (start.month - 1 + plain) % 12 + 1 else "next-day"
        first = last = None
        if must_be == "not_before":
            first = limit if own else None
        elif must_be == "after":
            first = limit + _DAY if own else None
        elif must_be == "not_after":
            last = limit if own else None
        if value is UNKNOWN:
            return (Check(None, anchor, limit, None, first, last, (rule.value,), why),)
        if must_be == "not_before":
            truth = value >= limit
        elif must_be == "not_after":
            truth = value <= limit
        elif must_be == "after":
            truth = value > limit
        elif must_be == "same_day":
            truth = value == limit
        else:
            truth = value in (limit, limit - _DAY)
        return (Check(truth, anchor, limit, value, first, last, (), why),)

    return judge


def _comes_later(petition: Petition, other: str) -> bool:
    """Whether the other act is put after this one by the structure, so that it cannot have been done yet."""
    return petition.act.code in petition.course.chart.below[other]


def _workdays(rule: Workdays, book: Rulebook) -> Judge:
    since_of, until_of, by_of = getter(rule.since, book), getter(rule.until, book), getter(rule.by, book)
    before_of = getter(rule.not_before, book) if rule.not_before else None
    first_counts = book.policies.get("first-publicity-day", "counts") == "counts"
    number = rule.at_least

    def judge(petition: Petition) -> tuple[Check]:
        since, until, by = since_of(petition), until_of(petition), by_of(petition)
        begun = before_of(petition) if before_of else None
        lacks = tuple(
            path
            for path, value in ((rule.since, since), (rule.until, until), (rule.not_before or "", begun))
            if value is UNKNOWN
        )
        if since is None or until is None or (before_of is not None and begun is None):
            return (Check(False, anchor=since if since is not UNKNOWN else None, note="none"),)
        if since is UNKNOWN:
            return (Check(None, lacks=lacks),)
        enough = nth_workday(since, number, first_counts=first_counts)
        note = None if announced(since.year) and announced(enough.year) else "provisional"
        truths: list[Truth] = []
        first_day = enough
        if until is UNKNOWN:
            truths.append(False if by < enough else None)
            actual = None
        else:
            start = since if first_counts else since + _DAY
            actual = workdays_between(start, until) if until >= start else 0
            last = last_workday(since, until)
            truths += [actual >= number, last is not None and last <= by]
            if last is not None and last > first_day:
                first_day = last
        if before_of is not None:
            truths.append(None if begun is UNKNOWN else since >= begun)
            if begun is not UNKNOWN and since < begun:
                note = "before-agreement"
        return (Check(every(truths), since, enough, actual, first_day, None, lacks, note),)

    return judge


def periods(start: date, length: Any, rounding: Any, until: date) -> Iterator[tuple[date, date]]:
    """The periods since `start` that have ended by `until`, each added to the start in one go."""
    before, n = start, 1
    while True:
        end = add(start, type(length)(length.number * n, length.unit), rounding)
        if end > until:
            return
        yield before, end
        before, n = end, n + 1


def _periods(rule: Periods, book: Rulebook) -> Judge:
    since_of, until_of = getter(rule.since, book), getter(rule.until, book)
    anchor_act = rule.since.partition(".")[0]

    def judge(petition: Petition) -> list[Check]:
        since, until = since_of(petition), until_of(petition)
        if since is UNKNOWN or until is UNKNOWN or since is None or until is None:
            return [Check(None, lacks=(rule.since,))]
        days = [act.on for _, act in petition.case.since(anchor_act, rule.of)]
        checks = []
        for start, end in periods(since, rule.each, rule.rounding, until):
            held = next((day for day in days if start < day <= end), None)
            truth: Truth = True if held else _absent(petition)
            checks.append(
                Check(truth, start, end, held, None, end, () if truth is not None else (rule.of,), "period", rule.of)
            )
        return checks

    return judge


def _absent(petition: Petition) -> Truth:
    """What is not in the record: not done where the record is meant to be whole, else unknown."""
    return False if petition.case.file.complete else None


def _share(rule: Share, book: Rulebook) -> Judge:
    part_of, whole_of = getter(rule.part, book), getter(rule.whole, book)
    more = rule.must_be == "more_than_half"

    def judge(petition: Petition) -> tuple[Check]:
        part, whole = part_of(petition), whole_of(petition)
        missed = petition.outcome in rule.missed_on
        if part is None or whole is None:
            return (Check(False, note="none"),)
        lacks = tuple(p for p, v in ((rule.part, part), (rule.whole, whole)) if v is UNKNOWN)
        known_whole = None if whole is UNKNOWN else whole
        threshold = None if known_whole is None else (known_whole // 2 + 1 if more else (known_whole + 1) // 2)
        if lacks or threshold is None:
            actual = None if part is UNKNOWN else part
            return (Check(None, known_whole, threshold, actual, lacks=lacks),)
        reached = part >= threshold
        note = "must-miss" if missed else rule.must_be
        return (Check(reached is not missed, whole, threshold, part, note=note),)

    return judge


def _balance(rule: Balance, book: Rulebook) -> Judge:
    left = [(path, getter(path, book)) for path in rule.sum]
    right = [(path, getter(path, book)) for path in (rule.equals or rule.at_most or ())]
    equal = rule.equals is not None
    about = "+".join(rule.sum) + ("=" if equal else "≤") + "+".join(rule.equals or rule.at_most or ())

    def judge(petition: Petition) -> tuple[Check]:
        lefts = [read(petition) for _, read in left]
        rights = [read(petition) for _, read in right]
        if None in lefts or None in rights:
            return (Check(False, note="none", about=about),)
        lacks = tuple(
            path for (path, _), value in zip((*left, *right), (*lefts, *rights), strict=True) if value is UNKNOWN
        )
        if lacks:
            return (Check(None, lacks=lacks, about=about),)
        one, other = sum(lefts), sum(rights)
        return (Check(one == other if equal else one <= other, None, other, one, note="balance", about=about),)

    return judge


def _evidence(rule: Evidence, book: Rulebook) -> Judge:
    questions = [_question(test, book) for test in (rule.all or rule.any)]
    if len(questions) == 1 and questions[0][3] is None:
        return _single(questions[0])
    join = every if rule.all else some

    def judge(petition: Petition) -> tuple[Check]:
        truths: list[Truth] = []
        shown: Question | None = None
        shown_truth: Truth = True
        lacks: list[str] = []
        for question in questions:
            test, _, put, where = question
            spoken = True if where is None else where(petition)
            if spoken is False:
                continue
            truth = put(petition)
            if spoken is None and truth is not True:
                truth = None
            truths.append(truth)
            if truth is None:
                lacks.append(test.value)
            # The first test that failed is the one to show; an unknown one serves until a failed one is found.
            if shown is None or (shown_truth is not False and truth is False) or (shown_truth and truth is None):
                shown, shown_truth = question, truth
        truth = join(truths)
        if shown is None:
            return (Check(truth),)
        value = shown[1](petition)
        return (
            Check(
                truth,
                None,
                _expected(shown[0]),
                None if value is UNKNOWN else value,
                lacks=tuple(lacks) if truth is None else (),
                note="evidence",
                about=shown[0].value,
            ),
        )

    return judge


def _single(question: Question) -> Judge:
    """Evidence of one test without a condition: by far the most frequent."""
    test, read, put, _ = question
    about, limit, lacks = test.value, _expected(test), (test.value,)
    unknown = (Check(None, None, limit, None, None, None, lacks, "evidence", about),)

    def judge(petition: Petition) -> tuple[Check]:
        truth = put(petition)
        if truth is None:
            return unknown
        value = read(petition)
        actual = None if value is UNKNOWN else value
        return (Check(truth, None, limit, actual, None, None, (), "evidence", about),)

    return judge


def _table(rule: Table, book: Rulebook) -> Judge:
    reads = {path: getter(path, book) for row in rule.rows for path in row}

    def judge(petition: Petition) -> tuple[Check]:
        values = {path: read(petition) for path, read in reads.items()}
        truth = some(
            every(
                None if values[path] is UNKNOWN else values[path] in allowed for path, allowed in row.items()
            )
            for row in rule.rows
        )
        lacks = tuple(path for path, value in values.items() if value is UNKNOWN) if truth is None else ()
        actual = {path: value for path, value in values.items() if value is not UNKNOWN}
        limit = [dict(row) for row in rule.rows]
        return (Check(truth, None, limit, actual, lacks=lacks, note="table"),)

    return judge


def _people(rule: People, book: Rulebook) -> Judge:
    barred_of = getter(rule.not_, book) if rule.not_ else None

    def judge(petition: Petition) -> tuple[Check]:
        act = petition.act
        people = serving((*petition.case.standing_acts(act.code), act))
        limit = [rule.at_least, rule.at_most]
        if people is None:
            return (Check(None, None, limit, None, lacks=(rule.value,), note="people"),)
        names = [person.name for person in people]
        known = [name for name in names if isinstance(name, str)]
        count = len(set(known)) if len(known) == len(names) else len(names)
        barred = barred_of(petition) if barred_of else UNKNOWN
        himself = isinstance(barred, str) and barred in known
        truth = rule.at_least <= count <= rule.at_most and not himself
        return (Check(truth, None, limit, count, note="himself" if himself else "people"),)

    return judge


def _each(rule: Each, book: Rulebook) -> Judge:
    list_of = getter(rule.of, book)
    put = ask(rule.test, _field(rule.test.value.split(".")))
    about = f"{rule.of}.{rule.test.value}"

    def judge(petition: Petition) -> tuple[Check]:
        entries = list_of(petition)
        if entries is UNKNOWN:
            return (Check(None, None, _expected(rule.test), None, lacks=(rule.of,), note="each", about=about),)
        if not entries:
            return (Check(False if rule.of == "talkers" else True, None, _expected(rule.test), [], about=about),)
        truths = [put(entry) for entry in entries]
        truth = every(truths)
        places = [n for n, found in enumerate(truths) if found is not True]
        lacks = tuple(f"{rule.of}[{n}].{rule.test.value}" for n in places) if truth is None else ()
        values = [getattr(entry, key_attribute(rule.test.value), UNKNOWN) for entry in entries]
        actual = [None if value is UNKNOWN else value for value in values]
        return (Check(truth, None, _expected(rule.test), actual, lacks=lacks, note="each", about=about),)

    return judge


def _held(rule: Held, book: Rulebook) -> Judge:
    since_of = getter(rule.since, book) if rule.since else None
    until_of = getter(rule.until, book)
    anchor_act = (rule.since or "").partition(".")[0]

    def judge(petition: Petition) -> tuple[Check]:
        until = until_of(petition)
        since = None
        if since_of is None:
            acts: list[Act] = list(petition.case.standing_acts(rule.of))
        else:
            since = since_of(petition)
            if since is UNKNOWN or since is None:
                return (Check(None, lacks=(rule.since or "",), about=rule.of),)
            acts = [act for _, act in petition.case.since(anchor_act, rule.of) if act.on >= since]
        count = sum(act.on <= until for act in acts)
        truth: Truth = True if count >= rule.at_least else _absent(petition)
        lacks = (rule.of,) if truth is None else ()
        return (Check(truth, since, rule.at_least, count, lacks=lacks, note="held", about=rule.of),)

    return judge


def _elapsed(rule: Elapsed, book: Rulebook) -> Judge:
    since_of, until_of = getter(rule.since, book), getter(rule.until, book)

    def judge(petition: Petition) -> tuple[Check]:
        since, until = since_of(petition), until_of(petition)
        lacks = tuple(p for p, v in ((rule.since, since), (rule.until, until)) if v is UNKNOWN or v is None)
        if lacks:
            return (Check(None, lacks=lacks, note="elapsed"),)
        return (Check(True, since, None, (until - since).days, note="elapsed"),)

    return judge


def _among(rule: Among, book: Rulebook) -> Judge:
    value_of, among_of = getter(rule.value, book), getter(rule.among, book)

    def judge(petition: Petition) -> tuple[Check]:
        people, others = value_of(petition), among_of(petition)
        lacks = tuple(p for p, v in ((rule.value, people), (rule.among, others)) if v is UNKNOWN)
        if lacks:
            return (Check(None, lacks=lacks, note="among"),)
        known = {person.name for person in others or ()}
        truth = every(None if p.name is UNKNOWN else p.name in known for p in people or ())
        return (Check(truth, None, rule.among, None, note="among"),)

    return judge


# ------------------------------------------------------------------------------------------- structure


def _precedes(petition: Petition, code: str, force: Force | None, checks: list[Check]) -> None:
    """Whether an act that comes before is done and not dated later; one finding, or more where it is missing."""
    case, act = petition.case, petition.act
    places = case.current.get(code)
    if places:
        done = case.acts[places[0]].on
        if len(places) > 1:
            done = min(case.acts[place].on for place in places)
        checks.append(Check(done <= act.on, done, done, act.on, done, None, (), "order", code, force))
        return
    later = petition.ahead(code) if petition.ahead is not None else None
    if later is not None:
        checks.append(Check(False, later.on, later.on, act.on, later.on, note="entered-later", about=code, force=force))
        return
    truth = _absent(petition)
    lacks = () if truth is False else (code,)
    checks.append(Check(truth, None, None, act.on, lacks=lacks, note="not-done", about=code, force=force))
    if petition.ahead is not None:
        # Looked through what is missing, to the nearest acts that are recorded: a wrong order among them shows.
        through: list[Check] = []
        for before in petition.course.book.by_code[code].after:
            _precedes(petition, before, force, through)
        seen = {check.about for check in checks}
        checks += [check for check in through if check.truth is False and check.note != "not-done" and check.about not in seen]


def _order(book: Rulebook) -> Judge:
    edges: dict[tuple[str, str], list[tuple[str, Force | None]]] = {}

    def edges_of(petition: Petition) -> list[tuple[str, Force | None]]:
        procedure = book.by_code[petition.act.code]
        pending = petition.case.state.pending
        found: list[tuple[str, Force | None]] = [(code, None) for code in procedure.after]
        for outcome in procedure.outcomes:
            if outcome.code == petition.outcome and (outcome.of is None or outcome.of == pending):
                found += [(code, None) for code in outcome.after]
        return found + [(code, "usual") for code in procedure.chart]

    def judge(petition: Petition) -> list[Check]:
        case, act = petition.case, petition.act
        if case.state.ended:
            ending = case.acts[-1].on if case.acts else None
            return [Check(False, ending, None, act.on, note="ended", about=case.state.ended)]
        procedure = book.by_code.get(act.code)
        if procedure is None:
            return [Check(False, None, None, act.on, note="no-place", about=act.code)]
        key = (act.code, f"{petition.outcome}/{case.state.pending}")
        needed = edges.get(key)
        if needed is None:
            needed = edges[key] = edges_of(petition)
        checks: list[Check] = []
        for code, force in needed:
            _precedes(petition, code, force, checks)
        undone = case.reopened.get(act.code)
        if undone is not None and procedure.again is None:
            by = case.acts[undone]
            checks.append(Check(by.on <= act.on, by.on, by.on, act.on, by.on, note="reopened", about=by.code))
        return checks

    return judge


_FIRST_TIME = (Check(True, note="first-time"),)


def _once(book: Rulebook) -> Judge:
    def judge(petition: Petition) -> tuple[Check, ...]:
        case, act = petition.case, petition.act
        procedure = book.by_code.get(act.code)
        if procedure is None or case.state.ended:
            return ()
        if act.code not in case.current:
            return _FIRST_TIME
        standing = case.day(act.code)
        if procedure.again:
            if may_come(procedure, case.state):
                return (Check(True, standing, None, act.on, note=procedure.again),)
            return (Check(False, standing, None, act.on, note="no-more", about=procedure.until),)
        if procedure.lapse is None or standing is None or not may_come(procedure, case.state):
            return (Check(False, standing, None, act.on, note="twice"),)
        limit = add(standing, procedure.lapse.span, procedure.lapse.rounding)
        lapsed = act.on > limit
        return (Check(lapsed, standing, limit, act.on, limit + _DAY, note="lapsed" if lapsed else "not-lapsed"),)

    return judge


def _not_in_future(petition: Petition) -> tuple[Check]:
    day = petition.recorded
    on = petition.act.on
    return (Check(on <= day, None, day, on, None, day, (), "future"),)


def _edition_known(petition: Petition) -> tuple[Check, ...]:
    if not petition.early:
        return ()
    return (Check(None, actual=petition.act.on, note="edition"),)


def _judge(comparison: Comparison, book: Rulebook, acts: tuple[str, ...]) -> Judge:
    match comparison:
        case DateLimit():
            return _date(comparison, book, acts)
        case Workdays():
            return _workdays(comparison, book)
        case Periods():
            return _periods(comparison, book)
        case Share():
            return _share(comparison, book)
        case Balance():
            return _balance(comparison, book)
        case Evidence():
            return _evidence(comparison, book)
        case Table():
            return _table(comparison, book)
        case People():
            return _people(comparison, book)
        case Each():
            return _each(comparison, book)
        case Held():
            return _held(comparison, book)
        case Elapsed():
            return _elapsed(comparison, book)
        case Among():
            return _among(comparison, book)
        case Order():
            return _order(book)
        case Once():
            return _once(book)
        case NotInFuture():
            return _not_in_future
        case EditionKnown():
            return _edition_known
        case NotRecorded():
            return lambda petition: (Check(None, note="not-recorded"),)


def _worst(checks: Iterable[Check]) -> Check:
    """Of the comparisons of one rule the one to show: a failed one, else an unknown one, else the last."""
    unknown = last = None
    lacks: tuple[str, ...] = ()
    for check in checks:
        if check.truth is False:
            return check
        if check.truth is None:
            unknown = unknown or check
            lacks += check.lacks
        last = check if last is None or check.first_day or check.last_day or check.anchor else last
    if unknown is not None:
        return unknown._replace(lacks=lacks)
    assert last is not None
    return last


Ruler = Callable[[Petition], Iterable[Check]]


def compile_rule(rule: Rule, book: Rulebook) -> Ruler:
    """A rule as a function of a petition: its checks, one a finding; none where its conditions do not hold."""
    judges = [_judge(comparison, book, rule.acts) for comparison in rule.compare]
    conditions = [_question(test, book) for test in rule.when]
    since = rule.since
    if len(judges) == 1:
        judged = judges[0]
    else:

        def judged(petition: Petition) -> Iterable[Check]:
            return (_worst(check for judge in judges for check in judge(petition)),)

    if not conditions and since is None:
        return judged

    def conditional(petition: Petition) -> Iterable[Check]:
        if since is not None and petition.act.on < since:
            return ()
        holds: Truth = True
        lacks: list[str] = []
        for test, _, put, where in conditions:
            if where is not None and where(petition) is False:
                continue
            truth = put(petition)
            if truth is False:
                return ()
            if truth is None:
                holds = None
                lacks.append(test.value)
        checks = judged(petition)
        if holds:
            return checks
        # Whether the rule speaks at all is not known: what fails it is then not known to be a breach.
        return [
            check if check.truth is True else check._replace(truth=None, lacks=(*lacks, *check.lacks))
            for check in checks
        ]

    return conditional


def compile_book(book: Rulebook) -> Mapping[tuple[str, str], tuple[tuple[Rule, Ruler], ...]]:
    """For each act and outcome the rules that speak of it, those of every act first."""
    rulers = [(rule, compile_rule(rule, book)) for rule in book.rules]
    compiled = {}
    for procedure in book.procedures:
        for outcome in procedure.outcomes:
            compiled[procedure.code, outcome.code] = tuple(
                (rule, ruler)
                for rule, ruler in rulers
                if (not rule.acts or procedure.code in rule.acts)
                and (not rule.outcomes or outcome.code in rule.outcomes)
            )
    return compiled
