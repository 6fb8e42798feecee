"""A file as a whole: replayed as it was recorded, or reviewed act by act, however wrong it is. Pure.

Both go through the same machine and the same guards as a single ruling; there is no second set of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from recruitment.case import Case
from recruitment.errors import BadInput
from recruitment.facts import Act, File
from recruitment.rulebook import Books
from recruitment.ruling import Petition, Ruling, bench_of, edition_of, follow, moved, open_case, outcome_of, rule


def recorded(books: Books, case: Case, act: Act, edition: str) -> Case:
    """The case with an act that an earlier ruling admitted under `edition`: moved by the machine, not judged anew.

    Raises:
        KeyError: that edition is not known.
        BadInput: the machine has no such step from here, so the record was not made by it.
    """
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


def review(
    books: Books, file: File | Case, acts: Sequence[Act], *, today: date, on_trust: str | None = None
) -> tuple[Ruling, ...]:
    """Judge a whole file, however wrong, by the same rules and the same machine, and never stop at the first fault.

    From a case on, only what is new is judged. Each act is judged in its round: on the acts before it, and for what it
    comes after also on those entered later, up to the next act that reopens something.
    """
    case = file if isinstance(file, Case) else open_case(books, file)
    places: dict[str, list[int]] = defaultdict(list)
    reopening: list[int] = []
    for n, act in enumerate(acts):
        places[act.code].append(n)
        book = edition_of(books, case.file, act)
        procedure = book.by_code.get(act.code)
        outcome = outcome_of(book, case, act)
        if procedure and any(row.code == outcome and row.reopens for row in procedure.outcomes):
            reopening.append(n)

    def ahead_of(index: int) -> Callable[[str], Act | None]:
        after = bisect_right(reopening, index)
        end = reopening[after] if after < len(reopening) else len(acts)

        def ahead(code: str) -> Act | None:
            found = places.get(code, [])
            place = bisect_right(found, index)
            return acts[found[place]] if place < len(found) and found[place] <= end else None

        return ahead

    rulings = []
    for n, act in enumerate(acts):
        ruling = rule(books, case, act, today=today, on_trust=on_trust, mode="lenient", ahead=ahead_of(n))
        rulings.append(ruling)
        case = ruling.entered(books)
    return tuple(rulings)


def replay(books: Books, file: File, steps: Sequence[tuple[Act, str]]) -> Case:
    """A file's case from its acts and the editions they were admitted under; verdicts are frozen."""
    case = open_case(books, file)
    for act, edition in steps:
        case = recorded(books, case, act, edition)
    return case
