"""The rules that differ between two editions: added, gone, changed, or only in another article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.base.structure.values import dump
from recruitment.law.edition_diff import Difference, RuleChange, compared_apart
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.presentation.edition_page.cells import acts_words, article_words, rule_cell, sides, table
from recruitment.presentation.edition_page.marking import mark_differences
from recruitment.presentation.edition_page.words import RULE_PARTS
from recruitment.presentation.findings.citations import articles_words
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import day_words
from recruitment.presentation.findings.value_tests import conditions_words
from recruitment.presentation.html_page import Cell, PageTable, Run, cell

_COMPARED: Final = Label(zh="比较", en="compared")


def one_sided(code: str, label: Label, changes: Sequence[RuleChange], rulebook: Rulebook, lang: Lang) -> PageTable:
    """The rules that only one edition has: clause, what is compared and when, article, force."""
    rows = [
        (
            cell(acts_words(change.rule, rulebook, lang)),
            rule_cell(change.code, rulebook, lang),
            ((Run(change.rule.clause.words(lang)),), *_compared_cell(change.rule, rulebook, lang, ("compare", "when"))),
            cell(article_words(change.rule, rulebook, lang)),
            cell(rulebook.word(change.rule.force, lang)),
        )
        for change in changes
    ]
    return table(
        code,
        Label(zh=f"{label.zh}（{len(rows)}）", en=f"{label.en} ({len(rows)})").words(lang),
        (
            (Label(zh="程序", en="procedure").words(lang), 17),
            (Label(zh="规则", en="rule").words(lang), 15),
            (Label(zh="内容", en="clause").words(lang), 46),
            (Label(zh="条款", en="article").words(lang), 12),
            (Label(zh="力度", en="force").words(lang), 10),
        ),
        rows,
    )


def changed_rules(found: Difference, lang: Lang) -> PageTable:
    """The rules that both have and that differ: what changed, and each side's clause and article."""
    rows = []
    for change in found.changed:
        assert change.old is not None
        assert change.new is not None
        one, other = mark_differences(change.old.clause.words(lang), change.new.clause.words(lang), lang)
        parts = [part for part in RULE_PARTS if part in change.parts]
        before = _compared_cell(change.old, found.old, lang, parts, beside=change.new)
        after = _compared_cell(change.new, found.new, lang, parts, beside=change.old)
        if before == after and {"compare", "when"} & set(parts):  # a part of the grammar without words yet
            before += _written_cell(change.old)
            after += _written_cell(change.new)
        words = [RULE_PARTS[part].words(lang) for part in parts]
        rows.append(
            (
                cell(acts_words(change.new, found.new, lang)),
                (*cell(listed(words, lang)), *rule_cell(change.code, found.new, lang)),
                (*one, *before),
                cell(article_words(change.old, found.old, lang)),
                (*other, *after),
                cell(article_words(change.new, found.new, lang)),
                _force(change.old, change.new, found, lang),
            )
        )
    (old, width), (new, _) = sides(found, lang, 26)
    return table(
        "changed",
        Label(zh=f"修改的规则（{len(rows)}）", en=f"Rules changed ({len(rows)})").words(lang),
        (
            (Label(zh="程序", en="procedure").words(lang), 12),
            (Label(zh="变化", en="what changed").words(lang), 12),
            (old, width),
            (Label(zh="原条款", en="old article").words(lang), 8),
            (new, width),
            (Label(zh="新条款", en="new article").words(lang), 8),
            (Label(zh="力度", en="force").words(lang), 8),
        ),
        rows,
    )


def reworded_rules(found: Difference, lang: Lang) -> PageTable:
    """What changed in the text alone: nothing else is asked of a record than before."""
    zh = lang == "zh"

    def articles(numbers: tuple[str, ...]) -> str:
        return articles_words(numbers, lang) if numbers else "–"

    rows = [
        (
            cell(change.zh if zh else change.en),
            tuple(line for code in change.rules for line in rule_cell(code, found.new, lang)),
            cell(articles(change.old)),
            cell(articles(change.new)),
        )
        for change in found.text
    ]
    (old, _), (new, _) = sides(found, lang, 12)
    return table(
        "text",
        Label(
            zh=f"只是文字有变化，对档案的要求不变（{len(rows)}）",
            en=f"Changed in the text alone, nothing else is asked of a record ({len(rows)})",
        ).words(lang),
        (
            (Label(zh="变化", en="change").words(lang), 52),
            (Label(zh="有关规则", en="rules").words(lang), 24),
            (old, 12),
            (new, 12),
        ),
        rows,
    )


def unchanged_rules(found: Difference, lang: Lang) -> PageTable:
    """The rules that ask the same in the same words, in small print; some are in another article.

    Only where two texts are side by side: a local edition or a reading changes what it changes.
    """
    rows = [
        (
            cell(acts_words(change.rule, found.new, lang)),
            (*cell(change.rule.clause.words(lang)), *rule_cell(change.code, found.new, lang)),
            cell(article_words(change.old, found.old, lang)),
            cell(article_words(change.new, found.new, lang)),
        )
        for change in found.unchanged
        if found.text or found.renumbered
    ]
    (old, _), (new, _) = sides(found, lang, 14)
    return table(
        "unchanged",
        Label(
            zh=f"没有变化，条文序号可能不同（{len(rows)}）", en=f"Not changed, some in another article ({len(rows)})"
        ).words(lang),
        (
            (Label(zh="程序", en="procedure").words(lang), 18),
            (Label(zh="规则", en="rule").words(lang), 54),
            (old, 14),
            (new, 14),
        ),
        rows,
        quiet=True,
    )


# ------------------------------------------------------------------------------------------- cells


def _force(old: Rule, new: Rule, found: Difference, lang: Lang) -> Cell:
    before, after = found.old.word(old.force, lang), found.new.word(new.force, lang)
    return cell(after) if before == after else ((Run(before, "gone"),), (Run(after, "new"),))


def _compared_cell(
    rule: Rule, rulebook: Rulebook, lang: Lang, parts: Iterable[str], *, beside: Rule | None = None
) -> Cell:
    """The attributes that differ, other than clause, force and article, each on a quiet line of its own."""
    zh = lang == "zh"
    lines = []
    for part in parts:
        words: list[str] = []
        if part == "compare":
            compared = rule.compare if beside is None else compared_apart(rule, beside)
            words = [comparison_words(comparison, rulebook, lang) for comparison in compared]
        elif part == "when":
            words = (
                [conditions_words(rule.when, rulebook, lang) or Label(zh="无", en="none").words(lang)]
                if rule.when
                else []
            )
        elif part == "acts":
            words = [acts_words(rule, rulebook, lang)]
        elif part == "outcomes":
            said = listed((rulebook.word(code, lang) for code in rule.outcomes), lang)
            words = [said or Label(zh="每一结果", en="every outcome").words(lang)]
        elif part == "word":
            words = [(f"“{rule.word}”" if zh else rule.word) if rule.word else Label(zh="无", en="none").words(lang)]
        elif part == "since":
            words = [day_words(rule.since, lang) if rule.since else Label(zh="无", en="none").words(lang)]
        elif part == "excused_by_reason":
            words = [
                Label(zh="是", en="yes").words(lang) if rule.excused_by_reason else Label(zh="否", en="no").words(lang)
            ]
        label = _COMPARED.words(lang) if part == "compare" else RULE_PARTS[part].words(lang)
        lines += [(Run(Label(zh=f"{label}：{text}", en=f"{label}: {text}").words(lang), "quiet"),) for text in words]
    return tuple(lines)


def _written_cell(rule: Rule) -> Cell:
    """What a rule compares and when, as the rulebook writes it."""
    return cell(
        *(f"{value.kind} {dump(value)}" for value in rule.compare), *(str(dump(t)) for t in rule.when), mark="code"
    )
