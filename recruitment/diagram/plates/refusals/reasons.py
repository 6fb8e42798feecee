"""One reason of a refusal, in words: its clause, what was compared, where it is written, and what remedies it."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.builder import Easel, height
from recruitment.diagram.canvas.plate import SYMBOLS, TextLine
from recruitment.diagram.plates.ballots.content import Count
from recruitment.diagram.plates.refusals.scale import SCALE, Moments, moments_of
from recruitment.engine.findings import Finding
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.remedies import remedy
from recruitment.presentation.findings.sentences import sentence
from recruitment.presentation.findings.words import VERDICTS

INSET: Final = 14.0
"""How far words keep from the edges of their card."""
SEATS: Final = 62.0
"""How high a row of persons is."""
_PUT_RIGHT = Label(zh="怎样补正：{}", en="To put it right: {}")
_AIR: Final = 8.0
_MOST_SEATS: Final = 40
_SIGNS: Final = {"unmet": SYMBOLS["failed"], "unknown": "？"}


@frozen(kw_only=True)
class Reason:
    """One reason as it will be on its card: lines above the scale, the scale, lines below it."""

    finding: Finding
    wide: float
    above: tuple[TextLine, ...]
    moments: Moments | None
    heads: Count | None
    below: tuple[TextLine, ...]

    @property
    def figure(self) -> float:
        """How high the scale is, or the row of persons; a little air where there is neither."""
        return SCALE if self.moments else SEATS if self.heads else _AIR

    @property
    def high(self) -> float:
        """How high the card has to be."""
        return height(self.above) + self.figure + height(self.below) + 2 * INSET


def reason_of(finding: Finding, rulebook: Rulebook, easel: Easel, whole: float) -> Reason:
    """A finding in lines: clause, what was compared; below the scale the article and the remedy."""
    wide = whole - 2 * INSET
    clause, compared = clause_and_comparison(finding, rulebook, easel.lang)
    above = list(easel.lines(f"{_SIGNS[finding.value]} {VERDICTS[finding.value].words(easel.lang)}", "warning", wide))
    above += easel.lines(clause, "strong", wide)
    above += easel.lines(compared, "plain", wide) if compared else ()
    below = list(easel.lines(cite(finding, rulebook, easel.lang), "quiet", wide))
    below += easel.lines(easel.text(_PUT_RIGHT, remedy(finding, rulebook).words(easel.lang)), "plain", wide)
    return Reason(
        finding=finding,
        wide=whole,
        above=tuple(above),
        moments=moments_of(finding),
        heads=heads_of(finding),
        below=tuple(below),
    )


def clause_and_comparison(finding: Finding, rulebook: Rulebook, lang: Lang) -> tuple[str, str]:
    """What is said of a finding, the clause apart from what was compared, where it begins with the clause."""
    said = sentence(finding, rulebook, lang)
    said = said.removeprefix(f"{VERDICTS[finding.value].words(lang)}{Label(zh='：', en=': ').words(lang)}")
    clause = finding.rule.clause.words(lang).rstrip(".。")
    rest = said[len(clause) + 1 :].strip()
    if said.casefold().startswith(f"{clause}{Label(zh='。', en='.').words(lang)}".casefold()):
        return clause, rest
    first, _, rest = said.partition(Label(zh="。", en=". ").words(lang))
    return first.rstrip("."), rest


def heads_of(finding: Finding) -> Count | None:
    """How many there are of how many, where a finding says that they are not more than half."""
    check = finding.check
    whole, part = check.anchor, check.actual
    if check.note != "share" or not isinstance(whole, int) or not isinstance(part, int):
        return None
    return Count(whole=whole, present=part) if part <= whole <= _MOST_SEATS else None
