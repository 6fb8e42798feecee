"""Evidence on the command line: one option a key of the dossier format, made from the classes themselves.

A value is written as the format has it, or with the words that people use for it. `none` says that there was none. A
part with several keys is written `--meeting body=branch_committee,members=5,present=4`, a list `--heard members,masses`
or the option again; JSON serves for what does not fit. What is typed becomes plain data and goes through the
dossier's own reader, so that a fault is the same sentence everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import attrs
import click

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.values import fields_of
from recruitment.cli.choices import read_rule
from recruitment.cli.fault_places import place_in_words
from recruitment.cli.spoken import spoken_language
from recruitment.formats.dossier import strict_json
from recruitment.formats.written import Writing, core
from recruitment.record.acts import ACTS

if TYPE_CHECKING:
    from recruitment.law.editions import Editions

LARGEST_EVIDENCE = 10_000_000


def _keys() -> dict[str, Any]:
    """Every evidence key of every procedure, with its type: the union of what the acts carry."""
    keys: dict[str, Any] = {}
    for kind in ACTS.values():
        if kind.code == "correct":
            continue
        for key, (_, hint) in fields_of(kind).items():
            keys.setdefault(key, core(hint))
    return keys


SKIPPED = ("on", "reasons", "as_it_was")
KEYS: Mapping[str, Any] = {key: hint for key, hint in _keys().items() if key not in SKIPPED}
"""Evidence keys by name, as the dossier format spells them."""


def option_of(key: str) -> str:
    """The option of a key: `written_late` is `--written-late`."""
    return "--" + key.replace("_", "-")


def option_form(hint: Any) -> str:
    """How a value of that type is written, for help and for asking."""
    hint = core(hint)
    if hint is date:
        return "DATE"
    if hint is bool:
        return "yes|no"
    if hint is int:
        return "N"
    if hint is str:
        return "TEXT"
    if get_origin(hint) is Literal:
        return "|".join(get_args(hint))
    if get_origin(hint) is tuple:
        inner = core(get_args(hint)[0])
        return option_form(inner) if attrs.has(inner) else f"{option_form(inner)},…"
    if attrs.has(hint):
        return ",".join(f"{key}=…" for key in fields_of(hint))
    return "JSON"


def parse_option(text: str, hint: Any, where: str = "") -> Any:
    """What was typed as plain data, its words turned into codes and its days read.

    Raises:
        BadInput: a word that means none of the choices or several, or a day that is none.
    """
    writing = _writing()
    value = writing.value(text, hint, where)
    _understood(writing)
    return value


def read_day_text(text: str, where: str) -> str:
    """A day of the command line as YYYY-MM-DD; another way of writing it is echoed as it was understood.

    Raises:
        BadInput: it is no day.
    """
    return str(parse_option(text, date, where))


def merged(key: str, texts: tuple[str, ...], code: str | None = None) -> Any:
    """The value of an option that was given once or several times, for that act; lists are joined."""
    writing = _writing()
    values = [_value(writing, key, text, code) for text in texts]
    _understood(writing)
    if len(values) > 1 and all(isinstance(value, list) for value in values):
        return [entry for value in values for entry in value]
    return values[-1]


def _value(writing: Writing, key: str, text: str, code: str | None) -> Any:
    hint = _hint(key, code)
    if hint is str and key != "outcome":
        return None if text.strip() in ("none", "null", "无") else writing.text(text.strip(), key, tuple(KEYS))
    return writing.value(text, hint, key)


def _hint(key: str, code: str | None) -> Any:
    """The type of a key in that act: two acts may have a key of one name with other choices."""
    if code is not None and key == "outcome" and ACTS[code].outcomes:
        return Literal[ACTS[code].outcomes]
    own = fields_of(ACTS[code]).get(key) if code is not None else None
    return KEYS[key] if own is None else core(own[1])


def known_key(typed: str, known: Collection[str] = KEYS) -> str:
    """The key that a word means among the known ones; the word itself, as keys are spelled, where it means none."""
    return _writing().key(typed.strip().replace("-", "_"), known)


def _writing() -> Writing:
    from recruitment.rulebooks.load import load_rulebooks

    return Writing(load_rulebooks().synonyms)


def _understood(writing: Writing) -> None:
    if writing.faults:
        raise BadInput(writing.faults)
    for where, text, day in writing.echoes:
        place = place_in_words(where, writing.synonyms) if spoken_language() == "zh" else where
        click.echo(f"{place}: {text} → {day}" if place else f"{text} → {day}", err=True)


def evidence_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each evidence key, and `--evidence` for a JSON object with several."""
    function = click.option("--evidence", metavar="FILE", help="JSON object of evidence; - reads standard input.")(
        function
    )
    function = click.option(
        "--reason-for",
        multiple=True,
        metavar="RULE=TEXT",
        help="Reason for a deviation from one rule, by its code or title; may be repeated.",
    )(function)
    for key in sorted(KEYS, reverse=True):
        form = option_form(KEYS[key])
        function = click.option(
            option_of(key),
            f"key_{key}",
            multiple=True,
            metavar=form if len(form) < 40 else "…",
            help=form if len(form) >= 40 else "",
        )(function)
    return function


def collect(given: Mapping[str, Any], editions: Editions, code: str | None = None) -> dict[str, Any]:
    """The evidence of a command line as plain data: the JSON file first, single options over it.

    `code` is the act that it belongs to, whose choices its words are looked for among. A rule for which a reason is
    given is named by its code or its title.

    Raises:
        BadInput: the JSON cannot be read, a word is not understood, or a reason names no rule.
    """
    data: dict[str, Any] = {}
    if given.get("evidence"):
        data.update(_with_codes(read_json(given["evidence"]), code))
    for key in KEYS:
        texts = given.get(f"key_{key}")
        if texts:
            data[key] = merged(key, texts, code)
    reasons = {}
    for text in given.get("reason_for") or ():
        rule, equals, reason = text.replace("＝", "=", 1).partition("=")
        if not equals or not reason.strip():
            raise BadInput.of(
                "--reason-for",
                Label(
                    zh="请写成 规则=理由，规则写名称或者代码", en="write it as RULE=TEXT, with a rule code and a reason"
                ),
            )
        reasons[_rule_code(rule.strip(), editions, "--reason-for")] = reason.strip()
    told = data.get("reasons", {})
    if isinstance(told, dict) and (told or reasons):
        data["reasons"] = {_rule_code(rule, editions, "reasons"): reason for rule, reason in told.items()} | reasons
    return data


def _rule_code(typed: str, editions: Editions, where: str) -> str:
    """The code of a rule of any edition or local edition."""
    rules = [rule.code for rulebook in editions.rulebooks for rule in rulebook.rules]
    rules += [local.rule.code for overlay in editions.overlays for local in overlay.rules]
    return read_rule(editions, typed, {*rules}, where)


def _with_codes(data: dict[str, Any], code: str | None) -> dict[str, Any]:
    """The keys and words of JSON as codes; what is said of single files, under `each`, likewise."""
    writing = _writing()
    known = {**KEYS, "on": date, "act": str, "each": dict, "reasons": dict}
    if code is not None:
        known |= {key: hint for key, (_, hint) in fields_of(ACTS[code]).items()}
    read: dict[str, Any] = {}
    for name, entry in data.items():
        key = writing.key(name, known)
        if key == "each" and isinstance(entry, dict):
            read[key] = {file: _with_codes(own, code) if isinstance(own, dict) else own for file, own in entry.items()}
        elif key in ("act", "reasons", "each") or key not in known:
            read[key] = entry
        else:
            read[key] = writing.data(entry, _hint(key, code) if key in KEYS else known[key], key)
    _understood(writing)
    return read


def read_json(name: str) -> dict[str, Any]:
    """A JSON object from a file, or from standard input for `-`.

    Raises:
        BadInput: in one sentence.
    """
    try:
        raw = sys.stdin.buffer.read(LARGEST_EVIDENCE + 1) if name == "-" else _bytes(Path(name))
        if len(raw) > LARGEST_EVIDENCE:
            raise BadInput.of(
                name, Label(zh=f"超过 {LARGEST_EVIDENCE} 字节", en=f"it is larger than {LARGEST_EVIDENCE} bytes")
            )
        faults: list[Fault] = []
        data = strict_json.parse_json(strict_json.decode(raw, name), "", faults)
        if faults:
            raise BadInput(fault.within(name) for fault in faults)
    except OSError as error:
        raise BadInput.of(name, Label(zh="无法读取", en=f"it cannot be read ({error.strerror})")) from None
    if not isinstance(data, dict):
        raise BadInput.of(name, Label(zh="应为一个 JSON 对象", en="it must hold one JSON object with evidence keys"))
    return data


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_EVIDENCE + 1)
