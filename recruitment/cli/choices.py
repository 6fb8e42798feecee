"""What is named at the command line: acts, rules, editions, and the words of options with few choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.cli.spoken import spoken_language

if TYPE_CHECKING:
    from recruitment.law.editions import Editions


def complete_act(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The acts whose name or code begins so, for the shell: names where it begins in Chinese, else codes."""
    from recruitment.record.acts import ACTS
    from recruitment.rulebooks.load import load_rulebooks

    if begun and not begun.isascii():
        rulebook = load_rulebooks().rulebooks[-1]
        return [act.zh for act in rulebook.by_code.values() if act.zh.startswith(begun)]
    return [code for code in ACTS if code.startswith(begun)]


def read_code(name: str, among: Sequence[str] | None = None) -> str:
    """The code of an act, from its code, its number, its name, or a word that people use for it.

    `among` narrows the choice.

    Raises:
        BadInput: there is no such act, or several can be meant, which are named; or the nearest is.
    """
    from recruitment.record.acts import ACTS
    from recruitment.rulebooks.load import load_rulebooks

    if name in ACTS and (among is None or name in among):
        return name
    editions = load_rulebooks()
    book = editions.rulebooks[-1].by_code
    found = editions.synonyms.act_codes(name.strip().removeprefix("第").removesuffix("项"), among)
    if len(found) == 1:
        return found[0]
    if found:
        told = {code: f"{book[code].number or code} {book[code].label.zh}" for code in found if code in book}
        raise BadInput.of(
            "ACT",
            Label(
                zh=f"“{name}”可以指{'、'.join(told.values())}，请用序号指明",
                en=f"{name} can mean {' or '.join(f'{book[code].number} ({code})' for code in told)}; "
                "say which by its number",
            ),
        )
    names = {code: code for code in among or ACTS}
    names |= {word: code for code in names for word in editions.synonyms.acts.get(code, ())}
    near = nearest(name, names)
    known = "、".join(
        f"{act.number or ''}{act.label.zh}" for code, act in book.items() if among is None or code in among
    )
    raise BadInput.of(
        "ACT",
        Label(
            zh=f"没有“{name}”这一项；" + (f"是否指 {near}？" if near else f"可用：{known}"),
            en=f"there is no act {name!r}; " + (f"did you mean {near}?" if near else f"acts are {', '.join(book)}"),
        ),
    )


def read_rule(editions: Editions, typed: str, among: Iterable[str], where: str) -> str:
    """The code of a rule among those, from its code or its title.

    Raises:
        BadInput: there is no such rule, and the nearest is named, or several can be meant.
    """
    rules = sorted(among)
    if typed in rules:
        return typed
    found = editions.synonyms.rule_codes(typed, rules)
    if len(found) == 1:
        return found[0]
    raise BadInput([editions.synonyms.rule_fault(typed, rules, where)])


class WordChoice(click.ParamType[str]):
    """An option with few choices: a code, or a word that people use for it."""

    name = "word"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        """The codes, as the help shows them."""
        return f"[{'|'.join(self.choices)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code that the word means.

        Raises:
            BadParameter: it means none, or several.
        """
        from recruitment.rulebooks.load import load_rulebooks

        synonyms = load_rulebooks().synonyms
        found = synonyms.codes(str(value), self.choices)
        if len(found) == 1:
            return found[0]
        fault = synonyms.fault(str(value), self.choices, "")
        raise click.BadParameter(fault.words(spoken_language()), ctx, param)


class EditionName(click.ParamType[str]):
    """An edition or a local edition by its code, or as people write it: 2026版, 2014版+贵州."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The code; what means none of the shipped ones stays as it is, and may be one of the unit's own."""
        return edition_code(str(value))


def edition_code(typed: str) -> str:
    """The code of an edition as people write it; what means none of the shipped ones stays as it is."""
    from recruitment.law.synonyms import codes_named
    from recruitment.rulebooks.load import load_rulebooks

    editions = load_rulebooks()
    named: list[tuple[str, tuple[str, ...]]]
    named = [(each.code, (each.code, f"{each.code}年", each.zh, each.en)) for each in editions.rulebooks]
    named += [(each.code, (each.code, each.zh, each.en)) for each in editions.overlays]
    read = []
    for part in typed.replace("＋", "+").split("+"):
        found = codes_named(part.strip().removesuffix("版"), named) if not part.isascii() else ()
        read.append("none" if part.strip() == "无" else found[0] if len(found) == 1 else part)
    return "+".join(read)
