"""How the terminal shows where a file is: what the person is, what may come next, what falls due, what waits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from recruitment.base.label import Label
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import plain
from recruitment.forecast.status import Due, ProcedureStatus, Status
from recruitment.presentation.findings.names import chinese_number, rule_name


def standing_line(setting: Setting, view: Status) -> Text:
    """What the person is, and in which stage the file is."""
    word = view.rulebook.word(view.standing, setting.lang)
    said = Label(zh=f"身份：{word}；第 {view.stage} 阶段", en=f"Standing: {word}; stage {view.stage}")
    if view.away is not None:
        said = Label(
            zh=f"{said.zh}；已于 {view.away} 转出，新单位尚未接收",
            en=f"{said.en}; transferred out on {view.away}, not yet taken up by the new unit",
        )
    return Text(setting.say(said))


def coming(setting: Setting, out: Console, view: Status) -> None:
    """Print what may come next, and what falls due."""
    rulebook = view.rulebook
    if view.next:
        table = Table(
            title=setting.say(Label(zh="接下来", en="Next")),
            title_justify="left",
            title_style="bold",
            box=None,
            padding=(0, 1),
        )
        table.add_column("", justify="right")
        table.add_column(setting.say(Label(zh="程序", en="Procedure")), overflow="fold")
        table.add_column(setting.say(Label(zh="办理者", en="Who acts")), overflow="fold")
        table.add_column(setting.say(Label(zh="最早", en="From")), overflow="fold")
        table.add_column(setting.say(Label(zh="材料", en="Papers")), overflow="fold")
        for item in view.next:
            table.add_row(
                str(item.procedure.number),
                Text.assemble(
                    plain(item.procedure.label.words(setting.lang)),
                    setting.say(Label(zh="", en=f" ({item.procedure.code})")),
                ),
                plain(rulebook.word(item.procedure.body, setting.lang)),
                str(item.first_day) if item.first_day and item.first_day > setting.today else "",
                plain(
                    setting.say(Label(zh="、", en=", ")).join(
                        rulebook.word(paper, setting.lang) for paper in item.papers
                    )
                ),
            )
        out.print(table)
    _dues(setting, out, [due for due in view.due if not due.overdue], setting.say(Label(zh="将到期", en="Falls due")))
    _dues(setting, out, view.overdue, setting.say(Label(zh="已逾期", en="Overdue")))
    if view.waiting:
        title = setting.say(Label(zh="待办（应当及时）", en="Waiting (to be done promptly)"))
        table = Table(
            title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1), show_header=False
        )
        for owed in view.waiting:
            days = Label(zh=f"自{owed.since}起已{owed.days}天", en=f"{owed.days} days since {owed.since}")
            table.add_row(
                setting.say(days),
                plain(f"{owed.procedure.number} {owed.procedure.label.words(setting.lang)}"),
                Text(rule_name(owed.rule.code, rulebook, setting.lang), style="dim"),
            )
        out.print(table)


def _dues(setting: Setting, out: Console, dues: Sequence[Due], title: str) -> None:
    if not dues:
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1), show_header=False)
    for due in dues:
        articles = due.rule.citation.articles
        where = Label(
            zh="、".join(f"第{chinese_number(int(n))}条" if n.isdigit() else n for n in articles),
            en=f"art. {', '.join(articles)}",
        )
        table.add_row(
            str(due.last_day),
            str(due.procedure.number),
            plain(due.procedure.label.words(setting.lang)),
            plain(due.rule.clause.words(setting.lang)),
            Text(setting.say(where) if articles else "", style="dim"),
        )
    out.print(table)


def sign_of(mark: ProcedureStatus) -> Text:
    """Done, held without success, presumed by a record that is not whole, or not done."""
    if mark.done:
        return Text("✓", style="green")
    if mark.done is None:
        return Text("?", style="yellow")
    return Text("✗", style="yellow") if mark.entries else Text("·", style="dim")
