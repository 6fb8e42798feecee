"""How a ruling is made: the machine moves a bare model, and the one condition on every edge is the whole ruling. Pure.

The model is the attempt with the rules that are put to it. What an earlier ruling has admitted is moved the same way
and not judged again.
"""

from __future__ import annotations

from attrs import evolve
from msgspec.structs import replace

from recruitment.engine.attempt import Attempt
from recruitment.engine.compiled import CompiledRulebook
from recruitment.engine.findings import FINAL, Asked, Finding, Value
from recruitment.engine.ruling import next_case
from recruitment.law.rulebook import Rulebook
from recruitment.law.states import Edge
from recruitment.record.acts import Act
from recruitment.record.case import Case


class MachineModel(Attempt, kw_only=True):
    """An attempt as the machine moves it: with the rules that are put to it, and what they found."""

    compiled: CompiledRulebook
    state: str
    """The machine's own attribute: `transitions` reads it and moves it."""
    judged: bool = True
    """Whether it is judged at all: what an earlier ruling has admitted is not, for verdicts are frozen."""
    presumed: bool = False
    """What is missing before it is presumed done, and the case goes on after a fault, as an audit does."""
    on_trust: str | None = None
    """The reason for which unknown bars are let through."""
    as_it_was: str | None = None
    """The reason for which unmet bars are recorded as it was."""
    admitted: bool = True
    """Whether no finding bars the act."""
    findings: tuple[Finding, ...] = ()
    """What `may_move` has found."""

    def may_move(self) -> bool:
        """The condition on every edge: make the whole ruling, keep it, and say whether the machine may move."""
        if not self.judged:
            return True
        compiled, code = self.compiled, self.code
        asked = Asked(compiled.rulebook.code, code, len(self.case.acts), self.on)
        rules = compiled.every_stage if self.early else compiled.rules.get((code, self.outcome), compiled.every_stage)
        findings: list[Finding] = []
        found, admitted = findings.append, True
        for rule, evaluate in rules:
            for check in evaluate(self):
                force, truth = check.force or rule.force, check.truth
                if truth:
                    found(Finding(rule, asked, force, "met", check))
                    continue
                value: Value = "unknown" if truth is None else "unmet"
                reason = trusted = None
                if value == "unmet" and (force == "usual" or rule.excused_by_reason):
                    reason = reason_for(self.act, rule.code)
                elif value == "unknown" and force == "bar":
                    trusted = self.on_trust
                finding = Finding(rule, asked, force, value, check, reason, trusted)
                if self.as_it_was is not None and finding.stands_against and check.note not in FINAL:
                    finding = replace(finding, as_it_was=self.as_it_was)
                if finding.bars:
                    admitted = False
                found(finding)
        self.findings = tuple(findings)
        self.admitted = admitted
        # An audit goes on after a fault; but of two records of one act the first counts, and nothing follows an end.
        return admitted or (self.presumed and not any(f.value == "unmet" and f.check.note in FINAL for f in findings))


def reason_for(act: Act, code: str) -> str | None:
    """The recorded reason that counts for a rule: the one of its own, else the act's."""
    own = (act.reasons or {}).get(code, "")
    if own.strip():
        return own
    return act.reason if isinstance(act.reason, str) and act.reason.strip() else None


def move(model: MachineModel) -> tuple[Edge | None, bool]:
    """Let the machine move the model if it may move: the edge it took, and whether the act is entered without one.

    Where the machine has no edge the ruling alone answers, by `order` or `once`. Only for a record that is not whole,
    or for an audit, what is missing is presumed: then the model is first set to the nearest state that has the edge,
    and an act that was presumed earlier is entered without a move.
    """
    case, machine, code, outcome = model.case, model.machine, model.code, model.outcome
    edge = machine.graph.edge(model.state, code, outcome)
    # What was presumed in an incomplete record, or in one that was taken in as it was, is entered without a move.
    presumed_done = code in case.state.done and code not in case.current and not case.state.ended
    if edge is None and presumed_done and _succeeds(machine.rulebook, code, outcome):
        return None, model.may_move()
    if edge is None and (model.presumed or not case.file.complete):
        presumed = machine.presume(model.state, code, outcome) if code not in case.current else None
        if presumed is not None:
            model.state = presumed
            edge = machine.graph.edge(presumed, code, outcome)
    if edge is None:
        model.may_move()
        model.admitted = False
        return None, False
    return (edge, True) if machine.trigger(model, code, outcome) else (None, False)


def _succeeds(rulebook: Rulebook, code: str, outcome: str) -> bool:
    return any(row.code == outcome and row.done and not row.reopens for row in rulebook.by_code[code].outcomes)


def _edge_without_undoing(case: Case, edge: Edge | None) -> Edge | None:
    """The edge of a move as it was before a candidate's move undid anything: the move changes nothing that is done."""
    if edge is None or not edge.outcome.reopens_standings:
        return edge
    return evolve(edge, target=case.state.name, undone=frozenset())


def replay_step(
    case: Case, act: Act, compiled: CompiledRulebook, *, presumed: bool, moves_stand: bool = False
) -> tuple[Case, bool]:
    """The case with an act that an earlier ruling admitted, moved and not judged again; and whether it had a place.

    With `moves_stand` a move undoes nothing, as in records made before a move could undo acts.

    Raises:
        BadInput: the act has an outcome that does not exist.
    """
    model = MachineModel(
        case=case,
        act=act,
        code=act.code,
        on=act.on,
        outcome=compiled.outcome_of(act),
        machine=compiled.machine,
        recorded=act.recorded or act.on,
        compiled=compiled,
        state=case.state.name,
        judged=False,
        presumed=presumed,
    )
    edge, stands = move(model)
    edge = _edge_without_undoing(case, edge) if moves_stand else edge
    following = next_case(compiled, case, act, model.outcome, edge, stands=stands)
    return following, edge is not None or stands
