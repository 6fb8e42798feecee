"""How a picture looks in DOT: fonts, colours and lines, and every attribute that is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recruitment.diagram.canvas.plate import LineLook, Look, PanelLook
from recruitment.diagram.canvas.sheets import LinkLook

FONTS: Final = "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,SimHei,sans-serif"

_TEXT: Final = (
    "class",
    "color",
    "fillcolor",
    "fontcolor",
    "fontname",
    "fontsize",
    "label",
    "penwidth",
    "style",
)
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "graph": frozenset([*_TEXT, "bb", "bgcolor", "charset", "dpi", "layout", "lp", "margin", "pad", "viewport"]),
    "node": frozenset([*_TEXT, "height", "id", "margin", "peripheries", "pos", "shape", "tooltip", "width"]),
    "edge": frozenset(["arrowhead", "arrowsize", "class", "color", "penwidth", "pos", "style"]),
}
"""Every DOT attribute that is ever written, by what it is written on."""

INK: Final = "#1A1A1A"
# Okabe and Ito's blue and vermillion differ under every common colour blindness; tints stay light in print.
_BOX: Final = {
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "#FFFFFF",
    "color": INK,
    "penwidth": "1.2",
}
NODES: Final[Mapping[Look, Mapping[str, str]]] = {
    "step": _BOX,
    "done": {**_BOX, "fillcolor": "#D3E7F5", "color": "#0072B2", "penwidth": "1.5"},
    "failed": {
        **_BOX,
        "style": "filled,diagonals",
        "fillcolor": "#FADBC8",
        "color": "#B34700",
        "penwidth": "2",
    },
    "current": {**_BOX, "style": "filled", "fillcolor": "#FFF0A6", "penwidth": "4"},
    "blocked": {**_BOX, "style": "filled,dashed", "fillcolor": "#EDEDED", "penwidth": "2"},
    "later": {**_BOX, "color": "#8C8C8C", "fontcolor": "#595959", "penwidth": "1"},
    "end": {**_BOX, "style": "filled", "fillcolor": INK, "fontcolor": "#FFFFFF"},
    "again": {**_BOX, "style": "rounded,filled,dashed", "penwidth": "1.4"},
    "mark": {**_BOX, "color": "#A6A6A6", "fontcolor": "#404040", "fontsize": "14", "penwidth": "0.8"},
    "limit": {"shape": "plaintext"},
    "due": {**_BOX, "fillcolor": "#FFF0A6", "penwidth": "3"},
    "overdue": {**_BOX, "style": "filled,diagonals", "fillcolor": "#FFF0A6", "color": "#B34700", "penwidth": "4"},
    "refused": {**_BOX, "style": "filled,dashed", "fillcolor": "#FADBC8", "color": "#B34700", "penwidth": "3"},
    "unreachable": {**_BOX, "style": "filled,dotted", "color": "#8C8C8C", "fontcolor": "#595959", "penwidth": "1.5"},
}
PANELS: Final[Mapping[PanelLook, Mapping[str, str]]] = {
    "lane": {"style": "filled", "fillcolor": "#F6F6F3", "color": "#F6F6F3", "penwidth": "0"},
    "lane_other": {"style": "filled", "fillcolor": "#FFFFFF", "color": "#FFFFFF", "penwidth": "0"},
    "card": {"style": "rounded,filled", "fillcolor": "#FFFFFF", "color": "#8C8C8C", "penwidth": "1"},
    "bar": {"style": "filled", "fillcolor": "#D3E7F5", "color": "#0072B2", "penwidth": "1.5"},
    "rule": {"style": "filled", "fillcolor": "#A6A6A6", "color": "#A6A6A6", "penwidth": "0"},
    "seat": {"shape": "ellipse", "style": "filled", "fillcolor": "#0072B2", "color": "#0072B2", "penwidth": "1"},
    "seat_free": {"shape": "ellipse", "style": "filled", "fillcolor": "#FFFFFF", "color": "#8C8C8C", "penwidth": "1.2"},
    "edge": {"style": "filled", "fillcolor": "#B34700", "color": "#B34700", "penwidth": "0"},
    "grid": {"style": "filled", "fillcolor": "#DCDCD8", "color": "#DCDCD8", "penwidth": "0"},
    "stop": {"style": "filled", "fillcolor": INK, "color": INK, "penwidth": "0"},
    "wait": {"style": "filled", "fillcolor": "#0072B2", "color": "#0072B2", "penwidth": "1"},
    "by": {"style": "filled,dashed", "fillcolor": "#FFFFFF", "color": INK, "penwidth": "2.2"},
    "lapse": {"style": "filled,diagonals", "fillcolor": "#FADBC8", "color": "#B34700", "penwidth": "2"},
    "every": {"style": "filled", "fillcolor": "#6B6B6B", "color": "#6B6B6B", "penwidth": "0"},
}
LETTERS: Final[Mapping[LineLook, tuple[int, bool, str]]] = {
    "head": (22, True, INK),
    "strong": (17, True, INK),
    "plain": (17, False, INK),
    "small": (14, False, INK),
    "quiet": (14, False, "#595959"),
    "warning": (14, True, "#B34700"),
    "fault": (17, True, "#B34700"),
    "light": (17, True, "#FFFFFF"),
}
"""For each lettering the size in points, whether it is bold, and its ink."""
EDGES: Final[Mapping[LinkLook, Mapping[str, str]]] = {
    "hard": {"style": "solid", "color": INK, "penwidth": "1.8"},
    "chart": {"style": "dashed", "color": "#6B6B6B", "penwidth": "1.4"},
    "back": {"style": "solid", "color": "#B34700", "penwidth": "3"},
    "again": {"style": "dashed", "color": INK, "penwidth": "1.4"},
    "line": {"style": "solid", "color": "#A6A6A6", "penwidth": "1.4"},
}
GRAPH: Final = {
    "bgcolor": "#FFFFFF",
    "charset": "UTF-8",
    "fontcolor": INK,
    "fontname": FONTS,
    "fontsize": "34",
    # Every place is given (recruitment.diagram.plates.course.layout); the engine measures and draws.
    "layout": "nop2",
    "pad": "0.4",
}
FRAME: Final = {
    "color": "#8C8C8C",
    "fillcolor": "#F6F6F3",
    "fontsize": "19",
    "penwidth": "1",
    "style": "rounded,filled",
}
KEY: Final = {**FRAME, "fillcolor": "#FFFFFF", "style": "rounded,dashed"}
ANY_NODE: Final = {"fontcolor": INK, "fontname": FONTS, "fontsize": "17", "margin": "0.05,0.03"}
ANY_EDGE: Final = {"arrowhead": "normal", "arrowsize": "0.9"}
