"""Values as a host may build them: what is of the wrong kind is bad input at every door, and is never admitted."""

from __future__ import annotations

import copy
import enum
import pickle
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import evolve, fields, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OUTCOMES, evidence

from recruitment import (
    UNKNOWN,
    BadInput,
    BoundCase,
    File,
    Office,
    first_lawful_day,
    judge,
    judge_correction,
    load_rulebooks,
    open_case,
    review,
)
from recruitment.engine.judging import replay_acts
from recruitment.formats.dossier.documents import act_data, file_data, read_act, read_file
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.record.acts import ACTS, Act, Apply, Correct, Sponsors, Talk, Training
from recruitment.record.checking import check_act, check_file
from recruitment.record.evidence import Person, Publicity, Talker

EDITIONS = load_rulebooks()
TODAY = date(2026, 11, 29)
DAY = date(2026, 9, 1)
MOMENT = datetime(2026, 9, 1, 9)  # noqa: DTZ001 - a moment without a zone is what hosts give
changed: Any = evolve
"""`evolve` for values that the type checker would refuse."""
FILE = File(id="2026-0001", born=date(2001, 5, 4))
CASE = open_case(EDITIONS, FILE)
APPLY = Apply(on=DAY, tie="study", unit="with_organization", papers=("application_letter",))


def whole(code: str) -> Act:
    """An act of that kind with as much evidence as there is, as it is built and not read."""
    if code == "correct":
        return Correct(on=DAY, index=0, with_=evolve(APPLY), reason="笔误")
    return evolve(read_act(evidence(code, OUTCOMES.get(code, ("done",))[0], DAY)))


# ------------------------------------------------------------------------------------------- wrong values


def wrong_values(hint: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Values that an annotation does not allow, each with the place that has to be named; nested ones too."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in args if arg not in (type(None), type(UNKNOWN))]
        for arg in inner:
            for where, value in wrong_values(arg, path):
                # Of a union a value of the other kind is none that is wrong.
                if where != path or not any(allows(other, value) for other in inner):
                    yield where, value
        if type(None) not in args:
            yield path, None
        return
    plain = {
        date: (MOMENT, "2026-09-01", "20260901", 5, True, date(1900, 1, 1), (DAY,)),
        bool: (1, 0, "true", "是", 0.0, (True,)),
        int: (True, 5.0, -1, "5", 10**7, DAY),
        str: (5, True, b"x", DAY, ("x",), "\ud800", "a\0b", "x" * 10_001),
    }
    if hint in plain:
        yield from ((path, value) for value in plain[hint])
        yield path, object()
    elif origin is Literal:
        yield from ((path, value) for value in (f"{args[0]}x", "留党察看", "", 5, True, DAY, (args[0],), [args[0]]))
    elif origin is tuple:
        yield from ((path, value) for value in ("nonsense", 7, [], {}, frozenset(), object()))
        yield from ((f"{path}{where}", (value,)) for where, value in wrong_values(args[0], "[0]"))
    elif attrs.has(hint):
        derived: Any = type(f"My{hint.__name__}", (hint,), {})
        others: tuple[Any, ...] = ({}, "nonsense", 7, True, hint, derived())
        yield from ((path, value) for value in others)
        for name, its in own_hints(hint).items():
            for where, value in wrong_values(its, f"{path}.{name.removesuffix('_')}"):
                yield where, hint(**{name: value})
    else:
        assert issubclass(origin, Mapping), hint
        yield from ((path, value) for value in ("nonsense", 7, (), [("order", "x")]))
        yield f"{path}.order", {"order": 5}
        yield f"{path}.5", {5: "x"}


def allows(hint: Any, value: object) -> bool:
    """Whether a value is of the kind of a plain annotation, so that a union which has it would take it."""
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if hint is str:
        return isinstance(value, str) and len(value) <= 10_000 and "\0" not in value and value.isprintable()
    return type(value) is hint and value != date(1900, 1, 1)


def own_hints(kind: type[Any]) -> dict[str, Any]:
    """The attributes of a class with their annotations; for what a host keeps with it see tests/test_host_data.py."""
    hints = get_type_hints(kind)
    return {attribute.name: hints[attribute.name] for attribute in fields(kind) if attribute.name != "host"}


def wrong_acts(code: str) -> Iterator[tuple[str, Act]]:
    """The act of that kind with each of its fields in turn of the wrong kind."""
    act = whole(code)
    for name, hint in own_hints(type(act)).items():
        key = name.removesuffix("_")
        if name == "outcome":
            for value in (5, True, "zzz", ("passed",), DAY):
                yield key, changed(act, outcome=value)
        elif name not in ("index", "field", "with_"):  # of a correction: see tests/test_corrections.py
            for where, value in wrong_values(hint, key):
                yield where, changed(act, **{name: value})


def doors(act: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every way by which an act is judged, entered or restored, and how its place is named there."""
    office = Office(MemoryLedger(), EDITIONS)
    assert office.open(FILE, APPLY, today=TODAY).recorded
    before = list(office.ledger.rows_since(0))
    if isinstance(act, Correct):
        yield "", lambda: judge_correction(EDITIONS, CASE, act, today=TODAY)
    else:
        yield "", lambda: judge(EDITIONS, CASE, act, today=TODAY)
        yield "", lambda: BoundCase(EDITIONS, CASE).judge(act, today=TODAY)
    yield "", lambda: BoundCase(EDITIONS, CASE).findings_on(act, today=TODAY)
    yield "", lambda: first_lawful_day(EDITIONS, CASE, act, today=TODAY)
    yield "acts[1].", lambda: review(EDITIONS, FILE, [APPLY, act], today=TODAY)
    yield "acts[1].", lambda: replay_acts(EDITIONS, FILE, [(APPLY, "2026"), (act, "2026")])
    yield "", lambda: office.why(FILE.id, act, today=TODAY)
    yield "", lambda: office.open(evolve(FILE, id="b"), act, today=TODAY)
    yield "", lambda: office.advance(FILE.id, act, today=TODAY)
    yield "", lambda: office.advance_together([(FILE.id, act)], today=TODAY)
    yield "", lambda: office.advance_together([(FILE.id, act)], today=TODAY, whole=False)
    yield "c: acts[1].", lambda: office.import_files([(evolve(FILE, id="c"), [APPLY, act])], today=TODAY)
    assert list(office.ledger.rows_since(0)) == before, "something was recorded"
    assert list(office.ledger.ids()) == [FILE.id]


def refused(door: Callable[[], object]) -> BadInput:
    """The error by which a door refuses; anything else that it raises is a fault of the door."""
    with pytest.raises(BadInput) as caught:
        door()
    for fault in caught.value.faults:
        assert fault.label.en
        assert fault.label.zh
    return caught.value


@pytest.mark.parametrize("code", ACTS)
def test_no_field_of_an_act_takes_a_value_of_the_wrong_kind(code: str) -> None:
    """Each field of each act, nested ones included, with everything it cannot hold: bad input that names its place."""
    assert [path for path, act in wrong_acts(code) if not named(path, act)] == []


def named(path: str, act: Act) -> bool:
    """Whether the check of an act names that place first, and no other but of the range of which it is an end."""
    first, *others = (fault.where for fault in refused(lambda: check_act(act)).faults)
    return first == path and all(path.endswith(("from", "to")) and path.startswith(other) for other in others)


@pytest.mark.parametrize("code", ACTS)
def test_no_door_lets_a_value_of_the_wrong_kind_through(code: str) -> None:
    """At every door one wrong value of each field is refused with its place, and nothing is recorded."""
    first: dict[str, tuple[str, Act]] = {}
    for path, act in wrong_acts(code):
        first.setdefault(path.partition(".")[0].partition("[")[0], (path, act))
    assert len(first) >= 8
    for path, act in first.values():
        for prefix, door in doors(act):
            assert f"{prefix}{path}" in [fault.where for fault in refused(door).faults], (code, path)


@pytest.mark.parametrize("code", ACTS)
def test_an_act_that_is_built_rightly_is_let_through(code: str) -> None:
    """The acts that the wrong ones were made of have no fault."""
    check_act(whole(code))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("留党察看", "people[0].sanction: '留党察看' is not one of probation_within_party, in_effect"),
        ("probation_within_prty", "in_effect; did you mean probation_within_party?"),
    ],
)
def test_a_sanction_in_other_words_is_no_lack_of_a_sanction(value: Any, said: str) -> None:
    """A sponsor under a sanction is refused as bad input however the sanction is written, with the nearest word."""
    people = (Person(name="党员乙", sanction=value), Person(name="党员丙", sanction=None))
    assert said in refused(lambda: judge(EDITIONS, CASE, Sponsors(on=DAY, people=people), today=TODAY)).en


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Apply(on=MOMENT), "on: 2026-09-01T09:00:00 is a day with a time of day; write the day alone"),
        (Apply(on="2026-09-01"), "on: '2026-09-01' is not a date; give date(2026, 9, 1)"),  # type: ignore[arg-type]
        (Apply(on="today"), "on: 'today' is not a date; give one such as date("),  # type: ignore[arg-type]
        (Talk(on=DAY, talkers="x"), "talkers: 'x' is not a tuple"),  # type: ignore[arg-type]
        (Talk(on=DAY, talkers=("x",)), "talkers[0]: 'x' is not a Talker"),  # type: ignore[arg-type]
        (Talk(on=DAY, talkers=(Talker(name=5),)), "talkers[0].name: 5 is not a text"),  # type: ignore[arg-type]
        (Training(on=DAY, from_=DAY, to=date(2026, 8, 1)), "from 2026-09-01 is after to 2026-08-01"),
        (Apply(on=DAY, publicity=Publicity(from_=DAY, to=date(2026, 8, 1))), "publicity: from 2026-09-01 is after"),
        ({"act": "apply"}, "act: {'act': 'apply'} is no act; build one of recruitment.record.acts"),
        (None, "act: null is no act"),
        (Act(on=DAY), "act: Act is no act"),
    ],
)
def test_what_is_said_of_an_act_that_is_built_wrongly(act: Any, said: str) -> None:
    """In one sentence what is wrong, where, and what to do."""
    assert said in refused(lambda: judge(EDITIONS, CASE, act, today=TODAY)).en


@frozen(kw_only=True, slots=False)
class Mine(Apply):
    """An act to which a host has added a field."""

    my_ref: str = "x"


def test_a_field_that_a_host_has_added_is_not_dropped_without_a_word() -> None:
    """What a derived class adds would not be kept, so it is refused and the class to use is named."""
    for _, door in doors(Mine(on=DAY)):
        assert "Mine is no class of this library, and what it adds would be lost; use Apply" in refused(door).en


@pytest.mark.parametrize(("path", "value"), [*wrong_values(Mapping[str, str] | None, "reasons")])
def test_reasons_are_looked_at_each_time(path: str, value: Any) -> None:
    """They can change after an act was checked, unlike all else in it."""
    reasons = {"order": "上级安排"}
    act = evolve(APPLY, reasons=reasons)
    check_act(act)
    if isinstance(value, dict):
        reasons.clear()
        reasons.update(value)
    else:
        act = evolve(act, reasons=value)
    assert path in [fault.where for fault in refused(lambda: check_act(act)).faults]


# ------------------------------------------------------------------------------------------- files and days


def wrong_files() -> Iterator[tuple[str, Any]]:
    """The facts of a file with each in turn of the wrong kind."""
    for name, hint in own_hints(File).items():
        for where, value in wrong_values(hint, name):
            yield where, evolve(FILE, **{name: value})
    yield from (("id", evolve(FILE, id=value)) for value in ("", " ", "a\nb", "x" * 201))
    yield from (("file", value) for value in (None, "a", {"id": "a"}, type("My", (File,), {})(id="a")))


def test_no_fact_of_a_file_takes_a_value_of_the_wrong_kind() -> None:
    """Each fact with everything it cannot hold is refused where a case is opened, and where a file enters a ledger."""
    found = list(wrong_files())
    assert len({path for path, _ in found}) > 15
    office = Office(MemoryLedger(), EDITIONS)
    for path, file in found:
        for door in (
            partial(open_case, EDITIONS, file),
            partial(review, EDITIONS, file, [APPLY], today=TODAY),
            partial(replay_acts, EDITIONS, file, []),
            partial(office.open, file, APPLY, today=TODAY),
        ):
            assert [fault.where for fault in refused(door).faults] == [path]
        error = refused(partial(office.import_files, [(file, [APPLY])], today=TODAY))
        assert [fault.where.endswith(path) for fault in error.faults] == [True], error.en
    assert list(office.ledger.ids()) == []


@pytest.mark.parametrize("today", [MOMENT, "2026-09-01", 5, None])
def test_today_is_a_day(today: Any) -> None:
    """The day as of which something is asked is a date at every door, and not a moment."""
    office = Office(MemoryLedger(), EDITIONS)
    office.open(FILE, APPLY, today=TODAY)
    talk = Talk(on=date(2026, 9, 20))
    for door in (
        lambda: judge(EDITIONS, CASE, APPLY, today=today),
        lambda: judge_correction(EDITIONS, office.case(FILE.id), whole("correct"), today=today),  # type: ignore[arg-type]
        lambda: first_lawful_day(EDITIONS, CASE, APPLY, today=today),
        lambda: review(EDITIONS, FILE, [APPLY], today=today),
        lambda: office.open(evolve(FILE, id="b"), APPLY, today=today),
        lambda: office.advance(FILE.id, talk, today=today),
        lambda: office.advance_together([(FILE.id, talk)], today=today),
        lambda: office.why(FILE.id, talk, today=today),
        lambda: office.import_files([(evolve(FILE, id="c"), [APPLY])], today=today),
        lambda: office.rejudge(FILE.id, today=today),
    ):
        assert "today" in [fault.where for fault in refused(door).faults]
    assert len(office.case(FILE.id).acts) == 1


@pytest.mark.parametrize("value", [5, True, ("x",), MOMENT])
def test_reasons_and_names_that_go_with_an_act_are_texts(value: Any) -> None:
    """Who records it and on whose word; and the file is named by a text."""
    office = Office(MemoryLedger(), EDITIONS)
    office.open(FILE, APPLY, today=TODAY)
    talk = Talk(on=date(2026, 9, 20))
    found = {
        "on_trust": lambda: judge(EDITIONS, CASE, APPLY, today=TODAY, on_trust=value),
        "on_trust ": lambda: office.advance(FILE.id, talk, today=TODAY, on_trust=value),
        "on_trust  ": lambda: office.import_files([(FILE, [APPLY, talk])], today=TODAY, on_trust=value),
        "as_it_was": lambda: office.import_files([(FILE, [APPLY, talk])], today=TODAY, as_it_was=value),
        "recorded_by": lambda: office.advance(FILE.id, talk, today=TODAY, recorded_by=value),
        "recorded_by ": lambda: office.import_files([(FILE, [APPLY, talk])], today=TODAY, recorded_by=value),
        "file": lambda: office.advance(value, talk, today=TODAY),
        "file ": lambda: office.case(value),
        "file  ": lambda: office.why(value, talk, today=TODAY),
    }
    for where, door in found.items():
        assert [fault.where for fault in refused(door).faults] == [where.strip()], where
    counts: tuple[Any, ...] = ("1", 1.0, True)
    for count in counts:
        error = refused(partial(office.advance, FILE.id, talk, today=TODAY, expected=count))
        assert [fault.where for fault in error.faults] == ["expected"]
        error = refused(lambda: next(office.acts(count)))  # noqa: B023 - it is called at once
        assert [fault.where for fault in error.faults] == ["since"]
    assert len(office.case(FILE.id).acts) == 1


# ------------------------------------------------------------------------------------------- the same truth


class Tie(enum.StrEnum):
    """A choice as a web framework spells it: a text of a class of its own."""

    STUDY = "study"


def test_a_text_of_another_class_is_that_text() -> None:
    """A word of an enumeration of the host's is judged and stored as the word."""
    act = changed(APPLY, tie=Tie.STUDY)
    office = Office(MemoryLedger(), EDITIONS)
    assert office.open(FILE, act, today=TODAY).recorded
    (entry,) = office.history(FILE.id)
    assert isinstance(entry.act, Apply)
    assert type(entry.act.tie) is str
    assert entry.act == evolve(APPLY, recorded=TODAY)


def test_what_was_checked_is_equal_and_shows_no_mark() -> None:
    """The mark of what was checked is in no comparison, hash, text, copy of the data or new value."""
    read, built = read_act(act_data(APPLY)), Apply(**{a.name: getattr(APPLY, a.name) for a in fields(Apply)})
    before = repr(built), hash(built)
    check_act(built)
    assert (repr(built), hash(built)) == before == (repr(read), hash(read))
    assert built == read == pickle.loads(pickle.dumps(read)) == copy.deepcopy(built)
    assert act_data(built) == act_data(read) == act_data(APPLY)
    with pytest.raises(BadInput):
        check_act(changed(read, on="2026-09-01"))
    file = read_file({**file_data(FILE), "acts": []})[0]
    assert (repr(file), hash(file), file) == (repr(FILE), hash(FILE), FILE)
    with pytest.raises(BadInput):
        check_file(changed(file, born="2001-05-04"))


JUNK = st.one_of(
    st.none(),
    st.just(UNKNOWN),
    st.booleans(),
    st.integers(-1, 10),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.dates(date(1920, 1, 1), date(2200, 1, 1)),
    st.datetimes(),
    st.sampled_from(("study", "primary_committee", "branch_committee", "in_effect", "members", "passed", "approved")),
    st.just(Person(sanction="in_effect")),
    st.just(Talker(role="member")),
    st.just({}),
)
VALUES = st.one_of(JUNK, JUNK.map(lambda one: (one,)), st.lists(JUNK, max_size=3).map(tuple))


@given(st.data())
@settings(max_examples=400)
def test_the_check_and_the_reader_say_the_same(data: st.DataObject) -> None:
    """An act of anything is refused, or it is written and read back to an equal act: what is stored can be read."""
    act = whole(data.draw(st.sampled_from(sorted(set(ACTS) - {"correct"}))))
    names = sorted(attribute.name for attribute in fields(type(act)))
    name = data.draw(st.sampled_from(names))
    other = changed(act, **{name: data.draw(VALUES)})
    try:
        check_act(other)
    except BadInput:
        return
    if other.code != "conversion_meeting" or other.outcome is not None:  # of which a document has to say it
        assert read_act(act_data(other)) == other
