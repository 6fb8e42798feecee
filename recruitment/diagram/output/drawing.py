"""The picture model to DOT, and DOT to SVG, PNG or PDF.

DOT is written by the `graphviz` package with attributes from a closed list and every text escaped: the same
plate gives the same bytes. Drawing is done in process by `pygraphviz` (the extra `draw`), where that is not
installed by a `dot` on PATH; both with the font that `recruitment.diagram.output.fonts` finds.
"""

from __future__ import annotations

import html
import importlib
import math
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal, get_args

import graphviz

from recruitment.base.errors import RecruitmentError
from recruitment.base.label import Label
from recruitment.diagram.canvas.lettering import lines_of
from recruitment.diagram.canvas.plate import Align, Node, Plate, TextLine
from recruitment.diagram.canvas.sheets import Box, Point, Route, Sheet
from recruitment.diagram.canvas.styles import (
    ANY_EDGE,
    ANY_NODE,
    ATTRIBUTES,
    EDGES,
    FRAME,
    GRAPH,
    INK,
    KEY,
    LETTERS,
    NODES,
    PANELS,
)
from recruitment.diagram.output.fonts import use_font
from recruitment.diagram.output.page_sizes import DPI, Paper, fit_to_paper, fitting
from recruitment.diagram.plates.course.layout import sheet_of

Format = Literal["svg", "png", "pdf"]
Engine = Literal["pygraphviz", "dot"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)

_HEAD_LENGTH: Final = 9.0
_CORNER: Final = 9.0
_INSET: Final = 10
_POINTS_AN_INCH: Final = 72


# ------------------------------------------------------------------------------------------- text


def escape(text: str) -> str:
    """A text as a DOT string that is drawn letter by letter: no escape, entity or line break is in it."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return str(graphviz.escape(plain.replace("&", "&amp;")))


def tip(text: str) -> str:
    r"""A text as a tooltip, in which Graphviz resolves escapes twice: a backslash is four there."""
    return graphviz.nohtml(escape(text).replace("\\\\", "\\" * 4))


def label(lines: Iterable[str], end: Literal["n", "l"] = "n") -> str:
    """Lines as one DOT label, centred or (`l`) flush left; HTML-like text stays text."""
    text = f"\\{end}".join(escape(line) for line in lines)
    return graphviz.nohtml(text + "\\l" if end == "l" and text else text)


_SIDES: Final[Mapping[Align, str]] = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}


def letter_lines(lines: Iterable[TextLine], box: Box, align: Align) -> str:
    """Lines of several letterings as one DOT label, as broad as its box; all that is written in them stays text.

    The label is HTML-like, which is the one way in which DOT letters lines apart: every text in it is escaped.
    """
    side, wide = _SIDES[align], int(box.width) - 2 * _INSET
    rows = []
    for line in lines:
        size, bold, ink = LETTERS[line.look]
        text = html.escape("".join(c if c.isprintable() else " " for c in line.text)) or " "
        # Graphviz puts the name of the node for \N, entities or not, unless the text ends behind the backslash.
        text = text.replace("\\", f'<FONT COLOR="{ink}">\\</FONT>')
        text = f"<B>{text}</B>" if bold else text
        font = f'<FONT POINT-SIZE="{size}" COLOR="{ink}">{text}</FONT>'
        rows.append(f'<TR><TD ALIGN="{side}" WIDTH="{wide}">{font}</TD></TR>')
    table = f'BORDER="0" CELLBORDER="0" CELLPADDING="1" CELLSPACING="0" WIDTH="{wide}"'
    return f"<<TABLE {table}>{''.join(rows)}</TABLE>>"


def _id(code: str) -> str:
    """A code as a DOT identifier that needs no quoting and has no port in it."""
    return re.sub(r"[^A-Za-z0-9_]", lambda found: f"_{ord(found[0]):x}_", code)


def _attributes(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values, sorted, if every name is in the list.

    Raises:
        ValueError: an attribute that is not in the list; Graphviz would pass over it in silence.
    """
    unknown = sorted(set(values) - ATTRIBUTES[kind])
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no attribute of a {kind} in the list ATTRIBUTES")
    return {name: values[name] for name in sorted(values)}


# ------------------------------------------------------------------------------------------- DOT


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Pen:
    """Writes places as DOT wants them: points from the lower left corner, sizes in inches."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def at(self, point: Point) -> str:
        return f"{_number(point[0])},{_number(self.sheet.height - point[1])}"

    def place(self, box: Box) -> dict[str, str]:
        return {
            "pos": self.at((box.x, box.y)),
            "width": _number(box.width / _POINTS_AN_INCH),
            "height": _number(box.height / _POINTS_AN_INCH),
        }

    def bounds(self, box: Box) -> str:
        return f"{self.at((box.left, box.bottom))},{self.at((box.right, box.top))}"

    def spline(self, route: Route) -> str:
        """A route as the cubic curves that Graphviz draws, its corners rounded, and the tip of its arrow."""
        points, tip = list(route.points), route.points[-1]
        if route.arrow:
            points[-1] = _toward(tip, points[-2], _HEAD_LENGTH)
        curve = [points[0]]
        for before, corner, after in zip(points, points[1:], points[2:], strict=False):
            near, far = _toward(corner, before, _CORNER), _toward(corner, after, _CORNER)
            curve += [curve[-1], near, near, corner, corner, far]
        curve += [curve[-1], points[-1], points[-1]]
        head = [f"e,{self.at(tip)}"] if route.arrow else []
        return " ".join(head + [self.at(point) for point in curve])


def _toward(start: Point, goal: Point, length: float) -> Point:
    """The point `length` from `start` on the way to `goal`, or half way where that is nearer."""
    x, y = goal[0] - start[0], goal[1] - start[1]
    whole = math.hypot(x, y)
    share = min(length / whole, 0.5) if whole else 0.0
    return start[0] + x * share, start[1] + y * share


def _draw_node(dot: graphviz.Digraph, pen: _Pen, node: Node, lines: Iterable[str]) -> None:
    values = {
        **NODES[node.look],
        **pen.place(pen.sheet.boxes[node.code]),
        "class": node.look,
        "id": _id(node.code),
        "label": letter_lines(node.details, pen.sheet.boxes[node.code], node.align) if node.details else label(lines),
        "tooltip": tip(node.tooltip or node.name),
    }
    if node.milestone:
        values["peripheries"] = "2"
        if node.look == "step":
            values["fillcolor"] = NODES["done"]["fillcolor"]
    dot.node(_id(node.code), **_attributes("node", values))


def _draw_text(dot: graphviz.Digraph, name: str, placed: Mapping[str, str], **values: str) -> None:
    dot.node(name, **_attributes("node", {"shape": "plaintext", "tooltip": " ", **placed, **values}))


def dot_of(plate: Plate, *, paper: Paper | None = None, dpi: int | None = None) -> str:
    """The plate as DOT source, the same bytes for the same plate; fitted to a sheet of paper where one is named."""
    sheet = plate.sheet or sheet_of(plate)
    pen = _Pen(sheet)
    dot = graphviz.Digraph(_id(plate.name))
    whole = Box(sheet.width / 2, sheet.height / 2, sheet.width, sheet.height)
    page = {**(fitting(sheet, paper) if paper else {}), **({"dpi": str(dpi)} if dpi else {})}
    dot.attr("graph", **_attributes("graph", {**GRAPH, "bb": pen.bounds(whole), **page}))
    dot.attr("node", **_attributes("node", ANY_NODE))
    dot.attr("edge", **_attributes("edge", ANY_EDGE))
    half = sheet.width / 2
    _draw_text(dot, "title", pen.place(Box(half, 26, 800, 44)), label=label([plate.title]), fontsize="36")
    _draw_text(dot, "subtitle", pen.place(Box(half, 66, 800, 28)), label=label([plate.subtitle]), fontsize="20")
    for panel in plate.panels:
        values = {"shape": "box", "label": "", "tooltip": tip(panel.tooltip or " "), **PANELS[panel.look]}
        dot.node(_id(panel.code), **_attributes("node", {**values, **pen.place(sheet.boxes[panel.code])}))
    for group in plate.groups:
        with _frame(dot, pen, group.code, FRAME) as box:
            for node in group.nodes:
                _draw_node(box, pen, node, lines_of(node, plate.lang))
    if "key" in sheet.frames:
        with _frame(dot, pen, "key", KEY) as box:
            for node in plate.key:
                _draw_node(box, pen, node, (node.name,))
            notes = label(plate.notes, "l")
            _draw_text(box, "key_notes", pen.place(sheet.boxes["key_notes"]), label=notes, fontsize="20")
    for words in plate.words:
        place = sheet.boxes[words.code]
        values = {"shape": "plaintext", "tooltip": " ", "id": _id(words.code), **pen.place(place)}
        values["label"] = letter_lines(words.lines, place, words.align)
        dot.node(_id(words.code), **_attributes("node", values))
    for node in plate.standing_alone:
        _draw_node(dot, pen, node, (node.name,))
    for name, at in sheet.joins.items():
        values = {"shape": "point", "color": INK, "label": "", **pen.place(Box(*at, 9, 9))}
        dot.node(name, **_attributes("node", values))
    for route in sheet.routes:
        edge = {**EDGES[route.look], "class": route.look, "pos": pen.spline(route)}
        if not route.arrow:
            edge["arrowhead"] = "none"
        dot.edge(_id(route.source), _id(route.target), **_attributes("edge", edge))
    return str(dot.source)


@contextmanager
def _frame(dot: graphviz.Digraph, pen: _Pen, code: str, style: Mapping[str, str]) -> Iterator[graphviz.Digraph]:
    frame = pen.sheet.frames.get(code)
    if frame is None:
        yield dot
        return
    values = {**style, "bb": pen.bounds(frame.box), "label": label(frame.title), "lp": pen.at(frame.at)}
    with dot.subgraph(name=f"cluster_{_id(code)}") as box:
        box.attr("graph", **_attributes("graph", values))
        yield box


# ------------------------------------------------------------------------------------------- drawing


def engines() -> tuple[Engine, ...]:
    """The engines that are there, the one that is used first."""
    found: list[Engine] = []
    try:
        importlib.import_module("pygraphviz")
        found.append("pygraphviz")
    except (ImportError, OSError):  # not installed, or installed without the libraries it needs
        pass
    if shutil.which("dot") is not None:
        found.append("dot")
    return tuple(found)


def _choose_engine(engine: Engine | None) -> Engine:
    there = engines()
    if engine is not None and engine in there:
        return engine
    if engine is None and there:
        return there[0]
    missing = engine or "pygraphviz"
    raise RecruitmentError(
        Label(
            zh=f"没有可用的绘图引擎（未找到 {missing}）：请安装 'member-development[draw]' 或 Graphviz，或改用 "
            "--格式 dot",
            en=f"there is nothing here to draw with ({missing} was not found): "
            "install 'member-development[draw]' or Graphviz, or ask for --format dot",
        ),
    )


def engine_version(engine: Engine | None = None) -> str:
    """The engine and the version of Graphviz in it, as in `pygraphviz 14.1.5`.

    Raises:
        RecruitmentError: no engine is there.
    """
    chosen = _choose_engine(engine)
    if chosen == "pygraphviz":
        return f"pygraphviz {importlib.import_module('pygraphviz').__graphviz_version__}"
    return f"dot {'.'.join(str(part) for part in graphviz.version())}"


def draw(plate: Plate, form: Format, *, paper: Paper | None = None, about: str = "") -> bytes:
    """A plate drawn as SVG, PNG or PDF, as large as it is or fitted to a sheet of paper.

    Raises:
        RecruitmentError: no engine is there, or the one there cannot draw this.
    """
    if form == "svg" or paper is None:
        picture = render(dot_of(plate), form, title=plate.title, about=about)
        return fit_to_paper(picture.decode("utf-8"), paper).encode("utf-8") if paper else picture
    return render(dot_of(plate, paper=paper, dpi=DPI if form == "png" else None), form)


def render(source: str, form: Format, *, engine: Engine | None = None, title: str = "", about: str = "") -> bytes:
    """DOT source drawn as SVG, PNG or PDF; an SVG is given `title` and `about` for those who listen to it.

    Raises:
        RecruitmentError: no engine is there, or the one there cannot draw this.
    """
    if form not in FORMATS:
        raise RecruitmentError(
            Label(
                zh=f"没有 {form} 这种格式，可用：{'、'.join(FORMATS)}",
                en=f"{form} is no format; ask for one of {', '.join(FORMATS)}",
            ),
        )
    chosen = _choose_engine(engine)
    try:
        picture = _render_in_process(source, form) if chosen == "pygraphviz" else _render_by_command(source, form)
    except (ValueError, OSError, graphviz.CalledProcessError) as error:
        why = " ".join(str(error).split())
        raise RecruitmentError(
            Label(
                zh=f"{chosen} 未能绘出图形：{why}；可改用 --格式 dot",
                en=f"{chosen} could not draw the picture: {why}; ask for --format dot",
            ),
        ) from error
    return _finish(picture, title, about) if form == "svg" else picture


_ONE_AT_A_TIME = threading.Lock()


def _render_in_process(source: str, form: str) -> bytes:
    pygraphviz = importlib.import_module("pygraphviz")
    with _ONE_AT_A_TIME, use_font():  # the library behind it keeps state of its own
        graph = pygraphviz.AGraph(string=source)
        try:
            return bytes(graph.draw(format=form, prog="nop2"))
        finally:
            graph.close()


def _render_by_command(source: str, form: str) -> bytes:
    with _ONE_AT_A_TIME, use_font():
        return bytes(graphviz.pipe("dot", form, source.encode(), quiet=True))


_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def _finish(svg: bytes, title: str, about: str) -> bytes:
    """An SVG without the engine's remarks (among them its version), and with a name for screen readers."""
    text = _COMMENT.sub("", svg.decode("utf-8")).replace("\r\n", "\n")
    named = "".join(
        f"<{tag}>{html.escape(words)}</{tag}>\n" for tag, words in (("title", title), ("desc", about)) if words
    )
    text = re.sub(r"<svg\b([^>]*)>\s*", lambda m: f'<svg role="img"{m[1]}>\n{named}', text, count=1)
    return (text.rstrip() + "\n").encode("utf-8")
