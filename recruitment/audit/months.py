"""Acts of which the month alone is known: judged on every day that may decide, and only what all of them say is kept.

A file is judged with each such act on the first and on the last day of its month, and on the days of other acts in
that month, the others at one end and at the other: so every two days are compared at their nearest and at their
farthest. Where the answers differ, the finding is unknown, and what the record lacks is the day. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from attrs import evolve
from msgspec.structs import replace

from recruitment.audit.file_audit import FileAudit, audit_file
from recruitment.audit.practice import Practice
from recruitment.base.written_days import Month
from recruitment.engine.findings import Check, Finding, FindingPlace
from recruitment.law.editions import Editions
from recruitment.record.acts import ACTS, Act, File

_ORDER: Final = {code: n for n, code in enumerate(ACTS)}
Key = tuple[int | None, str, str | None, int]


def audit_with_months(
    editions: Editions,
    file: File,
    acts: Sequence[Act],
    *,
    months: Sequence[tuple[int, Month]],
    born: Month | None,
    today: date,
    practice: Practice | None = None,
    trusted: Mapping[FindingPlace, str] | None = None,
) -> FileAudit:
    """The audit of a file some of whose acts are dated by the month; `months` names them by their place.

    Raises:
        BadInput: the file cannot be judged at all.
    """
    tried: list[tuple[FileAudit, dict[Key, Finding]]] = []
    for days, birth in _trials(acts, dict(months), born):
        order = sorted(range(len(acts)), key=lambda n: (days.get(n, acts[n].on), _ORDER[acts[n].code], n))
        dated = [evolve(acts[n], on=days[n]) if n in days else acts[n] for n in order]
        whole = file if birth is None else evolve(file, born=birth)
        audit = audit_file(editions, whole, dated, today=today, practice=practice, trusted=trusted)
        tried.append((audit, _by_key(audit.findings, order)))
    base, found = tried[0]
    findings: list[Finding] = []
    for key, finding in found.items():
        same = all(key in other and other[key].value == finding.value for _, other in tried[1:])
        findings.append(finding if same else _make_unknown(finding, acts, dict(months), born))
    for _, other in tried[1:]:
        for key, finding in other.items():
            if key not in found and finding.value != "met":
                found[key] = finding
                findings.append(_make_unknown(finding, acts, dict(months), born))
    return evolve(base, findings=tuple(sorted(findings, key=lambda f: (f.index is None, f.index or 0))))


def _trials(
    acts: Sequence[Act], months: Mapping[int, Month], born: Month | None
) -> list[tuple[dict[int, date], date | None]]:
    """The days to try: all at one end; each at the other, and on the days of others in its month."""
    first = {n: month.first for n, month in months.items()}
    last = {n: month.last for n, month in months.items()}
    births = [None] if born is None else [born.first, born.last]
    trials = [(dict(days), birth) for days in (first, last) for birth in births]
    exact = [act.on for n, act in enumerate(acts) if n not in months]
    for n, month in months.items():
        inside = {day for day in exact if month.first < day < month.last}
        for day in sorted({month.first, month.last, *inside}):
            trials += [({**ends, n: day}, births[0]) for ends in (first, last)]
    seen: dict[tuple[tuple[tuple[int, date], ...], date | None], tuple[dict[int, date], date | None]] = {}
    for days, birth in trials:
        seen.setdefault((tuple(sorted(days.items())), birth), (days, birth))
    return list(seen.values())


def _by_key(findings: Sequence[Finding], order: Sequence[int]) -> dict[Key, Finding]:
    """The findings by the act in its own place, their rule and what they speak of."""
    keyed: dict[Key, Finding] = {}
    for finding in findings:
        act = None if finding.index is None else order[finding.index]
        count = 0
        while (key := (act, finding.rule.code, finding.check.about, count)) in keyed:
            count += 1
        keyed[key] = finding
    return keyed


def _make_unknown(finding: Finding, acts: Sequence[Act], months: Mapping[int, Month], born: Month | None) -> Finding:
    """The finding as unknown, since the day that decides it is not known."""
    lacks = [f"{acts[n].code}.on" for n in months] or (["file.born"] if born else [])
    check = finding.check
    return replace(
        finding,
        value="unknown",
        reason=None,
        check=Check(None, check.anchor, check.limit, None, None, None, tuple(lacks)),
    )
