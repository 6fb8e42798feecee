"""The year of a branch: its meetings and standing duties as data, and the days on which they fall. Pure.

What a branch does each month, each quarter and each year is in `workflows/year.toml`, from a year plan of a bureau;
a branch that meets on other days names a file of its own in the same grammar.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from attrs import frozen

from recruitment.base.dates import is_workday
from recruitment.base.errors import BadInput, Fault, nearest
from recruitment.base.label import Label
from recruitment.law.rulebook import Rulebook

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
LONGEST = 366 * 20
"""Days that an agenda may cover at once."""


@frozen(kw_only=True)
class Topic:
    """What one month's occurrence of a duty is about, and which acts of development are decided there as well."""

    month: int
    zh: str
    en: str
    acts: tuple[str, ...] = ()


@frozen(kw_only=True)
class Duty:
    """A standing duty: in which months, on which day of the month, before which body.

    The day is a weekday of a week, or the last day of the month.
    """

    code: str
    item: int
    """The item of the year plan that it comes from."""
    zh: str
    en: str
    body: str
    """The code of the body that meets."""
    months: tuple[int, ...]
    """The months in which it falls, from 1 to 12."""
    weekday: Weekday | None = None
    week: int | None = None
    """The week of the month, from 1 to 5."""
    last_day: bool = False
    acts: tuple[str, ...] = ()
    """The acts of development that the body decides."""
    prepares: tuple[str, ...] = ()
    """The acts that it hears or discusses before another body decides."""
    topic: tuple[Topic, ...] = ()
    """What it is about in single months."""


@frozen(kw_only=True)
class Year:
    """The standing duties of a branch, as a file of the grammar lists them."""

    duty: tuple[Duty, ...]


@frozen(kw_only=True)
class Occasion:
    """A duty on a day. `rest` says that the day is a day off: the branch must choose another."""

    duty: Duty
    on: date
    topic: Topic | None
    rest: bool

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts of development that are decided there."""
        return (*self.duty.acts, *(self.topic.acts if self.topic else ()))


def day_of(duty: Duty, year: int, month: int, policy: str) -> date | None:
    """The day of a duty in a month; None where that month has no such week.

    `policy` is `fourth-week-friday`: `fourth-friday` takes the week-th such weekday of the month, `fourth-week` that
    weekday of the week-th calendar week (Monday to Sunday), of which the first is the one that holds the 1st.
    """
    last = monthrange(year, month)[1]
    if duty.last_day or duty.weekday is None or duty.week is None:
        return date(year, month, last)
    first = date(year, month, 1)
    wanted = WEEKDAYS.index(duty.weekday)
    ahead = (wanted - first.weekday()) % 7 if policy == "fourth-friday" else wanted - first.weekday()
    day = first + timedelta(days=ahead + 7 * (duty.week - 1))
    return day if day.month == month else None


def occasions(year: Year, rulebook: Rulebook, start: date, end: date) -> Iterator[Occasion]:
    """Every occasion from `start` to `end`, both included, by day and then in the order of the file.

    Raises:
        BadInput: the days are the wrong way round, or too far apart.
    """
    if start > end:
        raise BadInput.of(
            "--from", Label(zh=f"{start} 晚于 {end}，请对调", en=f"{start} is after {end}; exchange them")
        )
    if (end - start).days > LONGEST:
        raise BadInput.of(
            "--to", Label(zh="超过二十年，请缩短范围", en="that is more than twenty years; ask for fewer")
        )
    policy = rulebook.policies["fourth-week-friday"]
    found = []
    for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        for place, duty in enumerate(year.duty):
            if month % 12 + 1 not in duty.months:
                continue
            day = day_of(duty, month // 12, month % 12 + 1, policy)
            if day is not None and start <= day <= end:
                found.append((day, place, duty))
    for day, _, duty in sorted(found, key=lambda entry: entry[:2]):
        topic = next((topic for topic in duty.topic if topic.month == day.month), None)
        yield Occasion(duty=duty, on=day, topic=topic, rest=not duty.last_day and not is_workday(day, rulebook.days))


def decision_days(occasions: Iterable[Occasion]) -> dict[str, tuple[date, ...]]:
    """The days on which each act of development is decided, by the code of the act."""
    days: dict[str, list[date]] = {}
    for occasion in occasions:
        for act in occasion.acts:
            days.setdefault(act, []).append(occasion.on)
    return {act: tuple(found) for act, found in days.items()}


def check_year(year: Year, rulebook: Rulebook) -> None:
    """See that a year can be used with a rulebook.

    Raises:
        BadInput: with every fault of the file.
    """
    faults = [fault for n, duty in enumerate(year.duty) for fault in _faults(f"duty[{n}]", duty, rulebook)]
    codes = [duty.code for duty in year.duty]
    faults += [
        Fault(f"duty {code}", Label(zh="代码重复，只留一个", en="the code is written more than once; keep one"))
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]
    if faults:
        raise BadInput(faults)


def _faults(where: str, duty: Duty, rulebook: Rulebook) -> Iterator[Fault]:
    if bool(duty.weekday) is not (duty.week is not None) or bool(duty.weekday) is duty.last_day:
        yield Fault(
            where,
            Label(
                zh="请写 weekday 和 week，或者 last_day = true", en="either `weekday` with `week`, or `last_day = true`"
            ),
        )
    if duty.week is not None and not 1 <= duty.week <= 5:
        yield Fault(f"{where}.week", Label(zh=f"{duty.week} 不在 1 至 5 之间", en=f"{duty.week} is not from 1 to 5"))
    for key, months in (("months", duty.months), ("topic.month", tuple(topic.month for topic in duty.topic))):
        for month in months:
            if not 1 <= month <= 12:
                yield Fault(f"{where}.{key}", Label(zh=f"{month} 不是月份", en=f"{month} is no month"))
    if not duty.months:
        yield Fault(f"{where}.months", Label(zh="至少写一个月份", en="name at least one month"))
    named: list[tuple[str, Sequence[str]]] = [("acts", duty.acts), ("prepares", duty.prepares)]
    named += [("topic.acts", topic.acts) for topic in duty.topic]
    known = [procedure.code for procedure in rulebook.procedures]
    for key, codes in named:
        for code in codes:
            if code not in known:
                near = nearest(code, known)
                yield Fault(
                    f"{where}.{key}",
                    Label(
                        zh=f"没有“{code}”这一程序" + (f"；是否指 {near}？" if near else ""),
                        en=f"there is no act {code}" + (f"; did you mean {near}?" if near else ""),
                    ),
                )
