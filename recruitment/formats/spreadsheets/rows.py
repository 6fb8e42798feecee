"""Rows: what a line of a list says of a file, cell by cell; a cell that cannot be read costs that cell alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from attrs import define, field

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import EARLIEST, LATEST, shown
from recruitment.base.written_days import DayRange, Month
from recruitment.formats.spreadsheets.cell_texts import key_text, text_lines, unquote, written_text
from recruitment.formats.spreadsheets.cells import (
    MOST_COLUMNS,
    Cell,
    Flaw,
    SheetLine,
    Worksheet,
    empty,
    letters,
)
from recruitment.formats.spreadsheets.columns import Columns, EvidenceColumn, FactColumn, Path, ProcedureColumn
from recruitment.formats.spreadsheets.days import read_cell_day, read_cell_days
from recruitment.formats.spreadsheets.heading_names import bare
from recruitment.formats.spreadsheets.merged_cells import MergedCells, across_columns
from recruitment.formats.spreadsheets.row_flaws import no_day, several_days, two_days, unheaded_cell
from recruitment.formats.written import Writing, core, written_names
from recruitment.law.editions import Editions
from recruitment.law.synonyms import plain_word
from recruitment.record.acts import ACTS, Training

_MIDNIGHT: Final = time()
_WHOLE: Final = re.compile(r"([0-9]+)\.0+")
_SAID: Final = re.compile(r"[0-9]*[:.、\s(0-9]")


@define(slots=True)
class RowData:
    """What a row says: facts and evidence by their keys, days by act, each with its place.

    `days` are the days of an act as they are written in their cell, months among them; `lines` is the evidence of an
    act, one value for each of its days. `changed` says of an id how it was written in its cell where that differs.
    """

    where: str
    id: str = ""
    id_where: str = ""
    changed: str | None = None
    facts: dict[Path, tuple[Any, str]] = field(factory=dict)
    born: Month | None = None
    days: dict[str, tuple[list[date | Month], str]] = field(factory=dict)
    lines: dict[str, dict[Path, tuple[list[Any], str]]] = field(factory=dict)
    undated: list[str] = field(factory=list)
    faults: list[Fault] = field(factory=list)


def repeating(editions: Editions) -> frozenset[str]:
    """The acts of which a file may hold several without a word on each."""
    return frozenset(
        act.code for rulebook in editions.rulebooks for act in rulebook.by_code.values() if act.again == "repeats"
    )


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Worksheet, columns: Columns, editions: Editions) -> None:
        self.sheet = sheet
        self.columns = columns
        self.editions = editions
        self.prefixes = [f"{sheet.place}{letters(n)}" for n in range(MOST_COLUMNS)]
        self.titles = {bare(text) for text in columns.texts.values()}
        self.repeating = repeating(editions)
        self.told = {what.code for what in columns.columns.values() if isinstance(what, EvidenceColumn)}
        words = editions.list_words
        self.totals, self.notes, self.signed = (
            tuple(plain_word(word) for word in group) for group in (words.totals, words.notes, words.signed)
        )

    def aside(self, line: SheetLine) -> str | None:
        """What kind of line it is where it is no person: totals, note, signed, headings or title; else None."""
        cells = line.cells
        key = cells[self.columns.id] if self.columns.id < len(cells) else None
        if type(key) is str and key.startswith('"'):
            return None
        first = next(((n, cell) for n, cell in enumerate(cells) if type(cell) is str and cell.strip()), None)
        if first is None:
            return None if any(not empty(cell) for cell in cells) else "title"
        texts = [plain_word(cell) for cell in cells[first[0] : first[0] + 3] if type(cell) is str]
        # After an id of its own, 合计 is somebody's name.
        summed = texts if empty(key) else [plain_word(c) for c in cells[: self.columns.id + 1] if type(c) is str]
        if any(self._begins(text, self.totals) for text in summed):
            return "totals"
        if not empty(key) and any(type(cell) is datetime for cell in cells):
            return None
        filled = [n for n, cell in enumerate(cells) if not empty(cell) and not isinstance(cell, Flaw)]
        if type(key) is str and bare(key) in self.titles:
            return "headings"
        begins = first[0] == filled[0]
        if begins and self._begins(texts[0], self.notes):
            return "note"
        if begins and self._begins(texts[0], self.signed) and (len(filled) == 1 or texts[0] not in self.signed):
            return "signed"
        wide = any(right - left >= 2 for _, left, _, right in line.merged)
        return "title" if len(filled) == 1 and (wide or self.columns.id != filled[0]) else None

    @staticmethod
    def _begins(text: str, words: Sequence[str]) -> bool:
        """Whether a text is one of the words, or one with a number, a colon or a bracket behind it."""
        for word in words:
            if text.startswith(word) and (len(text) == len(word) or _SAID.match(text[len(word) :])):
                return True
        return False

    def read(self, line: SheetLine) -> RowData:
        """What a line says of a file."""
        number = line.number
        row = RowData(self.sheet.where(number))
        cells = across_columns(line, self.columns.line) if line.merged else line.cells
        stretches: dict[str, DayRange] = {}
        people: dict[str, tuple[list[str], str]] = {}
        evidence: dict[EvidenceColumn, tuple[str, str]] = {}
        for column, cell in enumerate(cells):
            what = self.columns.columns.get(column)
            if cell is None:
                continue
            if type(cell) is datetime and type(what) is ProcedureColumn and cell.time() == _MIDNIGHT:
                day = cell.date()
                if EARLIEST <= day <= LATEST:
                    row.days[what.code] = [day], f"{self.prefixes[column]}{number}"
                    continue
            if empty(cell) or what is None or what == "aside":
                if what is None and not empty(cell) and column not in self.columns.texts:
                    row.faults.append(unheaded_cell(cell).at(self.sheet.where(number, column)))
                continue
            where = f"{self.prefixes[column]}{number}"
            if isinstance(cell, Flaw):
                row.faults.append(cell.at(where))
            elif isinstance(what, FactColumn):
                self._fact(row, what, cell, where)
            elif isinstance(what, ProcedureColumn):
                self._days(row, what, cell, where, stretches, people)
            elif isinstance(what, EvidenceColumn):
                text = written_text(cell)
                if isinstance(text, Flaw):
                    row.faults.append(text.at(where))
                else:
                    evidence[what] = text, where
            else:
                self._people(row, what.partition(":")[2], cell, where, people)
        if evidence or stretches or people:
            self._evidence(row, evidence, stretches, people)
        if any(len(days) > 1 for days, _ in row.days.values()):
            self._single_days(row)
        if not row.id and not any(
            fault.where == self.sheet.where(line.number, self.columns.id) for fault in row.faults
        ):
            row.faults.append(
                Fault(
                    self.sheet.where(line.number, self.columns.id),
                    Label(zh="编号为空，请给档案一个编号", en="the id is empty; give the file a key of its own"),
                )
            )
        return row

    def _fact(self, row: RowData, what: FactColumn, cell: Cell, where: str) -> None:
        value: Any
        if what.path == ("id",):
            value = key_text(cell)
            if isinstance(value, str):
                match = _WHOLE.fullmatch(value)
                value = unquote(value)
                if match:
                    row.changed, value = value, match[1]
                row.id, row.id_where = value, where
                return
        elif what.path == ("born",):
            value = read_cell_day(cell, self.sheet.zero)
            if value is None:
                return
            if isinstance(value, Month):
                row.born = value
                return
            if isinstance(value, DayRange):
                value = Flaw(Label(zh="出生日期只写一个日期", en="a date of birth is one day"))
            elif isinstance(value, date):
                value = value.isoformat()
        elif what.path == ("edition",):
            value = self._edition(cell)
        elif core(what.hint) is str:
            value = key_text(cell)
            if value in ("无", "—", "——", "/", "-"):
                return
            value = value if isinstance(value, Flaw) else unquote(value)
        else:
            value = self._value(cell, what.hint, where, row)
            if value is _BAD:
                return
        if isinstance(value, Flaw):
            row.faults.append(value.at(where))
        else:
            row.facts[what.path] = value, where

    def _value(self, cell: Cell, hint: Any, where: str, row: RowData) -> Any:
        if isinstance(cell, bool) and core(hint) is bool:
            return cell
        text = written_text(cell)
        if isinstance(text, Flaw):
            row.faults.append(text.at(where))
            return _BAD
        writing = Writing(self.editions.synonyms)
        value = writing.value(text, hint, where)
        row.faults += writing.faults
        return _BAD if writing.faults else value

    def _edition(self, cell: Cell) -> str | Flaw:
        text = key_text(cell)
        if isinstance(text, Flaw):
            return text
        short = text.removesuffix("版").removesuffix("年")
        codes = [rulebook.code for rulebook in self.editions.rulebooks]
        for rulebook in self.editions.rulebooks:
            if short == rulebook.code or text == rulebook.zh:
                return rulebook.code
        return Flaw(
            Label(
                zh=f"没有 {shown(text)} 这一版本；可用：{'、'.join(codes)}",
                en=f"{shown(text)} is no edition; known are {', '.join(codes)}",
            ),
        )

    def _days(
        self,
        row: RowData,
        what: ProcedureColumn,
        cell: Cell,
        where: str,
        stretches: dict[str, DayRange],
        people: dict[str, tuple[list[str], str]],
    ) -> None:
        if what.named and isinstance(cell, str) and not any(c.isdigit() for c in cell):
            self._people(row, what.code, cell, where, people)
            return
        found = read_cell_days(cell, self.sheet.zero, doubles=what.code in self.told)
        if isinstance(found, Flaw):
            row.faults.append(found.at(where))
        elif isinstance(found, DayRange):
            if what.code == Training.code:
                stretches[what.code] = found
                row.days[what.code] = [found.last], where
            else:
                row.faults.append(two_days(cell).at(where))
        elif found:
            row.days[what.code] = list(found), where

    def _people(
        self, row: RowData, code: str, cell: Cell, where: str, people: dict[str, tuple[list[str], str]]
    ) -> None:
        dated = isinstance(cell, date) or (isinstance(cell, str) and any(c.isdigit() for c in cell))
        found = read_cell_days(cell, self.sheet.zero) if dated else ()
        if found and not isinstance(found, Flaw | DayRange):
            row.days.setdefault(code, (list(found), where))
            return
        text = key_text(cell)
        if isinstance(text, Flaw):
            row.faults.append(text.at(where))
        elif isinstance(read_cell_days(text, self.sheet.zero), Flaw):  # a dash or 无 is nobody
            before = people.get(code, ([], where))
            people[code] = [*before[0], *written_names(text)], before[1]

    def _evidence(
        self,
        row: RowData,
        evidence: dict[EvidenceColumn, tuple[str, str]],
        stretches: dict[str, DayRange],
        people: dict[str, tuple[list[str], str]],
    ) -> None:
        """Give the evidence to the days of its act, a value for each of them."""
        for code, two in stretches.items():
            where = row.days[code][1]
            row.lines[code] = {("from",): ([two.first.isoformat()], where), ("to",): ([two.last.isoformat()], where)}
        for what, (text, where) in evidence.items():
            days = row.days.get(what.code)
            if days is None:
                row.faults.append(no_day(what.code, self.editions).at(where))
                continue
            written = text_lines(text, len(days[0]))
            if isinstance(written, Flaw):
                row.faults.append(written.at(where))
                continue
            writing = Writing(self.editions.synonyms)
            hint = ACTS[what.code].outcomes if what.path == ("outcome",) else None
            values = [_MISSING if line is None else _read_typed(writing, line, what, hint, where) for line in written]
            row.faults += writing.faults
            if not writing.faults:
                row.lines.setdefault(what.code, {})[what.path] = values, where
        for code, (found, where) in people.items():
            lines = row.lines.setdefault(code, {})
            if code not in row.days:
                row.undated.append(where)
                del row.lines[code]
            elif ("people",) not in lines:
                count = len(row.days[code][0])
                lines["people",] = [_MISSING] * (count - 1) + [[{"name": name} for name in found]], where

    def _single_days(self, row: RowData) -> None:
        """Take out an act that has several days and may have one."""
        for code, (dated, where) in list(row.days.items()):
            if len(dated) > 1 and code not in self.repeating and not row.lines.get(code):
                row.faults.append(several_days(len(dated), code, self.editions).at(where))
                del row.days[code]
                row.lines.pop(code, None)


_BAD: Final = object()


_MISSING: Final = "\x00missing"
"""What replaces evidence that a row does not give for one of several days."""


def given(values: Sequence[Any], index: int) -> tuple[Any, ...]:
    """The value for one of the days, or nothing."""
    value = values[index]
    return () if isinstance(value, str) and value == _MISSING else (value,)


def _read_typed(writing: Writing, text: str, what: EvidenceColumn, outcomes: Sequence[str] | None, where: str) -> Any:
    if outcomes is not None:
        found = writing.synonyms.codes(text, outcomes)
        if len(found) != 1:
            writing.faults.append(writing.synonyms.fault(text, outcomes, where))
        return found[0] if found else text
    if core(what.hint) is str:
        return None if text in ("无", "none") else unquote(text)
    return writing.value(text, what.hint, where)


def read_rows(
    sheet: Worksheet, columns: Columns, editions: Editions, notices: list[Fault]
) -> Iterator[tuple[SheetLine, str | None, RowData]]:
    """Each line after the headings: what kind of line it is, and what it says where it is a person's.

    What is to be said of the whole sheet is added to `notices` at its end.
    """
    reader = RowReader(sheet, columns, editions)
    merged = MergedCells(sheet, columns.columns, columns.line)
    for line in sheet.lines:
        if line.number <= columns.line:
            continue
        if line.broken:
            where = sheet.where(line.number)
            yield line, None, RowData(where, faults=[line.broken.at(where)])
            continue
        whole = merged.filled(line)
        kind = reader.aside(whole)
        yield whole, kind, RowData(sheet.where(line.number)) if kind else reader.read(whole)
    notice = merged.notice()
    if notice is not None:
        notices.append(notice)
