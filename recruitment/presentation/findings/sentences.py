"""What findings say: one sentence in each language, from the clause and what was compared.

Sentences are made here and nowhere else, when a finding is shown. `data` is the one schema in which every surface of
the library shows a finding.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from recruitment.base.label import Lang, listed
from recruitment.base.plain import flat, iso
from recruitment.engine.findings import Finding
from recruitment.law.comparisons import NotInFuture, Once, Order
from recruitment.law.rulebook import Rulebook, national
from recruitment.presentation.findings.answers import answered, count_names, each_answered, missing_words
from recruitment.presentation.findings.citations import article
from recruitment.presentation.findings.names import chinese_number, day_words, name, value_words
from recruitment.presentation.findings.readings import (
    BESIDE_TIME,
    as_reading,
    deciding_policies,
    limit_of,
    notice_limit,
    provisional,
)
from recruitment.presentation.findings.words import LIMITS, NOTES, VERDICTS

# ------------------------------------------------------------------------------------------- what was compared


def _time(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """The two days of a limit of time, and the reading that decided it."""
    check = finding.check
    zh = lang == "zh"
    limit = limit_of(finding)
    if limit is None:  # the rulebook has changed since: the days alone are shown
        return f"{value_words(check.anchor, rulebook, lang)} – {value_words(check.limit, rulebook, lang)}"
    path = limit.anchor or ""
    if limit.anchor_policy:
        # Under any other reading the anchor may have fallen back to the meeting, so the policy alone is named.
        path = (limit.anchors or {})["meeting"] if rulebook.policies.get(limit.anchor_policy) == "meeting" else ""
    head = path.removesuffix(".on")
    what = name(head, rulebook, lang) if path else ""
    if head.startswith("case."):
        what = rulebook.word(head.removeprefix("case."), lang)
    if path == "on":
        what = "本项之日" if zh else "the day of this act"
    anchor = day_words(check.anchor, lang)
    since = (
        f"自{anchor}{f'（{what}）' if what else ''}起算"
        if zh
        else f"counted from {anchor}{f' ({what})' if what else ''}"
    )
    text = LIMITS[limit.must_be].words(lang).format(since=since, limit=day_words(check.limit, lang))
    if isinstance(check.actual, date):
        actual = day_words(check.actual, lang)
        if limit.value == "on":
            text += f"，记为{actual}" if zh else f"; dated {actual}"
        else:
            called = name(limit.value, rulebook, lang)
            text += f"，“{called}”记为{actual}" if zh else f"; {called}: {actual}"
    # What a note says of its reading is said there.
    policies = (policy for policy in deciding_policies(finding, rulebook) if (policy, check.note) not in _SAID_IN_NOTE)
    return text + as_reading(policies, rulebook, lang)


_SAID_IN_NOTE: Final = (("new-limit-start", "new-limit"), ("extension-sum", "extended"))


def _workdays(finding: Finding, number: int, rulebook: Rulebook, lang: Lang) -> str:
    """The days of a public notice."""
    check = finding.check
    since, limit = day_words(check.anchor, lang), day_words(check.limit, lang)
    if lang == "zh":
        text = f"公示自{since}开始，第{chinese_number(number)}个工作日为{limit}"
        text += "" if check.actual is None else f"，实际公示{check.actual}个工作日"
    else:
        text = f"the notice began on {since}, so working day {number} is {limit}"
        text += "" if check.actual is None else f"; it stood for {check.actual}"
    return text + as_reading(deciding_policies(finding, rulebook), rulebook, lang)


def _side(paths: str, rulebook: Rulebook, lang: Lang) -> str:
    return listed((name(path, rulebook, lang) for path in paths.split("+")), lang)


def _note(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """The words of the note on a check; empty where it has none.

    Raises:
        KeyError: a note without words (a mistake in the library; a test walks over all of them).
    """
    check = finding.check
    if check.note is None:
        return ""
    zh = lang == "zh"
    show = partial(value_words, rulebook=rulebook, lang=lang)
    given: dict[str, str] = {
        "anchor": show(flat(check.anchor)),
        "limit": show(flat(check.limit)),
        "actual": show(flat(check.actual)),
        "about": name(check.about or "", rulebook, lang),
        "in_force": show(finding.rule.since or rulebook.in_force),
        "reading": as_reading(deciding_policies(finding, rulebook), rulebook, lang),
        "left": "",
        "right": "",
        "least": show(check.limit),
        "held": "",
        "after": "",
        "answered": "",
        "part": "",
        "whole": "",
    }
    if check.note == "period":
        held = isinstance(check.actual, date)
        given["after"] = show(check.anchor + timedelta(days=1))
        given["held"] = (
            (f"于{given['actual']}办过" if held else "没有记录")
            if zh
            else (f"held on {given['actual']}" if held else "none recorded")
        )
    elif check.note == "balance":
        left, _, right = (check.about or "").replace("≤", "=").partition("=")
        given["left"], given["right"] = _side(left, rulebook, lang), _side(right, rulebook, lang)
    elif check.note == "evidence":
        given["answered"] = answered(finding, rulebook, lang)
    elif check.note == "each":
        given["answered"] = each_answered(finding, rulebook, lang)
    elif check.note in ("more_than_half", "at_least_half", "must-miss"):
        given |= count_names(finding, rulebook, lang)
    elif check.note == "people":
        least, most = check.limit
        few = f"{least}" if least == most else f"{least}至{most}" if zh else f"{least} to {most}"
        given["least"] = f"{few}人" if zh else few
    elif check.note == "among":
        given["limit"] = name(str(check.limit), rulebook, lang)
    return NOTES[check.note].words(lang).format(**given)


def _compared(finding: Finding, rulebook: Rulebook, lang: Lang) -> list[str]:
    """The clauses of a sentence that say what was compared."""
    check = finding.check
    said = []
    if isinstance(check.anchor, date) and isinstance(check.limit, date) and check.note in BESIDE_TIME:
        notice = notice_limit(finding)
        if notice is not None:
            said.append(_workdays(finding, notice.at_least, rulebook, lang))
        else:
            said.append(_time(finding, rulebook, lang))
    elif check.note in (None, "each") and check.about and check.actual == []:
        said.append(f"{name(check.about.partition('.')[0], rulebook, lang)}{'：无' if lang == 'zh' else ': none'}")
    # Where the record lacks what is asked, "recorded is none" would say more than is known.
    if not (finding.value == "unknown" and check.note in _EMPTY_IF_UNKNOWN and check.actual in (None, [], {})):
        said.append(_note(finding, rulebook, lang))
    if check.note != "provisional" and provisional(finding, rulebook):
        said.append(NOTES["provisional"].words(lang))
    return [part for part in said if part]


_EMPTY_IF_UNKNOWN: Final = ("evidence", "table", "people", "each", "elapsed", "among")


# ------------------------------------------------------------------------------------------- the whole


def sentence(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """What a finding says to people: the verdict, the clause, what was compared, what is missing, when, and why not."""
    check = finding.check
    zh = lang == "zh"
    parts = _compared(finding, rulebook, lang)
    # Of a clause that holds for every act, what is the matter with this one says more; it stays in the rulebook.
    if not parts or not any(isinstance(c, Order | Once | NotInFuture) for c in finding.rule.compare):
        parts.insert(0, finding.rule.clause.words(lang).rstrip(".。"))
    parts[0] = f"{VERDICTS[finding.value].words(lang)}{'：' if zh else ': '}{parts[0]}"
    if check.lacks and check.note != "not-done":
        lacks = missing_words(check.lacks, finding, rulebook, lang)
        parts.append(f"记录中缺少：{lacks}" if zh else f"missing in the record: {lacks}")
    if finding.value != "met":
        said = "".join(parts[1:])
        for day, words in (
            (check.first_day, ("起可行", "possible from")),
            (check.last_day, ("为止可行", "possible until")),
        ):
            if day is not None and day_words(day, lang) not in said:
                parts.append(f"{day_words(day, lang)}{words[0]}" if zh else f"{words[1]} {day}")
    if finding.reason:
        parts.append(f"记录的理由：{finding.reason}" if zh else f"recorded reason: {finding.reason}")
    if finding.on_trust:
        parts.append(f"凭信录入：{finding.on_trust}" if zh else f"let through on trust: {finding.on_trust}")
    if zh:
        return "。".join(part.rstrip("。") for part in parts) + "。"
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts) + "."


def data(finding: Finding, rulebook: Rulebook) -> dict[str, Any]:
    """The one schema of a finding, ready for JSON."""
    check = finding.check
    return {
        "rule": finding.rule.code,
        "act": finding.act,
        "index": finding.index,
        "on": iso(finding.on),
        "force": finding.force,
        "value": finding.value,
        "article": article(finding, rulebook),
        "edition": national(finding.edition),
        "compared": {
            "anchor": iso(flat(check.anchor)),
            "limit": iso(flat(check.limit)),
            "actual": iso(flat(check.actual)),
        },
        "first_day": iso(check.first_day),
        "last_day": iso(check.last_day),
        "reason": finding.reason,
        "on_trust": finding.on_trust,
        "policies": list(deciding_policies(finding, rulebook)),
        "provisional": provisional(finding, rulebook),
        "zh": sentence(finding, rulebook, "zh"),
        "en": sentence(finding, rulebook, "en"),
    }
