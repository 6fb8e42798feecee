"""What a command was given: the ledger and its settings, the day that counts as today, language and form of answer."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from recruitment.base.dates import OFFICIAL, Days
from recruitment.base.errors import BadInput, Fault, LedgerError
from recruitment.base.identity import masked
from recruitment.base.label import Label, Lang

if TYPE_CHECKING:
    from recruitment.law.editions import Editions
    from recruitment.ledger.office import Office
    from recruitment.ledger.settings import LedgerSettings, SettingsEntry
    from recruitment.ledger.store import Store
    from recruitment.rulebooks.kept_folder import KeptFolder


@frozen
class Shelf:
    """How a command reads the rulebooks of record: a value that can travel to another process."""

    policies: tuple[tuple[str, str], ...] = ()
    days: Days = OFFICIAL
    local: tuple[str | KeptFolder, ...] = ()

    def __call__(self) -> Editions:
        """The rulebooks, with those values of policies, that calendar, and the folders of local editions."""
        from recruitment.rulebooks.load import load_rulebooks

        return load_rulebooks(overlays=self.local, policies=dict(self.policies), days=self.days)


@frozen(slots=False)
class Setting:
    """What a command was given: the day that counts as today, the ledger, the language, the form of the answer.

    `policies` are the readings that were chosen, `calendar` the file of days off and working days, `local` the folders
    of a unit's own editions. Where the command is `on_ledger`, the settings of the ledger hold, and what was given
    takes their place only while nothing is written.
    """

    day: date | None
    db: str | Path | None
    lang: Lang
    json: bool
    policies: tuple[tuple[str, str], ...] = ()
    calendar: Path | None = None
    local: tuple[str, ...] = ()
    on_ledger: bool = False

    @functools.cached_property
    def today(self) -> date:
        """The day that counts as today: the one that was said, else the day in the unit's time zone."""
        return self.day or self.recorded.today()

    @functools.cached_property
    def recorded(self) -> LedgerSettings:
        """The settings of the ledger; the defaults where there is none, or the command is about none."""
        from recruitment.ledger.settings import LedgerSettings

        entries = self.settings_entries()
        return entries[-1].settings if entries else LedgerSettings()

    def settings_entries(self) -> tuple[SettingsEntry, ...]:
        """Every change of the ledger's settings; none where there is no ledger, or the command is about none."""
        from recruitment.ledger.settings import settings_entries

        return () if self._ledger_read is None else tuple(settings_entries(self._ledger_read))

    @functools.cached_property
    def _ledger_read(self) -> Store | None:
        """The ledger opened for reading, where there is one with settings."""
        from recruitment.ledger.stores.opening import ledger_stands, open_ledger

        if not self.on_ledger or not ledger_stands(self.db):
            return None
        try:
            return _until_end(open_ledger(self.db, read_only=True))
        except LedgerError as error:
            if error.kind in ("missing", "older"):  # a ledger of the first form has no settings
                return None
            raise

    @functools.cached_property
    def shelf(self) -> Shelf:
        """How the rulebooks are read for this command: by the ledger's settings, and by what was given."""
        from recruitment.rulebooks.load import load_days

        kept = self.recorded
        names = {Path(folder).resolve().name for folder in self.local}
        folders = [folder for folder in kept.folders if folder.name not in names]
        return Shelf(
            tuple(sorted({**kept.policies, **dict(self.policies)}.items())),
            kept.days if self.calendar is None else load_days(self.calendar),
            (*folders, *self.local),
        )

    @property
    def editions(self) -> Editions:
        """The rulebooks of record, with the readings and the calendar that were chosen."""
        return self.shelf()

    def office(self, *, create: bool = False, read_only: bool = False, aside: bool = False) -> Office:
        """The office over the ledger, which is closed with the command; created only by a command that writes.

        With `aside` nothing is written to a ledger that is kept, and what was given holds.

        Raises:
            BadInput: something is written, and an option says otherwise than the ledger's settings.
        """
        from recruitment.ledger.office import Office
        from recruitment.ledger.stores.opening import open_ledger
        from recruitment.ledger.stores.sqlite import Ledger

        if read_only:
            ledger = self._ledger_read or _until_end(open_ledger(self.db, read_only=True))
            return Office(ledger, self.editions)
        differing = () if aside else tuple(self._differing())
        if differing:
            raise BadInput(differing)
        ledger = _until_end(open_ledger(self.db, create=create))
        if isinstance(ledger, Ledger) and ledger.kept is not None:
            kept = Label(
                zh=f"台账已更新为新的格式，更新前的备份在 {ledger.kept}",
                en=f"the ledger was brought to its new form; as it was before it is kept in {ledger.kept}",
            )
            click.echo(self.say(kept), err=True)
        return Office(ledger, self.editions if aside else None)

    def _differing(self) -> Iterator[Fault]:
        """What was given and is not what the ledger is kept by."""
        from recruitment.rulebooks.kept_folder import keep_folder
        from recruitment.rulebooks.load import load_days

        kept = self.recorded
        readings = self.editions.rulebooks[-1].policies if self.policies else {}
        defaults = {policy.code: policy.default for policy in self.editions.readings} if self.policies else {}
        for code, value in self.policies:
            set_value = kept.policies.get(code, defaults.get(code))
            if readings.get(code) != set_value:
                yield _set_otherwise("--policy", f"{code}={value}", f"{code}={set_value}")
        if self.calendar is not None and load_days(self.calendar) != kept.days:
            yield _set_otherwise("--workdays", str(self.calendar), None)
        for folder in self.local:
            if keep_folder(folder, "--local") not in kept.folders:
                yield _set_otherwise("--local", folder, None)

    def say(self, label: Label) -> str:
        """The words in the language of the answer, identity numbers masked."""
        return masked(label.words(self.lang))

    def print_json(self, data: Any) -> None:
        """JSON as it leaves every command: in the order it was built, Chinese as it is, identity numbers masked."""
        click.echo(masked(json.dumps(data, ensure_ascii=False, indent=2)))


def _until_end(ledger: Store) -> Store:
    """The ledger, which is closed when the command ends."""
    command = click.get_current_context(silent=True)
    if command is not None:
        command.call_on_close(ledger.close)
    return ledger


def _set_otherwise(option: str, given: str, kept: str | None) -> Fault:
    """An option that says otherwise than the settings of the ledger that is written to."""
    from recruitment.cli.fault_places import place_in_words
    from recruitment.rulebooks.load import load_rulebooks

    name = place_in_words(option, load_rulebooks().synonyms)
    return Fault(
        option,
        Label(
            zh=f"{given} 与台账的设置不同"
            + (f"（{kept}）" if kept else "")
            + "；登记依照台账的设置，请去掉此项（包括环境变量），"
            f"或者先用 recruitment 设置 {name} {given} 修改设置",
            en=f"{given} is not what the ledger is kept by"
            + (f" ({kept})" if kept else "")
            + "; what is recorded is judged by the ledger's settings: leave this out (the variable, too), "
            f"or change them first with recruitment settings {option} {given}",
        ),
    )
