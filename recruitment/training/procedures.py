"""The card of a procedure: what happens, who acts, when, with which papers, by which articles; from the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from recruitment.base.label import Label, Lang
from recruitment.law.comparisons import After, Held, Periods
from recruitment.law.rulebook import Citation, Outcome, Procedure, Rule, Rulebook
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import name
from recruitment.presentation.findings.value_tests import test_words
from recruitment.training.words import Text, article_text, label_text, text_of, word_text


def card(procedure: Procedure, rulebook: Rulebook) -> dict[str, Any]:
    """Everything that a learner is shown of a procedure."""
    rules = [rule for rule in rulebook.rules if _concerns(rule, procedure)]
    timely = [rule for rule in rules if any(c.timely or isinstance(c, Held) for c in rule.compare)]
    return {
        "code": procedure.code,
        "number": procedure.number,
        "stage": procedure.stage,
        "label": label_text(procedure.label),
        "body": word_text(procedure.body, rulebook),
        "standing": None if procedure.standing is None else word_text(procedure.standing, rulebook),
        "what": _what(procedure, rulebook),
        "after": list(procedure.after),
        "chart": list(procedure.chart),
        "papers": [word_text(paper, rulebook) for paper in procedure.papers],
        "when": [
            *_order(procedure, rulebook),
            *(
                {"rule": rule.code, "text": label_text(rule.clause), "article": article_text(rule, rulebook)}
                for rule in timely
            ),
        ],
        "rules": [rule_card(rule, rulebook) for rule in rules if rule not in timely],
    }


def everywhere(rulebook: Rulebook) -> list[dict[str, Any]]:
    """The rules that hold for each of the 25."""
    return [rule_card(rule, rulebook) for rule in rulebook.rules if not rule.acts]


def rule_card(rule: Rule, rulebook: Rulebook) -> dict[str, Any]:
    """A rule as a lesson shows it."""
    return {
        "rule": rule.code,
        "force": rule.force,
        "force_label": word_text(rule.force, rulebook),
        "clause": label_text(rule.clause),
        "article": article_text(rule, rulebook),
    }


def _concerns(rule: Rule, procedure: Procedure) -> bool:
    """Whether a rule speaks of a procedure, also where it is another act that is judged by it."""
    counted = (comparison.of for comparison in rule.compare if isinstance(comparison, Periods | Held))
    return procedure.code in rule.acts or procedure.code in counted


def _what(procedure: Procedure, rulebook: Rulebook) -> Text:
    """What happens, as one sentence: who acts, how it can end, whether it comes again, what the person then is."""

    def words(lang: Lang) -> str:
        zh = lang == "zh"
        body, label = rulebook.word(procedure.body, lang), procedure.label.words(lang)
        said = [Label(zh=f"由{body}办理“{label}”", en=f"{label}, done by the {body}").words(lang)]
        ends = list(dict.fromkeys(_name(outcome, lang) for outcome in procedure.outcomes))
        if len(ends) > 1:
            said.append(f"{Label(zh='结果：', en='results: ').words(lang)}{' / '.join(ends)}")
        if procedure.again is not None:
            until = "" if procedure.until is None else name(procedure.until, rulebook, lang)
            often = {
                "repeats": ("要定期办理", "it repeats"),
                "renews": ("情况有变时重新办理", "it is done anew where things change"),
            }[procedure.again][not zh]
            limit = (Label(zh=f"，到“{until}”为止", en=f" until this is done: {until}").words(lang)) if until else ""
            said.append(f"{often}{limit}")
        if procedure.standing is not None:
            standing, good = rulebook.word(procedure.standing, lang), _name(_success(procedure), lang)
            if len(ends) > 1:
                said.append(
                    Label(
                        zh=f"结果为“{good}”的，本人从此是{standing}", en=f"once {good}, the person is: {standing}"
                    ).words(lang)
                )
            else:
                said.append(
                    Label(zh=f"办成以后，本人是{standing}", en=f"from then on the person is: {standing}").words(lang)
                )
        text = Label(zh="；", en="; ").words(lang).join(said)
        return Label(zh=f"{text}。", en=f"{text[:1].upper()}{text[1:]}.").words(lang)

    return text_of(words)


def _name(outcome: Outcome, lang: Lang) -> str:
    return outcome.zh if lang == "zh" else outcome.en


def _success(procedure: Procedure) -> Outcome:
    """The result that brings the act further: the one assumed where none is named."""
    return next((outcome for outcome in procedure.outcomes if outcome.default), procedure.outcomes[0])


def _order(procedure: Procedure, rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """After what a procedure comes: by the rule of order, by the official chart, and for single results."""
    rule = next((rule for rule in rulebook.rules if rule.code == "order"), None)
    if rule is None:
        return
    if procedure.after:
        yield _after(rule, procedure.after, rulebook)
    if procedure.chart:
        test = procedure.chart_when
        where = None if test is None else text_of(lambda lang: test_words(test, rulebook, lang))
        yield _after(evolve(rule, citation=Citation(document="chart")), procedure.chart, rulebook, where)
    for outcome in procedure.outcomes:
        if outcome.after:
            yield _after(rule, outcome.after, rulebook, {"zh": outcome.zh, "en": outcome.en})


def _after(rule: Rule, acts: tuple[str, ...], rulebook: Rulebook, where: Text | None = None) -> dict[str, Any]:
    """What must be done before, as the words of the comparison that asks for it."""

    def words(lang: Lang) -> str:
        text = comparison_words(After(acts=acts), rulebook, lang)
        if where is not None:
            return Label(zh=f"{text}（限于：{where['zh']}）", en=f"{text} (only where {where['en']})").words(lang)
        return text

    return {"rule": rule.code, "text": text_of(words), "article": article_text(rule, rulebook)}
