"""The entries of a dossier: one act, or one file with its acts, read from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from recruitment.base.errors import Fault, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import (
    Place,
    Reader,
    choice,
    missing_key,
    read_date,
    read_int,
    read_table,
    read_text,
    shown,
    spell,
)
from recruitment.base.structure.values import fields_of, reader, table_reader
from recruitment.record.acts import (
    ACTS,
    Act,
    Activist,
    ActivistFiling,
    AdmissionApproval,
    AdmissionMeeting,
    Apply,
    CandidateFiling,
    ConversionApproval,
    ConversionMeeting,
    Correct,
    File,
    Training,
)

Entry = tuple[File, tuple[Act, ...]]
"""A file of a dossier: its facts, and its acts in the order of their entry."""


def _outcome(kind: type[Act]) -> Reader:
    """A reader of the outcomes of an act; left out or null is the success of the act, except where none is assumed."""
    if not kind.outcomes:

        def none(value: object, place: Place, faults: list[Fault]) -> object:
            if value is not None:
                faults.append(
                    Fault(
                        spell(place),
                        Label(zh="此项没有结果，请去掉这个键", en="this act has no outcome; leave the key out"),
                    )
                )
            return None

        return none
    one_of = choice(kind.outcomes)
    if kind is ConversionMeeting:
        return one_of

    def read(value: object, place: Place, faults: list[Fault]) -> object:
        return None if value is None else one_of(value, place, faults)

    return read


_PLAIN: Final[dict[str, Reader]] = {}


def _plain_reader(kind: type[Act]) -> Reader:
    found = _PLAIN.get(kind.code)
    if found is None:
        needed = ("outcome",) if kind is ConversionMeeting else ()
        found = table_reader(kind, ("act",), {"outcome": _outcome(kind)}, needed)
        _PLAIN[kind.code] = found
    return found


def _skip(value: object, _place: Place, _faults: list[Fault]) -> object:
    return value


@cache
def _correction_reader(field: str | None) -> Reader:
    """The reader of a correction of one field of the file, or of an act where `field` is None ("" leaves it unread)."""
    what: Reader = _read_act_or_null
    if field is not None:
        what = reader(fields_of(File)[field][1]) if field else _skip
    own = {
        "outcome": _outcome(Correct),
        "index": read_int,
        "field": choice(CORRECTED),
        "with": what,
    }
    return table_reader(Correct, ("act",), own, ("with",))


def _read_correction(table: Mapping[str, Any], place: Place, faults: list[Fault]) -> object:
    both = "index" in table, "field" in table
    if both[0] is both[1]:
        en = "name either the act (index) or the fact of the file (field)" + (", not both" if both[0] else "")
        faults.append(Fault(spell(place), Label(zh="index（哪一项）与 field（档案的哪一栏）须填且只填一个", en=en)))
        return _correction_reader("")(table, place, faults)
    field = table.get("field")
    if both[0]:
        return _correction_reader(None)(table, place, faults)
    return _correction_reader(field if field in CORRECTED else "")(table, place, faults)


CORRECTED: Final = ("name", "born", "branch", "mobile", "expelled_on")
_RANGES: Final[Mapping[str, tuple[str, ...]]] = {
    Training.code: ("",),
    Apply.code: ("publicity",),
    Activist.code: ("publicity",),
    ActivistFiling.code: ("publicity",),
    CandidateFiling.code: ("publicity",),
    AdmissionMeeting.code: ("publicity",),
    AdmissionApproval.code: ("probation", "publicity"),
    ConversionApproval.code: ("publicity",),
}
"""The acts that hold a first and a last day, and under which keys."""


def _check_range(table: Mapping[str, Any], key: str, place: Place, faults: list[Fault]) -> None:
    """Note a last day that is before the first one; days that cannot be read are noted elsewhere."""
    held = table.get(key) if key else table
    if isinstance(held, dict) and "from" in held and "to" in held:
        start, end = read_date(held["from"], None, []), read_date(held["to"], None, [])
        if start is not None and end is not None and start > end:
            where = spell((place, key) if key else place)
            faults.append(
                Fault(
                    where,
                    Label(
                        zh=f"起日 {start} 晚于止日 {end}，请对调或更正",
                        en=f"from {start} is after to {end}; exchange or correct them",
                    ),
                )
            )


def read_one_act(value: object, place: Place, faults: list[Fault]) -> object:
    """An act, of the class that its code names."""
    table = value if type(value) is dict else read_table(value, place, faults)
    if table is None:
        return None
    code = table.get("act")
    kind = ACTS.get(code) if isinstance(code, str) else None
    if kind is None:
        if "act" not in table:
            missing_key("act", place, faults)
            return None
        near = nearest(code, ACTS) if isinstance(code, str) else None
        faults.append(
            Fault(
                spell((place, "act")),
                Label(
                    zh=f"没有 {shown(code)} 这一行为" + (f"；是否指 {near}？" if near else ""),
                    en=f"{shown(code)} is not an act" + (f"; did you mean {near}?" if near else ""),
                ),
            )
        )
        return None
    if kind is Correct:
        return _read_correction(table, place, faults)
    act = _plain_reader(kind)(table, place, faults)
    for key in _RANGES.get(kind.code, ()):
        _check_range(table, key, place, faults)
    return act


def _read_act_or_null(value: object, place: Place, faults: list[Fault]) -> object:
    return None if value is None else read_one_act(value, place, faults)


LONGEST_ID = 200


def _read_id(value: object, place: Place, faults: list[Fault]) -> str | None:
    text = read_text(value, place, faults)
    if text is not None and not text.strip():
        faults.append(
            Fault(
                spell(place),
                Label(zh="编号为空，请给档案一个编号", en="the id is empty; give the file a key of its own"),
            )
        )
    elif text is not None and (len(text) > LONGEST_ID or not text.isprintable()):
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"编号最多 {LONGEST_ID} 字，不能含换行或控制字符",
                    en=f"an id has at most {LONGEST_ID} characters, and no line breaks or control characters",
                ),
            )
        )
    return text


@cache
def _file_reader() -> Reader:
    return table_reader(File, ("acts",), {"id": _read_id})


def read_entry(value: object, place: Place, faults: list[Fault]) -> Entry | None:
    """A file with its acts."""
    table = read_table(value, place, faults)
    if table is None:
        return None
    before = len(faults)
    file = _file_reader()(table, place, faults)
    acts: list[object] = []
    given = table.get("acts")
    if isinstance(given, list):
        acts = [read_one_act(entry, ((place, "acts"), f"[{n}]"), faults) for n, entry in enumerate(given)]
    elif "acts" in table:
        not_a_list(given, (place, "acts"), faults)
    else:
        missing_key("acts", place, faults)
    return None if len(faults) > before else (cast(File, file), cast("tuple[Act, ...]", tuple(acts)))


def not_a_list(value: object, place: Place, faults: list[Fault]) -> None:
    """Note what is no list and should be one."""
    faults.append(Fault(spell(place), Label(zh=f"{shown(value)} 不是列表", en=f"{shown(value)} is not a list")))
