"""Cells of the register: a value in the words of the forms, where these are read back as it; else as JSON. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal, get_args, get_origin

import attrs

from recruitment.base.structure.values import fields_of
from recruitment.formats.written import Writing, core
from recruitment.law.synonyms import Synonyms

_WHOLE = re.compile(r"[0-9]+\.0+")
_LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""


def cell_words(value: Any, hint: Any, synonyms: Synonyms, key: str) -> str:
    """A value of plain data, that of a key, as a cell says it."""
    if value is None:
        return "无"
    if core(hint) is str:
        return value if _plain_text(value) else json.dumps(value, ensure_ascii=False)
    text = _words(value, hint, synonyms, key)
    if text is not None and "\n" not in text and text == text.strip():
        writing = Writing(synonyms)
        if writing.value(text, hint, "") == value and not writing.faults:
            return text
    return json.dumps(value, ensure_ascii=False)


def outcome_cell(value: str, outcomes: Sequence[str], synonyms: Synonyms) -> str:
    """An outcome by its name, where that means it alone among the outcomes of the act."""
    name = synonyms.name(value).zh
    return name if synonyms.codes(name, outcomes) == (value,) else value


def lines(texts: Sequence[str | None]) -> str:
    """The evidence of several acts in one cell: a line for each, or a JSON list where a line would not say it."""
    if len(texts) == 1:
        return texts[0] or ""
    if all(text is None or (text and "\n" not in text and text == text.strip()) for text in texts):
        whole = "\n".join(text or "" for text in texts)
        if not whole.startswith("[") and whole == whole.strip("\n"):
            return whole
    return json.dumps(list(texts), ensure_ascii=False)


def _plain_text(text: str) -> bool:
    return bool(
        text
        and text == text.strip()
        and text.isprintable()
        and text[0] not in "\"[{'=#"
        and text not in ("无", "none", "—", "——", "/", "-")
        and not _WHOLE.fullmatch(text)
        and len(text) < _LONGEST
    )


def _words(value: Any, hint: Any, synonyms: Synonyms, key: str) -> str | None:
    """The value in words, if it has some; whether they are understood is for the caller to see."""
    kind = core(hint)
    if value is None:
        return "无"
    if value is True or value is False:
        return "是" if value else "否"
    if isinstance(value, str):
        return synonyms.name_in(key, value) if get_origin(kind) is Literal else value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list) and get_origin(kind) is tuple and value:
        inner = core(get_args(kind)[0])
        if attrs.has(inner):
            if all(isinstance(one, dict) and set(one) == {"name"} for one in value):
                return "、".join(str(one["name"]) for one in value)
            parts = [_parts(one, inner, synonyms, key) for one in value]
            return "、".join(part for part in parts if part) if all(parts) else None
        words = [_words(one, inner, synonyms, key) for one in value]
        return "、".join(word for word in words if word) if all(words) else None
    return None


def _parts(value: Any, cls: type[Any], synonyms: Synonyms, key: str) -> str | None:
    """A person or another value with parts: `甲（职务：党支部书记）`, or its parts alone where it has no name."""
    if not isinstance(value, dict) or not value:
        return None
    known = fields_of(cls)
    words = [(part, _words(entry, known[part][1], synonyms, part)) for part, entry in value.items() if part != "name"]
    if not all(word for _, word in words):
        return None
    parts = "，".join(f"{synonyms.name_in(key, part)}：{word}" for part, word in words)
    return f"{value.get('name', '')}（{parts}）" if parts else str(value.get("name") or "")
