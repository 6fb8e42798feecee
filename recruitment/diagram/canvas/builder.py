"""A plate while it is made: words and panels are put down, and their places are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import Align, Group, LineLook, Panel, PanelLook, Plate, TextLine, Words
from recruitment.diagram.canvas.sheets import Box, Frame, Route, Sheet
from recruitment.diagram.canvas.typeset import broad, fill_lines, high
from recruitment.law.rulebook import Rulebook

_EDGE: Final = 8.0
_INSET: Final = 24.0


def height(lines: Iterable[TextLine]) -> float:
    """The height of lines in a box of their own, in points, by the engine that sets them most widely."""
    return high(lines) + _EDGE


def blank(room: float) -> tuple[TextLine, ...]:
    """Blank lines that fill a height as nearly as lines can without being higher."""
    looks: tuple[LineLook, ...] = ("small", "plain")
    small, plain = (height([TextLine("", look)]) - _EDGE for look in looks)
    pairs = [(n, m) for m in range(5) for n in range(max(int((room - m * plain) // small) + 1, 0))]
    n, m = max(pairs, key=lambda pair: (pair[0] * small + pair[1] * plain, -pair[1])) if pairs else (0, 0)
    return (TextLine("", "small"),) * n + (TextLine("", "plain"),) * m


def edition_words(rulebook: Rulebook, lang: Lang) -> str:
    """What an edition is called, with the local editions that lie on it."""
    names = [Label(zh=rulebook.zh, en=rulebook.en)]
    names += [Label(zh=d.zh, en=d.en) for d in map(rulebook.documents.get, rulebook.local) if d is not None]
    return " + ".join(name.words(lang) for name in names)


def rectangle(left: float, top: float, right: float, bottom: float) -> Box:
    """The box between four edges."""
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


class Easel:
    """Takes words and panels, each at its place; what is put first is drawn first."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.boxes: dict[str, Box] = {}
        self.panels: list[Panel] = []
        self.words: list[Words] = []

    def say(
        self, code: str, lines: Iterable[TextLine], left: float, top: float, wide: float, align: Align = "left"
    ) -> float:
        """Put lines with the upper left corner of their room somewhere; the answer is where they end below.

        What is centred or on the right gets a box no broader than itself, put there.
        """
        lines = tuple(lines)
        tall = height(lines)
        across = wide
        if align != "left":
            across = min(wide, max((broad(line.text, line.look) for line in lines), default=0.0) + _INSET)
        start = {"left": left, "centre": left + (wide - across) / 2, "right": left + wide - across}[align]
        self.boxes[code] = Box(start + across / 2, top + tall / 2, across, tall)
        self.words.append(Words(code=code, lines=lines, align=align))
        return top + tall

    def draw(
        self,
        plate: Plate,
        groups: Iterable[Group],
        frames: Mapping[str, Frame],
        width: float,
        height: float,
        routes: Iterable[Route] = (),
    ) -> Plate:
        """The plate with its groups, all that was put down, and the sheet that holds it."""
        places = Sheet(boxes=self.boxes, frames=frames, routes=tuple(routes), joins={}, width=width, height=height)
        return evolve(plate, groups=tuple(groups), panels=tuple(self.panels), words=tuple(self.words), sheet=places)

    def put(self, code: str, look: PanelLook, box: Box, tooltip: str = "") -> None:
        """Put a panel down."""
        self.boxes[code] = box
        self.panels.append(Panel(code=code, look=look, tooltip=tooltip))

    def text(self, label: Label, *values: object) -> str:
        """A label in the language of the plate, with its values."""
        return label.words(self.lang).format(*values)

    def lines(self, text: str, look: LineLook, wide: float) -> tuple[TextLine, ...]:
        """A text in lines of one look that fit that breadth."""
        return fill_lines(text, look, wide - _INSET)

    def join(self, parts: Iterable[str]) -> str:
        """Parts of a list, as they are listed."""
        return listed(parts, self.lang)
