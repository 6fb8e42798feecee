"""Files and acts of another ledger, ready to be taken in: what a store takes besides the machine's own admissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, Self, TypeVar, final

from recruitment.ledger.rows import PAGE, ActRow, FileRow

T = TypeVar("T")
_VERIFIED: Final = object()


@final
class VerifiedActs:
    """What is new in another ledger, which was verified: only `merge` makes it, and a store takes it in once.

    `content` is the entry that says where the rows come from.
    """

    __slots__ = ("_acts", "_files", "content")

    def __init__(self, by: object, files: Iterator[FileRow], acts: Iterator[ActRow], content: str) -> None:
        if by is not _VERIFIED:
            raise TypeError("VerifiedActs are made by merge, which verifies the ledger that they come from")
        self._files, self._acts, self.content = files, acts, content

    @classmethod
    def of_verified(cls, *, files: Iterator[FileRow], acts: Iterator[ActRow], content: str) -> Self:
        """The rows of a ledger that the caller has verified."""
        return cls(_VERIFIED, files, acts, content)

    def pages(self) -> Iterator[tuple[Sequence[FileRow], Sequence[ActRow]]]:
        """The files that are new, then the acts that are new in the order of the other ledger; so many at once."""
        for files in _paged(self._files):
            yield files, ()
        for rows in _paged(self._acts):
            yield (), rows


def _paged(rows: Iterator[T]) -> Iterator[list[T]]:
    while page := list(islice(rows, PAGE)):
        yield page
