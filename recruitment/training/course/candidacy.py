"""The first three stages of an invented course: from the application to the training of the candidate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from recruitment.base.dates import add_months, nth_workday
from recruitment.law.comparisons import Evidence
from recruitment.record.acts import (
    Act,
    Activist,
    ActivistFiling,
    Apply,
    Candidate,
    CandidateFiling,
    Inspection,
    Mentors,
    PoliticalReview,
    Sponsors,
    Talk,
    Training,
)
from recruitment.record.evidence import Committee, Heard, Meeting, Person, Publicity, Talker
from recruitment.training.course.circumstances import Circumstances, Diary

COMPETENT = Committee(kind="primary_committee", approves=True)
"""The committee that may approve."""


def application(diary: Diary, who: Circumstances) -> list[Act]:
    """Procedures 1 and 2."""
    applied = diary.day
    received = applied + timedelta(days=diary.draws.between(0, 2))
    role: Any = diary.draws.pick(("branch_secretary", "organization_commissioner"))
    return [
        Apply(on=applied, received=received, tie=who.tie, unit=who.unit),
        Talk(
            on=diary.after(5, 20, received),
            topics=("history", "view", "motive", "law", "family", "introduced"),
            talkers=(Talker(role=role),),
        ),
    ]


def cultivation(diary: Diary, who: Circumstances) -> list[Act]:
    """Procedures 3 to 6, and 7 with which the cultivation ends."""
    draws = diary.draws
    activist = diary.after(40, 100)
    acts: list[Act] = [
        Activist(on=activist, outcome="chosen", nominated_by=(who.nominated_by,), meeting=meeting(diary, who))
    ]
    reported = diary.after(2, 5)
    filed = diary.after(3, 10)
    acts += [
        ActivistFiling(on=filed, outcome="filed", reported=reported, committee=COMPETENT),
        Mentors(on=diary.after(0, 6), people=PEOPLE),
        Inspection(on=diary.after(135, 165, activist), outcome="satisfactory"),
        Inspection(on=diary.after(315, 350, activist), outcome="satisfactory"),
        Candidate(
            on=diary.after(3, 40, add_months(activist, 12)),
            outcome="agreed",
            heard=heard(who, "mentors", "members", "masses"),
            meeting=meeting(diary, who),
        ),
    ]
    if draws.once_in(3):
        acts.append(Inspection(on=diary.working(acts[-1].on - timedelta(days=2)), outcome="satisfactory"))
    return acts


PEOPLE = tuple(Person(name=name, standing="full", sanction=None) for name in ("乙", "丙"))
"""The mentors, who become the sponsors."""


def candidacy(diary: Diary, who: Circumstances) -> list[Act]:
    """Procedures 8 to 11."""
    draws = diary.draws
    reported = diary.after(2, 5)
    publicity = _publicity(diary, who) if diary.has("publicity-5-workdays") else None
    outcome = next(row.code for row in diary.rulebook.by_code["candidate_filing"].outcomes if row.default)
    listed = diary.after(1, 5)
    filing = CandidateFiling(on=listed, outcome=outcome, reported=reported, committee=COMPETENT)
    if publicity is not None:
        filing = CandidateFiling(
            on=listed, outcome=outcome, reported=reported, committee=COMPETENT, publicity=publicity
        )
    sponsors = Sponsors(on=diary.after(2, 15), people=PEOPLE)
    begun = diary.after(15, 60)
    days = draws.between(3, 5)
    ended = begun + timedelta(days=days - 1)
    training = Training(
        on=ended,
        from_=begun,
        to=ended,
        days=days,
        hours=8 * days,
        organizer=draws.pick(("primary_committee", "county_organization_department")),
        mode="video" if who.video else "in_person",
        reasons={"training-in-person": "学员分散在外地，确需视频培训"} if who.video else None,
    )
    concluded = diary.after(20, 80, listed)
    replies = tuple(concluded - timedelta(days=draws.between(3, 9) + n) for n in range(draws.between(1, 2)))
    review = PoliticalReview(
        on=concluded,
        outcome="passed",
        subjects=_subjects(diary),
        inquiries=tuple(sorted(replies)),
        concluded=concluded,
        consulted=("registered_home", "residence") if who.mobile else ("departments",),
    )
    diary.day = max(ended, concluded)
    return [filing, sponsors, training, review]


def _publicity(diary: Diary, who: Circumstances) -> Publicity:
    agreed = diary.after(4, 12)
    begun = diary.after(0, 3)
    # One working day more than asked, so that the notice is long enough however its first day counts.
    ended = nth_workday(begun, diary.draws.between(6, 8), diary.rulebook.days)
    diary.day = ended
    places = ("origin", "destination") if who.mobile else (diary.draws.pick(("unit", "residence")),)
    return Publicity(agreed=agreed, from_=begun, to=ended, clear=True, places=places)  # type: ignore[arg-type]


def _subjects(diary: Diary) -> int:
    """How many subjects a political review covers in this edition."""
    asked = [
        test.at_least
        for rule in diary.rulebook.rules
        if "political_review" in rule.acts
        for comparison in rule.compare
        if isinstance(comparison, Evidence)
        for test in comparison.all
        if test.value == "subjects" and test.at_least is not None
    ]
    return max(asked, default=1)


def heard(who: Circumstances, *others: Heard) -> tuple[Heard, ...]:
    """Who was heard: the party group too, where the branch has one."""
    return ("party_group", *others) if who.has_party_groups else others


def meeting(diary: Diary, who: Circumstances) -> Meeting:
    """A meeting of the branch committee, or of the general meeting where there is no committee."""
    away = diary.draws.between(0, 1)
    if who.has_committee:
        return Meeting(body="branch_committee", members=who.committee, present=who.committee - away)
    return Meeting(body="general_meeting", members=who.voters, present=who.voters - away, for_=who.voters - away)
