"""Which edition applies to a file on a day: the one it pins, or the one in force, with its local editions. Pure."""

from __future__ import annotations

from datetime import date

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import File


def applicable_edition(editions: Editions, file: File, day: date | None) -> Rulebook:
    """The edition in force on `day`, or else the one that the file pins, with the file's local editions added to it.

    `recruitment.engine.bound.BoundCase` asks this once for each day and keeps the answer.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    if day is not None:
        rulebook = editions.on(day)
    else:
        found = [rulebook for rulebook in editions.rulebooks if rulebook.code == file.edition]
        if not found:
            names = [rulebook.code for rulebook in editions.rulebooks]
            near = nearest(file.edition or "", names) or names[-1]
            raise BadInput.of(
                f"{file.id}: edition",
                Label(
                    zh=f"没有“{file.edition}”版；是否指 {near}？已知版本：{'、'.join(names)}",
                    en=f"there is no edition {file.edition}; did you mean {near}? known are {', '.join(names)}",
                ),
            )
        rulebook = found[0]
    if not file.overlays:
        return rulebook
    try:
        return editions.composed(rulebook, file.overlays)
    except KeyError as error:
        raise _no_overlay(editions, rulebook, file, error.args[0]) from None


def _no_overlay(editions: Editions, rulebook: Rulebook, file: File, code: str) -> BadInput:
    """What is wrong with a local edition that a file names."""
    where, known = f"{file.id}: overlays", [overlay.code for overlay in editions.overlays]
    if code not in known:
        near = nearest(code, known)
        return BadInput.of(
            where,
            Label(
                zh=f"没有“{code}”这一地方规定，{f'是否指 {near}？' if near else '请从档案中去掉'}",
                en=f"the local edition {code} is not known; "
                f"{f'did you mean {near}?' if near else 'remove it from the file'}",
            ),
        )
    if file.overlays.count(code) > 1:
        return BadInput.of(
            where, Label(zh=f"“{code}”写了两次，只留一个", en=f"the local edition {code} is named twice; name it once")
        )
    return BadInput.of(
        where,
        Label(
            zh=f"地方规定“{code}”不能用于{rulebook.code}版，请去掉，或者指定它适用的版本",
            en=f"the local edition {code} cannot be added to the edition {rulebook.code}; "
            "remove it, or pin an edition that it can be added to",
        ),
    )
