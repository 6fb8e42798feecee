"""How the terminal lists rules and policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from recruitment.base.label import Label
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import console, headed, plain
from recruitment.law.rulebook import Policy


def rules(setting: Setting, rows: Sequence[tuple[Text, str, str, str, str]]) -> None:
    """A list of rules: name, force, acts, article, clause."""
    table = headed(
        setting.say(Label(zh="规则", en="rule")),
        setting.say(Label(zh="力度", en="force")),
        setting.say(Label(zh="程序", en="acts")),
        setting.say(Label(zh="条款", en="article")),
        setting.say(Label(zh="内容", en="clause")),
    )
    for name, *cells in rows:
        table.add_row(name, *(plain(cell) for cell in cells))
    console().print(table)


_SOURCES = {"our reading": "本库口径", "practice": "工作实践", "text": "条文"}


def policies(setting: Setting, readings: Sequence[Policy], values: Mapping[str, str]) -> None:
    """A list of policies: code, value, the default and the other values, what each decides, where that comes from."""
    table = Table(box=None, padding=(0, 1))
    for head in (
        setting.say(Label(zh="口径", en="policy")),
        setting.say(Label(zh="取值", en="value")),
        setting.say(Label(zh="可用", en="can be")),
        setting.say(Label(zh="来源", en="source")),
        setting.say(Label(zh="内容", en="what it decides")),
    ):
        table.add_column(head, no_wrap=head in ("口径", "policy"), overflow="fold")
    for policy in readings:
        default = setting.say(Label(zh=f"{policy.default}（默认）", en=f"{policy.default} (default)"))
        table.add_row(
            plain(policy.code),
            plain(values[policy.code]),
            Text("\n").join(plain(value) for value in (default, *policy.others)),
            plain(setting.say(Label(zh=_SOURCES[policy.source], en=policy.source))),
            plain(setting.say(Label(zh=policy.zh, en=policy.en))),
        )
    console().print(table)
