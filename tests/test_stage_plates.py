"""The plates of the stages and of the lanes: what stands on them, where, and that the rulebook alone decides it."""

from __future__ import annotations

import re
from typing import Any

import legible
import pytest
from attrs import evolve

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.diagram.canvas.typeset import break_name, broad, fill_lines
from recruitment.diagram.output.drawing import dot_of, render
from recruitment.diagram.plates.course.order import links_of
from recruitment.diagram.plates.lanes.content import columns_of, lanes_of
from recruitment.diagram.plates.lanes.plate import lanes_plate
from recruitment.diagram.plates.stages.content import FORCES
from recruitment.diagram.plates.stages.plate import stage_plate
from recruitment.rulebooks.load import load_rulebooks

NASTY = '<b>"甲\n</b>" \\N & &lt; \\'
EDITIONS = ("2014", "2026", "2014+guizhou-2015")
STAGES = (1, 2, 3, 4, 5)

# Written down by hand from the official chart and the articles.
ROWS = {
    1: ([1, 2],),
    2: ([3], [4, 5, 6]),
    3: ([7, 8], [9, 10, 11]),
    4: ([12, 13, 14], [15, 16], [17, 18]),
    5: ([19, 20, 21, 22], [23, 24, 25]),
}
COMES_IN = {1: "", 2: "2-3", 3: "4-7 5-7 6-7", 4: "8-12 9~12 10~12 11~12 9-15 10-15 11-15",
            5: "17-19 17-20 17-21 17-22 18~25"}  # fmt: skip
GOES_OUT = {1: "2-3", 2: "4-7 5-7 6-7", 3: "8-12 9~12 10~12 11~12 9-15 10-15 11-15",
            4: "17-19 17-20 17-21 17-22 18~25", 5: ""}  # fmt: skip
LANES = {
    "person": [1, 14, 22],
    "branch": [2, 5, 6, 9, 10, 19, 20, 21, 25],
    "branch_committee": [3, 7, 12],
    "general_meeting": [15, 23],
    "primary_committee": [11, 13, 16, 17, 18, 24],
    "higher_committee": [4, 8],
}
COLUMNS = [[1], [2], [3], [4, 5, 6], [7], [8], [9, 10, 11], [12], [13], [14], [15], [16], [17], [18],
           [19, 20, 21, 22], [23], [24], [25]]  # fmt: skip
SIGNS = {"bar": "●", "duty": "◆", "usual": "◇", "advice": "○"}
NUMBERS_ZH = {
    ("2014", "talk.talk-within-1-month"): "1个月内",
    ("2014", "candidate.cultivation-1-year"): "满1年",
    ("2026", "candidate_filing.publicity-5-workdays"): "至少5个工作日",
    ("2014", "mentors.mentors-one-or-two"): "1–2人",
    ("2014", "sponsors.sponsors-two"): "2人",
    ("2014", "training.training-length"): "天数 ≥ 3 或 学时 ≥ 24",
    ("2014", "admission_meeting.majority-of-all"): "过半数",
    ("2026", "admission_meeting.meeting-within-1-month"): "1个月内",
    ("2014", "admission_approval.approval-within-6-months"): "6个月内",
    ("2014", "conversion_meeting.probation-1-year"): "满1年",
    ("2014", "conversion_meeting.extension-6-to-12-months"): "延长的月数 6–12",
    ("2014", "inspection.inspection-every-half-year"): "每6个月一次",
}


@pytest.fixture(scope="module")
def editions():
    """The rulebooks of record."""
    return load_rulebooks()


@pytest.fixture(scope="module")
def plates(editions):
    """Every plate of every rulebook in both languages, made once."""
    return {
        (edition, lang, stage): stage_plate(editions.named(edition), stage, lang)
        if stage
        else lanes_plate(editions.named(edition), lang)
        for edition in EDITIONS
        for lang in ("zh", "en")
        for stage in (*STAGES, 0)
    }


def text_of(words):
    """The words of a place as one text, with nothing between the lines."""
    return "".join(line.text for line in words.lines)


def said(plate):
    """Every place of words by its code, its lines joined and without spaces, so that no break matters."""
    return {words.code: re.sub(r"\s", "", text_of(words)) for words in plate.words}


def notes(plate, act):
    """The codes of the rules that stand under an act, in their order."""
    codes = [
        words.code for words in plate.words if words.code.startswith(f"{act}.") and not words.code.endswith(".sign")
    ]
    return [code.removeprefix(f"{act}.") for code in codes if code != f"{act}.said"]


# ------------------------------------------------------------------------------------------- stages


def test_every_card_of_a_stage_says_who_acts_and_which_papers(editions, plates):
    """Each procedure of the stage has a card with its name, its body and all its papers, and no other has one."""
    for (edition, lang, stage), plate in plates.items():
        if not stage:
            continue
        rulebook = editions.named(edition)
        members = [p for p in rulebook.procedures if p.stage == stage]
        assert [node.number for node in plate.groups[0].nodes] == sorted(p.number for p in members)
        words = said(plate)
        for node in plate.groups[0].nodes:
            procedure = rulebook.procedure(node.code)
            shown = re.sub(r"\s", "", "".join(line.text for line in node.details)) + words.get(f"{node.code}.said", "")
            for part in (
                procedure.chart_label.words(lang),
                *(rulebook.word(code, lang) for code in (procedure.body, *procedure.papers)),
            ):
                assert re.sub(r"\s", "", part) in shown, (edition, lang, node.code, part)
            assert procedure.chart_label.words(lang) in node.tooltip


def test_parallel_steps_stand_side_by_side_and_the_others_follow(plates):
    """The rows of each stage are those worked out by hand, from left to right and from the top down."""
    for (edition, lang, stage), plate in plates.items():
        if not stage:
            continue
        boxes = plate.sheet.boxes
        tops: dict[int, list[Any]] = {}
        for node in plate.groups[0].nodes:
            tops.setdefault(round(boxes[f"panel.{node.code}"].top), []).append(node)
        rows = [
            [node.number for node in sorted(some, key=lambda n: boxes[n.code].x)] for _, some in sorted(tops.items())
        ]
        assert tuple(rows) == ROWS[stage], (edition, lang, stage)


def test_what_comes_in_and_goes_out_is_the_order_of_the_whole_course(editions, plates):
    """The small boxes at the edges name the procedures before and behind, by rule or by the chart alone."""
    for (edition, lang, stage), plate in plates.items():
        if not stage:
            continue
        rulebook = editions.named(edition)
        number = {p.code: p.number for p in rulebook.procedures}
        for lead, expected in (("from", COMES_IN[stage]), ("to", GOES_OUT[stage])):
            found = set()
            for link in plate.links:
                ends = [
                    end.partition(".")[2].split("+") if end.startswith(f"{lead}.") else [end]
                    for end in (link.source, link.target)
                ]
                if f"{lead}." in (link.source[: len(lead) + 1], link.target[: len(lead) + 1]):
                    sign = "~" if link.look == "chart" else "-"
                    found |= {f"{number[a]}{sign}{number[b]}" for a in ends[0] for b in ends[1]}
            assert found == set(expected.split()), (edition, lang, stage)
            for link in plate.links:
                drawn = [r for r in plate.sheet.routes if (r.source, r.target) == (link.source, link.target)]
                assert [r.look for r in drawn] == [link.look], link


def test_every_rule_of_a_stage_is_shown_or_named_with_its_force(editions, plates):
    """No rule is left out: each stands under its act with the sign of its force, or under the stage, or is counted."""
    for (edition, lang, stage), plate in plates.items():
        if not stage:
            continue
        rulebook, words = editions.named(edition), said(plate)
        codes = {p.code for p in rulebook.procedures if p.stage == stage}
        for rule in rulebook.rules:
            for act in codes.intersection(rule.acts):
                place = f"{act}.{rule.code}" if f"{act}.{rule.code}" in words else f"every.{rule.code}"
                if place not in words:
                    assert rule.code in words[f"{act}.more"], (edition, lang, act, rule.code)
                    continue
                clause = re.sub(r"\s", "", rule.clause.words(lang)).rstrip("。.")
                assert clause.lower() in words[place].lower(), (edition, lang, place)
                assert words[f"{place}.sign"] == SIGNS[rule.force]
                assert not rule.citation.articles or re.search(
                    r"[条]|art|\d|[一二三四五六七八九十]", words[place][-12:]
                )


def test_on_the_plates_of_record_nothing_had_to_be_left_out(plates):
    """There is room for all rules of the national editions, and of the one with a local edition on top."""
    for key, plate in plates.items():
        assert not [words.code for words in plate.words if words.code.endswith(".more")], key


def test_the_numbers_of_the_articles_are_lettered_large(plates):
    """Twelve limits known by heart stand in strong letters above their clauses, on the right card."""
    for (edition, code), number in NUMBERS_ZH.items():
        stage = next(s for s in STAGES if any(w.code == code for w in plates[edition, "zh", s].words))
        words = next(w for w in plates[edition, "zh", stage].words if w.code == code)
        strong = "".join(line.text for line in words.lines if line.look == "strong")
        assert strong == number, code


def test_a_rule_of_a_later_act_stands_where_its_work_is_done(plates):
    """The half-year inspections are checked when the candidate is determined, and said where the inspecting is."""
    plate = plates["2026", "zh", 2]
    assert notes(plate, "inspection") == ["inspection-every-half-year", "mentors-wrote"]
    assert "在7确定发展对象核对" in said(plate)["inspection.inspection-every-half-year"]
    assert "checkedat23" in said(plates["2014", "en", 5])["conversion_application.conversion-applied"]


def test_bars_come_before_duties_and_advice(editions, plates):
    """On every card what bars stands before what is late, that before what is usual, and advice last."""
    order = list(FORCES)
    for (edition, lang, stage), plate in plates.items():
        if not stage:
            continue
        force = {f"{act}.{rule.code}": rule.force for rule in editions.named(edition).rules for act in rule.acts}
        for node in plate.groups[0].nodes:
            shown = [force.get(f"{node.code}.{code}") for code in notes(plate, node.code)]
            weights = [order.index(each) for each in shown if each]
            if len(weights) > 4:  # a few are arranged so that the columns are even
                assert weights == sorted(weights), (edition, lang, node.code)


def test_a_changed_rule_changes_the_plate(editions):
    """A span of two months, another clause and another force show at once; so does another body."""
    rulebook = editions.named("2014")
    rule = next(rule for rule in rulebook.rules if rule.code == "talk-within-1-month")
    longer = evolve(rule.compare[0], span=evolve(rule.compare[0].span, number=2))
    other = evolve(
        rule, compare=(longer,), force="bar", clause=Label(zh="两个月之内谈话", en="the talk is held within two months")
    )
    procedures = tuple(evolve(p, body="party_group") if p.code == "talk" else p for p in rulebook.procedures)
    plate = stage_plate(
        evolve(rulebook, rules=tuple(other if r is rule else r for r in rulebook.rules), procedures=procedures), 1, "zh"
    )
    words = said(plate)
    assert words["talk.talk-within-1-month"].startswith("2个月内两个月之内谈话")
    assert words["talk.talk-within-1-month.sign"] == SIGNS["bar"]
    shown = "".join(line.text for node in plate.nodes if node.code == "talk" for line in node.details) + words.get(
        "talk.said", ""
    )
    assert "党小组" in shown
    assert "1个月内" not in "".join(words[code] for code in words if code.startswith("talk."))


def test_too_many_rules_are_counted_and_named(editions):
    """With a hundred rules on one act the weightiest are shown and the rest counted by code; nothing is lost."""
    rulebook = editions.named("2014")
    rule = next(rule for rule in rulebook.rules if rule.code == "talk-within-1-month")
    many = tuple(evolve(rule, code=f"more-{n}", force="advice") for n in range(100))
    plate = stage_plate(evolve(rulebook, rules=(*rulebook.rules, *many)), 4 - 3, "zh")
    words = said(plate)
    left = words["talk.more"]
    shown = [code for code in notes(plate, "talk") if code.startswith("more-")]
    assert "talk.talk-within-1-month" in words
    more = re.search(r"另有(\d+)条", left)
    assert more is not None
    number = int(more[1])
    assert number + len(shown) == 100
    assert all(f"more-{n}" in (*shown, *re.split("[、：]", left)) for n in range(100))


def test_the_key_explains_every_sign(plates):
    """Each force stands in the key behind its sign, and so do both arrows and the star."""
    for (edition, lang, stage), plate in plates.items():
        words = said(plate)
        for force, sign in SIGNS.items() if stage else ():
            assert words[f"key.{force}.sign"] == sign
        assert all(any(note.startswith(sign) for note in plate.notes) for sign in "→┄★")
        if stage and "+" in edition:
            assert ("贵州" if lang == "zh" else "Guizhou") in words["key.guizhou-2015"]


def test_no_such_stage_is_one_clear_sentence(editions):
    """A stage that the edition has not, or that holds no procedure, is refused with the stages that it has."""
    rulebook = editions.named("2014")
    with pytest.raises(BadInput, match="1, 2, 3, 4, 5"):
        stage_plate(rulebook, 6, "en")
    empty = evolve(rulebook, procedures=tuple(p for p in rulebook.procedures if p.stage != 1))
    with pytest.raises(BadInput, match="no procedures"):
        stage_plate(empty, 1, "en")


# ------------------------------------------------------------------------------------------- lanes


def test_every_procedure_stands_in_the_lane_of_whoever_acts(editions, plates):
    """The lanes and what stands in them are those written by hand; each box lies inside its own lane."""
    for (edition, lang, stage), plate in plates.items():
        if stage:
            continue
        lanes = lanes_of(editions.named(edition), lang)
        assert {lane.code: [p.number for p in lane.procedures] for lane in lanes} == LANES
        assert [lane.code for lane in lanes] == list(LANES)
        for group in plate.groups:
            panel = plate.sheet.boxes[f"panel.{group.code.removeprefix('lane_')}"]
            for node in group.nodes:
                box = plate.sheet.boxes[node.code]
                assert panel.top < box.top < box.bottom < panel.bottom, (edition, lang, node.code)
        assert sum(node.milestone for node in plate.nodes) == 5


def test_time_runs_from_left_to_right(editions, plates):
    """The columns are those written by hand, so that every link leads to the right and every stage behind the last."""
    for edition in EDITIONS:
        rulebook = editions.named(edition)
        columns = columns_of(rulebook, links_of(rulebook))
        number = {p.code: p.number for p in rulebook.procedures}
        found = [sorted(number[c] for c in columns if columns[c] == n) for n in range(max(columns.values()) + 1)]
        assert found == COLUMNS
        for lang in ("zh", "en"):
            plate = plates[edition, lang, 0]
            boxes = plate.sheet.boxes
            assert all(boxes[link.source].right < boxes[link.target].left for link in plate.links)
            assert plate.links == links_of(rulebook)


def test_each_link_of_the_lanes_is_drawn_once_from_box_to_box(plates):
    """Every link has its line in its look, no line is there without a link, and arrows end where links lead."""
    for (_, _, stage), plate in plates.items():
        routes = plate.sheet.routes
        assert {(r.source, r.target, r.look) for r in routes} == {(k.source, k.target, k.look) for k in plate.links}
        assert len(routes) == len(plate.links)
        arrows = {route.target for route in routes if route.arrow}
        assert arrows == {link.target for link in plate.links}, stage


def test_no_two_links_run_on_each_other(plates):
    """Lines of different looks, or with no end in common, never share a stretch: the eye can follow each of them."""
    for key, plate in plates.items():
        stretches = [
            (route, a, b) for route in plate.sheet.routes for a, b in zip(route.points, route.points[1:], strict=False)
        ]
        for n, (one, a, b) in enumerate(stretches):
            for other, c, d in stretches[n + 1 :]:
                related = one.look == other.look and (
                    one.source == other.source or one.target == other.target or bundled(plate, one, other)
                )
                if related:
                    continue
                for axis in (0, 1):
                    level = abs(a[axis] - b[axis]) < 1 and abs(c[axis] - d[axis]) < 1 and abs(a[axis] - c[axis]) < 3
                    first, second = sorted((a[1 - axis], b[1 - axis])), sorted((c[1 - axis], d[1 - axis]))
                    shared = min(first[1], second[1]) - max(first[0], second[0])
                    assert not (level and shared > 3), (key, one.source, one.target, other.source, other.target)


def bundled(plate, one, other):
    """Whether two routes belong to links that are all in one bundle: every source leads to every target."""
    pairs = {(link.source, link.target) for link in plate.links if link.look == one.look}
    return {(one.source, other.target), (other.source, one.target)} <= pairs


def test_a_body_of_its_own_is_a_lane_of_its_own(editions):
    """Where the party group appoints the mentors, it has a lane with that procedure, behind the general meeting's."""
    rulebook = editions.named("2014")
    procedures = tuple(evolve(p, body="party_group") if p.code == "mentors" else p for p in rulebook.procedures)
    plate = lanes_plate(evolve(rulebook, procedures=procedures), "zh")
    group = next(group for group in plate.groups if group.code == "lane_party_group")
    assert group.title == "党小组"
    assert [node.number for node in group.nodes] == [5]
    legible.assert_free(plate)


def test_bodies_are_merged_by_the_vocabulary_alone(editions):
    """Once the vocabulary calls a probationary member as a body otherwise than the standing, it has its own lane."""
    rulebook = editions.named("2014")
    words = {**rulebook.words, "probationary_member": Label(zh="转正申请人", en="convert")}
    lanes = lanes_of(evolve(rulebook, words=words), "zh")
    assert [p.number for lane in lanes if lane.code == "person" for p in lane.procedures] == [1, 14]
    assert [p.number for lane in lanes if lane.code == "probationary_member" for p in lane.procedures] == [22]


# ------------------------------------------------------------------------------------------- legible


def test_lines_are_broken_where_people_break_them():
    """No mark begins a line, no number leaves its article, no character stands alone, no name of a body is torn."""
    wide = 10.5 * broad("字", "plain")
    marks = [line.text for line in fill_lines("一二三四五六七八九十，甲乙丙丁戊己", "plain", wide)]
    assert marks == ["一二三四五六七八九", "十，甲乙丙丁戊己"]
    cited = [line.text for line in fill_lines("集体讨论和逐个表决〔第二十五条〕", "plain", wide)]
    assert cited == ["集体讨论和逐个表决", "〔第二十五条〕"]
    assert [line.text for line in fill_lines("甲乙丙丁戊己庚辛壬癸子", "plain", wide)] == ["甲乙丙丁戊己庚辛壬", "癸子"]
    english = [
        line.text
        for line in fill_lines("is lawful from then [art. 14]", "plain", broad("is lawful from then [art.", "plain"))
    ]
    assert english == ["is lawful from then", "[art. 14]"]
    name = break_name("编入党支部和党小组", frozenset(["党支部", "党小组"]), "plain", 4.5 * broad("字", "plain"))
    assert [line.text for line in name] == ["编入", "党支部和", "党小组"]


def test_everything_is_free_and_nothing_leaves_the_sheet(plates):
    """On every plate nothing touches anything else, no link runs through a box, and the sheet is that of A3 across."""
    for plate in plates.values():
        legible.assert_free(plate)
        legible.assert_landscape(plate)


def test_names_and_titles(plates):
    """Each plate has the name by which it is asked for, a title, and a note for every sign."""
    for (_, lang, stage), plate in plates.items():
        assert plate.name == (f"stage-{stage}" if stage else "lanes")
        assert plate.lang == lang
        assert plate.title
        assert len(plate.notes) >= 4


def test_every_line_fits_its_place(plates, engine):
    """Measured by the engine, no line is broader or higher than the place it stands in."""
    for plate in plates.values():
        legible.assert_fits(plate, engine)


def test_nasty_texts_stay_texts(editions):
    """Markup, quotes, line breaks and escapes in a name or a clause are drawn letter by letter, and are drawn."""
    rulebook = editions.named("2014")
    procedures = tuple(evolve(p, zh=f"{NASTY}{p.zh}") if p.code == "talk" else p for p in rulebook.procedures)
    rules = tuple(evolve(r, clause=Label(zh=NASTY, en=NASTY)) if "talk" in r.acts else r for r in rulebook.rules)
    spoilt = evolve(rulebook, procedures=procedures, rules=rules)
    for plate in (stage_plate(spoilt, 1, "zh"), lanes_plate(spoilt, "zh")):
        svg = render(dot_of(plate), "svg").decode("utf-8")
        assert "&lt;b&gt;" in svg
        assert "<b>" not in svg
        assert "&amp;lt;" in svg.replace("&#45;", "-")
        legible.assert_free(plate)
