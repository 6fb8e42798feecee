"""The heads of the plate of the ballot: who counts, how many are more than half, and persons drawn as seats."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label
from recruitment.diagram.canvas.builder import Easel, rectangle
from recruitment.diagram.canvas.plate import TextLine
from recruitment.diagram.canvas.sheets import Box
from recruitment.diagram.plates.ballots.content import FAVOUR, Count, ballot_rule, tally
from recruitment.law.comparisons import Share
from recruitment.law.rulebook import Rulebook

EXAMPLE: Final = Count(whole=12, present=7, written=3, favour=7)
"""The meeting in which it is shown who counts."""
WHOLES: Final = tuple(range(3, 17))
"""The numbers of members of which it is shown how many are more than half."""

_WHO = Label(zh="谁算在内", en="Who counts")
_WHOLE = Label(
    zh="应到会 {}：有表决权的正式党员，全部计入", en="should attend: {}, every full member with a right to vote"
)
_PRESENT = Label(zh="到会 {}", en="present {}")
_WRITTEN = Label(zh="书面意见 {}", en="written {}")
_ABSENT = Label(zh="缺席 {}", en="absent {}")
_EXCUSED = Label(
    zh="请了假的、没有到的，都仍在应到之内。因故不能到会、会前正式提出书面意见的，计入票数，不计入到会。",
    en="Who is excused or stays away is still one of those who should attend. "
    "A written opinion that came before the meeting is a vote, but no attendance.",
)
_HALF_OF = Label(zh="几人才算过半", en="How many are more than half")
_OF = Label(zh="应到", en="of")
_AT_LEAST = Label(zh="至少", en="at least")
_MORE = Label(
    zh="超过一半才算过半：双数的正好一半不够，单数的从一半往上取整。到会和赞成用同一把尺。",
    en="More than half: exactly half of an even number is not enough; of an odd one it is the next number above half. "
    "The same measure serves for attendance and for votes in favour.",
)
_LEAST = Label(zh="达到一半就算。", en="Half is enough.")
_LETTER = Label(zh="书", en="w")
_LETTER_BOX: Final = (24.0, 30.0)
_PITCH: Final = 58.0


def seats(easel: Easel, code: str, count: Count, left: float, y: float, *, size: float, pitch: float) -> None:
    """A row of persons: those counted, those who wrote, and the others."""
    for n in range(count.whole):
        x = left + (n + 0.5) * pitch
        easel.put(f"{code}_seat_{n}", "seat" if n < count.present else "seat_free", Box(x, y, size, size))
        if count.present <= n < count.present + count.written:
            letter(easel, f"{code}_letter_{n}", x, y)


def letter(easel: Easel, code: str, x: float, y: float) -> None:
    """The sign of a written opinion, in the middle of a seat."""
    wide, high = _LETTER_BOX
    easel.say(code, [TextLine(easel.text(_LETTER), "small")], x - wide / 2, y - high / 2, wide, "centre")


def who_counts(easel: Easel, left: float, top: float, right: float, bottom: float) -> None:
    """The card that says who counts: all members with a vote as seats, and what each is counted for."""
    easel.put("who_card", "card", rectangle(left, top, right, bottom))
    easel.say("who_head", [TextLine(easel.text(_WHO), "head")], left + 12, top + 10, 180)
    count, begin = EXAMPLE, left + 206
    end = begin + count.whole * _PITCH
    whole = TextLine(easel.text(_WHOLE, count.whole), "strong")
    easel.say("who_whole", [whole], begin, top + 10, end - begin, "centre")
    easel.put("who_bracket", "rule", rectangle(begin + 4, top + 48, end - 4, top + 51))
    seats(easel, "who", count, begin, top + 84, size=44, pitch=_PITCH)
    parts = (
        ("present", _PRESENT, count.present),
        ("written", _WRITTEN, count.written),
        ("absent", _ABSENT, count.whole - count.present - count.written),
    )
    at = begin
    for name, label, number in parts:
        to = at + number * _PITCH
        easel.put(f"who_{name}_bracket", "rule", rectangle(at + 5, top + 116, to - 5, top + 118))
        easel.say(
            f"who_{name}", [TextLine(easel.text(label, number), "strong")], at - 2, top + 121, to - at + 4, "centre"
        )
        at = to
    excused = easel.lines(easel.text(_EXCUSED), "plain", right - left - 30)
    easel.say("who_excused", excused, left + 12, top + 164, right - left - 24)


def how_many(easel: Easel, rulebook: Rulebook, left: float, top: float, right: float, bottom: float) -> None:
    """The card that says how many are more than half of each number, as the rules of quorum and majority answer."""
    easel.put("half_card", "card", rectangle(left, top, right, bottom))
    easel.say("half_head", [TextLine(easel.text(_HALF_OF), "head")], left + 12, top + 10, 500)
    begin = left + 106
    step = (right - begin - 16) / len(WHOLES)
    upper, lower = top + 68, top + 114
    easel.say("half_of", [TextLine(easel.text(_OF), "plain")], left + 12, upper, 88)
    easel.say("half_least", [TextLine(easel.text(_AT_LEAST), "strong")], left + 12, lower, 88)
    easel.put("half_rule", "rule", rectangle(left + 22, lower - 4, right - 20, lower - 2))
    for n, whole in enumerate(WHOLES):
        found = tally(rulebook, Count(whole=whole, present=whole, favour=whole))
        needed = "/".join(str(limit) for limit in sorted({found.quorum.limit, found.majority.limit}))
        x = begin + n * step
        easel.say(f"half_of_{whole}", [TextLine(str(whole), "plain")], x, upper, step - 5, "centre")
        easel.say(f"half_least_{whole}", [TextLine(needed, "strong")], x, lower, step - 5, "centre")
    share = next(c for c in ballot_rule(rulebook, FAVOUR).compare if isinstance(c, Share))
    note = easel.text(_MORE if share.must_be == "more_than_half" else _LEAST)
    easel.say("half_note", easel.lines(note, "plain", right - left - 30), left + 12, top + 164, right - left - 24)
