"""A page of tables as a value, and as one HTML document or as Markdown: no script, no network, every text escaped.

The HTML is built as a tree of elements and written by the standard library, so that no text can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from attrs import frozen

from recruitment.base.label import Lang

Mark = Literal["", "strong", "quiet", "code", "gone", "new", "english"]


class Run(NamedTuple):
    """A piece of text and how it is marked: `gone` and `new` words, a `code`, `quiet` print, English on any page."""

    text: str
    mark: Mark = ""


Line = tuple[Run, ...]
Cell = tuple[Line, ...]
"""The lines of a cell, one below the other."""


def cell(*texts: str, mark: Mark = "") -> Cell:
    """A cell of plain lines; empty ones are left out."""
    return tuple((Run(text, mark),) for text in texts if text)


@frozen(kw_only=True)
class Column:
    """A column: its heading, and how much of the width it takes, in hundredths."""

    head: str
    width: int


@frozen(kw_only=True)
class PageTable:
    """A table with its caption; the first cell of a row is its heading. `quiet` ones are printed small."""

    code: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    quiet: bool = False


@frozen(kw_only=True)
class Page:
    """A title, what is to be known about it, a remark, and its tables."""

    title: str
    lang: Lang
    facts: tuple[tuple[str, Cell], ...]
    remark: str
    tables: tuple[PageTable, ...]


# ------------------------------------------------------------------------------------------- HTML

_STYLE: Final = """
@page { size: A4 landscape; margin: 12mm 12mm 14mm; }
* { box-sizing: border-box; }
html { color: #000; background: #fff; }
body { margin: 0 auto; max-width: 273mm; padding: 8mm 4mm; font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC",
  "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 19pt; line-height: 1.25; margin: 0 0 4mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5mm 5mm; margin: 0 0 4mm; }
dt { font-weight: 700; }
dd { margin: 0; }
nav ul { list-style: none; margin: 4mm 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1mm 7mm; }
a { color: #003a8c; }
a:focus { outline: 3px solid #003a8c; }
p.remark { border-left: 3px solid #000; margin: 0; padding: 0 0 0 3mm; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 8mm 0 0; }
caption { text-align: left; font-size: 13pt; font-weight: 700; padding: 0 0 1.5mm; break-after: avoid; }
th, td { border: 1px solid #555; padding: 1.2mm 1.8mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
thead th { background: #e6e6e6; border-bottom: 2px solid #000; }
tbody th { font-weight: 700; }
tr { break-inside: avoid; }
dd p, td p, th p { margin: 0 0 1mm; }
td p:last-child, th p:last-child { margin-bottom: 0; }
small, table.quiet { font-size: 9pt; }
small, code { font-weight: 400; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
del { text-decoration: line-through; text-decoration-thickness: 1.5px; }
ins { font-weight: 700; text-decoration: underline; text-decoration-thickness: 1.5px; text-underline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
_LANGUAGES: Final = {"zh": "zh-Hans", "en": "en"}
_ELEMENTS: Final = {
    "strong": "strong",
    "quiet": "small",
    "code": "code",
    "gone": "del",
    "new": "ins",
    "english": "span",
}


def html_of(page: Page) -> str:
    """The page as one HTML document that needs nothing beside itself."""
    html = Element("html", lang=_LANGUAGES[page.lang])
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = page.title
    SubElement(head, "style").text = _STYLE
    body = SubElement(html, "body")
    header = SubElement(body, "header")
    SubElement(header, "h1").text = page.title
    facts = SubElement(header, "dl")
    for label, value in page.facts:
        SubElement(facts, "dt").text = label
        _lines(SubElement(facts, "dd"), value, page.lang)
    SubElement(header, "p", {"class": "remark"}).text = page.remark
    if page.tables:
        places = SubElement(SubElement(header, "nav"), "ul")
        for table in page.tables:
            SubElement(SubElement(places, "li"), "a", href=f"#{table.code}").text = table.caption
    main = SubElement(body, "main")
    for table in page.tables:
        _table(main, table, page.lang)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def _table(parent: Element, table: PageTable, lang: Lang) -> None:
    drawn = SubElement(parent, "table", {"id": table.code} | ({"class": "quiet"} if table.quiet else {}))
    SubElement(drawn, "caption").text = table.caption
    widths = SubElement(drawn, "colgroup")
    for column in table.columns:
        SubElement(widths, "col", style=f"width: {column.width}%")
    row = SubElement(SubElement(drawn, "thead"), "tr")
    for column in table.columns:
        SubElement(row, "th", scope="col").text = column.head
    body = SubElement(drawn, "tbody")
    for cells in table.rows:
        row = SubElement(body, "tr")
        for n, inner in enumerate(cells):
            _lines(SubElement(row, "td") if n else SubElement(row, "th", scope="row"), inner, lang)


def _lines(parent: Element, lines: Cell, lang: Lang) -> None:
    """The lines of a cell, each a paragraph; one alone stands as it is."""
    for line in lines:
        holder = parent if len(lines) == 1 else SubElement(parent, "p")
        for run in line:
            _run(holder, run, lang)


def _run(parent: Element, run: Run, lang: Lang) -> None:
    if run.mark == "" or (run.mark == "english" and lang == "en"):
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + run.text
        else:
            parent.text = (parent.text or "") + run.text
        return
    SubElement(parent, _ELEMENTS[run.mark], {"lang": "en"} if run.mark == "english" else {}).text = run.text


# ------------------------------------------------------------------------------------------- Markdown

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_SPACE: Final = re.compile(r"\s+")
_SIGNS: Final = {"strong": "**", "gone": "~~", "new": "**"}


def markdown_of(page: Page) -> str:
    """The page as Markdown with pipe tables; words that changed are struck through or bold."""
    parts = [f"# {_escaped(page.title)}", ""]
    parts += [f"- **{_escaped(label)}**: {_inline(value, '; ')}" for label, value in page.facts]
    parts += ["", f"> {_escaped(page.remark)}"]
    for table in page.tables:
        parts += ["", f"## {_escaped(table.caption)}", ""]
        parts.append(_row(_escaped(column.head) for column in table.columns))
        parts.append(_row("---" for _ in table.columns))
        parts += [_row(_inline(cells, "<br>") for cells in row) for row in table.rows]
    return "\n".join(parts) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(lines: Cell, between: str) -> str:
    return between.join("".join(_signed(run) for run in line) for line in lines)


def _signed(run: Run) -> str:
    if run.mark == "code":
        return f"`{run.text.replace('`', '')}`".replace("|", r"\|")
    text = _escaped(run.text)
    sign = _SIGNS.get(run.mark, "") if text.strip() else ""
    inner = text.strip() if sign else text
    start = text[: len(text) - len(text.lstrip())] if sign else ""
    end = text[len(text.rstrip()) :] if sign else ""
    return f"{start}{sign}{inner}{sign}{end}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text))
