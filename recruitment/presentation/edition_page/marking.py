"""Two texts side by side, with the words marked that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from recruitment.base.label import Lang
from recruitment.presentation.html_page import Cell, Mark, Run

_WORDS: Final = re.compile(r"[A-Za-z0-9'’-]+|\s+|.", re.DOTALL)
_ALIKE: Final = 0.5
"""Texts less alike than that are shown as they are: marks on every other word help nobody."""
_SHORT: Final = 2
"""Words in common between two changes that are too few to be read as kept."""


def mark_differences(old: str, new: str, lang: Lang) -> tuple[Cell, Cell]:
    """Two texts, each line a line, with the words marked that only one of them has."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if old == new or matcher.ratio() < _ALIKE:
        return _split([Run(old)]), _split([Run(new)])
    steps = matcher.get_opcodes()
    one: list[Run] = []
    other: list[Run] = []
    for n, (tag, i, j, k, m) in enumerate(steps):
        inner = 0 < n < len(steps) - 1
        kept = tag == "equal" and not (inner and j - i < (_SHORT if lang == "zh" else _SHORT + 1))
        _add(one, "".join(before[i:j]), "" if kept else "gone")
        _add(other, "".join(after[k:m]), "" if kept else "new")
    return _split(one), _split(other)


def _add(runs: list[Run], text: str, mark: Mark) -> None:
    if not text:
        return
    if runs and runs[-1].mark == mark:
        runs[-1] = Run(runs[-1].text + text, mark)
    else:
        runs.append(Run(text, mark))


def _split(runs: Iterable[Run]) -> Cell:
    """Runs as lines, broken where the text breaks; empty lines are left out."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            lines[-1].append(Run(first, run.mark))
        lines += [[Run(text, run.mark)] if text else [] for text in rest]
    return tuple(tuple(line) for line in lines if line)
