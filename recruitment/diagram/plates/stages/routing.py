"""The passages between rows of cards: in the channel above a row, past a row in the margin, or from side to side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import fsum
from typing import Final

from attrs import define, frozen

from recruitment.diagram.canvas.plate import Link
from recruitment.diagram.canvas.sheets import LinkLook, Point, Route

LANE: Final = 14.0
ABOVE_LANES: Final = 14.0
BELOW_LANES: Final = 24.0
PORTS: Final = 30.0
_EDGE: Final = 26.0
_CLEAR: Final = 12.0


@frozen
class RouteStop:
    """Where a card or chip is across the sheet: its row (-1 is what comes in), and its edges."""

    row: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        """The middle of it."""
        return (self.left + self.right) / 2


@define
class _Net:
    """Links of one look with the same targets, or from the same source: one line with branches."""

    look: LinkLook
    links: list[Link]
    leave: dict[str, float]
    enter: dict[str, float]
    lanes: dict[int, float]
    """By channel how far below the upper edge of the channel it runs."""
    margin: float | None = None
    """Where it runs past a row, if it does."""


class Passages:
    """Every link of a sheet of rows; places across are settled first, places down when the rows are known."""

    def __init__(
        self, links: Sequence[Link], stops: Mapping[str, RouteStop], *, rows: int, width: float, margin: float
    ) -> None:
        self.stops = stops
        self.width = width
        self.margin = margin
        self.beside = [link for link in links if self._neighbours(link)]
        self.nets = [_Net(look=look, links=some, leave={}, enter={}, lanes={}) for look, some in self._bundles(links)]
        self._margins()
        self._ports()
        self._clear()
        self.lanes = {channel: self._lanes(channel) for channel in range(rows + 1)}

    def _neighbours(self, link: Link) -> bool:
        """Whether nothing is between source and target in one row, the source on the left."""
        one, other = self.stops[link.source], self.stops[link.target]
        between = [s for s in self.stops.values() if s.row == one.row and one.right <= s.left and s.right <= other.left]
        return one.row == other.row and one.right <= other.left and not between

    def _bundles(self, links: Sequence[Link]) -> Iterator[tuple[LinkLook, list[Link]]]:
        """Links that run together: those of one look whose sources lead to the same, and of one row."""
        ends: dict[tuple[str, LinkLook, int], list[Link]] = {}
        for link in links:
            if link not in self.beside:
                rows = self.stops[link.target].row
                ends.setdefault((link.source, link.look, rows), []).append(link)
        alike: dict[tuple[tuple[str, ...], LinkLook, int], list[Link]] = {}
        for (source, look, _), some in ends.items():
            targets = tuple(link.target for link in some)
            alike.setdefault((targets, look, self.stops[source].row), []).extend(some)
        for (_, look, _), some in alike.items():
            yield look, some

    # ----------------------------------------------------------------------------------- across

    def _ports(self) -> None:
        """Where each bundle leaves its sources and enters its targets: straight where it can, else side by side."""
        for leaving in (True, False):
            served: dict[str, list[_Net]] = {}
            for net in self.nets:
                for code in dict.fromkeys(link.source if leaving else link.target for link in net.links):
                    served.setdefault(code, []).append(net)
            for code, nets in served.items():
                stop = self.stops[code]
                nets.sort(key=lambda net: self._far(net, leaving=leaving))
                wanted = [self._wanted_place(net, code, leaving=leaving) for net in nets]
                for net, x in zip(nets, _spread_ports(wanted, stop), strict=True):
                    (net.leave if leaving else net.enter)[code] = x

    def _far(self, net: _Net, *, leaving: bool) -> float:
        if net.margin is not None:
            return net.margin
        ends = [self.stops[link.target if leaving else link.source].middle for link in net.links]
        return fsum(ends) / len(ends)

    def _wanted_place(self, net: _Net, code: str, *, leaving: bool) -> float:
        """The middle, or over what the net comes from or leads to where that is the only one and a straight way."""
        stop = self.stops[code]
        others = list(dict.fromkeys(link.target if leaving else link.source for link in net.links))
        if not leaving and len(others) > 1:
            # Under the broadest of several, so that one of them at least leads straight down.
            others = [max(others, key=lambda other: self.stops[other].right - self.stops[other].left)]
        if len(others) != 1 or abs(self.stops[others[0]].row - stop.row) != 1:
            return stop.middle
        other = self.stops[others[0]]
        x = net.leave.get(others[0], other.middle) if not leaving else other.middle
        narrower = not leaving or other.right - other.left < stop.right - stop.left
        return x if narrower and stop.left + _EDGE <= x <= stop.right - _EDGE else stop.middle

    def _margins(self) -> None:
        """Nets that pass a row run in the margin that is nearer to where they lead, side by side."""
        sides = {False: 0, True: 0}
        for net in self.nets:
            first = net.links[0]
            if self.stops[first.target].row - self.stops[first.source].row == 1:
                continue
            ends = [self.stops[code].middle for link in net.links for code in (link.source, link.target)]
            right = fsum(ends) / len(ends) > self.width / 2
            shift = self.margin * 0.6 - LANE * sides[right]
            net.margin = self.width - shift if right else shift
            sides[right] += 1

    def _clear(self) -> None:
        """Nets that would leave over the place where another enters leave a little to the side of it."""
        entering = [(self.stops[code].row, x, net) for net in self.nets for code, x in net.enter.items()]
        for net in self.nets:
            for code, x in net.leave.items():
                stop = self.stops[code]
                near = [
                    at
                    for row, at, other in entering
                    if row == stop.row + 1 and other is not net and abs(at - x) < _CLEAR
                ]
                straight = any(abs(at - x) < 1 for row, at, other in entering if other is net)
                if near and not straight:
                    moved = x + PORTS if x + PORTS < stop.right - _EDGE else x - PORTS
                    net.leave[code] = moved

    def _runs(self, net: _Net) -> dict[int, list[float]]:
        """By channel, every place across that the net touches in it."""
        above = min(self.stops[link.source].row for link in net.links) + 1
        below = max(self.stops[link.target].row for link in net.links)
        leave, enter = list(net.leave.values()), list(net.enter.values())
        if net.margin is None:
            return {above: [*leave, *enter]}
        if above == below:
            return {above: [*leave, *enter, net.margin]}
        return {above: [*leave, net.margin], below: [*enter, net.margin]}

    def _lanes(self, channel: int) -> int:
        """Lay the nets of a channel on lanes, so that none runs on another; how many there are."""
        spans = []
        for net in self.nets:
            xs = self._runs(net).get(channel)
            if xs is not None and max(xs) - min(xs) > 1:
                spans.append((max(xs) - min(xs), min(xs), max(xs), net))
        taken: list[list[tuple[float, float]]] = []
        for _, low, high, net in sorted(spans, key=lambda span: span[:3]):
            n = next((n for n, some in enumerate(taken) if all(high + _CLEAR < a or b + _CLEAR < low for a, b in some)),
                     len(taken))  # fmt: skip
            if n == len(taken):
                taken.append([])
            taken[n].append((low, high))
            net.lanes[channel] = ABOVE_LANES + LANE * n
        return len(taken)

    # ----------------------------------------------------------------------------------- down

    def depth(self, channel: int) -> float:
        """How deep the channel above a row has to be."""
        return ABOVE_LANES + BELOW_LANES + LANE * max(0, self.lanes.get(channel, 0))

    def routes(self, edges: Mapping[str, tuple[float, float, float]], tops: Sequence[float]) -> tuple[Route, ...]:
        """Every link as a line; what runs together is drawn once."""
        found = []
        for link in self.beside:
            one, other = self.stops[link.source], self.stops[link.target]
            y = min(edges[link.source][1], edges[link.target][1])
            found.append(Route(link.source, link.target, link.look, ((one.right, y), (other.left, y))))
        for net in self.nets:
            found += self._draw_net(net, edges, tops)
        return tuple(found)

    def _draw_net(
        self, net: _Net, edges: Mapping[str, tuple[float, float, float]], tops: Sequence[float]
    ) -> Iterator[Route]:
        paths = []
        for link in net.links:
            points = self._path(net, link, edges, tops)
            paths.append(
                (
                    fsum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points)),
                    link,
                    points,
                )
            )
        drawn: list[tuple[Point, Point]] = []
        for _, link, points in sorted(paths, key=lambda path: -path[0]):
            rest, arrow = undrawn_part(points, drawn)
            if len(rest) > 1:
                yield Route(link.source, link.target, net.look, rest, arrow)
            drawn += pairwise(points)

    def _path(
        self, net: _Net, link: Link, edges: Mapping[str, tuple[float, float, float]], tops: Sequence[float]
    ) -> tuple[Point, ...]:
        start, end = (net.leave[link.source], edges[link.source][2]), (net.enter[link.target], edges[link.target][0])
        points, x = [start], start[0]
        for channel in dict.fromkeys((self.stops[link.source].row + 1, self.stops[link.target].row)):
            if channel in net.lanes:
                y = tops[channel] - self.depth(channel) + net.lanes[channel]
                points.append((x, y))
                x = end[0] if channel == self.stops[link.target].row or net.margin is None else net.margin
                points.append((x, y))
        points.append(end)
        return tuple(straighten(points))


def _spread_ports(wanted: Sequence[float], stop: RouteStop) -> list[float]:
    """Ports in their order, near to where they are wanted, none on another, and all of them on the card."""
    xs = list(wanted)
    room = min(PORTS, (stop.right - stop.left - 2 * _EDGE) / max(1, len(xs)))
    if any(b - a < room for a, b in pairwise(xs)):
        middle = min(max(fsum(xs) / len(xs), stop.left + _EDGE + room * (len(xs) - 1) / 2),
                     stop.right - _EDGE - room * (len(xs) - 1) / 2)  # fmt: skip
        xs = [middle + room * (n - (len(xs) - 1) / 2) for n in range(len(xs))]
    return xs


def straighten(points: Sequence[Point]) -> list[Point]:
    """Corners only: no point twice, none in the middle of a straight line."""
    found: list[Point] = []
    for point in points:
        if found and abs(found[-1][0] - point[0]) + abs(found[-1][1] - point[1]) < 1:
            continue
        if len(found) > 1 and _in_line(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 1 and abs(b[0] - c[0]) < 1) or (abs(a[1] - b[1]) < 1 and abs(b[1] - c[1]) < 1)


def _on(point: Point, drawn: Sequence[tuple[Point, Point]]) -> bool:
    return any(
        min(a[0], b[0]) - 1 <= point[0] <= max(a[0], b[0]) + 1
        and min(a[1], b[1]) - 1 <= point[1] <= max(a[1], b[1]) + 1
        for a, b in drawn
    )


def undrawn_part(points: Sequence[Point], drawn: Sequence[tuple[Point, Point]]) -> tuple[tuple[Point, ...], bool]:
    """What of a line is not drawn yet, from where it leaves what is or to where it meets it; and whether it ends."""
    if not drawn:
        return tuple(points), True
    first = next((n for n, point in enumerate(points) if not _on(point, drawn)), len(points))
    if first == 0:
        meets = next((n for n, point in enumerate(points) if _on(point, drawn)), len(points) - 1)
        return tuple(points[: meets + 1]), meets == len(points) - 1 and not _on(points[-1], drawn)
    start = points[first - 1] if first < len(points) else points[-1]
    return (start, *points[first:]), True
