"""Two editions beside each other: what changed, came, went or only moved, and the page that says so."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from recruitment import load_rulebooks
from recruitment.base.dates import Span
from recruitment.base.label import Label, Lang
from recruitment.cli.main import cli
from recruitment.law.comparisons import After, DateLimit, Each, Periods
from recruitment.law.comparisons import Test as Question
from recruitment.law.edition_diff import Difference, difference
from recruitment.law.rulebook import Citation, Rule, Rulebook
from recruitment.presentation.edition_page.page import edition_page
from recruitment.presentation.edition_page.words import PROCEDURE_PARTS, RULE_PARTS
from recruitment.presentation.findings.clauses import comparison_words, outcome_words
from recruitment.presentation.findings.value_tests import conditions_words
from recruitment.presentation.html_page import Column, Page, PageTable, Run, cell, html_of, markdown_of

LANGS: tuple[Lang, ...] = ("zh", "en")
EDITIONS = load_rulebooks()
OLD, NEW = EDITIONS.named("2014"), EDITIONS.named("2026")
FOUND = difference(OLD, NEW)
VOID = {"meta", "col", "br"}


def codes(changes: Any) -> list[str]:
    """The codes of changes, in their order."""
    return [change.code for change in changes]


def changed(rulebook: Rulebook, code: str, **parts: Any) -> Rulebook:
    """The book with other attributes of one rule."""
    return evolve(
        rulebook, rules=tuple(evolve(rule, **parts) if rule.code == code else rule for rule in rulebook.rules)
    )


# ------------------------------------------------------------------------------------------- what differs


def test_a_book_does_not_differ_from_itself() -> None:
    """Nothing is made up."""
    found = difference(OLD, OLD)
    assert found.same
    assert edition_page(found, "zh").tables == ()
    assert "没有差别" in edition_page(found, "zh").remark


def test_what_the_revision_of_2026_changed() -> None:
    """Rules that came, went and changed, by their codes, in the order of the procedures."""
    assert codes(FOUND.gone) == ["candidate-filed"]
    assert set(codes(FOUND.added)) >= {"publicity-5-workdays", "meeting-within-1-month", "oath-within-1-month"}
    assert set(codes(FOUND.changed)) >= {"review-subjects", "oath-organizer", "archive-complete", "right-organization"}
    (subjects,) = [change for change in FOUND.changed if change.code == "review-subjects"]
    assert subjects.parts == ("clause", "compare")
    assert "candidate_filing" in codes(FOUND.procedures)
    (filing,) = [change for change in FOUND.procedures if change.code == "candidate_filing"]
    assert filing.parts == ("zh", "en", "papers", "outcomes", "stands_from")


def test_a_rule_that_only_moved_to_another_article_is_apart() -> None:
    """The secret ballot says in article 20 what it said in 21; what says the same in the same place is nowhere."""
    (ballot,) = [change for change in FOUND.renumbered if change.code == "secret-ballot"]
    assert ballot.old is not None
    assert ballot.new is not None
    assert (ballot.old.citation.articles, ballot.new.citation.articles) == (("21", "33"), ("20", "32"))
    assert all(change.parts == ("article",) for change in FOUND.renumbered)
    told = {code for group in (FOUND.added, FOUND.gone, FOUND.changed, FOUND.renumbered) for code in codes(group)}
    assert "talk-within-1-month" not in told
    assert "order" not in told


def test_every_rule_of_both_editions_stands_in_one_group() -> None:
    """What changed for a record, what changed in the text alone, and what did not change leave nothing out."""
    both = {rule.code for rule in OLD.rules} & {rule.code for rule in NEW.rules}
    reworded = {code for change in FOUND.text for code in change.rules}
    assert both <= {*codes(FOUND.changed), *reworded, *codes(FOUND.unchanged)}
    assert not reworded & set(codes(FOUND.unchanged))
    assert set(codes(FOUND.renumbered)) <= set(codes(FOUND.unchanged))
    assert reworded <= {rule.code for rule in (*OLD.rules, *NEW.rules)}


def test_a_change_of_the_text_is_told_between_its_two_editions_alone() -> None:
    """It is said of the edition that has it and of the one it names, in both languages, and nowhere else."""
    assert FOUND.text
    assert all(change.zh.strip() and change.en.strip() and (change.old or change.new) for change in FOUND.text)
    assert difference(evolve(OLD, code="other"), NEW).text == ()
    (table,) = [table for table in edition_page(FOUND, "en").tables if table.code == "text"]
    assert len(table.rows) == len(FOUND.text)


def test_they_stand_by_procedure_with_what_binds_every_act_first() -> None:
    """A rule of every act comes before those of procedure 1; acts beside the main line come last; then by code."""
    rulebook = OLD
    for code in ("once", "order", "age-18", "secret-ballot", "moved-reported", "majority-of-all"):
        rulebook = changed(rulebook, code, force="advice")
    found = difference(OLD, rulebook)
    assert codes(found.changed) == ["once", "order", "age-18", "majority-of-all", "secret-ballot", "moved-reported"]
    numbers = [change.procedure.number for change in FOUND.procedures]
    assert numbers == sorted(numbers)


def test_every_attribute_that_may_differ_is_found_and_has_a_name() -> None:
    """Force, acts, outcomes, words, conditions and what is compared: each alone is a change, and named on the page."""
    rule = next(rule for rule in OLD.rules if rule.code == "cultivation-1-year")
    limit = rule.compare[0]
    assert isinstance(limit, DateLimit)
    condition = (Question(value="branch.has_committee", is_=True),)
    for part, value in {
        "force": "duty",
        "acts": ("candidate", "sponsors"),
        "outcomes": (),
        "clause": Label(zh="另一句话", en="another sentence"),
        "when": condition,
        "word": "应当",
        "since": date(2020, 1, 1),
        "excused_by_reason": True,
        "compare": (evolve(limit, span=Span(2, "year")),),
    }.items():
        found = difference(OLD, changed(OLD, rule.code, **{part: value}))
        (change,) = found.changed
        assert change.parts == (part,)
        for lang in LANGS:
            (row,) = edition_page(found, lang).tables[0].rows
            assert RULE_PARTS[part].words(lang) in row[1][0][0].text
            assert row[2] != row[4] or row[6] != cell(OLD.word(rule.force, lang))
    found = difference(OLD, changed(OLD, rule.code, citation=Citation(document="reading")))
    assert codes(found.renumbered) == [rule.code]
    assert not difference(OLD, changed(OLD, rule.code, checked_on=date(2030, 1, 1))).changed
    named = {attribute.name for cls in (Rule,) for attribute in cls.__attrs_attrs__}
    assert named - {"code", "citation", "read_as", "checked_on", "checked_against"} == set(RULE_PARTS) - {"article"}
    assert {a.name for p in (*OLD.procedures, *OLD.detours) for a in type(p).__attrs_attrs__} - {"code"} == set(
        PROCEDURE_PARTS
    )


def test_rows_of_one_code_are_told_apart_by_their_acts() -> None:
    """A code that stands in two rows: only the row that changed is a change, whatever their order."""
    code = "postponed-at-most-6-months"
    (rule,) = [rule for rule in OLD.rules if rule.code == code]
    rows = [rule, evolve(rule, acts=("conversion_meeting",))]
    others = tuple(rule for rule in OLD.rules if rule.code != code)
    old = evolve(OLD, rules=(*others, *rows))
    turned = evolve(OLD, rules=(*others, evolve(rows[1], force="advice"), rows[0]))
    (change,) = difference(old, turned).changed
    assert change.old == rows[1]
    (gone,) = difference(old, evolve(OLD, rules=(*others, rows[0]))).gone
    assert gone.old == rows[1]


def test_a_procedure_that_came_or_went_and_a_reading_that_changed() -> None:
    """What only one edition has stands on its side alone."""
    without = evolve(OLD, detours=OLD.detours[1:])
    (change,) = difference(without, OLD).procedures
    assert (change.old, change.new) == (None, OLD.detours[0])
    other = evolve(OLD, policies={**OLD.policies, "leap-birthday": "next-day"})
    (policy,) = difference(OLD, other).policies
    assert (policy.code, policy.old, policy.new) == ("leap-birthday", "clamp", "next-day")
    (table,) = edition_page(difference(OLD, other), "en").tables
    assert table.rows[0][2] == cell("of age on 1 March in a common year")


# ------------------------------------------------------------------------------------------- in plain words


def test_every_comparison_of_every_rule_has_plain_words() -> None:
    """All that the rulebooks compare can be told in both languages, and no code of a path is left in Chinese."""
    for rulebook in EDITIONS.rulebooks:
        for rule in rulebook.rules:
            for comparison in rule.compare:
                for lang in LANGS:
                    said = comparison_words(comparison, rulebook, lang)
                    assert said
                    assert "None" not in said
                    assert "_" not in said, (rule.code, said)
            for lang in LANGS:
                assert "_" not in conditions_words(rule.when, rulebook, lang), rule.code
        for procedure in (*rulebook.procedures, *rulebook.detours):
            for outcome in procedure.outcomes:
                assert "_" not in outcome_words(outcome, rulebook, "zh")


def test_kinds_that_no_edition_uses_yet_have_words_too() -> None:
    """An order of a rule's own, days within an act, a cut by a reading, and a second way for an entry of a list."""
    month = Span(3, "month")
    for comparison, zh, en in (
        (After(acts=("talk", "activist")), "党组织派人谈话、推荐和确定入党积极分子已经办成", "talk with the applicant"),
        (
            Periods(
                each=month, rounding="clamp", since="mentors.on", of="inspection", days="reports", cut_policy="quarter"
            ),
            "每3个月至少一次",
            "at least once every 3 months",
        ),
        (
            Each(
                of="people",
                test=Question(value="standing", one_of=("full",)),
                or_all=(Question(value="standing", one_of=("probationary",)),),
                or_when=Question(value="branch.has_committee", is_=True),
            ),
            "；或者身份：须为预备党员（限于：",
            "; or standing: must be: probationary member (only where ",
        ),
    ):
        assert zh in comparison_words(comparison, OLD, "zh")
        assert en in comparison_words(comparison, OLD, "en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_compared_otherwise_reads_otherwise(lang: Lang) -> None:
    """Where two editions compare something else, the lines about it are not the same."""
    for change in FOUND.changed:
        if "compare" in change.parts:
            assert change.old is not None
            assert change.new is not None
            one = [comparison_words(comparison, OLD, lang) for comparison in change.old.compare]
            other = [comparison_words(comparison, NEW, lang) for comparison in change.new.compare]
            assert one != other


# ------------------------------------------------------------------------------------------- the page


class Reader(HTMLParser):
    """Reads a page and keeps what a browser would build from it: every element opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that it closes the one that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the words, without the style."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_stands_alone_and_is_marked_up_by_what_it_says(lang: Any) -> None:
    """No script, nothing from elsewhere; a caption to each table, a scope to each heading, a link to each table."""
    text = html_of(edition_page(FOUND, lang))
    read = Reader(text)
    names = [tag for tag, _ in read.tags]
    assert text.startswith("<!DOCTYPE html>\n<html lang=")
    assert not {"script", "img", "link", "iframe"} & set(names)
    assert not re.search(r"https?:|url\(|@import|\bon\w+=", text)
    assert names.count("caption") == names.count("table") == 6
    assert all(tag[1].get("scope") in ("col", "row") for tag in read.tags if tag[0] == "th")
    ids = {attributes["id"] for tag, attributes in read.tags if tag == "table"}
    assert {a["href"] for tag, a in read.tags if tag == "a"} == {f"#{c}" for c in ids}
    assert "@page { size: A4" in text
    words = "".join(read.words)
    for said in (
        ("2014年5月28日至2026年5月10日", "第十九条") if lang == "zh" else ("from 2014-05-28 to 2026-05-10", "art. 19")
    ):
        assert said in words
    assert OLD.content_hash in words
    assert all(rule.checked_against in words for rule in NEW.rules if rule.citation.document == "rules-2026")


def test_each_row_of_a_changed_rule_has_both_clauses_articles_and_the_force() -> None:
    """What changed, the old clause and the new, each with its article, the words that differ marked on both sides."""
    (table,) = [table for table in edition_page(FOUND, "zh").tables if table.code == "changed"]
    (row,) = [row for row in table.rows if (Run("报批材料须齐全 "), Run("submission-complete", "code")) in row[1]]
    assert len(row) == len(table.columns) == 7
    assert row[0] == cell("17 上级党委审批接收")
    assert row[1][0] == (Run("内容、比较的内容、条款"),)
    assert (row[3], row[5], row[6]) == (
        cell("第二十二条、第二十五条"),
        cell("第二十一条、第二十四条"),
        cell("硬性规定"),
    )
    assert "gone" not in {run.mark for run in row[2][0]}
    assert {run.mark for run in row[4][0]} == {"", "new"}
    rule = next(rule for rule in NEW.rules if rule.code == "submission-complete")
    assert "".join(run.text for run in row[4][0]) == rule.clause.zh


def hostile() -> Difference:
    """Two books whose words are markup."""
    evil = '<script>alert("1")</script> & | `x` *y*'
    return difference(OLD, changed(OLD, "age-18", clause=Label(zh=evil, en=evil), checked_against="<b>x</b>"))


def test_no_text_becomes_markup() -> None:
    """What a rulebook says is shown as it is written, in HTML and in Markdown."""
    page = edition_page(hostile(), "zh")
    text = html_of(page)
    read = Reader(text)
    assert '<script>alert("1")</script> & | `x` *y*' in "".join(read.words)
    assert not {"script", "b"} & {tag for tag, _ in read.tags}
    lines = [line for line in markdown_of(page).splitlines() if "age-18" in line]
    assert len(lines) == 1
    assert len(re.findall(r"(?<!\\)\|", lines[0])) == 8
    assert r"\<script\>" in lines[0]


def test_markdown_has_as_many_cells_as_columns_in_every_row() -> None:
    """Every table is whole, and a mark never has a space at its inside."""
    text = markdown_of(edition_page(FOUND, "en"))
    widths: dict[str, set[int]] = {}
    head = ""
    for line in text.splitlines():
        head = line if line.startswith("## ") else head
        if line.startswith("|"):
            widths.setdefault(head, set()).add(len(re.findall(r"(?<!\\)\|", line)))
    assert len(widths) == 6
    assert all(len(found) == 1 for found in widths.values())
    table = PageTable(code="t", caption="t", columns=(Column(head="h", width=1),), rows=((((Run(" a ", "new"),),),),))
    assert "|  **a**  |" in markdown_of(Page(title="t", lang="en", facts=(), remark="r", tables=(table,)))


def test_the_page_is_the_same_every_time() -> None:
    """Two readings of the rulebooks give the same bytes."""
    again = difference(evolve(OLD), evolve(NEW))
    assert html_of(edition_page(again, "zh")) == html_of(edition_page(FOUND, "zh"))


# ------------------------------------------------------------------------------------------- the command


def run(*arguments: str) -> Result:
    """Run a command line in English."""
    result = CliRunner().invoke(cli, list(arguments), env={"LC_ALL": "C.UTF-8", "COLUMNS": "160"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_command_shows_a_table_and_data() -> None:
    """`rules diff` is a table at the terminal; with --json every group with both rules."""
    shown = run("rules", "diff", "2014", "2026")
    assert shown.exit_code == 0
    assert "Rules added" in shown.output
    assert "publicity-5-workdays" in shown.output
    data = json.loads(run("rules", "diff", "2014", "2026", "--json").stdout)
    assert [data[side]["edition"] for side in ("old", "new")] == ["2014", "2026"]
    assert [rule["rule"] for rule in data["gone"]] == ["candidate-filed"]
    (ballot,) = [rule for rule in data["renumbered"] if rule["rule"] == "secret-ballot"]
    assert (ballot["old"]["article"], ballot["new"]["article"]) == ("21, 33", "20, 32")
    (subjects,) = [rule for rule in data["changed"] if rule["rule"] == "review-subjects"]
    assert subjects["new"]["compare"] == [{"kind": "evidence", "all": [{"value": "subjects", "at_least": 6}]}]


def test_the_command_writes_a_page(tmp_path: Path) -> None:
    """By the ending of the path or by --format."""
    path = tmp_path / "changes.html"
    assert run("rules", "diff", "2014", "2026", "--lang", "zh", "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == html_of(edition_page(FOUND, "zh"))
    assert run("rules", "diff", "2014", "2026", "--format", "md").stdout == markdown_of(edition_page(FOUND, "en"))
    done = run("rules", "diff", "2014", "2026", "--format", "md", "-o", str(path), "--force", "--json")
    assert json.loads(done.stdout) == {"output": str(path), "format": "md"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff"], "name two editions"),
        (["diff", "2014"], "name two editions"),
        (["diff", "2014", "2026", "2026"], "name two editions"),
        (["diff", "2014", "2062"], "there is no edition 2062; did you mean 2026?"),
        (["diff", "2014", "2026", "--act", "talk"], "neither --edition, --act nor --check"),
        (["diff", "2014", "2026", "-o", "page.txt"], "say the form with --format"),
        (["diff", "2014", "2026", "--format", "html", "--json"], "leave one out"),
        (["--format", "html"], "it belongs to recruitment rules diff"),
        (["diff", "2014", "2026", "--format", "pdf"], "pdf"),
    ],
)
def test_a_slip_is_one_sentence(arguments: list[str], said: str) -> None:
    """What is missing, unknown or too much is said, with the way out."""
    result = run("rules", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr + result.stdout


def test_what_changed_in_the_text_alone_is_told_from_either_edition() -> None:
    """From the later edition to the earlier one each change is the same the other way round."""
    back = difference(NEW, OLD)
    assert FOUND.text
    assert [(change.new, change.old) for change in back.text] == [(change.old, change.new) for change in FOUND.text]
    assert difference(OLD, OLD).text == ()
