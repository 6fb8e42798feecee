"""Whether a plate can be read: what the tests of every plate ask of it, by its places and by what the engine draws."""

from __future__ import annotations

import json
from itertools import combinations

from recruitment.diagram.output import drawing
from recruitment.diagram.output.drawing import dot_of
from recruitment.diagram.plates.course.layout import sheet_of

ROOT_OF_TWO = 2**0.5


def crosses(one, other, box):
    """Whether the straight line from one point to the other runs through a box."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return left < box.right and right > box.left and top < box.bottom and bottom > box.top


def written(plate):
    """Everything that has words in it, nodes, key and words, with how much broader the engine may draw it."""
    nodes = (*plate.nodes, *plate.standing_alone, *(plate.key if "key" in sheet(plate).frames else ()))
    return [(node.code, 9 if node.milestone else 1) for node in nodes] + [(words.code, 1) for words in plate.words]


def sheet(plate):
    """Where everything on a plate stands."""
    return plate.sheet or sheet_of(plate)


def assert_free(plate, *, apart=4.0):
    """Nothing that is written touches another or leaves the sheet, and no route runs through what it does not join."""
    places = sheet(plate)
    boxes = {code: places.boxes[code] for code, _ in written(plate)}
    for (one, box), (other, beside) in combinations(sorted(boxes.items()), 2):
        across = abs(box.x - beside.x) - (box.width + beside.width) / 2
        down = abs(box.y - beside.y) - (box.height + beside.height) / 2
        assert across >= apart or down >= apart, (plate.name, plate.lang, one, other)
    for code, box in boxes.items():
        assert min(box.left, box.top) >= 0, (plate.name, code)
        assert box.right <= places.width, (plate.name, code)
        assert box.bottom <= places.height, (plate.name, code)
    for route in places.routes:
        for code, box in boxes.items():
            if code not in (route.source, route.target):
                hit = any(crosses(a, b, box) for a, b in zip(route.points, route.points[1:], strict=False))
                assert not hit, (plate.name, plate.lang, route.source, route.target, code)
    for group in plate.groups:
        frame = places.frames.get(group.code)
        for node in group.nodes if frame else ():
            box = places.boxes[node.code]
            assert frame.box.left <= box.left <= box.right <= frame.box.right, (plate.name, node.code)
            assert frame.box.top <= box.top <= box.bottom <= frame.box.bottom, (plate.name, node.code)


def assert_fits(plate, engine):
    """Every line, measured by the engine with the font of the pictures, lies within its box, and no box grew."""
    places = sheet(plate)
    drawn = drawing._render_in_process if engine == "pygraphviz" else drawing._render_by_command
    objects = {each["name"]: each for each in json.loads(drawn(dot_of(plate), "json"))["objects"]}
    for code, room in written(plate):
        box, found = places.boxes[code], objects[drawing._id(code)]
        assert float(found["width"]) * 72 <= box.width + room, (plate.name, plate.lang, code)
        assert float(found["height"]) * 72 <= box.height + room, (plate.name, plate.lang, code)
        x, y = map(float, found["pos"].split(","))
        for line in (each for each in found["_ldraw_"] if each["op"] == "T"):
            share = {"l": 0.0, "c": 0.5, "r": 1.0}[line["align"]]
            left = box.x + line["pt"][0] - x - share * line["width"]
            up = box.y + y - line["pt"][1]
            where = (plate.name, plate.lang, code, line["text"], left, box)
            assert box.left - room <= left, where
            assert left + line["width"] <= box.right + room, where
            assert box.top - room <= up - 8, where
            assert up + 2 <= box.bottom + room, where


def assert_landscape(plate, *, within=0.12):
    """The sheet has the proportions of A3 laid across, one to the root of two, or nearly."""
    places = sheet(plate)
    assert abs(places.width / places.height - ROOT_OF_TWO) <= within, (plate.name, places.width, places.height)
