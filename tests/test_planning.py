"""The plan: earliest and latest days by the guards alone, meetings, wishes, suppositions; nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import first_days
from test_cases import lawful

from recruitment import BoundCase, Case, judge, load_rulebooks, open_case
from recruitment.base.dates import announced
from recruitment.base.errors import BadInput
from recruitment.forecast.plan.forward import Forward, StepPlace
from recruitment.forecast.plan.planner import default_goal, plan, suppose, wished
from recruitment.forecast.plan.steps import Plan, PlanStep
from recruitment.forecast.status import status_of
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.ledger.office import Office
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.presentation.plan_words import NOTES, plan_data

EDITIONS = load_rulebooks()
FAR = date(2199, 12, 31)
DAY = timedelta(days=1)
SEAMS = [rulebook.in_force for rulebook in EDITIONS.rulebooks]
Acts = list[tuple[Any, ...]]


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def file_with(acts: Acts, **facts: Any) -> Case:
    """A file of lawful acts: code, day, and an outcome or more evidence where it matters."""
    given = {"id": "f-1", "name": "申请人甲", "born": "1980-02-28", "branch": {"under": []}, "member_of": [], **facts}
    file, _ = read_file({**given, "acts": []})
    case = open_case(EDITIONS, file)
    for code, on, *more in acts:
        case = entered(case, act(case, code, day(on), *more))
    return case


def act(case: Case, code: str, on: date, outcome: str | None = None, **more: Any) -> dict[str, Any]:
    """An act with lawful evidence."""
    local = bool(case.file.overlays)
    data = {**lawful(code, on, case.day("admission_meeting"), outcome, local=local), **more}
    asked = local or (case.file.edition == "2026" if case.file.edition else on >= SEAMS[-1])
    if code == "candidate_filing" and not asked and "publicity" not in more:
        data.pop("publicity", None)  # no notice was asked for then, and one from before the decision contradicts it
    return data


def entered(case: Case, data: dict[str, Any]) -> Case:
    """The case with the act, which must be admitted."""
    ruling = judge(EDITIONS, case, read_act(data), today=FAR)
    assert ruling.admitted, (data, [(finding.rule.code, finding.check) for finding in ruling.barring])
    return ruling.following(EDITIONS)


def course(until: str, on: dict[str, str], **facts: Any) -> Case:
    """A file up to an act, the days that are not given being those of the act before."""
    order = [procedure.code for procedure in EDITIONS.rulebooks[0].procedures]
    acts: Acts = []
    last = on["apply"]
    for code in order[: order.index(until) + 1]:
        last = on.get(code, last)
        acts.append((code, last))
    return file_with(acts, **facts)


def step(found: Plan, code: str, number: int = 0) -> PlanStep:
    """The step of that code."""
    return [one for one in found.steps if one.procedure.code == code][number]


def planned(case: Case, today: str, **more: Any) -> Plan:
    """A plan."""
    return plan(EDITIONS, case, today=day(today), **more)


def codes(one: PlanStep) -> list[str]:
    """The codes of its notes."""
    return [note.code for note in one.notes]


USUAL = {"apply": "2022-01-10", "candidate": "2023-03-01"}


# ------------------------------------------------------------------------------------------- the law's numbers


def test_a_year_of_cultivation_comes_before_the_candidate() -> None:
    """Activist on 2023-03-01, candidate from 2024-03-01 and not after 365 days; the article stands beside it."""
    found = planned(course("activist", {"apply": "2023-03-01"}), "2023-03-02")
    candidate = step(found, "candidate")
    assert (candidate.earliest, candidate.earliest_by) == (day("2024-03-01"), "cultivation-1-year")
    assert candidate.first is not None
    assert candidate.first.rule.citation.articles == ("12", "13")
    assert candidate.latest is None
    assert [one.procedure.number for one in found.steps] == [4, 5, 6, 6, *range(7, 26)]


def test_each_half_year_has_an_inspection_of_its_own() -> None:
    """From 2023-08-31 the half-years end on 2024-02-29 and 2024-08-31, the first of them clamped."""
    found = planned(course("mentors", {"apply": "2023-08-31"}), "2023-08-31")
    inspections = [one for one in found.steps if one.procedure.code == "inspection"]
    assert [one.period for one in inspections] == [
        (day("2023-09-01"), day("2024-02-29")),
        (day("2024-03-01"), day("2024-08-31")),
    ]
    assert [one.latest for one in inspections] == [day("2024-02-29"), day("2024-08-31")]
    assert {one.latest_by for one in inspections} == {"inspection-every-half-year"}
    assert {one.conditional for one in inspections} == {"satisfactory"}
    assert step(found, "candidate").earliest == day("2024-08-31")


def test_a_half_year_that_has_passed_is_told_and_not_planned() -> None:
    """What cannot be made up is a warning; an inspection that the order asks for is planned all the same."""
    found = planned(course("mentors", {"apply": "2023-03-01"}), "2024-05-01")
    missed = [note for note in step(found, "candidate").notes if note.code == "missed"]
    assert [(note.day, note.until) for note in missed] == [
        (day("2023-03-02"), day("2023-09-01")),
        (day("2023-09-02"), day("2024-03-01")),
    ]
    assert len([one for one in found.steps if one.procedure.code == "inspection"]) == 1


def test_probation_ends_a_year_after_the_meeting() -> None:
    """Admission meeting 2023-06-10, conversion meeting from 2024-06-10, whenever the approval came."""
    case = course("conversion_application", {**USUAL, "admission_meeting": "2023-06-10"})
    meeting = step(planned(case, "2023-07-01"), "conversion_meeting")
    assert (meeting.earliest, meeting.earliest_by) == (day("2024-06-10"), "probation-1-year")
    assert "promptly" in codes(meeting)


def test_an_extension_brings_the_last_acts_anew() -> None:
    """Admission 2024-02-29 and 6 months more: 18 months from the meeting are 2025-08-29; 21 to 24 come again."""
    case = course("conversion_application", {**USUAL, "admission_meeting": "2024-02-29"})
    case = entered(case, act(case, "conversion_meeting", day("2025-03-01"), "extend", months=6))
    found = planned(case, "2025-03-02")
    assert codes(step(found, "conversion_approval")) == ["extends", "rest-day"]
    assert [one.procedure.number for one in found.steps] == [24, 21, 22, 23, 24, 25]
    assert step(found, "conversion_meeting").earliest == day("2025-08-29")
    after = entered(case, act(case, "conversion_approval", day("2025-03-10")))
    assert step(planned(after, "2025-03-11"), "conversion_meeting").earliest == day("2025-08-29")


def test_a_cancellation_ends_the_plan() -> None:
    """After the approval of a cancellation nothing is still to come, and the plan says so."""
    case = course("conversion_application", {**USUAL, "admission_meeting": "2024-02-29"})
    case = entered(case, act(case, "conversion_meeting", day("2024-06-01"), "cancel", ground="discipline"))
    found = planned(case, "2024-06-03")
    assert [one.procedure.code for one in found.steps] == ["conversion_approval"]
    assert "ends" in codes(found.steps[0])


@pytest.mark.parametrize(
    ("passed", "last"), [("2026-06-30", "2026-07-30"), ("2026-05-01", "2026-06-11")], ids=["in-force", "new-limit"]
)
def test_the_meeting_is_held_within_a_month(passed: str, last: str) -> None:
    """A pre-review of 2026-06-30 wants its meeting by 07-30; the new limit never starts before the edition does."""
    case = course("application_form", {**USUAL, "pre_review": passed})
    meeting = step(planned(case, passed), "admission_meeting")
    assert (meeting.latest, meeting.latest_by) == (day(last), "meeting-within-1-month")
    pinned = course("application_form", {**USUAL, "pre_review": passed}, edition="2014")
    assert step(planned(pinned, passed), "admission_meeting").limits == ()


def test_the_oath_is_taken_within_a_month_of_the_reply() -> None:
    """Reply 2026-09-10, oath by 2026-10-10; later it needs a reason."""
    case = course("superior_filing", {**USUAL, "admission_meeting": "2026-09-10"})
    oath = step(planned(case, "2026-09-11"), "oath")
    assert (oath.latest, oath.latest_by) == (day("2026-10-10"), "oath-within-1-month")
    early = step(planned(course("committee_talk", {**USUAL, "admission_meeting": "2026-09-10"}), "2026-09-11"), "oath")
    assert early.first is not None
    assert (early.first.rule.code, early.first.edition) == ("oath-after-approval", "2026")
    late = step(planned(case, "2026-11-01"), "oath")
    assert late.earliest == day("2026-11-01")
    assert "late" in codes(late)


def test_an_approval_has_two_limits() -> None:
    """Meeting 2025-11-30: approval by 2026-02-28, at most 2026-05-30."""
    case = course("committee_talk", {**USUAL, "admission_meeting": "2025-11-30"})
    approval = step(planned(case, "2025-12-01"), "admission_approval")
    assert [(limit.day, limit.rule.code, limit.force) for limit in approval.limits] == [
        (day("2026-02-28"), "approval-within-3-months", "duty"),
        (day("2026-05-30"), "approval-within-6-months", "bar"),
    ]


def test_a_resolution_that_has_lapsed_is_voted_on_anew() -> None:
    """After six months nobody may approve; the meeting and the talk come again, and the plan says why."""
    case = course("committee_talk", {**USUAL, "admission_meeting": "2025-11-30"})
    found = planned(case, "2026-06-08")
    assert [one.procedure.number for one in found.steps[:3]] == [15, 16, 17]
    assert codes(found.steps[0])[0] == "again"
    assert step(found, "conversion_meeting").earliest == day("2027-06-08")


def test_a_postponed_conversion_has_its_limit() -> None:
    """Within six months of the end of probation; later it is late, and still to be held."""
    case = course("conversion_application", {**USUAL, "admission_meeting": "2024-03-10"})
    for code, on in (("transfer_in", "2024-09-01"), ("postpone_conversion", "2025-03-10")):
        case = entered(case, act(case, code, day(on)))
    meeting = step(planned(case, "2025-04-01"), "conversion_meeting")
    assert (meeting.latest, meeting.latest_by) == (day("2025-09-10"), "postponed-meeting-in-time")
    late = planned(case, "2025-09-11")
    assert step(late, "conversion_meeting").earliest == day("2025-09-11")
    assert codes(step(late, "conversion_meeting")) == ["late", "promptly"]


def test_the_listing_waits_for_five_working_days() -> None:
    """With the real calendar: from Monday 2026-06-01 it is 06-05, from Friday 2026-05-01 it is 05-11."""
    case = course("candidate", {"apply": "2024-01-10", "candidate": "2026-06-01"})
    filing = step(planned(case, "2026-06-01"), "candidate_filing")
    assert (filing.earliest, filing.earliest_by) == (day("2026-06-05"), "publicity-5-workdays")
    assert not filing.provisional
    pinned = course("candidate", {"apply": "2024-01-10", "candidate": "2026-05-01"}, edition="2026")
    assert step(planned(pinned, "2026-05-01"), "candidate_filing").earliest == day("2026-05-11")


def test_a_calendar_that_is_not_announced_makes_the_days_provisional() -> None:
    """So does what rests on such a day; in an edition without working days nothing is provisional."""
    case = course("candidate", {"apply": "2030-01-10", "candidate": "2032-06-01"})
    assert not announced(2032)
    found = planned(case, "2032-06-01")
    assert {one.procedure.code for one in found.steps if not one.provisional} == set()
    pinned = course("candidate", {"apply": "2030-01-10", "candidate": "2032-06-01"}, edition="2014")
    assert not any(one.provisional for one in planned(pinned, "2032-06-01").steps)


def test_a_limit_of_a_later_edition_holds_for_what_waits_until_then() -> None:
    """An approval a week before the edition of 2026: an oath that waits meets that edition's limit."""
    case = course("superior_filing", {**USUAL, "admission_meeting": "2026-05-04"})
    oath = step(planned(case, "2026-05-05"), "oath")
    assert (oath.earliest, oath.latest, oath.limits[0].edition) == (day("2026-05-05"), day("2026-06-11"), "2026")


def test_what_a_record_lacks_hides_no_first_day() -> None:
    """Who will talk is not known yet; the day from which the talk may come is, and the outlook names it."""
    case = course("application_form", {**USUAL, "pre_review": "2025-06-30"})
    view = status_of(EDITIONS, case, today=day("2025-07-01"))
    assert {item.procedure.code: item.first_day for item in view.next}["committee_talk"] == day("2025-06-30")


# ------------------------------------------------------------------------------------------- detours and ends


def test_an_ended_file_has_no_plan() -> None:
    """It says how it ended, and when."""
    case = course("talk", {"apply": "2023-01-10"})
    case = entered(case, act(case, "withdraw", day("2023-02-01")))
    found = planned(case, "2023-03-01")
    assert found.steps == ()
    assert found.ended == ("withdrew", day("2023-02-01"))


def test_what_the_record_does_not_say_is_said() -> None:
    """After a transfer whose papers nobody says were examined, the year of cultivation cannot be reckoned."""
    case = course("inspection", {"apply": "2023-03-01"})
    data = act(case, "transfer_in", day("2023-06-02"))
    del data["examined"]
    case = entered(case, data)
    assert "unknown" in codes(step(planned(case, "2023-07-01"), "candidate"))


def test_the_plan_promises_no_decision() -> None:
    """Each act that a body decides says so, an inspection by its result; the others depend on nobody's word."""
    found = planned(course("apply", {"apply": "2024-01-10"}), "2024-01-11")
    decided = {one.procedure.number for one in found.steps if one.depends_on_meeting}
    assert decided == {3, 4, 7, 8, 10, 12, 13, 15, 17, 23, 24}
    assert {one.procedure.number for one in found.steps if one.conditional == "satisfactory"} == {6, 21}
    data = plan_data(found, EDITIONS, EDITIONS.rulebooks[0])
    said = {one["number"]: one["if"] and one["if"]["en"] for one in data["steps"]}
    assert said[15] == "if the general meeting of the branch so decides"
    assert said[6] == "if satisfactory"
    assert said[9] is None


# ------------------------------------------------------------------------------------------- meetings


def test_what_a_meeting_decides_falls_on_its_day() -> None:
    """The general meeting's acts wait for it; what a meeting's limit counts from waits so that the limit is kept."""
    case = course("training", {**USUAL, "candidate": "2026-05-20", "candidate_filing": "2026-06-11"})
    held = {"general_meeting": [day("2027-09-24"), day("2026-09-25"), day("2027-12-24")]}
    found = planned(case, "2026-06-12", meetings=held)
    assert step(found, "admission_meeting").earliest == day("2026-09-25")
    assert step(found, "pre_review").earliest == day("2026-08-25")
    assert "moved" in codes(step(found, "pre_review"))
    assert step(found, "conversion_meeting").earliest == day("2027-12-24")
    assert found.warnings == ()


def test_a_limit_that_no_meeting_keeps_is_a_warning() -> None:
    """Where the pre-review is recorded already it cannot wait any more."""
    case = course("application_form", {**USUAL, "pre_review": "2026-06-30"})
    found = planned(case, "2026-07-01", meetings={"general_meeting": [day("2026-09-25")]})
    assert ("admission_meeting", "meeting-late") in [(one.procedure.code, note.code) for one, note in found.warnings]
    assert ("conversion_meeting", "no-meeting") in [(one.procedure.code, note.code) for one, note in found.warnings]


def test_meetings_may_be_named_for_one_act() -> None:
    """Where only the third meeting votes on admissions, the others decide on conversions alone."""
    case = course("application_form", {**USUAL, "pre_review": "2025-06-30"})
    held = {"admission_meeting": [day("2025-09-26")], "general_meeting": [day("2025-07-25"), day("2026-12-25")]}
    found = planned(case, "2025-07-01", meetings=held)
    assert step(found, "admission_meeting").earliest == day("2025-09-26")
    assert step(found, "conversion_meeting").earliest == day("2026-12-25")


def test_where_there_is_no_branch_committee_the_general_meeting_acts() -> None:
    """What the committee would decide waits for the general meeting, and depends on it."""
    case = course("talk", {"apply": "2024-01-10"}, branch={"has_committee": False, "under": []})
    found = planned(case, "2024-01-11", meetings={"general_meeting": [day("2024-03-15"), day("2026-03-20")]})
    assert step(found, "activist").earliest == day("2024-03-15")
    data = plan_data(found, EDITIONS, EDITIONS.rulebooks[0])
    assert (data["steps"][0]["act"], data["steps"][0]["body"]) == ("activist", "general_meeting")


# ------------------------------------------------------------------------------------------- wishes


def test_a_wish_works_back_to_each_act() -> None:
    """The last day of each act that still lets the wish be had, and a day later the wish is missed."""
    case = course("talk", {"apply": "2026-06-01"})
    found = wished(EDITIONS, case, "admission_meeting", day("2027-09-24"), today=day("2026-06-02"))
    assert found.goal is not None
    assert found.goal.possible
    assert step(found, "activist").needed_by == day("2026-09-20")
    assert step(found, "candidate").needed_by == day("2027-09-20")
    assert step(found, "admission_meeting").needed_by == day("2027-09-24")
    assert found.steps[-1].procedure.code == "admission_meeting"


def test_a_wish_that_cannot_be_had_names_the_first_day() -> None:
    """No act gets a last day then."""
    case = course("talk", {"apply": "2023-01-10"})
    found = wished(EDITIONS, case, "candidate", day("2023-12-01"), today=day("2023-02-01"))
    assert found.goal is not None
    assert (found.goal.possible, found.goal.earliest) == (False, day("2024-02-01"))
    assert all(one.needed_by is None for one in found.steps)
    case = course("mentors", {"apply": "2023-01-10"})
    first = wished(EDITIONS, case, "inspection", day("2023-06-01"), today=day("2023-02-01"))
    assert [one.procedure.code for one in first.steps] == ["inspection"]
    with pytest.raises(BadInput, match="not among the acts still to come"):
        wished(EDITIONS, case, "talk", day("2024-01-01"), today=day("2023-02-01"))


def test_a_wish_past_a_limit_says_so() -> None:
    """It can be had, but the meeting is then late."""
    case = course("application_form", {**USUAL, "pre_review": "2026-06-30"})
    found = wished(EDITIONS, case, "admission_meeting", day("2026-09-01"), today=day("2026-07-01"))
    assert found.goal is not None
    assert found.goal.possible
    assert "meeting-late" in codes(found.steps[-1])


def test_the_wish_that_is_meant_goes_by_where_the_file_stands() -> None:
    """Admission first, then its approval, then the conversion's."""
    for until, wish in (
        ("talk", "admission_meeting"),
        ("committee_talk", "admission_approval"),
        ("oath", "conversion_approval"),
    ):
        case = course(until, {**USUAL, "admission_meeting": "2024-03-10"})
        assert default_goal(EDITIONS, case, today=day("2024-04-01")) == wish


# ------------------------------------------------------------------------------------------- suppositions


def test_a_supposition_is_planned_on_and_an_unlawful_one_is_told() -> None:
    """What is known against it refuses it; what it does not carry does not."""
    case = course("mentors", {"apply": "2023-03-01"})
    acts = [read_act({"act": "inspection", "on": "2023-08-01", "outcome": "satisfactory"})]
    supposed = suppose(EDITIONS, case, acts, today=day("2023-04-01"))
    assert supposed.refused is None
    assert len(supposed.case.acts) == len(case.acts) + 1
    early = suppose(
        EDITIONS, supposed.case, [read_act({"act": "candidate", "on": "2023-12-01"})], today=day("2023-04-01")
    )
    assert early.refused is not None
    assert [finding.rule.code for finding in early.refused.barring] == ["cultivation-1-year"]
    told = {"act": "correct", "on": "2023-04-01", "index": 2, "reason": "日期笔误"}
    case = course("activist", {"apply": "2023-03-01"})
    right = {**act(case, "activist", day("2023-03-02")), "outcome": "chosen"}
    corrected = suppose(EDITIONS, case, [read_act({**told, "with": right})], today=day("2023-04-01"))
    assert corrected.case.day("activist") == day("2023-03-02")
    with pytest.raises(BadInput, match="say how long"):
        suppose(
            EDITIONS,
            case,
            [read_act({"act": "conversion_meeting", "on": "2023-12-01", "outcome": "extend"})],
            today=FAR,
        )


# ------------------------------------------------------------------------------------------- properties


def evidence_of(case: Case, one: PlanStep, on: date) -> dict[str, Any]:
    """Lawful evidence for a step; a notice stands from the day that the plan says."""
    agreed = one.procedure.code == "candidate_filing" and one.edition.startswith("2026")
    data = act(case, one.procedure.code, on, "agreed" if agreed else None)
    if one.procedure.code == "admission_approval":
        data["deliberated"] = on.isoformat()
    notice = next((note.day for note in one.notes if note.code == "notice"), None)
    if notice is not None and "publicity" in data:
        stood = {"agreed": notice.isoformat(), "from": notice.isoformat(), "to": on.isoformat()}
        data["publicity"] = {**data["publicity"], **stood}
    return data


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first_days,
    st.lists(st.sampled_from((0, 0, 0, 1, 20, 33, 95, 200)), max_size=12),
    st.sampled_from(
        ({}, {}, {"edition": "2014"}, {"edition": "2026"}, {"overlays": ["guizhou-2015"], "edition": "2014"})
    ),
)
def test_the_planned_days_are_the_first_that_the_door_admits(
    begun: date, delays: list[int], facts: dict[str, Any]
) -> None:
    """Entered on its earliest day each act is admitted; the rule named refuses the day before."""
    if facts.get("overlays"):
        begun = max(begun, date(2016, 1, 1))
    case = file_with([("apply", begun.isoformat())], **facts)
    today = begun
    for delay in delays:
        today += delay * DAY
        found = plan(EDITIONS, case, today=today)
        if not found.steps or found.steps[0].earliest is None:
            break
        one, first = found.steps[0], found.steps[0].earliest
        case = entered(case, evidence_of(case, one, first))
        today = max(today, first)
    for one in plan(EDITIONS, case, today=today).steps:
        assert one.earliest is not None
        assert one.earliest >= today
        if one.first is not None and one.first.force != "duty":
            before = judge(EDITIONS, case, read_act(evidence_of(case, one, one.earliest - DAY)), today=FAR)
            assert one.first.rule.code in {finding.rule.code for finding in before.barring}
        for limit in one.limits if one.period is None else ():
            if limit.day + DAY >= one.earliest:
                past = judge(EDITIONS, case, read_act(evidence_of(case, one, limit.day + DAY)), today=FAR)
                assert limit.rule.code in {finding.rule.code for finding in past.unmet}
        data = evidence_of(case, one, one.earliest)
        if any(note.code == "late" for note in one.notes):
            data["reason"] = "有记录的理由"
        ruling = judge(EDITIONS, case, read_act(data), today=FAR)
        if not one.warnings:
            periods = {f.rule.code for f in ruling.unmet if f.check.note == "period"}
            assert periods <= {"gz-thought-report-quarterly"}, "each period has its inspection"
        case = entered(case, data)
    assert case.standing == "full"


@settings(max_examples=8, deadline=None)
@given(first_days, st.integers(0, 12), st.integers(0, 500))
def test_a_wish_is_just_met(begun: date, which: int, slack: int) -> None:
    """An act on its last day still lets the wish be had, a day later not; what is not needed has no last day."""
    case = file_with([("apply", begun.isoformat())])
    goal = [one for one in plan(EDITIONS, case, today=begun).steps if one.period is None][which]
    assert goal.earliest is not None
    code, on = goal.procedure.code, goal.earliest + slack * DAY
    found = wished(EDITIONS, case, code, on, today=begun)
    last = found.steps[-1].needed_by
    assert last is not None
    if last != on:
        # Where another edition begins, days before and after it are judged by other rules, and the search, which goes
        # forward only, may settle for an earlier day. And a filing of 2026 ends with days of publicity: begun by that
        # day it is through by the one that was wished.
        assert last < on
        made_public = code == "candidate_filing" and (on - last).days <= 12
        assert made_public or any(abs((last - seam).days) <= 10 for seam in SEAMS), (last, on)
        return
    single = [one for one in found.steps if one.period is None]
    one = single[slack % len(single)]
    for later in (0, 1) if one.needed_by else ():
        moved = (one.needed_by or on) + later * DAY
        walk = Forward(BoundCase(EDITIONS, case), begun, {}, {StepPlace(one.procedure.code, 0): moved}).walk(code)
        assert walk[-1].earliest is not None
        assert (walk[-1].earliest <= on) is (later == 0)


# ------------------------------------------------------------------------------------------- told


def test_every_note_has_its_words() -> None:
    """A code without words would be found by a user."""
    from typing import get_args

    from recruitment.forecast.plan.steps import NoteCode

    assert set(get_args(NoteCode)) == set(NOTES)


def run(*arguments: str, db: Path, code: int = 0) -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-c", "from recruitment.cli.main import main; main()", *arguments, "--db", str(db)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ".", "RECRUITMENT_TODAY": "2026-11-23", "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_command_plans_and_writes_nothing(tmp_path: Path) -> None:
    """Tables in both languages, JSON, a wish that fails with exit code 1, a supposition refused as `why` refuses."""
    db = tmp_path / "ledger.db"
    office = Office(Ledger.open(db, create=True), EDITIONS)
    case = course("mentors", {"apply": "2026-03-02"})
    office.open(case.file, case.acts[0], today=day("2026-11-23"))
    for one in case.acts[1:]:
        assert office.advance("f-1", one, today=day("2026-11-23")).recorded
    office.ledger.close()
    before = db.read_bytes()
    data = json.loads(run("plan", "f-1", "--json", db=db))
    assert data["id"] == "f-1"
    candidate = next(one for one in data["steps"] if one["act"] == "candidate")
    assert (candidate["earliest"], candidate["earliest_by"]["article"]) == ("2027-03-02", "12, 13")
    assert "申请人甲" not in json.dumps(data, ensure_ascii=False)
    said = run("plan", "f-1", "--lang", "zh", "--meetings", "2027-06-25,2028-09-22", db=db)
    assert "以支部大会如此决定为前提" in said
    assert said.count("计划不作保证") == 1
    wish = run("plan", "f-1", "--by", "2027-01-15", "--for", "7", "--lang", "en", db=db, code=1)
    assert "cannot be had by 2027-01-15; the first day is 2027-03-02" in wish
    assert "Supposing" in run("plan", "f-1", "--what-if", "inspection=2026-12-01", "--lang", "en", db=db)
    told = run("plan", "f-1", "--what-if", "candidate=2027-01-01", "--lang", "en", db=db, code=1)
    assert "cultivation-1-year" in told
    assert "nothing was" not in told
    run("plan", "f-1", "--what-if", "candidate", db=db, code=2)
    run("plan", "f-1", "--meetings", "nobody=2027-01-01", db=db, code=2)
    run("plan", "f-1", "--for", "7", db=db, code=2)
    assert db.read_bytes() == before
