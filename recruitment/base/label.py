"""Labels in Chinese and English, both required."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from recruitment.base.language import Lang as Lang


@frozen(kw_only=True)
class Label:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def words(self, lang: Lang) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


def listed(words: Iterable[str], lang: Lang) -> str:
    """Words as a list is written: parted by the enumeration comma in Chinese, by commas in English."""
    return ("、" if lang == "zh" else ", ").join(words)
