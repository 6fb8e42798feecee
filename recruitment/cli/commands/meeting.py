"""One act on several files, as one meeting decides on several people: evidence for all, and of its own for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import click
from rich.text import Text

from recruitment.base.errors import BadInput, Fault, nearest
from recruitment.base.label import Label, listed
from recruitment.cli.evidence_options import KEYS, known_key, merged
from recruitment.cli.setting import Setting
from recruitment.cli.tables import rulings as tables
from recruitment.cli.tables.pieces import console, headed, numbered_act, plain
from recruitment.law.comparisons import Share
from recruitment.presentation.findings.names import rule_name
from recruitment.presentation.json_data import day_data, ruling_data

if TYPE_CHECKING:
    from recruitment.engine.findings import Finding
    from recruitment.ledger.office import Decision

_COLON: Final = re.compile(r"[:：]")
_EQUALS: Final = re.compile(r"[=＝]")
SHARED = ("act", "on")
"""What all files of one meeting have in common, whatever else they have of their own."""


def own_evidence(
    files: Sequence[str], texts: Sequence[str], written: object, code: str | None = None
) -> dict[str, dict[str, Any]]:
    """What each file has of its own, as plain data: `FILE:KEY=VALUE` over the JSON's object under `each`.

    Raises:
        BadInput: a file that is not among those named, a key that is none, or a form that cannot be read; all at once.
    """
    faults: list[Fault] = []
    own: dict[str, dict[str, Any]] = {file: {} for file in files}
    for file, keys in _tables(written, faults).items():
        if file not in own:
            faults.append(_stranger("--evidence: each", file, files))
            continue
        faults += [_common(f"--evidence: each.{file}.{key}") for key in SHARED if key in keys]
        own[file] = keys
    given: dict[tuple[str, str], tuple[str, ...]] = {}
    for text in texts:
        # An id may hold a colon: the longest one that fits is meant.
        known = max((file for file in files if text.startswith((f"{file}:", f"{file}："))), key=len, default=None)
        file = known or _COLON.split(text, maxsplit=1)[0]
        key, *value = _EQUALS.split(text[len(file) + 1 :], maxsplit=1)
        where = f"--each {text}"
        if not _COLON.search(text) or not value:
            faults.append(Fault(where, Label(zh="请写成 档案:栏目=内容", en="write it as FILE:KEY=VALUE")))
        elif known is None:
            faults.append(_stranger(where, file, files))
        elif key in SHARED:
            faults.append(_common(where))
        elif (key := known_key(key)) not in KEYS:
            near = nearest(key, KEYS)
            faults.append(
                Fault(
                    where,
                    Label(
                        zh=f"没有“{key}”这一键" + (f"；是否指 {near}？" if near else ""),
                        en=f"there is no evidence key {key}" + (f"; did you mean {near}?" if near else ""),
                    ),
                )
            )
        else:
            place = file, key
            given[place] = (*given.get(place, ()), *value)
    if faults:
        raise BadInput(faults)
    for (file, key), values in given.items():
        # A table may come in pieces, a list as a whole.
        pieces = [(value,) for value in values] if attrs.has(KEYS[key]) else [values]
        for piece in pieces:
            own[file] = over(own[file], {key: merged(key, piece, code)})
    return own


def _tables(written: object, faults: list[Fault]) -> dict[str, dict[str, Any]]:
    """The object under `each`: a table of keys for each file."""
    if written is None:
        return {}
    if not isinstance(written, dict) or not all(isinstance(keys, dict) for keys in written.values()):
        faults.append(
            Fault(
                "--evidence: each",
                Label(zh="应为每份档案各一个 JSON 对象", en="it must hold an object of evidence for each file"),
            )
        )
        return {}
    return written


def _stranger(where: str, file: str, files: Sequence[str]) -> Fault:
    near = nearest(file, files)
    return Fault(
        where,
        Label(
            zh=f"所列档案中没有 {file}" + (f"；是否指 {near}？" if near else ""),
            en=f"{file} is not among the files named" + (f"; did you mean {near}?" if near else ""),
        ),
    )


def _common(where: str) -> Fault:
    return Fault(
        where,
        Label(
            zh="同一次会议的程序和日期相同，不同的请分别登记",
            en="all files of one meeting share the act and its day; record the others for themselves",
        ),
    )


def over(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence with other evidence over it: tables are merged key by key, everything else is replaced."""
    data = dict(shared)
    for key, value in own.items():
        old = data.get(key)
        data[key] = over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return data


def print_answers(setting: Setting, decisions: Sequence[Decision], *, together: bool) -> None:
    """Print what became of the act on each file; exit code 1 where one of them was refused."""
    if setting.json:
        setting.print_json(
            {"recorded": all(d.recorded for d in decisions), "files": [_data(setting, d) for d in decisions]}
        )
    else:
        _show(setting, decisions, together=together)
    if not all(decision.ruling.admitted for decision in decisions):
        click.get_current_context().exit(1)


def _data(setting: Setting, decision: Decision) -> dict[str, Any]:
    """The answer on one file, as `advance` gives it on one alone."""
    from recruitment.cli.recorded_data import recorded_data

    if decision.recorded:
        return recorded_data(setting, decision)
    days = day_data(decision.ruling, setting.editions, today=setting.today)
    return {"recorded": False, **ruling_data(decision.ruling, setting.editions), **days}


def _show(setting: Setting, decisions: Sequence[Decision], *, together: bool) -> None:
    """One line a file, and the refusals in full below."""
    out = console()
    ruling = decisions[0].ruling
    rulebook = setting.editions.named(ruling.edition)
    written = sum(decision.recorded for decision in decisions)
    name, count = numbered_act(rulebook, ruling.act.code, setting), len(decisions)
    out.print(
        Text(
            setting.say(
                Label(
                    zh=f"{name}（{ruling.act.on}）：{count} 份档案，登记 {written} 份",
                    en=f"{name} on {ruling.act.on}: {written} of {count} files recorded",
                ),
            ),
            style="bold",
        )
    )
    table = headed(
        setting.say(Label(zh="档案", en="file")),
        setting.say(Label(zh="结果", en="outcome")),
        setting.say(Label(zh="表决", en="vote")),
        setting.say(Label(zh="登记", en="entry")),
        setting.say(Label(zh="不符或不明的规则", en="not met or not known")),
    )
    for decision in decisions:
        table.add_row(*_row(setting, decision))
    out.print(table)
    for decision in decisions:
        if not decision.ruling.admitted:
            out.print()
            out.print(plain(decision.case.file.id), style="bold")
            tables.refusal_lines(setting, decision.ruling)
    if together and written == 0:
        out.print(
            Text(
                setting.say(
                    Label(
                        zh="按要求一并登记：有一份不能登记，全部未写入。",
                        en="All together or none: one was refused, so nothing was written.",
                    ),
                )
            )
        )


def _row(setting: Setting, decision: Decision) -> list[Text]:
    ruling = decision.ruling
    rulebook = setting.editions.named(ruling.edition)
    if decision.recorded:
        entry = Text(setting.say(Label(zh=f"✓ 第 {decision.index} 项", en=f"✓ act {decision.index}")), style="green")
    elif ruling.admitted:
        entry = Text(setting.say(Label(zh="– 未登记", en="– not written")), style="yellow")
    else:
        entry = Text(setting.say(Label(zh="✗ 不予登记", en="✗ refused")), style="red")
    rules = dict.fromkeys(finding.rule.code for finding in _open(decision))
    return [
        plain(decision.case.file.id),
        plain("" if ruling.outcome == "done" else rulebook.word(ruling.outcome, setting.lang)),
        plain(_vote(setting, ruling.findings)),
        entry,
        plain(listed((rule_name(code, rulebook, setting.lang) for code in rules), setting.lang)),
    ]


def _open(decision: Decision) -> list[Finding]:
    """What bars the act; of one that was recorded, what is unmet or unknown all the same."""
    ruling = decision.ruling
    if not ruling.admitted:
        return list(ruling.barring)
    return [finding for finding in ruling.findings if finding.value != "met" and finding.force != "advice"]


def _vote(setting: Setting, findings: Sequence[Finding]) -> str:
    """The votes in favour, out of how many who should attend, and how many are needed; empty where none is known."""
    for finding in findings:
        share, check = finding.comparison, finding.check
        votes = isinstance(share, Share) and share.part == "ballot.for"
        if votes and isinstance(check.anchor, int) and isinstance(check.actual, int):
            return setting.say(
                Label(
                    zh=f"赞成 {check.actual}/应到 {check.anchor}，须 {check.limit}",
                    en=f"{check.actual} of {check.anchor}, needs {check.limit}",
                ),
            )
    return ""
