"""Commands that look after the ledger itself: verify."""

from __future__ import annotations

from typing import Any

import click
from attrs import evolve

from recruitment.base.errors import Fault, LedgerError
from recruitment.base.label import Label
from recruitment.cli.complaints import MOST_SHOWN
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import on_ledger
from recruitment.cli.setting import Setting


@click.command("verify", cls=LocalizedCommand)
@click.option(
    "--anchor",
    metavar="LINE",
    is_flag=False,
    flag_value="",
    help="Alone: print the line by which this ledger can be checked later. With such a line: check against it.",
)
@on_ledger
def verify_command(setting: Setting, anchor: str | None) -> None:
    """Check that the ledger is what was recorded in it; write nothing.

    Every act, file and setting is held against the chain, every file is replayed, and what guards the database is
    looked at. Exit code 1 where something is not as it was recorded; each place is named.

    Keep the line that --anchor prints on paper or in another system: against it a ledger is found out whose whole chain
    was made again, or in whose place an older copy was put.
    """
    from recruitment.ledger.verification import rulebooks_of_record, verify
    from recruitment.rulebooks.published import published_hashes

    try:
        office = setting.office(read_only=True)
    except LedgerError as error:
        if error.kind not in ("altered", "damaged"):
            raise
        # Settings that cannot be trusted are named among the rest; else there is nothing to look at.
        setting = evolve(setting, on_ledger=False)
        try:
            office = setting.office(read_only=True)
        except LedgerError:
            _print_faults(setting, (Fault("", error.label),))
            click.get_current_context().exit(1)
    known = rulebooks_of_record(setting.editions, published_hashes())
    found = verify(office, of_record=known, anchor=anchor or None)
    if setting.json:
        data: dict[str, Any] = {
            "sound": found.sound,
            "files": found.files,
            "acts": found.acts,
            "settings": found.settings,
            "sealed": found.sealed,
            "since": found.since,
            "anchor": found.anchor,
            "faults": [{"where": f.where, "zh": f.label.zh, "en": f.label.en} for f in found.faults],
        }
        setting.print_json(data)
    elif not found.sound:
        _print_faults(setting, found.faults)
    else:
        click.echo(
            setting.say(
                Label(
                    zh=f"台账与登记时一致：档案 {found.files} 份，记录 {found.acts} 项",
                    en=f"the ledger is what was recorded in it: {found.files} files, {found.acts} acts",
                )
            )
        )
        if found.sealed and found.since:
            click.echo(
                setting.say(
                    Label(
                        zh=f"其中前 {found.sealed} 项登记较早，自 {found.since[:10]} 起才受保护，此前的改动查不出来",
                        en=f"the first {found.sealed} were recorded earlier and sealed on {found.since[:10]}; "
                        "what was changed before that day cannot be seen",
                    )
                )
            )
    if anchor == "" and not setting.json:
        click.echo(found.anchor)
    if not found.sound:
        click.get_current_context().exit(1)


def _print_faults(setting: Setting, faults: tuple[Fault, ...]) -> None:
    if setting.json:
        return
    for fault in faults[:MOST_SHOWN]:
        click.echo(fault.words(setting.lang))
    if len(faults) > MOST_SHOWN:
        more = len(faults) - MOST_SHOWN
        click.echo(setting.say(Label(zh=f"另有{more}处", en=f"and {more} more")))
