"""A file as values: its facts, its acts in the order of their entry, and where they have brought it.

A case is a fold of its acts. The machine says into which state an act leads and what it undoes; the fold keeps which
acts count in the present round, so that an anchor always means the act of the current round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from attrs import evolve, field, fields, frozen

from recruitment.base.dates import Rounding, add_months
from recruitment.base.identity import masked
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Standing
from recruitment.law.states import START, Edge, State, StateGraph, state_graph
from recruitment.record.acts import (
    Act,
    Activist,
    Candidate,
    CommitteeReview,
    ConversionMeeting,
    Correct,
    File,
    Mentors,
    PostponeConversion,
    Sponsors,
    Struck,
    TransferIn,
    TransferOut,
)
from recruitment.record.checking import check_file
from recruitment.record.evidence import UNKNOWN, Branch, Known, Meeting, Person

A = TypeVar("A", bound=Act)
_NO_BRANCH = Branch()


@frozen(kw_only=True, slots=False)  # one is made for each act, and without slots that is faster
class Case:
    """A file and its acts so far. `current` holds, by act, the places of the entries that count in this round."""

    file: File
    acts: tuple[Act, ...] = ()
    outcomes: tuple[str, ...] = ()
    state: State
    current: Mapping[str, tuple[int, ...]] = field(factory=dict)
    reopened: Mapping[str, int] = field(factory=dict)
    branch: Branch = _NO_BRANCH
    leaving: Known[date] = UNKNOWN
    extensions: tuple[int, ...] = ()
    stood: Mapping[int, date] = field(factory=dict)
    """The days from which entries count, by their places, where it is not the day of the act."""
    away: int | None = None
    """The place of the transfer to another unit after which no unit has recorded the transfer in."""
    wrong: Mapping[int, Act] = field(factory=dict)
    """Entries that a correction has replaced or struck out, as they were entered, by their places."""
    opened_with: File | None = None
    """The facts that the file was opened with, where a correction has changed them."""

    def __repr__(self) -> str:
        """One line, which names nobody."""
        return f"<Case {masked(self.file.id)}: {self.standing}, acts: {len(self.acts)}>"

    @classmethod
    def opened(cls, file: File, chart: StateGraph) -> Case:
        """A file without acts."""
        return cls(file=file, state=chart.states[START], branch=file.branch or _NO_BRANCH)

    def after(
        self,
        act: Act,
        outcome: str,
        edge: Edge | None,
        state: State,
        *,
        again: bool,
        stands: bool,
        beside: bool = False,
        since: date | None = None,
    ) -> Case:
        """The case with one more act, which led over `edge` to `state`; `since` is the day from which it counts.

        Without an edge the act moves nothing; `stands` says whether it is then entered as the act of its round, which
        an incomplete record had presumed. `again` says that earlier entries of the act count together with the new one
        (repeats and renewals), `beside` that it is no part of the course and counts wherever it is entered.
        """
        index, current = len(self.acts), self.current
        changed: dict[str, object] = {
            "acts": self.acts + (act,),  # noqa: RUF005 - twice as fast as an unpacking
            "outcomes": self.outcomes + (outcome,),  # noqa: RUF005
            "state": state,
        }
        if edge is not None:
            if edge.undone:
                current = {code: places for code, places in current.items() if code not in edge.undone}
                changed["reopened"] = {**self.reopened, **dict.fromkeys(edge.undone, index)}
            if edge.outcome.extends:
                changed["extensions"] = (*self.extensions, self.extension_decided)
            stands = edge.outcome.done and (beside or act.code in state.done)
        if stands:
            before = current.get(act.code, ()) if again else ()
            current = {**current, act.code: (*before, index)}
        if act.code == ConversionMeeting.code and outcome != "no_quorum" and PostponeConversion.code in current:
            # What was put off has been discussed (art. 36 | 35).
            current = {code: places for code, places in current.items() if code != PostponeConversion.code}
        changed["current"] = current
        if act.branch is not None or type(act) in _SAYING:
            changed["branch"] = branch_on(self.branch, act)
        if since is not None and since != act.on:
            changed["stood"] = {**self.stood, index: since}
        if isinstance(act, TransferOut | TransferIn):
            changed["away"] = index if isinstance(act, TransferOut) else None
        leaving = getattr(act, "leaving", UNKNOWN)
        if leaving is not UNKNOWN:
            changed["leaving"] = leaving
        return _otherwise(self, changed)

    def noted(self, act: Act) -> Case:
        """The case with an entry that moves nothing: a correction, or the place of one struck out."""
        return self.after(act, "done", None, self.state, again=False, stands=False)

    # ------------------------------------------------------------------------------ what was entered

    @property
    def entries(self) -> tuple[Act, ...]:
        """Every act as it was entered, corrected or not."""
        if not self.wrong:
            return self.acts
        return tuple(self.wrong.get(index, act) for index, act in enumerate(self.acts))

    @property
    def as_opened(self) -> File:
        """The facts of the file as they were entered, corrected or not."""
        return self.opened_with or self.file

    @property
    def happened(self) -> tuple[Act, ...]:
        """The acts as corrected, without corrections and what they struck out."""
        return tuple(act for act in self.acts if not isinstance(act, Correct | Struck))

    # ------------------------------------------------------------------------------ what counts

    @property
    def standing(self) -> Standing:
        """What the person is: applicant, activist, candidate, probationary, full, or ended."""
        return self.state.standing

    def counting_act(self, code: str) -> Act | None:
        """The act of that code that counts in the present round: the last one, where several do."""
        places = self.current.get(code)
        return self.acts[places[-1]] if places else None

    def counting_acts(self, code: str) -> tuple[Act, ...]:
        """All entries of that code that count in the present round, in the order of entry."""
        return tuple(self.acts[place] for place in self.current.get(code, ()))

    def day(self, code: str) -> date | None:
        """The day of the act that counts, or None."""
        act = self.counting_act(code)
        return act.on if act else None

    def day_of(self, place: int) -> date:
        """The day from which the entry at that place counts: the reply's, where the rulebook says so, else its own."""
        return self.stood.get(place) or self.acts[place].on

    def stands_since(self, code: str) -> date | None:
        """The day from which the act of that code counts in the present round, or None."""
        places = self.current.get(code)
        return self.day_of(places[-1]) if places else None

    def since(self, anchor: str, code: str) -> Iterator[tuple[int, Act]]:
        """Entries of `code`, whatever their result, made since the act `anchor` that counts."""
        places = self.current.get(anchor)
        if places:
            for index in range(places[-1] + 1, len(self.acts)):
                if self.acts[index].code == code:
                    yield index, self.acts[index]

    @property
    def cultivated_since(self) -> Known[date]:
        """The day from which cultivation counts: the decision on the activist, also over a transfer.

        Time before a transfer counts once the new unit has examined the papers (art. 12); where it has not, the day
        of the transfer, and where the record does not say, unknown.
        """
        activist = self.counting_act("activist")
        if activist is None:
            return UNKNOWN
        start: Known[date] = activist.on
        for _, act in self.since("activist", TransferIn.code):
            assert isinstance(act, TransferIn)
            if act.examined is UNKNOWN:
                start = UNKNOWN
            elif not act.examined:
                start = act.on
        return start

    @property
    def transferred_in_probation(self) -> Known[bool]:
        """Whether the person transferred in as a probationary member, after the approval that counts."""
        if "admission_approval" not in self.current:
            return UNKNOWN if "admission_approval" in self.state.done else False
        return any(True for _ in self.since("admission_approval", TransferIn.code))

    @property
    def extension_decided(self) -> int:
        """Months of the extension that the standing conversion meeting decided; 0 where it does not say."""
        act = self.counting_act(ConversionMeeting.code)
        months = act.months if isinstance(act, ConversionMeeting) else None
        return months if isinstance(months, int) else 0

    def end_of_probation(self, policy: str, rounding: Rounding = "clamp") -> date | None:
        """The anniversary on which probation has ended: one year from the admission meeting, and the extensions.

        Under the policy `extension-sum` "once" the months are added to the meeting in one go, under "in-steps" to
        the first end (art. 32 | 31). None without a standing admission meeting.
        """
        meeting = self.day("admission_meeting")
        return None if meeting is None else probation_end(meeting, self.extensions, policy, rounding)

    def conversion_due_since(self, policy: str) -> Known[date]:
        """The day from which the conversion is to be discussed promptly: the end of probation, or of a postponement.

        The months of a postponement count from the end of probation (art. 36 | 35).
        """
        end = self.end_of_probation(policy)
        if end is None:
            return UNKNOWN
        months = [
            act.months for act in self.counting_acts(PostponeConversion.code) if isinstance(act, PostponeConversion)
        ]
        if any(not isinstance(number, int) for number in months):
            return UNKNOWN
        return add_months(end, max((number for number in months if isinstance(number, int)), default=0))


_SAYING = (Activist, Candidate, CommitteeReview, ConversionMeeting)
"""The acts that say by themselves what the branch has: its committee met, or its party group was heard."""


def branch_on(branch: Branch, act: Act) -> Branch:
    """The facts of the branch as they hold on an act and from it on: those before, and what the act says of them.

    Another name, and a transfer from another unit, make it another branch, of which only what is said there is known.
    """
    said = act.branch
    if said is not None:
        another = said.name is not UNKNOWN and branch.name is not UNKNOWN and said.name != branch.name
        if another or isinstance(act, TransferIn):
            branch = said
        else:
            known = {key: value for key in _FACTS if (value := getattr(said, key)) is not UNKNOWN}
            branch = evolve(branch, **known)
    meeting = getattr(act, "meeting", UNKNOWN)
    if branch.has_committee is UNKNOWN and isinstance(meeting, Meeting) and meeting.body == "branch_committee":
        branch = evolve(branch, has_committee=True)
    heard = getattr(act, "heard", UNKNOWN)
    if branch.has_party_groups is UNKNOWN and isinstance(heard, tuple) and "party_group" in heard:
        branch = evolve(branch, has_party_groups=True)
    return branch


_FACTS = tuple(attribute.name for attribute in fields(Branch))


def _otherwise(case: Case, changed: Mapping[str, object]) -> Case:
    """The case with some parts replaced, as by `attrs.evolve` in a fifth of its time: one is made for each act."""
    other = object.__new__(Case)
    other.__dict__.update(case.__dict__)
    other.__dict__.update(changed)
    return other


def probation_end(meeting: date, extensions: Sequence[int], policy: str, rounding: Rounding = "clamp") -> date:
    """The day from which conversion is lawful: meeting plus one year plus the extensions."""
    if policy == "once":
        return add_months(meeting, 12 + sum(extensions), rounding)
    end = add_months(meeting, 12, rounding)
    for months in extensions:
        end = add_months(end, months, rounding)
    return end


def serving(appointments: Sequence[Act]) -> tuple[Person, ...] | None:
    """Who serves after these appointments of mentors or sponsors; None where the record does not say.

    An appointment that names nobody as replaced is complete in itself; otherwise those before continue, less the
    replaced, plus the new.
    """
    people: tuple[Person, ...] | None = None
    for n, act in enumerate(appointments):
        assert isinstance(act, Mentors | Sponsors)
        if act.people is UNKNOWN:
            people = None
            continue
        named = act.people or ()
        replaced = () if act.replaces is UNKNOWN else act.replaces or ()
        if n == 0 or not replaced:
            people = named
        elif people is not None:
            gone = {entry.name for entry in replaced}
            people = (*(person for person in people if person.name not in gone), *named)
    return people


def open_case(editions: Editions, file: File) -> Case:
    """Begin the case of a file, without acts: what `judge` asks about first is its application.

    Raises:
        BadInput: a fact is not of the kind that `File` says.
    """
    check_file(file)
    return Case.opened(file, state_graph(editions.rulebooks[-1]))
