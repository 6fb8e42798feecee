"""What can differ between two editions, by its names for people: the same words on the page and on the wall."""

from __future__ import annotations

from typing import Final

from recruitment.base.label import Label

PROCEDURE_PARTS: Final = {
    "zh": Label("名称", "name"),
    "en": Label("名称", "name"),
    "number": Label("序号", "number"),
    "stage": Label("阶段", "stage"),
    "body": Label("办理者", "who acts"),
    "after": Label("此前须办成", "comes after"),
    "chart": Label("流程图上在前", "the chart puts first"),
    "chart_when": Label("流程图适用的条件", "when the chart speaks"),
    "papers": Label("材料", "papers"),
    "outcomes": Label("结果", "outcomes"),
    "again": Label("再次办理", "done again"),
    "until": Label("办到何时为止", "until"),
    "standing": Label("此后的身份", "standing from then on"),
    "lapse": Label("失效", "lapse"),
    "standings": Label("何种身份可以办理", "whoever is"),
    "first": Label("可作首项", "may begin a file"),
    "ends": Label("终止", "ends the file"),
}
"""The attributes of a procedure that may differ, by their names for people."""
RULE_PARTS: Final = {
    "clause": Label("内容", "clause"),
    "compare": Label("比较的内容", "what is compared"),
    "when": Label("适用条件", "conditions"),
    "force": Label("力度", "force"),
    "word": Label("用词", "word of the text"),
    "acts": Label("适用的程序", "acts"),
    "outcomes": Label("适用的结果", "outcomes"),
    "since": Label("起始日", "since"),
    "excused_by_reason": Label("记明理由可免", "excused by a reason"),
    "article": Label("条款", "article"),
}
"""The attributes of a rule that may differ, by their names for people, in the order in which they are told."""
