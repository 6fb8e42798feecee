"""Questions of a quiz: small dossiers with exactly one fault each, proved by the audit when they are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from recruitment.audit.file_audit import FileAudit, audit_file
from recruitment.engine.findings import Finding
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.names import day_words
from recruitment.presentation.findings.remedies import remedy
from recruitment.presentation.findings.sentences import sentence
from recruitment.training.choices import Draws
from recruitment.training.course.circumstances import draw_circumstances
from recruitment.training.course.lawful import LawfulCourse, lawful_course, spoken_of
from recruitment.training.planting import PlantedFault, Site
from recruitment.training.quiz.faults import FAULTS
from recruitment.training.record_words import Fact, fact, facts_of, person_facts
from recruitment.training.words import label_text, text_of

TRIES: Final = 6
"""How often a fault is planted again, on other days and in other circumstances, before another one is taken."""
FOLLOWING: Final = 4
"""Acts that may come after the wrong one."""
CHOICE: Final = 5
"""Acts that a dossier has at least, where the fault leaves room for more: one act alone is no question."""
AHEAD: Final = (4, 8)
"""How many acts before the wrong one are shown with their facts, at least and at most; of those before, the days."""
DAYS_OF_GRACE: Final = timedelta(days=7)
"""How long after its last act a dossier is looked at."""


@frozen(kw_only=True)
class Question:
    """A dossier with one fault, the lawful one that it was made from, and the finding.

    Facts are shown from the act `told_from` on; of those before, the days.
    """

    dossier: LawfulCourse
    lawful: LawfulCourse
    today: date
    finding: Finding
    fault: PlantedFault
    told_from: int


def faults_of(rulebook: Rulebook) -> tuple[PlantedFault, ...]:
    """The faults that break a rule of this edition."""
    known = spoken_of(rulebook)
    return tuple(fault for fault in FAULTS if (fault.rule, fault.act) in known)


def questions(editions: Editions, rulebook: Rulebook, *, seed: int, number: int) -> Iterator[Question]:
    """So many questions for a seed; no rule comes twice before every other one has come.

    Stages and kinds of faults take turns; fewer questions are the first of more.
    """
    every = faults_of(rulebook)
    used: set[str] = set()
    stages, acts, kinds = Counter[int](), Counter[str](), Counter[str]()
    for place in range(number):
        draws = Draws("quiz", rulebook.code, seed, place)
        waiting = [fault for fault in every if fault.rule not in used]
        found = None
        while found is None:
            if not waiting:  # every rule has had its turn
                if not used:
                    return
                used.clear()
                waiting = list(every)
            # Stages take turns, then procedures, then kinds.
            turns = [(stages[_stage(f, rulebook)], acts[f.act], _alone(f, rulebook), kinds[f.kind]) for f in waiting]
            likely = [f for f, turn in zip(waiting, turns, strict=True) if turn == min(turns)]
            # First a rule, then one of its faults, so that a rule with many faults does not come more often.
            rule = draws.pick(sorted({f.rule for f in likely}))
            fault = draws.pick([f for f in likely if f.rule == rule])
            found = question(editions, rulebook, fault, draws)
            waiting.remove(fault)
        used.add(fault.rule)
        stages[_stage(fault, rulebook)] += 1
        acts[fault.act] += 1
        kinds[fault.kind] += 1
        yield found


def _stage(fault: PlantedFault, rulebook: Rulebook) -> int:
    return rulebook.by_code[fault.act].stage


def _alone(fault: PlantedFault, rulebook: Rulebook) -> bool:
    """Whether a fault leaves too few acts to choose from: nothing may follow it, and it comes too soon."""
    return fault.last and rulebook.by_code[fault.act].number < CHOICE


def question(editions: Editions, rulebook: Rulebook, fault: PlantedFault, draws: Draws) -> Question | None:
    """A dossier in which the audit finds that fault and no other; None where none was found in some tries."""
    for _ in range(TRIES):
        lawful = _entered(lawful_course(rulebook, evolve(draw_circumstances(draws), **fault.given), draws), draws)
        places = [n for n, act in enumerate(lawful.acts) if act.code == fault.act]
        site = fault.plant(Site(lawful, places[-1 if fault.final else 0], draws))
        cut = site.place + 1 + (0 if fault.last else draws.between(0, FOLLOWING))
        ahead = draws.between(*AHEAD)
        room = site.place + 1 if fault.last else CHOICE
        for end in dict.fromkeys((max(cut, room), max(site.place + 1, room))):
            dossier = site.course.to(end)
            before = lawful.to(end + len(lawful.acts) - len(site.course.acts))
            today = dossier.acts[-1].on + DAYS_OF_GRACE
            finding = only_finding(editions, dossier, today)
            if finding is None or (finding.rule.code, finding.index) != (fault.rule, site.place):
                continue
            if not _in_turn(dossier, fault) or not is_lawful(editions, before):
                continue
            return Question(
                dossier=dossier,
                lawful=before,
                today=today,
                finding=finding,
                fault=fault,
                told_from=max(0, site.place - ahead),
            )
    return None


def only_finding(editions: Editions, dossier: LawfulCourse, today: date) -> Finding | None:
    """The one finding that is unmet without a reason; None where there is none, another, or a bar is unknown."""
    found = _wanting(audit_file(editions, dossier.file, dossier.acts, today=today))
    return found[0] if len(found) == 1 and found[0].value == "unmet" and found[0].force != "advice" else None


def is_lawful(editions: Editions, dossier: LawfulCourse) -> bool:
    """Whether nothing at all is found wanting in a dossier, not even what is only advised."""
    today = dossier.acts[-1].on + DAYS_OF_GRACE
    return not _wanting(audit_file(editions, dossier.file, dossier.acts, today=today))


def _wanting(audit: FileAudit) -> list[Finding]:
    return [
        finding
        for finding in audit.findings
        if (finding.value == "unmet" and finding.reason is None)
        or (finding.value == "unknown" and finding.force == "bar")
    ]


def _in_turn(dossier: LawfulCourse, fault: PlantedFault) -> bool:
    """Whether the days follow each other, so that nothing but the fault catches the eye; else order is the fault."""
    days = [act.on for act in dossier.acts]
    return fault.kind == "order" or fault.rule == "once" or days == sorted(days)


def _entered(lawful: LawfulCourse, draws: Draws) -> LawfulCourse:
    """The course with days of entry on some of its acts."""
    acts = [
        evolve(act, recorded=act.on + timedelta(days=draws.between(0, 5))) if draws.once_in(4) else act
        for act in lawful.acts
    ]
    return evolve(lawful, acts=tuple(acts))


# ------------------------------------------------------------------------------------------- shown


def question_data(asked: Question, number: int, rulebook: Rulebook) -> dict[str, Any]:
    """A question as a lesson holds it."""
    finding, acts = asked.finding, asked.dossier.acts
    assert finding.index is not None
    return {
        "title": _title(asked, number, rulebook),
        "person": _person(asked, rulebook),
        "acts": [
            {
                "act": act.code,
                "label": label_text(rulebook.by_code[act.code].label),
                "on": act.on.isoformat(),
                "facts": facts_of(act, rulebook) if n >= asked.told_from else [],
            }
            for n, act in enumerate(acts)
        ],
        "fault": {"act": finding.index, "rule": finding.rule.code, "kind": asked.fault.kind},
        "why": text_of(lambda lang: sentence(finding, rulebook, lang)),
        "clause": label_text(finding.rule.clause),
        "article": text_of(lambda lang: cite(finding, rulebook, lang)),
        "remedy": label_text(remedy(finding, rulebook)),
    }


def _title(asked: Question, number: int, rulebook: Rulebook) -> dict[str, str]:
    acts = asked.dossier.acts
    label = rulebook.by_code[acts[-1].code].label
    return {
        "zh": f"第{number}题：办到“{label.zh}”的一份档案，共{len(acts)}项",
        "en": f"Question {number}: a file of {len(acts)} act{'s' * (len(acts) > 1)}, the last of them: {label.en}",
    }


def _person(asked: Question, rulebook: Rulebook) -> list[Fact]:
    """The person's own facts, the day of looking, and how many acts are shown by their days alone."""
    found = person_facts(asked.dossier.file, rulebook)
    today = asked.today
    found.append(fact({"zh": "核对之日", "en": "looked at on"}, text_of(lambda lang: day_words(today, lang))))
    if asked.told_from:
        found.append(
            fact(
                {"zh": "已经核对", "en": "checked before"},
                {
                    "zh": f"前{asked.told_from}项的内容已经核对无误，这里只列日期",
                    "en": f"the first {asked.told_from} acts were found in order; only their days are shown",
                },
            )
        )
    return found
