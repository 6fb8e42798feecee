"""What tests of several files share: an engine that draws, the one browser, and that nothing may be skipped in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from recruitment.diagram.output.drawing import engines

# A loaded machine is slow, and no test asserts on timing: an example of Hypothesis may take as long as it takes.
settings.register_profile("no deadline", settings(), deadline=None)
settings.load_profile("no deadline")

NO_SKIP = "RECRUITMENT_NO_SKIP"
"""Where this variable is set and not empty, a test that is skipped has failed: `.ci/run` installs what tests need."""


def _fail_where_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get(NO_SKIP) and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{NO_SKIP} is set, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """A test that was skipped has failed where nothing may be."""
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """A file of tests that was skipped as a whole has failed where nothing may be."""
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.fixture(params=["pygraphviz", "dot"])
def engine(request):
    """Each engine that draws in turn; one that is not installed is skipped by name."""
    if request.param not in engines():
        pytest.skip(f"{request.param} is not installed: it drew nothing")
    return request.param


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for all; without it, or without playwright, what needs it is skipped by name."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: nothing was opened")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not on PATH: nothing was opened")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


Run = Callable[..., tuple[int, str]]
"""A command line as a test runs it: the exit code and all that was printed."""


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in a Chinese locale on a ledger of its own."""
    from click.testing import CliRunner

    from recruitment.cli.main import cli

    for name, value in {
        "RECRUITMENT_DB": str(tmp_path / "ledger.db"),
        "RECRUITMENT_TODAY": "2026-11-22",
        "LC_ALL": "zh_CN.UTF-8",
        "LANGUAGE": "en",  # which has no say
        "COLUMNS": "100",
    }.items():
        monkeypatch.setenv(name, value)

    def invoke(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, list(words), prog_name="recruitment")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return invoke
