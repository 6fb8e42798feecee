"""The plate of the course, taken from a rulebook.

A plate says what is drawn and never how: `recruitment.diagram.output.drawing` writes DOT from it, and other writers
may read the same values.
"""

from __future__ import annotations

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import Node, Plate
from recruitment.diagram.plates.course.order import course_notes, gained, groups_of, links_of, order_key
from recruitment.law.rulebook import Rulebook

_COURSE = Label(zh="发展党员工作流程", en="From application to full member")
_COUNT = Label(zh="{} 个阶段 · {} 个程序 · {}", en="{} stages · {} procedures · {}")


def course_plate(rulebook: Rulebook, lang: Lang) -> Plate:
    """The whole course of an edition: its stages, its procedures, and the partial order between them."""
    nodes = {
        p.code: Node(
            code=p.code,
            number=p.number,
            name=p.chart_label.words(lang),
            lines=gained(rulebook, p, lang),
            look="step",
            milestone=p.standing is not None,
            tooltip=f"{p.number} {p.chart_label.words(lang)} · {rulebook.word(p.body, lang)}",
        )
        for p in rulebook.procedures
    }
    edition = Label(zh=rulebook.zh, en=rulebook.en).words(lang)
    return Plate(
        name="course",
        lang=lang,
        title=_COURSE.words(lang),
        subtitle=_COUNT.words(lang).format(len(rulebook.stages), len(rulebook.procedures), edition),
        groups=groups_of(rulebook, lang, nodes),
        links=links_of(rulebook),
        key_title=order_key(lang),
        key=(),
        notes=course_notes(lang),
    )
