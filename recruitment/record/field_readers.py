"""What no annotation can say of a field by itself, for values and documents alike: ids, outcomes, ranges of days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import LONGEST, Place, Reader, choice, read_text, shown, spell
from recruitment.record.acts import (
    Act,
    Activist,
    ActivistFiling,
    AdmissionApproval,
    AdmissionMeeting,
    Apply,
    CandidateFiling,
    ConversionApproval,
    ConversionMeeting,
    Training,
)

LONGEST_ID: Final = 200
CORRECTED: Final = ("name", "born", "branch", "mobile", "expelled_on")
"""The facts of a file that a correction may replace."""
RANGES: Final[Mapping[str, tuple[str, ...]]] = {
    Training.code: ("",),
    Apply.code: ("publicity",),
    Activist.code: ("publicity",),
    ActivistFiling.code: ("publicity",),
    CandidateFiling.code: ("publicity",),
    AdmissionMeeting.code: ("publicity",),
    AdmissionApproval.code: ("probation", "publicity"),
    ConversionApproval.code: ("publicity",),
}
"""The acts that hold a first and a last day, and under which keys; "" is the act itself."""


def read_id(value: object, place: Place, faults: list[Fault]) -> str | None:
    """The id of a file: a text of one line that is not empty, of at most `LONGEST_ID` characters."""
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


def read_host(value: object, place: Place, faults: list[Fault]) -> Mapping[str, Any] | None:
    """What a host keeps with an act or a file: a JSON object of at most `LONGEST` characters, or None."""
    if value is None:
        return None
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False) if type(value) is dict else ""
        text.encode()
        kept = text != "" and json.loads(text) == value
    except (TypeError, ValueError, RecursionError):
        kept = False
    if not kept:
        en = "is no JSON object; keep texts, numbers, true, false, null, lists and objects with texts as keys"
        zh = "不是 JSON 对象；只能存文本、数、true、false、null、列表，以及以文本为键的对象"
        faults.append(Fault(spell(place), Label(zh=f"{shown(value)} {zh}", en=f"{shown(value)} {en}")))
    elif len(text) > LONGEST:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"JSON 有 {len(text)} 字，最多 {LONGEST} 字",
                    en=f"the JSON has {len(text)} characters; at most {LONGEST} are kept",
                ),
            )
        )
    return value if isinstance(value, dict) else None


def note_host_within(act: Act, place: Place, faults: list[Fault]) -> None:
    """Note what a host would keep with an act that a correction puts in the place of another."""
    if act.host is not None:
        faults.append(
            Fault(
                spell((place, "host")),
                Label(zh="请记在更正本身（host）上", en="keep this with the correction itself (host)"),
            )
        )


def outcome_reader(kind: type[Act]) -> Reader:
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


def note_range(start: date, end: date, place: Place, faults: list[Fault]) -> None:
    """Note a last day that is before the first one."""
    if start > end:
        faults.append(
            Fault(
                spell(place),
                Label(
                    zh=f"起日 {start} 晚于止日 {end}，请对调或更正",
                    en=f"from {start} is after to {end}; exchange or correct them",
                ),
            )
        )


def note_correction(named: tuple[bool, bool], place: Place, faults: list[Fault]) -> None:
    """Note a correction that names neither an act nor a fact of the file, or both: (index, field)."""
    if named[0] is named[1]:
        en = "name either the act (index) or the fact of the file (field)" + (", not both" if named[0] else "")
        faults.append(Fault(spell(place), Label(zh="index（哪一项）与 field（档案的哪一栏）须填且只填一个", en=en)))
