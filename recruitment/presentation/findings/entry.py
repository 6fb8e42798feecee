"""The words of comparisons of an entry with its day, with the editions, and with what a record can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.entry import EditionKnown, NotInFuture, NotRecorded
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.said import check_words, fill_words
from recruitment.presentation.findings.words import AHEAD

NOTES: Final[Mapping[Note, Label]] = {
    "future": Label(zh="记为{actual}，记入日为{limit}", en="dated {actual}, entered on {limit}"),
    "evidence-ahead": AHEAD,
    "edition": Label(zh="{actual}时施行的版本没有收录", en="the edition in force on {actual} is not available"),
    "not-recorded": Label(zh="档案格式中没有这一内容", en="a record has no place for this"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(NotInFuture)
def future_clause(_rule: NotInFuture, _rulebook: Rulebook, lang: Lang) -> str:
    """That nothing is dated ahead of its entry."""
    return Label(zh="日期不晚于记入之日", en="it is not dated after the day of entry").words(lang)


@comparison_words.register(EditionKnown)
def edition_clause(_rule: EditionKnown, _rulebook: Rulebook, lang: Lang) -> str:
    """That the edition of the day is encoded."""
    return Label(zh="当日施行的版本已收录", en="the edition in force on that day is available").words(lang)


@comparison_words.register(NotRecorded)
def not_recorded_clause(_rule: NotRecorded, _rulebook: Rulebook, lang: Lang) -> str:
    """That the record has no place for it."""
    zh = "档案中没有可以核对的内容，由办理者掌握"
    return zh if lang == "zh" else "a record has no place for it; the officer looks to it"


@check_words.register(NotInFuture)
@check_words.register(EditionKnown)
@check_words.register(NotRecorded)
def entry_words(
    _: NotInFuture | EditionKnown | NotRecorded, finding: Finding, rulebook: Rulebook, lang: Lang
) -> list[str]:
    """What is dated when, and when it was entered; or what is not at hand."""
    note = finding.check.note
    return [] if note is None else [fill_words(NOTES[note], finding, rulebook, lang)]
