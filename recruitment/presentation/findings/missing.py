"""What the record does not hold of what a rule asks, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable

from recruitment.base.label import Label, Lang, listed
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Evidence
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import name_of_entry, value_words


def _members(path: str, finding: Finding) -> list[str]:
    """The members that the comparison asks for, of a list that is missing."""
    asked = finding.comparison
    if not isinstance(asked, Evidence):
        return []
    tests = [test for test in asked.all if test.value == path and test.all_of]
    tests = [test for test in tests if test.where is None] or tests
    return list(dict.fromkeys(word for test in tests for word in test.all_of or ()))


def missing_words(lacks: Iterable[str], finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """What the record does not hold, what belongs to one part of the record together."""
    said: dict[str, list[str]] = {}
    for path in dict.fromkeys(lacks):
        whole, part = name_of_entry(path, rulebook, lang)
        if whole:
            said.setdefault(whole, []).append(part)
        else:
            said.setdefault(part, []).extend(value_words(word, rulebook, lang) for word in _members(path, finding))
    parts = []
    for whole, inner in said.items():
        words = listed(dict.fromkeys(inner), lang)
        parts.append(whole if not inner else Label(zh=f"{whole}（{words}）", en=f"{whole} ({words})").words(lang))
    return listed(parts, lang)
