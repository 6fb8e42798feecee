"""What is said of the end of a period: long where there is room, short in a list, and as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recruitment.base.label import Label, Lang
from recruitment.forecast.milestones import Milestone, MilestoneKind
from recruitment.presentation.json_data import iso_day

NAMES: Final[Mapping[MilestoneKind, Label]] = {
    "cultivated-for-a-year": Label(zh="培养教育满一年", en="a year of cultivation is full"),
    "probation-ends": Label(zh="预备期满", en="probation ends"),
    "extension-ends": Label(zh="延长的预备期满", en="the extended probation ends"),
}
_WHAT_NEXT: Final[Mapping[str, Label]] = {
    "candidate": Label(zh="可以研究确定发展对象", en="a candidate may be determined"),
    "conversion_application": Label(
        zh="请提醒本人提出转正申请", en="remind the person to apply for conversion to full membership"
    ),
    "conversion_meeting": Label(zh="请及时讨论转正", en="discuss the conversion promptly"),
}


def distance_words(days: int, lang: Lang) -> str:
    """How far off a day is: so many days to go, today, or so many days ago."""
    if days == 0:
        said = Label(zh="就是今天", en="today")
    elif days > 0:
        said = Label(zh=f"还有{days}天", en=f"in {days} {'day' if days == 1 else 'days'}")
    else:
        said = Label(zh=f"已过{-days}天", en=f"{-days} {'day' if days == -1 else 'days'} ago")
    return said.words(lang)


def milestone_words(milestone: Milestone, lang: Lang) -> str:
    """The end of a period with its day, how far off it is, and what is to be done."""
    name, far = NAMES[milestone.kind], distance_words(milestone.days, lang)
    what = _WHAT_NEXT[milestone.procedure.code].words(lang)
    said = Label(zh=f"{milestone.on} {name.zh}（{far}），{what}", en=f"{milestone.on}: {name.en} ({far}); {what}")
    return said.words(lang)


def short_milestone_words(milestone: Milestone, lang: Lang) -> str:
    """The end of a period and how far off it is."""
    return f"{NAMES[milestone.kind].words(lang)}{'，' if lang == 'zh' else ', '}{distance_words(milestone.days, lang)}"


def milestone_text(milestone: Milestone, lang: Lang) -> str:
    """What is to be done at the end of a period."""
    return _WHAT_NEXT[milestone.procedure.code].words(lang)


def milestone_data(milestone: Milestone) -> dict[str, Any]:
    """The end of a period as data."""
    return {
        "kind": milestone.kind,
        "on": iso_day(milestone.on),
        "days": milestone.days,
        "act": milestone.procedure.code,
        "zh": milestone_words(milestone, "zh"),
        "en": milestone_words(milestone, "en"),
    }
