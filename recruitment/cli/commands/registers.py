"""Commands that write workbooks to fill in and to print: template and register."""

from __future__ import annotations

from typing import Any

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common, on_ledger
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting
from recruitment.presentation.output_file import OutputFile


@click.command("template", cls=LocalizedCommand)
@output_option("Where to write; a name that ends with .xlsx.", required=True)
@common
def template_command(setting: Setting, output: Output, **_: Any) -> None:
    """Write an empty list to fill in: headings, drop-downs, date formats, an example, and a sheet of instructions.

    recruitment template -o 台账.xlsx
    """
    from recruitment.registers.workbook import template_workbook

    file = _file(setting, output, private=False)
    _deliver(setting, file, template_workbook(setting.editions))


@click.command("register", cls=LocalizedCommand)
@click.argument("files", nargs=-1, metavar="[FILE…]")
@output_option("Where to write; a name that ends with .xlsx.", required=True)
@on_ledger
def register_command(setting: Setting, files: tuple[str, ...], output: Output, **_: Any) -> None:
    """Write the register of FILEs, or of all files of the ledger: one row a person, with evidence and what is next.

    It is read back by import and audit as any list is; reading back what was written changes nothing.

    recruitment register -o 全程纪实表.xlsx
    """
    write_register(setting, files, output)


def write_register(setting: Setting, files: tuple[str, ...], output: Output) -> None:
    """Write the register of those files, or of all.

    Raises:
        BadInput: the name is that of no workbook, or it cannot be written.
        UnknownFile: there is no such file.
    """
    from recruitment.forecast.status import status_of
    from recruitment.registers.register import RegisterFile, register
    from recruitment.registers.workbook import register_workbook

    file = _file(setting, output)
    office = setting.office(read_only=True)
    held = []
    for case in [office.case(file) for file in files] if files else office.cases():
        status = status_of(setting.editions, case, today=setting.today)
        upcoming = [item.procedure for item in status.next if item.procedure.code not in case.current][:3]
        following = Label(
            zh="；".join(f"{act.number} {act.label.zh}" for act in upcoming),
            en="; ".join(f"{act.number} {act.en}" for act in upcoming),
        )
        held.append(RegisterFile(file=case.file, acts=case.happened, next=following if upcoming else None))
    _deliver(setting, file, register_workbook(register(setting.editions, held), setting.editions))


def _file(setting: Setting, output: Output, *, private: bool = True) -> OutputFile:
    """The workbook's file.

    Raises:
        BadInput: its name is that of no workbook, or it may not be written.
    """
    named = output.path is not None and output.path.lower().endswith(".xlsx")
    file = output.file(setting, private=private) if named else None
    if file is None:
        raise BadInput.of(
            "-o",
            Label(zh="这是工作簿，文件名请以 .xlsx 结尾", en="it is a workbook; end the name with .xlsx"),
        )
    return file


def _deliver(setting: Setting, file: OutputFile, content: bytes) -> None:
    file.write(content)
    if setting.json:
        setting.print_json({"output": str(file.path)})
    else:
        click.echo(setting.say(Label(zh=f"已写入 {file.path}", en=f"written to {file.path}")))
