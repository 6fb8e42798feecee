"""An audit as one self-contained HTML page, to read and to print: no script, no network, every text escaped.

What is said of the files is kept in a temporary file while they are read, since the totals come before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from recruitment.audit.report_data import ReportLine, Scope, Totals, Unread, finding_kind
from recruitment.audit.words import SIGNS, Wording
from recruitment.base.label import Label
from recruitment.presentation.findings.groups import GROUPS
from recruitment.presentation.html_page import Column, PageTable, cell, width_rules
from recruitment.presentation.html_shell import environment, markup, page_pieces

if TYPE_CHECKING:
    from markupsafe import Markup

CHUNK: Final = 1 << 16

_COUNTS: Final = ("unmet", "reasoned", "unknown")
_BRANCHES: Final = Label(zh="各党支部", en="By branch")
_RULES: Final = Label(zh="各项规则（未满足最多的在前）", en="By rule, those most often not met first")


class PageReport:
    """The page; `write` takes its text, piece by piece, once all files are read."""

    def __init__(self, write: Callable[[str], object], wording: Wording, scope: Scope) -> None:
        self._write = write
        self._wording = wording
        self._scope = scope
        self._body = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed at the end
        self._file = environment().get_template("audit/assets/file.html")
        self._unread = environment().get_template("audit/assets/unread.html")

    # ------------------------------------------------------------------------------ files

    def line(self, line: ReportLine) -> None:
        """Take in a file."""
        words = self._wording
        standing = words.word(line.standing) + (f" · {words.word(line.end)}" if line.end else "")
        acts = words.say(Label(zh=f"{line.acts}项手续", en=f"{line.acts} acts"))
        self._body.write(
            self._file.render(
                line=line,
                title=f"{line.id} {line.name}" if line.name else line.id,
                about=f"{words.branch(line.branch)} · {standing} · {acts} · {words.counts(line)}",
                groups=[
                    (code, line.group(code))
                    for code in GROUPS
                    if line.group(code) or (code == "waiting" and line.waiting)
                ],
                kind=finding_kind,
                unfolded=self._scope.unknown,
                signs=SIGNS,
                words=words,
            )
        )

    def unread(self, unread: Unread) -> None:
        """Take in what could not be read, and what was noticed of a list."""
        self._body.write(self._unread.render(unread=unread, signs=SIGNS, words=self._wording))

    # ------------------------------------------------------------------------------ the whole

    def end(self, totals: Totals) -> None:
        """Write the page: the totals, then the files."""
        words = self._wording
        tables = [table for table in (self._branches(totals), self._rules(totals)) if table.rows]
        pieces = page_pieces(
            "audit/assets/report.html",
            lang=words.lang,
            title=words.say(Label(zh="发展党员档案审查", en="Audit of files")),
            styles=("audit/assets/report.css",),
            rules=width_rules(tables),
            introduction=self._introduction(totals),
            days_alone=words.days_alone(totals.days_alone) if totals.days_alone else "",
            tables=tables,
            heading=words.say(Label(zh=f"档案（{totals.files}份）", en=f"Files ({totals.files})")),
            persons=[words.same_person(*pair) for pair in totals.persons],
            files=self._files(),
        )
        for piece in pieces:
            self._write(piece)
        self._body.close()

    def abandon(self) -> None:
        """Throw away what was said of the files."""
        with suppress(OSError):
            self._body.close()

    def _files(self) -> Iterator[Markup]:
        """What is said of the files, in pieces of one size however many they are."""
        self._body.seek(0)
        while text := self._body.read(CHUNK):
            yield markup(text)

    def _introduction(self, totals: Totals) -> str:
        day = self._scope.today.isoformat()
        return self._wording.say(
            Label(
                zh=f"截至{day}，档案{totals.files}份，其中合格{totals.clean}份，待办{totals.waiting}份；"
                f"无法读取{totals.unreadable}份。"
                "合格指没有未记明理由的不符，没有无法判断的硬性要求，也没有应当及时办理而未办的事项。",
                en=f"As of {day}. Files: {totals.files}; clean: {totals.clean}; waiting: {totals.waiting}; "
                f"could not be read: {totals.unreadable}. "
                "Clean means that nothing is unmet without a reason, that no bar is unknown, and that nothing that is "
                "to be done promptly waits.",
            )
        )

    def _branches(self, totals: Totals) -> PageTable:
        rows = [(self._wording.branch(row["branch"]), row) for row in totals.data()["branches"]]
        return self._table("branches", _BRANCHES, "branch", ("files", "clean", "waiting", *_COUNTS), rows)

    def _rules(self, totals: Totals) -> PageTable:
        return self._table(
            "rules",
            _RULES,
            "rule",
            (*_COUNTS, "waiting"),
            [(self._wording.rule(row["rule"]), row) for row in totals.worst()],
        )

    def _table(
        self, code: str, caption: Label, first: str, counts: Sequence[str], rows: Sequence[tuple[str, dict[str, Any]]]
    ) -> PageTable:
        """A table of counts, a row for each that is counted."""
        words, width = self._wording, 60 // len(counts)
        return PageTable(
            code=code,
            caption=words.say(caption),
            columns=(
                Column(head=words.head(first), width=40),
                *(Column(head=words.head(key), width=width, number=True) for key in counts),
            ),
            rows=tuple((cell(title), *(cell(str(row[key])) for key in counts)) for title, row in rows),
        )
