"""Checks on whole rulebooks: order, reach, dead ends, citations, values by type, seams between editions.

Reading has looked at one file at a time; here a book is looked at as a whole, before anything is judged by
it. Each check is one small function that yields its faults; the lists at the end are the table of contents.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import attrs

from recruitment.errors import Fault, RulebookError, nearest
from recruitment.facts import ACTS, PROCEDURES, Branch, File, Paper, Person
from recruitment.machine import Chart, explore
from recruitment.rulebook import (
    Among,
    Balance,
    Books,
    Comparison,
    DateLimit,
    Each,
    Elapsed,
    Evidence,
    Held,
    NotInFuture,
    Once,
    Order,
    Outcome,
    People,
    Periods,
    Rule,
    Rulebook,
    Share,
    Table,
    Test,
    Workdays,
)
from recruitment.shapes import fields_of, key_of, shown
from recruitment.spans import Rounding

C = TypeVar("C")
Faults = Iterator[Fault]
CODES = tuple(kind.code for kind in PROCEDURES)
PAPERS = get_args(Paper)
ROUNDINGS = get_args(Rounding)
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
STANDINGS = ("applicant", "activist", "candidate", "probationary", "full")
FEW = 12
"""So many known names a message lists where none is near."""
CROSS_CUTTING: tuple[tuple[str, type[Any]], ...] = (
    ("order", Order),
    ("once", Once),
    ("not-in-future", NotInFuture),
)

# ------------------------------------------------------------------------------------------- words


def _hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The nearest known name, or all of them where none is near and they are few."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return f"; did you mean {near}?", f"；是否指 {near}？"
    if not names or len(names) > FEW:
        return "", ""
    return f"; known are {', '.join(names)}", f"；可用：{'、'.join(names)}"


def _unknown(where: str, name: str, known: Iterable[str], en: str, zh: str) -> Fault:
    """A name that does not exist, with the nearest that does."""
    hint_en, hint_zh = _hint(name, known)
    return Fault(where, f"{shown(name)} is no {en}{hint_en}", f"{shown(name)} 不是{zh}{hint_zh}")


def _blank(where: str, pairs: Iterable[tuple[str, str]]) -> Faults:
    """A fault for each key whose text is empty or blank."""
    for key, text in pairs:
        if not text.strip():
            yield Fault(f"{where}.{key}", "the text is blank; write it", "文字为空，请写明")


def _others(names: list[str]) -> tuple[str, str]:
    """How many more there are beside the first."""
    more = len(names) - 1
    return (f" (and {more} more)", f"（另有 {more} 处）") if more else ("", "")


def _twice(where: str, names: Iterable[str], en: str, zh: str) -> Faults:
    """A fault for each name that stands more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(where, f"{en} {name} stands {count} times; keep one", f"{zh} {name} 出现 {count} 次，只留一个")


# ------------------------------------------------------------------------------------------- procedures


def _the_25(book: Rulebook) -> Faults:
    codes = [procedure.code for procedure in book.procedures]
    for code in codes:
        if code not in CODES:
            yield _unknown(f"procedure {code}", code, CODES, "procedure of the 25", "25个程序之一")
    for code in CODES:
        if code not in codes:
            yield Fault("procedures", f"{code} is missing; all 25 are needed", f"缺少 {code}，25个程序缺一不可")
    yield from _twice("procedures", codes, "the code", "代码")


def _numbers(book: Rulebook) -> Faults:
    for p in book.procedures:
        if not 1 <= p.number <= len(CODES):
            yield Fault(
                f"procedure {p.code}.number",
                f"{p.number} is not from 1 to 25",
                f"{p.number} 不在 1 至 25 之间",
            )
    yield from _twice("procedures", (str(p.number) for p in book.procedures), "the number", "序号")


def _stages(book: Rulebook) -> Faults:
    numbers = [stage.number for stage in book.stages]
    if numbers != [1, 2, 3, 4, 5]:
        yield Fault("stages", f"the stages are {numbers}, not 1 to 5 in order", f"阶段为 {numbers}，应依次为 1 至 5")
    for p in book.procedures:
        if not 1 <= p.stage <= 5:
            yield Fault(
                f"procedure {p.code}.stage",
                f"there is no stage {p.stage}; 1 to 5",
                f"没有第 {p.stage} 阶段（1 至 5）",
            )


def _known_acts(book: Rulebook) -> Faults:
    for p in book.procedures:
        named = [("after", p.after), ("chart", p.chart), ("until", (p.until,) if p.until else ())]
        if p.lapse:
            named += [("lapse.unless", (p.lapse.unless,)), ("lapse.reopens", p.lapse.reopens)]
        for o in p.outcomes:
            named += [(f"outcomes.{o.code}.after", o.after), (f"outcomes.{o.code}.reopens", o.reopens)]
        for key, codes in named:
            for code in codes:
                if code not in book.by_code:
                    yield _unknown(f"procedure {p.code}.{key}", code, book.by_code, "procedure", "程序")


def _no_circle(book: Rulebook) -> Faults:
    before = {p.code: (*p.after, *p.chart, *(c for o in p.outcomes for c in o.after)) for p in book.procedures}
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        yield Fault("procedures", f"the order runs in a circle: {circle}; break it", f"先后次序成环：{circle}，请断开")


def _repeats(book: Rulebook) -> Faults:
    for p in book.procedures:
        if bool(p.again) != bool(p.until):
            yield Fault(f"procedure {p.code}", "`again` and `until` go together", "again 与 until 须同时写出")
        if p.lapse and (p.lapse.span.unit == "workday" or not p.lapse.span.number):
            yield Fault(
                f"procedure {p.code}.lapse.span",
                f"{p.lapse.span} is no time to lapse",
                f"{p.lapse.span} 不能作为失效期限",
            )


def _papers(book: Rulebook) -> Faults:
    for p in book.procedures:
        for paper in p.papers:
            if paper not in PAPERS:
                yield _unknown(f"procedure {p.code}.papers", paper, PAPERS, "paper", "材料")


def _outcomes(book: Rulebook) -> Faults:
    for p in book.procedures:
        if p.code not in CODES:
            continue
        known, here = _outcomes_of(p.code), f"procedure {p.code}.outcomes"
        codes = [outcome.code for outcome in p.outcomes]
        for code in codes:
            if code not in known:
                yield _unknown(here, code, known, "outcome of this act", "该程序的结果")
        for code in known:
            if code not in codes:
                yield Fault(here, f"the outcome {code} is missing; add it", f"缺少结果 {code}，请补上")


def _defaults(book: Rulebook) -> Faults:
    """At most one success is assumed, whatever decision is pending, and it is one that counts as done."""
    for p in book.procedures:
        here = f"procedure {p.code}.outcomes"
        defaults = [outcome for outcome in p.outcomes if outcome.default]
        for outcome in defaults:
            if not outcome.done:
                yield Fault(f"{here}.{outcome.code}", "a default has to be done", "默认结果须为办成（done）")
        for pending in dict.fromkeys(outcome.of for outcome in p.outcomes):
            rows = [o for o in p.outcomes if o.of in (None, pending)]
            said = f" of {pending}" if pending else ""
            if sum(outcome.default for outcome in rows) > 1:
                yield Fault(here, f"more than one default{said}; keep one", f"默认结果{said}不止一个，只留一个")
            yield from _twice(here, (outcome.code for outcome in rows), f"the outcome{said}", "结果")
        if len({outcome.code for outcome in defaults}) > 1:
            yield Fault(here, "the defaults differ in code; give them one", "各默认结果代码不一，请统一")


def _decisions(book: Rulebook) -> Faults:
    deciding = [(p.code, o) for p in book.procedures for o in p.outcomes if o.decides]
    codes = [outcome.code for _, outcome in deciding]
    yield from _twice("procedures", codes, "the deciding outcome", "待批决定")
    for code, outcome in deciding:
        if not outcome.done:
            yield Fault(
                f"procedure {code}.outcomes.{outcome.code}",
                "a decision has to be done",
                "作出决定的结果须为 done",
            )
    for p in book.procedures:
        for outcome in p.outcomes:
            if outcome.of is not None and outcome.of not in codes:
                here = f"procedure {p.code}.outcomes.{outcome.code}.of"
                yield _unknown(here, outcome.of, codes, "outcome that decides", "作出决定的结果")


def _vocabulary(book: Rulebook) -> Faults:
    for p in book.procedures:
        if p.body not in book.words:
            yield _unknown(f"procedure {p.code}.body", p.body, book.words, "word of vocabulary.toml", "词汇表中的词")
        for o in p.outcomes:
            if o.ends is not None and o.ends not in book.words:
                here = f"procedure {p.code}.outcomes.{o.code}.ends"
                yield _unknown(here, o.ends, book.words, "word of vocabulary.toml", "词汇表中的词")


def _both_languages(book: Rulebook) -> Faults:
    named: list[tuple[str, Any]] = [("edition", book)]
    named += [(f"stage {stage.number}", stage) for stage in book.stages]
    named += [(f"document {document.code}", document) for document in book.documents.values()]
    named += [(f"word {code}", label) for code, label in book.words.items()]
    for p in book.procedures:
        named.append((f"procedure {p.code}", p))
        named += [(f"procedure {p.code}.outcomes.{outcome.code}", outcome) for outcome in p.outcomes]
    named += [(f"rule {rule.code}", rule.clause) for rule in book.rules]
    for where, value in named:
        yield from _blank(where, (("zh", value.zh), ("en", value.en)))


# ------------------------------------------------------------------------------------------- reach


def _every_procedure_comes(book: Rulebook, chart: Chart) -> Faults:
    seen = {(edge.act, id(edge.outcome)) for _, edge in chart}
    acts = {act for act, _ in seen}
    for p in book.procedures:
        if p.code not in acts:
            yield Fault(f"procedure {p.code}", "it can never come; see its `after`", "永远无法办理，请检查 after")
            continue
        for o in p.outcomes:
            if (p.code, id(o)) not in seen:
                yield Fault(f"procedure {p.code}.outcomes.{_row(o)}", "it can never come", "永远不会出现")


def _every_standing(_: Rulebook, chart: Chart) -> Faults:
    """From applicant to full member, each standing is reached."""
    held = {state.standing for state in chart.states.values()}
    for standing in STANDINGS:
        if standing not in held:
            yield Fault(
                "procedures",
                f"nobody can come to the standing {standing}; give it to a procedure",
                f"无法取得 {standing} 身份，请在相应程序写明 standing",
            )


def _no_dead_end(_: Rulebook, chart: Chart) -> Faults:
    """From every state, full standing or an end can be reached."""
    back: dict[str, set[str]] = {}
    for state, edge in chart:
        back.setdefault(edge.target, set()).add(state.name)
    saved = {name for name, state in chart.states.items() if state.ended or state.standing == "full"}
    waiting = sorted(saved)
    while waiting:
        new = back.get(waiting.pop(), set()) - saved
        saved |= new
        waiting += sorted(new)
    stuck = [name for name in chart.states if name not in saved]
    if stuck:
        en, zh = _others(stuck)
        yield Fault(
            f"state {stuck[0]}",
            f"a dead end: neither full standing nor an end can be reached{en}",
            f"死路：既不能转正也不能终止{zh}",
        )


def _row(outcome: Outcome) -> str:
    return f"{outcome.code} (of {outcome.of})" if outcome.of else outcome.code


# ------------------------------------------------------------------------------------------- rules


def _compared(book: Rulebook, kind: type[C]) -> Iterator[tuple[Rule, str, C]]:
    """Every comparison of a kind with its rule and its place."""
    for rule in book.rules:
        for n, comparison in enumerate(rule.compare):
            if isinstance(comparison, kind):
                yield rule, f"rule {rule.code}.compare[{n}]", comparison


def _tests(book: Rulebook) -> Iterator[tuple[str, Test, bool]]:
    """Every test with its place, and whether a `where` is read there."""
    found: list[tuple[str, Test, bool]] = []
    for rule in book.rules:
        found += [(f"rule {rule.code}.when[{n}]", test, True) for n, test in enumerate(rule.when)]
    for _, here, evidence in _compared(book, Evidence):
        found += [(f"{here}.all[{n}]", test, True) for n, test in enumerate(evidence.all)]
        found += [(f"{here}.any[{n}]", test, True) for n, test in enumerate(evidence.any)]
    found += [(f"{here}.test", each.test, False) for _, here, each in _compared(book, Each)]
    for here, test, reads_where in found:
        yield here, test, reads_where
        if test.where is not None:
            yield f"{here}.where", test.where, False


def _rule_codes(book: Rulebook) -> Faults:
    yield from _twice("rules", (rule.code for rule in book.rules), "the code", "代码")


def _rule_acts(book: Rulebook) -> Faults:
    for rule in book.rules:
        known = dict.fromkeys(o for act in _acts(rule) for o in _outcomes_of(act))
        missed = [o for comparison in rule.compare if isinstance(comparison, Share) for o in comparison.missed_on]
        for act in rule.acts:
            if act not in CODES:
                yield _unknown(f"rule {rule.code}.acts", act, CODES, "procedure", "程序")
            elif rule.outcomes and not set(rule.outcomes) & set(_outcomes_of(act)):
                where = f"rule {rule.code}.outcomes"
                yield Fault(where, f"none of them is an outcome of {act}", f"其中没有 {act} 的结果")
        for key, codes in (("outcomes", rule.outcomes), ("compare.missed_on", missed)):
            for code in codes:
                if code not in known:
                    yield _unknown(f"rule {rule.code}.{key}", code, known, "outcome of its acts", "所属程序的结果")


def _citations(book: Rulebook) -> Faults:
    for rule in book.rules:
        document, articles = rule.citation.document, rule.citation.articles
        if document not in book.documents:
            yield _unknown(
                f"rule {rule.code}.document",
                document,
                book.documents,
                "document of the index",
                "索引中的文件",
            )
        elif document not in OWN_DOCUMENTS and not any(articles):
            yield Fault(f"rule {rule.code}.articles", f"name the article of {document}", f"请写明 {document} 的条款")
        yield from _blank(f"rule {rule.code}", (("articles", article) for article in articles))
        yield from _blank(f"rule {rule.code}", (("checked_against", rule.checked_against),))


def _one_answer(book: Rulebook) -> Faults:
    keys = ", ".join(key_of(name) for name in Test.ANSWERS)
    for here, test, reads_where in _tests(book):
        if sum(getattr(test, name) is not None for name in Test.ANSWERS) != 1:
            yield Fault(here, f"exactly one answer is needed: {keys}", f"须有且只有一个判断：{keys}")
        if test.where is not None and not reads_where:
            yield Fault(f"{here}.where", "`where` is not read here; take it out", "此处不读 where，请去掉")


def _lists(book: Rulebook) -> Faults:
    """What asks for one of two lists has one, and none is empty."""
    for _, here, evidence in _compared(book, Evidence):
        if bool(evidence.all) == bool(evidence.any):
            yield Fault(here, "exactly one of all, any is needed, not empty", "all 与 any 须有且只有一个，且不为空")
    for _, here, balance in _compared(book, Balance):
        if bool(balance.equals) == bool(balance.at_most) or not balance.sum:
            yield Fault(
                here,
                "`sum` and exactly one of equals, at_most are needed",
                "须有 sum，且 equals 与 at_most 有且只有一个",
            )
    for _, here, table in _compared(book, Table):
        if not table.rows or not all(row and all(row.values()) for row in table.rows):
            yield Fault(f"{here}.rows", "a row is empty, so that it fits all or nothing", "有空行，空行无从比较")
    for _, here, people in _compared(book, People):
        if people.at_least > people.at_most:
            yield Fault(here, "at_least is more than at_most", "at_least 大于 at_most")


def _anchors(book: Rulebook) -> Faults:
    for _, here, limit in _compared(book, DateLimit):
        if (limit.anchor is None) == (limit.anchor_policy is None) or bool(limit.anchors) != bool(limit.anchor_policy):
            yield Fault(
                here,
                "either `anchor`, or `anchor_policy` with `anchors`",
                "只写 anchor，或者同时写 anchor_policy 与 anchors",
            )
        if limit.anchor_policy is not None:
            default = book.policies.get(limit.anchor_policy)
            if default is None:
                yield _unknown(f"{here}.anchor_policy", limit.anchor_policy, book.policies, "policy", "口径")
            elif default not in (limit.anchors or {}):
                yield Fault(f"{here}.anchors", f"the default {default} is missing", f"缺少默认值 {default}")


def _policies(book: Rulebook) -> Faults:
    """Each policy that the code asks for is there, with a value that the code knows: no other is read."""
    for code, value in book.policies.items():
        if code not in POLICIES:
            yield _unknown(f"policy {code}", code, POLICIES, "policy", "口径")
        elif value not in POLICIES[code]:
            yield _unknown(f"policy {code}.default", value, POLICIES[code], "value of this policy", "该口径的取值")
    for code in POLICIES:
        if code not in book.policies:
            yield Fault("policies", f"the policy {code} is missing; add it", f"缺少口径 {code}，请补上")


def _roundings(book: Rulebook) -> Faults:
    """The rounding is said exactly where months or years are added, once."""
    for _, here, limit in _compared(book, DateLimit):
        said = (limit.rounding is not None) + (limit.rounding_policy is not None)
        if said != (limit.span.unit in ("month", "year")):
            yield Fault(
                f"{here}.rounding",
                f"one rounding is said where months or years are added, else none; the span is {limit.span}",
                f"加月或加年须写明一种取整方式，其余不写；此处期限为 {limit.span}",
            )
        policy = limit.rounding_policy
        if policy is not None and policy not in book.policies:
            yield _unknown(f"{here}.rounding_policy", policy, book.policies, "policy", "口径")
        elif policy is not None and book.policies[policy] not in ROUNDINGS:
            yield Fault(f"{here}.rounding_policy", f"{policy} is no policy of rounding", f"{policy} 不是取整口径")


def _spans(book: Rulebook) -> Faults:
    """A span is one that the comparison can add."""
    for _, here, limit in _compared(book, DateLimit):
        if limit.span.unit == "workday":
            yield Fault(f"{here}.span", "working days are counted by kind workdays", "工作日请用 workdays 计算")
        if limit.extension and not limit.span.months:
            yield Fault(f"{here}.extension", "an extension is added to months or years", "延长只能加在月或年上")
        if limit.new and limit.must_be != "not_after":
            yield Fault(
                f"{here}.new",
                "only a limit that must_be not_after can be new",
                "只有 not_after 的期限可标 new",
            )
    for _, here, periods in _compared(book, Periods):
        if not periods.each.months:
            yield Fault(
                f"{here}.each",
                f"{periods.each} is not in months or years",
                f"{periods.each} 不是以月或年计的期限",
            )


def _named_acts(book: Rulebook) -> Faults:
    """What counts acts names the act, and the act whose day it counts from."""
    counted: list[tuple[Rule, str, Held | Periods]] = [*_compared(book, Held), *_compared(book, Periods)]
    for _, here, comparison in counted:
        heads = [("of", comparison.of)]
        if comparison.since is not None:
            heads.append(("since", comparison.since.partition(".")[0]))
        for key, code in heads:
            if code not in CODES:
                yield _unknown(f"{here}.{key}", code, CODES, "procedure", "程序")


def _cross_cutting(book: Rulebook) -> Faults:
    """The three rules that hold for every act are there, and speak of every act."""
    rules = {rule.code: rule for rule in book.rules}
    for code, kind in CROSS_CUTTING:
        rule = rules.get(code)
        if rule is None:
            yield Fault(
                "rules",
                f"the rule {code} is missing; every edition needs it",
                f"缺少规则 {code}，每一版都要有",
            )
        elif rule.acts or rule.outcomes or rule.when or rule.force != "bar" or not isinstance(rule.compare[0], kind):
            yield Fault(
                f"rule {code}",
                f"it bars every act by kind {kind.kind}",
                f"须以 {kind.kind} 约束每一程序，不设条件",
            )


# ------------------------------------------------------------------------------------------- values


class Sort(NamedTuple):
    """What stands at a path: its kind, whether a list of it, the words it can be, the class of its keys."""

    kind: Literal["day", "number", "truth", "text", "word", "table"]
    many: bool = False
    words: tuple[str, ...] = ()
    cls: Any = None


class Missing(NamedTuple):
    """A key on a path that does not exist, what it was looked for in, and the keys that are there."""

    key: str
    owner: str
    known: tuple[str, ...]


class Want(NamedTuple):
    """What a comparison needs at a path."""

    en: str
    zh: str
    fits: Callable[[Sort], bool]


class Read(NamedTuple):
    """A path that a rule reads: its key in the rule, what is needed there, in the entries of which list."""

    key: str
    path: str
    want: Want
    words: tuple[str, ...] = ()
    of: str = ""


DAY = Want("a day", "日期", lambda sort: sort.kind == "day" and not sort.many)
DAYS = Want("a day or a list of days", "日期或日期列表", lambda sort: sort.kind == "day")
NUMBER = Want("a number", "数目", lambda sort: sort.kind == "number" and not sort.many)
TRUTH = Want("true or false", "是非值", lambda sort: sort.kind == "truth" and not sort.many)
TEXT = Want("a text", "文本", lambda sort: sort.kind == "text" and not sort.many)
WORD = Want("a word", "词", lambda sort: sort.kind in ("word", "text") and not sort.many)
WORDS = Want("a list of words", "词的列表", lambda sort: sort.kind in ("word", "text") and sort.many)
TABLES = Want("a list of tables", "表的列表", lambda sort: sort.cls is not None and sort.many)
PEOPLE = Want("a list of people", "人员列表", lambda sort: sort.cls is Person and sort.many)
ANYTHING = Want("a value", "值", lambda _: True)
ANSWERS = {
    "is_": TRUTH,
    "one_of": WORD,
    "none_of": WORD,
    "all_of": WORDS,
    "any_of": WORDS,
    "at_least": NUMBER,
    "at_most": NUMBER,
}
CASE = {"leaving": Sort("day"), "extensions": Sort("number"), "end_of_probation": Sort("day")}
PLAIN: dict[Any, Sort] = {date: Sort("day"), int: Sort("number"), bool: Sort("truth"), str: Sort("text")}


def _outcomes_of(act: str) -> tuple[str, ...]:
    return ACTS[act].outcomes or ("done",)


def _acts(rule: Rule) -> tuple[str, ...]:
    """The procedures a rule speaks of."""
    return tuple(act for act in rule.acts or CODES if act in CODES)


@cache
def sort_of(hint: Any) -> Sort:
    """What a type annotation of the facts lets stand there."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in args if arg is not type(None) and getattr(arg, "__name__", "") != "Unknown"]
        return sort_of(inner[0])
    if origin is Literal:
        return Sort("word", words=args)
    if origin is tuple:
        return sort_of(args[0])._replace(many=True)
    return Sort("table", cls=hint if attrs.has(hint) else None)


@cache
def _keys(cls: Any) -> Mapping[str, Sort]:
    """The keys of a class of facts, each with what stands there."""
    return {key: sort_of(hint) for key, (_, hint) in fields_of(cls).items()}


def _follow(cls: type[Any], keys: list[str], owner: str, beside: tuple[str, ...] = ()) -> Sort | Missing:
    sort = Sort("table", cls=cls)
    for key in keys:
        known = _keys(sort.cls) if sort.cls is not None and not sort.many else {}
        if key not in known:
            return Missing(key, owner, (*known, *beside))
        sort, owner, beside = known[key], key, ()
    return sort


def resolve(path: str, act: str) -> Sort | Missing:
    """What stands at a path of the grammar for an act (workflows/README.md, "Values")."""
    head, *rest = path.split(".")
    if path == "outcome":
        return Sort("word", words=_outcomes_of(act))
    if not rest:
        return _follow(ACTS[act], [head], act)
    if head == "case":
        return CASE.get(".".join(rest)) or Missing(".".join(rest), "case", tuple(CASE))
    if head in ("file", "branch"):
        return _follow(File if head == "file" else Branch, rest, head)
    if head in CODES:
        # What an act left unsaid there is its success, so its own word is not the outcome.
        return Missing("outcome", head, ()) if rest[0] == "outcome" else _follow(ACTS[head], rest, head)
    return _follow(ACTS[act], [head, *rest], act, (*CODES, "file", "branch", "case"))


def _asks(key: str, test: Test, of: str = "") -> Iterator[Read]:
    """What a test reads, and what its `where` reads."""
    name = next((name for name in ANSWERS if getattr(test, name) is not None), "")
    answer = getattr(test, name) if name else ()
    yield Read(key, test.value, ANSWERS.get(name, ANYTHING), answer if isinstance(answer, tuple) else (), of)
    if test.where is not None:
        yield from _asks(f"{key}.where", test.where)


def _reads(comparison: Comparison) -> Iterator[Read]:
    """Every path that a comparison reads."""
    match comparison:
        case DateLimit(value=value, anchor=anchor, anchors=anchors):
            yield Read("value", value, DAY)
            if anchor is not None:
                yield Read("anchor", anchor, DAYS)
            for name, path in (anchors or {}).items():
                yield Read(f"anchors.{name}", path, DAYS)
        case Workdays() | Periods() | Held() | Elapsed():
            for key in ("since", "until", "not_before", "by"):
                day = getattr(comparison, key, None)
                if day is not None:
                    yield Read(key, day, DAY)
        case Share(part=part, whole=whole):
            yield from (Read("part", part, NUMBER), Read("whole", whole, NUMBER))
        case Balance():
            for key in ("sum", "equals", "at_most"):
                yield from (Read(key, path, NUMBER) for path in getattr(comparison, key) or ())
        case Evidence():
            for key in ("all", "any"):
                for n, test in enumerate(getattr(comparison, key)):
                    yield from _asks(f"{key}[{n}]", test)
        case Table(rows=rows):
            for n, row in enumerate(rows):
                for path, values in row.items():
                    truths = all(isinstance(value, bool) for value in values)
                    words = () if truths else tuple(str(value) for value in values)
                    yield Read(f"rows[{n}]", path, TRUTH if truths else WORD, words)
        case People(value=value, not_=barred):
            yield Read("value", value, PEOPLE)
            if barred is not None:
                yield Read("not", barred, TEXT)
        case Each(of=of, test=test):
            yield Read("of", of, TABLES)
            yield from _asks("test", test, of)
        case Among(value=value, among=among):
            yield from (Read("value", value, PEOPLE), Read("among", among, PEOPLE))
        case _:
            return


def _values(book: Rulebook) -> Faults:
    """Every path a rule reads is there for each of its acts, holds what is needed, and knows the words."""
    for rule in book.rules:
        reads = [read for n, test in enumerate(rule.when) for read in _asks(f"when[{n}]", test)]
        for n, comparison in enumerate(rule.compare):
            reads += [read._replace(key=f"compare[{n}].{read.key}") for read in _reads(comparison)]
        for read in reads:
            yield from _value(f"rule {rule.code}.{read.key}", read, _acts(rule))


def _value(where: str, read: Read, acts: tuple[str, ...]) -> Faults:
    words: dict[str, None] = {}
    free = not acts
    for act in acts:
        sort = resolve(read.of or read.path, act)
        if read.of and isinstance(sort, Sort):
            if sort.cls is None or not sort.many:
                return  # the list itself is the fault
            sort = _follow(sort.cls, read.path.split("."), read.of)
        if isinstance(sort, Missing):
            if read.of and sort.owner == act:
                return
            hint_en, hint_zh = _hint(sort.key, sort.known)
            yield Fault(
                where,
                f"{sort.owner} has no {shown(sort.key)}{hint_en}",
                f"{sort.owner} 没有 {shown(sort.key)}{hint_zh}",
            )
            return
        if not read.want.fits(sort):
            yield Fault(
                where,
                f"{read.path} of {act} is not {read.want.en}",
                f"{act} 的 {read.path} 不是{read.want.zh}",
            )
            return
        free = free or sort.kind == "text"
        words |= dict.fromkeys(sort.words)
    for word in read.words:
        if not free and word not in words:
            yield _unknown(where, word, words, f"word of {read.path}", f" {read.path} 的可用值")


# ------------------------------------------------------------------------------------------- editions


def _days(books: Books) -> Faults:
    """The editions follow each other without gap and without overlap."""
    if not books.editions:
        yield Fault("index.toml", "no edition is named; name one", "没有列出任何版本，请列出")
        return
    yield from _twice("index.toml", (book.code for book in books.editions), "the edition", "版本")
    for book, following in pairwise(books.editions):
        if book.in_force >= following.in_force:
            yield Fault(
                f"{following.code}: in_force",
                f"{following.in_force} is not after {book.in_force}, the day of {book.code}",
                f"{following.in_force} 不晚于 {book.code} 版的 {book.in_force}",
            )
        elif book.until != following.in_force:
            yield Fault(
                f"{book.code}: until",
                f"{book.until} is not {following.in_force}, when {following.code} comes into force",
                f"{book.until} 与 {following.code} 版施行之日 {following.in_force} 不衔接",
            )
    last = books.editions[-1]
    if last.until is not None:
        yield Fault(f"{last.code}: until", "the last edition has no end", "最后一版没有终止日")


def _nothing_new_at_first(books: Books) -> Faults:
    for book in books.editions[:1]:
        for _, here, limit in _compared(book, DateLimit):
            if limit.new:
                yield Fault(f"{book.code}: {here}.new", "nothing is new in the first edition", "首版没有新增期限")


def _same_states(books: Books, charts: list[Chart]) -> Faults:
    """A file passes from one edition's machine to the next, so both have the same states."""
    pairs = list(zip(books.editions, charts, strict=True))
    for (book, chart), (other, following) in pairwise(pairs):
        for one, two, names in (
            (book.code, other.code, chart.states.keys() - following.states.keys()),
            (other.code, book.code, following.states.keys() - chart.states.keys()),
        ):
            missing = sorted(names, key=lambda name: (len(name), name))
            if missing:
                en, zh = _others(missing)
                yield Fault(
                    f"{one}: state {missing[0]}",
                    f"it does not exist in {two}, so a file could not pass{en}",
                    f"{two} 版没有此状态，档案无法衔接{zh}",
                )


# ------------------------------------------------------------------------------------------- contents

EDITIONS = (_days, _nothing_new_at_first)
ORDER = (
    _the_25,
    _numbers,
    _stages,
    _known_acts,
    _no_circle,
    _repeats,
    _papers,
    _outcomes,
    _defaults,
    _decisions,
)
WORDING = (_vocabulary, _both_languages)
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
    _cross_cutting,
    _values,
)
REACH = (_every_procedure_comes, _every_standing, _no_dead_end)


def proof(books: Books) -> None:
    """Look at every edition as a whole, and at the seams between them.

    Raises:
        RulebookError: with every fault of every edition.
    """
    faults = [fault for check in EDITIONS for fault in check(books)]
    charts = []
    for book in books.editions:
        found = [fault for check in ORDER for fault in check(book)]
        chart = None if found else explore(book)
        found += [fault for check in (*WORDING, *RULES) for fault in check(book)]
        if chart is not None:
            charts.append(chart)
            found += [fault for reach in REACH for fault in reach(book, chart)]
        faults += [fault.within(book.code) for fault in found]
    if len(charts) == len(books.editions):
        faults += _same_states(books, charts)
    if faults:
        raise RulebookError(faults)
