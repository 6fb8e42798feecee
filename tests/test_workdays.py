"""Working days: the built-in calendar with its make-up days, days that a caller supplies, and what is provisional."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_cases import Course, lawful

from recruitment import BadInput, Ruling, judge, load_rulebooks
from recruitment.audit.catalogue import load_practice
from recruitment.base.dates import (
    OFFICIAL,
    Days,
    announced,
    is_workday,
    last_workday,
    nth_workday,
    workdays_between,
)
from recruitment.cli.main import cli
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_act
from recruitment.law.branch_year import occasions
from recruitment.law.editions import Editions
from recruitment.presentation.findings.sentences import data
from recruitment.rulebooks.load import load_days, load_year

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
NEW_YEAR = Days(off=frozenset({date(2027, 1, 1)}), working=frozenset({date(2027, 1, 2)}), years=frozenset({2027}))
FILE = """
off = [2027-01-01]
working = [2027-01-02]
announced = [2027]
"""


def filed(editions: Editions, since: date, until: date, on: date, agreed: date | None = None) -> tuple[Ruling, Any]:
    """The ruling on a candidate's filing, and what its public notice comes to as JSON."""
    course = Course({"given": {"candidate": date(2026, 4, 20)}, "then": []}, None, None)
    act = lawful("candidate_filing", on)
    act["publicity"] |= {"agreed": (agreed or since).isoformat(), "from": since.isoformat(), "to": until.isoformat()}
    ruling = judge(editions, course.case, read_act(act), today=TODAY)
    (found,) = [f for f in ruling.findings if f.rule.code == "publicity-5-workdays"]
    return ruling, data(found, editions.named(ruling.edition))


def test_publicity_over_the_may_holidays() -> None:
    """From Friday 2026-05-01: off until 05-05, Saturday 05-09 is worked, and the fifth working day is 2026-05-11."""
    assert nth_workday(date(2026, 5, 1), 5) == date(2026, 5, 11)
    _, told = filed(EDITIONS, date(2026, 5, 1), date(2026, 5, 11), date(2026, 5, 11))
    assert (told["value"], told["compared"]["limit"]) == ("met", "2026-05-11")
    assert (told["provisional"], told["policies"]) == (False, [])


def test_supplied_days_go_before_the_built_in_calendar() -> None:
    """A day off is off though the calendar has it worked, and the other way round; the rest stays as it was."""
    days = Days(off=frozenset({date(2026, 5, 6)}), working=frozenset({date(2026, 5, 2)}))
    assert [is_workday(day, days) for day in (date(2026, 5, 6), date(2026, 5, 2))] == [False, True]
    assert [is_workday(day) for day in (date(2026, 5, 6), date(2026, 5, 2))] == [True, False]
    assert nth_workday(date(2026, 5, 1), 5, days) == date(2026, 5, 11)
    assert workdays_between(date(2026, 5, 1), date(2026, 5, 10), days) == 4
    assert last_workday(date(2026, 5, 1), date(2026, 5, 5), days) == date(2026, 5, 2)
    assert (announced(2026, days), announced(2027, days), announced(2027, NEW_YEAR)) == (True, False, True)


@pytest.mark.parametrize("days", [OFFICIAL, Days(off=frozenset({date(2027, 1, 1)}))])
def test_a_year_that_is_not_announced_is_provisional(days: Days) -> None:
    """The finding says so in words and as a value, also where somebody knows a single day of that year."""
    _, told = filed(load_rulebooks(days=days), date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 8))
    assert (told["value"], told["provisional"]) == ("met", True)
    assert "工作日为暂算" in told["zh"]
    assert "the count is provisional" in told["en"]


def test_a_supplied_calendar_is_announced_and_counts() -> None:
    """With the days of 2027, Saturday 2 January is worked and 1 January is off; nothing is provisional."""
    since, until = date(2026, 12, 29), date(2027, 1, 4)
    plain, told = filed(EDITIONS, since, until, date(2027, 1, 4))
    assert (plain.admitted, told["compared"]["limit"], told["provisional"]) == (True, "2027-01-04", True)
    ruling, told = filed(load_rulebooks(days=NEW_YEAR), since, until, date(2027, 1, 4))
    assert (ruling.admitted, told["compared"]["limit"], told["provisional"]) == (True, "2027-01-04", False)
    assert told["compared"]["actual"] == 5
    assert "provisional" not in told["en"]
    worked = Days(working=NEW_YEAR.working, years=NEW_YEAR.years)
    assert filed(load_rulebooks(days=worked), since, until, date(2027, 1, 4))[1]["compared"]["actual"] == 6


def test_a_notice_that_runs_into_such_a_year_is_provisional_and_says_both() -> None:
    """Also where its last day alone lies there, and where something else is the matter with it, too."""
    _, told = filed(EDITIONS, date(2026, 12, 21), date(2027, 1, 8), date(2027, 1, 8))
    assert (told["compared"]["limit"], told["provisional"]) == ("2026-12-25", True)
    _, told = filed(EDITIONS, date(2026, 12, 21), date(2027, 1, 8), date(2027, 1, 8), agreed=date(2026, 12, 22))
    assert (told["value"], told["provisional"]) == ("unmet", True)
    assert "began before the higher committee agreed" in told["en"]
    assert "the count is provisional" in told["en"]
    _, told = filed(EDITIONS, date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 8), agreed=date(2026, 6, 2))
    assert (told["value"], told["provisional"]) == ("unmet", False)


def test_other_findings_are_not_provisional() -> None:
    """Only a count of working days can be."""
    ruling, _ = filed(EDITIONS, date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 8))
    assert [f.rule.code for f in ruling.findings if f.check.provisional] == ["publicity-5-workdays"]


def test_days_belong_to_the_content_of_a_rulebook() -> None:
    """With days it is another rulebook; without any the hash stays; the same days are read once."""
    editions = load_rulebooks(days=NEW_YEAR)
    assert editions is load_rulebooks(days=Days(NEW_YEAR.off, NEW_YEAR.working, NEW_YEAR.years))
    assert load_rulebooks(days=Days()) is EDITIONS
    hashes = {
        load_rulebooks(days=days).rulebooks[-1].content_hash for days in (OFFICIAL, NEW_YEAR, Days(NEW_YEAR.working))
    }
    assert len(hashes) == 3
    assert editions.composed(editions.rulebooks[0], ["guizhou-2015"]).days is NEW_YEAR
    both = load_rulebooks(days=NEW_YEAR, policies={"first-publicity-day": "not"})
    assert both.rulebooks[0].content_hash not in {editions.rulebooks[0].content_hash, *hashes}


def test_the_year_and_the_auditors_look_at_the_same_calendar() -> None:
    """A supplied day off is a day of rest for a meeting of the branch, and for an act that is dated on it."""
    friday = date(2027, 1, 22)
    editions = load_rulebooks(days=Days(off=frozenset({friday})))
    for shelf, rest in ((EDITIONS, False), (editions, True)):
        found = occasions(load_year(shelf), shelf.rulebooks[-1], friday, friday)
        assert {each.rest for each in found} == {rest}
        course = Course({"given": {"apply": friday}, "then": []}, None, None)
        rulings = review(shelf, course.case.file, course.case.acts, today=TODAY)
        rules = [f.rule.code for f in load_practice(shelf).findings(rulings) if f.value == "unmet"]
        assert ("practice-rest-day" in rules) is rest, rules


# ------------------------------------------------------------------------------------------- a file of days


def test_a_file_of_days_is_read(tmp_path: Path) -> None:
    """Days off, working days and the years that are announced."""
    (tmp_path / "days.toml").write_text(FILE, encoding="utf-8")
    assert load_days(tmp_path / "days.toml") == NEW_YEAR


BROKEN = {
    "a key misspelt": (
        "holidays = [2027-01-01]\nof = []",
        [
            "days.toml: holidays: this key is not known here; known are announced, off, working",
            "days.toml: of: this key is not known here; did you mean off?",
        ],
    ),
    "a text for a day": (
        'off = ["New Year"]',
        ["days.toml: off[0]: 'New Year' is not a date; write it as YYYY-MM-DD with ordinary digits"],
    ),
    "a day with an hour": (
        "off = [2027-01-01T08:00:00]",
        ["days.toml: off[0]: 2027-01-01T08:00:00 is a day with a time of day; write the day alone"],
    ),
    "a day for a year": (
        "announced = [2027-01-01]",
        ["days.toml: announced[0]: 2027-01-01 is not a whole number from 0 to 1000000"],
    ),
    "a year out of range": (
        "announced = [27]",
        ["days.toml: announced: 27 is outside 1921 to 2199; correct the year"],
    ),
    "a day twice": (
        "off = [2027-01-01, 2027-01-01]",
        ["days.toml: off: 2027-01-01 is written more than once; keep one"],
    ),
    "a day under both": (
        "off = [2027-01-01]\nworking = [2027-01-01]",
        ["days.toml: off: 2027-01-01 is under working too; keep one"],
    ),
    "nothing": ("", ["days.toml: it names no day and no year; write off, working or announced"]),
    "not TOML": ("off = [", ["days.toml: this is not TOML: Invalid value (at end of document)"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_days_is_answered_with_its_faults(name: str, tmp_path: Path) -> None:
    """Each fault names the file and the place and says what to write instead; all of them at once."""
    content, words = BROKEN[name]
    (tmp_path / "days.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        load_days(tmp_path / "days.toml")
    assert [fault.words("en") for fault in raised.value.faults] == words
    assert all(any("\u4e00" <= c <= "\u9fff" for c in fault.label.zh) for fault in raised.value.faults)


# ------------------------------------------------------------------------------------------- at the command line


def run(*arguments: str, **env: str) -> Result:
    """A command in English."""
    result = CliRunner().invoke(cli, list(arguments), env={"LC_ALL": "C.UTF-8", **env})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_command_takes_a_file_of_days(tmp_path: Path) -> None:
    """By the option, or else by the environment; a file that cannot be read is one sentence."""
    path = tmp_path / "days.toml"
    path.write_text(FILE, encoding="utf-8")

    def hashes(*words: str, **env: str) -> list[str]:
        editions = json.loads(run("rules", "--check", "--json", *words, **env).stdout)["editions"]
        return [row["book"] for row in editions]

    wanted = [rulebook.content_hash for rulebook in load_rulebooks(days=NEW_YEAR).rulebooks]
    assert hashes() == [rulebook.content_hash for rulebook in EDITIONS.rulebooks]
    assert hashes("--workdays", str(path)) == wanted
    assert hashes(RECRUITMENT_WORKDAYS=str(path)) == wanted
    for name, words in (
        (str(tmp_path / "none.toml"), "none.toml: the file cannot be read; put it back"),
        (" ", "--workdays: the path is empty; name the file of days"),
    ):
        result = run("rules", "--workdays", name)
        assert result.exit_code == 2
        assert words in result.output
