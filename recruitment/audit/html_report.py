"""An audit as one self-contained HTML page, to read and to print: no script, no network, every text escaped.

What is said of the files is written aside while they are read, since the totals stand above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from tempfile import TemporaryFile
from typing import Any, Final

from recruitment.audit.report_data import ReportLine, Scope, Totals, Unread, finding_kind
from recruitment.audit.words import GROUPS, SIGNS, Wording, printable
from recruitment.base.errors import Fault
from recruitment.base.label import Label

CHUNK: Final = 1 << 16

STYLE: Final = """
:root { color-scheme: light; --ink: #1d1d1f; --quiet: #5c5c63; --line: #d8d8de; --unmet: #a4161a; --reasoned: #8a4b00;
  --unknown: #59548a; --met: #1f6f43; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; color: var(--ink); background: #fff;
  font: 15px/1.55 "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0; } h4 { font-size: .95rem; margin: .8rem 0 .3rem; }
p { margin: .2rem 0; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { font-weight: 600; } td.n, th.n { text-align: right; }
section.file { border: 1px solid var(--line); border-radius: 6px; padding: .7rem 1rem; margin: .8rem 0; }
section.clean { padding: .35rem 1rem; margin: .35rem 0; }
ul { list-style: none; margin: 0; padding: 0; } li { margin: .45rem 0; padding-left: 1.5rem; position: relative; }
li > b:first-child { position: absolute; left: 0; width: 1.2rem; text-align: center; }
.unmet > b:first-child, h4.unmet { color: var(--unmet); }
.reasoned > b:first-child, h4.reasoned { color: var(--reasoned); }
.unknown > b:first-child, h4.unknown { color: var(--unknown); } .met > b:first-child, h4.met { color: var(--met); }
code { font: .92em ui-monospace, "SFMono-Regular", Consolas, monospace; overflow-wrap: anywhere; }
.remedy::before { content: "→ "; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; } @page { margin: 16mm 14mm; }
  section.file { border-radius: 0; } li, h3, h4, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; }
}
"""


def _safe(text: object) -> str:
    return escape(printable(text))


class PageReport:
    """The page; `write` takes its text, piece by piece, once all files are read."""

    def __init__(self, write: Callable[[str], object], wording: Wording, scope: Scope) -> None:
        self._write = write
        self._wording = wording
        self._scope = scope
        self._body = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed at the end

    # ------------------------------------------------------------------------------ files

    def line(self, line: ReportLine) -> None:
        """Take in a file."""
        words = self._wording
        title = f"{line.id} {line.name}" if line.name else line.id
        standing = words.word(line.standing) + (f" · {words.word(line.end)}" if line.end else "")
        acts = words.say(Label(zh=f"{line.acts}项手续", en=f"{line.acts} acts"))
        about = f"{words.branch(line.branch)} · {standing} · {acts} · {words.counts(line)}"
        self._body.write(
            f'<section class="file{"" if line.findings else " clean"}">'
            f'<h3>{_safe(title)}</h3><p class="quiet">{_safe(about)}</p>'
        )
        for kind in GROUPS:
            found = line.of(kind)
            if found:
                self._body.write(f'<h4 class="{kind}">{_safe(words.group(kind))} ({len(found)})</h4><ul>')
                self._body.writelines(self._finding(finding) for finding in found)
                self._body.write("</ul>")
        self._body.write("</section>\n")

    def _finding(self, finding: dict[str, Any]) -> str:
        words, kind = self._wording, finding_kind(finding)
        place = "" if finding["index"] is None else f"[{finding['index']}] "
        where = f"{place}{words.act(finding)} {finding['on']}"
        source = f"{words.word(finding['force'])} · {words.article(finding)}"
        remedy = "" if kind == "met" else f'<p class="remedy">{_safe(finding["remedy"][words.lang])}</p>'
        return (
            f'<li class="{kind}"><b>{SIGNS[kind]}</b><p><b>{_safe(where)}</b> <code>{_safe(finding["rule"])}</code> '
            f'<span class="quiet">{_safe(source)}</span></p><p>{_safe(finding[words.lang])}</p>{remedy}</li>'
        )

    def unread(self, unread: Unread) -> None:
        """Take in what could not be read."""
        heading = _safe(self._wording.head("unread"))
        self._body.write(
            f'<section class="file"><h4 class="unmet">{heading}</h4>{self._faults(unread.faults)}</section>\n'
        )

    def _faults(self, faults: Iterable[Fault]) -> str:
        rows = (f'<li class="unmet"><b>✗</b>{_safe(fault.words(self._wording.lang))}</li>' for fault in faults)
        return f"<ul>{''.join(rows)}</ul>"

    # ------------------------------------------------------------------------------ the whole

    def end(self, totals: Totals) -> None:
        """Write the page: the totals, then the files."""
        words, write = self._wording, self._write
        title = words.say(Label(zh="发展党员档案审查", en="Audit of files"))
        write(
            f'<!DOCTYPE html>\n<html lang="{"zh-CN" if words.lang == "zh" else "en"}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_safe(title)}</title>'
            f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<style>{STYLE}</style></head>\n<body><h1>{_safe(title)}</h1>"
        )
        write(f'<p class="quiet">{_safe(self._introduction(totals))}</p>')
        write(f"<h2>{_safe(words.say(Label(zh='汇总', en='Totals')))}</h2>")
        write(self._branches(totals))
        write(self._rules(totals))
        write(f"<h2>{_safe(words.say(Label(zh=f'档案（{totals.files}份）', en=f'Files ({totals.files})')))}</h2>\n")
        self._body.seek(0)
        while text := self._body.read(CHUNK):
            write(text)
        self._body.close()
        write("</body></html>\n")

    def _introduction(self, totals: Totals) -> str:
        day = self._scope.today.isoformat()
        return self._wording.say(
            Label(
                zh=f"截至{day}，档案{totals.files}份，其中合格{totals.clean}份；无法读取{totals.unreadable}份。"
                "合格指没有未记明理由的不符，也没有无法判断的硬性要求。",
                en=f"As of {day}. Files: {totals.files}; clean: {totals.clean}; could not be read: "
                f"{totals.unreadable}. "
                "Clean means that nothing is unmet without a reason and that no bar is unknown.",
            )
        )

    def _table(self, heads: list[str], rows: list[list[str]]) -> str:
        numbers = [' class="n"' if n else "" for n in range(len(heads))]
        head = "".join(f"<th{mark}>{_safe(text)}</th>" for mark, text in zip(numbers, heads, strict=True))
        body = "".join(
            "<tr>" + "".join(f"<td{mark}>{_safe(cell)}</td>" for mark, cell in zip(numbers, row, strict=True)) + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _branches(self, totals: Totals) -> str:
        keys = ["files", "clean", "unmet", "reasoned", "unknown"]
        rows = [
            [self._wording.branch(row["branch"]), *(str(row[key]) for key in keys)] for row in totals.data()["branches"]
        ]
        return self._table([self._wording.head(key) for key in ("branch", *keys)], rows)

    def _rules(self, totals: Totals) -> str:
        keys = ["unmet", "reasoned", "unknown"]
        rows = [[row["rule"], *(str(row[key]) for key in keys)] for row in totals.worst()]
        return self._table([self._wording.head(key) for key in ("rule", *keys)], rows) if rows else ""
