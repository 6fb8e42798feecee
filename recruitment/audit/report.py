"""An audit reported as it goes: what every report does, and the JSON one, written while files are still read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, Protocol

from recruitment.audit.report_data import ReportLine, Totals, Unread
from recruitment.base.identity import masked

FORMAT: Final = "member-development/audit/2"


class Report(Protocol):
    """What takes in an audit file by file, and the totals at the end."""

    def line(self, line: ReportLine) -> None:
        """Take in a file that was audited."""

    def unread(self, unread: Unread) -> None:
        """Take in a file that could not be read."""

    def end(self, totals: Totals) -> None:
        """Close the report with the totals over all files."""

    def abandon(self) -> None:
        """Throw away what was put aside: the report could not be written to its end."""


def _text(data: Any) -> str:
    return masked(json.dumps(data, ensure_ascii=False))


class JsonReport:
    """The one JSON document of an audit, a file a line; `recruitment.audit.schema` describes it."""

    def __init__(self, write: Callable[[str], object], *, named: bool = False) -> None:
        self._write = write
        self._named = named
        self._first = True
        write(f'{{"format": {_text(FORMAT)}, "files": [')

    def line(self, line: ReportLine) -> None:
        """Write a file."""
        name = {"name": line.name} if self._named else {}
        told = {"id": line.id, **name, "standing": line.standing}
        found = {"findings": list(line.findings), "waiting": list(line.waiting)}
        self._write(f"{'' if self._first else ','}\n{_text({**told, **found})}")
        self._first = False

    def unread(self, unread: Unread) -> None:
        """Leave it to the totals, which name what could not be read."""

    def end(self, totals: Totals) -> None:
        """Write the totals."""
        self._write(f'\n], "totals": {_text(totals.data())}}}\n')

    def abandon(self) -> None:
        """Nothing is put aside."""
