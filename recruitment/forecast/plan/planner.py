"""What is still to come: the first and the last lawful day of every act, from what is recorded. Pure.

The plan goes forward only. Each act that is not done is imagined with its success on the first day on which the rules
admit it, by the guards that judge real acts, and the machine moves on; so the plan knows no number of its own. What a
body decides it does not promise. The way back from a wished day is searched with the same way forward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from attrs import evolve, frozen
from msgspec.structs import replace

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.bound import BoundCase
from recruitment.engine.corrections import correct_bound
from recruitment.engine.ruling import Ruling
from recruitment.forecast.plan.fitting import LATE, Walker, fit, last_day, places
from recruitment.forecast.plan.forward import Forward, StepPlace
from recruitment.forecast.plan.steps import Goal, Meetings, Plan, PlanStep, SupposedAct
from recruitment.forecast.status import ending_of
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, AdmissionMeeting, ConversionMeeting, Correct
from recruitment.record.case import Case

_DAY = timedelta(days=1)
_EXTENSION = '{"act": "conversion_meeting", "on": "…", "outcome": "extend", "months": …}'


def plan(editions: Editions, case: Case, *, today: date, meetings: Meetings | None = None) -> Plan:
    """What is still to come of a file, as of `today`; nothing of it is before that day.

    With `meetings`, what a body decides falls on the next of its days. Where a limit would be missed only because the
    act that it counts from comes so early, that act is moved to the first day from which the limit is kept.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    steps, _ = fit(_walker(BoundCase(editions, case), today, meetings), until=None)
    return Plan(case=case, today=today, steps=steps, ended=ending_of(case))


def wished(
    editions: Editions, case: Case, code: str, on: date, *, today: date, meetings: Meetings | None = None
) -> Plan:
    """The last day of each act that still lets the act `code` come on the day `on`, in addition to the first days.

    Raises:
        BadInput: that act is not among those still to come, or as in `plan`.
    """
    walk = _walker(BoundCase(editions, case), today, meetings)
    steps, moved = fit(walk, until=code)
    goal = next((step for step in steps if step.procedure.code == code), None)
    if goal is None and not case.state.ended:
        raise BadInput.of(
            "--for",
            Label(
                zh=f"“{code}”不在此档案待办的程序之内，请看 recruitment 计划",
                en=f"{code} is not among the acts still to come of this file; see recruitment plan",
            ),
        )
    first = goal.earliest if goal else None
    possible = first is not None and first <= on
    if possible:

        def reached(place: StepPlace, day: date) -> bool:
            last = walk({**moved, place: day}, code)[-1]
            return last.procedure.code == code and last.earliest is not None and last.earliest <= on

        steps = tuple(_with_needed_by(steps, on, reached))
        wishes = {place: step.needed_by for place, step in places(steps).items() if step.needed_by is not None}
        late = [note for note in walk({**moved, **wishes}, code)[-1].notes if note.code in LATE]
        steps = (*steps[:-1], evolve(steps[-1], notes=(*late, *steps[-1].notes)))
    return Plan(
        case=case,
        today=today,
        steps=steps,
        ended=ending_of(case),
        goal=Goal(act=code, on=on, earliest=first, possible=possible),
    )


def _walker(bound_case: BoundCase, today: date, meetings: Meetings | None) -> Walker:
    """How the plan of this file goes forward, given wishes and the act to stop at."""
    held = {body: tuple(sorted(days)) for body, days in (meetings or {}).items()}
    return lambda wishes, until: Forward(bound_case, today, held, wishes).walk(until)


def _with_needed_by(
    steps: Sequence[PlanStep], on: date, reached: Callable[[StepPlace, date], bool]
) -> Iterator[PlanStep]:
    """Each step that the wish rests on with the last day that lets it be had: the later an act, the later the rest."""
    slack = on - (steps[-1].earliest or on)
    for place, step in places(steps).items():
        if step.earliest is None:
            yield step
        elif step.period is not None:  # its own period binds it closer than what follows
            yield evolve(step, needed_by=min(step.period[1], on))
        else:
            still = partial(reached, place)
            needed = not still(on + _DAY)  # what the wish does not rest on may come whenever it likes
            yield evolve(step, needed_by=last_day(step.earliest, on, still, step.earliest + slack)) if needed else step


# ------------------------------------------------------------------------------------------- what if


@frozen(kw_only=True)
class Supposed:
    """A case with acts in it that are not recorded; `refused` is the ruling on the first that could not be."""

    case: Case
    acts: tuple[SupposedAct, ...] = ()
    refused: Ruling | None = None


def suppose(editions: Editions, case: Case, acts: Iterable[Act], *, today: date) -> Supposed:
    """Enter acts as if they were done, in their order, and write nothing; what is known against one refuses it.

    What an act does not carry is no objection to a supposition. A day after `today` is taken as reached.

    Raises:
        BadInput: an act cannot be read as one of the edition's, or an extension that does not say how long.
    """
    bound_case = BoundCase(editions, case)
    entered: list[SupposedAct] = []
    for act in acts:
        if isinstance(act, ConversionMeeting) and act.outcome == "extend" and not isinstance(act.months, int):
            raise BadInput.of(
                "--what-if",
                Label(zh=f"请写明延长几个月：{_EXTENSION}", en=f"say how long the extension is: {_EXTENSION}"),
            )
        day = max(today, act.on)
        if isinstance(act, Correct):
            corrected = correct_bound(bound_case, act, today=day)
            if not corrected.admitted:
                return Supposed(case=bound_case.case, acts=tuple(entered), refused=corrected)
            bound_case = bound_case.after(corrected)
            entered.append(SupposedAct(act.code, corrected.outcome, act.on))
            continue
        ruling = bound_case.judge(act, today=day)
        known = tuple(finding for finding in ruling.findings if finding.value != "unknown")
        moved = bound_case.ruling_on(act, today=day, judged=False)
        if any(finding.bars for finding in known) or not moved.admitted:
            refused = replace(ruling, findings=known, admitted=False)
            return Supposed(case=bound_case.case, acts=tuple(entered), refused=refused)
        bound_case = bound_case.after(moved)
        entered.append(SupposedAct(act.code, ruling.outcome, act.on))
    return Supposed(case=bound_case.case, acts=tuple(entered))


def default_goal(editions: Editions, case: Case, *, today: date) -> str:
    """The act that a wish speaks of where none is named: the next decision by which the person's standing changes.

    Until it is held that is the meeting which admits; then the approval of the admission, and of the conversion.
    """
    done = case.state.done
    if AdmissionMeeting.code not in done:
        return AdmissionMeeting.code
    gains = [
        procedure.code for procedure in BoundCase(editions, case).edition_on(today).procedures if procedure.standing
    ]
    return next((code for code in gains if code not in done), gains[-1])
