"""Forward through the partial order: each act that is still to come, entered on its first day, and what follows it.

The machine moves an imagined case as it moves a real one; nothing of it is ever recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from attrs import Factory, define, evolve

from recruitment.base.dates import is_workday
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Finding
from recruitment.forecast.plan.steps import Bound, Meetings, PlanNote, PlanStep
from recruitment.forecast.plan.timing import Timing, bound_of, time_of
from recruitment.forecast.status import body_of
from recruitment.forecast.waiting import imagine
from recruitment.law.comparisons import Periods
from recruitment.law.rulebook import Procedure, Rulebook
from recruitment.law.states import event_name, state_graph
from recruitment.record.acts import ACTS
from recruitment.record.case import Case

_DAY: Final = timedelta(days=1)


class StepPlace(NamedTuple):
    """An act of a plan, and which of its entries there, from 0."""

    act: str
    number: int


@define
class Forward:
    """The steps from a case to the end of its course. `not_before` holds wishes, act by act."""

    bound_case: BoundCase
    today: date
    meetings: Meetings = Factory(dict)
    not_before: Mapping[StepPlace, date] = Factory(dict)
    steps: list[PlanStep] = Factory(list)
    _count: Counter[str] = Factory(Counter)
    _blocked: set[str] = Factory(set)
    _looked_at: set[tuple[str, date]] = Factory(set)
    _provisional: set[str] = Factory(set)
    _missed: dict[str, tuple[PlanNote, ...]] = Factory(dict)

    @property
    def case(self) -> Case:
        """The case as far as it was imagined."""
        return self.bound_case.case

    @property
    def rulebook(self) -> Rulebook:
        """The edition of the day of the plan."""
        return self.bound_case.edition_on(self.today)

    def walk(self, until: str | None = None) -> list[PlanStep]:
        """Every step to the end of the course, or to the first of that act."""
        while not self.case.state.ended and (until is None or not self._count[until]):
            procedure = self._next()
            if procedure is None:
                break
            self._go(procedure)
        first = next((n for n, step in enumerate(self.steps) if step.procedure.code == until), len(self.steps))
        return self.steps[: first + 1]

    # ------------------------------------------------------------------------------ which

    def _next(self) -> Procedure | None:
        """The first act in the order of the 25 that is not done, and that the structure allows now."""
        case, rulebook = self.case, self.rulebook
        done = case.state.done.union(case.current, self._blocked)
        return next((p for p in rulebook.procedures if p.code not in done and self._is_possible(p)), None)

    def _is_possible(self, procedure: Procedure) -> bool:
        outcome = imagine(procedure, self.today).outcome or "done"
        edges = state_graph(self.rulebook).edges[self.case.state.name]
        return event_name(procedure.code, outcome) in edges

    # ------------------------------------------------------------------------------ when

    def _when(self, procedure: Procedure, begin: Bound | None = None) -> Timing:
        code = procedure.code
        return time_of(
            self.bound_case,
            code,
            today=self.today,
            begin=begin,
            not_before=self.not_before.get(StepPlace(code, self._count[code])),
            meetings=self._days(procedure),
        )

    def _days(self, procedure: Procedure) -> Sequence[date] | None:
        """The days on which the act is decided, if they are known: its own, or those of its body."""
        own = self.meetings.get(procedure.code)
        body = body_of(procedure, self.case)
        # A few people who act have the name of an act; a key of that name speaks of the act.
        return own if own is not None or body in ACTS else self.meetings.get(body)

    # ------------------------------------------------------------------------------ going on

    def _go(self, procedure: Procedure, *notes: PlanNote) -> None:
        """Enter an act on its first day; before it the inspections that each period up to it must hold."""
        if procedure.again == "repeats" and self._enter_for_those_resting_on(procedure):
            return
        self._inspect(procedure)
        found = self._when(procedure)
        if found.passed is not None:
            self._pass(procedure, found, found.passed)
            return
        self._enter(procedure, found, notes=(*notes, *self._missed.pop(procedure.code, ())))

    def _pass(self, procedure: Procedure, found: Timing, passed: Bound) -> None:
        """A bar that no later day meets: the act that its limit counts from may come again, or nothing more can."""
        rulebook = self.rulebook
        before = rulebook.by_code.get(passed.anchor_act or "")
        note = PlanNote("again", passed.rule, passed.edition, passed.day, act=procedure.code)
        if before is not None and before.code not in self._blocked and self._is_possible(before):
            again = self._when(before)
            if again.passed is None:
                self._enter(before, again, notes=(note,))
                return
        self._blocked.add(procedure.code)
        note = PlanNote("passed", passed.rule, passed.edition, passed.day)
        self.steps.append(
            PlanStep(
                procedure=found.rulebook.by_code[procedure.code],
                edition=found.rulebook.code,
                earliest=None,
                limits=found.limits,
                conditional=_conditional(procedure),
                notes=(note,),
            )
        )
        self._count[procedure.code] += 1

    def _enter(
        self,
        procedure: Procedure,
        found: Timing,
        *,
        limits: tuple[Bound, ...] = (),
        period: tuple[date, date] | None = None,
        notes: tuple[PlanNote, ...] = (),
    ) -> None:
        ruling = self.bound_case.ruling_on(found.act, today=max(self.today, found.day), judged=False)
        # What rests on a day that is only provisional is no surer than that day.
        below = state_graph(found.rulebook).below[procedure.code]
        provisional = found.provisional or not self._provisional.isdisjoint(below)
        if provisional:
            self._provisional.add(procedure.code)
        settles: tuple[PlanNote, ...] = ()
        if ruling.edge is not None and ruling.edge.outcome.extends:
            settles = (PlanNote("extends"),)
        elif ruling.edge is not None and ruling.edge.outcome.ends:
            settles = (PlanNote("ends"),)
        if _conditional(procedure) == "decided" and not is_workday(found.day, found.rulebook.days):
            settles = (*settles, PlanNote("rest-day", day=found.day))
        self.steps.append(
            PlanStep(
                procedure=found.rulebook.by_code[procedure.code],
                edition=found.rulebook.code,
                earliest=found.day,
                first=found.first,
                limits=tuple(sorted((*limits, *found.limits), key=lambda limit: limit.day)),
                conditional=_conditional(procedure),
                provisional=provisional,
                period=period,
                notes=(*notes, *settles, *found.notes),
            )
        )
        self._count[procedure.code] += 1
        self.bound_case = self.bound_case.after(ruling)

    # ------------------------------------------------------------------------------ inspections

    def _enter_for_those_resting_on(self, procedure: Procedure) -> bool:
        """Enter what the acts that count the entries of this one ask of it; whether one was entered."""
        before = self._count[procedure.code]
        rulebook = self.rulebook
        counting = [
            code
            for rule in rulebook.rules
            if any(isinstance(c, Periods) and c.of == procedure.code and c.days is None for c in rule.compare)
            for code in rule.acts
        ]
        for code in dict.fromkeys(counting):
            if code not in self.case.state.done:
                self._inspect(rulebook.by_code[code])
        return self._count[procedure.code] > before

    def _inspect(self, procedure: Procedure) -> None:
        """Enter an inspection for each period that the act asks for, once each; keep the periods that nothing meets."""
        while (open_ := self._open_period(procedure)) is not None:
            comparison, finding = open_
            check = finding.check
            begun: date = check.anchor
            end: date = check.limit
            self._looked_at.add((finding.rule.code, begun))
            rulebook = self.bound_case.edition_named(finding.edition)
            inspection = rulebook.by_code[comparison.of]
            begin = evolve(bound_of(finding, rulebook, begun + _DAY), anchor=begun)
            found = self._when(inspection, begin) if end >= self.today and self._is_possible(inspection) else None
            if found is None or found.day > end or found.passed is not None:
                note = PlanNote("missed", finding.rule, finding.edition, begun + _DAY, end, inspection.code)
                self._missed[procedure.code] = (*self._missed.get(procedure.code, ()), note)
                continue
            self._enter(inspection, found, limits=(evolve(begin, day=end),), period=(begun + _DAY, end))

    def _open_period(self, procedure: Procedure) -> tuple[Periods, Finding] | None:
        """The first period, not looked at yet, that the act on its first day would find without an entry."""
        for finding in self._when(procedure).found:
            comparison = finding.comparison
            if isinstance(comparison, Periods) and comparison.days is None and finding.value != "met":
                anchor = finding.check.anchor
                if isinstance(anchor, date) and (finding.rule.code, anchor) not in self._looked_at:
                    return comparison, finding
        return None


def _conditional(procedure: Procedure) -> Literal["decided", "satisfactory"] | None:
    """Whether the act may have another outcome, by decision or by the result of an inspection."""
    if len({outcome.code for outcome in procedure.outcomes}) < 2:
        return None
    return "satisfactory" if procedure.again == "repeats" else "decided"
