"""Comparisons of what the record holds: single values, tables of them, and the entries of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from attrs import frozen

from recruitment.base.dates import Rounding, Span
from recruitment.law.comparisons.kind import ComparisonKind
from recruitment.law.comparisons.value_tests import Test

EvidenceNote = Literal["evidence", "table", "each", "effect"]
"""What a check of the record can say."""


@frozen(kw_only=True)
class Evidence(ComparisonKind):
    """What the record must hold: every test of `all`, or at least one of `any`."""

    kind: ClassVar[str] = "evidence"
    notes: ClassVar[frozenset[EvidenceNote | None]] = frozenset((None, "evidence"))
    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()


@frozen(kw_only=True)
class Table(ComparisonKind):
    """Some row fits: in it, each named value is one of those listed."""

    kind: ClassVar[str] = "table"
    notes: ClassVar[frozenset[EvidenceNote]] = frozenset(("table",))
    rows: tuple[Mapping[str, tuple[str | bool, ...]], ...]


@frozen(kw_only=True)
class Each(ComparisonKind):
    """Every entry of a list passes the test, whose value is a key of the entry; or one does, where that is enough.

    Where the test `or_when` of the act, the file or the branch holds, an entry passes as well by all tests of `or_all`.
    """

    kind: ClassVar[str] = "each"
    notes: ClassVar[frozenset[EvidenceNote]] = frozenset(("each",))
    of: str
    test: Test
    one_is_enough: bool = False
    or_all: tuple[Test, ...] = ()
    or_when: Test | None = None


@frozen(kw_only=True)
class Effects(ComparisonKind):
    """None of the people in a list is under a sanction whose effect lasts so long from its day, for each kind.

    `value` is the key of an entry that holds it, as the word `word` or as a table of kind and day. Over on the last
    day of the span.
    """

    kind: ClassVar[str] = "effects"
    notes: ClassVar[frozenset[EvidenceNote]] = frozenset(("each", "effect"))
    of: str
    value: str
    word: str
    spans: Mapping[str, Span]
    rounding: Rounding
