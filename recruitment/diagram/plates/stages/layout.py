"""Cards as what is drawn: panels, the boxes of their names, and words in places of their own."""

from __future__ import annotations

from math import fsum
from typing import Final

from attrs import frozen

from recruitment.diagram.canvas.plate import PanelLook, TextLine, Words
from recruitment.diagram.canvas.sheets import Box, Route, Sheet
from recruitment.diagram.canvas.typeset import high
from recruitment.diagram.plates.stages.cards import (
    APART,
    BELOW_HEAD,
    INSET,
    SIDES,
    SIGN,
    SIGN_PLACE,
    Card,
    CardNote,
    CardSetting,
    card_columns,
    head_height,
    head_lines,
    note_breadth,
    note_height,
    note_lines,
)
from recruitment.diagram.plates.stages.routing import RouteStop

LOOSE: Final = 16.0
"""The most that the room between two notes grows."""


@frozen(kw_only=True)
class PlacedCard:
    """The sheet, the lines of every head, the words and the panels."""

    sheet: Sheet
    heads: dict[str, tuple[TextLine, ...]]
    words: tuple[Words, ...]
    panels: tuple[tuple[str, PanelLook], ...]


@frozen
class Slot:
    """A card, how many columns it takes, and its left edge and breadth."""

    card: Card
    columns: int
    left: float
    breadth: float


class Composer:
    """Puts cards and chips in their places, and collects boxes, words and panels."""

    def __init__(self, setting: CardSetting) -> None:
        self.setting = setting
        self.boxes: dict[str, Box] = {}
        self.heads: dict[str, tuple[TextLine, ...]] = {}
        self.words: list[Words] = []
        self.panels: list[tuple[str, PanelLook]] = []
        self.edges: dict[str, tuple[float, float, float]] = {}
        """For each card and chip its upper edge, the middle of its head, and its lower edge."""

    def chip(self, card: Card, stop: RouteStop, lines: tuple[TextLine, ...], top: float) -> None:
        """A small box for what comes in or goes out."""
        height = high(lines) + 12
        self.boxes[card.code] = Box(stop.middle, top + height / 2, stop.right - stop.left, height)
        self.heads[card.code] = lines
        self.edges[card.code] = (top, top + height / 2, top + height)

    def card(self, slot: Slot, top: float, height: float, *, own: bool) -> None:
        """A card: its panel, its head, and its notes in columns."""
        setting, card = self.setting, slot.card
        x = slot.left + slot.breadth / 2
        panel = f"panel.{card.code}"
        self.boxes[panel] = Box(x, top + height / 2, slot.breadth, height)
        self.panels.append((panel, "card" if own else "lane"))
        (lines, beside), head = head_lines(card, setting, slot.columns), head_height(card, setting, slot.columns)
        if own:
            self.boxes[card.code] = Box(slot.left + setting.column / 2, top + head / 2, setting.column, head)
            self.heads[card.code] = lines
        else:
            self._words(f"{card.code}.head", lines, slot.left + INSET, top + 6, setting.column - 2 * INSET)
        if beside:
            left = slot.left + setting.column + setting.gutter / 2
            room = (head - high(beside)) / 2 - 2
            self._words(f"{card.code}.said", beside, left, top + room, setting.breadth(slot.columns - 1))
        self.edges[card.code] = (top, top + head / 2, top + height)
        heights = tuple(note_height(note, setting) for note in card.notes)
        for n, some in enumerate(card_columns(heights, slot.columns)):
            left = slot.left + n * (setting.column + setting.gutter) + INSET
            free = height - head - 2 * BELOW_HEAD - fsum(heights[m] for m in some) - APART * max(0, len(some) - 1)
            gap = APART + min(LOOSE, max(0.0, free) / max(1, len(some)))
            y = top + head + BELOW_HEAD
            for m in some:
                note = card.notes[m]
                said = note_lines(note, setting)
                self._sign(note, said[0], left, y)
                self._words(note.code, said, left + SIGN, y, note_breadth(setting))
                y += heights[m] + gap

    def _sign(self, note: CardNote, like: TextLine, left: float, top: float) -> None:
        """The sign of a note, as high as the line that it precedes."""
        height = high((like,)) + 4
        self.boxes[f"{note.code}.sign"] = Box(left + SIGN_PLACE / 2 - 2, top + height / 2, SIGN_PLACE, height)
        self.words.append(Words(code=f"{note.code}.sign", lines=(TextLine(note.sign, note.sign_look),), align="centre"))

    def _words(self, code: str, lines: tuple[TextLine, ...], left: float, top: float, wide: float) -> None:
        """Words in a place of their own; a sign is as high as the line that it belongs to."""
        height = high(lines) + 4
        # The lines begin at `left`, behind what is kept free at the side of a place.
        self.boxes[code] = Box(left + wide / 2 + 1, top + height / 2, wide + 2 * SIDES + 2, height)
        self.words.append(Words(code=code, lines=lines))

    def place(self, routes: tuple[Route, ...], width: float, height: float) -> PlacedCard:
        """All of it as values."""
        sheet = Sheet(boxes=self.boxes, frames={}, routes=routes, joins={}, width=width, height=height)
        return PlacedCard(sheet=sheet, heads=self.heads, words=tuple(self.words), panels=tuple(self.panels))
