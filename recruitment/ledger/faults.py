"""What can be wrong with a ledger, each in one sentence with a remedy; SQLite's own codes are translated to them."""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

from recruitment.base.errors import Fault, Kind
from recruitment.base.label import Label


class Trouble(NamedTuple):
    """What is the matter with a ledger: its kind, and one sentence with a way out in both languages."""

    kind: Kind
    label: Label


MISSING: Final = Trouble(
    "missing",
    Label(
        zh="此处没有台账；建档即可新建，或另指路径",
        en="there is no ledger; open a file to begin one, or name another path",
    ),
)
NO_FILE: Final = Trouble(
    "foreign", Label(zh="此处不是文件，请指定台账文件", en="this is not a file; name the file of a ledger")
)
FOREIGN: Final = Trouble(
    "foreign",
    Label(zh="此数据库属于其他应用，请另指路径", en="this database belongs to another application; name another path"),
)
NEWER: Final = Trouble(
    "newer",
    Label(
        zh="台账由更新的版本写成，请升级本软件",
        en="the ledger was written by a newer version; update member-development",
    ),
)
OLDER: Final = Trouble(
    "older",
    Label(zh="台账版本较旧，请先以可写方式打开一次", en="the ledger is of an older version; open it once for writing"),
)
DAMAGED: Final = Trouble(
    "damaged", Label(zh="台账已损坏，请用备份恢复", en="the ledger is damaged; restore it from a copy")
)
UNWRITABLE: Final = [
    Fault(
        "",
        Label(
            zh="文本含有无法写入文件的字符，请重写", en="a text holds a character that no file can hold; write it again"
        ),
    )
]
CLOSED: Final = Trouble("closed", Label(zh="台账已关闭，请重新打开", en="the ledger is closed; open it again"))
NOT_MADE: Final = Trouble(
    "unmade",
    Label(
        zh="无法在此新建台账，请检查文件夹及其权限",
        en="the ledger cannot be made there; look at the folder and its permissions",
    ),
)
READ_ONLY: Final = Trouble(
    "read-only",
    Label(
        zh="台账只读，未写入任何内容，请检查文件及所在文件夹的权限",
        en="the ledger can only be read, nothing was written; look at its permissions and those of its folder",
    ),
)
BUSY: Final = Trouble(
    "busy",
    Label(zh="台账被其他程序占用过久，请稍后重试", en="another program has kept the ledger busy too long; try again"),
)
UNREACHABLE: Final = Trouble(
    "unreachable",
    Label(
        zh="数据库服务器没有响应，请先查看该项是否已登记，再重试",
        en="the database server does not answer; look whether the act was recorded, and try again",
    ),
)
NO_DRIVER: Final = Trouble(
    "missing",
    Label(
        zh="使用 PostgreSQL 台账需要 psycopg，请安装 'member-development[postgres]'",
        en="a ledger in PostgreSQL takes psycopg; install 'member-development[postgres]'",
    ),
)
BY_CODE: Final = {
    sqlite3.SQLITE_CANTOPEN: Trouble(
        "permission",
        Label(
            zh="台账无法打开，请检查文件及所在文件夹的权限",
            en="the ledger cannot be opened; look at its permissions and its folder's",
        ),
    ),
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble(
        "foreign", Label(zh="此文件不是台账，请另指路径", en="this is not a ledger; name another path")
    ),
    sqlite3.SQLITE_FULL: Trouble(
        "full",
        Label(
            zh="磁盘已满，未写入任何内容，请腾出空间后重试",
            en="the disk is full, nothing was written; make room and try again",
        ),
    ),
    sqlite3.SQLITE_IOERR: Trouble(
        "disk",
        Label(
            zh="磁盘出错，未写入任何内容，请检查磁盘",
            en="the disk reports an error, nothing was written; look at the disk",
        ),
    ),
    sqlite3.SQLITE_NOMEM: Trouble("memory", Label(zh="内存不足，请重试", en="there is not enough memory; try again")),
    sqlite3.SQLITE_BUSY: BUSY,
}
BY_CODE[sqlite3.SQLITE_PERM] = BY_CODE[sqlite3.SQLITE_AUTH] = BY_CODE[sqlite3.SQLITE_CANTOPEN]
BY_CODE[sqlite3.SQLITE_LOCKED] = BY_CODE[sqlite3.SQLITE_PROTOCOL] = BY_CODE[sqlite3.SQLITE_BUSY]
WAITING: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)


GONE: Final = Trouble(
    "gone",
    Label(
        zh="台账文件在打开期间被移动、删除或替换，未写入任何内容，请重新打开",
        en="the file was moved, deleted or replaced while it was open, nothing was written; open the ledger again",
    ),
)
LOST: Final = Trouble(
    "gone",
    Label(
        zh="台账文件在写入的同时被移动、删除或替换，请重新打开，先查看该项是否已登记，再重试",
        en="the file was moved, deleted or replaced just while it was written to; open the ledger again, look whether "
        "the act was recorded, and try again",
    ),
)
UNGUARDED: Final = Trouble(
    "altered",
    Label(
        zh="台账的保护措施与建立时不同，未写入任何内容，请运行 recruitment 核对",
        en="what guards this ledger is not as it was made, so nothing was written; see recruitment verify",
    ),
)
ENDED: Final = Trouble(
    "misuse",
    Label(
        zh="程序在 writing() 之内自行结束了台账的事务，请去掉；在此之前登记的内容可能已保存，请重新查看",
        en="the program itself ended the transaction of the ledger within writing(); leave that out, and look again: "
        "what was recorded before that may be kept",
    ),
)
BROKEN: Final = Trouble(
    "misuse",
    Label(
        zh="同一事务中的其他语句出错，数据库已拒绝整个事务，未写入任何内容",
        en="another statement of the transaction failed, so the database refuses all of it; nothing was written",
    ),
)
NOT_THE_HOSTS: Final = "the transaction of a ledger ends with writing(); leave the commit or rollback out"
SWALLOWED: Final = Trouble(
    "altered",
    Label(
        zh="数据库未接收该条记录，未写入任何内容，请运行 recruitment 核对",
        en="the database did not take the row, nothing was written; see recruitment verify",
    ),
)


def refused(words: str) -> Trouble:
    """The trouble where the database refuses a statement for a reason of its own, which is said in its words."""
    return Trouble(
        "misuse",
        Label(
            zh=f"数据库拒绝了该操作，未写入任何内容（{words}），请检查调用它的程序",
            en=f"the database refused it, nothing was written ({words}); correct the program that asked",
        ),
    )


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary code of an error; 0 where it comes from Python's side."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


# ------------------------------------------------------------------------------------------- of one record


def _record_trouble(zh: str, en: str) -> Trouble:
    """A record that is not what it should be, with the one way out."""
    return Trouble("altered", Label(zh=f"{zh}，请用备份恢复", en=f"{en}; restore the ledger from a copy"))


def unfit_record(file: str, index: int, code: str) -> Trouble:
    """An act that does not follow from those before it; without a code the place alone is known."""
    return _record_trouble(
        f"档案 {file} 第 {index} 项" + (f"（{code}）" if code else "") + "：记录前后不符",
        f"file {file}, act {index}" + (f" ({code})" if code else "") + ": the record does not fit",
    )


def altered_record(file: str, index: int | None) -> Trouble:
    """A file, or an act of it, that is not what was recorded."""
    return _record_trouble(
        f"档案 {file}" + ("" if index is None else f" 第 {index} 项") + "：记录与登记时不同",
        f"file {file}" + ("" if index is None else f", act {index}") + ": the record is not what was recorded",
    )


def incomplete_record(file: str, found: int, recorded: int) -> Trouble:
    """A file with another number of acts than were recorded."""
    return _record_trouble(
        f"档案 {file}：现有 {found} 项，已登记 {recorded} 项",
        f"file {file}: {found} acts are there and {recorded} were recorded",
    )


def missing_act(seq: int) -> Trouble:
    """A place of the ledger where no act is."""
    return _record_trouble(f"台账第 {seq} 条：记录缺失", f"place {seq} of the ledger: the act is missing")


def unreadable_record(file: str) -> Trouble:
    """A file of which something cannot be read."""
    return _record_trouble(f"档案 {file}：记录无法读取", f"file {file}: the record cannot be read")


def unknown_edition(file: str, index: int, edition: str) -> Trouble:
    """An act that was judged by an edition which is not known here; without a file its place alone is said."""
    zh, en = (f"档案 {file} ", f"file {file}, ") if file else ("", "")
    return Trouble(
        "rulebooks-differ",
        Label(
            zh=f"{zh}第 {index} 项：所依据的“{edition}”版此处没有，请更新软件",
            en=f"{en}act {index}: judged by the edition {edition}, which is not known here; update the rulebooks",
        ),
    )
