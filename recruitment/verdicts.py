"""Findings as plain data, without their words, and back: what a ledger keeps beside an act.

Words are made when a finding is shown, so only what was compared is kept. The rule itself is looked up by its code when
the finding is read again; a code that a later rulebook no longer has is said to be so and never stops the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import attrs

from recruitment.guards import Asked, Check, Finding
from recruitment.rulebook import Citation, Rule, Rulebook
from recruitment.shapes import fields_of
from recruitment.wording import Label

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TEXT: Final = "$text"
_TRUTHS: Final[Mapping[str, bool | None]] = {"met": True, "unmet": False, "unknown": None}


def flat(value: Any) -> Any:
    """A compared value as lists, plain tables, dates, texts and numbers; what is unknown in it is left out."""
    if isinstance(value, tuple | list):
        return [flat(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: flat(entry) for key, entry in value.items()}
    if attrs.has(type(value)):
        pairs = fields_of(type(value)).items()
        known = {key: (getattr(value, a.name), a.default) for key, (a, _) in pairs}
        return {key: flat(entry) for key, (entry, default) in known.items() if entry != default}
    return value


def iso(value: Any) -> Any:
    """A flat value with its dates as ISO text."""
    if isinstance(value, list):
        return [iso(entry) for entry in value]
    if isinstance(value, dict):
        return {key: iso(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _pack(value: Any) -> Any:
    # A free text that reads like a day must come back as a text, so it is marked.
    if isinstance(value, str) and _DAY.fullmatch(value):
        return {_TEXT: value}
    if isinstance(value, list):
        return [_pack(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _pack(entry) for key, entry in value.items()}
    return iso(value)


def _unpack(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, list):
        return [_unpack(entry) for entry in value]
    if isinstance(value, dict):
        return value[_TEXT] if _TEXT in value else {key: _unpack(entry) for key, entry in value.items()}
    return value


def compact(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as data that JSON can hold; what is none or empty is left out, an empty list compared is kept."""
    rows = []
    for f in findings:
        check = f.check
        row = {
            "rule": f.rule.code,
            "act": f.act,
            "index": f.index,
            "on": iso(f.on),
            "edition": f.edition,
            "force": f.force,
            "value": f.value,
            "anchor": _pack(flat(check.anchor)),
            "limit": _pack(flat(check.limit)),
            "actual": _pack(flat(check.actual)),
            "first_day": iso(check.first_day),
            "last_day": iso(check.last_day),
            "lacks": list(check.lacks) or None,
            "note": check.note,
            "about": check.about,
            "reason": f.reason,
            "on_trust": f.on_trust,
        }
        rows.append({key: value for key, value in row.items() if value is not None})
    return rows


def _gone(code: str, row: Mapping[str, Any], book: Rulebook) -> Rule:
    """What stands for a rule that the rulebook no longer has."""
    return Rule(
        code=code,
        force=row["force"],
        citation=Citation(document=""),
        clause=Label(f"规程中已没有“{code}”这一条", f"the rule {code} is no longer in the rulebook"),
        compare=(),
        checked_on=book.in_force,
        checked_against="",
    )


def revive(data: Iterable[Mapping[str, Any]], book: Rulebook) -> tuple[Finding, ...]:
    """The findings that `compact` wrote, with their rules from `book`."""
    rules = {rule.code: rule for rule in book.rules}
    findings = []
    for row in data:
        code = row["rule"]
        rule = rules.get(code) or _gone(code, row, book)
        force = row["force"]
        check = Check(
            truth=_TRUTHS[row["value"]],
            anchor=_unpack(row.get("anchor")),
            limit=_unpack(row.get("limit")),
            actual=_unpack(row.get("actual")),
            first_day=_unpack(row.get("first_day")),
            last_day=_unpack(row.get("last_day")),
            lacks=tuple(row.get("lacks", ())),
            note=row.get("note"),
            about=row.get("about"),
            force=None if force == rule.force else force,
        )
        asked = Asked(row["edition"], row["act"], row.get("index"), date.fromisoformat(row["on"]))
        findings.append(Finding(rule, asked, force, row["value"], check, row.get("reason"), row.get("on_trust")))
    return tuple(findings)
