"""The command demo: the shipped invented file, step by step in a ledger of its own."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve

from recruitment.base.errors import BadInput, RecruitmentError
from recruitment.base.label import Label
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common
from recruitment.cli.setting import Setting
from recruitment.presentation.output_file import OutputFile
from recruitment.rulebooks.locate import dossiers_folder

LEDGER: Final = "demo.db"
PICTURES: Final = ("progress.svg", "progress.dot")
"""What the demo writes into its folder; one of the pictures."""


@click.command("demo", cls=LocalizedCommand)
@click.option(
    "--into", metavar="FOLDER", help="Where to put ledger and picture; a new temporary folder where left out."
)
@common
def demo_command(setting: Setting, into: str | None) -> None:
    """Show an invented file from application to full member, with one refusal, and draw a picture of it.

    The demo keeps a ledger of its own and never touches yours.
    """
    from recruitment.formats.dossier.documents import read
    from recruitment.ledger.office import Office

    folder = _folder(into)
    setting = evolve(setting, db=folder / LEDGER)
    opened, acts = read(dossiers_folder().joinpath("regular.json").read_bytes())[0]
    office: Office = setting.office(create=True, aside=True)
    steps: list[dict[str, Any]] = []
    refusal: dict[str, Any] | None = None
    for act in acts:
        if act.code == "candidate" and refusal is None:
            early = evolve(act, on=act.on - timedelta(days=2))
            refused = office.why(opened.id, early, today=setting.today)
            refusal = {"act": early.code, "on": early.on.isoformat(), "admitted": refused.admitted}
            _show_refusal(setting, refused)
        if act is acts[0]:
            decision = office.open(opened, act, today=setting.today, recorded_by="demo")
        else:
            decision = office.advance(opened.id, act, today=setting.today, recorded_by="demo")
        steps.append({"act": act.code, "on": act.on.isoformat(), "recorded": decision.recorded})
        if not setting.json:
            _step(setting, decision)
    picture = _draw(setting, folder, office.case(opened.id))
    case = office.case(opened.id)
    office.ledger.close()
    if setting.json:
        setting.print_json(
            {
                "file": opened.id,
                "standing": case.standing,
                "steps": steps,
                "refusal": refusal,
                "ledger": str(folder / LEDGER),
                "picture": str(picture),
            }
        )
        return
    word = setting.editions.rulebooks[-1].word(case.standing, setting.lang)
    click.echo("")
    click.echo(setting.say(Label(zh=f"{opened.id} 现为{word}。", en=f"{opened.id} is now: {word}.")))
    click.echo(setting.say(Label(zh=f"台账：{folder / 'demo.db'}", en=f"ledger:  {folder / 'demo.db'}")))
    click.echo(setting.say(Label(zh=f"图：{picture}", en=f"picture: {picture}")))
    click.echo(
        setting.say(
            Label(
                zh=f"接着看：recruitment 查看 {opened.id} --台账 {folder / 'demo.db'}",
                en=f"go on:   recruitment show {opened.id} --db {folder / 'demo.db'}",
            ),
        )
    )


def _folder(into: str | None) -> Path:
    """An empty place for the demo: never a ledger that is there already."""
    if into is None:
        return Path(tempfile.mkdtemp(prefix="recruitment-demo-"))
    folder = Path(into)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput.of(
            str(folder),
            Label(zh="无法建立文件夹，请另选位置", en=f"the folder cannot be made ({error.strerror}); choose another"),
        ) from None
    if any(os.path.lexists(folder / name) for name in (LEDGER, *PICTURES)):
        raise BadInput.of(
            str(folder),
            Label(zh="此处已有演示台账，请另选文件夹", en="there is a demo already; choose another folder"),
        )
    return folder


def _step(setting: Setting, decision: Any) -> None:
    rulebook = setting.editions.named(decision.ruling.edition)
    procedure = rulebook.by_code[decision.ruling.act.code]
    findings = len(decision.ruling.findings)
    sign = "✓" if decision.recorded else "✗"
    name = procedure.label.words(setting.lang)
    click.echo(
        f"{sign} {decision.ruling.act.on} {procedure.number:>2} {name}  "
        + setting.say(Label(zh=f"（{findings} 条规则）", en=f"({findings} rules judged)"))
    )


def _show_refusal(setting: Setting, ruling: Any) -> None:
    if setting.json:
        return
    from recruitment.cli.tables import rulings as tables

    click.echo("")
    click.echo(setting.say(Label(zh="若早两天办理：", en="Two days too early it would be refused:")))
    tables.refusal_lines(setting, ruling)
    click.echo("")


def _draw(setting: Setting, folder: Path, case: Any) -> Path:
    """The picture next to the ledger: SVG where an engine is there, else DOT."""
    from recruitment.cli.commands.diagram import file_picture, quietly, warn_of_fonts
    from recruitment.diagram.output import drawing

    picture = file_picture(setting, case)
    source = drawing.dot_of(picture)
    try:
        warn_of_fonts(setting, source, "svg")
        with quietly():
            content, path = drawing.render(source, "svg", title=picture.title), folder / PICTURES[0]
    except RecruitmentError:
        content, path = source.encode(), folder / PICTURES[1]
    OutputFile(path=path).write(content)
    return path
