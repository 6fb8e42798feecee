"""The agenda: which file must be on the table of which meeting, and where the calendar and a limit cannot both hold.

It joins the branch's year (`recruitment.law.branch_year`) with the plans of its files: a body decides at its next
meeting, and a body that is heard before it meets last before that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from attrs import frozen

from recruitment.law.branch_year import Occasion


@frozen(kw_only=True)
class Wish:
    """An act of a file that a meeting has to decide: the first day on which it may, and the last where there is one.

    `by` is the rule that sets the last day.
    """

    file: str
    name: str | None = None
    act: str
    earliest: date
    latest: date | None = None
    by: str | None = None


@frozen(kw_only=True)
class AgendaItem:
    """A file on the table of a meeting: to be decided there, or to be heard before another meeting decides."""

    wish: Wish
    role: Literal["decides", "prepares"]


@frozen(kw_only=True)
class Sitting:
    """An occasion of the branch's year with what is on its table."""

    occasion: Occasion
    items: tuple[AgendaItem, ...] = ()


@frozen(kw_only=True)
class Clash:
    """A limit that no meeting meets: `meeting` is the first that could decide, None where none comes."""

    wish: Wish
    meeting: date | None


@frozen(kw_only=True)
class Agenda:
    """The sittings of some months with what is on their tables, and what the calendar cannot hold."""

    sittings: tuple[Sitting, ...]
    warnings: tuple[Clash, ...]


def make_agenda(occasions: Sequence[Occasion], wishes: Iterable[Wish]) -> Agenda:
    """Put every act that a meeting decides on the first table that may decide it.

    A meeting that falls on a rest day keeps its table: the branch holds it on another day near by.
    """
    tables: dict[int, list[AgendaItem]] = {}
    warnings = []
    end = occasions[-1].on if occasions else None
    for wish in sorted(wishes, key=lambda wish: (wish.earliest, wish.file, wish.act)):
        place = next(
            (n for n, occasion in enumerate(occasions) if wish.act in occasion.acts and occasion.on >= wish.earliest),
            None,
        )
        meeting = None if place is None else occasions[place].on
        if wish.latest is not None and (
            (meeting is not None and meeting > wish.latest)
            or (meeting is None and end is not None and wish.latest <= end)
        ):
            warnings.append(Clash(wish=wish, meeting=meeting))
        if place is None:
            continue
        tables.setdefault(place, []).append(AgendaItem(wish=wish, role="decides"))
        for preparing in _before(occasions, place, wish):
            tables.setdefault(preparing, []).append(AgendaItem(wish=wish, role="prepares"))
    sittings = tuple(Sitting(occasion=occasion, items=tuple(tables.get(n, ()))) for n, occasion in enumerate(occasions))
    return Agenda(sittings=sittings, warnings=tuple(warnings))


def _before(occasions: Sequence[Occasion], place: int, wish: Wish) -> list[int]:
    """The last meeting before, of each body that hears or discusses the act first."""
    last: dict[str, int] = {}
    for n, occasion in enumerate(occasions[:place]):
        if wish.act in occasion.duty.prepares and occasion.on <= occasions[place].on:
            last[occasion.duty.code] = n
    return sorted(last.values())
