"""What a plate of changes is lettered from: procedures as rows, and what differs at each as entries of short texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from attrs import frozen

from recruitment.diagram.canvas.plates import LineLook
from recruitment.rulebook import Rulebook, laid
from recruitment.wording import Label

Sort = Literal["added", "changed", "gone", "same"]
SIGNS: Final[Mapping[Sort, str]] = {"added": "＋", "changed": "≠", "gone": "－", "same": "＝"}
"""The sign of each sort of change; CJK fonts hold every one of them."""
PARTS: Final[Mapping[str, Label]] = {
    "zh": Label("名称", "name"),
    "en": Label("名称", "name"),
    "number": Label("序号", "number"),
    "stage": Label("阶段", "stage"),
    "body": Label("办理者", "who acts"),
    "after": Label("此前须办成", "comes after"),
    "chart": Label("流程图上在前", "the chart puts first"),
    "chart_when": Label("流程图适用的条件", "when the chart speaks"),
    "papers": Label("材料", "papers"),
    "outcomes": Label("结果", "outcomes"),
    "again": Label("再次办理", "done again"),
    "until": Label("办到何时为止", "until"),
    "standing": Label("此后的身份", "standing from then on"),
    "lapse": Label("失效", "lapse"),
    "standings": Label("何种身份可以办理", "whoever is"),
    "first": Label("可作首项", "may begin a file"),
    "ends": Label("终止", "ends the file"),
    "force": Label("力度", "force"),
    "word": Label("用词", "word of the text"),
    "compare": Label("比较的内容", "what is compared"),
    "when": Label("适用条件", "conditions"),
    "acts": Label("适用的程序", "acts"),
    "since": Label("起始日", "since"),
    "excused_by_reason": Label("记明理由可免", "excused by a reason"),
}
"""The attributes of procedures and rules that may differ, by their names for people."""
PROCEDURE: Final = 2
WORDING: Final = 0
"""What an entry weighs that speaks of a procedure itself, and one that changes no more than a word of the text."""


@frozen
class Said:
    """A text and how it is lettered, not yet broken into lines."""

    text: str
    look: LineLook = "plain"


@frozen(kw_only=True)
class Entry:
    """One thing that differs: what was, what is, where each stands written, and how much it weighs."""

    code: str
    sort: Sort
    old: tuple[Said, ...] = ()
    new: tuple[Said, ...] = ()
    old_place: tuple[str, ...] = ()
    new_place: tuple[str, ...] = ()
    force: str = ""
    weight: int


@frozen(kw_only=True)
class Row:
    """A procedure, or what several have in common, with all that differs.

    `same` of its rules say the same in both, `moved` of them in another article, from `moved_from` to `moved_to`.
    `hidden` are the entries for which the sheet had no room.
    """

    code: str
    number: int | None
    name: str
    body: str = ""
    entries: tuple[Entry, ...] = ()
    same: int = 0
    moved: int = 0
    moved_from: str = ""
    moved_to: str = ""
    hidden: int = 0

    @property
    def sort(self) -> Sort:
        """Whether the procedure is new, gone, changed in anything but a word of the text, or the same."""
        if any(entry.code == self.code and entry.sort != "changed" for entry in self.entries):
            return self.entries[0].sort
        return "changed" if self.hidden or any(entry.weight != WORDING for entry in self.entries) else "same"


def called(book: Rulebook, lang: str) -> str:
    """The name of an edition, with the codes of the local editions laid on it."""
    return " + ".join((Label(book.zh, book.en).words(lang), *laid(book.code)))


def joined(words: Iterable[str], lang: str) -> str:
    """Words one after another."""
    return ("、" if lang == "zh" else ", ").join(words)


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in their order, those that follow each other as from and to."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in found)
