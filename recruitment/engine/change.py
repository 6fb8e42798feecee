"""Compares two judgements of the same acts: which findings changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from attrs import frozen

from recruitment.engine.findings import Finding


@frozen(kw_only=True)
class Change:
    """One rule on one act whose value changed between two judgements."""

    index: int
    """The place of the act in the file, from 0."""
    rule: str
    about: str | None
    """What else the check speaks of."""
    before: Finding | None
    """None where the first judgement does not have it."""
    after: Finding | None
    """None where the second judgement does not have it."""


class _Key(NamedTuple):
    """What identifies a finding on an act: its rule, what it is about, and which of several it is, from 0."""

    rule: str
    about: str | None
    number: int


def differences(before: Sequence[Sequence[Finding]], after: Sequence[Sequence[Finding]]) -> tuple[Change, ...]:
    """The findings whose value differs, and those unmet or unknown that only one judgement has, act by act."""
    changes: list[Change] = []
    for index, (one, other) in enumerate(zip_longest(before, after, fillvalue=())):
        changes += _changes_of_act(index, one, other)
    return tuple(changes)


def _changes_of_act(index: int, before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Change]:
    # A rule may have several findings on one act about the same thing, one for each period: their order distinguishes
    # them.
    old, new = _by_key(before), _by_key(after)
    other = _match_keys(old, new)
    for key in dict.fromkeys((*old, *(key for key in new if key not in other.values()))):
        was, now = old.get(key), new.get(other.get(key, key))
        if (was and was.value) == (now and now.value):
            continue
        if (was or now).value == "met" and None in (was, now):  # type: ignore[union-attr]
            continue
        about = key.about if key not in other or now is None else now.check.about
        yield Change(index=index, rule=key.rule, about=about, before=was, after=now)


def _by_key(findings: Sequence[Finding]) -> dict[_Key, Finding]:
    keyed: dict[_Key, Finding] = {}
    for finding in findings:
        rule, about = finding.rule.code, finding.check.about
        number = sum(key[:2] == (rule, about) for key in keyed)
        keyed[_Key(rule, about, number)] = finding
    return keyed


def _match_keys(old: Mapping[_Key, Finding], new: Mapping[_Key, Finding]) -> dict[_Key, _Key]:
    """What was found of a rule and is now found of the same rule about something else, where it is one and one.

    A rule that is met says nothing of what it is about; unmet it names the paper or the fact.
    """
    gone, came = ([key for key in one if key not in two] for one, two in ((old, new), (new, old)))
    found = {}
    for key in gone:
        same = [[each for each in some if each.rule == key.rule] for some in (gone, came)]
        if [len(some) for some in same] == [1, 1] and "met" in (old[key].value, new[same[1][0]].value):
            found[key] = same[1][0]
    return found
