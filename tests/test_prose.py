"""Prose that runs: every Python block of the documents, every command of the README, and every link."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from recruitment.cli.main import cli

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not any(part.startswith(".") for part in path.parts))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_in_documents_does_what_it_says(document: Path) -> None:
    """Each `>>>` of a document gives what stands below it."""
    failed, _ = doctest.testfile(str(document), module_relative=False, encoding="utf-8")
    assert failed == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Each relative link of a document names a file that is there."""
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    if not (ROOT / "workflows").exists():
        # The tests run on an installed wheel, which keeps the rulebooks inside the package.
        links = [link for link in links if not link.startswith("workflows/")]
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


def test_the_officers_day_runs_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the README's console block, in their order: none is bad usage, and the first two are done."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```console\n(.*?)```", text, re.DOTALL)
    assert block
    commands = block[1].replace("\\\n", " ").replace("$ ", "").strip().splitlines()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    (tmp_path / "files.json").write_bytes((ROOT / "examples" / "dossiers" / "regular.json").read_bytes())
    codes = []
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "recruitment"
        codes.append(CliRunner().invoke(cli, arguments).exit_code)
    refused = [command.split()[1] for command, code in zip(commands, codes, strict=True) if code == 1]
    assert refused == ["why"], list(zip(commands, codes, strict=True))
    assert set(codes) == {0, 1}, list(zip(commands, codes, strict=True))
