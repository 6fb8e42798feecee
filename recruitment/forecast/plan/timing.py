"""When one act may come: its first day, its last days, and the rule that sets each. Only the evaluators decide.

The act is imagined with its success on a day; what the rules say of that day moves it on, until nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from recruitment.base.structure.values import fields_of
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import FINAL, Finding
from recruitment.forecast.plan.steps import Bound, NoteCode, PlanNote
from recruitment.forecast.waiting import imagine
from recruitment.law.comparisons import DateLimit, Elapsed, Once, Order, Periods, Workdays
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act
from recruitment.record.checking import mark_checked
from recruitment.record.evidence import UNKNOWN, Publicity

Found = tuple[Finding, ...]


@frozen(kw_only=True)
class Timing:
    """The first day of an act, with what was found on that day. `passed` is the limit that bars every later day."""

    act: Act
    rulebook: Rulebook
    first: Bound | None
    limits: tuple[Bound, ...]
    passed: Bound | None
    found: Found
    notes: tuple[PlanNote, ...]
    provisional: bool

    @property
    def day(self) -> date:
        """The day."""
        return self.act.on


def time_of(
    bound_case: BoundCase,
    code: str,
    *,
    today: date,
    begin: Bound | None = None,
    not_before: date | None = None,
    meetings: Sequence[date] | None = None,
) -> Timing:
    """When the act may come in the case as it is, not before `today`.

    What has to be done before it and is not, is left out of account: this answers when, not whether. `begin` is a bound
    from elsewhere, `not_before` a wish, `meetings` the days of the body that decides, in order. A public notice that
    the rules ask for is imagined from the first day on which the act might come without it.
    """
    day = min([act.on for act in bound_case.case.happened] + [today])
    bound: Bound | None = None
    notice: date | None = None
    notes: list[PlanNote] = []
    passed: Bound | None = None
    lawful: date | None = None
    while True:
        rulebook = bound_case.edition_on(day)
        act = _imagine_on(rulebook, code, day, notice)
        found: Found = tuple(bound_case.judge_times(act, today=max(today, day)))
        later = _later(found, rulebook, day)
        if later is not None:
            day, bound = later.day, later
        elif begin is not None and day < begin.day:
            day, bound = begin.day, begin
        elif day < today:
            day, bound = today, None
        elif notice is None and _asks_for_notice(found):
            notice = day
        elif lawful is None:
            # What is wished beyond this day must not be taken for what the rules say.
            lawful, passed = day, _missed_bar(found, rulebook, day)
        elif not_before is not None and day < not_before:
            day, bound = not_before, None
        else:
            met = None if meetings is None else next((held for held in meetings if held >= day), None)
            if met is None or met == day:
                break
            day, bound = met, None
    if meetings is not None:
        held = day in meetings
        notes.append(PlanNote("meeting" if held else "no-meeting", day=day))
    if bound is not None and bound is not begin:
        # The edition of an earlier day may have named it first; the one of the day itself is cited.
        bound = _binding(found, rulebook, day) or bound
    limits = _limits(bound_case, act, notice, found)
    if notice is not None:
        notes.append(PlanNote("notice", day=notice))
    notes += _notes(found, limits, day, lawful)
    return Timing(
        act=act,
        rulebook=rulebook,
        first=bound,
        limits=limits,
        passed=passed,
        found=found,
        notes=tuple(notes),
        provisional=any(f.check.provisional for f in found),
    )


def _imagine_on(rulebook: Rulebook, code: str, day: date, notice: date | None) -> Act:
    """The act with its success; what it says of days is the day itself, and its public notice began on `notice`."""
    act = imagine(rulebook.by_code[code], day)
    own = fields_of(type(act))
    held: dict[str, Any] = {f"{key}_" if key == "from" else key: day for key in ("from", "to") if key in own}
    if notice is not None and "publicity" in own:
        held["publicity"] = Publicity(agreed=notice, from_=notice)
    return mark_checked(evolve(act, **held)) if held else act


def _asks_for_notice(found: Found) -> bool:
    """Whether a rule asks for a public notice that the imagined act could carry."""
    return any(isinstance(f.comparison, Workdays) and "publicity" in f.comparison.since for f in found)


def bound_of(finding: Finding, rulebook: Rulebook, day: date) -> Bound:
    """What a finding says of a first or last day."""
    check = finding.check
    return Bound(
        day=day,
        rule=finding.rule,
        edition=finding.edition,
        force=finding.force,
        anchor=check.anchor if isinstance(check.anchor, date) else None,
        act=check.about if isinstance(finding.comparison, Order) and check.about in rulebook.by_code else None,
        anchor_act=_anchor_act(finding, rulebook),
        provisional=check.provisional,
    )


def _anchor_act(finding: Finding, rulebook: Rulebook) -> str | None:
    """The act that a limit counts from."""
    limit = finding.comparison
    if not isinstance(limit, DateLimit):
        return None
    anchors = limit.anchors or {}
    path = anchors.get("meeting", "") if limit.anchor_policy else limit.anchor or ""
    head = path.partition(".")[0]
    return head if head in rulebook.by_code else None


def _later(found: Found, rulebook: Rulebook, day: date) -> Bound | None:
    """The furthest first day that an unmet rule names, if it is ahead."""
    ahead = [
        finding
        for finding in found
        if finding.value == "unmet" and finding.check.first_day is not None and finding.check.first_day > day
    ]
    last = max((f.check.first_day for f in ahead if f.check.first_day and f.force != "advice"), default=None)
    return None if last is None else _binding(ahead, rulebook, last)


def _binding(found: Iterable[Finding], rulebook: Rulebook, day: date) -> Bound | None:
    """What names that first day: a rule on this act before the order of all acts, a bar before the chart's order."""
    best: tuple[bool, bool] | None = None
    bound = None
    for finding in found:
        key = (bool(finding.rule.acts), finding.force == "bar")
        if finding.check.first_day == day and finding.force != "advice" and (best is None or key >= best):
            best, bound = key, bound_of(finding, rulebook, day)
    return bound


def _missed_bar(found: Found, rulebook: Rulebook, day: date) -> Bound | None:
    """The bar that no later day meets either."""
    for finding in found:
        check = finding.check
        if finding.value != "unmet" or finding.force != "bar":
            continue
        if _limits_its_day(finding) and check.last_day is not None and check.last_day < day:
            return bound_of(finding, rulebook, check.last_day)
        if isinstance(finding.comparison, Once) and check.note in FINAL:
            return bound_of(finding, rulebook, day)
    return None


def _limits_its_day(finding: Finding) -> bool:
    return isinstance(finding.comparison, DateLimit) and finding.comparison.value == "on"


def _limits(bound_case: BoundCase, act: Act, notice: date | None, found: Found) -> tuple[Bound, ...]:
    """The last days that the rules give, the nearest first.

    Where a limit would end under a later edition, that edition sets it.
    """
    limits = _last_days(found, bound_case.edition_on(act.on))
    for edition in bound_case.editions.rulebooks if bound_case.case.file.edition is None else ():
        day = edition.in_force
        if day > act.on:
            rulebook = bound_case.edition_on(day)
            later = tuple(bound_case.judge_times(_imagine_on(rulebook, act.code, day, notice), today=day))
            limits = [limit for limit in limits if limit.day < day]
            limits += [limit for limit in _last_days(later, rulebook) if limit.day >= day]
    return tuple(sorted(limits, key=lambda limit: limit.day))


def _last_days(found: Found, rulebook: Rulebook) -> list[Bound]:
    return [
        bound_of(finding, rulebook, finding.check.last_day)
        for finding in found
        if _limits_its_day(finding) and finding.check.last_day is not None and finding.force != "advice"
    ]


def _notes(found: Found, limits: Iterable[Bound], day: date, lawful: date) -> Iterator[PlanNote]:
    """What a day leaves open: limits that it is too late for, what no day cures, what is not known.

    A limit that the first lawful day would have kept is missed for the meeting, or the wish, alone.
    """
    for limit in limits:
        if limit.day < day:
            late: NoteCode = "late" if limit.day < lawful else "meeting-late"
            yield PlanNote(late, limit.rule, limit.edition, limit.day, day)
    periods: dict[str, PlanNote] = {}
    for finding in found:
        comparison, check, told = finding.comparison, finding.check, (finding.rule, finding.edition)
        if isinstance(comparison, Elapsed) and isinstance(check.anchor, date) and check.anchor <= day:
            yield PlanNote("promptly", *told, day=check.anchor)
        elif isinstance(comparison, Periods) and comparison.days is not None and finding.value != "met":
            first = periods.get(finding.rule.code)
            begun = first.day if first else check.anchor
            periods[finding.rule.code] = PlanNote("each-period", *told, begun, check.limit, comparison.of)
        elif not isinstance(comparison, DateLimit) or finding.force == "advice":
            continue
        elif (
            finding.value == "unmet" and check.first_day is None and check.last_day is None and _is_stated(check.actual)
        ):
            yield PlanNote("not-cured", *told)
        elif (
            finding.value == "unknown" and _limits_its_day(finding) and finding.force == "bar" and check.anchor is None
        ):
            yield PlanNote("unknown", *told)
    yield from periods.values()


def _is_stated(value: object) -> bool:
    return value is not None and value is not UNKNOWN
