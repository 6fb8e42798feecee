"""Copies of a SQLite ledger, and the way back to one; each is checked before it counts.

A copy is the whole ledger of one moment in one file. Its chain is looked at as `verify` does; nothing is replayed, so
that it needs no local edition. A ledger on a server is copied by the server's own tools (pg_dump, pg_restore).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

from recruitment.base.errors import BadInput, LedgerError
from recruitment.base.label import Label
from recruitment.ledger.faults import NOT_MADE, Trouble
from recruitment.ledger.stores.copying import BESIDE, free_name, give_name, hidden_draft, is_taken
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.verification import Verified, verify_chain

_TAKEN: Final = Label(
    zh="已有这个文件或其附属文件（-wal、-shm、-journal），未作改动，请另取名",
    en="there is such a file, or one of its own (-wal, -shm, -journal), and it was not changed; choose another name",
)
_NO_COPY: Final = Label(zh="没有这个文件，请写明备份文件", en="there is no such file; name the copy")
_ITSELF: Final = Label(zh="这就是台账本身，请写明备份文件", en="this is the ledger itself; name a copy of it")


@frozen(kw_only=True)
class LedgerCopy:
    """A ledger that was copied: where it is, what is in it, and the line by which it can be checked later.

    `aside` is where the ledger is now that was there before, when a copy was put in its place.
    """

    path: Path
    files: int
    acts: int
    anchor: str
    aside: Path | None = None


def backup_name(ledger: Path, day: date) -> Path:
    """The name of a copy for which none was chosen: next to the ledger, with the day."""
    return free_name(ledger, day.isoformat())


def back_up(ledger: Ledger, path: Path) -> LedgerCopy:
    """Copy a ledger, while others go on writing, to a new file that only its owner can read.

    Raises:
        BadInput: there is a file of that name.
        LedgerError: the copy cannot be made, or it is not what was recorded; there is none then.
    """
    if is_taken(path):
        raise BadInput.of(str(path), _TAKEN)
    with _possible(path), hidden_draft(path) as draft:
        ledger.copy_to(draft)
        found = _sound(ledger, draft, _NOT_COPIED)
        try:
            give_name(draft, path)
        except FileExistsError:
            raise BadInput.of(str(path), _TAKEN) from None
    return LedgerCopy(path=path, files=found.files, acts=found.acts, anchor=found.anchor)


def require_copy(copy: Path, path: Path) -> None:
    """See that there is a copy to restore, and that it is not the ledger at `path` itself.

    Raises:
        BadInput: there is none, or it is.
    """
    if not copy.is_file():
        raise BadInput.of(str(copy), _NO_COPY)
    if path.exists() and copy.samefile(path):
        raise BadInput.of(str(copy), _ITSELF)


def restore(copy: Path, path: Path, *, today: date) -> LedgerCopy:
    """Put a copy in the place of a ledger; what is there is put aside with all that belongs to it, and never deleted.

    A copy of an earlier form is brought to the present one; the copy itself stays as it is.

    Raises:
        BadInput: there is no such copy, or it is the ledger itself.
        LedgerError: the copy is no ledger, or is not what was recorded, or the ledger is busy; nothing was changed.
    """
    path = Path(os.path.realpath(path))
    require_copy(copy, path)
    source, older = _opened(copy)
    with _possible(path), source:
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        with hidden_draft(path) as draft:
            source.copy_to(draft)
            if older:
                _brought_up(draft)
            found = _sound(source, draft, _NOT_RESTORED)
            _brought_up(draft)
            aside = _put_in_place(draft, path, today)
    return LedgerCopy(path=path, files=found.files, acts=found.acts, anchor=found.anchor, aside=aside)


def _put_in_place(draft: Path, path: Path, today: date) -> Path | None:
    """Put a ledger where another is or was; where that one is now."""
    with _undisturbed(path):
        moved = _put_aside(path, today)
        try:
            give_name(draft, path)
        except OSError:
            if not is_taken(path):
                for before, now in reversed(moved):
                    now.rename(before)
            raise
    return moved[0][1] if moved else None


def _opened(copy: Path) -> tuple[Ledger, bool]:
    """The ledger in a copy, and whether it is of an earlier form, which has no chain.

    Without a -wal nobody has it open, and it is read without leaving one.
    """
    alone = not Path(f"{copy}-wal").exists()
    try:
        return Ledger.open(copy, read_only=True, immutable=alone), False
    except LedgerError as error:
        if error.kind != "older":
            raise
    return Ledger(copy, read_only=True, immutable=alone), True


def _brought_up(draft: Path) -> None:
    """Bring a ledger that nobody else has to the present form, readers and a writer sharing it."""
    with Ledger.open(draft) as ledger:
        if ledger.kept is not None:  # what it was copied from is the copy of before
            ledger.kept.unlink()
        ledger.database.execute("PRAGMA journal_mode = WAL")


def _sound(named: Ledger, draft: Path, sentence: Label) -> Verified:
    """What is in a copy, which is what was recorded.

    Raises:
        LedgerError: it is not; the first place is named.
    """
    with Ledger(draft, immutable=True) as ledger:
        found = verify_chain(ledger)
    if found.faults:
        place = found.first_fault
        label = Label(zh=sentence.zh.format(place=place.zh), en=sentence.en.format(place=place.en))
        raise named.fault(Trouble("altered", label))
    return found


_NOT_COPIED: Final = Label(
    zh="台账与登记时不同（{place}），未作备份，请运行 recruitment 核对",
    en="the ledger is not what was recorded in it ({place}), so no copy was made; see recruitment verify",
)
_NOT_RESTORED: Final = Label(
    zh="备份与登记时不同（{place}），未作恢复，台账未动，请另选备份",
    en="the copy is not what was recorded in it ({place}), so nothing was restored or changed; choose another copy",
)


@contextmanager
def _possible(path: Path) -> Iterator[None]:
    """Within it, what the system or SQLite says of files becomes an error of ours."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise Ledger(path).fault(NOT_MADE) from error


@contextmanager
def _undisturbed(path: Path) -> Iterator[None]:
    """Within it nobody writes to the ledger at `path`, as far as there is one that can be opened.

    Whoever has it open finds out with his next act that it was replaced.
    """
    if not path.exists():
        yield
        return
    with Ledger(path) as ledger, ExitStack() as until:
        # With an empty -wal no act would be missing if the machine stopped between two renamings.
        with suppress(LedgerError, sqlite3.Error):
            ledger.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            until.enter_context(ledger.held())
        except LedgerError as error:
            if error.kind == "busy":
                raise  # to one that is damaged nobody can write anyway
        yield


def _put_aside(path: Path, day: date) -> list[tuple[Path, Path]]:
    """Rename a ledger and what belongs to it, the ledger first: without its -wal it would lack the newest acts."""
    aside = free_name(path, day.isoformat(), "replaced")
    moved = []
    for ending in ("", *BESIDE):
        before, now = Path(f"{path}{ending}"), Path(f"{aside}{ending}")
        if os.path.lexists(before):
            before.rename(now)
            moved.append((before, now))
    return moved
