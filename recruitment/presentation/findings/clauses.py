"""What a rule compares, in plain words: each kind of comparison as one line, in Chinese and in English.

The clause of a rule says what is lawful; these lines say what is counted and looked up, so that two editions of a rule
can be laid beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recruitment.base.dates import Rounding, Span
from recruitment.base.label import Label, Lang, listed
from recruitment.law.comparisons import (
    After,
    Among,
    Balance,
    Comparison,
    DateLimit,
    Each,
    EditionKnown,
    Elapsed,
    Evidence,
    Held,
    NotInFuture,
    NotRecorded,
    Once,
    Order,
    People,
    Periods,
    Share,
    Table,
    Test,
    Workdays,
)
from recruitment.law.rulebook import Outcome, Rulebook
from recruitment.presentation.findings.answers import needed
from recruitment.presentation.findings.names import name, value_words
from recruitment.presentation.findings.readings import as_reading

_UNITS: Final = {
    "day": Label(zh="天", en="day"),
    "workday": Label(zh="个工作日", en="working day"),
    "month": Label(zh="个月", en="month"),
    "year": Label(zh="年", en="year"),
}
_MUST_BE: Final = {
    "not_before": Label(zh="不早于", en="not before"),
    "after": Label(zh="晚于", en="after"),
    "not_after": Label(zh="不晚于", en="not after"),
    "same_day": Label(zh="为", en="on"),
    "last_day": Label(zh="为", en="on"),
}
_PLAIN: Final = {
    Order: Label(zh="此前的程序已经办成，日期不晚于本项", en="what comes before is done, and not dated later"),
    Once: Label(zh="本轮中没有办过，或者可以再办", en="it is not yet done in its round, or may be done again"),
    NotInFuture: Label(zh="日期不晚于记入之日", en="it is not dated after the day of entry"),
    EditionKnown: Label(zh="当日施行的版本已收录", en="the edition in force on that day is encoded"),
    NotRecorded: Label(
        zh="档案中没有可以核对的内容，由办理者掌握", en="a record has no place for it; the officer looks to it"
    ),
}


def span_words(span: Span, lang: Lang) -> str:
    """A length of time: 三个月 is written 3个月, 1 year, 5 working days."""
    unit = _UNITS[span.unit].words(lang)
    if lang == "zh":
        return f"{span.number}{unit}"
    return f"{span.number} {unit}{'' if span.number == 1 else 's'}"


def comparison_words(comparison: Comparison, rulebook: Rulebook, lang: Lang) -> str:
    """One comparison of a rule in plain words."""
    plain = _PLAIN.get(type(comparison))
    if plain is not None:
        return plain.words(lang)
    if isinstance(comparison, Evidence):
        tests = comparison.all or comparison.any
        said = [test_words(test, rulebook, lang) for test in tests]
        if comparison.all or len(said) == 1:
            return ("；" if lang == "zh" else "; ").join(said)
        return ("；或者" if lang == "zh" else "; or ").join(said)
    if isinstance(comparison, Table):
        return _rows(comparison, rulebook, lang)
    if isinstance(comparison, DateLimit | Workdays | Periods | Elapsed | Held):
        return _time(comparison, rulebook, lang)
    return _count(comparison, rulebook, lang)


def test_words(test: Test, rulebook: Rulebook, lang: Lang) -> str:
    """One test of a value: what it looks at, what it wants, and when it is put at all."""
    zh = lang == "zh"
    text = f"{_called(test.value, rulebook, lang)}{'：' if zh else ': '}{needed(test, rulebook, lang)}"
    if test.where is None:
        return text
    where = test_words(test.where, rulebook, lang)
    return f"{text}（限于：{where}）" if zh else f"{text} (only where {where})"


def conditions_words(tests: Iterable[Test], rulebook: Rulebook, lang: Lang) -> str:
    """The conditions under which a rule speaks; all must hold."""
    return ("；" if lang == "zh" else "; ").join(test_words(test, rulebook, lang) for test in tests)


def outcome_words(outcome: Outcome, rulebook: Rulebook, lang: Lang) -> str:
    """One way an act can end: its name, whether it is assumed, whether the act then counts as done, what it undoes."""
    zh = lang == "zh"
    notes = []
    if outcome.of:
        notes.append(f"针对：{rulebook.word(outcome.of, lang)}" if zh else f"of: {rulebook.word(outcome.of, lang)}")
    if outcome.default:
        notes.append("未写明时以此为准" if zh else "assumed where none is named")
    if not outcome.done:
        notes.append("不算办成" if zh else "does not count as done")
    for codes, label in (
        (outcome.after, Label(zh="须先办成", en="needs")),
        (outcome.reopens, Label(zh="须重新办理", en="to be done again")),
    ):
        if codes:
            names = listed((name(code, rulebook, lang) for code in codes), lang)
            notes.append(f"{label.words(lang)}：{names}" if zh else f"{label.words(lang)}: {names}")
            if outcome.reopens_policy and codes is outcome.reopens:
                notes[-1] += as_reading([outcome.reopens_policy], rulebook, lang)
    if outcome.decides:
        notes.append("待审批后生效" if zh else "takes effect once approved")
    if outcome.extends:
        notes.append("预备期延长" if zh else "extends probation")
    if outcome.ends:
        notes.append(
            f"档案终止：{rulebook.word(outcome.ends, lang)}" if zh else f"ends: {rulebook.word(outcome.ends, lang)}"
        )
    called = outcome.zh if zh else outcome.en
    if not notes:
        return called
    return f"{called}（{'，'.join(notes)}）" if zh else f"{called} ({', '.join(notes)})"


# ------------------------------------------------------------------------------------------- by kind


def _called(path: str, rulebook: Rulebook, lang: Lang) -> str:
    """What a path is called; the day of the act itself, and of another act, by its name."""
    if path == "on":
        return "本项之日" if lang == "zh" else "the day of this act"
    return name(path.removesuffix(".on"), rulebook, lang)


def _rounded(rounding: Rounding | None, lang: Lang) -> str:
    if rounding is None:
        return ""
    if rounding == "clamp":
        return "，当月无此日的按月末" if lang == "zh" else ", a day that the month lacks being its last"
    return "，当月无此日的按下月1日" if lang == "zh" else ", a day that the month lacks being the first of the next"


def _read(policy: str, rulebook: Rulebook, lang: Lang) -> str:
    """The reading that decides, in brackets."""
    return as_reading([policy], rulebook, lang)


def _time(rule: DateLimit | Workdays | Periods | Elapsed | Held, rulebook: Rulebook, lang: Lang) -> str:
    zh = lang == "zh"

    def of(path: str) -> str:
        return _called(path, rulebook, lang)

    if isinstance(rule, Workdays):
        first = rulebook.policies.get("first-publicity-day") != "not"
        ends = "首尾都算" if first else f"首日不算{_read('first-publicity-day', rulebook, lang)}"
        both = "both counted" if first else f"only the last counted{_read('first-publicity-day', rulebook, lang)}"
        text = (
            f"自{of(rule.since)}至{of(rule.until)}，{ends}，至少{rule.at_least}个工作日；最后一个工作日不晚于{of(rule.by)}"
            if zh
            else f"at least {rule.at_least} working days, '{of(rule.since)}' and '{of(rule.until)}' {both}; "
            f"the last of them not after {of(rule.by)}"
        )
        if rule.not_before:
            text += f"，开始不早于{of(rule.not_before)}" if zh else f", the first not before {of(rule.not_before)}"
        return text
    if isinstance(rule, Periods):
        each = span_words(rule.each, lang)
        rounded = _rounded(rule.rounding, lang)
        if rule.cut_policy:
            rounded += _read(rule.cut_policy, rulebook, lang)
        what = of(f"{rule.of}.{rule.days}" if rule.days else rule.of)
        if zh:
            return f"自{of(rule.since)}至{of(rule.until)}，每{each}至少一次“{what.strip('“”')}”{rounded}"
        return f"{what} at least once every {each} from {of(rule.since)} to {of(rule.until)}{rounded}"
    if isinstance(rule, Elapsed):
        return (
            f"自{of(rule.since)}至{of(rule.until)}的天数（只报告）"
            if zh
            else f"days from {of(rule.since)} to {of(rule.until)}, reported only"
        )
    if isinstance(rule, Held):
        times = "once" if rule.at_least == 1 else f"{rule.at_least} times"
        if zh:
            since = f"自{of(rule.since)}" if rule.since else ""
            return f"{since}至{of(rule.until)}为止，“{of(rule.of)}”至少{rule.at_least}次"
        since = f"from {of(rule.since)} " if rule.since else "up "
        return f"{of(rule.of)} at least {times}, {since}to {of(rule.until)}"
    return _limit(rule, rulebook, lang)


def _limit(rule: DateLimit, rulebook: Rulebook, lang: Lang) -> str:
    """A limit of time: the day, on which side of the limit, and what the limit counts from."""
    zh = lang == "zh"
    anchors = [rule.anchor] if rule.anchor else list((rule.anchors or {}).values())
    anchor = ("或者" if zh else " or ").join(_called(path, rulebook, lang) for path in anchors)
    value, must_be = _called(rule.value, rulebook, lang), _MUST_BE[rule.must_be].words(lang)
    if rule.span.number == 0:
        text = f"{value}{must_be}{anchor}" if zh else f"{value} {must_be} {anchor}"
    else:
        span = span_words(rule.span, lang)
        if rule.back:
            text = f"{value}{must_be}{anchor}之前{span}" if zh else f"{value} {must_be} {span} before {anchor}"
        else:
            text = f"{value}{must_be}{anchor}起满{span}" if zh else f"{value} {must_be} {span} from {anchor}"
    if rule.must_be == "last_day":
        text += "之日或者前一天" if zh else ", or the day before"
    text += _rounded(rule.rounding, lang)
    for policy in (rule.rounding_policy, rule.anchor_policy):
        if policy:
            text += _read(policy, rulebook, lang)
    for holds, label in (
        (rule.extension, Label(zh="加上批准延长的时间", en="with the approved extension")),
        (rule.new, Label(zh="本版新设，不早于施行之日起算", en="new in this edition, and never from before it")),
        (rule.none_meets, Label(zh="写明没有的即为符合", en="met where the record says that there is none")),
    ):
        if holds:
            text += f"，{label.zh}" if zh else f", {label.en}"
    return text


def _count(rule: Comparison, rulebook: Rulebook, lang: Lang) -> str:
    zh = lang == "zh"
    plus = " + "

    def of(path: str) -> str:
        return _called(path, rulebook, lang)

    if isinstance(rule, Share):
        half = {"more_than_half": ("过半", "more than half"), "at_least_half": ("达到半数", "at least half")}
        word = half[rule.must_be][not zh]
        text = f"{of(rule.part)}占{of(rule.whole)}须{word}" if zh else f"{of(rule.part)}: {word} of {of(rule.whole)}"
        if rule.missed_on:
            names = listed((rulebook.word(code, lang) for code in rule.missed_on), lang)
            text += f"；结果为{names}的，须没有达到" if zh else f"; missed where the outcome is {names}"
        return text
    if isinstance(rule, Balance):
        left, right = plus.join(map(of, rule.sum)), plus.join(map(of, rule.equals or rule.at_most or ()))
        sign = "=" if rule.equals else "≤"
        return f"{left} {sign} {right}"
    if isinstance(rule, People):
        few = str(rule.at_least) if rule.at_least == rule.at_most else f"{rule.at_least}–{rule.at_most}"
        text = f"{of(rule.value)}：{few}人" if zh else f"{of(rule.value)}: {few}"
        if rule.not_:
            himself = rule.not_ == "file.name"
            who = ("本人" if zh else "the person") if himself else of(rule.not_)
            text += f"，其中没有{who}" if zh else f", without {who}"
        return text
    if isinstance(rule, Each):
        who = ("至少一人" if rule.one_is_enough else "每一人") if zh else ("one" if rule.one_is_enough else "each")
        test = test_words(rule.test, rulebook, lang)
        text = f"{of(rule.of)}（{who}）{test}" if zh else f"{of(rule.of)} ({who}): {test}"
        if rule.or_all:
            others = conditions_words(rule.or_all, rulebook, lang)
            when = "" if rule.or_when is None else test_words(rule.or_when, rulebook, lang)
            limited = "" if not when else f"（限于：{when}）" if zh else f" (only where {when})"
            text += f"；或者{others}{limited}" if zh else f"; or {others}{limited}"
        return text
    if isinstance(rule, After):
        names = listed(map(of, rule.acts), lang)
        return f"{names}已经办成，日期不晚于本项" if zh else f"done before, and not dated later: {names}"
    if isinstance(rule, Among):
        return f"{of(rule.value)}都在{of(rule.among)}之中" if zh else f"{of(rule.value)} are among {of(rule.among)}"
    raise TypeError(f"no words for a comparison of the kind {rule.kind}")


def _rows(table: Table, rulebook: Rulebook, lang: Lang) -> str:
    """The rows of a table, each numbered; some row must fit."""
    zh = lang == "zh"
    said = []
    for number, row in enumerate(table.rows, 1):
        parts = []
        for path, values in row.items():
            words = ("或" if zh else " or ").join(value_words(value, rulebook, lang) for value in values)
            parts.append(
                f"{_called(path, rulebook, lang)}：{words}" if zh else f"{_called(path, rulebook, lang)}: {words}"
            )
        said.append(f"（{number}）{'，'.join(parts)}" if zh else f"({number}) {', '.join(parts)}")
    return "；".join(said) if zh else "; ".join(said)
