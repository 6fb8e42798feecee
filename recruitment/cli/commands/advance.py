"""Commands that ask for an act of a file: open, advance, why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from recruitment.base.errors import BadInput, Conflict, Fault
from recruitment.base.label import Label, Lang
from recruitment.base.structure.values import dump, fields_of
from recruitment.cli.choices import EditionName, WordChoice, complete_act, read_code
from recruitment.cli.evidence_options import collect, evidence_options, merged, parse_option, read_day_text
from recruitment.cli.localized import ActCommand, LocalizedCommand
from recruitment.cli.options import by_option, clerk, interactive, on_ledger, read_option_day
from recruitment.cli.recorded_data import recorded_data
from recruitment.cli.setting import Setting
from recruitment.cli.usage_errors import in_chinese
from recruitment.engine.judging import judge_new_entry
from recruitment.forecast.status import status_of
from recruitment.formats.dossier.documents import read_act, read_file
from recruitment.presentation.json_data import day_data, ruling_data
from recruitment.record.acts import ACTS, ConversionMeeting, File

if TYPE_CHECKING:
    from recruitment.engine.ruling import Ruling
    from recruitment.ledger.office import Decision, Office
    from recruitment.record.acts import Act


# ------------------------------------------------------------------------------------------- open

FIRST_ACTS = ("apply", "admit_directly", "recognize_posthumously")
"""The acts by which a file may begin."""


@click.command("open", cls=LocalizedCommand)
@click.argument("file")
@click.option("--name", metavar="TEXT", help="Name of the applicant.")
@click.option("--born", metavar="DATE", help="Date of birth.")
@click.option("--mobile", is_flag=True, help="A mobile (floating) person.")
@click.option(
    "--edition", type=EditionName(), metavar="NAME", help="Pin one edition; by the date of each act where left out."
)
@click.option(
    "--overlay",
    "overlays",
    type=EditionName(),
    multiple=True,
    metavar="NAME",
    help="A local edition to add; may be repeated.",
)
@click.option("--member-of", metavar="youth_league,…", help="Mass organizations the person belongs to.")
@click.option("--student", metavar="yes|no", help="Whether the person is a student.")
@click.option("--registered-at-school", metavar="yes|no", help="Whether a student is registered at school.")
@click.option("--on", metavar="DATE", help="The day of the first act.")
@click.option(
    "--act",
    metavar="ACT",
    default=FIRST_ACTS[0],
    show_default=True,
    help=f"The first act, where the person comes in by another door: {', '.join(FIRST_ACTS)}.",
)
@by_option
@evidence_options
@on_ledger
def open_command(setting: Setting, file: str, on: str | None, act: str, recorded_by: str | None, **given: Any) -> None:
    """Open FILE with the application, procedure 1, or another first act: no file is without one.

    recruitment open 2026-0001 --name 申请人甲 --born 2001-05-04 --branch name=示例第一党支部
    --on 2026-09-01 --tie study --unit with_organization --papers application_letter
    """
    facts: dict[str, Any] = {"id": file, "acts": []}
    for key in ("name", "edition"):
        if given.get(key):
            facts[key] = given[key]
    if given.get("born"):
        facts["born"] = read_day_text(given["born"], "--born")
    if given["overlays"]:
        facts["overlays"] = list(given["overlays"])
    if given["mobile"]:
        facts["mobile"] = True
    if given.get("member_of"):
        facts["member_of"] = parse_option(given["member_of"], fields_of(File)["member_of"][1], "--member-of") or []
    for key in ("student", "registered_at_school"):
        if given.get(key):
            facts[key] = parse_option(given[key], bool, f"--{key.replace('_', '-')}")
    act = read_code(act, FIRST_ACTS)
    evidence = collect(given, setting.editions, act)
    branch = {**dump(setting.recorded.branch), **evidence.pop("branch", {})}
    if branch:
        facts["branch"] = branch
    opened, _ = read_file(facts)
    first = _act(act, on, evidence, setting)
    decision = setting.office(create=True).open(opened, first, today=setting.today, recorded_by=clerk(recorded_by))
    _answer(setting, decision)


def _act(code: str, on: str | None, evidence: dict[str, Any], setting: Setting, *, ask: bool = True) -> Act:
    """The act that the options and the JSON describe together; where they contradict each other, neither is taken.

    A day that is not given is asked for at a terminal, if `ask`.

    Raises:
        BadInput: they do, or the act cannot be read.
    """
    given = dict(evidence)
    on = on and read_day_text(on, "--on")
    names = {"act": "程序", "on": "日期"}
    for key, said in (("act", code), ("on", on)):
        written = given.pop(key, None)
        if written is not None and said is not None and written != said:
            raise BadInput.of(
                "--evidence",
                Label(
                    zh=f"其中{names[key]}为 {written}，命令行为 {said}，请只写一处",
                    en=f"it says {key} {written}, the command line says {said}; say it once",
                ),
            )
        if key == "on":
            on = said or written
    if code == ConversionMeeting.code and given.get("outcome") is None:
        words = setting.editions.synonyms
        known = ConversionMeeting.outcomes
        raise BadInput.of(
            "--outcome",
            Label(
                zh=f"请写明结果：{'、'.join(words.name(each).zh for each in known)}",
                en=f"say how it ended: {', '.join(known)}",
            ),
        )
    return read_act({"act": code, "on": on or _asked_day(setting, code, ask=ask), **given})


def _asked_day(setting: Setting, code: str, *, ask: bool = True) -> str:
    """The day of an act, asked for at a terminal; never assumed, since one wrong day spoils a file."""
    if not ask or not interactive() or setting.json:
        raise BadInput.of(
            "--on", Label(zh="请写明办理日期，如 2026-09-01", en="say the day on which the act was done, as YYYY-MM-DD")
        )
    rulebook = setting.editions.on(setting.today)
    name = rulebook.by_code[code].label.words(setting.lang) if code in rulebook.by_code else code

    def day(text: str) -> str:
        try:
            return read_option_day(text.strip(), name).isoformat()
        except BadInput as error:
            raise click.BadParameter(error.words(setting.lang)) from None

    question = setting.say(Label(zh=f"“{name}”的日期 (YYYY-MM-DD)", en=f"day of: {name} (YYYY-MM-DD)"))
    return str(click.prompt(question, value_proc=day))


# ------------------------------------------------------------------------------------------- advance


@click.command("advance", cls=ActCommand)
# The shell cannot tell the last file from the act, so acts are offered for both.
@click.argument("files", nargs=-1, metavar="FILE…", shell_complete=complete_act)
@click.argument("act", shell_complete=complete_act)
@click.option("--on", metavar="DATE", help="The day on which the act was done.")
@click.option(
    "--each", multiple=True, metavar="FILE:KEY=VALUE", help="Evidence of one of several files; may be repeated."
)
@click.option("--together", is_flag=True, help="Several files: record the act on all of them, or on none.")
@click.option("--expected", type=click.IntRange(min=0), metavar="N", help="Acts the file held when you looked.")
@click.option("--again", is_flag=True, help="Record the same act of the same day and content once more.")
@click.option("--no-input", is_flag=True, help="Never ask at the terminal.")
@by_option
@evidence_options
@on_ledger
def advance_command(
    setting: Setting,
    files: tuple[str, ...],
    act: str,
    on: str | None,
    each: tuple[str, ...],
    together: bool,
    expected: int | None,
    again: bool,
    no_input: bool,
    recorded_by: str | None,
    **given: Any,
) -> None:
    """Record ACT of FILE, if the rules admit it. ACT is a code or a number from 1 to 25.

    What ACT takes: recruitment acts ACT, or recruitment advance FILE ACT --help.

    Evidence comes as options, as a JSON object (--evidence), or is asked for at a terminal.

    recruitment advance 2026-0001 talk --on 2026-09-20 --talkers role=branch_secretary

    Of several FILEs, as one meeting decides on several people, each is recorded for itself, or all --together. What
    the options say holds for all of them, and --each (in JSON an object under "each") for one, table by table:

    recruitment advance A B admission_meeting --on 2026-09-20 --ballot should_attend=12,attended=11
    --each A:ballot=for=10,against=1 --each B:ballot=for=7,against=4
    """
    if not files:
        missing = click.MissingParameter(param_hint="'ACT'", param_type="argument")
        context = click.get_current_context()
        raise in_chinese(missing, context) if setting.lang == "zh" else missing
    code = read_code(act)
    office = setting.office()
    if len(files) > 1:
        _together(setting, office, files, code, on, each, given, together, expected, clerk(recorded_by), again)
        return
    (file,) = files
    evidence = _evidence(setting, files, each, given, code)[file]
    if no_input or setting.json or not interactive():
        asked = _act(code, on, evidence, setting)
    else:
        asked = _ask(setting, office, file, code, on, evidence)

    def record(*, again: bool) -> Decision:
        return office.advance(
            file, asked, today=setting.today, recorded_by=clerk(recorded_by), expected=expected, again=again
        )

    try:
        decision = record(again=again)
    except Conflict as error:
        if error.kind != "repeat" or no_input or setting.json or not interactive():
            raise
        click.echo(error.words(setting.lang))
        if not click.confirm(setting.say(Label(zh="再登记一次？", en="record it once more?"))):
            raise
        decision = record(again=True)
    _answer(setting, decision)


def _evidence(
    setting: Setting, files: tuple[str, ...], each: tuple[str, ...], given: dict[str, Any], code: str
) -> dict[str, dict[str, Any]]:
    """The evidence of each file: what holds for all, and its own over it."""
    evidence = collect(given, setting.editions, code)
    written = evidence.pop("each", None)
    if not each and written is None:
        return dict.fromkeys(files, evidence)
    from recruitment.cli.commands.meeting import over, own_evidence

    return {file: over(evidence, own) for file, own in own_evidence(files, each, written, code).items()}


def _together(
    setting: Setting,
    office: Office,
    files: tuple[str, ...],
    code: str,
    on: str | None,
    each: tuple[str, ...],
    given: dict[str, Any],
    together: bool,
    expected: int | None,
    recorded_by: str | None,
    again: bool,
) -> None:
    """Record one act on several files; nothing is asked for, and nothing written before everything can be read."""
    from recruitment.cli.commands.meeting import print_answers

    if expected is not None:
        raise BadInput.of(
            "--expected",
            Label(zh="只用于一份档案；登记多份时请去掉", en="it speaks of one file; leave it out for several"),
        )
    evidence = _evidence(setting, files, each, given, code)
    acts: list[tuple[str, Act]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            acts.append((file, _act(code, on, evidence[file], setting, ask=False)))
        except BadInput as error:
            faults += [fault.within(file) if "--" not in fault.where else fault for fault in error.faults]
    if faults:
        raise BadInput({(fault.where, fault.label.en): fault for fault in faults}.values())
    decisions = office.advance_together(acts, today=setting.today, recorded_by=recorded_by, whole=together, again=again)
    print_answers(setting, decisions, together=together)


def _ask(setting: Setting, office: Office, file: str, code: str, on: str | None, evidence: dict[str, Any]) -> Act:
    """Ask at the terminal for the day, for the outcome, and for what the rules find missing, key by key.

    What is asked for is what the file lacks as it is read first; the act is judged on the file as it is then.
    An empty answer leaves a key unknown. An outcome is never assumed here: a failed vote must not pass for a success.
    """
    from recruitment.cli.evidence_options import KEYS, option_form
    from recruitment.cli.help_writing import written_as
    from recruitment.ledger.codec import entering

    case = office.case(file)
    on = on or evidence.pop("on", None) or _asked_day(setting, code)
    outcomes = ACTS[code].outcomes
    if outcomes and "outcome" not in evidence:
        words = setting.editions.on(setting.today)
        choices = [setting.editions.synonyms.name(one).zh for one in outcomes]
        label = setting.say(Label(zh=f"结果（{'、'.join(choices)}）", en=f"outcome ({', '.join(outcomes)})"))
        evidence["outcome"] = click.prompt(label, type=WordChoice(*outcomes))
        click.echo(words.word(evidence["outcome"], setting.lang))
    asked: set[str] = set()
    while True:
        act = _act(code, on, evidence, setting)
        ruling = judge_new_entry(setting.editions, case, entering(act, setting.today)[0], today=setting.today)
        lacks = {path.split(".")[0].split("[")[0] for finding in ruling.unknown for path in finding.check.lacks}
        keys = (lacks & KEYS.keys() & set(fields_of(ACTS[code]))) - evidence.keys() - asked
        if not keys:
            return act
        # Each answer may settle others: who met says what the branch has, so the branch is asked about last.
        key = min(keys, key=lambda each: (each == "branch", each))
        asked.add(key)
        name = setting.editions.named(ruling.edition).word(key, setting.lang)
        form = option_form(KEYS[key])
        if setting.lang == "zh":
            form = written_as(KEYS[key], setting.editions.synonyms, key)
        label = f"{name} [{form}]"
        read = partial(_answered, key, code, setting.lang)
        answer = click.prompt(label, default="", show_default=False, value_proc=read)
        if answer is not None:
            evidence[key] = answer


def _answered(key: str, code: str, lang: Lang, text: str) -> Any:
    """What was typed for a key; None for an empty answer. What cannot be read is asked for again."""
    try:
        return merged(key, (text,), code) if text.strip() else None
    except BadInput as error:
        raise click.BadParameter(error.words(lang)) from error


def _answer(setting: Setting, decision: Decision) -> None:
    """Print what became of an act: what was recorded, what is possible now and what falls due; or why not."""
    if not decision.recorded:
        _refused(setting, decision.ruling)
        click.get_current_context().exit(1)
    if setting.json:
        setting.print_json(recorded_data(setting, decision))
        return
    from recruitment.cli.tables import rulings as tables

    tables.recorded_line(setting, decision, status_of(setting.editions, decision.case, today=setting.today))


def _refused(setting: Setting, ruling: Ruling) -> None:
    if setting.json:
        days = day_data(ruling, setting.editions, today=setting.today)
        setting.print_json({"recorded": False, **ruling_data(ruling, setting.editions), **days})
        return
    from recruitment.cli.tables import rulings as tables

    tables.refusal_lines(setting, ruling)


# ------------------------------------------------------------------------------------------- why


@click.command("why", cls=ActCommand)
@click.argument("file")
@click.argument("act", shell_complete=complete_act)
@click.option("--on", metavar="DATE", help="The day it would be done; today where left out.")
@click.option("--advice", is_flag=True, help="Findings of mere advice, too.")
@evidence_options
@on_ledger
def why_command(setting: Setting, file: str, act: str, on: str | None, advice: bool, **given: Any) -> None:
    """List every condition of ACT on FILE, met or not, with its article; write nothing.

    Exit code 1 where the act would be refused.
    """
    code = read_code(act)
    evidence = collect(given, setting.editions, code)
    if on is None and "on" not in evidence:
        on = setting.today.isoformat()
    asked = _act(code, on, evidence, setting)
    ruling = setting.office(read_only=True).why(file, asked, today=setting.today)
    if setting.json:
        days = day_data(ruling, setting.editions, today=setting.today)
        setting.print_json({**ruling_data(ruling, setting.editions, advice=advice), **days})
    else:
        from recruitment.cli.tables import rulings as tables

        tables.why(setting, ruling, advice=advice)
    if not ruling.admitted:
        click.get_current_context().exit(1)
