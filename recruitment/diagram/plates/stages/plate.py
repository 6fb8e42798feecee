"""The plates of the stages: one for each, its procedures in their order, with the rules that a trainer teaches by.

What is read off the rulebook is put into cards by `telling`; `grids` finds
the places of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.builder import edition_words
from recruitment.diagram.canvas.plate import Group, Node, Panel, Plate
from recruitment.diagram.plates.course.order import order_key, stage_title
from recruitment.diagram.plates.stages.cards import Card
from recruitment.diagram.plates.stages.content import CITED, COMPARED, FROM, SMALL, TO, StageCards
from recruitment.diagram.plates.stages.grids import Grid, grid_of
from recruitment.law.rulebook import Rulebook

_SUBTITLE: Final = Label(
    zh="{} 个程序：谁来办理、哪些材料、依据什么规则 · {}",
    en="{} procedures: who acts, which papers, by what rules · {}",
)
_FEWEST: Final = 2
_ROOMY: Final = 1600.0
_USUAL: Final = 1900.0
_BROADEST: Final = 2640.0
"""How broad a sheet may grow before less is said, or smaller."""


def _chip(card: Card) -> Node:
    words = [text for text, _ in card.name]
    return Node(
        code=card.code,
        number=None,
        name=words[0],
        lines=tuple(words[1:]),
        look="mark",
        tooltip=" · ".join(words),
    )


def stage_plate(rulebook: Rulebook, stage: int, lang: Lang) -> Plate:
    """One stage of an edition: its procedures in their order, each with who acts, the papers and the rules.

    Raises:
        BadInput: the edition has no such stage, or nothing in it.
    """
    found = next((each for each in rulebook.stages if each.number == stage), None)
    if found is None or not any(p.stage == stage for p in rulebook.procedures):
        numbers = ", ".join(str(each.number) for each in sorted(rulebook.stages, key=lambda each: each.number))
        raise BadInput.of(
            str(stage),
            Label(
                zh=f"{rulebook.code}中没有这一阶段的程序；阶段有：{numbers}",
                en=f"the edition {rulebook.code} has no procedures in a stage of that number; its stages are {numbers}",
            ),
        )
    reader = StageCards(rulebook, found, lang)
    entering, links_in = reader.chips(reader.entering, before=True)
    leaving, links_out = reader.chips(reader.leaving, before=False)
    rows = reader.rows()
    links = (*links_in, *reader.inner, *links_out)

    def grid(detail: int, most: int) -> Grid:
        cards = [[reader.card(p, detail, most) for p in row] for row in rows]
        foot = [reader.all_of_them(), reader.key()]
        return Grid(rows=cards, foot=foot, entering=entering, leaving=leaving, links=links)

    sheet = grid_of(_settings(reader, grid))
    nodes = [evolve(reader.node(p), details=sheet.heads[p.code], align="left") for p in reader.members]
    groups = [Group(code=f"stage_{stage}", title=stage_title(found, lang), nodes=tuple(nodes))]
    for code, chips, title in (("before", entering, FROM), ("after", leaving, TO)):
        chip_nodes = tuple(evolve(_chip(chip), details=sheet.heads[chip.code]) for chip in chips)
        if chip_nodes:
            groups.append(Group(code=code, title=title.words(lang).format("").strip(), nodes=chip_nodes))
    return Plate(
        name=f"stage-{stage}",
        lang=lang,
        title=stage_title(found, lang),
        subtitle=_SUBTITLE.words(lang).format(len(nodes), edition_words(rulebook, lang)),
        groups=tuple(groups),
        links=links,
        key_title=order_key(lang),
        notes=tuple(f"{note.sign} {' '.join(text for text, _ in note.parts)}" for note in reader.key().notes),
        panels=tuple(Panel(code=code, look=look) for code, look in sheet.panels),
        words=sheet.words,
        sheet=sheet.sheet,
    )


def _settings(reader: StageCards, grid: Callable[[int, int], Grid]) -> Iterator[tuple[float, Grid]]:
    """The plate from the fullest to the barest: all that a sheet can hold is shown."""
    most = max(len(reader.rules(p)) for p in reader.members)
    yield _ROOMY, grid(COMPARED, most)
    yield _USUAL, grid(CITED, most)
    for number in range(max(most, _FEWEST), _FEWEST - 1, -1):
        yield _BROADEST, grid(SMALL, number)
