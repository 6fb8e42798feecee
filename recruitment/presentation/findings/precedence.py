"""The words of comparisons of order: what comes before, and whether an act comes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import Note
from recruitment.law.comparisons.precedence import After, Once, Order
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import called
from recruitment.presentation.findings.readings import as_reading
from recruitment.presentation.findings.said import check_words, fill_words

NOTES: Final[Mapping[Note, Label]] = {
    "order": Label(zh="“{about}”记为{anchor}，本项记为{actual}", en="“{about}” is dated {anchor}, this act {actual}"),
    "order-reply": Label(
        zh="“{about}”自批复之日{anchor}起有效，本项记为{actual}",
        en="“{about}” counts from the reply of {anchor}; this act is dated {actual}",
    ),
    "away": Label(
        zh="本人已于{anchor}转出，新单位接收（登记“转入”）以前不再办理",
        en="the person was transferred out on {anchor}; nothing is recorded until the new unit records the transfer in",
    ),
    "same-move": Label(zh="这次变动已于{anchor}登记过", en="this move is on record already, of {anchor}"),
    "entered-later": Label(
        zh="“{about}”在本项之后才记入（记为{anchor}）",
        en="“{about}” was entered only after this act (dated {anchor})",
    ),
    "not-done": Label(zh="“{about}”在本轮没有办理的记录", en="“{about}” is not on record as done in this round"),
    "reopened": Label(
        zh="“{about}”于{anchor}使本项重新开始{reading}，本项记为{actual}",
        en="“{about}” on {anchor} reopened this act{reading}; it is dated {actual}",
    ),
    "not-made-good": Label(
        zh="“{about}”于{anchor}作废{reading}，此后还没有重新办理",
        en="“{about}” was undone on {anchor}{reading} and has not been done since",
    ),
    "ended": Label(zh="档案已于{anchor}终止（{about}）", en="the file ended on {anchor} ({about})"),
    "standing": Label(zh="本人现为{about}", en="the person is: {about}"),
    "not-now": Label(zh="本人现为{about}，此时不能登记本项", en="the person is: {about}; the act has no place then"),
    "no-place": Label(zh="本版本还不能登记“{about}”", en="this version does not record “{about}” yet"),
    "first-time": Label(zh="本轮中第一次记录", en="it is the first in this round"),
    "repeats": Label(zh="本项可以多次办理，上次为{anchor}", en="the act repeats; the last was on {anchor}"),
    "renews": Label(zh="本项可以重新办理，上次为{anchor}", en="the act may be done again; the last was on {anchor}"),
    "no-more": Label(zh="“{about}”办成之后不再办理本项", en="the act is not done again once this is done: {about}"),
    "twice": Label(
        zh="本轮中已于{anchor}办过{reading}；如原记录有误，请更正",
        en="it was already done on {anchor}{reading}; correct that entry if it is wrong",
    ),
    "lapsed": Label(zh="{anchor}的结果已过{limit}而失效", en="the result of {anchor} lapsed after {limit}"),
    "not-lapsed": Label(zh="{anchor}的结果到{limit}为止仍然有效", en="the result of {anchor} holds until {limit}"),
}
"""For every note of the family its words; none is passed over in silence."""


@comparison_words.register(After)
def after_clause(rule: After, rulebook: Rulebook, lang: Lang) -> str:
    """Which acts come before."""
    names = listed((called(code, rulebook, lang) for code in rule.acts), lang)
    return Label(zh=f"{names}已经办成，日期不晚于本项", en=f"done before, and not dated later: {names}").words(lang)


@comparison_words.register(Order)
def order_clause(_rule: Order, _rulebook: Rulebook, lang: Lang) -> str:
    """What the structure puts before."""
    return Label(zh="此前的程序已经办成，日期不晚于本项", en="what comes before is done, and not dated later").words(
        lang
    )


@comparison_words.register(Once)
def once_clause(_rule: Once, _rulebook: Rulebook, lang: Lang) -> str:
    """That an act is done once a round."""
    return Label(zh="本轮中没有办过，或者可以再办", en="it is not yet done in its round, or may be done again").words(
        lang
    )


@check_words.register(After)
@check_words.register(Order)
@check_words.register(Once)
def order_words(_: After | Order | Once, finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """What is done, and when; or why the act has no place, and by which reading."""
    note = finding.check.note
    if note is None:
        return []
    reading = as_reading(finding.check.policies, rulebook, lang)
    return [fill_words(NOTES[note], finding, rulebook, lang, reading=reading)]
