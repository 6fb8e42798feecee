"""Headings: which line of a sheet holds them, and what each column holds, or why that cannot be said.

A heading is the code, number or name of a procedure, a fact of a file, a column of names, or a piece of evidence with
the number of its procedure before it (`15 应到`). What people write instead is in `headings.toml`; a heading that
is in neither is passed over and named, and nothing is guessed across procedures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, Literal

import attrs
from attrs import field, frozen

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label, Lang
from recruitment.base.structure.scalars import shown
from recruitment.base.structure.values import fields_of
from recruitment.formats.spreadsheets.cells import (
    MOST_COLUMNS,
    Cell,
    Flaw,
    SheetLine,
    Worksheet,
    empty,
    letters,
)
from recruitment.formats.written import core
from recruitment.law.editions import Editions
from recruitment.law.synonyms import ListWords, plain_word
from recruitment.record.acts import ACTS, File

Path = tuple[str, ...]
"""The keys of a value in an act or in the facts of a file, such as `ballot` and `for`."""

FACTS: Final = ("id", "name", "born", "branch", "mobile", "edition")
"""The facts of a file that a template asks for."""
_BESIDE: Final = 99
"""Where an act beside the main line comes among those of one day."""
_ASIDE: Final = ("备注", "说明", "note", "notes")
_NUMBERED: Final = re.compile(r"第?([0-9]{1,3})(?:个?程序|步骤|项|步)?[.、:)\-]?(.*)", re.DOTALL)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_DATED: Final = re.compile(r"的?(?:具体)?(?:起止)?\(?(?:时间|日期|年月日|年月|日)\)?$")
_SKIPPED: Final = ("on", "recorded", "act")


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


@lru_cache(maxsize=4_096)
def bare(heading: str) -> str:
    """A heading as headings are compared: half-width, without blanks, brackets, and an ending such as 时间."""
    whole = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
    without = _BRACKETS.sub("", whole).strip(":*·")
    return _DATED.sub("", without) or without or whole


@cache
def evidence_paths(code: str) -> Mapping[Path, Any]:
    """The evidence that an act can hold, by the keys that reach it, with its type; parts of parts on their own."""
    return _paths(ACTS[code])


@cache
def fact_paths() -> Mapping[Path, Any]:
    """The facts that a file can hold, likewise."""
    return _paths(File)


def _paths(cls: type[Any]) -> dict[Path, Any]:
    found: dict[Path, Any] = {}
    for key, (_, hint) in fields_of(cls).items():
        if key in _SKIPPED:
            continue
        inner = core(hint)
        if isinstance(inner, type) and attrs.has(inner):
            found |= {(key, part): kind for part, (_, kind) in fields_of(inner).items()}
        else:
            found[key,] = hint
    return found


class HeadingNames:
    """Every heading that is known under these rulebooks."""

    def __init__(self, editions: Editions) -> None:
        self.editions = editions
        self._met: dict[str, tuple[Column, ...] | Flaw] = {}
        self.synonyms = editions.synonyms
        self.words: ListWords = editions.list_words
        self.by_number: dict[int, ProcedureColumn] = {}
        self.by_code: dict[str, ProcedureColumn] = {}
        self.names: dict[str, str] = {}
        known: dict[str, dict[Column, None]] = {}
        for rulebook in editions.rulebooks:
            for act in rulebook.by_code.values():
                column = ProcedureColumn(
                    act.code, act.number or _BESIDE, act.again == "repeats", act.code in self.words.people
                )
                if act.number:
                    self.by_number[act.number] = column
                self.by_code[act.code] = column
                self.names[act.code] = act.label.zh
                for name in (act.code, act.zh, act.label.zh, *self.words.procedure.get(act.code, ())):
                    known.setdefault(bare(name), {})[column] = None
        facts = fact_paths()
        for key in FACTS:
            path: Path = ("branch", "name") if key == "branch" else (key,)
            for name in (key, *self.words.fact.get(key, ())):
                known.setdefault(bare(name), {})[FactColumn(path, facts[path])] = None
        for path, hint in facts.items():
            label = self.synonyms.labels.get(path[-1])
            if label is not None and path[-1] not in ("name", "id"):
                known.setdefault(bare(label.zh), {})[FactColumn(path, hint)] = None
        for code, names in self.words.people.items():
            which: Column = "names:mentors" if code == "mentors" else "names:sponsors"
            for name in names:
                known.setdefault(bare(name), {})[which] = None
        for name in _ASIDE:
            known.setdefault(bare(name), {})["aside"] = None
        self.known = {name: tuple(columns) for name, columns in known.items()}
        self.numbers = {bare(name): n for n, name in enumerate(self.words.number)}
        self.unclear = {bare(name): each for each in self.words.unclear for name in each.headings}

    def read(self, heading: str) -> tuple[Column, ...] | Flaw:
        """What a heading can mean; nothing where it is not known, several where its place has to decide."""
        found = self._met.get(heading)
        if found is None:
            found = self._met[heading] = self._read(heading)
        return found

    def _read(self, heading: str) -> tuple[Column, ...] | Flaw:
        whole = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
        name, told = bare(heading), shown(heading.strip())
        if name in self.unclear and whole not in self.known:
            unclear = self.unclear[name]
            return Flaw(
                Label(zh=f"列名 {told} {unclear.zh}，请写明", en=f"the heading {told} can be {unclear.en}; say which")
            )
        found = self.known.get(whole) or self.known.get(name)
        if found:
            return found
        match = _NUMBERED.fullmatch(whole)
        if match:
            return self._numbered(int(match[1]), match[2], told)
        code, _, rest = unicodedata.normalize("NFKC", heading).strip().partition(" ")
        acts = self.synonyms.act_codes(code) if rest else ()
        if len(acts) == 1 and acts[0] in self.by_code:
            return self._evidence(acts[0], rest) or ()
        return ()

    def _numbered(self, number: int, name: str, told: str) -> tuple[Column, ...] | Flaw:
        found = self.by_number.get(number)
        if found is None:
            last = max(self.by_number)
            return Flaw(
                Label(
                    zh=f"没有 {told} 这一项，序号为 1 至 {last}",
                    en=f"{told} is no procedure; they are numbered 1 to {last}",
                )
            )
        left = bare(name) if name else ""
        if not left or _DATED.fullmatch(name):
            return (found,)
        named = self.known.get(name) or self.known.get(left) or ()
        if found in named:
            return (found,)
        if found.code in self.words.people and left in map(bare, self.words.people[found.code]):
            return (EvidenceColumn(found.code, ("people",), evidence_paths(found.code)["people",]),)
        evidence = self._evidence(found.code, name)
        if evidence:
            return evidence
        right = self.names[found.code]
        return Flaw(
            Label(
                zh=f"{told}：第 {number} 项是“{right}”，请更正序号或名称",
                en=f"{told}: number {number} is {right}; correct the number or the name",
            ),
        )

    def _evidence(self, code: str, name: str) -> tuple[EvidenceColumn, ...]:
        """The evidence of an act that goes by a name: its key, or the key of the part and its own."""
        sought = (plain_word(name), bare(name))
        exact: dict[Path, Any] = {}
        loose: dict[Path, Any] = {}
        for path, hint in evidence_paths(code).items():
            parts = [self._called(key) for key in path]
            whole = {first + last for first in parts[0] for last in parts[1]} if len(path) == 2 else parts[0]
            if any(word in whole for word in sought):
                exact[path] = hint
            elif any(word in parts[-1] for word in sought):
                loose[path] = hint
        found = exact or loose
        return tuple(EvidenceColumn(code, path, hint) for path, hint in found.items()) if len(found) == 1 else ()

    def _called(self, key: str) -> set[str]:
        return {plain_word(name) for name in (key, *self.synonyms.words.get(key, ()))}


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
                break
        else:
            if flaw is not None:
                faults.append(flaw.at(where))
                said[column] = ""
            else:
                passed[column] = said[column] = str(choices[-1])
    columns = dict(_decided(read, said, sheet, line.number, names, faults))
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


def _decided(
    read: Mapping[int, tuple[Column, ...]],
    said: Mapping[int, str],
    sheet: Worksheet,
    row: int,
    names: HeadingNames,
    faults: list[Fault],
) -> Iterator[tuple[int, Column]]:
    """The one thing that each column holds; a name of two procedures is decided by the columns around it."""
    taken: dict[Column, int] = {}
    certain = {column: found[0] for column, found in read.items() if len(found) == 1}
    numbers = [
        (c, w.number) for c, w in sorted(certain.items()) if isinstance(w, ProcedureColumn) and w.number < _BESIDE
    ]
    ordered = all(a[1] <= b[1] for a, b in pairwise(numbers))
    own = {what for what in certain.values() if isinstance(what, ProcedureColumn)}
    for column, found in sorted(read.items()):
        where = sheet.where(row, column)
        left: list[Column] = [what for what in found if not (len(found) > 1 and what in own)]
        if len(left) > 1 and ordered:
            before = max((n for c, n in numbers if c < column), default=None)
            after = min((n for c, n in numbers if c > column), default=None)
            placed: list[Column] = [
                what
                for what in left
                if isinstance(what, ProcedureColumn)
                and (before is None or what.number > before)
                and (after is None or what.number < after)
                and not (before is None and after is None)
            ]
            left = placed or left
        if len(left) != 1:
            faults.append(_shared(said[column], left or list(found), names).at(where))
            continue
        what = left[0]
        if len(found) > 1 and isinstance(what, ProcedureColumn):
            own.add(what)
            numbers = sorted([*numbers, (column, what.number)])
        if what != "aside" and taken.setdefault(what, column) != column:
            faults.append(Fault(where, _twice(what, letters(taken[what]))))
            continue
        yield column, what


def _shared(heading: str, found: Sequence[Column], names: HeadingNames) -> Flaw:
    acts = [what for what in found if isinstance(what, ProcedureColumn)]
    listed = [str(act.number) for act in acts]
    name = names.names[acts[0].code] if acts else ""
    told = shown(heading.strip())
    return Flaw(
        Label(
            zh=f"{told} 是第 {'、'.join(listed)} 项共用的名称，请在前面写上序号，如“{listed[0]} {name}”",
            en=f"{told} is the name of procedures {' and '.join(listed)}; put the number before it, such as "
            f"{listed[0]} {name}",
        ),
    )


def _twice(what: Column, before: str) -> Label:
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
