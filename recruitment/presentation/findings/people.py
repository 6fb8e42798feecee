"""The words of comparisons of who serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.people import Among, People
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import called, name
from recruitment.presentation.findings.said import check_words, fill_words, is_silent

NOTES: Final[Mapping[Note, Label]] = {
    "people": Label(zh="需{least}，实有{actual}人", en="needed {least}, there are {actual}"),
    "himself": Label(zh="其中有本人", en="the person is named among them"),
    "among": Label(zh="与{among}相比", en="compared with {among}"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(People)
def people_clause(rule: People, rulebook: Rulebook, lang: Lang) -> str:
    """How many people, and who is not among them."""
    few = str(rule.at_least) if rule.at_least == rule.at_most else f"{rule.at_least}–{rule.at_most}"
    value = called(rule.value, rulebook, lang)
    text = Label(zh=f"{value}：{few}人", en=f"{value}: {few}").words(lang)
    if rule.not_:
        himself = rule.not_ == "file.name"
        who = Label(zh="本人", en="the person").words(lang) if himself else called(rule.not_, rulebook, lang)
        text += Label(zh=f"，其中没有{who}", en=f", without {who}").words(lang)
    return text


@check_words.register(People)
def people_words(_: People, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """How many there are, and how many are needed."""
    note = finding.check.note
    if note is None or is_silent(finding):
        return []
    least, most = finding.check.limit
    if lang == "zh":
        needed = f"{least}人" if least == most else f"{least}至{most}人"
    else:
        needed = f"{least}" if least == most else f"{least} to {most}"
    return [fill_words(NOTES[note], finding, rulebook, lang, least=needed)]


@comparison_words.register(Among)
def among_clause(rule: Among, rulebook: Rulebook, lang: Lang) -> str:
    """Who is among whom."""
    value, among = called(rule.value, rulebook, lang), called(rule.among, rulebook, lang)
    return Label(zh=f"{value}都在{among}之中", en=f"{value} are among {among}").words(lang)


@check_words.register(Among)
def among_words(rule: Among, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The people with whom they were compared."""
    if finding.value == "unknown" and finding.check.actual is None:
        return []
    return [fill_words(NOTES["among"], finding, rulebook, lang, among=name(rule.among, rulebook, lang))]
