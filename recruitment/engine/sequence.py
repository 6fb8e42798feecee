"""The acts of a file judged one after the other, however wrong they are, each in its round. Pure.

Each act is judged on the acts before it, and for what it comes after also on those that are entered later, up to the
next act that reopens something. It is the same ruling as for a single act; there is no second set of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from recruitment.engine.applicable import edition_of
from recruitment.engine.attempt import Attempt
from recruitment.engine.compiled import compiled_rulebook, outcome_of
from recruitment.engine.ruling import Ruling, judge_act, move, next_case, open_case
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, File, Struck
from recruitment.record.case import Case


def leniently(
    editions: Editions,
    case: Case,
    act: Act,
    *,
    today: date,
    on_trust: str | None = None,
    ahead: Callable[[str], Act | None] | None = None,
) -> Ruling:
    """Rule on an act of the course as an audit does, which goes on after a fault."""
    return judge_act(editions, case, act, today=today, on_trust=on_trust, mode="lenient", ahead=ahead)


def judge_in_order(
    editions: Editions,
    file: File | Case,
    acts: Sequence[Act],
    *,
    today: date,
    on_trust: str | None = None,
    ruled: Callable[..., Ruling] = leniently,
) -> Iterator[Ruling | None]:
    """The ruling on each act; None for an entry that was struck out. From a case on, only what is new is judged.

    `ruled` is how an act is ruled on.

    Raises:
        BadInput: an act that cannot be judged at all.
    """
    case = file if isinstance(file, Case) else open_case(editions, file)
    ahead_of = _ahead(editions, case, acts)
    for n, act in enumerate(acts):
        if isinstance(act, Struck):
            case = case.noted(act)
            yield None
            continue
        ruling = ruled(editions, case, act, today=today, on_trust=on_trust, ahead=ahead_of(n))
        yield ruling
        case = ruling.entered(editions)


def _ahead(editions: Editions, case: Case, acts: Sequence[Act]) -> Callable[[int], Callable[[str], Act | None]]:
    """For each place the search for an act that is entered only later in the same round."""

    @cache
    def entries() -> tuple[Mapping[str, list[int]], list[int]]:
        """The places of each act, and those of acts that begin another round: looked up when something is missing."""
        places: dict[str, list[int]] = defaultdict(list)
        reopening: list[int] = []
        begun = case if case.acts or not acts else case.noted(acts[0])
        for n, act in enumerate(acts):
            if isinstance(act, Struck | Correct):
                continue
            places[act.code].append(n)
            if act.code not in editions.reopening:
                continue
            rulebook = edition_of(editions, begun, act)
            if (act.code, outcome_of(rulebook, case, act)) in compiled_rulebook(rulebook).reopening:
                reopening.append(n)
        return places, reopening

    codes = frozenset(act.code for act in acts)

    def ahead_of(index: int) -> Callable[[str], Act | None]:
        def ahead(code: str) -> Act | None:
            if code not in codes:
                return None
            places, reopening = entries()
            after = bisect_right(reopening, index)
            end = reopening[after] if after < len(reopening) else len(acts)
            found = places.get(code, [])
            place = bisect_right(found, index)
            return acts[found[place]] if place < len(found) and found[place] <= end else None

        return ahead

    return ahead_of


def replay_settled(editions: Editions, case: Case, act: Act) -> Case:
    """The case with an act that stands by an earlier ruling, whatever came of those before it; not judged anew."""
    if isinstance(act, Struck | Correct):
        return case.noted(act)
    rulebook = edition_of(editions, case, act)
    outcome = outcome_of(rulebook, case, act)
    attempt = Attempt(case, act, outcome, compiled_rulebook(rulebook), recorded=act.recorded or act.on, mode="settled")
    edge, stands = move(attempt)
    return next_case(rulebook, case, act, outcome, edge, stands=stands)
