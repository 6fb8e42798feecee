"""Commands that ask for an act of a file: open, advance, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recruitment.cli.common import Setting, by_option, clerk, common, interactive, read_code, read_day
from recruitment.cli.evidence import collect, evidence_options, parse
from recruitment.dossier import read_act, read_file
from recruitment.errors import BadInput
from recruitment.outlook import book_of, outlook
from recruitment.ruling import first_day
from recruitment.views import due_data, iso, next_data, ruling_data

if TYPE_CHECKING:
    from recruitment.facts import Act
    from recruitment.office import Decision
    from recruitment.ruling import Ruling


# ------------------------------------------------------------------------------------------- open


@click.command("open")
@click.argument("file")
@click.option("--name", metavar="TEXT", help="Name of the applicant.")
@click.option("--born", metavar="DATE", help="Date of birth.")
@click.option("--mobile", is_flag=True, help="A mobile (floating) person.")
@click.option("--edition", metavar="NAME", help="Pin one edition; by the date of each act where left out.")
@click.option("--member-of", metavar="youth_league,…", help="Mass organizations the person belongs to.")
@click.option("--student", metavar="yes|no", help="Whether the person is a student.")
@click.option("--registered-at-school", metavar="yes|no", help="Whether a student is registered at school.")
@click.option("--on", metavar="DATE", help="The day of the application.")
@by_option
@evidence_options
@common
def open_command(setting: Setting, file: str, on: str | None, recorded_by: str | None, **given: Any) -> None:
    """Open FILE with the application, procedure 1: no file is without its first act.

    recruitment open 2026-0001 --name 申请人甲 --born 2001-05-04 --branch name=示例第一党支部
    --on 2026-09-01 --tie study --unit with_organization --papers application_letter
    """
    facts: dict[str, Any] = {"id": file, "acts": []}
    for key in ("name", "born", "edition"):
        if given.get(key):
            facts[key] = given[key]
    if given["mobile"]:
        facts["mobile"] = True
    if given.get("member_of"):
        facts["member_of"] = [word for word in given["member_of"].split(",") if word not in ("", "none")]
    for key in ("student", "registered_at_school"):
        if given.get(key):
            facts[key] = parse(given[key], bool)
    evidence = collect(given)
    if "branch" in evidence:
        facts["branch"] = evidence.pop("branch")
    opened, _ = read_file(facts)
    act = _act("apply", on or _asked_day(setting, "--on"), evidence)
    decision = setting.office(create=True).open(opened, act, today=setting.today, recorded_by=clerk(recorded_by))
    _answer(setting, decision)


def _act(code: str, on: str, evidence: dict[str, Any]) -> Act:
    evidence.pop("act", None)
    return read_act({"act": code, "on": on, **evidence})


def _asked_day(setting: Setting, option: str) -> str:
    """The day of an act, asked for at a terminal; never assumed, since one wrong day spoils a file."""
    if interactive() and not setting.json:
        return str(click.prompt(setting.say("日期 (YYYY-MM-DD)", "day (YYYY-MM-DD)")))
    raise BadInput.of(option, "say the day on which the act was done, as YYYY-MM-DD", "请写明办理日期，如 2026-09-01")


# ------------------------------------------------------------------------------------------- advance


@click.command("advance")
@click.argument("file")
@click.argument("act")
@click.option("--on", metavar="DATE", help="The day on which the act was done.")
@click.option("--expected", type=click.IntRange(min=0), metavar="N", help="Acts the file held when you looked.")
@click.option("--no-input", is_flag=True, help="Never ask at the terminal.")
@by_option
@evidence_options
@common
def advance_command(
    setting: Setting,
    file: str,
    act: str,
    on: str | None,
    expected: int | None,
    no_input: bool,
    recorded_by: str | None,
    **given: Any,
) -> None:
    """Record ACT of FILE, if the rules admit it. ACT is a code or a number from 1 to 25.

    Evidence comes as options, as a JSON object (--evidence), or is asked for at a terminal.

    recruitment advance 2026-0001 talk --on 2026-09-20 --talkers role=branch_secretary
    """
    code = read_code(act)
    office = setting.office()
    office.case(file)
    evidence = collect(given)
    asked = _act(code, on or evidence.pop("on", None) or _asked_day(setting, "--on"), evidence)
    if interactive() and not no_input and not setting.json:
        asked = _ask_evidence(setting, office.why(file, asked, today=setting.today), asked, evidence)
    decision = office.advance(file, asked, today=setting.today, recorded_by=clerk(recorded_by), expected=expected)
    _answer(setting, decision)


def _ask_evidence(setting: Setting, ruling: Ruling, act: Act, evidence: dict[str, Any]) -> Act:
    """Ask for what the rules found missing in this act, key by key; an empty answer leaves it unknown."""
    from recruitment.cli.evidence import KEYS, form_of

    book = setting.books.named(ruling.edition)
    keys = {path.split(".")[0].split("[")[0] for f in ruling.unknown for path in f.check.lacks}
    own = [key for key in sorted(keys) if key in KEYS and key not in evidence and key != act.code]
    for key in own:
        question = f"{book.word(key, setting.lang)} [{form_of(KEYS[key])}]"
        text = click.prompt(question, default="", show_default=False)
        if text:
            evidence[key] = parse(text, KEYS[key])
    return _act(act.code, act.on.isoformat(), evidence) if own else act


def _answer(setting: Setting, decision: Decision) -> None:
    """Print what became of an act: what was recorded, what is possible now and what falls due; or why not."""
    ruling, books = decision.ruling, setting.books
    if not decision.recorded:
        _refused(setting, ruling)
        click.get_current_context().exit(1)
    view = outlook(books, decision.case, today=setting.today)
    book = book_of(books, decision.case, setting.today)
    if setting.json:
        setting.print_json(
            {
                "recorded": True,
                **ruling_data(ruling, books),
                "index": decision.number,
                "seq": decision.seq,
                "standing": view.standing,
                "possible": [next_data(item, book) for item in view.next],
                "due": [due_data(due) for due in view.due],
            }
        )
        return
    from recruitment.cli import tables

    tables.recorded(setting, decision, view)


def _refused(setting: Setting, ruling: Ruling) -> None:
    day = first_day(setting.books, ruling.case, ruling.act, today=setting.today)
    if setting.json:
        setting.print_json({"recorded": False, **ruling_data(ruling, setting.books), "first_day": iso(day)})
        return
    from recruitment.cli import tables

    tables.refused(setting, ruling, day)


# ------------------------------------------------------------------------------------------- why


@click.command("why")
@click.argument("file")
@click.argument("act")
@click.option("--on", metavar="DATE", help="The day it would be done; today where left out.")
@evidence_options
@common
def why_command(setting: Setting, file: str, act: str, on: str | None, **given: Any) -> None:
    """List every condition of ACT on FILE, met or not, with its article; write nothing.

    Exit code 1 where the act would be refused.
    """
    code = read_code(act)
    evidence = collect(given)
    day = read_day(on or evidence.pop("on", None) or setting.today.isoformat(), "--on")
    office = setting.office(read_only=True)
    asked = _act(code, day.isoformat(), evidence)
    ruling = office.why(file, asked, today=setting.today)
    first = first_day(setting.books, ruling.case, asked, today=setting.today)
    if setting.json:
        setting.print_json({**ruling_data(ruling, setting.books), "first_day": iso(first)})
    else:
        from recruitment.cli import tables

        tables.why(setting, ruling, first)
    if not ruling.admitted:
        click.get_current_context().exit(1)
