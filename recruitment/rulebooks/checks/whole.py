"""Checks on whole rulebooks: order, reach, dead ends, citations, values by type, seams between editions.

Reading has looked at one file at a time; here a book is looked at as a whole, before anything is judged by
it. Each check is one small function that yields its faults.
"""

from __future__ import annotations

from itertools import pairwise

from recruitment.base.errors import Fault, RulebookError
from recruitment.law.editions import Books
from recruitment.law.rulebook import DateLimit
from recruitment.law.states import Chart, chart_of
from recruitment.rulebooks.checks.faults import Faults, others, twice
from recruitment.rulebooks.checks.overlays import overlay_faults
from recruitment.rulebooks.checks.procedures import ORDER, REACH, WORDING
from recruitment.rulebooks.checks.rules import RULES, compared


def _days(books: Books) -> Faults:
    """The editions follow each other without gap and without overlap."""
    if not books.editions:
        yield Fault("index.toml", "no edition is named; name one", "没有列出任何版本，请列出")
        return
    yield from twice("index.toml", (book.code for book in books.editions), "the edition", "版本")
    for book, following in pairwise(books.editions):
        if book.in_force >= following.in_force:
            yield Fault(
                f"{following.code}: in_force",
                f"{following.in_force} is not after {book.in_force}, the day of {book.code}",
                f"{following.in_force} 不晚于 {book.code} 版的 {book.in_force}",
            )
        elif book.until != following.in_force:
            yield Fault(
                f"{book.code}: until",
                f"{book.until} is not {following.in_force}, when {following.code} comes into force",
                f"{book.until} 与 {following.code} 版施行之日 {following.in_force} 不衔接",
            )
    last = books.editions[-1]
    if last.until is not None:
        yield Fault(f"{last.code}: until", "the last edition has no end", "最后一版没有终止日")


def _nothing_new_at_first(books: Books) -> Faults:
    for book in books.editions[:1]:
        for _, here, limit in compared(book, DateLimit):
            if limit.new:
                yield Fault(f"{book.code}: {here}.new", "nothing is new in the first edition", "首版没有新增期限")


def _same_states(books: Books, charts: list[Chart]) -> Faults:
    """A file passes from one edition's machine to the next, so both have the same states."""
    pairs = list(zip(books.editions, charts, strict=True))
    for (book, chart), (other, following) in pairwise(pairs):
        for one, two, names in (
            (book.code, other.code, chart.states.keys() - following.states.keys()),
            (other.code, book.code, following.states.keys() - chart.states.keys()),
        ):
            missing = sorted(names, key=lambda name: (len(name), name))
            if missing:
                en, zh = others(missing)
                yield Fault(
                    f"{one}: state {missing[0]}",
                    f"it does not exist in {two}, so a file could not pass{en}",
                    f"{two} 版没有此状态，档案无法衔接{zh}",
                )


# ------------------------------------------------------------------------------------------- contents

EDITIONS = (_days, _nothing_new_at_first)


def proof(books: Books) -> None:
    """Look at every edition as a whole, at the seams between them, and at the local editions that may lie on them.

    Raises:
        RulebookError: with every fault of every edition and local edition.
    """
    faults = [fault for check in EDITIONS for fault in check(books)]
    charts = []
    for book in books.editions:
        found = [fault for check in ORDER for fault in check(book)]
        chart = None if found else chart_of(book)
        found += [fault for check in (*WORDING, *RULES) for fault in check(book)]
        if chart is not None:
            charts.append(chart)
            found += [fault for reach in REACH for fault in reach(book, chart)]
        faults += [fault.within(book.code) for fault in found]
    if len(charts) == len(books.editions):
        faults += _same_states(books, charts)
    faults += overlay_faults(books)
    if faults:
        raise RulebookError(faults)
