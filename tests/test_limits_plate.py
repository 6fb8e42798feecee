"""The plate of limits: every limit of time of a rulebook, where it runs, how it is drawn, and what is said of it."""

from __future__ import annotations

import legible
import pytest
from attrs import evolve

from recruitment.base.dates import Span
from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas import styles
from recruitment.diagram.output.drawing import dot_of, render
from recruitment.diagram.plates.limits.content import limits_of
from recruitment.diagram.plates.limits.plate import limits_plate
from recruitment.law.comparisons import DateLimit
from recruitment.rulebooks.load import load_rulebooks

EDITIONS = ("2014", "2026", "2014+guizhou-2015")
LANGS: tuple[Lang, ...] = ("zh", "en")
NASTY = '<b>"甲\\n</b>" \\N & &lt; \\'

# By hand, from the articles: what must wait, what has a last day, what recurs, what only has an order.
NATIONAL = {
    "age-18": "wait",
    "no-reentry-within-5-years": "wait",
    "filed-one-level-up": "by",
    "assigned": "by",
    "oath-taken": "by",
    "moved-reported": "by",
    "archive-complete": "by",
    "talk-within-1-month": "by",
    "inspection-every-half-year": "every",
    "cultivation-1-year": "wait",
    "conclusion-after-replies": "order",
    "training-of-a-candidate": "order",
    "training-length": "wait",
    "not-leaving-within-3-months": "wait",
    "form-after-pre-review": "order",
    "deliberated-below": "order",
    "talk-before-approval": "order",
    "approval-within-3-months": "by",
    "approval-within-6-months": "by",
    "admission_meeting.lapse": "lapse",
    "probation-dates": "order",
    "oath-after-approval": "order",
    "probation-inspected": "every",
    "probation-1-year": "wait",
    "conversion-in-time": "by",
    "extension-6-to-12-months": "wait",
    "conversion-approval-within-3-months": "by",
    "postponed-only-after-transfer": "every",
    "postponed-at-most-6-months": "by",
    "postponed-meeting-in-time": "by",
}
NEW_IN_2026 = {
    "mentor-replaced": "by",
    "candidate-agreed": "order",
    "publicity-5-workdays": "wait",
    "meeting-within-1-month": "by",
    "oath-within-1-month": "by",
}
GUIZHOU = {
    "gz-activist-after-3-months": "wait",
    "gz-league-member": "order",
    "gz-filing-reply-1-month": "by",
    "gz-mentors-after-filing": "order",
    "gz-thought-report-quarterly": "every",
    "gz-candidate-publicity": "wait",
    "gz-general-branch-agrees": "order",
    "gz-training-valid-1-year": "by",
    "gz-pre-review-1-month": "by",
    "gz-meeting-1-month": "by",
    "gz-oath-before-conversion": "order",
    "gz-probation-inspection-half-yearly": "every",
    "gz-conversion-applied-1-week-before": "by",
    "gz-conversion-meeting-1-month": "by",
    "gz-conversion-publicity": "wait",
}
EXPECTED = {"2014": NATIONAL, "2026": NATIONAL | NEW_IN_2026, "2014+guizhou-2015": NATIONAL | GUIZHOU}

# The thread of the course under the 2026 edition: from which procedure to which, how long, where it is written.
THREAD = [
    ("age-18", (0, 1), "至少18周岁", "at least 18 years old", "bar", "第五条"),
    ("talk-within-1-month", (1, 2), "至迟1个月内", "within 1 month", "duty", "第七条"),
    ("inspection-every-half-year", (3, 7), "每6个月至少一次", "at least once every 6 months", "duty", "第十一条"),
    ("cultivation-1-year", (3, 7), "至少1年", "at least 1 year", "bar", "第十二条、第十三条"),
    ("publicity-5-workdays", (8, 8), "至少5个工作日", "at least 5 working days", "bar", "第十三条"),
    (
        "training-length",
        (11, 11),
        "至少3天，或者至少24个学时",
        "at least 3 days or at least 24 class hours",
        "usual",
        "第十七条",
    ),
    ("meeting-within-1-month", (13, 15), "至迟1个月内", "within 1 month", "duty", "第十九条"),
    ("approval-within-3-months", (15, 17), "至迟3个月内", "within 3 months", "duty", "第二十五条"),
    ("approval-within-6-months", (15, 17), "至迟6个月内", "within 6 months", "bar", "第二十五条"),
    ("probation-1-year", (15, 23), "至少1年", "at least 1 year", "bar", "第三十一条"),
    ("oath-within-1-month", (17, 20), "至迟1个月内", "within 1 month", "usual", "第二十九条"),
    (
        "extension-6-to-12-months",
        (23, 25),
        "至少6个月，至多12个月",
        "at least 6 months, at most 12 months",
        "bar",
        "第三十一条",
    ),
    ("conversion-approval-within-3-months", (23, 24), "至迟3个月内", "within 3 months", "duty", "第三十三条"),
]
SIGNS = {"bar": ("■ 必须", "■ must"), "duty": ("◆ 应当", "◆ should"), "usual": ("◇ 一般", "◇ as a rule")}


@pytest.fixture(scope="module")
def editions():
    """The rulebooks of record."""
    return load_rulebooks()


@pytest.fixture(scope="module")
def plates(editions):
    """The plate of every rulebook in both languages."""
    return {(code, lang): limits_plate(editions.named(code), lang) for code in EDITIONS for lang in LANGS}


def found(rulebook, code, lang="zh"):
    """The limit of that rule."""
    return next(limit for limit in limits_of(rulebook, lang) if limit.code == code)


def drawn(plate, code):
    """The box of a rule on the plate, which others may share."""
    return next(node for node in plate.nodes if code in node.code.split("limit.", 1)[-1] and node.look == "limit")


def text_of(node):
    """Everything that is written in a box, in one line."""
    return " ".join(line.text for line in node.details).replace("\u00a0", " ")


def bars_of(plate, node):
    """The places of the bars of a box, from left to right."""
    codes = [panel.code for panel in plate.panels if panel.code.startswith(f"bar.{node.code}.")]
    return sorted(
        (plate.sheet.boxes[code] for code in codes if plate.sheet.boxes[code].width > 5), key=lambda b: b.left
    )


def middle(plate, number):
    """Where a procedure stands on the axis."""
    return next(plate.sheet.boxes[node.code].x for node in plate.nodes if node.number == number)


# ------------------------------------------------------------------------------------------- nothing is missing


@pytest.mark.parametrize("code", EDITIONS)
def test_every_rule_of_time_is_on_the_plate_and_no_other(editions, plates, code):
    """The limits of each rulebook are those of the list by hand, each in its lane, and each has a box and a bar."""
    limits = limits_of(editions.named(code), "zh")
    assert {limit.code: limit.sort for limit in limits} == EXPECTED[code]
    for lang in LANGS:
        plate = plates[code, lang]
        for rule, sort in EXPECTED[code].items():
            node = drawn(plate, rule)
            lane = next(group.code for group in plate.groups if node in group.nodes)
            assert lane == f"lane_{'by' if sort == 'lapse' else sort}"
            assert rule in node.tooltip
            assert bars_of(plate, node)


@pytest.mark.parametrize("code", EDITIONS)
def test_no_rule_that_compares_days_is_passed_over(editions, code):
    """Whatever compares days in a rulebook is read, so that a rule written tomorrow cannot stay away unseen."""
    rulebook = editions.named(code)
    timed = {"date", "workdays", "periods", "elapsed", "after"}
    rules = {rule.code for rule in rulebook.rules if rule.acts and timed & {c.kind for c in rule.compare}}
    assert rules <= {limit.code for limit in limits_of(rulebook, "en")}


@pytest.mark.parametrize(("rule", "ends", "zh", "en", "force", "article"), THREAD)
def test_the_thread_of_the_course_is_as_the_articles_have_it(plates, rule, ends, zh, en, force, article):
    """From which procedure to which, how long, with what force and by which article: by hand, in both languages."""
    for lang, measure in (("zh", zh), ("en", en)):
        plate, node = plates["2026", lang], drawn(plates["2026", lang], rule)
        text = text_of(node)
        assert measure.replace(" ", "") in text.replace(" ", "")
        assert SIGNS[force][lang == "en"] in text
        assert lang == "en" or article in text
        bars = bars_of(plate, node)
        column = middle(plate, 2) - middle(plate, 1)
        for number, at in ((ends[0], bars[0].left), (ends[1], bars[-1].right)):
            here = middle(plate, 1) + (number - 1) * column
            assert abs(at - here) < column / 2, (rule, lang)


def test_minimum_and_maximum_look_different_without_colour(plates):
    """What must wait is solid with a stop at its end, a last day is dashed without one; both say so in words."""
    wait, by = styles.PANELS["wait"], styles.PANELS["by"]
    assert "dashed" in by["style"]
    assert "dashed" not in wait["style"]
    for (_, lang), plate in plates.items():
        looks = {panel.code: panel.look for panel in plate.panels}
        for node in (node for node in plate.nodes if node.look == "limit"):
            sort = node.code.split(".")[1]
            bars = [code for code in looks if code.startswith(f"bar.{node.code}.")]
            if sort in ("wait", "by", "lapse", "every"):
                assert {looks[code] for code in bars} == {sort}
            assert any(f"stop.{code}" in looks for code in bars) <= (sort == "wait")
            words = {"wait": ("至少", "at least"), "by": ("至迟 及时 至多", "within at the latest promptly")}.get(sort)
            if words:
                assert any(word in text_of(node) for word in words[lang == "en"].split()), node.code
        assert "stop.bar.limit.wait.cultivation-1-year.1" in looks


# ------------------------------------------------------------------------------------------- what is said


def test_probation_counts_from_the_meeting_and_the_plate_says_so(editions, plates):
    """The trap is told where the anchor comes before the act that makes the member, and gone with another anchor."""
    said = drawn(plates["2014", "zh"], "probation-1-year").lines
    assert "从 15 支部大会讨论 起算，不是从 17 上级党委审批 起算" in said
    remarks = {limit.code for limit in limits_of(editions.named("2026"), "en") if limit.remark}
    assert remarks == {"probation-1-year"}
    moved = changed(editions.named("2026"), "probation-1-year", anchor="admission_approval.on")
    assert found(moved, "probation-1-year").remark == ""


def test_an_anchor_that_is_no_single_act_is_shown(editions):
    """Cultivation counts from what a transfer may move, a conclusion from the latest reply, a date from a field."""
    rulebook = editions.named("2026")
    assert "转入的材料是否审查" in found(rulebook, "cultivation-1-year").course("zh")
    assert "最晚的一个" in found(rulebook, "conclusion-after-replies").course("zh")
    assert "收到日期" in found(rulebook, "talk-within-1-month").course("zh")
    assert "批复日期" in found(rulebook, "oath-within-1-month").course("zh")
    assert "预备期满" in found(rulebook, "postponed-meeting-in-time").course("zh")


def test_what_goes_with_a_limit_is_said(editions):
    """An extension is added, a reason excuses, a limit is new, quarters are those of the calendar."""
    rulebook, local = editions.named("2026"), editions.named("2014+guizhou-2015")
    assert found(rulebook, "probation-1-year").notes == ("延长的，再加延长的时间",)
    assert found(rulebook, "approval-within-3-months").notes == ("有理由可以延后",)
    assert found(rulebook, "meeting-within-1-month").notes == ("本版新设",)
    assert found(local, "gz-thought-report-quarterly").notes == ("按日历季度",)
    assert found(local, "gz-conversion-applied-1-week-before").measure == "至迟提前7天"
    assert found(local, "gz-filing-reply-1-month").local
    assert not found(local, "approval-within-3-months").local
    assert [round(s.start) for s in found(local, "gz-filing-reply-1-month").stretches] == [4, 8]


def test_another_reading_of_the_anchor_shows(editions):
    """Where the policy counts the approval from the report, the plate names it beside the meeting."""
    rulebook = editions.named("2026")
    other = evolve(rulebook, policies={**rulebook.policies, "approval-anchor": "reported"})
    assert "报告日期" not in found(rulebook, "approval-within-3-months").course("zh")
    assert "报告日期" in found(other, "approval-within-3-months").course("zh")


# ------------------------------------------------------------------------------------------- the rulebook decides


def changed(rulebook, code, **values):
    """The book with the limit of a rule changed."""
    rules = tuple(
        evolve(
            rule,
            compare=tuple(evolve(c, **values) if isinstance(c, DateLimit) else c for c in rule.compare),
        )
        if rule.code == code
        else rule
        for rule in rulebook.rules
    )
    return evolve(rulebook, rules=rules)


def test_a_changed_rule_changes_the_plate(editions):
    """Another length, another anchor and another force are drawn; a rule that is gone leaves no bar."""
    rulebook = editions.named("2014")
    plate = limits_plate(changed(rulebook, "cultivation-1-year", span=Span(2, "year"), anchor="mentors.on"), "zh")
    node = drawn(plate, "cultivation-1-year")
    assert "至少2年" in text_of(node)
    assert abs(bars_of(plate, node)[0].left - middle(plate, 5)) < 10
    gone = evolve(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.code != "talk-within-1-month"))
    assert not any("talk-within-1-month" in node.code for node in limits_plate(gone, "en").nodes)
    softer = evolve(
        rulebook, rules=tuple(evolve(r, force="advice") if r.code == "age-18" else r for r in rulebook.rules)
    )
    assert "· 提示" in text_of(drawn(limits_plate(softer, "zh"), "age-18"))
    turned = changed(rulebook, "talk-within-1-month", must_be="not_before")
    assert found(turned, "talk-within-1-month").sort == "wait"


def test_nasty_words_stay_words(editions):
    """What looks like a tag, an entity or an escape in a name or a clause is drawn letter by letter."""
    rulebook = editions.named("2026")
    procedures = tuple(evolve(p, zh=NASTY, en=NASTY) if p.number in (15, 17) else p for p in rulebook.procedures)
    rules = tuple(evolve(rule, clause=Label(zh=NASTY, en=NASTY)) for rule in rulebook.rules)
    for lang in LANGS:
        plate = limits_plate(evolve(rulebook, procedures=procedures, rules=rules), lang)
        svg = render(dot_of(plate), "svg").decode()
        assert "&lt;b&gt;&quot;甲\\n&lt;/b&gt;" in svg.replace("&#45;", "-").replace('"', "&quot;")


def test_the_same_book_gives_the_same_plate(plates):
    """Loaded again, a book gives the same bytes."""
    again = limits_plate(load_rulebooks().named("2026"), "zh")
    assert dot_of(again) == dot_of(plates["2026", "zh"])


# ------------------------------------------------------------------------------------------- can it be read


def test_it_stands_on_a3_with_nothing_in_the_way(plates):
    """Nothing written touches another, no route runs through words, and the sheet is one of A3 laid across."""
    for plate in plates.values():
        legible.assert_free(plate)
        legible.assert_landscape(plate)


def test_no_bar_runs_through_words_or_through_another(plates):
    """Bars and their stops are clear of everything that is written and of one another."""
    for plate in plates.values():
        boxes = plate.sheet.boxes
        bars = [panel.code for panel in plate.panels if panel.code.startswith(("bar.", "sample."))]
        said = [code for code, _ in legible.written(plate)]
        for n, code in enumerate(bars):
            for other in (
                *said,
                *(bar for bar in bars[n + 1 :] if not bar.startswith(code) and not code.startswith(bar)),
            ):
                a, b = boxes[code], boxes[other]
                over = a.left < b.right - 1 and b.left < a.right - 1 and a.top < b.bottom - 1 and b.top < a.bottom - 1
                assert not over, (plate.lang, code, other)


@pytest.mark.parametrize("code", EDITIONS)
def test_every_line_lies_in_its_place(plates, engine, code):
    """Measured by the engine with the font of the pictures, no line is broader or higher than its place."""
    for lang in LANGS:
        legible.assert_fits(plates[code, lang], engine)
