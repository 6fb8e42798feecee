"""What the value of a policy decides, in Chinese and in English: our reading, behind what it decided."""

from __future__ import annotations

from collections.abc import Iterable

from recruitment.base.label import Label, Lang
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.words import READINGS


def policy_words(policy: str, rulebook: Rulebook, lang: Lang) -> str:
    """What the value of a policy decides, in words; the codes where there are none."""
    value = rulebook.policies.get(policy, "")
    label = READINGS.get((policy, value))
    return label.words(lang) if label else f"{policy} {value}"


def as_reading(policies: Iterable[str], rulebook: Rulebook, lang: Lang) -> str:
    """Those policies as our readings, to be put behind what they decided; empty without any."""
    said = [policy_words(policy, rulebook, lang) for policy in policies]
    return "".join(Label(zh=f"（本库口径：{words}）", en=f" (our reading: {words})").words(lang) for words in said)
