"""The lettering of a plate: how broad a text is, and where it is broken into lines."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import Node

_ZH_BREAKS: Final = re.compile(
    "入党|组织部门|党支部|党小组|派人|介绍人|积极分子|联系人|申请|培养|考察|确定|审批|谈话|取消|预备党员|起可办|和"
)
"""Before which words a Chinese name may be broken without harm."""
_WIDE: Final = {"zh": 8.7, "en": 20.0}
_WIDE_MORE: Final = {"zh": 9.0, "en": 20.0}


def breadth(text: str, lang: Lang) -> float:
    """How broad a text is: in Chinese characters, a letter a little over half of one; else in letters."""
    if lang != "zh":
        return float(len(text))
    return math.fsum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def wrap(text: str, lang: Lang, wide: float) -> tuple[str, ...]:
    """A text in lines of about equal length: between words in English, at a sensible character in Chinese."""
    whole = breadth(text, lang)
    if whole <= wide:
        return (text,)
    share = whole / math.ceil(whole / wide)
    cuts = [n for n in range(1, len(text)) if breadth(text[:n], lang) <= wide]
    spaces = [n for n in cuts if text[n] == " " and not text[:n].isdigit() and n > 1]
    good = spaces
    if lang == "zh":
        named = [n for n in cuts if text[n - 1] == "、" or _ZH_BREAKS.match(text, n)]
        near = [n for n in (*named, *spaces) if abs(breadth(text[:n], lang) - share) <= 2.5]
        good = near or [n for n in cuts if not (text[n - 1].isascii() and text[n].isascii())]
    # One word longer than a line is cut where the line ends.
    good = good or [max(cuts, default=1)]
    cut = min(good, key=lambda n: (abs(breadth(text[:n], lang) - share), n))
    return (text[:cut].rstrip(), *wrap(text[cut:].lstrip(), lang, wide))


def lines_of(node: Node, lang: Lang) -> tuple[str, ...]:
    """Everything that is written in a box, line by line: number and name, then what is said of it."""
    key = Label(zh="zh", en="en").words(lang)
    name = f"{node.number} {node.name}" if node.number is not None else node.name
    more = (part for line in node.lines for part in wrap(line, lang, node.wide or _WIDE_MORE[key]))
    return (*wrap(name, lang, node.wide or _WIDE[key]), *more)
