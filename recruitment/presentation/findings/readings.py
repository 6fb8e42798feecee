"""Which readings of ours decided a finding: where another value of a policy would give another day.

What a check holds is all that is known here. Where it does not say whether the other value would differ, as with a day
of reporting that did not serve as the anchor, the policy is named; what left no trace in a check at all, such as a
round that a refused approval did not reopen, is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from recruitment.base.dates import Span, add, add_months, announced, nth_workday
from recruitment.base.label import Lang
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import DateLimit, Order, Periods, Workdays
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.presentation.findings.words import READINGS

BESIDE_TIME: Final = (
    None,
    "new-limit",
    "extended",
    "clamped",
    "next-day",
    "provisional",
    "before-agreement",
    "begun-early",
)
"""Notes that stand beside the two days of a limit."""


def policy_words(policy: str, rulebook: Rulebook, lang: Lang) -> str:
    """What the value of a policy decides, in words; the codes where there are none."""
    value = rulebook.policies.get(policy, "")
    label = READINGS.get((policy, value))
    return label.words(lang) if label else f"{policy} {value}"


def as_reading(policies: Iterable[str], rulebook: Rulebook, lang: Lang) -> str:
    """Those policies as our readings, to be put behind what they decided; empty without any."""
    said = [policy_words(policy, rulebook, lang) for policy in policies]
    return "".join(f"（本库口径：{words}）" if lang == "zh" else f" (our reading: {words})" for words in said)


def limit_of(finding: Finding) -> DateLimit | None:
    """The limit of time that a check speaks of; of several in a rule the one that gives this limit."""
    limits = [c for c in finding.rule.compare if isinstance(c, DateLimit)]
    check = finding.check
    if isinstance(check.anchor, date):
        for limit in limits:
            back = check.anchor - timedelta(days=limit.span.number)
            if (back if limit.back else add(check.anchor, limit.span, limit.rounding or "clamp")) == check.limit:
                return limit
    return limits[0] if limits else None


def notice_limit(finding: Finding) -> Workdays | None:
    """The count of working days that a check speaks of; None where it is a limit of time, or has no days."""
    check = finding.check
    timed = isinstance(check.anchor, date) and isinstance(check.limit, date) and check.note in BESIDE_TIME
    notices = [c for c in finding.rule.compare if isinstance(c, Workdays)]
    return notices[0] if notices and timed and not isinstance(check.actual, date) else None


def provisional(finding: Finding, rulebook: Rulebook) -> bool:
    """Whether the finding counts working days through a year whose holidays are not announced."""
    check = finding.check
    if check.note in ("before-agreement", "begun-early") and notice_limit(finding) is not None:
        years = {day.year for day in (check.anchor, check.limit, check.first_day) if day is not None}
        return not all(announced(year, rulebook.days) for year in sorted(years))
    return check.note == "provisional"


def deciding_policies(finding: Finding, rulebook: Rulebook) -> tuple[str, ...]:
    """The policies that decided a day or the value of a finding, by their codes."""
    check = finding.check
    notice = notice_limit(finding)
    if notice is not None:
        counts, not_ = (
            nth_workday(check.anchor, notice.at_least, rulebook.days, first_counts=f) for f in (True, False)
        )
        return ("first-publicity-day",) if counts != not_ else ()
    if check.note == "period":
        cuts = [c.cut_policy for c in finding.rule.compare if isinstance(c, Periods) and c.cut_policy]
        return tuple(cuts[:1])
    if check.note == "reopened":
        return tuple(_reopening(finding, rulebook))
    if isinstance(check.anchor, date) and isinstance(check.limit, date) and check.note in BESIDE_TIME:
        limit = limit_of(finding)
        return () if limit is None else tuple(_timing(limit, finding, rulebook))
    return ()


def _timing(limit: DateLimit, finding: Finding, rulebook: Rulebook) -> Iterator[str]:
    """The policies that decided a limit of time."""
    anchor, reached, note = finding.check.anchor, finding.check.limit, finding.check.note
    if limit.anchor_policy:
        yield limit.anchor_policy
    if note == "extended":
        if not _added_alike(anchor, limit.span, reached):
            yield "extension-sum"
        return
    if limit.rounding_policy and add(anchor, limit.span, "clamp") != add(anchor, limit.span, "next-day"):
        yield limit.rounding_policy
    if not limit.new or limit.rounding_policy:
        return
    floored = _new_from(finding.rule, rulebook)
    started = reached if note == "new-limit" else add(max(anchor, floored), limit.span, limit.rounding or "clamp")
    if started != add(anchor, limit.span, limit.rounding or "clamp"):
        yield "new-limit-start"


def _new_from(rule: Rule, rulebook: Rulebook) -> date:
    """The day before which a new limit does not start."""
    return rule.since or rulebook.in_force


def _added_alike(meeting: date, span: Span, reached: date) -> bool:
    """Whether an extension added to the first end reaches the day that the sum of both does."""
    months = (reached.year - meeting.year) * 12 + reached.month - meeting.month
    in_steps = add_months(add_months(meeting, span.months), months - span.months)
    return add_months(meeting, months) == in_steps == reached


def _reopening(finding: Finding, rulebook: Rulebook) -> Iterator[str]:
    """The policy that let another act open this one anew, where another value of it would not have."""
    by = rulebook.by_code.get(finding.check.about or "")
    if by is None or not any(isinstance(c, Order) for c in finding.rule.compare):
        return
    for outcome in by.outcomes:
        named = outcome.reopens_for or {}
        undone = [_rests_on(finding.act, acts, rulebook) for acts in named.values()]
        if outcome.reopens_policy and any(undone) and not all(undone):
            yield outcome.reopens_policy


def _rests_on(act: str, undone: Iterable[str], rulebook: Rulebook) -> bool:
    """Whether an act is among those, or comes after one of them at any distance."""
    gone = frozenset(undone)
    waiting, seen = [act], set[str]()
    while waiting:
        code = waiting.pop()
        if code in gone:
            return True
        if code not in seen and code in rulebook.by_code:
            seen.add(code)
            waiting += rulebook.by_code[code].after
    return False
