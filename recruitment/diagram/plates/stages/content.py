"""What a plate of a stage says: each procedure a card with who acts, the papers, and the rules that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import GAIN, SYMBOLS, Group, LineLook, Link, Node
from recruitment.diagram.plates.course.layout import rows_of
from recruitment.diagram.plates.course.order import gained, links_of, order_key, stage_title
from recruitment.diagram.plates.stages.amounts import amount_words
from recruitment.diagram.plates.stages.cards import Card, CardNote, Part
from recruitment.law.comparisons import Held, NotRecorded, Periods
from recruitment.law.rulebook import Force, Outcome, Procedure, Rule, Rulebook, Stage
from recruitment.presentation.findings.citations import articles_words, cite_rule
from recruitment.presentation.findings.clauses import comparison_words

FORCES: Final[dict[Force, tuple[str, LineLook, Label]]] = {
    "bar": ("●", "warning", Label(zh="不符合或者无法判断的，不予登记", en="unmet or unknown, the act is not recorded")),
    "duty": (
        "◆",
        "small",
        Label(zh="不符合的照样登记，违反之处留在记录中", en="unmet, the act is recorded, and the breach with it"),
    ),
    "usual": ("◇", "small", Label(zh="不照此办理的，须记明理由", en="otherwise only with a recorded reason")),
    "advice": ("○", "small", Label(zh="供查对参考，不影响登记", en="looked at on request; bars nothing")),
}
"""For each force its sign, the look of the sign, and what follows from a rule of that force that is not met."""

_BODY: Final = Label(zh="办理：{}", en="acts: {}")
_PAPERS: Final = Label(zh="材料：{}", en="papers: {}")
_NO_PAPERS: Final = Label(zh="材料：未列", en="papers: none listed")
_OUTCOMES: Final = Label(zh="结果：{}", en="outcomes: {}")
_BACK: Final = Label(zh="{}（退回 {}）", en="{} (back to {})")
_ANEW: Final = Label(zh="{}（再办）", en="{} (held again)")
_ENDS: Final = Label(zh="{}（终止）", en="{} (file ends)")
_OF: Final = Label(zh="{}：{}", en="{}: {}")
_LATER: Final = Label(zh="在 {} 核对", en="checked at {}")
_MORE: Final = Label(zh="另有 {} 条未列出：{}", en="and {} more: {}")
_CITED_SHORT: Final = Label(zh="{}〔{}〕", en="{} [{}]")
_CHECKED: Final = Label(zh="核对：{}", en="checked: {}")
_NOTHING: Final = Label(zh="本项没有单独的规则。", en="No rule speaks of it alone.")
_EVERY: Final = Label(zh="每一项都适用", en="For every one of them")
_HARD: Final = Label(zh="条文规定：前者办成，后者才可办", en="by rule: the first is done before the second")
_CHART: Final = Label(
    zh="流程图的通常顺序：不按此序，须记明理由", en="the chart's usual order; otherwise only with a recorded reason"
)
_BESIDE: Final = Label(
    zh="并排而没有箭头相连的，不分先后", en="side by side without an arrow: in any order, or together"
)
_GAINS: Final = Label(zh="本人身份由此改变", en="the person's standing changes here")
FROM: Final = Label(zh="来自{}", en="from {}")
TO: Final = Label(zh="转到{}", en="on to {}")

LOCAL: Final = "※"
"""Before the article of a local edition."""

COMPARED: Final = 2
"""The fullest plate: what is looked up in the record is said under each rule."""
CITED: Final = 1
SMALL: Final = 0
"""The clauses in small letters, where there are many."""


class StageCards:
    """Reads a stage of a rulebook: its cards, what comes in and goes out, and the rules of every card."""

    def __init__(self, rulebook: Rulebook, stage: Stage, lang: Lang) -> None:
        self.rulebook = rulebook
        self.lang = lang
        self.members = sorted((p for p in rulebook.procedures if p.stage == stage.number), key=lambda p: p.number)
        codes = {p.code for p in self.members}
        self.every = [
            rule
            for rule in rulebook.rules
            if (not rule.acts and rule.force != "advice") or (len(codes) > 1 and codes.issubset(rule.acts))
        ]
        self.local = {
            code: LOCAL + (str(n) if len(rulebook.local) > 1 else "")
            for n, code in enumerate(sorted(rulebook.local), 1)
        }
        """The sign of each document of a local edition."""
        links = links_of(rulebook)
        self.inner = tuple(link for link in links if link.source in codes and link.target in codes)
        self.entering = [link for link in links if link.source not in codes and link.target in codes]
        self.leaving = [link for link in links if link.source in codes and link.target not in codes]

    # ----------------------------------------------------------------------------------- rules

    def rules(self, procedure: Procedure) -> list[Rule]:
        """The rules of a procedure alone, and those by which a later act asks for it; the weightiest first."""
        own = [rule for rule in self.rulebook.rules if procedure.code in rule.acts and rule not in self.every]
        asked = [
            rule
            for rule in self.rulebook.rules
            if rule not in own and rule not in self.every and _asks(rule, procedure)
        ]
        return sorted((*own, *asked), key=self.weight)

    def weight(self, rule: Rule) -> tuple[int, bool]:
        """How early a rule is named: what bars first, then limits of time and numbers, then by force."""
        return list(FORCES).index(rule.force), not amount_words(rule, self.rulebook, self.lang)

    def note(self, procedure: Procedure | None, rule: Rule, detail: int) -> CardNote:
        """A rule as a note: its measure, its clause, where it is written, and where a later act asks for it."""
        sign, look, _ = FORCES[rule.force]
        parts: list[Part] = []
        measure = amount_words(rule, self.rulebook, self.lang)
        if measure:
            parts.append((measure, "strong"))
        clause = rule.clause.words(self.lang)
        clause = clause[:1].upper() + clause[1:]
        where = " · ".join(self.where(procedure, rule))
        if detail < CITED:
            clause = (
                (_CITED_SHORT if where else Label(zh="{}", en="{}"))
                .words(self.lang)
                .format(clause.rstrip("。."), where)
            )
        parts.append((clause, "plain" if detail >= CITED else "small"))
        if detail >= COMPARED:
            said = [
                comparison_words(c, self.rulebook, self.lang) for c in rule.compare if not isinstance(c, NotRecorded)
            ]
            parts += [(_CHECKED.words(self.lang).format(words), "small") for words in said]
        if detail >= CITED and where:
            parts.append((where, "quiet"))
        owner = procedure.code if procedure else "every"
        return CardNote(code=f"{owner}.{rule.code}", sign=sign, sign_look=look, parts=tuple(parts))

    def where(self, procedure: Procedure | None, rule: Rule) -> list[str]:
        """Where a rule is written, after the later act at which it is asked."""
        where = [self.citation(rule)]
        if procedure is not None and rule.acts and procedure.code not in rule.acts:
            acts = (self.rulebook.by_code[act] for act in rule.acts)
            names = ", ".join(f"{act.number} {act.chart_label.words(self.lang)}" for act in acts)
            where.insert(0, _LATER.words(self.lang).format(names))
        return [words for words in where if words]

    def citation(self, rule: Rule) -> str:
        """Where a rule is written; a local document by its sign, which the key explains."""
        sign = self.local.get(rule.citation.document)
        if sign is None:
            return cite_rule(rule, self.rulebook, self.lang)
        articles = rule.citation.articles
        return f"{sign} {articles_words(articles, self.lang)}" if articles else sign

    # ----------------------------------------------------------------------------------- cards

    def card(self, procedure: Procedure, detail: int, most: int) -> Card:
        """A procedure as a card; of more rules than `most` the rest is counted and named."""
        rules = self.rules(procedure)
        notes = [self.note(procedure, rule, detail) for rule in rules[:most]]
        if len(rules) > most:
            codes = listed((rule.code for rule in rules[most:]), self.lang)
            text = _MORE.words(self.lang).format(len(rules) - most, codes)
            notes.append(CardNote(code=f"{procedure.code}.more", sign="+", sign_look="small", parts=((text, "small"),)))
        if not rules:
            words = _NOTHING.words(self.lang)
            notes.append(
                CardNote(
                    code=f"{procedure.code}.none", sign=SYMBOLS["mark"], sign_look="quiet", parts=((words, "quiet"),)
                )
            )
        return Card(code=procedure.code, name=self.name(procedure), said=self.said(procedure), notes=tuple(notes))

    def name(self, procedure: Procedure) -> tuple[Part, ...]:
        """Number and name, and the standing that comes with it."""
        gain: list[Part] = [(line, "strong") for line in gained(self.rulebook, procedure, self.lang)]
        return ((f"{procedure.number} {procedure.chart_label.words(self.lang)}", "head"), *gain)

    def said(self, procedure: Procedure) -> tuple[Part, ...]:
        """Who acts, the papers, and how it can end."""
        lang = self.lang
        parts: list[Part] = []
        papers = listed((self.rulebook.word(paper, lang) for paper in procedure.papers), lang)
        who = (
            _BODY.words(lang).format(self.rulebook.word(procedure.body, lang)),
            _PAPERS.words(lang).format(papers) if papers else _NO_PAPERS.words(lang),
        )
        parts.append((" · ".join(who), "plain"))
        if len(procedure.outcomes) > 1:
            ends = Label(zh="；", en="; ").words(lang).join(map(self.outcome, procedure.outcomes))
            parts.append((_OUTCOMES.words(lang).format(ends), "small"))
        return tuple(parts)

    def outcome(self, outcome: Outcome) -> str:
        """An outcome, and where the file goes with it."""
        lang = self.lang
        words = Label(zh=outcome.zh, en=outcome.en).words(lang)
        if outcome.of:
            decided = next(
                (o for p in self.rulebook.procedures for o in p.outcomes if o.decides and o.code == outcome.of), None
            )
            named = Label(zh=decided.zh, en=decided.en).words(lang) if decided else self.rulebook.word(outcome.of, lang)
            words = _OF.words(lang).format(named, words)
        if outcome.reopens:
            numbers = sorted(self.rulebook.by_code[code].number for code in outcome.reopens)
            return _BACK.words(lang).format(words, listed(map(str, numbers), lang))
        if outcome.ends:
            return _ENDS.words(lang).format(words)
        return words if outcome.done else _ANEW.words(lang).format(words)

    def all_of_them(self) -> Card:
        """The rules of every procedure of the stage, said once."""
        notes = tuple(self.note(None, rule, SMALL) for rule in sorted(self.every, key=self.weight))
        return Card(code="every", name=((_EVERY.words(self.lang), "strong"),), said=(), notes=notes)

    def key(self) -> Card:
        """The key: every sign of the plate."""
        lang = self.lang
        notes = []
        for force, (sign, look, words) in FORCES.items():
            text = f"{self.rulebook.word(force, lang)}{Label(zh='：', en=': ').words(lang)}{words.words(lang)}"
            notes.append(CardNote(code=f"key.{force}", sign=sign, sign_look=look, parts=((text, "small"),)))
        for code, sign, label in (
            ("hard", "→", _HARD),
            ("chart", "┄", _CHART),
            ("beside", "‖", _BESIDE),
            ("gain", GAIN, _GAINS),
        ):
            notes.append(
                CardNote(code=f"key.{code}", sign=sign, sign_look="small", parts=((label.words(lang), "small"),))
            )
        for code, sign in self.local.items():
            document = self.rulebook.documents[code]
            text = Label(zh=document.zh, en=document.en).words(lang)
            notes.append(CardNote(code=f"key.{code}", sign=sign, sign_look="small", parts=((text, "small"),)))
        return Card(code="key", name=((order_key(lang), "strong"),), said=(), notes=tuple(notes))

    # ----------------------------------------------------------------------------------- edges of the stage

    def chips(self, links: Sequence[Link], *, before: bool) -> tuple[tuple[Card, ...], tuple[Link, ...]]:
        """What comes in or goes out: procedures with the same links together, and the links to or from them."""
        own: dict[str, list[tuple[str, str]]] = {}
        for link in links:
            far, near = (link.source, link.target) if before else (link.target, link.source)
            own.setdefault(far, []).append((near, link.look))
        alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for far, ends in own.items():
            alike.setdefault(tuple(ends), []).append(far)
        cards, found = [], []
        for joined, codes in alike.items():
            code = f"{'from' if before else 'to'}.{'+'.join(codes)}"
            procedures = [self.rulebook.by_code[each] for each in codes]
            stages = dict.fromkeys(p.stage for p in procedures)
            named = listed((self.stage_words(number) for number in stages), self.lang)
            lead = (FROM if before else TO).words(self.lang).format(named)
            names = (f"{p.number} {p.chart_label.words(self.lang)}" for p in procedures)
            text = Label(zh="；", en="; ").words(self.lang).join(names)
            cards.append(Card(code=code, name=((lead, "quiet"), (text, "small")), said=(), notes=()))
            for near, look in joined:
                source, target = (code, near) if before else (near, code)
                found.append(Link(source=source, target=target, look="chart" if look == "chart" else "hard"))
        return tuple(cards), tuple(found)

    def stage_words(self, number: int) -> str:
        """A stage by its number: 第三阶段, stage 3."""
        stage = next(each for each in self.rulebook.stages if each.number == number)
        title = stage_title(evolve(stage, zh="", en=""), self.lang).strip("　: ")
        return title[:1].lower() + title[1:]

    def rows(self) -> list[list[Procedure]]:
        """The procedures in rows: those in any order side by side, and single ones after each other."""
        nodes = tuple(map(self.node, self.members))
        level = rows_of((Group(code="stage", title="", nodes=nodes),), self.inner)
        levels = [[p for p in self.members if level[p.code] == n] for n in sorted(set(level.values()))]
        rows: list[list[Procedure]] = []
        alone = False
        for some in levels:
            if len(some) == 1 and alone:
                rows[-1] += some
            else:
                rows.append(list(some))
            alone = len(some) == 1
        return rows

    # ----------------------------------------------------------------------------------- nodes

    def node(self, procedure: Procedure) -> Node:
        """The head of a card as a box."""
        lang = self.lang
        name = procedure.chart_label.words(lang)
        body = self.rulebook.word(procedure.body, lang)
        return Node(
            code=procedure.code,
            number=procedure.number,
            name=name,
            lines=(*gained(self.rulebook, procedure, lang), body),
            look="step",
            milestone=procedure.standing is not None,
            tooltip=" · ".join(
                (
                    f"{procedure.number} {name}",
                    *(text for text, _ in (*self.name(procedure)[1:], *self.said(procedure))),
                )
            ),
        )


def _asks(rule: Rule, procedure: Procedure) -> bool:
    """Whether a rule of a later act counts how often this one was held."""
    return procedure.code not in rule.acts and any(
        isinstance(c, Periods | Held) and c.of == procedure.code for c in rule.compare
    )
