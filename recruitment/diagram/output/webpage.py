"""A plate as one HTML page: the drawing inline, what it is about, and all of it again as a table of words.

The page needs no script and no network. Printed, the drawing has a sheet laid across of its own, and the words follow.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Final

from recruitment.base.label import Label
from recruitment.diagram.canvas.plate import Node, Plate
from recruitment.diagram.output.mermaid import written
from recruitment.diagram.output.papers import Paper

_STYLE: Final = """
@page { size: SHEET landscape; margin: 8mm; }
* { box-sizing: border-box; }
html { color: #000; background: #fff; }
body { margin: 0 auto; max-width: 420mm; padding: 6mm; font: 11pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC",
  "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 20pt; line-height: 1.25; margin: 0; }
p { margin: 0 0 3mm; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; }
h2 { font-size: 14pt; margin: 8mm 0 2mm; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th:first-child { width: 18%; }
th, td { border: 1px solid #555; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
thead th { background: #e6e6e6; border-bottom: 2px solid #000; }
tr { break-inside: avoid; }
ul { margin: 0; padding: 0 0 0 6mm; }
td ul { padding: 0 0 0 4mm; }
@media print {
  body { max-width: none; padding: 0; }
  h1, header p { display: none; }
  figure { break-after: page; }
  figure svg { width: 100%; height: HEIGHTmm; }
  svg, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
_PAGE_MARGINS: Final = 18
_LANGUAGES: Final = {"zh": "zh-Hans", "en": "en"}
_WORDS: Final = Label(zh="同一内容的文字", en="The same in words")
_PART: Final = Label(zh="部分", en="Part")
_BOX: Final = Label(zh="内容", en="What stands there")
_AFTER: Final = Label(zh="由此而来", en="After")
_TO: Final = Label(zh="通向", en="Leads to")
_KEY: Final = Label(zh="图例", en="Key")
_BESIDE: Final = Label(zh="图上其他文字", en="What else is written there")
_FEW_CHARACTERS: Final = 2
_FEW_LETTERS: Final = 5


def picture_page(plate: Plate, svg: str, about: str, paper: Paper) -> str:
    """The page of a plate around its drawing, printed on that sheet of paper."""
    lang, text = plate.lang, html.escape
    style = _STYLE.replace("SHEET", paper.name.upper()).replace("HEIGHT", str(paper.height - _PAGE_MARGINS))
    figure = svg[svg.index("<svg") :].rstrip()
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_LANGUAGES["zh" if lang == "zh" else "en"]}">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="description" content="{text(about or plate.subtitle)}">',
        f"<title>{text(plate.title)} · {text(plate.subtitle)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f"<header><h1>{text(plate.title)}</h1>",
        f"<p>{text(plate.subtitle)}</p>",
        f"<p>{text(about)}</p></header>" if about else "</header>",
        "<main>",
        f"<figure>{figure}</figure>",
        *_told(plate),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _told(plate: Plate) -> Iterator[str]:
    """The plate in words: a table of its boxes with what comes before and after each, and what else is written."""
    lang = plate.lang
    boxes = [*((group.title, node) for group in plate.groups for node in group.nodes)]
    boxes += [("", node) for node in plate.standing_alone]
    named = {node.code: _name(node) for _, node in boxes}
    heads = (_PART, _BOX, *((_AFTER, _TO) if plate.links else ()))
    yield f'<section id="words"><h2>{_WORDS.words(lang)}</h2>'
    if boxes:
        yield "<table><thead><tr>"
        yield "".join(f'<th scope="col">{head.words(lang)}</th>' for head in heads)
        yield "</tr></thead><tbody>"
        for title, node in boxes:
            cells = [html.escape(title), _lines(_all(node))]
            if plate.links:
                before = [link.source for link in plate.links if link.target == node.code]
                after = [link.target for link in plate.links if link.source == node.code]
                cells += [_lines(named.get(code, "") for code in dict.fromkeys(codes)) for codes in (before, after)]
            yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        yield "</tbody></table>"
    for title, lines in (
        (_BESIDE.words(lang), dict.fromkeys(text for text in _beside(plate) if _says_something(text))),
        (_KEY.words(lang), [*(node.name for node in plate.key), *plate.notes]),
    ):
        if lines:
            yield f"<h2>{title}</h2><ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"
    yield "</section>"


def _beside(plate: Plate) -> Iterator[str]:
    return (" ".join(line.text for line in words.lines) for words in plate.words)


def _says_something(text: str) -> bool:
    """Whether a text says anything without the picture around it: a number on a scale and a single sign do not."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= (_FEW_CHARACTERS if any(ord(c) > 0x2E80 for c in letters) else _FEW_LETTERS)


def _name(node: Node) -> str:
    return f"{node.number} {node.name}" if node.number is not None else node.name


def _all(node: Node) -> tuple[str, ...]:
    """All that is written in a box: what it says, then what is lettered in it beside that."""
    said = written(node)
    whole = _bare("".join(said))
    return (*said, *(line.text for line in node.details if _bare(line.text) not in whole))


def _bare(text: str) -> str:
    return "".join(text.split())


def _lines(lines: Iterable[str]) -> str:
    kept = [html.escape(line) for line in lines if line.strip()]
    return "<br>".join(kept)
