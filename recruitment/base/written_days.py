"""Days as people write them, in an option, an answer or a cell; what can be read in two ways is named, never guessed.

Read are 2023-03-01, 2023/3/1, 2023.3.1, 20230301, 2023年3月1日 and 二〇二三年三月一日, also with full-width digits, the
day of the week behind them, a full stop, or a time of 00:00. A month alone is a `Month`, two days with 至, ~ or a dash
between them are a `DayRange`, and words such as 无, 未办 or a dash say that there is no day.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from recruitment.base.label import Label
from recruitment.base.structure.scalars import EARLIEST, LATEST, shown


class Month(NamedTuple):
    """A month of which the day is not written."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class DayRange(NamedTuple):
    """A first and a last day."""

    first: date
    last: date


Written = date | Month | DayRange | Label | None
"""A day, what is less or more than one, why it is none (in words), or None for a word that says there is no day."""

_DIGITS: Final = {"〇": "0", "零": "0", "○": "0", **{c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}}
_ALL_DIGITS: Final = "0-9" + "".join(_DIGITS)
_NUMERAL: Final = f"([{_ALL_DIGITS}十廿卅]{{1,3}})"
_TO: Final = r"\s*(?:至|到|~|—+|–|―|-+|〜)\s*"

_CHINESE: Final = re.compile(rf"([{_ALL_DIGITS}]{{4}})\s*年\s*{_NUMERAL}\s*月\s*{_NUMERAL}\s*[日号]?")
_WESTERN: Final = re.compile(r"([0-9]{4})\s*([-/.。·–—、,\s])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})\s*[日号]?")
_COMPACT: Final = re.compile(r"[0-9]{8}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?")
_CLOCK: Final = re.compile(r"[T\s]\s*([0-9]{1,2}:[0-9]{2}.*)", re.DOTALL)
_MIDNIGHT: Final = re.compile(r"0?0:00(:00(\.0+)?)?")
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{4}")
_SHORT_YEAR: Final = re.compile(
    rf"[{_ALL_DIGITS}]{{2}}\s*([-/.]|年)\s*[{_ALL_DIGITS}十]{{1,3}}\s*([-/.]|月)\s*[{_ALL_DIGITS}十]{{1,3}}\s*[日号]?"
)
_NO_DAY: Final = re.compile(
    rf"([{_ALL_DIGITS}]{{4}})\s*(?:[-/.]|年)\s*{_NUMERAL}\s*(?:月\s*(?:份|上旬|中旬|下旬|初|中|底|末)?)?"
)
_LOST_ZERO: Final = re.compile(r"[0-9]{4}\.1")
_NO_MONTH: Final = re.compile(rf"[{_ALL_DIGITS}]{{4}}\s*年?")
_BESIDE: Final = re.compile(
    r"(?<=[0-9日号])\s*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|\(?(?:上午|下午|中午|晚上?|早上)\)?|\((?:补|补记|补录|补填)\))"
)
"""What stands behind a day and changes nothing about it."""
_WEEKDAY: Final = re.compile(r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_SPAN: Final = re.compile(r"(.*?[0-9日号])" + _TO + r"(.*)", re.DOTALL)
_WESTERN_SPAN: Final = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TO + r"(?:(?:([0-9]{4})([-/.]))?([0-9]{1,2})([-/.]))?([0-9]{1,2})"
)
_CHINESE_SPAN: Final = re.compile(
    rf"([{_ALL_DIGITS}]{{4}})年{_NUMERAL}月{_NUMERAL}[日号]?{_TO}"
    rf"(?:(?:([{_ALL_DIGITS}]{{4}})年)?{_NUMERAL}月)?{_NUMERAL}[日号]?"
)
_NONE: Final = frozenset(
    (
        "无",
        "没有",
        "未",
        "暂无",
        "待定",
        "不详",
        "不明",
        "未知",
        "空",
        "缺",
        "否",
        "—",
        "——",
        "-",
        "--",
        "---",
        "–",
        "―",
        "/",
        "//",
        "\\",
        "×",
        "x",
        "*",
        "?",
        "??",
        "…",
        "…",
        "..",
        "...",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "办理中",
        "进行中",
        "培养中",
        "考察中",
        "预备期内",
        "预备期中",
        "〇",
        "○",
    )
)
_NOT_YET: Final = re.compile(
    r"(?:未|尚未|暂未|暂无|暂缓|正在|待|拟|准备|预计|预定|将于|计划|还没|没有|不需|无需|不适用|不涉及)"
)


def _no_date(told: str) -> Label:
    return Label(
        zh=f"{told} 不是日期，请写成 2023-03-01，没有则留空",
        en=f"{told} is not a date; write it as 2023-03-01, and leave it out where there is none",
    )


def without_day(told: str) -> Label:
    """What is said of a month without a day, where a day is needed."""
    return Label(
        zh=f"{told} 只有年月，没有日，请写明日期",
        en=f"{told} gives a year and a month without a day; write the day as well",
    )


def without_month(told: str) -> Label:
    """What is said of a year alone."""
    return Label(
        zh=f"{told} 只有年份，请写明月、日", en=f"{told} gives a year alone; write the month and the day as well"
    )


def with_clock(told: str) -> Label:
    """What is said of a day with a time of day."""
    return Label(zh=f"{told} 带有时刻，请只写日期", en=f"{told} has a time of day; write the day alone")


def in_range(day: date) -> date | Label:
    """The day, where a file can hold it."""
    if EARLIEST <= day <= LATEST:
        return day
    return Label(
        zh=f"{day} 不在 {EARLIEST} 至 {LATEST} 之间，请更正年份",
        en=f"{day} is outside {EARLIEST} to {LATEST}; correct the year",
    )


def calendar_day(year: int, month: int, day: int, told: str) -> date | Label:
    """The day of these numbers, where the calendar has it and a file can hold it."""
    try:
        return in_range(date(year, month, day))
    except ValueError:
        return Label(
            zh=f"{told} 不是历法上的日期，请改为真实日期",
            en=f"{told} is not a day of the calendar; write one that exists",
        )


def chinese_numeral(text: str) -> int | None:
    """A number in Chinese numerals, ordinary digits, or both; None where it is no number up to 99."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    digits = "".join(_DIGITS.get(c, c) for c in text)
    if "十" not in digits:
        return int(digits) if len(digits) <= 2 and digits.isdecimal() else None
    tens, _, ones = digits.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "0" in (tens, ones):
        return None
    if not (tens + ones or "0").isdecimal():
        return None
    return int(tens or "1") * 10 + int(ones or "0")


def _year(text: str) -> int:
    return int("".join(_DIGITS.get(c, c) for c in text))


def says_none(text: str) -> bool:
    """Whether a text, half-width and without blanks around it, says that there is no day, or none yet."""
    return text.casefold() in _NONE or bool(_NOT_YET.match(text)) or not text.strip("-—–―_/\\.…·* ")


def day_of_number(value: float, zero: date | None, told: str) -> date | Month | Label:
    """A day written as a number: YYYYMMDD, or a number of days since `zero`, where serial numbers are known.

    2023.12 is a month; 2023.1 could be January as well as October, since a number has lost its last zero.
    """
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the test for not-a-number
        return _no_date(told)
    if value % 1:
        if EARLIEST.year <= value < LATEST.year + 1:
            return _month_of_number(value, told)
        return with_clock(told)
    whole = int(value)
    if EARLIEST.year * 10_000 <= whole < (LATEST.year + 1) * 10_000:
        return calendar_day(whole // 10_000, whole // 100 % 100, whole % 100, told)
    if EARLIEST.year <= whole <= LATEST.year:
        return without_month(told)
    if EARLIEST.year * 100 <= whole < (LATEST.year + 1) * 100 and 1 <= whole % 100 <= 12:
        return Month(whole // 100, whole % 100)
    if zero is None:
        return _no_date(told)
    if (EARLIEST - zero).days <= whole <= (LATEST - zero).days:
        return zero + timedelta(days=whole)
    return Label(
        zh=f"{told} 按序列号也不是 {EARLIEST} 至 {LATEST} 之间的日期，请写成 2023-03-01",
        en=f"{told} is no date between {EARLIEST} and {LATEST}, as a serial number either; write it as 2023-03-01",
    )


def _month_of_number(value: float, told: str) -> Month | Label:
    digits = repr(value).partition(".")[2]
    if digits == "1":
        return Label(
            zh=f"{told} 分不清是 1 月还是 10 月（数字末尾的 0 已丢失），请写成 2023-03-01",
            en=f"{told} can be January or October, since a number loses its last zero; write it as 2023-03-01",
        )
    month = int(digits) if len(digits) <= 2 else 0
    return Month(int(value), month) if 1 <= month <= 12 else without_day(told)


def _stretch(text: str, told: str) -> DayRange | Label | None:
    """Two days with a dash between them; what the second leaves out is that of the first. None where it is no such."""
    bare = text.replace(" ", "")
    match = _WESTERN_SPAN.fullmatch(bare)
    if match:
        year, sep, month, day, year_2, sep_2, month_2, sep_3, day_2 = match.groups()
        marks = {mark for mark in (sep, sep_2, sep_3) if mark}
        dashes = bare[match.end(4) : match.start(5) if year_2 else match.start(7) if month_2 else match.start(9)]
        if len(marks) > 1 or (sep == dashes == "-" and not year_2):
            return None  # 2023-03-01-08 may be anything
        first = calendar_day(int(year), int(month), int(day), told)
        last = calendar_day(int(year_2 or year), int(month_2 or month), int(day_2), told)
    elif match := _CHINESE_SPAN.fullmatch(bare):
        year, month, day, year_2, month_2, day_2 = match.groups()
        numbers = [chinese_numeral(part) for part in (month, day, month_2 or month, day_2)]
        if None in numbers:
            return None
        one, two, three, four = (number or 0 for number in numbers)
        first = calendar_day(_year(year), one, two, told)
        last = calendar_day(_year(year_2 or year), three, four, told)
    else:
        parts = _SPAN.fullmatch(text)
        ends = [_single(part.strip(), None, part) for part in parts.groups()] if parts else []
        if len(ends) != 2 or not all(isinstance(end, date) for end in ends):
            return None
        first, last = (end for end in ends if isinstance(end, date))
    if isinstance(first, Label):
        return first
    if isinstance(last, Label):
        return last
    if first > last:
        return Label(
            zh=f"{told} 的起日晚于止日，请对调或更正", en=f"{told} begins after it ends; exchange or correct the days"
        )
    return DayRange(first, last)


def _single(text: str, zero: date | None, told: str) -> date | Month | Label | None:
    """One day, written out; `text` is half-width already. None where it is nothing that is known."""
    if match := _WESTERN.fullmatch(text):
        return calendar_day(int(match[1]), int(match[3]), int(match[4]), told)
    if match := _CHINESE.fullmatch(text):
        month, day = chinese_numeral(match[2]), chinese_numeral(match[3])
        return None if month is None or day is None else calendar_day(_year(match[1]), month, day, told)
    if _YEAR_LAST.fullmatch(text):
        return Label(
            zh=f"{told} 分不清日在前还是月在前，请把年写在前面，如 2023-03-01",
            en=f"{told} can be read with the day first or the month first; write the year first, as 2023-03-01",
        )
    if _LOST_ZERO.fullmatch(text):
        return _month_of_number(float(text), told)
    if match := _NO_DAY.fullmatch(text):
        month = chinese_numeral(match[2])
        year = _year(match[1])
        if month is not None and 1 <= month <= 12 and EARLIEST.year <= year <= LATEST.year:
            return Month(year, month)
    if _SHORT_YEAR.fullmatch(text):
        return Label(
            zh=f"{told} 的年份只有两位，请写四位，如 2023-03-01",
            en=f"{told} has a year of two digits; write all four, as 2023-03-01",
        )
    if _COMPACT.fullmatch(text) or _NUMBER.fullmatch(text):
        return day_of_number(float(text), zero, told)
    if _NO_MONTH.fullmatch(text):
        return without_month(told)
    return None


def read_written_day(text: str, zero: date | None = None) -> Written:
    """What a text says of a day; `zero` is the day of serial number 0, where serial numbers are allowed."""
    if text.isascii() and len(text) == 10 and text[4] == text[7] == "-":
        known = _iso(text)
        if known is not None:
            return known
    told = shown(text.strip())
    bare = unicodedata.normalize("NFKC", text).strip()
    bare = _WEEKDAY.sub("", _BESIDE.sub("", bare)).strip().rstrip("。，,、;").strip()
    if bare.endswith(".") and not bare.startswith("."):
        bare = bare.rstrip(". ")
    if says_none(bare):
        return None
    clock = _CLOCK.search(bare)
    dated = bare[: clock.start()].strip() if clock else bare
    found: Written = _single(dated, zero, told)
    if found is None and not clock:
        found = _stretch(dated, told)
    if found is None:
        return _no_date(told)
    if clock and isinstance(found, date) and not _MIDNIGHT.fullmatch(clock[1].strip()):
        return with_clock(told)
    return found


@lru_cache(maxsize=16_384)
def _iso(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
