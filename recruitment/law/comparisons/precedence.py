"""Comparisons of order: what an act comes after, and whether it may come again."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from recruitment.law.comparisons.kind import ComparisonKind

OrderNote = Literal[
    "order",
    "order-reply",
    "entered-later",
    "not-done",
    "reopened",
    "not-made-good",
    "ended",
    "standing",
    "not-now",
    "no-place",
    "away",
    "first-time",
    "repeats",
    "renews",
    "no-more",
    "twice",
    "same-move",
    "lapsed",
    "not-lapsed",
]
"""What a check of the order can say."""


@frozen(kw_only=True)
class After(ComparisonKind):
    """Those acts are done, with success, and not dated later: an order in addition to that of the procedures."""

    kind: ClassVar[str] = "after"
    notes: ClassVar[frozenset[OrderNote]] = frozenset(
        ("order", "order-reply", "entered-later", "not-done", "not-made-good")
    )
    timely: ClassVar[bool] = True
    acts: tuple[str, ...]


@frozen(kw_only=True)
class Order(ComparisonKind):
    """What the act comes after is done, with success, and not dated later: the edges of the procedures."""

    kind: ClassVar[str] = "order"
    notes: ClassVar[frozenset[OrderNote]] = frozenset(
        (
            "order",
            "order-reply",
            "entered-later",
            "not-done",
            "reopened",
            "not-made-good",
            "ended",
            "standing",
            "not-now",
            "no-place",
            "away",
        )
    )
    timely: ClassVar[bool] = True
    structural: ClassVar[bool] = True


@frozen(kw_only=True)
class Once(ComparisonKind):
    """The act is not yet done in its round, or may be done again."""

    kind: ClassVar[str] = "once"
    notes: ClassVar[frozenset[OrderNote]] = frozenset(
        ("first-time", "repeats", "renews", "no-more", "twice", "same-move", "lapsed", "not-lapsed")
    )
    timely: ClassVar[bool] = True
    structural: ClassVar[bool] = True
