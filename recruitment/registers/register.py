"""The register: one row a person, the 25 days, people, ballots and papers, and what is next; a list reads it back.

What is recorded is written, with corrections applied. An act that was done several times has its days and its evidence
line by line in one cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from attrs import frozen

from recruitment.base.label import Label
from recruitment.formats.dossier.documents import act_data, file_data
from recruitment.formats.spreadsheets.columns import EvidenceColumn, FactColumn, Path
from recruitment.formats.spreadsheets.heading_names import bare, evidence_paths, fact_paths
from recruitment.formats.spreadsheets.rows import repeating
from recruitment.law.editions import Editions
from recruitment.law.synonyms import plain_word
from recruitment.record.acts import ACTS, Act, File
from recruitment.registers.cells import cell_words, lines, outcome_cell
from recruitment.registers.columns import Headings, RegisterColumn, paths_of

_APART: Final[Path] = ("note",)
"""What distinguishes several acts that have no evidence."""
Row = list[str | date | None]
"""The cells of a person, one for each column."""


@frozen(kw_only=True)
class RegisterFile:
    """A file as the register shows it: facts and acts as corrected, and what is next in words."""

    file: File
    acts: tuple[Act, ...]
    next: Label | None = None


@frozen(kw_only=True)
class Register:
    """The columns and the rows of a register."""

    columns: tuple[RegisterColumn, ...]
    rows: tuple[Row, ...]


NEXT = Label(zh="接下来（供查看，不读取）", en="next (shown, not read)")


def register(editions: Editions, files: Iterable[RegisterFile]) -> Register:
    """The register of these files; a column beyond the usual ones is there where a file has something for it."""
    held = [_data(each) for each in files]
    facts = {path for facts, _, _ in held for path in facts}
    evidence = {
        (code, path) for _, acts, _ in held for code, done in acts.items() for _, found in done for path in found
    }
    told = repeating(editions)
    evidence |= {
        (code, _APART) for _, acts, _ in held for code, done in acts.items() if _needs_telling(code, done, told)
    }
    done = {(code, ()) for _, acts, _ in held for code in acts}
    columns = Headings(editions).columns(
        facts, evidence | {pair for pair in done if pair[0] not in _procedures(editions)}
    )
    rows = [
        [*(_cell(column, *each[:2], editions) for column in columns), each[2].zh if each[2] else None] for each in held
    ]
    return Register(columns=(*columns, RegisterColumn(NEXT.zh, None)), rows=tuple(rows))


def _procedures(editions: Editions) -> set[str]:
    return {act.code for act in editions.rulebooks[-1].procedures}


Done = dict[str, list[tuple[date, dict[Path, Any]]]]


def _data(each: RegisterFile) -> tuple[dict[Path, Any], Done, Label | None]:
    """The facts and, by act and in the order of their days, the evidence, as plain data by its keys."""
    facts = paths_of(file_data(each.file), fact_paths())
    if each.file.complete:
        facts["complete",] = True
    done: Done = {}
    for act in sorted(each.acts, key=lambda act: act.on):
        found = paths_of(act_data(act), evidence_paths(act.code))
        done.setdefault(act.code, []).append((act.on, found))
    return facts, done, each.next


def _cell(column: RegisterColumn, facts: dict[Path, Any], done: Done, editions: Editions) -> str | date | None:
    holds, synonyms = column.holds, editions.synonyms
    if isinstance(holds, FactColumn):
        if holds.path not in facts:
            return None
        value = facts[holds.path]
        if holds.path == ("born",) and value is not None:
            return date.fromisoformat(value)
        if holds.path == ("id",) and _looks_like_a_line(value, editions):
            return json.dumps(value, ensure_ascii=False)
        return cell_words(value, holds.hint, synonyms, holds.path[-1])
    acts = done.get(column.code or "", [])
    if not acts:
        return None
    if not isinstance(holds, EvidenceColumn):
        return acts[0][0] if len(acts) == 1 else "\n".join(day.isoformat() for day, _ in acts)
    outcomes = ACTS[holds.code].outcomes if holds.path == ("outcome",) else ()
    texts = [
        None
        if holds.path not in found
        else outcome_cell(found[holds.path], outcomes, synonyms)
        if outcomes and found[holds.path] is not None
        else cell_words(found[holds.path], holds.hint, synonyms, holds.path[-1])
        for _, found in acts
    ]
    if all(text is None for text in texts):
        apart = holds.path == _APART and _needs_telling(holds.code, acts, repeating(editions))
        return json.dumps(texts) if apart else None
    return lines(texts)


def _looks_like_a_line(key: str, editions: Editions) -> bool:
    """Whether an id begins as a line of totals or notes does, or as headings do; in quotation marks it is an id."""
    words = editions.list_words
    lines_ = (*words.totals, *words.notes, *words.signed)
    headings = (name for names in words.fact.values() for name in names)
    return plain_word(key).startswith(tuple(map(plain_word, lines_))) or bare(key) in set(map(bare, headings))


def _needs_telling(code: str, acts: list[tuple[date, dict[Path, Any]]], repeats: frozenset[str]) -> bool:
    """Whether acts of one kind have nothing but their days, and these alone would not be read as several acts."""
    days = [day for day, _ in acts]
    alike = code not in repeats or len(set(days)) < len(days)
    return len(days) > 1 and alike and not any(found for _, found in acts)
