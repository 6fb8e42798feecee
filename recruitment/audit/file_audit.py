"""A whole file judged as it is, however wrong: every finding on every act, and the limits that have passed. Pure.

It is the machine and the rules of a single ruling; there is no second set. A file with corrections is judged as they
leave it, each entry under the number it was entered with, and what they struck out is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen
from msgspec.structs import replace

from recruitment.audit.practice import Practice
from recruitment.engine.bound import BoundCase
from recruitment.engine.corrections import acts_as_corrected, check_correction
from recruitment.engine.findings import Asked, Finding, FindingPlace
from recruitment.engine.ruling import Ruling
from recruitment.engine.sequence import judge_in_order
from recruitment.forecast.status import Due, running_limits, waiting_duties
from recruitment.forecast.waiting import Waiting
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Standing
from recruitment.record.acts import Act, Correct, File, Struck
from recruitment.record.case import Case, open_case


@frozen(kw_only=True)
class FileAudit:
    """What an audit found in a file: every finding, act by act in the order of their entry, then what is overdue.

    A limit that has passed without the act that it waits for has no act, so its finding has no index. `waiting` is
    what is owed promptly and not done, but not late yet by the policy.
    """

    case: Case
    findings: tuple[Finding, ...]
    waiting: tuple[Waiting, ...] = ()

    @property
    def id(self) -> str:
        """The file's own key."""
        return self.case.file.id

    @property
    def standing(self) -> Standing:
        """What the person is by the acts as corrected, unlawful ones counted: what is missing is presumed."""
        return self.case.standing

    @property
    def end(self) -> str | None:
        """Under which name the file has ended; None where it has not."""
        return self.case.state.ended

    @property
    def branch(self) -> str | None:
        """The name of the branch that keeps the file now; None where the record does not give it."""
        name = self.case.branch.name
        return name if isinstance(name, str) else None

    @property
    def acts(self) -> int:
        """How many acts count: corrections and what they struck out are not counted."""
        return len(self.case.happened)

    @property
    def clean(self) -> bool:
        """Whether no rule is unmet without a reason and no bar is unknown, and nothing waits; advice does not count."""
        return self.settled and not self.waiting

    @property
    def settled(self) -> bool:
        """Whether no rule is unmet without a reason and no bar is unknown, even if something waits."""
        return not any(unsettled(finding) for finding in self.findings)


def unsettled(finding: Finding) -> bool:
    """Whether a finding keeps a file from being clean. Taken on trust, an unknown bar is unknown still."""
    if finding.value == "unmet":
        return finding.reason is None and finding.force != "advice"
    return finding.value == "unknown" and finding.force == "bar"


def audit_file(
    editions: Editions,
    file: File,
    acts: Sequence[Act],
    *,
    today: date,
    practice: Practice | None = None,
    trusted: Mapping[FindingPlace, str] | None = None,
    as_it_was: Mapping[FindingPlace, str] | None = None,
) -> FileAudit:
    """Judge a whole file as of `today`; every fault is found, not only the first.

    `acts` are the entries as they were made, corrections among them. `practice` adds what auditors look for beyond the
    rules (`recruitment.audit.practice`). `trusted` gives for unknown bars that were let through the reason for it,
    and `as_it_was` for unmet ones.

    Raises:
        BadInput: the file cannot be judged at all: it names an edition, an outcome or a rule that does not exist, or a
            correction names nothing that can be corrected.
    """
    file, acts = as_it_stands(editions, file, acts)
    rulings: list[Ruling] = []
    bound = BoundCase(editions, open_case(editions, file))
    for act, ruling in zip(acts, judge_in_order(bound, acts, today=today), strict=True):
        if ruling is None:
            bound = bound.with_case(bound.case.noted(act))
        else:
            rulings.append(ruling)
            bound = bound.with_case(ruling.case)
    if acts and not isinstance(acts[-1], Struck):
        bound = bound.after(rulings[-1])
    findings = [finding for ruling in rulings for finding in ruling.findings]
    findings += overdue(bound, today=today)
    if practice is not None:
        findings = sorted([*findings, *practice.findings(rulings)], key=_by_place)
    if trusted:
        findings = [_add_trust(finding, trusted) for finding in findings]
    if as_it_was:
        findings = [_add_as_it_was(finding, as_it_was) for finding in findings]
    return FileAudit(case=bound.case, findings=tuple(findings), waiting=waiting_duties(bound, today=today))


def as_it_stands(editions: Editions, file: File, acts: Sequence[Act]) -> tuple[File, tuple[Act, ...]]:
    """The facts and the entries of a file once every correction among them is made, each entry in its place.

    Raises:
        BadInput: a correction that names nothing that can be corrected, or that gives no reason.
    """
    if not any(isinstance(act, Correct) for act in acts):
        return file, tuple(acts)
    case = open_case(editions, file)
    for act in acts:
        if isinstance(act, Correct):
            check_correction(BoundCase(editions, case), act)
            number = act.index if isinstance(act.index, int) else None
            wrong = case.wrong if number is None else {number: case.acts[number], **case.wrong}
            now, standing = acts_as_corrected(case, act)
            case = evolve(case, file=now, acts=standing, wrong=wrong)
        case = evolve(case, acts=(*case.acts, act))
    return case.file, case.acts


def overdue(bound: BoundCase, *, today: date) -> Iterator[Finding]:
    """The limits that have passed without the act that they wait for, and the periods that ended without theirs.

    Where the record is meant to be whole that is unmet, else unknown. A bar is not broken by an act that is not done,
    so only duties and what is usual are found here, and of bars the one after which a result has lapsed.
    """
    for due in running_limits(bound, today=today):
        if due.overdue and (due.rule.force != "bar" or due.anew):
            yield _overdue_finding(due, bound.case, today)


def _overdue_finding(due: Due, case: Case, today: date) -> Finding:
    whole, code = case.file.complete, due.procedure.code
    period = due.check.note == "period"
    late = due.check.note == "elapsed-late"
    found = replace(
        due.check,
        truth=False if whole else None,
        anchor=due.anchor,
        limit=due.last_day,
        actual=(today - due.anchor).days if late else None,
        first_day=due.check.first_day if period else None,
        last_day=due.last_day,
        lacks=() if period and whole else (code,),
        about=code if period else due.anew,
    )
    asked = Asked(due.edition, code, None, today)
    return Finding(due.rule, asked, due.rule.force, "unmet" if whole else "unknown", found)


def _by_place(finding: Finding) -> tuple[bool, int]:
    """Act by act; what has no act comes last."""
    return (True, 0) if finding.index is None else (False, finding.index)


def trust_of(findings: Iterable[Finding]) -> dict[FindingPlace, str]:
    """For each finding that was accepted on trust, its place and the reason."""
    return {finding.place: finding.on_trust for finding in findings if finding.on_trust}


def as_it_was_of(findings: Iterable[Finding]) -> dict[FindingPlace, str]:
    """For each finding that was recorded as it was, its place and the reason."""
    return {finding.place: finding.as_it_was for finding in findings if finding.as_it_was}


def _add_as_it_was(finding: Finding, reasons: Mapping[FindingPlace, str]) -> Finding:
    if not finding.stands_against or finding.as_it_was is not None:
        return finding
    return replace(finding, as_it_was=reasons.get(finding.place))


def _add_trust(finding: Finding, trusted: Mapping[FindingPlace, str]) -> Finding:
    if finding.value != "unknown" or finding.force != "bar":
        return finding
    return replace(finding, on_trust=trusted.get(finding.place))
