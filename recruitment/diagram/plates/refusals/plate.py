"""The plate of a refusal: one act that is refused for several reasons at once, and everything that is said of it.

Each reason is a card: the clause, what was compared, the days on a scale of time, where it is written, and what would
remedy it. All of it is worded by `recruitment.presentation.findings`, from the findings of the ruling.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import Final

from attrs import evolve

from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.builder import Easel, edition_words, height, rectangle
from recruitment.diagram.canvas.plate import SYMBOLS, Group, Link, Node, Plate, TextLine
from recruitment.diagram.canvas.sheets import Sheet
from recruitment.diagram.plates.ballots.content import Count
from recruitment.diagram.plates.ballots.layout import seats
from recruitment.diagram.plates.course.layout import HEAD
from recruitment.diagram.plates.refusals.reasons import INSET, SEATS, Reason, clause_and_comparison, heads_of, reason_of
from recruitment.diagram.plates.refusals.scale import draw_scale, moments_of
from recruitment.engine.findings import Finding
from recruitment.engine.judging import first_lawful_day
from recruitment.engine.ruling import Ruling
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import day_words
from recruitment.presentation.findings.sentences import sentence

_TITLE = Label(zh="一次不予登记：全部理由", en="A refusal, with every reason")
_SUBTITLE = Label(
    zh="不止说“不行”：哪一条、差在哪里、怎样补正、最早哪一天可以办 · {}",
    en="not only no: which rule, what is wrong, what puts it right, and from which day · {}",
)
_ASKED = Label(zh="要登记的事", en="What was asked")
_REFUSED = Label(zh="不予登记", en="refused")
_COUNTED = Label(zh="{} 项理由：{} 项未满足，{} 项无法判断", en="{} reasons: {} not met, {} not known")
_MET = Label(zh="另有 {} 项已满足", en="{} more are met")
_NOTED = Label(zh="{} 项不拦登记，只作记录", en="{} do not bar it and are only kept on record")
_UNKNOWN_BARS = Label(zh="无法判断的，也不放行。", en="What is not known does not pass either.")
_REASONS = Label(zh="理由", en="Reasons")
_LAST = Label(zh="什么时候可以办", en="When it may come")
_FIRST = Label(
    zh="就日期而言，最早 {} 可以办理；其余各项理由也都补正以后，才予登记。",
    en="As far as days go, from {} on; it is recorded once every other reason is put right too.",
)
_NO_DAY = Label(
    zh="没有哪一天能使它合规；先要补正的，见各项理由。",
    en="No day would make it lawful; what has to be put right first is said with the reasons.",
)
_ANY_DAY = Label(
    zh="拦住它的不是日期；各项理由都补正以后即可办理。",
    en="It is not the day that stands in the way; it may come once every reason is put right.",
)
_SCALE_KEY = Label(
    zh="时间线按比例画：○ 起算，● 可以办，┃ 要办。",
    en="Lines of time are to scale: ○ counted from, ● the day that would do, ┃ tried.",
)
_HEADS_KEY = Label(zh="人数：竖线是一半，要越过", en="Heads: the line is one half, to be passed")

WIDTH: Final = 2000.0
_LEFT: Final = 40.0
_RIGHT: Final = WIDTH - 40
_LEAST_HIGH: Final = 1370.0
_GAP: Final = 20.0
_AT_END: Final = 124.0
_MANY: Final = 9


def refusal_plate(rulebook: Rulebook, ruling: Ruling, lang: Lang) -> Plate:
    """A refused act with each finding that bars it, and the first day on which it would be lawful.

    Raises:
        BadInput: the act was not refused, so that there is nothing to show.
    """
    if not ruling.barring:
        raise BadInput.of(
            ruling.act.code,
            Label(zh="这一项合规，没有不予登记的理由可画", en="the act is lawful, so there is no refusal to draw"),
        )
    return _Maker(rulebook, ruling, lang).plate()


class _Maker(Easel):
    """Makes the plate, once: the act, its reasons in rows, and the day."""

    def __init__(self, rulebook: Rulebook, ruling: Ruling, lang: Lang) -> None:
        super().__init__(lang)
        self.rulebook = rulebook
        self.ruling = ruling
        self.procedure = rulebook.procedure(ruling.act.code)

    def plate(self) -> Plate:
        """All of it."""
        # Reasons with a figure come first: readers look for days and numbers.
        some = sorted(self.ruling.barring, key=lambda finding: (moments_of(finding) is None, heads_of(finding) is None))
        columns = 3 if len(some) <= _MANY else 4
        rows = [self.row(some[n : n + columns]) for n in range(0, len(some), columns)]
        asked, y = self.asked(HEAD + 4)
        # Few reasons get more room, so that the sheet keeps the proportions of paper in landscape.
        natural = y + fsum(max(reason.high for reason in row) + _GAP for row in rows) + _AT_END
        more = max(0.0, _LEAST_HIGH - natural) / len(rows)
        nodes = []
        for row in rows:
            high = max(reason.high for reason in row) + more
            for n, reason in enumerate(row):
                nodes.append(self.card(reason, _LEFT + n * (reason.wide + _GAP), y, high))
            y += high + _GAP
        last, y = self.when(y)
        groups = (
            Group(code="asked", title=self.text(_ASKED), nodes=(asked,)),
            Group(code="reasons", title=self.text(_REASONS), nodes=tuple(nodes)),
            Group(code="when", title=self.text(_LAST), nodes=(last,)),
        )
        links = [Link(source="act", target=node.code, look="line") for node in nodes]
        links += [Link(source=node.code, target="when", look="line") for node in nodes]
        return Plate(
            name="refusal",
            lang=self.lang,
            title=self.text(_TITLE),
            subtitle=self.text(_SUBTITLE, edition_words(self.rulebook, self.lang)),
            groups=groups,
            links=tuple(links),
            panels=tuple(self.panels),
            words=tuple(self.words),
            sheet=Sheet(boxes=self.boxes, frames={}, routes=(), joins={}, width=WIDTH, height=y + 24),
        )

    # ------------------------------------------------------------------------------------ the act

    def asked(self, top: float) -> tuple[Node, float]:
        """The box of the act with its day and outcome; next to it how many findings refuse it, and how many do not."""
        act, lang = self.ruling.act, self.lang
        number = f"{self.procedure.number} " if self.procedure.number else ""
        name = f"{number}{self.procedure.chart_label.words(lang)}"
        outcomes = [o for o in self.procedure.outcomes if o.code == self.ruling.outcome]
        result = Label(zh=outcomes[0].zh, en=outcomes[0].en).words(lang) if outcomes else ""
        day, body = day_words(act.on, lang), self.rulebook.word(self.procedure.body, lang)
        lines = [TextLine(name, "head"), TextLine(f"{day} · {result} · {body}", "strong")]
        middle, high = _LEFT + 820.0, 96.0
        self.boxes["act"] = rectangle(_LEFT, top, middle, top + high)
        counts = self.counts()
        refused = TextLine(f"{SYMBOLS['failed']} {self.text(_REFUSED)} · {counts[0]}", "fault")
        said = [refused, *(line for text in counts[1:] for line in self.lines(text, "small", _RIGHT - middle - 40))]
        self.say("counted", said, middle + 20, top + (high - height(said)) / 2, _RIGHT - middle - 20)
        node = Node(
            code="act",
            number=None,
            name=name,
            lines=(f"{day} · {result}", counts[0]),
            look="current",
            tooltip=" · ".join((name, day, result, self.text(_REFUSED))),
            details=tuple(lines),
        )
        return node, top + high + _GAP

    def counts(self) -> tuple[str, ...]:
        """How many findings bar the act, how many are met, and how many are only kept on record."""
        ruling = self.ruling
        values = [finding.value for finding in ruling.barring]
        met = sum(finding.value == "met" for finding in ruling.findings)
        noted = len(ruling.findings) - met - len(values)
        counted = self.text(_COUNTED, len(values), values.count("unmet"), values.count("unknown"))
        rest = self.text(_MET, met) + (
            f"{Label(zh='，', en='; ').words(self.lang)}{self.text(_NOTED, noted)}" if noted else ""
        )
        stop = Label(zh="。", en=". ").words(self.lang)
        return counted, f"{rest}{stop}{self.text(_UNKNOWN_BARS) if 'unknown' in values else ''}".strip()

    # ------------------------------------------------------------------------------------ the reasons

    def row(self, findings: Sequence[Finding]) -> list[Reason]:
        """Reasons side by side that fill the breadth of the sheet."""
        wide = (_RIGHT - _LEFT - (len(findings) - 1) * _GAP) / len(findings)
        return [reason_of(finding, self.rulebook, self, wide) for finding in findings]

    def card(self, reason: Reason, left: float, top: float, high: float) -> Node:
        """A reason at its place: a box with everything in words, and the scale between them."""
        code = f"reason_{reason.finding.rule.code}_{len(self.panels)}"
        right = left + reason.wide
        self.put(f"{code}_card", "card", rectangle(left, top, right, top + high))
        self.put(f"{code}_bar", "edge", rectangle(left, top + 10, left + 5, top + high - 10))
        inner = right - left - 2 * INSET
        y = top + INSET
        self.boxes[code] = rectangle(left + INSET, y, right - INSET, y + height(reason.above))
        y += height(reason.above) + 4
        if reason.moments is not None:
            draw_scale(self, f"{code}_scale", reason.moments, left + INSET, y, right - INSET)
        elif reason.heads is not None:
            self.heads(f"{code}_heads", reason.heads, left + INSET + 10, y + SEATS / 2, inner - 20)
        y += reason.figure - 4
        self.say(f"{code}_below", reason.below, left + INSET, y, inner)
        texts = [line.text for line in (*reason.above[1:], *reason.below)]
        return Node(
            code=code,
            number=None,
            name=clause_and_comparison(reason.finding, self.rulebook, self.lang)[0],
            lines=tuple(texts),
            look="limit",
            tooltip=sentence(reason.finding, self.rulebook, self.lang),
            details=reason.above,
        )

    def heads(self, code: str, count: Count, left: float, y: float, wide: float) -> None:
        """Persons in a row, those that count filled, and the line of one half that they do not pass."""
        pitch = min(36.0, wide / count.whole)
        half = left + count.whole * pitch / 2
        self.put(f"{code}_half", "edge", rectangle(half - 1.5, y - 28, half + 1.5, y + 28))
        seats(self, code, count, left, y, size=pitch * 0.84, pitch=pitch)

    # ------------------------------------------------------------------------------------ the day

    def when(self, top: float) -> tuple[Node, float]:
        """The box at the end: the first day on which the act would be lawful."""
        dated = any(moments_of(finding) for finding in self.ruling.barring)
        first = refusal_first_day(self.rulebook, self.ruling) if dated else None
        if first is not None:
            text, look = self.text(_FIRST, day_words(first, self.lang)), SYMBOLS["done"]
        else:
            text, look = self.text(_NO_DAY if dated else _ANY_DAY), SYMBOLS["blocked"]
        lines = self.lines(f"{look} {text}", "head", _RIGHT - _LEFT - 20)
        high = height(lines) + 12
        self.boxes["when"] = rectangle(_LEFT, top, _RIGHT, top + high)
        node = Node(
            code="when", number=None, name=f"{look} {text}", lines=(), look="done" if first else "blocked",
            tooltip=text, details=lines,
        )  # fmt: skip
        y = top + high
        counted = any(heads_of(finding) for finding in self.ruling.barring)
        keys = [self.text(label) for label, used in ((_SCALE_KEY, dated), (_HEADS_KEY, counted)) if used]
        if keys:
            y = self.say("keys", [TextLine(" ".join(keys), "small")], _LEFT, y + 8, _RIGHT - _LEFT)
        return node, y


def refusal_first_day(rulebook: Rulebook, ruling: Ruling) -> date | None:
    """The first day on which the act would be lawful as far as days go, by the edition that judged it."""
    editions = Editions(rulebooks=(rulebook,))
    # That edition, with what is added to it, is the only one here: nothing is left to choose by day or by name.
    case = evolve(ruling.case, file=evolve(ruling.case.file, edition=rulebook.code, overlays=()))
    return first_lawful_day(editions, case, ruling.act, today=ruling.act.on)
