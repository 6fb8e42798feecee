"""Mermaid itself, by which the tests draw what the library writes: fetched once by npm, pinned by its hash.

Only standard library, so that it also runs by itself: `python tests/mermaid_js.py` fetches what is not there yet.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

RELEASES = {
    "11.17.2": "V6K3C8EBdEsPFZXSKMJe6ppQOENxuHARr9GvHX4hh47lAbhMRD9qf4oEK7LoaRQxULMa80/qt5gHO73aCleBBg==",
    "12.3.0": "4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw==",
}
"""The releases that are tried, each with the SHA-512 of its package as the registry gives it."""
_SCRIPT = "package/dist/mermaid.min.js"


def _folder():
    """Where a script stays from one run of the tests to the next."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "member-development-tests"


def script(release):
    """The script of a release, or in words why it is not there."""
    kept = _folder() / f"mermaid-{release}.min.js"
    if kept.is_file():
        return kept, None
    npm = shutil.which("npm")
    if npm is None:
        return None, "npm is not on PATH"
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [npm, "pack", f"mermaid@{release}", "--silent", "--pack-destination", scratch],
            cwd=scratch, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        packed = [*Path(scratch).glob("*.tgz")]
        if done.returncode or not packed:
            return None, f"npm could not fetch mermaid {release}"
        content = packed[0].read_bytes()
        found = base64.b64encode(hashlib.sha512(content).digest()).decode()
        assert found == RELEASES[release], f"mermaid {release} is not what was pinned: {found}"
        with tarfile.open(packed[0]) as archive:
            member = archive.extractfile(_SCRIPT)
            assert member is not None
            text = member.read()
        # Two runs at once each write a whole file, and the second takes the place of the first.
        kept.parent.mkdir(parents=True, exist_ok=True)
        whole = Path(tempfile.mkstemp(dir=kept.parent)[1])
        whole.write_bytes(text)
        whole.replace(kept)
    return kept, None


if __name__ == "__main__":
    absent = [why for _, why in map(script, RELEASES) if why]
    sys.stdout.write(("\n".join(absent) or f"Mermaid {' and '.join(RELEASES)} are in {_folder()}") + "\n")
    sys.exit(1 if absent else 0)
