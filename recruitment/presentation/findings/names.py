"""What days, numbers, paths of the record and compared values are called, in Chinese and in English."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from recruitment.base.label import Label, listed
from recruitment.law.rulebook import Rulebook, laid
from recruitment.presentation.findings.words import PARTS

_OWN_FACTS: Final = ("file", "case", "branch", "ballot")
_ENTRY: Final = re.compile(r"(\w+)\[(\d+)\]", re.ASCII)
_DIGITS: Final = "〇一二三四五六七八九"


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
    if path in PARTS:
        return PARTS[path].words(lang)
    if path in book.by_code:
        return book.by_code[path].label.words(lang)
    if path in book.words:
        return book.word(path, lang)
    head, _, rest = path.partition(".")
    found = _ENTRY.fullmatch(head)
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
    whole, part = name_of_entry(path, book, lang)
    if not whole:
        return part
    return f"{part}（{whole}）" if zh else f"{part} ({whole})"


def name_of_entry(path: str, book: Rulebook, lang: str) -> tuple[str, str]:
    """What a path is called in two: the part of the record that it stands in, and its own name in there.

    The first is empty where the name says enough alone.
    """
    head, _, rest = path.partition(".")
    last = rest.rpartition(".")[2]
    alone = path in book.words or path in book.by_code or head in book.by_code or _ENTRY.fullmatch(head)
    if alone or last not in book.words:
        return "", name(path, book, lang)
    own = name(path, book, lang) if path in PARTS else book.word(last, lang)
    return ("" if head in _OWN_FACTS or head not in book.words else book.word(head, lang)), own


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
        return listed((value_words(entry, book, lang) for entry in value), lang)
    if isinstance(value, dict):
        pairs = [(name(key, book, lang), value_words(entry, book, lang)) for key, entry in value.items()]
        return "，".join(f"{k}：{v}" for k, v in pairs) if zh else ", ".join(f"{k}: {v}" for k, v in pairs)
    text = book.word(value, lang) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def edition_name(book: Rulebook, lang: str) -> str:
    """The name of an edition, with the codes of the local editions laid on it."""
    return " + ".join((Label(book.zh, book.en).words(lang), *laid(book.code)))
