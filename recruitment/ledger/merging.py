"""Taking the files of another ledger into this one: with all that was recorded of them there, or not at all.

An act keeps what it was judged by and what was found, its day and moment of entry, and its clerk; only its place in the
chain is new. The entry of the merger, which is of the chain of settings, names the ledger that it came from, the line
by which that one can be checked (its anchor), and of each file the digest that it ended with there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.base.structure.values import dump
from recruitment.law.editions import Editions, lay_on
from recruitment.law.rulebook import laid, national
from recruitment.ledger.faults import Trouble
from recruitment.ledger.importing import act_zh
from recruitment.ledger.reader import LedgerReader
from recruitment.ledger.rows import ActRow, FileRow, canonical
from recruitment.ledger.settings import LedgerSettings, settings_in_force
from recruitment.ledger.store import Store
from recruitment.ledger.verification import Verified, named_rulebooks, verify
from recruitment.ledger.verified_acts import VerifiedActs


@frozen(kw_only=True)
class FileMerge:
    """What a merger brings to one file: acts that both ledgers hold, acts that are new, or why it cannot be merged."""

    id: str
    existing: int = 0
    new: int = 0
    conflict: Label | None = None


@frozen(kw_only=True)
class MergeReport:
    """What a merger found in every file of the other ledger, and whether it was written.

    `ledger` and `anchor` name the other ledger and its state; `added` is how many acts were written.
    """

    ledger: str
    anchor: str
    files: tuple[FileMerge, ...]
    added: int = 0

    @property
    def conflicts(self) -> tuple[FileMerge, ...]:
        """The files that cannot be merged."""
        return tuple(file for file in self.files if file.conflict is not None)

    @property
    def new(self) -> int:
        """How many acts the other ledger brings, in the files without a conflict."""
        return sum(file.new for file in self.files)


def merge(
    here: LedgerReader,
    other: LedgerReader,
    *,
    of_record: Callable[[str, str], bool] | None = None,
    skip_conflicts: bool = False,
    dry_run: bool = False,
    set_by: str | None = None,
) -> MergeReport:
    """Append what another ledger holds and this one does not; what both hold is left as it is.

    A file is the same as far as its acts are: a longer one is a continuation, and one that parts from the other is a
    conflict. With a conflict nothing is written, or with `skip_conflicts` all files but those. The other ledger is
    verified first; `of_record` says which rulebooks are of record, see `recruitment.ledger.verification`. The settings
    of this ledger stay in force, and an office that has it open must open it again. An act by a local edition that
    they do not have cannot be read here, so its file is a conflict. What an office does with each act it records is not
    done with these: whoever follows the ledger meets them in `acts(since=…)`.

    Raises:
        BadInput: the two are one store.
        LedgerError: the other ledger is not what was recorded in it, or one of the two cannot be used; nothing was
            written.
    """
    store = here.ledger
    if other.ledger is store:
        raise BadInput.of(
            "other", Label(zh="这就是本台账，请另指一个台账", en="this is the ledger itself; name another ledger")
        )
    with other.ledger.snapshot():
        found = verify(other, of_record=of_record)
        if found.faults:
            raise other.ledger.fault(_unsound(found))
        held = other.ledger.settings()
        report = MergeReport(ledger=str(_plain(held[0].content).get("ledger")), anchor=found.anchor, files=())
        with store.snapshot() if dry_run else store.writing():
            files = tuple(_compared(here, other, file) for file in other.ledger.files())
            report = evolve(report, files=files)
            if dry_run or not report.new or (report.conflicts and not skip_conflicts):
                return report
            first = {file.id: file.existing for file in files if file.new}
            content = _entry(report, store, other.ledger, first)
            added = store.take_in(verified_acts(other.ledger, first, content), set_by=set_by)
            for file in first:
                here.verify(file)
    return evolve(report, added=added)


def verified_acts(source: Store, first: Mapping[str, int], content: str) -> VerifiedActs:
    """What of a ledger that was verified is new, from the number on that `first` gives of each file."""
    return VerifiedActs.of_verified(
        files=(file for file in source.files() if first.get(file.id) == 0),
        acts=(row for row in source.rows_since(0) if row.file in first and row.number >= first[row.file]),
        content=content,
    )


def _compared(here: LedgerReader, other: LedgerReader, file: FileRow) -> FileMerge:
    """What one file of the other ledger brings."""
    held, theirs, ours = here.ledger.file(file.id), other.ledger.rows(file.id), here.ledger.rows(file.id)
    if held is not None and held != file:
        return FileMerge(id=file.id, conflict=_other_facts(held, file))
    for mine, its in zip(ours, theirs, strict=False):
        if _content(mine) != _content(its):
            return FileMerge(id=file.id, existing=its.number, conflict=_parted(mine, its, other.editions))
    both = min(len(ours), len(theirs))
    for row in theirs[both:]:
        if not _is_known(row.edition, here.editions):
            return FileMerge(id=file.id, existing=both, conflict=_unknown_edition(row))
        if not _is_the_same(row.edition, here.editions, other.editions):
            return FileMerge(id=file.id, existing=both, conflict=_other_edition(row))
    return FileMerge(id=file.id, existing=both, new=len(theirs) - both)


def _is_known(edition: str, editions: Editions) -> bool:
    try:
        editions.named(edition)
    except KeyError:
        return False
    return True


def _is_the_same(edition: str, here: Editions, there: Editions) -> bool:
    """Whether the local editions that a name adds are the same law in both ledgers, whatever their folders."""
    codes = laid(edition)
    if not codes:
        return True
    base = here.named(national(edition))
    others = {overlay.code: overlay for overlay in there.overlays}
    theirs = lay_on(base, [others[code] for code in codes])
    return theirs.content_hash == here.named(edition).content_hash


def _other_edition(row: ActRow) -> Label:
    return Label(
        zh=f"第 {row.number} 项依据“{row.edition}”版登记，两个台账中这一地方规定的内容不同，请先统一设置",
        en=f"act {row.number} was judged by the edition {row.edition}, and that local edition is not the same in the "
        "two ledgers; set the same one in both first",
    )


def _unknown_edition(row: ActRow) -> Label:
    return Label(
        zh=f"第 {row.number} 项依据“{row.edition}”版登记，本台账的设置中没有这一地方规定，请先用 recruitment 设置 "
        "--地方规定文件夹 设置",
        en=f"act {row.number} was judged by the edition {row.edition}, which the settings of this ledger do not have; "
        "set it first with recruitment settings --local",
    )


def _content(row: ActRow) -> ActRow:
    """All of an act but its place in a ledger."""
    return row._replace(seq=0, settings=0, file_previous="", previous="", digest="")


def _other_facts(here: FileRow, there: FileRow) -> Label:
    if here.facts != there.facts:
        facts, others = _plain(here.facts), _plain(there.facts)
        key = next((key for key in sorted({*facts, *others}) if facts.get(key) != others.get(key)), "id")
        return Label(
            zh=f"两个台账中的 {key} 不同，请核对是否为同一份档案",
            en=f"{key} differs between the two ledgers; see whether it is the same file",
        )
    return Label(
        zh=f"两个台账分别建档（{here.opened}、{there.opened}），请核对是否为同一份档案",
        en=f"it was opened in each ledger separately, on {here.opened} and {there.opened}; see whether "
        "it is the same file",
    )


def _parted(here: ActRow, there: ActRow, editions: Editions) -> Label:
    """Where two records of a file part from each other; what differs is named by act and day, never by a person."""
    mine, its = _plain(here.act), _plain(there.act)
    code, other = str(mine.get("act")), str(its.get("act"))
    name, other_name = act_zh(code, editions), act_zh(other, editions)
    number, day, other_day = here.number, mine.get("on"), its.get("on")
    if here.act == there.act:
        return Label(
            zh=f"第 {number} 项（{name}，{day}）在两个台账中分别登记，登记人、时间或判断不同，请选定以哪个台账为准",
            en=f"act {number} ({code} of {day}) was entered in each ledger separately, by another clerk, at another "
            "moment or with other findings; decide which ledger is to be kept",
        )
    return Label(
        zh=f"第 {number} 项在此为“{name}”（{day}），在另一台账为“{other_name}”（{other_day}），请选定以哪个台账为准",
        en=f"act {number} is {code} of {day} here and {other} of {other_day} there, with other content; decide which "
        "ledger is to be kept",
    )


def _entry(report: MergeReport, store: Store, source: Store, first: Mapping[str, int]) -> str:
    """The entry of the merger: where the acts come from, all settings of that ledger, and this one's as they are."""
    in_force = settings_in_force(store)
    held = source.settings()
    ends = {file: source.rows(file)[-1].digest for file in first}
    return canonical(
        {
            "merged": {
                "ledger": report.ledger,
                "anchor": report.anchor,
                "files": {file.id: [file.existing, file.new, ends[file.id]] for file in report.files if file.new},
                "settings": [list(row._replace(content=_unnested(row.content))) for row in held],
            },
            "settings": dump(in_force.settings if in_force else LedgerSettings()),
            "rulebooks": sorted(set[str]().union(*(named_rulebooks(_plain(row.content)) for row in held))),
        }
    )


def _unnested(content: str) -> str:
    """The content of an entry of settings; of a merger without the settings that it took along.

    Ledgers that are merged again and again would else hold each other's entries in ever deeper copies.
    """
    said = _plain(content)
    taken = said.get("merged")
    if not isinstance(taken, dict):
        return content
    return canonical({**said, "merged": {key: value for key, value in taken.items() if key != "settings"}})


def _unsound(found: Verified) -> Trouble:
    place = found.first_fault
    return Trouble(
        "altered",
        Label(
            zh=f"该台账与登记时不同（{place.zh}），未并入任何内容，请运行 recruitment 核对",
            en=f"this ledger is not what was recorded in it ({place.en}), so nothing was merged; see "
            "recruitment verify",
        ),
    )


def _plain(text: str) -> Mapping[str, Any]:
    """What a text of a ledger that was verified says."""
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
