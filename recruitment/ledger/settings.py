"""What a ledger is kept by: readings, calendar, local editions, the branch, time zone; each change is an entry.

The settings belong to the ledger and not to whoever opens it, so that every act in it is judged alike on whatever
machine. The last entry holds all of them; a local edition is kept with its whole text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import Factory, frozen

from recruitment.base.dates import Days
from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.checking import check_instance
from recruitment.base.structure.values import closed, dump
from recruitment.law.editions import Editions
from recruitment.law.rulebook import laid
from recruitment.ledger.faults import Trouble
from recruitment.ledger.rows import SettingsRow, canonical, is_sealed
from recruitment.ledger.store import Store
from recruitment.record.checking import check_text
from recruitment.record.evidence import Branch
from recruitment.rulebooks.kept_folder import KeptFolder, kept_folder
from recruitment.rulebooks.load import DaysFile, load_rulebooks

HOME: Final = "Asia/Shanghai"
"""The time zone of a unit that has set no other."""


@frozen(kw_only=True)
class LedgerSettings:
    """What a ledger is kept by; each has its default where nothing was set.

    Fields:
        policies: readings of the law, by their codes, that are not the default.
        workdays: days off and working days beyond the built-in calendar.
        local: local editions, each file's text by the names of folder and file.
        branch: what is known of the branch, for each file that is opened here.
        zone: the time zone by which it is today, by its IANA name.
    """

    policies: Mapping[str, str] = Factory(dict)
    workdays: DaysFile = DaysFile()
    local: Mapping[str, Mapping[str, str]] = Factory(dict)
    branch: Branch = Branch()
    zone: str = HOME

    @property
    def days(self) -> Days:
        """The calendar of working days."""
        return self.workdays.days

    @property
    def folders(self) -> tuple[KeptFolder, ...]:
        """The local editions, as folders."""
        return tuple(kept_folder(name, files) for name, files in sorted(self.local.items()))

    def editions(self) -> Editions:
        """The rulebooks of record, read by these settings.

        Raises:
            RulebookError: a local edition does not fit the rulebooks of this version.
            BadInput: a reading that this version does not know.
        """
        return load_rulebooks(overlays=self.folders, policies=self.policies, days=self.days)

    def today(self) -> date:
        """The day that it is in the unit's time zone."""
        return datetime.now(time_zone(self.zone)).date()

    def day_of(self, moment: str) -> date:
        """The day that it was in the unit's time zone at a moment of the ledger (UTC)."""
        return datetime.fromisoformat(moment).astimezone(time_zone(self.zone)).date()


@frozen(kw_only=True)
class SettingsEntry:
    """Settings as they were entered: the number of the entry, the machine's moment (UTC), and who entered them."""

    number: int
    settings: LedgerSettings
    moment: str
    set_by: str | None
    system_user: str | None


@cache
def time_zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name.

    Raises:
        BadInput: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise BadInput.of(
            "zone",
            Label(
                zh=f"没有“{name}”这个时区，请写时区名称，如 {HOME}",
                en=f"there is no time zone {name!r}; write its name, such as {HOME}",
            ),
        ) from None


def settings_entries(ledger: Store) -> Iterator[SettingsEntry]:
    """Every change of the settings in its order. The chain is checked.

    Raises:
        LedgerError: an entry is not what was recorded, or cannot be read by this version.
    """
    previous = ""
    for number, row in enumerate(ledger.settings()):
        if row.number != number or row.previous != previous or not is_sealed(row):
            raise ledger.fault(_altered(number))
        previous = row.digest
        settings = _read(ledger, row)
        if settings is not None:
            yield SettingsEntry(
                number=number,
                settings=settings,
                moment=row.moment,
                set_by=row.set_by,
                system_user=row.system_user,
            )


def settings_in_force(ledger: Store) -> SettingsEntry | None:
    """The last entry of a ledger's settings; None where nothing was ever set.

    Raises:
        LedgerError: an entry is not what was recorded, or cannot be read by this version.
    """
    last = None
    for last in settings_entries(ledger):  # noqa: B007 - all are checked, the last is wanted
        pass
    return last


def check_settings(settings: LedgerSettings) -> Editions:
    """The rulebooks that settings give, all of which is found to hold.

    Raises:
        BadInput: a reading, a local edition or a time zone that does not hold, or a fact of the branch of another kind
            than its class says.
    """
    check_instance(settings, LedgerSettings, "settings")
    time_zone(settings.zone)
    return settings.editions()


def change_settings(ledger: Store, settings: LedgerSettings, *, set_by: str | None) -> SettingsEntry:
    """Enter settings into a ledger, from which on they hold; they are checked first (`check_settings`).

    Raises:
        BadInput: a reading, a local edition or a time zone that does not hold, or a fact of the branch of another kind
            than its class says; or a local edition is taken out by which an act was judged; nothing was written.
        LedgerError: the ledger cannot be written.
    """
    check_text(set_by, "set_by")
    editions = check_settings(settings)
    in_force = settings_in_force(ledger)
    if in_force is not None and in_force.settings.local != settings.local:
        _require_used(ledger, editions)
    content = {
        "settings": dump(settings),
        "rulebooks": sorted({editions.named(name).content_hash for name in _names(editions)}),
    }
    row = ledger.add_settings(canonical(content), set_by=set_by)
    return SettingsEntry(
        number=row.number, settings=settings, moment=row.moment, set_by=set_by, system_user=row.system_user
    )


def _require_used(ledger: Store, editions: Editions) -> None:
    """See that each local edition by which an act was judged is still there, without which it could not be read.

    Raises:
        BadInput: one is not; the first file is named.
    """
    known = {overlay.code for overlay in editions.overlays}
    for row in ledger.rows_since(0):
        gone = next((code for code in laid(row.edition) if code not in known), None)
        if gone is not None:
            raise BadInput.of(
                "local",
                Label(
                    zh=f"档案 {row.file} 依据地方规定“{gone}”登记过，台账还要用它，不能去掉",
                    en=f"the file {row.file} was judged by the local edition {gone}, which the ledger therefore needs; "
                    "it cannot be taken out",
                ),
            )


def _names(editions: Editions) -> Iterator[str]:
    """The editions, and each with one local edition added to it."""
    for rulebook in editions.rulebooks:
        yield rulebook.code
        for overlay in editions.overlays:
            if rulebook.code in overlay.on:
                yield f"{rulebook.code}+{overlay.code}"


def _read(ledger: Store, row: SettingsRow) -> LedgerSettings | None:
    faults: list[Fault] = []
    try:
        content: Mapping[str, Any] = json.loads(row.content)
        if "settings" not in content:
            return None
        found = closed(LedgerSettings)(content["settings"], None, faults)
    except (ValueError, TypeError, RecursionError):
        found = None
    if found is None or faults:
        raise ledger.fault(_unreadable(row.number))
    return found  # type: ignore[no-any-return] # a reader of any class gives Any


def _altered(number: int) -> Trouble:
    return Trouble(
        "altered",
        Label(
            zh=f"第 {number} 号设置与登记时不同，请用备份恢复",
            en=f"entry {number} of the settings is not what was recorded; restore the ledger from a copy",
        ),
    )


def _unreadable(number: int) -> Trouble:
    return Trouble(
        "newer",
        Label(
            zh=f"第 {number} 号设置由更新的版本写成，请升级本软件",
            en=f"entry {number} of the settings was written by a newer version; update member-development",
        ),
    )
