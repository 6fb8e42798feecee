"""How the terminal shows a file, a ruling and a history: rich tables, the same facts as the JSON, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from recruitment.base.label import Label
from recruitment.base.structure.values import fields_of
from recruitment.cli.evidence_options import option_of
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import SIGNS, act_name, console, numbered_act, plain, rule_text
from recruitment.cli.tables.standings import coming, standing_line
from recruitment.cli.typed_words import part_name
from recruitment.engine.findings import Finding
from recruitment.engine.judging import dead_end, lawful_from
from recruitment.forecast.status import Status
from recruitment.law.rulebook import Rulebook
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.groups import in_groups
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.findings.remedies import way_out
from recruitment.presentation.findings.sentences import sentence
from recruitment.record.acts import ACTS, Correct

if TYPE_CHECKING:
    from recruitment.engine.change import Change
    from recruitment.engine.ruling import Ruling
    from recruitment.ledger.office import Decision


def findings_of(setting: Setting, findings: Iterable[Finding], *, hints: bool = False, acts: bool = False) -> Group:
    """Each finding in two parts: the rule with its force and article, and below it what was found.

    With `acts` the rule stands behind the act that it was found on.
    """
    parts: list[RenderableType] = []
    for finding in findings:
        rulebook = setting.editions.named(finding.edition)
        sign, colour = SIGNS[finding.value]
        head = Text.assemble(
            (f" {sign} ", colour),
            f"{numbered_act(rulebook, finding.act, setting)}  " if acts else "",
            rule_text(setting, rulebook, finding.rule.code),
            (f"  {rulebook.word(finding.force, setting.lang)} · {cite(finding, rulebook, setting.lang)}", "dim"),
        )
        parts += [head, Padding(plain(sentence(finding, rulebook, setting.lang)), (0, 0, 0, 3))]
        hint = _hint(setting, finding) if hints else ""
        if hint:
            parts.append(Padding(Text(f"→ {hint}", style="cyan"), (0, 0, 0, 3)))
    return Group(*parts)


def _hint(setting: Setting, finding: Finding) -> str:
    """What would let a refused act through, where the command line can give it: a reason, or the evidence."""
    if finding.force == "usual" and finding.value == "unmet":
        name = rule_name(finding.rule.code, setting.editions.named(finding.edition), setting.lang)
        zh, en = f"--单项理由 {name}=…", f"--reason-for {name}=…"
        return setting.say(Label(zh=f"记明理由即可登记：{zh}", en=f"a recorded reason lets it pass: {en}"))
    if finding.value == "unknown":
        own = fields_of(ACTS[finding.act])
        keys = dict.fromkeys(path.split(".")[0].split("[")[0] for path in finding.check.lacks)
        asked = [key for key in keys if key in own]
        zh = " ".join(f"--{part_name(setting.editions.synonyms, finding.act, key)}" for key in asked)
        en = " ".join(option_of(key) for key in asked)
        return setting.say(Label(zh=f"请补充：{zh}", en=f"please add: {en}")) if asked else ""
    return ""


def _standing_in_the_way(setting: Setting, ruling: Ruling) -> str:
    unknown = sum(finding.value == "unknown" for finding in ruling.barring)
    count = len(ruling.barring) - unknown
    said = [
        Label(zh=f"有 {count} 项不符", en=f"{'one condition is' if count == 1 else f'{count} conditions are'} not met"),
        Label(
            zh=f"有 {unknown} 项没有写明",
            en=f"{'one condition is' if unknown == 1 else f'{unknown} conditions are'} not stated",
        ),
    ]
    words = [setting.say(label) for label, number in zip(said, (count, unknown), strict=True) if number]
    return setting.say(Label(zh="，", en=", ")).join(words)


def _day_line(setting: Setting, ruling: Ruling) -> Text:
    """When the act would be admitted as it is; else whether it is the day, and what is left to do."""
    day = lawful_from(setting.editions, ruling, today=setting.today)
    if day is not None:
        return Text(setting.say(Label(zh=f"最早可以办理的日子：{day}", en=f"First possible day: {day}")))
    if dead_end(setting.editions, ruling, today=setting.today):
        never = setting.say(Label(zh="没有哪一天可以办理。", en="No day is lawful. "))
        return Text.assemble(
            never, (way_out(ruling, setting.editions.named(ruling.edition)).words(setting.lang), "cyan")
        )
    if any(finding.check.first_day or finding.check.last_day for finding in ruling.barring):
        return Text(
            setting.say(
                Label(
                    zh="只改日期还不够：须先满足上列其他条件。",
                    en="Another day alone is not enough: the other conditions above come first.",
                )
            )
        )
    return Text(
        setting.say(
            Label(zh="与日期无关：须先满足上列条件。", en="The day is not the reason: the conditions above come first.")
        )
    )


def refusal_lines(setting: Setting, ruling: Ruling) -> None:
    """A refusal: every finding that refuses the act, its article, and the first lawful day."""
    out = console()
    rulebook = setting.editions.named(ruling.edition)
    name = act_name(rulebook, ruling.act.code, setting)
    out.print(
        Text(
            setting.say(
                Label(
                    zh=f"不予登记：{name}（{ruling.act.on}），{_standing_in_the_way(setting, ruling)}。未作任何记录。",
                    en=f"Refused: {name} on {ruling.act.on}; {_standing_in_the_way(setting, ruling)}. Nothing was "
                    "written.",
                ),
            ),
            style="bold",
        )
    )
    out.print(findings_of(setting, in_groups(ruling.barring), hints=not isinstance(ruling.act, Correct)))
    if isinstance(ruling.act, Correct):  # a correction is not refused for its day
        out.print(
            Text(
                setting.say(
                    Label(
                        zh="→ 更正的内容确实如此的，用 --如实补录 理由 如实登记；也可以把台账的口径设置为 "
                        "correction-breaks-later=record（recruitment 设置 --规则理解），登记并保留违规情形。",
                        en="→ If it was so, record it with --as-it-was REASON, or set the ledger's reading "
                        "correction-breaks-later=record (recruitment settings --policy), which keeps the breach.",
                    )
                ),
                style="cyan",
            )
        )
    else:
        out.print(_day_line(setting, ruling))


def changes_table(setting: Setting, changes: Sequence[Change]) -> None:
    """What changes: act by act the rule, its value before and after, and the sentence of what is now."""
    out = console()
    out.print(Text(setting.say(Label(zh="判断的变化", en="What changes")), style="bold"))
    for change in changes:
        finding = change.after or change.before
        assert finding is not None
        rulebook = setting.editions.named(finding.edition)

        def value(found: Finding | None, rulebook: Rulebook = rulebook) -> str:
            return rulebook.word(found.value, setting.lang) if found else setting.say(Label(zh="无", en="none"))

        out.print(
            Text.assemble(
                f"  [{change.index}] {act_name(rulebook, finding.act, setting)}  ",
                rule_text(setting, rulebook, change.rule),
                f"  {value(change.before)} → {value(change.after)}",
            )
        )
        if change.after is not None:
            out.print(Padding(plain(sentence(change.after, rulebook, setting.lang)), (0, 0, 0, 6)))


def why(setting: Setting, ruling: Ruling, *, advice: bool = False) -> None:
    """Every condition of an act, met or not."""
    out = console()
    rulebook = setting.editions.named(ruling.edition)
    name = act_name(rulebook, ruling.act.code, setting)
    verdict = setting.say(
        Label(
            zh="可以办理" if ruling.admitted else f"不能办理，{_standing_in_the_way(setting, ruling)}",
            en="would be admitted" if ruling.admitted else f"would be refused; {_standing_in_the_way(setting, ruling)}",
        ),
    )
    head = Label(
        zh=f"{name}（{ruling.act.on}，{ruling.edition} 版）：{verdict}",
        en=f"{name} {ruling.act.on} [{ruling.edition}]: {verdict}",
    )
    out.print(Text(setting.say(head), style="bold"))
    shown = [finding for finding in ruling.findings if advice or finding.force != "advice"]
    out.print(findings_of(setting, in_groups(shown), hints=True))
    out.print(_day_line(setting, ruling))


def recorded_line(setting: Setting, decision: Decision, view: Status) -> None:
    """What was recorded, what became possible, what falls due."""
    out = console()
    ruling = decision.ruling
    rulebook = setting.editions.named(ruling.edition)
    name, when = numbered_act(rulebook, ruling.act.code, setting), ruling.act.on
    out.print(
        Text(
            setting.say(
                Label(
                    zh=f"已登记第 {decision.index} 项：{name}（{when}，{ruling.edition} 版）",
                    en=f"Recorded as act {decision.index}: {name} on {when} ({ruling.edition})",
                ),
            ),
            style="bold",
        )
    )
    open_points = [finding for finding in ruling.findings if finding.value != "met" and finding.force != "advice"]
    if open_points:
        out.print(findings_of(setting, in_groups(open_points)))
    out.print(standing_line(setting, view))
    coming(setting, out, view)
