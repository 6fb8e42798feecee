"""What a drop-down of the register offers: the words of a closed set of values, each of which is read back. Pure."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

from recruitment.formats.spreadsheets.columns import EvidenceColumn, FactColumn
from recruitment.formats.written import core
from recruitment.law.editions import Editions
from recruitment.record.acts import ACTS
from recruitment.registers.cells import outcome_cell
from recruitment.registers.columns import RegisterColumn

_LONGEST = 255
"""Characters of all choices together that a workbook allows."""


def choices(column: RegisterColumn, editions: Editions) -> tuple[str, ...]:
    """The words that a cell of the column can hold; none where it is open."""
    holds = column.holds
    if not isinstance(holds, EvidenceColumn | FactColumn):
        return ()
    kind = core(holds.hint)
    codes: tuple[str, ...] = get_args(kind) if get_origin(kind) is Literal else ()
    if isinstance(holds, EvidenceColumn) and holds.path == ("outcome",):
        codes = ACTS[holds.code].outcomes
    words = ("是", "否") if kind is bool else tuple(outcome_cell(code, codes, editions.synonyms) for code in codes)
    return words if len(",".join(words)) <= _LONGEST else ()
