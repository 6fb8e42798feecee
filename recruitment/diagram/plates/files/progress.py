"""The plate of a file with all that lies ahead of it: limits that run, acts that would be refused today, and why.

The command, the gallery and whoever embeds the library draw a file by this. Pure: today is an argument.
"""

from __future__ import annotations

from datetime import date

from recruitment.base.label import Lang
from recruitment.diagram.canvas.plate import Plate
from recruitment.diagram.plates.files.pending import Pending, PendingLimit
from recruitment.diagram.plates.files.plate import file_plate
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Finding
from recruitment.forecast.status import running_limits
from recruitment.forecast.waiting import imagine
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Procedure
from recruitment.record.case import Case


def pending_of(bound: BoundCase, *, today: date) -> dict[str, Pending]:
    """By procedure what lies ahead of it as of `today`; a procedure of which nothing is known has no entry.

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
        barring = _barring(bound, procedure, today)
        first = None
        if procedure.code not in case.state.done:
            first = bound.first_lawful_day(imagine(procedure, today), today=today)
        waits = first if first is not None and first > today else None
        each = Pending(first_day=waits, barring=barring, limits=tuple(limits.get(procedure.code, ())))
        if each != Pending():
            found[procedure.code] = each
    return found


def _barring(bound: BoundCase, procedure: Procedure, today: date) -> tuple[Finding, ...]:
    """What would refuse the act today by what is on record already; nothing of an act that is done."""
    if procedure.code in bound.case.state.done:
        return ()
    findings = bound.findings_on(imagine(procedure, today), today=today)
    return tuple(finding for finding in findings if finding.bars and finding.value == "unmet")


def progress_plate(editions: Editions, case: Case, today: date, lang: Lang, *, titled: bool = False) -> Plate:
    """The progress of a file, with everything that is known of what lies ahead.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    bound = BoundCase(editions, case)
    pending = pending_of(bound, today=today)
    return file_plate(bound.edition_on(today), case, lang, today, titled=titled, pending=pending)
