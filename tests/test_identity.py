"""Identity numbers that serve as ids: typed whole, kept whole, exported whole, and shown in part everywhere else."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from stores import ACTS, EDITIONS, FILE, TODAY, begin
from tampering import tamper

from recruitment import BadInput, Conflict, Ledger, Office, UnknownFile, judge, open_case
from recruitment.base.errors import Fault
from recruitment.base.identity import masked
from recruitment.base.label import Label
from recruitment.cli.main import COMMANDS, cli
from recruitment.formats.dossier.documents import write_text
from recruitment.presentation.printable import printable

NUMBERS = ("11010120010504123X", "110101200105041234", "110101010504123")
WHOLE, MIDWAY, OLD = NUMBERS
SHOWN = ("110101********123X", "110101********1234", "110101******123")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger, a dossier, a list and another ledger, all with identity numbers for ids."""
    monkeypatch.chdir(tmp_path)
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        begin(ledger, WHOLE, len(ACTS))
        begin(ledger, MIDWAY, 7)
        begin(ledger, OLD, 3)
    (tmp_path / "files.json").write_text(
        write_text([(evolve(FILE, id=WHOLE), ACTS), (evolve(FILE, id=MIDWAY), ACTS[4:])]), "utf-8"
    )
    (tmp_path / "twice.json").write_text(write_text([(evolve(FILE, id=OLD), ACTS[:3])] * 2), "utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["编号", "1", "2"], [WHOLE, "2022-09-01", "2022-09-32"], [OLD, "2022-09-01", "2022-08-01"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        assert Office(other, EDITIONS).open(evolve(FILE, id=WHOLE, name="乙"), ACTS[0], today=TODAY).recorded
        begin(other, "110101200105049999", 2)
    return tmp_path


def run(*words: str, lang: str = "en") -> Result:
    """A command in the folder."""
    env = {"RECRUITMENT_DB": "ledger.db", "RECRUITMENT_TODAY": "2026-11-22", "COLUMNS": "200"}
    result = CliRunner().invoke(cli, [*words, "--lang", lang], env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def readable(content: bytes) -> str:
    """All text of a file: a workbook unpacked, lines of a calendar joined, what Mermaid escapes read."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace").replace("\r\n ", "").replace("#42;", "*")


def private(text: str) -> list[str]:
    """The identity numbers that can be read in a text."""
    return [number for number in (*NUMBERS, "110101200105049999") if number in text]


SHOWING = [
    ["show", WHOLE],
    ["show", MIDWAY, "--names"],
    ["list"],
    ["history", WHOLE],
    ["history", MIDWAY, "--all"],
    ["rejudge", WHOLE, "--edition", "2026"],
    ["why", MIDWAY, "candidate", "--on", "2023-12-06"],
    ["advance", OLD, "talk", "--on", "2022-10-01"],
    ["advance", OLD, MIDWAY, "training", "--on", "2023-12-01"],
    ["advance", OLD, "activist", "--on", "2022-12-05", "--expected", "9"],
    ["correct", MIDWAY, "1", "--on", "2022-09-21", "--why", "笔误"],
    ["open", WHOLE, "--on", "2022-09-01", "--papers", "application_letter"],
    ["plan", MIDWAY],
    ["due"],
    ["due", "--by", "person"],
    ["audit"],
    ["audit", "files.json"],
    ["audit", "twice.json"],
    ["audit", "list.xlsx", "--unknown"],
    ["audit", "files.json", "--practice"],
    ["import", "files.json"],
    ["import", "twice.json"],
    ["import", "list.xlsx", "--dry-run"],
    ["import", "list.xlsx", "--dry-run", "--on-trust", "原档"],
    ["verify"],
    ["merge", "other.db"],
    ["merge", "other.db", "--skip-conflicts", "--dry-run"],
    ["agenda", "--from", "2026-12-01", "--to", "2027-12-31"],
    ["figures"],
    ["show", "110101200105041235"],
    ["export", "110101200105041235"],
]
"""What shows files, and what is said where something is wrong with one."""

WRITING = [
    ["audit", "files.json", "-o", "out.json"],
    ["audit", "files.json", "-o", "out.html"],
    ["audit", "-o", "out.xlsx"],
    ["audit", "list.xlsx", "--format", "html", "-o", "list.html"],
    ["calendar", "-o", "out.ics"],
    ["figures", "-o", "figures.xlsx"],
    ["diagram", WHOLE, "--id", "--format", "dot", "-o", "out.dot"],
    ["diagram", MIDWAY, "--id", "--format", "mermaid", "-o", "out.mmd"],
]
"""What writes a file that is shown to others."""


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_no_answer_has_a_whole_identity_number(words: list[str]) -> None:
    """In both languages, at the terminal and as JSON, the middle of each number is hidden."""
    told = ""
    for lang in ("en", "zh"):
        for form in ([], ["--json"]):
            told += run(*words, *form, lang=lang).output
    assert told
    assert private(told) == []


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_file_that_is_shown_has_a_whole_identity_number(place: Path, words: list[str]) -> None:
    """Pages, workbooks of an audit, calendars and pictures hide it too."""
    made = run(*words)
    assert made.exit_code in (0, 1), made.output
    text = readable((place / words[-1]).read_bytes())
    assert private(made.output + text) == []
    if words[0] != "figures":
        assert any(shown in text for shown in SHOWN)


def test_every_command_that_shows_a_file_is_looked_at() -> None:
    """The others show no file of the ledger, or hand it on whole to be read back."""
    looked_at = {words[0] for words in (*SHOWING, *WRITING)}
    assert set(COMMANDS) - looked_at == {
        "acts",
        "backup",
        "completion",
        "demo",
        "register",
        "restore",
        "rules",
        "settings",
        "template",
        "train",
    }


def test_the_whole_number_is_the_key_and_is_exported(place: Path) -> None:
    """A file is named by its number, as the dossier and the register have it; both are read back unchanged."""
    exported = run("export", MIDWAY)
    assert json.loads(exported.output)["files"][0]["id"] == MIDWAY
    for output in ("register.xlsx", "all.json"):
        assert run("export", "-o", output).exit_code == 0
        assert private(readable((place / output).read_bytes())) == list(NUMBERS)
        again = run("import", output, "--on-trust", "原档", "--json")
        assert json.loads(again.stdout)["added"] == 0
    assert run("show", SHOWN[1]).exit_code == 2


def test_an_altered_ledger_is_named_without_the_number(place: Path) -> None:
    """The place of what was changed is its act in the ledger; the id beside it is masked."""
    tamper(place / "ledger.db", "UPDATE acts SET recorded_by = 'x' WHERE seq = 30")
    for words in (["verify"], ["verify", "--json"], ["show", MIDWAY], ["backup"], ["list"]):
        said = run(*words).output
        assert "110101********1234" in said
        assert private(said) == []


def test_errors_and_what_python_prints_of_a_value_hide_it_too() -> None:
    """`values` of an error has the number for the program; its sentence, and each repr, have not."""
    file = evolve(FILE, id=MIDWAY)
    case = open_case(EDITIONS, file)
    ruling = judge(EDITIONS, case, ACTS[0], today=date(2026, 11, 22))
    error = UnknownFile(Label(zh=f"没有 {WHOLE}", en=f"no {WHOLE}"), file=WHOLE)
    fault = Fault(f"{OLD}: acts[0]", Label(zh="无", en="none"))
    conflict = Conflict(Label(zh=WHOLE, en=WHOLE), "exists", file=WHOLE)
    for said in (repr(file), repr(case), repr(ruling), str(error), error.zh, fault.words("zh"), repr(conflict)):
        assert private(said) == []
        assert "110101***" in said
    assert str(BadInput([fault])) == "110101******123: acts[0]: none"
    assert error.values == {"file": WHOLE}


@given(
    st.from_regex(r"\A[0-9]{6}(?:[0-9]{11}[0-9Xx]|[0-9]{9})\Z"), st.sampled_from(["", "档案 ", '{"id": "', "(", "-"])
)
def test_an_identity_number_is_masked_wherever_it_stands(number: str, before: str) -> None:
    """Six digits before the day of birth are shown and what follows it, the rest is hidden, the length kept."""
    birth = 8 if len(number) == 18 else 6
    hidden = number[:6] + "*" * birth + number[6 + birth :]
    for after in ("", "：", '"}', ")", " "):
        assert masked(f"{before}{number}{after}") == f"{before}{hidden}{after}"
        assert printable(f"{before}{number}{after}") == f"{before}{hidden}{after}"


@pytest.mark.parametrize(
    "text",
    [
        "2022-0007",
        "20220007",
        "2024-000123",
        "3" * 64,
        "ab" + "1" * 18,
        "1" * 16,
        "1" * 17,
        "1" * 19,
        "1" * 14,
        "2026-11-22T03:38:08.631+00:00",
    ],
)
def test_what_is_no_identity_number_is_shown_whole(text: str) -> None:
    """Other ids, digests, numbers of forms and moments are left as they are."""
    assert masked(text) == text
