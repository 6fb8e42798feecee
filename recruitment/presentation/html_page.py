"""A page of tables as a value, and as one HTML document or as Markdown: no script, no network, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from attrs import frozen

from recruitment.base.label import Lang
from recruitment.presentation.html_shell import page_pieces

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
    """A column: its heading, how much of the width it takes, in hundredths, and whether it holds numbers."""

    head: str
    width: int
    number: bool = False


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


def html_of(page: Page) -> str:
    """The page as one HTML document that needs no other file."""
    return "".join(
        page_pieces(
            "presentation/assets/tables_page.html",
            lang=page.lang,
            title=page.title,
            styles=("presentation/assets/tables_page.css",),
            rules=width_rules(page.tables),
            page=page,
        )
    )


def width_rules(tables: Iterable[PageTable]) -> str:
    """The rules of style by which the columns of these tables have their widths."""
    widths = sorted({column.width for table in tables for column in table.columns})
    return "".join(f".w{width} {{ width: {width}%; }}\n" for width in widths)


# ------------------------------------------------------------------------------------------- Markdown

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_SPACE: Final = re.compile(r"\s+")
_SIGNS: Final = {"strong": "**", "gone": "~~", "new": "**"}


def markdown_of(page: Page) -> str:
    """The page as Markdown with pipe tables; words that changed are struck through or bold."""
    parts = [f"# {_escape(page.title)}", ""]
    parts += [f"- **{_escape(label)}**: {_inline(value, '; ')}" for label, value in page.facts]
    parts += ["", f"> {_escape(page.remark)}"]
    for table in page.tables:
        parts += ["", f"## {_escape(table.caption)}", ""]
        parts.append(_row(_escape(column.head) for column in table.columns))
        parts.append(_row("---" for _ in table.columns))
        parts += [_row(_inline(cells, "<br>") for cells in row) for row in table.rows]
    return "\n".join(parts) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(lines: Cell, between: str) -> str:
    return between.join("".join(_sign(run) for run in line) for line in lines)


def _sign(run: Run) -> str:
    if run.mark == "code":
        return f"`{run.text.replace('`', '')}`".replace("|", r"\|")
    text = _escape(run.text)
    sign = _SIGNS.get(run.mark, "") if text.strip() else ""
    inner = text.strip() if sign else text
    start = text[: len(text) - len(text.lstrip())] if sign else ""
    end = text[len(text.rstrip()) :] if sign else ""
    return f"{start}{sign}{inner}{sign}{end}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text))
