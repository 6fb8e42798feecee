"""A comparison family is a slice: one module of one name in each package, joined by the value's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_cases import SHELF, asked

from recruitment.engine.evaluators.asking import compile_comparison
from recruitment.law.comparisons import KINDS
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.said import check_words
from recruitment.presentation.findings.sentences import sentence
from recruitment.rulebooks.checks.comparisons import comparison_faults, reads_of

PARTS = {
    "its evaluator": (compile_comparison, "recruitment.engine.evaluators"),
    "what it reads": (reads_of, "recruitment.rulebooks.checks"),
    "what is wrong in it": (comparison_faults, "recruitment.rulebooks.checks"),
    "the words of its rule": (comparison_words, "recruitment.presentation.findings"),
    "the words of its checks": (check_words, "recruitment.presentation.findings"),
}
SHARED = "recruitment.rulebooks.checks.comparisons"
"""Where the check is that finds nothing, for a kind without keys of its own."""


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("word", KINDS)
def test_a_kind_has_every_part_in_the_module_of_its_family(word: str, part: str) -> None:
    """Evaluator, checks and words are registered for the class, in the module that bears the name of its own."""
    registered, package = PARTS[part]
    kind: Any = KINDS[word]
    family = kind.__module__.rpartition(".")[2]
    found: Callable[..., Any] = registered.dispatch(kind)
    assert found is not registered.dispatch(object), f"{word} has not {part}"
    assert found.__module__ in (f"{package}.{family}", SHARED)


def test_two_thirds_are_those_of_whole_numbers() -> None:
    """Whatever the numbers, two thirds are reached where three times the part is at least twice the whole."""
    course, meeting = asked(SHELF["unit"]["case"][0])
    for whole in range(1, 25):
        for part in range(whole + 1):
            votes = {"should_attend": whole, "attended": whole, "for": part, "against": whole - part}
            ruling = course.ask({**meeting, "ballot": {**meeting["ballot"], **votes}})
            (found,) = [finding for finding in ruling.findings if finding.rule.code == "unit-two-thirds"]
            assert (found.value == "met") is (3 * part >= 2 * whole)
            assert 3 * found.check.limit >= 2 * whole > 3 * (found.check.limit - 1)


def test_two_thirds_in_words() -> None:
    """The rule and the finding, in both languages."""
    course, meeting = asked(SHELF["unit"]["case"][1])
    rulebook = course.editions.named("2014+unit-9")
    (found,) = [finding for finding in course.ask(meeting).findings if finding.rule.code == "unit-two-thirds"]
    (share,) = found.rule.compare
    assert comparison_words(share, rulebook, "zh").startswith("赞成占应到会有表决权的党员人数须达到三分之二；")
    assert "at least two thirds of" in comparison_words(share, rulebook, "en")
    assert sentence(found, rulebook, "zh").endswith("应到12人，赞成7人，三分之二须8人。")
    assert sentence(found, rulebook, "en").endswith("In favour: 7 of 12 (should attend); two thirds are at least 8.")
