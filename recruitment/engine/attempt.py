"""An act asked for on a case: the bare model that the shared machine moves, and what the guards read. Pure.

An attempt carries the state, and its `judge` is the one condition on every edge. It judges in four modes: *strict*
makes the ruling and says whether the act is admitted; *lenient* makes the ruling and admits, having presumed what is
missing; *recorded* admits what an earlier ruling has admitted, for verdicts are frozen, and *settled* does so over what
a correction has taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.engine.applicable import deciding_day, edition_of_file
from recruitment.engine.compiled import CompiledRulebook, compiled_rulebook, outcome_of
from recruitment.engine.findings import Asked, Finding, Value, made
from recruitment.law.editions import Editions
from recruitment.record.acts import ACTS, Act
from recruitment.record.case import Case

Mode = Literal["strict", "lenient", "recorded", "settled"]

FINAL_NOTES = frozenset(("twice", "no-more", "not-lapsed", "ended", "no-place", "not-now"))
"""Notes of findings after which not even an audit moves a case."""


class Attempt:
    """An act asked for on a case: the bare model that the shared machine moves, and what the guards read."""

    __slots__ = (
        "act",
        "admitted",
        "ahead",
        "case",
        "code",
        "compiled",
        "early",
        "findings",
        "machine",
        "mode",
        "on",
        "on_trust",
        "outcome",
        "recorded",
        "starts",
        "state",
    )

    def __init__(
        self,
        case: Case,
        act: Act,
        outcome: str,
        compiled: CompiledRulebook,
        recorded: date,
        early: bool = False,
        starts: date | None = None,
        mode: Mode = "strict",
        on_trust: str | None = None,
        ahead: Callable[[str], Act | None] | None = None,
    ) -> None:
        self.case = case
        self.act = act
        self.code = act.code
        self.on = act.on
        self.outcome = outcome
        self.compiled = compiled
        self.machine = compiled.machine
        self.recorded = recorded
        self.early = early
        self.starts = starts
        self.mode = mode
        self.on_trust = on_trust
        self.ahead = ahead
        self.admitted = True
        self.findings: tuple[Finding, ...] = ()
        # The machine's own attribute: it is read and moved by `transitions`, and by nothing else.
        self.state = case.state.name

    def standing(self, code: str) -> Act | None:
        """The act of that code that stands in the round; in an audit one that is entered only later in it, too."""
        case = self.case
        places = case.current.get(code)
        if places:
            return case.acts[places[-1]]
        return self.ahead(code) if self.ahead is not None else None

    def judge(self) -> bool:
        """The condition on every edge: make the whole ruling, keep it, and say whether the machine may move."""
        if self.mode in ("recorded", "settled"):
            return True
        compiled, code = self.compiled, self.code
        asked = Asked(compiled.rulebook.code, code, len(self.case.acts), self.on)
        rules = compiled.every_stage if self.early else compiled.rules.get((code, self.outcome), compiled.every_stage)
        findings: list[Finding] = []
        admitted = True
        for rule, judge in rules:
            for check in judge(self):
                force = check.force or rule.force
                if check.truth:
                    findings.append(made(Finding, (rule, asked, force, "met", check, None, None)))
                    continue
                value: Value = "unknown" if check.truth is None else "unmet"
                reason = trusted = None
                if value == "unmet" and (force == "usual" or rule.excused_by_reason):
                    reason = reason_for(self.act, rule.code)
                elif value == "unknown" and force == "bar":
                    trusted = self.on_trust
                finding = Finding(rule, asked, force, value, check, reason, trusted)
                if finding.bars:
                    admitted = False
                findings.append(finding)
        self.findings = tuple(findings)
        self.admitted = admitted
        # An audit goes on after a fault; but of two records of one act the first stands, and nothing follows an end.
        return admitted or (
            self.mode == "lenient" and not any(f.value == "unmet" and f.check.note in FINAL_NOTES for f in findings)
        )


def reason_for(act: Act, code: str) -> str | None:
    """The recorded reason that counts for a rule: the one of its own, else the act's."""
    own = (act.reasons or {}).get(code, "")
    if own.strip():
        return own
    return act.reason if isinstance(act.reason, str) and act.reason.strip() else None


def attempt_of(
    editions: Editions,
    case: Case,
    act: Act,
    today: date,
    on_trust: str | None = None,
    mode: Mode = "strict",
    ahead: Callable[[str], Act | None] | None = None,
) -> Attempt:
    """The attempt for an act on a case as of `today`, under the edition that applies.

    Raises:
        BadInput: the act cannot be read as one of the edition's: an outcome, a rule or an edition that does not exist.
    """
    if act.code not in ACTS:
        raise BadInput.of("act", Label(zh=f"没有“{act.code}”这一行为", en=f"{act.code} is no act"))
    pinned = case.file.edition is not None
    day = act.on if pinned else deciding_day(editions, case, act.on)
    rulebook = edition_of_file(editions, case.file, day)
    compiled = compiled_rulebook(rulebook)
    for code in act.reasons or ():
        if code not in compiled.codes:
            near = nearest(code, compiled.codes)
            raise BadInput.of(
                f"{act.code}: reasons.{code}",
                Label(
                    zh=f"没有“{code}”这条规则" + (f"；是否指 {near}？" if near else "，请用 recruitment rules 查看"),
                    en=f"there is no rule {code}" + (f"; did you mean {near}?" if near else "; see recruitment rules"),
                ),
            )
    outcome = compiled.outcomes.get((act.code, act.outcome)) or outcome_of(rulebook, case, act)
    entry = act.recorded
    return Attempt(
        case,
        act,
        outcome,
        compiled,
        today if entry is None or entry > today else entry,
        not pinned and not editions.covers(day),
        None if pinned else rulebook.in_force,
        mode,
        on_trust,
        ahead,
    )
