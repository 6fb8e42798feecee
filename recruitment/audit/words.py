"""The words that tables, workbooks and pages of an audit share, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recruitment.audit.report_data import ReportLine
from recruitment.base.label import Label, Lang
from recruitment.law.editions import Editions
from recruitment.presentation.findings.citations import articles_words
from recruitment.presentation.findings.names import name

GROUPS: Final = {
    "unmet": Label("未满足（没有记明理由）", "Not met, without a reason"),
    "reasoned": Label("未满足（已记明理由）", "Not met, with a recorded reason"),
    "unknown": Label("无法判断", "Not known"),
    "met": Label("已满足", "Met"),
}
"""The kinds of findings, in the order in which they are told."""

SIGNS: Final = {"unmet": "✗", "reasoned": "!", "unknown": "?", "met": "✓"}
"""A sign for each kind, so that nothing is said by colour alone."""

HEADS: Final = {
    "id": Label("档案编号", "file"),
    "name": Label("姓名", "name"),
    "standing": Label("身份", "standing"),
    "end": Label("终止", "ended"),
    "branch": Label("党支部", "branch"),
    "acts": Label("手续数", "acts"),
    "clean": Label("合格", "clean"),
    "unmet": Label("未满足", "not met"),
    "reasoned": Label("已记明理由", "with reason"),
    "unknown": Label("无法判断", "not known"),
    "unread": Label("无法读取", "could not be read"),
    "kind": Label("结论", "finding"),
    "index": Label("项次", "entry"),
    "act": Label("程序", "act"),
    "on": Label("日期", "day"),
    "force": Label("力度", "force"),
    "rule": Label("规则", "rule"),
    "article": Label("条款", "article"),
    "words": Label("说明", "what was found"),
    "remedy": Label("如何纠正", "what would put it right"),
    "reason": Label("记录的理由", "recorded reason"),
    "on_trust": Label("凭信录入", "on trust"),
    "first_day": Label("最早可行日", "possible from"),
    "last_day": Label("最迟日", "due by"),
    "files": Label("档案数", "files"),
}
"""The headings of columns."""

UNNAMED_BRANCH: Final = Label("（未写明党支部）", "(branch not named)")


class Wording:
    """The words of codes in one language."""

    def __init__(self, editions: Editions, lang: Lang) -> None:
        self.editions = editions
        self.lang = lang

    def say(self, zh: str, en: str) -> str:
        """One of two sentences, by the language."""
        return zh if self.lang == "zh" else en

    def head(self, key: str) -> str:
        """The heading of a column."""
        return HEADS[key].words(self.lang)

    def group(self, kind: str) -> str:
        """What a kind of findings is called."""
        return GROUPS[kind].words(self.lang)

    def word(self, code: str | None) -> str:
        """The word of a standing, an end or a force."""
        return "" if code is None else self.editions.rulebooks[-1].word(code, self.lang)

    def act(self, finding: Mapping[str, Any]) -> str:
        """The name of the act of a finding."""
        return name(finding["act"], self.editions.named(finding["edition"]), self.lang)

    def article(self, finding: Mapping[str, Any]) -> str:
        """Where the rule of a finding stands: its edition, and its article."""
        rulebook, article = self.editions.named(finding["edition"]), finding["article"]
        edition = rulebook.zh if self.lang == "zh" else rulebook.en
        return f"{edition} {articles_words(tuple(article.split(', ')), self.lang)}" if article else edition

    def branch(self, branch: str | None) -> str:
        """The name of a branch."""
        return UNNAMED_BRANCH.words(self.lang) if branch is None else branch

    def counts(self, line: ReportLine) -> str:
        """How many findings of each kind a file has, as one line."""
        found = [(kind, len(line.of(kind))) for kind in ("unmet", "reasoned", "unknown")]
        said = [f"{self.head(kind)} {count}" for kind, count in found if count]
        return self.say("，", ", ").join(said) or self.say("没有问题", "nothing to tell")


def printable(text: object) -> str:
    """A text of a file without what could command a terminal or break a document."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in str(text))
