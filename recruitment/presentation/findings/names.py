"""What days, numbers, paths of the record and compared values are called, in Chinese and in English."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from recruitment.base.label import Label, Lang, listed
from recruitment.law.rulebook import Rulebook, laid
from recruitment.presentation.findings.words import PARTS

_OWN_FACTS: Final = ("file", "case", "branch", "ballot")
_ENTRY: Final = re.compile(r"(\w+)\[(\d+)\]", re.ASCII)
_DIGITS: Final = "〇一二三四五六七八九"


def day_words(day: date, lang: Lang) -> str:
    """A day as people write it: 2024-03-01 in English, 2024年3月1日 in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals, as articles are counted: 十三, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def name(path: str, rulebook: Rulebook, lang: Lang) -> str:
    """What a path of the record is called: `ballot.secret`, `people[1].standing`, `admission_meeting.on`, `inspection`.

    The path itself where the vocabulary has no word for it.
    """
    if path in PARTS:
        return PARTS[path].words(lang)
    if path in rulebook.by_code:
        return rulebook.by_code[path].label.words(lang)
    if path in rulebook.words:
        return rulebook.word(path, lang)
    head, _, rest = path.partition(".")
    found = _ENTRY.fullmatch(head)
    if found and rest:
        number = int(found[2]) + 1
        whole = name(found[1], rulebook, lang)
        part = name(rest, rulebook, lang)
        return Label(zh=f"{whole}第{number}人的{part}", en=f"{part} (of person {number})").words(lang)
    if head == "new" and rest:
        inner = name(rest.removesuffix(".on"), rulebook, lang)
        return Label(zh=f"“{inner}”在本版施行以后", en=f"{inner} under this edition").words(lang)
    if rest == "stands" and head in rulebook.by_code:
        inner = rulebook.by_code[head].label.words(lang)
        return Label(zh=f"“{inner}”有效之日", en=f"the day from which this counts: {inner}").words(lang)
    if not rest or rest.rpartition(".")[2] not in rulebook.words:
        return path
    last = rulebook.word(rest.rpartition(".")[2], lang)
    if head in rulebook.by_code:
        label = rulebook.by_code[head].label.words(lang)
        return Label(zh=f"“{label}”的{last}", en=f"{label}: {last}").words(lang)
    whole, part = name_of_entry(path, rulebook, lang)
    if not whole:
        return part
    return Label(zh=f"{part}（{whole}）", en=f"{part} ({whole})").words(lang)


def called(path: str, rulebook: Rulebook, lang: Lang) -> str:
    """What a path is called; the day of the act itself, and of another act, by its name."""
    if path == "on":
        return Label(zh="本项之日", en="the day of this act").words(lang)
    return name(path.removesuffix(".on"), rulebook, lang)


def name_of_entry(path: str, rulebook: Rulebook, lang: Lang) -> tuple[str, str]:
    """What a path is called in two: the part of the record that holds it, and its own name in there.

    The first is empty where the name says enough alone.
    """
    head, _, rest = path.partition(".")
    last = rest.rpartition(".")[2]
    alone = path in rulebook.words or path in rulebook.by_code or head in rulebook.by_code or _ENTRY.fullmatch(head)
    if alone or last not in rulebook.words:
        return "", name(path, rulebook, lang)
    own = name(path, rulebook, lang) if path in PARTS else rulebook.word(last, lang)
    return ("" if head in _OWN_FACTS or head not in rulebook.words else rulebook.word(head, lang)), own


def value_words(value: Any, rulebook: Rulebook, lang: Lang) -> str:
    """A compared value in words: days, numbers, codes of the vocabulary, lists and small tables of them."""
    zh = lang == "zh"
    if value is None or value in ([], {}):
        return Label(zh="无", en="none").words(lang)
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, date):
        return day_words(value, lang)
    if isinstance(value, list):
        return listed((value_words(entry, rulebook, lang) for entry in value), lang)
    if isinstance(value, dict):
        # A finding is shown, logged and sent on; who the people are stands in the evidence alone.
        told = {key: entry for key, entry in value.items() if key != "name"}
        if not told and value:
            return Label(zh="记有姓名", en="somebody named").words(lang)
        pairs = [(name(key, rulebook, lang), value_words(entry, rulebook, lang)) for key, entry in told.items()]
        return "，".join(f"{k}：{v}" for k, v in pairs) if zh else ", ".join(f"{k}: {v}" for k, v in pairs)
    text = rulebook.word(value, lang) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def rule_name(code: str, rulebook: Rulebook, lang: Lang) -> str:
    """What a rule is called for people: its title in Chinese, its code in English, which is what developers write.

    The code too where the rule has no title.
    """
    return rulebook.title(code, lang) if lang == "zh" else code


def edition_name(rulebook: Rulebook, lang: Lang) -> str:
    """The name of an edition, with the codes of the local editions added to it."""
    return " + ".join((Label(zh=rulebook.zh, en=rulebook.en).words(lang), *laid(rulebook.code)))
