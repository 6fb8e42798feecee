"""What holds for every HTML page alike: one shell, one policy, every text escaped, in a real browser and on paper."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jinja2 import UndefinedError

import recruitment
from recruitment.audit.html_report import PageReport
from recruitment.audit.report_data import ReportLine, Scope, Totals, Unread
from recruitment.audit.running import audit
from recruitment.audit.words import Wording
from recruitment.base.errors import Fault
from recruitment.base.label import Label, Lang
from recruitment.diagram.output.drawing import engines
from recruitment.diagram.output.page_sizes import PAPERS
from recruitment.diagram.output.webpage import picture_page
from recruitment.law.edition_diff import difference
from recruitment.presentation.edition_page.page import edition_page
from recruitment.presentation.html_page import Column, Mark, Page, PageTable, Run, cell, html_of
from recruitment.presentation.html_shell import page_pieces
from recruitment.rulebooks.locate import dossiers_folder
from recruitment.training.lesson import lesson
from recruitment.training.page import training_page

EDITIONS = recruitment.load_rulebooks()
OLD, NEW = EDITIONS.rulebooks[0], EDITIONS.rulebooks[-1]
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
ASSETS = sorted(Path(recruitment.__file__).parent.rglob("assets/*"))
EVIL = "<b id=x>\"'&amp;\x1b[2J\u202e</style></script><script>window.broken=1</script>"
"""Markup, an escape sequence of a terminal, and a sign that turns the direction of writing."""
HARMLESS = EVIL.replace("\x1b", "�").replace("\u202e", "�")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>'


# ------------------------------------------------------------------------------------------- the pages


def audit_page(lang: Lang, folder: Path) -> str:
    """The audit of the example files, and of one that cannot be read."""
    wrong = folder / "wrong.json"
    wrong.write_text('{"format": "member-development/dossier/1", "files": [{"bron": 1}]}', encoding="utf-8")
    examples = [str(dossiers_folder().joinpath(f"{name}.json")) for name in ("regular", "worked-2026")]
    scope = Scope(today=date(2026, 11, 22), practice=True, named=True)
    out, totals = io.StringIO(), Totals()
    report = PageReport(out.write, Wording(EDITIONS, lang), scope)
    for answer in audit((*examples, str(wrong)), scope):
        if isinstance(answer, ReportLine):
            totals.add(answer)
            report.line(answer)
        else:
            totals.unread(answer)
            report.unread(answer)
    report.end(totals)
    return out.getvalue()


def picture(lang: Lang, _: Path) -> str:
    """The page of the picture of a refusal, drawn by the engine."""
    if not engines():
        pytest.skip("no engine is installed: nothing was drawn")
    return recruitment.picture(EDITIONS, "refusal", lang=lang, paper="a4").html()


PAGES: Mapping[str, Callable[[Lang, Path], str]] = {
    "audit": audit_page,
    "editions": lambda lang, _: html_of(edition_page(difference(OLD, NEW), lang)),
    "picture": picture,
    "training": lambda lang, _: training_page(
        NEW, lesson(EDITIONS, edition=NEW.code, seed=1, questions=1), lang=lang
    ).decode(),
}
"""The four kinds of pages, each as it is really written."""

every_page = pytest.mark.parametrize("name", PAGES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


class Read(HTMLParser):
    """What a browser would build from a page: its elements, and its words apart from style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, _: str) -> None:
        """Leave the style or the script."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if self._inside not in ("style", "script"):
            self.words += data


# ------------------------------------------------------------------------------------------- one shell


@every_language
@every_page
def test_the_policy_admits_the_one_style_and_the_one_script_and_nothing_else(
    name: str, lang: Lang, tmp_path: Path
) -> None:
    """Every page names its language, fetches nothing, and admits what is in it by its hash; one alone has a script."""
    text = PAGES[name](lang, tmp_path)
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{LANGUAGES[lang]}">\n<head>\n<meta charset="utf-8">\n')
    policy = next(a["content"] for tag, a in Read(text).tags if a.get("http-equiv") == "Content-Security-Policy")
    expected = ["default-src 'none'"]
    for element in ("style", "script") if name == "training" else ("style",):
        (body,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        expected.append(f"{element}-src 'sha256-{digest}'")
    assert policy == "; ".join([*expected, "base-uri 'none'", "form-action 'none'"])
    assert ("<script" in text) is (name == "training")
    assert not re.search(r"url\(|@import|\bsrc=|\son\w+=|\sstyle=|<link|<iframe|<img", text)
    assert not [a["href"] for _, a in Read(text).tags if not str(a.get("href", "#")).startswith("#")]


@every_language
@every_page
def test_every_page_wears_the_one_look(name: str, lang: Lang, tmp_path: Path) -> None:
    """The style of a page begins with the shell's sheet, and no other sheet gives its variables other values."""
    shell = next(path for path in ASSETS if path.name == "shell.css").read_text(encoding="utf-8")
    assert f"<style>{shell}" in PAGES[name](lang, tmp_path)
    variables = set(re.findall(r"(--[\w-]+):", shell))
    for path in ASSETS:
        if path.suffix == ".css" and path.name != "shell.css":
            assert not variables & set(re.findall(r"(--[\w-]+):", path.read_text(encoding="utf-8"))), path


def test_no_template_turns_escaping_off() -> None:
    """In no template is a text declared safe, and each whole page extends the shell."""
    templates = [path for path in ASSETS if path.suffix == ".html"]
    assert len(templates) >= 7
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup", text), path
        whole = "<body" in text or "{% block body %}" in text
        assert not whole or path.name == "shell.html" or "{% extends" in text, path


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    """Nothing is left out in silence: a template that asks for what it was not given raises."""
    given: dict[str, Any] = {"tables": (), "heading": "h", "files": (), "persons": (), "days_alone": ""}
    assert "".join(page_pieces("audit/assets/report.html", lang="en", title="t", introduction="i", **given))
    with pytest.raises(UndefinedError, match="introduction"):
        "".join(page_pieces("audit/assets/report.html", lang="en", title="t", **given))


# ------------------------------------------------------------------------------------------- hostile texts


def table_page() -> str:
    """A page of tables in which every text is hostile."""
    marks: tuple[Mark, ...] = ("", "strong", "quiet", "code", "gone", "new", "english")
    held = PageTable(
        code="t",
        caption=EVIL,
        columns=(Column(head=EVIL, width=50), Column(head=EVIL, width=50, number=True)),
        rows=((cell(EVIL), (tuple(Run(EVIL, mark) for mark in marks),)),),
    )
    return html_of(Page(title=EVIL, lang="en", facts=((EVIL, cell(EVIL, EVIL)),), remark=EVIL, tables=(held,)))


def plate_page() -> str:
    """The page of a plate in which title, parts, names, lines and notes are hostile."""
    plate = recruitment.picture(EDITIONS, "course", lang="en").plate
    groups = tuple(
        evolve(group, title=EVIL, nodes=tuple(evolve(node, name=EVIL, lines=(EVIL,)) for node in group.nodes))
        for group in plate.groups
    )
    plate = evolve(plate, title=EVIL, subtitle=EVIL, groups=groups, notes=(EVIL,))
    return picture_page(plate, DRAWING, EVIL, PAPERS["a4"])


def hostile_audit() -> str:
    """The audit of a file whose texts are hostile, after one that cannot be read for a hostile reason."""
    out, totals = io.StringIO(), Totals()
    scope = Scope(today=date(2026, 11, 22), everything=True, named=True)
    report = PageReport(out.write, Wording(EDITIONS, "en"), scope)
    report.unread(Unread((Fault(EVIL, Label(zh=EVIL, en=EVIL)),)))
    (line,) = audit((str(dossiers_folder().joinpath("worked-2026.json")),), scope)
    assert isinstance(line, ReportLine)
    findings = tuple(
        {**finding, "rule": EVIL, "en": EVIL, "remedy": {"zh": EVIL, "en": EVIL}} for finding in line.findings
    )
    line = evolve(line, id=EVIL, name=EVIL, branch=EVIL, findings=findings)
    totals.add(line)
    report.line(line)
    report.end(totals)
    return out.getvalue()


def spoilt(value: Any) -> Any:
    """A lesson in which every text is hostile."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return dict.fromkeys(value, EVIL)
        return {key: spoilt(inner) for key, inner in value.items()}
    return [spoilt(inner) for inner in value] if isinstance(value, list) else value


def hostile_training() -> str:
    """The training page of a lesson in which every text is hostile."""
    taught = lesson(EDITIONS, edition=NEW.code, seed=1, questions=1)
    return training_page(NEW, spoilt(taught), lang="en").decode()


HOSTILE = {"audit": hostile_audit, "editions": table_page, "picture": plate_page, "training": hostile_training}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_text_holds_is_read_as_it_is_and_does_nothing(name: str) -> None:
    """Markup becomes no element; what would command a terminal or turn the writing round is shown as a sign for it."""
    text = HOSTILE[name]()
    read = Read(text)
    assert [tag for tag, a in read.tags if tag == "b" and a] == []
    assert [tag for tag, _ in read.tags].count("style") == 1
    scripts = [attributes for tag, attributes in read.tags if tag == "script"]
    if name == "training":  # its texts are data, and the script sets them as text
        assert scripts == [{"type": "application/json", "id": "data"}, {}]
        data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
        assert data is not None
        assert not set(data[1]) & set("<>&\n\x1b")
        assert json.loads(data[1])["lesson"]["edition"]["label"] == {"zh": EVIL, "en": EVIL}
    else:
        assert scripts == []
        assert read.words.count(HARMLESS) >= 5
        assert not set(text) & set("\x1b\u202e")


# ------------------------------------------------------------------------------------------- in a browser


@every_language
@every_page
def test_a_browser_has_nothing_to_complain_of(browser: Any, name: str, lang: Lang, tmp_path: Path) -> None:
    """On a phone and on a desk nothing is refused by the policy, nothing fetched, nothing wider than the screen.

    The rules of axe (WCAG 2.2 AA and good practice) hold, and the style is in effect.
    """
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: accessibility was not tried")
    path = tmp_path / "page.html"
    path.write_text(PAGES[name](lang, tmp_path), encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for width in (360, 1280):
        said: list[str] = []
        asked: list[str] = []
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 26, 26)"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(axe.AXE_SCRIPT)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags)
        told = [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found["violations"]]
        context.close()
        assert (told, said, asked) == ([], [], [path.as_uri()]), width


@every_language
@pytest.mark.parametrize("name", ["audit", "editions", "picture"])
def test_a_table_is_read_on_a_phone_and_on_paper(browser: Any, name: str, lang: Lang, tmp_path: Path) -> None:
    """On a phone each cell stands below its column's heading; on paper the headings stand above, within the sheet."""
    path = tmp_path / "page.html"
    path.write_text(PAGES[name](lang, tmp_path), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    heads = page.locator("thead").first.locator("th").all_text_contents()
    row = page.locator("tbody tr").first
    assert row.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.head)") == heads[1:]
    cells = row.locator("td:not(:empty)")
    shown = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell, '::before').content)")
    assert shown == cells.evaluate_all('cells => cells.map(cell => `"${cell.dataset.head}"`)')
    assert shown
    assert page.locator("thead").first.is_hidden()
    assert all(width > 30 for width in cells.evaluate_all("cells => cells.map(cell => cell.offsetWidth)"))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 700})
    assert page.locator("thead").first.is_visible()
    assert cells.first.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"
    assert page.locator("nav").count() == 0 or page.locator("nav").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    context.close()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_picture_is_printed_on_one_sheet_of_its_paper(browser: Any, paper: str, tmp_path: Path) -> None:
    """The drawing has the first sheet, laid across, and a few words the second: no empty sheet comes between."""
    plate = recruitment.picture(EDITIONS, "course", lang="en").plate
    plate = evolve(plate, groups=plate.groups[:1], links=(), words=(), key=(), notes=())
    path = tmp_path / "page.html"
    path.write_text(picture_page(plate, DRAWING, "", PAPERS[paper]), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    content = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    height = page.locator("figure svg").evaluate("drawing => drawing.getBoundingClientRect().height") / 96 * 25.4
    context.close()
    assert 0.95 * (PAPERS[paper].height - 16) < height < PAPERS[paper].height - 16
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    across, down = PAPERS[paper].points
    assert [(round(float(w)), round(float(h))) for w, h in sizes] == [(round(across), round(down))] * 2
