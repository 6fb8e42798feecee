"""What the tables of a handout have in common: headings, and the names of procedures, acts and articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.law.edition_diff import Difference
from recruitment.law.rulebook import Detour, Procedure, Rule, Rulebook
from recruitment.presentation.findings.citations import cite_rule
from recruitment.presentation.findings.names import edition_name, rule_name
from recruitment.presentation.html_page import Cell, Column, PageTable, Run, cell

_FEW: Final = 2
"""Procedures of a rule that are named; of more only the numbers are given."""


def table(
    code: str,
    caption: str,
    columns: Iterable[tuple[str, int]],
    rows: Iterable[tuple[Cell, ...]],
    *,
    quiet: bool = False,
) -> PageTable:
    """A table of columns with their widths in hundredths."""
    return PageTable(
        code=code,
        caption=caption,
        columns=tuple(Column(head=head, width=width) for head, width in columns),
        rows=tuple(rows),
        quiet=quiet,
    )


def sides(found: Difference, lang: Lang, width: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """The headings of the old side and the new one."""
    return (edition_name(found.old, lang), width), (edition_name(found.new, lang), width)


def with_number(procedure: Procedure, lang: Lang) -> str:
    """The name of a procedure after its number; an act beside the main line has none."""
    beside = isinstance(procedure, Detour)
    return procedure.label.words(lang) if beside else f"{procedure.number} {procedure.label.words(lang)}"


def acts_words(rule: Rule, rulebook: Rulebook, lang: Lang) -> str:
    """The procedures that a rule speaks of: by name where they are few, else by their numbers."""
    if not rule.acts:
        return Label(zh="每一项", en="every act").words(lang)
    procedures = [rulebook.by_code[act] for act in rule.acts if act in rulebook.by_code]
    if len(procedures) <= _FEW:
        return Label(zh="、", en="; ").words(lang).join(with_number(procedure, lang) for procedure in procedures)
    ranges: list[list[int]] = []
    for number in sorted(procedure.number for procedure in procedures if procedure.number):
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    said = [f"{r[0]}–{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in ranges]
    said += [procedure.label.words(lang) for procedure in procedures if not procedure.number]
    numbers = listed(said, lang)
    return Label(zh=f"程序 {numbers}", en=f"procedures {numbers}").words(lang)


def rule_cell(code: str, rulebook: Rulebook, lang: Lang) -> Cell:
    """What a rule is called, with its code behind a title."""
    name = rule_name(code, rulebook, lang)
    return cell(code, mark="code") if name == code else ((Run(f"{name} "), Run(code, "code")),)


def article_words(rule: Rule | None, rulebook: Rulebook, lang: Lang) -> str:
    """Where a rule is written, or nothing where there is no rule."""
    return "" if rule is None else cite_rule(rule, rulebook, lang)
