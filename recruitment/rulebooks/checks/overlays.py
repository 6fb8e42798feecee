"""Checks on local editions: that they only add, under codes of their own, with their place; then the usual ones.

Each check is one small function that yields its faults, with the file and the rule; the list at the end is the table
of contents. A rule can only add a finding, so that it relaxes nothing, whatever its force; what is looked for here is a
rule that takes the place of another, that settles structure, or that lets a bar be excused.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from attrs import evolve

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.comparisons import After
from recruitment.law.editions import Editions
from recruitment.law.rulebook import LocalRule, Overlay, Rulebook
from recruitment.rulebooks.checks.faults import Faults, blank_text, doubled, unknown
from recruitment.rulebooks.checks.procedures import PAPERS
from recruitment.rulebooks.checks.rules import (
    OWN_DOCUMENTS,
    RULES,
    check_cross_cutting,
    check_policies,
    check_rule_codes,
)
from recruitment.rulebooks.checks.titles import overlay_titles
from recruitment.rulebooks.checks.values import JUDGED

NATIONAL_CHECKS = (check_rule_codes, check_cross_cutting, check_policies)
"""Checks that ask of an edition what a local edition does not have, or that are put to it as a whole."""


def _names(editions: Editions, overlay: Overlay) -> Faults:
    """Its code is a plain name of its own, and the editions that it is added to exist."""
    where = f"{overlay.code}/overlay.toml"
    known = [rulebook.code for rulebook in editions.rulebooks]
    if overlay.code in known:
        yield Fault(
            f"{where}: code",
            Label(
                zh=f"{overlay.code} 是全国版本的代码，请改名", en=f"{overlay.code} is an edition; choose another name"
            ),
        )
    if "+" in overlay.code or not overlay.code.strip():
        yield Fault(
            f"{where}: code", Label(zh="代码不能为空，也不能含有加号", en="a name without + is needed, not blank")
        )
    if not overlay.on:
        yield Fault(f"{where}: on", Label(zh="请写明可以用于哪些版本", en="name the editions that it may be added to"))
    for code in overlay.on:
        if code not in known:
            yield unknown(f"{where}: on", code, known, Label(zh="版本", en="edition"))
    yield from blank_text(where, (("zh", overlay.zh), ("en", overlay.en), ("source", overlay.source)))


def _documents(editions: Editions, overlay: Overlay) -> Faults:
    """Its documents are its own: a national code would rename what national rules cite."""
    where = f"{overlay.code}/overlay.toml: document"
    national = {code for rulebook in editions.rulebooks for code in rulebook.documents}
    national |= {d.code for other in editions.overlays if other is not overlay for d in other.documents}
    for document in overlay.documents:
        if document.code in national:
            yield Fault(
                f"{where} {document.code}",
                Label(zh="此代码已指另一文件，请改名", en="another document has this code already; choose another"),
            )
        yield from blank_text(f"{where} {document.code}", (("zh", document.zh), ("en", document.en)))
    yield from doubled(where, (document.code for document in overlay.documents), Label(zh="代码", en="the code"))


def _shadows(editions: Editions, overlay: Overlay) -> Faults:
    """Its rules have codes of their own, so that none takes the place of another's."""
    national = {rule.code: rulebook.code for rulebook in reversed(editions.rulebooks) for rule in rulebook.rules}
    before = editions.overlays[: editions.overlays.index(overlay)]
    local = {here.rule.code: other.code for other in before for here in other.rules}
    for here in overlay.rules:
        code = here.rule.code
        for owner, of in ((national, "the edition"), (local, "the local edition")):
            if code in owner:
                zh = "全国" if owner is national else "地方规定"
                yield Fault(
                    _at(here),
                    Label(
                        zh=f"{zh}“{owner[code]}”中已有此代码；地方规定只能增加，请另取代码",
                        en=f"the code is in {of} {owner[code]}; a local rule adds, so give it a code of its own",
                    ),
                )


def _citations(_: Editions, overlay: Overlay) -> Faults:
    """Every rule names a document and its place there: a local order that nobody can look up is none."""
    for here in overlay.rules:
        if here.rule.citation.document in OWN_DOCUMENTS:
            yield Fault(
                f"{_at(here)}.document",
                Label(
                    zh=f"{here.rule.citation.document} 不是可以查对的文件，请写明文件和条款",
                    en=f"{here.rule.citation.document} is no document that can be looked up; name one, and the place",
                ),
            )


def _no_structure(_: Editions, overlay: Overlay) -> Faults:
    """No rule is of the kinds that are the structure: it is the same under every local edition."""
    for here in overlay.rules:
        for n, comparison in enumerate(here.rule.compare):
            if comparison.structural:
                yield Fault(
                    f"{_at(here)}.compare[{n}].kind",
                    Label(
                        zh=f"{comparison.kind} 只用于全国版本；规定先后请用 after",
                        en=f"{comparison.kind} is for the editions alone; to put acts first use kind after",
                    ),
                )


def _no_excuse(_: Editions, overlay: Overlay) -> Faults:
    """A bar is a bar."""
    for here in overlay.rules:
        if here.rule.force == "bar" and here.rule.excused_by_reason:
            yield Fault(
                f"{_at(here)}.excused_by_reason",
                Label(
                    zh="硬性规定不因理由而放宽，请去掉此项，或者改为 duty",
                    en="no reason excuses a bar; take this out, or make it a duty",
                ),
            )


def _yields(_: Editions, overlay: Overlay) -> Faults:
    """What it gives way to are editions that it may lie on, each once, with the reason."""
    for here in overlay.rules:
        for n, way in enumerate(here.yields):
            where = f"{_at(here)}.yields[{n}]"
            if way.edition not in overlay.on:
                yield unknown(
                    f"{where}.edition",
                    way.edition,
                    overlay.on,
                    Label(zh="所适用的版本", en="edition that it is added to"),
                )
            yield from blank_text(where, (("zh", way.zh), ("en", way.en)))
        yield from doubled(
            f"{_at(here)}.yields", (way.edition for way in here.yields), Label(zh="版本", en="the edition")
        )


def _papers(_: Editions, overlay: Overlay) -> Faults:
    """Papers that exist, of acts that exist."""
    for row in overlay.papers:
        where = f"{row.file}: papers of {row.act}"
        if row.act not in JUDGED:
            yield unknown(where, row.act, JUDGED, Label(zh="程序", en="procedure"))
        for paper in row.papers:
            if paper not in PAPERS:
                yield unknown(where, paper, PAPERS, Label(zh="材料", en="paper"))


def _lawful_rules(editions: Editions, overlay: Overlay) -> Faults:
    """Each rule passes the checks that national rules pass, on every edition that it may lie on."""
    told = set()
    for rulebook in _under(editions, overlay):
        documents = {document.code: document for document in overlay.documents} | dict(rulebook.documents)
        for file in dict.fromkeys(here.file for here in overlay.rules):
            rules = tuple(here.rule for here in overlay.rules if here.file == file)
            part = evolve(rulebook, rules=rules, documents=documents)
            for check in RULES:
                for fault in () if check in NATIONAL_CHECKS else check(part):
                    found = fault.within(file)
                    if found.words("en") not in told:
                        told.add(found.words("en"))
                        yield found
    for here in overlay.rules:
        yield from blank_text(_at(here), (("zh", here.rule.clause.zh), ("en", here.rule.clause.en)))


def _once_an_act(editions: Editions, overlay: Overlay) -> Faults:
    """A code is written once for an act; for different acts it may have several rows."""
    for rulebook in _under(editions, overlay)[:1]:
        whole = evolve(rulebook, rules=tuple(here.rule for here in overlay.rules))
        for fault in check_rule_codes(whole):
            yield fault.within(overlay.code)


def _can_be_done(editions: Editions, overlay: Overlay) -> Faults:
    """What its rules put first, with the order of the edition, makes no circle: every act can still come."""
    for rulebook in _under(editions, overlay):
        before = {p.code: [*p.after, *(c for o in p.outcomes for c in o.after)] for p in rulebook.procedures}
        if _circle(before):
            return  # the edition itself is at fault
        for here in overlay.rules:
            first = [code for after in here.rule.compare if isinstance(after, After) for code in after.acts]
            for act in here.rule.acts:
                before.setdefault(act, []).extend(code for code in first if code != act)
        circle = _circle(before)
        if circle:
            text = " → ".join(circle)
            yield Fault(
                f"{overlay.code} on {rulebook.code}",
                Label(zh=f"先后次序成环：{text}，请断开", en=f"the order runs in a circle: {text}; break it"),
            )


def _circle(before: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _at(here: LocalRule) -> str:
    return f"{here.file}: rule {here.rule.code}"


def _under(editions: Editions, overlay: Overlay) -> list[Rulebook]:
    """The editions that it may lie on."""
    return [rulebook for rulebook in editions.rulebooks if rulebook.code in overlay.on]


# ------------------------------------------------------------------------------------------- contents

OVERLAYS = (
    _names,
    _documents,
    _shadows,
    _citations,
    _no_structure,
    _no_excuse,
    _yields,
    _papers,
    _lawful_rules,
    _once_an_act,
    _can_be_done,
    overlay_titles,
)


def overlay_faults(editions: Editions) -> Iterable[Fault]:
    """Every fault of every local edition."""
    yield from doubled(
        "index.toml", (overlay.code for overlay in editions.overlays), Label(zh="地方规定", en="the local edition")
    )
    for overlay in editions.overlays:
        for check in OVERLAYS:
            yield from check(editions, overlay)
