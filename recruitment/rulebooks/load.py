"""TOML to rulebooks: closed keys, every fault of every file at once, the nearest known name with each.

`load_rulebooks` reads a whole folder and checks it (`recruitment.rulebooks.checks`): what it returns can be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import attrs
from attrs import evolve, frozen

from recruitment.base.dates import OFFICIAL, Days
from recruitment.base.errors import BadInput, Fault, RulebookError
from recruitment.base.label import Label
from recruitment.base.structure.scalars import EARLIEST, LATEST
from recruitment.law.branch_year import Year, check_year
from recruitment.law.editions import Editions
from recruitment.law.rulebook import (
    Detour,
    Document,
    Outcome,
    Policy,
    Procedure,
    Rule,
    Rulebook,
    Stage,
    Standing,
    TextChange,
)
from recruitment.rulebooks.checks import whole
from recruitment.rulebooks.checks.faults import unknown
from recruitment.rulebooks.kept_folder import KeptFolder
from recruitment.rulebooks.locate import rulebooks_folder
from recruitment.rulebooks.overlays import read_overlay
from recruitment.rulebooks.synonyms import check_synonyms, known_names, read_list_words, read_synonyms
from recruitment.rulebooks.titles import check_titles, read_titles
from recruitment.rulebooks.toml_file import note_doubles, read_toml_file

P = TypeVar("P", bound=Procedure)
TEXT_FILE = "text.toml"
STAGE_FILES = ("every-stage.toml", *(f"stage-{n}.toml" for n in range(1, 6)), "beside.toml")


@frozen(kw_only=True)
class DetourRow:
    """An act beside the main line as a rulebook file writes it."""

    code: str
    zh: str
    en: str
    body: str
    standings: tuple[Standing, ...]
    first: bool = False
    ends: str | None = None
    papers: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def detour(self) -> Detour:
        """The act as a value; where it names no outcomes it has the one that it is done."""
        written = attrs.asdict(self, recurse=False)
        return Detour(**{key: value for key, value in written.items() if key != "outcomes" or value})


@frozen(kw_only=True)
class StageFile:
    """A file of an edition: when and against what it was checked, its procedures and rules."""

    checked_on: date
    checked_against: str
    procedure: tuple[Procedure, ...] = ()
    detour: tuple[DetourRow, ...] = ()
    rule: tuple[Rule, ...] = ()


@frozen(kw_only=True)
class TextFile:
    """text.toml of an edition: what it says in other words than the edition `since`."""

    checked_on: date
    checked_against: str
    since: str
    change: tuple[TextChange, ...] = ()


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
class OverlayRow:
    """A local edition in the index: its folder."""

    code: str


@frozen(kw_only=True)
class Index:
    """index.toml."""

    document: tuple[Document, ...]
    edition: tuple[EditionRow, ...]
    overlay: tuple[OverlayRow, ...] = ()


@frozen(kw_only=True)
class Policies:
    """policies.toml."""

    policy: tuple[Policy, ...]


@frozen(kw_only=True)
class Vocabulary:
    """vocabulary.toml: the stages' names, and the names of bodies, papers, outcomes and field values."""

    stage: tuple[Stage, ...]
    word: Mapping[str, Label]


@frozen(kw_only=True)
class DaysFile:
    """A calendar of working days as its file writes it: days off, working days, the years that are announced."""

    off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    announced: tuple[int, ...] = ()

    @property
    def days(self) -> Days:
        """The calendar itself."""
        return Days(frozenset(self.off), frozenset(self.working), frozenset(self.announced))

    @classmethod
    def of(cls, days: Days) -> DaysFile:
        """The file that a calendar is read from."""
        return cls(
            off=tuple(sorted(days.off)), working=tuple(sorted(days.working)), announced=tuple(sorted(days.years))
        )


def read_rulebooks(
    root: Traversable,
    overlays: Iterable[Traversable] = (),
    *,
    policies: Mapping[str, str] | None = None,
    days: Days = OFFICIAL,
) -> Editions:
    """Every edition of a shelf and every local edition, those in the folders `overlays` as well, proofed.

    `policies` are the values that take the place of defaults; `days` goes into every edition.

    Raises:
        RulebookError: with every fault of every file.
        BadInput: a policy or a value of one that does not exist.
    """
    faults: list[Fault] = []
    index = read_toml_file(root, Index, faults, "index.toml")
    vocabulary = read_toml_file(root, Vocabulary, faults, "vocabulary.toml")
    named = read_toml_file(root, Policies, faults, "policies.toml")
    called = read_synonyms(root, faults)
    list_words = read_list_words(root, faults)
    titles = read_titles(root, faults)
    if index is None or vocabulary is None or named is None:
        raise RulebookError(faults)
    note_doubles("index.toml", (document.code for document in index.document), faults)
    note_doubles("policies.toml", (policy.code for policy in named.policy), faults)
    defaults = {policy.code: policy.default for policy in named.policy}
    editions = []
    rows = sorted(index.edition, key=lambda row: row.in_force)
    for n, row in enumerate(rows):
        read = [
            read_toml_file(root / row.code, StageFile, faults, name, named=True, cites=row.document)
            for name in STAGE_FILES
        ]
        stages = [stage for stage in read if stage is not None]
        if len(stages) < len(STAGE_FILES):
            continue
        text = None
        if (root / row.code / TEXT_FILE).is_file():
            text = read_toml_file(root / row.code, TextFile, faults, TEXT_FILE, named=True)
        editions.append(
            Rulebook(
                code=row.code,
                zh=row.zh,
                en=row.en,
                in_force=row.in_force,
                until=rows[n + 1].in_force if n + 1 < len(rows) else None,
                documents={document.code: document for document in index.document},
                stages=vocabulary.stage,
                procedures=tuple(
                    _procedure_under(procedure, defaults)
                    for procedure in sorted((p for stage in stages for p in stage.procedure), key=lambda p: p.number)
                ),
                detours=tuple(_procedure_under(row.detour(), defaults) for stage in stages for row in stage.detour),
                rules=tuple(rule for stage in stages for rule in stage.rule),
                policies=defaults,
                text_since=None if text is None else text.since,
                text_changes=() if text is None else text.change,
                words=vocabulary.word,
                titles=titles.all,
            )
        )
    local = [read_overlay(root / row.code, faults, row.code) for row in index.overlay]
    local += [read_overlay(folder, faults) for folder in overlays]
    if called is not None:
        faults += check_synonyms(vocabulary.word, called)
    if faults:
        raise RulebookError(faults)
    overlays_read = tuple(overlay for overlay in local if overlay is not None)
    result = choose_policies(
        Editions(
            rulebooks=tuple(editions),
            overlays=overlays_read,
            readings=named.policy,
            synonyms=known_names(editions, overlays_read, called),
            list_words=list_words,
        ),
        policies or {},
        days,
    )
    whole.check_rulebooks(result)
    faults = check_titles(titles, {rule.code for rulebook in editions for rule in rulebook.rules})
    if faults:
        raise RulebookError(faults)
    return result


def choose_policies(editions: Editions, policies: Mapping[str, str], days: Days = OFFICIAL) -> Editions:
    """The same books with these values of policies and this calendar in every edition.

    Raises:
        BadInput: a policy or a value of one that does not exist.
    """
    faults = list(_policy_faults(editions.readings, policies))
    if faults:
        raise BadInput(faults)
    if not policies and not days:
        return editions
    rulebooks = (_apply_policies(rulebook, {**rulebook.policies, **policies}, days) for rulebook in editions.rulebooks)
    return evolve(editions, rulebooks=tuple(rulebooks))


def _apply_policies(rulebook: Rulebook, policies: Mapping[str, str], days: Days) -> Rulebook:
    procedures = tuple(_procedure_under(procedure, policies) for procedure in rulebook.procedures)
    detours = tuple(_procedure_under(detour, policies) for detour in rulebook.detours)
    return evolve(rulebook, procedures=procedures, detours=detours, policies=policies, days=days)


def _procedure_under(procedure: P, policies: Mapping[str, str]) -> P:
    """The procedure with what its outcomes undo under these policies; `recruitment.rulebooks.checks` sees the rest."""
    outcomes = []
    for outcome in procedure.outcomes:
        acts, named = outcome.reopens, outcome.reopens_for
        if outcome.reopens_policy is not None and named and (not acts or acts in named.values()):
            acts = named.get(policies.get(outcome.reopens_policy, ""), ())
        outcomes.append(evolve(outcome, reopens=acts))
    return evolve(procedure, outcomes=tuple(outcomes))


def _policy_faults(readings: Iterable[Policy], policies: Mapping[str, str]) -> Iterator[Fault]:
    known = {policy.code: policy.values for policy in readings}
    for code, value in policies.items():
        if code not in known:
            yield unknown("policies", code, known, Label(zh="口径", en="policy"))
        elif value not in known[code]:
            yield unknown(f"policy {code}", value, known[code], Label(zh="该口径的取值", en="value of this policy"))


@cache
def _load(
    folder: str | None, overlays: tuple[str | KeptFolder, ...], policies: tuple[tuple[str, str], ...], days: Days
) -> Editions:
    folders = [Path(overlay) if isinstance(overlay, str) else overlay.folder() for overlay in overlays]
    return read_rulebooks(rulebooks_folder(folder), folders, policies=dict(policies), days=days)


def load_rulebooks(
    folder: str | Path | None = None,
    *,
    overlays: Iterable[str | Path | KeptFolder] = (),
    policies: Mapping[str, str] | None = None,
    days: Days = OFFICIAL,
) -> Editions:
    """The rulebooks of record, or those of a folder that the caller names; read once a process.

    `overlays` are folders of local editions, on disk or kept as text, in addition to those of record; a file still has
    to name one to be judged by it. `policies` gives readings another value than their default, and `days` are days off
    and working days that the built-in calendar does not know, or not so. With either it is another rulebook, with
    another content hash.

    Raises:
        RulebookError: with every fault of every file.
        BadInput: a policy or a value of one that does not exist.
    """
    read = sorted((str(code), str(value)) for code, value in (policies or {}).items())
    local = tuple(overlay if isinstance(overlay, KeptFolder) else str(overlay) for overlay in overlays)
    return _load(None if folder is None else str(folder), local, tuple(read), days)


def load_days(path: str | Path) -> Days:
    """The days off and working days of a file, which lists them as `off`, `working` and `announced` years.

    Raises:
        BadInput: with every fault of the file.
    """
    faults: list[Fault] = []
    name = Path(path).name
    file = read_toml_file(Path(path).parent, DaysFile, faults, name)
    if file is not None:
        faults += [fault.within(name) for fault in _days_faults(file)]
    if file is None or faults:
        raise BadInput(faults)
    return file.days


def _days_faults(file: DaysFile) -> Iterator[Fault]:
    if not (file.off or file.working or file.announced):
        yield Fault(
            "", Label(zh="没有写任何日期或者年份", en="it names no day and no year; write off, working or announced")
        )
    for key, entries in (("off", file.off), ("working", file.working), ("announced", file.announced)):
        for entry in dict.fromkeys(entry for entry in entries if entries.count(entry) > 1):
            yield Fault(
                key, Label(zh=f"{entry} 写了不止一次，只留一个", en=f"{entry} is written more than once; keep one")
            )
    for day in file.off:
        if day in file.working:
            yield Fault(
                "off", Label(zh=f"{day} 又写在 working 中，只留一处", en=f"{day} is under working too; keep one")
            )
    for year in file.announced:
        if not EARLIEST.year <= year <= LATEST.year:
            yield Fault(
                "announced",
                Label(
                    zh=f"{year} 不在 {EARLIEST.year} 至 {LATEST.year} 之间，请更正年份",
                    en=f"{year} is outside {EARLIEST.year} to {LATEST.year}; correct the year",
                ),
            )


def load_year(editions: Editions, path: str | Path | None = None) -> Year:
    """The year of a branch: the one of record, or that of a file that the caller names.

    Raises:
        BadInput: with every fault of the file.
    """
    folder: Traversable = rulebooks_folder() if path is None else Path(path).parent
    name = "year.toml" if path is None else Path(path).name
    faults: list[Fault] = []
    year = read_toml_file(folder, Year, faults, name)
    if year is None or faults:
        raise BadInput(faults)
    try:
        check_year(year, editions.rulebooks[-1])
    except BadInput as error:
        raise BadInput(fault.within(name) for fault in error.faults) from None
    return year
