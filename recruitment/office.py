"""The office: read a file, rule on an act, append it, in one transaction; here alone ruling meets storage.

A refused act writes nothing and comes back as a `Decision` with its ruling. An exception is for what cannot
be answered: input that cannot be read, a file that is not there or has moved, a ledger that cannot be used.
An office may be shared between threads, its ledger between processes: each act is judged on what then stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from recruitment.case import Case
from recruitment.chart import chart_of
from recruitment.errors import BadInput, Conflict, Fault, LedgerError, UnknownFile, nearest
from recruitment.facts import Act, Correct, File
from recruitment.findings import Asked, Finding
from recruitment.intake import Draft, FileReport, ImportReport, draft, incomplete
from recruitment.ledger import Ledger, Row
from recruitment.records import act_of, entering, file_of, file_text, row_of
from recruitment.rejudging import Rejudged, Verdict, rejudge
from recruitment.review import recorded as entered
from recruitment.review import rule
from recruitment.rulebook import Books, Rulebook
from recruitment.ruling import Ruling, follow, open_case, outcome_of
from recruitment.verdicts import revive

# ------------------------------------------------------------------------------------------- values


@frozen(kw_only=True)
class Decision:
    """What became of an act: its ruling, and where it was recorded; `case` is the file as it then stands.

    `number` is the place of the act in the file from 0, `seq` its place in the order of the whole ledger.
    """

    ruling: Ruling
    recorded: bool
    number: int | None = None
    seq: int | None = None
    case: Case


@frozen(kw_only=True)
class Entry:
    """An act as the ledger holds it: the state after it, the rulebook, the findings of its day."""

    seq: int
    file: str
    number: int
    act: Act
    outcome: str
    state: str
    edition: str
    book_hash: str
    findings: tuple[Finding, ...]
    recorded: date
    recorded_by: str | None
    corrected_by: int | None = None
    """The number of the entry that has set this one right or struck it out, the last one where there are several."""


# ------------------------------------------------------------------------------------------- the office

_UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError, BadInput)
"""What reading a text of the ledger raises where somebody has changed it."""


class Office:
    """A ledger and the rulebooks that it is kept by."""

    def __init__(self, ledger: Ledger, books: Books) -> None:
        self.ledger = ledger
        self.books = books

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
            Conflict: a file of that id stands already.
            BadInput: the file or the act cannot be read, or nobody vouches for a file that is not complete.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        facts = file_text(file)
        file = file_of(facts)
        if not file.complete and on_trust is None:
            refusal = incomplete(file)
            raise BadInput([Fault("", refusal.en, refusal.zh)])
        with self.ledger.writing():
            if self.ledger.facts(file.id) is not None:
                raise Conflict(
                    f"{file.id}: a file of this id stands in the ledger already; advance it, or choose another id",
                    f"{file.id}：台账中已有此编号的档案，请直接登记程序，或另用编号",
                )
            case = open_case(self.books, file)
            return self._decide(case, act, today=today, recorded_by=recorded_by, on_trust=on_trust, facts=facts)

    def advance(
        self,
        file: str,
        act: Act,
        *,
        today: date,
        recorded_by: str | None = None,
        expected: int | None = None,
        on_trust: str | None = None,
    ) -> Decision:
        """Judge an act on the file as it stands, and record it if it is admitted.

        Raises:
            UnknownFile: there is no such file.
            Conflict: the file does not hold the `expected` number of acts; nothing was written.
            BadInput: the act cannot be read.
            LedgerError: the ledger cannot be used, or its record does not fit; nothing was written.
        """
        with self.ledger.writing():
            case = self.case(file)
            if expected is not None and expected != len(case.acts):
                raise Conflict(
                    f"{file}: the file holds {len(case.acts)} acts and {expected} were expected; "
                    "nothing was written, look at it again and try again",
                    f"{file}：档案现有 {len(case.acts)} 项，预期为 {expected} 项；未写入任何内容，请重新查看后再试",
                )
            return self._decide(case, act, today=today, recorded_by=recorded_by, on_trust=on_trust)

    def _decide(
        self,
        case: Case,
        act: Act,
        *,
        today: date,
        recorded_by: str | None,
        on_trust: str | None,
        facts: str | None = None,
    ) -> Decision:
        """Rule, and append what is admitted; within a transaction. `facts` are a new file's."""
        act, text = entering(act, today)
        ruling = rule(self.books, case, act, today=today, on_trust=on_trust)
        if not ruling.admitted:
            return Decision(ruling=ruling, recorded=False, case=case)
        if facts is not None:
            self.ledger.add_file(case.file.id, facts, today.isoformat())
        return self._appended(ruling, text, recorded_by)

    def _appended(self, ruling: Ruling, text: str, recorded_by: str | None) -> Decision:
        """Append an act that was admitted; within a transaction."""
        after = ruling.following(self.books)
        seq = self.ledger.add_act(row_of(ruling, after, text, recorded_by))
        return Decision(ruling=ruling, recorded=True, number=len(ruling.case.acts), seq=seq, case=after)

    def advance_together(
        self,
        requests: Sequence[tuple[str, Act]],
        *,
        today: date,
        recorded_by: str | None = None,
        whole: bool = True,
    ) -> tuple[Decision, ...]:
        """Judge an act on each of several files, as one meeting decides on several people, in the order given.

        With `whole` all are recorded in one transaction, or none: then an act that was admitted comes back unrecorded
        beside those that were refused. Without it each is judged and recorded for itself. What cannot be answered is
        found before anything is written.

        Raises:
            UnknownFile: there is no such file.
            BadInput: no file, or one that is named twice; or an act that cannot be read.
            LedgerError: the ledger cannot be used, or a record does not fit.
        """
        files = [file for file, _ in requests]
        twice = next((file for n, file in enumerate(files) if file in files[:n]), None)
        if twice is not None:
            raise BadInput.of(twice, "the file is named twice; name it once", "同一份档案写了两次，请只写一次")
        if not files:
            raise BadInput.of("files", "name at least one file", "请至少写明一份档案")
        if not whole:
            for file, act in requests:
                self.why(file, act, today=today)
            return tuple(self.advance(file, act, today=today, recorded_by=recorded_by) for file, act in requests)
        with self.ledger.writing():
            ruled = []
            for file, act in requests:
                entry, text = entering(act, today)
                ruled.append((rule(self.books, self.case(file), entry, today=today), text))
            if all(ruling.admitted for ruling, _ in ruled):
                return tuple(self._appended(ruling, text, recorded_by) for ruling, text in ruled)
        return tuple(Decision(ruling=ruling, recorded=False, case=ruling.case) for ruling, _ in ruled)

    def why(self, file: str, act: Act, *, today: date) -> Ruling:
        """The ruling that an act would get now. Nothing is written.

        Raises:
            UnknownFile: there is no such file.
        """
        return rule(self.books, self.case(file), entering(act, today)[0], today=today)

    # ------------------------------------------------------------------------------ reading

    def ids(self) -> Iterator[str]:
        """The ids of all files, sorted."""
        return self.ledger.ids()

    def case(self, file: str) -> Case:
        """A file as it stands. The findings kept with its acts are not read: see `history`.

        Raises:
            UnknownFile: there is no such file; the nearest id is named.
            LedgerError: the record does not fit: an act is missing, or a state is not where the machine leads.
        """
        facts = self.ledger.facts(file)
        if facts is None:
            raise self._unknown(file)
        case = self._opened(file, facts)
        for text, state, edition, number in self.ledger.steps(file):
            if number != len(case.acts):
                raise self._unfit(case, "")
            case = self._step(case, text, state, edition)
        return case

    def cases(self) -> Iterator[Case]:
        """Every file as it stands, in the order of the ids."""
        return (self.case(file) for file in self.ids())

    def history(self, file: str) -> tuple[Entry, ...]:
        """Every act of a file with the findings of its day, which only this, `acts` and `verify` read.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        corrected_by = {
            act.index: number for number, act in enumerate(self.case(file).acts) if isinstance(act, Correct)
        }
        entries = [self._entry(row) for row in self.ledger.rows(file)]
        return tuple(evolve(entry, corrected_by=corrected_by.get(entry.number)) for entry in entries)

    def standing_findings(self, file: str) -> tuple[Finding, ...]:
        """The findings on a file as it stands: of the day of each entry, and of what a correction had judged anew.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        found: dict[int, list[Finding]] = {}
        for entry in self.history(file):
            if isinstance(entry.act, Correct):
                # What is unmet was judged anew, on everything; what is unknown still is, save on the entry itself.
                for index, findings in found.items():
                    kept = [] if index == entry.act.index else findings
                    found[index] = [finding for finding in kept if finding.value != "unmet"]
            for finding in entry.findings:
                found.setdefault(entry.number if finding.index is None else finding.index, []).append(finding)
        return tuple(finding for _, findings in sorted(found.items()) for finding in findings)

    def rejudge(
        self, file: str, *, today: date, edition: str | None = None, overlays: tuple[str, ...] | None = None
    ) -> Rejudged:
        """The recorded verdicts on a file against a review of its acts by other rulebooks; nothing is written.

        `edition` and `overlays` stand in place of the file's own. Without both, what has changed since in the
        rulebooks that the acts were judged by is what shows.

        Raises:
            UnknownFile: there is no such file.
            BadInput: the edition or the local edition is not known, or it cannot read an act of the file.
            LedgerError: the record does not fit, or its findings cannot be read.
        """
        verdicts = [
            Verdict(edition=entry.edition, book_hash=entry.book_hash, findings=entry.findings)
            for entry in self.history(file)
        ]
        return rejudge(self.books, self.case(file), verdicts, today=today, edition=edition, overlays=overlays)

    def acts(self, since: int = 0) -> Iterator[Entry]:
        """Every act after the place `since` in the order of the whole ledger, for hosts that follow.

        Raises:
            LedgerError: a place is missing, the record of a file does not fit, or it cannot be read.
        """
        seq = max(since, 0)
        sound: dict[str, int] = {}  # how many acts of a file were found to fit; each file is looked at as a whole
        for row in self.ledger.rows_since(seq):
            seq += 1
            if row.seq != seq:
                raise self._missing(seq)
            if row.number >= sound.get(row.file, 0):
                try:
                    sound[row.file] = len(self.case(row.file).acts)
                except UnknownFile as error:  # its acts stand there, the file does not
                    raise self._unreadable(row.file) from error
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
        self.history(file)
        standing = self.case(file)
        case = open_case(self.books, standing.as_opened)
        for act, (_, state, edition, _) in zip(standing.entries, self.ledger.steps(file), strict=False):
            try:
                case = entered(self.books, case, act, edition)
            except (KeyError, BadInput) as error:
                raise self._unfit(case, act.code) from error
            if case.state.name != state:
                raise self._unfit(case, act.code)
        if case != standing:
            raise self._unfit(standing, "")
        return case

    def _opened(self, file: str, facts: str) -> Case:
        try:
            case = open_case(self.books, file_of(facts))
        except _UNREADABLE as error:
            raise self._unreadable(file) from error
        if case.file.id != file:
            raise self._unreadable(file)
        return case

    def _step(self, case: Case, text: str, state: str, edition: str) -> Case:
        """The case one stored act further. The stored state must be where the machine's edge leads."""
        try:
            act = act_of(text)
        except _UNREADABLE as error:
            raise self._unreadable(case.file.id) from error
        book = self._edition(case.file.id, len(case.acts), edition)
        try:
            outcome = outcome_of(book, case, act)
            edge = chart_of(book).edge(case.state.name, act.code, outcome)
            if edge is not None:
                after = follow(book, case, act, outcome, edge)
            else:  # a record that is not whole: the machine presumes what is missing
                after = entered(self.books, case, act, edition)
        except (KeyError, BadInput) as error:
            raise self._unfit(case, act.code) from error
        if after.state.name != state:
            raise self._unfit(case, act.code)
        return after

    def _edition(self, file: str, number: int, edition: str) -> Rulebook:
        try:
            return self.books.named(edition)
        except KeyError:
            raise self.ledger.fault(
                Fault(
                    "",
                    f"file {file}, act {number}: judged by the edition {edition}, which is not "
                    "known here; update the rulebooks",
                    f"档案 {file} 第 {number} 项：所依据的“{edition}”版此处没有，请更新软件",
                )
            ) from None

    def _entry(self, row: Row) -> Entry:
        book = self._edition(row.file, row.number, row.edition)
        try:
            act = act_of(row.act)
            procedure = book.by_code.get(act.code)
            success = next((o.code for o in procedure.outcomes if o.default), "done") if procedure else "done"
            return Entry(
                seq=row.seq,
                file=row.file,
                number=row.number,
                act=act,
                outcome=act.outcome or success,
                state=row.state,
                edition=row.edition,
                book_hash=row.book,
                findings=revive(
                    json.loads(row.findings), book, Asked(row.edition, act.code, row.number, act.on), self.books
                ),
                recorded=date.fromisoformat(row.recorded),
                recorded_by=row.recorded_by,
            )
        except _UNREADABLE as error:
            raise self._unreadable(row.file) from error

    # ------------------------------------------------------------------------------ import

    def import_files(
        self,
        files: Sequence[tuple[File, Sequence[Act]]],
        *,
        today: date,
        dry_run: bool = False,
        on_trust: str | None = None,
        recorded_by: str | None = None,
    ) -> ImportReport:
        """Judge every act of every file, each on the file so far, and record them all or none.

        A file that stands in the ledger must hold the same acts so far; the new ones are appended. `on_trust`
        is the reason for which unknown bars, and records that are not complete, are let through.

        Raises:
            BadInput: files that cannot be judged at all, with every fault; nothing was written.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        faults: list[Fault] = []
        drafts: list[Draft] = []
        seen: set[str] = set()
        for file, acts in files:
            if file.id in seen:
                faults.append(Fault(file.id, "this id stands twice; leave one out", "编号重复，请去掉一个"))
            seen.add(file.id)
            drafts.append(self._draft(file, acts, faults, today=today, on_trust=on_trust, recorded_by=recorded_by))
        if faults:
            raise BadInput(faults)
        report = ImportReport(files=tuple(draft.report for draft in drafts))
        if dry_run or not report.admitted:
            return report
        # Judging held up no other writer. A file that has moved meanwhile is judged once more.
        with self.ledger.writing():
            for n, (file, acts) in enumerate(files):
                if len(self.ledger.steps(file.id)) != drafts[n].stood:
                    drafts[n] = self._draft(file, acts, faults, today=today, on_trust=on_trust, recorded_by=recorded_by)
            report = ImportReport(files=tuple(draft.report for draft in drafts))
            if report.admitted and not faults:
                new = [draft.new for draft in drafts if draft.new]
                self.ledger.add_all(new, [row for draft in drafts for row in draft.rows])
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
    ) -> Draft:
        """Judge one file of an import on what stands; a fault is noted with the file it stands in."""
        stands = self.ledger.facts(file.id) is not None
        case = self.case(file.id) if stands else open_case(self.books, file)
        try:
            return draft(
                self.books,
                case,
                file,
                acts,
                stands=stands,
                today=today,
                on_trust=on_trust,
                recorded_by=recorded_by,
            )
        except BadInput as error:
            for fault in error.faults:  # what is wrong with the file itself names it already
                named = fault.where.startswith(f"{file.id}: ")
                faults.append(fault if named else fault.within(file.id))
            return Draft(report=FileReport(id=file.id), stood=len(case.acts))

    # ------------------------------------------------------------------------------ errors

    def _unknown(self, file: str) -> UnknownFile:
        shown = file.encode("utf-8", "replace").decode()
        near = nearest(shown, self.ledger.ids_near(shown))
        return UnknownFile(
            f"{shown}: there is no such file in the ledger; " + (f"did you mean {near}?" if near else "list the files"),
            f"{shown}：台账中没有此档案；" + (f"是否指 {near}？" if near else "请先查看档案列表"),
        )

    def _unfit(self, case: Case, code: str) -> LedgerError:
        place = f"file {case.file.id}, act {len(case.acts)}" + (f" ({code})" if code else "")
        zh = f"档案 {case.file.id} 第 {len(case.acts)} 项" + (f"（{code}）" if code else "")
        return self.ledger.fault(
            Fault(
                "",
                f"{place}: the record does not fit; restore the ledger from a copy, "
                "or name the readings (--policy) that it was kept by",
                f"{zh}：记录前后不符，请用备份恢复；台账如按其他口径（--policy）登记，请写明该口径",
            )
        )

    def _missing(self, seq: int) -> LedgerError:
        return self.ledger.fault(
            Fault(
                "",
                f"place {seq} of the ledger: the act is missing; restore the ledger from a copy",
                f"台账第 {seq} 条：记录缺失，请用备份恢复",
            )
        )

    def _unreadable(self, file: str) -> LedgerError:
        return self.ledger.fault(
            Fault(
                "",
                f"file {file}: the record cannot be read; restore the ledger from a copy",
                f"档案 {file}：记录无法读取，请用备份恢复",
            )
        )
