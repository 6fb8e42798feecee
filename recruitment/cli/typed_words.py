"""A command line that is typed in Chinese, with its commands and options in the words that the parser knows.

Only the names of commands and options are turned into codes here, and the signs that a Chinese input method writes for
`--` and `=`. Values stay as they are: each is read where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import click

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.law.synonyms import Synonyms, codes_named, plain_word

_DASHES: Final = re.compile(r"[-－—–―─]{1,4}")
_EQUALS: Final = re.compile(r"[=＝:：]")
_ALIKE: Final = 0.5
"""How alike a Chinese word must be to be offered: of two characters, one."""
_BRACKETS: Final = re.compile(r"（[^（）]*）")


def command_names(synonyms: Synonyms, known: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The commands with their Chinese names, the printed one first."""
    return [(code, synonyms.commands.get(code, ())) for code in known]


def option_names(synonyms: Synonyms, command: str, params: Sequence[click.Parameter]) -> Mapping[str, tuple[str, ...]]:
    """Every long option of a command with its Chinese names, the printed one first.

    They are those of `[option]` in synonyms.toml, and for what is a key of the record those of the key.
    """
    found = {}
    for param in params:
        for option in (*param.opts, *param.secondary_opts) if isinstance(param, click.Option) else ():
            if option.startswith("--"):
                found[option] = tuple(dict.fromkeys(_names(synonyms, command, option[2:], evidence=_is_key(param))))
    return found


def _is_key(param: click.Parameter) -> bool:
    """Whether an option is one of those that are made from the keys of evidence."""
    return (param.name or "").startswith("key_")


def _names(synonyms: Synonyms, command: str, option: str, *, evidence: bool) -> Iterator[str]:
    own = () if evidence else synonyms.options.get(f"{command}.{option}", ())
    yield from own
    if not own:
        yield from () if evidence else synonyms.options.get(option, ())
        for name in synonyms.words.get(option.replace("-", "_"), ()):
            if not name.isascii():
                yield _BRACKETS.sub("", name)


def key_name(synonyms: Synonyms, key: str) -> str:
    """The Chinese name that is printed for a key of the record; the key itself where it has none."""
    return next(_names(synonyms, "", key.replace("_", "-"), evidence=True), key)


def part_name(synonyms: Synonyms, parent: str, key: str) -> str:
    """The Chinese name that is printed for a key within another key."""
    return synonyms.parts.get(f"{parent}.{key}") or key_name(synonyms, key)


def translate(
    args: Sequence[str], synonyms: Synonyms, known: Sequence[str], load: Callable[[str], click.Context | None]
) -> list[str]:
    """The words of a command line, its command and its options as codes; `load` gives the context of a command.

    Whoever types a command or an option in Chinese is answered in Chinese, unless `--lang` says otherwise.

    Raises:
        BadInput: a Chinese word that means no command or option, or several of them.
    """
    found: list[str] = []
    rest = list(args)
    while rest and _DASHES.match(rest[0]):
        found.append(_own_option(rest.pop(0), synonyms))
    if not rest:
        return found
    name = rest.pop(0)
    if not name.isascii():
        name = _one(name, command_names(synonyms, known), _COMMAND, known=_HELP)
    context = load(name)
    if context is None:
        return [*found, name, *rest]
    coded = list(_options(rest, synonyms, context))
    if name != args[len(found)] or coded != rest:
        coded = [*_chinese(context, coded), *coded]
    return [*found, name, *coded]


def _chinese(context: click.Context, words: Sequence[str]) -> list[str]:
    """What asks a command for a Chinese answer, where it can be asked and is not asked for another."""
    can = any("--lang" in param.opts for param in context.command.get_params(context))
    said = any(word.partition("=")[0] == "--lang" for word in words)
    return ["--lang", "zh"] if can and not said else []


def _own_option(word: str, synonyms: Synonyms) -> str:
    """An option before the command: help or version."""
    if word.isascii():
        return word
    names = [(f"--{code}", synonyms.options.get(code, ())) for code in ("help", "version")]
    return _one(_DASHES.sub("", word, count=1), names, _OPTION, known=_HELP)


_HELP: Final = Label(zh="recruitment --帮助", en="recruitment --help")
_COMMAND: Final = Label(zh="命令", en="command")
_OPTION: Final = Label(zh="选项", en="option")


def _options(args: list[str], synonyms: Synonyms, context: click.Context) -> Iterator[str]:
    command = context.command
    params = command.get_params(context)
    names = list(option_names(synonyms, command.name or "", params).items())
    by_option = {option: param for param in params for option in (*param.opts, *param.secondary_opts)}
    inner = {
        word: code.partition(".")[2]
        for code, words in synonyms.commands.items()
        if code.startswith(f"{command.name}.")
        for word in words
    }
    called = printed(command.name or "", synonyms.commands.get(command.name or "", ()))
    help_line = Label(zh=f"recruitment {called} --帮助", en=f"recruitment {command.name} --help")
    rest = iter(args)
    for word in rest:
        if word == "--":
            yield word
            yield from rest
            return
        option, equals, value = _option(word, names, by_option, help_line)
        param = by_option.get(option)
        yield f"{option}={_choice(value, param, synonyms)}" if equals else inner.get(option, option)
        if isinstance(param, click.Option) and not (equals or param.is_flag or isinstance(param.flag_value, str)):
            yield from (_choice(value, param, synonyms) for value in islice(rest, 1))


def _choice(value: str, param: click.Parameter | None, synonyms: Synonyms) -> str:
    """The code of a choice that was typed by its Chinese name; any other value as it is."""
    choices = getattr(param.type, "choices", ()) if param is not None else ()
    if not choices or value.isascii():
        return value
    found = codes_named(value, [(code, synonyms.choices.get(code, ())) for code in choices])
    return str(found[0]) if len(found) == 1 else value


def _option(
    word: str, names: list[tuple[str, tuple[str, ...]]], known: Mapping[str, click.Parameter], help_line: Label
) -> tuple[str, str, str]:
    """An option as the parser knows it, with the sign and the value that are written to it; any other word as it is."""
    dashes = _DASHES.match(word)
    if dashes is None or word.isascii() or _is_value(word, dashes, known):
        return word, "", ""
    name, *value = _EQUALS.split(word[dashes.end() :], maxsplit=1)
    as_typed = next((typed for typed in (f"--{name}", f"-{name}") if typed in known), None)
    if as_typed is not None or name.isascii():
        return as_typed or f"--{name}", "=" if value else "", "".join(value)
    return _one(name, names, _OPTION, known=help_line), "=" if value else "", "".join(value)


def _is_value(word: str, dashes: re.Match[str], known: Mapping[str, click.Parameter]) -> bool:
    """Whether a word with dashes before it names no option: dashes alone, a number, or `-o` with its value."""
    after = word[dashes.end() :]
    return not after or after[0].isdigit() or (len(dashes[0]) == 1 and word[:2] in known)


def _one(typed: str, names: Sequence[tuple[str, tuple[str, ...]]], kind: Label, *, known: Label) -> str:
    """The one code that a typed word means.

    Raises:
        BadInput: it means none, or several.
    """
    word = plain_word(typed)
    # A name that help prints means what it is printed for, whatever else people call so.
    found = tuple(code for code, said in names if said and plain_word(said[0]) == word) or codes_named(typed, names)
    if len(found) == 1:
        return found[0]
    called = dict(names)
    if found:
        zh = " 或 ".join(printed(code, called[code]) for code in found)
        raise BadInput.of(
            "",
            Label(
                zh=f"{kind.zh}“{typed}”可以指 {zh}，请写明是哪一个",
                en=f"the {kind.en} {typed} can mean {', '.join(found)}; say which",
            ),
        )
    words = {plain_word(name): printed(code, called[code]) for code in called for name in called[code]}
    codes = {plain_word(name): code for code in called for name in called[code]}
    near = nearest(word, [name for name in words if name[:1] == word[:1]], alike=_ALIKE) or nearest(word, words)
    raise BadInput.of(
        "",
        Label(
            zh=f"没有“{typed}”这个{kind.zh}" + (f"；是否指 {words[near]}？" if near else f"；可用的见 {known.zh}"),
            en=f"there is no {kind.en} {typed}" + (f"; did you mean {codes[near]}?" if near else f"; see {known.en}"),
        ),
    )


def printed(code: str, names: Sequence[str]) -> str:
    """The name that is printed for a command or an option; its code where it has no other."""
    dashes = "--" if code.startswith("--") else ""
    return f"{dashes}{names[0]}" if names else code
