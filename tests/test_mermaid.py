"""Plates as Mermaid flowcharts, drawn by Mermaid itself in a real browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import mermaid_js
import pytest
from attrs import evolve
from strategies import day_of_entry

import recruitment
from recruitment.diagram.api import file_on_day
from recruitment.diagram.catalogue import ENTRIES, plate
from recruitment.diagram.output.mermaid import box_lines, encode_text, mermaid_of
from recruitment.diagram.plates.course.plate import course_plate
from recruitment.engine.judging import judge
from recruitment.formats.dossier.documents import read_path
from recruitment.record.case import open_case
from recruitment.rulebooks.locate import dossiers_folder

EDITIONS = recruitment.load_rulebooks()
NASTY = """<b>"甲\n</b>" \\n \\N & &lt; #35; ` end; $$x$$ fa:fa-user %%{init: {}}%% [a] {b} (c) |d|
**e** _f_ style x:#fff; '"""
LISTS = ("1. end", "- one", "+ two", "* three", "# four", "end", "default", "classDef a fill:#fff;")
DRAW = """async source => {
    const drawn = await mermaid.render('drawn', source);
    document.body.innerHTML = drawn.svg;
    const words = all => [...document.querySelectorAll(all)].map(each => each.textContent);
    return {
        nodes: words('.node'), groups: words('.cluster'),
        edges: document.querySelectorAll('.edgePaths path').length,
        title: document.querySelector('title').textContent,
        heading: document.querySelector('.flowchartTitleText').textContent,
        foreign: document.querySelectorAll('svg :is(b, script, i, strong, em, .katex)').length,
    };
}"""


@pytest.fixture(scope="module", params=list(mermaid_js.RELEASES))
def draw(browser, request):
    """Draw a flowchart by a release of Mermaid as it comes, and say what stands in the picture."""
    script, why = mermaid_js.script(request.param)
    if script is None:
        pytest.skip(f"{why}: Mermaid drew nothing")
    page = browser.new_page()
    page.set_content("<!doctype html><body></body>")
    page.add_script_tag(path=str(script))
    page.evaluate("mermaid.initialize({startOnLoad: false, maxTextSize: 200000})")
    yield lambda source: page.evaluate(DRAW, source)
    page.close()


def underway():
    """The regular file up to its application for conversion."""
    file, acts = read_path(Path(str(dossiers_folder() / "regular.json")))[0]
    case = open_case(EDITIONS, file)
    for act in acts:
        case = judge(EDITIONS, case, act, today=day_of_entry(act), on_trust="a picture's example").following(EDITIONS)
        if act.code == "conversion_application":
            return case
    raise AssertionError("the example has no application for conversion")


def made(entry, lang):
    """A plate of the catalogue as it comes without being asked for more."""
    file = file_on_day(EDITIONS, underway(), date(2025, 5, 14)) if entry.needs == "file" else None
    return plate(EDITIONS, entry.name, lang, held=file)


def seen(text):
    """A text as it is compared: without spaces, with or without breadth."""
    return re.sub(r"[\s\u200b\u3000]", "", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_plate_is_drawn_by_mermaid_with_all_its_words_and_links(draw, entry, lang):
    """Mermaid draws every plate without error: each box with its words, each stage, and as many links as there are."""
    plate = made(entry, lang)
    drawn = draw(mermaid_of(plate))
    boxes = [*plate.nodes, *plate.standing_alone, *plate.key]
    assert sorted(map(seen, drawn["nodes"])) == sorted(seen("".join(box_lines(node))) for node in boxes)
    titles = [group.title for group in plate.groups] + ([plate.key_title] if plate.key else [])
    assert sorted(map(seen, drawn["groups"])) == sorted(map(seen, titles))
    assert drawn["edges"] == len(plate.links)
    assert seen(drawn["title"]) == seen(plate.title)
    assert seen(drawn["heading"]) == seen(plate.title)
    assert drawn["foreign"] == 0


def test_nasty_words_are_shown_letter_by_letter(draw):
    """Markup of HTML, of Markdown, of Mermaid, of formulas and icons is text in boxes, stages and title."""
    course = course_plate(EDITIONS.rulebooks[-1], "en")
    first, *others = course.groups
    nodes = (evolve(first.nodes[0], name=NASTY, number=None, lines=(NASTY, *LISTS)), *first.nodes[1:])
    listed = tuple(evolve(node, name=text, number=None) for node, text in zip(others[3].nodes, LISTS, strict=False))
    groups = (evolve(first, title=NASTY, nodes=nodes), *others[:3], evolve(others[3], nodes=listed))
    drawn = draw(mermaid_of(evolve(course, title=NASTY, subtitle=NASTY, groups=groups)))
    assert seen("".join((NASTY, NASTY, *LISTS))) in map(seen, drawn["nodes"])
    for text in LISTS[:7]:
        assert any(seen(node).startswith(seen(text)) for node in drawn["nodes"]), text
    assert seen(NASTY) in map(seen, drawn["groups"])
    assert seen(drawn["title"]) == seen(NASTY)
    assert drawn["foreign"] == 0
    assert drawn["edges"] == len(course.links)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_links_join_boxes_that_are_there(entry, lang):
    """No link leads to a box that has no words, and no two boxes have one name."""
    text = mermaid_of(made(entry, lang))
    named = re.findall(r"^ +(?:subgraph )?([ng]_\w+)[\[({]", text, re.MULTILINE)
    assert len(named) == len(set(named))
    for source, target in re.findall(r"^    (n_\w+) (?:-->|-\.->\S*|==>|---) (n_\w+)$", text, re.MULTILINE):
        assert source in named
        assert target in named


def test_links_differ_by_their_line():
    """A link by a clause, by the chart, back, again and a thin line are each written by a sign of their own."""
    course = course_plate(EDITIONS.rulebooks[-1], "zh")
    lines = set()
    for look in ("hard", "chart", "back", "again", "line"):
        link = evolve(course.links[0], look=look)
        text = mermaid_of(evolve(course, links=(link,)))
        lines |= set(re.findall(r"^    n_apply (.+) n_talk$", text, re.MULTILINE))
    assert lines == {"-->", "-.->", "==>", '-.->|"△"|', "---"}


def test_what_is_written_stays_on_its_line():
    """No text can end the line or the quotes that it stands in."""
    assert not set(encode_text(NASTY)) & set('"\n<>`[]{}|\\')
    assert "#" not in re.sub(r"#\d+;", "", encode_text(NASTY))
