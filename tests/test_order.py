"""What an act comes after and whether it may come again, in files where something is missing, undone or repeated."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from recruitment import Ruling, judge_correction, load_rulebooks
from recruitment.engine.findings import Check
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_act, read_path
from recruitment.record.acts import Act, Correct

EDITIONS = load_rulebooks()
FILE, ACTS = read_path(Path(__file__).parent.parent / "examples" / "dossiers" / "regular.json")[0]
BY_CODE = {act.code: act for act in ACTS}
TODAY = date(2026, 11, 22)


def upto(last: str, *, without: str | None = None) -> list[Act]:
    """The acts of the regular file up to one of them, one left out."""
    end = next(n for n, act in enumerate(ACTS) if act.code == last) + 1
    return [act for act in ACTS[:end] if act.code != without]


def on(day: date, code: str, **keys: Any) -> Act:
    """That act of the regular file on another day."""
    return evolve(BY_CODE[code], on=day, **keys)


def last_ruling(acts: list[Act]) -> Ruling:
    """The ruling on the last act of a file that is judged as a whole, however wrong it is."""
    return review(EDITIONS, FILE, acts, today=TODAY)[-1]


def checks(ruling: Ruling, rule: str = "order") -> dict[str | None, Check]:
    """What a rule found, by the act that it speaks of."""
    return {finding.check.about: finding.check for finding in ruling.findings if finding.rule.code == rule}


# ------------------------------------------------------------------------------------------- what is missing


def test_only_a_wrong_order_shows_behind_what_is_missing() -> None:
    """Where the filing is missing, the activist before it is in order and is no finding of the candidate."""
    found = checks(last_ruling(upto("candidate", without="activist_filing")))
    assert {about: check.note for about, check in found.items()} == {
        "activist_filing": "not-done",
        "mentors": "order",
        "inspection": "order",
    }


def test_a_wrong_order_shows_behind_what_is_missing() -> None:
    """Where the filing is missing, an activist decided on after the candidate is a finding of the candidate."""
    acts = upto("candidate", without="activist_filing")
    late = [on(date(2023, 12, 20), "activist") if act.code == "activist" else act for act in acts]
    found = checks(last_ruling(late))
    assert {about for about, check in found.items() if check.truth is False} == {"activist_filing", "activist"}
    assert (found["activist"].note, found["activist"].first_day) == ("order", date(2023, 12, 20))


def test_what_is_entered_later_is_told_with_its_day() -> None:
    """The filing that the candidate comes after is entered behind it: the first lawful day is that of the filing."""
    acts = [*upto("candidate", without="activist_filing"), on(date(2024, 1, 8), "activist_filing")]
    ruling = review(EDITIONS, FILE, acts, today=TODAY)[-2]
    assert ruling.act.code == "candidate"
    found = checks(ruling)["activist_filing"]
    assert (found.truth, found.note, found.first_day) == (False, "entered-later", date(2024, 1, 8))


# ------------------------------------------------------------------------------------------- what was undone

RETURNED = [*upto("activist"), on(date(2022, 12, 12), "activist_filing", outcome="returned")]
"""The filing came back on 12 December: who was decided on as an activist on the 5th is none."""


def test_what_was_undone_is_not_made_good_by_a_day_before() -> None:
    """A second decision dated before the filing came back makes nothing good: the next filing is refused by it."""
    acts = [*RETURNED, on(date(2022, 12, 8), "activist"), on(date(2022, 12, 20), "activist_filing")]
    ruling = last_ruling(acts)
    found = checks(ruling)["activist"]
    assert not ruling.admitted
    assert (found.truth, found.note, found.anchor) == (False, "not-made-good", date(2022, 12, 12))


def test_what_was_undone_is_made_good_by_the_first_day_since() -> None:
    """Of two appointments, one dated before the decision was undone and one after, the one after counts."""
    acts = [
        *RETURNED,
        on(date(2022, 12, 15), "activist"),
        on(date(2022, 12, 20), "activist_filing"),
        on(date(2022, 12, 9), "mentors"),
        on(date(2022, 12, 21), "mentors"),
        *(act for act in ACTS if act.code == "inspection"),
        BY_CODE["candidate"],
    ]
    # The appointment of the 9th stands in the round only if mentors stood before, which the return undid.
    acts.insert(3, on(date(2022, 12, 6), "mentors"))
    found = checks(last_ruling(acts))["mentors"]
    assert (found.truth, found.note, found.anchor) == (True, "order", date(2022, 12, 21))


# ------------------------------------------------------------------------------------------- once more


def test_a_vote_that_was_approved_does_not_lapse() -> None:
    """Eight months after a meeting that was approved another one is a second one, and no new vote after a lapse."""
    ruling = last_ruling([*upto("admission_approval"), on(date(2025, 1, 20), "admission_meeting")])
    (found,) = checks(ruling, "once").values()
    assert not ruling.admitted
    assert (found.truth, found.note, found.first_day) == (False, "twice", None)


def test_a_vote_that_was_not_approved_lapses() -> None:
    """On the last of the six months another meeting is a second one; on the day after it is a new vote."""
    for day, truth, note in ((date(2024, 11, 20), False, "not-lapsed"), (date(2024, 11, 21), True, "lapsed")):
        ruling = last_ruling([*upto("committee_talk"), on(day, "admission_meeting")])
        (found,) = checks(ruling, "once").values()
        assert (found.truth, found.note, found.limit) == (truth, note, date(2024, 11, 20))


def test_the_same_move_is_not_recorded_twice_and_any_other_act_beside_is() -> None:
    """Two transfers out on end are one; two postponements are two."""
    out = {"act": "transfer_out", "to": "示例第二党支部", "reported": "2022-12-20", "handed_over": True}
    first, second = (read_act({**out, "on": day}) for day in ("2022-12-20", "2022-12-21"))
    (found,) = checks(last_ruling([*upto("mentors"), first, second]), "once").values()
    assert (found.truth, found.note) == (False, "same-move")
    arrived = read_act({"act": "transfer_in", "on": "2024-12-01", "from_unit": "示例第三党支部"})
    put_off = [read_act({"act": "postpone_conversion", "on": f"2025-05-{day}", "months": 3}) for day in (14, 15)]
    (found,) = checks(last_ruling([*upto("conversion_application"), arrived, *put_off]), "once").values()
    assert (found.truth, found.note, found.anchor, found.about) == (True, "repeats", date(2025, 5, 14), None)


def test_a_second_approval_of_a_conversion_is_one_too_many_and_in_order() -> None:
    """The meeting that it answers is still done: `once` refuses the second approval, and `order` does not."""
    ruling = last_ruling([*upto("conversion_approval"), on(date(2025, 6, 12), "conversion_approval")])
    assert [finding.rule.code for finding in ruling.barring] == ["once"]
    assert {about: check.truth for about, check in checks(ruling).items()} == {"conversion_meeting": True}


def test_a_refused_act_has_no_following_case() -> None:
    """Whoever goes on from it nevertheless is told so; an audit enters it as it is."""
    ruling = last_ruling([*upto("admission_approval"), on(date(2025, 1, 20), "admission_meeting")])
    with pytest.raises(ValueError, match="admission_meeting was refused"):
        ruling.following(EDITIONS)
    assert len(ruling.entered(EDITIONS).acts) == len(ruling.case.acts) + 1


# ------------------------------------------------------------------------------------------- what moves nothing


def test_a_correction_stands_for_nothing() -> None:
    """Neither a correction nor the place of what it struck out is an act of the round."""
    case = last_ruling(upto("mentors")).entered(EDITIONS)
    strike = read_act({"act": "correct", "on": "2026-11-01", "reason": "记错档案", "index": 4, "with": None})
    assert isinstance(strike, Correct)
    found = judge_correction(EDITIONS, case, strike, today=TODAY).following(EDITIONS)
    assert [act.code for act in found.acts] == [
        "apply", "talk", "activist", "activist_filing", "struck", "correct",
    ]  # fmt: skip
    assert set(found.current) == {"apply", "talk", "activist", "activist_filing"}
