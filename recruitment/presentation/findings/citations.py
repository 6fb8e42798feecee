"""Where a finding is written: its document and its articles, in Chinese and in English."""

from __future__ import annotations

import re
from collections import Counter

from recruitment.base.label import Label, Lang
from recruitment.engine.findings import Finding
from recruitment.law.content import once_per_content
from recruitment.law.rulebook import Citation, Ground, Rule, Rulebook
from recruitment.presentation.findings.names import chinese_number


@once_per_content
def _own_document(rulebook: Rulebook) -> str:
    """The document that an edition is: the one that most of its rules cite."""
    documents = (rule.citation.document for rule in rulebook.rules)
    cited = Counter(document for document in documents if document not in rulebook.local)
    return cited.most_common(1)[0][0] if cited else ""


def ground_of(finding: Finding, rulebook: Rulebook) -> Ground | None:
    """Where the edge is written that a finding on the order speaks of; None where no article says so.

    Of an act that was looked for through a missing one, the edge is that of the missing one.
    """
    about = finding.check.about
    if finding.rule.code != "order" or about is None or finding.check.force == "usual":
        return None
    procedure = rulebook.by_code.get(finding.act)
    between = () if procedure is None else procedure.after
    found = (rulebook.ground(act, about) for act in (finding.act, *between))
    return next((ground for ground in found if ground is not None), None)


def _citation(finding: Finding, rulebook: Rulebook) -> Citation:
    """Where a finding is written: its rule's citation, the article of the edge, or the official chart."""
    if finding.rule.code == "order" and finding.check.force == "usual":
        return Citation(document="chart")
    ground = ground_of(finding, rulebook)
    if ground is not None:
        return Citation(document=finding.rule.citation.document, articles=ground.articles)
    return finding.rule.citation


def _document(code: str, rulebook: Rulebook, lang: Lang) -> str:
    document = rulebook.documents.get(code)
    if document is None:
        return code
    return document.zh if lang == "zh" else document.en


def articles_words(articles: tuple[str, ...], lang: Lang) -> str:
    """Articles as they are cited: `arts. 12, 13`, 第十二条、第十三条; chapters and other places as they are counted."""
    chapters = re.fullmatch(r"chapters (\d+)-(\d+)", articles[0], re.ASCII)
    if chapters:
        first, last = chinese_number(int(chapters[1])), chinese_number(int(chapters[2]))
        return f"第{first}章至第{last}章" if lang == "zh" else ", ".join(articles)
    chapter = re.fullmatch(r"chapter (\d+)", articles[0], re.ASCII)
    if chapter and lang == "zh":
        return f"第{chinese_number(int(chapter[1]))}章"
    if not all(article.isdecimal() for article in articles):
        return "、".join(articles) if lang == "zh" else ", ".join(articles)
    if lang == "zh":
        return "、".join(f"第{chinese_number(int(article))}条" for article in articles)
    return ("art. " if len(articles) == 1 else "arts. ") + ", ".join(articles)


def cite(finding: Finding, rulebook: Rulebook, lang: Lang) -> str:
    """A short citation: `art. 13 of the 2014 edition`, 2014年细则第十三条; without an article the document alone."""
    citation = _citation(finding, rulebook)
    own = citation.document == _own_document(rulebook)
    if lang == "zh":
        document = rulebook.zh if own else _document(citation.document, rulebook, lang)
        return document + (articles_words(citation.articles, lang) if citation.articles else "")
    document = f"the {rulebook.en}" if own else _document(citation.document, rulebook, lang)
    return f"{articles_words(citation.articles, lang)} of {document}" if citation.articles else document


def cite_rule(rule: Rule, rulebook: Rulebook, lang: Lang) -> str:
    """Where a rule is written, without its edition: 第十三条, `art. 13`; another document is named."""
    citation = rule.citation
    articles = articles_words(citation.articles, lang) if citation.articles else ""
    if citation.document == _own_document(rulebook):
        return articles
    document = _document(citation.document, rulebook, lang)
    return f"{document}{Label(zh='', en=' ').words(lang)}{articles}".strip()


def article(finding: Finding, rulebook: Rulebook) -> str | None:
    """The articles alone, after the name of the document where that is not the edition's own; None without articles."""
    citation = _citation(finding, rulebook)
    if citation.document == "chart":
        return _document(citation.document, rulebook, "zh")
    if not citation.articles:
        return None
    articles = ", ".join(citation.articles)
    if citation.document == _own_document(rulebook):
        return articles
    return f"{_document(citation.document, rulebook, 'zh').strip('《》')} {articles}"
