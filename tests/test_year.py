"""The branch's year: on which days its duties fall, what is on which table, calendar files, and the figures."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from recruitment import BadInput, Ledger, Office, load_rulebooks, open_case
from recruitment.cli.main import cli
from recruitment.engine.judging import review
from recruitment.forecast.agenda import Wish, make_agenda
from recruitment.forecast.statistics import Tally, spread
from recruitment.forecast.status import status_of
from recruitment.formats.dossier.documents import read_path
from recruitment.law.branch_year import Duty, day_of, occasions
from recruitment.presentation.icalendar import ics, of_file, of_occasion, sent
from recruitment.rulebooks.load import load_year

EDITIONS = load_rulebooks()
BOOK = EDITIONS.rulebooks[-1]
YEAR = load_year(EDITIONS)
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
FRIDAY = Duty(code="x", item=8, zh="x", en="x", body="branch", months=(1,), weekday="friday", week=4)


def case_after(number: int) -> Any:
    """The regular file with its first acts only."""
    return review(EDITIONS, FILE, ACTS[:number], today=date(2026, 1, 1))[-1].entered(EDITIONS)


# ------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("year", "month", "fourth_friday", "fourth_week"),
    [
        (2027, 1, date(2027, 1, 22), date(2027, 1, 22)),  # the 1st is a Friday
        (2026, 8, date(2026, 8, 28), date(2026, 8, 21)),  # the 1st is a Saturday: the first week has no Friday in it
        (2027, 2, date(2027, 2, 26), date(2027, 2, 26)),  # the 1st is a Monday
    ],
)
def test_the_friday_of_the_fourth_week_by_both_readings(
    year: int, month: int, fourth_friday: date, fourth_week: date
) -> None:
    """The seed leaves open which Friday is meant: a named policy decides."""
    assert day_of(FRIDAY, year, month, "fourth-friday") == fourth_friday
    assert day_of(FRIDAY, year, month, "fourth-week") == fourth_week


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_the_fourth_friday_has_three_fridays_before_it(year: int, month: int) -> None:
    """Counted by hand, day by day."""
    day = day_of(FRIDAY, year, month, "fourth-friday")
    assert day is not None
    days = [date(year, month, n) for n in range(1, day.day + 1)]
    assert [other.weekday() for other in days].count(4) == 4
    assert day.weekday() == 4


def test_a_year_of_the_branch_holds_what_the_plan_says() -> None:
    """Four general meetings, the third of which votes on admissions; a meeting of committee and groups each month."""
    found = list(occasions(YEAR, BOOK, date(2026, 1, 1), date(2026, 12, 31)))
    by_code: dict[str, list[Any]] = {}
    for occasion in found:
        by_code.setdefault(occasion.duty.code, []).append(occasion)
    assert [o.on.month for o in by_code["general-meeting"]] == [3, 6, 9, 12]
    assert [o.on.month for o in by_code["general-meeting"] if "admission_meeting" in o.acts] == [9]
    assert len(by_code["branch-committee-meeting"]) == len(by_code["party-group-meeting"]) == 12
    assert [o.on for o in found] == sorted(o.on for o in found)
    assert all(o.on.weekday() == 4 for o in by_code["dues"])


def test_a_day_on_which_nobody_works_is_marked() -> None:
    """The first Friday of October 2026 lies in the holiday."""
    group = [
        occasion
        for occasion in occasions(YEAR, BOOK, date(2026, 10, 1), date(2026, 10, 7))
        if occasion.duty.code == "party-group-meeting"
    ]
    assert [(occasion.on, occasion.rest) for occasion in group] == [(date(2026, 10, 2), True)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("months = [13]\nlast_day = true", "duty[0].months: 13 is no month"),
        ("months = [1]", "duty[0]: either `weekday` with `week`, or `last_day = true`"),
        ('months = [1]\nweekday = "friday"\nweek = 6', "duty[0].week: 6 is not from 1 to 5"),
        ('months = [1]\nlast_day = true\nacts = ["admision_meeting"]', "did you mean admission_meeting?"),
        ("months = []\nlast_day = true", "duty[0].months: name at least one month"),
        ("months = [1]\nlast_day = true\nmonth = 3", "did you mean months?"),
    ],
)
def test_a_year_that_cannot_be_used_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    """A branch's own file is read as strictly as the one of record."""
    path = tmp_path / "own.toml"
    path.write_text(f'[[duty]]\ncode = "a"\nitem = 1\nzh = "甲"\nen = "a"\nbody = "branch"\n{text}\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_year(EDITIONS, path)
    assert sentence in caught.value.en
    assert caught.value.en.startswith("own.toml: ")


# ------------------------------------------------------------------------------------------- the agenda


DAYS = tuple(occasions(YEAR, BOOK, date(2024, 1, 1), date(2024, 12, 31)))


def test_an_admission_is_put_on_the_table_of_the_third_quarter_and_heard_before() -> None:
    """The general meeting of September decides, the committee's last meeting before it discusses first."""
    wish = Wish(file="a", act="admission_meeting", earliest=date(2024, 4, 1), latest=date(2024, 12, 1), by="x")
    made = make_agenda(DAYS, [wish])
    tables = {(s.occasion.duty.code, s.occasion.on): [i.role for i in s.items] for s in made.sittings if s.items}
    assert tables == {
        ("general-meeting", date(2024, 9, 27)): ["decides"],
        ("branch-committee-meeting", date(2024, 9, 13)): ["prepares"],
    }
    assert made.warnings == ()


@pytest.mark.parametrize(
    ("latest", "meeting"), [(date(2024, 7, 30), date(2024, 9, 27)), (date(2024, 9, 26), date(2024, 9, 27))]
)
def test_a_limit_that_no_meeting_meets_is_a_warning(latest: date, meeting: date) -> None:
    """One month from the pre-review ends before the third quarter's meeting: the branch must hold another."""
    wish = Wish(
        file="a", act="admission_meeting", earliest=date(2024, 6, 30), latest=latest, by="meeting-within-1-month"
    )
    (warning,) = make_agenda(DAYS, [wish]).warnings
    assert (warning.wish, warning.meeting) == (wish, meeting)


def test_the_last_day_itself_is_no_warning() -> None:
    """The meeting on the last lawful day holds both."""
    wish = Wish(file="a", act="admission_meeting", earliest=date(2024, 6, 30), latest=date(2024, 9, 27), by="x")
    assert make_agenda(DAYS, [wish]).warnings == ()


def test_where_no_meeting_comes_at_all_the_warning_says_so() -> None:
    """Between January and March nobody votes on admissions."""
    days = tuple(day for day in DAYS if day.on.month < 4)
    wish = Wish(file="a", act="admission_meeting", earliest=date(2024, 1, 5), latest=date(2024, 2, 5), by="x")
    (warning,) = make_agenda(days, [wish]).warnings
    assert warning.meeting is None


def test_a_meeting_on_a_rest_day_keeps_its_table_and_says_so() -> None:
    """The fourth Friday of September 2026 is a holiday: the branch moves the meeting, the file stays on its table."""
    days = tuple(occasions(YEAR, BOOK, date(2026, 9, 1), date(2026, 9, 30)))
    made = make_agenda(days, [Wish(file="a", act="admission_meeting", earliest=date(2026, 9, 1))])
    (sitting,) = [s for s in made.sittings if any(item.role == "decides" for item in s.items)]
    assert (sitting.occasion.on, sitting.occasion.rest) == (date(2026, 9, 25), True)


# ------------------------------------------------------------------------------------------- calendars


def notices(number: int, today: date) -> list[Any]:
    """The entries of the regular file with its first acts."""
    return list(of_file(status_of(EDITIONS, case_after(number), today=today), EDITIONS.on(today), "zh"))


def events(content: bytes) -> dict[str, Any]:
    """The entries of a calendar file as a real reader finds them, by their UIDs."""
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_a_second_export_updates_the_first() -> None:
    """The talk is due, then done: the same UID, a higher sequence number, taken back."""
    first = ics(notices(1, date(2022, 9, 10)), today=date(2022, 9, 10))
    second = ics(notices(2, date(2022, 9, 21)), today=date(2022, 9, 21), earlier=sent(first))
    before, after = events(first), events(second)
    ((uid, event),) = before.items()
    assert event["dtstart"].dt == date(2022, 10, 2)
    assert after[uid]["status"] == "CANCELLED"
    assert after[uid]["sequence"] > event["sequence"]


def test_nothing_is_taken_back_that_was_never_sent() -> None:
    """A finished file leaves no entry in a first export."""
    assert any(notice.withdrawn for notice in notices(27, date(2026, 1, 1)))
    assert events(ics(notices(27, date(2026, 1, 1)), today=date(2026, 1, 1))) == {}


def test_an_entry_rings_some_days_before() -> None:
    """At nine in the morning of each of those days, the farthest first; what is taken back does not ring."""
    first = ics(notices(1, date(2022, 9, 10)), today=date(2022, 9, 10), remind=(1, 30, 7, 7))
    (event,) = events(first).values()
    rings = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert rings == [timedelta(days=-days, hours=9) for days in (30, 7, 1)]
    assert {str(alarm["action"]) for alarm in event.walk("VALARM")} == {"DISPLAY"}
    done = ics(notices(2, date(2022, 9, 21)), today=date(2022, 9, 21), remind=(1,), earlier=sent(first))
    assert [event.walk("VALARM") for event in events(done).values() if event["status"] == "CANCELLED"] == [[]]


def test_the_same_matter_gives_the_same_bytes() -> None:
    """Nothing in an export hangs on the hour or on chance."""
    day = date(2022, 9, 10)
    assert ics(notices(1, day), today=day) == ics(notices(1, day), today=day)


def test_no_name_stands_in_a_calendar_unless_asked_for() -> None:
    """A calendar is shared more easily than a file."""
    view = status_of(EDITIONS, case_after(1), today=date(2022, 9, 10))
    name = FILE.name
    assert isinstance(name, str)
    assert name not in "".join(notice.title for notice in of_file(view, BOOK, "zh"))
    assert name in "".join(notice.title for notice in of_file(view, BOOK, "zh", named=True))


def test_a_duty_keeps_its_entry_when_its_day_moves() -> None:
    """Another weekday is the same matter."""
    first = next(o for o in DAYS if o.duty.code == "general-meeting")
    moved = evolve(first, on=first.on + timedelta(days=3))
    one, other = of_occasion(first, "zh", date(2026, 1, 1)), of_occasion(moved, "zh", date(2026, 2, 1))
    assert one.uid == other.uid
    assert other.sequence > one.sequence


# ------------------------------------------------------------------------------------------- figures


def test_a_gap_in_the_record_does_not_take_the_person_back() -> None:
    """Of a list that leaves out procedures of earlier stages, the stage is the one that the person has come to."""
    days = {"apply": "2022-09-01", "candidate": "2023-12-06", "candidate_filing": "2023-12-20"}
    whole = {act.code: act for act in ACTS}
    case = open_case(EDITIONS, evolve(FILE, complete=False))
    for code in days:
        case = review(EDITIONS, case, [whole[code]], today=date(2026, 1, 1))[-1].entered(EDITIONS)
    view = status_of(EDITIONS, case, today=date(2024, 1, 1))
    assert (view.standing, view.stage) == ("candidate", 3)
    assert [status_of(EDITIONS, case_after(n), today=date(2026, 1, 1)).stage for n in (1, 2, 10, 19)] == [1, 2, 3, 5]


def test_the_spread_of_some_days() -> None:
    """By hand: 1, 2, 3, 4, 10 have the median 3 and the quartiles 2 and 4."""
    found = spread([10, 1, 3, 2, 4])
    assert found is not None
    assert (found.shortest, found.low, found.median, found.high, found.longest) == (1, 2, 3, 4, 10)
    assert spread([]) is None
    one = spread([5])
    assert one is not None
    assert (one.low, one.median) == (None, 5)


def test_the_figures_count_every_file_once() -> None:
    """One finished file, one waiting for its talk, one that ended."""
    tally = Tally(BOOK)
    today = date(2025, 7, 1)
    for number in (len(ACTS), 1):
        tally.add(status_of(EDITIONS, case_after(number), today=today), ())
    found = tally.figures()
    assert found.files == 2
    assert {k: v for k, v in found.standings.items() if v} == {"full": 1, "applicant": 1}
    assert {k: v for k, v in found.stages.items() if v} == {1: 1}
    assert found.overdue == {"talk-within-1-month": 1}
    spent = {stage: value.median for stage, value in found.spent.items() if value}
    # by hand: 2022-09-01, 12-05, 2023-12-06, 2024-04-10, 06-24 (assignment), approval 2025-06-10
    assert spent == {1: 95, 2: 366, 3: 126, 4: 75, 5: 351}


def test_the_commands_answer_in_tables_json_and_files(tmp_path: Path) -> None:
    """Figures as a table, as JSON and as a spreadsheet; a calendar file for its owner alone."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        Office(ledger, EDITIONS).import_files([(FILE, ACTS)], today=date(2026, 1, 1))

    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, [*words, "--db", str(path), "--today", "2026-01-01", "--lang", "zh"])
        assert result.exit_code == 0, result.output
        return result.output

    assert "正式党员" in run("figures")
    assert json.loads(run("figures", "--json"))["standings"]["full"] == 1
    sheet = tmp_path / "figures.xlsx"
    run("figures", "-o", str(sheet))
    rows = list(load_workbook(sheet).active.iter_rows(values_only=True))
    assert ("档案总数", None, 1) in rows
    calendar = tmp_path / "year.ics"
    run("calendar", "--from", "2026-01-01", "--to", "2026-03-31", "-o", str(calendar))
    assert calendar.stat().st_mode & 0o777 == 0o600
    assert {str(event["status"]) for event in events(calendar.read_bytes()).values()} == {"CONFIRMED"}
    assert calendar.read_bytes().count(b"BEGIN:VALARM") == 3 * len(events(calendar.read_bytes()))
    quiet = tmp_path / "quiet.ics"
    run("calendar", "--remind", "无", "--earlier", str(calendar), "-o", str(quiet))
    assert b"VALARM" not in quiet.read_bytes()


@pytest.mark.parametrize(
    ("words", "en"),
    [
        (["--remind", "soon"], "--remind: 'soon' is no list of days; write how many days before, 0 to 366, such as"),
        (["--remind", "400"], "--remind: '400' is no list of days"),
        (["--earlier", "nowhere.ics"], "--earlier: nowhere.ics cannot be read, or is no calendar; name the .ics file"),
        (["--earlier", __file__], "cannot be read, or is no calendar"),
    ],
)
def test_a_calendar_that_cannot_be_made_says_why(tmp_path: Path, words: list[str], en: str) -> None:
    """In one sentence; nothing is written."""
    out = tmp_path / "x.ics"
    result = CliRunner().invoke(
        cli, ["calendar", *words, "--db", str(tmp_path / "l.db"), "--lang", "en", "-o", str(out)]
    )
    assert (result.exit_code, en in result.output, out.exists()) == (2, True, False)


def test_what_is_done_is_taken_back_from_the_file_that_is_replaced(tmp_path: Path) -> None:
    """With --force the file that stands is the earlier export; a new file takes nothing back."""
    db, out, new = str(tmp_path / "l.db"), tmp_path / "a.ics", tmp_path / "b.ics"
    with Ledger.open(db, create=True) as ledger:
        office = Office(ledger, EDITIONS)
        office.open(FILE, ACTS[0], today=date(2022, 9, 10))

        def export(path: Path, today: str) -> list[str]:
            words = ["calendar", "--no-duties", "--db", db, "--today", today, "-o", str(path), "--force"]
            assert CliRunner().invoke(cli, words).exit_code == 0
            return sorted({str(event["status"]) for event in events(path.read_bytes()).values()})

        assert export(out, "2022-09-10") == ["CONFIRMED"]
        office.advance(FILE.id, ACTS[1], today=date(2022, 9, 21))
        assert "CANCELLED" not in export(new, "2022-09-21")
        assert "CANCELLED" in export(out, "2022-09-21")


@pytest.mark.parametrize(
    ("start", "end", "en"),
    [
        (date(2026, 2, 1), date(2026, 1, 31), "--from: 2026-02-01 is after 2026-01-31; exchange them"),
        (date(2026, 1, 1), date(2056, 1, 1), "--to: that is more than twenty years; ask for fewer"),
    ],
)
def test_a_stretch_of_days_that_is_none_is_bad_input(start: date, end: date, en: str) -> None:
    """The wrong way round, or longer than anybody plans."""
    with pytest.raises(BadInput) as caught:
        list(occasions(YEAR, BOOK, start, end))
    assert caught.value.en == en
