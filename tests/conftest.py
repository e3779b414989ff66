"""Settings for all tests: huge files only on request, and a word on those skipped for want of the real files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.chromium import chromium
from tests.shared_files import NO_FOLDER


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the huge files unless `-m` speaks of them."""
    if "slow" in str(config.getoption("markexpr")):
        return
    for item in items:
        if item.get_closest_marker("slow") is not None:
            item.add_marker(pytest.mark.skip(reason="a huge file; ask for it with -m slow"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium without a window for all tests; skips without one."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium or Chrome was found: install chromium, or name one in KIT_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the count of tests that the absent folder of real files skipped."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_FOLDER in str(r.longrepr)]
    if len(skipped) > 0:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {NO_FOLDER}; set KIT_SHARED to its path to run them.")
