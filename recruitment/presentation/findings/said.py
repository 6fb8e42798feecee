"""What a check says of what was compared, in Chinese and in English: each family registers the words of its classes.

The words read the check and nothing else: they add no date, judge no value and look for no rule.
"""

from __future__ import annotations

from functools import singledispatch

from recruitment.base.label import Label, Lang
from recruitment.base.plain import flat
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Comparison
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import name, value_words


@singledispatch
def check_words(comparison: Comparison, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The clauses of a sentence that say what a comparison found; none where there is nothing but the clause.

    Raises:
        TypeError: nothing is registered for that kind.
    """
    raise TypeError(f"no words in {lang} for what {comparison.kind} finds for {finding.act} in {rulebook.code}")


def fill_words(label: Label, finding: Finding, rulebook: Rulebook, lang: Lang, **more: str) -> str:
    """Words with the values of the check put in: `anchor`, `limit`, `actual`, `about`, and what else is given."""
    check = finding.check
    given = {
        "anchor": value_words(flat(check.anchor), rulebook, lang),
        "limit": value_words(flat(check.limit), rulebook, lang),
        "actual": value_words(flat(check.actual), rulebook, lang),
        "about": name(check.about or "", rulebook, lang),
    }
    return label.words(lang).format(**given, **more)


def is_silent(finding: Finding) -> bool:
    """Whether the record holds nothing of what was asked: then "recorded is none" would say more than is known."""
    return finding.value == "unknown" and finding.check.actual in (None, [], {})
