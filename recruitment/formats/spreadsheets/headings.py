"""Headings: what each column of a branch's list holds, by code, number or Chinese name, or why that cannot be said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from recruitment.base.errors import BadInput, Fault, nearest
from recruitment.base.label import Label, Lang
from recruitment.base.structure.scalars import shown
from recruitment.formats.spreadsheets.cells import MOST_COLUMNS, Cell, Flaw, SheetLine, Worksheet, empty, letters
from recruitment.law.editions import Editions

FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("编号", "档案编号"),
    "name": ("姓名",),
    "born": ("出生日期", "出生年月日", "出生年月"),
    "branch": ("党支部", "支部"),
    "mobile": ("流动",),
    "edition": ("版本",),
}
"""The facts of a file that a column may hold, by key, and the Chinese headings for each."""

_ASIDE: Final = ("备注", "说明", "note", "notes", "序号")
"""Columns that are not read: remarks, and the number of the row."""
_NUMBERED: Final = re.compile(r"第?([0-9]{1,3})(?:个?程序|步骤|项|步)?[.、:)\-]?(.*)", re.DOTALL)
_DATED: Final = re.compile(r"\(?(?:时间|日期)\)?$")


@frozen
class ProcedureColumn:
    """A procedure as a column holds it: its code and number, and whether a cell may hold several days."""

    code: str
    number: int
    repeats: bool


@frozen
class Columns:
    """What stands in which column, counted from 0; columns in `aside` are not read."""

    facts: Mapping[str, int]
    procedures: Mapping[int, ProcedureColumn]
    aside: frozenset[int]


def _plain(text: str) -> str:
    """A heading without its blanks, line breaks, full-width forms and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class _Names:
    """Every heading that is known under these rulebooks."""

    def __init__(self, editions: Editions) -> None:
        self.by_number: dict[int, ProcedureColumn] = {}
        self.by_name: dict[str, set[int]] = {}
        self.names: dict[int, str] = {}
        for rulebook in editions.rulebooks:
            for found in rulebook.procedures:
                self.by_number[found.number] = ProcedureColumn(found.code, found.number, found.again == "repeats")
                self.names[found.number] = found.zh
                for name in (found.code, found.zh):
                    self.by_name.setdefault(_plain(name), set()).add(found.number)
        self.facts = {_plain(name): key for key, names in FACTS.items() for name in (key, *names)}
        self.aside = {_plain(name) for name in _ASIDE}

    def read(self, heading: str) -> ProcedureColumn | str | Flaw | None:
        """A procedure, the key of a fact, None for a column that is not read, or why it is none of these."""
        plain, told = _plain(heading), shown(heading.strip())
        if plain in self.aside:
            return None
        if plain in self.facts:
            return self.facts[plain]
        match = _NUMBERED.fullmatch(plain)
        if match:
            return self._numbered(int(match[1]), match[2], told)
        numbers = sorted(self._numbers(plain))
        if len(numbers) == 1:
            return self.by_number[numbers[0]]
        if numbers:
            listed = [str(number) for number in numbers]
            name = self.names[numbers[0]]
            return Flaw(
                Label(
                    zh=f"{told} 是第 {'、'.join(listed)} 项共用的名称，请在前面写上序号，如“{numbers[0]} {name}”",
                    en=f"{told} is the name of procedures {' and '.join(listed)}; "
                    f"put the number before it, such as {numbers[0]} {name}",
                ),
            )
        return self._unknown(plain, told)

    def _numbers(self, name: str) -> set[int]:
        return self.by_name.get(name) or self.by_name.get(_DATED.sub("", name)) or set()

    def _numbered(self, number: int, name: str, told: str) -> ProcedureColumn | Flaw:
        found = self.by_number.get(number)
        if found is None:
            last = max(self.by_number)
            return Flaw(
                Label(
                    zh=f"没有 {told} 这一项，序号为 1 至 {last}",
                    en=f"{told} is no procedure; they are numbered 1 to {last}",
                )
            )
        if name and not _DATED.fullmatch(name) and number not in self._numbers(name):
            right = self.names[number]
            return Flaw(
                Label(
                    zh=f"{told}：第 {number} 项是“{right}”，请更正序号或名称",
                    en=f"{told}: number {number} is {right}; correct the number or the name",
                ),
            )
        return found

    def _unknown(self, plain: str, told: str) -> Flaw:
        near = nearest(plain, [*self.by_name, *self.facts, *self.aside])
        hint = (
            (f"did you mean {near}?", f"是否指“{near}”？")
            if near
            else (
                "write the code, number or Chinese name of a procedure, or note",
                "请写程序的代码、序号或名称；不需读取的列请写“备注”",
            )
        )
        return Flaw(Label(zh=f"不认识列名 {told}；{hint[1]}", en=f"the heading {told} is not known; {hint[0]}"))


def _heading(cell: Cell) -> str | Flaw:
    if isinstance(cell, Flaw | str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return shown(cell).strip("'")


def read_headings(line: SheetLine, sheet: Worksheet, editions: Editions) -> Columns:
    """What the columns hold, from the first line of a sheet.

    Raises:
        BadInput: with every heading that is unknown, names two procedures, or stands twice; and where no column
            holds the id, or none a procedure.
    """
    if line.broken:
        raise BadInput([line.broken.at(sheet.where(line.number))])
    names = _Names(editions)
    faults: list[Fault] = []
    facts: dict[str, int] = {}
    procedures: dict[int, ProcedureColumn] = {}
    first: dict[str, int] = {}
    aside: set[int] = set()
    named = [column for column, cell in enumerate(line.cells) if not empty(cell)]
    for column in named[:MOST_COLUMNS]:
        where = sheet.where(line.number, column)
        heading = _heading(line.cells[column])
        found = heading if isinstance(heading, Flaw) else names.read(heading)
        if isinstance(found, Flaw):
            faults.append(found.at(where))
            continue
        if found is None:
            aside.add(column)
            continue
        key = found if isinstance(found, str) else found.code
        if first.setdefault(key, column) != column:
            before = letters(first[key])
            what = (
                (key, f"“{key}”") if isinstance(found, str) else (f"procedure {found.number}", f"第 {found.number} 项")
            )
            faults.append(
                Fault(
                    where,
                    Label(
                        zh=f"{what[1]}已在 {before} 列，请只留一列",
                        en=f"{what[0]} stands in column {before} already; keep one of the two",
                    ),
                )
            )
        elif isinstance(found, str):
            facts[found] = column
        else:
            procedures[column] = found
    row = sheet.where(line.number)
    if "id" not in first:
        faults.append(
            Fault(
                row, Label(zh="没有编号列，请将其列名写为“编号”", en="no column holds the id; head one with id or 编号")
            )
        )
    if not faults and not procedures:
        faults.append(
            Fault(
                row,
                Label(
                    zh="没有程序列，请以程序的代码、序号或名称作列名",
                    en="no column is headed by a procedure; head them with code, number or Chinese name",
                ),
            )
        )
    if faults:
        raise BadInput(faults)
    return Columns(facts, procedures, frozenset(aside))


def template(editions: Editions, lang: Lang) -> str:
    """An empty list to fill in, as CSV with a byte order mark: every heading that is read, in Chinese or as codes.

    Chinese headings have the number before the name, since some names are those of two procedures.
    """
    chinese = lang == "zh"
    facts = [names[0] if chinese else key for key, names in FACTS.items()]
    procedures = [f"{p.number} {p.zh}" if chinese else p.code for p in editions.rulebooks[-1].procedures]
    return "\ufeff" + ",".join([*facts, *procedures, "备注" if chinese else "note"]) + "\r\n"
