"""What a plate of changes is lettered from: procedures as rows, and what differs at each as entries of short texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from attrs import frozen

from recruitment.diagram.canvas.plate import LineLook

Sort = Literal["added", "changed", "gone", "same"]
SIGNS: Final[Mapping[Sort, str]] = {"added": "＋", "changed": "≠", "gone": "－", "same": "＝"}
"""The sign of each sort of change; CJK fonts hold every one of them."""
WEIGHTS: Final[Mapping[str, int]] = {"bar": 5, "duty": 4, "usual": 3, "advice": 1}
"""What an entry weighs that speaks of a rule, by its force: where there is no room the least goes first."""
PROCEDURE: Final = 2
WORDING: Final = 0
"""What an entry weighs that speaks of a procedure itself, and one that changes no more than a word of the text."""


@frozen
class Said:
    """A text and how it is lettered, not yet broken into lines."""

    text: str
    look: LineLook = "plain"


@frozen(kw_only=True)
class ChangeEntry:
    """One thing that differs: what was, what is, where each is written, and how much it weighs."""

    code: str
    sort: Sort
    old: tuple[Said, ...] = ()
    new: tuple[Said, ...] = ()
    old_place: tuple[str, ...] = ()
    new_place: tuple[str, ...] = ()
    force: str = ""
    weight: int


@frozen(kw_only=True)
class ChangeRow:
    """A procedure, or what several have in common, with all that differs."""

    code: str
    """The code of the procedure; `across.` or `policy.` and a code where the row speaks of several."""
    number: int | None
    """The number of the procedure on the chart; None beside the main line and for several."""
    name: str
    body: str = ""
    """The name of the body whose act it is."""
    entries: tuple[ChangeEntry, ...] = ()
    same: int = 0
    """How many of its rules say the same in both editions."""
    reworded: int = 0
    """How many of them say the same in other words."""
    moved: int = 0
    """How many of its rules are in another article."""
    moved_from: str = ""
    """The articles that those were in."""
    moved_to: str = ""
    """The articles that they are in now."""
    hidden: int = 0
    """How many entries the sheet had no room for."""

    @property
    def sort(self) -> Sort:
        """Whether the procedure is new, gone, changed in anything but a word of the text, or the same."""
        if any(entry.code == self.code and entry.sort != "changed" for entry in self.entries):
            return self.entries[0].sort
        return "changed" if self.hidden or any(entry.weight != WORDING for entry in self.entries) else "same"


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in their order, those that follow each other as from and to."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in found)
