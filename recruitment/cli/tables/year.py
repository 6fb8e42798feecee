"""How the year and its figures are shown: tables for a terminal, rows for JSON and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from rich.table import Table
from rich.text import Text

from recruitment.cli.options import Setting
from recruitment.cli.tables.rulings import console, headed, plain
from recruitment.law.rulebook import Rulebook

if TYPE_CHECKING:
    from recruitment.forecast.agenda import Agenda, AgendaItem
    from recruitment.forecast.statistics import Statistics

Row = tuple[str, str, Any]
"""A line of the figures: what is counted, of what, and the number."""


def agenda_table(setting: Setting, plan: Agenda, rulebook: Rulebook, *, duties: bool) -> None:
    """The year as one table, a line an occasion, its files below it."""
    out = console()
    if not plan.sittings:
        out.print(Text(setting.say("这段时间没有会议或事项。", "Nothing falls into these days.")))
        return
    table = headed(
        setting.say("日期", "day"),
        setting.say("事项", "what"),
        setting.say("办理者", "who"),
        setting.say("发展党员议题", "files on the table"),
    )
    for sitting in plan.sittings:
        occasion = sitting.occasion
        if not (duties or occasion.acts or occasion.duty.prepares):
            continue
        what = setting.say(occasion.duty.zh, occasion.duty.en)
        if occasion.topic:
            what += setting.say("：", ": ") + setting.say(occasion.topic.zh, occasion.topic.en)
        if occasion.rest:
            what += setting.say("（休息日，请另定日期）", " (a rest day: choose another)")
        table.add_row(
            f"{occasion.on} {setting.say('一二三四五六日'[occasion.on.weekday()], occasion.on.strftime('%a'))}",
            plain(what),
            plain(rulebook.word(occasion.duty.body, setting.lang)),
            Text("\n").join(plain(_item(setting, item, rulebook)) for item in sitting.items),
        )
    out.print(table)
    if plan.warnings:
        out.print(Text(setting.say("会期与时限不能兼顾：", "The calendar and a limit cannot both hold:"), style="bold"))
    for warning in plan.warnings:
        wish = warning.wish
        name = rulebook.by_code[wish.act].label.words(setting.lang)
        met = (
            setting.say(f"最近的会议在 {warning.meeting}", f"the next meeting is on {warning.meeting}")
            if warning.meeting
            else setting.say("期间没有会议", "no meeting comes")
        )
        span = setting.say(f"{wish.earliest} 至 {wish.latest}", f"{wish.earliest} and {wish.latest}")
        out.print(
            plain(
                setting.say(
                    f"! {wish.file} {name}：最迟 {wish.latest}（{wish.by}），{met}；请在 {span} 之间加开一次",
                    f"! {wish.file} {name}: by {wish.latest} ({wish.by}), {met}; hold one between {span}",
                )
            )
        )


def _item(setting: Setting, item: AgendaItem, rulebook: Rulebook) -> str:
    wish = item.wish
    name = rulebook.by_code[wish.act].label.words(setting.lang)
    if item.role == "prepares":
        return setting.say(f"{wish.file} {name}（先行听取、讨论）", f"{wish.file} {name} (heard first)")
    until = "" if wish.latest is None else setting.say(f"，最迟 {wish.latest}", f", by {wish.latest}")
    return setting.say(
        f"{wish.file} {name}（{wish.earliest} 起{until}）", f"{wish.file} {name} (from {wish.earliest}{until})"
    )


# ------------------------------------------------------------------------------------------- figures


def figures_data(found: Statistics, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """The figures as JSON."""
    return {"today": today.isoformat(), "edition": rulebook.code, **attrs.asdict(found)}


def _rows(setting: Setting, found: Statistics, rulebook: Rulebook) -> Iterator[Row]:
    """Every figure as a line, in one language."""
    rules = {rule.code: rule.clause.words(setting.lang) for rule in rulebook.rules}
    yield setting.say("档案总数", "files in all"), "", found.files
    for standing, number in found.standings.items():
        yield setting.say("身份", "standing"), rulebook.word(standing, setting.lang), number
    for end, number in found.ends.items():
        yield setting.say("终止", "ended"), rulebook.word(end, setting.lang), number
    names = {stage.number: setting.say(stage.zh, stage.en) for stage in rulebook.stages}
    for stage, number in found.stages.items():
        yield setting.say("在办阶段", "under way in stage"), f"{stage} {names[stage]}", number
    for stage, spread in found.spent.items():
        if spread is None:
            continue
        label = setting.say("阶段用时（天）", "days in stage")
        low, high = spread.low, spread.high
        between = (
            "" if low is None or high is None else setting.say(f"，半数在 {low:g}–{high:g}", f", half {low:g}–{high:g}")
        )
        said = setting.say(
            f"中位 {spread.median:g}{between}，{spread.shortest}–{spread.longest}，{spread.files} 份",
            f"median {spread.median:g}{between}, {spread.shortest}–{spread.longest}, {spread.files} files",
        )
        yield label, f"{stage} {names[stage]}", said
    for label, counts in (
        (setting.say("将到期", "falls due"), found.coming),
        (setting.say("已逾期", "overdue"), found.overdue),
        (setting.say("记录中的偏差", "breach on record"), found.late),
    ):
        for code, number in counts.items():
            yield label, f"{rules.get(code, '')} ({code})", number


def figures(setting: Setting, found: Statistics, rulebook: Rulebook) -> None:
    """The figures as a table."""
    table = Table(box=None, padding=(0, 1))
    for head, justify in (
        (setting.say("项目", "figure"), "left"),
        ("", "left"),
        (setting.say("数目", "number"), "right"),
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
    sheet = workbook.create_sheet(setting.say("统计", "figures"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 70
    sheet.append([setting.say("项目", "figure"), setting.say("内容", "of"), setting.say("数目", "number")])
    for row in _rows(setting, found, rulebook):
        sheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
