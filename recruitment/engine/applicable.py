"""By which edition an act of a file is judged: the one it pins, or the one in force on the day that decides. Pure."""

from __future__ import annotations

from datetime import date

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act, File
from recruitment.record.case import Case


def edition_of(editions: Editions, case: Case, act: Act) -> Rulebook:
    """The edition that an act of a file is judged by, with the file's local editions laid on it (`edition_on`)."""
    return edition_on(editions, case, act.on)


def edition_on(editions: Editions, case: Case, day: date) -> Rulebook:
    """The edition for a day of a file, the pinned one or else the one in force, with its local editions laid on it.

    Raises:
        BadInput: the file names an edition or a local edition that is not known.
    """
    return edition_of_file(editions, case.file, day if case.file.edition else deciding_day(editions, case, day))


def edition_of_file(editions: Editions, file: File, day: date) -> Rulebook:
    """The edition for a file: the one it pins, or else the one of the day that decides."""
    if file.edition is None:
        rulebook = editions.on(day)
    else:
        found = [rulebook for rulebook in editions.rulebooks if rulebook.code == file.edition]
        if not found:
            names = [rulebook.code for rulebook in editions.rulebooks]
            near = nearest(file.edition, names) or names[-1]
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


def deciding_day(editions: Editions, case: Case, day: date) -> date:
    """The day that decides which edition is in force for a day of a file: that day itself.

    Under the policy `edition-of-act` "pinned" it is the day of the file's first act, for all of its acts.
    """
    return case.acts[0].on if editions.pinned and case.acts else day


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
            en=f"the local edition {code} does not lie on the edition {rulebook.code}; "
            "remove it, or pin an edition it lies on",
        ),
    )
