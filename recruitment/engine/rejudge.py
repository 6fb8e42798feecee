"""A file's record held against a judgement of the same acts under other rulebooks: what would change. Pure.

A verdict in the ledger is frozen with the edition and the hash that it was made by. Judging the acts once more, under
today's rulebooks, another edition or a local one, changes nothing: it is a question, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from recruitment.engine.bound import BoundCase
from recruitment.engine.change import Change, differences
from recruitment.engine.findings import Finding
from recruitment.engine.ruling import Ruling
from recruitment.engine.sequence import judge_in_order
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, Struck
from recruitment.record.case import Case, open_case


@frozen(kw_only=True)
class Verdict:
    """What the ledger keeps of the ruling on one entry: the edition, the hash of its content, the findings."""

    edition: str
    rulebook_hash: str
    findings: tuple[Finding, ...]


@frozen(kw_only=True)
class RejudgedAct:
    """One act then and now: by which edition and content it was judged, and what would refuse it now."""

    index: int
    act: Act
    then: tuple[str, str]
    """Edition and content hash of the recorded verdict."""
    now: tuple[str, str]
    """Edition and content hash of the new judgement."""
    refused_by: tuple[Finding, ...] = ()
    """What would refuse it now and did not then; empty where it would be admitted still."""


@frozen(kw_only=True)
class Rejudged:
    """The record of a file and the new judgement side by side.

    `steps` holds the acts as corrected, without corrections and struck entries; `case` is the file as recorded,
    `after` the same acts as the new judgement leaves them, gone on with after a refusal.
    """

    case: Case
    after: Case
    steps: tuple[RejudgedAct, ...]
    changes: tuple[Change, ...]

    @property
    def refused(self) -> tuple[RejudgedAct, ...]:
        """The acts that would be refused now."""
        return tuple(step for step in self.steps if step.refused_by)

    def without_advice(self) -> Rejudged:
        """The same without the changes of mere advice, on both sides."""
        bound = (c for c in self.changes if any(f is not None and f.force != "advice" for f in (c.before, c.after)))
        return evolve(self, changes=tuple(bound))

    @property
    def moved(self) -> bool:
        """Whether the file would end with another standing, or in another state."""
        return self.case.state.name != self.after.state.name or self.case.standing != self.after.standing

    @property
    def other_books(self) -> bool:
        """Whether any act was judged by another edition, or by another content of the same one."""
        return any(step.then != step.now for step in self.steps)


def rejudge(
    editions: Editions,
    case: Case,
    verdicts: Sequence[Verdict],
    *,
    today: date,
    edition: str | None = None,
    overlays: tuple[str, ...] | None = None,
) -> Rejudged:
    """The recorded verdicts on a file, one an entry, against a review of the acts as corrected.

    `edition` and `overlays` replace the file's own; None leaves these. What had been let through on trust is
    let through still.

    Raises:
        BadInput: an edition or local edition that is not known, or an act that the other edition cannot read.
    """
    file = case.file if edition is None else evolve(case.file, edition=edition)
    file = file if overlays is None else evolve(file, overlays=overlays)
    before = recorded_findings(case, verdicts)
    acts = [Struck(on=act.on) if isinstance(act, Correct) else act for act in case.acts]
    opened = open_case(editions, file)
    rulings = list(judge_in_order(BoundCase(editions, opened), acts, today=today))
    after = [() if ruling is None else ruling.findings for ruling in rulings]
    end = opened
    for act, ruling in zip(acts, rulings, strict=True):
        end = end.noted(act) if ruling is None else ruling.entered(editions)
    steps = tuple(
        _step(index, verdicts[index], ruling, before[index])
        for index, ruling in enumerate(rulings)
        if ruling is not None
    )
    corrected = {act.index for act in case.acts if isinstance(act, Correct)}
    # A correction records only the unmet findings on the entry that it replaces, so one that is unknown there is no
    # change by itself.
    untold = {step.index for step in steps if step.index in corrected and step.then[0] == step.now[0]}
    changes = tuple(
        change
        for change in differences(before, after)
        if not (change.before is None and change.index in untold and _is(change.after, "unknown"))
    )
    return Rejudged(case=case, after=end, steps=steps, changes=changes)


def recorded_findings(case: Case, verdicts: Sequence[Verdict]) -> list[tuple[Finding, ...]]:
    """The recorded findings on each entry as corrected: of its own day, replaced by what a correction found.

    Those on a correction itself, and on an entry that was struck out, are left out.
    """
    found: list[tuple[Finding, ...]] = []
    for number, (act, verdict) in enumerate(zip(case.acts, verdicts, strict=True)):
        if not isinstance(act, Correct):
            found.append(verdict.findings)
            continue
        anew = [f for f in verdict.findings if f.index is not None and f.index != number]
        for index, findings in enumerate(found):
            again = tuple(f for f in anew if f.index == index)
            told = {(f.rule.code, f.check.about) for f in again}
            kept = () if index == act.index else findings
            found[index] = (
                *(f for f in kept if f.value != "unmet" and (f.rule.code, f.check.about) not in told),
                *again,
            )
        found.append(())
    return [() if isinstance(act, Struck) else of for act, of in zip(case.acts, found, strict=True)]


def _step(index: int, verdict: Verdict, ruling: Ruling, before: Sequence[Finding]) -> RejudgedAct:
    passed = {(f.rule.code, f.check.about) for f in before if f.stands_against or f.on_trust is not None or f.bars}
    return RejudgedAct(
        index=index,
        act=ruling.act,
        then=(verdict.edition, verdict.rulebook_hash),
        now=(ruling.edition, ruling.rulebook_hash),
        refused_by=tuple(f for f in ruling.barring if (f.rule.code, f.check.about) not in passed),
    )


def _is(finding: Finding | None, value: str) -> bool:
    return finding is not None and finding.value == value
