"""Labels in Chinese and English, both required, and the one place that chooses a language."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Literal

from attrs import frozen

Lang = Literal["zh", "en"]


@frozen(kw_only=True)
class Label:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def words(self, lang: Lang) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


def choose_language(asked: str | None = None) -> Lang:
    """The language to speak: the one asked for, else the locale's (LC_ALL, LC_MESSAGES, LANG), else English."""
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def listed(words: Iterable[str], lang: Lang) -> str:
    """Words as a list is written: parted by the enumeration comma in Chinese, by commas in English."""
    return ("、" if lang == "zh" else ", ").join(words)
