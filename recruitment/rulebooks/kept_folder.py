"""A unit's local edition kept as text, apart from the folder that it came from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from recruitment.base.errors import BadInput
from recruitment.base.label import Label
from recruitment.rulebooks.overlays import HEAD
from recruitment.rulebooks.toml_file import LARGEST_FILE


@frozen
class KeptFolder:
    """The folder of a local edition as a value: its name, and each file's name and text, sorted."""

    name: str
    files: tuple[tuple[str, str], ...]

    def folder(self) -> Traversable:
        """The folder, to be read like one on disk."""
        archive = zipfile.ZipFile(io.BytesIO(), "w")
        for name, text in self.files:
            archive.writestr(f"{self.name}/{name}", text)
        return zipfile.Path(archive, f"{self.name}/")


def keep_folder(path: str | Path, where: str) -> KeptFolder:
    """The TOML files of a folder on disk, as text.

    Raises:
        BadInput: it is no folder of a local edition, or a file of it cannot be read.
    """
    folder = Path(path)
    if not (folder / HEAD).is_file():
        raise BadInput.of(
            where,
            Label(
                zh=f"{path}：不是地方规定的文件夹（缺 {HEAD}），请写出 {HEAD} 所在的文件夹",
                en=f"{path}: this folder holds no local edition; name the folder that holds its {HEAD}",
            ),
        )
    files = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            with file.open(encoding="utf-8", newline="") as stream:
                files[file.name] = stream.read(LARGEST_FILE + 1)  # what is larger is refused when it is read as TOML
        except (OSError, ValueError):
            raise BadInput.of(
                where,
                Label(
                    zh=f"{file}：文件无法读取，请检查权限和编码（UTF-8）",
                    en=f"{file}: it cannot be read; look at its permissions and its encoding (UTF-8)",
                ),
            ) from None
    return KeptFolder(folder.resolve().name, tuple(files.items()))


def kept_folder(name: str, files: Mapping[str, str]) -> KeptFolder:
    """The folder of that name with those files."""
    return KeptFolder(name, tuple(sorted(files.items())))
