"""Commands that write workbooks to fill in and to print: template and register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.commands.exchange import write_private
from recruitment.cli.options import Setting, common


@click.command("template")
@click.option("--output", "-o", metavar="PATH", required=True, help="Where to write; a name that ends with .xlsx.")
@common
def template_command(setting: Setting, output: str, **_: Any) -> None:
    """Write an empty list to fill in: headings, drop-downs, date formats, an example, and a sheet of instructions.

    recruitment template -o 台账.xlsx
    """
    from recruitment.papers.workbook import template_workbook

    _deliver(setting, output, template_workbook(setting.editions))


@click.command("register")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--output", "-o", metavar="PATH", required=True, help="Where to write; a name that ends with .xlsx.")
@common
def register_command(setting: Setting, files: tuple[str, ...], output: str, **_: Any) -> None:
    """Write the register of FILEs, or of all files of the ledger: one row a person, with evidence and what is next.

    It is read back by import and audit as any list is; reading back what was written changes nothing.

    recruitment register -o 全程纪实表.xlsx
    """
    write_register(setting, files, output)


def write_register(setting: Setting, files: tuple[str, ...], output: str) -> None:
    """Write the register of those files, or of all.

    Raises:
        BadInput: the name is that of no workbook, or it cannot be written.
        UnknownFile: there is no such file.
    """
    from recruitment.forecast.status import status_of
    from recruitment.papers.register import RegisterFile, register
    from recruitment.papers.workbook import register_workbook

    _fits(output)
    office = setting.office(read_only=True)
    held = []
    for case in [office.case(file) for file in files] if files else office.cases():
        status = status_of(setting.editions, case, today=setting.today)
        upcoming = [item.procedure for item in status.next if item.procedure.code not in case.current][:3]
        following = Label(
            zh="；".join(f"{act.number} {act.zh}" for act in upcoming),
            en="; ".join(f"{act.number} {act.en}" for act in upcoming),
        )
        held.append(RegisterFile(file=case.file, acts=case.happened, next=following if upcoming else None))
    _deliver(setting, output, register_workbook(register(setting.editions, held), setting.editions))


def _fits(output: str) -> None:
    if Path(output).suffix.lower() != ".xlsx":
        raise BadInput.of(
            "-o",
            Label(zh="这是工作簿，文件名请以 .xlsx 结尾", en="it is a workbook; end the name with .xlsx"),
        )


def _deliver(setting: Setting, output: str, content: bytes) -> None:
    _fits(output)
    write_private(Path(output), content)
    if setting.json:
        setting.print_json({"output": output})
    else:
        click.echo(setting.say(Label(zh=f"已写入 {output}", en=f"written to {output}")))
