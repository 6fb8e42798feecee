"""An invented lawful course under one edition, from the application to the archive.

Nobody in it has a name, and no act is outside the days of its edition. Callers judge whether it is lawful
(`recruitment.training.walk.steps`, `recruitment.training.quiz.questions`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, TypeVar

import attrs
from attrs import evolve, frozen

from recruitment.law.comparisons import Evidence
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act, File
from recruitment.training.choices import Draws
from recruitment.training.course.candidacy import application, candidacy, cultivation
from recruitment.training.course.circumstances import Circumstances, Diary, invent_file
from recruitment.training.course.membership import admission, probation

A = TypeVar("A", bound=Act)

LONGEST: Final = 1300
"""Days that a course takes at most, an extension of probation not counted."""
SPREAD: Final = 900
"""Days within which courses begin where the edition has no end yet."""


@frozen
class LawfulCourse:
    """A file with its acts in the order of their entry."""

    file: File
    acts: tuple[Act, ...]

    def place(self, code: str) -> int:
        """The place of the first act of that code.

        Raises:
            StopIteration: there is none.
        """
        return next(n for n, act in enumerate(self.acts) if act.code == code)

    def day(self, code: str) -> date:
        """The day of the first act of that code.

        Raises:
            StopIteration: there is none.
        """
        return self.acts[self.place(code)].on

    def to(self, number: int) -> LawfulCourse:
        """The same file with its first acts only."""
        return evolve(self, acts=self.acts[:number])

    def with_act(self, place: int, act: Act) -> LawfulCourse:
        """The same with another act in a place."""
        return evolve(self, acts=(*self.acts[:place], act, *self.acts[place + 1 :]))


def lawful_course(rulebook: Rulebook, who: Circumstances, draws: Draws) -> LawfulCourse:
    """The course of a person in those circumstances, on days drawn by chance, all of them days of the edition."""
    who = who.fitting(rulebook)
    diary = Diary(rulebook, draws, _first_day(rulebook, who, draws))
    file = invent_file(who, diary)
    acts = [*application(diary, who), *cultivation(diary, who), *candidacy(diary, who), *admission(diary, who)]
    acts += probation(diary, who, acts)
    return LawfulCourse(file, tuple(sorted((with_papers(act, rulebook) for act in acts), key=lambda act: act.on)))


def _first_day(rulebook: Rulebook, who: Circumstances, draws: Draws) -> date:
    """A day to begin on, so early that the course ends before the edition does, and so late that every rule holds."""
    begun = max((rule.since for rule in rulebook.rules if rule.since is not None), default=rulebook.in_force)
    first = max(begun, rulebook.in_force)
    spread = SPREAD
    if rulebook.until is not None:
        spread = (rulebook.until - first).days - LONGEST - 31 * who.extended
    return first + timedelta(days=draws.between(7, max(7, spread)))


def with_papers(act: A, rulebook: Rulebook) -> A:
    """The act with the papers that the procedure leaves and those that rules ask of it."""
    asked = [
        paper
        for rule in rulebook.rules
        if act.code in rule.acts
        for comparison in rule.compare
        if isinstance(comparison, Evidence)
        for test in comparison.all
        if test.value == "papers"
        for paper in test.all_of or ()
    ]
    papers: tuple[Any, ...] = tuple(dict.fromkeys((*rulebook.by_code[act.code].papers, *asked)))
    return evolve(act, papers=papers) if papers else act


def spoken_of(rulebook: Rulebook) -> frozenset[tuple[str, str]]:
    """Each rule of the edition with each act that it speaks of."""
    return frozenset((rule.code, act) for rule in rulebook.rules for act in rule.acts or rulebook.by_code)


def move_act(value: Any, days: int) -> Any:
    """An act, or a part of one, with every day in it so many days later."""
    if isinstance(value, date):
        return value + timedelta(days=days)
    if isinstance(value, tuple):
        return tuple(move_act(part, days) for part in value)
    if attrs.has(type(value)):
        return evolve(
            value, **{key.name: move_act(getattr(value, key.name), days) for key in attrs.fields(type(value))}
        )
    return value
