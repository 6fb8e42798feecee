"""What was asked of the record and what stands there, in Chinese and in English: tests, shares, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from recruitment.base.label import Lang, listed
from recruitment.base.plain import flat
from recruitment.engine.evaluators.asking import compile_answer, expected_answer
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Each, Evidence, Share, Test
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import name, name_of_entry, value_words
from recruitment.presentation.findings.words import COUNTS, NEEDED, ROLES, UNNAMED_COUNTS


def _kind(test: Test) -> str:
    """The key under which a test says what it wants."""
    return next(key for key in Test.ANSWERS if getattr(test, key) is not None)


def _words(test: Test, value: Any, rulebook: Rulebook, lang: Lang) -> str:
    """A value of the key that a test asks for, in words."""
    if test.value == "role" and isinstance(value, list):
        return listed((_words(test, entry, rulebook, lang) for entry in value), lang)
    if test.value == "role" and value in ROLES:
        return ROLES[value].words(lang)
    return value_words(value, rulebook, lang)


def needed(test: Test, rulebook: Rulebook, lang: Lang) -> str:
    """What a test wants, in words: 须为正式党员, must be: full member."""
    key, wanted = _kind(test), flat(expected_answer(test))
    if key == "at_most" and wanted == 0:
        key = "none_more"
    elif key in ("one_of", "any_of") and len(wanted) == 1:
        key = f"{key}_alone"
    elif key in ("given", "stated") and not wanted:
        key = f"not_{key}"
    return NEEDED[key].words(lang).format(_words(test, wanted, rulebook, lang))


def answered(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """What the record holds where a test asked, and what it must hold where that differs or is a number."""
    check = finding.check
    zh = lang == "zh"
    tests = [
        test
        for comparison in finding.rule.compare
        if isinstance(comparison, Evidence)
        for test in (*comparison.all, *comparison.any)
        if test.value == check.about and flat(expected_answer(test)) == flat(check.limit)
    ]
    actual = flat(check.actual)
    called, value = name(check.about or "", rulebook, lang), value_words(actual, rulebook, lang)
    if not tests:  # the rulebook has changed since: what was found is shown
        return f"{called}：{value}" if zh else f"{called}: {value}"
    key = _kind(tests[0])
    number = key in ("at_least", "at_most") and actual is not None
    said = f"{called}为{value}" if zh and number else f"{called}：{value}" if zh else f"{called}: {value}"
    if finding.value == "met" and not compile_answer(tests[0])(actual):
        return ""  # one of several was enough, and it was another
    if finding.value == "met" and not number:
        return said
    if key == "all_of" and isinstance(actual, list):
        lacking = [word for word in expected_answer(tests[0]) if word not in actual]
        if lacking:
            words = value_words(lacking, rulebook, lang)
            return f"{said}，缺少{words}" if zh else f"{said}; lacking: {words}"
    return f"{said}{'，' if zh else '; '}{needed(tests[0], rulebook, lang)}"


def each_answered(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """Which entries of a list did not pass, by their place and not by their name; all of them where none failed."""
    check = finding.check
    zh = lang == "zh"
    actual = flat(check.actual)
    tests = [c.test for c in finding.rule.compare if isinstance(c, Each) and f"{c.of}.{c.test.value}" == check.about]
    wanted = [test for test in tests if flat(expected_answer(test)) == flat(check.limit)]
    test = next(iter(wanted or tests), None)
    if test is None or not isinstance(actual, list):
        return (
            f"记录为{value_words(actual, rulebook, lang)}" if zh else f"recorded: {value_words(actual, rulebook, lang)}"
        )
    if not actual or finding.value == "unknown":
        return ""  # said where the list is named, and where it is said what is missing
    passes = compile_answer(test)
    met = finding.value == "met"
    places = [place for place, value in enumerate(actual, 1) if met or not passes(value)]
    field = name(test.value, rulebook, lang)
    plain = _kind(test) == "one_of"
    said = []
    for place in places:
        value = actual[place - 1]
        if value is None and not met:
            said.append(f"第{place}人{field}未写明" if zh else f"person {place}: {field} not stated")
            continue
        words = _words(test, value, rulebook, lang)
        if plain and value is not None:
            said.append(f"第{place}人为{words}" if zh else f"person {place}: {words}")
        else:
            said.append(f"第{place}人{field}：{words}" if zh else f"person {place}: {field}: {words}")
    text = ("，" if zh else ", ").join(said)
    if met or _kind(test) in ("given", "stated"):
        return text
    return f"{text}{'，' if zh else '; '}{needed(test, rulebook, lang)}"


def count_names(finding: Finding, rulebook: Rulebook, lang: Lang) -> dict[str, str]:
    """What the part and the whole of a share are called."""
    share = next((c for c in finding.rule.compare if isinstance(c, Share)), None)
    if share is None:  # the rulebook has changed since
        return {key: label.words(lang) for key, label in UNNAMED_COUNTS.items()}
    return {
        key: COUNTS[path].words(lang) if path in COUNTS else name(path, rulebook, lang)
        for key, path in (("part", share.part), ("whole", share.whole))
    }


def _members(path: str, finding: Finding) -> list[str]:
    """Of a list that is missing, the members that the rule asks for."""
    tests = [
        test
        for comparison in finding.rule.compare
        if isinstance(comparison, Evidence)
        for test in comparison.all
        if test.value == path and test.all_of
    ]
    tests = [test for test in tests if test.where is None] or tests
    return list(dict.fromkeys(word for test in tests for word in test.all_of or ()))


def _conditions(path: str, finding: Finding) -> list[str]:
    """What is missing where the value itself is there: whether the rule asks for it at all."""
    if path != finding.check.about or finding.check.actual is None:
        return [path]
    conditions = [
        test.where.value
        for comparison in finding.rule.compare
        if isinstance(comparison, Evidence)
        for test in (*comparison.all, *comparison.any)
        if test.value == path and test.where is not None
    ]
    return conditions or [path]


def missing_words(lacks: Iterable[str], finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """What the record does not hold, what belongs to one part of the record together."""
    zh = lang == "zh"
    said: dict[str, list[str]] = {}
    for path in dict.fromkeys(asked for lack in lacks for asked in _conditions(lack, finding)):
        whole, part = name_of_entry(path, rulebook, lang)
        if whole:
            said.setdefault(whole, []).append(part)
        else:
            said.setdefault(part, []).extend(value_words(word, rulebook, lang) for word in _members(path, finding))
    parts = []
    for whole, inner in said.items():
        words = listed(dict.fromkeys(inner), lang)
        parts.append(whole if not inner else f"{whole}（{words}）" if zh else f"{whole} ({words})")
    return listed(parts, lang)
