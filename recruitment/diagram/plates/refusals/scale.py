"""A small scale of time: the day a limit counts from, the day that was tried, and the first or last lawful day."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from recruitment.base.label import Label
from recruitment.diagram.canvas.builder import Easel, rectangle
from recruitment.diagram.canvas.plate import Align, LineLook, TextLine
from recruitment.diagram.canvas.sheets import Box
from recruitment.engine.findings import Finding
from recruitment.presentation.findings.names import day_words

SCALE: Final = 104.0
"""How high a scale is."""

_ANCHOR = Label(zh="{} 起算", en="from {}")
_TRIED = Label(zh="× {} 要办", en="× tried {}")
_FIRST = Label(zh="✓ {} 起可办", en="✓ lawful from {}")
_LAST = Label(zh="{} 为止可办", en="lawful until {}")
_MARK: Final = 16.0
_LABEL: Final = 250.0
_HIGH: Final = 30.0


@frozen(kw_only=True)
class Moments:
    """The days of a finding: from when it counts, when it was tried, and the first or the last lawful day."""

    tried: date
    would: date
    last: bool
    anchor: date | None = None


def moments_of(finding: Finding) -> Moments | None:
    """The days of a finding that a scale can show; None where no day would put it right."""
    check = finding.check
    would = check.first_day or check.last_day
    if finding.value != "unmet" or would is None or would == finding.on:
        return None
    anchor = check.anchor if isinstance(check.anchor, date) and check.anchor != would else None
    return Moments(tried=finding.on, would=would, last=check.first_day is None, anchor=anchor)


def draw_scale(easel: Easel, code: str, moments: Moments, left: float, top: float, right: float) -> None:
    """The days on a line that is true to time: what was tried above it, what the rule says below."""
    known = (moments.tried, moments.would, *((moments.anchor,) if moments.anchor else ()))
    first, last = min(known), max(known)
    y, begin, end = top + 48, left + 14, right - 14
    share: float = (end - begin) / max((last - first).days, 1)

    def at(day: date) -> float:
        return float(begin + (day - first).days * share)

    easel.put(f"{code}_line", "rule", rectangle(begin, y - 1.5, end, y + 1.5))
    if moments.anchor is not None:
        lawful = rectangle(
            min(at(moments.anchor), at(moments.would)), y - 5, max(at(moments.anchor), at(moments.would)), y + 5
        )
        easel.put(f"{code}_span", "bar", lawful)
        easel.put(f"{code}_anchor", "seat_free", Box(at(moments.anchor), y, _MARK, _MARK))
    easel.put(f"{code}_would", "seat", Box(at(moments.would), y, _MARK, _MARK))
    easel.put(f"{code}_tried", "edge", rectangle(at(moments.tried) - 2, y - 18, at(moments.tried) + 2, y + 10))
    _mark(easel, f"{code}_tried_words", _TRIED, moments.tried, "warning", at(moments.tried), y - 48, left, right)
    label = _LAST if moments.last else _FIRST
    _mark(easel, f"{code}_would_words", label, moments.would, "small", at(moments.would), y + 12, left, right)
    if moments.anchor is not None:
        x = at(moments.anchor)
        # Two days that lie near each other are said apart, the earlier on the left.
        side = -1 if moments.anchor < moments.would else 1
        room = _room(left, right)
        if abs(x - at(moments.would)) < room:
            x = at(moments.would) + side * room
        _mark(easel, f"{code}_anchor_words", _ANCHOR, moments.anchor, "small", x, y + 12, left, right)


def _mark(
    easel: Easel, code: str, label: Label, day: date, look: LineLook, x: float, top: float, left: float, right: float
) -> None:
    """The words of a day, above or below its mark, and within the card."""
    line = TextLine(easel.text(label, day_words(day, easel.lang)), look)
    room = _room(left, right)
    start = min(max(x - room / 2, left), right - room)
    align: Align = "left" if start == left else "right" if start == right - room else "centre"
    easel.say(code, [line], start, top, room, align)


def _room(left: float, right: float) -> float:
    """How broad the words of a day may be: two of them are side by side."""
    return min(_LABEL, (right - left) / 2 - 4)
