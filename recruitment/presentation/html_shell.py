"""The one HTML document that every page is: a template and style sheets out of `assets/`, under one policy.

A page needs no other file. Its policy lets exactly its own style, and its own script where it has one, take
effect, by their hashes, and lets nothing be fetched. Every text is escaped, and what is not printable is replaced.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from recruitment.base.label import Lang
from recruitment.presentation.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LANGUAGES: Final[Mapping[Lang, str]] = {"zh": "zh-Hans", "en": "en"}
"""How a page names its language."""

_STYLE: Final = "presentation/assets/shell.css"


def page_pieces(
    template: str,
    *,
    lang: Lang,
    title: str,
    styles: Iterable[str] = (),
    rules: str = "",
    script: str | None = None,
    description: str = "",
    **values: Any,
) -> Iterator[str]:
    """A page piece by piece, so that what it is filled from need not be in memory at once.

    The template extends `presentation/assets/shell.html`. Templates, style sheets and the script are named by their
    paths under `recruitment/`. `rules` are rules of style that depend on what the page holds.
    """
    style = markup("\n".join([*map(_asset, (_STYLE, *styles)), rules]))
    running = None if script is None else markup(_asset(script))
    return (
        environment()
        .get_template(template)
        .generate(
            language=LANGUAGES[lang],
            title=title,
            description=description,
            style=style,
            style_hash=_fingerprint(style),
            script=running,
            script_hash=None if running is None else _fingerprint(running),
            **values,
        )
    )


@cache
def environment() -> Environment:
    """Where every template is compiled: escaping is always on, and a value that is missing is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return made


def markup(text: str) -> Markup:
    """A text that is markup already and is not escaped: an asset, a drawing of ours, or what a template has made."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - the one door; what a file or a rulebook says never goes through it


def _finalize(value: object) -> object:
    """A value as a template writes it, before it is escaped."""
    return value if hasattr(value, "__html__") else printable(value)


@cache
def _asset(path: str) -> str:
    return files("recruitment").joinpath(*path.split("/")).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
