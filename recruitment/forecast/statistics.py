"""Figures for the report that a branch sends up: files by stage and standing, time spent, what is due, what was late.

Counted over many files one after the other: what is kept is numbers, never a file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median, quantiles

from attrs import Factory, define, frozen

from recruitment.engine.findings import Finding
from recruitment.forecast.milestones import MilestoneKind
from recruitment.forecast.status import Status
from recruitment.law.rulebook import Rulebook, Standing

STANDINGS: tuple[Standing, ...] = ("applicant", "activist", "candidate", "probationary", "full", "ended")


@frozen(kw_only=True)
class Spread:
    """How long something took, in days, over so many files; `low` and `high` are the quartiles, None of one file."""

    files: int
    shortest: int
    low: float | None
    median: float
    high: float | None
    longest: int


def spread(days: Iterable[int]) -> Spread | None:
    """The spread of some numbers of days; None of none."""
    found = sorted(days)
    if not found:
        return None
    low, _, high = quantiles(found, n=4, method="inclusive") if len(found) > 1 else (None, None, None)
    return Spread(files=len(found), shortest=found[0], low=low, median=median(found), high=high, longest=found[-1])


@frozen(kw_only=True)
class Statistics:
    """What is counted over the files of a ledger, as of a day."""

    files: int
    standings: Mapping[str, int]
    """Files by the standing of the person."""
    stages: Mapping[int, int]
    """Files that are under way, by the stage they are in."""
    ends: Mapping[str, int]
    """Files that ended, by how."""
    spent: Mapping[int, Spread | None]
    """Days from the first act of a stage to the first of the next, by stage, of files that have left it."""
    coming: Mapping[str, int]
    """Limits that are still to come, by rule."""
    overdue: Mapping[str, int]
    """Limits that have passed without their act, by rule."""
    late: Mapping[str, int]
    """Breaches on record, by rule."""
    waiting: Mapping[str, int]
    """What is owed promptly and not done, by rule."""
    ending: Mapping[MilestoneKind, int]
    """Periods that end within 60 days, by kind."""
    ended: Mapping[MilestoneKind, int]
    """Periods that have ended with nothing done since, by kind."""
    away: int
    """Files of persons who were transferred to another unit."""


@define
class Tally:
    """Counts files one after the other."""

    rulebook: Rulebook
    files: int = 0
    standings: Counter[str] = Factory(Counter)
    stages: Counter[int] = Factory(Counter)
    ends: Counter[str] = Factory(Counter)
    spent: defaultdict[int, list[int]] = Factory(lambda: defaultdict(list))
    coming: Counter[str] = Factory(Counter)
    overdue: Counter[str] = Factory(Counter)
    late: Counter[str] = Factory(Counter)
    waiting: Counter[str] = Factory(Counter)
    ending: Counter[MilestoneKind] = Factory(Counter)
    ended: Counter[MilestoneKind] = Factory(Counter)
    away: int = 0

    def add(self, view: Status, findings: Iterable[Finding]) -> None:
        """Count a file: how far it has come, and the findings kept with it."""
        self.files += 1
        self.standings[view.standing] += 1
        self.away += view.away is not None
        self.waiting.update(owed.rule.code for owed in view.waiting)
        for milestone in view.milestones:
            if milestone.near:
                (self.ended if milestone.days < 0 else self.ending)[milestone.kind] += 1
        if view.end:
            self.ends[view.end.code] += 1
        elif view.standing != "full":
            self.stages[view.stage] += 1
        for stage, days in self._days_by_stage(view).items():
            self.spent[stage].append(days)
        for due in view.due:
            (self.overdue if due.overdue else self.coming)[due.rule.code] += 1
        for finding in findings:
            if finding.value == "unmet":
                self.late[finding.rule.code] += 1

    def _days_by_stage(self, view: Status) -> Mapping[int, int]:
        """Days in each stage that the file has left, by the acts that count."""
        begun: dict[int, date] = {}
        for mark in view.marks:
            for day in mark.dates:
                stage = mark.procedure.stage
                begun[stage] = min(begun.get(stage, day), day)
        # The course ends with the approval of the conversion, not with the archive.
        approval = view.case.day("conversion_approval")
        if view.standing == "full" and approval is not None:
            begun[6] = approval
        return {
            stage: (begun[stage + 1] - day).days
            for stage, day in begun.items()
            if stage + 1 in begun and begun[stage + 1] >= day
        }

    def figures(self) -> Statistics:
        """What was counted, sorted."""
        return Statistics(
            files=self.files,
            standings={standing: self.standings[standing] for standing in STANDINGS},
            stages={stage.number: self.stages[stage.number] for stage in self.rulebook.stages},
            ends=dict(sorted(self.ends.items())),
            spent={stage.number: spread(self.spent[stage.number]) for stage in self.rulebook.stages},
            coming=dict(sorted(self.coming.items())),
            overdue=dict(sorted(self.overdue.items())),
            late=dict(sorted(self.late.items())),
            waiting=dict(sorted(self.waiting.items())),
            ending=dict(sorted(self.ending.items())),
            ended=dict(sorted(self.ended.items())),
            away=self.away,
        )
