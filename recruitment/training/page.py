"""The training page: one HTML document that needs nothing beside itself, with a chart, a walk and a quiz.

The markup, the style and the script stand in `assets/`; here they become one document. Its policy lets exactly that
style and that script run, and nothing be fetched. What the lesson says goes in as data, and the script sets it as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any, Final

from recruitment.base.label import Lang
from recruitment.law.rulebook import Rulebook
from recruitment.training.course_svg import LANGUAGES, course_rows, course_svg, notes
from recruitment.training.page_words import CAPTIONS

_PLACE: Final = re.compile(r"\{\{([a-z_]+)\}\}")
# Inside a script element nothing is markup but these, and two line ends that older scripts do not take.
_CHARACTERS: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def training_page(rulebook: Rulebook, lesson: Mapping[str, Any], *, lang: Lang) -> bytes:
    """The page of a lesson, which opens in `lang`; the same bytes for the same lesson."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src '{_fingerprint(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    places = {
        "lang": LANGUAGES[lang],
        "policy": policy,
        "title": escape(CAPTIONS["title"].words(lang)),
        "style": style,
        "script": script,
        "data": data_text(_data(rulebook, lesson, lang)),
        "chart_zh": course_svg(rulebook, "zh"),
        "chart_en": course_svg(rulebook, "en"),
        "no_script_zh": escape(CAPTIONS["no_script"].zh),
        "no_script_en": escape(CAPTIONS["no_script"].en),
    }
    # In one pass: what is put in is not searched again.
    return _PLACE.sub(lambda found: places[found[1]], _asset("page.html")).encode("utf-8")


def _asset(name: str) -> str:
    return files("recruitment.training").joinpath("assets", name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def data_text(data: Any) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_CHARACTERS)


def _data(rulebook: Rulebook, lesson: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """The lesson, and what the page says of itself in both languages."""
    return {
        "lang": lang,
        "lesson": lesson,
        "rows": course_rows(rulebook),
        "words": {code: {"zh": label.zh, "en": label.en} for code, label in CAPTIONS.items()},
        "forces": _forces(rulebook, lesson),
        "notes": [{"zh": zh, "en": en} for zh, en in zip(notes(rulebook, "zh"), notes(rulebook, "en"), strict=True)],
    }


def _forces(rulebook: Rulebook, lesson: Mapping[str, Any]) -> dict[str, Any]:
    """The forces that rules of the lesson have: how a tag calls each, and what it means where the lesson says it."""
    shown = [
        *lesson["everywhere"],
        *(rule for card in lesson["procedures"] for rule in (*card["rules"], *card["when"])),
    ]
    means = {force["force"]: force["means"] for force in lesson.get("forces", ())}
    return {
        code: {"label": {"zh": rulebook.word(code, "zh"), "en": rulebook.word(code, "en")}, "means": means.get(code)}
        for code in sorted({rule["force"] for rule in shown if "force" in rule})
    }
