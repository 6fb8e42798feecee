"""The comparisons of what the record holds: single values, tables of them, and the entries of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from recruitment.base.dates import add
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    CompiledTest,
    Evaluator,
    Origin,
    compile_answer,
    compile_comparison,
    compile_test,
    every,
    expected_answer,
    field_at,
    getter,
    key_attribute,
    some,
)
from recruitment.engine.findings import Check, Truth
from recruitment.law.comparisons.evidence import Each, Effects, Evidence, Table
from recruitment.law.comparisons.value_tests import Test
from recruitment.law.rulebook import Rulebook
from recruitment.record.evidence import UNKNOWN, Known, Sanction


@compile_comparison.register(Evidence)
def evidence_evaluator(rule: Evidence, origin: Origin) -> Evaluator:
    """Every test of `all`, or some test of `any`; the first that decides is the one to show."""
    comparison = origin.comparison
    questions = [compile_test(test, origin.rulebook) for test in (rule.all or rule.any)]
    if len(questions) == 1 and questions[0].where is None:
        return _single_test_evaluator(questions[0], comparison)
    join = every if rule.all else some
    neutral = join(())

    def evaluate(attempt: Attempt) -> tuple[Check]:
        found: list[tuple[Truth, int, Any]] = []
        lacks: list[str] = []
        policies: tuple[str, ...] = ()
        for place, asked in enumerate(questions):
            spoken = True if asked.where is None else asked.where(attempt)
            if asked.behind_condition is not None:
                policies += asked.behind_condition(attempt)
            if spoken is False:
                continue
            value = asked.read(attempt)
            truth = asked.answer(value)
            # It is not known whether the test is put at all: only an answer that would not count either way stays.
            if spoken is None and truth is not neutral:
                truth = None
            if truth is None:
                lacks.append(asked.path if value is UNKNOWN or asked.condition is None else asked.condition)
            if asked.behind is not None:
                policies += asked.behind(attempt)
            found.append((truth, place, value))
        truth = join(one for one, _, _ in found)
        if not found:
            return (Check(truth, comparison=comparison, policies=tuple(dict.fromkeys(policies))),)
        # Met, a test that is met; else the first that failed, or an unknown one where none failed.
        sought = (True,) if truth else (False, None)
        _, place, value = next(one for wanted in sought for one in found if one[0] is wanted)
        shown = questions[place]
        return (
            Check(
                truth,
                limit=shown.expected,
                actual=None if value is UNKNOWN else value,
                lacks=tuple(dict.fromkeys(lacks)) if truth is None else (),
                note="evidence",
                about=shown.path,
                comparison=comparison,
                places=(place,),
                policies=tuple(dict.fromkeys(policies)),
            ),
        )

    return evaluate


def _single_test_evaluator(asked: CompiledTest, comparison: int) -> Evaluator:
    """Evidence of one test without a condition: by far the most frequent."""
    about, limit, read, put, *_, behind = asked
    unknown = (Check(None, limit=limit, lacks=(about,), note="evidence", about=about, comparison=comparison),)

    def evaluate(attempt: Attempt) -> tuple[Check]:
        value = read(attempt)
        truth = put(value)
        if truth is None:
            return unknown
        return (
            Check(
                truth,
                limit=limit,
                actual=None if value is UNKNOWN else value,
                note="evidence",
                about=about,
                comparison=comparison,
                policies=() if behind is None else behind(attempt),
            ),
        )

    return evaluate


@compile_comparison.register(Table)
def table_evaluator(rule: Table, origin: Origin) -> Evaluator:
    """Some row fits; in a row every named value is one of those listed."""
    rulebook, comparison, _ = origin
    reads = {path: getter(path, rulebook) for row in rule.rows for path in row}
    rows = [tuple(row.items()) for row in rule.rows]
    limit = [dict(row) for row in rule.rows]

    def evaluate(attempt: Attempt) -> tuple[Check]:
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
            return (Check(truth, limit=limit, actual=values, note="table", comparison=comparison),)
        truth = some(
            every(None if values[path] is UNKNOWN else values[path] in allowed for path, allowed in row) for row in rows
        )
        actual = {path: value for path, value in values.items() if value is not UNKNOWN}
        lacks = unknown if truth is None else ()
        return (Check(truth, limit=limit, actual=actual, lacks=lacks, note="table", comparison=comparison),)

    return evaluate


def _or_all(
    rule: Each, condition: Test, rulebook: Rulebook
) -> Callable[[Attempt, Sequence[Any], list[Truth]], tuple[list[Truth], tuple[str, ...]]]:
    """Compile the other way in which an entry passes: the truths with it, and what was missing of an unknown one."""
    allowed = compile_test(condition, rulebook)
    tests = [(test.value, field_at(test.value), compile_answer(test)) for test in rule.or_all]

    def evaluate(attempt: Attempt, entries: Sequence[Any], truths: list[Truth]) -> tuple[list[Truth], tuple[str, ...]]:
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

    return evaluate


def _word_of(value: Any) -> Any:
    """The word for a sanction that is recorded by its kind and its day; any other value as it is."""
    return value.kind if isinstance(value, Sanction) else value


@compile_comparison.register(Each)
def each_evaluator(rule: Each, origin: Origin) -> Evaluator:
    """Every entry of a list passes the test, or one does where that is enough."""
    rulebook, comparison, _ = origin
    list_of = getter(rule.of, rulebook)
    read, put, limit = field_at(rule.test.value), compile_answer(rule.test), expected_answer(rule.test)
    plain = key_attribute(rule.test.value)
    about = f"{rule.of}.{rule.test.value}"
    join = some if rule.one_is_enough else every
    otherwise = _or_all(rule, rule.or_when, rulebook) if rule.or_when is not None else None

    def evaluate(attempt: Attempt) -> tuple[Check]:
        entries = list_of(attempt)
        if entries is UNKNOWN:
            return (Check(None, None, limit, None, lacks=(rule.of,), note="each", about=about, comparison=comparison),)
        if not entries:
            return (Check(not rule.one_is_enough, None, limit, [], note="each", about=about, comparison=comparison),)
        truths = [put(_word_of(read(entry))) for entry in entries]
        more: tuple[str, ...] = ()
        if otherwise is not None:
            truths, more = otherwise(attempt, entries, truths)
        truth = join(truths)
        lacks: tuple[str, ...] = ()
        if truth is None:
            own = (f"{rule.of}[{n}].{rule.test.value}" for n, found in enumerate(truths) if found is not True)
            lacks = more or tuple(own)
        values = [_word_of(getattr(entry, plain, UNKNOWN)) for entry in entries]
        actual = [None if value is UNKNOWN else value for value in values]
        return (
            Check(
                truth,
                limit=limit,
                actual=actual,
                lacks=lacks,
                note="each",
                about=about,
                comparison=comparison,
                places=() if truth else tuple(n for n, passed in enumerate(truths) if passed is not True),
            ),
        )

    return evaluate


@compile_comparison.register(Effects)
def effects_evaluator(rule: Effects, origin: Origin) -> Evaluator:
    """None of the people is within the effect of a recorded sanction; the last day of the effect is lawful."""
    rulebook, comparison, _ = origin
    list_of, read = getter(rule.of, rulebook), field_at(rule.value)
    about, word = f"{rule.of}.{rule.value}", [rule.word]

    def ends(value: Any) -> Known[date]:
        """The day on which the effect is over; None where there is none."""
        if value is UNKNOWN or not isinstance(value, Sanction):
            return UNKNOWN if value is UNKNOWN else None
        if value.kind is UNKNOWN:
            return UNKNOWN
        span = rule.spans.get(str(value.kind))
        if span is None:
            return None
        return add(value.on, span, rule.rounding) if isinstance(value.on, date) else UNKNOWN

    def evaluate(attempt: Attempt) -> tuple[Check]:
        entries = list_of(attempt)
        if entries is UNKNOWN:
            return (Check(None, limit=word, lacks=(rule.of,), note="each", about=about, comparison=comparison),)
        held = [read(entry) for entry in entries or ()]
        days = [ends(value) for value in held]
        running = [(day, n) for n, day in enumerate(days) if isinstance(day, date) and day > attempt.on]
        if running and rule.word not in held:
            latest, n = max(running)
            return (
                Check(
                    False,
                    held[n].on,
                    latest,
                    attempt.on,
                    latest,
                    note="effect",
                    about=about,
                    comparison=comparison,
                    places=(n,),
                ),
            )
        stands = tuple(n for n, value in enumerate(held) if value == rule.word)
        lacks = () if stands else tuple(f"{rule.of}[{n}].{rule.value}" for n, day in enumerate(days) if day is UNKNOWN)
        return (
            Check(
                False if stands else None if lacks else True,
                limit=word,
                actual=[None if value is UNKNOWN else _word_of(value) for value in held],
                lacks=lacks,
                note="each",
                about=about,
                comparison=comparison,
                places=stands,
            ),
        )

    return evaluate
