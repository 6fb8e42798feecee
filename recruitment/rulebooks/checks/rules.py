"""Checks on the rules of a book: citations, complete comparisons, policies, and every value by its type.

Each check is one small function that yields its faults; the list at the end is the table of contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from recruitment.base.dates import Rounding
from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.base.structure.values import key_of
from recruitment.law.comparisons import (
    After,
    Balance,
    DateLimit,
    Each,
    Evidence,
    Held,
    NotInFuture,
    Once,
    Order,
    People,
    Periods,
    Share,
    Table,
    Test,
)
from recruitment.law.rulebook import Rule, Rulebook
from recruitment.rulebooks.checks.faults import Faults, blank_text, doubled, hint, unknown
from recruitment.rulebooks.checks.values import (
    JUDGED,
    Missing,
    Read,
    Sort,
    acts_of,
    asks,
    follow_path,
    outcomes_of,
    reads_of,
    resolve,
)

C = TypeVar("C")

ROUNDINGS = get_args(Rounding)
CUTS = ("quarter",)
"""The policies that say how the time is cut into periods."""
OWN_DOCUMENTS = ("chart", "practice", "reading")
"""Documents without articles: the official chart, practice, and our own reading."""
POLICIES: Mapping[str, tuple[str, ...]] = {
    "leap-birthday": ("clamp", "next-day"),
    "probation-end-shown": ("last-day", "anniversary"),
    "extension-sum": ("once", "in-steps"),
    "approval-anchor": ("meeting", "reported"),
    "first-publicity-day": ("counts", "not"),
    "edition-of-act": ("own-date", "pinned"),
    "new-limit-start": ("in-force", "anchor"),
    "after-refused-approval": ("candidate", "activist"),
    "correction-breaks-later": ("refuse", "record"),
    "fourth-week-friday": ("fourth-friday", "fourth-week"),
    "quarter": ("calendar", "rolling"),
}
"""The policies and their values."""

CROSS_CUTTING: tuple[tuple[str, type[Any]], ...] = (
    ("order", Order),
    ("once", Once),
    ("not-in-future", NotInFuture),
)


def compared(rulebook: Rulebook, kind: type[C]) -> Iterator[tuple[Rule, str, C]]:
    """Every comparison of a kind with its rule and its place."""
    for rule in rulebook.rules:
        for n, comparison in enumerate(rule.compare):
            if isinstance(comparison, kind):
                yield rule, f"rule {rule.code}.compare[{n}]", comparison


def _tests(rulebook: Rulebook) -> Iterator[tuple[str, Test, bool]]:
    """Every test with its place, and whether a `where` is read there."""
    found: list[tuple[str, Test, bool]] = []
    for rule in rulebook.rules:
        found += [(f"rule {rule.code}.when[{n}]", test, True) for n, test in enumerate(rule.when)]
    for _, here, evidence in compared(rulebook, Evidence):
        found += [(f"{here}.all[{n}]", test, True) for n, test in enumerate(evidence.all)]
        found += [(f"{here}.any[{n}]", test, True) for n, test in enumerate(evidence.any)]
    for _, here, each in compared(rulebook, Each):
        found.append((f"{here}.test", each.test, False))
        found += [(f"{here}.or_all[{n}]", test, False) for n, test in enumerate(each.or_all)]
        found += [(f"{here}.or_when", test, False) for test in (each.or_when,) if test is not None]
    for here, test, reads_where in found:
        yield here, test, reads_where
        if test.where is not None:
            yield f"{here}.where", test.where, False


def _rule_codes(rulebook: Rulebook) -> Faults:
    """A code stands once for an act; for different acts it may stand in several rows."""
    every = {rule.code for rule in rulebook.rules if not rule.acts}
    named = [f"{rule.code} ({act})" for rule in rulebook.rules if rule.code not in every for act in rule.acts]
    yield from doubled(
        "rules", (rule.code for rule in rulebook.rules if rule.code in every), Label(zh="代码", en="the code")
    )
    yield from doubled("rules", named, Label(zh="代码", en="the code"))


def _rule_acts(rulebook: Rulebook) -> Faults:
    for rule in rulebook.rules:
        known = dict.fromkeys(o for act in acts_of(rule) for o in outcomes_of(act))
        missed = [o for comparison in rule.compare if isinstance(comparison, Share) for o in comparison.missed_on]
        for act in rule.acts:
            if act not in JUDGED:
                yield unknown(f"rule {rule.code}.acts", act, JUDGED, Label(zh="程序", en="procedure"))
            elif rule.outcomes and not set(rule.outcomes) & set(outcomes_of(act)):
                where = f"rule {rule.code}.outcomes"
                yield Fault(where, Label(zh=f"其中没有 {act} 的结果", en=f"none of them is an outcome of {act}"))
        for key, codes in (("outcomes", rule.outcomes), ("compare.missed_on", missed)):
            for code in codes:
                if code not in known:
                    yield unknown(
                        f"rule {rule.code}.{key}",
                        code,
                        known,
                        Label(zh="所属程序的结果", en="outcome of its acts"),
                    )


def _citations(rulebook: Rulebook) -> Faults:
    for rule in rulebook.rules:
        document, articles = rule.citation.document, rule.citation.articles
        if document not in rulebook.documents:
            yield unknown(
                f"rule {rule.code}.document",
                document,
                rulebook.documents,
                Label(zh="索引中的文件", en="document of the index"),
            )
        elif document not in OWN_DOCUMENTS and not any(articles):
            yield Fault(
                f"rule {rule.code}.articles",
                Label(zh=f"请写明 {document} 的条款", en=f"name the article of {document}"),
            )
        yield from blank_text(f"rule {rule.code}", (("articles", article) for article in articles))
        yield from blank_text(f"rule {rule.code}", (("checked_against", rule.checked_against),))


def _one_answer(rulebook: Rulebook) -> Faults:
    keys = ", ".join(key_of(name) for name in Test.ANSWERS)
    for here, test, reads_where in _tests(rulebook):
        if sum(getattr(test, name) is not None for name in Test.ANSWERS) != 1:
            yield Fault(here, Label(zh=f"须有且只有一个判断：{keys}", en=f"exactly one answer is needed: {keys}"))
        if test.where is not None and not reads_where:
            yield Fault(f"{here}.where", Label(zh="此处不读 where，请去掉", en="`where` is not read here; take it out"))


def _lists(rulebook: Rulebook) -> Faults:
    """What asks for one of two lists has one, and none is empty."""
    for _, here, evidence in compared(rulebook, Evidence):
        if bool(evidence.all) == bool(evidence.any):
            yield Fault(
                here, Label(zh="all 与 any 须有且只有一个，且不为空", en="exactly one of all, any is needed, not empty")
            )
    for _, here, balance in compared(rulebook, Balance):
        if bool(balance.equals) == bool(balance.at_most) or not balance.sum:
            yield Fault(
                here,
                Label(
                    zh="须有 sum，且 equals 与 at_most 有且只有一个",
                    en="`sum` and exactly one of equals, at_most are needed",
                ),
            )
    for _, here, table in compared(rulebook, Table):
        if not table.rows or not all(row and all(row.values()) for row in table.rows):
            yield Fault(
                f"{here}.rows", Label(zh="有空行，空行无从比较", en="a row is empty, so that it fits all or nothing")
            )
    for _, here, each in compared(rulebook, Each):
        if bool(each.or_all) != (each.or_when is not None):
            yield Fault(here, Label(zh="or_all 与 or_when 须同时写出", en="`or_all` and `or_when` go together"))
    for _, here, people in compared(rulebook, People):
        if people.at_least > people.at_most:
            yield Fault(here, Label(zh="at_least 大于 at_most", en="at_least is more than at_most"))


def _anchors(rulebook: Rulebook) -> Faults:
    for _, here, limit in compared(rulebook, DateLimit):
        if (limit.anchor is None) == (limit.anchor_policy is None) or bool(limit.anchors) != bool(limit.anchor_policy):
            yield Fault(
                here,
                Label(
                    zh="只写 anchor，或者同时写 anchor_policy 与 anchors",
                    en="either `anchor`, or `anchor_policy` with `anchors`",
                ),
            )
        if limit.anchor_policy is not None:
            default = rulebook.policies.get(limit.anchor_policy)
            if default is None:
                yield unknown(
                    f"{here}.anchor_policy",
                    limit.anchor_policy,
                    rulebook.policies,
                    Label(zh="口径", en="policy"),
                )
            elif default not in (limit.anchors or {}):
                yield Fault(
                    f"{here}.anchors", Label(zh=f"缺少默认值 {default}", en=f"the default {default} is missing")
                )
            for value in POLICIES.get(limit.anchor_policy, ()):
                if value != default and value not in (limit.anchors or {}):
                    yield Fault(f"{here}.anchors", Label(zh=f"缺少取值 {value}", en=f"the value {value} is missing"))


def _policies(rulebook: Rulebook) -> Faults:
    """Each policy that the code asks for is there, with a value that the code knows: no other is read."""
    for code, value in rulebook.policies.items():
        if code not in POLICIES:
            yield unknown(f"policy {code}", code, POLICIES, Label(zh="口径", en="policy"))
        elif value not in POLICIES[code]:
            yield unknown(
                f"policy {code}.default",
                value,
                POLICIES[code],
                Label(zh="该口径的取值", en="value of this policy"),
            )
    for code in POLICIES:
        if code not in rulebook.policies:
            yield Fault("policies", Label(zh=f"缺少口径 {code}，请补上", en=f"the policy {code} is missing; add it"))


def _roundings(rulebook: Rulebook) -> Faults:
    """The rounding is said exactly where months or years are added, once."""
    for _, here, limit in compared(rulebook, DateLimit):
        said = (limit.rounding is not None) + (limit.rounding_policy is not None)
        if said != (limit.span.unit in ("month", "year")):
            yield Fault(
                f"{here}.rounding",
                Label(
                    zh=f"加月或加年须写明一种取整方式，其余不写；此处期限为 {limit.span}",
                    en=f"one rounding is said where months or years are added, else none; the span is {limit.span}",
                ),
            )
        policy = limit.rounding_policy
        if policy is not None and policy not in rulebook.policies:
            yield unknown(f"{here}.rounding_policy", policy, rulebook.policies, Label(zh="口径", en="policy"))
        elif policy is not None and rulebook.policies[policy] not in ROUNDINGS:
            yield Fault(
                f"{here}.rounding_policy", Label(zh=f"{policy} 不是取整口径", en=f"{policy} is no policy of rounding")
            )


def _spans(rulebook: Rulebook) -> Faults:
    """A span is one that the comparison can add."""
    for _, here, limit in compared(rulebook, DateLimit):
        if limit.span.unit == "workday":
            yield Fault(
                f"{here}.span", Label(zh="工作日请用 workdays 计算", en="working days are counted by kind workdays")
            )
        if limit.back and (limit.span.unit != "day" or not limit.span.number or limit.extension or limit.new):
            yield Fault(f"{here}.back", Label(zh="只有天数可以往前数", en="only a number of days is counted back"))
        if limit.extension and not limit.span.months:
            yield Fault(
                f"{here}.extension", Label(zh="延长只能加在月或年上", en="an extension is added to months or years")
            )
        if limit.new and limit.must_be != "not_after":
            yield Fault(
                f"{here}.new",
                Label(zh="只有 not_after 的期限可标 new", en="only a limit that must_be not_after can be new"),
            )
    for _, here, periods in compared(rulebook, Periods):
        if not periods.each.months:
            yield Fault(
                f"{here}.each",
                Label(zh=f"{periods.each} 不是以月或年计的期限", en=f"{periods.each} is not in months or years"),
            )
        policy = periods.cut_policy
        if policy is not None and policy not in CUTS:
            yield unknown(
                f"{here}.cut_policy",
                policy,
                CUTS,
                Label(zh="划分时间的口径", en="policy that cuts the time"),
            )
        elif policy is not None and periods.each.months != 3:
            yield Fault(
                f"{here}.cut_policy",
                Label(zh=f"季度为三个月，不是 {periods.each}", en=f"a quarter is 3 months, not {periods.each}"),
            )


def _named_acts(rulebook: Rulebook) -> Faults:
    """What counts acts names the act, and the act whose day it counts from."""
    counted: list[tuple[Rule, str, Held | Periods]] = [*compared(rulebook, Held), *compared(rulebook, Periods)]
    for _, here, comparison in counted:
        heads = [("of", comparison.of)]
        if comparison.since is not None:
            heads.append(("since", comparison.since.partition(".")[0]))
        for key, code in heads:
            if code not in JUDGED:
                yield unknown(f"{here}.{key}", code, JUDGED, Label(zh="程序", en="procedure"))


def _named_before(rulebook: Rulebook) -> Faults:
    for rule, here, after in compared(rulebook, After):
        if not after.acts:
            yield Fault(f"{here}.acts", Label(zh="至少写一项程序", en="name at least one act"))
        for code in after.acts:
            if code not in JUDGED:
                yield unknown(f"{here}.acts", code, JUDGED, Label(zh="程序", en="procedure"))
            elif code in rule.acts:
                yield Fault(f"{here}.acts", Label(zh=f"{code} 不能先于自身", en=f"{code} does not come before itself"))


def _cross_cutting(rulebook: Rulebook) -> Faults:
    """The three rules that hold for every act are there, and speak of every act."""
    rules = {rule.code: rule for rule in rulebook.rules}
    for code, kind in CROSS_CUTTING:
        rule = rules.get(code)
        if rule is None:
            yield Fault(
                "rules",
                Label(zh=f"缺少规则 {code}，每一版都要有", en=f"the rule {code} is missing; every edition needs it"),
            )
        elif rule.acts or rule.outcomes or rule.when or rule.force != "bar" or not isinstance(rule.compare[0], kind):
            yield Fault(
                f"rule {code}",
                Label(zh=f"须以 {kind.kind} 约束每一程序，不设条件", en=f"it bars every act by kind {kind.kind}"),
            )


def _values(rulebook: Rulebook) -> Faults:
    """Every path a rule reads is there for each of its acts, holds what is needed, and knows the words."""
    for rule in rulebook.rules:
        reads = [read for n, test in enumerate(rule.when) for read in asks(f"when[{n}]", test)]
        for n, comparison in enumerate(rule.compare):
            reads += [read._replace(key=f"compare[{n}].{read.key}") for read in reads_of(comparison)]
        for read in reads:
            yield from _value(f"rule {rule.code}.{read.key}", read, acts_of(rule))


def _value(where: str, read: Read, acts: tuple[str, ...]) -> Faults:
    words: dict[str, None] = {}
    free = not acts
    for act in acts:
        sort = resolve(read.of or read.path, act)
        if read.of and isinstance(sort, Sort):
            if sort.cls is None or not sort.many:
                return  # the list itself is the fault
            sort = follow_path(sort.cls, read.path.split("."), read.of)
        if isinstance(sort, Missing):
            if read.of and sort.owner == act:
                return
            near = hint(sort.key, sort.known)
            yield Fault(
                where,
                Label(
                    zh=f"{sort.owner} 没有 {shown(sort.key)}{near.zh}",
                    en=f"{sort.owner} has no {shown(sort.key)}{near.en}",
                ),
            )
            return
        if not read.want.fits(sort):
            yield Fault(
                where,
                Label(zh=f"{act} 的 {read.path} 不是{read.want.zh}", en=f"{read.path} of {act} is not {read.want.en}"),
            )
            return
        free = free or sort.kind == "text"
        words |= dict.fromkeys(sort.words)
    for word in read.words:
        if not free and word not in words:
            yield unknown(where, word, words, Label(zh=f" {read.path} 的可用值", en=f"word of {read.path}"))


# ------------------------------------------------------------------------------------------- contents

RULES = (
    _rule_codes,
    _rule_acts,
    _citations,
    _one_answer,
    _lists,
    _policies,
    _anchors,
    _roundings,
    _spans,
    _named_acts,
    _named_before,
    _cross_cutting,
    _values,
)
