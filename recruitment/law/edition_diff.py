"""Two editions side by side: which procedures, rules and readings changed, came, went, or only moved. Pure.

Rules are identified by their codes, which do not change once they are published; where a code has several rows, those
that speak of the same acts belong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import attrs
from attrs import evolve, frozen

from recruitment.law.comparisons import Comparison
from recruitment.law.rulebook import Procedure, Rule, Rulebook, TextChange, national

CHECKING: Final = frozenset(("read_as", "checked_on", "checked_against"))
"""Keys that say how the text was read and when it was last compared: a rule that differs in them alone is the same."""


@frozen(kw_only=True)
class RuleChange:
    """One rule in both editions: `old` is None for one that was added, `new` for one that is gone.

    `parts` are the attributes of the rule that differ, `article` among them where its place in the text does.
    """

    code: str
    old: Rule | None
    new: Rule | None
    parts: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None
        return found


@frozen(kw_only=True)
class ProcedureChange:
    """One procedure, or act beside the main line, in both editions; `parts` are the attributes that differ."""

    code: str
    old: Procedure | None
    new: Procedure | None
    parts: tuple[str, ...] = ()

    @property
    def procedure(self) -> Procedure:
        """The procedure as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None
        return found


@frozen(kw_only=True)
class PolicyChange:
    """One reading in both editions; None where an edition does not name it."""

    code: str
    old: str | None
    new: str | None


@frozen(kw_only=True)
class Difference:
    """What sets two editions apart. Rules that bind every act come first, then by procedure, then by code.

    Three things are distinguished: what changed for a record, what changed in the text alone, and what did not change.
    """

    old: Rulebook
    new: Rulebook
    procedures: tuple[ProcedureChange, ...]
    """Procedures that came, went or changed."""
    added: tuple[RuleChange, ...]
    """Rules that only the new edition has."""
    gone: tuple[RuleChange, ...]
    """Rules that only the old edition has."""
    changed: tuple[RuleChange, ...]
    """Rules that changed in more than their article and what `text` is about."""
    renumbered: tuple[RuleChange, ...]
    """The unchanged rules that are in another article."""
    text: tuple[TextChange, ...]
    """What changed in the text alone."""
    reworded: tuple[RuleChange, ...]
    """The rules that `text` is about; they are not among the unchanged."""
    unchanged: tuple[RuleChange, ...]
    """Rules that say the same in both."""
    policies: tuple[PolicyChange, ...]
    """Readings that only one edition names, or that have another value."""

    @property
    def same(self) -> bool:
        """Whether both say the same, in the same places."""
        found = (self.procedures, self.added, self.gone, self.changed, self.renumbered, self.text, self.policies)
        return not any(found)


def difference(old: Rulebook, new: Rulebook) -> Difference:
    """What changed from `old` to `new`."""
    pairs = sorted(_pairs(old.rules, new.rules), key=lambda change: _place(change.rule, old, new))
    both = [change for change in pairs if change.old and change.new and change.parts]
    text = _text_changes(old, new)
    told = {code for change in text for code in change.rules}
    same = [change for change in pairs if change.old and change.new and _of_text(change)]
    reworded = tuple(change for change in same if change.code in told)
    unchanged = tuple(change for change in same if change.code not in told and "word" not in change.parts)
    return Difference(
        old=old,
        new=new,
        procedures=tuple(_procedures(old, new)),
        added=tuple(change for change in pairs if change.old is None),
        gone=tuple(change for change in pairs if change.new is None),
        changed=tuple(
            change
            for change in both
            if not (_of_text(change) and (change.code in told or change.parts == ("article",)))
        ),
        renumbered=tuple(change for change in unchanged if change.parts),
        text=text,
        reworded=reworded,
        unchanged=unchanged,
        policies=tuple(
            PolicyChange(code=code, old=old.policies.get(code), new=new.policies.get(code))
            for code in sorted({*old.policies, *new.policies})
            if old.policies.get(code) != new.policies.get(code)
        ),
    )


def _of_text(change: RuleChange) -> bool:
    """Whether a rule asks the same of a record: only its word of the text, or its article, differs if anything does."""
    return {*change.parts} <= {"word", "article"}


def _text_changes(old: Rulebook, new: Rulebook) -> tuple[TextChange, ...]:
    """What changed in the text alone, from the old edition to the new one, whichever of them came first."""
    if new.text_since == national(old.code):
        return new.text_changes
    if old.text_since == national(new.code):
        return tuple(evolve(change, old=change.new, new=change.old) for change in old.text_changes)
    return ()


def own_document(rules: Sequence[Rule]) -> str:
    """The code of the document that an edition is: the one that most of its rules cite; empty without rules."""
    cited = [rule.citation.document for rule in rules]
    return max(sorted(set(cited)), key=cited.count, default="")


# ------------------------------------------------------------------------------------------- rules


def _pairs(old: Iterable[Rule], new: Iterable[Rule]) -> list[RuleChange]:
    """Each rule with what it became: rows of one code by their acts first, what is left in the order of the file."""
    old, new = tuple(old), tuple(new)
    before, after = _by_code(old), _by_code(new)
    documents = tuple(own_document(rules) for rules in (old, new))
    found = []
    for code in dict.fromkeys((*before, *after)):
        rest, left = before.get(code, []), list(after.get(code, []))
        matched: list[tuple[Rule | None, Rule | None]] = []
        alone = []
        for rule in rest:
            twin = next((other for other in left if other.acts == rule.acts), None)
            if twin is None:
                alone.append(rule)
            else:
                left.remove(twin)
                matched.append((rule, twin))
        while alone and left:
            matched.append((alone.pop(0), left.pop(0)))
        matched += [(rule, None) for rule in alone] + [(None, rule) for rule in left]
        found += [
            RuleChange(code=code, old=one, new=other, parts=_rule_parts(one, other, documents))
            for one, other in matched
        ]
    return found


def _by_code(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.code].append(rule)
    return found


def _rule_parts(old: Rule | None, new: Rule | None, documents: Sequence[str]) -> tuple[str, ...]:
    """What differs between a rule and what it became; each edition's own document counts as the same."""
    if old is None or new is None:
        return ()
    parts = [part for part in _differing(old, new) if part != "citation" and part not in CHECKING]
    places = [
        ("" if rule.citation.document == own else rule.citation.document, rule.citation.articles)
        for rule, own in zip((old, new), documents, strict=True)
    ]
    return (*parts, "article") if places[0] != places[1] else tuple(parts)


def compared_apart(rule: Rule, beside: Rule) -> tuple[Comparison, ...]:
    """What a rule compares where the other edition's differs: of a long table only the rows that the other lacks."""
    others = {other.kind: other for other in beside.compare}
    return tuple(each.apart_from(others.get(each.kind, each)) for each in rule.compare)


def _place(rule: Rule, old: Rulebook, new: Rulebook) -> tuple[int, str]:
    """The place of a rule in a list: those of every act first, those of acts beside the main line last."""
    if not rule.acts:
        return 0, rule.code
    found = [rulebook.by_code[act] for act in rule.acts for rulebook in (new, old) if act in rulebook.by_code]
    return min((_number(procedure) for procedure in found), default=_BESIDE), rule.code


# ------------------------------------------------------------------------------------------- procedures

_BESIDE: Final = 1_000
"""Acts beside the main line have no number; they come after the 25."""


def _number(procedure: Procedure) -> int:
    return procedure.number or _BESIDE


def _procedures(old: Rulebook, new: Rulebook) -> list[ProcedureChange]:
    found = []
    for code in dict.fromkeys((*old.by_code, *new.by_code)):
        one, other = old.by_code.get(code), new.by_code.get(code)
        parts = () if one is None or other is None else _differing(_ungrounded(one), _ungrounded(other))
        if parts or one is None or other is None:
            found.append(ProcedureChange(code=code, old=one, new=other, parts=parts))
    return sorted(found, key=lambda change: (_number(change.procedure), change.code))


def _ungrounded(procedure: Procedure) -> Procedure:
    """The procedure without where its edges are written: another article for an edge is no change of the procedure."""
    outcomes = tuple(evolve(outcome, grounds=()) for outcome in procedure.outcomes)
    return evolve(procedure, grounds=(), outcomes=outcomes)


def _differing(old: Rule | Procedure, new: Rule | Procedure) -> tuple[str, ...]:
    """The attributes of two values of one class that differ, in the order of the class."""
    known = [attribute.name for attribute in attrs.fields(type(new)) if hasattr(old, attribute.name)]
    return tuple(name for name in known if getattr(old, name) != getattr(new, name))
