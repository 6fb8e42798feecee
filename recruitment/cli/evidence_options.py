"""Evidence on the command line: one option a key of the dossier format, made from the classes themselves.

A value is written as the format has it. `none` says that there was none. A part with several keys is written
`--meeting body=branch_committee,members=5,present=4`, a list `--heard members,masses` or the option again; JSON serves
for whatever does not fit. What is typed becomes plain data and goes through the dossier's own reader, so that a fault
is the same sentence everywhere.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import click

from recruitment.base.errors import BadInput, Fault
from recruitment.base.label import Label
from recruitment.base.structure.values import fields_of
from recruitment.formats.dossier import strict_json
from recruitment.record.acts import ACTS, File

LARGEST_EVIDENCE = 10_000_000


def core(hint: Any) -> Any:
    """The type behind an annotation that also allows none and unknown."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None) and getattr(arg, "__name__", "") != "Unknown"]
        return core(inner[0])
    return hint


def _keys() -> dict[str, Any]:
    """Every evidence key of every procedure, with its type: the union of what the acts carry."""
    keys: dict[str, Any] = {}
    for kind in ACTS.values():
        if kind.code == "correct":
            continue
        for key, (_, hint) in fields_of(kind).items():
            keys.setdefault(key, core(hint))
    return keys


SKIPPED = ("on", "reasons")
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


def parse_option(text: str, hint: Any) -> Any:
    """What was typed as plain data; anything that does not fit is handed on as text, for the reader to refuse."""
    hint = core(hint)
    text = text.strip()
    if text in ("none", "null", "无"):
        return None
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    if hint is bool:
        return {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}.get(text.lower(), text)
    if hint is int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if attrs.has(core(inner)):
            return [parse_option(text, inner)]
        return [parse_option(part, inner) for part in text.split(",") if part.strip()]
    if attrs.has(hint):
        return _parts(text, hint)
    return text


def _parts(text: str, cls: type[Any]) -> Any:
    """`key=value,key=value`: a comma belongs to the value unless a known key follows it."""
    known = fields_of(cls)
    parts: dict[str, str] = {}
    key = ""
    for piece in text.split(","):
        name, equals, rest = piece.partition("=")
        if equals and (name.strip() in known or not key):
            key = name.strip()
            parts[key] = rest
        elif key:
            parts[key] += "," + piece
        else:
            return text
    return {name: parse_option(value, known[name][1]) if name in known else value for name, value in parts.items()}


def merged(key: str, texts: tuple[str, ...]) -> Any:
    """The value of an option that was given once or several times; lists are joined."""
    values = [parse_option(text, KEYS[key]) for text in texts]
    if len(values) > 1 and all(isinstance(value, list) for value in values):
        return [entry for value in values for entry in value]
    return values[-1]


def evidence_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each evidence key, and `--evidence` for a JSON object with several."""
    function = click.option("--evidence", metavar="FILE", help="JSON object of evidence; - reads standard input.")(
        function
    )
    function = click.option(
        "--reason-for",
        multiple=True,
        metavar="RULE=TEXT",
        help="Reason for a deviation from one rule; may be repeated.",
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


def collect(given: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence of a command line as plain data: the JSON file first, single options over it.

    Raises:
        BadInput: the JSON cannot be read, or a reason names no rule.
    """
    data: dict[str, Any] = {}
    if given.get("evidence"):
        data.update(read_json(given["evidence"]))
    for key in KEYS:
        texts = given.get(f"key_{key}")
        if texts:
            data[key] = merged(key, texts)
    reasons = {}
    for text in given.get("reason_for") or ():
        code, equals, reason = text.partition("=")
        if not equals or not reason.strip():
            raise BadInput.of(
                "--reason-for",
                Label(zh="请写成 规则代码=理由", en="write it as RULE=TEXT, with a rule code and a reason"),
            )
        reasons[code.strip()] = reason.strip()
    if reasons:
        data["reasons"] = {**data.get("reasons", {}), **reasons}
    return data


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


def file_keys() -> dict[str, Any]:
    """The facts of a file that `open` takes as options."""
    return {key: hint for key, (_, hint) in fields_of(File).items() if key not in ("id", "complete")}
