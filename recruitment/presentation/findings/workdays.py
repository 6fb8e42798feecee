"""The words of comparisons of working days: a public notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.workdays import Workdays
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import called, chinese_number, day_words
from recruitment.presentation.findings.readings import as_reading
from recruitment.presentation.findings.said import check_words, fill_words
from recruitment.presentation.findings.words import NONE

_PROVISIONAL: Final = Label(
    zh="当年放假安排尚未公布，工作日为暂算",
    en="the holidays of that year are not announced, so the count is provisional",
)
_BEFORE_AGREEMENT: Final = Label(
    zh="公示早于上级党委同意之日开始", en="the notice began before the higher committee agreed"
)
_BEGUN_EARLY: Final = Label(zh="公示早于{about}开始", en="the notice began too early; this comes first: {about}")
NOTES: Final[Mapping[Note, Label]] = {
    "none": NONE,
    "provisional": _PROVISIONAL,
    "before-agreement": _BEFORE_AGREEMENT,
    "before-agreement-provisional": _BEFORE_AGREEMENT,
    "begun-early": _BEGUN_EARLY,
    "begun-early-provisional": _BEGUN_EARLY,
}
"""For every note of the family its words; of two things that one note says, the first."""


@comparison_words.register(Workdays)
def notice_clause(rule: Workdays, rulebook: Rulebook, lang: Lang) -> str:
    """How long a public notice is up, which of its days count, and when it begins and ends."""
    since, until, by = (called(path, rulebook, lang) for path in (rule.since, rule.until, rule.by))
    policy = "first-publicity-day"
    reading = "" if rulebook.policies.get(policy) != "not" else as_reading([policy], rulebook, lang)
    begins = called(rule.not_before, rulebook, lang) if rule.not_before else ""
    if lang == "zh":
        ends = f"首日不算{reading}" if reading else "首尾都算"
        text = f"自{since}至{until}，{ends}，至少{rule.at_least}个工作日；最后一个工作日不晚于{by}"
        return f"{text}，开始不早于{begins}" if begins else text
    both = f"only the last counted{reading}" if reading else "both counted"
    text = f"at least {rule.at_least} working days, '{since}' and '{until}' {both}; the last of them not after {by}"
    return f"{text}, the first not before {begins}" if begins else text


@check_words.register(Workdays)
def notice_words(rule: Workdays, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The days of a public notice, whether it began too early, and whether the count is provisional."""
    check = finding.check
    said = []
    if isinstance(check.anchor, date) and isinstance(check.limit, date):
        since, limit = day_words(check.anchor, lang), day_words(check.limit, lang)
        if lang == "zh":
            text = f"公示自{since}开始，第{chinese_number(rule.at_least)}个工作日为{limit}"
            text += "" if check.actual is None else f"，实际公示{check.actual}个工作日"
        else:
            text = f"the notice began on {since}, so working day {rule.at_least} is {limit}"
            text += "" if check.actual is None else f"; it was up for {check.actual}"
        said.append(text + as_reading(check.policies, rulebook, lang))
    if check.note is not None:
        said.append(fill_words(NOTES[check.note], finding, rulebook, lang))
    if check.provisional and check.note != "provisional":
        said.append(_PROVISIONAL.words(lang))
    return said
