"""What differs between two editions, procedure by procedure, as short texts: what a plate of changes is lettered from.

Nothing is compared here: `recruitment.law.edition_diff` has found what differs, and the words are those of the
rulebooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from attrs import evolve

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.plates.changes.entries import (
    PROCEDURE,
    WEIGHTS,
    WORDING,
    ChangeEntry,
    ChangeRow,
    Said,
    Sort,
    ranges,
)
from recruitment.law.edition_diff import Difference, ProcedureChange, RuleChange, compared_apart
from recruitment.law.rulebook import Procedure, Rule, Rulebook
from recruitment.presentation.edition_page.words import PROCEDURE_PARTS, RULE_PARTS
from recruitment.presentation.findings.citations import articles_words, cite_rule
from recruitment.presentation.findings.clauses import comparison_words
from recruitment.presentation.findings.names import day_words, name
from recruitment.presentation.findings.readings import policy_words
from recruitment.presentation.findings.value_tests import conditions_words

ACROSS: Final = 6
"""From how many procedures on a rule is shown once, apart from them."""
_SAME_WORDS: Final = Label(zh="用词“{}”（{} 条，内容不变）", en="the word “{}” ({} rules, otherwise as before)")
_OTHERWISE: Final = Label(zh="{}：有改动", en="{}: otherwise")
_NO_LONGER: Final = Label(zh="已无此项规定", en="no longer asked")
_NEW_HERE: Final = Label(zh="新增的程序", en="a new procedure")


# ------------------------------------------------------------------------------------------- rows
_BESIDE_THE_CLAUSE: Final = frozenset(RULE_PARTS) - {"clause", "article"}


class Reader:
    """Reads what differs between two editions, once, and sorts it by procedure."""

    def __init__(self, found: Difference, lang: Lang) -> None:
        self.found = found
        self.lang = lang
        self.yielded = dict(found.new.yielded)

    def row(self, procedure: Procedure) -> ChangeRow:
        """All that differs at a procedure."""
        found = self.found
        entries = [e for change in found.procedures if change.code == procedure.code for e in self.procedure(change)]
        loud = [change for change in (*found.changed, *found.gone, *found.added) if self._at(change, procedure)]
        wording = [change for change in loud if change.parts == ("word",)]
        entries += [self.rule(change) for change in loud if change not in wording]
        entries += self.wording(wording)
        reworded = [change for change in found.reworded if self._at(change, procedure)]
        moved = [change for change in moved_rules(found) if self._at(change, procedure)]
        other = {id(change.new) for change in loud if change not in wording}
        same = [rule for rule in found.new.rules if self._of(rule, procedure) and id(rule) not in other]
        return ChangeRow(
            code=procedure.code,
            number=procedure.number or None,
            name=procedure.chart_label.words(self.lang),
            body=found.new.word(procedure.body, self.lang),
            entries=tuple(sorted(entries, key=_order)),
            same=len(same),
            reworded=len(reworded),
            moved=len(moved),
            moved_from=self._articles(moved, found.old, "old"),
            moved_to=self._articles(moved, found.new, "new"),
        )

    def across(self) -> list[ChangeRow]:
        """What is said of so many procedures that it is shown once, and the readings that differ."""
        found = self.found
        wide = [change for change in (*found.changed, *found.gone, *found.added) if self.wide(change.rule)]
        rows = [
            ChangeRow(
                code=f"across.{change.code}",
                number=None,
                name=self.acts(change.rule),
                entries=(self.rule(change),) if change.parts != ("word",) else tuple(self.wording([change])),
            )
            for change in wide
        ]
        for policy in found.policies:
            old, new = (
                () if value is None else (Said(policy_words(policy.code, rulebook, self.lang)),)
                for value, rulebook in ((policy.old, found.old), (policy.new, found.new))
            )
            sort: Sort = "added" if not old else "gone" if not new else "changed"
            entry = ChangeEntry(code=policy.code, sort=sort, old=old, new=new, weight=PROCEDURE)
            label = Label(zh="口径", en="reading").words(self.lang)
            rows.append(ChangeRow(code=f"policy.{policy.code}", number=None, name=label, entries=(entry,)))
        return rows

    def wide(self, rule: Rule) -> bool:
        """Whether a rule speaks of every act or of so many procedures that it is shown once."""
        return not rule.acts or len(rule.acts) >= ACROSS

    def _at(self, change: RuleChange, procedure: Procedure) -> bool:
        """Whether a rule, as it is or as it was, speaks of this procedure among few."""
        return any(rule is not None and self._of(rule, procedure) for rule in (change.old, change.new))

    def _of(self, rule: Rule, procedure: Procedure) -> bool:
        """Whether a rule speaks of this procedure among few."""
        return procedure.code in rule.acts and not self.wide(rule)

    def acts(self, rule: Rule) -> str:
        """The procedures of a rule by their numbers, acts beside the main line by name."""
        if not rule.acts:
            return Label(zh="每一项", en="every act").words(self.lang)
        rulebook = self.found.new
        some = [rulebook.by_code[act] for act in rule.acts if act in rulebook.by_code]
        numbers = ranges(each.number for each in some if each.number)
        main = (Label(zh="程序 {}", en="procedures {}").words(self.lang).format(numbers),) if numbers else ()
        return listed((*main, *(each.chart_label.words(self.lang) for each in some if not each.number)), self.lang)

    def _articles(self, changes: Sequence[RuleChange], rulebook: Rulebook, side: Literal["old", "new"]) -> str:
        """The articles of rules on one side, each once, in the order of their numbers."""
        rules = [rule for change in changes if (rule := getattr(change, side)) is not None]
        found = dict.fromkeys(a for rule in rules for a in rule.citation.articles)
        if not found:
            return ""
        if all(article.isdecimal() for article in found):
            return articles_words(tuple(sorted(found, key=int)), self.lang)
        return listed(dict.fromkeys(cite_rule(rule, rulebook, self.lang) for rule in rules), self.lang)

    # --------------------------------------------------------------------------------- entries

    def rule(self, change: RuleChange) -> ChangeEntry:
        """One rule that came, went or changed."""
        old, new = change.old, change.new
        one = () if old is None else self._clause(change, old, self.found.old, new)
        other = () if new is None else self._clause(change, new, self.found.new, old)
        if new is None:
            why = self.yielded.get(change.code)
            one = (*one, Said(why.words(self.lang) if why else _NO_LONGER.words(self.lang), "quiet"))
        return ChangeEntry(
            code=change.code,
            sort="added" if old is None else "gone" if new is None else "changed",
            old=tuple(evolve(said, look="small") if said.look == "plain" else said for said in one),
            new=other,
            old_place=self._place(old, self.found.old),
            new_place=self._place(new, self.found.new),
            force=change.rule.force,
            weight=WEIGHTS[change.rule.force],
        )

    def _clause(self, change: RuleChange, rule: Rule, rulebook: Rulebook, beside: Rule | None) -> tuple[Said, ...]:
        """The clause of a rule, and what differs of it where the clause does not say so."""
        lang = self.lang
        said = [Said(rule.clause.words(lang))]
        if beside is not None and rule.clause.words(lang) == beside.clause.words(lang):
            said += [
                Said(self._part(rule, part, rulebook, beside), "small")
                for part in change.parts
                if part in _BESIDE_THE_CLAUSE
            ]
        return tuple(said)

    def _part(self, rule: Rule, part: str, rulebook: Rulebook, beside: Rule) -> str:
        """One attribute of a rule in words."""
        lang, value = self.lang, getattr(rule, part)
        if part == "compare":
            words = "；".join(comparison_words(each, rulebook, lang) for each in compared_apart(rule, beside))
        elif part == "when":
            words = conditions_words(rule.when, rulebook, lang)
        elif part == "acts":
            words = self.acts(rule)
        elif part == "since":
            words = "" if value is None else day_words(value, lang)
        elif part == "word":
            words = f"“{value}”" if value else ""
        elif isinstance(value, bool):
            words = Label(zh="是", en="yes").words(lang) if value else Label(zh="否", en="no").words(lang)
        elif isinstance(value, tuple):
            words = listed((rulebook.word(each, lang) for each in value), lang)
        else:
            words = rulebook.word(value, lang)
        return self._name_part(RULE_PARTS[part], words or Label(zh="无", en="none").words(lang))

    def _name_part(self, part: Label, words: str) -> str:
        return f"{part.words(self.lang)}{Label(zh='：', en=': ').words(self.lang)}{words}"

    def _place(self, rule: Rule | None, rulebook: Rulebook) -> tuple[str, ...]:
        if rule is None:
            return ()
        return tuple(
            part for part in (cite_rule(rule, rulebook, self.lang), rulebook.word(rule.force, self.lang)) if part
        )

    def wording(self, changes: Sequence[RuleChange]) -> list[ChangeEntry]:
        """Rules of which only a word of the text differs, together where the words are the same."""
        found: dict[tuple[str, str], list[RuleChange]] = {}
        for change in changes:
            assert change.old is not None
            assert change.new is not None
            found.setdefault((change.old.word or "", change.new.word or ""), []).append(change)
        entries = []
        for (old, new), some in found.items():
            said = [Said(_SAME_WORDS.words(self.lang).format(word, len(some)), "quiet") for word in (old, new)]
            code = some[0].code
            entries.append(ChangeEntry(code=code, sort="changed", old=(said[0],), new=(said[1],), weight=WORDING))
        return entries

    def procedure(self, change: ProcedureChange) -> list[ChangeEntry]:
        """What differs of a procedure itself."""
        if change.old is None or change.new is None:
            sort: Sort = "added" if change.old is None else "gone"
            said = (Said((_NEW_HERE if sort == "added" else _NO_LONGER).words(self.lang)),)
            return [ChangeEntry(code=change.code, sort=sort, new=said, weight=PROCEDURE)]
        entries = []
        for part in change.parts:
            if part in ("zh", "en") and part != self.lang:
                continue
            one, other = self._both(change.old, change.new, part)
            sort = "changed" if one else "added"
            sort = sort if other else "gone"
            named = PROCEDURE_PARTS[part]
            words = tuple((Said(self._name_part(named, text), "small"),) if text else () for text in (one, other))
            if not one and not other:
                words, sort = (
                    ((), (Said(_OTHERWISE.words(self.lang).format(named.words(self.lang)), "small"),)),
                    "changed",
                )
            code = f"{change.code}.{part}"
            entries.append(ChangeEntry(code=code, sort=sort, old=words[0], new=words[1], weight=PROCEDURE))
        return entries

    def _both(self, old: Procedure, new: Procedure, part: str) -> tuple[str, str]:
        """One attribute of a procedure on both sides; of lists what the other side has not."""
        lang, editions = self.lang, (self.found.old, self.found.new)
        one, other = getattr(old, part), getattr(new, part)
        if part == "outcomes":
            names = [[Label(zh=o.zh, en=o.en).words(lang) for o in outcomes] for outcomes in (one, other)]
            return listed((n for n in names[0] if n not in names[1]), lang), listed(
                (n for n in names[1] if n not in names[0]), lang
            )
        if isinstance(one, tuple) and isinstance(other, tuple):
            return listed((name(v, editions[0], lang) for v in one if v not in other), lang), listed(
                (name(v, editions[1], lang) for v in other if v not in one), lang
            )
        if part in ("zh", "en"):
            return one, other
        named = [name(v, b, lang) if isinstance(v, str) else "" for v, b in zip((one, other), editions, strict=True)]
        return named[0], named[1]


def moved_rules(found: Difference) -> list[RuleChange]:
    """The rules that ask the same of a record and are in another article, whether or not their text is another."""
    return [*found.renumbered, *(change for change in found.reworded if "article" in change.parts)]


def _order(entry: ChangeEntry) -> tuple[int, int]:
    """What changed of a rule first, what went, what came; then papers and outcomes, and single words last."""
    if entry.weight in (WORDING, PROCEDURE):
        return 9, -entry.weight
    return {"changed": 0, "gone": 1, "added": 2, "same": 3}[entry.sort], -entry.weight
