"""Where tests find the folder of real files, and what happens without it.

The folder is `KIT_SHARED` if that is set, else `shared` beside the project.
Without the folder a test skips and says so; with the folder, a missing file is
a failure. `KIT_REQUIRE_SHARED=1` turns every such skip into a failure.
`tests/conftest.py` prints how many tests were skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

NO_FOLDER = "the folder of real files is absent"
ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The folder of real files, or None if this machine has none."""
    named = os.environ.get("KIT_SHARED")
    folder = Path(named) if named is not None and named != "" else ROOT.parent / "shared"
    return folder if folder.is_dir() else None


def shared(*parts: str) -> Path:
    """A real file by its path below the folder; skips the test if the folder is absent.

    Use it inside a test or fixture: `shared("data", "lists", "ofac_sdn.csv")`.
    """
    folder = shared_folder()
    if folder is None:
        if os.environ.get("KIT_REQUIRE_SHARED") == "1":
            pytest.fail(f"{NO_FOLDER}, and KIT_REQUIRE_SHARED=1 asks for it (set KIT_SHARED to its path)")
        pytest.skip(f"{NO_FOLDER} (set KIT_SHARED to its path): {'/'.join(parts)}")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.fail(f"the folder of real files is here, but it lacks {'/'.join(parts)}")
    return path


def shared_files(*parts: str, pattern: str = "*") -> list[str]:
    """Names of the real files in one folder, sorted, for `parametrize`; empty if the folder is absent.

    Pass each name to `shared(*parts, name)` inside the test. An empty list makes
    pytest skip the test with its own line.
    """
    folder = shared_folder()
    if folder is None:
        return []
    return sorted(path.name for path in folder.joinpath(*parts).glob(pattern) if path.is_file())
