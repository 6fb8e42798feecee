"""Prose that runs: every Python block of the documents, the READMEs' commands with their answers, and every link."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from attrs import evolve, frozen
from click import Context
from click.testing import CliRunner
from test_lists import college

from recruitment.cli.main import cli
from recruitment.cli.typed_words import command_names, option_names
from recruitment.rulebooks.load import load_rulebooks
from recruitment.rulebooks.locate import rulebooks_folder

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
COMMANDS = {name: cli.get_command(Context(cli), name) or cli for name in cli.list_commands(Context(cli))}
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


@frozen
class Shown:
    """One command of a README's console block, and the answer that the block shows below it, if it shows one."""

    arguments: tuple[str, ...]
    answer: str


def shown(readme: str) -> list[Shown]:
    """The commands of every console block of a README, in their order; `$ ` begins a command."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = []
    for command in "".join(blocks).replace("\\\n", " ").removeprefix("$ ").split("\n$ "):
        line, _, answer = command.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "recruitment", command
        found.append(Shown(tuple(arguments), answer.strip()))
    return found


@pytest.mark.parametrize(
    ("readme", "refused"),
    [("README.md", ["open", "open", "why"]), ("README.zh.md", ["建档", "能否办理"])],
)
def test_the_commands_of_a_readme_run_as_written(
    readme: str, refused: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command is done, or refused where the text says so; an answer that is shown is what the command prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECRUITMENT_DB", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("RECRUITMENT_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if "zh" in readme else "C.UTF-8")
    (tmp_path / "files.json").write_bytes((ROOT / "examples" / "dossiers" / "regular.json").read_bytes())
    lists = college(tmp_path)
    (tmp_path / "branch.xlsx").write_bytes(lists.read_bytes())
    lists.rename(tmp_path / "名册.xlsx")
    commands, codes = shown(readme), []
    for command in commands:
        result = CliRunner().invoke(cli, command.arguments)
        codes.append((command.arguments[0], result.exit_code))
        if command.answer:
            assert [line.rstrip() for line in result.output.strip().splitlines()] == command.answer.splitlines()
    assert [name for name, code in codes if code != 0] == refused, codes
    assert {code for _, code in codes} == {0, 1}, codes
    assert any(command.answer for command in commands)


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_shows_every_command(readme: str) -> None:
    """Both READMEs show every command there is, so that neither falls behind; only completion is left to the help."""
    setup = {"demo"}
    synonyms = load_rulebooks().synonyms
    codes = {name: code for code, names in command_names(synonyms, list(COMMANDS)) for name in (code, *names)}
    assert {codes[command.arguments[0]] for command in shown(readme)} | setup == set(COMMANDS) - {"completion"}


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_options_that_exist(readme: str) -> None:
    """Each option in the running text of a README is an option of some command."""
    text = re.sub(r"^```.*?^```$", "", (ROOT / readme).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    options = {
        name
        for command in COMMANDS.values()
        for each in command.params
        for name in (*each.opts, *each.secondary_opts, "--help", "--帮助")
    }
    for name, command in COMMANDS.items():
        words = option_names(load_rulebooks().synonyms, name, command.params).values()
        options |= {f"--{word}" for names in words for word in names}
    named = set(re.findall(r"(?<![-\w])(--(?:[a-z][a-z-]*|[\u4e00-\u9fff]+))", text))
    assert named
    assert named - options == set()


def test_the_chinese_readme_is_typed_in_chinese() -> None:
    """No command or option of its blocks, and none in its running text, is English."""
    for command in shown("README.zh.md"):
        assert not command.arguments[0].isascii(), command
        assert not [word for word in command.arguments if word.startswith("-") and word.isascii()], command
    text = re.sub(r"^```.*?^```$", "", (ROOT / "README.zh.md").read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"(?<![-\w/.])--?[a-z][a-z-]*", text) == []
    assert [name for name in COMMANDS if re.search(rf"(?<![\w/.-]){name}(?![\w/.-])", text)] == []


def test_both_readmes_install_alike() -> None:
    """The Chinese README installs by the first block of the English one, which is run before each change lands."""
    first, *_ = re.findall(r"^```sh\n.*?^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert first in (ROOT / "README.zh.md").read_text("utf-8")


def test_readings_and_rules_name_each_other() -> None:
    """Each reading lists exactly the rules that name it in `read_as`, or says what else rests on it."""
    editions = load_rulebooks()
    rules = [rule for rulebook in editions.rulebooks for rule in rulebook.rules]
    rules += [local.rule for overlay in editions.overlays for local in overlay.rules]
    resting: dict[str, set[str]] = {}
    for rule in rules:
        for reading in rule.read_as:
            resting.setdefault(reading, set()).add(rule.code)
    sections = re.split(
        r"^## (.+)$", rulebooks_folder().joinpath("readings.md").read_text("utf-8"), flags=re.MULTILINE
    )[1:]
    listed, of_no_rule = {}, set()
    for name, section in zip(sections[::2], sections[1::2], strict=True):
        found = re.search(r"^(Rules|Rests on it, and no rule): (.+)\Z", section.strip(), re.MULTILINE | re.DOTALL)
        assert found, name
        if found[1] == "Rules":
            listed[name] = set(re.findall(r"`([^`]+)`", found[2]))
        else:
            of_no_rule.add(name)
    assert len(set(sections[::2])) == len(sections) // 2
    assert listed == resting
    assert of_no_rule == {
        "unsatisfactory-inspection", "incomplete-record", "corrections", "as-it-was", "local-editions-named"
    }  # fmt: skip


def test_every_row_of_a_rule_rests_on_the_same_readings() -> None:
    """Both editions, and every row of one code, name the same readings."""
    editions = load_rulebooks()
    named: dict[str, set[tuple[str, ...]]] = {}
    for rulebook in editions.rulebooks:
        for rule in rulebook.rules:
            named.setdefault(rule.code, set()).add(rule.read_as)
    assert [code for code, readings in named.items() if len(readings) > 1] == []


def test_a_reading_is_shown_with_its_rule_and_decides_nothing() -> None:
    """`rules CODE` names the reading in words and in JSON; the content hash does not know of it."""
    told = CliRunner().invoke(cli, ["rules", "approval-within-6-months", "--lang", "en"]).output
    assert "how we read the text, see reason-past-3-months in workflows/readings.md" in " ".join(told.split())
    data = json.loads(CliRunner().invoke(cli, ["rules", "approval-within-6-months", "--json"]).output)
    assert {tuple(rule["read_as"]) for rule in data["rules"]} == {
        ("which-outcome", "deciding-bodies", "reason-past-3-months")
    }
    for rulebook in load_rulebooks().rulebooks:
        bare = evolve(rulebook, rules=tuple(evolve(rule, read_as=()) for rule in rulebook.rules))
        assert bare.content_hash == rulebook.content_hash
