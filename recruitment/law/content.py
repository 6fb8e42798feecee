"""What follows from a rulebook is made once for each content, however often the rulebook is read or composed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from recruitment.law.rulebook import Rulebook

Ts = TypeVarTuple("Ts")
T = TypeVar("T")


def once_per_content(make: Callable[[Rulebook, *Ts], T]) -> Callable[[Rulebook, *Ts], T]:
    """The function with its results kept, by the hash of the rulebook with its words and by the other arguments.

    Two threads that ask at once may both make the result; both get the one that is kept.
    """
    kept: dict[object, T] = {}

    @wraps(make)
    def found(rulebook: Rulebook, /, *others: *Ts) -> T:
        key = (rulebook.wording_hash, *others) if others else rulebook.wording_hash
        result = kept.get(key)
        if result is None:
            result = kept.setdefault(key, make(rulebook, *others))
        return result

    return found
