"""Days as people write them in cells; what can be read in two ways is named and never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import EARLIEST, LATEST, read_date, shown
from recruitment.formats.spreadsheets.cells import Cell, Flaw

_DIGITS: Final = {"〇": "0", "零": "0", "○": "0", **{c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}}
_ALL_DIGITS: Final = "0-9" + "".join(_DIGITS)
_NUMERAL: Final = f"([{_ALL_DIGITS}十廿卅]{{1,3}})"

_CHINESE: Final = re.compile(rf"([{_ALL_DIGITS}]{{4}})\s*年\s*{_NUMERAL}\s*月\s*{_NUMERAL}\s*[日号]")
_WESTERN: Final = re.compile(r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})")
_COMPACT: Final = re.compile(r"[0-9]{8}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?")
_CLOCK: Final = re.compile(r"[T\s]\s*([0-9]{1,2}:[0-9]{2}.*)", re.DOTALL)
_MIDNIGHT: Final = re.compile(r"0?0:00(:00(\.0+)?)?")
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{4}")
_SHORT_YEAR: Final = re.compile(
    rf"[{_ALL_DIGITS}]{{2}}\s*([-/.]|年)\s*[{_ALL_DIGITS}十]{{1,3}}\s*([-/.]|月)\s*[{_ALL_DIGITS}十]{{1,3}}\s*[日号]?"
)
_NO_DAY: Final = re.compile(rf"[{_ALL_DIGITS}]{{4}}\s*([-/.]|年)\s*[{_ALL_DIGITS}十]{{1,3}}\s*月?")
_NO_MONTH: Final = re.compile(rf"[{_ALL_DIGITS}]{{4}}\s*年")
_BETWEEN: Final = re.compile(r"[、;,\r\n]+")
"""What stands between two days of one cell, after full-width signs have become half-width ones."""


def _no_date(told: str) -> Flaw:
    return Flaw(
        Label(
            zh=f"{told} 不是日期，请写成 2023-03-01，没有则留空",
            en=f"{told} is not a date; write it as 2023-03-01, and leave the cell empty where there is none",
        ),
    )


def _without_day(told: str) -> Flaw:
    return Flaw(
        Label(
            zh=f"{told} 只有年月，没有日，请写明日期",
            en=f"{told} gives a year and a month without a day; write the day as well",
        ),
    )


def _without_month(told: str) -> Flaw:
    return Flaw(
        Label(zh=f"{told} 只有年份，请写明月、日", en=f"{told} gives a year alone; write the month and the day as well")
    )


def _with_clock(told: str) -> Flaw:
    return Flaw(Label(zh=f"{told} 带有时刻，请只写日期", en=f"{told} has a time of day; write the day alone"))


def _ranged(day: date) -> date | Flaw:
    faults: list[Fault] = []
    read_date(day, None, faults)
    return Flaw(faults[0].label) if faults else day


def _day(year: int, month: int, day: int, told: str) -> date | Flaw:
    try:
        return _ranged(date(year, month, day))
    except ValueError:
        return Flaw(
            Label(
                zh=f"{told} 不是历法上的日期，请改为真实日期",
                en=f"{told} is not a day of the calendar; write one that exists",
            )
        )


def _numeral(text: str) -> int | None:
    """A month or a day in Chinese numerals, ordinary digits, or both; None where it is no number up to 99."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    plain = "".join(_DIGITS.get(c, c) for c in text)
    if "十" not in plain:
        return int(plain) if len(plain) <= 2 else None
    tens, _, ones = plain.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "0" in (tens, ones):
        return None
    return int(tens or "1") * 10 + int(ones or "0")


def _serial(value: float, zero: date, told: str) -> date | Flaw:
    """A number of days since `zero`; YYYYMMDD is taken as it stands, since no serial number is as large."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the test for not-a-number
        return _no_date(told)
    if value % 1:
        return _without_day(told) if EARLIEST.year <= value < LATEST.year + 1 else _with_clock(told)
    whole = int(value)
    if EARLIEST.year * 10_000 <= whole < (LATEST.year + 1) * 10_000:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100, told)
    if EARLIEST.year <= whole <= LATEST.year:
        return _without_month(told)
    if EARLIEST.year * 100 <= whole < (LATEST.year + 1) * 100 and 1 <= whole % 100 <= 12:
        return _without_day(told)
    if (EARLIEST - zero).days <= whole <= (LATEST - zero).days:
        return zero + timedelta(days=whole)
    return Flaw(
        Label(
            zh=f"{told} 按序列号也不是 {EARLIEST} 至 {LATEST} 之间的日期，请写成 2023-03-01",
            en=f"{told} is no date between {EARLIEST} and {LATEST}, as a serial number either; write it as 2023-03-01",
        ),
    )


def _text(text: str, zero: date) -> date | Flaw:
    """One day, written out; `text` is normal already."""
    told = shown(text)
    clock = _CLOCK.search(text)
    if clock:
        text = text[: clock.start()].strip()
    found: date | Flaw
    if match := _WESTERN.fullmatch(text):
        found = _day(int(match[1]), int(match[3]), int(match[4]), told)
    elif match := _CHINESE.fullmatch(text):
        month, day = _numeral(match[2]), _numeral(match[3])
        year = int("".join(_DIGITS.get(c, c) for c in match[1]))
        found = _no_date(told) if month is None or day is None else _day(year, month, day, told)
    elif _YEAR_LAST.fullmatch(text):
        return Flaw(
            Label(
                zh=f"{told} 分不清日在前还是月在前，请把年写在前面，如 2023-03-01",
                en=f"{told} can be read with the day first or the month first; write the year first, as 2023-03-01",
            ),
        )
    elif _SHORT_YEAR.fullmatch(text):
        return Flaw(
            Label(
                zh=f"{told} 的年份只有两位，请写四位，如 2023-03-01",
                en=f"{told} has a year of two digits; write all four, as 2023-03-01",
            ),
        )
    elif clock:
        return _no_date(told)
    elif _NO_DAY.fullmatch(text):
        return _without_day(told)
    elif _NO_MONTH.fullmatch(text):
        return _without_month(told)
    elif _COMPACT.fullmatch(text) or _NUMBER.fullmatch(text):
        return _serial(float(text), zero, told)
    else:
        return _no_date(told)
    if clock and isinstance(found, date) and not _MIDNIGHT.fullmatch(clock[1].strip()):
        return _with_clock(told)
    return found


def read_cell_day(cell: Cell, zero: date) -> date | Flaw:
    """The one day that a cell holds; `zero` is the day of serial number 0.

    Read are cells of dates and serial numbers, 2023-03-01, 2023/3/1, 2023.3.1, 20230301, 2023年3月1日 and
    二〇二三年三月一日, also with full-width digits. A flaw is the answer for everything else.
    """
    if isinstance(cell, Flaw):
        return cell
    if isinstance(cell, datetime):
        return _ranged(cell.date()) if cell.time() == time() and cell.tzinfo is None else _with_clock(shown(cell))
    if isinstance(cell, date):
        return _ranged(cell)
    if isinstance(cell, time | timedelta):
        return Flaw(
            Label(
                zh=f"{cell} 只有时刻，没有日期，请填写日期", en=f"{cell} is a time of day without a day; write the day"
            )
        )
    if isinstance(cell, str):
        return _text(unicodedata.normalize("NFKC", cell).strip(), zero)
    if cell is None or isinstance(cell, bool):
        return _no_date(shown(cell))
    return _serial(cell, zero, shown(cell))


def read_cell_days(cell: Cell, zero: date) -> tuple[date, ...] | Flaw:
    """Every day that a cell holds, in the order of the calendar; 、 ; , and line breaks stand between two of them."""
    if not isinstance(cell, str):
        one = read_cell_day(cell, zero)
        return one if isinstance(one, Flaw) else (one,)
    text = unicodedata.normalize("NFKC", cell).replace("_x000D_", "\n")
    days: list[date] = []
    for part in _BETWEEN.split(text):
        if part.strip():
            day = _text(part.strip(), zero)
            if isinstance(day, Flaw):
                return day
            if day in days:
                return Flaw(
                    Label(
                        zh=f"{day} 在同一格内出现两次，请去掉一个", en=f"{day} stands twice in the cell; leave one out"
                    )
                )
            days.append(day)
    return tuple(sorted(days)) if days else _no_date(shown(cell))
