"""The words of comparisons of counted votes and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.counts import Balance, Share
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import called, name
from recruitment.presentation.findings.said import check_words, fill_words
from recruitment.presentation.findings.words import COUNTS, NONE

SHARES: Final = {
    "more_than_half": Label(zh="过半数", en="more than half"),
    "at_least_half": Label(zh="达到半数", en="at least half"),
    "at_least_two_thirds": Label(zh="达到三分之二", en="at least two thirds"),
}
"""The shares of a whole, as rules ask for them."""
_NEEDED: Final = {
    "more_than_half": Label(zh="过半须{limit}人", en="more than half is at least {limit}"),
    "at_least_half": Label(zh="半数须{limit}人", en="half is at least {limit}"),
    "at_least_two_thirds": Label(zh="三分之二须{limit}人", en="two thirds are at least {limit}"),
}
_MISSED: Final = {
    "more_than_half": Label(
        zh="即已过半，所记结果却是没有过半", en="are enough; the outcome says that they were not reached"
    ),
    "at_least_half": Label(
        zh="即已达到半数，所记结果却是没有达到", en="are enough; the outcome says that they were not reached"
    ),
    "at_least_two_thirds": Label(
        zh="即已达到三分之二，所记结果却是没有达到", en="are enough; the outcome says that they were not reached"
    ),
}
NOTES: Final[Mapping[Note, Label]] = {
    "none": NONE,
    "share": Label(
        zh="{whole}{anchor}人，{part}{actual}人，{needed}", en="{part}: {actual} of {anchor} ({whole}); {needed}"
    ),
    "must-miss": Label(
        zh="{whole}{anchor}人，{part}{actual}人，有{limit}人{missed}",
        en="{part}: {actual} of {anchor} ({whole}), where {limit} {missed}",
    ),
    "balance": Label(zh="{left}合计{actual}，{right}合计{limit}", en="{left} come to {actual}, {right} to {limit}"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(Share)
def share_clause(rule: Share, rulebook: Rulebook, lang: Lang) -> str:
    """Which share of a whole is needed, and by which outcomes it is missed."""
    part, whole, word = (
        called(rule.part, rulebook, lang),
        called(rule.whole, rulebook, lang),
        SHARES[rule.must_be].words(lang),
    )
    text = Label(zh=f"{part}占{whole}须{word}", en=f"{part}: {word} of {whole}").words(lang)
    if rule.missed_on:
        names = listed((rulebook.word(code, lang) for code in rule.missed_on), lang)
        text += Label(zh=f"；结果为{names}的，须没有达到", en=f"; missed where the outcome is {names}").words(lang)
    if rule.only_on:
        names = listed((rulebook.word(code, lang) for code in rule.only_on), lang)
        text += Label(zh=f"（限于结果为{names}的）", en=f" (only where the outcome is {names})").words(lang)
    return text


@check_words.register(Share)
def share_words(share: Share, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The two numbers, and how many are needed."""
    note = finding.check.note
    if note is None:
        return []
    part, whole = (
        COUNTS[path].words(lang) if path in COUNTS else name(path, rulebook, lang) for path in (share.part, share.whole)
    )
    needed = fill_words(_NEEDED[share.must_be], finding, rulebook, lang)
    missed = _MISSED[share.must_be].words(lang)
    return [fill_words(NOTES[note], finding, rulebook, lang, part=part, whole=whole, needed=needed, missed=missed)]


@comparison_words.register(Balance)
def balance_clause(rule: Balance, rulebook: Rulebook, lang: Lang) -> str:
    """Which sums agree, or which is at most the other."""
    left, right = (
        " + ".join(called(path, rulebook, lang) for path in paths)
        for paths in (rule.sum, rule.equals or rule.at_most or ())
    )
    return f"{left} {'=' if rule.equals else '≤'} {right}"


@check_words.register(Balance)
def balance_words(rule: Balance, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What the two sides come to."""
    note = finding.check.note
    if note is None:
        return []
    left, right = (
        listed((name(path, rulebook, lang) for path in paths), lang)
        for paths in (rule.sum, rule.equals or rule.at_most or ())
    )
    return [fill_words(NOTES[note], finding, rulebook, lang, left=left, right=right)]
