"""What a column of a list can hold, and what stands in which column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from recruitment.base.errors import Fault

Path = tuple[str, ...]
"""The keys of a value in an act or in the facts of a file, such as `ballot` and `for`."""


@frozen
class ProcedureColumn:
    """A procedure, or an act beside the main line, as a column holds it; `repeats` says that there may be several days.

    With `named` the cells may hold the names of mentors or sponsors instead of a day.
    """

    code: str
    number: int
    repeats: bool
    named: bool = False


@frozen
class EvidenceColumn:
    """A piece of evidence of an act: the keys by which it is reached, and its type."""

    code: str
    path: Path
    hint: Any


@frozen
class FactColumn:
    """A fact of the file: the keys by which it is reached, and its type."""

    path: Path
    hint: Any


Column = ProcedureColumn | EvidenceColumn | FactColumn | Literal["aside", "names:mentors", "names:sponsors"]


@frozen
class Columns:
    """What each column holds, counted from 0, and which column holds the id.

    `passed` are columns that the library has no use for, `faults` those that are unclear. `line` is the last line
    of the headings.
    """

    id: int
    columns: Mapping[int, Column]
    line: int
    passed: tuple[tuple[int, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    id_heading: str = "编号"
    texts: Mapping[int, str] = field(factory=dict)
