"""The plate of a local edition: the national course in quiet boxes, and at each procedure what is added to it."""

from __future__ import annotations

from datetime import date
from typing import Final

from recruitment.base.errors import BadInput
from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import Plate
from recruitment.diagram.plates.changes.entries import WEIGHTS, Said
from recruitment.diagram.plates.course.order import links_of, stage_title
from recruitment.diagram.plates.local.content import Demand, LocalStop, LocalStretch, overlaid
from recruitment.diagram.plates.local.topics import also_by
from recruitment.law.edition_diff import Difference, difference
from recruitment.law.rulebook import Document, Procedure, Rule, Rulebook
from recruitment.presentation.findings.citations import articles_words, cite_rule
from recruitment.presentation.findings.names import day_words, edition_name, name

MORE: Final = "＋"
BOTH: Final = "▲"
YIELDS: Final = "－"
_PAPERS: Final = 2

_TITLE: Final = Label(zh="全国规定之上的地方规定", en="Local rules on top of the national ones")
_SUBTITLE: Final = Label(zh="{} · 叠加于{}", en="{} · laid on the {}")
_NOTHING: Final = Label(zh="没有叠加地方规定", en="no local rules are laid on it")
_SINCE: Final = Label(zh="自{}起", en="from {} on")
_MORE: Final = Label(zh="地方规定增加的", en="asked by the local rules alone")
_BOTH: Final = Label(
    zh="全国规定也管此事（小字所列），两者都要符合",
    en="the national rules speak of it too (small print); both must be met",
)
_QUIET: Final = Label(zh="灰字的程序：只按全国规定办理", en="grey procedures: by the national rules alone")
_ONLY: Final = Label(
    zh="地方规定只增加、不放宽：全国规定照样适用。", en="Local rules only add: every national rule stands."
)
_COUNT: Final = Label(zh="{} 条规定，涉及 {} 个程序；另加材料 {} 处", en="{} rules at {} procedures; more papers at {}")
_YIELDED: Final = Label(zh="{} 条让位于全国规定，不适用", en="{} give way to the national rules")
_NONE_YIELDS: Final = Label(zh="没有一条须让位于全国规定", en="None has to give way to the national rules")
_NATIONAL: Final = Label(zh="全国（{}）：{}", en="national ({}): {}")
_PAPERS_TOO: Final = Label(zh="另存材料：{}", en="papers too: {}")
_EVERY: Final = Label(zh="每一项程序", en="Every procedure")
_OTHERS: Final = Label(zh="主线以外", en="Beside the main line")
_TOLD: Final = Label(
    zh="各条是转述，不能代替原文。", en="The clauses are told in other words and no substitute for the text."
)


def local_plate(national: Rulebook, local: Rulebook, lang: Lang) -> Plate:
    """What local editions ask in addition to a national one, procedure by procedure.

    Raises:
        BadInput: the second is not the first with local editions added to it.
    """
    found = difference(national, local)
    if found.gone or found.changed or found.renumbered or {*national.by_code} != {*local.by_code}:
        raise BadInput.of(
            local.code,
            Label(
                zh=f"它不是叠加在{edition_name(national, 'zh')}之上的地方规定：请写明同一版本，如 2014 与 "
                "2014+guizhou-2015",
                en=f"it is not the {edition_name(national, 'en')} with local rules laid on it: name an edition and "
                "the same edition with a local one, as in 2014 and 2014+guizhou-2015",
            ),
        )
    reader = _Reader(found, lang)
    stretches = []
    for stage in sorted(local.stages, key=lambda stage: stage.number):
        members = sorted((p for p in local.procedures if p.stage == stage.number), key=lambda p: p.number)
        code, title = f"stage_{stage.number}", stage_title(stage, lang)
        stretches.append(LocalStretch(code, title, tuple(reader.stop(p) for p in members)))
    others = reader.others()
    if others:
        stretches.append(LocalStretch("others", _OTHERS.words(lang), tuple(others)))
    names = listed((reader.document(document) for document in reader.documents), lang)
    plate = Plate(
        name="local",
        lang=lang,
        title=_TITLE.words(lang),
        subtitle=_SUBTITLE.words(lang).format(names or _NOTHING.words(lang), edition_name(national, lang)),
        groups=(),
        links=links_of(local),
    )
    return overlaid(plate, stretches, reader.key())


class _Reader:
    """Reads what local editions add to a national one, once, and sorts it by procedure."""

    def __init__(self, found: Difference, lang: Lang) -> None:
        self.found, self.lang = found, lang
        added = {id(change.new) for change in found.added}
        self.rules = [rule for rule in found.new.rules if id(rule) in added]
        self.documents = [
            found.new.documents[code]
            for code in found.new.local
            if code not in found.old.local and any(rule.citation.document == code for rule in self.rules)
        ]
        self.papers = {
            change.code: tuple(paper for paper in change.new.papers if paper not in change.old.papers)
            for change in found.procedures
            if change.old is not None and change.new is not None
        }

    def document(self, document: Document) -> str:
        """The name of a document with its number."""
        named = Label(zh=document.zh, en=document.en).words(self.lang)
        brackets = Label(zh="（{}）", en=" ({})").words(self.lang)
        return named + (brackets.format(document.number) if document.number else "")

    def stop(self, procedure: Procedure) -> LocalStop:
        """A procedure with what is asked there in addition to the national rules."""
        rules = [rule for rule in self.rules if procedure.code in rule.acts]
        demands = [self.demand(rule, procedure.code) for rule in rules]
        papers = self.papers.get(procedure.code, ())
        if papers:
            said = _PAPERS_TOO.words(self.lang).format(
                listed((name(paper, self.found.new, self.lang) for paper in papers), self.lang)
            )
            demands.append(Demand(code="papers", sign=MORE, said=said, weight=_PAPERS))
        return LocalStop(
            code=procedure.code,
            number=procedure.number or None,
            name=procedure.chart_label.words(self.lang),
            body=self.found.new.word(procedure.body, self.lang),
            demands=tuple(demands),
        )

    def others(self) -> list[LocalStop]:
        """What is asked at every procedure, and at acts beside the main line."""
        every = tuple(self.demand(rule, "") for rule in self.rules if not rule.acts)
        stops = [LocalStop(code="every", number=None, name=_EVERY.words(self.lang), demands=every)] if every else []
        return stops + [stop for stop in map(self.stop, self.found.new.detours) if stop.demands]

    def demand(self, rule: Rule, act: str) -> Demand:
        """One local rule: its clause, its place and force, and what the national rules say there of the same."""
        rulebook, lang = self.found.new, self.lang
        place = articles_words(rule.citation.articles, lang) if rule.citation.articles else ""
        if len(self.documents) != 1 or rule.citation.document != self.documents[0].code:
            place = cite_rule(rule, rulebook, lang)
        also = also_by(rule, act, self.found.old)
        return Demand(
            code=rule.code,
            sign=BOTH if also else MORE,
            said=rule.clause.words(lang),
            place=" · ".join(part for part in (place, rulebook.word(rule.force, lang)) if part),
            national=tuple(self.nationally(other) for other in also),
            weight=WEIGHTS[rule.force],
        )

    def nationally(self, rule: Rule) -> str:
        """A national rule with its place."""
        rulebook, lang = self.found.old, self.lang
        place = listed(
            (part for part in (cite_rule(rule, rulebook, lang), rulebook.word(rule.force, lang)) if part), lang
        )
        return _NATIONAL.words(lang).format(place, rule.clause.words(lang))

    def key(self) -> list[list[Said]]:
        """How much there is and since when; what the signs mean; what gives way."""
        lang = self.lang
        if not self.rules:
            return [[Said(_ONLY.words(lang), "strong"), Said(_NOTHING.words(lang))]]
        acts = {act for rule in self.rules for act in rule.acts}
        count = _COUNT.words(lang).format(len({rule.code for rule in self.rules}), len(acts), len(self.papers))
        since = [Said(_SINCE.words(lang).format(day_words(day, lang)), "small") for day in self._days()]
        signs = [Said(f"{sign} {label.words(lang)}") for sign, label in ((MORE, _MORE), (BOTH, _BOTH))]
        before = {code for code, _ in self.found.old.yielded}
        ways = [why.words(lang) for code, why in self.found.new.yielded if code not in before]
        way = f"{YIELDS} {_YIELDED.words(lang).format(len(ways))}" if ways else _NONE_YIELDS.words(lang)
        return [
            [Said(_ONLY.words(lang), "strong"), Said(count), *since],
            [*signs, Said(_QUIET.words(lang), "quiet")],
            [Said(way, "strong"), *(Said(why, "small") for why in ways), Said(_TOLD.words(lang), "quiet")],
        ]

    def _days(self) -> list[date]:
        """The days from which the local rules judge."""
        return sorted({rule.since for rule in self.rules if rule.since is not None})
