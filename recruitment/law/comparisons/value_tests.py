"""One question to one value of the record, which several kinds of comparison put."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen


@frozen(kw_only=True)
class Test:
    """One question to one value of the record, answered yes, no or unknown. Exactly one answer key is given.

    `given` asks whether the record holds something there (a key that is left out is unknown); `stated` asks the same
    and takes a key that is left out for no. With `where`, the question is only put where that other test holds.
    """

    value: str
    is_: bool | None = None
    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    any_of: tuple[str, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None
    given: bool | None = None
    stated: bool | None = None
    where: Test | None = None

    ANSWERS: ClassVar[tuple[str, ...]] = (
        "is_",
        "one_of",
        "none_of",
        "all_of",
        "any_of",
        "at_least",
        "at_most",
        "given",
        "stated",
    )
