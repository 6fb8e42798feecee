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
        Label("党支部", "branch"),
        Label("党员所在的基层组织，由它培养、讨论和上报", "where the members belong; it cultivates, votes and reports"),
    ),
    (
        Label("支部委员会", "branch committee"),
        Label(
            "支部的委员会；没有设的，由支部大会办理", "the branch's own committee; without one the general meeting acts"
        ),
    ),
    (
        Label("支部大会", "general meeting of the branch"),
        Label(
            "支部全体党员的会议；有表决权的是正式党员", "the meeting of all members of the branch; full members vote"
        ),
    ),
    (
        Label("党小组", "party group"),
        Label("支部之内的小组；小的支部可以没有", "a group within the branch; a small one may have none"),
    ),
    (
        Label("党总支", "general branch"),
        Label(
            "支部与党委之间的一级；可以审议，不能审批",
            "a level between branch and committee; it deliberates and cannot approve",
        ),
    ),
    (
        Label("基层党委、上级党委", "primary committee, higher committee"),
        Label(
            "支部之上的党委；有审批权限的，预审并审批",
            "the committee above the branch; with the power to approve, it does",
        ),
    ),
    (
        Label("组织员", "organizer"),
        Label("党委中负责发展党员工作、可以受派谈话的人", "whom a committee has for this work, and may send to talk"),
    ),
    (
        Label("培养联系人", "mentor"),
        Label("培养教育入党积极分子的一至两名正式党员", "one or two full members who cultivate an activist"),
    ),
    (
        Label("入党介绍人", "sponsor"),
        Label(
            "介绍发展对象入党的两名正式党员，通常就是培养联系人",
            "two full members who propose a candidate, usually the mentors",
        ),
    ),
    (
        Label("备案", "filing"),
        Label(
            "支部把决定报给党委；报的是支部，收的是党委",
            "the branch reports a decision, and the committee takes it on record",
        ),
    ),
    (
        Label("公示", "public notice"),
        Label(
            "把名单公开，听取反映；时间按工作日算",
            "the name is made public, and what is said is heard; in working days",
        ),
    ),
    (
        Label("流动人员", "mobile person"),
        Label("离开原来的地方去别处工作或者生活的人", "somebody who has left for work or life elsewhere"),
    ),
    (
        Label("应到会、到会", "should attend, attended"),
        Label(
            "应到会是全体有表决权的党员，请假的也算在内；到会是当天到场的",
            "all members with a vote, also those excused; and those who were there",
        ),
    ),
    (
        Label("预备期", "probation"),
        Label(
            "从支部大会通过之日起一年；身份到上级党委批准才改变，起算日却不是批准之日",
            "a year from the general meeting that admitted; the standing changes with the approval, yet it counts "
            "from the meeting",
        ),
    ),
    (
        Label("报送之日、批复之日、登记之日", "day reported, of the reply, of entry"),
        Label(
            "支部报出的那天、党委答复的那天、记入档案的那天",
            "when the branch sent it, when the committee answered, when it was recorded",
        ),
    ),
    (
        Label("轮次", "round"),
        Label(
            "没有通过的，退回重办；重办的从那里起另算一轮",
            "what fails goes back and is done anew; from there a new round counts",
        ),
    ),
    (
        Label("本库口径", "our reading"),
        Label(
            "条文没有写明之处，本库按写明的理解处理", "where the text leaves room, this library says how it reads it"
        ),
    ),
)


def glossary() -> list[dict[str, Text]]:
    """The words, each with what it means."""
    return [{"term": label_text(term), "means": label_text(means)} for term, means in _WORDS]


def forces(rulebook: Rulebook) -> list[dict[str, object]]:
    """The tags of rules: what each is called, and what comes of a rule of it that is not met."""
    return [
        {
            "force": force,
            "label": text_of(partial(rulebook.word, force)),
            "means": label_text(means),
        }
        for force, (_, _, means) in FORCES.items()
    ]
