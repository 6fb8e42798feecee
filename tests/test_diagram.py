"""Plates, their places, their DOT, and the pictures that come of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import evolve
from strategies import day_of_entry

from recruitment.base.errors import RecruitmentError
from recruitment.diagram.canvas import lettering, styles
from recruitment.diagram.canvas.plate import GAIN, SYMBOLS, Look
from recruitment.diagram.canvas.styles import ATTRIBUTES
from recruitment.diagram.output import drawing
from recruitment.diagram.output.drawing import dot_of, engine_version, engines, label, render
from recruitment.diagram.plates.course import layout
from recruitment.diagram.plates.course.order import links_of
from recruitment.diagram.plates.course.plate import course_plate
from recruitment.diagram.plates.detours.plate import detours_plate
from recruitment.diagram.plates.files.plate import file_plate
from recruitment.engine.judging import first_lawful_day, judge
from recruitment.formats.dossier.documents import read_path
from recruitment.record.acts import ConversionMeeting, TransferIn, TransferOut, Withdraw
from recruitment.record.case import open_case
from recruitment.rulebooks.load import load_rulebooks
from recruitment.rulebooks.locate import dossiers_folder

ROOT = Path(__file__).resolve().parent.parent
GENERATE = ROOT / "diagrams" / "generate.py"
NASTY = '<b>"甲\\n</b>" \\N & &lt; \\'
NS = "{http://www.w3.org/2000/svg}"

# The order of the 25 by hand: the hard edges with nothing said twice, and the chart's own.
HARD = """1-2 2-3 3-4 3-5 3-6 4-7 5-7 6-7 7-8 8-9 8-10 8-11 8-12 9-15 10-15 11-15 12-13 13-14 14-15
14-16 15-17 16-17 17-18 17-19 17-20 17-21 17-22 20-24 22-23 23-24 24-25"""
CHART = "9-12 10-12 11-12 15-16 18-25 19-23 21-23"
PARALLEL = [
    ("activist_filing", "mentors", "inspection"),
    ("sponsors", "political_review", "training"),
    ("superior_filing", "assignment", "oath", "probation_inspection", "conversion_application"),
]
gallery = pytest.mark.skipif(not GENERATE.is_file(), reason="the gallery is not part of the wheel")


@pytest.fixture(scope="module")
def editions():
    """The rulebooks of record."""
    return load_rulebooks()


def case_of(editions, until, *, without=(), change=None):
    """The regular file up to an act, that last act changed as asked."""
    file, acts = read_path(Path(str(dossiers_folder() / "regular.json")))[0]
    case = open_case(editions, file)
    for act in acts:
        if act.code in without:
            continue
        asked = change(act) if act.code == until and change else act
        ruling = judge(editions, case, asked, today=day_of_entry(asked), on_trust="a picture's example")
        assert ruling.admitted, [finding.rule.code for finding in ruling.barring]
        case = ruling.following(editions)
        if act.code == until:
            break
    return case


def failed_vote(act):
    """The admission meeting with a vote of three to eight."""
    return evolve(act, outcome="failed", ballot=evolve(act.ballot, for_=3, against=8))


def looks(plate):
    """The look of each box by its number."""
    return {node.number: node.look for node in plate.nodes}


def plates(editions):
    """One plate of every sort, in both languages."""
    underway = case_of(editions, "conversion_application", without=("oath",))
    failed = case_of(editions, "admission_meeting", change=failed_vote)
    for lang in ("zh", "en"):
        for rulebook in editions.rulebooks:
            yield course_plate(rulebook, lang)
        rulebook = editions.rulebooks[0]
        days = {"conversion_meeting": date(2025, 5, 20)}
        yield file_plate(rulebook, underway, lang, date(2025, 5, 14), days)
        yield file_plate(rulebook, failed, lang, date(2024, 5, 20), titled=True)


# ------------------------------------------------------------------------------------------- the model


def test_all_25_procedures_stand_in_five_stages(editions):
    """Every plate shows each procedure once, in the order of the numbers, under its stage."""
    for plate in plates(editions):
        assert [node.number for node in plate.nodes] == list(range(1, 26))
        assert [len(group.nodes) for group in plate.groups] == [2, 4, 5, 7, 7]


def test_links_are_the_reduction_written_by_hand(editions):
    """The links of both editions are the partial order, reduced, as it was worked out by hand."""
    for rulebook in editions.rulebooks:
        number = {p.code: p.number for p in rulebook.procedures}
        drawn: dict[str, set[str]] = {look: set() for look in ("hard", "chart")}
        for link in links_of(rulebook):
            drawn[link.look].add(f"{number[link.source]}-{number[link.target]}")
        assert drawn == {"hard": set(HARD.split()), "chart": set(CHART.split())}


def test_a_file_under_way_shows_done_current_blocked_and_later(editions):
    """A file whose oath is open and whose year has not run shows each of the four looks in its place."""
    case = case_of(editions, "conversion_application", without=("oath",))
    today = date(2025, 5, 14)
    asked = ConversionMeeting(on=today, outcome="convert")
    first = first_lawful_day(editions, case, asked, today=today)
    assert first == date(2025, 5, 20)
    plate = file_plate(editions.rulebooks[0], case, "en", today, {"conversion_meeting": first})
    expected = dict.fromkeys(range(1, 23), "done") | {20: "current", 23: "blocked", 24: "later", 25: "later"}
    assert looks(plate) == expected
    by_number = {node.number: node for node in plate.nodes}
    assert f"{SYMBOLS['done']} 2023-12-22" in by_number[9].lines
    assert f"{SYMBOLS['blocked']} not before 2025-05-20" in by_number[23].lines
    later = file_plate(editions.rulebooks[0], case, "en", first, {"conversion_meeting": first})
    assert looks(later)[23] == "current"


def test_a_failed_vote_is_shown_as_not_passed_and_what_it_reopens_as_open(editions):
    """After a failed vote on admission 15 is not passed, 12 may come again, 13 and 14 wait for it."""
    case = case_of(editions, "admission_meeting", change=failed_vote)
    plate = file_plate(editions.rulebooks[0], case, "en", date(2024, 5, 20))
    assert {n: looks(plate)[n] for n in range(11, 17)} == {
        11: "done", 12: "current", 13: "later", 14: "later", 15: "failed", 16: "later"}  # fmt: skip
    lines = {node.number: node.lines for node in plate.nodes}
    assert lines[15] == (f"{SYMBOLS['failed']} 2024-05-20", "failed")
    assert "undone 2024-05-20" in lines[13]


def test_a_meeting_without_a_quorum_may_be_held_again(editions):
    """An act that failed and reopened nothing is shown as not passed, and as open."""
    few = {"attended": 3, "written": 0, "for_": 0, "against": 0, "abstain": 0}
    case = case_of(
        editions,
        "admission_meeting",
        change=lambda act: evolve(act, outcome="no_quorum", ballot=evolve(act.ballot, **few)),
    )
    node = {n.number: n for n in file_plate(editions.rulebooks[0], case, "en", date(2024, 5, 20)).nodes}[15]
    assert node.look == "failed"
    assert f"{SYMBOLS['current']} may be held again" in node.lines


def test_a_failure_is_forgotten_once_what_it_rests_on_is_held_anew(editions):
    """When 12 has been passed again the failed vote belongs to an earlier round, and 15 is only not yet."""
    case = case_of(editions, "admission_meeting", change=failed_vote)
    again = next(act for act in case.acts if act.code == "committee_review")
    ruling = judge(editions, case, evolve(again, on=date(2024, 6, 3), recorded=None), today=date(2024, 6, 3))
    plate = file_plate(editions.rulebooks[0], ruling.following(editions), "zh", date(2024, 6, 3))
    assert {n: looks(plate)[n] for n in (12, 13, 15)} == {12: "done", 13: "current", 15: "later"}


def test_an_ended_file_shows_its_end_and_no_full_member(editions):
    """After a cancellation the plate says so, opens nothing, and puts no full standing on the approval."""
    case = case_of(
        editions,
        "conversion_meeting",
        without=("oath",),
        change=lambda act: evolve(act, outcome="cancel", ground="discipline"),
    )
    _, acts = read_path(Path(str(dossiers_folder() / "regular.json")))[0]
    approval = next(act for act in acts if act.code == "conversion_approval")
    ruling = judge(editions, case, approval, today=day_of_entry(approval), on_trust="a picture's example")
    case = ruling.following(editions)
    assert case.state.ended == "cancelled"
    plate = file_plate(editions.rulebooks[0], case, "en", approval.on)
    assert plate.end is not None
    assert "cancelled" in plate.end.name
    assert "2025-06-10" in plate.end.name
    assert not {"current", "blocked"} & set(looks(plate).values())
    node = plate.nodes[23]
    assert node.lines == (f"{SYMBOLS['done']} 2025-06-10", "cancellation approved")
    assert not node.milestone
    assert 'label="■ ended: cancelled 2025-06-10"' in dot_of(plate)


def test_every_look_has_a_sign_of_its_own_and_says_it_in_words(editions):
    """No two looks share a sign, and in a file's plate every box carries the sign of its look in its text."""
    assert len({*SYMBOLS.values(), GAIN}) == len(SYMBOLS) + 1
    assert set(SYMBOLS) == set(styles.NODES)
    for plate in plates(editions):
        if plate.name == "file":
            for node in (*plate.nodes, *plate.key):
                assert any(SYMBOLS[node.look] in line for line in (node.name, *node.lines)), node


def test_looks_differ_without_colour():
    """With the colours taken away the boxes of a file still differ by corner, line or pattern."""
    plain = {
        look: tuple(values.get(name) for name in ("shape", "style", "penwidth"))
        for look, values in styles.NODES.items()
    }
    file_looks: list[Look] = ["done", "failed", "current", "blocked", "later"]
    assert len({plain[look] for look in file_looks}) == len(file_looks)


# ------------------------------------------------------------------------------------------- places


def test_parallel_steps_stand_side_by_side(editions):
    """4 to 6, 9 to 11 and 18 to 22 stand in one row each, from left to right by number."""
    for plate in plates(editions):
        boxes = layout.sheet_of(plate).boxes
        for codes in PARALLEL:
            assert len({boxes[code].y for code in codes}) == 1
            assert [boxes[code].x for code in codes] == sorted(boxes[code].x for code in codes)


def test_no_boxes_overlap_and_no_link_runs_through_one(editions):
    """Boxes keep clear of each other, and a link touches only the two boxes it joins."""
    for plate in plates(editions):
        sheet = layout.sheet_of(plate)
        boxes = sorted(sheet.boxes.items())
        for n, (_, one) in enumerate(boxes):
            for _, other in boxes[n + 1 :]:
                apart = abs(one.x - other.x) - (one.width + other.width) / 2
                assert apart >= 6 or abs(one.y - other.y) >= (one.height + other.height) / 2 + 6
        for route in sheet.routes:
            for code, box in boxes:
                if code not in (route.source, route.target):
                    assert not any(_crosses(a, b, box) for a, b in zip(route.points, route.points[1:], strict=False))


def _crosses(one, other, box):
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return left < box.right and right > box.left and top < box.bottom and bottom > box.top


def test_every_link_is_drawn_through_at_most_one_join(editions):
    """Following the routes from box to box, joins included, gives exactly the links of the plate."""
    for plate in plates(editions):
        sheet = layout.sheet_of(plate)
        into = {name: [r.source for r in sheet.routes if r.target == name] for name in sheet.joins}
        drawn = set()
        for route in sheet.routes:
            if route.target not in sheet.joins:
                drawn |= {(s, route.target, route.look) for s in into.get(route.source, [route.source])}
        assert drawn == {(link.source, link.target, link.look) for link in plate.links}


def test_proportions_suit_a_landscape_sheet(editions):
    """Every plate is wider than high, and within reach of A3's one to the root of two."""
    for plate in plates(editions):
        sheet = layout.sheet_of(plate)
        assert 1.2 <= sheet.width / sheet.height <= 1.6


@pytest.mark.parametrize(
    ("text", "lang", "lines"),
    [
        ("18 再上一级党委组织部门备案", "zh", ("18 再上一级党委", "组织部门备案")),
        ("3 推荐和确定入党积极分子", "zh", ("3 推荐和确定", "入党积极分子")),
        ("16 上级党委派人谈话", "zh", ("16 上级党委", "派人谈话")),
        ("⊘ 2025-05-20 起可办", "zh", ("⊘ 2025-05-20", "起可办")),
        ("15 general meeting votes on admission", "en", ("15 general meeting", "votes on admission")),
        ("a" * 25, "en", ("a" * 20, "a" * 5)),
    ],
)
def test_names_are_broken_where_a_reader_would(text, lang, lines):
    """A long name is broken at a word, a date never, and a word longer than the line at its end."""
    assert lettering.wrap(text, lang, lettering._WIDE[lang]) == lines


# ------------------------------------------------------------------------------------------- DOT


def _statements(source):
    """The attribute lists of DOT source, by what they stand on, quoted texts put aside."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "Q", source)
    for line in bare.splitlines():
        found = re.match(r"\s*(.*?) ?\[(.*)\]$", line)
        if found:
            kind = found[1] if found[1] in ("graph", "node", "edge") else "edge" if "->" in found[1] else "node"
            yield kind, re.findall(r"([A-Za-z_]+)=", found[2])


def test_only_attributes_of_the_list_are_written(editions):
    """A walk over all DOT finds no attribute outside the list, and none in the list that is never used."""
    seen: dict[str, set[str]] = {kind: set() for kind in ATTRIBUTES}
    for plate in (*plates(editions), *(plate for _, plate in detour_plates(editions))):
        for kind, names in _statements(dot_of(plate)):
            seen[kind] |= set(names)
    assert seen["graph"] <= ATTRIBUTES["graph"]
    assert seen["node"] <= ATTRIBUTES["node"]
    assert seen["edge"] == ATTRIBUTES["edge"]


def test_a_misspelt_attribute_cannot_be_written():
    """The one gate through which attributes pass refuses a name that is not in the list."""
    with pytest.raises(ValueError, match="fillcolour"):
        drawing._attributes("node", {"fillcolour": "red"})


def test_dot_is_the_same_under_any_hash_seed():
    """Four interpreters with other hash seeds write the same bytes."""
    script = (  # both editions in both languages
        "from recruitment import load_rulebooks; from recruitment.diagram.plates.course.plate import course_plate;"
        "from recruitment.diagram.plates.detours.plate import detours_plate;"
        "from recruitment.diagram.output.drawing import dot_of; import sys;"
        "[sys.stdout.buffer.write(dot_of(p(b, l)).encode())"
        " for p in (course_plate, detours_plate) for b in load_rulebooks().rulebooks for l in ('zh', 'en')]"
    )
    outputs = set()
    for seed in ("0", "1", "42", "4294967295"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(map(str, sys.path)),
        }
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


def nasty_plate(editions):
    """A course with a nasty text in every place that a text can have."""
    plate = course_plate(editions.rulebooks[0], "en")
    groups = [
        evolve(
            group,
            title=NASTY,
            nodes=tuple(evolve(n, name=NASTY, lines=(NASTY,), tooltip=NASTY) for n in group.nodes),
        )
        for group in plate.groups
    ]
    return evolve(plate, title=NASTY, subtitle=NASTY, groups=tuple(groups), key_title=NASTY, notes=(NASTY,))


def test_every_text_is_escaped_in_dot(editions):
    """In DOT a nasty text stands quoted, its backslashes doubled, never as an HTML label."""
    written = label([NASTY])
    assert written == '<b>"甲\\\\n</b>" \\\\N &amp; &amp;lt; \\\\'
    source = dot_of(nasty_plate(editions))
    assert not re.search(r"(label|tooltip)=<", source)
    assert r'label="<b>\"甲\\n</b>\" \\N &amp; &amp;lt; \\"' in source
    assert dot_of(evolve(nasty_plate(editions), title="<<b>甲</b>>")).count('label="<<b>甲</b>>"') == 1
    assert label(["a\nb\tc"]) == "a b c"


# ------------------------------------------------------------------------------------------- pictures

HEADS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_pictures_are_drawn_by_both_engines(editions, engine, form):
    """Each engine draws each format from the DOT of a plate."""
    drawn = render(dot_of(course_plate(editions.rulebooks[0], "zh")), form, engine=engine)
    assert drawn.startswith(HEADS[form])
    assert len(drawn) > 10_000


def test_svg_is_stable_names_no_version_and_can_be_listened_to(editions, engine):
    """Drawn twice an SVG is the same, holds no remark of the engine, and has role, title and description."""
    source = dot_of(course_plate(editions.rulebooks[0], "zh"))
    drawn = render(source, "svg", engine=engine, title="甲 & 乙", about="<说明>")
    assert drawn == render(source, "svg", engine=engine, title="甲 & 乙", about="<说明>")
    assert b"<!--" not in drawn
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{NS}title") == "甲 & 乙"
    assert root.findtext(f"{NS}desc") == "<说明>"
    assert {p.code for p in editions.rulebooks[0].procedures} <= {g.get("id") for g in root.iter(f"{NS}g")}


def test_a_nasty_text_is_literal_in_the_svg(editions, engine):
    """What a reader of the SVG sees of a nasty text is that text, letter by letter."""
    root = ET.fromstring(render(dot_of(nasty_plate(editions)), "svg", engine=engine))
    texts = ["".join(text.itertext()).replace("\u00a0", " ") for text in root.iter(f"{NS}text")]
    assert NASTY in texts
    tips = {g.get("{http://www.w3.org/1999/xlink}title") for g in root.iter(f"{NS}a")}
    assert NASTY in tips
    assert not list(root.iter(f"{NS}b"))
    node = next(g for g in root.iter(f"{NS}g") if g.get("id") == "talk")
    drawn = "".join("".join(text.itertext()) for text in node.iter(f"{NS}text"))
    assert re.sub(r"\s", "", drawn) == re.sub(r"\s", "", f"2{NASTY}{NASTY}")


def test_no_label_overflows_its_box(editions, engine):
    """The engine, which measures text with the font of the pictures, found no box too small: none grew."""
    for plate in plates(editions):
        sheet = layout.sheet_of(plate)
        root = ET.fromstring(render(dot_of(plate), "svg", engine=engine))
        for node in (*plate.nodes, *plate.key):
            group = next(g for g in root.iter(f"{NS}g") if g.get("id") == node.code)
            shape = next(e for e in group.iter() if e.tag in (f"{NS}path", f"{NS}polygon"))
            numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", shape.get("d") or shape.get("points") or "")]
            box, room = sheet.boxes[node.code], 9 if node.milestone else 1
            assert max(numbers[::2]) - min(numbers[::2]) <= box.width + room, (plate.lang, node)
            assert max(numbers[1::2]) - min(numbers[1::2]) <= box.height + room, (plate.lang, node)


def test_no_name_is_in_a_picture_and_the_id_only_where_asked(editions):
    """Nothing that the dossier says of a person, a branch or a form enters a plate's DOT."""
    case = case_of(editions, "conversion_application")
    plain = dot_of(file_plate(editions.rulebooks[0], case, "zh", date(2025, 5, 14)))
    titled = dot_of(file_plate(editions.rulebooks[0], case, "zh", date(2025, 5, 14), titled=True))
    for secret in ("申请人甲", "党员乙", "党员丙", "组织员丁", "示例第一", "2024-000123", "2001-05-04"):
        assert secret not in plain
        assert secret not in titled
    assert "2022-0007" not in plain
    assert "2022-0007" in titled


def test_a_missing_engine_is_one_sentence_with_a_way_out(monkeypatch):
    """Without any engine the error says in both languages what to install."""
    monkeypatch.setattr(drawing, "engines", lambda: ())
    with pytest.raises(RecruitmentError) as caught:
        render("digraph {}", "svg")
    for words in (caught.value.en, caught.value.zh):
        assert "member-development[draw]" in words
        assert "Graphviz" in words
        assert "\n" not in words


def test_an_unknown_format_is_refused():
    """A format that no engine is asked for is named beside those that are known."""
    with pytest.raises(RecruitmentError, match="bmp is no format; ask for one of svg, png, pdf"):
        render("digraph {}", cast("Any", "bmp"))


def test_dot_that_cannot_be_read_is_an_error_of_ours(engine):
    """Broken DOT gives one sentence and no traceback of an engine."""
    with pytest.raises(RecruitmentError, match="could not draw the picture"):
        render("digraph {", "svg", engine=engine)


# ------------------------------------------------------------------------------------------- the gallery


def _generate(*arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    return subprocess.run(
        [sys.executable, str(GENERATE), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@gallery
def test_the_gallery_is_what_the_rulebooks_say():
    """The content and the pictures that are kept are those that would be made now."""
    done = _generate("--check")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@gallery
def test_a_stale_gallery_is_named_and_nothing_is_written(tmp_path):
    """What was changed by hand, and what is missing, is named, and stays as it is."""
    for path in GENERATE.parent.iterdir():
        if path.suffix in (".mmd", ".svg", ".md"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "course.zh.mmd").write_text("flowchart TB")
    (tmp_path / "file.en.mmd").unlink()
    done = _generate("--check", "--to", str(tmp_path))
    assert done.returncode == 1
    named = re.findall(r"^(\S+): differs", done.stderr, re.MULTILINE)
    assert named == ["course.zh.mmd", "file.en.mmd"]
    assert (tmp_path / "course.zh.mmd").read_text() == "flowchart TB"
    assert not (tmp_path / "file.en.mmd").exists()


@pytest.mark.slow
@gallery
@pytest.mark.skipif(not engines(), reason="there is nothing here to draw with")
def test_all_of_the_gallery_is_built_into_a_folder(tmp_path):
    """Every plate of the table as SVG and DOT; what is kept beside the rulebooks is not touched."""
    done = _generate("--all", str(tmp_path / "built"))
    assert done.returncode == 0, done.stderr
    stems = {path.stem for path in GENERATE.parent.glob("*.mmd")}
    assert {path.name for path in (tmp_path / "built").iterdir()} == {f"{s}.{e}" for s in stems for e in ("svg", "dot")}


@pytest.mark.slow
@gallery
def test_svg_of_another_engine_is_passed_over_by_name(tmp_path):
    """Where the noted engine is not the one here the SVG files are named as not compared."""
    for path in GENERATE.parent.iterdir():
        if path.suffix in (".mmd", ".svg", ".md"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    readme = tmp_path / "README.md"
    readme.write_text(re.sub("drawn by [^;]+;", "drawn by dot 0.0.1;", readme.read_text("utf-8")), "utf-8")
    (tmp_path / "course.zh.svg").write_text("<svg/>")
    done = _generate("--check", "--to", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "course.zh.svg: not compared (drawn by dot 0.0.1" in done.stdout


def test_the_engine_is_named_with_its_version(engine):
    """The version that the gallery notes is the engine's name and three numbers."""
    assert re.fullmatch(rf"{engine} \d+\.\d+\.\d+", engine_version(engine))


# ------------------------------------------------------------------------------------------- outcomes and detours


def detour_plates(editions):
    """The plate of detours of every edition in both languages, with its book."""
    for rulebook in editions.rulebooks:
        for lang in ("zh", "en"):
            yield rulebook, detours_plate(rulebook, lang)


def box_of(plate, procedure, code, of=None):
    """The one box beside or below a procedure that stands for an outcome."""
    part = code if of is None else f"{code}-{of}"
    found = [
        node
        for node in plate.nodes
        if node.code.startswith(f"{procedure}.") and part in node.code.partition(".")[2].split("+")
    ]
    assert len(found) == 1, (procedure, part, [node.code for node in found])
    return found[0]


def ways(plate, source):
    """What leads on from a box, with its look, as links and as they are drawn: both the same."""
    linked = {(link.target, link.look) for link in plate.links if link.source == source}
    drawn = {(route.target, route.look) for route in plate.sheet.routes if route.source == source and route.arrow}
    assert linked <= drawn
    return linked


def changed(rulebook, code, change, **outcome):
    """The book with one outcome of an act changed."""
    procedure = rulebook.by_code[code]
    outcomes = tuple(evolve(o, **outcome) if o.code == change else o for o in procedure.outcomes)
    procedures = tuple(evolve(p, outcomes=outcomes) if p.code == code else p for p in rulebook.procedures)
    return evolve(rulebook, procedures=procedures)


def test_all_25_stand_on_the_plate_of_detours_and_those_without_one_are_thin(editions):
    """Every procedure stands in its stage; a thin mark is what has no detour, is no aim, and changes no standing."""
    for _, plate in detour_plates(editions):
        acts = [node for node in plate.nodes if node.number is not None]
        assert [node.number for node in acts] == list(range(1, 26))
        assert [node.number for node in acts if node.look == "mark"] == [2, 5, 9, 11, 14, 18, 19, 20, 25]


def test_every_outcome_that_does_not_succeed_has_an_arrow_to_where_the_file_goes(editions):
    """What is reopened has an arrow from the outcome's box, a thick one where it is an earlier act; else: again."""
    seen = 0
    for rulebook, plate in detour_plates(editions):
        for procedure in rulebook.procedures:
            for outcome in procedure.outcomes:
                if outcome.done and not (outcome.reopens or outcome.ends or outcome.decides or outcome.extends):
                    continue
                seen += 1
                box = box_of(plate, procedure.code, outcome.code, outcome.of)
                assert (outcome.zh if plate.lang == "zh" else outcome.en) in box.name
                back = any(rulebook.by_code[code].number < procedure.number for code in outcome.reopens)
                if outcome.reopens:
                    look = "back" if back else "again"
                    assert ways(plate, box.code) == {(code, look) for code in outcome.reopens}
                elif not outcome.done:
                    assert ways(plate, box.code) == {(procedure.code, "again")}
                    assert box.look == "again"
                if outcome.ends:
                    assert box.look == "end"
                    assert rulebook.word(outcome.ends, plate.lang) in box.lines[0]
                    assert not ways(plate, box.code)
    assert seen == 4 * 22


def test_a_lapse_names_its_span_and_what_is_held_again(editions):
    """Six months after the meeting on admission without an approval, 15 and 16 are held anew."""
    for rulebook, plate in detour_plates(editions):
        for procedure in rulebook.procedures:
            codes = {node.code for node in plate.nodes}
            assert (f"{procedure.code}.lapse" in codes) is (procedure.lapse is not None)
        box = box_of(plate, "admission_meeting", "lapse")
        assert box.name == ("6个月内未办 17" if plate.lang == "zh" else "no 17 within 6 months")
        assert ways(plate, box.code) == {("admission_meeting", "again"), ("committee_talk", "again")}


def test_decisions_of_the_conversion_meeting_lead_to_the_approval_and_on(editions):
    """23 leads to three decisions, each to 24, and 24 to full member, back to 21 to 23, or to the end."""
    for rulebook, plate in detour_plates(editions):
        decisions = [f"conversion_meeting.{code}" for code in ("convert", "extend", "cancel")]
        assert ways(plate, "conversion_meeting") == {(code, "hard") for code in decisions}
        for code in decisions:
            assert ways(plate, code) == {("conversion_approval", "hard")}
        results = {name: f"conversion_approval.approved-{name}" for name in ("convert", "extend", "cancel")}
        assert ways(plate, "conversion_approval") == {(code, "hard") for code in results.values()}
        assert {target for target, _ in ways(plate, results["extend"])} == {
            "probation_inspection", "conversion_application", "conversion_meeting"}  # fmt: skip
        node = next(node for node in plate.nodes if node.code == results["convert"])
        assert node.lines == (f"{GAIN} {rulebook.word('full', plate.lang)}",)
        boxes = plate.sheet.boxes
        for name, code in results.items():  # each result stands under its decision
            assert boxes[code].x == boxes[f"conversion_meeting.{name}"].x


def test_every_act_beside_the_main_line_spans_its_standings_and_shows_its_end(editions):
    """A bar runs under the heads of exactly the standings in which the act may come, and leads to its end."""
    for rulebook, plate in detour_plates(editions):
        boxes = plate.sheet.boxes
        heads = {code.partition(".")[2]: box for code, box in boxes.items() if code.startswith("standing.")}
        assert set(heads) == {"none", "applicant", "activist", "candidate", "probationary", "full"}
        nodes = {node.code: node for node in plate.nodes}
        for detour in rulebook.detours:
            bar = boxes[detour.code]
            under = {name for name, head in heads.items() if bar.left < head.x < bar.right}
            assert under == {*detour.standings, *(("none",) if detour.first else ())}
            assert ways(plate, detour.code) == {(f"{detour.code}.to", "line")}
            to = nodes[f"{detour.code}.to"]
            assert to.look == ("end" if detour.ends else "mark")
            assert (
                rulebook.word(detour.ends, plate.lang) if detour.ends else SYMBOLS["end"]
            ) in to.name or not detour.ends


def test_standings_that_are_not_together_have_a_bar_each(editions):
    """An act that may come as an applicant and as a full member has two bars, and nothing between them."""
    rulebook = editions.rulebooks[-1]
    detours = tuple(evolve(d, standings=("applicant", "full")) if d.code == "died" else d for d in rulebook.detours)
    sheet = detours_plate(evolve(rulebook, detours=detours), "zh").sheet
    assert sheet is not None
    boxes = sheet.boxes
    assert boxes["died"].left < boxes["standing.applicant"].x < boxes["died"].right < boxes["standing.activist"].x
    assert boxes["died.2"].left > boxes["standing.probationary"].x


def test_the_plate_of_detours_follows_the_rulebook(editions):
    """Another act reopened is another arrow, another end another box: nothing is drawn by hand."""
    rulebook = editions.rulebooks[-1]
    other = changed(rulebook, "political_review", "failed", reopens=("candidate_filing",))
    for each, target in ((rulebook, "candidate"), (other, "candidate_filing")):
        plate = detours_plate(each, "zh")
        assert ways(plate, "political_review.failed") == {(target, "back")}
    assert dot_of(detours_plate(rulebook, "zh")) != dot_of(detours_plate(other, "zh"))
    wide = {"reopens": ("candidate",), "reopens_policy": None, "reopens_for": None}
    across = detours_plate(changed(rulebook, "admission_approval", "refused", **wide), "zh")
    assert ways(across, "admission_approval.refused") == {("candidate", "back")}
    ended = detours_plate(changed(rulebook, "pre_review", "failed", reopens=(), ends="stopped"), "zh")
    assert box_of(ended, "pre_review", "failed").look == "end"
    assert not ways(ended, "pre_review.failed")


def test_boxes_of_the_plate_of_detours_stand_free_and_no_way_runs_through_one(editions):
    """No box touches another, each is inside its frame, and a way touches only the boxes that it joins."""
    rulebook = editions.rulebooks[-1]
    across = changed(rulebook, "admission_approval", "refused", reopens=("candidate",), reopens_policy=None)
    under = changed(rulebook, "political_review", "failed", reopens=("candidate_filing",))
    over = changed(rulebook, "conversion_approval", "refused", reopens=("candidate_filing",))
    others = [(each, detours_plate(each, "zh")) for each in (across, under, over)]
    for _, plate in (*detour_plates(editions), *others):
        sheet = plate.sheet
        boxes = sorted(sheet.boxes.items())
        for n, (one, box) in enumerate(boxes):
            for other, beside in boxes[n + 1 :]:
                apart = abs(box.x - beside.x) - (box.width + beside.width) / 2
                assert apart >= 6 or abs(box.y - beside.y) >= (box.height + beside.height) / 2 + 6, (one, other)
        for route in sheet.routes:
            for code, box in boxes:
                if code not in (route.source, route.target):
                    assert not any(_crosses(a, b, box) for a, b in zip(route.points, route.points[1:], strict=False)), (
                        route.source, route.target, code)  # fmt: skip
        for group in plate.groups:
            frame = sheet.frames[group.code].box
            for node in group.nodes:
                box = sheet.boxes[node.code]
                assert frame.left <= box.left
                assert box.right <= frame.right
                assert frame.top <= box.top
                assert box.bottom <= frame.bottom
        assert 1.35 <= sheet.width / sheet.height <= 1.45


def test_no_label_of_the_plate_of_detours_overflows(editions, engine):
    """The engine, which measures text with the font of the pictures, found no box too small: none grew."""
    for _, plate in detour_plates(editions):
        root = ET.fromstring(render(dot_of(plate), "svg", engine=engine))
        groups = {g.get("id"): g for g in root.iter(f"{NS}g")}
        for node in (*plate.nodes, *plate.key):
            group = groups[drawing._id(node.code)]
            shape = next(e for e in group.iter() if e.tag in (f"{NS}path", f"{NS}polygon"))
            numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", shape.get("d") or shape.get("points") or "")]
            box, room = plate.sheet.boxes[node.code], 9 if node.milestone else 1
            assert max(numbers[::2]) - min(numbers[::2]) <= box.width + room, (plate.lang, node)
            assert max(numbers[1::2]) - min(numbers[1::2]) <= box.height + room, (plate.lang, node)


def test_ways_differ_without_colour():
    """A way back, a way again, a decision and the quiet line differ by stroke and breadth, each by its own."""
    strokes = {look: (values["style"], values["penwidth"]) for look, values in styles.EDGES.items() if look != "chart"}
    assert len(set(strokes.values())) == len(strokes)


def test_a_nasty_rulebook_is_literal_on_the_plate_of_detours(editions):
    """Names of acts, outcomes, standings and ends are escaped wherever the plate shows them."""
    rulebook = editions.rulebooks[-1]
    procedures = tuple(
        evolve(p, zh=NASTY, outcomes=tuple(evolve(o, zh=NASTY) for o in p.outcomes)) for p in rulebook.procedures
    )
    detours = tuple(evolve(d, zh=NASTY) for d in rulebook.detours)
    words = {code: evolve(word, zh=NASTY) for code, word in rulebook.words.items()}
    source = dot_of(detours_plate(evolve(rulebook, procedures=procedures, detours=detours, words=words), "zh"))
    assert not re.search(r"(label|tooltip)=<", source)
    assert r'label="<b>\"甲\\n</b>\" \\N &amp; &amp;lt; \\"' in source
    ET.fromstring(render(source, "svg")) if engines() else None


# ------------------------------------------------------------------------------------------- what a file left behind


def follow(editions, case, act):
    """The case with one more act, which is admitted."""
    ruling = judge(editions, case, act, today=day_of_entry(act), on_trust="a picture's example")
    assert ruling.admitted, [finding.rule.code for finding in ruling.barring]
    return ruling.following(editions)


def test_days_of_an_earlier_round_stand_in_brackets(editions):
    """What was undone shows the day on which it had been done, also once it is done anew; the key says so."""
    rulebook = editions.rulebooks[0]
    case = case_of(editions, "admission_meeting", change=failed_vote)
    plate = file_plate(rulebook, case, "en", date(2024, 5, 20))
    lines = {node.number: node.lines for node in plate.nodes}
    assert lines[13] == (f"{SYMBOLS['later']} not yet", "(2024-05-06)", "undone 2024-05-20")
    assert "(day) of an earlier round, undone since" in plate.notes
    again = next(act for act in case.acts if act.code == "committee_review")
    case = follow(editions, case, evolve(again, on=date(2024, 6, 3), recorded=None))
    node = file_plate(rulebook, case, "zh", date(2024, 6, 3)).nodes[11]
    assert node.lines == (f"{SYMBOLS['done']} 2024-06-03", "（2024-04-10）")
    plain = file_plate(rulebook, case_of(editions, "oath"), "en", date(2025, 5, 14))
    assert not any("(" in line for node in plain.nodes for line in node.lines)
    assert "(day) of an earlier round, undone since" not in plain.notes


def test_a_transfer_is_a_mark_with_its_day_under_way_or_arrived(editions):
    """A file that left and has not arrived says so; once it has arrived the mark gives that day."""
    rulebook = editions.rulebooks[0]
    case = case_of(editions, "training")
    assert file_plate(rulebook, case, "en", date(2024, 5, 1)).marks == ()
    case = follow(editions, case, TransferOut(on=date(2024, 5, 2)))
    plate = file_plate(rulebook, case, "en", date(2024, 5, 3))
    assert [mark.name for mark in plate.marks] == ["⇄ transfer to another unit 2024-05-02, not yet arrived"]
    assert plate.marks[0].name in dot_of(plate)
    case = follow(editions, case, TransferIn(on=date(2024, 5, 9), handed_over=True, examined=True))
    plate = file_plate(rulebook, case, "zh", date(2024, 5, 10))
    assert [mark.name for mark in plate.marks] == ["⇄ 转入 2024-05-09"]


def test_a_file_that_was_withdrawn_keeps_what_it_had_done(editions):
    """An end beside the main line shows its name and day, and everything that the file had done stays done."""
    case = follow(editions, case_of(editions, "political_review"), Withdraw(on=date(2024, 5, 2)))
    plate = file_plate(editions.rulebooks[0], case, "en", date(2024, 5, 3))
    assert plate.end is not None
    assert plate.end.name == f"{SYMBOLS['end']} ended: withdrew 2024-05-02"
    done = {number for number, look in looks(plate).items() if look == "done"}
    assert done == set(range(1, 12))
    assert not {"current", "blocked"} & set(looks(plate).values())
