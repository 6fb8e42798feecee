"""The register: what it writes is what a list says, so reading it back changes nothing and filling it in adds."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import evidence, files

import recruitment
from recruitment.cli.main import cli
from recruitment.formats.dossier.documents import act_data, file_data, read_file
from recruitment.formats.spreadsheets.heading_names import evidence_paths, fact_paths
from recruitment.formats.spreadsheets.reading import read_spreadsheet
from recruitment.record.acts import ACTS, Correct
from recruitment.registers.columns import Headings
from recruitment.registers.register import RegisterFile, register
from recruitment.registers.workbook import register_workbook, template_workbook
from recruitment.rulebooks.locate import dossiers_folder

EDITIONS = recruitment.load_rulebooks()
HEADINGS = Headings(EDITIONS)


def run(folder: Path, *words: str) -> tuple[int, str]:
    """A command on a ledger of its own."""
    result = CliRunner().invoke(cli, [*words, "--db", str(folder / "l.db"), "--today", "2026-11-29", "--lang", "zh"])
    return result.exit_code, result.stdout


def said(entry: tuple[Any, Any]) -> tuple[Any, list[str]]:
    """The facts and the acts of a file as plain data, the acts in an order of their own."""
    file, acts = entry
    facts = {key: value for key, value in file_data(file).items() if value != {}}
    told = [{key: value for key, value in act_data(act).items() if key != "recorded" and value != {}} for act in acts]
    return facts, sorted(json.dumps(act, sort_keys=True, ensure_ascii=False) for act in told)


@pytest.mark.parametrize("code", [code for code, kind in ACTS.items() if kind is not Correct])
def test_every_piece_of_evidence_has_a_heading_of_its_own(code: str) -> None:
    """The heading of a column is read as that column and no other; no two columns of an act have the same."""
    found = [HEADINGS.evidence(code, path) for path in evidence_paths(code)]
    assert [HEADINGS.names.read(column.heading) for column in found] == [(column.holds,) for column in found]
    assert len({column.heading for column in found}) == len(found)
    assert not any(column.heading.isascii() for column in found)


def test_every_fact_has_a_heading_of_its_own() -> None:
    """The same of the facts of a file."""
    found = [HEADINGS.fact(path) for path in fact_paths()]
    assert [HEADINGS.names.read(column.heading) for column in found] == [(column.holds,) for column in found]


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """A file with some acts, lawful or not, each with the evidence that it can carry, or a part of it."""
    acts = []
    for code in draw(st.lists(st.sampled_from([code for code in ACTS if code != "correct"]), max_size=8)):
        outcomes = ACTS[code].outcomes
        outcome = draw(st.sampled_from(outcomes)) if outcomes else "done"
        on = draw(st.dates(date(2016, 1, 1), date(2025, 12, 31)))
        found = evidence(code, outcome, on)
        kept = draw(st.sets(st.sampled_from(sorted(found)))) if found else set()
        act = {"act": code, "on": on.isoformat(), **{key: found[key] for key in sorted(kept)}}
        if outcomes and (code == "conversion_meeting" or draw(st.booleans())):
            act["outcome"] = outcome
        acts.append(act)
    return {**draw(files()), "acts": acts}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=25
)
@given(st.lists(entries(), min_size=1, max_size=3))
def test_reading_the_register_back_changes_nothing(tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    """Facts, days, outcomes and evidence of any files, lawful or not, are read back as they were written."""
    held = [read_file({**file, "id": f"{file['id']}-{number}"}) for number, file in enumerate(drawn)]
    found = register(EDITIONS, [RegisterFile(file=file, acts=acts) for file, acts in held])
    (tmp_path / "r.xlsx").write_bytes(register_workbook(found, EDITIONS))
    rows = [row for row in read_spreadsheet(tmp_path / "r.xlsx", EDITIONS) if not row.of_list]
    assert [row.faults for row in rows] == [()] * len(rows)
    written = [said(entry) for entry in held if entry[1]]
    assert [said(row.entry) for row in rows if row.entry is not None] == written


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12) | st.sampled_from(
    [
        "无",
        "—",
        "甲，乙=丙",
        "合计",
        "注：",
        "=1+1",
        "2023-03-01",
        "007",
        "1.0",
        '"引号"',
        " 空格 ",
        "[1]",
        "甲\n乙",
        "是",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_is_read_back(tmp_path: Path, key: str, name: str, note: str, form: str) -> None:
    """Ids, names and remarks of any signs, also such as a list has a meaning for, come back as they were."""
    if not key.strip() or not key.isprintable():
        key = "A"
    acts = [
        {"act": "apply", "on": "2024-01-02", "note": note},
        {"act": "inspection", "on": "2024-08-02", "note": note, "reports": ["2024-05-01", "2024-06-01"]},
        {"act": "inspection", "on": "2024-08-02", "outcome": "unsatisfactory"},
        {"act": "inspection", "on": "2025-01-02", "note": form},
        {"act": "application_form", "on": "2025-02-03", "form_number": form},
    ]
    entry = read_file({"id": key, "name": name, "branch": {"name": note}, "complete": False, "acts": acts})
    found = register(EDITIONS, [RegisterFile(file=entry[0], acts=entry[1])])
    (tmp_path / "r.xlsx").write_bytes(register_workbook(found, EDITIONS))
    (row,) = [row for row in read_spreadsheet(tmp_path / "r.xlsx", EDITIONS) if not row.of_list]
    assert row.entry is not None, row.faults
    assert (row.faults, said(row.entry)) == ((), said(entry))


def test_the_register_of_a_ledger_is_imported_without_a_change(tmp_path: Path) -> None:
    """A whole file with all its evidence goes out and comes in: nothing new, and the ledger exports the same."""
    assert run(tmp_path, "import", str(dossiers_folder() / "regular.json"))[0] == 0
    before = run(tmp_path, "export")[1]
    for words in (["register", "-o"], ["export", "-o"]):
        path = str(tmp_path / f"全程纪实表-{words[0]}.xlsx")
        assert run(tmp_path, *words, path)[0] == 0
        code, text = run(tmp_path, "import", path, "--on-trust", "核对", "--json")
        assert (code, json.loads(text)["new"]) == (0, 0)
    assert run(tmp_path, "export")[1] == before
    audited = json.loads(run(tmp_path, "audit", path, "--json")[1])
    assert (audited["totals"]["faults"], len(audited["files"])) == ([], 1)


def test_what_is_filled_in_is_entered(tmp_path: Path) -> None:
    """Evidence for an act that stands is a correction with its reason, a new day a new act; a conflict is named."""
    lists = tmp_path / "名册.csv"
    lists.write_text(
        "编号,姓名,1,3,5\nA,甲,2024-01-02,2024-05-06,2024-05-07\nB,乙,2024-01-02,2024-05-06,2024-05-07\n",
        encoding="utf-8",
    )
    assert run(tmp_path, "import", str(lists), "--on-trust", "名册")[0] == 0
    path = tmp_path / "r.xlsx"
    assert run(tmp_path, "register", "-o", str(path))[0] == 0
    book = load_workbook(path)
    sheet = book["全程纪实表"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    for row, names in ((3, "张甲、王乙"), (4, "姓名=张甲，身份=正式党员")):
        sheet.cell(row, heads["5 培养联系人"]).value = names
        sheet.cell(row, heads["2 党组织派人谈话"]).value = datetime(2024, 1, 20)  # noqa: DTZ001 - as a workbook has it
    book.save(path)
    code, text = run(tmp_path, "import", str(path), "--on-trust", "据原档补录", "--json")
    assert (code, json.loads(text)["added"]) == (0, 4)
    exported = json.loads(run(tmp_path, "export")[1])["files"]
    corrections = [act for file in exported for act in file["acts"] if act["act"] == "correct"]
    assert [act["with"]["people"] for act in corrections] == [
        [{"name": "张甲"}, {"name": "王乙"}],
        [{"name": "张甲", "standing": "full"}],
    ]
    assert {act["reason"] for act in corrections} == {"据原档补录"}
    assert json.loads(run(tmp_path, "import", str(path), "--on-trust", "再次", "--json")[1])["new"] == 0
    lists.write_text("编号,1,3\nA,2024-01-02,2024-05-08\n", encoding="utf-8")
    code, text = run(tmp_path, "import", str(lists), "--on-trust", "名册", "--json")
    assert (code, json.loads(text)["written"]) == (1, False)
    assert "A：activist 与台账中 2024-05-06 的记录不同" in json.loads(text)["files"][0]["refusals"][0]["zh"]


def test_the_template_is_a_list(tmp_path: Path) -> None:
    """The empty table is read without a fault; of its one example every word is understood."""
    assert run(tmp_path, "template", "-o", str(tmp_path / "台账.xlsx"))[0] == 0
    (row,) = [row for row in read_spreadsheet(tmp_path / "台账.xlsx", EDITIONS) if not row.of_list]
    assert row.faults == ()
    assert row.entry is not None
    assert [act.code for act in row.entry[1]] == ["apply", "talk", "activist", "activist_filing", "mentors"]
    sheet = load_workbook(tmp_path / "台账.xlsx")["全程纪实表"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.print_title_rows) == (
        8,
        "landscape",
        "$1:$2",
    )
    assert isinstance(sheet["C3"].value, datetime)
    assert len(sheet.data_validations.dataValidation) > 25
    assert template_workbook(EDITIONS)
    assert row.entry[0].born == date(2005, 5, 4)


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.docx", "a.pdf"])
def test_an_ending_that_does_not_fit_is_refused(tmp_path: Path, name: str) -> None:
    """No JSON goes into a file of another name, and no workbook either."""
    assert run(tmp_path, "import", str(dossiers_folder() / "regular.json"))[0] == 0
    for words in (["export"], ["register"], ["template"]):
        assert run(tmp_path, *words, "-o", str(tmp_path / name))[0] == 2
        assert not (tmp_path / name).exists()
