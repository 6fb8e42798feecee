"""The plates of changes and of a local edition: what they say, that they can be read, that they follow the rules."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache

import legible
import pytest
from attrs import evolve

from recruitment import load_rulebooks
from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.styles import LETTERS
from recruitment.diagram.output.drawing import dot_of, engines, render
from recruitment.diagram.plates.changes.entries import SIGNS
from recruitment.diagram.plates.changes.plate import changes_plate
from recruitment.diagram.plates.local.plate import BOTH, MORE, YIELDS, local_plate
from recruitment.diagram.plates.local.topics import also_by

EDITIONS = load_rulebooks()
OLD, NEW = EDITIONS.named("2014"), EDITIONS.named("2026")
LOCAL = {"2014": EDITIONS.named("2014+guizhou-2015"), "2026": EDITIONS.named("2026+guizhou-2015")}
NASTY = '<b>"甲\\n</b>" \\N & &lt; \\'
LANGS: tuple[Lang, ...] = ("zh", "en")
PAIRS = (("2014", "2026"), ("2014+guizhou-2015", "2026+guizhou-2015"), ("2014", "2014+guizhou-2015"), ("2026", "2026"))

# The procedures by what the revision of 2026 did to them, put down by hand from the two texts.
CHANGED = {1, 2, 5, 6, 8, 9, 10, 11, 15, 17, 20, 21, 25}
# What the provincial rules ask, by procedure: how many demands with the papers, as its 25 headings have them.
DEMANDS = {2: 1, 3: 4, 4: 2, 5: 4, 7: 1, 8: 4, 9: 3, 10: 2, 11: 2, 12: 2, 13: 2, 15: 3, 16: 1, 17: 1, 20: 1, 22: 1}
DEMANDS |= {23: 4, 24: 4}


@cache
def plates(lang):
    """Every plate that is looked at, in one language."""
    changes = [changes_plate(EDITIONS.named(one), EDITIONS.named(other), lang) for one, other in PAIRS]
    return (*changes, *(local_plate(EDITIONS.named(code), rulebook, lang) for code, rulebook in LOCAL.items()))


def nodes(plate):
    """The boxes of a plate by number, those of the 25 procedures."""
    return {node.number: node for node in plate.nodes if node.number}


def said(plate, begin=""):
    """All that stands lettered in places of its own, as one text without the breaks of its lines."""
    return "".join(line.text for words in plate.words if words.code.startswith(begin) for line in words.lines)


def tight(text):
    """A text without its spaces, since lines end where a space was."""
    return text.replace(" ", "")


def changed(rulebook, code, **parts):
    """The book with other attributes of one rule."""
    assert any(rule.code == code for rule in rulebook.rules)
    return evolve(
        rulebook, rules=tuple(evolve(rule, **parts) if rule.code == code else rule for rule in rulebook.rules)
    )


# ------------------------------------------------------------------------------------------- can be read


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_touches_and_the_sheet_has_the_proportions_of_a3(lang):
    """For every pair of editions, also with a local one, nothing lies on another, nothing leaves the sheet."""
    for plate in plates(lang):
        legible.assert_free(plate)
        legible.assert_landscape(plate, within=0.001)
        assert plate.sheet.width <= {"zh": 2900, "en": 3000}[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_fits_where_it_stands(lang, engine):
    """Measured by each engine that is installed, no line is broader than its place and no place grew."""
    for plate in plates(lang):
        legible.assert_fits(plate, engine)


def test_small_print_is_not_below_fourteen():
    """On a sheet of at most 3000 points the least letters are of 14 points, on A3 some five and a half."""
    for lang in LANGS:
        for plate in plates(lang):
            looks = {line.look for words in plate.words for line in words.lines}
            looks |= {line.look for node in plate.nodes for line in node.details}
            assert min(LETTERS[look][0] for look in looks) >= 14


def test_both_are_drawn_as_a_picture():
    """The engine makes a PNG of either plate."""
    if not engines():
        pytest.skip("there is nothing here to draw with")
    for plate in (changes_plate(OLD, NEW, "zh"), local_plate(OLD, LOCAL["2014"], "zh")):
        assert render(dot_of(plate), "png").startswith(b"\x89PNG")


# ------------------------------------------------------------------------------------------- changes


@pytest.mark.parametrize("lang", LANGS)
def test_the_procedures_that_changed_are_those_of_the_texts(lang):
    """Thirteen of the 25 stand out, the other twelve are quiet, and the line below the title counts them."""
    plate = changes_plate(OLD, NEW, lang)
    assert {number for number, node in nodes(plate).items() if node.look == "step"} == CHANGED
    assert {number for number, node in nodes(plate).items() if node.look == "mark"} == {*range(1, 26)} - CHANGED
    assert "13" in plate.subtitle
    assert "12" in plate.subtitle
    assert len(nodes(plate)) == 25


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_that_differs_is_on_the_sheet_whole(lang):
    """Of what came, went and changed no clause is cut and none is left out; nothing had to be counted instead."""
    plate = changes_plate(OLD, NEW, lang)
    text = tight(said(plate))
    old = {(rule.code, rule.acts): rule for rule in OLD.rules}
    new = {(rule.code, rule.acts): rule for rule in NEW.rules}
    assert len(new.keys() - old.keys()) == 16
    for key in new.keys() - old.keys():
        assert tight(new[key].clause.words(lang)) in text, key
    for key in old.keys() - new.keys():
        assert tight(old[key].clause.words(lang)) in text, key
    for key in old.keys() & new.keys():
        if old[key].clause != new[key].clause:
            assert tight(old[key].clause.words(lang)) in text, key
            assert tight(new[key].clause.words(lang)) in text, key
    assert not any(words.code.endswith(".hidden.new") for words in plate.words)


def test_what_a_person_who_knows_2014_must_see():
    """Agreement before publicity at 8, six subjects at 10, a month at 15 and 20, the registers at 5, 6, 21 and 25."""
    plate = changes_plate(OLD, NEW, "zh")
    eight = said(plate, "candidate_filing.")
    assert "上级党委（工委）已经同意拟列的人选" in eight
    assert "公示至少满五个工作日" in eight
    assert "－ 支部委员会的决定已经在上级党委（工委）备案" in eight
    assert "材料：公示、公示结果" in eight
    assert "第十三条" in eight
    ten = said(plate, "political_review.")
    assert "四个方面" in ten
    assert "六个方面" in ten
    assert "一个月之内" in said(plate, "admission_meeting.")
    assert "一个月之内" in said(plate, "oath.")
    for code in ("mentors.", "inspection.", "archive."):
        assert "入党积极分子培养考察登记表" in said(plate, code)
    assert "预备党员教育考察登记表" in said(plate, "probation_inspection.")
    assert "流动党员党组织" in said(plate, "across.floating-may-develop")
    assert "程序 7–25" in [node.name for node in plate.nodes]


def test_where_only_the_article_or_a_word_is_other():
    """12 moved from article 19 to 18 and is quiet, as is 7, of which four rules are written in other words."""
    plate = changes_plate(OLD, NEW, "zh")
    assert said(plate, "committee_review.same.old") == "第十九条"
    assert said(plate, "committee_review.same.new") == "3 条不变，其中 1 条改为第十八条"
    assert said(plate, "pre_review.same.new") == "3 条要求不变，2 条文字有改动，条号改为第十八条"
    assert said(plate, "candidate.same.new") == "6 条要求不变，4 条文字有改动"
    assert nodes(plate)[7].look == "mark"


def test_the_counts_of_the_key():
    """16 came, 7 changed, 1 went, 44 moved, 36 are in other words; articles 19 to 37 became 18 to 36."""
    key = said(changes_plate(OLD, NEW, "zh"), "key_words")
    for part in (
        "＋ 新增 16 条",
        "≠ 修改 7 条",
        "－ 取消 1 条",
        "条号改变 44 条",
        "文字有改动 36 条",
        "19–37",
        "18–36",
    ):
        assert part in key, part
    assert len(NEW.rules) == 16 + 7 + 78
    assert "要求不变 78 条" in key


def test_another_measure_in_a_rule_changes_the_plate():
    """A quiet procedure stands out as soon as a rule of it has another force or compares something else."""
    quiet = changes_plate(OLD, OLD, "zh")
    assert {node.look for node in quiet.nodes} == {"mark"}
    other = changes_plate(OLD, changed(OLD, "cultivation-1-year", force="duty"), "zh")
    assert [number for number, node in nodes(other).items() if node.look == "step"] == [7]
    assert f"{SIGNS['changed']}" in said(other, "candidate.0.sign")
    assert "力度：硬性规定" in said(other, "candidate.0.old")
    assert "力度：时限和应办事项" in said(other, "candidate.0.new")
    unlike = next(rule.compare for rule in OLD.rules if rule.code == "age-18")
    other = changes_plate(OLD, changed(OLD, "cultivation-1-year", compare=unlike), "zh")
    assert "比较的内容：" in said(other, "candidate.0.new")


def test_a_procedure_that_comes_or_goes_is_said():
    """A procedure of one edition alone has a box, and its sign says whether it came or went."""
    fewer = evolve(OLD, procedures=tuple(p for p in OLD.procedures if p.code != "archive"))
    for one, other, sign in ((OLD, fewer, SIGNS["gone"]), (fewer, OLD, SIGNS["added"])):
        node = nodes(changes_plate(one, other, "en"))[25]
        assert node.look == "step"
        assert any(line.startswith(sign) for line in node.lines)


@pytest.mark.slow
def test_what_has_no_room_is_counted_at_its_procedure():
    """With every clause far too long nothing is cut in silence: told and counted make up all that differs."""
    long = Label(zh="很长的规定" * 60, en="a long clause " * 60)
    rulebook = evolve(OLD, rules=tuple(evolve(rule, clause=long) for rule in OLD.rules))
    plate = changes_plate(OLD, rulebook, "zh")
    legible.assert_free(plate)
    legible.assert_landscape(plate)
    hidden = [words for words in plate.words if words.code.endswith(".hidden.new")]
    count = sum(int("".join(c for c in line.text if c.isdigit())) for words in hidden for line in words.lines)
    told = sum(words.code.endswith(".sign") and words.lines[0].text == SIGNS["changed"] for words in plate.words)
    here = {p.code for p in OLD.procedures}
    beside = {d.code for d in OLD.detours}
    few = sum(len({*rule.acts} & (here | beside)) for rule in OLD.rules if 0 < len(rule.acts) < 6)
    wide = sum(not 0 < len(rule.acts) < 6 for rule in OLD.rules)
    assert hidden
    assert count + told == few + wide


# ------------------------------------------------------------------------------------------- local


@pytest.mark.parametrize("lang", LANGS)
def test_every_local_rule_stands_at_its_procedures(lang):
    """The demands of the provincial rules by procedure, counted by hand; the other procedures stay quiet."""
    plate = local_plate(OLD, LOCAL["2014"], lang)
    found = {number: len(node.lines) for number, node in nodes(plate).items() if node.lines}
    assert found == DEMANDS
    assert {number for number, node in nodes(plate).items() if node.look == "mark"} == {*range(1, 26)} - {*DEMANDS}
    text = tight(said(plate))
    local = [rule for rule in LOCAL["2014"].rules if rule.code.startswith("gz-")]
    assert len({rule.code for rule in local}) == 32
    for rule in local:
        assert tight(rule.clause.words(lang)) in text, rule.code


def test_what_the_national_rules_say_of_the_same():
    """The training's organizer is tightened, and the national clause stands below; a written nomination is added."""
    plate = local_plate(OLD, LOCAL["2014"], "zh")
    assert any(line.startswith(f"{BOTH} 集中培训由有审批权限的基层党委举办") for line in nodes(plate)[11].lines)
    assert "全国（第十七条、硬性规定）：集中培训由基层党委举办" in said(plate, "training.")
    assert any(line.startswith(f"{MORE} 推荐或者推优写成书面材料") for line in nodes(plate)[3].lines)
    assert "十一.1 · 硬性规定" in said(plate, "training.")
    general = next(rule for rule in LOCAL["2014"].rules if rule.code == "gz-general-branch-agrees")
    assert [rule.code for rule in also_by(general, "admission_approval", OLD)] == ["deliberated-below"]
    assert also_by(general, "pre_review", OLD) == ()


def test_what_gives_way_to_the_edition_of_2026():
    """There the national order of agreement and publicity wins: the local rule is not asked, and the key says why."""
    plate = local_plate(NEW, LOCAL["2026"], "zh")
    assert f"{YIELDS} 1 条让位于全国规定" in said(plate, "key_")
    assert "先由上级党委同意、再公示" in said(plate, "key_")
    assert "报备案以前公示" not in said(plate, "candidate_filing.")
    assert "31 条规定" in said(plate, "key_")
    old = local_plate(OLD, LOCAL["2014"], "zh")
    assert "报备案以前公示" in said(old, "candidate_filing.")
    assert "32 条规定" in said(old, "key_")
    assert YIELDS not in said(old, "key_")
    assert "自2016年1月1日起" in said(old, "key_")


def test_another_local_rule_changes_the_plate():
    """A demand with another clause and one procedure more is on the plate as it then says."""
    rulebook = changed(
        LOCAL["2014"], "gz-two-talkers", clause=Label(zh="三人谈话", en="three talk"), acts=("talk", "apply")
    )
    plate = local_plate(OLD, rulebook, "zh")
    assert nodes(plate)[1].lines == nodes(plate)[2].lines == (f"{MORE} 三人谈话",)


def test_without_local_rules_the_plate_says_so():
    """An edition on itself is the quiet course with the sentence that nothing is laid on it."""
    plate = local_plate(OLD, OLD, "zh")
    assert {node.look for node in plate.nodes} == {"mark"}
    assert "没有叠加地方规定" in plate.subtitle


def test_two_editions_are_no_local_edition():
    """What is not the same edition underneath is refused with one sentence that says what to name."""
    with pytest.raises(BadInput, match=r"2014 and 2014\+guizhou-2015"):
        local_plate(OLD, NEW, "en")


def test_local_demands_without_room_are_counted():
    """With clauses far too long what is told and what is counted make up all demands."""
    long = Label(zh="很长的规定" * 60, en="a long clause " * 60)
    local = LOCAL["2014"]
    rules = tuple(evolve(rule, clause=long) if rule.code.startswith("gz-") else rule for rule in local.rules)
    plate = local_plate(OLD, evolve(local, rules=rules), "zh")
    legible.assert_free(plate)
    legible.assert_landscape(plate)
    hidden = [words for words in plate.words if words.code.endswith(".hidden")]
    count = sum(int("".join(c for c in line.text if c.isdigit())) for words in hidden for line in words.lines)
    told = sum(words.code.endswith(".sign") for words in plate.words)
    assert hidden
    assert count + told == sum(DEMANDS.values())


# ------------------------------------------------------------------------------------------- both


def test_texts_of_rules_stay_texts():
    """Markup and escapes in a clause and in a name are drawn letter by letter."""
    label = Label(zh=NASTY, en=NASTY)
    new = changed(NEW, "review-subjects", clause=label)
    new = evolve(new, procedures=tuple(evolve(p, zh=NASTY) if p.code == "oath" else p for p in new.procedures))
    local = changed(LOCAL["2014"], "gz-two-talkers", clause=label)
    for plate in (changes_plate(OLD, new, "zh"), local_plate(OLD, local, "zh")):
        assert tight(NASTY) in tight(said(plate))
        source = dot_of(plate)
        legible.assert_free(plate)
        if engines():
            drawn = ET.fromstring(render(source, "svg"))
            texts = "".join("".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
            assert tight(NASTY) in tight(texts.replace("\u00a0", " "))


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_books_give_the_same_plate(lang):
    """Nothing depends on the order of a set: twice asked, the source is the same to the byte."""
    assert dot_of(changes_plate(OLD, NEW, lang)) == dot_of(changes_plate(OLD, NEW, lang))
    local = LOCAL["2026"]
    assert dot_of(local_plate(NEW, local, lang)) == dot_of(local_plate(NEW, local, lang))


@pytest.mark.parametrize("lang", LANGS)
def test_every_box_says_its_change_to_other_writers(lang):
    """Whoever reads boxes and links alone has names, lines and tooltips, and the order of the course."""
    for plate in (changes_plate(OLD, NEW, lang), local_plate(OLD, LOCAL["2014"], lang)):
        assert all(node.name and node.tooltip for node in plate.nodes)
        codes = {node.code for node in plate.nodes}
        assert all(link.source in codes and link.target in codes for link in plate.links)
        assert len(plate.links) > 25
