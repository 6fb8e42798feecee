"""What a finding says that the record lacks: all that is not known of what was asked, and nothing that is.

The other side of the same: what it shows as found is what the record holds.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from test_cases import EDITIONS, ORDER, TODAY, USUAL_DAYS, Course, changed, lawful

from recruitment import BoundCase, Finding
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import field_at, getter
from recruitment.formats.dossier.documents import read_act
from recruitment.record.evidence import UNKNOWN

ENTRY = re.compile(r"(.+)\[([0-9]+)\]\.(.+)")
"""A value of one entry of a list: people[1].standing."""


def course(code: str, edition: str = "2026") -> tuple[Course, dict[str, Any]]:
    """A lawful file before that act, and the act with lawful evidence."""
    on = USUAL_DAYS[edition]
    before = Course({}, code, on)
    return before, lawful(code, on, before.case.day("admission_meeting"))


def finding(code: str, rule: str, change: dict[str, Any], **how: Any) -> Finding:
    """The one finding of a rule on an act whose evidence is lawful but for a change."""
    before, data = course(code, **how)
    (found,) = [each for each in before.ask(changed(data, change)).findings if each.rule.code == rule]
    return found


def known(path: str, attempt: Attempt) -> bool:
    """Whether the record holds what a path names: a value, the entry of a list, or an act."""
    rulebook = attempt.machine.rulebook
    entry = ENTRY.fullmatch(path)
    if entry:
        value = field_at(entry[3])(getter(entry[1], rulebook)(attempt)[int(entry[2])])
    elif path in rulebook.by_code:
        return path in attempt.case.current
    else:
        value = getter(path, rulebook)(attempt)
    return value is not UNKNOWN


@pytest.mark.parametrize("edition", ["2014", "2026"])
@pytest.mark.parametrize("code", ORDER)
def test_what_is_unknown_lacks_what_the_record_does_not_hold(code: str, edition: str) -> None:
    """With any one key of the evidence left out: an unknown finding names what is missing, and only that."""
    before, data = course(code, edition)
    for key in data:
        if key in ("act", "on", "outcome"):
            continue
        act = read_act(changed(data, {key: "unknown"}))
        bound = BoundCase(before.editions, before.case)
        attempt = bound._model(act, TODAY)
        for found in bound.judge(act, today=TODAY).findings:
            lacks = found.check.lacks
            if found.value != "unknown":
                assert lacks == (), found
                continue
            assert bool(lacks) is (found.check.note != "not-recorded"), found  # what the record has no place for
            assert [path for path in lacks if known(path, attempt)] == [], found


# ------------------------------------------------------------------------------------------- one by one


def test_of_several_tests_those_are_named_that_are_not_known() -> None:
    """Nominated by others, and no note that says by whom: the note is missing, and not the nomination."""
    found = finding("activist", "activist-nominated", {"nominated_by": ["other"]})
    assert (found.value, found.check.lacks) == ("unknown", ("note",))


def test_a_count_without_its_whole() -> None:
    """How many should attend is missing, the votes are there and are shown; without both, both are missing."""
    rule = "majority-of-all"
    found = finding("admission_meeting", rule, {"ballot": {"should_attend": "unknown"}})
    assert (found.value, found.check.lacks, found.check.actual) == ("unknown", ("ballot.should_attend",), 11)
    found = finding("admission_meeting", rule, {"ballot": {"should_attend": "unknown", "for": "unknown"}})
    lacks = ("ballot.for", "ballot.should_attend")
    assert (found.value, found.check.lacks, found.check.actual) == ("unknown", lacks, None)


def test_of_a_list_what_is_known_is_shown() -> None:
    """One sponsor is a probationary member, of the other it is not said: shown so, each in its place."""
    people = [{"name": "党员乙", "standing": "probationary"}, {"name": "党员丙"}]
    found = finding("sponsors", "sponsors-full-members", {"people": people})
    assert (found.value, found.check.lacks, found.check.actual) == ("unmet", (), ["probationary", None])


def test_nobody_is_his_own_sponsor() -> None:
    """The finding says whether it is the number of people or the person himself that is wrong."""
    people = [{"name": "党员乙", "standing": "full"}, {"name": "申请人甲", "standing": "full"}]
    found = finding("sponsors", "sponsors-two", {"people": people})
    assert (found.value, found.check.note, found.check.actual) == ("unmet", "himself", 2)
    found = finding("sponsors", "sponsors-two", {"people": people[:1]})
    assert (found.value, found.check.note, found.check.actual) == ("unmet", "people", 1)


def test_a_period_of_which_the_record_may_hold_more() -> None:
    """In a record that is not whole the inspection of a half-year may be missing; in a whole one it was not held."""
    for complete, value, lacks in ((True, "unmet", ()), (False, "unknown", ("inspection",))):
        on = date(2030, 1, 6)
        table = {
            "file": {"complete": complete},
            "given": {"activist": date(2028, 12, 6), "inspections": [date(2029, 6, 6)]},
        }
        before = Course({**table, "on_trust": "旧档案"}, "candidate", on)
        found = before.ask(lawful("candidate", on))
        periods = [each for each in found.findings if each.rule.code == "inspection-every-half-year"]
        assert [(each.value, each.check.lacks) for each in periods] == [("met", ()), (value, lacks)]


def test_a_rule_of_which_it_is_not_known_whether_it_speaks() -> None:
    """What would breach it is then unknown, and lacks what its condition asks; what meets it is met either way."""
    rule, outside = "branch-committee-quorum", {"body": "unknown", "members": 5}
    found = finding("activist", rule, {"meeting": {**outside, "present": 2}})
    assert (found.value, found.check.lacks) == ("unknown", ("meeting.body",))
    found = finding("activist", rule, {"meeting": {**outside, "present": 4}})
    assert (found.value, found.check.lacks) == ("met", ())
    found = finding("activist", rule, {"meeting": {"members": 5, "present": 2}})
    assert (found.value, found.check.lacks) == ("unmet", ())
    found = finding("activist", rule, {"meeting": {**outside, "present": "unknown"}})
    assert (found.value, {*found.check.lacks}) == ("unknown", {"meeting.body", "meeting.present"})


def test_what_was_not_held_is_no_gap_in_the_record() -> None:
    """No ballot was held, nobody is under sanction of a kind that is not said: the one is a breach, the other a gap."""
    for rule in ("majority-of-all", "ballot-adds-up"):
        found = finding("admission_meeting", rule, {"ballot": "null"})
        assert (found.value, found.check.lacks, found.check.note) == ("unmet", (), "none")
    people = [{"name": "党员乙", "sanction": {"on": date(2024, 1, 8)}}, {"name": "党员丙", "sanction": "null"}]
    found = finding("sponsors", "sponsors-not-sanctioned-lately", {"people": people})
    assert (found.value, found.check.lacks) == ("unknown", ("people[0].sanction",))


def test_an_age_is_not_known_without_the_birthday() -> None:
    """Neither met nor unmet, and what is missing is the birthday."""
    before = Course({"file": {"born": "unknown"}}, "apply", USUAL_DAYS["2026"])
    ruling = before.ask(lawful("apply", USUAL_DAYS["2026"]))
    (found,) = [each for each in ruling.findings if each.rule.code == "age-18"]
    assert (found.value, found.check.lacks) == ("unknown", ("file.born",))


def test_no_article_orders_what_is_no_act_of_the_edition() -> None:
    """Asked where it is written that one act comes after another: nowhere, for one that there is not."""
    rulebook = EDITIONS.named("2026")
    assert rulebook.ground("no_such_act", "apply") is None
    assert rulebook.ground("activist", "no_such_act") is None
