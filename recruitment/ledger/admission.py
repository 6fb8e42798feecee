"""Acts that the machine has admitted, ready to be recorded: what a store takes, and nothing else.

Only `admit` and `admit_all` make an `Admission`, and they rule themselves. A store has a single act ruled again when it
is recorded, and takes many as they were ruled. This guards against mistakes of a host, not against a host that means to
deceive: code that runs in the process, and anybody with the database's password, can write anything. `verify` and
`rejudge` find such changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, final

from recruitment.base.errors import Conflict
from recruitment.base.label import Label
from recruitment.engine.judging import judge_new_entry, review
from recruitment.engine.ruling import Ruling
from recruitment.law.editions import Editions
from recruitment.ledger.codec import NewEntry, row_of
from recruitment.ledger.rows import ActRow, FileRow, Head
from recruitment.record.case import Case

_BY_THE_MACHINE: Final = object()


@final
class Admission:
    """One or more acts in a row that the machine has admitted to a file as it was at `head`.

    `opens` is the file itself where it is new: then there is no head. `rows` still lack their place in the ledger.
    """

    __slots__ = ("_again", "file", "head", "opens", "rows")

    def __init__(
        self,
        by: object,
        file: str,
        head: Head | None,
        opens: FileRow | None,
        rows: tuple[ActRow, ...],
        again: Callable[[], tuple[ActRow, ...]],
    ) -> None:
        if by is not _BY_THE_MACHINE:
            raise TypeError("an Admission is made by the machine's ruling only; ask an Office to record the act")
        self.file, self.head, self.opens, self.rows, self._again = file, head, opens, rows, again

    def ruled_again(self) -> tuple[ActRow, ...]:
        """The rows as the machine makes them, on the same case.

        Raises:
            Conflict: they are others than those that were admitted.
        """
        rows = self._again()
        if not rows or rows != self.rows or rows[0].file != self.file:
            raise Conflict(
                Label(
                    zh=f"{self.file}：再次判断的结果与待登记的内容不同，未写入任何内容",
                    en=f"{self.file}: the machine's ruling differs from what was to be recorded; nothing was written",
                ),
                "moved",
                file=self.file,
            )
        return rows


def admit(
    editions: Editions,
    case: Case,
    entry: NewEntry,
    *,
    head: Head | None,
    opens: FileRow | None = None,
    today: date,
    on_trust: str | None = None,
    as_it_was: bool = False,
) -> tuple[Ruling, Case, Admission | None]:
    """Rule on one act: the ruling, the case after it, and the admission where it is admitted.

    With `as_it_was` what an act says that it is recorded as it was counts.

    Raises:
        BadInput: the act cannot be judged.
    """

    def judged() -> Ruling:
        return judge_new_entry(editions, case, entry.act, today=today, on_trust=on_trust, as_it_was=as_it_was)

    ruling = judged()
    if not ruling.admitted:
        return ruling, case, None
    after = ruling.following(editions)
    rows = (row_of(ruling, after, entry),)

    def again() -> tuple[ActRow, ...]:
        return rows if judged() == ruling else ()

    return ruling, after, Admission(_BY_THE_MACHINE, case.file.id, head, opens, rows, again)


def admit_all(
    editions: Editions,
    case: Case,
    entries: Sequence[NewEntry],
    *,
    head: Head | None,
    opens: FileRow | None = None,
    today: date,
    on_trust: str | None = None,
    as_it_was: bool = False,
) -> tuple[tuple[Ruling, ...], Admission | None]:
    """Rule on acts in a row, none of which is recorded yet: the rulings, and the admission where all are admitted.

    With `as_it_was` what an act says that it is recorded as it was counts.

    Raises:
        BadInput: an act cannot be judged.
    """
    rulings = review(
        editions, case, [entry.act for entry in entries], today=today, on_trust=on_trust, as_it_was=as_it_was
    )
    if not rulings or not all(ruling.admitted for ruling in rulings):
        return rulings, None
    after = [*(ruling.case for ruling in rulings[1:]), rulings[-1].following(editions)]
    rows = tuple(map(row_of, rulings, after, entries))
    return rulings, Admission(_BY_THE_MACHINE, case.file.id, head, opens, rows, lambda: rows)
