"""The phrases that sentences about findings are put together from, in Chinese and in English."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label

VERDICTS: Final = {
    "met": Label(zh="已满足", en="Met"),
    "unmet": Label(zh="未满足", en="Not met"),
    "unknown": Label(zh="无法判断", en="Not known"),
}

NOTES: Final = {
    # what stands beside a limit of time
    "new-limit": Label(
        zh="这一期限是本版新设的，从施行之日{in_force}起算（本库口径）",
        en="the limit is new in this edition and starts on {in_force}, when it came into force (our reading)",
    ),
    "extended": Label(
        zh="已加上批准延长的时间{reading}",
        en="the approved extension is added{reading}",
    ),
    "clamped": Label(
        zh="该月没有对应的日子，按该月最后一天计算", en="that month has no such day, so its last day counts"
    ),
    "next-day": Label(
        zh="该月没有对应的日子，按下月1日计算", en="that month has no such day, so the first of the next counts"
    ),
    "provisional": Label(
        zh="当年放假安排尚未公布，工作日为暂算",
        en="the holidays of that year are not announced, so the count is provisional",
    ),
    "before-agreement": Label(
        zh="公示早于上级党委同意之日开始", en="the notice began before the higher committee agreed"
    ),
    "begun-early": Label(zh="公示早于{about}开始", en="the notice began too early; this comes first: {about}"),
    "none": Label(zh="记录写明没有", en="the record says that there is none"),
    "not-yet": Label(zh="期限所依据的程序尚未办理", en="what the limit rests on has not been done yet"),
    # counts and evidence
    "period": Label(
        zh="{after}至{limit}这一期间{reading}：{about}{held}",
        en="in the period from {after} to {limit}{reading}: {about}, {held}",
    ),
    "more_than_half": Label(
        zh="{whole}{anchor}人，{part}{actual}人，过半须{limit}人",
        en="{part}: {actual} of {anchor} ({whole}); more than half is at least {limit}",
    ),
    "at_least_half": Label(
        zh="{whole}{anchor}人，{part}{actual}人，半数须{limit}人",
        en="{part}: {actual} of {anchor} ({whole}); half is at least {limit}",
    ),
    "must-miss": Label(
        zh="{whole}{anchor}人，{part}{actual}人，有{limit}人即已过半，所记结果却是没有过半",
        en="{part}: {actual} of {anchor} ({whole}), where {limit} are enough; the outcome says that they were not "
        "reached",
    ),
    "balance": Label(zh="{left}合计{actual}，{right}合计{limit}", en="{left} come to {actual}, {right} to {limit}"),
    "evidence": Label(zh="{answered}", en="{answered}"),
    "table": Label(zh="记录为：{actual}", en="recorded is: {actual}"),
    "people": Label(zh="需{least}，实有{actual}人", en="needed {least}, there are {actual}"),
    "himself": Label(zh="其中有本人", en="the person is named among them"),
    "each": Label(zh="{answered}", en="{answered}"),
    "held": Label(zh="“{about}”需{limit}次，记录有{actual}次", en="{about}: needed {limit}, recorded {actual}"),
    "elapsed": Label(zh="自{anchor}起{actual}天", en="days since {anchor}: {actual}"),
    "among": Label(zh="与{limit}相比", en="compared with {limit}"),
    # structure
    "order": Label(zh="“{about}”记为{anchor}，本项记为{actual}", en="{about} is dated {anchor}, this act {actual}"),
    "entered-later": Label(
        zh="“{about}”在本项之后才记入（记为{anchor}）",
        en="{about} was entered only after this act (dated {anchor})",
    ),
    "not-done": Label(zh="“{about}”在本轮没有办理的记录", en="{about} is not on record as done in this round"),
    "reopened": Label(
        zh="“{about}”于{anchor}使本项重新开始{reading}，本项记为{actual}",
        en="{about} on {anchor} opened this act anew{reading}; it is dated {actual}",
    ),
    "not-made-good": Label(
        zh="“{about}”于{anchor}作废，此后还没有重新办理",
        en="{about} was undone on {anchor} and has not been done since",
    ),
    "ended": Label(zh="档案已于{anchor}终止（{about}）", en="the file ended on {anchor} ({about})"),
    "standing": Label(zh="本人现为{about}", en="the person is: {about}"),
    "not-now": Label(zh="本人现为{about}，此时不能登记本项", en="the person is: {about}; the act has no place then"),
    "no-place": Label(zh="本版本还不能登记“{about}”", en="this version does not record {about} yet"),
    "first-time": Label(zh="本轮中第一次记录", en="it is the first in this round"),
    "repeats": Label(zh="本项可以多次办理，上次为{anchor}", en="the act repeats; the last was on {anchor}"),
    "renews": Label(zh="本项可以重新办理，上次为{anchor}", en="the act may be done anew; the last was on {anchor}"),
    "no-more": Label(zh="“{about}”办成之后不再办理本项", en="the act is not done again once this is done: {about}"),
    "twice": Label(
        zh="本轮中已于{anchor}办过；如原记录有误，请更正",
        en="it was already done on {anchor}; correct that entry if it is wrong",
    ),
    "lapsed": Label(zh="{anchor}的结果已过{limit}而失效", en="the result of {anchor} lapsed after {limit}"),
    "not-lapsed": Label(zh="{anchor}的结果到{limit}为止仍然有效", en="the result of {anchor} stands until {limit}"),
    "future": Label(zh="记为{actual}，记入日为{limit}", en="dated {actual}, entered on {limit}"),
    "evidence-ahead": Label(zh="{about}为{actual}，记入日为{limit}", en="{about} is {actual}, entered on {limit}"),
    "edition": Label(zh="{actual}时施行的版本没有收录", en="the edition in force on {actual} is not encoded"),
    "not-recorded": Label(zh="档案格式中没有这一内容", en="a record has no place for this"),
}
"""For every note that an evaluator leaves on a check, its words; none is passed over in silence."""

LIMITS: Final = {
    "not_before": Label(zh="{since}，{limit}起合规", en="{since}, so lawful from {limit}"),
    "after": Label(zh="{since}，{limit}之后合规", en="{since}, so lawful after {limit}"),
    "not_after": Label(zh="{since}，最迟{limit}", en="{since}, so due by {limit}"),
    "same_day": Label(zh="应为{limit}", en="it should be {limit}"),
    "last_day": Label(zh="应为{limit}或者前一天", en="it should be {limit} or the day before"),
}

NEEDED: Final = {
    "one_of": Label(zh="须为其中之一：{}", en="must be one of: {}"),
    "one_of_alone": Label(zh="须为{}", en="must be: {}"),
    "none_of": Label(zh="不得为：{}", en="must not be: {}"),
    "all_of": Label(zh="须全部具备：{}", en="must include: {}"),
    "any_of": Label(zh="至少须有其中一项：{}", en="must include one of: {}"),
    "any_of_alone": Label(zh="须有{}", en="must include: {}"),
    "at_least": Label(zh="须为{}以上", en="at least {}"),
    "at_most": Label(zh="须为{}以下", en="at most {}"),
    "none_more": Label(zh="须为{}", en="at most {}"),
    "is_": Label(zh="须为{}", en="must be {}"),
    "given": Label(zh="须写明", en="must be given"),
    "not_given": Label(zh="须为无", en="must be none"),
    "stated": Label(zh="须写明", en="must be stated"),
    "not_stated": Label(zh="不得写明", en="must not be stated"),
}
"""What a test of a value asks for; `{}` is the value that it wants."""

COUNTS: Final = {
    "ballot.should_attend": Label(zh="应到", en="should attend"),
    "ballot.attended": Label(zh="到会", en="attended"),
    "ballot.for": Label(zh="赞成", en="in favour"),
    "meeting.members": Label(zh="全体委员", en="members of the committee"),
    "meeting.present": Label(zh="到会", en="present"),
}
"""The numbers of people in a share, short enough to stand beside each other."""

UNNAMED_COUNTS: Final = {"part": Label(zh="其中", en="counted"), "whole": Label(zh="总共", en="in all")}

PARTS: Final = {
    "case.cultivated_since": Label(
        zh="培养教育起算日（入党积极分子的确定，以及转入的材料是否审查）",
        en="start of cultivation (the decision on the activist, and whether the papers of a transfer were examined)",
    ),
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
    ("quarter", "calendar"): Label(zh="按日历季度", en="by quarters of the calendar"),
    ("quarter", "rolling"): Label(zh="从起算日起每三个月", en="each three months from the day the count starts"),
}
"""The values of the policies that sentences name, as what they decide."""
