"""The rulebooks that were ever on the main line, by their hashes: an act under one of them is of record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import frozen

from recruitment.base.errors import Fault, RulebookError
from recruitment.rulebooks.locate import rulebooks_folder
from recruitment.rulebooks.toml_file import read_toml_file


@frozen(kw_only=True)
class PublishedRulebook:
    """A rulebook as it once was: its edition, the hash of its content, the day it was first on the main line."""

    edition: str
    hash: str
    day: date


@frozen(kw_only=True)
class PublishedRulebooks:
    """hashes.toml."""

    rulebook: tuple[PublishedRulebook, ...]


def published_hashes(folder: str | Path | None = None) -> frozenset[str]:
    """The hashes of all rulebooks that were ever on the main line.

    Raises:
        RulebookError: the list cannot be read.
    """
    faults: list[Fault] = []
    read = read_toml_file(rulebooks_folder(folder), PublishedRulebooks, faults, "hashes.toml")
    if read is None or faults:
        raise RulebookError(faults)
    return frozenset(row.hash for row in read.rulebook)
