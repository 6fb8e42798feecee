"""A record held against other rulebooks: what would come out otherwise, and that nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from recruitment import BadInput, Ledger, Office, load_rulebooks
from recruitment.base.dates import Span
from recruitment.engine.rejudge import Rejudged, Verdict, rejudge
from recruitment.formats.dossier.documents import act_data, read_act, read_path
from recruitment.law.comparisons import DateLimit
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Citation, Document, Force, LocalRule, Overlay, Rule, Rulebook
from recruitment.record.acts import Talk

TODAY = date(2026, 11, 22)
REGULAR = Path(__file__).parents[1] / "examples" / "dossiers" / "regular.json"
FILE, ACTS = read_path(REGULAR)[0]
PLACE = {act.code: n for n, act in enumerate(ACTS)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose ledger holds the regular file."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, load_rulebooks())
        assert office.import_files([(FILE, ACTS)], today=TODAY).written
        yield office


def with_force(editions: Editions, code: str, force: Force) -> Editions:
    """The rulebooks with another force of one rule: what a later state of them may say."""

    def other(rule: Rule) -> Rule:
        return evolve(rule, force=force) if rule.code == code else rule

    return Editions(rulebooks=tuple(evolve(b, rules=tuple(map(other, b.rules))) for b in editions.rulebooks))


def values(rejudged: Rejudged) -> set[tuple[str, str, str | None, str | None]]:
    """Each change as act, rule, and the value before and after."""
    return {
        (
            ACTS[c.index].code,
            c.rule,
            c.before.value if c.before else None,
            c.after.value if c.after else None,
        )
        for c in rejudged.changes
    }


def test_under_the_same_rulebooks_nothing_comes_out_otherwise(office: Office) -> None:
    """By the rulebooks that it was recorded under a file comes out as it stands, act by act."""
    found = office.rejudge(FILE.id, today=TODAY)
    assert (found.changes, found.refused, found.moved, found.other_books) == ((), (), False, False)
    assert len(found.steps) == len(ACTS)


def test_another_edition_shows_what_it_asks_for_beside_what_was_recorded(office: Office) -> None:
    """Under 2026 a file of 2022 lacks the public notice, and the machine would refuse the acts that need it."""
    found = office.rejudge(FILE.id, today=TODAY, edition="2026")
    assert ("candidate_filing", "publicity-5-workdays", None, "unknown") in values(found)
    assert {step.act.code for step in found.refused} >= {"candidate_filing"}
    assert {f.rule.code for f in found.steps[PLACE["candidate_filing"]].refused_by} >= {"publicity-5-workdays"}
    assert {step.now[0] for step in found.steps} == {"2026"}
    assert {step.then[0] for step in found.steps} == {"2014"}
    assert all(change.after is None or change.after.edition == "2026" for change in found.changes)


def test_a_rule_that_has_changed_since_is_shown_by_value_and_by_hash(office: Office) -> None:
    """A duty that was not met and has become a bar since: the value stays, and the act would be refused."""
    late = read_act(act_data(ACTS[1]) | {"on": "2022-11-25"})
    name = "2022-0008"
    assert office.open(evolve(FILE, id=name), ACTS[0], today=TODAY).recorded
    assert office.advance(name, late, today=TODAY).recorded
    stricter = Office(office.ledger, with_force(office.editions, "talk-within-1-month", "bar"))
    found = stricter.rejudge(name, today=TODAY)
    assert found.other_books
    assert found.changes == ()
    (step,) = found.refused
    assert (step.act.code, [f.rule.code for f in step.refused_by]) == ("talk", ["talk-within-1-month"])


def test_where_an_outcome_no_longer_counts_the_file_stands_elsewhere(office: Office) -> None:
    """The state and standing that the new judgement would lead to are told beside the recorded ones."""

    def undone(rulebook: Rulebook) -> Rulebook:
        return evolve(
            rulebook,
            procedures=tuple(
                evolve(p, outcomes=tuple(evolve(o, done=False) for o in p.outcomes)) if p.code == "archive" else p
                for p in rulebook.procedures
            ),
        )

    verdicts = [
        Verdict(edition=e.edition, rulebook_hash=e.rulebook_hash, findings=e.findings) for e in office.history(FILE.id)
    ]
    other = Editions(rulebooks=tuple(map(undone, office.editions.rulebooks)))
    found = rejudge(other, office.case(FILE.id), verdicts, today=TODAY)
    assert found.moved
    assert found.case.standing == "full"
    assert "archive" in found.case.state.done
    assert "archive" not in found.after.state.done


def test_what_was_let_through_on_trust_is_no_refusal(tmp_path: Path) -> None:
    """An act whose evidence was vouched for is not refused for the same gap; for another one it is."""
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        office = Office(ledger, load_rulebooks())
        bare = [evolve(act, topics=()) if isinstance(act, Talk) else act for act in ACTS]
        file = evolve(FILE, complete=False)
        cut = [act for act in bare if act.code != "mentors"]
        assert office.import_files([(file, cut)], today=TODAY, on_trust="老档案").written
        assert office.rejudge(FILE.id, today=TODAY).refused == ()
        assert office.rejudge(FILE.id, today=TODAY, edition="2026").refused


@pytest.mark.parametrize(
    ("index", "steps"),
    [
        (1, [{"on": "2022-11-25"}, {"on": "2022-09-20"}]),  # the talk late, and in time again
        (
            0,
            [{"received": "2022-08-01", "on": "2022-08-01"}, {"received": "2022-09-02"}],
        ),  # the same by what it rests on
        (PLACE["admission_approval"], [{"on": "2024-06-19"}]),  # what is unknown in the entry stays so
        (PLACE["admission_approval"], [{"deliberated": "2024-06-01"}]),  # and is known now
    ],
)
def test_a_corrected_file_is_held_against_what_the_correction_found(
    office: Office, index: int, steps: list[dict[str, Any]]
) -> None:
    """After each correction the record is what it found; judged once more by the same rulebooks nothing differs."""
    for step in steps:
        correction = {"act": "correct", "on": TODAY.isoformat(), "reason": "笔误", "index": index}
        correction["with"] = act_data(ACTS[index]) | step
        assert office.advance(FILE.id, read_act(correction), today=TODAY).recorded
        found = office.rejudge(FILE.id, today=TODAY)
        assert (found.changes, found.refused, found.moved) == ((), (), False)
        assert len(found.steps) == len(ACTS)


def test_an_unknown_edition_and_an_unknown_local_edition_are_one_sentence_each(office: Office) -> None:
    """What is not known is named with what is."""
    with pytest.raises(BadInput, match="there is no edition 2015; did you mean 2014"):
        office.rejudge(FILE.id, today=TODAY, edition="2015")
    with pytest.raises(BadInput, match="nowhere"):
        office.rejudge(FILE.id, today=TODAY, overlays=("nowhere",))


def test_a_local_edition_shows_what_it_would_ask_for_beside(office: Office) -> None:
    """With a local edition laid on, its own rules are judged as well, and named with their edition."""
    rule = next(rule for rule in office.editions.named("2014").rules if rule.code == "talk-within-1-month")
    (limit,) = rule.compare
    assert isinstance(limit, DateLimit)
    local = evolve(
        rule,
        code="somewhere.talk-within-10-days",
        force="bar",
        citation=Citation(document="somewhere"),
        compare=(evolve(limit, span=Span(10, "day")),),
    )
    overlay = Overlay(
        code="somewhere",
        zh="某地规定",
        en="somewhere",
        in_force=date(2015, 1, 1),
        on=("2014",),
        documents=(Document(code="somewhere", zh="《某地规定》", en="Somewhere"),),
        rules=(LocalRule(rule=local, file="somewhere.toml"),),
        source="invented",
        checked_on=TODAY,
    )
    office = Office(office.ledger, Editions(rulebooks=office.editions.rulebooks, overlays=(overlay,)))
    found = office.rejudge(FILE.id, today=TODAY, edition="2014", overlays=("somewhere",))
    (change,) = found.changes
    assert (change.index, change.rule, change.before) == (1, "somewhere.talk-within-10-days", None)
    assert change.after is not None
    assert (change.after.value, change.after.edition) == ("unmet", "2014+somewhere")
    assert [step.act.code for step in found.refused] == ["talk"]
    assert office.rejudge(FILE.id, today=TODAY, overlays=()).changes == ()
