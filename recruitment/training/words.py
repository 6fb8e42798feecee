"""Texts of a lesson in both languages, and the texts that invented records hold, each with its translation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.presentation.findings.citations import cite_rule

Text = dict[str, str]
"""The same words in Chinese and English, as a lesson holds them."""

HIMSELF: Final = "甲"
"""What the person is called in every invented file; nobody in a lesson has a name."""

RECORDED: Final = {
    text.zh: text
    for text in (
        Label(zh="本支部", en="the own branch"),
        Label(zh="第一党小组", en="party group 1"),
        Label(zh="同意接收", en="in favour of the admission"),
        Label(zh="学员分散在外地，确需视频培训", en="the participants are in other places, so that video was needed"),
        Label(zh="参加县委组织的纪念日集中宣誓", en="took part in a county committee's oath on a memorial day"),
        Label(zh="需要补充外调材料，情况特殊", en="a special case: more inquiries had to be made elsewhere"),
    )
}
"""Texts that officers wrote into the invented records."""


def text_of(words: Callable[[Lang], str]) -> Text:
    """What a function of the language says in both."""
    return {"zh": words("zh"), "en": words("en")}


def label_text(label: Label) -> Text:
    """A label as a text."""
    return {"zh": label.zh, "en": label.en}


def word_text(code: str, rulebook: Rulebook) -> Text:
    """The word of the vocabulary for a code."""
    return text_of(lambda lang: rulebook.word(code, lang))


def article_text(rule: Rule, rulebook: Rulebook) -> Text:
    """Where a rule is written."""
    return text_of(lambda lang: cite_rule(rule, rulebook, lang))
