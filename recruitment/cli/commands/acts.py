"""The command acts: which acts there are, and what one of them takes."""

from __future__ import annotations

from collections.abc import Iterator

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.choices import EditionName, complete_act, read_code
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common
from recruitment.cli.setting import Setting
from recruitment.law.rulebook import Procedure, Rulebook
from recruitment.presentation.findings.names import chinese_number


@click.command("acts", cls=LocalizedCommand)
@click.argument("act", required=False, shell_complete=complete_act)
@click.option("--edition", type=EditionName(), metavar="NAME", help="Which edition; the one in force where left out.")
@common
def acts_command(setting: Setting, act: str | None, edition: str | None) -> None:
    """List the acts: number, name, who acts; those beside the main line in a group of their own.

    With ACT, exactly what that act takes: each field, how it is written, which rule asks for it, and an example.

    recruitment acts talk
    """
    rulebook = setting.editions.on(setting.today) if edition is None else _named(setting, edition)
    if act is None:
        _list(setting, rulebook)
        return
    code = read_code(act, tuple(rulebook.by_code))
    from recruitment.cli.act_help import ActHelp

    told = ActHelp(rulebook=rulebook, code=code, lang=setting.lang, synonyms=setting.editions.synonyms)
    if setting.json:
        setting.print_json({"edition": rulebook.code, "form": told.form, "example": told.example()})
        return
    for line in told.lines(click.get_current_context().make_formatter().width):
        click.echo(line)


def _named(setting: Setting, edition: str) -> Rulebook:
    try:
        return setting.editions.named(edition)
    except KeyError:
        names = [rulebook.code for rulebook in setting.editions.rulebooks]
        raise BadInput.of(
            "--edition",
            Label(
                zh=f"没有“{edition.removesuffix('版')}”版；已知：{'、'.join(names)}",
                en=f"there is no edition {edition}; known are {', '.join(names)}",
            ),
        ) from None


def _list(setting: Setting, rulebook: Rulebook) -> None:
    if setting.json:
        rows = [
            {"number": act.number or None, "act": act.code, "stage": act.stage or None, "zh": act.zh, "en": act.en}
            | {"body": act.body}
            for act in rulebook.by_code.values()
        ]
        setting.print_json({"edition": rulebook.code, "acts": rows})
        return
    from recruitment.cli.columns import width_of

    acts = [(act, act.label.words(setting.lang), rulebook.word(act.body, setting.lang)) for act in _acts(rulebook)]
    names = max(width_of(name) for _, name, _ in acts)
    bodies = max(width_of(body) for _, _, body in acts)
    before: int | None = None
    for act, name, body in acts:
        if act.stage != before:
            click.echo(("" if before is None else "\n") + _heading(setting, rulebook, act.stage))
            before = act.stage
        columns = name + " " * (names - width_of(name)), body + " " * (bodies - width_of(body))
        click.echo(f"  {act.number or '':>2}  {columns[0]}  {columns[1]}  {click.style(act.code, dim=True)}")
    click.echo()
    click.echo(
        setting.say(
            Label(zh="一项程序要填什么：recruitment 手续 程序", en="what one act takes: recruitment acts ACT"),
        )
    )


def _acts(rulebook: Rulebook) -> Iterator[Procedure]:
    yield from rulebook.procedures
    yield from rulebook.detours


def _heading(setting: Setting, rulebook: Rulebook, number: int) -> str:
    for stage in rulebook.stages:
        if stage.number == number:
            return setting.say(Label(zh=f"第{chinese_number(number)}阶段 {stage.zh}", en=f"Stage {number}: {stage.en}"))
    return setting.say(Label(zh="主线以外", en="Beside the main line"))
