"""Pictures for whoever embeds the library: in a notebook, as values, and as files."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import date
from typing import Any, cast

import pytest
from attrs import evolve
from strategies import day_of_entry

import recruitment
from recruitment.base.errors import RecruitmentError
from recruitment.diagram.output import drawing, showing
from recruitment.diagram.output.drawing import engines
from recruitment.diagram.output.showing import Picture
from recruitment.diagram.plates.course.plate import course_plate
from recruitment.engine.judging import judge
from recruitment.record.acts import Apply, File
from recruitment.record.case import open_case

EDITIONS = recruitment.load_rulebooks()
TODAY = date(2026, 9, 20)
drawn = pytest.mark.skipif(not engines(), reason="no engine is installed: nothing was drawn")


def opened():
    """A file with its application and nothing else."""
    case = open_case(EDITIONS, File(id="f-1", born=date(2001, 5, 4)))
    act = Apply(on=date(2026, 9, 1), tie="study", unit="with_organization", papers=("application_letter",))
    return judge(EDITIONS, case, act, today=day_of_entry(act), on_trust="a picture's example").following(EDITIONS)


@drawn
def test_a_notebook_shows_a_picture_as_svg():
    """It gives an SVG, its DOT and a line of text, each under its media type, and only what was asked for."""
    plate = course_plate(EDITIONS.rulebooks[-1], "zh")
    for shown in (Picture(plate=plate), recruitment.picture(EDITIONS, "course", lang="zh")):
        bundle = shown._repr_mimebundle_()
        assert set(bundle) == {"text/plain", "text/vnd.graphviz", "image/svg+xml"}
        assert "<svg" in bundle["image/svg+xml"]
        assert bundle["text/vnd.graphviz"].startswith("digraph course")
        assert bundle["text/plain"] == "发展党员工作流程 · 5 个阶段 · 25 个程序 · 2026年修订细则"
        assert set(shown._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
        assert set(shown._repr_mimebundle_(exclude=["image/svg+xml"])) == {"text/plain", "text/vnd.graphviz"}


def test_a_notebook_without_an_engine_shows_the_title_and_the_dot(monkeypatch):
    """Where nothing can draw, a plate shows its title and its DOT, and no fault; asked for SVG it says why not."""
    monkeypatch.setattr(drawing, "engines", lambda: ())
    picture = recruitment.picture(EDITIONS, "course")
    assert set(picture._repr_mimebundle_()) == {"text/plain", "text/vnd.graphviz"}
    with pytest.raises(RecruitmentError, match="nothing here to draw with"):
        picture.svg()


def test_a_plate_that_cannot_be_drawn_shows_its_title(monkeypatch):
    """A plate with a look that nobody knows, and an engine that fails, leave the cell of a notebook whole."""
    plate = course_plate(EDITIONS.rulebooks[-1], "en")
    first, *others = plate.groups
    odd = evolve(first, nodes=tuple(evolve(node, look=cast("Any", "unheard of")) for node in first.nodes))
    assert set(Picture(plate=evolve(plate, groups=(odd, *others)))._repr_mimebundle_()) == {"text/plain"}

    def fails(*_, **__):
        raise OSError("the engine has crashed")

    monkeypatch.setattr(showing, "draw", fails)
    assert set(Picture(plate=plate)._repr_mimebundle_()) == {"text/plain", "text/vnd.graphviz"}


@drawn
def test_a_picture_is_saved_in_the_format_of_its_ending(tmp_path):
    """A picture writes itself by the ending of a path, says where, and refuses an ending that names no format."""
    picture = recruitment.picture(EDITIONS, "stage-2", lang="en", edition="2014")
    assert picture.save(tmp_path / "a.svg").read_text("utf-8") == picture.svg()
    assert stat.S_IMODE((tmp_path / "a.svg").stat().st_mode) == 0o600
    assert picture.save(tmp_path / "a.mmd").read_text("utf-8") == picture.mermaid()
    assert picture.save(str(tmp_path / "a.gv")).read_text("utf-8") == picture.dot
    assert picture.save(tmp_path / "a.html").read_text("utf-8") == picture.html()
    assert picture.save(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(recruitment.BadInput, match=r"no format has the ending \.bmp"):
        picture.save(tmp_path / "a.bmp")
    with pytest.raises(recruitment.BadInput, match="there is no folder"):
        picture.save(tmp_path / "nowhere" / "a.dot")


def test_the_progress_of_a_file_is_a_picture():
    """A file is drawn from its case and a day: what is done is marked, and neither name nor id is on it."""
    picture = recruitment.picture(EDITIONS, "file", lang="en", case=opened(), today=TODAY)
    looks = {node.number: node.look for node in picture.plate.nodes}
    assert looks[1] == "done"
    assert looks[3] != "done"
    assert "2026-09-01" in picture.dot
    assert "f-1" not in picture.dot + picture.mermaid()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("curse", {}, "did you mean course"),
        ("course", {"edition": "1990"}, "there is no edition 1990"),
        ("course", {"paper": "a5"}, "there is no sheet a5; there are a3, a4"),
        ("file", {}, "the plate file is drawn from a file"),
        ("course", {"case": opened(), "today": TODAY}, "the plate file is drawn from a file"),
        ("file", {"case": opened()}, "say on which day"),
        ("file", {"case": opened(), "today": TODAY, "edition": "2014"}, "leave it out"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_sentence(name, options, message):
    """A plate, an edition, a paper or a file that is missing is named, in both languages."""
    with pytest.raises(recruitment.BadInput, match=message) as told:
        recruitment.picture(EDITIONS, name, **options)
    assert told.value.zh


def test_a_picture_needs_no_ledger():
    """Loading what draws brings in no ledger, no database and no command."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, recruitment; recruitment.picture; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for module in (
        "recruitment.ledger.stores.sqlite",
        "recruitment.ledger.office",
        "sqlite3",
        "recruitment.cli.main",
        "click",
    ):
        assert module not in done.stdout.split(), module
