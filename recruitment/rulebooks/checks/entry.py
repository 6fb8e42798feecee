"""Checks on comparisons of an entry: they have no keys of their own."""

from __future__ import annotations

from recruitment.law.comparisons.entry import EditionKnown, NotInFuture, NotRecorded
from recruitment.rulebooks.checks.comparisons import faults_of, none, reads_of

for kind in (NotInFuture, EditionKnown, NotRecorded):
    reads_of.register(kind)(none)
    faults_of.register(kind)(none)
