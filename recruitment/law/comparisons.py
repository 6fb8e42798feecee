"""The closed family of comparisons: what a rule may ask of a record, as frozen values.

They say what is compared, never how: `recruitment.engine.evaluators` has the evaluator of each. Their attributes are
the keys of a rulebook file (workflows/README.md, "Tests" and "Comparisons").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, Union

from attrs import frozen

from recruitment.base.dates import Rounding, Span

# ------------------------------------------------------------------------------------------- tests


@frozen(kw_only=True)
class Test:
    """One question to one value of the record, answered yes, no or unknown. Exactly one answer key is given.

    `given` asks whether the record holds something there (a key that is left out is unknown); `stated` asks the same
    and takes a key that is left out for no. With `where`, the question is only put where that other test holds.
    """

    value: str
    is_: bool | None = None
    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    any_of: tuple[str, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None
    given: bool | None = None
    stated: bool | None = None
    where: Test | None = None

    ANSWERS: ClassVar[tuple[str, ...]] = (
        "is_",
        "one_of",
        "none_of",
        "all_of",
        "any_of",
        "at_least",
        "at_most",
        "given",
        "stated",
    )


# ------------------------------------------------------------------------------------------- comparisons


@frozen(kw_only=True)
class DateLimit:
    """A day against an anchor plus a span.

    `must_be`: `not_before`, `after`, `not_after` that limit, the `same_day`, or its `last_day` (the limit or the day
    before it, since both are written).
    `back` counts the span, which is then in days, back from the anchor. `extension` adds the extensions of probation
    that were approved. `new` marks a limit that is new in this edition: it never starts before the edition is in
    force, or before the day from which its rule judges where that has one (policy `new-limit-start`). Where the anchor
    depends on a policy, `anchors` names one for each of its values. `none_meets`: a value known to be none meets the
    limit, because then nothing is there to be early or late; without it, none is unmet.
    """

    kind: ClassVar[str] = "date"
    value: str = "on"
    must_be: Literal["not_before", "after", "not_after", "same_day", "last_day"]
    anchor: str | None = None
    anchor_policy: str | None = None
    anchors: Mapping[str, str] | None = None
    span: Span = Span(0, "day")
    back: bool = False
    rounding: Rounding | None = None
    rounding_policy: str | None = None
    extension: bool = False
    new: bool = False
    none_meets: bool = False


@frozen(kw_only=True)
class Workdays:
    """A public notice: at least `at_least` working days from `since` to `until`, both counted.

    It begins not before `not_before`, and its last working day is not after `by`.
    """

    kind: ClassVar[str] = "workdays"
    since: str
    until: str
    at_least: int
    not_before: str | None = None
    by: str = "on"


@frozen(kw_only=True)
class Periods:
    """Each period of length `each` since an anchor that has ended by `until` holds at least one `of` that act.

    A period runs from the day after its start to its end, so that its last day belongs to it. One finding a period.
    With `days`, it is not the act's own day that counts but the days that the act holds under that key. With
    `cut_policy`, that policy says how the time is cut: under `calendar` into the quarters of the calendar that begin
    after the anchor, else into lengths of `each` from the anchor on. With `new`, a period that began before the day
    from which the rule judges is left out.
    """

    kind: ClassVar[str] = "periods"
    each: Span
    rounding: Rounding
    since: str
    until: str = "on"
    of: str
    days: str | None = None
    cut_policy: str | None = None
    new: bool = False


@frozen(kw_only=True)
class Share:
    """A count against half of a whole: `more_than` half, or `at_least` half.

    Under the outcomes in `missed_on` the share must not be reached: those outcomes say that it was not.
    """

    kind: ClassVar[str] = "share"
    part: str
    whole: str
    must_be: Literal["more_than_half", "at_least_half"]
    missed_on: tuple[str, ...] = ()


@frozen(kw_only=True)
class Balance:
    """Counts that must agree: the sum of `sum` equals the sum of `equals`, or is at most the sum of `at_most`."""

    kind: ClassVar[str] = "balance"
    sum: tuple[str, ...]
    equals: tuple[str, ...] | None = None
    at_most: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Evidence:
    """What the record must hold: every test of `all`, or at least one of `any`."""

    kind: ClassVar[str] = "evidence"
    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()


@frozen(kw_only=True)
class Table:
    """Some row fits: in it, each named value is one of those listed."""

    kind: ClassVar[str] = "table"
    rows: tuple[Mapping[str, tuple[str | bool, ...]], ...]


@frozen(kw_only=True)
class People:
    """How many people serve after this act: those before, less the replaced, plus the new ones.

    Distinct names count; `not_` names somebody who may not be among them.
    """

    kind: ClassVar[str] = "people"
    value: str = "people"
    at_least: int
    at_most: int
    not_: str | None = None


@frozen(kw_only=True)
class Each:
    """Every entry of a list passes the test, whose value is a key of the entry; or one does, where that is enough.

    Where the test `or_when` of the act, the file or the branch holds, an entry passes as well by all tests of `or_all`.
    """

    kind: ClassVar[str] = "each"
    of: str
    test: Test
    one_is_enough: bool = False
    or_all: tuple[Test, ...] = ()
    or_when: Test | None = None


@frozen(kw_only=True)
class Held:
    """At least `at_least` acts of that code stand, dated from `since` to `until` where these are named."""

    kind: ClassVar[str] = "held"
    of: str
    at_least: int = 1
    since: str | None = None
    until: str = "on"


@frozen(kw_only=True)
class Elapsed:
    """Days between two days, reported and not judged: the articles give no number."""

    kind: ClassVar[str] = "elapsed"
    since: str
    until: str = "on"


@frozen(kw_only=True)
class Among:
    """The people of this act are among those of another."""

    kind: ClassVar[str] = "among"
    value: str
    among: str


@frozen(kw_only=True)
class After:
    """Those acts are done, with success, and not dated later: an order beside that of the procedures."""

    kind: ClassVar[str] = "after"
    acts: tuple[str, ...]


@frozen(kw_only=True)
class Order:
    """What the act comes after is done, with success, and not dated later: the edges of the procedures."""

    kind: ClassVar[str] = "order"


@frozen(kw_only=True)
class Once:
    """The act is not yet done in its round, or may be done again."""

    kind: ClassVar[str] = "once"


@frozen(kw_only=True)
class NotInFuture:
    """The act is not dated after the day of its entry."""

    kind: ClassVar[str] = "not_in_future"


@frozen(kw_only=True)
class EditionKnown:
    """The day of the act lies under an edition that is encoded."""

    kind: ClassVar[str] = "edition_known"


@frozen(kw_only=True)
class NotRecorded:
    """The record has no place for what the clause asks; always unknown."""

    kind: ClassVar[str] = "not_recorded"


Comparison = Union[  # noqa: UP007 - read at run time by the grammar's reader
    DateLimit,
    Workdays,
    Periods,
    Share,
    Balance,
    Evidence,
    Table,
    People,
    Each,
    Held,
    Elapsed,
    Among,
    After,
    Order,
    Once,
    NotInFuture,
    EditionKnown,
    NotRecorded,
]
KINDS: Mapping[str, type] = {
    kind.kind: kind
    for kind in (
        DateLimit,
        Workdays,
        Periods,
        Share,
        Balance,
        Evidence,
        Table,
        People,
        Each,
        Held,
        Elapsed,
        Among,
        After,
        Order,
        Once,
        NotInFuture,
        EditionKnown,
        NotRecorded,
    )
}
"""The closed family of comparisons, by the word that names them in a rulebook."""
