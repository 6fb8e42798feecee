"""What every plate of the course rests on: the order of the acts, their stages, and the standing that an act gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import GAIN, Group, Link, Node
from recruitment.law.rulebook import Outcome, Procedure, Rulebook, Stage

_GAIN = Label(zh=f"{GAIN} 本人身份由此改变", en=f"{GAIN} the person's standing changes here")
_HARD = Label(zh="──→ 条文规定：前者完成，后者才可办", en="──→ by rule: the first is done before the second")
_CHART = Label(
    zh="╌╌→ 流程图的通常顺序：不按此序须记明理由",
    en="╌╌→ the chart's usual order: a deviation needs a reason",
)
_BESIDE = Label(zh="并排的程序不分先后，可同时进行", en="steps side by side come in any order, or together")
_KEY = Label(zh="图例", en="Key")
_STAGE = Label(zh="第{}阶段　{}", en="Stage {}: {}")
_NUMERALS: Final = "零一二三四五六七八九十"


def main_outcome(rulebook: Rulebook, procedure: Procedure) -> Outcome | None:
    """The outcome that leads on to full membership: done, no extension, no end, no decision for either."""
    detours = {o.of for p in rulebook.procedures for o in p.outcomes if o.extends or o.ends}
    for outcome in procedure.outcomes:
        if outcome.done and not (outcome.extends or outcome.ends or outcome.code in detours):
            return outcome
    return None


def _before(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """What the rules put directly before each act on the way to full membership."""
    found = {}
    for procedure in rulebook.procedures:
        main = main_outcome(rulebook, procedure)
        found[procedure.code] = tuple(dict.fromkeys((*procedure.after, *(main.after if main else ()))))
    return found


def _closure(direct: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """What comes before each code at any distance."""
    found: dict[str, frozenset[str]] = {}

    def visit(code: str) -> frozenset[str]:
        if code not in found:
            found[code] = frozenset()  # a circle, which proofing refuses, would end here
            found[code] = frozenset(direct[code]).union(*(visit(other) for other in direct[code]))
        return found[code]

    for code in direct:
        visit(code)
    return found


def links_of(rulebook: Rulebook) -> tuple[Link, ...]:
    """The partial order, nothing said twice: the hard edges reduced, and chart edges that add to them."""
    hard = _before(rulebook)
    both = {p.code: tuple(dict.fromkeys((*hard[p.code], *p.chart))) for p in rulebook.procedures}
    below, below_both = _closure(hard), _closure(both)
    links = []
    for procedure in rulebook.procedures:
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
    number = {p.code: p.number for p in rulebook.procedures}
    return tuple(sorted(links, key=lambda link: (number[link.source], number[link.target], link.look)))


def gained(rulebook: Rulebook, procedure: Procedure, lang: Lang) -> tuple[str, ...]:
    """The line that says what the person is from this act on; none where nothing changes."""
    return (f"{GAIN} {rulebook.word(procedure.standing, lang)}",) if procedure.standing else ()


def stage_title(stage: Stage, lang: Lang) -> str:
    """The number and the name of a stage."""
    number = _NUMERALS[stage.number] if lang == "zh" and stage.number <= 10 else str(stage.number)
    return _STAGE.words(lang).format(number, Label(zh=stage.zh, en=stage.en).words(lang))


def order_key(lang: Lang) -> str:
    """The title of the key."""
    return _KEY.words(lang)


def groups_of(rulebook: Rulebook, lang: Lang, nodes: Mapping[str, Node]) -> tuple[Group, ...]:
    """The stages with their boxes, both in the order of their numbers."""
    groups = []
    for stage in sorted(rulebook.stages, key=lambda stage: stage.number):
        members = sorted((p for p in rulebook.procedures if p.stage == stage.number), key=lambda p: p.number)
        groups.append(
            Group(
                code=f"stage_{stage.number}",
                title=stage_title(stage, lang),
                nodes=tuple(nodes[p.code] for p in members),
            )
        )
    return tuple(groups)


def course_notes(lang: Lang) -> tuple[str, ...]:
    """What the star, the two kinds of arrows and standing side by side mean."""
    return tuple(label.words(lang) for label in (_GAIN, _HARD, _CHART, _BESIDE))
