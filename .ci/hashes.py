"""Keep `workflows/hashes.toml`: the content hash of every rulebook that ever stood on the main line, and its first day.

    python .ci/hashes.py --check    say whether the rulebooks of this checkout are listed
    python .ci/hashes.py --write    add those that are not: of this checkout, and of every commit on the main line

A verdict under one of these hashes is of record. The hashes of an old commit are made by the code of that commit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "workflows" / "hashes.toml"
HEAD = """# Every rulebook that ever stood on the main line, by its content hash, with the day it first stood there.
# A verdict under one of them is of record. Written by `.ci/hashes.py --write`; nothing is ever taken out.
"""
ASK = """
import json, recruitment
editions = getattr(recruitment, "load_rulebooks", None) or recruitment.load
editions = editions()
rulebooks = getattr(editions, "rulebooks", None) or editions.editions
found = {rulebook.content_hash: rulebook.code for rulebook in rulebooks}
for overlay in getattr(editions, "overlays", ()):
    for rulebook in rulebooks:
        if rulebook.code in overlay.on:
            laid = editions.composed(rulebook, [overlay.code])
            found[laid.content_hash] = laid.code
print(json.dumps(found))
"""


def hashes_of(tree: Path) -> dict[str, str]:
    """The content hash of every edition, alone and with each local edition, by the code in that tree."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, cwd=tree, check=False,
                          env={"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""})  # fmt: skip
    return json.loads(done.stdout) if done.returncode == 0 else {}


def listed() -> dict[str, tuple[str, date]]:
    """What is listed: edition and first day by hash."""
    if not LIST.exists():
        return {}
    rows = tomllib.loads(LIST.read_text("utf-8"))["rulebook"]
    return {row["hash"]: (row["edition"], row["day"]) for row in rows}


def history() -> dict[str, tuple[str, date]]:
    """What stood on the main line, from the first commit on."""
    log = ["git", "log", "--first-parent", "--reverse", "--format=%H %cs", "--", "workflows", "recruitment"]
    found: dict[str, tuple[str, date]] = {}
    for line in subprocess.run(log, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines():
        commit, day = line.split()
        archive = ["git", "archive", commit, "recruitment", "workflows", "pyproject.toml"]
        packed = subprocess.run(archive, capture_output=True, check=False, cwd=ROOT)
        if packed.returncode:
            continue  # a commit from before there were rulebooks
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(fileobj=BytesIO(packed.stdout)) as tree:
                tree.extractall(folder, filter="data")
            for content, edition in hashes_of(Path(folder)).items():
                found.setdefault(content, (edition, date.fromisoformat(day)))
    return found


def write(rows: dict[str, tuple[str, date]]) -> None:
    """The list, by day, edition and hash."""
    order = sorted(rows.items(), key=lambda row: (row[1][1], row[1][0], row[0]))
    text = "".join(f'\n[[rulebook]]\nedition = "{e}"\nhash = "{h}"\nday = {d.isoformat()}\n' for h, (e, d) in order)
    LIST.write_text(HEAD + text, "utf-8")


def main() -> int:
    """Check or write the list; 1 where a rulebook is not listed."""
    parser = argparse.ArgumentParser(description=__doc__)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--write", action="store_true")
    given = parser.parse_args()
    known, now = listed(), hashes_of(ROOT)
    if not now:
        print("the rulebooks of this checkout cannot be read; run recruitment rules --check")
        return 1
    if given.write:
        today = date.today()  # noqa: DTZ011 - the day of the checkout, where it stands
        write({content: (edition, today) for content, edition in now.items()} | history() | known)
        print(f"{len(listed())} rulebooks are listed")
        return 0
    for content in sorted(now.keys() - known.keys()):
        print(f"{now[content]} ({content}) is not listed in workflows/hashes.toml; run .ci/hashes.py --write")
    return 1 if now.keys() - known.keys() else 0


if __name__ == "__main__":
    raise SystemExit(main())
