"""Checks on the rules of a book: citations, complete comparisons, policies, and every value by its type.

Each check is one small function that yields its faults; the list at the end is the table of contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.base.structure.scalars import shown
from recruitment.law.comparisons import (
    NotInFuture,
    Once,
    Order,
    RecordDays,
    Share,
)
from recruitment.law.rulebook import Rulebook
from recruitment.rulebooks.checks.comparisons import answer_faults, comparison_faults, reads_of
from recruitment.rulebooks.checks.faults import Faults, blank_text, doubled, hint, unknown
from recruitment.rulebooks.checks.policies import POLICIES
from recruitment.rulebooks.checks.values import (
    JUDGED,
    Missing,
    Read,
    Sort,
    acts_of,
    asks,
    follow_path,
    outcomes_of,
    resolve,
)

C = TypeVar("C")

OWN_DOCUMENTS = ("chart", "practice", "reading")
"""Documents without articles: the official chart, practice, and our own reading."""
CROSS_CUTTING: tuple[tuple[str, type[Any]], ...] = (
    ("order", Order),
    ("once", Once),
    ("not-in-future", NotInFuture),
    ("days-of-the-record", RecordDays),
)


def comparisons_of(rulebook: Rulebook, kind: type[C]) -> Iterator[tuple[str, C]]:
    """Every comparison of a kind, after its place in the rulebook."""
    for rule in rulebook.rules:
        for n, comparison in enumerate(rule.compare):
            if isinstance(comparison, kind):
                yield f"rule {rule.code}.compare[{n}]", comparison


def check_rule_codes(rulebook: Rulebook) -> Faults:
    """A code is written once for an act; for different acts it may have several rows."""
    every = {rule.code for rule in rulebook.rules if not rule.acts}
    named = [f"{rule.code} ({act})" for rule in rulebook.rules if rule.code not in every for act in rule.acts]
    yield from doubled(
        "rules", (rule.code for rule in rulebook.rules if rule.code in every), Label(zh="代码", en="the code")
    )
    yield from doubled("rules", named, Label(zh="代码", en="the code"))


def _rule_acts(rulebook: Rulebook) -> Faults:
    for rule in rulebook.rules:
        known = dict.fromkeys(o for act in acts_of(rule) for o in outcomes_of(act))
        for comparison in rule.compare:
            for code in comparison.only_on if isinstance(comparison, Share) else ():
                if code not in known:
                    where = f"rule {rule.code}.only_on"
                    yield unknown(where, code, known, Label(zh="所属程序的结果", en="outcome of its acts"))
        for act in rule.acts:
            if act not in JUDGED:
                yield unknown(f"rule {rule.code}.acts", act, JUDGED, Label(zh="程序", en="procedure"))
            elif rule.outcomes and not set(rule.outcomes) & set(outcomes_of(act)):
                where = f"rule {rule.code}.outcomes"
                yield Fault(where, Label(zh=f"其中没有 {act} 的结果", en=f"none of them is an outcome of {act}"))
        for code in rule.outcomes:
            if code not in known:
                where = f"rule {rule.code}.outcomes"
                yield unknown(where, code, known, Label(zh="所属程序的结果", en="outcome of its acts"))


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
        yield from blank_text(f"rule {rule.code}", (("read_as", reading) for reading in rule.read_as))


def _conditions(rulebook: Rulebook) -> Faults:
    """Every condition of a rule gives one answer."""
    for rule in rulebook.rules:
        for n, test in enumerate(rule.when):
            yield from answer_faults(f"rule {rule.code}.when[{n}]", test)


def _comparisons(rulebook: Rulebook) -> Faults:
    """Every comparison is complete, as its family wants it."""
    for rule in rulebook.rules:
        for n, comparison in enumerate(rule.compare):
            yield from comparison_faults(comparison, f"rule {rule.code}.compare[{n}]", rule, rulebook)


def check_policies(rulebook: Rulebook) -> Faults:
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


def check_cross_cutting(rulebook: Rulebook) -> Faults:
    """The rules that hold for every act are there, and speak of every act."""
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
            acts = acts_of(rule) if read.acts is None else tuple(act for act in read.acts if act in JUDGED)
            yield from _value(f"rule {rule.code}.{read.key}", read, acts)


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
    check_rule_codes,
    _rule_acts,
    _citations,
    _conditions,
    _comparisons,
    check_policies,
    check_cross_cutting,
    _values,
)
