"""Commands that exchange files with other applications: import and export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from attrs import evolve

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.written_days import without_day
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import by_option, clerk, on_ledger
from recruitment.cli.output import Output, output_option
from recruitment.cli.setting import Setting
from recruitment.formats.dossier.documents import read_path, write_text
from recruitment.formats.dossier.entries import Entry
from recruitment.presentation.json_data import findings_data, ruling_data


@click.command("import", cls=LocalizedCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--dry-run", is_flag=True, help="Judge everything and write nothing.")
@click.option("--on-trust", metavar="REASON", help="Let unknown bars and incomplete files through, for this reason.")
@click.option(
    "--as-it-was",
    metavar="REASON",
    help="Record what was unlawful as it was, for this reason: the breach stays, marked. Only acts from before the "
    "file was opened in the ledger.",
)
@click.option("--skip-refused", is_flag=True, help="Leave out the files that are refused, and import the others.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; its only one where left out.")
@click.option("--unknown", is_flag=True, help="List what is not known, which is else one line a file.")
@by_option
@on_ledger
def import_command(
    setting: Setting,
    paths: tuple[str, ...],
    dry_run: bool,
    on_trust: str | None,
    as_it_was: str | None,
    skip_refused: bool,
    sheet: str | None,
    unknown: bool,
    recorded_by: str | None,
) -> None:
    """Import dossiers (JSON, or JSON Lines) and spreadsheets (XLSX, or CSV).

    Every act of every file is judged, and all are written or none (or, with --skip-refused, the files that are not
    refused; the exit code is 1 all the same). In a spreadsheet a row is a file and a column a
    procedure, headed by its code, number or Chinese name; it holds only days, so it is taken --on-trust.
    """
    if on_trust is not None and not on_trust.strip():
        raise BadInput.of("--on-trust", Label(zh="请写明理由", en="say the reason for which you vouch"))
    if as_it_was is not None and not as_it_was.strip():
        raise BadInput.of("--as-it-was", Label(zh="请写明理由", en="say the reason for which it is recorded"))
    faults: list[Fault] = []
    notices: list[Fault] = []
    files: list[Entry] = []
    partial: set[str] = set()
    for path in paths:
        try:
            found, bad, listed = _read(path, setting, sheet, notices)
            partial |= {file.id for file, _ in found} if listed else set()
        except BadInput as error:
            found, bad = [], error.faults
        files += found
        faults += bad
    for notice in notices:
        click.echo(notice.words(setting.lang), err=True)
    if faults:
        raise BadInput(faults)
    with TemporaryDirectory(prefix="recruitment-") as empty:
        aside = dry_run and not _stands(setting)
        if aside:
            # A dry run makes no ledger: it judges against an empty one that is thrown away.
            setting = evolve(setting, db=Path(empty) / "ledger.db")
        office = setting.office(create=aside or not dry_run, aside=dry_run)
        report = office.import_files(
            files,
            today=setting.today,
            dry_run=dry_run,
            on_trust=on_trust,
            as_it_was=as_it_was,
            skip_refused=skip_refused,
            recorded_by=clerk(recorded_by),
            partial=partial,
        )
        office.ledger.close()
    if setting.json:
        setting.print_json(
            {
                "written": report.written,
                "admitted": report.admitted,
                "refused": list(report.refused),
                "new": report.new,
                "added": report.added,
                "existing": report.existing,
                "files": [
                    {
                        "id": file.id,
                        "admitted": file.admitted,
                        "new": file.new,
                        "added": file.added,
                        "existing": file.existing,
                        "refusals": [{"zh": label.zh, "en": label.en} for label in file.refusals],
                        "acts": [ruling_data(ruling, setting.editions) for ruling in file.rulings],
                        "findings": findings_data(
                            [f for ruling in file.rulings for f in ruling.findings if f.value != "met"],
                            setting.editions,
                        ),
                    }
                    for file in report.files
                ],
            }
        )
    else:
        from recruitment.cli.tables import imports as tables

        tables.import_lines(setting, report, dry_run=dry_run, unknown=unknown)
    if not report.admitted:
        click.get_current_context().exit(1)


def _read(
    path: str, setting: Setting, sheet: str | None, notices: list[Fault]
) -> tuple[Sequence[Entry], Sequence[Fault], bool]:
    """The files of a dossier or of a spreadsheet, the faults of its cells, and whether it is a spreadsheet.

    What was noticed goes to `notices`.

    An act needs its day: a month alone is a fault here. A month of birth is left out, and said so.
    """
    from recruitment.formats.spreadsheets.reading import is_spreadsheet, read_spreadsheet

    if not is_spreadsheet(path):
        return read_path(path), (), False
    files: list[Entry] = []
    faults: list[Fault] = []
    born = 0
    for row in read_spreadsheet(path, setting.editions, sheet=sheet):
        faults += row.faults
        faults += [Fault(where, without_day(f"'{month}'")) for _, month, where in row.months]
        notices += row.notices
        born += row.born is not None
        if row.entry is not None:
            files.append(row.entry)
    if born:
        label = Label(
            zh=f"有{born}份只写了出生年月，出生日期未导入，可用 recruitment 更正 档案 --档案事项 出生日期=日期 补记",
            en=f"of {born} files only the month of birth is known; the date of birth is not imported, correct --fact "
            "born=DATE records it",
        )
        notices.append(Fault(path, label))
    return files, faults, True


def _stands(setting: Setting) -> bool:
    from recruitment.ledger.stores.opening import ledger_stands

    return ledger_stands(setting.db)


@click.command("export", cls=LocalizedCommand)
@click.argument("files", nargs=-1, metavar="[FILE…]")
@output_option("Where to write; standard output where left out.")
@on_ledger
def export_command(setting: Setting, files: tuple[str, ...], output: Output, **_: Any) -> None:
    """Export FILEs, or all files of the ledger, as one dossier document (JSON), or as the register (-o NAME.xlsx)."""
    form = Path(output.path).suffix.lower() if output.path else ""
    if form in (".xlsx", ".xlsm"):
        from recruitment.cli.commands.registers import write_register

        write_register(setting, files, output)
        return
    if form in (".xls", ".csv", ".ods", ".docx", ".pdf", ".html"):
        raise BadInput.of(
            "-o",
            Label(
                zh=f"不能写成 {form}，请用 .json（档案文件）或 .xlsx（全程纪实表）",
                en=f"an export is no {form}; end the name with .json (a dossier) or .xlsx (the register)",
            ),
        )
    file = output.file(setting)
    office = setting.office(read_only=True)
    text = write_text(office.export(files or tuple(office.ids())))
    if file is None:
        click.echo(text, nl=False)
        return
    file.write(text.encode())
    if not setting.json:
        click.echo(setting.say(Label(zh=f"已写入 {output.path}", en=f"written to {output.path}")))
    else:
        setting.print_json({"output": output.path})
