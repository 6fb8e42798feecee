"""What people try in the last two stages, and why it looks as if it could do."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label
from recruitment.record.evidence import Talker
from recruitment.training.breaches import BALLOTS, GENERAL_BRANCH, fewer_than_half
from recruitment.training.planting import TriedAct, before, early, facts, lacking, late, without

ATTEMPTS: Final[tuple[TriedAct, ...]] = (
    TriedAct(
        "committee_review",
        "branch-committee-quorum",
        Label(
            zh="几名委员出差，到会的不到一半，先审查了再说",
            en="some members were away and fewer than half were there, but they examined all the same",
        ),
        facts({"meeting.present": fewer_than_half}),
    ),
    TriedAct(
        "pre_review",
        "pre-review-competent",
        Label(
            zh="就近由党总支预审，党总支没有审批权限",
            en="the general branch near by made the pre-review; it cannot approve",
        ),
        GENERAL_BRANCH,
    ),
    TriedAct(
        "pre_review",
        "pre-review-passed",
        Label(
            zh="上级打电话说预审合格，书面通知还没有到",
            en="the committee said by telephone that it was passed; nothing in writing yet",
        ),
        lacking("pre_review_result"),
    ),
    TriedAct(
        "application_form",
        "form-after-pre-review",
        Label(
            zh="为了赶时间，预审结果出来以前先填好志愿书",
            en="to save time the form was filled in before the pre-review was over",
        ),
        before("pre_review"),
    ),
    TriedAct(
        "admission_meeting",
        "meeting-quorum",
        Label(
            zh="到会的恰好一半，另有两人交了书面意见，合起来过了半数",
            en="exactly half came and two more wrote their opinions, which together is more than half",
        ),
        facts({"ballot": BALLOTS["meeting-quorum"]}),
    ),
    TriedAct(
        "admission_meeting",
        "majority-of-all",
        Label(
            zh="赞成的是到会人数的多数，但没有超过应到会人数的一半",
            en="most of those present were in favour, but no more than half of all who should attend",
        ),
        facts({"ballot": BALLOTS["majority-of-all"]}),
    ),
    TriedAct(
        "admission_meeting",
        "secret-ballot",
        Label(zh="大家都没有意见，举手通过", en="nobody had anything against it, so hands were raised"),
        facts({"ballot.secret": False}),
    ),
    TriedAct(
        "committee_talk",
        "talk-before-approval",
        Label(
            zh="党委委员都忙，由党支部书记代为谈话",
            en="all members of the committee were busy, so the branch secretary talked",
        ),
        facts({"talkers": (Talker(role="branch_secretary"),)}),
    ),
    TriedAct(
        "admission_approval",
        "approval-within-6-months",
        Label(
            zh="党委会一再推迟，过了六个月才审批，想说明情况后照办",
            en="the committee kept putting it off and decided after six months, with an explanation",
        ),
        late(lambda site: site.day("admission_meeting"), 6, 10, keeping=("reported", "deliberated", "probation")),
    ),
    TriedAct(
        "admission_approval",
        "approver-competent",
        Label(zh="由没有审批权限的党总支审批", en="a general branch, which cannot approve, gave the approval"),
        GENERAL_BRANCH,
    ),
    TriedAct(
        "admission_approval",
        "submission-complete",
        Label(
            zh="政治审查材料还在别处，先审批后补",
            en="the political review was elsewhere still, to be added after the approval",
        ),
        lacking("political_review"),
    ),
    TriedAct(
        "oath",
        "oath-after-approval",
        Label(
            zh="支部正好组织宣誓，批复还没有下来，想一并参加",
            en="the branch was holding an oath, and the person was to join in before the approval came",
        ),
        before("admission_approval"),
    ),
    TriedAct(
        "conversion_application",
        "order",
        Label(
            zh="写在批准接收以前，想一次交齐",
            en="it was written before the admission was approved, to hand in all at once",
        ),
        before("admission_approval"),
    ),
    TriedAct(
        "conversion_meeting",
        "probation-1-year",
        Label(
            zh="预备期还差一天，支部大会正好在这天开会",
            en="one day short of the end of probation the general meeting happened to be held",
        ),
        early("admission_meeting", 12, 1),
    ),
    TriedAct(
        "conversion_meeting",
        "conversion-examined",
        Label(
            zh="支部委员会没有审查，直接提交支部大会",
            en="it went straight to the general meeting, not examined by the committee",
        ),
        facts({"examined": False}),
    ),
    TriedAct(
        "conversion_meeting",
        "conversion-opinions",
        Label(zh="征求意见时漏了一个方面", en="one of those who should be heard was forgotten"),
        without("heard"),
    ),
    TriedAct(
        "conversion_approval",
        "approver-competent",
        Label(zh="由没有审批权限的党总支审批", en="a general branch, which cannot approve, gave the approval"),
        GENERAL_BRANCH,
    ),
    TriedAct(
        "archive",
        "order",
        Label(zh="转正批复下来以前先把材料归了档", en="the papers were archived before the conversion was approved"),
        before("conversion_approval"),
    ),
)
"""In the order of the procedures."""
