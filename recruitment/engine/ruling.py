"""Rule on an act: every finding, each met, unmet or unknown. Pure: no clock, no file, no database.

The machine moves a case and nothing else does: what it moves is an attempt (`recruitment.engine.attempt`), by the
rulebook that applies (`recruitment.engine.applicable`), made ready to judge (`recruitment.engine.compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from attrs import evolve, frozen

from recruitment.engine.applicable import edition_of
from recruitment.engine.attempt import FINAL_NOTES, Attempt, Mode, attempt_of, reason_for
from recruitment.engine.change import Change
from recruitment.engine.compiled import compiled_rulebook
from recruitment.engine.findings import Asked, Check, Finding, Value, made
from recruitment.law.comparisons import Comparison, DateLimit
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.law.states import Edge, state_graph
from recruitment.record.acts import Act, Correct, File
from recruitment.record.case import Case


@frozen(slots=False)  # one is made for each act asked, and without slots that is faster
class Ruling:
    """The answer to an act: every finding, whether it is admitted, by which edition, and the case that would follow."""

    case: Case
    act: Act
    outcome: str
    edition: str
    rulebook_hash: str
    findings: tuple[Finding, ...]
    admitted: bool
    edge: Edge | None
    stands: bool
    changes: tuple[Change, ...] = ()
    """Of a correction: the findings on other acts that come out otherwise."""
    recast: Case | None = None
    """Of a correction: the case as it leaves it."""

    @cached_property
    def unmet(self) -> tuple[Finding, ...]:
        """The findings that are unmet."""
        return tuple(finding for finding in self.findings if finding.value == "unmet")

    @cached_property
    def unknown(self) -> tuple[Finding, ...]:
        """The findings that are unknown."""
        return tuple(finding for finding in self.findings if finding.value == "unknown")

    @cached_property
    def barring(self) -> tuple[Finding, ...]:
        """The findings that refuse the act."""
        return tuple(finding for finding in self.findings if finding.bars)

    def following(self, editions: Editions) -> Case:
        """The case with the act in it.

        Raises:
            ValueError: the act was refused.
        """
        if not self.admitted:
            raise ValueError(f"{self.act.code} was refused; a refused act has no following case")
        return self.entered(editions)

    def entered(self, editions: Editions) -> Case:
        """The case with the act entered, whether lawful or not: what an audit goes on with."""
        if self.recast is not None:
            return self.recast
        return next_case(editions.named(self.edition), self.case, self.act, self.outcome, self.edge, stands=self.stands)


def next_case(
    rulebook: Rulebook, case: Case, act: Act, outcome: str, edge: Edge | None, *, stands: bool = False
) -> Case:
    """The case one act further, over the edge the machine took; without an edge `stands` enters what was presumed."""
    again, beside = compiled_rulebook(rulebook).ways.get(act.code, (False, False))
    state = case.state if edge is None else state_graph(rulebook).states[edge.target]
    return case.after(act, outcome, edge, state, again=again, stands=stands, beside=beside)


def open_case(editions: Editions, file: File) -> Case:
    """A file without acts."""
    return Case.opened(file, state_graph(editions.rulebooks[-1]))


def judge_act(
    editions: Editions,
    case: Case,
    act: Act,
    *,
    today: date,
    on_trust: str | None = None,
    mode: Mode = "strict",
    ahead: Callable[[str], Act | None] | None = None,
) -> Ruling:
    """Judge an act on a case as of `today`, without doing it.

    Every rule that speaks of the act is judged, whatever the others say; each finding carries what was compared and,
    for a limit of time, the first or last day on which it would be met. The edition is the one in force on the day of
    the act, or the one the file pins (`edition_on`). `on_trust` is the reason for which unknown bars are let through.
    `mode` and `ahead` serve `review`.

    Raises:
        BadInput: the act cannot be read as one of the edition's: an outcome or an edition that does not exist.
    """
    attempt = attempt_of(editions, case, act, today, on_trust, mode, ahead)
    edge, stands = move(attempt)
    rulebook = attempt.compiled.rulebook
    return Ruling(
        case,
        act,
        attempt.outcome,
        rulebook.code,
        rulebook.content_hash,
        attempt.findings,
        attempt.admitted,
        edge,
        stands,
    )


def findings_on(editions: Editions, case: Case, act: Act, *, today: date) -> tuple[Finding, ...]:
    """The findings on an act as of `today`, without asking the machine to move: for plans and questions of time.

    Raises:
        BadInput: as `judge_act` does.
    """
    attempt = attempt_of(editions, case, act, today)
    attempt.judge()
    return attempt.findings


def last_days(editions: Editions, case: Case, act: Act, *, today: date) -> Iterator[tuple[Rule, Check]]:
    """What the rules that give the act a last day say of it as of `today`; nothing else is judged.

    Raises:
        BadInput: as `judge_act` does.
    """
    compiled = compiled_rulebook(edition_of(editions, case, act))
    limiting = compiled.limits.get((act.code, compiled.outcomes.get((act.code, act.outcome), "")))
    attempt = attempt_of(editions, case, act, today) if limiting else None
    if not limiting or attempt is None or attempt.early:
        return
    for rule, judge in limiting:
        for check in judge(attempt):
            yield rule, check


def judge_times(editions: Editions, case: Case, act: Act, *, today: date) -> Iterator[tuple[Comparison, Finding]]:
    """What the rules say as of `today` of the day and the place of an act, comparison by comparison: for plans.

    A rule that asks for papers as well is judged by its days alone, so that what the record does not hold yet hides
    no limit.

    Raises:
        BadInput: as `judge_act` does.
    """
    attempt = attempt_of(editions, case, act, today)
    compiled = attempt.compiled
    asked = Asked(compiled.rulebook.code, act.code, len(case.acts), act.on)
    for rule, comparison, judge in compiled.timely.get((act.code, attempt.outcome), ()):
        if attempt.early and rule.acts:
            continue
        for check in judge(attempt):
            value: Value = "met" if check.truth else "unknown" if check.truth is None else "unmet"
            force = check.force or rule.force
            excused = value == "unmet" and (force == "usual" or rule.excused_by_reason)
            reason = reason_for(act, rule.code) if excused else None
            yield comparison, made(Finding, (rule, asked, force, value, check, reason, None))


def move(attempt: Attempt) -> tuple[Edge | None, bool]:
    """Let the machine move the attempt if its judge admits: the edge it took, and whether the act stands without one.

    Where the machine has no edge the ruling alone answers, by `order` or `once`. Only a record that is not whole, or
    an audit, presumes what is missing: then the attempt is first set to the nearest state that has the edge, and an
    act that was so presumed earlier is entered where it stands.
    """
    case, machine, code, outcome = attempt.case, attempt.machine, attempt.code, attempt.outcome
    edge = machine.graph.edge(attempt.state, code, outcome)
    if edge is None and (attempt.mode in ("lenient", "settled") or not case.file.complete):
        if code in case.state.done and code not in case.current and _succeeds(machine.rulebook, code, outcome):
            return None, attempt.judge()
        presumed = machine.presume(attempt.state, code, outcome) if code not in case.current else None
        if presumed is not None:
            attempt.state = presumed
            edge = machine.graph.edge(presumed, code, outcome)
    if edge is None:
        attempt.judge()
        attempt.admitted = False
        return None, False
    return (edge, True) if machine.trigger(attempt, code, outcome) else (None, False)


def _succeeds(rulebook: Rulebook, code: str, outcome: str) -> bool:
    return any(row.code == outcome and row.done and not row.reopens for row in rulebook.by_code[code].outcomes)


def first_lawful_day(editions: Editions, case: Case, act: Act, *, today: date) -> date | None:
    """The first day on which no limit of time would stand in the way of the act, or None where there is none.

    Papers, ballots, and what is still to be done before the act, are taken as they are: this answers when, not
    whether. There is no such day where the file has ended, a limit has passed, the act is done already, or the day
    from which the time would count is not known. The answer may lie before the act's own day, and under another
    edition.
    """
    # No rule of time speaks of a day before everything the file already holds.
    day = min((entry.on for entry in case.happened), default=act.on)
    day = min(day, act.on)
    while True:
        findings = findings_on(editions, case, evolve(act, on=day, recorded=None), today=max(today, day))
        barring = [finding for finding in findings if finding.bars]
        if any(_never(finding, day) for finding in barring):
            return None
        ahead = [f.check.first_day for f in barring if f.value == "unmet" and f.check.first_day]
        later = max((first for first in ahead if first > day), default=day)
        if later == day:
            return day
        day = later


def lawful_from(editions: Editions, ruling: Ruling, *, today: date) -> date | None:
    """The first day on which an act that was asked for would be lawful, as far as days go; else None.

    None where no day would do, and where it is not the day that stands in the way.
    """
    if isinstance(ruling.act, Correct):
        return None
    days = any(f.value == "unmet" and (f.check.first_day or f.check.last_day) for f in ruling.barring)
    if not ruling.admitted and not days:
        return None
    return first_lawful_day(editions, ruling.case, ruling.act, today=today)


def _never(finding: Finding, day: date) -> bool:
    """Whether no later day would do either, by this finding."""
    check = finding.check
    if finding.value == "unmet":
        passed = check.last_day is not None and check.last_day < day
        return passed or (check.note in FINAL_NOTES and check.first_day is None)
    anchors = {
        anchor
        for c in finding.rule.compare
        if isinstance(c, DateLimit) and c.value == "on"
        for anchor in (c.anchor, *(c.anchors or {}).values())
    }
    return check.anchor is None and not anchors.isdisjoint(check.lacks)
