"""What can be wrong with an act, each so that one rule alone is broken: meetings, ballots, people, days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve

from recruitment.base.dates import add_months, nth_workday
from recruitment.record.evidence import Person
from recruitment.training.planting import Kind, Plant, Site, facts


def fewer_than_half(site: Site) -> int:
    """Fewer than half of the members of the committee, and at least one."""
    members: int = site.act.meeting.members
    return max(1, (members - 1) // 2)


def fewer_than_half_of_all(site: Site) -> Any:
    """Fewer than half of the members came to the general meeting, all of them in favour."""
    present = fewer_than_half(site)
    return evolve(site.act.meeting, present=present, for_=present)


def half_in_favour(site: Site) -> int:
    """Half of the members at most are in favour, however many came."""
    members: int = site.act.meeting.members
    return members // 2


def exactly_half(site: Site) -> Any:
    """Half of those who should attend came, and two more wrote: enough for a majority, not for a meeting."""
    ballot = site.act.ballot
    half = ballot.should_attend // 2
    return evolve(ballot, attended=half, written=2, for_=half + 2, against=0, abstain=0)


def majority_of_those_present(site: Site) -> Any:
    """Most of those present are in favour, and no more than half of all."""
    ballot = site.act.ballot
    votes = ballot.attended + ballot.written
    for_ = ballot.should_attend // 2
    return evolve(ballot, for_=for_, against=votes - for_, abstain=0)


def written_late(site: Site) -> Any:
    """An opinion that came after the meeting is counted."""
    ballot = site.act.ballot
    return evolve(ballot, written_late=1, for_=ballot.for_ + 1)


def one_too_many(site: Site) -> Any:
    """One vote more was counted than was given."""
    return evolve(site.act.ballot, for_=site.act.ballot.for_ + 1)


def somebody(**particulars: Any) -> Plant:
    """One of the people is not as the rule asks."""

    def people(site: Site) -> tuple[Person, ...]:
        found = list(site.act.people)
        place = site.draws.below(len(found))
        found[place] = evolve(found[place], **particulars)
        return tuple(found)

    return facts({"people": people})


def reply(site: Site) -> date:
    """The day of the reply that approved the admission."""
    approval: Any = site.course.acts[site.course.place("admission_approval")]
    day: date = approval.replied
    return day


def leaving(site: Site) -> Site:
    """The person leaves within three months of the meeting, though not of the pre-review."""
    pre_review, met = site.day("pre_review"), site.act.on
    far = (add_months(met, 3) - add_months(pre_review, 3)).days
    leaving = add_months(pre_review, 3) + timedelta(days=site.draws.between(1, max(1, far)))
    place = site.course.place("pre_review")
    course = site.course.with_act(place, evolve(site.course.acts[place], leaving=leaving))  # type: ignore[call-arg]
    return evolve(site, course=course).with_act(evolve(site.act, leaving=leaving))


def begun_early(site: Site) -> Site:
    """The training began a few days before the listing, and went on over it."""
    listed = site.day("candidate_filing")
    begun = listed - timedelta(days=site.draws.between(1, 2))
    ended = begun + timedelta(days=3)
    return site.in_turn(evolve(site.act, on=ended, from_=begun, to=ended, days=4, hours=32))


def invent_notice(days: int) -> Any:
    """The last day of a notice of so many working days."""
    return lambda site: nth_workday(site.act.publicity.from_, days)


BALLOTS: Final[Mapping[str, Callable[[Site], Any]]] = {
    "meeting-quorum": exactly_half,
    "majority-of-all": majority_of_those_present,
}
"""Ballots that break one rule alone, by its code."""
BALLOT_KINDS: Final[tuple[tuple[str, Kind, Plant], ...]] = (
    ("secret-ballot", "vote", facts({"ballot.secret": False})),
    ("one-by-one", "vote", facts({"ballot.one_by_one": False})),
    ("written-opinions-in-time", "vote", facts({"ballot": written_late})),
    ("ballot-adds-up", "vote", facts({"ballot": one_too_many})),
    ("majority-of-all", "vote", facts({"ballot": majority_of_those_present})),
)
GENERAL_BRANCH: Final = facts({"committee.kind": "general_branch", "committee.approves": False})
COMMITTEE: Final = facts({"committee.kind": "general_branch"}, {"committee.approves": False})
BEFORE_APPROVAL: Final = ("reported", "deliberated", "probation")
STANDING_IN: Final = facts({"meeting": fewer_than_half_of_all}, {"meeting.for_": half_in_favour})
"""A general meeting in place of the committee that was no meeting, or did not decide."""
WITHOUT_COMMITTEE: Final = {"has_committee": False}
BY_COMMITTEE: Final = {"has_committee": True}
TO_GENERAL_MEETING: Final = facts(
    {"meeting.body": "general_meeting", "meeting.members": 14, "meeting.present": 13, "meeting.for_": 13}
)
TO_COMMITTEE: Final = facts({"meeting.body": "branch_committee", "meeting.members": 3, "meeting.present": 3})
