"""What a test asks of the record and what it wants there, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from recruitment.base.label import Label, Lang, listed
from recruitment.base.plain import flat
from recruitment.engine.evaluators.asking import expected_answer
from recruitment.law.comparisons.value_tests import Test
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import called, value_words
from recruitment.presentation.findings.words import ROLES

NEEDED: Final = {
    "one_of": Label(zh="须为其中之一：{}", en="must be one of: {}"),
    "one_of_alone": Label(zh="须为{}", en="must be: {}"),
    "none_of": Label(zh="不得为：{}", en="must not be: {}"),
    "all_of": Label(zh="须全部具备：{}", en="must include: {}"),
    "any_of": Label(zh="至少须有其中一项：{}", en="must include one of: {}"),
    "any_of_alone": Label(zh="须有{}", en="must include: {}"),
    "at_least": Label(zh="须为{}以上", en="at least {}"),
    "at_most": Label(zh="须为{}以下", en="at most {}"),
    "none_more": Label(zh="须为{}", en="at most {}"),
    "is_": Label(zh="须为{}", en="must be {}"),
    "given": Label(zh="须写明", en="must be given"),
    "not_given": Label(zh="须为无", en="must be none"),
    "stated": Label(zh="须写明", en="must be stated"),
    "not_stated": Label(zh="不得写明", en="must not be stated"),
}
"""What a test of a value asks for; `{}` is the value that it wants."""


def answer_key(test: Test) -> str:
    """The key under which a test says what it wants."""
    return next(key for key in Test.ANSWERS if getattr(test, key) is not None)


def words_for(test: Test, value: Any, rulebook: Rulebook, lang: Lang) -> str:
    """A value of the key that a test asks for, in words."""
    if test.value == "role" and isinstance(value, list):
        return listed((words_for(test, entry, rulebook, lang) for entry in value), lang)
    if test.value == "role" and value in ROLES:
        return ROLES[value].words(lang)
    return value_words(value, rulebook, lang)


def needed(test: Test, rulebook: Rulebook, lang: Lang) -> str:
    """What a test wants, in words: 须为正式党员, must be: full member."""
    key, wanted = answer_key(test), flat(expected_answer(test))
    if key == "at_most" and wanted == 0:
        key = "none_more"
    elif key in ("one_of", "any_of") and len(wanted) == 1:
        key = f"{key}_alone"
    elif key in ("given", "stated") and not wanted:
        key = f"not_{key}"
    return NEEDED[key].words(lang).format(words_for(test, wanted, rulebook, lang))


def test_words(test: Test, rulebook: Rulebook, lang: Lang) -> str:
    """One test of a value: what it looks at, what it wants, and when it is put at all."""
    text = f"{called(test.value, rulebook, lang)}{Label(zh='：', en=': ').words(lang)}{needed(test, rulebook, lang)}"
    if test.where is None:
        return text
    where = test_words(test.where, rulebook, lang)
    return Label(zh=f"{text}（限于：{where}）", en=f"{text} (only where {where})").words(lang)


def conditions_words(tests: Iterable[Test], rulebook: Rulebook, lang: Lang) -> str:
    """The conditions under which a rule speaks; all must hold."""
    return Label(zh="；", en="; ").words(lang).join(test_words(test, rulebook, lang) for test in tests)
