"""A list against the ledger: what it says of a file in the ledger is compared, and only what is new is entered. Pure.

A list says a part of what a file holds, so acts that it does not name are no difference. An act that it names on the
same day is the recorded act; evidence that the list has and the record has not is a correction, with the reason for
which the list is taken. What the two say differently is named, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from recruitment.base.label import Label
from recruitment.formats.dossier.documents import act_data, file_data, read_act
from recruitment.law.editions import Editions
from recruitment.record.acts import Act, Correct, File, Struck
from recruitment.record.case import Case

Change = tuple[list[Act], Label | None]
"""What is to be entered, or the first thing in which list and ledger differ."""


def new_in_list(
    editions: Editions, case: Case, file: File, acts: Sequence[Act], *, today: date, reason: str | None
) -> Change:
    """The entries that bring a file in the ledger to what a list says of it: corrections first, then new acts."""
    entries, differing = _facts(case, file, today, reason)
    if differing is not None:
        return [], differing
    free = [n for n, act in enumerate(case.acts) if not isinstance(act, Correct | Struck)]
    new: list[Act] = []
    for act in acts:
        said = act_data(act)
        same = [n for n in free if case.acts[n].code == act.code and case.acts[n].on == act.on]
        fitting = sorted((len(more), n, more) for n in same if (more := _more(case, n, said)) is not None)
        if fitting:
            _, place, more = fitting[0]
            free.remove(place)
            if more:
                entries.append(_correction(case, place, more, today, reason))
            continue
        if same:
            return [], _differs(file.id, act.code, case.acts[same[0]], _unlike(case, same[0], said))
        other = [n for n in free if case.acts[n].code == act.code and case.acts[n].on != act.on]
        if other and case.current.get(act.code) and _once(editions, act):
            return [], _differs(file.id, act.code, case.acts[other[0]], f"on {act.on}")
        new.append(act)
    return [*entries, *new], None


def _once(editions: Editions, act: Act) -> bool:
    """Whether an act is entered once in a round, so that another day of it contradicts the recorded one."""
    found = editions.on(act.on).by_code.get(act.code)
    return found is not None and found.again is None and bool(found.number)


def _more(case: Case, place: int, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a list says beyond the entry; None where it says something else."""
    stored = act_data(case.acts[place])
    if "outcome" in said and said["outcome"] != case.outcomes[place]:
        return None
    return _beyond({**stored, "outcome": said.get("outcome")}, said)


def _beyond(stored: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any] | None:
    more: dict[str, Any] = {}
    for key, value in said.items():
        if key not in stored:
            more[key] = value
        elif isinstance(value, dict) and isinstance(stored[key], dict):
            inner = _beyond(stored[key], value)
            if inner is None:
                return None
            if inner:
                more[key] = inner
        elif stored[key] != value:
            return None
    return more


def _unlike(case: Case, place: int, said: Mapping[str, Any]) -> str:
    stored = act_data(case.acts[place])
    keys = [key for key, value in said.items() if key in stored and _beyond({key: stored[key]}, {key: value}) is None]
    return ", ".join(keys) or "outcome"


def _correction(case: Case, place: int, more: Mapping[str, Any], today: date, reason: str | None) -> Act:
    data = act_data(case.acts[place])
    data.pop("recorded", None)
    for key, value in more.items():
        data[key] = {**data[key], **value} if isinstance(value, dict) and isinstance(data.get(key), dict) else value
    return Correct(on=today, index=place, with_=read_act(data), reason=reason or "据名册补录")


def _facts(case: Case, file: File, today: date, reason: str | None) -> Change:
    """The facts that a list adds, or one that it contradicts."""
    stored, said = file_data(case.file), file_data(file)
    branch = file_data(File(id=file.id, branch=case.branch)).get("branch", {})
    entries: list[Act] = []
    for key, value in said.items():
        if key in ("id", "complete") or stored.get(key) == value:
            continue
        if key == "branch" and (_beyond(branch, value) == {} or _beyond(stored.get(key) or {}, value) == {}):
            continue
        if key in stored or key not in ("name", "born", "mobile"):
            return [], Label(
                zh=f"{file.id}：{key} 与台账中的档案不同，请核对",
                en=f"{file.id}: {key} differs from the ledger; compare the two",
            )
        given = {
            "act": "correct",
            "on": today.isoformat(),
            "field": key,
            "with": value,
            "reason": reason or "据名册补录",
        }
        entries.append(read_act(given))
    return entries, None


def _differs(file: str, code: str, stands: Act, what: str) -> Label:
    return Label(
        zh=f"{file}：{code} 与台账中 {stands.on} 的记录不同（{what}），请核对",
        en=f"{file}: {code} differs from the ledger's of {stands.on} ({what}); compare the two",
    )
