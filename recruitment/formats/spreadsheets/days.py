"""Days in cells: what `recruitment.base.written_days` reads, and the dates and serial numbers of a workbook."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.base.written_days import (
    DayRange,
    Month,
    Written,
    day_of_number,
    in_range,
    read_written_day,
    with_clock,
)
from recruitment.formats.spreadsheets.cells import Cell, Flaw

Days = tuple[date | Month, ...] | DayRange
"""The days of a cell, in the order of the calendar; none where it says that there is none."""

_ONE_DAY: Final = re.compile(r"[0-9]{4}([、,])[0-9]{1,2}\1[0-9]{1,2}")
"""A day of which the numbers are parted as people part things of a list."""
_BETWEEN: Final = re.compile(r"[、;,\r\n]+")
"""What separates two days of one cell, after full-width signs have become half-width ones."""


def read_cell_day(cell: Cell, zero: date) -> date | Month | DayRange | Flaw | None:
    """The day that a cell holds, a month or two days; None where it says that there is none.

    `zero` is the day of serial number 0. A flaw is the answer for everything else.
    """
    found: Written
    if isinstance(cell, Flaw):
        return cell
    if isinstance(cell, datetime):
        midnight = cell.time() == time() and cell.tzinfo is None
        found = in_range(cell.date()) if midnight else with_clock(shown(cell))
    elif isinstance(cell, date):
        found = in_range(cell)
    elif isinstance(cell, time | timedelta):
        found = Label(
            zh=f"{cell} 只有时刻，没有日期，请填写日期", en=f"{cell} is a time of day without a day; write the day"
        )
    elif isinstance(cell, str):
        found = read_written_day(cell, zero)
    elif cell is None or isinstance(cell, bool):
        found = Label(
            zh=f"{shown(cell)} 不是日期，请写成 2023-03-01，没有则留空",
            en=f"{shown(cell)} is not a date; write it as 2023-03-01, and leave it out where there is none",
        )
    else:
        found = day_of_number(cell, zero, shown(cell))
    return Flaw(found) if isinstance(found, Label) else found


def read_cell_days(cell: Cell, zero: date, *, doubles: bool = False) -> Days | Flaw:
    """Every day that a cell holds, in the order of the calendar; 、 ; , and line breaks separate two of them.

    With `doubles` a day may be written twice, as that of two acts.
    """
    parts = [cell]
    if isinstance(cell, str) and not _ONE_DAY.fullmatch(unicodedata.normalize("NFKC", cell).strip()):
        text = unicodedata.normalize("NFKC", cell).replace("_x000D_", "\n")
        parts = [part for part in _BETWEEN.split(text) if part.strip()] or [cell]
    if len(parts) == 1:
        one = read_cell_day(parts[0], zero)
        return () if one is None else one if isinstance(one, Flaw | DayRange) else (one,)
    days: list[date | Month] = []
    for part in parts:
        day = read_cell_day(part, zero)
        if isinstance(day, Flaw):
            return day
        if day is None or isinstance(day, DayRange):
            return Flaw(
                Label(
                    zh=f"{shown(part)} 不能与其他日期同在一格，请分开填写",
                    en=f"{shown(part)} cannot be in one cell with other days; write them apart",
                ),
            )
        if day in days and not doubles:
            return Flaw(
                Label(zh=f"{day} 在同一格内出现两次，请去掉一个", en=f"{day} is in the cell twice; leave one out")
            )
        days.append(day)
    return tuple(sorted(days, key=first_day))


def first_day(day: date | Month) -> date:
    """The day itself, or the first one of a month."""
    return day.first if isinstance(day, Month) else day
