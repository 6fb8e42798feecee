"""How the terminal shows two judgements side by side: rich tables, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from recruitment.base.identity import masked
from recruitment.base.label import Label
from recruitment.cli.setting import Setting
from recruitment.cli.tables.pieces import SIGNS, console, numbered_act, plain, rule_text
from recruitment.presentation.findings.citations import cite
from recruitment.presentation.findings.sentences import sentence

if TYPE_CHECKING:
    from recruitment.engine.findings import Finding
    from recruitment.engine.rejudge import Rejudged, RejudgedAct


def rejudged(setting: Setting, found: Rejudged) -> None:
    """What would change under other rulebooks: values and articles then and now, refusals, the end."""
    out = console()
    out.print(Text(f"{masked(found.case.file.id)}  {_books(setting, found.steps)}", style="bold"))
    if not (found.changes or found.refused or found.moved):
        out.print(Text(setting.say(Label(zh="没有一项会得出不同的结论。", en="Nothing would change."))))
    if found.changes:
        out.print(_changes(setting, found))
    if found.refused:
        out.print(Text(setting.say(Label(zh="将不予登记的程序", en="Acts that would be refused")), style="bold"))
        for step in found.refused:
            rulebook = setting.editions.named(step.now[0])
            out.print(Text(f"  [{step.index}] {step.act.on} {numbered_act(rulebook, step.act.code, setting)}"))
            for finding in step.refused_by:
                sign, colour = SIGNS[finding.value]
                out.print(
                    Text.assemble(
                        (f"   {sign} ", colour),
                        rule_text(setting, rulebook, finding.rule.code),
                        (
                            f"  {rulebook.word(finding.force, setting.lang)} · {cite(finding, rulebook, setting.lang)}",
                            "dim",
                        ),
                    )
                )
                out.print(Padding(plain(sentence(finding, rulebook, setting.lang)), (0, 0, 0, 5)))
    if found.moved:
        out.print(Text(_end(setting, found), style="bold"))
    out.print(
        Text(
            setting.say(
                Label(zh="未写入任何内容；台账中的结论不变。", en="Nothing was written; the record is unchanged.")
            ),
            style="dim",
        )
    )


def _books(setting: Setting, steps: Sequence[RejudgedAct]) -> str:
    """The editions by which the acts were judged, then and now; the hashes where the names alone say nothing."""

    def said(pairs: Sequence[tuple[str, str]], *, hashes: bool) -> str:
        names = dict.fromkeys(f"{name} {content[:8]}" if hashes else name for name, content in pairs)
        return setting.say(Label(zh="、", en=", ")).join(names)

    then, now = [step.then for step in steps], [step.now for step in steps]
    if then == now:
        return setting.say(
            Label(zh=f"{said(then, hashes=False)} 版，内容未变", en=f"{said(then, hashes=False)}, content unchanged")
        )
    hashes = [name for name, _ in then] == [name for name, _ in now]
    return f"{said(then, hashes=hashes)} → {said(now, hashes=hashes)}"


def _changes(setting: Setting, found: Rejudged) -> Group:
    """Each change: act and rule, the value with its article then and now, and below it the sentence of what is now."""
    parts: list[RenderableType] = [Text(setting.say(Label(zh="判断的变化", en="What would change")), style="bold")]
    for change in found.changes:
        finding = change.after or change.before
        assert finding is not None
        rulebook = setting.editions.named(finding.edition)
        parts += [
            Text.assemble(
                f"  [{change.index}] {numbered_act(rulebook, finding.act, setting)}  ",
                rule_text(setting, rulebook, change.rule),
                "  ",
                _side(setting, change.before),
                " → ",
                _side(setting, change.after),
            ),
            Padding(plain(sentence(finding, rulebook, setting.lang)), (0, 0, 0, 5)),
        ]
    return Group(*parts)


def _side(setting: Setting, finding: Finding | None) -> Text:
    """The value and the article of one judgement; a word where it has no finding by the rule."""
    if finding is None:
        return Text(setting.say(Label(zh="无此结论", en="no finding")), style="dim")
    rulebook = setting.editions.named(finding.edition)
    sign, colour = SIGNS[finding.value]
    where = setting.say(Label(zh=f"（{cite(finding, rulebook, 'zh')}）", en=f" ({cite(finding, rulebook, 'en')})"))
    return Text.assemble((f"{sign} {rulebook.word(finding.value, setting.lang)}", colour), (where, "dim"))


def _end(setting: Setting, found: Rejudged) -> str:
    """The state that the file would have: the standing, what would no longer count as done, what would as well."""
    rulebook = setting.editions.rulebooks[-1]
    then, now = found.case, found.after
    parts = []
    if then.standing != now.standing:
        parts.append(f"{rulebook.word(then.standing, setting.lang)} → {rulebook.word(now.standing, setting.lang)}")
    for zh, en, codes in (
        ("不再算作办成", "no longer done", then.state.done - now.state.done),
        ("新算作办成", "done as well", now.state.done - then.state.done),
    ):
        names = [numbered_act(rulebook, p.code, setting) for p in rulebook.procedures if p.code in codes]
        if names:
            parts.append(setting.say(Label(zh=f"{zh}：{'、'.join(names)}", en=f"{en}: {', '.join(names)}")))
    if not parts:
        parts.append(f"{then.state.name} → {now.state.name}")
    return setting.say(
        Label(zh=f"档案将停在别处：{'；'.join(parts)}", en=f"The file would be in another state: {'; '.join(parts)}")
    )
