"""The font that pictures are measured and drawn with: the one that the extra `draw` installs, else the machine's own.

Graphviz asks fontconfig for fonts, which reads its configuration once, before the first picture of a process. While a
picture is drawn the environment names a configuration in which the font of the extra is the only one. So a picture has
the same bytes on every machine, with any fonts and without.

What uses fontconfig through the same library before the first picture keeps the machine's fonts for the whole process.
On Windows and macOS Graphviz may be built to ask the system instead; the fonts named in `FONTS` are part of both.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from recruitment.base.label import Label

FontSource = Literal["extra", "system"]

DISTRIBUTION: Final = "manimgx-fonts-cjk"
"""Noto Sans CJK as one variable font: regular and bold, and cairo keeps every character of it in a PDF."""
_PACKAGE: Final = "manimgx_fonts_cjk"
_VARIABLE: Final = "FONTCONFIG_FILE"
_CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_CHINESE: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LOST_IN_PDF: Final = "如"
_NO_FONT: Final = Label(
    zh="未找到中文字体，汉字会显示为方框；请安装 'member-development[draw]'，其中带有字体",
    en="no Chinese font was found, so Chinese text comes out as boxes; install 'member-development[draw]', "
    "which brings one",
)
_LOST: Final = Label(
    zh="本机字体绘制的 PDF 可能缺“如”字；请安装 'member-development[draw]'，其中带有字体，或改用 SVG、PNG",
    en="a PDF drawn with this machine's font may lack the character 如; install 'member-development[draw]', "
    "which brings a font, or take SVG or PNG",
)


def font_source() -> FontSource | None:
    """Where the Chinese font of the pictures comes from: the extra `draw`, else the machine; None where there is none.

    Without fontconfig's `fc-list` a machine cannot be asked; Windows and macOS always have a Chinese font.
    """
    if _folder() is not None:
        return "extra"
    if sys.platform in ("win32", "darwin") or _is_listed():
        return "system"
    return None


def font_version() -> str:
    """The font of the pictures, with its version where it is the extra's, as in `manimgx-fonts-cjk 2026.9.26`."""
    return f"{DISTRIBUTION} {version(DISTRIBUTION)}" if _folder() is not None else "the machine's fonts"


def font_warning(text: str, form: str) -> Label | None:
    """What is wrong with a drawing of this text in this format for want of the extra's font; None where nothing is.

    Debian's Noto Sans CJK loses one character when cairo puts it into a PDF.
    """
    source = font_source() if _CHINESE.search(text) else "extra"
    if source is None:
        return _NO_FONT
    return _LOST if source == "system" and form == "pdf" and _LOST_IN_PDF in text else None


@contextmanager
def use_font() -> Iterator[None]:
    """Have fontconfig find the font of the extra `draw` and no other; without the extra, the machine's fonts.

    The environment is the whole process's, so only one thread at a time may do this.
    """
    fonts = _folder()
    if fonts is None:
        yield
        return
    before = os.environ.get(_VARIABLE)
    # fontconfig's cache goes with the folder: nothing is left in the user's home, and none has to be writable.
    with TemporaryDirectory(prefix="recruitment-fonts-", ignore_cleanup_errors=True) as folder:
        named = Path(folder, "fonts.conf")
        places = {"fonts": html.escape(str(fonts)), "cache": html.escape(str(Path(folder, "cache")))}
        named.write_text(_CONFIGURATION.format(**places), "utf-8")
        os.environ[_VARIABLE] = str(named)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before


def _folder() -> Path | None:
    """The folder of the font that the extra installs; None where it is not installed, or only inside a zip."""
    found = find_spec(_PACKAGE)
    folders = (Path(place) for place in (found.submodule_search_locations or ())) if found else ()
    return next((folder for folder in folders if folder.is_dir()), None)


def _is_listed() -> bool:
    """Whether fontconfig lists a font for Chinese on this machine."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    try:
        asked = subprocess.run(  # noqa: S603 - a fixed command without input
            [listing, ":lang=zh", "family"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and bool(asked.stdout.strip())
