"""Survey: what a worksheet holds that a reader of its values does not say, found in one pass in little memory.

Merged cells come after the rows, a formula without a stored result looks like an empty cell, and the size that a
sheet states is often wrong: all three have to be known before the first row is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

from attrs import Factory, define

from recruitment.base.errors import BadInput
from recruitment.base.label import Label

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MOST_MERGED: Final = 10_000

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_WORKSHEET, _ROW, _CELL, _VALUE, _INLINE, _FORMULA, _MERGED = (
    _MAIN + name for name in ("worksheet", "row", "c", "v", "is", "f", "mergeCell")
)
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)


class Wrong(Exception):
    """A worksheet whose rows or cells cannot be where it says they are."""


@define
class Survey:
    """The last row and column that hold something, merged ranges, and cells with a formula that has no result.

    Rows count from 1 and columns from 0; a range is first row, first column, last row, last column.
    """

    last_row: int = 0
    last_column: int = -1
    merged: list[tuple[int, int, int, int]] = Factory(list)
    without_result: dict[int, list[int]] = Factory(dict)
    styles: set[str] = Factory(set)
    """The styles of cells, by their numbers in the workbook's own list."""


def _reference(text: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise Wrong
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise Wrong
    return row, column - 1


class _Surveyor:
    """Handles one part; detaches itself where the part is no worksheet."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.result: Survey | None = None
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.StartElementHandler = self._root
        self.row = 0
        self.number = "0"
        self.columns: dict[str, int] = {}
        """The columns by their letters, of the cells met so far; a reference is letters and the number of its row."""
        self.column = -1
        self.kind: str | None = None
        self.formula = self.filled = False
        self.styles: set[str] = set()

    def _document_type(self, *_: Any) -> None:
        raise BadInput.of(
            self.where,
            Label(
                zh="工作簿含有文档类型声明（DTD），表格软件不会写出这种内容，请重新另存为 .xlsx",
                en="the workbook declares a document type, as no spreadsheet program writes; save it again as .xlsx",
            ),
        )

    def _root(self, name: str, _: dict[str, str]) -> None:
        self.parser.StartElementHandler = None
        if name == _WORKSHEET:
            self.result = Survey()
            self.styles = self.result.styles
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CELL:
            reference = attributes.get("r")
            if reference is None:
                self.column += 1
            else:
                known = self.columns.get(reference.removesuffix(self.number))
                if known is None:
                    row, known = _reference(reference)
                    if row != self.row:
                        raise Wrong
                    if (name := reference.removesuffix(self.number)).isalpha():
                        self.columns[name] = known
                self.column = known
            self.kind = attributes.get("t")
            if self.kind in (None, "n") and (style := attributes.get("s")) is not None:
                self.styles.add(style)
            self.formula = self.filled = False
        elif name == _ROW:
            self._next_row(attributes.get("r"))
        elif name in (_VALUE, _INLINE):
            # A formula may give an empty text, which is a result; other empty values are none.
            if name == _VALUE and self.kind == "str" and self.formula:
                self.filled = True
            self.parser.CharacterDataHandler = self._text
        elif name == _FORMULA:
            self.formula = True
        elif name == _MERGED:
            self._merge(attributes.get("ref", ""))

    def _next_row(self, number: str | None) -> None:
        if number is None:
            row = self.row + 1
        elif number.isascii() and number.isdigit() and len(number) <= 7:
            row = int(number)
        else:
            raise Wrong
        if not self.row < row <= LAST_ROW:
            raise Wrong
        self.row, self.column, self.number = row, -1, str(row)

    def _text(self, text: str) -> None:
        if text:
            self.filled = True

    def _end(self, name: str) -> None:
        if name in (_VALUE, _INLINE):
            self.parser.CharacterDataHandler = None
        elif name == _CELL and (self.filled or self.formula):
            assert self.result is not None
            self.result.last_row = self.row
            self.result.last_column = max(self.result.last_column, self.column)
            if not self.filled:
                self.result.without_result.setdefault(self.row, []).append(self.column)

    def _merge(self, reference: str) -> None:
        assert self.result is not None
        first, _, last = reference.partition(":")
        start = _reference(first)
        self.result.merged.append((*start, *(_reference(last) if last else start)))
        if len(self.result.merged) > MOST_MERGED:
            raise BadInput.of(
                self.where,
                Label(
                    zh=f"工作表的合并单元格超过 {MOST_MERGED} 处，请取消合并",
                    en=f"a sheet has more than {MOST_MERGED} merged cells; unmerge them",
                ),
            )


def survey(chunks: Iterable[bytes], where: str) -> Survey | None:
    """What a worksheet holds; None for a part that is none.

    Raises:
        BadInput: the part declares a document type, or its rows and cells are not where it says.
        ExpatError: the part is no XML.
    """
    surveyor = _Surveyor(where)
    try:
        for chunk in chunks:
            surveyor.parser.Parse(chunk, False)
        surveyor.parser.Parse(b"", True)
    except (Wrong, ExpatError) as error:
        if isinstance(error, ExpatError) and surveyor.result is None:
            raise
        raise BadInput.of(
            where,
            Label(
                zh="工作表的行次序混乱或格式不正确，请重新另存为 .xlsx",
                en="the rows of a sheet are out of order or not well formed; save the workbook again as .xlsx",
            ),
        ) from None
    finally:
        # The handlers hold the parser and the parser holds them.
        surveyor.parser.StartElementHandler = surveyor.parser.EndElementHandler = None
        surveyor.parser.CharacterDataHandler = surveyor.parser.StartDoctypeDeclHandler = None
    return surveyor.result
