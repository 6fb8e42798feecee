"""What would put a finding right: one sentence in each language, from the kind of fault and what was compared.

No entry is ever made fit by rewriting it: what was recorded wrongly is corrected, what was done wrongly is done again,
and what cannot be done again stays on record with its explanation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import FINAL, Finding
from recruitment.engine.ruling import Ruling
from recruitment.law.comparisons import Note
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.missing import missing_words
from recruitment.presentation.findings.names import day_words, name, rule_name

REMEDIES: Final = {
    # nothing is left to do
    "met": Label(zh="无须处理", en="nothing is to be done"),
    "reasoned": Label(
        zh="理由已经记明，无须再办；请核对理由是否成立",
        en="the reason is on record; see that it holds, nothing else is to be done",
    ),
    "edition": Label(
        zh="请按当时的规定人工核对，本库没有收录当时的版本",
        en="check it by hand against the rules of that time, which are not available",
    ),
    "not-recorded": Label(
        zh="档案格式中没有这一内容，请在纸质材料中核对",
        en="a record has no place for this; look it up among the papers",
    ),
    # the record is silent
    "lacks": Label(zh="请补记：{lacks}", en="record what is missing: {lacks}"),
    "lacks-act": Label(
        zh="办过的，请补记“{lacks}”和日期；没有办过的，请补办",
        en="if it was done, record it with its day; if not, do it now: {lacks}",
    ),
    "lacks-period": Label(
        zh="这一期间办过“{lacks}”的，请补记；没有办过的，无法补办，请写明情况",
        en="if it was done in that period, record it; if not, it cannot be made up for, so explain it: {lacks}",
    ),
    "silent": Label(zh="请补齐记录", en="complete the record"),
    # something is not done, or late
    "overdue": Label(
        zh="请尽快办理“{act}”并登记；{last}为止的期限已过，逾期会留在记录中",
        en="do it without more delay and record it: {act}; it was due by {last}, and the delay stays on record",
    ),
    "not-done": Label(
        zh="“{about}”办过的，请补记；没有办过的，先补办，再重新办理“{act}”",
        en="if it was done, record it; if not, do it first and then this act again: {about}",
    ),
    "not-made-good": Label(
        zh="请先重新办理“{about}”，再办理“{act}”", en="do this again first, and then the act itself: {about}"
    ),
    "order": Label(
        zh="两项的日期有误的，请更正；没有误的，“{act}”要在{first}或者以后重新办理",
        en="if one of the two dates is wrong, correct it; if not, do the act again on {first} or later",
    ),
    "too-early": Label(
        zh="日期有误的，请更正；没有误的，要在{first}或者以后重新办理",
        en="if the date is wrong, correct it; if not, do it again on {first} or later",
    ),
    "too-late": Label(
        zh="日期有误的，请更正；没有误的，迟于{last}这一点留在记录中，请写明原因",
        en="if the date is wrong, correct it; if not, that it came after {last} stays on record: explain why",
    ),
    "late-and-barred": Label(
        zh="日期有误的，请更正；没有误的，期限{last}已过，要从它所依据的那一项起重新办理",
        en="if the date is wrong, correct it; if not, the limit of {last} has passed: start again at what it "
        "counts from",
    ),
    "period": Label(
        zh="这一期间办过“{about}”的，请补记；没有办过的，无法补办，请写明情况",
        en="if it was done in that period, record it; if not, it cannot be made up for, so explain it: {about}",
    ),
    "promptly": Label(
        zh="日期有误的，请更正；没有误的，迟办这一点留在记录中，请写明原因",
        en="if the date is wrong, correct it; if not, that it came so late stays on record: explain why",
    ),
    "waited": Label(
        zh="请尽快办理“{act}”并登记；已经拖延的时间会留在记录中",
        en="do it without more delay and record it: {act}; the time that has passed stays on record",
    ),
    "new-meeting": Label(
        zh="原决议已经失效，请重新办理“{about}”，通过后再报审批；确已按期审批的，请补记",
        en="the resolution has lapsed: do this again, then put it up for approval: {about}; if it was "
        "approved in time, record that",
    ),
    "contradiction": Label(
        zh="请核对这两个日期，更正有误的一个", en="look at the two days, and correct the one that is wrong"
    ),
    "away": Label(
        zh="请先登记新单位接收（“转入”），再登记本项；没有转出的，请更正“转出”",
        en="record first that the new unit has taken the person up; if there was no transfer, correct that entry",
    ),
    "future": Label(
        zh="请更正日期；还没有发生的，等办过以后再登记",
        en="correct the date; what has not happened yet is recorded once it has",
    ),
    # an entry that has no place
    "twice": Label(
        zh="两项中有误的，请更正或者划去；内容有变的，请更正先记的一项",
        en="strike out or correct the entry of the two that is wrong; where it has changed, correct the first",
    ),
    "no-place": Label(zh="此项记录有误的，请更正或者划去", en="if this entry is wrong, correct it or strike it out"),
    "not-now": Label(
        zh="此项记录有误的，请更正或者划去；缺少前面程序的，请补记",
        en="if this entry is wrong, correct it or strike it out; if something before it is missing, record that",
    ),
    # the record says that it was not so
    "deviation": Label(
        zh="请记明变通的理由（规则“{rule}”）；记录有误的，请更正",
        en="record the reason for the deviation ({rule} in reasons); if the entry is wrong, correct it",
    ),
    "late-with-reason": Label(
        zh="日期有误的，请更正；没有误的，请记明理由（规则“{rule}”），迟于{last}这一点仍会列出",
        en="if the date is wrong, correct it; if not, record the reason ({rule} in reasons): the delay still shows",
    ),
    "wrong": Label(
        zh="记录有误的，请更正此项；确实如此的，“{act}”要按规定重新办理",
        en="if the entry is wrong, correct it; if it was so, the act has to be done again as the rule asks",
    ),
    "breach": Label(
        zh="记录有误的，请更正此项；确实如此的，请补做，补不了的写明情况",
        en="if the entry is wrong, correct it; if it was so, make up for it, or explain what cannot be made up for",
    ),
    "advice": Label(zh="请核对；确实如此的，备好说明", en="look into it; if it was so, have an explanation ready"),
}
"""For every kind of fault, what would put it right."""

_BY_NOTE: Final[Mapping[Note, str]] = {
    "not-done": "not-done",
    "not-made-good": "not-made-good",
    "entered-later": "order",
    "order": "order",
    "order-reply": "order",
    "reopened": "order",
    "future": "future",
    "evidence-ahead": "future",
    "twice": "twice",
    "not-lapsed": "twice",
    "same-move": "twice",
    "away": "away",
    "day-too-early": "contradiction",
    "day-too-late": "contradiction",
    "days-too-many": "contradiction",
    "elapsed-late": "promptly",
    "no-more": "no-place",
    "ended": "no-place",
    "no-place": "no-place",
    "not-now": "not-now",
    "period": "period",
}


def fault_kind(finding: Finding) -> str:
    """Which kind of fault a finding is: a key of `REMEDIES`."""
    if finding.value == "met":
        return "met"
    return _unknown(finding) if finding.value == "unknown" else _unmet(finding)


def _unknown(finding: Finding) -> str:
    check = finding.check
    if check.note in ("edition", "not-recorded"):
        return check.note
    if not check.lacks:
        return "silent"
    if check.note == "period":
        return "lacks-period"
    return "lacks-act" if check.note == "not-done" or finding.index is None else "lacks"


def _unmet(finding: Finding) -> str:
    check, force = finding.check, finding.force
    if finding.reason is not None:
        return "reasoned"
    if finding.index is None:
        if check.note in ("period", "elapsed-late"):
            return "period" if check.note == "period" else "waited"
        return "overdue" if check.about is None else "new-meeting"
    if force == "advice":
        return "advice"
    excusable = force == "usual" or finding.rule.excused_by_reason
    late = check.last_day is not None and finding.on > check.last_day
    if excusable and check.note not in ("not-done", "future", "twice"):
        return "late-with-reason" if late else "deviation"
    if check.note is not None and check.note in _BY_NOTE:
        kind = _BY_NOTE[check.note]
        return "too-early" if kind == "order" and check.about is None else kind
    if check.first_day is not None:
        return "too-early"
    if late:
        return "late-and-barred" if force == "bar" else "too-late"
    return "wrong" if force == "bar" else "breach"


def remedy(finding: Finding, rulebook: Rulebook) -> Label:
    """What would remedy a finding, in the words of the edition that it was judged by."""
    words = REMEDIES[fault_kind(finding)]
    return Label(zh=_fill(words.zh, finding, rulebook, "zh") + "。", en=_fill(words.en, finding, rulebook, "en") + ".")


def _fill(words: str, finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    check = finding.check
    first = check.first_day or check.anchor
    text = words.format(
        lacks=missing_words(check.lacks, finding, rulebook, lang) if check.lacks else "",
        about=name(check.about, rulebook, lang) if check.about else "",
        act=name(finding.act, rulebook, lang),
        first=day_words(first, lang) if hasattr(first, "isoformat") else "",
        last=day_words(check.last_day, lang) if check.last_day else "",
        rule=rule_name(finding.rule.code, rulebook, lang),
    )
    return text if lang == "zh" else f"{text[:1].upper()}{text[1:]}"


WAYS_OUT: Final = {
    "anew": Label(
        zh="期限已过，原决议已经失效：请重新办理“{about}”，通过后再办理本项",
        en="the limit has passed and the resolution has lapsed: do this again, and then this act: {about}",
    ),
    "correct": Label(
        zh="此项已经登记或者在档案中没有位置：内容有误的，请更正原记录（recruitment 更正）",
        en="the act is recorded already, or has no place in the file: if something is wrong, correct that entry "
        "(recruitment correct)",
    ),
    "ask": Label(
        zh="期限已过：所依据的记录有误的，请更正（recruitment 更正）；没有误的，请示上级党委组织部门决定，"
        "过去已经如此办理的，导入时用 --如实补录 理由 补录",
        en="the limit has passed: if what it counts from is recorded wrongly, correct that (recruitment correct); if "
        "not, ask the organization department of the higher committee to decide, and record what was done so in the "
        "past by an import with --as-it-was REASON",
    ),
}
"""What the text or practice offers where no day is lawful."""


def way_out(ruling: Ruling, rulebook: Rulebook) -> Label:
    """What is left to do for an act that could be recorded on no day."""
    unmet = [finding for finding in ruling.barring if finding.value == "unmet"]
    anew = [act for act in rulebook.procedures if act.lapse is not None and act.lapse.unless == ruling.act.code]
    if any(finding.check.note in FINAL for finding in unmet):
        words = WAYS_OUT["correct"]
    elif anew and any(finding.check.last_day is not None for finding in unmet):
        found = WAYS_OUT["anew"]
        words = Label(zh=found.zh.format(about=anew[0].label.zh), en=found.en.format(about=anew[0].label.en))
    else:
        words = WAYS_OUT["ask"]
    return Label(zh=f"{words.zh}。", en=f"{words.en[:1].upper()}{words.en[1:]}.")
