"""Where the files of an audit come from: dossiers, ledgers and spreadsheets, each read as a stream and never written.

What a path holds is recognized by its content. A file that cannot be read comes as its faults among the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

import attrs
from attrs import frozen

from recruitment.audit.file_audit import as_it_was_of, trust_of
from recruitment.base.errors import BadInput, Fault, RecruitmentError
from recruitment.base.label import Label
from recruitment.base.natural import natural_key
from recruitment.base.written_days import Month
from recruitment.engine.findings import FindingPlace
from recruitment.formats.dossier.documents import unreadable
from recruitment.formats.dossier.entries import Entry
from recruitment.formats.dossier.streams import Piece, pieces, read_piece
from recruitment.formats.spreadsheets.reading import is_spreadsheet, read_spreadsheet
from recruitment.law.editions import Editions
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.stores.addresses import on_server, shown_address
from recruitment.ledger.stores.opening import open_ledger
from recruitment.record.acts import Act
from recruitment.record.evidence import UNKNOWN, Person

_KINDS: Final = frozenset((".json", ".jsonl", ".ndjson", ".xlsx", ".xls", ".csv", ".db", ".sqlite"))
"""How names end of what is read in a folder."""
_NOTHING_IN_IT: Final = Label(
    zh="文件夹里没有可以审查的文件（JSON、工作簿、CSV 或者台账），请核对路径",
    en="the folder holds no dossier, list or ledger; look at the path",
)
_LEDGER: Final = b"SQLite format 3\x00"


@frozen(kw_only=True)
class SourceFile:
    """One file as its source gives it: text that is still to be read, an entry, or the faults for which it has none.

    A file of a list may have faults of single cells as well as its entry.
    """

    document: int
    """The number of the path in the order of the paths, from 0."""
    source: str
    """What its place begins with."""
    where: str
    """Its place in the source."""
    piece: Piece | None = None
    """The text that is still to be read."""
    entry: Entry | None = None
    faults: tuple[Fault, ...] = ()
    trusted: Mapping[FindingPlace, str] | None = None
    """The reasons for which a ledger let unknown bars through, by the place of the finding."""
    as_it_was: Mapping[FindingPlace, str] | None = None
    """The reasons for which a ledger recorded unmet bars as it was, likewise."""
    notices: tuple[Fault, ...] = ()
    """What was noticed of the list; it comes without an entry."""
    months: tuple[tuple[int, Month], ...] = ()
    """The places of acts of whose day only the month is known, each with the month."""
    born: Month | None = None
    """The month of birth, where the day is not known."""
    row: bool = True
    """Whether it is a file, or what holds one, and not a whole list of which something was noticed."""
    listed: bool = False
    """Whether it is a row of a list."""

    def read(self) -> tuple[Entry | None, tuple[Fault, ...]]:
        """The file, or every fault of it, each place beginning with its source."""
        entry, faults = (self.entry, self.faults) if self.piece is None else read_piece(self.piece)
        return entry, tuple(fault.within(self.source) if self.source else fault for fault in faults)


def read_sources(paths: Iterable[str], editions: Editions, sheet: str | None = None) -> Iterator[SourceFile]:
    """Every file of every path, as it is read; a path of a hyphen is a dossier on standard input.

    Folders are replaced by what is in them (`with_folders`). `sheet` names the sheet that is read of a workbook.
    """
    for document, path in enumerate(with_folders(paths)):
        source = "".join(c if c.isprintable() else "?" for c in shown_address(path))
        try:
            yield from _files_of(path, document, source, editions, sheet)
        except BadInput as error:
            # What cannot be opened says itself which path that is.
            named = all(fault.where.startswith(source) for fault in error.faults)
            yield SourceFile(document=document, source="" if named else source, where="", faults=error.faults)
        except RecruitmentError as error:
            yield SourceFile(document=document, source=source, where="", faults=(Fault("", error.label),))


def with_folders(paths: Iterable[str]) -> list[str]:
    """The paths, and in place of a folder the dossiers, lists and ledgers in it and its folders, by their names."""
    return [inside for path in paths for inside in _files_inside(path)]


def _files_inside(path: str) -> Iterator[str]:
    """The path itself; of a folder what is in it, but for what is hidden, half written, or of another kind.

    A folder without any stays in the list, and whoever reads it says so.
    """
    try:
        folder = Path(path)
        if on_server(path) or not folder.is_dir():
            yield path
            return
        found = [each for each in folder.rglob("*") if each.suffix.casefold() in _KINDS and each.is_file()]
    except (OSError, ValueError):  # the reader says why it cannot be read
        yield path
        return
    names = {each: each.relative_to(folder).parts for each in found}
    shown = [each for each in found if not any(part.startswith((".", "~$")) for part in names[each])]
    if not shown:
        yield path
    yield from map(str, sorted(shown, key=lambda each: [natural_key(part) for part in names[each]]))


def _files_of(path: str, document: int, source: str, editions: Editions, sheet: str | None) -> Iterator[SourceFile]:
    if path == "-":
        yield from _dossier(sys.stdin.buffer, document, source)
        return
    if not on_server(path) and Path(path).is_dir():
        raise BadInput.of(source, _NOTHING_IN_IT)
    if on_server(path) or _is_ledger(path):
        yield from _ledger(path, document, source, editions)
    elif is_spreadsheet(path):
        for row in read_spreadsheet(path, editions, sheet=sheet):
            # The places of a list begin with its path already.
            yield SourceFile(
                document=document,
                source="",
                where=row.where,
                entry=row.entry,
                faults=row.faults,
                notices=row.notices,
                months=tuple((n, month) for n, month, _ in row.months),
                born=row.born,
                row=not row.of_list,
                listed=True,
            )
    else:
        try:
            with Path(path).open("rb") as text:
                yield from _dossier(text, document, source)
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from None


def _is_ledger(path: str) -> bool:
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as file:
            return file.read(len(_LEDGER)) == _LEDGER
    except (OSError, ValueError):
        return False


def _dossier(text: BinaryIO, document: int, source: str) -> Iterator[SourceFile]:
    for piece in pieces(text):
        yield SourceFile(document=document, source=source, where=piece.where, piece=piece)


def _ledger(path: str, document: int, source: str, editions: Editions) -> Iterator[SourceFile]:
    with closing(open_ledger(path, read_only=True)) as ledger:
        register = LedgerReader(ledger, editions)
        for file in register.ids():
            try:
                case = register.case(file)
                findings = register.current_findings(file)
            except RecruitmentError as error:
                faults = (Fault("", error.label),)
                yield SourceFile(document=document, source=source, where=file, faults=faults)
                continue
            entry = case.as_opened, case.entries
            yield SourceFile(
                document=document,
                source=source,
                where=file,
                entry=entry,
                trusted=trust_of(findings) or None,
                as_it_was=as_it_was_of(findings) or None,
            )


_NO_EVIDENCE: Final = frozenset(("on", "outcome", "recorded", "note", "reason", "reasons", "as_it_was"))


def holds_days_alone(acts: Iterable[Act]) -> bool:
    """Whether acts are recorded by their days, results and people's names, and hold no other evidence."""
    return not any(_is_evidence(key, value) for act in acts for key, value in _stated_values(act))


def _stated_values(value: Act | Person) -> Iterator[tuple[str, Any]]:
    for key in attrs.fields(type(value)):
        said = getattr(value, key.name)
        if said is not UNKNOWN and not (said is None and key.default is None):
            yield key.name, said


def _is_evidence(key: str, value: Any) -> bool:
    if key in _NO_EVIDENCE or isinstance(value, date):
        return False
    if key == "people":
        return any(name != "name" for person in value or () for name, _ in _stated_values(person))
    return True
