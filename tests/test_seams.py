"""The seams between the editions, one day either side: the same act, two verdicts; anchors count across the seam."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from strategies import BRANCH_COMMITTEE, evidence

from recruitment import Case, Ruling, judge, load_rulebooks, open_case
from recruitment.engine.judging import review
from recruitment.formats.dossier.documents import read_act, read_file

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
LAST_BEFORE, FIRST_2014 = date(2014, 5, 27), date(2014, 5, 28)
LAST_2014, FIRST_2026 = date(2026, 5, 10), date(2026, 5, 11)
CROSS_CUTTING = {"order", "not-in-future", "once", "edition-unknown"}
NO_ORGANIZATION = {"tie": "competent_department", "unit": "without_organization"}
"""A door that is open to mobile persons only until 2026, and to everybody from then on."""


def opened(**facts: Any) -> Case:
    """A file without acts."""
    base = {"id": "f-1", "name": "申请人甲", "born": "1980-02-28", "branch": {"under": []}, "acts": []}
    return open_case(EDITIONS, read_file({**base, **facts})[0])


def asked(case: Case, code: str, on: date, outcome: str = "", **change: Any) -> Ruling:
    """The ruling on an act with lawful evidence, or with some of it changed; None takes a key away."""
    given = evidence(code, outcome, on)
    if on < FIRST_2026 and case.file.edition is None:
        given.pop(
            "publicity", None
        )  # the edition of 2014 asks for no notice, and one before the decision contradicts it
    data = {**given, **change}
    if not outcome:
        data.pop("outcome", None)
    return judge(EDITIONS, case, read_act({key: v for key, v in data.items() if v is not None}), today=TODAY)


def walked(case: Case, *steps: tuple[str, date], **change: Any) -> Case:
    """The case after lawful acts."""
    for code, on in steps:
        ruling = asked(case, code, on, **change)
        assert ruling.admitted, [(f.rule.code, f.value) for f in ruling.barring]
        case = ruling.following(EDITIONS)
    return case


def values(ruling: Ruling, code: str) -> list[str]:
    """What a rule found, sorted."""
    return sorted(finding.value for finding in ruling.findings if finding.rule.code == code)


def filed(agreed: date, **facts: Any) -> Case:
    """A file up to the candidate, determined on that day."""
    year = date(agreed.year - 2, 1, 15)
    steps = [(code, year) for code in ("apply", "talk", "activist", "activist_filing", "mentors", "inspection")]
    return walked(opened(**facts), *steps, ("candidate", agreed))


def admitted(pre_review: date, **facts: Any) -> Case:
    """A file up to the application form, with the pre-review passed on that day; filed under the edition of 2014."""
    start = date(pre_review.year, 1, 10)
    case = filed(start, **facts)
    case = walked(case, *((code, start) for code in ("candidate_filing", "sponsors", "political_review", "training")))
    return walked(case, ("committee_review", start), ("pre_review", pre_review), ("application_form", pre_review))


# ------------------------------------------------------------------------------------------- 2026-05-10 and 11


@pytest.mark.parametrize(
    ("on", "edition", "value"),
    [(LAST_2014, "2014", "unmet"), (FIRST_2026, "2026", "met")],
    ids=["before", "after"],
)
def test_the_same_application_is_refused_one_day_and_lawful_the_next(on: date, edition: str, value: str) -> None:
    """A unit without organization opens its competent department to everybody from 2026-05-11."""
    ruling = asked(opened(), "apply", on, **NO_ORGANIZATION)
    assert ruling.edition == edition
    assert values(ruling, "right-organization") == [value]
    assert ruling.admitted is (value == "met")


def test_the_same_filing_is_lawful_one_day_and_refused_the_next() -> None:
    """Filed is enough until 2026-05-10; from 05-11 the higher committee agrees, and there is publicity."""
    case = filed(date(2026, 5, 6))
    before, after = (asked(case, "candidate_filing", on, "filed", publicity=None) for on in (LAST_2014, FIRST_2026))
    assert (before.edition, before.admitted, values(before, "candidate-filed")) == ("2014", True, ["met"])
    assert (after.edition, after.admitted) == ("2026", False)
    assert {f.rule.code for f in after.barring} == {
        "candidate-agreed", "publicity-5-workdays", "publicity-place", "publicity-clear",
    }  # fmt: skip
    assert values(after, "candidate-filed") == []
    assert values(before, "publicity-5-workdays") == []


def test_rules_that_are_new_are_silent_the_day_before() -> None:
    """Topics of the talk, training by video and sponsors lately sanctioned: nothing on 05-10, judged on 05-11."""
    sponsors = [{"name": name, "standing": "full", "sanction": "in_effect"} for name in ("党员乙", "党员丙")]
    candidate = walked(filed(date(2026, 4, 1)), ("candidate_filing", date(2026, 4, 20)))
    new: list[tuple[Case, str, dict[str, Any], str]] = [
        (walked(opened(), ("apply", date(2026, 5, 1))), "talk", {"topics": []}, "talk-topics"),
        (candidate, "training", {"from": "2026-05-01", "mode": "video"}, "training-in-person"),
        (candidate, "sponsors", {"people": sponsors}, "sponsors-not-sanctioned-lately"),
    ]
    for case, code, change, name in new:
        assert values(asked(case, code, LAST_2014, **change), name) == [], name
        assert values(asked(case, code, FIRST_2026, **change), name) == ["unmet"], name


def test_the_political_review_covers_more_from_the_first_day() -> None:
    """Four subjects do on 2026-05-10 and are two too few on 05-11."""
    case = walked(filed(date(2026, 4, 1)), ("candidate_filing", date(2026, 4, 20)))
    found = {on: asked(case, "political_review", on, "passed", subjects=4) for on in (LAST_2014, FIRST_2026)}
    assert {on: values(ruling, "review-subjects") for on, ruling in found.items()} == {
        LAST_2014: ["met"], FIRST_2026: ["unmet"],
    }  # fmt: skip


def test_an_anchor_counts_whatever_edition_it_was_done_under() -> None:
    """An activist of 2025-05-11, under the edition of 2014, is a candidate from 2026-05-11 and not from 05-10."""
    first = date(2025, 5, 11)
    steps = [(code, first) for code in ("apply", "talk", "activist", "activist_filing", "mentors", "inspection")]
    case = walked(opened(), *steps)
    before, after = (asked(case, "candidate", on, "agreed") for on in (LAST_2014, FIRST_2026))
    assert (before.edition, values(before, "cultivation-1-year"), before.admitted) == (
        "2014",
        ["unmet"],
        False,
    )
    assert (after.edition, values(after, "cultivation-1-year"), after.admitted) == ("2026", ["met"], True)
    check = next(f.check for f in before.findings if f.rule.code == "cultivation-1-year")
    assert check.first_day == FIRST_2026


def test_a_limit_that_stood_before_runs_on_over_the_seam() -> None:
    """The month of the talk is in both editions: it runs from the receipt, and does not start anew."""
    case = walked(opened(), ("apply", date(2026, 4, 20)))
    assert values(asked(case, "talk", date(2026, 5, 20)), "talk-within-1-month") == ["met"]
    assert values(asked(case, "talk", date(2026, 5, 21)), "talk-within-1-month") == ["unmet"]


@pytest.mark.parametrize("passed", [date(2026, 4, 1), date(2026, 5, 1), LAST_2014, FIRST_2026])
def test_a_new_limit_never_starts_before_the_edition_is_in_force(passed: date) -> None:
    """However early the pre-review passed, the month to the meeting ends on 2026-06-11 at the earliest."""
    case = admitted(passed)
    for on, value in ((LAST_2014, []), (date(2026, 6, 11), ["met"]), (date(2026, 6, 12), ["unmet"])):
        if on >= passed:
            assert values(asked(case, "admission_meeting", on, "passed"), "meeting-within-1-month") == value


def test_a_new_limit_after_the_seam_starts_at_its_anchor() -> None:
    """A pre-review passed on 2026-05-12 leaves until 06-12."""
    case = admitted(date(2026, 5, 12))
    assert values(asked(case, "admission_meeting", date(2026, 6, 12), "passed"), "meeting-within-1-month") == ["met"]
    late = asked(case, "admission_meeting", date(2026, 6, 13), "passed")
    assert values(late, "meeting-within-1-month") == ["unmet"]


def test_a_pinned_edition_counts_as_in_force_throughout() -> None:
    """Pinned to 2026 a file of earlier days is judged by it; pinned to 2014 a later one by that."""
    case = opened(edition="2026")
    ruling = asked(case, "apply", date(2013, 3, 1), **NO_ORGANIZATION)
    assert (ruling.edition, ruling.admitted, values(ruling, "edition-unknown")) == ("2026", True, [])
    ruling = asked(opened(edition="2014"), "apply", date(2026, 6, 1), **NO_ORGANIZATION)
    assert (ruling.edition, ruling.admitted) == ("2014", False)


def test_a_new_limit_of_a_pinned_edition_starts_at_its_anchor() -> None:
    """Pinned to 2026 the month from a pre-review of 2026-04-01 ends on 05-01, not a month after the edition."""
    start = date(2026, 1, 10)
    case = filed(start, edition="2026")
    ruling = asked(case, "candidate_filing", date(2026, 2, 27), "agreed")
    assert ruling.admitted, ruling.barring
    case = ruling.following(EDITIONS)
    for code in ("sponsors", "political_review", "training", "committee_review"):
        case = walked(case, (code, date(2026, 2, 27)))
    case = walked(case, ("pre_review", date(2026, 4, 1)), ("application_form", date(2026, 4, 1)))
    assert values(asked(case, "admission_meeting", date(2026, 5, 1), "passed"), "meeting-within-1-month") == ["met"]
    assert values(asked(case, "admission_meeting", date(2026, 5, 2), "passed"), "meeting-within-1-month") == ["unmet"]


# ------------------------------------------------------------------------------------------- 2014-05-27 and 28


def test_before_the_first_edition_only_what_cuts_across_is_judged() -> None:
    """An unlawful application is recorded on 2014-05-27 with one unknown advice, and refused on 05-28."""
    change: dict[str, Any] = {**NO_ORGANIZATION, "papers": []}
    before, after = (asked(opened(), "apply", on, **change) for on in (LAST_BEFORE, FIRST_2014))
    assert {finding.rule.code for finding in before.findings} <= CROSS_CUTTING
    assert values(before, "edition-unknown") == ["unknown"]
    assert [f.force for f in before.findings if f.rule.code == "edition-unknown"] == ["advice"]
    assert before.admitted
    assert values(after, "edition-unknown") == []
    assert {f.rule.code for f in after.barring} == {"right-organization", "application-in-writing"}


def test_what_cuts_across_is_judged_before_the_first_edition_too() -> None:
    """Order and repetition hold in 2013 as ever."""
    day = date(2013, 3, 1)
    assert {f.rule.code for f in asked(opened(), "talk", day).barring} == {"order"}
    case = walked(opened(), ("apply", day))
    assert {f.rule.code for f in asked(case, "apply", day).barring} == {"once"}
    early = asked(case, "talk", date(2013, 2, 28))
    assert {f.rule.code for f in early.barring} == {"order"}


def test_an_act_before_the_first_edition_serves_as_an_anchor() -> None:
    """Activist on 2013-06-01: a candidate from 2014-06-01 by the edition of 2014, and not the day before."""
    day = date(2013, 6, 1)
    steps = [(code, day) for code in ("apply", "talk", "activist", "activist_filing", "mentors", "inspection")]
    case = walked(opened(), *steps)
    assert values(asked(case, "candidate", date(2014, 5, 31), "agreed"), "cultivation-1-year") == ["unmet"]
    assert values(asked(case, "candidate", date(2014, 6, 1), "agreed"), "cultivation-1-year") == ["met"]
    # On the last day before the edition nobody asks.
    assert values(asked(case, "candidate", LAST_BEFORE, "agreed"), "cultivation-1-year") == []


def early_file() -> list[Ruling]:
    """The review of a file with three acts before the first edition and one after it."""
    file = opened().file
    days = [("apply", date(2013, 1, 5)), ("talk", date(2013, 1, 20)), ("activist", LAST_BEFORE)]
    days.append(("activist_filing", FIRST_2014))
    acts = [read_act({k: v for k, v in evidence(code, "", on).items() if k != "outcome"}) for code, on in days]
    return list(review(EDITIONS, file, acts, today=TODAY))


def test_a_file_with_early_acts_says_so_and_no_more() -> None:
    """Acts before the first edition bring nothing but cross-cutting findings; the first act after it is judged."""
    *early, late = early_file()
    for ruling in early:
        assert {finding.rule.code for finding in ruling.findings} <= CROSS_CUTTING
        assert ruling.unmet == ()
    assert values(early[0], "edition-unknown") == ["unknown"]
    assert values(late, "edition-unknown") == []
    assert values(late, "activist-filed") == ["met"]


def test_a_file_says_once_that_its_edition_is_not_encoded() -> None:
    """Of all acts before the first edition exactly one carries the unknown advice."""
    found = [f for ruling in early_file() for f in ruling.findings if f.rule.code == "edition-unknown"]
    assert len(found) == 1


# ------------------------------------------------------------------------------------------- a rule's own beginning


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2018, 10, 27), []), (date(2018, 10, 28), ["unmet"])], ids=["before", "after"]
)
@pytest.mark.parametrize("edition", [None, "2014", "2026"])
def test_the_quorum_of_the_committee_holds_from_its_own_day(on: date, expected: list[str], edition: str | None) -> None:
    """The regulations on branches are in force from 2018-10-28, whatever edition judges or is pinned."""
    day = date(2018, 10, 1)
    case = walked(opened(edition=edition), ("apply", day), ("talk", day))
    few = {**BRANCH_COMMITTEE, "present": 2}
    ruling = asked(case, "activist", on, "chosen", meeting=few)
    assert values(ruling, "branch-committee-quorum") == expected
    assert ruling.admitted is (expected == [])
