"""The rulebooks that were ever published, by their hashes: an act of any of them was ruled by a rulebook of record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.rulebooks.locate import rulebooks_folder

_HASH: Final = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{48})?", re.ASCII)


def published_hashes(folder: str | Path | None = None) -> frozenset[str]:
    """The hashes of all rulebooks that were ever published, as `hashes.toml` lists them; none where it is not there.

    Raises:
        BadInput: the list cannot be read.
    """
    path = rulebooks_folder(folder) / "hashes.toml"
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(_hashes(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as error:
        raise BadInput.of(
            str(path), Label(zh="无法读取，请重新安装", en=f"it cannot be read ({error}); install it again")
        ) from None


def _hashes(data: object) -> Iterator[str]:
    """Every hash in it, at whatever place: the list may say for each what it is of."""
    if isinstance(data, str):
        if _HASH.fullmatch(data):
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _hashes(key)
            yield from _hashes(value)
    elif isinstance(data, list):
        for value in data:
            yield from _hashes(value)
