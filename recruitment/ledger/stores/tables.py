"""How a store reads its tables: one set of statements for SQLite and PostgreSQL."""

# ruff: noqa: S608 - the only names put into statements are the tables and columns of this module
from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, Final

from recruitment.ledger.rows import PAGE, ActRow, FileRow, Head, SettingsRow
from recruitment.ledger.stores.chained import ChainedStore

FILE_COLUMNS: Final = ", ".join(FileRow._fields)
ACT_COLUMNS: Final = ", ".join(ActRow._fields)
SETTINGS_COLUMNS: Final = ", ".join(SettingsRow._fields)


class TableStore(ChainedStore):
    """A store whose rows are in the tables files, acts, settings and heads."""

    @abstractmethod
    def _read(self, query: str, *values: object) -> list[Any]:
        """The rows of a query, with `?` where a value goes."""

    def _paged(self, query: str, start: object) -> Iterator[Any]:
        """The rows of a query that begins after a value of its first column, page by page."""
        while page := self._read(f"{query} LIMIT {PAGE}", start):
            yield from page
            start = page[-1][0]

    def head(self, scope: str) -> Head | None:
        """How far a chain has come, by its scope; None where it has not begun."""
        found = self._read("SELECT count, digest FROM heads WHERE scope = ?", scope)
        return Head(*found[0]) if found else None

    def heads(self) -> Iterator[tuple[str, Head]]:
        """Every chain, by its scope."""
        for scope, count, digest in self._paged(
            "SELECT scope, count, digest FROM heads WHERE scope > ? ORDER BY scope", ""
        ):
            yield scope, Head(count, digest)

    def file(self, file: str) -> FileRow | None:
        """A file as it was opened, or None where there is no such file."""
        found = self._read(f"SELECT {FILE_COLUMNS} FROM files WHERE id = ?", file)
        return FileRow(*found[0]) if found else None

    def rows(self, file: str, since: int = 0) -> list[ActRow]:
        """The acts of a file in their order, from number `since` on."""
        query = f"SELECT {ACT_COLUMNS} FROM acts WHERE file = ? AND number >= ? ORDER BY number"
        return [ActRow(*row) for row in self._read(query, file, since)]

    def rows_since(self, seq: int) -> Iterator[ActRow]:
        """Every act of the ledger after `seq`, in the order in which they were recorded."""
        for row in self._paged(f"SELECT {ACT_COLUMNS} FROM acts WHERE seq > ? ORDER BY seq", seq):
            yield ActRow(*row)

    def files(self) -> Iterator[FileRow]:
        """Every file as it was opened, by its id."""
        for row in self._paged(f"SELECT {FILE_COLUMNS} FROM files WHERE id > ? ORDER BY id", ""):
            yield FileRow(*row)

    def settings(self) -> list[SettingsRow]:
        """Every entry about the ledger itself, in its order."""
        return [SettingsRow(*row) for row in self._read(f"SELECT {SETTINGS_COLUMNS} FROM settings ORDER BY number")]

    def ids(self) -> Iterator[str]:
        """Every file's id, sorted by its code points."""
        for (file,) in self._paged("SELECT id FROM files WHERE id > ? ORDER BY id", ""):
            yield file

    def ids_near(self, file: str) -> list[str]:
        """The ids that sort next to one that is not there."""
        before = self._read(f"SELECT id FROM files WHERE id < ? ORDER BY id DESC LIMIT {PAGE}", file)
        after = self._read(f"SELECT id FROM files WHERE id > ? ORDER BY id LIMIT {PAGE}", file)
        return [near for (near,) in (*before, *after)]
