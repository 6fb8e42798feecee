"""What is particular about an invented person and the branch, and the days on which their course goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from recruitment.base.dates import is_workday
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import File
from recruitment.record.evidence import UNKNOWN, Branch
from recruitment.training.choices import Draws
from recruitment.training.words import HIMSELF


@frozen(kw_only=True)
class Circumstances:
    """A person and a branch as they most often are.

    `video`, `late_approval` and `late_oath` are deviations that the rules allow where the reason is recorded.
    """

    tie: Any = "study"
    """What ties the person to the branch, as the application records it."""
    unit: Any = "with_organization"
    """Whether the person has a unit, and whether it has a Party organization."""
    mobile: bool = False
    """The person is a mobile worker."""
    has_committee: bool = True
    has_party_groups: bool = True
    under: Any = None
    """The kind of organization between the branch and the approving committee; None where there is none."""
    floating: bool = False
    """The branch is one of mobile members."""
    committee: int = 5
    """Members of the branch committee."""
    voters: int = 14
    """Members of the branch with a vote."""
    nominated_by: Any = "members"
    """Who nominates the person as an activist."""
    video: bool = False
    """The training is held by video."""
    late_approval: bool = False
    """The committee approves later than three months after the meeting."""
    late_oath: bool = False
    """The oath is taken later than a month after the approval."""
    extended: int = 0
    """The months by which probation is extended; 0 where it is not."""
    years: int = 20
    """The least age on the day of the first entry."""

    def fitting(self, rulebook: Rulebook) -> Circumstances:
        """The same without deviations from rules that the edition does not have, in a branch as there are such.

        A branch of seven full members or more has a committee, so one without is smaller, and has no groups.
        """
        codes = {rule.code for rule in rulebook.rules}
        given = {key: getattr(self, key) and code in codes for key, code in DEVIATIONS.items()}
        if not self.has_committee:
            given |= {"voters": SMALL + self.voters % (MOST_WITHOUT - SMALL + 1), "has_party_groups": False}
        return evolve(self, **given)


SMALL: Final = 5
MOST_WITHOUT: Final = 6
"""Members with a vote of an invented branch that has no committee, at least and at most."""
DEVIATIONS: Final[Mapping[str, str]] = {
    "video": "training-in-person",
    "late_approval": "approval-within-3-months",
    "late_oath": "oath-within-1-month",
}
"""The rule from which a circumstance deviates, with a recorded reason."""


def draw_circumstances(draws: Draws) -> Circumstances:
    """The circumstances of an invented person, by chance."""
    mobile = draws.once_in(6)
    floating = mobile and draws.once_in(2)
    home = not mobile and draws.once_in(4)
    return Circumstances(
        tie="mobile_members" if floating else "residence" if home else draws.pick(("study", "work")),
        unit="none" if home or floating else "with_organization",
        mobile=mobile,
        has_committee=not draws.once_in(4),
        has_party_groups=not draws.once_in(3),
        under="general_branch" if draws.once_in(3) else None,
        floating=floating,
        committee=draws.pick((3, 5, 5, 7)),
        voters=draws.between(9, 32),
        nominated_by=draws.pick(("members", "youth_league", "trade_union", "women")),
        video=draws.once_in(5),
        late_approval=draws.once_in(6),
        late_oath=draws.once_in(5),
        years=draws.between(18, 38),
    )


class Diary:
    """The days of a course: `after` goes on by some days, by chance, to a day on which people work."""

    def __init__(self, rulebook: Rulebook, draws: Draws, day: date) -> None:
        self.rulebook = rulebook
        self.draws = draws
        self.day = self.working(day)

    def working(self, day: date) -> date:
        """That day, or the next one on which people work."""
        while not is_workday(day, self.rulebook.days):
            day += timedelta(days=1)
        return day

    def after(self, least: int, most: int, since: date | None = None) -> date:
        """A working day so many days after `since`, or after the diary's own day; the diary goes on from there."""
        begun = self.day if since is None else since
        self.day = self.working(begun + timedelta(days=self.draws.between(least, most)))
        return self.day

    def has(self, rule: str) -> bool:
        """Whether the edition has a rule of that code."""
        return any(found.code == rule for found in self.rulebook.rules)


def invent_file(who: Circumstances, diary: Diary) -> File:
    """The facts of the person's file, pinned to the edition; the person is at least as old as `years` says."""
    day = diary.day
    birthday = date(day.year - who.years, day.month, min(day.day, 28))
    return File(
        id="training",
        name=HIMSELF,
        born=birthday - timedelta(days=diary.draws.between(3, 300)),
        mobile=who.mobile,
        edition=diary.rulebook.code,
        branch=Branch(
            has_committee=who.has_committee,
            has_party_groups=who.has_party_groups,
            under=() if who.under is None else (who.under,),
            floating=who.floating,
            may_develop=True if who.floating else UNKNOWN,
        ),
    )
