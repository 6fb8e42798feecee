"""How the year and its figures are shown: tables for a terminal, rows for JSON and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from rich.table import Table
from rich.text import Text

from recruitment.base.label import Label
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import console, headed, plain, who_words
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.milestone_words import NAMES

if TYPE_CHECKING:
    from recruitment.forecast.agenda import Agenda, AgendaItem
    from recruitment.forecast.statistics import Statistics

Row = tuple[str, str, Any]
"""A line of the figures: what is counted, of what, and the number."""


def agenda_table(setting: Setting, plan: Agenda, rulebook: Rulebook, *, duties: bool, named: bool) -> None:
    """The year as one table, a line an occasion, its files below it."""
    out = console()
    if not plan.sittings:
        out.print(Text(setting.say(Label(zh="这段时间没有会议或事项。", en="Nothing falls into these days."))))
        return
    table = headed(
        setting.say(Label(zh="日期", en="day")),
        setting.say(Label(zh="事项", en="what")),
        setting.say(Label(zh="办理者", en="who")),
        setting.say(Label(zh="发展党员议题", en="files on the table")),
    )
    for sitting in plan.sittings:
        occasion = sitting.occasion
        if not (duties or occasion.acts or occasion.duty.prepares):
            continue
        what = setting.say(Label(zh=occasion.duty.zh, en=occasion.duty.en))
        if occasion.topic:
            what += setting.say(Label(zh="：", en=": ")) + setting.say(
                Label(zh=occasion.topic.zh, en=occasion.topic.en)
            )
        if occasion.rest:
            what += setting.say(Label(zh="（休息日，请另定日期）", en=" (a rest day: choose another)"))
        table.add_row(
            f"{occasion.on} "
            f"{setting.say(Label(zh='一二三四五六日'[occasion.on.weekday()], en=occasion.on.strftime('%a')))}",
            plain(what),
            plain(rulebook.word(occasion.duty.body, setting.lang)),
            Text("\n").join(plain(_item(setting, item, rulebook, named=named)) for item in sitting.items),
        )
    out.print(table)
    if plan.warnings:
        out.print(
            Text(
                setting.say(Label(zh="会期与时限不能兼顾：", en="The calendar and a limit cannot both hold:")),
                style="bold",
            )
        )
    for warning in plan.warnings:
        wish = warning.wish
        who = who_words(wish.file, wish.name if named else None)
        by = setting.editions.synonyms.title(wish.by).zh if wish.by else ""
        name = rulebook.by_code[wish.act].label.words(setting.lang)
        met = (
            setting.say(Label(zh=f"最近的会议在 {warning.meeting}", en=f"the next meeting is on {warning.meeting}"))
            if warning.meeting
            else setting.say(Label(zh="期间没有会议", en="no meeting comes"))
        )
        span = setting.say(Label(zh=f"{wish.earliest} 至 {wish.latest}", en=f"{wish.earliest} and {wish.latest}"))
        out.print(
            plain(
                setting.say(
                    Label(
                        zh=f"! {who} {name}：最迟 {wish.latest}（{by}），{met}；请在 {span} 之间加开一次",
                        en=f"! {who} {name}: by {wish.latest} ({wish.by}), {met}; hold one between {span}",
                    ),
                )
            )
        )


def _item(setting: Setting, item: AgendaItem, rulebook: Rulebook, *, named: bool) -> str:
    wish = item.wish
    who = who_words(wish.file, wish.name if named else None)
    name = rulebook.by_code[wish.act].label.words(setting.lang)
    if item.role == "prepares":
        return setting.say(Label(zh=f"{who} {name}（先行听取、讨论）", en=f"{who} {name} (heard first)"))
    until = "" if wish.latest is None else setting.say(Label(zh=f"，最迟 {wish.latest}", en=f", by {wish.latest}"))
    return setting.say(
        Label(
            zh=f"{who} {name}（{wish.earliest} 起{until}）",
            en=f"{who} {name} (from {wish.earliest}{until})",
        )
    )


# ------------------------------------------------------------------------------------------- figures


def figures_data(found: Statistics, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """The figures as JSON."""
    return {"today": today.isoformat(), "edition": rulebook.code, **attrs.asdict(found)}


def _rows(setting: Setting, found: Statistics, rulebook: Rulebook) -> Iterator[Row]:
    """Every figure as a line, in one language."""
    rules = {rule.code: rule.clause.words(setting.lang) for rule in rulebook.rules}
    yield setting.say(Label(zh="档案总数", en="files in all")), "", found.files
    for standing, number in found.standings.items():
        yield setting.say(Label(zh="身份", en="standing")), rulebook.word(standing, setting.lang), number
    for end, number in found.ends.items():
        yield setting.say(Label(zh="终止", en="ended")), rulebook.word(end, setting.lang), number
    if found.away:
        yield setting.say(Label(zh="已转出、新单位尚未接收", en="transferred out, not yet taken up")), "", found.away
    for label, kinds in (
        (setting.say(Label(zh="已期满、尚未办理", en="ended, nothing done since")), found.ended),
        (setting.say(Label(zh="60天内期满", en="ends within 60 days")), found.ending),
    ):
        for kind, number in kinds.items():
            yield label, NAMES[kind].words(setting.lang), number
    names = {stage.number: setting.say(Label(zh=stage.zh, en=stage.en)) for stage in rulebook.stages}
    for stage, number in found.stages.items():
        yield setting.say(Label(zh="在办阶段", en="under way in stage")), f"{stage} {names[stage]}", number
    for stage, spread in found.spent.items():
        if spread is None:
            continue
        label = setting.say(Label(zh="阶段用时（天）", en="days in stage"))
        low, high = spread.low, spread.high
        between = (
            ""
            if low is None or high is None
            else setting.say(Label(zh=f"，半数在 {low:g}–{high:g}", en=f", half {low:g}–{high:g}"))
        )
        said = setting.say(
            Label(
                zh=f"中位 {spread.median:g}{between}，{spread.shortest}–{spread.longest}，{spread.files} 份",
                en=f"median {spread.median:g}{between}, {spread.shortest}–{spread.longest}, {spread.files} files",
            ),
        )
        yield label, f"{stage} {names[stage]}", said
    for label, counts in (
        (setting.say(Label(zh="将到期", en="falls due")), found.coming),
        (setting.say(Label(zh="已逾期", en="overdue")), found.overdue),
        (setting.say(Label(zh="待办", en="waiting")), found.waiting),
        (setting.say(Label(zh="记录中的偏差", en="breach on record")), found.late),
    ):
        for code, number in counts.items():
            title = setting.editions.synonyms.title(code).zh
            rule = Label(zh=f"{title}：{rules.get(code, '')}", en=f"{rules.get(code, '')} ({code})")
            yield label, setting.say(rule), number


def figures(setting: Setting, found: Statistics, rulebook: Rulebook) -> None:
    """The figures as a table."""
    table = Table(box=None, padding=(0, 1))
    for head, justify in (
        (setting.say(Label(zh="项目", en="figure")), "left"),
        ("", "left"),
        (setting.say(Label(zh="数目", en="number")), "right"),
    ):
        table.add_column(head, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for what, of, number in _rows(setting, found, rulebook):
        table.add_row(plain(what), plain(of), plain(number))
    console().print(table)


def figures_sheet(setting: Setting, found: Statistics, rulebook: Rulebook) -> bytes:
    """The figures as an XLSX workbook; numbers stay numbers, and no text becomes a formula."""
    import io

    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(setting.say(Label(zh="统计", en="figures")))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 70
    sheet.append(
        [
            setting.say(Label(zh="项目", en="figure")),
            setting.say(Label(zh="内容", en="of")),
            setting.say(Label(zh="数目", en="number")),
        ]
    )
    for row in _rows(setting, found, rulebook):
        sheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
