"""Plates: a picture as plain values, its boxes, links and key, and the sign of each look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import frozen

from recruitment.base.label import Lang
from recruitment.diagram.canvas.sheets import LinkLook, Sheet

Look = Literal[
    "step",
    "done",
    "failed",
    "current",
    "blocked",
    "later",
    "end",
    "again",
    "mark",
    "limit",
    "due",
    "overdue",
    "refused",
    "unreachable",
]
LineLook = Literal["head", "strong", "plain", "small", "quiet", "warning", "fault", "light"]
"""How a line is lettered: its size, weight and ink (`recruitment.diagram.canvas.styles.LETTERS`)."""
PanelLook = Literal[
    "lane",
    "lane_other",
    "card",
    "bar",
    "rule",
    "seat",
    "seat_free",
    "edge",
    "grid",
    "stop",
    "wait",
    "by",
    "lapse",
    "every",
]
"""A panel behind other things: a lane and the lane next to it, a card, a bar with a measure, a thin rule.

A grid is a fine line to follow with the eye; a stop is the end of what must have run out. Bars over an axis are what
must wait, what has a last day, what is void after it, and what recurs.

A seat taken and a seat free are persons that are counted or not; an edge is a strong line that a measure must pass.
"""
Align = Literal["left", "centre", "right"]

SYMBOLS: Final[Mapping[Look, str]] = {
    "step": "□",
    "done": "✓",
    "failed": "×",
    "current": "▶",
    "blocked": "⊘",
    "later": "○",
    "end": "■",
    "again": "△",
    "mark": "·",
    "limit": "—",
    "due": "◆",
    "overdue": "▲",
    "refused": "⊗",
    "unreachable": "◌",
}
"""The sign of each look: in black and white a picture says the same. CJK fonts hold every one of them."""
GAIN: Final = "★"


@frozen
class TextLine:
    """One line of words as it is lettered; who makes it breaks it (`canvas.lettering.wrap`)."""

    text: str
    look: LineLook = "plain"


@frozen(kw_only=True)
class Words:
    """Lines with a place of their own, in no box: the heads of lanes, the days of a scale, a remark."""

    code: str
    lines: tuple[TextLine, ...]
    align: Align = "left"


@frozen(kw_only=True)
class Panel:
    """A rectangle without words, drawn behind everything else."""

    code: str
    look: PanelLook = "lane"
    tooltip: str = ""


@frozen(kw_only=True)
class Node:
    """One box: its name, the lines below it, its look, and whether the standing changes with it."""

    code: str
    number: int | None
    name: str
    lines: tuple[str, ...]
    look: Look
    milestone: bool = False
    tooltip: str = ""
    wide: float | None = None
    """How broad a line in it is, in the measure of `recruitment.diagram.canvas.lettering`; None for the usual."""
    details: tuple[TextLine, ...] = ()
    """Where not empty, all that is written in the box, lettered line by line; name and lines then only describe it."""
    align: Align = "left"
    """The side on which the details are."""


@frozen(kw_only=True)
class Group:
    """A stage: its title and its boxes, in the order of their numbers."""

    code: str
    title: str
    nodes: tuple[Node, ...]


@frozen(kw_only=True)
class Link:
    """One thing before another by a clause (`hard`) or the chart alone (`chart`), a way `back`, or an act `again`."""

    source: str
    target: str
    look: LinkLook = "hard"


@frozen(kw_only=True)
class Plate:
    """A picture whole: title, stages, links, and the key that explains its looks and lines."""

    name: str
    lang: Lang
    title: str
    subtitle: str
    groups: tuple[Group, ...]
    links: tuple[Link, ...]
    end: Node | None = None
    marks: tuple[Node, ...] = ()
    key_title: str = ""
    key: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    words: tuple[Words, ...] = ()
    """Panels and words have their places in `sheet.boxes`, by their codes, as every box has."""
    sheet: Sheet | None = None
    """Where everything is placed; None where the layout of the course is meant
    (`recruitment.diagram.plates.course.layout`).

    A key is drawn where the sheet has a frame for it, a group without a frame is drawn without one, and a link where
    the sheet has a route for it.
    """

    @property
    def standing_alone(self) -> tuple[Node, ...]:
        """The boxes below the key: the end of a file, and what is said of it in addition to its progress."""
        return (*((self.end,) if self.end is not None else ()), *self.marks)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every box of every stage."""
        return tuple(node for group in self.groups for node in group.nodes)
