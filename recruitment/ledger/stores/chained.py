"""What all stores have in common: transactions that nest, and the chain that every row is put into."""

from __future__ import annotations

import os
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache

from recruitment.base.errors import Conflict, LedgerError
from recruitment.base.label import Label
from recruitment.ledger.admission import Admission
from recruitment.ledger.faults import Trouble
from recruitment.ledger.rows import (
    ANY_SETTINGS,
    FORM,
    LEDGER,
    NOTHING,
    SETTINGS,
    ActRow,
    FileRow,
    Head,
    SettingsRow,
    canonical,
    file_scope,
    sealed,
)
from recruitment.ledger.verified_acts import VerifiedActs


@cache
def system_user() -> str | None:
    """The account that this program runs under, as the system knows it and not as a variable says."""
    try:
        import pwd  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return os.environ.get("USERNAME")
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def now() -> str:
    """The machine's moment, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class ChainedStore(ABC):
    """A store but for the reading and writing of its rows."""

    name: str
    """The name of the store in an error."""

    def __init__(self) -> None:
        self._thread = threading.local()

    # ------------------------------------------------------------------------------ what a store supplies

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _rollback(self) -> None:
        """Take back the transaction, as far as there is one."""

    @abstractmethod
    def _mark(self, depth: int) -> None:
        """Remember the state of the transaction, to return to it by `_return`."""

    @abstractmethod
    def _return(self, depth: int) -> None: ...

    @abstractmethod
    def _insert(self, files: Sequence[FileRow], rows: Sequence[ActRow]) -> None:
        """Write the rows, and move the heads of their chains on."""

    @abstractmethod
    def _insert_settings(self, row: SettingsRow) -> None: ...

    @abstractmethod
    def head(self, scope: str) -> Head | None:
        """How far a chain has come, by its scope; None where it has not begun."""

    @abstractmethod
    def _translated(self) -> AbstractContextManager[None]:
        """Within it, an error of the database becomes one of ours."""

    # ------------------------------------------------------------------------------ transactions

    def fault(self, trouble: Trouble) -> LedgerError:
        """The error for what is the matter with this store, its name said first."""
        return LedgerError(
            Label(zh=f"{self.name}：{trouble.label.zh}", en=f"{self.name}: {trouble.label.en}"), trouble.kind
        )

    @property
    def depth(self) -> int:
        """How many transactions of this thread are open, one within the other."""
        # A forked child inherits the count, and not the transaction.
        return getattr(self._thread, "depth", 0) if getattr(self._thread, "pid", None) == os.getpid() else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of this thread, or a part of the one that is open.

        Raises:
            LedgerError: it cannot be written; nothing was.
            BadInput: a text cannot be stored; nothing was.
            ExceptionGroup: it is written, and calls that waited for the commit have failed.
        """
        depth = self.depth
        own = self._thread
        if not depth:
            own.pid, own.calls = os.getpid(), []
        calls = len(own.calls)
        with self._translated():
            try:
                self._mark(depth) if depth else self._begin()
                own.depth = depth + 1
                yield
                if not depth:
                    self._commit()
            except BaseException:
                del own.calls[calls:]
                with suppress(Exception):
                    self._return(depth) if depth else self._rollback()
                raise
            finally:
                own.depth = depth
        if not depth:
            own.calls, after = [], own.calls
            _call_all(after)

    def after_commit(self, call: Callable[[], object]) -> None:
        """Call something once the transaction that is open is on disk; at once where none is. Not if it fails."""
        if self.depth:
            self._thread.calls.append(call)
        else:
            call()

    # ------------------------------------------------------------------------------ adding

    def add(self, admissions: Sequence[Admission]) -> tuple[ActRow, ...]:
        """Record admitted acts, in a transaction of their own or in the one that is open; their rows.

        Raises:
            Conflict: a file is no longer what the act was ruled on (`moved`), or is there already (`exists`); or the
                settings by which it was ruled hold no more (`settings`).
            LedgerError: it cannot be written; nothing was.
        """
        with self.writing():
            whole, settings = self.head(LEDGER) or NOTHING, self.head(SETTINGS) or NOTHING
            moment, user, in_force = now(), system_user(), settings.size - 1
            files: list[FileRow] = []
            rows: list[ActRow] = []
            for admission in admissions:
                if type(admission) is not Admission:
                    raise TypeError("a store takes an Admission only; ask an Office to record the act")
                head = self._stands(admission)
                if admission.opens is not None:
                    opened = sealed(admission.opens)
                    files.append(opened)
                    head = Head(0, opened.digest)
                for row in admission.ruled_again():
                    if row.settings not in (ANY_SETTINGS, in_force):
                        raise set_otherwise(row.file)
                    entered = sealed(
                        row._replace(
                            seq=whole.size + 1,
                            moment=moment,
                            system_user=user,
                            settings=in_force,
                            file_previous=head.digest,
                            previous=whole.digest,
                        )
                    )
                    rows.append(entered)
                    head, whole = Head(head.size + 1, entered.digest), Head(whole.size + 1, entered.digest)
            self._insert(files, rows)
        return tuple(rows)

    def _stands(self, admission: Admission) -> Head:
        """The file's current head, which must be the one on which the act was judged."""
        head = self.head(file_scope(admission.file))
        if head == admission.head and (head is None) == (admission.opens is not None):
            return head or NOTHING
        if admission.head is None:
            raise exists(admission.file)
        held = head.size if head else 0
        raise moved(admission.file, held, admission.head.size)

    def take_in(self, found: VerifiedActs, *, set_by: str | None) -> int:
        """Append files and acts of another ledger as they were recorded there, and say where they come from.

        Only the places in the chain are new: `seq`, the digests, and `settings`, which names the entry of the merger.
        Returns how many acts there were.

        Raises:
            Conflict: a file holds another number of acts than those before the first that is new (`moved`).
            LedgerError: it cannot be written; nothing was.
        """
        if type(found) is not VerifiedActs:
            raise TypeError("a store takes in VerifiedActs only; merge a ledger by recruitment.ledger.merging")
        with self.writing():
            number = self.add_settings(found.content, set_by=set_by).number
            whole = self.head(LEDGER) or NOTHING
            first = whole.size
            heads: dict[str, Head] = {}
            for files, rows in found.pages():
                heads.update((file.id, Head(0, file.digest)) for file in files)
                entered = []
                for row in rows:
                    head = heads.get(row.file) or self.head(file_scope(row.file)) or NOTHING
                    if head.size != row.number:
                        raise moved(row.file, head.size, row.number)
                    placed = sealed(
                        row._replace(
                            seq=whole.size + 1, settings=number, file_previous=head.digest, previous=whole.digest
                        )
                    )
                    entered.append(placed)
                    heads[row.file] = Head(head.size + 1, placed.digest)
                    whole = Head(whole.size + 1, placed.digest)
                self._insert(files, entered)
        return whole.size - first

    def add_settings(self, content: str, *, set_by: str | None) -> SettingsRow:
        """Record an entry about the ledger itself, in canonical JSON."""
        with self.writing():
            last, acts = self.head(SETTINGS) or NOTHING, self.head(LEDGER) or NOTHING
            row = sealed(
                SettingsRow(
                    number=last.size,
                    content=content,
                    acts=acts.size,
                    after=acts.digest,
                    moment=now(),
                    set_by=set_by,
                    system_user=system_user(),
                    previous=last.digest,
                )
            )
            self._insert_settings(row)
        return row


def _call_all(calls: Sequence[Callable[[], object]]) -> None:
    """Make every call, whichever fails.

    Raises:
        ExceptionGroup: those that failed. What was recorded before them is on disk.
    """
    failed: list[Exception] = []
    for call in calls:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - one call must not keep the others from being made
            failed.append(error)
    if failed:
        raise ExceptionGroup("it is recorded; what was to be done after that has failed", failed)


def began(**more: object) -> str:
    """The first entry of a ledger: the form of its rows, an id of its own, and what was sealed when it began."""
    return canonical({"form": FORM, "ledger": secrets.token_hex(16), **more})


def exists(file: str) -> Conflict:
    """The error where a file is opened that is there already."""
    return Conflict(
        Label(
            zh=f"{file}：台账中已有此编号的档案，请直接登记程序，或另用编号",
            en=f"{file}: the ledger has a file of this id already; advance it, or choose another id",
        ),
        "exists",
        file=file,
    )


def set_otherwise(file: str) -> Conflict:
    """The error where the ledger's settings have changed since it was opened."""
    return Conflict(
        Label(
            zh=f"{file}：台账的设置已更改，未写入任何内容，请重新打开台账后再登记",
            en=f"{file}: the ledger's settings have changed; nothing was written, open the ledger again",
        ),
        "settings",
        file=file,
    )


def moved(file: str, held: int, expected: int) -> Conflict:
    """The error where a file has another number of acts than the caller assumed."""
    return Conflict(
        Label(
            zh=f"{file}：档案现有 {held} 项，预期为 {expected} 项；未写入任何内容，请重新查看后再试",
            en=f"{file}: the file holds {held} acts and {expected} were expected; "
            "nothing was written, look at it again and try again",
        ),
        "moved",
        file=file,
        held=held,
        expected=expected,
    )
