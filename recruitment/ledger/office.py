"""The office: read a file, rule on an act, append it, in one transaction; here alone anything is entered.

A refused act writes nothing and comes back as a `Decision` with its ruling. An exception is for what cannot
be answered: input that cannot be read, a file that is not there or has moved, a ledger that cannot be used.
An office may be shared between threads, its ledger between processes: each act is judged on what is recorded then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from typing import Final

from attrs import frozen

from recruitment.base.errors import BadInput, Conflict, Fault
from recruitment.base.label import Label
from recruitment.engine.judging import judge_new_entry
from recruitment.engine.ruling import Ruling
from recruitment.law.editions import Editions
from recruitment.ledger.admission import Admission, admit
from recruitment.ledger.codec import NewEntry, Readings, entering, file_text, host_text, readings_of, same_act
from recruitment.ledger.importing import Draft, FileReport, ImportReport, draft, incomplete
from recruitment.ledger.reader import FileSnapshot, LedgerEntry, LedgerReader
from recruitment.ledger.rows import ActRow, FileRow, Head, file_scope
from recruitment.ledger.store import Store
from recruitment.ledger.stores.chained import exists, moved
from recruitment.record.acts import Act, Correct, File
from recruitment.record.case import Case, open_case
from recruitment.record.checking import check_act, check_asked, check_file, check_named, check_text
from recruitment.record.evidence import UNKNOWN

MOST_KEPT: Final = 1024
"""Files whose case an office remembers."""


@frozen(kw_only=True)
class Decision:
    """What became of an act: its ruling, and where it was recorded; `case` is the file as it is then.

    `index` is the place of the act in the file from 0, `seq` its place in the order of the whole ledger.
    """

    ruling: Ruling
    recorded: bool
    index: int | None = None
    seq: int | None = None
    case: Case

    def __repr__(self) -> str:
        """One line, which names nobody."""
        return f"<Decision {'recorded' if self.recorded else 'not recorded'} {self.ruling!r}>"


class Office(LedgerReader):
    """The files of a ledger, read and entered, on any store.

    It judges by the ledger's settings (`recruitment.ledger.settings`); a host that gives `editions` of its own judges
    by those, and what of their readings is not the default is kept with each act. One that forbids to record what was
    unlawful as it was says so with `as_it_was=False`.

    A host that does something of its own with each act gives it as `on_recording` or `on_recorded`, whichever method
    recorded it; both are given the entry. `on_recording` is called in the transaction of the act: where it raises,
    nothing of that transaction is recorded, and the error is passed on. `on_recorded` is called after the commit, where
    several acts are of one transaction for each of them, and not at all where it failed: where it raises, the act
    stands, the others are called still, and the errors are passed on as one `ExceptionGroup`.
    """

    def __init__(
        self,
        ledger: Store,
        editions: Editions | None = None,
        *,
        as_it_was: bool = True,
        on_recording: Callable[[LedgerEntry], object] | None = None,
        on_recorded: Callable[[LedgerEntry], object] | None = None,
    ) -> None:
        super().__init__(ledger, editions)
        self.as_it_was = as_it_was
        self.on_recording, self.on_recorded = on_recording, on_recorded
        self._readings = Readings(readings_of(self.editions), self.settings_number)
        self._kept: dict[str, FileSnapshot] = {}

    def _require_as_it_was_allowed(self, act: Act) -> None:
        """See that only a correction says for which reason it is recorded as it was, where the host lets it.

        Raises:
            BadInput: with one sentence, where it does not.
        """
        if act.as_it_was is UNKNOWN or act.as_it_was is None:
            return
        if not isinstance(act, Correct):
            raise BadInput.of(
                f"{act.code}: as_it_was",
                Label(
                    zh="如实补录只用于导入和更正，请去掉这一项",
                    en="only an import or a correction records something as it was; leave it out",
                ),
            )
        if not self.as_it_was:
            raise _forbidden()

    # ------------------------------------------------------------------------------ acting

    def open(
        self,
        file: File,
        act: Act,
        *,
        today: date,
        recorded_by: str | None = None,
        on_trust: str | None = None,
    ) -> Decision:
        """Begin a file with its first act; where the act is refused there is no file.

        Raises:
            Conflict: there is a file of that id already (`exists`).
            BadInput: the file or the act cannot be read, or nobody vouches for a file that is not complete.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        check_asked(today, on_trust)
        facts = file_text(file)
        if not file.complete and on_trust is None:
            refusal = incomplete(file)
            raise BadInput([Fault("", refusal)])
        if self.ledger.file(file.id) is not None:
            raise exists(file.id)
        case = open_case(self.editions, file)
        ruling, after, admission = admit(
            self.editions,
            case,
            self._entry_of(act, today, recorded_by),
            head=None,
            opens=FileRow(file.id, facts, today.isoformat(), host_text(file)),
            today=today,
            on_trust=on_trust,
            as_it_was=self.as_it_was,
        )
        if admission is None:
            return Decision(ruling=ruling, recorded=False, case=case)
        return self._record(ruling, after, admission)

    def advance(
        self,
        file: str,
        act: Act,
        *,
        today: date,
        recorded_by: str | None = None,
        expected: int | None = None,
        on_trust: str | None = None,
        again: bool = False,
    ) -> Decision:
        """Judge an act on the file as it is, and record it if it is admitted.

        The same act of the same day and content as one that is recorded is taken for a retry, unless it is meant
        `again`. A caller over a network passes `expected`, the number of acts that the file held when it was read.

        It is judged while others may write. Where the file has moved before its turn comes it is judged once more,
        then with the others waiting.

        Raises:
            UnknownFile: there is no such file.
            Conflict: the file does not hold the `expected` number of acts (`moved`), or holds this one already
                (`repeat`); nothing was written.
            BadInput: the act cannot be read.
            LedgerError: the ledger cannot be used, or its record does not fit; nothing was written.
        """
        if expected is not None and type(expected) is not int:
            raise BadInput.of(
                "expected",
                Label(
                    zh=f"{expected!r} 不是整数，请写明查看时档案的项数",
                    en=f"{expected!r} is no integer; say how many acts the file held when you looked",
                ),
            )
        entry = self._entry_of(act, today, recorded_by)

        def decided() -> Decision:
            snapshot = self._current(file)
            if expected is not None and expected != len(snapshot.case.acts):
                raise moved(file, len(snapshot.case.acts), expected)
            ruling, after, admission = admit(
                self.editions,
                snapshot.case,
                entry,
                head=snapshot.head,
                today=today,
                on_trust=on_trust,
                as_it_was=self.as_it_was,
            )
            if admission is None:
                return Decision(ruling=ruling, recorded=False, case=snapshot.case)
            if not again:
                _refuse_repeat(ruling, self.editions)
            return self._record(ruling, after, admission)

        try:
            return decided()
        except Conflict as error:
            if error.kind != "moved" or expected is not None:
                raise
        with self.ledger.writing():
            return decided()

    def _entry_of(self, act: Act, today: date, recorded_by: str | None) -> NewEntry:
        """The act as it enters the ledger.

        Raises:
            BadInput: the act cannot be read, who records it is no text, or it may not be recorded as it was.
        """
        check_act(act)
        self._require_as_it_was_allowed(act)
        check_text(recorded_by, "recorded_by")
        return NewEntry(*entering(act, today), recorded_by, self._readings)

    def _current(self, file: str) -> FileSnapshot:
        """A file as it is now, read on from where this office last saw it."""
        check_named(file)
        kept = self._kept.get(file)
        head = self.ledger.head(file_scope(file)) if kept else None
        if kept is None or head is None or head.size < kept.head.size:
            return self.snapshot(file)
        if head == kept.head:
            return kept
        rows = self.ledger.rows(file, kept.head.size)[: head.size - kept.head.size]
        case = self._followed(kept.case, kept.head.digest, rows)
        if not rows or rows[-1].digest != head.digest:
            return self.snapshot(file)  # which says what does not fit
        return FileSnapshot(case=case, head=head)

    def _keep(self, file: str, snapshot: FileSnapshot) -> None:
        """Remember a file's current state, for the next act on it."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[file] = snapshot

    def _record(self, ruling: Ruling, after: Case, admission: Admission) -> Decision:
        """Record an act that was admitted."""
        (row,) = self._add([admission])
        snapshot = FileSnapshot(case=after, head=Head(row.number + 1, row.digest))
        self.ledger.after_commit(lambda: self._keep(row.file, snapshot))
        return Decision(ruling=ruling, recorded=True, index=row.number, seq=row.seq, case=after)

    def _add(self, admissions: Sequence[Admission]) -> tuple[ActRow, ...]:
        """Record acts that were admitted, and let the host do its own with each of them."""
        if self.on_recording is None and self.on_recorded is None:
            return self.ledger.add(admissions)
        with self.ledger.writing():
            rows = self.ledger.add(admissions)
            for row in rows:
                if self.on_recording is not None:
                    self.on_recording(self._entry(row))
                if self.on_recorded is not None:
                    self.ledger.after_commit(partial(_handed, self.on_recorded, self._entry, row))
        return rows

    def advance_together(
        self,
        requests: Sequence[tuple[str, Act]],
        *,
        today: date,
        recorded_by: str | None = None,
        whole: bool = True,
        again: bool = False,
    ) -> tuple[Decision, ...]:
        """Judge an act on each of several files, as one meeting decides on several people, in the order given.

        With `whole` all are recorded in one transaction, or none: then an act that was admitted comes back unrecorded
        together with those that were refused. Without it each is judged and recorded for itself. What cannot be
        answered is found before anything is written.

        Raises:
            UnknownFile: there is no such file.
            Conflict: a file holds the same act of the same day and content already (`repeat`); see `advance`.
            BadInput: no file, or one that is named twice; or an act that cannot be read.
            LedgerError: the ledger cannot be used, or a record does not fit.
        """
        files = [file for file, _ in requests]
        twice = next((file for n, file in enumerate(files) if file in files[:n]), None)
        if twice is not None:
            raise BadInput.of(
                twice, Label(zh="同一份档案写了两次，请只写一次", en="the file is named twice; name it once")
            )
        if not files:
            raise BadInput.of("files", Label(zh="请至少写明一份档案", en="name at least one file"))
        if not whole:
            for file, act in requests:
                self.why(file, act, today=today)
            return tuple(
                self.advance(file, act, today=today, recorded_by=recorded_by, again=again) for file, act in requests
            )
        with self.ledger.writing():
            ruled = []
            for file, act in requests:
                snapshot, entry = self._current(file), self._entry_of(act, today, recorded_by)
                ruled.append(
                    admit(
                        self.editions,
                        snapshot.case,
                        entry,
                        head=snapshot.head,
                        today=today,
                        as_it_was=self.as_it_was,
                    )
                )
            if all(admission for _, _, admission in ruled):
                if not again:
                    for ruling, _, _ in ruled:
                        _refuse_repeat(ruling, self.editions)
                return tuple(self._record(ruling, after, found) for ruling, after, found in ruled if found)
        return tuple(Decision(ruling=ruling, recorded=False, case=ruling.case) for ruling, _, _ in ruled)

    def why(self, file: str, act: Act, *, today: date) -> Ruling:
        """The ruling that an act would get now. Nothing is written.

        Raises:
            UnknownFile: there is no such file.
        """
        check_act(act)
        self._require_as_it_was_allowed(act)
        entry, _ = entering(act, today)
        return judge_new_entry(self.editions, self.case(file), entry, today=today, as_it_was=self.as_it_was)

    # ------------------------------------------------------------------------------ import

    def import_files(
        self,
        files: Sequence[tuple[File, Sequence[Act]]],
        *,
        today: date,
        dry_run: bool = False,
        on_trust: str | None = None,
        as_it_was: str | None = None,
        skip_refused: bool = False,
        recorded_by: str | None = None,
        partial: Collection[str] = (),
    ) -> ImportReport:
        """Judge every act of every file, each on the file so far, and record them all or none.

        The files in `partial` come from a list, which says a part of what a file holds: of one that is there already,
        only what the list says is compared. With `skip_refused` the files that are refused are left out, and the others
        recorded.

        A file that is in the ledger must hold the same acts so far; the new ones are appended. `on_trust`
        is the reason for which unknown bars, and records that are not complete, are let through; `as_it_was` the one
        for which acts from before the file was opened in the ledger are recorded although a bar is unmet.

        Raises:
            BadInput: nothing may be recorded as it was here, or files cannot be judged at all, with every fault;
                nothing was written.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        if as_it_was is not None and not self.as_it_was:
            raise _forbidden()
        faults: list[Fault] = []
        drafts: list[Draft] = []

        def drafting(file: File, acts: Sequence[Act]) -> Draft:
            return self._draft(
                file,
                acts,
                faults,
                today=today,
                on_trust=on_trust,
                recorded_by=recorded_by,
                partial=partial,
                as_it_was=as_it_was,
            )

        check_asked(today, on_trust)
        check_text(as_it_was, "as_it_was")
        check_text(recorded_by, "recorded_by")
        seen: set[str] = set()
        for n, (file, acts) in enumerate(files):
            try:
                check_file(file)
            except BadInput as error:
                faults += [fault.within(f"files[{n}]") for fault in error.faults]
                continue
            if file.id in seen:
                faults.append(
                    Fault(file.id, Label(zh="编号重复，请去掉一个", en="this id is there twice; leave one out"))
                )
            seen.add(file.id)
            drafts.append(drafting(file, acts))
        if faults:
            raise BadInput(faults)
        report = ImportReport(files=tuple(draft.report for draft in drafts))
        some = skip_refused and any(file.admitted for file in report.files)
        if dry_run or not (report.admitted or some):
            return report
        # Judging held up no other writer. A file that has moved meanwhile is judged once more.
        with self.ledger.writing():
            for n, (file, acts) in enumerate(files):
                if self.ledger.head(file_scope(file.id)) != drafts[n].head:
                    drafts[n] = drafting(file, acts)
            report = ImportReport(files=tuple(draft.report for draft in drafts))
            if (report.admitted or some) and not faults:
                taken = [draft for draft in drafts if draft.report.admitted]
                self._add([draft.admission for draft in taken if draft.admission])
                report = report.taken()
        if faults:
            raise BadInput(faults)
        return report

    def _draft(
        self,
        file: File,
        acts: Sequence[Act],
        faults: list[Fault],
        *,
        today: date,
        on_trust: str | None,
        recorded_by: str | None,
        partial: Collection[str],
        as_it_was: str | None,
    ) -> Draft:
        """Judge one file of an import on what is recorded; a fault is noted with the file it is in."""
        stored = self.ledger.file(file.id)
        if stored is None:
            case, head = open_case(self.editions, file), None
        else:
            snapshot = self.snapshot(file.id)
            case, head = snapshot.case, snapshot.head
        try:
            return draft(
                self.editions,
                case,
                file,
                acts,
                head=head,
                today=today,
                on_trust=on_trust,
                recorded_by=recorded_by,
                readings=self._readings,
                partial=file.id in partial,
                as_it_was=as_it_was,
                opened=None if stored is None else date.fromisoformat(stored.opened),
            )
        except BadInput as error:
            for fault in error.faults:  # what is wrong with the file itself names it already
                named = fault.where.startswith(f"{file.id}: ")
                faults.append(fault if named else fault.within(file.id))
            return Draft(report=FileReport(id=file.id), head=head)


def _handed(to: Callable[[LedgerEntry], object], entry_of: Callable[[ActRow], LedgerEntry], row: ActRow) -> None:
    to(entry_of(row))  # the entry is read when it is asked for: an import keeps no finding of thousands of acts


def _forbidden() -> BadInput:
    return BadInput.of(
        "as_it_was",
        Label(zh="此处不允许如实补录", en="nothing may be recorded as it was here; the host forbids it"),
    )


def _refuse_repeat(ruling: Ruling, editions: Editions) -> None:
    """See that the act is not recorded already.

    Raises:
        Conflict: it is, alike in its day and in everything else.
    """
    act, file = ruling.act, ruling.case.file.id
    for index, entry in enumerate(ruling.case.entries):
        if entry.code == act.code and entry.on == act.on and same_act(entry, act):
            name = editions.named(ruling.edition).by_code[act.code].label.zh
            raise Conflict(
                Label(
                    zh=f"{file}：{act.on} 的同一项“{name}”已登记为第 {index} 项，未再登记；确需再登记请加 --再次登记",
                    en=f"{file}: the same {act.code} of {act.on} is entry {index} already; nothing was written, "
                    "say again (--again) if it was done once more",
                ),
                "repeat",
                file=file,
                held=index,
            )
