"""Checks on comparisons of an entry: they have no keys of their own."""

from __future__ import annotations

from recruitment.law.comparisons.entry import EditionKnown, NotInFuture, NotRecorded
from recruitment.rulebooks.checks.comparisons import comparison_faults, none, reads_of

for kind in (NotInFuture, EditionKnown, NotRecorded):
    reads_of.register(kind)(none)
    comparison_faults.register(kind)(none)
