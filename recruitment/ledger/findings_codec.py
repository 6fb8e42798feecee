"""Findings as plain data, without their words, and back: what a ledger keeps with an act.

Words are made when a finding is shown, so only what was compared is kept. Edition, act, place and day are in the
ledger's own row. The rule itself is looked up by its code when the finding is read again; a code that a later rulebook
no longer has is said to be so and never stops the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, get_args

from recruitment.base.label import Label
from recruitment.base.plain import flat, iso
from recruitment.engine.findings import Asked, Check, Finding, Truth
from recruitment.law.comparisons import Note
from recruitment.law.content import once_per_content
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Citation, Force, Rule, Rulebook

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DAY_LENGTH: Final = len("2024-01-31")
_TEXT: Final = "$text"
_TRUTHS: Final[Mapping[str, Truth]] = {"met": True, "unmet": False, "unknown": None}


def _packed(value: Any) -> Any:
    """A compared value as data that JSON can hold: days as ISO text, a text that reads like a day marked as a text."""
    kind = type(value)
    if kind is date:
        return value.isoformat()
    if kind is int or kind is bool or value is None:
        return value
    if kind is str:
        return {_TEXT: value} if len(value) == _DAY_LENGTH and _DAY.fullmatch(value) else value
    if kind is tuple or kind is list:
        return [_packed(entry) for entry in value]
    if kind is dict:
        return {key: _packed(entry) for key, entry in value.items()}
    plain = flat(value)
    return iso(plain) if type(plain) is kind else _packed(plain)


def _unpacked(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return date.fromisoformat(value) if len(value) == _DAY_LENGTH and _DAY.fullmatch(value) else value
    if kind is list:
        return [_unpacked(entry) for entry in value]
    if kind is dict:
        return value[_TEXT] if _TEXT in value else {key: _unpacked(entry) for key, entry in value.items()}
    return value


def write_findings(findings: Iterable[Finding], own: str | None = None) -> list[dict[str, Any]]:
    """Findings as data that JSON can hold; what is none or empty is left out, an empty list compared is kept.

    The force is left out where the rule is met with its own force. Where it is not met the force stays written: a
    recorded verdict must not turn with a later rulebook. Where the rule has one comparison, the check comes from that
    one, and its place is left out. `own` is the act that was ruled on: a finding on another one,
    which a correction has had judged again, says which (`at`).
    """
    rows = []
    for finding in findings:
        rule, asked, check = finding.rule, finding.asked, finding.check
        anchor, limit, actual = check.anchor, check.limit, check.actual
        first_day, last_day, lacks, note, about = (
            check.first_day,
            check.last_day,
            check.lacks,
            check.note,
            check.about,
        )
        row: dict[str, Any] = {"rule": rule.code, "value": finding.value}
        if finding.value != "met" or finding.force != rule.force:
            row["force"] = finding.force
        if anchor is not None:
            row["anchor"] = _packed(anchor)
        if limit is not None:
            row["limit"] = _packed(limit)
        if actual is not None:
            row["actual"] = _packed(actual)
        if first_day is not None:
            row["first_day"] = first_day.isoformat()
        if last_day is not None:
            row["last_day"] = last_day.isoformat()
        if lacks:
            row["lacks"] = list(lacks)
        if note is not None:
            row["note"] = note
        if about is not None:
            row["about"] = about
        if check.comparison is not None and len(rule.compare) > 1:
            row["comparison"] = check.comparison
        if check.places:
            row["places"] = list(check.places)
        if check.policies:
            row["policies"] = list(check.policies)
        if finding.reason is not None:
            row["reason"] = finding.reason
        if finding.on_trust is not None:
            row["on_trust"] = finding.on_trust
        if finding.as_it_was is not None:
            row["as_it_was"] = finding.as_it_was
        if own is not None and asked.act != own:
            row["at"] = [asked.edition, asked.act, asked.index, asked.on.isoformat()]
        rows.append(row)
    return rows


def _gone(code: str, force: Force, rulebook: Rulebook) -> Rule:
    """What replaces a rule that the rulebook no longer has."""
    return Rule(
        code=code,
        force=force,
        citation=Citation(document=""),
        clause=Label(zh=f"规程中已没有“{code}”这一条", en=f"the rule {code} is no longer in the rulebook"),
        compare=(),
        checked_on=rulebook.in_force,
        checked_against="",
    )


_NOTES: Final[Mapping[str, Note]] = {note: note for note in get_args(Note)}
_SHARES: Final = ("more_than_half", "at_least_half")
"""Notes that rows of before have on a share: they repeat what the rule itself says."""


def _note(note: str | None) -> Note | None:
    return None if note is None else "share" if note in _SHARES else _NOTES.get(note)


def _comparison(stored: int | None, note: Note | None, rule: Rule) -> int | None:
    """The place of the comparison that a check comes from.

    A row of before does not say it of a rule with several: then it is the only one that has such a note. None where
    there is no such one, or where the rule has changed.
    """
    fitting = [place for place, comparison in enumerate(rule.compare) if note in comparison.notes]
    if stored is not None:
        return stored if stored in fitting else None
    return fitting[0] if len(fitting) == 1 else None


@once_per_content
def _rules(rulebook: Rulebook, act: str) -> Mapping[str, Rule]:
    """The rules of a book that speak of an act, by their codes: for another act a code may have another row.

    A rule that no longer speaks of the act is used as it is.
    """
    rules = {rule.code: rule for rule in rulebook.rules}
    return rules | {rule.code: rule for rule in rulebook.rules if not rule.acts or act in rule.acts}


def read_findings(
    data: Iterable[Mapping[str, Any]], rulebook: Rulebook, asked: Asked, editions: Editions | None = None
) -> tuple[Finding, ...]:
    """The findings that `write_findings` wrote, with their rules from `rulebook`, for the act that `asked` names.

    A rule that is gone and was met counts as advice: its force is stored nowhere, and nothing depends on it any more.
    """
    rules = _rules(rulebook, asked.act)
    findings = []
    for row in data:
        get = row.get
        code, value, force, at = row["rule"], row["value"], get("force"), get("at")
        of = asked if at is None else Asked(at[0], at[1], at[2], date.fromisoformat(at[3]))
        # What a correction had judged again may have been judged by another edition.
        other = rulebook if of is asked or editions is None else editions.named(of.edition)
        rule = (rules if of is asked else _rules(other, of.act)).get(code)
        rule = rule or _gone(code, force or "advice", rulebook)
        note = _note(get("note"))
        check = Check(
            _TRUTHS[value],
            _unpacked(get("anchor")),
            _unpacked(get("limit")),
            _unpacked(get("actual")),
            _unpacked(get("first_day")),
            _unpacked(get("last_day")),
            tuple(get("lacks", ())),
            note,
            get("about"),
            None if force is None or force == rule.force else force,
            _comparison(get("comparison"), note, rule),
            tuple(get("places", ())),
            tuple(get("policies", ())),
        )
        said = (get("reason"), get("on_trust"), get("as_it_was"))
        findings.append(Finding(rule, of, force or rule.force, value, check, *said))
    return tuple(findings)
