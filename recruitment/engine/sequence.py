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

from recruitment.engine.bound import BoundCase
from recruitment.engine.machine_model import replay_step
from recruitment.engine.ruling import Ruling
from recruitment.record.acts import Act, Correct, Struck


def judge_in_order(
    bound: BoundCase,
    acts: Sequence[Act],
    *,
    today: date,
    on_trust: str | None = None,
    as_it_was: bool = True,
    corrected: Callable[[BoundCase, Correct], Ruling] | None = None,
) -> Iterator[Ruling | None]:
    """The ruling on each act that is new after those of the case; None for an entry that was struck out.

    `as_it_was` lets acts through that say for which reason they are recorded as it was, as an audit does.
    `corrected` is how a correction among them is ruled on; without it, corrections are judged by their own rules alone.

    Raises:
        BadInput: an act that cannot be judged at all.
    """
    ahead_of = _search_ahead(bound, acts)
    for n, act in enumerate(acts):
        if isinstance(act, Struck):
            bound = bound.with_case(bound.case.noted(act))
            yield None
            continue
        if corrected is not None and isinstance(act, Correct):
            ruling = corrected(bound, act)
        else:
            ruling = bound.ruling_on(
                act, today=today, on_trust=on_trust, presumed=True, ahead=ahead_of(n), as_it_was=as_it_was
            )
        yield ruling
        bound = bound.after(ruling)


def _search_ahead(bound: BoundCase, acts: Sequence[Act]) -> Callable[[int], Callable[[str], Act | None]]:
    """For each place the search for an act that is entered only later in the same round."""

    @cache
    def entries() -> tuple[Mapping[str, list[int]], list[int]]:
        """The places of each act, and those of acts that begin another round: looked up when something is missing."""
        places: dict[str, list[int]] = defaultdict(list)
        reopening: list[int] = []
        case = bound.case
        begun = bound if case.acts or not acts else bound.with_case(case.noted(acts[0]))
        standing = case.standing
        for n, act in enumerate(acts):
            if isinstance(act, Struck | Correct):
                continue
            places[act.code].append(n)
            if act.code not in bound.editions.status_changing_acts:
                continue
            compiled = begun.compiled_on(act.on)
            key = act.code, compiled.outcome_of(act)
            standing = compiled.gained.get(key, standing)
            of = compiled.reopening.get(key)
            if of is not None and (not of or standing in of):
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


def replay_settled(bound: BoundCase, act: Act, *, moves_stand: bool = False) -> BoundCase:
    """The case with an act that an earlier ruling admitted, whatever the findings on those before it; not judged again.

    With `moves_stand` a move undoes nothing, as in records made before a move could undo acts.
    """
    if isinstance(act, Struck | Correct):
        return bound.with_case(bound.case.noted(act))
    compiled = bound.compiled_on(act.on)
    return bound.with_case(replay_step(bound.case, act, compiled, presumed=True, moves_stand=moves_stand)[0])
