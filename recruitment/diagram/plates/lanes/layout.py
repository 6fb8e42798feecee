"""The tracks of a plate of lanes: links out of the right of a box, along gutters and streets, into the left of another.

Boxes are in the cells of a grid. Between two columns is a gutter, between two rows a street; no box reaches into
either. Links of one look with the same ends run as one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import fsum
from typing import Final

from attrs import define, frozen

from recruitment.diagram.canvas.plate import Link
from recruitment.diagram.canvas.sheets import Box, LinkLook, Point, Route
from recruitment.diagram.plates.stages.routing import straighten, undrawn_part

TRACK: Final = 9.0
PORT: Final = 13.0
_TURN: Final = 30.0
"""What a turn costs in addition to the length of a way."""
_SHARED: Final = 26.0
"""What it costs to run next to another line in the same street or gutter."""
_CLEAR: Final = 10.0


@frozen(kw_only=True)
class Field:
    """The grid: of each box its cell, the middles of rows, the edges of columns, and the streets between rows."""

    boxes: Mapping[str, Box]
    cells: Mapping[str, tuple[int, int]]
    """box -> column, row"""
    rows: Sequence[float]
    gutters: Sequence[tuple[float, float]]
    """By column the gutter behind it, from edge to edge; the one before the first column is not used."""
    streets: Sequence[float]


@define(eq=False)
class _Net:
    """Links that run as one line."""

    look: LinkLook
    links: list[Link]
    verticals: dict[int, float]
    """By gutter where in it the net runs."""
    levels: dict[tuple[int, float], float]
    """By gutter before which it is left, and by row or street, where a level stretch of it runs."""


@frozen
class _Way:
    """A link as it runs: out into a gutter, and either straight in, or along a level to the gutter before its aim."""

    net: _Net
    link: Link
    first: int
    last: int
    start: float
    level: float | None
    end: float


class _Tracks:
    """Lays every link, once."""

    def __init__(self, links: Sequence[Link], field: Field) -> None:
        self.field = field
        self.taken: list[tuple[float, float, float, _Net]] = []
        self.nets = [_Net(look, some, {}, {}) for look, some in _bundle(links, field)]
        self.ways = [self._way(net, link) for net in self.nets for link in net.links]
        self.ports = self._ports()
        self._gutters()
        self._levels()

    # ----------------------------------------------------------------------------------- where each runs

    def _way(self, net: _Net, link: Link) -> _Way:
        (first, row), (last, other) = self.field.cells[link.source], self.field.cells[link.target]
        start, end = self.field.rows[row], self.field.rows[other]
        if last <= first + 1:
            return _Way(net, link, first, last - 1, start, None, end)
        level = min(self._levels_open(first, last), key=lambda y: (self._cost(net, y, first, last, start, end), y))
        self.taken.append((level, first, last, net))
        return _Way(net, link, first, last - 1, start, level, end)

    def _levels_open(self, first: int, last: int) -> Iterator[float]:
        """Every street, and every row that is empty between two columns."""
        yield from self.field.streets
        filled = {row for column, row in self.field.cells.values() if first < column < last}
        yield from (y for n, y in enumerate(self.field.rows) if n not in filled)

    def _cost(self, net: _Net, level: float, first: int, last: int, start: float, end: float) -> float:
        turns = 2 * (level != start) + 2 * (level != end)
        beside = sum(y == level and a < last and first < b and other is not net for y, a, b, other in self.taken)
        return abs(level - start) + abs(level - end) + _TURN * turns + _SHARED * beside

    # ----------------------------------------------------------------------------------- ports

    def _ports(self) -> dict[tuple[str, bool, int], float]:
        """Where each net leaves (False) or enters (True) each box: side by side, in the order of where it goes."""
        found: dict[tuple[str, bool, int], float] = {}
        for entering in (False, True):
            served: dict[str, dict[int, list[float]]] = {}
            for way in self.ways:
                code = way.link.target if entering else way.link.source
                far = way.level if way.level is not None else way.start if entering else way.end
                served.setdefault(code, {}).setdefault(id(way.net), []).append(far)
            for code, nets in served.items():
                box = self.field.boxes[code]
                order = sorted(nets, key=lambda net: fsum(nets[net]) / len(nets[net]))
                for n, net in enumerate(order):
                    found[code, entering, net] = box.y + PORT * (n - (len(order) - 1) / 2)
        return self._level(found)

    def _level(self, ports: dict[tuple[str, bool, int], float]) -> dict[tuple[str, bool, int], float]:
        """The ports, where one box leads to the next of its row: without a jog, if only one line leaves it."""
        leaving = Counter(code for code, entering, _ in ports if not entering)
        for way in self.ways:
            if way.start == way.end and way.level is None and leaving[way.link.source] == 1:
                net = id(way.net)
                ports[way.link.source, False, net] = ports[way.link.target, True, net]
        return ports

    # ----------------------------------------------------------------------------------- side by side

    def _gutters(self) -> None:
        """Lay the nets of each gutter side by side, in the order in which they cross least."""
        for gutter, (left, right) in enumerate(self.field.gutters):
            spans: dict[int, list[float]] = {}
            nets = {}
            for way in self.ways:
                for ys in self._stretches(way, gutter):
                    spans.setdefault(id(way.net), []).extend(ys)
                    nets[id(way.net)] = way.net
            upright = [key for key, ys in spans.items() if max(ys) - min(ys) > 1]
            order = _least(upright, partial(self._crossings, gutter))
            room = min(TRACK, (right - left - 8) / max(1, len(order) - 1)) if len(order) > 1 else 0.0
            middle = (left + right) / 2 - 2
            for n, key in enumerate(order):
                nets[key].verticals[gutter] = middle + room * (n - (len(order) - 1) / 2)

    def _stretches(self, way: _Way, gutter: int) -> Iterator[tuple[float, float]]:
        """Where a way runs upright in a gutter."""
        out = self.ports[way.link.source, False, id(way.net)]
        into = self.ports[way.link.target, True, id(way.net)]
        if way.level is None:
            if gutter == way.last:
                yield out, into
            return
        if gutter == way.first:
            yield out, way.level if way.level != way.start else out
        if gutter == way.last:
            yield way.level if way.level != way.end else into, into

    def _crossings(self, gutter: int, order: Sequence[int]) -> float:
        """How often lines cross in a gutter where nets run in that order from left to right."""
        place = {key: n for n, key in enumerate(order)}
        count = 0.0
        uprights = []
        levels = []
        for way in self.ways:
            n = place.get(id(way.net))
            for a, b in self._stretches(way, gutter):
                if n is not None:
                    uprights.append((n, min(a, b), max(a, b)))
                    levels += [(-1, n, a), (n, len(order), b)]
        for n, low, high in uprights:
            count += sum(left < n < right and low < y < high for left, right, y in levels)
            # Two level stretches at one height in one gutter would lie on each other.
        for k, (left, right, y) in enumerate(levels):
            count += sum(
                3 * (abs(y - other) < 4 and max(left, a) < min(right, b))
                for a, b, other in levels[k + 1 :]
                if (left == -1) != (a == -1)
            )
        return count

    def _levels(self) -> None:
        """Lay the level stretches of each row and street side by side, none on another."""
        by_level: dict[float, dict[int, tuple[float, float, _Net]]] = {}
        for way in self.ways:
            if way.level is None or way.level in (way.start, way.end):
                continue
            left = way.net.verticals.get(way.first, self.field.gutters[way.first][0])
            right = way.net.verticals.get(way.last, self.field.gutters[way.last][1])
            some = by_level.setdefault(way.level, {})
            low, high, _ = some.get(id(way.net), (left, right, way.net))
            some[id(way.net)] = (min(low, left), max(high, right), way.net)
        for level, some in by_level.items():
            lanes: list[list[tuple[float, float]]] = []
            placed = []
            for low, high, net in sorted(some.values(), key=lambda each: each[:2]):
                free = (
                    n for n, lane in enumerate(lanes) if all(high + _CLEAR < a or b + _CLEAR < low for a, b in lane)
                )
                n = next(free, len(lanes))
                if n == len(lanes):
                    lanes.append([])
                lanes[n].append((low, high))
                placed.append((n, net))
            for n, net in placed:
                net.levels[0, level] = level + TRACK * (n - (len(lanes) - 1) / 2)

    # ----------------------------------------------------------------------------------- lines

    def routes(self) -> Iterator[Route]:
        """Every link as a line; what runs together is drawn once."""
        for net in self.nets:
            paths = [(self._points(way), way.link) for way in self.ways if way.net is net]
            drawn: list[tuple[Point, Point]] = []
            for points, link in sorted(paths, key=lambda path: -_length(path[0])):
                rest, arrow = undrawn_part(points, drawn)
                if len(rest) > 1:
                    yield Route(link.source, link.target, net.look, rest, arrow)
                drawn += pairwise(points)

    def _points(self, way: _Way) -> tuple[Point, ...]:
        source, target = self.field.boxes[way.link.source], self.field.boxes[way.link.target]
        out = self.ports[way.link.source, False, id(way.net)]
        into = self.ports[way.link.target, True, id(way.net)]
        if way.level is None:
            x = way.net.verticals.get(way.last, (source.right + target.left) / 2)
            if way.last < way.first:  # both in one column: from below or above
                down = source.y < target.y
                one, other = (source.bottom, target.top) if down else (source.top, target.bottom)
                return (source.x, one), (target.x, other)
            return tuple(straighten(((source.right, out), (x, out), (x, into), (target.left, into))))
        y = out if way.level == way.start else into if way.level == way.end else way.net.levels[0, way.level]
        first = way.net.verticals.get(way.first, source.right + 8)
        last = way.net.verticals.get(way.last, target.left - 8)
        points = ((source.right, out), (first, out), (first, y), (last, y), (last, into), (target.left, into))
        return tuple(straighten(points))


def _length(points: Sequence[Point]) -> float:
    return fsum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _bundle(links: Sequence[Link], field: Field) -> Iterator[tuple[LinkLook, list[Link]]]:
    """Links of one look whose sources are in one column and lead to the same."""
    aims: dict[tuple[str, LinkLook], list[Link]] = {}
    for link in links:
        aims.setdefault((link.source, link.look), []).append(link)
    alike: dict[tuple[tuple[str, ...], LinkLook, int], list[Link]] = {}
    for (source, look), some in aims.items():
        key = (tuple(link.target for link in some), look, field.cells[source][0])
        alike.setdefault(key, []).extend(some)
    for (_, look, _), some in alike.items():
        yield look, some


def _least(keys: Sequence[int], cost: Callable[[Sequence[int]], float]) -> list[int]:
    """An order of the keys from which no swap of neighbours saves anything."""
    best = list(keys)
    low = cost(best)
    better = True
    while better:
        better = False
        for n in range(len(best)):
            for m in range(n + 1, len(best)):
                other = [*best]
                other[n], other[m] = other[m], other[n]
                if cost(other) < low:
                    best, low, better = other, cost(other), True
    return best


def tracks_of(links: Sequence[Link], field: Field) -> tuple[Route, ...]:
    """Every link as a line that runs through no box."""
    return tuple(_Tracks(links, field).routes())
