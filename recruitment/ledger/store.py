"""What keeps a ledger: an interface, of which SQLite is the first implementation, memory and PostgreSQL the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol, runtime_checkable

from recruitment.base.errors import Fault, LedgerError
from recruitment.ledger.admission import Admission
from recruitment.ledger.faults import Trouble
from recruitment.ledger.rows import ActRow, FileRow, Head, SettingsRow
from recruitment.ledger.verified_acts import VerifiedActs

PATIENCE: Final = 60.0
"""Seconds that a writer waits for its turn before it gives up, where the caller gives no other number."""


@runtime_checkable
class Store(Protocol):
    """Files and acts as text, to which things are only ever added. What the text means is the office's business.

    What every store guarantees:

    * **One writer at a time.** From the beginning of `writing` to its end nobody else writes, in whatever thread,
      process or machine; who comes later waits, up to the store's patience. Readers never wait for a writer.
    * **`seq` in the order of commit.** Acts are numbered from 1 without a gap; whoever has read up to `seq` n has
      missed nothing before it, and an act that appears later has a greater one.
    * **Append only.** Rows of files, acts and settings are never changed or taken away, neither through this interface
      nor by a plain connection to the database, which refuses it.
    * **A transaction is kept whole or not at all**, and when `writing` has ended it is on disk. What is read within it
      does not change until it ends. It may be nested: an inner one that fails takes back its own part only.
    * **A chain.** Each row carries the digest of those before it (`recruitment.ledger.rows`); count and last digest of
      each file and of the whole are kept in the same transaction.

    A store may be shared between threads, and opened by any number of processes. It takes acts only as `Admission`,
    which only a ruling of the machine makes, and as `VerifiedActs`, which another ledger holds and was verified for.
    `recruitment.ledger.stores.chained.ChainedStore` has all of this except the reading and writing of rows: a store of
    one's own is best made from it, and tested by tests/test_stores.py.
    """

    # ------------------------------------------------------------------------------ writing

    def writing(self) -> AbstractContextManager[None]:
        """One transaction of this thread, or a part of the one that is open.

        What a host writes in it to the same database, by the store's `connection`, is kept with the acts or not at all.

        Raises:
            LedgerError: it cannot be written; nothing was. A database error of the host's own is its cause.
            BadInput: a text cannot be stored; nothing was.
            ExceptionGroup: it is written, and calls that waited for the commit have failed (`after_commit`).
        """

    def add(self, admissions: Sequence[Admission]) -> tuple[ActRow, ...]:
        """Record admitted acts, in a transaction of their own or in the one that is open; their rows.

        Raises:
            Conflict: a file is no longer what the act was ruled on (`moved`), or is there already (`exists`); or the
                settings by which it was ruled hold no more (`settings`).
            LedgerError: it cannot be written; nothing was.
        """

    def take_in(self, found: VerifiedActs, *, set_by: str | None) -> int:
        """Append files and acts of another ledger as they were recorded there, and say where they come from.

        Returns how many acts there were.

        Raises:
            Conflict: a file holds another number of acts than those before the first that is new (`moved`).
            LedgerError: it cannot be written; nothing was.
        """

    def add_settings(self, content: str, *, set_by: str | None) -> SettingsRow:
        """Record an entry about the ledger itself, in canonical JSON."""

    def after_commit(self, call: Callable[[], object]) -> None:
        """Call something once the transaction that is open is on disk; at once where none is. Not if it fails.

        All calls are made, whichever fails; then those errors are raised together where `writing` ends.
        """

    # ------------------------------------------------------------------------------ reading

    def snapshot(self) -> AbstractContextManager[None]:
        """What this thread reads within it is of one moment."""

    def file(self, file: str) -> FileRow | None:
        """A file as it was opened, or None where there is no such file."""

    def rows(self, file: str, since: int = 0) -> list[ActRow]:
        """The acts of a file in their order, from number `since` on."""

    def rows_since(self, seq: int) -> Iterator[ActRow]:
        """Every act of the ledger after `seq`, in the order in which they were recorded."""

    def files(self) -> Iterator[FileRow]:
        """Every file as it was opened, by its id."""

    def settings(self) -> list[SettingsRow]:
        """Every entry about the ledger itself, in its order."""

    def head(self, scope: str) -> Head | None:
        """How far a chain has come, by its scope; None where it has not begun."""

    def heads(self) -> Iterator[tuple[str, Head]]:
        """Every chain, by its scope."""

    def ids(self) -> Iterator[str]:
        """Every file's id, sorted by its code points."""

    def ids_near(self, file: str) -> list[str]:
        """The ids that sort next to one that is not there."""

    def flaws(self) -> list[Fault]:
        """What is not as this store was made: triggers that are missing or foreign, pages that are damaged."""

    # ------------------------------------------------------------------------------ the rest

    def fault(self, trouble: Trouble) -> LedgerError:
        """The error for what is the matter with this store, its name said first."""

    def close(self) -> None:
        """Close it in all threads. No thread may be at work on it."""
