"""The rulebooks, the machine and the guards, held against the articles as restated by hand in `oracle`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import BESIDE, Oracle
from strategies import OUTCOMES, add_months, evidence, files, first_days, near, spoiling

from recruitment import judge, load_rulebooks, open_case
from recruitment.engine.ruling import Ruling
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.law.states import state_graph
from recruitment.record import acts as facts
from recruitment.record.acts import Act, File

EDITIONS = load_rulebooks()
CODES = [kind.code for kind in (*facts.PROCEDURES, *facts.OTHER_ACTS) if kind is not facts.Correct]
LEFT_OUT = {"mentor-fit", "sponsors-from-mentors", "conclusion-after-replies", "edition-unknown"}
"""Advice, which the oracle does not restate."""


def found(ruling: Ruling) -> dict[str, list[str]]:
    """The findings of a ruling in the oracle's terms."""
    values: dict[str, list[str]] = defaultdict(list)
    # A recorded reason carries the approval past three months, but not past six: the oracle says so in one value.
    lapsed = any(f.rule.code == "approval-within-6-months" and f.value == "unmet" for f in ruling.findings)
    for finding in ruling.findings:
        code = finding.rule.code
        if code == "order" and finding.force == "usual":
            code = "order/chart"
        if code not in LEFT_OUT:
            excused = code == "approval-within-3-months" and finding.reason is not None and not lapsed
            values[code].append("met" if excused else finding.value)
    return {code: sorted(listed) for code, listed in values.items()}


class Walk:
    """The library and the oracle, side by side on one file."""

    def __init__(self, file: dict[str, Any]) -> None:
        self.oracle = Oracle(file)
        facts_, _ = read_file({**file, "acts": []})
        self.file: File = facts_
        self.case = open_case(EDITIONS, facts_)
        self.today = date(2199, 12, 31)

    def ask(self, data: dict[str, Any]) -> Ruling:
        """Both judge the act; every rule, every value and the door must agree."""
        act: Act = read_act(data)
        ruling = judge(EDITIONS, self.case, act, today=self.today)
        expected = {code: sorted(values) for code, values in self.oracle.judge(data, self.today).items()}
        actual = found(ruling)
        differing = {
            code: (actual.get(code), expected.get(code))
            for code in sorted({*actual, *expected})
            if actual.get(code) != expected.get(code)
        }
        assert not differing, f"library and oracle differ on {differing} for {data} after {self.trail()}"
        assert ruling.admitted == self.oracle.admits(data, self.today), data
        return ruling

    def trail(self) -> list[str]:
        """What was done so far, for a message that can be read."""
        pairs = zip(self.case.acts, self.case.outcomes, strict=True)
        return [f"{act.code}.{outcome} {act.on}" for act, outcome in pairs]

    def take(self, data: dict[str, Any]) -> bool:
        """Ask, and go on where both admit; what stands then must agree too."""
        ruling = self.ask(data)
        if not ruling.admitted:
            return False
        self.case = ruling.following(EDITIONS)
        self.oracle.accept(data)
        assert self.case.standing == self.oracle.standing
        if not self.case.state.ended:
            assert self.case.state.done == self.oracle.done
        assert self.case.state.pending == self.oracle.pending
        return True

    def possible(self) -> set[tuple[str, str]]:
        """What the structure allows now, by the machine."""
        chart = state_graph(EDITIONS.rulebooks[-1])
        return {(edge.act, edge.outcome.code) for edge in chart.edges[self.case.state.name].values()}


@st.composite
def journeys(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A file and acts asked of it one after the other: mostly possible ones, at days round the limits."""
    file = draw(files())
    walk = Walk(file)
    days = [draw(first_days)]
    asked: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 40))):
        possible = sorted(walk.oracle.possible())
        if possible and draw(st.integers(0, 9)) > 0:
            beside = [way for way in possible if way[0] in BESIDE]
            if beside and not draw(st.integers(0, 7)):
                # An end only now and then, or no journey would come far.
                lasting = [way for way in beside if BESIDE[way[0]][1] is None]
                possible = lasting if lasting and draw(st.integers(0, 3)) > 0 else beside
            else:
                possible = [way for way in possible if way not in beside]
            forward = [(c, o) for c, o in possible if c not in walk.oracle.done] or possible
            success = [(c, o) for c, o in forward if o in ("done", *(v[0] for v in OUTCOMES.values()))]
            pool = success if success and draw(st.integers(0, 4)) > 0 else possible
            code, outcome = draw(st.sampled_from(pool))
        else:
            code = draw(st.sampled_from(CODES))
            outcome = draw(st.sampled_from(OUTCOMES.get(code, ("done",))))
        on = draw(near(days[-3:] if draw(st.booleans()) else days))
        if on > date(2060, 1, 1):
            break
        data = draw(spoiling(evidence(code, outcome, on)))
        asked.append(data)
        walk_accepts = walk.oracle.admits(data, walk.today)
        if walk_accepts:
            walk.oracle.accept(data)
            days.append(on)
    return file, asked


@pytest.mark.slow
@given(journeys())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_rule_agrees_with_the_articles(journey: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    """Whatever is asked of a file, library and oracle give the same findings, admit the same acts, stand the same."""
    file, asked = journey
    walk = Walk(file)
    for data in asked:
        walk.take(data)
        if not walk.case.state.ended and file.get("complete", True):
            assert walk.possible() == walk.oracle.possible()


STEPS = (
    ("apply", 0), ("talk", 10), ("activist", 60), ("activist_filing", 65), ("mentors", 66), ("inspection", 200),
    ("inspection", 400), ("candidate", 430), ("candidate_filing", 460), ("sponsors", 461), ("political_review", 470),
    ("training", 480), ("committee_review", 490), ("pre_review", 500), ("application_form", 505),
    ("admission_meeting", 515), ("committee_talk", 530), ("admission_approval", 540), ("superior_filing", 545),
    ("assignment", 546), ("oath", 550), ("probation_inspection", 700), ("conversion_application", 870),
    ("conversion_meeting", 890), ("conversion_approval", 900), ("archive", 910),
)  # fmt: skip


@given(
    start=st.sampled_from((date(2015, 3, 31), date(2022, 8, 31), date(2025, 1, 31), date(2026, 5, 11))),
    which=st.integers(0, len(STEPS) - 1),
    data=st.data(),
)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_spoilt_step_on_a_lawful_course(start: date, which: int, data: st.DataObject) -> None:
    """On a course that is lawful so far, an act with one thing changed is judged alike by library and oracle."""
    walk = Walk({"id": "f-1", "name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}})
    days: list[date] = []
    for n, (code, offset) in enumerate(STEPS):
        on = start + timedelta(days=offset)
        outcome = OUTCOMES.get(code, ("done",))[0]
        if code == "candidate_filing" and on >= date(2026, 5, 11):
            outcome = "agreed"
        lawful = evidence(code, outcome, on)
        if code == "admission_approval":
            meeting = walk.case.day("admission_meeting")
            assert meeting is not None
            end = meeting.replace(year=meeting.year + 1) if (meeting.month, meeting.day) != (2, 29) else None
            if end:
                lawful["probation"] = {"from": meeting.isoformat(), "to": (end - timedelta(days=1)).isoformat()}
        if n == which:
            for outcome in OUTCOMES.get(code, ("done",)):
                moved = data.draw(near([*days, on]))
                walk.ask(data.draw(spoiling(evidence(code, outcome, moved), rarely=1)))
                walk.ask(data.draw(spoiling(evidence(code, outcome, on), rarely=0)))
            return
        assert walk.take(lawful), lawful
        days.append(on)


def upto(start: date, last: str) -> tuple[Walk, list[date]]:
    """A lawful course up to an act, and the days of its acts."""
    walk = Walk({"id": "f-1", "name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}})
    days: list[date] = []
    for code, offset in STEPS:
        on = start + timedelta(days=offset)
        agreed = code == "candidate_filing" and on >= date(2026, 5, 11)
        assert walk.take(evidence(code, "agreed" if agreed else OUTCOMES.get(code, ("done",))[0], on))
        days.append(on)
        if code == last:
            break
    return walk, days


STARTS = (date(2015, 3, 31), date(2022, 8, 31), date(2025, 1, 31), date(2026, 5, 11))


@given(start=st.sampled_from(STARTS), last=st.sampled_from([code for code, _ in STEPS]), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_beside_the_course(start: date, last: str, data: st.DataObject) -> None:
    """Wherever a file stands, each act beside the main line is judged alike, spoilt or not; and so after a move."""
    walk, days = upto(start, last)
    for _ in range(2):
        for code in BESIDE:
            for rarely in (0, 3):
                on = data.draw(near([days[-1], data.draw(st.sampled_from(days))]))
                walk.ask(data.draw(spoiling(evidence(code, "done", on), rarely=rarely)))
        moved = evidence("transfer_in", "done", days[-1] + timedelta(days=data.draw(st.integers(0, 90))))
        if not walk.take(data.draw(spoiling(moved, rarely=1))):
            return
        days.append(date.fromisoformat(moved["on"]))
        for code in data.draw(st.lists(st.sampled_from(CODES), max_size=6)):
            outcome = data.draw(st.sampled_from(OUTCOMES.get(code, ("done",))))
            asked = data.draw(spoiling(evidence(code, outcome, data.draw(near(days[-4:])))))
            if code not in BESIDE or BESIDE[code][1] is None:
                walk.take(asked)
            else:
                walk.ask(asked)


@given(start=st.sampled_from(STARTS), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_conversion_that_is_put_off(start: date, data: st.DataObject) -> None:
    """After a move in probation: postponements, votes, refusals and extensions, on days round the end of probation."""
    walk, days = upto(start, "conversion_application")
    arrival = days[-1] + timedelta(days=data.draw(st.integers(-300, 20)))
    walk.take(data.draw(spoiling(evidence("transfer_in", "done", arrival))))
    for _ in range(data.draw(st.integers(2, 8))):
        end = walk.oracle.end_of_probation
        assert end is not None
        day = st.sampled_from((0, 1, 3, 6, 6, 6)).map(partial(add_months, end))
        on = data.draw(day) + timedelta(days=data.draw(st.sampled_from((-1, 0, 0, 1, 1))))
        code = data.draw(st.sampled_from(("conversion_meeting", "conversion_meeting", "postpone_conversion")))
        if walk.oracle.pending:
            code, on = "conversion_approval", on + timedelta(days=20)
        elif "conversion_application" not in walk.oracle.done:
            code = data.draw(st.sampled_from((code, "conversion_application")))
        outcome = data.draw(st.sampled_from(OUTCOMES.get(code, ("done",))))
        if outcome == "cancel":
            outcome = "extend"  # an end only once in a while, or no journey would come far
        walk.take(data.draw(spoiling(evidence(code, outcome, on) | {"reason": "特殊情况"}, rarely=5)))
        if walk.case.standing in ("full", "ended"):
            return
