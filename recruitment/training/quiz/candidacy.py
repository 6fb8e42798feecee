"""The faults that a quiz can plant in the first three stages: the rule, the act, a way of breaking it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import evolve

from recruitment.base.dates import add_months
from recruitment.training.breaches import (
    BY_COMMITTEE,
    TO_COMMITTEE,
    TO_GENERAL_MEETING,
    begun_early,
    fewer_than_half,
    notice_of,
    somebody,
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
    # -- stage 1
    Fault(
        "age-18",
        "apply",
        "time",
        file_facts({"born": lambda s: add_months(s.act.on, -216) + timedelta(days=s.draws.between(1, 90))}),
    ),
    Fault(
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
    Fault("application-in-writing", "apply", "papers", lacking("application_letter")),
    Fault("talk-within-1-month", "talk", "time", late(lambda s: s.course.acts[0].received, 1, 20)),  # type: ignore[attr-defined]
    Fault("talk-topics", "talk", "evidence", without("topics")),
    # -- stage 2
    Fault("activist-nominated", "activist", "evidence", facts({"nominated_by": ()})),
    Fault("activist-decided-by-branch-committee", "activist", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    Fault("activist-decided-by-branch-committee", "activist", "body", TO_COMMITTEE, {"has_committee": False}),
    Fault("branch-committee-quorum", "activist", "quorum", facts({"meeting.present": fewer_than_half}), BY_COMMITTEE),
    Fault(
        "mentors-one-or-two",
        "mentors",
        "people",
        facts({"people": lambda s: (*s.act.people, evolve(s.act.people[0], name="丁"))}, {"people": ()}),
    ),
    Fault("mentors-full-members", "mentors", "people", somebody(standing="probationary")),
    order("activist", before("talk")),
    order("activist_filing", before("activist")),
    order("mentors", before("activist")),
    # -- stage 3
    Fault("inspection-every-half-year", "candidate", "time", missing("inspection")),
    Fault("cultivation-1-year", "candidate", "time", early("activist", 12, 12)),
    Fault("opinions-heard", "candidate", "evidence", without("heard")),
    Fault("candidate-decided-by-branch-committee", "candidate", "body", TO_GENERAL_MEETING, BY_COMMITTEE),
    Fault("branch-committee-quorum", "candidate", "quorum", facts({"meeting.present": fewer_than_half}), BY_COMMITTEE),
    Fault(
        "floating-may-develop",
        "candidate",
        "body",
        file_facts({"branch.may_develop": False}),
        {"mobile": True, "floating": True, "tie": "mobile_members", "unit": "none"},
        last=True,
    ),
    Fault(
        "candidate-agreed",
        "candidate_filing",
        "body",
        facts(
            {"outcome": "filed"},
            {"publicity.agreed": lambda s: s.day("candidate") - timedelta(days=s.draws.between(1, 6))},
        ),
    ),
    Fault(
        "publicity-5-workdays",
        "candidate_filing",
        "time",
        facts(
            {"publicity.to": notice_of(3)},
            {"publicity.to": notice_of(4)},
            {"publicity.agreed": lambda s: s.act.publicity.from_ + timedelta(days=s.draws.between(1, 3))},
        ),
    ),
    Fault(
        "publicity-place",
        "candidate_filing",
        "evidence",
        facts({"publicity.places": ("origin",)}),
        {"mobile": False, "floating": False, "tie": "work", "unit": "with_organization"},
    ),
    Fault(
        "publicity-both-places",
        "candidate_filing",
        "evidence",
        facts({"publicity.places": ("origin",)}, {"publicity.places": ("destination",)}),
        {"mobile": True},
    ),
    Fault("publicity-clear", "candidate_filing", "evidence", facts({"publicity.clear": False})),
    Fault("sponsors-two", "sponsors", "people", facts({"people": lambda s: s.act.people[:1]})),
    Fault("sponsors-full-members", "sponsors", "people", somebody(standing="probationary")),
    Fault("sponsors-not-under-sanction", "sponsors", "people", somebody(sanction="probation_within_party")),
    Fault("sponsors-not-sanctioned-lately", "sponsors", "people", somebody(sanction="in_effect")),
    Fault("political-review-concluded", "political_review", "evidence", facts({"concluded": None})),
    Fault("review-subjects", "political_review", "evidence", facts({"subjects": lambda s: s.act.subjects - 1})),
    Fault(
        "political-review-both-places",
        "political_review",
        "evidence",
        facts({"consulted": ("residence",)}, {"consulted": ("registered_home",)}),
        {"mobile": True},
    ),
    Fault("training-of-a-candidate", "training", "time", begun_early),
    Fault(
        "training-length",
        "training",
        "time",
        facts({"days": 2, "hours": 16, "to": lambda s: s.act.from_ + timedelta(days=1)}),
    ),
    Fault(
        "training-in-person", "training", "evidence", facts({"mode": "video"}, {"mode": "self_study"}), {"video": False}
    ),
    Fault("training-organizer", "training", "body", facts({"organizer": "general_branch"}, {"organizer": "branch"})),
    order("candidate", missing("activist_filing")),
    order("candidate", missing("mentors")),
    order("sponsors", before("candidate_filing")),
)
