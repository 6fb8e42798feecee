"""How the terminal shows what an import found in every file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from recruitment.base.label import Label, listed
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import act_name, console, plain
from recruitment.cli.tables.rulings import findings_of
from recruitment.engine.findings import Finding
from recruitment.presentation.findings.groups import folded, in_groups

if TYPE_CHECKING:
    from recruitment.engine.ruling import Ruling
    from recruitment.ledger.importing import ImportReport


def import_lines(setting: Setting, report: ImportReport, *, dry_run: bool, unknown: bool = False) -> None:
    """What an import found in every file; what is not known is one line a file, or listed with `unknown`."""
    out = console()

    def shown(ruling: Ruling, *, folding: bool) -> list[Finding]:
        open_points = in_groups(f for f in ruling.findings if f.value != "met" and f.force != "advice")
        return [finding for finding in open_points if not (folding and finding.value == "unknown")]

    for file in report.files:
        told = {id(ruling): shown(ruling, folding=not unknown) for ruling in file.rulings}
        untold = sum(len(shown(ruling, folding=False)) - len(told[id(ruling)]) for ruling in file.rulings)
        head = Label(
            zh=f"{file.id}：新的 {file.new} 项，已有 {file.existing} 项",
            en=f"{file.id}: new acts {file.new}, already there {file.existing}",
        )
        more = f" · {folded(untold).words(setting.lang)}" if untold else ""
        out.print(Text.assemble((setting.say(head), "bold"), (more, "dim")))
        for refusal in file.refusals:
            out.print(Text("✗ " + setting.say(refusal), style="red"))
        for ruling in file.rulings:
            if found := told[id(ruling)]:
                rulebook = setting.editions.named(ruling.edition)
                name = act_name(rulebook, ruling.act.code, setting)
                out.print(Text(f"  [{len(ruling.case.acts)}] {ruling.act.on} {name}"))
                out.print(findings_of(setting, found))
    if report.written:
        done = len(report.files) - len(report.refused)
        out.print(
            Text(
                setting.say(
                    Label(
                        zh=f"已导入 {done} 份档案，{report.added} 项。",
                        en=f"Imported {done} files, {report.added} acts.",
                    )
                )
            )
        )
    elif report.admitted and dry_run:
        out.print(
            Text(
                setting.say(
                    Label(zh="试运行：可以导入，未写入。", en="Dry run: all would be admitted; nothing was written.")
                )
            )
        )
    if report.refused:
        bad, names = len(report.refused), listed(report.refused, setting.lang)
        others = Label(zh="其余已经导入", en="the others were imported")
        if not report.written:
            others = Label(
                zh="全部未写入；加上 --跳过不合规定 可只导入其余档案",
                en="nothing was written; --skip-refused imports the others",
            )
        said = Label(
            zh=f"有 {bad} 份不能导入：{names}（{others.zh}）。过去确实如此办理的，可用 --如实补录 理由 补录。",
            en=f"{bad} files are refused: {names} ({others.en}). What was done so in the past is recorded with "
            "--as-it-was REASON.",
        )
        out.print(Text.assemble((str(plain(setting.say(said))), "bold")))
