"""The titles of rules from titles.toml: those of the editions, and those of what auditors look for beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable
from typing import Final

from attrs import frozen

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.rulebooks.checks.titles import title_faults
from recruitment.rulebooks.toml_file import read_toml_file

TITLES: Final = "titles.toml"


@frozen(kw_only=True)
class TitlesFile:
    """titles.toml: what a rule of the editions, and one of practice.toml, is called in a few words."""

    rule: Mapping[str, Label]
    practice: Mapping[str, Label]

    @property
    def all(self) -> Mapping[str, Label]:
        """Every title by the code of its rule."""
        return {**self.practice, **self.rule}


def read_titles(root: Traversable, faults: list[Fault]) -> TitlesFile:
    """The titles of titles.toml; none where they cannot be read."""
    return read_toml_file(root, TitlesFile, faults, TITLES) or TitlesFile(rule={}, practice={})


def check_titles(file: TitlesFile, rules: Collection[str]) -> list[Fault]:
    """A fault for each title that is too long, of no rule of the editions, or that two rules have."""
    practice = title_faults(f"{TITLES}: practice", file.practice, file.practice.keys(), file.rule)
    return [*title_faults(f"{TITLES}: rule", file.rule, rules), *practice]
