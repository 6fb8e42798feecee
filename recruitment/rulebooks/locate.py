"""Where the rulebooks are: next to the code in a wheel, above it in a checkout, or in a folder that a caller names."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from recruitment.base.errors import RulebookError
from recruitment.base.label import Label


def rulebooks_folder(folder: str | Path | None = None) -> Traversable:
    """The folder of rulebooks.

    Without `folder` it is `recruitment/workflows` of an installed wheel, else `workflows` of a checkout; the latter
    only where a `pyproject.toml` is next to it, so that a damaged install never reads somebody else's folder.

    Raises:
        RulebookError: no rulebooks are there.
    """
    if folder is not None:
        named = Path(folder)
        if (named / "index.toml").is_file():
            return named
        raise RulebookError.of(
            str(folder),
            Label(
                zh="此处没有规程文件，请指定含有 index.toml 的文件夹",
                en="there are no rulebooks there; name a folder that holds index.toml",
            ),
        )
    return _find_shipped("workflows", "workflows", "index.toml")


def dossiers_folder() -> Traversable:
    """The folder of the example dossiers, found like the rulebooks.

    Raises:
        RulebookError: they are missing.
    """
    return _find_shipped("dossiers", "examples/dossiers", "regular.json")


def _find_shipped(installed: str, checkout: str, holds: str) -> Traversable:
    package = files("recruitment")
    inside = package / installed
    if (inside / holds).is_file():
        return inside
    above = Path(str(package)).parent
    if (above / "pyproject.toml").is_file() and (above / checkout / holds).is_file():
        return above / checkout
    raise RulebookError.of(
        str(inside),
        Label(
            zh=f"安装不完整，缺少 {holds}，请重新安装",
            en=f"{holds} is missing from this installation; install it again",
        ),
    )
