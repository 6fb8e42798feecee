"""A comparison family is a slice: one module of one name in each package, joined by the value's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recruitment.engine.evaluators.asking import compile_comparison
from recruitment.law.comparisons import KINDS
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.said import check_words
from recruitment.rulebooks.checks.comparisons import comparison_faults, reads_of

PARTS: dict[str, tuple[Any, str]] = {
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
