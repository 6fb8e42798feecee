"""The training page: one HTML document that needs no other file, with a chart, a walk and a quiz.

The markup, the style and the script are in `assets/`; the shell of all pages makes them one document. What the lesson
says goes in as data, and the script sets it as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recruitment.base.label import Lang
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.html_shell import LANGUAGES, markup, page_pieces
from recruitment.training.course_svg import course_rows, course_svg, notes
from recruitment.training.page_words import CAPTIONS


def training_page(rulebook: Rulebook, lesson: Mapping[str, Any], *, lang: Lang) -> bytes:
    """The page of a lesson, which opens in `lang`; the same bytes for the same lesson."""
    pieces = page_pieces(
        "training/assets/page.html",
        lang=lang,
        title=CAPTIONS["title"].words(lang),
        styles=("training/assets/page.css",),
        script="training/assets/page.js",
        data=_data(rulebook, lesson, lang),
        charts=[markup(course_svg(rulebook, one)) for one in LANGUAGES],
        no_script={name: CAPTIONS["no_script"].words(one) for one, name in LANGUAGES.items()},
    )
    return "".join(pieces).encode("utf-8")


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
