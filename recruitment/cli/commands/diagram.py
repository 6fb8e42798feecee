"""The command diagram: a plate of the catalogue, or the progress of a file, in every format."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve
from click.shell_completion import CompletionItem

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.choices import EditionName
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting
from recruitment.diagram.catalogue import BY_NAME, ENTRIES, entry_of, plate
from recruitment.diagram.output.page_sizes import PAPERS

if TYPE_CHECKING:
    from recruitment.diagram.canvas.plate import Plate

FORMS = ("svg", "png", "pdf", "dot", "mermaid", "html")


class _PlateName(click.ParamType[str]):
    """The name of a plate; which there are is said by the catalogue, in one sentence where it is wrong."""

    name = "plate"
    choices = tuple(BY_NAME)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The names that go on from what was typed, each with what it teaches."""
        if incomplete and not incomplete.isascii():
            return [CompletionItem(e.label.zh, help=e.teaches.zh) for e in ENTRIES if e.label.zh.startswith(incomplete)]
        found = [entry for entry in ENTRIES if entry.name.startswith(incomplete)]
        return [CompletionItem(entry.name, help=entry.teaches.en) for entry in found]


_PLATES = "\b\nPlates:\n" + "\n".join(
    f"  {entry.name:<9} {entry.label.zh} {entry.label.en}{' (needs FILE)' * (entry.needs == 'file')}"
    for entry in ENTRIES
)


@click.command("diagram", cls=LocalizedCommand, epilog=_PLATES)
@click.argument("file", required=False)
@click.option(
    "--plate",
    "name",
    type=_PlateName(),
    metavar="NAME",
    help="Which picture, as listed below; course where left out, and file where FILE is given.",
)
@click.option(
    "--edition",
    type=EditionName(),
    metavar="NAME",
    help="The edition that is drawn, with a local one as 2014+guizhou-2015; the one in force where left out.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), help="By the ending of PATH where left out, and SVG without one."
)
@click.option(
    "--paper", type=click.Choice(tuple(PAPERS)), help="Fitted to a sheet in landscape; in its own size where left out."
)
@output_option("Where to write; standard output where left out.")
@click.option("--id", "titled", is_flag=True, help="Write the file's id on the picture.")
@common
def diagram_command(
    setting: Setting,
    file: str | None,
    name: str | None,
    edition: str | None,
    form: str | None,
    paper: str | None,
    output: Output,
    titled: bool,
) -> None:
    """Draw a plate of the course and its rules, or how far FILE has come: done, open, waiting, undone, ended.

    Formats: svg, png and pdf are drawn by Graphviz; html is a page to open and print; dot and mermaid are text.
    """
    from recruitment.diagram.output.showing import Picture, output_form

    setting = evolve(setting, on_ledger=file is not None)
    entry = entry_of(name or ("course" if file is None else "file"))
    if (entry.needs == "file") != (file is not None):
        raise BadInput.of(
            "--plate",
            Label(zh="“档案进度”图须写明档案，其他图不写档案", en="the plate file needs a FILE, and the others none"),
        )
    if titled and file is None:
        raise BadInput.of("--id", Label(zh="只用于档案的图", en="it belongs to the picture of a FILE"))
    wanted = output_form(None if output.printed else output.path, form)
    if paper is not None and wanted == "mermaid":
        raise BadInput.of(
            "--paper",
            Label(zh="Mermaid 自行排版，不写 --纸张", en="Mermaid lays a picture out by itself; leave it out"),
        )
    target = output.file(setting, private=file is not None)
    if file is None:
        in_force = setting.editions.on(setting.today).code
        made = plate(setting.editions, entry.name, setting.lang, edition=edition, in_force=in_force)
    elif edition is not None:
        raise BadInput.of(
            "--edition",
            Label(
                zh="档案按其适用的版本绘制，不写 --适用版本",
                en="a file is drawn by the edition that it is judged by; leave it out",
            ),
        )
    else:
        made = file_picture(setting, setting.office(read_only=True).case(file), titled=titled)
    picture = Picture(made, entry.teaches.words(setting.lang), paper)
    if wanted not in ("dot", "mermaid"):
        warn_of_fonts(setting, picture.dot, wanted)
    with quietly():
        content = picture.content(wanted)
    if target is None:
        click.echo(content, nl=False)
        return
    target.write(content)
    if setting.json:
        setting.print_json({"output": output.path, "format": wanted})
    else:
        click.echo(setting.say(Label(zh=f"已写入 {output.path}", en=f"written to {output.path}")))


def warn_of_fonts(setting: Setting, source: str, form: str) -> None:
    """Say on standard error what is wrong with a drawing of this DOT for want of a font, before it is made."""
    from recruitment.diagram.output.drawing import engines
    from recruitment.diagram.output.fonts import font_warning

    warning = font_warning(source, form) if engines() else None
    if warning is not None:
        click.echo(warning.words(setting.lang), err=True)


@contextmanager
def quietly() -> Iterator[None]:
    """Keep to itself what the fonts' library writes of its own settings, past Python, on the officer's terminal."""
    try:
        held = os.dup(2)
    except OSError:  # nothing is listening there
        yield
        return
    try:
        sys.stderr.flush()
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(held, 2)
        os.close(held)


def file_picture(setting: Setting, case: Any, *, titled: bool = False) -> Plate:
    """The progress of a file as a plate, with all that lies ahead of it."""
    from recruitment.diagram.api import file_on_day

    return plate(
        setting.editions, "file", setting.lang, held=file_on_day(setting.editions, case, setting.today, titled=titled)
    )
