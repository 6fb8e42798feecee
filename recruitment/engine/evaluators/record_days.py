"""The days inside an act: each is compared with those in the rulebook's table, a check for each contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    CompiledTest,
    Evaluator,
    Getter,
    Origin,
    compile_comparison,
    compile_test,
    field_at,
    getter,
)
from recruitment.engine.findings import Check
from recruitment.law.comparisons.record_days import DayRow, RecordDays
from recruitment.law.rulebook import Rulebook
from recruitment.record.evidence import UNKNOWN


class _CompiledRow(NamedTuple):
    row: DayRow
    read: Getter
    not_before: tuple[tuple[str, Getter], ...]
    not_after: tuple[tuple[str, Getter], ...]
    number: Getter | None
    until: Getter | None
    where: CompiledTest | None


def _day_getter(path: str, rulebook: Rulebook) -> Getter:
    """Compile a day as it is recorded: a day that was left out, for which the act's own is taken, is not recorded."""
    head, _, rest = path.partition(".")
    if path.rpartition(".")[2] not in ("received", "replied"):
        return getter(path, rulebook)
    if not rest:
        return lambda attempt: getattr(attempt.act, path, UNKNOWN)

    def other(attempt: Attempt) -> Any:
        act = attempt.counting_act(head)
        return UNKNOWN if act is None else getattr(act, rest, UNKNOWN)

    return other


def _entry_days_getter(of: str, day: str, rulebook: Rulebook) -> Getter:
    """Compile a day of each entry of a list."""
    entries_of, read = getter(of, rulebook), field_at(day)

    def days(attempt: Attempt) -> Any:
        entries = entries_of(attempt)
        return tuple(read(entry) for entry in entries) if isinstance(entries, tuple) else UNKNOWN

    return days


@compile_comparison.register(RecordDays)
def record_days_evaluator(rule: RecordDays, origin: Origin) -> Evaluator:
    """Compare each recorded day with its limits: a check for each contradiction, else one that is met."""
    rulebook, comparison, _ = origin
    rows: dict[str, list[_CompiledRow]] = {}
    for row in rule.rows:
        compiled = _CompiledRow(
            row,
            _day_getter(row.day, rulebook) if row.of is None else _entry_days_getter(row.of, row.day, rulebook),
            tuple((path, _day_getter(path, rulebook)) for path in row.not_before),
            tuple((path, _day_getter(path, rulebook)) for path in row.not_after),
            getter(row.number, rulebook) if row.number else None,
            getter(row.until, rulebook) if row.until else None,
            compile_test(row.where, rulebook) if row.where is not None else None,
        )
        for code in row.acts:
            rows.setdefault(code, []).append(compiled)

    def evaluate(attempt: Attempt) -> list[Check]:
        found: list[Check] = []
        compared = False
        for compiled in rows.get(attempt.code, ()):
            where = compiled.where
            if where is not None and where.answer(where.read(attempt)) is False:
                continue
            value = compiled.read(attempt)
            days = [day for day in (value if isinstance(value, tuple) else (value,)) if isinstance(day, date)]
            if not days:
                continue
            compared = True
            found += _contradictions(compiled, min(days), max(days), attempt)
        if found:
            return [replace(check, comparison=comparison) for check in dict.fromkeys(found)]
        return [Check(True, note="days-agree", comparison=comparison)] if compared else []

    return evaluate


def _find_first_recorded(paths: tuple[tuple[str, Getter], ...], attempt: Attempt) -> tuple[str, date] | None:
    for path, read in paths:
        day = read(attempt)
        if isinstance(day, date):
            return path, day
    return None


def _contradictions(compiled: _CompiledRow, first: date, last: date, attempt: Attempt) -> Iterator[Check]:
    row = compiled.row
    path = row.day if row.of is None else f"{row.of}.{row.day}"
    before = _find_first_recorded(compiled.not_before, attempt)
    if before is not None and first < before[1]:
        yield Check(False, before[1], before[1], first, note="day-too-early", about=f"{path}<{before[0]}")
    after = _find_first_recorded(compiled.not_after, attempt)
    if after is not None and last > after[1]:
        yield Check(False, after[1], after[1], last, note="day-too-late", about=f"{path}>{after[0]}")
    if row.by_entry and last > attempt.recorded:
        yield Check(False, None, attempt.recorded, last, note="evidence-ahead", about=path)
    if compiled.number is not None and compiled.until is not None:
        number, until = compiled.number(attempt), compiled.until(attempt)
        if isinstance(number, int) and isinstance(until, date):
            most = (until - first).days + 1
            if number > most >= 1:
                yield Check(False, first, most, number, note="days-too-many", about=row.number)
