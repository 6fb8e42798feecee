"""The words of comparisons of what the record holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.base.plain import flat
from recruitment.engine.evaluators.asking import expected_answer
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.evidence import Each, Effects, Evidence, Table
from recruitment.law.comparisons.value_tests import Test
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words, rounding_words, span_words
from recruitment.presentation.findings.names import called, name, value_words
from recruitment.presentation.findings.said import check_words, fill_words, is_silent
from recruitment.presentation.findings.value_tests import answer_key, conditions_words, needed, test_words, words_for

NOTES: Final[Mapping[Note, Label]] = {
    "evidence": Label(zh="{about}：{actual}", en="{about}: {actual}"),
    "table": Label(zh="记录为：{actual}", en="recorded is: {actual}"),
    "each": Label(zh="记录为{actual}", en="recorded: {actual}"),
    "effect": Label(
        zh="{anchor}所受处分的影响期到{limit}为止，记为{actual}",
        en="the effect of the sanction of {anchor} is over on {limit}; dated {actual}",
    ),
}
"""For every note of the family its words where what was asked is not known; none is passed over in silence."""


@comparison_words.register(Evidence)
def evidence_clause(rule: Evidence, rulebook: Rulebook, lang: Lang) -> str:
    """Every test that must hold, or those of which one must."""
    said = [test_words(test, rulebook, lang) for test in rule.all or rule.any]
    if rule.all or len(said) == 1:
        return Label(zh="；", en="; ").words(lang).join(said)
    return Label(zh="；或者", en="; or ").words(lang).join(said)


@check_words.register(Evidence)
def evidence_words(rule: Evidence, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What the record holds where a test asked, and what it must hold where that differs or is a number."""
    check = finding.check
    if check.note != "evidence" or is_silent(finding):
        return []
    tests = rule.all or rule.any
    place = check.places[0] if check.places else 0 if len(tests) == 1 else None
    if place is None and finding.value == "met" and check.actual in (None, False, []):
        return []  # a ledger of before shows a test that failed where another one was enough
    if place is None or place >= len(tests) or tests[place].value != check.about:
        return [fill_words(NOTES["evidence"], finding, rulebook, lang)]
    return [_answer_words(tests[place], finding, rulebook, lang)]


def _answer_words(test: Test, finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    zh = lang == "zh"
    actual = flat(finding.check.actual)
    asked, value = name(test.value, rulebook, lang), value_words(actual, rulebook, lang)
    key = answer_key(test)
    number = key in ("at_least", "at_most") and actual is not None
    said = f"{asked}为{value}" if zh and number else Label(zh=f"{asked}：{value}", en=f"{asked}: {value}").words(lang)
    if finding.value == "met" and not number:
        return said
    if key == "all_of" and isinstance(actual, list):
        lacking = [word for word in expected_answer(test) if word not in actual]
        if lacking:
            words = value_words(lacking, rulebook, lang)
            return Label(zh=f"{said}，缺少{words}", en=f"{said}; lacking: {words}").words(lang)
    return f"{said}{Label(zh='，', en='; ').words(lang)}{needed(test, rulebook, lang)}"


@comparison_words.register(Table)
def table_clause(table: Table, rulebook: Rulebook, lang: Lang) -> str:
    """The rows of a table, each numbered; some row must fit."""
    zh = lang == "zh"
    said = []
    for number, row in enumerate(table.rows, 1):
        parts = []
        for path, values in row.items():
            words = Label(zh="或", en=" or ").words(lang).join(value_words(value, rulebook, lang) for value in values)
            parts.append(f"{called(path, rulebook, lang)}{Label(zh='：', en=': ').words(lang)}{words}")
        said.append(Label(zh=f"（{number}）{'，'.join(parts)}", en=f"({number}) {', '.join(parts)}").words(lang))
    return "；".join(said) if zh else "; ".join(said)


@check_words.register(Table)
def table_words(_: Table, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What the record holds of what a table asks."""
    return [] if is_silent(finding) else [fill_words(NOTES["table"], finding, rulebook, lang)]


@comparison_words.register(Each)
def each_clause(rule: Each, rulebook: Rulebook, lang: Lang) -> str:
    """What every entry of a list, or one of them, must pass, and by what else it passes."""
    zh = lang == "zh"
    who = ("至少一人" if rule.one_is_enough else "每一人") if zh else ("one" if rule.one_is_enough else "each")
    test, of = test_words(rule.test, rulebook, lang), called(rule.of, rulebook, lang)
    text = Label(zh=f"{of}（{who}）{test}", en=f"{of} ({who}): {test}").words(lang)
    if rule.or_all:
        others = conditions_words(rule.or_all, rulebook, lang)
        when = "" if rule.or_when is None else test_words(rule.or_when, rulebook, lang)
        limited = "" if not when else Label(zh=f"（限于：{when}）", en=f" (only where {when})").words(lang)
        text += Label(zh=f"；或者{others}{limited}", en=f"; or {others}{limited}").words(lang)
    return text


@check_words.register(Each)
def each_words(rule: Each, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """Which entries of a list did not pass, by their place and not by their name; all of them where none failed."""
    check = finding.check
    if check.actual == []:
        return [f"{name(rule.of, rulebook, lang)}{Label(zh='：无', en=': none').words(lang)}"]
    actual = flat(check.actual)
    if finding.value == "unknown" or not isinstance(actual, list):
        return []  # it is said what is missing
    met = finding.value == "met"
    if not met and not check.places:
        return [fill_words(NOTES["each"], finding, rulebook, lang)]
    places = range(len(actual)) if met else check.places
    return [_entries(rule.test, [(place, actual[place]) for place in places], rulebook, lang, met=met)]


def _entries(test: Test, entries: list[tuple[int, object]], rulebook: Rulebook, lang: Lang, *, met: bool) -> str:
    field, plain = name(test.value, rulebook, lang), answer_key(test) == "one_of"
    said = []
    for place, value in entries:
        number = place + 1
        if value is None and not met:
            said.append(Label(zh=f"第{number}人{field}未写明", en=f"person {number}: {field} not stated").words(lang))
            continue
        words = words_for(test, value, rulebook, lang)
        if plain and value is not None:
            said.append(Label(zh=f"第{number}人为{words}", en=f"person {number}: {words}").words(lang))
        else:
            said.append(Label(zh=f"第{number}人{field}：{words}", en=f"person {number}: {field}: {words}").words(lang))
    text = Label(zh="，", en=", ").words(lang).join(said)
    if met or answer_key(test) in ("given", "stated"):
        return text
    return f"{text}{Label(zh='，', en='; ').words(lang)}{needed(test, rulebook, lang)}"


@comparison_words.register(Effects)
def effects_clause(rule: Effects, rulebook: Rulebook, lang: Lang) -> str:
    """The sanctions that none of the people is under, and how long each kind lasts."""
    spans = listed((f"{rulebook.word(k, lang)} {span_words(span, lang)}" for k, span in rule.spans.items()), lang)
    of, value, rounded = (
        called(rule.of, rulebook, lang),
        called(rule.value, rulebook, lang),
        rounding_words(rule.rounding, lang),
    )
    if lang == "zh":
        return f"{of}（每一人）的{value}不在影响期内：{spans}{rounded}"
    return f"{of} (each): no {value} in effect, which lasts {spans}{rounded}"


@check_words.register(Effects)
def effects_words(rule: Effects, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """Until when the effect lasts, or who is under it; what each has had where nobody is."""
    check = finding.check
    if check.note == "effect" or finding.value == "unmet":
        if check.note == "effect":
            return [fill_words(NOTES["effect"], finding, rulebook, lang)]
        test = Test(value=rule.value, none_of=(rule.word,))
        return [
            _entries(test, [(place, flat(check.actual)[place]) for place in check.places], rulebook, lang, met=False)
        ]
    if finding.value == "unknown" or not check.actual:
        return []
    test = Test(value=rule.value, none_of=(rule.word,))
    return [_entries(test, list(enumerate(flat(check.actual))), rulebook, lang, met=True)]
