"""Commands on the rulebooks: rules, diagram, and the shell's completion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recruitment.cli.common import Setting, common, read_code
from recruitment.errors import BadInput, nearest
from recruitment.rulebook import Rule, Rulebook

SHELLS = ("bash", "zsh", "fish")


@click.command("rules")
@click.argument("codes", nargs=-1, metavar="[RULE…]")
@click.option("--edition", metavar="NAME", help="One edition; all where left out.")
@click.option("--act", metavar="ACT", help="Only rules that speak of this act (code or number).")
@click.option("--check", is_flag=True, help="Read and proof the rulebooks anew, and say that they stand.")
@common
def rules_command(setting: Setting, codes: tuple[str, ...], edition: str | None, act: str | None, check: bool) -> None:
    """Look up the rules: code, force, acts, article, and the clause in our words."""
    books = setting.books
    chosen = [book for book in books.editions if edition in (None, book.code)]
    if not chosen:
        names = [book.code for book in books.editions]
        raise BadInput.of(
            "--edition",
            f"there is no edition {edition}; known are {', '.join(names)}",
            f"没有“{edition}”版；已知：{'、'.join(names)}",
        )
    if check:
        _checked(setting, chosen)
        return
    if act is not None:
        act = read_code(act)
    known = {rule.code for book in chosen for rule in book.rules}
    for code in codes:
        if code not in known:
            near = nearest(code, known)
            raise BadInput.of(
                "RULE",
                f"there is no rule {code}" + (f"; did you mean {near}?" if near else ""),
                f"没有“{code}”这条规则" + (f"；是否指 {near}？" if near else ""),
            )
    found = [
        (book, rule)
        for book in chosen
        for rule in book.rules
        if (not codes or rule.code in codes) and (act is None or not rule.acts or act in rule.acts)
    ]
    if setting.json:
        setting.print_json({"rules": [rule_data(book, rule) for book, rule in found]})
        return
    from recruitment.cli import tables

    tables.rules(
        setting,
        [
            (
                rule.code,
                book.word(rule.force, setting.lang),
                ", ".join(rule.acts) or setting.say("每一项", "every act"),
                f"{book.code}: {', '.join(rule.citation.articles) or '–'}",
                rule.clause.words(setting.lang),
            )
            for book, rule in found
        ],
    )


def _checked(setting: Setting, chosen: list[Rulebook]) -> None:
    """Say which rulebooks were read and proofed; a fault would have been told already."""
    if setting.json:
        setting.print_json(
            {
                "editions": [
                    {
                        "edition": book.code,
                        "in_force": book.in_force.isoformat(),
                        "book": book.content_hash,
                        "procedures": len(book.procedures),
                        "rules": len(book.rules),
                    }
                    for book in chosen
                ]
            }
        )
        return
    for book in chosen:
        click.echo(
            setting.say(
                f"{book.code}：{len(book.procedures)} 个步骤，{len(book.rules)} 条规则，{book.content_hash}，无误",
                f"{book.code}: {len(book.procedures)} procedures, {len(book.rules)} rules, {book.content_hash}, sound",
            )
        )


def rule_data(book: Rulebook, rule: Rule) -> dict[str, Any]:
    """A rule as JSON: what it is, where it stands, and when that was last checked."""
    document = book.documents[rule.citation.document]
    return {
        "rule": rule.code,
        "edition": book.code,
        "acts": list(rule.acts),
        "outcomes": list(rule.outcomes),
        "force": rule.force,
        "word": rule.word,
        "document": {"code": document.code, "zh": document.zh, "en": document.en, "number": document.number},
        "article": ", ".join(rule.citation.articles) or None,
        "zh": rule.clause.zh,
        "en": rule.clause.en,
        "kinds": [comparison.kind for comparison in rule.compare],
        "since": rule.since.isoformat() if rule.since else None,
        "checked_on": rule.checked_on.isoformat(),
        "checked_against": rule.checked_against,
    }


@click.command("diagram")
@click.argument("file", required=False)
@click.option("--plate", type=click.Choice(["course", "file"]), help="Which picture; file where FILE is given.")
@click.option("--edition", metavar="NAME", help="The edition of the course; the one in force where left out.")
@click.option(
    "--format", "form", type=click.Choice(["svg", "png", "pdf", "dot"]), help="By the ending of PATH, else SVG."
)
@click.option("--output", "-o", metavar="PATH", help="Where to write; standard output where left out.")
@click.option("--id", "titled", is_flag=True, help="Write the file's id on the picture.")
@common
def diagram_command(
    setting: Setting,
    file: str | None,
    plate: str | None,
    edition: str | None,
    form: str | None,
    output: str | None,
    titled: bool,
) -> None:
    """Draw the whole course, or the progress of FILE: done, not passed, current, blocked until a day, not yet."""
    from recruitment.cli.exchange import write_private
    from recruitment.diagram import drawing, pictures

    books = setting.books
    if (plate == "file") != (file is not None) and plate is not None:
        raise BadInput.of(
            "--plate", "the plate file needs a FILE, and the plate course none", "file 图需要 FILE，course 图不需要"
        )
    form = form or _form_of(output)
    if file is None:
        try:
            book = books.named(edition) if edition else books.on(setting.today)
        except KeyError:
            names = ", ".join(book.code for book in books.editions)
            raise BadInput.of(
                "--edition", f"there is no edition {edition}; known are {names}", f"没有“{edition}”版；已知：{names}"
            ) from None
        picture = pictures.course_plate(book, setting.lang)
    else:
        picture = file_picture(setting, setting.office(read_only=True).case(file), titled=titled)
    source = drawing.dot_of(picture)
    if form != "dot" and drawing.cjk_font_found() is False:
        click.echo(
            setting.say(
                "未找到中文字体，汉字会显示为方框；请安装中文字体，如 Debian 的 fonts-noto-cjk",
                "no Chinese font was found, so Chinese text would come out as boxes; "
                "install one, such as Debian's fonts-noto-cjk",
            ),
            err=True,
        )
    content = source.encode() if form == "dot" else drawing.render(source, form, title=picture.title)  # type: ignore[arg-type]
    if output is None or output == "-":
        click.echo(content, nl=False)
        return
    write_private(Path(output), content)
    if setting.json:
        setting.print_json({"output": output, "format": form})
    else:
        click.echo(setting.say(f"已写入 {output}", f"written to {output}"))


def _form_of(output: str | None) -> str:
    ending = Path(output).suffix.removeprefix(".").lower() if output else ""
    return ending if ending in ("svg", "png", "pdf", "dot") else "svg"


def file_picture(setting: Setting, case: Any, *, titled: bool = False) -> Any:
    """The progress of a file as a picture, each waiting procedure with its first possible day."""
    from recruitment.diagram import pictures
    from recruitment.outlook import book_of, outlook

    view = outlook(setting.books, case, today=setting.today)
    waits = {
        item.procedure.code: item.first_day
        for item in view.next
        if item.first_day is not None and item.first_day > setting.today
    }
    book = book_of(setting.books, case, setting.today)
    return pictures.file_plate(book, case, setting.lang, setting.today, waits, titled=titled)


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the completion script of a SHELL: eval "$(recruitment completion bash)"."""
    from click.shell_completion import get_completion_class

    from recruitment.cli import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "recruitment", "_RECRUITMENT_COMPLETE").source())
