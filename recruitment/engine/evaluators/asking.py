"""How a rule asks the record: paths of the grammar as functions of an attempt, tests, and three-valued truth.

Truth is three-valued throughout, with None for unknown; what the record does not hold never counts as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import singledispatch
from operator import attrgetter
from typing import Any, NamedTuple

from recruitment.base.dates import ROUNDINGS, add_months
from recruitment.engine.attempt import Attempt
from recruitment.engine.findings import Check, Truth
from recruitment.law.comparisons import Comparison, Test
from recruitment.law.rulebook import Rulebook
from recruitment.record.acts import Act
from recruitment.record.case import branch_on
from recruitment.record.evidence import UNKNOWN, Committee

Getter = Callable[[Attempt], Any]
Behind = Callable[[Attempt], tuple[str, ...]]
"""The policies behind a value, as a function of an attempt."""
Evaluator = Callable[[Attempt], Iterable[Check]]
"""A comparison as a function of an attempt: its checks, one a finding."""


class Origin(NamedTuple):
    """Where a comparison is found: its rulebook, its place in its rule from 0, the day from which the rule judges."""

    rulebook: Rulebook
    comparison: int
    since: date | None = None


@singledispatch
def compile_comparison(comparison: Comparison, origin: Origin) -> Evaluator:
    """Compile one comparison to its evaluator, which each family registers for its classes.

    Raises:
        TypeError: nothing is registered for that kind.
    """
    raise TypeError(f"no evaluator for a comparison of the kind {comparison.kind} in {origin.rulebook.code}")


def absent(attempt: Attempt) -> Truth:
    """Judge what is not in the record: not done where the record is meant to be whole, else unknown."""
    return False if attempt.case.file.complete else None


# ------------------------------------------------------------------------------------------- values


def key_attribute(key: str) -> str:
    """Name the attribute behind a key: the few keys that are words of Python carry an underscore."""
    return f"{key}_" if key in ("from", "for", "with", "is", "not") else key


def field_at(path: str) -> Callable[[Any], Any]:
    """Read a dotted path off a value; none or unknown on the way is none or unknown at its end.

    Where the record does not give the day of receipt or reply, it is the day of the act.
    """
    names = [key_attribute(name) for name in path.split(".")]
    only, *more = names
    if only in ("received", "replied") and not more:

        def day(act: Any) -> Any:
            value = getattr(act, only, UNKNOWN)
            return act.on if value is UNKNOWN else value

        return day

    if not more:
        return lambda source: getattr(source, only, UNKNOWN)

    def follow(value: Any) -> Any:
        for name in names:
            if value is UNKNOWN or value is None:
                return value
            value = getattr(value, name, UNKNOWN)
        return value

    return follow


def _attribute_getter(source: str, path: str) -> Getter:
    """Compile a path to the function that reads it off an attribute of the attempt."""
    own, follow = attrgetter(source), field_at(path)
    names = [key_attribute(name) for name in path.split(".")]
    if names[-1] in ("received", "replied", *dir(UNKNOWN)):
        return lambda attempt: follow(own(attempt))
    at_once = attrgetter(".".join((source, *names)))

    def read(attempt: Attempt) -> Any:
        try:
            return at_once(attempt)
        except AttributeError:  # something on the way is none or unknown, or the act has no such field
            return follow(own(attempt))

    return read


def getter(path: str, rulebook: Rulebook) -> Getter:
    """Compile a path of the grammar to the function that reads it off an attempt (workflows/README.md, "Values")."""
    head, _, rest = path.partition(".")
    if path == "outcome":
        return attrgetter("outcome")
    if path == "on":
        return attrgetter("on")
    if head == "file":
        return _attribute_getter("case.file", rest)
    if head == "branch":
        return _branch_getter(rest)
    if head == "new":
        return _under_this_edition(getter(rest, rulebook), rulebook)
    if path == "case.leaving":
        return _read_leaving
    if path == "case.extensions":
        return lambda attempt: len(attempt.case.extensions)
    if path == "case.end_of_probation":
        policy = rulebook.policies.get("extension-sum", "once")
        return lambda attempt: attempt.case.end_of_probation(policy) or UNKNOWN
    if path == "case.conversion_due_since":
        policy = rulebook.policies.get("extension-sum", "once")
        return lambda attempt: attempt.case.conversion_due_since(policy)
    if path == "case.standing":
        return lambda attempt: attempt.case.standing
    if path == "case.after_lapse":
        return lambda attempt: attempt.code in attempt.case.current
    if path == "case.filed_with":
        return _read_filed_with
    if path == "case.cultivated_since":
        return lambda attempt: attempt.case.cultivated_since
    if path == "case.pending":
        return lambda attempt: attempt.case.state.pending or UNKNOWN
    if path == "case.age":
        return _age(rulebook.policies.get("leap-birthday", "clamp"))
    if path == "case.transferred_in_probation":
        return lambda attempt: attempt.case.transferred_in_probation
    if rest == "stands" and head in rulebook.by_code:
        return _standing_day(head, rulebook.by_code[head].stands_from)
    if rest and head in rulebook.by_code:
        read = attrgetter("on") if rest == "on" else field_at(rest)

        def other(attempt: Attempt) -> Any:
            case = attempt.case
            places = case.current.get(head)
            act = case.acts[places[-1]] if places else attempt.counting_act(head)
            return UNKNOWN if act is None else read(act)

        return other
    return _attribute_getter("act", path)


def readings_behind(path: str) -> Behind | None:
    """Compile the policies of which another value would give another value at a path; None where there is none."""
    if path == "case.end_of_probation":

        def extended(attempt: Attempt) -> tuple[str, ...]:
            case = attempt.case
            if not case.extensions or case.end_of_probation("once") == case.end_of_probation("in-steps"):
                return ()
            return ("extension-sum",)

        return extended
    return None


def stands_since(act: Act, stands_from: str | None) -> date:
    """The day from which an act counts: the one under that key where it is recorded, else its own."""
    day = UNKNOWN if stands_from is None else getattr(act, stands_from, UNKNOWN)
    return day if isinstance(day, date) else act.on


def _standing_day(code: str, stands_from: str | None) -> Getter:
    """Compile the day from which another act counts, by the edition under which it was done."""

    def day(attempt: Attempt) -> Any:
        own = attempt.case.stands_since(code)
        if own is not None:
            return own
        later = attempt.counting_act(code)
        return UNKNOWN if later is None else stands_since(later, stands_from)

    return day


def _branch_getter(rest: str) -> Getter:
    """Compile a key of the branch as it holds on the act; a branch is not temporary unless that is said."""
    read = field_at(rest)
    if rest == "temporary":
        return lambda attempt: read(branch_on(attempt.case.branch, attempt.act)) is True
    return lambda attempt: read(branch_on(attempt.case.branch, attempt.act))


def _read_filed_with(attempt: Attempt) -> Any:
    """Read the kind of the committee that the act names, else of the one above the branch, else what the act says."""
    committee = getattr(attempt.act, "committee", UNKNOWN)
    if committee is None:
        return None
    if committee is UNKNOWN:
        committee = branch_on(attempt.case.branch, attempt.act).above
    if isinstance(committee, Committee) and committee.kind is not UNKNOWN:
        return committee.kind
    return attempt.machine.rulebook.by_code[attempt.code].body


def _under_this_edition(day_of: Getter, rulebook: Rulebook) -> Getter:
    """Compile whether a day is under this edition: the policy `new-forms`, for forms that the edition brought in."""
    always = rulebook.policies.get("new-forms", "own-period") == "own-date"

    def new(attempt: Attempt) -> Any:
        if always or attempt.starts is None:
            return True
        day = day_of(attempt)
        return day >= attempt.starts if isinstance(day, date) else UNKNOWN

    return new


def _age(rounding: Any) -> Getter:
    """Compile the age in full years on the day of the act; unknown where the birthday is."""

    def age(attempt: Attempt) -> Any:
        born, on = attempt.case.file.born, attempt.on
        if not isinstance(born, date):
            return UNKNOWN
        years = on.year - born.year
        return years if add_months(born, 12 * years, rounding) <= on else years - 1

    return age


def _read_leaving(attempt: Attempt) -> Any:
    own = getattr(attempt.act, "leaving", UNKNOWN)
    return attempt.case.leaving if own is UNKNOWN else own


# ------------------------------------------------------------------------------------------- truth


def every(truths: Iterable[Truth]) -> Truth:
    """Three-valued and: one no decides; else one unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def some(truths: Iterable[Truth]) -> Truth:
    """Three-valued or: one yes decides; else one unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


# ------------------------------------------------------------------------------------------- tests


def holds(value: Any) -> bool:
    """Whether a known value says something: none, an empty list and a blank text do not."""
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != ()


def compile_answer(test: Test) -> Callable[[Any], Truth]:
    """Compile a test to the question it puts to a value, known or not; `where` is left to the caller."""
    if test.is_ is not None:
        wanted = test.is_
        return lambda value: None if value is UNKNOWN else value is wanted
    if test.one_of is not None:
        words = frozenset(test.one_of)
        return lambda value: None if value is UNKNOWN else value in words
    if test.none_of is not None:
        refused = frozenset(test.none_of)
        return lambda value: None if value is UNKNOWN else value not in refused
    if test.all_of is not None:
        needed = frozenset(test.all_of)
        return lambda value: None if value is UNKNOWN else needed.issubset(value or ())
    if test.any_of is not None:
        useful = frozenset(test.any_of)
        return lambda value: None if value is UNKNOWN else not useful.isdisjoint(value or ())
    if test.at_least is not None:
        least = test.at_least
        return lambda value: None if value is UNKNOWN else value is not None and value >= least
    if test.at_most is not None:
        most = test.at_most
        return lambda value: None if value is UNKNOWN else value is not None and value <= most
    if test.stated is not None:
        stated = test.stated
        return lambda value: (value is not UNKNOWN and holds(value)) is stated
    given = test.given
    return lambda value: None if value is UNKNOWN else holds(value) is given


class CompiledTest(NamedTuple):
    """A test ready to be put: how its value is read and answered, under which condition, and by which policies."""

    path: str
    expected: Any
    read: Getter
    answer: Callable[[Any], Truth]
    where: Callable[[Attempt], Truth] | None
    condition: str | None
    behind_condition: Behind | None
    """The policy of which another value would put the test or leave it out, where that decides the answer."""
    behind: Behind | None


def compile_test(test: Test, rulebook: Rulebook) -> CompiledTest:
    """Compile a test of the act, the file or the branch."""
    where = None
    if test.where is not None:
        asked, put = getter(test.where.value, rulebook), compile_answer(test.where)

        def where(attempt: Attempt) -> Truth:
            return put(asked(attempt))

    return CompiledTest(
        test.value,
        expected_answer(test),
        getter(test.value, rulebook),
        compile_answer(test),
        where,
        None if test.where is None else test.where.value,
        _condition_behind(test, rulebook),
        _answers_behind(test),
    )


def _condition_behind(test: Test, rulebook: Rulebook) -> Behind | None:
    """Compile the policy that puts a test to the form of a period or leaves it out; None where there is none."""
    head, _, path = (test.where.value if test.where is not None else "").partition(".")
    if head != "new":
        return None
    day_of, read, answer = getter(path, rulebook), getter(test.value, rulebook), compile_answer(test)

    def behind(attempt: Attempt) -> tuple[str, ...]:
        if attempt.starts is None or answer(read(attempt)) is True:
            return ()
        day = day_of(attempt)
        return () if isinstance(day, date) and day >= attempt.starts else ("new-forms",)

    return behind


def _answers_behind(test: Test) -> Behind | None:
    """Compile the policy that would change a test's answer if it had another value; None where there is none."""
    if test.value != "case.age":
        return None
    ages, put = [_age(rounding) for rounding in ROUNDINGS], compile_answer(test)
    return lambda attempt: ("leap-birthday",) if len({put(age(attempt)) for age in ages}) > 1 else ()


def expected_answer(test: Test) -> Any:
    """Give the answer that a test wants, as it is shown next to what was found."""
    for name in Test.ANSWERS:
        wanted = getattr(test, name)
        if wanted is not None:
            return list(wanted) if isinstance(wanted, tuple) else wanted
    return None
