"""The command audit: files judged whole, from dossiers, ledgers and lists; it reads and never writes to them."""

from __future__ import annotations

import io
from pathlib import PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TextIO

import click

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.cli.localized import LocalizedCommand
from recruitment.cli.options import common, unbuffered_stdout
from recruitment.cli.output import Output, lose_answer, output_option
from recruitment.cli.setting import Setting

if TYPE_CHECKING:
    from recruitment.audit.report import Report
    from recruitment.audit.report_data import Scope, Totals

Form = Literal["table", "json", "xlsx", "html"]


@click.command("audit", cls=LocalizedCommand)
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "xlsx", "html"]),
    help="How to answer; by the ending of PATH where left out, and else as a table.",
)
@output_option("Where to write; standard output where left out, not for xlsx.")
@click.option("--all", "everything", is_flag=True, help="What is met, too.")
@click.option("--unknown", is_flag=True, help="List what is not known, which is else one line a file.")
@click.option("--practice", is_flag=True, help="What auditors look for beyond the rules, and all advice, too.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, help="Share the work between so many processes.")
@click.option("--names", "named", is_flag=True, help="Show the names, too.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; all that hold a list where left out.")
@common
def audit_command(
    setting: Setting,
    paths: tuple[str, ...],
    form: Form | None,
    output: Output,
    everything: bool,
    unknown: bool,
    practice: bool,
    jobs: int,
    named: bool,
    sheet: str | None,
) -> None:
    """Judge every file of PATH… as a whole, and report what is wrong, which article says so and what would remedy it.

    A PATH is a dossier (JSON, or JSON Lines; - for standard input), a ledger, a list of a branch (XLSX, XLS or CSV),
    or a folder of such; without one, the ledger. Nothing is changed. A file that cannot be read is listed, and the
    others are judged.

    Exit code 0: nothing is unmet without a reason and no bar is unknown in any file, even if something waits; 1: not,
    or the answer was not read to its end; 2: a file could not be read. A list that holds days and no evidence is judged
    on its days: what it does not say is not known, and is no fault.

    recruitment audit files.json -o report.html
    """
    from recruitment.audit.report_data import Scope
    from recruitment.audit.sources import with_folders

    if setting.json and form not in (None, "json"):
        raise BadInput.of(
            "--json", Label(zh="与 --格式 不一致，请只用一个", en="it asks for another form than --format; take one")
        )
    scope = Scope(today=setting.today, practice=practice, everything=everything, unknown=unknown, named=named)
    form = form or ("json" if setting.json else _form_of(output))
    read = tuple(with_folders(paths or (_ledger(setting),)))
    code = _audited(setting, read, scope, form, output, jobs, sheet)
    if code:
        click.get_current_context().exit(code)


_NO_REPORTS: Final = frozenset(
    {".pdf", ".doc", ".docx", ".xls", ".csv", ".ods", ".odt", ".ppt", ".pptx", ".wps", ".et"}
)
"""Endings by which programs of an office would open a report, and find something else."""


def _form_of(output: Output) -> Form:
    """The form that the ending of the path names; a table where it names none, or where it is printed.

    Raises:
        BadInput: it is the ending of something that no report is.
    """
    endings: dict[str, Form] = {".json": "json", ".xlsx": "xlsx", ".html": "html", ".htm": "html"}
    ending = PurePath(output.path or "").suffix.lower()
    if ending in _NO_REPORTS:
        raise BadInput.of(
            "-o",
            Label(
                zh=f"报告没有 {ending} 这种格式，文件名请以 .html、.xlsx、.json 或 .txt 结尾",
                en=f"no report is a {ending}; name a file that ends in .html, .xlsx, .json or .txt",
            ),
        )
    return endings.get(ending, "table")


def _ledger(setting: Setting) -> str:
    from recruitment.ledger.stores.sqlite import default_path

    return str(setting.db or default_path())


def _audited(
    setting: Setting,
    paths: tuple[str, ...],
    scope: Scope,
    form: Form,
    output: Output,
    jobs: int,
    sheet: str | None,
) -> int:
    from recruitment.audit.report_data import Totals

    totals = Totals()
    file = output.file(setting, *paths)
    if file is None:
        if form == "xlsx":
            raise BadInput.of(
                "-o", Label(zh="工作簿须写入文件，请写明路径", en="a workbook needs a file to be written to; name it")
            )
        out = unbuffered_stdout()
        try:
            _told(setting, paths, scope, jobs, sheet, _report(setting, scope, form, out), totals)
            out.flush()
        except OSError as error:
            lose_answer(out, error)
            # What was not judged is not known to be clean.
            return totals.code or 1
        return totals.code
    with file.open() as target, TemporaryDirectory(prefix="recruitment-") as scratch:
        text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
        report = _report(setting, scope, form, text, target, scratch)
        try:
            _told(setting, paths, scope, jobs, sheet, report, totals, aside=True)
        except BaseException:
            report.abandon()
            raise
        text.detach()
    click.echo(setting.say(Label(zh=f"已写入 {output.path}", en=f"written to {output.path}")), err=True)
    return totals.code


def _report(
    setting: Setting, scope: Scope, form: Form, out: TextIO, target: BinaryIO | None = None, scratch: str | None = None
) -> Report:
    from recruitment.audit.words import Wording

    wording = Wording(setting.editions, setting.lang)
    if form == "json":
        from recruitment.audit.report import JsonReport

        return JsonReport(out.write, named=scope.named)
    if form == "html":
        from recruitment.audit.html_report import PageReport

        return PageReport(out.write, wording, scope)
    if form == "xlsx":
        from recruitment.audit.xlsx_report import WorkbookReport

        assert target is not None
        return WorkbookReport(target, wording, named=scope.named, scratch=scratch)
    from recruitment.cli.tables.audits import TableReport

    return TableReport(out, wording, scope)


def _told(
    setting: Setting,
    paths: tuple[str, ...],
    scope: Scope,
    jobs: int,
    sheet: str | None,
    report: Report,
    totals: Totals,
    *,
    aside: bool = False,
) -> None:
    """Audit, and report and count as it goes."""
    from recruitment.audit.report_data import ReportLine
    from recruitment.audit.running import audit
    from recruitment.cli.tables.audits import Progress

    shared = None if aside else getattr(report, "console", None)
    with Progress(setting, shared=shared, aside=aside) as progress:
        for answer in audit(paths, scope, jobs=jobs, shelf=setting.shelf, sheet=sheet):
            if isinstance(answer, ReportLine):
                totals.add(answer)
                report.line(answer)
            else:
                totals.unread(answer)
                report.unread(answer)
            progress.step()
    report.end(totals)
