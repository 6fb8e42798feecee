"""What is ahead of a file, for its plate: limits that run, acts that would be refused today, and why.

It is pure: today is an argument.
"""

from __future__ import annotations

from datetime import date

from recruitment.diagram.plates.files.pending import Pending, PendingLimit
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Finding
from recruitment.forecast.status import running_limits
from recruitment.forecast.waiting import imagine
from recruitment.law.rulebook import Procedure


def pending_of(bound: BoundCase, *, today: date) -> dict[str, Pending]:
    """By procedure what is ahead of it as of `today`; a procedure of which nothing is known has no entry.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    case = bound.case
    if case.state.ended:
        return {}
    limits: dict[str, list[PendingLimit]] = {}
    for due in running_limits(bound, today=today):
        limits.setdefault(due.procedure.code, []).append(
            PendingLimit(rule=due.rule, last_day=due.last_day, overdue=due.overdue)
        )
    found = {}
    for procedure in bound.edition_on(today).procedures:
        barring = _barring_findings(bound, procedure, today)
        first = None
        if procedure.code not in case.state.done:
            first = bound.first_lawful_day(imagine(procedure, today), today=today)
        waits = first if first is not None and first > today else None
        each = Pending(first_day=waits, barring=barring, limits=tuple(limits.get(procedure.code, ())))
        if each != Pending():
            found[procedure.code] = each
    return found


def _barring_findings(bound: BoundCase, procedure: Procedure, today: date) -> tuple[Finding, ...]:
    """What would refuse the act today by what is on record already; nothing of an act that is done."""
    if procedure.code in bound.case.state.done:
        return ()
    findings = bound.findings_on(imagine(procedure, today), today=today)
    return tuple(finding for finding in findings if finding.bars and finding.value == "unmet")
