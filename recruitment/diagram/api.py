"""Pictures for whoever embeds the library: a plate of the catalogue by its name, or the progress of a file.

Nothing here touches a ledger: a file is drawn from its case.
"""

from __future__ import annotations

from datetime import date

from recruitment.base.errors import BadInput
from recruitment.base.label import Lang
from recruitment.diagram.catalogue import Held, entry_of, plate
from recruitment.diagram.output.showing import Picture
from recruitment.diagram.plates.files.progress import pending_of
from recruitment.forecast.status import book_of
from recruitment.law.editions import Books
from recruitment.record.case import Case


def held(books: Books, case: Case, today: date, *, titled: bool = False) -> Held:
    """A file as its plate is made from it, with all that lies ahead of it as of `today`."""
    book = book_of(books, case, today)
    return Held(book=book, case=case, today=today, pending=pending_of(books, case, today=today), titled=titled)


def picture(
    books: Books,
    name: str,
    *,
    lang: Lang = "zh",
    edition: str | None = None,
    case: Case | None = None,
    today: date | None = None,
    paper: str | None = None,
) -> Picture:
    """The picture of that name (`recruitment.diagram.catalogue`), in Chinese or English, fitted to a3 or a4 if asked.

    Without an edition the newest is drawn. The plate `file` is drawn from a `case` as it stands `today`; no name and no
    id of anybody is on it.

    Raises:
        BadInput: no such picture, edition or paper, or something is missing from which the picture is made.
    """
    entry = entry_of(name)
    if case is not None and today is None:
        raise BadInput.of("today", "say on which day the file is looked at", "请写明看这份档案的日期")
    file = held(books, case, today) if case is not None and today is not None else None
    made = plate(books, name, lang, edition=edition, held=file)
    return Picture(made, entry.teaches.words(lang), paper)
