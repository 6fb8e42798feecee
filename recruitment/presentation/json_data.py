"""Plain data of what the library shows: the JSON that every command prints, the same for hosts that embed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from recruitment.base.plain import nameless
from recruitment.engine.change import Change
from recruitment.engine.findings import Finding
from recruitment.engine.judging import dead_end, lawful_from
from recruitment.engine.rejudge import Rejudged
from recruitment.engine.ruling import Ruling
from recruitment.forecast.status import Due, Next, Status
from recruitment.forecast.waiting import Waiting
from recruitment.formats.dossier.documents import act_data
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook, laid, national
from recruitment.presentation.findings.remedies import way_out
from recruitment.presentation.findings.sentences import data as finding_data
from recruitment.record.acts import Correct


def iso_day(day: date | None) -> str | None:
    """A day as JSON writes it."""
    return None if day is None else day.isoformat()


def findings_data(findings: Iterable[Finding], editions: Editions, *, advice: bool = False) -> list[dict[str, Any]]:
    """Findings in the one schema, each in the words of its edition; advice only where it is asked for."""
    return [
        finding_data(finding, editions.named(finding.edition))
        for finding in findings
        if advice or finding.force != "advice"
    ]


def next_data(item: Next, rulebook: Rulebook) -> dict[str, Any]:
    """A procedure that may come now."""
    procedure = item.procedure
    return {
        "code": procedure.code,
        "number": procedure.number,
        "zh": procedure.zh,
        "en": procedure.en,
        "body": procedure.body,
        "body_zh": rulebook.word(procedure.body, "zh"),
        "body_en": rulebook.word(procedure.body, "en"),
        "papers": list(item.papers),
        "outcomes": list(dict.fromkeys(outcome.code for outcome in procedure.outcomes)),
        "first_day": iso_day(item.first_day),
    }


def limit_data(due: Due) -> dict[str, Any]:
    """A limit that is running or has passed."""
    return {
        "rule": due.rule.code,
        "act": due.procedure.code,
        "number": due.procedure.number,
        "force": due.rule.force,
        "article": ", ".join(due.rule.citation.articles) or None,
        "edition": national(due.edition),
        "anchor": iso_day(due.anchor),
        "last_day": iso_day(due.last_day),
        "overdue": due.overdue,
        "body": due.procedure.body,
        "zh": due.rule.clause.zh,
        "en": due.rule.clause.en,
    }


def waiting_data(owed: Waiting, rulebook: Rulebook) -> dict[str, Any]:
    """What is owed promptly and not done: the one schema of it everywhere; in the words of today's edition."""
    return {
        "rule": owed.rule.code,
        "act": owed.procedure.code,
        "since": iso_day(owed.since),
        "days": owed.days,
        "last_day": iso_day(owed.last_day),
        "article": ", ".join(owed.rule.citation.articles) or None,
        "edition": national(rulebook.code),
        "zh": owed.rule.clause.zh,
        "en": owed.rule.clause.en,
    }


def show_data(view: Status, rulebook: Rulebook) -> dict[str, Any]:
    """A file as it is now: what `show --json` prints."""
    dates = view.dates
    return {
        "id": view.case.file.id,
        "standing": view.standing,
        "stage": view.stage,
        "edition": national(rulebook.code),
        "overlays": laid(rulebook.code),
        "yielded": [{"rule": code, "zh": label.zh, "en": label.en} for code, label in rulebook.yielded],
        "acts": len(view.case.acts),
        "procedures": [
            {
                "code": mark.procedure.code,
                "number": mark.procedure.number,
                "stage": mark.procedure.stage,
                "zh": mark.procedure.zh,
                "en": mark.procedure.en,
                "done": mark.done,
                "dates": [iso_day(day) for day in mark.dates],
                "entries": [iso_day(day) for day in mark.entries],
            }
            for mark in view.marks
        ],
        "dates": {
            "activist": iso_day(dates.activist),
            "candidate": iso_day(dates.candidate),
            "admission": iso_day(dates.admission),
            "end_of_probation": iso_day(dates.end_of_probation),
            "conversion_counts_from": iso_day(dates.conversion_counts_from),
            "extended_to": iso_day(dates.extended_to),
        },
        "next": [next_data(item, rulebook) for item in view.next],
        "due": [limit_data(due) for due in view.due if not due.overdue],
        "overdue": [limit_data(due) for due in view.overdue],
        "waiting": [waiting_data(owed, rulebook) for owed in view.waiting],
        "away": iso_day(view.away),
        "end": None if view.end is None else {"code": view.end.code, "on": iso_day(view.end.on)},
        "beside": [
            {**act_data(act), "zh": rulebook.by_code[act.code].zh, "en": rulebook.by_code[act.code].en}
            for act in view.beside
        ],
        "complete": view.case.file.complete,
    }


def ruling_data(ruling: Ruling, editions: Editions, *, advice: bool = False) -> dict[str, Any]:
    """A ruling: whether the act is admitted, and every finding."""
    return {
        "file": ruling.case.file.id,
        "act": ruling.act.code,
        "outcome": ruling.outcome,
        "index": len(ruling.case.acts),
        "on": iso_day(ruling.act.on),
        "edition": national(ruling.edition),
        "overlays": laid(ruling.edition),
        "admitted": ruling.admitted,
        "findings": findings_data(ruling.findings, editions, advice=advice),
        **({"changes": changes_data(ruling.changes, editions)} if isinstance(ruling.act, Correct) else {}),
    }


def day_data(ruling: Ruling, editions: Editions, *, today: date) -> dict[str, Any]:
    """When an act that was asked for would be admitted as it is, and the way out where it would be on no day."""
    out = way_out(ruling, editions.named(ruling.edition)) if dead_end(editions, ruling, today=today) else None
    return {
        "first_day": iso_day(lawful_from(editions, ruling, today=today)),
        "way_out": None if out is None else {"zh": out.zh, "en": out.en},
    }


def changes_data(changes: Iterable[Change], editions: Editions) -> list[dict[str, Any]]:
    """What changed: for each rule on each act the value and the finding before and after."""

    def side(finding: Finding | None) -> dict[str, Any] | None:
        return None if finding is None else finding_data(finding, editions.named(finding.edition))

    return [
        {
            "index": change.index,
            "act": (change.after or change.before).act,  # type: ignore[union-attr]  # one of them is there
            "rule": change.rule,
            "before": side(change.before),
            "after": side(change.after),
        }
        for change in changes
    ]


def _edition_data(edition: str, content: str) -> dict[str, Any]:
    return {"edition": national(edition), "overlays": laid(edition), "book": content}


def rejudged_data(found: Rejudged, editions: Editions) -> dict[str, Any]:
    """A record against another judgement: what would change, be refused, or leave the file in another state."""
    return {
        "file": found.case.file.id,
        "same": not (found.changes or found.refused or found.moved),
        "other_books": found.other_books,
        "acts": [
            {
                "index": step.index,
                "act": step.act.code,
                "on": iso_day(step.act.on),
                "then": _edition_data(*step.then),
                "now": _edition_data(*step.now),
                "refused_by": findings_data(step.refused_by, editions, advice=True),
            }
            for step in found.steps
        ],
        "changes": changes_data(found.changes, editions),
        "refused": [step.index for step in found.refused],
        "standing": {"then": found.case.standing, "now": found.after.standing},
        "state": {"then": found.case.state.name, "now": found.after.state.name},
    }


def whole_rule_data(rulebook: Rulebook, rule: Rule) -> dict[str, Any]:
    """A rule as JSON: what it is, where it is written, and when that was last checked."""
    document = rulebook.documents[rule.citation.document]
    return {
        "rule": rule.code,
        "edition": national(rulebook.code),
        "overlays": laid(rulebook.code),
        "acts": list(rule.acts),
        "outcomes": list(rule.outcomes),
        "force": rule.force,
        "word": rule.word,
        "document": {"code": document.code, "zh": document.zh, "en": document.en, "number": document.number},
        "article": ", ".join(rule.citation.articles) or None,
        "zh": rule.clause.zh,
        "en": rule.clause.en,
        "kinds": [comparison.kind for comparison in rule.compare],
        "read_as": list(rule.read_as),
        "since": rule.since.isoformat() if rule.since else None,
        "checked_on": rule.checked_on.isoformat(),
        "checked_against": rule.checked_against,
    }


def nameless_evidence(evidence: dict[str, Any]) -> dict[str, Any]:
    """The evidence of an act without the names of people, and of a correction of them; those of branches stay."""
    kept = {key: nameless(value) for key, value in evidence.items()}
    if kept.get("field") in ("name", "born"):
        kept.pop("with", None)
    elif isinstance(kept.get("with"), dict):
        kept["with"] = nameless_evidence(kept["with"])
    return kept
