"""Two judgements of the same acts compared: what came out otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from attrs import frozen

from recruitment.engine.findings import Finding


@frozen(kw_only=True)
class Change:
    """One rule on one act that came out otherwise; `before` or `after` is None where that judgement does not have it.

    `index` is the place of the act in the file from 0, `about` what the check speaks of beside the rule's own.
    """

    index: int
    rule: str
    about: str | None
    before: Finding | None
    after: Finding | None


def differences(before: Sequence[Sequence[Finding]], after: Sequence[Sequence[Finding]]) -> tuple[Change, ...]:
    """The findings whose value differs, and those unmet or unknown that only one judgement has, act by act."""
    changes: list[Change] = []
    for index, (one, other) in enumerate(zip_longest(before, after, fillvalue=())):
        changes += _of_act(index, one, other)
    return tuple(changes)


def _of_act(index: int, before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Change]:
    # A rule may have several findings on one act about the same thing, one for each period: told apart in order.
    old, new = _keyed(before), _keyed(after)
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if (was and was.value) == (now and now.value):
            continue
        if (was or now).value == "met" and None in (was, now):  # type: ignore[union-attr]
            continue
        yield Change(index=index, rule=key[0], about=key[1], before=was, after=now)


def _keyed(findings: Sequence[Finding]) -> dict[tuple[str, str | None, int], Finding]:
    keyed: dict[tuple[str, str | None, int], Finding] = {}
    for finding in findings:
        rule, about = finding.rule.code, finding.check.about
        number = sum(key[:2] == (rule, about) for key in keyed)
        keyed[rule, about, number] = finding
    return keyed
