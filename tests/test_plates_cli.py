"""The catalogue of plates, the command that draws them, sheets of paper, pages, and the gallery."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

import recruitment
from recruitment.cli.main import cli
from recruitment.diagram.canvas import styles
from recruitment.diagram.canvas.plate import SYMBOLS
from recruitment.diagram.canvas.styles import ATTRIBUTES
from recruitment.diagram.catalogue import BY_NAME, ENTRIES, plate
from recruitment.diagram.output.drawing import dot_of, engines
from recruitment.diagram.output.page_sizes import PAPERS
from recruitment.diagram.output.showing import ENDINGS, FORMS
from recruitment.diagram.plates.course.plate import course_plate
from recruitment.rulebooks.locate import dossiers_folder

ROOT = Path(__file__).resolve().parent.parent
ROWS = ROOT / "diagrams" / "plates.toml"
EDITIONS = recruitment.load_rulebooks()
LAW = [entry for entry in ENTRIES if entry.needs != "file"]
NASTY = '<b>"甲\n</b></style><script>alert(1)</script>&amp;\\N'
FILE = "2022-0007"
PERSON = "申请人甲"
# What is asked of every plate, whatever else comes to the catalogue.
NAMES = "course stage-1 stage-2 stage-3 stage-4 stage-5 lanes limits ballot detours refusal changes local file"
drawing = pytest.mark.skipif(not engines(), reason="no engine is installed: nothing was drawn")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command line in a folder of its own, on a ledger with the regular file, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments):
        result = CliRunner().invoke(cli, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    document = json.loads(dossiers_folder().joinpath("regular.json").read_text("utf-8"))
    document["files"][0]["name"] = PERSON
    (tmp_path / "regular.json").write_text(json.dumps(document), "utf-8")
    assert invoke("import", "regular.json").exit_code == 0
    return invoke


# ------------------------------------------------------------------------------------------- the catalogue


def test_the_catalogue_holds_every_plate_once_in_both_languages():
    """Each plate has its name once, a label and a sentence in Chinese and in English."""
    assert [entry.name for entry in ENTRIES] == NAMES.split()
    for entry in ENTRIES:
        for label in (entry.label, entry.teaches):
            assert re.search("[一-鿿]", label.zh), entry.name
            assert label.en.isascii(), entry.name


@pytest.mark.slow
@pytest.mark.parametrize("entry", LAW, ids=lambda entry: entry.name)
def test_every_plate_is_made_for_every_edition_that_it_can_show(entry):
    """By name and edition each plate is made in both languages, its DOT holds its title and no attribute unknown."""
    shown: dict[str, list[str | None]] = {"edition": ["2014", "2026", "2014+guizhou-2015"], "editions": [None]}
    editions = shown.get(entry.needs, ["2014+guizhou-2015", "2026+guizhou-2015", "2014", None])
    for edition in editions:
        for lang in ("zh", "en"):
            made = plate(EDITIONS, entry.name, lang, edition=edition)
            assert made.lang == lang
            source = dot_of(made, paper=PAPERS["a3"], dpi=200)
            bare = re.sub(r'"(?:\\.|[^"\\])*"|<<TABLE.*</TABLE>>', "Q", source)
            for line in bare.splitlines():
                found = re.match(r"\s*(.*?) ?\[(.*)\]$", line)
                if found:
                    kind = found[1] if found[1] in ("graph", "node") else "edge" if "->" in found[1] else "node"
                    kind = "edge" if found[1] == "edge" else kind
                    assert set(re.findall(r"([A-Za-z_]+)=", found[2])) <= ATTRIBUTES[kind], line


def test_a_plate_of_a_local_edition_lays_one_on_where_none_is_named():
    """Asked for an edition alone the plate of local rules takes the first local edition that may lie on it."""
    named = plate(EDITIONS, "local", "zh", edition="2014+guizhou-2015")
    assert dot_of(plate(EDITIONS, "local", "zh", edition="2014")) == dot_of(named)
    none = evolve(EDITIONS, overlays=())
    with pytest.raises(recruitment.BadInput, match="shows a local edition on a national one"):
        plate(none, "local", "zh")


@pytest.mark.slow
def test_every_text_is_the_same_under_any_hash_seed():
    """Three interpreters with other hash seeds write the same DOT, Mermaid and page of every plate."""
    script = (
        "import sys, recruitment; from recruitment.diagram.catalogue import ENTRIES\n"
        "from datetime import date; from recruitment.record.acts import Apply, File\n"
        "from recruitment.diagram.output.drawing import engines\n"
        "books, day = recruitment.load_rulebooks(), date(2026, 9, 1)\n"
        "case = recruitment.open_case(books, File(id='f-1', born=date(2001, 5, 4)))\n"
        "act = Apply(on=day, tie='study', unit='with_organization', papers=('application_letter',))\n"
        "file = {'case': recruitment.judge(books, case, act, today=day).following(books), 'today': date(2026, 9, 20)}\n"
        "for entry in ENTRIES:\n"
        "    for lang in ('zh', 'en'):\n"
        "        held = file if entry.needs == 'file' else {}\n"
        "        picture = recruitment.picture(books, entry.name, lang=lang, **held)\n"
        "        page = picture.html() if engines() else ''\n"
        "        sys.stdout.buffer.write((picture.dot + picture.mermaid() + page).encode())\n"
    )
    paths = os.pathsep.join(map(str, sys.path))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "42", "4294967295")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 500_000


# ------------------------------------------------------------------------------------------- without colour


def test_no_two_looks_of_a_box_differ_by_colour_alone():
    """Each look of a box has a sign, no two the same, or else a stroke that no other look has."""
    strokes = {
        look: tuple(style.get(name) for name in ("shape", "style", "penwidth")) for look, style in styles.NODES.items()
    }
    assert set(SYMBOLS) >= set(styles.NODES)
    looks = list(styles.NODES)
    for n, one in enumerate(looks):
        for other in looks[n + 1 :]:
            assert SYMBOLS[one] != SYMBOLS[other] or strokes[one] != strokes[other], (one, other)


def grey(ink):
    """How bright a colour comes out in print without colour, from 0 to 255."""
    red, green, blue = (int(ink[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("entry", LAW, ids=lambda entry: entry.name)
def test_no_two_panels_of_a_plate_differ_by_colour_alone(entry):
    """Panels of one shape and stroke on one plate are filled as differently as grey can show, but for its ground."""
    ground = {"lane", "lane_other"}
    used = {panel.look for panel in plate(EDITIONS, entry.name, "zh").panels} - ground
    panels = [(look, style) for look, style in styles.PANELS.items() if look in used]
    for n, (one, style) in enumerate(panels):
        for other, beside in panels[n + 1 :]:
            if all(style.get(name) == beside.get(name) for name in ("shape", "style", "penwidth")):
                assert abs(grey(style["fillcolor"]) - grey(beside["fillcolor"])) >= 30, (one, other)


def test_no_two_letterings_differ_by_colour_alone():
    """Letterings of one size and weight mean the same, or are as far apart as ink on white and white on ink."""
    letters = list(styles.LETTERS.items())
    for n, (one, (size, bold, ink)) in enumerate(letters):
        for other, (beside, weight, colour) in letters[n + 1 :]:
            if (size, bold) == (beside, weight):
                assert abs(grey(ink) - grey(colour)) >= 50, (one, other)


# ------------------------------------------------------------------------------------------- paper


@drawing
@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
@pytest.mark.parametrize("name", ["course", "limits", "changes"])
def test_pictures_have_the_size_of_their_sheet(name, paper):
    """PNG has the pixels of the sheet at 200 an inch, PDF its size to the nearest point, SVG its millimetres."""
    picture = recruitment.picture(EDITIONS, name, paper=paper.name)
    pixels = {"a3": (3307, 2339), "a4": (2339, 1654)}[paper.name]
    points = {"a3": (1191, 842), "a4": (842, 595)}[paper.name]
    assert struct.unpack(">II", picture.png()[16:24]) == pixels == paper.pixels
    assert [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", picture.pdf())] == [
        (0, 0, *points)
    ]
    root = ET.fromstring(picture.svg())
    assert (root.get("width"), root.get("height")) == (f"{paper.width}mm", f"{paper.height}mm")


@drawing
@pytest.mark.parametrize("name", ["course", "detours", "ballot"])
def test_a_fitted_picture_lies_in_the_middle_with_its_margin(name):
    """The drawing keeps ten millimetres from each edge of the sheet, reaches two of them, and lies in the middle."""
    svg = recruitment.picture(EDITIONS, name, paper="a3").svg()
    root = ET.fromstring(svg)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    unit = 420 / width
    assert height * unit == pytest.approx(297, abs=0.1)
    plain = ET.fromstring(recruitment.picture(EDITIONS, name).svg())
    across, down = map(float, plain.attrib["viewBox"].split()[2:])
    edges = [-left * unit, -top * unit, (width + left - across) * unit, (height + top - down) * unit]
    assert min(edges) == pytest.approx(10, abs=0.1)
    assert edges[0] == pytest.approx(edges[2], abs=0.1)
    assert edges[1] == pytest.approx(edges[3], abs=0.1)


@pytest.mark.parametrize("name", ["course", "detours", "ballot"])
@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_graphviz_is_told_the_sheet_and_its_margin(name, paper):
    """The viewport in the DOT is the sheet in points, looks at the middle, and leaves ten millimetres all round."""
    source = recruitment.picture(EDITIONS, name, paper=paper.name).dot
    width, height, scale, x, y = map(float, re.findall('viewport="([^"]+)"', source)[0].split(","))
    across, down = map(float, re.findall('bb="0,0,([^"]+)"', source)[0].split(","))
    millimetre = 72 / 25.4
    assert (width / millimetre, height / millimetre) == pytest.approx((paper.width, paper.height), abs=0.01)
    assert (x, y) == pytest.approx((across / 2, down / 2), abs=0.01)
    margins = (width - scale * across) / 2 / millimetre, (height - scale * down) / 2 / millimetre
    assert min(margins) == pytest.approx(10, abs=0.01)


# ------------------------------------------------------------------------------------------- pages


class _Page(HTMLParser):
    """What a page holds: its elements, its references, and its words."""

    def __init__(self):
        super().__init__()
        self.elements, self.references, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "xlink:href", "srcset", "action", "data"):
                self.references.append(value)

    def handle_data(self, data):
        self.words.append(data)


@drawing
@pytest.mark.parametrize("entry", LAW, ids=lambda entry: entry.name)
def test_a_page_holds_the_picture_and_its_words_and_refers_to_nothing(entry):
    """The page has the drawing, every box again in words, print sizes, and nothing that is fetched from anywhere."""
    picture = recruitment.picture(EDITIONS, entry.name, paper="a4")
    text = picture.html()
    page = _Page()
    page.feed(text)
    assert page.references == []
    assert not set(page.elements) & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in text
    assert "@import" not in text
    assert page.elements.count("svg") == 1
    assert "size: A4 landscape" in text
    words = _Page()
    words.feed(text.partition('<section id="words">')[2])
    table = "".join("".join(words.words).split())
    for node in picture.plate.nodes:
        for line in (node.name, *node.lines):
            assert "".join(line.split()) in table, (entry.name, node.code, line)


@drawing
def test_nasty_words_are_text_on_a_page():
    """Markup in a title, a stage, a name or a note is read letter by letter."""
    from recruitment.diagram.output.showing import Picture

    course = course_plate(EDITIONS.rulebooks[-1], "en")
    groups = tuple(
        evolve(group, title=NASTY, nodes=tuple(evolve(node, name=NASTY, lines=(NASTY,)) for node in group.nodes))
        for group in course.groups
    )
    text = Picture(evolve(course, title=NASTY, subtitle=NASTY, groups=groups, notes=(NASTY,)), NASTY).html()
    page = _Page()
    page.feed(text)
    assert not set(page.elements) & {"script", "b"}
    assert page.elements.count("style") == 1
    assert "".join(page.words).count('<b>"甲') >= 25


# ------------------------------------------------------------------------------------------- the command


def test_help_names_every_plate_and_loads_no_engine(run):
    """The help of diagram names every plate; that takes neither an engine nor a rulebook."""
    told = run("diagram", "--help").output
    assert all(f" {name}" in told for name in BY_NAME)
    done = subprocess.run(
        [sys.executable, "-c", "import sys, recruitment.cli.commands.diagram; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = done.stdout.split()
    for module in (
        "graphviz",
        "pygraphviz",
        "transitions",
        "sqlite3",
        "rich",
        "recruitment.rulebooks.load",
        "recruitment.record.acts",
    ):
        assert module not in loaded, module


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_the_ending_of_a_file_names_its_format(run, tmp_path, ending):
    """Every ending gives its format."""
    form = ENDINGS[ending]
    if form not in ("dot", "mermaid") and not engines():
        pytest.skip("no engine is installed: nothing was drawn")
    result = run("diagram", "--plate", "stage-1", "-o", f"picture{ending}", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"output": f"picture{ending}", "format": form}
    path = tmp_path / f"picture{ending}"
    begins = {
        "svg": b"<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
        "dot": b"digraph",
        "mermaid": b"---",
        "html": b"<!DOCTYPE html>",
    }
    assert path.read_bytes().startswith(begins[form])


BAD = [
    (["--plate", "curse"], "there is no plate curse; did you mean course?"),
    (["--plate", "zzz"], "there is no plate zzz; there are course, stage-1"),
    (["--plate", "limits", FILE], "the plate file needs a FILE, and the others none"),
    (["--plate", "file"], "the plate file needs a FILE, and the others none"),
    (["--edition", "1990"], "there is no edition 1990; known are 2014, 2026, 2014+guizhou-2015, 2026+guizhou-2015"),
    (["--edition", "2014+nowhere"], "there is no edition 2014+nowhere"),
    (["--plate", "changes", "--edition", "2014"], "the plate changes shows both editions; leave it out"),
    ([FILE, "--edition", "2014"], "a file is drawn by the edition that it is judged by; leave it out"),
    (["--id"], "it belongs to the picture of a FILE"),
    (["--format", "png", "-o", "x.svg"], "a file that ends in .svg holds svg, and png was asked for"),
    (["-o", "x.jpg"], "no format has the ending .jpg; use one of .svg, .png"),
    (["-o", "nowhere/x.dot"], "there is no folder nowhere; make it first, or choose another place"),
    (["--paper", "a4", "-o", "x.mmd"], "Mermaid lays a picture out by itself; leave it out"),
    (["--paper", "a5"], "'a5' is not one of 'a3', 'a4'"),
    (["2022-0008"], "did you mean 2022-0007?"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(arguments) for arguments, _ in BAD])
def test_wrong_input_is_one_clear_sentence(run, tmp_path, arguments, message):
    """A plate, edition, format or place that cannot be is said in one sentence with a way out; nothing is written."""
    before = {path.name for path in tmp_path.iterdir()}
    result = run("diagram", *arguments)
    assert result.exit_code == 2, result.output
    assert message in result.output
    assert "Traceback" not in result.output
    # A ledger that is read keeps two files beside it open.
    assert {path.name for path in tmp_path.iterdir()} - {"ledger.db-wal", "ledger.db-shm"} == before


@pytest.mark.parametrize("form", FORMS)
def test_no_picture_of_a_file_names_anybody(run, tmp_path, form):
    """In every format the picture of a file is without a name, and without its id unless that is asked for."""
    if form not in ("dot", "mermaid") and not engines():
        pytest.skip("no engine is installed: nothing was drawn")
    assert PERSON in run("show", FILE, "--names").output
    endings = {form: ending for ending, form in reversed(list(ENDINGS.items()))}
    for titled in ([], ["--id"]):
        path = tmp_path / f"picture{endings[form]}"
        result = run("diagram", FILE, "-o", str(path), "--force", "--lang", "zh", *titled)
        assert result.exit_code == 0, result.output
        content = path.read_bytes()
        assert PERSON.encode() not in content
        assert PERSON.encode("utf-16-be") not in content
        if form not in ("png", "pdf"):
            assert (FILE.encode() in content) == bool(titled)


# ------------------------------------------------------------------------------------------- the gallery


@pytest.mark.skipif(not ROWS.is_file(), reason="the gallery is not part of the wheel")
def test_the_gallery_shows_every_plate_of_the_catalogue():
    """Every plate's content is kept in both languages and on the contact sheet; the READMEs show every picture."""
    rows = tomllib.loads(ROWS.read_text("utf-8"))["plate"]
    assert {row.get("plate", row["name"]) for row in rows} == set(BY_NAME)
    sheet = (ROWS.parent / "README.md").read_text("utf-8")
    names = {f"{row['name']}.{lang}.mmd" for row in rows for lang in ("zh", "en")}
    assert {path.name for path in ROWS.parent.glob("*.mmd")} == names
    assert not [name for name in names if f"({name})" not in sheet]
    kept = {path.name for path in ROWS.parent.glob("*.svg")}
    assert kept == {f"{row['name']}.{lang}.svg" for row in rows for lang in row.get("shown", ())}
    readmes = [(ROWS.parents[1] / name).read_text("utf-8") for name in ("README.md", "README.zh.md")]
    assert kept == {name for text in readmes for name in re.findall(r"diagrams/([\w.-]+\.svg)", text)}


def test_nothing_but_the_answer_reaches_the_terminal(tmp_path):
    """Drawing writes no remark of the engine or its fonts beside the sentence that says where the picture is."""
    if not engines():
        pytest.skip("no engine is installed here")
    command = [
        sys.executable,
        "-c",
        "from recruitment.cli.main import main; main()",
        "diagram",
        "-o",
        str(tmp_path / "x.svg"),
    ]
    done = subprocess.run([*command, "--lang", "en"], capture_output=True, check=True)
    assert (done.stdout.decode(), done.stderr) == (f"written to {tmp_path / 'x.svg'}\n", b"")
