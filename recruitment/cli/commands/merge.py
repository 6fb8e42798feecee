"""The command that takes in the files of another ledger: merge."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click

from recruitment.base.label import Label
from recruitment.cli.complaints import MOST_SHOWN
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import basic, by_option, clerk, read_address
from recruitment.cli.setting import Setting

if TYPE_CHECKING:
    from recruitment.ledger.merging import FileMerge, MergeReport


@click.command("merge", cls=LocalizedCommand)
@click.argument("other", metavar="OTHER")
@click.option("--dry-run", is_flag=True, help="Compare everything and write nothing.")
@click.option("--skip-conflicts", is_flag=True, help="Leave out the files that differ, and merge the others.")
@by_option
@basic
def merge_command(setting: Setting, other: str, dry_run: bool, skip_conflicts: bool, recorded_by: str | None) -> None:
    """Append the files of the ledger OTHER to this one, each act as it was recorded there.

    What both hold is left as it is, and a longer file continues the shorter one. A file that differs is named, and
    nothing is merged then (or, with --skip-conflicts, the files that do not differ; the exit code is 1 all the same).
    OTHER is verified first and is never written to.
    """
    from recruitment.ledger.merging import merge
    from recruitment.ledger.reader import LedgerReader
    from recruitment.ledger.stores.memory import MemoryLedger
    from recruitment.ledger.stores.opening import ledger_stands, open_ledger
    from recruitment.ledger.verification import rulebooks_of_record
    from recruitment.rulebooks.published import published_hashes

    with closing(open_ledger(read_address(other, "OTHER"), read_only=True)) as source:
        there = LedgerReader(source)
        merged = partial(
            merge,
            other=there,
            of_record=rulebooks_of_record(there.editions, published_hashes()),
            skip_conflicts=skip_conflicts,
            set_by=clerk(recorded_by),
        )
        if dry_run or ledger_stands(setting.db):
            report = merged(setting.office(create=not dry_run, read_only=dry_run), dry_run=dry_run)
        else:  # the other ledger is looked at before one is made here
            report = merged(LedgerReader(MemoryLedger()), dry_run=True)
            if report.new and (skip_conflicts or not report.conflicts):
                report = merged(setting.office(create=True), dry_run=False)
    if setting.json:
        setting.print_json(
            {
                "written": bool(report.added),
                "other": {"ledger": report.ledger, "anchor": report.anchor},
                "new": report.new,
                "added": report.added,
                "files": [
                    {
                        "id": file.id,
                        "existing": file.existing,
                        "new": file.new,
                        "conflict": None if file.conflict is None else {"zh": file.conflict.zh, "en": file.conflict.en},
                    }
                    for file in report.files
                ],
            }
        )
    else:
        _report_lines(setting, report, dry_run=dry_run)
    if report.conflicts:
        click.get_current_context().exit(1)


def _report_lines(setting: Setting, report: MergeReport, *, dry_run: bool) -> None:
    _listed(setting, [_sentence(file) for file in report.conflicts])
    _listed(setting, [_sentence(file) for file in report.files if file.new])
    files = sum(file.new > 0 for file in report.files)
    if report.added:
        said = Label(
            zh=f"已并入：档案 {files} 份，记录 {report.added} 项",
            en=f"merged: {files} files, {report.added} acts",
        )
    elif report.conflicts:
        said = Label(
            zh=f"未并入任何内容：{len(report.conflicts)} 份档案不同",
            en=f"nothing was merged: {len(report.conflicts)} files differ",
        )
    elif dry_run and files:
        said = Label(zh="可以并入；这是试导入，未写入任何内容", en="it can be merged; nothing was written, as asked")
    else:
        said = Label(
            zh="另一台账没有新的内容，未写入任何内容", en="the other ledger brings nothing new; nothing was written"
        )
    click.echo(setting.say(said))


def _listed(setting: Setting, sentences: list[Label]) -> None:
    for sentence in sentences[:MOST_SHOWN]:
        click.echo(setting.say(sentence))
    if len(sentences) > MOST_SHOWN:
        more = len(sentences) - MOST_SHOWN
        click.echo(setting.say(Label(zh=f"另有{more}份", en=f"and {more} more")))


def _sentence(file: FileMerge) -> Label:
    if file.conflict is not None:
        return Label(zh=f"✗ {file.id}：{file.conflict.zh}", en=f"✗ {file.id}: {file.conflict.en}")
    return Label(
        zh=f"{file.id}：新的 {file.new} 项，已有 {file.existing} 项",
        en=f"{file.id}: new acts {file.new}, already there {file.existing}",
    )
