"""What can be the matter with a ledger, each in one sentence with a way out; SQLite's own codes told by them."""

from __future__ import annotations

import sqlite3
from typing import Final

from recruitment.base.errors import Fault
from recruitment.base.label import Label

MISSING: Final = Fault(
    "",
    Label(
        zh="此处没有台账；建档即可新建，或另指路径",
        en="no ledger stands there; open a file to begin one, or name another path",
    ),
)
NO_FILE: Final = Fault(
    "",
    Label(zh="此处不是文件，请指定台账文件", en="this is not a file; name the file of a ledger"),
)
FOREIGN: Final = Fault(
    "",
    Label(zh="此数据库属于其他应用，请另指路径", en="this database belongs to another application; name another path"),
)
NEWER: Final = Fault(
    "",
    Label(
        zh="台账由更新的版本写成，请升级本软件",
        en="the ledger was written by a newer version; update member-development",
    ),
)
OLDER: Final = Fault(
    "",
    Label(zh="台账版本较旧，请先以可写方式打开一次", en="the ledger is of an older version; open it once for writing"),
)
DAMAGED: Final = Fault(
    "",
    Label(zh="台账已损坏，请用备份恢复", en="the ledger is damaged; restore it from a copy"),
)
UNWRITABLE: Final = [
    Fault(
        "",
        Label(
            zh="文本含有无法写入文件的字符，请重写", en="a text holds a character that no file can hold; write it anew"
        ),
    )
]
CLOSED: Final = Fault(
    "",
    Label(zh="台账已关闭，请重新打开", en="the ledger is closed; open it again"),
)
NOT_MADE: Final = Fault(
    "",
    Label(
        zh="无法在此新建台账，请检查文件夹及其权限",
        en="the ledger cannot be made there; look at the folder and its permissions",
    ),
)
READ_ONLY: Final = Fault(
    "",
    Label(
        zh="台账只读，未写入任何内容，请检查文件及所在文件夹的权限",
        en="the ledger can only be read, nothing was written; look at its permissions and those of its folder",
    ),
)
BY_CODE: Final = {
    sqlite3.SQLITE_CANTOPEN: Fault(
        "",
        Label(
            zh="台账无法打开，请检查文件及所在文件夹的权限",
            en="the ledger cannot be opened; look at its permissions and its folder's",
        ),
    ),
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_NOTADB: Fault(
        "",
        Label(zh="此文件不是台账，请另指路径", en="this is not a ledger; name another path"),
    ),
    sqlite3.SQLITE_FULL: Fault(
        "",
        Label(
            zh="磁盘已满，未写入任何内容，请腾出空间后重试",
            en="the disk is full, nothing was written; make room and try again",
        ),
    ),
    sqlite3.SQLITE_IOERR: Fault(
        "",
        Label(
            zh="磁盘出错，未写入任何内容，请检查磁盘",
            en="the disk reports an error, nothing was written; look at the disk",
        ),
    ),
    sqlite3.SQLITE_NOMEM: Fault(
        "",
        Label(zh="内存不足，请重试", en="there is not enough memory; try again"),
    ),
    sqlite3.SQLITE_BUSY: Fault(
        "",
        Label(
            zh="台账被其他程序占用已满一分钟，请稍后重试",
            en="another program has kept the ledger busy for a minute; try again",
        ),
    ),
}
BY_CODE[sqlite3.SQLITE_PERM] = BY_CODE[sqlite3.SQLITE_AUTH] = BY_CODE[sqlite3.SQLITE_CANTOPEN]
BY_CODE[sqlite3.SQLITE_LOCKED] = BY_CODE[sqlite3.SQLITE_PROTOCOL] = BY_CODE[sqlite3.SQLITE_BUSY]
WAITING: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary code of an error; corrupt where it gives none."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
