"""What a heading means: code, number, name or synonym of a procedure, a fact, names of people, a piece of evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import attrs

from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.base.structure.values import fields_of
from recruitment.formats.spreadsheets.cells import (
    Flaw,
)
from recruitment.formats.spreadsheets.column_groups import ColumnGroups, Range
from recruitment.formats.spreadsheets.columns import Column, EvidenceColumn, FactColumn, Path, ProcedureColumn
from recruitment.formats.written import core
from recruitment.law.editions import Editions
from recruitment.law.synonyms import ListWords, Unclear, plain_word
from recruitment.record.acts import ACTS, File

FACTS: Final = ("id", "name", "born", "branch", "mobile", "edition")
"""The facts of a file that a template asks for."""


_BESIDE: Final = 99
"""Where an act beside the main line comes among those of one day."""


_ASIDE: Final = ("备注", "说明", "note", "notes")


_NUMBERED: Final = re.compile(r"第?([0-9]{1,3})(?:个?程序|步骤|项|步)?[.、:)\-]?(.*)", re.DOTALL)


_BRACKETS: Final = re.compile(r"\([^()]*\)")


_INNER: Final = re.compile(r"\(([^()]+)\)")


_NUMBER: Final = re.compile(r"第?([0-9]{1,2})(?:个?程序|步骤|项|步)?")


_DATED: Final = re.compile(r"的?(?:具体)?(?:起止)?\(?(?:时间|日期|年月日|年月|日)\)?$")


_NUMBERED_PERSON: Final = re.compile(
    r"^第[一二12](?=[\u4e00-\u9fff]{3})|(?<=人)[一二三甲乙丙1-3]$|(?<=人姓名)[一二三1-3]$"
)
"""What counts several columns of names: 培养联系人一, 第一入党介绍人."""


_LOOSE: Final = (
    (re.compile("^(?:被|何时|报|经|于)"), ""),
    (re.compile("中共|为|的|何时"), ""),
    (re.compile("入党积极分子"), "积极分子"),
    (re.compile("确立|列入|列|拟定|拟确定|拟"), "确定"),
    (re.compile("确定确定"), "确定"),
    (re.compile("提交|呈交|上交|写出"), "递交"),
    (re.compile("上级党委"), "党委"),
    (re.compile("支部委员会|支委(?!会)"), "支委会"),
    (re.compile("支部党员大会|党员大会"), "支部大会"),
)


def _loose(name: str) -> str:
    """A heading without the words that change nothing about it, and with one word for those that mean the same."""
    for pattern, word in _LOOSE:
        name = pattern.sub(word, name)
    return name


_SKIPPED: Final = ("on", "recorded", "act")


@lru_cache(maxsize=4_096)
def bare(heading: str) -> str:
    """A heading as headings are compared: half-width, without blanks, brackets, and an ending such as 时间."""
    whole = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
    without = _BRACKETS.sub("", whole).strip(":*·")
    return _DATED.sub("", without) or without or whole


@cache
def evidence_paths(code: str) -> Mapping[Path, Any]:
    """The evidence that an act can hold, by the keys that reach it, with its type; parts of parts on their own."""
    return _paths(ACTS[code])


@cache
def fact_paths() -> Mapping[Path, Any]:
    """The facts that a file can hold, likewise."""
    return _paths(File)


def _paths(cls: type[Any]) -> dict[Path, Any]:
    found: dict[Path, Any] = {}
    for key, (_, hint) in fields_of(cls).items():
        if key in _SKIPPED:
            continue
        inner = core(hint)
        if isinstance(inner, type) and attrs.has(inner):
            found |= {(key, part): kind for part, (_, kind) in fields_of(inner).items()}
        else:
            found[key,] = hint
    return found


def _evidence_column(code: str, path: Path) -> EvidenceColumn:
    """A key of an act with all its parts, or one of these."""
    hint = fields_of(ACTS[code])[path[0]][1]
    return EvidenceColumn(code, path, evidence_paths(code).get(path, hint))


class HeadingNames:
    """Every heading that is known under these rulebooks."""

    def __init__(self, editions: Editions) -> None:
        self.editions = editions
        self._met: dict[str, tuple[Column, ...] | Flaw] = {}
        self.synonyms = editions.synonyms
        self.words: ListWords = editions.list_words
        self.by_number: dict[int, ProcedureColumn] = {}
        self.by_code: dict[str, ProcedureColumn] = {}
        self.names: dict[str, str] = {}
        known: dict[str, dict[Column, None]] = {}
        for rulebook in editions.rulebooks:
            for act in rulebook.by_code.values():
                column = ProcedureColumn(
                    act.code, act.number or _BESIDE, act.again == "repeats", act.code in self.words.people
                )
                if act.number:
                    self.by_number[act.number] = column
                self.by_code[act.code] = column
                self.names[act.code] = act.label.zh
                for name in (act.code, act.zh, act.label.zh, *self.words.procedure.get(act.code, ())):
                    known.setdefault(bare(name), {})[column] = None
        facts = fact_paths()
        for key in FACTS:
            path: Path = ("branch", "name") if key == "branch" else (key,)
            for name in (key, *self.words.fact.get(key, ())):
                known.setdefault(bare(name), {})[FactColumn(path, facts[path])] = None
        for path, hint in facts.items():
            label = self.synonyms.labels.get(path[-1])
            if label is not None and path[-1] not in ("name", "id"):
                known.setdefault(bare(label.zh), {})[FactColumn(path, hint)] = None
        for code, names in self.words.people.items():
            which: Column = "names:mentors" if code == "mentors" else "names:sponsors"
            for name in names:
                known.setdefault(bare(name), {})[which] = None
        for name in _ASIDE:
            known.setdefault(bare(name), {})["aside"] = None
        self.known = {name: tuple(columns) for name, columns in known.items()}
        self.loose: dict[str, tuple[Column, ...]] = {}
        for name, columns in self.known.items():
            loose = _loose(name)
            self.loose[loose] = tuple(dict.fromkeys((*self.loose.get(loose, ()), *columns)))
        self.numbers = {bare(name): n for n, name in enumerate(self.words.number)}
        self.groups = ColumnGroups(editions)
        self.unclear = {bare(name): each for each in self.words.unclear for name in each.headings}
        self.shared: dict[str, tuple[Column, ...]] = {
            bare(name): tuple(_evidence_column(code, tuple(each.key.split("."))) for code in each.procedures)
            for each in self.words.evidence
            for name in each.headings
        }
        self.shared |= {
            name: tuple(self.by_code[code] for code in each.procedures) for name, each in self.unclear.items()
        }

    def read(self, heading: str) -> tuple[Column, ...] | Flaw:
        """What a heading can mean; nothing where it is not known, several where its place has to decide."""
        found = self._met.get(heading)
        if found is None:
            found = self._met[heading] = self._read(heading)
        return found

    def _read(self, heading: str) -> tuple[Column, ...] | Flaw:
        whole = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
        name, told = bare(heading), shown(heading.strip())
        found = self.known.get(whole) or self.shared.get(name) or self.known.get(name) or self._begun(name)
        found = found or self.known.get(_NUMBERED_PERSON.sub("", name)) or self.loose.get(_loose(name)) or ()
        if found:
            return self._in_brackets(heading, found, whole)
        match = _NUMBERED.fullmatch(whole)
        if match:
            return self._read_numbered(int(match[1]), match[2], told)
        code, _, rest = unicodedata.normalize("NFKC", heading).strip().partition(" ")
        acts = self.synonyms.act_codes(code) if rest else ()
        if len(acts) == 1 and acts[0] in self.by_code:
            return self._evidence(acts[0], rest) or ()
        return ()

    def _read_numbered(self, number: int, name: str, told: str) -> tuple[Column, ...] | Flaw:
        found = self.by_number.get(number)
        if found is None:
            last = max(self.by_number)
            return Flaw(
                Label(
                    zh=f"没有 {told} 这一项，序号为 1 至 {last}",
                    en=f"{told} is no procedure; they are numbered 1 to {last}",
                )
            )
        left = bare(name) if name else ""
        if not left or _DATED.fullmatch(name):
            return (found,)
        named = self.known.get(name) or self.known.get(left) or ()
        if found in named:
            return (found,)
        shared = [each for each in self.shared.get(left, ()) if self.code_of(each) == found.code]
        if shared:
            return tuple(shared)
        if found.code in self.words.people and left in map(bare, self.words.people[found.code]):
            return (EvidenceColumn(found.code, ("people",), evidence_paths(found.code)["people",]),)
        evidence = self._evidence(found.code, name)
        if evidence:
            return evidence
        right = self.names[found.code]
        return Flaw(
            Label(
                zh=f"{told}：第 {number} 项是“{right}”，请更正序号或名称",
                en=f"{told}: number {number} is {right}; correct the number or the name",
            ),
        )

    # -------------------------------------------------------------------------------------- shared names

    @staticmethod
    def code_of(column: Column) -> str:
        """The act that a column is about; empty for what is about none."""
        return column.code if isinstance(column, ProcedureColumn | EvidenceColumn) else ""

    def number_of(self, column: Column) -> int:
        """The number of the procedure that a column is about; 0 for what is about none."""
        code = self.code_of(column)
        return self.by_code[code].number if code in self.by_code else 0

    def within(self, found: Iterable[Column], group: Range) -> tuple[Column, ...]:
        """Those of the columns that are about a procedure of a group."""
        return tuple(column for column in found if group[0] <= self.number_of(column) <= group[1])

    def unclear_of(self, heading: str) -> Unclear | None:
        """Why no place decides what a heading means; None where it may."""
        return self.unclear.get(bare(heading))

    def _in_brackets(self, heading: str, found: tuple[Column, ...], whole: str) -> tuple[Column, ...] | Flaw:
        """What is left of the readings of a heading by what stands in brackets behind it."""
        for word in _INNER.findall(whole) if len(found) > 1 else ():
            left = self._named(found, word)
            if left is not None:
                return left or self.flaw_of_shared(heading, found, found)
        return found

    def _begun(self, name: str) -> tuple[Column, ...]:
        """The readings of a shared name with a word before it that says which procedure is meant."""
        for shared in sorted(self.shared, key=len, reverse=True):
            if name.endswith(shared) and name != shared:
                left = self._named(self.shared[shared], name.removesuffix(shared))
                if left is not None:
                    return left
        return ()

    def _named(self, found: tuple[Column, ...], word: str) -> tuple[Column, ...] | None:
        """The readings that a number, a group or the name of a procedure leaves; None for any other word."""
        number = _NUMBER.fullmatch(word)
        if number:
            return self.within(found, (int(number[1]), int(number[1])))
        group = self.groups.of(word)
        if group is not None:
            return self.within(found, group)
        codes = {self.code_of(column) for column in self.known.get(bare(word), ())} - {""}
        return tuple(column for column in found if self.code_of(column) in codes) if codes else None

    def flaw_of_shared(self, heading: str, found: Sequence[Column], left: Sequence[Column]) -> Flaw:
        """What is said of a heading that several procedures share: which are left, and how to say which is meant."""
        told, short = shown(heading.strip()), _BRACKETS.sub("", unicodedata.normalize("NFKC", heading)).strip()
        unclear = self.unclear_of(heading)
        acts = {self.number_of(column): self.names[self.code_of(column)] for column in left if self.code_of(column)}
        number = next(iter(acts))
        group = self.groups.name_of(number, {self.number_of(column) for column in found}) or acts[number]
        part = next((column.path[0] for column in left if isinstance(column, EvidenceColumn)), None)
        of_zh = f"的{self.synonyms.name(part).zh}" if part else ""
        of_en = f"the {self.synonyms.name(part).en} of " if part else ""
        zh = unclear.zh if unclear else "可以是" + "、".join(f"第 {n} 项“{name}”" for n, name in acts.items()) + of_zh
        en = unclear.en if unclear else of_en + " or ".join(f"{n} ({name})" for n, name in acts.items())
        return Flaw(
            Label(
                zh=f"列名 {told} {zh}，请写明，如“{number} {short}”或“{short}（{group}）”",
                en=f"the heading {told} can be {en}; say which, such as {number} {short} or {short}（{group}）",
            )
        )

    # -------------------------------------------------------------------------------------- evidence

    def _evidence(self, code: str, name: str) -> tuple[EvidenceColumn, ...]:
        """The evidence of an act that goes by a name: its key, or the key of the part and its own."""
        sought = (plain_word(name), bare(name))
        exact: dict[Path, Any] = {}
        loose: dict[Path, Any] = {}
        for path, hint in evidence_paths(code).items():
            parts = [self._names_of(key) for key in path]
            whole = {first + last for first in parts[0] for last in parts[1]} if len(path) == 2 else parts[0]
            if any(word in whole for word in sought):
                exact[path] = hint
            elif any(word in parts[-1] for word in sought):
                loose[path] = hint
        found = exact or loose
        return tuple(EvidenceColumn(code, path, hint) for path, hint in found.items()) if len(found) == 1 else ()

    def _names_of(self, key: str) -> set[str]:
        return {plain_word(name) for name in (key, *self.synonyms.words.get(key, ()))}
