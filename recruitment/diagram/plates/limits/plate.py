"""The plate of limits: how long each act must wait, by when it is due, what recurs, over the 25 procedures as an axis.

Each limit is a bar from what it counts from to what it is set for, with its measure, its force and its article. What is
at least so long, what has a last day, what recurs and what only has an order are in lanes of their own, and their
bars differ in fill and outline. All of it is read off the rulebook (`measures`); the axis has one
column for each procedure and is no scale of time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Final

from recruitment.base.label import Label, Lang, listed
from recruitment.diagram.canvas.plate import GAIN, Group, LineLook, Link, Node, Plate, TextLine
from recruitment.diagram.plates.course.order import gained, order_key, stage_title
from recruitment.diagram.plates.limits.content import Limit, Sort, limits_of
from recruitment.diagram.plates.limits.layout import LimitItem, LimitLane, Row
from recruitment.diagram.plates.limits.timeline import sheet_of_limits
from recruitment.law.rulebook import Force, Rulebook

LANES: Final[tuple[tuple[str, tuple[Sort, ...], Label, Label], ...]] = (
    ("wait", ("wait",), Label(zh="至少", en="At least"), Label(zh="等满了才可以办", en="it must wait so long")),
    ("by", ("by", "lapse"), Label(zh="至迟", en="At the latest"), Label(zh="期限以内要办", en="it is due so soon")),
    ("every", ("every",), Label(zh="期间内", en="In between"), Label(zh="其间至少要有", en="it must recur")),
    ("order", ("order",), Label(zh="先后", en="In order"), Label(zh="只定先后，没有长短", en="which day comes first")),
)
FORCES: Final[dict[Force, tuple[Label, Label]]] = {
    "bar": (Label(zh="■ 必须", en="■ must"), Label(zh="不符合的，不予登记", en="else it cannot be recorded")),
    "duty": (
        Label(zh="◆ 应当", en="◆ should"),
        Label(zh="照样登记，违反之处留在记录中", en="recorded, and the breach with it"),
    ),
    "usual": (
        Label(zh="◇ 一般", en="◇ as a rule"),
        Label(zh="记明理由的，才登记", en="else only with a recorded reason"),
    ),
    "advice": (Label(zh="· 提示", en="· advice"), Label(zh="只供参考", en="practice, not a rule")),
}
LOCAL: Final = Label(zh="＋地方", en="＋ local")

_TITLE = Label(zh="时限一览", en="Limits of time")
_SUBTITLE = Label(
    zh="从哪一项起算，到哪一项为止；要等多久，不能晚于多久 · {}",
    en="what counts from which act to which: how long to wait, and by when · {}",
)
_KEY: Final[tuple[tuple[Sort, Label], ...]] = (
    ("wait", Label(zh="至少：等满才可以办", en="at least: wait so long")),
    ("by", Label(zh="至迟：在此以内办", en="at the latest: within")),
    ("lapse", Label(zh="过期作废", en="void when it has run out")),
    ("every", Label(zh="期间内要有", en="must be held in between")),
    ("order", Label(zh="只定先后", en="an order only")),
)
_OURS = Label(zh="本库口径", en="our reading")
_NO_SCALE = Label(
    zh="横轴按程序编号排列，不按时间比例。条的起点是起算的一项，终点是受限的一项；短条在一项之内，没有竖挡的实心条不止于某一项。",
    en="The axis counts procedures and is no scale of time. A bar begins at what counts and ends at what is limited; a "
    "short one lies within one act, and a solid one with no stop does not end at an act.",
)


def limits_plate(rulebook: Rulebook, lang: Lang) -> Plate:
    """Every limit of time of a rulebook: its bar on the axis, its measure, its force and its article."""
    limits = limits_of(rulebook, lang)
    lanes = tuple(
        LimitLane(
            code, head.words(lang), about.words(lang), _items((limit for limit in limits if limit.sort in sorts), lang)
        )
        for code, sorts, head, about in LANES
    )
    groups = [
        Group(
            code=f"stage_{stage.number}",
            title=stage_title(stage, lang),
            nodes=tuple(
                Node(
                    code=p.code,
                    number=p.number,
                    name=p.chart_label.words(lang),
                    lines=gained(rulebook, p, lang),
                    look="step",
                    milestone=bool(p.standing),
                    tooltip=f"{p.number} {p.chart_label.words(lang)} · {rulebook.word(p.body, lang)}",
                    details=(TextLine(str(p.number), "strong"),),
                    align="centre",
                )
                for p in sorted(rulebook.procedures, key=lambda p: p.number)
                if p.stage == stage.number
            ),
        )
        for stage in sorted(rulebook.stages, key=lambda stage: stage.number)
    ]
    groups += [
        Group(code=f"lane_{lane.code}", title=lane.title, nodes=tuple(item.node for item in lane.items))
        for lane in lanes
        if lane.items
    ]
    born = rulebook.word("born", lang) if any(s.start < 1 for limit in limits for s in limit.stretches) else ""
    plate = Plate(
        name="limits",
        lang=lang,
        title=_TITLE.words(lang),
        subtitle=_SUBTITLE.words(lang).format(_edition_name(rulebook, lang)),
        groups=tuple(groups),
        links=tuple(
            Link(source=source, target=target, look="line")
            for limit in limits
            for source, target in limit.links
            if source != target and {source, target} <= {p.code for p in rulebook.procedures}
        ),
        key_title=order_key(lang),
        key=tuple(
            Node(code=f"key_{sort}", number=None, name=words.words(lang), lines=(), look="limit")
            for sort, words in _KEY
            if any(limit.sort == sort for limit in limits)
        ),
    )
    return sheet_of_limits(
        plate, tuple(lane for lane in lanes if lane.items), _small_print(rulebook, limits, lang), born
    )


def _local(rulebook: Rulebook, lang: Lang) -> list[str]:
    """What the documents are called that came with local editions."""
    documents = [rulebook.documents[code] for code in rulebook.local if code in rulebook.documents]
    return [Label(zh=document.zh, en=document.en).words(lang) for document in documents]


def _edition_name(rulebook: Rulebook, lang: Lang) -> str:
    """The edition, and what is added to it."""
    return " ＋ ".join((Label(zh=rulebook.zh, en=rulebook.en).words(lang), *_local(rulebook, lang)))


def _small_print(rulebook: Rulebook, limits: tuple[Limit, ...], lang: Lang) -> tuple[str, ...]:
    """What the signs of force mean, which documents are local, and what the axis is."""
    used = {limit.force for limit in limits}
    said = [
        f"{head.words(lang)}{Label(zh='：', en=': ').words(lang)}{about.words(lang)}"
        for force, (head, about) in FORCES.items()
        if force in used
    ]
    if rulebook.local and any(limit.local for limit in limits):
        names = listed(_local(rulebook, lang), lang)
        said.append(f"{LOCAL.words(lang)}{Label(zh='：', en=': ').words(lang)}{names}")
    said.append(f"{GAIN} {_STANDING.words(lang)}")
    said.append(_NO_SCALE.words(lang))
    return tuple(said)


_STANDING = Label(zh="本人身份由此改变", en="the person's standing changes here")


def _items(limits: Iterable[Limit], lang: Lang) -> tuple[LimitItem, ...]:
    """Limits as what is drawn: those that run from the same to the same under one bar."""
    alike: dict[tuple[object, ...], list[Limit]] = {}
    for limit in limits:
        alike.setdefault((limit.sort, limit.stretches, limit.course(lang)), []).append(limit)
    return tuple(_item(some, lang) for some in alike.values())


def _item(some: Sequence[Limit], lang: Lang) -> LimitItem:
    """One or several limits as the bars they share, and the lines below them."""
    first, course = some[0], some[0].course(lang)
    told = [(limit, _standing_of(limit, lang)) for limit in some]
    tips = dict.fromkeys(
        text
        for limit, place in told
        for text in (limit.code, limit.measure, *limit.clauses, course, place, *limit.readings, limit.remark)
        if text
    )
    main: LineLook = "head" if first.sort == "wait" else "strong"
    lines: list[Row] = []
    for limit, place in told:
        # Where several share a bar, what they have in common is below them.
        lines += [((limit.measure,), main), ((course, place) if len(some) == 1 else (place,), "small")]
    lines += [((course if len(some) > 1 else "",), "small"), *(((limit.remark,), "warning") for limit in some)]
    rows = tuple((tuple(filter(None, texts)), look) for texts, look in lines if any(texts))
    name, *more = [text for texts, _ in rows for text in texts]
    return LimitItem(
        node=Node(
            code=".".join(dict.fromkeys(("limit", first.sort, *(limit.code for limit in some), *_ordinal(first)))),
            number=None,
            name=name,
            lines=tuple(more),
            look="limit",
            tooltip=" · ".join(tips),
        ),
        sort=first.sort,
        stretches=first.stretches,
        rows=rows,
    )


def _ordinal(limit: Limit) -> tuple[str, ...]:
    """What distinguishes the limits without a length that one rule sets."""
    return () if limit.measure else (f"{zlib.crc32(limit.text.encode()):08x}",)


def _standing_of(limit: Limit, lang: Lang) -> str:
    """The force of a limit, where it is written, and what goes with it."""
    force = FORCES[limit.force][0].words(lang) if limit.force else ""
    local = LOCAL.words(lang) if limit.local else ""
    reading = _OURS.words(lang) if limit.readings else ""
    # What belongs together is not broken apart: Graphviz is given a plain space for the one that keeps it together.
    parts = (force, f"{local} {limit.place}".strip(), *limit.notes, reading)
    return " · ".join(part.replace(" ", "\u00a0") for part in parts if part)
