"""What is reported of a file that was audited, as plain data that fits through a pipe, and totals over many. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import define, evolve, field, frozen
from msgspec.structs import astuple

from recruitment.audit.file_audit import FileAudit, unsettled
from recruitment.audit.practice import Practice, person_of, print_of, repeated
from recruitment.base.errors import Fault
from recruitment.base.natural import NaturalKey, natural_key
from recruitment.engine.findings import Asked, Finding
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule
from recruitment.presentation.findings.groups import group_of
from recruitment.presentation.findings.remedies import remedy
from recruitment.presentation.findings.sentences import data
from recruitment.presentation.json_data import waiting_data

MOST_FAULTS: Final = 200
"""Faults of reading that the totals name one by one; the rest are counted."""


@frozen(kw_only=True)
class Scope:
    """What was asked for: as of which day, with auditors' practice and all advice, with what is met, with names.

    With `unknown` what people read lists everything that is not known; else a file has one line of it.
    """

    today: date
    practice: bool = False
    everything: bool = False
    unknown: bool = False
    named: bool = False


@frozen(kw_only=True)
class ReportLine:
    """A file that was audited: what is shown of it."""

    id: str
    name: str | None
    """Only where names were asked for."""
    standing: str
    end: str | None
    """Under which name the file has ended; None where it has not."""
    branch: str | None
    """The branch that keeps the file now; None where the record does not give it."""
    acts: int
    """How many acts count."""
    clean: bool
    """Nothing is unmet or unknown, and nothing waits."""
    findings: tuple[dict[str, Any], ...]
    """The findings in their one schema, with a remedy each."""
    settled: bool = True
    """Nothing is unmet or unknown, even if something waits."""
    waiting: tuple[dict[str, Any], ...] = ()
    """What is owed promptly and not done, as data."""
    pattern: bytes | None = None
    """The fingerprint of its intervals."""
    person: bytes | None = None
    """The fingerprint of its person."""
    days_alone: bool = False
    """Whether it comes from a list that holds days and no evidence: then only the days are judged."""
    same_as: str | None = None
    """The earlier file of the same person."""
    last: Asked | None = None
    """The act to which a finding on a fingerprint belongs."""

    def of(self, kind: str) -> tuple[dict[str, Any], ...]:
        """The findings of a kind: unmet, reasoned (unmet with a recorded reason), unknown, or met."""
        return tuple(finding for finding in self.findings if finding_kind(finding) == kind)

    def group(self, code: str) -> tuple[dict[str, Any], ...]:
        """The findings of a group of `recruitment.presentation.findings.groups`; what waits is no finding."""
        return tuple(finding for finding in self.findings if group_of(finding["value"], finding["force"]) == code)


@frozen
class Unread:
    """What could not be read: a file, or a whole document, with every fault of it.

    Where `lost` is False no file was lost: single cells of a list could not be read, and `notices` say what else was
    noticed of it.
    """

    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...] = ()
    lost: bool = True


def finding_kind(finding: Mapping[str, Any]) -> str:
    """Whether a finding is unmet, reasoned, unknown or met."""
    return "reasoned" if finding["value"] == "unmet" and finding["reason"] is not None else str(finding["value"])


class Teller:
    """Findings as data, in their words; words that were made before are kept, and only place and day are filled in.

    Of thousands of files most findings say the same, and their words cost more than all judging.
    """

    MOST: Final = 10_000

    def __init__(self, editions: Editions) -> None:
        self.editions = editions
        self._told: dict[Any, tuple[Rule, dict[str, Any]]] = {}

    def tell(self, finding: Finding) -> dict[str, Any]:
        """A finding in its one schema, and what would put it right."""
        rule, asked, check = finding.rule, finding.asked, finding.check
        late = check.last_day is not None and asked.on > check.last_day
        compared = [tuple(part) if type(part) is list else part for part in astuple(check)]
        # Several rules may have one code; the rule itself, which is kept with the words, says which one it is.
        key = (
            id(rule),
            asked.edition,
            asked.act,
            asked.index is None,
            finding.force,
            finding.value,
            finding.reason,
            finding.on_trust,
            late,
            *compared,
        )
        try:
            known = self._told.get(key)
        except TypeError:  # what was compared holds lists of its own
            return self._words(finding)
        if known is None:
            if len(self._told) >= self.MOST:
                self._told.clear()
            known = self._told[key] = rule, self._words(finding)
        return {**known[1], "index": asked.index, "on": asked.on.isoformat()}

    def _words(self, finding: Finding) -> dict[str, Any]:
        rulebook = self.editions.named(finding.edition)
        words = remedy(finding, rulebook)
        return {**data(finding, rulebook), "remedy": {"zh": words.zh, "en": words.en}}


def is_shown(finding: Finding, scope: Scope) -> bool:
    """Whether a finding is reported: met ones and advice on request only, an edition that is not available always."""
    if finding.value == "met" and not scope.everything:
        return False
    if finding.force != "advice" or scope.practice:
        return True
    return finding.check.note == "edition"


def line_of(
    audit: FileAudit, scope: Scope, teller: Teller, practice: Practice | None = None, *, days_alone: bool = False
) -> ReportLine:
    """What is reported of an audit; with `days_alone` nothing unknown counts against the file."""
    settled = audit.settled
    if days_alone:
        settled = not any(unsettled(finding) for finding in audit.findings if finding.value != "unknown")
    case = audit.case
    intervals = practice.intervals if practice and scope.practice else None
    name = case.file.name
    last = None
    if practice is not None and case.acts:
        act = case.happened[-1] if case.happened else case.acts[-1]
        index = max(n for n, entry in enumerate(case.acts) if entry is act)
        last = Asked(teller.editions.on(act.on).code, act.code, index, act.on)
    return ReportLine(
        id=audit.id,
        name=name if scope.named and isinstance(name, str) else None,
        standing=audit.standing,
        end=audit.end,
        branch=audit.branch,
        acts=audit.acts,
        clean=settled and not audit.waiting,
        findings=tuple(teller.tell(finding) for finding in audit.findings if is_shown(finding, scope)),
        settled=settled,
        days_alone=days_alone,
        waiting=tuple(waiting_data(owed, teller.editions.named(owed.edition)) for owed in audit.waiting),
        person=person_of(case),
        pattern=print_of(case, intervals.at_least) if intervals else None,
        last=last,
    )


def with_repeat(line: ReportLine, teller: Teller, practice: Practice, earlier: str) -> ReportLine:
    """The line with the finding that its intervals are those of an earlier file of the branch."""
    assert practice.intervals is not None
    assert line.last is not None
    finding = teller.tell(repeated(practice.intervals, line.last, earlier))
    return evolve(line, findings=(*line.findings, finding))


def with_same_person(line: ReportLine, teller: Teller, practice: Practice, earlier: str) -> ReportLine:
    """The line with the finding that an earlier file is of the same person: always shown, and never a breach."""
    findings = line.findings
    if practice.person is not None and line.last is not None:
        findings = (*findings, teller.tell(repeated(practice.person, line.last, earlier)))
    return evolve(line, findings=findings, same_as=earlier)


# ------------------------------------------------------------------------------------------- totals

KINDS: Final = ("unmet", "reasoned", "unknown")


def _empty_counter() -> Counter[str]:
    return Counter()


@define
class Totals:
    """What is counted while files go by: it grows with branches and rules, and not with files."""

    files: int = 0
    clean: int = 0
    waiting: int = 0
    """Files in which nothing is unmet or unknown, and something waits."""
    unreadable: int = 0
    days_alone: int = 0
    """Files of lists that hold days and no evidence."""
    persons: list[tuple[str, str]] = field(factory=list)
    """Pairs of files of one person, the earlier first: the first of them."""
    faults: list[Fault] = field(factory=list)
    notices: list[Fault] = field(factory=list)
    found: Counter[str] = field(factory=_empty_counter)
    branches: dict[str | None, Counter[str]] = field(factory=dict)
    rules: dict[str, Counter[str]] = field(factory=dict)

    def add(self, line: ReportLine) -> None:
        """Count a file."""
        self.files += 1
        waits = line.settled and not line.clean
        self.clean += line.clean
        self.waiting += waits
        self.days_alone += line.days_alone
        branch = self.branches.setdefault(line.branch, Counter())
        branch["files"] += 1
        branch["clean"] += line.clean
        branch["waiting"] += waits
        if line.same_as is not None and len(self.persons) < MOST_FAULTS:
            self.persons.append((line.same_as, line.id))
        for owed in line.waiting:
            self.rules.setdefault(owed["rule"], Counter())["waiting"] += 1
        for finding in line.findings:
            kind = finding_kind(finding)
            if kind in KINDS:
                self.found[kind] += 1
                branch[kind] += 1
                self.rules.setdefault(finding["rule"], Counter())[kind] += 1

    def unread(self, unread: Unread) -> None:
        """Count a file that could not be read, or keep what was noticed of a list."""
        self.unreadable += unread.lost
        self.faults += unread.faults[: max(0, MOST_FAULTS - len(self.faults))]
        self.notices += unread.notices[: max(0, MOST_FAULTS - len(self.notices))]

    @property
    def code(self) -> int:
        """The exit code: 0 nothing unmet or unknown, even if something waits; 1 not; 2 a file could not be read."""
        if self.unreadable:
            return 2
        return 0 if self.clean + self.waiting == self.files and not self.faults else 1

    def worst(self) -> list[dict[str, Any]]:
        """The rules, those that were unmet most often first."""
        return sorted(
            self.data()["rules"], key=lambda row: (*(-row[kind] for kind in (*KINDS, "waiting")), row["rule"])
        )

    def data(self) -> dict[str, Any]:
        """The totals as plain data: branches by name, rules by code, the branch that is not named last."""
        return {
            "files": self.files,
            "clean": self.clean,
            "waiting": self.waiting,
            "unreadable": self.unreadable,
            "days-alone": self.days_alone,
            **_kinds(self.found),
            "branches": [
                {
                    "branch": name,
                    **{key: counts[key] for key in ("files", "clean", "waiting")},
                    **_kinds(counts),
                }
                for name, counts in sorted(self.branches.items(), key=_by_name)
            ],
            "rules": [
                {"rule": code, **_kinds(counts), "waiting": counts["waiting"]}
                for code, counts in sorted(self.rules.items())
            ],
            "same-person-twice": [list(pair) for pair in self.persons],
            "faults": [_fault_data(fault) for fault in self.faults],
            "notices": [_fault_data(notice) for notice in self.notices],
        }


def _fault_data(fault: Fault) -> dict[str, str]:
    return {"where": fault.where, "zh": fault.label.zh, "en": fault.label.en}


def _by_name(pair: tuple[str | None, Counter[str]]) -> tuple[bool, NaturalKey]:
    return pair[0] is None, natural_key(pair[0] or "")


def _kinds(counts: Counter[str]) -> dict[str, int]:
    return {kind: counts[kind] for kind in KINDS}
