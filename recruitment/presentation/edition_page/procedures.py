"""The procedures that differ between two editions, a row for each difference."""

from __future__ import annotations

from recruitment.base.label import Label, Lang
from recruitment.law.edition_diff import Difference, ProcedureChange
from recruitment.law.rulebook import Procedure, Rulebook
from recruitment.presentation.edition_page.cells import sides, table, with_number
from recruitment.presentation.edition_page.marking import mark_differences
from recruitment.presentation.edition_page.words import PROCEDURE_PARTS
from recruitment.presentation.findings.clauses import outcome_words, span_words
from recruitment.presentation.findings.names import name
from recruitment.presentation.findings.value_tests import test_words
from recruitment.presentation.html_page import Cell, Mark, PageTable, Run, cell


def procedures(found: Difference, lang: Lang) -> PageTable:
    """The procedures that came, went or differ."""
    rows = [row for change in found.procedures for row in _procedure_rows(change, found, lang)]
    return table(
        "procedures",
        Label(zh=f"程序的变化（{len(found.procedures)}）", en=f"Procedures changed ({len(found.procedures)})").words(
            lang
        ),
        (
            (Label(zh="程序", en="procedure").words(lang), 18),
            (Label(zh="变化", en="what").words(lang), 14),
            *sides(found, lang, 34),
        ),
        rows,
    )


def _procedure_rows(change: ProcedureChange, found: Difference, lang: Lang) -> list[tuple[Cell, ...]]:
    head = cell(with_number(change.procedure, lang))
    if change.old is None or change.new is None:
        there = cell(change.procedure.label.words(lang), mark="strong")
        word = (
            Label(zh="新增", en="added").words(lang) if change.old is None else Label(zh="取消", en="gone").words(lang)
        )
        return [(head, cell(word), () if change.old is None else there, () if change.new is None else there)]
    rows: list[tuple[Cell, ...]] = []
    told = set()
    for part in change.parts:
        label = PROCEDURE_PARTS[part].words(lang)
        if label in told or (part in ("zh", "en") and part != lang):
            continue
        told.add(label)
        if part == "outcomes":
            before, after = _outcomes(change.old, change.new, found, lang)
            one, other = mark_differences("\n".join(before), "\n".join(after), lang)
        else:
            one = _part(change.old, part, found.old, lang, getattr(change.new, part), "gone")
            other = _part(change.new, part, found.new, lang, getattr(change.old, part), "new")
        rows.append((head, cell(label), one, other))
    return rows


def _outcomes(old: Procedure, new: Procedure, found: Difference, lang: Lang) -> tuple[list[str], list[str]]:
    """The outcomes that are not the same on both sides."""
    before = [outcome_words(row, found.old, lang) for row in old.outcomes if row not in new.outcomes]
    after = [outcome_words(row, found.new, lang) for row in new.outcomes if row not in old.outcomes]
    return before, after


def _part(procedure: Procedure, part: str, rulebook: Rulebook, lang: Lang, beside: object, mark: Mark) -> Cell:
    """The value of one attribute of a procedure in words; in a list, what the other edition lacks is marked."""
    zh = lang == "zh"
    value = getattr(procedure, part)
    if value is None or value == ():
        return cell(Label(zh="无", en="none").words(lang))
    if isinstance(value, tuple):
        line: list[Run] = []
        for code in value:
            if line:
                line.append(Run(Label(zh="、", en=", ").words(lang)))
            kept = not isinstance(beside, tuple) or code in beside
            line.append(Run(name(code, rulebook, lang), "" if kept else mark))
        return (tuple(line),)
    if isinstance(value, bool):
        return cell(("是" if value else "否") if zh else ("yes" if value else "no"))
    if part == "chart_when":
        return cell(test_words(value, rulebook, lang))
    if part == "lapse":
        span, unless = span_words(value.span, lang), name(value.unless, rulebook, lang)
        return cell(Label(zh=f"{span}内未办成“{unless}”即失效", en=f"after {span}, unless {unless}").words(lang))
    if part == "again":
        words = {"repeats": ("可以多次办理", "repeats"), "renews": ("可以重新办理", "renews")}[value]
        return cell(words[not zh])
    return cell(value if part in ("zh", "en") else name(str(value), rulebook, lang))
