"""Pictures for a program that embeds the library: a plate of the catalogue by its name, or the progress of a file.

Nothing here touches a ledger: a file is drawn from its case.
"""

from __future__ import annotations

from datetime import date

from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang
from recruitment.diagram.catalogue import entry_of, plate
from recruitment.diagram.makers import FileOnDay
from recruitment.diagram.output.showing import Picture
from recruitment.diagram.plates.files.progress import pending_of
from recruitment.engine.bound import BoundCase
from recruitment.law.editions import Editions
from recruitment.record.case import Case


def file_on_day(editions: Editions, case: Case, today: date, *, titled: bool = False) -> FileOnDay:
    """What the plate of a file is made from, with all that is ahead of it as of `today`."""
    bound = BoundCase(editions, case)
    pending = pending_of(bound, today=today)
    return FileOnDay(rulebook=bound.edition_on(today), case=case, today=today, pending=pending, titled=titled)


def picture(
    editions: Editions,
    name: str,
    *,
    lang: Lang = "zh",
    edition: str | None = None,
    case: Case | None = None,
    today: date | None = None,
    paper: str | None = None,
) -> Picture:
    """The picture of that name (`recruitment.diagram.catalogue`), in Chinese or English, fitted to a3 or a4 if asked.

    Without an edition the newest is drawn. The plate `file` is drawn from a `case` as it is `today`; no name and no
    id of anybody is on it.

    Raises:
        BadInput: no such picture, edition or paper, or something is missing from which the picture is made.
    """
    entry = entry_of(name)
    if case is not None and today is None:
        raise BadInput.of("today", Label(zh="请写明看这份档案的日期", en="say on which day the file is looked at"))
    file = file_on_day(editions, case, today) if case is not None and today is not None else None
    made = plate(editions, name, lang, edition=edition, held=file)
    return Picture(made, entry.teaches.words(lang), paper)
