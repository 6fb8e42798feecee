"""A plate as the text of a Mermaid flowchart: stages as subgraphs, boxes by their shape and sign, links by their line.

What Mermaid takes for markup is written as its entity codes, so that every label is read letter by letter: the rules
are those of releases 10 to 12. Mermaid decides the layout itself; the places of the plate are not written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recruitment.diagram.canvas.plate import SYMBOLS, Look, Node, Plate
from recruitment.diagram.canvas.sheets import LinkLook
from recruitment.diagram.canvas.styles import NODES

_LINKS: Final[Mapping[LinkLook, str]] = {
    "hard": "-->",
    "chart": "-.->",
    "back": "==>",
    "again": f'-.->|"{SYMBOLS["again"]}"|',
    "line": "---",
}
_SHAPES: Final[Mapping[Look, tuple[str, str]]] = {
    "done": ("(", ")"),
    "failed": ("{{", "}}"),
    "end": ("([", "])"),
    "again": ("[/", "/]"),
    "later": ("[", "]"),
}
"""The brackets of each look whose box is not a plain one."""
_PLAIN: Final = ("[", "]")
_DOUBLE: Final = ("[[", "]]")
_DASHES: Final = "6 4"
_UNSIGNED: Final[frozenset[Look]] = frozenset({"step", "mark"})
"""Looks without a sign of their own in the text: the sign of a plain step says nothing."""
_SAFE: Final = frozenset(" ,-()/=?!'.:")
"""Signs that are no markup inside quotes; of all others in ASCII only letters and digits are plain."""
_MARKUP: Final = re.compile(r"style|classDef|(?<=\d)\.(?=\s|$)")
"""What is markup although its signs are safe: lines that style, and the number of an item in a list."""
_LATE: Final = re.compile(r"\$(?=\$)|\\(?=n)|:(?=fa)")
"""Formulas, line breaks and icons, which are looked for after entity codes are read."""
_NOTHING: Final = "\u200b"
"""A space without breadth: it keeps apart what would be markup, and is not seen."""


def encode_text(text: str) -> str:
    """A text as Mermaid shows it letter by letter: markup as entity codes, and nothing that cannot be printed."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    marked = {found.start() for found in _MARKUP.finditer(plain)}
    apart = {found.end() for found in _LATE.finditer(plain)}
    return "".join(
        (_NOTHING if n in apart else "")
        + (c if n not in marked and (not c.isascii() or c.isalnum() or c in _SAFE) else f"#{ord(c)};")
        for n, c in enumerate(plain)
    )


def _name(code: str, sort: str = "n") -> str:
    """A code as the name of a box, or of a subgraph (`g`): never a word of Mermaid's own, such as `end`."""
    return f"{sort}_" + re.sub(r"[^A-Za-z0-9]", lambda found: "_" if found[0] == "_" else f"_{ord(found[0]):x}_", code)


def _label(lines: Iterable[str]) -> str:
    return '"' + "<br/>".join(encode_text(line) for line in lines) + '"'


def box_lines(node: Node) -> tuple[str, ...]:
    """What is written in a box: its number and name, then its lines, with the sign of its look where none has it."""
    name = f"{node.number} {node.name}" if node.number is not None else node.name
    lines = (name, *node.lines)
    if node.look in _UNSIGNED or any(SYMBOLS[node.look] in line for line in lines):
        return lines
    return (f"{SYMBOLS[node.look]} {name}", *node.lines)


def _box(node: Node) -> str:
    opening, closing = _DOUBLE if node.milestone else _SHAPES.get(node.look, _PLAIN)
    return f"{_name(node.code)}{opening}{_label(box_lines(node))}{closing}"


def _subgraph(code: str, title: str, nodes: Iterable[Node]) -> Iterator[str]:
    yield f"    subgraph {_name(code, 'g')}[{_label([title])}]"
    yield from (f"        {_box(node)}" for node in nodes)
    yield "    end"


def _classes(nodes: Iterable[Node]) -> Iterator[str]:
    """The looks that occur, each as a class with its boxes."""
    members: dict[Look, list[str]] = {}
    for node in nodes:
        members.setdefault(node.look, []).append(_name(node.code))
    for look, names in members.items():
        style = NODES[look]
        parts = {
            "fill": style.get("fillcolor", "#FFFFFF"),
            "stroke": style.get("color", "#1A1A1A"),
            "stroke-width": f"{style.get('penwidth', '1')}px",
            "color": style.get("fontcolor", "#1A1A1A"),
        }
        if "dashed" in style.get("style", ""):
            parts["stroke-dasharray"] = _DASHES
        yield f"    classDef look_{look} {','.join(f'{name}:{value}' for name, value in parts.items())}"
        yield f"    class {','.join(names)} look_{look}"


def mermaid_of(plate: Plate) -> str:
    """The plate as a Mermaid flowchart: the same text for the same plate."""
    # Front matter is YAML, of which JSON is a part.
    lines = ["---", f"title: {json.dumps(encode_text(plate.title), ensure_ascii=False)}", "---", "flowchart TB"]
    lines += [f"    accTitle: {encode_text(plate.title)}", f"    accDescr: {encode_text(plate.subtitle)}"]
    for group in plate.groups:
        lines += _subgraph(group.code, group.title, group.nodes)
    lines += [f"    {_box(node)}" for node in plate.standing_alone]
    if plate.key:
        lines += _subgraph("key", plate.key_title, plate.key)
    lines += [f"    {_name(link.source)} {_LINKS[link.look]} {_name(link.target)}" for link in plate.links]
    lines += _classes((*plate.nodes, *plate.standing_alone, *plate.key))
    return "\n".join(lines) + "\n"
