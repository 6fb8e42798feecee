"""A lesson on the course under one edition, as plain data: cards of the procedures, a walk, and a quiz."""

from __future__ import annotations

from typing import Any, Final

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook, laid, national
from recruitment.training.glossary import forces, glossary
from recruitment.training.procedures import card, everywhere
from recruitment.training.quiz.questions import question_data
from recruitment.training.quiz.questions import questions as asked
from recruitment.training.walk.steps import walk

FORMAT: Final = "member-development/lesson/1"
MOST: Final = 200
"""Questions that a quiz can have."""


def lesson(editions: Editions, *, edition: str, seed: int, questions: int = 10) -> dict[str, Any]:
    """Everything that a lesson shows, ready for JSON: the same for the same arguments, on every machine.

    Each text is a table with `zh` and `en`. Nobody in a lesson is a real person, and nobody has a name.

    Raises:
        BadInput: there is no such edition, or it is no number of questions.
    """
    rulebook = _edition(editions, edition)
    if not 0 <= questions <= MOST:
        raise BadInput.of(
            "questions",
            Label(
                zh=f"{questions} 不在 0 至 {MOST} 之间，请换一个数",
                en=f"{questions} is not from 0 to {MOST}; ask for another number",
            ),
        )
    quiz = asked(editions, rulebook, seed=seed, number=questions)
    return {
        "format": FORMAT,
        "seed": seed,
        "edition": {
            "code": rulebook.code,
            "label": {"zh": rulebook.zh, "en": rulebook.en},
            "in_force": rulebook.in_force.isoformat(),
        },
        "stages": [{"number": stage.number, "label": {"zh": stage.zh, "en": stage.en}} for stage in rulebook.stages],
        "procedures": [card(procedure, rulebook) for procedure in rulebook.procedures],
        "everywhere": everywhere(rulebook),
        "glossary": glossary(),
        "forces": forces(rulebook),
        "walk": walk(editions, rulebook, seed=seed),
        "quiz": [question_data(question, number, rulebook) for number, question in enumerate(quiz, 1)],
    }


def _edition(editions: Editions, code: str) -> Rulebook:
    """The edition of that code; a lesson is on the national rules, without local ones.

    Raises:
        BadInput: there is none.
    """
    for rulebook in editions.rulebooks:
        if rulebook.code == code:
            return rulebook
    names = [rulebook.code for rulebook in editions.rulebooks]
    if national(code) in names and laid(code):
        raise BadInput.of(
            "edition",
            Label(
                zh=f"培训只讲全国规定，请去掉 {'+'.join(laid(code))}，改用 {national(code)}",
                en=f"a lesson is on the national rules; leave {'+'.join(laid(code))} out and ask for {national(code)}",
            ),
        )
    near = nearest(code, names)
    raise BadInput.of(
        "edition",
        Label(
            zh=f"没有“{code}”版；" + (f"是否指 {near}？" if near else "") + f"已知：{'、'.join(names)}",
            en=f"there is no edition {code}; "
            + (f"did you mean {near}? " if near else "")
            + f"known are {', '.join(names)}",
        ),
    )
