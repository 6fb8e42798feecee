"""Acts that were admitted as plain data, for an application that keeps them in tables of its own; and back to a case.

A verdict is frozen: what was recorded is moved by the machine again, and not judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from recruitment.base.errors import BadInput, LedgerError
from recruitment.base.label import Label
from recruitment.engine.compiled import compiled_rulebook
from recruitment.engine.findings import Asked, Finding
from recruitment.engine.judging import replay_act
from recruitment.engine.ruling import Ruling, next_case
from recruitment.formats.dossier.documents import act_data, read_act
from recruitment.law.editions import Editions
from recruitment.ledger.codec import entering
from recruitment.ledger.faults import unknown_edition
from recruitment.ledger.findings_codec import read_findings, write_findings
from recruitment.record.acts import Act, File
from recruitment.record.case import Case, open_case


@frozen(kw_only=True)
class Record:
    """An act that was admitted, as an application keeps it in a table of its own: each field is JSON.

    `index` is its place in the file from 0, `act` what it says, with the day of its entry (`read_act` reads it).
    `edition` and `rulebook_hash` are what it was judged by, `state` is where the file was after it, and `findings` are
    the verdict of its day. A column a field is enough: `Record(**row)` is the record again, and `replay` the case.
    """

    index: int
    act: Mapping[str, Any]
    edition: str
    rulebook_hash: str
    state: str
    findings: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, editions: Editions, ruling: Ruling, *, today: date) -> Record:
        """What to keep of an act that a ruling admits, entered `today`.

        Raises:
            ValueError: the act was refused.
            BadInput: its day of entry is after today.
        """
        after = ruling.following(editions)
        act, _ = entering(ruling.act, today)
        return cls(
            index=len(ruling.case.acts),
            act=act_data(act) if act.host is None else {**act_data(act), "host": act.host},
            edition=ruling.edition,
            rulebook_hash=ruling.rulebook_hash,
            state=after.state.name,
            findings=write_findings(ruling.findings, act.code),
        )

    def data(self) -> dict[str, Any]:
        """The fields by their names, for the columns of a table."""
        return {
            "index": self.index,
            "act": self.act,
            "edition": self.edition,
            "rulebook_hash": self.rulebook_hash,
            "state": self.state,
            "findings": self.findings,
        }

    def read_findings(self, editions: Editions) -> tuple[Finding, ...]:
        """The verdict as values, to be told in words by `sentence`.

        Raises:
            BadInput: the act cannot be read.
            LedgerError: the edition is not known here (`rulebooks-differ`).
        """
        act = read_act(self.act)
        try:
            rulebook = editions.named(self.edition)
        except KeyError:
            raise _unknown_edition("", self.index, self.edition) from None
        return read_findings(self.findings, rulebook, Asked(self.edition, act.code, self.index, act.on), editions)


def replay(editions: Editions, file: File, records: Iterable[Record]) -> Case:
    """The case of a file from the records of its acts, in their order: moved by the machine, and not judged again.

    `file` is to be as it was when it was opened: what is corrected later is a correction among the records.

    Raises:
        BadInput: a fact or an act cannot be read.
        LedgerError: a record is missing or its state is not where the machine leads (`altered`), or its edition is not
            known here (`rulebooks-differ`).
    """
    case = open_case(editions, file)
    for n, record in enumerate(records):
        act = read_act(record.act, f"records[{n}]")
        try:
            editions.named(record.edition)
        except KeyError:
            raise _unknown_edition(file.id, n, record.edition) from None
        after = followed(editions, case, act, edition=record.edition, state=record.state)
        if after is None or record.index != n:
            raise LedgerError(
                Label(
                    zh=f"档案 {file.id} 第 {n} 项（{act.code}）：记录前后不符，请用备份恢复",
                    en=f"file {file.id}, act {n} ({act.code}): the record does not fit; restore it from a copy",
                ),
                "altered",
                file=file.id,
            )
        case = after
    return case


def followed(editions: Editions, case: Case, act: Act, *, edition: str, state: str) -> Case | None:
    """The case one recorded act further; None where the machine does not lead to the state that was recorded.

    Raises:
        KeyError: that edition is not known.
    """
    compiled = compiled_rulebook(editions.named(edition))
    try:
        outcome = compiled.outcome_of(act)
        edge = compiled.machine.graph.edge(case.state.name, act.code, outcome)
        if edge is not None:
            after = next_case(compiled, case, act, outcome, edge)
            if after.state.name == state:
                return after
    except BadInput:
        return None
    return replayed(editions, case, act, edition=edition, state=state)


def replayed(editions: Editions, case: Case, act: Act, *, edition: str, state: str) -> Case | None:
    """The case one recorded act further, moved by the machine; None where it does not lead to the recorded state.

    It presumes what a record that is not whole lacks. In records made before a candidate's move undid anything, moves
    undo nothing.
    """
    for moves_stand in (False, True):
        try:
            after = replay_act(editions, case, act, edition, moves_stand=moves_stand)
        except (KeyError, BadInput):
            return None
        if after.state.name == state:
            return after
    return None


def _unknown_edition(file: str, index: int, edition: str) -> LedgerError:
    trouble = unknown_edition(file, index, edition)
    return LedgerError(trouble.label, trouble.kind, file=file or None)
