"""The first day on which no limit of time would stand in the way of an act, and where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from recruitment import Case, first_lawful_day, load_rulebooks
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_path

EDITIONS = load_rulebooks()
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
BY_CODE = {act.code: act for act in ACTS}
TODAY = date(2026, 11, 22)


def before(code: str, *, without: str | None = None, complete: bool = True) -> Case:
    """The regular file before that act, one act left out; it says whether everything is on record."""
    end = next(n for n, act in enumerate(ACTS) if act.code == code)
    acts = [act for act in ACTS[:end] if act.code != without]
    file = evolve(FILE, complete=complete)
    return review(EDITIONS, file, acts, today=TODAY, on_trust=None if complete else "旧档案")[-1].entered(EDITIONS)


@pytest.mark.parametrize(
    ("code", "asked", "first"),
    [
        # A year of cultivation since 5 December 2022, and a year of probation since the meeting of 20 May 2024.
        ("candidate", date(2023, 3, 1), date(2023, 12, 5)),
        ("conversion_meeting", date(2024, 12, 1), date(2025, 5, 20)),
    ],
)
def test_a_time_that_runs_names_the_day_after_it(code: str, asked: date, first: date) -> None:
    """Asked too early, the first day on which that time is over."""
    assert first_lawful_day(EDITIONS, before(code), evolve(BY_CODE[code], on=asked), today=TODAY) == first


@pytest.mark.parametrize(("code", "missing"), [("candidate", "activist"), ("conversion_meeting", "admission_meeting")])
def test_a_time_that_begins_on_no_known_day_names_none(code: str, missing: str) -> None:
    """Where the act is not on record from which the time counts, no day can be promised; where it is, one can."""
    act = evolve(BY_CODE[code], on=date(2026, 1, 5))
    assert first_lawful_day(EDITIONS, before(code, without=missing, complete=False), act, today=TODAY) is None
    assert first_lawful_day(EDITIONS, before(code, complete=False), act, today=TODAY) is not None


def test_what_is_not_known_but_a_day_hides_no_day() -> None:
    """A record that does not say who was heard leaves the first day of the candidate where it is."""
    act = BY_CODE["candidate"]
    silent = type(act)(on=act.on)
    assert first_lawful_day(EDITIONS, before("candidate"), silent, today=TODAY) == first_lawful_day(
        EDITIONS, before("candidate"), act, today=TODAY
    )
