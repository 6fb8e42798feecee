"""Invented ballots of a general meeting, and what the rules of an edition say of them.

Nothing is counted here: a ballot is put to the rulings as the evidence of a meeting, and what comes back is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.engine.bound import BoundCase
from recruitment.engine.findings import Check, Finding
from recruitment.law.comparisons import Balance, Comparison, Each, Evidence, Share
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Outcome, Rule, Rulebook
from recruitment.record.acts import Act, AdmissionMeeting, ConversionMeeting, File
from recruitment.record.case import open_case
from recruitment.record.evidence import Ballot

MEETINGS: Final = (AdmissionMeeting.code, ConversionMeeting.code)
"""The acts that are decided by such a ballot."""
WHOLE: Final = "ballot.should_attend"
PRESENT: Final = "ballot.attended"
FAVOUR: Final = "ballot.for"


@frozen(kw_only=True)
class Count:
    """A ballot by its numbers, those in favour with the written opinions; a member who is not in favour is against."""

    whole: int
    present: int
    written: int = 0
    favour: int = 0


@frozen(kw_only=True)
class BallotTally:
    """What the rules make of a ballot: its quorum, its majority, and by meeting the outcome that it bears out."""

    count: Count
    quorum: Check
    majority: Check
    outcomes: Mapping[str, Outcome]


def ballot_rule(rulebook: Rulebook, part: str) -> Rule:
    """The rule of both meetings that sets a part of a ballot against those who should attend.

    Raises:
        BadInput: the edition has no such rule.
    """
    for rule in ballot_rules(rulebook):
        if any(isinstance(c, Share) and (c.part, c.whole) == (part, WHOLE) for c in rule.compare):
            return rule
    raise BadInput.of(
        rulebook.code,
        Label(
            zh=f"这一版没有把{part}与{WHOLE}相比的规则，无法画出表决图",
            en=f"the edition has no rule that compares {part} with {WHOLE}, so its ballot cannot be drawn",
        ),
    )


def ballot_rules(rulebook: Rulebook) -> tuple[Rule, ...]:
    """The rules on these meetings that read the ballot, in the order of the rulebook."""
    return tuple(
        rule
        for rule in rulebook.rules
        if not frozenset(MEETINGS).isdisjoint(rule.acts)
        and any(path.startswith("ballot.") for comparison in rule.compare for path in _paths(comparison))
    )


def _paths(comparison: Comparison) -> Iterator[str]:
    """The values that a comparison of counts or evidence reads."""
    match comparison:
        case Share():
            yield from (comparison.part, comparison.whole)
        case Balance():
            yield from (*comparison.sum, *(comparison.equals or ()), *(comparison.at_most or ()))
        case Evidence():
            yield from (test.value for test in (*comparison.all, *comparison.any))
        case Each():
            yield comparison.of


def tally(rulebook: Rulebook, count: Count) -> BallotTally:
    """Ask the rules of an edition for the result of a ballot, at both meetings.

    Raises:
        BadInput: the edition has no rule of quorum or of majority, or none or several outcomes fit the ballot.
    """
    quorum, majority = ballot_rule(rulebook, PRESENT), ballot_rule(rulebook, FAVOUR)
    outcomes = {meeting: _outcome(rulebook, meeting, count) for meeting in MEETINGS}
    success = _successes(rulebook, MEETINGS[0])[0]
    found = {finding.rule.code: finding.check for finding in _findings(rulebook, MEETINGS[0], success, count)}
    return BallotTally(
        count=count,
        quorum=found[quorum.code],
        majority=found[majority.code],
        outcomes=outcomes,
    )


def _successes(rulebook: Rulebook, meeting: str) -> list[Outcome]:
    return [outcome for outcome in rulebook.procedure(meeting).outcomes if outcome.done]


def _outcome(rulebook: Rulebook, meeting: str, count: Count) -> Outcome:
    """The outcome that a ballot bears out: the decision in question, or one of those that say it was not reached."""
    asked = [_successes(rulebook, meeting)[0], *(o for o in rulebook.procedure(meeting).outcomes if not o.done)]
    fitting = [o for o in asked if all(finding.value == "met" for finding in _findings(rulebook, meeting, o, count))]
    if len(fitting) != 1:
        raise BadInput.of(
            rulebook.code,
            Label(
                zh=f"这一表决结果有{len(fitting)}种可以登记，应当只有一种：{count}",
                en=f"of this ballot {len(fitting)} outcomes are lawful, where it should be one: {count}",
            ),
        )
    return fitting[0]


def _findings(rulebook: Rulebook, meeting: str, outcome: Outcome, count: Count) -> list[Finding]:
    """What the rules of the ballot find where a meeting is recorded with that outcome."""
    ballot = Ballot(
        should_attend=count.whole,
        attended=count.present,
        written=count.written,
        for_=count.favour,
        against=count.present + count.written - count.favour,
        abstain=0,
        secret=True,
        one_by_one=True,
        present_in_person=("person", "sponsor_1", "sponsor_2"),
    )
    day = judged_on(rulebook)
    # A ballot is judged by itself: the file behind it is empty, and what is found of that is left aside.
    editions = Editions(rulebooks=(rulebook,))
    bound = BoundCase(editions, open_case(editions, File(id="ballot")))
    act: Act = AdmissionMeeting(on=day, outcome=outcome.code, ballot=ballot)
    if meeting == ConversionMeeting.code:
        act = ConversionMeeting(on=day, outcome=outcome.code, ballot=ballot, ground="end_of_probation")
    about = {rule.code for rule in ballot_rules(rulebook)}
    return [finding for finding in bound.findings_on(act, today=day) if finding.rule.code in about]


def judged_on(rulebook: Rulebook) -> date:
    """A day on which every rule of an edition judges, the local ones included."""
    return max((rulebook.in_force, *(rule.since for rule in rulebook.rules if rule.since is not None)))
