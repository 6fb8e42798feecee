"""What sets two editions apart as a page for people who teach the rules: old and new side by side. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from recruitment.base.label import Label, Lang
from recruitment.law.edition_diff import Difference, own_document
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.edition_page.cells import sides, table
from recruitment.presentation.edition_page.procedures import procedures
from recruitment.presentation.edition_page.rules import changed_rules, one_sided, reworded_rules, unchanged_rules
from recruitment.presentation.findings.names import day_words, edition_name
from recruitment.presentation.findings.readings import policy_words
from recruitment.presentation.html_page import Cell, Line, Page, PageTable, Run, cell


def edition_page(found: Difference, lang: Lang) -> Page:
    """The page: what each edition is, and a table for each sort of change; tables without rows are left out."""
    old, new = found.old, found.new
    tables = (
        procedures(found, lang),
        one_sided("added", Label(zh="新增的规则", en="Rules added"), found.added, new, lang),
        one_sided("gone", Label(zh="取消的规则", en="Rules that are gone"), found.gone, old, lang),
        changed_rules(found, lang),
        _policies(found, lang),
        reworded_rules(found, lang),
        unchanged_rules(found, lang),
    )
    shown = tuple(table for table in tables if table.rows)
    remark = Label(
        zh="先列对档案的要求有变化的，再列只是文字有变化的，最后列没有变化的。各条内容是本库的转述，不能代替原文；教学时请对照原文条款。",
        en="First what changed for a record, then what changed in the text alone, last what did not change. "
        "The clauses are in our own words and no substitute for the text; teach with the articles at hand.",
    ).words(lang)
    nothing = "" if shown else Label(zh="两版没有差别。", en="The two editions do not differ. ").words(lang)
    return Page(
        title=Label(
            zh=f"{edition_name(old, lang)}与{edition_name(new, lang)}对照",
            en=f"{edition_name(old, lang)} and {edition_name(new, lang)}, side by side",
        ).words(lang),
        lang=lang,
        facts=tuple((edition_name(rulebook, lang), _facts(rulebook, lang)) for rulebook in (old, new)),
        remark=nothing + remark,
        tables=shown,
    )


def _facts(rulebook: Rulebook, lang: Lang) -> Cell:
    """The days an edition is in force, what it was checked against and when, and the hash of its content."""
    since = day_words(rulebook.in_force, lang)
    if rulebook.until is None:
        force = Label(zh=f"自{since}起施行", en=f"in force since {since}").words(lang)
    else:
        last = day_words(rulebook.until - timedelta(days=1), lang)
        force = Label(zh=f"施行：{since}至{last}", en=f"in force from {since} to {last}").words(lang)
    own = own_document(rulebook.rules)
    sources: dict[str, date] = {}
    for rule in rulebook.rules:
        if rule.citation.document in (own, *rulebook.local):
            sources[rule.checked_against] = max(rule.checked_on, sources.get(rule.checked_against, rule.checked_on))
    lines: list[Line] = [(Run(force),)]
    for source, day in sorted(sources.items()):
        said = Label(zh=f"{day_words(day, lang)}核对，依据：", en=f"checked on {day_words(day, lang)} against ").words(
            lang
        )
        lines.append((Run(said), Run(source, "english")))
    lines.append((Run(Label(zh="规程内容 ", en="content ").words(lang), "quiet"), Run(rulebook.content_hash, "code")))
    return tuple(lines)


def _policies(found: Difference, lang: Lang) -> PageTable:
    rows = [
        (
            cell(change.code, mark="code"),
            cell("" if change.old is None else policy_words(change.code, found.old, lang)),
            cell("" if change.new is None else policy_words(change.code, found.new, lang)),
        )
        for change in found.policies
    ]
    return table(
        "policies",
        Label(zh=f"口径的变化（{len(rows)}）", en=f"Readings changed ({len(rows)})").words(lang),
        ((Label(zh="口径", en="reading").words(lang), 24), *sides(found, lang, 38)),
        rows,
    )
