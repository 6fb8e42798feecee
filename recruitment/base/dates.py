"""Periods and their addition: calendar months and years, working days, halves of a whole.

A span is always added to its anchor in one go and never step by step (31 January plus one month plus one month is not
31 January plus two). Where the day does not exist in the month reached, the rounding says what happens: `clamp` takes
the last day of that month, `next-day` the first day of the one after.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args

from attrs import frozen

from recruitment.base.errors import BadInput
from recruitment.base.label import Label

Unit = Literal["day", "workday", "month", "year"]
Rounding = Literal["clamp", "next-day"]
ROUNDINGS: Final[tuple[Rounding, ...]] = get_args(Rounding)

_SPAN = re.compile(r"(0|[1-9][0-9]{0,3}) (day|workday|month|year)s?", re.ASCII)
_DAY = timedelta(days=1)
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@frozen
class Span:
    """A length of time as the articles give it: `number` of days, working days, calendar months or years."""

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read "1 month", "6 months", "5 workdays", "18 years".

        Raises:
            BadInput: any other text.
        """
        found = _SPAN.fullmatch(text)
        if not found:
            raise BadInput.of(
                "",
                Label(
                    zh=f"“{text}”不是期限；请写数目和单位，如“1 month”“5 workdays”",
                    en=f"{text!r} is no span of time; write a number and a unit, such as '1 month' or '5 workdays'",
                ),
            )
        return cls(int(found[1]), found[2])  # type: ignore[arg-type]

    @property
    def months(self) -> int:
        """The span in calendar months; 0 for days and working days."""
        return {"month": self.number, "year": 12 * self.number}.get(self.unit, 0)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


def add_months(day: date, months: int, rounding: Rounding = "clamp") -> date:
    """`day` plus calendar months; a day that does not exist there is rounded as `rounding` says."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = _MONTH_DAYS[month]
    if month == 1 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        last = 29
    if day.day <= last:
        return date(year, month + 1, day.day)
    clamped = date(year, month + 1, last)
    return clamped if rounding == "clamp" else clamped + _DAY


def add(day: date, span: Span, rounding: Rounding = "clamp") -> date:
    """`day` plus a span of days, months or years. Working days are counted by `nth_workday`, not added."""
    if span.unit == "day":
        return day + timedelta(days=span.number)
    return add_months(day, span.months, rounding)


@frozen
class Days:
    """What a caller knows of the calendar beyond the one that is built in: days off, working days, years announced.

    It goes before the built-in calendar. A year in `years` counts as announced, so that a count through it is no
    longer provisional; its other days are worked from Monday to Friday.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.off or self.working or self.years)


OFFICIAL: Final = Days()
"""The built-in calendar alone."""


def is_workday(day: date, days: Days = OFFICIAL) -> bool:
    """Whether mainland China works on that day: holidays and make-up days as announced, else Monday to Friday."""
    if day in days.off:
        return False
    return day in days.working or _is_workday(day)


@lru_cache(maxsize=4096)
def _is_workday(day: date) -> bool:
    # Imported late: a command that counts no working days should not pay for the calendar.
    import chinese_calendar

    if _announced(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def announced(year: int, days: Days = OFFICIAL) -> bool:
    """Whether the holiday calendar of that year is known; a count through any other year is provisional."""
    return year in days.years or _announced(year)


@lru_cache(maxsize=512)
def _announced(year: int) -> bool:
    from chinese_calendar.constants import holidays

    return any(day.year == year for day in holidays)


def workdays_between(start: date, end: date, days: Days = OFFICIAL) -> int:
    """Working days from `start` to `end`, both included."""
    return sum(is_workday(start + timedelta(days=n), days) for n in range((end - start).days + 1))


def nth_workday(start: date, number: int, days: Days = OFFICIAL, *, first_counts: bool = True) -> date:
    """The `number`-th working day from `start` on; `first_counts` is the policy `first-publicity-day`."""
    day = start if first_counts else start + _DAY
    left = number
    while True:
        if is_workday(day, days):
            left -= 1
            if left <= 0:
                return day
        day += _DAY


def last_workday(start: date, end: date, days: Days = OFFICIAL) -> date | None:
    """The last working day from `start` to `end`, both included; None where there is none."""
    day = end
    while day >= start:
        if is_workday(day, days):
            return day
        day -= _DAY
    return None
