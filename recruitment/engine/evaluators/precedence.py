"""The comparisons of order: what an act comes after, and whether it may come again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from recruitment.base.dates import add
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Judge, Origin, absent, compile_comparison, compile_test
from recruitment.engine.findings import Check
from recruitment.law.comparisons.precedence import After, Once, Order, OrderNote
from recruitment.law.rulebook import Detour, Force
from recruitment.law.states import fits, may_come, presence_rows
from recruitment.record.acts import Act, Correct

_DAY: Final = timedelta(days=1)


def _ordered(done: date, on: date, code: str, force: Force | None, comparison: int) -> Check:
    return Check(done <= on, done, done, on, done, note="order", about=code, force=force, comparison=comparison)


def _undone_by_policy(attempt: Attempt, by: Act, code: str) -> tuple[str, ...]:
    """Name the policy of which one value lets an act undo what `code` rests on, and another does not."""
    procedure, below = attempt.machine.rulebook.by_code.get(by.code), attempt.machine.graph.below
    policies = []
    for outcome in procedure.outcomes if procedure is not None else ():
        if outcome.reopens_policy is None or outcome.code != by.outcome:
            continue
        resting = below.get(code, frozenset()) | {code}
        undone = {bool(resting.intersection(acts)) for acts in (outcome.reopens_for or {}).values()}
        if len(undone) > 1:
            policies.append(outcome.reopens_policy)
    return tuple(policies)


def _precedes(attempt: Attempt, code: str, force: Force | None, comparison: int, checks: list[Check]) -> None:
    """Check that an act that comes before is done and not dated later."""
    case, on = attempt.case, attempt.on
    places = case.current.get(code)
    if not places:
        _missing(attempt, code, force, comparison, checks)
        return
    done = case.acts[places[0]].on if len(places) == 1 else min(case.acts[place].on for place in places)
    if code in case.reopened:
        # What was undone is made good from that day on, and not by an entry that is dated before it.
        undone = case.acts[case.reopened[code]].on
        if done < undone:
            since = [case.acts[place].on for place in places if case.acts[place].on >= undone]
            if not since:
                decided = _undone_by_policy(attempt, case.acts[case.reopened[code]], code)
                checks.append(
                    Check(
                        False,
                        undone,
                        undone,
                        on,
                        note="not-made-good",
                        about=code,
                        force=force,
                        comparison=comparison,
                        policies=decided,
                    )
                )
                return
            done = min(since)
    checks.append(_ordered(done, on, code, force, comparison))


def _missing(attempt: Attempt, code: str, force: Force | None, comparison: int, checks: list[Check]) -> None:
    """Check what comes before and does not stand: entered later, or not at all; then look through it."""
    on = attempt.on
    later = attempt.ahead(code) if attempt.ahead is not None else None
    if later is not None:
        day = later.on
        checks.append(
            Check(False, day, day, on, day, note="entered-later", about=code, force=force, comparison=comparison)
        )
        return
    truth = absent(attempt)
    lacks = () if truth is False else (code,)
    checks.append(
        Check(truth, None, None, on, lacks=lacks, note="not-done", about=code, force=force, comparison=comparison)
    )
    if attempt.ahead is not None:
        # Looked through what is missing, to the nearest acts that are recorded: a wrong order among them shows.
        through: list[Check] = []
        for before in attempt.machine.rulebook.by_code[code].after:
            _precedes(attempt, before, force, comparison, through)
        seen = {check.about for check in checks}
        checks += [
            check for check in through if check.truth is False and check.note != "not-done" and check.about not in seen
        ]


def _place(attempt: Attempt, detour: Detour, comparison: int) -> Check:
    """Check that an act beside the main line may come as the person now stands, after what brought him there."""
    case, on = attempt.case, attempt.on
    standing = case.state.standing
    if not fits(detour, case.state):
        return Check(absent(attempt), None, None, on, note="not-now", about=standing, comparison=comparison)
    if detour.ends:  # nothing that the file holds comes after its end
        latest = max(case.happened, key=lambda act: act.on, default=None)
    else:
        gained = [p.code for p in attempt.machine.rulebook.procedures if p.standing == standing]
        latest = case.standing_act(gained[0]) if gained else None
    if latest is None:
        return Check(True, None, None, on, note="standing", about=standing, comparison=comparison)
    return _ordered(latest.on, on, latest.code, None, comparison)


@compile_comparison.register(Order)
def judge_order(_: Order, origin: Origin) -> Judge:
    """What the act comes after is done and not dated later: the edges of the procedures; one check an edge."""
    rulebook, comparison, _since = origin
    edges: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
    spoken = {p.code: compile_test(p.chart_when, rulebook) for p in rulebook.procedures if p.chart_when is not None}

    def edges_of(attempt: Attempt) -> tuple[str, ...]:
        procedure = rulebook.by_code[attempt.code]
        found = list(procedure.after)
        for outcome in presence_rows(procedure, attempt.case.state):
            if outcome.code == attempt.outcome:
                found += outcome.after
        return tuple(found)

    def judge(attempt: Attempt) -> list[Check]:
        case, own, on = attempt.case, attempt.code, attempt.on
        if own == Correct.code:
            return []  # the record may be set right at any time, also after an end
        state = case.state
        if state.ended:
            ending = case.happened[-1].on if case.acts else None
            return [Check(False, ending, None, on, note="ended", about=state.ended, comparison=comparison)]
        procedure = rulebook.by_code.get(own)
        if procedure is None:
            return [Check(False, None, None, on, note="no-place", about=own, comparison=comparison)]
        if isinstance(procedure, Detour):
            return [_place(attempt, procedure, comparison)]
        key = (own, attempt.outcome, state.pending)
        needed = edges.get(key)
        if needed is None:
            needed = edges[key] = edges_of(attempt)
        checks: list[Check] = []
        current, reopened = case.current, case.reopened
        for code in needed:
            places = current.get(code)
            if not places or len(places) > 1 or code in reopened:
                _precedes(attempt, code, None, comparison, checks)
                continue
            # What `_precedes` comes to for one act that stands and was never undone: by far the most frequent.
            done = case.acts[places[0]].on
            checks.append(_ordered(done, on, code, None, comparison))
        if procedure.chart:
            condition = spoken.get(own)
            if condition is None or condition.answer(condition.read(attempt)) is not False:
                for code in procedure.chart:
                    _precedes(attempt, code, "usual", comparison, checks)
        if own in case.reopened and procedure.again is None:
            by = case.acts[case.reopened[own]]
            checks.append(
                Check(
                    by.on <= on,
                    by.on,
                    by.on,
                    on,
                    by.on,
                    note="reopened",
                    about=by.code,
                    comparison=comparison,
                    policies=_undone_by_policy(attempt, by, own),
                )
            )
        return checks

    return judge


@compile_comparison.register(After)
def judge_after(rule: After, origin: Origin) -> Judge:
    """The acts that a rule names are done and not dated later; one check an act."""
    comparison = origin.comparison

    def judge(attempt: Attempt) -> list[Check]:
        checks: list[Check] = []
        for code in rule.acts:
            _precedes(attempt, code, None, comparison, checks)
        return checks

    return judge


@compile_comparison.register(Once)
def judge_once(_: Once, origin: Origin) -> Judge:
    """The act is not yet done in its round, or comes again, or has lapsed."""
    rulebook, comparison, _since = origin
    first_time = (Check(True, note="first-time", comparison=comparison),)

    def judge(attempt: Attempt) -> tuple[Check, ...]:
        case, code, on = attempt.case, attempt.code, attempt.on
        procedure = rulebook.by_code.get(code)
        if case.state.ended or procedure is None:
            return ()
        standing = case.day(code) if code in case.current else None
        if standing is None and code in case.state.done:
            # Presumed done in a record that is not whole: this is its first entry.
            return first_time
        if procedure.again and not may_come(procedure, case.state):
            return (Check(False, standing, None, on, note="no-more", about=procedure.until, comparison=comparison),)
        if standing is None:
            return first_time
        if procedure.again:
            return (Check(True, standing, None, on, note=procedure.again, comparison=comparison),)
        if procedure.lapse is None or not may_come(procedure, case.state):
            # An act after it might have opened it again under another value of a policy.
            since = case.acts[case.current[code][-1] + 1 :]
            decided = tuple(dict.fromkeys(p for by in since for p in _undone_by_policy(attempt, by, code)))
            return (Check(False, standing, None, on, note="twice", comparison=comparison, policies=decided),)
        limit = add(standing, procedure.lapse.span, procedure.lapse.rounding)
        lapsed = on > limit
        note: OrderNote = "lapsed" if lapsed else "not-lapsed"
        return (Check(lapsed, standing, limit, on, limit + _DAY, note=note, comparison=comparison),)

    return judge
