"""The words of findings: one sentence in each language from the clause and what was compared, and its citation.

Words are made here and nowhere else, when a finding is shown. `data` is the one schema in which every surface of the
library shows a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from recruitment.guards import Finding
from recruitment.rulebook import Citation, DateLimit, Each, Evidence, Rulebook, Test, Workdays
from recruitment.spans import add
from recruitment.verdicts import flat, iso
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
    "edition": Label("{actual}时施行的版本没有收录", "the edition in force on {actual} is not encoded"),
    "not-recorded": Label("档案格式中没有这一内容", "a record has no place for this"),
}
"""For every note that `recruitment.guards` leaves on a check, its words; none is passed over in silence."""

_LIMITS: Final = {
    "not_before": Label("{since}，{limit}起合规", "{since}, so lawful from {limit}"),
    "after": Label("{since}，{limit}之后合规", "{since}, so lawful after {limit}"),
    "not_after": Label("{since}，最迟{limit}", "{since}, so due by {limit}"),
    "same_day": Label("应为{limit}", "it should be {limit}"),
    "last_day": Label("应为{limit}或者前一天", "it should be {limit} or the day before"),
}
_NEEDED: Final = {
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
_OWN_FACTS: Final = ("file", "case", "branch", "ballot")
_DIGITS: Final = "〇一二三四五六七八九"


# ------------------------------------------------------------------------------------------- small words


def day_words(day: date, lang: str) -> str:
    """A day as people write it: 2024-03-01 in English, 2024年3月1日 in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals, as articles are counted: 十三, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def name(path: str, book: Rulebook, lang: str) -> str:
    """What a path of the record is called: `ballot.secret`, `people[1].standing`, `admission_meeting.on`, `inspection`.

    The path itself where the vocabulary has no word for it.
    """
    zh = lang == "zh"
    if path in book.by_code:
        return book.by_code[path].label.words(lang)
    if path in book.words:
        return book.word(path, lang)
    head, _, rest = path.partition(".")
    found = re.fullmatch(r"(\w+)\[(\d+)\]", head, re.ASCII)
    if found and rest:
        number = int(found[2]) + 1
        whole = name(found[1], book, lang)
        part = name(rest, book, lang)
        return f"{whole}第{number}人的{part}" if zh else f"{part} (of person {number})"
    if not rest or rest.rpartition(".")[2] not in book.words:
        return path
    last = book.word(rest.rpartition(".")[2], lang)
    if head in book.by_code:
        label = book.by_code[head].label.words(lang)
        return f"“{label}”的{last}" if zh else f"{label}: {last}"
    if head in _OWN_FACTS or head not in book.words:
        return last
    return f"{last}（{book.word(head, lang)}）" if zh else f"{last} ({book.word(head, lang)})"


def value_words(value: Any, book: Rulebook, lang: str) -> str:
    """A compared value in words: days, numbers, codes of the vocabulary, lists and small tables of them."""
    zh = lang == "zh"
    if value is None or value in ([], {}):
        return "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, date):
        return day_words(value, lang)
    if isinstance(value, list):
        return ("、" if zh else ", ").join(value_words(entry, book, lang) for entry in value)
    if isinstance(value, dict):
        pairs = [(name(key, book, lang), value_words(entry, book, lang)) for key, entry in value.items()]
        return "，".join(f"{k}为{v}" for k, v in pairs) if zh else ", ".join(f"{k}: {v}" for k, v in pairs)
    text = book.word(value, lang) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


# ------------------------------------------------------------------------------------------- citations


_OWN_DOCUMENT: dict[str, str] = {}


def _own_document(book: Rulebook) -> str:
    """The document that an edition is: the one that most of its rules cite."""
    found = _OWN_DOCUMENT.get(book.content_hash)
    if found is None:
        cited = Counter(rule.citation.document for rule in book.rules)
        found = _OWN_DOCUMENT[book.content_hash] = cited.most_common(1)[0][0] if cited else ""
    return found


def _citation(finding: Finding) -> Citation:
    """Where a finding stands written: its rule's citation, or the official chart for an order that only it gives."""
    if finding.rule.code == "order" and finding.check.force == "usual":
        return Citation(document="chart")
    return finding.rule.citation


def _document(code: str, book: Rulebook, lang: str) -> str:
    document = book.documents.get(code)
    if document is None:
        return code
    return document.zh if lang == "zh" else document.en


def _articles(articles: tuple[str, ...], lang: str) -> str:
    """Articles as they are cited: `arts. 12, 13`, 第十二条、第十三条; chapters and other places as they are counted."""
    chapters = re.fullmatch(r"chapters (\d+)-(\d+)", articles[0], re.ASCII)
    if chapters:
        first, last = chinese_number(int(chapters[1])), chinese_number(int(chapters[2]))
        return f"第{first}章至第{last}章" if lang == "zh" else ", ".join(articles)
    if not all(article.isdecimal() for article in articles):
        return "、".join(articles) if lang == "zh" else ", ".join(articles)
    if lang == "zh":
        return "、".join(f"第{chinese_number(int(article))}条" for article in articles)
    return ("art. " if len(articles) == 1 else "arts. ") + ", ".join(articles)


def cite(finding: Finding, book: Rulebook, lang: str) -> str:
    """A short citation: `art. 13 of the 2014 edition`, 2014年细则第十三条; without an article the document alone."""
    citation = _citation(finding)
    own = citation.document == _own_document(book)
    if lang == "zh":
        document = book.zh if own else _document(citation.document, book, lang)
        return document + (_articles(citation.articles, lang) if citation.articles else "")
    document = f"the {book.en}" if own else _document(citation.document, book, lang)
    return f"{_articles(citation.articles, lang)} of {document}" if citation.articles else document


def _article(finding: Finding, book: Rulebook) -> str | None:
    citation = _citation(finding)
    if not citation.articles:
        return None
    articles = ", ".join(citation.articles)
    if citation.document == _own_document(book):
        return articles
    return f"{_document(citation.document, book, 'zh').strip('《》')} {articles}"


# ------------------------------------------------------------------------------------------- what was compared


def _limit_of(finding: Finding) -> DateLimit | None:
    """The limit of time that a check speaks of; of several in a rule the one that gives this limit."""
    limits = [c for c in finding.rule.compare if isinstance(c, DateLimit)]
    check = finding.check
    if isinstance(check.anchor, date):
        for limit in limits:
            if add(check.anchor, limit.span, limit.rounding or "clamp") == check.limit:
                return limit
    return limits[0] if limits else None


def _time(finding: Finding, book: Rulebook, lang: str) -> str:
    """The two days of a limit of time, and the reading that decided it."""
    check = finding.check
    zh = lang == "zh"
    limit = _limit_of(finding)
    if limit is None:  # the rulebook has changed since: the days alone are shown
        return f"{value_words(check.anchor, book, lang)} – {value_words(check.limit, book, lang)}"
    path = limit.anchor or ""
    if limit.anchor_policy:
        # Under any other reading the anchor may have fallen back to the meeting, so the policy alone is named.
        path = (limit.anchors or {})["meeting"] if book.policies.get(limit.anchor_policy) == "meeting" else ""
    head = path.removesuffix(".on")
    what = name(head, book, lang) if path else ""
    if path == "on":
        what = "本项之日" if zh else "the day of this act"
    anchor = day_words(check.anchor, lang)
    since = (
        f"自{anchor}{f'（{what}）' if what else ''}起算"
        if zh
        else f"counted from {anchor}{f' ({what})' if what else ''}"
    )
    text = _LIMITS[limit.must_be].words(lang).format(since=since, limit=day_words(check.limit, lang))
    if isinstance(check.actual, date):
        actual = day_words(check.actual, lang)
        if limit.value == "on":
            text += f"，记为{actual}" if zh else f"; dated {actual}"
        else:
            called = name(limit.value, book, lang)
            text += f"，“{called}”记为{actual}" if zh else f"; {called}: {actual}"
    policies = [limit.anchor_policy] if limit.anchor_policy else []
    if limit.rounding_policy and check.note in ("clamped", "next-day"):
        policies.append(limit.rounding_policy)
    for policy in policies:
        value = book.policies.get(policy, "")
        text += f"（口径 {policy}：{value}）" if zh else f" (policy {policy}: {value})"
    return text


def _workdays(finding: Finding, number: int, lang: str) -> str:
    """The days of a public notice."""
    check = finding.check
    since, limit = day_words(check.anchor, lang), day_words(check.limit, lang)
    if lang == "zh":
        text = f"公示自{since}开始，第{chinese_number(number)}个工作日为{limit}"
        return text + ("" if check.actual is None else f"，实际公示{check.actual}个工作日")
    text = f"the notice began on {since}, so working day {number} is {limit}"
    return text + ("" if check.actual is None else f"; it stood for {check.actual}")


def _needed(finding: Finding, book: Rulebook, lang: str) -> str:
    """What a test of the rule asks for, in words."""
    tests: list[Test] = []
    for comparison in finding.rule.compare:
        if isinstance(comparison, Evidence):
            tests += [test for test in (*comparison.all, *comparison.any) if test.value == finding.check.about]
        elif isinstance(comparison, Each) and f"{comparison.of}.{comparison.test.value}" == finding.check.about:
            tests.append(comparison.test)
    limit = finding.check.limit
    for test in tests:
        for answer in Test.ANSWERS:
            wanted = getattr(test, answer)
            if wanted is not None and flat(wanted) == flat(limit):
                actual = flat(finding.check.actual)
                if answer == "all_of" and finding.value == "unmet" and isinstance(actual, list):
                    lacking = value_words([word for word in wanted if word not in actual], book, lang)
                    return f"缺少{lacking}" if lang == "zh" else f"lacking is {lacking}"
                return _NEEDED[answer].words(lang).format(value_words(flat(wanted), book, lang))
    return _NEEDED["is_"].words(lang).format(value_words(flat(limit), book, lang))


def _side(paths: str, book: Rulebook, lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(name(path, book, lang) for path in paths.split("+"))


def _note(finding: Finding, book: Rulebook, lang: str) -> str:
    """The words of the note on a check; empty where it has none.

    Raises:
        KeyError: a note without words (a mistake in the library; a test walks over all of them).
    """
    check = finding.check
    if check.note is None:
        return ""
    zh = lang == "zh"
    show = partial(value_words, book=book, lang=lang)
    left, _, right = (check.about or "").replace("≤", "=").partition("=")
    given: dict[str, str] = {
        "anchor": show(flat(check.anchor)),
        "limit": show(flat(check.limit)),
        "actual": show(flat(check.actual)),
        "about": name(check.about or "", book, lang),
        "in_force": show(book.in_force),
        "extension_sum": book.policies.get("extension-sum", "once"),
        "left": _side(left, book, lang),
        "right": _side(right, book, lang),
        "least": show(check.limit),
        "held": "",
        "after": "",
        "needed": _needed(finding, book, lang) if check.note in ("evidence", "each") else "",
    }
    if check.note == "period":
        held = isinstance(check.actual, date)
        given["after"] = show(check.anchor + timedelta(days=1))
        given["held"] = (
            (f"于{given['actual']}办过" if held else "没有记录")
            if zh
            else (f"held on {given['actual']}" if held else "none recorded")
        )
    elif check.note == "people":
        least, most = check.limit
        few = f"{least}" if least == most else f"{least}至{most}" if zh else f"{least} to {most}"
        given["least"] = f"{few}人" if zh else few
    elif check.note == "among":
        given["limit"] = name(str(check.limit), book, lang)
    return NOTES[check.note].words(lang).format(**given)


def _compared(finding: Finding, book: Rulebook, lang: str) -> list[str]:
    """The clauses of a sentence that say what was compared."""
    check = finding.check
    said = []
    if isinstance(check.anchor, date) and isinstance(check.limit, date) and (check.note in _BESIDE_TIME):
        notices = [c for c in finding.rule.compare if isinstance(c, Workdays)]
        if notices and not isinstance(check.actual, date):
            said.append(_workdays(finding, notices[0].at_least, lang))
        else:
            said.append(_time(finding, book, lang))
    elif check.note is None and check.about and check.actual == []:
        said.append(f"{name(check.about.partition('.')[0], book, lang)}{'：无' if lang == 'zh' else ': none'}")
    # Where the record lacks what is asked, "recorded is none" would say more than is known.
    if not (finding.value == "unknown" and check.note in _EMPTY_IF_UNKNOWN and check.actual in (None, [], {})):
        said.append(_note(finding, book, lang))
    return [part for part in said if part]


_BESIDE_TIME: Final = (
    None,
    "new-limit",
    "extended",
    "clamped",
    "next-day",
    "provisional",
    "before-agreement",
)
_EMPTY_IF_UNKNOWN: Final = ("evidence", "table", "people", "each", "elapsed", "among")


# ------------------------------------------------------------------------------------------- the whole


def sentence(finding: Finding, book: Rulebook, lang: str) -> str:
    """What a finding says to people: the verdict, the clause, what was compared, what is missing, when, and why not."""
    check = finding.check
    zh = lang == "zh"
    clause = finding.rule.clause.words(lang).rstrip(".。")
    parts = [
        f"{VERDICTS[finding.value].words(lang)}{'：' if zh else ': '}{clause}",
        *_compared(finding, book, lang),
    ]
    if check.lacks:
        lacks = dict.fromkeys(name(path, book, lang) for path in check.lacks)
        parts.append(f"记录中缺少：{'、'.join(lacks)}" if zh else f"missing in the record: {', '.join(lacks)}")
    if finding.value != "met":
        said = "".join(parts[1:])
        for day, words in (
            (check.first_day, ("起可行", "possible from")),
            (check.last_day, ("为止可行", "possible until")),
        ):
            if day is not None and day_words(day, lang) not in said:
                parts.append(f"{day_words(day, lang)}{words[0]}" if zh else f"{words[1]} {day}")
    if finding.reason:
        parts.append(f"记录的理由：{finding.reason}" if zh else f"recorded reason: {finding.reason}")
    if finding.on_trust:
        parts.append(f"凭信录入：{finding.on_trust}" if zh else f"let through on trust: {finding.on_trust}")
    if zh:
        return "。".join(part.rstrip("。") for part in parts) + "。"
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts) + "."


def data(finding: Finding, book: Rulebook) -> dict[str, Any]:
    """The one schema of a finding, ready for JSON."""
    check = finding.check
    return {
        "rule": finding.rule.code,
        "act": finding.act,
        "index": finding.index,
        "on": iso(finding.on),
        "force": finding.force,
        "value": finding.value,
        "article": _article(finding, book),
        "edition": finding.edition,
        "compared": {
            "anchor": iso(flat(check.anchor)),
            "limit": iso(flat(check.limit)),
            "actual": iso(flat(check.actual)),
        },
        "first_day": iso(check.first_day),
        "last_day": iso(check.last_day),
        "reason": finding.reason,
        "on_trust": finding.on_trust,
        "zh": sentence(finding, book, "zh"),
        "en": sentence(finding, book, "en"),
    }
