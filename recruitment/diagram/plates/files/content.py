"""What a file has left behind: acts done and failed, days of an earlier round, a transfer, a postponement."""

from __future__ import annotations

from datetime import date
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import Node
from recruitment.law.rulebook import Outcome, Rulebook
from recruitment.law.states import State, StateGraph
from recruitment.record.acts import PostponeConversion, TransferIn, TransferOut
from recruitment.record.case import Case

EARLIER: Final = Label(zh="（{}）", en="({})")
EARLIER_NOTE: Final = Label(zh="（日期）上一轮办理，已退回重办", en="(day) of an earlier round, undone since")
MOVED: Final = "⇄"
PUT_OFF: Final = "◇"
_UNDER_WAY: Final = Label(zh="{}，尚未转入", en="{}, not yet arrived")


def standing_done(case: Case, chart: StateGraph) -> frozenset[str]:
    """The acts that are done in the present round.

    All files that ended alike share one state; what was done in each is read off its own entries.
    """
    if not case.state.ended:
        return case.state.done
    own = frozenset(code for code in case.current if code in chart.below)
    return own.union(*(chart.below[code] for code in own))


def reachable(chart: StateGraph, state: State) -> frozenset[str]:
    """The acts that can still be done from a state, in any way; none once a file has ended."""
    found: set[str] = set()
    seen, waiting = {state.name}, [state.name]
    while waiting:
        for edge in chart.edges[waiting.pop()].values():
            if edge.outcome.done:
                found.add(edge.act)
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return frozenset(found)


def last_failure(rulebook: Rulebook, case: Case, code: str, below: frozenset[str]) -> int | None:
    """The place of the act's last entry, if it did not succeed and nothing it rests on was redone since."""
    procedure = rulebook.procedure(code)
    places = [n for n, act in enumerate(case.acts) if act.code == code]
    if not places:
        return None
    last = places[-1]
    done = any(o.done for o in procedure.outcomes if o.code == case.outcomes[last])
    redone = any(case.current[other][-1] > last for other in below if case.current.get(other))
    return None if done or redone else last


def outcome_label(rulebook: Rulebook, case: Case, place: int) -> Outcome | None:
    """The outcome of an entry: of its code, and of the pending decision where there are several."""
    procedure = rulebook.procedure(case.acts[place].code)
    found = [outcome for outcome in procedure.outcomes if outcome.code == case.outcomes[place]]
    decisions = {outcome.of for outcome in found}
    pending = [code for code in case.outcomes[:place] if code in decisions][-1:]
    return next((outcome for outcome in found if outcome.of is None or [outcome.of] == pending), None)


def earlier(rulebook: Rulebook, case: Case, code: str) -> date | None:
    """The day on which an act was last done in the round that was undone; None where no round of it was."""
    undone = case.reopened.get(code)
    if undone is None:
        return None
    done = {outcome.code for outcome in rulebook.procedure(code).outcomes if outcome.done}
    days = [
        act.on
        for act, outcome in zip(case.acts[:undone], case.outcomes, strict=False)
        if act.code == code and outcome in done
    ]
    return days[-1] if days else None


def earlier_line(rulebook: Rulebook, case: Case, code: str, lang: Lang) -> tuple[str, ...]:
    """The line with the day of the earlier round, in brackets; none where there is none."""
    day = earlier(rulebook, case, code)
    return () if day is None else (EARLIER.words(lang).format(day),)


def marks(rulebook: Rulebook, case: Case, lang: Lang) -> tuple[Node, ...]:
    """The last transfer, under way or arrived, and a postponement in force, each with its day."""
    found = []
    moves = [act for act in case.happened if isinstance(act, TransferOut | TransferIn)]
    if moves:
        text = f"{MOVED} {_label(rulebook, moves[-1].code, lang)} {moves[-1].on}"
        leaving = isinstance(moves[-1], TransferOut) and not case.state.ended
        found.append(("mark_transfer", _UNDER_WAY.words(lang).format(text) if leaving else text))
    put_off = case.counting_act(PostponeConversion.code)
    if put_off is not None:
        found.append(("mark_postponed", f"{PUT_OFF} {_label(rulebook, put_off.code, lang)} {put_off.on}"))
    return tuple(Node(code=code, number=None, name=text, lines=(), look="step", tooltip=text) for code, text in found)


def _label(rulebook: Rulebook, code: str, lang: Lang) -> str:
    return rulebook.by_code[code].chart_label.words(lang) if code in rulebook.by_code else rulebook.word(code, lang)
