"""A lesson on the course under one edition, as plain data: cards of the procedures, a walk, and a quiz."""

from __future__ import annotations

from typing import Any, Final

from recruitment.base.errors import BadInput, nearest
from recruitment.law.editions import Books
from recruitment.law.rulebook import Rulebook, laid, national
from recruitment.training.glossary import forces, glossary
from recruitment.training.procedures import card, everywhere
from recruitment.training.quiz.questions import questions as asked
from recruitment.training.quiz.questions import told
from recruitment.training.walk.steps import walk

FORMAT: Final = "member-development/lesson/1"
MOST: Final = 200
"""Questions that a quiz can have."""


def lesson(books: Books, *, edition: str, seed: int, questions: int = 10) -> dict[str, Any]:
    """Everything that a lesson shows, ready for JSON: the same for the same arguments, on every machine.

    Each text is a table with `zh` and `en`. Nobody in a lesson is a real person, and nobody has a name.

    Raises:
        BadInput: there is no such edition, or it is no number of questions.
    """
    book = _edition(books, edition)
    if not 0 <= questions <= MOST:
        raise BadInput.of(
            "questions",
            f"{questions} is not from 0 to {MOST}; ask for another number",
            f"{questions} 不在 0 至 {MOST} 之间，请换一个数",
        )
    quiz = asked(books, book, seed=seed, number=questions)
    return {
        "format": FORMAT,
        "seed": seed,
        "edition": {
            "code": book.code,
            "label": {"zh": book.zh, "en": book.en},
            "in_force": book.in_force.isoformat(),
        },
        "stages": [{"number": stage.number, "label": {"zh": stage.zh, "en": stage.en}} for stage in book.stages],
        "procedures": [card(procedure, book) for procedure in book.procedures],
        "everywhere": everywhere(book),
        "glossary": glossary(),
        "forces": forces(book),
        "walk": walk(books, book, seed=seed),
        "quiz": [told(question, number, book) for number, question in enumerate(quiz, 1)],
    }


def _edition(books: Books, code: str) -> Rulebook:
    """The edition of that code; a lesson is on the national rules, without local ones.

    Raises:
        BadInput: there is none.
    """
    for book in books.editions:
        if book.code == code:
            return book
    names = [book.code for book in books.editions]
    if national(code) in names and laid(code):
        raise BadInput.of(
            "edition",
            f"a lesson is on the national rules; leave {'+'.join(laid(code))} out and ask for {national(code)}",
            f"培训只讲全国规定，请去掉 {'+'.join(laid(code))}，改用 {national(code)}",
        )
    near = nearest(code, names)
    raise BadInput.of(
        "edition",
        f"there is no edition {code}; " + (f"did you mean {near}? " if near else "") + f"known are {', '.join(names)}",
        f"没有“{code}”版；" + (f"是否指 {near}？" if near else "") + f"已知：{'、'.join(names)}",
    )
