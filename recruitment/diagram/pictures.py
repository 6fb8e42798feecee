"""The plate of the course, taken from a rulebook, and that of a file (`recruitment.diagram.files`).

A plate says what is drawn and never how: `recruitment.diagram.drawing` writes DOT from it, and other writers may read
the same values.
"""

from __future__ import annotations

from recruitment.diagram.files import file_plate as file_plate
from recruitment.diagram.order import course_notes, groups_of
from recruitment.diagram.order import gained as gained
from recruitment.diagram.order import key_of as key_of
from recruitment.diagram.order import links_of as links_of
from recruitment.diagram.order import stage_title as stage_title
from recruitment.diagram.plates import Node, Plate
from recruitment.rulebook import Rulebook
from recruitment.wording import Label

_COURSE = Label("发展党员工作流程", "From application to full member")
_COUNT = Label("{} 个阶段 · {} 个程序 · {}", "{} stages · {} procedures · {}")


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
        groups=groups_of(book, lang, nodes),
        links=links_of(book),
        key_title=key_of(lang),
        key=(),
        notes=course_notes(lang),
    )
