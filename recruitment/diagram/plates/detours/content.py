"""The ways on the plate of detours: back on lanes, again into the side of an act, down through decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from recruitment.diagram.canvas.plate import Link
from recruitment.diagram.canvas.sheets import Box, LinkLook, Point, Route
from recruitment.diagram.plates.course.layout import HEAD, LANE

APART: Final = 34.0
"""The distance of the sides of a strip from its middle."""


@frozen(kw_only=True)
class Places:
    """Where the boxes are, and where ways may run between them, in points of the sheet."""

    boxes: Mapping[str, Box]
    """Each box by its code."""
    above: Mapping[str, float]
    """The height of the channel over each box."""
    side: Mapping[str, int]
    """The column of each box, counted from 0."""
    filled: frozenset[str]
    """The boxes of the main line with something to their left."""
    lanes: tuple[float, ...]
    """Where the lanes of each column begin."""
    gutters: tuple[float, ...]
    """Where a lane may run next to each column."""


class _Ways:
    """Lays every link of the plate."""

    def __init__(self, links: Sequence[Link], places: Places) -> None:
        self.links = links
        self.places = places
        self.tree = {(link.source, link.target) for link in links if link.look == "hard"}

    def routes(self) -> Iterator[Route]:
        """What leads from box to box."""
        for link in self.links:
            if link.look == "hard":
                yield Route(link.source, link.target, link.look, self._tree(link))
            elif link.look == "again":
                yield Route(link.source, link.target, link.look, self._again(link))
        yield from self._back()
        for code in self.places.boxes:
            owner = code.partition(".")[0]
            if owner != code and owner in self.places.side and (owner, code) not in self.tree:
                yield from self._stub(owner, code)

    def _tree(self, link: Link) -> tuple[Point, ...]:
        source, target = self.places.boxes[link.source], self.places.boxes[link.target]
        if source.x == target.x and self.places.above[link.target] > source.bottom:
            return (source.x, source.bottom), (target.x, target.top)
        y = self.places.above[link.target]
        return (source.x, source.bottom), (source.x, y), (target.x, y), (target.x, target.top)

    def _again(self, link: Link) -> tuple[Point, ...]:
        """From the right into the side of the act; to an act further down by the space between."""
        source, target = self.places.boxes[link.source], self.places.boxes[link.target]
        y = min(max(source.y, target.top + 12), target.bottom - 12)
        if abs(y - source.y) < 1 or self.places.side[link.source] != self.places.side[link.target]:
            return (source.left, source.y), (target.right, y)
        x = target.right + APART / 2
        return (source.left, source.y), (x, source.y), (x, y), (target.right, y)

    def _stub(self, owner: str, code: str) -> Iterator[Route]:
        """From an act to what leads back from it, or ends the file with it."""
        own, box = self.places.boxes[owner], self.places.boxes[code]
        looks: dict[str, LinkLook] = {link.source: link.look for link in self.links}
        look = looks.get(code, "hard")
        if look == "again":
            return
        start, end = (own.left, box.right) if box.x < own.x else (own.right, box.left)
        y = min(max(box.y, own.top + 12), own.bottom - 12)
        points: tuple[Point, ...] = ((start, y), (end, y))
        if abs(y - box.y) >= 1:
            points = ((start, y), ((start + end) / 2, y), ((start + end) / 2, box.y), (end, box.y))
        yield Route(owner, code, look, points, arrow=look == "hard")

    def _back(self) -> Iterator[Route]:
        """Each way back: out to a lane, along it, and into what is open again; the shorter the way, the nearer."""
        ways: dict[str, list[str]] = {}
        for link in self.links:
            if link.look == "back" and self.places.side[link.source] != self.places.side[link.target]:
                yield Route(link.source, link.target, "back", self._over(link.source, link.target))
            elif link.look == "back":
                ways.setdefault(link.source, []).append(link.target)
        buses: dict[tuple[str, ...], list[str]] = {}
        for source, aims in ways.items():
            buses.setdefault(tuple(aims), []).append(source)
        runs = []
        for targets, sources in buses.items():
            ys = [self.places.boxes[code].y for code in (*targets, *sources)]
            runs.append((max(ys) - min(ys), min(ys), max(ys), self.places.side[sources[0]], targets, sources))
        lanes: list[list[tuple[float, float, int]]] = []
        entries: dict[str, list[tuple[int, list[str]]]] = {}
        for _, top, bottom, side, targets, sources in sorted(runs):
            free = (n for n, taken in enumerate(lanes) if all(
                s != side or bottom + 24 < a or b + 24 < top for a, b, s in taken))  # fmt: skip
            lane = next(free, len(lanes))
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append((top, bottom, side))
            for target in targets:
                entries.setdefault(target, []).append((lane, sources))
        for target, some in sorted(entries.items()):
            some.sort(key=lambda entry: -entry[0])
            for n, (lane, sources) in enumerate(some):
                shift = 14 * (n - (len(some) - 1) / 2)
                for source in sources:
                    yield Route(source, target, "back", self._lane(source, target, lane, shift))

    def _lane(self, source: str, target: str, lane: int, shift: float) -> tuple[Point, ...]:
        begin, goal = self.places.boxes[source], self.places.boxes[target]
        x = self.places.lanes[self.places.side[source]] - LANE * (lane + 0.7)
        points: tuple[Point, ...] = ((begin.left, begin.y), (x, begin.y))
        if target in self.places.filled:
            y, enter = self.places.above[target] + shift, goal.left + 24
            return (*points, (x, y), (enter, y), (enter, goal.top))
        return (*points, (x, goal.y + shift), (goal.left, goal.y + shift))

    def _over(self, source: str, target: str) -> tuple[Point, ...]:
        """To an act of an earlier column: along the gutter next to that column, and into the act from above."""
        begin, goal = self.places.boxes[source], self.places.boxes[target]
        x, at = self.places.gutters[self.places.side[source]], self.places.gutters[self.places.side[target] + 1]
        y, enter = self.places.above[target], goal.right - 14
        points: tuple[Point, ...] = ((begin.left, begin.y), (x, begin.y))
        if x != at:  # over the top of the columns between
            points = (*points, (x, HEAD - 8), (at, HEAD - 8))
        return (*points, (at, y), (enter, y), (enter, goal.top))


def routes_of(links: Sequence[Link], places: Places) -> tuple[Route, ...]:
    """Every link as a line, and a line from each act to its possible results."""
    return tuple(_Ways(links, places).routes())
