"""Which store an address names: a path is a SQLite file, `postgresql://…` a database on a server."""

from __future__ import annotations

from pathlib import Path

from recruitment.base.errors import LedgerError
from recruitment.ledger.faults import NO_DRIVER
from recruitment.ledger.store import PATIENCE, Store
from recruitment.ledger.stores.addresses import on_server
from recruitment.ledger.stores.sqlite import Ledger, default_path


def open_ledger(
    address: str | Path | None = None, *, create: bool = False, read_only: bool = False, patience: float = PATIENCE
) -> Store:
    """The ledger at a path or at `postgresql://…`; the one in this user's data folder where nothing is named.

    Raises:
        LedgerError: it is missing, not permitted, cannot be reached, is no ledger of ours, newer, or damaged.
    """
    if isinstance(address, str) and on_server(address):
        try:
            from recruitment.ledger.stores.postgres import PostgresLedger  # noqa: PLC0415 - it takes an extra
        except ImportError:
            raise LedgerError(NO_DRIVER.label, NO_DRIVER.kind) from None
        return PostgresLedger.open(address, create=create, read_only=read_only, patience=patience)
    path = Path(address) if address is not None else default_path()
    return Ledger.open(path, create=create, read_only=read_only, patience=patience)


def ledger_file(address: str | Path | None) -> Path | None:
    """The file of the ledger at an address, whether it is there or not; None for one on a server."""
    if on_server(address):
        return None
    return Path(address) if address is not None else default_path()


def ledger_stands(address: str | Path | None) -> bool:
    """Whether there may be a ledger: on a server only opening it shows."""
    file = ledger_file(address)
    return file is None or file.exists()
