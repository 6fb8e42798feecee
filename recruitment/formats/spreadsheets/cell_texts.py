"""What a cell says as text: an id with its digits, a text without the quotation marks around it, several lines."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Final

from recruitment.base.label import Label
from recruitment.formats.spreadsheets.cells import (
    Cell,
    Flaw,
    cell_text,
)

_EXACT_DIGITS: Final = 15
"""Digits of a number that spreadsheet programs keep; further ones have become zeros."""


def key_text(cell: Cell) -> str | Flaw:
    """A cell as text; a whole number counts as its digits, since programs take keys of digits for numbers."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if type(cell) is int:
        if len(str(abs(cell))) > _EXACT_DIGITS:
            return Flaw(
                Label(
                    zh=f"超过 {_EXACT_DIGITS} 位的数字已丢失末位，请将单元格设为文本后重新填写",
                    en=f"a number of more than {_EXACT_DIGITS} digits has lost the last of them; format the cell "
                    "as text and write it again",
                ),
            )
        return str(cell)
    return Flaw(
        Label(
            zh=f"{cell_text(cell)} 不是文本，请设为文本后重新填写",
            en=f"{cell_text(cell)} is not a text; format the cell as text and write it again",
        ),
    )


def written_text(cell: Cell) -> str | Flaw:
    """A cell as it would be typed: a day as YYYY-MM-DD, a truth value as 是 or 否."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return key_text(cell)


def unquote(text: str) -> str:
    """A text without the quotation marks of JSON, where it has them."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            read = json.loads(text)
        except ValueError:
            return text
        return read if isinstance(read, str) else text
    return text


def text_lines(text: str, count: int) -> list[str | None] | Flaw:
    """The evidence of several days: a line for each of them, or a JSON list."""
    if count == 1:
        return [text]
    if text.startswith("["):
        try:
            read = json.loads(text)
        except ValueError:
            read = None
        if isinstance(read, list) and len(read) == count and all(isinstance(one, str | None) for one in read):
            return read
    lines = text.replace("\r\n", "\n").replace("_x000D_", "").split("\n")
    if len(lines) == count:
        return [line.strip() or None for line in lines]
    return Flaw(
        Label(
            zh=f"日期有 {count} 个，这里有 {len(lines)} 行，请每个日期对应一行",
            en=f"there are {count} days and {len(lines)} lines here; write a line for each day",
        ),
    )
