"""The help of a command in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import attrs
import click

from recruitment.base.structure.values import fields_of
from recruitment.cli import help_zh
from recruitment.cli.columns import name_table, paragraphs, wrapped_lines
from recruitment.cli.evidence_options import KEYS
from recruitment.cli.typed_words import option_names, part_name, printed
from recruitment.formats.written import core
from recruitment.law.synonyms import Synonyms
from recruitment.rulebooks.load import load_rulebooks


def command_line(command: click.Command) -> str:
    """A command as it is typed in Chinese."""
    names = load_rulebooks().synonyms.commands.get(command.name or "", ())
    return f"recruitment {printed(command.name or '', names)}"


def usage_line(command: click.Command, ctx: click.Context, width: int) -> str:
    """How the command is written, with a line break."""
    if isinstance(command, click.Group):
        return "用法：recruitment 命令 [选项] …\n"
    pieces = [
        help_zh.METAVARS.get(piece, piece)
        for param in command.get_params(ctx)
        if isinstance(param, click.Argument)
        for piece in param.get_usage_pieces(ctx)
    ]
    return "\n".join(wrapped_lines(" ".join(["用法：" + command_line(command), "[选项]", *pieces]), width)) + "\n"


def group_help(group: click.Group, ctx: click.Context, width: int) -> str:
    """The help of the whole: every command with its Chinese name and its line."""
    synonyms = load_rulebooks().synonyms
    rows = []
    for code in group.list_commands(ctx):
        name = printed(code, synonyms.commands.get(code, ()))
        rows.append((f"{name}, {code}", help_zh.COMMANDS[code][0]))
    lines = [usage_line(group, ctx, width), *paragraphs(help_zh.WHOLE, width)]
    lines += ["选项：", *name_table(option_rows(group, ctx, synonyms), width), ""]
    return "\n".join([*lines, "命令：", *name_table(rows, width)]) + "\n"


def command_help(command: click.Command, ctx: click.Context, width: int) -> str:
    """The help of one command."""
    synonyms = load_rulebooks().synonyms
    lines = [usage_line(command, ctx, width), *paragraphs(help_zh.COMMANDS[command.name or ""][1], width)]
    lines += ["选项：", *name_table(option_rows(command, ctx, synonyms), width)]
    if command.epilog:
        from recruitment.diagram.catalogue import ENTRIES

        plates = [
            (
                f"{printed(e.name, synonyms.choices[e.name])}, {e.name}",
                "须写明档案" if e.needs == "file" else e.teaches.zh,
            )
            for e in ENTRIES
        ]
        lines += ["", "图名：", *name_table(plates, width)]
    return "\n".join(lines) + "\n"


def option_rows(command: click.Command, ctx: click.Context, synonyms: Synonyms) -> Iterator[tuple[str, str]]:
    """Every option of a command: its Chinese name and its code, what it takes, and what it means."""
    params = command.get_params(ctx)
    names = option_names(synonyms, command.name or "", params)
    for param in params:
        if isinstance(param, click.Option) and not param.hidden:
            yield _option_row(command, param, names, synonyms)


def _option_row(
    command: click.Command, param: click.Option, names: Mapping[str, Sequence[str]], synonyms: Synonyms
) -> tuple[str, str]:
    shown = ", ".join(
        f"{printed(option, names[option])}, {option}" if option in names else option
        for option in sorted((*param.opts, *param.secondary_opts), key=lambda option: not option.startswith("--"))
    )
    key = (param.name or "").removeprefix("key_")
    if key != param.name:
        return shown, written_as(KEYS[key], synonyms, key)
    takes = "" if param.is_flag else _value(param, synonyms)
    text = option_text(command, max(param.opts, key=len).lstrip("-"))
    if param.show_default and isinstance(param.default, str | int):
        default = synonyms.acts.get(str(param.default), (str(param.default),))[0]
        text = f"{text.rstrip('。')}；不写即 {default}。"
    if param.required:
        text = f"{text.rstrip('。')}；必填。"
    return f"{shown} {takes}".rstrip(), text


def option_text(command: click.Command, option: str) -> str:
    """The sentence of an option; empty where there is none."""
    return help_zh.OPTIONS.get(f"{command.name}.{option}") or help_zh.OPTIONS.get(option, "")


def _value(param: click.Option, synonyms: Synonyms) -> str:
    if param.metavar:
        return help_zh.VALUES.get(param.metavar, param.metavar)
    choices = getattr(param.type, "choices", None)
    named = [synonyms.choices.get(code, (code,))[0] for code in choices or ()]
    return f"[{'|'.join(named)}]" if choices else "数字" if param.type.name.startswith("integer") else "文字"


def written_as(hint: Any, synonyms: Synonyms, key: str) -> str:
    """How a value of evidence is written, in the names of its choices and keys."""
    hint = core(hint)
    if get_origin(hint) is Literal:
        return "|".join(synonyms.name_in(key, code) for code in get_args(hint))
    if get_origin(hint) is tuple:
        inner = core(get_args(hint)[0])
        return written_as(inner, synonyms, key) + ("" if attrs.has(inner) else ",…")
    if isinstance(hint, type) and attrs.has(hint):
        return ",".join(f"{part_name(synonyms, key, part)}=…" for part in fields_of(hint))
    return {"date": "日期", "bool": "是|否", "int": "数字"}.get(getattr(hint, "__name__", ""), "文字")
