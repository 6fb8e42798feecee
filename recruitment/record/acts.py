"""What happened: one frozen value per act, its evidence typed, the day of the act apart from the day of its entry.

The evidence itself, and what unknown means, is in `recruitment.record.evidence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final, Literal

from attrs import field, frozen

from recruitment.base.identity import masked
from recruitment.record.evidence import (
    UNKNOWN,
    Assigned,
    Ballot,
    Branch,
    Committee,
    Heard,
    Known,
    Level,
    Meeting,
    Paper,
    Person,
    Probation,
    Publicity,
    Replaced,
    Talker,
    else_on,
    of_host,
)


@frozen(kw_only=True, slots=False)
class Act:
    """An act as it was done on a day, and the day of its entry; the evidence is in the children."""

    code: ClassVar[str] = ""
    outcomes: ClassVar[tuple[str, ...]] = ()

    on: date
    outcome: str | None = None
    """None is the success of the act."""
    recorded: date | None = None
    """The day of its entry, filled in when the act enters a ledger."""
    branch: Branch | None = None
    """What it says of the branch, which holds from the act on."""
    papers: Known[tuple[Paper, ...]] = UNKNOWN
    """The papers that the act left."""
    reason: Known[str] = UNKNOWN
    """It serves every *usual* rule of the act and the three months of the approval, never a bar."""
    reasons: Mapping[str, str] | None = None
    """Reasons of their own for single rules, by their codes."""
    as_it_was: Known[str] = UNKNOWN
    """The reason for which an act of the past is recorded though a bar is unmet."""
    note: Known[str] = UNKNOWN
    host: Mapping[str, Any] | None = of_host()
    """A JSON object that the host keeps with the act; it is no part of what the act says."""


@frozen(kw_only=True, slots=False)
class Apply(Act):
    """Procedure 1: the application letter reaches the branch."""

    code: ClassVar[str] = "apply"
    received: Known[date] = else_on()
    tie: Known[Literal["work", "study", "residence", "unit_location", "competent_department", "mobile_members"]] = (
        UNKNOWN
    )
    unit: Known[Literal["with_organization", "without_organization", "none"]] = UNKNOWN
    publicity: Known[Publicity] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Talk(Act):
    """Procedure 2: somebody sent by the branch talks with the applicant."""

    code: ClassVar[str] = "talk"
    topics: Known[tuple[Literal["history", "view", "motive", "law", "family", "introduced"], ...]] = UNKNOWN
    talkers: Known[tuple[Talker, ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Activist(Act):
    """Procedure 3: nominated, then decided by the branch committee."""

    code: ClassVar[str] = "activist"
    outcomes: ClassVar[tuple[str, ...]] = ("chosen", "not_chosen")
    nominated_by: Known[
        tuple[Literal["members", "youth_league", "trade_union", "women", "mass_organization", "other"], ...]
    ] = UNKNOWN
    meeting: Known[Meeting] = UNKNOWN
    publicity: Known[Publicity] = UNKNOWN


@frozen(kw_only=True, slots=False)
class ActivistFiling(Act):
    """Procedure 4: the decision is filed with the higher committee."""

    code: ClassVar[str] = "activist_filing"
    outcomes: ClassVar[tuple[str, ...]] = ("filed", "returned")
    reported: Known[date] = UNKNOWN
    replied: Known[date] = else_on()
    committee: Known[Committee] = UNKNOWN
    deliberated: Known[date] = UNKNOWN
    publicity: Known[Publicity] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Mentors(Act):
    """Procedure 5: one or two mentors are appointed, or some of them replaced."""

    code: ClassVar[str] = "mentors"
    people: Known[tuple[Person, ...]] = UNKNOWN
    replaces: Known[tuple[Replaced, ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Inspection(Act):
    """Procedure 6: the branch inspects the activist, once in each half-year."""

    code: ClassVar[str] = "inspection"
    outcomes: ClassVar[tuple[str, ...]] = ("satisfactory", "unsatisfactory")
    reports: Known[tuple[date, ...]] = UNKNOWN
    mentors_wrote: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Candidate(Act):
    """Procedure 7: opinions are heard, then the branch committee decides."""

    code: ClassVar[str] = "candidate"
    outcomes: ClassVar[tuple[str, ...]] = ("agreed", "not_agreed", "postponed")
    heard: Known[tuple[Heard, ...]] = UNKNOWN
    meeting: Known[Meeting] = UNKNOWN


@frozen(kw_only=True, slots=False)
class CandidateFiling(Act):
    """Procedure 8: filed (2014) or agreed, made public and listed (2026); dated with the listing."""

    code: ClassVar[str] = "candidate_filing"
    outcomes: ClassVar[tuple[str, ...]] = ("filed", "agreed", "returned", "postponed", "refused")
    publicity: Known[Publicity] = UNKNOWN
    reported: Known[date] = UNKNOWN
    replied: Known[date] = else_on()
    committee: Known[Committee] = UNKNOWN
    deliberated: Known[date] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Sponsors(Act):
    """Procedure 9: two sponsors are determined, or some of them replaced."""

    code: ClassVar[str] = "sponsors"
    people: Known[tuple[Person, ...]] = UNKNOWN
    replaces: Known[tuple[Replaced, ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class PoliticalReview(Act):
    """Procedure 10: the political review; `inquiries` are the days of the replies to letters of inquiry."""

    code: ClassVar[str] = "political_review"
    outcomes: ClassVar[tuple[str, ...]] = ("passed", "failed")
    subjects: Known[int] = UNKNOWN
    inquiries: Known[tuple[date, ...]] = UNKNOWN
    concluded: Known[date] = UNKNOWN
    consulted: Known[tuple[Literal["registered_home", "residence", "departments"], ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Training(Act):
    """Procedure 11: concentrated training in days and class hours, or the special reason for an exemption."""

    code: ClassVar[str] = "training"
    from_: Known[date] = UNKNOWN
    to: Known[date] = UNKNOWN
    days: Known[int] = UNKNOWN
    hours: Known[int] = UNKNOWN
    organizer: Known[
        Literal["primary_committee", "county_organization_department", "general_branch", "branch", "other"]
    ] = UNKNOWN
    approves: Known[bool] = UNKNOWN
    mode: Known[Literal["in_person", "video", "self_study"]] = UNKNOWN
    exempt: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class CommitteeReview(Act):
    """Procedure 12: the branch committee examines the candidate."""

    code: ClassVar[str] = "committee_review"
    outcomes: ClassVar[tuple[str, ...]] = ("passed", "failed")
    meeting: Known[Meeting] = UNKNOWN


@frozen(kw_only=True, slots=False)
class PreReview(Act):
    """Procedure 13: pre-review by the committee with the power to approve; `leaving` is the day of leaving."""

    code: ClassVar[str] = "pre_review"
    outcomes: ClassVar[tuple[str, ...]] = ("passed", "failed")
    reported: Known[date] = UNKNOWN
    replied: Known[date] = else_on()
    committee: Known[Committee] = UNKNOWN
    deliberated: Known[date] = UNKNOWN
    leaving: Known[date] = UNKNOWN


@frozen(kw_only=True, slots=False)
class ApplicationForm(Act):
    """Procedure 14: the numbered form is filled in by the candidate and both sponsors."""

    code: ClassVar[str] = "application_form"
    form_number: Known[str] = UNKNOWN
    sponsors_wrote: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class AdmissionMeeting(Act):
    """Procedure 15: the general meeting votes on admission; once approved, probation runs from here."""

    code: ClassVar[str] = "admission_meeting"
    outcomes: ClassVar[tuple[str, ...]] = ("passed", "failed", "no_quorum")
    ballot: Known[Ballot] = UNKNOWN
    leaving: Known[date] = UNKNOWN
    agenda: Known[tuple[Literal["candidate", "sponsors", "committee", "discussion"], ...]] = UNKNOWN
    resolution: Known[tuple[Literal["conduct", "should_attend", "attended", "result", "date", "signature"], ...]] = (
        UNKNOWN
    )
    publicity: Known[Publicity] = UNKNOWN


@frozen(kw_only=True, slots=False)
class CommitteeTalk(Act):
    """Procedure 16: a committee member or organizer talks with the candidate before the approval."""

    code: ClassVar[str] = "committee_talk"
    talkers: Known[tuple[Talker, ...]] = UNKNOWN
    opinion: Known[str] = UNKNOWN
    written: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class AdmissionApproval(Act):
    """Procedure 17: the primary committee approves the admission."""

    code: ClassVar[str] = "admission_approval"
    outcomes: ClassVar[tuple[str, ...]] = ("approved", "refused")
    reported: Known[date] = UNKNOWN
    replied: Known[date] = else_on()
    committee: Known[Committee] = UNKNOWN
    deliberated: Known[date] = UNKNOWN
    collective: Known[bool] = UNKNOWN
    one_by_one: Known[bool] = UNKNOWN
    probation: Known[Probation] = UNKNOWN
    told: Known[tuple[Literal["branch", "person", "announced", "secretary_talked"], ...]] = UNKNOWN
    publicity: Known[Publicity] = UNKNOWN


@frozen(kw_only=True, slots=False)
class SuperiorFiling(Act):
    """Procedure 18: the approval is filed one level higher."""

    code: ClassVar[str] = "superior_filing"


@frozen(kw_only=True, slots=False)
class Assignment(Act):
    """Procedure 19: the probationary member is assigned to a branch and a party group."""

    code: ClassVar[str] = "assignment"
    assigned: Known[Assigned] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Oath(Act):
    """Procedure 20: the oath before the flag."""

    code: ClassVar[str] = "oath"
    organizer: Known[Literal["primary_committee", "general_branch", "branch", "county_or_above"]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class ProbationInspection(Act):
    """Procedure 21: education and inspection in probation."""

    code: ClassVar[str] = "probation_inspection"
    outcomes: ClassVar[tuple[str, ...]] = ("satisfactory", "unsatisfactory")
    reports: Known[tuple[date, ...]] = UNKNOWN
    sponsors_wrote: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class ConversionApplication(Act):
    """Procedure 22: the probationary member applies in writing to become a full member."""

    code: ClassVar[str] = "conversion_application"


@frozen(kw_only=True, slots=False)
class ConversionMeeting(Act):
    """Procedure 23: the general meeting decides: convert, extend by `months`, or cancel. No outcome is assumed."""

    code: ClassVar[str] = "conversion_meeting"
    outcomes: ClassVar[tuple[str, ...]] = ("convert", "extend", "cancel", "failed", "no_quorum")
    ballot: Known[Ballot] = UNKNOWN
    heard: Known[tuple[Heard, ...]] = UNKNOWN
    examined: Known[bool] = UNKNOWN
    ground: Literal["end_of_probation", "discipline"] = "end_of_probation"
    months: Known[int] = UNKNOWN


@frozen(kw_only=True, slots=False)
class ConversionApproval(Act):
    """Procedure 24: the committee approves what the meeting decided."""

    code: ClassVar[str] = "conversion_approval"
    outcomes: ClassVar[tuple[str, ...]] = ("approved", "refused")
    publicity: Known[Publicity] = UNKNOWN
    reported: Known[date] = UNKNOWN
    replied: Known[date] = else_on()
    committee: Known[Committee] = UNKNOWN
    deliberated: Known[date] = UNKNOWN
    collective: Known[bool] = UNKNOWN
    one_by_one: Known[bool] = UNKNOWN
    told: Known[tuple[Literal["branch", "person", "announced", "secretary_talked"], ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Archive(Act):
    """Procedure 25: the papers go into the archive."""

    code: ClassVar[str] = "archive"


# ------------------------------------------------------------------------- acts beside the main line


@frozen(kw_only=True, slots=False)
class TransferOut(Act):
    """The person moves to another unit: reported to the old one, papers handed over."""

    code: ClassVar[str] = "transfer_out"
    reported: Known[date] = UNKNOWN
    handed_over: Known[bool] = UNKNOWN
    to: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class TransferIn(Act):
    """The person arrives from another unit: papers handed over and examined."""

    code: ClassVar[str] = "transfer_in"
    from_unit: Known[str] = UNKNOWN
    handed_over: Known[bool] = UNKNOWN
    examined: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class PostponeConversion(Act):
    """The discussion of conversion is put off by some months, after a transfer."""

    code: ClassVar[str] = "postpone_conversion"
    months: Known[int] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Withdraw(Act):
    """The person withdraws."""

    code: ClassVar[str] = "withdraw"
    decided_by: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Stop(Act):
    """The organization stops the course."""

    code: ClassVar[str] = "stop"
    decided_by: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Died(Act):
    """The person died."""

    code: ClassVar[str] = "died"
    decided_by: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class NotRecognized(Act):
    """The admission is not recognized."""

    code: ClassVar[str] = "not_recognized"
    level: Known[Level] = UNKNOWN
    announced: Known[bool] = UNKNOWN
    studied: Known[bool] = UNKNOWN
    unqualified: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class AdmitDirectly(Act):
    """Admission directly by the central committee or a province-level committee."""

    code: ClassVar[str] = "admit_directly"
    level: Known[Level] = UNKNOWN


@frozen(kw_only=True, slots=False)
class RecognizePosthumously(Act):
    """Recognition as a member after death."""

    code: ClassVar[str] = "recognize_posthumously"
    asked: Known[bool] = UNKNOWN
    unit_discussed: Known[bool] = UNKNOWN
    higher_examined: Known[bool] = UNKNOWN
    level: Known[Level] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Correct(Act):
    """A correction: it replaces the act at `index` by another (None strikes it out), or one fact of the file."""

    code: ClassVar[str] = "correct"
    index: Known[int] = UNKNOWN
    field: Known[Literal["name", "born", "branch", "mobile", "expelled_on"]] = UNKNOWN
    with_: Known[Act | Branch | date | str | bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Struck(Act):
    """The place of an entry that a correction has struck out; never recorded itself."""

    code: ClassVar[str] = "struck"


PROCEDURES: Final[tuple[type[Act], ...]] = (
    Apply,
    Talk,
    Activist,
    ActivistFiling,
    Mentors,
    Inspection,
    Candidate,
    CandidateFiling,
    Sponsors,
    PoliticalReview,
    Training,
    CommitteeReview,
    PreReview,
    ApplicationForm,
    AdmissionMeeting,
    CommitteeTalk,
    AdmissionApproval,
    SuperiorFiling,
    Assignment,
    Oath,
    ProbationInspection,
    ConversionApplication,
    ConversionMeeting,
    ConversionApproval,
    Archive,
)
OTHER_ACTS: Final[tuple[type[Act], ...]] = (
    TransferOut,
    TransferIn,
    PostponeConversion,
    Withdraw,
    Stop,
    Died,
    NotRecognized,
    AdmitDirectly,
    RecognizePosthumously,
    Correct,
)
ACTS: Final[Mapping[str, type[Act]]] = {kind.code: kind for kind in (*PROCEDURES, *OTHER_ACTS)}
"""Every act of the dossier format by its code."""


def says_as_it_was(act: Act) -> bool:
    """Whether an act says for which reason it is recorded as it was."""
    return isinstance(act.as_it_was, str) and bool(act.as_it_was.strip())


@frozen(kw_only=True, slots=False)
class File:
    """The facts of an applicant's file that are not acts.

    `complete` says that the record is meant to be whole: what is not in it was not done. `edition` pins one edition
    for all acts; None judges each act by its own day. `host` is a JSON object that the host keeps with the file. Its
    name and day of birth are in no `repr`.
    """

    id: str = field(repr=lambda file: repr(masked(file)))
    name: Known[str] = field(default=UNKNOWN, repr=False)
    born: Known[date] = field(default=UNKNOWN, repr=False)
    member_of: Known[tuple[Literal["youth_league", "trade_union", "women"], ...]] = UNKNOWN
    student: Known[bool] = UNKNOWN
    registered_at_school: Known[bool] = UNKNOWN
    branch: Branch | None = None
    complete: bool = True
    expelled_on: Known[date] = UNKNOWN
    mobile: bool = False
    edition: str | None = None
    overlays: tuple[str, ...] = ()
    host: Mapping[str, Any] | None = of_host()
