"""What an act takes, as a JSON Schema: valid, met by lawful evidence, and in words that are read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from strategies import OUTCOMES, evidence

import recruitment
from recruitment.base.errors import BadInput
from recruitment.base.label import Lang
from recruitment.base.structure.values import fields_of
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.forms import LEFT_OUT, form
from recruitment.record.acts import ACTS, Apply, File
from recruitment.record.evidence import Branch, Committee

EDITIONS = recruitment.load_rulebooks()
EVERY = [(rulebook, act) for rulebook in EDITIONS.rulebooks for act in rulebook.by_code]
IDS = [f"{rulebook.code}-{act}" for rulebook, act in EVERY]


def choices_of(found: dict[str, Any], where: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every set of choices in a schema with the path of its field."""
    if "oneOf" in found:
        yield where, tuple((choice["const"], choice["title"]) for choice in found["oneOf"])
    for part in (*found.get("anyOf", ()), *([found["items"]] if "items" in found else [])):
        yield from choices_of(part, where)
    for key, value in found.get("properties", {}).items():
        yield from choices_of(value, f"{where}.{key}")


def titled(found: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema with its path."""
    for key, value in found.get("properties", {}).items():
        yield f"{where}.{key}", value
        yield from titled(value, f"{where}.{key}")
    for part in (*found.get("anyOf", ()), *([found["items"]] if "items" in found else [])):
        yield from titled(part, where)


@pytest.mark.parametrize(("rulebook", "act"), EVERY, ids=IDS)
def test_lawful_evidence_fits_the_form(rulebook: Rulebook, act: str) -> None:
    """The form of every act in both editions is a valid schema, and what the rules admit is admitted by it."""
    for outcome in {outcome.code for outcome in rulebook.by_code[act].outcomes}:
        for asked in (None, outcome):
            found = form(act, asked, "zh", rulebook)
            Draft202012Validator.check_schema(found)
            Draft202012Validator(found).validate(evidence(act, outcome, date(2026, 9, 20)))
            assert not Draft202012Validator(found).is_valid({"act": act, "on": "2026-09-20", "colour": "red"})


@pytest.mark.parametrize(("rulebook", "act"), EVERY, ids=IDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_choice_is_read_back(rulebook: Rulebook, act: str, lang: Lang) -> None:
    """Each title of a choice is understood by the reader of words as its code, in the place where it stands."""
    for where, choices in choices_of(form(act, lang=lang, edition=rulebook), act):
        for code, title in choices:
            assert EDITIONS.synonyms.codes(title, [one for one, _ in choices]) == (code,), (where, title)


@pytest.mark.parametrize(("rulebook", "act"), EVERY, ids=IDS)
def test_every_field_of_the_class_has_its_name(rulebook: Rulebook, act: str) -> None:
    """No field is missing, and each has a name and says how it is written, in Chinese without a code."""
    found = form(act, edition=rulebook)
    keys = {key for key in fields_of(ACTS[act]) if key not in LEFT_OUT}
    outcome = {"outcome"} if act in OUTCOMES else set()
    assert set(found["properties"]) == {"act", *keys, *outcome}
    for where, value in titled(found, act):
        if not where.endswith(".act"):
            assert value["description"], where
        assert not value.get("title", "键").isascii(), where


def test_a_rule_is_named_where_it_asks() -> None:
    """A field says which rules ask for it, with their articles, also in its parts; where none asks, none is named."""
    found = form("admission_meeting", "passed", edition="2026")["properties"]
    ballot = {rule["rule"]: rule for rule in found["ballot"]["x-rules"]}
    assert ballot["meeting-quorum"]["article"] == "第十九条、第三十二条"
    assert ballot["meeting-quorum"]["force"] == "bar"
    assert ballot["meeting-quorum"]["title"] == EDITIONS.named("2026").title("meeting-quorum", "zh")
    inner = found["ballot"]["properties"]["attended"]["x-rules"]
    assert {rule["rule"] for rule in inner} <= set(ballot)
    assert all(rule["clause"] for rule in inner)
    assert "x-rules" not in found["note"]
    known = {rule.code for rule in EDITIONS.named("2026").rules}
    for where, value in titled(form("admission_meeting", edition="2026"), ""):
        assert {rule["rule"] for rule in value.get("x-rules", ())} <= known, where


def test_what_a_bar_cannot_do_without_is_required() -> None:
    """A bar that asks for a field makes it required; a failed vote needs its counts, a meeting without quorum fewer."""
    assert form("apply")["required"] == ["act", "on", "papers", "tie"]
    assert form("conversion_meeting")["required"] == ["act", "on", "outcome", "ballot"]
    passed, short = (form("admission_meeting", outcome) for outcome in ("passed", "no_quorum"))
    assert "attended" in passed["properties"]["ballot"]["required"]
    assert "for" not in short["properties"]["ballot"].get("required", ())
    assert not Draft202012Validator(passed).is_valid({"act": "admission_meeting", "on": "2026-09-20"})


def test_outcomes_are_those_of_the_edition() -> None:
    """What one edition calls filed the other calls agreed; a single outcome leaves one choice."""
    for edition, expected in (("2014", "filed"), ("2026", "agreed")):
        choices = form("candidate_filing", edition=edition)["properties"]["outcome"]
        assert choices["default"] == expected
    (only,) = form("activist", "not_chosen")["properties"]["outcome"]["oneOf"]
    assert only["const"] == "not_chosen"


def test_the_branch_of_a_case_is_offered() -> None:
    """With a case, what its branch is known to be is the default: the branch, and the committee above it."""
    above = Committee(kind="primary_committee", approves=True)
    file = File(id="1", branch=Branch(name="示例第一党支部", above=above))
    case = recruitment.open_case(EDITIONS, file)
    first = recruitment.judge(EDITIONS, case, Apply(on=date(2026, 9, 1)), today=date(2026, 9, 1)).case
    found = form("pre_review", case=first)["properties"]
    assert found["branch"]["default"]["name"] == "示例第一党支部"
    assert found["committee"]["default"] == {"kind": "primary_committee", "approves": True}
    assert "default" not in form("pre_review")["properties"]["branch"]
    assert form("conversion_meeting")["properties"]["ground"]["default"] == "end_of_probation"


def test_titles_are_in_the_language_asked_for() -> None:
    """In English the same form has English titles."""
    found = form("talk", lang="en")
    assert found["title"] == EDITIONS.rulebooks[-1].by_code["talk"].en
    assert found["properties"]["topics"]["title"] == "subjects of the talk"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("talks",), "act: there is no 'talks'; did you mean talk?"),
        (("activist", "chosn"), "outcome: there is no 'chosn'; did you mean chosen?"),
        (("activist", None, "zh", "2015"), "edition: there is no '2015'; did you mean 2014?"),
    ],
)
def test_a_form_of_nothing_is_bad_input(words: tuple[Any, ...], sentence: str) -> None:
    """An act, an outcome or an edition that does not exist is named, with the nearest."""
    with pytest.raises(BadInput) as found:
        form(*words)
    assert found.value.en.startswith(sentence)


def test_the_form_is_public() -> None:
    """It is importable from the package itself."""
    assert recruitment.form is form
