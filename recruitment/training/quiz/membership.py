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
    STANDING_IN,
    TO_GENERAL_MEETING,
    WITHOUT_COMMITTEE,
    exactly_half,
    fewer_than_half,
    leaving,
    reply,
)
from recruitment.training.planting import (
    PlantedFault,
    before,
    early,
    facts,
    file_facts,
    lacking,
    late,
    leave_out,
    order,
    without,
)

FAULTS: Final[tuple[PlantedFault, ...]] = (
    # -- stage 4
    PlantedFault(
        "branch-committee-quorum",
        "committee_review",
        "quorum",
        facts({"meeting.present": fewer_than_half}),
        BY_COMMITTEE,
    ),
    PlantedFault("examined-collectively", "committee_review", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    PlantedFault("general-meeting-stands-in", "committee_review", "vote", STANDING_IN, WITHOUT_COMMITTEE),
    PlantedFault("pre-review-competent", "pre_review", "body", COMMITTEE),
    PlantedFault("pre-review-passed", "pre_review", "papers", lacking("pre_review_result")),
    PlantedFault(
        "not-leaving-within-3-months",
        "pre_review",
        "time",
        facts({"leaving": lambda s: add_months(s.act.on, 3) - timedelta(days=s.draws.between(0, 40))}),
        last=True,
    ),
    PlantedFault("not-leaving-within-3-months", "admission_meeting", "time", leaving),
    PlantedFault("sponsors-wrote", "application_form", "papers", facts({"sponsors_wrote": False})),
    PlantedFault("meeting-within-1-month", "admission_meeting", "time", late(lambda s: s.day("pre_review"), 1, 20)),
    PlantedFault("meeting-quorum", "admission_meeting", "quorum", facts({"ballot": exactly_half}), {"voters": 16}),
    *(PlantedFault(rule, "admission_meeting", kind, plant) for rule, kind, plant in BALLOT_KINDS),
    PlantedFault(
        "no-reentry-within-5-years",
        "admission_meeting",
        "time",
        file_facts({"expelled_on": lambda s: s.course.acts[0].on - timedelta(days=s.draws.between(30, 400))}),
    ),
    PlantedFault("agenda", "admission_meeting", "evidence", without("agenda")),
    PlantedFault("resolution-complete", "admission_meeting", "papers", without("resolution")),
    PlantedFault(
        "meeting-competent",
        "admission_meeting",
        "body",
        file_facts({"branch.temporary": True, "branch.temporary_may_admit": None}),
        last=True,
    ),
    PlantedFault(
        "talk-before-approval",
        "committee_talk",
        "people",
        facts(
            {"talkers": (Talker(role="branch_secretary"),)},
            {"talkers": (Talker(role="organization_commissioner"), Talker(role="member"))},
        ),
    ),
    PlantedFault("talk-written", "committee_talk", "papers", facts({"written": False}, {"opinion": None})),
    PlantedFault(
        "deliberated-below",
        "admission_approval",
        "order",
        facts(
            {"deliberated": None},
            {"deliberated": lambda s: s.day("admission_meeting") - timedelta(days=s.draws.between(1, 5))},
        ),
        {"under": "general_branch"},
    ),
    PlantedFault("submission-complete", "admission_approval", "papers", lacking("application_letter")),
    PlantedFault("submission-complete", "admission_approval", "papers", lacking("political_review")),
    PlantedFault("approver-competent", "admission_approval", "body", COMMITTEE),
    PlantedFault(
        "approved-collectively", "admission_approval", "vote", facts({"collective": False}, {"one_by_one": False})
    ),
    PlantedFault(
        "approval-within-3-months",
        "admission_approval",
        "time",
        late(lambda s: s.day("admission_meeting"), 3, 40, keeping=BEFORE_APPROVAL),
        {"late_approval": False},
    ),
    PlantedFault(
        "approval-within-6-months",
        "admission_approval",
        "time",
        late(lambda s: s.day("admission_meeting"), 6, 25, keeping=BEFORE_APPROVAL),
        {"late_approval": True},
    ),
    PlantedFault(
        "probation-dates",
        "admission_approval",
        "time",
        facts(
            {"probation.from_": lambda s: s.act.on},
            {"probation.to": lambda s: add_months(s.act.on, 12) - timedelta(days=1)},
        ),
    ),
    PlantedFault(
        "days-of-the-record",
        "admission_approval",
        "record",
        facts({"reported": lambda s: s.day("admission_meeting") - timedelta(days=s.draws.between(1, 5))}),
    ),
    PlantedFault("admission-told", "admission_approval", "evidence", without("told")),
    order("committee_review", leave_out("sponsors"), last=True),
    order("committee_review", leave_out("training"), last=True),
    order("admission_approval", leave_out("committee_talk")),
    order("superior_filing", before("admission_approval")),
    # -- stage 5
    PlantedFault("assigned", "assignment", "evidence", facts({"assigned.group": None}), {"has_party_groups": True}),
    PlantedFault(
        "oath-within-1-month",
        "oath",
        "time",
        late(reply, 1, 25),
        {"late_oath": False},
    ),
    PlantedFault("oath-taken", "oath", "time", late(lambda s: s.day("admission_approval"), 6, 25)),
    PlantedFault("sponsors-wrote-in-probation", "probation_inspection", "papers", facts({"sponsors_wrote": False})),
    PlantedFault("oath-organizer", "oath", "body", facts({"organizer": "county_or_above"})),
    PlantedFault("probation-1-year", "conversion_meeting", "time", early("admission_meeting", 12, 12)),
    PlantedFault(
        "probation-1-year",
        "conversion_meeting",
        "time",
        early("admission_meeting", 12, 12),
        {"extended": 6},
        final=True,
    ),
    PlantedFault("meeting-quorum", "conversion_meeting", "quorum", facts({"ballot": exactly_half}), {"voters": 18}),
    *(PlantedFault(rule, "conversion_meeting", kind, plant) for rule, kind, plant in BALLOT_KINDS),
    PlantedFault(
        "conversion-in-time",
        "conversion_meeting",
        "time",
        late(lambda s: s.day("admission_meeting"), 18, 25),
        {"extended": 0},
    ),
    PlantedFault("conversion-opinions", "conversion_meeting", "evidence", without("heard")),
    PlantedFault("conversion-examined", "conversion_meeting", "body", facts({"examined": False})),
    PlantedFault(
        "extension-6-to-12-months",
        "conversion_meeting",
        "time",
        facts({"months": 3}, {"months": 5}, {"months": 18}),
        {"extended": 6},
        last=True,
    ),
    PlantedFault(
        "extension-once",
        "conversion_meeting",
        "time",
        facts({"outcome": "extend", "months": 6}),
        {"extended": 6},
        last=True,
        final=True,
    ),
    PlantedFault("approver-competent", "conversion_approval", "body", COMMITTEE),
    PlantedFault(
        "conversion-approval-within-3-months",
        "conversion_approval",
        "time",
        late(lambda s: s.day("conversion_meeting"), 3, 30, keeping=("reported",)),
    ),
    PlantedFault("conversion-told", "conversion_approval", "evidence", without("told")),
    *(
        PlantedFault("archive-complete", "archive", "papers", lacking(paper))
        for paper in ("application_letter", "political_review", "conversion_application")
    ),
    order("assignment", before("admission_approval")),
    order("conversion_application", before("admission_approval")),
    order("conversion_approval", leave_out("oath")),
    order("archive", leave_out("superior_filing")),
)
