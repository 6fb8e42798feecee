"""The options that every command has, and how they are read."""

from __future__ import annotations

import functools
import getpass
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click
from attrs import evolve

from recruitment.base.errors import BadInput, RecruitmentError
from recruitment.base.label import Label, Lang
from recruitment.base.language import choose_language
from recruitment.cli.complaints import complain
from recruitment.cli.setting import Setting
from recruitment.presentation.printable import SIGNS_KEPT


def read_address(text: str | None, where: str = "--db") -> str | Path | None:
    """The file of a ledger, or the address of one on a server, unchanged; None where nothing is named.

    Raises:
        BadInput: it is empty.
    """
    if text is not None and not text.strip():
        raise BadInput.of(where, Label(zh="路径为空，请写明台账文件", en="the path is empty; name the ledger's file"))
    from recruitment.ledger.stores.addresses import on_server

    if not text or on_server(text):
        return text or None
    return Path(text)


def _calendar(days: str | None) -> Path | None:
    if days is not None and not days.strip():
        raise BadInput.of(
            "--workdays", Label(zh="路径为空，请写明放假安排文件", en="the path is empty; name the file of days")
        )
    return Path(days) if days else None


def _local(given: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of local editions, by the environment and then by the options, each once."""
    told = os.environ.get("RECRUITMENT_LOCAL", "").split(os.pathsep)
    return tuple(dict.fromkeys(folder for folder in (*told, *given) if folder.strip()))


def _policies(given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The readings chosen by the environment and then by the options; of one policy the last word counts."""
    told = [text for text in os.environ.get("RECRUITMENT_POLICIES", "").split(",") if text.strip()]
    return tuple(sorted({**dict(read_policies(told, "RECRUITMENT_POLICIES")), **dict(read_policies(given))}.items()))


def read_policies(given: Iterable[str], where: str = "--policy") -> Iterator[tuple[str, str]]:
    """Each reading with its value.

    Raises:
        BadInput: a text is not written `CODE=VALUE`.
    """
    for text in given:
        code, _, value = (part.strip() for part in text.partition("="))
        if not code or not value:
            raise BadInput.of(
                where,
                Label(
                    zh=f"“{text}”不是口径及其取值；请写成 代码=取值，如 approval-anchor=reported",
                    en=f"{text!r} is no policy with its value; write CODE=VALUE, such as approval-anchor=reported",
                ),
            )
        yield code, value


def read_option_day(text: str, where: str) -> date:
    """A day of the command line, in any of the forms that people write; what was understood is echoed.

    Raises:
        BadInput: it is no day, or none that a file can hold.
    """
    from recruitment.cli.evidence_options import read_day_text

    return date.fromisoformat(read_day_text(text, where))


def basic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every one has, and hand it a `Setting` about the ledger; see `common`."""

    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
    @click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the answer; by locale where left out.")
    @click.option(
        "--db",
        envvar="RECRUITMENT_DB",
        metavar="FILE",
        help="The ledger: a file, or postgresql://… [env RECRUITMENT_DB].",
    )
    @click.option(
        "--today",
        envvar="RECRUITMENT_TODAY",
        metavar="DATE",
        help="The day that counts as today [env RECRUITMENT_TODAY].",
    )
    @functools.wraps(function)
    def run(*, today: str | None, db: str | None, lang: Lang | None, as_json: bool, **rest: Any) -> Any:
        language = choose_language(lang)
        try:
            setting = Setting(
                day=read_option_day(today, "--today") if today else None,
                db=read_address(db),
                lang=language,
                json=as_json,
                on_ledger=True,
            )
            return function(setting, **rest)
        except RecruitmentError as error:
            click.get_current_context().exit(complain(error, language, as_json=as_json))

    return run


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that is about no ledger the basic options, and those by which the rules are read."""
    return _with_readings(function, on_ledger=False)


def on_ledger(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command about a ledger the basic options, and those by which the rules are read."""
    return _with_readings(function, on_ledger=True)


def _with_readings(function: Callable[..., Any], *, on_ledger: bool) -> Callable[..., Any]:
    @basic
    @click.option(
        "--policy",
        "readings",
        multiple=True,
        metavar="CODE=VALUE",
        help="Another reading where the text leaves room, see rules --policies; may be repeated "
        "[env RECRUITMENT_POLICIES, with commas].",
    )
    @click.option(
        "--workdays",
        "calendar",
        envvar="RECRUITMENT_WORKDAYS",
        metavar="FILE",
        help="Days off and working days beyond the built-in calendar [env RECRUITMENT_WORKDAYS].",
    )
    @click.option(
        "--local",
        "local",
        multiple=True,
        metavar="FOLDER",
        help="A unit's own local edition, on which a file may name it; may be repeated [env RECRUITMENT_LOCAL].",
    )
    @functools.wraps(function)
    def run(
        setting: Setting, *, readings: tuple[str, ...], calendar: str | None, local: tuple[str, ...], **rest: Any
    ) -> Any:
        given = evolve(
            setting,
            policies=_policies(readings),
            calendar=_calendar(calendar),
            local=_local(local),
            on_ledger=on_ledger,
        )
        return function(given, **rest)

    return run


def names_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command about a ledger `--names` and `--no-names`, and hand it whether names are shown.

    Left out, they are shown at a terminal, and neither in a pipe nor in JSON.
    """

    @click.option(
        "--names/--no-names",
        "named",
        default=None,
        help="With the names of people, or without; left out: with them at a terminal, without them elsewhere.",
    )
    @functools.wraps(function)
    def run(setting: Setting, *, named: bool | None, **rest: Any) -> Any:
        shown = sys.stdout.isatty() and not setting.json if named is None else named
        return function(setting, named=shown, **rest)

    return run


def by_option(function: Any) -> Any:
    """Give a command `--by`, who makes the entry."""
    return click.option(
        "--by", "recorded_by", metavar="NAME", help="Who makes the entry; the login name where left out."
    )(function)


def clerk(name: str | None) -> str | None:
    """Who makes the entry."""
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


def unbuffered_stdout() -> TextIO:
    """Where an answer goes that is written while it is found, however long: past the gathering of shorter ones."""
    out: TextIO = getattr(sys.stdout, "past", sys.stdout)
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors=SIGNS_KEPT)
    return out


def interactive() -> bool:
    """Whether questions can be asked at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
