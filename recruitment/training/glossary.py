"""The words that a learner meets, each in a sentence, and what the tag of a rule means."""

from __future__ import annotations

from functools import partial
from typing import Final

from recruitment.base.label import Label
from recruitment.diagram.plates.stages.content import FORCES
from recruitment.law.rulebook import Rulebook
from recruitment.training.words import Text, label_text, text_of

_WORDS: Final = (
    (
        Label(zh="党支部", en="branch"),
        Label(
            zh="党员所在的基层组织，由它培养、讨论和上报",
            en="where the members belong; it cultivates, votes and reports",
        ),
    ),
    (
        Label(zh="支部委员会", en="branch committee"),
        Label(
            zh="支部的委员会；没有设的，由支部大会办理",
            en="the branch's own committee; without one the general meeting acts",
        ),
    ),
    (
        Label(zh="支部大会", en="general meeting of the branch"),
        Label(
            zh="支部全体党员的会议；有表决权的是正式党员",
            en="the meeting of all members of the branch; full members vote",
        ),
    ),
    (
        Label(zh="党小组", en="party group"),
        Label(zh="支部之内的小组；小的支部可以没有", en="a group within the branch; a small one may have none"),
    ),
    (
        Label(zh="党总支", en="general branch"),
        Label(
            zh="支部与党委之间的一级；可以审议，不能审批",
            en="a level between branch and committee; it deliberates and cannot approve",
        ),
    ),
    (
        Label(zh="基层党委、上级党委", en="primary committee, higher committee"),
        Label(
            zh="支部之上的党委；有审批权限的，预审并审批",
            en="the committee above the branch; with the power to approve, it does",
        ),
    ),
    (
        Label(zh="组织员", en="organizer"),
        Label(
            zh="党委中负责发展党员工作、可以受派谈话的人", en="whom a committee has for this work, and may send to talk"
        ),
    ),
    (
        Label(zh="培养联系人", en="mentor"),
        Label(zh="培养教育入党积极分子的一至两名正式党员", en="one or two full members who cultivate an activist"),
    ),
    (
        Label(zh="入党介绍人", en="sponsor"),
        Label(
            zh="介绍发展对象入党的两名正式党员，通常就是培养联系人",
            en="two full members who propose a candidate, usually the mentors",
        ),
    ),
    (
        Label(zh="备案", en="filing"),
        Label(
            zh="支部把决定报给党委；报的是支部，收的是党委",
            en="the branch reports a decision, and the committee takes it on record",
        ),
    ),
    (
        Label(zh="公示", en="public notice"),
        Label(
            zh="把名单公开，听取反映；时间按工作日算",
            en="the name is made public, and what is said is heard; in working days",
        ),
    ),
    (
        Label(zh="流动人员", en="mobile person"),
        Label(zh="离开原来的地方去别处工作或者生活的人", en="somebody who has left for work or life elsewhere"),
    ),
    (
        Label(zh="应到会、到会", en="should attend, attended"),
        Label(
            zh="应到会是全体有表决权的党员，请假的也算在内；到会是当天到场的",
            en="all members with a vote, also those excused; and those who were there",
        ),
    ),
    (
        Label(zh="预备期", en="probation"),
        Label(
            zh="从支部大会通过之日起一年；身份到上级党委批准才改变，起算日却不是批准之日",
            en="a year from the general meeting that admitted; the standing changes with the approval, yet it counts "
            "from the meeting",
        ),
    ),
    (
        Label(zh="报送之日、批复之日、登记之日", en="day reported, of the reply, of entry"),
        Label(
            zh="支部报出的那天、党委答复的那天、记入档案的那天",
            en="when the branch sent it, when the committee answered, when it was recorded",
        ),
    ),
    (
        Label(zh="轮次", en="round"),
        Label(
            zh="没有通过的，退回重办；重办的从那里起另算一轮",
            en="what fails goes back and is done anew; from there a new round counts",
        ),
    ),
    (
        Label(zh="本库口径", en="our reading"),
        Label(
            zh="条文没有写明之处，本库按写明的理解处理",
            en="where the text leaves room, this library says how it reads it",
        ),
    ),
)


def glossary() -> list[dict[str, Text]]:
    """The words, each with what it means."""
    return [{"term": label_text(term), "means": label_text(means)} for term, means in _WORDS]


def forces(rulebook: Rulebook) -> list[dict[str, object]]:
    """The tags of rules: what each is called, and what follows from a rule with that tag that is not met."""
    return [
        {
            "force": force,
            "label": text_of(partial(rulebook.word, force)),
            "means": label_text(means),
        }
        for force, (_, _, means) in FORCES.items()
    ]
