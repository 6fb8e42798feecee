"""The closed family of comparisons: what a rule may ask of a record, as frozen values; one module a family.

They say what is compared, never how. A family has a module of the same name in `recruitment.engine.evaluators` (how it
is judged), in `recruitment.rulebooks.checks` (what a rulebook may write in it) and in
`recruitment.presentation.findings` (its words); each is registered there for the value's class. Their attributes are
the keys of a rulebook file (workflows/README.md, "Tests" and "Comparisons").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Union, get_args

from recruitment.law.comparisons.counts import Balance, CountNote, Share
from recruitment.law.comparisons.days import DateLimit, DayNote, Elapsed
from recruitment.law.comparisons.entry import EditionKnown, EntryNote, NotInFuture, NotRecorded
from recruitment.law.comparisons.evidence import Each, Effects, Evidence, EvidenceNote, Table
from recruitment.law.comparisons.people import Among, People, PeopleNote
from recruitment.law.comparisons.periods import Held, PeriodNote, Periods
from recruitment.law.comparisons.precedence import After, Once, Order, OrderNote
from recruitment.law.comparisons.record_days import RecordDays, RecordNote
from recruitment.law.comparisons.value_tests import Test
from recruitment.law.comparisons.workdays import NoticeNote, Workdays

Comparison = Union[  # noqa: UP007 - read at run time by the grammar's reader
    DateLimit,
    Workdays,
    Periods,
    Share,
    Balance,
    Evidence,
    Table,
    People,
    Each,
    Held,
    Elapsed,
    RecordDays,
    Effects,
    Among,
    After,
    Order,
    Once,
    NotInFuture,
    EditionKnown,
    NotRecorded,
]
KINDS: Mapping[str, type[Comparison]] = {kind.kind: kind for kind in get_args(Comparison)}
"""The closed family of comparisons, by the word that names them in a rulebook."""

Note = Literal[DayNote, NoticeNote, PeriodNote, CountNote, EvidenceNote, PeopleNote, OrderNote, EntryNote, RecordNote]
"""What a check can add to what was compared: the reason, where the numbers alone do not give it."""

__all__ = [
    "KINDS",
    "After",
    "Among",
    "Balance",
    "Comparison",
    "DateLimit",
    "Each",
    "EditionKnown",
    "Effects",
    "Elapsed",
    "Evidence",
    "Held",
    "NotInFuture",
    "NotRecorded",
    "Note",
    "Once",
    "Order",
    "People",
    "Periods",
    "RecordDays",
    "Share",
    "Table",
    "Test",
    "Workdays",
]
