"""Where nothing may be skipped, as in CI, a test or a file of tests that is skipped has failed; elsewhere not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
ONE = """
import pytest

def test_done():
    pass

def test_skipped():
    pytest.skip("the browser is not here")

@pytest.mark.skip(reason="npm is not here")
def test_marked():
    pass

@pytest.mark.xfail(reason="it is known", strict=True)
def test_known():
    assert False
"""
WHOLE = """
import pytest

pytest.importorskip("no_such_module", reason="playwright is not here")
"""


@pytest.mark.parametrize(("asked", "code"), [("1", 1), ("", 0)])
def test_a_skip_is_a_failure_where_nothing_may_be_skipped(tmp_path, asked, code):
    """Each kind of skip fails with its reason where the variable is set; a failure that is expected does not."""
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_one.py").write_text(ONE)
    (tmp_path / "test_whole.py").write_text(WHOLE)
    paths = os.pathsep.join(map(str, sys.path))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "--continue-on-collection-errors", "-p", "no:cacheprovider"],
        env={**os.environ, "PYTHONPATH": paths, "RECRUITMENT_NO_SKIP": asked},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    for reason in ("the browser is not here", "npm is not here", "playwright is not here"):
        assert (f"RECRUITMENT_NO_SKIP is set, and this was skipped: Skipped: {reason}" in done.stdout) == bool(asked)
    summary = done.stdout.strip().splitlines()[-1]
    counted = "1 failed, 1 passed, 1 xfailed, 2 errors" if asked else "1 passed, 3 skipped, 1 xfailed"
    assert summary.startswith(counted), summary
