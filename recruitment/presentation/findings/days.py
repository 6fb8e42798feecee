"""The words of comparisons of days: limits, and days that are only counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.days import DateLimit, Elapsed
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words, rounding_words, span_words
from recruitment.presentation.findings.names import called, day_words, name
from recruitment.presentation.findings.readings import as_reading
from recruitment.presentation.findings.said import check_words, fill_words, is_silent
from recruitment.presentation.findings.value_tests import test_words
from recruitment.presentation.findings.words import NONE

_MUST_BE: Final = {
    "not_before": Label(zh="不早于", en="not before"),
    "after": Label(zh="晚于", en="after"),
    "not_after": Label(zh="不晚于", en="not after"),
    "same_day": Label(zh="为", en="on"),
    "last_day": Label(zh="为", en="on"),
}
_LIMITS: Final = {
    "not_before": Label(zh="{since}，{limit}起合规", en="{since}, so lawful from {limit}"),
    "after": Label(zh="{since}，{limit}之后合规", en="{since}, so lawful after {limit}"),
    "not_after": Label(zh="{since}，最迟{limit}", en="{since}, so due by {limit}"),
    "same_day": Label(zh="应为{limit}", en="it should be {limit}"),
    "last_day": Label(zh="应为{limit}或者前一天", en="it should be {limit} or the day before"),
}
NOTES: Final[Mapping[Note, Label]] = {
    "none": NONE,
    "not-yet": Label(zh="期限所依据的程序尚未办理", en="what the limit rests on has not been done yet"),
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
    "memorial-day": Label(
        zh="县级以上党委在纪念日组织的集中宣誓", en="a collective oath at county level or above on a memorial day"
    ),
    "elapsed": Label(zh="自{anchor}起{actual}天", en="days since {anchor}: {actual}"),
    "elapsed-late": Label(
        zh="自{anchor}起{actual}天，最迟日为{limit}",
        en="days since {anchor}: {actual}; the last day was {limit}",
    ),
}
"""For every note of the family its words; none is passed over in silence."""

_SAID_IN_NOTE: Final = (("new-limit-start", "new-limit"), ("extension-sum", "extended"))
"""Policies that the words of a note name themselves."""


@comparison_words.register(DateLimit)
def limit_clause(rule: DateLimit, rulebook: Rulebook, lang: Lang) -> str:
    """A limit of time: the day, on which side of the limit, and what the limit counts from."""
    anchors = [rule.anchor] if rule.anchor else list((rule.anchors or {}).values())
    anchor = Label(zh="或者", en=" or ").words(lang).join(called(path, rulebook, lang) for path in anchors)
    value, must_be = called(rule.value, rulebook, lang), _MUST_BE[rule.must_be].words(lang)
    if rule.span.number == 0:
        text = Label(zh=f"{value}{must_be}{anchor}", en=f"{value} {must_be} {anchor}").words(lang)
    else:
        span = span_words(rule.span, lang)
        if rule.back:
            text = Label(
                zh=f"{value}{must_be}{anchor}之前{span}", en=f"{value} {must_be} {span} before {anchor}"
            ).words(lang)
        else:
            text = Label(zh=f"{value}{must_be}{anchor}起满{span}", en=f"{value} {must_be} {span} from {anchor}").words(
                lang
            )
    if rule.must_be == "last_day":
        text += Label(zh="之日或者前一天", en=", or the day before").words(lang)
    text += rounding_words(rule.rounding, lang)
    text += as_reading([p for p in (rule.rounding_policy, rule.anchor_policy) if p], rulebook, lang)
    for holds, label in (
        (rule.extension, Label(zh="加上批准延长的时间", en="with the approved extension")),
        (rule.new, Label(zh="本版新设，不早于施行之日起算", en="new in this edition, and never from before it")),
        (rule.none_meets, Label(zh="写明没有的即为符合", en="met where the record says that there is none")),
    ):
        if holds:
            text += Label(zh=f"，{label.zh}", en=f", {label.en}").words(lang)
    if rule.met_when is not None:
        days = listed(rule.met_on, lang)
        when = test_words(rule.met_when, rulebook, lang)
        text += Label(zh=f"；{when}，且在{days}的不受此限", en=f"; met without that on {days} where {when}").words(lang)
    if rule.silent_before is not None:
        before = called(rule.silent_before, rulebook, lang)
        text += Label(zh=f"；早于{before}的另有规定", en=f"; before {before} another rule speaks").words(lang)
    return text


@check_words.register(DateLimit)
def limit_words(limit: DateLimit, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The two days of a limit of time, the reading that decided it, and what is added to it."""
    check = finding.check
    said = []
    if isinstance(check.anchor, date) and isinstance(check.limit, date) and check.note not in ("none", "not-yet"):
        said.append(_time(limit, finding, rulebook, lang))
    if check.note is not None:
        said.append(_beside(check.note, finding, rulebook, lang))
    return said


def _beside(note: Note, finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    reading = as_reading(finding.check.policies, rulebook, lang)
    in_force = day_words(finding.rule.since or rulebook.in_force, lang)
    return fill_words(NOTES[note], finding, rulebook, lang, reading=reading, in_force=in_force)


def _time(limit: DateLimit, finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    check = finding.check
    path = limit.anchor or ""
    if limit.anchor_policy:
        # Under any other reading the anchor is another one than the meeting, and the policy alone is named.
        meeting = rulebook.policies.get(limit.anchor_policy) == "meeting" or limit.anchor_policy not in check.policies
        path = (limit.anchors or {})["meeting"] if meeting else ""
    head = path.removesuffix(".on").removesuffix(".stands")
    what = name(head, rulebook, lang) if path else ""
    if head.startswith("case."):
        what = rulebook.word(head.removeprefix("case."), lang)
    if path == "on":
        what = called(path, rulebook, lang)
    anchor = day_words(check.anchor, lang)
    since = Label(
        zh=f"自{anchor}{f'（{what}）' if what else ''}起算", en=f"counted from {anchor}{f' ({what})' if what else ''}"
    ).words(lang)
    text = _LIMITS[limit.must_be].words(lang).format(since=since, limit=day_words(check.limit, lang))
    if isinstance(check.actual, date):
        actual = day_words(check.actual, lang)
        if limit.value == "on":
            text += Label(zh=f"，记为{actual}", en=f"; dated {actual}").words(lang)
        else:
            value = name(limit.value, rulebook, lang)
            text += Label(zh=f"，“{value}”记为{actual}", en=f"; {value}: {actual}").words(lang)
    policies = (policy for policy in check.policies if (policy, check.note) not in _SAID_IN_NOTE)
    return text + as_reading(policies, rulebook, lang)


@comparison_words.register(Elapsed)
def elapsed_clause(rule: Elapsed, rulebook: Rulebook, lang: Lang) -> str:
    """Days that are counted, and how many are too many by our reading."""
    since = called(f"{rule.of}.{rule.since}" if rule.of else rule.since, rulebook, lang)
    until, reading = called(rule.until, rulebook, lang), as_reading(["promptly-at-most"], rulebook, lang)
    return Label(zh=f"自{since}至{until}的天数{reading}", en=f"days from {since} to {until}{reading}").words(lang)


@check_words.register(Elapsed)
def elapsed_words(_: Elapsed, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """How many days it was, and until when it should have been; nothing where one of the two days is not known."""
    note = finding.check.note
    if note is None or (note == "elapsed" and is_silent(finding)):
        return []
    policies = [policy for policy in finding.check.policies if note == "elapsed-late" or policy != "promptly-at-most"]
    return [fill_words(NOTES[note], finding, rulebook, lang) + as_reading(policies, rulebook, lang)]
