"""The last two stages of an invented course: admission, probation and conversion."""

from __future__ import annotations

from datetime import date, timedelta

from recruitment.base.dates import add_months
from recruitment.record.acts import (
    Act,
    AdmissionApproval,
    AdmissionMeeting,
    ApplicationForm,
    Archive,
    Assignment,
    CommitteeReview,
    CommitteeTalk,
    ConversionApplication,
    ConversionApproval,
    ConversionMeeting,
    Oath,
    PreReview,
    ProbationInspection,
    SuperiorFiling,
)
from recruitment.record.evidence import UNKNOWN, Assigned, Ballot, Probation, Talker
from recruitment.training.course.candidacy import COMPETENT, heard, meeting
from recruitment.training.course.circumstances import MOST_WITHOUT, Circumstances, Diary


def admission(diary: Diary, who: Circumstances) -> list[Act]:
    """Procedures 12 to 18."""
    draws = diary.draws
    examined = CommitteeReview(on=diary.after(5, 15), outcome="passed", meeting=meeting(diary, who))
    leaving = None if draws.once_in(2) else diary.day + timedelta(days=draws.between(420, 700))
    pre_review = PreReview(
        on=diary.after(10, 25),
        outcome="passed",
        reported=examined.on + timedelta(days=draws.between(1, 5)),
        committee=COMPETENT,
        leaving=leaving,
    )
    form = ApplicationForm(
        on=diary.after(2, 5), form_number=f"{diary.day.year}-{draws.between(1, 99999):06}", sponsors_wrote=True
    )
    met = AdmissionMeeting(
        on=diary.after(4, 9),
        outcome="passed",
        ballot=invent_ballot(diary, who),
        leaving=leaving,
        agenda=("candidate", "sponsors", "committee", "discussion"),
        resolution=("conduct", "should_attend", "attended", "result", "date", "signature"),
    )
    talk = CommitteeTalk(
        on=diary.after(7, 20),
        talkers=(Talker(role=draws.pick(("committee_member", "organizer", "deputy_secretary"))),),
        opinion="同意接收",
        written=True,
    )
    return [examined, pre_review, form, met, talk, *_approval(diary, who, met.on)]


def _approval(diary: Diary, who: Circumstances, met: date) -> list[Act]:
    draws = diary.draws
    reported = diary.after(1, 5, met)
    deliberated = UNKNOWN if who.under is None else diary.after(2, 8)
    approved = diary.after(105, 150, met) if who.late_approval else diary.after(38, 75, met)
    approval = AdmissionApproval(
        on=approved,
        outcome="approved",
        reported=reported,
        replied=approved + timedelta(days=draws.between(1, 4)),
        committee=COMPETENT,
        deliberated=deliberated,
        collective=True,
        one_by_one=True,
        probation=Probation(from_=met, to=add_months(met, 12) - timedelta(days=draws.between(0, 1))),
        told=("branch", "person", "announced"),
        reasons={"approval-within-3-months": "需要补充外调材料，情况特殊"} if who.late_approval else None,
    )
    return [approval, SuperiorFiling(on=diary.after(6, 18, approved))]


def probation(diary: Diary, who: Circumstances, acts: list[Act]) -> list[Act]:
    """Procedures 19 to 25, with an extension of probation where the circumstances have one."""
    draws = diary.draws
    met = next(act.on for act in acts if isinstance(act, AdmissionMeeting))
    approved = next(act.on for act in acts if isinstance(act, AdmissionApproval))
    group = "第一党小组" if who.has_party_groups else None
    found: list[Act] = [
        Assignment(on=diary.after(5, 12, approved), assigned=Assigned(branch="本支部", group=group)),
        Oath(
            on=diary.after(45, 60, approved) if who.late_oath else diary.after(8, 20, approved),
            organizer="county_or_above" if who.late_oath else draws.pick(("branch", "primary_committee")),
            reasons={"oath-within-1-month": "参加县委组织的纪念日集中宣誓"} if who.late_oath else None,
        ),
        ProbationInspection(on=diary.after(70, 90, approved), outcome="satisfactory"),
    ]
    ends = [add_months(met, 12)]
    if who.extended:
        ends.append(add_months(met, 12 + who.extended))
    for n, end in enumerate(ends):
        found += _conversion(diary, who, end, extend=n + 1 < len(ends))
    return [*found, Archive(on=diary.after(10, 25))]


def _conversion(diary: Diary, who: Circumstances, end: date, *, extend: bool) -> list[Act]:
    """The last inspection and the application before an end of probation, the meeting after it, its approval."""
    draws = diary.draws
    inspected = ProbationInspection(on=diary.after(0, 8, end - timedelta(days=35)), outcome="satisfactory")
    applied = ConversionApplication(on=diary.after(0, 8, end - timedelta(days=22)))
    met = ConversionMeeting(
        on=diary.after(1, 20, end),
        outcome="extend" if extend else "convert",
        ballot=invent_ballot(diary, who),
        heard=heard(who, "members", "masses"),
        examined=True,
        months=who.extended if extend else UNKNOWN,
    )
    approved = ConversionApproval(
        on=diary.after(20, 60),
        outcome="approved",
        reported=met.on + timedelta(days=draws.between(1, 6)),
        committee=COMPETENT,
        collective=True,
        one_by_one=True,
        told=("branch", "secretary_talked", "announced"),
    )
    return [inspected, applied, met, approved]


def invent_ballot(diary: Diary, who: Circumstances) -> Ballot:
    """A ballot that adds up: nearly everybody came, nearly everybody was in favour."""
    draws = diary.draws
    few = who.voters <= MOST_WITHOUT  # of so few all come, and one at most is against
    away = 0 if few else draws.between(0, 2)
    written = draws.between(0, min(1, away))
    against, abstain = draws.between(0, 1), 0 if few else draws.between(0, 1)
    votes = who.voters - away + written
    return Ballot(
        should_attend=who.voters,
        attended=who.voters - away,
        written=written,
        for_=votes - against - abstain,
        against=against,
        abstain=abstain,
        secret=True,
        one_by_one=True,
    )
