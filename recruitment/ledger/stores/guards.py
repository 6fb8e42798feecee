"""What guards the tables of a ledger against a plain connection: triggers, compared with those it was made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from recruitment.base.errors import Fault
from recruitment.base.label import Label

GUARDED: Final = ("files", "acts", "settings", "heads")
"""The tables of a ledger."""


class Guard(NamedTuple):
    """A trigger as a database knows it: its table, and everything that it does, as one text."""

    table: str
    text: str


class GuardFlaws(NamedTuple):
    """Triggers that are missing or changed, and such as are none of ours, by their names."""

    missing: tuple[str, ...]
    foreign: tuple[str, ...]


def compare_guards(found: Iterable[tuple[str, str, str]], wanted: Mapping[str, Guard]) -> GuardFlaws:
    """Compare the triggers of a database (name, table, text) with those that it was made with.

    A host may have tables of its own in the database, with triggers of their own.
    """
    here = {name: Guard(table.lower(), _plain(text)) for name, table, text in found}
    meant = {name: Guard(guard.table, _plain(guard.text)) for name, guard in wanted.items()}
    missing = sorted(name for name, guard in meant.items() if here.get(name) != guard)
    foreign = sorted(name for name, guard in here.items() if name not in meant and guard.table in GUARDED)
    return GuardFlaws(tuple(missing), tuple(foreign))


def guard_faults(flaws: GuardFlaws) -> list[Fault]:
    """A sentence for each."""
    missing = Label(
        zh="此触发器用于保护台账，现已缺失或被改动，请查明由谁改动",
        en="this trigger guards the ledger and is missing or changed; ask who has changed the database",
    )
    foreign = Label(
        zh="此触发器不属于台账，请查明由谁加入",
        en="this trigger is none of the ledger's; ask who has put it there",
    )
    return [Fault(name, missing) for name in flaws.missing] + [Fault(name, foreign) for name in flaws.foreign]


def _plain(text: str) -> str:
    return " ".join(text.split())
