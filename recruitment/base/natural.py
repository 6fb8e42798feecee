"""The order in which people put names that hold numbers: 2 before 10, 第二党支部 before 第十党支部. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from recruitment.base.written_days import chinese_numeral

_NUMBER: Final = re.compile(r"(\d+|[〇零一二三四五六七八九十百]+)")
_LONGEST: Final = 18
NaturalKey = tuple[tuple[bool, int, str], ...]


def natural_key(text: str) -> NaturalKey:
    """What names are sorted by: their words as words, and the numbers in them, Chinese ones too, as numbers."""
    parts = _NUMBER.split(unicodedata.normalize("NFKC", text).casefold())
    return tuple(_part(part) for part in parts if part)


def _part(part: str) -> tuple[bool, int, str]:
    number = int(part) if part.isdecimal() and len(part) <= _LONGEST else chinese_numeral(part)
    return (True, 0, part) if number is None else (False, number, part)
