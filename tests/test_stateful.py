"""A ledger on disk and the articles restated by hand, side by side: whatever is asked, they agree.

Files are opened, advanced at days round the limits with lawful and with spoilt evidence, refused, closed, reopened and
replayed, by two offices on one file of SQLite.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from oracle import ACTS, BESIDE, GOOD, Oracle
from strategies import OUTCOMES, add_months, evidence, files, first_days, near, spoiling
from test_against_oracle import found

from recruitment import Conflict, UnknownFile, load_rulebooks
from recruitment.formats.dossier import documents as dossier
from recruitment.formats.dossier.documents import act_data, read_act, read_file
from recruitment.ledger.office import Decision, Office
from recruitment.ledger.stores.sqlite import Ledger

EDITIONS = load_rulebooks()
TODAY = date(2199, 12, 31)
LATEST = date(2100, 1, 1)
SELDOM = st.sampled_from([False] * 9 + [True])
REACHED: Counter[str] = Counter()
"""How often each act was recorded, and each thing happened, over a whole run."""
EVENTS = {f"{code}.{outcome}" for code in (*ACTS, *BESIDE) for outcome in OUTCOMES.get(code, ("done",))}
"""Each act with each outcome: the events of the machine."""
TRIED: Counter[str] = Counter()
ADMITTED: Counter[str] = Counter()
"""How often each event was asked of an office, and how often it was recorded, over a whole run."""


class Kept:
    """A file as the test knows it: the oracle, and the acts that were admitted."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.oracle = Oracle(facts)
        self.acts: list[dict[str, Any]] = []

    @property
    def days(self) -> list[date]:
        """The days of its acts."""
        return [date.fromisoformat(act["on"]) for act in self.acts]


class Offices(RuleBasedStateMachine):
    """Two offices on one ledger, and the articles beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.offices = [Office(Ledger.open(self.path, create=True), EDITIONS) for _ in range(2)]
        self.files: dict[str, Kept] = {}

    def teardown(self) -> None:
        """Both offices close; the folder goes."""
        for office in self.offices:
            office.ledger.close()
        self.folder.cleanup()

    # ------------------------------------------------------------------------------ helpers

    def kept(self, data: st.DataObject) -> tuple[str, Kept]:
        """One of the files."""
        name = data.draw(st.sampled_from(sorted(self.files)), label="file")
        return name, self.files[name]

    def ways(self, kept: Kept, *, ending: bool) -> list[tuple[str, str]]:
        """The acts and outcomes that the structure allows a file; ends beside the main line only where they are meant.

        Nobody draws anything from a file that has ended.
        """
        return sorted(way for way in kept.oracle.possible() if ending or not BESIDE.get(way[0], ((), None))[1])

    def office(self, data: st.DataObject) -> Office:
        """One of the two offices."""
        return self.offices[data.draw(st.integers(0, 1), label="office")]

    def hold(self, kept: Kept, act: dict[str, Any], decision: Decision, *, stood: int) -> None:
        """Hold a decision against the oracle; take the act where both admit."""
        expected = {code: sorted(values) for code, values in kept.oracle.judge(act, TODAY).items()}
        actual = found(decision.ruling)
        differing = {
            code: (actual.get(code), expected.get(code))
            for code in sorted({*actual, *expected})
            if actual.get(code) != expected.get(code)
        }
        trail = [f"{entry['act']} {entry['on']}" for entry in kept.acts]
        assert not differing, f"office and oracle differ on {differing} for {act} after {trail}"
        admitted = kept.oracle.admits(act, TODAY)
        assert decision.recorded is decision.ruling.admitted is admitted
        event = f"{act['act']}.{kept.oracle.outcome(act)}"
        TRIED[event] += 1
        if not admitted:
            REACHED["refused"] += 1
            assert (decision.index, decision.seq) == (None, None)
            return
        assert decision.index == stood
        kept.oracle.accept(act)
        kept.acts.append(act)
        REACHED[act["act"]] += 1
        ADMITTED[event] += 1

    def advance(self, name: str, act: dict[str, Any], office: Office) -> None:
        """Ask an office for an act on a file, and hold what it says against the oracle."""
        kept = self.files[name]
        stood = len(kept.acts)
        how: dict[str, Any] = {"today": TODAY, "recorded_by": "clerk", "expected": stood}
        same = act_data(read_act(act))
        if any(act_data(read_act(entry)) == same for entry in kept.acts) and kept.oracle.admits(act, TODAY):
            # It is recorded already, so it is a conflict; meant once more, it is judged like any other.
            with pytest.raises(Conflict) as caught:
                office.advance(name, read_act(act), **how)
            assert caught.value.kind == "repeat"
            REACHED["repeat"] += 1
            how["again"] = True
        decision = office.advance(name, read_act(act), **how)
        self.hold(kept, act, decision, stood=stood)
        assert len(decision.case.acts) == len(kept.acts)

    def forward(self, kept: Kept) -> dict[str, Any] | None:
        """The next act of a lawful course, on the first day that the oracle admits; None at its end."""
        done, oracle = kept.oracle.done, kept.oracle
        code = next((code for code in ACTS if code not in done), None)
        if code is None or oracle.ended:
            return None
        last = max(kept.days)
        anchors = [oracle.admission or last, *kept.days]
        fitting = [
            last + timedelta(days=1),
            *sorted({add_months(day, n) for day in anchors for n in (12, 18, 24)}),
        ]
        for on in (day for day in fitting if last <= day < LATEST):
            outcome = GOOD.get(code, ("done",))[0]
            if code == "candidate_filing" and oracle.edition({"act": code, "on": on.isoformat()}) == "2026":
                outcome = "agreed"
                on = on + timedelta(days=30)  # noqa: PLW2901 - publicity takes its time
            act = evidence(code, outcome, on)
            if oracle.admits(act, TODAY):
                return act
        return None

    def otherwise(self, kept: Kept, code: str, outcome: str) -> dict[str, Any] | None:
        """The act with that outcome, on the first of some days that the oracle admits; None where there is none."""
        for months in (0, 6, 12, 24):
            on = add_months(max(kept.days), months) + timedelta(days=1)
            act = evidence(code, outcome, on)
            if on < LATEST and (code, outcome) in kept.oracle.possible() and kept.oracle.admits(act, TODAY):
                return act
        return None

    # ------------------------------------------------------------------------------ what may happen

    @initialize(facts=files(), on=first_days)
    def open_first(self, facts: dict[str, Any], on: date) -> None:
        """There is a file."""
        self.begin("f-1", facts, evidence("apply", "done", on), self.offices[0])

    @precondition(lambda self: len(self.files) < 3)
    @rule(data=st.data(), facts=files(), on=first_days)
    def open_file(self, data: st.DataObject, facts: dict[str, Any], on: date) -> None:
        """Another file is begun, lawfully or not; refused there is no file."""
        name = f"f-{len(self.files) + 1}"
        self.begin(name, facts, data.draw(spoiling(evidence("apply", "done", on))), self.office(data))

    def begin(self, name: str, facts: dict[str, Any], act: dict[str, Any], office: Office) -> None:
        """Open a file and hold the decision against the oracle."""
        # Records that are not whole come in on trust only, of which the oracle knows nothing.
        facts = {key: value for key, value in facts.items() if key != "complete"}
        facts["id"] = name
        kept = Kept(facts)
        file, _ = read_file({**facts, "acts": []})
        decision = office.open(file, read_act(act), today=TODAY)
        self.hold(kept, act, decision, stood=0)
        if kept.acts:
            self.files[name] = kept
        else:
            with pytest.raises(UnknownFile):
                office.case(name)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def open_twice(self, data: st.DataObject) -> None:
        """A file of an id that stands is a conflict, and nothing is written."""
        _, kept = self.kept(data)
        file, _ = read_file({**kept.facts, "acts": []})
        with pytest.raises(Conflict):
            self.office(data).open(file, read_act(kept.acts[0]), today=TODAY)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), steps=st.sampled_from((2, 5, 9, 14, 20, 26)))
    def go_on_lawfully(self, data: st.DataObject, steps: int) -> None:
        """Some lawful steps of the course, one office after the other."""
        name, kept = self.kept(data)
        for n in range(steps):
            act = self.forward(kept)
            if act is None:
                return
            before = len(kept.acts)
            self.advance(name, act, self.offices[n % 2])
            assert len(kept.acts) == before + 1

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def end_otherwise(self, data: st.DataObject) -> None:
        """An act that does not succeed, or decides otherwise than to convert, a little after the last one or a year."""
        name, kept = self.kept(data)
        success = {(code, good[0]) for code, good in GOOD.items()}
        pool = sorted(p for p in kept.oracle.possible() if p[0] in GOOD and p not in success)
        if not pool:
            return
        act = self.otherwise(kept, *data.draw(st.sampled_from(pool), label="act"))
        if act is not None:
            self.advance(name, act, self.office(data))

    @precondition(lambda self: self.files)
    @rule(data=st.data(), ending=SELDOM)
    def step_aside(self, data: st.DataObject, *, ending: bool) -> None:
        """An act beside the main line: mostly a move or a postponement, now and then an end."""
        name, kept = self.kept(data)
        pool = [way for way in self.ways(kept, ending=ending) if way[0] in BESIDE]
        if not pool:
            return
        code, outcome = data.draw(st.sampled_from(pool), label="act")
        on = max(kept.days) + timedelta(days=data.draw(st.integers(0, 60), label="later"))
        if code == "postpone_conversion" and on < LATEST:  # only for somebody who has just arrived
            self.advance(name, evidence("transfer_in", "done", on), self.office(data))
        act = evidence(code, outcome, on)
        if date.fromisoformat(act["on"]) < LATEST:
            self.advance(name, data.draw(spoiling(act)), self.office(data))

    @precondition(lambda self: self.files)
    @rule(data=st.data(), off=st.integers(0, 1))
    def vote_anew(self, data: st.DataObject, off: int) -> None:
        """A vote on admission that has not been approved comes again when it lapses, and not on the day before."""
        name, kept = self.kept(data)
        voted = kept.oracle.admission
        if voted is None or "admission_approval" in kept.oracle.done:
            return
        on = add_months(voted, 6) + timedelta(days=off)
        stood = len(kept.acts)
        self.advance(name, evidence("admission_meeting", "passed", on), self.office(data))
        lapsed = len(kept.acts) > stood
        assert off or not lapsed
        REACHED["lapsed"] += lapsed

    @precondition(lambda self: self.files)
    @rule(data=st.data(), ending=SELDOM)
    def ask_at_a_limit(self, data: st.DataObject, *, ending: bool) -> None:
        """An act that the structure allows, on a day round a limit, mostly with lawful evidence."""
        name, kept = self.kept(data)
        possible = self.ways(kept, ending=ending)
        if not possible:
            return
        code, outcome = data.draw(st.sampled_from(possible), label="act")
        on = data.draw(near(kept.days[-3:] if data.draw(st.booleans()) else kept.days), label="on")
        if on < LATEST:
            self.advance(name, data.draw(spoiling(evidence(code, outcome, on))), self.office(data))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def ask_with_spoilt_evidence(self, data: st.DataObject) -> None:
        """The next act of the course, or any act at all, with something in its evidence changed."""
        name, kept = self.kept(data)
        act = self.forward(kept) if data.draw(st.booleans()) else None
        if act is None:
            code = data.draw(st.sampled_from([*ACTS, *BESIDE]), label="act")
            outcome = data.draw(st.sampled_from(OUTCOMES.get(code, ("done",))), label="outcome")
            act = evidence(code, outcome, data.draw(near(kept.days), label="on"))
        if date.fromisoformat(act["on"]) < LATEST:
            self.advance(name, data.draw(spoiling(act, rarely=0)), self.office(data))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def ask_why(self, data: st.DataObject) -> None:
        """To ask writes nothing, and answers as the act itself would be answered."""
        name, kept = self.kept(data)
        code = data.draw(st.sampled_from([*ACTS, *BESIDE]), label="act")
        act = evidence(code, OUTCOMES.get(code, ("done",))[0], data.draw(near(kept.days), label="on"))
        ruling = self.office(data).why(name, read_act(act), today=TODAY)
        assert ruling.admitted is kept.oracle.admits(act, TODAY)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), off=st.sampled_from((-1, 1, 7)))
    def expect_another_number(self, data: st.DataObject, off: int) -> None:
        """Who saw another number of acts gets a conflict, whatever is asked, and nothing is written."""
        name, kept = self.kept(data)
        act = self.forward(kept) or kept.acts[-1]
        with pytest.raises(Conflict):
            self.office(data).advance(name, read_act(act), today=TODAY, expected=len(kept.acts) + off)
        REACHED["conflict"] += 1

    @rule(which=st.integers(0, 1))
    def close_and_reopen(self, which: int) -> None:
        """An office closes its ledger and opens it anew; the other stays."""
        self.offices[which].ledger.close()
        self.offices[which] = Office(Ledger.open(self.path), EDITIONS)
        REACHED["reopened"] += 1

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """A replay by the machine, and an office that never saw the file, come to the same case."""
        name, _ = self.kept(data)
        case = self.office(data).verify(name)
        with Ledger.open(self.path, read_only=True) as ledger:
            assert Office(ledger, EDITIONS).case(name) == case
        REACHED["replayed"] += 1

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def read_back_what_is_exported(self, data: st.DataObject) -> None:
        """The exported dossier read again is the same files and acts, and they are those that were asked."""
        exported = self.office(data).export(sorted(self.files))
        assert list(dossier.read(dossier.write_text(exported))) == exported
        files_kept = [self.files[name] for name in sorted(self.files)]
        for (file, acts), kept in zip(exported, files_kept, strict=True):
            assert file == read_file({**kept.facts, "acts": []})[0]
            given = [act_data(read_act({**act, "recorded": TODAY.isoformat()})) for act in kept.acts]
            assert [act_data(act) for act in acts] == given
        REACHED["exported"] += 1

    # ------------------------------------------------------------------------------ what always holds

    @invariant()
    def both_offices_see_the_same_files(self) -> None:
        """Each office, whatever it keeps at hand, reads what stands; and that is where the oracle stands."""
        for office in self.offices:
            assert list(office.ids()) == sorted(self.files)
        for name, kept in self.files.items():
            first, second = (office.case(name) for office in self.offices)
            assert first == second
            assert len(first.acts) == len(kept.acts)
            assert first.standing == kept.oracle.standing
            assert first.state.pending == kept.oracle.pending
            if not first.state.ended:
                assert first.state.done == kept.oracle.done

    @invariant()
    def a_row_for_each_admitted_act(self) -> None:
        """The ledger holds a row for each admitted act, in its order, and none beside; likewise the files."""
        ledger = self.offices[0].ledger
        assert isinstance(ledger, Ledger)
        assert ledger.database.table("acts").count == sum(len(kept.acts) for kept in self.files.values())
        assert ledger.database.table("files").count == len(self.files)
        for name, kept in self.files.items():
            rows = ledger.rows(name)
            assert [row.number for row in rows] == list(range(len(kept.acts)))
            assert rows[-1].state == self.offices[1].case(name).state.name


WAYS = [(code, outcome) for code, outcomes in OUTCOMES.items() for outcome in outcomes]
STARTS = [date(2019, 1, 31), date(2027, 8, 31)]
NEVER = {("candidate_filing", "filed", 2027)}
"""Since 2026 a candidate is agreed to: to be filed is not enough."""


def course_with(code: str, outcome: str, start: date) -> None:
    """A course that takes that outcome as soon as it can, and goes on to full member, or is cancelled."""
    machine = Offices()
    try:
        facts = {"name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}}
        machine.begin("f-1", facts, evidence("apply", "done", start), machine.offices[0])
        kept, asked = machine.files["f-1"], False
        for n in range(80):
            act = None if asked else machine.otherwise(kept, code, outcome)
            asked = asked or act is not None
            act = act or machine.forward(kept)
            if act is None:
                break
            machine.advance("f-1", act, machine.offices[n % 2])
            machine.both_offices_see_the_same_files()
        assert asked is ((code, outcome, start.year) not in NEVER)
        machine.a_row_for_each_admitted_act()
        case = machine.offices[0].verify("f-1")
        assert (case.standing, case.state.ended) == (("ended", "cancelled") if outcome == "cancel" else ("full", None))
        if not case.state.ended:
            assert case.state.done == frozenset(ACTS)
    finally:
        machine.teardown()


def course_beside(code: str, start: date) -> None:
    """A course that takes that act beside the main line as soon as it can, and goes on, or has ended."""
    machine = Offices()
    try:
        facts = {"name": "申请人甲", "born": "1990-02-28", "branch": {"under": []}}
        machine.begin("f-1", facts, evidence("apply", "done", start), machine.offices[0])
        kept, asked = machine.files["f-1"], False
        for n in range(80):
            if not asked and (code, "done") in kept.oracle.possible():
                if code == "postpone_conversion":  # only for somebody who has arrived in probation
                    machine.advance("f-1", evidence("transfer_in", "done", max(kept.days)), machine.offices[0])
                machine.advance("f-1", evidence(code, "done", max(kept.days)), machine.offices[n % 2])
                if code == "transfer_out":  # who has moved is away until the new unit has taken the person up
                    machine.advance("f-1", evidence("transfer_in", "done", max(kept.days)), machine.offices[n % 2])
                asked = True
            act = machine.forward(kept)
            if act is None:
                break
            machine.advance("f-1", act, machine.offices[n % 2])
            machine.both_offices_see_the_same_files()
        assert asked
        machine.a_row_for_each_admitted_act()
        case = machine.offices[0].verify("f-1")
        end = BESIDE[code][1]
        assert (case.standing, case.state.ended) == (("ended", end) if end else ("full", None))
        if end:
            after = max(kept.days) + timedelta(days=1)
            for other in (*ACTS, *BESIDE):
                outcome = OUTCOMES.get(other, ("done",))[0]
                ruling = machine.offices[0].why("f-1", read_act(evidence(other, outcome, after)), today=TODAY)
                assert [f.check.note for f in ruling.barring if f.rule.code == "order"] == ["ended"], other
    finally:
        machine.teardown()


@pytest.mark.parametrize("start", STARTS, ids=["2014", "2026"])
@pytest.mark.parametrize(("code", "outcome"), WAYS, ids=[".".join(way) for way in WAYS])
def test_a_course_goes_on_after_every_outcome(code: str, outcome: str, start: date) -> None:
    """Each outcome is recorded as soon as it can be; the course then goes on to full member, or is cancelled."""
    course_with(code, outcome, start)


@pytest.mark.parametrize("start", STARTS, ids=["2014", "2026"])
@pytest.mark.parametrize("code", BESIDE)
def test_an_act_beside_the_main_line_on_a_ledger(code: str, start: date) -> None:
    """Recorded as soon as it can be: the course goes on to full member, or the file has ended and refuses all."""
    course_beside(code, start)


@pytest.mark.slow
def test_ledger_and_articles_agree_whatever_is_asked() -> None:
    """Over many runs office and oracle never differ; every event of the machine is asked on the way, and recorded.

    What is drawn reaches every one of the 25; the rare outcomes and the ends are made sure of by a course for each.
    """
    for counter in (REACHED, TRIED, ADMITTED):
        counter.clear()
    run_state_machine_as_test(
        Offices,
        settings=settings(
            max_examples=120,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert [code for code in ACTS if not REACHED[code]] == []
    for happened in ("refused", "conflict", "reopened", "replayed", "exported"):
        assert REACHED[happened], happened
    # Drawing alone asks most of what there is; where it asked little it would be no test of anything.
    assert len(TRIED) >= 40
    assert any(ADMITTED[f"{code}.done"] for code, (_, end) in BESIDE.items() if end)
    assert any(ADMITTED[f"{code}.done"] for code, (_, end) in BESIDE.items() if not end)
    for start in STARTS:
        for code, outcome in WAYS:
            course_with(code, outcome, start)
        for code in BESIDE:
            course_beside(code, start)
    assert TRIED.keys() == EVENTS
    assert ADMITTED.keys() == EVENTS
    assert len(EVENTS) == 55
