"""A ledger in memory: for tests, and for asking what would be; it is gone with the process."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from attrs import define, evolve, field

from recruitment.base.errors import BadInput, Fault
from recruitment.ledger.faults import BUSY, CLOSED, UNWRITABLE
from recruitment.ledger.rows import LEDGER, PAGE, SETTINGS, ActRow, FileRow, Head, SettingsRow, file_scope
from recruitment.ledger.store import PATIENCE
from recruitment.ledger.stores.chained import ChainedStore, began


@define(kw_only=True)
class _Content:
    """All that is kept at one moment. A writer works on a copy, which takes its place once it is whole."""

    files: dict[str, FileRow] = field(factory=dict)
    acts: list[ActRow] = field(factory=list)
    settings: list[SettingsRow] = field(factory=list)
    heads: dict[str, Head] = field(factory=dict)

    def copy(self) -> _Content:
        return evolve(
            self,
            files=dict(self.files),
            acts=list(self.acts),
            settings=list(self.settings),
            heads=dict(self.heads),
        )


class MemoryLedger(ChainedStore):
    """A ledger in memory. It may be shared between threads, not between processes."""

    name = "memory"

    def __init__(self, *, patience: float = PATIENCE) -> None:
        super().__init__()
        self.patience = patience
        self._turn = threading.Lock()
        self._content = _Content()
        self._closed = False
        self.add_settings(began(), set_by=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is read or written any more."""
        self._closed = True

    # ------------------------------------------------------------------------------ transactions

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as error:
            raise BadInput(UNWRITABLE) from error

    def _begin(self) -> None:
        self._open()
        if not self._turn.acquire(timeout=self.patience):
            raise self.fault(BUSY)
        self._thread.drafts = [self._content.copy()]

    def _commit(self) -> None:
        self._content = self._thread.drafts[0]
        self._rollback()

    def _rollback(self) -> None:
        if getattr(self._thread, "drafts", None):
            self._thread.drafts = []
            self._turn.release()

    def _mark(self, depth: int) -> None:
        self._thread.drafts[depth:] = [self._thread.drafts[0].copy()]

    def _return(self, depth: int) -> None:
        self._thread.drafts[0] = self._thread.drafts.pop(depth)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What this thread reads within it is of one moment."""
        before = getattr(self._thread, "seen", None)
        self._thread.seen = self._open()
        try:
            yield
        finally:
            self._thread.seen = before

    def _open(self) -> _Content:
        """What this thread reads."""
        if self._closed:
            raise self.fault(CLOSED)
        drafts = getattr(self._thread, "drafts", None)
        return drafts[0] if drafts else getattr(self._thread, "seen", None) or self._content

    # ------------------------------------------------------------------------------ writing

    def _insert(self, files: Sequence[FileRow], rows: Sequence[ActRow]) -> None:
        content = self._open()
        for row in (*files, *rows):
            _storable(row)
        for file in files:
            content.files[file.id] = file
            content.heads[file_scope(file.id)] = Head(0, file.digest)
        for act in rows:
            content.acts.append(act)
            content.heads[LEDGER] = Head(act.seq, act.digest)
            content.heads[file_scope(act.file)] = Head(act.number + 1, act.digest)

    def _insert_settings(self, row: SettingsRow) -> None:
        content = self._open()
        _storable(row)
        content.settings.append(row)
        content.heads[SETTINGS] = Head(row.number + 1, row.digest)
        content.heads.setdefault(LEDGER, Head(0, ""))

    # ------------------------------------------------------------------------------ reading

    def head(self, scope: str) -> Head | None:
        """How far a chain has come, by its scope; None where it has not begun."""
        return self._open().heads.get(scope)

    def heads(self) -> Iterator[tuple[str, Head]]:
        """Every chain, by its scope."""
        yield from sorted(self._open().heads.items())

    def file(self, file: str) -> FileRow | None:
        """A file as it was opened, or None where there is no such file."""
        return self._open().files.get(file)

    def rows(self, file: str, since: int = 0) -> list[ActRow]:
        """The acts of a file in their order, from number `since` on."""
        return [row for row in self._open().acts if row.file == file and row.number >= since]

    def rows_since(self, seq: int) -> Iterator[ActRow]:
        """Every act of the ledger after `seq`, in the order in which they were recorded."""
        while page := self._open().acts[seq : seq + PAGE]:
            yield from page
            seq = page[-1].seq

    def files(self) -> Iterator[FileRow]:
        """Every file as it was opened, by its id."""
        files = self._open().files
        yield from (files[file] for file in sorted(files))

    def settings(self) -> list[SettingsRow]:
        """Every entry about the ledger itself, in its order."""
        return list(self._open().settings)

    def ids(self) -> Iterator[str]:
        """Every file's id, sorted by its code points."""
        yield from sorted(self._open().files)

    def ids_near(self, file: str) -> list[str]:
        """The ids that sort next to one that is not there."""
        ids = sorted(self._open().files)
        place = bisect_left(ids, file)
        return [*reversed(ids[max(place - PAGE, 0) : place]), *ids[place : place + PAGE]]

    def flaws(self) -> list[Fault]:
        """Nothing can be wrong with memory that the chain does not show."""
        return []


def _storable(row: tuple[object, ...]) -> None:
    """See that a file could hold the texts: what memory takes, every store takes."""
    for value in row:
        if isinstance(value, str):
            value.encode()
