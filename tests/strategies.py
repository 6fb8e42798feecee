"""Hypothesis strategies for files and acts: lawful evidence, spoilt here and there, and dates round the limits."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

COMMITTEE = {"kind": "primary_committee", "approves": True}
BRANCH_COMMITTEE = {"body": "branch_committee", "members": 5, "present": 4}
PEOPLE = [
    {"name": "党员乙", "standing": "full", "sanction": None},
    {"name": "党员丙", "standing": "full", "sanction": None},
]
BALLOT = {
    "should_attend": 12,
    "attended": 11,
    "written": 1,
    "for": 11,
    "against": 0,
    "abstain": 1,
    "secret": True,
    "one_by_one": True,
}
FAILED = {**BALLOT, "for": 6, "against": 5}
NO_QUORUM = {"should_attend": 12, "attended": 6}

OUTCOMES: dict[str, tuple[str, ...]] = {
    "activist": ("chosen", "not_chosen"),
    "activist_filing": ("filed", "returned"),
    "inspection": ("satisfactory", "unsatisfactory"),
    "candidate": ("agreed", "not_agreed", "postponed"),
    "candidate_filing": ("filed", "agreed", "returned", "postponed", "refused"),
    "political_review": ("passed", "failed"),
    "committee_review": ("passed", "failed"),
    "pre_review": ("passed", "failed"),
    "admission_meeting": ("passed", "failed", "no_quorum"),
    "admission_approval": ("approved", "refused"),
    "probation_inspection": ("satisfactory", "unsatisfactory"),
    "conversion_meeting": ("convert", "extend", "cancel", "failed", "no_quorum"),
    "conversion_approval": ("approved", "refused"),
}


def evidence(code: str, outcome: str, on: date) -> dict[str, Any]:
    """An act whose evidence is lawful in both editions, whatever its date."""
    iso = on.isoformat()
    publicity = {
        "agreed": (on - timedelta(days=21)).isoformat(),
        "from": (on - timedelta(days=21)).isoformat(),
        "to": iso,
        "clear": True,
        "places": ["unit", "residence", "origin", "destination"],
    }
    held: dict[str, dict[str, Any]] = {
        "apply": {"tie": "study", "unit": "with_organization", "papers": ["application_letter"]},
        "talk": {
            "topics": ["history", "view", "motive", "law", "family", "introduced"],
            "talkers": [{"role": "branch_secretary"}],
        },
        "activist": {"nominated_by": ["members"], "meeting": BRANCH_COMMITTEE},
        "mentors": {"people": PEOPLE},
        "inspection": {"mentors_wrote": True},
        "probation_inspection": {"sponsors_wrote": True},
        "candidate": {"heard": ["party_group", "mentors", "members", "masses"], "meeting": BRANCH_COMMITTEE},
        "candidate_filing": {"publicity": publicity},
        "sponsors": {"people": PEOPLE},
        "political_review": {
            "subjects": 6,
            "concluded": iso,
            "inquiries": [],
            "consulted": ["registered_home", "residence"],
        },
        "training": {"from": iso, "days": 3, "hours": 24, "organizer": "primary_committee", "mode": "in_person"},
        "committee_review": {"meeting": BRANCH_COMMITTEE},
        "pre_review": {"committee": COMMITTEE, "leaving": None, "papers": ["pre_review_result"]},
        "application_form": {"form_number": "2024-000123", "sponsors_wrote": True},
        "admission_meeting": {
            "ballot": {"passed": BALLOT, "failed": FAILED, "no_quorum": NO_QUORUM}.get(outcome, BALLOT),
            "leaving": None,
            "agenda": ["candidate", "sponsors", "committee", "discussion"],
            "resolution": ["conduct", "should_attend", "attended", "result", "date", "signature"],
        },
        "committee_talk": {"talkers": [{"role": "organizer"}], "opinion": "同意", "written": True},
        "admission_approval": {
            "committee": COMMITTEE,
            "collective": True,
            "one_by_one": True,
            "papers": [
                "application_form",
                "application_letter",
                "political_review",
                "inspection_records",
                "activist_register",
            ],
            "told": ["branch", "person", "announced"],
        },
        "assignment": {"assigned": {"branch": "示例第一党支部", "group": "第二党小组"}},
        "oath": {"organizer": "branch"},
        "conversion_meeting": {
            "ballot": {"failed": FAILED, "no_quorum": NO_QUORUM}.get(outcome, BALLOT),
            "heard": ["party_group", "members", "masses"],
            "examined": True,
            **({"months": 6} if outcome == "extend" else {}),
        },
        "conversion_approval": {"committee": COMMITTEE, "told": ["branch", "secretary_talked", "announced"]},
        "transfer_out": {"reported": iso, "handed_over": True, "to": "示例第二党支部"},
        "transfer_in": {
            "from_unit": "示例第三党支部",
            "handed_over": True,
            "examined": True,
            "papers": ["application_letter", "activist_register"],
        },
        "postpone_conversion": {"months": 6},
        "withdraw": {"decided_by": "本人", "reason": "个人原因"},
        "stop": {"decided_by": "支部委员会", "reason": "不再具备条件"},
        "not_recognized": {"level": "county", "announced": True, "studied": True, "unqualified": True},
        "admit_directly": {"level": "province", "reason": "特殊情况"},
        "recognize_posthumously": {
            "asked": True,
            "unit_discussed": True,
            "higher_examined": True,
            "level": "province",
        },
        "archive": {
            "papers": [
                "application_form",
                "application_letter",
                "activist_register",
                "inspection_records",
                "political_review",
                "probation_register",
                "conversion_application",
            ]
        },
    }
    act: dict[str, Any] = {"act": code, "on": iso}
    if code in OUTCOMES:
        act["outcome"] = outcome
    return {**act, **held.get(code, {})}


def local_evidence(code: str, outcome: str, on: date) -> dict[str, Any]:
    """An act whose evidence is lawful under the local edition of Guizhou as well, whatever its date."""
    iso = on.isoformat()
    notice = {"from": (on - timedelta(days=21)).isoformat(), "to": iso, "clear": True}
    people = [{**person, "kin": False, "own_branch": True, "others": 0} for person in PEOPLE]
    in_person = {"present_in_person": ["person", "sponsor_1", "sponsor_2"]}
    held: dict[str, dict[str, Any]] = {
        "talk": {"talkers": [{"role": "branch_secretary"}, {"role": "organization_commissioner"}]},
        "activist": {"papers": ["nomination_form"]},
        "activist_filing": {"reported": iso},
        "mentors": {"people": people},
        "candidate_filing": {"reported": iso},
        "sponsors": {"people": people},
        "training": {"to": iso, "days": 1, "approves": True},
        "committee_review": {"papers": ["opinions"]},
        "pre_review": {"reported": iso},
        "conversion_approval": {"publicity": notice, "collective": True, "one_by_one": True},
    }
    act = {**evidence(code, outcome, on), **held.get(code, {})}
    if code in ("admission_meeting", "conversion_meeting"):
        act["ballot"] = {**act["ballot"], **in_person}
    return act


SPOILT: dict[str, tuple[Any, ...]] = {
    "tie": ("work", "residence", "unit_location", "competent_department", "mobile_members"),
    "unit": ("without_organization", "none"),
    "papers": ([], ["application_letter"], ["application_form"]),
    "topics": ([], ["history", "view", "motive", "law", "family"]),
    "nominated_by": ([], ["youth_league"], ["women", "trade_union"]),
    "meeting": (
        {"body": "branch_committee", "members": 4, "present": 2},
        {"body": "branch_committee", "members": 5, "present": 2},
        {"body": "general_meeting", "members": 9, "present": 9},
        {"body": "general_meeting", "members": 11, "present": 6, "for": 6},
        {"body": "general_meeting", "members": 11, "present": 5, "for": 6},
        {"body": "general_meeting", "members": 12, "present": 7, "for": 6},
        {"body": "branch_committee"},
        {},
    ),
    "people": (
        [],
        PEOPLE[:1],
        [*PEOPLE, {"name": "党员丁", "standing": "full", "sanction": None}],
        [{**PEOPLE[0], "standing": "probationary"}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": "probation_within_party"}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": "in_effect"}, PEOPLE[1]],
        [{"name": "党员乙"}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": {"kind": "warning", "on": "2026-03-10"}}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": {"kind": "serious_warning", "on": "2024-08-31"}}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": {"kind": "removal"}}, PEOPLE[1]],
        [{**PEOPLE[0], "sanction": {"kind": "probation_within_party", "on": "2020-01-01"}}, PEOPLE[1]],
        [{**PEOPLE[0], "name": "申请人甲"}, PEOPLE[1]],
        [PEOPLE[0], PEOPLE[0]],
    ),
    "heard": ([], ["mentors", "members", "masses"], ["party_group", "members", "masses"]),
    "subjects": (3, 4, 5),
    "concluded": (None,),
    "consulted": ([], ["residence"]),
    "days": (0, 2, 3),
    "hours": (0, 20, 23, 24),
    "organizer": ("general_branch", "county_organization_department", "county_or_above", "branch"),
    "mode": ("video", "self_study"),
    "committee": (
        {},
        {"kind": "primary_committee"},
        {"kind": "general_branch", "approves": True},
        {"kind": "working_committee", "approves": True},
        {"kind": "primary_committee", "approves": False},
        {"kind": "leading_party_group"},
        {"kind": "township_subordinate_committee"},
    ),
    "sponsors_wrote": (False,),
    "ballot": (
        {},
        {**BALLOT, "should_attend": 16, "attended": 9, "written": 0, "for": 8, "against": 1, "abstain": 0},
        {**BALLOT, "should_attend": 16, "attended": 9, "written": 0, "for": 9, "against": 0, "abstain": 0},
        {**BALLOT, "should_attend": 12, "attended": 6, "written": 3, "for": 9, "against": 0, "abstain": 0},
        {**BALLOT, "should_attend": 12, "attended": 7, "written": 3, "for": 7, "against": 3, "abstain": 0},
        {**BALLOT, "should_attend": 10, "attended": 10, "written": 0, "for": 5, "against": 5, "abstain": 0},
        {**BALLOT, "attended": 13},
        {**BALLOT, "void": 1},
        {**BALLOT, "written_late": 1, "abstain": 2},
        {**BALLOT, "secret": False},
        {**BALLOT, "one_by_one": False},
        FAILED,
        NO_QUORUM,
    ),
    "agenda": ([], ["candidate"]),
    "resolution": ([], ["conduct", "result"]),
    "talkers": ([], [{"role": "branch_secretary"}], [{}], [{"role": "deputy_secretary"}]),
    "opinion": (None,),
    "written": (False,),
    "collective": (False,),
    "one_by_one": (False,),
    "told": ([], ["branch"], ["branch", "person"]),
    "assigned": ({"branch": "示例第一党支部"}, {"branch": "示例第一党支部", "group": None}, {}),
    "examined": (False,),
    "months": (0, 5, 6, 7, 12, 13),
    "reported": (None,),
    "handed_over": (False, None),
    "level": ("primary", "county", "prefecture", "central"),
    "announced": (False,),
    "studied": (False,),
    "unqualified": (False,),
    "mentors_wrote": (False,),
    "asked": (False,),
    "unit_discussed": (False,),
    "higher_examined": (False,),
}
ADDED: tuple[dict[str, Any], ...] = (
    {"reason": "集体活动"},
    {"reasons": {"order": "上级安排", "training-length": "特殊安排"}},
    {"exempt": "长期驻外"},
    {"exempt": ""},
    {"ground": "discipline"},
    {"branch": {"has_committee": False}},
    {"branch": {"has_committee": True, "has_party_groups": True}},
    {"branch": {"name": "示例第四党支部"}},
    {"branch": {"above": {"kind": "general_branch"}}},
    {"branch": {"above": {"kind": "working_committee"}}},
    {"committee": {"kind": "leading_party_group"}},
    {"branch": {"has_party_groups": False, "under": ["general_branch"]}},
    {"branch": {"temporary": True, "under": []}},
    {"branch": {"temporary": True, "temporary_may_admit": "另有规定"}},
    {"branch": {"floating": True, "under": []}},
    {"branch": {"floating": True, "may_develop": False, "under": []}},
    {"branch": {"floating": True, "may_develop": True, "under": []}},
    {"branch": {"floating": False, "may_develop": False, "under": []}},
    {"note": "群众推荐", "nominated_by": ["other"]},
    {"replaces": [{"name": "党员乙"}]},
    {"replaces": [{"name": "党员乙", "unfit_since": "2024-05-20"}]},
)
ADDABLE: dict[str, tuple[str, ...]] = {
    "exempt": ("training",),
    "ground": ("conversion_meeting",),
    "nominated_by": ("activist",),
    "replaces": ("mentors", "sponsors"),
    "committee": ("activist_filing", "candidate_filing"),
}
"""Keys that only these acts carry; the others may stand on any act."""


def add_months(day: date, months: int) -> date:
    """The strategies' own clamp, so that limits are met without asking the library."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def near(anchors: list[date]) -> st.SearchStrategy[date]:
    """Days round the limits that run from the anchors, a day either side, and some days in between."""
    spans = st.sampled_from((0, 0, 0, 1, 1, 3, 6, 12, 12, 18, 24))
    off = st.sampled_from((0, 0, 0, -1, 1, 1, 2, 20))
    return st.builds(
        lambda anchor, months, days: add_months(anchor, months) + timedelta(days=days),
        st.sampled_from(anchors),
        spans,
        off,
    )


first_days = st.one_of(
    st.dates(date(2014, 5, 20), date(2025, 12, 31)),
    st.sampled_from(
        (
            date(2014, 5, 27),
            date(2014, 5, 28),
            date(2016, 2, 29),
            date(2018, 10, 27),
            date(2022, 8, 31),
            date(2023, 12, 31),
            date(2024, 2, 29),
            date(2025, 5, 10),
            date(2026, 3, 31),
            date(2026, 5, 10),
            date(2026, 5, 11),
        )
    ),
)


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """The facts of a file."""
    file: dict[str, Any] = {"id": "f-1", "name": "申请人甲", "born": "1990-02-28"}
    file["branch"] = draw(
        st.sampled_from(
            (
                {"name": "示例第一党支部", "under": []},
                {"name": "示例第一党支部"},
                {"has_party_groups": False, "under": ["township_subordinate_committee"]},
                {"has_committee": False, "under": []},
            )
        )
    )
    if draw(st.integers(0, 5)) == 0:
        file["mobile"] = True
    if draw(st.integers(0, 5)) == 0:
        file["edition"] = draw(st.sampled_from(("2014", "2026")))
    if draw(st.integers(0, 9)) == 0:
        file["complete"] = False
    if draw(st.integers(0, 9)) == 0:
        file["expelled_on"] = draw(st.sampled_from(("2010-03-01", "2019-03-01", "2021-06-30")))
    return file


DAYS: dict[str, tuple[str, ...]] = {
    "apply": ("received",),
    "activist_filing": ("reported", "replied", "deliberated"),
    "inspection": ("reports",),
    "candidate_filing": ("reported", "replied", "deliberated", "publicity.agreed", "publicity.from"),
    "political_review": ("inquiries", "concluded"),
    "training": ("from", "to"),
    "pre_review": ("reported", "replied", "deliberated"),
    "admission_approval": ("reported", "replied", "deliberated", "publicity.from"),
    "probation_inspection": ("reports",),
    "conversion_approval": ("reported", "replied", "deliberated", "publicity.agreed", "publicity.from"),
    "transfer_out": ("reported",),
}
"""The days that an act has beside its own."""


@st.composite
def with_days(draw: st.DrawFn, act: dict[str, Any], *, rarely: int = 4) -> dict[str, Any]:
    """The act as it is, or with one or two of the days inside it drawn round its own."""
    act, keys = dict(act), DAYS.get(act["act"], ())
    if not keys or draw(st.integers(0, rarely)):
        return act
    for _ in range(draw(st.integers(1, 2))):
        key = draw(st.sampled_from(keys))
        off = draw(st.sampled_from((-400, -40, -21, -5, -2, -1, 0, 0, 1, 2, 5, 40, 200)))
        day = (date.fromisoformat(act["on"]) + timedelta(days=off)).isoformat()
        table, _, part = key.partition(".")
        if part:
            act[table] = {**act.get(table, {}), part: day}
        else:
            act[key] = [day] if key in ("reports", "inquiries") else day
    for held in (act, act.get("publicity", {})):
        if held.get("from") and held.get("to") and held["from"] > held["to"]:
            held["from"], held["to"] = held["to"], held["from"]  # the reader refuses it the other way round
    return act


@st.composite
def spoiling(draw: st.DrawFn, act: dict[str, Any], *, rarely: int = 3) -> dict[str, Any]:
    """The act as it is, or with a key dropped, changed or added: mostly as it is."""
    act = draw(with_days(act))
    if draw(st.integers(0, rarely)):
        return act
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.integers(0, 3))
        keys = [key for key in act if key not in ("act", "on", "outcome")]
        if kind == 0 and keys:
            del act[draw(st.sampled_from(keys))]
        elif kind == 3:
            added = draw(st.sampled_from(ADDED))
            if all(act["act"] in ADDABLE.get(key, (act["act"],)) for key in added):
                act.update(added)
        else:
            fitting = [key for key in keys if key in SPOILT]
            if fitting:
                key = draw(st.sampled_from(fitting))
                if key == "organizer" and act["act"] == "training":
                    act[key] = draw(st.sampled_from(("branch", "general_branch", "county_organization_department")))
                elif key == "organizer":
                    act[key] = draw(st.sampled_from(("primary_committee", "general_branch", "county_or_above")))
                else:
                    act[key] = draw(st.sampled_from(SPOILT[key]))
    return act


def day_of_entry(act: Any) -> date:
    """The first day on which an act can be entered: what it says of a receipt or a reply has happened, too."""
    held = (getattr(act, key, None) for key in ("received", "replied"))
    days: list[date] = [act.on, *(day for day in held if isinstance(day, date))]
    return max(days)
