"""How the terminal shows a plan and what is due: the same facts as the JSON, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recruitment.base.label import Label
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import act_name, console, plain, who_words
from recruitment.forecast.plan.steps import WARNINGS
from recruitment.forecast.status import body_of
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.milestone_words import milestone_words
from recruitment.presentation.plan_words import (
    ASSUMPTION,
    URGENCY,
    bound_words,
    condition_words,
    first_words,
    goal_words,
    note_words,
    rule_words,
)

if TYPE_CHECKING:
    from recruitment.forecast.deadlines import Deadline, EndOfPeriod, Grouping
    from recruitment.forecast.plan.steps import Plan, PlanStep


def plan_table(setting: Setting, found: Plan, rulebook: Rulebook) -> None:
    """A plan: a line an act, below it what else is to be said; the assumption once."""
    out = console()
    lang = setting.lang
    out.print(
        Text(setting.say(Label(zh=f"{found.case.file.id} 的计划", en=f"Plan of {found.case.file.id}")), style="bold")
    )
    for act, outcome, on in found.supposed:
        said = f"{act_name(rulebook, act, setting)} {on}" + (
            "" if outcome == "done" else f" ({rulebook.word(outcome, lang)})"
        )
        out.print(plain(setting.say(Label(zh=f"假设：{said}", en=f"Supposing: {said}"))))
    if found.ended:
        end = f"{rulebook.word(found.ended.code, lang)} {found.ended.on}"
        out.print(
            plain(setting.say(Label(zh=f"档案已结束（{end}），没有计划。", en=f"The file has ended ({end}); no plan.")))
        )
        return
    if not found.steps:
        out.print(Text(setting.say(Label(zh="没有待办的程序。", en="Nothing is still to come."))))
        return
    if found.goal:
        style = "bold" if found.goal.possible else "bold red"
        out.print(Text(goal_words(found.goal, found, rulebook, lang), style=style))
    table = Table(box=None, padding=(0, 1))
    table.add_column("", justify="right")
    heads = [
        setting.say(Label(zh="程序", en="Procedure")),
        setting.say(Label(zh="最早", en="Earliest")),
        setting.say(Label(zh="依据", en="By")),
        setting.say(Label(zh="最迟", en="Latest")),
        setting.say(Label(zh="依据", en="By")),
    ]
    wished = any(step.needed_by for step in found.steps)
    for head in heads:
        table.add_column(head, overflow="fold")
    if wished:
        table.add_column(setting.say(Label(zh="至迟须在", en="Needed by")))
    for step in found.steps:
        row = [
            plain(step.procedure.number),
            _what(setting, step, found, rulebook),
            plain(_day(step.earliest, provisional=step.provisional, setting=setting)),
            plain(first_words(step, setting.editions, lang)),
            plain(step.latest or ""),
            plain(bound_words(step.limits[0], setting.editions, lang) if step.limits else ""),
        ]
        if wished:
            row.append(plain(step.needed_by or ""))
        table.add_row(*row)
    out.print(table)
    out.print(Text(ASSUMPTION.words(lang), style="dim"))
    _notes(setting, found, rulebook)


def _what(setting: Setting, step: PlanStep, found: Plan, rulebook: Rulebook) -> Text:
    """The act with who acts, on what it depends, and the period it serves."""
    text = Text(f"{step.procedure.label.words(setting.lang)}")
    said = [condition_words(step, found, rulebook, setting.lang)]
    if not said[0]:
        said = [rulebook.word(body_of(step.procedure, found.case), setting.lang)]
    if step.period:
        said.append(f"{step.period[0]} – {step.period[1]}")
    text.append(setting.say(Label(zh=f"（{'；'.join(said)}）", en=f" ({'; '.join(said)})")), style="dim")
    return text


def _day(day: date | None, *, provisional: bool, setting: Setting) -> str:
    if day is None:
        return setting.say(Label(zh="不能", en="never"))
    return f"{day}{setting.say(Label(zh='（暂定）', en=' (provisional)')) if provisional else ''}"


def _notes(setting: Setting, found: Plan, rulebook: Rulebook) -> None:
    """The notes, act by act, warnings marked by a sign."""
    out = console()
    for step in found.steps:
        for note in step.notes:
            warning = note.code in WARNINGS
            head = f"{'!' if warning else '·'} {step.procedure.number} {step.procedure.label.words(setting.lang)}"
            line = Text(f"{head}{setting.say(Label(zh='：', en=': '))}", style="yellow" if warning else "")
            line.append(note_words(note, setting.editions, rulebook, setting.lang))
            out.print(Padding(line, (0, 0, 0, 1)))


def due(
    setting: Setting,
    groups: Mapping[str, Sequence[Deadline]],
    ends: Sequence[EndOfPeriod],
    rulebook: Rulebook,
    *,
    grouping: Grouping | None,
    named: bool,
) -> None:
    """Whose periods end, and what is owed, a table a group."""
    out = console()
    if ends:
        table = Table(
            title=setting.say(Label(zh="期满", en="Periods that end")),
            title_justify="left",
            title_style="bold",
            box=None,
            padding=(0, 1),
            show_header=False,
        )
        for end in ends:
            style = "bold red" if end.milestone.days < 0 else "bold"
            table.add_row(
                plain(_who(end, named=named)), Text(milestone_words(end.milestone, setting.lang), style=style)
            )
        out.print(table)
    if not groups and not ends:
        out.print(Text(setting.say(Label(zh="没有到期或者待办的事项。", en="Nothing is due."))))
        return
    for key, found in groups.items():
        table = Table(
            title=_title(setting, key, found, rulebook, grouping, named=named),
            title_justify="left",
            title_style="bold",
            box=None,
            padding=(0, 1),
            show_header=False,
        )
        for duty in found:
            row = [plain(URGENCY[duty.urgency].words(setting.lang))] if grouping else []
            since = Label(zh=f"自{duty.anchor}起已{duty.days}天", en=f"since {duty.anchor}, {duty.days} days")
            row.append(plain(duty.last_day or setting.say(since)))
            if grouping != "person":
                row.append(plain(_who(duty, named=named)))
            row.append(plain(f"{duty.procedure.number} {duty.procedure.label.words(setting.lang)}"))
            if grouping != "body":
                row.append(plain(rulebook.word(duty.body, setting.lang)))
            row.append(Text(rule_words(duty.rule, setting.editions.named(duty.edition), setting.lang), style="dim"))
            table.add_row(*row)
        out.print(table)


def _who(duty: Deadline | EndOfPeriod, *, named: bool) -> str:
    return who_words(duty.file, duty.name if named else None)


def _title(
    setting: Setting, key: str, found: Sequence[Deadline], rulebook: Rulebook, grouping: Grouping | None, *, named: bool
) -> Text:
    if grouping is None:
        return plain(URGENCY[key].words(setting.lang))
    if grouping == "person":
        return plain(_who(found[0], named=named))
    if grouping == "body":
        return plain(rulebook.word(key, setting.lang))
    return plain(
        setting.say(Label(zh="待办（应当及时）", en="waiting (to be done promptly)")) if key == "waiting" else key
    )
