"""Headings: which line of a sheet holds them, and what each column holds, or why that cannot be said.

A heading is the code, number or name of a procedure, a fact of a file, a column of names, or a piece of evidence with
the number of its procedure before it (`15 应到`). What people write instead is in `headings.toml`; a heading that
is in neither is passed over and named, and nothing is guessed across procedures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label, Lang
from recruitment.base.structure.scalars import shown
from recruitment.formats.spreadsheets.cells import (
    MOST_COLUMNS,
    Cell,
    Flaw,
    SheetLine,
    Worksheet,
    empty,
    letters,
)
from recruitment.formats.spreadsheets.column_groups import Range
from recruitment.formats.spreadsheets.columns import Column, Columns, EvidenceColumn, FactColumn, ProcedureColumn
from recruitment.formats.spreadsheets.heading_names import _BESIDE, FACTS, HeadingNames, bare, fact_paths
from recruitment.law.editions import Editions


def _heading(cell: Cell) -> str | Flaw:
    if isinstance(cell, Flaw | str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return shown(cell).strip("'")


def heading_texts(line: SheetLine, below: SheetLine | None) -> dict[int, tuple[str | Flaw, ...]]:
    """The heading of each column, the likeliest first; two lines are one where merged cells join them."""
    spans = [span for span in line.merged if span[0] == line.number]
    joined = (
        below is not None
        and below.number == line.number + 1
        and any(bottom > top or right > left for top, left, bottom, right in spans)
    )
    upper = list(line.cells[:MOST_COLUMNS])
    for _, left, _, right in spans:
        if left < len(upper):
            upper[left : right + 1] = [upper[left]] * (min(right, len(upper) - 1) - left + 1)
    found: dict[int, tuple[str | Flaw, ...]] = {}
    for column, cell in enumerate(upper):
        under = below.cells[column] if joined and below is not None and column < len(below.cells) else None
        vertical = any(left <= column <= right and bottom > top for top, left, bottom, right in spans)
        texts: list[str | Flaw] = []
        if not empty(under) and not vertical:
            low = _heading(under)
            high = None if empty(cell) else _heading(cell)
            texts = [f"{high}{low}", low] if isinstance(high, str) and isinstance(low, str) else [low]
        elif not empty(cell):
            spanned = [span for span in spans if span[1] <= column <= span[3] and span[3] > span[1]]
            texts = [] if spanned and spanned[0][1] != column and not joined else [_heading(cell)]
        if texts:
            found[column] = tuple(texts)
    return found


def promising(line: SheetLine, below: SheetLine | None, names: HeadingNames) -> tuple[int, bool]:
    """How many headings a line holds that are known, and whether it can head a list."""
    known, has_id, has_act = 0, False, False
    for texts in heading_texts(line, below).values():
        for text in texts:
            if isinstance(text, Flaw):
                continue
            found = names.read(text)
            number = bare(text) in names.numbers
            if number or isinstance(found, Flaw) or found:
                known += not isinstance(found, Flaw) or number
                has_id = has_id or number or any(isinstance(c, FactColumn) and c.path == ("id",) for c in found)
                has_act = has_act or any(not isinstance(c, FactColumn) and c != "aside" for c in found)
                break
    return known, has_id and has_act


class _Head(NamedTuple):
    """A heading as it was understood, and the title over it and its neighbours, where it has one."""

    text: str
    over: str


def read_headings(line: SheetLine, below: SheetLine | None, sheet: Worksheet, names: HeadingNames) -> Columns:
    """What the columns hold.

    Raises:
        BadInput: no column holds the id, or none a procedure; with the faults of the headings.
    """
    if line.broken:
        raise BadInput([line.broken.at(sheet.where(line.number))])
    texts = heading_texts(line, below)
    faults: list[Fault] = []
    read: dict[int, tuple[Column, ...]] = {}
    passed: dict[int, str] = {}
    said: dict[int, str] = {}
    heads: dict[int, _Head] = {}
    for column, choices in texts.items():
        where = sheet.where(line.number, column)
        flaw: Flaw | None = None
        for text in choices:
            found = text if isinstance(text, Flaw) else names.read(text)
            if isinstance(found, Flaw):
                flaw = flaw or found
            elif found:
                read[column], flaw = found, None
                said[column] = str(text)
                heads[column] = _Head(str(text), str(choices[0]).removesuffix(str(text)))
                break
        else:
            if flaw is not None:
                faults.append(flaw.at(where))
                said[column] = ""
            else:
                passed[column] = said[column] = str(choices[-1])
    columns: dict[int, Column] = {}
    for column, what in _decide(read, heads, sheet, line.number, names, faults):
        if what is None:
            passed[column] = said[column]
        else:
            columns[column] = what
    key, heading = _id_column(columns, passed, names)
    row = sheet.where(line.number)
    if key is None:
        faults.append(
            Fault(
                row, Label(zh="没有编号列，请将其列名写为“编号”", en="no column holds the id; head one with id or 编号")
            )
        )
    has_act = any(not isinstance(c, FactColumn) and c != "aside" for c in columns.values())
    if not has_act:
        faults.append(
            Fault(
                row,
                Label(
                    zh="没有程序列，请以程序的代码、序号或名称作列名",
                    en="no column is headed by a procedure; head them with code, number or Chinese name",
                ),
            )
        )
    if key is None or not has_act:
        raise BadInput(faults)
    passed = {column: text for column, text in passed.items() if bare(text) not in names.numbers}
    last = below.number if below is not None and _two_lines(line, below) else line.number
    return Columns(key, columns, last, tuple(sorted(passed.items())), tuple(faults), heading, said)


def _two_lines(line: SheetLine, below: SheetLine) -> bool:
    joined = any(span[2] > span[0] or span[3] > span[1] for span in line.merged if span[0] == line.number)
    return joined and below.number == line.number + 1


def _id_column(columns: dict[int, Column], passed: dict[int, str], names: HeadingNames) -> tuple[int | None, str]:
    """The column of the id, else the best of what can serve for it."""
    for column, what in columns.items():
        if isinstance(what, FactColumn) and what.path == ("id",):
            return column, "编号"
    serving = sorted(
        (names.numbers[bare(text)], column) for column, text in passed.items() if bare(text) in names.numbers
    )
    if not serving:
        return None, ""
    column = serving[0][1]
    heading = passed.pop(column)
    columns[column] = FactColumn(("id",), fact_paths()["id",])
    return column, heading


def _decide(
    read: Mapping[int, tuple[Column, ...]],
    heads: Mapping[int, _Head],
    sheet: Worksheet,
    row: int,
    names: HeadingNames,
    faults: list[Fault],
) -> Iterator[tuple[int, Column | None]]:
    """The one thing that each column holds, or None where it is not needed.

    A name of several procedures is decided by the title over its columns, by the columns around it, and by the name of
    the sheet as far as its other columns are about the same stage; else it is a fault.
    """
    taken: dict[Column, int] = {}
    certain = {column: found[0] for column, found in read.items() if len(found) == 1}
    numbers = [
        (c, w.number) for c, w in sorted(certain.items()) if isinstance(w, ProcedureColumn) and w.number < _BESIDE
    ]
    ordered = all(a[1] <= b[1] for a, b in pairwise(numbers))
    own: set[Column] = {what for what in certain.values() if isinstance(what, ProcedureColumn | EvidenceColumn)}
    whole = names.groups.of(sheet.title)
    for column, found in sorted(read.items()):
        where, head = sheet.where(row, column), heads[column]
        left: tuple[Column, ...] = tuple(what for what in found if not (len(found) > 1 and what in own))
        unclear = len(found) > 1 and names.unclear_of(head.text) is not None
        if unclear and not left:
            yield column, None  # each of the days that it can be has a column of its own
            continue
        over = names.groups.of(head.over) if len(left) > 1 else None
        if over is not None:
            left = names.within(left, over)
        if len(left) > 1 and ordered and not unclear:
            before = max((n for c, n in numbers if c < column), default=None)
            after = min((n for c, n in numbers if c > column), default=None)
            left = tuple(what for what in left if _between(what, before, after, names)) or left
        if len(left) > 1 and whole is not None and not unclear:
            left = names.within(left, _reached(whole, [number for _, number in numbers])) or left
        if len(left) != 1 or (unclear and over is None):
            faults.append(names.flaw_of_shared(head.text, found, left or found).at(where))
            continue
        what = left[0]
        if len(found) > 1:
            own.add(what)
            if isinstance(what, ProcedureColumn):
                numbers = sorted([*numbers, (column, what.number)])
        if not (isinstance(what, str)) and taken.setdefault(what, column) != column:
            faults.append(Fault(where, _twice_label(what, letters(taken[what]))))
            continue
        yield column, what


def _reached(whole: Range, numbers: Sequence[int]) -> Range:
    """What the columns of a sheet on a stage speak of: nothing outside of the stage, unless another column does."""
    first, last = whole
    return min([first, *numbers]), max([last, *numbers])


def _between(what: Column, before: int | None, after: int | None, names: HeadingNames) -> bool:
    """Whether a column can stand between two procedures: a day between them, evidence beside its own as well."""
    number = names.number_of(what)
    if not number or (before is None and after is None):
        return False
    if isinstance(what, EvidenceColumn):
        return (before is None or number >= before) and (after is None or number <= after)
    return (before is None or number > before) and (after is None or number < after)


def _twice_label(what: Column, before: str) -> Label:
    if isinstance(what, ProcedureColumn):
        en, zh = f"procedure {what.number}", f"第 {what.number} 项"
        if what.number == _BESIDE:
            en, zh = what.code, f"“{what.code}”"
    elif isinstance(what, str):
        en, zh = what.partition(":")[2], f"“{what.partition(':')[2]}”"
    else:
        key = what.path[0] if what.path == ("branch", "name") else ".".join(what.path)
        en, zh = key, f"“{key}”"
    return Label(zh=f"{zh}已在 {before} 列，请只留一列", en=f"{en} is in column {before} already; keep one of the two")


def template(editions: Editions, lang: Lang) -> str:
    """An empty list to fill in, as CSV with a byte order mark: every heading that is read, in Chinese or as codes.

    Chinese headings have the number before the name, since some names are those of two procedures.
    """
    chinese = lang == "zh"
    facts = [editions.list_words.fact[key][0] if chinese else key for key in FACTS]
    procedures = [f"{p.number} {p.label.zh}" if chinese else p.code for p in editions.rulebooks[-1].procedures]
    return "\ufeff" + ",".join([*facts, *procedures, "备注" if chinese else "note"]) + "\r\n"
