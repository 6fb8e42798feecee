"""What every command shares: its options, its setting, and how it says that something is wrong."""

from __future__ import annotations

import functools
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
from attrs import evolve, frozen

from recruitment.base.dates import OFFICIAL, Days
from recruitment.base.errors import BadInput, Conflict, Fault, LedgerError, NotWritten, RecruitmentError, nearest
from recruitment.base.identity import masked
from recruitment.base.label import Label, Lang
from recruitment.base.language import choose_language
from recruitment.cli.localized import spoken_language
from recruitment.presentation.printable import SIGNS_KEPT

if TYPE_CHECKING:
    from recruitment.law.editions import Editions
    from recruitment.ledger.office import Office
    from recruitment.ledger.settings import LedgerSettings, SettingsEntry
    from recruitment.ledger.store import Store
    from recruitment.rulebooks.kept_folder import KeptFolder

MOST_SHOWN = 20
"""Faults listed one by one before the rest are counted."""


@frozen
class Shelf:
    """How a command reads the rulebooks of record: a value that can travel to another process."""

    policies: tuple[tuple[str, str], ...] = ()
    days: Days = OFFICIAL
    local: tuple[str | KeptFolder, ...] = ()

    def __call__(self) -> Editions:
        """The rulebooks, with those values of policies, that calendar, and the folders of local editions."""
        from recruitment.rulebooks.load import load_rulebooks

        return load_rulebooks(overlays=self.local, policies=dict(self.policies), days=self.days)


@frozen(slots=False)
class Setting:
    """What a command was given: the day that counts as today, the ledger, the language, the form of the answer.

    `policies` are the readings that were chosen, `calendar` the file of days off and working days, `local` the folders
    of a unit's own editions. Where the command is `on_ledger`, the settings of the ledger hold, and what was given
    takes their place only while nothing is written.
    """

    day: date | None
    db: str | Path | None
    lang: Lang
    json: bool
    policies: tuple[tuple[str, str], ...] = ()
    calendar: Path | None = None
    local: tuple[str, ...] = ()
    on_ledger: bool = False

    @functools.cached_property
    def today(self) -> date:
        """The day that counts as today: the one that was said, else the day in the unit's time zone."""
        return self.day or self.recorded.today()

    @functools.cached_property
    def recorded(self) -> LedgerSettings:
        """The settings of the ledger; the defaults where there is none, or the command is about none."""
        from recruitment.ledger.settings import LedgerSettings

        entries = self.settings_entries()
        return entries[-1].settings if entries else LedgerSettings()

    def settings_entries(self) -> tuple[SettingsEntry, ...]:
        """Every change of the ledger's settings; none where there is no ledger, or the command is about none."""
        from recruitment.ledger.settings import settings_entries

        return () if self._ledger_read is None else tuple(settings_entries(self._ledger_read))

    @functools.cached_property
    def _ledger_read(self) -> Store | None:
        """The ledger opened for reading, where there is one with settings."""
        from recruitment.ledger.stores.opening import ledger_stands, open_ledger

        if not self.on_ledger or not ledger_stands(self.db):
            return None
        try:
            return _until_end(open_ledger(self.db, read_only=True))
        except LedgerError as error:
            if error.kind in ("missing", "older"):  # a ledger of the first form has no settings
                return None
            raise

    @functools.cached_property
    def shelf(self) -> Shelf:
        """How the rulebooks are read for this command: by the ledger's settings, and by what was given."""
        from recruitment.rulebooks.load import load_days

        kept = self.recorded
        names = {Path(folder).resolve().name for folder in self.local}
        folders = [folder for folder in kept.folders if folder.name not in names]
        return Shelf(
            tuple(sorted({**kept.policies, **dict(self.policies)}.items())),
            kept.days if self.calendar is None else load_days(self.calendar),
            (*folders, *self.local),
        )

    @property
    def editions(self) -> Editions:
        """The rulebooks of record, with the readings and the calendar that were chosen."""
        return self.shelf()

    def office(self, *, create: bool = False, read_only: bool = False, aside: bool = False) -> Office:
        """The office over the ledger, which is closed with the command; created only by a command that writes.

        With `aside` nothing is written to a ledger that is kept, and what was given holds.

        Raises:
            BadInput: something is written, and an option says otherwise than the ledger's settings.
        """
        from recruitment.ledger.office import Office
        from recruitment.ledger.stores.opening import open_ledger
        from recruitment.ledger.stores.sqlite import Ledger

        if read_only:
            ledger = self._ledger_read or _until_end(open_ledger(self.db, read_only=True))
            return Office(ledger, self.editions)
        differing = () if aside else tuple(self._differing())
        if differing:
            raise BadInput(differing)
        ledger = _until_end(open_ledger(self.db, create=create))
        if isinstance(ledger, Ledger) and ledger.kept is not None:
            kept = Label(
                zh=f"台账已更新为新的格式，更新前的备份在 {ledger.kept}",
                en=f"the ledger was brought to its new form; as it was before it is kept in {ledger.kept}",
            )
            click.echo(self.say(kept), err=True)
        return Office(ledger, self.editions if aside else None)

    def _differing(self) -> Iterator[Fault]:
        """What was given and is not what the ledger is kept by."""
        from recruitment.rulebooks.kept_folder import keep_folder
        from recruitment.rulebooks.load import load_days

        kept = self.recorded
        readings = self.editions.rulebooks[-1].policies if self.policies else {}
        defaults = {policy.code: policy.default for policy in self.editions.readings} if self.policies else {}
        for code, value in self.policies:
            set_value = kept.policies.get(code, defaults.get(code))
            if readings.get(code) != set_value:
                yield _set_otherwise("--policy", f"{code}={value}", f"{code}={set_value}")
        if self.calendar is not None and load_days(self.calendar) != kept.days:
            yield _set_otherwise("--workdays", str(self.calendar), None)
        for folder in self.local:
            if keep_folder(folder, "--local") not in kept.folders:
                yield _set_otherwise("--local", folder, None)

    def say(self, label: Label) -> str:
        """The words in the language of the answer, identity numbers masked."""
        return masked(label.words(self.lang))

    def print_json(self, data: Any) -> None:
        """JSON as it leaves every command: in the order it was built, Chinese as it is, identity numbers masked."""
        click.echo(masked(json.dumps(data, ensure_ascii=False, indent=2)))


def _until_end(ledger: Store) -> Store:
    """The ledger, which is closed when the command ends."""
    command = click.get_current_context(silent=True)
    if command is not None:
        command.call_on_close(ledger.close)
    return ledger


def _set_otherwise(option: str, given: str, kept: str | None) -> Fault:
    """An option that says otherwise than the settings of the ledger that is written to."""
    from recruitment.cli.fault_places import place_in_words
    from recruitment.rulebooks.load import load_rulebooks

    name = place_in_words(option, load_rulebooks().synonyms)
    return Fault(
        option,
        Label(
            zh=f"{given} 与台账的设置不同"
            + (f"（{kept}）" if kept else "")
            + "；登记依照台账的设置，请去掉此项（包括环境变量），"
            f"或者先用 recruitment 设置 {name} {given} 修改设置",
            en=f"{given} is not what the ledger is kept by"
            + (f" ({kept})" if kept else "")
            + "; what is recorded is judged by the ledger's settings: leave this out (the variable, too), "
            f"or change them first with recruitment settings {option} {given}",
        ),
    )


def read_address(text: str | None, where: str = "--db") -> str | Path | None:
    """The file of a ledger, or the address of one on a server, unchanged; None where nothing is named.

    Raises:
        BadInput: it is empty.
    """
    if text is not None and not text.strip():
        raise BadInput.of(where, Label(zh="路径为空，请写明台账文件", en="the path is empty; name the ledger's file"))
    if not text or text.startswith(("postgresql://", "postgres://")):
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


def complete_act(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The acts whose name or code begins so, for the shell: names where it begins in Chinese, else codes."""
    from recruitment.record.acts import ACTS
    from recruitment.rulebooks.load import load_rulebooks

    if begun and not begun.isascii():
        rulebook = load_rulebooks().rulebooks[-1]
        return [act.zh for act in rulebook.by_code.values() if act.zh.startswith(begun)]
    return [code for code in ACTS if code.startswith(begun)]


def read_code(name: str, among: Sequence[str] | None = None) -> str:
    """The code of an act, from its code, its number, its name, or a word that people use for it.

    `among` narrows the choice.

    Raises:
        BadInput: there is no such act, or several can be meant, which are named; or the nearest is.
    """
    from recruitment.record.acts import ACTS
    from recruitment.rulebooks.load import load_rulebooks

    if name in ACTS and (among is None or name in among):
        return name
    editions = load_rulebooks()
    book = editions.rulebooks[-1].by_code
    found = editions.synonyms.act_codes(name.strip().removeprefix("第").removesuffix("项"), among)
    if len(found) == 1:
        return found[0]
    if found:
        told = {code: f"{book[code].number or code} {book[code].label.zh}" for code in found if code in book}
        raise BadInput.of(
            "ACT",
            Label(
                zh=f"“{name}”可以指{'、'.join(told.values())}，请用序号指明",
                en=f"{name} can mean {' or '.join(f'{book[code].number} ({code})' for code in told)}; "
                "say which by its number",
            ),
        )
    names = {code: code for code in among or ACTS}
    names |= {word: code for code in names for word in editions.synonyms.acts.get(code, ())}
    near = nearest(name, names)
    known = "、".join(
        f"{act.number or ''}{act.label.zh}" for code, act in book.items() if among is None or code in among
    )
    raise BadInput.of(
        "ACT",
        Label(
            zh=f"没有“{name}”这一项；" + (f"是否指 {near}？" if near else f"可用：{known}"),
            en=f"there is no act {name!r}; " + (f"did you mean {near}?" if near else f"acts are {', '.join(book)}"),
        ),
    )


def read_rule(editions: Editions, typed: str, among: Iterable[str], where: str) -> str:
    """The code of a rule among those, from its code or its title.

    Raises:
        BadInput: there is no such rule, and the nearest is named, or several can be meant.
    """
    rules = sorted(among)
    if typed in rules:
        return typed
    found = editions.synonyms.rule_codes(typed, rules)
    if len(found) == 1:
        return found[0]
    raise BadInput([editions.synonyms.rule_fault(typed, rules, where)])


class WordChoice(click.ParamType[str]):
    """An option with few choices: a code, or a word that people use for it."""

    name = "word"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        """The codes, as the help shows them."""
        return f"[{'|'.join(self.choices)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code that the word means.

        Raises:
            BadParameter: it means none, or several.
        """
        from recruitment.rulebooks.load import load_rulebooks

        synonyms = load_rulebooks().synonyms
        found = synonyms.codes(str(value), self.choices)
        if len(found) == 1:
            return found[0]
        fault = synonyms.fault(str(value), self.choices, "")
        raise click.BadParameter(fault.words(spoken_language()), ctx, param)


class EditionName(click.ParamType[str]):
    """An edition or a local edition by its code, or as people write it: 2026版, 2014版+贵州."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The code; what means none of the shipped ones stays as it is, and may be one of the unit's own."""
        return edition_code(str(value))


def edition_code(typed: str) -> str:
    """The code of an edition as people write it; what means none of the shipped ones stays as it is."""
    from recruitment.law.synonyms import codes_named
    from recruitment.rulebooks.load import load_rulebooks

    editions = load_rulebooks()
    named: list[tuple[str, tuple[str, ...]]]
    named = [(each.code, (each.code, f"{each.code}年", each.zh, each.en)) for each in editions.rulebooks]
    named += [(each.code, (each.code, each.zh, each.en)) for each in editions.overlays]
    read = []
    for part in typed.replace("＋", "+").split("+"):
        found = codes_named(part.strip().removesuffix("版"), named) if not part.isascii() else ()
        read.append("none" if part.strip() == "无" else found[0] if len(found) == 1 else part)
    return "+".join(read)


def complain(error: RecruitmentError, lang: Lang, *, as_json: bool = False) -> int:
    """Say what is wrong, on the error stream and in JSON where asked; the exit code that goes with it."""
    faults = error.faults if isinstance(error, BadInput) else ()
    if lang == "zh" and not as_json:
        from recruitment.cli.fault_places import place_in_words
        from recruitment.rulebooks.load import load_rulebooks

        synonyms = load_rulebooks().synonyms
        faults = tuple(Fault(place_in_words(fault.where, synonyms), fault.label) for fault in faults)
    if as_json:
        click.echo(
            masked(
                json.dumps(
                    {
                        "error": {
                            "kind": type(error).__name__,
                            "zh": error.zh,
                            "en": error.en,
                            "faults": [{"where": f.where, "zh": f.label.zh, "en": f.label.en} for f in faults],
                        }
                    },
                    ensure_ascii=False,
                    indent=2,
                )
            )
        )
    elif faults:
        for fault in faults[:MOST_SHOWN]:
            click.echo(fault.words(lang), err=True)
        if len(faults) > MOST_SHOWN:
            more = len(faults) - MOST_SHOWN
            click.echo(f"另有{more}处" if lang == "zh" else f"and {more} more", err=True)
    else:
        click.echo(error.words(lang), err=True)
    if isinstance(error, NotWritten):
        return 1
    return 3 if isinstance(error, Conflict) else 2


def report_unexpected(error: Exception) -> int:
    """One sentence for an error that was not foreseen, instead of a traceback."""
    if isinstance(error, RecruitmentError):
        return complain(error, spoken_language())
    if os.environ.get("RECRUITMENT_DEBUG"):
        raise error
    en = f"something went wrong that should not ({type(error).__name__}); nothing more was done, please report it"
    zh = f"出现意外情况（{type(error).__name__}），已停止，请报告"
    click.echo(zh if spoken_language() == "zh" else en, err=True)
    return 2


def unbuffered_stdout() -> TextIO:
    """Where an answer goes that is written while it is found, however long: past the gathering of shorter ones."""
    out: TextIO = getattr(sys.stdout, "past", sys.stdout)
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors=SIGNS_KEPT)
    return out


def interactive() -> bool:
    """Whether questions can be asked at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
