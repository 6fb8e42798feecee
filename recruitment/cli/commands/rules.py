"""Commands on the rulebooks: rules, and the shell's completion."""

from __future__ import annotations

from typing import Any

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label, listed
from recruitment.cli.choices import EditionName, read_code, read_rule
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook, national
from recruitment.presentation.edition_page.cells import acts_words
from recruitment.presentation.findings.citations import articles_words
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.json_data import whole_rule_data

SHELLS = ("bash", "zsh", "fish")
FORMS = ("md", "html")


@click.command("rules", cls=LocalizedCommand)
@click.argument("codes", nargs=-1, metavar="[RULE… | diff OLD NEW]")
@click.option("--edition", type=EditionName(), metavar="NAME", help="One edition; all where left out.")
@click.option(
    "--overlay",
    "overlays",
    type=EditionName(),
    multiple=True,
    metavar="NAME",
    help="With this local edition; may be repeated.",
)
@click.option("--act", metavar="ACT", help="Only rules that speak of this act (code or number).")
@click.option("--check", is_flag=True, help="Read and check all rulebooks, and report that they are sound.")
@click.option("--policies", is_flag=True, help="The readings where the text leaves room, and what they can be.")
@click.option("--format", "form", type=click.Choice(FORMS), help="With diff: a page to print; by the ending of PATH.")
@output_option("With diff: where to write the page.")
@common
def rules_command(
    setting: Setting,
    codes: tuple[str, ...],
    edition: str | None,
    overlays: tuple[str, ...],
    act: str | None,
    check: bool,
    policies: bool,
    form: str | None,
    output: Output,
) -> None:
    """Look up the rules: name, force, acts, article, and the clause in our words.

    A RULE is written by its code or its title.

    With diff, what sets two editions apart, as a table or as a page for those who teach the rules:

    recruitment rules diff 2014 2026 --lang zh -o changes.html
    """
    if codes[:1] == ("diff",):
        _diff(setting, codes[1:], form, output, others=edition is not None or act is not None or check or policies)
        return
    if form is not None or output.path is not None:
        raise BadInput.of(
            "--format" if form else "--output",
            Label(zh="只用于 recruitment 规则 对照 旧版 新版", en="it belongs to recruitment rules diff OLD NEW"),
        )
    editions = setting.editions
    if policies:
        _policies(setting, editions)
        return
    chosen = [rulebook for rulebook in editions.rulebooks if edition in (None, rulebook.code)]
    if not chosen:
        names = [rulebook.code for rulebook in editions.rulebooks]
        raise BadInput.of(
            "--edition",
            Label(
                zh=f"没有“{(edition or '').removesuffix('版')}”版；已知：{'、'.join(names)}",
                en=f"there is no edition {edition}; known are {', '.join(names)}",
            ),
        )
    chosen = [_laid_on(editions, rulebook, overlays) for rulebook in chosen]
    if check:
        _checked(setting, chosen)
        return
    if act is not None:
        act = read_code(act)
    known = {rule.code for rulebook in chosen for rule in rulebook.rules}
    known |= {code for rulebook in chosen for code, _ in rulebook.yielded}
    codes = tuple(read_rule(editions, code, known, "RULE") for code in codes)
    found = [
        (rulebook, rule)
        for rulebook in chosen
        for rule in rulebook.rules
        if (not codes or rule.code in codes) and (act is None or not rule.acts or act in rule.acts)
    ]
    if setting.json:
        rules = [whole_rule_data(rulebook, rule) for rulebook, rule in found]
        yielded = {"yielded": [row for rulebook in chosen for row in yielded_data(rulebook)]} if overlays else {}
        setting.print_json({"rules": rules, **yielded})
        return
    from recruitment.cli.tables import rules as tables
    from recruitment.cli.tables.pieces import rule_text

    chinese = setting.lang == "zh"
    tables.rules(
        setting,
        [
            (
                rule_text(setting, rulebook, rule.code),
                rulebook.word(rule.force, setting.lang),
                acts_words(rule, rulebook, "zh") if chinese else ", ".join(rule.acts) or "every act",
                f"{national(rulebook.code)}{'版' if chinese else ': '}{_articles(rule, setting)}",
                rule.clause.words(setting.lang),
            )
            for rulebook, rule in found
        ],
    )
    if codes:
        for code in sorted({code for _, rule in found for code in rule.read_as}):
            under = {rule.code: rulebook for rulebook, rule in found if code in rule.read_as}
            resting = listed((rule_name(name, under[name], setting.lang) for name in sorted(under)), setting.lang)
            click.echo(
                setting.say(
                    Label(
                        zh=f"{resting}：本库如何理解条文，见 workflows/readings.md 的 {code}",
                        en=f"{resting}: how we read the text, see {code} in workflows/readings.md",
                    )
                )
            )
    for rulebook in chosen:
        for code, why in rulebook.yielded:
            if not codes or code in codes:
                click.echo(
                    setting.say(
                        Label(
                            zh=f"{rulebook.title(code, 'zh')}（{national(rulebook.code)}版）不适用：{why.zh}",
                            en=f"{code} yields: {why.en}",
                        )
                    )
                )


def _articles(rule: Rule, setting: Setting) -> str:
    articles = rule.citation.articles
    if setting.lang == "zh":
        return articles_words(articles, "zh") if articles else "（无条款）"
    return ", ".join(articles) or "–"


def _laid_on(editions: Editions, rulebook: Rulebook, overlays: tuple[str, ...]) -> Rulebook:
    """An edition with the local editions that were asked for."""
    try:
        return editions.composed(rulebook, overlays)
    except KeyError as error:
        known = ", ".join(overlay.code for overlay in editions.overlays) or "–"
        code = error.args[0]
        raise BadInput.of(
            "--overlay",
            Label(
                zh=f"“{code}”不能用于{rulebook.code}版；已知：{known}，每个只写一次",
                en=f"{code} cannot be added to the edition {rulebook.code}; known are {known}, each named once",
            ),
        ) from None


def yielded_data(rulebook: Rulebook) -> list[dict[str, Any]]:
    """The local rules that give way to an edition, as JSON."""
    edition = national(rulebook.code)
    return [{"rule": code, "edition": edition, "zh": why.zh, "en": why.en} for code, why in rulebook.yielded]


def _diff(setting: Setting, names: tuple[str, ...], form: str | None, output: Output, *, others: bool) -> None:
    if others:
        raise BadInput.of(
            "rules diff",
            Label(
                zh="只需写两个版本，不用 --适用版本、--程序、--检查规程、--可选理解",
                en="it takes two editions, and neither --edition, --act nor --check, nor --policies",
            ),
        )
    from recruitment.cli.commands.rules_diff import compare

    compare(setting, names, form, output)


def _policies(setting: Setting, editions: Editions) -> None:
    """Every policy with the value that it has, and the others that it can have."""
    values = editions.rulebooks[-1].policies
    if setting.json:
        rows = [
            {
                "policy": policy.code,
                "value": values[policy.code],
                "default": policy.default,
                "values": list(policy.values),
                "source": policy.source,
                "zh": policy.zh,
                "en": policy.en,
            }
            for policy in editions.readings
        ]
        setting.print_json({"policies": rows})
        return
    from recruitment.cli.tables import rules as tables

    tables.policies(setting, editions.readings, values)


def _checked(setting: Setting, chosen: list[Rulebook]) -> None:
    """Say which rulebooks were read and proofed; a fault would have been reported already."""
    if setting.json:
        setting.print_json(
            {
                "editions": [
                    {
                        "edition": rulebook.code,
                        "in_force": rulebook.in_force.isoformat(),
                        "book": rulebook.content_hash,
                        "procedures": len(rulebook.procedures),
                        "rules": len(rulebook.rules),
                    }
                    for rulebook in chosen
                ]
            }
        )
        return
    for rulebook in chosen:
        procedures, rules, content = len(rulebook.procedures), len(rulebook.rules), rulebook.content_hash
        click.echo(
            setting.say(
                Label(
                    zh=f"{rulebook.code}：{procedures} 个步骤，{rules} 条规则，{content}，无误",
                    en=f"{rulebook.code}: {procedures} procedures, {rules} rules, {content}, sound",
                ),
            )
        )


@click.command("completion", cls=LocalizedCommand)
@click.argument("shell", type=click.Choice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the completion script of a SHELL: eval "$(recruitment completion bash)"."""
    from click.shell_completion import get_completion_class

    from recruitment.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "recruitment", "_RECRUITMENT_COMPLETE").source())
