"""The phrases that sentences about findings are put together from, in Chinese and in English."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label

VERDICTS: Final = {
    "met": Label(zh="已满足", en="Met"),
    "unmet": Label(zh="未满足", en="Not met"),
    "unknown": Label(zh="无法判断", en="Not known"),
}

AHEAD: Final = Label(zh="{about}为{actual}，记入日为{limit}", en="{about} is {actual}, entered on {limit}")
NONE: Final = Label(zh="记录写明没有", en="the record says that there is none")

COUNTS: Final = {
    "ballot.should_attend": Label(zh="应到", en="should attend"),
    "ballot.attended": Label(zh="到会", en="attended"),
    "ballot.for": Label(zh="赞成", en="in favour"),
    "meeting.members": Label(zh="应到", en="members"),
    "meeting.for": Label(zh="赞成", en="in favour"),
    "meeting.present": Label(zh="到会", en="present"),
}
"""The numbers of people in a share, short enough to be shown in one line."""

UNNAMED_COUNTS: Final = {"part": Label(zh="其中", en="counted"), "whole": Label(zh="总共", en="in all")}

PARTS: Final = {
    "case.cultivated_since": Label(
        zh="培养教育起算日（入党积极分子的确定，以及转入的材料是否审查）",
        en="start of cultivation (the decision on the activist, and whether the papers of a transfer were examined)",
    ),
    "on": Label(zh="本项日期", en="the day of the act"),
    "people.sanction.on": Label(zh="处分日期", en="day of the sanction"),
    "replaces.unfit_since": Label(zh="不适宜的起始日期", en="unfit since"),
    "publicity.from": Label(zh="公示开始的日期", en="first day of the notice"),
    "publicity.to": Label(zh="公示结束的日期", en="last day of the notice"),
    "probation.from": Label(zh="预备期起日", en="first day of probation"),
    "probation.to": Label(zh="预备期止日", en="last day of probation"),
    "case.filed_with": Label(zh="备案或者同意的组织", en="with whom it was filed, or who agreed"),
    "case.transferred_in_probation": Label(zh="预备期内转入", en="arrived in probation"),
    "case.standing": Label(zh="本人身份", en="what the person is"),
    "branch.above.kind": Label(zh="支部上级党委的类别", en="kind of the committee above the branch"),
    "meeting.body": Label(zh="开会的组织", en="who met"),
    "meeting.present": Label(zh="到会人数", en="how many were present"),
    "meeting.members": Label(zh="全体委员人数", en="how many members"),
    "committee.kind": Label(zh="党委类别", en="kind of committee"),
    "publicity.agreed": Label(zh="上级党委同意的日期", en="day on which the higher committee agreed"),
    "ballot.written": Label(zh="书面意见份数", en="written opinions"),
    "written": Label(zh="谈话情况是否已写入志愿书", en="written in the form"),
    "organizer": Label(zh="举办单位", en="organizer"),
}
"""Keys whose word in the vocabulary has to fit another thing too."""

ROLES: Final = {"organizer": Label(zh="组织员", en="organizer")}
"""Words that a role has to itself."""

READINGS: Final = {
    ("approval-anchor", "meeting"): Label(zh="自支部大会之日起算", en="counted from the general meeting"),
    ("approval-anchor", "reported"): Label(
        zh="有记录的，自材料上报之日起算", en="counted from the day the papers went up, where it is recorded"
    ),
    ("leap-birthday", "clamp"): Label(zh="平年按2月28日满岁", en="of age on 28 February in a common year"),
    ("leap-birthday", "next-day"): Label(zh="平年按3月1日满岁", en="of age on 1 March in a common year"),
    ("extension-sum", "once"): Label(zh="与一年合并，一次加上", en="added to the year in one go"),
    ("extension-sum", "in-steps"): Label(zh="从一年期满之日起再加", en="added to the first end of probation"),
    ("first-publicity-day", "counts"): Label(
        zh="首日为工作日的算第一天", en="the first day counts, where it is a working day"
    ),
    ("first-publicity-day", "not"): Label(zh="从首日的次日算起", en="counted from the day after the first"),
    ("new-limit-start", "in-force"): Label(zh="不早于施行之日起算", en="never from before the edition was in force"),
    ("new-limit-start", "anchor"): Label(
        zh="新设的期限同样从起算事项之日算起", en="a limit that is new counts from that day all the same"
    ),
    ("after-refused-approval", "candidate"): Label(
        zh="审批未获批准后仍为发展对象", en="after a refused approval the person stays a candidate"
    ),
    ("after-refused-approval", "activist"): Label(
        zh="审批未获批准后退回入党积极分子", en="after a refused approval the person is an activist again"
    ),
    ("promptly-at-most", "6-months"): Label(zh="“及时”以六个月为限", en="promptly is at most six months"),
    ("promptly-at-most", "3-months"): Label(zh="“及时”以三个月为限", en="promptly is at most three months"),
    ("promptly-at-most", "1-month"): Label(zh="“及时”以一个月为限", en="promptly is at most one month"),
    ("promptly-at-most", "never"): Label(zh="“及时”不设天数", en="promptly has no number"),
    ("new-forms", "own-period"): Label(
        zh="新设的登记表只对施行以后开始的培养期、预备期要求",
        en="a form that is new is asked only for a period that began under this edition",
    ),
    ("new-forms", "own-date"): Label(
        zh="新设的登记表按本项之日要求", en="a form that is new is asked by the day of the act"
    ),
    ("transferred-candidate", "reviewed-anew"): Label(
        zh="发展对象转入后须重新审查", en="a candidate who moves is examined again"
    ),
    ("transferred-candidate", "stands"): Label(
        zh="发展对象转入后原有审查有效", en="what was done still counts when a candidate moves"
    ),
    ("quarter", "calendar"): Label(zh="按日历季度", en="by quarters of the calendar"),
    ("quarter", "rolling"): Label(zh="从起算日起每三个月", en="each three months from the day the count starts"),
}
"""The values of the policies that sentences name, as what they decide."""
