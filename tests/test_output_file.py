"""The writer of every output: whole or not at all, over nothing unasked, and never over what must not be lost."""

from __future__ import annotations

import ast
import errno
import os
import resource
import shutil
import socket
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import recruitment
from recruitment.base.errors import BadInput, NotWritten
from recruitment.presentation.output_file import OutputFile


@pytest.fixture(params=["unnamed", "hidden"])
def draft(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of a file that is not complete: without a name, and as on a system that knows no such files."""
    if request.param == "hidden":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system knows no files without a name")
    return str(request.param)


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """A way to set the process's umask, which is put back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------------------- whole or not at all


@pytest.mark.usefixtures("draft")
def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """The content is there under the name, the file has no other name, and nothing is beside it."""
    OutputFile(path=tmp_path / "out.json").write(b"content")
    assert (tmp_path / "out.json").read_bytes() == b"content"
    assert (tmp_path / "out.json").stat().st_nlink == 1
    assert names(tmp_path) == ["out.json"]


def test_nothing_has_the_name_before_it_is_complete(tmp_path: Path, draft: str) -> None:
    """While it is written there is no file of that name; where the draft has a name, only its owner may read it."""
    with OutputFile(path=tmp_path / "out.json").open() as target:
        target.write(b"half")
        target.flush()
        found = names(tmp_path)
        if draft == "unnamed":
            assert found == []
        else:
            (name,) = found
            assert name.startswith(".recruitment-")
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.json"]


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("error", [BadInput, KeyboardInterrupt, SystemExit, RuntimeError])
def test_an_interrupted_writer_leaves_what_was_there(tmp_path: Path, error: Any) -> None:
    """Whatever ends the writing: the old file is as it was, and nothing is beside it."""
    (tmp_path / "out.json").write_bytes(b"old")
    before = (tmp_path / "out.json").stat()

    def interrupted() -> None:
        with OutputFile(path=tmp_path / "out.json", replace=True).open() as target:
            target.write(b"half")
            raise error(()) if error is BadInput else error

    with pytest.raises(error):
        interrupted()
    assert (tmp_path / "out.json").stat() == before  # looked at first: to be read is to be touched
    assert (tmp_path / "out.json").read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.usefixtures("draft")
def test_a_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    """Without `replace` the file is refused and stays; with it, the new one has nothing of the old but its name."""
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    os.link(path, tmp_path / "other name")
    with pytest.raises(BadInput, match=r"there is a file already, and it was not changed.*replace=True") as refused:
        OutputFile(path=path).write(b"new")
    assert "已有这个文件，未作改动" in refused.value.zh
    assert path.read_bytes() == b"old"
    OutputFile(path=path, replace=True).write(b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "other name").read_bytes() == b"old"
    assert names(tmp_path) == ["other name", "out.json"]


@pytest.mark.usefixtures("draft")
def test_what_comes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """A file that another makes while this one is written stays, and so does the target of a link made meanwhile."""
    path = tmp_path / "out.json"

    def meanwhile(file: OutputFile, other: Callable[[], object]) -> None:
        with file.open() as target:
            target.write(b"ours")
            other()

    with pytest.raises(BadInput, match="there is a file already"):
        meanwhile(OutputFile(path=path), lambda: path.write_bytes(b"theirs"))
    assert path.read_bytes() == b"theirs"
    path.unlink()
    (tmp_path / "theirs").write_bytes(b"theirs")
    with pytest.raises(BadInput, match="it is a symbolic link"):
        meanwhile(OutputFile(path=path, replace=True), lambda: path.symlink_to("theirs"))
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert names(tmp_path) == ["out.json", "theirs"]


@pytest.mark.usefixtures("draft")
def test_the_last_moment_belongs_to_who_is_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that appears after the last look is not replaced either: the name is given in one step."""
    checks = []

    def check(file: OutputFile) -> None:
        checks.append(file)
        seen(file)
        if len(checks) == 2:
            file.path.write_bytes(b"theirs")

    seen = OutputFile.check
    monkeypatch.setattr(OutputFile, "check", check)
    with pytest.raises(BadInput, match="there is a file already"):
        OutputFile(path=tmp_path / "out.json").write(b"ours")
    assert (tmp_path / "out.json").read_bytes() == b"theirs"
    assert names(tmp_path) == ["out.json"]


def test_a_disk_without_second_names_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can have one name only, the draft is renamed; what is there already is refused as ever."""

    def link(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", link)
    OutputFile(path=tmp_path / "out.json").write(b"content")
    assert (tmp_path / "out.json").read_bytes() == b"content"
    with pytest.raises(BadInput, match="there is a file already"):
        OutputFile(path=tmp_path / "out.json").write(b"new")
    assert names(tmp_path) == ["out.json"]


@pytest.mark.parametrize("replace", [False, True])
def test_the_disk_has_it_before_the_name_does(tmp_path: Path, replace: bool) -> None:
    """The file is brought to the disk, then named, then the folder is brought to the disk as well."""
    done: list[tuple[str, bool]] = []

    def seen(frame: Any, event: str, function: Any) -> None:
        name = getattr(function, "__name__", "")
        if event == "c_call" and name in ("fsync", "link", "replace", "rename"):
            descriptor = frame.f_locals.get("descriptor")
            folder = name == "fsync" and descriptor is not None and stat.S_ISDIR(os.fstat(descriptor).st_mode)
            done.append((name, folder))

    file = OutputFile(path=tmp_path / "out.json", replace=replace)
    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        file.write(b"content")
    finally:
        sys.setprofile(before)
    named = [name for name, _ in done[1:-1]]
    assert done[0] == ("fsync", False)
    assert named
    assert named[-1] == ("replace" if replace else "link")
    assert done[-1] == ("fsync", True)


# ------------------------------------------------------------------------------------------- who may read it


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("private", "mask", "mode"),
    [(True, 0o022, 0o600), (True, 0o000, 0o600), (False, 0o022, 0o644), (False, 0o000, 0o644), (False, 0o027, 0o640)],
)
def test_who_may_read_it(tmp_path: Path, umask: Callable[[int], None], private: bool, mask: int, mode: int) -> None:
    """What is private is its owner's whatever the umask; the rest others may read as far as the umask lets them."""
    umask(mask)
    OutputFile(path=tmp_path / "out.html", private=private).write(b"content")
    assert stat.S_IMODE((tmp_path / "out.html").stat().st_mode) == mode


# ------------------------------------------------------------------------------------------- what is refused


def database(path: Path) -> None:
    """A database with a row, and its log beside it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def made(folder: Path) -> None:
    """A ledger, another database, an input, and each kind of file that nothing is written over or through."""
    database(folder / "ledger.db")
    database(folder / "other.db")
    (folder / "input.json").write_bytes(b"input")
    os.link(folder / "ledger.db", folder / "ledger, too")
    os.link(folder / "input.json", folder / "input, too")
    (folder / "link").symlink_to("input.json")
    (folder / "dangling").symlink_to("nothing")
    (folder / "loop").symlink_to("loop")
    (folder / "to ledger").symlink_to("ledger.db")
    (folder / "folder").mkdir()
    (folder / "read").mkdir()
    (folder / "linked folder").symlink_to("read")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str((folder / "socket").relative_to(Path.cwd())))


LEDGER = ("it is the ledger or one of its own files", "这是台账或其附属文件")
DATABASE = ("it is a database or one of its own files", "这是一个数据库或其附属文件")
LINK = ("it is a symbolic link, and nothing is written through one", "这是符号链接，不能经由它写入")
FOLDER = ("it is a folder; name a file in it", "这是文件夹，请写明其中的文件")
SPECIAL = ("it is a device or a pipe, not an ordinary file", "这是设备或管道，不是普通文件")
INPUT = ("this is read from, too; choose another place", "要读取的内容就在此处，请另选位置")
NOWHERE = ("there is no folder {folder}; make it first", "没有文件夹 {folder}，请先建立")
IMPOSSIBLE = ("no file can have this name", "文件不能有这样的名称")
REFUSED = {
    "ledger.db": LEDGER,
    "folder/../ledger.db": LEDGER,
    "ledger, too": LEDGER,
    "ledger.db-wal": LEDGER,
    "ledger.db-shm": LEDGER,
    "ledger.db-journal": LEDGER,
    "to ledger-wal": LEDGER,
    "other.db": DATABASE,
    "other.db-wal": DATABASE,
    "other.db-shm": DATABASE,
    "other.db-journal": DATABASE,
    "link": LINK,
    "dangling": LINK,
    "loop": LINK,
    "to ledger": LINK,
    "folder": FOLDER,
    "folder/..": FOLDER,
    "new/": FOLDER,
    ".": FOLDER,
    "pipe": SPECIAL,
    "socket": SPECIAL,
    "/dev/null": SPECIAL,
    "/dev/full": SPECIAL,
    "input.json": INPUT,
    "input, too": INPUT,
    "folder/../input.json": INPUT,
    "to come.json": INPUT,
    "read/new.html": INPUT,
    "linked folder/new.html": INPUT,
    "nowhere/new.html": NOWHERE,
    "input.json/new.html": NOWHERE,
    "a\0b": IMPOSSIBLE,
    "a\udc41\ud800": IMPOSSIBLE,
    "": ("the path is empty; name a file", "路径为空，请写明文件"),
    " ": ("the path is empty; name a file", "路径为空，请写明文件"),
}


def state(folder: Path) -> list[tuple[str, int, int, bytes]]:
    """Everything in a folder: name, identity, kind and mode, and content."""
    found = []
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        found.append((str(path), status.st_ino, status.st_mode, content))
    return found


@pytest.mark.parametrize("replace", [False, True], ids=["unasked", "asked to replace"])
@pytest.mark.parametrize("path", REFUSED, ids=[name.encode("unicode_escape").decode() for name in REFUSED])
def test_what_must_not_be_lost_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, replace: bool
) -> None:
    """The ledger, any database, an input, a link and what is no file: one sentence, and nothing is changed."""
    monkeypatch.chdir(tmp_path)
    made(tmp_path)
    before = state(tmp_path)
    inputs = (Path("input.json"), Path("to come.json"), tmp_path / "read", Path("nowhere either"))
    # A ledger is named by a link as well: SQLite keeps the log beside the file itself.
    for ledger in (Path("ledger.db"), Path("to ledger")):
        with pytest.raises(BadInput) as refused:
            OutputFile(path=path, replace=replace, ledger=ledger, inputs=inputs).write(b"new")
        english, chinese = (words.format(folder=Path(path).parent) for words in REFUSED[path])
        if path == "to ledger-wal" and ledger == Path("ledger.db"):
            english, chinese = DATABASE
        assert english in refused.value.en
        assert chinese in refused.value.zh
        assert "\n" not in refused.value.en
        assert state(tmp_path) == before


def test_a_ledger_that_is_yet_to_be_made_keeps_its_place(tmp_path: Path) -> None:
    """Where the ledger will stand, and its log, nothing is written either."""
    for name in ("new.db", "new.db-wal", "new.db-shm", "new.db-journal"):
        with pytest.raises(BadInput, match="it is the ledger"):
            OutputFile(path=tmp_path / name, ledger=tmp_path / "new.db").write(b"new")
    OutputFile(path=tmp_path / "new.db.json", ledger=tmp_path / "new.db").write(b"new")
    assert names(tmp_path) == ["new.db.json"]


def test_a_link_in_the_folders_is_followed(tmp_path: Path) -> None:
    """Only the file itself must be no link: a folder may be reached through one."""
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to("real")
    OutputFile(path=tmp_path / "linked" / "out.json").write(b"new")
    assert (tmp_path / "real" / "out.json").read_bytes() == b"new"


# ------------------------------------------------------------------------------------------- what cannot be


@pytest.mark.usefixtures("draft")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """A disk that takes no more is one sentence; the old file is as it was, and nothing is beside it."""
    (tmp_path / "out.json").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(NotWritten) as failed:
            OutputFile(path=tmp_path / "out.json", replace=True).write(b"x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "it could not be written (the file would be too large)" in failed.value.en
    assert "无法写入（超出文件大小的限制）" in failed.value.zh
    assert failed.value.kind == "disk"
    assert (tmp_path / "out.json").read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.usefixtures("draft")
def test_a_folder_that_can_only_be_read_is_one_sentence() -> None:
    """Who may not write into a folder is told so, and a folder that he may not even look into is no traceback."""
    folder = Path(tempfile.mkdtemp())
    (folder / "closed").mkdir(mode=0o000)
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        for path in (folder / "out.json", folder / "closed" / "out.json"):
            with pytest.raises(NotWritten) as failed:
                OutputFile(path=path).write(b"new")
            assert "it could not be written (permission is missing)" in failed.value.en
            assert "无法写入（没有写入权限）" in failed.value.zh
            assert failed.value.kind == "permission"
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)
        (folder / "closed").chmod(0o755)
    assert names(folder) == ["closed"]
    assert names(folder / "closed") == []
    shutil.rmtree(folder)


def test_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    """A name of the greatest length is written, one that is longer cannot be."""
    OutputFile(path=tmp_path / ("x" * 255)).write(b"new")
    with pytest.raises(NotWritten, match="the name is too long"):
        OutputFile(path=tmp_path / ("x" * 256)).write(b"new")
    assert names(tmp_path) == ["x" * 255]


# ------------------------------------------------------------------------------------------- the only writer


def writes(call: ast.Call) -> bool:
    """Whether a call makes or overwrites a file."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "open" and any("O_CREAT" in ast.unparse(argument) for argument in call.args):
        return True
    modes = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    texts = [node.value for node in modes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    opened = name == "open" and any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts)
    if opened or name in ("NamedTemporaryFile", "mkstemp", "copyfile"):
        return True
    return isinstance(call.func, ast.Attribute) and name in ("write_text", "write_bytes", "touch")


def test_nothing_else_writes_files() -> None:
    """In the whole library files are made by this one module, and by the ledger; what else opens one writes nothing."""
    package = Path(recruitment.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and writes(node)]
        if any("os.devnull" not in ast.unparse(call) for call in calls):
            found.add(str(path.relative_to(package)))
    # One file in a folder of its own, gone again at once, says to the engine which font to take.
    ledger = {"ledger/stores/sqlite.py", "ledger/stores/copying.py"}
    assert found == ledger | {"presentation/output_file.py", "diagram/output/fonts.py"}
