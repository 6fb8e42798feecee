"""Checks on comparisons of working days: the days of a public notice."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.law.comparisons.workdays import Workdays
from recruitment.rulebooks.checks.comparisons import comparison_faults, none, reads_of
from recruitment.rulebooks.checks.values import DAY, Read

comparison_faults.register(Workdays)(none)


@reads_of.register(Workdays)
def notice_reads(notice: Workdays) -> Iterator[Read]:
    """The days of the notice, and those between which it is up."""
    yield from (Read("since", notice.since, DAY), Read("until", notice.until, DAY))
    if notice.not_before is not None:
        yield Read("not_before", notice.not_before, DAY)
    yield Read("by", notice.by, DAY)
