"""Values as people write them, as the plain data of the dossier format: words as codes, days, counts, names, parts.

What is written goes through the dossier's own reader afterwards. Here words are only turned into the codes that they
mean; a word that means none of the choices, or several of them, is a fault that names them. Full-width punctuation
counts as its half-width twin, and a text that holds what looks like a further key is refused.
"""

from __future__ import annotations

import json
import re
import types
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.base.structure.values import fields_of
from recruitment.base.written_days import DayRange, Month, read_written_day, without_day
from recruitment.law.synonyms import YES_NO, Synonyms
from recruitment.record.evidence import Paper

_NOTHING: Final = ("none", "null", "无")
_COMMA: Final = re.compile(r"([,，;；\n])")
_LIST: Final = re.compile(r"[,，、;；\n]")
_COUNTED: Final = re.compile(r"(?<=[0-9])\s*(?:个月|学时|课时|小时|[人票份名天日项])$")
"""What a number counts, as it stands behind it."""
_EQUALS: Final = re.compile(r"[=＝:：]")
_DESCRIBED: Final = re.compile(r"\s*([^()（）、;；|｜]*)[(（]([^()（）]*)[)）]\s*")
_AND: Final = re.compile(r"[、;；|｜\n]")
_STRAY: Final = re.compile(r"[,，;；]\s*([\w-]{1,20})\s*[=＝]")


def core(hint: Any) -> Any:
    """The type behind an annotation that also allows none and unknown."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None) and getattr(arg, "__name__", "") != "Unknown"]
        return core(inner[0])
    return hint


class Writing:
    """Reads what people write by the annotations of the record; `faults` holds what could not be understood."""

    def __init__(self, synonyms: Synonyms) -> None:
        self.synonyms = synonyms
        self.faults: list[Fault] = []
        self.echoes: list[tuple[str, str, str]] = []
        """Days that were not written as YYYY-MM-DD: the place, the text, and the day that was understood."""

    # -------------------------------------------------------------------------------------- text

    def value(self, text: str, hint: Any, where: str) -> Any:
        """A text as plain data; what does not fit is handed on as text, for the dossier's reader to refuse."""
        hint = core(hint)
        text = text.strip()
        literal = get_args(hint) if get_origin(hint) is Literal else ()
        if text.casefold() in _NOTHING and hint is not bool and not (literal and "none" in literal):
            return None
        if text[:1] in ("{", "[", '"'):
            try:
                return self.data(json.loads(text), hint, where)
            except (ValueError, RecursionError):
                return text
        if hint is bool:
            return self._yes_or_no(text, where)
        if hint is int:
            digits = _COUNTED.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
            return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else text
        if hint is date:
            return self.day(text, where)
        if literal:
            return self._word(text, literal, where)
        if get_origin(hint) is tuple:
            return self._list(text, get_args(hint)[0], where)
        if attrs.has(hint):
            return self._parts(text, hint, where)
        return self.text(text, where) if hint is str else text

    def text(self, text: str, where: str, known: Sequence[str] | None = None) -> str:
        """A text as it is; one that holds a comma and what looks like a key and its value is a fault."""
        for match in _STRAY.finditer(text):
            if known is None or len(self.synonyms.codes(match[1], known)) == 1:
                self.faults.append(
                    Fault(
                        where,
                        Label(
                            zh=f"{shown(text)} 中的“{match[1]}=”像是另一栏，请分开填写，或去掉等号",
                            en=f"{shown(text)} holds what looks like another key, {match[1]}=; write it apart, or "
                            "take out the equals sign",
                        ),
                    )
                )
                break
        return text

    def day(self, text: str, where: str) -> str:
        """A day as YYYY-MM-DD; what is none stays as it is, with a fault."""
        found = read_written_day(text)
        if isinstance(found, date):
            if found.isoformat() != text:
                self.echoes.append((where, text, found.isoformat()))
            return found.isoformat()
        if isinstance(found, Month):
            found = without_day(shown(text))
        elif not isinstance(found, Label):
            two = isinstance(found, DayRange)
            found = Label(
                zh=f"{shown(text)} {'是起止两个日期，此处只写一个' if two else '不是日期，请写成 2023-03-01'}",
                en=f"{shown(text)} "
                + ("gives two days where one belongs" if two else "is no day; write it as 2023-03-01"),
            )
        self.faults.append(Fault(where, found))
        return text

    def _yes_or_no(self, text: str, where: str) -> object:
        if text in ("√", "✓", "✔", "×", "✗", "✘"):
            return text in ("√", "✓", "✔")
        found = self.synonyms.codes(text, YES_NO)
        if len(found) == 1:
            return found[0] == "yes"
        self.faults.append(
            Fault(
                where,
                Label(
                    zh=f"{shown(text)} 不是“是”或“否”，请改写",
                    en=f"{shown(text)} is neither yes nor no; write yes or no",
                ),
            )
        )
        return text

    def _word(self, text: str, choices: Sequence[str], where: str) -> str:
        if text in choices:
            return text
        found = self.synonyms.codes(text, choices)
        if len(found) == 1:
            return found[0]
        self.faults.append(self.synonyms.fault(text, choices, where))
        return text

    def _list(self, text: str, inner: Any, where: str) -> list[Any]:
        item = core(inner)
        if attrs.has(item):
            described = self._described(text, item, where)
            if described is not None:
                return described
            if not _EQUALS.search(text) and "name" in fields_of(item):
                if self._only_a_key(text, fields_of(item), where):
                    return []
                return [{"name": name} for name in written_names(text)]
            people = [part for part in re.split(r"[|｜\n]", text) if part.strip()]
            return [self._parts(part, item, where) for part in people]
        if get_origin(item) is Literal and self.synonyms.codes(text, get_args(item)):
            return [self._word(text, get_args(item), where)]
        parts = [part.strip() for part in _LIST.split(text) if part.strip()]
        if get_origin(item) is Literal and set(get_args(item)) == set(get_args(Paper)):
            parts = [re.sub(r"^[0-9]+[.、\s]*", "", part) for part in parts]
        return [self.value(part, inner, where) for part in parts]

    def _described(self, text: str, item: type[Any], where: str) -> list[Any] | None:
        """Names with their parts in brackets, as in 甲（职务：党支部书记）、乙; None for what is written otherwise."""
        read: list[Any] = []
        rest, brackets = text, False
        while rest:
            found = _DESCRIBED.match(rest)
            if found is not None and _EQUALS.search(found[2]):
                brackets = True
                name = found[1].strip()
                read.append({**({"name": name} if name else {}), **self._parts(found[2], item, where)})
                rest = rest[found.end() :]
            else:
                name = _AND.split(rest, maxsplit=1)[0]
                read.append({"name": name.strip()})
                rest = rest[len(name) :]
            if rest and not _AND.match(rest):
                return None
            rest = rest[1:]
        return read if brackets else None

    def _parts(self, text: str, cls: type[Any], where: str) -> Any:
        """`key=value,key=value`: a comma belongs to the value unless a known key follows it."""
        known = fields_of(cls)
        if not _EQUALS.search(text):
            two = read_written_day(text)
            if {"from", "to"} <= set(known) and isinstance(two, DayRange):
                self.echoes.append((where, text, f"{two.first} – {two.last}"))
                return {"from": two.first.isoformat(), "to": two.last.isoformat()}
            if {"from", "to"} <= set(known) and isinstance(two, date):
                self.faults.append(
                    Fault(
                        where,
                        Label(
                            zh=f"{shown(text)} 只有一个日期，请写明起止，如 2023.3.1-3.8",
                            en=f"{shown(text)} is one day; write the first and the last, such as 2023.3.1-3.8",
                        ),
                    )
                )
                return text
            if self._only_a_key(text, known, where):
                return text
            if next(iter(known), "") == "name" and len(known) > 1:
                return {"name": text}
            self.faults.append(self._without_parts(text, known, where))
            return text
        parts: dict[str, str] = {}
        key, mark = "", ""
        for piece in _COMMA.split(text):
            if _COMMA.fullmatch(piece):
                mark = piece
                continue
            name, *rest = _EQUALS.split(piece, maxsplit=1)
            named = self.key(name.strip(), known)
            if rest and (named in known or not key):
                key = named
                parts[key] = rest[0]
            elif not rest and named in known and core(known[named][1]) is bool:
                parts[named] = "yes"
            elif key:
                parts[key] += mark + piece
            else:
                self.faults.append(self._without_parts(text, known, where))
                return text
        read: dict[str, Any] = {}
        for name, value in parts.items():
            here = f"{where}.{name}"
            if name not in known:
                self.faults.append(self.unknown_part(name, known, where))
            else:
                read[name] = self.value(value, known[name][1], here)
        return read

    def _only_a_key(self, text: str, known: Collection[str], where: str) -> bool:
        """Whether a text is the name of a part and nothing else, which is then a fault and nobody's name."""
        if self.key(text.strip(), known) not in known:
            return False
        self.faults.append(
            Fault(
                where,
                Label(
                    zh=f"{shown(text)} 只是栏名，没有内容，请写成 {text.strip()}=…",
                    en=f"{shown(text)} is the name of a part and says nothing of it; write {text.strip()}=…",
                ),
            )
        )
        return True

    def _without_parts(self, text: str, known: Collection[str], where: str) -> Fault:
        """What is said of a text where several parts are to be written."""
        parent = where.rpartition(".")[2].partition("[")[0]
        names = [self.synonyms.name_in(parent, key) for key in known]
        return Fault(
            where,
            Label(
                zh=f"{shown(text)} 没有写明是哪一栏，请写成 {names[0]}=…，可以写：{'、'.join(names)}",
                en=f"{shown(text)} does not say which part it is; write {next(iter(known))}=…, known are "
                f"{', '.join(known)}",
            ),
        )

    def unknown_part(self, name: str, known: Collection[str], where: str) -> Fault:
        """What is said of a part that a value does not have: those it has, by their names."""
        parent = where.rpartition(".")[2].partition("[")[0]
        named = "、".join(self.synonyms.name_in(parent, key) for key in known)
        return Fault(
            where,
            Label(
                zh=f"没有“{name}”这一栏，可以写：{named}",
                en=f"there is no part {name}; known are {', '.join(known)}",
            ),
        )

    def key(self, typed: str, known: Collection[str]) -> str:
        """The key that a word means among the known ones; the word itself where it means none."""
        if typed in known:
            return typed
        found = self.synonyms.codes(typed, tuple(known)) if typed else ()
        return found[0] if len(found) == 1 else typed

    # -------------------------------------------------------------------------------------- data

    def data(self, value: Any, hint: Any, where: str) -> Any:
        """Data of JSON with its words turned into codes; what is not understood stays for the reader to refuse."""
        hint = core(hint)
        if isinstance(value, str):
            if hint is date:
                return self.day(value, where)
            if hint is bool:
                return self._yes_or_no(value, where)
            if get_origin(hint) is Literal:
                return self._word(value, get_args(hint), where)
            return value
        if isinstance(value, list) and get_origin(hint) is tuple:
            return [self.data(entry, get_args(hint)[0], f"{where}[{n}]") for n, entry in enumerate(value)]
        if isinstance(value, dict) and isinstance(hint, type) and attrs.has(hint):
            known = fields_of(hint)
            read = {}
            for name, entry in value.items():
                key = self.key(name, known)
                read[key] = self.data(entry, known[key][1], f"{where}.{key}") if key in known else entry
            return read
        return value


def written_names(text: str) -> list[str]:
    """The names that a text lists: 、 , ; / blanks between Chinese names, and 和 or 与 separate two of them."""
    parts = re.split(r"[、,，;；/／\n\r|]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]{2,})", text)
    found = [part.strip() for part in parts if part.strip()]
    return [re.sub(r"^[1-9][.、)）]\s*", "", name) for name in found]
