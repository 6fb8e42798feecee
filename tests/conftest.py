"""What tests of several files share: the one browser in which pages and flowcharts are opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


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
