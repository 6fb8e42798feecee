"""The faults that a quiz can plant in the first three stages: the rule, the act, a way of breaking it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import evolve

from recruitment.base.dates import add_months
from recruitment.training.breaches import (
    BY_COMMITTEE,
    STANDING_IN,
    TO_COMMITTEE,
    TO_GENERAL_MEETING,
    WITHOUT_COMMITTEE,
    begun_early,
    fewer_than_half,
    invent_notice,
    somebody,
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
    # -- stage 1
    PlantedFault(
        "age-18",
        "apply",
        "time",
        file_facts({"born": lambda s: add_months(s.act.on, -216) + timedelta(days=s.draws.between(1, 90))}),
    ),
    PlantedFault(
        "right-organization",
        "apply",
        "body",
        facts(
            {"tie": "residence", "unit": "with_organization"},
            {"tie": "work", "unit": "without_organization"},
            {"tie": "mobile_members", "unit": "none"},
        ),
        {"mobile": False, "floating": False},
    ),
    PlantedFault("application-in-writing", "apply", "papers", lacking("application_letter")),
    PlantedFault("talk-within-1-month", "talk", "time", late(lambda s: s.course.acts[0].received, 1, 20)),  # type: ignore[attr-defined]
    PlantedFault("talk-by-the-organization", "talk", "people", facts({"talkers": ()})),
    PlantedFault("talk-topics", "talk", "evidence", without("topics")),
    # -- stage 2
    PlantedFault("activist-nominated", "activist", "evidence", facts({"nominated_by": ()})),
    PlantedFault("activist-decided-by-branch-committee", "activist", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    PlantedFault("activist-decided-by-branch-committee", "activist", "body", TO_COMMITTEE, {"has_committee": False}),
    PlantedFault(
        "branch-committee-quorum", "activist", "quorum", facts({"meeting.present": fewer_than_half}), BY_COMMITTEE
    ),
    PlantedFault("general-meeting-stands-in", "activist", "vote", STANDING_IN, WITHOUT_COMMITTEE),
    PlantedFault("mentors-wrote", "inspection", "papers", facts({"mentors_wrote": False})),
    PlantedFault(
        "mentors-one-or-two",
        "mentors",
        "people",
        facts({"people": lambda s: (*s.act.people, evolve(s.act.people[0], name="丁"))}, {"people": ()}),
    ),
    PlantedFault("mentors-full-members", "mentors", "people", somebody(standing="probationary")),
    order("activist", before("talk")),
    order("activist_filing", before("activist")),
    order("mentors", before("activist")),
    # -- stage 3
    PlantedFault("inspection-every-half-year", "candidate", "time", leave_out("inspection")),
    PlantedFault("cultivation-1-year", "candidate", "time", early("activist", 12, 12)),
    PlantedFault("opinions-heard", "candidate", "evidence", without("heard")),
    PlantedFault("candidate-decided-by-branch-committee", "candidate", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    PlantedFault(
        "branch-committee-quorum", "candidate", "quorum", facts({"meeting.present": fewer_than_half}), BY_COMMITTEE
    ),
    PlantedFault("general-meeting-stands-in", "candidate", "vote", STANDING_IN, WITHOUT_COMMITTEE),
    PlantedFault(
        "floating-may-develop",
        "candidate",
        "body",
        file_facts({"branch.may_develop": False}),
        {"mobile": True, "floating": True, "tie": "mobile_members", "unit": "none"},
        last=True,
    ),
    PlantedFault(
        "candidate-agreed",
        "candidate_filing",
        "body",
        facts(
            {"outcome": "filed"},
            {"publicity.agreed": lambda s: s.day("candidate") - timedelta(days=s.draws.between(1, 6))},
        ),
    ),
    PlantedFault(
        "publicity-5-workdays",
        "candidate_filing",
        "time",
        facts(
            {"publicity.to": invent_notice(3)},
            {"publicity.to": invent_notice(4)},
            {"publicity.agreed": lambda s: s.act.publicity.from_ + timedelta(days=s.draws.between(1, 3))},
        ),
    ),
    PlantedFault(
        "publicity-place",
        "candidate_filing",
        "evidence",
        facts({"publicity.places": ("origin",)}),
        {"mobile": False, "floating": False, "tie": "work", "unit": "with_organization"},
    ),
    PlantedFault(
        "publicity-both-places",
        "candidate_filing",
        "evidence",
        facts({"publicity.places": ("origin",)}, {"publicity.places": ("destination",)}),
        {"mobile": True},
    ),
    PlantedFault("publicity-clear", "candidate_filing", "evidence", facts({"publicity.clear": False})),
    PlantedFault("sponsors-two", "sponsors", "people", facts({"people": lambda s: s.act.people[:1]})),
    PlantedFault("sponsors-full-members", "sponsors", "people", somebody(standing="probationary")),
    PlantedFault("sponsors-not-under-sanction", "sponsors", "people", somebody(sanction="probation_within_party")),
    PlantedFault("sponsors-not-sanctioned-lately", "sponsors", "people", somebody(sanction="in_effect")),
    PlantedFault("political-review-concluded", "political_review", "evidence", facts({"concluded": None})),
    PlantedFault("review-subjects", "political_review", "evidence", facts({"subjects": lambda s: s.act.subjects - 1})),
    PlantedFault(
        "political-review-both-places",
        "political_review",
        "evidence",
        facts({"consulted": ("residence",)}, {"consulted": ("registered_home",)}),
        {"mobile": True},
    ),
    PlantedFault("training-of-a-candidate", "training", "time", begun_early),
    PlantedFault(
        "training-length",
        "training",
        "time",
        facts({"days": 2, "hours": 16, "to": lambda s: s.act.from_ + timedelta(days=1)}),
    ),
    PlantedFault(
        "training-in-person", "training", "evidence", facts({"mode": "video"}, {"mode": "self_study"}), {"video": False}
    ),
    PlantedFault(
        "training-organizer", "training", "body", facts({"organizer": "general_branch"}, {"organizer": "branch"})
    ),
    order("candidate", leave_out("activist_filing")),
    order("candidate", leave_out("mentors")),
    order("sponsors", before("candidate_filing")),
)
