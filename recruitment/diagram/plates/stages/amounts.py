"""The numbers that a rule sets in a few words, within 1 month, more than half, 2 people: what a plate letters large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.law.comparisons import Comparison, DateLimit, Evidence, People, Periods, Share, Test, Workdays
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.presentation.findings.clauses import span_words
from recruitment.presentation.findings.counts import SHARES
from recruitment.presentation.findings.names import name

_DAYS: Final = {
    "not_before": Label(zh="满{}", en="at least {}"),
    "after": Label(zh="超过{}", en="more than {}"),
    "not_after": Label(zh="{}内", en="within {}"),
}
_AHEAD: Final = Label(zh="提前{}", en="{} ahead")
_WORKDAYS: Final = Label(zh="至少{}个工作日", en="at least {} working days")
_EACH: Final = Label(zh="每{}一次", en="once every {}")
_PEOPLE: Final = Label(zh="{}人", en="{} people")
_ONE: Final = Label(zh="{}人", en="{} person")


def amount_words(rule: Rule, rulebook: Rulebook, lang: Lang) -> str:
    """Every number that a rule sets, in a few words; empty where it sets none."""
    said = (_amount(comparison, rulebook, lang) for comparison in rule.compare)
    return " · ".join(dict.fromkeys(words for words in said if words))


def _amount(comparison: Comparison, rulebook: Rulebook, lang: Lang) -> str:
    match comparison:
        case DateLimit(span=span, must_be=must_be) if span.number and must_be in _DAYS:
            words = _AHEAD if comparison.back and must_be == "not_after" else _DAYS[must_be]
            return words.words(lang).format(span_words(span, lang))
        case Workdays(at_least=number):
            return _WORKDAYS.words(lang).format(number)
        case Periods(each=span):
            return _EACH.words(lang).format(span_words(span, lang))
        case Share(must_be=must_be):
            return SHARES[must_be].words(lang)
        case People(at_least=least, at_most=most):
            few = f"{least}" if least == most else f"{least}–{most}"
            return (_ONE if most == 1 else _PEOPLE).words(lang).format(few)
        case Evidence():
            return _numbers(comparison, rulebook, lang)
        case _:
            return ""


def _numbers(evidence: Evidence, rulebook: Rulebook, lang: Lang) -> str:
    """The numbers that the record has to reach; none where something else is enough as well."""
    tests = evidence.all or evidence.any
    numbers: dict[str, list[Test]] = {}
    for test in tests:
        numbers.setdefault(test.value, []).append(test)
    said = [_number(path, some, rulebook, lang) for path, some in numbers.items()]
    if not tests or (evidence.any and not all(said)):
        return ""
    between = Label(zh="；", en="; ").words(lang) if evidence.all else Label(zh=" 或 ", en=" or ").words(lang)
    return between.join(words for words in said if words)


def _number(path: str, tests: Sequence[Test], rulebook: Rulebook, lang: Lang) -> str:
    """A value that is bounded from one side or from both; at least one of a thing says only that it is there."""
    least = max((test.at_least for test in tests if test.at_least), default=0)
    most = min((test.at_most for test in tests if test.at_most), default=0)
    if least <= 1 and not most:
        return ""
    few = f"{least}–{most}" if least and most else f"≥ {least}" if least else f"≤ {most}"
    return f"{name(path, rulebook, lang)} {few}"
