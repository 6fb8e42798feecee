"""The limits of time of a rulebook, as values: what must wait, what is due, what recurs, what only has an order.

Every rule that compares days is read here, and every rule that asks for an age or for a length in days, hours or
months. `recruitment.presentation.findings` words days and lengths and says where a rule is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from recruitment.base.dates import Span
from recruitment.base.label import Label, Lang
from recruitment.diagram.plates.limits.axis import HERE, Axis, Stretch
from recruitment.law.comparisons import After, Comparison, DateLimit, Elapsed, Evidence, Held, Periods, Test, Workdays
from recruitment.law.rulebook import Detour, Force, Procedure, Rule, Rulebook
from recruitment.presentation.findings.citations import articles_words, cite_rule
from recruitment.presentation.findings.clauses import span_words
from recruitment.presentation.findings.readings import policy_words

Sort = Literal["wait", "by", "lapse", "every", "order"]
"""At least so long; at the latest; void after so long; again and again; an order of days without a length."""

_LENGTHS: Final = {"days": "day", "months": "month"}
_AT_LEAST = Label(zh="至少{}", en="at least {}")
_AT_MOST = Label(zh="至多{}", en="at most {}")
_WITHIN = Label(zh="至迟{}内", en="within {}")
_AHEAD = Label(zh="至迟提前{}", en="at the latest {} before")
_OLD = Label(zh="至少{}周岁", en="at least {} years old")
_YOUNG = Label(zh="至多{}周岁的", en="aged {} at most")
_STAYS = Label(zh="至少{}不离开", en="stays at least {}")
_WORKDAYS = Label(zh="至少{}个工作日", en="at least {} working days")
_EVERY = Label(zh="每{}至少一次", en="at least once every {}")
_TIMES = Label(zh="至少{}次", en="at least {} times")
_ONCE = Label(zh="至少一次", en="at least once")
_PROMPTLY = Label(zh="及时，不定天数", en="promptly, no number")
_LAPSES = Label(zh="逾{}作废", en="void after {}")
_UNLESS = Label(zh="{} → {}；没有后者，重办 {}", en="{} → {}; without the latter anew: {}")
_COURSE = Label(zh="{} → {}", en="{} → {}")
_NOTICE = Label(
    zh="{}：开始不早于 {}，最后一个工作日不晚于 {}", en="{}: begun not before {}, its last working day not after {}"
)
_DURING = Label(zh="{}：{}", en="{}: {}")
_OR = Label(zh="，或者", en=" or ")
_AND = Label(zh="，", en=", ")
_LIST = Label(zh="、", en=", ")
_EXTENSION = Label(zh="延长的，再加延长的时间", en="plus any extension")
_REASON = Label(zh="有理由可以延后", en="later with a reason")
_NEW = Label(zh="本版新设", en="new in this edition")
_START = Label(zh="从 {} 起算，不是从 {} 起算", en="counts from {}, not from {}")
_ORDERS: Final = {
    "not_before": Label(zh="{} 不早于 {}", en="{} not before {}"),
    "after": Label(zh="{} 晚于 {}", en="{} after {}"),
    "not_after": Label(zh="{} 不晚于 {}", en="{} not after {}"),
    "same_day": Label(zh="{} 与 {} 同一天", en="{} on the day of {}"),
    "last_day": Label(zh="{} 为 {} 满{}之日或者前一天", en="{}: {} plus {}, or the day before"),
}


@frozen(kw_only=True)
class Limit:
    """One limit of time: its measure, where it runs, from what to what, with what force, and where it is written."""

    code: str
    sort: Sort
    measure: str = ""
    stretches: tuple[Stretch, ...]
    text: str
    acts: tuple[str, ...]
    """What the acts are called of which the text holds; its sign `HERE` is replaced by them."""
    beside: bool = False
    """Whether its act is beside the main line."""
    force: Force | None = None
    place: str = ""
    local: bool = False
    notes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    """What our readings of the text decide in it."""
    remark: str = ""
    clauses: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def course(self, lang: Lang) -> str:
        """From what to what it runs, in words."""
        several = len(self.acts) > 1
        acts = [act.partition(" ")[0] if several and act[:1].isdigit() else act for act in self.acts]
        return self.text.replace(HERE, _LIST.words(lang).join(acts))


def limits_of(rulebook: Rulebook, lang: Lang) -> tuple[Limit, ...]:
    """Every limit of time of a rulebook, those of one rule that say the same as one, in the order of the course."""
    found: dict[tuple[str, ...], Limit] = {}
    for amount, limit in _Reader(rulebook, lang).read():
        key = (limit.code, limit.sort, amount)
        before = found.get(key)
        found[key] = limit if before is None else _join(before, limit, lang)
    return tuple(sorted(found.values(), key=lambda limit: (limit.stretches[0].start, limit.stretches[-1].end)))


def _join(one: Limit, other: Limit, lang: Lang) -> Limit:
    """Two limits of one rule with one measure: what is said of the first, for the acts of both."""
    clauses = tuple(dict.fromkeys((*one.clauses, *other.clauses)))
    if one.beside != other.beside:
        # The axis is the main line: what is said of that is drawn, and the rest is in the words.
        return evolve(other if one.beside else one, clauses=clauses)
    text = one.text
    if other.text != one.text:
        text = f"{one.course(lang)}{Label(zh='；', en='; ').words(lang)}{other.course(lang)}"
    return evolve(
        one,
        text=text,
        stretches=tuple(sorted({*one.stretches, *other.stretches}, key=lambda s: (s.start, s.end))),
        acts=tuple(dict.fromkeys((*one.acts, *other.acts))),
        clauses=clauses,
        links=tuple(dict.fromkeys((*one.links, *other.links))),
    )


class _Reader:
    """Reads the rules of a book, once, in one language."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang = lang
        self.axis = Axis(rulebook, lang)

    def say(self, label: Label, *given: object) -> str:
        """A phrase in the language of this reader."""
        return label.words(self.lang).format(*given)

    def reading(self, policy: str | None) -> tuple[str, ...]:
        """What a policy decides, where a limit depends on one."""
        return (policy_words(policy, self.rulebook, self.lang),) if policy else ()

    def read(self) -> Iterator[tuple[str, Limit]]:
        """Every limit, act by act, with its bare amount."""
        for rule in self.rulebook.rules:
            for act in (act for act in rule.acts if act in self.rulebook.by_code):
                for comparison in rule.compare:
                    yield from self.limits_of(rule, act, comparison)
                for test in rule.when:
                    if test.value == "case.age":
                        yield self.age_limit(rule, act, test)
        for procedure in self.rulebook.procedures:
            if procedure.lapse is not None:
                yield "", self.lapse_limit(procedure)

    def limits_of(self, rule: Rule, act: str, comparison: Comparison) -> Iterator[tuple[str, Limit]]:
        """The limit that a comparison sets for an act, if it sets one."""
        match comparison:
            case DateLimit():
                yield self.date_limit(rule, act, comparison)
            case Workdays():
                yield self.notice_limit(rule, act, comparison)
            case Periods():
                yield self.period_limit(rule, act, comparison)
            case Elapsed():
                stretch = self.axis.between(act, comparison.since, comparison.until)
                text = self.course(act, comparison.since, comparison.until)
                yield "promptly", self.limit(rule, act, "by", self.say(_PROMPTLY), stretch, text)
            case Held(since=str(since)):
                times = comparison.at_least
                measure = self.say(_ONCE) if times == 1 else self.say(_TIMES, times)
                text = self.say(_DURING, self.axis.act(comparison.of), self.course(act, since, comparison.until))
                yield (
                    str(times),
                    self.limit(rule, act, "every", measure, self.axis.between(act, since, comparison.until), text),
                )
            case After():
                for code in comparison.acts:
                    text = self.say(_ORDERS["not_before"], HERE, self.axis.name_of(f"{code}.on", act))
                    yield code, self.limit(rule, act, "order", "", self.axis.between(act, f"{code}.on", "on"), text)
            case Evidence():
                yield from self.lengths(rule, act, comparison)
            case _:
                return

    def limit(
        self, rule: Rule, act: str, sort: Sort, measure: str, stretch: Stretch, text: str, notes: Iterable[str] = ()
    ) -> Limit:
        """A limit of a rule, with its force and its place."""
        local = rule.citation.document in self.rulebook.local
        place = cite_rule(rule, self.rulebook, self.lang)
        if local and rule.citation.articles:
            place = articles_words(rule.citation.articles, self.lang)
        more = (self.say(_REASON),) if rule.excused_by_reason else ()
        first = next((p.code for p in self.rulebook.procedures if p.number == max(1, round(stretch.start))), act)
        return Limit(
            code=rule.code,
            sort=sort,
            measure=measure,
            stretches=(stretch,),
            text=text,
            acts=(self.axis.act(act),),
            beside=isinstance(self.rulebook.by_code[act], Detour),
            force=rule.force,
            place=place,
            local=local,
            notes=(*more, *notes),
            clauses=(rule.clause.words(self.lang),),
            links=((first, act),),
        )

    def course(self, act: str, since: str, until: str) -> str:
        """From a day to a day, in words."""
        return self.say(_COURSE, self.axis.anchor(since, act), self.axis.short(until, act))

    # ------------------------------------------------------------------------------------- kinds

    def date_limit(self, rule: Rule, act: str, limit: DateLimit) -> tuple[str, Limit]:
        """A day against an anchor, with a length of time or without."""
        axis, length = self.axis, span_words(limit.span, self.lang)
        # Of a local rule every limit is new, which its sign says already.
        notes = [self.say(_NEW)] if limit.new and rule.citation.document not in self.rulebook.local else []
        notes += [self.say(_EXTENSION)] if limit.extension else []
        paths = self.anchors(limit)
        anchor, goal = self.say(_OR).join(axis.anchor(path, act) for path in paths), axis.name_of(limit.value, act)
        leaving = limit.value == "case.leaving"
        stretch = axis.onward(act) if leaving else axis.between(act, *paths, limit.value)
        if limit.span.number == 0 or limit.must_be in ("same_day", "last_day"):
            text = self.say(_ORDERS[limit.must_be], goal, anchor, length)
            return f"{limit.must_be} {paths}", self.limit(rule, act, "order", "", stretch, text, notes)
        measure, sort = self.say(_AT_LEAST, length), "wait"
        if limit.must_be == "not_after":
            measure, sort = self.say(_AHEAD if limit.back else _WITHIN, length), "by"
        elif limit.anchor == "file.born" and limit.span.unit == "year":
            measure = self.say(_OLD, limit.span.number)
        elif leaving:
            measure = self.say(_STAYS, length)
        found = self.limit(
            rule,
            act,
            "by" if sort == "by" else "wait",
            measure,
            stretch,
            self.say(_COURSE, anchor, axis.short(limit.value, act)),
            notes,
        )
        readings = (*self.reading(limit.anchor_policy), *self.reading(limit.rounding_policy))
        remark = self.remark(act, paths) if sort == "wait" else ""
        return str(limit.span), evolve(found, readings=readings, remark=remark)

    def anchors(self, limit: DateLimit) -> tuple[str, ...]:
        """What a limit counts from: one day, or what the policy of this book names, with what it falls back to."""
        if limit.anchor is not None or not limit.anchors:
            return (limit.anchor or "on",)
        chosen = limit.anchors.get(self.rulebook.policies.get(limit.anchor_policy or "", ""))
        known = tuple(dict.fromkeys(path for path in (chosen, limit.anchors.get("meeting")) if path))
        return known or tuple(limit.anchors.values())

    def remark(self, act: str, paths: Iterable[str]) -> str:
        """That time counts from an act that comes before the one which changes the standing, and not from that one."""
        heads = {path.partition(".")[0] for path in paths}
        start = self.rulebook.by_code.get(next(iter(heads))) if len(heads) == 1 else None
        if start is None or start.standing is not None:
            return ""
        end = self.rulebook.by_code[act].number
        gained = [p for p in self.axis.gains.values() if start.number < p.number < end]
        return self.say(_START, self.axis.act(start.code), self.axis.act(gained[-1].code)) if gained else ""

    def notice_limit(self, rule: Rule, act: str, notice: Workdays) -> tuple[str, Limit]:
        """A public notice of so many working days."""
        paths = [path for path in (notice.not_before, notice.since, notice.until, notice.by) if path]
        named = notice.since.partition(".")[0]
        what = self.rulebook.word(named, self.lang) if "." in notice.since else self.axis.name_of(notice.since, act)
        early, late = self.axis.name_of(notice.not_before or notice.since, act), self.axis.short(notice.by, act)
        measure, text = self.say(_WORKDAYS, notice.at_least), self.say(_NOTICE, what, early, late)
        found = self.limit(rule, act, "wait", measure, self.axis.between(act, *paths), text)
        return str(notice.at_least), evolve(found, readings=self.reading("first-publicity-day"))

    def period_limit(self, rule: Rule, act: str, periods: Periods) -> tuple[str, Limit]:
        """What each period of a length holds once at least."""
        what = self.axis.act(periods.of)
        if periods.days:
            what = self.axis.name_of(f"{periods.of}.{periods.days}", act)
        text = self.say(_DURING, what, self.course(act, periods.since, periods.until))
        measure = self.say(_EVERY, span_words(periods.each, self.lang).removeprefix("1 "))
        stretch = self.axis.between(act, periods.since, periods.until)
        found = self.limit(rule, act, "every", measure, stretch, text, self.reading(periods.cut_policy))
        return str(periods.each), evolve(found, readings=found.notes)

    def lengths(self, rule: Rule, act: str, evidence: Evidence) -> Iterator[tuple[str, Limit]]:
        """The length in days, class hours or months that a record must show, where nothing else is asked."""
        tests = evidence.all or evidence.any
        if not tests or not all(_is_length(test) for test in tests):
            return
        said = []
        for test in tests:
            least = test.at_least is not None
            number = test.at_least if least else test.at_most
            said.append(self.say(_AT_LEAST if least else _AT_MOST, self.length(test.value, number or 0)))
        extends = {o.of for p in self.rulebook.procedures for o in p.outcomes if o.extends}
        stretch = self.axis.onward(act) if extends & set(rule.outcomes) else self.axis.about(act)
        sort: Sort = "wait" if any(test.at_least is not None for test in tests) else "by"
        measure = self.say(_AND if evidence.all else _OR).join(said)
        unit = _LENGTHS.get(tests[0].value)
        # One length at most is the same amount as a last day after such a span.
        alone = len(tests) == 1 and unit and tests[0].at_most is not None
        amount = str(Span(tests[0].at_most or 0, unit)) if alone else measure  # type: ignore[arg-type]
        named = [
            Label(zh=o.zh, en=o.en).words(self.lang)
            for o in self.rulebook.by_code[act].outcomes
            if o.code in rule.outcomes
        ]
        text = self.say(_DURING, HERE, self.say(_LIST).join(named)) if named else HERE
        yield amount, self.limit(rule, act, sort, measure, stretch, text)

    def length(self, path: str, number: int) -> str:
        """A number of what is at a path: 3 days, 24 class hours."""
        unit = _LENGTHS.get(path)
        if unit is not None:
            return span_words(Span(number, unit), self.lang)  # type: ignore[arg-type]
        return f"{number}{Label(zh='个', en=' ').words(self.lang)}{self.rulebook.word(path, self.lang)}"

    def age_limit(self, rule: Rule, act: str, test: Test) -> tuple[str, Limit]:
        """A rule that speaks at an age only."""
        least = test.at_least is not None
        measure = self.say(_OLD if least else _YOUNG, test.at_least if least else test.at_most)
        text = self.say(_DURING, HERE, rule.clause.words(self.lang))
        return measure, self.limit(rule, act, "order", measure, self.axis.about(act), text)

    def lapse_limit(self, procedure: Procedure) -> Limit:
        """That the result of an act is void where another has not come in time."""
        assert procedure.lapse is not None
        lapse, axis = procedure.lapse, self.axis
        anew = self.say(_LIST).join(axis.name_of(f"{code}.on", "") for code in lapse.reopens)
        return Limit(
            code=f"{procedure.code}.lapse",
            sort="lapse",
            measure=self.say(_LAPSES, span_words(lapse.span, self.lang)),
            stretches=(axis.between(procedure.code, "on", f"{lapse.unless}.on"),),
            text=self.say(_UNLESS, procedure.number, axis.name_of(f"{lapse.unless}.on", ""), anew),
            acts=(axis.act(procedure.code),),
            links=((procedure.code, lapse.unless),),
        )


def _is_length(test: Test) -> bool:
    """Whether a test asks how long something lasts."""
    return test.value in (*_LENGTHS, "hours") and (test.at_least is not None or test.at_most is not None)
