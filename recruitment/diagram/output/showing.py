"""A picture: a plate with everything that it can be drawn or written as, for programs that embed the library.

Drawing takes an engine (`recruitment.diagram.output.drawing`); DOT and Mermaid are text, and are there without one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, get_args

from attrs import frozen

from recruitment.base.errors import BadInput, RecruitmentError
from recruitment.base.label import Label
from recruitment.diagram.canvas.plate import Plate
from recruitment.diagram.output.drawing import Format, dot_of, draw, render
from recruitment.diagram.output.mermaid import mermaid_of
from recruitment.diagram.output.page_sizes import PAPERS
from recruitment.diagram.output.webpage import picture_page
from recruitment.presentation.output_file import OutputFile

Form = Literal["svg", "png", "pdf", "dot", "mermaid", "html"]
FORMS: Final[tuple[str, ...]] = get_args(Form)
ENDINGS: Final[Mapping[str, Form]] = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".html": "html",
    ".htm": "html",
}
"""The endings of a file's name by which its format is known."""


def output_form(path: str | Path | None, asked: str | None = None) -> Form:
    """The format that is asked for: by name, else by the ending of a file, else SVG.

    Raises:
        BadInput: no such format, an ending that names none, or one that names another than was asked for.
    """
    ending = Path(path).suffix.lower() if path is not None else ""
    meant = ENDINGS.get(ending)
    known = ", ".join(ENDINGS)
    if asked is not None and asked not in FORMS:
        raise BadInput.of(
            "format",
            Label(
                zh=f"没有 {asked} 这种格式，可用：{'、'.join(FORMS)}",
                en=f"{asked} is no format; there are {', '.join(FORMS)}",
            ),
        )
    if asked is not None and meant not in (None, asked):
        raise BadInput.of(
            str(path),
            Label(
                zh=f"以 {ending} 结尾的文件是 {meant} 格式，而要求的是 {asked}；请改其中一个",
                en=f"a file that ends in {ending} holds {meant}, and {asked} was asked for; change one of them",
            ),
        )
    if asked is None and ending and meant is None:
        raise BadInput.of(
            str(path),
            Label(
                zh=f"没有以 {ending} 结尾的格式；可用：{known}，或写明格式",
                en=f"no format has the ending {ending}; use one of {known}, or say the format",
            ),
        )
    return next((form for form in get_args(Form) if form == asked), meant or "svg")


@frozen
class Picture:
    """A plate, what it is about in a sentence, and the sheet of paper that it is fitted to, a3 or a4, or none."""

    plate: Plate
    about: str = ""
    paper: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.paper is not None and self.paper not in PAPERS:
            raise BadInput.of(
                "paper",
                Label(
                    zh=f"没有 {self.paper} 这种纸，可用：{'、'.join(PAPERS)}",
                    en=f"there is no sheet {self.paper}; there are {', '.join(PAPERS)}",
                ),
            )

    @property
    def dot(self) -> str:
        """The picture as DOT."""
        return dot_of(self.plate, paper=PAPERS[self.paper] if self.paper else None)

    def mermaid(self) -> str:
        """The picture as the text of a Mermaid flowchart."""
        return mermaid_of(self.plate)

    def svg(self) -> str:
        """The picture as SVG.

        Raises:
            RecruitmentError: no engine is there to draw with; so it is with PNG, PDF and HTML.
        """
        return self._draw("svg").decode("utf-8")

    def png(self) -> bytes:
        """The picture as PNG."""
        return self._draw("png")

    def pdf(self) -> bytes:
        """The picture as PDF."""
        return self._draw("pdf")

    def html(self) -> str:
        """The picture as one page that needs no other file, with a table for those who cannot see it."""
        picture = render(dot_of(self.plate), "svg", title=self.plate.title, about=self.about).decode("utf-8")
        return picture_page(self.plate, picture, self.about, PAPERS[self.paper or "a3"])

    def content(self, form: Form) -> bytes:
        """The picture in a format, as the bytes of a file."""
        if form in ("svg", "png", "pdf"):
            return self._draw(form)
        text = self.dot if form == "dot" else self.mermaid() if form == "mermaid" else self.html()
        return text.encode("utf-8")

    def save(self, path: str | Path, *, replace: bool = False, private: bool = True) -> Path:
        """Write the picture to a file, in the format that its ending names; only its owner may read a `private` one.

        Raises:
            BadInput: the ending names no format, or the file may not be written there: what is there is replaced only
            with `replace`, and a link or a database never. NotWritten: the file could not be written.
        """
        form, file = output_form(path), OutputFile(path=path, replace=replace, private=private)
        file.check()
        file.write(self.content(form))
        return file.path

    def _draw(self, form: Format) -> bytes:
        return draw(self.plate, form, paper=PAPERS[self.paper] if self.paper else None, about=self.about)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows, by media type; without an engine the title and the DOT."""
        found = {"text/plain": f"{self.plate.title} · {self.plate.subtitle}"}
        # A notebook shows a value after every cell: what is wrong with a drawing must not become a fault of the cell.
        with suppress(RecruitmentError, ValueError, LookupError, OSError):
            found["text/vnd.graphviz"] = dot_of(self.plate)
            found["image/svg+xml"] = draw(self.plate, "svg", about=self.about).decode("utf-8")
        wanted = found.keys() if include is None else found.keys() & set(include)
        return {kind: text for kind, text in found.items() if kind in wanted and kind not in (exclude or ())}
