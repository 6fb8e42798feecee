"""What an import would take in: every act of a file judged, what is refused said in a sentence, rows for the rest.

Nothing is written here, and nothing stops at the first fault: one run names all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from recruitment.base.label import Label
from recruitment.engine.ruling import Ruling
from recruitment.formats.dossier.documents import file_data
from recruitment.law.editions import Editions
from recruitment.ledger.admission import Admission, admit_all
from recruitment.ledger.codec import NewEntry, Readings, entering, file_text, host_text, same_act
from recruitment.ledger.partial import new_in_list
from recruitment.ledger.rows import FileRow, Head
from recruitment.record.acts import Act, File
from recruitment.record.case import Case
from recruitment.record.checking import check_act

_INCOMPLETE: Final = Label(
    zh="记录不完整（complete 为 false），须说明凭何采信（on trust）方可入账",
    en="the record is not complete; say on whose word it is taken (on trust), or complete it",
)
_TOO_LATE: Final = Label(
    zh="不早于档案入账之日，不能如实补录（as it was），请去掉 as_it_was",
    en="is not dated before the day on which the file was opened, so it cannot be recorded as it was; leave that out",
)
_EMPTY: Final = Label(
    zh="档案没有任何程序，请加上首项（apply）",
    en="the file has no acts; begin it with its first one (apply)",
)


@frozen(kw_only=True)
class FileReport:
    """What an import found in one file: acts that were recorded already, the rulings of the new ones, and refusals.

    Each new act has its ruling, also after one that is refused. `refusals` says in a sentence each why the file
    cannot be taken; a file without any is admitted. `added` counts what was written: nothing where the import was
    refused or was a dry run.
    """

    id: str
    existing: int = 0
    added: int = 0
    rulings: tuple[Ruling, ...] = ()
    refusals: tuple[Label, ...] = ()

    @property
    def new(self) -> int:
        """How many acts are new and were judged."""
        return len(self.rulings)

    @property
    def admitted(self) -> bool:
        """Whether the file can be taken as it is."""
        return not self.refusals


@frozen(kw_only=True)
class ImportReport:
    """What an import found in every file, and whether it was written: all of it, what was admitted, or nothing."""

    files: tuple[FileReport, ...]
    written: bool = False

    @property
    def refused(self) -> tuple[str, ...]:
        """The ids of the files that cannot be taken."""
        return tuple(file.id for file in self.files if not file.admitted)

    @property
    def admitted(self) -> bool:
        """Whether every file can be taken."""
        return all(file.admitted for file in self.files)

    @property
    def new(self) -> int:
        """How many acts are new and were judged, over all files."""
        return sum(file.new for file in self.files)

    @property
    def added(self) -> int:
        """How many acts were written, over all files."""
        return sum(file.added for file in self.files)

    @property
    def existing(self) -> int:
        """How many acts were in the ledger already, over all files."""
        return sum(file.existing for file in self.files)

    def taken(self) -> ImportReport:
        """The same report once every new act of the files that are admitted is written."""
        files = (evolve(file, added=file.new) if file.admitted else file for file in self.files)
        return evolve(self, written=True, files=tuple(files))


@frozen(kw_only=True)
class Draft:
    """What an import would write for a file, on the head that it had when it was judged; None for a new file."""

    report: FileReport
    head: Head | None
    admission: Admission | None = None


def draft(
    editions: Editions,
    case: Case,
    file: File,
    acts: Sequence[Act],
    *,
    head: Head | None,
    today: date,
    on_trust: str | None,
    recorded_by: str | None,
    readings: Readings,
    partial: bool = False,
    as_it_was: str | None = None,
    opened: date | None = None,
) -> Draft:
    """Judge the acts of a file that are new on its case as it is; it has a `head` where the ledger has the file.

    With `partial` the acts come from a list, which says a part of what the file holds.

    `as_it_was` is the reason for which acts from before the day on which the file was `opened` in the ledger are
    recorded although a bar is unmet; without a day it is opened today.

    Raises:
        BadInput: an act that cannot be judged at all.
    """
    for n, act in enumerate(acts):
        check_act(act, f"acts[{n}]")
    stood = len(case.acts)
    refusals = []
    fresh: Sequence[Act] = acts[stood:]
    if head is not None:
        if partial:
            fresh, differing = new_in_list(editions, case, file, acts, today=today, reason=on_trust)
        else:
            differing = _differing(case, file, acts, editions)
        if differing:
            return Draft(report=FileReport(id=file.id, existing=stood, refusals=(differing,)), head=head)
    else:
        if not file.complete and on_trust is None:
            refusals.append(_sentence(file.id, _INCOMPLETE))
        if not acts:
            refusals.append(_sentence(file.id, _EMPTY))
    new = None if head is not None else FileRow(file.id, file_text(file), today.isoformat(), host_text(file))

    def judged(entered: Sequence[tuple[Act, str]]) -> tuple[tuple[Ruling, ...], Admission | None]:
        return admit_all(
            editions,
            case,
            [NewEntry(*entry, recorded_by, readings) for entry in entered],
            head=head,
            opens=new,
            today=today,
            on_trust=on_trust,
            as_it_was=as_it_was is not None,
        )

    entered = [entering(act, today) for act in fresh]
    rulings, admission = judged(entered)
    if as_it_was is not None:
        before = opened or today
        late = [act for act, _ in entered if isinstance(act.as_it_was, str) and act.on >= before]
        refusals += [_sentence(f"{file.id}: {act.code} {act.on}", _TOO_LATE) for act in late]
        marked = [
            entering(evolve(act, as_it_was=as_it_was), today) if _marks(ruling, before) else (act, text)
            for ruling, (act, text) in zip(rulings, entered, strict=True)
        ]
        if marked != entered:
            rulings, admission = judged(marked)
    refusals += [_refusal(ruling, editions) for ruling in rulings if not ruling.admitted]
    report = FileReport(id=file.id, existing=stood, rulings=rulings, refusals=tuple(refusals))
    return Draft(report=report, head=head, admission=None if refusals else admission)


def _marks(ruling: Ruling, before: date) -> bool:
    """Whether the reason of the import is put to an act: refused for what was, of the past, and without its own."""
    return not ruling.admitted and ruling.act.on < before and not isinstance(ruling.act.as_it_was, str)


def incomplete(file: File) -> Label:
    """Why a file that is not complete is not taken without a word for it."""
    return _sentence(file.id, _INCOMPLETE)


def _sentence(file: str, label: Label) -> Label:
    return Label(zh=f"{file}：{label.zh}", en=f"{file}: {label.en}")


def _refusal(ruling: Ruling, editions: Editions) -> Label:
    """In one sentence which act is refused, and by which rules."""
    place, code = f"{ruling.case.file.id}: acts[{len(ruling.case.acts)}]", ruling.act.code
    rulebook = editions.named(ruling.edition)
    rules = list(dict.fromkeys(finding.rule.code for finding in ruling.barring)) or ["order"]
    return Label(
        zh=f"{place}（{act_zh(code, editions)}）不予登记：{'、'.join(rulebook.title(rule, 'zh') for rule in rules)}",
        en=f"{place} ({code}) is refused: {', '.join(rules)}",
    )


def act_zh(code: str, editions: Editions) -> str:
    """What an act is called in Chinese; a correction is none of the procedures and has its word in the vocabulary."""
    rulebook = editions.rulebooks[-1]
    act = rulebook.by_code.get(code)
    return act.label.zh if act else rulebook.word(code, "zh")


def _differing(case: Case, file: File, acts: Sequence[Act], editions: Editions) -> Label | None:
    """In one sentence the first thing in which a document and the ledger differ; None where they agree."""
    stored, given = file_data(case.as_opened), file_data(file)
    for key in sorted({*stored, *given}):
        if stored.get(key) != given.get(key):
            return Label(
                zh=f"{file.id}：{key} 与台账中的档案不同，请核对",
                en=f"{file.id}: {key} differs from the ledger; compare the two",
            )
    for number, act in enumerate(case.entries):
        place = f"{file.id}: acts[{number}]"
        if number >= len(acts):
            return Label(
                zh=f"{place}（{act_zh(act.code, editions)}）台账中有，此处没有，请先导出再补充",
                en=f"{place} ({act.code}) is in the ledger and is missing here; export the file, add to it",
            )
        if not same_act(act, acts[number]):
            here = acts[number].code
            return Label(
                zh=f"{place}（{act_zh(here, editions)}）与台账中的“{act_zh(act.code, editions)}”（{act.on}）不同，"
                "请核对",
                en=f"{place} ({here}) differs from the ledger's {act.code} of {act.on}; compare the two",
            )
    return None
