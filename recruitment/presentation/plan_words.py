"""Plans and duties as they are shown: the words of each step in Chinese and in English, and the JSON of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from recruitment.base.label import Label, Lang
from recruitment.forecast.deadlines import Deadline, EndOfPeriod
from recruitment.forecast.plan.steps import WARNINGS, Bound, Goal, Plan, PlanNote, PlanStep
from recruitment.forecast.status import body_of
from recruitment.law.editions import Editions
from recruitment.law.rulebook import Rule, Rulebook, laid, national
from recruitment.presentation.findings.citations import cite_rule
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.json_data import iso_day
from recruitment.presentation.milestone_words import milestone_data

ASSUMPTION: Final = Label(
    zh="最早日期以各项均办成为前提，最迟日期按前面各项都在最早日期办理计算；会议、党委如何决定，考察是否合格，计划不作保证。",
    en="The first days count on success at every step, the last days on every act before coming on its first day; "
    "what a meeting or a committee decides, and how an inspection turns out, the plan does not promise.",
)
CONDITIONS: Final = {
    "decided": Label(zh="以{body}如此决定为前提", en="if the {body} so decides"),
    "satisfactory": Label(zh="以考察合格为前提", en="if satisfactory"),
}
NOTES: Final[Mapping[str, Label]] = {
    "again": Label(
        zh="须重新办理：“{act}”的期限（{rule}）已于{day}届满",
        en="to be done again: the time for “{act}” ({rule}) ran out on {day}",
    ),
    "each-period": Label(
        zh="{day}至{until}之间的各期都要有记录（{rule}）：{clause}",
        en="each period from {day} to {until} wants its entry ({rule}): {clause}",
    ),
    "ends": Label(zh="获得批准后，档案至此结束", en="once approved, the file ends here"),
    "extends": Label(
        zh="获得批准后预备期延长，以后各项重新办理",
        en="once approved, probation is extended, and what follows is done again",
    ),
    "late": Label(
        zh="期限（{rule}）已于{day}届满：逾期办理会记录在案，属于“一般”要求的须写明理由",
        en="the time ({rule}) ran out on {day}: it will be recorded as late; what is only usual needs a recorded "
        "reason",
    ),
    "meeting": Label(zh="按会议日期安排", en="set by the day of a meeting"),
    "meeting-late": Label(
        zh="{until}已超过期限（{rule}，到{day}为止）", en="{until} is past the limit ({rule}, until {day})"
    ),
    "missed": Label(
        zh="{day}至{until}没有“{act}”的记录，已无法补上（{rule}）",
        en="nothing recorded of “{act}” from {day} to {until}, and it cannot be made up ({rule})",
    ),
    "moved": Label(
        zh="推迟到这一天，后面的期限才能保住", en="put off to this day, so that a limit that counts from it can be kept"
    ),
    "no-meeting": Label(zh="{day}以后没有已知的会议日期", en="no day of a meeting is known on or after {day}"),
    "not-cured": Label(zh="换日期也不能满足（{rule}）：{clause}", en="no other day cures it ({rule}): {clause}"),
    "notice": Label(zh="按{day}同意并开始公示计算", en="counted from agreement and public notice on {day}"),
    "passed": Label(
        zh="期限（{rule}）已于{day}届满，按现有记录此项及以后各项都不能再办："
        "记录有误的请更正，没有误的请示上级党委组织部门决定",
        en="the time ({rule}) ran out on {day}; by the record it cannot come any more, nor what follows it: correct "
        "what is wrong in the record, or ask the organization department of the higher committee to decide",
    ),
    "promptly": Label(zh="自{day}起应当及时办理（{rule}）", en="promptly since {day} ({rule})"),
    "rest-day": Label(zh="{day}是休息日", en="{day} is a rest day"),
    "unknown": Label(
        zh="记录不全，无法判断（{rule}）：{clause}", en="the record does not say enough to judge it ({rule}): {clause}"
    ),
}
URGENCY: Final = {
    "overdue": Label(zh="已逾期", en="Overdue"),
    "due": Label(zh="即将到期", en="Due"),
    "waiting": Label(zh="待办（应当及时）", en="Waiting (to be done promptly)"),
    "coming": Label(zh="以后到期", en="Coming"),
}


# ------------------------------------------------------------------------------------------- words


def condition_words(step: PlanStep, plan: Plan, rulebook: Rulebook, lang: Lang) -> str:
    """On whose decision, or on what result, a step depends; empty where on none."""
    if step.conditional is None:
        return ""
    body = rulebook.word(body_of(step.procedure, plan.case), lang)
    return CONDITIONS[step.conditional].words(lang).format(body=body)


def note_words(note: PlanNote, editions: Editions, rulebook: Rulebook, lang: Lang) -> str:
    """A note in a sentence."""
    own = editions.named(note.edition) if note.edition else rulebook
    rule, clause = "", ""
    if note.rule is not None:
        rule = rule_words(note.rule, own, lang)
        clause = note.rule.clause.words(lang)
    act = own.by_code[note.act].label.words(lang) if note.act else ""
    return NOTES[note.code].words(lang).format(rule=rule, clause=clause, act=act, day=note.day, until=note.until)


def rule_words(rule: Rule, rulebook: Rulebook, lang: Lang) -> str:
    """A rule by its article and its name."""
    cited = cite_rule(rule, rulebook, lang)
    return f"{cited} {rule_name(rule.code, rulebook, lang)}".strip()


def first_words(step: PlanStep, editions: Editions, lang: Lang) -> str:
    """What sets the earliest day: a rule with its article, the act before, or nothing but the day of the plan."""
    bound = step.first
    if bound is None:
        if step.earliest is None:
            return ""
        codes = {note.code for note in step.notes}
        reason = next((code for code in ("moved", "meeting") if code in codes), "today")
        return {
            "moved": Label(zh="推迟", en="put off"),
            "meeting": Label(zh="会议", en="meeting"),
            "today": Label(zh="即日", en="now"),
        }[reason].words(lang)
    return bound_words(bound, editions, lang)


def bound_words(bound: Bound, editions: Editions, lang: Lang) -> str:
    """A bound by its rule, or by the act that comes before."""
    rulebook = editions.named(bound.edition)
    if bound.act is not None:
        before = rulebook.by_code[bound.act]
        number = f"{before.number} " if before.number else ""
        name = before.label.words(lang)
        return Label(zh=f"在 {number}{name} 之后", en=f"after {number}{name}").words(lang)
    return rule_words(bound.rule, rulebook, lang)


def goal_words(goal: Goal, plan: Plan, rulebook: Rulebook, lang: Lang) -> str:
    """Whether a wish can be had, and the first day on which it can."""
    name = rulebook.by_code[goal.act].label.words(lang)
    late = any(note.code in ("late", "meeting-late") for note in plan.steps[-1].notes) if plan.steps else False
    if goal.possible:
        said = Label(zh=f"{name}可以在{goal.on}办理", en=f"{name} can be had by {goal.on}")
        if late:
            said = Label(zh=f"{said.zh}，但已逾期限", en=f"{said.en}, but past a limit of time")
    elif goal.earliest is None:
        said = Label(zh=f"{name}没有哪一天可以办理", en=f"no lawful day for: {name}")
    else:
        said = Label(
            zh=f"{name}不能在{goal.on}办理，最早为{goal.earliest}",
            en=f"{name} cannot be had by {goal.on}; the first day is {goal.earliest}",
        )
    return said.words(lang)


# ------------------------------------------------------------------------------------------- data


def _both(words: Any) -> dict[str, str]:
    return {"zh": words("zh"), "en": words("en")}


def rule_data(rule: Rule, edition: str) -> dict[str, Any]:
    """A rule as plans and duties name it."""
    return {
        "rule": rule.code,
        "force": rule.force,
        "edition": national(edition),
        "article": ", ".join(rule.citation.articles) or None,
    }


def bound_data(bound: Bound, editions: Editions) -> dict[str, Any]:
    """What sets a day."""
    clause = bound.rule.clause
    return {
        **rule_data(bound.rule, bound.edition),
        "force": bound.force,
        "day": iso_day(bound.day),
        "anchor": iso_day(bound.anchor),
        "after": bound.act,
        **(
            {"zh": clause.zh, "en": clause.en}
            if bound.act is None
            else _both(lambda lang: bound_words(bound, editions, lang))
        ),
    }


def note_data(note: PlanNote, editions: Editions, rulebook: Rulebook) -> dict[str, Any]:
    """A note, with its words."""
    return {
        "code": note.code,
        "warning": note.code in WARNINGS,
        "rule": note.rule.code if note.rule else None,
        "day": iso_day(note.day),
        "until": iso_day(note.until),
        "act": note.act,
        **_both(lambda lang: note_words(note, editions, rulebook, lang)),
    }


def step_data(step: PlanStep, plan: Plan, editions: Editions, rulebook: Rulebook) -> dict[str, Any]:
    """An act that is still to come."""
    procedure, body = step.procedure, body_of(step.procedure, plan.case)
    return {
        "act": procedure.code,
        "number": procedure.number,
        "stage": procedure.stage,
        "zh": procedure.zh,
        "en": procedure.en,
        "body": body,
        "body_zh": rulebook.word(body, "zh"),
        "body_en": rulebook.word(body, "en"),
        "edition": national(step.edition),
        "overlays": laid(step.edition),
        "earliest": iso_day(step.earliest),
        "earliest_by": None if step.first is None else bound_data(step.first, editions),
        "latest": iso_day(step.latest),
        "limits": [bound_data(limit, editions) for limit in step.limits],
        "needed_by": iso_day(step.needed_by),
        "period": None if step.period is None else {"from": iso_day(step.period[0]), "to": iso_day(step.period[1])},
        "provisional": step.provisional,
        "depends_on_meeting": step.depends_on_meeting,
        "if": None
        if step.conditional is None
        else {"code": step.conditional, **_both(lambda lang: condition_words(step, plan, rulebook, lang))},
        "notes": [note_data(note, editions, rulebook) for note in step.notes],
    }


def plan_data(plan: Plan, editions: Editions, rulebook: Rulebook) -> dict[str, Any]:
    """A plan: what `plan --json` prints."""
    goal = plan.goal
    return {
        "id": plan.case.file.id,
        "today": iso_day(plan.today),
        "standing": plan.case.standing,
        "ended": None if plan.ended is None else {"code": plan.ended.code, "on": iso_day(plan.ended.on)},
        "supposed": [{"act": act, "outcome": outcome, "on": iso_day(on)} for act, outcome, on in plan.supposed],
        "assumes": {"zh": ASSUMPTION.zh, "en": ASSUMPTION.en},
        "goal": None
        if goal is None
        else {
            "act": goal.act,
            "on": iso_day(goal.on),
            "possible": goal.possible,
            "earliest": iso_day(goal.earliest),
            **_both(lambda lang: goal_words(goal, plan, rulebook, lang)),
        },
        "steps": [step_data(step, plan, editions, rulebook) for step in plan.steps],
    }


def deadline_data(duty: Deadline, rulebook: Rulebook, *, named: bool) -> dict[str, Any]:
    """Something owed to a file."""
    return {
        "id": duty.file,
        **({"name": duty.name} if named else {}),
        "urgency": duty.urgency,
        "act": duty.procedure.code,
        "number": duty.procedure.number,
        "act_zh": duty.procedure.zh,
        "act_en": duty.procedure.en,
        **rule_data(duty.rule, duty.edition),
        "anchor": iso_day(duty.anchor),
        "last_day": iso_day(duty.last_day),
        **({"since": iso_day(duty.anchor), "days": duty.days} if duty.urgency == "waiting" else {}),
        "body": duty.body,
        "body_zh": rulebook.word(duty.body, "zh"),
        "body_en": rulebook.word(duty.body, "en"),
        "zh": duty.rule.clause.zh,
        "en": duty.rule.clause.en,
    }


def deadlines_data(
    groups: Mapping[str, Iterable[Deadline]],
    ends: Iterable[EndOfPeriod],
    rulebook: Rulebook,
    today: date,
    *,
    named: bool,
) -> dict[str, Any]:
    """What many files are owed, and whose periods end: what `due --json` prints."""
    return {
        "today": iso_day(today),
        "milestones": [
            {"id": end.file, **({"name": end.name} if named else {}), **milestone_data(end.milestone)} for end in ends
        ],
        "groups": [
            {"key": key, "due": [deadline_data(duty, rulebook, named=named) for duty in found]}
            for key, found in groups.items()
        ],
    }
