"""Commands that look ahead and write nothing: plan, due."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.base.natural import natural_key
from recruitment.cli.choices import read_code
from recruitment.cli.evidence_options import merged
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import names_option, on_ledger, read_option_day
from recruitment.cli.setting import Setting

if TYPE_CHECKING:
    from recruitment.forecast.deadlines import Deadline, EndOfPeriod, Grouping
    from recruitment.forecast.plan.steps import Plan
    from recruitment.record.acts import Act
    from recruitment.record.case import Case

YEARS_AHEAD = 6
"""Years of meetings that a branch's year is laid out for; no course that is still to come takes longer."""


@click.command("plan", cls=LocalizedCommand)
@click.argument("file")
@click.option("--by", "wish", metavar="DATE", help="The day on which --for is wished for: work back from it.")
@click.option(
    "--for", "goal", metavar="ACT", help="The act wished for; the next decision on the person's standing if left out."
)
@click.option(
    "--meetings",
    multiple=True,
    metavar="DAYS",
    help="Days of the general meeting, YYYY-MM-DD,…; of another body, BODY=YYYY-MM-DD,…; or a file as year.toml.",
)
@click.option(
    "--what-if",
    "suppositions",
    multiple=True,
    metavar="ACT=DATE[:OUTCOME]",
    help="Plan as if this had been done, too; or an act as JSON. May be repeated, in the order of the acts.",
)
@on_ledger
def plan_command(
    setting: Setting,
    file: str,
    wish: str | None,
    goal: str | None,
    meetings: tuple[str, ...],
    suppositions: tuple[str, ...],
) -> None:
    """Plan the acts of FILE that are still to come: the first and the last lawful day of each, and the rule behind it.

    Nothing is written, and nothing is promised that a meeting or a committee decides. Exit code 1 where a wish cannot
    be had, or where what --what-if supposes would be refused.

    recruitment plan 2026-0001 --meetings 2027-03-26,2027-06-25

    recruitment plan 2026-0001 --by 2027-09-24 --for admission_meeting
    """
    from recruitment.engine.bound import BoundCase
    from recruitment.forecast.plan.planner import plan, suppose

    editions = setting.editions
    case = setting.office(read_only=True).case(file)
    held = _meetings(setting, meetings)
    supposed = suppose(editions, case, [_supposition(text) for text in suppositions], today=setting.today)
    if supposed.refused is not None:
        _refused(setting, supposed.refused)
        click.get_current_context().exit(1)
    if wish is None and goal is not None:
        raise BadInput.of("--by", Label(zh="请写明希望办理的日期，如 2027-09-24", en="say by which day, as YYYY-MM-DD"))
    if wish is not None and not supposed.case.state.ended:
        found = _wished(setting, supposed.case, wish, goal, held)
    else:
        found = plan(editions, supposed.case, today=setting.today, meetings=held)
    from attrs import evolve

    found = evolve(found, supposed=supposed.acts)
    rulebook = BoundCase(editions, supposed.case).edition_on(setting.today)
    if setting.json:
        from recruitment.presentation.plan_words import plan_data

        setting.print_json(plan_data(found, editions, rulebook))
    else:
        from recruitment.cli.tables import plans as plan_tables

        plan_tables.plan_table(setting, found, rulebook)
    if found.goal is not None and not found.goal.possible:
        click.get_current_context().exit(1)


def _wished(setting: Setting, case: Case, wish: str, goal: str | None, held: dict[str, Sequence[date]]) -> Plan:
    from recruitment.forecast.plan.planner import default_goal, wished

    code = read_code(goal) if goal else default_goal(setting.editions, case, today=setting.today)
    day = read_option_day(wish, "--by")
    return wished(setting.editions, case, code, day, today=setting.today, meetings=held)


def _refused(setting: Setting, ruling: Any) -> None:
    """Report a supposition that would be refused, as `why` does."""
    from recruitment.presentation.json_data import day_data, ruling_data

    if setting.json:
        days = day_data(ruling, setting.editions, today=setting.today)
        setting.print_json({**ruling_data(ruling, setting.editions), **days})
        return
    from recruitment.cli.tables import rulings as tables

    tables.why(setting, ruling)


def _supposition(text: str) -> Act:
    """An act as `--what-if` gives it: ACT=DATE, ACT=DATE:OUTCOME, or a JSON object.

    Raises:
        BadInput: it cannot be read.
    """
    from recruitment.formats.dossier.documents import read_act

    if text.lstrip().startswith("{"):
        import json

        try:
            data = json.loads(text)
        except ValueError as error:
            raise BadInput.of(
                "--what-if", Label(zh=f"JSON 无法读取：{error}", en=f"the JSON cannot be read: {error}")
            ) from None
        return read_act(data)
    act, equals, rest = text.partition("=")
    if not equals:
        raise BadInput.of(
            "--what-if",
            Label(zh=f"“{text}”应写成 程序=日期 或 程序=日期:结果", en=f"{text!r} is not ACT=DATE or ACT=DATE:OUTCOME"),
        )
    on, _, outcome = rest.partition(":")
    data = {"act": read_code(act.strip()), "on": read_option_day(on.strip(), "--what-if").isoformat()}
    if outcome:
        data["outcome"] = merged("outcome", (outcome,), data["act"])
    return read_act(data)


def _meetings(setting: Setting, given: tuple[str, ...]) -> dict[str, Sequence[date]]:
    """The days of meetings, by body or act.

    Raises:
        BadInput: a day, a body or a file that cannot be read.
    """
    held: dict[str, Sequence[date]] = {}
    for text in given:
        if Path(text).suffix == ".toml":
            from recruitment.law.branch_year import decision_days as held_in
            from recruitment.law.branch_year import occasions
            from recruitment.rulebooks.load import load_year

            rulebook = setting.editions.on(setting.today)
            end = date(setting.today.year + YEARS_AHEAD, 12, 31)
            held.update(held_in(occasions(load_year(setting.editions, text), rulebook, setting.today, end)))
            continue
        body, *days = _EQUALS.split(text, maxsplit=1)
        body = _body(setting, body.strip()) if days else "general_meeting"
        read = [
            read_option_day(day.strip(), "--meetings") for day in _COMMA.split(days[0] if days else text) if day.strip()
        ]
        held[body] = sorted((*held.get(body, ()), *read))
    return held


_EQUALS = re.compile("[=＝:：]")
_COMMA = re.compile("[,，、;；]")


def _body(setting: Setting, typed: str) -> str:
    """The body that decides, from its code or what people call it.

    Raises:
        BadInput: no procedure is decided by it.
    """
    bodies = sorted({procedure.body for procedure in setting.editions.on(setting.today).procedures})
    synonyms = setting.editions.synonyms
    found = (typed,) if typed in bodies else synonyms.codes(typed, bodies)
    if len(found) == 1:
        return found[0]
    near = nearest(typed, bodies) or "general_meeting"
    known = {body: synonyms.name(body).zh for body in bodies}
    raise BadInput.of(
        "--meetings",
        Label(
            zh=f"没有由“{typed}”办理的程序；是否指{known[near]}？可用：{'、'.join(known.values())}",
            en=f"no act is decided by {typed}; did you mean {near}? known are {', '.join(bodies)}",
        ),
    )


# ------------------------------------------------------------------------------------------- due

_WITHIN = re.compile(r"([0-9]{1,4})\s*(?:(个?星期|周|w)|(个?月|m)|[天日d])?以?内?", re.ASCII)


def _within(text: str) -> timedelta:
    """A time ahead: 30d or 30天, 4w or 4周, 2个月 at 30 days each, or a number of days.

    Raises:
        BadInput: anything else.
    """
    found = _WITHIN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise BadInput.of(
            "--within",
            Label(zh=f"“{text}”应写成 30天 或 4周", en=f"{text!r} is no time ahead; write 30d or 4w"),
        )
    return timedelta(days=int(found[1]) * (7 if found[2] else 30 if found[3] else 1))


@click.command("due", cls=LocalizedCommand)
@click.option("--within", default="30d", show_default=True, metavar="TIME", help="What counts as soon: 30d, 4w.")
@click.option(
    "--by",
    "grouping",
    type=click.Choice(["person", "body", "week"]),
    help="Group by file, by the body that acts, or by week; by urgency where left out.",
)
@on_ledger
@names_option
def due_command(setting: Setting, within: str, grouping: Grouping | None, named: bool) -> None:
    """List what is due in all files of the ledger: periods that end, what is overdue, due soon, waits, and comes later.

    The end of a year of cultivation and of probation is told 60 days ahead, until what follows is done.

    recruitment due --within 60d --by body
    """
    from recruitment.forecast.deadlines import deadlines, ends_of_periods, group_by_person
    from recruitment.forecast.milestones import AHEAD

    time = _within(within)
    found: list[Deadline] = []
    ends: list[EndOfPeriod] = []
    for case in setting.office(read_only=True).cases():
        found += deadlines(setting.editions, case, today=setting.today, within=time)
        ends += ends_of_periods(setting.editions, case, today=setting.today, within=max(time, AHEAD))
    ends.sort(key=lambda end: (end.milestone.on, natural_key(end.file)))
    groups = group_by_person(found, grouping)
    rulebook = setting.editions.on(setting.today)
    if setting.json:
        from recruitment.presentation.plan_words import deadlines_data

        setting.print_json(deadlines_data(groups, ends, rulebook, setting.today, named=named))
        return
    from recruitment.cli.tables import plans as plan_tables

    plan_tables.due(setting, groups, ends, rulebook, grouping=grouping, named=named)
