"""A lawful course from the first act to the last, every act admitted, with what would have been refused on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from attrs import evolve, frozen

from recruitment.base.dates import add_months
from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Finding
from recruitment.engine.judging import judge, lawful_from
from recruitment.engine.ruling import Ruling
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.names import day_words
from recruitment.presentation.findings.sentences import sentence
from recruitment.record.acts import Act
from recruitment.record.case import Case, open_case
from recruitment.training.choices import Draws
from recruitment.training.course.circumstances import Circumstances
from recruitment.training.course.lawful import LawfulCourse, lawful_course, move_act, spoken_of
from recruitment.training.planting import Site, TriedAct
from recruitment.training.record_words import facts_of
from recruitment.training.walk.attempts import ATTEMPTS
from recruitment.training.words import Text, label_text, text_of, word_text

NUMBER: Final = 30
"""How many courses are drawn at most until one is lawful under the readings of the edition."""


@frozen(kw_only=True)
class Refusal:
    """An attempt that was refused, the ruling on it, and the first lawful day, where the day is among the reasons."""

    attempt: TriedAct
    ruling: Ruling
    first_day: date | None


@frozen(kw_only=True)
class WalkStep:
    """An act that was admitted, and the attempts on it that were refused."""

    ruling: Ruling
    case: Case
    refusals: tuple[Refusal, ...]

    @property
    def act(self) -> Act:
        """The act as it was done."""
        return self.ruling.act


def steps(editions: Editions, rulebook: Rulebook, *, seed: int) -> tuple[WalkStep, ...]:
    """Every act of an invented course, each ruled on with its own day as today.

    Raises:
        BadInput: no course was found that is lawful under the readings that the books have.
    """
    for number in range(NUMBER):
        draws = Draws("walk", rulebook.code, seed, number)
        found = tuple(_walked(editions, _course(rulebook, draws), draws))
        if found and found[-1].act.code == "archive":
            return found
    raise BadInput.of(
        "edition",
        Label(
            zh=f"没有找到按“{rulebook.code}”版合规的办理过程，请检查口径设置",
            en=f"no lawful course was found under {rulebook.code}; look at the policies",
        ),
    )


def _course(rulebook: Rulebook, draws: Draws) -> LawfulCourse:
    """A course without anything particular, of a person who applies just after turning eighteen."""
    found = lawful_course(rulebook, Circumstances(voters=2 * draws.between(6, 10)), draws)
    applied = found.acts[0].on
    born = move_act(add_months(applied, -216), -draws.between(3, 20))
    return evolve(found, file=evolve(found.file, born=born))


def _walked(editions: Editions, lawful: LawfulCourse, draws: Draws) -> Iterator[WalkStep]:
    """The acts as far as they are admitted."""
    case = open_case(editions, lawful.file)
    rulebook = BoundCase(editions, case).edition_on(lawful.acts[0].on)
    known = spoken_of(rulebook)
    tried: set[str] = set()
    for place, act in enumerate(lawful.acts):
        ruling = judge(editions, case, act, today=_entered(act))
        # A duty that is not met refuses nothing, but a lesson shows how it should be.
        if not ruling.admitted or any(finding.force != "advice" for finding in ruling.unmet):
            return
        attempts = (
            ()
            if act.code in tried
            else [each for each in ATTEMPTS if each.act == act.code and (each.rule, act.code) in known]
        )
        tried.add(act.code)
        refusals = tuple(_refused(editions, case, Site(lawful, place, draws), attempts))
        case = ruling.following(editions)
        yield WalkStep(ruling=ruling, case=case, refusals=refusals)


def _refused(editions: Editions, case: Case, site: Site, attempts: Iterable[TriedAct]) -> Iterator[Refusal]:
    """Those of the attempts that are refused, and for the reason that they are meant to show."""
    for attempt in attempts:
        act = attempt.plant(site).act
        ruling = judge(editions, case, act, today=_entered(act))
        if attempt.rule in {finding.rule.code for finding in ruling.barring}:
            yield Refusal(attempt=attempt, ruling=ruling, first_day=lawful_from(editions, ruling, today=_entered(act)))


def _entered(act: Act) -> date:
    """The day on which an act can be entered: when what it says of a receipt or a reply has happened, too."""
    held = (getattr(act, key, None) for key in ("received", "replied"))
    return max(act.on, *(day for day in held if isinstance(day, date)), act.on)


# ------------------------------------------------------------------------------------------- shown


def walk(editions: Editions, rulebook: Rulebook, *, seed: int) -> dict[str, Any]:
    """The walk in the form that a lesson holds."""
    found = steps(editions, rulebook, seed=seed)
    refusals = sum(len(step.refusals) for step in found)
    first, last = found[0].act.on, found[-1].act.on
    return {
        "about": {
            "zh": f"一名虚构人员，{day_words(first, 'zh')}递交申请，{day_words(last, 'zh')}材料归档，"
            f"全部按{rulebook.zh}办理，共{len(found)}项，每一项都经规则裁定后登记；途中{refusals}次不合规定的做法都没有予以登记。",
            "en": f"An invented person, from the application on {first} to the archive on {last}, "
            f"under the {rulebook.en}: {len(found)} acts, each admitted by the rules, and {refusals} attempts on the "
            "way that were refused.",
        },
        "steps": [_step(step, rulebook) for step in found],
    }


def _step(step: WalkStep, rulebook: Rulebook) -> dict[str, Any]:
    act = step.act
    return {
        "act": act.code,
        "on": act.on.isoformat(),
        "told": _told(step, rulebook),
        "facts": facts_of(act, rulebook),
        "refusals": [_refusal(refusal, rulebook) for refusal in step.refusals],
        "standing": word_text(step.case.standing, rulebook),
        "state": "done",
    }


def _told(step: WalkStep, rulebook: Rulebook) -> Text:
    """What happened, as one sentence."""
    act = step.act
    procedure = rulebook.by_code[act.code]
    outcome = None if step.ruling.edge is None else step.ruling.edge.outcome
    several = len(procedure.outcomes) > 1 and outcome is not None

    def words(lang: Lang) -> str:
        label, body = procedure.label.words(lang), rulebook.word(procedure.body, lang)
        ended = "" if outcome is None or not several else outcome.zh if lang == "zh" else outcome.en
        if lang == "zh":
            result = f"，结果：{ended}" if ended else ""
            return f"{day_words(act.on, lang)}，{body}办理“{label}”{result}。"
        result = f": {ended}" if ended else ""
        return f"On {act.on}, by the {body}: {label}{result}."

    return text_of(words)


def _refusal(refusal: Refusal, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "tried": label_text(refusal.attempt.tried),
        "on": refusal.ruling.act.on.isoformat(),
        "findings": [_finding(finding, rulebook) for finding in refusal.ruling.barring],
        "first_day": _to_come(refusal.first_day, refusal.ruling.act.on),
    }


def _finding(finding: Finding, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "rule": finding.rule.code,
        "clause": label_text(finding.rule.clause),
        "why": text_of(lambda lang: sentence(finding, rulebook, lang)),
        "article": text_of(lambda lang: cite(finding, rulebook, lang)),
        "first_day": _to_come(finding.check.first_day, finding.on),
    }


def _to_come(first: date | None, on: date) -> str | None:
    """The first lawful day, where it is ahead; a day that is past by then is of no use."""
    return first.isoformat() if first is not None and first > on else None
