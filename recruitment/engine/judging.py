"""A file as a whole: replayed as it was recorded, or reviewed act by act, however wrong it is. Pure.

Both go through the same machine and the same guards as a single ruling; there is no second set of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from recruitment.base.errors import BadInput
from recruitment.engine import ruling
from recruitment.engine.attempt import Mode, Petition
from recruitment.engine.compiled import bench_of, outcome_of
from recruitment.engine.corrections import check, correct, recast
from recruitment.engine.ruling import Ruling, follow, moved, open_case
from recruitment.engine.sequence import judged
from recruitment.law.editions import Books
from recruitment.record.acts import Act, Correct, File
from recruitment.record.case import Case


def recorded(books: Books, case: Case, act: Act, edition: str) -> Case:
    """The case with an act that an earlier ruling admitted under `edition`: moved by the machine, not judged anew.

    Raises:
        KeyError: that edition is not known.
        BadInput: the machine has no such step from here, so the record was not made by it.
    """
    if isinstance(act, Correct):
        check(books, case, act)
        return recast(books, case, act)
    book = books.named(edition)
    outcome = outcome_of(book, case, act)
    petition = Petition(case, act, outcome, bench_of(book), recorded=act.recorded or act.on, mode="recorded")
    edge, stands = moved(petition)
    if edge is None and not stands:
        raise BadInput.of(
            f"{case.file.id}: {act.code}",
            f"the record holds a step that does not exist from {case.state.name}; restore the ledger from a copy",
            f"记录中有一步无法从 {case.state.name} 走到，请用备份恢复",
        )
    return follow(book, case, act, outcome, edge, stands=stands)


def rule(
    books: Books,
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
        BadInput: as `recruitment.engine.ruling.rule` and `recruitment.engine.corrections.correct` do.
    """
    if isinstance(act, Correct):
        return correct(books, case, act, today=today, on_trust=on_trust)
    mode: Mode = "lenient" if lenient else "strict"
    return ruling.rule(books, case, act, today=today, on_trust=on_trust, mode=mode, ahead=ahead)


def review(
    books: Books, file: File | Case, acts: Sequence[Act], *, today: date, on_trust: str | None = None
) -> tuple[Ruling, ...]:
    """Judge a whole file, however wrong, by the same rules and the same machine, and never stop at the first fault.

    From a case on, only what is new is judged. Each act is judged in its round: on the acts before it, and for what it
    comes after also on those entered later, up to the next act that reopens something. A correction is judged where
    it was entered, and what comes after it on the file as it then stood.
    """
    rulings = judged(books, file, acts, today=today, on_trust=on_trust, ruled=partial(rule, lenient=True))
    return tuple(found for found in rulings if found is not None)


def replay(books: Books, file: File, steps: Sequence[tuple[Act, str]]) -> Case:
    """A file's case from its acts and the editions they were admitted under; verdicts are frozen."""
    case = open_case(books, file)
    for act, edition in steps:
        case = recorded(books, case, act, edition)
    return case
