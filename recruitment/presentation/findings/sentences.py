"""What findings say: one sentence in each language, from the clause and what was compared.

Sentences are made here and nowhere else, when a finding is shown. `data` is the one schema in which every surface of
the library shows a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from recruitment.base.label import Label, Lang, listed
from recruitment.base.plain import flat, iso, nameless
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.rulebook import Rulebook, national
from recruitment.presentation.findings import (
    counts,
    days,
    entry,
    evidence,
    people,
    periods,
    precedence,
    record_days,
    workdays,
)
from recruitment.presentation.findings.citations import article, ground_of
from recruitment.presentation.findings.missing import missing_words
from recruitment.presentation.findings.names import day_words, name, value_words
from recruitment.presentation.findings.said import check_words, fill_words, is_silent
from recruitment.presentation.findings.words import UNNAMED_COUNTS, VERDICTS

NOTES: Final[Mapping[Note, Label]] = {
    **days.NOTES,
    **workdays.NOTES,
    **periods.NOTES,
    **counts.NOTES,
    **evidence.NOTES,
    **people.NOTES,
    **precedence.NOTES,
    **entry.NOTES,
    **record_days.NOTES,
}
"""For every note that an evaluator leaves on a check, its words."""
_TIMES: Final = frozenset((*days.NOTES, *workdays.NOTES)) - {"none", "not-yet", "elapsed"}
_ASKED: Final = frozenset(("elapsed", *evidence.NOTES, *people.NOTES))
_DAYS: Final = Label(
    zh="起算日{anchor}，期限{limit}，记为{actual}", en="counted from {anchor}, limit {limit}; dated {actual}"
)
_LIMIT: Final = Label(zh="起算日{anchor}，期限{limit}", en="counted from {anchor}, limit {limit}")
_ABOUT: Final = Label(zh="{about}：{actual}", en="{about}: {actual}")
_NEEDED: Final = Label(zh="须{limit}人", en="at least {limit} are needed")
_MISSED: Final = Label(
    zh="即已达到，所记结果却是没有达到", en="are enough; the outcome says that they were not reached"
)


def _compared_clauses(finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The clauses of a sentence that say what was compared."""
    comparison = finding.comparison
    said = _numbers(finding, rulebook, lang) if comparison is None else check_words(comparison, finding, rulebook, lang)
    return [part for part in said if part]


def _numbers(finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What was compared where the comparison is not known: the numbers alone, and no reading of them."""
    check = finding.check
    said = []
    if (
        isinstance(check.anchor, date)
        and isinstance(check.limit, date)
        and (check.note is None or check.note in _TIMES)
    ):
        said.append(fill_words(_DAYS if isinstance(check.actual, date) else _LIMIT, finding, rulebook, lang))
    if check.actual == [] and check.about:
        said.append(fill_words(_ABOUT, finding, rulebook, lang))
    elif check.note is not None and not (check.note in _ASKED and is_silent(finding)):
        left, _, right = re.sub("[≤<>]", "=", check.about or "").partition("=")
        more = {
            "reading": "",
            "in_force": day_words(finding.rule.since or rulebook.in_force, lang),
            "held": value_words(flat(check.actual), rulebook, lang),
            "begun": periods.begun(finding, lang) if check.note == "period" else "",
            "part": UNNAMED_COUNTS["part"].words(lang),
            "whole": UNNAMED_COUNTS["whole"].words(lang),
            "needed": fill_words(_NEEDED, finding, rulebook, lang),
            "missed": _MISSED.words(lang),
            "left": listed((name(path, rulebook, lang) for path in left.split("+")), lang),
            "right": listed((name(path, rulebook, lang) for path in right.split("+")), lang),
            "least": value_words(flat(check.limit), rulebook, lang),
            "among": name(str(check.limit), rulebook, lang),
        }
        said.append(fill_words(NOTES[check.note], finding, rulebook, lang, **more))
    return said


# ------------------------------------------------------------------------------------------- the whole


def sentence(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """What a finding says to people: the verdict, the clause, what was compared, what is missing, when, and why not."""
    check = finding.check
    zh = lang == "zh"
    parts = _compared_clauses(finding, rulebook, lang)
    # Of a clause that holds for every act, what is the matter with this one says more; it stays in the rulebook.
    if not parts or finding.comparison is None or not finding.comparison.structural:
        parts.insert(0, finding.rule.clause.words(lang).rstrip(".。"))
    ground = ground_of(finding, rulebook)
    if ground is not None and finding.value != "met":
        parts.insert(0, ground.clause.words(lang))
    parts[0] = f"{VERDICTS[finding.value].words(lang)}{Label(zh='：', en=': ').words(lang)}{parts[0]}"
    if check.lacks and check.note != "not-done":
        lacks = missing_words(check.lacks, finding, rulebook, lang)
        parts.append(Label(zh=f"记录中缺少：{lacks}", en=f"missing in the record: {lacks}").words(lang))
    if finding.value != "met":
        said = "".join(parts[1:])
        for day, words in (
            (check.first_day, ("起可行", "possible from")),
            (check.last_day, ("为止可行", "possible until")),
        ):
            if day is not None and day_words(day, lang) not in said:
                parts.append(Label(zh=f"{day_words(day, lang)}{words[0]}", en=f"{words[1]} {day}").words(lang))
    if finding.reason:
        parts.append(Label(zh=f"记录的理由：{finding.reason}", en=f"recorded reason: {finding.reason}").words(lang))
    if finding.as_it_was:
        parts.append(
            Label(zh=f"如实补录：{finding.as_it_was}", en=f"recorded as it was: {finding.as_it_was}").words(lang)
        )
    if finding.on_trust:
        parts.append(Label(zh=f"凭信录入：{finding.on_trust}", en=f"accepted on trust: {finding.on_trust}").words(lang))
    if zh:
        return "。".join(part.rstrip("。") for part in parts) + "。"
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts) + "."


def data(finding: Finding, rulebook: Rulebook) -> dict[str, Any]:
    """The one schema of a finding, ready for JSON."""
    check = finding.check
    return {
        "rule": finding.rule.code,
        "act": finding.act,
        "index": finding.index,
        "on": iso(finding.on),
        "force": finding.force,
        "value": finding.value,
        "article": article(finding, rulebook),
        "edition": national(finding.edition),
        "compared": {
            "anchor": _plain_value(check.anchor),
            "limit": _plain_value(check.limit),
            "actual": _plain_value(check.actual),
        },
        "first_day": iso(check.first_day),
        "last_day": iso(check.last_day),
        "reason": finding.reason,
        "on_trust": finding.on_trust,
        "as_it_was": finding.as_it_was,
        "policies": list(check.policies),
        "provisional": check.provisional,
        "zh": sentence(finding, rulebook, "zh"),
        "en": sentence(finding, rulebook, "en"),
    }


def _plain_value(value: Any) -> Any:
    """What was compared as plain data, of people all but their names: a finding is shown, logged and sent on."""
    return nameless(iso(flat(value)))
