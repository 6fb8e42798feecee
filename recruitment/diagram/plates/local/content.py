"""Where everything on the plate of a local edition is placed: stages in lanes, what is added below its procedure.

The lanes are made as broad as their content needs, until they are alike; the letters are as large as goes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from recruitment.base.label import Label
from recruitment.diagram.canvas.builder import Easel, height, rectangle
from recruitment.diagram.canvas.plate import Group, LineLook, Node, Plate, TextLine
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO, Frame
from recruitment.diagram.canvas.typeset import broad
from recruitment.diagram.plates.changes.entries import Said
from recruitment.diagram.plates.course.layout import HEAD

WIDTHS: Final = tuple(float(width) for width in range(1800, 2401, 100))
MARGIN: Final = 26.0
BETWEEN: Final = 14.0
PAD: Final = 10.0
GAP: Final = 12.0
TITLE: Final = 40.0
SIGN: Final = 34.0
INDENT: Final = PAD + SIGN + 5.0
LOOKS: Final[tuple[LineLook, ...]] = ("plain", "small")
ROUNDS: Final = 24
STEP: Final = 12.0
LANES: Final[tuple[tuple[str, ...], ...]] = (("stage_1", "stage_2"), ("stage_3",), ("stage_4",))
"""Which stages are in which lane; those named in none are in one more."""

_HIDDEN: Final = Label(zh="另有 {} 条，此处写不下", en="{} more, for which there is no room here")


@frozen(kw_only=True)
class Demand:
    """What is asked besides the national rules: its sign, its words, its place, and the national words on it."""

    code: str
    sign: str
    said: str
    place: str = ""
    national: tuple[str, ...] = ()
    weight: int


@frozen(kw_only=True)
class LocalStop:
    """A procedure of the course with what is added there; `hidden` demands found no room."""

    code: str
    number: int | None
    name: str
    body: str = ""
    demands: tuple[Demand, ...] = ()
    hidden: int = 0


@frozen
class LocalStretch:
    """A stage with its procedures."""

    code: str
    title: str
    stops: tuple[LocalStop, ...]


@frozen
class _Block:
    """A procedure measured: the lines of its box, of each demand, and how high the two are."""

    stop: LocalStop
    name: tuple[TextLine, ...]
    demands: tuple[tuple[Demand, tuple[TextLine, ...]], ...]
    hidden: tuple[TextLine, ...]

    @property
    def added(self) -> float:
        """How high the panel with what is added is; nothing where nothing is added."""
        lines = [lines for _, lines in self.demands] + ([self.hidden] if self.hidden else [])
        return math.fsum(height(some) + 5 for some in lines) + 5 if lines else 0.0

    @property
    def tall(self) -> float:
        """How high the procedure is with all that is added."""
        return height(self.name) + self.added


Lanes = Sequence[Sequence[LocalStretch]]
Key = Sequence[Sequence[Said]]
"""The columns of the key, each with its texts."""


class _Builder:
    """Works the plate out for one breadth of the sheet and one lettering: lanes, then procedures, then places."""

    def __init__(self, plate: Plate, lanes: Lanes, key: Key, width: float, look: LineLook) -> None:
        self.plate, self.lanes, self.width, self.look = plate, lanes, width, look
        self.lang = plate.lang
        self.easel = Easel(self.lang)
        self.column = (width - 2 * MARGIN - 2 * PAD) / max(len(key), 1)
        self.key = [
            tuple(line for each in some for line in self.easel.lines(each.text, each.look, self.column - PAD))
            for some in key
        ]
        self.foot = max((height(lines) for lines in self.key), default=0.0) + 2 * PAD
        self.wide = self.balance()
        self.blocks = [self.measure(lane, wide) for lane, wide in zip(lanes, self.wide, strict=True)]
        self.highs = [self.high(blocks) for blocks in self.blocks]
        self.needed = HEAD + max(self.highs, default=0.0) + BETWEEN + self.foot + MARGIN
        self.height = max(width / ROOT_OF_TWO, self.needed)
        self.frames: dict[str, Frame] = {}
        self.nodes: dict[str, Node] = {}

    @property
    def fits(self) -> bool:
        """Whether everything fits on a sheet of the proportions of A3 in landscape."""
        return self.needed <= self.width / ROOT_OF_TWO

    # ----------------------------------------------------------------------------------- measures

    def balance(self) -> list[float]:
        """How broad each lane is: breadth goes from the lowest lane to the highest as long as that helps."""
        count = len(self.lanes)
        wide = [(self.width - 2 * MARGIN - BETWEEN * (count - 1)) / max(count, 1)] * count
        titles = [max(broad(each.title, "strong") * 1.12 + 2 * PAD for each in lane) for lane in self.lanes]
        best, lowest = wide, math.inf
        for _ in range(ROUNDS):
            highs = [self.high(self.measure(lane, each)) for lane, each in zip(self.lanes, wide, strict=True)]
            if max(highs, default=0.0) < lowest:
                best, lowest = wide, max(highs)
            givers = [n for n in range(count) if wide[n] - STEP >= titles[n]]
            if count < 2 or not givers:
                break
            low, top = min(givers, key=highs.__getitem__), max(range(count), key=highs.__getitem__)
            wide = [each + STEP * ((n == top) - (n == low)) for n, each in enumerate(wide)]
        return best

    def measure(self, lane: Sequence[LocalStretch], wide: float) -> list[list[_Block]]:
        """The procedures of a lane, stage by stage, with their texts broken into lines."""
        return [[self.block(stop, wide - 2 * PAD) for stop in each.stops] for each in lane]

    def high(self, lane: Sequence[Sequence[_Block]]) -> float:
        """How high a lane must be."""
        return math.fsum(self.tall(blocks) + BETWEEN for blocks in lane) - BETWEEN

    def tall(self, blocks: Sequence[_Block]) -> float:
        """How high a stage must be."""
        return TITLE + math.fsum(block.tall + GAP for block in blocks)

    def block(self, stop: LocalStop, wide: float) -> _Block:
        """A procedure with its texts broken into lines."""
        name = stop.name if stop.number is None else f"{stop.number} {stop.name}"
        demands = tuple((demand, self.demand(demand, wide - INDENT)) for demand in stop.demands)
        hidden = _HIDDEN.words(self.lang).format(stop.hidden) if stop.hidden else ""
        look: LineLook = "strong" if stop.demands or stop.hidden else "quiet"
        return _Block(
            stop, self.easel.lines(name, look, wide), demands, self.easel.lines(hidden, "warning", wide - INDENT)
        )

    def demand(self, demand: Demand, wide: float) -> tuple[TextLine, ...]:
        """The lines of a demand; its place is after its last words where there is room."""
        lines = list(self.easel.lines(demand.said, self.look, wide))
        if demand.place:
            lines += self.easel.lines(demand.place, "quiet", wide)
        for said in demand.national:
            lines += self.easel.lines(said, "quiet", wide)
        return tuple(lines)

    # ----------------------------------------------------------------------------------- places

    def place(self) -> None:
        """Everything in its place: procedures are a little further apart where a lane has room."""
        bottom = self.height - MARGIN
        self.easel.put("key_card", "card", rectangle(MARGIN, bottom - self.foot, self.width - MARGIN, bottom))
        for n, lines in enumerate(self.key):
            x = MARGIN + PAD + n * self.column
            self.easel.say(f"key_{n}", lines, x, bottom - self.foot + PAD, self.column - PAD)
        bottom -= self.foot + BETWEEN
        x = MARGIN
        for lane, blocks_of, high, wide in zip(self.lanes, self.blocks, self.highs, self.wide, strict=True):
            count = sum(len(blocks) for blocks in blocks_of)
            share = max(0.0, bottom - HEAD - high) / max(count, 1)
            y = HEAD
            for stretch, blocks in zip(lane, blocks_of, strict=True):
                tall = self.tall(blocks) + share * len(blocks)
                frame = rectangle(x, y, x + wide, y + tall)
                self.frames[stretch.code] = Frame(frame, (stretch.title,), (frame.x, y + TITLE / 2))
                down = y + TITLE
                for block in blocks:
                    self.stop(block, x + PAD, down, wide - 2 * PAD)
                    down += block.tall + GAP + share
                y += tall + BETWEEN
            x += wide + BETWEEN

    def stop(self, block: _Block, x: float, y: float, wide: float) -> None:
        """A procedure, and below it what is added."""
        stop, high = block.stop, height(block.name)
        self.easel.boxes[stop.code] = rectangle(x, y, x + wide, y + high)
        lines = tuple(f"{demand.sign} {demand.said}" for demand, _ in block.demands)
        lines += tuple(line.text for line in block.hidden)
        self.nodes[stop.code] = Node(
            code=stop.code,
            number=stop.number,
            name=stop.name,
            lines=lines,
            look="step" if lines else "mark",
            tooltip=" · ".join(part for part in (stop.name, stop.body, *lines) if part),
            details=block.name,
        )
        y += high
        if block.added:
            self.easel.put(f"{stop.code}.panel", "bar", rectangle(x + PAD, y, x + wide, y + block.added))
        y += 5
        for n, (demand, lines_of) in enumerate(block.demands):
            code = f"{stop.code}.{n}"
            self.easel.say(f"{code}.sign", (TextLine(demand.sign, "strong"),), x + PAD, y, SIGN)
            y = self.easel.say(f"{code}.said", lines_of, x + INDENT, y, wide - INDENT) + 5
        if block.hidden:
            self.easel.say(f"{stop.code}.hidden", block.hidden, x + INDENT, y, wide - INDENT)

    def draw(self) -> Plate:
        """The plate with every place."""
        self.place()
        groups = (
            Group(code=each.code, title=each.title, nodes=tuple(self.nodes[stop.code] for stop in each.stops))
            for lane in self.lanes
            for each in lane
        )
        return self.easel.draw(self.plate, groups, self.frames, self.width, self.height)


def overlaid(plate: Plate, stretches: Sequence[LocalStretch], key: Key) -> Plate:
    """The plate with its places: in letters as large as go on a sheet, and what still does not fit counted."""
    for look in LOOKS:
        for width in WIDTHS:
            found = _Builder(plate, _lanes(stretches), key, width, look)
            if found.fits:
                return found.draw()
    while not found.fits and any(stop.demands for each in stretches for stop in each.stops):
        highest = found.lanes[max(range(len(found.lanes)), key=found.highs.__getitem__)]
        stretches = _without_the_least(stretches, {each.code for each in highest})
        found = _Builder(plate, _lanes(stretches), key, WIDTHS[-1], LOOKS[-1])
    return found.draw()


def _lanes(stretches: Sequence[LocalStretch]) -> Lanes:
    """The stages by lane."""
    named = {code for lane in LANES for code in lane}
    lanes = [[each for each in stretches if each.code in lane] for lane in LANES]
    return [lane for lane in (*lanes, [each for each in stretches if each.code not in named]) if lane]


def _without_the_least(stretches: Sequence[LocalStretch], within: set[str]) -> list[LocalStretch]:
    """The stages without the last of the least weighty demands within some of them; its procedure counts it."""
    there = [
        (demand.weight, -n, -m, -k, each.code in within)
        for n, each in enumerate(stretches)
        for m, stop in enumerate(each.stops)
        for k, demand in enumerate(stop.demands)
    ]
    _, n, m, k, _ = min([each for each in there if each[-1]] or there)
    n, m, k = -n, -m, -k
    each, stop = stretches[n], stretches[n].stops[m]
    fewer = evolve(stop, demands=(*stop.demands[:k], *stop.demands[k + 1 :]), hidden=stop.hidden + 1)
    found = list(stretches)
    found[n] = evolve(each, stops=(*each.stops[:m], fewer, *each.stops[m + 1 :]))
    return found
