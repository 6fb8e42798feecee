"""The course as the SVG of a page: the places of the plate, every box a group of its own that a script can find.

No engine draws it, so it is there wherever the library is. It is a picture for those who see; what it says to those who
listen is on its boxes, and the page puts it there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from recruitment.base.label import Lang
from recruitment.diagram.canvas.lettering import lines_of
from recruitment.diagram.canvas.plate import Node, Plate
from recruitment.diagram.canvas.sheets import Box, Point, Route, Sheet
from recruitment.diagram.plates.course.layout import rows_of, sheet_of
from recruitment.diagram.plates.course.plate import course_plate
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.html_shell import LANGUAGES

_MARGIN: Final = 6.0
_LINE: Final = {"zh": 23.0, "en": 21.0}
_FRAME_LINE: Final = 27.0
_CORNER: Final = 9.0
_HEAD: Final = 11.0
_HALF_HEAD: Final = 5.0


def course_rows(rulebook: Rulebook) -> dict[str, list[list[str]]]:
    """The procedures of each stage in rows: procedures in one row come in any order, or together."""
    plate = course_plate(rulebook, "en")
    row = rows_of(plate.groups, plate.links)
    found = {}
    for group in plate.groups:
        places = sorted({row[node.code] for node in group.nodes})
        found[group.code.removeprefix("stage_")] = [
            [node.code for node in group.nodes if row[node.code] == place] for place in places
        ]
    return found


def notes(rulebook: Rulebook, lang: Lang) -> tuple[str, ...]:
    """What the lines and marks of the course mean, as its plate says it."""
    return course_plate(rulebook, lang).notes


def course_svg(rulebook: Rulebook, lang: Lang) -> str:
    """The whole course as inline SVG; ids carry the language, so that both can be in one page.

    `data-corner` is the free corner at the top right, as shares of the whole: left, top, right, bottom.
    """
    plate = course_plate(rulebook, lang)
    sheet = sheet_of(plate)
    whole = _whole(plate, sheet)
    svg = Element(
        "svg",
        {
            "class": "course",
            "id": f"course-{lang}",
            "lang": LANGUAGES[lang],
            "viewBox": " ".join(_number(n) for n in (whole.left, whole.top, whole.width, whole.height)),
            "role": "group",
            "aria-label": plate.title,
            "data-corner": _free_corner(plate, sheet, whole),
        },
    )
    _frames(SubElement(svg, "g", {"class": "frames", "aria-hidden": "true"}), plate, sheet)
    drawn = SubElement(svg, "g", {"class": "routes", "aria-hidden": "true"})
    for route in sheet.routes:
        _route(drawn, route)
    for x, y in sheet.joins.values():
        SubElement(drawn, "circle", {"cx": _number(x), "cy": _number(y), "r": "4.5"})
    for group in plate.groups:
        holder = SubElement(svg, "g", {"role": "group", "aria-label": group.title})
        for node in group.nodes:
            _box(holder, node, sheet.boxes[node.code], lang)
    return tostring(svg, encoding="unicode")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _whole(plate: Plate, sheet: Sheet) -> Box:
    """The smallest box around all stages: the page has a title of its own, and the key is elsewhere."""
    frames = [sheet.frames[group.code].box for group in plate.groups]
    left, right = min(box.left for box in frames) - _MARGIN, max(box.right for box in frames) + _MARGIN
    top, bottom = min(box.top for box in frames) - _MARGIN, max(box.bottom for box in frames) + _MARGIN
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def _free_corner(plate: Plate, sheet: Sheet, whole: Box) -> str:
    """The corner at the top right where no stage is: beside all but the last, and above that one."""
    *others, last = (sheet.frames[group.code].box for group in plate.groups)
    left = max((box.right for box in others if box.top < last.top - _MARGIN), default=whole.left) + 3 * _MARGIN
    shares = (
        (left - whole.left) / whole.width,
        _MARGIN / whole.height,
        (last.right - whole.left) / whole.width,
        (last.top - 3 * _MARGIN - whole.top) / whole.height,
    )
    return " ".join(f"{share:.4f}" for share in shares)


def _rectangle(parent: Element, box: Box, radius: float, **more: str) -> None:
    places = {"x": box.left, "y": box.top, "width": box.width, "height": box.height, "rx": radius}
    SubElement(parent, "rect", {name: _number(value) for name, value in places.items()} | more)


def _lines(parent: Element, lines: Sequence[str], at: Point, step: float, name: str) -> None:
    """Lines of text around a middle."""
    text = SubElement(parent, "text", {"class": name})
    first = at[1] - step * (len(lines) - 1) / 2
    for n, line in enumerate(lines):
        SubElement(text, "tspan", {"x": _number(at[0]), "y": _number(first + n * step)}).text = line


def _frames(parent: Element, plate: Plate, sheet: Sheet) -> None:
    for group in plate.groups:
        frame = sheet.frames[group.code]
        _rectangle(parent, frame.box, 10)
        _lines(parent, frame.title, frame.at, _FRAME_LINE, "stage")


def _toward(start: Point, goal: Point, length: float) -> Point:
    """The point `length` from `start` on the way to `goal`, or half way where that is nearer."""
    x, y = goal[0] - start[0], goal[1] - start[1]
    whole = math.hypot(x, y)
    share = min(length / whole, 0.5) if whole else 0.0
    return start[0] + x * share, start[1] + y * share


def _at(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _route(parent: Element, route: Route) -> None:
    """A route as one path with rounded corners, and the head of its arrow."""
    group = SubElement(
        parent, "g", {"class": f"route {route.look}", "data-source": route.source, "data-target": route.target}
    )
    points, tip = list(route.points), route.points[-1]
    if route.arrow:
        points[-1] = _toward(tip, points[-2], _HEAD - 1)
    path = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.append(f"L{_at(_toward(corner, before, _CORNER))}Q{_at(corner)} {_at(_toward(corner, after, _CORNER))}")
    path.append(f"L{_at(points[-1])}")
    SubElement(group, "path", {"class": "line", "d": "".join(path)})
    if route.arrow:
        back, whole = route.points[-2], math.dist(tip, route.points[-2]) or 1.0
        x, y = (tip[0] - back[0]) / whole, (tip[1] - back[1]) / whole
        base = tip[0] - x * _HEAD, tip[1] - y * _HEAD
        one = base[0] - y * _HALF_HEAD, base[1] + x * _HALF_HEAD
        other = base[0] + y * _HALF_HEAD, base[1] - x * _HALF_HEAD
        SubElement(group, "path", {"class": "head", "d": f"M{_at(tip)}L{_at(one)}L{_at(other)}Z"})


def _box(parent: Element, node: Node, box: Box, lang: Lang) -> None:
    """A procedure: its rectangle (double where the standing changes), its words, its number alone, and its sign."""
    name = "box milestone" if node.milestone else "box"
    group = SubElement(parent, "g", {"class": name, "id": f"{lang}-{node.code}", "data-code": node.code})
    SubElement(group, "title").text = node.tooltip
    _rectangle(group, box, 9, **{"class": "edge"})
    if node.milestone:
        _rectangle(group, Box(box.x, box.y, box.width - 9, box.height - 9), 6, **{"class": "inner"})
    lines = lines_of(node, lang)
    _lines(group, lines, (box.x, box.y), _LINE[lang], "name")
    if node.number is not None:
        _lines(group, (str(node.number),), (box.x, box.y), 0, "number")
    _lines(group, ("",), (box.right - 30, box.y), 0, "sign")
