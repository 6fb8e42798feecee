"""What a rule compares, in plain words: each kind of comparison as one line, in Chinese and in English.

The clause of a rule says what is lawful; these lines say what is counted and looked up, so that two editions of a rule
can be compared side by side. Each family of comparisons registers the lines of its classes.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Final

from recruitment.base.dates import Rounding, Span
from recruitment.base.label import Label, Lang, listed
from recruitment.law.comparisons import Comparison
from recruitment.law.rulebook import Outcome, Rulebook
from recruitment.presentation.findings.names import name
from recruitment.presentation.findings.readings import as_reading

_UNITS: Final = {
    "day": Label(zh="天", en="day"),
    "workday": Label(zh="个工作日", en="working day"),
    "month": Label(zh="个月", en="month"),
    "year": Label(zh="年", en="year"),
}


@singledispatch
def comparison_words(comparison: Comparison, rulebook: Rulebook, lang: Lang) -> str:
    """One comparison of a rule in plain words.

    Raises:
        TypeError: nothing is registered for that kind.
    """
    raise TypeError(f"no words in {lang} for a comparison of the kind {comparison.kind} in {rulebook.code}")


def span_words(span: Span, lang: Lang) -> str:
    """A length of time: 三个月 is written 3个月, 1 year, 5 working days."""
    unit = _UNITS[span.unit].words(lang)
    if lang == "zh":
        return f"{span.number}{unit}"
    return f"{span.number} {unit}{'' if span.number == 1 else 's'}"


def rounding_words(rounding: Rounding | None, lang: Lang) -> str:
    """How a day is rounded that its month does not have."""
    if rounding is None:
        return ""
    if rounding == "clamp":
        return Label(zh="，当月无此日的按月末", en=", a day that the month lacks being its last").words(lang)
    return Label(zh="，当月无此日的按下月1日", en=", a day that the month lacks being the first of the next").words(
        lang
    )


def outcome_words(outcome: Outcome, rulebook: Rulebook, lang: Lang) -> str:
    """One way an act can end: its name, whether it is assumed, whether the act then counts as done, what it undoes."""
    zh = lang == "zh"
    notes = []
    if outcome.of:
        notes.append(
            Label(zh=f"针对：{rulebook.word(outcome.of, lang)}", en=f"of: {rulebook.word(outcome.of, lang)}").words(
                lang
            )
        )
    if outcome.default:
        notes.append(Label(zh="未写明时以此为准", en="assumed where none is named").words(lang))
    if not outcome.done:
        notes.append(Label(zh="不算办成", en="does not count as done").words(lang))
    for codes, label in (
        (outcome.after, Label(zh="须先办成", en="needs")),
        (outcome.reopens, Label(zh="须重新办理", en="to be done again")),
    ):
        if codes:
            names = listed((name(code, rulebook, lang) for code in codes), lang)
            notes.append(Label(zh=f"{label.words(lang)}：{names}", en=f"{label.words(lang)}: {names}").words(lang))
            if outcome.reopens_standings and codes is outcome.reopens:
                who = listed((rulebook.word(code, lang) for code in outcome.reopens_standings), lang)
                notes[-1] += Label(zh=f"（限于{who}）", en=f" (of: {who})").words(lang)
            if outcome.reopens_policy and codes is outcome.reopens:
                notes[-1] += as_reading([outcome.reopens_policy], rulebook, lang)
    if outcome.decides:
        notes.append(Label(zh="待审批后生效", en="takes effect once approved").words(lang))
    if outcome.extends:
        notes.append(Label(zh="预备期延长", en="extends probation").words(lang))
    if outcome.ends:
        notes.append(
            Label(
                zh=f"档案终止：{rulebook.word(outcome.ends, lang)}", en=f"ends: {rulebook.word(outcome.ends, lang)}"
            ).words(lang)
        )
    called = outcome.zh if zh else outcome.en
    if not notes:
        return called
    return Label(zh=f"{called}（{'，'.join(notes)}）", en=f"{called} ({', '.join(notes)})").words(lang)
