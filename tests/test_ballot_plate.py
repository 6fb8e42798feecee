"""The plate of the ballot: what it shows is what the rules answer, and what was worked out by hand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import legible
import pytest
from attrs import evolve

from recruitment.base.errors import BadInput
from recruitment.base.label import Lang
from recruitment.diagram.canvas.plate import SYMBOLS
from recruitment.diagram.output.drawing import dot_of, engines, render
from recruitment.diagram.plates.ballots.plate import ballot_plate
from recruitment.law.comparisons import Share
from recruitment.rulebooks.load import load_rulebooks

NAMES = ("2014", "2026", "2014+guizhou-2015")
LANGS: tuple[Lang, ...] = ("zh", "en")
NASTY = '<b>"甲\\n</b>" \\N & &lt; \\'

# By hand: how many are more than half, and what comes of the ballots that are shown. "+" carried, "-" failed, "0" no
# meeting; each is: who should attend, who does, written opinions, in favour.
LEAST = {3: 2, 4: 3, 5: 3, 6: 4, 7: 4, 8: 5, 9: 5, 10: 6, 11: 6, 12: 7, 13: 7, 14: 8, 15: 8, 16: 9}
SHOWN = [
    [(10, 5, 0, 5, "0"), (10, 6, 0, 6, "+"), (10, 10, 0, 5, "-")],
    [(16, 9, 0, 8, "-"), (16, 9, 0, 9, "+"), (11, 7, 0, 5, "-"), (11, 7, 0, 6, "+")],
    [(12, 6, 3, 9, "0"), (12, 7, 3, 7, "+")],
]
LOOKS = {"+": "done", "-": "failed", "0": "again"}


@pytest.fixture(scope="module")
def editions():
    """The rulebooks of record."""
    return load_rulebooks()


def texts(plate):
    """Every word on the plate, by the code of where it stands."""
    said = {words.code: " ".join(line.text for line in words.lines) for words in plate.words}
    return said | {node.code: " ".join((node.name, *node.lines)) for node in plate.nodes}


def seats(plate, code):
    """The seats of a row: taken and free."""
    looks = [panel.look for panel in plate.panels if panel.code.startswith(f"{code}_seat_")]
    return looks.count("seat"), looks.count("seat_free")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_ballot_can_be_read(editions, name, lang):
    """Nothing touches anything, everything fits, and it hangs across, for every edition and language."""
    plate = ballot_plate(editions.named(name), lang)
    legible.assert_free(plate)
    legible.assert_landscape(plate)
    for engine in engines():
        legible.assert_fits(plate, engine)


@pytest.mark.parametrize("name", NAMES)
def test_how_many_are_more_than_half_is_as_worked_out_by_hand(editions, name):
    """Of each number of members the plate names the threshold that was worked out by hand."""
    said = texts(ballot_plate(editions.named(name), "zh"))
    assert {whole: int(said[f"half_least_{whole}"]) for whole in LEAST} == LEAST
    assert {whole: int(said[f"half_of_{whole}"]) for whole in LEAST} == {whole: whole for whole in LEAST}


@pytest.mark.parametrize("name", NAMES)
def test_every_ballot_comes_out_as_worked_out_by_hand(editions, name):
    """Each row has as many seats taken as its numbers say, both comparisons, and the outcome worked out by hand."""
    plate = ballot_plate(editions.named(name), "en")
    said, looks = texts(plate), {node.code: node.look for node in plate.nodes}
    for n, rows in enumerate(SHOWN):
        assert len(plate.groups[n].nodes) == len(rows)
        for m, (whole, present, written, favour, outcome) in enumerate(rows):
            code = f"lesson_{n}_{m}"
            least = LEAST[whole]
            assert looks[code] == LOOKS[outcome], code
            assert seats(plate, f"{code}_present") == (present, whole - present)
            assert seats(plate, f"{code}_favour") == (favour, whole - favour)
            letters = [words for words in plate.words if words.code.startswith(f"{code}_present_letter_")]
            assert len(letters) == written
            quorum = f"{present} ≥ {least} ✓" if present >= least else f"{present} < {least} ×"
            majority = f"{favour} ≥ {least} ✓" if favour >= least else f"{favour} < {least} ×"
            assert said[f"{code}_present_words"] == quorum
            assert said[f"{code}_favour_words"] == (majority if present >= least else "does not count")


def test_the_line_of_one_half_stands_in_the_middle_of_every_row(editions):
    """Half of the seats of each row lie on each side of the line, of an odd number one lies on it."""
    plate = ballot_plate(editions.named("2026"), "zh")
    assert plate.sheet is not None
    boxes = plate.sheet.boxes
    for n, rows in enumerate(SHOWN):
        for m, row in enumerate(rows):
            for line, name in enumerate(("present", "favour")):
                xs = [boxes[f"lesson_{n}_{m}_{name}_seat_{k}"].x for k in range(row[0])]
                edge = boxes[f"edge_{line}"].x
                assert sum(x < edge - 1 for x in xs) == sum(x > edge + 1 for x in xs) == row[0] // 2


def test_each_result_says_where_it_leads(editions):
    """Carried goes on with 16 and 17, and with 24; failed goes back to 12; without a quorum it is held again."""
    for name, next_ in (("2014", "16 talk by the higher committee"), ("2026", "16 talk by the higher committee")):
        cards = {node.look: node for node in ballot_plate(editions.named(name), "en").groups[-1].nodes}
        assert set(cards) == {"done", "failed", "again"}
        carried, failed, again = (" ".join(cards[look].lines) for look in ("done", "failed", "again"))
        assert next_ in carried
        assert "17 admission approved" in carried
        assert "24 conversion approved" in carried
        assert "convert, extend, cancel" in carried
        assert "back to 12 examined by the branch committee" in failed
        assert failed.count(SYMBOLS["again"]) == 1  # the conversion meeting alone
        assert again.count(SYMBOLS["again"]) == 2


def test_the_articles_are_those_of_the_edition(editions):
    """Quorum and majority are cited as 20, 33 and 21, 33 in 2014, and as 19, 32 and 20, 32 in 2026."""
    for name, quorum, majority in (
        ("2014", "第二十条、第三十三条", "第二十一条、第三十三条"),
        ("2026", "第十九条、第三十二条", "第二十条、第三十二条"),
    ):
        said = texts(ballot_plate(editions.named(name), "zh"))
        assert said["head_0"].endswith(quorum)
        assert said["head_1"].endswith(majority)
        assert "无记名" in said["also"]


def test_a_local_rule_on_the_ballot_stands_on_the_plate(editions):
    """What Guizhou asks besides is there with its document, and on the national plate it is not."""
    local = ballot_plate(editions.named("2014+guizhou-2015"), "en")
    assert "both sponsors attend" in texts(local)["also"]
    assert "Guizhou" in local.subtitle
    national = ballot_plate(editions.named("2014"), "en")
    assert "sponsors" not in texts(national)["also"]


def changed(rulebook, code, **changes):
    """The book with the comparison of a share in one rule changed."""
    rules = tuple(
        evolve(r, compare=tuple(evolve(c, **changes) if isinstance(c, Share) else c for c in r.compare))
        if r.code == code
        else r
        for r in rulebook.rules
    )
    return evolve(rulebook, rules=rules)


def test_another_rule_is_another_picture(editions):
    """Were half enough for the quorum, five of ten would be a meeting; nothing on the plate is typed in."""
    rulebook = changed(editions.named("2026"), "meeting-quorum", must_be="at_least_half")
    plate = ballot_plate(rulebook, "en")
    said, looks = texts(plate), {node.code: node.look for node in plate.nodes}
    assert said["lesson_0_0_present_words"] == "5 ≥ 5 ✓"
    assert looks["lesson_0_0"] == "failed"
    assert looks["lesson_2_0"] == "done"
    assert said["half_least_10"] == "5/6"
    both = changed(rulebook, "majority-of-all", must_be="at_least_half")
    said = texts(ballot_plate(both, "en"))
    assert said["half_least_10"] == "5"
    assert "Half is enough" in said["half_note"]


def test_an_edition_without_the_rule_is_told_in_one_sentence(editions):
    """A book that does not compare votes with the members is no traceback but a sentence."""
    rulebook = editions.named("2026")
    without = evolve(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.code != "majority-of-all"))
    with pytest.raises(BadInput, match=r"ballot\.for"):
        ballot_plate(without, "zh")


def test_a_nasty_rulebook_is_literal(editions):
    """Clauses and outcomes are escaped wherever the plate shows them."""
    rulebook = editions.named("2026")
    procedures = tuple(
        evolve(p, zh=NASTY, outcomes=tuple(evolve(o, zh=NASTY) for o in p.outcomes)) for p in rulebook.procedures
    )
    rules = tuple(evolve(r, clause=evolve(r.clause, zh=NASTY)) for r in rulebook.rules)
    source = dot_of(ballot_plate(evolve(rulebook, procedures=procedures, rules=rules), "zh"))
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", source)
    assert "<b>" not in bare
    assert "&lt;b&gt;" in bare
    if engines():
        ET.fromstring(render(source, "svg"))
