"""Settings for all tests: huge files only on request, and a word on those skipped for want of the real files."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shared_files import NO_FOLDER


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the huge files unless `-m` speaks of them."""
    if "slow" in str(config.getoption("markexpr")):
        return
    for item in items:
        if item.get_closest_marker("slow") is not None:
            item.add_marker(pytest.mark.skip(reason="a huge file; ask for it with -m slow"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the count of tests that the absent folder of real files skipped."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_FOLDER in str(r.longrepr)]
    if len(skipped) > 0:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {NO_FOLDER}; set KIT_SHARED to its path to run them.")
