"""What people try in the first three stages, and why it looks as if it could do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import evolve

from recruitment.base.dates import add_months, nth_workday
from recruitment.base.label import Label
from recruitment.training.breaches import fewer_than_half, somebody
from recruitment.training.planting import Plant, Site, TriedAct, before, early, facts, lacking


def _a_day_too_young(site: Site) -> Site:
    born = site.course.file.born
    assert isinstance(born, date)
    on = add_months(born, 216) - timedelta(days=1)
    return site.with_act(evolve(site.act, on=on, received=on))


def _heard(*, without_: str) -> Plant:
    return facts({"heard": lambda site: tuple(who for who in site.act.heard if who != without_)})


ATTEMPTS: Final[tuple[TriedAct, ...]] = (
    TriedAct(
        "apply",
        "age-18",
        Label(
            zh="本人第二天就满十八岁，想提前一天递交申请书",
            en="the person turns eighteen on the next day and wants to apply a day before",
        ),
        _a_day_too_young,
    ),
    TriedAct(
        "apply",
        "application-in-writing",
        Label(
            zh="本人当面说了入党的愿望，申请书以后再补",
            en="the person said in person that he or she wants to join; the letter is to follow later",
        ),
        lacking("application_letter"),
    ),
    TriedAct(
        "talk",
        "order",
        Label(
            zh="递交申请以前已经聊过，想用那一次作为谈话",
            en="they had talked before the application came in, and that is to count as the talk",
        ),
        before("apply"),
    ),
    TriedAct(
        "activist",
        "branch-committee-quorum",
        Label(
            zh="支部委员会到会的委员不到一半，但到会的人意见一致",
            en="fewer than half of the committee's members came, but those who came were of one mind",
        ),
        facts({"meeting.present": fewer_than_half}),
    ),
    TriedAct(
        "activist",
        "activist-decided-by-branch-committee",
        Label(
            zh="支部设有支部委员会，这次由支部大会直接决定，觉得更慎重",
            en="the branch has a committee, but its general meeting decided, which seemed the more careful way",
        ),
        facts({"meeting.body": "general_meeting", "meeting.members": 14, "meeting.present": 14, "meeting.for_": 14}),
    ),
    TriedAct(
        "activist",
        "activist-nominated",
        Label(
            zh="本人各方面都好，没有经过党员推荐或者群团推优就上会",
            en="the person is good in every way, so nobody was asked to nominate before the meeting",
        ),
        facts({"nominated_by": ()}),
    ),
    TriedAct(
        "activist_filing",
        "order",
        Label(
            zh="上级正好集中办理备案，想先备案、再开支部委员会",
            en="the higher committee was just taking filings, so it was filed first, to be decided after",
        ),
        before("activist"),
    ),
    TriedAct(
        "mentors",
        "mentors-one-or-two",
        Label(
            zh="想多一个人帮助，指定了三名培养联系人", en="three mentors were appointed, as more people can help more"
        ),
        facts({"people": lambda site: (*site.act.people, evolve(site.act.people[0], name="丁"))}),
    ),
    TriedAct(
        "mentors",
        "mentors-full-members",
        Label(
            zh="其中一名培养联系人还是预备党员，但与本人最熟悉",
            en="one of the mentors is a probationary member still, but knows the person best",
        ),
        somebody(standing="probationary"),
    ),
    TriedAct(
        "candidate",
        "cultivation-1-year",
        Label(
            zh="还差一天满一年，支部委员会正好在这天开会",
            en="one day short of the year the branch committee happened to meet",
        ),
        early("activist", 12, 1),
    ),
    TriedAct(
        "candidate",
        "opinions-heard",
        Label(
            zh="党员和培养联系人都没有意见，没有再听群众的意见",
            en="members and mentors had nothing against it, so the masses were not heard",
        ),
        _heard(without_="masses"),
    ),
    TriedAct(
        "candidate_filing",
        "publicity-5-workdays",
        Label(
            zh="公示了四个工作日，无人反映问题，觉得已经够了",
            en="the notice stood for four working days, and nobody objected",
        ),
        facts({"publicity.to": lambda site: nth_workday(site.act.publicity.from_, 4)}),
    ),
    TriedAct(
        "candidate_filing",
        "candidate-agreed",
        Label(
            zh="材料已经报上级党委备案，没有等上级同意",
            en="it was filed with the higher committee, without waiting for its agreement",
        ),
        facts({"outcome": "filed"}),
    ),
    TriedAct(
        "candidate_filing",
        "order",
        Label(zh="日期写在支部委员会决定以前", en="it was dated before the branch committee decided"),
        before("candidate"),
    ),
    TriedAct(
        "sponsors",
        "sponsors-two",
        Label(
            zh="另一名还没有谈妥，先报一名入党介绍人",
            en="the second sponsor had not agreed yet, so one was determined first",
        ),
        facts({"people": lambda site: site.act.people[:1]}),
    ),
    TriedAct(
        "sponsors",
        "sponsors-full-members",
        Label(
            zh="其中一名入党介绍人是预备党员，再过几天就转正",
            en="one of the sponsors is a probationary member, to be converted in a few days",
        ),
        somebody(standing="probationary"),
    ),
    TriedAct(
        "political_review",
        "political-review-concluded",
        Label(
            zh="函调都已回复，情况清楚，没有另写结论",
            en="all inquiries were answered and all was clear, so no conclusion was written",
        ),
        facts({"concluded": None}),
    ),
    TriedAct(
        "training",
        "training-length",
        Label(
            zh="培训班办了两天，内容都讲完了，没有写明理由",
            en="the training took two days and covered everything; no reason was recorded",
        ),
        facts({"days": 2, "hours": 16, "to": lambda site: site.act.from_ + timedelta(days=1)}),
    ),
    TriedAct(
        "training",
        "training-organizer",
        Label(zh="党支部自己办了三天培训", en="the branch held the three days of training itself"),
        facts({"organizer": "branch"}),
    ),
)
"""In the order of the procedures. Which of them an edition refuses, its rules say; the others are left out."""
