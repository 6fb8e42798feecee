"""TOML to local editions: a folder with overlay.toml and files of rules by stage, in the grammar of the editions.

A local edition only adds. Its files have no key by which anything national could be changed; such a key is reported
with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any, Final

from attrs import evolve, frozen

from recruitment.base.errors import Fault
from recruitment.base.label import Label
from recruitment.law.rulebook import Document, LocalRule, Overlay, Papers
from recruitment.rulebooks.checks.faults import hint
from recruitment.rulebooks.toml_file import read_toml_file

HEAD: Final = "overlay.toml"
FILES: Final = ("every-stage.toml", *(f"stage-{n}.toml" for n in range(1, 6)), "beside.toml")
NATIONAL: Final = (
    "procedure",
    "detour",
    "policy",
    "edition",
    "stage",
    "word",
    "outcomes",
    "outcome",
    "in_force",
    "until",
)
"""Keys that only files of the editions, of the policies and of the vocabulary have."""


@frozen(kw_only=True)
class OverlayHead:
    """overlay.toml: names, the day, the editions it may lie on, its documents, of which the first is its own.

    `title` says what its rules are called in a few words.
    """

    code: str
    zh: str
    en: str
    in_force: date
    on: tuple[str, ...]
    source: str
    checked_on: date
    document: tuple[Document, ...]
    title: Mapping[str, Label] | None = None


@frozen(kw_only=True)
class LocalFile:
    """A file of a local edition: when and against what it was checked, its rules, and papers of an act."""

    checked_on: date
    checked_against: str
    rule: tuple[LocalRule, ...] = ()
    papers: tuple[Papers, ...] = ()


def _only_adds(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Say of each national key in a file that it does not belong there."""
    for key in NATIONAL:
        if key in data:
            yield Fault(
                key,
                Label(
                    zh="地方规定只能增加规则和材料，不能改动全国规定，请去掉",
                    en="a local edition only adds rules and papers; nothing national is changed by it, so take "
                    "this out",
                ),
            )


def read_overlay(folder: Traversable, faults: list[Fault], code: str | None = None) -> Overlay | None:
    """The local edition in a folder, which an index may call by `code`; every fault of it is added to `faults`."""
    if code is None and not (folder / HEAD).is_file():
        what = Label(zh="没有这个文件夹", en="there is no such folder")
        if folder.is_dir():
            what = Label(
                zh=f"该文件夹里没有地方规定（缺 {HEAD}）", en=f"this folder holds no local edition: it has no {HEAD}"
            )
        faults.append(
            Fault(
                folder.name,
                Label(
                    zh=f"{what.zh}，请写出 {HEAD} 所在的文件夹",
                    en=f"{what.en}; name the folder that holds its {HEAD}",
                ),
            )
        )
        return None
    head = read_toml_file(folder, OverlayHead, faults, HEAD, named=True)
    if head is None:
        return None
    before = len(faults)
    if code is not None and head.code != code:
        faults.append(
            Fault(
                f"{folder.name}/{HEAD}: code",
                Label(zh=f"索引中称为 {code}，不是 {head.code}", en=f"the index calls it {code}, not {head.code}"),
            )
        )
    if not head.document:
        faults.append(
            Fault(
                f"{folder.name}/{HEAD}: document", Label(zh="请写明它是哪一份文件", en="name the document that it is")
            )
        )
    own = head.document[0].code if head.document else ""
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    for name in names:
        if name not in (HEAD, *FILES):
            near = hint(name, (HEAD, *FILES))
            faults.append(
                Fault(
                    f"{folder.name}/{name}",
                    Label(zh=f"地方规定没有这一文件{near.zh}", en=f"no file of a local edition has this name{near.en}"),
                )
            )
    read = [
        (name, read_toml_file(folder, LocalFile, faults, name, named=True, cites=own, first=_only_adds))
        for name in FILES
        if name in names
    ]
    if len(faults) > before:
        return None
    files = [(name, file) for name, file in read if file is not None]
    return Overlay(
        **{key: getattr(head, key) for key in ("code", "zh", "en", "in_force", "on", "source", "checked_on")},
        documents=head.document,
        titles=head.title or {},
        rules=tuple(evolve(rule, file=f"{folder.name}/{name}") for name, file in files for rule in file.rule),
        papers=tuple(evolve(papers, file=f"{folder.name}/{name}") for name, file in files for papers in file.papers),
    )
