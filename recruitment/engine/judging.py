"""A file as a whole: replayed as it was recorded, or reviewed act by act, however wrong it is. Pure.

Both go through the same machine and the same guards as a single ruling; there is no second set of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine import ruling
from recruitment.engine.attempt import Attempt, Mode
from recruitment.engine.compiled import compiled_rulebook, outcome_of
from recruitment.engine.corrections import check_correction, correct, replay_corrected
from recruitment.engine.ruling import Ruling, move, next_case, open_case
from recruitment.engine.sequence import judge_in_order
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, File
from recruitment.record.case import Case


def replay_act(editions: Editions, case: Case, act: Act, edition: str) -> Case:
    """The case with an act that an earlier ruling admitted under `edition`: moved by the machine, not judged anew.

    Raises:
        KeyError: that edition is not known.
        BadInput: the machine has no such step from here, so the record was not made by it.
    """
    if isinstance(act, Correct):
        check_correction(editions, case, act)
        return replay_corrected(editions, case, act)
    rulebook = editions.named(edition)
    outcome = outcome_of(rulebook, case, act)
    attempt = Attempt(case, act, outcome, compiled_rulebook(rulebook), recorded=act.recorded or act.on, mode="recorded")
    edge, stands = move(attempt)
    if edge is None and not stands:
        raise BadInput.of(
            f"{case.file.id}: {act.code}",
            Label(
                zh=f"记录中有一步无法从 {case.state.name} 走到，请用备份恢复",
                en=f"the record holds a step that does not exist from {case.state.name}; restore the ledger from a "
                "copy",
            ),
        )
    return next_case(rulebook, case, act, outcome, edge, stands=stands)


def judge(
    editions: Editions,
    case: Case,
    act: Act,
    *,
    today: date,
    on_trust: str | None = None,
    ahead: Callable[[str], Act | None] | None = None,
    lenient: bool = False,
) -> Ruling:
    """Judge any act on a case as of `today`, without doing it: one of the course, beside it, or a correction.

    `lenient` and `ahead` serve `review`.

    Raises:
        BadInput: as `recruitment.engine.ruling.judge_act` and `recruitment.engine.corrections.correct` do.
    """
    if isinstance(act, Correct):
        return correct(editions, case, act, today=today, on_trust=on_trust)
    mode: Mode = "lenient" if lenient else "strict"
    return ruling.judge_act(editions, case, act, today=today, on_trust=on_trust, mode=mode, ahead=ahead)


def review(
    editions: Editions, file: File | Case, acts: Sequence[Act], *, today: date, on_trust: str | None = None
) -> tuple[Ruling, ...]:
    """Judge a whole file, however wrong, by the same rules and the same machine, and never stop at the first fault.

    From a case on, only what is new is judged. Each act is judged in its round: on the acts before it, and for what it
    comes after also on those entered later, up to the next act that reopens something. A correction is judged where
    it was entered, and what comes after it on the file as it then stood.
    """
    rulings = judge_in_order(editions, file, acts, today=today, on_trust=on_trust, ruled=partial(judge, lenient=True))
    return tuple(found for found in rulings if found is not None)


def replay(editions: Editions, file: File, steps: Sequence[tuple[Act, str]]) -> Case:
    """A file's case from its acts and the editions they were admitted under; verdicts are frozen."""
    case = open_case(editions, file)
    for act, edition in steps:
        case = replay_act(editions, case, act, edition)
    return case
