"""Groups of columns: the procedures that a title over columns, a sheet, or a word in brackets speaks of."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from recruitment.law.editions import Editions

Range = tuple[int, int]
"""The numbers of the first and the last procedure of a group."""

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_BEFORE: Final = re.compile(r"^(?:[0-9]{4}年?度?|第[一二三四五]阶段|[一二三四五六七八九十0-9]+[、.]|拟|新|中共|[:、])+")
_AFTER: Final = re.compile(r"(?:阶段|情况|花?名[册单]|台账|一览|汇总|统计|登记|信息|人员|表|[前时的])+$")


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).casefold()


class ColumnGroups:
    """The words for several procedures: those of `headings.toml`, and the stages by their number and their names."""

    def __init__(self, editions: Editions) -> None:
        self.ranges: dict[str, Range] = {}
        for group in editions.list_words.groups:
            for name in group.names:
                self.ranges[_plain(name)] = group.first, group.last
        for rulebook in editions.rulebooks:
            for stage in rulebook.stages:
                numbers = [act.number for act in rulebook.procedures if act.stage == stage.number]
                for name in (stage.zh, f"第{'一二三四五'[stage.number - 1]}阶段"):
                    self.ranges.setdefault(_plain(name), (min(numbers), max(numbers)))

    def of(self, title: str) -> Range | None:
        """The procedures that a title speaks of; None where it names no group."""
        whole = _plain(title)
        without = _BRACKETS.sub("", whole)
        short = _BEFORE.sub("", without)
        for name in (whole, without, short, _AFTER.sub("", short)):
            if name in self.ranges:
                return self.ranges[name]
        return None

    def name_of(self, number: int, among: set[int]) -> str | None:
        """A word that speaks of that procedure and of none of the others; None where there is none."""
        for name, (first, last) in self.ranges.items():
            if {other for other in among if first <= other <= last} == {number} and not name.startswith("第"):
                return name
        return None
