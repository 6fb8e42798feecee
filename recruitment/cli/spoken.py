"""The language of the answer: the one that the command line asks for by `--lang`, else that of the locale."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from recruitment.base.language import Lang, choose_language

_LOCALE: Final = Path(__file__).with_name("locale")
"""Where the parser's own messages stand in Chinese, as gettext reads them; made by docs/generate.py."""


_ASKED: Final[ContextVar[str | None]] = ContextVar("asked", default=None)
"""The language that the command line asks for by `--lang`; None where it leaves it to the locale."""


def speak(args: Sequence[str], otherwise: Lang | None = None) -> None:
    """Let everything that this command line prints be in the language it asks for; the next one asks anew.

    Where it asks for none it is `otherwise`, and without that the locale's.
    """
    asked: str | None = otherwise
    for n, word in enumerate(args):
        option, equals, value = word.partition("=")
        if option == "--lang":
            asked = value if equals else next(iter(args[n + 1 : n + 2]), None)
    _ASKED.set(asked)
    os.environ["LANGUAGE"] = spoken_language()  # which gettext asks first, at each message
    gettext.bindtextdomain("messages", str(_LOCALE))


def spoken_language() -> Lang:
    """The language of the answer to this command line."""
    return choose_language(_ASKED.get())
