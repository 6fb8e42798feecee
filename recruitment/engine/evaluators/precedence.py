"""The comparisons of order: what an act comes after, and whether it may come again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from recruitment.base.dates import add
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import (
    Evaluator,
    Origin,
    absent,
    compile_comparison,
    compile_test,
    stands_since,
)
from recruitment.engine.findings import Check
from recruitment.law.comparisons.precedence import After, Once, Order, OrderNote
from recruitment.law.rulebook import Detour, Force
from recruitment.law.states import fits, may_come, possible_outcomes
from recruitment.record.acts import Act, Correct, TransferIn, TransferOut
from recruitment.record.case import Case

_DAY: Final = timedelta(days=1)


def _check_order(
    done: date, on: date, code: str, force: Force | None, comparison: int, note: OrderNote = "order"
) -> Check:
    return Check(done <= on, done, done, on, done, note=note, about=code, force=force, comparison=comparison)


def _order_note(case: Case, places: tuple[int, ...], done: date) -> OrderNote:
    """How the day of what comes before is named: as its own, or as that of its reply."""
    return "order" if any(case.acts[place].on == done for place in places) else "order-reply"


def _undoing_policies(attempt: Attempt, by: Act, code: str) -> tuple[str, ...]:
    """Name the policy of which one value lets an act undo what `code` rests on, and another does not."""
    procedure, below = attempt.machine.rulebook.by_code.get(by.code), attempt.machine.graph.below
    policies = []
    for outcome in procedure.outcomes if procedure is not None else ():
        ended_so = outcome.default if by.outcome is None else outcome.code == by.outcome
        standings = outcome.reopens_standings
        if outcome.reopens_policy is None or not ended_so:
            continue
        if standings and code not in attempt.case.reopened and attempt.case.state.standing not in standings:
            continue  # nothing of such a person is undone, whatever the value
        resting = below.get(code, frozenset()) | {code}
        undone = {bool(resting.intersection(acts)) for acts in (outcome.reopens_for or {}).values()}
        if len(undone) > 1:
            policies.append(outcome.reopens_policy)
    return tuple(policies)


def _check_before(attempt: Attempt, code: str, force: Force | None, comparison: int, checks: list[Check]) -> None:
    """Check that an act that comes before is done and not dated later."""
    case, on = attempt.case, attempt.on
    places = case.current.get(code)
    if not places:
        _check_missing(attempt, code, force, comparison, checks)
        return
    done = min(case.day_of(place) for place in places)
    if code in case.reopened:
        # What was undone is made good from that day on, and not by an entry that is dated before it.
        undone = case.acts[case.reopened[code]].on
        if done < undone:
            since = [case.day_of(place) for place in places if case.day_of(place) >= undone]
            if not since:
                decided = _undoing_policies(attempt, case.acts[case.reopened[code]], code)
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
    checks.append(_check_order(done, on, code, force, comparison, _order_note(case, places, done)))


def _check_missing(attempt: Attempt, code: str, force: Force | None, comparison: int, checks: list[Check]) -> None:
    """Check what must come before and is entered later, or not at all; then check what comes before that."""
    on = attempt.on
    later = attempt.ahead(code) if attempt.ahead is not None else None
    if later is not None:
        day = stands_since(later, attempt.machine.rulebook.by_code[code].stands_from)
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
        # What is missing is skipped, back to the nearest acts that are recorded, so that a wrong order among those is
        # found.
        through: list[Check] = []
        for before in attempt.machine.rulebook.by_code[code].after:
            _check_before(attempt, before, force, comparison, through)
        seen = {check.about for check in checks}
        checks += [
            check for check in through if check.truth is False and check.note != "not-done" and check.about not in seen
        ]


def _check_place(attempt: Attempt, detour: Detour, comparison: int) -> Check:
    """Check that the standing allows an act beside the main line, and that the act is not dated before it."""
    case, on = attempt.case, attempt.on
    standing = case.state.standing
    if not fits(detour, case.state):
        return Check(absent(attempt), None, None, on, note="not-now", about=standing, comparison=comparison)
    if case.away is not None and not detour.ends and detour.code != TransferIn.code:
        return _check_away(attempt, comparison)
    if detour.ends:  # nothing that the file holds comes after its end
        latest = max(case.happened, key=lambda act: act.on, default=None)
    else:
        gained = [p.code for p in attempt.machine.rulebook.procedures if p.standing == standing]
        places = case.current.get(gained[0], ()) if gained else ()
        latest = case.acts[places[-1]] if places else None
        if latest is not None:
            since = case.day_of(places[-1])
            return _check_order(since, on, latest.code, None, comparison, _order_note(case, places, since))
    if latest is None:
        return Check(True, None, None, on, note="standing", about=standing, comparison=comparison)
    return _check_order(latest.on, on, latest.code, None, comparison)


def _check_away(attempt: Attempt, comparison: int) -> Check:
    """Find that the person is with another unit, which has not recorded that it took him up."""
    case = attempt.case
    assert case.away is not None
    left = case.acts[case.away]
    lacks = () if case.file.complete else (TransferIn.code,)
    return Check(
        absent(attempt), left.on, actual=attempt.on, lacks=lacks, note="away", about=left.code, comparison=comparison
    )


@compile_comparison.register(Order)
def order_evaluator(_: Order, origin: Origin) -> Evaluator:
    """What the act comes after is done and not dated later: the edges of the procedures; one check an edge."""
    rulebook, comparison, _since = origin
    edges: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
    spoken = {p.code: compile_test(p.chart_when, rulebook) for p in rulebook.procedures if p.chart_when is not None}

    def edges_of(attempt: Attempt) -> tuple[str, ...]:
        procedure = rulebook.by_code[attempt.code]
        found = list(procedure.after)
        for outcome in possible_outcomes(procedure, attempt.case.state):
            if outcome.code == attempt.outcome:
                found += outcome.after
        return tuple(found)

    def evaluate(attempt: Attempt) -> list[Check]:
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
            return [_check_place(attempt, procedure, comparison)]
        key = (own, attempt.outcome, state.pending)
        needed = edges.get(key)
        if needed is None:
            needed = edges[key] = edges_of(attempt)
        checks: list[Check] = [] if case.away is None else [_check_away(attempt, comparison)]
        current, reopened = case.current, case.reopened
        for code in needed:
            places = current.get(code)
            if not places or len(places) > 1 or code in reopened:
                _check_before(attempt, code, None, comparison, checks)
                continue
            # What `_check_before` finds for one act that counts and was never undone: by far the most frequent case.
            place = places[0]
            if place in case.stood:
                checks.append(_check_order(case.stood[place], on, code, None, comparison, "order-reply"))
            else:
                checks.append(_check_order(case.acts[place].on, on, code, None, comparison))
        if procedure.chart:
            condition = spoken.get(own)
            if condition is None or condition.answer(condition.read(attempt)) is not False:
                for code in procedure.chart:
                    _check_before(attempt, code, "usual", comparison, checks)
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
                    policies=_undoing_policies(attempt, by, own),
                )
            )
        return checks

    return evaluate


@compile_comparison.register(After)
def after_evaluator(rule: After, origin: Origin) -> Evaluator:
    """The acts that a rule names are done and not dated later; one check an act."""
    comparison = origin.comparison

    def evaluate(attempt: Attempt) -> list[Check]:
        checks: list[Check] = []
        for code in rule.acts:
            _check_before(attempt, code, None, comparison, checks)
        return checks

    return evaluate


@compile_comparison.register(Once)
def once_evaluator(_: Once, origin: Origin) -> Evaluator:
    """The act is not yet done in its round, or comes again, or has lapsed."""
    rulebook, comparison, _since = origin
    first_time = (Check(True, note="first-time", comparison=comparison),)

    def evaluate(attempt: Attempt) -> tuple[Check, ...]:
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
        if isinstance(procedure, Detour):
            return (_move_again(attempt, standing, comparison),)
        if procedure.again:
            return (Check(True, standing, None, on, note=procedure.again, comparison=comparison),)
        if procedure.lapse is None or not may_come(procedure, case.state):
            # An act after it might have opened it again under another value of a policy.
            since = case.acts[case.current[code][-1] + 1 :]
            decided = tuple(dict.fromkeys(p for by in since for p in _undoing_policies(attempt, by, code)))
            return (Check(False, standing, None, on, note="twice", comparison=comparison, policies=decided),)
        limit = add(standing, procedure.lapse.span, procedure.lapse.rounding)
        lapsed = on > limit
        note: OrderNote = "lapsed" if lapsed else "not-lapsed"
        return (Check(lapsed, standing, limit, on, limit + _DAY, note=note, comparison=comparison),)

    return evaluate


def _move_again(attempt: Attempt, standing: date, comparison: int) -> Check:
    """Find whether an act beside the main line is recorded twice: a move is recorded once."""
    case, act, on = attempt.case, attempt.act, attempt.on
    if not isinstance(act, TransferIn | TransferOut):
        return Check(True, standing, None, on, note="repeats", comparison=comparison)
    before = [entry for entry in case.happened if isinstance(entry, TransferIn | TransferOut)][-1]
    same = type(before) is type(act) and (
        isinstance(act, TransferOut)
        or before.on == act.on
        or (isinstance(before, TransferIn) and isinstance(before.from_unit, str) and before.from_unit == act.from_unit)
    )
    note: OrderNote = "same-move" if same else "repeats"
    return Check(not same, before.on, None, on, note=note, about=before.code, comparison=comparison)
