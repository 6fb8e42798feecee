"""The examples: each prints, line by line, what its comments promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("[0-9]*.py"))
HOSTS = {"django_app.py": "django", "sqlalchemy_app.py": "sqlalchemy"}
"""The examples that take a package which nothing else here needs, with what they import."""
PROMISE = re.compile(r"^ *# prints: (.*)$", re.MULTILINE)


def printed(script: Path, folder: Path, seed: str) -> str:
    """What a script prints when it is run from an empty folder; any warning is an error."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "RECRUITMENT"))}
    # A checkout that is not installed is found where this test has found it.
    paths = [str(Path(path).resolve()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    found = {"PYTHONPATH": os.pathsep.join(paths)} if paths else {}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=folder,
        env={**kept, **found, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("seed", ["0", "1"])
@pytest.mark.parametrize("script", [*SCRIPTS, *(EXAMPLES / name for name in HOSTS)], ids=lambda script: script.stem)
def test_an_example_prints_what_its_comments_promise(script: Path, seed: str, tmp_path: Path) -> None:
    """Every line that an example prints stands in a comment below it, in the same order, under any hash seed."""
    if script.name in HOSTS:
        pytest.importorskip(
            HOSTS[script.name], reason=f"{HOSTS[script.name]} is not installed: its example was not run"
        )
    promised = PROMISE.findall(script.read_text("utf-8"))
    assert promised, "an example that promises nothing is not held to anything"
    assert printed(script, tmp_path, seed).splitlines() == promised
    assert list(tmp_path.iterdir()) == [], "an example leaves nothing behind"


def test_the_examples_are_numbered_and_listed() -> None:
    """The numbers run from 01 without a gap; the README names every script and no other, those for hosts last."""
    assert [script.name[:2] for script in SCRIPTS] == [f"{n:02}" for n in range(1, len(SCRIPTS) + 1)]
    assert len(SCRIPTS) >= 3
    listed = re.findall(r"^\| \[`(\d\d_\w+\.py)`\]\(\1\)", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == [script.name for script in SCRIPTS]
    hosts = re.findall(r"^\| \[`([a-z]\w+\.py)`\]\(\1\)", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert hosts == sorted(HOSTS) == sorted(script.name for script in EXAMPLES.glob("[a-z]*.py"))
