"""An audit as a workbook: a sheet of totals, one of files, one of findings, written row by row in little memory.

No text is ever written as a formula: every cell of text is written as text, and one that begins like a formula is
marked as text for the program that opens it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from recruitment.audit.report_data import ReportLine, Totals, Unread
from recruitment.audit.words import HEADS, Wording
from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.presentation.findings.groups import group_of
from recruitment.presentation.printable import printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_576
LONGEST: Final = 32_767
"""What a sheet and a cell can hold."""

FILES: Final = {
    "id": 20, "name": 12, "branch": 24, "standing": 14, "end": 14, "acts": 8, "clean": 8, "unmet": 10, "reasoned": 12,
    "unknown": 10, "waiting": 10, "notices": 60, "unread": 60,
}  # fmt: skip
FINDINGS: Final = {
    "id": 20, "name": 12, "branch": 24, "kind": 24, "index": 7, "act": 28, "on": 12, "force": 10, "rule": 30,
    "article": 22, "words": 80, "remedy": 60, "reason": 30, "on_trust": 24, "as_it_was": 24, "first_day": 13,
    "last_day": 13, "code": 34,
}  # fmt: skip
"""The columns of the sheets, and their widths in characters."""

_DAYS: Final = frozenset(("on", "first_day", "last_day"))
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class _Sink(io.RawIOBase):
    """What the archive is written through. Once something could not be written, `fault` says why and the rest is lost.

    Otherwise the archive would try again when it is thrown away, and Python would print the error.
    """

    def __init__(self, target: BinaryIO) -> None:
        self.fault: OSError | ValueError | None = None
        self._target = target
        self._at = 0

    def _try(self, doing: Callable[[], object]) -> None:
        if self.fault is None:
            try:
                doing()
            except (OSError, ValueError) as error:
                self.fault = error

    def write(self, data: Any) -> int:
        self._try(lambda: self._target.write(data))
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._try(lambda: self._target.seek(offset, whence))
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._try(self._target.flush)


class WorkbookReport:
    """The workbook, written to a stream that can be sought in; nothing is complete before `end`.

    `scratch` is the folder for what is put aside until then, to be removed by the caller; the system's where left out.
    """

    def __init__(self, target: BinaryIO, wording: Wording, *, named: bool = False, scratch: str | None = None) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only who asks for a workbook pays for the writer

        self._wording = wording
        self._sink = _Sink(target)
        # Rows go to disk as they are written. Nothing that looks like a formula, a link or a number becomes one.
        self._book = Workbook(
            self._sink,
            {
                "constant_memory": True,
                "tmpdir": scratch,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._head = self._book.add_format({"bold": True, "bg_color": "#E8E8E8", "text_wrap": True, "valign": "top"})
        self._plain = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._totals = self._book.add_worksheet(wording.say(Label(zh="总计", en="totals")))
        self._files = self._sheet(wording.say(Label(zh="档案", en="files")), FILES, named=named)
        self._findings = self._sheet(wording.say(Label(zh="审查发现", en="findings")), FINDINGS, named=named)
        self._rows = [0, 0]
        self._columns = [self._shown_columns(keys, named=named) for keys in (FILES, FINDINGS)]

    def _shown_columns(self, columns: Mapping[str, int], *, named: bool) -> list[str]:
        """The columns of a sheet; the code of a rule has one of its own where the rule is called by its title."""
        hidden = set() if named else {"name"}
        if self._wording.lang != "zh":
            hidden.add("code")
        return [key for key in columns if key not in hidden]

    def _sheet(self, title: str, columns: dict[str, int], *, named: bool) -> Worksheet:
        sheet = self._book.add_worksheet(title)
        shown = self._shown_columns(columns, named=named)
        for column, key in enumerate(shown):
            sheet.set_column(column, column, columns[key])
            words = HEADS[key]
            text = words.zh if self._wording.lang == "zh" else f"{words.zh} {words.en}"
            sheet.write_string(0, column, text, self._head)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _add(self, number: int, values: dict[str, Any]) -> None:
        sheet = (self._files, self._findings)[number]
        self._rows[number] += 1
        row = self._rows[number]
        if row >= MOST_ROWS:
            raise BadInput.of(
                sheet.get_name(),
                Label(
                    zh=f"一张工作表最多 {MOST_ROWS} 行，现已超出，请改用 JSON，或分批审查",
                    en=f"a sheet holds {MOST_ROWS} rows and there are more; take JSON, or fewer files at once",
                ),
            )
        for column, key in enumerate(self._columns[number]):
            value = values.get(key)
            if value is None or value == "":
                continue
            if isinstance(value, int):
                sheet.write_number(row, column, value, self._plain)
                continue
            if key in _DAYS:
                sheet.write_datetime(row, column, date.fromisoformat(value), self._day)
                continue
            text = printable(value)[:LONGEST]
            sheet.write_string(row, column, text, self._quoted if text.startswith(FORMULA_SIGNS) else self._plain)

    def line(self, line: ReportLine) -> None:
        """Write a file's row, and a row for each of its findings."""
        words = self._wording
        own = {"id": line.id, "name": line.name, "branch": line.branch}
        self._add(
            0,
            {
                **own,
                "standing": words.word(line.standing),
                "end": words.word(line.end),
                "acts": line.acts,
                "clean": words.say(Label(zh="是", en="yes")) if line.clean else words.say(Label(zh="否", en="no")),
                **{kind: len(line.of(kind)) for kind in ("unmet", "reasoned", "unknown")},
                "waiting": len(line.waiting),
            },
        )
        for finding in line.findings:
            self._add(
                1,
                {
                    **own,
                    **finding,
                    "kind": words.group(group_of(finding["value"], finding["force"])),
                    "act": words.act(finding),
                    "rule": words.rule(finding["rule"]),
                    "code": words.small_code(finding["rule"]),
                    "force": words.word(finding["force"]),
                    "article": words.article(finding),
                    "words": finding[words.lang],
                    "remedy": finding["remedy"][words.lang],
                },
            )

        for owed in line.waiting:
            self._add(
                1,
                {
                    **own,
                    "kind": words.group("waiting"),
                    "act": words.act(owed),
                    "on": owed["since"],
                    "rule": words.rule(owed["rule"]),
                    "code": words.small_code(owed["rule"]),
                    "article": words.article(owed),
                    "words": f"{words.waiting(owed)} {owed[words.lang]}",
                },
            )

    def unread(self, unread: Unread) -> None:
        """Write a row that says what could not be read, or what was noticed of a list."""
        told = {"unread": unread.faults, "notices": unread.notices}
        if any(told.values()):
            self._add(0, {key: _join(fault.words(self._wording.lang) for fault in told[key]) for key in told})

    def end(self, totals: Totals) -> None:
        """Write the totals, give the other sheets their filters, and complete the workbook.

        Raises:
            OSError: it could not be written.
        """
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - see above

        self._sum_up(totals)
        for sheet, rows, columns in zip((self._files, self._findings), self._rows, self._columns, strict=True):
            sheet.autofilter(0, 0, rows, len(columns) - 1)
        try:
            self._book.close()
        except FileCreateError as error:  # the writer's own word for it
            raise error.args[0] from None
        if self._sink.fault is not None:
            raise self._sink.fault

    def abandon(self) -> None:
        """Close the files in which rows are put aside, so that a full disk is not reported a second time."""
        for sheet in self._book.worksheets():
            aside = getattr(sheet, "row_data_fh", None)
            if aside is not None:
                with suppress(OSError, ValueError):
                    aside.close()

    def _sum_up(self, totals: Totals) -> None:
        """The totals: over all, by branch, by rule, those most often not met first."""
        words, sheet, data = self._wording, self._totals, totals.data()
        counts = ("unmet", "reasoned", "unknown")
        whole = ("files", "clean", "waiting", "unread", *counts)
        held = {**data, "unread": totals.unreadable}
        tables: list[tuple[str, tuple[str, ...], list[tuple[str, Mapping[str, Any]]]]] = [
            ("", whole, [(words.say(Label(zh="合计", en="in all")), held)]),
            (
                "branch",
                ("files", "clean", "waiting", *counts),
                [(words.branch(b["branch"]), b) for b in data["branches"]],
            ),
            ("rule", (*counts, "waiting"), [(words.rule(row["rule"]), row) for row in totals.worst()]),
        ]
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(whole), 12)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        row = 0
        if totals.days_alone:
            sheet.write_string(row, 0, words.days_alone(totals.days_alone))
            row += 2
        for first, keys, rows in tables:
            if not rows:
                continue
            for column, head in enumerate((words.head(first) if first else "", *map(words.head, keys))):
                sheet.write_string(row, column, head, self._head)
            for title, values in rows:
                row += 1
                text = printable(title)[:LONGEST]
                sheet.write_string(row, 0, text, self._quoted if text.startswith(FORMULA_SIGNS) else self._plain)
                for column, key in enumerate(keys, 1):
                    sheet.write_number(row, column, values[key], self._plain)
            row += 2


def _join(sentences: Iterable[str]) -> str:
    return "; ".join(sentences)
