"""The command that writes the training page: a chart, a walk and a quiz in one file that needs no network."""

from __future__ import annotations

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.choices import EditionName
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting


@click.command("train", cls=LocalizedCommand)
@output_option("Where to write; standard output where left out, or -.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which set of cases; the same one, the same page.")
@click.option("--questions", type=int, default=10, show_default=True, help="How many questions the quiz has.")
@click.option(
    "--edition", type=EditionName(), metavar="NAME", help="The edition that is taught; the one in force where left out."
)
@common
def train_command(setting: Setting, output: Output, seed: int, questions: int, edition: str | None) -> None:
    """Write the training page: the chart with a card of each procedure, a walk through a whole file, and a quiz.

    It is one HTML file in Chinese and English that any browser opens, without a network; --lang says in which language
    it opens. Everybody in it is invented, and no file of the ledger is read.
    """
    from recruitment.training.lesson import MOST, lesson
    from recruitment.training.page import training_page

    if not 1 <= questions <= MOST:
        raise BadInput.of(
            "--questions",
            Label(
                zh=f"题目数量须为 1 至 {MOST}，不能是 {questions}",
                en=f"a quiz has from 1 to {MOST} questions, not {questions}",
            ),
        )
    file = output.file(setting, private=False)
    editions = setting.editions
    code = editions.on(setting.today).code if edition is None else edition
    taught = lesson(editions, edition=code, seed=seed, questions=questions)
    page = training_page(editions.named(code), taught, lang=setting.lang)
    if file is None:
        click.echo(page, nl=False)
        return
    file.write(page)
    if setting.json:
        found = {"output": output.path, "edition": code, "seed": seed, "questions": len(taught["quiz"])}
        setting.print_json({**found, "bytes": len(page)})
    else:
        click.echo(
            setting.say(
                Label(zh=f"已写入 {output.path}，用浏览器打开", en=f"written to {output.path}; open it in a browser")
            )
        )
