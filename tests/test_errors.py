"""What is raised tells a program what it is, and comes through a process pool as it was."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import get_args

import pytest
from raising import ERRORS, raised

from recruitment.base.errors import Kind, RecruitmentError

KINDS = ["input", "input", "rulebook", "busy", "unknown-file", "moved"]


def same(one: BaseException, other: RecruitmentError) -> None:
    """Hold one error against another: class, sentence, kind, values and faults."""
    assert type(one) is type(other)
    assert isinstance(one, RecruitmentError)
    assert (str(one), one.en, one.zh, one.kind, one.values) == (
        str(other),
        other.en,
        other.zh,
        other.kind,
        other.values,
    )
    assert getattr(one, "faults", None) == getattr(other, "faults", None)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_copied_and_pickled_as_it_is(error: RecruitmentError) -> None:
    """Nothing of it is lost, whatever the protocol."""
    for again in (copy.copy(error), copy.deepcopy(error)):
        same(again, error)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        same(pickle.loads(pickle.dumps(error, protocol)), error)


def test_an_error_comes_out_of_a_pool_of_processes() -> None:
    """The worker lives on, and the caller has the error with its way out."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for number, error in enumerate(ERRORS):
            found = pool.submit(raised, number).exception(timeout=60)
            assert found is not None
            same(found, error)


def test_each_error_has_a_kind_of_the_closed_set() -> None:
    """A program asks for the kind and not for the words."""
    assert [error.kind for error in ERRORS] == KINDS
    assert set(KINDS) <= set(get_args(Kind))
