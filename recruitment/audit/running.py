"""An audit over many files: one after the other, or in several processes, always reported in the order of reading.

Only so much is read ahead as keeps the processes busy, so memory does not grow with the number of files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache, partial
from itertools import islice
from typing import Final

from attrs import evolve, frozen

from recruitment.audit.catalogue import load_practice
from recruitment.audit.file_audit import audit_file
from recruitment.audit.months import audit_with_months
from recruitment.audit.practice import Persons, Practice, Repeats
from recruitment.audit.report_data import ReportLine, Scope, Teller, Unread, line_of, with_repeat, with_same_person
from recruitment.audit.sources import SourceFile, holds_days_alone, read_sources
from recruitment.base.errors import BadInput
from recruitment.formats.dossier.streams import Ids
from recruitment.law.editions import Editions
from recruitment.rulebooks.load import load_rulebooks

CHUNK: Final = 50
"""Files that a process is handed at once."""
AHEAD: Final = 3
"""Chunks read ahead for each process."""


@frozen
class Told:
    """The result of one file, and where it was read; `beside` are its cells that could not be read."""

    document: int
    source: str
    where: str
    answer: ReportLine | Unread
    beside: Unread | None = None


@frozen
class Desk:
    """What one process judges with, made once for each shelf."""

    editions: Editions
    teller: Teller
    practice: Practice


@cache
def _desk(shelf: Callable[[], Editions]) -> Desk:
    editions = shelf()
    return Desk(editions, Teller(editions), load_practice(editions))


def audit(
    paths: Iterable[str],
    scope: Scope,
    *,
    jobs: int = 1,
    shelf: Callable[[], Editions] = load_rulebooks,
    sheet: str | None = None,
) -> Iterator[ReportLine | Unread]:
    """Every file of every path, audited, in the order in which they are read.

    `jobs` processes share the work; each has its rulebooks from `shelf`, which must be able to travel to them. A file
    whose id another file of the same document has already is reported as one that cannot be read. `sheet` names the
    sheet of a workbook; left out, all that hold a list are read.

    Raises:
        RulebookError: the rulebooks cannot be read.
    """
    desk = _desk(shelf)
    files = read_sources(paths, desk.editions, sheet)
    judging = partial(audit_source, scope=scope, shelf=shelf)
    told = map(judging, files) if jobs <= 1 else _together(files, judging, jobs)
    repeats, persons, ids = Repeats(), Persons(), Ids()
    try:
        for item in told:
            answer = item.answer
            if isinstance(answer, ReportLine):
                fault = ids.doubled(item.document, answer.id, item.where)
                if fault is not None:
                    yield Unread((fault.within(item.source) if item.source else fault,))
                    continue
                earlier = repeats.first(answer.branch, answer.pattern, answer.id)
                if earlier is not None:
                    answer = with_repeat(answer, desk.teller, desk.practice, earlier)
                other = persons.first(answer.person, answer.id)
                if other is not None:
                    answer = with_same_person(answer, desk.teller, desk.practice, other)
            yield answer
            if item.beside is not None:
                yield item.beside
    finally:
        ids.close()


def audit_source(file: SourceFile, scope: Scope, shelf: Callable[[], Editions]) -> Told:
    """Read and audit one file."""
    desk = _desk(shelf)
    practice = desk.practice if scope.practice else None
    entry, faults = file.read()
    answer: ReportLine | Unread
    beside = Unread(faults, lost=False) if entry is not None and faults else None
    if entry is None:
        answer = Unread(faults, file.notices, lost=file.row and bool(faults))
    else:
        try:
            if file.months or file.born:
                found = audit_with_months(
                    desk.editions, *entry, months=file.months, born=file.born, today=scope.today, practice=practice
                )
            else:
                found = audit_file(
                    desk.editions,
                    *entry,
                    today=scope.today,
                    practice=practice,
                    trusted=file.trusted,
                    as_it_was=file.as_it_was,
                )
            alone = file.listed and holds_days_alone(entry[1])
            answer = line_of(found, scope, desk.teller, practice, days_alone=alone)
            if beside is not None:
                answer = evolve(answer, clean=False, settled=False)
        except BadInput as error:
            place = f"{file.source}: {file.where}" if file.source and file.where else file.source or file.where
            answer = Unread(tuple(fault.within(place) for fault in error.faults))
    return Told(file.document, file.source, file.where, answer, beside)


def _chunk(files: list[SourceFile], judging: Callable[[SourceFile], Told]) -> list[Told]:
    return [judging(file) for file in files]


def _together(files: Iterator[SourceFile], judging: Callable[[SourceFile], Told], jobs: int) -> Iterator[Told]:
    waiting: deque[Future[list[Told]]] = deque()
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        try:
            while chunk := list(islice(files, CHUNK)):
                waiting.append(pool.submit(_chunk, chunk, judging))
                if len(waiting) >= jobs * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
