"""Acts and files checked as values: what the classes say of each field, and what no field can say by itself.

Anybody may build an act of anything. Before it is judged or recorded it is checked, once: what was checked, and what
the readers of this library have made of a document, bears a mark that no comparison and no `repr` shows. The readers of
documents (`recruitment.formats.dossier`) read by the same descriptions.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final, TypeVar

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.checking import check_date, checker, fields_checker
from recruitment.base.structure.scalars import Place, Reader, choice, missing_key, read_int, read_text, shown, spell
from recruitment.base.structure.values import fields_of
from recruitment.record.acts import ACTS, Act, Correct, File
from recruitment.record.evidence import UNKNOWN
from recruitment.record.field_readers import (
    CORRECTED,
    RANGES,
    note_correction,
    note_host_within,
    note_range,
    outcome_reader,
    read_host,
    read_id,
)

_MARK: Final = "_checked"
T = TypeVar("T", bound=Act | File)
A = TypeVar("A", bound=Act)


def mark_checked(value: T) -> T:
    """Remember that a value was checked, or is made of what was."""
    object.__setattr__(value, _MARK, True)  # as attrs sets what is frozen; by its `__dict__` all of it would get slower
    return value


def redated(act: A, **days: date | None) -> A:
    """The act with other days of its own (`on`, `recorded`), in a fraction of the time of `evolve`.

    An act that was checked is not checked again: a day reached by adding to another may be one that no document holds.
    """
    other = object.__new__(type(act))
    other.__dict__.update(act.__dict__, **days)
    return other


_ACT_CHECKERS: Final[dict[str, Reader]] = {}


def _act_checker(kind: type[Act]) -> Reader:
    found = _ACT_CHECKERS.get(kind.code)
    if found is None:
        own: dict[str, Reader] = {"outcome": outcome_reader(kind)}
        if kind is Correct:
            own |= {"index": read_int, "field": choice(CORRECTED), "with": _skip}
        found = _ACT_CHECKERS[kind.code] = fields_checker(kind, own)
    return found


@cache
def _file_checker() -> Reader:
    return fields_checker(File, {"id": read_id})


@cache
def _fact_checker(field: str) -> Reader:
    return checker(fields_of(File)[field][1])


def _skip(_value: object, _place: Place, _faults: list[Fault]) -> None:
    """Leave a field to what is checked of the whole."""


def _note_act(act: Any, place: Place, faults: list[Fault]) -> None:
    """Note every fault of an act; one that has none is marked."""
    if not isinstance(act, Act):
        faults.append(
            Fault(
                spell(place) or "act",
                Label(
                    zh=f"{shown(act)} 不是行为；请用 recruitment.record.acts 的类构造，或用 read_act 读入",
                    en=f"{shown(act)} is no act; build one of recruitment.record.acts, or read it by read_act",
                ),
            )
        )
        return
    kind = ACTS.get(act.code)
    if kind is None:
        where, named = spell((place, "act")), act.code or type(act).__name__
        faults.append(Fault(where, Label(zh=f"没有“{named}”这一行为", en=f"{named} is no act")))
        return
    if type(act) is not kind:
        name = type(act).__name__
        faults.append(
            Fault(
                spell((place, "act")),
                Label(
                    zh=f"{name} 不是本库的类，其自有的栏不会保存；请用 {kind.__name__}",
                    en=f"{name} is no class of this library, and what it adds would be lost; use {kind.__name__}",
                ),
            )
        )
        return
    before = len(faults)
    _act_checker(kind)(act, place, faults)
    read_host(act.host, (place, "host"), faults)
    for key in RANGES.get(act.code, ()):
        held = getattr(act, key) if key else act
        start, end = getattr(held, "from_", None), getattr(held, "to", None)
        if type(start) is date and type(end) is date:
            note_range(start, end, (place, key) if key else place, faults)
    if isinstance(act, Correct):
        _note_corrected(act, place, faults)
    if len(faults) == before:
        mark_checked(act)


def _note_corrected(act: Correct, place: Place, faults: list[Fault]) -> None:
    """Note what is wrong with what a correction puts in the place of what it names."""
    named = act.index is not UNKNOWN, act.field is not UNKNOWN
    note_correction(named, place, faults)
    if act.with_ is UNKNOWN:
        missing_key("with", place, faults)
    elif named == (True, False):
        if act.with_ is not None:
            _note_act(act.with_, (place, "with"), faults)
        if isinstance(act.with_, Act):
            note_host_within(act.with_, (place, "with"), faults)
    elif named == (False, True) and act.field in CORRECTED:
        _fact_checker(act.field)(act.with_, (place, "with"), faults)


def check_act(act: object, where: str = "") -> None:
    """See that an act can be judged and recorded: every field holds what its class says.

    `where` names its place. An act that was checked is not checked again, unless it has what can change after that:
    `reasons`, or what a host keeps with it.

    Raises:
        BadInput: with every fault, its place and the nearest value.
    """
    if getattr(act, _MARK, False) and isinstance(act, Act) and act.reasons is None and act.host is None:
        return
    _raise_noted(_note_act, act, where)


def check_file(file: object, where: str = "") -> None:
    """See that the facts of a file can be judged by and recorded; what was checked is not checked again.

    Raises:
        BadInput: with every fault, its place and the nearest value.
    """
    if not getattr(file, _MARK, False) or not isinstance(file, File) or file.host is not None:
        _raise_noted(_note_file, file, where)


def _note_file(file: object, place: Place, faults: list[Fault]) -> None:
    if type(file) is not File:
        label = Label(zh=f"{shown(file)} 不是档案（File）", en=f"{shown(file)} is no File")
        faults.append(Fault(spell((place, "file")), label))
        return
    before = len(faults)
    _file_checker()(file, place, faults)
    read_host(file.host, (place, "host"), faults)
    if len(faults) == before:
        mark_checked(file)


def check_asked(today: object, on_trust: object = None) -> None:
    """See that the day as of which something is asked is a day, and the reason to trust the record a text.

    Raises:
        BadInput: it is not.
    """
    if type(today) is date and on_trust is None:
        return
    if type(today) is not date:
        _raise_noted(check_date, today, "today")
    check_text(on_trust, "on_trust")


def check_text(value: object, where: str) -> None:
    """See that a value is a text that can be written to a file; None where nothing is said.

    Raises:
        BadInput: it is not.
    """
    if value is not None:
        _raise_noted(read_text, value, where)


def check_named(file: object) -> None:
    """See that a file is named by a text; whether there is such a file is another question.

    Raises:
        BadInput: it is not.
    """
    if not isinstance(file, str):
        _raise_noted(read_text, file, "file")


def _raise_noted(note: Reader, value: object, where: str) -> None:
    faults: list[Fault] = []
    note(value, (None, where) if where else None, faults)
    if faults:
        raise BadInput(faults)
