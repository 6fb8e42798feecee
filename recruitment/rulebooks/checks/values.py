"""The values that rules name by a path: what is there by the classes of the facts, and what a rule needs there.

The grammar of the paths is explained in workflows/README.md, "Values".
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import attrs

from recruitment.base.structure.values import fields_of, members_of
from recruitment.law.comparisons import Test
from recruitment.law.rulebook import Rule, Standing
from recruitment.record.acts import ACTS, OTHER_ACTS, PROCEDURES, Correct, File
from recruitment.record.evidence import Branch, CommitteeKind, Person

CODES = tuple(kind.code for kind in PROCEDURES)
BESIDE = tuple(kind.code for kind in OTHER_ACTS if kind is not Correct)
"""The acts beside the main line. A correction is none of them: it changes the record and not the course."""
JUDGED = (*CODES, *BESIDE)
"""Every act that a rule may speak of."""


class Sort(NamedTuple):
    """What is at a path: its kind, whether a list of it, the words it can be, the class of its keys."""

    kind: Literal["day", "number", "truth", "text", "word", "table"]
    many: bool = False
    words: tuple[str, ...] = ()
    cls: Any = None


class Missing(NamedTuple):
    """A key on a path that does not exist, what it was looked for in, and the keys that are there."""

    key: str
    owner: str
    known: tuple[str, ...]


class Want(NamedTuple):
    """What a comparison needs at a path."""

    en: str
    zh: str
    fits: Callable[[Sort], bool]


class Read(NamedTuple):
    """A path that a rule reads: its key in the rule, what is needed there, in the entries of which list."""

    key: str
    path: str
    want: Want
    words: tuple[str, ...] = ()
    of: str = ""
    acts: tuple[str, ...] | None = None
    """The acts that read it, where they are not all of the rule's."""


DAY = Want("a day", "日期", lambda sort: sort.kind == "day" and not sort.many)
ALL_DAYS = Want("a list of days", "日期列表", lambda sort: sort.kind == "day" and sort.many)
DAYS = Want("a day or a list of days", "日期或日期列表", lambda sort: sort.kind == "day")
NUMBER = Want("a number", "数目", lambda sort: sort.kind == "number" and not sort.many)
TRUTH = Want("true or false", "是非值", lambda sort: sort.kind == "truth" and not sort.many)
TEXT = Want("a text", "文本", lambda sort: sort.kind == "text" and not sort.many)
WORD = Want("a word", "词", lambda sort: sort.kind in ("word", "text") and not sort.many)
WORDS = Want("a list of words", "词的列表", lambda sort: sort.kind in ("word", "text") and sort.many)
TABLES = Want("a list of tables", "表的列表", lambda sort: sort.cls is not None and sort.many)
PEOPLE = Want("a list of people", "人员列表", lambda sort: sort.cls is Person and sort.many)
ANYTHING = Want("a value", "值", lambda _: True)
ANSWERS = {
    "is_": TRUTH,
    "one_of": WORD,
    "none_of": WORD,
    "all_of": WORDS,
    "any_of": WORDS,
    "at_least": NUMBER,
    "at_most": NUMBER,
}
CASE = {
    "leaving": Sort("day"),
    "extensions": Sort("number"),
    "end_of_probation": Sort("day"),
    "conversion_due_since": Sort("day"),
    "standing": Sort("word", words=get_args(Standing)),
    "after_lapse": Sort("truth"),
    "filed_with": Sort("word", words=("higher_committee", *get_args(CommitteeKind))),
    "cultivated_since": Sort("day"),
    "age": Sort("number"),
    "pending": Sort("word", words=("convert", "extend", "cancel")),
    "transferred_in_probation": Sort("truth"),
}
PLAIN: dict[Any, Sort] = {date: Sort("day"), int: Sort("number"), bool: Sort("truth"), str: Sort("text")}


def outcomes_of(act: str) -> tuple[str, ...]:
    """The outcomes that an act can have; `done` where its class names none."""
    return ACTS[act].outcomes or ("done",)


def acts_of(rule: Rule) -> tuple[str, ...]:
    """The acts a rule speaks of."""
    return tuple(act for act in rule.acts or JUDGED if act in JUDGED)


@cache
def sort_of(hint: Any) -> Sort:
    """What a type annotation of the facts allows there."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        first, *more = [sort_of(member) for member in members_of(args)]
        table = next((sort.cls for sort in more if first.kind == "word" and sort.cls is not None), None)
        # A word, or a table that says more of it: the words are those of both.
        return first if table is None else first._replace(cls=table)
    if origin is Literal:
        return Sort("word", words=args)
    if origin is tuple:
        return sort_of(args[0])._replace(many=True)
    return Sort("table", cls=hint if attrs.has(hint) else None)


@cache
def _keys(cls: Any) -> Mapping[str, Sort]:
    """The keys of a class of facts, each with what is there."""
    return {key: sort_of(hint) for key, (_, hint) in fields_of(cls).items()}


def follow_path(cls: type[Any], keys: list[str], owner: str, beside: tuple[str, ...] = ()) -> Sort | Missing:
    """What is at the end of these keys of a class; `beside` names what else could come first."""
    sort = Sort("table", cls=cls)
    for key in keys:
        known = _keys(sort.cls) if sort.cls is not None and not sort.many else {}
        if key not in known:
            return Missing(key, owner, (*known, *beside))
        sort, owner, beside = known[key], key, ()
    return sort


def resolve(path: str, act: str) -> Sort | Missing:
    """What is at a path of the grammar for an act (workflows/README.md, "Values")."""
    head, *rest = path.split(".")
    if path == "outcome":
        return Sort("word", words=outcomes_of(act))
    if not rest:
        return follow_path(ACTS[act], [head], act)
    if head == "case":
        return CASE.get(".".join(rest)) or Missing(".".join(rest), "case", tuple(CASE))
    if head == "new":
        found = resolve(".".join(rest), act)
        fits = isinstance(found, Sort) and DAY.fits(found)
        return Sort("truth") if fits else Missing(".".join(rest), "new", JUDGED)
    if head in JUDGED and rest == ["stands"]:
        return Sort("day")
    if head in ("file", "branch"):
        return follow_path(File if head == "file" else Branch, rest, head)
    if head in JUDGED:
        # What an act left unsaid there is its success, so its own word is not the outcome.
        return Missing("outcome", head, ()) if rest[0] == "outcome" else follow_path(ACTS[head], rest, head)
    return follow_path(ACTS[act], [head, *rest], act, (*JUDGED, "file", "branch", "case"))


def asks(key: str, test: Test, of: str = "") -> Iterator[Read]:
    """What a test reads, and what its `where` reads."""
    name = next((name for name in ANSWERS if getattr(test, name) is not None), "")
    answer = getattr(test, name) if name else ()
    yield Read(key, test.value, ANSWERS.get(name, ANYTHING), answer if isinstance(answer, tuple) else (), of)
    if test.where is not None:
        yield from asks(f"{key}.where", test.where)
