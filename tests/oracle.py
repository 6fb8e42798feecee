"""The rules for developing Party members stated a second time, by hand, as an oracle for the tests.

It imports nothing of the library: only the standard library and the calendar of working days.
Each rule is a small function under its own code, with its article (2014 | 2026) in the docstring, so that
it can be laid beside the articles and compared. It covers the cross-cutting rules, Stages 1 to 5 of the
main line and the acts beside it, with every policy at its default, what waits, and leaves out advice, local
editions and corrections. The input is the dossier format as plain dictionaries.

A rule is "met", "unmet" or "unknown". A missing key is unknown; null or an empty list means "none" and
is known.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import chinese_calendar

MET = "met"
UNMET = "unmet"
UNKNOWN = "unknown"

IN_FORCE_2014 = date(2014, 5, 28)
IN_FORCE_2026 = date(2026, 5, 11)
BRANCH_REGULATIONS = date(2018, 10, 28)
PROMPTLY_AT_MOST = 6
"""Months: as long as the text lets a conversion or an approval be put off."""

MISSING: Any = object()

ACTS = (
    "apply",
    "talk",
    "activist",
    "activist_filing",
    "mentors",
    "inspection",
    "candidate",
    "candidate_filing",
    "sponsors",
    "political_review",
    "training",
    "committee_review",
    "pre_review",
    "application_form",
    "admission_meeting",
    "committee_talk",
    "admission_approval",
    "superior_filing",
    "assignment",
    "oath",
    "probation_inspection",
    "conversion_application",
    "conversion_meeting",
    "conversion_approval",
    "archive",
)

# The outcomes under which an act is done, and those under which it is not.
GOOD = {
    "activist": ("chosen",),
    "activist_filing": ("filed",),
    "inspection": ("satisfactory",),
    "candidate": ("agreed",),
    "candidate_filing": ("filed", "agreed"),
    "political_review": ("passed",),
    "committee_review": ("passed",),
    "pre_review": ("passed",),
    "admission_meeting": ("passed",),
    "admission_approval": ("approved",),
    "probation_inspection": ("satisfactory", "unsatisfactory"),
    "conversion_meeting": ("convert", "extend", "cancel"),
    "conversion_approval": ("approved",),
}
BAD = {
    "activist": ("not_chosen",),
    "activist_filing": ("returned",),
    "inspection": ("unsatisfactory",),
    "candidate": ("not_agreed", "postponed"),
    "candidate_filing": ("returned", "postponed", "refused"),
    "political_review": ("failed",),
    "committee_review": ("failed",),
    "pre_review": ("failed",),
    "admission_meeting": ("failed", "no_quorum"),
    "admission_approval": ("refused",),
    "probation_inspection": (),
    "conversion_meeting": ("failed", "no_quorum"),
    "conversion_approval": ("refused",),
}

# What rests on what, when something is undone; the chart's own edges are not among these.
RESTS_ON = {
    "apply": (),
    "talk": ("apply",),
    "activist": ("talk",),
    "activist_filing": ("activist",),
    "mentors": ("activist",),
    "inspection": ("activist",),
    "candidate": ("activist_filing", "mentors", "inspection"),
    "candidate_filing": ("candidate",),
    "sponsors": ("candidate_filing",),
    "political_review": ("candidate_filing",),
    "training": ("candidate_filing",),
    "committee_review": ("candidate_filing",),
    "pre_review": ("committee_review",),
    "application_form": ("pre_review",),
    "admission_meeting": ("sponsors", "political_review", "training", "application_form"),
    "committee_talk": ("application_form",),
    "admission_approval": ("admission_meeting", "committee_talk"),
    "superior_filing": ("admission_approval",),
    "assignment": ("admission_approval",),
    "oath": ("admission_approval",),
    "probation_inspection": ("admission_approval",),
    "conversion_application": ("admission_approval",),
    "conversion_meeting": ("admission_approval", "conversion_application"),
    "conversion_approval": ("conversion_meeting", "oath"),
    "archive": ("conversion_approval",),
}

# Acts that are recorded several times, until the admission meeting has passed, or until the conversion.
UNTIL_ADMISSION = ("mentors", "inspection", "political_review", "training")
UNTIL_CONVERSION = ("sponsors", "probation_inspection")
REPEATING = (*UNTIL_ADMISSION, *UNTIL_CONVERSION)

COMING = ("applicant", "activist", "candidate")
BESIDE: dict[str, tuple[tuple[str, ...], str | None]] = {
    "transfer_out": (("activist", "candidate", "probationary"), None),
    "transfer_in": (("activist", "candidate", "probationary"), None),
    "postpone_conversion": (("probationary",), None),
    "withdraw": ((*COMING, "probationary"), "withdrew"),
    "stop": (COMING, "stopped"),
    "died": ((*COMING, "probationary", "full"), "died"),
    "not_recognized": (("probationary", "full"), "not_recognized"),
    "admit_directly": (COMING, "admitted_directly"),
    "recognize_posthumously": (COMING, "recognized_posthumously"),
}
"""The acts beside the main line: what the person may be when they come, and the end that they lead to."""
DOORS = ("admit_directly", "recognize_posthumously")
"""Those with which a file may begin."""
GAINED_BY = {
    "activist": "activist",
    "candidate": "candidate_filing",
    "probationary": "admission_approval",
    "full": "conversion_approval",
    "applicant": "apply",
}
"""The act that makes the person what he is."""

BARS = (
    "postponed-only-after-transfer",
    "postponed-at-most-6-months",
    "not-recognized-by-county",
    "not-recognized-studied",
    "direct-admission-level",
    "posthumous-conditions",
    "floating-may-develop",
    "order",
    "not-in-future",
    "days-of-the-record",
    "once",
    "age-18",
    "right-organization",
    "application-in-writing",
    "activist-nominated",
    "activist-decided-by-branch-committee",
    "branch-committee-quorum",
    "general-meeting-stands-in",
    "activist-filed",
    "mentors-one-or-two",
    "mentors-full-members",
    "cultivation-1-year",
    "opinions-heard",
    "candidate-decided-by-branch-committee",
    "candidate-filed",
    "candidate-agreed",
    "publicity-5-workdays",
    "publicity-place",
    "publicity-both-places",
    "publicity-clear",
    "sponsors-two",
    "sponsors-full-members",
    "sponsors-not-under-sanction",
    "political-review-passed",
    "political-review-concluded",
    "political-review-both-places",
    "training-done-or-exempt",
    "training-of-a-candidate",
    "training-organizer",
    "examined-collectively",
    "pre-review-competent",
    "pre-review-passed",
    "form-after-pre-review",
    "meeting-quorum",
    "secret-ballot",
    "one-by-one",
    "written-opinions-in-time",
    "ballot-adds-up",
    "majority-of-all",
    "no-reentry-within-5-years",
    "meeting-competent",
    "talk-before-approval",
    "submission-complete",
    "approver-competent",
    "approved-collectively",
    "approval-within-6-months",
    "oath-after-approval",
    "probation-1-year",
    "conversion-applied",
    "conversion-opinions",
    "conversion-examined",
    "extension-6-to-12-months",
    "extension-once",
)
DUTIES = (
    "moved-reported",
    "transfer-papers",
    "not-recognized-announced",
    "postponed-meeting-in-time",
    "mentor-replaced",
    "mentors-wrote",
    "talk-by-the-organization",
    "talk-within-1-month",
    "talk-topics",
    "inspection-every-half-year",
    "review-subjects",
    "sponsors-wrote",
    "meeting-within-1-month",
    "agenda",
    "resolution-complete",
    "deliberated-below",
    "talk-written",
    "approval-within-3-months",
    "probation-dates",
    "admission-told",
    "filed-one-level-up",
    "assigned",
    "oath-taken",
    "sponsors-wrote-in-probation",
    "probation-inspected",
    "conversion-in-time",
    "conversion-approval-within-3-months",
    "conversion-told",
    "archive-complete",
)
USUALS = (
    "order/chart",
    "not-leaving-within-3-months",
    "sponsors-not-sanctioned-lately",
    "training-length",
    "training-in-person",
    "oath-within-1-month",
    "oath-organizer",
)


# --- dates, days and values ----------------------------------------------------------------------------


def day(value: date | str) -> date:
    """A date of the dossier, which may be an ISO string."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def add_months(start: date, months: int) -> date:
    """The same day so many calendar months later, or the last day of that month where it has no such day."""
    count = start.year * 12 + (start.month - 1) + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def is_workday(when: date) -> bool:
    """A working day of the announced calendar; Monday to Friday for a year that it does not know."""
    try:
        return bool(chinese_calendar.is_workday(when))
    except NotImplementedError:
        return when.weekday() < 5


def workdays(first: date, last: date) -> list[date]:
    """The working days from the first to the last day, both included."""
    days = []
    when = first
    while when <= last:
        if is_workday(when):
            days.append(when)
        when += timedelta(days=1)
    return days


def fifth_workday(first: date) -> date:
    """The fifth working day, the first day counting when it is one."""
    found = 0
    when = first
    while True:
        if is_workday(when):
            found += 1
        if found == 5:
            return when
        when += timedelta(days=1)


def read(holder: Any, key: str) -> Any:
    """The value under a key, MISSING where it is not stated, None where it is stated that there is none."""
    if holder is MISSING:
        return MISSING
    if holder is None:
        return None
    return holder.get(key, MISSING)


def said(truth: bool) -> str:
    """Met when true, unmet when not."""
    return MET if truth else UNMET


def all_of(values: Iterable[str]) -> str:
    """Unmet when any is unmet, else unknown when any is unknown, else met."""
    values = list(values)
    if UNMET in values:
        return UNMET
    if UNKNOWN in values:
        return UNKNOWN
    return MET


def any_of(values: Iterable[str]) -> str:
    """Met when any is met, else unknown when any is unknown, else unmet."""
    values = list(values)
    if MET in values:
        return MET
    if UNKNOWN in values:
        return UNKNOWN
    return UNMET


def is_true(value: Any) -> str:
    """Met when it is stated as true, unknown when it is not stated."""
    if value is MISSING:
        return UNKNOWN
    return said(value is True)


def is_given(value: Any) -> str:
    """Met when something is stated, unmet when it is stated that there is none."""
    if value is MISSING:
        return UNKNOWN
    return said(value is not None and value != "")


def is_among(value: Any, allowed: tuple[str, ...]) -> str:
    """Met when the stated value is one of those allowed."""
    if value is MISSING:
        return UNKNOWN
    return said(value in allowed)


def holds_all(value: Any, needed: Iterable[str]) -> str:
    """Met when the stated list holds everything that is needed."""
    if value is MISSING:
        return UNKNOWN
    return said(all(item in (value or []) for item in needed))


def holds_any(value: Any, wanted: Iterable[str]) -> str:
    """Met when the stated list holds at least one of those wanted."""
    if value is MISSING:
        return UNKNOWN
    return said(any(item in (value or []) for item in wanted))


def at_most(value: Any, ceiling: int) -> str:
    """A number that is not above the ceiling."""
    if value is MISSING:
        return UNKNOWN
    return said(value is not None and value <= ceiling)


def at_least(value: Any, floor: int) -> str:
    """Met when the stated number reaches the floor; "none" is nought."""
    if value is MISSING:
        return UNKNOWN
    return said((value or 0) >= floor)


def is_text(value: Any) -> bool:
    """A text that says something."""
    return isinstance(value, str) and value.strip() != ""


def head_count(people: list[dict[str, Any]]) -> int:
    """How many people: distinct names when all have names, otherwise the entries."""
    names = [person.get("name") for person in people]
    if all(names):
        return len(set(names))
    return len(people)


def standing_people(act: dict[str, Any], previous: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Who serves once the act is recorded; None where the record does not say."""
    people = read(act, "people")
    if people is MISSING:
        return None
    replaces = act.get("replaces") or []
    if not replaces:
        return list(people or [])
    if previous is None:
        return None
    gone = [entry.get("name") for entry in replaces if entry.get("name")]
    return [person for person in previous if person.get("name") not in gone] + list(people or [])


# --- the oracle ----------------------------------------------------------------------------------------


class Oracle:
    """One file: what has been accepted, and what the rules say of the next act."""

    def __init__(self, file: dict[str, Any]) -> None:
        """An empty record of the person whom the file describes; its acts are ignored."""
        self.file = file
        self.complete: bool = file.get("complete", True) is not False
        self.mobile: bool = bool(file.get("mobile", False))
        self.pinned: str | None = file.get("edition")
        if self.pinned not in (None, "2014", "2026"):
            raise ValueError(f"edition: {self.pinned!r} is neither 2014 nor 2026")
        self.branch: dict[str, Any] = file.get("branch") or {}
        self.history: list[dict[str, Any]] = []
        self.rounds: dict[str, int] = dict.fromkeys(ACTS, 1)
        self.pending: str | None = None
        self.ended: str | None = None
        self.extensions: int = 0
        self.extension_months: int = 0
        # The successful records of each act in its current round.
        self._records: dict[str, list[dict[str, Any]]] = {}
        # For each act that was done and then undone: the date of the act that last undid it.
        self._reopened: dict[str, date] = {}
        self._mentors: list[dict[str, Any]] | None = []
        self._sponsors: list[dict[str, Any]] | None = []
        self._converted = False
        # Where in the history each act was last done, and the transfers in, each with its place.
        self._places: dict[str, int] = {}
        self._arrivals: list[tuple[int, dict[str, Any]]] = []
        self._postponements: list[dict[str, Any]] = []
        # Who was transferred out and not taken up yet, and the last move of all.
        self._away = False
        self._last_move: dict[str, Any] | None = None

    # --- what the record says so far ---

    @property
    def done(self) -> frozenset[str]:
        """The acts that are done in their current round."""
        return frozenset(code for code, records in self._records.items() if records)

    @property
    def standing(self) -> str | None:
        """What the person is; None before the application."""
        if self.ended:
            return "ended"
        if self._converted:
            return "full"
        if "admission_approval" in self.done:
            return "probationary"
        if "candidate_filing" in self.done:
            return "candidate"
        if "activist" in self.done:
            return "activist"
        if "apply" in self.done:
            return "applicant"
        return None

    @property
    def admission(self) -> date | None:
        """The day on which the meeting of this round voted for admission: 32 | 31."""
        return self._date_of("admission_meeting")

    @property
    def end_of_probation(self) -> date | None:
        """One year after the admission meeting, any extension added in one sum: 32 | 31."""
        if self.admission is None:
            return None
        return add_months(self.admission, 12 + self.extension_months)

    @property
    def counts_from(self) -> date | None:
        """The day from which a full member's standing counts, the end of probation: 34 | 33."""
        if not self._converted:
            return None
        return self.end_of_probation

    def _record_of(self, code: str) -> dict[str, Any] | None:
        """The last successful record of an act in its current round."""
        records = self._records.get(code)
        return records[-1] if records else None

    def _date_of(self, code: str) -> date | None:
        """The date of that record."""
        record = self._record_of(code)
        return None if record is None else day(record["on"])

    def _stands_since(self, code: str) -> date | None:
        """The day from which the result of an act stands: of the reply for 8 under 2014 and for 13, else its own."""
        record = self._record_of(code)
        return None if record is None else self._standing_day(record)

    def _standing_day(self, record: dict[str, Any]) -> date:
        """The day from which that record stands."""
        from_reply = record["act"] == "pre_review" or (
            record["act"] == "candidate_filing" and self.edition(record) != "2026"
        )
        replied = record.get("replied") if from_reply else None
        return day(replied or record["on"])

    def _not_in_record(self) -> str:
        """What a thing is that the record does not hold: not done where the record is whole."""
        return UNMET if self.complete else UNKNOWN

    def _branch_for(self, act: dict[str, Any]) -> dict[str, Any]:
        """The branch as it is when the act is judged: the act's own statement, else the latest."""
        said = act.get("branch")
        known = dict(self.branch)
        if said is not None:
            another = "name" in said and "name" in known and said["name"] != known["name"]
            known = dict(said) if another or act["act"] == "transfer_in" else {**known, **said}
        # A meeting of the committee, or a party group that was heard, says by itself that there is one.
        if (act.get("meeting") or {}).get("body") == "branch_committee":
            known.setdefault("has_committee", True)
        if "party_group" in (act.get("heard") or []):
            known.setdefault("has_party_groups", True)
        return known

    def _party_group_needed(self, act: dict[str, Any], value: str) -> str:
        """What is asked of a party group where there is one: not asked where there is none, unknown where not said."""
        groups = read(self._branch_for(act), "has_party_groups")
        if groups is MISSING:
            return MET if value == MET else UNKNOWN
        return value if groups is True else MET

    def edition(self, act: dict[str, Any]) -> str | None:
        """The edition that is pinned, else that of the act's own day; None before the first."""
        if self.pinned is not None:
            return self.pinned
        on = day(act["on"])
        if on >= IN_FORCE_2026:
            return "2026"
        if on >= IN_FORCE_2014:
            return "2014"
        return None

    def outcome(self, act: dict[str, Any]) -> str:
        """The outcome of an act, the success where it is left out, "done" where the act has none."""
        code = act["act"]
        if code not in ACTS and code not in BESIDE:
            raise ValueError(f"act: {code!r} is none that can be judged")
        stated = act.get("outcome")
        if code not in GOOD:
            if stated not in (None, "done"):
                raise ValueError(f"{code}: has no outcome {stated!r}")
            return "done"
        if stated is None:
            if code == "conversion_meeting":
                raise ValueError("conversion_meeting: the decision must be stated")
            if code == "candidate_filing":
                return "agreed" if self.edition(act) == "2026" else "filed"
            return GOOD[code][0]
        if stated not in GOOD[code] and stated not in BAD[code]:
            raise ValueError(f"{code}: has no outcome {stated!r}")
        return str(stated)

    def succeeds(self, code: str, outcome: str) -> bool:
        """The act is done under this outcome."""
        return code not in GOOD or outcome in GOOD[code]

    # --- the door ---

    def force(self, code: str) -> str:
        """What a rule weighs: bar, duty or usual."""
        if code in BARS:
            return "bar"
        if code in DUTIES:
            return "duty"
        if code in USUALS:
            return "usual"
        raise ValueError(f"no rule {code!r}")

    def admits(self, act: dict[str, Any], today: date) -> bool:
        """The act is recorded: no bar unmet or unknown, no usual rule unmet without a recorded reason."""
        for code, values in self.judge(act, today).items():
            force = self.force(code)
            if force == "bar" and (UNMET in values or UNKNOWN in values):
                return False
            if force == "usual" and UNMET in values:
                key = "order" if code == "order/chart" else code
                if not self._has_reason(act, key):
                    return False
        return True

    def _has_reason(self, act: dict[str, Any], code: str) -> bool:
        """A reason is recorded, for the whole act or for this rule."""
        reasons = act.get("reasons") or {}
        return is_text(act.get("reason")) or is_text(reasons.get(code))

    # --- the fold ---

    def accept(self, act: dict[str, Any]) -> None:
        """The record with this act added, and whatever it reopens or ends."""
        code = act["act"]
        outcome = self.outcome(act)
        on = day(act["on"])
        if code == "admission_meeting" and "admission_meeting" in self.done:
            self._undo(("admission_meeting", "committee_talk"), on)
        self.history.append(act)
        self.branch = self._branch_for(act)
        if code in BESIDE:
            was = self.standing
            self._beside(act)
            if code == "transfer_in" and was == "candidate":
                # The committee of the new branch approves what its own branch resolved: 22 | 21, 26 | 25.
                self._undo(("committee_review",), on)
            return
        if self.succeeds(code, outcome):
            self._places[code] = len(self.history) - 1
        if code == "mentors":
            self._mentors = standing_people(act, self._mentors)
        if code == "sponsors":
            self._sponsors = standing_people(act, self._sponsors)
        if self.succeeds(code, outcome):
            self._records.setdefault(code, []).append(act)

        if code == "activist_filing" and outcome == "returned":
            self._undo(("activist",), on)
        if code == "inspection" and outcome == "unsatisfactory":
            self._undo(("inspection",), on)
        if code == "candidate_filing" and outcome in ("returned", "postponed", "refused"):
            self._undo(("candidate",), on)
        if code == "political_review" and outcome == "failed":
            self._undo(("candidate",), on)
        if code == "pre_review" and outcome == "failed":
            self._undo(("committee_review",), on)
        if code == "admission_meeting" and outcome == "failed":
            self._undo(("committee_review",), on)
        if code == "admission_approval" and outcome == "refused":
            self._undo(("committee_review",), on)
        if code == "conversion_meeting" and outcome in ("convert", "extend", "cancel"):
            self.pending = outcome
        if code == "conversion_meeting" and outcome != "no_quorum":
            self._postponements = []  # what was put off has been discussed: 36 | 35
        if code == "conversion_approval":
            self._conclude(outcome, on)

    def _beside(self, act: dict[str, Any]) -> None:
        """An act beside the main line undoes nothing: it stands beside what is done, or ends the file."""
        code = act["act"]
        self.ended = BESIDE[code][1]
        if self.ended:
            self.pending = None  # nobody approves any more what the meeting decided
        if code == "transfer_in":
            self._arrivals.append((len(self.history) - 1, act))
        if code == "postpone_conversion":
            self._postponements.append(act)
        if code in ("transfer_out", "transfer_in"):
            self._away = code == "transfer_out"
            self._last_move = act

    def _arrived_since(self, code: str) -> list[dict[str, Any]]:
        """The transfers in that were entered after the act that stands."""
        return [act for place, act in self._arrivals if place > self._places[code]]

    def _conclude(self, outcome: str, on: date) -> None:
        """The decision of the conversion meeting takes effect, or falls: 32, 33 | 31, 32."""
        decision = self.pending
        self.pending = None
        if outcome == "refused":
            self._undo(("conversion_meeting",), on)
        elif decision == "convert":
            self._converted = True
        elif decision == "cancel":
            self.ended = "cancelled"
        elif decision == "extend":
            meeting = self._record_of("conversion_meeting")
            assert meeting is not None
            self.extensions += 1
            self.extension_months += meeting.get("months") or 0
            self._undo(("probation_inspection", "conversion_application", "conversion_meeting"), on)

    def _undo(self, named: tuple[str, ...], on: date) -> None:
        """The named acts and all that rest on them are open again, from the day of the act that did it."""
        undone = set(named)
        for code in ACTS:
            if any(before in undone for before in RESTS_ON[code]):
                undone.add(code)
        for code in ACTS:
            if code in undone and code in self.done:
                self._records[code] = []
                self._reopened[code] = on
                self.rounds[code] += 1
                if code == "mentors":
                    self._mentors = []
                if code == "sponsors":
                    self._sponsors = []

    # --- the structure alone ---

    def possible(self) -> set[tuple[str, str]]:
        """The acts and outcomes that what is done allows now, whatever their dates and evidence."""
        found: set[tuple[str, str]] = set()
        if self.ended:
            return found
        for code in ACTS:
            if not self._may_come(code):
                continue
            for outcome in (*GOOD.get(code, ("done",)), *BAD.get(code, ())):
                before = self._hard_edges(code, outcome)
                if all(self._stands_done(code, other) for other in before):
                    found.add((code, outcome))
        found |= {(code, "done") for code in BESIDE if self._fits(code)}
        return found

    def _fits(self, code: str) -> bool:
        """The person is one of those who may, and the file is begun, unless the act may begin it."""
        standings = BESIDE[code][0]
        return self.standing in standings if self.history else code in DOORS

    def _may_come(self, code: str) -> bool:
        """The act may be recorded (again) in its current round, as far as that is not a matter of dates."""
        if code in UNTIL_ADMISSION:
            return "admission_meeting" not in self.done
        if code in UNTIL_CONVERSION:
            return "conversion_approval" not in self.done
        if code == "admission_meeting":
            return "admission_meeting" not in self.done or "admission_approval" not in self.done
        return code not in self.done

    def _hard_edges(self, code: str, outcome: str) -> tuple[str, ...]:
        """What must be done before the act with this outcome."""
        if code == "conversion_meeting":
            if outcome == "convert":
                return ("admission_approval", "conversion_application")
            return ("admission_approval",)
        if code == "conversion_approval":
            if outcome == "approved" and self.pending == "convert":
                return ("conversion_meeting", "oath")
            return ("conversion_meeting",)
        return RESTS_ON[code]

    def _chart_edges(self, code: str) -> tuple[str, ...]:
        """What the official chart alone puts before the act."""
        if code == "committee_review":
            return ("sponsors", "political_review", "training")
        if code == "committee_talk":
            return ("admission_meeting",)
        if code == "conversion_meeting":
            return ("assignment", "probation_inspection")
        if code == "archive":
            return ("superior_filing",)
        return ()

    def _stands_done(self, code: str, before: str) -> bool:
        """The earlier act is done as the later one needs it."""
        if code == "conversion_approval" and before == "conversion_meeting":
            # After the approval the meeting is still done: a second approval is one too many, no wrong order.
            return self.pending is not None or self._converted
        if code == "archive" and before == "conversion_approval":
            return self._converted
        return before in self.done

    # --- judging an act ---

    def judge(self, act: dict[str, Any], today: date) -> dict[str, list[str]]:
        """Every finding on the act against the record so far: rule code, and one value a finding."""
        outcome = self.outcome(act)
        edition = self.edition(act)
        findings: dict[str, list[str]] = {}
        hard, chart = self.order(act)
        if hard:
            findings["order"] = hard
        if chart:
            findings["order/chart"] = chart
        findings["not-in-future"] = [self.not_in_future(act, day(today))]
        if not self.ended:
            findings["once"] = [self._move_once(act) if act["act"] in BESIDE else self.once(act)]
        days = self.days_of_the_record(act, day(today))
        if days:
            findings["days-of-the-record"] = days
        if edition is None:
            return findings
        if act["act"] in BESIDE:
            return findings | {code: [value] for code, value in self._beside_rules(act, edition)}
        later = ACTS[ACTS.index("candidate") :]
        if edition == "2026" and act["act"] in later and read(self._branch_for(act), "floating") is True:
            findings["floating-may-develop"] = [self.floating_may_develop(act)]
        for code, value in self._stage_1(act, edition):
            findings.setdefault(code, []).append(value)
        for code, value in self._stage_2(act, outcome, edition):
            findings.setdefault(code, []).append(value)
        for code, value in self._stage_3(act, outcome, edition):
            findings.setdefault(code, []).append(value)
        for code, value in self._stage_4(act, outcome, edition):
            findings.setdefault(code, []).append(value)
        for code, value in self._stage_5(act, outcome, edition):
            findings.setdefault(code, []).append(value)
        return findings

    def _stage_1(self, act: dict[str, Any], edition: str) -> list[tuple[str, str]]:
        """The findings on an application or a talk."""
        found = []
        if act["act"] == "apply":
            found.append(("age-18", self.age_18(act)))
            found.append(("right-organization", self.right_organization(act, edition)))
            found.append(("application-in-writing", self.application_in_writing(act)))
        if act["act"] == "talk":
            found.append(("talk-within-1-month", self.talk_within_1_month(act)))
            found.append(("talk-by-the-organization", self.talk_by_the_organization(act)))
            if edition == "2026":
                found.append(("talk-topics", self.talk_topics(act)))
        return found

    def _stage_2(self, act: dict[str, Any], outcome: str, edition: str) -> list[tuple[str, str]]:
        """The findings on the acts that make and accompany an activist."""
        code = act["act"]
        found = []
        if code == "activist":
            found.append(("activist-decided-by-branch-committee", self.activist_decided_by_branch_committee(act)))
            found += self._committee_quorum(act)
            if outcome == "chosen":
                found.append(("activist-nominated", self.activist_nominated(act)))
        if code == "activist_filing" and outcome == "filed":
            found.append(("activist-filed", self.activist_filed(act)))
        if code == "mentors":
            found.append(("mentors-one-or-two", self.mentors_one_or_two(act)))
            found.append(("mentors-full-members", self.mentors_full_members(act)))
            if edition == "2026" and act.get("replaces"):
                found.append(("mentor-replaced", self.mentor_replaced(act)))
        if code == "inspection" and edition == "2026":
            found += self._if_new("activist", "mentors-wrote", is_true(read(act, "mentors_wrote")))
        return found

    def _if_new(self, begun_by: str, code: str, value: str) -> list[tuple[str, str]]:
        """The finding where the period began under 2026; none for an earlier one."""
        began = self._date_of(begun_by)
        if self.pinned is None and began is not None and began < IN_FORCE_2026:
            return []
        return [(code, value if value == MET or self.pinned is not None or began is not None else UNKNOWN)]

    def _stage_3(self, act: dict[str, Any], outcome: str, edition: str) -> list[tuple[str, str]]:
        """The findings on the acts that make and examine a candidate."""
        code = act["act"]
        found = []
        if code == "candidate":
            found.append(("candidate-decided-by-branch-committee", self.candidate_decided_by_branch_committee(act)))
            found += self._committee_quorum(act)
            if outcome == "agreed":
                found.append(("cultivation-1-year", self.cultivation_1_year(act)))
                found.append(("opinions-heard", self.opinions_heard(act)))
                for value in self.inspection_every_half_year(act):
                    found.append(("inspection-every-half-year", value))
        if code == "candidate_filing" and outcome in ("filed", "agreed"):
            if edition == "2014":
                found.append(("candidate-filed", self.candidate_filed(act)))
            if edition == "2026":
                found.append(("candidate-agreed", self.candidate_agreed(act, outcome)))
                found.append(("publicity-5-workdays", self.publicity_5_workdays(act)))
                found.append(("publicity-clear", self.publicity_clear(act)))
                if self.mobile:
                    found.append(("publicity-both-places", self.publicity_both_places(act)))
                else:
                    found.append(("publicity-place", self.publicity_place(act)))
        if code == "sponsors":
            found.append(("sponsors-two", self.sponsors_two(act)))
            found.append(("sponsors-full-members", self.sponsors_full_members(act)))
            found.append(("sponsors-not-under-sanction", self.sponsors_not_under_sanction(act)))
            if edition == "2026":
                found.append(("sponsors-not-sanctioned-lately", self.sponsors_not_sanctioned_lately(act)))
        if code == "political_review" and outcome == "passed":
            found.append(("political-review-passed", self.political_review_passed()))
            found.append(("political-review-concluded", self.political_review_concluded(act)))
            found.append(("review-subjects", self.review_subjects(act, edition)))
            if self.mobile:
                found.append(("political-review-both-places", self.political_review_both_places(act)))
        if code == "training":
            found.append(("training-done-or-exempt", self.training_done_or_exempt(act)))
            if not is_text(act.get("exempt")):
                found.append(("training-of-a-candidate", self.training_of_a_candidate(act)))
                found.append(("training-length", self.training_length(act)))
                found.append(("training-organizer", self.training_organizer(act)))
                if edition == "2026":
                    found.append(("training-in-person", self.training_in_person(act)))
        return found

    def _stage_4(self, act: dict[str, Any], outcome: str, edition: str) -> list[tuple[str, str]]:
        """The findings on the acts that admit a probationary member."""
        code = act["act"]
        found = []
        if code == "committee_review":
            found += self._committee_quorum(act)
            if outcome == "passed":
                found.append(("examined-collectively", self.examined_collectively(act)))
        if code == "pre_review":
            found.append(("pre-review-competent", self.pre_review_competent(act)))
            if outcome == "passed":
                found.append(("pre-review-passed", self.pre_review_passed(act)))
                found.append(("not-leaving-within-3-months", self.not_leaving_within_3_months(act)))
        if code == "application_form":
            found.append(("form-after-pre-review", self.form_after_pre_review(act)))
            found.append(("sponsors-wrote", self.sponsors_wrote(act)))
        if code == "admission_meeting":
            found += self._ballot_rules(act, outcome)
            if outcome in ("passed", "failed") and edition == "2026" and "admission_meeting" not in self.done:
                found.append(("meeting-within-1-month", self.meeting_within_1_month(act)))
            if outcome == "passed":
                found.append(("not-leaving-within-3-months", self.not_leaving_within_3_months(act)))
                found.append(("agenda", self.agenda(act)))
                found.append(("resolution-complete", self.resolution_complete(act)))
                found.append(("meeting-competent", self.meeting_competent(act)))
                if self.file.get("expelled_on"):
                    found.append(("no-reentry-within-5-years", self.no_reentry_within_5_years(act)))
        if code == "committee_talk":
            found.append(("talk-before-approval", self.talk_before_approval(act)))
            found.append(("talk-written", self.talk_written(act)))
        if code == "admission_approval":
            found.append(("approver-competent", self.approver_competent(act)))
            found.append(("approved-collectively", self.approved_collectively(act)))
            found.append(("approval-within-3-months", self.approval_within_3_months(act)))
            found.append(("approval-within-6-months", self.approval_within_6_months(act)))
            found.append(("admission-told", self.admission_told(act, outcome)))
            if outcome == "approved":
                found.append(("submission-complete", self.submission_complete(act, edition)))
                found.append(("probation-dates", self.probation_dates(act)))
                if self._stands_below_a_committee(act):
                    found.append(("deliberated-below", self.deliberated_below(act)))
        if code == "superior_filing":
            found.append(("filed-one-level-up", self.filed_one_level_up(act)))
        return found

    def _stage_5(self, act: dict[str, Any], outcome: str, edition: str) -> list[tuple[str, str]]:
        """The findings on the acts of probation and conversion."""
        code = act["act"]
        found = []
        if code == "assignment":
            found.append(("assigned", self.assigned(act)))
        if code == "oath":
            found.append(("oath-after-approval", self.oath_after_approval(act)))
            found.append(("oath-organizer", self.oath_organizer(act, edition)))
            found.append(("oath-taken", self._promptly(self._date_of("admission_approval"), day(act["on"]))))
            approved = self._date_of("admission_approval")
            if edition == "2026" and not (approved and day(act["on"]) < approved):
                found.append(("oath-within-1-month", self.oath_within_1_month(act)))
        if code == "probation_inspection" and edition == "2026":
            wrote = is_true(read(act, "sponsors_wrote"))
            found += self._if_new("admission_meeting", "sponsors-wrote-in-probation", wrote)
        if code == "conversion_meeting":
            found += self._ballot_rules(act, outcome)
            at_the_end = (act.get("ground") or "end_of_probation") == "end_of_probation"
            if outcome == "convert" or (outcome in ("extend", "cancel") and at_the_end):
                found.append(("probation-1-year", self.probation_1_year(act)))
                found.append(("conversion-in-time", self.conversion_in_time(act)))
                found.append(("probation-inspected", self.probation_inspected(act)))
                if self._postponements:
                    found.append(("postponed-meeting-in-time", self.postponed_meeting_in_time(act)))
            if outcome == "convert":
                found.append(("conversion-applied", self.conversion_applied(day(act["on"]))))
                found.append(("conversion-opinions", self.conversion_opinions(act)))
                found.append(("conversion-examined", self.conversion_examined(act)))
            if outcome == "extend":
                found.append(("extension-6-to-12-months", self.extension_6_to_12_months(act)))
                found.append(("extension-once", self.extension_once()))
        if code == "conversion_approval":
            found.append(("approver-competent", self.approver_competent(act)))
            found.append(("conversion-approval-within-3-months", self.conversion_approval_within_3_months(act)))
            found.append(("conversion-told", self.conversion_told(act)))
        if code == "archive":
            found.append(("archive-complete", self.archive_complete(act, edition)))
        return found

    def _committee_quorum(self, act: dict[str, Any]) -> list[tuple[str, str]]:
        """The branch committee's quorum, from the day of its regulations, unless a general meeting sat."""
        if day(act["on"]) < BRANCH_REGULATIONS:
            return []
        body = read(read(act, "meeting"), "body")
        if body == "general_meeting":
            return [("general-meeting-stands-in", self.general_meeting_stands_in(act, self.outcome(act)))]
        if body is not MISSING and body != "branch_committee":
            return []
        return [("branch-committee-quorum", self.branch_committee_quorum(act))]

    def _ballot_rules(self, act: dict[str, Any], outcome: str) -> list[tuple[str, str]]:
        """The findings that both general meetings share; without a quorum only the quorum is judged."""
        found = [("meeting-quorum", self.meeting_quorum(act, outcome))]
        if outcome != "no_quorum":
            found.append(("secret-ballot", self.secret_ballot(act)))
            found.append(("one-by-one", self.one_by_one(act)))
            found.append(("written-opinions-in-time", self.written_opinions_in_time(act)))
            found.append(("ballot-adds-up", self.ballot_adds_up(act)))
            found.append(("majority-of-all", self.majority_of_all(act, outcome)))
        return found

    def _stands_below_a_committee(self, act: dict[str, Any]) -> bool:
        """Something stands between the branch and the committee that approves, or the record is silent."""
        under = read(self._branch_for(act), "under")
        return under is MISSING or bool(under)

    # --- cross-cutting ---

    def order(self, act: dict[str, Any]) -> tuple[list[str], list[str]]:
        """What the act comes after is done and not dated later (chapters 2 to 5); then the chart's edges."""
        code = act["act"]
        on = day(act["on"])
        if self.ended:
            return [UNMET], []
        if code in BESIDE:
            return [self._place(code, on)], []
        away = [self._not_in_record()] if self._away else []
        hard = away + [self._edge(code, before, on) for before in self._hard_edges(code, self.outcome(act))]
        chart = [self._edge(code, before, on) for before in self._chart_edges(code)]
        if act.get("ground") == "discipline":
            chart = []
        if code not in REPEATING and code in self._reopened:
            hard.append(said(on >= self._reopened[code]))
        return hard, chart

    def _place(self, code: str, on: date) -> str:
        """An act beside the main line comes while the person is one of those who may, and not before he was.

        An end comes after everything that the file holds.
        """
        if not self._fits(code):
            return self._not_in_record()
        if not self.history:
            return MET
        if self._away and not BESIDE[code][1] and code != "transfer_in":
            return self._not_in_record()
        if BESIDE[code][1]:
            return said(on >= max(day(entry["on"]) for entry in self.history))
        since = self._stands_since(GAINED_BY[str(self.standing)])
        return said(since is None or on >= since)

    def _beside_rules(self, act: dict[str, Any], edition: str) -> list[tuple[str, str]]:
        """The findings on an act beside the main line."""
        match act["act"]:
            case "transfer_out":
                reported = read(act, "reported")  # 12, 35 | 12, 34
                told = is_given(reported)
                if told == MET:
                    told = self._promptly(day(act["on"]), day(reported))
                return [("moved-reported", told)]
            case "transfer_in":  # 12, 35 | 12, 34
                asked = [is_true(read(act, "handed_over")), is_true(read(act, "examined"))]
                if edition == "2026" and self.standing == "activist":
                    asked.append(holds_all(read(act, "papers"), ["application_letter"]))
                    register = holds_all(read(act, "papers"), ["activist_register"])
                    asked.append(self._new_form("activist", register, MET))
                return [("transfer-papers", all_of(asked))]
            case "postpone_conversion":  # 36 | 35
                return [
                    ("postponed-only-after-transfer", self._after_a_transfer(day(act["on"]))),
                    ("postponed-at-most-6-months", at_most(read(act, "months"), 6)),
                ]
            case "not_recognized":
                found = [("not-recognized-announced", is_true(read(act, "announced")))]  # 41 | 41
                # Only a probationary member's papers can leave it open what he is: 35 | 34.
                if self.standing == "probationary" and self._arrived_since("admission_approval"):
                    high = ("county", "prefecture", "province", "central")
                    found.append(("not-recognized-by-county", is_among(read(act, "level"), high)))
                elif edition == "2026":
                    studied = all_of([is_true(read(act, "studied")), is_true(read(act, "unqualified"))])
                    if "admission_approval" not in self.done and not self.complete:
                        studied = MET if studied == MET else UNKNOWN
                    found.append(("not-recognized-studied", studied))  # - | 41
                return found
            case "admit_directly":  # 27 | 26
                level = is_among(read(act, "level"), ("province", "central"))
                return [("direct-admission-level", all_of([level, is_given(read(act, "reason"))]))]
            case "recognize_posthumously":  # 28 | 27
                keys = ("asked", "unit_discussed", "higher_examined")
                level = is_among(read(act, "level"), ("province",))
                return [("posthumous-conditions", all_of([*(is_true(read(act, key)) for key in keys), level]))]
        return []

    def floating_may_develop(self, act: dict[str, Any]) -> str:
        """An organization of mobile members goes on from activists only where it has the conditions: – | 40."""
        return is_true(read(self._branch_for(act), "may_develop"))

    def _after_a_transfer(self, on: date) -> str:
        """Somebody who arrived as a probationary member, by that day."""
        approval = self._date_of("admission_approval")
        if approval is None:
            return UNKNOWN
        arrived = self._arrived_since("admission_approval")
        return MET if any(approval <= day(act["on"]) <= on for act in arrived) else self._not_in_record()

    def _edge(self, code: str, before: str, on: date) -> str:
        """The earlier act is done in its round, some record of it dated not later, nor before what undid it."""
        if not self._stands_done(code, before):
            return self._not_in_record()
        since = self._reopened.get(before, date.min)
        return said(any(since <= self._standing_day(record) <= on for record in self._records[before]))

    def not_in_future(self, act: dict[str, Any], today: date) -> str:
        """The act is not dated after the day on which it is recorded: no article."""
        return said(day(act["on"]) <= self._entered(act, today))

    def _entered(self, act: dict[str, Any], today: date) -> date:
        """The day of entry."""
        recorded = act.get("recorded")
        return today if recorded is None else min(day(recorded), today)

    def days_of_the_record(self, act: dict[str, Any], today: date) -> list[str]:
        """The days inside an act against each other, the act, and what they answer: no article.

        One unmet for each contradiction, else one met, else nothing where no such day is recorded.
        """
        code, on, entered = act["act"], day(act["on"]), self._entered(act, today)
        seen: list[bool] = []

        def held(value: Any, *, after: Any = None, before: Any = None) -> None:
            """The day, or each of those days, lies between these, where they are recorded."""
            days = [day(one) for one in (value if isinstance(value, list) else [value]) if one]
            if not days:
                return
            seen.append(True)
            if after:
                seen.append(min(days) >= day(after))
            if before:
                seen.append(max(days) <= day(before))

        decided = {
            "activist_filing": "activist",
            "candidate_filing": "candidate",
            "pre_review": "committee_review",
            "admission_approval": "admission_meeting",
            "conversion_approval": "conversion_meeting",
        }.get(code)
        notice = act.get("publicity") or {}
        if decided is not None:
            what = self._date_of(decided)
            held(act.get("reported"), after=what, before=on)
            held(act.get("reported"), before=act.get("replied"))
            held(act.get("deliberated"), after=what, before=entered)
            held(act.get("replied"), after=what, before=entered)
            if code in ("pre_review", "admission_approval", "conversion_approval"):
                held(act.get("replied"), after=on)
            if code == "conversion_approval" or (code == "candidate_filing" and self.edition(act) != "2026"):
                held(notice.get("agreed"), after=what, before=on)
                held(notice.get("from"), after=notice.get("agreed") or what, before=on)
            elif code == "candidate_filing":
                # Agreement against decision, and notice against agreement, are rules of their own: - | 13.
                held(notice.get("agreed"), before=on)
                if not notice.get("agreed"):
                    held(notice.get("from"), after=what)
        if code in ("apply", "activist", "activist_filing", "admission_meeting", "admission_approval"):
            held(notice.get("agreed"), before=entered)
            held(notice.get("from"), before=entered)
        if code == "apply":
            held(act.get("received"), after=on, before=entered)
            held(self.file.get("expelled_on"), before=on)
        if code == "talk":
            held((self._record_of("apply") or {}).get("received"), before=on)
        if code == "political_review":
            held(act.get("inquiries"), before=entered)
            held(act.get("concluded"), before=entered)
        if code == "training":
            held(act.get("from"), before=on)
            first, last, number = act.get("from"), act.get("to"), act.get("days")
            if first and last and number is not None:
                seen.append(number <= (day(last) - day(first)).days + 1)
        if code == "admission_meeting":
            held((self._record_of("political_review") or {}).get("concluded"), before=on)
            held((self._record_of("training") or {}).get("to"), before=on)
        if code in ("inspection", "probation_inspection"):
            held(act.get("reports"), before=on)
        if code in ("mentors", "sponsors"):
            held([entry.get("unfit_since") for entry in act.get("replaces") or []], before=on)
            sanctions = [person.get("sanction") for person in act.get("people") or []]
            held([one.get("on") for one in sanctions if isinstance(one, dict)], before=on)
        if code == "admission_approval":
            held((act.get("probation") or {}).get("from"), before=entered)
        if code == "transfer_out":
            held(act.get("reported"), before=entered)
        if not seen:
            return []
        wrong = [UNMET for agrees in seen if not agrees]
        return wrong or [MET]

    def _move_once(self, act: dict[str, Any]) -> str:
        """A move is recorded once; every other act beside the main line comes as often as it happens."""
        before = self._last_move
        if act["act"] not in ("transfer_out", "transfer_in") or before is None or before["act"] != act["act"]:
            return MET
        if act["act"] == "transfer_out":
            return UNMET
        same_unit = act.get("from_unit") and act.get("from_unit") == before.get("from_unit")
        return said(not (same_unit or before["on"] == act["on"]))

    def _promptly(self, since: date | None, on: date) -> str:
        """Promptly, without a number: late after the months of the policy, whose last day is in time."""
        if since is None:
            return UNKNOWN
        return said(on <= add_months(since, PROMPTLY_AT_MOST))

    def _new_form(self, begun_by: str, asked: str, otherwise: str) -> str:
        """A form that 2026 brought in is asked for a period that began under it; before that, the other answer."""
        if self.pinned is not None:
            return asked
        began = self._date_of(begun_by)
        if began is None:
            return asked if asked == otherwise == MET else UNKNOWN
        return asked if began >= IN_FORCE_2026 else otherwise

    def once(self, act: dict[str, Any]) -> str:
        """An act that does not repeat comes once a round; a resolution lapses six months on: no article."""
        code = act["act"]
        if code == "admission_meeting" and self.admission is not None:
            if "admission_approval" in self.done:
                return UNMET
            return said(day(act["on"]) > add_months(self.admission, 6))
        return said(self._may_come(code))

    # --- stage 1: application ---

    def age_18(self, act: dict[str, Any]) -> str:
        """The person is at least eighteen on the day of application: 5 | 5."""
        born = self.file.get("born")
        if born is None:
            return UNKNOWN
        return said(day(act["on"]) >= add_months(day(born), 18 * 12))

    def right_organization(self, act: dict[str, Any], edition: str) -> str:
        """The application goes to the organization that is open to this person: 6 | 6."""
        tie = read(act, "tie")
        unit = read(act, "unit")
        if unit is None:
            unit = "none"
        if tie is MISSING:
            return UNKNOWN
        if tie == "mobile_members":
            return said(self.mobile)
        if tie in ("work", "study"):
            return is_among(unit, ("with_organization",))
        if tie == "residence":
            return is_among(unit, ("without_organization", "none"))
        if tie in ("unit_location", "competent_department"):
            if edition == "2014":
                return said(self.mobile)
            return is_among(unit, ("without_organization",))
        return UNMET

    def application_in_writing(self, act: dict[str, Any]) -> str:
        """The application letter is in the file: 7, 22, 37 | 7, 21, 36."""
        return holds_all(read(act, "papers"), ["application_letter"])

    def talk_within_1_month(self, act: dict[str, Any]) -> str:
        """The talk is held within a month of the day on which the application was received: 7 | 7."""
        application = self._record_of("apply")
        if application is None:
            return UNKNOWN
        received = day(application.get("received") or application["on"])
        return said(day(act["on"]) <= add_months(received, 1))

    def talk_by_the_organization(self, act: dict[str, Any]) -> str:
        """Somebody whom the organization sent talked, in whatever role: 7 | 7."""
        talkers = read(act, "talkers")
        return UNKNOWN if talkers is MISSING else said(bool(talkers))

    def talk_topics(self, act: dict[str, Any]) -> str:
        """The talk covered the five subjects and explained the basics, standard and conditions: – | 7."""
        return holds_all(read(act, "topics"), ["history", "view", "motive", "law", "family", "introduced"])

    # --- stage 2: activist ---

    def activist_nominated(self, act: dict[str, Any]) -> str:
        """Members, a mass organization or another way that is named put the person forward: 8 | 8."""
        nominated_by = read(act, "nominated_by")
        if nominated_by is MISSING:
            return UNKNOWN
        nominated_by = nominated_by or []
        for way in ("members", "youth_league", "trade_union", "women", "mass_organization"):
            if way in nominated_by:
                return MET
        if "other" in nominated_by:
            note = read(act, "note")
            return UNKNOWN if note is MISSING else said(is_text(note))
        return UNMET

    def activist_decided_by_branch_committee(self, act: dict[str, Any]) -> str:
        """The branch committee decided, or the general meeting where there is no committee: 8 | 8."""
        return self._decided_by_the_right_body(act)

    def _decided_by_the_right_body(self, act: dict[str, Any]) -> str:
        """The body that met is the branch committee, or the general meeting that stands in for it."""
        body = read(read(act, "meeting"), "body")
        committee = read(self._branch_for(act), "has_committee")
        if committee is None or body is None:
            return UNMET
        if committee is MISSING or body is MISSING:
            return UNKNOWN
        return said(body == ("branch_committee" if committee else "general_meeting"))

    def general_meeting_stands_in(self, act: dict[str, Any], outcome: str) -> str:
        """Half of the members with a vote, and a majority of them all for what is decided: branch regulations, 11."""
        meeting = read(act, "meeting")
        members, present, favour = (read(meeting, key) for key in ("members", "present", "for"))
        counts = [members, present]
        if outcome in ("chosen", "agreed", "passed"):
            counts.append(favour)
        if None in counts or members == 0:
            return UNMET
        known = [members is not MISSING and present is not MISSING]
        values = [said(members <= present * 2 and present <= members) if known[0] else UNKNOWN]
        if len(counts) == 3:
            told = members is not MISSING and favour is not MISSING
            values.append(said(favour * 2 > members) if told else UNKNOWN)
        return all_of(values)

    def branch_committee_quorum(self, act: dict[str, Any]) -> str:
        """At least half of the branch committee is present: branch work regulations, 12."""
        meeting = read(act, "meeting")
        members = read(meeting, "members")
        present = read(meeting, "present")
        if members is MISSING or present is MISSING:
            return UNKNOWN
        return said((members or 0) >= 1 and (present or 0) <= (members or 0) <= (present or 0) * 2)

    def activist_filed(self, act: dict[str, Any]) -> str:
        """The decision is filed with a Party committee: 8 | 8."""
        return self._with_a_committee(act)

    def _with_a_committee(self, act: dict[str, Any]) -> str:
        """The committee that is named, else the one above the branch, is one; where none is said, the act says so."""
        committee = act.get("committee", MISSING)
        if committee is None:
            return UNMET
        if committee is MISSING:
            committee = self._branch_for(act).get("above") or {}
        kind = committee.get("kind", MISSING)
        committees = ("primary_committee", "working_committee", "township_subordinate_committee")
        return MET if kind is MISSING else said(kind in committees)

    def mentor_replaced(self, act: dict[str, Any]) -> str:
        """Since when the replaced one is unfit is on record, and the replacement came promptly: - | 9."""
        since = [read(entry, "unfit_since") for entry in act["replaces"]]
        given = all_of(is_given(one) for one in since)
        known = [day(one) for one in since if one is not MISSING and one is not None]
        late = [self._promptly(one, day(act["on"])) for one in known]
        if UNMET in late or given == UNMET:
            return UNMET
        return given

    def mentors_one_or_two(self, act: dict[str, Any]) -> str:
        """One or two mentors serve at any time: 9 | 9."""
        people = standing_people(act, self._mentors)
        if people is None:
            return UNKNOWN
        return said(head_count(people) in (1, 2))

    def mentors_full_members(self, act: dict[str, Any]) -> str:
        """Each mentor is a full member: 9 | 9."""
        return self._each_a_full_member(act)

    def _each_a_full_member(self, act: dict[str, Any]) -> str:
        """Each of the people of this act is a full member."""
        people = read(act, "people")
        if people is MISSING:
            return UNKNOWN
        return all_of(is_among(read(person, "standing"), ("full",)) for person in people or [])

    def inspection_every_half_year(self, act: dict[str, Any]) -> list[str]:
        """Each half-year from the activist decision that has ended by now holds an inspection: 11 | 11."""
        start = self._date_of("activist")
        if start is None:
            return [UNKNOWN]
        inspected = self._inspections_of_this_activist()
        values = []
        number = 1
        while add_months(start, 6 * number) <= day(act["on"]):
            after = add_months(start, 6 * (number - 1))
            until = add_months(start, 6 * number)
            if any(after < when <= until for when in inspected):
                values.append(MET)
            else:
                values.append(self._not_in_record())
            number += 1
        return values

    def _inspections_of_this_activist(self) -> list[date]:
        """The days of all inspections, whatever their result, recorded since the activist decision."""
        decision = self._record_of("activist")
        days: list[date] = []
        for earlier in reversed(self.history):
            if earlier is decision:
                break
            if earlier["act"] == "inspection":
                days.append(day(earlier["on"]))
        return days

    # --- stage 3: candidate ---

    def cultivation_1_year(self, act: dict[str, Any]) -> str:
        """At least a year has passed since the activist decision; a transfer interrupts it until examined: 12, 13."""
        start = self._date_of("activist")
        if start is None:
            return UNKNOWN
        for arrival in self._arrived_since("activist"):
            examined = read(arrival, "examined")
            if examined is MISSING:
                start = None
            elif examined is not True:
                start = day(arrival["on"])
        if start is None:
            return UNKNOWN
        return said(day(act["on"]) >= add_months(start, 12))

    def opinions_heard(self, act: dict[str, Any]) -> str:
        """The party group where there is one, the mentors, members and masses were heard: 13 | 13."""
        heard = read(act, "heard")
        group = self._party_group_needed(act, holds_all(heard, ["party_group"]))
        return all_of([holds_all(heard, ["mentors", "members", "masses"]), group])

    def candidate_decided_by_branch_committee(self, act: dict[str, Any]) -> str:
        """The branch committee decided, or the general meeting where there is no committee: 13 | 13."""
        return self._decided_by_the_right_body(act)

    def candidate_filed(self, act: dict[str, Any]) -> str:
        """The decision is filed with a Party committee: 13 | –."""
        return self._with_a_committee(act)

    def candidate_agreed(self, act: dict[str, Any], outcome: str) -> str:
        """The higher committee agreed, and not before the branch committee had decided: – | 13."""
        agreed = read(read(act, "publicity"), "agreed")
        decided = self._date_of("candidate")
        if agreed is None:
            in_turn = UNMET
        elif agreed is MISSING or decided is None:
            in_turn = UNKNOWN
        else:
            in_turn = said(day(agreed) >= decided)
        return all_of([said(outcome == "agreed"), self._with_a_committee(act), in_turn])

    def publicity_5_workdays(self, act: dict[str, Any]) -> str:
        """Five working days at least, begun after agreement and run out before the listing: – | 13."""
        publicity = read(act, "publicity")
        agreed = read(publicity, "agreed")
        first = read(publicity, "from")
        last = read(publicity, "to")
        listed = day(act["on"])

        if first is None or last is None:
            long_enough = UNMET
        elif first is MISSING:
            long_enough = UNKNOWN
        elif last is MISSING:
            long_enough = UNMET if listed < fifth_workday(day(first)) else UNKNOWN
        else:
            long_enough = said(len(workdays(day(first), day(last))) >= 5)

        if first is None or agreed is None:
            after_agreement = UNMET
        elif first is MISSING or agreed is MISSING:
            after_agreement = UNKNOWN
        else:
            after_agreement = said(day(first) >= day(agreed))

        if first is None or last is None:
            run_out = UNMET
        elif first is MISSING or last is MISSING:
            run_out = UNKNOWN
        else:
            counted = workdays(day(first), day(last))
            run_out = said(bool(counted) and counted[-1] <= listed)

        return all_of([long_enough, after_agreement, run_out])

    def publicity_place(self, act: dict[str, Any]) -> str:
        """It was posted at the unit of work or study, or at the residence: – | 13."""
        return holds_any(read(read(act, "publicity"), "places"), ["unit", "residence"])

    def publicity_both_places(self, act: dict[str, Any]) -> str:
        """For a mobile person it was posted where they left and where they came: – | 13."""
        return holds_all(read(read(act, "publicity"), "places"), ["origin", "destination"])

    def publicity_clear(self, act: dict[str, Any]) -> str:
        """The result of publicity does not stand in the way: – | 13."""
        return is_true(read(read(act, "publicity"), "clear"))

    def sponsors_two(self, act: dict[str, Any]) -> str:
        """There are exactly two sponsors, and the candidate is neither: 14 | 14."""
        people = standing_people(act, self._sponsors)
        if people is None:
            return UNKNOWN
        own_name = self.file.get("name")
        for person in people:
            if own_name is not None and person.get("name") == own_name:
                return UNMET
        return said(head_count(people) == 2)

    def sponsors_full_members(self, act: dict[str, Any]) -> str:
        """Each sponsor is a full member: 14 | 14."""
        return self._each_a_full_member(act)

    def sponsors_not_under_sanction(self, act: dict[str, Any]) -> str:
        """No sponsor is on probation within the Party with rights not yet restored: 14 | 14."""
        return self._none_under(act, "probation_within_party")

    def sponsors_not_sanctioned_lately(self, act: dict[str, Any]) -> str:
        """No sponsor is within the effect of a lighter sanction: – | 14; one year, one and a half, two."""
        people = read(act, "people")
        if people is MISSING:
            return UNKNOWN
        values = []
        for person in people or []:
            stated = read(person, "sanction")
            if stated is MISSING:
                values.append(UNKNOWN)
            elif not isinstance(stated, dict):
                values.append(said(stated != "in_effect"))
            elif "kind" not in stated:
                values.append(UNKNOWN)
            else:
                months = {"warning": 12, "serious_warning": 18, "removal": 24}.get(stated["kind"])
                if months is None:
                    values.append(MET)
                elif not stated.get("on"):
                    values.append(UNKNOWN)
                else:
                    values.append(said(day(act["on"]) >= add_months(day(stated["on"]), months)))
        return all_of(values)

    def _none_under(self, act: dict[str, Any], sanction: str) -> str:
        """None of the people of this act stands under the sanction."""
        people = read(act, "people")
        if people is MISSING:
            return UNKNOWN
        values = []
        for person in people or []:
            stated = read(person, "sanction")
            kind = read(stated, "kind") if isinstance(stated, dict) else stated
            values.append(UNKNOWN if kind is MISSING else said(kind != sanction))
        return all_of(values)

    def political_review_passed(self) -> str:
        """The political review was held and passed: 16 | 16."""
        return MET

    def political_review_concluded(self, act: dict[str, Any]) -> str:
        """The political review ends in a written conclusion: 16 | 16."""
        return is_given(read(act, "concluded"))

    def review_subjects(self, act: dict[str, Any], edition: str) -> str:
        """All subjects of the text were covered, four and now six: 16 | 16."""
        return at_least(read(act, "subjects"), 6 if edition == "2026" else 4)

    def political_review_both_places(self, act: dict[str, Any]) -> str:
        """For a mobile person both the registered home and the residence were consulted: 16 | 16."""
        return holds_all(read(act, "consulted"), ["registered_home", "residence"])

    def training_done_or_exempt(self, act: dict[str, Any]) -> str:
        """The candidate was trained, or is exempt for a recorded special reason: 17 | 17."""
        if is_text(act.get("exempt")):
            return MET
        days = read(act, "days")
        hours = read(act, "hours")
        if at_least(days, 1) == MET or at_least(hours, 1) == MET:
            return MET
        if days is MISSING or hours is MISSING:
            return UNKNOWN
        return UNMET

    def training_of_a_candidate(self, act: dict[str, Any]) -> str:
        """The training began when the person was a candidate: 17 | 17."""
        began = read(act, "from")
        listed = self._stands_since("candidate_filing")
        if began is None:
            return UNMET
        if began is MISSING or listed is None:
            return UNKNOWN
        return said(day(began) >= listed)

    def training_length(self, act: dict[str, Any]) -> str:
        """The training lasted at least three days or twenty-four class hours: 17 | 17."""
        return any_of([at_least(read(act, "days"), 3), at_least(read(act, "hours"), 24)])

    def training_in_person(self, act: dict[str, Any]) -> str:
        """The training was held in person: – | 17."""
        return is_among(read(act, "mode"), ("in_person",))

    def training_organizer(self, act: dict[str, Any]) -> str:
        """A primary committee or a county-level organization department held the training: 17 | 17."""
        return is_among(read(act, "organizer"), ("primary_committee", "county_organization_department"))

    # --- stage 4: admission ---

    def examined_collectively(self, act: dict[str, Any]) -> str:
        """The branch committee (or the general meeting in its stead) examined the candidate: 19 | 18."""
        return self._decided_by_the_right_body(act)

    def pre_review_competent(self, act: dict[str, Any]) -> str:
        """A primary committee with the power to approve did the pre-review: 19 | 18."""
        return self._competent(act)

    def _competent(self, act: dict[str, Any]) -> str:
        """The committee is of a kind that may approve, and has the power to."""
        committee = read(act, "committee")
        kind = is_among(read(committee, "kind"), ("primary_committee", "working_committee"))
        return all_of([kind, is_true(read(committee, "approves"))])

    def pre_review_passed(self, act: dict[str, Any]) -> str:
        """The result of the pre-review is there in writing: 19 | 18."""
        return holds_all(read(act, "papers"), ["pre_review_result"])

    def not_leaving_within_3_months(self, act: dict[str, Any]) -> str:
        """The candidate does not leave the unit within the next three months: 19 | 18."""
        leaving = read(act, "leaving")
        if leaving is MISSING:
            for earlier in self.history:
                if "leaving" in earlier:
                    leaving = earlier["leaving"]
        if leaving is MISSING:
            return UNKNOWN
        if leaving is None:
            return MET
        return said(day(leaving) > add_months(day(act["on"]), 3))

    def no_reentry_within_5_years(self, act: dict[str, Any]) -> str:
        """Five years after an expulsion, their last day included, nobody is admitted again: regulations, 13."""
        return said(day(act["on"]) > add_months(day(self.file["expelled_on"]), 60))

    def form_after_pre_review(self, act: dict[str, Any]) -> str:
        """The form is issued only once the pre-review has passed: 19 | 18."""
        passed = self._stands_since("pre_review")
        if passed is None:
            return UNKNOWN
        return said(day(act["on"]) >= passed)

    def sponsors_wrote(self, act: dict[str, Any]) -> str:
        """Both sponsors have written their opinions into the form: 15 | 15."""
        return is_true(read(act, "sponsors_wrote"))

    def meeting_within_1_month(self, act: dict[str, Any]) -> str:
        """The meeting is held within a month of the day from which the passed pre-review stands: – | 19."""
        passed = self._stands_since("pre_review")
        if passed is None:
            return UNKNOWN
        return said(day(act["on"]) <= add_months(self._new_limit_start(passed), 1))

    def _new_limit_start(self, anchor: date) -> date:
        """A time limit that is new in 2026 starts when that edition is in force: – | 44."""
        return anchor if self.pinned is not None else max(anchor, IN_FORCE_2026)

    def _ballot(self, act: dict[str, Any]) -> Any:
        """The ballot, MISSING where there is none."""
        ballot = read(act, "ballot")
        return MISSING if ballot is None else ballot

    def _count(self, act: dict[str, Any], key: str) -> Any:
        """A number of the ballot; the void and the late opinions are nought where they are left out."""
        ballot = self._ballot(act)
        value = read(ballot, key)
        if ballot is not MISSING and value is MISSING and key in ("void", "written_late"):
            return 0
        return 0 if value is None else value

    def meeting_quorum(self, act: dict[str, Any], outcome: str) -> str:
        """More than half of those who should attend are there, or, without a quorum, not: 20, 33 | 19, 32."""
        should_attend = self._count(act, "should_attend")
        attended = self._count(act, "attended")
        if should_attend is MISSING or attended is MISSING:
            return UNKNOWN
        reached = attended * 2 > should_attend
        return said(not reached) if outcome == "no_quorum" else said(reached)

    def secret_ballot(self, act: dict[str, Any]) -> str:
        """The vote is secret: 21, 33 | 20, 32."""
        return is_true(read(self._ballot(act), "secret"))

    def one_by_one(self, act: dict[str, Any]) -> str:
        """Each person is discussed and voted on separately: 21, 33 | 20, 32."""
        return is_true(read(self._ballot(act), "one_by_one"))

    def written_opinions_in_time(self, act: dict[str, Any]) -> str:
        """No written opinion is counted that came after the meeting had begun: 21, 33 | 20, 32."""
        late = self._count(act, "written_late")
        return UNKNOWN if late is MISSING else said(late == 0)

    def ballot_adds_up(self, act: dict[str, Any]) -> str:
        """The votes are as many as the voters, and the voters no more than there are: arithmetic."""
        should_attend = self._count(act, "should_attend")
        attended = self._count(act, "attended")
        written = self._count(act, "written")
        late = self._count(act, "written_late")
        in_favour = self._count(act, "for")
        against = self._count(act, "against")
        abstain = self._count(act, "abstain")
        void = self._count(act, "void")

        if MISSING in (in_favour, against, abstain, void, attended, written, late):
            votes = UNKNOWN
        else:
            votes = said(in_favour + against + abstain + void == attended + written + late)

        present = UNKNOWN if MISSING in (attended, should_attend) else said(attended <= should_attend)

        absent = UNKNOWN if MISSING in (written, attended, should_attend) else said(written <= should_attend - attended)

        return all_of([votes, present, absent])

    def majority_of_all(self, act: dict[str, Any], outcome: str) -> str:
        """More than half of all who should attend voted for it, or, when it failed, not: 21, 33 | 20, 32."""
        should_attend = self._count(act, "should_attend")
        in_favour = self._count(act, "for")
        if should_attend is MISSING or in_favour is MISSING:
            return UNKNOWN
        reached = in_favour * 2 > should_attend
        return said(not reached) if outcome == "failed" else said(reached)

    def agenda(self, act: dict[str, Any]) -> str:
        """Candidate, sponsors and committee reported, and the meeting discussed: 21 | 20."""
        return holds_all(read(act, "agenda"), ["candidate", "sponsors", "committee", "discussion"])

    def resolution_complete(self, act: dict[str, Any]) -> str:
        """The resolution holds all that the article lists: 22 | 21."""
        return holds_all(
            read(act, "resolution"),
            ["conduct", "should_attend", "attended", "result", "date", "signature"],
        )

    def meeting_competent(self, act: dict[str, Any]) -> str:
        """It is no temporary organization, unless a named provision allows it: 23 | 22."""
        branch = self._branch_for(act)
        if not branch.get("temporary", False):
            return MET
        provision = read(branch, "temporary_may_admit")
        return UNKNOWN if provision is MISSING else said(is_text(provision))

    def deliberated_below(self, act: dict[str, Any]) -> str:
        """What stands between the branch and the committee deliberated after the meeting: 23 | 22."""
        if read(self._branch_for(act), "under") is MISSING:
            return UNKNOWN
        deliberated = read(act, "deliberated")
        if deliberated is None:
            return UNMET
        if deliberated is MISSING:
            return UNKNOWN
        if day(deliberated) > day(act["on"]):
            return UNMET
        return UNKNOWN if self.admission is None else said(day(deliberated) >= self.admission)

    def talk_before_approval(self, act: dict[str, Any]) -> str:
        """A member of the committee or an organizer talked, not later than the approval: 24 | 23."""
        approved = self._date_of("admission_approval")
        in_time = MET if approved is None else said(day(act["on"]) <= approved)
        talkers = read(act, "talkers")
        if talkers is MISSING:
            by_whom = UNKNOWN
        elif not talkers:
            by_whom = UNMET
        else:
            allowed = ("deputy_secretary", "committee_member", "organizer")
            by_whom = any_of(is_among(read(talker, "role"), allowed) for talker in talkers)
        return all_of([in_time, by_whom])

    def talk_written(self, act: dict[str, Any]) -> str:
        """The account of the talk and the opinion stand in the form: 24 | 23."""
        return all_of([is_true(read(act, "written")), is_given(read(act, "opinion"))])

    def submission_complete(self, act: dict[str, Any], edition: str) -> str:
        """What went up for approval holds all the papers that the article lists: 22, 25 | 21, 24."""
        papers = read(act, "papers")
        needed = holds_all(papers, ["application_form", "application_letter", "political_review"])
        if edition == "2014":
            return all_of([needed, holds_all(papers, ["inspection_records"])])
        return all_of([needed, self._activist_papers(papers)])

    def _activist_papers(self, papers: Any) -> str:
        """The register for an activist of 2026; for an earlier one the register or the records of inspection."""
        register = holds_all(papers, ["activist_register"])
        either = holds_any(papers, ["inspection_records", "activist_register"])
        return self._new_form("activist", register, either)

    def approver_competent(self, act: dict[str, Any]) -> str:
        """A Party committee or working committee with the power to approve decided: 23, 33 | 22, 32."""
        return self._competent(act)

    def approved_collectively(self, act: dict[str, Any]) -> str:
        """The committee discussed and voted together, on each person separately: 25 | 24."""
        return all_of([is_true(read(act, "collective")), is_true(read(act, "one_by_one"))])

    def approval_within_3_months(self, act: dict[str, Any]) -> str:
        """Decided within three months of the meeting, or, for a recorded reason, within six: 26 | 25."""
        if self.admission is None:
            return UNKNOWN
        on = day(act["on"])
        if on <= add_months(self.admission, 3):
            return MET
        special = self._has_reason(act, "approval-within-3-months")
        return said(special and on <= add_months(self.admission, 6))

    def approval_within_6_months(self, act: dict[str, Any]) -> str:
        """It is never decided later than six months after the meeting: 26 | 25."""
        if self.admission is None:
            return UNKNOWN
        return said(day(act["on"]) <= add_months(self.admission, 6))

    def probation_dates(self, act: dict[str, Any]) -> str:
        """The decision states the start and the end of probation as they are reckoned: 25 | 24."""
        stated_from = read(read(act, "probation"), "from")
        stated_to = read(read(act, "probation"), "to")
        if stated_from is None or stated_to is None:
            return UNMET
        if self.admission is None:
            return UNKNOWN
        anniversary = add_months(self.admission, 12)
        start = UNKNOWN if stated_from is MISSING else said(day(stated_from) == self.admission)
        if stated_to is MISSING:
            end = UNKNOWN
        else:
            end = said(day(stated_to) in (anniversary, anniversary - timedelta(days=1)))
        return all_of([start, end])

    def admission_told(self, act: dict[str, Any], outcome: str) -> str:
        """Branch and person were told, and an approval was announced to the members: 25 | 24."""
        if outcome == "refused":
            return holds_all(read(act, "told"), ["branch", "person"])
        return holds_all(read(act, "told"), ["branch", "person", "announced"])

    def filed_one_level_up(self, act: dict[str, Any]) -> str:
        """The approval is filed with the organization department one level higher, promptly: 26 | 25."""
        return self._promptly(self._date_of("admission_approval"), day(act["on"]))

    # --- stage 5: probation and conversion ---

    def assigned(self, act: dict[str, Any]) -> str:
        """The person is promptly assigned to a branch, and to a party group where there are groups: 29 | 28."""
        place = read(act, "assigned")
        group = self._party_group_needed(act, is_given(read(place, "group")))
        since = self._date_of("admission_approval")
        return all_of([is_given(read(place, "branch")), group, self._promptly(since, day(act["on"]))])

    def oath_after_approval(self, act: dict[str, Any]) -> str:
        """The oath is not taken before the approval: 30 | 29."""
        approved = self._date_of("admission_approval")
        if approved is None:
            return UNKNOWN
        return said(day(act["on"]) >= approved)

    def oath_within_1_month(self, act: dict[str, Any]) -> str:
        """Within a month of the reply that approves, or at a collective oath on a great day: – | 29."""
        approval = self._record_of("admission_approval")
        if approval is None:
            return UNKNOWN
        on, replied = day(act["on"]), day(approval.get("replied") or approval["on"])
        if replied <= on <= add_months(self._new_limit_start(replied), 1):
            return MET
        if (on.month, on.day) not in ((7, 1), (10, 1)):
            return UNMET
        return is_among(read(act, "organizer"), ("county_or_above",))

    def oath_organizer(self, act: dict[str, Any], edition: str) -> str:
        """Primary committee, general branch or branch hold the oath; 2026 also county or above: 30 | 29."""
        allowed: tuple[str, ...] = ("primary_committee", "general_branch", "branch")
        if edition == "2026":
            allowed = (*allowed, "county_or_above")
        return is_among(read(act, "organizer"), allowed)

    def probation_inspected(self, act: dict[str, Any]) -> str:
        """At least one inspection was held between the approval and the meeting: 31 | 30."""
        approved = self._date_of("admission_approval")
        if approved is None:
            return UNKNOWN
        for earlier in self.history:
            held = day(earlier["on"])
            if earlier["act"] == "probation_inspection" and approved <= held <= day(act["on"]):
                return MET
        return self._not_in_record()

    def probation_1_year(self, act: dict[str, Any]) -> str:
        """The year since the admission meeting, and any extension, has run out: 32 | 31."""
        end = self.end_of_probation
        if end is None:
            return UNKNOWN
        return said(day(act["on"]) >= end)

    def postponed_meeting_in_time(self, act: dict[str, Any]) -> str:
        """What was put off is discussed within six months of the end of probation: 36 | 35."""
        end = self.end_of_probation
        if end is None:
            return UNKNOWN
        return said(day(act["on"]) <= add_months(end, 6))

    def conversion_in_time(self, act: dict[str, Any]) -> str:
        """The meeting comes promptly after the end of probation, or of a postponement: 32, 36 | 31, 35."""
        end = self.end_of_probation
        months = [read(postponed, "months") for postponed in self._postponements]
        if end is None or MISSING in months or None in months:
            return UNKNOWN
        return self._promptly(add_months(end, max(months, default=0)), day(act["on"]))

    def conversion_applied(self, on: date) -> str:
        """The person has applied for conversion in writing, not later than the meeting: 33 | 32."""
        applied = self._date_of("conversion_application") if "conversion_application" in self.done else None
        return MET if applied is not None and applied <= on else self._not_in_record()

    def conversion_opinions(self, act: dict[str, Any]) -> str:
        """The party group where there is one, the members and the masses were heard: 33 | 32."""
        heard = read(act, "heard")
        group = self._party_group_needed(act, holds_all(heard, ["party_group"]))
        return all_of([holds_all(heard, ["members", "masses"]), group])

    def conversion_examined(self, act: dict[str, Any]) -> str:
        """The branch committee has examined the person: 33 | 32."""
        return is_true(read(act, "examined"))

    def extension_6_to_12_months(self, act: dict[str, Any]) -> str:
        """Probation is extended by at least half a year and at most a year: 32 | 31."""
        months = read(act, "months")
        if months is MISSING:
            return UNKNOWN
        return said(6 <= (months or 0) <= 12)

    def extension_once(self) -> str:
        """Probation is extended once only: 32 | 31."""
        return said(self.extensions == 0)

    def conversion_approval_within_3_months(self, act: dict[str, Any]) -> str:
        """It is decided within three months of the meeting: 34 | 33."""
        met_on = self._date_of("conversion_meeting")
        if met_on is None:
            return UNKNOWN
        return said(day(act["on"]) <= add_months(met_on, 3))

    def conversion_told(self, act: dict[str, Any]) -> str:
        """The branch was told, the secretary talked with the person, and it was announced: 34 | 33."""
        return holds_all(read(act, "told"), ["branch", "secretary_talked", "announced"])

    def archive_complete(self, act: dict[str, Any], edition: str) -> str:
        """All the papers that the article lists went into the archive, promptly: 37 | 36."""
        papers = read(act, "papers")
        needed = ["application_form", "application_letter", "political_review", "conversion_application"]
        values = [holds_all(papers, needed), self._promptly(self._date_of("conversion_approval"), day(act["on"]))]
        if edition == "2014":
            values.append(holds_all(papers, ["inspection_records"]))
        if edition == "2026":
            values.append(self._activist_papers(papers))
            either = holds_any(papers, ["inspection_records", "probation_register", "activist_register"])
            values.append(self._new_form("admission_meeting", holds_all(papers, ["probation_register"]), either))
        return all_of(values)

    # --- what waits ---

    def waiting(self, today: date) -> dict[str, date]:
        """What is owed promptly and not done, with the day since which: of a whole record that has not ended."""
        found: dict[str, date] = {}
        approved = self._date_of("admission_approval")
        if self.ended or not self.complete or self._away or approved is None:
            return found
        end = self.end_of_probation
        months = [postponed.get("months") for postponed in self._postponements]
        if end is not None and all(isinstance(number, int) for number in months):
            due = add_months(end, max((number or 0 for number in months), default=0))
            if "conversion_meeting" not in self.done and due <= today:
                found["conversion-in-time"] = due
        for rule, code in (
            ("filed-one-level-up", "superior_filing"),
            ("assigned", "assignment"),
            ("oath-taken", "oath"),
        ):
            if code not in self.done and approved <= today:
                found[rule] = approved
        converted = self._date_of("conversion_approval")
        if self._converted and "archive" not in self.done and converted is not None and converted <= today:
            found["archive-complete"] = converted
        if "oath-taken" in found and self._oath_late(today):
            del found["oath-taken"]  # a rule with a number already speaks of it
        return found

    def _oath_late(self, today: date) -> bool:
        """Under 2026 the month of a missing oath has passed: - | 29."""
        edition = self.pinned or ("2026" if today >= IN_FORCE_2026 else "2014")
        approval = self._record_of("admission_approval")
        if edition != "2026" or approval is None:
            return False
        replied = day(approval.get("replied") or approval["on"])
        return today > add_months(self._new_limit_start(replied), 1)
