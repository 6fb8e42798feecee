"""Checks on the table of days inside a record: a row speaks of acts that there are, and holds its day to something."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons.record_days import RecordDays
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.comparisons import act_faults, answer_faults, comparison_faults, reads_of
from recruitment.rulebooks.checks.faults import Faults
from recruitment.rulebooks.checks.values import DAY, DAYS, NUMBER, TABLES, Read, asks


@reads_of.register(RecordDays)
def rows_reads(days: RecordDays) -> Iterator[Read]:
    """What a table of days reads, each path for the acts of its row alone."""
    for n, row in enumerate(days.rows):
        if row.of is not None:
            yield Read(f"rows[{n}].of", row.of, TABLES, acts=row.acts)
        yield Read(f"rows[{n}].day", row.day, DAYS, of=row.of or "", acts=row.acts)
        for key, paths in (("not_before", row.not_before), ("not_after", row.not_after)):
            for path in paths:
                yield Read(f"rows[{n}].{key}", path, DAYS, acts=row.acts)
        if row.number is not None and row.until is not None:
            yield Read(f"rows[{n}].number", row.number, NUMBER, acts=row.acts)
            yield Read(f"rows[{n}].until", row.until, DAY, acts=row.acts)
        if row.where is not None:
            yield from (read._replace(acts=row.acts) for read in asks(f"rows[{n}].where", row.where))


@comparison_faults.register(RecordDays)
def rows_faults(days: RecordDays, where: str, _rule: Rule, _rulebook: Rulebook) -> Faults:
    """A row names acts, holds its day to something, and has one answer where it has a condition."""
    for n, row in enumerate(days.rows):
        here = f"{where}.rows[{n}]"
        for act in row.acts:
            yield from act_faults(f"{here}.acts", act)
        if not (row.not_before or row.not_after or row.by_entry or row.number):
            yield Fault(
                here,
                Label(
                    zh="没有写明这个日期与什么相比",
                    en="the day is compared with nothing; say with what, or take it out",
                ),
            )
        if (row.number is None) != (row.until is None):
            yield Fault(here, Label(zh="number 与 until 须同时写出", en="`number` and `until` go together"))
        if row.where is not None:
            yield from answer_faults(f"{here}.where", row.where, reads_where=False)
