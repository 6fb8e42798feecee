"""Files: the rows of one id, wherever they are, as one file with its acts; and what cannot be taken from them.

Two rows, on one sheet or on two, may each say a part of a file. Where they contradict each other, both cells are named
and neither is taken.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import frozen

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.base.written_days import Month
from recruitment.formats.dossier.entries import Entry, read_entry
from recruitment.formats.spreadsheets.columns import Path
from recruitment.formats.spreadsheets.days import first_day
from recruitment.formats.spreadsheets.rows import RowData, given
from recruitment.record.acts import ACTS, ConversionMeeting

_NOTHING: Final[dict[Path, tuple[Any, str]]] = {}
ORDER: Final = {code: n for n, code in enumerate(ACTS)}
"""Where an act comes among those of one day: by its number, acts beside the main line last."""


@frozen
class SheetRow:
    """What a list says of a file: the file, the faults of its cells, and what else was noticed.

    `where` names the sheet and the first row. `months` are the acts, by their place in the file, of which the list
    gives the month alone, each with its cell; they are at its first day. `born` is a month of birth of which the day
    is not known. A row without an entry says what was noticed of the list, or holds no file for its faults.
    """

    where: str
    entry: Entry | None
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    months: tuple[tuple[int, Month, str], ...] = ()
    born: Month | None = None
    of_list: bool = False
    """Whether it speaks of the list and of no file."""


class RowStore:
    """The rows of a list by id, in the order in which the ids are met; on disk where they are many."""

    IN_MEMORY: Final = 5_000
    """Rows that are held in memory; those after them go to disk."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._held: list[RowData] = []
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, data BLOB)")
        self._store.execute("BEGIN")
        self._count = 0

    def add(self, row: RowData) -> None:
        """Keep a row."""
        self._count += 1
        self._places.setdefault(row.id or f"\x00{self._count}", []).append(self._count)
        if len(self._held) < self.IN_MEMORY:
            self._held.append(row)
            return
        self._store.execute("INSERT INTO rows VALUES (?, ?)", (self._count, pickle.dumps(row, 5)))

    def groups(self) -> Iterator[list[RowData]]:
        """The rows of each id."""
        for places in self._places.values():
            yield [self._row(place) for place in places]

    def _row(self, place: int) -> RowData:
        if place <= len(self._held):
            return self._held[place - 1]
        (data,) = self._store.execute("SELECT data FROM rows WHERE place = ?", (place,)).fetchone()
        row: RowData = pickle.loads(data)  # noqa: S301 - written by this process, to a database of its own
        return row

    def close(self) -> None:
        """Throw it away."""
        self._store.close()


def one_file(rows: list[RowData], repeating: frozenset[str]) -> SheetRow:
    """The file that the rows of one id make; of the acts in `repeating` there may be several."""
    first = rows[0]
    if not first.id:
        return SheetRow(first.where, None, tuple(first.faults))
    if len(rows) == 1 and not first.lines:
        single = {code: [(day, _NOTHING, where) for day in found] for code, (found, where) in first.days.items()}
        return _build_row(first, first.facts, single, first.born, first.faults)
    faults = [fault for row in rows for fault in row.faults]
    facts: dict[Path, tuple[Any, str]] = {}
    days: dict[str, list[tuple[date | Month, dict[Path, tuple[Any, str]], str]]] = {}
    contradicted: set[str] = set()
    born = next((row.born for row in rows if row.born), None)
    for row in rows:
        for path, (value, where) in row.facts.items():
            before = facts.setdefault(path, (value, where))
            if before[0] != value:
                faults.append(_difference_fault(".".join(path), before, (value, where)))
        for code, (found, where) in row.days.items():
            held = days.setdefault(code, [])
            lines = row.lines.get(code, {})
            stood = {day for day, _, _ in held}
            new = [
                (day, {path: (value, at) for path, (values, at) in lines.items() for value in given(values, n)}, where)
                for n, day in enumerate(found)
            ]
            for day, evidence, where_ in new:
                same = next((one for one in held if one[0] == day and day in stood), None)
                if same is not None:
                    _merge(same[1], evidence, faults)
                elif row is not first and held and code not in repeating:
                    faults.append(_difference_fault(code, (held[0][0], held[0][2]), (day, where_)))
                    contradicted.add(code)
                else:
                    held.append((day, evidence, where_))
    for code in contradicted:
        del days[code]
    return _build_row(first, facts, days, born, faults)


def _merge(held: dict[Path, tuple[Any, str]], more: dict[Path, tuple[Any, str]], faults: list[Fault]) -> None:
    for path, (value, where) in more.items():
        before = held.setdefault(path, (value, where))
        if before[0] != value:
            faults.append(_difference_fault(".".join(path), before, (value, where)))


def _difference_fault(what: str, one: tuple[Any, str], two: tuple[Any, str]) -> Fault:
    (first, at), (second, where) = one, two
    told = [str(value) if isinstance(value, date | Month) else shown(value) for value in (first, second)]
    return Fault(
        where,
        Label(
            zh=f"{told[1]} 与 {at} 的 {told[0]} 不同（同一编号的 {what}），请核对后只留一个",
            en=f"{told[1]} differs from {told[0]} in {at} ({what} of the same id); compare them and keep one",
        ),
    )


def _build_row(
    first: RowData,
    facts: dict[Path, tuple[Any, str]],
    days: dict[str, list[tuple[date | Month, dict[Path, tuple[Any, str]], str]]],
    born: Month | None,
    faults: list[Fault],
) -> SheetRow:
    """The file, read as a dossier's is; what its reader refuses is taken out with its cell, and the rest is kept."""
    dated = sorted(
        (
            (first_day(day), ORDER[code], code, day, evidence, where)
            for code, found in days.items()
            for day, evidence, where in found
        ),
        key=lambda one: one[:2],
    )
    data: dict[str, Any] = {"id": first.id, "complete": False, "acts": []}
    for path, (value, _) in facts.items():
        _put(data, path, value)
    months: list[tuple[int, Month, str]] = []
    for n, (day, _, code, written, evidence, where) in enumerate(dated):
        act: dict[str, Any] = {"act": code, "on": day.isoformat()}
        if isinstance(written, Month):
            months.append((n, written, where))
        for path, (value, _) in evidence.items():
            _put(act, path, value)
        if code == ConversionMeeting.code:
            act.setdefault("outcome", "convert")
        data["acts"].append(act)
    notices: tuple[Fault, ...] = ()
    while True:
        found: list[Fault] = []
        entry = read_entry(data, None, found)
        if entry is not None or not found:
            break
        places = _places(first, facts, dated)
        faults = [*faults, *(Fault(_cell(fault.where, places, first.where), fault.label) for fault in found)]
        taken = [_take_out(data, fault.where) for fault in found]
        if not all(taken):
            break
    if entry is not None and not entry[1]:
        nothing = Fault(
            first.where,
            Label(zh="这一行没有任何日期，不作为档案", en="the row holds no day, so it is not taken for a file"),
        )
        entry, notices = None, () if faults else (nothing,)
    return SheetRow(first.where, entry, tuple(faults), notices, tuple(months) if entry else (), born if entry else None)


def _places(first: RowData, facts: dict[Path, tuple[Any, str]], dated: list[Any]) -> dict[str, str]:
    """The cell that each value of the file came from."""
    places = {"id": first.id_where, **{".".join(path): where for path, (_, where) in facts.items()}}
    for n, (_, _, _, _, evidence, where) in enumerate(dated):
        places[f"acts[{n}]"] = where
        places |= {f"acts[{n}].{'.'.join(path)}": at for path, (_, at) in evidence.items()}
    return places


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    for key in path[:-1]:
        inner = data.setdefault(key, {})
        if not isinstance(inner, dict):
            return
        data = inner
    data[path[-1]] = value


def _cell(where: str, places: dict[str, str], row: str) -> str:
    """The cell that a place in the file came from: the longest part of the place that is known."""
    parts = where.split(".")
    for n in range(len(parts), 0, -1):
        known = places.get(".".join(parts[:n]))
        if known is not None:
            return known
        listed = ".".join(parts[:n]).rpartition("[")[0]
        if listed in places:
            return places[listed]
    return row


def _take_out(data: dict[str, Any], where: str) -> bool:
    """Take what is at fault out of the data; False where nothing can be taken out without the file."""
    keys = where.split(".")
    table: Any = data
    if keys[0].startswith("acts["):
        n = int(keys[0][5:-1])
        table, keys = data["acts"][n], keys[1:]
    if not keys or keys[0] in ("id", "act", "on", ""):
        return False
    for key in keys[:-1]:
        name = key.partition("[")[0]
        inner = table.get(name) if isinstance(table, dict) else None
        if not isinstance(inner, dict):
            return isinstance(table, dict) and table.pop(name, None) is not None
        table = inner
    return isinstance(table, dict) and table.pop(keys[-1].partition("[")[0], None) is not None
