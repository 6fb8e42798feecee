"""The faults that a quiz can plant in the last two stages: the rule, the act, a way of breaking it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from recruitment.base.dates import add_months
from recruitment.record.evidence import Talker
from recruitment.training.breaches import (
    BALLOT_KINDS,
    BEFORE_APPROVAL,
    BY_COMMITTEE,
    COMMITTEE,
    TO_GENERAL_MEETING,
    exactly_half,
    fewer_than_half,
    leaving,
    reply,
)
from recruitment.training.planting import (
    Fault,
    before,
    early,
    facts,
    file_facts,
    lacking,
    late,
    missing,
    order,
    without,
)

FAULTS: Final[tuple[Fault, ...]] = (
    # -- stage 4
    Fault(
        "branch-committee-quorum",
        "committee_review",
        "quorum",
        facts({"meeting.present": fewer_than_half}),
        BY_COMMITTEE,
    ),
    Fault("examined-collectively", "committee_review", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    Fault("pre-review-competent", "pre_review", "body", COMMITTEE),
    Fault("pre-review-passed", "pre_review", "papers", lacking("pre_review_result")),
    Fault(
        "not-leaving-within-3-months",
        "pre_review",
        "time",
        facts({"leaving": lambda s: add_months(s.act.on, 3) - timedelta(days=s.draws.between(0, 40))}),
        last=True,
    ),
    Fault("not-leaving-within-3-months", "admission_meeting", "time", leaving),
    Fault("sponsors-wrote", "application_form", "papers", facts({"sponsors_wrote": False})),
    Fault("meeting-within-1-month", "admission_meeting", "time", late(lambda s: s.day("pre_review"), 1, 20)),
    Fault("meeting-quorum", "admission_meeting", "quorum", facts({"ballot": exactly_half}), {"voters": 16}),
    *(Fault(rule, "admission_meeting", kind, plant) for rule, kind, plant in BALLOT_KINDS),
    Fault("agenda", "admission_meeting", "evidence", without("agenda")),
    Fault("resolution-complete", "admission_meeting", "papers", without("resolution")),
    Fault(
        "meeting-competent",
        "admission_meeting",
        "body",
        file_facts({"branch.temporary": True, "branch.temporary_may_admit": None}),
        last=True,
    ),
    Fault(
        "talk-before-approval",
        "committee_talk",
        "people",
        facts(
            {"talkers": (Talker(role="branch_secretary"),)},
            {"talkers": (Talker(role="organization_commissioner"), Talker(role="member"))},
        ),
    ),
    Fault("talk-written", "committee_talk", "papers", facts({"written": False}, {"opinion": None})),
    Fault(
        "deliberated-below",
        "admission_approval",
        "order",
        facts(
            {"deliberated": None},
            {"deliberated": lambda s: s.day("admission_meeting") - timedelta(days=s.draws.between(1, 5))},
        ),
        {"under": "general_branch"},
    ),
    Fault("submission-complete", "admission_approval", "papers", lacking("application_letter")),
    Fault("submission-complete", "admission_approval", "papers", lacking("political_review")),
    Fault("approver-competent", "admission_approval", "body", COMMITTEE),
    Fault("approved-collectively", "admission_approval", "vote", facts({"collective": False}, {"one_by_one": False})),
    Fault(
        "approval-within-3-months",
        "admission_approval",
        "time",
        late(lambda s: s.day("admission_meeting"), 3, 40, keeping=BEFORE_APPROVAL),
        {"late_approval": False},
    ),
    Fault(
        "approval-within-6-months",
        "admission_approval",
        "time",
        late(lambda s: s.day("admission_meeting"), 6, 25, keeping=BEFORE_APPROVAL),
        {"late_approval": True},
    ),
    Fault(
        "probation-dates",
        "admission_approval",
        "time",
        facts(
            {"probation.from_": lambda s: s.act.on},
            {"probation.to": lambda s: add_months(s.act.on, 12) - timedelta(days=1)},
        ),
    ),
    Fault("admission-told", "admission_approval", "evidence", without("told")),
    order("committee_review", missing("sponsors"), last=True),
    order("committee_review", missing("training"), last=True),
    order("admission_approval", missing("committee_talk")),
    order("superior_filing", before("admission_approval")),
    # -- stage 5
    Fault("assigned", "assignment", "evidence", facts({"assigned.group": None}), {"has_party_groups": True}),
    Fault(
        "oath-within-1-month",
        "oath",
        "time",
        late(reply, 1, 25),
        {"late_oath": False},
    ),
    Fault("oath-organizer", "oath", "body", facts({"organizer": "county_or_above"})),
    Fault("probation-1-year", "conversion_meeting", "time", early("admission_meeting", 12, 12)),
    Fault(
        "probation-1-year",
        "conversion_meeting",
        "time",
        early("admission_meeting", 12, 12),
        {"extended": 6},
        final=True,
    ),
    Fault("meeting-quorum", "conversion_meeting", "quorum", facts({"ballot": exactly_half}), {"voters": 18}),
    *(Fault(rule, "conversion_meeting", kind, plant) for rule, kind, plant in BALLOT_KINDS),
    Fault("conversion-opinions", "conversion_meeting", "evidence", without("heard")),
    Fault("conversion-examined", "conversion_meeting", "body", facts({"examined": False})),
    Fault(
        "extension-6-to-12-months",
        "conversion_meeting",
        "time",
        facts({"months": 3}, {"months": 5}, {"months": 18}),
        {"extended": 6},
        last=True,
    ),
    Fault(
        "extension-once",
        "conversion_meeting",
        "time",
        facts({"outcome": "extend", "months": 6}),
        {"extended": 6},
        last=True,
        final=True,
    ),
    Fault("approver-competent", "conversion_approval", "body", COMMITTEE),
    Fault(
        "conversion-approval-within-3-months",
        "conversion_approval",
        "time",
        late(lambda s: s.day("conversion_meeting"), 3, 30, keeping=("reported",)),
    ),
    Fault("conversion-told", "conversion_approval", "evidence", without("told")),
    *(
        Fault("archive-complete", "archive", "papers", lacking(paper))
        for paper in ("application_letter", "political_review", "conversion_application")
    ),
    order("assignment", before("admission_approval")),
    order("conversion_application", before("admission_approval")),
    order("conversion_approval", missing("oath")),
    order("archive", missing("superior_filing")),
)
