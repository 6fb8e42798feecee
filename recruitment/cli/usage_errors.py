"""What the parser refuses, said in Chinese, with the names of commands, options and arguments that help prints."""

from __future__ import annotations

from typing import IO, Any

import click

from recruitment.base.errors import nearest
from recruitment.cli import help_zh
from recruitment.cli.typed_words import command_names, option_names, printed
from recruitment.law.synonyms import Synonyms
from recruitment.rulebooks.load import load_rulebooks


class ChineseUsageError(click.UsageError):
    """A usage error of which the sentence is Chinese already."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line of usage, where to read more, and the sentence."""
        from recruitment.cli.help_writing import command_line

        if self.ctx is not None:
            line = "recruitment" if isinstance(self.ctx.command, click.Group) else command_line(self.ctx.command)
            click.echo(f"{self.ctx.get_usage()}\n用法详见 {line} --帮助\n", file=file, err=True)
        click.echo(f"错误：{self.format_message()}", file=file, err=True)


def in_chinese(error: click.UsageError, ctx: click.Context) -> ChineseUsageError:
    """The same error in Chinese."""
    if isinstance(error, ChineseUsageError):
        return error
    return ChineseUsageError(_sentence(error, ctx, load_rulebooks().synonyms), error.ctx or ctx)


def _sentence(error: click.UsageError, ctx: click.Context, synonyms: Synonyms) -> str:
    names = {
        option: printed(option, words)
        for option, words in option_names(synonyms, ctx.command.name or "", ctx.command.get_params(ctx)).items()
    }
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name, names)
        return f"没有“{error.option_name}”这个选项" + (f"；是否指 {names[near]}？" if near else "")
    if isinstance(error, click.BadOptionUsage):
        param = _param(error.option_name, ctx)
        flag = isinstance(param, click.Option) and param.is_flag
        name = names.get(max(param.opts, key=len), error.option_name) if param else error.option_name
        return f"选项 {name} 后面" + ("不写内容" if flag else "要写内容")
    if isinstance(error, click.MissingParameter):
        return f"缺少{_named(error, ctx, names)}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error, ctx, names)}：{_what_fits(error, synonyms)}"
    return error.format_message().rstrip(".。")


def _param(option: str, ctx: click.Context) -> click.Parameter | None:
    return next(
        (param for param in ctx.command.get_params(ctx) if option in (*param.opts, *param.secondary_opts)), None
    )


def _named(error: click.BadParameter, ctx: click.Context, names: dict[str, str]) -> str:
    """The option or the argument that an error is about, as help prints it."""
    if isinstance(error.param, click.Option):
        longest = max(error.param.opts, key=len)
        return f"选项 {names.get(longest, longest)}"
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.make_metavar(ctx)
    told = (hint if isinstance(hint, str) else "、".join(hint or ())).strip("'")
    if told[:1] == "{" and error.param is not None:  # the choices, which follow
        told = (error.param.name or "").upper()
    return f"参数 {help_zh.METAVARS.get(told, told).strip('[]')}".rstrip()


def _what_fits(error: click.BadParameter, synonyms: Synonyms) -> str:
    """What may be written for an option; the sentence of its type where that says it."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"可以写 {'、'.join(synonyms.choices.get(code, (code,))[0] for code in kind.choices)}"
    if isinstance(kind, click.IntRange):
        least, most = kind.min, kind.max
        if most is None:
            return f"须为不小于 {least} 的整数" if least is not None else "须为整数"
        return f"须为 {least} 至 {most} 的整数" if least is not None else f"须为不大于 {most} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "须为整数"
    return error.message.rstrip(".。")


def unknown_command(typed: str, known: list[str], ctx: click.Context) -> ChineseUsageError:
    """There is no such command; the nearest is named."""
    near = nearest(typed, known)
    names = dict(command_names(load_rulebooks().synonyms, known))
    told = f"是否指 {near}（{printed(near, names[near])}）？" if near else "可用的见 recruitment --帮助"
    return ChineseUsageError(f"没有“{typed}”这个命令；{told}", ctx)
