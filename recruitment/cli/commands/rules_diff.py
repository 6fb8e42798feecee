"""Two editions side by side, as a table at the terminal, as JSON, or as a page to print: `rules diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.base.structure.values import dump
from recruitment.cli.choices import edition_code
from recruitment.cli.output import Output
from recruitment.cli.setting import Setting
from recruitment.law.edition_diff import Difference, RuleChange, difference
from recruitment.presentation.edition_page.page import edition_page
from recruitment.presentation.html_page import Cell, Page, html_of, markdown_of

if TYPE_CHECKING:
    from rich.text import Text

    from recruitment.law.rulebook import Rulebook

_ENDINGS: Final = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


def compare(setting: Setting, names: tuple[str, ...], form: str | None, output: Output) -> None:
    """Show what sets two editions apart, in the form asked for.

    Raises:
        BadInput: not two names, one that is no edition, or a form that is unclear.
    """
    if len(names) != 2:
        raise BadInput.of(
            "rules diff",
            Label(
                zh=f"请写明两个版本，旧版在前，如 recruitment 规则 对照 {_example(setting)}",
                en=f"name two editions, the older one first, such as recruitment rules diff {_example(setting)}",
            ),
        )
    old, new = (_edition(setting, name) for name in map(edition_code, names))
    found = difference(old, new)
    if output.path is not None and form is None and not setting.json:
        form = _ENDINGS.get(Path(output.path).suffix.lower())
        if form is None and not output.printed:
            raise BadInput.of(
                output.path,
                Label(zh="请用 --格式 md 或 --格式 网页 写明格式", en="say the form with --format md or --format html"),
            )
    if form is None:
        if output.path is not None:
            raise BadInput.of(
                "--output",
                Label(
                    zh="写成文件须加 --格式 md 或 --格式 网页", en="a page is written with --format md or --format html"
                ),
            )
        _shown(setting, found)
        return
    file = output.file(setting, private=False)
    page = edition_page(found, setting.lang)
    text = html_of(page) if form == "html" else markdown_of(page)
    if file is None:
        if setting.json:
            raise BadInput.of(
                "--json",
                Label(zh="--数据格式 与 --格式 请只用一个", en="a page and JSON are not one answer; leave one out"),
            )
        click.echo(text, nl=False)
        return
    file.write(text.encode())
    if setting.json:
        setting.print_json({"output": output.path, "format": form})
    else:
        click.echo(setting.say(Label(zh=f"已写入 {output.path}", en=f"written to {output.path}")))


def _example(setting: Setting) -> str:
    names = [rulebook.code for rulebook in setting.editions.rulebooks]
    return f"{names[0]} {names[-1]}"


def _edition(setting: Setting, name: str) -> Rulebook:
    try:
        return setting.editions.named(name)
    except KeyError:
        names = [rulebook.code for rulebook in setting.editions.rulebooks]
        near = nearest(name, names)
        raise BadInput.of(
            "rules diff",
            Label(
                zh=f"没有“{name.removesuffix('版')}”版；"
                + (f"是否指 {near}？" if near else "")
                + f"已知：{'、'.join(names)}",
                en=f"there is no edition {name}; "
                + (f"did you mean {near}? " if near else "")
                + f"known are {', '.join(names)}",
            ),
        ) from None


# ------------------------------------------------------------------------------------------- data


def _shown(setting: Setting, found: Difference) -> None:
    if setting.json:
        setting.print_json(difference_data(found))
    else:
        _print(edition_page(found, setting.lang))


def difference_data(found: Difference) -> dict[str, Any]:
    """What sets two editions apart as JSON, each rule as `rules --json` gives it."""
    old, new = found.old, found.new
    return {
        "old": _edition_data(old),
        "new": _edition_data(new),
        "procedures": [
            {
                "code": change.code,
                "number": change.procedure.number or None,
                "parts": list(change.parts),
                "old": dump(change.old) if change.old else None,
                "new": dump(change.new) if change.new else None,
            }
            for change in found.procedures
        ],
        **{
            group: [_rule_data(change, old, new) for change in getattr(found, group)]
            for group in ("added", "gone", "changed", "renumbered")
        },
        "text": dump(found.text),
        "unchanged": [change.code for change in found.unchanged],
        "policies": [{"policy": change.code, "old": change.old, "new": change.new} for change in found.policies],
    }


def _edition_data(rulebook: Rulebook) -> dict[str, Any]:
    return {
        "edition": rulebook.code,
        "zh": rulebook.zh,
        "en": rulebook.en,
        "in_force": rulebook.in_force.isoformat(),
        "until": rulebook.until.isoformat() if rulebook.until else None,
        "book": rulebook.content_hash,
    }


def _rule_data(change: RuleChange, old: Rulebook, new: Rulebook) -> dict[str, Any]:
    from recruitment.presentation.json_data import whole_rule_data

    def side(rulebook: Rulebook, rule: Any) -> dict[str, Any] | None:
        if rule is None:
            return None
        compared = [{"kind": comparison.kind, **dump(comparison)} for comparison in rule.compare]
        return {**whole_rule_data(rulebook, rule), "when": dump(rule.when), "compare": compared}

    return {
        "rule": change.code,
        "parts": list(change.parts),
        "old": side(old, change.old),
        "new": side(new, change.new),
    }


# ------------------------------------------------------------------------------------------- terminal

_STYLES: Final = {"strong": "bold", "quiet": "dim", "code": "cyan", "gone": "strike", "new": "bold underline"}


def _print(page: Page) -> None:
    """The page at the terminal: the same tables, one below the other."""
    from rich.table import Table
    from rich.text import Text

    from recruitment.cli.tables.pieces import console

    out = console()
    out.print(Text(page.title, style="bold"))
    for label, value in page.facts:
        out.print(Text.assemble((label, "bold"), "  ", _text(value, "  ")))
    out.print(Text(page.remark))
    for drawn in page.tables:
        table = Table(title=drawn.caption, title_justify="left", title_style="bold", show_lines=not drawn.quiet)
        for column in drawn.columns:
            table.add_column(column.head, overflow="fold", ratio=column.width)
        for row in drawn.rows:
            table.add_row(*(_text(inner, "\n") for inner in row))
        out.print()
        out.print(table)


def _text(lines: Cell, between: str) -> Text:
    from rich.text import Text

    text = Text()
    for n, line in enumerate(lines):
        if n:
            text.append(between)
        for run in line:
            text.append(run.text, style=_STYLES.get(run.mark, ""))
    return text
