"""The command `recruitment`: thin. It parses, calls the library, and prints; every decision is made elsewhere.

Commands are loaded when they are called, so that `--help` starts fast. Exit codes are the same on every command: 0
done, 1 refused or an answer that could not be written, 2 bad input or usage, 3 conflict.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import Final, NoReturn, TextIO

import click

from recruitment.cli.localized import LocalizedCommand, LocalizedHelp
from recruitment.cli.spoken import speak, spoken_language
from recruitment.presentation.printable import SIGNS_KEPT

COMMANDS: dict[str, tuple[str, str]] = {
    "open": ("advance", "Open a file with its application 建档（申请入党）"),
    "advance": ("advance", "Record an act of a file 记一项手续"),
    "correct": ("correct", "Correct a wrong entry 更正一项记录"),
    "why": ("advance", "List what an act still needs; write nothing 问一问能不能办"),
    "show": ("show", "Show how far a file has come 看一份档案"),
    "list": ("show", "List the files of the ledger 看全部档案"),
    "history": ("show", "Show every act of a file with its findings 看档案历史"),
    "rejudge": ("show", "Judge a file's record by other rulebooks 换一版规程再看"),
    "plan": ("plan", "Plan the acts of a file that are still to come 排计划"),
    "due": ("plan", "List what is due in all files, and by when 到期提醒"),
    "audit": ("audit", "Judge whole files: dossiers, ledgers, lists 审查档案"),
    "import": ("exchange", "Import dossiers, all of them or none 导入档案"),
    "template": ("registers", "Write an empty list to fill in, as a workbook 空白台账"),
    "register": ("registers", "Write the register of all files, as a workbook 全程纪实表"),
    "export": ("exchange", "Export files as a dossier 导出档案"),
    "verify": ("verify", "Check that the ledger is what was recorded in it 核对台账"),
    "settings": ("settings", "What the ledger is kept by: readings, calendar, branch 台账设置"),
    "backup": ("backup", "Copy the ledger to a new file, checked 备份台账"),
    "restore": ("backup", "Put a copy in the place of the ledger 恢复台账"),
    "merge": ("merge", "Take in the files of another ledger 合并台账"),
    "agenda": ("year", "The branch's year, and which file is on which table 年度安排"),
    "calendar": ("year", "Write limits and meetings as a calendar file 导出日历"),
    "figures": ("year", "Figures for the report to the higher committee 统计"),
    "rules": ("rules", "Look up the rules and their articles 查规则"),
    "acts": ("acts", "List the acts, and what one of them takes 各项手续要填什么"),
    "diagram": ("diagram", "Draw the course and its rules, or a file's progress 画图"),
    "train": ("train", "Write the training page: chart, walk and quiz 培训网页"),
    "demo": ("demo", "Show an invented file step by step, apart from your ledger 演示"),
    "completion": ("rules", "Print the shell's completion script 命令补全脚本"),
}
"""Each command with its module and its line of help."""


class Commands(LocalizedHelp, click.Group):
    """The commands by name, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> LocalizedCommand | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"recruitment.cli.commands.{COMMANDS[cmd_name][0]}")
        command: LocalizedCommand = getattr(module, f"{cmd_name}_command")
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, those in Chinese as the parser knows them, and the language they ask for."""
        speak(args)
        if not all(word.isascii() for word in args) and not ctx.resilient_parsing:
            typed, args = args, self._translated(ctx, args)
            speak(args, otherwise="zh" if args != typed else None)
        return super().parse_args(ctx, args)

    def context_of(self, ctx: click.Context, cmd_name: str) -> click.Context | None:
        """A context for that command under this one; None where there is no such command."""
        command = self.get_command(ctx, cmd_name)
        return None if command is None else click.Context(command, info_name=cmd_name, parent=ctx)

    def _translated(self, ctx: click.Context, args: list[str]) -> list[str]:
        from recruitment.base.errors import BadInput
        from recruitment.cli.complaints import complain
        from recruitment.cli.typed_words import translate
        from recruitment.rulebooks.load import load_rulebooks

        try:
            return translate(args, load_rulebooks().synonyms, list(COMMANDS), lambda code: self.context_of(ctx, code))
        except BadInput as error:
            asked = any(word.partition("=")[0] == "--lang" for word in args)
            ctx.exit(complain(error, spoken_language() if asked else "zh", as_json="--json" in args))

    def chinese_help(self, ctx: click.Context, width: int) -> str:
        """The whole help in Chinese."""
        from recruitment.cli.help_writing import group_help

        return group_help(self, ctx, width)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; an unknown one is answered with the nearest."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from recruitment.base.errors import nearest

            if spoken_language() == "zh":
                from recruitment.cli.usage_errors import unknown_command

                raise unknown_command(name, list(COMMANDS), ctx)
            near = nearest(name, COMMANDS)
            ctx.fail(f"there is no command {name}; " + (f"did you mean {near}?" if near else "see recruitment --help"))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"recruitment {version('member-development')}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def cli() -> None:
    """From applicant to full member in 5 stages and 25 procedures: every step judged, every refusal explained.

    发展党员工作流程：5个阶段、25个步骤；每一步都依条款判断，每一次不通过都说明理由。

    Each command takes --today DATE (RECRUITMENT_TODAY), --db FILE (RECRUITMENT_DB), --lang zh|en and --json, and
    --policy CODE=VALUE (RECRUITMENT_POLICIES) and --workdays FILE (RECRUITMENT_WORKDAYS), by which the rules are read.
    Commands and options may be typed in Chinese as well, as in recruitment 登记 2026-0001 谈话 --日期 2026-09-20.
    Exit codes: 0 done, 1 refused or an answer that could not be written, 2 bad input or usage, 3 conflict.
    """


class Gathered(io.TextIOWrapper):
    """Where an answer is gathered; `past` is where one goes that is too long for that."""

    past: TextIO


def main(arguments: list[str] | None = None) -> None:
    """Run a command line; no traceback reaches a user."""
    _open_streams()
    _clean_up_when_ended()
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors=SIGNS_KEPT)
    real = sys.stdout
    # What is not read at a terminal is gathered and written at the end: whether it can be written, and in which
    # encoding, must not change what was done nor how the command ends.
    answer = io.BytesIO()
    gathered = Gathered(answer, encoding=real.encoding or "utf-8", errors=SIGNS_KEPT, newline="")
    gathered.past = real
    terminal = real.isatty()
    if not terminal:
        sys.stdout = gathered
    try:
        code = _run(arguments)
    finally:
        sys.stdout = real
    if not terminal:
        gathered.flush()
        code = _deliver(answer.getvalue(), code)
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    try:
        code = cli.main(args=arguments, prog_name="recruitment", standalone_mode=False)
    except SystemExit as done:  # what completes a word at a prompt has answered, and leaves
        return done.code if isinstance(done.code, int) else 0
    except click.exceptions.Abort:
        click.echo("stopped; nothing was written 已停止，未作任何记录", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except Exception as error:  # noqa: BLE001 - the last line of defence: one sentence, never a traceback
        from recruitment.cli.complaints import report_unexpected

        return report_unexpected(error)
    return code if isinstance(code, int) else 0


def _deliver(answer: bytes, code: int) -> int:
    """Write the answer out, which is a failure where it cannot be done; the exit code."""
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except OSError as error:
        from recruitment.cli.output import lose_answer

        lose_answer(sys.stdout, error)
        return code if isinstance(error, BrokenPipeError) else code or 1
    return code


def _open_streams() -> None:
    """Put something in the place of the standard streams that were closed before the start.

    Nothing can be read there, and standard output refuses what is written to it. Left free, their numbers would go to
    the next files that are opened, and what is meant for a terminal would end up in a ledger.
    """
    for number, name, how in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is the one that is given out.
            os.set_inheritable(os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY), True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, how, encoding="utf-8", errors=SIGNS_KEPT, closefd=False))  # noqa: SIM115


def _clean_up_when_ended() -> None:
    """Let what was begun be taken back, and drafts be removed, when the system asks the process to end."""
    with suppress(ValueError):  # only the main thread may, and need
        for number in _ENDED_BY:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    for other in _ENDED_BY:  # to be asked again must not cut the cleaning short
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


_ENDED_BY: Final = (signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))
