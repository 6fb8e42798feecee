"""Write what is kept of the gallery, check it (`--check`), or build all of it into a folder (`--all`).

Kept of every plate is its content, as Mermaid: what it says, without coordinates. Kept, too, are the pictures that the
READMEs show. Content is compared byte for byte. An SVG is compared where engine and font are those that drew it, and
skipped by name where one is another, since versions of Graphviz and fonts measure text a little differently.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recruitment.base.errors import RecruitmentError
from recruitment.base.label import Label, Lang
from recruitment.diagram.api import file_on_day
from recruitment.diagram.canvas.plate import Plate
from recruitment.diagram.catalogue import CatalogueEntry, entry_of, plate
from recruitment.diagram.output.drawing import dot_of, engine_version, engines, render
from recruitment.diagram.output.fonts import font_version
from recruitment.diagram.output.mermaid import mermaid_of
from recruitment.engine.judging import judge
from recruitment.formats.dossier.documents import read_path
from recruitment.law.editions import Editions
from recruitment.record.case import Case, open_case
from recruitment.rulebooks.load import load_rulebooks

HERE = Path(__file__).resolve().parent
DOSSIERS = HERE.parent / "examples" / "dossiers"
LANGS: tuple[Lang, ...] = ("zh", "en")
DRAWN_BY = "The SVG files were drawn by "


def _case(editions: Editions, row: Mapping[str, Any]) -> Case:
    """The case of a file's plate: the acts of its dossier up to `until`, each one admitted by its ruling."""
    file, acts = read_path(DOSSIERS / row["dossier"])[0]
    case = open_case(editions, file)
    for act in acts:
        if act.code in row.get("without", ()):
            continue
        case = judge(editions, case, act, today=row["today"]).following(editions)
        if act.code == row["until"]:
            break
    return case


def plates(editions: Editions, rows: list[dict[str, Any]]) -> Iterator[tuple[str, Label, Plate, bool]]:
    """Every plate of the gallery with the stem of its files, what it teaches, and whether a README shows it."""
    for row in rows:
        entry = entry_of(row.get("plate", row["name"]))
        file = file_on_day(editions, _case(editions, row), row["today"]) if "dossier" in row else None
        for lang in LANGS:
            made = plate(editions, entry.name, lang, edition=row.get("edition"), held=file)
            yield f"{row['name']}.{lang}", _teaches(entry, row), made, lang in row.get("shown", ())


def contact_sheet(editions: Editions, rows: list[dict[str, Any]], drawn_by: str | None) -> str:
    """README.md: a table of every plate in both languages, and the pictures that are kept."""
    lines = [
        "# Pictures · 图",
        "",
        "Made from the rulebooks by `python diagrams/generate.py`, never by hand; `--check` says whether they still",
        "agree. What is drawn is listed in `plates.toml`. Kept here is the content of every plate as Mermaid, and the",
        "pictures that the READMEs show; `python diagrams/generate.py --all FOLDER` draws all of them as SVG and DOT.",
        "`recruitment diagram` draws any of them, for any edition, as SVG, PNG, PDF, a page to print (`--paper a3`),",
        "DOT or Mermaid.",
        "",
        "由 `python diagrams/generate.py` 依据规程生成，不手工修改；`--check` 核对与规程是否一致。",
        "这里保存每一幅的内容（Mermaid）和说明文件里用到的图；`python diagrams/generate.py --all 文件夹` 绘制全部。",
        "`recruitment diagram` 可按任一版本绘制其中任何一幅，输出 SVG、PNG、PDF、可打印的网页、DOT 或 Mermaid。",
        "",
        "| picture 图 | edition 版本 | it teaches 讲什么 | 中文 | English |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        entry, name = entry_of(row.get("plate", row["name"])), row["name"]
        links = [f"[{name}.{lang}.mmd]({name}.{lang}.mmd)" for lang in LANGS]
        taught = _teaches(entry, row)
        teaches = f"{taught.en}. {taught.zh}。"
        lines.append(f"| {name} | {_edition(editions, entry, row)} | {teaches} | {links[0]} | {links[1]} |")
    lines += [
        "",
        "A link drawn through is a rule: the first is done before the second. A dashed link is the usual order of the",
        "official chart, from which one may deviate for a recorded reason. Steps side by side do not wait for each",
        "other. A double frame and a star mark where the standing changes. On the plates of detours a thick arrow",
        "leads back to what is held anew, a dashed one to the act itself. Every plate explains its own signs.",
        "",
        "实线是条文规定的先后，虚线是流程图的通常顺序（不按此序须记明理由），并排的程序不分先后，",
        "双框和星号表示本人身份由此改变。岔路图上，粗箭头指向退回重办的程序，虚线箭头指回本程序。",
        "",
        f"{DRAWN_BY}{drawn_by};",
        "they are compared where engine and font are these, the content always.",
        "",
    ]
    for row in rows:
        entry, name = entry_of(row.get("plate", row["name"])), row["name"]
        for lang in row.get("shown", ()):
            stem = f"{name}.{lang}"
            lines += [f"## {stem}", "", f"[![{_teaches(entry, row).words(lang)}]({stem}.svg)]({stem}.svg)", ""]
    return "\n".join(lines)


def _teaches(entry: CatalogueEntry, row: Mapping[str, Any]) -> Label:
    """What a picture teaches: what its row says, else what its plate does."""
    return Label(zh=row["zh"], en=row["en"]) if "zh" in row else entry.teaches


def _edition(editions: Editions, entry: CatalogueEntry, row: Mapping[str, Any]) -> str:
    """Which rulebooks a plate of the gallery is drawn from."""
    if entry.needs == "editions":
        return f"{editions.rulebooks[0].code}, {editions.rulebooks[-1].code}"
    return str(row.get("edition", "as the file's 按档案"))


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def main(arguments: list[str] | None = None) -> int:
    """Write the gallery, or compare it; 0 if all is well, 1 if a file differs, 2 without an engine."""
    parser = argparse.ArgumentParser(description="Draw the gallery from the rulebooks.")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    parser.add_argument("--to", type=Path, default=HERE, help="the folder of what is kept")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="draw every plate as SVG and DOT into that folder")
    asked = parser.parse_args(arguments)
    folder: Path = asked.to
    rows: list[dict[str, Any]] = tomllib.loads((HERE / "plates.toml").read_text("utf-8"))["plate"]
    readme = folder / "README.md"
    try:
        version = f"{engine_version()} with {font_version()}" if engines() or not asked.check else None
        noted = re.search(DRAWN_BY + "([^;]+);", readme.read_text("utf-8")) if readme.is_file() else None
        drawn_by = version if not asked.check else noted[1] if noted else None
        compare = version is not None and version == drawn_by
        stale, skipped = [], []
        editions = load_rulebooks()
        for stem, teaches, made, shown in plates(editions, rows):
            about = teaches.words(made.lang)
            if asked.all is not None:
                source = dot_of(made)
                drawn = render(source, "svg", title=made.title, about=about)
                _put(asked.all, {f"{stem}.dot": source.encode("utf-8"), f"{stem}.svg": drawn}, check=False)
                continue
            files = {f"{stem}.mmd": mermaid_of(made).encode("utf-8")}
            if shown and (compare or not asked.check):
                files[f"{stem}.svg"] = render(dot_of(made), "svg", title=made.title, about=about)
            elif shown:
                skipped.append(f"{stem}.svg")
            stale += _put(folder, files, check=asked.check)
    except RecruitmentError as error:
        print(error.en, file=sys.stderr)
        return 2
    if asked.all is not None:
        return 0
    stale += _put(folder, {"README.md": contact_sheet(editions, rows, drawn_by).encode("utf-8")}, check=asked.check)
    if not asked.check:
        return 0
    for name in skipped:
        print(f"{name}: not compared (drawn by {drawn_by}; here is {version or 'no engine'})")
    for name in stale:
        print(f"{name}: differs; run python diagrams/generate.py", file=sys.stderr)
    return 1 if stale else 0


def _put(folder: Path, files: Mapping[str, bytes], *, check: bool) -> list[str]:
    """Write the files, or only name those that differ."""
    differing = [name for name, content in files.items() if _differs(folder / name, content)]
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in differing:
            (folder / name).write_bytes(files[name])
    return differing


if __name__ == "__main__":
    sys.exit(main())
