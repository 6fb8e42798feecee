"""Addresses of ledgers: a path is a SQLite file, `postgresql://…` a database on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

SCHEMES: Final = ("postgresql://", "postgres://")
"""How the address of a ledger on a server begins."""


def on_server(address: str | Path | None) -> bool:
    """Whether an address names a database on a server."""
    return isinstance(address, str) and address.startswith(SCHEMES)


def shown_address(address: str) -> str:
    """The address as it may be shown: without account and password, and of what is no address its beginning alone."""
    if not on_server(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is None or "@" in parts.path:  # a password with a sign that belongs encoded
        return f"{address.partition('://')[0]}://…"
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
