"""The training page as its readers meet it, in a real browser: by mouse, by keyboard, on a phone and on a projector."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import recruitment
from recruitment.base.label import Lang
from recruitment.cli.main import cli
from recruitment.training.lesson import lesson
from recruitment.training.page import training_page
from recruitment.training.page_words import CAPTIONS

EDITIONS = recruitment.load_rulebooks()
BOOK = EDITIONS.rulebooks[-1]
PARTS = ("chart", "walk", "quiz")
LANGUAGES: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}
WIDTHS = (360, 768, 1200, 1920)
NASTY = '<b>"甲\n</b></script><script>window.broken=1</script><img src=x onerror=window.broken=1>&amp;\u2028'

Data = dict[str, Any]


# ------------------------------------------------------------------------------------------- the browser


@pytest.fixture(scope="session")
def taught() -> Data:
    """A lesson with four questions."""
    return lesson(EDITIONS, edition=BOOK.code, seed=1, questions=4)


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory, taught: Data) -> Path:
    """The page of that lesson as a file, which opens in Chinese."""
    path = tmp_path_factory.mktemp("training") / "page.html"
    path.write_bytes(training_page(BOOK, taught, lang="zh"))
    return path


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, document: Path) -> Iterator[Open]:
    """Open the page at a place in it and a width; at the end nothing was complained of and nothing else was fetched."""
    contexts, said, asked = [], [], []

    def begin(place: str = "", width: int = 1920, path: Path = document, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.goto(f"{path.as_uri()}#{place}")
        return page

    yield begin
    for context in contexts:
        context.close()
    assert said == []
    assert {url for url in asked if not url.endswith(".html")} == set()
    assert len(asked) == len(contexts)


def caption(key: str, lang: Lang, **values: object) -> str:
    """A text of the page itself."""
    return CAPTIONS[key].words(lang).format(**values)


def called(code: str, lang: Lang) -> str:
    """Number and name of a procedure."""
    procedure = BOOK.procedure(code)
    return f"{procedure.number} {procedure.label.words(lang)}"


def act(page: Any, n: int) -> Any:
    """The row of an act of the question that is shown."""
    return page.locator(f'.act[data-n="{n}"]')


def act_called(question: Data, n: int, lang: Lang) -> str:
    """How the page calls an act of a question: the number of its procedure, and its name."""
    one = question["acts"][n]
    return f"{BOOK.procedure(one['act']).number} {one['label'][lang]}"


def other_act(question: Data) -> int:
    """An act that can be chosen and is in order."""
    fault = question["fault"]["act"]
    return next(n for n, one in enumerate(question["acts"]) if n != fault and not one.get("checked"))


def solve(page: Any, question: Data, lang: Lang, *, first: int | None = None) -> None:
    """Answer the question that is shown, after another act where one is named."""
    for n in (*(() if first is None else (first,)), question["fault"]["act"]):
        act(page, n).locator("input").check()
        page.get_by_role("button", name=caption("check", lang)).click()


def focused(page: Any) -> str | None:
    """The procedure whose button has the focus."""
    code: str | None = page.evaluate("document.activeElement.dataset.code ?? null")
    return code


# ------------------------------------------------------------------------------------------- the chart

slow = pytest.mark.slow


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_procedure_opens_its_own_card(opened: Open, taught: Data, lang: Lang) -> None:
    """A click on each of the 25 opens the card with its name, body, papers and every rule with its article."""
    page = opened(f"{lang}/chart")
    for procedure in taught["procedures"]:
        box = page.locator(f"#{lang}-{procedure['code']}")
        box.click()
        page.evaluate("() => document.querySelectorAll('#card details').forEach(one => one.setAttribute('open', ''))")
        assert page.locator("#card h2").inner_text() == called(procedure["code"], lang)
        assert box.get_attribute("aria-pressed") == "true"
        assert page.locator(f'#course-{lang} [aria-pressed="true"]').count() == 1
        text = page.locator("#card").inner_text()
        assert procedure["what"][lang] in text
        assert procedure["body"][lang] in text
        assert all(paper[lang] in text for paper in procedure["papers"])
        for rule in procedure["when"]:
            assert rule["text"][lang] in text
            assert rule["article"][lang] in text
        for rule in procedure["rules"]:
            assert rule["clause"][lang] in text
            assert rule["article"][lang] in text
            assert BOOK.word(rule["force"], lang) in text
    box.click()
    assert page.locator("#card").is_hidden()


@slow
@pytest.mark.parametrize(("width", "lang"), [(1920, "zh"), (1920, "en"), (360, "zh")])
def test_the_keyboard_alone_opens_and_closes_a_card(opened: Open, width: int, lang: Lang) -> None:
    """Tab reaches the first procedure, arrows walk on, Enter and Space open, Escape closes and gives the focus back."""
    page = opened(f"{lang}/chart", width)
    for _ in range(12):
        page.keyboard.press("Tab")
        if focused(page):
            break
    assert focused(page) == "apply"
    page.keyboard.press("Tab")
    assert focused(page) == "talk"
    for _ in range(13):
        page.keyboard.press("ArrowRight")
    assert focused(page) == "admission_meeting"
    page.keyboard.press("Enter")
    title = page.locator("#card h2")
    assert title.inner_text() == called("admission_meeting", lang)
    assert page.evaluate("document.activeElement.id") == "card-title"
    page.keyboard.press("ArrowRight")
    assert title.inner_text() == called("committee_talk", lang)
    page.keyboard.press("Escape")
    assert page.locator("#card").count() == 0 or page.locator("#card").is_hidden()
    assert focused(page) == "committee_talk"
    page.keyboard.press("Home")
    assert focused(page) == "apply"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "apply"
    page.keyboard.press("End")
    assert focused(page) == "archive"
    page.keyboard.press(" ")
    assert title.inner_text() == called("archive", lang)


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_procedure_is_a_button_with_a_name(opened: Open, lang: Lang) -> None:
    """A screen reader meets 25 buttons in order, each called by its number and name, in picture and list alike."""
    wanted = [
        caption("procedure", lang, number=p.number, label=p.label.words(lang))
        + (", " + caption("milestone", lang, standing=BOOK.word(p.standing, lang)) if p.standing else "")
        for p in BOOK.procedures
    ]
    for width, holder in ((1920, f"#course-{lang}"), (360, "#list")):
        page = opened(f"{lang}/chart", width)
        buttons = page.locator(holder).get_by_role("button")
        found = buttons.evaluate_all("all => all.map(one => one.ariaLabel)")
        assert found == wanted
        for label in wanted:
            assert page.locator(holder).get_by_role("button", name=label, exact=True).count() == 1


@slow
def test_a_narrow_screen_has_a_list_that_says_what_runs_side_by_side(opened: Open) -> None:
    """At 360 the picture gives way to stages with the same buttons; the parallel ones say that they are parallel."""
    page = opened("zh/chart", 360)
    assert page.locator("#board").is_hidden()
    assert page.locator("#list .stage").count() == 5
    rows = [
        [button.get_attribute("data-code") for button in row.locator("button").all()]
        for row in page.locator("#list .row.beside").all()
    ]
    assert ["sponsors", "political_review", "training"] in rows
    assert ["assignment", "oath", "probation_inspection", "conversion_application"] in rows
    assert page.locator("#list .row.beside p").first.inner_text() == caption("beside", "zh")
    page.locator('#list [data-code="oath"]').click()
    assert page.locator("#list #card h2").inner_text() == called("oath", "zh")
    wide = opened("zh/chart", 1920)
    assert wide.locator("#list").is_hidden()
    wide.locator("#toggle").click()
    assert wide.locator("#board").is_hidden()
    assert wide.locator("#list").is_visible()


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_a_box_stays_in_it(opened: Open, lang: Lang) -> None:
    """No line of a box is broader than the box, and no box reaches out of its picture."""
    page = opened(f"{lang}/chart")
    outside = page.evaluate(
        """lang => [...document.querySelectorAll(`#course-${lang} .box`)].filter(box => {
            const edge = box.querySelector('.edge').getBBox();
            return [...box.querySelectorAll('.name tspan')].some(line => line.getComputedTextLength() > edge.width - 4);
        }).map(box => box.id)""",
        lang,
    )
    assert outside == []


# ------------------------------------------------------------------------------------------- the walk


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_walk_goes_to_the_end(opened: Open, taught: Data, lang: Lang) -> None:
    """Every step shows its day, facts and refusals with all that is unmet; the chart marks what is done and current."""
    page = opened(f"{lang}/walk")
    steps = taught["walk"]["steps"]
    following = page.locator(".walking .turning .main")
    seen: list[str] = []
    for n, step in enumerate(steps, 1):
        text = page.locator(".step").inner_text()
        assert called(step["act"], lang) in text
        assert step["told"][lang] in text
        for fact in step["facts"]:
            assert fact["label"][lang] in text
            assert fact["value"][lang] in text
        refusals = page.locator(".refusal")
        assert refusals.count() == len(step["refusals"])
        for place, refusal in enumerate(step["refusals"]):
            told = refusals.nth(place).inner_text()
            assert refusal["tried"][lang] in told
            assert refusals.nth(place).locator("li").count() == len(refusal["findings"])
            for finding in refusal["findings"]:
                assert finding["why"][lang] in told
                assert finding["clause"][lang] in told
                assert finding["article"][lang] in told
                if finding["first_day"] and lang == "en":
                    assert caption("first_day", lang, day=finding["first_day"]) in told
        current = page.locator('.map [aria-current="step"]')
        assert current.count() == 1
        assert current.get_attribute("data-code") == step["act"]
        done = {box.get_attribute("data-code") for box in page.locator(".map .box.done").all()}
        assert done == set(seen) - {step["act"]}
        assert page.locator(".counter").first.inner_text() == caption("step", lang, n=n, all=len(steps))
        seen.append(step["act"])
        if n < len(steps):
            following.click()
    assert set(seen) == {p.code for p in BOOK.procedures}
    assert following.inner_text() == caption("again", lang)
    following.click()
    assert page.locator(".counter").first.inner_text() == caption("step", lang, n=1, all=len(steps))


@slow
def test_the_walk_by_keyboard_and_by_its_map(opened: Open, taught: Data) -> None:
    """Arrow keys turn; a procedure on the map leads to its step; the address opens the same step again."""
    page = opened("en/walk")
    page.locator(".walking .turning .main").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("location.hash") == "#en/walk/2"
    page.locator('.map [data-code="oath"]').click()
    assert called("oath", "en") in page.locator(".step h2").inner_text()
    place = [step["act"] for step in taught["walk"]["steps"]].index("oath") + 1
    assert page.evaluate("location.hash") == f"#en/walk/{place}"
    again = opened(f"en/walk/{place}", 360)
    assert called("oath", "en") in again.locator(".step h2").inner_text()
    again.locator('.strip [data-code="apply"]').click()
    assert called("apply", "en") in again.locator(".step h2").inner_text()
    assert opened("en/walk/999").locator(".walking .turning .main").inner_text() == caption("again", "en")


@slow
@pytest.mark.parametrize("part", ["chart", "quiz"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_and_tags_are_explained(opened: Open, taught: Data, lang: Lang, part: str) -> None:
    """A fold beside the chart and in each question explains each word and each tag, also at 360 points."""
    for width in (360, 1280, 1920):
        page = opened(f"{lang}/{part}", width)
        fold = page.locator(f"#part-{part} .glossary")
        assert fold.locator("dl").is_hidden()
        fold.locator("summary").click()
        said = fold.inner_text()
        for entry in (*taught["glossary"], *taught["forces"]):
            assert entry.get("term", entry.get("label"))[lang] in said
            assert entry["means"][lang] in said
        assert {entry["force"] for entry in taught["forces"]} == {"bar", "duty", "usual", "advice"}
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@slow
def test_the_arrows_turn_the_walk_wherever_the_focus_is(opened: Open) -> None:
    """On opening, after a click on the page, on the tab, on the map and on a language the arrows turn steps."""
    page = opened("en/walk")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#en/walk/2"
    page.mouse.click(700, 5)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#en/walk/3"
    page.locator("#tab-chart").click()
    page.locator("#tab-walk").click()
    assert page.evaluate("document.activeElement.id") == "heading-walk"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#en/walk/4"
    page.locator('.map [data-code="talk"]').click()
    page.keyboard.press("ArrowRight")
    assert page.locator(".step h2").inner_text() == called("activist", "en")
    assert focused(page) == "activist"
    page.locator("#lang-zh").click()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".step h2").inner_text() == called("talk", "zh")
    page.locator("#tab-quiz").click()
    page.keyboard.press("ArrowRight")
    page.locator("#tab-walk").click()
    assert page.locator(".step h2").inner_text() == called("talk", "zh")


@slow
@pytest.mark.parametrize("part", PARTS)
def test_the_arrows_of_the_tabs_change_nothing_before_enter(opened: Open, part: str) -> None:
    """Among the tabs the arrows move the focus alone; Enter shows the part and leads to its heading."""
    page = opened("en/walk/3")
    page.locator("#tab-walk").focus()
    for _ in range((PARTS.index(part) - 1) % 3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == f"tab-{part}"
    assert page.evaluate("location.hash") == "#en/walk/3"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"heading-{part}"
    assert page.locator(f"#part-{part}").is_visible()


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_middling_screen_has_a_readable_chart_and_the_card_beside_it(opened: Open, lang: Lang) -> None:
    """From 1200 points on the letters of the chart have 13 or more; the chosen box is in sight, and so is its card."""
    for width in (1200, 1280, 1440, 1920):
        page = opened(f"{lang}/chart", width)
        size = page.evaluate(
            """lang => { const course = document.getElementById(`course-${lang}`);
            const scale = course.getBoundingClientRect().width / course.viewBox.baseVal.width;
            return parseFloat(getComputedStyle(course.querySelector('.name')).fontSize) * scale; }""",
            lang,
        )
        assert size >= 13, (width, size)
        page.locator(f"#{lang}-apply").click()
        for _ in range(23):
            page.locator("#card .turns button").last.click()
        assert page.locator("#card h2").inner_text() == called("conversion_approval", lang)
        box, card = page.locator(f"#{lang}-conversion_approval").bounding_box(), page.locator("#card").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= (card["x"] if width < 1700 else width)
        if width < 1700:
            assert 0 <= card["y"] < box["y"]
            assert max(box["y"] + box["height"], card["y"] + card["height"]) <= 900
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_nothing_twice(opened: Open, taught: Data, lang: Lang) -> None:
    """What the sentence at the top or the rules of order say is not said again; rules of most cards are folded."""
    page = opened(f"{lang}/chart")
    for procedure in taught["procedures"]:
        page.locator(f"#{lang}-{procedure['code']}").click()
        labels = page.locator("#card .body > .facts dt").all_inner_texts()
        assert labels == ([] if procedure["after"] else [caption("after", lang)]), procedure["code"]
    page.locator(f"#{lang}-admission_meeting").click()
    often = next(p for p in taught["procedures"][14]["rules"] if p["rule"] == "floating-may-develop")
    assert often["clause"][lang] not in page.locator("#card").inner_text()
    page.locator("#card .shared summary").click()
    assert often["clause"][lang] in page.locator("#card").inner_text()


# ------------------------------------------------------------------------------------------- the quiz


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_quiz_marks_right_and_wrong_and_counts(opened: Open, taught: Data, lang: Lang) -> None:
    """A wrong choice says to look again, the right one cites; the score counts what was found at the first look."""
    page = opened(f"{lang}/quiz")
    status = page.get_by_role("status")
    check, show = page.get_by_role("button", name=caption("check", lang)), page.get_by_text(caption("show", lang))
    check.click()
    assert status.inner_text() == caption("choose_first", lang)
    for n, question in enumerate(taught["quiz"]):
        fault = question["fault"]["act"]
        other = other_act(question)
        assert page.locator("#question").inner_text() == question["title"][lang]
        assert page.locator(".act").count() == sum(not one.get("checked") for one in question["acts"])
        assert show.is_hidden()
        if n in (1, 2):
            act(page, other).locator("input").check()
            check.click()
            told = (
                f"{caption('wrong', lang)} {caption('nothing_against', lang, label=act_called(question, other, lang))}"
            )
            assert status.inner_text() == told
            assert caption("act_lawful", lang) in act(page, other).inner_text()
            assert page.locator(".answer").count() == 0
        if n == 2:
            show.click()
            assert status.inner_text().startswith(caption("shown", lang))
        else:
            act(page, fault).locator("input").check()
            check.click()
            assert status.inner_text().startswith(caption("right", lang))
        # The count at the head is the count of now, before the next question is asked for.
        right = {0: 1, 1: 1, 2: 1, 3: 2}[n]
        assert page.locator(".asking .counter").inner_text().endswith(caption("found_so_far", lang, n=right))
        row = act(page, fault)
        assert caption("act_wrong", lang) in row.inner_text()
        answer = row.locator(".answer").inner_text()
        for key in ("why", "clause", "article", "remedy"):
            assert question[key][lang] in answer
        page.locator(".answering .main:visible").click()
    assert page.locator(".score .big").inner_text() == caption("score_line", lang, n=2, all=4)
    marks = [mark.inner_text() for mark in page.locator(".score .mark").all()]
    assert marks == [caption(f"result_{result}", lang) for result in ("right", "later", "shown", "right")]
    page.get_by_role("button", name=caption("start_over", lang)).click()
    assert page.locator("#question").inner_text() == taught["quiz"][0]["title"][lang]
    assert caption("found_so_far", lang, n=0) in page.locator(".asking .counter").inner_text()


@slow
def test_the_quiz_by_keyboard(opened: Open, taught: Data) -> None:
    """Arrow keys choose, Tab goes to the button, Enter answers and goes on to the next question."""
    page = opened("en/quiz")
    page.locator(".act input").first.focus()
    page.keyboard.press(" ")
    first = int(page.locator(".act").first.get_attribute("data-n"))
    for _ in range(taught["quiz"][0]["fault"]["act"] - first):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text().startswith(caption("right", "en"))
    page.keyboard.press("Enter")
    assert page.locator("#question").inner_text() == taught["quiz"][1]["title"]["en"]


# ------------------------------------------------------------------------------------------- both languages


@slow
def test_a_switch_keeps_the_place(opened: Open, taught: Data) -> None:
    """The step, the question and the choice that was made stay where they are when the language changes."""
    page = opened("zh/walk/5")
    page.locator("#lang-en").click()
    assert page.evaluate("location.hash") == "#en/walk/5"
    page.locator("#tab-quiz").click()
    question = taught["quiz"][0]
    other = other_act(question)
    act(page, other).locator("input").check()
    page.locator("#lang-zh").click()
    assert act(page, other).locator("input").is_checked()
    chosen = act_called(question, other, "zh")
    assert page.get_by_role("status").inner_text() == caption("chosen", "zh", label=chosen)
    page.get_by_role("button", name=caption("check", "zh")).click()
    page.locator("#lang-en").click()
    status = page.get_by_role("status")
    against = caption("nothing_against", "en", label=act_called(question, other, "en"))
    assert status.inner_text() == f"{caption('wrong', 'en')} {against}"
    assert "wrong" in status.get_attribute("class")
    assert caption("act_lawful", "en") in act(page, other).inner_text()


@slow
@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_from_an_answer_to_the_card_and_back(opened: Open, taught: Data, width: int) -> None:
    """An act that was looked at leads to the card of its procedure, and the card back to where the question stood."""
    page = opened("en/quiz", width)
    question = taught["quiz"][0]
    fault, other = question["fault"]["act"], other_act(question)
    act(page, other).locator("input").check()
    page.get_by_role("button", name=caption("check", "en")).click()
    for n in (other, fault):
        if n == fault:
            solve(page, question, "en")
        code = question["acts"][n]["act"]
        act(page, n).get_by_role("button", name=caption("to_card", "en", label=called(code, "en"))).click()
        assert page.locator("#card h2").inner_text() == called(code, "en")
        assert page.evaluate("document.activeElement.id") == "card-title"
        page.get_by_role("button", name=caption("to_question", "en", n=1)).click()
        assert page.locator("#question").inner_text() == question["title"]["en"]
        assert page.evaluate("document.activeElement.closest('.act').dataset.n") == str(n)
    assert page.get_by_role("status").inner_text().startswith(caption("right", "en"))
    # Who goes to the chart by its tab has not come from a question.
    page.locator("#tab-chart").click()
    assert page.locator("#card").is_visible()
    assert page.get_by_role("button", name=caption("to_question", "en", n=1)).count() == 0


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_acts_that_were_checked_before_are_one_line_and_no_choice(
    opened: Open, taught: Data, tmp_path: Path, lang: Lang
) -> None:
    """They stand folded above the acts to choose from, are counted, can be read, and have no button to choose them."""
    asked = json.loads(json.dumps(taught))
    # The first question is one whose fault comes late enough for acts to have been checked before it.
    asked["quiz"].sort(key=lambda each: each["fault"]["act"] < 4)
    question = asked["quiz"][0]
    number = question["fault"]["act"] - 2
    assert number > 1
    for n, one in enumerate(question["acts"]):
        one["checked"] = n < number
    question["asks"] = {"zh": "请找出一项。", "en": "Find the one."}
    asked["quiz"][1]["acts"][0]["checked"] = True
    for one in asked["quiz"][1]["acts"][1:]:
        one["checked"] = False
    path = tmp_path / "checked.html"
    path.write_bytes(training_page(BOOK, asked, lang=lang))
    page = opened(f"{lang}/quiz", 360, path)
    fold = page.locator(".checked")
    assert caption("checked", lang, n=number) in fold.locator("summary").inner_text()
    assert fold.locator("ol").is_hidden()
    assert fold.bounding_box()["height"] < 70
    assert page.locator(".acts legend").inner_text() == question["asks"][lang]
    assert page.locator(".act input").count() == len(question["acts"]) - number
    assert fold.locator("input").count() == 0
    fold.locator("summary").click()
    items = fold.locator("li")
    assert items.count() == number
    for n in range(number):
        assert act_called(question, n, lang) in items.nth(n).inner_text()
    page.locator("#lang-en" if lang == "zh" else "#lang-zh").click()
    assert fold.locator("ol").is_visible()
    page.locator(f"#lang-{lang}").click()
    solve(page, question, lang, first=other_act(question))
    assert page.get_by_role("status").inner_text().startswith(caption("right", lang))
    page.locator(".answering .main:visible").click()
    assert caption("checked_one", lang) in fold.locator("summary").inner_text()
    asks = asked["quiz"][1].get("asks")
    assert page.locator(".acts legend").inner_text() == (asks[lang] if asks else caption("ask", lang))


@slow
def test_on_a_phone_the_bar_of_answers_is_low(opened: Open, taught: Data) -> None:
    """After a wrong choice the bar that stays at the foot covers less than a hundred points of the screen."""
    for lang in LANGUAGES:
        page = opened(f"{lang}/quiz", 360)
        act(page, other_act(taught["quiz"][0])).locator("input").check()
        page.get_by_role("button", name=caption("check", lang)).click()
        assert page.get_by_text(caption("show", lang)).is_visible()
        assert page.locator(".answering").bounding_box()["height"] < 100


@slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_says_what_to_learn_and_an_attempt_what_it_changed(
    opened: Open, taught: Data, tmp_path: Path, lang: Lang
) -> None:
    """Where the lesson has a note for a step and the changed facts of an attempt, both are read; else nothing is."""
    walked = json.loads(json.dumps(taught))
    at = next(n for n, step in enumerate(walked["walk"]["steps"]) if step["refusals"])
    step = walked["walk"]["steps"][at]
    step["note"] = {"zh": "注意起算日。", "en": "Mind the day of counting."}
    change = {"label": {"zh": "截止日", "en": "last day"}, "value": {"zh": "四天之后", "en": "four days later"}}
    step["refusals"] = [{**step["refusals"][0], "changed": [change]}, {**step["refusals"][0], "changed": []}]
    path = tmp_path / "walked.html"
    path.write_bytes(training_page(BOOK, walked, lang=lang))
    page = opened(f"{lang}/walk/{at + 1}", path=path)
    assert page.locator(".note").inner_text() == f"{caption('note', lang)} {step['note'][lang]}"
    first, second = page.locator(".refusal").all()
    assert change["label"][lang] in first.inner_text()
    assert change["value"][lang] in first.inner_text()
    assert caption("changed", lang) in first.inner_text()
    assert caption("changed", lang) not in second.inner_text()
    step["note"] = None
    path.write_bytes(training_page(BOOK, walked, lang=lang))
    assert opened(f"{lang}/walk/{at + 1}", path=path).locator(".note").count() == 0


# ------------------------------------------------------------------------------------------- for everybody


EVERY_TURN = """([steps, faults]) => {
  const shown = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
  const press = selector => shown(selector)[0].dispatchEvent(new MouseEvent('click', {bubbles: true}));
  const seen = [];
  const look = where => {
    const heard = shown('[aria-label], [title]').flatMap(one => [one.ariaLabel ?? '', one.getAttribute('title') ?? '']);
    const over = document.scrollingElement.scrollWidth - window.innerWidth;
    seen.push([where, [document.title, document.body.innerText, ...heard].join('\\n'), over]);
  };
  look('chart');
  for (const code of shown('#board .box, #list .procedure').map(one => one.dataset.code)) {
    press(`#board [data-code="${code}"], #list [data-code="${code}"]`);
    for (const fold of shown('details')) fold.setAttribute('open', '');
    look(`card ${code}`);
  }
  press('#tab-walk');
  for (let step = 1; step <= steps; step += 1) {
    look(`step ${step}`);
    press('.walking .turning .main');
  }
  press('#tab-quiz');
  for (const [n, [fault, other]] of faults.entries()) {
    for (const fold of shown('#quiz details')) fold.setAttribute('open', '');
    for (const act of [other, fault]) {
      shown(`.act[data-n="${act}"] input`)[0].click();
      press('.answering .main');
      look(`question ${n + 1}`);
    }
    press('.answering .main');
  }
  look('score');
  return seen;
}"""


def every_turn(page: Any, taught: Data) -> list[tuple[str, str, int]]:
    """All that the page can show, one after the other: where, what is read and heard, and how far it is too broad."""
    steps = len(taught["walk"]["steps"])
    faults = [[question["fault"]["act"], other_act(question)] for question in taught["quiz"]]
    seen = page.evaluate(EVERY_TURN, [steps, faults])
    assert len(seen) == 1 + 25 + steps + 2 * len(faults) + 1
    assert page.locator(".score").is_visible()
    return [tuple(row) for row in seen]


def foreign(text: str, lang: Lang) -> list[str]:
    """Words that belong to the other language; each language is named in itself, and keys are called as they are."""
    if lang == "en":
        return re.findall(r"[\u3400-\u9fff]+", text.replace("中文", ""))
    codes = {"reasons", *(rule.code for rule in BOOK.rules)}
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]+", text)
    return [word for word in words if word not in codes and word not in ("English", "Tab", "Esc")]


@slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_turn_fits_and_speaks_one_language(opened: Open, taught: Data, lang: Lang, width: int) -> None:
    """From phone to projector nothing is broader than the screen, and no word of the other language is left.

    That is said of every card, every step, every question before and after its answer, and the score.
    """
    page = opened("en/chart" if lang == "zh" else "zh/chart", width)
    page.locator(f"#lang-{lang}").click()
    assert page.evaluate("document.documentElement.lang") == LANGUAGES[lang]
    assert page.locator(f"#lang-{lang}").get_attribute("aria-pressed") == "true"
    page.locator("#tab-chart").click()
    seen = every_turn(page, taught)
    assert [(where, over) for where, _, over in seen if over > 0] == []
    assert [(where, foreign(text, lang)) for where, text, _ in seen if foreign(text, lang)] == []


@slow
@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(opened: Open, taught: Data, lang: Lang, width: int) -> None:
    """The rules of axe (WCAG 2.2 AA and good practice) hold in every part and at every turn of the quiz."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: accessibility was not tried")
    page = opened(f"{lang}/chart", width)
    page.evaluate(axe.AXE_SCRIPT)

    def hold(where: str) -> None:
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags)
        told = [(v["id"], v["help"], [node["html"][:160] for node in v["nodes"]]) for v in found["violations"]]
        assert told == [], where
        assert found["passes"] or found["incomplete"] is not None

    hold("chart")
    page.locator(f'{"#list" if width < 1200 else f"#course-{lang}"} [data-code="admission_meeting"]').click()
    hold("card")
    page.locator("#tab-walk").click()
    steps = taught["walk"]["steps"]
    page.evaluate(
        "place => { location.hash = place }",
        f"{lang}/walk/{next(n for n, step in enumerate(steps, 1) if step['refusals'])}",
    )
    page.wait_for_selector(".refusal")
    hold("walk")
    page.locator("#tab-quiz").click()
    hold("question")
    page.locator("#quiz .glossary summary").click()
    hold("glossary")
    if page.locator(".checked").count():
        page.locator(".checked summary").click()
        hold("checked")
    act(page, other_act(taught["quiz"][0])).locator("input").check()
    page.get_by_role("button", name=caption("check", lang)).click()
    hold("wrong")
    solve(page, taught["quiz"][0], lang)
    hold("answer")
    for question in taught["quiz"][1:]:
        page.locator(".answering .main:visible").click()
        solve(page, question, lang)
    page.locator(".answering .main:visible").click()
    assert page.locator(".score").is_visible()
    hold("score")


@slow
def test_without_a_script_the_page_says_so(opened: Open) -> None:
    """Where no script runs a sentence in both languages says it, and the picture of the course still stands."""
    page = opened("", java_script_enabled=False)
    text = page.locator("body").inner_text()
    assert caption("no_script", "zh") in text
    assert caption("no_script", "en") in text
    assert page.locator("#course-zh").is_visible()
    assert page.locator("#course-en").is_visible()
    assert page.locator("#tab-walk").is_hidden()


@slow
def test_on_paper_the_picture_is_one_sheet(opened: Open) -> None:
    """Even from a phone the chart is printed as the picture, on one sheet, without buttons; an open card follows it."""
    page = opened("zh/chart", 360)
    sheet = {"prefer_css_page_size": True, "print_background": True}
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(**sheet))) == 1
    assert page.locator("#list").is_visible()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#course-zh").is_visible()
    assert page.locator("#key").is_visible()
    for hidden in ("#list", "#tab-walk", "#toggle"):
        assert page.locator(hidden).is_hidden(), hidden
    page.evaluate("() => { location.hash = 'zh/chart/admission_meeting' }")
    page.wait_for_selector("#corner #card")
    assert page.locator("#card .force.bar").first.is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(**sheet))) > 1


# ------------------------------------------------------------------------------------------- safety


def spoilt(value: Any) -> Any:
    """A lesson in which every text begins with what would be markup."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return {lang: NASTY + text for lang, text in value.items()}
        return {key: spoilt(inner) for key, inner in value.items()}
    return [spoilt(inner) for inner in value] if isinstance(value, list) else value


@slow
def test_whatever_a_text_holds_it_stays_text(opened: Open, taught: Data, tmp_path: Path) -> None:
    """Markup in every text of a lesson makes no element, runs nothing and fetches nothing; it is read as it is."""
    path = tmp_path / "spoilt.html"
    path.write_bytes(training_page(BOOK, spoilt(taught), lang="en"))
    page = opened("en/chart/admission_meeting", path=path)
    beginning = NASTY.partition("\n")[0]
    for part, holder in (("chart", "#card .what"), ("walk", ".step > .told"), ("quiz", "#question")):
        page.locator(f"#tab-{part}").click()
        assert page.locator(holder).evaluate("element => element.textContent").startswith(NASTY)
        assert beginning in page.locator(holder).inner_text()
    page.locator("#quiz .glossary summary").click()
    solve(page, taught["quiz"][0], "en")
    assert page.locator("b, img").count() == 0
    assert page.locator("script").count() == 2
    assert page.evaluate("window.broken ?? null") is None


def test_the_script_sets_texts_as_text_and_fetches_nothing() -> None:
    """The script has no call by which a text could become markup or code, or anything could be fetched."""
    text = files("recruitment.training").joinpath("assets", "page.js").read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|fetch\(|XMLHttp", text) == []


def test_ids_stand_once(taught: Data) -> None:
    """Both charts stand in one page, and no id in it stands twice."""
    markup = training_page(BOOK, taught, lang="en").decode().partition('<script type="application/json"')[0]
    ids = re.findall(r'\bid="([^"]*)"', markup)
    assert len(ids) == len(set(ids))
    assert {f"{lang}-{p.code}" for lang in LANGUAGES for p in BOOK.procedures} <= set(ids)


def test_every_caption_is_used_and_every_used_one_is_there(taught: Data) -> None:
    """The page asks for no caption that is missing, and none is kept that it does not ask for."""
    text = training_page(BOOK, taught, lang="en").decode()
    markup, _, rest = text.partition('<script type="application/json"')
    script = rest[rest.index("</script>") :]
    asked = set(re.findall(r'(?:say|withDay)\(\s*"(\w+)"', script)) | set(re.findall(r"\bwords\.(\w+)\[", script))
    asked |= set(re.findall(r'data-(?:word|label)="(\w+)"', markup)) | set(re.findall(r'turn\(-?1, "(\w+)"', script))
    chosen = {"as_chart", "as_list", "shown", "to_score", "next_question", "again", "next", "first_day", "no_first_day"}
    looks = {f"state_{look}" for look in ("done", "current", "later")}
    results = {f"result_{result}" for result in ("right", "later", "shown")}
    in_markup = {"no_script", "title"}
    assert set(CAPTIONS) == asked | chosen | looks | results | in_markup


# ------------------------------------------------------------------------------------------- the command

Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in English on 2026-11-22."""
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def invoke(*arguments: str) -> Any:
        result = CliRunner().invoke(cli, ["train", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def test_train_writes_the_page(run: Run, tmp_path: Path) -> None:
    """`train` writes one file, the same as on standard output, and says so in JSON."""
    path = tmp_path / "page.html"
    result = run("--output", str(path), "--questions", "3", "--seed", "7", "--json")
    assert result.exit_code == 0, result.output
    content = path.read_bytes()
    assert json.loads(result.stdout) == {
        "output": str(path),
        "edition": "2026",
        "seed": 7,
        "questions": 3,
        "bytes": len(content),
    }
    assert run("-o", "-", "--questions", "3", "--seed", "7").stdout_bytes == content
    assert content == training_page(BOOK, lesson(EDITIONS, edition="2026", seed=7, questions=3), lang="en")


def test_train_by_edition_day_and_language(run: Run) -> None:
    """The edition is the one named, else the one in force on the day; the language is the one asked for."""
    older = run("--edition", "2014", "--questions", "1").stdout_bytes
    assert run("--today", "2020-01-01", "--questions", "1").stdout_bytes == older
    assert b'<html lang="en">' in older
    assert b'<html lang="zh-Hans">' in run("--lang", "zh", "--questions", "1").stdout_bytes
    assert older != run("--questions", "1").stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--questions", "0"), "from 1 to 200 questions, not 0"),
        (("--questions", "-3"), "from 1 to 200 questions, not -3"),
        (("--questions", "1" + "0" * 30), "from 1 to 200 questions"),
        (("--questions", "many"), "'many' is not a valid integer"),
        (("--edition", "1999"), "there is no edition 1999; known are 2014, 2026"),
        (("--edition", ""), "there is no edition ; known are 2014, 2026"),
        (("--edition", "2014+guizhou-2015"), "a lesson is on the national rules; leave guizhou-2015 out"),
        (("--output", "/nowhere/page.html", "--questions", "1"), "there is no folder /nowhere"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """What cannot be meant is answered with one sentence and exit code 2, and in Chinese where that is asked for."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output
    if "many" not in arguments:
        assert re.search(r"[\u3400-\u9fff]", run(*arguments, "--lang", "zh").stderr)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two processes under different hash seeds write the same page for the same seed, and another for another."""
    pages, call = [], "from recruitment.cli.main import main; main()"
    for hash_seed, seed in (("1", "5"), ("2", "5"), ("1", "6")):
        path = tmp_path / f"{hash_seed}-{seed}.html"
        done = subprocess.run(
            [sys.executable, "-c", call, "train", "-o", str(path), "--seed", seed, "--questions", "2"],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "RECRUITMENT_TODAY": "2026-11-22", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    assert pages[0] != pages[2]
