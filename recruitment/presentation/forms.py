"""What an act takes, as a form: a JSON Schema with names of fields and choices, and the rules that ask for them.

It is made from the classes of the record and from the rules of an edition, and from nothing else: a field that a class
gains, or a rule that asks for another one, is in the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import singledispatch
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs
from attrs import field, frozen

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label, Lang
from recruitment.base.structure.schemas import or_null, schema
from recruitment.base.structure.values import dump, fields_of, members_of
from recruitment.law.comparisons import (
    Among,
    Balance,
    Comparison,
    DateLimit,
    Each,
    Effects,
    Evidence,
    People,
    Share,
    Table,
    Workdays,
)
from recruitment.law.rulebook import Procedure, Rule, Rulebook
from recruitment.presentation.findings.citations import cite_rule
from recruitment.record.acts import ACTS
from recruitment.record.case import Case
from recruitment.record.evidence import UNKNOWN, Branch
from recruitment.rulebooks import checks as checks  # which registers what each kind of comparison reads
from recruitment.rulebooks.checks.comparisons import reads_of
from recruitment.rulebooks.checks.values import JUDGED, acts_of
from recruitment.rulebooks.load import load_rulebooks

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
LEFT_OUT: Final = ("recorded", "as_it_was", "reasons", "outcome")
"""Keys of an act that no form asks for: they are filled in by the ledger, belong to an import, or stand apart."""
ELSEWHERE: Final = ("branch", "committee")
"""Fields that an act may leave to the file: the branch is known from it, and with it the committee above."""
_WRITTEN: Final[Mapping[object, Label]] = {
    date: Label(zh="日期，如 2026-09-01", en="a day, such as 2026-09-01"),
    bool: Label(zh="是或者否", en="yes or no"),
    int: Label(zh="数字", en="a number"),
    str: Label(zh="文字", en="a text"),
}
_ONE: Final = Label(zh="选一项", en="one of the choices")
_SOME: Final = Label(zh="可以选几项", en="one or more of the choices")
_DAYS: Final = Label(zh="日期，可以写几个", en="one or more days")
_PARTS: Final = Label(zh="分栏填写", en="several keys")
_ENTRIES: Final = Label(zh="可以写几个，各自分栏填写", en="one or more entries with several keys each")
_ONE_OR_PARTS: Final = Label(zh="选一项，或者分栏填写", en="one of the choices, or several keys")
_OWN_DAY: Final = Label(zh="；不写的，即办理日期", en="; the day of the act where left out")


def form(
    act: str,
    outcome: str | None = None,
    lang: Lang = "zh",
    edition: Rulebook | str | None = None,
    *,
    case: Case | None = None,
) -> dict[str, Any]:
    """What an act takes, as a JSON Schema (draft 2020-12) with titles in one language.

    `edition` is a rulebook or its name, the latest one where left out; with `outcome` only what that outcome takes is
    required. Each field has its name (`title`), how it is written (`description`), its choices (`oneOf` of `const` and
    `title`), and under `x-rules` the rules that ask for it: code, title, force, article and clause. A field is required
    where a bar cannot be met without it. Of a `case`, what its branch is known to be is the `default`.

    Raises:
        BadInput: there is no such act, outcome or edition.
    """
    rulebook = edition if isinstance(edition, Rulebook) else _edition(edition)
    procedure = rulebook.by_code.get(act)
    if procedure is None:
        raise _unknown("act", act, rulebook.by_code)
    outcomes = [found.code for found in procedure.outcomes]
    if outcome is not None and outcome not in outcomes:
        raise _unknown("outcome", outcome, outcomes)
    return _Form(rulebook, procedure, outcome, lang, case).schema()


def _edition(name: str | None) -> Rulebook:
    editions = load_rulebooks()
    if name is None:
        return editions.rulebooks[-1]
    try:
        return editions.named(name)
    except KeyError:
        raise _unknown("edition", name, [rulebook.code for rulebook in editions.rulebooks]) from None


def _unknown(where: str, name: str, known: Mapping[str, Any] | list[str]) -> BadInput:
    near = nearest(name, known)
    return BadInput.of(
        where,
        Label(
            zh=f"没有“{name}”；" + (f"是否指 {near}？" if near else f"可用：{'、'.join(known)}"),
            en=f"there is no {name!r}; " + (f"did you mean {near}?" if near else f"known are {', '.join(known)}"),
        ),
    )


@singledispatch
def _needed_paths(comparison: Comparison) -> Iterator[str]:  # noqa: ARG001 - the others compare only what is there
    """The paths without which a comparison cannot be met, whatever else the record holds."""
    return iter(())


@_needed_paths.register
def _(comparison: Evidence) -> Iterator[str]:
    return (test.value for test in comparison.all if test.where is None)


@_needed_paths.register
def _(comparison: Table) -> Iterator[str]:
    first, *rest = comparison.rows
    return (path for path in first if all(path in row for row in rest))


@_needed_paths.register
def _(comparison: Each) -> Iterator[str]:
    yield comparison.of
    if not comparison.one_is_enough and not comparison.or_all:
        yield f"{comparison.of}.{comparison.test.value}"


@_needed_paths.register
def _(comparison: Effects) -> Iterator[str]:
    yield from (comparison.of, f"{comparison.of}.{comparison.value}")


@_needed_paths.register
def _(comparison: People | Among | DateLimit) -> Iterator[str]:
    yield comparison.value


@_needed_paths.register
def _(comparison: Share) -> Iterator[str]:
    if not comparison.only_on:
        yield from (comparison.part, comparison.whole)


@_needed_paths.register
def _(comparison: Balance) -> Iterator[str]:
    yield from (*comparison.sum, *(comparison.equals or ()), *(comparison.at_most or ()))


@_needed_paths.register
def _(comparison: Workdays) -> Iterator[str]:
    yield from (comparison.since, comparison.until)


@frozen
class _Form:
    """The parts of a form while it is made: for which act, and which rules ask for what."""

    rulebook: Rulebook
    procedure: Procedure
    outcome: str | None
    lang: Lang
    case: Case | None
    asked: dict[str, dict[str, Rule]] = field(factory=dict, init=False)
    """By the path of a field, the rules that ask for it."""
    needed: set[str] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        for rule in self.rulebook.rules:
            if self.procedure.code in acts_of(rule) and (self.outcome in (None, *rule.outcomes) or not rule.outcomes):
                for comparison in rule.compare:
                    self._ask(rule, comparison)

    def _ask(self, rule: Rule, comparison: Comparison) -> None:
        for read in reads_of(comparison):
            if read.acts is None or self.procedure.code in read.acts:
                for path in self._own_paths(f"{read.of}.{read.path}" if read.of else read.path):
                    self.asked.setdefault(path, {})[rule.code] = rule
        always = rule.force == "bar" and not rule.when and (not rule.outcomes or self.outcome is not None)
        if always:
            for needed in _needed_paths(comparison):
                self.needed.update(self._own_paths(needed))

    def _own_paths(self, path: str) -> Iterator[str]:
        """A path of this act's own record and the paths above it; none for what is read elsewhere."""
        keys = path.removeprefix("new.").split(".")
        if keys[0] in fields_of(ACTS[self.procedure.code]) and (len(keys) == 1 or keys[0] not in JUDGED):
            yield from (".".join(keys[: n + 1]) for n in range(len(keys)))

    def schema(self) -> dict[str, Any]:
        """The whole form."""
        code = self.procedure.code
        found = {"act": {"const": code, "title": self.procedure.label.words(self.lang)}}
        fields = self._properties(ACTS[code], "")
        own = ACTS[code].outcomes
        found["on"] = fields.pop("on")
        if own:
            found["outcome"] = self._outcome()
        required = ["act", "on"]
        if own and not any(outcome.default for outcome in self.procedure.outcomes):
            required.append("outcome")
        required += [key for key in fields if key in self.needed and key not in ELSEWHERE and not self._else_on(key)]
        return {
            "$schema": DRAFT,
            "title": self.procedure.label.words(self.lang),
            "description": self._word(self.procedure.body),
            "type": "object",
            "properties": {**found, **fields},
            "required": required,
            "additionalProperties": False,
        }

    def _outcome(self) -> dict[str, Any]:
        outcomes = [one for one in self.procedure.outcomes if self.outcome in (None, one.code)]
        titles: dict[str, str] = {}
        for one in outcomes:  # one that means as many things as there are decisions has the name of the word
            title = self._word(one.code) if one.code in titles else Label(zh=one.zh, en=one.en).words(self.lang)
            titles[one.code] = title
        choices = [{"const": code, "title": title} for code, title in titles.items()]
        found = {"title": self._word("outcome"), "description": _ONE.words(self.lang), "oneOf": choices}
        default = next((one.code for one in outcomes if one.default), None)
        return found if default is None else {**found, "default": default}

    def _else_on(self, key: str) -> bool:
        return bool(fields_of(ACTS[self.procedure.code])[key][0].metadata.get("else"))

    def _word(self, code: str) -> str:
        return self.rulebook.word(code, self.lang)

    def _properties(self, cls: type[Any], above: str) -> dict[str, Any]:
        return {
            key: self._property(attribute, hint, f"{above}{key}")
            for key, (attribute, hint) in fields_of(cls).items()
            if above or key not in LEFT_OUT
        }

    def _property(self, attribute: attrs.Attribute[Any], hint: Any, path: str) -> dict[str, Any]:
        written, value = self._value(hint, path)
        described = written.words(self.lang)
        if attribute.metadata.get("else"):
            described += _OWN_DAY.words(self.lang)
        found = {"title": self._word(path.rpartition(".")[2]), "description": described, **value}
        if path == "papers" and self.procedure.papers:
            found["examples"] = [list(self.procedure.papers)]
        default = self._default(attribute, path)
        if default is not None:
            found["default"] = default
        rules = self.asked.get(path)
        if rules:
            found["x-rules"] = [self._rule_data(rule) for rule in rules.values()]
        return found

    def _default(self, attribute: attrs.Attribute[Any], path: str) -> Any:
        """What the branch of the case is known to be, else what the class takes where nothing is said."""
        if self.case is not None and path in ELSEWHERE:
            known = self.case.branch if path == "branch" else self.case.branch.above
            return dump(known) if known not in (UNKNOWN, None, Branch()) else None
        given = attribute.default
        return None if given in (attrs.NOTHING, UNKNOWN, None) else dump(given)

    def _rule_data(self, rule: Rule) -> dict[str, Any]:
        return {
            "rule": rule.code,
            "title": self.rulebook.title(rule.code, self.lang),
            "force": rule.force,
            "article": cite_rule(rule, self.rulebook, self.lang) or None,
            "clause": rule.clause.words(self.lang),
        }

    def _value(self, hint: Any, path: str) -> tuple[Label, dict[str, Any]]:
        """How a value is written, and its schema, for an annotation of the record."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Union or type(hint).__name__ == "UnionType":
            parts = [self._value(member, path) for member in members_of(args)]
            written, found = parts[0] if len(parts) == 1 else (_ONE_OR_PARTS, {"anyOf": [part for _, part in parts]})
            return written, or_null(found) if type(None) in args else found
        if origin is Literal:
            return _ONE, {"oneOf": [{"const": code, "title": self._word(code)} for code in args]}
        if origin is tuple:
            written, found = self._value(args[0], path)
            many = {_ONE: _SOME, _PARTS: _ENTRIES}.get(written, _DAYS)
            return many, {"type": "array", "items": found}
        if isinstance(hint, type) and attrs.has(hint):
            required = [
                key
                for key, (attribute, _) in fields_of(hint).items()
                if f"{path}.{key}" in self.needed and attribute.default in (UNKNOWN, attrs.NOTHING)
            ]
            found = {"type": "object", "properties": self._properties(hint, f"{path}."), "additionalProperties": False}
            return _PARTS, {**found, **({"required": required} if required and path not in ELSEWHERE else {})}
        return _WRITTEN[hint], schema(hint)
