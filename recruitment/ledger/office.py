"""The office: read a file, rule on an act, append it, in one transaction; here alone anything is entered.

A refused act writes nothing and comes back as a `Decision` with its ruling. An exception is for what cannot
be answered: input that cannot be read, a file that is not there or has moved, a ledger that cannot be used.
An office may be shared between threads, its ledger between processes: each act is judged on what then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from recruitment.base.errors import BadInput, Conflict, Fault
from recruitment.base.label import Label
from recruitment.engine.judging import judge_new_entry
from recruitment.engine.ruling import Ruling, open_case
from recruitment.ledger.codec import entering, file_text, read_file_text, row_of
from recruitment.ledger.importing import Draft, FileReport, ImportReport, draft, incomplete
from recruitment.ledger.reader import LedgerReader
from recruitment.record.acts import Act, File
from recruitment.record.case import Case


@frozen(kw_only=True)
class Decision:
    """What became of an act: its ruling, and where it was recorded; `case` is the file as it then stands.

    `index` is the place of the act in the file from 0, `seq` its place in the order of the whole ledger.
    """

    ruling: Ruling
    recorded: bool
    index: int | None = None
    seq: int | None = None
    case: Case


class Office(LedgerReader):
    """The register, and all that is entered into it."""

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
        file = read_file_text(facts)
        if not file.complete and on_trust is None:
            refusal = incomplete(file)
            raise BadInput([Fault("", refusal)])
        with self.ledger.writing():
            if self.ledger.facts(file.id) is not None:
                raise Conflict(
                    Label(
                        zh=f"{file.id}：台账中已有此编号的档案，请直接登记程序，或另用编号",
                        en=f"{file.id}: a file of this id stands in the ledger already; advance it, or choose "
                        "another id",
                    ),
                )
            case = open_case(self.editions, file)
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
                    Label(
                        zh=f"{file}：档案现有 {len(case.acts)} 项，预期为 {expected} 项；"
                        "未写入任何内容，请重新查看后再试",
                        en=f"{file}: the file holds {len(case.acts)} acts and {expected} were expected; "
                        "nothing was written, look at it again and try again",
                    ),
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
        ruling = judge_new_entry(self.editions, case, act, today=today, on_trust=on_trust)
        if not ruling.admitted:
            return Decision(ruling=ruling, recorded=False, case=case)
        if facts is not None:
            self.ledger.add_file(case.file.id, facts, today.isoformat())
        return self._appended(ruling, text, recorded_by)

    def _appended(self, ruling: Ruling, text: str, recorded_by: str | None) -> Decision:
        """Append an act that was admitted; within a transaction."""
        after = ruling.following(self.editions)
        seq = self.ledger.add_act(row_of(ruling, after, text, recorded_by))
        return Decision(ruling=ruling, recorded=True, index=len(ruling.case.acts), seq=seq, case=after)

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
            raise BadInput.of(
                twice, Label(zh="同一份档案写了两次，请只写一次", en="the file is named twice; name it once")
            )
        if not files:
            raise BadInput.of("files", Label(zh="请至少写明一份档案", en="name at least one file"))
        if not whole:
            for file, act in requests:
                self.why(file, act, today=today)
            return tuple(self.advance(file, act, today=today, recorded_by=recorded_by) for file, act in requests)
        with self.ledger.writing():
            ruled = []
            for file, act in requests:
                entry, text = entering(act, today)
                ruled.append((judge_new_entry(self.editions, self.case(file), entry, today=today), text))
            if all(ruling.admitted for ruling, _ in ruled):
                return tuple(self._appended(ruling, text, recorded_by) for ruling, text in ruled)
        return tuple(Decision(ruling=ruling, recorded=False, case=ruling.case) for ruling, _ in ruled)

    def why(self, file: str, act: Act, *, today: date) -> Ruling:
        """The ruling that an act would get now. Nothing is written.

        Raises:
            UnknownFile: there is no such file.
        """
        return judge_new_entry(self.editions, self.case(file), entering(act, today)[0], today=today)

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
                faults.append(
                    Fault(file.id, Label(zh="编号重复，请去掉一个", en="this id stands twice; leave one out"))
                )
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
        case = self.case(file.id) if stands else open_case(self.editions, file)
        try:
            return draft(
                self.editions,
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
