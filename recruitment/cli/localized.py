"""Commands whose help and usage errors are in the language that was asked for, `--lang` or the locale."""

from __future__ import annotations

from collections.abc import Callable

import click

from recruitment.cli.spoken import spoken_language


class LocalizedHelp(click.Command):
    """Help in English, as it is declared, or in Chinese."""

    chinese_help: Callable[[click.Context, int], str]
    """The whole help in Chinese, in so many columns: what each kind of command has of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; what is wrong with them is said in the language that was asked for."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if spoken_language() == "en":
                raise
            from recruitment.cli.usage_errors import in_chinese

            raise in_chinese(error, ctx) from None

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage, in the language that was asked for."""
        if spoken_language() == "en":
            super().format_usage(ctx, formatter)
            return
        from recruitment.cli.help_writing import usage_line

        formatter.write(usage_line(self, ctx, formatter.width))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help, in the language that was asked for."""
        if spoken_language() == "en":
            super().format_help(ctx, formatter)
            return
        formatter.write(self.chinese_help(ctx, formatter.width))


class LocalizedCommand(LocalizedHelp):
    """A command with its help in English, as it is declared, or in Chinese."""

    def chinese_help(self, ctx: click.Context, width: int) -> str:
        """The whole help in Chinese."""
        from recruitment.cli.help_writing import command_help

        return command_help(self, ctx, width)


class ActCommand(LocalizedCommand):
    """A command on one act: its help together with an act says what that act takes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, unless they ask for the help of an act, which is then printed."""
        if not ctx.resilient_parsing and any(word in ctx.help_option_names for word in args):
            act = self._named_act(ctx, args)
            if act is not None:
                from recruitment.cli.act_help import act_help

                click.echo(act_help(self, ctx, act, spoken_language()))
                ctx.exit()
        return super().parse_args(ctx, args)

    def _named_act(self, ctx: click.Context, args: list[str]) -> str | None:
        """The act among the arguments; None where there is none, or where they cannot be read."""
        from recruitment.base.errors import BadInput
        from recruitment.cli.choices import read_code

        try:
            given, _, _ = self.make_parser(ctx).parse_args(list(args))
            return read_code(given["act"]) if isinstance(given.get("act"), str) else None
        except (click.UsageError, BadInput):
            return None
