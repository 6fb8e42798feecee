"""Checks on whole rulebooks: order, reach, dead ends, citations, values by type, seams between editions.

Reading has looked at one file at a time; here a book is looked at as a whole, before anything is judged by
it. Each check is one small function that yields its faults.
"""

from __future__ import annotations

from itertools import pairwise

from recruitment.base.errors import Fault, RulebookError
from recruitment.base.label import Label
from recruitment.law.comparisons import DateLimit
from recruitment.law.editions import Editions
from recruitment.law.states import StateGraph, state_graph
from recruitment.rulebooks.checks.faults import Faults, doubled, others
from recruitment.rulebooks.checks.overlays import overlay_faults
from recruitment.rulebooks.checks.procedures import ORDER, REACH, WORDING
from recruitment.rulebooks.checks.rules import RULES, comparisons_of


def _days(editions: Editions) -> Faults:
    """The editions follow each other without gap and without overlap."""
    if not editions.rulebooks:
        yield Fault("index.toml", Label(zh="没有列出任何版本，请列出", en="no edition is named; name one"))
        return
    yield from doubled(
        "index.toml", (rulebook.code for rulebook in editions.rulebooks), Label(zh="版本", en="the edition")
    )
    for rulebook, following in pairwise(editions.rulebooks):
        if rulebook.in_force >= following.in_force:
            yield Fault(
                f"{following.code}: in_force",
                Label(
                    zh=f"{following.in_force} 不晚于 {rulebook.code} 版的 {rulebook.in_force}",
                    en=f"{following.in_force} is not after {rulebook.in_force}, the day of {rulebook.code}",
                ),
            )
        elif rulebook.until != following.in_force:
            yield Fault(
                f"{rulebook.code}: until",
                Label(
                    zh=f"{rulebook.until} 与 {following.code} 版施行之日 {following.in_force} 不衔接",
                    en=f"{rulebook.until} is not {following.in_force}, when {following.code} comes into force",
                ),
            )
    last = editions.rulebooks[-1]
    if last.until is not None:
        yield Fault(f"{last.code}: until", Label(zh="最后一版没有终止日", en="the last edition has no end"))


def _nothing_new_at_first(editions: Editions) -> Faults:
    for rulebook in editions.rulebooks[:1]:
        for here, limit in comparisons_of(rulebook, DateLimit):
            if limit.new:
                yield Fault(
                    f"{rulebook.code}: {here}.new",
                    Label(zh="首版没有新增期限", en="nothing is new in the first edition"),
                )


def _same_states(editions: Editions, charts: list[StateGraph]) -> Faults:
    """A file passes from one edition's machine to the next, so both have the same states."""
    pairs = list(zip(editions.rulebooks, charts, strict=True))
    for (rulebook, chart), (other, following) in pairwise(pairs):
        for one, two, names in (
            (rulebook.code, other.code, chart.states.keys() - following.states.keys()),
            (other.code, rulebook.code, following.states.keys() - chart.states.keys()),
        ):
            missing = sorted(names, key=lambda name: (len(name), name))
            if missing:
                more = others(missing)
                yield Fault(
                    f"{one}: state {missing[0]}",
                    Label(
                        zh=f"{two} 版没有此状态，档案无法衔接{more.zh}",
                        en=f"it does not exist in {two}, so a file could not pass{more.en}",
                    ),
                )


# ------------------------------------------------------------------------------------------- contents

EDITIONS = (_days, _nothing_new_at_first)


def check_rulebooks(editions: Editions) -> None:
    """Look at every edition as a whole, at the seams between them, and at the local editions that may lie on them.

    Raises:
        RulebookError: with every fault of every edition and local edition.
    """
    faults = [fault for check in EDITIONS for fault in check(editions)]
    charts = []
    for rulebook in editions.rulebooks:
        found = [fault for check in ORDER for fault in check(rulebook)]
        chart = None if found else state_graph(rulebook)
        found += [fault for check in (*WORDING, *RULES) for fault in check(rulebook)]
        if chart is not None:
            charts.append(chart)
            found += [fault for reach in REACH for fault in reach(rulebook, chart)]
        faults += [fault.within(rulebook.code) for fault in found]
    if len(charts) == len(editions.rulebooks):
        faults += _same_states(editions, charts)
    faults += overlay_faults(editions)
    if faults:
        raise RulebookError(faults)
