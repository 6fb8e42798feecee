"""What all tables at the terminal are made of: the console, signs, names of acts and rules, plain text, headings."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from recruitment.base.identity import masked
from recruitment.cli.setting import Setting
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import rule_name

SIGNS = {"met": ("✓", "green"), "unmet": ("✗", "red"), "unknown": ("?", "yellow")}
"""A sign for each value, so that nothing is said by colour alone."""


def console() -> Console:
    """The terminal; no wrapping by guess where there is none."""
    return Console(highlight=False, soft_wrap=False)


def act_name(rulebook: Rulebook, code: str, setting: Setting) -> str:
    """The name of an act; a correction is none of the rulebook's and has its word in the vocabulary."""
    procedure = rulebook.by_code.get(code)
    return procedure.label.words(setting.lang) if procedure else rulebook.word(code, setting.lang)


def numbered_act(rulebook: Rulebook, code: str, setting: Setting) -> str:
    """The name of an act with its number before it, where it is one of the 25."""
    procedure = rulebook.by_code.get(code)
    name = act_name(rulebook, code, setting)
    return f"{procedure.number} {name}" if procedure and procedure.number else name


def rule_text(setting: Setting, rulebook: Rulebook, code: str) -> Text:
    """What a rule is called, with its code in small print behind a title."""
    name = rule_name(code, rulebook, setting.lang)
    return Text.assemble((name, "bold"), (f" {code}" if name != code else "", "dim"))


def headed(*heads: str) -> Table:
    """A table without a frame, with these columns; what does not fit is folded and never cut."""
    table = Table(box=None, padding=(0, 1))
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def plain(text: object) -> Text:
    """Text as it is, identity numbers masked: never read as markup, and no command reaches the terminal by it."""
    return Text("".join(c if c.isprintable() else "�" for c in masked(str(text))))


def who_words(file: str, name: str | None) -> str:
    """Whom a file is about: the name first, where it is shown, and the id."""
    return f"{name} {file}" if name else file
