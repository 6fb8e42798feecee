"""The one place that chooses a language."""

from __future__ import annotations

import os
from typing import Literal

Lang = Literal["zh", "en"]


def choose_language(asked: str | None = None) -> Lang:
    """The language to speak: the one asked for, else the locale's (LC_ALL, LC_MESSAGES, LANG), else English."""
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
