"""The comparisons that every act is put to: what it comes after, whether it may come again, and when it is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from recruitment.base.dates import add
from recruitment.base.structure.values import fields_of
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Judge, absent, compile_test, field_at
from recruitment.engine.findings import Check, made
from recruitment.law.comparisons import After
from recruitment.law.rulebook import Detour, Force, Rulebook
from recruitment.law.states import fits, may_come, presence_rows
from recruitment.record.acts import ACTS, Act, Correct

_DAY: Final = timedelta(days=1)
_FIRST_TIME: Final = (Check(True, note="first-time"),)


def _precedes(attempt: Attempt, code: str, force: Force | None, checks: list[Check]) -> None:
    """Check that an act that comes before is done and not dated later."""
    case, on = attempt.case, attempt.on
    places = case.current.get(code)
    if not places:
        _missing(attempt, code, force, checks)
        return
    done = case.acts[places[0]].on if len(places) == 1 else min(case.acts[place].on for place in places)
    if code in case.reopened:
        # What was undone is made good from that day on, and not by an entry that is dated before it.
        undone = case.acts[case.reopened[code]].on
        if done < undone:
            since = [case.acts[place].on for place in places if case.acts[place].on >= undone]
            if not since:
                checks.append(Check(False, undone, undone, on, note="not-made-good", about=code, force=force))
                return
            done = min(since)
    checks.append(made(Check, (done <= on, done, done, on, done, None, (), "order", code, force)))


def _missing(attempt: Attempt, code: str, force: Force | None, checks: list[Check]) -> None:
    """Check what comes before and does not stand: entered later, or not at all; then look through it."""
    on = attempt.on
    later = attempt.ahead(code) if attempt.ahead is not None else None
    if later is not None:
        checks.append(Check(False, later.on, later.on, on, later.on, note="entered-later", about=code, force=force))
        return
    truth = absent(attempt)
    lacks = () if truth is False else (code,)
    checks.append(Check(truth, None, None, on, lacks=lacks, note="not-done", about=code, force=force))
    if attempt.ahead is not None:
        # Looked through what is missing, to the nearest acts that are recorded: a wrong order among them shows.
        through: list[Check] = []
        for before in attempt.machine.rulebook.by_code[code].after:
            _precedes(attempt, before, force, through)
        seen = {check.about for check in checks}
        checks += [
            check for check in through if check.truth is False and check.note != "not-done" and check.about not in seen
        ]


def _place(attempt: Attempt, detour: Detour) -> Check:
    """Check that an act beside the main line may come as the person now stands, after what brought him there."""
    case, on = attempt.case, attempt.on
    standing = case.state.standing
    if not fits(detour, case.state):
        return Check(absent(attempt), None, None, on, note="not-now", about=standing)
    if detour.ends:  # nothing that the file holds comes after its end
        latest = max(case.happened, key=lambda act: act.on, default=None)
    else:
        gained = [p.code for p in attempt.machine.rulebook.procedures if p.standing == standing]
        latest = case.standing_act(gained[0]) if gained else None
    if latest is None:
        return Check(True, None, None, on, note="standing", about=standing)
    return Check(latest.on <= on, latest.on, latest.on, on, latest.on, note="order", about=latest.code)


def judge_order(rulebook: Rulebook) -> Judge:
    """What the act comes after is done and not dated later: the edges of the procedures; one check an edge."""
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
            return [Check(False, ending, None, on, note="ended", about=state.ended)]
        procedure = rulebook.by_code.get(own)
        if procedure is None:
            return [Check(False, None, None, on, note="no-place", about=own)]
        if isinstance(procedure, Detour):
            return [_place(attempt, procedure)]
        key = (own, attempt.outcome, state.pending)
        needed = edges.get(key)
        if needed is None:
            needed = edges[key] = edges_of(attempt)
        checks: list[Check] = []
        current, reopened = case.current, case.reopened
        for code in needed:
            places = current.get(code)
            if not places or len(places) > 1 or code in reopened:
                _precedes(attempt, code, None, checks)
                continue
            # What `_precedes` comes to for one act that stands and was never undone: by far the most frequent.
            done = case.acts[places[0]].on
            checks.append(made(Check, (done <= on, done, done, on, done, None, (), "order", code, None)))
        if procedure.chart:
            condition = spoken.get(own)
            if condition is None or condition.answer(condition.read(attempt)) is not False:
                for code in procedure.chart:
                    _precedes(attempt, code, "usual", checks)
        if own in case.reopened and procedure.again is None:
            by = case.acts[case.reopened[own]]
            checks.append(Check(by.on <= on, by.on, by.on, on, by.on, note="reopened", about=by.code))
        return checks

    return judge


def judge_after(rule: After) -> Judge:
    """The acts that a rule names are done and not dated later; one check an act."""

    def judge(attempt: Attempt) -> list[Check]:
        checks: list[Check] = []
        for code in rule.acts:
            _precedes(attempt, code, None, checks)
        return checks

    return judge


def judge_once(rulebook: Rulebook) -> Judge:
    """The act is not yet done in its round, or comes again, or has lapsed."""

    def judge(attempt: Attempt) -> tuple[Check, ...]:
        case, code, on = attempt.case, attempt.code, attempt.on
        procedure = rulebook.by_code.get(code)
        if case.state.ended or procedure is None:
            return ()
        standing = case.day(code) if code in case.current else None
        if standing is None and code in case.state.done:
            # Presumed done in a record that is not whole: this is its first entry.
            return _FIRST_TIME
        if procedure.again and not may_come(procedure, case.state):
            return (Check(False, standing, None, on, note="no-more", about=procedure.until),)
        if standing is None:
            return _FIRST_TIME
        if procedure.again:
            return (Check(True, standing, None, on, note=procedure.again),)
        if procedure.lapse is None or not may_come(procedure, case.state):
            return (Check(False, standing, None, on, note="twice"),)
        limit = add(standing, procedure.lapse.span, procedure.lapse.rounding)
        lapsed = on > limit
        return (Check(lapsed, standing, limit, on, limit + _DAY, note="lapsed" if lapsed else "not-lapsed"),)

    return judge


HAPPENED: Final = (
    "reported",
    "deliberated",
    "concluded",
    "inquiries",
    "from",
    "publicity.agreed",
    "publicity.from",
)
"""Keys of days on which something has happened that the act rests on: they lie no more ahead than the act itself."""


_CARRIED: Final[Mapping[type[Act], tuple[tuple[str, Callable[[Any], Any]], ...]]] = {
    kind: tuple((path, field_at(path)) for path in HAPPENED if path.partition(".")[0] in fields_of(kind))
    for kind in ACTS.values()
}
"""Those keys that the acts of a class carry, with how to read them."""


def judge_entry(attempt: Attempt) -> tuple[Check]:
    """The act, and what it says has happened, is not dated after the day of its entry."""
    day, on = attempt.recorded, attempt.on
    carried = _CARRIED.get(type(attempt.act))
    if carried and on <= day:
        for path, read in carried:
            value = read(attempt.act)
            latest = max(value) if type(value) is tuple and value else value
            if isinstance(latest, date) and latest > day:
                return (Check(False, None, day, latest, note="evidence-ahead", about=path),)
    return (made(Check, (on <= day, None, day, on, None, day, (), "future", None, None)),)


def judge_edition(attempt: Attempt) -> tuple[Check, ...]:
    """The day of the act lies under an edition that is encoded; where not, it is said once a file."""
    if not attempt.early:
        return ()
    encoded = attempt.machine.rulebook.in_force
    if any(act.on < encoded for act in attempt.case.happened):
        return ()
    return (Check(None, actual=attempt.on, note="edition"),)
