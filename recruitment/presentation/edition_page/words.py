"""What can differ between two editions, by its names for people: the same words on the page and on the wall."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label

PROCEDURE_PARTS: Final = {
    "zh": Label(zh="名称", en="name"),
    "en": Label(zh="名称", en="name"),
    "zh_alone": Label(zh="名称", en="name"),
    "number": Label(zh="序号", en="number"),
    "stage": Label(zh="阶段", en="stage"),
    "body": Label(zh="办理者", en="who acts"),
    "after": Label(zh="此前须办成", en="comes after"),
    "chart": Label(zh="流程图上在前", en="the chart puts first"),
    "chart_when": Label(zh="流程图适用的条件", en="when the chart speaks"),
    "papers": Label(zh="材料", en="papers"),
    "outcomes": Label(zh="结果", en="outcomes"),
    "again": Label(zh="再次办理", en="done again"),
    "until": Label(zh="办到何时为止", en="until"),
    "standing": Label(zh="此后的身份", en="standing from then on"),
    "stands_from": Label(zh="结果自何日起有效", en="counts from"),
    "grounds": Label(zh="先后的依据", en="where the order is written"),
    "lapse": Label(zh="失效", en="lapse"),
    "standings": Label(zh="何种身份可以办理", en="who may do it"),
    "first": Label(zh="可作首项", en="may begin a file"),
    "ends": Label(zh="终止", en="ends the file"),
}
"""The attributes of a procedure that may differ, by their names for people."""
RULE_PARTS: Final = {
    "clause": Label(zh="内容", en="clause"),
    "compare": Label(zh="比较的内容", en="what is compared"),
    "when": Label(zh="适用条件", en="conditions"),
    "force": Label(zh="力度", en="force"),
    "word": Label(zh="用词", en="word of the text"),
    "acts": Label(zh="适用的程序", en="acts"),
    "outcomes": Label(zh="适用的结果", en="outcomes"),
    "since": Label(zh="起始日", en="since"),
    "excused_by_reason": Label(zh="记明理由可免", en="excused by a reason"),
    "article": Label(zh="条款", en="article"),
}
"""The attributes of a rule that may differ, by their names for people, in the order in which they are shown."""
