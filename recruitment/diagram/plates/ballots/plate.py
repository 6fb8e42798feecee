"""The plate of the ballot: who counts, what more than half is, and the results of ballots at the seam.

Every number next to a bar, every verdict and every threshold is what the rules of the edition answered when the
ballot was put to them (`recruitment.diagram.plates.ballots.content`); only the ballots themselves are invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.builder import Easel, blank, edition_words, height, rectangle
from recruitment.diagram.canvas.plate import SYMBOLS, Group, Link, Look, Node, Plate, TextLine
from recruitment.diagram.canvas.sheets import Box, Sheet
from recruitment.diagram.plates.ballots.content import (
    FAVOUR,
    MEETINGS,
    PRESENT,
    BallotTally,
    Count,
    ballot_rule,
    ballot_rules,
    tally,
)
from recruitment.diagram.plates.ballots.layout import how_many, letter, seats, who_counts
from recruitment.diagram.plates.course.layout import HEAD
from recruitment.engine.findings import Check
from recruitment.law.rulebook import Outcome, Procedure, Rulebook
from recruitment.presentation.findings.citations import cite_rule

LESSONS: Final[tuple[tuple[Label, tuple[Count, ...]], ...]] = (
    (
        Label(zh="正好一半，不算过半", en="Exactly half is not more than half"),
        (
            Count(whole=10, present=5, favour=5),
            Count(whole=10, present=6, favour=6),
            Count(whole=10, present=10, favour=5),
        ),
    ),
    (
        Label(zh="与应到的比，不与到会的比", en="Half of all who should attend, not of those who came"),
        (
            Count(whole=16, present=9, favour=8),
            Count(whole=16, present=9, favour=9),
            Count(whole=11, present=7, favour=5),
            Count(whole=11, present=7, favour=6),
        ),
    ),
    (
        Label(zh="书面意见算票，不算到会", en="A written opinion is a vote, but no attendance"),
        (
            Count(whole=12, present=6, written=3, favour=9),
            Count(whole=12, present=7, written=3, favour=7),
        ),
    ),
)
"""The ballots that are shown, by what they teach."""

_TITLE = Label(zh="支部大会的表决", en="The ballot of the general meeting")
_SUBTITLE = Label(zh="{} · 到会要过半，赞成也要过半 · {}", en="{} · more than half twice over · {}")
_FIRST = Label(zh="① 到会的过半了吗", en="① Did more than half attend?")
_SECOND = Label(zh="② 赞成的过半了吗", en="② Are more than half in favour?")
_RESULT = Label(zh="结果", en="What comes of it")
_HALF = Label(zh="一半", en="half")
_ROW = Label(zh="应到 {}，到会 {}", en="{} should attend, {} do")
_ROW_WRITTEN = Label(zh="书面意见 {}", en="{} in writing")
_ROW_FAVOUR = Label(zh="赞成 {}", en="{} in favour")
_VOID = Label(zh="表决不算数", en="does not count")
_CARRIED = Label(zh="决议通过", en="carried")
_SEAT = Label(zh="算到的人", en="counted")
_FREE = Label(zh="没有算到的人", en="not counted")
_WROTE = Label(zh="会前书面意见", en="wrote beforehand")
_EDGE = Label(zh="一半：要越过此线", en="half: to be passed")
_COMPARED = Label(zh="6 ≥ 6：有 6 人，至少须 6 人", en="6 ≥ 6: there are 6, at least 6 are needed")
_NEXT = Label(zh="→ 接着办 {}", en="→ goes on with {}")
_BACK = Label(zh="← 退回 {}，从那里重新办理", en="← back to {}, and on from there anew")
_AGAIN = Label(zh="{} 可以再次开会", en="{} may be held again")
_ALSO = Label(zh="表决还要做到", en="The ballot also has to meet")

WIDTH: Final = 2000.0
_LEFT: Final = 40.0
_RIGHT: Final = WIDTH - 40
_PITCH: Final = 28.0
_SEAT_SIZE: Final = 24.0
_ROW_HIGH: Final = 64.0
_APART: Final = 14.0
_BOLD: Final = 4.0
"""So much higher than others engines set bold letters."""
_HALVES: Final = (744.0, 1292.0)
"""Where the line of one half is, of those present and of those in favour."""
_SAID: Final = (976.0, 1524.0)
"""Where it is said how many there are and how many are needed."""
_RESULTS: Final = 1648.0
_ORDER: Final[tuple[Look, ...]] = ("done", "failed", "again")


def ballot_plate(rulebook: Rulebook, lang: Lang) -> Plate:
    """The ballot at a general meeting on admission and on conversion, as the rules of an edition judge it.

    Raises:
        BadInput: the edition has no rule of quorum or of majority, or its rules contradict each other.
    """
    return _Maker(rulebook, lang).plate()


@frozen(kw_only=True)
class _Result:
    """What a ballot came to: how it looks, what it is called, and what it is at each meeting."""

    look: Look
    name: str
    outcomes: tuple[tuple[Procedure, Outcome], ...]

    @property
    def code(self) -> str:
        """The code of the card that says what it leads to."""
        return "end_" + "_".join(outcome.code for _, outcome in self.outcomes)


class _Maker(Easel):
    """Makes the plate, once: from the top down."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        super().__init__(lang)
        self.rulebook = rulebook
        self.groups: list[Group] = []
        self.links: list[Link] = []
        self.results: dict[str, _Result] = {}

    def plate(self) -> Plate:
        """All of it."""
        tallies = [[tally(self.rulebook, count) for count in counts] for _, counts in LESSONS]
        top, bottom, middle = HEAD + 2, HEAD + 236, 1000.0
        who_counts(self, _LEFT, top, middle - 8, bottom)
        how_many(self, self.rulebook, middle + 8, top, _RIGHT, bottom)
        y = self.table(self.heads(bottom + 14) + 36, tallies)
        y = self.ends(y + 20)
        numbers = " · ".join(
            f"{p.number} {p.chart_label.words(self.lang)}" for p in map(self.rulebook.procedure, MEETINGS)
        )
        return Plate(
            name="ballot",
            lang=self.lang,
            title=self.text(_TITLE),
            subtitle=self.text(_SUBTITLE, numbers, edition_words(self.rulebook, self.lang)),
            groups=tuple(self.groups),
            links=tuple(self.links),
            panels=tuple(self.panels),
            words=tuple(self.words),
            sheet=Sheet(boxes=self.boxes, frames={}, routes=(), joins={}, width=WIDTH, height=y + 24),
        )

    # ------------------------------------------------------------------------------------ the table

    def heads(self, top: float) -> float:
        """The heads of the columns, with the rule of each in its own words, and the key on their left."""
        ends = [self.key(top + 4)]
        for n, (label, part) in enumerate(((_FIRST, PRESENT), (_SECOND, FAVOUR))):
            rule, wide = ballot_rule(self.rulebook, part), 524.0
            lines = [TextLine(self.text(label), "head")]
            lines += self.lines(rule.clause.words(self.lang), "small", wide)
            lines += self.lines(cite_rule(rule, self.rulebook, self.lang), "quiet", wide)
            ends.append(self.say(f"head_{n}", lines, _HALVES[n] - 8 * _PITCH - 10, top, wide))
        self.say("head_result", [TextLine(self.text(_RESULT), "head")], _RESULTS - 10, top, 320)
        return max(ends)

    def key(self, top: float) -> float:
        """What the seats, the line and the comparisons mean."""
        columns = (_LEFT + 26, _LEFT + 222)
        rows = (top + 18, top + 55)
        signs = (("seat", _SEAT), ("free", _FREE), ("wrote", _WROTE), ("edge", _EDGE))
        for n, (name, label) in enumerate(signs):
            x, y = columns[n % 2], rows[n // 2]
            if name == "edge":
                self.put("key_edge", "edge", Box(x, y, 3, 26))
            else:
                self.put(f"key_{name}", "seat" if name == "seat" else "seat_free", Box(x, y, _SEAT_SIZE, _SEAT_SIZE))
            if name == "wrote":
                letter(self, "key_letter", x, y)
            self.say(f"key_{name}_words", [TextLine(self.text(label), "small")], x + 17, y - 15, 166)
        return self.say("key_compared", [TextLine(self.text(_COMPARED), "small")], _LEFT + 6, top + 76, 400)

    def table(self, top: float, tallies: list[list[BallotTally]]) -> float:
        """What each lesson is, its ballots as bars, and the result of each."""
        lanes: list[tuple[float, float]] = []
        at = top
        for some in tallies:
            lanes.append((at, at + len(some) * _ROW_HIGH))
            at = lanes[-1][1] + _APART
        bottom = lanes[-1][1]
        for n, (above, below) in enumerate(lanes):
            self.put(f"lane_{n}", "lane", rectangle(_LEFT, above, _RIGHT, below))
        for n, x in enumerate(_HALVES):
            self.say(f"edge_{n}_words", [TextLine(self.text(_HALF), "warning")], x - 40, top - 32, 80, "centre")
            self.put(f"edge_{n}", "edge", rectangle(x - 1.5, top - 4, x + 1.5, bottom))
        for n, ((title, _), some, (above, below)) in enumerate(zip(LESSONS, tallies, lanes, strict=True)):
            clauses = self.text(title).replace("，", "，\n").splitlines()
            lines = [line for clause in clauses for line in self.lines(clause, "strong", 240)]
            self.say(f"lesson_{n}_title", lines, _LEFT + 6, (above + below - height(lines)) / 2, 240)
            nodes = [self.row(f"lesson_{n}_{m}", found, above + m * _ROW_HIGH) for m, found in enumerate(some)]
            self.groups.append(Group(code=f"lesson_{n}", title=self.text(title), nodes=tuple(nodes)))
        return bottom

    def row(self, code: str, found: BallotTally, top: float) -> Node:
        """One ballot: its numbers, its two bars, and the box of its result."""
        count, y = found.count, top + _ROW_HIGH / 2
        more = [self.text(_ROW_WRITTEN, count.written)] if count.written else []
        said = (
            self.text(_ROW, count.whole, count.present),
            self.join((*more, self.text(_ROW_FAVOUR, count.favour))),
        )
        lines = (TextLine(said[0], "plain"), TextLine(said[1], "small"))
        self.say(f"{code}_numbers", lines, _LEFT + 256, y - height(lines) / 2, 240)
        # A vote without a quorum is no vote, with any result.
        void = TextLine(self.text(_VOID), "quiet")
        majority = self.comparison_line(found.majority) if found.quorum.truth else void
        voted = Count(whole=count.whole, present=count.favour)
        bars = (("present", count, self.comparison_line(found.quorum)), ("favour", voted, majority))
        for (name, bar, line), half, at in zip(bars, _HALVES, _SAID, strict=True):
            seats(self, f"{code}_{name}", bar, half - bar.whole * _PITCH / 2, y, size=_SEAT_SIZE, pitch=_PITCH)
            self.say(f"{code}_{name}_words", [line], at, y - height([line]) / 2 + (0 if line is void else _BOLD), 112)
        result = self.result(found)
        shown = f"{SYMBOLS[result.look]} {result.name}"
        self.boxes[code] = rectangle(_RESULTS, top + 8, _RIGHT - 14, top + _ROW_HIGH - 8)
        self.links.append(Link(source=code, target=result.code, look="line"))
        tip = " · ".join((*said, result.name))
        # The text for readers who do not see the picture gives the numbers with their result.
        return Node(
            code=code,
            number=None,
            name=" · ".join(said),
            lines=(shown,),
            look=result.look,
            tooltip=tip,
            wide=99,
            details=(TextLine(shown),),
            align="centre",
        )

    def comparison_line(self, check: Check) -> TextLine:
        """How many there are and how many are needed, with the sign of the answer."""
        if check.truth:
            return TextLine(f"{check.actual} ≥ {check.limit} {SYMBOLS['done']}", "strong")
        return TextLine(f"{check.actual} < {check.limit} {SYMBOLS['failed']}", "fault")

    def result(self, found: BallotTally) -> _Result:
        """The result of a ballot, by the outcomes that the rules admit."""
        outcomes = tuple((self.rulebook.procedure(code), outcome) for code, outcome in found.outcomes.items())
        carried = all(outcome.done for _, outcome in outcomes)
        names = dict.fromkeys(Label(zh=o.zh, en=o.en).words(self.lang) for _, o in outcomes)
        look: Look = "done" if carried else "failed" if found.quorum.truth else "again"
        made = _Result(look=look, name=self.text(_CARRIED) if carried else " / ".join(names), outcomes=outcomes)
        return self.results.setdefault(made.code, made)

    # ------------------------------------------------------------------------------------ what it leads to

    def ends(self, top: float) -> float:
        """The lower cards: each result and what it leads to, and what else is asked of a ballot."""
        wide, gap, left = 404.0, 16.0, _LEFT
        some = sorted(self.results.values(), key=lambda result: (_ORDER.index(result.look), result.code))
        said = [(result, self.leads(result, wide)) for result in some]
        begin = _LEFT + len(some) * (wide + gap)
        also = self.also(_RIGHT - begin - 28)
        high = max(height(also), *(height(lines) for _, lines in said)) + 12
        nodes = []
        for result, lines in said:
            self.boxes[result.code] = rectangle(left, top, left + wide, top + high)
            left += wide + gap
            nodes.append(self.card(result, lines, high))
        self.groups.append(Group(code="ends", title=self.text(_RESULT), nodes=tuple(nodes)))
        self.put("also_card", "card", rectangle(begin, top, _RIGHT, top + high))
        self.say("also", also, begin + 12, top + 6, _RIGHT - begin - 24)
        return top + high

    def card(self, result: _Result, lines: tuple[TextLine, ...], high: float) -> Node:
        """The card of a result; blank lines below its words bring them to the top, where those of the others are."""
        return Node(
            code=result.code,
            number=None,
            name=lines[0].text,
            lines=tuple(line.text for line in lines[1:]),
            look=result.look,
            tooltip=" · ".join(line.text for line in lines),
            details=(*lines, *blank(high - 12 - height(lines))),
        )

    def leads(self, result: _Result, wide: float) -> tuple[TextLine, ...]:
        """A result, and at each meeting what it leads to."""
        lines = [TextLine(f"{SYMBOLS[result.look]} {result.name}", "head")]
        for meeting, outcome in result.outcomes:
            named = [o for o in meeting.outcomes if o.done] if outcome.done else [outcome]
            names = self.join(Label(zh=o.zh, en=o.en).words(self.lang) for o in named)
            head = (
                f"{meeting.number} {meeting.chart_label.words(self.lang)}"
                f"{Label(zh='：', en=': ').words(self.lang)}{names}"
            )
            lines += self.lines(head, "small", wide)
            lines += self.lines(self.follows(meeting, outcome), "strong", wide)
        return tuple(lines)

    def follows(self, meeting: Procedure, outcome: Outcome) -> str:
        """What an outcome of a meeting leads to, as the rulebook has it."""
        if outcome.reopens:
            return self.text(_BACK, self.numbered_names(map(self.rulebook.procedure, outcome.reopens)))
        if not outcome.done:
            return self.text(_AGAIN, SYMBOLS["again"])
        onward = (p for p in self.rulebook.procedures if meeting.code in (*p.after, *p.chart))
        return self.text(_NEXT, self.numbered_names(onward))

    def numbered_names(self, procedures: Iterable[Procedure]) -> str:
        """Procedures by number and name."""
        return self.join(f"{p.number} {p.chart_label.words(self.lang)}" for p in procedures)

    def also(self, wide: float) -> tuple[TextLine, ...]:
        """What else the rules ask of a ballot, each in its own words, with the place where it is written."""
        counted = {ballot_rule(self.rulebook, part).code for part in (PRESENT, FAVOUR)}
        lines = [TextLine(self.text(_ALSO), "head")]
        for rule in ballot_rules(self.rulebook):
            if rule.code not in counted:
                cited = cite_rule(rule, self.rulebook, self.lang)
                lines += self.lines(f"· {rule.clause.words(self.lang)} · {cited}", "small", wide)
        return tuple(lines)
