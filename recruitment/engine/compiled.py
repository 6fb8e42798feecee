"""A rulebook ready to judge: its machine and its compiled rules, made once for each content and shared. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.engine.evaluators.asking import Evaluator
from recruitment.engine.evaluators.compiling import compile_book, compile_rule
from recruitment.engine.machine import RulebookMachine, machine_of
from recruitment.law.comparisons import DateLimit, EditionKnown
from recruitment.law.content import once_per_content
from recruitment.law.rulebook import Detour, Rule, Rulebook, Standing
from recruitment.record.acts import Act


class Entering(NamedTuple):
    """How an act enters a case: beside its earlier entries or in their place, and from which of its days it counts."""

    again: bool = False
    """Earlier entries count together with a new one."""
    beside: bool = False
    """It is beside the main line."""
    stands_from: str | None = None
    """The key of the day from which its result counts; None where that is the day of the act."""


class CompiledRulebook:
    """A rulebook ready to judge: its machine and its compiled rules, shared by all files and threads."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.machine: RulebookMachine = machine_of(rulebook)
        compiled = compile_book(rulebook)
        self.codes = frozenset(rule.code for rule in rulebook.rules)
        # Acts that have no place in the course, and days before the first edition, are judged by these alone.
        first = next(iter(compiled.values()))
        self.every_stage: tuple[tuple[Rule, Evaluator], ...] = tuple(pair for pair in first if not pair[0].acts)
        # Whether a day has an edition at all is asked of those days only.
        self.rules: dict[tuple[str, str], tuple[tuple[Rule, Evaluator], ...]] = {
            key: tuple(pair for pair in pairs if not isinstance(pair[0].compare[0], EditionKnown))
            for key, pairs in compiled.items()
        }
        # The outcome of an act by its code and the outcome it records; where that is none, the default.
        self.outcomes: dict[tuple[str, str | None], str] = {}
        for procedure in rulebook.by_code.values():
            for outcome in procedure.outcomes:
                self.outcomes[procedure.code, outcome.code] = outcome.code
                if outcome.default:
                    self.outcomes.setdefault((procedure.code, None), outcome.code)
        self.entering = {
            code: Entering(bool(act.again), isinstance(act, Detour), act.stands_from)
            for code, act in rulebook.by_code.items()
        }
        acts = [(act, outcome) for act in rulebook.by_code.values() for outcome in act.outcomes]
        # The acts and outcomes that undo something, with which another round begins; of which standings, or of every.
        self.reopening: dict[tuple[str, str], tuple[Standing, ...]] = {
            (act.code, outcome.code): outcome.reopens_standings for act, outcome in acts if outcome.reopens
        }
        # What the person is from an act with that outcome on.
        self.gained: dict[tuple[str, str], Standing] = {
            (act.code, outcome.code): act.standing for act, outcome in acts if act.standing and outcome.done
        }
        # Of the rules on an act those that say until when it may come.
        self.limits: dict[tuple[str, str], tuple[tuple[Rule, Evaluator], ...]] = {
            key: tuple(pair for pair in pairs if _falls_due(pair[0])) for key, pairs in self.rules.items()
        }

    @cached_property
    def timely(self) -> dict[tuple[str, str], tuple[tuple[Rule, Evaluator], ...]]:
        """For each act and outcome the comparisons of days and of order, each compiled alone; made when first asked."""
        alone = {
            id(rule): tuple(
                (rule, compile_rule(rule, self.rulebook, index))
                for index, comparison in enumerate(rule.compare)
                if comparison.timely
            )
            for rule in self.rulebook.rules
        }
        return {key: tuple(c for rule, _ in pairs for c in alone[id(rule)]) for key, pairs in self.rules.items()}

    def outcome_of(self, act: Act) -> str:
        """The outcome of an act: the one recorded, else the success of that act.

        Raises:
            BadInput: the act needs an outcome and has none, or has one that is not among its own.
        """
        outcome = self.outcomes.get((act.code, act.outcome))
        if outcome is not None:
            return outcome
        procedure = self.rulebook.by_code.get(act.code)
        if procedure is None:
            return act.outcome or "done"
        codes = list(dict.fromkeys(outcome.code for outcome in procedure.outcomes))
        if act.outcome is not None:
            near = nearest(act.outcome, codes)
            raise BadInput.of(
                f"{act.code}: outcome",
                Label(
                    zh=f"“{act.outcome}”不是此项的结果；可用：{'、'.join(codes)}"
                    + (f"；是否指 {near}？" if near else ""),
                    en=f"{act.outcome} is no outcome of this act; known are {', '.join(codes)}"
                    + (f"; did you mean {near}?" if near else ""),
                ),
            )
        raise BadInput.of(
            f"{act.code}: outcome",
            Label(zh=f"请写明结果：{'、'.join(codes)}", en=f"say the outcome; it is one of {', '.join(codes)}"),
        )


def _falls_due(rule: Rule) -> bool:
    limits = [limit for limit in rule.compare if isinstance(limit, DateLimit)]
    return bool(rule.acts) and any(limit.must_be == "not_after" and limit.value == "on" for limit in limits)


@once_per_content
def compiled_rulebook(rulebook: Rulebook) -> CompiledRulebook:
    """The rulebook ready to judge, compiled once for each content."""
    return CompiledRulebook(rulebook)
