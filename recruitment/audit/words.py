"""The words that tables, workbooks and pages of an audit share, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from recruitment.audit.report_data import ReportLine
from recruitment.base.label import Label, Lang
from recruitment.law.editions import Editions
from recruitment.presentation.findings.citations import articles_words, cite_rule
from recruitment.presentation.findings.groups import GROUPS, folded
from recruitment.presentation.findings.names import name

SIGNS: Final = {"unmet": "✗", "reasoned": "!", "unknown": "?", "met": "✓", "waiting": "…", "notices": "·"}
"""A sign for each kind, so that nothing is said by colour alone."""

HEADS: Final = {
    "id": Label(zh="档案编号", en="file"),
    "name": Label(zh="姓名", en="name"),
    "standing": Label(zh="身份", en="standing"),
    "end": Label(zh="终止", en="ended"),
    "branch": Label(zh="党支部", en="branch"),
    "acts": Label(zh="手续数", en="acts"),
    "clean": Label(zh="合格", en="clean"),
    "unmet": Label(zh="未满足", en="not met"),
    "reasoned": Label(zh="已记明理由", en="with reason"),
    "unknown": Label(zh="无法判断", en="not known"),
    "waiting": Label(zh="待办", en="waiting"),
    "since": Label(zh="起算日", en="since"),
    "days": Label(zh="已过天数", en="days"),
    "as_it_was": Label(zh="如实补录", en="as it was"),
    "unread": Label(zh="无法读取", en="could not be read"),
    "notices": Label(zh="名册的读取情况", en="how the list was read"),
    "kind": Label(zh="结论", en="finding"),
    "index": Label(zh="项次", en="entry"),
    "act": Label(zh="程序", en="act"),
    "on": Label(zh="日期", en="day"),
    "force": Label(zh="力度", en="force"),
    "rule": Label(zh="规则", en="rule"),
    "code": Label(zh="规则代码", en="code of the rule"),
    "article": Label(zh="条款", en="article"),
    "words": Label(zh="说明", en="what was found"),
    "remedy": Label(zh="如何纠正", en="what would put it right"),
    "reason": Label(zh="记录的理由", en="recorded reason"),
    "on_trust": Label(zh="凭信录入", en="on trust"),
    "first_day": Label(zh="最早可行日", en="possible from"),
    "last_day": Label(zh="最迟日", en="due by"),
    "files": Label(zh="档案数", en="files"),
}
"""The headings of columns."""

UNNAMED_BRANCH: Final = Label(zh="（未写明党支部）", en="(branch not named)")


_OTHER_DOCUMENT: Final = re.compile(r"([\u4e00-\u9fff].*) ([0-9]+(?:, [0-9]+)*)")
"""Articles of another document than the edition, with its name before them."""


class Wording:
    """The words of codes in one language."""

    def __init__(self, editions: Editions, lang: Lang) -> None:
        self.editions = editions
        self.lang = lang

    def say(self, label: Label) -> str:
        """The words in the language of the answer."""
        return label.words(self.lang)

    def head(self, key: str) -> str:
        """The heading of a column."""
        return HEADS[key].words(self.lang)

    def group(self, code: str) -> str:
        """What a group of findings is called."""
        return GROUPS[code].words(self.lang)

    def folded(self, line: ReportLine) -> str:
        """How much of a file is not known, in one line, and how to see it."""
        return self.say(folded(len(line.group("unknown"))))

    def days_alone(self, number: int) -> str:
        """How many files come from a list of days alone, and what was judged of them."""
        return self.say(
            Label(
                zh=f"其中{number}份来自只有日期的名册，按日期判断；材料、会议、票数等名册没有写的，列为“无法判断”，"
                "不算不符。",
                en=f"{number} of them come from a list of days alone and are judged on their days; papers, meetings "
                "and votes that a list does not hold are not known, which is no fault.",
            )
        )

    def word(self, code: str | None) -> str:
        """The word of a standing, an end or a force."""
        return "" if code is None else self.editions.rulebooks[-1].word(code, self.lang)

    def waiting(self, owed: Mapping[str, Any]) -> str:
        """What waits, in one line: the act, for how many days and since when, and where it is written."""
        about = f"{self.act(owed)} {self.rule(owed['rule'])}"
        article = self.article(owed)
        return self.say(
            Label(
                zh=f"{about}：自{owed['since']}起已{owed['days']}天（{article}）",
                en=f"{about}: {owed['days']} days since {owed['since']} ({article})",
            )
        )

    def same_person(self, earlier: str, later: str) -> str:
        """That two files are of one name and one day of birth."""
        return self.say(
            Label(
                zh=f"同一个人可能有两份档案：{earlier}、{later} 同名且出生日期相同，请核对",
                en=f"the same person may have two files: {earlier} and {later} have one name and one day of birth",
            )
        )

    def act(self, finding: Mapping[str, Any]) -> str:
        """The name of the act of a finding."""
        return name(finding["act"], self.editions.named(finding["edition"]), self.lang)

    def rule(self, code: str) -> str:
        """What a rule is called: its title in Chinese, its code in English."""
        return self.editions.synonyms.title(code).zh if self.lang == "zh" else code

    def small_code(self, code: str) -> str:
        """The code of a rule where its name is another: what stands in small print behind it."""
        return "" if self.rule(code) == code else code

    def article(self, finding: Mapping[str, Any]) -> str:
        """Where the rule of a finding is written: its edition and its article, or another document."""
        rulebook, article = self.editions.named(finding["edition"]), finding["article"]
        if self.lang == "en":
            return f"{rulebook.en} {articles_words(tuple(article.split(', ')), 'en')}" if article else rulebook.en
        if not article:
            rule = next((rule for rule in rulebook.rules if rule.code == finding["rule"]), None)
            return (cite_rule(rule, rulebook, "zh") if rule else "") or rulebook.zh
        other = _OTHER_DOCUMENT.fullmatch(article)
        if other:
            return f"《{other[1]}》{articles_words(tuple(other[2].split(', ')), 'zh')}"
        return f"{rulebook.zh}{articles_words(tuple(article.split(', ')), 'zh')}"

    def branch(self, branch: str | None) -> str:
        """The name of a branch."""
        return UNNAMED_BRANCH.words(self.lang) if branch is None else branch

    def counts(self, line: ReportLine) -> str:
        """How many findings of each kind a file has, as one line."""
        found = [(kind, len(line.of(kind))) for kind in ("unmet", "reasoned", "unknown")]
        found.append(("waiting", len(line.waiting)))
        said = [f"{self.head(kind)} {count}" for kind, count in found if count]
        return self.say(Label(zh="，", en=", ")).join(said) or self.say(Label(zh="没有问题", en="nothing to tell"))
