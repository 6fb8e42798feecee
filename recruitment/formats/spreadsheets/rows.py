"""Rows: a line of a list as a file with its acts, or every fault that keeps it from being one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from attrs import frozen

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.formats.dossier.entries import Entry, read_entry
from recruitment.formats.spreadsheets.cells import Cell, Flaw, Worksheet, cell_text, empty
from recruitment.formats.spreadsheets.days import read_cell_day, read_cell_days
from recruitment.formats.spreadsheets.headings import Columns, ProcedureColumn
from recruitment.law.editions import Editions
from recruitment.record.acts import ConversionMeeting

_YES: Final = ("是", "yes", "true")
_NO: Final = ("否", "no", "false")
_EXACT_DIGITS: Final = 15
"""Digits of a number that spreadsheet programs keep; further ones have become zeros."""


@frozen
class SheetRow:
    """A row that was read: the file it holds, or the faults for which it holds none. `where` names sheet and row."""

    where: str
    entry: Entry | None
    faults: tuple[Fault, ...] = ()


def _text(cell: Cell) -> str | Flaw:
    """A cell as text; a whole number counts as its digits, since programs take keys of digits for numbers."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if type(cell) is int:
        if len(str(abs(cell))) > _EXACT_DIGITS:
            return Flaw(
                Label(
                    zh=f"超过 {_EXACT_DIGITS} 位的数字已丢失末位，请将单元格设为文本后重新填写",
                    en=f"a number of more than {_EXACT_DIGITS} digits has lost the last of them; format the cell "
                    "as text "
                    "and write it anew",
                ),
            )
        return str(cell)
    return Flaw(
        Label(
            zh=f"{cell_text(cell)} 不是文本，请设为文本后重新填写",
            en=f"{cell_text(cell)} is not a text; format the cell as text and write it anew",
        ),
    )


def _edition(cell: Cell, editions: Editions) -> str | Flaw:
    text = _text(cell)
    if isinstance(text, Flaw):
        return text
    bare = text.removesuffix("版").removesuffix("年")
    codes = [rulebook.code for rulebook in editions.rulebooks]
    for rulebook in editions.rulebooks:
        if bare == rulebook.code or text == rulebook.zh:
            return rulebook.code
    return Flaw(
        Label(
            zh=f"没有 {shown(text)} 这一版本；可用：{'、'.join(codes)}",
            en=f"{shown(text)} is no edition; known are {', '.join(codes)}",
        ),
    )


def _mobile(cell: Cell) -> bool | Flaw:
    if isinstance(cell, bool):
        return cell
    word = cell.strip().casefold() if isinstance(cell, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    return Flaw(
        Label(
            zh=f"{cell_text(cell)} 不是“是”或“否”，请改写",
            en=f"{cell_text(cell)} is neither yes nor no; write 是 or 否",
        )
    )


def _born(cell: Cell, zero: date) -> str | Flaw:
    day = read_cell_day(cell, zero)
    return day if isinstance(day, Flaw) else day.isoformat()


def _fact_readers(zero: date, editions: Editions) -> dict[str, Callable[[Cell], Any]]:
    """How the cell of each fact is read: a value for the dossier, or a flaw."""
    return {
        "id": _text,
        "name": _text,
        "born": lambda cell: _born(cell, zero),
        "branch": _text,
        "mobile": _mobile,
        "edition": lambda cell: _edition(cell, editions),
    }


def read_rows(sheet: Worksheet, columns: Columns, editions: Editions) -> Iterator[SheetRow]:
    """Each line after the headings as a row; the ids met are remembered, and nothing else."""
    readers = _fact_readers(sheet.zero, editions)
    facts = {column: (key, readers[key]) for key, column in columns.facts.items()}
    ids: dict[str, int] = {}
    for line in sheet.lines:
        where = sheet.where(line.number)
        if line.broken:
            yield SheetRow(where, None, (line.broken.at(where),))
            continue
        data: dict[str, Any] = {}
        dated: list[tuple[date, int, str]] = []
        flaws: dict[int, Flaw] = {}
        for column, cell in enumerate(line.cells):
            if empty(cell) or column in columns.aside:
                continue
            found: object = cell
            if isinstance(cell, Flaw):
                pass
            elif column in facts:
                key, read = facts[column]
                found = data[key] = read(cell)
            elif column in columns.procedures:
                found = _days(cell, columns.procedures[column], sheet.zero)
                if not isinstance(found, Flaw):
                    dated += found
            else:
                found = Flaw(
                    Label(
                        zh=f"{cell_text(cell)} 所在列没有列名，请补上列名或删除",
                        en=f"{cell_text(cell)} stands under no heading; head the column, or take it out",
                    ),
                )
            if isinstance(found, Flaw):
                flaws[column] = found
        key_column = columns.facts["id"]
        if key_column not in flaws:
            flaw = _key_flaw(data.get("id"), line.number, ids)
            if flaw:
                flaws[key_column] = flaw
        faults = [flaw.at(sheet.where(line.number, column)) for column, flaw in sorted(flaws.items())]
        entry = None
        if not faults:
            entry, texts = _entry(data, dated)
            faults = [
                Fault(
                    sheet.where(line.number, columns.facts.get(fault.where.partition(".")[0])),
                    fault.label,
                )
                for fault in texts
            ]
        yield SheetRow(where, entry, tuple(faults))


def _days(cell: Cell, procedure: ProcedureColumn, zero: date) -> list[tuple[date, int, str]] | Flaw:
    days = read_cell_days(cell, zero)
    if isinstance(days, Flaw):
        return days
    if len(days) > 1 and not procedure.repeats:
        return Flaw(
            Label(
                zh=f"一格内有 {len(days)} 个日期，第 {procedure.number} 项（{procedure.code}）只写一个，请只留一个，"
                "其余另行登记",
                en=f"{len(days)} dates stand in one cell, where {procedure.code} ({procedure.number}) has one; "
                "keep one, and enter the others by themselves",
            ),
        )
    return [(day, procedure.number, procedure.code) for day in days]


def _key_flaw(key: str | None, row: int, ids: dict[str, int]) -> Flaw | None:
    """Why a file cannot have that id; `ids` remembers which row has it."""
    if key is None:
        return Flaw(Label(zh="编号为空，请给档案一个编号", en="the id is empty; give the file a key of its own"))
    before = ids.setdefault(key, row)
    if before == row:
        return None
    return Flaw(
        Label(
            zh=f"{shown(key)} 已是第 {before} 行的编号，请各用各的编号",
            en=f"{shown(key)} is already the id of row {before}; give each file its own",
        ),
    )


def _entry(data: dict[str, Any], dated: list[tuple[date, int, str]]) -> tuple[Entry | None, list[Fault]]:
    """The entry, read as a dossier's is; its texts are what may still be at fault."""
    acts = [{"act": code, "on": day.isoformat()} for day, _, code in sorted(dated)]
    for act in acts:
        if act["act"] == ConversionMeeting.code:
            act["outcome"] = "convert"
    branch = {"branch": {"name": data["branch"]}} if "branch" in data else {}
    faults: list[Fault] = []
    entry = read_entry({**data, **branch, "complete": False, "acts": acts}, None, faults)
    return entry, faults
