"""The tables of files: one file, all files, and the history of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recruitment.base.identity import masked
from recruitment.base.label import Label, listed
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import act_name, console, numbered_act, plain, who_words
from recruitment.cli.tables.rulings import findings_of
from recruitment.cli.tables.standings import coming, sign_of, standing_line
from recruitment.engine.findings import Finding
from recruitment.forecast.status import Status
from recruitment.formats.dossier.documents import act_data
from recruitment.law.rulebook import Rulebook
from recruitment.law.states import state_graph
from recruitment.presentation.act_contents import act_contents
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.json_data import nameless_evidence
from recruitment.presentation.milestone_words import milestone_words, short_milestone_words
from recruitment.record.acts import Act, AdmissionMeeting, ConversionMeeting, Correct, File
from recruitment.record.evidence import UNKNOWN, Ballot, Branch

if TYPE_CHECKING:
    from recruitment.ledger.reader import LedgerEntry


def _details(setting: Setting, act: Act, rulebook: Rulebook) -> str:
    """What an act beside the main line says of itself: where to, from where, how long, who decided and why."""
    said = []
    for key in ("from_unit", "to", "months", "level", "decided_by", "reason"):
        value = getattr(act, key, UNKNOWN)
        if value is not UNKNOWN and value is not None and value != "":
            unit = setting.say(Label(zh="个月", en="")) if key == "months" else ""
            said.append(f"{rulebook.word(key, setting.lang)} {rulebook.word(str(value), setting.lang)}{unit}")
    return setting.say(Label(zh=f"（{'；'.join(said)}）", en=f" ({'; '.join(said)})")) if said else ""


def _facts(setting: Setting, file: File, *, named: bool) -> list[str]:
    """The branch, and the date of birth where names are asked for."""
    said = []
    if isinstance(file.branch, Branch) and isinstance(file.branch.name, str):
        said.append(setting.say(Label(zh=f"党支部：{file.branch.name}", en=f"Branch: {file.branch.name}")))
    if named and isinstance(file.born, date):
        said.append(setting.say(Label(zh=f"出生日期：{file.born}", en=f"Born: {file.born}")))
    return said


def show(
    setting: Setting,
    view: Status,
    rulebook: Rulebook,
    *,
    breaches: Sequence[Finding],
    trusted: Sequence[Finding],
    named: bool,
) -> None:
    """A file: its standing, its dates, the 25 procedures, what is next and what is late."""
    out = console()
    title = view.case.file.id
    if named and isinstance(view.case.file.name, str):
        title = who_words(title, view.case.file.name)
    out.print(Text(masked(title), style="bold"))
    out.print(standing_line(setting, view))
    for milestone in view.milestones:
        if milestone.near:
            style = "bold red" if milestone.days < 0 else "bold yellow"
            out.print(Text(milestone_words(milestone, setting.lang), style=style))
    for line in _facts(setting, view.case.file, named=named):
        out.print(plain(line))
    if view.end:
        out.print(
            Text(
                setting.say(Label(zh="已结束：", en="Ended: "))
                + f"{rulebook.word(view.end.code, setting.lang)} {view.end.on}"
            )
        )
    for act in view.beside:
        detour = rulebook.by_code[act.code]
        name = f"{detour.label.words(setting.lang)}{setting.say(Label(zh='：', en=': '))}"
        out.print(plain(f"  {name}{act.on}{_details(setting, act, rulebook)}"))
    dates = view.dates
    for label, day in (
        (setting.say(Label(zh="入党积极分子", en="activist since")), dates.activist),
        (setting.say(Label(zh="发展对象", en="candidate since")), dates.candidate),
        (setting.say(Label(zh="支部大会通过", en="admission meeting")), dates.admission),
        (setting.say(Label(zh="预备期满", en="probation ends")), dates.end_of_probation),
        (setting.say(Label(zh="延长至", en="extended to")), dates.extended_to),
        (setting.say(Label(zh="党龄起算", en="membership standing counts from")), dates.conversion_counts_from),
    ):
        if day:
            out.print(Text(f"  {label}{setting.say(Label(zh='：', en=': '))}{day}"))
    table = Table(box=None, padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("")
    table.add_column(setting.say(Label(zh="程序", en="Procedure")))
    table.add_column(setting.say(Label(zh="日期", en="Dates")))
    stage = 0
    for mark in view.marks:
        if mark.procedure.stage != stage:
            stage = mark.procedure.stage
            head = rulebook.stages[stage - 1]
            table.add_row("", "", Text(setting.say(Label(zh=head.zh, en=head.en)), style="bold"), "")
        sign = sign_of(mark)
        days = mark.dates if mark.done else mark.entries
        table.add_row(
            str(mark.procedure.number),
            sign,
            plain(mark.procedure.label.words(setting.lang)),
            ", ".join(str(day) for day in days),
        )
    out.print(table)
    coming(setting, out, view)
    if breaches:
        out.print(Text(setting.say(Label(zh="记录中的偏差", en="On record")), style="bold"))
        out.print(findings_of(setting, breaches, acts=True))
    if trusted:
        out.print(
            Text(
                setting.say(
                    Label(
                        zh=f"据原档补录：{len(trusted)} 项，用 recruitment 历史 查看",
                        en=f"On trust: {len(trusted)} findings, see history",
                    )
                ),
                style="bold",
            )
        )


def listing(setting: Setting, views: Sequence[Status], *, named: bool) -> None:
    """One line a file."""
    out = console()
    if not views:
        out.print(Text(setting.say(Label(zh="没有档案。", en="No files."))))
        return
    table = Table(box=None, padding=(0, 1))
    heads = [
        *([setting.say(Label(zh="姓名", en="name"))] if named else []),
        setting.say(Label(zh="档案编号", en="id")),
        setting.say(Label(zh="身份", en="standing")),
        setting.say(Label(zh="阶段", en="stage")),
        setting.say(Label(zh="最近一项", en="last act")),
    ]
    for head in [*heads, setting.say(Label(zh="逾期", en="overdue")), setting.say(Label(zh="待办", en="waiting"))]:
        table.add_column(head, overflow="fold")
    for view in views:
        case = view.case
        rulebook, lang = view.rulebook, setting.lang
        last = case.happened[-1] if case.acts else None
        row = [
            *([plain(case.file.name if isinstance(case.file.name, str) else "")] if named else []),
            plain(case.file.id),
            plain(rulebook.word(view.standing, setting.lang)),
            plain(view.stage),
            plain(f"{act_name(rulebook, last.code, setting)} {last.on}" if last else ""),
            plain(listed(_counted(rule_name(due.rule.code, rulebook, lang) for due in view.overdue), lang)),
            plain(
                listed(
                    (
                        *(short_milestone_words(milestone, lang) for milestone in view.milestones if milestone.near),
                        *(f"{rule_name(owed.rule.code, rulebook, lang)} ({owed.days})" for owed in view.waiting),
                    ),
                    lang,
                )
            ),
        ]
        table.add_row(*row)
    out.print(table)


def _counted(names: Iterable[str]) -> Iterator[str]:
    """Each name once, with how often it comes where that is more than once."""
    for name, times in Counter(names).items():
        yield name if times == 1 else f"{name} ×{times}"


def history(setting: Setting, entries: Sequence[LedgerEntry], *, everything: bool, advice: bool, named: bool) -> None:
    """Every act with what it holds and the findings of its day; names of people where they are asked for."""
    out = console()
    for entry, before in zip(entries, (None, *entries), strict=False):
        rulebook = setting.editions.named(entry.edition)
        name = numbered_act(rulebook, entry.act.code, setting)
        outcome = "" if entry.outcome == "done" else f" · {_outcome(rulebook, entry, before, setting)}"
        out.print(
            Text.assemble(
                (f"[{entry.index}] {entry.act.on} {name}{outcome}", "bold"),
                (
                    setting.say(_entered(setting, entry)),
                    "dim",
                ),
                (_corrected(setting, entry), "yellow"),
            )
        )
        for line in _said(setting, entry, rulebook, named=named):
            out.print(Padding(plain(line), (0, 0, 0, 4)))
        shown = [
            finding
            for finding in entry.findings
            if (everything or finding.value != "met") and (advice or finding.force != "advice")
        ]
        if shown:
            out.print(findings_of(setting, shown))


def _entered(setting: Setting, entry: LedgerEntry) -> Label:
    """By which edition an entry was judged, when it was entered and by whom; and as of which day, if that is another.

    The day is that of the machine's moment, where the ledger has one: what was said to be today stands beside it.
    """
    by = f" {entry.recorded_by}" if entry.recorded_by else ""
    day = setting.recorded.day_of(entry.moment) if entry.moment else entry.recorded
    as_of = day != entry.recorded
    return Label(
        zh=f"  {entry.edition}版，{day}{by} 登记" + (f"（按 {entry.recorded} 计）" if as_of else ""),
        en=f"  {entry.edition}, entered {day}" + (f" as of {entry.recorded}" if as_of else "") + by,
    )


def _corrected(setting: Setting, entry: LedgerEntry) -> str:
    if entry.corrected_by is None:
        return ""
    return setting.say(
        Label(zh=f"  已由第 {entry.corrected_by} 项更正", en=f"  corrected by entry {entry.corrected_by}")
    )


def _said(setting: Setting, entry: LedgerEntry, rulebook: Rulebook, *, named: bool) -> list[str]:
    """What a history says of an entry besides its day: the vote, what was corrected, and the evidence."""
    act = entry.act
    said = []
    if isinstance(act, AdmissionMeeting | ConversionMeeting) and isinstance(act.ballot, Ballot):
        said.append(vote(setting, act.ballot))
    if isinstance(act, Correct):
        said.append(_correction(setting, act, rulebook))
        if isinstance(act.reason, str) and act.reason.strip():
            said.append(setting.say(Label(zh=f"理由：{act.reason}", en=f"reason: {act.reason}")))
    data = act_data(act)
    evidence = act_contents(
        data if named else nameless_evidence(data), rulebook, setting.editions.synonyms, setting.lang
    )
    return [*said, evidence] if evidence else said


def vote(setting: Setting, ballot: Ballot) -> str:
    """A ballot in one line: how many should attend, attended and voted for; what is not recorded is left out."""
    parts = []
    for key, zh, unit, en in (
        ("should_attend", "应到", "人", "should attend"),
        ("attended", "实到", "人", "attended"),
        ("written", "书面意见", "份", "written opinions"),
        ("for_", "赞成", "票", "for"),
        ("against", "反对", "票", "against"),
        ("abstain", "弃权", "票", "abstaining"),
    ):
        value = getattr(ballot, key)
        if isinstance(value, int):
            parts.append(setting.say(Label(zh=f"{zh}{value}{unit}", en=f"{en} {value}")))
    return setting.say(Label(zh="，", en=", ")).join(parts)


def _correction(setting: Setting, act: Correct, rulebook: Rulebook) -> str:
    """In one line what a correction changed. A name is not shown: it is looked up in the file where it is needed."""
    if isinstance(act.index, int):
        if not isinstance(act.with_, Act):
            return setting.say(Label(zh=f"撤销第 {act.index} 项", en=f"strikes out entry {act.index}"))
        instead = f"{act_name(rulebook, act.with_.code, setting)} {act.with_.on}"
        return setting.say(
            Label(zh=f"更正第 {act.index} 项为：{instead}", en=f"sets entry {act.index} right: {instead}")
        )
    field = rulebook.word(str(act.field), setting.lang)
    return setting.say(Label(zh=f"更正档案的“{field}”", en=f"sets right the file's {field}"))


def _outcome(rulebook: Rulebook, entry: LedgerEntry, before: LedgerEntry | None, setting: Setting) -> str:
    """The outcome in words; one that settles a decision is named by the decision that was pending."""
    pending = state_graph(rulebook).states[before.state].pending if before else None
    procedure = rulebook.by_code.get(entry.act.code)
    for outcome in procedure.outcomes if procedure else ():
        if outcome.code == entry.outcome and outcome.of in (None, pending):
            return setting.say(Label(zh=outcome.zh, en=outcome.en))
    return entry.outcome
