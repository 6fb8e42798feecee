"""A file that is written for a user: whole or not at all, over nothing unasked, and never over a ledger.

What is written has no name, or where the disk knows no files without one a hidden name, until it is complete and on the
disk. So a process that is interrupted leaves what was there as it was, and no half of an answer next to it.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from attrs import field, frozen

from recruitment.base.errors import BadInput, Kind, NotWritten
from recruitment.base.label import Label

_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps next to a database, by the endings of the names."""
_DATABASE: Final = b"SQLite format 3\x00"
"""What a database begins with."""
_OPEN_FILES: Final = Path("/proc/self/fd")
"""Where Linux lists the open files of a process; by it a file without a name is given one."""

_EMPTY: Final = Label(zh="路径为空，请写明文件", en="the path is empty; name a file")
_IMPOSSIBLE: Final = Label(zh="文件不能有这样的名称，请另取名", en="no file can have this name; choose another")
_NO_FOLDER: Final = Label(
    zh="没有文件夹 {folder}，请先建立，或另选位置",
    en="there is no folder {folder}; make it first, or choose another place",
)
_LINK: Final = Label(
    zh="这是符号链接，不能经由它写入，请写明文件本身的路径",
    en="it is a symbolic link, and nothing is written through one; name the file itself",
)
_LEDGER: Final = Label(
    zh="这是台账或其附属文件（-wal、-shm、-journal），不能写在此处，请另选位置",
    en="it is the ledger or one of its own files (-wal, -shm, -journal); choose another place",
)
_OTHER_DATABASE: Final = Label(
    zh="这是一个数据库或其附属文件（-wal、-shm、-journal），不能写在此处，请另选位置",
    en="it is a database or one of its own files (-wal, -shm, -journal); choose another place",
)
_FOLDER: Final = Label(zh="这是文件夹，请写明其中的文件", en="it is a folder; name a file in it")
_SPECIAL: Final = Label(
    zh="这是设备或管道，不是普通文件，请另选位置",
    en="it is a device or a pipe, not an ordinary file; choose another place",
)
_INPUT: Final = Label(zh="要读取的内容就在此处，请另选位置", en="this is read from, too; choose another place")
_TAKEN: Final = Label(
    zh="已有这个文件，未作改动；请另取名，或用 {permission} 替换",
    en="there is a file already, and it was not changed; choose another name, or replace it with {permission}",
)

_NO_PERMISSION: Final = Label(zh="没有写入权限", en="permission is missing")
_FULL: Final = Label(zh="磁盘已满", en="the disk is full")
_READ_ONLY: Final = Label(zh="磁盘只读", en="the disk is read-only")
_REASONS: Final[Mapping[int | None, Label]] = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: Label(zh="超出文件大小的限制", en="the file would be too large"),
    errno.EIO: Label(zh="磁盘出错", en="the disk reports an error"),
    errno.ENAMETOOLONG: Label(zh="名称过长", en="the name is too long"),
    errno.EBADF: Label(zh="标准输出已关闭", en="standard output is closed"),
}
_KINDS: Final[Mapping[Label, Kind]] = {_NO_PERMISSION: "permission", _READ_ONLY: "read-only", _FULL: "full"}


def refusal_reason(error: OSError) -> Label:
    """Why something cannot be written, in a few words."""
    said = error.strerror or type(error).__name__
    return _REASONS.get(error.errno, Label(zh=said, en=said))


def _path(path: str | Path) -> Path:
    """The path of a file.

    Raises:
        BadInput: it is empty, or it ends like that of a folder.
    """
    text = os.fspath(path)
    if not text.strip():
        raise BadInput.of("", _EMPTY)
    if text.endswith(os.sep):
        raise BadInput.of(text, _FOLDER)
    return Path(path)


@frozen(kw_only=True)
class OutputFile:
    """A file that is to be written, and what must not be lost by it.

    Never written to are databases, symbolic links, and what is not an ordinary file.
    """

    path: Path = field(converter=_path)
    private: bool = True
    """Only its owner may read it; others may read the rest, as far as the process's umask lets them."""
    replace: bool = False
    """A file that is there already is replaced; without this it is refused."""
    permission: str = "replace=True"
    """How the caller asks for `replace`, for the sentence that refuses."""
    ledger: Path | None = None
    """The ledger that is read: neither it nor a file that SQLite keeps next to it is written to."""
    inputs: tuple[Path, ...] = ()
    """The files and folders that are read: neither they nor a file directly in such a folder are written to."""

    def check(self) -> None:
        """See that the file may be written.

        Raises:
            BadInput: it may not, in one sentence.
            NotWritten: it cannot be looked at.
        """
        try:
            fault = self._fault()
        except ValueError:
            fault = _IMPOSSIBLE
        except OSError as error:
            raise _not_written_error(self.path, error) from None
        if fault is not None:
            words = {"folder": self.path.parent, "permission": self.permission}
            raise BadInput.of(str(self.path), Label(zh=fault.zh.format(**words), en=fault.en.format(**words)))

    def _fault(self) -> Label | None:
        if not self.path.parent.is_dir():
            return _NO_FOLDER
        try:
            mode = self.path.lstat().st_mode
        except FileNotFoundError:
            mode = None
        if mode is not None and stat.S_ISLNK(mode):
            return _LINK
        if self.ledger is not None and any(_same(self.path, file) for file in _files_of(self.ledger)):
            return _LEDGER
        if mode is not None and stat.S_ISDIR(mode):
            return _FOLDER
        if mode is not None and not stat.S_ISREG(mode):
            return _SPECIAL
        if _belongs_to_database(self.path):
            return _OTHER_DATABASE
        if any(_same(self.path, read) or _same(self.path.parent, read) for read in self.inputs):
            return _INPUT
        return None if mode is None or self.replace else _TAKEN

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file, to be written to; it has its name once it is complete and on the disk, and else never.

        Raises:
            BadInput: it may not be written.
            NotWritten: it could not be written.
        """
        self.check()
        try:
            descriptor, draft = _draft(self.path.parent, 0o600 if self.private else 0o644)
            try:
                with os.fdopen(descriptor, "w+b") as target:
                    yield target
                    target.flush()
                    os.fsync(target.fileno())
                    self.check()  # much may have happened since
                    draft = draft or _name(target.fileno(), self.path.parent)
                self._place(draft)
            finally:
                if draft is not None:
                    draft.unlink(missing_ok=True)
            _sync(self.path.parent)
        except OSError as error:
            raise _not_written_error(self.path, error) from None

    def write(self, content: bytes) -> None:
        """Write the whole file.

        Raises:
            BadInput: it may not be written.
            NotWritten: it could not be written.
        """
        with self.open() as target:
            target.write(content)

    def _place(self, draft: Path) -> None:
        """Give the complete file its name in one step, which fails if there is a file now that may not be replaced."""
        if self.replace:
            draft.replace(self.path)
            return
        try:
            os.link(draft, self.path)
        except OSError:
            self.check()
            draft.rename(self.path)  # a disk that knows no second names of a file


def _not_written_error(path: Path, error: OSError) -> NotWritten:
    reason = refusal_reason(error)
    return NotWritten(
        Label(
            zh=f"{path}：无法写入（{reason.zh}），原有内容未作改动，请另选位置",
            en=f"{path}: it could not be written ({reason.en}), and nothing was changed there; choose another place",
        ),
        _KINDS.get(reason, "disk"),
    )


# ------------------------------------------------------------------------------------------- which file it is


def _same(path: Path, other: Path) -> bool:
    """Whether two paths name one file, by its identity on the disk; by the place where there is none yet."""
    try:
        return path.samefile(other)
    except OSError:
        return os.path.realpath(path) == os.path.realpath(other)


def _files_of(ledger: Path) -> Iterator[Path]:
    """A ledger's file and what SQLite keeps next to it, as named and with links followed, as SQLite does."""
    for name in (str(ledger), os.path.realpath(ledger)):
        yield from (Path(name + ending) for ending in ("", *_BESIDE))


def _belongs_to_database(path: Path) -> bool:
    """Whether a path names a database of SQLite, or a file that SQLite keeps or would keep next to one."""
    name = str(path)
    named = [name, *(name.removesuffix(ending) for ending in _BESIDE if name.endswith(ending))]
    return any(_is_database(Path(found)) for found in named)


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:  # what nobody may read cannot be looked into
        return False


# ------------------------------------------------------------------------------------------- a file not yet there


def _draft(folder: Path, mode: int) -> tuple[int, Path | None]:
    """A new file in a folder, without a name if the disk knows such files: then nothing is left by a killed process."""
    if hasattr(os, "O_TMPFILE") and _OPEN_FILES.is_dir():
        with suppress(OSError):
            return os.open(folder, os.O_TMPFILE | os.O_RDWR, mode), None
    draft = _hidden_path(folder)
    return os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode), draft


def _name(descriptor: int, folder: Path) -> Path:
    """Give a file that has no name a hidden one."""
    draft = _hidden_path(folder)
    listing = os.open(_OPEN_FILES, os.O_RDONLY)
    try:
        # Relative to a folder, and only so, Python asks the system to follow the entry to the file.
        os.link(str(descriptor), draft, src_dir_fd=listing, follow_symlinks=True)
    finally:
        os.close(listing)
    return draft


def _hidden_path(folder: Path) -> Path:
    return folder / f".recruitment-{secrets.token_hex(8)}"


def _sync(folder: Path) -> None:
    """See that the file's name is on the disk as well; not every system lets a folder be opened for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
