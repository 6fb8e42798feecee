"""Ways of planting a fault in a lawful course: a fact spoilt, an act too early or too late, missing, or twice.

What a way does is not yet a fault: whether the audit finds it, and finds nothing else, is proved where a question is
made (`recruitment.training.quiz.questions`), and that an attempt is refused where it is shown
(`recruitment.training.walk.steps`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from attrs import evolve, field, frozen

from recruitment.base.dates import add_months
from recruitment.base.label import Label
from recruitment.record.acts import Act
from recruitment.training.choices import Draws
from recruitment.training.course.lawful import LawfulCourse, move_act


@frozen
class Site:
    """Where a fault is planted: a course, the place of the act, and the choices."""

    course: LawfulCourse
    place: int
    draws: Draws

    @property
    def act(self) -> Any:
        """The act; of which class it is, the way of planting knows."""
        return self.course.acts[self.place]

    def day(self, code: str) -> date:
        """The day of the last act of that code before the place, or else of the first one."""
        days = [act.on for act in self.course.acts[: self.place] if act.code == code]
        return days[-1] if days else self.course.day(code)

    def with_act(self, act: Act) -> Site:
        """The site with another act in the place."""
        return evolve(self, course=self.course.with_act(self.place, act))

    def in_turn(self, act: Act) -> Site:
        """The site with another act, which comes where its day belongs."""
        course = self.course.with_act(self.place, act)
        acts = tuple(sorted(course.acts, key=lambda each: each.on))
        place = next(n for n, each in enumerate(acts) if each is act)
        return evolve(self, course=evolve(course, acts=acts), place=place)


Plant = Callable[[Site], Site]
"""A way of planting: the site with the fault in it."""
Spoilt = Mapping[str, Any]
"""By the path of a fact its replacement: a value, or a function of the site that gives it."""

Kind = Literal["time", "order", "record", "body", "quorum", "vote", "people", "papers", "evidence"]


@frozen
class PlantedFault:
    """A fault of a kind that breaks one rule at one act. `given` are the circumstances that it needs.

    With `last` the dossier ends with the act, because what follows would be found wanting too; with `final` it is the
    last act of that code that is spoilt, where there are several.
    """

    rule: str
    act: str
    kind: Kind
    plant: Plant
    given: Mapping[str, Any] = field(factory=dict)
    last: bool = False
    final: bool = False


@frozen
class TriedAct:
    """An act of that code done in another way, so that the rule refuses it; shown as what was tried."""

    act: str
    rule: str
    tried: Label
    plant: Plant


def order(act: str, plant: Plant, **more: Any) -> PlantedFault:
    """A fault of order at an act."""
    return PlantedFault("order", act, "order", plant, **more)


def spoilt(value: Any, path: str, instead: Any) -> Any:
    """An act or a file with another value at a path such as `ballot.for_`."""
    head, _, rest = path.partition(".")
    return evolve(value, **{head: spoilt(getattr(value, head), rest, instead) if rest else instead})


def facts(*options: Spoilt) -> Plant:
    """One of these sets of facts replaces those of the act."""

    def plant(site: Site) -> Site:
        act = site.act
        for path, instead in site.draws.pick(options).items():
            act = spoilt(act, path, instead(site) if callable(instead) else instead)
        return site.with_act(act)

    return plant


def file_facts(*options: Spoilt) -> Plant:
    """One of these sets of facts replaces those of the file."""

    def plant(site: Site) -> Site:
        file = site.course.file
        for path, instead in site.draws.pick(options).items():
            file = spoilt(file, path, instead(site) if callable(instead) else instead)
        return evolve(site, course=evolve(site.course, file=file))

    return plant


def without(path: str) -> Plant:
    """Some entry of a list is missing."""

    def plant(site: Site) -> Site:
        entries = getattr(site.act, path)
        gone = site.draws.below(len(entries))
        return site.with_act(spoilt(site.act, path, (*entries[:gone], *entries[gone + 1 :])))

    return plant


def lacking(paper: str) -> Plant:
    """A paper is missing among those of the act."""
    return facts({"papers": lambda site: tuple(each for each in site.act.papers if each != paper)})


def early(code: str, months: int, most: int) -> Plant:
    """The act comes up to so many days before the months since another act, and any extension, are full."""

    def plant(site: Site) -> Site:
        # An extension that was decided before counts with what is waited for.
        added = sum(getattr(act, "months", 0) for act in extensions(site))
        day = add_months(site.day(code), months + added) - timedelta(days=site.draws.between(1, most))
        return site.in_turn(move_act(site.act, (day - site.act.on).days))

    return plant


def extensions(site: Site) -> list[Any]:
    """The meetings before the place that extended probation."""
    return [
        act for act in site.course.acts[: site.place] if act.code == "conversion_meeting" and act.outcome == "extend"
    ]


def late(since: Callable[[Site], date], months: int, most: int, *, keeping: tuple[str, ...] = ()) -> Plant:
    """The act comes up to so many days after the limit, and all that follows as much later.

    `keeping` are the facts of the act that are as old as they were.
    """

    def plant(site: Site) -> Site:
        day = add_months(since(site), months) + timedelta(days=site.draws.between(1, most))
        days, acts = (day - site.act.on).days, site.course.acts
        later = [move_act(act, days) for act in acts[site.place :]]
        later[0] = evolve(later[0], **{path: getattr(site.act, path) for path in keeping})
        return evolve(site, course=evolve(site.course, acts=(*acts[: site.place], *later)))

    return plant


def before(code: str) -> Plant:
    """The act is dated some days before the one that it comes after."""

    def plant(site: Site) -> Site:
        day = site.day(code) - timedelta(days=site.draws.between(1, 6))
        return site.with_act(move_act(site.act, (day - site.act.on).days))

    return plant


def leave_out(code: str) -> Plant:
    """An act that this one comes after was left out: one of them, where there are several."""

    def plant(site: Site) -> Site:
        places = [n for n, act in enumerate(site.course.acts[: site.place]) if act.code == code]
        gone = site.draws.pick(places)
        acts = site.course.acts
        course = evolve(site.course, acts=(*acts[:gone], *acts[gone + 1 :]))
        return evolve(site, course=course, place=site.place - 1)

    return plant


def enter_twice(site: Site) -> Site:
    """The act is entered once more, some days later."""
    again = move_act(site.act, site.draws.between(1, 3))
    acts = site.course.acts
    course = evolve(site.course, acts=(*acts[: site.place + 1], again, *acts[site.place + 1 :]))
    return evolve(site, course=course, place=site.place + 1)


def ahead(site: Site) -> Site:
    """The act is dated after the day on which it was entered."""
    return site.with_act(evolve(site.act, recorded=site.act.on - timedelta(days=site.draws.between(1, 6))))
