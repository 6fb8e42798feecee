"""Where a fault of a command line is, in the words in which it was typed: `--表决 赞成` for `ballot.for`."""

from __future__ import annotations

import re
from typing import Final

import click

from recruitment.cli import help_zh
from recruitment.cli.typed_words import option_names, part_name, printed
from recruitment.law.synonyms import Synonyms

_KEYS: Final = re.compile(r"([^\W0-9][^\W]*)(?:\[([0-9]+)\])?")
_PATH: Final = re.compile(rf"{_KEYS.pattern}(?:\.{_KEYS.pattern})*")
_LINE: Final = re.compile(r"line ([0-9]+)")
_OPTION: Final = re.compile(r"(--?[a-z][a-z-]*)(.*)", re.DOTALL)
_SETTINGS: Final = {"policies": "--policy"}
"""What the library calls otherwise than the option by which it is given."""
_ARGUMENTS: Final = {
    "FILE": help_zh.METAVARS["FILE"],
    "ACT": help_zh.METAVARS["ACT"],
    "INDEX": help_zh.METAVARS["[INDEX]"].strip("[]"),
    "RULE": "规则",
    "RULES DIFF": "规则 对照",
    "RESTORE": "恢复",
}


def place_in_words(where: str, synonyms: Synonyms) -> str:
    """A place in Chinese words: the options of the command that runs, keys of the record, arguments, lines.

    What belongs to a file, such as a cell or a key of a document, stays as it stands there.
    """
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return where
    return ": ".join(_part(part, ctx, synonyms) for part in where.split(": "))


def _part(part: str, ctx: click.Context, synonyms: Synonyms) -> str:
    params = ctx.command.get_params(ctx)
    options = {
        name: printed(name, words) for name, words in option_names(synonyms, ctx.command.name or "", params).items()
    }
    by_param = {option: max(param.opts, key=len) for param in params for option in param.opts}
    evidence = any((param.name or "").startswith("key_") for param in params)
    option = _OPTION.fullmatch(part)
    if option and option[1] in by_param:
        return options[by_param[option[1]]] + option[2]
    if _SETTINGS.get(part, f"--{part}") in options:
        return options[_SETTINGS.get(part, f"--{part}")]
    if part.upper() in _ARGUMENTS:
        return _ARGUMENTS[part.upper()]
    line = _LINE.fullmatch(part)
    if line:
        return f"第{line[1]}行"
    if part in synonyms.acts and evidence:
        return synonyms.acts[part][0]
    first = _KEYS.match(part)
    given = evidence or (first is not None and f"--{first[1]}" in options)
    if not (given and first and first[1] in synonyms.words and _PATH.fullmatch(part)):
        return part  # a file, or what belongs to one
    said, parent = [], ""
    for key, index in (found.groups() for found in _KEYS.finditer(part)):
        own = part_name(synonyms, parent, key)
        name = own if parent else options.get(f"--{key.replace('_', '-')}", own)
        said.append(name if index is None else f"{name} 第{int(index) + 1}项")
        parent = key
    return " ".join(said)
