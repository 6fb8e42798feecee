"""What is asked of a case under its editions: how often an edition is looked up, and how often a file is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

from recruitment import BadInput, BoundCase, Case, Ledger, Office, judge, judge_correction, load_rulebooks, open_case
from recruitment.cli.commands import advance
from recruitment.cli.main import cli
from recruitment.engine import bound
from recruitment.engine.judging import review
from recruitment.formats.dossier import documents as dossier
from recruitment.ledger.reader import LedgerReader
from recruitment.record.acts import Correct
from recruitment.rulebooks.locate import dossiers_folder

EDITIONS = load_rulebooks()
FILE, ACTS = dossier.read_path(str(dossiers_folder().joinpath("regular.json")))[0]
TODAY = date(2026, 11, 22)


def counting(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[tuple[Any, ...]]:
    """Every call of a function from now on, which still does what it does."""
    real: Callable[..., Any] = getattr(owner, name)
    calls: list[tuple[Any, ...]] = []

    def counted(*args: Any, **named: Any) -> Any:
        calls.append(args)
        return real(*args, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


def run(path: Path, *words: str) -> None:
    """Run a command line that has to succeed on the ledger at `path`."""
    result = CliRunner().invoke(cli, [*words, "--db", str(path), "--today", TODAY.isoformat(), "--json"])
    assert result.exit_code == 0, result.output


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[int], Path]:
    """A ledger with the first acts of the regular file, so many."""

    def made(number: int) -> Path:
        path = tmp_path / f"{number}.db"
        with Ledger.open(path, create=True) as opened:
            assert Office(opened, EDITIONS).import_files([(FILE, ACTS[:number])], today=TODAY).written
        return path

    return made


def case_of(number: int) -> Case:
    """The regular file after its first acts, so many."""
    return review(EDITIONS, FILE, ACTS[:number], today=TODAY)[-1].entered(EDITIONS)


# ------------------------------------------------------------------------------------------- the edition


@pytest.mark.parametrize("number", [1, 5, 12, 20, len(ACTS)])
@pytest.mark.parametrize(("command", "most"), [("show", 5), ("plan", 30), ("due", 5)])
def test_a_command_looks_an_edition_up_a_few_times(
    ledger: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch, command: str, most: int, number: int
) -> None:
    """Wherever the file stands, which edition applies is asked once for each day that matters, not once a question."""
    path = ledger(number)
    calls = counting(monkeypatch, bound, "applicable_edition")
    run(path, command, *([] if command == "due" else [FILE.id]))
    assert 1 <= len(calls) <= most


def test_the_edition_of_a_day_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again, also of the case one act further, a day has the edition that was found for it."""
    calls = counting(monkeypatch, bound, "applicable_edition")
    one = BoundCase(EDITIONS, open_case(EDITIONS, FILE))
    first = one.edition_on(ACTS[0].on)
    further = one.after(one.judge(ACTS[0], today=TODAY))
    assert further.edition_on(ACTS[0].on) is first
    assert further.case.acts == ACTS[:1]
    assert len(calls) == 1
    further.edition_on(date(2026, 10, 1))
    assert len(calls) == 2


def test_a_file_that_names_another_edition_is_looked_up_again() -> None:
    """What was found for a file does not answer for the same file with another edition pinned."""
    one = BoundCase(EDITIONS, open_case(EDITIONS, FILE))
    day = date(2026, 10, 1)
    assert one.edition_on(day).code == "2026"
    pinned = one.with_case(evolve(one.case, file=evolve(FILE, edition="2014")))
    assert (pinned.edition_on(day).code, one.edition_on(day).code) == ("2014", "2026")


def test_a_bound_case_and_the_public_call_rule_alike() -> None:
    """`judge` of a case under its editions is `BoundCase.judge`: the same ruling for each act of the regular file."""
    bound_case = BoundCase(EDITIONS, open_case(EDITIONS, FILE))
    for act in ACTS:
        ruling = judge(EDITIONS, bound_case.case, act, today=TODAY)
        assert bound_case.judge(act, today=TODAY) == ruling
        bound_case = bound_case.after(ruling)
        assert bound_case.case == ruling.following(EDITIONS)


# ------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize("number", [1, 5])
def test_a_file_is_read_once_to_advance_it(
    ledger: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Recording an act, from the command to what is possible next, folds every act that stands once."""
    path = ledger(number)
    read = counting(monkeypatch, LedgerReader, "_opened")
    folded = counting(monkeypatch, LedgerReader, "_step")
    act = dossier.act_data(ACTS[number])
    code, on = act.pop("act"), act.pop("on")
    evidence = path.with_suffix(".json")
    evidence.write_text(json.dumps(act), encoding="utf-8")
    run(path, "advance", FILE.id, code, "--on", on, "--evidence", str(evidence))
    assert (len(read), len(folded)) == (1, number)


def test_an_unknown_file_is_said_before_anything_is_asked(
    ledger: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal, where the day would be asked for first, a file that is not there is refused at once."""
    monkeypatch.setattr(advance, "interactive", lambda: True)
    path = ledger(1)
    result = CliRunner().invoke(cli, ["advance", "nobody", "talk", "--db", str(path)], input="2026-11-01\n")
    assert result.exit_code == 2
    assert "nobody" in result.output
    assert "YYYY-MM-DD" not in result.output


# ------------------------------------------------------------------------------------------- corrections


def test_judge_refuses_a_correction_and_names_who_judges_it() -> None:
    """A correction has the whole file judged again, which `judge_correction` does; `judge` says so and stops."""
    case = case_of(5)
    correction = Correct(on=TODAY, index=1, with_=evolve(ACTS[1], on=date(2022, 9, 22)), reason="笔误")
    for ask in (
        lambda: judge(EDITIONS, case, correction, today=TODAY),
        lambda: BoundCase(EDITIONS, case).judge(correction, today=TODAY),
    ):
        with pytest.raises(BadInput) as caught:
            ask()
        (fault,) = caught.value.faults
        assert "judge_correction" in fault.label.en
        assert "judge_correction" in fault.label.zh
    ruling = judge_correction(EDITIONS, case, correction, today=TODAY)
    assert ruling.admitted
    assert ruling.following(EDITIONS).day("talk") == date(2022, 9, 22)
