"""Calendar files (.ics) that a second export updates: stable UIDs, sequence numbers that grow with the record.

An entry is known by what it is about (a file and a rule, or a duty and its month), never by its day: when the day
moves, the next export changes the same entry. What is done is taken back only where an earlier export holds it: nothing
is cancelled that was never sent. An entry rings some days before, and holds no name unless asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from attrs import frozen

from recruitment.base.identity import masked
from recruitment.base.label import Label, Lang
from recruitment.forecast.status import Due, Status
from recruitment.law.branch_year import Occasion
from recruitment.law.comparisons import DateLimit, Elapsed
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import day_words
from recruitment.presentation.milestone_words import NAMES, milestone_text
from recruitment.record.case import Case

_SPACE: Final = UUID("6f1f4c0e-52b7-5d0a-9a57-6d65646c3031")
"""The space of our UIDs; it never changes, or calendars would hold everything twice."""
_DAY: Final = timedelta(days=1)
_MORNING: Final = timedelta(hours=9)
"""After midnight, with which a whole day begins."""
_FIRST: Final = date(2020, 1, 1).toordinal()


@frozen(kw_only=True)
class Notice:
    """One entry of a calendar: what it is about, its day, its words, and how often what it rests on has changed."""

    about: tuple[str, ...]
    on: date
    title: str
    text: str
    sequence: int
    withdrawn: bool = False

    @property
    def uid(self) -> str:
        """The same for the same matter, in every export."""
        return f"{uuid5(_SPACE, '/'.join(self.about))}@member-development"


def of_file(view: Status, rulebook: Rulebook, lang: Lang, *, named: bool = False) -> Iterator[Notice]:
    """The limits that run on a file, what waits, the ends of its periods, and what is met and leaves the calendar."""
    case = view.case
    who = masked(case.file.id)
    if named and isinstance(case.file.name, str):
        who += f" {case.file.name}"
    running = set()
    for due in view.due:
        about = _about(case, due)
        if about in running:  # of several periods of one rule the first one counts
            continue
        running.add(about)
        articles = ", ".join(due.rule.citation.articles)
        cited = (Label(zh=f"第{articles}条", en=f"art. {articles}").words(lang)) if articles else ""
        yield Notice(
            about=about,
            on=due.last_day,
            title=f"{who} {due.procedure.label.words(lang)}" + (Label(zh="（最后一天）", en=" (last day)").words(lang)),
            text=f"{due.rule.clause.words(lang)} {cited}".strip(),
            sequence=len(case.acts),
        )
    for owed in view.waiting:
        about = ("file", case.file.id, owed.rule.code, owed.procedure.code)
        running.add(about)
        since = day_words(owed.since, lang)
        yield Notice(
            about=about,
            on=owed.since + timedelta(days=owed.days),
            title=f"{who} {owed.procedure.label.words(lang)}" + (Label(zh="（待办）", en=" (waiting)").words(lang)),
            text=f"{owed.rule.clause.words(lang)} "
            + (Label(zh=f"自{since}起已{owed.days}天", en=f"{owed.days} days since {since}").words(lang)),
            sequence=len(case.acts),
        )
    ends = {milestone.kind: milestone for milestone in view.milestones}
    for kind, name in NAMES.items():
        milestone = ends.get(kind)
        yield Notice(
            about=("file", case.file.id, "milestone", kind),
            on=milestone.on if milestone else case.happened[-1].on,
            title=f"{who} {name.words(lang)}" + ("" if milestone else Label(zh="（已办）", en=" (done)").words(lang)),
            text=milestone_text(milestone, lang) if milestone else "",
            sequence=len(case.acts),
            withdrawn=milestone is None,
        )
    for rule in rulebook.rules:
        for code in rule.acts:
            about = ("file", case.file.id, rule.code, code)
            limit = any(
                (isinstance(c, DateLimit) and c.must_be == "not_after") or isinstance(c, Elapsed) for c in rule.compare
            )
            done = case.counting_act(code) if code in rulebook.by_code else None
            if limit and about not in running and (done or case.state.ended):
                yield Notice(
                    about=about,
                    on=done.on if done else case.happened[-1].on,
                    title=f"{who} {rulebook.by_code[code].label.words(lang)}"
                    + (Label(zh="（已办）", en=" (done)").words(lang)),
                    text="",
                    sequence=len(case.acts),
                    withdrawn=True,
                )


def _about(case: Case, due: Due) -> tuple[str, ...]:
    return ("file", case.file.id, due.rule.code, due.procedure.code)


def of_occasion(occasion: Occasion, lang: Lang, today: date) -> Notice:
    """A meeting or duty of the branch's year."""
    duty, topic = occasion.duty, occasion.topic
    about = ("duty", duty.code, f"{occasion.on.year}-{occasion.on.month:02}")
    return Notice(
        about=about,
        on=occasion.on,
        title=duty.zh if lang == "zh" else duty.en,
        text="" if topic is None else topic.zh if lang == "zh" else topic.en,
        # The year is a file that somebody edits: a later export is the newer one.
        sequence=max(0, today.toordinal() - _FIRST),
    )


def sent(earlier: bytes) -> frozenset[str]:
    """The UIDs of the entries that an earlier export holds.

    Raises:
        ValueError: it is no iCalendar file.
    """
    from icalendar import Calendar  # noqa: PLC0415 - only an export needs it

    return frozenset(str(event["uid"]) for event in Calendar.from_ical(earlier).walk("VEVENT") if "uid" in event)


def ics(notices: Iterable[Notice], *, today: date, remind: Sequence[int] = (), earlier: Collection[str] = ()) -> bytes:
    """An iCalendar file of whole-day entries, sorted by day and title; the same bytes for the same matter and day.

    Each rings `remind` days before its day, at nine in the morning. `earlier` are the UIDs of an earlier export: of
    what is done only those are taken back.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - only an export needs it

    calendar = Calendar()
    calendar.add("prodid", "-//member-development//recruitment//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = datetime.combine(today, time(), tzinfo=UTC)
    for notice in sorted(notices, key=lambda notice: (notice.on, notice.title, notice.uid)):
        if notice.withdrawn and notice.uid not in earlier:
            continue
        event = Event()
        event.add("uid", notice.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", notice.on)
        event.add("dtend", notice.on + _DAY)
        event.add("sequence", notice.sequence)
        event.add("summary", notice.title)
        if notice.text:
            event.add("description", notice.text)
        event.add("status", "CANCELLED" if notice.withdrawn else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        for days in () if notice.withdrawn else sorted(set(remind), reverse=True):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", notice.title)
            alarm.add("trigger", _MORNING - days * _DAY)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
