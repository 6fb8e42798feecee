"""The dossier: read strictly, every fault named, written back exactly, and described by its published schema."""

import json
import types
import typing
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment.base.errors import BadInput
from recruitment.base.structure import schemas
from recruitment.formats.dossier import documents as dossier
from recruitment.formats.dossier import schema as dossier_schema
from recruitment.record import acts as facts
from recruitment.record import evidence

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "dossiers"
FORMAT = "member-development/dossier/1"
DAY = "2024-05-20"


def document(*acts, **file):
    """The text of a dossier with one file."""
    return json.dumps({"format": FORMAT, "files": [{"id": "a", **file, "acts": list(acts)}]})


def faults_of(text):
    """The faults of a text, in words: place, English, Chinese."""
    with pytest.raises(BadInput) as caught:
        dossier.read(text)
    return caught.value.faults


def act(code, **keys):
    """An act as data."""
    return {"act": code, "on": DAY, **keys}


# ------------------------------------------------------------------------------------------- faults

FAULTS = {
    "unknown act": (
        act("activits"),
        "files[0].acts[0].act: 'activits' is not an act; did you mean activist?",
    ),
    "act that is no text": (act(7), "files[0].acts[0].act: 7 is not an act"),
    "no act": ({"on": DAY}, "files[0].acts[0]: the key act is missing; add it"),
    "act that is no object": ([], "files[0].acts[0]: [] is not an object with named keys"),
    "no date": ({"act": "oath"}, "files[0].acts[0]: the key on is missing; add it"),
    "unknown key": (
        act("training", huors=24),
        "files[0].acts[0].huors: this key is not known here; did you mean hours?",
    ),
    "negative number": (
        act("admission_meeting", ballot={"for": -1}),
        "files[0].acts[0].ballot.for: -1 is not a whole number from 0 to 1000000",
    ),
    "true as a number": (
        act("training", days=True),
        "files[0].acts[0].days: true is not a whole number from 0 to 1000000",
    ),
    "number as a truth": (
        act("application_form", sponsors_wrote=1),
        "files[0].acts[0].sponsors_wrote: 1 is not true or false",
    ),
    "fraction": (
        act("training", days=2.5),
        "files[0].acts[0].days: 2.5 is not a whole number from 0 to 1000000",
    ),
    "unknown word": (
        act("oath", organizer="brunch"),
        (
            "files[0].acts[0].organizer: 'brunch' is not one of primary_committee, general_branch, branch, "
            "county_or_above; did you mean branch?"
        ),
    ),
    "word in a list": (
        act("talk", topics=["law", 3]),
        "files[0].acts[0].topics[1]: 3 is not one of history, view, motive, law, family, introduced",
    ),
    "no list": (act("talk", topics="law"), "files[0].acts[0].topics: 'law' is not a list"),
    "no text": (act("withdraw", note=5), "files[0].acts[0].note: 5 is not a text"),
    "long text": (
        act("withdraw", note="x" * 10_001),
        "files[0].acts[0].note: the text has 10001 characters; at most 10000 are read",
    ),
    "lone surrogate": (
        act("withdraw", note="\ud800"),
        "files[0].acts[0].note: the text holds a character that no file can hold; write it again",
    ),
    "reason under a strange code": (
        act("oath", reasons={"\ud800": "x"}),
        "files[0].acts[0].reasons.'?': the text holds a character that no file can hold; write it again",
    ),
    "outcome of another act": (
        act("activist", outcome="filed"),
        "files[0].acts[0].outcome: 'filed' is not one of chosen, not_chosen",
    ),
    "outcome where there is none": (
        act("oath", outcome="passed"),
        "files[0].acts[0].outcome: this act has no outcome; leave the key out",
    ),
    "no outcome": (act("conversion_meeting"), "files[0].acts[0]: the key outcome is missing; add it"),
    "outcome null": (
        act("conversion_meeting", outcome=None),
        "files[0].acts[0].outcome: null is not one of convert, extend, cancel, failed, no_quorum",
    ),
    "training backwards": (
        act("training", **{"from": "2024-03-17", "to": "2024-03-15"}),
        "files[0].acts[0]: from 2024-03-17 is after to 2024-03-15; exchange or correct them",
    ),
    "publicity backwards": (
        act("candidate_filing", publicity={"from": "2024-03-17", "to": "2024-03-15"}),
        "files[0].acts[0].publicity: from 2024-03-17 is after to 2024-03-15; exchange or correct them",
    ),
    "probation backwards": (
        act("admission_approval", probation={"from": "2024-03-17", "to": "2024-03-15"}),
        "files[0].acts[0].probation: from 2024-03-17 is after to 2024-03-15; exchange or correct them",
    ),
    "correction of both": (
        act("correct", index=0, field="name", **{"with": None}),
        "files[0].acts[0]: name either the act (index) or the fact of the file (field), not both",
    ),
    "correction of neither": (
        act("correct", **{"with": None}),
        "files[0].acts[0]: name either the act (index) or the fact of the file (field)",
    ),
    "correction without what stands instead": (
        act("correct", index=0),
        "files[0].acts[0]: the key with is missing; add it",
    ),
    "correction by a broken act": (
        act("correct", index=0, **{"with": {"act": "oath"}}),
        "files[0].acts[0].with: the key on is missing; add it",
    ),
    "correction of a day by a name": (
        act("correct", field="born", **{"with": "x"}),
        "files[0].acts[0].with: 'x' is not a date; write it as YYYY-MM-DD with ordinary digits",
    ),
    "correction of an unknown field": (
        act("correct", field="nmae", **{"with": "x"}),
        "files[0].acts[0].field: 'nmae' is not one of name, born, branch, mobile, expelled_on; did you mean name?",
    ),
    "correction of mobile by null": (
        act("correct", field="mobile", **{"with": None}),
        "files[0].acts[0].with: null is not true or false",
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_of_an_act_is_one_sentence_with_its_place(kind):
    """Every kind of fault has its place and its words in English, and other words in Chinese."""
    data, said = FAULTS[kind]
    faults = faults_of(document(data))
    assert [fault.words("en") for fault in faults] == [said]
    assert all(any("\u4e00" <= c <= "\u9fff" for c in fault.label.zh) for fault in faults)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2023-02-30", "2023-02-30 is not a day of the calendar; write one that exists"),
        ("0001-01-01", "0001-01-01 is outside 1921-01-01 to 2199-12-31; correct the year"),
        ("9999-12-31", "9999-12-31 is outside 1921-01-01 to 2199-12-31; correct the year"),
        ("2023-02-1２", "'2023-02-1２' is not a date; write it as YYYY-MM-DD with ordinary digits"),
        ("2023-2-3", "'2023-2-3' is not a date; write it as YYYY-MM-DD with ordinary digits"),
        ("2024-01-01\n", "'2024-01-01?' is not a date; write it as YYYY-MM-DD with ordinary digits"),
        (20240101, "20240101 is not a date; write it as YYYY-MM-DD with ordinary digits"),
        (None, "null is not a date; write it as YYYY-MM-DD with ordinary digits"),
    ],
)
def test_days_that_are_none(day, said):
    """A day that is not of the calendar, of another century or in other digits is refused, the second time too."""
    for _ in range(2):
        assert [f.words("en") for f in faults_of(document({"act": "oath", "on": day}))] == [
            f"files[0].acts[0].on: {said}"
        ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1: this is not JSON: Expecting value"),
        ("[1, 2", "line 1, column 6: this is not JSON: Expecting ',' delimiter"),
        ("[]", "[] is not an object with named keys"),
        ("{}", "format: the key format is missing; add it"),
        ('{"format": 3}', f"format: 3 is not a dossier; write {FORMAT}"),
        (
            '{"format": "member-development/dossier/2", "files": 5}',
            (
                f"format: this is 'member-development/dossier/2'; this library reads {FORMAT}, "
                "so export it as that version"
            ),
        ),
        (f'{{"format": "{FORMAT}"}}', "the key files is missing; add it"),
        (f'{{"format": "{FORMAT}", "files": {{}}}}', "files: {} is not a list"),
        (
            f'{{"format": "{FORMAT}", "files": [], "file": 1}}',
            "file: this key is not known here; did you mean files?",
        ),
        (
            f'{{"format": "{FORMAT}", "files": [{{"id": " ", "acts": []}}]}}',
            "files[0].id: the id is empty; give the file a key of its own",
        ),
        (
            f'{{"format": "{FORMAT}", "files": [{{"id": "a"}}]}}',
            "files[0]: the key acts is missing; add it",
        ),
        (
            f'{{"format": "{FORMAT}", "files": [{{"id": "a", "acts": 1}}]}}',
            "files[0].acts: 1 is not a list",
        ),
        (
            f'{{"format": "{FORMAT}", "files": [{{"id": "a", "acts": []}}, {{"id": "a", "acts": []}}]}}',
            "files[1].id: 'a' is already the id of files[0]; give each file its own",
        ),
        (
            f'{{"format": "{FORMAT}", "files": [{{"id": "a", "id": "b", "acts": []}}]}}',
            "files[0].id: this key is written twice; keep one",
        ),
        ("[" * 100_000, "the document is nested too deeply; write it as the format says"),
        (b"\xff\xfe", "byte 1 is not UTF-8; save the file as UTF-8"),
    ],
)
def test_documents_that_are_none(text, said):
    """A document that is malformed, of another version, too deep, or holds a key or an id twice says so."""
    fault = faults_of(text)[0]
    assert (fault.words("en") if fault.where or not said.startswith("format") else f"format: {fault.label.en}") == said
    assert fault.label.zh != fault.label.en


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("1e400", "inf"),
        ("9" * 5000, "9" * 57 + "…"),
        ("9" * 100, "9" * 57 + "…"),
    ],
)
def test_numbers_that_no_record_holds(number, shown):
    """NaN, infinities and numbers of thousands of digits are faults at their place, not a crash."""
    text = document(act("training", days="HERE")).replace('"HERE"', number)
    said = [f.words("en") for f in faults_of(text)]
    assert said == [f"files[0].acts[0].days: {shown} is not a whole number from 0 to 1000000"]


def test_a_huge_number_and_deep_lists_handed_over_as_values_are_faults_too():
    """`read_act` takes plain values, so what `json` would have refused still gets a sentence."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (10**5000, deep):
        with pytest.raises(BadInput, match=r"^here\.days: this (int|list) is not a whole number"):
            dossier.read_act(act("training", days=value), "here")


def test_all_faults_are_named_at_once():
    """Faults of several acts and files are reported together, in the order of the document."""
    text = json.dumps(
        {
            "format": FORMAT,
            "files": [
                {"id": "a", "acts": [act("oath", organiser="x"), act("training", hours=-1)]},
                {"id": "", "acts": [act("nope")]},
            ],
        }
    )
    assert [f.where for f in faults_of(text)] == [
        "files[0].acts[0].organiser",
        "files[0].acts[1].hours",
        "files[1].id",
        "files[1].acts[0].act",
    ]


def test_no_more_than_two_hundred_faults_are_listed():
    """Beyond 200 faults the rest is counted, in a document as in a stream."""
    one = {"id": "a", "acts": [act("oath", organizer="x") for _ in range(250)]}
    head = {"format": FORMAT}
    for text in (json.dumps({**head, "files": [one]}), f"{json.dumps(head)}\n{json.dumps(one)}\n"):
        faults = faults_of(text)
        assert len(faults) == 201
        assert faults[-1].words("en") == "and 50 more"
        assert faults[-1].words("zh") == "另有 50 处"


# ------------------------------------------------------------------------------------------- forms


def test_json_lines_are_read_like_a_document():
    """A first line with the format and one file a line gives what the document gives; blank lines and a BOM pass."""
    entries = dossier.read_path(EXAMPLES / "regular.json") + dossier.read_path(EXAMPLES / "worked-2026.json")
    text = "".join(dossier.write_lines(entries))
    assert dossier.read(text) == entries
    assert dossier.read(("\ufeff" + text.replace("\n", "\r\n\r\n")).encode()) == entries
    assert dossier.read("\ufeff" + dossier.write_text(entries)) == entries


def test_faults_in_json_lines_name_their_line():
    """Every fault of a stream begins with its line, whatever it is, and the good files come first."""
    good = json.dumps({"id": "a", "acts": []})
    lines = [
        json.dumps({"format": FORMAT, "fils": 1}),
        good,
        good,
        "{",
        json.dumps({"id": "b", "acts": [act("oath", organizer="x")]}),
        "[" * 100_000,
    ]
    stream = dossier.read_lines([*lines, b"\xff"])
    assert next(stream)[0].id == "a"
    with pytest.raises(BadInput) as caught:
        list(stream)
    assert [f.where for f in caught.value.faults] == [
        "line 1: fils",
        "line 3: id",
        "line 4, column 2",
        "line 5: acts[0].organizer",
        "line 6",
        "line 7",
    ]


def test_a_stream_of_another_version_is_not_read_on():
    """Under another version one fault is enough: the lines below are not this format."""
    text = '{"format": "member-development/dossier/9"}\n{"id": 5}\n{"id": 6}'
    assert [f.where for f in faults_of(text)] == ["line 1: format"]


def test_a_path_that_cannot_be_read_is_one_sentence(tmp_path, monkeypatch):
    """A missing file, a folder, an impossible name and a file that is too large each say so, with the path."""
    big = tmp_path / "big.json"
    big.write_text(" " * 50)
    monkeypatch.setattr(dossier, "LARGEST_DOCUMENT", 10)
    said = {
        tmp_path / "none.json": "there is no such file; look at the path",
        tmp_path: "this is a folder; name a file in it",
        "a\0b": "it cannot be read; look at its rights",
        big: "the file is larger than 0 MiB; split it, or read it as a stream of JSON Lines",
    }
    for path, words in said.items():
        with pytest.raises(BadInput) as caught:
            dossier.read_path(path)
        (fault,) = caught.value.faults
        assert fault.label.en == words
        assert fault.where == str(path).replace("\0", "?")


def test_faults_of_a_path_begin_with_it(tmp_path):
    """A fault of a file on disk begins with the path of that file."""
    path = tmp_path / "a.json"
    path.write_text(document(act("nope")))
    with pytest.raises(BadInput) as caught:
        dossier.read_path(path)
    assert caught.value.faults[0].where == f"{path}: files[0].acts[0].act"


def test_null_is_none_and_a_key_left_out_is_unknown():
    """The two are kept apart, on reading and on writing."""
    told, silent = dossier.read_act(act("pre_review", leaving=None)), dossier.read_act(act("pre_review"))
    assert isinstance(told, facts.PreReview)
    assert isinstance(silent, facts.PreReview)
    assert told.leaving is None
    assert silent.leaving is evidence.UNKNOWN
    assert dossier.act_data(told) == {"act": "pre_review", "on": DAY, "leaving": None}
    assert dossier.act_data(silent) == {"act": "pre_review", "on": DAY}


def test_an_act_is_written_in_a_fixed_order():
    """`act` stands first, then `on`, then the keys in the order of the class, whatever order they were read in."""
    read = dossier.read_act({"hours": 24, "from": DAY, "papers": [], "on": DAY, "act": "training"})
    assert list(dossier.act_data(read)) == ["act", "on", "papers", "from", "hours"]


def test_a_correction_holds_a_whole_act_or_the_fields_own_type():
    """What stands instead is read by what is corrected: an act, a strike-out, a day, a name, a branch, a truth."""
    cases: list[tuple[dict[str, Any], Any, type]] = [
        ({"index": 3}, act("oath", organizer="branch"), facts.Oath),
        ({"index": 3}, None, type(None)),
        ({"field": "born"}, "2001-05-04", date),
        ({"field": "name"}, "2001-05-04", str),
        ({"field": "branch"}, {"name": "x"}, evidence.Branch),
        ({"field": "mobile"}, True, bool),
    ]
    for what, value, kind in cases:
        data = act("correct", **what, **{"with": value})
        read = dossier.read_act(data)
        assert isinstance(read, facts.Correct)
        assert type(read.with_) is kind
        assert dossier.read_act(dossier.act_data(read)) == read
        assert dossier.act_data(read) == data


# ------------------------------------------------------------------------------------------- round trip

IDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
DAYS = st.dates(date(1921, 1, 1), date(2199, 12, 31))
PLAIN = {str: TEXTS, date: DAYS, bool: st.booleans(), int: st.integers(0, 1_000_000)}


def strategy(hint):
    """Values of an annotation, from the classes themselves."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is type(None):
        return st.none()
    if hint is evidence.Unknown:
        return st.just(evidence.UNKNOWN)
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin is tuple:
        return st.lists(strategy(args[0]), max_size=3).map(tuple)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([strategy(arg) for arg in args])
    if attrs.has(hint):
        return st.deferred(lambda: values(hint))
    return st.dictionaries(TEXTS, TEXTS, max_size=2)


def forward(value):
    """The value with its first day not after its last, as the reader asks."""
    first, last = getattr(value, "from_", None), getattr(value, "to", None)
    if isinstance(first, date) and isinstance(last, date) and first > last:
        return attrs.evolve(value, from_=last, to=first)
    return value


def values(cls, **fixed):
    """Values of a class, whole and lawful as a record."""
    hints = typing.get_type_hints(cls)
    fields = {a.alias: strategy(hints[a.name]) for a in attrs.fields(cls)}
    return st.builds(cls, **{**fields, **fixed}).map(forward)


def outcomes(kind):
    """The outcomes that an act may be recorded with."""
    none = [] if kind is facts.ConversionMeeting else [None]
    return st.sampled_from([*none, *kind.outcomes])


PLAIN_ACTS = st.one_of(
    [values(kind, outcome=outcomes(kind)) for kind in facts.ACTS.values() if kind is not facts.Correct]
)


def corrections():
    """Corrections of an act, or of one fact of the file."""
    pairs = st.one_of(
        st.tuples(st.just(evidence.UNKNOWN), st.integers(0, 30), st.none() | PLAIN_ACTS),
        st.tuples(st.just("name"), st.just(evidence.UNKNOWN), st.none() | TEXTS),
        st.tuples(st.just("born"), st.just(evidence.UNKNOWN), st.none() | DAYS),
        st.tuples(st.just("branch"), st.just(evidence.UNKNOWN), st.none() | values(evidence.Branch)),
        st.tuples(st.just("mobile"), st.just(evidence.UNKNOWN), st.booleans()),
    )
    return st.builds(lambda p, on: facts.Correct(on=on, field=p[0], index=p[1], with_=p[2]), pairs, DAYS)


ENTRIES = st.lists(
    st.tuples(
        values(facts.File, id=IDS),
        st.lists(PLAIN_ACTS | corrections(), max_size=3).map(tuple),
    ),
    max_size=2,
    unique_by=lambda entry: entry[0].id,
).map(tuple)
SLOW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", ["regular.json", "worked-2026.json"])
def test_the_examples_come_back_as_they_were(name):
    """Import, export, import is identical, and an export of an export is the same bytes."""
    entries = dossier.read_path(EXAMPLES / name)
    text = dossier.write_text(entries)
    assert dossier.read(text) == entries
    assert dossier.write_text(dossier.read(text.encode())) == text
    assert text.endswith("}\n")


@given(ENTRIES)
@SLOW
def test_any_dossier_comes_back_as_it_was(entries):
    """What can be held can be written, read again to the same values, and written to the same bytes."""
    text = dossier.write_text(entries)
    assert dossier.read(text) == entries
    assert dossier.write_text(dossier.read(text)) == text
    assert tuple(dossier.read_lines(dossier.write_lines(entries))) == entries


# ------------------------------------------------------------------------------------------- schema

VALIDATOR = jsonschema.Draft202012Validator(dossier_schema.dossier_schema())


def test_the_published_schema_is_not_stale():
    """docs/dossier.schema.json is what the classes say today, and a schema of its draft."""
    assert (ROOT / "docs" / "dossier.schema.json").read_text("utf-8") == dossier_schema.dossier_schema_text()
    jsonschema.Draft202012Validator.check_schema(dossier_schema.dossier_schema())


@pytest.mark.parametrize("name", ["regular.json", "worked-2026.json"])
def test_the_schema_accepts_the_examples(name):
    """The example dossiers are valid by the published schema."""
    VALIDATOR.validate(json.loads((EXAMPLES / name).read_text("utf-8")))


@given(ENTRIES)
@SLOW
def test_the_schema_accepts_what_the_reader_accepts(entries):
    """Whatever the library writes, and so reads, is valid by the schema."""
    VALIDATOR.validate(dossier.write(entries))


BEYOND_A_SCHEMA = {
    "training backwards",
    "publicity backwards",
    "probation backwards",
    "lone surrogate",
    "reason under a strange code",
}


@pytest.mark.parametrize("kind", FAULTS)
def test_the_schema_rejects_what_the_reader_rejects(kind):
    """Every broken act is invalid by the schema too, save what a schema cannot say."""
    valid = VALIDATOR.is_valid(json.loads(document(FAULTS[kind][0])))
    assert valid is (kind in BEYOND_A_SCHEMA)


def test_an_error_of_the_schema_points_at_the_key():
    """A misspelt key gives one error, at its act, that names the key."""
    data = json.loads(document(act("oath"), act("training", huors=3)))
    (error,) = VALIDATOR.iter_errors(data)
    assert error.json_path == "$.files[0].acts[1]"
    assert "'huors' was unexpected" in error.message


def test_every_class_of_the_record_is_in_the_schema():
    """Each act and each kind of evidence has its definition, with words from its docstring."""
    defs = dossier_schema.dossier_schema()["$defs"]
    for kind in facts.ACTS.values():
        assert defs[kind.__name__]["description"] == schemas.schema_of(kind)["description"] != ""
    used = set(_references(dossier_schema.dossier_schema()))
    assert used == {f"#/$defs/{name}" for name in defs}


def _references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
