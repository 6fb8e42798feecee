"""TOML to rulebooks: closed keys, every fault of every file at once, the nearest known name beside it.

`load` reads a whole shelf and proofs it (`recruitment.proofing`); what it returns can be trusted as it stands.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, TypeVar

from attrs import field, frozen

from recruitment import proofing
from recruitment.errors import Fault, RulebookError, nearest
from recruitment.rulebook import (
    KINDS,
    Books,
    Citation,
    Comparison,
    Document,
    Force,
    Procedure,
    Rule,
    Rulebook,
    Stage,
    Test,
)
from recruitment.shapes import closed
from recruitment.shapes.particulars import Place, missing_key, read_table, shown, spell
from recruitment.shelf import shelf
from recruitment.wording import Label

T = TypeVar("T")
LARGEST_FILE = 1_000_000
STAGE_FILES = ("every-stage.toml", *(f"stage-{n}.toml" for n in range(1, 6)))


def _read_comparisons(value: object, place: Place, faults: list[Fault]) -> tuple[Comparison, ...] | None:
    """The `compare` of a rule: tables told apart by `kind`."""
    if not isinstance(value, list) or not value:
        faults.append(Fault(spell(place), "at least one [[rule.compare]] is needed", "至少需要一个 [[rule.compare]]"))
        return None
    read = []
    for n, entry in enumerate(value):
        here: Place = (place, f"[{n}]")
        table = read_table(entry, here, faults)
        if table is None:
            continue
        kind = table.get("kind")
        if kind is None:
            missing_key("kind", here, faults)
        elif not isinstance(kind, str) or kind not in KINDS:
            near = nearest(str(kind), KINDS)
            faults.append(
                Fault(
                    spell((here, "kind")),
                    f"{shown(kind)} is no kind of comparison" + (f"; did you mean {near}?" if near else ""),
                    f"没有 {shown(kind)} 这种比较" + (f"；是否指 {near}？" if near else ""),
                )
            )
        else:
            rest = {key: entry for key, entry in table.items() if key != "kind"}
            read.append(closed(KINDS[kind])(rest, here, faults))
    return tuple(read)


@frozen(kw_only=True)
class RuleRow:
    """A rule as a rulebook file writes it."""

    code: str
    acts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    force: Force
    document: str | None = None
    articles: tuple[str, ...] = ()
    zh: str
    en: str
    word: str | None = None
    since: date | None = None
    when: tuple[Test, ...] = ()
    compare: tuple[Any, ...] = field(metadata={"reader": _read_comparisons})
    excused_by_reason: bool = False
    checked_on: date | None = None
    checked_against: str | None = None


@frozen(kw_only=True)
class StageFile:
    """A file of an edition: when and against what it was checked, its procedures and rules."""

    checked_on: date
    checked_against: str
    procedure: tuple[Procedure, ...] = ()
    rule: tuple[RuleRow, ...] = ()


@frozen(kw_only=True)
class EditionRow:
    """An edition in the index: its folder, its names, the day it came into force, the document it is."""

    code: str
    zh: str
    en: str
    in_force: date
    document: str
    source: str
    checked_on: date


@frozen(kw_only=True)
class Index:
    """index.toml."""

    document: tuple[Document, ...]
    edition: tuple[EditionRow, ...]


@frozen(kw_only=True)
class Policy:
    """A named reading where the text leaves room: its default, its other values, in words."""

    code: str
    default: str
    others: tuple[str, ...]
    zh: str
    en: str
    source: Literal["our reading", "practice", "text"] = "our reading"


@frozen(kw_only=True)
class Policies:
    """policies.toml."""

    policy: tuple[Policy, ...]


@frozen(kw_only=True)
class Word:
    """A word of the vocabulary in both languages."""

    zh: str
    en: str


@frozen(kw_only=True)
class Vocabulary:
    """vocabulary.toml: the stages' names, and the names of bodies, papers, outcomes and field values."""

    stage: tuple[Stage, ...]
    word: Mapping[str, Word]


def read_file(folder: Traversable, cls: type[T], faults: list[Fault], file: str) -> T | None:
    """One TOML file as a value of `cls`; every fault of it is added to `faults`, prefixed with its name."""
    name = file if cls is not StageFile else f"{folder.name}/{file}"
    try:
        with (folder / file).open("rb") as stream:
            text = stream.read(LARGEST_FILE + 1)
    except OSError:
        faults.append(Fault(name, "the file cannot be read; put it back", "文件无法读取，请放回原处"))
        return None
    if len(text) > LARGEST_FILE:
        faults.append(Fault(name, f"the file is larger than {LARGEST_FILE} bytes", f"文件超过 {LARGEST_FILE} 字节"))
        return None
    try:
        data = tomllib.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        faults.append(Fault(name, "the file is not UTF-8; save it as UTF-8", "文件不是 UTF-8 编码，请另存为 UTF-8"))
        return None
    except ValueError as error:  # TOMLDecodeError, or a number that Python refuses to read
        faults.append(Fault(name, f"this is not TOML: {error}", f"不是有效的 TOML：{error}"))
        return None
    except RecursionError:
        faults.append(_too_deep(name))
        return None
    found: list[Fault] = []
    try:
        value = closed(cls)(data, None, found)
    except RecursionError:
        faults.append(_too_deep(name))
        return None
    faults.extend(fault.within(name) for fault in found)
    return value  # type: ignore[no-any-return]


def _too_deep(name: str) -> Fault:
    return Fault(name, "the file is nested too deeply", "文件嵌套过深")


def _twice(file: str, codes: Iterable[str], faults: list[Fault]) -> None:
    """Note each code of a file that stands more than once, since the last would silently win."""
    for code, count in Counter(codes).items():
        if count > 1:
            faults.append(
                Fault(
                    file,
                    f"the code {code} stands {count} times; keep one",
                    f"代码 {code} 出现 {count} 次，只留一个",
                )
            )


def _rule(row: RuleRow, stage: StageFile, edition: EditionRow) -> Rule:
    return Rule(
        code=row.code,
        acts=row.acts,
        outcomes=row.outcomes,
        force=row.force,
        citation=Citation(document=row.document or edition.document, articles=row.articles),
        clause=Label(row.zh, row.en),
        word=row.word,
        since=row.since,
        when=row.when,
        compare=row.compare,
        excused_by_reason=row.excused_by_reason,
        checked_on=row.checked_on or stage.checked_on,
        checked_against=row.checked_against or stage.checked_against,
    )


def read_shelf(root: Traversable) -> Books:
    """Every edition of a shelf, proofed.

    Raises:
        RulebookError: with every fault of every file.
    """
    faults: list[Fault] = []
    index = read_file(root, Index, faults, "index.toml")
    vocabulary = read_file(root, Vocabulary, faults, "vocabulary.toml")
    policies = read_file(root, Policies, faults, "policies.toml")
    if index is None or vocabulary is None or policies is None:
        raise RulebookError(faults)
    _twice("index.toml", (document.code for document in index.document), faults)
    _twice("policies.toml", (policy.code for policy in policies.policy), faults)
    books = []
    rows = sorted(index.edition, key=lambda row: row.in_force)
    for n, row in enumerate(rows):
        read = [read_file(root / row.code, StageFile, faults, name) for name in STAGE_FILES]
        stages = [stage for stage in read if stage is not None]
        if len(stages) < len(STAGE_FILES):
            continue
        books.append(
            Rulebook(
                code=row.code,
                zh=row.zh,
                en=row.en,
                in_force=row.in_force,
                until=rows[n + 1].in_force if n + 1 < len(rows) else None,
                documents={document.code: document for document in index.document},
                stages=vocabulary.stage,
                procedures=tuple(sorted((p for stage in stages for p in stage.procedure), key=lambda p: p.number)),
                rules=tuple(_rule(rule, stage, row) for stage in stages for rule in stage.rule),
                policies={policy.code: policy.default for policy in policies.policy},
                words={code: Label(word.zh, word.en) for code, word in vocabulary.word.items()},
            )
        )
    if faults:
        raise RulebookError(faults)
    result = Books(editions=tuple(books))
    proofing.proof(result)
    return result


@cache
def _load(folder: str | None) -> Books:
    return read_shelf(shelf(folder))


def load(folder: str | Path | None = None) -> Books:
    """The rulebooks of record, or those of a folder that the caller names; read once a process.

    Raises:
        RulebookError: with every fault of every file.
    """
    return _load(None if folder is None else str(folder))
