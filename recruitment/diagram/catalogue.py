"""The plates there are: the name of each, what it teaches, what it is made from, and how.

The command, the gallery and programs that embed the library make plates by this list alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from recruitment.base.errors import BadInput, nearest
from recruitment.base.label import Label, Lang
from recruitment.diagram import makers
from recruitment.diagram.makers import FileOnDay, PlateOrder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recruitment.diagram.canvas.plate import Plate
    from recruitment.law.editions import Editions

Need = Literal["edition", "editions", "overlay", "file"]
"""What a plate is made from: one edition, the first and the last of them, one with a local edition, or a file."""


@frozen(kw_only=True)
class CatalogueEntry:
    """A plate of the catalogue: its name, what it is called, what it teaches, and how it is made."""

    name: str
    needs: Need
    label: Label
    teaches: Label
    make: Callable[[PlateOrder], Plate]


def _stage(number: int, numeral: str) -> CatalogueEntry:
    """The entry of a stage's plate."""
    return CatalogueEntry(
        name=f"stage-{number}",
        needs="edition",
        label=Label(zh=f"第{numeral}阶段", en=f"stage {number}"),
        teaches=Label(
            zh=f"第{numeral}阶段逐个程序：谁来办，要什么材料，受哪些规则约束，出自哪一条",
            en=f"Stage {number}, procedure by procedure: who acts, with which papers, under which rules and articles",
        ),
        make=partial(makers.stage, number),
    )


ENTRIES: Final[tuple[CatalogueEntry, ...]] = (
    CatalogueEntry(
        name="course",
        needs="edition",
        label=Label(zh="全流程", en="the whole course"),
        teaches=Label(
            zh="发展党员全流程：五个阶段，二十五个程序，哪些须有先后，哪些可以并行",
            en="The whole course: five stages, 25 procedures, what must come first and what runs side by side",
        ),
        make=makers.course,
    ),
    *(_stage(number, numeral) for number, numeral in enumerate("一二三四五", 1)),
    CatalogueEntry(
        name="lanes",
        needs="edition",
        label=Label(zh="谁来办理", en="who acts"),
        teaches=Label(
            zh="谁来办理：本人、支部和各级党委各办哪些程序，办完由谁接着办",
            en="Lanes: which procedures each has in hand, from the applicant to the committees above, and what "
            "comes next",
        ),
        make=makers.lanes,
    ),
    CatalogueEntry(
        name="limits",
        needs="edition",
        label=Label(zh="时限", en="limits of time"),
        teaches=Label(
            zh="时限：哪一步至少要满多久，哪一步最迟何时办，哪些须定期做，从哪一天起算",
            en="Limits of time: how long a step must wait, by when it is due, what recurs, "
            "and from which day each counts",
        ),
        make=makers.limits,
    ),
    CatalogueEntry(
        name="ballot",
        needs="edition",
        label=Label(zh="表决", en="the ballot"),
        teaches=Label(
            zh="表决：到会人数和赞成票怎样算，几人算过半数，差一票结果如何",
            en="The ballot: how attendance and votes are counted, what more than half is, and what one vote decides",
        ),
        make=makers.ballot,
    ),
    CatalogueEntry(
        name="detours",
        needs="edition",
        label=Label(zh="结果与岔路", en="outcomes and detours"),
        teaches=Label(
            zh="结果与岔路：没有办成时回到哪一个程序，哪些决定待批，怎样终止，主线以外还会发生什么",
            en="Outcomes and detours: where a file goes when an act fails, what waits, what ends, what comes beside",
        ),
        make=makers.detours,
    ),
    CatalogueEntry(
        name="refusal",
        needs="edition",
        label=Label(zh="不予登记", en="a refusal"),
        teaches=Label(
            zh="一次不予登记：哪些条件没有满足，依据哪一条，最早哪一天可以办理",
            en="A refusal: which conditions are unmet, by which article, and the first day on which it would be lawful",
        ),
        make=makers.refusal,
    ),
    CatalogueEntry(
        name="changes",
        needs="editions",
        label=Label(zh="两版对照", en="two editions"),
        teaches=Label(
            zh="两版对照：2026年修订改了哪些程序的哪些规则，改前改后并排看",
            en="Two editions beside each other: which rules of which procedures the revision changed, before and after",
        ),
        make=makers.changes,
    ),
    CatalogueEntry(
        name="local",
        needs="overlay",
        label=Label(zh="地方规定", en="a local edition"),
        teaches=Label(
            zh="地方规定：在全国规程之上加了哪些要求，加在哪些程序上，只增不减",
            en="A local edition on top of a national one: what it adds, and at which procedures; it takes nothing away",
        ),
        make=makers.local,
    ),
    CatalogueEntry(
        name="file",
        needs="file",
        label=Label(zh="档案进度", en="progress of a file"),
        teaches=Label(
            zh="办理中的一份档案：已完成的程序及日期，现在可办的，期限未到的，尚未到的",
            en="A file under way: what is done and when, what may come now, what must wait for a day, what is to come",
        ),
        make=makers.file,
    ),
)
"""Every plate, in the order in which they teach."""
BY_NAME: Final[Mapping[str, CatalogueEntry]] = {entry.name: entry for entry in ENTRIES}


def entry_of(name: str) -> CatalogueEntry:
    """The plate of that name in the catalogue.

    Raises:
        BadInput: there is none; the nearest is named.
    """
    found = BY_NAME.get(name)
    if found is None:
        near = nearest(name, BY_NAME)
        called = {entry.name: f"{entry.label.zh}（{entry.name}）" for entry in ENTRIES}
        raise BadInput.of(
            "plate",
            Label(
                zh=f"没有“{name}”这幅图；"
                + (f"是否指{called[near]}？" if near else f"可用：{'、'.join(called.values())}"),
                en=f"there is no plate {name}; "
                + (f"did you mean {near}?" if near else f"there are {', '.join(BY_NAME)}"),
            ),
        )
    return found


def edition_named(editions: Editions, entry: CatalogueEntry, asked: str | None, in_force: str | None = None) -> str:
    """The edition that a plate is made for: the one asked for, else the one `in_force`, else the newest.

    For a plate of a local edition the first one that fits is added, where none was named.

    Raises:
        BadInput: there is no such edition, or the plate is made from no single edition.
    """
    if entry.needs in ("editions", "file"):
        if asked is not None:
            raise _not_asked_error(entry)
        return editions.rulebooks[-1].code
    edition = asked or in_force or editions.rulebooks[-1].code
    if entry.needs == "overlay" and "+" not in edition:
        local = next((each.code for each in editions.overlays if edition in each.on), None)
        edition = f"{edition}+{local}" if local else edition
    try:
        editions.named(edition)
    except KeyError:
        known = _known_names(editions)
        raise BadInput.of(
            "edition",
            Label(
                zh=f"没有“{edition.removesuffix('版')}”版；已知：{'、'.join(known)}",
                en=f"there is no edition {edition}; known are {', '.join(known)}",
            ),
        ) from None
    if entry.needs == "overlay" and "+" not in edition:
        raise BadInput.of(
            "edition",
            Label(
                zh=f"“{entry.label.zh}”图是地方规定与全国规程的对照，{edition}版没有可用的地方规定",
                en=f"the plate {entry.name} shows a local edition on a national one, and none lies on {edition}",
            ),
        )
    return edition


def _known_names(editions: Editions) -> list[str]:
    """The names that an edition can be asked for by, alone and with each local edition that may lie on it."""
    alone = [rulebook.code for rulebook in editions.rulebooks]
    return alone + [f"{code}+{local.code}" for local in editions.overlays for code in alone if code in local.on]


def _not_asked_error(entry: CatalogueEntry) -> BadInput:
    if entry.needs == "file":
        return BadInput.of(
            "edition",
            Label(
                zh="档案进度图按该档案适用的版本绘制，不写版本",
                en="the plate of a file is drawn by the edition that the file is judged by; leave it out",
            ),
        )
    return BadInput.of(
        "edition",
        Label(
            zh=f"“{entry.label.zh}”图对照两个版本，不写版本",
            en=f"the plate {entry.name} shows both editions; leave it out",
        ),
    )


def plate(
    editions: Editions,
    name: str,
    lang: Lang,
    *,
    edition: str | None = None,
    in_force: str | None = None,
    held: FileOnDay | None = None,
) -> Plate:
    """The plate of that name: for an edition, the newest where none is named, or from a file (`held`).

    Raises:
        BadInput: there is no such plate or edition, or it is made from something else than what was given.
    """
    entry = entry_of(name)
    if (entry.needs == "file") != (held is not None):
        raise BadInput.of(
            "plate",
            Label(
                zh="“档案进度”图需要一份档案，其他图只依据规程",
                en="the plate file is drawn from a file, and the others from rulebooks alone",
            ),
        )
    chosen = edition_named(editions, entry, edition, in_force)
    return entry.make(PlateOrder(editions=editions, edition=chosen, lang=lang, held=held))


def names(needs: Iterable[Need] = ("edition", "editions", "overlay", "file")) -> tuple[str, ...]:
    """The names of the plates that are made from one of these, in the order of the catalogue."""
    return tuple(entry.name for entry in ENTRIES if entry.needs in needs)
