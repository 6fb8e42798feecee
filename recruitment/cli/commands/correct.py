"""The command that sets a wrong entry right: correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.base.structure.values import fields_of
from recruitment.cli.evidence_options import collect, evidence_options, known_key, parse_option, read_day_text
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import by_option, clerk, interactive, on_ledger
from recruitment.cli.setting import Setting
from recruitment.cli.typed_words import key_name
from recruitment.formats.dossier.documents import act_data, read_act
from recruitment.presentation.json_data import ruling_data
from recruitment.record.acts import ACTS, Correct, File
from recruitment.rulebooks.load import load_rulebooks

if TYPE_CHECKING:
    from recruitment.engine.ruling import Ruling
    from recruitment.record.acts import Act
    from recruitment.record.case import Case

FACTS = ("name", "born", "branch", "mobile", "expelled_on")


@click.command("correct", cls=LocalizedCommand)
@click.argument("file")
@click.argument("index", type=click.IntRange(min=0), required=False, metavar="[INDEX]")
@click.option("--why", metavar="TEXT", help="Why the entry is corrected; asked of every correction.")
@click.option("--on", metavar="DATE", help="The day of the act as it should have been entered.")
@click.option("--strike", is_flag=True, help="Strike the entry out; it stays visible in the history.")
@click.option("--unset", multiple=True, metavar="KEY", help="A key that should not have been entered; may be repeated.")
@click.option("--fact", metavar="KEY=VALUE", help=f"Instead of INDEX: a fact of the file ({', '.join(FACTS)}).")
@click.option("--corrected-on", metavar="DATE", help="The day of the correction; today where left out.")
@click.option(
    "--as-it-was",
    metavar="REASON",
    help="Write it although a later act becomes unlawful, for this reason: the breach stays, marked.",
)
@click.option("--yes", is_flag=True, help="Write it; without this the difference is shown and you are asked.")
@by_option
@evidence_options
@on_ledger
def correct_command(
    setting: Setting,
    file: str,
    index: int | None,
    why: str | None,
    on: str | None,
    strike: bool,
    unset: tuple[str, ...],
    fact: str | None,
    corrected_on: str | None,
    as_it_was: str | None,
    yes: bool,
    recorded_by: str | None,
    **given: Any,
) -> None:
    """Correct entry INDEX of FILE, as `history` numbers it, or one fact of the file; nothing is ever deleted.

    What is given replaces what the entry says, key by key. Everything after it is judged again, and what changes is
    shown before anything is written.

    recruitment correct 2026-0001 1 --on 2026-09-20 --why 日期笔误
    """
    office = setting.office()
    case = office.case(file)
    wrong = case.acts[index].code if index is not None and 0 <= index < len(case.acts) else None
    evidence = collect(given, setting.editions, wrong if wrong in ACTS else None)
    if on is not None:
        evidence["on"] = read_day_text(on, "--on")
    day = read_day_text(corrected_on, "--corrected-on") if corrected_on else setting.today.isoformat()
    data = {"act": "correct", "on": day, "reason": why or ""}
    if as_it_was is not None:
        if not as_it_was.strip():
            raise BadInput.of("--as-it-was", Label(zh="请写明理由", en="say the reason for which it is recorded"))
        data["as_it_was"] = as_it_was
    data |= _what(case, index, fact, evidence, strike=strike, unset=unset)
    if not (why or "").strip():
        raise BadInput.of("--why", Label(zh="请写明更正的理由", en="say why the entry is corrected"))
    act = read_act(data)
    ruling = office.why(file, act, today=setting.today)
    written = False
    if ruling.admitted and (yes or _agreed(setting, ruling)):
        decision = office.advance(
            file, act, today=setting.today, recorded_by=clerk(recorded_by), expected=len(case.acts)
        )
        ruling, written = decision.ruling, decision.recorded
    if setting.json:
        setting.print_json({"recorded": written, **ruling_data(ruling, setting.editions)})
    else:
        if yes or not ruling.admitted or not interactive():
            _difference(setting, ruling)
        _said(setting, ruling, written=written)
    if not ruling.admitted:
        click.get_current_context().exit(1)


def _what(
    case: Case, index: int | None, fact: str | None, evidence: dict[str, Any], *, strike: bool, unset: tuple[str, ...]
) -> dict[str, Any]:
    """What the correction names and what replaces it, as plain data.

    Raises:
        BadInput: the command line names nothing, too much, or nothing to change.
    """
    if fact is not None:
        if index is not None or strike or unset or evidence:
            raise BadInput.of(
                "--fact",
                Label(
                    zh="一次只更正一项记录或档案的一栏", en="correct an entry or a fact of the file, not both at once"
                ),
            )
        typed, *text = re.split("[=＝:：]", fact, maxsplit=1)
        key = known_key(typed, FACTS)
        if not text or key not in FACTS:
            names = "、".join(key_name(load_rulebooks().synonyms, each) for each in FACTS)
            raise BadInput.of(
                "--fact",
                Label(
                    zh=f"请写成 栏目=内容，栏目为{names}之一",
                    en=f"write it as KEY=VALUE with one of {', '.join(FACTS)}",
                ),
            )
        return {"field": key, "with": parse_option(text[0], fields_of(File)[key][1], "--fact")}
    if index is None:
        raise BadInput.of(
            "INDEX",
            Label(
                zh="请写明更正第几项（见 recruitment 历史），或用 --档案事项 更正档案的一栏",
                en="say which entry is wrong (see recruitment history), or --fact KEY=VALUE",
            ),
        )
    if strike:
        if evidence or unset:
            raise BadInput.of(
                "--strike",
                Label(zh="撤销与更正不能同时进行，请任选其一", en="strike an entry out or correct it, not both"),
            )
        return {"index": index, "with": None}
    if not evidence and not unset:
        raise BadInput.of(
            "correct",
            Label(
                zh="请写明应有的内容（如 --日期 2026-09-01），或用 --作废 撤销",
                en="say what the entry should be (--on DATE, evidence), or --strike",
            ),
        )
    return {"index": index, "with": _instead(case, index, evidence, unset)}


def _instead(case: Case, index: int, evidence: Mapping[str, Any], unset: tuple[str, ...]) -> dict[str, Any]:
    """The current entry with what is given replaced, tables key by key; the day of entry is the correction's."""
    standing: Act | None = case.acts[index] if index < len(case.acts) else None
    if standing is None or isinstance(standing, Correct):
        return {"act": "apply", "on": "2000-01-01"}  # refused where the entry is looked for
    data = act_data(standing)
    data.pop("recorded", None)
    for typed in unset:
        if data.pop(known_key(typed, data), None) is None:
            raise BadInput.of(f"--unset {typed}", Label(zh="该项记录中没有这一内容", en="the entry does not say it"))
    for key, value in evidence.items():
        old = data.get(key)
        data[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return data


def _agreed(setting: Setting, ruling: Ruling) -> bool:
    """Ask at a terminal, the difference shown first; anywhere else nothing is written without --yes."""
    if setting.json or not interactive():
        return False
    _difference(setting, ruling)
    return click.confirm(setting.say(Label(zh="登记这一更正？", en="Write the correction?")))


def _difference(setting: Setting, ruling: Ruling) -> None:
    from recruitment.cli.tables import rulings as tables

    if ruling.changes:
        tables.changes_table(setting, ruling.changes)
    else:
        click.echo(setting.say(Label(zh="其余各项的判断没有变化。", en="No finding changes.")))


def _said(setting: Setting, ruling: Ruling, *, written: bool) -> None:
    if not ruling.admitted:
        from recruitment.cli.tables import rulings as tables

        tables.refusal_lines(setting, ruling)
    elif written:
        click.echo(
            setting.say(
                Label(
                    zh=f"已更正，记为第 {len(ruling.case.acts)} 项；原记录仍可用 recruitment 历史 查看。",
                    en=f"Corrected, as entry {len(ruling.case.acts)}; the old entry stays in the history.",
                ),
            )
        )
    else:
        click.echo(
            setting.say(
                Label(zh="未写入任何内容；加上 --确认写入 即可登记。", en="Nothing was written; add --yes to write it.")
            )
        )
