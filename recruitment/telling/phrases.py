"""The phrases that sentences about findings are put together from, in Chinese and in English."""

from __future__ import annotations

from typing import Final

from recruitment.wording import Label

VERDICTS: Final = {
    "met": Label("已满足", "Met"),
    "unmet": Label("未满足", "Not met"),
    "unknown": Label("无法判断", "Not known"),
}

NOTES: Final = {
    # what stands beside a limit of time
    "new-limit": Label(
        "这一期限是本版新设的，从施行之日{in_force}起算（口径 new-limit-start）",
        "the limit is new in this edition and starts on {in_force}, when it came into force (policy new-limit-start)",
    ),
    "extended": Label(
        "已加上批准延长的时间（口径 extension-sum：{extension_sum}）",
        "the approved extension is added (policy extension-sum: {extension_sum})",
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
    "none": Label("记录写明没有", "the record says that there is none"),
    "not-yet": Label("期限所依据的程序尚未办理", "what the limit rests on has not been done yet"),
    # counts and evidence
    "period": Label(
        "{after}至{limit}这一期间：{about}{held}", "in the period from {after} to {limit}: {about}, {held}"
    ),
    "more_than_half": Label(
        "{anchor}人中有{actual}人，过半需{limit}人",
        "{actual} of {anchor}; more than half is at least {limit}",
    ),
    "at_least_half": Label("{anchor}人中有{actual}人，半数为{limit}人", "{actual} of {anchor}; half is {limit}"),
    "must-miss": Label(
        "{anchor}人中有{actual}人，达到要求需{limit}人；所记结果说没有达到",
        "{actual} of {anchor}, where {limit} are enough; the recorded outcome says that they were not reached",
    ),
    "balance": Label("{left}合计{actual}，{right}合计{limit}", "{left} come to {actual}, {right} to {limit}"),
    "evidence": Label("{about}：{needed}，记录为{actual}", "{about}: {needed}, recorded is {actual}"),
    "table": Label("记录为：{actual}", "recorded is: {actual}"),
    "people": Label("需{least}，实有{actual}人", "needed {least}, there are {actual}"),
    "himself": Label("其中有本人", "the person is named among them"),
    "each": Label("逐人{needed}，记录为{actual}", "for each person {needed}, recorded is {actual}"),
    "held": Label("“{about}”需{limit}次，记录有{actual}次", "{about}: needed {limit}, recorded {actual}"),
    "elapsed": Label("自{anchor}起{actual}天", "{actual} days since {anchor}"),
    "among": Label("与{limit}相比", "compared with {limit}"),
    # structure
    "order": Label("“{about}”记为{anchor}，本项记为{actual}", "{about} is dated {anchor}, this act {actual}"),
    "entered-later": Label(
        "“{about}”在本项之后才记入（记为{anchor}）",
        "{about} was entered only after this act (dated {anchor})",
    ),
    "not-done": Label("“{about}”在本轮中没有办成的记录", "{about} is not on record as done in this round"),
    "reopened": Label(
        "“{about}”于{anchor}使本项重新开始，本项记为{actual}",
        "{about} on {anchor} opened this act anew; it is dated {actual}",
    ),
    "not-made-good": Label(
        "“{about}”于{anchor}作废，此后还没有重新办理",
        "{about} was undone on {anchor} and has not been done since",
    ),
    "ended": Label("档案已于{anchor}终止（{about}）", "the file ended on {anchor} ({about})"),
    "no-place": Label("“{about}”不在本版的程序之内", "{about} has no place among the procedures of this edition"),
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
"""For every note that a judge leaves on a check (`recruitment.guards`), its words; none is passed over in silence."""

LIMITS: Final = {
    "not_before": Label("{since}，{limit}起合规", "{since}, so lawful from {limit}"),
    "after": Label("{since}，{limit}之后合规", "{since}, so lawful after {limit}"),
    "not_after": Label("{since}，最迟{limit}", "{since}, so due by {limit}"),
    "same_day": Label("应为{limit}", "it should be {limit}"),
    "last_day": Label("应为{limit}或者前一天", "it should be {limit} or the day before"),
}
NEEDED: Final = {
    "one_of": Label("须为其中之一：{}", "needed is one of: {}"),
    "none_of": Label("不得为：{}", "it must not be: {}"),
    "all_of": Label("须全部具备：{}", "needed is all of: {}"),
    "any_of": Label("至少具备一项：{}", "needed is at least one of: {}"),
    "at_least": Label("至少{}", "needed is at least {}"),
    "at_most": Label("至多{}", "needed is at most {}"),
    "is_": Label("须为“{}”", "needed is {}"),
    "given": Label("须有：{}", "given, needed is {}"),
    "stated": Label("须写明：{}", "stated, needed is {}"),
}
