"""The sheet: where everything on a plate is placed, as plain values. Lengths are points, and y grows downward."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

from attrs import frozen

LinkLook = Literal["hard", "chart", "back", "again", "line"]
"""A link by a clause, by the official chart alone, back to where a file goes, to the same act again, or a thin line."""
Point = tuple[float, float]
ROOT_OF_TWO: Final = math.sqrt(2)
"""How many times as broad as high a sheet of A3 or A4 in landscape is."""


@frozen
class Box:
    """A rectangle by its middle, its width and its height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height / 2


@frozen
class Frame:
    """The frame of a stage, or of the key: its rectangle, and its title with the middle of it."""

    box: Box
    title: tuple[str, ...]
    at: Point


@frozen
class Route:
    """A link as a line of corners, with an arrow head at its end or without."""

    source: str
    target: str
    look: LinkLook
    points: tuple[Point, ...]
    arrow: bool = True


@frozen(kw_only=True)
class Sheet:
    """A plate with every place: boxes by code, frames by code, routes, joins, and the size of the whole."""

    boxes: Mapping[str, Box]
    frames: Mapping[str, Frame]
    routes: tuple[Route, ...]
    joins: Mapping[str, Point]
    width: float
    height: float
