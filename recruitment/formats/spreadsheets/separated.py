"""Separated: the lines of a CSV file, its encoding and its delimiter found and never guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Generator, Iterator
from typing import BinaryIO, Final

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.formats.spreadsheets.cells import WINDOWS_ZERO, Cell, Flaw, SheetLine, Worksheet, check_cell, empty

_CHUNK: Final = 256 * 1024
LONGEST_LINE: Final = 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t")
_SEP: Final = re.compile(r"\s*\"?sep=([,;\t])\"?[ ,;]*\r?\n", re.IGNORECASE)
"""The line in which spreadsheet programs say what separates the others."""


def encoding_of(source: BinaryIO, where: str) -> str:
    """The encoding of a text: by its mark, else UTF-8, else GB18030, each tried strictly on the whole file.

    Raises:
        BadInput: it is none of these, or it could be either of two.
    """
    source.seek(0)
    head = source.read(4)
    for mark, name in _MARKS:
        if head.startswith(mark):
            if _decodes(source, name) is not None:
                return name
            kind = name.removesuffix("-sig").upper()
            raise _not_text(where, Label(zh=f"其标记所示的 {kind}", en=f"{kind}, as its mark says"))
    utf8 = _decodes(source, "utf-8")
    if utf8 in ("ascii", "certain"):
        return "utf-8"
    chinese = _decodes(source, "gb18030") == "certain"
    if utf8 is not None and chinese:
        raise BadInput.of(
            where,
            Label(
                zh="文本既可按 UTF-8 也可按 GB18030 读取，请另存为带 BOM 的 UTF-8 CSV 或 .xlsx",
                en="the text can be read as UTF-8 and as GB18030; save it as CSV UTF-8 with a byte order mark, or "
                "as .xlsx",
            ),
        )
    if utf8 is not None:
        return "utf-8"
    if chinese:
        return "gb18030"
    raise _not_text(where, Label(zh="UTF-8、UTF-16 或 GB18030", en="UTF-8, UTF-16 or GB18030"))


def _not_text(where: str, encoding: Label) -> BadInput:
    return BadInput.of(
        where,
        Label(
            zh=f"文本不是 {encoding.zh} 编码，请另存为 UTF-8 CSV 或 .xlsx",
            en=f"the text is not {encoding.en}; save it as CSV UTF-8, or as .xlsx",
        ),
    )


def _decodes(source: BinaryIO, encoding: str) -> str | None:
    """How surely a file is in an encoding: "ascii", "certain", "possible", or None where it is not.

    UTF-8 is certain once a character is met whose three or four bytes hardly another encoding writes; GB18030 where
    every character is one that is assigned.
    """
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    answer = "ascii"
    try:
        while True:
            chunk = source.read(_CHUNK)
            text = decoder.decode(chunk, not chunk)
            if not text.isascii():
                if encoding == "utf-8":
                    answer = "certain" if answer == "certain" or max(text) >= "\u0800" else "possible"
                elif any(unicodedata.category(c) in ("Co", "Cn") for c in set(text)):
                    return "possible"
                else:
                    answer = "certain"
            if not chunk:
                return answer
    except UnicodeDecodeError:
        return None


def open_separated(source: BinaryIO, where: str) -> Worksheet:
    """The lines of a CSV file; rows count as a spreadsheet program counts them, serial numbers from 1899-12-30.

    Raises:
        BadInput: its encoding or its delimiter is unclear.
    """
    encoding = encoding_of(source, where)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, errors="strict", newline="")
    head = text.read(LONGEST_LINE)
    if "\x00" in head[:1024]:
        raise BadInput.of(
            where,
            Label(
                zh="文本含有空字节（NUL），可能是没有标记的 UTF-16，请另存为 UTF-8 CSV 或 .xlsx",
                en="the text holds NUL bytes, as UTF-16 without its mark does; save it as CSV UTF-8, or as .xlsx",
            ),
        )
    delimiter = _delimiter(head, where)
    text.seek(0)
    return Worksheet(f"{where}: ", WINDOWS_ZERO, _lines(text, delimiter))


def _delimiter(head: str, where: str) -> str:
    """What separates the cells of the first line that holds any delimiter, quoted ones left out."""
    told = _SEP.match(head)
    if told:
        return told[1]
    bare, quoted = "", False
    for char in head.lstrip("\r\n"):
        if char == '"':
            quoted = not quoted
        elif char in "\r\n" and not quoted:
            if any(delimiter in bare for delimiter in _DELIMITERS):
                break
            bare = ""  # a title, which has none
        elif not quoted:
            bare += char
    found = [delimiter for delimiter in _DELIMITERS if delimiter in bare]
    if len(found) > 1:
        en = " and ".join("a tab" if d == "\t" else d for d in found)
        zh = "、".join("制表符" if d == "\t" else d for d in found)
        raise BadInput.of(
            where,
            Label(
                zh=f"首行同时含有 {zh}，无法确定分隔符，请只用一种",
                en=f"the headings hold {en}, so it is unclear what separates them; use one of them",
            ),
        )
    return found[0] if found else ","


def _lines(text: io.TextIOWrapper, delimiter: str) -> Generator[SheetLine, None, None]:
    try:
        reader = csv.reader(_short_lines(text), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "field larger" in str(error) or "end of data" in str(error):
                    yield SheetLine(number, (), _OPEN_QUOTE)
                    return
                yield SheetLine(number, (), _STRAY_QUOTE)
                continue
            except _TooLong:
                yield SheetLine(number, (), _LONG)
                return
            if number == 1 and values and values[0].strip().casefold().startswith("sep="):
                continue
            if not all(map(empty, values)):
                cells: tuple[Cell, ...] = tuple(map(check_cell, values))
                yield SheetLine(number, cells)
    finally:
        text.detach()


class _TooLong(Exception):
    """A line of more than `LONGEST_LINE` characters."""


def _short_lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise _TooLong
        yield line


_OPEN_QUOTE = Flaw(
    Label(
        zh='此处的引号（"）没有闭合，其后内容无法读取',
        en='a quotation mark (") is opened here and not closed; nothing after it can be read',
    ),
)
_STRAY_QUOTE = Flaw(
    Label(
        zh='引号（"）闭合后不是分隔符，字段内的引号请写两次',
        en='after a closing quotation mark (") there is something other than a delimiter; '
        "write inner quotation marks twice",
    ),
)
_LONG = Flaw(
    Label(
        zh=f"此行超过 {LONGEST_LINE} 字，其后内容不再读取",
        en=f"the line is longer than {LONGEST_LINE} characters; nothing after it is read",
    ),
)
