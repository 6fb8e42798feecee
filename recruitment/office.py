"""The office: read a file, rule on an act, append it, in one transaction. The one place where ruling meets storage.

A refused act writes nothing and comes back as a `Decision` with its ruling. An exception is for what cannot be
answered: input that cannot be read, a file that is not there or has moved, a ledger that cannot be used. An office
may be shared between threads, and a ledger between processes: each act is judged on what then stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, frozen

from recruitment.case import Case
from recruitment.dossier import act_data, file_data, read_act, read_file
from recruitment.errors import BadInput, Conflict, Fault, LedgerError, UnknownFile, nearest
from recruitment.facts import Act, File
from recruitment.guards import Finding
from recruitment.ledger import Ledger, Row
from recruitment.rulebook import Books
from recruitment.ruling import Ruling, bench_of, follow, open_case, outcome_of, rule
from recruitment.ruling import recorded as entered
from recruitment.verdicts import compact, revive
from recruitment.wording import Label

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
    """An act as the ledger holds it: the state after it, the rulebook it was judged by, and the findings of its day."""

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


@frozen(kw_only=True)
class FileReport:
    """What an import found in one file: acts that stood already, acts that are new, their rulings, and refusals.

    A ruling is made of each new act up to the first that is refused. `refusals` says in a sentence each why the file
    cannot be taken; a file without any is admitted.
    """

    id: str
    existing: int = 0
    added: int = 0
    rulings: tuple[Ruling, ...] = ()
    refusals: tuple[Label, ...] = ()

    @property
    def admitted(self) -> bool:
        """Whether the file can be taken as it is."""
        return not self.refusals


@frozen(kw_only=True)
class ImportReport:
    """What an import found in every file, and whether it was written: all of it or nothing."""

    files: tuple[FileReport, ...]
    written: bool = False

    @property
    def admitted(self) -> bool:
        """Whether every file can be taken."""
        return all(file.admitted for file in self.files)

    @property
    def added(self) -> int:
        """How many acts are new, over all files."""
        return sum(file.added for file in self.files)

    @property
    def existing(self) -> int:
        """How many acts stood in the ledger already, over all files."""
        return sum(file.existing for file in self.files)


# ------------------------------------------------------------------------------------------- text


def canonical(data: Any) -> str:
    """Plain data as the one JSON text it has: keys sorted, no blanks, Chinese as it is."""
    return _JSON.encode(data)


_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)


@lru_cache(maxsize=8192)
def _act(text: str) -> Act:
    return read_act(json.loads(text))


@lru_cache(maxsize=1024)
def _file(text: str) -> File:
    return read_file({**json.loads(text), "acts": []})[0]


def _entering(act: Act, today: date) -> tuple[Act, str]:
    """The act as it enters the ledger and its text. It is read back, so that nothing is stored that cannot be."""
    data = act_data(act)
    data.setdefault("recorded", today.isoformat())
    text = canonical(data)
    return _act(text), text


def _without_entry(act: Act) -> dict[str, Any]:
    """What two records of one act must agree in: everything but the day of entry."""
    data = act_data(act)
    data.pop("recorded", None)
    return data


# ------------------------------------------------------------------------------------------- the office


class Office:
    """A ledger and the rulebooks that it is kept by."""

    def __init__(self, ledger: Ledger, books: Books) -> None:
        self.ledger = ledger
        self.books = books

    # ------------------------------------------------------------------------------ acting

    def open(
        self, file: File, act: Act, *, today: date, recorded_by: str | None = None, on_trust: str | None = None
    ) -> Decision:
        """Begin a file with its first act; where the act is refused there is no file.

        Raises:
            Conflict: a file of that id stands already.
            BadInput: the file or the act cannot be read, or the file is not complete and nobody vouches for it.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        facts = canonical(file_data(file))
        file = _file(facts)
        if not file.complete and on_trust is None:
            raise BadInput([Fault(file.id, _INCOMPLETE.en, _INCOMPLETE.zh)])
        with self.ledger.writing():
            if self.ledger.facts(file.id) is not None:
                raise Conflict(
                    f"{file.id}: a file of this id stands in the ledger already; advance it, or choose another id",
                    f"{file.id}：台账中已有此编号的档案，请直接登记程序，或另用编号",
                )
            case = open_case(self.books, file)
            return self._decide(case, act, today, recorded_by, on_trust, facts)

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
                    f"{file}：档案现有 {len(case.acts)} 项，预期为 {expected} 项；"
                    "未写入任何内容，请重新查看后再试",
                )
            return self._decide(case, act, today, recorded_by, on_trust)

    def _decide(
        self,
        case: Case,
        act: Act,
        today: date,
        recorded_by: str | None,
        on_trust: str | None,
        facts: str | None = None,
    ) -> Decision:
        """Rule, and append what is admitted; within a transaction. `facts` are a new file's."""
        act, text = _entering(act, today)
        ruling = rule(self.books, case, act, today=today, on_trust=on_trust)
        if not ruling.admitted:
            return Decision(ruling=ruling, recorded=False, case=case)
        after = ruling.following(self.books)
        if facts is not None:
            self.ledger.add_file(case.file.id, facts, today.isoformat())
        seq = self.ledger.add_act(_row(ruling, after, text, recorded_by))
        return Decision(ruling=ruling, recorded=True, number=len(case.acts), seq=seq, case=after)

    def why(self, file: str, act: Act, *, today: date) -> Ruling:
        """The ruling that an act would get now. Nothing is written.

        Raises:
            UnknownFile: there is no such file.
        """
        return rule(self.books, self.case(file), _entering(act, today)[0], today=today)

    # ------------------------------------------------------------------------------ reading

    def ids(self) -> Iterator[str]:
        """The ids of all files, sorted."""
        return self.ledger.ids()

    def case(self, file: str) -> Case:
        """A file as it stands.

        Raises:
            UnknownFile: there is no such file; the nearest id is named.
            LedgerError: the record does not fit.
        """
        facts = self.ledger.facts(file)
        if facts is None:
            raise self._unknown(file)
        case = self._opened(file, facts)
        for text, state, edition in self.ledger.steps(file):
            case = self._step(case, text, state, edition)
        return case

    def cases(self) -> Iterator[Case]:
        """Every file as it stands, in the order of the ids."""
        return (self.case(file) for file in self.ids())

    def history(self, file: str) -> tuple[Entry, ...]:
        """Every act of a file with the findings of its day.

        Raises:
            UnknownFile: there is no such file.
        """
        rows = self.ledger.rows(file)
        if not rows and self.ledger.facts(file) is None:
            raise self._unknown(file)
        return tuple(self._entry(row) for row in rows)

    def acts(self, since: int = 0) -> Iterator[Entry]:
        """Every act of the ledger after the place `since`, in the order of recording, for hosts that follow."""
        return (self._entry(row) for row in self.ledger.rows_since(since))

    def export(self, files: Iterable[str]) -> list[tuple[File, tuple[Act, ...]]]:
        """Files and their acts, as a dossier holds them.

        Raises:
            UnknownFile: there is no such file.
        """
        cases = [self.case(file) for file in files]
        return [(case.file, case.acts) for case in cases]

    def verify(self, file: str) -> Case:
        """Replay a file through the machine and compare it with what is stored after each act.

        Raises:
            UnknownFile: there is no such file.
            LedgerError: the record does not fit.
        """
        standing = self.case(file)
        case = open_case(self.books, standing.file)
        for act, (_, state, edition) in zip(standing.acts, self.ledger.steps(file), strict=False):
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
            return open_case(self.books, _file(facts))
        except (ValueError, TypeError, BadInput) as error:
            raise self._unreadable(file) from error

    def _step(self, case: Case, text: str, state: str, edition: str) -> Case:
        """The case one stored act further. The stored state must be where the machine's edge leads."""
        try:
            act = _act(text)
        except (ValueError, BadInput) as error:
            raise self._unreadable(case.file.id) from error
        try:
            book = self.books.named(edition)
            outcome = outcome_of(book, case, act)
            edge = bench_of(book).course.edge(case.state.name, act.code, outcome)
            if edge is not None:
                after = follow(book, case, act, outcome, edge)
            else:  # a record that is not whole: the machine presumes what is missing
                after = entered(self.books, case, act, edition)
        except (KeyError, BadInput) as error:
            raise self._unfit(case, act.code) from error
        if after.state.name != state:
            raise self._unfit(case, act.code)
        return after

    def _entry(self, row: Row) -> Entry:
        try:
            book = self.books.named(row.edition)
        except KeyError:
            raise self.ledger.fault(
                Fault(
                    "",
                    f"file {row.file}, act {row.number}: judged by the edition {row.edition}, which is not known "
                    "here; update the rulebooks",
                    f"档案 {row.file} 第 {row.number} 项：所依据的“{row.edition}”版此处没有，请更新规程",
                )
            ) from None
        try:
            act = _act(row.act)
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
                findings=revive(json.loads(row.findings), book),
                recorded=date.fromisoformat(row.recorded),
                recorded_by=row.recorded_by,
            )
        except (ValueError, BadInput) as error:
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

        A file that stands in the ledger must hold the same acts so far; the new ones are appended. `on_trust` is
        the reason for which unknown bars, and records that are not complete, are let through.

        Raises:
            BadInput: files that cannot be judged at all, with every fault; nothing was written.
            LedgerError: the ledger cannot be used; nothing was written.
        """
        faults: list[Fault] = []
        drafts: list[_Draft] = []
        seen: set[str] = set()
        for file, acts in files:
            if file.id in seen:
                faults.append(Fault(file.id, "this id stands twice; leave one out", "编号重复，请去掉一个"))
            seen.add(file.id)
            drafts.append(self._draft(file, acts, today, on_trust, recorded_by, faults))
        if faults:
            raise BadInput(faults)
        report = ImportReport(files=tuple(draft.report for draft in drafts))
        if dry_run or not report.admitted:
            return report
        # Judging held up no other writer. A file that has moved meanwhile is judged once more.
        with self.ledger.writing():
            for n, (file, acts) in enumerate(files):
                if len(self.ledger.steps(file.id)) != drafts[n].stood:
                    drafts[n] = self._draft(file, acts, today, on_trust, recorded_by, faults)
            report = ImportReport(files=tuple(draft.report for draft in drafts))
            if report.admitted and not faults:
                new = [draft.new for draft in drafts if draft.new]
                self.ledger.add_all(new, [row for draft in drafts for row in draft.rows])
                report = evolve(report, written=True)
        if faults:
            raise BadInput(faults)
        return report

    def _draft(
        self,
        file: File,
        acts: Sequence[Act],
        today: date,
        on_trust: str | None,
        recorded_by: str | None,
        faults: list[Fault],
    ) -> _Draft:
        """Judge one file of an import on what stands, up to the first act that is refused."""
        facts = self.ledger.facts(file.id)
        case = open_case(self.books, file) if facts is None else self.case(file.id)
        stood = len(case.acts)
        report = FileReport(id=file.id, existing=stood)
        if facts is not None:
            differing = _differing(case, file, acts)
            if differing:
                return _Draft(report=evolve(report, refusals=(differing,)), stood=stood)
        elif not file.complete and on_trust is None:
            return _Draft(report=evolve(report, refusals=(_sentence(file.id, _INCOMPLETE),)), stood=stood)
        elif not acts:
            return _Draft(report=evolve(report, refusals=(_sentence(file.id, _EMPTY),)), stood=stood)
        rulings, rows, refusals = [], [], []
        for number in range(stood, len(acts)):
            try:
                act, text = _entering(acts[number], today)
                ruling = rule(self.books, case, act, today=today, on_trust=on_trust)
            except BadInput as error:
                place = f"{file.id}: acts[{number}]"
                faults.extend(fault.within(place) for fault in error.faults)
                break
            rulings.append(ruling)
            if not ruling.admitted:
                refusals.append(_refusal(ruling, number))
                break
            case = ruling.following(self.books)
            rows.append(_row(ruling, case, text, recorded_by))
        report = evolve(report, added=len(rows), rulings=tuple(rulings), refusals=tuple(refusals))
        new = (file.id, canonical(file_data(file)), today.isoformat()) if facts is None else None
        return _Draft(report=report, stood=stood, new=new, rows=tuple(rows))

    # ------------------------------------------------------------------------------ errors

    def _unknown(self, file: str) -> UnknownFile:
        near = nearest(file, self.ledger.ids_near(file))
        shown = file.encode("utf-8", "replace").decode()
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
                f"{place}: the record does not fit; restore the ledger from a copy",
                f"{zh}：记录前后不符，请用备份恢复",
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


@frozen(kw_only=True)
class _Draft:
    """What an import would write for one file: `stood` acts were there when it was judged."""

    report: FileReport
    stood: int
    new: tuple[str, str, str] | None = None
    rows: tuple[Row, ...] = ()


_INCOMPLETE = Label(
    "记录不完整（complete 为 false），须说明凭何采信（on trust）方可入账",
    "the record is not complete; say on whose word it is taken (on trust), or complete it",
)
_EMPTY = Label(
    "档案没有任何程序，请加上首项（apply）",
    "the file has no acts; begin it with its first one (apply)",
)


def _sentence(file: str, label: Label) -> Label:
    return Label(f"{file}：{label.zh}", f"{file}: {label.en}")


def _refusal(ruling: Ruling, number: int) -> Label:
    """In one sentence which act is refused, and by which rules."""
    place, code = f"{ruling.case.file.id}: acts[{number}]", ruling.act.code
    rules = list(dict.fromkeys(finding.rule.code for finding in ruling.barring)) or ["order"]
    return Label(
        f"{place}（{code}）不予登记：{'、'.join(rules)}", f"{place} ({code}) is refused: {', '.join(rules)}"
    )


def _differing(case: Case, file: File, acts: Sequence[Act]) -> Label | None:
    """The first thing in which a document and the ledger's file differ, in one sentence; None where they agree."""
    stored, given = file_data(case.file), file_data(file)
    for key in sorted({*stored, *given}):
        if stored.get(key) != given.get(key):
            return Label(
                f"{file.id}：{key} 与台账中的档案不同，请核对",
                f"{file.id}: {key} differs from the ledger; compare the two",
            )
    for number, act in enumerate(case.acts):
        place = f"{file.id}: acts[{number}]"
        if number >= len(acts):
            return Label(
                f"{place}（{act.code}）台账中有，此处没有，请先导出再补充",
                f"{place} ({act.code}) stands in the ledger and is missing here; export the file and add to it",
            )
        if _without_entry(act) != _without_entry(acts[number]):
            here = acts[number].code
            return Label(
                f"{place}（{here}）与台账中的 {act.code}（{act.on}）不同，请核对",
                f"{place} ({here}) differs from the ledger's {act.code} of {act.on}; compare the two",
            )
    return None


def _row(ruling: Ruling, after: Case, text: str, recorded_by: str | None) -> Row:
    """What the ledger keeps of an act that is admitted; its place in the whole ledger comes with the writing."""
    return Row(
        seq=0,
        file=after.file.id,
        number=len(after.acts) - 1,
        act=text,
        state=after.state.name,
        edition=ruling.edition,
        book=ruling.book_hash,
        findings=canonical(compact(ruling.findings)),
        recorded=(ruling.act.recorded or ruling.act.on).isoformat(),
        recorded_by=recorded_by,
    )
