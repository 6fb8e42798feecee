"""Where an answer goes: to standard output, or with `-o` to a file, and what is said where it could not go there."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TextIO

import click
from attrs import evolve, frozen

from recruitment.base.label import Label
from recruitment.cli.options import interactive
from recruitment.cli.setting import Setting
from recruitment.cli.spoken import spoken_language
from recruitment.presentation.output_file import OutputFile, refusal_reason

PRINTED: Final = (None, "-", "/dev/stdout")
"""The paths of an answer that is printed."""


@frozen
class Output:
    """What `-o` and `--force` said: where the answer goes, and whether a file that is there already is replaced."""

    path: str | None
    force: bool = False

    @property
    def printed(self) -> bool:
        """Whether the answer goes to standard output."""
        return self.path in PRINTED

    def file(self, setting: Setting, *inputs: str | Path | None, private: bool = True) -> OutputFile | None:
        """The file that the answer may be written to, or None where it is printed; asks at a terminal before replacing.

        `inputs` are what the command reads, in addition to what every command does; - is standard input.

        Raises:
            BadInput: the file may not be written.
        """
        if self.path is None or self.printed:
            return None
        from recruitment.ledger.stores.opening import ledger_file

        read = (*inputs, setting.calendar, *setting.local)
        file = OutputFile(
            path=self.path,
            private=private,
            replace=True,
            permission="--force",
            ledger=ledger_file(setting.db),
            inputs=tuple(Path("/dev/stdin" if path == "-" else path) for path in read if path is not None),
        )
        file.check()
        if self.force or (os.path.lexists(file.path) and self._agreed(setting)):
            return file
        file = evolve(file, replace=False)
        file.check()
        return file

    def _agreed(self, setting: Setting) -> bool:
        question = setting.say(
            Label(zh=f"已有 {self.path}，是否替换？", en=f"There is a file {self.path} already. Replace it?")
        )
        return not setting.json and interactive() and click.confirm(question)


def output_option(words: str, *, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `-o PATH` and `--force`, and hand it both as one `Output`."""

    def given(function: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--output", "-o", metavar="PATH", required=required, help=words)
        @click.option("--force", is_flag=True, help="Replace the file at PATH if there is one, without asking.")
        @functools.wraps(function)
        def run(*, output: str | None, force: bool, **rest: Any) -> Any:
            return function(output=Output(output, force), **rest)

        return run

    return given


def lose_answer(out: TextIO, error: OSError) -> None:
    """Say that an answer could not be written to `out`; a reader that has gone away, as `head` does, is no fault."""
    with suppress(OSError, ValueError):
        # Otherwise Python would try again, and complain, when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    if isinstance(error, BrokenPipeError):
        return
    reason = refusal_reason(error)
    sentence = Label(
        zh=f"结果无法输出（{reason.zh}）；已登记的内容不受影响",
        en=f"the answer could not be written ({reason.en}); nothing that was recorded is lost",
    )
    click.echo(sentence.words(spoken_language()), err=True)
