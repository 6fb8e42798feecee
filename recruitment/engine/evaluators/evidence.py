"""The comparisons of what the record holds: evidence, tables, counts and people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    CompiledTest,
    Judge,
    absent,
    compile_answer,
    compile_test,
    every,
    expected_answer,
    field_at,
    getter,
    key_attribute,
    some,
)
from recruitment.engine.findings import Check, Truth, made
from recruitment.law.comparisons import Among, Balance, Each, Evidence, Held, People, Share, Table, Test
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act
from recruitment.record.case import serving
from recruitment.record.evidence import UNKNOWN


def judge_evidence(rule: Evidence, rulebook: Rulebook) -> Judge:
    """Every test of `all`, or some test of `any`; the first that failed is the one to show."""
    questions = [compile_test(test, rulebook) for test in (rule.all or rule.any)]
    if len(questions) == 1 and questions[0].where is None:
        return _single(questions[0])
    join = every if rule.all else some
    neutral = join(())

    def judge(attempt: Attempt) -> tuple[Check]:
        truths: list[Truth] = []
        shown: CompiledTest | None = None
        shown_truth: Truth = True
        shown_value = None
        lacks: list[str] = []
        for asked in questions:
            spoken = True if asked.where is None else asked.where(attempt)
            if spoken is False:
                continue
            value = asked.read(attempt)
            truth = asked.answer(value)
            # It is not known whether the test is put at all: only an answer that would not count either way stays.
            if spoken is None and truth is not neutral:
                truth = None
            truths.append(truth)
            if truth is None:
                lacks.append(asked.path)
            # The first test that failed is the one to show; an unknown one serves until a failed one is found.
            if shown is None or (shown_truth is not False and truth is False) or (shown_truth and truth is None):
                shown, shown_truth, shown_value = asked, truth, value
        truth = join(truths)
        if shown is None:
            return (Check(truth),)
        actual = None if shown_value is UNKNOWN else shown_value
        missing = tuple(lacks) if truth is None else ()
        return (made(Check, (truth, None, shown.expected, actual, None, None, missing, "evidence", shown.path, None)),)

    return judge


def _single(asked: CompiledTest) -> Judge:
    """Evidence of one test without a condition: by far the most frequent."""
    about, limit, read, put, _ = asked
    unknown = (Check(None, None, limit, None, None, None, (about,), "evidence", about),)

    def judge(attempt: Attempt) -> tuple[Check]:
        value = read(attempt)
        truth = put(value)
        if truth is None:
            return unknown
        actual = None if value is UNKNOWN else value
        return (made(Check, (truth, None, limit, actual, None, None, (), "evidence", about, None)),)

    return judge


def judge_table(rule: Table, rulebook: Rulebook) -> Judge:
    """Some row fits; in a row every named value is one of those listed."""
    reads = {path: getter(path, rulebook) for row in rule.rows for path in row}
    rows = [tuple(row.items()) for row in rule.rows]
    limit = [dict(row) for row in rule.rows]

    def judge(attempt: Attempt) -> tuple[Check]:
        values = {path: read(attempt) for path, read in reads.items()}
        unknown = tuple(path for path, value in values.items() if value is UNKNOWN)
        if not unknown:
            truth: Truth = False
            for row in rows:
                for path, allowed in row:
                    if values[path] not in allowed:
                        break
                else:
                    truth = True
                    break
            return (made(Check, (truth, None, limit, values, None, None, (), "table", None, None)),)
        truth = some(
            every(None if values[path] is UNKNOWN else values[path] in allowed for path, allowed in row) for row in rows
        )
        actual = {path: value for path, value in values.items() if value is not UNKNOWN}
        return (Check(truth, None, limit, actual, None, None, unknown if truth is None else (), "table"),)

    return judge


def _or_all(
    rule: Each, condition: Test, rulebook: Rulebook
) -> Callable[[Attempt, Sequence[Any], list[Truth]], tuple[list[Truth], tuple[str, ...]]]:
    """Compile the other way in which an entry passes: the truths with it, and what was missing of an unknown one."""
    allowed = compile_test(condition, rulebook)
    tests = [(test.value, field_at(test.value), compile_answer(test)) for test in rule.or_all]

    def judge(attempt: Attempt, entries: Sequence[Any], truths: list[Truth]) -> tuple[list[Truth], tuple[str, ...]]:
        may = allowed.answer(allowed.read(attempt))
        joined: list[Truth] = []
        lacks: list[str] = []
        for n, (entry, own) in enumerate(zip(entries, truths, strict=True)):
            found = [(path, put(read(entry))) for path, read, put in tests]
            truth = some((own, every((may, *(truth for _, truth in found)))))
            joined.append(truth)
            if truth is None:
                asked = [(rule.test.value, own), *found]
                lacks += [f"{rule.of}[{n}].{path}" for path, truth in asked if truth is None]
                lacks += [allowed.path] if may is None else []
        return joined, tuple(dict.fromkeys(lacks))

    return judge


def judge_each(rule: Each, rulebook: Rulebook) -> Judge:
    """Every entry of a list passes the test, or one does where that is enough."""
    list_of = getter(rule.of, rulebook)
    read, put, limit = field_at(rule.test.value), compile_answer(rule.test), expected_answer(rule.test)
    plain = key_attribute(rule.test.value)
    about = f"{rule.of}.{rule.test.value}"
    join = some if rule.one_is_enough else every
    otherwise = _or_all(rule, rule.or_when, rulebook) if rule.or_when is not None else None

    def judge(attempt: Attempt) -> tuple[Check]:
        entries = list_of(attempt)
        if entries is UNKNOWN:
            return (Check(None, None, limit, None, lacks=(rule.of,), note="each", about=about),)
        if not entries:
            return (Check(not rule.one_is_enough, None, limit, [], note="each", about=about),)
        truths = [put(read(entry)) for entry in entries]
        more: tuple[str, ...] = ()
        if otherwise is not None:
            truths, more = otherwise(attempt, entries, truths)
        truth = join(truths)
        lacks: tuple[str, ...] = ()
        if truth is None:
            own = (f"{rule.of}[{n}].{rule.test.value}" for n, found in enumerate(truths) if found is not True)
            lacks = more or tuple(own)
        values = [getattr(entry, plain, UNKNOWN) for entry in entries]
        actual = [None if value is UNKNOWN else value for value in values]
        return (made(Check, (truth, None, limit, actual, None, None, lacks, "each", about, None)),)

    return judge


def judge_share(rule: Share, rulebook: Rulebook) -> Judge:
    """A count against half of a whole; under some outcomes half must have been missed."""
    part_of, whole_of = getter(rule.part, rulebook), getter(rule.whole, rulebook)
    more = rule.must_be == "more_than_half"

    def judge(attempt: Attempt) -> tuple[Check]:
        part, whole = part_of(attempt), whole_of(attempt)
        if part is None or whole is None:
            return (Check(False, note="none"),)
        if whole is UNKNOWN:
            lacks = (rule.part, rule.whole) if part is UNKNOWN else (rule.whole,)
            return (Check(None, None, None, None if part is UNKNOWN else part, lacks=lacks),)
        threshold = whole // 2 + 1 if more else (whole + 1) // 2
        if part is UNKNOWN:
            return (Check(None, whole, threshold, None, lacks=(rule.part,)),)
        missed = attempt.outcome in rule.missed_on
        truth = (part >= threshold) is not missed
        note = "must-miss" if missed else rule.must_be
        return (made(Check, (truth, whole, threshold, part, None, None, (), note, None, None)),)

    return judge


def judge_balance(rule: Balance, rulebook: Rulebook) -> Judge:
    """Counts whose sums agree, or of which one sum is at most the other."""
    others = rule.equals or rule.at_most or ()
    equal = rule.equals is not None
    left, right = [getter(path, rulebook) for path in rule.sum], [getter(path, rulebook) for path in others]
    paths = (*rule.sum, *others)
    about = "+".join(rule.sum) + ("=" if equal else "≤") + "+".join(others)

    def judge(attempt: Attempt) -> tuple[Check]:
        lefts, rights = [read(attempt) for read in left], [read(attempt) for read in right]
        try:
            one, other = sum(lefts), sum(rights)
        except TypeError:  # one of them is none or unknown
            if None in lefts or None in rights:
                return (Check(False, note="none", about=about),)
            lacks = tuple(path for path, value in zip(paths, lefts + rights, strict=True) if value is UNKNOWN)
            return (Check(None, lacks=lacks, about=about),)
        truth = one == other if equal else one <= other
        return (made(Check, (truth, None, other, one, None, None, (), "balance", about, None)),)

    return judge


def judge_people(rule: People, rulebook: Rulebook) -> Judge:
    """How many serve after the act, and that the person is not among them."""
    barred_of = getter(rule.not_, rulebook) if rule.not_ else None
    limit = [rule.at_least, rule.at_most]

    def judge(attempt: Attempt) -> tuple[Check]:
        act = attempt.act
        people = serving((*attempt.case.standing_acts(act.code), act))
        if people is None:
            return (Check(None, None, limit, None, lacks=(rule.value,), note="people"),)
        names = [person.name for person in people]
        known = [name for name in names if isinstance(name, str)]
        count = len(set(known)) if len(known) == len(names) else len(names)
        barred = barred_of(attempt) if barred_of else UNKNOWN
        himself = isinstance(barred, str) and barred in known
        truth = rule.at_least <= count <= rule.at_most and not himself
        return (Check(truth, None, limit, count, note="himself" if himself else "people"),)

    return judge


def judge_held(rule: Held, rulebook: Rulebook) -> Judge:
    """So many acts of a code that stand between two days."""
    since_of = getter(rule.since, rulebook) if rule.since else None
    until_of = getter(rule.until, rulebook)
    anchor_act = (rule.since or "").partition(".")[0]

    def judge(attempt: Attempt) -> tuple[Check]:
        until = until_of(attempt)
        since = None
        if since_of is None:
            acts: list[Act] = list(attempt.case.standing_acts(rule.of))
        else:
            since = since_of(attempt)
            if since is UNKNOWN or since is None:
                return (Check(None, lacks=(rule.since or "",), about=rule.of),)
            acts = [act for _, act in attempt.case.since(anchor_act, rule.of) if act.on >= since]
        count = sum(act.on <= until for act in acts)
        truth: Truth = True if count >= rule.at_least else absent(attempt)
        lacks = (rule.of,) if truth is None else ()
        return (Check(truth, since, rule.at_least, count, None, None, lacks, "held", rule.of),)

    return judge


def judge_among(rule: Among, rulebook: Rulebook) -> Judge:
    """The people of this act are among those of another."""
    value_of, among_of = getter(rule.value, rulebook), getter(rule.among, rulebook)

    def judge(attempt: Attempt) -> tuple[Check]:
        people, others = value_of(attempt), among_of(attempt)
        lacks = tuple(p for p, v in ((rule.value, people), (rule.among, others)) if v is UNKNOWN)
        if lacks:
            return (Check(None, lacks=lacks, note="among"),)
        known = {person.name for person in others or ()}
        truth = every(None if p.name is UNKNOWN else p.name in known for p in people or ())
        return (Check(truth, None, rule.among, None, None, None, (), "among"),)

    return judge
