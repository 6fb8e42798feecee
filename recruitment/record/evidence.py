"""What the record holds of an act: known, known to be none, or unknown; and the values of more than one part.

Every field has three readings. Left out it is `UNKNOWN`: the record does not say. None, an empty list or False says
that there was none, and is known. Unknown is never taken for met, and it refuses to be used as a truth value. The
classes are at once the dossier format: a field is spelled as its key, a trailing underscore dropped (`from_` is the key
`from`). `recruitment.base.structure` reads, writes and describes them.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import Any, Final, Literal, TypeVar, Union

from attrs import field, frozen


class Unknown(enum.Enum):
    """The type of the one value `UNKNOWN`."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("unknown is neither true nor false; compare it with `is UNKNOWN`")

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

T = TypeVar("T")
Known = Union[T, None, Unknown]  # noqa: UP007 - a generic alias has no other spelling before Python 3.12
"""A value, None for "there was none", or UNKNOWN for "the record does not say"."""

Body = Literal["branch_committee", "general_meeting"]
CommitteeKind = Literal[
    "primary_committee",
    "working_committee",
    "township_subordinate_committee",
    "general_branch",
    "leading_party_group",
    "temporary",
]
Heard = Literal["party_group", "mentors", "members", "masses"]
Level = Literal["primary", "county", "prefecture", "province", "central"]
SanctionKind = Literal["warning", "serious_warning", "removal", "probation_within_party"]
Paper = Literal[
    "application_letter",
    "talk_record",
    "nomination_form",
    "minutes",
    "filing_report",
    "reply",
    "activist_register",
    "inspection_records",
    "thought_report",
    "opinions",
    "publicity_notice",
    "publicity_result",
    "political_review",
    "inquiry_reply",
    "certificate",
    "pre_review_result",
    "application_form",
    "resolution",
    "decision",
    "probation_register",
    "conversion_application",
]


def else_on() -> Any:
    """A field whose day is that of the act where the record does not give a day of its own."""
    return field(default=UNKNOWN, metadata={"else": "on"})


def of_host() -> Any:
    """A JSON object that a host keeps with an act or a file; no rule, comparison or `repr` looks at it."""
    return field(default=None, eq=False, repr=False, metadata={"unwritten": True})


@frozen(kw_only=True, slots=False)
class Committee:
    """The committee that acted, and whether it holds the power to approve."""

    kind: Known[CommitteeKind] = UNKNOWN
    approves: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Branch:
    """The branch that keeps the file, as known from the act that states it on; what is not said is unknown.

    `above` is the committee above it, for the acts that name none themselves.
    """

    name: Known[str] = UNKNOWN
    has_committee: Known[bool] = UNKNOWN
    has_party_groups: Known[bool] = UNKNOWN
    above: Known[Committee] = UNKNOWN
    temporary: Known[bool] = UNKNOWN
    temporary_may_admit: Known[str] = UNKNOWN
    floating: Known[bool] = UNKNOWN
    may_develop: Known[bool] = UNKNOWN
    under: Known[tuple[Literal["general_branch", "township_subordinate_committee"], ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Meeting:
    """A meeting of the branch committee, or of the general meeting that acts in its place; heads counted.

    At a general meeting `members` are those with a vote who should attend, and `for_` those in favour.
    """

    body: Known[Body] = UNKNOWN
    members: Known[int] = UNKNOWN
    present: Known[int] = UNKNOWN
    for_: Known[int] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Talker:
    """Somebody who talked with the applicant or candidate, in which role."""

    name: Known[str] = field(default=UNKNOWN, repr=False)
    role: Known[
        Literal[
            "branch_secretary",
            "deputy_branch_secretary",
            "organization_commissioner",
            "member",
            "deputy_secretary",
            "committee_member",
            "organizer",
        ]
    ] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Sanction:
    """A sanction by its kind and its day, from which its effect is computed."""

    kind: Known[SanctionKind] = UNKNOWN
    on: Known[date] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Person:
    """A mentor or sponsor; `others` counts the further people whom this person mentors or sponsors.

    `sanction` is a word for a sanction that is in effect, or the sanction with its day.
    """

    name: Known[str] = field(default=UNKNOWN, repr=False)
    standing: Known[Literal["full", "probationary"]] = UNKNOWN
    sanction: Known[Literal["probation_within_party", "in_effect"] | Sanction] = UNKNOWN
    kin: Known[bool] = UNKNOWN
    own_branch: Known[bool] = UNKNOWN
    others: Known[int] = UNKNOWN
    consent: Known[bool] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Replaced:
    """A mentor or sponsor who is replaced, since when unfit, and why."""

    name: Known[str] = field(default=UNKNOWN, repr=False)
    unfit_since: Known[date] = UNKNOWN
    why: Known[str] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Publicity:
    """A public notice: the day of the higher committee's agreement, first and last day, result, places."""

    agreed: Known[date] = UNKNOWN
    from_: Known[date] = UNKNOWN
    to: Known[date] = UNKNOWN
    clear: Known[bool] = UNKNOWN
    places: Known[tuple[Literal["unit", "residence", "origin", "destination"], ...]] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Ballot:
    """A ballot of the general meeting; members with a vote, counted by heads."""

    should_attend: Known[int] = UNKNOWN
    """Members with a vote, without those excluded."""
    attended: Known[int] = UNKNOWN
    written: Known[int] = UNKNOWN
    """Opinions in writing that came before the meeting."""
    written_late: int = 0
    """Opinions in writing that were counted though they came later."""
    for_: Known[int] = UNKNOWN
    """Votes for the decision that is recorded, written opinions included."""
    against: Known[int] = UNKNOWN
    """Votes against it, written opinions included."""
    abstain: Known[int] = UNKNOWN
    """Abstentions, written opinions included."""
    void: int = 0
    """Ballots that are void or were not returned."""
    secret: Known[bool] = UNKNOWN
    """It was by secret ballot."""
    one_by_one: Known[bool] = UNKNOWN
    """Each person was discussed and voted on alone."""
    excluded: Known[int] = UNKNOWN
    """Members who are left out of those who should attend."""
    present_in_person: Known[tuple[Literal["person", "sponsor_1", "sponsor_2"], ...]] = UNKNOWN
    """Who of the person and the two sponsors was there."""


@frozen(kw_only=True, slots=False)
class Probation:
    """Start and end of probation as the decision states them."""

    from_: Known[date] = UNKNOWN
    to: Known[date] = UNKNOWN


@frozen(kw_only=True, slots=False)
class Assigned:
    """The branch and the party group to which a probationary member is assigned."""

    branch: Known[str] = UNKNOWN
    group: Known[str] = UNKNOWN
