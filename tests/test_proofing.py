"""Proofing: each check on a whole book fails on a book broken in that way, and says so in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import evolve
from broken import breaking

from recruitment.base.errors import RulebookError
from recruitment.base.structure.values import fields_of
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.law.states import explore
from recruitment.record.acts import ACTS, OTHER_ACTS, PROCEDURES, Correct, File
from recruitment.record.evidence import Level
from recruitment.rulebooks.checks import procedures, rules, values
from recruitment.rulebooks.checks import whole as proofing
from recruitment.rulebooks.load import load_rulebooks, read_rulebooks

CHECKS: dict[str, Any] = {
    check.__name__: check
    for check in (
        *proofing.EDITIONS,
        *procedures.ORDER,
        *procedures.WORDING,
        *rules.RULES,
        *procedures.REACH,
        proofing._same_states,
    )
}


@pytest.mark.parametrize("path", breaking.cases("proofing"))
def test_a_broken_book_is_answered_with_the_words_pinned_beside_it(path: Path, tmp_path: Path) -> None:
    """Each broken book brings exactly the faults that its case names, in both languages."""
    case = breaking.case(path)
    found = breaking.faults(breaking.changed(breaking.copied(tmp_path), case["change"]))
    assert found == (case["en"], case["zh"])


@pytest.mark.parametrize("path", breaking.cases("proofing"))
def test_the_check_that_a_case_names_is_the_one_that_finds_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put to the broken book alone, the named check finds faults, and only such as the case names."""
    case = breaking.case(path)
    shelf = breaking.changed(breaking.copied(tmp_path), case["change"])
    monkeypatch.setattr(proofing, "check_rulebooks", lambda _: None)
    editions = read_rulebooks(shelf)
    check = CHECKS[case["check"]]
    if check in proofing.EDITIONS:
        found = [fault.words("en") for fault in check(editions)]
    elif check is proofing._same_states:
        found = [fault.words("en") for fault in check(editions, [explore(rulebook) for rulebook in editions.rulebooks])]
    else:
        found = [
            fault.within(rulebook.code).words("en")
            for rulebook in editions.rulebooks
            for fault in (check(rulebook, explore(rulebook)) if check in procedures.REACH else check(rulebook))
        ]
    assert found
    assert set(found) <= set(case["en"])


def test_every_check_has_a_broken_book() -> None:
    """No check is without a case that it finds, and no case names a check that does not exist."""
    named = {breaking.case(param.values[0])["check"] for param in breaking.cases("proofing")}
    assert named == set(CHECKS)


def test_the_books_of_record_pass() -> None:
    """What is shipped has no fault."""
    proofing.check_rulebooks(load_rulebooks())


def faults_of(*editions: Rulebook) -> list[str]:
    """The faults of a shelf of these editions."""
    with pytest.raises(RulebookError) as raised:
        proofing.check_rulebooks(Editions(rulebooks=editions))
    return [fault.words("en") for fault in raised.value.faults]


def test_no_edition_at_all() -> None:
    """A shelf without an edition judges nothing, so it is refused."""
    assert faults_of() == ["index.toml: no edition is named; name one"]


def test_one_edition_alone_passes() -> None:
    """A shelf may hold a single edition."""
    proofing.check_rulebooks(Editions(rulebooks=(evolve(load_rulebooks().rulebooks[0], until=None),)))


@pytest.mark.parametrize("end", [date(2026, 5, 10), date(2026, 5, 12), None])
def test_a_gap_or_an_overlap_between_editions(end: date | None) -> None:
    """One edition ends on the day on which the next begins; a day less is a gap, a day more an overlap."""
    first, last = load_rulebooks().rulebooks
    found = faults_of(evolve(first, until=end), last)
    assert found == [f"2014: until: {end} is not 2026-05-11, when 2026 comes into force"]


def test_a_last_edition_that_ends() -> None:
    """The last edition is in force until another one is known."""
    first, last = load_rulebooks().rulebooks
    assert faults_of(first, evolve(last, until=date(2030, 1, 1))) == ["2026: until: the last edition has no end"]


def test_editions_in_the_wrong_order() -> None:
    """The older edition stands first."""
    first, last = load_rulebooks().rulebooks
    found = faults_of(evolve(last, until=first.in_force), evolve(first, until=None))
    assert "2014: in_force: 2014-05-28 is not after 2026-05-11, the day of 2026" in found


def test_an_edition_twice() -> None:
    """No two editions have one name."""
    first, last = load_rulebooks().rulebooks
    assert "index.toml: the edition 2026 is written 2 times; keep one" in faults_of(evolve(first, code="2026"), last)


def test_every_fault_of_every_edition_is_named_at_once(tmp_path: Path) -> None:
    """Three faults of three sorts in two editions come in one error."""
    changes: list[dict[str, Any]] = [
        {"file": "2014/stage-1.toml", "find": '"talk_record"', "write": '"talk_recrod"'},
        {"file": "2026/stage-1.toml", "find": 'anchor = "file.born"', "write": 'anchor = "file.bron"'},
        {"file": "2026/stage-2.toml", "find": 'document = "branch-2018"', "write": 'document = "branch"'},
    ]
    found, _ = breaking.faults(breaking.changed(breaking.copied(tmp_path), changes))
    assert found == [
        "2014: procedure talk.papers: 'talk_recrod' is no paper; did you mean talk_record?",
        (
            "2026: rule branch-committee-quorum.document: 'branch' is no document of the index; "
            "did you mean branch-2018?"
        ),
        "2026: rule age-18.compare[0].anchor: file has no 'bron'; did you mean born?",
    ]


@pytest.mark.parametrize(
    ("path", "act", "sort"),
    [
        ("on", "talk", values.Sort("day")),
        ("outcome", "talk", values.Sort("word", words=("done",))),
        ("outcome", "pre_review", values.Sort("word", words=("passed", "failed"))),
        ("from", "training", values.Sort("day")),
        ("inquiries", "political_review", values.Sort("day", many=True)),
        ("ballot.for", "admission_meeting", values.Sort("number")),
        ("committee.approves", "pre_review", values.Sort("truth")),
        ("training.hours", "talk", values.Sort("number")),
        ("file.mobile", "talk", values.Sort("truth")),
        ("branch.temporary_may_admit", "talk", values.Sort("text")),
        ("case.leaving", "talk", values.Sort("day")),
        ("case.extensions", "talk", values.Sort("number")),
        ("oath.ons", "talk", values.Missing("ons", "oath", tuple(fields_of(ACTS["oath"])))),
        ("people.name", "sponsors", values.Missing("name", "people", ())),
        ("on.year", "talk", values.Missing("year", "on", ())),
        (
            "case.ending",
            "talk",
            values.Missing("ending", "case", tuple(values.CASE)),
        ),
        ("file.", "talk", values.Missing("", "file", tuple(fields_of(File)))),
        ("transfer_in.on", "talk", values.Sort("day")),
        ("level", "not_recognized", values.Sort("word", words=get_args(Level))),
        ("correct.on", "talk", None),
        ("", "talk", None),
        ("branch..name", "talk", None),
    ],
)
def test_what_stands_at_a_path(path: str, act: str, sort: values.Sort | values.Missing | None) -> None:
    """A path is known by the type of what the record holds there; None stands for missing."""
    found = values.resolve(path, act)
    if sort is None:
        assert isinstance(found, values.Missing)
    else:
        assert found == sort


def test_every_key_of_every_act_has_a_sort() -> None:
    """No evidence of the 25 acts, or of those beside them, is of a type that proofing cannot tell."""
    for kind in (*PROCEDURES, *(kind for kind in OTHER_ACTS if kind is not Correct)):
        for key in fields_of(kind):
            found = values.resolve(key, kind.code)
            assert isinstance(found, values.Sort), (kind.code, key)
            assert found.kind != "table" or found.cls is not None or key == "reasons"
            assert found.kind != "word" or found.words
