"""The axis of the 25 procedures: where on it a day of the record is, and what that day is called."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from recruitment.base.label import Label, Lang
from recruitment.law.comparisons import DateLimit
from recruitment.law.rulebook import Detour, Procedure, Rulebook, Standing
from recruitment.presentation.findings.names import name
from recruitment.rulebooks.checks.values import JUDGED, Missing, resolve

OWN: Final = 0.42
"""How far what is within one procedure extends to either side of it, in columns."""
OPEN: Final = 1.6
"""How far a limit reaches whose end is no procedure, in columns."""
HERE: Final = "\0"
"""A sign for the act of a rule in a text, until all acts of which the text holds are known."""

_LATEST = Label(zh="（最晚的一个）", en=" (the latest of them)")
_FIELD = Label(zh="{}", en="“{}”")


@frozen(kw_only=True)
class Stretch:
    """From where to where a limit runs, in procedures; half of one is between two. `open`: its end is no procedure."""

    start: float
    end: float
    open: bool = False


class Axis:
    """The procedures of a rulebook by their numbers, named in one language."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang = lang
        self.gains: dict[Standing, Procedure] = {}
        for procedure in sorted(rulebook.procedures, key=lambda p: p.number):
            if procedure.standing:
                self.gains.setdefault(procedure.standing, procedure)
        # Probation ends where the limit ends to which extensions are added.
        self.probation = next(
            (a for r in rulebook.rules for c in r.compare if isinstance(c, DateLimit) and c.extension for a in r.acts),
            None,
        )

    # ------------------------------------------------------------------------------------- places

    def at(self, path: str, act: str) -> float:
        """Where a day of the record is, for a rule on that act."""
        head, _, rest = path.partition(".")
        if head == "file":
            return 0.0
        if path == "case.cultivated_since" and "activist" in self.gains:
            return float(self.gains["activist"].number)
        if path == "case.end_of_probation" and self.probation is not None:
            return self.rulebook.by_code[self.probation].number - 0.5
        if rest and head in self.rulebook.by_code and self.rulebook.by_code[head].number:
            return float(self.rulebook.by_code[head].number)
        procedure = self.rulebook.by_code[act]
        return self._while(procedure).end if isinstance(procedure, Detour) else float(procedure.number)

    def between(self, act: str, *paths: str) -> Stretch:
        """From the first to the last of these days, and about the procedure where they are the same."""
        places = [self.at(path, act) for path in paths]
        start, end = min(places), max(places)
        if start == end:
            return Stretch(start=start - OWN, end=end + OWN)
        # A place between two procedures has its own room next to the procedure, too.
        return Stretch(start=start, end=end + (OWN if start % 1 else 0.0))

    def about(self, act: str) -> Stretch:
        """The place of an act itself: its procedure, or as long as it may come beside the main line."""
        procedure = self.rulebook.by_code[act]
        return self._while(procedure) if isinstance(procedure, Detour) else self.between(act, "on")

    def onward(self, act: str) -> Stretch:
        """From an act on, with no procedure at its end."""
        start = self.at("on", act)
        return Stretch(start=start, end=start + OPEN, open=True)

    def _while(self, detour: Detour) -> Stretch:
        """Between which procedures a person has the standings in which an act beside the main line may come."""
        order = list(self.gains)
        held = [n for n, standing in enumerate(order) if standing in detour.standings]
        last = max(procedure.number for procedure in self.rulebook.procedures)
        if not held:
            return Stretch(start=0.0, end=float(last))
        until = self.gains[order[held[-1] + 1]].number if held[-1] + 1 < len(order) else last
        return Stretch(start=float(self.gains[order[held[0]]].number), end=float(until))

    # ------------------------------------------------------------------------------------- names

    def act(self, code: str) -> str:
        """An act by its number and its name; beside the main line by its name."""
        procedure = self.rulebook.by_code[code]
        label = procedure.chart_label.words(self.lang)
        if not procedure.number:
            return f"“{label}”"
        return f"{procedure.number} {label}"

    def name_of(self, path: str, act: str) -> str:
        """What a day of the record is called: another act by its number, the act of the rule itself left open."""
        head = path.removesuffix(".on")
        if path == "on" or head == act:
            return HERE
        if head in self.rulebook.by_code:
            number = self.rulebook.by_code[head].number
            return str(number) if number else self.act(head)
        text = name(f"{act}.{path}" if path in ("from", "to") else path, self.rulebook, self.lang)
        return text if "“" in text or path.startswith(("case.", "file.")) else _FIELD.words(self.lang).format(text)

    def short(self, path: str, act: str) -> str:
        """What a day of the record is called where a bar shows the rest: an act of the main line by its number."""
        text = self.name_of(path, act)
        number = self.rulebook.by_code[act].number
        return text if text != HERE or not number else str(number)

    def anchor(self, path: str, act: str) -> str:
        """What a limit counts from; where the record holds several days there, that the latest counts."""
        found = resolve(path, act) if act in JUDGED and path != "on" else None
        many = found is not None and not isinstance(found, Missing) and found.many
        return self.name_of(path, act) + (_LATEST.words(self.lang) if many else "")
