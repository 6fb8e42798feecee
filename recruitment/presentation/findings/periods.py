"""The words of comparisons of acts held over a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.periods import Held, Periods
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words, rounding_words, span_words
from recruitment.presentation.findings.names import called, day_words
from recruitment.presentation.findings.readings import as_reading
from recruitment.presentation.findings.said import check_words, fill_words

NOTES: Final[Mapping[Note, Label]] = {
    "period": Label(
        zh="{begun}至{limit}这一期间{reading}：{about}{held}",
        en="in the period {begun} to {limit}{reading}: {about}, {held}",
    ),
    "held": Label(zh="“{about}”需{limit}次，记录有{actual}次", en="{about}: needed {limit}, recorded {actual}"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(Periods)
def periods_clause(rule: Periods, rulebook: Rulebook, lang: Lang) -> str:
    """How often an act is held, and how the time is cut."""
    each, since, until = (
        span_words(rule.each, lang),
        called(rule.since, rulebook, lang),
        called(rule.until, rulebook, lang),
    )
    rounded = rounding_words(rule.rounding, lang)
    if rule.cut_policy:
        rounded += as_reading([rule.cut_policy], rulebook, lang)
    what = called(f"{rule.of}.{rule.days}" if rule.days else rule.of, rulebook, lang)
    if lang == "zh":
        return f"自{since}至{until}，每{each}至少一次“{what.strip('“”')}”{rounded}"
    return f"{what} at least once every {each} from {since} to {until}{rounded}"


@check_words.register(Periods)
def period_words(_: Periods, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The period, how the time is cut, and what was held in it."""
    check = finding.check
    if check.note != "period":
        return []
    if isinstance(check.actual, date):
        day = day_words(check.actual, lang)
        held = Label(zh=f"于{day}办过", en=f"held on {day}").words(lang)
    else:
        held = Label(zh="没有记录", en="none recorded").words(lang)
    reading = as_reading(check.policies, rulebook, lang)
    return [
        fill_words(NOTES["period"], finding, rulebook, lang, held=held, reading=reading, begun=begun(finding, lang))
    ]


def begun(finding: Finding, lang: Lang) -> str:
    """When a period begins; a ledger of before has only the day before that."""
    check = finding.check
    if check.first_day is not None:
        return day_words(check.first_day, lang) if lang == "zh" else f"from {day_words(check.first_day, lang)}"
    day = day_words(check.anchor, lang)
    return Label(zh=f"{day}之后", en=f"after {day}").words(lang)


@comparison_words.register(Held)
def held_clause(rule: Held, rulebook: Rulebook, lang: Lang) -> str:
    """How often an act is held in all."""
    times = "once" if rule.at_least == 1 else f"{rule.at_least} times"
    of, until = called(rule.of, rulebook, lang), called(rule.until, rulebook, lang)
    day = called(rule.since, rulebook, lang) if rule.since else ""
    if lang == "zh":
        return f"{f'自{day}' if day else ''}至{until}为止，“{of}”至少{rule.at_least}次"
    return f"{of} at least {times}, {f'from {day} ' if day else 'up '}to {until}"


@check_words.register(Held)
def held_words(_: Held, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """How often it was held, and how often it should have been."""
    return [fill_words(NOTES["held"], finding, rulebook, lang)] if finding.check.note == "held" else []
