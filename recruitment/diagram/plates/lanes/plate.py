"""The plate of lanes: who acts, from left to right through the stages, and how the file goes from hand to hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from attrs import evolve

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.builder import edition_words
from recruitment.diagram.canvas.plate import GAIN, Group, Node, Panel, PanelLook, Plate, TextLine, Words
from recruitment.diagram.canvas.sheets import ROOT_OF_TWO, Box, Sheet
from recruitment.diagram.canvas.typeset import break_name, broad, fill_lines, high
from recruitment.diagram.plates.course.layout import HEAD
from recruitment.diagram.plates.course.order import gained, links_of, order_key, stage_title
from recruitment.diagram.plates.lanes.content import columns_of, lanes_of
from recruitment.diagram.plates.lanes.layout import Field, tracks_of
from recruitment.law.rulebook import Procedure, Rulebook

MARGIN: Final = 24.0
LANE_HEAD: Final = {"zh": 118.0, "en": 122.0}
GUTTER: Final = 30.0
RULE: Final = 14.0
"""How much broader a gutter is where a stage begins; the rule between the stages is there."""
LEAST: Final = {"zh": 84.0, "en": 90.0}
STREET: Final = 30.0
BAND: Final = 38.0
STAGE: Final = 64.0
_MOST_LINES: Final = 4
_SIDES: Final = 14.0

_TITLE: Final = Label(zh="谁来办理", en="Who acts")
_SUBTITLE: Final = Label(
    zh="档案怎样在各方之间传递 · {} 个程序，{} 条泳道 · {}",
    en="how the file goes from hand to hand · {} procedures in {} lanes · {}",
)
_STANDING: Final = Label(zh="本人身份", en="standing")
_NOT_YET: Final = Label(zh="尚无", en="none yet")
_FROM_HERE: Final = Label(zh="★ 起为新的身份", en="★ the new standing from here")
_KEY: Final = (
    ("hard", "→", Label(zh="条文规定：前者办成，后者才可办", en="by rule: the first is done before the second")),
    (
        "chart",
        "┄",
        Label(zh="流程图的通常顺序：不按此序，须记明理由", en="the chart's usual order; otherwise with a reason"),
    ),
    ("gain", GAIN, Label(zh="双线框：本人身份由此改变", en="double frame: the person's standing changes here")),
    ("beside", "‖", Label(zh="同一列的程序不分先后，或者同时进行", en="in one column: in any order, or together")),
)


class _Builder:
    """Works the plate out, once."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang = lang
        self.key = Label(zh="zh", en="en").words(lang)
        self.lanes = lanes_of(rulebook, lang)
        self.links = links_of(rulebook)
        self.columns = columns_of(rulebook, self.links)
        self.procedures = sorted(rulebook.procedures, key=lambda p: p.number)
        self.count = max(self.columns.values()) + 1
        self.rows = self._rows()
        self.boxes: dict[str, Box] = {}
        self.words: list[Words] = []
        self.panels: list[Panel] = []
        self._across()
        self.lines = {p.code: self._lines(p) for p in self.procedures}

    # ----------------------------------------------------------------------------------- cells

    def _rows(self) -> dict[str, int]:
        """The row of each procedure: its lane, and in a lane one below the other where they share a column."""
        rows: dict[str, int] = {}
        first = 0
        self.first: list[int] = []
        for lane in self.lanes:
            self.first.append(first)
            used: dict[int, int] = {}
            for procedure in lane.procedures:
                column = self.columns[procedure.code]
                rows[procedure.code] = first + used.get(column, 0)
                used[column] = used.get(column, 0) + 1
            tallest = max(used.values())
            for procedure in lane.procedures:  # a short stack is in the middle of its lane
                rows[procedure.code] += (tallest - used[self.columns[procedure.code]]) // 2
            first += tallest
        self.first.append(first)
        return rows

    # ----------------------------------------------------------------------------------- across

    def _across(self) -> None:
        """How broad each column is: no word of a name is broken, and no name has too many lines."""
        wides = [LEAST[self.key]] * self.count
        for procedure in self.procedures:
            column = self.columns[procedure.code]
            words = procedure.chart_label.words(self.lang).split() if self.lang != "zh" else []
            least = max((broad(word, "plain") for word in words), default=0.0) + _SIDES
            wides[column] = max(wides[column], least)
            while len(self._name(procedure, wides[column])) > _MOST_LINES:
                wides[column] += 4
        self.wides = wides
        begins = {min(self.columns[p.code] for p in self.procedures if p.stage == stage) for stage in self._numbers()}
        x = MARGIN + LANE_HEAD[self.key] + 6
        self.lefts = []
        for column, wide in enumerate(wides):
            x += RULE if column in begins and column else 0.0
            self.lefts.append(x)
            x += wide + GUTTER
        self.width = x - GUTTER / 2 + MARGIN

    def _numbers(self) -> list[int]:
        return sorted({p.stage for p in self.procedures})

    def _lines(self, procedure: Procedure) -> tuple[TextLine, ...]:
        gain = f" {GAIN}" if procedure.standing else ""
        number = TextLine(f"{procedure.number}{gain}", "head")
        return (number, *self._name(procedure, self.wides[self.columns[procedure.code]]))

    def _name(self, procedure: Procedure, wide: float) -> tuple[TextLine, ...]:
        """A name in lines: in Chinese broken before a word of the vocabulary where that can be."""
        name = procedure.chart_label.words(self.lang)
        if self.lang == "zh":
            words = frozenset(label.zh for label in self.rulebook.words.values() if 1 < len(label.zh) < len(name))
            return break_name(name, words, "plain", wide - _SIDES)
        return fill_lines(name, "plain", wide - _SIDES)

    # ----------------------------------------------------------------------------------- down

    def build(self) -> Plate:
        """The plate with every place."""
        lang = self.lang
        top = HEAD + STAGE + BAND + 14
        tallest = [0.0] * self.first[-1]
        for procedure in self.procedures:
            row = self.rows[procedure.code]
            tallest[row] = max(tallest[row], high(self.lines[procedure.code]) + 10)
        foot = 84.0
        natural = top + fsum(tallest) + STREET * (len(tallest) + 1) + foot + MARGIN
        height = max(natural, self.width / ROOT_OF_TWO)
        more = (height - natural) / len(tallest)
        rows, streets, y = [], [], top
        for tall in tallest:
            streets.append(y + STREET / 2)
            y += STREET
            rows.append(y + (tall + more) / 2)
            y += tall + more
        streets.append(y + STREET / 2)
        self.bottom = y + STREET
        self._stages(top - 14)
        self._lanes(streets)
        for procedure in self.procedures:
            column = self.columns[procedure.code]
            tall = high(self.lines[procedure.code]) + 10 + min(more / 2, 18)
            x = self.lefts[column] + self.wides[column] / 2
            self.boxes[procedure.code] = Box(x, rows[self.rows[procedure.code]], self.wides[column], tall)
        self._foot(self.bottom + 14)
        cells = {code: (self.columns[code], self.rows[code]) for code in self.columns}
        gutters = [(left + wide, left + wide + GUTTER) for left, wide in zip(self.lefts, self.wides, strict=True)]
        own = {code: self.boxes[code] for code in self.columns}
        field = Field(boxes=own, cells=cells, rows=rows, gutters=gutters, streets=streets)
        sheet = Sheet(
            boxes=self.boxes,
            frames={},
            routes=tracks_of(self.links, field),
            joins={},
            width=self.width,
            height=height,
        )
        return Plate(
            name="lanes",
            lang=lang,
            title=_TITLE.words(lang),
            subtitle=_SUBTITLE.words(lang).format(
                len(self.procedures), len(self.lanes), edition_words(self.rulebook, lang)
            ),
            groups=tuple(
                Group(code=f"lane_{lane.code}", title=lane.name, nodes=tuple(map(self._node, lane.procedures)))
                for lane in self.lanes
            ),
            links=self.links,
            key_title=order_key(lang),
            notes=tuple(f"{sign} {label.words(lang)}" for _, sign, label in _KEY),
            panels=tuple(self.panels),
            words=tuple(self.words),
            sheet=sheet,
        )

    def _node(self, procedure: Procedure) -> Node:
        gain = gained(self.rulebook, procedure, self.lang)
        name, body = procedure.chart_label.words(self.lang), self.rulebook.word(procedure.body, self.lang)
        return Node(
            code=procedure.code,
            number=procedure.number,
            name=name,
            lines=gain,
            look="step",
            milestone=bool(gain),
            tooltip=" · ".join((f"{procedure.number} {name}", body, *gain)),
            details=self.lines[procedure.code],
        )

    def _add(self, code: str, lines: Sequence[TextLine], box: Box) -> None:
        self.boxes[code] = box
        self.words.append(Words(code=code, lines=tuple(lines)))

    def _panel(self, code: str, box: Box, panel: Panel) -> None:
        self.boxes[code] = box
        self.panels.append(evolve(panel, code=code))

    def _edges(self) -> Mapping[int, tuple[float, float]]:
        """From where to where each stage goes across."""
        found = {}
        for stage in self._numbers():
            columns = [self.columns[p.code] for p in self.procedures if p.stage == stage]
            left = self.lefts[min(columns)] - RULE
            found[stage] = left, self.lefts[max(columns)] + self.wides[max(columns)] + GUTTER
        return found

    def _stages(self, bottom: float) -> None:
        """The heads of the stages, the rules between them, and the standing that the person has by then."""
        by_number = {stage.number: stage for stage in self.rulebook.stages}
        for number, (left, right) in self._edges().items():
            title = stage_title(by_number[number], self.lang)
            lines = fill_lines(title, "strong", right - left - 24)
            box = Box((left + right) / 2 + 2, HEAD + STAGE / 2 - 4, right - left - 6, STAGE)
            self._add(f"stage_{number}", lines, box)
            if left > self.lefts[0]:
                rule = Box(left, (HEAD + self.bottom) / 2, 1.2, self.bottom - HEAD)
                self._panel(f"rule_{number}", rule, Panel(code="", look="rule"))
        changes = sorted((self.columns[p.code], p) for p in self.procedures if p.standing)
        y = bottom - BAND / 2
        ends = [self.lefts[column] + self.wides[column] / 2 for column, _ in changes] + [self.width - MARGIN]
        head = Box(MARGIN + LANE_HEAD[self.key] / 2, y, LANE_HEAD[self.key], BAND)
        self._add("standing", (TextLine(_STANDING.words(self.lang), "small"),), head)
        for n, (_, procedure) in enumerate(changes):
            left, right = ends[n], ends[n + 1]
            bar = Box((left + right) / 2, y, right - left - 3, BAND - 4)
            self._panel(f"standing.{procedure.code}.bar", bar, Panel(code="", look="bar"))
            words = self.rulebook.word(str(procedure.standing), self.lang)
            line = TextLine(
                f"{GAIN} {words}", "strong" if broad(f"{GAIN} {words}", "strong") < right - left - 30 else "small"
            )
            place = Box(bar.x, y, right - left - 6, BAND - 4)
            self._add(f"standing.{procedure.code}", (line,), place)

    def _lanes(self, streets: Sequence[float]) -> None:
        """A band for each lane, every other one shaded, and its name at the left."""
        for n, lane in enumerate(self.lanes):
            top = streets[self.first[n]] - (STREET / 2 if n == 0 else 0)
            bottom = streets[self.first[n + 1]] + (STREET / 2 if n + 1 == len(self.lanes) else 0)
            box = Box(self.width / 2, (top + bottom) / 2, self.width - 2 * MARGIN, bottom - top)
            look: PanelLook = "lane" if n % 2 == 0 else "lane_other"
            self.panels.insert(n, Panel(code=f"panel.{lane.code}", look=look, tooltip=lane.name))
            self.boxes[f"panel.{lane.code}"] = box
            wide = LANE_HEAD[self.key]
            lines = fill_lines(lane.name, "strong", wide - 20)
            self._add(f"name.{lane.code}", lines, Box(MARGIN + wide / 2, box.y, wide, high(lines) + 8))

    def _foot(self, top: float) -> None:
        """The key below the lanes, its signs side by side."""
        wides = [broad(label.words(self.lang), "plain") + 90 for _, _, label in _KEY]
        gap = (self.width - 2 * MARGIN - fsum(wides)) / (len(_KEY) - 1) if len(_KEY) > 1 else 0.0
        two = gap < 0
        x, y = MARGIN, top + 16
        for n, (code, sign, label) in enumerate(_KEY):
            if two and n == (len(_KEY) + 1) // 2:
                x, y = MARGIN, y + 34
            self.boxes[f"key.{code}"] = Box(x + wides[n] / 2, y, wides[n], 32)
            line = TextLine(f"{sign}　{label.words(self.lang)}".replace("　", "  "), "plain")
            self.words.append(Words(code=f"key.{code}", lines=(line,)))
            x += wides[n] + (30 if two else gap)


def lanes_plate(rulebook: Rulebook, lang: Lang) -> Plate:
    """Every procedure of an edition in the lane of the body that acts, with what has to come before it."""
    return _Builder(rulebook, lang).build()
