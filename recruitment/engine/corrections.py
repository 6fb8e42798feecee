"""Corrections: a later entry names a wrong one and replaces it, and everything after it is judged again. Pure.

The entry that was wrong stays where it is, and nothing is ever deleted: a file is read as if it said from the start
what the corrections say (`Case.acts`), while `Case.entries` holds what was entered. An entry that a correction
strikes out leaves its place empty, so that every other keeps its number.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve
from msgspec.structs import replace

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.bound import BoundCase
from recruitment.engine.change import differences
from recruitment.engine.findings import Finding
from recruitment.engine.ruling import Ruling
from recruitment.engine.sequence import judge_in_order, replay_settled
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Detour
from recruitment.record.acts import Act, Correct, File, Struck, says_as_it_was
from recruitment.record.case import Case, open_case
from recruitment.record.checking import check_act
from recruitment.record.evidence import UNKNOWN


def judge_correction(
    editions: Editions,
    case: Case,
    act: Correct,
    *,
    today: date,
    on_trust: str | None = None,
    as_it_was: bool = False,
) -> Ruling:
    """Judge a correction: the file is judged again as if it had said so from the start.

    The ruling holds in `changes` every finding that changes, and among its findings every unmet one of the acts judged
    again. Where an act that was lawful would be refused now, the correction is refused, or accepted with the breach
    recorded, as the policy `correction-breaks-later` says, or where it says for which reason it is recorded as it was
    and `as_it_was` lets it.

    Raises:
        BadInput: a correction of a correction, of an entry that does not exist, without a reason, or one that would
            leave the file without its first act.
    """
    return correct_bound(BoundCase(editions, case), act, today=today, on_trust=on_trust, as_it_was=as_it_was)


def correct_bound(
    bound: BoundCase, act: Correct, *, today: date, on_trust: str | None = None, as_it_was: bool = False
) -> Ruling:
    """`judge_correction` for a case that is bound already."""
    editions, case = bound.editions, bound.case
    check_correction(bound, act)
    own = bound.ruling_on(act, today=today, on_trust=on_trust, presumed=True)
    rulebook = bound.edition_on(act.on)
    file, acts = acts_as_corrected(case, act)
    before = _findings(editions, case.file, case.acts, today, on_trust)
    after = _findings(editions, file, acts, today, on_trust)
    known = {f.place for findings in before for f in findings if f.stands_against}
    breaches = {f.place for findings in after for f in findings if f.stands_against and f.place not in known}
    reason = act.as_it_was if as_it_was and says_as_it_was(act) else None
    earlier = [other.as_it_was for other in case.acts if isinstance(other, Correct) and says_as_it_was(other)]
    marked = dict.fromkeys(breaches, reason) | {place: earlier[-1] for place in known if earlier}
    kept = not breaches or reason is not None or rulebook.policies["correction-breaks-later"] == "record"
    found = [_mark(f, marked.get(f.place)) for findings in after for f in findings if f.value == "unmet"]
    return replace(
        own,
        findings=(*own.findings, *(f for f in found if kept or f.place in breaches)),
        admitted=not any(f.bars for f in own.findings) and kept,
        changes=differences(before, after),
        recast=replay_corrected(bound, act),
    )


def _mark(finding: Finding, reason: object) -> Finding:
    """The finding with the reason for which it was recorded as it was; one of its own stays."""
    if not isinstance(reason, str) or finding.as_it_was is not None or not finding.stands_against:
        return finding
    return replace(finding, as_it_was=reason)


def _findings(
    editions: Editions, file: File, acts: tuple[Act, ...], today: date, on_trust: str | None
) -> list[tuple[Finding, ...]]:
    """The findings on each act as corrected; none on what was struck out, nor on corrections."""
    standing = [Struck(on=act.on) if isinstance(act, Correct) else act for act in acts]
    bound = BoundCase(editions, open_case(editions, file))
    rulings = judge_in_order(bound, standing, today=today, on_trust=on_trust)
    return [() if ruling is None else ruling.findings for ruling in rulings]


def acts_as_corrected(case: Case, act: Correct) -> tuple[File, tuple[Act, ...]]:
    """The facts and the acts of a file with the correction applied."""
    if isinstance(act.index, int):
        instead = act.with_ if isinstance(act.with_, Act) else Struck(on=case.acts[act.index].on)
        if says_as_it_was(act) and instead.as_it_was is UNKNOWN and isinstance(act.with_, Act):
            instead = evolve(instead, as_it_was=act.as_it_was)
        return case.file, (*case.acts[: act.index], instead, *case.acts[act.index + 1 :])
    value: Any = UNKNOWN if act.with_ is None else act.with_
    return evolve(case.file, **{str(act.field): value}), case.acts


def replay_corrected(bound: BoundCase, act: Correct, *, moves_stand: bool = False) -> Case:
    """The case as the correction leaves it, the correction entered last; `moves_stand` as in `replay_settled`."""
    case = bound.case
    file, acts = acts_as_corrected(case, act)
    wrong = dict(case.wrong)
    if isinstance(act.index, int):
        wrong.setdefault(act.index, case.acts[act.index])
    again = bound.with_case(open_case(bound.editions, file))
    for entry in (*acts, act):
        again = replay_settled(again, entry, moves_stand=moves_stand)
    return evolve(again.case, wrong=wrong, opened_with=case.as_opened)


def check_correction(bound: BoundCase, act: Correct) -> None:
    """See that a correction names what can be corrected, and says why.

    Raises:
        BadInput: with one sentence, where it does not.
    """
    case = bound.case
    check_act(act)
    if not (isinstance(act.reason, str) and act.reason.strip()):
        raise BadInput.of("correct: reason", Label(zh="请写明更正的理由", en="say why the entry is corrected"))
    if not isinstance(act.index, int):
        if act.field == "branch" and act.with_ is None:
            raise BadInput.of(
                "correct: with",
                Label(
                    zh=f"这不是档案 {case.file.id} 的 branch 可用的值",
                    en=f"this is no value of branch of the file {case.file.id}",
                ),
            )
        return
    if not 0 <= act.index < len(case.acts):
        last = len(case.acts) - 1
        raise BadInput.of(
            "correct: index",
            Label(
                zh=f"档案没有第 {act.index} 项记录，现有 0 至 {last}",
                en=f"the file has no entry {act.index}; its entries are 0 to {last}",
            ),
        )
    if isinstance(case.entries[act.index], Correct):
        raise BadInput.of(
            "correct: index",
            Label(
                zh=f"第 {act.index} 项本身就是更正，请对它所更正的那一项再作更正",
                en=f"entry {act.index} is a correction itself; correct the entry that it names once more instead",
            ),
        )
    if isinstance(act.with_, Correct):
        raise BadInput.of(
            "correct: with",
            Label(
                zh="不能以更正代替一项手续，请写明该项手续应有的内容",
                en="an act cannot be replaced by a correction; give the act as it was",
            ),
        )
    if act.index == 0 and not _opens(bound, act.with_):
        raise BadInput.of(
            "correct: index",
            Label(
                zh="更正后档案将没有首项手续，请更正首项的内容，不能去掉首项",
                en="the file would be left without its first act; correct that act instead of taking it out",
            ),
        )


def _opens(bound: BoundCase, act: object) -> bool:
    """Whether a file may begin with the act."""
    if not isinstance(act, Act):
        return False
    procedure = bound.edition_on(act.on).by_code.get(act.code)
    if procedure is None:
        return False
    return procedure.first if isinstance(procedure, Detour) else not procedure.after
