"""How it is said that something is wrong: one sentence a fault, on the error stream or as JSON, and the exit code."""

from __future__ import annotations

import json
import os

import click

from recruitment.base.errors import BadInput, Conflict, Fault, NotWritten, RecruitmentError
from recruitment.base.identity import masked
from recruitment.base.label import Lang
from recruitment.cli.spoken import spoken_language

MOST_SHOWN = 20
"""Faults listed one by one before the rest are counted."""


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
