"""The rulebooks together: local editions added to national ones, and which edition is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from attrs import evolve, field, frozen

from recruitment.base.label import Label
from recruitment.law.rulebook import Overlay, Policy, Procedure, Rulebook, laid, national
from recruitment.law.synonyms import ListWords, Synonyms

P = TypeVar("P", bound=Procedure)


def lay_on(rulebook: Rulebook, overlays: Sequence[Overlay]) -> Rulebook:
    """An edition with local editions added to it, in that order.

    The national rules come first and unchanged, and the structure is the edition's own. A local rule judges from
    the day of its overlay, or from its own where that is later; one that gives way to the edition is left out and
    kept in `yielded`.
    """
    rules, yielded = list(rulebook.rules), list(rulebook.yielded)
    papers: dict[str, tuple[str, ...]] = {}
    for overlay in overlays:
        for local in overlay.rules:
            way = next((way for way in local.yields if way.edition == rulebook.code), None)
            if way is not None:
                yielded.append((local.rule.code, Label(zh=way.zh, en=way.en)))
                continue
            since = overlay.in_force if local.rule.since is None else max(local.rule.since, overlay.in_force)
            rules.append(evolve(local.rule, since=since))
        for more in overlay.papers:
            papers[more.act] = (*papers.get(more.act, ()), *more.papers)

    def with_papers(act: P) -> P:
        return evolve(act, papers=tuple(dict.fromkeys((*act.papers, *papers.get(act.code, ())))))

    documents = {document.code: document for overlay in overlays for document in overlay.documents}
    return evolve(
        rulebook,
        code="+".join((rulebook.code, *(overlay.code for overlay in overlays))),
        documents={**documents, **rulebook.documents},
        procedures=tuple(with_papers(act) for act in rulebook.procedures),
        detours=tuple(with_papers(act) for act in rulebook.detours),
        rules=tuple(rules),
        titles={**rulebook.titles, **{code: title for each in overlays for code, title in each.titles.items()}},
        local=(*rulebook.local, *documents),
        yielded=tuple(yielded),
    )


@frozen(kw_only=True)
class Editions:
    """The editions that are known, oldest first; each in force until the next begins. `overlays` may lie on them.

    `readings` are the policies with all that they can be; the editions hold the value of each. `synonyms` and
    `list_words` are what people call things, by which nothing is judged.
    """

    rulebooks: tuple[Rulebook, ...]
    overlays: tuple[Overlay, ...] = ()
    readings: tuple[Policy, ...] = ()
    synonyms: Synonyms = field(default=Synonyms(), eq=False, repr=False)
    list_words: ListWords = field(default=ListWords(), eq=False, repr=False)
    _composed: dict[tuple[str, ...], Rulebook] = field(factory=dict, init=False, eq=False, repr=False)
    """The compositions that were asked for, by edition and local editions."""

    @cached_property
    def pinned(self) -> bool:
        """Whether the day of a file's first act decides by which edition it is judged: the policy `edition-of-act`."""
        return self.rulebooks[-1].policies.get("edition-of-act") == "pinned"

    @cached_property
    def status_changing_acts(self) -> frozenset[str]:
        """The acts that undo something in some edition with one of their outcomes, or make the person what he is."""
        acts = [act for rulebook in self.rulebooks for act in rulebook.by_code.values()]
        return frozenset(act.code for act in acts if act.standing or any(outcome.reopens for outcome in act.outcomes))

    def named(self, code: str) -> Rulebook:
        """The edition of that name; `2014+guizhou-2015` is the one of 2014 with that local edition added to it.

        Raises:
            KeyError: no such edition, no such local edition, one that is named twice or may not lie on the edition.
        """
        for rulebook in self.rulebooks:
            if rulebook.code == code:
                return rulebook
        name = national(code)
        for rulebook in self.rulebooks:
            if rulebook.code == name:
                return self.composed(rulebook, laid(code))
        raise KeyError(code)

    def composed(self, rulebook: Rulebook, codes: Sequence[str]) -> Rulebook:
        """An edition with the local editions of those codes added to it, composed once.

        Raises:
            KeyError: with the first code that is not known, is named twice, or may not be added to the edition.
        """
        if not codes:
            return rulebook
        known = {overlay.code: overlay for overlay in self.overlays}
        for n, code in enumerate(codes):
            if code in codes[:n] or code not in known or rulebook.code not in known[code].on:
                raise KeyError(code)
        overlays = tuple(known[code] for code in codes)
        key = (rulebook.wording_hash, *codes)
        found = self._composed.get(key)
        return found if found is not None else self._composed.setdefault(key, lay_on(rulebook, overlays))

    def on(self, day: date) -> Rulebook:
        """The edition in force on that day; the first one for days before it (see `covers`)."""
        chosen = self.rulebooks[0]
        for rulebook in self.rulebooks:
            if rulebook.in_force <= day:
                chosen = rulebook
        return chosen

    def covers(self, day: date) -> bool:
        """Whether an edition was in force on that day."""
        return day >= self.rulebooks[0].in_force
