"""What an entry holds besides its day, in words: its papers, people, meetings and days, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args, get_origin

import attrs

from recruitment.base.label import Label, Lang
from recruitment.base.structure.values import fields_of
from recruitment.formats.written import core
from recruitment.law.rulebook import Rulebook
from recruitment.law.synonyms import Synonyms
from recruitment.record.acts import ACTS, Correct

_ELSEWHERE: Final = ("act", "on", "recorded", "outcome", "ballot")
"""What a history says in other words."""
_COUNTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("members", "present", "for", "against", "abstain", "should_attend", "attended", "excluded"), "人"),
    "months": "个月",
    "days": "天",
    "hours": "学时",
    "written": "份",
}
"""What a number counts, in Chinese."""


def act_contents(data: Mapping[str, Any], rulebook: Rulebook, synonyms: Synonyms, lang: Lang) -> str:
    """The evidence of an act that is given as plain data, with or without names, on one line; empty where it has none.

    What is said in other words, such as the vote and what a correction changes, is left out.
    """
    code = str(data["act"])
    if code == Correct.code:
        return ""
    hints = fields_of(ACTS[code])
    words = _Words(rulebook, synonyms, lang)
    said = (
        f"{words.name(code, key)}{words.say('：', ': ')}{words.value(key, value, hints[key][1])}"
        for key, value in data.items()
        if key not in _ELSEWHERE and key in hints
    )
    return words.say("；", "; ").join(said)


@attrs.frozen
class _Words:
    rulebook: Rulebook
    synonyms: Synonyms
    lang: Lang

    def say(self, zh: str, en: str) -> str:
        return Label(zh=zh, en=en).words(self.lang)

    def name(self, parent: str, key: str) -> str:
        """What a key or a word is called within another."""
        if parent == "reasons":
            return self.rulebook.title(key, self.lang)
        own = self.synonyms.parts.get(f"{parent}.{key}") if self.lang == "zh" else None
        return own or self.rulebook.word(key, self.lang)

    def value(self, key: str, value: Any, hint: Any) -> str:
        """The value of a key."""
        kind = core(hint)
        if value is None:
            return self.say("无", "none")
        if isinstance(value, bool):
            return self.say("是", "yes") if value else self.say("否", "no")
        if isinstance(value, int):
            return f"{value}{self.say(_COUNTS.get(key, ''), '')}"
        if isinstance(value, list) and get_origin(kind) is tuple:
            inner = get_args(kind)[0]
            return self.say("、", ", ").join(self.value(key, one, inner) for one in value) or self.say("无", "none")
        if isinstance(value, Mapping):
            return self._parts(key, value, kind)
        return self.name(key, str(value)) if get_origin(kind) is Literal else str(value)

    def _parts(self, key: str, value: Mapping[str, Any], kind: Any) -> str:
        """A person with what is known of him in brackets, or the parts of another value one after the other."""
        hints = fields_of(kind) if isinstance(kind, type) and attrs.has(kind) else {}
        parts = self.say("，", ", ").join(
            self._part(key, part, entry, hints) for part, entry in value.items() if part != "name"
        )
        if "name" not in hints or (key == "branch" and "name" not in value):
            return parts
        known = self.say(f"（{parts}）", f" ({parts})") if parts else ""
        return f"{value.get('name', '')}{known}".strip()

    def _part(self, key: str, part: str, entry: Any, hints: Mapping[str, Any]) -> str:
        hint = hints[part][1] if part in hints else str
        return f"{self.name(key, part)} {self.value(part, entry, hint)}"
