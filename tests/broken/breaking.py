"""Read a copy of the shelf of record that a broken case has changed, and say what was found."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from recruitment.base.errors import RulebookError
from recruitment.rulebooks.load import read_rulebooks
from recruitment.rulebooks.locate import rulebooks_folder

HERE = Path(__file__).parent
RECORD = Path(str(rulebooks_folder()))


def cases(folder: str) -> list[Any]:
    """Every broken case of a folder, named after its file."""
    return [pytest.param(path, id=path.stem) for path in sorted((HERE / folder).glob("*.toml"))]


def case(path: Path) -> dict[str, Any]:
    """What a broken case says."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def copied(tmp_path: Path) -> Path:
    """A copy of the shelf of record."""
    return Path(shutil.copytree(RECORD, tmp_path / "shelf"))


def changed(shelf: Path, changes: list[dict[str, str]]) -> Path:
    """The shelf with the changes in it; each must find its place."""
    for change in changes:
        file = shelf / change["file"]
        text = file.read_text(encoding="utf-8")
        start = text.index(change["at"]) if "at" in change else 0
        place = text.index(change["find"], start)
        text = text[:place] + change["write"] + text[place + len(change["find"]) :]
        file.write_text(text, encoding="utf-8")
    return shelf


def faults(shelf: Path) -> tuple[list[str], list[str]]:
    """Every fault of a shelf in English and in Chinese; none where it is whole."""
    try:
        read_rulebooks(shelf)
    except RulebookError as error:
        return [f.words("en") for f in error.faults], [f.words("zh") for f in error.faults]
    return [], []
