"""What one act takes, as help prints it: each field with its name and its words, the rules behind it, and an example.

All of it is made from `form`; the values of an example are those of the dossier that is shipped, where it has the act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import click
from attrs import frozen

from recruitment.base.label import Lang, listed
from recruitment.cli.columns import name_table
from recruitment.cli.evidence_options import option_of
from recruitment.cli.help_writing import command_line, option_rows
from recruitment.cli.typed_words import part_name
from recruitment.law.rulebook import Rulebook
from recruitment.law.synonyms import Synonyms
from recruitment.presentation.forms import form
from recruitment.rulebooks.load import load_rulebooks
from recruitment.rulebooks.locate import dossiers_folder

_PARTING: Final = re.compile(r"[,，、;；|\s]")
"""Signs that part the entries of a list, so that no word in it may hold one."""
_QUOTED: Final = re.compile(r"""[\s|<>&;()*?$`'\\]""")


@frozen(kw_only=True)
class ActHelp:
    """An act of an edition, in a language, with what people call its words."""

    rulebook: Rulebook
    code: str
    lang: Lang
    synonyms: Synonyms

    @property
    def form(self) -> dict[str, Any]:
        """What the act takes."""
        return form(self.code, lang=self.lang, edition=self.rulebook)

    @property
    def name(self) -> str:
        """The act as it is typed: its name, or its number where another act has the same name; in English its code."""
        procedure = self.rulebook.by_code[self.code]
        if self.lang == "en":
            return self.code
        return procedure.zh if len(self.synonyms.act_codes(procedure.zh)) == 1 else str(procedure.number)

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en

    def lines(self, width: int) -> Iterator[str]:
        """The whole, without a line of usage."""
        procedure = self.rulebook.by_code[self.code]
        number = self.say(f"第{procedure.number}项 ", f"{procedure.number} ") if procedure.number else ""
        body = self.rulebook.word(procedure.body, self.lang)
        yield f"{number}{procedure.label.words(self.lang)}" + self.say(f"（{body}）", f" ({body}; {self.code})")
        found = self.form
        fields = {key: value for key, value in found["properties"].items() if key != "act"}
        first = {"on", *found["required"], *(key for key, value in fields.items() if "x-rules" in value)}
        first |= {"outcome"} & set(fields)
        rules: dict[str, Any] = {}
        yield from ("", self.say("要填的内容：", "What it takes:"))
        asked = [key for key in fields if key in first]
        yield from name_table(
            (row for key in asked for row in self._rows(key, fields[key], required=key in found["required"])), width
        )
        for key in asked:
            rules |= {rule["rule"]: rule for rule in fields[key].get("x-rules", ())}
        yield from ("", self.say("还可以填：", "And if need be:"))
        yield from name_table(
            (row for key in fields if key not in first for row in self._rows(key, fields[key])), width
        )
        if rules:
            yield from ("", self.say("依据的规则：", "The rules behind it:"))
            yield from name_table(((rule["article"] or "–", self._clause(rule)) for rule in rules.values()), width)
        yield from ("", self.say("例：", "An example:"))
        yield f"  {self.example()}"  # on one line, to be copied

    def _clause(self, rule: Mapping[str, Any]) -> str:
        force = self.rulebook.word(rule["force"], self.lang)
        return self.say(f"{rule['title']}（{force}）：{rule['clause']}", f"{rule['rule']} ({force}): {rule['clause']}")

    def _rows(self, key: str, value: Mapping[str, Any], *, required: bool = False) -> Iterator[tuple[str, str]]:
        name = self.option(key)
        shown = f"{name}, {option_of(key)}" if self.lang == "zh" else name
        text = self._described(key, value)
        if required:
            text = self.say("必填；", "required; ") + text
        cited = [part for rule in value.get("x-rules", ()) for part in (rule["article"] or "").split("、") if part]
        if cited and key != "on":
            articles = listed(dict.fromkeys(cited), self.lang)
            text += self.say(f"。依据{articles}", f"; by {articles}")
        yield shown, text
        for part, inner in _parts(value).items():
            yield f"    {self.part(key, part)}=", self._described(part, inner)

    def _described(self, key: str, value: Mapping[str, Any]) -> str:
        """How the value of a key is written, with its words."""
        choices = [self._word(key, code, title) for code, title in _choices(value)]
        if not choices:
            return str(value["description"])
        return str(value["description"]) + self.say("：", ": ") + listed(choices, self.lang)

    # ------------------------------------------------------------------------------ words

    def option(self, key: str) -> str:
        """The option of a key as it is typed."""
        return f"--{part_name(self.synonyms, self.code, key)}" if self.lang == "zh" else option_of(key)

    def part(self, parent: str, key: str) -> str:
        """The name of a key within another."""
        return part_name(self.synonyms, parent, key) if self.lang == "zh" else key

    def _word(self, key: str, code: str, title: str) -> str:
        """A word as it is typed: its name, or a synonym where that holds a sign that parts words; in English codes."""
        if self.lang == "en":
            return code
        names = (
            self.synonyms.parts.get(f"{key}.{code}", title),
            *(name for name in self.synonyms.words.get(code, ()) if not name.isascii()),
        )
        return next((name for name in names if not _PARTING.search(name)), code)

    def typed(self, key: str, value: Any, found: Mapping[str, Any]) -> str:
        """A value of the record as it is typed for an option."""
        words = {code: self._word(key, code, title) for code, title in _choices(found)}
        if isinstance(value, bool):
            return self.say("是", "yes") if value else self.say("否", "no")
        if value is None:
            return self.say("无", "none")
        if isinstance(value, dict):
            parts = _parts(found)
            said = ((part, self.typed(part, entry, parts[part])) for part, entry in value.items())
            return ",".join(f"{self.part(key, part)}={entry}" for part, entry in said)
        if isinstance(value, list):
            nested = any(isinstance(entry, dict) for entry in value)
            return ("|" if nested else ",").join(self.typed(key, entry, found) for entry in value) or self.say(
                "无", "none"
            )
        return words[value] if value in words else str(value)

    # ------------------------------------------------------------------------------ the example

    def example(self) -> str:
        """A command line that records the act."""
        facts, data = _recorded(self.code)
        properties = self.form["properties"]
        fits = data and all(key in properties for key in data) and self._outcome_fits(data, properties)
        if not fits:
            data = self._made(properties)
        words = []
        procedure = self.rulebook.by_code[self.code]
        if procedure.number == 1 or getattr(procedure, "first", False):
            if procedure.number != 1:
                words += [self.say("--首项程序", "--act"), self.name]
            words += [self.say("--出生日期", "--born"), facts["born"]]
            data = {**data, "branch": {"name": facts["branch"]["name"]}}
            start = self.say("recruitment 建档 2026-0001", "recruitment open 2026-0001")
        else:
            start = self.say(f"recruitment 登记 2026-0001 {self.name}", f"recruitment advance 2026-0001 {self.name}")
        for key, value in data.items():
            words += [self.option(key), self.typed(key, value, properties[key])]
        return " ".join([start, *(f'"{word}"' if _QUOTED.search(word) else word for word in words)])

    def _outcome_fits(self, data: Mapping[str, Any], properties: Mapping[str, Any]) -> bool:
        """Whether it ends as the act usually does in this edition; of a decision without a usual end any serves."""
        outcome = properties.get("outcome", {})
        usual = [outcome["default"]] if "default" in outcome else [code for code, _ in _choices(outcome)]
        return not usual or data.get("outcome", usual[0]) in usual

    def _made(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """What the rules ask for, with invented values; days follow one another in the order of the fields."""
        days = (date(2026, 9, 1) + timedelta(days=10 * n) for n in range(40))
        asked = {key: value for key, value in properties.items() if key not in ("act", "on", "branch")}
        made = {}
        for key, value in asked.items():
            if key == "outcome" or "x-rules" in value:
                made[key] = value.get("default") or _invented(value, days)
        return {"on": next(days).isoformat(), **made}


def _choices(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The choices of a field, of the entries of a list as well."""
    found = [(choice["const"], choice["title"]) for choice in value.get("oneOf", ())]
    for part in (*value.get("anyOf", ()), *([value["items"]] if "items" in value else [])):
        found += _choices(part)
    return found


def _parts(value: Mapping[str, Any]) -> dict[str, Any]:
    """The keys within a field, of the entries of a list as well."""
    found = dict(value.get("properties", {}))
    for part in (*value.get("anyOf", ()), *([value["items"]] if "items" in value else [])):
        found |= _parts(part)
    return found


def _invented(value: Mapping[str, Any], days: Iterator[date]) -> Any:
    kinds = value.get("type", ())
    choices = [code for code, _ in _choices(value)]
    if "array" in kinds:
        return choices or [_invented(value["items"], days)]
    if choices:
        return choices[0]
    if "object" in kinds:
        return {key: _invented(part, days) for key, part in value["properties"].items() if "x-rules" in part}
    if value.get("format") == "date":
        return next(days).isoformat()
    return True if "boolean" in kinds else 6 if "integer" in kinds else "示例"


def _recorded(code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of the file that is shipped, and the first act of that code in it, as plain data."""
    (file,) = json.loads(dossiers_folder().joinpath("regular.json").read_text(encoding="utf-8"))["files"]
    acts = [act for act in file["acts"] if act["act"] == code]
    return file, {key: value for key, value in acts[0].items() if key != "act"} if acts else {}


def act_help(command: click.Command, ctx: click.Context, code: str, lang: Lang) -> str:
    """The help of a command for one act: what the act takes, and the options that are no evidence."""
    editions = load_rulebooks()
    width = ctx.make_formatter().width
    told = ActHelp(rulebook=editions.rulebooks[-1], code=code, lang=lang, synonyms=editions.synonyms)
    usage = told.say(
        f"用法：{command_line(command)} 档案 {told.name} [选项]",
        f"Usage: {ctx.command_path} FILE {told.name} [OPTIONS]",
    )
    others = name_table(_other_rows(command, ctx, editions.synonyms, lang), width)
    return "\n".join([usage, "", *told.lines(width), "", told.say("其他选项：", "Other options:"), *others])


def _other_rows(
    command: click.Command, ctx: click.Context, synonyms: Synonyms, lang: Lang
) -> Iterator[tuple[str, str]]:
    for param, row in zip(
        [param for param in command.get_params(ctx) if isinstance(param, click.Option)],
        option_rows(command, ctx, synonyms),
        strict=True,
    ):
        if not (param.name or "").startswith("key_") and param.name != "on":
            yield row if lang == "zh" else param.get_help_record(ctx) or ("", "")
