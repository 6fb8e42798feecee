"""Whether a ledger is what was recorded in it: its chain, heads and guards, the states and rulebooks of each file.

Two things no chain can show by itself: that somebody has put an older copy in place of the ledger, and that somebody
has made the whole chain again. Against both there is the anchor, a line to be kept on paper or in another system.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from attrs import define, field, frozen

from recruitment.base.errors import BadInput, Fault, RecruitmentError
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.rows import LEDGER, NOTHING, SETTINGS, ActRow, Head, file_scope, is_sealed, is_typed
from recruitment.ledger.store import Store

_ANCHOR: Final = re.compile(r"([0-9]+)-([0-9]+)-([0-9a-f]{64})", re.ASCII)
MOST: Final = 200
"""Faults that are named one by one."""


@frozen(kw_only=True)
class Verified:
    """What a verification found. `faults` names each place; a ledger without any is what was recorded in it.

    `sealed` is the number of acts that were recorded before there was a chain, sealed at the moment `since`.
    """

    files: int
    acts: int
    settings: int
    anchor: str
    faults: tuple[Fault, ...]
    sealed: int = 0
    since: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def first_fault(self) -> Label:
        """The first place that is not what was recorded, and how many more there are."""
        first, more = self.faults[0], len(self.faults) - 1
        return Label(
            zh=first.words("zh") + (f"；另有{more}处" if more else ""),
            en=first.words("en") + (f"; and {more} more" if more else ""),
        )


def verify(
    reader: LedgerReader, *, of_record: Callable[[str, str], bool] | None = None, anchor: str | None = None
) -> Verified:
    """Look at everything in a ledger, and name each place that is not what was recorded.

    `of_record` says of an edition and the hash of its rulebook whether it is one that was published (see
    `rulebooks_of_record`); without it no rulebook is looked at. `anchor` is a line of an earlier verification, which
    the ledger must still contain.

    Raises:
        BadInput: the anchor is none.
    """
    looking = _looked_through(reader.ledger, of_record, anchor)
    if not looking.faults:
        looking.files_replayed(reader)
    return looking.found()


def verify_chain(store: Store) -> Verified:
    """Look at the chain, the heads and the guards of a ledger, for which no rulebook is needed; nothing is replayed."""
    return _looked_through(store, None, None).found()


def _looked_through(store: Store, of_record: Callable[[str, str], bool] | None, anchor: str | None) -> _Looking:
    """What there is to know of a ledger without replaying it."""
    wanted = None if anchor is None else _read_anchor(anchor)
    looking = _Looking(store=store, of_record=of_record)
    with looking.noting(""), store.snapshot():
        with looking.noting(""):
            looking.faults += store.flaws()
        looking.heads_read()
        looking.settings_read()
        looking.files_read()
        looking.acts_read()
        looking.heads_compared()
    if wanted is not None:
        looking.held_against(*wanted)
    return looking


def rulebooks_of_record(editions: Editions, published: frozenset[str]) -> Callable[[str, str], bool]:
    """Whether a rulebook is of record: that edition of `editions`, or one whose hash was published at some time."""

    def known(edition: str, book: str) -> bool:
        try:
            return book in published or editions.named(edition).content_hash == book
        except KeyError:
            return False

    return known


def named_rulebooks(content: Mapping[str, Any]) -> frozenset[str]:
    """The rulebooks that an entry about the ledger names beside those of record."""
    sealed = content.get("sealed")
    named = [content.get("rulebooks"), sealed.get("rulebooks") if isinstance(sealed, dict) else None]
    return frozenset(book for books in named if isinstance(books, list) for book in books if isinstance(book, str))


def _anchor(acts: Head, settings: Head) -> str:
    """One line for how far a ledger has come: numbers of acts and of settings, and one digest over both chains."""
    digest = hashlib.sha256(f"{acts.digest} {settings.digest}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"{acts.size}-{settings.size}-{digest}"


def _read_anchor(text: str) -> tuple[int, int, str]:
    found = _ANCHOR.fullmatch(text.strip())
    if found is None:
        raise BadInput.of(
            "anchor",
            Label(
                zh="此处不是核对码，请填写以前核对时打印的那一行",
                en="this is no anchor; give the line that an earlier verification printed",
            ),
        )
    return int(found[1]), int(found[2]), text.strip()


@define(kw_only=True)
class _Looking:
    """What is known so far in one pass over a ledger."""

    store: Store
    of_record: Callable[[str, str], bool] | None
    faults: list[Fault] = field(factory=list)
    heads: dict[str, Head] = field(factory=dict)
    files: dict[str, Head] = field(factory=dict)
    whole: Head = NOTHING
    said: Head = NOTHING
    sealed: int = 0
    since: str | None = None
    acts_at: dict[int, str] = field(factory=dict)
    """The digest after an act at which a setting was entered, as the settings say."""
    settings_at: dict[int, str] = field(factory=dict)
    anchored: dict[int, str] = field(factory=dict)
    books: dict[tuple[str, str], int] = field(factory=dict)
    """Editions and rulebooks by which acts were ruled, with the first such act."""
    named: set[str] = field(factory=set)
    """Rulebooks that the settings name."""

    def found(self) -> Verified:
        return Verified(
            files=len(self.files),
            acts=self.whole.size,
            settings=self.said.size,
            anchor=_anchor(self.whole, self.said),
            faults=tuple(self.faults),
            sealed=self.sealed,
            since=self.since,
        )

    def note(self, where: str, label: Label) -> None:
        if len(self.faults) < MOST:
            self.faults.append(Fault(where, label))

    @contextmanager
    def noting(self, where: str) -> Iterator[None]:
        """Within it, what the store cannot read becomes a fault of the last place that could be read."""
        try:
            yield
        except RecruitmentError as error:
            place = where or (f"after act {self.whole.size}" if self.whole.size else "")
            self.note(place, error.label)

    def heads_read(self) -> None:
        with self.noting("heads"):
            for scope, head in self.store.heads():
                if type(scope) is str and type(head.size) is int and type(head.digest) is str:
                    self.heads[scope] = head
                else:
                    self.note("heads", _CHANGED)

    def settings_read(self) -> None:
        with self.noting("settings"):
            for row in self.store.settings():
                where = f"settings {row.number}"
                if not is_typed(row):
                    self.note(f"settings {self.said.size}", _CHANGED)
                    continue
                if row.number != self.said.size or row.previous != self.said.digest or not is_sealed(row):
                    self.note(where, _CHANGED)
                self.said = Head(self.said.size + 1, row.digest)
                self.settings_at[self.said.size] = row.digest
                self.acts_at[row.acts] = row.after
                content = _plain(row.content) if is_sealed(row) else {}
                sealed = content.get("sealed")
                if row.number == 0 and isinstance(sealed, dict):
                    acts = sealed.get("acts", 0)
                    self.sealed, self.since = acts if type(acts) is int else 0, row.moment
                self.named.update(named_rulebooks(content))

    def files_read(self) -> None:
        with self.noting("files"):
            for file in self.store.files():
                if not is_sealed(file):
                    self.note(f"file {file.id}", _CHANGED)
                    if not is_typed(file):
                        continue
                self.files[file.id] = Head(0, file.digest)

    def acts_read(self) -> None:
        self._at(0, "")
        with self.noting(""):
            for row in self.store.rows_since(0):
                if not is_typed(row):
                    self.note(f"act {self.whole.size + 1}", _CHANGED)
                    continue
                self._act(row)
                self.whole = Head(self.whole.size + 1, row.digest)
                self._at(self.whole.size, row.digest)

    def _act(self, row: ActRow) -> None:
        place = f"act {row.seq} (file {row.file}, {row.number})"
        if row.seq != self.whole.size + 1:
            missing = self.whole.size + 1
            self.note(f"act {missing}", Label(zh="记录缺失", en="the act is missing"))
            self.whole = Head(row.seq - 1, self.whole.digest)
        head = self.files.get(row.file)
        if head is None:
            self.note(place, Label(zh="所属档案缺失", en="its file is missing"))
            head = NOTHING
        if row.number != head.size:
            self.note(
                place, Label(zh=f"此处应为该档案第 {head.size} 项", en=f"act {head.size} of the file was to come here")
            )
        if not is_sealed(row):
            self.note(place, _CHANGED)
        elif row.previous != self.whole.digest or row.file_previous != head.digest:
            self.note(place, Label(zh="与前一条记录不相衔接", en="it does not follow what is before it"))
        self.files[row.file] = Head(row.number + 1, row.digest)
        self.books.setdefault((row.edition, row.book), row.seq)

    def _at(self, acts: int, digest: str) -> None:
        """Hold the settings against the chain of acts: each says which act was the last before it."""
        if self.acts_at.get(acts, digest) != digest:
            self.note(
                f"act {acts}", Label(zh="设置记录所指的与此处不同", en="the settings name another act at this place")
            )
        self.anchored[acts] = digest

    def heads_compared(self) -> None:
        found = {LEDGER: self.whole, SETTINGS: self.said}
        found |= {file_scope(file): head for file, head in self.files.items()}
        for scope in sorted({*found, *self.heads}):
            here, kept = found.get(scope), self.heads.get(scope)
            if here == kept:
                continue
            if here is None:
                self.note(scope, Label(zh="已登记，现缺失", en="it was recorded and is missing"))
            elif kept is None:
                self.note(scope, Label(zh="现有，但并未登记", en="it is there and was not recorded"))
            elif here.size != kept.size:
                self.note(
                    scope,
                    Label(
                        zh=f"现有 {here.size} 条，已登记 {kept.size} 条",
                        en=f"{here.size} entries are there and {kept.size} were recorded",
                    ),
                )
            else:
                self.note(scope, Label(zh="最后一条与登记时不同", en="the last entry is not the one that was recorded"))
        if self.of_record is not None:
            for (edition, book), seq in sorted(self.books.items(), key=lambda pair: pair[1]):
                if book not in self.named and not self.of_record(edition, book):
                    self.note(
                        f"act {seq}",
                        Label(
                            zh=f"所依据的规程 {book!r} 既非正式发布，也未在设置中写明",
                            en=f"it was ruled by the rulebook {book!r}, "
                            "which is neither of record nor named in the settings",
                        ),
                    )

    def held_against(self, acts: int, settings: int, anchor: str) -> None:
        """See that the ledger still contains what it held when the anchor was printed."""
        if acts > self.whole.size or settings > self.said.size:
            self.note(
                "anchor",
                Label(
                    zh=f"当时有 {acts} 项、设置 {settings} 条，现有 {self.whole.size} 项、{self.said.size} 条",
                    en=f"the ledger held {acts} acts and {settings} settings then, and holds "
                    f"{self.whole.size} and {self.said.size} now",
                ),
            )
            return
        then = Head(acts, self.anchored.get(acts, "")), Head(settings, self.settings_at.get(settings, ""))
        if _anchor(*then) != anchor:
            self.note(
                "anchor",
                Label(
                    zh=f"前 {acts} 项与核对码不符：记录链已被重做",
                    en=f"the first {acts} acts are not those of the anchor: the chain was made again",
                ),
            )

    def files_replayed(self, reader: LedgerReader) -> None:
        """Replay every file by the machine."""
        for file in sorted(self.files):
            try:
                reader.verify(file)
            except RecruitmentError as error:
                self.note(f"file {file}", error.label)


_CHANGED: Final = Label(zh="与登记时不同", en="it is not what was recorded")


def _plain(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
