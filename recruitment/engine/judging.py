"""The front door: an act judged on a case, a file reviewed as a whole, however wrong it is, or replayed. Pure.

All go through the same machine and the same evaluators; there is no second set of rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.bound import BoundCase
from recruitment.engine.compiled import compiled_rulebook
from recruitment.engine.corrections import check_correction, correct_bound, judge_correction, replay_corrected
from recruitment.engine.findings import FINAL
from recruitment.engine.machine_model import replay_step
from recruitment.engine.ruling import Ruling
from recruitment.engine.sequence import judge_in_order
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, File, says_as_it_was
from recruitment.record.case import Case, open_case
from recruitment.record.checking import check_act, redated


def judge(
    editions: Editions, case: Case, act: Act, *, today: date, on_trust: str | None = None, as_it_was: bool = False
) -> Ruling:
    """Judge an act on a case as of `today`, without doing it: one of the course, or beside it.

    Every rule that speaks of the act is judged, even where another rule refuses it. The edition is the one in force on
    the day of the act, or the one the file pins. `on_trust` is the reason for which unknown bars are let through; with
    `as_it_was` an act that says for which reason it is recorded as it was is let through with its unmet bars.

    Raises:
        BadInput: the act is a correction, which `recruitment.engine.corrections.judge_correction` judges; or it cannot
            be read as one of the edition's: an outcome, a rule or an edition that does not exist; or a field of it is
            not of the kind that its class says.
    """
    return BoundCase(editions, case).judge(act, today=today, on_trust=on_trust, as_it_was=as_it_was)


def judge_new_entry(
    editions: Editions, case: Case, act: Act, *, today: date, on_trust: str | None = None, as_it_was: bool = False
) -> Ruling:
    """Judge what is to be entered next in a file, an act or a correction.

    Raises:
        BadInput: as `judge` and `judge_correction` do.
    """
    if isinstance(act, Correct):
        return judge_correction(editions, case, act, today=today, on_trust=on_trust, as_it_was=as_it_was)
    return judge(editions, case, act, today=today, on_trust=on_trust, as_it_was=as_it_was)


def first_lawful_day(editions: Editions, case: Case, act: Act, *, today: date) -> date | None:
    """The first day on which no limit of time refuses the act, or None where there is no such day.

    This answers when, not whether: `recruitment.engine.bound.BoundCase.first_lawful_day`.
    """
    return BoundCase(editions, case).first_lawful_day(act, today=today)


def lawful_from(editions: Editions, ruling: Ruling, *, today: date) -> date | None:
    """The first day on which recording an act that was asked for, as it is, would be admitted; else None.

    None where no day is lawful, where the day is not what refuses it, and where it is not the day alone. Of an
    act that was refused no day is named that is over already: what was done too late was not done earlier.
    """
    if isinstance(ruling.act, Correct) or not (ruling.admitted or _waits_for_a_day(ruling)):
        return None
    bound = BoundCase(editions, ruling.case)
    since = None if ruling.admitted else min(ruling.act.on, today)
    day = bound.first_lawful_day(ruling.act, today=today, since=since)
    if day is None or (ruling.admitted and day == ruling.act.on):
        return day
    moved = redated(ruling.act, on=day, recorded=None)
    return day if bound.judge(moved, today=max(today, day)).admitted else None


def dead_end(editions: Editions, ruling: Ruling, *, today: date) -> bool:
    """Whether an act that was refused could be recorded on no day, even with everything else corrected."""
    if ruling.admitted or isinstance(ruling.act, Correct):
        return False
    final = any(f.value == "unmet" and f.check.note in FINAL for f in ruling.barring)
    if not (final or _waits_for_a_day(ruling)):
        return False
    since = min(ruling.act.on, today)
    return BoundCase(editions, ruling.case).first_lawful_day(ruling.act, today=today, since=since) is None


def _waits_for_a_day(ruling: Ruling) -> bool:
    """Whether the day is among the reasons of the refusal."""
    return any(f.value == "unmet" and (f.check.first_day or f.check.last_day) for f in ruling.barring)


def review(
    editions: Editions,
    file: File | Case,
    acts: Sequence[Act],
    *,
    today: date,
    on_trust: str | None = None,
    as_it_was: bool = False,
) -> tuple[Ruling, ...]:
    """Judge a whole file, however wrong, by the same rules and the same machine, and never stop at the first fault.

    From a case on, only what is new is judged. Each act is judged in its round: on the acts before it, and for what it
    comes after also on those entered later, up to the next act that reopens something. A correction is judged where it
    was entered; what comes after it is judged on the file as it was then.

    Raises:
        BadInput: a fact or an act is not of the kind that its class says, or an act cannot be judged at all.
    """
    for n, act in enumerate(acts):
        check_act(act, f"acts[{n}]")
    bound = BoundCase(editions, file if isinstance(file, Case) else open_case(editions, file))

    def corrected(so_far: BoundCase, act: Correct) -> Ruling:
        return correct_bound(so_far, act, today=today, on_trust=on_trust, as_it_was=as_it_was)

    rulings = judge_in_order(bound, acts, today=today, on_trust=on_trust, as_it_was=as_it_was, corrected=corrected)
    return tuple(found for found in rulings if found is not None)


def replay_act(editions: Editions, case: Case, act: Act, edition: str, *, moves_stand: bool = False) -> Case:
    """The case with an act that an earlier ruling admitted under `edition`: moved by the machine, not judged again.

    With `moves_stand` a move undoes nothing, as in records made before a move could undo acts.

    Raises:
        KeyError: that edition is not known.
        BadInput: the machine has no such step from here, so the record was not made by it.
    """
    if isinstance(act, Correct):
        bound = BoundCase(editions, case)
        check_correction(bound, act)
        return replay_corrected(bound, act, moves_stand=moves_stand)
    # What was recorded as it was may have come without what it comes after, which is then presumed.
    following, placed = replay_step(
        case,
        act,
        compiled_rulebook(editions.named(edition)),
        presumed=says_as_it_was(act),
        moves_stand=moves_stand,
    )
    if not placed:
        raise BadInput.of(
            f"{case.file.id}: {act.code}",
            Label(
                zh=f"记录中有一步无法从 {case.state.name} 走到，请用备份恢复",
                en=f"the record holds a step that does not exist from {case.state.name}; restore the ledger from a "
                "copy",
            ),
        )
    return following


def replay_acts(editions: Editions, file: File, steps: Sequence[tuple[Act, str]]) -> Case:
    """A file's case from its acts and the editions they were admitted under; verdicts are frozen."""
    case = open_case(editions, file)
    for n, (act, edition) in enumerate(steps):
        check_act(act, f"acts[{n}]")
        case = replay_act(editions, case, act, edition)
    return case
