"""How the terminal shows a file, a ruling and a history: rich tables, the same facts as the JSON, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recruitment.base.label import Label, listed
from recruitment.base.structure.values import fields_of
from recruitment.cli.evidence_options import option_of
from recruitment.cli.options import Setting
from recruitment.cli.typed_words import key_name
from recruitment.engine.findings import Finding
from recruitment.engine.judging import dead_end, lawful_from
from recruitment.forecast.status import Due, ProcedureStatus, Status
from recruitment.law.rulebook import Policy, Rulebook
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.groups import folded, in_groups
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.findings.remedies import way_out
from recruitment.presentation.findings.sentences import sentence
from recruitment.record.acts import ACTS, Correct

if TYPE_CHECKING:
    from recruitment.engine.change import Change
    from recruitment.engine.ruling import Ruling
    from recruitment.ledger.importing import ImportReport
    from recruitment.ledger.office import Decision

SIGNS = {"met": ("✓", "green"), "unmet": ("✗", "red"), "unknown": ("?", "yellow")}
"""A sign for each value, so that nothing is said by colour alone."""


def console() -> Console:
    """The terminal; no wrapping by guess where there is none."""
    return Console(highlight=False, soft_wrap=False)


def act_name(rulebook: Rulebook, code: str, setting: Setting) -> str:
    """The name of an act; a correction is none of the rulebook's and has its word in the vocabulary."""
    procedure = rulebook.by_code.get(code)
    return procedure.label.words(setting.lang) if procedure else rulebook.word(code, setting.lang)


def numbered_act(rulebook: Rulebook, code: str, setting: Setting) -> str:
    """The name of an act with its number before it, where it is one of the 25."""
    procedure = rulebook.by_code.get(code)
    name = act_name(rulebook, code, setting)
    return f"{procedure.number} {name}" if procedure and procedure.number else name


def rule_text(setting: Setting, rulebook: Rulebook, code: str) -> Text:
    """What a rule is called, with its code in small print behind a title."""
    name = rule_name(code, rulebook, setting.lang)
    return Text.assemble((name, "bold"), (f" {code}" if name != code else "", "dim"))


def headed(*heads: str) -> Table:
    """A table without a frame, with these columns; what does not fit is folded and never cut."""
    table = Table(box=None, padding=(0, 1))
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def plain(text: object) -> Text:
    """Text as it is: what a file holds is never read as markup, and never reaches the terminal as a command."""
    return Text("".join(c if c.isprintable() else "�" for c in str(text)))


def findings_of(setting: Setting, findings: Iterable[Finding], *, hints: bool = False) -> Group:
    """Each finding in two parts: the rule with its force and article, and below it what was found."""
    parts: list[RenderableType] = []
    for finding in findings:
        rulebook = setting.editions.named(finding.edition)
        sign, colour = SIGNS[finding.value]
        head = Text.assemble(
            (f" {sign} ", colour),
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
        zh = " ".join(f"--{key_name(setting.editions.synonyms, key)}" for key in asked)
        en = " ".join(option_of(key) for key in asked)
        return setting.say(Label(zh=f"请补充：{zh}", en=f"please add: {en}")) if asked else ""
    return ""


def _standing_in_the_way(setting: Setting, ruling: Ruling) -> str:
    count = len(ruling.barring)
    conditions = "one condition is" if count == 1 else f"{count} conditions are"
    return setting.say(Label(zh=f"有 {count} 项不符", en=f"{conditions} not met"))


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
                        zh="→ 更正的内容确实如此的，用 --as-it-was 理由 如实登记；也可以用口径 "
                        "correction-breaks-later=record（--policy）登记并保留违规情形。",
                        en="→ If it was so, record it with --as-it-was REASON, or under the policy "
                        "correction-breaks-later=record (--policy), which keeps the breach.",
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
    out.print(Text(f"{name} {ruling.act.on} [{ruling.edition}]: {verdict}", style="bold"))
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


def standing_line(setting: Setting, view: Status) -> Text:
    """What the person is, and in which stage the file is."""
    word = view.rulebook.word(view.standing, setting.lang)
    said = Label(zh=f"身份：{word}；第 {view.stage} 阶段", en=f"Standing: {word}; stage {view.stage}")
    if view.away is not None:
        said = Label(
            zh=f"{said.zh}；已于 {view.away} 转出，新单位尚未接收",
            en=f"{said.en}; transferred out on {view.away}, not yet taken up by the new unit",
        )
    return Text(setting.say(said))


def coming(setting: Setting, out: Console, view: Status) -> None:
    """Print what may come next, and what falls due."""
    rulebook = view.rulebook
    if view.next:
        table = Table(
            title=setting.say(Label(zh="接下来", en="Next")),
            title_justify="left",
            title_style="bold",
            box=None,
            padding=(0, 1),
        )
        table.add_column("", justify="right")
        table.add_column(setting.say(Label(zh="程序", en="Procedure")), overflow="fold")
        table.add_column(setting.say(Label(zh="办理者", en="Who acts")), overflow="fold")
        table.add_column(setting.say(Label(zh="最早", en="From")), overflow="fold")
        table.add_column(setting.say(Label(zh="材料", en="Papers")), overflow="fold")
        for item in view.next:
            table.add_row(
                str(item.procedure.number),
                Text.assemble(
                    plain(item.procedure.label.words(setting.lang)),
                    setting.say(Label(zh="", en=f" ({item.procedure.code})")),
                ),
                plain(rulebook.word(item.procedure.body, setting.lang)),
                str(item.first_day) if item.first_day and item.first_day > setting.today else "",
                plain(
                    setting.say(Label(zh="、", en=", ")).join(
                        rulebook.word(paper, setting.lang) for paper in item.papers
                    )
                ),
            )
        out.print(table)
    _dues(setting, out, [due for due in view.due if not due.overdue], setting.say(Label(zh="将到期", en="Falls due")))
    _dues(setting, out, view.overdue, setting.say(Label(zh="已逾期", en="Overdue")))
    if view.waiting:
        title = setting.say(Label(zh="待办（应当及时）", en="Waiting (to be done promptly)"))
        table = Table(
            title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1), show_header=False
        )
        for owed in view.waiting:
            days = Label(zh=f"自{owed.since}起已{owed.days}天", en=f"{owed.days} days since {owed.since}")
            table.add_row(
                setting.say(days),
                plain(f"{owed.procedure.number} {owed.procedure.label.words(setting.lang)}"),
                Text(rule_name(owed.rule.code, rulebook, setting.lang), style="dim"),
            )
        out.print(table)


def _dues(setting: Setting, out: Console, dues: Sequence[Due], title: str) -> None:
    if not dues:
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1), show_header=False)
    for due in dues:
        articles = ", ".join(due.rule.citation.articles)
        table.add_row(
            str(due.last_day),
            str(due.procedure.number),
            plain(due.procedure.label.words(setting.lang)),
            plain(due.rule.clause.words(setting.lang)),
            Text(setting.say(Label(zh=f"第{articles}条", en=f"art. {articles}")) if articles else "", style="dim"),
        )
    out.print(table)


def sign_of(mark: ProcedureStatus) -> Text:
    """Done, held without success, presumed by a record that is not whole, or not done."""
    if mark.done:
        return Text("✓", style="green")
    if mark.done is None:
        return Text("?", style="yellow")
    return Text("✗", style="yellow") if mark.entries else Text("·", style="dim")


def import_lines(setting: Setting, report: ImportReport, *, dry_run: bool, unknown: bool = False) -> None:
    """What an import found in every file; what is not known is one line a file, or listed with `unknown`."""
    out = console()

    def shown(ruling: Ruling, *, folding: bool) -> list[Finding]:
        open_points = in_groups(f for f in ruling.findings if f.value != "met" and f.force != "advice")
        return [finding for finding in open_points if not (folding and finding.value == "unknown")]

    for file in report.files:
        told = {id(ruling): shown(ruling, folding=not unknown) for ruling in file.rulings}
        untold = sum(len(shown(ruling, folding=False)) - len(told[id(ruling)]) for ruling in file.rulings)
        head = Label(
            zh=f"{file.id}：新的 {file.new} 项，已有 {file.existing} 项",
            en=f"{file.id}: new acts {file.new}, already there {file.existing}",
        )
        more = f" · {folded(untold).words(setting.lang)}" if untold else ""
        out.print(Text.assemble((setting.say(head), "bold"), (more, "dim")))
        for refusal in file.refusals:
            out.print(Text("✗ " + refusal.words(setting.lang), style="red"))
        for ruling in file.rulings:
            if found := told[id(ruling)]:
                rulebook = setting.editions.named(ruling.edition)
                name = act_name(rulebook, ruling.act.code, setting)
                out.print(Text(f"  [{len(ruling.case.acts)}] {ruling.act.on} {name}"))
                out.print(findings_of(setting, found))
    if report.written:
        done = len(report.files) - len(report.refused)
        out.print(
            Text(
                setting.say(
                    Label(
                        zh=f"已导入 {done} 份档案，{report.added} 项。",
                        en=f"Imported {done} files, {report.added} acts.",
                    )
                )
            )
        )
    elif report.admitted and dry_run:
        out.print(
            Text(
                setting.say(
                    Label(zh="试运行：可以导入，未写入。", en="Dry run: all would be admitted; nothing was written.")
                )
            )
        )
    if report.refused:
        bad, names = len(report.refused), listed(report.refused, setting.lang)
        others = Label(zh="其余已经导入", en="the others were imported")
        if not report.written:
            others = Label(
                zh="全部未写入；加上 --skip-refused 可只导入其余档案",
                en="nothing was written; --skip-refused imports the others",
            )
        said = Label(
            zh=f"有 {bad} 份不能导入：{names}（{others.zh}）。过去确实如此办理的，可用 --as-it-was 理由 如实补录。",
            en=f"{bad} files are refused: {names} ({others.en}). What was done so in the past is recorded with "
            "--as-it-was REASON.",
        )
        out.print(Text.assemble((str(plain(setting.say(said))), "bold")))


def rules(setting: Setting, rows: Sequence[tuple[Text, str, str, str, str]]) -> None:
    """A list of rules: name, force, acts, article, clause."""
    table = headed(
        setting.say(Label(zh="规则", en="rule")),
        setting.say(Label(zh="力度", en="force")),
        setting.say(Label(zh="程序", en="acts")),
        setting.say(Label(zh="条款", en="article")),
        setting.say(Label(zh="内容", en="clause")),
    )
    for name, *cells in rows:
        table.add_row(name, *(plain(cell) for cell in cells))
    console().print(table)


_SOURCES = {"our reading": "本库口径", "practice": "工作实践", "text": "条文"}


def policies(setting: Setting, readings: Sequence[Policy], values: Mapping[str, str]) -> None:
    """A list of policies: code, value, the default and the other values, what each decides, where that comes from."""
    table = Table(box=None, padding=(0, 1))
    for head in (
        setting.say(Label(zh="口径", en="policy")),
        setting.say(Label(zh="取值", en="value")),
        setting.say(Label(zh="可用", en="can be")),
        setting.say(Label(zh="来源", en="source")),
        setting.say(Label(zh="内容", en="what it decides")),
    ):
        table.add_column(head, no_wrap=head in ("口径", "policy"), overflow="fold")
    for policy in readings:
        default = setting.say(Label(zh=f"{policy.default}（默认）", en=f"{policy.default} (default)"))
        table.add_row(
            plain(policy.code),
            plain(values[policy.code]),
            Text("\n").join(plain(value) for value in (default, *policy.others)),
            plain(setting.say(Label(zh=_SOURCES[policy.source], en=policy.source))),
            plain(setting.say(Label(zh=policy.zh, en=policy.en))),
        )
    console().print(table)
