"""Where the command's answers go: files that `-o` names, and standard output, also where it cannot be written to."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import pty
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import recruitment
from recruitment.audit.report_data import Totals
from recruitment.audit.words import Wording
from recruitment.audit.xlsx_report import WorkbookReport
from recruitment.cli.main import COMMANDS, cli
from recruitment.rulebooks.locate import dossiers_folder

CALL = [sys.executable, "-c", "from recruitment.cli.main import main; main()"]
REGULAR = dossiers_folder().joinpath("regular.json").read_bytes()
REGULAR_FILE = json.loads(REGULAR)["files"][0]
FILE = "2022-0007"
EDITIONS = recruitment.load_rulebooks()

OUTPUTS = {
    "export": (["export"], "json", True),
    "audit json": (["audit", "--format", "json"], "json", True),
    "audit html": (["audit", "--format", "html"], "html", True),
    "audit table": (["audit"], "txt", True),
    "audit xlsx": (["audit", "--format", "xlsx"], "xlsx", True),
    "calendar": (["calendar"], "ics", True),
    "figures": (["figures"], "xlsx", True),
    "diagram of a file": (["diagram", FILE], "dot", True),
    "diagram": (["diagram"], "dot", False),
    "rules diff": (["rules", "diff", "2014", "2026"], "html", False),
    "train": (["train", "--questions", "1"], "html", False),
    "register": (["register"], "xlsx", True),
    "export as register": (["export"], "xlsx", True),
    "template": (["template"], "xlsx", False),
}
"""Every command that writes a file: its arguments, the ending of the file, and whether only its owner may read it."""

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger with the regular file."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "regular.json").write_bytes(REGULAR)
    path = folder / "ledger.db"
    done = CliRunner().invoke(cli, ["import", str(folder / "regular.json"), "--db", str(path), "--today", "2026-11-22"])
    assert done.exit_code == 0, done.output
    return path.read_bytes()


@pytest.fixture
def place(tmp_path: Path, ledger: bytes) -> Path:
    """A folder with that ledger."""
    (tmp_path / "ledger.db").write_bytes(ledger)
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    """Where a command runs: its ledger, its day, its language, and its own folder for what is put aside."""
    (place / "aside").mkdir(exist_ok=True)
    own = {"RECRUITMENT_DB": "ledger.db", "RECRUITMENT_TODAY": "2026-11-22", "LC_ALL": "C.UTF-8"}
    return {**os.environ, **own, "TMPDIR": str(place / "aside")}


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in that folder."""
    monkeypatch.chdir(place)
    for name, value in environment(place).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(place / "aside"))

    def invoke(*arguments: str) -> Result:
        # The last line of defence takes the language of a command from there.
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        result = CliRunner().invoke(cli, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def process(place: Path) -> Process:
    """Run a command in that folder as a process of its own; no traceback is ever seen."""

    def called(*arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **how}
        done = subprocess.run(
            [*CALL, *arguments], check=False, text=True, cwd=place, env=environment(place), timeout=120, **how
        )
        assert "Traceback" not in (done.stderr or "")
        assert "Exception ignored" not in (done.stderr or "")
        return done

    return called


def state(place: Path) -> dict[str, tuple[int, int, bytes]]:
    """The files of the folder by name: identity, mode and content. A ledger that is read keeps two files beside it."""
    return {
        path.name: (path.stat().st_ino, path.stat().st_mode, path.read_bytes())
        for path in place.iterdir()
        if path.is_file() and path.name not in ("ledger.db-wal", "ledger.db-shm")
    }


# ------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_command_writes_by_the_one_writer(run: Run, place: Path, name: str) -> None:
    """A new file is written with its mode; one that is there is replaced with --force alone; the ledger never is."""
    arguments, ending, private = OUTPUTS[name]
    out = place / f"out.{ending}"
    before = os.umask(0o022)
    try:
        done = run(*arguments, "-o", out.name)
        assert (done.exit_code, done.stderr.count("\n") <= 1) == (0, True), done.stderr
        assert stat.S_IMODE(out.stat().st_mode) == (0o600 if private else 0o644)
        written = out.stat().st_size
        assert written > 0

        out.write_bytes(b"old")
        out.chmod(0o640)
        for lang, words in (("en", "replace it with --force"), ("zh", "用 --force 替换")):
            left = state(place)
            refused = run(*arguments, "-o", out.name, "--lang", lang)
            assert refused.exit_code == 2
            assert words in refused.stderr
            assert state(place) == left
        assert run(*arguments, "-o", out.name, "--force").exit_code == 0
        assert out.stat().st_size == pytest.approx(written, rel=0.01)
        assert stat.S_IMODE(out.stat().st_mode) == (0o600 if private else 0o644)
    finally:
        os.umask(before)

    # The ledger has a name that this command could write to, and another.
    (place / f"ledger.{ending}").write_bytes((place / "ledger.db").read_bytes())
    os.link(place / f"ledger.{ending}", place / f"too.{ending}")
    os.link(place / f"ledger.{ending}", place / f"log-wal.{ending}")
    left = state(place)
    db = ["--db", f"ledger.{ending}", "--force"]
    for lang, target, words in (
        ("en", f"ledger.{ending}", "it is the ledger or one of its own files"),
        ("zh", f"too.{ending}", "这是台账或其附属文件"),
    ):
        refused = run(*arguments, "-o", target, *db, "--lang", lang)
        assert refused.exit_code == 2
        assert words in refused.stderr
        assert state(place) == left
    assert list((place / "aside").iterdir()) == []


@pytest.mark.parametrize(
    ("target", "english", "chinese"),
    [
        ("ledger.db", "it is the ledger or one of its own files", "这是台账或其附属文件"),
        ("ledger.db-wal", "it is the ledger or one of its own files", "这是台账或其附属文件"),
        ("ledger.db-shm", "it is the ledger or one of its own files", "这是台账或其附属文件"),
        ("ledger.db-journal", "it is the ledger or one of its own files", "这是台账或其附属文件"),
        ("other.db", "it is a database or one of its own files", "这是一个数据库或其附属文件"),
        ("link", "it is a symbolic link, and nothing is written through one", "这是符号链接，不能经由它写入"),
        ("dangling", "it is a symbolic link, and nothing is written through one", "这是符号链接，不能经由它写入"),
        ("folder", "it is a folder; name a file in it", "这是文件夹，请写明其中的文件"),
        ("folder/", "it is a folder; name a file in it", "这是文件夹，请写明其中的文件"),
        ("/dev/null", "it is a device or a pipe", "这是设备或管道"),
        ("/dev/full", "it is a device or a pipe", "这是设备或管道"),
        ("nowhere/out.json", "there is no folder nowhere; make it first", "没有文件夹 nowhere，请先建立"),
        ("", "the path is empty; name a file", "路径为空，请写明文件"),
    ],
)
def test_a_place_that_is_refused(run: Run, place: Path, target: str, english: str, chinese: str) -> None:
    """Even with --force nothing is written over a ledger, through a link, or where no file can be; one sentence."""
    (place / "other.db").write_bytes((place / "ledger.db").read_bytes())
    (place / "theirs.json").write_bytes(b"theirs")
    (place / "link").symlink_to("theirs.json")
    (place / "dangling").symlink_to("not there")
    (place / "folder").mkdir()
    before = state(place)
    for lang, words in (("en", english), ("zh", chinese)):
        refused = run("export", "-o", target, "--force", "--lang", lang)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert words in refused.stderr
        assert refused.stderr.count("\n") == 1
    assert state(place) == before
    assert not (place / "not there").exists()
    asked = run("export", "-o", target, "--json")
    assert (asked.exit_code, json.loads(asked.stdout)["error"]["kind"]) == (2, "BadInput")


def test_what_a_command_reads_is_not_written_over(run: Run, process: Process, place: Path) -> None:
    """Paths, standard input, the calendar, the branch's year and local editions, by whatever name they are reached."""
    (place / "in.json").write_bytes(REGULAR)
    os.link(place / "in.json", place / "too.json")
    (place / "days.toml").write_text('checked_on = 2026-01-01\nsource = "x"\n', encoding="utf-8")
    (place / "year.toml").write_text("", encoding="utf-8")
    (place / "local").mkdir()
    before = state(place)
    told = "this is read from, too; choose another place", "要读取的内容就在此处，请另选位置"
    for arguments in (
        ["audit", "in.json", "-o", "in.json"],
        ["audit", "in.json", "-o", "too.json"],
        ["export", "--workdays", "days.toml", "-o", "days.toml"],
        ["calendar", "--year", "year.toml", "-o", "year.toml"],
        ["train", "--local", "local", "-o", "local/page.html"],
    ):
        for lang, words in zip(("en", "zh"), told, strict=True):
            refused = run(*arguments, "--force", "--lang", lang)
            assert refused.exit_code == 2, arguments
            assert words in refused.stderr, arguments
    with (place / "in.json").open("rb") as stdin:
        piped = process("audit", "-", "-o", "too.json", "--force", stdin=stdin)
    assert (piped.returncode, told[0] in piped.stderr) == (2, True)
    assert state(place) == before
    assert list((place / "local").iterdir()) == []


def test_standard_output_by_its_names(run: Run) -> None:
    """No path, a hyphen and /dev/stdout are the same place; a workbook is for a file."""
    printed = run("export").stdout
    assert json.loads(printed)["files"][0]["id"] == FILE
    for name in ("-", "/dev/stdout"):
        assert run("export", "-o", name).stdout == printed
        assert run("export", "-o", name, "--force").stdout == printed
        refused = run("audit", "--format", "xlsx", "-o", name)
        assert (refused.exit_code, "a workbook needs a file" in refused.stderr) == (2, True)


# ------------------------------------------------------------------------------------------- the question


def at_terminal(place: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """A command at a terminal where something is typed: its exit code, and all that is seen."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    with subprocess.Popen(
        [*CALL, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, cwd=place, env=environment(place)
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # nobody holds the terminal any more
                break
            if not part:
                break
            seen += part
        code = process.wait(timeout=60)
    os.close(ours)
    return code, seen.decode()


@pytest.mark.parametrize("name", ["export", "audit html", "figures", "train"])
def test_a_terminal_is_asked(place: Path, name: str) -> None:
    """At a terminal yes replaces the file; no, and nothing typed, leave it."""
    arguments, ending, _ = OUTPUTS[name]
    out = place / f"out.{ending}"
    out.write_bytes(b"old")
    before = state(place)
    code, seen = at_terminal(place, "n\n", *arguments, "-o", out.name)
    assert (code, f"There is a file {out.name} already. Replace it? [y/N]" in seen) == (2, True)
    assert "it was not changed" in seen
    assert state(place) == before
    code, seen = at_terminal(place, "y\n", *arguments, "-o", out.name, "--lang", "zh")
    assert (code, f"已有 {out.name}，是否替换？ [y/N]" in seen) == (0, True)
    assert out.read_bytes() != b"old"


def test_a_terminal_is_not_asked_in_vain(place: Path) -> None:
    """What would be refused anyway, what --force has answered, and JSON are not asked about; a way out is no yes."""
    before = state(place)
    code, seen = at_terminal(place, "y\n", "export", "-o", "ledger.db")
    assert (code, "Replace" in seen, "it is the ledger" in seen) == (2, False, True)
    (place / "out.json").write_bytes(b"old")
    code, seen = at_terminal(place, "y\n", "export", "-o", "out.json", "--json")
    assert (code, "Replace" in seen) == (2, False)
    for typed in ("\n", "\x04"):
        code, seen = at_terminal(place, typed, "export", "-o", "out.json")
        assert (code, "Replace" in seen) == (2, True)
    assert (place / "out.json").read_bytes() == b"old"
    code, seen = at_terminal(place, "", "export", "-o", "out.json", "--force")
    assert (code, "Replace" in seen) == (0, False)
    code, seen = at_terminal(place, "", "export", "-o", "new.json")
    assert (code, "Replace" in seen) == (0, False)
    assert state(place)["ledger.db"] == before["ledger.db"]


# ------------------------------------------------------------------------------------------- what cannot be written


def limited() -> None:
    """A disk that takes no more than this of one file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.mark.parametrize("form", ["json", "html", "xlsx", "table"])
def test_a_report_that_does_not_fit_leaves_the_old_one(process: Process, place: Path, form: str) -> None:
    """A report grows as files are judged; where the disk is full before its end, exit 1, one sentence, and no half."""
    # What cannot be compressed, so that a workbook is large too.
    files = [{**REGULAR_FILE, "id": f"{number:03}", "name": os.urandom(90).hex()} for number in range(400)]
    document = {"format": "member-development/dossier/1", "files": files}
    (place / "many.json").write_text(json.dumps(document), encoding="utf-8")
    (place / "out").write_bytes(b"old")
    before = state(place)
    for lang, words in (("en", "it could not be written (the file would be too large)"), ("zh", "无法写入（超出")):
        failed = process(
            "audit", "many.json", "--names", "--all", "--format", form, "-o", "out", "--force", "--lang", lang,
            preexec_fn=limited,
        )  # fmt: skip
        assert (failed.returncode, failed.stdout) == (1, "")
        assert words in failed.stderr
        assert failed.stderr.count("\n") == 1
    assert state(place) == before
    assert list((place / "aside").iterdir()) == []


def test_a_workbook_that_does_not_fit_at_its_end(process: Process, place: Path) -> None:
    """Rows fit and the finished workbook does not: one sentence, not what the writer of workbooks makes of it."""
    (place / "out.xlsx").write_bytes(b"old")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))

    (place / "in.json").write_bytes(REGULAR)
    failed = process("audit", "in.json", "--format", "xlsx", "-o", "out.xlsx", "--force", preexec_fn=small)
    assert failed.returncode == 1
    assert "out.xlsx: it could not be written (the file would be too large)" in failed.stderr
    assert (place / "out.xlsx").read_bytes() == b"old"
    assert list((place / "aside").iterdir()) == []
    assert process("audit", "in.json", "--format", "xlsx", "-o", "out.xlsx", "--force").returncode == 0
    assert openpyxl.load_workbook(place / "out.xlsx").sheetnames == ["totals", "files", "findings"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said_when_the_workbook_is_complete(tmp_path: Path) -> None:
    """Whatever the disk refuses of a workbook is an error of the system at its end, and nothing is printed later."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        report = WorkbookReport(full, Wording(EDITIONS, "en"), scratch=str(tmp_path))
        with pytest.raises(OSError, match="No space left on device"):
            report.end(Totals())
    del report
    gc.collect()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what a process has open is seen on Linux only")
@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("json", signal.SIGTERM),
        ("json", signal.SIGKILL),
        ("html", signal.SIGINT),
        ("xlsx", signal.SIGTERM),
        ("xlsx", signal.SIGHUP),
        ("xlsx", signal.SIGINT),
    ],
)
def test_an_interrupted_report_leaves_nothing(place: Path, form: str, number: int) -> None:
    """Ended in the middle of the files, even by force: the old report is whole, and nothing is beside it."""
    (place / "out").write_bytes(b"old")
    before = state(place)
    with subprocess.Popen(
        [*CALL, "audit", "-", "--all", "--format", form, "-o", "out", "--force"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place,
        env=environment(place),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        files = ",".join(json.dumps({**REGULAR_FILE, "id": f"f-{number}"}) for number in range(3))
        # With more blanks than are read ahead at once, so that these files are judged.
        begun = f'{{"format": "member-development/dossier/1", "files": [\n{files},{" " * (3 << 20)}'
        process.stdin.write(begun.encode())
        process.stdin.flush()
        wait_for(lambda: draft_of(process.pid, place), process)
        if form == "json":  # of the others little is written before their end
            wait_for(lambda: any(size > 0 for size in draft_of(process.pid, place)), process)
        # A signal that comes between two pieces of what is read waits for the third.
        wait_for(lambda: asleep(process.pid) and not unread(process.stdin), process)
        assert (place / "out").read_bytes() == b"old"
        process.send_signal(number)
        said = process.stderr.read().decode()
        code = process.wait(timeout=60)
    assert code == {signal.SIGKILL: -signal.SIGKILL, signal.SIGINT: 2}.get(signal.Signals(number), 128 + number)
    assert "Traceback" not in said
    assert state(place) == before
    if number != signal.SIGKILL:
        assert list((place / "aside").iterdir()) == []


def draft_of(process: int, place: Path) -> list[int]:
    """The sizes of the files without a name that a process has open in a folder."""
    found = []
    for entry in Path(f"/proc/{process}/fd").iterdir():
        try:
            name = str(entry.readlink())
            if name.startswith(f"{place}/") and name.endswith(" (deleted)") and "/aside/" not in name:
                found.append(entry.stat().st_size)
        except FileNotFoundError:  # closed meanwhile
            continue
    return found


def asleep(process: int) -> bool:
    """Whether a process waits for something."""
    return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "S"


def unread(pipe: Any) -> int:
    """How much of what was written to a pipe is still to be read."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def wait_for(seen: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    """Wait until something is seen of a process, for as long as it runs."""
    until = time.monotonic() + 60
    while not seen():
        assert process.poll() is None, "the process has ended"
        assert time.monotonic() < until, "nothing was seen"
        time.sleep(0.01)


# ------------------------------------------------------------------------------------------- standard output

ANSWERS = [
    ["--help"],
    ["--version"],
    ["list"],
    ["audit"],
    ["audit", "--json"],
    ["export"],
    ["show", "--help"],
    ["show", FILE],
    ["show", FILE, "--json"],
    ["history", FILE],
    ["rejudge", FILE],
    ["plan", FILE],
    ["due"],
    ["verify"],
    ["settings"],
    ["backup"],
    ["restore", "copy", "--yes"],
    ["merge", "ledger.db", "--dry-run"],
    ["why", FILE, "talk", "--on", "2026-11-01"],
    ["audit", "--format", "html"],
    ["agenda"],
    ["calendar"],
    ["figures"],
    ["figures", "-o", "figures.xlsx"],
    ["register", "-o", "register.xlsx"],
    ["template", "-o", "template.xlsx"],
    ["rules"],
    ["rules", "diff", "2014", "2026"],
    ["acts"],
    ["acts", "talk"],
    ["diagram", "--format", "dot"],
    ["train", "--questions", "1"],
    ["completion", "bash"],
    ["import", "regular.json"],
    ["demo", "--into", "demo", "--json"],
]
"""Each command with something to say, and the two that the command answers itself."""


def closed(*numbers: int) -> Callable[[], None]:
    """Close these streams of a process before it starts."""

    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


@pytest.mark.parametrize("arguments", ANSWERS, ids=[" ".join(arguments) for arguments in ANSWERS])
def test_an_answer_that_cannot_be_written(process: Process, place: Path, arguments: list[str]) -> None:
    """With standard output closed before the start: exit 1 in one sentence."""
    (place / "regular.json").write_bytes(REGULAR)
    (place / "copy").write_bytes((place / "ledger.db").read_bytes())
    failed = process(*arguments, preexec_fn=closed(1))
    assert failed.returncode == 1
    assert "the answer could not be written (standard output is closed)" in failed.stderr


@pytest.mark.parametrize("arguments", ANSWERS[:7], ids=[" ".join(arguments) for arguments in ANSWERS[:7]])
def test_a_disk_that_is_full_and_a_reader_that_is_gone(process: Process, arguments: list[str]) -> None:
    """Where the answer goes to a full disk: exit 1 in one sentence. A reader that has gone is no fault."""
    with Path("/dev/full").open("wb") as full:
        failed = process(*arguments, stdout=full)
    assert failed.returncode == 1
    assert failed.stderr == "the answer could not be written (the disk is full); nothing that was recorded is lost\n"
    ours, theirs = os.pipe()
    os.close(ours)
    gone = process(*arguments, stdout=theirs)
    os.close(theirs)
    # What an audit has not told to its end is not known to be clean.
    assert (gone.returncode, gone.stderr) == (1 if arguments[0] == "audit" else 0, "")


def test_the_command_has_each_of_these(process: Process) -> None:
    """The list above leaves out only what records one act, which has a test of its own."""
    assert set(COMMANDS) - {arguments[0] for arguments in ANSWERS} == {"open", "advance", "correct"}
    assert process("--help", preexec_fn=closed(0, 1, 2)).returncode == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_recorded_stands_whatever_becomes_of_the_answer(process: Process, lang: str) -> None:
    """An act is recorded though its answer cannot be written, which exit code and one sentence say."""
    words = {"en": "nothing that was recorded is lost", "zh": "已登记的内容不受影响"}[lang]
    opening = ["--born", "2001-05-04", "--on", "2026-09-01", "--tie", "study", "--unit", "with_organization"]
    opened = process("open", "f-1", *opening, "--papers", "application_letter", "--lang", lang, preexec_fn=closed(1))
    assert opened.returncode == 1
    assert words in opened.stderr
    with Path("/dev/full").open("wb") as full:
        talked = process("advance", "f-1", "talk", "--on", "2026-09-20", "--lang", lang, stdout=full)
        struck = process("correct", "f-1", "1", "--strike", "--why", "x", "--yes", "--lang", lang, stdout=full)
    assert [(done.returncode, words in done.stderr) for done in (talked, struck)] == [(1, True)] * 2
    assert json.loads(process("show", "f-1", "--json").stdout)["acts"] == 3
    assert process("list", "--lang", lang).returncode == 0


def test_a_refusal_stays_one_whatever_becomes_of_the_answer(process: Process) -> None:
    """Exit codes of bad input are kept; what is said on the error stream needs no standard output."""
    for how in ({"preexec_fn": closed(1)}, {"preexec_fn": closed(0, 1)}):
        failed = process("show", "nobody", **how)
        assert (failed.returncode, "nobody" in failed.stderr) == (2, True)
        assert "could not be written" not in failed.stderr
    assert process("show", "nobody", preexec_fn=closed(0, 1, 2)).returncode == 2
    assert process("list", "--nonsense", preexec_fn=closed(2)).returncode == 2
    failed = process("audit", "-", preexec_fn=closed(0))
    assert (failed.returncode, failed.stderr) == (2, "")


@pytest.mark.parametrize("name", ["export", "audit xlsx", "diagram", "train"])
def test_a_file_is_whole_though_nothing_can_be_said_of_it(run: Run, process: Process, place: Path, name: str) -> None:
    """With the standard streams closed, their numbers go to no file: what is written is what is written otherwise."""
    arguments, ending, _ = OUTPUTS[name]
    whole, blind = place / f"whole.{ending}", place / f"blind.{ending}"
    assert run(*arguments, "-o", whole.name).exit_code == 0
    process(*arguments, "-o", blind.name, preexec_fn=closed(0, 1, 2))
    if ending != "xlsx":  # which holds the time of its making
        assert blind.read_bytes() == whole.read_bytes()
    else:
        assert openpyxl.load_workbook(blind).sheetnames == openpyxl.load_workbook(whole).sheetnames


# ------------------------------------------------------------------------------------------- demo and library


def test_the_demo_writes_over_nothing(run: Run, place: Path) -> None:
    """A folder that holds anything of the demo's names is refused before anything is done there."""
    for name in ("demo.db", "progress.svg", "progress.dot"):
        folder = place / f"for {name}"
        folder.mkdir()
        (folder / name).symlink_to("nothing")
        refused = run("demo", "--into", folder.name)
        assert (refused.exit_code, "there is a demo already" in refused.stderr) == (2, True)
        assert [path.name for path in folder.iterdir()] == [name]
    said = json.loads(run("demo", "--into", "demo", "--json").stdout)
    for key in ("ledger", "picture"):
        assert stat.S_IMODE((place / said[key]).stat().st_mode) == 0o600


def test_a_picture_is_saved_over_nothing_unasked(place: Path) -> None:
    """The library refuses like the command, unless it is told to replace; a picture of nobody may be for everybody."""
    picture = recruitment.picture(EDITIONS, "course", lang="en")
    path = place / "course.dot"
    assert picture.save(path) == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"old")
    with pytest.raises(recruitment.BadInput, match="replace=True"):
        picture.save(path)
    assert path.read_bytes() == b"old"
    before = os.umask(0o022)
    assert picture.save(path, replace=True, private=False).read_text("utf-8") == picture.dot
    os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    (place / "ledger.dot").write_bytes((place / "ledger.db").read_bytes())
    (place / "link.dot").symlink_to("course.dot")
    for name, words in (("ledger.dot", "it is a database"), ("link.dot", "it is a symbolic link")):
        with pytest.raises(recruitment.BadInput, match=words):
            picture.save(place / name, replace=True)
    assert (place / "ledger.dot").read_bytes() == (place / "ledger.db").read_bytes()
    with pytest.raises(recruitment.NotWritten, match="the name is too long"):
        picture.save(place / ("x" * 300 + ".dot"))
