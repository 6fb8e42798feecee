"""How far a file has come today: its 25 procedures, dates, what is next, what falls due. Pure; today is an argument.

Nothing here is a second reading of the rules: what is next are the machine's edges, and what falls due are the limits
of the same rules, judged for an act that is not yet done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from attrs import frozen

from recruitment.base.dates import Span, add
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Check
from recruitment.forecast.milestones import Milestone, milestones_of
from recruitment.forecast.waiting import Waiting, imagine, owed_promptly
from recruitment.law.comparisons import Periods
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Procedure, Rule, Rulebook, Standing
from recruitment.law.states import state_graph
from recruitment.record.acts import Act
from recruitment.record.case import Case
from recruitment.record.evidence import UNKNOWN

_DAY = timedelta(days=1)
_YEAR = Span(1, "year")


@frozen(kw_only=True)
class ProcedureStatus:
    """One procedure of a file: done in this round, not done, or None where a record that is not whole does not say."""

    procedure: Procedure
    done: bool | None
    dates: tuple[date, ...]
    entries: tuple[date, ...]
    again: bool


@frozen(kw_only=True)
class Next:
    """A procedure that may come now: who acts, the papers of it that the file does not hold yet, from when."""

    procedure: Procedure
    papers: tuple[str, ...]
    first_day: date | None


@frozen(kw_only=True)
class Due:
    """A limit that is running: the rule, the act that meets it, its last day, and whether that day has passed."""

    rule: Rule
    edition: str
    procedure: Procedure
    anchor: date
    last_day: date
    overdue: bool
    check: Check
    """The check that the limit comes from."""
    anew: str | None = None
    """The act that is to be done once more because its result has lapsed, so that this one cannot come any more."""


@frozen(kw_only=True)
class Dates:
    """The days that a membership is counted by; None where a day is not reached or not known.

    `end_of_probation` and `extended_to` are shown as the policy `probation-end-shown` says: the last day of probation,
    or its anniversary. `conversion_counts_from` is the anniversary itself, from which membership standing counts once
    the conversion is approved (art. 34 | 33).
    """

    activist: date | None
    candidate: date | None
    admission: date | None
    end_of_probation: date | None
    conversion_counts_from: date | None
    extended_to: date | None


class Ending(NamedTuple):
    """Under which name a file has ended, and on which day."""

    code: str
    on: date


@frozen(kw_only=True)
class Status:
    """A file as it is on a day, by the edition of that day."""

    case: Case
    rulebook: Rulebook
    standing: Standing
    stage: int
    marks: tuple[ProcedureStatus, ...]
    dates: Dates
    next: tuple[Next, ...]
    due: tuple[Due, ...]
    end: Ending | None
    beside: tuple[Act, ...] = ()
    """The acts beside the main line, in the order of their entry: moves, a postponement, the end."""
    waiting: tuple[Waiting, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    """The ends of periods after which something is to be done, however far ahead."""
    away: date | None = None
    """The day on which the person was transferred to another unit that has not taken him up yet."""

    @property
    def overdue(self) -> tuple[Due, ...]:
        """The limits whose last day has passed."""
        return tuple(due for due in self.due if due.overdue)


def status_of(editions: Editions, case: Case, *, today: date) -> Status:
    """How far the file has come on `today`, by the edition in force on that day or the one the file pins.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    bound = BoundCase(editions, case)
    rulebook = bound.edition_on(today)
    # An end is one state for all files: what this one had done, only the case knows.
    done = frozenset(case.current) if case.state.ended else case.state.done
    beside = {detour.code for detour in rulebook.detours}
    current = [rulebook.by_code[code].stage for code in done if code in rulebook.by_code]
    following = tuple(_next(bound, today))
    ahead = [item.procedure.stage for item in following if item.procedure.code not in case.current]
    # A procedure of an earlier stage that nobody recorded does not take the person back.
    stage = max(max(current, default=1), min(ahead, default=1))
    return Status(
        case=case,
        rulebook=rulebook,
        standing=case.standing,
        stage=stage,
        marks=tuple(_mark(case, procedure) for procedure in rulebook.procedures),
        dates=dates_of(case, rulebook),
        next=following,
        due=running_limits(bound, today=today),
        end=ending_of(case),
        beside=tuple(act for act in case.acts if act.code in beside),
        waiting=waiting_duties(bound, today=today),
        milestones=milestones_of(case, rulebook, today=today),
        away=None if case.away is None else case.acts[case.away].on,
    )


def ending_of(case: Case) -> Ending | None:
    """How a file has ended; None where it has not."""
    return Ending(case.state.ended, case.happened[-1].on) if case.state.ended else None


def _mark(case: Case, procedure: Procedure) -> ProcedureStatus:
    return ProcedureStatus(
        procedure=procedure,
        # An end is one state for all files; only the case knows what this one had done. The state of a record that
        # is not whole presumes more than was entered: whether that was done is not known.
        done=True if procedure.code in case.current else None if _is_presumed(case, procedure) else False,
        dates=tuple(act.on for act in case.counting_acts(procedure.code)),
        entries=tuple(act.on for act in case.acts if act.code == procedure.code),
        again=procedure.again is not None,
    )


def _is_presumed(case: Case, procedure: Procedure) -> bool:
    return procedure.code in case.state.done and not case.state.ended


def dates_of(case: Case, rulebook: Rulebook) -> Dates:
    """The days that count, from the acts of the present round."""
    done = case.state.done
    shown = _DAY if rulebook.policies.get("probation-end-shown", "last-day") == "last-day" else timedelta(0)
    policy = rulebook.policies.get("extension-sum", "once")
    meeting = case.day("admission_meeting")
    first = last = None
    if meeting is not None and "admission_approval" in done and not case.state.ended:
        first = add(meeting, _YEAR)
        last = case.end_of_probation(policy)
    return Dates(
        activist=case.day("activist"),
        candidate=case.stands_since("candidate_filing"),
        admission=meeting,
        end_of_probation=first - shown if first else None,
        conversion_counts_from=last,
        extended_to=last - shown if last and case.extensions else None,
    )


def _next(bound: BoundCase, today: date) -> Iterator[Next]:
    """What may come now by the structure; renewals of what is done are left out, and what is repeated is not."""
    case, rulebook = bound.case, bound.edition_on(today)
    edges = state_graph(rulebook).edges[case.state.name]
    possible = {
        edge.act
        for edge in edges.values()
        if edge.outcome.default or edge.outcome is rulebook.by_code[edge.act].outcomes[0]
    }
    held = {paper for act in case.acts if act.papers is not UNKNOWN for paper in act.papers or ()}
    lapsed = lapsed_result(case, rulebook, today)
    for procedure in rulebook.procedures:
        if procedure.code not in possible or case.away is not None:
            continue
        if lapsed is not None and lapsed.lapse is not None and lapsed.lapse.unless == procedure.code:
            continue
        if (
            procedure is not lapsed
            and procedure.code in case.current
            and (procedure.again != "repeats" or _is_rested_on(case, rulebook, procedure))
        ):
            continue
        yield Next(
            procedure=procedure,
            papers=tuple(paper for paper in procedure.papers if paper not in held),
            first_day=bound.first_lawful_day(imagine(procedure, today), today=today),
        )


def _is_rested_on(case: Case, rulebook: Rulebook, procedure: Procedure) -> bool:
    """Whether something that comes after the act is done: then another entry of it is not expected."""
    return any(
        procedure.code in (*rulebook.by_code[code].after, *rulebook.by_code[code].chart) for code in case.current
    )


def running_limits(bound: BoundCase, *, today: date) -> tuple[Due, ...]:
    """The limits that run or have passed, of every act that is not done in this round, in the order of their days.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    found = list(_dues(bound, today))
    late = {due.rule.code for due in found if due.overdue}
    found += [
        Due(
            rule=owed.rule,
            edition=owed.edition,
            procedure=owed.procedure,
            anchor=owed.since,
            last_day=owed.last_day,
            overdue=True,
            check=owed.check,
        )
        for owed in owed_promptly(bound, today=today)
        if owed.last_day is not None and owed.last_day < today and owed.yields_to not in late
    ]
    return tuple(sorted(found, key=lambda due: (due.last_day, due.procedure.number)))


def waiting_duties(bound: BoundCase, *, today: date) -> tuple[Waiting, ...]:
    """What waits on `today`: owed promptly, not done, and not yet late by the policy; the longest first.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    owed = [each for each in owed_promptly(bound, today=today) if each.last_day is None or today <= each.last_day]
    if any(each.yields_to for each in owed):
        late = {due.rule.code for due in running_limits(bound, today=today) if due.overdue}
        owed = [each for each in owed if each.yields_to not in late]
    return tuple(sorted(owed, key=lambda each: (each.since, each.procedure.number)))


def _dues(bound: BoundCase, today: date) -> Iterator[Due]:
    """The limits of every act that is not done in this round and whose anchor is recorded."""
    case, rulebook = bound.case, bound.edition_on(today)
    if case.state.ended or case.away is not None:
        return
    lapsed = lapsed_result(case, rulebook, today)
    for procedure in rulebook.procedures:
        if procedure.code in case.state.done:
            continue
        for rule, check in bound.last_days(imagine(procedure, today), today=today):
            if isinstance(check.anchor, date) and check.last_day is not None:
                yield Due(
                    rule=rule,
                    edition=rulebook.code,
                    procedure=procedure,
                    anchor=check.anchor,
                    last_day=check.last_day,
                    overdue=check.last_day < today,
                    check=check,
                    anew=lapsed.code if lapsed and lapsed.lapse and lapsed.lapse.unless == procedure.code else None,
                )
    for rule in rulebook.rules:
        for comparison in rule.compare:
            if isinstance(comparison, Periods) and not case.state.done.intersection(rule.acts):
                yield from _periods(bound, rule, comparison, today)


def lapsed_result(case: Case, rulebook: Rulebook, today: date) -> Procedure | None:
    """The act whose result has lapsed on `today`, so that what would have settled it cannot come any more."""
    for procedure in rulebook.procedures:
        lapse = procedure.lapse
        if lapse is None or procedure.code not in case.current or lapse.unless in case.state.done:
            continue
        held = case.day(procedure.code)
        if held is not None and add(held, lapse.span, lapse.rounding) < today:
            return procedure
    return None


def _periods(bound: BoundCase, rule: Rule, comparison: Periods, today: date) -> Iterator[Due]:
    """Every period that has ended without what it needs, and the one that runs or is about to."""
    rulebook = bound.edition_on(today)
    for code in rule.acts:
        act = imagine(rulebook.by_code[code], add(today, comparison.each))
        for finding in bound.judge_times(act, today=act.on):
            begun, end = finding.check.anchor, finding.check.limit
            if (
                isinstance(finding.comparison, Periods)
                and finding.rule.code == rule.code
                and finding.value != "met"
                and isinstance(begun, date)
                and begun <= today
            ):
                yield Due(
                    rule=rule,
                    edition=rulebook.code,
                    procedure=rulebook.by_code[comparison.of],
                    anchor=begun,
                    last_day=end,
                    overdue=end < today,
                    check=finding.check,
                )


def body_of(procedure: Procedure, case: Case) -> str:
    """Who acts: where the branch has no committee, its general meeting acts in its place (art. 8)."""
    if procedure.body == "branch_committee" and case.branch.has_committee is False:
        return "general_meeting"
    return procedure.body
