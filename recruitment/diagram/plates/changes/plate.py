"""The plate of changes: two editions side by side, the procedures between them, and what differs in each."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label, Lang
from recruitment.diagram.canvas.plate import Plate
from recruitment.diagram.plates.changes.columns import ChangeSection
from recruitment.diagram.plates.changes.content import Reader, moved_rules
from recruitment.diagram.plates.changes.entries import SIGNS, Said, ranges
from recruitment.diagram.plates.changes.layout import facing
from recruitment.diagram.plates.course.order import links_of, stage_title
from recruitment.law.edition_diff import Difference, difference
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.names import day_words, edition_name

ACROSS: Final = "across"
_TITLE: Final = Label(zh="{} → {}：改了什么", en="{} → {}: what changed")
_SUBTITLE: Final = Label(
    zh="{} 个程序中 {} 个有改动，{} 个不变 · 自{}起施行",
    en="{} procedures: {} changed, {} as before · in force since {}",
)
_ACROSS: Final = Label(zh="不止一个阶段的", en="Over several stages")
_ADDED: Final = Label(zh="{} 新增 {} 条", en="{} {} rules added")
_CHANGED: Final = Label(zh="{} 修改 {} 条", en="{} {} changed")
_WORDING: Final = Label(zh="（其中 {} 条只改用词）", en=" ({} in a word only)")
_GONE: Final = Label(zh="{} 取消 {} 条", en="{} {} gone")
_SAME: Final = Label(
    zh="{} 要求不变 {} 条，其中文字有改动 {} 条，条号改变 {} 条",
    en="{} {} ask the same, {} of them in other words, {} in another article",
)
_SHIFT: Final = Label(zh="条号：第 {} 条 → 第 {} 条", en="articles {} → {}")
_NOTE: Final = Label(
    zh="数字为规则条数；材料、结果另列。各条是转述，不能代替原文。",
    en="Counted are rules; papers and outcomes come beside. The clauses are told in other words and no substitute "
    "for the text.",
)


def changes_plate(old: Rulebook, new: Rulebook, lang: Lang) -> Plate:
    """What the new edition changes from the old one, at each of the procedures."""
    found = difference(old, new)
    reader = Reader(found, lang)
    sections = _sections(found, reader, lang)
    rows = [row for section in sections for row in section.rows if row.number is not None]
    changed = sum(1 for row in rows if row.sort != "same")
    heads = edition_name(old, lang), edition_name(new, lang)
    plate = Plate(
        name="changes",
        lang=lang,
        title=_TITLE.words(lang).format(*heads),
        subtitle=_SUBTITLE.words(lang).format(len(rows), changed, len(rows) - changed, day_words(new.in_force, lang)),
        groups=(),
        links=links_of(new),
    )
    return facing(plate, sections, heads, _key(found, lang))


def _sections(found: Difference, reader: Reader, lang: Lang) -> list[ChangeSection]:
    """The stages with their procedures, those that are gone at their old places, and what goes across them."""
    stages = {stage.number: stage for rulebook in (found.old, found.new) for stage in rulebook.stages}
    procedures = {p.code: p for rulebook in (found.old, found.new) for p in rulebook.procedures}
    sections = []
    for number in sorted(stages):
        members = sorted((p for p in procedures.values() if p.stage == number), key=lambda p: p.number)
        title = stage_title(stages[number], lang)
        sections.append(ChangeSection(f"stage_{number}", title, tuple(reader.row(p) for p in members)))
    beside = {d.code: d for rulebook in (found.old, found.new) for d in rulebook.detours}
    across = [row for row in (*reader.across(), *(reader.row(d) for d in beside.values())) if row.entries]
    if across:
        sections.append(ChangeSection(ACROSS, _ACROSS.words(lang), tuple(across)))
    return sections


def _key(found: Difference, lang: Lang) -> list[Said]:
    """What every sign means, with how many rules it marks, and where the articles went."""
    wording = sum(1 for change in found.changed if change.parts == ("word",))
    moved, reworded = len(moved_rules(found)), len(found.reworded)
    same = len(found.new.rules) - len(found.added) - len(found.changed)
    counted = [
        _ADDED.words(lang).format(SIGNS["added"], len(found.added)),
        _CHANGED.words(lang).format(SIGNS["changed"], len(found.changed))
        + (_WORDING.words(lang).format(wording) if wording else ""),
        _GONE.words(lang).format(SIGNS["gone"], len(found.gone)),
    ]
    said = [Said(" · ".join(counted), "strong")]
    said.append(Said(_SAME.words(lang).format(SIGNS["same"], same, reworded, moved), "strong"))
    shifts = _shifts(found)
    if shifts:
        said.append(Said("；".join(_SHIFT.words(lang).format(*pair) for pair in shifts), "small"))
    said.append(Said(_NOTE.words(lang), "quiet"))
    return said


def _shifts(found: Difference) -> list[tuple[str, str]]:
    """From which articles to which the rules moved that say the same, those together that moved as far."""
    moved: dict[int, set[int]] = {}
    for change in moved_rules(found):
        assert change.old is not None
        assert change.new is not None
        pairs = zip(change.old.citation.articles, change.new.citation.articles, strict=False)
        for one, other in pairs:
            if one.isdecimal() and other.isdecimal() and one != other:
                moved.setdefault(int(other) - int(one), set()).add(int(one))
    return [(ranges(some), ranges(n + far for n in some)) for far, some in sorted(moved.items())]
