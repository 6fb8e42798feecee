"""The plate of a file with what lies ahead: due, overdue, refused and out of reach, with reasons and without names."""

from __future__ import annotations

from datetime import date

import legible
import pytest
from attrs import evolve
from test_diagram import case_of, failed_vote, follow, looks

from recruitment.base.label import Lang
from recruitment.base.structure.values import dump
from recruitment.diagram.canvas import styles
from recruitment.diagram.canvas.plate import SYMBOLS, Look
from recruitment.diagram.output.drawing import dot_of, engines
from recruitment.diagram.plates.course.layout import sheet_of
from recruitment.diagram.plates.files.pending import Pending, PendingLimit
from recruitment.diagram.plates.files.plate import file_plate
from recruitment.diagram.plates.files.progress import pending_of
from recruitment.engine.bound import BoundCase
from recruitment.record.acts import Withdraw
from recruitment.rulebooks.load import load_rulebooks

LANGS: tuple[Lang, ...] = ("zh", "en")
NASTY = '<b>"甲\\n</b>" \\N & &lt; \\'


@pytest.fixture(scope="module")
def editions():
    """The rulebooks of record."""
    return load_rulebooks()


def boxes(plate):
    """The boxes of the procedures by their numbers."""
    return {node.number: node for node in plate.nodes}


def progress_plate(editions, case, today, lang, *, titled=False):
    """The progress of a file with everything that is known of what lies ahead, as the command draws it."""
    bound = BoundCase(editions, case)
    pending = pending_of(bound, today=today)
    return file_plate(bound.edition_on(today), case, lang, today, titled=titled, pending=pending)


def plates(editions):
    """Plates of files with something of everything ahead, in both languages."""
    ended = follow(editions, case_of(editions, "political_review"), Withdraw(on=date(2024, 5, 2)))
    files = [
        (case_of(editions, "committee_talk"), date(2024, 7, 1)),
        (case_of(editions, "committee_talk"), date(2024, 9, 1)),
        (case_of(editions, "candidate_filing"), date(2024, 1, 5)),
        (case_of(editions, "conversion_application", without=("oath",)), date(2025, 5, 14)),
        (case_of(editions, "admission_meeting", change=failed_vote), date(2024, 5, 20)),
        (case_of(editions, "activist"), date(2023, 8, 1)),
        (ended, date(2024, 5, 3)),
    ]
    for case, today in files:
        for lang in LANGS:
            yield progress_plate(editions, case, today, lang)


def test_a_limit_that_runs_is_due_by_its_last_day(editions):
    """Three months from the meeting of 2024-05-20 end on 2024-08-20: on that day the approval is due, and not late."""
    case = case_of(editions, "committee_talk")
    for today in (date(2024, 7, 1), date(2024, 8, 20)):
        node = boxes(progress_plate(editions, case, today, "en"))[17]
        assert node.look == "due"
        assert f"{SYMBOLS['due']} due by 2024-08-20" in node.lines
        assert "three months" in node.tooltip
        assert "art. 26" in node.tooltip


def test_a_limit_that_has_passed_is_overdue_by_sign_and_word(editions):
    """On 2024-08-21 the approval is overdue; the box says so in words and with a sign of its own."""
    case = case_of(editions, "committee_talk")
    node = boxes(progress_plate(editions, case, date(2024, 8, 21), "en"))[17]
    assert node.look == "overdue"
    assert f"{SYMBOLS['overdue']} overdue: last day 2024-08-20" in node.lines
    node = boxes(progress_plate(editions, case, date(2024, 8, 21), "zh"))[17]
    assert f"{SYMBOLS['overdue']} 已逾期：最迟 2024-08-20" in node.lines


def test_a_limit_shows_on_what_cannot_come_yet(editions):
    """The limit of the approval runs while the talk before it is still to come: not yet, and due by its day."""
    plate = progress_plate(editions, case_of(editions, "admission_meeting"), date(2024, 7, 1), "en")
    node = boxes(plate)[17]
    assert node.look == "later"
    assert node.lines[-1] == f"{SYMBOLS['due']} due by 2024-08-20"
    assert "key_due" in {key.code for key in plate.key}


def test_what_would_be_refused_today_says_so_and_why(editions):
    """12 before 9 to 11 is against the chart and has no reason on record: refused, and the tooltip names all three."""
    plate = progress_plate(editions, case_of(editions, "candidate_filing"), date(2024, 1, 5), "en")
    node = boxes(plate)[12]
    assert node.look == "refused"
    assert node.lines == (f"{SYMBOLS['refused']} refused today",)
    assert "sponsors determined, political review, concentrated training" in node.tooltip
    assert "flow chart" in node.tooltip
    assert {n: looks(plate)[n] for n in (9, 10, 11, 13)} == {9: "current", 10: "current", 11: "current", 13: "later"}


def test_what_only_waits_for_its_day_is_blocked_and_its_tooltip_says_why(editions):
    """Before 2025-05-20 the conversion waits; the reason with its article stands in the tooltip."""
    case = case_of(editions, "conversion_application", without=("oath",))
    node = boxes(progress_plate(editions, case, date(2025, 5, 14), "en"))[23]
    assert node.look == "blocked"
    assert node.lines == (f"{SYMBOLS['blocked']} not before 2025-05-20",)
    assert "art. 32" in node.tooltip
    assert boxes(progress_plate(editions, case, date(2025, 5, 20), "en"))[23].look == "current"


def test_a_refusal_with_a_day_names_the_first_lawful_one(editions):
    """Where another reason stands beside the day, the act is refused, and the box names the first day."""
    case = case_of(editions, "conversion_application", without=("oath",))
    today = date(2025, 5, 14)
    pending = pending_of(BoundCase(editions, case), today=today)
    waiting = pending["conversion_meeting"]
    twelve = pending_of(BoundCase(editions, case_of(editions, "candidate_filing")), today=date(2024, 1, 5))[
        "committee_review"
    ]
    mixed = evolve(waiting, barring=(*waiting.barring, *twelve.barring))
    node = boxes(file_plate(editions.rulebooks[0], case, "zh", today, pending={"conversion_meeting": mixed}))[23]
    assert node.look == "refused"
    assert node.lines == (f"{SYMBOLS['refused']} 今日不予登记", "最早 2025-05-20")


def test_what_an_ended_file_had_not_done_is_out_of_reach(editions):
    """After a withdrawal everything from 12 on cannot come any more, and is told apart from what is not yet."""
    ended = follow(editions, case_of(editions, "political_review"), Withdraw(on=date(2024, 5, 2)))
    plate = progress_plate(editions, ended, date(2024, 5, 3), "en")
    assert {look for number, look in looks(plate).items() if number >= 12} == {"unreachable"}
    assert boxes(plate)[12].lines == (f"{SYMBOLS['unreachable']} out of reach",)
    assert pending_of(BoundCase(editions, ended), today=date(2024, 5, 3)) == {}
    before = progress_plate(editions, case_of(editions, "political_review"), date(2024, 5, 3), "en")
    assert "unreachable" not in looks(before).values()


def test_the_old_call_shows_what_it_showed(editions):
    """Without what lies ahead a plate is due, refused and overdue nowhere, and all that is done stays as it is."""
    case = case_of(editions, "committee_talk")
    plain = file_plate(editions.rulebooks[0], case, "zh", date(2024, 9, 1))
    assert {"due", "overdue", "refused"}.isdisjoint(looks(plain).values())
    assert looks(plain)[17] == "current"
    assert [key.code for key in plain.key] == ["key_done", "key_failed", "key_current", "key_blocked", "key_later"]
    full = progress_plate(editions, case, date(2024, 9, 1), "zh")
    done = {number for number, look in looks(plain).items() if look == "done"}
    assert done == {number for number, look in looks(full).items() if look == "done"} == set(range(1, 17))


def test_every_look_on_a_plate_stands_in_its_key(editions):
    """Whatever sign a box begins a line with, the key explains it."""
    for plate in plates(editions):
        explained = {key.look for key in plate.key}
        for node in plate.nodes:
            assert node.look in explained, node
            for look, sign in SYMBOLS.items():
                if any(line.startswith(f"{sign} ") for line in node.lines):
                    assert look in explained, (node.number, look)


def test_the_looks_of_a_file_differ_without_colour():
    """With the colours taken away each look differs by corner, line or pattern."""
    shown: list[Look] = ["done", "failed", "current", "blocked", "later", "due", "overdue", "refused", "unreachable"]
    plain = {
        tuple(styles.NODES[look].get(name) for name in ("shape", "style", "penwidth", "peripheries")) for look in shown
    }
    assert len(plain) == len(shown)


def test_a_plate_with_everything_ahead_can_be_read(editions):
    """Nothing touches anything, everything fits, and it hangs across."""
    for plate in plates(editions):
        legible.assert_free(plate)
        sheet = sheet_of(plate)
        assert 1.2 <= sheet.width / sheet.height <= 1.6
        for engine in engines():
            legible.assert_fits(plate, engine)


def strings(value):
    """Every string in plain data."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from strings(inner)


def marked(act):
    """The act with every name in it, and every free text, made a mark."""
    changes = {}
    for name in ("people", "talkers"):
        people = getattr(act, name, None)
        if isinstance(people, tuple):
            changes[name] = tuple(evolve(person, name=f"SECRET-{n}") for n, person in enumerate(people))
    return evolve(act, note="SECRET-note", reason="SECRET-reason", **changes)


def test_no_name_is_in_a_box_or_a_tooltip(editions):
    """A file whose names and remarks are all marked leaves no mark on its plate, in no language, at no stage."""
    for until in ("mentors", "sponsors", "committee_talk", "conversion_application"):
        case = case_of(editions, until)
        file = evolve(case.file, name="SECRET-name", id="SECRET-id")
        case = evolve(case, file=file, acts=tuple(marked(act) for act in case.acts))
        said = [text for act in case.acts for text in strings(dump(act)) if "SECRET" in text]
        assert said
        for today in (date(2024, 1, 5), date(2025, 12, 31)):
            for lang in LANGS:
                plate = progress_plate(editions, case, today, lang)
                assert "SECRET" not in dot_of(plate)
                assert not any("SECRET" in node.tooltip for node in plate.nodes)
                for name in ("申请人甲", "党员乙", "党员丙", "组织员丁", "示例第一党支部"):
                    assert name not in dot_of(plate)


def test_another_rule_is_another_plate(editions):
    """A limit that another rulebook would set is shown as that book words it, nasty text and all, literally."""
    case = case_of(editions, "committee_talk")
    rulebook = editions.rulebooks[0]
    some = next(rule for rule in rulebook.rules if rule.code == "approval-within-3-months")
    nasty = evolve(some, clause=evolve(some.clause, zh=NASTY))
    limit = PendingLimit(rule=nasty, last_day=date(2024, 12, 24), overdue=False)
    plate = file_plate(rulebook, case, "zh", date(2024, 9, 1), pending={"admission_approval": Pending(limits=(limit,))})
    node = boxes(plate)[17]
    assert node.look == "due"
    assert f"{SYMBOLS['due']} 最迟 2024-12-24 办理" in node.lines
    assert NASTY in node.tooltip
    source = dot_of(plate)
    assert "tooltip=<" not in source
