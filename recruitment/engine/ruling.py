"""A ruling: every finding on an act, whether it is admitted, and the case that follows from it. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from msgspec import Struct

from recruitment.base.identity import masked
from recruitment.engine.change import Change
from recruitment.engine.compiled import CompiledRulebook, Entering, compiled_rulebook
from recruitment.engine.evaluators.asking import stands_since
from recruitment.engine.findings import Finding
from recruitment.law.editions import Editions
from recruitment.law.states import Edge
from recruitment.record.acts import Act
from recruitment.record.case import Case


class Ruling(Struct, frozen=True, dict=True):  # one is made for each act asked; what is cached is in its dict
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
    """For a correction: the findings on other acts that change."""
    recast: Case | None = None
    """For a correction: the case after it."""

    def __repr__(self) -> str:
        """One line, which names nobody: the act, the edition, and whether it is admitted or what refuses it."""
        refused = ", ".join(dict.fromkeys(finding.rule.code for finding in self.barring))
        told = "admitted" if self.admitted else f"refused: {refused}"
        return f"<Ruling {masked(self.case.file.id)} {self.act.code} {self.act.on} ({self.edition}) {told}>"

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
        compiled = compiled_rulebook(editions.named(self.edition))
        return next_case(compiled, self.case, self.act, self.outcome, self.edge, stands=self.stands)


_OUTSIDE: Final = Entering()
"""Of an act that has no place in the course."""


def next_case(
    compiled: CompiledRulebook, case: Case, act: Act, outcome: str, edge: Edge | None, *, stands: bool = False
) -> Case:
    """The case one act further, over the edge the machine took; without an edge, `stands` enters what was presumed."""
    again, beside, stands_from = compiled.entering.get(act.code, _OUTSIDE)
    state = case.state if edge is None else compiled.machine.graph.states[edge.target]
    since = None if stands_from is None else stands_since(act, stands_from)
    return case.after(act, outcome, edge, state, again=again, stands=stands, beside=beside, since=since)
