"""Files and acts as the ledger's text: canonical JSON, one text for one value, checked before it is stored."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from attrs import evolve
from msgspec.json import Encoder

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.ruling import Ruling
from recruitment.formats.dossier.documents import act_data, file_data, read_act, read_facts
from recruitment.law.editions import Editions
from recruitment.ledger.findings_codec import write_findings
from recruitment.ledger.rows import ANY_SETTINGS, ActRow, FileRow, canonical
from recruitment.record.acts import Act, File
from recruitment.record.case import Case
from recruitment.record.checking import check_act, check_asked, check_file, mark_checked, redated

_FINDINGS: Final = Encoder()


class Readings(NamedTuple):
    """By what acts are judged: what of the readings is not the default, as the ledger's text.

    `settings` is the number of the settings that say so; None where the caller gave rulebooks of its own.
    """

    text: str | None = None
    settings: int | None = None


class NewEntry(NamedTuple):
    """An act that is to be entered: the act and its text, and what is kept with it that no rule reads."""

    act: Act
    text: str
    recorded_by: str | None = None
    readings: Readings = Readings()


@lru_cache(maxsize=8192)
def read_act_text(text: str) -> Act:
    """The act that a text of the ledger holds.

    Raises:
        ValueError: it is no JSON.
        BadInput: it is no act.
    """
    return read_act(json.loads(text))


def read_file_text(text: str) -> File:
    """The facts of a file that a text of the ledger holds.

    Raises:
        ValueError: it is no JSON.
        BadInput: it is no file.
    """
    return read_facts(json.loads(text))


def host_text(kept: Act | File) -> str | None:
    """What a host keeps with an act or a file, as the ledger's text."""
    return None if kept.host is None else canonical(kept.host)


def stored_act(row: ActRow) -> Act:
    """The act of a row, with what the host keeps with it.

    Raises:
        ValueError: it is no JSON.
        BadInput: it is no act.
    """
    act = read_act_text(row.act)
    return act if row.host is None else mark_checked(evolve(act, host=json.loads(row.host)))


def stored_file(row: FileRow) -> File:
    """The facts of a file as it was opened, with what the host keeps with it.

    Raises:
        ValueError: it is no JSON.
        BadInput: it is no file.
    """
    file = read_file_text(row.facts)
    return file if row.host is None else mark_checked(evolve(file, host=json.loads(row.host)))


def file_text(file: File) -> str:
    """The facts of a file as the ledger's text.

    Raises:
        BadInput: the file was not built as its class says.
    """
    check_file(file)
    return canonical(file_data(file))


def entering(act: Act, today: date) -> tuple[Act, str]:
    """The act as it enters the ledger, with the day of its entry, and its text: what is checked can be read back.

    Raises:
        BadInput: the act was not built as its class says, or its day of entry is in the future.
    """
    check_asked(today)
    check_act(act)
    if act.recorded is not None and act.recorded > today:
        raise BadInput.of(
            f"{act.code}: recorded",
            Label(
                zh=f"{act.recorded} 晚于今天（{today}），请去掉或更正",
                en=f"{act.recorded} is after today, {today}; leave it out or correct it",
            ),
        )
    entered = act if act.recorded is not None else redated(act, recorded=today)
    return entered, canonical(act_data(entered))


def same_act(one: Act, other: Act) -> bool:
    """Whether two records speak of the same act: alike in everything but the day of entry."""
    data, others = act_data(one), act_data(other)
    data.pop("recorded", None)
    others.pop("recorded", None)
    return data == others


def readings_of(editions: Editions) -> str | None:
    """The policies that have not their default value and the calendar beyond the built-in one, as the ledger's text.

    None where all is by default. Of the calendar there is its hash.
    """
    newest = editions.rulebooks[-1]
    chosen: dict[str, object] = {
        policy.code: newest.policies[policy.code]
        for policy in editions.readings
        if newest.policies[policy.code] != policy.default
    }
    said: dict[str, object] = {"policies": chosen} if chosen else {}
    if newest.days:
        days = newest.days
        text = canonical(
            [
                [day.isoformat() for day in sorted(days.off)],
                [day.isoformat() for day in sorted(days.working)],
                sorted(days.years),
            ]
        )
        said["calendar"] = sha256(text.encode()).hexdigest()[:16]
    return canonical(said) if said else None


def row_of(ruling: Ruling, after: Case, entry: NewEntry) -> ActRow:
    """What the ledger keeps of an act that was admitted; its place in the ledger comes with the writing."""
    return ActRow(
        seq=0,
        file=after.file.id,
        number=len(after.acts) - 1,
        act=entry.text,
        state=after.state.name,
        edition=ruling.edition,
        book=ruling.rulebook_hash,
        findings=_FINDINGS.encode(write_findings(ruling.findings, ruling.act.code)).decode(),
        recorded=(ruling.act.recorded or ruling.act.on).isoformat(),
        recorded_by=entry.recorded_by,
        settings=ANY_SETTINGS if entry.readings.settings is None else entry.readings.settings,
        readings=entry.readings.text,
        host=host_text(entry.act),
    )
