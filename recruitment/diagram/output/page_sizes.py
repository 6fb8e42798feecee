"""Sheets of paper in landscape: a plate scaled to fit one, in the middle, with a margin all round.

Graphviz fits PNG and PDF itself, by the attributes given here. An SVG is fitted by its outermost element alone,
which leaves the drawing as it is: engines round the scale of a viewport to different lengths.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from recruitment.diagram.canvas.sheets import Sheet

DPI: Final = 200
"""How many pixels an inch of a PNG that is made for a sheet has."""

_MARGIN: Final = 10.0
_MM_AN_INCH: Final = 25.4
_POINTS_AN_INCH: Final = 72


@frozen
class Paper:
    """A sheet in landscape, in millimetres."""

    name: str
    width: int
    height: int

    @property
    def points(self) -> tuple[float, float]:
        """Its width and height in points."""
        return self.width / _MM_AN_INCH * _POINTS_AN_INCH, self.height / _MM_AN_INCH * _POINTS_AN_INCH

    @property
    def pixels(self) -> tuple[int, int]:
        """The width and height of a PNG made for it."""
        return round(self.width / _MM_AN_INCH * DPI), round(self.height / _MM_AN_INCH * DPI)


PAPERS: Final[Mapping[str, Paper]] = {"a3": Paper("a3", 420, 297), "a4": Paper("a4", 297, 210)}


def fitting(sheet: Sheet, paper: Paper) -> dict[str, str]:
    """The attributes of a graph by which Graphviz draws a plate on a sheet of paper, as PDF or PNG."""
    width, height = paper.points
    room = 2 * _MARGIN / _MM_AN_INCH * _POINTS_AN_INCH
    scale = min((width - room) / sheet.width, (height - room) / sheet.height)
    view = (width, height, scale, sheet.width / 2, sheet.height / 2)
    # The margin is in the scale; Graphviz would add one of its own to every PDF.
    return {"margin": "0", "viewport": ",".join(f"{value:.5f}" for value in view)}


_OUTERMOST: Final = re.compile(
    r'<svg\b(?P<before>[^>]*?)\bwidth="[^"]*"\s+height="[^"]*"\s+viewBox="0\.00 0\.00 (?P<w>[\d.]+) (?P<h>[\d.]+)"'
)


def fit_to_paper(svg: str, paper: Paper) -> str:
    """An SVG as large as the sheet, its drawing in the middle with the margin around it.

    Raises:
        ValueError: it does not begin as an SVG of Graphviz does.
    """
    found = _OUTERMOST.search(svg)
    if found is None:
        raise ValueError("this is no SVG drawn by Graphviz")
    width, height = float(found["w"]), float(found["h"])
    inner = (paper.width - 2 * _MARGIN) / width, (paper.height - 2 * _MARGIN) / height
    unit = 1 / min(inner)
    view = (width - paper.width * unit) / 2, (height - paper.height * unit) / 2, paper.width * unit, paper.height * unit
    outer = (
        f'<svg{found["before"]}width="{paper.width}mm" height="{paper.height}mm"\n'
        f' viewBox="{" ".join(f"{value:.2f}" for value in view)}" style="background:#FFFFFF"'
    )
    return svg[: found.start()] + outer + svg[found.end() :]
