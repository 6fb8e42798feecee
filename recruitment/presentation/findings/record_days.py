"""The words of the comparison of the days inside a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.record_days import DayRow, RecordDays
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import called, name
from recruitment.presentation.findings.said import check_words, fill_words
from recruitment.presentation.findings.value_tests import test_words
from recruitment.presentation.findings.words import AHEAD

NOTES: Final[Mapping[Note, Label]] = {
    "days-agree": Label(zh="所记日期前后一致", en="the days that are recorded agree"),
    "day-too-early": Label(
        zh="{left}（{actual}）早于{right}（{limit}），两者矛盾",
        en="{left} ({actual}) is before {right} ({limit}); the two contradict each other",
    ),
    "day-too-late": Label(
        zh="{left}（{actual}）晚于{right}（{limit}），两者矛盾",
        en="{left} ({actual}) is after {right} ({limit}); the two contradict each other",
    ),
    "days-too-many": Label(
        zh="记为{actual}天，自{anchor}起至多{limit}天，两者矛盾",
        en="{actual} days are recorded and from {anchor} on there are {limit} at most; the two contradict each other",
    ),
    "evidence-ahead": AHEAD,
    "reports": Label(zh="前一次为{anchor}，这一次为{actual}", en="the one before is of {anchor}, this one of {actual}"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(RecordDays)
def rows_clause(days: RecordDays, rulebook: Rulebook, lang: Lang) -> str:
    """The table of days, row by row."""
    return Label(zh="；", en="; ").words(lang).join(_row(row, rulebook, lang) for row in days.rows)


def _row(row: DayRow, rulebook: Rulebook, lang: Lang) -> str:
    """One row of a table of days: whose day it is, and what limits it."""
    acts = listed((rulebook.by_code[act].label.words(lang) for act in row.acts), lang)
    day = called(f"{row.of}.{row.day}" if row.of else row.day, rulebook, lang)
    held = []
    for paths, label in (
        (row.not_before, Label(zh="不早于", en="not before")),
        (row.not_after, Label(zh="不晚于", en="not after")),
    ):
        if paths:
            first = (
                Label(zh="，没有记录的，", en=", else ")
                .words(lang)
                .join(called(path, rulebook, lang) for path in paths)
            )
            held.append(f"{label.words(lang)}{Label(zh='', en=' ').words(lang)}{first}")
    if row.by_entry:
        held.append(Label(zh="不晚于记入之日", en="not after the day of entry").words(lang))
    if row.number and row.until:
        number, until = called(row.number, rulebook, lang), called(row.until, rulebook, lang)
        held.append(Label(zh=f"到{until}容得下{number}", en=f"as many days to {until} as {number}").words(lang))
    text = Label(zh=f"{acts}：{day}{'，'.join(held)}", en=f"{acts}: {day} {', '.join(held)}").words(lang)
    if row.where is not None:
        where = test_words(row.where, rulebook, lang)
        text += Label(zh=f"（限于：{where}）", en=f" (only where {where})").words(lang)
    return text


@check_words.register(RecordDays)
def rows_words(_: RecordDays, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The two days that contradict each other, or that all agree."""
    note = finding.check.note
    if note is None:
        return []
    left, right = days_apart(finding, rulebook, lang)
    return [fill_words(NOTES[note], finding, rulebook, lang, left=left, right=right)]


def days_apart(finding: Finding, rulebook: Rulebook, lang: Lang) -> tuple[str, str]:
    """The names of two days of which one is before or after the other."""
    left, _, right = (finding.check.about or "").replace("<", ">").partition(">")
    return name(left, rulebook, lang), name(right, rulebook, lang)
