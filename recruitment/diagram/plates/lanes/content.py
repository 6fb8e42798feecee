"""Who acts, as lanes, and when, as columns: where each procedure is on the plate of lanes.

A lane is a body of the rulebook. Bodies that are the person in one standing or another share a lane, because the
vocabulary calls the body as it calls the standing. The lanes are in the order in which the vocabulary names bodies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from attrs import frozen

from recruitment.base.label import Lang
from recruitment.diagram.canvas.plate import Link
from recruitment.law.rulebook import Procedure, Rulebook, Standing

PERSON: Final = "person"


@frozen
class Lane:
    """A lane: its code, its name, and its procedures in the order of their numbers."""

    code: str
    name: str
    procedures: tuple[Procedure, ...]


def lanes_of(rulebook: Rulebook, lang: Lang) -> tuple[Lane, ...]:
    """The lanes of an edition: the person first, then the bodies in the order of the vocabulary."""
    standings = {label for code in get_args(Standing) if (label := rulebook.words.get(code)) is not None}
    found: dict[str, list[Procedure]] = {}
    for procedure in sorted(rulebook.procedures, key=lambda p: p.number):
        own = procedure.body in get_args(Standing) or rulebook.words.get(procedure.body) in standings
        found.setdefault(PERSON if own else procedure.body, []).append(procedure)
    order = [PERSON, *rulebook.words]
    known = sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))
    return tuple(Lane(code, rulebook.word(code, lang), tuple(found[code])) for code in known)


def columns_of(rulebook: Rulebook, links: Sequence[Link]) -> dict[str, int]:
    """The column of each procedure: behind all that comes before it and behind the stage before.

    What the chart alone puts first comes before as well, unless it is in a lane of its own in the same stage.
    """
    before: dict[str, list[str]] = {p.code: [] for p in rulebook.procedures}
    for link in links:
        before[link.target].append(link.source)
    columns: dict[str, int] = {}
    start = 0
    for stage in sorted({p.stage for p in rulebook.procedures}):
        members = sorted((p for p in rulebook.procedures if p.stage == stage), key=lambda p: p.number)
        for _ in members:  # once for each is enough, in any order of the numbers
            for member in members:
                behind = (columns.get(code, -1) + 1 for code in before[member.code])
                columns[member.code] = max(start, *behind, 0)
        start = max(columns[p.code] for p in members) + 1
    return columns
