"""Checks on the procedures of a book: the 25, their order and outcomes, their words, and what can be reached.

Each check is one small function that yields its faults; the lists at the end are the table of contents.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import Any, get_args

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.rulebook import Outcome, Rulebook
from recruitment.law.states import StateGraph
from recruitment.record.evidence import Paper
from recruitment.rulebooks.checks.faults import Faults, blank_text, doubled, others, unknown
from recruitment.rulebooks.checks.policies import POLICIES
from recruitment.rulebooks.checks.values import BESIDE, CODES, outcomes_of

PAPERS = get_args(Paper)

STANDINGS = ("applicant", "activist", "candidate", "probationary", "full")


# ------------------------------------------------------------------------------------------- procedures


def _the_25(rulebook: Rulebook) -> Faults:
    codes = [procedure.code for procedure in rulebook.procedures]
    for code in codes:
        if code not in CODES:
            yield unknown(f"procedure {code}", code, CODES, Label(zh="25个程序之一", en="procedure of the 25"))
    for code in CODES:
        if code not in codes:
            yield Fault(
                "procedures", Label(zh=f"缺少 {code}，25个程序缺一不可", en=f"{code} is missing; all 25 are needed")
            )
    yield from doubled("procedures", codes, Label(zh="代码", en="the code"))


def _numbers(rulebook: Rulebook) -> Faults:
    for p in rulebook.procedures:
        if not 1 <= p.number <= len(CODES):
            yield Fault(
                f"procedure {p.code}.number",
                Label(zh=f"{p.number} 不在 1 至 25 之间", en=f"{p.number} is not from 1 to 25"),
            )
    yield from doubled("procedures", (str(p.number) for p in rulebook.procedures), Label(zh="序号", en="the number"))


def _stages(rulebook: Rulebook) -> Faults:
    numbers = [stage.number for stage in rulebook.stages]
    if numbers != [1, 2, 3, 4, 5]:
        yield Fault(
            "stages",
            Label(zh=f"阶段为 {numbers}，应依次为 1 至 5", en=f"the stages are {numbers}, not 1 to 5 in order"),
        )
    for p in rulebook.procedures:
        if not 1 <= p.stage <= 5:
            yield Fault(
                f"procedure {p.code}.stage",
                Label(zh=f"没有第 {p.stage} 阶段（1 至 5）", en=f"there is no stage {p.stage}; 1 to 5"),
            )


def _known_acts(rulebook: Rulebook) -> Faults:
    for p in rulebook.by_code.values():
        named = [("after", p.after), ("chart", p.chart), ("until", (p.until,) if p.until else ())]
        if p.lapse:
            named += [("lapse.unless", (p.lapse.unless,)), ("lapse.reopens", p.lapse.reopens)]
        for o in p.outcomes:
            named.append((f"outcomes.{o.code}.after", o.after))
            if o.reopens_for:
                named += [(f"outcomes.{o.code}.reopens_for.{v}", acts) for v, acts in o.reopens_for.items()]
            else:
                named.append((f"outcomes.{o.code}.reopens", o.reopens))
        for key, codes in named:
            for code in codes:
                if code not in rulebook.by_code:
                    yield unknown(
                        f"procedure {p.code}.{key}",
                        code,
                        rulebook.by_code,
                        Label(zh="程序", en="procedure"),
                    )


def _reopened_by_policy(rulebook: Rulebook) -> Faults:
    """What an outcome undoes is said once: as it is, or for every value of a policy."""
    for p in rulebook.by_code.values():
        for o in p.outcomes:
            here, policy, named = f"procedure {p.code}.outcomes.{o.code}", o.reopens_policy, o.reopens_for or {}
            if policy is None and not named:
                continue
            if policy is None or not named or (o.reopens and o.reopens not in named.values()):
                yield Fault(
                    here,
                    Label(
                        zh="只写 reopens，或者同时写 reopens_policy 与 reopens_for",
                        en="either `reopens`, or `reopens_policy` with `reopens_for`",
                    ),
                )
            elif policy not in POLICIES:
                yield unknown(f"{here}.reopens_policy", policy, POLICIES, Label(zh="口径", en="policy"))
            else:
                for value in named:
                    if value not in POLICIES[policy]:
                        yield unknown(
                            f"{here}.reopens_for",
                            value,
                            POLICIES[policy],
                            Label(zh="该口径的取值", en="value of this policy"),
                        )
                for value in POLICIES[policy]:
                    if value not in named:
                        yield Fault(
                            f"{here}.reopens_for", Label(zh=f"缺少取值 {value}", en=f"the value {value} is missing")
                        )


def _grounds(rulebook: Rulebook) -> Faults:
    """Where it is written that an act comes after another has an article, and is said once an edge."""
    for p in rulebook.by_code.values():
        edges = [(f"procedure {p.code}", p.grounds)]
        edges += [(f"procedure {p.code}.outcomes.{_row(o)}", o.grounds) for o in p.outcomes]
        for where, grounds in edges:
            for ground in grounds:
                if not any(ground.articles):
                    yield Fault(f"{where}.grounds.{ground.act}", Label(zh="请写明条款", en="name the article"))
            yield from doubled(f"{where}.grounds", (ground.act for ground in grounds), Label(zh="程序", en="the act"))


def _no_circle(rulebook: Rulebook) -> Faults:
    before = {p.code: (*p.after, *p.chart, *(c for o in p.outcomes for c in o.after)) for p in rulebook.procedures}
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        yield Fault(
            "procedures",
            Label(zh=f"先后次序成环：{circle}，请断开", en=f"the order runs in a circle: {circle}; break it"),
        )


def _repeats(rulebook: Rulebook) -> Faults:
    for p in rulebook.procedures:
        if bool(p.again) != bool(p.until):
            yield Fault(
                f"procedure {p.code}", Label(zh="again 与 until 须同时写出", en="`again` and `until` go together")
            )
        if p.lapse and (p.lapse.span.unit == "workday" or not p.lapse.span.number):
            yield Fault(
                f"procedure {p.code}.lapse.span",
                Label(zh=f"{p.lapse.span} 不能作为失效期限", en=f"{p.lapse.span} is no time to lapse"),
            )


def _papers(rulebook: Rulebook) -> Faults:
    for p in rulebook.by_code.values():
        for paper in p.papers:
            if paper not in PAPERS:
                yield unknown(f"procedure {p.code}.papers", paper, PAPERS, Label(zh="材料", en="paper"))


def _outcomes(rulebook: Rulebook) -> Faults:
    for p in rulebook.procedures:
        if p.code not in CODES:
            continue
        known, here = outcomes_of(p.code), f"procedure {p.code}.outcomes"
        codes = [outcome.code for outcome in p.outcomes]
        for code in codes:
            if code not in known:
                yield unknown(here, code, known, Label(zh="该程序的结果", en="outcome of this act"))
        for code in known:
            if code not in codes:
                yield Fault(here, Label(zh=f"缺少结果 {code}，请补上", en=f"the outcome {code} is missing; add it"))


def _defaults(rulebook: Rulebook) -> Faults:
    """At most one success is assumed, whatever decision is pending, and it is one that counts as done."""
    for p in rulebook.procedures:
        here = f"procedure {p.code}.outcomes"
        defaults = [outcome for outcome in p.outcomes if outcome.default]
        for outcome in defaults:
            if not outcome.done:
                yield Fault(
                    f"{here}.{outcome.code}", Label(zh="默认结果须为办成（done）", en="a default has to be done")
                )
        for pending in dict.fromkeys(outcome.of for outcome in p.outcomes):
            rows = [o for o in p.outcomes if o.of in (None, pending)]
            said = f" of {pending}" if pending else ""
            if sum(outcome.default for outcome in rows) > 1:
                yield Fault(
                    here, Label(zh=f"默认结果{said}不止一个，只留一个", en=f"more than one default{said}; keep one")
                )
            yield from doubled(here, (outcome.code for outcome in rows), Label(zh="结果", en=f"the outcome{said}"))
        if len({outcome.code for outcome in defaults}) > 1:
            yield Fault(here, Label(zh="各默认结果代码不一，请统一", en="the defaults differ in code; give them one"))


def _decisions(rulebook: Rulebook) -> Faults:
    deciding = [(p.code, o) for p in rulebook.procedures for o in p.outcomes if o.decides]
    codes = [outcome.code for _, outcome in deciding]
    yield from doubled("procedures", codes, Label(zh="待批决定", en="the deciding outcome"))
    for code, outcome in deciding:
        if not outcome.done:
            yield Fault(
                f"procedure {code}.outcomes.{outcome.code}",
                Label(zh="作出决定的结果须为 done", en="a decision has to be done"),
            )
    for p in rulebook.procedures:
        for outcome in p.outcomes:
            if outcome.of is not None and outcome.of not in codes:
                here = f"procedure {p.code}.outcomes.{outcome.code}.of"
                yield unknown(here, outcome.of, codes, Label(zh="作出决定的结果", en="outcome that decides"))


def _detours(rulebook: Rulebook) -> Faults:
    """The acts beside the main line are those of the record, each once, and speak of standings that exist."""
    codes = [detour.code for detour in rulebook.detours]
    for code in codes:
        if code not in BESIDE:
            yield unknown(f"detour {code}", code, BESIDE, Label(zh="主线以外的行为", en="act beside the main line"))
    for code in BESIDE:
        if code not in codes:
            yield Fault("detours", Label(zh=f"缺少 {code}，请补上", en=f"{code} is missing; add it"))
    yield from doubled("detours", codes, Label(zh="代码", en="the code"))
    ends = [d.ends for d in rulebook.detours if d.ends]
    ends += [o.ends for p in rulebook.procedures for o in p.outcomes if o.ends]
    yield from doubled("detours", ends, Label(zh="终止方式", en="the end"))


def _vocabulary(rulebook: Rulebook) -> Faults:
    for p in rulebook.by_code.values():
        if p.body not in rulebook.words:
            yield unknown(
                f"procedure {p.code}.body",
                p.body,
                rulebook.words,
                Label(zh="词汇表中的词", en="word of vocabulary.toml"),
            )
        for o in p.outcomes:
            if o.ends is not None and o.ends not in rulebook.words:
                here = f"procedure {p.code}.outcomes.{o.code}.ends"
                yield unknown(here, o.ends, rulebook.words, Label(zh="词汇表中的词", en="word of vocabulary.toml"))


def _both_languages(rulebook: Rulebook) -> Faults:
    named: list[tuple[str, Any]] = [("edition", rulebook)]
    named += [(f"stage {stage.number}", stage) for stage in rulebook.stages]
    named += [(f"document {document.code}", document) for document in rulebook.documents.values()]
    named += [(f"word {code}", label) for code, label in rulebook.words.items()]
    for p in rulebook.by_code.values():
        named.append((f"procedure {p.code}", p))
        named += [(f"procedure {p.code}.outcomes.{outcome.code}", outcome) for outcome in p.outcomes]
        grounds = (*p.grounds, *(ground for outcome in p.outcomes for ground in outcome.grounds))
        named += [(f"procedure {p.code}.grounds.{ground.act}", ground) for ground in grounds]
    named += [(f"rule {rule.code}", rule.clause) for rule in rulebook.rules]
    for where, value in named:
        yield from blank_text(where, (("zh", value.zh), ("en", value.en)))


# ------------------------------------------------------------------------------------------- reach


def _every_procedure_comes(rulebook: Rulebook, chart: StateGraph) -> Faults:
    seen = {(edge.act, edge.outcome) for _, edge in chart}
    acts = {act for act, _ in seen}
    for p in rulebook.procedures:
        if p.code not in acts:
            yield Fault(
                f"procedure {p.code}", Label(zh="永远无法办理，请检查 after", en="it can never come; see its `after`")
            )
            continue
        for o in p.outcomes:
            if (p.code, o) not in seen:
                yield Fault(f"procedure {p.code}.outcomes.{_row(o)}", Label(zh="永远不会出现", en="it can never come"))
    for detour in rulebook.detours:
        if detour.code not in acts:
            yield Fault(
                f"detour {detour.code}",
                Label(zh="永远无法登记，请检查 standings", en="it can never come; see its `standings`"),
            )


def _every_standing(_: Rulebook, chart: StateGraph) -> Faults:
    """From applicant to full member, each standing is reached."""
    held = {state.standing for state in chart.states.values()}
    for standing in STANDINGS:
        if standing not in held:
            yield Fault(
                "procedures",
                Label(
                    zh=f"无法取得 {standing} 身份，请在相应程序写明 standing",
                    en=f"nobody can come to the standing {standing}; give it to a procedure",
                ),
            )


def _no_dead_end(_: Rulebook, chart: StateGraph) -> Faults:
    """From every state, full standing or an end can be reached."""
    back: dict[str, set[str]] = {}
    for state, edge in chart:
        if edge.act not in CODES:
            continue  # that somebody may always withdraw is no way on
        back.setdefault(edge.target, set()).add(state.name)
    saved = {name for name, state in chart.states.items() if state.ended or state.standing == "full"}
    waiting = sorted(saved)
    while waiting:
        new = back.get(waiting.pop(), set()) - saved
        saved |= new
        waiting += sorted(new)
    stuck = [name for name in chart.states if name not in saved]
    if stuck:
        more = others(stuck)
        yield Fault(
            f"state {stuck[0]}",
            Label(
                zh=f"死路：既不能转正也不能终止{more.zh}",
                en=f"a dead end: neither full standing nor an end can be reached{more.en}",
            ),
        )


def _row(outcome: Outcome) -> str:
    return f"{outcome.code} (of {outcome.of})" if outcome.of else outcome.code


# ------------------------------------------------------------------------------------------- contents

ORDER = (
    _the_25,
    _numbers,
    _stages,
    _known_acts,
    _reopened_by_policy,
    _grounds,
    _no_circle,
    _repeats,
    _papers,
    _outcomes,
    _defaults,
    _decisions,
    _detours,
)
WORDING = (_vocabulary, _both_languages)
REACH = (_every_procedure_comes, _every_standing, _no_dead_end)
