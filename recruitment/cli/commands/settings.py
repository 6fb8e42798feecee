"""The command settings: what a ledger is kept by, shown and changed; each change is an entry that stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.base.structure.values import closed, dump
from recruitment.cli.evidence_options import merged
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import basic, by_option, clerk, read_policies
from recruitment.cli.setting import Setting

if TYPE_CHECKING:
    from recruitment.ledger.settings import LedgerSettings, SettingsEntry

NONE = ("none", "无")
"""Words that take a setting back."""


@frozen(kw_only=True)
class Wished:
    """What was given to change settings by, as it was typed; what was not given stays as it is."""

    readings: tuple[str, ...] = ()
    calendar: str | None = None
    local: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    zone: str | None = None

    def applied(self, old: LedgerSettings) -> LedgerSettings:
        """The settings with it.

        Raises:
            BadInput: it cannot be read, or a local edition that is to be taken out is not there.
        """
        from recruitment.record.evidence import Branch
        from recruitment.rulebooks.kept_folder import keep_folder
        from recruitment.rulebooks.load import DaysFile, load_days, load_rulebooks

        new = old
        if self.readings:
            defaults = {policy.code: policy.default for policy in load_rulebooks().readings}
            chosen = {**old.policies, **dict(read_policies(self.readings))}
            new = evolve(new, policies={code: value for code, value in chosen.items() if defaults.get(code) != value})
        if self.calendar is not None:
            new = evolve(
                new, workdays=DaysFile() if self.calendar in NONE else DaysFile.of(load_days(Path(self.calendar)))
            )
        kept = dict(old.local)
        for name in self.without:
            if name not in kept:
                raise BadInput.of(
                    "--without",
                    Label(
                        zh=f"设置中没有地方规定“{name}”" + (f"，现有：{'、'.join(kept)}" if kept else ""),
                        en=f"the settings hold no local edition {name!r}"
                        + (f", only {', '.join(kept)}" if kept else ""),
                    ),
                )
            del kept[name]
        folders = [keep_folder(path, "--local") for path in self.local]
        for n, folder in enumerate(folders):
            if folder.name in (other.name for other in folders[:n]):
                raise BadInput.of(
                    "--local",
                    Label(
                        zh=f"有两个文件夹都叫“{folder.name}”，请改名或只写一个",
                        en=f"two folders are called {folder.name}; rename one, or name one only",
                    ),
                )
            kept[folder.name] = dict(folder.files)
        if self.without or self.local:
            new = evolve(new, local=kept)
        if self.branch:
            data = {**dump(old.branch), **merged("branch", self.branch)}
            faults: list[Any] = []
            found = closed(Branch)(data, (None, "--branch"), faults)
            if faults or found is None:
                raise BadInput(faults)
            new = evolve(new, branch=found)
        if self.zone is not None:
            new = evolve(new, zone=self.zone)
        return new


@click.command("settings", cls=LocalizedCommand)
@click.option(
    "--policy",
    "readings",
    multiple=True,
    metavar="CODE=VALUE",
    help="Another reading where the text leaves room, see rules --policies; may be repeated.",
)
@click.option("--workdays", "calendar", metavar="FILE", help="Days off and working days; none takes them back.")
@click.option(
    "--local",
    "local",
    multiple=True,
    metavar="FOLDER",
    help="A unit's own local edition, kept with its whole text; given again it is replaced; may be repeated.",
)
@click.option("--without", multiple=True, metavar="NAME", help="Take a local edition out; may be repeated.")
@click.option("--branch", multiple=True, metavar="…", help="What is known of the branch, for each file opened here.")
@click.option("--zone", metavar="NAME", help="The time zone by which it is today, such as Asia/Urumqi.")
@by_option
@basic
def settings_command(setting: Setting, recorded_by: str | None, **given: Any) -> None:
    """Show what the ledger is kept by, or change it: an entry that stays, and from which on it holds.

    Readings, calendar and local editions decide over every act that is recorded; the branch is filled in for each file
    that is opened; by the time zone it is today. Nothing that was recorded before is judged again.

    recruitment settings --branch name=示例第一党支部,has_committee=yes
    """
    from recruitment.ledger.settings import change_settings, check_settings
    from recruitment.ledger.stores.opening import open_ledger

    wished = Wished(**given)
    if wished != Wished():
        check_settings(wished.applied(setting.recorded))  # before a ledger is made for them
        with closing(open_ledger(setting.db, create=True)) as ledger, ledger.writing():
            setting = evolve(setting)  # which reads them anew
            new = wished.applied(setting.recorded)
            if new != setting.recorded:
                change_settings(ledger, new, set_by=clerk(recorded_by))
        setting = evolve(setting)
    entries = setting.settings_entries()
    if setting.json:
        setting.print_json({**settings_data(setting.recorded), "entries": [_entry_data(e) for e in entries]})
        return
    for line in settings_lines(setting):
        click.echo(line)
    if entries:
        last = entries[-1]
        day = setting.recorded.day_of(last.moment)
        by = last.set_by or last.system_user or "?"
        click.echo(
            setting.say(
                Label(
                    zh=f"第 {last.number} 号设置，{day} 由 {by} 设定", en=f"entry {last.number}, set on {day} by {by}"
                )
            )
        )


def settings_data(settings: LedgerSettings) -> dict[str, Any]:
    """Settings as plain data: readings that are not the default, calendar, local editions, branch, time zone."""
    return {
        "policies": dict(sorted(settings.policies.items())),
        "workdays": dump(settings.workdays),
        "local": sorted(settings.local),
        "branch": dump(settings.branch),
        "zone": settings.zone,
    }


def _entry_data(entry: SettingsEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "moment": entry.moment,
        "set_by": entry.set_by,
        "system_user": entry.system_user,
    }


def settings_lines(setting: Setting) -> Iterator[str]:
    """One line for each setting, those by default too."""
    from recruitment.cli.typed_words import part_name
    from recruitment.presentation.findings.names import value_words
    from recruitment.rulebooks.load import load_rulebooks

    settings, editions, lang = setting.recorded, load_rulebooks(), setting.lang
    rulebook = editions.rulebooks[-1]
    days = settings.workdays
    calendar = Label(
        zh=f"内置之外，另有日期 {len(days.off) + len(days.working)} 天、年度 {len(days.announced)} 个",
        en=f"{len(days.off) + len(days.working)} days and {len(days.announced)} years beyond the built-in ones",
    )
    default = Label(zh="按默认", en="by default")
    facts = [
        f"{part_name(editions.synonyms, 'branch', key)} {value_words(value, rulebook, lang)}"
        if lang == "zh"
        else f"{key}={value_words(value, rulebook, lang)}"
        for key, value in dump(settings.branch).items()
    ]
    for title, values in (
        (Label(zh="规则理解", en="Readings"), [f"{code}={value}" for code, value in sorted(settings.policies.items())]),
        (Label(zh="放假安排", en="Calendar"), [setting.say(calendar)] if settings.days else []),
        (Label(zh="地方规定", en="Local editions"), sorted(settings.local)),
        (Label(zh="党支部", en="Branch"), facts),
        (Label(zh="时区", en="Time zone"), [settings.zone]),
    ):
        said = ("；" if lang == "zh" else "; ").join(values) or setting.say(default)
        yield setting.say(Label(zh=f"{title.zh}：{said}", en=f"{title.en}: {said}"))
