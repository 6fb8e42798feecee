"""The periods that an act must fall into: half-years counted from a day, and quarters of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.base.dates import Span
from recruitment.engine.evaluators.periods import periods, quarters

DAY = timedelta(days=1)
QUARTERS = {1: (3, 31), 4: (6, 30), 7: (9, 30), 10: (12, 31)}
"""The month in which a quarter begins, and the month and the day on which it ends."""


@pytest.mark.parametrize(
    ("month", "first"),
    [
        # A quarter that has begun is not counted, be it on its first day; the next one is.
        (1, date(2018, 4, 1)),
        (2, date(2018, 4, 1)),
        (3, date(2018, 4, 1)),
        (4, date(2018, 7, 1)),
        (5, date(2018, 7, 1)),
        (6, date(2018, 7, 1)),
        (7, date(2018, 10, 1)),
        (8, date(2018, 10, 1)),
        (9, date(2018, 10, 1)),
        (10, date(2019, 1, 1)),
        (11, date(2019, 1, 1)),
        (12, date(2019, 1, 1)),
    ],
)
@pytest.mark.parametrize("day", [1, 15, 28])
def test_the_first_quarter_begins_after_the_day(month: int, first: date, day: int) -> None:
    """From each month of a year, whichever quarter it is in."""
    found = list(quarters(date(2018, month, day), date(2019, 12, 31)))
    assert found[0][0] + DAY == first


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 1500))
def test_quarters_are_whole_and_leave_nothing_out(start: date, length: int) -> None:
    """Each begins after the start, ends by the end and follows the one before; the next would not be over yet."""
    until = start + timedelta(days=length)
    found = list(quarters(start, until))
    for before, end in found:
        first = before + DAY
        assert first.day == 1
        assert (end.month, end.day) == QUARTERS[first.month]
        assert start < first <= end <= until
    for (_, end), (before, _) in pairwise(found):
        assert before == end
    begins = [date(year, month, 1) for year in range(start.year, until.year + 2) for month in QUARTERS]
    whole = [begin for begin, then in pairwise(begins) if start < begin and then - DAY <= until]
    assert [before + DAY for before, _ in found] == whole


def test_half_years_are_counted_from_their_day_in_one_go() -> None:
    """From 31 August: to the last of February, and on to 31 August again, not to the 28th or the 29th."""
    found = list(periods(date(2018, 8, 31), Span(6, "month"), "clamp", date(2019, 8, 31)))
    assert found == [(date(2018, 8, 31), date(2019, 2, 28)), (date(2019, 2, 28), date(2019, 8, 31))]


def test_periods_of_days_are_counted_too() -> None:
    """Thirty days twice, and none that is not over."""
    found = list(periods(date(2018, 1, 1), Span(30, "day"), "clamp", date(2018, 3, 31)))
    assert found == [(date(2018, 1, 1), date(2018, 1, 31)), (date(2018, 1, 31), date(2018, 3, 2))]
