"""Parcel: the zip that an XLSX workbook is, looked through before anything in it is believed.

The directory is judged first, and nothing is unpacked that it says is too large. Then every part is read once as a
stream: no part may declare a document type, so there are no entities to expand, and no part may hold more than the
directory says, because a reader that trusts the directory stops there and its check sum fails.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing
from typing import BinaryIO, Final
from xml.parsers.expat import ExpatError

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.formats.spreadsheets.survey import Survey, survey

MOST_PARTS: Final = 4_096
LARGEST_UNPACKED: Final = 512 * 1024 * 1024
HIGHEST_RATIO: Final = 100
"""Bytes unpacked for one byte packed; lists of people stay below 30, and one repeated byte reaches 1,000."""
_SMALL: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


def _damaged(where: str) -> BadInput:
    return BadInput.of(
        where,
        Label(
            zh="工作簿已损坏，无法解包，请用表格软件打开后另存为 .xlsx",
            en="the workbook is damaged and cannot be unpacked; open it in a spreadsheet program and save it again "
            "as .xlsx",
        ),
    )


def open_parcel(source: BinaryIO, where: str) -> zipfile.ZipFile:
    """The zip, once its directory has been judged; nothing is unpacked yet.

    Raises:
        BadInput: it is no zip, holds too many parts, or they would unpack to more than is read.
    """
    try:
        parcel = zipfile.ZipFile(source)
    except (*_BROKEN, ValueError):
        raise _damaged(where) from None
    try:
        _judge(parcel, source, where)
    except BadInput:
        parcel.close()
        raise
    return parcel


def _judge(parcel: zipfile.ZipFile, source: BinaryIO, where: str) -> None:
    parts = parcel.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise BadInput.of(
            where,
            Label(
                zh=f"工作簿含有 {len(parts)} 个部件，最多 {MOST_PARTS} 个",
                en=f"the workbook holds {len(parts)} parts; at most {MOST_PARTS} are read",
            ),
        )
    if total > LARGEST_UNPACKED:
        raise BadInput.of(
            where,
            Label(
                zh=f"工作簿解包后超过 {LARGEST_UNPACKED >> 20} MiB，请删除空行和图片，或拆分",
                en=f"the workbook unpacks to more than {LARGEST_UNPACKED >> 20} MiB; delete empty rows and pictures, "
                "or split it",
            ),
        )
    for part in parts:
        if part.file_size > max(_SMALL, HIGHEST_RATIO * part.compress_size):
            raise BadInput.of(
                where,
                Label(
                    zh=f"工作簿有部件解包后超过原大小的 {HIGHEST_RATIO} 倍，不像是名册，请将各行复制到新工作簿",
                    en=f"a part of the workbook unpacks to more than {HIGHEST_RATIO} times its size, as no list does; "
                    "copy the rows to a new workbook",
                ),
            )
        if part.flag_bits & 0x1:
            raise BadInput.of(
                where,
                Label(
                    zh="工作簿设有密码，请取消密码后保存",
                    en="the workbook is locked with a password; save it without one",
                ),
            )
    source.seek(0, 2)
    if sum(part.compress_size for part in parts) > source.tell() or len({part.filename for part in parts}) < len(parts):
        raise _damaged(where)  # parts that overlap, or two of one name


def look_through(parcel: zipfile.ZipFile, where: str) -> dict[str, Survey]:
    """What each worksheet of the zip holds, by the name of its part; every part is read once.

    Raises:
        BadInput: a part is damaged, or declares a document type.
    """
    found: dict[str, Survey] = {}
    for part in parcel.infolist():
        if part.is_dir():
            continue
        chunks = _chunks(parcel, part, where)
        with closing(chunks):
            try:
                result = survey(chunks, where)
            except ExpatError:
                for _ in chunks:  # no XML, such as a picture: unpacked all the same, so that its size is known
                    pass
                continue
        if result is not None:
            found[part.filename] = result
    return found


def _chunks(parcel: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> Generator[bytes, None, None]:
    """The bytes of a part, never more of them than the directory says."""
    try:
        with parcel.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _BROKEN:
        raise _damaged(where) from None
