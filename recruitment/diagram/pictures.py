"""What a plate shows, taken from a rulebook and, where asked, from a file.

A plate says what is drawn and never how: `recruitment.diagram.drawing` writes DOT from it, and other writers may read
the same values. What is shown of a file is its steps and their days; no name ever enters a plate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from recruitment.case import Case
from recruitment.chart import Chart, chart_of
from recruitment.diagram.plates import GAIN, SYMBOLS, Group, Link, Look, Node, Plate
from recruitment.diagram.traces import (
    EARLIER_NOTE,
    earlier,
    earlier_line,
    last_failure,
    marks,
    outcome_of,
    standing_done,
)
from recruitment.rulebook import Outcome, Procedure, Rulebook, Stage
from recruitment.wording import Label

_LOOKS: Final[Mapping[Look, Label]] = {
    "step": Label("程序", "procedure"),
    "done": Label("已完成（日期）", "done, with its day"),
    "failed": Label("已办，未通过", "held, not passed"),
    "current": Label("现在可办", "may come now"),
    "blocked": Label("期限未到（日期）", "not before that day"),
    "later": Label("尚未到", "not yet"),
    "end": Label("已终止", "ended"),
}
_FILE_LOOKS: Final[tuple[Look, ...]] = ("done", "failed", "current", "blocked", "later")
_GAIN = Label(f"{GAIN} 本人身份由此改变", f"{GAIN} the person's standing changes here")
_HARD = Label("──→ 条文规定：前者完成，后者才可办", "──→ by rule: the first is done before the second")
_CHART = Label(
    "╌╌→ 流程图的通常顺序：不按此序须记明理由",
    "╌╌→ the chart's usual order: a deviation needs a reason",
)
_BESIDE = Label("并排的程序不分先后，可同时进行", "steps side by side come in any order, or together")
_KEY = Label("图例", "Key")
_COURSE = Label("发展党员工作流程", "From application to full member")
_COUNT = Label("{} 个阶段 · {} 个程序 · {}", "{} stages · {} procedures · {}")
_FILE = Label("入党进度", "Progress of a file")
_AS_OF = Label("截至 {} · 现为{} · {}", "as of {} · now: {} · {}")
_NOW = Label("现在可办", "may come now")
_AGAIN = Label("可再次办理", "may be held again")
_NOT_BEFORE = Label("{} 起可办", "not before {}")
_LATER = Label("尚未到", "not yet")
_ANEW = Label("{} 退回", "undone {}")
_NEVER = Label("未办", "not held")
_TIMES = Label("共 {} 次", "{} times in all")
_ENDED = Label("已终止：{} {}", "ended: {} {}")
_STAGE = Label("第{}阶段　{}", "Stage {}: {}")
_NUMERALS = "零一二三四五六七八九十"


# ------------------------------------------------------------------------------------------- order


def _main(book: Rulebook, procedure: Procedure) -> Outcome | None:
    """The outcome that leads on to full membership: done, no extension, no end, no decision for either."""
    detours = {o.of for p in book.procedures for o in p.outcomes if o.extends or o.ends}
    for outcome in procedure.outcomes:
        if outcome.done and not (outcome.extends or outcome.ends or outcome.code in detours):
            return outcome
    return None


def _before(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """What the rules put directly before each act on the way to full membership."""
    found = {}
    for procedure in book.procedures:
        main = _main(book, procedure)
        found[procedure.code] = tuple(dict.fromkeys((*procedure.after, *(main.after if main else ()))))
    return found


def _closure(direct: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """What stands before each code at any distance."""
    found: dict[str, frozenset[str]] = {}

    def visit(code: str) -> frozenset[str]:
        if code not in found:
            found[code] = frozenset()  # a circle, which proofing refuses, would end here
            found[code] = frozenset(direct[code]).union(*(visit(other) for other in direct[code]))
        return found[code]

    for code in direct:
        visit(code)
    return found


def links_of(book: Rulebook) -> tuple[Link, ...]:
    """The partial order, nothing said twice: the hard edges reduced, and chart edges that add to them."""
    hard = _before(book)
    both = {p.code: tuple(dict.fromkeys((*hard[p.code], *p.chart))) for p in book.procedures}
    below, below_both = _closure(hard), _closure(both)
    links = []
    for procedure in book.procedures:
        code = procedure.code
        links += [
            Link(source=source, target=code)
            for source in hard[code]
            if not any(source in below[other] for other in hard[code])
        ]
        links += [
            Link(source=source, target=code, look="chart")
            for source in procedure.chart
            if source not in hard[code] and not any(source in below_both[other] for other in both[code])
        ]
    number = {p.code: p.number for p in book.procedures}
    return tuple(sorted(links, key=lambda link: (number[link.source], number[link.target], link.look)))


# ------------------------------------------------------------------------------------------- plates


def gained(book: Rulebook, procedure: Procedure, lang: str) -> tuple[str, ...]:
    """The line that says what the person is from this act on; none where nothing changes."""
    return (f"{GAIN} {book.word(procedure.standing, lang)}",) if procedure.standing else ()


def stage_title(stage: Stage, lang: str) -> str:
    """The number and the name of a stage."""
    number = _NUMERALS[stage.number] if lang == "zh" and stage.number <= 10 else str(stage.number)
    return _STAGE.words(lang).format(number, Label(stage.zh, stage.en).words(lang))


def key_of(lang: str) -> str:
    """The title of the key."""
    return _KEY.words(lang)


def _groups(book: Rulebook, lang: str, nodes: Mapping[str, Node]) -> tuple[Group, ...]:
    groups = []
    for stage in sorted(book.stages, key=lambda stage: stage.number):
        members = sorted((p for p in book.procedures if p.stage == stage.number), key=lambda p: p.number)
        groups.append(
            Group(
                code=f"stage_{stage.number}",
                title=stage_title(stage, lang),
                nodes=tuple(nodes[p.code] for p in members),
            )
        )
    return tuple(groups)


def _key(lang: str, looks: Iterable[Look]) -> tuple[Node, ...]:
    return tuple(
        Node(
            code=f"key_{look}",
            number=None,
            name=f"{SYMBOLS[look]} {_LOOKS[look].words(lang)}",
            lines=(),
            look=look,
        )
        for look in looks
    )


def _notes(lang: str) -> tuple[str, ...]:
    return tuple(label.words(lang) for label in (_GAIN, _HARD, _CHART, _BESIDE))


def course_plate(book: Rulebook, lang: str) -> Plate:
    """The whole course of an edition: its stages, its procedures, and the partial order between them."""
    nodes = {
        p.code: Node(
            code=p.code,
            number=p.number,
            name=p.label.words(lang),
            lines=gained(book, p, lang),
            look="step",
            milestone=p.standing is not None,
            tooltip=f"{p.number} {p.label.words(lang)} · {book.word(p.body, lang)}",
        )
        for p in book.procedures
    }
    edition = Label(book.zh, book.en).words(lang)
    return Plate(
        name="course",
        lang=lang,
        title=_COURSE.words(lang),
        subtitle=_COUNT.words(lang).format(len(book.stages), len(book.procedures), edition),
        groups=_groups(book, lang, nodes),
        links=links_of(book),
        key_title=_KEY.words(lang),
        key=(),
        notes=_notes(lang),
    )


@frozen(kw_only=True)
class _Progress:
    """What is asked of a file for every procedure: which acts lead on from here, and from which day."""

    book: Rulebook
    case: Case
    lang: str
    today: date
    days: Mapping[str, date]
    chart: Chart

    def is_open(self, procedure: Procedure) -> bool:
        """Whether the machine has an edge for the act's success on the way to full membership."""
        main = _main(self.book, procedure)
        edges = self.chart.edges[self.case.state.name].values()
        return any(edge.act == procedure.code and main and edge.outcome.code == main.code for edge in edges)

    def status(self, procedure: Procedure) -> tuple[Look, tuple[str, ...]]:
        """How a procedure stands, and the lines that say so."""
        code, case, lang = procedure.code, self.case, self.lang
        if code in standing_done(case, self.chart):
            return "done", self._done(procedure)
        is_open, first = self.is_open(procedure), self.days.get(code)
        waits = is_open and first is not None and first > self.today
        until = f"{SYMBOLS['blocked']} {_NOT_BEFORE.words(lang).format(first)}"
        failure = last_failure(self.book, case, code, self.chart.below[code])
        if failure is not None:
            outcome = outcome_of(self.book, case, failure)
            held = [f"{SYMBOLS['failed']} {case.acts[failure].on}"]
            held += [Label(outcome.zh, outcome.en).words(lang)] if outcome else []
            held += [until if waits else f"{SYMBOLS['current']} {_AGAIN.words(lang)}"] if is_open else []
            return "failed", tuple(held)
        look: Look = "blocked" if waits else "current" if is_open else "later"
        word = _NOW if is_open else _NEVER if case.state.ended else _LATER
        undone = case.reopened.get(code)
        anew = () if undone is None else (_ANEW.words(lang).format(case.acts[undone].on),)
        anew = (*earlier_line(self.book, case, code, lang), *anew)
        return look, (until if waits else f"{SYMBOLS[look]} {word.words(lang)}", *anew)

    def _done(self, procedure: Procedure) -> tuple[str, ...]:
        """The day of the act, how often it was held, and its outcome where that is not the usual one."""
        places = self.case.current.get(procedure.code, ())
        if not places:
            return (SYMBOLS["done"],)
        lines = [f"{SYMBOLS['done']} {self.case.acts[places[-1]].on}"]
        if len(places) > 1:
            lines.append(_TIMES.words(self.lang).format(len(places)))
        if not self.mainly(procedure):
            outcome = outcome_of(self.book, self.case, places[-1])
            lines += [Label(outcome.zh, outcome.en).words(self.lang)] if outcome else []
        return (*lines, *earlier_line(self.book, self.case, procedure.code, self.lang))

    def mainly(self, procedure: Procedure) -> bool:
        """Whether the act is open, or was done with the outcome that leads on to full membership."""
        places = self.case.current.get(procedure.code, ())
        return not places or outcome_of(self.book, self.case, places[-1]) == _main(self.book, procedure)


def _end(book: Rulebook, case: Case, lang: str) -> Node | None:
    """The end of an ended file."""
    if not case.state.ended or not case.acts:
        return None
    day = case.happened[-1].on.isoformat()
    text = _ENDED.words(lang).format(book.word(case.state.ended, lang), day)
    name = f"{SYMBOLS['end']} {text}"
    return Node(code="end", number=None, name=name, lines=(), look="end", tooltip=text)


def file_plate(
    book: Rulebook,
    case: Case,
    lang: str,
    today: date,
    first_days: Mapping[str, date] | None = None,
    *,
    titled: bool = False,
) -> Plate:
    """A file's progress: each procedure done, not passed, possible now or from a day on, or not yet.

    `first_days` holds, by procedure, the first day on which no limit of time would stand in the way
    (`recruitment.ruling.first_day`). What is possible is what the machine has an edge for, with success; the
    rules say whether it is also lawful. The id of the file is shown where `titled` asks; names never are.
    """
    chart = chart_of(book)
    progress = _Progress(book=book, case=case, lang=lang, today=today, days=first_days or {}, chart=chart)
    nodes = {}
    for p in book.procedures:
        look, lines = progress.status(p)
        gain = gained(book, p, lang) if progress.mainly(p) else ()
        nodes[p.code] = Node(
            code=p.code,
            number=p.number,
            name=p.label.words(lang),
            lines=(*gain, *lines),
            look=look,
            milestone=bool(gain),
            tooltip=" · ".join((f"{p.number} {p.label.words(lang)}", book.word(p.body, lang), *lines)),
        )
    end = _end(book, case, lang)
    again = any(earlier(book, case, p.code) for p in book.procedures)
    edition = Label(book.zh, book.en).words(lang)
    standing = book.word(case.standing, lang)
    title = f"{_FILE.words(lang)} · {case.file.id}" if titled else _FILE.words(lang)
    return Plate(
        name="file",
        lang=lang,
        title=title,
        subtitle=_AS_OF.words(lang).format(today.isoformat(), standing, edition),
        groups=_groups(book, lang, nodes),
        links=links_of(book),
        end=end,
        marks=marks(book, case, lang),
        key_title=_KEY.words(lang),
        key=_key(lang, (*_FILE_LOOKS, *(("end",) if end else ()))),
        notes=(*_notes(lang), *((EARLIER_NOTE.words(lang),) if again else ())),
    )
