"""The phrases that sentences about findings are put together from, in Chinese and in English."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label

VERDICTS: Final = {
    "met": Label("已满足", "Met"),
    "unmet": Label("未满足", "Not met"),
    "unknown": Label("无法判断", "Not known"),
}

NOTES: Final = {
    # what stands beside a limit of time
    "new-limit": Label(
        "这一期限是本版新设的，从施行之日{in_force}起算（本库口径）",
        "the limit is new in this edition and starts on {in_force}, when it came into force (our reading)",
    ),
    "extended": Label(
        "已加上批准延长的时间{reading}",
        "the approved extension is added{reading}",
    ),
    "clamped": Label("该月没有对应的日子，按该月最后一天计算", "that month has no such day, so its last day counts"),
    "next-day": Label(
        "该月没有对应的日子，按下月1日计算", "that month has no such day, so the first of the next counts"
    ),
    "provisional": Label(
        "当年放假安排尚未公布，工作日为暂算",
        "the holidays of that year are not announced, so the count is provisional",
    ),
    "before-agreement": Label("公示早于上级党委同意之日开始", "the notice began before the higher committee agreed"),
    "begun-early": Label("公示早于{about}开始", "the notice began too early; this comes first: {about}"),
    "none": Label("记录写明没有", "the record says that there is none"),
    "not-yet": Label("期限所依据的程序尚未办理", "what the limit rests on has not been done yet"),
    # counts and evidence
    "period": Label(
        "{after}至{limit}这一期间{reading}：{about}{held}",
        "in the period from {after} to {limit}{reading}: {about}, {held}",
    ),
    "more_than_half": Label(
        "{whole}{anchor}人，{part}{actual}人，过半须{limit}人",
        "{part}: {actual} of {anchor} ({whole}); more than half is at least {limit}",
    ),
    "at_least_half": Label(
        "{whole}{anchor}人，{part}{actual}人，半数须{limit}人",
        "{part}: {actual} of {anchor} ({whole}); half is at least {limit}",
    ),
    "must-miss": Label(
        "{whole}{anchor}人，{part}{actual}人，有{limit}人即已过半，所记结果却是没有过半",
        "{part}: {actual} of {anchor} ({whole}), where {limit} are enough; the outcome says that they were not reached",
    ),
    "balance": Label("{left}合计{actual}，{right}合计{limit}", "{left} come to {actual}, {right} to {limit}"),
    "evidence": Label("{answered}", "{answered}"),
    "table": Label("记录为：{actual}", "recorded is: {actual}"),
    "people": Label("需{least}，实有{actual}人", "needed {least}, there are {actual}"),
    "himself": Label("其中有本人", "the person is named among them"),
    "each": Label("{answered}", "{answered}"),
    "held": Label("“{about}”需{limit}次，记录有{actual}次", "{about}: needed {limit}, recorded {actual}"),
    "elapsed": Label("自{anchor}起{actual}天", "days since {anchor}: {actual}"),
    "among": Label("与{limit}相比", "compared with {limit}"),
    # structure
    "order": Label("“{about}”记为{anchor}，本项记为{actual}", "{about} is dated {anchor}, this act {actual}"),
    "entered-later": Label(
        "“{about}”在本项之后才记入（记为{anchor}）",
        "{about} was entered only after this act (dated {anchor})",
    ),
    "not-done": Label("“{about}”在本轮没有办理的记录", "{about} is not on record as done in this round"),
    "reopened": Label(
        "“{about}”于{anchor}使本项重新开始{reading}，本项记为{actual}",
        "{about} on {anchor} opened this act anew{reading}; it is dated {actual}",
    ),
    "not-made-good": Label(
        "“{about}”于{anchor}作废，此后还没有重新办理",
        "{about} was undone on {anchor} and has not been done since",
    ),
    "ended": Label("档案已于{anchor}终止（{about}）", "the file ended on {anchor} ({about})"),
    "standing": Label("本人现为{about}", "the person is: {about}"),
    "not-now": Label("本人现为{about}，此时不能登记本项", "the person is: {about}; the act has no place then"),
    "no-place": Label("本版本还不能登记“{about}”", "this version does not record {about} yet"),
    "first-time": Label("本轮中第一次记录", "it is the first in this round"),
    "repeats": Label("本项可以多次办理，上次为{anchor}", "the act repeats; the last was on {anchor}"),
    "renews": Label("本项可以重新办理，上次为{anchor}", "the act may be done anew; the last was on {anchor}"),
    "no-more": Label("“{about}”办成之后不再办理本项", "the act is not done again once this is done: {about}"),
    "twice": Label(
        "本轮中已于{anchor}办过；如原记录有误，请更正",
        "it was already done on {anchor}; correct that entry if it is wrong",
    ),
    "lapsed": Label("{anchor}的结果已过{limit}而失效", "the result of {anchor} lapsed after {limit}"),
    "not-lapsed": Label("{anchor}的结果到{limit}为止仍然有效", "the result of {anchor} stands until {limit}"),
    "future": Label("记为{actual}，记入日为{limit}", "dated {actual}, entered on {limit}"),
    "evidence-ahead": Label("{about}为{actual}，记入日为{limit}", "{about} is {actual}, entered on {limit}"),
    "edition": Label("{actual}时施行的版本没有收录", "the edition in force on {actual} is not encoded"),
    "not-recorded": Label("档案格式中没有这一内容", "a record has no place for this"),
}
"""For every note that an evaluator leaves on a check, its words; none is passed over in silence."""

LIMITS: Final = {
    "not_before": Label("{since}，{limit}起合规", "{since}, so lawful from {limit}"),
    "after": Label("{since}，{limit}之后合规", "{since}, so lawful after {limit}"),
    "not_after": Label("{since}，最迟{limit}", "{since}, so due by {limit}"),
    "same_day": Label("应为{limit}", "it should be {limit}"),
    "last_day": Label("应为{limit}或者前一天", "it should be {limit} or the day before"),
}

NEEDED: Final = {
    "one_of": Label("须为其中之一：{}", "must be one of: {}"),
    "one_of_alone": Label("须为{}", "must be: {}"),
    "none_of": Label("不得为：{}", "must not be: {}"),
    "all_of": Label("须全部具备：{}", "must include: {}"),
    "any_of": Label("至少须有其中一项：{}", "must include one of: {}"),
    "any_of_alone": Label("须有{}", "must include: {}"),
    "at_least": Label("须为{}以上", "at least {}"),
    "at_most": Label("须为{}以下", "at most {}"),
    "none_more": Label("须为{}", "at most {}"),
    "is_": Label("须为{}", "must be {}"),
    "given": Label("须写明", "must be given"),
    "not_given": Label("须为无", "must be none"),
    "stated": Label("须写明", "must be stated"),
    "not_stated": Label("不得写明", "must not be stated"),
}
"""What a test of a value asks for; `{}` is the value that it wants."""

COUNTS: Final = {
    "ballot.should_attend": Label("应到", "should attend"),
    "ballot.attended": Label("到会", "attended"),
    "ballot.for": Label("赞成", "in favour"),
    "meeting.members": Label("全体委员", "members of the committee"),
    "meeting.present": Label("到会", "present"),
}
"""The numbers of people in a share, short enough to stand beside each other."""

UNNAMED_COUNTS: Final = {"part": Label("其中", "counted"), "whole": Label("总共", "in all")}

PARTS: Final = {
    "case.cultivated_since": Label(
        "培养教育起算日（入党积极分子的确定，以及转入的材料是否审查）",
        "start of cultivation (the decision on the activist, and whether the papers of a transfer were examined)",
    ),
    "meeting.body": Label("开会的组织", "who met"),
    "meeting.present": Label("到会人数", "how many were present"),
    "meeting.members": Label("全体委员人数", "how many members"),
    "committee.kind": Label("党委类别", "kind of committee"),
    "publicity.agreed": Label("上级党委同意的日期", "day on which the higher committee agreed"),
    "ballot.written": Label("书面意见份数", "written opinions"),
    "written": Label("谈话情况是否已写入志愿书", "written in the form"),
    "organizer": Label("举办单位", "organizer"),
}
"""Keys whose word in the vocabulary has to fit another thing too."""

ROLES: Final = {"organizer": Label("组织员", "organizer")}
"""Words that a role has to itself."""

READINGS: Final = {
    ("approval-anchor", "meeting"): Label("自支部大会之日起算", "counted from the general meeting"),
    ("approval-anchor", "reported"): Label(
        "有记录的，自材料上报之日起算", "counted from the day the papers went up, where it is recorded"
    ),
    ("leap-birthday", "clamp"): Label("平年按2月28日满岁", "of age on 28 February in a common year"),
    ("leap-birthday", "next-day"): Label("平年按3月1日满岁", "of age on 1 March in a common year"),
    ("extension-sum", "once"): Label("与一年合并，一次加上", "added to the year in one go"),
    ("extension-sum", "in-steps"): Label("从一年期满之日起再加", "added to the first end of probation"),
    ("first-publicity-day", "counts"): Label(
        "首日为工作日的算第一天", "the first day counts, where it is a working day"
    ),
    ("first-publicity-day", "not"): Label("从首日的次日算起", "counted from the day after the first"),
    ("new-limit-start", "in-force"): Label("不早于施行之日起算", "never from before the edition was in force"),
    ("new-limit-start", "anchor"): Label(
        "新设的期限同样从起算事项之日算起", "a limit that is new counts from that day all the same"
    ),
    ("after-refused-approval", "candidate"): Label(
        "审批未获批准后仍为发展对象", "after a refused approval the person stays a candidate"
    ),
    ("after-refused-approval", "activist"): Label(
        "审批未获批准后退回入党积极分子", "after a refused approval the person is an activist again"
    ),
    ("quarter", "calendar"): Label("按日历季度", "by quarters of the calendar"),
    ("quarter", "rolling"): Label("从起算日起每三个月", "each three months from the day the count starts"),
}
"""The values of the policies that sentences name, as what they decide."""
