"""The plate of a file: each procedure done, not passed, open, due, refused, waiting, still to come or out of reach.

What is shown of a file is its steps and their days; no name ever enters the plate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from recruitment.base.identity import masked
from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import SYMBOLS, Look, Node, Plate
from recruitment.diagram.plates.course.order import course_notes, gained, groups_of, links_of, main_outcome, order_key
from recruitment.diagram.plates.files.content import (
    EARLIER_NOTE,
    earlier,
    earlier_line,
    last_failure,
    marks,
    outcome_label,
    reachable,
    standing_done,
)
from recruitment.diagram.plates.files.pending import NOTHING, Pending, limit_line, reasons, refused_lines
from recruitment.law.rulebook import Procedure, Rulebook
from recruitment.law.states import StateGraph, state_graph
from recruitment.record.case import Case

_LOOKS: Final[Mapping[Look, Label]] = {
    "done": Label(zh="已完成（日期）", en="done, with its day"),
    "failed": Label(zh="已办，未通过", en="held, not passed"),
    "current": Label(zh="现在可办", en="may come now"),
    "blocked": Label(zh="期限未到（日期）", en="not before that day"),
    "later": Label(zh="尚未到", en="not yet"),
    "due": Label(zh="应办（截止日）", en="due (last day)"),
    "overdue": Label(zh="已逾期（日期）", en="overdue (day)"),
    "refused": Label(zh="今日不予登记", en="refused today"),
    "unreachable": Label(zh="不会再办", en="out of reach"),
    "end": Label(zh="已终止", en="ended"),
}
_ALWAYS: Final[tuple[Look, ...]] = ("done", "failed", "current", "blocked", "later")
_SOMETIMES: Final[tuple[Look, ...]] = ("due", "overdue", "refused", "unreachable")
_FILE = Label(zh="入党进度", en="Progress of a file")
_AS_OF = Label(zh="截至 {} · 现为{} · {}", en="as of {} · now: {} · {}")
_NOW = Label(zh="现在可办", en="may come now")
_AGAIN = Label(zh="可再次办理", en="may be held again")
_NOT_BEFORE = Label(zh="{} 起可办", en="not before {}")
_LATER = Label(zh="尚未到", en="not yet")
_ANEW = Label(zh="{} 退回", en="undone {}")
_NEVER = Label(zh="不会再办", en="out of reach")
_TIMES = Label(zh="共 {} 次", en="{} times in all")
_ENDED = Label(zh="已终止：{} {}", en="ended: {} {}")


@frozen(kw_only=True)
class _Progress:
    """What is asked of a file for every procedure: which acts lead on from here, from which day, and until when."""

    rulebook: Rulebook
    case: Case
    lang: Lang
    today: date
    days: Mapping[str, date]
    pending: Mapping[str, Pending]
    chart: StateGraph
    within_reach: frozenset[str]

    def ahead(self, procedure: Procedure) -> Pending:
        """What is known ahead of a procedure."""
        return self.pending.get(procedure.code, NOTHING)

    def is_open(self, procedure: Procedure) -> bool:
        """Whether the machine has an edge for the act's success on the way to full membership."""
        main = main_outcome(self.rulebook, procedure)
        edges = self.chart.edges[self.case.state.name].values()
        return any(edge.act == procedure.code and main and edge.outcome.code == main.code for edge in edges)

    def status(self, procedure: Procedure) -> tuple[Look, tuple[str, ...]]:
        """The state of a procedure, and the lines that say so."""
        code, case, lang = procedure.code, self.case, self.lang
        until = limit_line(self.ahead(procedure), lang)
        if code in standing_done(case, self.chart):
            return "done", (*self._done_lines(procedure), *until)
        failure = last_failure(self.rulebook, case, code, self.chart.below[code])
        look, lines = self._open_state(procedure) if self.is_open(procedure) else self._closed_state(procedure)
        if failure is not None:
            outcome = outcome_label(self.rulebook, case, failure)
            held = [f"{SYMBOLS['failed']} {case.acts[failure].on}"]
            held += [Label(zh=outcome.zh, en=outcome.en).words(lang)] if outcome else []
            if look in ("current", "due", "overdue"):
                held += [f"{SYMBOLS['current']} {_AGAIN.words(lang)}"]
            elif self.is_open(procedure):
                held += lines
            return "failed", (*held, *until)
        undone = case.reopened.get(code)
        anew = () if undone is None else (_ANEW.words(lang).format(case.acts[undone].on),)
        return look, (*lines, *until, *earlier_line(self.rulebook, case, code, lang), *anew)

    def _open_state(self, procedure: Procedure) -> tuple[Look, tuple[str, ...]]:
        """The state of an act that the machine has an edge for: waiting, refused, due or simply open."""
        first, ahead = self.days.get(procedure.code), self.ahead(procedure)
        if ahead.barring and not ahead.waits_only(self.today):
            return "refused", refused_lines(ahead, self.today, self.lang)
        if first is not None and first > self.today:
            return "blocked", (f"{SYMBOLS['blocked']} {_NOT_BEFORE.words(self.lang).format(first)}",)
        look: Look = "overdue" if ahead.overdue else "due" if ahead.limits else "current"
        return look, () if ahead.limits else (f"{SYMBOLS[look]} {_NOW.words(self.lang)}",)

    def _closed_state(self, procedure: Procedure) -> tuple[Look, tuple[str, ...]]:
        """The state of an act that cannot come from here: not yet, or never."""
        look: Look = "later" if procedure.code in self.within_reach else "unreachable"
        word = _LATER if look == "later" else _NEVER
        return look, (f"{SYMBOLS[look]} {word.words(self.lang)}",)

    def _done_lines(self, procedure: Procedure) -> tuple[str, ...]:
        """The day of the act, how often it was held, and its outcome where that is not the usual one."""
        places = self.case.current.get(procedure.code, ())
        if not places:
            return (SYMBOLS["done"],)
        lines = [f"{SYMBOLS['done']} {self.case.acts[places[-1]].on}"]
        if len(places) > 1:
            lines.append(_TIMES.words(self.lang).format(len(places)))
        if not self.mainly(procedure):
            outcome = outcome_label(self.rulebook, self.case, places[-1])
            lines += [Label(zh=outcome.zh, en=outcome.en).words(self.lang)] if outcome else []
        return (*lines, *earlier_line(self.rulebook, self.case, procedure.code, self.lang))

    def mainly(self, procedure: Procedure) -> bool:
        """Whether the act is open, or was done with the outcome that leads on to full membership."""
        places = self.case.current.get(procedure.code, ())
        return not places or outcome_label(self.rulebook, self.case, places[-1]) == main_outcome(
            self.rulebook, procedure
        )

    def node(self, procedure: Procedure) -> Node:
        """The box of a procedure."""
        look, lines = self.status(procedure)
        gain = gained(self.rulebook, procedure, self.lang) if self.mainly(procedure) else ()
        name, body = procedure.chart_label.words(self.lang), self.rulebook.word(procedure.body, self.lang)
        # Why an act cannot come before others are done, its place on the plate shows.
        told = () if look in ("later", "unreachable") else reasons(self.ahead(procedure), self.rulebook, self.lang)
        return Node(
            code=procedure.code,
            number=procedure.number,
            name=name,
            lines=(*gain, *lines),
            look=look,
            milestone=bool(gain),
            tooltip=" · ".join((f"{procedure.number} {name}", body, *lines, *told)),
        )


def _end(rulebook: Rulebook, case: Case, lang: Lang) -> Node | None:
    """The end of an ended file."""
    if not case.state.ended or not case.acts:
        return None
    day = case.happened[-1].on.isoformat()
    text = _ENDED.words(lang).format(rulebook.word(case.state.ended, lang), day)
    name = f"{SYMBOLS['end']} {text}"
    return Node(code="end", number=None, name=name, lines=(), look="end", tooltip=text)


def _key(lang: Lang, nodes: Iterable[Node], *, ended: bool) -> tuple[Node, ...]:
    """The key: the looks that every file has, and of the others those that this one shows."""
    nodes = tuple(nodes)
    used = {node.look for node in nodes}
    looks = [
        *_ALWAYS,
        *(look for look in _SOMETIMES if look in used or _has_sign(nodes, look)),
        *(("end",) if ended else ()),
    ]
    return tuple(
        Node(code=f"key_{look}", number=None, name=f"{SYMBOLS[look]} {_LOOKS[look].words(lang)}", lines=(), look=look)
        for look in looks
    )


def _has_sign(nodes: Iterable[Node], look: Look) -> bool:
    """Whether a line in some box begins with the sign of a look that is not its own."""
    return any(line.startswith(SYMBOLS[look]) for node in nodes for line in node.lines)


def file_plate(
    rulebook: Rulebook,
    case: Case,
    lang: Lang,
    today: date,
    first_days: Mapping[str, date] | None = None,
    *,
    titled: bool = False,
    pending: Mapping[str, Pending] | None = None,
) -> Plate:
    """A file's progress: each procedure done, not passed, open, due, refused, waiting, not yet, or out of reach.

    `first_days` holds, by procedure, the first day on which no limit of time refuses the act
    (`recruitment.engine.ruling.first_lawful_day`); `pending` what else is ahead
    (`recruitment.diagram.plates.files.progress.pending_of`), and its first days too. What is possible is what the
    machine has an edge for, with success; the rules say whether it is also lawful. The id of the file is shown where
    `titled` asks; names never are.
    """
    chart = state_graph(rulebook)
    ahead = pending or {}
    days = {code: each.first_day for code, each in ahead.items() if each.first_day is not None}
    progress = _Progress(
        rulebook=rulebook,
        case=case,
        lang=lang,
        today=today,
        days={**days, **(first_days or {})},
        pending=ahead,
        chart=chart,
        within_reach=reachable(chart, case.state),
    )
    nodes = {procedure.code: progress.node(procedure) for procedure in rulebook.procedures}
    end = _end(rulebook, case, lang)
    again = any(earlier(rulebook, case, p.code) for p in rulebook.procedures)
    edition = Label(zh=rulebook.zh, en=rulebook.en).words(lang)
    standing = rulebook.word(case.standing, lang)
    title = f"{_FILE.words(lang)} · {masked(case.file.id)}" if titled else _FILE.words(lang)
    return Plate(
        name="file",
        lang=lang,
        title=title,
        subtitle=_AS_OF.words(lang).format(today.isoformat(), standing, edition),
        groups=groups_of(rulebook, lang, nodes),
        links=links_of(rulebook),
        end=end,
        marks=marks(rulebook, case, lang),
        key_title=order_key(lang),
        key=_key(lang, nodes.values(), ended=end is not None),
        notes=(*course_notes(lang), *((EARLIER_NOTE.words(lang),) if again else ())),
    )
