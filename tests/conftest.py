"""Settings for all tests: says how many were skipped for want of the real files."""

from __future__ import annotations

from typing import Any

from tests.shared_files import NO_FOLDER


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the count of tests that the absent folder of real files skipped."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_FOLDER in str(r.longrepr)]
    if len(skipped) > 0:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {NO_FOLDER}; set KIT_SHARED to its path to run them.")
