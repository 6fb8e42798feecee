"""An audit at the terminal: file by file what is wrong and what puts it right, the totals, and how far it has come."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any, Self, TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from recruitment.audit.report_data import ReportLine, Scope, Totals, Unread, finding_kind
from recruitment.audit.words import SIGNS, Wording
from recruitment.base.label import Label
from recruitment.cli.options import unbuffered_stdout
from recruitment.cli.setting import Setting
from recruitment.presentation.findings.groups import GROUPS
from recruitment.presentation.printable import printable

COLOURS = {"unmet": "red", "reasoned": "yellow", "unknown": "cyan", "met": "green"}


class _Terminal(Console):
    """A terminal, or a pipe: what a reader does who has read enough is for the caller to see."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class TableReport:
    """What people read: the totals, then each file with its counts, and its findings by group.

    What is said of the files is kept in a temporary file while they are read, since the totals come before it. A file
    of which nothing but unknown is to be said has one line.
    """

    def __init__(self, out: TextIO, wording: Wording, scope: Scope) -> None:
        self.console = _Terminal(file=out, highlight=False, soft_wrap=False)
        self._wording = wording
        self._scope = scope
        self._aside = SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed at the end
        self._files = Console(
            file=self._aside,
            highlight=False,
            soft_wrap=False,
            width=self.console.width,
            force_terminal=self.console.is_terminal,
            color_system=self.console.color_system,  # type: ignore[arg-type]
            legacy_windows=False,
        )

    def line(self, line: ReportLine) -> None:
        """Take in a file."""
        words, out = self._wording, self._files
        title = f"{line.id} {line.name}" if line.name else line.id
        standing = words.word(line.standing) + (f" ({words.word(line.end)})" if line.end else "")
        acts = words.say(Label(zh=f"{line.acts}项手续", en=f"{line.acts} acts"))
        sign = ("✓ ", "green") if line.clean else ("… ", "yellow") if line.settled else ("✗ ", "red")
        about = f"  {standing} · {acts} · {words.counts(line)}"
        out.print(Text.assemble(sign, (printable(title), "bold"), printable(about)))
        for group in GROUPS:
            self._group(line, group)

    def _group(self, line: ReportLine, group: str) -> None:
        words, out = self._wording, self._files
        if group == "waiting":
            if line.waiting:
                out.print(Text(f"  {words.group(group)} ({len(line.waiting)})", style="bold yellow"))
            for owed in line.waiting:
                out.print(Text.assemble((f"  {SIGNS['waiting']} ", "yellow"), printable(words.waiting(owed))))
            return
        found = line.group(group)
        if not found:
            return
        if group == "unknown" and not (self._scope.unknown or self._scope.everything):
            if not line.settled:
                out.print(Text(f"  {SIGNS['unknown']} {words.folded(line)}", style="cyan"))
            return
        out.print(Text(f"  {words.group(group)} ({len(found)})", style=f"bold {COLOURS[finding_kind(found[0])]}"))
        for finding in found:
            for part in self._finding(finding):
                out.print(part)

    def _finding(self, finding: dict[str, Any]) -> Sequence[RenderableType]:
        words, kind = self._wording, finding_kind(finding)
        place = "" if finding["index"] is None else f"[{finding['index']}] "
        head = Text.assemble(
            (f"  {SIGNS[kind]} ", COLOURS[kind]),
            f"{place}{printable(words.act(finding))} {finding['on']}  ",
            (words.rule(finding["rule"]), "bold"),
            (f" {words.small_code(finding['rule'])}".rstrip(), "dim"),
            (f"  {words.word(finding['force'])} · {words.article(finding)}", "dim"),
        )
        parts: list[RenderableType] = [head, Padding(Text(printable(finding[words.lang])), (0, 0, 0, 6))]
        if kind != "met":
            # Without a blank, at which the terminal would break a line that has no other.
            arrow = words.say(Label(zh="→", en="→ "))
            remedy = Text(arrow + printable(finding["remedy"][words.lang]), style="cyan")
            parts.append(Padding(remedy, (0, 0, 0, 6)))
        return parts

    def unread(self, unread: Unread) -> None:
        """Take in what could not be read."""
        for fault in unread.faults:
            self._files.print(Text.assemble(("✗ ", "red"), printable(fault.words(self._wording.lang))))
        for notice in unread.notices:
            self._files.print(Text(f"· {printable(notice.words(self._wording.lang))}", style="dim"))

    def end(self, totals: Totals) -> None:
        """Print the totals, over all, by branch and by rule, and then the files."""
        words, out = self._wording, self.console
        out.print(
            Text(
                words.say(
                    Label(
                        zh=f"档案{totals.files}份，合格{totals.clean}份，待办{totals.waiting}份；"
                        f"无法读取{totals.unreadable}份。",
                        en=f"Files: {totals.files}; clean: {totals.clean}; waiting: {totals.waiting}; "
                        f"could not be read: {totals.unreadable}.",
                    ),
                ),
                style="bold",
            )
        )
        if totals.days_alone:
            out.print(Text(words.days_alone(totals.days_alone)))
        for pair in totals.persons:
            out.print(Text(printable(words.same_person(*pair)), style="yellow"))
        data = totals.data()
        keys = ["unmet", "reasoned", "unknown"]
        if len(data["branches"]) > 1:
            rows = [
                [words.branch(row["branch"]), *(row[key] for key in ("files", "clean", "waiting", *keys))]
                for row in data["branches"]
            ]
            self._table([words.head(key) for key in ("branch", "files", "clean", "waiting", *keys)], rows)
        worst = [
            row
            for row in totals.worst()
            if self._scope.unknown or any(row[k] for k in ("unmet", "reasoned", "waiting"))
        ]
        if worst:
            rows = [[words.rule(row["rule"]), *(row[key] for key in (*keys, "waiting"))] for row in worst]
            self._table([words.head(key) for key in ("rule", *keys, "waiting")], rows)
        out.print()
        self._aside.seek(0)
        while text := self._aside.read(1 << 16):
            out.file.write(text)
        self._aside.close()

    def abandon(self) -> None:
        """Throw away what was said of the files."""
        with suppress(OSError):
            self._aside.close()

    def _table(self, heads: list[str], rows: list[list[Any]]) -> None:
        table = Table(box=None, padding=(0, 1))
        for number, head in enumerate(heads):
            table.add_column(head, justify="right" if number else "left")
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self.console.print(table)


class Progress:
    """How many files have been judged, at a terminal and nowhere else.

    Where the report itself is printed at a terminal, the bar is below it on the same `shared` console; where it
    goes to a file (`aside`), or through a pipe, the bar is on the error stream.
    """

    def __init__(self, setting: Setting, *, shared: Console | None = None, aside: bool = False) -> None:
        printed = shared is not None and shared.is_terminal
        console = shared if printed and shared is not None else Console(stderr=True)
        shown = printed or (sys.stderr.isatty() and (aside or not unbuffered_stdout().isatty()))
        unit = setting.say(Label(zh="份档案", en="files"))
        columns = (SpinnerColumn(), TextColumn("{task.completed} " + unit), TimeElapsedColumn())
        self._bar = Bar(*columns, console=console, transient=True, disable=not shown)
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def step(self) -> None:
        """Count one more."""
        self._bar.advance(self._task)
