"""Commands that copy the ledger and put a copy in its place: backup and restore."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import basic, interactive
from recruitment.cli.setting import Setting
from recruitment.presentation.output_file import OutputFile

if TYPE_CHECKING:
    from recruitment.ledger.backup import LedgerCopy


@click.command("backup", cls=LocalizedCommand)
@click.option(
    "--output", "-o", metavar="PATH", help="Where to write; next to the ledger, with the day, where left out."
)
@basic
def backup_command(setting: Setting, output: str | None) -> None:
    """Copy the ledger to a new file that only you can read, while others go on working.

    The copy is checked before it counts, as verify does without replaying; a file that is there already is never
    replaced. A ledger on a server is copied by pg_dump.
    """
    from recruitment.ledger.backup import back_up, backup_name
    from recruitment.ledger.stores.sqlite import Ledger

    ledger_path = _file_of(setting, "pg_dump")
    path = Path(output) if output is not None else backup_name(ledger_path, _day(setting))
    OutputFile(path=path if output is None else output, replace=True, ledger=ledger_path).check()
    with Ledger.open(ledger_path, read_only=True) as ledger:
        made = back_up(ledger, path)
    if setting.json:
        setting.print_json({"output": str(path), **_counts(made)})
        return
    said = Label(
        zh=f"已备份到 {path}，核对无误：档案 {made.files} 份，记录 {made.acts} 项；核对行（请抄存别处）：",
        en=f"copied to {path} and checked: {made.files} files, {made.acts} acts",
    )
    click.echo(setting.say(said))
    click.echo(made.anchor)


@click.command("restore", cls=LocalizedCommand)
@click.argument("copy", metavar="COPY")
@click.option("--yes", is_flag=True, help="Put the present ledger aside without asking.")
@basic
def restore_command(setting: Setting, copy: str, yes: bool) -> None:
    """Put COPY in the place of the ledger, which is put aside under another name and never deleted.

    The copy is checked first, and one that is not what was recorded is refused; COPY itself stays as it is.
    A ledger on a server is restored by pg_restore.
    """
    from recruitment.ledger.backup import require_copy, restore

    path = _file_of(setting, "pg_restore")
    require_copy(Path(copy), path)
    if path.exists() and not yes and not _agreed(setting, path):
        return
    made = restore(Path(copy), path, today=_day(setting))
    if setting.json:
        aside = None if made.aside is None else str(made.aside)
        setting.print_json({"ledger": str(made.path), "aside": aside, **_counts(made)})
        return
    if made.aside is not None:
        click.echo(
            setting.say(Label(zh=f"原台账改存为 {made.aside}", en=f"the ledger that was there is now {made.aside}"))
        )
    said = Label(
        zh=f"已从 {copy} 恢复：档案 {made.files} 份，记录 {made.acts} 项",
        en=f"restored from {copy}: {made.files} files, {made.acts} acts",
    )
    click.echo(setting.say(said))


def _day(setting: Setting) -> date:
    """Today, for a name: without opening the ledger, which may be one that cannot be read any more."""
    return evolve(setting, on_ledger=False).today


def _file_of(setting: Setting, tool: str) -> Path:
    """The file of the ledger.

    Raises:
        BadInput: it is on a server.
    """
    from recruitment.ledger.stores.opening import ledger_file

    path = ledger_file(setting.db)
    if path is None:
        raise BadInput.of(
            "--db",
            Label(
                zh=f"此台账在 PostgreSQL 服务器上，请用 {tool}",
                en=f"this ledger is on a PostgreSQL server; use {tool}",
            ),
        )
    return path


def _agreed(setting: Setting, path: Path) -> bool:
    """Ask at a terminal; anywhere else nothing is restored over a ledger without --yes.

    Raises:
        BadInput: it cannot be asked.
    """
    if setting.json or not interactive():
        raise BadInput.of(
            "restore",
            Label(
                zh=f"{path} 已有台账，未作恢复；加上 --确认写入，原台账改名保存后再恢复",
                en=f"there is a ledger at {path}, and nothing was restored; with --yes it is put aside first",
            ),
        )
    question = Label(
        zh=f"{path} 已有台账，是否改名保存后恢复？",
        en=f"There is a ledger at {path}. Put it aside and restore the copy?",
    )
    return click.confirm(setting.say(question))


def _counts(made: LedgerCopy) -> dict[str, object]:
    return {"files": made.files, "acts": made.acts, "anchor": made.anchor}
