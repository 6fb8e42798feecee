"""What is ahead of a procedure that is not done: limits that run for it, and what would refuse it today.

These are plain values, handed in by a caller that can look ahead (`recruitment.diagram.plates.files.progress`); here
they are put into words. They hold only rules, articles and days, never a value of the record: so no name can come onto
a plate by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import SYMBOLS
from recruitment.engine.findings import Finding
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.presentation.findings.citations import cite, cite_rule

_DUE = Label(zh="最迟 {} 办理", en="due by {}")
_OVERDUE = Label(zh="已逾期：最迟 {}", en="overdue: last day {}")
_REFUSED = Label(zh="今日不予登记", en="refused today")
_FIRST = Label(zh="最早 {}", en="first day {}")
_BEFORE = Label(zh="须先办 {}", en="first comes: {}")


@frozen(kw_only=True)
class PendingLimit:
    """A limit that runs for an act: the rule, its last day, and whether that day has passed."""

    rule: Rule
    last_day: date
    overdue: bool


@frozen(kw_only=True)
class Pending:
    """For an act that is not done: the first day as far as days go, what would refuse it today, the limits that run.

    `barring` holds the findings that are unmet by what is on record already; what only the act itself would bring, such
    as its ballot and its papers, is not known yet and not among them.
    """

    first_day: date | None = None
    barring: tuple[Finding, ...] = ()
    limits: tuple[PendingLimit, ...] = ()

    @property
    def pressing(self) -> PendingLimit | None:
        """The limit that ends first."""
        return min(self.limits, key=lambda limit: limit.last_day, default=None)

    @property
    def overdue(self) -> bool:
        """Whether the last day of a limit has passed."""
        return self.pressing is not None and self.pressing.overdue

    def waits_only(self, today: date) -> bool:
        """Whether only the day is wrong: each finding names a first day that is still to come."""
        return all(f.check.first_day is not None and f.check.first_day > today for f in self.barring)


NOTHING: Final = Pending()


def limit_line(pending: Pending, lang: Lang) -> tuple[str, ...]:
    """The line in the box that says until when, with the sign of what is due or overdue; none without a limit."""
    limit = pending.pressing
    if limit is None:
        return ()
    words = (_OVERDUE if limit.overdue else _DUE).words(lang).format(limit.last_day)
    return (f"{SYMBOLS['overdue' if limit.overdue else 'due']} {words}",)


def refused_lines(pending: Pending, today: date, lang: Lang) -> tuple[str, ...]:
    """The short lines in the box of a refused act: that it is, and the first day as far as days go."""
    first = pending.first_day
    later = (_FIRST.words(lang).format(first),) if first is not None and first > today else ()
    return (f"{SYMBOLS['refused']} {_REFUSED.words(lang)}", *later)


def reasons(pending: Pending, rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    """Each reason and each limit by its rule, its article and its day; a rule that bars several times is shown once."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in pending.barring:
        by_rule.setdefault((finding.rule.code, cite(finding, rulebook, lang)), []).append(finding)
    for (_, cited), some in by_rule.items():
        words = [some[0].rule.clause.words(lang), cited]
        before = [
            rulebook.by_code[f.check.about].chart_label.words(lang)
            for f in some
            if f.check.about and f.check.about in rulebook.by_code
        ]
        words += [_BEFORE.words(lang).format(listed(before, lang))] if before else []
        first = max((f.check.first_day for f in some if f.check.first_day), default=None)
        words += [_FIRST.words(lang).format(first)] if first else []
        yield f"{SYMBOLS['refused']} {_join(words, lang)}"
    for limit in sorted(pending.limits, key=lambda limit: limit.last_day):
        words = [limit.rule.clause.words(lang), cite_rule(limit.rule, rulebook, lang)]
        label, look = (_OVERDUE, SYMBOLS["overdue"]) if limit.overdue else (_DUE, SYMBOLS["due"])
        yield f"{look} {_join((*words, label.words(lang).format(limit.last_day)), lang)}"


def _join(words: list[str] | tuple[str, ...], lang: Lang) -> str:
    return Label(zh="，", en="; ").words(lang).join(words)
