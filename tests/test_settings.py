"""What a ledger is kept by: entries in its chain, by which everything is judged that is recorded in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
import tampering
from attrs import evolve
from click.testing import CliRunner, Result
from stores import ACTS, EDITIONS, FILE, KINDS, TODAY, Place, place_of

from recruitment.base.errors import BadInput, Conflict, LedgerError, RecruitmentError
from recruitment.cli.main import cli
from recruitment.ledger.office import Office
from recruitment.ledger.settings import HOME, LedgerSettings, change_settings, settings_entries, settings_in_force
from recruitment.ledger.stores.memory import MemoryLedger
from recruitment.ledger.stores.sqlite import Ledger
from recruitment.ledger.verification import verify
from recruitment.record.acts import AdmissionApproval
from recruitment.record.evidence import Branch
from recruitment.rulebooks.kept_folder import keep_folder
from recruitment.rulebooks.load import DaysFile

UNIT = Path(__file__).parent / "local" / "unit-9"
SETTINGS = LedgerSettings(
    policies={"quarter": "rolling"},
    workdays=DaysFile(off=(date(2027, 3, 1),)),
    branch=Branch(name="示例第一党支部", has_committee=True),
    zone="Asia/Urumqi",
)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each store in turn."""
    found = place_of(request.param, tmp_path)
    yield found
    found.close()


def until_refused(office: Office) -> None:
    """Enter the regular file up to the approval, which is refused."""
    for act in ACTS:
        last = isinstance(act, AdmissionApproval)
        entered = evolve(act, outcome="refused") if last else act
        if act is ACTS[0]:
            assert office.open(FILE, entered, today=TODAY).recorded
        else:
            assert office.advance(FILE.id, entered, today=TODAY).recorded
        if last:
            return


def test_settings_are_read_back_as_they_were_entered(place: Place) -> None:
    """Each change is an entry with its number and who made it, and the last one holds."""
    ledger = place.opened()
    assert settings_in_force(ledger) is None
    first = change_settings(ledger, SETTINGS, set_by="王")
    change_settings(ledger, evolve(SETTINGS, zone=HOME), set_by="李")
    assert [(entry.number, entry.set_by) for entry in settings_entries(ledger)] == [(1, "王"), (2, "李")]
    assert next(settings_entries(ledger)) == first
    found = settings_in_force(ledger)
    assert found is not None
    assert found.settings == evolve(SETTINGS, zone=HOME)


def test_an_office_judges_by_the_settings_and_names_them_in_each_act(place: Place) -> None:
    """What is not the default stands with the act, and so does the number of the settings."""
    ledger = place.opened()
    change_settings(ledger, SETTINGS, set_by=None)
    office = Office(ledger)
    assert office.editions.rulebooks[-1].policies["quarter"] == "rolling"
    office.open(FILE, ACTS[0], today=TODAY)
    (row,) = ledger.rows(FILE.id)
    said = json.loads(row.readings or "")
    assert (row.settings, said["policies"], "calendar" in said) == (1, {"quarter": "rolling"}, True)


def test_who_has_opened_a_ledger_before_a_change_records_nothing_by_the_old_settings(place: Place) -> None:
    """The office is told that the settings have changed; opened again it records."""
    ledger = place.opened()
    office = Office(ledger)
    change_settings(ledger, SETTINGS, set_by=None)
    with pytest.raises(Conflict, match="the ledger's settings have changed; nothing was written") as caught:
        office.open(FILE, ACTS[0], today=TODAY)
    assert (caught.value.kind, ledger.file(FILE.id)) == ("settings", None)
    assert Office(ledger).open(FILE, ACTS[0], today=TODAY).recorded


def test_a_changed_reading_leaves_what_was_recorded_as_it_was(place: Place) -> None:
    """A refused approval sends the file back as far as the reading of that day said, whatever is set later."""
    ledger = place.opened()
    until_refused(Office(ledger))
    before = Office(ledger).case(FILE.id)
    other = {"after-refused-approval": "activist"}
    assert EDITIONS.rulebooks[-1].policies["after-refused-approval"] == "candidate"
    change_settings(ledger, LedgerSettings(policies=other), set_by=None)
    office = Office(ledger)
    assert office.case(FILE.id) == before
    assert verify(office).faults == ()
    elsewhere = MemoryLedger()
    change_settings(elsewhere, LedgerSettings(policies=other), set_by=None)
    until_refused(Office(elsewhere))
    assert Office(elsewhere).case(FILE.id).state != before.state


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"policies": {"quarte": "rolling"}}, "policies: 'quarte' is no policy; did you mean quarter?"),
        ({"zone": "Asia/Shanghia"}, "zone: there is no time zone 'Asia/Shanghia'; write its name, such as Asia/"),
        ({"zone": "../../etc/passwd"}, "zone: there is no time zone '../../etc/passwd'"),
        ({"local": {"unit": {"overlay.toml": "code ="}}}, "unit/overlay.toml: this is not TOML"),
        ({"local": {"unit": {"overlay.toml": "#" * 10_001}}}, "settings.local.unit.overlay.toml: the text has 10001"),
        ({"branch": {"name": "x"}}, "settings.branch: {'name': 'x'} is not a Branch"),
        ({"branch": Branch(has_committee=cast("Any", "yes"))}, "settings.branch.has_committee: 'yes' is not true"),
        ({"policies": {"quarter": 5}}, "settings.policies.quarter: 5 is not a text"),
        ({"workdays": None}, "settings.workdays: null is not a DaysFile"),
        ({"zone": 5}, "settings.zone: 5 is not a text"),
    ],
)
def test_settings_that_do_not_hold_are_not_entered(wrong: dict[str, Any], words: str) -> None:
    """They are refused with what is wrong with them, and the ledger is as it was."""
    ledger = MemoryLedger()
    with pytest.raises(RecruitmentError) as caught:
        change_settings(ledger, evolve(LedgerSettings(), **wrong), set_by=None)
    assert words in str(caught.value)
    assert settings_in_force(ledger) is None


def test_a_local_edition_in_the_settings_needs_no_folder(place: Place, tmp_path: Path) -> None:
    """Its whole text is in the ledger, under the hash that its rulebook has everywhere."""
    ledger = place.opened()
    folder = keep_folder(UNIT, "--local")
    change_settings(ledger, LedgerSettings(local={folder.name: dict(folder.files)}), set_by=None)
    found = settings_in_force(ledger)
    assert found is not None
    (overlay,) = (one for one in found.settings.editions().overlays if one not in EDITIONS.overlays)
    named = json.loads(ledger.settings()[-1].content)["rulebooks"]
    assert all(found.settings.editions().named(f"{on}+{overlay.code}").content_hash in named for on in overlay.on)
    with pytest.raises(BadInput, match="this folder holds no local edition; name the folder that holds its overlay"):
        keep_folder(tmp_path, "--local")


def test_a_local_edition_that_judged_an_act_stays(place: Place) -> None:
    """Without its text the file could not be read any more; one that judged nothing may go, and its text may change."""
    ledger = place.opened()
    folder = keep_folder(UNIT, "--local")
    unit = LedgerSettings(local={folder.name: dict(folder.files)})
    change_settings(ledger, unit, set_by=None)
    change_settings(ledger, LedgerSettings(), set_by=None)
    change_settings(ledger, unit, set_by=None)
    assert Office(ledger).open(evolve(FILE, overlays=("unit-9",)), ACTS[0], today=TODAY).recorded
    with pytest.raises(BadInput, match="local: the file 2022-0007 was judged by the local edition unit-9"):
        change_settings(ledger, LedgerSettings(), set_by=None)
    change_settings(ledger, LedgerSettings(local={"renamed": dict(folder.files)}), set_by=None)
    assert verify(Office(ledger)).faults == ()


def test_an_act_from_before_readings_were_kept_is_read_by_those_that_fit(tmp_path: Path) -> None:
    """A sealed ledger with a refused approval reads on when another reading is set."""
    db = tmp_path / "ledger.db"
    with Ledger.open(db, create=True) as ledger:
        until_refused(Office(ledger))
    tampering.forge(db, "UPDATE acts SET moment = NULL, readings = NULL")
    with Ledger.open(db) as ledger:
        change_settings(ledger, LedgerSettings(policies={"after-refused-approval": "activist"}), set_by=None)
        office = Office(ledger)
        assert office.case(FILE.id).state == office.verify(FILE.id).state


def test_settings_that_no_longer_fit_can_be_taken_back(run: Callable[..., Result], tmp_path: Path) -> None:
    """A local edition that this version cannot read any more is taken out by the command that put it in."""
    content = {"settings": {"local": {"old": {"overlay.toml": "code ="}}}, "rulebooks": []}
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        ledger.add_settings(json.dumps(content), set_by=None)
    assert run("list").exit_code == 2
    assert "地方规定：old\n" in run("settings").output
    assert "地方规定：按默认\n" in run("settings", "--without", "old").output
    assert run("list").exit_code == 0


def test_two_folders_of_one_name_are_not_taken_for_one(run: Callable[..., Result], tmp_path: Path) -> None:
    """Neither silently takes the place of the other."""
    other = tmp_path / "elsewhere" / UNIT.name
    shutil.copytree(UNIT, other)
    wrong = run("settings", "--local", str(UNIT), "--local", str(other))
    assert (wrong.exit_code, f"有两个文件夹都叫“{UNIT.name}”" in wrong.output) == (2, True)


def test_an_entry_that_names_no_rulebooks_is_no_reason_to_break_off() -> None:
    """Whatever somebody wrote there, `verify` goes on and gives an answer."""
    ledger = MemoryLedger()
    for content in ('{"rulebooks":5}', '{"rulebooks":[[1]]}', '{"sealed":{"acts":"x","rulebooks":7}}'):
        ledger.add_settings(content, set_by=None)
    assert verify(Office(ledger, EDITIONS)).settings == 4


def test_an_altered_setting_is_named(tmp_path: Path) -> None:
    """A ledger whose settings are not those that were entered is not judged by, and `verify` says which it is."""
    db = tmp_path / "ledger.db"
    runner = CliRunner()
    assert runner.invoke(cli, ["settings", "--policy", "quarter=rolling", "--db", str(db)]).exit_code == 0
    tampering.tamper(db, "UPDATE settings SET content = replace(content, 'rolling', 'calendar') WHERE number = 1")
    shown = runner.invoke(cli, ["list", "--db", str(db), "--lang", "en"])
    assert (shown.exit_code, "entry 1 of the settings is not what was recorded" in shown.output) == (2, True)
    checked = runner.invoke(cli, ["verify", "--db", str(db), "--lang", "en"])
    assert (checked.exit_code, "settings 1: it is not what was recorded" in checked.output) == (1, True)


# ------------------------------------------------------------------------------------------- the command


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run a command line on a ledger of its own."""

    def command(*words: str, **env: str) -> Result:
        return CliRunner().invoke(cli, [*words, "--db", str(tmp_path / "ledger.db"), "--lang", "zh"], env=env)

    return command


def opened(run: Callable[..., Result], file: str, *more: str, **env: str) -> Result:
    """Open a file by the command."""
    return run(
        "open", file, "--born", "2001-05-04", "--on", "2026-09-01", "--tie", "study", "--unit", "with_organization",
        "--papers", "application_letter", "--today", "2026-11-22", *more, **env,
    )  # fmt: skip


def test_the_branch_is_asked_once(run: Callable[..., Result]) -> None:
    """What the settings say of the branch stands in each file that is opened; what is said there goes before it."""
    assert run("设置", "--党支部", "名称=示例第一党支部,有支部委员会=是").exit_code == 0
    assert opened(run, "1").exit_code == 0
    assert opened(run, "2", "--branch", "has_committee=no").exit_code == 0
    files = json.loads(run("export").output)["files"]
    assert [file["branch"] for file in files] == [
        {"name": "示例第一党支部", "has_committee": True},
        {"name": "示例第一党支部", "has_committee": False},
    ]


@pytest.mark.parametrize(
    ("options", "env", "words"),
    [
        (["--policy", "quarter=rolling"], {}, "--规则理解: quarter=rolling 与台账的设置不同（quarter=calendar）"),
        ([], {"RECRUITMENT_POLICIES": "quarter=rolling"}, "--规则理解: quarter=rolling 与台账的设置不同"),
        (["--workdays", "{days}"], {}, "days.toml 与台账的设置不同"),
        (["--local", str(UNIT)], {}, "与台账的设置不同"),
        ([], {"RECRUITMENT_LOCAL": str(UNIT)}, "与台账的设置不同"),
    ],
)
def test_what_is_recorded_is_judged_by_the_settings_alone(
    run: Callable[..., Result], tmp_path: Path, options: list[str], env: dict[str, str], words: str
) -> None:
    """An option or a variable that says otherwise is refused where something is written, and holds where nothing is."""
    days = tmp_path / "days.toml"
    days.write_text("off = [2027-03-01]\n", "utf-8")
    given = [option.format(days=days) for option in options]
    assert opened(run, "1").exit_code == 0
    refused = opened(run, "2", *given, **env)
    assert (refused.exit_code, words in refused.output) == (2, True)
    assert "recruitment 设置" in refused.output
    talk = ("talk", "--on", "2026-09-20", "--today", "2026-11-22", *given)
    assert run("advance", "1", *talk, **env).exit_code == 2
    assert run("why", "1", *talk, **env).exit_code in (0, 1)
    assert len(json.loads(run("history", "1", "--json", **env).output)["acts"]) == 1


def test_an_option_that_says_what_is_set_is_no_other(run: Callable[..., Result]) -> None:
    """Who still names the reading by which the ledger is kept is not stopped; and by default it need not be set."""
    assert opened(run, "1", "--policy", "quarter=calendar").exit_code == 0
    assert run("settings", "--policy", "quarter=rolling").exit_code == 0
    assert opened(run, "2", "--policy", "quarter=rolling").exit_code == 0
    assert opened(run, "3", "--policy", "quarter=calendar").exit_code == 2


def test_settings_are_shown_and_a_change_that_changes_nothing_is_no_entry(run: Callable[..., Result]) -> None:
    """Without options they are shown, those by default too; the same said twice is entered once."""
    assert run("settings").output.splitlines()[0] == "规则理解：按默认"
    for _ in range(2):
        assert run("settings", "--policy", "quarter=rolling", "--zone", "Asia/Urumqi", "--by", "王").exit_code == 0
    shown = run("settings").output
    assert "规则理解：quarter=rolling\n" in shown
    assert "时区：Asia/Urumqi\n第 1 号设置，" in shown
    assert shown.endswith("由 王 设定\n")
    assert run("settings", "--policy", "quarter=calendar").output.startswith("规则理解：按默认")
    assert len(json.loads(run("settings", "--json").output)["entries"]) == 2


def test_a_local_edition_is_put_in_and_taken_out(run: Callable[..., Result]) -> None:
    """By its folder, and out by the folder's name; one that is not there is named with those that are."""
    assert "地方规定：unit-9\n" in run("settings", "--local", str(UNIT)).output
    wrong = run("settings", "--without", "unit")
    assert (wrong.exit_code, "--去掉地方规定: 设置中没有地方规定“unit”，现有：unit-9" in wrong.output) == (2, True)
    assert "地方规定：按默认\n" in run("settings", "--without", "unit-9").output


def test_days_off_are_put_in_and_taken_out(run: Callable[..., Result], tmp_path: Path) -> None:
    """From a file; the ledger keeps its days, and the word for none takes them back."""
    days = tmp_path / "days.toml"
    days.write_text("off = [2027-03-01]\nannounced = [2027]\n", "utf-8")
    assert "另有日期 1 天、年度 1 个" in run("settings", "--workdays", str(days)).output
    days.unlink()
    assert json.loads(run("settings", "--json").output)["workdays"] == {"off": ["2027-03-01"], "announced": [2027]}
    assert "放假安排：按默认" in run("settings", "--workdays", "无").output


def test_history_says_when_an_entry_was_made_and_as_of_which_day(run: Callable[..., Result]) -> None:
    """What was said to be today stands beside the day of the machine, with the account and the settings."""
    assert opened(run, "1", "--by", "王").exit_code == 0
    (entry,) = json.loads(run("history", "1", "--json").output)["acts"]
    assert (entry["recorded"], entry["settings"], bool(entry["system_user"])) == ("2026-11-22", 0, True)
    assert entry["moment"].endswith("+00:00")
    day = LedgerSettings().day_of(entry["moment"])
    assert f"{day} 王 登记（按 2026-11-22 计）" in run("history", "1").output


def test_today_is_the_day_in_the_units_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An evening in London is the next day in China, wherever the machine is."""
    assert LedgerSettings().day_of("2026-11-22T17:30:00.000+00:00") == date(2026, 11, 23)
    assert LedgerSettings(zone="Europe/London").day_of("2026-11-22T17:30:00.000+00:00") == date(2026, 11, 22)
    monkeypatch.setenv("TZ", "America/New_York")
    assert abs((LedgerSettings().today() - LedgerSettings(zone="UTC").today()).days) <= 1


def test_a_ledger_of_a_newer_version_says_so() -> None:
    """Settings with a key that this version does not know are not passed over."""
    ledger = MemoryLedger()
    ledger.add_settings('{"settings":{"colour":"red"}}', set_by=None)
    with pytest.raises(LedgerError, match="entry 1 of the settings was written by a newer version; update") as caught:
        Office(ledger)
    assert caught.value.kind == "newer"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--党支部", "名称"], "--党支部: '名称' 只是栏名，没有内容，请写成 名称=…"),
        (["--党支部", "名称=甲,有支部委员会=也许"], "--党支部 是否设有支部委员会: '也许' 不是“是”或“否”"),
        (["--时区", "火星"], "--时区: 没有“火星”这个时区"),
        (["--规则理解", "quarte=rolling"], "--规则理解: 'quarte' 不是口径；是否指 quarter？"),
    ],
)
def test_what_cannot_be_read_is_not_set(
    run: Callable[..., Result], tmp_path: Path, words: list[str], said: str
) -> None:
    """A fault is placed as it was typed, the name of a part is nobody's name, and no ledger is made for either."""
    wrong = run("设置", *words)
    assert (wrong.exit_code, said in wrong.output) == (2, True), wrong.output
    assert not list(tmp_path.iterdir())
