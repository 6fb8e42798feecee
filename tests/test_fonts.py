"""The font of the pictures: which one is taken, that it alone is, what is said without one, and ink for every glyph."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from strategies import day_of_entry

import recruitment
from recruitment.diagram.canvas.plate import GAIN, SYMBOLS
from recruitment.diagram.canvas.styles import FONTS
from recruitment.diagram.catalogue import BY_NAME
from recruitment.diagram.output import fonts
from recruitment.diagram.output.drawing import render
from recruitment.diagram.output.fonts import font_source, font_version, font_warning, use_font
from recruitment.record.acts import Apply, File

EDITIONS = recruitment.load_rulebooks()
SVG_TEXT = "{http://www.w3.org/2000/svg}text"
PACKAGE = "manimgx_fonts_cjk"
NO_FONT = '<?xml version="1.0"?><fontconfig><cachedir>cache</cachedir></fontconfig>'
SCALE = 2
CONTRAST = 60


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without the font of the extra, whose fontconfig lists what the test says, or which has none."""
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))

    def listing(*families):
        command = tmp_path / "fc-list"
        command.write_text("#!/bin/sh\n" + "".join(f"echo '{family}'\n" for family in families))
        command.chmod(0o700)

    return listing


# ------------------------------------------------------------------------------------------- which font


def test_the_font_of_the_extra_comes_first(monkeypatch):
    """The tests have it, and it is taken whatever the machine lists; its distribution and version are named."""
    monkeypatch.setenv("PATH", "")
    assert font_source() == "extra"
    assert re.fullmatch(r"manimgx-fonts-cjk \d{4}\.\d+\.\d+(\.post\d+)?", font_version())


def test_without_the_extra_the_machine_is_asked(machine):
    """A font that fontconfig lists for Chinese is the second choice; with none, or no fontconfig, there is none."""
    assert font_source() is None
    machine("Noto Sans CJK SC,Noto Sans CJK SC Regular")
    assert font_source() == "system"
    assert font_version() == "the machine's fonts"
    machine()
    assert font_source() is None


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_chinese_font(monkeypatch, platform):
    """There fontconfig is not asked: a Chinese font is part of the system."""
    monkeypatch.setattr(sys, "platform", platform)
    assert font_source() == "system"


def test_a_font_inside_a_zip_is_no_font(tmp_path, monkeypatch):
    """Fontconfig reads folders: a package that is imported from an archive brings no font."""
    monkeypatch.setattr(fonts, "_PACKAGE", "zipped_font")
    spec = type("Spec", (), {"submodule_search_locations": [str(tmp_path / "wheel.zip" / "zipped_font")]})
    monkeypatch.setattr(fonts, "find_spec", lambda _: spec)
    monkeypatch.setattr(fonts, "_is_listed", lambda: False)
    assert font_source() is None


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_drawing_leaves_the_environment_as_it_was(monkeypatch, before):
    """The configuration is named while a picture is drawn, and is gone with its folder afterwards."""
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with use_font():
        named = Path(os.environ["FONTCONFIG_FILE"])
        assert PACKAGE in named.read_text("utf-8")
    assert os.environ.get("FONTCONFIG_FILE") == before
    assert not named.parent.exists()
    with pytest.raises(recruitment.RecruitmentError):
        render("digraph {", "svg")
    assert os.environ.get("FONTCONFIG_FILE") == before


# ------------------------------------------------------------------------------------------- what is said


def warned(text: str, form: str) -> str:
    """The warning about the font of a text in a format, which there has to be."""
    found = font_warning(text, form)
    assert found is not None
    return found.en


def test_what_is_wrong_without_the_font_is_said_where_it_matters(machine):
    """Chinese without a font is boxes; 如 may be lost from a PDF in a machine's font; all else needs no word."""
    assert font_warning("fully English", "pdf") is None
    for form in ("svg", "png", "pdf", "html"):
        assert "boxes" in warned("汉字", form)
    machine("Noto Sans CJK SC")
    assert font_warning("汉字", "pdf") is None
    assert font_warning("如", "svg") is None
    assert "may lack the character 如" in warned("如", "pdf")


def command(tmp_path, *arguments, font=True, path=""):
    """A command line run by a process of its own, with or without the font of the extra."""
    hidden = "" if font else f"import sys; sys.modules['{PACKAGE}'] = None\n"
    paths = os.pathsep.join(map(str, sys.path))
    environment = {**os.environ, "PATH": path, "PYTHONPATH": paths, "RECRUITMENT_TODAY": "2026-11-22"}
    return subprocess.run(
        [sys.executable, "-c", f"{hidden}from recruitment.cli.main import main; main()", *arguments],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "html", "dot", "mermaid"])
def test_with_the_font_nothing_but_the_answer_is_said(tmp_path, form):
    """A Chinese picture in any format, on a machine that lists no font, is drawn without a word of fonts."""
    done = command(tmp_path, "diagram", "--lang", "zh", "--format", form, "-o", "picture")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_demo_says_nothing_of_fonts_where_the_font_is(tmp_path):
    """The first command of a newcomer writes to standard output alone."""
    done = command(tmp_path, "demo", "--lang", "zh", "--into", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "demo" / "progress.svg").is_file()


@pytest.mark.parametrize(
    ("arguments", "warning"),
    [
        (["diagram", "--lang", "zh", "-o", "x.svg"], "未找到中文字体，汉字会显示为方框"),
        (["diagram", "--lang", "zh", "-o", "x.html"], "未找到中文字体，汉字会显示为方框"),
        (["diagram", "--lang", "en", "--plate", "local", "-o", "x.png"], "no Chinese font was found"),
        (["demo", "--lang", "zh", "--into", "demo"], "未找到中文字体，汉字会显示为方框"),
    ],
    ids=["svg", "html", "english-with-chinese", "demo"],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system has a Chinese font")
def test_without_any_font_one_sentence_says_what_to_install(tmp_path, arguments, warning):
    """Before boxes are drawn the command says so in one line with a way out, in the language that was asked for."""
    done = command(tmp_path, *arguments, font=False)
    assert done.returncode == 0
    assert done.stderr.startswith(warning)
    assert "member-development[draw]" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["--lang", "en", "-o", "x.svg"], ["--lang", "zh", "-o", "x.dot"]], ids=["english", "dot"]
)
def test_without_any_font_nothing_is_said_where_none_is_needed(tmp_path, arguments):
    """An English picture without a Chinese character is no reason for alarm, nor is text that nobody draws."""
    done = command(tmp_path, "diagram", *arguments, font=False)
    assert (done.returncode, done.stderr) == (0, "")


# ------------------------------------------------------------------------------------------- the same everywhere

DRAW = """
import sys, recruitment
from recruitment.diagram.output.drawing import render
source = recruitment.picture(recruitment.load_rulebooks(), "ballot", lang="zh").dot
for form in ("svg", "png", "pdf"):
    open(form, "wb").write(render(source, form, engine=sys.argv[1]))
"""


def test_a_plate_is_the_same_whatever_fonts_the_machine_has(tmp_path, engine):
    """Here, and where fontconfig finds no font, SVG and PNG have the same bytes and the page of a PDF the same look."""
    (tmp_path / "none.conf").write_text(NO_FONT)
    found = []
    for name, fontconfig in (("here", {}), ("bare", {"FONTCONFIG_FILE": str(tmp_path / "none.conf")})):
        folder = tmp_path / name
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", DRAW, engine],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path)), **fontconfig},
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
        with pypdfium2.PdfDocument(folder / "pdf") as document:  # its bytes hold the time of drawing
            page = bytes(document[0].render(scale=1).buffer)
        found.append(((folder / "svg").read_bytes(), (folder / "png").read_bytes(), page))
    assert found[0] == found[1]


# ------------------------------------------------------------------------------------------- ink


def without_ink(pdf):
    """The characters that a PDF holds, how often each, and those of them in whose box the rendered page is blank.

    A character is blank if in its box, and one pixel around it, everything is of one tone.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text, picture = page.get_textpage(), page.render(scale=SCALE, grayscale=True)
        pixels, stride, high = bytes(picture.buffer), picture.stride, page.get_height()
        held, blank = Counter[str](), list[str]()
        for n in range(text.count_chars()):
            character = text.get_text_range(n, 1)
            if not character.strip():
                continue
            held[character] += 1
            left, bottom, right, top = text.get_charbox(n)
            start, end = max(int(left * SCALE) - 1, 0), min(int(right * SCALE) + 2, picture.width)
            first, last = max(int((high - top) * SCALE) - 1, 0), min(int((high - bottom) * SCALE) + 2, picture.height)
            box = b"".join(pixels[row * stride + start : row * stride + end] for row in range(first, last))
            if not box or max(box) - min(box) < CONTRAST:
                blank.append(character)
    return held, blank


def written(source, engine):
    """How often each character is written on a plate, by its SVG, in which every text is text."""
    root = ET.fromstring(render(source, "svg", engine=engine))
    return Counter(c for text in root.iter(SVG_TEXT) for c in "".join(text.itertext()) if c.strip())


@cache
def source(name, lang):
    """The DOT of a plate for the edition in force; that of a file with an act done, one open, and one overdue."""
    held: dict[str, Any] = {}
    if name == "file":
        act = Apply(on=date(2026, 9, 1), tie="study", unit="with_organization", papers=("application_letter",))
        case = recruitment.open_case(EDITIONS, File(id="f-1", born=date(2001, 5, 4)))
        case = recruitment.judge(EDITIONS, case, act, today=day_of_entry(act)).following(EDITIONS)
        held = {"case": case, "today": date(2026, 11, 22)}
    return recruitment.picture(EDITIONS, name, lang=lang, **held).dot


def of_text(text):
    """DOT in which nothing but a text is drawn, plain and bold."""
    lines = "".join(f"<TR><TD>{text}</TD></TR><TR><TD><B>{text}</B></TD></TR>")
    return f'digraph {{ a [pos="0,0" fontname="{FONTS}" shape=plaintext label=<<TABLE BORDER="0">{lines}</TABLE>>] }}'


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_glyph_of_a_plate_has_ink_in_its_pdf(engine, name, lang):
    """Rendered, the PDF of each plate holds every character that is written on it, and none of them is blank."""
    held, blank = without_ink(render(source(name, lang), "pdf", engine=engine))
    assert blank == []
    assert held == written(source(name, lang), engine)
    assert sum(held.values()) > 100


def test_the_plates_hold_the_character_that_cairo_loses():
    """如, which a PDF lacks with Debian's Noto Sans CJK, is written on plates, so its loss would be seen."""
    assert {name for name in BY_NAME if "如" in source(name, "zh")} >= {"refusal", "stage-4", "local"}


def test_every_sign_is_in_the_font(engine):
    """What stands for a look, an outcome or a link is in the font, also where no plate of the tests shows it."""
    signs = "".join(sorted({*SYMBOLS.values(), GAIN, *"→┄‖✓×?!⇒≥≤①②③④⑤⑥⑦⑧⑨〇"}))
    held, blank = without_ink(render(of_text(signs), "pdf", engine=engine))
    assert blank == []
    assert {*held} == {*signs}


def test_a_sign_that_the_font_lacks_is_found(engine):
    """The check of ink itself can fail: a character without a glyph is drawn as a box and is no text of the PDF."""
    drawn = of_text("汉⇢字")
    held, _ = without_ink(render(drawn, "pdf", engine=engine))
    assert written(drawn, engine) - held == Counter("⇢⇢")


def test_every_character_of_gb_2312_has_ink(engine):
    """All 6763 Chinese characters of the national standard are drawn in a PDF, plain and bold."""
    pairs = (bytes((a, b)) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(characters) == 6763
    lines = "<BR/>".join(characters[n : n + 90] for n in range(0, 6763, 90))
    held, blank = without_ink(render(of_text(lines), "pdf", engine=engine))
    assert blank == []
    assert held == Counter(characters * 2)
