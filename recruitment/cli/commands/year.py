"""Commands on the year of a branch: agenda, calendar, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import names_option, on_ledger, read_option_day
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting
from recruitment.forecast.status import status_of
from recruitment.presentation.json_data import iso_day

if TYPE_CHECKING:
    from recruitment.forecast.agenda import Agenda, Wish
    from recruitment.law.branch_year import Occasion

MEETINGS = ("general_meeting", "branch_committee")
"""The bodies that the agenda finds a meeting for."""


def _range(setting: Setting, start: str | None, end: str | None) -> tuple[date, date]:
    """The days asked for: from today to the end of its year where left out."""
    first = read_option_day(start, "--from") if start else setting.today
    return first, read_option_day(end, "--to") if end else date(first.year, 12, 31)


def _ranged(function: Any) -> Any:
    function = click.option("--year", metavar="FILE", help="The branch's own year, in the grammar of year.toml.")(
        function
    )
    function = click.option("--to", "end", metavar="DATE", help="Last day; the end of that year where left out.")(
        function
    )
    return click.option("--from", "start", metavar="DATE", help="First day; today where left out.")(function)


@click.command("agenda", cls=LocalizedCommand)
@_ranged
@click.option("--duties/--meetings-only", default=True, help="With the branch's other standing duties, or without.")
@on_ledger
@names_option
def agenda_command(
    setting: Setting, start: str | None, end: str | None, year: str | None, duties: bool, named: bool
) -> None:
    """The branch's year as one table: its meetings and duties, and which file must be on the table of which meeting.

    Warns where the calendar and a limit of time cannot both hold. What a meeting decides, it decides: the agenda says
    when it may, and by when it must.

    recruitment agenda --from 2027-01-01 --to 2027-12-31
    """
    from recruitment.forecast.agenda import make_agenda
    from recruitment.law.branch_year import occasions
    from recruitment.rulebooks.load import load_year

    first, last = _range(setting, start, end)
    rulebook = setting.editions.on(setting.today)
    days = tuple(occasions(load_year(setting.editions, year), rulebook, first, last))
    plan = make_agenda(days, _wishes(setting, days))
    if setting.json:
        setting.print_json(_agenda_data(plan, first, last, named=named))
        return
    from recruitment.cli.tables import year as yearly_tables

    yearly_tables.agenda_table(setting, plan, rulebook, duties=duties, named=named)


def _wishes(setting: Setting, days: tuple[Occasion, ...]) -> Iterator[Wish]:
    """What the files of the ledger need a meeting for, by their plans; none where there is no ledger yet."""
    from recruitment.forecast.agenda import Wish
    from recruitment.forecast.plan.planner import plan
    from recruitment.law.branch_year import decision_days
    from recruitment.ledger.stores.opening import ledger_stands

    if not ledger_stands(setting.db):
        return
    decided = decision_days(days)
    for case in setting.office(read_only=True).cases():
        if case.state.ended:
            continue
        for step in plan(setting.editions, case, today=setting.today, meetings=decided).steps:
            if step.procedure.body in MEETINGS and step.earliest is not None:
                yield Wish(
                    file=case.file.id,
                    name=case.file.name if isinstance(case.file.name, str) else None,
                    act=step.procedure.code,
                    earliest=step.earliest,
                    latest=step.latest,
                    by=step.latest_by,
                )


def _agenda_data(plan: Agenda, first: date, last: date, *, named: bool) -> dict[str, Any]:
    return {
        "from": iso_day(first),
        "to": iso_day(last),
        "sittings": [
            {
                "on": iso_day(sitting.occasion.on),
                "duty": sitting.occasion.duty.code,
                "item": sitting.occasion.duty.item,
                "body": sitting.occasion.duty.body,
                "zh": sitting.occasion.duty.zh,
                "en": sitting.occasion.duty.en,
                "topic": None
                if sitting.occasion.topic is None
                else {"zh": sitting.occasion.topic.zh, "en": sitting.occasion.topic.en},
                "rest_day": sitting.occasion.rest,
                "files": [{"role": item.role, **_wish_data(item.wish, named=named)} for item in sitting.items],
            }
            for sitting in plan.sittings
        ],
        "warnings": [
            {**_wish_data(warning.wish, named=named), "meeting": iso_day(warning.meeting)} for warning in plan.warnings
        ],
    }


def _wish_data(wish: Wish, *, named: bool) -> dict[str, Any]:
    return {
        "id": wish.file,
        **({"name": wish.name} if named else {}),
        "act": wish.act,
        "earliest": iso_day(wish.earliest),
        "latest": iso_day(wish.latest),
        "rule": wish.by,
    }


@click.command("calendar", cls=LocalizedCommand)
@click.argument("files", nargs=-1, metavar="[FILE…]")
@_ranged
@click.option("--no-duties", is_flag=True, help="Only the limits of the files, without the branch's year.")
@click.option("--names", "named", is_flag=True, help="Write the names into the entries, too.")
@click.option(
    "--remind",
    metavar="DAYS",
    default="30,7,1",
    show_default=True,
    help="How many days before an entry rings, at nine in the morning; none: never.",
)
@click.option(
    "--earlier",
    metavar="FILE",
    help="The earlier export, of which what is done is taken back; the file that is replaced where left out.",
)
@output_option("Where to write; standard output where left out.")
@on_ledger
def calendar_command(
    setting: Setting,
    files: tuple[str, ...],
    start: str | None,
    end: str | None,
    year: str | None,
    no_duties: bool,
    named: bool,
    remind: str,
    earlier: str | None,
    output: Output,
) -> None:
    """Write the limits of FILEs (all where left out) and the branch's year as a calendar file (.ics).

    A second export updates the first: the entries are the same ones, and what is done is taken back if the first is at
    hand: the file that is replaced (--force), or the one of --earlier.
    """
    from recruitment.law.branch_year import occasions
    from recruitment.ledger.stores.opening import ledger_stands
    from recruitment.presentation.icalendar import ics, of_file, of_occasion
    from recruitment.rulebooks.load import load_year

    target = output.file(setting, year, earlier)
    before = _sent(earlier, output)
    first, last = _range(setting, start, end)
    rulebook = setting.editions.on(setting.today)
    notices = []
    if not no_duties:
        days = occasions(load_year(setting.editions, year), rulebook, first, last)
        notices += [of_occasion(day, setting.lang, setting.today) for day in days]
    if files or ledger_stands(setting.db):
        office = setting.office(read_only=True)
        for file in files or office.ids():
            view = status_of(setting.editions, office.case(file), today=setting.today)
            notices += of_file(view, view.rulebook, setting.lang, named=named)
    content = ics(notices, today=setting.today, remind=_days_before(remind), earlier=before)
    if target is None:
        click.echo(content, nl=False)
        return
    target.write(content)
    written = content.count(b"BEGIN:VEVENT")
    if setting.json:
        setting.print_json({"output": output.path, "entries": written})
    else:
        click.echo(
            setting.say(
                Label(
                    zh=f"已写入 {output.path}，共 {written} 项",
                    en=f"written to {output.path}: {written} entries",
                )
            )
        )


def _days_before(text: str) -> tuple[int, ...]:
    """How many days before an entry rings.

    Raises:
        BadInput: it is no list of days from 0 to 366.
    """
    if text.strip() in ("none", "无", "不"):
        return ()
    found = [part.strip() for part in re.split("[,，、]", text)]
    if not all(part.isascii() and part.isdigit() and int(part) <= 366 for part in found):
        raise BadInput.of(
            "--remind",
            Label(
                zh=f"“{text}”应写成提前的天数（0至366），用逗号隔开，如 30,7,1；不提醒的写 无",
                en=f"{text!r} is no list of days; write how many days before, 0 to 366, such as 30,7,1, or none",
            ),
        )
    return tuple(int(part) for part in found)


def _sent(earlier: str | None, output: Output) -> frozenset[str]:
    """The entries of the earlier export: the file that is named, or the one that is replaced if it is a calendar.

    Raises:
        BadInput: the file that is named cannot be read, or is no calendar.
    """
    from recruitment.presentation.icalendar import sent

    if earlier is None and (output.path is None or output.printed):
        return frozenset()
    try:
        return sent(Path(earlier or output.path or "").read_bytes())
    except (OSError, ValueError):
        if earlier is None:
            return frozenset()
        raise BadInput.of(
            "--earlier",
            Label(
                zh=f"{earlier} 无法读取，或者不是日历文件；请写以前导出的 .ics 文件",
                en=f"{earlier} cannot be read, or is no calendar; name the .ics file of the earlier export",
            ),
        ) from None


@click.command("figures", cls=LocalizedCommand)
@output_option("Write a spreadsheet (.xlsx) there.")
@on_ledger
def figures_command(setting: Setting, output: Output) -> None:
    """Figures for the report to the higher committee: files by stage and standing, time spent, what is due or late."""
    from recruitment.forecast.statistics import Tally

    if output.path is not None and not output.path.lower().endswith(".xlsx"):
        raise BadInput.of("--output", Label(zh="请写以 .xlsx 结尾的文件名", en="name a file that ends in .xlsx"))
    target = output.file(setting)
    office = setting.office(read_only=True)
    rulebook = setting.editions.on(setting.today)
    tally = Tally(rulebook)
    for case in office.cases():
        tally.add(status_of(setting.editions, case, today=setting.today), office.current_findings(case.file.id))
    figures = tally.figures()
    from recruitment.cli.tables import year as yearly_tables

    if target is not None:
        target.write(yearly_tables.figures_sheet(setting, figures, rulebook))
    if setting.json:
        setting.print_json(yearly_tables.figures_data(figures, rulebook, setting.today))
        return
    yearly_tables.figures(setting, figures, rulebook)
    if target is not None:
        click.echo(setting.say(Label(zh=f"已写入 {output.path}", en=f"written to {output.path}")))
