"""Checks on the titles of rules: short, in both languages, of a rule that there is, and no two alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Overlay
from recruitment.law.synonyms import plain_word
from recruitment.rulebooks.checks.faults import Faults, blank_text, unknown

LONGEST: Final = {"zh": 10, "en": 40}
"""Characters that a title may have."""


def title_faults(
    where: str, titles: Mapping[str, Label], rules: Collection[str], others: Mapping[str, Label] | None = None
) -> Faults:
    """A fault for each title that is blank, too long, of no rule, or that a rule before it or of the `others` has."""
    taken = {plain_word(title.zh): code for code, title in (others or {}).items()}
    for code, title in titles.items():
        here = f"{where}.{code}"
        if code not in rules:
            yield unknown(where, code, rules, Label(zh="规则代码", en="code of a rule"))
        yield from blank_text(here, (("zh", title.zh), ("en", title.en)))
        for key, text in (("zh", title.zh), ("en", title.en)):
            if len(text) > LONGEST[key]:
                yield Fault(
                    f"{here}.{key}",
                    Label(
                        zh=f"有 {len(text)} 个字符，最多 {LONGEST[key]} 个，请改短",
                        en=f"it has {len(text)} characters and may have {LONGEST[key]}; shorten it",
                    ),
                )
        first = taken.setdefault(plain_word(title.zh), code)
        if first != code:
            yield Fault(
                f"{here}.zh",
                Label(
                    zh=f"“{title.zh}”已经是 {first} 的名称，请另取",
                    en=f"{title.zh} is the title of {first} already; find another",
                ),
            )


def overlay_titles(editions: Editions, overlay: Overlay) -> Faults:
    """The titles of a local edition are of its own rules, and none is that of a national rule."""
    own = [local.rule.code for local in overlay.rules]
    national = {code: title for rulebook in editions.rulebooks for code, title in rulebook.titles.items()}
    yield from title_faults(f"{overlay.code}/overlay.toml: title", overlay.titles, own, national)
