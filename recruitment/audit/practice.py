"""What auditors look for beyond the rules: advice, as data where a rule can say it, and shown only on request. Pure.

`workflows/practice.toml` holds the words and what can be compared; here is what no comparison of the grammar can say:
several acts on one day, days of rest, and intervals that repeat themselves from file to file.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import blake2b
from itertools import pairwise
from typing import Final, Literal

from attrs import frozen

from recruitment.base.dates import Days, is_workday
from recruitment.engine.attempt import Attempt
from recruitment.engine.evaluators.asking import Evaluator
from recruitment.engine.evaluators.compiling import compile_rule
from recruitment.engine.findings import Asked, Check, Finding
from recruitment.engine.machine import machine_of
from recruitment.engine.ruling import Ruling
from recruitment.law.content import once_per_content
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.record.acts import Act, Inspection, ProbationInspection
from recruitment.record.case import Case

Kind = Literal["one_day", "rest_day", "intervals", "reports", "person"]
MOST_BRANCHES: Final = 1_000
MOST_PATTERNS: Final = 100
"""How many branches, and how many patterns of a branch, are remembered, the latest ones: in all some 30 MB at most."""
MOST_PERSONS: Final = 200_000
"""How many persons are remembered, the latest ones: some 30 MB at most."""


@frozen(kw_only=True)
class Pattern:
    """What is looked for beyond a single act: the rule that it goes by, and from how many on it counts."""

    rule: Rule
    kind: Kind
    at_least: int = 1


@frozen(kw_only=True)
class Practice:
    """What auditors look for: rules on single acts, and patterns."""

    editions: Editions
    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...]

    def findings(self, rulings: Sequence[Ruling]) -> Iterator[Finding]:
        """The findings on the acts of one file that were ruled on, in no special order; what is as it should be too."""
        for ruling in rulings:
            for rule in self.rules:
                if ruling.act.code in rule.acts:
                    yield from self._judge_rule(ruling, rule)
        course = [ruling for ruling in rulings if _on_course(ruling.act, self.editions)]
        for pattern in self.patterns:
            if pattern.kind == "one_day":
                yield from _one_day(pattern, course)
            elif pattern.kind == "rest_day":
                yield from _rest_day(pattern, course, self.editions.rulebooks[-1].days)
            elif pattern.kind == "reports":
                yield from _reports(pattern, course)

    def _judge_rule(self, ruling: Ruling, rule: Rule) -> Iterator[Finding]:
        rulebook, act = self.editions.named(ruling.edition), ruling.act
        attempt = Attempt(
            case=ruling.case,
            act=act,
            code=act.code,
            on=act.on,
            outcome=ruling.outcome,
            machine=machine_of(rulebook),
            recorded=act.recorded or act.on,
        )
        for check in _compiled_rule(rule, rulebook)(attempt):
            yield Finding(rule, _make_asked(ruling), "advice", _VALUES[check.truth], check)

    @property
    def intervals(self) -> Pattern | None:
        """The pattern of intervals that repeat themselves; None where it is not looked for."""
        return next((pattern for pattern in self.patterns if pattern.kind == "intervals"), None)

    @property
    def person(self) -> Pattern | None:
        """The pattern of one person with two files; None where it is not looked for."""
        return next((pattern for pattern in self.patterns if pattern.kind == "person"), None)


_VALUES: Final[dict[bool | None, Literal["met", "unmet", "unknown"]]] = {True: "met", False: "unmet", None: "unknown"}


@once_per_content
def _compiled_rules(_: Rulebook) -> dict[str, Evaluator]:
    """The rules on single acts that were compiled so far for an edition, by their codes."""
    return {}


def _compiled_rule(rule: Rule, rulebook: Rulebook) -> Evaluator:
    compiled = _compiled_rules(rulebook)
    found = compiled.get(rule.code)
    if found is None:
        found = compiled[rule.code] = compile_rule(rule, rulebook)
    return found


def _on_course(act: Act, editions: Editions) -> bool:
    """Whether an act is one of the 25 procedures: the day of a move or a death is not chosen."""
    procedure = editions.rulebooks[-1].by_code.get(act.code)
    return procedure is not None and procedure.number > 0


def _make_asked(ruling: Ruling) -> Asked:
    return Asked(ruling.edition, ruling.act.code, len(ruling.case.acts), ruling.act.on)


def _one_day(pattern: Pattern, rulings: Sequence[Ruling]) -> Iterator[Finding]:
    """One finding for each day on which several procedures fall, on the last of them that was entered."""
    days: dict[date, list[Ruling]] = {}
    for ruling in rulings:
        if ruling.act.code not in [other.act.code for other in days.get(ruling.act.on, ())]:
            days.setdefault(ruling.act.on, []).append(ruling)
    for day, found in days.items():
        if len(found) >= pattern.at_least:
            check = Check(False, day, None, day, note="order", about=found[-2].act.code if len(found) > 1 else None)
            yield Finding(pattern.rule, _make_asked(found[-1]), "advice", "unmet", check)


def _rest_day(pattern: Pattern, rulings: Sequence[Ruling], days: Days) -> Iterator[Finding]:
    for ruling in rulings:
        day = ruling.act.on
        if not is_workday(day, days):  # of a year that is not announced, weekends and what the caller supplied
            yield Finding(pattern.rule, _make_asked(ruling), "advice", "unmet", Check(False, actual=day, note="table"))


def _reports(pattern: Pattern, rulings: Sequence[Ruling]) -> Iterator[Finding]:
    """One finding for each report that follows another too soon, on the act that holds the later one."""
    held = [
        (day, ruling)
        for ruling in rulings
        if isinstance(ruling.act, Inspection | ProbationInspection) and isinstance(ruling.act.reports, tuple)
        for day in ruling.act.reports
    ]
    held.sort(key=lambda pair: (pair[0], len(pair[1].case.acts)))
    for (before, _), (day, ruling) in pairwise(held):
        if (day - before).days < pattern.at_least:
            check = Check(False, before, None, day, note="reports")
            yield Finding(pattern.rule, _make_asked(ruling), "advice", "unmet", check)


# ------------------------------------------------------------------------------------------- across files


def person_of(case: Case) -> bytes | None:
    """The name and the day of birth of a file as a fingerprint of eight bytes; None where one of them is not known."""
    name, born = case.file.name, case.file.born
    if not isinstance(name, str) or not name.strip() or not isinstance(born, date):
        return None
    return blake2b(f"{''.join(name.split())}|{born}".encode(), digest_size=8).digest()


class Persons:
    """The persons met so far, of whom the latest `most` are remembered, by the first file of each."""

    def __init__(self, most: int = MOST_PERSONS) -> None:
        self._most = most
        self._met: OrderedDict[bytes, str] = OrderedDict()

    def first(self, person: bytes | None, file: str) -> str | None:
        """The earlier file of the same person, if there is one; this file is remembered as well."""
        if person is None:
            return None
        earlier = self._met.setdefault(person, file)
        self._met.move_to_end(person)
        if len(self._met) > self._most:
            self._met.popitem(last=False)
        return None if earlier == file else earlier


def print_of(case: Case, at_least: int) -> bytes | None:
    """The intervals of a file as a fingerprint of eight bytes; None where there are fewer than `at_least`."""
    acts = case.happened
    if len(acts) <= at_least:
        return None
    gaps = [f"{before.code}>{after.code}:{(after.on - before.on).days}" for before, after in pairwise(acts)]
    return blake2b("|".join(gaps).encode(), digest_size=8).digest()


class Repeats:
    """The intervals met so far, branch by branch, in bounded memory.

    Of a branch the latest `MOST_PATTERNS` are remembered, and of the branches the latest `MOST_BRANCHES`; a file that
    repeats one that is forgotten is not found.
    """

    def __init__(self, branches: int = MOST_BRANCHES, patterns: int = MOST_PATTERNS) -> None:
        self._branches, self._patterns = branches, patterns
        self._met: OrderedDict[str, OrderedDict[bytes, str]] = OrderedDict()

    def first(self, branch: str | None, pattern: bytes | None, file: str) -> str | None:
        """The earlier file of the branch with the same intervals, if there is one; this file is remembered as well."""
        if branch is None or pattern is None:
            return None
        known = self._met.setdefault(branch, OrderedDict())
        self._met.move_to_end(branch)
        if len(self._met) > self._branches:
            self._met.popitem(last=False)
        earlier = known.get(pattern)
        known[pattern] = earlier or file
        known.move_to_end(pattern)
        if len(known) > self._patterns:
            known.popitem(last=False)
        return earlier


def repeated(pattern: Pattern, asked: Asked, earlier: str) -> Finding:
    """The finding on a file that repeats an earlier one in something; `asked` is its last act."""
    check = Check(False, actual={"id": earlier}, note="table")
    return Finding(pattern.rule, asked, "advice", "unmet", check)
