"""The plate of outcomes and detours: where a file goes when an act does not succeed, and what may come beside.

Each procedure is in a strip: on the left what sends the file back to an earlier act, on the right what is taken up
again at the same act or ends the file. Decisions that wait and what settles them have strips of their own. All of it is
read off a rulebook's outcomes, lapses and detours; `layout` places it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import GAIN, SYMBOLS, Group, Link, Look, Node, Plate
from recruitment.diagram.plates.course.order import gained, order_key, stage_title
from recruitment.diagram.plates.detours.layout import Band, Bar, DetourSection, Strip, sheet_of_detours, wide_of
from recruitment.law.rulebook import Detour, Outcome, Procedure, Rulebook, Standing

BESIDE: Final = "beside"
STANDINGS: Final[tuple[Standing, ...]] = ("applicant", "activist", "candidate", "probationary", "full")

_TITLE = Label(zh="结果与岔路", en="Outcomes and detours")
_SUBTITLE = Label(
    zh="没有办成时回到哪里，主线以外还会发生什么 · {}",
    en="where a file goes when an act does not succeed, and what may come beside · {}",
)
_BESIDE = Label(
    zh="主线以外：横条所跨的身份期间可以登记，右端是其结果",
    en="Beside the main line: each bar spans the standings it may come in; at its right, what it leads to",
)
_BACK_TO = Label(zh="← 回到 {}", en="← back to {}")
_ANEW = Label(zh="重新办理 {}", en="{} anew")
_AGAIN = Label(zh="可再次办理", en="may come again")
_UNLESS = Label(zh="{}内未办 {}", en="no {1} within {0}")
_LAPSED = Label(zh="结果失效", en="its result lapses")
_LONGER = Label(zh="预备期加上延长的月数", en="probation longer by its months")
_WAITS = Label(zh="经 {} 批准才生效", en="takes effect by {} only")
_STAYS = Label(zh="进度不变，回到原处", en="the file stays where it is")
_NO_FILE = Label(zh="尚无档案", en="no file yet")
_FROM = Label(zh="由 {} 起", en="from {} on")
_UNITS = {
    "day": Label(zh="日", en="days"),
    "workday": Label(zh="个工作日", en="working days"),
    "month": Label(zh="个月", en="months"),
    "year": Label(zh="年", en="years"),
}
_KEY: Final[tuple[tuple[Look, Label], ...]] = (
    ("failed", Label(zh="未办成：退回", en="not done: goes back")),
    ("again", Label(zh="未办成或失效：再办", en="not done: held again")),
    ("step", Label(zh="程序、决定、结果", en="act, decision, result")),
    ("end", Label(zh="终止：只能再更正", en="ended: only correction")),
)
_NOTES = (
    Label(zh="━━→ 退回到所指程序，以其为前提的各项也重办", en="━━→ back to that act; what rests on it is redone"),
    Label(zh="╌╌→ 在原程序重新办理", en="╌╌→ held again at the same act"),
    Label(zh="──→ 决定、审批及其结果", en="──→ decision, approval, and its result"),
    Label(zh="灰线：按编号的主线；灰框：没有岔路的程序", en="grey line: main line by number; grey box: no detour"),
    Label(zh=f"{GAIN} 本人身份由此改变", en=f"{GAIN} the person's standing changes here"),
)


def _numbers(rulebook: Rulebook, codes: Iterable[str], lang: Lang) -> str:
    numbers = sorted(rulebook.by_code[code].number for code in codes)
    return listed(map(str, numbers), lang)


class _Reader:
    """Reads a rulebook, once: the strips of each procedure, and every link between their boxes."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang = lang
        self.links: list[Link] = []
        outcomes = [(p, o) for p in rulebook.procedures for o in p.outcomes]
        self.settled = [(p, o) for p, o in outcomes if o.of is not None]
        self.aims = {code for _, o in outcomes for code in o.reopens}
        self.aims |= {code for p in rulebook.procedures if p.lapse for code in p.lapse.reopens}

    def section(self, code: str, stage: int) -> DetourSection:
        """The strips of a stage."""
        members = sorted((p for p in self.rulebook.procedures if p.stage == stage), key=lambda p: p.number)
        return DetourSection(code, tuple(strip for p in members for strip in self.strips(p)))

    def strips(self, procedure: Procedure) -> list[Strip]:
        """A procedure with its outcomes other than plain success."""
        plain = [o for o in procedure.outcomes if not o.decides and o.of is None]
        beside: dict[str, list[Node]] = {"left": [], "middle": [], "right": []}
        for some in _alike(o for o in plain if not o.done or o.reopens or o.ends or o.extends):
            beside[self.side(procedure, some[0])].append(self.box(procedure, some))
        if procedure.lapse is not None:
            beside[self.way(procedure, procedure.lapse.reopens)].append(self.lapse(procedure))
        decisions = [o for o in procedure.outcomes if o.decides]
        results = [o for o in procedure.outcomes if o.of is not None]
        own = self.procedure(procedure, quiet=not (any(beside.values()) or decisions or results), gain=not results)
        strips = [Strip(tuple(beside["left"]), (own,), (*beside["middle"], *beside["right"]))]
        for some in (decisions, results):
            cells: dict[str, list[Node]] = {"left": [], "middle": [], "right": []}
            for outcome in some:
                box = self.box(procedure, [outcome])
                cells[self.side(procedure, outcome)].append(box)
                self.links.append(Link(source=procedure.code, target=box.code))
                self.links += [
                    Link(source=box.code, target=p.code)
                    for p in self.rulebook.procedures
                    if outcome.decides and any(o.of == outcome.code for o in p.outcomes)
                ]
            if some:
                strips.append(Strip(tuple(cells["left"]), tuple(cells["middle"]), tuple(cells["right"])))
        return strips

    def side(self, procedure: Procedure, outcome: Outcome) -> str:
        """Where the box of an outcome is: that of a decision is where the result that settles it is."""
        if outcome.decides:
            found = next(((p, o) for p, o in self.settled if o.of == outcome.code), None)
            return self.side(*found) if found and not found[1].decides else "middle"
        if outcome.reopens:
            return self.way(procedure, outcome.reopens)
        return "middle" if outcome.done and not outcome.ends else "right"

    def way(self, procedure: Procedure, reopens: Iterable[str]) -> str:
        """The left where an earlier act is open again, the right where it is this one or a later one."""
        return "left" if any(self.rulebook.by_code[code].number < procedure.number for code in reopens) else "right"

    def procedure(self, procedure: Procedure, *, quiet: bool, gain: bool) -> Node:
        """The box of a procedure: a thin mark where it has no detour, is none's aim, and changes no standing."""
        name, gains = (
            procedure.chart_label.words(self.lang),
            gained(self.rulebook, procedure, self.lang) if gain else (),
        )
        quiet = quiet and not gains and procedure.code not in self.aims
        return Node(
            code=procedure.code,
            number=procedure.number,
            name=name,
            lines=gains,
            look="mark" if quiet else "step",
            milestone=bool(gains),
            tooltip=f"{procedure.number} {name} · {self.rulebook.word(procedure.body, self.lang)}",
            wide=wide_of(self.lang, small=quiet),
        )

    def lapse(self, procedure: Procedure) -> Node:
        """The box that says after how long, and without what, the result of an act has lapsed."""
        assert procedure.lapse is not None
        span = procedure.lapse.span
        length = f"{span.number}{' ' * (self.lang != 'zh')}{_UNITS[span.unit].words(self.lang)}"
        name = _UNLESS.words(self.lang).format(length, _numbers(self.rulebook, [procedure.lapse.unless], self.lang))
        more = (_LAPSED.words(self.lang),)
        return self.away(procedure, "lapse", name, procedure.lapse.reopens, more, done=False)

    def box(self, procedure: Procedure, some: Sequence[Outcome]) -> Node:
        """The box of outcomes that come to the same."""
        first = some[0]
        code = "+".join(o.code if o.of is None else f"{o.code}-{o.of}" for o in some)
        names = listed((Label(zh=o.zh, en=o.en).words(self.lang) for o in some), self.lang)
        if first.reopens:
            more = (_LONGER.words(self.lang),) if first.extends else ()
            return self.away(procedure, code, names, first.reopens, more, done=first.done)
        if first.ends:
            lines = (f"{SYMBOLS['end']} {self.rulebook.word(first.ends, self.lang)}",)
            return self.node(procedure, code, names, lines, "end")
        if not first.done:
            node = self.node(procedure, code, names, (f"{SYMBOLS['again']} {_AGAIN.words(self.lang)}",), "again")
            self.links.append(Link(source=node.code, target=procedure.code, look="again"))
            return node
        settling = [p.code for p, o in self.settled if first.decides and o.of == first.code]
        if settling:
            lines = (_WAITS.words(self.lang).format(_numbers(self.rulebook, dict.fromkeys(settling), self.lang)),)
            return self.node(procedure, code, names, lines, "step")
        gains = gained(self.rulebook, procedure, self.lang)
        return self.node(procedure, code, names, gains, "step", milestone=bool(gains))

    def away(
        self,
        procedure: Procedure,
        code: str,
        names: str,
        reopens: Sequence[str],
        more: tuple[str, ...] = (),
        *,
        done: bool,
    ) -> Node:
        """The box of what is undone: back to an earlier act, or this one and later ones again."""
        back = self.way(procedure, reopens) == "left"
        look: Look = "step" if done else "failed" if back else "again"
        lead = f"{SYMBOLS['again']} {_ANEW.words(self.lang)}" if not back else _BACK_TO.words(self.lang)
        lines = (*more, lead.format(_numbers(self.rulebook, reopens, self.lang)))
        node = self.node(procedure, code, names, lines, look)
        self.links += [Link(source=node.code, target=aim, look="back" if back else "again") for aim in reopens]
        return node

    def node(
        self,
        procedure: Procedure,
        code: str,
        name: str,
        lines: tuple[str, ...],
        look: Look,
        *,
        milestone: bool = False,
    ) -> Node:
        """A box next to a procedure or below it."""
        sign = f"{SYMBOLS['failed']} " if look == "failed" else ""
        return Node(
            code=f"{procedure.code}.{code}",
            number=None,
            name=f"{sign}{name}",
            lines=lines,
            look=look,
            milestone=milestone,
            tooltip=f"{procedure.number} {procedure.chart_label.words(self.lang)} · {' · '.join((name, *lines))}",
            wide=wide_of(self.lang),
        )

    # ----------------------------------------------------------------------------------- beside the main line

    def band(self) -> Band:
        """The acts beside the main line as bars over the standings, each with what it leads to."""
        heads = [Node(code="standing.none", number=None, name=_NO_FILE.words(self.lang), lines=(), look="mark")]
        for standing in STANDINGS:
            since = [p.number for p in self.rulebook.procedures if p.standing == standing]
            lines = (_FROM.words(self.lang).format(since[0]),) if since else ()
            name = self.rulebook.word(standing, self.lang)
            heads.append(Node(code=f"standing.{standing}", number=None, name=name, lines=lines, look="mark", wide=99))
        return Band(BESIDE, tuple(heads), tuple(self.bar(detour) for detour in self.rulebook.detours))

    def bar(self, detour: Detour) -> Bar:
        """One act beside the main line: its bars, one for each unbroken run of standings, and where it leads."""
        places = [0] if detour.first else []
        places += sorted(STANDINGS.index(standing) + 1 for standing in detour.standings if standing in STANDINGS)
        runs: list[list[int]] = []
        for place in places:
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        ends = detour.ends or next((o.ends for o in detour.outcomes if o.ends), None)
        leads = f"{SYMBOLS['end']} {self.rulebook.word(ends, self.lang)}" if ends else f"← {_STAYS.words(self.lang)}"
        name = detour.chart_label.words(self.lang)
        words = listed((self.rulebook.word(s, self.lang) for s in detour.standings), self.lang)
        codes = [detour.code if n == 0 else f"{detour.code}.{n + 1}" for n in range(len(runs))]
        tip = f"{name} · {words} · {leads}"
        bars = tuple(
            Node(code=code, number=None, name=name, lines=(), look="step", tooltip=tip, wide=99) for code in codes
        )
        to = Node(code=f"{detour.code}.to", number=None, name=leads, lines=(), look="end" if ends else "mark", wide=99)
        self.links.append(Link(source=codes[-1], target=to.code, look="line"))
        return Bar(bars, tuple((run[0], run[-1]) for run in runs), to)


def _alike(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    """Outcomes that lead to the same, together."""
    found: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.reopens, outcome.ends, outcome.done, outcome.extends), []).append(outcome)
    return list(found.values())


def detours_plate(rulebook: Rulebook, lang: Lang) -> Plate:
    """Every outcome that is no plain success, every lapse, and every act beside the main line of an edition."""
    reader = _Reader(rulebook, lang)
    stages = sorted(rulebook.stages, key=lambda stage: stage.number)
    sections = [reader.section(f"stage_{stage.number}", stage.number) for stage in stages]
    band = reader.band()
    titles = [stage_title(stage, lang) for stage in stages]
    groups = [
        Group(code=section.code, title=title, nodes=section.nodes)
        for section, title in zip(sections, titles, strict=True)
    ]
    groups.append(Group(code=band.code, title=_BESIDE.words(lang), nodes=band.nodes))
    plate = Plate(
        name="detours",
        lang=lang,
        title=_TITLE.words(lang),
        subtitle=_SUBTITLE.words(lang).format(Label(zh=rulebook.zh, en=rulebook.en).words(lang)),
        groups=tuple(groups),
        links=tuple(reader.links),
        key_title=order_key(lang),
        key=tuple(
            Node(code=f"key_{look}", number=None, name=f"{SYMBOLS[look]} {words.words(lang)}", lines=(), look=look)
            for look, words in _KEY
        ),
        notes=tuple(note.words(lang) for note in _NOTES),
    )
    return sheet_of_detours(plate, sections, band)
