"""Commands that look at files and write nothing: show, list, history, rejudge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recruitment.base.natural import natural_key
from recruitment.cli.choices import EditionName, WordChoice
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import names_option, on_ledger
from recruitment.cli.setting import Setting
from recruitment.forecast.status import Status, status_of
from recruitment.formats.dossier.documents import act_data
from recruitment.law.rulebook import laid, national
from recruitment.presentation.json_data import findings_data, iso_day, nameless_evidence, rejudged_data, show_data
from recruitment.presentation.milestone_words import milestone_data

if TYPE_CHECKING:
    from recruitment.record.case import Case


@click.command("show", cls=LocalizedCommand)
@click.argument("file")
@on_ledger
@names_option
def show_command(setting: Setting, file: str, named: bool) -> None:
    """Show how far FILE has come: the 25 procedures, what is next, what is overdue."""
    office = setting.office(read_only=True)
    case = office.case(file)
    view = status_of(setting.editions, case, today=setting.today)
    findings = office.current_findings(file)
    trusted = [finding for finding in findings if finding.on_trust]
    breaches = [finding for finding in findings if finding.value == "unmet"]
    if setting.json:
        shown = show_data(view, view.rulebook)
        shown["milestones"] = [milestone_data(milestone) for milestone in view.milestones]
        shown["on_trust"] = findings_data(trusted, setting.editions)
        shown["breaches"] = findings_data(breaches, setting.editions)
        if named:
            shown["name"] = case.file.name if isinstance(case.file.name, str) else None
        setting.print_json(shown)
        return
    from recruitment.cli.tables import files as file_tables

    file_tables.show(setting, view, view.rulebook, breaches=breaches, trusted=trusted, named=named)


@click.command("list", cls=LocalizedCommand)
@click.option(
    "--standing",
    type=WordChoice("applicant", "activist", "candidate", "probationary", "full", "ended"),
    help="Only files of that standing.",
)
@click.option("--overdue", "late", is_flag=True, help="Only files with something overdue.")
@click.option(
    "--waiting", "waits", is_flag=True, help="Only files with something that is to be done promptly and waits."
)
@click.option("--away", "away", is_flag=True, help="Also those who were transferred to another unit.")
@on_ledger
@names_option
def list_command(setting: Setting, standing: str | None, late: bool, waits: bool, away: bool, named: bool) -> None:
    """List the files of the ledger: standing, stage, last act, what is overdue, what waits."""
    views = [status_of(setting.editions, case, today=setting.today) for case in setting.office(read_only=True).cases()]
    views = [
        view
        for view in views
        if (standing is None or view.standing == standing)
        and (not late or view.overdue)
        and (not waits or view.waiting)
        and (away or view.away is None)
    ]
    views.sort(key=lambda view: natural_key(view.case.file.id))
    if setting.json:
        setting.print_json({"files": [_row(view, named=named) for view in views]})
        return
    from recruitment.cli.tables import files as file_tables

    file_tables.listing(setting, views, named=named)


def _row(view: Status, *, named: bool) -> dict[str, Any]:
    case: Case = view.case
    last = case.happened[-1] if case.acts else None
    row = {
        "id": case.file.id,
        "standing": view.standing,
        "stage": view.stage,
        "acts": len(case.acts),
        "last": None if last is None else {"act": last.code, "on": iso_day(last.on)},
        "overdue": [due.rule.code for due in view.overdue],
        "waiting": [
            {"rule": owed.rule.code, "act": owed.procedure.code, "since": iso_day(owed.since), "days": owed.days}
            for owed in view.waiting
        ],
        "milestones": [milestone_data(milestone) for milestone in view.milestones],
        "away": iso_day(view.away),
        "end": None if view.end is None else view.end.code,
    }
    if named:
        row["name"] = case.file.name if isinstance(case.file.name, str) else None
    return row


@click.command("history", cls=LocalizedCommand)
@click.argument("file")
@click.option("--advice", is_flag=True, help="Findings of mere advice, too.")
@click.option("--all", "everything", is_flag=True, help="Met findings, too, in the table (JSON always has them).")
@on_ledger
@names_option
def history_command(setting: Setting, file: str, everything: bool, advice: bool, named: bool) -> None:
    """Show every act of FILE with the findings of its day: edition, who entered it and when."""
    entries = setting.office(read_only=True).history(file)
    if setting.json:
        setting.print_json(
            {
                "id": file,
                "acts": [
                    {
                        "index": entry.index,
                        "seq": entry.seq,
                        "act": entry.act.code,
                        "outcome": entry.outcome,
                        "on": iso_day(entry.act.on),
                        "recorded": iso_day(entry.recorded),
                        "recorded_by": entry.recorded_by,
                        "moment": entry.moment,
                        "system_user": entry.system_user,
                        "settings": entry.settings,
                        "corrected_by": entry.corrected_by,
                        "evidence": act_data(entry.act) if named else nameless_evidence(act_data(entry.act)),
                        **({"host": entry.act.host} if named else {}),
                        "state": entry.state,
                        "edition": national(entry.edition),
                        "overlays": laid(entry.edition),
                        "book": entry.rulebook_hash,
                        "findings": findings_data(entry.findings, setting.editions, advice=advice),
                    }
                    for entry in entries
                ],
            }
        )
        return
    from recruitment.cli.tables import files as file_tables

    file_tables.history(setting, entries, everything=everything, advice=advice, named=named)


@click.command("rejudge", cls=LocalizedCommand)
@click.argument("file")
@click.option(
    "--edition",
    type=EditionName(),
    metavar="NAME",
    help="Judge every act by this edition; the file's own where left out.",
)
@click.option(
    "--overlay",
    "overlays",
    type=EditionName(),
    multiple=True,
    metavar="NAME",
    help="With this local edition instead of the file's own, or none; may be repeated.",
)
@click.option("--advice", is_flag=True, help="Findings of mere advice, too.")
@on_ledger
def rejudge_command(setting: Setting, file: str, edition: str | None, overlays: tuple[str, ...], advice: bool) -> None:
    """Compare the recorded findings of FILE with a review of its acts by other rulebooks; write nothing.

    Without --edition and --overlay: by today's rulebooks, which shows what has changed in them since. Exit code 1
    where an act would be refused.

    recruitment rejudge 2026-0001 --edition 2026
    """
    named = tuple(name for name in overlays if name != "none") if overlays else None
    found = setting.office(read_only=True).rejudge(file, today=setting.today, edition=edition, overlays=named)
    if not advice:
        found = found.without_advice()
    if setting.json:
        setting.print_json(rejudged_data(found, setting.editions))
    else:
        from recruitment.cli.tables import rejudged as comparing

        comparing.rejudged(setting, found)
    if found.refused:
        click.get_current_context().exit(1)
