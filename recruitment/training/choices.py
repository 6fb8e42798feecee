"""Choices that depend on a key alone: the same key gives the same choices on every Python and every machine."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A sequence of choices. Only `Random.random` is used: its sequence alone is promised to stay for a seed."""

    def __init__(self, *key: object) -> None:
        self._random = Random("/".join(str(part) for part in key))  # noqa: S311 - examples are drawn, no secrets

    def below(self, number: int) -> int:
        """A whole number from 0 to one less than `number`."""
        return int(self._random.random() * number)

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def once_in(self, number: int) -> bool:
        """True once in so many times."""
        return self.below(number) == 0

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, which must be in an order of their own."""
        return choices[self.below(len(choices))]
