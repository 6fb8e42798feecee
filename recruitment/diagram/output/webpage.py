"""A plate as one HTML page: the drawing inline, what it is about, and all of it again as a table of words.

The page needs no script and no network. Printed, the drawing has a sheet in landscape of its own, and the words follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recruitment.base.label import Label
from recruitment.diagram.canvas.plate import Node, Plate
from recruitment.diagram.output.mermaid import box_lines
from recruitment.diagram.output.page_sizes import Paper
from recruitment.presentation.html_page import Cell, Column, PageTable, Run, cell, width_rules
from recruitment.presentation.html_shell import markup, page_pieces

_MARGIN: Final = 8
_SPARE: Final = 2
"""Millimetres: the margin of a printed sheet, and what is left free of its height so that no empty sheet follows."""

_WORDS: Final = Label(zh="同一内容的文字", en="The same in words")
_PART: Final = Label(zh="部分", en="Part")
_BOX: Final = Label(zh="内容", en="What it says")
_AFTER: Final = Label(zh="由此而来", en="Comes after")
_TO: Final = Label(zh="通向", en="Leads to")
_KEY: Final = Label(zh="图例", en="Key")
_BESIDE: Final = Label(zh="图上其他文字", en="Other words in the picture")
_FEW_CHARACTERS: Final = 2
_FEW_LETTERS: Final = 5


def picture_page(plate: Plate, svg: str, about: str, paper: Paper) -> str:
    """The page of a plate around its drawing, printed on that sheet of paper."""
    lang = plate.lang
    boxes = _boxes(plate)
    tables = [boxes] if boxes.rows else []
    lists = (
        (_BESIDE, [*dict.fromkeys(text for text in _beside(plate) if _says_something(text))]),
        (_KEY, [*(node.name for node in plate.key), *plate.notes]),
    )
    height = paper.height - 2 * _MARGIN - _SPARE
    return "".join(
        page_pieces(
            "diagram/assets/picture.html",
            lang=lang,
            title=f"{plate.title} · {plate.subtitle}",
            description=about or plate.subtitle,
            styles=("diagram/assets/picture.css",),
            rules=f"@page {{ size: {paper.name.upper()} landscape; margin: {_MARGIN}mm; }}\n"
            f"@media print {{ figure svg {{ width: 100%; height: {height}mm; }} }}\n{width_rules(tables)}",
            heading=plate.title,
            subtitle=plate.subtitle,
            about=about,
            figure=markup(svg[svg.index("<svg") :].rstrip()),
            tables=tables,
            lists=[(title.words(lang), lines) for title, lines in lists if lines],
        )
    )


def _boxes(plate: Plate) -> PageTable:
    """The boxes of a plate, each with its part, and with what comes before and after it where lines say so."""
    boxes = [*((group.title, node) for group in plate.groups for node in group.nodes)]
    boxes += [("", node) for node in plate.standing_alone]
    named = {node.code: _name(node) for _, node in boxes}
    heads = [(_BOX, 34), (_PART, 18), (_AFTER, 24), (_TO, 24)] if plate.links else [(_BOX, 70), (_PART, 30)]
    rows = []
    for title, node in boxes:
        cells = [_box_cell(node), cell(title)]
        if plate.links:
            before = dict.fromkeys(link.source for link in plate.links if link.target == node.code)
            after = dict.fromkeys(link.target for link in plate.links if link.source == node.code)
            cells += [cell(*(named.get(code, "") for code in codes)) for codes in (before, after)]
        rows.append(tuple(cells))
    return PageTable(
        code="boxes",
        caption=_WORDS.words(plate.lang),
        columns=tuple(Column(head=head.words(plate.lang), width=width) for head, width in heads),
        rows=tuple(rows),
    )


def _box_cell(node: Node) -> Cell:
    """All that is written in a box, as a cell."""
    return tuple((Run(line),) for line in _all(node) if line.strip())


def _beside(plate: Plate) -> Iterator[str]:
    return (" ".join(line.text for line in words.lines) for words in plate.words)


def _says_something(text: str) -> bool:
    """Whether a text says anything without the picture around it: a number on a scale and a single sign do not."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= (_FEW_CHARACTERS if any(ord(c) > 0x2E80 for c in letters) else _FEW_LETTERS)


def _name(node: Node) -> str:
    return f"{node.number} {node.name}" if node.number is not None else node.name


def _all(node: Node) -> tuple[str, ...]:
    """All that is written in a box: what it says, then what else is written in it; the name only once."""
    name, *lines = box_lines(node)
    said = (
        name,
        *(line for line in lines if not (_says_something(line) and _without_spaces(line) in _without_spaces(name))),
    )
    whole = _without_spaces("".join(said))
    return (*said, *(line.text for line in node.details if _without_spaces(line.text) not in whole))


def _without_spaces(text: str) -> str:
    return "".join(text.split())
