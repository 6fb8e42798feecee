"""The refusal that the gallery shows: an act of the example dossier, spoilt in several ways at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import evolve

from recruitment.base.dates import add_months
from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.bound import BoundCase
from recruitment.engine.ruling import Ruling
from recruitment.formats.dossier.documents import read_path
from recruitment.law.editions import Editions
from recruitment.law.rulebook import laid, national
from recruitment.record.acts import ConversionMeeting
from recruitment.record.case import open_case
from recruitment.record.evidence import UNKNOWN, Ballot
from recruitment.rulebooks.locate import dossiers_folder

_TRIED: Final = date(2025, 3, 10)

V = TypeVar("V")


def example_refusal(editions: Editions, edition: str) -> Ruling:
    """The example that the gallery shows: a conversion decided too early, by too few, with papers and bodies missing.

    It is the file of the example dossier, up to its conversion meeting, read by that edition throughout; where the
    edition is later than the file, everything in it by as many whole years later as that takes.

    Raises:
        KeyError: there is no such edition.
    """
    rulebook = editions.named(edition)
    file, acts = read_path(Path(str(dossiers_folder() / "regular.json")))[0]
    years = 0
    while add_months(acts[0].on, 12 * years) < rulebook.in_force:
        years += 1
    file, acts, tried = _later(file, years), _later(acts, years), _later(_TRIED, years)
    opened = open_case(editions, evolve(file, edition=national(edition), overlays=tuple(laid(edition))))
    bound = BoundCase(editions, opened)
    for act in acts:
        if isinstance(act, ConversionMeeting):
            return bound.judge(_spoil(act, tried), today=tried)
        if act.code != "conversion_application" and act.on <= tried:
            bound = bound.after(bound.ruling_on(act, today=act.on, presumed=True))
    raise BadInput.of("regular.json", Label(zh="其中没有讨论转正的支部大会", en="there is no conversion meeting in it"))


def _later(value: V, years: int) -> V:
    """A value with every day in it that many years later."""
    kind: Any = type(value)
    moved: Any = value
    if isinstance(value, date):
        moved = add_months(value, 12 * years)
    elif isinstance(value, tuple):
        moved = tuple(_later(entry, years) for entry in value)
    elif attrs.has(kind):
        held = {field.name: getattr(value, field.name) for field in attrs.fields(kind)}
        moved = kind(**{name: _later(entry, years) for name, entry in held.items()})
    return cast(V, moved)


def _spoil(act: ConversionMeeting, tried: date) -> ConversionMeeting:
    """The meeting as it should not be: before the year of probation is over, with half of the members, and more."""
    ballot = Ballot(
        should_attend=12, attended=6, written=3, for_=6, against=3, abstain=0, secret=UNKNOWN, one_by_one=False
    )
    return evolve(act, on=tried, outcome="convert", ballot=ballot, heard=("party_group", "members"), examined=False)
