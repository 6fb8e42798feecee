"""Files as the ledger holds them, read back, checked and compared; nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import evolve, frozen

from recruitment.base.errors import BadInput, Conflict, UnknownFile, nearest
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.engine.findings import Asked, Finding
from recruitment.engine.rejudge import Rejudged, Verdict, rejudge
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.ledger.codec import stored_act, stored_file
from recruitment.ledger.faults import (
    altered_record,
    incomplete_record,
    missing_act,
    unfit_record,
    unknown_edition,
    unreadable_record,
)
from recruitment.ledger.findings_codec import read_findings
from recruitment.ledger.records import followed, replayed
from recruitment.ledger.rows import LEDGER, NOTHING, ActRow, FileRow, Head, file_scope, is_sealed
from recruitment.ledger.settings import LedgerSettings, settings_entries, settings_in_force
from recruitment.ledger.store import Store
from recruitment.record.acts import Act, Correct, File
from recruitment.record.case import Case, open_case
from recruitment.record.checking import check_asked, check_named
from recruitment.rulebooks.load import choose_policies

_UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError, BadInput)
"""What reading a text of the ledger raises where somebody has changed it."""
Move = Callable[..., Case | None]
"""How a stored act moves a case: `followed`, or `replayed` by the machine."""


@frozen(kw_only=True)
class LedgerEntry:
    """An act as the ledger holds it: the state after it, the rulebook, the findings of its day."""

    seq: int
    file: str
    index: int
    act: Act
    outcome: str
    state: str
    edition: str
    rulebook_hash: str
    findings: tuple[Finding, ...]
    recorded: date
    recorded_by: str | None
    moment: str | None = None
    """The machine's own moment of the entry (UTC); None where it was recorded before that was kept."""
    system_user: str | None = None
    settings: int = 0
    """The number of the settings in force at the entry; 0 where nothing was set."""
    corrected_by: int | None = None
    """The number of the entry that has set this one right or struck it out, the last one where there are several."""


@frozen(kw_only=True)
class FileSnapshot:
    """A file as it was read: its case, how far its chain had come, and the rows that were read for it."""

    case: Case
    head: Head
    rows: tuple[ActRow, ...] = ()


class LedgerReader:
    """A ledger and the rulebooks that it is kept by, for reading; it may be shared between threads.

    The rulebooks are those of the ledger's settings, as they are when it is opened, where the caller gives none.

    Raises:
        LedgerError: the settings cannot be read.
    """

    def __init__(self, ledger: Store, editions: Editions | None = None) -> None:
        self.ledger = ledger
        self._editions_under: dict[tuple[tuple[str, str], ...], Editions] = {}
        self.settings_number: int | None = None
        """The number of the settings whose rulebooks these are; None where the caller gave its own."""
        if editions is None:
            entry = settings_in_force(ledger)
            self.settings_number = entry.number if entry else 0
            editions = (entry.settings if entry else LedgerSettings()).editions()
        self.editions = editions

    def ids(self) -> Iterator[str]:
        """The ids of all files, sorted."""
        return self.ledger.ids()

    def case(self, file: str) -> Case:
        """A file as it is now. Its chain is checked; the findings kept with its acts are not read: see `history`.

        Raises:
            UnknownFile: there is no such file; the nearest id is named.
            LedgerError: the record does not fit: an act is missing or is not what was recorded, or a state is not
                where the machine leads.
        """
        return self.snapshot(file).case

    def snapshot(self, file: str) -> FileSnapshot:
        """A file as it is now, with its rows.

        Raises:
            UnknownFile: there is no such file; the nearest id is named.
            LedgerError: the record does not fit.
        """
        check_named(file)
        found = self.ledger.file(file)
        if found is None:
            raise self._unknown(file)
        # The head is read before the rows: an act that is recorded between the two only makes more of them.
        head = self.ledger.head(file_scope(file))
        while True:
            rows = self.ledger.rows(file)
            if head is None or len(rows) <= head.size:
                break
            before, head = head, self.ledger.head(file_scope(file))
            if head == before:
                break
        case = self._opened(file, found)
        if head is None or len(rows) != head.size:
            self._followed(case, found.digest, rows)  # which names the first place that does not fit
            raise self.ledger.fault(incomplete_record(file, len(rows), 0 if head is None else head.size))
        case = self._followed(case, found.digest, rows)
        if head.digest != (rows[-1].digest if rows else found.digest):
            raise self.ledger.fault(altered_record(file, len(rows) - 1))
        return FileSnapshot(case=case, head=head, rows=tuple(rows))

    def _followed(self, case: Case, digest: str, rows: Iterable[ActRow]) -> Case:
        """The case with acts that come after the one of that digest, each found to be what was recorded."""
        for row in rows:
            if row.number != len(case.acts):
                raise self.ledger.fault(unfit_record(case.file.id, len(case.acts), ""))
            if row.file_previous != digest or not is_sealed(row):
                raise self.ledger.fault(altered_record(row.file, row.number))
            case, digest = self._step(case, row), row.digest
        return case

    def _under(self, row: ActRow) -> Iterator[Editions]:
        """The rulebooks by the readings under which an act was admitted, which may be others than today's.

        With an act from before they were kept, any that the ledger ever had may have been those: today's first.
        """
        if row.moment is not None:
            yield self._by_readings(json.loads(row.readings).get("policies", {}) if row.readings else {})
            return
        yield self.editions
        yield self._by_readings({})
        for entry in settings_entries(self.ledger):
            yield self._by_readings(entry.settings.policies)

    def _by_readings(self, policies: Mapping[str, str]) -> Editions:
        """The rulebooks with those values of policies and else the defaults; made once for each."""
        defaults = {policy.code: policy.default for policy in self.editions.readings}
        wanted = {**defaults, **{code: value for code, value in policies.items() if code in defaults}}
        key = tuple(sorted(wanted.items()))
        found = self._editions_under.get(key)
        if found is None:
            same = wanted == {**defaults, **self.editions.rulebooks[-1].policies}
            found = self._editions_under[key] = self.editions if same else choose_policies(self.editions, wanted)
        return found

    def cases(self) -> Iterator[Case]:
        """Every file as it is now, in the order of the ids."""
        return (self.case(file) for file in self.ids())

    def history(self, file: str) -> tuple[LedgerEntry, ...]:
        """Every act of a file with the findings of its day, which only this, `acts` and `verify` read.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        snapshot = self.snapshot(file)
        corrected_by = {act.index: number for number, act in enumerate(snapshot.case.acts) if isinstance(act, Correct)}
        entries = [self._entry(row) for row in snapshot.rows]
        return tuple(evolve(entry, corrected_by=corrected_by.get(entry.index)) for entry in entries)

    def current_findings(self, file: str) -> tuple[Finding, ...]:
        """The findings on a file as it is now: of each entry's day, and of a correction that judged it again.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        found: dict[int, list[Finding]] = {}
        for entry in self.history(file):
            if isinstance(entry.act, Correct):
                # A correction judges every act again and records what is unmet; what was unknown stays so, except on
                # the entry that it replaces.
                for index, findings in found.items():
                    kept = [] if index == entry.act.index else findings
                    found[index] = [finding for finding in kept if finding.value != "unmet"]
            for finding in entry.findings:
                found.setdefault(entry.index if finding.index is None else finding.index, []).append(finding)
        return tuple(finding for _, findings in sorted(found.items()) for finding in findings)

    def rejudge(
        self, file: str, *, today: date, edition: str | None = None, overlays: tuple[str, ...] | None = None
    ) -> Rejudged:
        """The recorded verdicts on a file against a review of its acts by other rulebooks; nothing is written.

        `edition` and `overlays` replace the file's own. Without both, what has changed since in the
        rulebooks that the acts were judged by is what shows.

        Raises:
            UnknownFile: there is no such file.
            BadInput: the edition or the local edition is not known, or it cannot read an act of the file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        check_asked(today)
        verdicts = [
            Verdict(edition=entry.edition, rulebook_hash=entry.rulebook_hash, findings=entry.findings)
            for entry in self.history(file)
        ]
        return rejudge(self.editions, self.case(file), verdicts, today=today, edition=edition, overlays=overlays)

    def acts(self, since: int = 0) -> Iterator[LedgerEntry]:
        """Every act after the place `since` in the order of the whole ledger, for hosts that follow.

        Raises:
            BadInput: `since` is no integer.
            Conflict: the ledger has not come to that place (`beyond`): it was restored from an older copy.
            LedgerError: a place is missing, the record of a file does not fit, or it cannot be read.
        """
        if type(since) is not int:
            raise BadInput.of(
                "since",
                Label(
                    zh=f"{shown(since)} 不是整数，请写明已读到的位置",
                    en=f"{shown(since)} is no integer; name the place up to which you have read",
                ),
            )
        seq = max(since, 0)
        held = (self.ledger.head(LEDGER) or NOTHING).size
        if seq > held:
            raise Conflict(
                Label(
                    zh=f"台账现有 {held} 条，跟随位置为 {seq}；台账可能由旧备份恢复，请从头重新跟随",
                    en=f"the ledger holds {held} acts and was followed up to {seq}; it is an older copy or another "
                    "ledger, follow it again from its beginning",
                ),
                "beyond",
                held=held,
                expected=seq,
            )
        sound: dict[str, int] = {}  # how many acts of a file were found to fit; each file is looked at as a whole
        for row in self.ledger.rows_since(seq):
            seq += 1
            if row.seq != seq:
                raise self.ledger.fault(missing_act(seq))
            if row.number >= sound.get(row.file, 0):
                try:
                    sound[row.file] = len(self.case(row.file).acts)
                except UnknownFile as error:  # its acts are there, the file is not
                    raise self.ledger.fault(unreadable_record(row.file)) from error
            yield self._entry(row)

    def export(self, files: Iterable[str]) -> list[tuple[File, tuple[Act, ...]]]:
        """Files and their acts, as a dossier holds them.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit.
        """
        cases = [self.case(file) for file in files]
        return [(case.as_opened, case.entries) for case in cases]

    def verify(self, file: str) -> Case:
        """Replay a file through the machine and compare it with what is stored after each act; findings are read too.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit.
        """
        snapshot = self.snapshot(file)
        for row in snapshot.rows:
            self._entry(row)
        case = open_case(self.editions, snapshot.case.as_opened)
        for act, row in zip(snapshot.case.entries, snapshot.rows, strict=True):
            case = self._moved(case, act, row, replayed)
        if case != snapshot.case:
            raise self.ledger.fault(unfit_record(file, len(snapshot.case.acts), ""))
        return case

    def _opened(self, file: str, found: FileRow) -> Case:
        if not is_sealed(found):
            raise self.ledger.fault(altered_record(file, None))
        try:
            case = open_case(self.editions, stored_file(found))
        except _UNREADABLE as error:
            raise self.ledger.fault(unreadable_record(file)) from error
        if case.file.id != file:
            raise self.ledger.fault(unreadable_record(file))
        return case

    def _step(self, case: Case, row: ActRow) -> Case:
        """The case one stored act further. The stored state must be where the machine's edge leads."""
        try:
            act = stored_act(row)
        except _UNREADABLE as error:
            raise self.ledger.fault(unreadable_record(case.file.id)) from error
        return self._moved(case, act, row, followed)

    def _moved(self, case: Case, act: Act, row: ActRow, move: Move) -> Case:
        """The case after a stored act, by the first of the readings it may have been admitted under that leads there.

        Raises:
            LedgerError: none does, or the edition is not known here.
        """
        self._edition(case.file.id, len(case.acts), row.edition)
        try:
            for editions in self._under(row):
                after = move(editions, case, act, edition=row.edition, state=row.state)
                if after is not None:
                    return after
        except _UNREADABLE as error:
            raise self.ledger.fault(unreadable_record(case.file.id)) from error
        raise self.ledger.fault(unfit_record(case.file.id, len(case.acts), act.code))

    def _edition(self, file: str, number: int, edition: str) -> Rulebook:
        try:
            return self.editions.named(edition)
        except KeyError:
            raise self.ledger.fault(unknown_edition(file, number, edition)) from None

    def _entry(self, row: ActRow) -> LedgerEntry:
        rulebook = self._edition(row.file, row.number, row.edition)
        try:
            act = stored_act(row)
            procedure = rulebook.by_code.get(act.code)
            success = next((o.code for o in procedure.outcomes if o.default), "done") if procedure else "done"
            return LedgerEntry(
                seq=row.seq,
                file=row.file,
                index=row.number,
                act=act,
                outcome=act.outcome or success,
                state=row.state,
                edition=row.edition,
                rulebook_hash=row.book,
                findings=read_findings(
                    json.loads(row.findings), rulebook, Asked(row.edition, act.code, row.number, act.on), self.editions
                ),
                recorded=date.fromisoformat(row.recorded),
                recorded_by=row.recorded_by,
                moment=row.moment,
                system_user=row.system_user,
                settings=row.settings,
            )
        except _UNREADABLE as error:
            raise self.ledger.fault(unreadable_record(row.file)) from error

    def _unknown(self, file: str) -> UnknownFile:
        shown = file.encode("utf-8", "replace").decode()
        near = nearest(shown, self.ledger.ids_near(shown))
        return UnknownFile(
            Label(
                zh=f"{shown}：台账中没有此档案；" + (f"是否指 {near}？" if near else "请先查看档案列表"),
                en=f"{shown}: there is no such file in the ledger; "
                + (f"did you mean {near}?" if near else "list the files"),
            ),
            file=shown,
            nearest=near,
        )
